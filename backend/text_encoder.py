# SPDX-License-Identifier: GPL-3.0-or-later
"""The text encoder: an open_clip text tower, its tokenizer and the statistics that standardise its features."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import open_clip
import torch
from jaxtyping import Bool, Float, Int
from open_clip.transformer import TextTransformer
from torch import Tensor, nn
from torch.nn import functional as F

from backend.limb_reader import LimbReader

EMBEDDED = "embedded"


@dataclass(frozen=True)
class TextEncoderConfig:
    """Which text tower a model was trained with."""

    name: str = EMBEDDED
    """`embedded`, whose weights travel with the checkpoint, or an open_clip name such as `ViT-B-32/openai`."""
    width: int = 192
    """Size of a token feature (embedded tower only; open_clip's own towers know theirs)."""
    layers: int = 4
    heads: int = 6
    context_length: int = 77
    """Tokens a prompt may have, start and end tokens included; the rest of a longer prompt is cut off."""
    pooled_dim: int = 384
    """Size of the pooled feature (embedded tower only)."""
    limb_layers: int = 0
    """Rounds in which a summary for each limb is read from the words; 0 makes none."""
    limb_readings: int = 1
    """In how many ways a text is read, each with summaries of its own; see `LimbReader`."""
    neighbours: int = 0
    """Words to each side that a word is read together with before the tower (embedded tower only)."""

    def __post_init__(self) -> None:
        if self.name != EMBEDDED and self.name.count("/") != 1:
            raise ValueError(
                f"text encoder must be {EMBEDDED!r} or an open_clip MODEL/PRETRAINED_TAG such as 'ViT-B-32/openai', "
                f"got {self.name!r}"
            )


@dataclass(frozen=True)
class TextFeatures:
    """What the denoiser is told of some prompts; all features standardised per dimension."""

    tokens: Float[Tensor, "prompts words width"]
    """The words, their padding, and last, where the encoder makes them, a summary for each limb of each reading."""
    mask: Bool[Tensor, "prompts words"]
    """True where a word or a summary is; padding is False."""
    pooled: Float[Tensor, "prompts pooled"]


class WordsInPlace(nn.Embedding):
    """Word vectors to which the words beside them add, so that "left" belongs to the arm or leg that follows it.

    The tower's own sense of place is weak: that of a sentence's meaning, where the order of words hardly matters.
    """

    def __init__(self, num_words: int, width: int, neighbours: int) -> None:
        super().__init__(num_words, width)
        self.neighbours = neighbours
        self.beside = nn.Linear(2 * neighbours * width, width, bias=False)
        nn.init.zeros_(self.beside.weight)

    def forward(self, input: Int[Tensor, "prompts words"]) -> Float[Tensor, "prompts words width"]:
        """Vectors of token ids; what comes after a prompt's end is no neighbour."""
        own = super().forward(input)
        there = torch.arange(input.shape[1], device=input.device) <= input.argmax(-1, keepdim=True)
        reach = self.neighbours
        padded = F.pad(own * there.unsqueeze(-1), (0, 0, reach, reach))
        places = [place for place in range(2 * reach + 1) if place != reach]
        beside = torch.cat([padded[:, place : place + input.shape[1]] for place in places], dim=-1)
        return own + self.beside(beside).to(own.dtype)


class TextEncoder(nn.Module):
    """One open_clip text tower behind one interface: prompts in, token and pooled features out.

    The embedded tower reads in both directions and pools by the mean of its words; open_clip's pretrained towers keep
    their own attention and pooling. Both share CLIP's byte-pair tokenizer, so a word is never unknown.
    """

    token_mean: Tensor
    token_std: Tensor
    pooled_mean: Tensor
    pooled_std: Tensor

    def __init__(self, config: TextEncoderConfig, tower: TextTransformer, pooling: Literal["mean", "tower"]) -> None:
        super().__init__()
        self.config = config
        self.tower = tower
        self.pooling = pooling
        self.token_dim: int = tower.width
        self.pooled_dim: int = tower.output_dim or tower.width
        self.tokenizer = open_clip.SimpleTokenizer(context_length=config.context_length)
        for name, size in (("token", self.token_dim), ("pooled", self.pooled_dim)):
            self.register_buffer(f"{name}_mean", torch.zeros(size))
            self.register_buffer(f"{name}_std", torch.ones(size))
        self.limb_reader = (
            LimbReader(self.token_dim, max(1, self.token_dim // 32), config.limb_layers, config.limb_readings)
            if config.limb_layers
            else None
        )

    @classmethod
    def from_config(cls, config: TextEncoderConfig, *, pretrained: bool = True) -> TextEncoder:
        """Build the tower that a config names.

        Args:
            config: The embedded tower comes with random weights, for a checkpoint to fill or `distill` to train.
            pretrained: Whether an open_clip tower loads its weights; False leaves them random (tests, or when a
                checkpoint is about to fill them).

        Raises:
            ValueError: open_clip does not know the name or the tag, or its weights could not be fetched.
        """
        if config.name == EMBEDDED:
            tower = TextTransformer(
                context_length=config.context_length,
                width=config.width,
                heads=config.heads,
                layers=config.layers,
                output_dim=config.pooled_dim,
                no_causal_mask=True,
                use_pad_mask=True,
                output_tokens=True,
            )
            if config.neighbours:
                tower.token_embedding = WordsInPlace(tower.vocab_size, config.width, config.neighbours)
            return cls(config, tower, "mean")
        model_name, tag = config.name.split("/")
        if model_name not in open_clip.list_models():
            raise ValueError(f"open_clip has no model {model_name!r}; `open_clip.list_models()` names those it has")
        if tag not in open_clip.list_pretrained_tags_by_model(model_name):
            known = ", ".join(open_clip.list_pretrained_tags_by_model(model_name))
            raise ValueError(f"open_clip has no weights {tag!r} for {model_name}; it has: {known}")
        try:
            model = open_clip.create_model(model_name, tag if pretrained else None, force_custom_text=True)
        except (OSError, RuntimeError) as error:
            raise ValueError(f"open_clip could not load {config.name} (is its hub reachable?): {error}") from error
        tower = model.text
        if not isinstance(tower, TextTransformer):
            raise ValueError(f"{model_name} has a {type(tower).__name__}, not CLIP's own text tower; choose another")
        tower.output_tokens = True
        return cls(config, tower, "tower")

    def tokenize(self, prompts: Sequence[str]) -> Int[Tensor, "prompts words"]:
        """Token ids, padded with 0; trimmed to the longest prompt where the tower's attention allows it."""
        tokens = self.tokenizer(list(prompts), context_length=self.config.context_length)
        if self.pooling == "mean":
            tokens = tokens[:, : int(self.lengths(tokens).max())]
        return tokens.to(self.token_mean.device)

    def is_truncated(self, prompt: str) -> bool:
        """Whether a prompt is longer than the tower reads (its end is then ignored)."""
        return len(self.tokenizer.encode(prompt)) > self.config.context_length - 2

    def lengths(self, tokens: Int[Tensor, "prompts words"]) -> Int[Tensor, " prompts"]:
        """Tokens of each prompt, up to and including the end token (the largest id of CLIP's vocabulary)."""
        return tokens.argmax(-1) + 1

    def features(
        self, tokens: Int[Tensor, "prompts words"]
    ) -> tuple[Float[Tensor, "prompts words width"], Bool[Tensor, "prompts words"], Float[Tensor, "prompts pooled"]]:
        """The tower's own token features, their mask, and pooled features, before standardisation."""
        length = self.lengths(tokens)
        mask = torch.arange(tokens.shape[1], device=tokens.device) < length[:, None]
        pooled, words = self.tower(tokens)
        if self.pooling == "mean":
            weight = mask.unsqueeze(-1).to(words.dtype)
            pooled = ((words * weight).sum(1) / weight.sum(1)) @ self.tower.text_projection
        return words, mask, pooled

    def forward(self, prompts: Sequence[str]) -> TextFeatures:
        """Standardised features of prompts; a prompt's features do not depend on the others in the batch."""
        words, mask, pooled = self.features(self.tokenize(prompts))
        words = (words - self.token_mean) / self.token_std * mask.unsqueeze(-1)
        if self.limb_reader is not None:
            limbs = self.limb_reader(words, mask)
            words = torch.cat((words, limbs.to(words.dtype)), dim=1)
            mask = torch.cat((mask, mask.new_ones(limbs.shape[:2])), dim=1)
        return TextFeatures(words, mask, (pooled - self.pooled_mean) / self.pooled_std)

    @torch.no_grad()
    def fit_statistics(self, prompts: Sequence[str], batch_size: int = 256) -> None:
        """Measure mean and standard deviation per dimension over a corpus; later features are standardised by them.

        Standardised features were the largest single gain measured when choosing how to condition the denoiser.
        """
        words, pooled = [], []
        for start in range(0, len(prompts), batch_size):
            batch_words, mask, batch_pooled = self.features(self.tokenize(prompts[start : start + batch_size]))
            words.append(batch_words[mask])
            pooled.append(batch_pooled)
        for name, values in (("token", torch.cat(words)), ("pooled", torch.cat(pooled))):
            getattr(self, f"{name}_mean").copy_(values.mean(0))
            getattr(self, f"{name}_std").copy_(values.std(0).clamp_min(1e-4))

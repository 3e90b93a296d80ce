# SPDX-License-Identifier: GPL-3.0-or-later
"""The denoiser: a transformer over motion tokens that attends to the words of a prompt."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import torch
from jaxtyping import Bool, Float, Int
from torch import Tensor, nn
from torch.nn import functional as F

from backend.features import NUM_TOKENS, TOKEN_DIM, FeatureScaler, used_features
from backend.limb_reader import reading_logits
from backend.solver import NUM_TRAIN_TIMESTEPS, noise_levels
from backend.text_encoder import TextFeatures


@dataclass(frozen=True)
class DenoiserConfig:
    """Shape of a denoiser."""

    text_token_dim: int
    text_pooled_dim: int
    width: int = 256
    layers: int = 6
    heads: int = 8
    num_tokens: int = NUM_TOKENS
    """Tokens of one sample: limbs of a pose (frames, for a motion model)."""
    token_dim: int = TOKEN_DIM
    limb_summaries: bool = False
    """Whether the text ends with a summary for each token (see `limb_reader`): each then enters its token, and only
    what a pose differs by from the mean pose that they stand for is left to predict."""
    limb_readings: int = 1
    """How many readings of the text there are summaries of; a sample is told those of one."""

    @property
    def num_summaries(self) -> int:
        """How many of the text's tokens, the last, are summaries."""
        return self.limb_readings * self.num_tokens if self.limb_summaries else 0


@runtime_checkable
class AttentionControl(Protocol):
    """Reads, and may change, where the body looks in the prompt."""

    def __call__(
        self, layer: int, probabilities: Float[Tensor, "batch heads tokens words"]
    ) -> Float[Tensor, "batch heads tokens words"]:
        """Called in every layer with its cross-attention; what it returns is used. Each row sums to 1.

        Word 0 is a learned place to rest when no word concerns a limb; word k is the prompt's token k - 1.
        """


@dataclass(frozen=True)
class Constraints:
    """What is already known of the poses, in normalised features."""

    values: Float[Tensor, "batch tokens features"]
    mask: Bool[Tensor, "batch tokens features"]
    """True where `values` is to be kept."""
    positions: Float[Tensor, "batch tokens positions"]
    """Where joints are to be: see `features.position_features`."""
    position_mask: Bool[Tensor, "batch tokens positions"]
    """True where `positions` is to be met."""

    def flattened(self) -> Float[Tensor, "batch tokens given"]:
        """All of it side by side, zero where nothing is known."""
        mask, position_mask = self.mask.to(self.values.dtype), self.position_mask.to(self.values.dtype)
        # Positions are metres from the pelvis: doubled they are of unit size, as features are.
        placed = 2 * self.positions * position_mask
        return torch.cat((self.values * mask, mask, placed, position_mask), dim=-1)


_LOG_SPREAD = (-2.5, 0.7)


def timestep_embedding(timesteps: Int[Tensor, " batch"], width: int) -> Float[Tensor, "batch width"]:
    """Sines and cosines of the timestep at geometrically spaced frequencies (Vaswani et al. 2017, section 3.5)."""
    half = width // 2
    frequencies = torch.exp(-math.log(10_000.0) * torch.arange(half, device=timesteps.device) / half)
    angles = timesteps.float().unsqueeze(-1) * frequencies
    return torch.cat((angles.cos(), angles.sin()), dim=-1)


class Attention(nn.Module):
    """Multi-head attention from `width` features onto another sequence, or onto itself."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(width, width)
        self.key_value = nn.Linear(width, 2 * width)
        self.output = nn.Linear(width, width)

    def forward(
        self,
        x: Float[Tensor, "batch tokens width"],
        onto: Float[Tensor, "sources words width"],
        source: Int[Tensor, " batch"] | None = None,
        mask: Bool[Tensor, "batch words"] | None = None,
        control: AttentionControl | None = None,
        layer: int = 0,
    ) -> Float[Tensor, "batch tokens width"]:
        """Each row of x gathers from the rows of `onto` where `mask` is True.

        `source` says which of the sources a sample attends to; without it the samples are as many for each source, one
        source's after the other's. Keys and values are computed once a source, however many samples share it.
        """
        query = self.query(x)
        key, value = self.key_value(onto).unflatten(-1, (2, self.heads, -1)).permute(2, 0, 3, 1, 4)
        if source is not None:
            key, value = key[source], value[source]
        # Samples of one source ask together, as one long row of queries.
        shared = len(x) // len(key)
        query = query.unflatten(0, (len(key), shared)).flatten(1, 2).unflatten(-1, (self.heads, -1)).transpose(1, 2)
        keep = None
        if mask is not None:
            keep = mask.unflatten(0, (len(key), shared)).repeat_interleave(x.shape[1], dim=1).unsqueeze(1)
        if control is None:
            gathered = F.scaled_dot_product_attention(query, key, value, attn_mask=keep)
        else:
            scores = query @ key.transpose(-1, -2) / math.sqrt(query.shape[-1])
            if keep is not None:
                scores = scores.masked_fill(~keep, -torch.inf)
            probabilities = scores.softmax(-1).unflatten(2, (shared, -1)).transpose(1, 2).flatten(0, 1)
            changed = control(layer, probabilities).unflatten(0, (len(key), shared)).transpose(1, 2).flatten(2, 3)
            gathered = changed @ value
        gathered = gathered.transpose(1, 2).flatten(-2)
        return self.output(gathered.unflatten(1, (shared, -1)).flatten(0, 1))


class Block(nn.Module):
    """Pre-norm transformer block: among the tokens, onto the words, then each token alone.

    The timestep and the pooled text scale, shift and gate every part (adaptive layer norm of DiT, Peebles and Xie
    2023); one network serves all blocks and each adds its own offset (PixArt-alpha, Chen et al. 2023).
    """

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.norms = nn.ModuleList(nn.LayerNorm(width, elementwise_affine=False) for _ in range(3))
        self.self_attention = Attention(width, heads)
        self.cross_attention = Attention(width, heads)
        self.mlp = nn.Sequential(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))
        self.modulation = nn.Parameter(torch.zeros(9, width))

    def forward(
        self,
        x: Float[Tensor, "batch tokens width"],
        condition: Float[Tensor, "batch 9 width"],
        words: Float[Tensor, "prompts words width"],
        prompt_index: Int[Tensor, " batch"] | None,
        mask: Bool[Tensor, "batch words"],
        control: AttentionControl | None,
        layer: int,
    ) -> Float[Tensor, "batch tokens width"]:
        """One round of refinement."""
        parts = (condition + self.modulation).unsqueeze(2).unbind(1)
        (shift_1, scale_1, gate_1), (shift_2, scale_2, gate_2), (shift_3, scale_3, gate_3) = (
            parts[0:3],
            parts[3:6],
            parts[6:9],
        )
        inside = self.norms[0](x) * (1 + scale_1) + shift_1
        x = x + gate_1 * self.self_attention(inside, inside)
        inside = self.norms[1](x) * (1 + scale_2) + shift_2
        x = x + gate_2 * self.cross_attention(inside, words, prompt_index, mask, control, layer)
        return x + gate_3 * self.mlp(self.norms[2](x) * (1 + scale_3) + shift_3)


class Denoiser(nn.Module):
    """Predicts clean, normalised features (x0) from noisy ones, the words, and whatever is already known."""

    used: Tensor
    noise_levels: Tensor

    def __init__(self, config: DenoiserConfig) -> None:
        super().__init__()
        self.config = config
        width = config.width
        self.scaler = FeatureScaler()
        self.register_buffer("used", used_features(), persistent=False)
        # The noisy values and what is known enter side by side; each token has its own way in and out.
        self.token_in = nn.Parameter(torch.empty(config.num_tokens, config.token_dim, width))
        self.given_in = nn.Parameter(torch.zeros(config.num_tokens, 3 * config.token_dim, width))
        self.token_bias = nn.Parameter(torch.empty(config.num_tokens, width))
        self.token_out = nn.Parameter(torch.zeros(config.num_tokens, width, config.token_dim))
        nn.init.normal_(self.token_in, std=config.token_dim**-0.5)
        nn.init.normal_(self.token_bias, std=0.5)
        if config.limb_summaries:
            self.limb_in = nn.Parameter(torch.empty(config.num_tokens, config.text_token_dim, width))
            nn.init.normal_(self.limb_in, std=config.text_token_dim**-0.5)
            self.mean_pose = nn.Parameter(torch.zeros(config.num_tokens, config.text_token_dim, config.token_dim))
            # Log deviation of each feature round that mean: little where something was said. Without a text, of all.
            self.spread_of = nn.Parameter(torch.zeros(config.num_tokens, config.text_token_dim, config.token_dim))
            self.spread = nn.Parameter(torch.zeros(2, config.num_tokens, config.token_dim))
            if config.limb_readings > 1:
                self.likely = nn.Parameter(torch.zeros(config.text_token_dim))
            levels = torch.tensor(noise_levels(range(NUM_TRAIN_TIMESTEPS)), dtype=torch.float32)
            self.register_buffer("noise_levels", levels, persistent=False)
        self.words_in = nn.Sequential(nn.Linear(config.text_token_dim, width), nn.LayerNorm(width))
        self.rest_word = nn.Parameter(0.02 * torch.randn(width))
        self.null_pooled = nn.Parameter(torch.zeros(config.text_pooled_dim))
        self.pooled_in = nn.Linear(config.text_pooled_dim, width)
        self.time_in = nn.Sequential(nn.Linear(width, width), nn.SiLU(), nn.Linear(width, width))
        self.condition = nn.Sequential(nn.SiLU(), nn.Linear(width, 9 * width))
        self.blocks = nn.ModuleList(Block(width, config.heads) for _ in range(config.layers))
        self.norm_out = nn.LayerNorm(width)

    def forward(
        self,
        noisy: Float[Tensor, "batch tokens features"],
        timesteps: Int[Tensor, " batch"],
        text: TextFeatures,
        prompt_index: Int[Tensor, " batch"] | None,
        has_text: Bool[Tensor, " batch"],
        constraints: Constraints | None = None,
        control: AttentionControl | None = None,
        readings: Int[Tensor, " batch"] | None = None,
    ) -> Float[Tensor, "batch tokens features"]:
        """Clean features.

        Args:
            noisy: Normalised features with noise of the timestep's strength.
            timesteps: 0 (clean) up to the training schedule's last.
            text: One row a prompt.
            prompt_index: Which prompt each sample is of. None: each has as many, one prompt's after
                the other's (faster).
            has_text: False where the sample is to be denoised without its text (the unconditional pass of guidance).
            constraints: Known features; None when nothing is known.
            control: Sees and may change the cross-attention of every block.
            readings: Which reading of its text each sample is of; None: the first.
        """
        x = torch.baddbmm(self.token_bias[:, None], noisy.transpose(0, 1), self.token_in)
        if constraints is not None:
            x = x + torch.bmm(constraints.flattened().transpose(0, 1), self.given_in)
        base: Tensor | float = 0.0
        if self.config.limb_summaries:
            at = torch.zeros_like(timesteps) if readings is None else readings
            every = torch.arange(len(noisy), device=noisy.device)
            entering, mean, spread = (
                self.per_prompt(part, prompt_index, len(noisy))[every, at] for part in self.read_limbs(text.tokens)
            )
            told = has_text[:, None, None]
            x = x + (entering * told).transpose(0, 1)
            spread = torch.where(told, spread, self.spread[0])
            base = self.expected(noisy, mean * told, spread, self.noise_levels[timesteps])
        x = x.transpose(0, 1)
        rest = self.rest_word.expand(len(text.tokens), 1, -1)
        tokens, there = self.words_of(text)
        words = torch.cat((rest, self.words_in(tokens)), dim=1)
        word_there, pooled = (self.per_prompt(part, prompt_index, len(noisy)) for part in (there, text.pooled))
        # The resting word is always there, so a sample without text still has something to attend to.
        word_mask = torch.cat((torch.ones_like(has_text)[:, None], word_there & has_text[:, None]), dim=1)
        pooled = torch.where(has_text[:, None], pooled, self.null_pooled)
        told = self.time_in(timestep_embedding(timesteps, self.config.width)) + self.pooled_in(pooled)
        condition = self.condition(told).unflatten(-1, (9, -1))
        for layer, block in enumerate(self.blocks):
            x = block(x, condition, words, prompt_index, word_mask, control, layer)
        clean = base + torch.bmm(self.norm_out(x).transpose(0, 1), self.token_out).transpose(0, 1)
        return clean * self.used

    def words_of(self, text: TextFeatures) -> tuple[Float[Tensor, "prompts words text"], Bool[Tensor, "prompts words"]]:
        """The words of texts, without summaries, and where there is one."""
        end = text.tokens.shape[1] - self.config.num_summaries
        return text.tokens[:, :end], text.mask[:, :end]

    def read_limbs(
        self, words: Float[Tensor, "prompts words text"]
    ) -> tuple[
        Float[Tensor, "prompts readings tokens width"],
        Float[Tensor, "prompts readings tokens features"],
        Float[Tensor, "prompts readings tokens features"],
    ]:
        """What the summaries add to each token, the mean pose that they stand for, and the log deviation round it.

        Poses and deviations are of normalised features.
        """
        summaries = words[:, -self.config.num_summaries :].unflatten(1, (-1, self.config.num_tokens))
        limbs = summaries.flatten(0, 1).transpose(0, 1)
        entering, mean, spread = (
            torch.bmm(limbs, part).transpose(0, 1).unflatten(0, summaries.shape[:2])
            for part in (self.limb_in, self.mean_pose, self.spread_of)
        )
        return entering, mean, (self.spread[1] + spread.float()).clamp(*_LOG_SPREAD)

    def likelihood(self, words: Float[Tensor, "prompts words text"]) -> Float[Tensor, "prompts readings"]:
        """Logits of the readings of texts; one reading's are 0."""
        if not self.config.limb_summaries or self.config.limb_readings == 1:
            return words.new_zeros(len(words), 1)
        return reading_logits(words[:, -self.config.num_summaries :], self.likely, self.config.limb_readings)

    @staticmethod
    def per_prompt(
        values: Float[Tensor, prompts * rest], prompt_index: Int[Tensor, " batch"] | None, batch: int
    ) -> Float[Tensor, batch * rest]:
        """Values of prompts for each of their samples; see `forward` for `prompt_index`."""
        if prompt_index is None:
            return values.repeat_interleave(batch // len(values), dim=0)
        return values[prompt_index]

    @staticmethod
    def expected(noisy: Tensor, mean: Tensor, spread: Tensor, levels: Float[Tensor, "*batch 2"]) -> Tensor:
        """The clean features to expect if each were normal round its mean: what the network then corrects.

        So the network never has to copy its input (the preconditioning of Karras et al. 2022, round a mean that the
        text gives, as in CorrDiff, Mardani et al. 2023).
        """
        signal, noise = levels.float()[..., None, None].unbind(-3)
        variance = (2 * spread.float()).exp()
        gain = signal * variance / ((signal * signal) * variance + noise * noise)
        return mean + gain * (noisy - signal * mean)

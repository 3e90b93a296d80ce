# SPDX-License-Identifier: GPL-3.0-or-later
"""What a prompt asks of each limb: a summary a limb, gathered from the words, and the mean pose it stands for."""

from __future__ import annotations

import torch
from jaxtyping import Bool, Float
from torch import Tensor, nn
from torch.nn import functional as F

from backend.features import NUM_TOKENS, TOKEN_DIM


class LimbReader(nn.Module):
    """A query for each limb reads the words (as in Perceiver, Jaegle et al. 2021) and then the other limbs' summaries.

    The summaries are told to the denoiser after the words. They are trained to hold the mean pose of a text, which
    needs no diffusion and so sees many more texts in the same time: see `training.ground`.

    A text may be read in several ways: "one leg lifted" is the left one or the right one, and the mean of both is
    neither. Each reading has summaries and a mean pose of its own, and the text tells how likely each is (multiple
    choice learning, Guzman-Rivera et al. 2012; mixture density networks, Bishop 1994).
    """

    def __init__(self, width: int, heads: int, layers: int, readings: int = 1) -> None:
        super().__init__()
        self.heads = heads
        self.readings = readings
        self.limbs = nn.Parameter(0.5 * torch.randn(NUM_TOKENS, width))
        if readings > 1:
            self.apart = nn.Parameter(0.2 * torch.randn(readings, NUM_TOKENS, width))
            self.likely = nn.Parameter(torch.zeros(width))
        self.rounds = nn.ModuleList(_Round(width, heads) for _ in range(layers))
        self.norm = nn.LayerNorm(width)
        self.mean_pose = nn.Parameter(0.01 * torch.randn(NUM_TOKENS, width, TOKEN_DIM))

    @property
    def num_summaries(self) -> int:
        """How many summaries a text gets: one a limb and reading."""
        return self.readings * NUM_TOKENS

    def answers(self) -> tuple[nn.Parameter, ...]:
        """What turns summaries into poses and, of several readings, into their likelihood."""
        return (self.mean_pose, self.likely) if self.readings > 1 else (self.mean_pose,)

    def forward(
        self, words: Float[Tensor, "prompts words width"], mask: Bool[Tensor, "prompts words"]
    ) -> Float[Tensor, "prompts summaries width"]:
        """A summary a limb, of unit size, one reading's after the other's; `mask` is True where a word is."""
        queries = self.limbs + self.apart if self.readings > 1 else self.limbs
        x = queries.flatten(0, -2).expand(len(words), -1, -1)
        for each in self.rounds:
            x = each(x, words, mask, self.readings)
        return self.norm(x)

    def silence(self, first: int) -> None:
        """Let the rounds from this one on add nothing, until they learn to."""
        for each in self.rounds[first:]:
            assert isinstance(each, _Round)
            for output in (each.word_output, each.limb_output, each.mlp[-1]):
                for parameter in output.parameters():
                    nn.init.zeros_(parameter)

    def poses(
        self, summaries: Float[Tensor, "prompts summaries width"]
    ) -> Float[Tensor, "prompts readings limbs features"]:
        """The mean pose that each reading stands for, as the denoiser's normalised features."""
        limbs = summaries.unflatten(1, (self.readings, NUM_TOKENS))
        return (
            torch.bmm(limbs.flatten(0, 1).transpose(0, 1), self.mean_pose).transpose(0, 1).unflatten(0, limbs.shape[:2])
        )

    def likelihood(self, summaries: Float[Tensor, "prompts summaries width"]) -> Float[Tensor, "prompts readings"]:
        """Logits of the readings, which are how likely the text means each."""
        if self.readings == 1:
            return summaries.new_zeros(len(summaries), 1)
        return reading_logits(summaries, self.likely, self.readings)


def reading_logits(
    summaries: Float[Tensor, "prompts summaries width"], likely: Float[Tensor, " width"], readings: int
) -> Float[Tensor, "prompts readings"]:
    """How likely readings are, as logits, from the mean of each reading's summaries."""
    return summaries.unflatten(1, (readings, -1)).mean(2) @ likely


class _Round(nn.Module):
    """From the words, among the limbs, then each limb alone; pre-norm."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.norms = nn.ModuleList(nn.LayerNorm(width) for _ in range(3))
        self.word_query, self.word_key_value = nn.Linear(width, width), nn.Linear(width, 2 * width)
        self.limb_query_key_value = nn.Linear(width, 3 * width)
        self.word_output, self.limb_output = nn.Linear(width, width), nn.Linear(width, width)
        self.mlp = nn.Sequential(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))

    def forward(self, x: Tensor, words: Tensor, mask: Tensor, readings: int) -> Tensor:
        """One round of reading; the limbs of one reading do not see those of another."""
        key, value = self.word_key_value(words).chunk(2, -1)
        x = x + self.word_output(self._gathered(self.word_query(self.norms[0](x)), key, value, mask[:, None, None]))
        inside = self.norms[1](x).unflatten(1, (readings, -1)).flatten(0, 1)
        query, key, value = self.limb_query_key_value(inside).chunk(3, -1)
        x = x + self.limb_output(self._gathered(query, key, value, None).reshape(x.shape))
        return x + self.mlp(self.norms[2](x))

    def _gathered(self, query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None) -> Tensor:
        q, k, v = (part.unflatten(-1, (self.heads, -1)).transpose(1, 2) for part in (query, key, value))
        return F.scaled_dot_product_attention(q, k, v, attn_mask=mask).transpose(1, 2).flatten(-2)

# SPDX-License-Identifier: GPL-3.0-or-later
"""What a prompt asks of each limb: one summary a limb, gathered from the words, and the mean pose it stands for."""

from __future__ import annotations

import torch
from jaxtyping import Bool, Float
from torch import Tensor, nn
from torch.nn import functional as F

from backend.features import NUM_TOKENS, TOKEN_DIM


class LimbReader(nn.Module):
    """A query for each limb reads the words (as in Perceiver, Jaegle et al. 2021) and then the other limbs' summaries.

    The summaries join the words that the denoiser attends to. They are trained to hold the mean pose of a text, which
    needs no diffusion and so sees many more texts in the same time: see `training.ground`.
    """

    def __init__(self, width: int, heads: int, layers: int) -> None:
        super().__init__()
        self.heads = heads
        self.limbs = nn.Parameter(0.5 * torch.randn(NUM_TOKENS, width))
        self.rounds = nn.ModuleList(_Round(width, heads) for _ in range(layers))
        self.norm = nn.LayerNorm(width)
        self.mean_pose = nn.Parameter(0.01 * torch.randn(NUM_TOKENS, width, TOKEN_DIM))

    def forward(
        self, words: Float[Tensor, "prompts words width"], mask: Bool[Tensor, "prompts words"]
    ) -> Float[Tensor, "prompts limbs width"]:
        """A summary a limb, of unit size; `mask` is True where a word is."""
        x = self.limbs.expand(len(words), -1, -1)
        for each in self.rounds:
            x = each(x, words, mask)
        return self.norm(x)

    def poses(self, limbs: Float[Tensor, "prompts limbs width"]) -> Float[Tensor, "prompts limbs features"]:
        """The mean pose that summaries stand for, as the denoiser's normalised features."""
        return torch.bmm(limbs.transpose(0, 1), self.mean_pose).transpose(0, 1)


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

    def forward(self, x: Tensor, words: Tensor, mask: Tensor) -> Tensor:
        """One round of reading."""
        key, value = self.word_key_value(words).chunk(2, -1)
        x = x + self.word_output(self._gathered(self.word_query(self.norms[0](x)), key, value, mask[:, None, None]))
        query, key, value = self.limb_query_key_value(self.norms[1](x)).chunk(3, -1)
        x = x + self.limb_output(self._gathered(query, key, value, None))
        return x + self.mlp(self.norms[2](x))

    def _gathered(self, query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None) -> Tensor:
        q, k, v = (part.unflatten(-1, (self.heads, -1)).transpose(1, 2) for part in (query, key, value))
        return F.scaled_dot_product_attention(q, k, v, attn_mask=mask).transpose(1, 2).flatten(-2)

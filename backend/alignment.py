# SPDX-License-Identifier: GPL-3.0-or-later
"""How well poses and texts go together: both as unit vectors of one space, and which limbs a text speaks of.

Trained by contrast, as in Radford et al., Learning Transferable Visual Models From Natural Language Supervision, 2021.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.nn import functional as F

from backend.features import NUM_TOKENS, POSITION_DIM, TOKEN_DIM, FeatureScaler, positions_from_features, used_features
from backend.text_encoder import TextFeatures
from blender_addon.core.skeleton import LIMBS

SPOKEN_OF = 0.9
"""Probability from which a text counts as speaking of a limb; to change one that was to stay is the worse error."""
LIKELIEST = 0.3
"""The same for the likeliest limb, where none reaches that."""


@dataclass(frozen=True)
class AlignmentConfig:
    """Shape of an alignment."""

    text_token_dim: int
    text_pooled_dim: int
    pose_width: int = 256
    pose_layers: int = 3
    text_width: int = 512
    text_heads: int = 8
    size: int = 128
    """Of the common space."""
    summaries: int = 0
    """The last of a text's tokens that are a limb's summary each; which limbs it speaks of is then read from them."""


class AlignedText(NamedTuple):
    """What an alignment makes of texts."""

    vectors: Float[Tensor, "prompts size"]
    """Unit vectors of the common space."""
    limbs: Float[Tensor, "prompts limbs"]
    """For each of LIMBS the logit that the text speaks of it; "pelvis" is the body's tilt."""


class PoseEncoder(nn.Module):
    """Poses to the common space: a few residual layers over limb tokens and joint positions."""

    used: Tensor

    def __init__(self, config: AlignmentConfig) -> None:
        super().__init__()
        width = config.pose_width
        self.scaler = FeatureScaler()
        self.register_buffer("used", used_features(), persistent=False)
        self.inward = nn.Linear(NUM_TOKENS * (TOKEN_DIM + POSITION_DIM), width)
        self.layers = nn.ModuleList(
            nn.Sequential(nn.LayerNorm(width), nn.Linear(width, 2 * width), nn.GELU(), nn.Linear(2 * width, width))
            for _ in range(config.pose_layers)
        )
        self.outward = nn.Sequential(nn.LayerNorm(width), nn.Linear(width, config.size))

    def forward(self, tokens: Float[Tensor, "batch tokens features"]) -> Float[Tensor, "batch size"]:
        """Unit vectors of poses given as limb tokens, not normalised."""
        features = (self.scaler.normalize(tokens) * self.used).flatten(1)
        # Metres from the pelvis: doubled they are of unit size.
        places = 2 * positions_from_features(tokens).flatten(1)
        x = self.inward(torch.cat((features, places), dim=-1))
        for layer in self.layers:
            x = x + layer(x)
        return F.normalize(self.outward(x), dim=-1)


class TextProjection(nn.Module):
    """Text features to the common space, and to the limbs that are spoken of."""

    def __init__(self, config: AlignmentConfig) -> None:
        super().__init__()
        gathered = config.text_width // 2
        self.heads = config.text_heads
        self.scores = nn.Linear(config.text_token_dim, config.text_heads)
        self.values = nn.Linear(config.text_token_dim, gathered)
        self.inward = nn.Sequential(
            nn.Linear(gathered + config.text_pooled_dim, config.text_width),
            nn.GELU(),
            nn.Linear(config.text_width, config.text_width),
            nn.GELU(),
        )
        self.outward = nn.Linear(config.text_width, config.size)
        self.summaries = config.summaries
        self.limbs = nn.Linear(config.text_width, len(LIMBS))
        self.summed_up: nn.Module | None = None
        if config.summaries:
            known = config.summaries * config.text_token_dim + config.text_pooled_dim
            self.summed_up = nn.Sequential(
                *_layer(known, config.text_width), *_layer(config.text_width, config.text_width)
            )

    def forward(self, text: TextFeatures) -> AlignedText:
        """Where texts lie and what they speak of."""
        weight = self.scores(text.tokens).masked_fill(~text.mask.unsqueeze(-1), -torch.inf).softmax(1)
        values = self.values(text.tokens).unflatten(-1, (self.heads, -1))
        gathered = torch.einsum("pwh,pwhd->phd", weight, values).flatten(1)
        x = self.inward(torch.cat((gathered, text.pooled), dim=-1))
        vectors = F.normalize(self.outward(x), dim=-1)
        if self.summed_up is not None:
            x = self.summed_up(torch.cat((text.tokens[:, -self.summaries :].flatten(1), text.pooled), dim=-1))
        return AlignedText(vectors, self.limbs(x))


_DROPPED = 0.2
"""Share of a hidden layer that is left out while it learns: there are fewer texts than ways to remember them."""


def _layer(size: int, after: int) -> tuple[nn.Module, ...]:
    return nn.Linear(size, after), nn.GELU(), nn.Dropout(_DROPPED)


class Alignment(nn.Module):
    """Both sides, and the temperature that they were trained with."""

    def __init__(self, config: AlignmentConfig) -> None:
        super().__init__()
        self.config = config
        self.pose = PoseEncoder(config)
        self.text = TextProjection(config)
        self.log_scale = nn.Parameter(torch.tensor(math.log(1 / 0.07)))

    def similarity(
        self, told: AlignedText, tokens: Float[Tensor, "batch tokens features"]
    ) -> Float[Tensor, "prompts poses"]:
        """Cosines (-1 to 1) of each prompt with its poses, which are as many for each, one prompt's after the other's.

        Args:
            told: A row a prompt, of `text`.
            tokens: Limb tokens in metres and matrix entries.
        """
        shown = self.pose(tokens).unflatten(0, (len(told.vectors), -1))
        return torch.einsum("ps,pns->pn", told.vectors, shown)

    def limbs(self, told: AlignedText) -> list[frozenset[str]]:
        """The limbs that each prompt speaks of, by LIMBS; "pelvis" where it says how the whole body is held."""
        probabilities = told.limbs.sigmoid()
        names = list(LIMBS)
        least = probabilities.amax(1, keepdim=True).clamp(LIKELIEST, SPOKEN_OF)
        return [frozenset(names[i] for i in row.nonzero()[:, 0].tolist()) for row in probabilities >= least]

# SPDX-License-Identifier: GPL-3.0-or-later
"""What is left to chance and what is chosen: readings of a text, how far limbs stray, the best candidate."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import torch
from jaxtyping import Float, Int
from torch import Tensor

from blender_addon.core.skeleton import LIMBS

AS_GOOD = 0.07
"""Candidates that are worse by no more than this in likeness are as good as the best: the first of them is taken."""
STRAIN = 3.0
"""What a metre or a radian costs that a candidate is from keeping what it is to keep, in units of likeness."""
DECIDED = 5.0
"""A text's likelier reading is taken more often than the model is sure of it: odds to this power."""
LOOSE = 5.5
"""By how much more noise limbs start from that a text does not speak of: few steps would make its takes too alike."""
_SILENCE = 6
"""Power of the doubt that a text speaks of a limb: only one that it surely leaves open is loose."""
_GOLDEN = (math.sqrt(5) - 1) / 2


def readings(
    likelihood: Float[Tensor, "prompts readings"], seeds: Sequence[int], each: int, in_turn: bool = False
) -> Int[Tensor, "prompts samples_candidates"]:
    """Which reading of its text every candidate is of.

    Samples are of each reading as likely as the text means it, the likelier the more so: a reading that is seldom
    meant is mostly one that is seldom right. Their candidates are all of that: likeness cannot tell which reading is
    right, and would prefer the one side of "one leg" to the other.

    Args:
        likelihood: log-odds of each reading.
        seeds: of the samples.
        each: candidates a sample.
        in_turn: candidates after the first take turns at the readings; for samples that keep something, with which
            only some readings may go.
    """
    chance = (DECIDED * likelihood).softmax(-1)
    prompts, count = chance.shape
    if count == 1:
        return torch.zeros(prompts, len(seeds) * each, dtype=torch.long, device=chance.device)
    # Seeds in a row are spread evenly, so that a few samples already show every reading.
    places = torch.tensor([(seed * _GOLDEN) % 1.0 for seed in seeds], device=chance.device)
    first = (places[:, None] >= chance.cumsum(-1)[:, None, :-1]).sum(-1)
    turns = torch.arange(each, device=chance.device) * in_turn
    return ((first[..., None] + turns) % count).flatten(1)


def looseness(spoken: Float[Tensor, "prompts limbs"]) -> Float[Tensor, "prompts limbs"]:
    """How strong the noise is from which each limb starts; 1 for those that a prompt speaks of.

    Args:
        spoken: how probably a prompt speaks of each of LIMBS.
    """
    # Where the trunk is and how the body is held decides what all else looks like.
    free = torch.tensor([limb not in ("pelvis", "trunk") for limb in LIMBS], device=spoken.device)
    return 1 + LOOSE * free * (1 - spoken).pow(_SILENCE)


def best(scores: np.ndarray) -> np.ndarray:
    """The place of the best candidate of every sample (prompts, samples) by scores (prompts, samples, candidates).

    Always the very best would make takes alike: the first that is as good is taken.
    """
    return np.asarray((scores >= scores.max(-1, keepdims=True) - AS_GOOD).argmax(-1))

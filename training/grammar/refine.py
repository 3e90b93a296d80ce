# SPDX-License-Identifier: GPL-3.0-or-later
"""Refine bodies: a few dozen steps of Adam on turns away from where they start, all bodies side by side."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from training.anatomy import limit_excess
from training.grammar.body import LIMIT_MARGINS, deepest, near_pairs, penetration, posed_last, turned
from training.grammar.constraints import Constraints, losses, misses

MOST_PENETRATION = 0.02
"""Metres that a limb may be inside the body."""
_LOOKS_EVERY, _LOOKS_WITHIN = 5, 0.05
"""Which flesh is near other flesh is looked up every few steps, with room for what moves in between, in metres."""


def refined(start: Tensor, constraints: Constraints, stiffness: Tensor, steps: int, rate: float) -> Tensor:
    """Turn joints until goals are met, limits kept and flesh apart.

    Args:
        start: (22, 3, 3, B) local rotations.
        constraints: of these bodies.
        stiffness: (22, B) how strongly joints keep to where they start.
        steps: how many.
        rate: radians that a joint moves in the first steps.
    """
    turn = torch.zeros(3, 22, start.shape[-1])
    first, second = torch.zeros_like(turn), torch.zeros_like(turn)
    # Firm joints are slow, too: in a hurry they would go along and find no way back.
    pace = -rate / (1 + 2 * stiffness)
    for step in range(1, steps + 1):
        share = step / steps
        turn.requires_grad_()
        body = turned(turn, start)
        if step % _LOOKS_EVERY == 1:
            pairs = near_pairs(body.points, _LOOKS_WITHIN)
        goals = losses(constraints, body).sum()
        limits = _excess(body.local).square().sum()
        flesh = penetration(body.points, pairs).square().sum()
        (slope,) = torch.autograd.grad(6 * goals + 60 * limits + 250 * flesh, turn)
        turn = turn.detach()
        # Unsaid limbs stay calm, but what was said wins in the end.
        slope = torch.nan_to_num(slope).addcmul_(stiffness, turn, value=2 * (1.0 - 0.75 * share))
        first.lerp_(slope, 0.15)
        second.lerp_(slope.square_(), 0.05)
        speed = 0.08 + 0.92 * 0.5 * (1 + float(np.cos(np.pi * share)))
        stride = (second / (1 - 0.95**step)).sqrt_().add_(1e-4).reciprocal_().mul_(first).mul_(pace)
        turn = turn.add(stride, alpha=speed / (1 - 0.85**step))
    with torch.no_grad():
        return turned(turn, start).local


def _excess(local: Tensor) -> Tensor:
    return limit_excess(local.permute(3, 0, 1, 2), LIMIT_MARGINS)


@torch.no_grad()
def faulty(local: Tensor, constraints: Constraints) -> Tensor:
    """Which bodies (B,) of rotations (22, 3, 3, B) miss a goal, break a joint limit or have a limb inside the body."""
    body = posed_last(local)
    wrong = torch.zeros(constraints.count, dtype=torch.bool)
    wrong[constraints.owners[misses(constraints, body) > 0]] = True
    # Limits are drawn in by more than a degree here, so some excess is still inside core's.
    wrong |= _excess(local).amax(1) > np.radians(0.8)
    return wrong | (deepest(body.points) > MOST_PENETRATION)

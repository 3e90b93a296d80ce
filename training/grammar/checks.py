# SPDX-License-Identifier: GPL-3.0-or-later
"""Which built bodies do what was said, with joints inside their limits and no limb through the body."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from backend.rotation import rotation_6d_to_matrix
from blender_addon.core.anatomy import limit_excess
from blender_addon.core.rotation import matrix_to_quaternion
from training.grammar.body import deepest
from training.grammar.build import MOST_PENETRATION, Built
from training.grammar.constraints import misses
from training.grammar.points import FLOOR_POINTS, POINT_NAMES


@dataclass(frozen=True)
class Verdict:
    """What is right and wrong about a batch."""

    passed: np.ndarray
    """(B,) bool: every goal met, joints inside limits, no limb through the body."""
    reasons: tuple[tuple[str, ...], ...]
    """(B,) what is wrong with each."""
    local_rotations: np.ndarray
    """(B, 22, 4) float32 wxyz."""
    root_translation: np.ndarray
    """(B, 3) float32 metres: the pelvis."""


def judge(built: Built) -> Verdict:
    """Check a batch goal by goal and turn it to rotations and pelvis positions."""
    with torch.no_grad():
        bodies, missed, kinds = misses(built.constraints, built.body)
        inside = deepest(built.body).numpy()
        six = torch.cat((built.body.local[..., 0], built.body.local[..., 1]), -1)
        rotations = matrix_to_quaternion(rotation_6d_to_matrix(six).double().numpy())
    count = len(rotations)
    reasons: list[list[str]] = [[] for _ in range(count)]
    names = _row_names(built)
    for row in (missed > 0).nonzero()[:, 0].tolist():
        reasons[int(bodies[row])].append(f"{kinds[row]} {names[row]} by {float(missed[row]):.2f}")
    finite = np.isfinite(rotations).all((1, 2))
    beyond = limit_excess(np.where(finite[:, None, None], rotations, [1.0, 0, 0, 0]))
    for index in range(count):
        if not finite[index]:
            reasons[index].append("not finite")
        if beyond[index].max() > 0:
            reasons[index].append(f"limit by {beyond[index].max():.1f} degrees")
        if inside[index] > MOST_PENETRATION:
            reasons[index].append(f"limb in body by {inside[index]:.3f}")
    pelvis = built.body.points[:, 0].numpy().copy()
    pelvis[:, 1] += built.airborne.numpy()
    return Verdict(
        np.array([not own for own in reasons]),
        tuple(map(tuple, reasons)),
        rotations.astype(np.float32),
        pelvis.astype(np.float32),
    )


def _row_names(built: Built) -> list[str]:
    c = built.constraints
    names = []
    for rows in (c.aims, c.bends, c.gaps, c.alongs):
        names += ["-".join(POINT_NAMES[int(p)] for p in points) for points in rows.points]
    names += [POINT_NAMES[int(FLOOR_POINTS[int(row)])] for row in c.floors.points[:, 0]]
    return names + ["-".join(POINT_NAMES[int(p)] for p in points) for points in c.balances.points]

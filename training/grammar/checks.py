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
from training.grammar.build import Built
from training.grammar.constraints import KINDS, misses
from training.grammar.intent import Floor
from training.grammar.points import FLOOR_POINTS, POINT_NAMES
from training.grammar.refine import MOST_PENETRATION


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
        missed = misses(built.constraints, built.body)
        inside = deepest(built.body.points).numpy()
        local = built.body.local.permute(3, 0, 1, 2)
        six = torch.cat((local[..., 0], local[..., 1]), -1)
        rotations = matrix_to_quaternion(rotation_6d_to_matrix(six).double().numpy())
    count = len(rotations)
    reasons: list[list[str]] = [[] for _ in range(count)]
    names = _row_names(built) if (missed > 0).any() else []
    for row in (missed > 0).nonzero()[:, 0].tolist():
        reasons[int(built.constraints.owners[row])].append(f"{names[row]} by {float(missed[row]):.2f}")
    finite = np.isfinite(rotations).all((1, 2))
    beyond = limit_excess(np.where(finite[:, None, None], rotations, [1.0, 0, 0, 0]))
    for index in range(count):
        if not finite[index]:
            reasons[index].append("not finite")
        if beyond[index].max() > 0:
            reasons[index].append(f"limit by {beyond[index].max():.1f} degrees")
        if inside[index] > MOST_PENETRATION:
            reasons[index].append(f"limb in body by {inside[index]:.3f}")
    pelvis = np.zeros((count, 3), dtype=np.float32)
    pelvis[:, 1] = (built.airborne - built.body.low).numpy()
    return Verdict(
        np.array([not own for own in reasons]),
        tuple(map(tuple, reasons)),
        rotations.astype(np.float32),
        pelvis,
    )


def _row_names(built: Built) -> list[str]:
    names = []
    for kind, rows in zip(KINDS, built.constraints.rows, strict=True):
        points = torch.from_numpy(FLOOR_POINTS)[rows.points] if kind is Floor else rows.points
        names += [f"{kind.__name__.lower()} {'-'.join(POINT_NAMES[p] for p in own)}" for own in points.T.tolist()]
    return names

# SPDX-License-Identifier: GPL-3.0-or-later
"""Which built bodies do what was said, with joints inside their limits and no limb through the body."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from backend.rotation import rotation_6d_to_matrix
from blender_addon.core.anatomy import limit_excess
from blender_addon.core.rotation import matrix_to_quaternion, quaternion_to_matrix
from blender_addon.core.skeleton import JOINT_NAMES
from training.grammar.body import Body, deepest, posed
from training.grammar.build import Built, lies
from training.grammar.constraints import KINDS, draw_constraints, misses
from training.grammar.intent import Aim, Floor, Goal
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
    for index, reason in _turned_wrong(built):
        reasons[index].append(reason)
    pelvis = np.zeros((count, 3), dtype=np.float32)
    pelvis[:, 1] = (built.airborne - built.body.low).numpy()
    return Verdict(
        np.array([not own for own in reasons]),
        tuple(map(tuple, reasons)),
        rotations.astype(np.float32),
        pelvis,
    )


def goals_met(goals: Sequence[Sequence[Goal]], local_rotations: np.ndarray) -> np.ndarray:
    """The share (B,) of its own goals that each pose meets, NaN where it has none: what was generated against a text.

    Args:
        goals: of each pose, such as `StoredDraft.goals`.
        local_rotations: (B, 22, 4) wxyz, facing anywhere.
    """
    constraints = draw_constraints(goals, [np.random.default_rng(0)] * len(goals))
    matrices = torch.from_numpy(quaternion_to_matrix(np.asarray(local_rotations, dtype=np.float64))).float()
    with torch.no_grad():
        met = (misses(constraints, posed(matrices)) <= 0).numpy()
    owners = constraints.owners.numpy()
    count = np.bincount(owners, minlength=len(goals)).astype(float)
    return np.divide(
        np.bincount(owners, met, minlength=len(goals)), count, out=np.full(len(goals), np.nan), where=count > 0
    )


TURNED = {"head": ("neck", "head"), "spine": ("spine1", "spine2", "spine3")}
"""The joints that turn a part on its parent."""
_SLACK = {"head": 12.0, "spine": 18.0}
"""Degrees by which a head or a trunk that was told to turn may miss it."""
_LYING_SLACK = 30.0
"""The same for bodies on the floor, which shapes them, too."""
_CALM = {"head": 45.0, "spine": 50.0}
"""Degrees that they turn in all, at most, when nobody speaks of them."""


def turned(body: Body, part: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Degrees (B,) of pitch, roll and yaw of a part of `TURNED` on its parent, with the signs of `Turn`."""
    rotation = _rotation(body, part)
    return (
        np.degrees(np.arcsin(np.clip(-rotation[:, 1, 2], -1, 1))),
        -np.degrees(np.arctan2(rotation[:, 1, 0], rotation[:, 1, 1])),
        np.degrees(np.arctan2(rotation[:, 0, 2], rotation[:, 2, 2])),
    )


def _rotation(body: Body, part: str) -> np.ndarray:
    rotation = np.eye(3)
    for name in TURNED[part]:
        rotation = rotation @ body.local[JOINT_NAMES.index(name)].permute(2, 0, 1).double().numpy()
    return rotation


def _turned_wrong(built: Built) -> list[tuple[int, str]]:
    """Heads and trunks that are not turned as they were told, or are for no reason: body and what is wrong."""
    found = []
    for part in TURNED:
        rotation = _rotation(built.body, part)
        pitch, roll, yaw = turned(built.body, part)
        in_all = np.degrees(np.arccos(np.clip((np.trace(rotation, axis1=1, axis2=2) - 1) / 2, -1, 1)))
        for index, own in enumerate(built.intents):
            turn = next((turn for turn in own.turns if turn.part == part), None)
            if turn is None:
                if (
                    {"head": "head", "spine": "trunk"}[part] not in own.claims
                    and in_all[index] > _CALM[part]
                    and not lies(own)
                ):
                    found.append((index, f"turn unsaid {part} by {in_all[index]:.0f} degrees"))
                continue
            aimed = any(isinstance(goal, Aim) and goal.start in ("head", "pelvis") for goal in own.goals)
            bent = abs(pitch[index]) > 40 or part == "head"
            for name, angles, wanted in (
                # Where there is a goal too, it decides; far bent trunks have no clear yaw.
                ("pitch", pitch, None if aimed else turn.pitch),
                ("roll", roll, None if aimed else turn.roll),
                ("yaw", yaw, turn.yaw if not aimed or (part == "spine" and not bent) else None),
            ):
                if wanted is None:
                    continue
                off = max(wanted[0] - angles[index], angles[index] - wanted[1])
                if off > (_LYING_SLACK if lies(own) else _SLACK[part]):
                    found.append((index, f"turn {part} {name} by {off:.0f} degrees"))
    return found


def _row_names(built: Built) -> list[str]:
    names = []
    for kind, rows in zip(KINDS, built.constraints.rows, strict=True):
        points = torch.from_numpy(FLOOR_POINTS)[rows.points] if kind is Floor else rows.points
        names += [f"{kind.__name__.lower()} {'-'.join(POINT_NAMES[p] for p in own)}" for own in points.T.tolist()]
    return names

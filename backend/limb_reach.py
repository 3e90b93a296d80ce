# SPDX-License-Identifier: GPL-3.0-or-later
"""Limbs brought to a place and heads to a direction in closed form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from backend.limits import LimitTable
from backend.targets import HEAD, Targets, positions
from backend.vectors import cross, length, matrix_between, turn_between, turn_matrix, unit
from blender_addon.core.anatomy import TURN_LIMITS
from blender_addon.core.skeleton import JOINT_NAMES, PARENTS, SMPL22

MARGIN = np.radians(0.15)
"""How far inside joint limits a solution is asked to be."""
NECK = JOINT_NAMES.index("neck")
_J = JOINT_NAMES.index


@dataclass(frozen=True)
class TwoBones:
    """An arm or a leg: a root that turns every way and a hinge."""

    root: int
    hinge: int
    end: int
    axis: np.ndarray
    """Turning about it bends the hinge, in the rest frame of the upper bone."""
    carries: tuple[int, ...]
    """Joints beyond the end that go with the lower bone: a hand does, while a foot keeps to the floor."""
    limits: LimitTable

    @staticmethod
    def of(root: str, hinge: str, end: str, axis: tuple[float, float, float], carries: Sequence[str]) -> TwoBones:
        return TwoBones(
            _J(root), _J(hinge), _J(end), np.array(axis), tuple(map(_J, carries)), LimitTable((root, hinge, end))
        )


TWO_BONES = tuple(
    limb
    for side, sign in (("left", -1.0), ("right", 1.0))
    for limb in (
        TwoBones.of(f"{side}_hip", f"{side}_knee", f"{side}_ankle", (1.0, 0.0, 0.0), ()),
        TwoBones.of(f"{side}_shoulder", f"{side}_elbow", f"{side}_wrist", (0.0, sign, 0.0), (f"{side}_wrist",)),
    )
)
_SHARE_OF_NECK = 0.4
"""Of the turn of a head; at its limit the neck, the head and both are then within theirs."""
_HEAD_LIMITS = LimitTable(("neck", "head"))
_FAR = np.radians(80)
"""Of a turn of the head from how it is held to what it is to look at."""
_MOST_HEAD_TURN, _MOST_GAZE_TURN = (
    np.radians(limit.most) - 2 * MARGIN for limit in TURN_LIMITS if limit.name in ("head turn", "gaze turn")
)
_SWIVELS = np.radians([0, -12, 12, -25, 25, -40, 40, -60, 60, -90, 90, -130, 130, 180])


def reach(rotations: np.ndarray, root: np.ndarray, limb: TwoBones, target: np.ndarray, locked: np.ndarray) -> None:
    """Turn a limb of each pose, in place, so that its end is at (B, 3), or as near as its length allows."""
    joints = positions(rotations, root)
    start, upper = joints[:, limb.root], joints[:, limb.hinge] - joints[:, limb.root]
    lower = joints[:, limb.end] - joints[:, limb.hinge]
    long, short = SMPL22.bone_lengths[limb.hinge], SMPL22.bone_lengths[limb.end]
    along = target - start
    distance = length(along)[:, 0].clip(0.3 * min(long, short), (long + short) * 0.9995)
    upper_way, lower_way = unit(upper), unit(lower)
    # The plane in which the limb bends: its own, or that of its hinge where it is straight or bent the wrong way.
    own, hinge = cross(upper_way, lower_way), rotations[:, limb.root] @ limb.axis
    hinge = unit(hinge - (hinge * upper_way).sum(-1, keepdims=True) * upper_way)
    bent = ((own * hinge).sum(-1, keepdims=True) - 0.1).clip(0, 0.1) / 0.1
    normal = unit(bent * own + (1 - bent) * hinge)
    cosine = ((distance**2 - long**2 - short**2) / (2 * long * short)).clip(-1, 1)[:, None]
    bent_way = cosine * upper_way + np.sqrt(1 - cosine**2) * cross(normal, upper_way)
    fold = matrix_between(lower_way, bent_way)
    swing = matrix_between(unit(upper + short * bent_way), unit(along))
    moved = [limb.root, limb.hinge, *(joint for joint in limb.carries if not locked[joint])]
    turns = np.stack([swing, *[swing @ fold] * (len(moved) - 1)], axis=1)
    placed = turns @ rotations[:, moved]
    # Turned about the line from root to target the end stays; the smallest turn that suits the limits is taken.
    swivel = turn_matrix(unit(along)[:, None] * _SWIVELS[:, None])
    tried = np.repeat(rotations[:, None], len(_SWIVELS), axis=1)
    tried[:, :, moved] = swivel[:, :, None] @ placed[:, None]
    beyond = (limb.limits.excess(tried) + MARGIN).clip(0)
    cost = (10 * beyond).sum(-1) + np.abs(_SWIVELS)
    rotations[:, moved] = tried[np.arange(len(root)), cost.argmin(1)][:, moved]


def face(rotations: np.ndarray, root: np.ndarray, targets: Targets) -> None:
    """Turn neck and head, in place, towards what is looked at; never so far that a neck could not."""
    assert targets.look_at is not None
    wanted = unit(targets.look_at - positions(rotations, root)[:, HEAD])
    neck_turns = not targets.locked[NECK] and HEAD not in targets.pins
    turn = turn_between(rotations[:, HEAD, :, 2], wanted)
    far = length(turn)[:, 0] > _FAR
    turn[far] = 0
    if neck_turns:
        rotations[:, NECK] = turn_matrix(_SHARE_OF_NECK * turn) @ rotations[:, NECK]
    rotations[:, HEAD] = turn_matrix(turn) @ rotations[:, HEAD]
    # A head that would break its limits gives up how it was held, and goes the straightest way that it can.
    broken = far | (_HEAD_LIMITS.excess(rotations) > -MARGIN).any(-1)
    if broken.any():
        base = PARENTS[NECK] if neck_turns else NECK
        straight = rotations[broken, base]
        turn = turn_between(straight[:, :, 2], wanted[broken])
        most = _MOST_HEAD_TURN if base == NECK else _MOST_GAZE_TURN
        short = length(turn) > most
        # To what is behind one looks over a shoulder.
        way = cross(straight[:, :, 2], wanted[broken])
        up = straight[:, :, 1]
        way += np.where((way * up).sum(-1, keepdims=True) < 0, -0.4, 0.4) * up * short
        turn = np.where(short, most * unit(way), turn)
        if neck_turns:
            rotations[broken, NECK] = turn_matrix(_SHARE_OF_NECK * turn) @ straight
        rotations[broken, HEAD] = turn_matrix(turn) @ straight

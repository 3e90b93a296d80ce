# SPDX-License-Identifier: GPL-3.0-or-later
"""The twist of limbs, shared among the bones along them: all limbs of a rig at once, since it is calls that take time.

A thigh or upper arm shares the twist of its own joint, a shin or forearm that of the foot or hand. Directions stay.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from .rest_pose import RestPose
from .rotation import (
    quaternion_apply,
    quaternion_between,
    quaternion_conjugate,
    quaternion_multiply,
    swing_twist,
)


@dataclass(frozen=True, eq=False)
class _Shared:
    """The limbs L of a rig whose twist is shared, upper ones first, and the bones N that share it."""

    num_upper: int
    first: np.ndarray
    last: np.ndarray
    """(L,) the bones of the joints at their ends."""
    axes: np.ndarray
    """(L, 3) along the limb, in the axes of its first bone; `end_axes` of its last."""
    end_axes: np.ndarray
    into_end: np.ndarray
    """(L, 4) from the first bone's axes to the last one's, at rest."""
    bones: np.ndarray
    limbs: np.ndarray
    """(N,) the bones that turn, and the limb of each."""
    shares: np.ndarray
    """(N,)"""
    relations: np.ndarray
    """(N, 4) from the limb's first bone's axes to each bone's, at rest."""


@lru_cache(maxsize=8)
def _shared(rest: RestPose) -> _Shared:
    limbs = sorted(rest.twistings, key=lambda limb: not limb.is_upper)
    first = np.array([rest.rig.bone_of(limb.start) for limb in limbs], dtype=np.intp)
    last = np.array([rest.rig.bone_of(limb.stop) for limb in limbs], dtype=np.intp)
    bones = np.array([bone for limb in limbs for bone in limb.bones], dtype=np.intp)
    of_limb = np.repeat(np.arange(len(limbs)), [len(limb.bones) for limb in limbs])
    back = quaternion_conjugate(rest.rotations[first])
    return _Shared(
        sum(limb.is_upper for limb in limbs),
        first,
        last,
        np.array([limb.axis for limb in limbs]),
        np.array([limb.end_axis for limb in limbs]),
        quaternion_multiply(back, rest.rotations[last]),
        bones,
        of_limb,
        np.concatenate([limb.shares for limb in limbs]),
        quaternion_multiply(back[of_limb], rest.rotations[bones]),
    )


@dataclass(frozen=True, eq=False)
class _Lines:
    """The limbs C that have several bones in a row, which may lie a little beside the line that the limb is."""

    joints: np.ndarray
    first: np.ndarray
    """(C,) where they start, as joints and as bones."""
    axes: np.ndarray
    """(C, 3)"""
    chain: np.ndarray
    after: np.ndarray
    """(M,) all their bones in a row, and the bone after each."""
    begins: np.ndarray
    """(C,) where each limb's begin among these."""
    moved: np.ndarray
    limbs: np.ndarray
    """(K,) the bones that turn with a limb, and which of the limbs that is."""


@lru_cache(maxsize=8)
def _lines(rest: RestPose) -> _Lines:
    limbs = [limb for limb in rest.twistings if len(limb.chain) > 1]
    moved = [[*limb.chain, *(bone for bone in limb.bones if bone not in limb.chain)] for limb in limbs]
    lengths = [len(limb.chain) for limb in limbs]
    return _Lines(
        np.array([limb.start for limb in limbs], dtype=np.intp),
        np.array([limb.chain[0] for limb in limbs], dtype=np.intp),
        np.array([limb.axis for limb in limbs]).reshape(-1, 3),
        np.array([bone for limb in limbs for bone in limb.chain], dtype=np.intp),
        np.array([n for limb in limbs for n in (*limb.chain[1:], rest.rig.bone_of(limb.stop))], dtype=np.intp),
        np.cumsum([0, *lengths])[:-1],
        np.array([bone for bones in moved for bone in bones], dtype=np.intp),
        np.repeat(np.arange(len(limbs)), [len(bones) for bones in moved]),
    )


def share_twist(rest: RestPose, rotations: np.ndarray) -> None:
    """Turn the bones along limbs, in place, so that each has its share of the twist; the limbs' directions stay.

    Args:
        rest: the rig.
        rotations: (F, B + 1, 4) of all bones to the upright world; the last stands for "no parent".
    """
    if not rest.twistings:
        return
    limbs, lines = _shared(rest), _lines(rest)
    upper, lower = slice(limbs.num_upper), slice(limbs.num_upper, None)
    wanted = quaternion_apply(rotations[:, lines.first], lines.axes)
    before = rotations[:, limbs.first]
    angle = np.zeros(before.shape[:-1])
    if limbs.num_upper:
        first = limbs.first[upper]
        unposed = quaternion_multiply(rotations[:, rest.turning_parents[first]], rest.from_parent[first])
        turn = quaternion_multiply(quaternion_conjugate(unposed), before[:, upper])
        swing, twist = swing_twist(turn, limbs.axes[upper])
        angle[:, upper] = _angle_about(twist, limbs.axes[upper])
        before[:, upper] = quaternion_multiply(unposed, swing)
    if limbs.num_upper < len(limbs.first):
        # The hand or foot first turns with the limb's twist and only then bends.
        carried = quaternion_multiply(before[:, lower], limbs.into_end[lower])
        turn = quaternion_multiply(quaternion_conjugate(carried), rotations[:, limbs.last[lower]])
        _, twist = swing_twist(quaternion_conjugate(turn), limbs.end_axes[lower])
        angle[:, lower] = -_angle_about(twist, limbs.end_axes[lower])
    if len(angle) > 1:
        angle = np.unwrap(angle, axis=0)
    half = (angle[:, limbs.limbs] * limbs.shares / 2)[..., None]
    shared = np.concatenate([np.cos(half), np.sin(half) * limbs.axes[limbs.limbs]], axis=-1)
    turned = quaternion_multiply(shared, limbs.relations)
    rotations[:, limbs.bones] = quaternion_multiply(before[:, limbs.limbs], turned)
    if len(lines.first):
        # Bones that lie a little beside the limb's line carry its end aside when they twist.
        back = quaternion_between(_along(rest, lines, rotations), wanted)[:, lines.limbs]
        rotations[:, lines.moved] = quaternion_multiply(back, rotations[:, lines.moved])


def straighten(rest: RestPose, turns: np.ndarray, rotations: np.ndarray) -> None:
    """Point joints, in place, where their limbs do, in which several bones lie beside the line.

    Args:
        rest: the rig.
        turns: (F, 22, 4) global rotations of the joints, as their bones alone have them.
        rotations: (F, B, 4) of all bones to the upright world.
    """
    lines = _lines(rest)
    if not len(lines.first):
        return
    mapped = list(rest.rig.mapped_joints)
    axes = quaternion_apply(rest.calibrated[[mapped.index(joint) for joint in lines.joints]], lines.axes)
    aside = quaternion_apply(turns[:, lines.joints], axes)
    back = quaternion_between(aside, _along(rest, lines, rotations))
    turns[:, lines.joints] = quaternion_multiply(back, turns[:, lines.joints])


def _along(rest: RestPose, lines: _Lines, rotations: np.ndarray) -> np.ndarray:
    """(F, C, 3) from where limbs start to where they end, as their bones are turned."""
    steps = quaternion_apply(rotations[:, lines.chain], rest.offsets[lines.after])
    return np.add.reduceat(steps, lines.begins, axis=1)


def _angle_about(twists: np.ndarray, axes: np.ndarray) -> np.ndarray:
    """(F, L) of twists (F, L, 4) about axes (L, 3)."""
    return np.asarray(2 * np.arctan2((twists[..., 1:] * axes).sum(-1), twists[..., 0]))

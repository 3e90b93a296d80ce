# SPDX-License-Identifier: GPL-3.0-or-later
"""What poses are to meet and how far they are from it, and where their joints are.

Everything here is in one frame, which has its floor at y = 0, and in double precision.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from backend.limits import LIMITS
from backend.vectors import angle, length, unit
from blender_addon.core.anatomy import JOINT_RADII
from blender_addon.core.skeleton import JOINT_NAMES, LIMBS, PARENTS, SMPL22

CLOSE = 1e-3
"""Metres, or radians for directions, at which a constraint counts as met."""
HEAD = JOINT_NAMES.index("head")
NUM_JOINTS = len(JOINT_NAMES)
LEGS = (LIMBS["left_leg"], LIMBS["right_leg"])
ABOVE = np.array(PARENTS[1:])
"""(21,) the parent of each joint but the pelvis."""
_OFFSETS = SMPL22.offsets[1:]


def _chains() -> np.ndarray:
    """(22, 21): whether a bone, named by its far joint less 1, lies between the pelvis and a joint."""
    chains = np.zeros((NUM_JOINTS, NUM_JOINTS - 1))
    for joint, parent in enumerate(PARENTS[1:], start=1):
        chains[joint] = chains[parent]
        chains[joint, joint - 1] = 1
    return chains


CHAINS = _chains()


@dataclass(frozen=True)
class Targets:
    """What poses are to meet."""

    rotations: np.ndarray
    """(22, 3, 3) global rotations of the reference pose."""
    reference_root: np.ndarray
    """(3,) metres: where its pelvis is."""
    locked: np.ndarray
    """(22,) bool: joints that keep the reference's rotations."""
    pins: tuple[int, ...] = ()
    """Joints that have a place; the pelvis's is `root`."""
    points: np.ndarray = field(default_factory=lambda: np.zeros((0, 3)))
    """(pins, 3) metres: their places."""
    look_at: np.ndarray | None = None
    """(3,) metres: what the head faces."""
    root: np.ndarray | None = None
    """(3,) metres: where the pelvis is, when that is not to be changed."""

    @property
    def needs_solving(self) -> bool:
        """Whether something is asked that rotations alone do not tell."""
        return bool(self.pins) or self.look_at is not None or self.root is not None


@dataclass(frozen=True)
class Projected:
    """Poses near the given ones that meet the targets, or nearly."""

    rotations: np.ndarray
    """(B, 22, 3, 3) global."""
    root: np.ndarray
    """(B, 3) metres."""


def positions(rotations: np.ndarray, root: np.ndarray) -> np.ndarray:
    """Joint positions (B, 22, 3) in metres from global rotations (B, 22, 3, 3) and the pelvis's place (B, 3)."""
    return root[:, None] + CHAINS @ bones(rotations)


def height_over_floor(rotations: np.ndarray, clearance: np.ndarray) -> np.ndarray:
    """Where the pelvis is (B,), in metres, for the lowest skin to be `clearance` (B,) over the floor."""
    lowest = ((CHAINS @ bones(rotations))[..., 1] - JOINT_RADII).min(-1)
    return np.asarray(clearance - lowest)


def gaze_error(rotations: np.ndarray, joints: np.ndarray, look_at: np.ndarray) -> np.ndarray:
    """Radians (B,) between where the head faces and what it is to look at."""
    return angle(rotations[:, HEAD, :, 2], unit(look_at - joints[:, HEAD]))


def bones(rotations: np.ndarray) -> np.ndarray:
    """(B, 21, 3) metres: from each joint but the pelvis's parent to it, of global rotations (B, 22, 3, 3)."""
    return (rotations[:, ABOVE] @ _OFFSETS[..., None])[..., 0]


def misses(poses: Projected, targets: Targets) -> np.ndarray:
    """The worst miss (B,) of pins and gaze, in metres or radians."""
    joints = positions(poses.rotations, poses.root)
    miss = length(targets.points - joints[:, list(targets.pins)])[..., 0].max(-1, initial=0.0)
    if targets.look_at is not None:
        miss = np.maximum(miss, gaze_error(poses.rotations, joints, targets.look_at))
    return np.asarray(miss)


def cost(poses: Projected, targets: Targets) -> np.ndarray:
    """What pose is the better one (B,): misses, and joints beyond their limits."""
    return cost_of(misses(poses, targets), LIMITS.excess(poses.rotations).max(-1))


def cost_of(miss: np.ndarray, beyond: np.ndarray) -> np.ndarray:
    """The same from misses (B,) in metres or radians and radians (B,) beyond limits."""
    # A degree beyond a limit does not show; more is worse than a constraint missed.
    return np.asarray(miss / CLOSE + (beyond - np.radians(1)).clip(0) / np.radians(0.02))

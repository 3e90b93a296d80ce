# SPDX-License-Identifier: GPL-3.0-or-later
"""Any rig as data: its bones at rest, which of them carry which joint, and what to set on them for a pose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from .skeleton import JOINT_NAMES


@dataclass(frozen=True, eq=False)
class RigBone:
    """One bone at rest, in rig space: any length unit, right-handed, axes ordered like ours (see `axes`)."""

    name: str
    parent: str | None
    head: np.ndarray
    """(3,) where it starts."""
    tail: np.ndarray
    """(3,) where it ends."""
    rest_rotation: np.ndarray
    """(4,) unit quaternion wxyz from the bone's own axes to rig space."""
    inherits_rotation: bool = True
    """Whether it turns with its parent."""


@dataclass(frozen=True, eq=False)
class Hand:
    """What the fingers say of how a hand lies at rest, in rig space."""

    knuckles: np.ndarray
    """(3,) the middle of the hand's knuckles."""
    across: np.ndarray | None = None
    """(3,) from the forefinger's knuckle to the little finger's; None where the rig lacks either."""


@dataclass(frozen=True, eq=False)
class RigDescription:
    """A rig at rest, and which of its bones carries which joint.

    Raises ValueError when a parent does not come before its child, names repeat, the mapping names an unknown joint
    or bone, two joints share a bone, or no bone carries the pelvis.
    """

    bones: tuple[RigBone, ...]
    """Parents before children; every bone between the pelvis's and a mapped one."""
    joint_to_bone: Mapping[str, str]
    twist_bones: tuple[str, ...] = ()
    """Bones beside a limb's own that carry no joint and turn about the limb, as far along as they lie."""
    followers: Mapping[str, str] = field(default_factory=dict)
    """Bones that turn as a joint does without carrying it, to that joint: the other toes."""
    hands: Mapping[str, Hand] = field(default_factory=dict)
    """By the wrist's name; hands that are not given rest as their forearms do."""

    def __post_init__(self) -> None:
        seen: set[str] = set()
        for bone in self.bones:
            if bone.name in seen:
                raise ValueError(f"bone names must be unique, {bone.name!r} comes twice")
            if bone.parent is not None and bone.parent not in seen:
                raise ValueError(f"bone {bone.name!r} comes before its parent {bone.parent!r}; list parents first")
            for key, size in (("head", 3), ("tail", 3), ("rest_rotation", 4)):
                value = np.asarray(getattr(bone, key), dtype=np.float64)
                if value.shape != (size,) or not np.isfinite(value).all():
                    raise ValueError(f"{key} of bone {bone.name!r} must be {size} finite numbers, got {value}")
            seen.add(bone.name)
        for joint, name in (*self.joint_to_bone.items(), *((joint, bone) for bone, joint in self.followers.items())):
            if joint not in JOINT_NAMES:
                raise ValueError(f"no joint named {joint!r}; the joints are {', '.join(JOINT_NAMES)}")
            if name not in seen:
                raise ValueError(f"joint {joint} is mapped to bone {name!r}, which the rig does not have")
        unknown = [name for name in self.twist_bones if name not in seen]
        if unknown:
            raise ValueError(f"the rig does not have the twist bones {', '.join(unknown)}")
        if len(set(self.joint_to_bone.values())) != len(self.joint_to_bone):
            raise ValueError("two joints are mapped to the same bone; give each joint its own")
        if "pelvis" not in self.joint_to_bone:
            raise ValueError("no bone is mapped to the pelvis, which carries the whole body; map it first")
        above = self.above_pelvis.intersection(self.bone_indices[name] for name in self.joint_to_bone.values())
        if above:
            names = ", ".join(sorted(self.bones[index].name for index in above))
            raise ValueError(
                f"{names} is mapped but lies above the pelvis's bone; map the pelvis to the topmost of them"
            )

    @cached_property
    def mapped_joints(self) -> tuple[int, ...]:
        """Indices of the joints that have a bone, in SMPL order."""
        return tuple(index for index, name in enumerate(JOINT_NAMES) if name in self.joint_to_bone)

    @property
    def unmapped_joints(self) -> tuple[str, ...]:
        """Names of the joints that no bone carries; their movement is lost on this rig."""
        return tuple(name for name in JOINT_NAMES if name not in self.joint_to_bone)

    @cached_property
    def bone_indices(self) -> dict[str, int]:
        """Position of each bone in `bones` by name."""
        return {bone.name: index for index, bone in enumerate(self.bones)}

    @cached_property
    def parents(self) -> tuple[int, ...]:
        """Index of each bone's parent, -1 without one."""
        return tuple(-1 if bone.parent is None else self.bone_indices[bone.parent] for bone in self.bones)

    @cached_property
    def above_pelvis(self) -> frozenset[int]:
        """Indices of the bones that the pelvis's hangs on; they stay as the artist put them."""
        index = self.parents[self.bone_of(0)]
        above = set()
        while index >= 0:
            above.add(index)
            index = self.parents[index]
        return frozenset(above)

    @cached_property
    def posed_bones(self) -> tuple[int, ...]:
        """Indices in `bones` of the bones that a pose sets; what lies above the pelvis's stays free.

        These are the mapped bones, those between them, and those that twist or follow beside them.
        """
        posed: set[int] = set()
        beside = [self.bone_indices[name] for name in (*self.twist_bones, *self.followers)]
        for start in (*(self.bone_of(joint) for joint in self.mapped_joints), *beside):
            index = start
            while index >= 0 and index not in self.above_pelvis:
                posed.add(index)
                index = self.parents[index]
        return tuple(sorted(posed))

    def bone_of(self, joint: int) -> int:
        """Index in `bones` of the bone that carries a mapped joint."""
        return self.bone_indices[self.joint_to_bone[JOINT_NAMES[joint]]]


@dataclass(frozen=True, eq=False)
class RigPose:
    """What to set on a rig, over frames."""

    bone_names: tuple[str, ...]
    """The bones that are posed, see `RigDescription.posed_bones`."""
    rotations: np.ndarray
    """(F, B, 4) unit quaternions wxyz in each bone's own rest axes, as Blender's `rotation_quaternion`."""
    root_bone: str
    root_location: np.ndarray
    """(F, 3) offset of the pelvis's bone in its own rest axes and the rig's unit, as Blender's `location`."""

    @property
    def num_frames(self) -> int:
        """How many frames; 1 for a pose."""
        return len(self.rotations)


@dataclass(frozen=True, eq=False)
class BoneChannels:
    """What to set on bones of a rig, over frames; scale is always 1."""

    bone_names: tuple[str, ...]
    rotations: np.ndarray
    """(F, B, 4) unit quaternions wxyz in each bone's own rest axes."""
    locations: Mapping[str, np.ndarray]
    """(F, 3) by bone, in its own rest axes and the rig's unit; bones that are not named are not moved."""

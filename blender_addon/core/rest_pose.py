# SPDX-License-Identifier: GPL-3.0-or-later
"""How a rig rests, against how the body rests: upright, per limb the turn to the T-pose, its size and its floor.

Rigs rest in T, A or any other pose. Legs, arms and hands are calibrated by *direction*: each limb bone is swung by the
smallest rotation from where it rests to where the T-pose has it, the next one swinging on from there; hands whose
fingers say so are also turned palm down. Pelvis, spine, neck, head and collars rest as they rest, because where their
bones sit inside a body is each rig's own choice; feet keep their soles and only point where the T-pose's point.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

import numpy as np

from .anatomy import JOINT_RADII
from .rig import RigDescription
from .rotation import (
    matrix_to_quaternion,
    quaternion_angle,
    quaternion_apply,
    quaternion_between,
    quaternion_conjugate,
    quaternion_from_yaw,
    quaternion_multiply,
    quaternion_normalize,
)
from .skeleton import JOINT_NAMES, Skeleton

IDENTITY = np.array([1.0, 0.0, 0.0, 0.0])
_MAX_LEAN = np.radians(30)
"""A rig stands along its space's axes; a measured upright closer to an axis than this is that axis."""
_TRUNK = tuple(JOINT_NAMES.index(name) for name in ("pelvis", "spine1", "spine2", "spine3", "neck", "head"))
_MIDDLE_OF_FOREARM = 0.5
HAND_LENGTH = 0.09
"""Metres on the reference body from the wrist to the knuckles."""

UPPER_LIMBS = tuple(
    (JOINT_NAMES.index(f"{side}_{a}"), JOINT_NAMES.index(f"{side}_{b}"))
    for side in ("left", "right")
    for a, b in (("hip", "knee"), ("shoulder", "elbow"))
)
"""(joint, next joint) of thighs and upper arms."""
LOWER_LIMBS = tuple(
    (JOINT_NAMES.index(f"{side}_{a}"), JOINT_NAMES.index(f"{side}_{b}"))
    for side in ("left", "right")
    for a, b in (("knee", "ankle"), ("elbow", "wrist"))
)
"""(joint, next joint) of shins and forearms."""


@dataclass(frozen=True, eq=False)
class Bending:
    """Bones between two joints of the trunk, which turn part of the way from one to the other."""

    bones: np.ndarray
    starts: np.ndarray
    stops: np.ndarray
    """(N,) bones, and the joints between which each lies."""
    shares: np.ndarray
    """(N,) 0 turns as the joint at the start does, 1 as that at the stop."""


@dataclass(frozen=True, eq=False)
class Twisting:
    """The bones along a thigh, shin, upper arm or forearm, among which its twist is shared."""

    is_upper: bool
    """Whether the twist of the limb's own joint is shared; else that of the joint at its end."""
    start: int
    stop: int
    """Joints at its ends."""
    axis: np.ndarray
    """(3,) unit vector along the limb in the axes of `start`'s bone; of `stop`'s, see `end_axis`."""
    end_axis: np.ndarray
    chain: tuple[int, ...]
    """The bones in a row from one joint to the other, the last joint's not."""
    bones: tuple[int, ...]
    """Which turn; for an upper limb with bones in between, its first bone too."""
    shares: np.ndarray
    """(N,) of the twist that each bone has, 0 to 1."""


@dataclass(frozen=True, eq=False)
class RestPose:
    """A rig at rest, turned upright (along +Y, facing +Z), and calibrated to a skeleton."""

    rig: RigDescription
    skeleton: Skeleton
    heads: np.ndarray
    """(B, 3)"""
    tails: np.ndarray
    """(B, 3)"""
    rotations: np.ndarray
    """(B, 4) from each bone's axes."""
    upright: np.ndarray
    """(4,) from rig space."""

    @cached_property
    def from_parent(self) -> np.ndarray:
        """(B, 4) from each bone's axes to its parent's; as `rotations` without a parent whose turn it takes."""
        return quaternion_multiply(self._into_parent, self.rotations)

    @cached_property
    def offsets(self) -> np.ndarray:
        """(B, 3) head from the parent's head, in the parent's axes; zero without a parent."""
        parents = list(self.rig.parents)
        into_parent = quaternion_conjugate(np.vstack([self.rotations, IDENTITY])[parents])
        offsets = quaternion_apply(into_parent, self.heads - self.heads[parents])
        offsets[np.array(parents) < 0] = 0
        return offsets

    @cached_property
    def turning_parents(self) -> np.ndarray:
        """(B,) index of the parent whose turn each bone takes; the number of bones where there is none."""
        parents = np.array(self.rig.parents, dtype=np.intp)
        inherits = np.array([bone.inherits_rotation for bone in self.rig.bones], dtype=bool)
        return np.where((parents < 0) | ~inherits, len(parents), parents)

    @cached_property
    def _into_parent(self) -> np.ndarray:
        return quaternion_conjugate(np.vstack([self.rotations, IDENTITY])[self.turning_parents])

    @cached_property
    def levels(self) -> tuple[np.ndarray, ...]:
        """Bone indices by their depth, the roots first."""
        depths: list[int] = []
        for parent in self.rig.parents:
            depths.append(depths[parent] + 1 if parent >= 0 else 0)
        return tuple(np.flatnonzero(np.array(depths) == depth) for depth in range(max(depths) + 1))

    @cached_property
    def joints(self) -> np.ndarray:
        """(N,) joint of each bone in `bones`: the mapped ones in SMPL order, then the followers'."""
        followers = [JOINT_NAMES.index(joint) for joint in self.rig.followers.values()]
        return np.array([*self.rig.mapped_joints, *followers], dtype=np.intp)

    @cached_property
    def bones(self) -> np.ndarray:
        """(N,) the bones that turn as a joint turns."""
        followers = [self.rig.bone_indices[name] for name in self.rig.followers]
        return np.array([*(self.rig.bone_of(joint) for joint in self.rig.mapped_joints), *followers], dtype=np.intp)

    @cached_property
    def calibrated(self) -> np.ndarray:
        """(N, 4) how the `bones` would rest in the T-pose, from their own axes."""
        return quaternion_multiply(self.calibrations[self.joints], self.rotations[self.bones])

    @cached_property
    def between(self) -> dict[tuple[int, int], tuple[int, ...]]:
        """Bones between those of two joints, outward; a bone that lies between several pairs belongs to none."""
        of_bone = {self.rig.bone_of(joint): joint for joint in self.rig.mapped_joints}
        found: dict[tuple[int, int], tuple[int, ...]] = {}
        for bone, joint in of_bone.items():
            path: list[int] = []
            index = self.rig.parents[bone]
            while index >= 0 and index not in of_bone:
                path.insert(0, index)
                index = self.rig.parents[index]
            if index >= 0:
                found[of_bone[index], joint] = tuple(path)
        counts: dict[int, int] = {}
        for path_found in found.values():
            for bone in path_found:
                counts[bone] = counts.get(bone, 0) + 1
        return {pair: path for pair, path in found.items() if path and all(counts[bone] == 1 for bone in path)}

    @cached_property
    def bending(self) -> Bending:
        """The bones of the trunk that carry no joint."""
        rows = [
            (bone, start, stop, number / (len(path) + 1))
            for (start, stop), path in self.between.items()
            if start in _TRUNK and stop in _TRUNK
            for number, bone in enumerate(path, start=1)
        ]
        bones, starts, stops = (np.array([row[n] for row in rows], dtype=np.intp) for n in range(3))
        return Bending(bones, starts, stops, np.array([row[3] for row in rows]))

    @cached_property
    def twistings(self) -> tuple[Twisting, ...]:
        """The limbs whose twist is shared among several bones."""
        found = []
        mapped = set(self.rig.mapped_joints)
        for start, stop in (*UPPER_LIMBS, *LOWER_LIMBS):
            if not {start, stop} <= mapped:
                continue
            is_upper = (start, stop) in UPPER_LIMBS
            first, last = self.rig.bone_of(start), self.rig.bone_of(stop)
            path = self.between.get((start, stop), ())
            steps = np.arange(1, len(path) + 1)
            bones, shares = list(path), list((steps + 1 if is_upper else steps) / (len(path) + 1))
            if path and is_upper:
                bones, shares = [first, *bones], [1 / (len(path) + 1), *shares]
            along = self.heads[last] - self.heads[first]
            length = np.linalg.norm(along)
            if length < 1e-9:
                continue
            for name in self.rig.twist_bones:
                bone = self.rig.bone_indices[name]
                if self.rig.parents[bone] not in (first, *path) or bone in bones:
                    continue
                share = float(np.clip((self.heads[bone] - self.heads[first]) @ along / length**2, 0, 1))
                if not is_upper and share < 0.1:
                    share = _MIDDLE_OF_FOREARM  # it starts where the forearm does and stands for its middle
                bones.append(bone)
                shares.append(share)
            if bones:
                axis, end_axis = (
                    quaternion_apply(quaternion_conjugate(self.rotations[bone]), along / length)
                    for bone in (first, last)
                )
                chain = (first, *path)
                found.append(Twisting(is_upper, start, stop, axis, end_axis, chain, tuple(bones), np.array(shares)))
        return tuple(found)

    @cached_property
    def rigid(self) -> tuple[np.ndarray, ...]:
        """Posed bones that carry no joint and just follow their parents, level by level."""
        done = {*self.bones.tolist(), *self.bending.bones.tolist()}
        done.update(bone for twisting in self.twistings for bone in twisting.bones)
        rest = set(self.rig.posed_bones) - done
        levels = (np.array([bone for bone in level if bone in rest], dtype=np.intp) for level in self.levels)
        return tuple(level for level in levels if len(level))

    @cached_property
    def readers(self) -> np.ndarray:
        """(22,) the bone whose turn is the joint's whole turn; -1 for joints without a bone."""
        readers = np.full(len(JOINT_NAMES), -1, dtype=np.intp)
        for joint in self.rig.mapped_joints:
            readers[joint] = self.rig.bone_of(joint)
        for start, stop in UPPER_LIMBS:
            if path := self.between.get((start, stop)):
                readers[start] = path[-1]
        return readers

    @cached_property
    def scale(self) -> float:
        """The rig's units a metre of the skeleton: by the legs, or by all mapped limbs where a leg lacks one."""

        def ratio(joints: Sequence[int]) -> float:
            pairs = [(j, self.skeleton.parents[j]) for j in joints if self.skeleton.parents[j] in rig.mapped_joints]
            rig_length = sum(np.linalg.norm(self.heads[rig.bone_of(j)] - self.heads[rig.bone_of(p)]) for j, p in pairs)
            length = sum(self.skeleton.bone_lengths[j] for j, _ in pairs)
            return float(rig_length / length) if length > 0 and rig_length > 0 else 1.0

        rig = self.rig
        legs = [JOINT_NAMES.index(f"{side}_{name}") for side in ("left", "right") for name in ("knee", "ankle")]
        hips = [JOINT_NAMES.index(f"{side}_hip") for side in ("left", "right")]
        return ratio(legs if set(legs + hips) <= set(rig.mapped_joints) else rig.mapped_joints)

    @cached_property
    def floor(self) -> float:
        """The height a rig stands on at rest."""
        lowest = float((self._heights - self.scale * JOINT_RADII[list(self.rig.mapped_joints)]).min())
        # A rig stands on its origin; measured feet are only near it.
        return 0.0 if abs(lowest) < 0.1 * self.scale * self.skeleton.leg_length else lowest

    @cached_property
    def radii(self) -> np.ndarray:
        """(22,) how far the body reaches below each mapped joint, in the rig's unit."""
        radii = self.scale * JOINT_RADII
        for joint, height in zip(self.rig.mapped_joints, self._heights, strict=True):
            if JOINT_NAMES[joint].endswith(("ankle", "foot")):
                # Ankles and balls of feet sit at each rig's own height over its soles.
                own = height - self.floor - self.scale * (self.skeleton.rest_joints[joint, 1] - JOINT_RADII[joint])
                radii[joint] = max(own, 0.0)
        return radii

    @property
    def _heights(self) -> np.ndarray:
        return self.heads[[self.rig.bone_of(joint) for joint in self.rig.mapped_joints], 1]

    def hand_reach(self, wrist: int) -> float:
        """Distance from a wrist's bone to its knuckles, in the rig's unit."""
        hand = self.rig.hands.get(JOINT_NAMES[wrist])
        if hand is None or wrist not in self.rig.mapped_joints:
            return HAND_LENGTH * self.scale
        knuckles = quaternion_apply(self.upright, hand.knuckles)
        return float(np.linalg.norm(knuckles - self.heads[self.rig.bone_of(wrist)]))

    @cached_property
    def calibrations(self) -> np.ndarray:
        """(22, 4) for each joint, the turn from how its bone rests to how it would rest in the T-pose."""
        turns = np.tile(IDENTITY, (len(JOINT_NAMES), 1))
        for side in ("left", "right"):
            for limb in (("hip", "knee", "ankle"), ("shoulder", "elbow", "wrist")):
                turn = IDENTITY
                for name, child in pairwise(limb):
                    joint = JOINT_NAMES.index(f"{side}_{name}")
                    if JOINT_NAMES[joint] in self.rig.joint_to_bone:
                        rests, wanted = self._direction(JOINT_NAMES[joint], f"{side}_{child}")
                        # Each bone only swings on from where its parent's swing brought it: limbs do not twist.
                        swing = quaternion_between(quaternion_apply(turn, rests), wanted)
                        turn = quaternion_multiply(swing, turn)
                    turns[joint] = turn
            turns[JOINT_NAMES.index(f"{side}_wrist")] = self._hand_calibration(side, turn)
            if f"{side}_ankle" in self.rig.joint_to_bone:
                rests, wanted = self._direction(f"{side}_ankle", f"{side}_foot")
                if np.hypot(rests[0], rests[2]) > 1e-6 * np.linalg.norm(rests):
                    yaw = np.arctan2(wanted[0], wanted[2]) - np.arctan2(rests[0], rests[2])
                    turns[JOINT_NAMES.index(f"{side}_ankle")] = quaternion_from_yaw(yaw)
                    turns[JOINT_NAMES.index(f"{side}_foot")] = quaternion_from_yaw(yaw)
        return turns

    def _direction(self, name: str, child: str) -> tuple[np.ndarray, np.ndarray]:
        """Where the bone of a joint points at rest, and where the T-pose has it point."""
        rig, skeleton = self.rig, self.skeleton
        bone = rig.bone_indices[rig.joint_to_bone[name]]
        end = self.tails[bone]
        if child in rig.joint_to_bone:
            end = self.heads[rig.bone_indices[rig.joint_to_bone[child]]]
        start, stop = skeleton.index(name), skeleton.index(child)
        return end - self.heads[bone], skeleton.rest_joints[stop] - skeleton.rest_joints[start]

    def _hand_calibration(self, side: str, turn: np.ndarray) -> np.ndarray:
        """The turn that lays a hand flat in the T-pose, palm down, from how it rests; `turn` without known fingers."""
        wrist = f"{side}_wrist"
        hand = self.rig.hands.get(wrist)
        if hand is None or wrist not in self.rig.joint_to_bone:
            return turn
        bone = self.rig.bone_indices[self.rig.joint_to_bone[wrist]]
        along = quaternion_apply(turn, quaternion_apply(self.upright, hand.knuckles) - self.heads[bone])
        if np.linalg.norm(along) < 1e-9:
            return turn
        outward = np.array([1.0 if side == "left" else -1.0, 0.0, 0.0])
        turn = quaternion_multiply(quaternion_between(along, outward), turn)
        if hand.across is not None:
            _, y, z = quaternion_apply(turn, quaternion_apply(self.upright, hand.across))
            if np.hypot(y, z) > 1e-9:
                # Palm down, the little finger is behind the forefinger.
                roll = np.arctan2(-1.0, 0.0) - np.arctan2(z, y)
                turn = quaternion_multiply(np.array([np.cos(roll / 2), np.sin(roll / 2), 0.0, 0.0]), turn)
        return turn


@lru_cache(maxsize=8)
def rest_pose(rig: RigDescription, skeleton: Skeleton) -> RestPose:
    """A rig at rest against a skeleton; kept, so that posing the same rig again is quick."""
    heads = np.array([bone.head for bone in rig.bones], dtype=np.float64)
    tails = np.array([bone.tail for bone in rig.bones], dtype=np.float64)
    own = quaternion_normalize(np.array([bone.rest_rotation for bone in rig.bones], dtype=np.float64))
    turn = quaternion_conjugate(_stance(rig, heads))
    return RestPose(
        rig,
        skeleton,
        quaternion_apply(turn, heads),
        quaternion_apply(turn, tails),
        quaternion_multiply(turn, own),
        turn,
    )


def _stance(rig: RigDescription, heads: np.ndarray) -> np.ndarray:
    """(4,) how the body stands in rig space, measured from where its joints lie."""

    def mean(names: tuple[str, ...]) -> np.ndarray | None:
        found = [heads[rig.bone_indices[rig.joint_to_bone[name]]] for name in names if name in rig.joint_to_bone]
        return np.mean(found, axis=0) if found else None

    left, right = mean(("left_hip", "left_shoulder")), mean(("right_hip", "right_shoulder"))
    high, low = mean(("head", "neck", "spine3", "spine2")), mean(("left_hip", "right_hip", "left_knee", "right_knee"))
    if left is None or right is None or high is None or low is None:
        return IDENTITY
    x, y = left - right, high - low
    y = y - x * (x @ y) / max(x @ x, 1e-12)
    lengths = np.linalg.norm([x, y], axis=-1)
    if lengths.min() < 1e-9:
        return IDENTITY
    x, y = x / lengths[0], y / lengths[1]
    axes = np.stack([x, y, np.cross(x, y)], axis=-1)
    measured = matrix_to_quaternion(axes)
    nearest = np.rint(axes)
    if np.allclose(nearest @ nearest.T, np.eye(3)):
        snapped = matrix_to_quaternion(nearest)
        if quaternion_angle(quaternion_multiply(quaternion_conjugate(snapped), measured)) < _MAX_LEAN:
            return snapped
    return measured

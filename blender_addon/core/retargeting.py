# SPDX-License-Identifier: GPL-3.0-or-later
"""From a motion of the 22 joints to the bone rotations and root location of any rig.

Legs and arms take the *directions* of the motion's limbs, whatever pose the rig rests in: each limb bone is first
swung by the smallest rotation from where it rests to where the T-pose has it, then turned as the motion turns the
joint. Pelvis, spine, neck, head and collars take the motion's *turn* away from rest, because where their bones sit
inside a body is each rig's own choice; feet keep their soles as they rest and only point where the motion's point.
Bone lengths are never touched: a rig pose is rotations and one location.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from .anatomy import JOINT_RADII
from .kinematics import joints_from_global, local_to_global
from .motion import Motion
from .rig import RigDescription, RigPose
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

_IDENTITY = np.array([1.0, 0.0, 0.0, 0.0])
_MAX_LEAN = np.radians(30)
"""A rig stands along its space's axes; a measured upright closer to an axis than this is that axis."""


def retarget(motion: Motion, rig: RigDescription) -> RigPose:
    """The rig pose that shows a motion.

    The pelvis's path is scaled by the ratio of leg lengths, and raised or lowered in every frame so that the lowest
    point of the rig is as far above its floor as the motion's is, scaled likewise.

    Args:
        motion: any number of frames, on any skeleton of the 22 joints.
        rig: the rig at rest. It may rest in any pose, along any axes, in any unit.
    """
    rest = _upright_rest(rig)
    joints = list(rig.mapped_joints)
    bones = [rig.bone_of(joint) for joint in joints]
    root = rig.bone_of(0)
    skeleton = motion.skeleton
    translation = motion.root_translation.astype(np.float64)

    turns = local_to_global(quaternion_normalize(motion.local_rotations.astype(np.float64)), skeleton.parents)
    calibrated = quaternion_multiply(_calibrations(rig, rest, skeleton)[joints], rest.rotations[bones])
    # The last entry stands for "no parent", so that a parent index of -1 finds it.
    rotations = np.broadcast_to(
        np.vstack([rest.rotations, _IDENTITY]), (motion.num_frames, len(rig.bones) + 1, 4)
    ).copy()
    rotations[:, bones] = quaternion_multiply(turns[:, joints], calibrated)
    for index in rig.posed_bones:
        if index not in bones:
            rotations[:, index] = quaternion_multiply(rotations[:, rig.parents[index]], rest.from_parent[index])

    scale = _scale(rig, rest, skeleton)
    pelvis = rest.heads[root] + scale * (translation - skeleton.rest_joints[0])
    lowest = _clearances(joints_from_global(turns, translation, skeleton)[:, joints], 0.0, JOINT_RADII[joints])
    floor, radii = _floor(rig, rest, scale, skeleton)
    heads = _heads(rig, rest, rotations, pelvis)[:, bones]
    pelvis[:, 1] += scale * lowest - _clearances(heads, floor, radii)

    posed = list(rig.posed_bones)
    parents = [rig.parents[index] for index in posed]
    unposed = quaternion_multiply(rotations[:, parents], rest.from_parent[posed])
    local = quaternion_multiply(quaternion_conjugate(unposed), rotations[:, posed])
    return RigPose(
        bone_names=tuple(rig.bones[index].name for index in posed),
        rotations=_continuous(local),
        root_bone=rig.bones[root].name,
        root_location=quaternion_apply(quaternion_conjugate(rest.rotations[root]), pelvis - rest.heads[root]),
    )


def bone_heads(rig: RigDescription, pose: RigPose) -> np.ndarray:
    """Where a rig pose puts the head of every bone: (F, B, 3) in rig space, by forward kinematics on its own lengths.

    Bones that the pose does not name are at rest.
    """
    rest = _rest(rig, _IDENTITY)
    local = np.broadcast_to(_IDENTITY, (pose.num_frames, len(rig.bones), 4)).copy()
    local[:, [rig.bone_indices[name] for name in pose.bone_names]] = pose.rotations
    rotations = np.broadcast_to(_IDENTITY, (pose.num_frames, len(rig.bones) + 1, 4)).copy()
    for index, parent in enumerate(rig.parents):
        unposed = quaternion_multiply(rotations[:, parent], rest.from_parent[index])
        rotations[:, index] = quaternion_multiply(unposed, local[:, index])
    root = rig.bone_indices[pose.root_bone]
    return _heads(rig, rest, rotations, rest.heads[root] + quaternion_apply(rest.rotations[root], pose.root_location))


@dataclass(frozen=True, eq=False)
class _Rest:
    """A rig at rest as arrays, turned by some rotation."""

    heads: np.ndarray
    """(B, 3)"""
    tails: np.ndarray
    """(B, 3)"""
    rotations: np.ndarray
    """(B, 4) from each bone's axes."""
    from_parent: np.ndarray
    """(B, 4) from each bone's axes to its parent's; without a parent, as `rotations`."""
    offsets: np.ndarray
    """(B, 3) head from the parent's head, in the parent's axes; zero without a parent."""


def _rest(rig: RigDescription, turn: np.ndarray) -> _Rest:
    heads = quaternion_apply(turn, np.array([bone.head for bone in rig.bones], dtype=np.float64))
    tails = quaternion_apply(turn, np.array([bone.tail for bone in rig.bones], dtype=np.float64))
    own = quaternion_normalize(np.array([bone.rest_rotation for bone in rig.bones], dtype=np.float64))
    rotations = quaternion_multiply(turn, own)
    parents = list(rig.parents)
    into_parent = quaternion_conjugate(np.vstack([rotations, _IDENTITY])[parents])
    offsets = quaternion_apply(into_parent, heads - heads[parents])
    offsets[np.array(parents) < 0] = 0
    return _Rest(heads, tails, rotations, quaternion_multiply(into_parent, rotations), offsets)


def _upright_rest(rig: RigDescription) -> _Rest:
    """The rig turned so that it stands along +Y and faces +Z, as measured from where its joints lie."""
    rest = _rest(rig, _IDENTITY)

    def mean(names: tuple[str, ...]) -> np.ndarray | None:
        found = [rest.heads[rig.bone_indices[rig.joint_to_bone[name]]] for name in names if name in rig.joint_to_bone]
        return np.mean(found, axis=0) if found else None

    left, right = mean(("left_hip", "left_shoulder")), mean(("right_hip", "right_shoulder"))
    high, low = mean(("head", "neck", "spine3", "spine2")), mean(("left_hip", "right_hip", "left_knee", "right_knee"))
    if left is None or right is None or high is None or low is None:
        return rest
    x, y = left - right, high - low
    y = y - x * (x @ y) / max(x @ x, 1e-12)
    lengths = np.linalg.norm([x, y], axis=-1)
    if lengths.min() < 1e-9:
        return rest
    x, y = x / lengths[0], y / lengths[1]
    measured = matrix_to_quaternion(np.stack([x, y, np.cross(x, y)], axis=-1))
    nearest = np.rint(np.stack([x, y, np.cross(x, y)], axis=-1))
    if np.allclose(nearest @ nearest.T, np.eye(3)):
        snapped = matrix_to_quaternion(nearest)
        if quaternion_angle(quaternion_multiply(quaternion_conjugate(snapped), measured)) < _MAX_LEAN:
            measured = snapped
    return _rest(rig, quaternion_conjugate(measured))


def _calibrations(rig: RigDescription, rest: _Rest, skeleton: Skeleton) -> np.ndarray:
    """(22, 4) for each joint, the turn from how its bone rests to how it would rest in the T-pose."""
    turns = np.tile(_IDENTITY, (len(JOINT_NAMES), 1))

    def direction(name: str, child: str) -> tuple[np.ndarray, np.ndarray]:
        bone = rig.bone_indices[rig.joint_to_bone[name]]
        end = rest.heads[rig.bone_indices[rig.joint_to_bone[child]]] if child in rig.joint_to_bone else rest.tails[bone]
        start, stop = skeleton.index(name), skeleton.index(child)
        return end - rest.heads[bone], skeleton.rest_joints[stop] - skeleton.rest_joints[start]

    for side in ("left", "right"):
        for limb in (("hip", "knee", "ankle"), ("shoulder", "elbow", "wrist")):
            turn = _IDENTITY
            for name, child in pairwise(limb):
                joint = JOINT_NAMES.index(f"{side}_{name}")
                if JOINT_NAMES[joint] in rig.joint_to_bone:
                    rests, wanted = direction(JOINT_NAMES[joint], f"{side}_{child}")
                    # Each bone only swings on from where its parent's swing brought it, so the limb does not twist.
                    turn = quaternion_multiply(quaternion_between(quaternion_apply(turn, rests), wanted), turn)
                turns[joint] = turn
        turns[JOINT_NAMES.index(f"{side}_wrist")] = turn
        if f"{side}_ankle" in rig.joint_to_bone:
            rests, wanted = direction(f"{side}_ankle", f"{side}_foot")
            if np.hypot(rests[0], rests[2]) > 1e-6 * np.linalg.norm(rests):
                yaw = np.arctan2(wanted[0], wanted[2]) - np.arctan2(rests[0], rests[2])
                turns[JOINT_NAMES.index(f"{side}_ankle")] = quaternion_from_yaw(yaw)
                turns[JOINT_NAMES.index(f"{side}_foot")] = quaternion_from_yaw(yaw)
    return turns


def _scale(rig: RigDescription, rest: _Rest, skeleton: Skeleton) -> float:
    """The rig's size in units a metre of the skeleton's: by the legs, or by all mapped limbs where a leg lacks one."""

    def ratio(joints: list[int]) -> float:
        pairs = [(j, skeleton.parents[j]) for j in joints if skeleton.parents[j] in rig.mapped_joints]
        rig_length = sum(np.linalg.norm(rest.heads[rig.bone_of(j)] - rest.heads[rig.bone_of(p)]) for j, p in pairs)
        length = sum(skeleton.bone_lengths[j] for j, _ in pairs)
        return float(rig_length / length) if length > 0 and rig_length > 0 else 1.0

    legs = [JOINT_NAMES.index(f"{side}_{name}") for side in ("left", "right") for name in ("knee", "ankle")]
    hips = [JOINT_NAMES.index(f"{side}_hip") for side in ("left", "right")]
    return ratio(legs if set(legs + hips) <= set(rig.mapped_joints) else list(rig.mapped_joints))


def _floor(rig: RigDescription, rest: _Rest, scale: float, skeleton: Skeleton) -> tuple[float, np.ndarray]:
    """The height a rig stands on at rest, and how far the body reaches below each mapped joint (len(mapped),)."""
    joints = list(rig.mapped_joints)
    heights = rest.heads[[rig.bone_of(joint) for joint in joints], 1]
    radii = scale * JOINT_RADII[joints]
    floor = float((heights - radii).min())
    if abs(floor) < 0.1 * scale * skeleton.leg_length:
        floor = 0.0  # the rig stands on its origin; measured feet are only near it
    for index, joint in enumerate(joints):
        if JOINT_NAMES[joint].endswith(("ankle", "foot")):
            # Ankles and balls of feet sit at each rig's own height over its soles.
            own = heights[index] - floor - scale * (skeleton.rest_joints[joint, 1] - JOINT_RADII[joint])
            radii[index] = max(own, 0.0)
    return floor, radii


def _heads(rig: RigDescription, rest: _Rest, rotations: np.ndarray, pelvis: np.ndarray) -> np.ndarray:
    """(F, B, 3) bone heads from the bones' global rotations (F, B + 1, 4) and the pelvis's head (F, 3)."""
    root = rig.bone_of(0)
    steps = quaternion_apply(rotations[:, list(rig.parents)], rest.offsets)
    heads = np.broadcast_to(rest.heads, (len(rotations), *rest.heads.shape)).copy()
    for index, parent in enumerate(rig.parents):
        if index == root:
            heads[:, index] = pelvis
        elif parent >= 0:
            heads[:, index] = heads[:, parent] + steps[:, index]
    return heads


def _clearances(points: np.ndarray, floor: float, radii: np.ndarray) -> np.ndarray:
    """(F,) height of the lowest of points (F, N, 3), each reaching `radii` (N,) below itself, over the floor."""
    return (points[..., 1] - radii - floor).min(axis=-1)


def _continuous(rotations: np.ndarray) -> np.ndarray:
    """The same rotations (F, B, 4) with signs that follow on from frame to frame, so that curves are smooth."""
    signs = np.where((rotations[1:] * rotations[:-1]).sum(-1) < 0, -1.0, 1.0)
    first = np.where(rotations[:1, :, 0] < 0, -1.0, 1.0)
    return rotations * np.cumprod(np.concatenate([first, signs]), axis=0)[..., None]

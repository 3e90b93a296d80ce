# SPDX-License-Identifier: GPL-3.0-or-later
"""Captured poses that are a little off, mended: joints beyond their limits, and a kneeling body's foot in the air.

Hand-made clips twist wrists and shins, and markers slip: the pose is right, some angle is not. Each limit on a
single joint is enforced on that joint alone; limits on chains of joints (trunk, gaze, arm) are left to rejection.
Another body's proportions leave the sole of one who kneels hovering: that leg is stretched down to the floor.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from blender_addon.core.anatomy import (
    DIRECTION_LIMITS,
    JOINT_RADII,
    TURN_LIMITS,
    TWIST_LIMITS,
    DirectionLimit,
    TurnLimit,
    TwistLimit,
    within_limits,
)
from blender_addon.core.kinematics import global_to_local
from blender_addon.core.motion import Motion
from blender_addon.core.rotation import (
    axis_angle_to_quaternion,
    quaternion_apply,
    quaternion_between,
    quaternion_multiply,
    quaternion_to_axis_angle,
    swing_twist,
)
from blender_addon.core.skeleton import SMPL22

_ROUNDS = 3
_HOVERING = (0.02, 0.15)
"""Metres between sole and floor at which a foot was meant to stand on it, while the other knee kneels."""
_KNEELING = 0.03
_FLAT = 0.03
"""Metres by which the ankle of a flat foot may be off its height over the ball at rest."""


def within_joint_limits(local_rotations: np.ndarray) -> np.ndarray:
    """Rotations (..., 22, 4) with every single joint turned back inside its limits; unchanged where inside.

    Twists are cut first, then directions, then the whole turn. Cutting one can bring another up again, so it is
    done over for the poses that need it.
    """
    given = np.asarray(local_rotations, dtype=np.float64)
    rotations = given.reshape(-1, *given.shape[-2:]).copy()
    beyond = np.arange(len(rotations))
    for _ in range(_ROUNDS):
        beyond = beyond[~within_limits(rotations[beyond])]
        rotations[beyond] = _cut(rotations[beyond])
    return rotations.reshape(given.shape)


def _cut(rotations: np.ndarray) -> np.ndarray:
    for twist in TWIST_LIMITS:
        joint = SMPL22.index(twist.joint)
        rotations[..., joint, :] = _cut_twist(rotations[..., joint, :], twist)
    for direction in DIRECTION_LIMITS:
        if len(direction.joints) == 1:
            joint = SMPL22.index(direction.joints[0])
            rotations[..., joint, :] = _cut_direction(rotations[..., joint, :], direction)
    for turn in TURN_LIMITS:
        if len(turn.joints) == 1:
            joint = SMPL22.index(turn.joints[0])
            rotations[..., joint, :] = _cut_turn(rotations[..., joint, :], turn)
    return rotations


def _cut_twist(q: np.ndarray, limit: TwistLimit) -> np.ndarray:
    axis = np.array(limit.axis)
    swing, twist = swing_twist(q, axis)
    angle = 2 * np.arctan2((twist[..., 1:] * axis).sum(-1), twist[..., 0])
    allowed = np.clip(angle, np.radians(limit.least), np.radians(limit.most))
    cut = quaternion_multiply(swing, axis_angle_to_quaternion(axis * allowed[..., None]))
    return np.where((angle == allowed)[..., None], q, cut)


def _cut_direction(q: np.ndarray, limit: DirectionLimit) -> np.ndarray:
    bone = quaternion_apply(q, np.array(limit.bone))
    towards = np.array(limit.towards)
    sine = (bone * towards).sum(-1, keepdims=True)
    most = np.sin(np.radians(limit.most))
    flat = bone - sine * towards
    length = np.linalg.norm(flat, axis=-1, keepdims=True)
    target = most * towards + np.sqrt(1 - most**2) * flat / np.maximum(length, 1e-9)
    cut = quaternion_multiply(quaternion_between(bone, target), q)
    # A bone that points straight in the forbidden direction gives no plane to bring it back in; rejection sees it.
    return np.where((sine > most) & (length > 1e-6), cut, q)


def _cut_turn(q: np.ndarray, limit: TurnLimit) -> np.ndarray:
    turn = quaternion_to_axis_angle(q)
    angle = np.linalg.norm(turn, axis=-1, keepdims=True)
    most = np.radians(limit.most)
    return np.where(angle > most, axis_angle_to_quaternion(turn * (most / np.maximum(angle, 1e-9))), q)


def plant_feet(motion: Motion) -> Motion:
    """The motion with flat feet that hover beside a kneeling knee put down on the floor y = 0; the hips stay.

    The thigh and shin turn as little as brings the ankle down (two-bone inverse kinematics), the foot keeps its
    orientation. Frames whose leg is too short for that stay as they are.
    """
    for leg, kneeling in ((_LEFT_LEG, _RIGHT_LEG), (_RIGHT_LEG, _LEFT_LEG)):
        motion = _plant_foot(motion, leg, kneeling[1])
    return motion


_LEFT_LEG, _RIGHT_LEG = (
    tuple(SMPL22.index(f"{side}_{joint}") for joint in ("hip", "knee", "ankle", "foot")) for side in ("left", "right")
)


def _plant_foot(motion: Motion, leg: tuple[int, ...], kneeling_knee: int) -> Motion:
    hip, knee, ankle, foot = leg
    joints = motion.joints().astype(np.float64)
    hover = joints[:, foot, 1] - JOINT_RADII[foot]
    arch = SMPL22.rest_joints[ankle, 1] - SMPL22.rest_joints[foot, 1]
    chosen = (
        (hover > _HOVERING[0])
        & (hover < _HOVERING[1])
        & (joints[:, kneeling_knee, 1] - JOINT_RADII[kneeling_knee] < _KNEELING)
        & (np.abs(joints[:, ankle, 1] - joints[:, foot, 1] - arch) < _FLAT)
    )
    start, bend, end = joints[:, hip], joints[:, knee], joints[:, ankle]
    target = end - np.stack((np.zeros_like(hover), hover, np.zeros_like(hover)), axis=-1)
    thigh, shin = SMPL22.bone_lengths[knee], SMPL22.bone_lengths[ankle]
    reach = np.linalg.norm(target - start, axis=-1)
    chosen &= reach < 0.99 * (thigh + shin)
    if not chosen.any():
        return motion
    along = (target - start) / reach[:, None]
    aside = bend - start - ((bend - start) * along).sum(-1, keepdims=True) * along
    aside /= np.maximum(np.linalg.norm(aside, axis=-1, keepdims=True), 1e-9)
    # The knee lies where the two bones meet: law of cosines.
    forward = (thigh**2 + reach**2 - shin**2) / (2 * reach)
    outward = np.sqrt(np.maximum(thigh**2 - forward**2, 0.0))
    new_bend = start + forward[:, None] * along + outward[:, None] * aside
    rotations = motion.global_rotations().astype(np.float64)
    turned = rotations.copy()
    turned[:, hip] = quaternion_multiply(quaternion_between(bend - start, new_bend - start), rotations[:, hip])
    turned[:, knee] = quaternion_multiply(quaternion_between(end - bend, target - new_bend), rotations[:, knee])
    rotations[chosen] = turned[chosen]
    return replace(motion, local_rotations=global_to_local(rotations, SMPL22.parents))

# SPDX-License-Identifier: GPL-3.0-or-later
"""Captured rotations a little beyond what joints can do, brought back to the joint limits of `core.anatomy`.

Hand-made clips twist wrists and shins, and markers slip: the pose is right, some angle is not. Each limit on a
single joint is enforced on that joint alone; limits on chains of joints (trunk, gaze, arm) are left to rejection.
"""

from __future__ import annotations

import numpy as np

from blender_addon.core.anatomy import (
    DIRECTION_LIMITS,
    TURN_LIMITS,
    TWIST_LIMITS,
    DirectionLimit,
    TurnLimit,
    TwistLimit,
    within_limits,
)
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

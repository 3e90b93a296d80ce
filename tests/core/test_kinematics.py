# SPDX-License-Identifier: GPL-3.0-or-later
"""Forward kinematics: identity is rest, bones keep their lengths, local and global undo each other."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from blender_addon.core.kinematics import forward_kinematics, global_to_local, joints_from_global, local_to_global
from blender_addon.core.rotation import axis_angle_to_quaternion, quaternion_apply, quaternion_multiply
from blender_addon.core.skeleton import PARENTS, SMPL22
from tests.core.bodies import random_quaternions

SHAPES = pytest.mark.parametrize("shape", [(), (4,), (0,), (2, 3)])


@SHAPES
def test_identity_is_rest(shape: tuple[int, ...]) -> None:
    rotations = np.zeros((*shape, 22, 4))
    rotations[..., 0] = 1
    joints = forward_kinematics(rotations, np.broadcast_to(SMPL22.rest_joints[0], (*shape, 3)), SMPL22)
    np.testing.assert_allclose(joints, np.broadcast_to(SMPL22.rest_joints, (*shape, 22, 3)), atol=1e-12)


@SHAPES
def test_bone_lengths_never_change(shape: tuple[int, ...]) -> None:
    joints = forward_kinematics(random_quaternions((*shape, 22)), np.ones((*shape, 3)), SMPL22)
    lengths = np.linalg.norm(joints[..., 1:, :] - joints[..., list(PARENTS[1:]), :], axis=-1)
    np.testing.assert_allclose(lengths, np.broadcast_to(SMPL22.bone_lengths[1:], lengths.shape), rtol=1e-12)


@SHAPES
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_local_and_global_undo_each_other(shape: tuple[int, ...], dtype: npt.DTypeLike) -> None:
    local = random_quaternions((*shape, 22)).astype(dtype)
    there = local_to_global(local, PARENTS)
    assert there.dtype == dtype
    np.testing.assert_allclose(global_to_local(there, PARENTS), local, atol=1e-5 if dtype == np.float32 else 1e-12)


def test_root_is_the_pelvis() -> None:
    root = np.random.default_rng(0).normal(size=(7, 3)).astype(np.float32)
    joints = forward_kinematics(random_quaternions((7, 22)).astype(np.float32), root, SMPL22)
    assert joints.dtype == np.float32
    np.testing.assert_array_equal(joints[:, 0], root)


def test_turning_the_pelvis_turns_the_whole_body() -> None:
    local = random_quaternions((3, 22))
    turn = random_quaternions((3,), seed=9)
    before = forward_kinematics(local, np.zeros((3, 3)), SMPL22)
    local[:, 0] = quaternion_multiply(turn, local[:, 0])
    after = forward_kinematics(local, np.zeros((3, 3)), SMPL22)
    np.testing.assert_allclose(after, quaternion_apply(turn[:, None], before), atol=1e-12)


def test_a_raised_knee_moves_only_what_hangs_on_it() -> None:
    local = np.zeros((22, 4))
    local[:, 0] = 1
    local[SMPL22.index("left_hip")] = axis_angle_to_quaternion([-np.pi / 2, 0.0, 0.0])
    joints = forward_kinematics(local, SMPL22.rest_joints[0], SMPL22)
    knee, ankle = SMPL22.index("left_knee"), SMPL22.index("left_ankle")
    assert joints[knee, 2] > 0.35 and abs(joints[knee, 1] - joints[SMPL22.index("left_hip"), 1]) < 0.05
    moved = np.abs(joints - SMPL22.rest_joints).max(-1) > 1e-9
    assert set(np.flatnonzero(moved)) == {knee, ankle, SMPL22.index("left_foot")}


def test_global_rotations_give_the_same_joints() -> None:
    local, root = random_quaternions((5, 22)), np.ones((5, 3))
    np.testing.assert_allclose(
        joints_from_global(local_to_global(local, PARENTS), root, SMPL22),
        forward_kinematics(local, root, SMPL22),
        atol=1e-12,
    )

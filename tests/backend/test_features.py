# SPDX-License-Identifier: GPL-3.0-or-later
"""Features: the layout's round trip, heading removal, and the torch twins of the core's maths."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from backend.features import (
    NUM_JOINTS,
    FeatureScaler,
    features_from_motion,
    joint_mask,
    pack,
    poses_from_features,
    unpack,
    used_features,
)
from backend.rotation import global_to_local, joints_from_global, matrix_to_rotation_6d, rotation_6d_to_matrix
from blender_addon.core import kinematics, rotation
from blender_addon.core.anatomy import floor_clearance
from blender_addon.core.motion import Motion
from blender_addon.core.rotation import quaternion_from_yaw, quaternion_multiply
from blender_addon.core.skeleton import SMPL22


def random_motion(frames: int = 5, seed: int = 0, spread: float = 0.4) -> Motion:
    random = np.random.default_rng(seed)
    local = rotation.axis_angle_to_quaternion(random.normal(0, spread, (frames, 22, 3)))
    root = random.normal(0, 1, (frames, 3))
    root[:, 1] -= floor_clearance(Motion(local, root).joints())
    return Motion(local, root)


@pytest.mark.parametrize("batch", [(), (3,), (2, 4)])
def test_pack_and_unpack_are_inverses(batch: tuple[int, ...]) -> None:
    rotations, clearance = torch.randn(*batch, NUM_JOINTS, 6), torch.randn(batch)
    tokens = pack(rotations, clearance)
    back, height = unpack(tokens)
    torch.testing.assert_close(back, rotations)
    torch.testing.assert_close(height, clearance)
    assert (tokens[..., ~used_features()] == 0).all()
    assert int(used_features().sum()) == 6 * NUM_JOINTS + 1


def test_a_joint_mask_covers_its_six_numbers_only() -> None:
    chosen = torch.zeros(NUM_JOINTS, dtype=torch.bool)
    chosen[18] = True
    rotations, clearance = unpack(joint_mask(chosen).float())
    assert rotations[18].sum() == 6 and rotations.sum() == 6 and clearance == 0


def test_a_pose_survives_features_up_to_heading_and_place() -> None:
    motion = random_motion()
    rotations, root = poses_from_features(features_from_motion(motion))
    back = Motion(rotations, root)
    for frame in range(motion.num_frames):
        wanted = motion.sliced(frame, frame + 1).facing_forward()
        np.testing.assert_allclose(back.joints()[frame], wanted.joints()[0], atol=2e-6)
    np.testing.assert_allclose(back.heading(), 0, atol=1e-5)
    np.testing.assert_allclose(floor_clearance(back.joints()), 0, atol=1e-6)


def test_features_do_not_know_heading_or_place() -> None:
    motion = random_motion()
    rotations = motion.local_rotations.astype(np.float64)
    rotations[:, 0] = quaternion_multiply(quaternion_from_yaw(np.array(1.2)), rotations[:, 0])
    turned = Motion(rotations, motion.root_translation + np.array([3.0, 0.0, -2.0]))
    torch.testing.assert_close(features_from_motion(turned), features_from_motion(motion), atol=1e-5, rtol=0)


def test_height_over_the_floor_survives_a_jump_and_contact_snaps() -> None:
    motion = random_motion()
    for lift, kept in ((0.4, 0.4), (0.02, 0.0)):
        raised = Motion(motion.local_rotations, motion.root_translation + np.array([0, lift, 0]))
        rotations, root = poses_from_features(features_from_motion(raised))
        np.testing.assert_allclose(floor_clearance(Motion(rotations, root).joints()), kept, atol=1e-5)


def test_torch_kinematics_agree_with_core() -> None:
    motion = random_motion(spread=1.0)
    matrices = torch.from_numpy(rotation.quaternion_to_matrix(motion.global_rotations().astype(np.float64)))
    ours = joints_from_global(matrices, SMPL22).numpy() + motion.root_translation[:, None]
    np.testing.assert_allclose(ours, motion.joints(), atol=1e-6)
    local = rotation.matrix_to_quaternion(global_to_local(matrices, SMPL22).numpy())
    again = kinematics.local_to_global(local, SMPL22.parents)
    np.testing.assert_allclose(rotation.quaternion_to_matrix(again), matrices.numpy(), atol=1e-6)
    six = matrix_to_rotation_6d(matrices)
    np.testing.assert_allclose(six.numpy(), rotation.matrix_to_rotation_6d(matrices.numpy()), atol=1e-12)
    torch.testing.assert_close(rotation_6d_to_matrix(six), matrices, atol=1e-6, rtol=0)


def test_any_six_numbers_become_a_rotation() -> None:
    matrices = rotation_6d_to_matrix(torch.randn(50, 6, dtype=torch.float64))
    torch.testing.assert_close(matrices @ matrices.mT, torch.eye(3, dtype=torch.float64).expand(50, 3, 3))
    torch.testing.assert_close(torch.linalg.det(matrices), torch.ones(50, dtype=torch.float64))


def test_the_scaler_gives_unit_size_and_inverts() -> None:
    tokens = features_from_motion(random_motion(frames=200))
    scaler = FeatureScaler()
    scaler.fit(tokens, smallest=1e-3)
    scaled = scaler.normalize(tokens)
    torch.testing.assert_close(scaled.std(0)[used_features()][:6], torch.ones(6), atol=1e-3, rtol=0)
    torch.testing.assert_close(scaler.denormalize(scaled), tokens, atol=1e-5, rtol=0)

# SPDX-License-Identifier: GPL-3.0-or-later
"""HumanML3D features made here from known joints, by the definition of the format, give those joints back."""

from __future__ import annotations

import numpy as np
import pytest

from blender_addon.core.humanml3d import joints_from_features, motion_from_features
from blender_addon.core.motion import Motion
from blender_addon.core.rotation import (
    axis_angle_to_quaternion,
    quaternion_apply,
    quaternion_conjugate,
    quaternion_from_yaw,
    quaternion_multiply,
)
from tests.core.bodies import bent_motion


def walking_in_a_curve(num_frames: int = 30) -> Motion:
    motion = bent_motion(num_frames, bend=0.3)
    heading = np.linspace(0, 2.5, num_frames)
    rotations = motion.local_rotations.astype(np.float64)
    rotations[:, 0] = quaternion_multiply(quaternion_from_yaw(heading), axis_angle_to_quaternion([0.1, 0.0, 0.0]))
    root = np.stack([np.sin(heading), 0.9 + 0.02 * np.cos(5 * heading), heading], axis=-1)
    return Motion(rotations, root).facing_forward()


def features_of(motion: Motion) -> np.ndarray:
    """The first 67 of the 263 values, following the paper; the rest, which nothing here reads, is noise."""
    joints, heading = motion.joints().astype(np.float64), motion.heading().astype(np.float64)
    to_local = quaternion_from_yaw(-heading)
    features = np.random.default_rng(0).normal(size=(len(joints), 263))
    # Joints relative to the root on the floor, seen from the heading.
    local = quaternion_apply(to_local[:, None], joints - joints[:, :1] * [1, 0, 1])
    features[:, 4:67] = local[:, 1:].reshape(len(joints), -1)
    features[:, 3] = joints[:, 0, 1]
    # The turn from one frame to the next of the rotation that takes the world to the heading.
    turn = quaternion_multiply(to_local[1:], quaternion_conjugate(to_local[:-1]))
    features[:-1, 0] = np.arcsin(turn[:, 2])
    # The root's step, seen from the heading of the frame it ends in.
    step = quaternion_apply(to_local[1:], np.diff(joints[:, 0], axis=0))
    features[:-1, 1:3] = step[:, [0, 2]]
    return features


def test_joints_come_back() -> None:
    motion = walking_in_a_curve()
    np.testing.assert_allclose(joints_from_features(features_of(motion)), motion.joints(), atol=1e-5)


def test_motion_comes_back() -> None:
    motion = walking_in_a_curve()
    rebuilt = motion_from_features(features_of(motion))
    np.testing.assert_allclose(rebuilt.joints(), motion.joints(), atol=5e-5)
    assert rebuilt.fps == 20


def test_one_frame_is_enough() -> None:
    motion = walking_in_a_curve().sliced(0, 1)
    np.testing.assert_allclose(joints_from_features(features_of(motion)), motion.joints(), atol=1e-5)


@pytest.mark.parametrize("features", [np.zeros((4, 262)), np.zeros(263), np.zeros((0, 263)), np.full((2, 263), np.nan)])
def test_other_shapes_and_broken_numbers_are_refused(features: np.ndarray) -> None:
    with pytest.raises(ValueError, match="HumanML3D features"):
        joints_from_features(features)

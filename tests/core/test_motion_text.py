# SPDX-License-Identifier: GPL-3.0-or-later
"""Motions as text come back bit for bit, and other text is refused."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from blender_addon.core.motion import Motion
from blender_addon.core.motion_text import motion_from_text, motion_to_text
from blender_addon.core.rotation import axis_angle_to_quaternion
from blender_addon.core.skeleton import SMPL22, Skeleton


def some_motion(num_frames: int) -> Motion:
    rng = np.random.default_rng(num_frames)
    return Motion(
        axis_angle_to_quaternion(rng.normal(size=(num_frames, 22, 3))), rng.normal(size=(num_frames, 3)), 29.97
    )


@pytest.mark.parametrize("num_frames", [1, 40])
def test_a_motion_comes_back_bit_for_bit(num_frames: int) -> None:
    motion = some_motion(num_frames)
    text = motion_to_text(motion)
    assert text.isascii() and text.isprintable()
    again = motion_from_text(text)
    np.testing.assert_array_equal(again.local_rotations, motion.local_rotations)
    np.testing.assert_array_equal(again.root_translation, motion.root_translation)
    assert again.fps == motion.fps


@pytest.mark.parametrize("text", ["", "20.0", "20.0 AAAA", "20.0 !!", "x eJwDAAAAAAE=", "20.0 eJwDAAAAAAE="])
def test_other_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="holds no motion"):
        motion_from_text(text)


def test_a_body_of_its_own_is_refused() -> None:
    other = Skeleton(SMPL22.joint_names, SMPL22.parents, SMPL22.rest_joints * 2)
    with pytest.raises(ValueError, match="reference body"):
        motion_to_text(replace(some_motion(1), skeleton=other))

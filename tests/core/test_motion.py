# SPDX-License-Identifier: GPL-3.0-or-later
"""A motion guards its shapes, mirrors, slices, resamples, turns to the front, and survives its files unchanged."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from blender_addon.core.motion import Motion
from blender_addon.core.rotation import (
    axis_angle_to_quaternion,
    quaternion_apply,
    quaternion_from_yaw,
    quaternion_multiply,
)
from blender_addon.core.skeleton import JOINT_NAMES, MIRROR_INDICES, PARENTS, SMPL22, Skeleton
from tests.core.bodies import bent_motion, rotation_error_degrees


def test_joints_keep_bone_lengths_and_root() -> None:
    motion = bent_motion()
    joints = motion.joints()
    np.testing.assert_array_equal(joints[:, 0], motion.root_translation)
    assert joints.dtype == motion.local_rotations.dtype == motion.global_rotations().dtype == np.float32
    lengths = np.linalg.norm(np.diff(joints.astype(np.float64)[:, [0, 3]], axis=1), axis=-1)
    np.testing.assert_allclose(lengths, SMPL22.bone_lengths[3], rtol=2e-6)
    assert (motion.num_frames, motion.duration) == (12, 12 / 20)


@pytest.mark.parametrize(
    ("rotations", "root", "fps", "message"),
    [
        (np.ones((3, 21, 4)) / 2, np.zeros((3, 3)), 20, r"\(frames, 22, 4\)"),
        (np.ones((22, 4)) / 2, np.zeros((1, 3)), 20, r"\(frames, 22, 4\)"),
        (np.ones((3, 22, 4)) / 2, np.zeros((2, 3)), 20, r"\(3, 3\)"),
        (np.ones((0, 22, 4)) / 2, np.zeros((0, 3)), 20, "at least one frame"),
        (np.ones((3, 22, 4)), np.zeros((3, 3)), 20, "unit quaternions"),
        (np.ones((3, 22, 4)) / 2, np.full((3, 3), np.nan), 20, "NaN"),
        (np.full((3, 22, 4), np.inf), np.zeros((3, 3)), 20, "infinity"),
        (np.ones((3, 22, 4)) / 2, np.zeros((3, 3)), 0, "fps"),
    ],
)
def test_broken_motions_are_refused(rotations: np.ndarray, root: np.ndarray, fps: float, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Motion(rotations, root, fps)


def test_other_skeletons_are_refused() -> None:
    other = Skeleton(("hip", *JOINT_NAMES[1:]), PARENTS, SMPL22.rest_joints)
    with pytest.raises(ValueError, match="22 SMPL joints"):
        Motion(np.ones((1, 22, 4)) / 2, np.zeros((1, 3)), 20, other)


def test_nearly_unit_rotations_become_unit() -> None:
    motion = Motion(np.ones((1, 22, 4)) * 0.502, np.zeros((1, 3)))
    np.testing.assert_allclose(np.linalg.norm(motion.local_rotations, axis=-1), 1, atol=1e-6)


def test_mirrored_reflects_the_body() -> None:
    motion = bent_motion()
    mirrored = motion.mirrored()
    np.testing.assert_allclose(mirrored.joints(), motion.joints()[:, MIRROR_INDICES] * [-1, 1, 1], atol=1e-6)
    np.testing.assert_array_equal(mirrored.mirrored().local_rotations, motion.local_rotations)
    np.testing.assert_array_equal(mirrored.mirrored().root_translation, motion.root_translation)


def test_sliced_takes_those_frames() -> None:
    motion = bent_motion()
    part = motion.sliced(3, 7)
    np.testing.assert_array_equal(part.joints(), motion.joints()[3:7])
    assert part.fps == motion.fps
    for start, stop in ((-1, 3), (3, 3), (0, 13), (5, 2)):
        with pytest.raises(ValueError, match="frames"):
            motion.sliced(start, stop)


def test_resampled_keeps_the_movement() -> None:
    """A joint turning steadily and a root moving steadily stay steady at any rate."""
    seconds = np.arange(21) / 20
    rotations = np.zeros((21, 22, 4))
    rotations[..., 0] = 1
    rotations[:, 5] = axis_angle_to_quaternion(seconds[:, None] * [1.3, 0.4, -0.2])
    motion = Motion(rotations, seconds[:, None] * [1.0, 0.5, -2.0])
    for fps in (60.0, 20.0, 12.5, 7.0):
        other = motion.resampled(fps)
        at = np.arange(other.num_frames) / fps
        assert other.fps == fps and at[-1] <= 1 + 1e-9 and at[-1] + 1 / fps > 1
        expected = axis_angle_to_quaternion(at[:, None] * [1.3, 0.4, -0.2])
        assert rotation_error_degrees(other.local_rotations[:, 5].astype(np.float64), expected).max() < 1e-4
        np.testing.assert_allclose(other.root_translation, at[:, None] * [1.0, 0.5, -2.0], atol=1e-6)


def test_resampling_a_pose_or_up_and_down_again_changes_nothing() -> None:
    pose = bent_motion(1).resampled(60)
    assert pose.num_frames == 1
    np.testing.assert_array_equal(pose.joints(), bent_motion(1).joints())
    motion = bent_motion(9)
    np.testing.assert_allclose(motion.resampled(40).resampled(20).joints(), motion.joints(), atol=1e-5)
    with pytest.raises(ValueError, match="fps"):
        motion.resampled(0)


@pytest.mark.parametrize(
    ("roll", "pitch"), [(0, 0), (0, np.pi / 2), (0, -np.pi / 2), (0, 2.9), (0.5, 2.9), (-0.8, -1.4), (np.pi / 2, 0)]
)
def test_heading_survives_bending_lying_and_going_over(roll: float, pitch: float) -> None:
    yaw = np.linspace(-3, 3, 13)
    fall = quaternion_multiply(axis_angle_to_quaternion([0, 0, roll]), axis_angle_to_quaternion([pitch, 0, 0]))
    rotations = np.zeros((13, 22, 4))
    rotations[..., 0] = 1
    rotations[:, 0] = quaternion_multiply(quaternion_from_yaw(yaw), fall)
    np.testing.assert_allclose(Motion(rotations, np.zeros((13, 3))).heading(), yaw, atol=1e-5)


def test_facing_forward_only_turns_and_moves_over_the_floor() -> None:
    motion = bent_motion(bend=0.5)
    front = motion.facing_forward()
    assert abs(front.heading()[0]) < 1e-5
    np.testing.assert_array_equal(front.root_translation[0, [0, 2]], [0, 0])
    np.testing.assert_allclose(front.root_translation[:, 1], motion.root_translation[:, 1], atol=1e-6)
    turn = quaternion_from_yaw(-float(motion.heading()[0]))
    moved = motion.joints() - motion.root_translation[:1, None] * [1, 0, 1]
    np.testing.assert_allclose(front.joints(), quaternion_apply(turn, moved), atol=1e-5)


@pytest.mark.parametrize("suffix", [".npz", ".json"])
def test_files_hold_the_motion_exactly(tmp_path: Path, suffix: str) -> None:
    motion = bent_motion(fps=29.97)
    path = tmp_path / f"walk{suffix}"
    motion.save(path)
    motion.save(path)
    loaded = Motion.load(path)
    np.testing.assert_array_equal(loaded.local_rotations, motion.local_rotations)
    np.testing.assert_array_equal(loaded.root_translation, motion.root_translation)
    assert loaded.fps == motion.fps
    assert loaded.skeleton is SMPL22
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_files_hold_other_proportions(tmp_path: Path) -> None:
    tall = Skeleton(JOINT_NAMES, PARENTS, SMPL22.rest_joints * 1.2)
    pose = bent_motion(1)
    Motion(pose.local_rotations, pose.root_translation, 20, tall).save(tmp_path / "tall.json")
    loaded = Motion.load(tmp_path / "tall.json")
    np.testing.assert_allclose(loaded.skeleton.leg_length, 1.2 * SMPL22.leg_length)


def test_a_failed_save_leaves_the_old_file(tmp_path: Path) -> None:
    bent_motion().save(tmp_path / "walk.json")
    before = (tmp_path / "walk.json").read_bytes()
    with pytest.raises(ValueError, match=r"\.npz or \.json"):
        bent_motion().save(tmp_path / "walk.fbx")
    with pytest.raises(OSError):
        bent_motion().save(tmp_path / "nowhere" / "walk.json")
    assert (tmp_path / "walk.json").read_bytes() == before


def test_broken_files_are_refused_with_their_name(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{")
    (tmp_path / "b.json").write_text(json.dumps({"fps": 20}))
    (tmp_path / "c.json").write_text("[1, 2]")
    (tmp_path / "d.npz").write_bytes(b"PK\x03\x04 no archive")
    (tmp_path / "e.txt").write_text("")
    for path in sorted(tmp_path.iterdir()):
        with pytest.raises(ValueError, match=path.name):
            Motion.load(path)
    with pytest.raises(OSError):
        Motion.load(tmp_path / "absent.npz")

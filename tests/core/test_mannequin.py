# SPDX-License-Identifier: GPL-3.0-or-later
"""The mannequin that ships: a closed, symmetric skin that follows the joints and keeps its volume."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from blender_addon.core.mannequin import MANNEQUIN_FILE, Mannequin
from blender_addon.core.motion import Motion
from blender_addon.core.rotation import (
    axis_angle_to_quaternion,
    quaternion_apply,
    quaternion_from_yaw,
    quaternion_multiply,
)
from blender_addon.core.skeleton import MIRROR_INDICES, SMPL22


@pytest.fixture(scope="module")
def mannequin() -> Mannequin:
    return Mannequin.load()


def bend(frames: int = 1, /, **degrees: tuple[float, float, float]) -> Motion:
    """The T-pose where the rest skeleton stands, with some joints turned by rotation vectors in degrees."""
    rotations = np.tile([1.0, 0.0, 0.0, 0.0], (frames, 22, 1))
    for name, angles in degrees.items():
        rotations[:, SMPL22.index(name)] = axis_angle_to_quaternion(np.radians(angles))
    return Motion(rotations, np.tile(SMPL22.rest_joints[0], (frames, 1)))


def volume(vertices: np.ndarray, faces: np.ndarray) -> float:
    """Cubic metres inside a closed mesh, by the divergence theorem; negative when it is inside out."""
    a, b, c = (vertices[faces[:, k]].astype(np.float64) for k in range(3))
    return float((a * np.cross(b, c)).sum() / 6)


def test_stands_on_the_floor_at_the_skeletons_height(mannequin: Mannequin) -> None:
    low, high = mannequin.vertices.min(0), mannequin.vertices.max(0)
    assert abs(low[1]) < 0.005
    assert high[1] == pytest.approx(1.72, abs=0.01)
    assert high[0] > SMPL22.rest_joints[20, 0] + 0.1  # the hands reach beyond the wrists
    assert high[2] > -low[2]  # feet and nose point to +Z


def test_is_light_enough_to_pose_and_ship(mannequin: Mannequin) -> None:
    assert 3000 <= len(mannequin.vertices) <= 7000
    assert MANNEQUIN_FILE.stat().st_size < 1_000_000


def test_is_one_closed_skin_turned_outward(mannequin: Mannequin) -> None:
    sides = np.concatenate([mannequin.faces[:, [k, (k + 1) % 3]] for k in range(3)])
    assert len(np.unique(sides, axis=0)) == len(sides)  # no edge twice in the same direction
    assert {tuple(side) for side in sides.tolist()} == {tuple(side) for side in sides[:, ::-1].tolist()}
    assert 0.04 < volume(mannequin.vertices, mannequin.faces) < 0.09


def test_every_joint_lies_inside_the_skin_it_moves(mannequin: Mannequin) -> None:
    dense = mannequin.dense_weights()
    for joint, position in enumerate(SMPL22.rest_joints):
        moved = mannequin.vertices[dense[:, joint] > 0.2]
        assert len(moved), f"{SMPL22.joint_names[joint]} moves nothing"
        assert np.linalg.norm(moved - position, axis=-1).min() < 0.13


def test_rest_leaves_the_skin_where_it_is(mannequin: Mannequin) -> None:
    np.testing.assert_allclose(mannequin.skin(bend(2)), [mannequin.vertices] * 2, atol=1e-6)


def test_turning_and_moving_the_pelvis_carries_the_whole_body(mannequin: Mannequin) -> None:
    motion = bend(left_elbow=(0, -80, 0), right_hip=(-60, 0, 0))
    turn, shift = quaternion_from_yaw(0.7), np.array([1.0, 0.2, -3.0])
    rotations = motion.local_rotations.copy()
    rotations[:, 0] = quaternion_multiply(turn, rotations[:, 0])
    moved = Motion(rotations, motion.root_translation + shift)
    pelvis = SMPL22.rest_joints[0]
    expected = quaternion_apply(turn, mannequin.skin(motion) - pelvis) + pelvis + shift
    np.testing.assert_allclose(mannequin.skin(moved), expected, atol=2e-6)


def test_an_elbow_moves_its_own_forearm_only(mannequin: Mannequin) -> None:
    motion = bend(left_elbow=(0, -90, 0))
    moved = np.linalg.norm(mannequin.skin(motion)[0] - mannequin.vertices, axis=-1)
    x = mannequin.vertices[:, 0]
    assert moved[x < SMPL22.rest_joints[16, 0]].max() < 1e-6
    fingers = x > SMPL22.rest_joints[20, 0] + 0.1
    elbow = SMPL22.rest_joints[18]
    turned = quaternion_apply(axis_angle_to_quaternion([0, -np.pi / 2, 0]), mannequin.vertices[fingers] - elbow)
    np.testing.assert_allclose(mannequin.skin(motion)[0, fingers], turned + elbow, atol=2e-3)


def test_a_mirrored_motion_gives_the_mirrored_body(mannequin: Mannequin) -> None:
    dense = mannequin.dense_weights()
    flip = np.array([-1.0, 1.0, 1.0], dtype=np.float32)
    index = {tuple(vertex): i for i, vertex in enumerate(mannequin.vertices.round(6).tolist())}
    twin = np.array([index[tuple(vertex)] for vertex in ((mannequin.vertices * flip).round(6) + 0.0).tolist()])
    np.testing.assert_allclose(dense[twin][:, MIRROR_INDICES], dense, atol=2e-3)
    motion = bend(left_shoulder=(0, -40, -50), right_knee=(70, 0, 0), spine2=(10, 20, 5))
    np.testing.assert_allclose(mannequin.skin(motion.mirrored())[0], mannequin.skin(motion)[0, twin] * flip, atol=1e-3)


@pytest.mark.parametrize(
    "pose",
    [
        {"left_knee": (130, 0, 0), "right_knee": (130, 0, 0)},
        {"left_hip": (-100, 0, 0), "right_hip": (-100, 0, 0)},
        {"left_elbow": (0, -130, 0), "right_elbow": (0, 130, 0)},
        {"left_shoulder": (0, 0, -75), "right_shoulder": (0, 0, 75)},
        {"left_shoulder": (0, 0, 75), "right_shoulder": (0, 0, -75)},
        {"left_wrist": (80, 0, 0), "neck": (0, 45, 0), "head": (0, 35, 0), "spine1": (30, 0, 0)},
    ],
    ids=["knees", "hips", "elbows", "arms down", "arms up", "twists"],
)
def test_bends_keep_the_volume(mannequin: Mannequin, pose: dict[str, tuple[float, float, float]]) -> None:
    rest = volume(mannequin.vertices, mannequin.faces)
    assert volume(mannequin.skin(bend(**pose))[0], mannequin.faces) == pytest.approx(rest, rel=0.06)


def test_a_saved_mannequin_comes_back(mannequin: Mannequin, tmp_path: Path) -> None:
    mannequin.save(tmp_path / "copy.npz")
    copy = Mannequin.load(tmp_path / "copy.npz")
    np.testing.assert_array_equal(copy.vertices, mannequin.vertices)
    np.testing.assert_array_equal(copy.faces, mannequin.faces)
    np.testing.assert_allclose(copy.weights, mannequin.weights, atol=1e-3)


def test_what_is_not_a_mannequin_is_refused(mannequin: Mannequin, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="sum to 1"):
        replace(mannequin, weights=mannequin.weights * 0.9)
    with pytest.raises(ValueError, match="0 to 21"):
        replace(mannequin, weight_joints=mannequin.weight_joints + 20)
    with pytest.raises(ValueError, match="faces point"):
        replace(mannequin, faces=mannequin.faces + 1)
    with pytest.raises(ValueError, match=r"\(T, 3\)"):
        replace(mannequin, faces=mannequin.faces[:, :2])
    with pytest.raises(ValueError, match="shape"):
        replace(mannequin, weights=mannequin.weights[:, :3])
    (tmp_path / "text.npz").write_text("no archive")
    with pytest.raises(ValueError, match="not a mannequin"):
        Mannequin.load(tmp_path / "text.npz")
    np.savez(tmp_path / "other.npz", faces=mannequin.faces)
    with pytest.raises(ValueError, match="not a mannequin"):
        Mannequin.load(tmp_path / "other.npz")
    with pytest.raises(OSError, match="gone"):
        Mannequin.load(tmp_path / "gone.npz")

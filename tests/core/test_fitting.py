# SPDX-License-Identifier: GPL-3.0-or-later
"""Positions become motions: exact lengths, exact directions, hinges that bend as hinges, and no jumps."""

from __future__ import annotations

import numpy as np
import pytest

from blender_addon.core.anatomy import within_limits
from blender_addon.core.axes import y_up_to_z_up
from blender_addon.core.fitting import align_elbows, enforce_bone_lengths, fit_rotations, motion_from_joints
from blender_addon.core.kinematics import forward_kinematics, local_to_global
from blender_addon.core.rotation import (
    axis_angle_to_quaternion,
    quaternion_apply,
    quaternion_conjugate,
    quaternion_multiply,
)
from blender_addon.core.skeleton import JOINT_NAMES, PARENTS, SMPL22, Skeleton
from tests.core.bodies import bent_motion, hinge_motion, random_quaternions, rotation_error_degrees


def exact_joints(local_rotations: np.ndarray, root: np.ndarray) -> np.ndarray:
    return forward_kinematics(local_rotations.astype(np.float64), root.astype(np.float64), SMPL22)


def bones(joints: np.ndarray) -> np.ndarray:
    return joints[..., 1:, :] - joints[..., list(PARENTS[1:]), :]


def directions(joints: np.ndarray) -> np.ndarray:
    return bones(joints) / np.linalg.norm(bones(joints), axis=-1, keepdims=True)


@pytest.mark.parametrize("shape", [(), (6,), (0,), (2, 3)])
def test_enforced_lengths_are_exact_and_directions_kept(shape: tuple[int, ...]) -> None:
    given = np.random.default_rng(0).normal(size=(*shape, 22, 3)).astype(np.float32)
    joints = enforce_bone_lengths(given, SMPL22)
    lengths = np.linalg.norm(bones(joints), axis=-1)
    np.testing.assert_allclose(lengths, np.broadcast_to(SMPL22.bone_lengths[1:], lengths.shape), rtol=1e-12)
    np.testing.assert_allclose(directions(joints), directions(given.astype(np.float64)), atol=1e-9)
    np.testing.assert_array_equal(joints[..., 0, :], given[..., 0, :])


def test_enforcing_lengths_changes_nothing_where_they_hold_already() -> None:
    joints = exact_joints(random_quaternions((5, 22)), np.ones((5, 3)))
    np.testing.assert_allclose(enforce_bone_lengths(joints, SMPL22), joints, atol=1e-12)


def test_coinciding_joints_get_the_rest_direction() -> None:
    joints = enforce_bone_lengths(np.zeros((22, 3)), SMPL22)
    np.testing.assert_allclose(joints, SMPL22.rest_joints - SMPL22.rest_joints[0], atol=1e-12)


@pytest.mark.parametrize("shape", [(), (4,), (0,), (2, 3)])
def test_rest_fits_to_identity(shape: tuple[int, ...]) -> None:
    fitted = fit_rotations(np.broadcast_to(SMPL22.rest_joints, (*shape, 22, 3)), SMPL22)
    assert fitted.shape == (*shape, 22, 4)
    np.testing.assert_allclose(np.abs(fitted[..., 0]), 1, atol=1e-12)


@pytest.mark.parametrize("bend", [0.2, 0.6])
def test_joints_of_our_own_skeleton_are_reproduced(bend: float) -> None:
    motion = bent_motion(30, bend=bend)
    joints = exact_joints(motion.local_rotations, motion.root_translation)
    fitted = fit_rotations(joints, SMPL22)
    np.testing.assert_allclose(exact_joints(fitted, motion.root_translation), joints, atol=1e-6)
    for known in ("pelvis", "spine3"):
        difference = rotation_error_degrees(
            local_to_global(fitted, PARENTS)[:, SMPL22.index(known)],
            motion.global_rotations()[:, SMPL22.index(known)].astype(np.float64),
        )
        assert difference.max() < 1e-3


def test_any_directions_outside_the_torso_are_reproduced() -> None:
    """Even of bodies no skeleton could have."""
    given = np.random.default_rng(1).normal(size=(200, 22, 3))
    joints = exact_joints(fit_rotations(given, SMPL22), np.zeros((200, 3)))
    rigid = [PARENTS.index(0, 1), 2, 3, *(joint for joint in range(22) if PARENTS[joint] == SMPL22.index("spine3"))]
    free = [joint - 1 for joint in range(1, 22) if joint not in rigid]
    np.testing.assert_allclose(directions(joints)[:, free], directions(given)[:, free], atol=1e-7)


def test_hinge_bodies_are_recovered_with_their_twist() -> None:
    motion = hinge_motion(200)
    joints = exact_joints(motion.local_rotations, motion.root_translation)
    error = rotation_error_degrees(fit_rotations(joints, SMPL22), motion.local_rotations.astype(np.float64))
    assert error.max() < 1e-3, dict(zip(JOINT_NAMES, error.max(0).round(3), strict=True))


def test_the_spine_shares_its_turn() -> None:
    rotations = np.zeros((22, 4))
    rotations[:, 0] = 1
    for joint in ("spine1", "spine2", "spine3"):
        rotations[SMPL22.index(joint)] = axis_angle_to_quaternion([0.05, 0.35, 0.0])
    fitted = fit_rotations(exact_joints(rotations, np.zeros(3)), SMPL22)
    assert rotation_error_degrees(fitted, rotations).max() < 4


def test_fitting_follows_the_body_when_it_turns_as_a_whole() -> None:
    motion = bent_motion(10, bend=0.5)
    turn = random_quaternions((10,), seed=4)
    joints = exact_joints(motion.local_rotations, np.zeros((10, 3)))
    fitted = fit_rotations(joints, SMPL22)
    turned = fit_rotations(quaternion_apply(turn[:, None], joints), SMPL22)
    assert rotation_error_degrees(turned[:, 1:], fitted[:, 1:]).max() < 1e-4
    assert rotation_error_degrees(turned[:, 0], quaternion_multiply(turn, fitted[:, 0])).max() < 1e-4


def test_fitting_mirrors() -> None:
    motion = bent_motion(20, bend=0.5)
    mirrored = motion.mirrored()
    fitted = fit_rotations(exact_joints(motion.local_rotations, motion.root_translation), SMPL22)
    expected = fit_rotations(exact_joints(mirrored.local_rotations, mirrored.root_translation), SMPL22)
    swap = SMPL22.index("left_hip"), SMPL22.index("right_hip")
    for here, there in (swap, swap[::-1]):
        assert rotation_error_degrees(fitted[:, here] * [1, 1, -1, -1], expected[:, there]).max() < 1e-3


def test_a_limb_passing_through_straight_does_not_jump() -> None:
    """A knee and an elbow stretch until straight and bend again; noise of a millimetre must not spin the limb."""
    frames = 101
    bend = np.abs(np.linspace(-60, 60, frames))
    rotations = np.zeros((frames, 22, 4))
    rotations[..., 0] = 1
    # The rest leg bends ten degrees at the knee.
    rotations[:, SMPL22.index("left_knee")] = axis_angle_to_quaternion(np.radians(bend - 9.9)[:, None] * [1, 0, 0])
    rotations[:, SMPL22.index("left_elbow")] = axis_angle_to_quaternion(np.radians(bend)[:, None] * [0, -1, 0])
    joints = exact_joints(rotations, np.zeros((frames, 3)))
    joints += np.random.default_rng(0).normal(0, 0.001, joints.shape)
    fitted = local_to_global(fit_rotations(joints, SMPL22), PARENTS)
    for name in ("left_hip", "left_knee", "left_shoulder", "left_elbow"):
        joint = SMPL22.index(name)
        assert rotation_error_degrees(fitted[1:, joint], fitted[:-1, joint]).max() < 8, name


def test_fitted_ordinary_poses_stay_within_joint_limits() -> None:
    motion = hinge_motion(100)
    joints = exact_joints(motion.local_rotations, motion.root_translation)
    joints += np.random.default_rng(0).normal(0, 0.002, joints.shape)
    assert within_limits(fit_rotations(joints, SMPL22)).mean() > 0.9


@pytest.mark.parametrize("up", ["Y", "Z"])
def test_motion_from_joints_of_our_skeleton_is_that_motion(up: str) -> None:
    motion = bent_motion(8, bend=0.4)
    joints = motion.joints() if up == "Y" else y_up_to_z_up(motion.joints())
    rebuilt = motion_from_joints(joints, 24, up)  # type: ignore[arg-type]
    assert rebuilt.fps == 24
    np.testing.assert_allclose(rebuilt.joints(), motion.joints(), atol=2e-5)


def test_a_smaller_body_is_scaled_with_its_path() -> None:
    motion = bent_motion(8, bend=0.4)
    rebuilt = motion_from_joints(motion.joints() * 0.5)
    np.testing.assert_allclose(rebuilt.joints(), motion.joints(), atol=2e-5)


def test_other_proportions_keep_the_limbs_directions_and_the_legs_place() -> None:
    shape = np.where(np.arange(22)[:, None] < 12, 1.0, 1.15)
    other = Skeleton(JOINT_NAMES, PARENTS, np.cumsum(np.zeros((22, 3)), 0) + SMPL22.rest_joints * shape)
    motion = bent_motion(6, bend=0.4)
    joints = forward_kinematics(motion.local_rotations.astype(np.float64), motion.root_translation, other)
    rebuilt = motion_from_joints(joints)
    hips = [SMPL22.index("left_hip"), SMPL22.index("right_hip")]
    scale = SMPL22.leg_length / other.leg_length
    np.testing.assert_allclose(rebuilt.joints()[:, hips].mean(1), scale * joints[:, hips].mean(1), atol=1e-5)
    for name in ("left_knee", "right_ankle", "left_elbow", "right_wrist", "head"):
        bone = SMPL22.index(name) - 1
        np.testing.assert_allclose(directions(rebuilt.joints())[:, bone], directions(joints)[:, bone], atol=1e-5)


@pytest.mark.parametrize(
    ("joints", "message"),
    [
        (np.zeros((3, 21, 3)), "22"),
        (np.zeros((22, 3)), "frames"),
        (np.full((3, 22, 3), np.nan), "NaN"),
        (np.zeros((3, 22, 3)), "no legs"),
        (np.zeros((0, 22, 3)), "no legs|frame"),
    ],
)
def test_unusable_positions_are_refused(joints: np.ndarray, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        motion_from_joints(joints)


def test_elbows_of_another_convention_are_aligned() -> None:
    """Arms twisted by 30 degrees, forearms with them and hands not, come back, whatever else the body does."""
    motion = hinge_motion(50)
    rotations = motion.local_rotations.astype(np.float64)
    twisted = rotations.copy()
    for side in ("left", "right"):
        shoulder, elbow, wrist = (SMPL22.index(f"{side}_{name}") for name in ("shoulder", "elbow", "wrist"))
        twist = axis_angle_to_quaternion(np.radians([30.0, 0, 0]))
        back = quaternion_conjugate(twist)
        twisted[:, shoulder] = quaternion_multiply(rotations[:, shoulder], twist)
        twisted[:, elbow] = quaternion_multiply(quaternion_multiply(back, rotations[:, elbow]), twist)
        twisted[:, wrist] = quaternion_multiply(back, rotations[:, wrist])
    aligned = align_elbows(twisted, SMPL22)
    assert rotation_error_degrees(aligned, rotations).max() < 1e-4
    np.testing.assert_allclose(
        exact_joints(aligned, motion.root_translation), exact_joints(twisted, motion.root_translation), atol=1e-9
    )
    assert rotation_error_degrees(twisted, rotations).max() > 29


def test_a_centimetre_of_noise_does_not_turn_the_chest_away() -> None:
    motion = bent_motion(300, bend=0.2)
    joints = exact_joints(motion.local_rotations, motion.root_translation)
    joints += np.random.default_rng(0).normal(0, 0.01, joints.shape)
    chest = local_to_global(fit_rotations(joints, SMPL22), PARENTS)[:, SMPL22.index("spine3")]
    error = rotation_error_degrees(chest, motion.global_rotations()[:, SMPL22.index("spine3")].astype(np.float64))
    assert np.median(error) < 14

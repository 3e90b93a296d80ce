# SPDX-License-Identifier: GPL-3.0-or-later
"""Joint limits let natural poses pass, name what a broken one breaks, and are the same on both sides."""

from __future__ import annotations

import numpy as np
import pytest

from blender_addon.core.anatomy import (
    DIRECTION_LIMITS,
    JOINT_RADII,
    LIMIT_NAMES,
    TURN_LIMITS,
    TWIST_LIMITS,
    floor_clearance,
    limit_excess,
    within_limits,
)
from blender_addon.core.rotation import axis_angle_to_quaternion
from blender_addon.core.skeleton import JOINT_NAMES, MIRROR_INDICES, SMPL22
from tests.core.bodies import random_quaternions


def pose(**turns: tuple[float, float, float]) -> np.ndarray:
    """Local rotations (22, 4) at rest but for some joints, given as rotation vectors in degrees."""
    rotations = np.zeros((22, 4))
    rotations[:, 0] = 1
    for name, turn in turns.items():
        rotations[SMPL22.index(name)] = axis_angle_to_quaternion(np.radians(turn))
    return rotations


def broken(rotations: np.ndarray) -> set[str]:
    """Names of the limits a pose breaks."""
    return {name for name, excess in zip(LIMIT_NAMES, limit_excess(rotations), strict=True) if excess > 0}


@pytest.mark.parametrize(
    "natural",
    [
        pose(),
        pose(pelvis=(180, 0, 0)),
        pose(left_hip=(-90, 0, 0), right_hip=(-90, 0, 0), left_knee=(90, 0, 0), right_knee=(90, 0, 0)),
        pose(left_knee=(145, 0, 0), right_knee=(-9.9, 0, 0)),
        pose(left_shoulder=(0, 0, -75), right_shoulder=(0, 0, 75), left_elbow=(0, -140, 0), right_elbow=(0, 140, 0)),
        pose(left_shoulder=(0, 0, 80), right_shoulder=(0, 80, 0)),
        pose(spine1=(30, 0, 0), spine2=(20, 0, 0), spine3=(20, 0, 0), neck=(20, 0, 0), head=(30, 0, 0)),
        pose(left_hip=(20, 0, 40), right_hip=(-80, 0, -30)),
    ],
)
def test_natural_poses_are_inside(natural: np.ndarray) -> None:
    assert broken(natural) == set()
    assert within_limits(natural)


@pytest.mark.parametrize(
    ("impossible", "names"),
    [
        (pose(left_knee=(-40, 0, 0)), {"left_knee hyperextended"}),
        (pose(right_knee=(0, 0, -45)), {"right_knee outward"}),
        (pose(right_knee=(0, 0, 45)), {"right_knee inward"}),
        (pose(left_elbow=(0, 40, 0)), {"left_elbow hyperextended"}),
        (pose(right_elbow=(0, -40, 0)), {"right_elbow hyperextended"}),
        (pose(right_elbow=(0, 0, -70)), {"right_elbow upward"}),
        (pose(left_hip=(75, 0, 0)), {"left_thigh backward"}),
        (pose(right_hip=(0, 0, 65)), {"right_thigh across"}),
        (pose(left_hip=(0, 110, 0)), {"left_thigh twist"}),
        (pose(left_shoulder=(0, 85, 0)), {"left_arm backward"}),
        (pose(left_elbow=(130, 0, 0)), {"left_forearm twist"}),
        (pose(head=(0, 95, 0)), {"head turn"}),
        (pose(neck=(0, 55, 0), head=(0, 75, 0)), {"gaze turn"}),
        (pose(spine1=(50, 0, 0), spine2=(40, 0, 0), spine3=(40, 0, 0)), {"trunk turn"}),
    ],
)
def test_impossible_poses_are_named(impossible: np.ndarray, names: set[str]) -> None:
    assert broken(impossible) == names
    assert not within_limits(impossible)


def test_excess_is_in_degrees() -> None:
    excess = dict(zip(LIMIT_NAMES, limit_excess(pose(neck=(0, 75, 0))), strict=True))
    most = next(limit.most for limit in TURN_LIMITS if limit.name == "neck turn")
    assert excess["neck turn"] == pytest.approx(75 - most, abs=1e-9)


@pytest.mark.parametrize("shape", [(), (3,), (0,), (2, 4)])
def test_batches_go_pose_by_pose(shape: tuple[int, ...]) -> None:
    rotations = random_quaternions((*shape, 22))
    excess = limit_excess(rotations)
    assert excess.shape == (*shape, len(LIMIT_NAMES)) and within_limits(rotations).shape == shape
    assert len(set(LIMIT_NAMES)) == len(LIMIT_NAMES)
    flat = rotations.reshape(-1, 22, 4)
    for index, single in enumerate(flat):
        np.testing.assert_allclose(excess.reshape(-1, len(LIMIT_NAMES))[index], limit_excess(single), atol=1e-9)


def test_both_sides_have_the_same_limits() -> None:
    rotations = random_quaternions((50, 22))
    mirrored = rotations[:, MIRROR_INDICES] * [1, 1, -1, -1]
    swapped = [
        LIMIT_NAMES.index(name.replace("left_", "right_") if "left_" in name else name.replace("right_", "left_"))
        for name in LIMIT_NAMES
    ]
    np.testing.assert_allclose(limit_excess(mirrored), limit_excess(rotations)[:, swapped], atol=1e-6)


def test_sign_of_a_quaternion_does_not_matter() -> None:
    rotations = random_quaternions((20, 22))
    np.testing.assert_allclose(limit_excess(-rotations), limit_excess(rotations), atol=1e-6)


def test_limits_name_real_joints() -> None:
    named = {joint for limit in TURN_LIMITS for joint in limit.joints}
    named |= {joint for limit in DIRECTION_LIMITS for joint in limit.joints} | {limit.joint for limit in TWIST_LIMITS}
    assert named == set(JOINT_NAMES) - {"pelvis"}


def test_wrong_shapes_are_refused() -> None:
    with pytest.raises(ValueError, match="22"):
        limit_excess(np.zeros((3, 21, 4)))


def test_rest_stands_on_the_floor() -> None:
    assert JOINT_RADII.shape == (22,)
    assert abs(floor_clearance(SMPL22.rest_joints)) < 0.001
    lifted = SMPL22.rest_joints + np.array([[[0.0, 0.1, 0.0]], [[3.0, -0.2, 1.0]]])
    np.testing.assert_allclose(floor_clearance(lifted), floor_clearance(SMPL22.rest_joints) + np.array([0.1, -0.2]))

# SPDX-License-Identifier: GPL-3.0-or-later
"""Joint limits as arrays: the same as core's, and slopes that say which way they are broken."""

from __future__ import annotations

import numpy as np
import pytest

from backend.limits import LimitTable
from blender_addon.core.anatomy import LIMIT_NAMES, limit_excess
from blender_addon.core.kinematics import local_to_global
from blender_addon.core.rotation import axis_angle_to_quaternion, quaternion_normalize, quaternion_to_matrix
from blender_addon.core.skeleton import JOINT_NAMES, PARENTS


@pytest.fixture(scope="module")
def local() -> np.ndarray:
    random = np.random.default_rng(0)
    turns = np.concatenate((np.ones((400, 22, 1)), random.normal(0, 0.4, (400, 22, 3))), axis=-1)
    return quaternion_normalize(turns)


def test_it_agrees_with_core(local: np.ndarray) -> None:
    rotations = quaternion_to_matrix(local_to_global(local, PARENTS))
    table = LimitTable()
    assert table.names == LIMIT_NAMES
    np.testing.assert_allclose(np.degrees(table.excess(rotations)).clip(0), limit_excess(local), atol=1e-6)


def test_some_joints_have_some_of_the_limits(local: np.ndarray) -> None:
    table = LimitTable(("left_elbow", "left_wrist"))
    joints = ("left_elbow", "left_wrist", "left_forearm", "left_hand")
    assert table.names == tuple(name for name in LIMIT_NAMES if name.startswith(joints))
    rotations = quaternion_to_matrix(local_to_global(local, PARENTS))
    columns = [LIMIT_NAMES.index(name) for name in table.names]
    np.testing.assert_allclose(table.excess(rotations), LimitTable().excess(rotations)[:, columns])


def test_turning_about_the_axes_adds_to_the_excess(local: np.ndarray) -> None:
    table = LimitTable()
    rotations = quaternion_to_matrix(local_to_global(local, PARENTS))
    excess, axes = table.evaluate(rotations)
    little = 1e-5
    for limit, outer in enumerate(table.outer):
        slope = []
        for vector in np.eye(3):
            turned = rotations.copy()
            turned[:, outer] = quaternion_to_matrix(axis_angle_to_quaternion(little * vector)) @ turned[:, outer]
            slope.append((table.excess(turned)[:, limit] - excess[:, limit]) / little)
        # Some bodies are near a half turn, where a slope has no meaning.
        off = np.abs(np.stack(slope, axis=-1) - axes[:, limit]).max(-1)
        assert np.mean(off < 1e-3) > 0.97, table.names[limit]


def test_joints_are_turned_back_to_their_limits_and_what_is_within_stays(local: np.ndarray) -> None:
    table = LimitTable()
    rotations = quaternion_to_matrix(local_to_global(local, PARENTS))
    bent = np.zeros((3, 22, 3))
    bent[0, JOINT_NAMES.index("left_knee")] = (-0.5, 0, 0)
    bent[1, JOINT_NAMES.index("right_elbow")] = (0, -0.5, 0)
    bent[1, JOINT_NAMES.index("neck")] = (0, 1.6, 0)
    bent[2, JOINT_NAMES.index("left_knee")] = (1.0, 0, 0)
    few = quaternion_to_matrix(local_to_global(axis_angle_to_quaternion(bent), PARENTS))
    assert ((table.excess(few) > 0.1).any(-1) == [True, True, False]).all()
    within = table.within(few)
    assert (table.excess(within) <= 0).all()
    np.testing.assert_array_equal(within[2], few[2])
    np.testing.assert_allclose(
        within @ np.swapaxes(within, -1, -2), np.broadcast_to(np.eye(3), within.shape), atol=1e-9
    )
    # What hangs on a joint goes along, as it was held.
    knee, foot = JOINT_NAMES.index("left_knee"), JOINT_NAMES.index("left_foot")
    held = [np.swapaxes(own[0, knee], -1, -2) @ own[0, foot] for own in (few, within)]
    np.testing.assert_allclose(held[0], held[1], atol=1e-9)
    # Bodies that break many limits at once come nearer to them.
    assert np.mean(table.excess(table.within(rotations)).clip(0)) < 0.25 * np.mean(table.excess(rotations).clip(0))

# SPDX-License-Identifier: GPL-3.0-or-later
"""The swap to Z-up and back is exact, proper, and the same for vectors and rotations."""

from __future__ import annotations

import numpy as np

from blender_addon.core.axes import (
    y_up_to_z_up,
    y_up_to_z_up_rotation,
    z_up_to_y_up,
    z_up_to_y_up_rotation,
)
from blender_addon.core.rotation import quaternion_apply
from tests.core.bodies import random_quaternions


def test_directions_land_where_blender_has_them() -> None:
    np.testing.assert_array_equal(y_up_to_z_up([0.0, 1.0, 0.0]), [0, 0, 1])
    np.testing.assert_array_equal(y_up_to_z_up([0.0, 0.0, 1.0]), [0, -1, 0])
    np.testing.assert_array_equal(y_up_to_z_up([1.0, 0.0, 0.0]), [1, 0, 0])
    np.testing.assert_allclose(np.linalg.det(y_up_to_z_up(np.eye(3))), 1)


def test_there_and_back_is_exact() -> None:
    v = np.random.default_rng(0).normal(size=(3, 5, 3)).astype(np.float32)
    q = random_quaternions((3, 5))
    np.testing.assert_array_equal(z_up_to_y_up(y_up_to_z_up(v)), v)
    np.testing.assert_array_equal(y_up_to_z_up(z_up_to_y_up(v)), v)
    np.testing.assert_array_equal(z_up_to_y_up_rotation(y_up_to_z_up_rotation(q)), q)
    assert y_up_to_z_up(v).dtype == np.float32


def test_rotations_turn_swapped_vectors_alike() -> None:
    q, v = random_quaternions((20,)), np.random.default_rng(1).normal(size=(20, 3))
    turned = quaternion_apply(y_up_to_z_up_rotation(q), y_up_to_z_up(v))
    np.testing.assert_allclose(turned, y_up_to_z_up(quaternion_apply(q, v)), atol=1e-12)

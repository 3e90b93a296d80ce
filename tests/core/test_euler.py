# SPDX-License-Identifier: GPL-3.0-or-later
"""Euler angles mean the rotations they came from, and run on from frame to frame."""

from __future__ import annotations

import numpy as np
import pytest

from blender_addon.core.euler import ORDERS, quaternions_to_axis_angle, quaternions_to_euler
from blender_addon.core.rotation import axis_angle_to_quaternion, quaternion_multiply
from tests.core.bodies import random_quaternions, rotation_error_degrees


def from_euler(angles: np.ndarray, order: str) -> np.ndarray:
    """Quaternions (..., 4) of angles (..., 3) about X, Y and Z, the first axis of the order turned about first."""
    result = np.array([1.0, 0, 0, 0])
    for axis in order:
        turn = np.zeros_like(angles)
        turn[..., "XYZ".index(axis)] = angles[..., "XYZ".index(axis)]
        result = quaternion_multiply(axis_angle_to_quaternion(turn), result)
    return result


@pytest.mark.parametrize("order", ORDERS)
def test_angles_mean_the_rotation(order: str) -> None:
    rotations = random_quaternions((50, 3))
    angles = quaternions_to_euler(rotations, order, np.zeros((3, 3)))
    assert rotation_error_degrees(from_euler(angles, order), rotations).max() < 1e-5


@pytest.mark.parametrize("order", ORDERS)
def test_angles_mean_the_rotation_where_two_axes_coincide(order: str) -> None:
    middle = np.zeros((20, 1, 3))
    middle[..., "XYZ".index(order[1])] = np.pi / 2
    middle[..., "XYZ".index(order[0])] = np.linspace(-3, 3, 20)[:, None]
    rotations = from_euler(middle, order)
    angles = quaternions_to_euler(rotations, order, np.zeros((1, 3)))
    assert rotation_error_degrees(from_euler(angles, order), rotations).max() < 1e-3


@pytest.mark.parametrize("order", ORDERS)
def test_angles_run_on_over_turns(order: str) -> None:
    steps = np.linspace(0, 4 * np.pi, 100)[:, None, None] * np.array([[[0.9, 0.1, 0.3]]])
    angles = quaternions_to_euler(axis_angle_to_quaternion(steps), order, np.zeros((1, 3)))
    assert np.abs(np.diff(angles, axis=0)).max() < 1.0
    assert np.abs(angles).max() > 2 * np.pi


def test_the_first_frame_is_near_what_was_there() -> None:
    near = np.array([[2 * np.pi + 0.1, 0.0, -2 * np.pi]])
    angles = quaternions_to_euler(np.array([[[1.0, 0, 0, 0]]]), "XYZ", near)
    np.testing.assert_allclose(angles[0], [[2 * np.pi, 0, -2 * np.pi]], atol=1e-9)


def test_axes_and_angles_run_on_over_turns() -> None:
    angle = np.linspace(-3 * np.pi, 3 * np.pi, 200)[:, None]
    axis = np.array([0.6, 0.0, 0.8])
    rotations = np.concatenate([np.cos(angle / 2), np.sin(angle / 2) * axis], axis=-1)[:, None]
    turns = quaternions_to_axis_angle(rotations)
    assert np.abs(np.diff(turns, axis=0)).max() < 0.2
    again = axis_angle_to_quaternion(turns[..., :1] * turns[..., 1:])
    assert rotation_error_degrees(again, rotations).max() < 1e-5

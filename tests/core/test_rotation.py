# SPDX-License-Identifier: GPL-3.0-or-later
"""Rotations obey the laws of their group over batch shapes and both precisions, and their forms agree."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from blender_addon.core.rotation import (
    axis_angle_to_quaternion,
    matrix_to_quaternion,
    matrix_to_rotation_6d,
    quaternion_angle,
    quaternion_apply,
    quaternion_between,
    quaternion_conjugate,
    quaternion_from_yaw,
    quaternion_multiply,
    quaternion_normalize,
    quaternion_slerp,
    quaternion_to_axis_angle,
    quaternion_to_matrix,
    quaternion_yaw,
    rotation_6d_to_matrix,
    swing_twist,
)
from tests.core.bodies import random_quaternions

IDENTITY = np.array([1.0, 0.0, 0.0, 0.0])
SHAPES = pytest.mark.parametrize("shape", [(), (5,), (0,), (2, 3, 4)])
DTYPES = pytest.mark.parametrize(("dtype", "atol"), [(np.float32, 3e-6), (np.float64, 1e-12)])


def same_rotation(a: np.ndarray, b: np.ndarray, atol: float) -> None:
    """q and -q are one rotation."""
    sign = np.where((a * b).sum(-1, keepdims=True) < 0, -1, 1)
    np.testing.assert_allclose(a, b * sign, atol=atol)


@SHAPES
@DTYPES
def test_group_laws(shape: tuple[int, ...], dtype: npt.DTypeLike, atol: float) -> None:
    a, b, c = (random_quaternions(shape, seed).astype(dtype) for seed in range(3))
    left, right = quaternion_multiply(quaternion_multiply(a, b), c), quaternion_multiply(a, quaternion_multiply(b, c))
    assert left.dtype == dtype and left.shape == (*shape, 4)
    np.testing.assert_allclose(left, right, atol=atol)
    np.testing.assert_allclose(quaternion_multiply(a, IDENTITY.astype(dtype)), a, atol=atol)
    inverse = quaternion_conjugate(a)
    np.testing.assert_allclose(quaternion_multiply(a, inverse), np.broadcast_to(IDENTITY, a.shape), atol=atol)
    np.testing.assert_allclose(
        quaternion_conjugate(quaternion_multiply(a, b)),
        quaternion_multiply(quaternion_conjugate(b), inverse),
        atol=atol,
    )


@SHAPES
@DTYPES
def test_action_on_vectors(shape: tuple[int, ...], dtype: npt.DTypeLike, atol: float) -> None:
    a, b = (random_quaternions(shape, seed).astype(dtype) for seed in range(2))
    v = np.random.default_rng(3).normal(size=(*shape, 3)).astype(dtype)
    turned = quaternion_apply(a, v)
    assert turned.dtype == dtype and turned.shape == v.shape
    np.testing.assert_allclose(np.linalg.norm(turned, axis=-1), np.linalg.norm(v, axis=-1), atol=atol)
    np.testing.assert_allclose(
        quaternion_apply(quaternion_multiply(a, b), v), quaternion_apply(a, quaternion_apply(b, v)), atol=4 * atol
    )
    matrix = quaternion_to_matrix(a)
    np.testing.assert_allclose((matrix @ v[..., None])[..., 0], turned, atol=4 * atol)


@SHAPES
@DTYPES
def test_forms_round_trip(shape: tuple[int, ...], dtype: npt.DTypeLike, atol: float) -> None:
    q = random_quaternions(shape).astype(dtype)
    matrix = quaternion_to_matrix(q)
    assert matrix.dtype == dtype and matrix.shape == (*shape, 3, 3)
    np.testing.assert_allclose(
        matrix @ np.swapaxes(matrix, -1, -2), np.broadcast_to(np.eye(3), matrix.shape), atol=atol
    )
    same_rotation(matrix_to_quaternion(matrix), q, atol)
    six = matrix_to_rotation_6d(matrix)
    assert six.shape == (*shape, 6)
    for result in (six, matrix_to_quaternion(matrix), rotation_6d_to_matrix(six), quaternion_to_axis_angle(q)):
        assert result.dtype == dtype
    for result in (
        quaternion_angle(q),
        quaternion_yaw(q),
        quaternion_from_yaw(quaternion_yaw(q)),
        *swing_twist(q, [0, 1, 0]),
    ):
        assert result.dtype == dtype and result.shape[: len(shape)] == shape
    np.testing.assert_allclose(rotation_6d_to_matrix(six), matrix, atol=atol)
    same_rotation(axis_angle_to_quaternion(quaternion_to_axis_angle(q)), q, atol)


def test_rotation_6d_is_the_first_two_columns() -> None:
    matrix = np.arange(9.0).reshape(3, 3)
    np.testing.assert_array_equal(matrix_to_rotation_6d(matrix), [0, 3, 6, 1, 4, 7])


def test_rotation_6d_orthogonalises_any_two_columns() -> None:
    matrix = rotation_6d_to_matrix(np.random.default_rng(0).normal(size=(50, 6)))
    np.testing.assert_allclose(np.linalg.det(matrix), 1, atol=1e-12)
    np.testing.assert_allclose(np.swapaxes(matrix, -1, -2) @ matrix, np.broadcast_to(np.eye(3), (50, 3, 3)), atol=1e-12)


@pytest.mark.parametrize("axis", [(1, 0, 0), (0, 1, 0), (0, 0, 1), (0.6, 0, -0.8)])
@pytest.mark.parametrize("angle", [0.0, 1e-9, 1e-4, 1.0, np.pi - 1e-7, np.pi])
def test_angles_from_none_to_a_half_turn(axis: tuple[float, ...], angle: float) -> None:
    q = axis_angle_to_quaternion(np.array(axis) * angle)
    np.testing.assert_allclose(np.linalg.norm(q), 1, atol=1e-15)
    np.testing.assert_allclose(quaternion_angle(q), angle, atol=1e-12)
    np.testing.assert_allclose(np.linalg.norm(quaternion_to_axis_angle(q)), angle, atol=1e-12)
    same_rotation(matrix_to_quaternion(quaternion_to_matrix(q)), q, 1e-12)


def test_quarter_turn_about_y_takes_forward_to_left() -> None:
    q = axis_angle_to_quaternion([0.0, np.pi / 2, 0.0])
    np.testing.assert_allclose(quaternion_apply(q, [0.0, 0.0, 1.0]), [1, 0, 0], atol=1e-15)


def test_normalize_leaves_identity_for_nothing() -> None:
    np.testing.assert_array_equal(quaternion_normalize(np.zeros((2, 4))), [IDENTITY, IDENTITY])


def test_slerp_has_constant_speed_and_takes_the_short_way() -> None:
    a, b = random_quaternions((40,), 1), random_quaternions((40,), 2)
    whole = quaternion_angle(quaternion_multiply(quaternion_conjugate(a), b))
    for t in (0.0, 0.25, 0.5, 1.0):
        part = quaternion_multiply(quaternion_conjugate(a), quaternion_slerp(a, b, t))
        np.testing.assert_allclose(quaternion_angle(part), t * whole, atol=1e-9)
    same_rotation(quaternion_slerp(a, b, 1.0), b, 1e-12)
    np.testing.assert_allclose(quaternion_slerp(a, -a, 0.5), a, atol=1e-12)


def test_slerp_broadcasts_its_parameter() -> None:
    a, b = random_quaternions((6, 22), 1), random_quaternions((6, 22), 2)
    t = np.linspace(0, 1, 6)
    together = quaternion_slerp(a, b, t[:, None])
    for index in range(6):
        np.testing.assert_allclose(together[index], quaternion_slerp(a[index], b[index], t[index]), atol=1e-12)


@DTYPES
def test_between_is_the_smallest_rotation(dtype: npt.DTypeLike, atol: float) -> None:
    rng = np.random.default_rng(0)
    a, b = (rng.normal(size=(200, 3)).astype(dtype) * 3 for _ in range(2))
    q = quaternion_between(a, b)
    assert q.dtype == dtype
    unit = [v / np.linalg.norm(v, axis=-1, keepdims=True) for v in (a, b)]
    np.testing.assert_allclose(quaternion_apply(q, unit[0]), unit[1], atol=atol)
    expected = np.arccos(np.clip((unit[0] * unit[1]).sum(-1), -1, 1))
    np.testing.assert_allclose(quaternion_angle(q), expected, atol=1e-3 if dtype == np.float32 else 1e-7)


@pytest.mark.parametrize("v", [(1, 0, 0), (0, -2, 0), (0.3, -0.4, 5)])
@pytest.mark.parametrize("nudge", [0.0, 1e-13, 1e-8, 1e-5])
def test_between_opposite_and_equal_vectors(v: tuple[float, ...], nudge: float) -> None:
    a = np.array(v, dtype=np.float64)
    for target in (-a + nudge, a + nudge):
        q = quaternion_between(a, target)
        np.testing.assert_allclose(np.linalg.norm(q), 1, atol=1e-12)
        turned = quaternion_apply(q, a / np.linalg.norm(a))
        np.testing.assert_allclose(turned, target / np.linalg.norm(target), atol=1e-8)


def test_between_nothing_and_something_does_not_turn() -> None:
    np.testing.assert_allclose(quaternion_between(np.zeros(3), [0.0, 1.0, 0.0]), IDENTITY)
    np.testing.assert_allclose(quaternion_between([0.0, 1.0, 0.0], np.zeros(3)), IDENTITY)


def test_swing_twist_splits_and_rejoins() -> None:
    q = random_quaternions((300,))
    axis = np.array([0.6, 0.0, 0.8])
    swing, twist = swing_twist(q, axis * 7)
    same_rotation(quaternion_multiply(swing, twist), q, 1e-12)
    np.testing.assert_allclose(quaternion_apply(twist, axis), np.broadcast_to(axis, (300, 3)), atol=1e-12)
    same_rotation(swing, quaternion_between(np.broadcast_to(axis, (300, 3)), quaternion_apply(q, axis)), 1e-6)
    assert (twist[..., 0] >= 0).all()


def test_swing_twist_of_a_reversed_axis_is_all_swing() -> None:
    q = axis_angle_to_quaternion([np.pi, 0.0, 0.0])
    swing, twist = swing_twist(q, [0.0, 1.0, 0.0])
    np.testing.assert_allclose(np.abs(twist[0]), 1, atol=1e-9)
    same_rotation(swing, q, 1e-9)


def test_yaw_is_the_heading_of_upright_bodies() -> None:
    angle = np.linspace(-3.1, 3.1, 25)
    q = quaternion_from_yaw(angle)
    forward = quaternion_apply(q, [0.0, 0.0, 1.0])
    np.testing.assert_allclose(np.arctan2(forward[:, 0], forward[:, 2]), angle, atol=1e-12)
    np.testing.assert_allclose(quaternion_yaw(q), angle, atol=1e-12)
    np.testing.assert_allclose(quaternion_yaw(-q), angle, atol=1e-12)


@pytest.mark.parametrize("fall", [(np.pi / 2, 0, 0), (-np.pi / 2, 0, 0), (0, 0, 1.2)])
def test_yaw_survives_lying_down(fall: tuple[float, ...]) -> None:
    angle = np.linspace(-3, 3, 13)
    lying = quaternion_multiply(quaternion_from_yaw(angle), axis_angle_to_quaternion(np.array(fall)))
    np.testing.assert_allclose(quaternion_yaw(lying), angle, atol=1e-12)


def test_whole_numbers_are_accepted() -> None:
    np.testing.assert_allclose(quaternion_apply([1, 0, 0, 0], [1, 2, 3]), [1, 2, 3])
    assert quaternion_to_matrix([1, 0, 0, 0]).dtype == np.float64

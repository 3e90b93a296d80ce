# SPDX-License-Identifier: GPL-3.0-or-later
"""Rotations as unit quaternions (wxyz), matrices, 6D and axis-angle, batched over any leading dimensions.

Quaternions act on column vectors: `quaternion_multiply(a, b)` turns by b first, then by a. Results keep the
precision of the numpy arrays given (float32 stays float32; anything else becomes float64; lists and tuples adapt).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

_TINY = 1e-12
_DOUBLE = np.dtype(np.float64)
_OPPOSITE = 1e-8
"""One more than the cosine of the angle between vectors that all but point opposite ways."""


def _floating(*arrays: npt.ArrayLike) -> list[np.ndarray]:
    """The arrays in the floating type that the numpy ones among them have in common."""
    for array in arrays:
        if type(array) is not np.ndarray or array.dtype is not _DOUBLE:
            break
    else:
        return list(arrays)  # type: ignore[arg-type]
    typed = [array.dtype for array in arrays if isinstance(array, np.ndarray | np.generic)]
    dtype = np.result_type(*typed) if typed else np.dtype(np.float64)
    if dtype not in (np.float32, np.float64):
        dtype = np.dtype(np.float64)
    return [np.asarray(array, dtype=dtype) for array in arrays]


def _unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), _TINY)


def quaternion_multiply(a: npt.ArrayLike, b: npt.ArrayLike) -> np.ndarray:
    """Product of quaternions (..., 4): the rotation b followed by a."""
    a, b = _floating(a, b)
    if a.size < _FEW and b.size < _FEW:
        return _by_products(a, b, _PRODUCTS[a.dtype])
    return _multiplied(a, b)


def _multiplied(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    aw, ax, ay, az = a[..., 0], a[..., 1], a[..., 2], a[..., 3]
    bw, bx, by, bz = b[..., 0], b[..., 1], b[..., 2], b[..., 3]
    # Filled in place, which is quicker than stacking.
    w = np.asarray(aw * bw - ax * bx - ay * by - az * bz)
    result = np.empty((*w.shape, 4), dtype=a.dtype)
    result[..., 0] = w
    result[..., 1] = aw * bx + ax * bw + ay * bz - az * by
    result[..., 2] = aw * by - ax * bz + ay * bw + az * bx
    result[..., 3] = aw * bz + ax * by - ay * bx + az * bw
    return result


def cross_product(a: npt.ArrayLike, b: npt.ArrayLike) -> np.ndarray:
    """Cross product (..., 3) of vectors (..., 3); what numpy's does, with a fraction of its overhead."""
    a, b = _floating(a, b)
    if a.size < _FEW and b.size < _FEW:
        return _by_products(a, b, _CROSSES[a.dtype])
    return _crossed(a, b)


def _crossed(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    ax, ay, az = a[..., 0], a[..., 1], a[..., 2]
    bx, by, bz = b[..., 0], b[..., 1], b[..., 2]
    x = np.asarray(ay * bz - az * by)
    result = np.empty((*x.shape, 3), dtype=a.dtype)
    result[..., 0] = x
    result[..., 1] = az * bx - ax * bz
    result[..., 2] = ax * by - ay * bx
    return result


def _by_products(a: np.ndarray, b: np.ndarray, table: np.ndarray) -> np.ndarray:
    """A bilinear function of a and b, of all products of their components by a table; for few it is calls that cost."""
    products = a[..., :, None] * b[..., None, :]
    return np.asarray(products.reshape(*products.shape[:-2], len(table)) @ table)


def _tables(function: Callable[[np.ndarray, np.ndarray], np.ndarray], size: int) -> dict[np.dtype, np.ndarray]:
    """By type, what a bilinear function makes of each pair of axes (size * size, size)."""
    axes = np.eye(size)
    table = function(np.repeat(axes, size, axis=0), np.tile(axes, (size, 1)))
    return {np.dtype(one): table.astype(one) for one in (np.float32, np.float64)}


_FEW = 2048
"""Numbers in an array, below which products by a table are quicker."""
_PRODUCTS = _tables(_multiplied, 4)
_CROSSES = _tables(_crossed, 3)


def quaternion_conjugate(q: npt.ArrayLike) -> np.ndarray:
    """The inverse of unit quaternions (..., 4)."""
    (q,) = _floating(q)
    return q * np.array([1, -1, -1, -1], dtype=q.dtype)


def quaternion_normalize(q: npt.ArrayLike) -> np.ndarray:
    """Quaternions (..., 4) at unit length; a zero quaternion becomes the identity."""
    (q,) = _floating(q)
    length = np.linalg.norm(q, axis=-1, keepdims=True)
    if length.min(initial=1) > _TINY:
        return np.asarray(q / length)
    identity = np.array([1, 0, 0, 0], dtype=q.dtype)
    return np.where(length > _TINY, q / np.maximum(length, _TINY), identity)


def quaternion_apply(q: npt.ArrayLike, v: npt.ArrayLike) -> np.ndarray:
    """Vectors (..., 3) turned by unit quaternions (..., 4); leading dimensions broadcast."""
    q, v = _floating(q, v)
    w, u = q[..., :1], q[..., 1:]
    twice = 2 * cross_product(u, v)
    return v + w * twice + cross_product(u, twice)


def quaternion_angle(q: npt.ArrayLike) -> np.ndarray:
    """Rotation angle (...) in radians, 0 to pi, of quaternions (..., 4)."""
    (q,) = _floating(q)
    half = np.arctan2(np.linalg.norm(q[..., 1:], axis=-1), np.abs(q[..., 0]))
    return np.asarray(2 * half, dtype=q.dtype)


def quaternion_to_matrix(q: npt.ArrayLike) -> np.ndarray:
    """Unit quaternions (..., 4) to rotation matrices (..., 3, 3)."""
    (q,) = _floating(q)
    w, x, y, z = np.moveaxis(q, -1, 0)
    result = np.empty((*q.shape[:-1], 3, 3), dtype=q.dtype)
    result[..., 0, 0] = 1 - 2 * (y * y + z * z)
    result[..., 0, 1] = 2 * (x * y - w * z)
    result[..., 0, 2] = 2 * (x * z + w * y)
    result[..., 1, 0] = 2 * (x * y + w * z)
    result[..., 1, 1] = 1 - 2 * (x * x + z * z)
    result[..., 1, 2] = 2 * (y * z - w * x)
    result[..., 2, 0] = 2 * (x * z - w * y)
    result[..., 2, 1] = 2 * (y * z + w * x)
    result[..., 2, 2] = 1 - 2 * (x * x + y * y)
    return result


def matrix_to_quaternion(matrix: npt.ArrayLike) -> np.ndarray:
    """Rotation matrices (..., 3, 3) to unit quaternions (..., 4) with w >= 0.

    Each of the four rows below is the quaternion times four of one of its components; the row of the largest
    component is the accurate one.
    """
    (m,) = _floating(matrix)
    m00, m11, m22 = m[..., 0, 0], m[..., 1, 1], m[..., 2, 2]
    wx, wy, wz = m[..., 2, 1] - m[..., 1, 2], m[..., 0, 2] - m[..., 2, 0], m[..., 1, 0] - m[..., 0, 1]
    xy, xz, yz = m[..., 0, 1] + m[..., 1, 0], m[..., 0, 2] + m[..., 2, 0], m[..., 1, 2] + m[..., 2, 1]
    candidates = np.empty((*m.shape[:-2], 4, 4), dtype=m.dtype)
    candidates[..., 0, 0] = 1 + m00 + m11 + m22
    candidates[..., 1, 1] = 1 + m00 - m11 - m22
    candidates[..., 2, 2] = 1 - m00 + m11 - m22
    candidates[..., 3, 3] = 1 - m00 - m11 + m22
    candidates[..., 0, 1] = candidates[..., 1, 0] = wx
    candidates[..., 0, 2] = candidates[..., 2, 0] = wy
    candidates[..., 0, 3] = candidates[..., 3, 0] = wz
    candidates[..., 1, 2] = candidates[..., 2, 1] = xy
    candidates[..., 1, 3] = candidates[..., 3, 1] = xz
    candidates[..., 2, 3] = candidates[..., 3, 2] = yz
    largest = np.argmax(np.diagonal(candidates, axis1=-2, axis2=-1), axis=-1)
    q = np.take_along_axis(candidates, largest[..., None, None], axis=-2)[..., 0, :]
    q = quaternion_normalize(q)
    return np.where(q[..., :1] < 0, -q, q)


def matrix_to_rotation_6d(matrix: npt.ArrayLike) -> np.ndarray:
    """The first two columns of matrices (..., 3, 3), one after the other: (..., 6).

    Zhou et al., On the Continuity of Rotation Representations in Neural Networks, 2019.
    """
    (m,) = _floating(matrix)
    return np.concatenate([m[..., :, 0], m[..., :, 1]], axis=-1)


def rotation_6d_to_matrix(rotation_6d: npt.ArrayLike) -> np.ndarray:
    """Any two columns (..., 6) to the rotation (..., 3, 3) that Gram-Schmidt makes of them."""
    (r,) = _floating(rotation_6d)
    x = _unit(r[..., :3])
    y = _unit(r[..., 3:] - (x * r[..., 3:]).sum(-1, keepdims=True) * x)
    return np.stack([x, y, np.cross(x, y)], axis=-1)


def axis_angle_to_quaternion(axis_angle: npt.ArrayLike) -> np.ndarray:
    """Rotation vectors (..., 3), axis times radians, to unit quaternions (..., 4)."""
    (v,) = _floating(axis_angle)
    half = np.linalg.norm(v, axis=-1, keepdims=True) / 2
    return np.concatenate([np.cos(half), v * np.sinc(half / np.pi) / 2], axis=-1)


def quaternion_to_axis_angle(q: npt.ArrayLike) -> np.ndarray:
    """Unit quaternions (..., 4) to rotation vectors (..., 3), axis times radians of at most pi."""
    (q,) = _floating(q)
    q = np.where(q[..., :1] < 0, -q, q)
    sine = np.linalg.norm(q[..., 1:], axis=-1, keepdims=True)
    angle = 2 * np.arctan2(sine, q[..., :1])
    return q[..., 1:] * np.where(sine > _TINY, angle / np.maximum(sine, _TINY), 2)


def quaternion_slerp(a: npt.ArrayLike, b: npt.ArrayLike, t: npt.ArrayLike) -> np.ndarray:
    """Constant-speed turn from a to b (..., 4) along the shorter way; t (...) 0 to 1, broadcast."""
    a, b = _floating(a, b)
    t = np.asarray(t, dtype=a.dtype)[..., None]
    step = quaternion_to_axis_angle(quaternion_multiply(quaternion_conjugate(a), b))
    return quaternion_normalize(quaternion_multiply(a, axis_angle_to_quaternion(t * step)))


def quaternion_between(a: npt.ArrayLike, b: npt.ArrayLike) -> np.ndarray:
    """The smallest rotation (..., 4) that takes the direction of a to that of b, vectors (..., 3).

    Opposite vectors get a half turn about some axis perpendicular to them, vectors of no length no turn.
    """
    a, b = _floating(a, b)
    dtype = a.dtype
    a, b = np.broadcast_arrays(_unit(a.astype(np.float64)), _unit(b.astype(np.float64)))
    q = np.empty((*a.shape[:-1], 4))
    q[..., 0] = 1 + (a * b).sum(-1)
    q[..., 1:] = cross_product(a, b)
    opposite = q[..., 0] < _OPPOSITE
    if opposite.any():
        q[opposite] = _half_turns(a[opposite], b[opposite])
    return quaternion_normalize(q).astype(dtype, copy=False)


def _half_turns(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """(N, 4) not yet of unit length, from unit vectors a to all but opposite ones b, (N, 3)."""
    axis = cross_product(a, b)
    least = np.eye(3)[np.argmin(np.abs(a), axis=-1)]
    parallel = np.linalg.norm(axis, axis=-1, keepdims=True) < 1e-9
    axis = _unit(np.where(parallel, cross_product(a, least), axis))
    cosine = np.linalg.norm(a + b, axis=-1, keepdims=True)
    return np.concatenate([cosine, axis * np.linalg.norm(a - b, axis=-1, keepdims=True)], axis=-1)


def swing_twist(q: npt.ArrayLike, axis: npt.ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Split unit quaternions (..., 4) as swing * twist, the twist about `axis` (..., 3) with w >= 0.

    The swing is the smallest rotation that takes the axis to where q takes it. Where q reverses the axis the
    twist is undefined and taken as the identity.
    """
    q, axis = _floating(q, axis)
    axis = _unit(axis)
    along = (q[..., 1:] * axis).sum(-1, keepdims=True)
    sign = np.where(q[..., :1] < 0, -1, 1).astype(q.dtype)
    twist = quaternion_normalize(np.concatenate([q[..., :1] * sign, along * axis * sign], axis=-1))
    return quaternion_multiply(q, quaternion_conjugate(twist)), twist


def quaternion_yaw(q: npt.ArrayLike) -> np.ndarray:
    """Heading (...) of rotations (..., 4) in radians, -pi to pi: their twist about +Y; 0 faces +Z, pi/2 +X.

    For an upright body this is where +Z points on the floor. The twist stays defined when the body lies down
    and +Z points straight up or down: the heading is then where it faced before it lay down (prone, where the
    head points; supine, where the feet point). It is undefined only for a body exactly upside down.
    """
    (q,) = _floating(q)
    flip = np.where(q[..., 0] < 0, -1, 1).astype(q.dtype)
    return np.asarray(2 * np.arctan2(q[..., 2] * flip, q[..., 0] * flip), dtype=q.dtype)


def quaternion_from_yaw(angle: npt.ArrayLike) -> np.ndarray:
    """Rotations (..., 4) about +Y by angles (...) in radians; positive turns +Z towards +X."""
    (angle,) = _floating(angle)
    zero = np.zeros_like(angle)
    return np.stack([np.cos(angle / 2), zero, np.sin(angle / 2), zero], axis=-1).astype(angle.dtype, copy=False)

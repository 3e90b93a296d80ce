# SPDX-License-Identifier: GPL-3.0-or-later
"""Vectors (..., 3) of many poses at once, in numpy: lengths, angles, and turns from one to another."""

from __future__ import annotations

import numpy as np


def cross(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """The cross product of vectors (..., 3); numpy's own is several times slower on few."""
    ax, ay, az = a[..., 0], a[..., 1], a[..., 2]
    bx, by, bz = b[..., 0], b[..., 1], b[..., 2]
    return np.stack([ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx], axis=-1)


def length(vectors: np.ndarray) -> np.ndarray:
    """Lengths (..., 1)."""
    return np.sqrt((vectors * vectors).sum(-1, keepdims=True))


def unit(vectors: np.ndarray) -> np.ndarray:
    """The same directions at length 1; what has none stays 0."""
    return vectors / np.maximum(length(vectors), 1e-9)


def angle(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Radians (...) between unit vectors (..., 3)."""
    return np.asarray(np.arctan2(length(cross(a, b))[..., 0], (a * b).sum(-1)))


def turn_between(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """The smallest turns (..., 3), axis times radians, from unit vectors a to b; half turns take some axis."""
    axis = cross(a, b)
    sine = length(axis)
    cosine = (a * b).sum(-1, keepdims=True)
    least = np.eye(3)[np.argmin(np.abs(a), axis=-1)]
    axis = np.where((sine < 1e-6) & (cosine < 0), unit(cross(a, least)), axis / np.maximum(sine, 1e-12))
    return np.asarray(axis * np.arctan2(sine, cosine))


def matrix_between(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """The smallest turns as matrices (..., 3, 3)."""
    return turn_matrix(turn_between(a, b))


def turn_matrix(vectors: np.ndarray) -> np.ndarray:
    """Matrices (..., 3, 3) of rotation vectors (..., 3)."""
    size = np.sqrt((vectors * vectors).sum(-1))
    axis = vectors / np.maximum(size, 1e-12)[..., None]
    x, y, z = axis[..., 0], axis[..., 1], axis[..., 2]
    sine, cosine = np.sin(size), np.cos(size)
    rest = 1 - cosine
    result = np.empty((*size.shape, 3, 3))
    result[..., 0, 0] = cosine + rest * x * x
    result[..., 0, 1] = rest * x * y - sine * z
    result[..., 0, 2] = rest * x * z + sine * y
    result[..., 1, 0] = rest * x * y + sine * z
    result[..., 1, 1] = cosine + rest * y * y
    result[..., 1, 2] = rest * y * z - sine * x
    result[..., 2, 0] = rest * x * z - sine * y
    result[..., 2, 1] = rest * y * z + sine * x
    result[..., 2, 2] = cosine + rest * z * z
    return result

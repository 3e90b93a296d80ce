# SPDX-License-Identifier: GPL-3.0-or-later
"""Quaternions as Euler angles or as angle and axis over frames, without jumps: what curves need."""

from __future__ import annotations

import numpy as np

from .rotation import quaternion_to_matrix

ORDERS = ("XYZ", "XZY", "YXZ", "YZX", "ZXY", "ZYX")
"""Which axis turns first, second and last, as Blender names them."""
_LOCKED = 1e-7
_TURN = 2 * np.pi


def quaternions_to_euler(rotations: np.ndarray, order: str, near: np.ndarray) -> np.ndarray:
    """Angles (F, B, 3) in radians about X, Y and Z of rotations (F, B, 4), applied in an order.

    Of the angles that mean the same turn those nearest to the frame before are taken, in the first frame those nearest
    to `near` (B, 3).
    """
    i, j, k = ("XYZ".index(axis) for axis in order)
    sign = 1.0 if (i, j, k) in ((0, 1, 2), (1, 2, 0), (2, 0, 1)) else -1.0
    m = quaternion_to_matrix(rotations)
    level = np.hypot(m[..., i, i], m[..., j, i])
    free = level > _LOCKED
    first = np.empty((*rotations.shape[:-1], 3))
    first[..., i] = np.where(free, np.arctan2(m[..., k, j], m[..., k, k]), np.arctan2(-m[..., j, k], m[..., j, j]))
    first[..., j] = np.arctan2(-m[..., k, i], level)
    first[..., k] = np.where(free, np.arctan2(m[..., j, i], m[..., i, i]), 0.0)
    first *= sign
    second = first + np.pi
    second[..., j] = np.pi - first[..., j]
    # Mostly the first way is the nearer one throughout, which is quick to see.
    near = np.asarray(near, dtype=np.float64)
    result = np.unwrap(np.concatenate([near[None], first]), axis=0)
    before, result = result[:-1], result[1:]
    other = second + _TURN * np.rint((before - second) / _TURN)
    crosses = (np.abs(result - before).sum(-1) > np.abs(other - before).sum(-1)).any(0)
    if crosses.any():
        result = result.copy()
        result[:, crosses] = _nearest(first[:, crosses], second[:, crosses], near[crosses])
    return result


def _nearest(first: np.ndarray, second: np.ndarray, near: np.ndarray) -> np.ndarray:
    """Of two ways (F, B, 3) to say the same turns the one nearest to the frame before, first to `near` (B, 3)."""
    result = np.empty_like(first)
    last = near
    for frame in range(len(first)):
        one = first[frame] + _TURN * np.rint((last - first[frame]) / _TURN)
        other = second[frame] + _TURN * np.rint((last - second[frame]) / _TURN)
        closer = np.abs(one - last).sum(-1) <= np.abs(other - last).sum(-1)
        last = result[frame] = np.where(closer[:, None], one, other)
    return result


def quaternions_to_axis_angle(rotations: np.ndarray) -> np.ndarray:
    """Angle in radians and axis (F, B, 4) of rotations (F, B, 4) whose signs run on; so do axes and angles here."""
    length = np.linalg.norm(rotations[..., 1:], axis=-1, keepdims=True)
    axes = np.where(length > 1e-9, rotations[..., 1:] / np.maximum(length, 1e-9), np.array([0.0, 1.0, 0.0]))
    # Where the turn passes through none the axis would flip; the angle changes its sign instead.
    flips = np.where((axes[1:] * axes[:-1]).sum(-1) < 0, -1.0, 1.0)
    signs = np.cumprod(np.concatenate([np.ones_like(axes[:1, :, 0]), flips]), axis=0)[..., None]
    angles = np.unwrap(2 * np.arctan2(signs * length, rotations[..., :1]), axis=0, period=4 * np.pi)
    return np.concatenate([angles, signs * axes], axis=-1)

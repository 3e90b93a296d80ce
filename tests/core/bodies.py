# SPDX-License-Identifier: GPL-3.0-or-later
"""Small random bodies and rotations that the tests of core share."""

from __future__ import annotations

import numpy as np

from blender_addon.core.motion import Motion
from blender_addon.core.rotation import axis_angle_to_quaternion, quaternion_multiply, quaternion_normalize
from blender_addon.core.skeleton import SMPL22


def random_quaternions(shape: tuple[int, ...], seed: int = 0) -> np.ndarray:
    """Uniformly random unit quaternions (*shape, 4), float64."""
    return quaternion_normalize(np.random.default_rng(seed).normal(size=(*shape, 4)))


def bent_motion(num_frames: int = 12, seed: int = 0, bend: float = 0.4, fps: float = 20.0) -> Motion:
    """Every joint turned at random by about `bend` radians, wandering over the floor, changing smoothly."""
    rng = np.random.default_rng(seed)
    wave = np.sin(np.linspace(0, 2, num_frames)[:, None, None] + rng.uniform(0, 6, (1, SMPL22.num_joints, 3)))
    rotations = axis_angle_to_quaternion(bend * wave)
    walk = np.cumsum(rng.normal(0, 0.02, (num_frames, 3)), axis=0) + np.array([0.3, 0.9, -0.2])
    return Motion(rotations, walk, fps)


def hinge_motion(num_frames: int = 40, seed: int = 0) -> Motion:
    """A body whose knees and elbows are pure hinges well bent, and whose other joints do not twist.

    Positions determine its rotations, so fitting must recover them: neck, head, hands and feet do not turn.
    """
    rng = np.random.default_rng(seed)
    rotations = np.zeros((num_frames, SMPL22.num_joints, 4))
    rotations[..., 0] = 1

    def turn(name: str, low: tuple[float, float, float], high: tuple[float, float, float]) -> None:
        angles = np.radians(rng.uniform(0, 1, (num_frames, 3)) * np.subtract(high, low) + low)
        rotations[:, SMPL22.index(name)] = axis_angle_to_quaternion(angles)

    turn("pelvis", (-90, -90, -90), (90, 90, 90))
    for side, sign in (("left", 1), ("right", -1)):
        turn(f"{side}_hip", (-80, -30, -20), (20, 30, 20))
        turn(f"{side}_knee", (50, 0, 0), (130, 0, 0))
        turn(f"{side}_shoulder", (-40, -40, -70), (40, 40, 70))
        turn(f"{side}_elbow", (0, -sign * 50, 0), (0, -sign * 130, 0))
    return Motion(rotations, rng.normal(0, 1, (num_frames, 3)))


def rotation_error_degrees(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Angle (...) between rotations (..., 4), in degrees, accurate for small ones."""
    difference = quaternion_multiply(a * np.array([1.0, -1, -1, -1]), b)
    return np.degrees(2 * np.arctan2(np.linalg.norm(difference[..., 1:], axis=-1), np.abs(difference[..., 0])))

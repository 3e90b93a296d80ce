# SPDX-License-Identifier: GPL-3.0-or-later
"""The one place where axes are swapped: our Y-up world against Blender's Z-up world.

Both are right-handed. Our (x, y, z) is Blender's (x, -z, y): up stays up, the body's left stays on +X, and
our forward +Z is Blender's -Y, which is where Blender's characters face.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def y_up_to_z_up(vectors: npt.ArrayLike) -> np.ndarray:
    """Vectors or positions (..., 3) from our Y-up axes to Z-up."""
    v = np.asarray(vectors)
    return np.stack([v[..., 0], -v[..., 2], v[..., 1]], axis=-1)


def z_up_to_y_up(vectors: npt.ArrayLike) -> np.ndarray:
    """Vectors or positions (..., 3) from Z-up to our Y-up axes."""
    v = np.asarray(vectors)
    return np.stack([v[..., 0], v[..., 2], -v[..., 1]], axis=-1)


def y_up_to_z_up_rotation(quaternions: npt.ArrayLike) -> np.ndarray:
    """Rotations wxyz (..., 4) of Y-up vectors as the same rotations of Z-up vectors.

    A change of frame (conjugation by the swap): the angle stays, the axis is converted like any vector.
    """
    q = np.asarray(quaternions)
    return np.concatenate([q[..., :1], y_up_to_z_up(q[..., 1:])], axis=-1)


def z_up_to_y_up_rotation(quaternions: npt.ArrayLike) -> np.ndarray:
    """Rotations wxyz (..., 4) of Z-up vectors as the same rotations of Y-up vectors."""
    q = np.asarray(quaternions)
    return np.concatenate([q[..., :1], z_up_to_y_up(q[..., 1:])], axis=-1)

# SPDX-License-Identifier: GPL-3.0-or-later
"""HumanML3D's 263-value frames: where the joints are.

Layout (Guo et al., Generating Diverse and Natural 3D Human Motions from Text, 2022, section 5): the root's turn about
Y a frame (as the sine of its half angle, kept as that half angle), its X and Z step in the body's heading, its
height; then 21 joint positions relative to the root on the floor and in the heading; then 6D rotations, velocities
and foot contacts, which are not needed here. A step belongs to the frame it starts from.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from .fitting import motion_from_joints
from .motion import Motion
from .rotation import quaternion_apply, quaternion_from_yaw
from .skeleton import JOINT_NAMES

NUM_FEATURES = 263
_POSITIONS = slice(4, 4 + 3 * (len(JOINT_NAMES) - 1))


def joints_from_features(features: npt.ArrayLike) -> np.ndarray:
    """Joint positions (F, 22, 3), float64 metres, Y up, of unnormalised features (F, 263).

    Frame 0 faces +Z with the pelvis at x = z = 0. The skeleton is HumanML3D's, not ours.

    Raises:
        ValueError: Another shape, or numbers that are not finite.
    """
    given = np.asarray(features, dtype=np.float64)
    if given.ndim != 2 or given.shape[1] != NUM_FEATURES or not len(given):
        raise ValueError(f"HumanML3D features must be (frames, {NUM_FEATURES}), got {given.shape}")
    if not np.isfinite(given).all():
        raise ValueError("HumanML3D features hold NaN or infinity")
    before = np.concatenate([np.zeros((1, 3)), given[:-1, :3]])
    # HumanML3D's turn takes the world to the heading, and its number is half the angle.
    facing = quaternion_from_yaw(-2 * np.cumsum(before[:, 0]))
    step = np.stack([before[:, 1], np.zeros(len(given)), before[:, 2]], axis=-1)
    root = np.cumsum(quaternion_apply(facing, step), axis=0)
    local = given[:, _POSITIONS].reshape(len(given), -1, 3)
    others = quaternion_apply(facing[:, None], local) + root[:, None]
    root[:, 1] = given[:, 3]
    return np.concatenate([root[:, None], others], axis=1)


def motion_from_features(features: npt.ArrayLike, fps: float = 20.0) -> Motion:
    """Unnormalised features (F, 263) as a motion of our skeleton; see `fitting.motion_from_joints`."""
    return motion_from_joints(joints_from_features(features), fps)

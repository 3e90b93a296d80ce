# SPDX-License-Identifier: GPL-3.0-or-later
"""Forward kinematics: local and global rotations, and joint positions from them.

A global rotation takes a joint's rest orientation to its posed world orientation; a local one is relative to
the parent: global_j = global_parent * local_j. Both are the identity in the T-pose.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from .rotation import quaternion_apply, quaternion_conjugate, quaternion_multiply
from .skeleton import Skeleton


def local_to_global(local_rotations: npt.ArrayLike, parents: Sequence[int]) -> np.ndarray:
    """Local rotations wxyz (..., J, 4) to global ones (..., J, 4)."""
    result = np.array(local_rotations)
    for children, above in _levels(tuple(parents)):
        result[..., children, :] = quaternion_multiply(result[..., above, :], result[..., children, :])
    return result


@lru_cache(maxsize=8)
def _levels(parents: tuple[int, ...]) -> tuple[tuple[list[int], list[int]], ...]:
    """Joints and their parents, all of one depth at a time, for it is the number of calls that takes time."""
    depths: list[int] = []
    for parent in parents:
        depths.append(depths[parent] + 1 if parent >= 0 else 0)
    levels = ([joint for joint, here in enumerate(depths) if here == depth] for depth in range(1, max(depths) + 1))
    return tuple((level, [parents[joint] for joint in level]) for level in levels)


def global_to_local(global_rotations: npt.ArrayLike, parents: Sequence[int]) -> np.ndarray:
    """Global rotations wxyz (..., J, 4) to local ones (..., J, 4)."""
    rotations = np.asarray(global_rotations)
    result = np.array(rotations)
    children = [joint for joint, parent in enumerate(parents) if parent >= 0]
    above = rotations[..., [parents[joint] for joint in children], :]
    result[..., children, :] = quaternion_multiply(quaternion_conjugate(above), rotations[..., children, :])
    return result


def joints_from_global(
    global_rotations: npt.ArrayLike, root_translation: npt.ArrayLike, skeleton: Skeleton
) -> np.ndarray:
    """Joint positions (..., J, 3) in metres from global rotations (..., J, 4) and the pelvis's position (..., 3)."""
    rotations, root = np.asarray(global_rotations), np.asarray(root_translation)
    dtype = np.result_type(rotations, root)
    joints = np.empty((*rotations.shape[:-1], 3), dtype=dtype)
    joints[..., 0, :] = root
    above = rotations[..., list(skeleton.parents[1:]), :]
    bones = quaternion_apply(above, skeleton.offsets[1:].astype(dtype))
    for children, parents in _levels(skeleton.parents):
        joints[..., children, :] = joints[..., parents, :] + bones[..., [child - 1 for child in children], :]
    return joints


def forward_kinematics(
    local_rotations: npt.ArrayLike, root_translation: npt.ArrayLike, skeleton: Skeleton
) -> np.ndarray:
    """Joint positions (..., J, 3) in metres.

    Args:
        local_rotations: (..., J, 4) unit quaternions wxyz, relative to the parent, identity in the T-pose.
        root_translation: (..., 3) world position of the pelvis in metres.
        skeleton: whose rest offsets are used.
    """
    return joints_from_global(local_to_global(local_rotations, skeleton.parents), root_translation, skeleton)

# SPDX-License-Identifier: GPL-3.0-or-later
"""Forward kinematics: local and global rotations, and joint positions from them.

A global rotation takes a joint's rest orientation to its posed world orientation; a local one is relative to
the parent: global_j = global_parent * local_j. Both are the identity in the T-pose.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from .rotation import quaternion_apply, quaternion_conjugate, quaternion_multiply
from .skeleton import Skeleton


def local_to_global(local_rotations: npt.ArrayLike, parents: Sequence[int]) -> np.ndarray:
    """Local rotations wxyz (..., J, 4) to global ones (..., J, 4)."""
    local = np.asarray(local_rotations)
    result = np.empty_like(local)
    for joint, parent in enumerate(parents):
        here = local[..., joint, :]
        result[..., joint, :] = here if parent < 0 else quaternion_multiply(result[..., parent, :], here)
    return result


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
    for joint, parent in enumerate(skeleton.parents[1:], start=1):
        joints[..., joint, :] = joints[..., parent, :] + bones[..., joint - 1, :]
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

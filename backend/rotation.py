# SPDX-License-Identifier: GPL-3.0-or-later
"""Torch twins of the core's rotation and kinematics maths, for what must be differentiable or on a GPU."""

from __future__ import annotations

import torch
from jaxtyping import Float
from torch import Tensor
from torch.nn import functional as F

from blender_addon.core.skeleton import Skeleton


def rotation_6d_to_matrix(rotation_6d: Float[Tensor, "*batch 6"]) -> Float[Tensor, "*batch 3 3"]:
    """Rotation matrices from their first two columns, made orthonormal by Gram-Schmidt (Zhou et al. 2019, eq. 15)."""
    first = F.normalize(rotation_6d[..., :3], dim=-1)
    second = rotation_6d[..., 3:]
    second = F.normalize(second - (first * second).sum(-1, keepdim=True) * first, dim=-1)
    return torch.stack((first, second, torch.linalg.cross(first, second)), dim=-1)


def matrix_to_rotation_6d(matrix: Float[Tensor, "*batch 3 3"]) -> Float[Tensor, "*batch 6"]:
    """The first two columns, one after the other."""
    return torch.cat((matrix[..., 0], matrix[..., 1]), dim=-1)


def global_to_local(
    global_rotations: Float[Tensor, "*batch joints 3 3"], skeleton: Skeleton
) -> Float[Tensor, "*batch joints 3 3"]:
    """Rotation matrices relative to the parent joint from those relative to the world."""
    above = global_rotations[..., list(skeleton.parents[1:]), :, :]
    local = above.transpose(-1, -2) @ global_rotations[..., 1:, :, :]
    return torch.cat((global_rotations[..., :1, :, :], local), dim=-3)


def joints_from_global(
    global_rotations: Float[Tensor, "*batch joints 3 3"], skeleton: Skeleton
) -> Float[Tensor, "*batch joints 3"]:
    """Joint positions in metres with the pelvis at the origin."""
    offsets = torch.as_tensor(skeleton.offsets[1:].copy(), dtype=global_rotations.dtype, device=global_rotations.device)
    above = global_rotations[..., list(skeleton.parents[1:]), :, :]
    bones = (above @ offsets.unsqueeze(-1)).squeeze(-1)
    joints = [torch.zeros_like(bones[..., 0, :])]
    for index, parent in enumerate(skeleton.parents[1:]):
        joints.append(joints[parent] + bones[..., index, :])
    return torch.stack(joints, dim=-2)

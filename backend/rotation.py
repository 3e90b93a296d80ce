# SPDX-License-Identifier: GPL-3.0-or-later
"""Torch twins of the core's rotation and kinematics maths, for what must be differentiable or on a GPU."""

from __future__ import annotations

import functools

import numpy as np
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
    above = _of_parents(global_rotations, skeleton)
    # Written out: a batched product of 3 x 3 matrices costs a processor several times as much.
    local = (above.unsqueeze(-1) * global_rotations[..., 1:, :, :].unsqueeze(-2)).sum(-3)
    return torch.cat((global_rotations[..., :1, :, :], local), dim=-3)


def joints_from_global(
    global_rotations: Float[Tensor, "*batch joints 3 3"], skeleton: Skeleton
) -> Float[Tensor, "*batch joints 3"]:
    """Joint positions in metres with the pelvis at the origin."""
    offsets = global_rotations.new_tensor(skeleton.offsets[1:])
    bones = (_of_parents(global_rotations, skeleton) * offsets.unsqueeze(-2)).sum(-1)
    return global_rotations.new_tensor(_chains(tuple(skeleton.parents))) @ bones


def _of_parents(rotations: Tensor, skeleton: Skeleton) -> Tensor:
    parents = torch.as_tensor(skeleton.parents[1:], device=rotations.device)
    return rotations.index_select(-3, parents)


@functools.cache
def _chains(parents: tuple[int, ...]) -> np.ndarray:
    """(J, J - 1): which bones lie between the root and each joint."""
    chains = np.zeros((len(parents), len(parents) - 1))
    for joint, parent in enumerate(parents[1:], start=1):
        chains[joint] = chains[parent]
        chains[joint, joint - 1] = 1
    return chains

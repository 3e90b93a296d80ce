# SPDX-License-Identifier: GPL-3.0-or-later
"""What the denoiser is trained to get right: features, joint positions in metres, and anatomy in radians."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from jaxtyping import Float
from torch import Tensor
from torch.nn import functional as F

from backend.features import FeatureScaler, unpack
from backend.rotation import global_to_local, joints_from_global, rotation_6d_to_matrix
from blender_addon.core.anatomy import DIRECTION_LIMITS, TURN_LIMITS, TWIST_LIMITS
from blender_addon.core.skeleton import JOINT_NAMES, SMPL22


@dataclass(frozen=True)
class LossWeights:
    """How much each loss counts; with these all are of like size early in training."""

    features: float = 1.0
    joints: float = 10.0
    """On squared distances in square metres."""
    frame: float = 0.1
    limits: float = 1.0
    """On squared angles beyond the limits, in square radians."""


@dataclass(frozen=True)
class Losses:
    """Each loss as a mean over the batch, unweighted."""

    features: Float[Tensor, ""]
    """Mean squared error of the normalised features (x0)."""
    joints: Float[Tensor, ""]
    """Mean squared distance of joints after forward kinematics, pelvis at the origin, square metres."""
    frame: Float[Tensor, ""]
    """How far predicted 6D rotations are from orthonormal: bones keep length and shape without repair."""
    limits: Float[Tensor, ""]
    """Summed squared angle beyond the joint limits, square radians."""

    def total(self, weights: LossWeights) -> Float[Tensor, ""]:
        """The weighted sum."""
        return (
            weights.features * self.features
            + weights.joints * self.joints
            + weights.frame * self.frame
            + weights.limits * self.limits
        )


def compute_losses(
    predicted: Float[Tensor, "batch tokens features"],
    clean: Float[Tensor, "batch tokens features"],
    scaler: FeatureScaler,
    used: Tensor,
) -> Losses:
    """Compare predicted with clean normalised features; `used` (tokens, features) marks those that are not padding."""
    rotation_6d, _ = unpack(scaler.denormalize(predicted.float()))
    wanted_6d, _ = unpack(scaler.denormalize(clean.float()))
    matrices = rotation_6d_to_matrix(rotation_6d)
    joints = joints_from_global(matrices, SMPL22)
    wanted = joints_from_global(rotation_6d_to_matrix(wanted_6d), SMPL22)
    excess = limit_excess(global_to_local(matrices, SMPL22))
    return Losses(
        features=((predicted - clean).float() ** 2)[..., used].mean(),
        joints=((joints - wanted) ** 2).sum(-1).mean(),
        frame=(rotation_6d - torch.cat((matrices[..., 0], matrices[..., 1]), dim=-1)).square().sum(-1).mean(),
        limits=(excess**2).sum(-1).mean(),
    )


def limit_excess(local: Float[Tensor, "*batch joints 3 3"]) -> Float[Tensor, "*batch limits"]:
    """Radians beyond each joint limit, 0 inside: the differentiable twin of `core.anatomy.limit_excess`."""

    def turn(joints: tuple[str, ...]) -> Tensor:
        result = local[..., JOINT_NAMES.index(joints[0]), :, :]
        for joint in joints[1:]:
            result = result @ local[..., JOINT_NAMES.index(joint), :, :]
        return result

    excess = []
    for turn_limit in TURN_LIMITS:
        trace = turn(turn_limit.joints).diagonal(dim1=-2, dim2=-1).sum(-1)
        # The slope of acos is infinite at its ends.
        angle = torch.acos(((trace - 1) / 2).clamp(-0.9999, 0.9999))
        excess.append(F.relu(angle - _radians(turn_limit.most)))
    for direction_limit in DIRECTION_LIMITS:
        bone = turn(direction_limit.joints) @ local.new_tensor(direction_limit.bone)
        sine = (bone * local.new_tensor(direction_limit.towards)).sum(-1)
        excess.append(F.relu(torch.asin(sine.clamp(-0.9999, 0.9999)) - _radians(direction_limit.most)))
    for twist_limit in TWIST_LIMITS:
        matrix = turn((twist_limit.joint,))
        # For a unit quaternion 4 w v is the matrix's skew part and 4 w^2 its trace plus 1: their ratio is tan(angle/2).
        skew = torch.stack(
            (
                matrix[..., 2, 1] - matrix[..., 1, 2],
                matrix[..., 0, 2] - matrix[..., 2, 0],
                matrix[..., 1, 0] - matrix[..., 0, 1],
            ),
            dim=-1,
        )
        along = (skew * local.new_tensor(twist_limit.axis)).sum(-1)
        level = (matrix.diagonal(dim1=-2, dim2=-1).sum(-1) + 1).clamp_min(1e-6)
        angle = 2 * torch.atan2(along, level)
        excess.append(F.relu(angle - _radians(twist_limit.most)) + F.relu(_radians(twist_limit.least) - angle))
    return torch.stack(excess, dim=-1)


def _radians(degrees: float) -> float:
    return degrees * torch.pi / 180

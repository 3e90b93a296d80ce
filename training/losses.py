# SPDX-License-Identifier: GPL-3.0-or-later
"""What the denoiser is trained to get right: features, joint positions in metres, and anatomy in radians."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from jaxtyping import Float
from torch import Tensor

from backend.features import FeatureScaler, unpack
from backend.rotation import global_to_local, joints_from_global, rotation_6d_to_matrix
from blender_addon.core.skeleton import SMPL22
from training.anatomy import limit_excess


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

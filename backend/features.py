# SPDX-License-Identifier: GPL-3.0-or-later
"""What the denoiser sees of a pose: limb tokens of global 6D rotations; the only place that knows the layout.

Heading is removed (the body faces +Z). Rotations are global, since prompts speak of directions, and the root's height
is stored as the clearance between floor and body surface: it is zero for every pose that touches the floor, so feet,
knees or back land on the floor by construction instead of by regression.
"""

from __future__ import annotations

import numpy as np
import torch
from jaxtyping import Bool, Float
from torch import Tensor, nn

from backend.limits import LimitTable
from backend.rotation import global_to_local, joints_from_global, matrix_to_rotation_6d, rotation_6d_to_matrix
from blender_addon.core.anatomy import JOINT_RADII, floor_clearance
from blender_addon.core.motion import Motion
from blender_addon.core.rotation import (
    matrix_to_quaternion,
    quaternion_from_yaw,
    quaternion_multiply,
    quaternion_to_matrix,
)
from blender_addon.core.skeleton import LIMBS, SMPL22

NUM_JOINTS = SMPL22.num_joints
NUM_TOKENS = len(LIMBS)
TOKEN_DIM = 6 * max(len(joints) for joints in LIMBS.values())
_CLEARANCE_AT = 6
"""Place of the clearance in the pelvis token, after the pelvis's own rotation."""
POSITION_DIM = TOKEN_DIM // 2
"""Place in a token for the positions of its joints, three numbers each, when they are given as constraints."""
GROUNDED = 0.04
"""Clearances below this, in metres, count as contact with the floor."""


def _joint_slots() -> list[int]:
    """Where each joint's six numbers begin in the flattened tokens, by joint index."""
    slots = [0] * NUM_JOINTS
    for token, joints in enumerate(LIMBS.values()):
        for place, joint in enumerate(joints):
            slots[joint] = token * TOKEN_DIM + 6 * place
    return slots


JOINT_SLOTS: list[int] = _joint_slots()
_INDEX = torch.tensor([[slot + k for k in range(6)] for slot in JOINT_SLOTS])
_ROWS = torch.tensor(JOINT_SLOTS) // 6
JOINT_TOKENS: list[int] = [slot // TOKEN_DIM for slot in JOINT_SLOTS]
"""Which token holds each joint."""
_POSITION_INDEX = torch.tensor([[slot // 2 + k for k in range(3)] for slot in JOINT_SLOTS])


def used_features() -> Bool[Tensor, "tokens features"]:
    """True where a token's feature carries something; the rest is padding and always zero."""
    used = torch.zeros(NUM_TOKENS * TOKEN_DIM, dtype=torch.bool)
    used[_INDEX.flatten()] = True
    used[_CLEARANCE_AT] = True
    return used.view(NUM_TOKENS, TOKEN_DIM)


def pack(
    rotation_6d: Float[Tensor, "*batch joints 6"], clearance: Float[Tensor, "*batch"]
) -> Float[Tensor, "*batch tokens features"]:
    """Limb tokens from global 6D rotations and floor clearance in metres."""
    flat = rotation_6d.new_zeros(*clearance.shape, NUM_TOKENS * TOKEN_DIM)
    flat[..., _INDEX.to(flat.device).flatten()] = rotation_6d.flatten(-2)
    flat[..., _CLEARANCE_AT] = clearance
    return flat.unflatten(-1, (NUM_TOKENS, TOKEN_DIM))


def unpack(
    tokens: Float[Tensor, "*batch tokens features"],
) -> tuple[Float[Tensor, "*batch joints 6"], Float[Tensor, "*batch"]]:
    """Global 6D rotations, as predicted (not yet orthonormal), and clearance in metres: the inverse of `pack`."""
    flat = tokens.flatten(-2)
    # Joints are whole rows of six, and rows are picked faster than numbers.
    rows = flat.unflatten(-1, (-1, 6))
    return rows.index_select(-2, _ROWS.to(flat.device)), flat[..., _CLEARANCE_AT]


def joint_mask(joints: Bool[Tensor, "*batch joints"]) -> Bool[Tensor, "*batch tokens features"]:
    """Which features belong to the joints that are True."""
    ones = joints.unsqueeze(-1).expand(*joints.shape, 6).to(torch.float32)
    return pack(ones, torch.zeros(joints.shape[:-1], device=joints.device)) > 0.5


def position_features(
    joints: Float[Tensor, "*batch joints 3"], height: Float[Tensor, "*batch"]
) -> Float[Tensor, "*batch tokens positions"]:
    """Joint positions as constraints hold them: metres from the pelvis, heading frame; the pelvis's own is its height.

    Args:
        joints: Positions in the heading frame, wherever the pelvis is.
        height: Of the pelvis over the floor.
    """
    offset = joints - joints[..., :1, :]
    pelvis = torch.stack((torch.zeros_like(height), height, torch.zeros_like(height)), dim=-1)
    offset = torch.cat((pelvis.unsqueeze(-2), offset[..., 1:, :]), dim=-2)
    flat = offset.new_zeros(*height.shape, NUM_TOKENS * POSITION_DIM)
    flat[..., _POSITION_INDEX.to(flat.device).flatten()] = offset.flatten(-2)
    return flat.unflatten(-1, (NUM_TOKENS, POSITION_DIM))


def positions_from_features(
    tokens: Float[Tensor, "*batch tokens features"],
) -> Float[Tensor, "*batch tokens positions"]:
    """`position_features` of poses given as limb tokens (not normalised)."""
    rotation_6d, clearance = unpack(tokens)
    joints = joints_from_global(rotation_6d_to_matrix(rotation_6d), SMPL22)
    lowest = (joints[..., 1] - tokens.new_tensor(JOINT_RADII)).amin(-1)
    return position_features(joints, clearance - lowest)


def position_mask(joints: Bool[Tensor, "*batch joints"]) -> Bool[Tensor, "*batch tokens positions"]:
    """Which numbers of `position_features` belong to the joints that are True."""
    flat = torch.zeros(*joints.shape[:-1], NUM_TOKENS * POSITION_DIM, dtype=torch.bool, device=joints.device)
    flat[..., _POSITION_INDEX.to(joints.device).flatten()] = joints.repeat_interleave(3, dim=-1)
    return flat.unflatten(-1, (NUM_TOKENS, POSITION_DIM))


def features_from_motion(motion: Motion) -> Float[Tensor, "frames tokens features"]:
    """Limb tokens of every frame, each turned to face +Z."""
    turn = quaternion_from_yaw(-motion.heading().astype(np.float64))
    rotations = quaternion_multiply(turn[:, None], motion.global_rotations().astype(np.float64))
    matrices = torch.from_numpy(quaternion_to_matrix(rotations)).float()
    clearance = torch.from_numpy(np.asarray(floor_clearance(motion.joints()), np.float32))
    return pack(matrix_to_rotation_6d(matrices), clearance)


def poses_from_features(
    tokens: Float[Tensor, "*batch tokens features"], limits: LimitTable | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Poses that face +Z and stand on the floor at x = z = 0.

    Args:
        tokens: Not normalised.
        limits: What joints that are beyond their limits are turned back to, with all that hangs on them.

    Returns:
        local_rotations (*batch, 22, 4) wxyz and root_translation (*batch, 3) in metres, float32.
    """
    rotation_6d, clearance = unpack(tokens.detach().double().cpu())
    matrices = rotation_6d_to_matrix(rotation_6d)
    if limits is not None:
        flat = limits.within(matrices.numpy().reshape(-1, NUM_JOINTS, 3, 3))
        matrices = torch.from_numpy(flat.reshape(matrices.shape))
    radii = torch.tensor(JOINT_RADII, dtype=matrices.dtype)
    lowest = (joints_from_global(matrices, SMPL22)[..., 1] - radii).amin(-1)
    height = torch.where(clearance < GROUNDED, 0.0, clearance) - lowest
    root = torch.stack((torch.zeros_like(height), height, torch.zeros_like(height)), dim=-1)
    local = matrix_to_quaternion(global_to_local(matrices, SMPL22).numpy())
    return local.astype(np.float32), root.numpy().astype(np.float32)


class FeatureScaler(nn.Module):
    """Per-feature mean and deviation of the training poses: the diffusion runs on features of unit size."""

    mean: Tensor
    std: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("mean", torch.zeros(NUM_TOKENS, TOKEN_DIM))
        self.register_buffer("std", torch.ones(NUM_TOKENS, TOKEN_DIM))

    def fit(self, tokens: Float[Tensor, "poses tokens features"], smallest: float = 0.1) -> None:
        """Measure training poses; deviations under `smallest` are raised to it, so that noise is not magnified."""
        self.mean.copy_(tokens.mean(0))
        self.std.copy_(tokens.std(0).clamp_min(smallest))

    def normalize(self, tokens: Float[Tensor, "*batch tokens features"]) -> Float[Tensor, "*batch tokens features"]:
        """From metres and matrix entries to features of unit size."""
        return (tokens - self.mean) / self.std

    def denormalize(self, tokens: Float[Tensor, "*batch tokens features"]) -> Float[Tensor, "*batch tokens features"]:
        """The inverse of `normalize`."""
        return tokens * self.std + self.mean

# SPDX-License-Identifier: GPL-3.0-or-later
"""Calm bodies that poses start from, so that what nobody speaks of looks as people do: from real motion, or made up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from backend.rotation import rotation_6d_to_matrix
from blender_addon.core.kinematics import forward_kinematics
from blender_addon.core.motion import Motion
from blender_addon.core.rotation import (
    axis_angle_to_quaternion,
    matrix_to_rotation_6d,
    quaternion_from_yaw,
    quaternion_multiply,
    quaternion_to_matrix,
)
from blender_addon.core.skeleton import JOINT_NAMES, MIRROR_INDICES, SMPL22
from training.anatomy import limit_excess
from training.grammar.body import LIMIT_MARGINS, posed
from training.grammar.intent import FRAMES
from training.prepared import PreparedSet

CALM_SPEED = 0.15
"""Metres a second that the pelvis of a calm body moves at most."""
CALM_TURNING = 20.0
"""Degrees a second that its joints turn at most, on average."""
LIVELY_COUNT = 4096
NEAR_ENOUGH = 0.16
"""Metres, root mean square, that joints may differ for one body to lend its arms to another."""
_J = JOINT_NAMES.index
_MATCHED = [_J(name) for name in ("left_knee", "right_knee", "left_ankle", "right_ankle", "spine3", "neck", "head")]
_ARMS = [[_J(f"{side}_{part}") for part in ("collar", "shoulder", "elbow", "wrist")] for side in ("left", "right")]


@dataclass(frozen=True)
class Lively:
    """Poses of all kinds of motion, which lend their arms to bodies whose legs and trunk do much the same."""

    local: Tensor
    """(K, 22, 3, 3) float32, facing +Z."""
    places: Tensor
    """(K, 3 * joints) metres: where `_MATCHED` joints are from the pelvis."""
    calm: Tensor
    """(C, 3 * joints) metres: the same of people who stand at ease, whose arms hang."""

    @staticmethod
    def of(local: Tensor, calm: Tensor) -> Lively:
        """From poses (K, 22, 3, 3) that lend, and bodies (C, 22, 3, 3) at ease."""
        return Lively(local, _places(local), _places(calm[:: len(calm) // 64 + 1]))

    def lend_arms(self, local: Tensor, unsaid: Tensor) -> Tensor:
        """Bodies (B, 22, 3, 3) with the arms (B, 2) that are marked, left and right, as in the nearest of these."""
        who = unsaid.any(1).nonzero()[:, 0]
        if not len(who):
            return local
        places, scale = _places(local[who]), len(_MATCHED) ** 0.5
        distance, nearest = torch.cdist(places, self.places).min(1)
        near = (distance < NEAR_ENOUGH * scale) & (torch.cdist(places, self.calm).amin(1) > NEAR_ENOUGH * scale)
        who, nearest = who[near], nearest[near]
        local = local.clone()
        for side, joints in enumerate(_ARMS):
            own = unsaid[who, side].nonzero()[:, 0]
            for joint in joints:
                local[who[own], joint] = self.local[nearest[own], joint]
        return local


def _places(local: Tensor) -> Tensor:
    body = posed(local)
    matched = body.points[:, _MATCHED].permute(2, 1, 0)
    return (matched @ body.frame(0)).flatten(1)


@dataclass(frozen=True)
class BaseSet:
    """Bodies to start from."""

    local: Tensor
    """(M, 22, 3, 3) float32 rotations to the parent; the pelvis's to the world, facing +Z."""
    lively: Lively | None = None
    """Where unsaid arms come from when the body does not stand at ease; None leaves them as they hang."""

    def __len__(self) -> int:
        return len(self.local)


def made_up_bases(count: int = 64, seed: int = 0) -> BaseSet:
    """People who stand with hanging arms, no two quite alike; for when there is no motion data."""
    random = np.random.default_rng(seed)
    vectors = random.normal(scale=np.radians(2.5), size=(count, 22, 3))
    for side, sign in (("left", 1), ("right", -1)):
        vectors[:, _J(f"{side}_shoulder"), 2] -= sign * np.radians(72 + random.uniform(-5, 6, count))
        vectors[:, _J(f"{side}_elbow"), 1] -= sign * np.radians(15 + random.uniform(0, 20, count))
    return BaseSet(_matrices(axis_angle_to_quaternion(vectors)))


def calm_bases(prepared: PreparedSet) -> BaseSet:
    """The prepared set's frames of people who stand at ease, facing +Z, and their mirror images.

    Raises ValueError when the set has none.
    """
    train = np.concatenate([np.full(clip.length, clip.split == "train") for clip in prepared.clips])
    first = np.zeros(len(train), dtype=bool)
    first[[clip.start for clip in prepared.clips]] = True
    frames = np.flatnonzero(train & ~first)[::4]
    frames = frames[_unmoved(prepared, frames)]
    motion = Motion(prepared.local_rotations[frames], prepared.root_translation[frames], prepared.fps)
    rotations = motion.local_rotations.astype(np.float64)
    rotations[:, 0] = quaternion_multiply(quaternion_from_yaw(-motion.heading().astype(np.float64)), rotations[:, 0])
    joints = forward_kinematics(rotations, motion.root_translation.astype(np.float64) * [0, 1, 0], SMPL22)
    torso = joints[:, _J("neck")] - joints[:, 0]
    upright = torso[:, 1] / np.linalg.norm(torso, axis=-1) > np.cos(np.radians(10))
    gaze = quaternion_to_matrix(rotations[:, _J("neck")]) @ quaternion_to_matrix(rotations[:, _J("head")])
    ahead = gaze[..., 2, 2] > np.cos(np.radians(22))
    tall = joints[:, 0, 1] > 0.93 * SMPL22.rest_joints[0, 1]
    wrists = joints[:, [_J("left_wrist"), _J("right_wrist")]]
    hanging = (wrists[..., 1] < joints[:, :1, 1] + 0.08).all(-1) & (np.abs(wrists[..., 0]) < 0.34).all(-1)
    hanging &= (np.abs(wrists[..., 2] - joints[:, :1, 2]) < 0.25).all(-1)
    ankles = joints[:, [_J("left_ankle"), _J("right_ankle")]]
    level = (np.abs(ankles[:, 0, 1] - ankles[:, 1, 1]) < 0.04) & (np.abs(ankles[:, 0, 2] - ankles[:, 1, 2]) < 0.22)
    near = np.linalg.norm(ankles[:, 0] - ankles[:, 1], axis=-1) < 0.42
    chosen = rotations[upright & ahead & tall & hanging & level & near]
    if not len(chosen):
        raise ValueError("the prepared set has no frame of someone standing at ease; add calm clips, or leave it out")
    base = _matrices(chosen)
    base = _allowed(torch.cat((base, _mirrored(base))))
    return BaseSet(base, _lively(prepared, base))


def _lively(prepared: PreparedSet, calm: Tensor) -> Lively | None:
    """Poses of the training split with their hands below the neck, drawn as training draws them."""
    weight = prepared.pose_weight * (prepared.pose_split == "train")
    if not weight.any():
        return None
    count = min(LIVELY_COUNT, int((weight > 0).sum()))
    rows = np.random.default_rng(0).choice(len(weight), count, replace=False, p=weight / weight.sum())
    rotations, _ = prepared.poses()
    chosen = _matrices(rotations[rows].astype(np.float64))
    local = _allowed(torch.cat((chosen, _mirrored(chosen))))
    body = posed(local)
    neck, wrists = body.points[:, _J("neck")], [body.points[:, _J(f"{side}_wrist")] for side in ("left", "right")]
    up = body.frames[:, 1, FRAMES.index("torso")]
    low = torch.stack([((wrist - neck) * up).sum(0) < -0.05 for wrist in wrists]).all(0)
    return Lively.of(local[low], calm) if low.any() else None


def _allowed(local: Tensor) -> Tensor:
    """Those that break no joint limit by much."""
    return local[limit_excess(local, LIMIT_MARGINS).amax(1) < np.radians(3)]


def _mirrored(local: Tensor) -> Tensor:
    """Bodies (M, 22, 3, 3) reflected left to right."""
    signs = torch.tensor([-1.0, 1.0, 1.0])
    return local[:, torch.tensor(MIRROR_INDICES)] * signs[:, None] * signs


def _unmoved(prepared: PreparedSet, frames: np.ndarray) -> np.ndarray:
    """Which frames (n,) are slow against the frame before: bool (n,)."""
    turned = np.abs((prepared.local_rotations[frames, 1:] * prepared.local_rotations[frames - 1, 1:]).sum(-1))
    degrees = np.degrees(2 * np.arccos(np.clip(turned, 0, 1))).mean(-1) * prepared.fps
    moved = np.linalg.norm(prepared.root_translation[frames] - prepared.root_translation[frames - 1], axis=-1)
    return (degrees < CALM_TURNING) & (moved * prepared.fps < CALM_SPEED)


def _matrices(quaternions: np.ndarray) -> Tensor:
    six = torch.from_numpy(
        matrix_to_rotation_6d(quaternion_to_matrix(quaternions.astype(np.float64))).astype(np.float32)
    )
    return rotation_6d_to_matrix(six)

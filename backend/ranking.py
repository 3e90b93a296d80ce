# SPDX-License-Identifier: GPL-3.0-or-later
"""Which of several candidates is the best: by how well it goes with the text, and by how sound a body it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float
from torch import Tensor

from backend.alignment import AlignedText, Alignment
from backend.features import unpack
from backend.limits import LIMITS
from backend.targets import positions
from blender_addon.core.anatomy import JOINT_RADII
from blender_addon.core.rotation import rotation_6d_to_matrix
from blender_addon.core.skeleton import JOINT_NAMES, SMPL22

_J = JOINT_NAMES.index


@dataclass(frozen=True)
class RankingWeights:
    """What a fault costs, in units of the cosine between text and pose."""

    limits: float = 0.01
    """A degree beyond a joint limit, summed over the limits."""
    flesh: float = 5.0
    """A metre that limbs are inside each other or the trunk, summed."""
    balance: float = 0.3
    """A metre of the centre of mass beyond what the body stands on."""
    most: float = 0.3
    """All faults of a kind together cost no more than this."""


def plausibility(rotations: np.ndarray, clearance: np.ndarray, weights: RankingWeights | None = None) -> np.ndarray:
    """Minus what the faults of bodies cost (B,), 0 for a sound one.

    Args:
        rotations: (B, 22, 3, 3) global.
        clearance: (B,) metres between floor and body.
        weights: What each fault costs.
    """
    weights = weights or RankingWeights()
    joints = positions(rotations, np.zeros((len(rotations), 3)))
    faults = (
        weights.limits * np.degrees(LIMITS.excess(rotations).clip(0)).sum(-1),
        weights.flesh * _overlap(rotations, joints),
        weights.balance * _imbalance(joints, clearance),
    )
    return -np.minimum(np.stack(faults), weights.most).sum(0)


def rank(
    tokens: Float[Tensor, "batch tokens features"], alignment: Alignment | None, told: AlignedText | None
) -> np.ndarray:
    """Scores (B,) of poses that are as many for each prompt, one prompt's after the other's; more is better.

    Args:
        tokens: Limb tokens in metres and matrix entries.
        alignment: None ranks by plausibility alone.
        told: What it makes of the prompts.
    """
    rotation_6d, clearance = unpack(tokens.detach().double().cpu())
    scores = plausibility(rotation_6d_to_matrix(rotation_6d.numpy()), clearance.numpy())
    if alignment is not None and told is not None:
        scores = scores + alignment.similarity(told, tokens).flatten().double().cpu().numpy()
    return np.asarray(scores)


# Flesh as balls along bones: centre in the frame of a joint, radius, and the part that it belongs to.


def _balls() -> tuple[np.ndarray, np.ndarray, np.ndarray, list[str]]:
    rows: list[tuple[int, np.ndarray, float, str]] = []

    def along(part: str, joint: str, end: str, shares: tuple[float, ...], radius: float) -> None:
        bone = SMPL22.offsets[_J(end)]
        rows.extend((_J(joint), share * bone, radius, part) for share in shares)

    for x in (-0.06, 0.06):
        for joint, y, z in (
            ("pelvis", 0.0, 0.0),
            ("spine1", 0.03, 0.04),
            ("spine2", 0.08, 0.03),
            ("spine3", 0.05, 0.03),
        ):
            rows.append((_J(joint), np.array([x, y, z]), 0.095, "trunk"))
    rows.append((_J("head"), np.array([0.0, 0.05, 0.01]), 0.09, "head"))
    for side, sign in (("left", 1.0), ("right", -1.0)):
        along(f"{side} upper arm", f"{side}_shoulder", f"{side}_elbow", (0.6, 0.95), 0.038)
        along(f"{side} forearm", f"{side}_elbow", f"{side}_wrist", (0.35, 0.7), 0.032)
        rows.extend((_J(f"{side}_wrist"), np.array([sign * x, 0, 0]), 0.022, f"{side} hand") for x in (0.0, 0.07, 0.14))
        along(f"{side} thigh", f"{side}_hip", f"{side}_knee", (0.4, 0.65, 0.95), 0.06)
        along(f"{side} shin", f"{side}_knee", f"{side}_ankle", (0.25, 0.55, 0.85), 0.042)
        rows.append((_J(f"{side}_ankle"), np.array([0.0, -0.03, 0.06]), 0.035, f"{side} foot"))
    joints, centres, radii, parts = zip(*rows, strict=True)
    return np.array(joints), np.array(centres), np.array(radii), list(parts)


_BALL_JOINTS, _BALL_CENTRES, _BALL_RADII, _BALL_PARTS = _balls()
_SOFT = 0.02
"""Metres that flesh gives way."""


def _may_meet(a: str, b: str) -> bool:
    """Whether two parts can run into each other in a way that is a fault."""
    (a_side, _, a_part), (b_side, _, b_part) = a.partition(" "), b.partition(" ")
    if a in ("trunk", "head") or b in ("trunk", "head"):
        other, core = (b_part, a) if a in ("trunk", "head") else (a_part, b)
        return other in ("forearm", "hand", "shin", "foot") or (core == "head" and other == "upper arm")
    arms = {"upper arm", "forearm", "hand"}
    if a_side == b_side:
        return (a_part in arms) != (b_part in arms) and "upper arm" not in (a_part, b_part)
    return True


_APART = np.array(
    [
        [
            _BALL_RADII[i] + _BALL_RADII[j] - _SOFT if i < j and _may_meet(_BALL_PARTS[i], _BALL_PARTS[j]) else -1.0
            for j in range(len(_BALL_PARTS))
        ]
        for i in range(len(_BALL_PARTS))
    ]
)
_PAIRS = np.argwhere(_APART > 0)
_PAIR_APART = _APART[_PAIRS[:, 0], _PAIRS[:, 1]]


def _overlap(rotations: np.ndarray, joints: np.ndarray) -> np.ndarray:
    """Metres (B,) by which balls of flesh are inside each other, summed."""
    balls = joints[:, _BALL_JOINTS] + (rotations[:, _BALL_JOINTS] @ _BALL_CENTRES[..., None])[..., 0]
    square = (balls * balls).sum(-1)
    apart = square[:, :, None] + square[:, None] - 2 * balls @ np.swapaxes(balls, 1, 2)
    near = apart[:, _PAIRS[:, 0], _PAIRS[:, 1]]
    return np.asarray((_PAIR_APART - np.sqrt(near.clip(0))).clip(0).sum(-1))


_MASS = {
    "pelvis": 0.14, "spine1": 0.08, "spine2": 0.10, "spine3": 0.16, "head": 0.08, "hip": 0.06, "knee": 0.075,
    "ankle": 0.03, "foot": 0.01, "shoulder": 0.02, "elbow": 0.022, "wrist": 0.014,
}  # fmt: skip
_MASSES = np.array([_MASS.get(name.split("_")[-1], 0.0) for name in JOINT_NAMES])
_MASSES /= _MASSES.sum()
_REST_HEIGHT = 0.06
"""Metres over the lowest point within which a joint bears weight."""
_SUPPORT_MARGIN = 0.1
"""Metres that what a body stands on reaches beyond its joints."""
_WAYS = np.stack([np.array([np.cos(angle), np.sin(angle)]) for angle in np.arange(8) * np.pi / 4])


def _imbalance(joints: np.ndarray, clearance: np.ndarray) -> np.ndarray:
    """Metres (B,) from the centre of mass to over what the body stands on; 0 for a body in the air."""
    low = joints[..., 1] - JOINT_RADII
    bears = low < low.min(-1, keepdims=True) + _REST_HEIGHT
    level = joints[..., [0, 2]]
    # The support is as wide as its joints in each of eight directions.
    reach = np.where(bears[..., None], level @ _WAYS.T, -np.inf).max(1)
    centre = (_MASSES @ level) @ _WAYS.T
    outside = (centre - reach - _SUPPORT_MARGIN).max(-1).clip(0)
    return np.where(clearance > 0.05, 0.0, outside)

# SPDX-License-Identifier: GPL-3.0-or-later
"""What hands touch in a motion: how near they are to the trunk, the head, the legs, the other arm and the floor."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from .rest_pose import HAND_LENGTH, RestPose
from .rotation import quaternion_apply, quaternion_conjugate
from .skeleton import JOINT_NAMES

SIDES = ("left", "right")
HAND_TOUCHES = (0.02, 0.06)
"""Metres between the skins of a hand and another part: nearer than the first they touch, beyond the second not."""
HAND_RADIUS = 0.02
_NEARER = 0.01
"""Metres by which one thing that a hand touches must be nearer than another to count for much more."""
_SLIPPERY = ("hip", "knee", "shoulder", "elbow")
"""Where the parts start along which hands may slip; those that start at a hip are thighs, or the line across both."""


@dataclass(frozen=True)
class _Part:
    """Something a hand can touch: all within a radius of the line between two joints."""

    start: str
    stop: str
    radius: float
    """Metres on the reference body."""
    beyond: tuple[float, float, float] = (0.0, 0.0, 0.0)
    """Metres from `stop` to where the part ends, in the T-pose's axes of what it turns with."""
    turns_with: str = ""
    """The joint that carries the part; `start` where it is empty."""


_BODY = (
    _Part("pelvis", "neck", 0.11),
    _Part("left_hip", "right_hip", 0.11, turns_with="pelvis"),
    _Part("left_shoulder", "right_shoulder", 0.07, turns_with="spine3"),
    _Part("head", "head", 0.10, (0.0, 0.11, 0.02)),
    _Part("left_hip", "left_knee", 0.075),
    _Part("right_hip", "right_knee", 0.075),
    _Part("left_knee", "left_ankle", 0.05),
    _Part("right_knee", "right_ankle", 0.05),
    _Part("left_ankle", "left_foot", 0.04),
    _Part("right_ankle", "right_foot", 0.04),
)
_ARM = (_Part("{}_shoulder", "{}_elbow", 0.045), _Part("{}_elbow", "{}_wrist", 0.035))


@dataclass(frozen=True, eq=False)
class Arms:
    """The arms S of a rig that can be bent, and the K parts that each hand can touch."""

    sides: tuple[str, ...]
    shoulders: np.ndarray
    elbows: np.ndarray
    wrists: np.ndarray
    """(S,) joints."""
    outward: np.ndarray
    """(S, 3) where each hand points in the T-pose."""
    reaches: np.ndarray
    """(S, 1) from each wrist to the knuckles on the rig, in its unit."""
    starts: np.ndarray
    stops: np.ndarray
    carriers: np.ndarray
    """(S, K) joints: where the parts start and stop, and with which they turn."""
    beyond: np.ndarray
    """(K, 3)"""
    radii: np.ndarray
    slippery: np.ndarray
    other_arm: np.ndarray
    """(K,) metres; whether hands may slip along it; whether it is of the other arm."""

    @property
    def limbs(self) -> list[tuple[int, int, int]]:
        """Joints of each arm."""
        return list(zip(self.shoulders.tolist(), self.elbows.tolist(), self.wrists.tolist(), strict=True))


@dataclass(frozen=True, eq=False)
class Touches:
    """What hands touch in a motion, of the N pairs of a frame and a hand that touches anything."""

    frames: np.ndarray
    hands: np.ndarray
    """(N,) which of the arms."""
    gap: np.ndarray
    """(F, S) metres to whatever is nearest."""
    weight: np.ndarray
    """(N, 1) how firmly it touches."""
    shares: np.ndarray
    """(N, K + 1) of each part in where the hand is; the last is the floor's."""
    where: np.ndarray
    """(N, K, 1) along each part, 0 to 1."""
    local: np.ndarray
    """(N, K, 3) metres from there to the hand, in the T-pose's axes of what the part turns with."""
    height: np.ndarray
    """(N,) metres over the floor."""


def _joint(name: str) -> int:
    return JOINT_NAMES.index(name)


@lru_cache(maxsize=8)
def arms_of(rest: RestPose) -> Arms:
    """The arms of a rig, of which all three joints have bones."""

    def has(*names: str) -> bool:
        return all(name in rest.rig.joint_to_bone for name in names)

    sides = tuple(side for side in SIDES if has(f"{side}_shoulder", f"{side}_elbow", f"{side}_wrist"))
    body = [part for part in _BODY if has(part.start, part.stop)]
    both = len(sides) == len(SIDES)
    arm = {
        side: [replace(part, start=part.start.format(other), stop=part.stop.format(other)) for part in _ARM if both]
        for side, other in zip(SIDES, reversed(SIDES), strict=True)
    }
    parts = [[*body, *arm[side]] for side in sides]
    all_parts = [*body, *(_ARM if both else ())]
    wrists = np.array([_joint(f"{side}_wrist") for side in sides], dtype=np.intp)
    return Arms(
        sides,
        np.array([_joint(f"{side}_shoulder") for side in sides], dtype=np.intp),
        np.array([_joint(f"{side}_elbow") for side in sides], dtype=np.intp),
        wrists,
        np.array([[1.0 if side == "left" else -1.0, 0.0, 0.0] for side in sides]),
        np.array([[rest.hand_reach(wrist)] for wrist in wrists]),
        np.array([[_joint(part.start) for part in row] for row in parts], dtype=np.intp),
        np.array([[_joint(part.stop) for part in row] for row in parts], dtype=np.intp),
        np.array([[_joint(part.turns_with or part.start) for part in row] for row in parts], dtype=np.intp),
        np.array([part.beyond for part in all_parts]),
        np.array([part.radius for part in all_parts]),
        np.array([part.start.split("_")[-1] in _SLIPPERY for part in all_parts]),
        np.array([part in _ARM for part in all_parts]),
    )


def touches_of(arms: Arms, joints: np.ndarray, turns: np.ndarray) -> Touches:
    """What hands touch in a motion, of joints (F, 22, 3) in metres and their global rotations (F, 22, 4)."""
    hand = joints[:, arms.wrists] + HAND_LENGTH * quaternion_apply(turns[:, arms.wrists], arms.outward)
    turns = turns[:, arms.carriers]
    begin = joints[:, arms.starts]
    along = joints[:, arms.stops] + quaternion_apply(turns, arms.beyond) - begin
    to_hand = hand[..., None, :] - begin
    where = np.clip((to_hand * along).sum(-1) / np.maximum((along**2).sum(-1), 1e-12), 0, 1)[..., None]
    offset = to_hand - where * along
    gaps = np.linalg.norm(offset, axis=-1) - arms.radii - HAND_RADIUS
    gaps = np.concatenate([gaps, hand[..., 1:2] - HAND_RADIUS], axis=-1)
    weights = fade(gaps, *HAND_TOUCHES)
    nearest = gaps.min(-1)
    # What is nearest counts most, without a jump where something else becomes nearest.
    shares = weights * np.exp(-(gaps - nearest[..., None]) / _NEARER)
    shares /= np.maximum(shares.sum(-1, keepdims=True), 1e-12)
    frames, hands = pairs = np.nonzero(weights.max(-1) > 0)
    local = quaternion_apply(quaternion_conjugate(turns[pairs]), offset[pairs])
    return Touches(
        *(frames, hands, nearest, weights.max(-1)[pairs][:, None]),
        *(shares[pairs], where[pairs], local, hand[..., 1][pairs]),
    )


def riding(touch: Touches) -> np.ndarray:
    """(F, 2) how much more each hand lies on the other than the other on it: 1 if what it touches is further."""
    left = 1 / (1 + np.exp(np.clip((touch.gap[:, 1] - touch.gap[:, 0]) / _NEARER, -50, 50)))
    return np.stack([left, 1 - left], axis=-1)


def fade(value: np.ndarray, full: float, none: float) -> np.ndarray:
    """1 up to `full`, 0 from `none`, smooth in between."""
    t = np.clip((none - value) / (none - full), 0, 1)
    return np.asarray(t * t * (3 - 2 * t))

# SPDX-License-Identifier: GPL-3.0-or-later
"""What a body can do: joint limits, and how far its surface lies around the joints.

The limits were set on captured motion (CMU and CC0 clips): ordinary, athletic and dance movement stays inside,
capture faults mostly do not. They say what a joint can do at all, not what looks natural.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .rotation import quaternion_angle, quaternion_apply, quaternion_multiply, swing_twist
from .skeleton import JOINT_NAMES

Vector = tuple[float, float, float]

X, Y, Z = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)


@dataclass(frozen=True)
class TurnLimit:
    """The product of some joints' local rotations turns by at most `most` degrees, about whatever axis."""

    name: str
    joints: tuple[str, ...]
    """From the inner joint to the outer one."""
    most: float


@dataclass(frozen=True)
class DirectionLimit:
    """A bone rises by at most `most` degrees out of the plane perpendicular to `towards`.

    Both vectors are in the frame of the parent of the first joint, the bone as it lies at rest.
    """

    name: str
    joints: tuple[str, ...]
    bone: Vector
    towards: Vector
    most: float


@dataclass(frozen=True)
class TwistLimit:
    """A joint's twist about its bone (`axis`, at rest) stays between `least` and `most` degrees."""

    name: str
    joint: str
    axis: Vector
    least: float
    most: float


def _opposite(vector: Vector) -> Vector:
    return (-vector[0], -vector[1], -vector[2])


def _reflected(vector: Vector) -> Vector:
    return (-vector[0], vector[1], vector[2])


def _right(name: str) -> str:
    return name.replace("left_", "right_")


_LEFT_TURNS = (
    TurnLimit("left_collar turn", ("left_collar",), 50),
    TurnLimit("left_hip turn", ("left_hip",), 150),
    TurnLimit("left_knee turn", ("left_knee",), 160),
    TurnLimit("left_ankle turn", ("left_ankle",), 72),
    TurnLimit("left_foot turn", ("left_foot",), 72),
    TurnLimit("left_elbow turn", ("left_elbow",), 165),
    TurnLimit("left_wrist turn", ("left_wrist",), 109),
)

TURN_LIMITS: tuple[TurnLimit, ...] = (
    TurnLimit("spine1 turn", ("spine1",), 59),
    TurnLimit("spine2 turn", ("spine2",), 58),
    TurnLimit("spine3 turn", ("spine3",), 45),
    TurnLimit("trunk turn", ("spine1", "spine2", "spine3"), 100),
    TurnLimit("neck turn", ("neck",), 60),
    TurnLimit("head turn", ("head",), 78),
    TurnLimit("gaze turn", ("neck", "head"), 105),
    *_LEFT_TURNS,
    *(TurnLimit(_right(limit.name), tuple(map(_right, limit.joints)), limit.most) for limit in _LEFT_TURNS),
)
"""How far joints turn in all."""

_ARM = ("left_collar", "left_shoulder")
_LEFT_DIRECTIONS = (
    # The rest legs bend 10 degrees at the knee, so a straight leg is 9.9 degrees "hyperextended".
    DirectionLimit("left_knee hyperextended", ("left_knee",), _opposite(Y), Z, 10),
    DirectionLimit("left_knee outward", ("left_knee",), _opposite(Y), X, 30),
    DirectionLimit("left_knee inward", ("left_knee",), _opposite(Y), _opposite(X), 30),
    DirectionLimit("left_elbow hyperextended", ("left_elbow",), X, _opposite(Z), 10),
    DirectionLimit("left_elbow upward", ("left_elbow",), X, Y, 45),
    DirectionLimit("left_elbow downward", ("left_elbow",), X, _opposite(Y), 45),
    DirectionLimit("left_thigh backward", ("left_hip",), _opposite(Y), _opposite(Z), 55),
    DirectionLimit("left_thigh across", ("left_hip",), _opposite(Y), _opposite(X), 50),
    DirectionLimit("left_arm backward", _ARM, X, _opposite(Z), 75),
    DirectionLimit("left_arm across", _ARM, X, _opposite(X), 62),
)

DIRECTION_LIMITS: tuple[DirectionLimit, ...] = (
    *_LEFT_DIRECTIONS,
    *(
        DirectionLimit(
            _right(limit.name),
            tuple(map(_right, limit.joints)),
            _reflected(limit.bone),
            _reflected(limit.towards),
            limit.most,
        )
        for limit in _LEFT_DIRECTIONS
    ),
)
"""Where hinges do not bend and where thighs and arms do not reach."""

_LEFT_TWISTS = (
    TwistLimit("left_thigh twist", "left_hip", Y, -65, 75),
    TwistLimit("left_shin twist", "left_knee", Y, -40, 40),
    TwistLimit("left_foot twist", "left_ankle", Y, -55, 55),
    TwistLimit("left_upper_arm twist", "left_shoulder", X, -140, 125),
    TwistLimit("left_forearm twist", "left_elbow", X, -90, 90),
    TwistLimit("left_hand twist", "left_wrist", X, -90, 110),
)


def _mirrored_twist(limit: TwistLimit) -> TwistLimit:
    # A reflection in x = 0 keeps the sense of turns about X and reverses turns about Y and Z.
    keeps = limit.axis == X
    least, most = (limit.least, limit.most) if keeps else (-limit.most, -limit.least)
    return TwistLimit(_right(limit.name), _right(limit.joint), limit.axis, least, most)


TWIST_LIMITS: tuple[TwistLimit, ...] = (*_LEFT_TWISTS, *map(_mirrored_twist, _LEFT_TWISTS))
"""How far limbs turn about their own bone."""

LIMIT_NAMES: tuple[str, ...] = (
    *(limit.name for limit in TURN_LIMITS),
    *(limit.name for limit in DIRECTION_LIMITS),
    *(limit.name for limit in TWIST_LIMITS),
)
"""Names of the last axis of `limit_excess`."""


def limit_excess(local_rotations: npt.ArrayLike) -> np.ndarray:
    """Degrees (..., K) by which rotations (..., 22, 4) go beyond each of `LIMIT_NAMES`; 0 inside."""
    rotations = np.asarray(local_rotations, dtype=np.float64)
    if rotations.shape[-2:] != (len(JOINT_NAMES), 4):
        raise ValueError(f"local_rotations must be (..., {len(JOINT_NAMES)}, 4), got {rotations.shape}")

    def local(joints: tuple[str, ...]) -> np.ndarray:
        result = rotations[..., JOINT_NAMES.index(joints[0]), :]
        for joint in joints[1:]:
            result = quaternion_multiply(result, rotations[..., JOINT_NAMES.index(joint), :])
        return result

    return np.stack(
        [
            *(_turn_excess(limit, local) for limit in TURN_LIMITS),
            *(_direction_excess(limit, local) for limit in DIRECTION_LIMITS),
            *(_twist_excess(limit, local) for limit in TWIST_LIMITS),
        ],
        axis=-1,
    )


_Local = Callable[[tuple[str, ...]], np.ndarray]


def _turn_excess(limit: TurnLimit, local: _Local) -> np.ndarray:
    return np.maximum(np.degrees(quaternion_angle(local(limit.joints))) - limit.most, 0)


def _direction_excess(limit: DirectionLimit, local: _Local) -> np.ndarray:
    sine = (quaternion_apply(local(limit.joints), limit.bone) * np.array(limit.towards)).sum(-1)
    return np.maximum(np.degrees(np.arcsin(np.clip(sine, -1, 1))) - limit.most, 0)


def _twist_excess(limit: TwistLimit, local: _Local) -> np.ndarray:
    _, twist = swing_twist(local((limit.joint,)), limit.axis)
    angle = np.degrees(2 * np.arctan2((twist[..., 1:] * np.array(limit.axis)).sum(-1), twist[..., 0]))
    return np.maximum(np.maximum(angle - limit.most, limit.least - angle), 0)


def within_limits(local_rotations: npt.ArrayLike) -> np.ndarray:
    """Whether poses (..., 22, 4) break no limit, bool (...)."""
    return (limit_excess(local_rotations) <= 0).all(-1)


_RADII: dict[str, float] = {
    "pelvis": 0.10,
    "hip": 0.08,
    "spine1": 0.10,
    "knee": 0.055,
    "spine2": 0.10,
    "ankle": 0.06,
    "spine3": 0.10,
    "foot": 0.027,
    "neck": 0.06,
    "collar": 0.06,
    "head": 0.09,
    "shoulder": 0.06,
    "elbow": 0.04,
    "wrist": 0.03,
}

JOINT_RADII: np.ndarray = np.array([_RADII[name.split("_")[-1]] for name in JOINT_NAMES])
"""(22,) metres: how far the skin lies from each joint on the reference body."""
JOINT_RADII.setflags(write=False)


def floor_clearance(joints: npt.ArrayLike) -> np.ndarray:
    """Metres (...) between the floor y = 0 and the lowest skin of bodies (..., 22, 3); negative when in the floor.

    About 0 for the reference body at rest, which stands on the balls of its feet and its heels.
    """
    heights = np.asarray(joints, dtype=np.float64)[..., 1]
    return (heights - JOINT_RADII).min(-1)

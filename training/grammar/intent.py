# SPDX-License-Identifier: GPL-3.0-or-later
"""What a pose is to do, as data: goals for points of the body, and how pelvis, spine and head start."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np

from backend.sides import mirrored_name
from training.grammar.points import point_index

Range = tuple[float, float]
Frame = Literal["heading", "torso", "chest", "hips"]
FRAMES: tuple[Frame, ...] = ("heading", "torso", "chest", "hips")
"""heading: upright, facing where the body faces. torso: up is pelvis to neck. chest, hips: the rotations of spine3
and the pelvis. In each, left is +X, up is +Y and front is +Z."""
Limb = Literal["left_arm", "right_arm", "left_leg", "right_leg", "trunk", "head", "root"]

_TOKENS: dict[str, tuple[Frame, tuple[float, float, float]]] = {
    "front": ("heading", (0, 0, 1)),
    "back": ("heading", (0, 0, -1)),
    "left": ("heading", (1, 0, 0)),
    "right": ("heading", (-1, 0, 0)),
    "up": ("heading", (0, 1, 0)),
    "down": ("heading", (0, -1, 0)),
    "headward": ("torso", (0, 1, 0)),
    "footward": ("torso", (0, -1, 0)),
    "chestward": ("torso", (0, 0, 1)),
    "spineward": ("torso", (0, 0, -1)),
    "leftward": ("torso", (1, 0, 0)),
    "rightward": ("torso", (-1, 0, 0)),
}


def parse_direction(words: str, frame: Frame | None = None) -> tuple[Frame, tuple[float, float, float]]:
    """Read "front up*0.5": a sum of directions, all of the upright frame or all of the torso's; `frame` overrides."""
    total, frames = np.zeros(3), set()
    for token in words.split():
        name, _, weight = token.partition("*")
        if name not in _TOKENS:
            raise ValueError(f"{name!r} in {words!r} is no direction; expected {', '.join(_TOKENS)}")
        own, vector = _TOKENS[name]
        frames.add(own)
        total += np.array(vector) * float(weight or 1)
    if len(frames) != 1:
        raise ValueError(f"{words!r} must use directions of one frame: the upright one's or the torso's")
    unit = total / np.linalg.norm(total)
    return frame or frames.pop(), (float(unit[0]), float(unit[1]), float(unit[2]))


def _mirrored_vector(vector: tuple[float, float, float]) -> tuple[float, float, float]:
    return (-vector[0], vector[1], vector[2])


@dataclass(frozen=True)
class Aim:
    """The line from one point to another points in a direction."""

    start: str
    end: str
    direction: tuple[float, float, float]
    frame: Frame
    spread: float
    """Degrees by which draws differ from the direction."""
    within: float
    """Degrees at most, for the goal to count as met."""

    def points(self) -> tuple[str, ...]:
        return (self.start, self.end)

    def mirrored(self) -> Aim:
        return replace(
            self,
            start=mirrored_name(self.start),
            end=mirrored_name(self.end),
            direction=_mirrored_vector(self.direction),
        )


@dataclass(frozen=True)
class Bend:
    """A joint is bent by a range of degrees; 0 is straight."""

    joint: str
    degrees: Range

    def points(self) -> tuple[str, ...]:
        side, _, part = self.joint.partition("_")
        ends = {"elbow": ("shoulder", "wrist"), "knee": ("hip", "ankle"), "hip": ("shoulder", "knee")}[part]
        return (f"{side}_{ends[0]}", self.joint, f"{side}_{ends[1]}")

    def mirrored(self) -> Bend:
        return replace(self, joint=mirrored_name(self.joint))


@dataclass(frozen=True)
class Gap:
    """Two points are a range of metres apart."""

    a: str
    b: str
    metres: Range
    touching: bool = False
    """A contact: the gap is closed to within 2 cm of the lower end."""

    def points(self) -> tuple[str, ...]:
        return (self.a, self.b)

    def mirrored(self) -> Gap:
        return replace(self, a=mirrored_name(self.a), b=mirrored_name(self.b))


@dataclass(frozen=True)
class Along:
    """Point a is a range of metres further than point b in a direction ("higher" is along up)."""

    a: str
    b: str
    direction: tuple[float, float, float]
    frame: Frame
    metres: Range

    def points(self) -> tuple[str, ...]:
        return (self.a, self.b)

    def mirrored(self) -> Along:
        return replace(
            self, a=mirrored_name(self.a), b=mirrored_name(self.b), direction=_mirrored_vector(self.direction)
        )


@dataclass(frozen=True)
class Floor:
    """A point rests on the floor."""

    point: str

    def points(self) -> tuple[str, ...]:
        return (self.point,)

    def mirrored(self) -> Floor:
        return Floor(mirrored_name(self.point))


@dataclass(frozen=True)
class Balance:
    """The centre of mass is over the line between two points, laid flat, or near it."""

    a: str
    b: str
    metres: float = 0.07

    def points(self) -> tuple[str, ...]:
        return (self.a, self.b)

    def mirrored(self) -> Balance:
        return replace(self, a=mirrored_name(self.a), b=mirrored_name(self.b))


Goal = Aim | Bend | Gap | Along | Floor | Balance


@dataclass(frozen=True)
class Turn:
    """Where pelvis, spine or head start: degrees of pitch (forward), roll (towards the left) and yaw (to the left).

    The pelvis is relative to the world, the spine to the pelvis, the head to the chest. None keeps the base's.
    """

    part: Literal["pelvis", "spine", "head"]
    pitch: Range | None = None
    roll: Range | None = None
    yaw: Range | None = None

    def mirrored(self) -> Turn:
        return replace(self, roll=_negated(self.roll), yaw=_negated(self.yaw))


def _negated(values: Range | None) -> Range | None:
    return None if values is None else (-values[1], -values[0])


def mirrored_limb(limb: Limb) -> Limb:
    """The same limb on the other side."""
    return mirrored_name(limb)  # type: ignore[return-value]


@dataclass(frozen=True)
class Intent:
    """All that a body is to do, ready to be built; made of several parts by `joined`."""

    goals: tuple[Goal, ...] = ()
    turns: tuple[Turn, ...] = ()
    claims: frozenset[Limb] = frozenset()
    """Limbs that are spoken for."""
    airborne: Range | None = None
    """Metres between the floor and the lowest point; None stands on it."""

    def mirrored(self) -> Intent:
        return Intent(
            tuple(goal.mirrored() for goal in self.goals),
            tuple(turn.mirrored() for turn in self.turns),
            frozenset(mirrored_limb(limb) for limb in self.claims),
            self.airborne,
        )

    def joined(self, other: Intent) -> Intent:
        """Both: later turns of the same part win."""
        turns = {turn.part: turn for turn in (*self.turns, *other.turns)}
        return Intent(
            self.goals + other.goals, tuple(turns.values()), self.claims | other.claims, self.airborne or other.airborne
        )


Part = Goal | Turn | Sequence["Part"]
"""Authoring functions return one goal or several."""


@dataclass(frozen=True)
class Default:
    """What a limb does when nobody says otherwise, one of several ways."""

    limbs: tuple[Limb, ...]
    ways: tuple[tuple[Goal | Turn, ...], ...] = field(default=())


def flatten(parts: Sequence[Part]) -> tuple[Goal | Turn, ...]:
    """Unnest what authoring functions return, and check every point's name."""
    flat: list[Goal | Turn] = []
    for part in parts:
        if isinstance(part, Sequence):
            flat += flatten(part)
        else:
            if not isinstance(part, Turn):
                for name in part.points():
                    point_index(name)
            flat.append(part)
    return tuple(flat)


_LIMB_WORDS = {
    "arm": ("shoulder", "elbow", "wrist", "palm", "hand", "fingers", "thumb", "forearm", "hand_back", "elbow_tip",
            "biceps"),
    "leg": ("hip", "knee", "ankle", "foot", "thigh_top", "kneecap", "inner_knee", "shin", "calf", "heel", "sole",
            "foot_middle", "instep", "toes", "inner_thigh", "thigh_side"),
}  # fmt: skip


def limb_of(point: str) -> Limb | None:
    """The limb that moves a point, None for spots of the trunk and middles of pairs."""
    side, _, part = point.partition("_")
    if side not in ("left", "right"):
        return None
    for limb, names in _LIMB_WORDS.items():
        if part in names:
            return f"{side}_{limb}"  # type: ignore[return-value]
    return None


_CLAIMED_BY_LINE: dict[tuple[str, ...], tuple[Limb, ...]] = {
    ("pelvis", "neck"): ("trunk", "root"),
    ("upper_back", "chest"): ("root",),
    ("right_shoulder", "left_shoulder"): ("trunk",),
    ("head", "face_front"): ("head",),
    ("head", "crown"): ("head",),
}


def intent(*parts: Part, claims: str = "", airborne: Range | None = None) -> Intent:
    """Collect goals and turns; limbs they speak of are claimed, and so are those named in `claims`."""
    flat = flatten(parts)
    limbs: set[Limb] = set(claims.split())  # type: ignore[arg-type]
    for part in flat:
        if isinstance(part, Turn):
            limbs.add({"pelvis": "root", "spine": "trunk", "head": "head"}[part.part])  # type: ignore[arg-type]
        elif isinstance(part, Aim) and part.points() in _CLAIMED_BY_LINE:
            limbs |= set(_CLAIMED_BY_LINE[part.points()])
        elif isinstance(part, Aim | Bend | Gap):
            moved = [limb for name in part.points()[-2:] if (limb := limb_of(name)) is not None]
            # A hand goes to the knee, not the knee to the hand.
            if isinstance(part, Gap) and any("arm" in limb for limb in moved):
                moved = [limb for limb in moved if "arm" in limb]
            limbs |= set(moved)
        elif isinstance(part, Along | Floor) and (moving := limb_of(part.points()[0])) is not None:
            limbs.add(moving)
    return Intent(
        tuple(part for part in flat if not isinstance(part, Turn)),
        tuple(part for part in flat if isinstance(part, Turn)),
        frozenset(limbs),
        airborne,
    )


# What authors write. Limbs are "left_arm", "right_leg"; "both_arms" and "both_legs" mirror the left one's direction.

_SEGMENTS = {
    "arm": ("shoulder", "wrist"), "upper_arm": ("shoulder", "elbow"), "forearm": ("elbow", "wrist"),
    "hand": ("wrist", "hand"), "palm": ("hand_back", "palm"), "leg": ("hip", "ankle"), "thigh": ("hip", "knee"),
    "shin": ("knee", "ankle"), "foot": ("ankle", "foot"),
}  # fmt: skip
_WHOLE = {
    "trunk": ("pelvis", "neck"), "face": ("head", "face_front"), "crown": ("head", "crown"),
    "shoulder_line": ("right_shoulder", "left_shoulder"), "chest": ("upper_back", "chest"),
}  # fmt: skip


def aim(segment: str, direction: str, spread: float = 9, within: float = 24, frame: Frame | None = None) -> list[Goal]:
    """A segment ("left_arm", "both_forearm", "face"...) points in a direction ("front up*0.5")."""
    if segment.startswith("both_"):
        left = aim("left_" + segment[5:], direction, spread, within, frame)
        return [*left, *(goal.mirrored() for goal in left)]
    side, _, part = segment.partition("_")
    if segment in _WHOLE:
        start, end = _WHOLE[segment]
    elif side in ("left", "right") and part in _SEGMENTS:
        start, end = (f"{side}_{name}" for name in _SEGMENTS[part])
    else:
        raise ValueError(
            f"{segment!r} is no segment; expected {', '.join(_WHOLE)} or a side and {', '.join(_SEGMENTS)}"
        )
    own_frame, vector = parse_direction(direction, frame)
    return [Aim(start, end, vector, own_frame, spread, within)]


def bend(joint: str, least: float, most: float) -> list[Goal]:
    """A knee, elbow or hip ("left_knee", "both_elbow") is bent by so many degrees."""
    if joint.startswith("both_"):
        return [Bend(f"left_{joint[5:]}", (least, most)), Bend(f"right_{joint[5:]}", (least, most))]
    return [Bend(joint, (least, most))]


def straight(limb: str) -> list[Goal]:
    """An arm or a leg is stretched."""
    side, _, part = limb.partition("_")
    return bend(f"{side}_{'elbow' if part.startswith('arm') else 'knee'}", 2, 22)


def touch(a: str, b: str, apart: float = 0.0) -> list[Goal]:
    """Two places touch: "left_palm" on "right_knee"; "both_palm" touches each its own "both_waist", or one place."""
    if a.startswith("both_"):
        if not b.startswith("both_"):
            return [*touch("left_" + a[5:], b, apart), *touch("right_" + a[5:], b, apart)]
        left = touch("left_" + a[5:], "left_" + b[5:], apart)
        return [*left, *(goal.mirrored() for goal in left)]
    return [Gap(a, b, (apart, apart + 0.02), touching=True)]


def apart(a: str, b: str, least: float, most: float = 3.0) -> list[Goal]:
    """Two points are so many metres from each other."""
    return [Gap(a, b, (least, most))]


def beyond(a: str, b: str, direction: str, least: float, most: float = 3.0) -> list[Goal]:
    """Point a is least to most metres further than b in a direction: `beyond("left_wrist", "head", "up", 0.05)`."""
    frame, vector = parse_direction(direction)
    return [Along(a, b, vector, frame, (least, most))]


def floor(*points: str) -> list[Goal]:
    """Points that rest on the floor; "both_knee" is both."""
    goals: list[Goal] = []
    for point in points:
        if point.startswith("both_"):
            goals += [Floor(f"left_{point[5:]}"), Floor(f"right_{point[5:]}")]
        else:
            goals.append(Floor(point))
    return goals


def flat(side: str) -> list[Goal]:
    """A foot ("left", "right" or "both") stands flat on the floor."""
    sides = ("left", "right") if side == "both" else (side,)
    return [Floor(f"{each}_{part}") for each in sides for part in ("foot", "heel")]


def balanced(a: str = "left_foot_middle", b: str = "", metres: float = 0.07) -> list[Goal]:
    """The centre of mass is over the line between a and b, or over a alone."""
    return [Balance(a, b or a, metres)]


def pelvis(pitch: Range | None = None, roll: Range | None = None, yaw: Range | None = None) -> Turn:
    """Tilt the whole body: pitch forward, roll towards its left, yaw to its left, degrees."""
    return Turn("pelvis", pitch, roll, yaw)


def spine(pitch: Range | None = None, roll: Range | None = None, yaw: Range | None = None) -> Turn:
    """Bend the trunk forward, to its left, twist it to its left, degrees."""
    return Turn("spine", pitch, roll, yaw)


def head(pitch: Range | None = None, roll: Range | None = None, yaw: Range | None = None) -> Turn:
    """Lower (pitch), tilt and turn the head against the chest, degrees."""
    return Turn("head", pitch, roll, yaw)

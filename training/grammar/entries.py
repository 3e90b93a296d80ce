# SPDX-License-Identifier: GPL-3.0-or-later
"""What authors add: an entry is a pose or a stance with its words; a clause is one thing said about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from training.grammar.intent import (
    Bend,
    Default,
    Floor,
    Intent,
    Part,
    Range,
    aim,
    balanced,
    bend,
    beyond,
    flat,
    flatten,
    intent,
    mirrored_limb,
    touch,
)
from training.grammar.phrases import Words, words

Posture = Literal["upright", "standing", "low", "grounded", "supine", "prone"]
"""upright: up, front and side are said of the room. standing: upright on unsaid legs. low: upright with bent knees in
reach of the hands. grounded: sitting on the floor. supine, prone: lying on the back, on the front."""


@dataclass(frozen=True)
class Clause:
    """One thing said about a body, and what it does."""

    words: Words
    intent: Intent
    on: tuple[Posture, ...] = ()
    """What a body must be for it to make sense, one of these; empty for anywhere."""


@dataclass(frozen=True)
class Entry:
    """A stance or a named pose."""

    key: str
    words: Words
    intent: Intent
    defaults: tuple[Default, ...]
    """What limbs do that neither it nor a clause speaks of."""
    upright: bool
    """Whether clauses in up, front and side directions may be added."""
    open: bool
    """Whether clauses may be added at all."""

    @property
    def postures(self) -> frozenset[Posture]:
        """What its goals make of the body, for clauses that only fit some."""
        goals, found = self.intent.goals, set[Posture]()
        bent = {goal.joint for goal in goals if isinstance(goal, Bend) and goal.degrees[0] >= 55}
        seated = any(isinstance(goal, Floor) and goal.point == "pelvis" for goal in goals)
        if self.upright:
            found.add("upright")
            if not self.intent.claims & {"left_leg", "right_leg"} and self.intent.airborne is None:
                found.add("standing")
            if {"left_knee", "right_knee"} <= bent and self.intent.airborne is None:
                found.add("low")
            if seated:
                found.add("grounded")
        tilts = [turn.pitch for turn in self.intent.turns if turn.part == "pelvis" and turn.pitch is not None]
        if seated and tilts and abs(sum(tilts[-1]) / 2) > 75:
            found.add("supine" if tilts[-1][0] < 0 else "prone")
        return frozenset(found)


def unsaid(limbs: str, *ways: list[Part]) -> Default:
    """What limbs ("left_arm", "left_leg right_leg") do in one of several ways when nobody speaks of any of them."""
    return Default(tuple(limbs.split()), tuple(flatten(way) for way in ways))  # type: ignore[arg-type]


def both_sides(default: Default) -> tuple[Default, Default]:
    """A default and its mirror image."""
    ways = tuple(tuple(part.mirrored() for part in way) for way in default.ways)
    return default, Default(tuple(mirrored_limb(limb) for limb in default.limbs), ways)


FEET_ON_FLOOR = unsaid(
    "left_leg right_leg",
    [flat("both"), balanced("left_foot_middle", "right_foot_middle"), balanced("feet", metres=0.1), beyond("left_ankle", "right_ankle", "left", 0.13, 0.4),  # noqa: E501
     beyond("left_ankle", "right_ankle", "front", -0.12, 0.12), beyond("left_knee", "right_knee", "left", 0.12, 0.45),
     aim("both_foot", "front left*0.25", 8, 30), bend("both_knee", 2, 28)],
)  # fmt: skip
"""How people stand when nobody speaks of their legs."""
UPRIGHT = unsaid("trunk root", [aim("trunk", "up", 3, 14)])
HANDS_ON_THIGHS = both_sides(
    unsaid("left_arm", [touch("left_palm", "left_thigh_top")], [touch("left_palm", "left_kneecap")])
)
"""How people sit."""
BUSY_HANDS = both_sides(
    unsaid(
        "left_arm",
        [touch("left_palm", "left_kneecap")],
        [touch("left_hand", "left_thigh_top", 0.03)],
        [aim("left_upper_arm", "down front*0.4", 9, 30), bend("left_elbow", 30, 80)],
    )
)
"""How the arms of people go who squat or crouch."""
ARMS_AT_SIDES = both_sides(
    unsaid("left_arm", [aim("left_arm", "footward leftward*0.25", 8, 25), bend("left_elbow", 5, 35)])
)
"""How arms lie beside a lying body."""


def pose(
    key: str,
    *parts: Part,
    does: str = "",
    tags: str = "",
    names: str = "",
    claims: str = "",
    defaults: tuple[Default, ...] = (FEET_ON_FLOOR, UPRIGHT),
    upright: bool = True,
    open: bool = True,
    airborne: Range | None = None,
) -> Entry:
    """A stance or a named pose from goals and turns, and its phrases (see `wording`).

    Args:
        key: its name in sheets and reports.
        *parts: what it does, of `intent`'s authoring functions, written for one side; half of the draws are mirrored.
        does, tags, names: phrases parted by "|".
        claims: further limbs that clauses may not change ("left_leg head").
        defaults: what the limbs that nobody speaks of do.
        upright: whether "arm up" and the like can be added; otherwise only contacts and turns of the head.
        open: whether anything can be added.
        airborne: metres of air under the lowest point.
    """
    return Entry(
        key, words(does, tags, names), intent(*parts, claims=claims, airborne=airborne), defaults, upright, open
    )


def said_more(entries: Sequence[Entry], more: Mapping[str, Words]) -> tuple[Entry, ...]:
    """Entries with further phrases by their keys; raises ValueError for a key that none has."""
    if unknown := more.keys() - {entry.key for entry in entries}:
        raise ValueError(f"there are more words for {', '.join(sorted(unknown))}, but no stance or pose of that name")
    return tuple(replace(e, words=e.words.joined(more[e.key])) if e.key in more else e for e in entries)


def clause(
    *parts: Part,
    does: str = "",
    tags: str = "",
    claims: str = "",
    on: tuple[Posture, ...] = (),
) -> Clause:
    """One thing said about a body; `on` names the postures it makes sense on, of which a body must have one."""
    return Clause(words(does, tags), intent(*parts, claims=claims), on)

# SPDX-License-Identifier: GPL-3.0-or-later
"""Clauses about a limb from one description: said of the left one, of one, of both, of only one, of a pair."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from training.grammar.entries import Clause, Posture, clause
from training.grammar.intent import Goal, Part, Turn, flatten
from training.grammar.phrases import split

Family = tuple[Clause, ...]
"""Clauses that mean much the same; one family is drawn as often as another."""


def say(*parts: Part, tags: str, does: str = "", on: tuple[Posture, ...] = ("upright",), claims: str = "") -> Family:
    """One clause as a family of its own; arguments as `entries.clause` takes them."""
    return (clause(*parts, tags=tags, does=does, on=on, claims=claims),)


def ways(
    *poses: tuple[Part, ...], tags: str, does: str = "", on: tuple[Posture, ...] = ("upright",), claims: str = ""
) -> Family:
    """The same words for several poses that all fit them."""
    return tuple(clause(*way, tags=tags, does=does, on=on, claims=claims) for way in poses)


@dataclass(frozen=True)
class Way:
    """What one limb does, written for the left one.

    Phrases are read by `phrases`; {it} stands for the limb: "[raise|lift] {it} up".
    """

    parts: tuple[Part, ...]
    how: str
    """What follows "left arm is"."""
    does: str = ""
    both_how: str = ""
    """The same of both; where it is empty, `how`. "-" leaves both out."""
    both_does: str = ""
    both_parts: tuple[Part, ...] = ()
    """What both do, where that is not the left limb's doing and its mirror image."""
    noun: str = "[arm|arm|hand]"
    nouns: str = "[arms|arms|hands]"
    on: tuple[Posture, ...] = ("upright",)
    either: bool = True
    """Whether it makes sense of "one arm"."""


def tags_of(thing: str, how: str) -> str:
    """ "left arm" and "up|raised" to "left arm: up|left arm: raised"."""
    return "|".join(f"{thing}: {phrase}" for phrase in split(how))


def _does_of(it: str, does: str) -> str:
    return "|".join(phrase.replace("{it}", it) for phrase in split(does))


_INNER = re.compile(r"\[([^\[\]]*)\]")
_SIDES = ("{L}", "{R}")


def sideless(text: str) -> str:
    """The phrases, and the alternatives in their brackets, that name no side."""

    def kept(match: re.Match[str]) -> str:
        options = [option for option in match[1].split("|") if not any(side in option for side in _SIDES)]
        # Brackets that are done are set aside, so that the search goes on to those around them.
        return "\x01" + "|".join(options).replace("|", "\x03") + "\x02" if options else "{L}"

    while _INNER.search(text):
        text = _INNER.sub(kept, text)
    text = text.replace("\x01", "[").replace("\x02", "]").replace("\x03", "|")
    return "|".join(phrase for phrase in split(text) if not any(side in phrase for side in _SIDES))


def mirrored_parts(parts: Sequence[Part]) -> tuple[Goal | Turn, ...]:
    """Goals and turns for the other side."""
    return tuple(part.mirrored() for part in flatten(parts))


def both_of(parts: Sequence[Part]) -> tuple[Part, ...]:
    """What the left limb does and its mirror image; turns of the trunk stay out."""
    goals = [part for part in flatten(parts) if not isinstance(part, Turn)]
    return (*goals, *(goal.mirrored() for goal in goals))


def one(way: Way) -> Family:
    """The left limb, with and without saying which."""
    it = f"[{{their}}|{{their}}|the] {{L}} {way.noun}"
    sided = clause(*way.parts, tags=tags_of(f"{{L}} {way.noun}", way.how), does=_does_of(it, way.does), on=way.on)
    how, does = sideless(way.how), sideless(way.does)
    if not way.either or not how:
        return (sided,)
    any_side = clause(
        *way.parts,
        tags=tags_of(f"one {way.noun}", how),
        does=_does_of(f"[one|one|a single] {way.noun}", does),
        on=way.on,
    )
    return (sided, sided, sided, sided, any_side)


def both(way: Way) -> Family:
    """Both limbs; nothing where the way is not for both."""
    how, does = sideless(way.both_how or way.how), sideless(way.both_does or way.does)
    if way.both_how == "-" or not how:
        return ()
    return (
        clause(
            *(way.both_parts or both_of(way.parts)),
            tags=tags_of(f"[|both ]{way.nouns}", how),
            does=_does_of(f"[both|{{their}}|both {{their}}|{{their}}] {way.nouns}", does),
            on=way.on,
        ),
    )


def only(way: Way, rest: Way) -> Family:
    """The left limb alone; the other does `rest`."""
    how, noun = sideless(way.how), way.noun
    alone = "|".join(f"{phrase}, not the {{R}} one" for phrase in split(how))
    other = "|".join(f"{phrase}, [but |]not the other [one|]" for phrase in split(how))
    tags = (
        tags_of(f"only the {{L}} {noun}", how),
        tags_of(f"just the {{L}} {noun}", how),
        tags_of(f"{{L}} {noun}", alone),
        tags_of(f"{{L}} {noun}", other),
    )
    does = _does_of(f"[only {{their}}|just the|only the] {{L}} {noun}", sideless(way.does))
    return (clause(*way.parts, *mirrored_parts(rest.parts), tags="|".join(tags), does=does, on=way.on),)


def pair(left: Way, right: Way) -> Clause:
    """One limb does this and the other that; phrases that name sides are left out."""
    a, b = f"[{sideless(left.how)}]", f"[{sideless(right.how)}]"
    noun, other = left.noun, right.noun
    tags = (
        f"one {noun}: {a}, the other {b}|one {noun}: {a} and the other {b}|one {noun}: {a} while the other is {b}"
        f"|{{L}} {noun}: {a}, {{R}} {other} {b}|{{L}} {noun}: {a}, the {{R}} one {b}"
        f"|{{L}} {noun}: {a} and the {{R}} one {b}"
        f"|{{L}} {noun}: {a} while the {{R}} {other} is {b}"
        f"|{{L}} {noun}: {a}, the other [one|{other}|] {b}|{{L}} {noun}: {a} and the other {other} {b}"
        f"|{{L}} {noun}: {a}, but the {{R}} one {b}|one {noun} ({{L}}): {a}, the other ({{R}}) {b}"
        f"|{{L}} {noun}: {a} with the other {other} {b}|{{L}} {noun}: {a}, whereas the {{R}} one is {b}"
    )
    do_a = _does_of(f"[{{their}}|the] {{L}} {noun}", sideless(left.does))
    do_b = "|".join("*" + phrase for phrase in split(_does_of(f"[{{their}}|the] {{R}} {other}", sideless(right.does))))
    do_other = "|".join("*" + phrase for phrase in split(_does_of(f"the other {other}", sideless(right.does))))
    does = f"[{do_a}] and [{do_b}]|[{do_a}], [then|and|but] [{do_other}]" if do_a and do_b else ""
    return clause(*left.parts, *mirrored_parts(right.parts), tags=tags, does=does, on=tuple({*left.on, *right.on}))

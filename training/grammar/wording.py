# SPDX-License-Identifier: GPL-3.0-or-later
"""From phrases to sentences: tags, captions, orders, casual talk and long descriptions, with both sides consistent.

Authors write three kinds of phrases, alternatives parted by "|":
- does: what one does, verb first: "kneel on the {L} knee|drop to {their} {L} knee". Further verbs carry a star:
  "stand and *wave". They become "kneel", "kneels" and "kneeling" as the sentence needs.
- tags: something in a state, parted by a colon: "{L} arm: raised straight up"; without a colon: "on all fours".
- names: what the pose is called: "a tree pose|vrksasana".
{L} and {R} are left and right, {their} is his, her, their or your.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

T = TypeVar("T")


@dataclass(frozen=True)
class Words:
    """The phrases of a pose or of one thing said about it."""

    does: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not (self.does or self.tags or self.names):
            raise ValueError("a pose or a clause needs at least one phrase in does, tags or names")


def words(does: str = "", tags: str = "", names: str = "") -> Words:
    """Read phrases parted by "|"."""
    return Words(*(tuple(p.strip() for p in text.split("|") if p.strip()) for text in (does, tags, names)))


_SUBJECTS = (
    ("a person", "their"), ("a man", "his"), ("a woman", "her"), ("someone", "their"), ("a figure", "its"),
    ("the character", "their"), ("a guy", "his"), ("a girl", "her"), ("a boy", "his"), ("the model", "their"),
    ("somebody", "their"), ("he", "his"), ("she", "her"), ("a human", "their"), ("a young woman", "her"),
    ("an old man", "his"), ("a kid", "their"), ("the hero", "their"), ("a lady", "her"), ("the person", "their"),
)  # fmt: skip
_DOUBLED = {
    "sit", "squat", "run", "put", "hop", "swim", "get", "let", "set", "dip", "spin", "step", "grip", "clap", "bat", "hit",  # noqa: E501
    "hug", "beg", "drag", "jog", "pat", "rub", "tip", "wrap", "stop", "skip", "chop", "grab", "prop", "plan", "drop", "tap", "plug", "jab", "rap",  # noqa: E501
    "bow-wow", "lug", "stab", "nod", "slam", "snap", "tug", "cut", "dig", "flip", "whip", "strut", "dab", "shrug", "crisscross",  # noqa: E501
} - {"bow-wow", "crisscross"}  # fmt: skip


def participle(verb: str) -> str:
    """ "kneel" to "kneeling"."""
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb in _DOUBLED or re.fullmatch(r"[^aeiou]*[aeiou][^aeiouwxy]", verb):
        return verb + verb[-1] + "ing"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return verb[:-1] + "ing"
    return verb + "ing"


def third_person(verb: str) -> str:
    """ "reach" to "reaches"."""
    irregular = {"do": "does", "go": "goes", "have": "has", "be": "is"}
    if verb in irregular:
        return irregular[verb]
    if verb.endswith(("s", "sh", "ch", "x", "z")):
        return verb + "es"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return verb[:-1] + "ies"
    return verb + "s"


_VERB = re.compile(r"^[\w-]+|\*[\w-]+")


def _inflected(phrase: str, form: str) -> str:
    """A does-phrase as an order ("bare"), in the third person ("third") or as a participle ("ing")."""
    change = {"bare": lambda verb: verb, "third": third_person, "ing": participle}[form]
    return _VERB.sub(lambda match: change(match[0].lstrip("*")), phrase)


def _pick(random: np.random.Generator, options: Sequence[T]) -> T:
    return options[int(random.integers(len(options)))]


@dataclass(frozen=True)
class _Speaker:
    random: np.random.Generator
    their: str
    flipped: bool

    def say(self, phrase: str) -> str:
        left, right = ("right", "left") if self.flipped else ("left", "right")
        return phrase.replace("{L}", left).replace("{R}", right).replace("{their}", self.their)

    def tag(self, own: Words) -> str:
        """As a tag: "left arm raised", "kneeling", "tree pose"."""
        options = [("tag", p) for p in own.tags] + [("ing", p) for p in own.does] + [("name", p) for p in own.names]
        kind, phrase = _pick(self.random, options)
        if kind == "ing":
            return self.say(_inflected(phrase, "ing"))
        if kind == "name":
            phrase = re.sub(r"^(a|an|the) ", "", phrase)
        return self.say(phrase.replace(": ", " "))

    def state(self, own: Words) -> str:
        """After a verb of being or with: "with his left arm raised", "looking right", "in a tree pose"."""
        options = [("tag", p) for p in own.tags] + [("ing", p) for p in own.does]
        kind, phrase = _pick(self.random, options or [("name", p) for p in own.names])
        if kind == "ing":
            return self.say(_inflected(phrase, "ing"))
        if kind == "name":
            return self.say(_in_pose(self.random, phrase))
        if ": " not in phrase:
            return self.say(phrase)
        thing, how = phrase.split(": ", 1)
        article = (
            _pick(self.random, (f"{self.their} ", "the ", ""))
            if not thing.startswith(("both", "one", "hands", "arms"))
            else ""
        )
        return self.say(f"with {article}{thing} {how}")

    def main(self, own: Words, form: str) -> str:
        """As the verb of a sentence: "kneels", "is kneeling", "kneel", "is in a tree pose"."""
        options = [("does", p) for p in own.does] + [("name", p) for p in own.names] + [("tag", p) for p in own.tags]
        kind, phrase = _pick(self.random, options)
        if kind == "does":
            if form == "third" and self.random.random() < 0.5:
                return self.say("is " + _inflected(phrase, "ing"))
            return self.say(_inflected(phrase, form))
        if kind == "name":
            verb = _pick(self.random, ("do", "hold", "strike") if re.match(r"^(a|an|the) ", phrase) else ("do",))
            if form == "third":
                return self.say(
                    _pick(self.random, (f"{third_person(verb)} {phrase}", "is " + _in_pose(self.random, phrase)))
                )
            return self.say(f"{_inflected(verb, form)} {phrase}")
        thing, _, how = phrase.partition(": ")
        verb = (
            {"third": "stands", "ing": "standing", "bare": "stand"}[form]
            if how
            else {"third": "is", "ing": "", "bare": "be"}[form]
        )
        whose = "" if thing.startswith(("both", "one")) else f"{self.their} "
        return self.say(f"{verb} with {whose}{thing} {how}" if how else f"{verb} {phrase}".strip())

    def sentence(self, own: Words, subject: str) -> str:
        """A sentence of its own: "The left arm is raised." """
        phrase = _pick(self.random, own.tags + own.does or own.names)
        if phrase in own.does:
            return self.say(f"{subject} {_inflected(phrase, 'third')}")
        if phrase in own.names:
            return self.say(f"this is {phrase}")
        thing, _, how = phrase.partition(": ")
        if not how:
            return self.say(f"{subject} is {phrase}")
        plural = thing.startswith("both") or thing.endswith("s") or thing == "feet" or " and " in thing
        return self.say(
            f"{_pick(self.random, ('the', self.their)) if not thing.startswith(('both', 'one')) else ''} {thing} {'are' if plural else 'is'} {how}".strip()  # noqa: E501
        )


def _in_pose(random: np.random.Generator, name: str) -> str:
    if re.match(r"^(a|an|the) ", name):
        return f"{_pick(random, ('in', 'holding', 'doing', 'striking'))} {name}"
    return f"{_pick(random, ('doing', 'holding'))} {name}"


def word(units: Sequence[Words], random: np.random.Generator, *, flipped: bool, main_first: bool = True) -> str:
    """One text that says all units, the first of which is the pose or stance itself.

    Args:
        units: what to say; the first is said as the verb of the sentence where there is one.
        random: decides form, subject, phrases and order.
        flipped: whether {L} is said as right.
        main_first: whether the first unit is a pose or a stance, rather than a clause about a standing body.
    """
    subject, their = _pick(random, _SUBJECTS)
    form = _pick(
        random, ("tags", "tags", "caption", "caption", "caption", "participle", "order", "order", "casual", "long")
    )
    if form in ("order",):
        their = _pick(random, ("your", "your", "their"))
    if form in ("tags", "participle", "casual"):
        their = _pick(random, ("their", "the", "his", "her"))
    speaker = _Speaker(random, their, flipped)
    rest = list(units[1:])
    random.shuffle(rest)  # type: ignore[arg-type]
    if form in ("tags", "casual"):
        tags = [speaker.tag(unit) for unit in (units[0], *rest)]
        if random.random() < 0.15:
            random.shuffle(tags)
        text = _pick(
            random, (", ", ", ", " , ", "; ", " + ", " / ") if form == "tags" else (", ", " w/ ", " and ", ", ")
        ).join(tags)
        if form == "casual":
            text = _pick(
                random,
                (
                    "{} pls",
                    "guy {}",
                    "dude {}",
                    "someone just {}",
                    "ok so {}",
                    "{} kinda",
                    "like {}",
                    "{} pose",
                    "just {}",
                ),
            ).format(text)
        elif random.random() < 0.1:
            text += _pick(random, (" pose", ", full body", ", character pose", " - reference", ", pose reference"))
    elif form == "caption":
        text = f"{subject} {speaker.main(units[0], 'third')}" + _joined([speaker.state(unit) for unit in rest], random)
    elif form == "participle":
        who = "a person" if subject in ("he", "she") else subject
        text = f"{who} {speaker.main(units[0], 'ing')}" + _joined([speaker.state(unit) for unit in rest], random)
    elif form == "order":
        orders = [speaker.main(unit, "bare") if unit.does else speaker.state(unit) for unit in (units[0], *rest)]
        if their == "your" or not main_first:
            text = _listed(orders, random)
        else:
            text = _pick(random, ("make them {}", "i want someone to {}", "have the character {}")).format(
                _listed(orders, random)
            )
    else:
        first = f"{subject} {speaker.main(units[0], 'third')}"
        again = {"his": "he", "her": "she"}.get(their, "the figure")
        text = ". ".join(_capital(s) for s in (first, *(speaker.sentence(unit, again) for unit in rest)))
    return _finished(text, form, random)


def _joined(states: Sequence[str], random: np.random.Generator) -> str:
    text = ""
    for index, state in enumerate(states):
        last = index == len(states) - 1 and index > 0
        text += (
            (
                _pick(random, (" and ", ", and ", " while "))
                if last and not state.startswith("with")
                else _pick(random, (" ", ", "))
            )
            if index == 0 or last
            else ", "
        )
        text += state
    return text.replace("while in ", "and in ").replace("while the", "and the")


def _listed(orders: Sequence[str], random: np.random.Generator) -> str:
    if len(orders) == 1:
        return orders[0]
    return ", ".join(orders[:-1]) + _pick(random, (" and ", ", then ", ", ")) + orders[-1]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _finished(text: str, form: str, random: np.random.Generator) -> str:
    text = re.sub(r"\s+", " ", text).strip().replace(" ,", ",")
    if form in ("caption", "long", "order") and random.random() < 0.6:
        text = _capital(text) + "."
    if random.random() < 0.04:
        text = text.lower().rstrip(".")
    if random.random() < 0.03:
        text = _with_typo(text, random)
    return text


def _with_typo(text: str, random: np.random.Generator) -> str:
    """Swap two letters in a word that does not name a side."""
    spots = [m for m in re.finditer(r"[a-z]{5,}", text) if m[0] not in ("right", "lefts", "upright")]
    if not spots:
        return text
    match = _pick(random, spots)
    at = match.start() + int(random.integers(1, len(match[0]) - 1))
    return text[: at - 1 + 1] + text[at + 1] + text[at] + text[at + 2 :] if at + 1 < match.end() else text

# SPDX-License-Identifier: GPL-3.0-or-later
"""Phrases as authors write them: how they are read, how a choice inside them is drawn, how their verbs are inflected.

Alternatives are parted by "|", the plainest first, for it is said most often; inside a phrase they stand in brackets:
"[raise|lift] {their} {L} arm [straight |]up".
There are three kinds of phrases:
- does: what one does, verb first: "kneel on the {L} knee|drop to {their} {L} knee". Further verbs carry a star:
  "stand and *wave". They become "kneel", "kneels" and "kneeling" as the sentence needs.
- tags: something in a state, parted by a colon: "{L} arm: raised straight up"; without a colon: "on all fours".
- names: what the pose is called: "a tree pose|vrksasana".
Besides these, who says who would do it, with an article: "a boxer|a prizefighter". It alone never tells a pose.
{L} and {R} are left and right, {their} is his, her, their or your.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
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
    who: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not (self.does or self.tags or self.names):
            raise ValueError("a pose or a clause needs at least one phrase in does, tags or names")

    def mirrored(self) -> Words:
        """The same with {L} and {R} exchanged."""
        return Words(_swapped(self.does), _swapped(self.tags), _swapped(self.names), self.who)

    def joined(self, other: Words) -> Words:
        """The phrases of both, each once."""
        return Words(
            tuple(dict.fromkeys(self.does + other.does)),
            tuple(dict.fromkeys(self.tags + other.tags)),
            tuple(dict.fromkeys(self.names + other.names)),
            tuple(dict.fromkeys(self.who + other.who)),
        )


def _swapped(phrases: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(p.replace("{L}", "{#}").replace("{R}", "{L}").replace("{#}", "{R}") for p in phrases)


def words(does: str = "", tags: str = "", names: str = "", who: str = "") -> Words:
    """Read phrases parted by "|"; raises ValueError for brackets that do not match."""
    return Words(split(does), split(tags), split(names), split(who))


def split(text: str) -> tuple[str, ...]:
    """Phrases parted by "|", except by those inside brackets."""
    parts, depth = [""], 0
    for letter in text:
        depth += {"[": 1, "]": -1}.get(letter, 0)
        if depth < 0:
            break
        if letter == "|" and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    if depth:
        raise ValueError(f"the brackets of {text!r} do not match")
    return tuple(part.strip() for part in parts if part.strip())


def pick(random: np.random.Generator, options: Sequence[T]) -> T:
    """One of several, each as likely as the others."""
    return options[int(random.integers(len(options)))]


_RARE = 12.0
"""How far down its list a phrase stands that is drawn half as often as the first."""


def plainer(random: np.random.Generator, phrases: Sequence[str]) -> str:
    """One of an author's phrases, the plainest of which stand first: the chance falls off down the list, as it does
    with the ranks of words in use (Zipf)."""
    ends = np.cumsum(1 / (np.arange(len(phrases)) + _RARE))
    return phrases[int(np.searchsorted(ends, random.random() * ends[-1], side="right"))]


_CHOICE = re.compile(r"\[([^\[\]]*)\]")


def expand(phrase: str, random: np.random.Generator) -> str:
    """Draw one of the alternatives of every bracket, inner ones first."""
    while match := _CHOICE.search(phrase):
        phrase = phrase[: match.start()] + pick(random, match[1].split("|")) + phrase[match.end() :]
    return re.sub(r"\s+", " ", phrase).strip()


_DOUBLED = {
    "sit", "squat", "run", "put", "hop", "swim", "get", "let", "set", "dip", "spin", "step", "grip", "clap", "bat", "hit",  # noqa: E501
    "hug", "beg", "drag", "jog", "pat", "rub", "tip", "wrap", "stop", "skip", "chop", "grab", "prop", "plan", "drop", "tap", "plug", "jab", "rap",  # noqa: E501
    "lug", "stab", "nod", "slam", "snap", "tug", "cut", "dig", "flip", "whip", "strut", "dab", "shrug", "pin", "cup",
    "forget", "regret", "foxtrot", "jitterbug", "begin", "split-step", "uppercut",
}  # fmt: skip


def participle(verb: str) -> str:
    """ "kneel" to "kneeling"."""
    if verb == "be":
        return "being"
    if verb.endswith("ic"):
        return verb + "king"
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb in _DOUBLED or re.fullmatch(r"[^aeiou]*[aeiou][^aeiouwxy]", verb):
        return verb + verb[-1] + "ing"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return verb[:-1] + "ing"
    return verb + "ing"


def third_person(verb: str) -> str:
    """ "reach" to "reaches"."""
    irregular = {"do": "does", "undo": "undoes", "go": "goes", "have": "has", "be": "is"}
    if verb in irregular:
        return irregular[verb]
    if verb.endswith(("s", "sh", "ch", "x", "z")):
        return verb + "es"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return verb[:-1] + "ies"
    return verb + "s"


_BEFORE = "just|simply|slowly|gently|half|side|really|fully"
"""Words that may stand before a verb."""
_VERB = re.compile(rf"^((?:(?:{_BEFORE}) )?)([\w-]+)|\*((?:(?:{_BEFORE}) )?)([\w-]+)")
_FORMS: dict[str, Callable[[str], str]] = {
    "bare": str,
    "third": third_person,
    "they": lambda verb: "are" if verb == "be" else verb,
    "ing": participle,
}


def inflected(phrase: str, form: str) -> str:
    """A does-phrase as an order ("bare"), with he ("third") or they ("they"), or as a participle ("ing")."""
    if form == "ing" and (be := re.match(r"((?:just |simply )?)be ", phrase)):
        # Who is on the phone: "on the phone", not "being on the phone".
        return be[1] + re.sub(r"\*[\w-]+", lambda match: participle(match[0][1:]), phrase[be.end() :])
    if phrase.startswith("not "):
        # "does not look up", "not looking up".
        rest = phrase.removeprefix("not ")
        if form == "ing":
            return "not " + inflected(rest, "ing")
        return f"{_FORMS[form]('do')} not " + re.sub(r"\*([\w-]+)", lambda match: _FORMS[form](match[1]), rest)
    return _VERB.sub(lambda match: (match[1] or match[3] or "") + _FORMS[form](match[2] or match[4]), phrase)


def is_plural(thing: str) -> bool:
    """Whether "are" follows a thing."""
    if thing.startswith(("one ", "only one", "neither", "either", "each", "every")):
        return False
    last = thing.split(" of ", maxsplit=1)[0]
    return (last.endswith("s") and not last.endswith(("pelvis", "ss"))) or last.endswith("feet") or " and " in thing

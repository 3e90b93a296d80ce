# SPDX-License-Identifier: GPL-3.0-or-later
"""Whoever says phrases: how one is chosen, put in other words, and bent to the part of a sentence that it is to be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from training.grammar.phrases import Words, expand, inflected, is_plural, participle, pick, plainer
from training.grammar.sides import afterthought
from training.grammar.synonyms import reworded

SUBJECT_OF = {"his": "he", "her": "she", "their": "they", "its": "it", "my": "I", "your": "you"}
ARTICLE = re.compile(r"^(a|an|the) ")
_SELF_OF = {
    "his": "himself", "her": "herself", "their": "themselves", "its": "itself", "my": "myself", "your": "yourself",
}  # fmt: skip
_POSE = re.compile(r"\b(pose|stance|position|attitude)\b")
_BARE_THING = re.compile(r"^(both|one|only|just|neither|either|each|no|the|a|an|all|\w+ing)\b")
_IS_HAD = re.compile(r"^(?:an?|the|one|both|no|two) ")
"""Tags without a colon of what one has, rather than what one is: "a bag in the left hand"."""
_FILLERS = (
    "just ",
    "just ",
    "kinda ",
    "sort of ",
    "basically ",
    "simply ",
    "clearly ",
    "sorta ",
    "pretty much ",
)
_WITHOUT = 0.6
"""How often "not bending" is said as "without bending" after what is done."""
_FILLED = 0.05
"""How often such a word is said."""
_PLURAL_THING = re.compile(r"^(arms|hands|legs|feet|knees|elbows|palms|fists|fingers|heels|toes|shoulders|eyes)\b")


@dataclass(frozen=True)
class Speaker:
    """Whoever says the phrases, with the words for this person and side."""

    random: np.random.Generator
    their: str
    """"his", "my", "the"; empty drops the word, as in a list of tags."""
    flipped: bool

    def say(self, phrase: str) -> str:
        left, right = ("right", "left") if self.flipped else ("left", "right")
        text = phrase.replace("{L}", left).replace("{R}", right).replace("{their}", self.their)
        text = text.replace("themselves", _SELF_OF.get(self.their, "themselves"))
        return re.sub(r"\b(both|the|a|one) the\b", r"\1", re.sub(r"\s+", " ", text)).strip()

    def draw(self, own: Words, does: float, tags: float, names: float) -> tuple[str, str]:
        """A kind of phrase by its share, among those there are, and a phrase with its choices drawn."""
        shares = [
            share if phrases else 0.0 for share, phrases in ((does, own.does), (tags, own.tags), (names, own.names))
        ]
        if not sum(shares):
            shares = [float(bool(phrases)) for phrases in (own.does, own.tags, own.names)]
        kind = int(self.random.choice(3, p=np.array(shares) / sum(shares)))
        said = ("does", "tag", "name")[kind]
        phrase = expand(plainer(self.random, (own.does, own.tags, own.names)[kind]), self.random)
        return said, afterthought(reworded(phrase, said, self.random), said, self.random)

    def tag(self, own: Words) -> str:
        """As a tag: "left arm raised", "kneeling", "tree pose"."""
        kind, phrase = self.draw(own, 0.4, 0.6, 0.35)
        if kind == "does":
            return self.say(inflected(phrase, "ing"))
        if kind == "name":
            return self.say(ARTICLE.sub("", phrase))
        return self.say(phrase.replace(": ", f" {self.filler()}", 1))

    def held(self, phrase: str) -> str:
        """A colon's two sides as what one has: "his left arm raised", "both arms up"."""
        thing, how = phrase.split(": ", 1)
        if _BARE_THING.match(thing):
            whose = ""
        elif _PLURAL_THING.match(thing):
            whose = pick(self.random, ("{their} ", "{their} ", "", "those " if self.their == "your" else "{their} "))
        else:
            whose = pick(self.random, ("{their} ", "{their} ", "the ", "")) if " " in thing else "{their} "
            if self.their == "your" and not is_plural(thing):
                whose = pick(self.random, (whose, whose, "that "))
        return self.say(f"{whose}{thing} {self.filler()}{how}")

    def filler(self) -> str:
        """Mostly nothing, or a word that people put before what something does without saying more."""
        return pick(self.random, _FILLERS) if self.random.random() < _FILLED else ""

    def main(self, own: Words, form: str, *, stands: bool = False) -> str:
        """As a verb: "kneels", "is kneeling", "kneel", "is in a tree pose", "has his left arm up".

        `stands` says that "stands with" may be said of a state of a limb.
        """
        colons = any(": " in phrase for phrase in own.tags)
        kind, phrase = self.draw(own, 0.75, 0.2 if colons or not own.does else 0.03, 0.3)
        finite = form in ("third", "they")
        is_ = inflected("be", form)
        if kind == "does":
            if finite and self.random.random() < 0.45:
                return self.say(f"{is_} {inflected(phrase, 'ing')}")
            return self.say(inflected(phrase, form))
        if kind == "name":
            if finite and self.random.random() < 0.5:
                return self.say(f"{is_} {_in_pose(self.random, phrase)}")
            verb = pick(self.random, ("do", "hold", "strike") if _POSE.search(phrase) else ("do",))
            return self.say(f"{inflected(verb, form)} {phrase}")
        if ": " in phrase:
            held = self.held(phrase)
            verbs = ["stand with"] if stands else []
            if form == "ing":
                return pick(self.random, (*(participle("stand") + " with" for _ in verbs), "with")) + " " + held
            verb = pick(
                self.random, [*verbs, *verbs, "have", *(("have",) if finite else ("keep", "keep", "get", "hold"))]
            )
            if verb == "have" and held.startswith(("left ", "right ")):
                held = f"{self.their or 'the'} {held}"  # "has left" is gone
            return f"{inflected(verb, form)} {held}"
        if _IS_HAD.match(phrase):
            return self.say(f"with {phrase}" if form == "ing" else f"{inflected('have', form)} {phrase}")
        return self.say(phrase if form == "ing" else f"{is_} {phrase}")

    def sentence(self, own: Words, subject: str, form: str) -> str:
        """A sentence of its own: "The left arm is raised"."""
        kind, phrase = self.draw(own, 0.5, 0.5, 0.1)
        if kind == "does":
            if self.random.random() < 0.3:
                return self.say(f"{subject} {inflected('be', form)} {inflected(phrase, 'ing')}")
            return self.say(f"{subject} {inflected(phrase, form)}")
        if kind == "name":
            return self.say(f"{pick(self.random, ('this is', 'it is', 'the pose is'))} {phrase}")
        thing, _, how = phrase.partition(": ")
        if not how:
            return self.say(f"{subject} {inflected('have' if _IS_HAD.match(phrase) else 'be', form)} {phrase}")
        whose = "" if _BARE_THING.match(thing) else pick(self.random, ("the ", "{their} "))
        return self.say(f"{whose}{thing} {'are' if is_plural(thing) else 'is'} {how}")

    def extras(self, units: Sequence[Words], subject: str, form: str, *, progressive: bool) -> str:
        """What follows the main verb: "with his left arm up and his head tilted, looking left while ..."."""
        held, doing, told, without = [], [], [], []
        finite = form in ("third", "they")
        for unit in units:
            kind, phrase = self.draw(unit, 0.5, 0.6, 0.12)
            if kind == "tag" and ": " in phrase:
                held.append(self.held(phrase))
            elif kind == "tag":
                doing.append(self.say(phrase))
            elif kind == "name":
                doing.append(self.say(_in_pose(self.random, phrase)))
            elif finite and not progressive and self.random.random() < 0.3:
                told.append(self.say(inflected(phrase, form)))
            else:
                done = self.say(inflected(phrase, "ing"))
                if done.startswith("not ") and self.random.random() < _WITHOUT:
                    without.append(f"without {done.removeprefix('not ')}")
                else:
                    doing.append(done)
        text = ""
        if held and self.random.random() < 0.75:
            text += pick(self.random, (" with ", ", with ", " with ")) + joined_by_and(held, self.random)
        elif held:
            text += ", " + joined_by_and(held, self.random)
        if doing:
            links = [", ", ", "] + ([" while "] if re.match(r"\w+ing\b", doing[0]) else [])
            text += pick(self.random, links) + joined_by_and(doing, self.random)
        if without:
            text += " " + joined_by_and(without, self.random)
        if told:
            clause = joined_by_and(told, self.random)
            but = re.match(r"do(es)? not ", clause)
            links = [f" but {clause}", f", but {clause}"] if but else [f" and {clause}", f", and {clause}"]
            if subject in SUBJECT_OF.values():
                links += [f" while {subject} {clause}", f" as {subject} {clause}"]
            text += pick(self.random, links)
        return text


def joined_by_and(parts: Sequence[str], random: np.random.Generator) -> str:
    if len(parts) == 1:
        return parts[0]
    return ", ".join(parts[:-1]) + pick(random, (" and ", " and ", ", and ", ", ")) + parts[-1]


def _in_pose(random: np.random.Generator, name: str) -> str:
    if _POSE.search(name):
        return f"{pick(random, ('in', 'in', 'holding', 'doing', 'striking'))} {name}"
    return f"{pick(random, ('in', 'doing') if ARTICLE.match(name) else ('doing',))} {name}"

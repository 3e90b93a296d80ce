# SPDX-License-Identifier: GPL-3.0-or-later
"""Compound captions taken apart: "sits down, then stands up" into the actions a pose can show, in time order.

A pose shows one moment, so a text that tells several things one after another matches no single pose. The parts
of speech (HumanML3D's tags, or the fallback rules of `captions`) say where one action ends and the next begins:

- "then", "and then", "finally", "followed by", "before", "until", a full stop: the next action follows.
- "and" or a comma before another verb: the next action follows, unless that verb is a participle ("walks, swinging")
  or accompanies the first ("walks and swings his arms", "bends and holds..."): those happen together.
- "after": what is said behind it happened first.
- "while", "as", "with", and "and" right between two verbs ("lowers and raises an arm"): together, one action.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from training.captions import Word, tag_words

_FOLLOWING = frozenset({"then", "finally", "afterwards", "afterward", "subsequently", "eventually"})
_EARLIER_FIRST = frozenset({"before", "until", "till"})
_ACCOMPANYING = frozenset({"swing", "hold", "keep", "wave", "move", "balance", "flail", "look", "sway", "use", "pump"})
_SKIPPED_BEFORE_VERB = frozenset({"ADV", "AUX", "PRON", "PART", "X"})
_SIDES = frozenset({"left", "right", "forward", "backward", "back", "front", "clockwise"})
_NOT_ACTIONS = frozenset({"be", "is", "are", "was", "have"})


@dataclass(frozen=True)
class _Cut:
    """The word where the next clause begins, the one where the current clause ended, and who came first."""

    end: int
    start: int
    reverse: bool = False


def split_actions(text: str, tokens: str = "") -> tuple[str, ...]:
    """The actions of a caption in time order, each with its subject; a simple caption comes back alone, unchanged.

    A clause that tells no action of its own ("then left") is an empty string: it takes time, but no text.

    Args:
        text: a cleaned caption.
        tokens: HumanML3D's `word/POS` tokens of it; empty falls back to rules.
    """
    words = tag_words(text, tokens)
    cuts = _cuts(text, words)
    if not cuts:
        return (text,)
    clauses: list[tuple[int, int]] = []
    start = 1 if words and words[0].surface in ("after", "before") else 0
    for cut in cuts:
        clauses.append((start, cut.end))
        start = cut.start
    clauses.append((start, len(words)))
    order = list(range(len(clauses)))
    for index, cut in enumerate(cuts):
        if cut.reverse:
            order[index], order[index + 1] = order[index + 1], order[index]
    if words[0].surface == "before":
        order[0], order[1] = order[1], order[0]
    subject = _subject(text, words, clauses)
    phrases = [_phrase(text, words[begin:end], subject) for begin, end in (clauses[index] for index in order)]
    return tuple(phrases) if any(phrases) else (text,)


def _cuts(text: str, words: list[Word]) -> list[_Cut]:
    cuts: list[_Cut] = []
    clause_has_verb = False
    leading = bool(words) and words[0].surface in ("after", "before")
    index = 0
    while index < len(words):
        cut = _cut_at(text, words, index, leading and not cuts) if clause_has_verb else None
        if cut is None:
            clause_has_verb |= _is_verb(words[index])
            index += 1
        else:
            cuts.append(cut)
            clause_has_verb = cut.start < len(words) and _is_verb(words[cut.start])
            index = cut.start + 1
    # A last clause without a verb ("then left") is no action of its own, but what comes before it still ended.
    return cuts


def _cut_at(text: str, words: list[Word], index: int, leading: bool) -> _Cut | None:
    """Whether a new clause begins at this word."""
    word = words[index]
    between = text[words[index - 1].end : word.begin]
    after = index + 1
    if "." in between or ";" in between:
        return _Cut(index, _skip(words, index, {"and", "then"}))
    if word.surface in _FOLLOWING:
        return _Cut(index, _skip(words, index, _FOLLOWING | {"and", "after", "a", "moment"}))
    if word.surface == "followed":
        return _Cut(index, after + 1)
    if word.surface in ("and", "but"):
        follower = words[after].surface if after < len(words) else ""
        if follower in _FOLLOWING:
            return _Cut(index, _skip(words, after, _FOLLOWING | {"after", "a", "moment"}))
        if follower in ("after", "afterwards", "finally"):
            return _Cut(index, _skip(words, after + 1, {"a", "moment", "that", "few", "seconds", "second"}))
        shares_object = _is_verb(words[index - 1]) and after < len(words) and _is_verb(words[after])
        return _Cut(index, after) if not shares_object and _next_action(words, after) else None
    if "," in between and (leading or _next_action(words, index)):
        return _Cut(index, _skip(words, index, {"and", "then"}))
    if word.surface in _EARLIER_FIRST and _clause_follows(words, after):
        return _Cut(index, after)
    if word.surface == "after" and _clause_follows(words, after):
        return _Cut(index, after, reverse=True)
    return None


def _skip(words: list[Word], index: int, surfaces: frozenset[str] | set[str]) -> int:
    while index < len(words) and words[index].surface in surfaces:
        index += 1
    return index


def _is_verb(word: Word) -> bool:
    return word.tag == "VERB" and word.lemma not in _SIDES


def _next_action(words: list[Word], index: int) -> bool:
    """Whether a verb that is an action of its own comes next, perhaps behind an adverb or a subject."""
    noun_allowed = True
    while index < len(words):
        word = words[index]
        if _is_verb(word):
            accompanies = word.lemma in _ACCOMPANYING or word.surface.endswith("ing")
            return not accompanies and word.lemma not in _NOT_ACTIONS
        if word.tag == "DET" and noun_allowed and word.surface in ("the", "a") and index + 1 < len(words):
            if words[index + 1].surface not in ("person", "man", "woman", "figure", "body", "sim", "guy", "character"):
                return False
            noun_allowed = False
            index += 2
            continue
        if word.tag not in _SKIPPED_BEFORE_VERB:
            return False
        index += 1
    return False


def _clause_follows(words: list[Word], index: int) -> bool:
    """Whether "before" or "after" here is followed by something done, not by a noun ("after a moment")."""
    near = words[index : index + 3]
    if not near:
        return False
    first = near[0]
    if first.surface.endswith("ing") and first.surface != "thing":
        return True
    return first.tag in ("PRON", "VERB") and any(_is_verb(word) for word in near)


def _subject(text: str, words: list[Word], clauses: list[tuple[int, int]]) -> str:
    """Who acts: the words before the first verb or auxiliary, if they name someone."""
    for number, (begin, end) in enumerate(clauses):
        head: list[Word] = []
        for word in words[begin:end]:
            if word.tag in ("VERB", "AUX") and head:
                break
            head.append(word)
        while head and head[-1].tag in ("ADV", "PART", "X"):
            head.pop()
        if number and head and head[-1].tag == "PRON":
            continue
        if head and len(head) <= 4 and head[-1].tag in ("NOUN", "PRON", "PROPN") and not _is_verb(head[0]):
            return text[head[0].begin : head[-1].end]
    return "a person"


_PRONOUN_SUBJECT = re.compile(r"^(?:he|she|they|it|who|which)\b\s*")


def _phrase(text: str, words: list[Word], subject: str) -> str:
    """The clause as written, with the subject put before it where it lacks one; empty without an action."""
    while words and words[-1].surface in ("and", "then", "but", "finally", "while", "as"):
        words = words[:-1]
    if not any(_is_verb(word) or word.surface.endswith("ing") for word in words):
        return ""
    phrase = text[words[0].begin : words[-1].end].strip(" ,.;")
    phrase = _PRONOUN_SUBJECT.sub("", phrase)
    if not phrase:
        return ""
    first = words[0]
    has_subject = phrase.startswith(subject) or (first.tag == "DET" and _noun_before_verb(words))
    return phrase if has_subject else f"{subject} {phrase}"


def _noun_before_verb(words: list[Word]) -> bool:
    for word in words:
        if word.tag in ("VERB", "AUX"):
            return False
        if word.tag in ("NOUN", "PROPN"):
            return True
    return False

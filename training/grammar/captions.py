# SPDX-License-Identifier: GPL-3.0-or-later
"""People's own sentences for what the grammar can build: HumanML3D's captions matched to its phrases.

A caption matches when all of its words are accounted for: by the subject, by phrases of one stance or named pose and of
clauses that go together, and by words that do not change the pose ("slowly"). Captions of several actions match only
when what follows is a way back ("and lowers it again").

The captions are data that each user brings; none is part of this project.
"""

from __future__ import annotations

import gzip
import itertools
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from training.captions import clean_caption
from training.grammar.body_language import KINDS
from training.grammar.caption_words import (
    ALSO,
    BACK,
    IGNORED,
    PATHS,
    STOPPED_KEYS,
    SUBJECT,
    WALKS,
    like,
    likened,
)
from training.grammar.entries import Clause, Entry
from training.grammar.intent import Intent
from training.grammar.named import NAMED
from training.grammar.phrases import split
from training.grammar.stances import STANCES, STANDING

# What the grammar says, as likened words.


def _variants(phrase: str, most: int = 4000) -> Iterator[str]:
    """All drawings of a phrase's brackets, or the first so many."""
    match = re.search(r"\[([^\[\]]*)\]", phrase)
    if match is None:
        yield phrase
        return
    options = dict.fromkeys(_short(option) for option in match[1].split("|"))
    parts = (_variants(phrase[: match.start()] + option + phrase[match.end() :], most) for option in options)
    yield from itertools.islice(itertools.chain.from_iterable(parts), most)


_KEPT = {"put": "put", "extend": "extend", "rais": "raise", "": ""}


def _short(option: str) -> str:
    """An alternative with words that mean the same made the same, so that fewer alternatives are left."""
    if "{" in option:
        return option
    return " ".join(_KEPT.get(like(word), word) for word in option.split())


@dataclass(frozen=True)
class _Said:
    """What some words stand for."""

    what: Entry | Clause | None
    """None for words that only name the limb: "with the left hand"."""
    flipped: bool
    sided: bool
    """Whether the words name a side."""
    limb: str = ""
    """"arm" or "leg", of words that only name a limb."""


class _Index:
    """Everything that the grammar says, by its likened words."""

    def __init__(self) -> None:
        self.said: dict[str, _Said] = {}
        clauses = [c for kind in KINDS if kind.name not in ("one arm each way", "angles") for c in kind.clauses()]
        entries: dict[str, Entry] = {entry.key: entry for entry in (*STANCES, *NAMED)}
        for phrases, key in ALSO:
            if key in entries:
                for variant in (v for phrase in split(phrases) for v in _variants(phrase)):
                    self._add(variant, entries[key])
        everything: tuple[Entry | Clause, ...] = (*clauses, *entries.values())
        for what in everything:
            own = what.words
            for phrase in (*own.does, *(p for p in own.tags if not isinstance(what, Entry)), *own.names):
                plain = phrase.replace("{their}|{their}|the", "").replace("{their}|the", "").replace("{their}", "")
                for variant in _variants(plain, 600):
                    self._add(variant, what)
        self.longest = max(len(words.split()) for words in self.said)

    def _add(self, phrase: str, what: Entry | Clause) -> None:
        phrase = phrase.replace("*", "").replace("{their}", "").replace(": ", " ")
        sided = "{L}" in phrase or "{R}" in phrase
        for flipped in (False, True) if sided else (False,):
            left, right = ("right", "left") if flipped else ("left", "right")
            key = likened(phrase.replace("{L}", left).replace("{R}", right))
            if len(key) > 1 and key not in STOPPED_KEYS:
                self.said.setdefault(key, _Said(what, flipped, sided))


@lru_cache(maxsize=1)
def _index() -> _Index:
    return _Index()


@dataclass(frozen=True)
class Matched:
    """A caption and what the grammar makes of it."""

    caption: str
    entry: Entry
    clauses: tuple[Clause, ...]
    """Their {L} is the entry's."""
    intent: Intent
    """What the words say, as the entry's author wrote it, without what unsaid limbs do."""
    flipped: bool
    """Whether the caption says the mirror image."""
    meaning: str
    """The same for captions that say the same or the mirror image."""


_LIMBS = {"hand": "arm", "arm": "arm", "elbow": "arm", "foot": "leg", "leg": "leg", "knee": "leg"}


class CaptionMatcher:
    """Matches captions to stances, poses and clauses."""

    def __init__(self) -> None:
        self._index = _index()

    def match(self, caption: str) -> Matched | None:
        """What a caption says, or None where it says more than the grammar can, or something else."""
        text = clean_caption(caption)
        words = likened(text)
        words = BACK.sub("", words)
        words = words[SUBJECT.match(words).end() :]  # type: ignore[union-attr]
        if re.search(r"\b(then|before|after|until|twice \w+ then)\b", words) or "." in words:
            return None
        found = self._cover(tuple(words.split()))
        return None if found is None else _together(text, found)

    def _cover(self, tokens: tuple[str, ...]) -> list[_Said] | None:
        """Phrases that account for every word, the fewest that do."""
        best: list[list[_Said] | None] = [None] * (len(tokens) + 1)
        cost = [10_000] * (len(tokens) + 1)
        best[0], cost[0] = [], 0
        walks = any(token in WALKS for token in tokens)
        for begin in range(len(tokens)):
            so_far = best[begin]
            if so_far is None:
                continue
            token = tokens[begin]
            skip = 1 if token in IGNORED else 3 if walks and so_far and token in PATHS else 0
            if skip and cost[begin] + skip < cost[begin + 1]:
                best[begin + 1], cost[begin + 1] = so_far, cost[begin] + skip
            limb = tokens[begin : begin + 3]
            names_limb = len(limb) == 3 and limb[0] == "with" and limb[1] in ("left", "right") and limb[2] in _LIMBS
            if so_far and names_limb and cost[begin] + 5 < cost[begin + 3]:
                named = _Said(None, limb[1] == "right", True, _LIMBS[limb[2]])
                best[begin + 3], cost[begin + 3] = [*so_far, named], cost[begin] + 5
            for end in range(begin + 1, min(len(tokens), begin + self._index.longest) + 1):
                said = self._index.said.get(" ".join(tokens[begin:end]))
                if said is not None and cost[begin] + 5 < cost[end]:
                    best[end], cost[end] = [*so_far, said], cost[begin] + 5
        return best[-1]


def _together(caption: str, found: Sequence[_Said]) -> Matched | None:
    """One entry and its clauses, where they go together."""
    entries = {said.what.key: said.what for said in found if isinstance(said.what, Entry)}
    stands = entries.pop(STANDING.key, None) if len(entries) > 1 else None
    if len(entries) > 1 or not found:
        return None
    entry = next(iter(entries.values()), STANDING)
    if stands is not None and ("low" in entry.postures or not entry.upright):
        return None
    sides = {said.flipped for said in found if said.what is entry and said.sided}
    for said in found:
        if said.what is None:
            usual = _usual_side(entry, said.limb)
            if usual is None:
                return None
            sides.add(said.flipped != (usual == "right"))
    others = [said for said in found if isinstance(said.what, Clause)]
    if len(sides) > 1:
        return None
    lopsided = entry.intent.claims != entry.intent.mirrored().claims or "{L}" in "".join(entry.words.does)
    if lopsided and not sides and any(said.sided for said in others) and entry.key not in _LOOSE:
        # Which side the pose takes is open, and the clauses may need the other.
        return None
    flipped = True in sides
    whole, clauses = entry.intent, []
    for said in others:
        assert isinstance(said.what, Clause)
        mirrored = said.flipped != flipped
        more = said.what.intent.mirrored() if mirrored else said.what.intent
        fits = not said.what.on or entry.postures & set(said.what.on)
        bends_first = "root" in more.claims and entry.intent.airborne is not None
        if not fits or not entry.open or more.claims & whole.claims or bends_first:
            return None
        whole = whole.joined(more)
        clauses.append(Clause(said.what.words.mirrored() if mirrored else said.what.words, more, said.what.on))
    same = "; ".join((clause.words.does or clause.words.tags)[0] for clause in clauses)
    return Matched(caption, entry, tuple(clauses), whole, flipped, f"{entry.key}: {same}")


def _usual_side(entry: Entry, limb: str) -> str | None:
    """The side of the arm or leg that an entry is about as written; None where it is about both or none."""
    claimed = [side for side in ("left", "right") if f"{side}_{limb}" in entry.intent.claims]
    if len(claimed) == 1:
        return claimed[0]
    nouns = "hand|arm|fist|palm|finger|elbow" if limb == "arm" else "leg|foot|knee"
    phrases = "|".join((*entry.words.does, *entry.words.tags, *entry.words.names))
    named = {match[1] for match in re.finditer(rf"{{([LR])}} (?:{nouns})", phrases)}
    return {"L": "left", "R": "right"}[named.pop()] if len(named) == 1 else None


_LOOSE = frozenset({"stride", "jogging", "sprinting", "contrapposto", "crawling"})
"""Poses whose sides nobody speaks of."""


def read_captions(path: Path) -> list[str]:
    """Captions of a JSON-lines file (may be .gz) with a "caption" a line, each once; ValueError where there is none."""
    data = path.read_bytes()
    lines = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8").splitlines()
    found = list(dict.fromkeys(json.loads(line).get("caption", "") for line in lines if line.strip()))
    if not any(found):
        raise ValueError(f"{path} has no captions; expected lines of JSON with a key 'caption'")
    return [caption for caption in found if caption]


def match_captions(captions: Iterable[str]) -> list[Matched]:
    """Those captions that the grammar can build."""
    matcher = CaptionMatcher()
    return [matched for caption in captions if (matched := matcher.match(caption)) is not None]


@dataclass(frozen=True)
class CaptionBook:
    """Matched captions, those that say the same side by side, to draw from."""

    meanings: tuple[tuple[Matched, ...], ...]
    share: float
    """How many of all drafts are to be a caption's."""

    @classmethod
    def read(cls, path: Path, share: float = 0.1) -> CaptionBook:
        """Match a file's captions; ValueError for a share outside 0 to 1, or when none match."""
        if not 0 < share <= 1:
            raise ValueError(f"the share of captions must be over 0 and at most 1, got {share}")
        groups: dict[str, list[Matched]] = {}
        for matched in match_captions(read_captions(path)):
            groups.setdefault(matched.meaning, []).append(matched)
        if not groups:
            raise ValueError(f"the grammar can build none of the captions in {path}")
        return cls(tuple(map(tuple, groups.values())), share)

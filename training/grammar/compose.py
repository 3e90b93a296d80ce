# SPDX-License-Identifier: GPL-3.0-or-later
"""Draw what to say: a stance or a named pose and some clauses that go with it, as text and intent together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from backend.sides import mirror_text
from training.grammar.body_language import CLAUSES, KINDS
from training.grammar.captions import CaptionBook, Matched
from training.grammar.entries import Clause, Entry
from training.grammar.finish import finished
from training.grammar.intent import Intent, intent
from training.grammar.named import NAMED
from training.grammar.named.popular import POPULAR
from training.grammar.phrases import Words, pick
from training.grammar.stances import STANCES, STANDING
from training.grammar.wording import word

ENTRIES: dict[str, Entry] = {entry.key: entry for entry in (*STANCES, *NAMED)}
"""Every stance and named pose by its name."""
_SHARES = np.array([kind.share for kind in KINDS]) / sum(kind.share for kind in KINDS)
_CLAUSE_COUNTS = {
    "standing": (0.03, 0.42, 0.31, 0.17, 0.07),
    "stance": (0.34, 0.34, 0.22, 0.1),
    "named": (0.62, 0.25, 0.13),
}
_KIND_SHARES = (0.35, 0.22, 0.43)
"""How often what is said begins with standing, a stance or a named pose."""
_POPULAR = 6.0
"""How much more often a popular pose is drawn than another."""
_NAMED_SHARES = np.array([_POPULAR if entry.key in POPULAR else 1.0 for entry in NAMED])
_NAMED_SHARES /= _NAMED_SHARES.sum()
_CAPTION_TEXTS = 0.7
"""The share of captions among the texts of a draft that has them."""

_MORE_THAN_STANDING = {"left_leg", "right_leg", "trunk", "root"}

__all__ = ["CLAUSES", "ENTRIES", "Draft", "draw"]


@dataclass(frozen=True)
class Draft:
    """What one sample says and is to do."""

    key: str
    """The stance or named pose it rests on."""
    units: tuple[Words, ...]
    intent: Intent
    flipped: bool
    """Whether it is the mirror image of what its authors wrote; {L} is then said as right."""
    said: int = 0
    """How many of the intent's goals, from the first, its words say; the rest is what unsaid limbs do."""
    captions: tuple[Matched, ...] = ()
    """What people said for the same."""

    def text(self, random: np.random.Generator) -> str:
        """One of very many wordings, or mostly somebody's caption where there are any."""
        if self.captions and random.random() < _CAPTION_TEXTS:
            one = pick(random, self.captions)
            own = one.caption if one.flipped == self.flipped else mirror_text(one.caption)
            return finished(own, random, whole=True)
        return word(
            self.units, random, flipped=self.flipped, main_first=len(self.units) < 2 or self.key != STANDING.key
        )


def draw(random: np.random.Generator, only: str | None = None, captions: CaptionBook | None = None) -> Draft:
    """Draw what to say. Raises ValueError for a name there is not.

    Args:
        random: decides everything.
        only: a stance or pose to say alone.
        captions: people's own sentences, to be a share of the drafts.
    """
    if captions is not None and only is None and random.random() < captions.share:
        return _from_captions(pick(random, captions.meanings), random)
    if only is not None and only not in ENTRIES:
        near = [key for key in ENTRIES if only.lower() in key.lower()] or list(ENTRIES)
        raise ValueError(f"there is no stance or pose {only!r}; expected a name such as {', '.join(near[:12])}")
    if only is not None:
        entry, count = ENTRIES[only], 0
    else:
        kind = random.choice(3, p=_KIND_SHARES)
        if kind == 2:
            entry = NAMED[int(random.choice(len(NAMED), p=_NAMED_SHARES))]
        else:
            entry = STANCES[int(random.integers(len(STANCES)))] if kind else STANDING
        shares = _CLAUSE_COUNTS[("standing", "stance", "named")[kind]]
        count = int(random.choice(len(shares), p=shares)) if entry.open else 0
    flipped = bool(random.random() < 0.5)
    whole = entry.intent
    clauses: list[Clause] = []
    postures = entry.postures
    for _ in range(count * 12):
        if len(clauses) == count:
            break
        candidate = _any_clause(random)
        own = candidate.intent.mirrored() if (mirror := bool(random.random() < 0.5)) else candidate.intent
        if own.claims & whole.claims or (candidate.on and not postures & set(candidate.on)):
            continue
        whole = whole.joined(own)
        clauses.append(Clause(candidate.words.mirrored() if mirror else candidate.words, own))
    said = len(whole.goals)
    whole = with_defaults(entry, whole, random)
    units = (entry.words, *(c.words for c in clauses))
    claimed = {limb for clause in clauses for limb in clause.intent.claims}
    if entry is STANDING and clauses and (claimed & _MORE_THAN_STANDING or random.random() < 0.6):
        # That someone stands goes without saying, and who lunges does not stand straight.
        units = units[1:]
    return Draft(entry.key, units, whole.mirrored() if flipped else whole, flipped, said)


def _from_captions(same: tuple[Matched, ...], random: np.random.Generator) -> Draft:
    """What some captions say, or its mirror image."""
    entry, whole = same[0].entry, same[0].intent
    flipped = bool(random.random() < 0.5)
    said = len(whole.goals)
    whole = with_defaults(entry, whole, random)
    units = (entry.words, *(clause.words for clause in same[0].clauses))
    return Draft(entry.key, units, whole.mirrored() if flipped else whole, flipped, said, same)


def with_defaults(entry: Entry, whole: Intent, random: np.random.Generator) -> Intent:
    """An intent together with what the entry's unsaid limbs do."""
    for default in entry.defaults:
        if not whole.claims & set(default.limbs) and default.ways:
            # Not claimed: a default is nobody's word, and later defaults may add to it.
            extra = intent(*pick(random, default.ways))
            whole = Intent(whole.goals + extra.goals, whole.joined(extra).turns, whole.claims, whole.airborne)
    return whole


def _any_clause(random: np.random.Generator) -> Clause:
    """A clause of any kind, by the kinds' shares."""
    family = pick(random, KINDS[int(random.choice(len(KINDS), p=_SHARES))].families)
    return pick(random, family)

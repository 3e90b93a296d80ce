# SPDX-License-Identifier: GPL-3.0-or-later
"""Draw what to say: a stance or a named pose and some clauses that go with it, as text and intent together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from training.grammar.body_language import ARM_CLAUSES, HEAD_CLAUSES, LEG_CLAUSES, TRUNK_CLAUSES
from training.grammar.contacts import HAND_CLAUSES, KNEE_CLAUSES
from training.grammar.entries import Clause, Entry
from training.grammar.intent import Intent, intent
from training.grammar.named import NAMED
from training.grammar.stances import STANCES, STANDING
from training.grammar.wording import Words, word

ENTRIES: dict[str, Entry] = {entry.key: entry for entry in (*STANCES, *NAMED)}
"""Every stance and named pose by its name."""
CLAUSES: tuple[Clause, ...] = (*ARM_CLAUSES, *HEAD_CLAUSES, *TRUNK_CLAUSES, *LEG_CLAUSES, *HAND_CLAUSES, *KNEE_CLAUSES)
_KINDS: tuple[tuple[tuple[Clause, ...], float], ...] = (
    (ARM_CLAUSES, 0.32),
    (HAND_CLAUSES, 0.26),
    (HEAD_CLAUSES, 0.2),
    (TRUNK_CLAUSES, 0.1),
    (LEG_CLAUSES, 0.12),
)
_CLAUSE_COUNTS = {
    "standing": (0.06, 0.36, 0.32, 0.18, 0.08),
    "stance": (0.34, 0.34, 0.22, 0.1),
    "named": (0.62, 0.25, 0.13),
}


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

    def text(self, random: np.random.Generator) -> str:
        """One of very many wordings."""
        return word(
            self.units, random, flipped=self.flipped, main_first=len(self.units) < 2 or self.key != STANDING.key
        )


def draw(random: np.random.Generator, only: str | None = None) -> Draft:
    """Draw what to say. `only` names a stance or pose to say alone. Raises ValueError for a name there is not."""
    if only is not None and only not in ENTRIES:
        near = [key for key in ENTRIES if only.lower() in key.lower()] or list(ENTRIES)
        raise ValueError(f"there is no stance or pose {only!r}; expected a name such as {', '.join(near[:12])}")
    if only is not None:
        entry, count = ENTRIES[only], 0
    else:
        kind = random.choice(3, p=(0.3, 0.3, 0.4))
        pool: tuple[Entry, ...] = ((STANDING,), STANCES, NAMED)[kind]
        entry = pool[int(random.integers(len(pool)))]
        shares = _CLAUSE_COUNTS[("standing", "stance", "named")[kind]]
        count = int(random.choice(len(shares), p=shares)) if entry.open else 0
    flipped = bool(random.random() < 0.5)
    whole = entry.intent
    clauses: list[Clause] = []
    for _ in range(count * 4):
        if len(clauses) == count:
            break
        group = _KINDS[int(random.choice(len(_KINDS), p=[share for _, share in _KINDS]))][0]
        candidate = group[int(random.integers(len(group)))]
        own = candidate.intent.mirrored() if (mirror := bool(random.random() < 0.5)) else candidate.intent
        if own.claims & whole.claims or (candidate.upright_only and not entry.upright):
            continue
        if whole.airborne is not None and candidate in LEG_CLAUSES:
            continue
        whole = whole.joined(own)
        clauses.append(Clause(_mirrored_words(candidate.words) if mirror else candidate.words, own))
    said = len(whole.goals)
    for default in entry.defaults:
        if not whole.claims & set(default.limbs) and default.ways:
            way = default.ways[int(random.integers(len(default.ways)))]
            # Not claimed: a default is nobody's word, and later defaults may add to it.
            extra = intent(*way)
            whole = Intent(whole.goals + extra.goals, whole.joined(extra).turns, whole.claims, whole.airborne)
    units = (entry.words, *(c.words for c in clauses))
    if entry is STANDING and clauses and random.random() < 0.6:
        # That someone stands goes without saying.
        units = units[1:]
    return Draft(entry.key, units, whole.mirrored() if flipped else whole, flipped, said)


def _mirrored_words(own: Words) -> Words:
    def swap(phrases: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(p.replace("{L}", "{#}").replace("{R}", "{L}").replace("{#}", "{R}") for p in phrases)

    return Words(swap(own.does), swap(own.tags), swap(own.names))

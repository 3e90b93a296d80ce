# SPDX-License-Identifier: GPL-3.0-or-later
"""What else can be said of built bodies: clauses that nobody asked for and that hold all the same.

People say more of a pose than its name: "a sprint, one knee high and the elbows bent". Poses that no clause may be
added to, since it would break them, get such words only so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from itertools import chain

import numpy as np
import torch

from blender_addon.core.rotation import quaternion_to_matrix
from training.grammar.bases import BaseSet
from training.grammar.body import posed_last
from training.grammar.body_language import KINDS
from training.grammar.checks import TURNED, turned
from training.grammar.compose import ENTRIES, Draft
from training.grammar.constraints import KINDS as GOAL_KINDS
from training.grammar.constraints import Constraints, Rows, draw_constraints, misses
from training.grammar.entries import Clause
from training.grammar.intent import Goal

_MOST_CLAUSES = 4
"""That are said of one body, asked for or not."""
_MORE_SHARES = (0.55, 0.33, 0.12)
"""How often one, two or three of them are said."""
_PLAIN = 0.04
"""Of what holds for calm bodies less often than this, nothing is said more often than the rest."""
_MOST_COMMON = 0.5
"""The share of calm bodies of which a clause holds, and is then hardly worth saying."""
_SLACK = 6.0
"""Degrees by which a trunk or a head may be turned otherwise than a clause says."""
_BATCH = 256
_CALM_BODIES = 256


@dataclass(frozen=True)
class _Candidate:
    """A clause, as it is or mirrored, and how often it is said where it holds."""

    clause: Clause
    family: int
    share: float


@cache
def _candidates() -> tuple[_Candidate, ...]:
    """Every clause that goals and turns of trunk or head decide, and its mirror image."""
    found = []
    number = 0
    for kind in KINDS:
        for family in kind.families:
            number += 1
            for clause in family:
                own = clause.intent
                if not own.goals or own.airborne or any(turn.part not in TURNED for turn in own.turns):
                    continue
                share = kind.share / len(kind.families) / len(family)
                mirrored = Clause(clause.words.mirrored(), own.mirrored(), clause.on)
                found += [_Candidate(each, number, share) for each in (clause, mirrored)]
    return tuple(found)


class Observer:
    """Tells which clauses hold of bodies."""

    def __init__(self, calm: BaseSet) -> None:
        """`calm` are bodies of which nothing is worth saying."""
        goals = sorted({goal for one in _candidates() for goal in one.clause.intent.goals}, key=_kind_and_words)
        row = {goal: index for index, goal in enumerate(goals)}
        self._constraints = draw_constraints([goals], [np.random.default_rng(0)])
        self._rows = [np.array([row[goal] for goal in one.clause.intent.goals]) for one in _candidates()]
        locals_ = calm.local[:: len(calm) // _CALM_BODIES + 1]
        common = self._holding(locals_.permute(1, 2, 3, 0)).mean(0)
        self.weights = np.array([one.share for one in _candidates()]) / (_PLAIN + common) * (common < _MOST_COMMON)
        """(C,) how likely each is said where it holds: the more so, the less it holds of calm bodies."""

    def holding(self, local_rotations: np.ndarray) -> np.ndarray:
        """Which clauses hold (B, C) of bodies (B, 22, 4) wxyz that face +Z."""
        found = []
        for begin in range(0, len(local_rotations), _BATCH):
            some = np.asarray(local_rotations[begin : begin + _BATCH], dtype=np.float64)
            found.append(self._holding(torch.from_numpy(quaternion_to_matrix(some)).float().permute(1, 2, 3, 0)))
        return np.concatenate(found) if found else np.zeros((0, len(self._rows)), dtype=bool)

    def _holding(self, local: torch.Tensor) -> np.ndarray:
        body = posed_last(local.contiguous())
        count = local.shape[-1]
        with torch.no_grad():
            missed = misses(_of_each(self._constraints, count), body)
        # Goals are in the order of their kinds, and so one body's of a kind stand together.
        kinds = [len(rows.body) for rows in self._constraints.rows]
        parts = missed.split([count * own for own in kinds])
        met = torch.cat([part.view(count, own) <= 0 for part, own in zip(parts, kinds, strict=True)], 1).numpy()
        holds = np.stack([met[:, rows].all(1) for rows in self._rows], 1)
        turns = {part: turned(body, part) for part in TURNED}
        for index, one in enumerate(_candidates()):
            for turn in one.clause.intent.turns:
                for angles, wanted in zip(turns[turn.part], (turn.pitch, turn.roll, turn.yaw), strict=True):
                    if wanted is not None:
                        holds[:, index] &= (angles > wanted[0] - _SLACK) & (angles < wanted[1] + _SLACK)
        return holds


def _of_each(one: Constraints, count: int) -> Constraints:
    """The goals of one body as those of each of many."""
    bodies = torch.arange(count)
    return Constraints(
        count,
        *(
            Rows(bodies.repeat_interleave(len(own.body)), own.points.repeat(1, count), own.values.repeat(1, count))
            for own in one.rows
        ),
    )


def _kind_and_words(goal: Goal) -> tuple[int, str]:
    return GOAL_KINDS.index(type(goal)), repr(goal)


def told_more(draft: Draft, holds: np.ndarray, weights: np.ndarray, random: np.random.Generator) -> Draft | None:
    """A draft that says more of the same poses; None where nothing is left to say.

    Args:
        draft: Of the poses.
        holds: (C,) what holds of all of them.
        weights: (C,) See `Observer.weights`.
        random: Decides.
    """
    entry = ENTRIES[draft.key]
    postures = set(entry.postures) | ({"standing"} if entry.upright else set())
    said = draft.intent.goals[: draft.said]
    room = _MOST_CLAUSES - sum(words is not entry.words for words in draft.units)
    count = min(room, 1 + int(random.choice(len(_MORE_SHARES), p=_MORE_SHARES)))
    weights = weights * holds
    chosen: list[Clause] = []
    families: set[int] = set()
    while len(chosen) < count and weights.sum() > 0:
        index = int(random.choice(len(weights), p=weights / weights.sum()))
        weights[index] = 0.0
        one = _candidates()[index]
        own = one.clause
        known = set(chain(said, *(other.intent.goals for other in chosen)))
        if one.family in families or (own.on and not postures & set(own.on)) or set(own.intent.goals) <= known:
            continue
        families.add(one.family)
        chosen.append(own)
    if not chosen:
        return None
    units = (*draft.units, *(own.words.mirrored() if draft.flipped else own.words for own in chosen))
    goals = (*said, *chain.from_iterable(own.intent.goals for own in chosen))
    whole = replace(draft.intent, goals=(*goals, *draft.intent.goals[draft.said :]))
    return replace(draft, units=units, intent=whole, said=len(goals), captions=())

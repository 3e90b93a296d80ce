# SPDX-License-Identifier: GPL-3.0-or-later
"""Goals of a whole batch as flat rows of tensors, how far bodies are from meeting them, and who meets all of his."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import torch
from torch import Tensor

from training.grammar.body import MASS, Body, picked
from training.grammar.intent import FRAMES, Aim, Along, Balance, Bend, Floor, Gap, Goal
from training.grammar.points import FLOOR_POINTS, point_index

_FLOOR_ROW = {int(point): row for row, point in reversed(list(enumerate(FLOOR_POINTS)))}
FLOOR_TOLERANCE = 0.02
"""Metres of air under a point that rests on the floor, at most."""
CONTACT_TOLERANCE = 0.02
BEND_TOLERANCE = np.radians(6)
_METRE = 8.0
"""How many radians a metre counts as, in the loss."""
KINDS: tuple[type[Goal], ...] = (Aim, Bend, Gap, Along, Floor, Balance)
"""In the order of `Constraints.rows`."""
_WIDTHS: dict[type[Goal], tuple[int, int, int]] = {
    Aim: (2, 8, 6), Bend: (3, 3, 2), Gap: (2, 3, 3), Along: (2, 6, 6), Floor: (1, 0, 0), Balance: (2, 1, 1),
}  # fmt: skip
"""Of each kind: points, numbers, and how many of those no draw changes."""


@dataclass(frozen=True)
class Rows:
    """The goals of one kind: body index (R,), point indices (k, R), numbers (n, R)."""

    body: Tensor
    points: Tensor
    values: Tensor

    def of(self, place: Tensor) -> Rows:
        """The rows of the bodies whose new place is not negative."""
        body = place[self.body]
        kept = (body >= 0).nonzero()[:, 0]
        return Rows(body[kept], self.points[:, kept], self.values[:, kept])


@dataclass(frozen=True)
class Constraints:
    """All goals of a batch, drawn: what a goal leaves open is decided."""

    count: int
    """How many bodies."""
    aims: Rows
    """values: drawn target (3), stated direction (3), frame, within radians."""
    bends: Rows
    """values: least, most, drawn: radians of flexion."""
    gaps: Rows
    """values: least, most, tolerance of the check, metres."""
    alongs: Rows
    """values: direction (3), frame, least, most."""
    floors: Rows
    """points: of `FLOOR_POINTS`."""
    balances: Rows
    """values: metres."""

    @property
    def rows(self) -> tuple[Rows, ...]:
        """By `KINDS`."""
        return (self.aims, self.bends, self.gaps, self.alongs, self.floors, self.balances)

    @cached_property
    def owners(self) -> Tensor:
        """(all rows,) body indices."""
        return torch.cat([rows.body for rows in self.rows])

    @cached_property
    def _places(self) -> tuple[Tensor, list[int]]:
        """Where in a body's flattened points every row finds its own, and how many each kind has."""
        a, b, g, o, _, w = self.rows
        mass = torch.full_like(w.points[:1], MASS)
        parts = [
            (points * self.count + rows.body).flatten()
            for rows, points in (
                (a, a.points), (b, b.points), (g, g.points), (o, o.points), (w, torch.cat((w.points, mass))),
            )
        ]  # fmt: skip
        return torch.cat(parts), [len(part) for part in parts]

    @cached_property
    def _frame_places(self) -> tuple[Tensor, Tensor]:
        a, o = self.aims, self.alongs
        return a.values[6].long() * self.count + a.body, o.values[3].long() * self.count + o.body

    def of(self, bodies: Tensor) -> Constraints:
        """The goals of some bodies, counted anew."""
        place = torch.full((self.count,), -1, dtype=torch.long)
        place[bodies] = torch.arange(len(bodies))
        return Constraints(len(bodies), *(rows.of(place) for rows in self.rows))


@lru_cache(maxsize=1 << 16)
def _fixed(goal: Goal) -> tuple[int, tuple[int, ...], tuple[float, ...]]:
    """A goal's kind, its points, and the numbers that no draw changes."""
    points = tuple(point_index(name) for name in goal.points())
    kind = KINDS.index(type(goal))
    match goal:
        case Aim():
            spread = np.radians(min(goal.spread, 0.75 * goal.within))
            return kind, points, (*goal.direction, spread, FRAMES.index(goal.frame), np.radians(goal.within))
        case Bend():
            return kind, points, tuple(np.radians(goal.degrees))
        case Gap():
            return kind, points, (*goal.metres, CONTACT_TOLERANCE if goal.touching else 0.01)
        case Along():
            return kind, points, (*goal.direction, FRAMES.index(goal.frame), *goal.metres)
        case Balance():
            return kind, points, (goal.metres,)
        case Floor():
            return kind, (_FLOOR_ROW[points[0]],), ()


def draw_constraints(goals: Sequence[Sequence[Goal]], randoms: Sequence[np.random.Generator]) -> Constraints:
    """Fix the goals of each body, with each body's own random numbers."""
    bodies: list[list[int]] = [[] for _ in KINDS]
    points: list[list[tuple[int, ...]]] = [[] for _ in KINDS]
    values: list[list[tuple[float, ...]]] = [[] for _ in KINDS]
    slots: list[list[int]] = [[] for _ in KINDS]
    shares, total = [np.zeros((0, 2))], 0
    for body, (own, random) in enumerate(zip(goals, randoms, strict=True)):
        for goal in own:
            kind, at, fixed = _fixed(goal)
            bodies[kind].append(body)
            points[kind].append(at)
            values[kind].append(fixed)
            slots[kind].append(total)
            total += 1
        shares.append(random.random((len(own), 2)))
    every_share = np.concatenate(shares)
    rows = []
    for kind, (num_points, num_values, num_fixed) in enumerate(_WIDTHS.values()):
        numbers = np.array(values[kind], dtype=float).reshape(len(bodies[kind]), num_fixed)
        share = every_share[np.array(slots[kind], dtype=int)]
        if KINDS[kind] is Aim:
            numbers = np.concatenate((_off_axis(numbers[:, :3], numbers[:, 3], share), numbers[:, [0, 1, 2, 4, 5]]), 1)
        elif KINDS[kind] is Bend:
            least, most = numbers.T
            numbers = np.stack((least, most, least + share[:, 0] * (most - least)), 1)
        assert numbers.shape[1] == num_values
        rows.append(
            Rows(
                torch.tensor(bodies[kind], dtype=torch.long),
                torch.tensor(points[kind], dtype=torch.long).reshape(-1, num_points).T.contiguous(),
                torch.from_numpy(np.ascontiguousarray(numbers.T, dtype=np.float32)),
            )
        )
    return Constraints(len(goals), *rows)


def _off_axis(vectors: np.ndarray, most: np.ndarray, share: np.ndarray) -> np.ndarray:
    """Unit vectors (n, 3) up to `most` radians off others, evenly over that cap; share (n, 2) decides."""
    aside = np.eye(3)[np.abs(vectors).argmin(1)]
    first = np.cross(vectors, aside)
    first /= np.linalg.norm(first, axis=1, keepdims=True)
    second = np.cross(vectors, first)
    turn, angle = 2 * np.pi * share[:, :1], (most * np.sqrt(share[:, 1]))[:, None]
    return vectors * np.cos(angle) + (np.cos(turn) * first + np.sin(turn) * second) * np.sin(angle)


@dataclass(frozen=True)
class _Measures:
    """What each row measures on a body, in the rows' own order."""

    aims: Tensor
    """(3, R) lines from the first point to the second."""
    aim_frames: Tensor
    """(3, 3, R): X, Y, Z of left, up and front."""
    flexions: Tensor
    gaps: Tensor
    alongs: Tensor
    airs: Tensor
    off_balance: Tensor


def _measured(c: Constraints, body: Body) -> _Measures:
    places, sizes = c._places
    aims, bends, gaps, alongs, balances = picked(body.points, places).split(sizes, 1)
    frames = body.frames.flatten(2)
    aim_places, along_places = c._frame_places
    a, b = aims.unflatten(1, (2, -1)).unbind(1)
    p, q, r = bends.unflatten(1, (3, -1)).unbind(1)
    upper, lower = q - p, r - q
    g, h = gaps.unflatten(1, (2, -1)).unbind(1)
    m, n = alongs.unflatten(1, (2, -1)).unbind(1)
    along_frames = frames.index_select(2, along_places)
    wanted = (along_frames * c.alongs.values[None, :3]).sum(1)
    s, t, mass = balances.unflatten(1, (3, -1))[::2].unbind(1)
    line, off = t - s, mass - s
    share = ((off * line).sum(0) / (line * line).sum(0).clamp_min(1e-6)).clamp(0, 1)
    return _Measures(
        b - a,
        frames.index_select(2, aim_places),
        _angle(upper, lower, (lower * lower).sum(0)),
        ((g - h).square().sum(0) + 1e-10).sqrt(),
        ((m - n) * wanted).sum(0),
        body.clearance.flatten().index_select(0, c.floors.points[0] * c.count + c.floors.body),
        ((off - share * line).square().sum(0) + 1e-10).sqrt(),
    )


def _angle(a: Tensor, b: Tensor, b_square: Tensor | float = 1.0) -> Tensor:
    """Radians (R,) between vectors (3, R) of any length."""
    dot = (a * b).sum(0)
    square = (a * a).sum(0) * b_square
    # The length of the cross product, kept from 0 where its slope has no end.
    return torch.atan2((square - dot * dot).clamp_min(1e-7 * square.detach() + 1e-12).sqrt(), dot)


def _outside(value: Tensor, least: Tensor, most: Tensor, margin: float) -> Tensor:
    """How far values are from a range drawn in by a margin, where it is wide enough for that."""
    if margin:
        inset = torch.minimum(torch.full_like(least, margin), 0.4 * (most - least))
        least, most = least + inset, most - inset
    return (least - value).relu() + (value - most).relu()


def losses(c: Constraints, body: Body) -> Tensor:
    """Squared misses (all rows,) in radians or eighths of a metre, by `Constraints.owners`."""
    found = _measured(c, body)
    wanted = (found.aim_frames * c.aims.values[None, :3]).sum(1)
    parts = (
        (_angle(found.aims, wanted) - 0.05).relu(),
        found.flexions - c.bends.values[2],
        1.6 * _METRE * _outside(found.gaps, c.gaps.values[0], c.gaps.values[1], 0.02),
        _METRE * _outside(found.alongs, c.alongs.values[4], c.alongs.values[5], 0.02),
        # A little play: a pelvis and a chest of one lying body cannot both reach 0, and the pull would roll it.
        2.2 * _METRE * (found.airs - 0.012).relu(),
        _METRE * (found.off_balance - 0.5 * c.balances.values[0]).relu(),
    )
    return torch.cat(parts).square()


def misses(c: Constraints, body: Body) -> Tensor:
    """How far each goal (all rows,) is beyond its tolerance, in radians or metres; 0 or less is met."""
    found = _measured(c, body)
    stated = (found.aim_frames * c.aims.values[None, 3:6]).sum(1)
    parts = (
        _angle(found.aims, stated) - c.aims.values[7],
        _outside(found.flexions, c.bends.values[0], c.bends.values[1], 0) - BEND_TOLERANCE,
        _outside(found.gaps, c.gaps.values[0], c.gaps.values[1], 0) - c.gaps.values[2],
        _outside(found.alongs, c.alongs.values[4], c.alongs.values[5], 0) - 0.005,
        found.airs - FLOOR_TOLERANCE,
        found.off_balance - c.balances.values[0],
    )
    return torch.cat(parts)

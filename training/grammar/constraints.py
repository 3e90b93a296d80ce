# SPDX-License-Identifier: GPL-3.0-or-later
"""Goals of a whole batch as flat rows of tensors, how far bodies are from meeting them, and who meets all of his."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from training.grammar.body import Body
from training.grammar.intent import FRAMES, Aim, Along, Balance, Bend, Floor, Gap, Goal
from training.grammar.points import FLOOR_POINTS, point_index

_FLOOR_ROW = {int(point): row for row, point in reversed(list(enumerate(FLOOR_POINTS)))}
FLOOR_TOLERANCE = 0.02
"""Metres of air under a point that rests on the floor, at most."""
CONTACT_TOLERANCE = 0.02
_METRE = 8.0
"""How many radians a metre counts as, in the loss."""


@dataclass(frozen=True)
class Rows:
    """The goals of one kind: body index, point indices, numbers."""

    body: Tensor
    points: Tensor
    values: Tensor

    def of(self, bodies: Tensor, num_bodies: int) -> Rows:
        """The rows of some bodies, counted anew."""
        place = torch.full((num_bodies,), -1, dtype=torch.long)
        place[bodies] = torch.arange(len(bodies))
        kept = place[self.body] >= 0
        return Rows(place[self.body][kept], self.points[kept], self.values[kept])


@dataclass(frozen=True)
class Constraints:
    """All goals of a batch, drawn: what a goal leaves open is decided."""

    aims: Rows
    """values: drawn target (3), stated direction (3), frame, within radians."""
    bends: Rows
    """values: least, most, drawn: radians of flexion."""
    gaps: Rows
    """values: least, most, tolerance of the check, metres."""
    alongs: Rows
    """values: direction (3), frame, least, most."""
    floors: Rows
    balances: Rows
    """values: metres."""

    def of(self, bodies: Tensor) -> Constraints:
        """The goals of some bodies, counted anew."""
        parts = (self.aims, self.bends, self.gaps, self.alongs, self.floors, self.balances)
        count = 1 + max([int(bodies.max()), *(int(part.body.max()) for part in parts if len(part.body))])
        return Constraints(*(part.of(bodies, count) for part in parts))


def draw_constraints(goals: Sequence[Sequence[Goal]], randoms: Sequence[np.random.Generator]) -> Constraints:
    """Fix the goals of each body, with each body's own random numbers."""
    kinds: dict[type, tuple[list[int], list[list[int]], list[list[float]]]] = {
        kind: ([], [], []) for kind in (Aim, Bend, Gap, Along, Floor, Balance)
    }
    for body, (own, random) in enumerate(zip(goals, randoms, strict=True)):
        for goal in own:
            bodies, points, values = kinds[type(goal)]
            bodies.append(body)
            points.append([point_index(name) for name in goal.points()])
            values.append(_values(goal, random))
    widths = {Aim: (2, 8), Bend: (3, 3), Gap: (2, 3), Along: (2, 6), Floor: (1, 0), Balance: (2, 1)}
    rows = [
        Rows(
            torch.tensor(bodies, dtype=torch.long),
            torch.tensor(points, dtype=torch.long).reshape(len(bodies), widths[kind][0]),
            torch.tensor(values, dtype=torch.float32).reshape(len(bodies), widths[kind][1]),
        )
        for kind, (bodies, points, values) in kinds.items()
    ]
    floors = rows[4]
    in_floor = torch.tensor([[_FLOOR_ROW[int(point)]] for point in floors.points[:, 0]]).reshape(-1, 1).long()
    rows[4] = Rows(floors.body, in_floor, floors.values)
    return Constraints(*rows)


def _values(goal: Goal, random: np.random.Generator) -> list[float]:
    match goal:
        case Aim():
            vector = np.array(goal.direction)
            off = random.normal(size=3)
            off -= off @ vector * vector
            angle = np.radians(min(goal.spread, 0.75 * goal.within)) * np.sqrt(random.random())
            drawn = vector * np.cos(angle) + off / np.linalg.norm(off) * np.sin(angle)
            return [*drawn, *vector, FRAMES.index(goal.frame), np.radians(goal.within)]
        case Bend():
            least, most = np.radians(goal.degrees)
            return [least, most, random.uniform(least, most)]
        case Gap():
            return [*goal.metres, CONTACT_TOLERANCE if goal.touching else 0.01]
        case Along():
            return [*goal.direction, FRAMES.index(goal.frame), *goal.metres]
        case Balance():
            return [goal.metres]
        case Floor():
            return []


def _directions(body: Body, rows: Rows) -> Tensor:
    """Unit vectors from the first to the second point of each row."""
    line = body.points[rows.body, rows.points[:, 1]] - body.points[rows.body, rows.points[:, 0]]
    return line / line.norm(dim=-1, keepdim=True).clamp_min(1e-6)


def _in_world(body: Body, rows: Rows, vectors: Tensor, frames: Tensor) -> Tensor:
    return (body.frames[rows.body, frames.long()] @ vectors[..., None])[..., 0]


def _angle(a: Tensor, b: Tensor) -> Tensor:
    return torch.atan2(torch.linalg.cross(a, b).norm(dim=-1).clamp_min(1e-6), (a * b).sum(-1))


def _flexion(body: Body, rows: Rows) -> Tensor:
    a, b, c = (body.points[rows.body, rows.points[:, i]] for i in range(3))
    upper, lower = b - a, c - b
    return _angle(
        upper / upper.norm(dim=-1, keepdim=True).clamp_min(1e-6),
        lower / lower.norm(dim=-1, keepdim=True).clamp_min(1e-6),
    )


def _gap(body: Body, rows: Rows) -> Tensor:
    between = body.points[rows.body, rows.points[:, 0]] - body.points[rows.body, rows.points[:, 1]]
    return (between.square().sum(-1) + 1e-10).sqrt()


def _along(body: Body, rows: Rows) -> Tensor:
    between = body.points[rows.body, rows.points[:, 0]] - body.points[rows.body, rows.points[:, 1]]
    return (between * _in_world(body, rows, rows.values[:, :3], rows.values[:, 3])).sum(-1)


def _off_balance(body: Body, rows: Rows) -> Tensor:
    level = body.points.new_tensor([1.0, 0.0, 1.0])
    a, b = (body.points[rows.body, rows.points[:, i]] * level for i in range(2))
    mass, line = body.mass[rows.body] * level, b - a
    share = (((mass - a) * line).sum(-1) / line.square().sum(-1).clamp_min(1e-6)).clamp(0, 1)
    return ((mass - a - share[:, None] * line).square().sum(-1) + 1e-10).sqrt()


def _outside(value: Tensor, least: Tensor, most: Tensor, margin: float) -> Tensor:
    """How far values are from a range drawn in by a margin, where it is wide enough for that."""
    inset = torch.minimum(torch.full_like(least, margin), 0.4 * (most - least))
    return (least + inset - value).relu() + (value - most + inset).relu()


def losses(constraints: Constraints, body: Body, num_bodies: int) -> Tensor:
    """The sum (B,) of squared misses of each body's goals, in radians or eighths of a metre."""
    c = constraints
    wanted = _in_world(body, c.aims, c.aims.values[:, :3], c.aims.values[:, 6])
    parts = [
        (c.aims, (_angle(_directions(body, c.aims), wanted) - 0.05).relu()),
        (c.bends, _flexion(body, c.bends) - c.bends.values[:, 2]),
        (c.gaps, 1.6 * _METRE * _outside(_gap(body, c.gaps), c.gaps.values[:, 0], c.gaps.values[:, 1], 0.02)),
        (c.alongs, _METRE * _outside(_along(body, c.alongs), c.alongs.values[:, 4], c.alongs.values[:, 5], 0.02)),
        (c.floors, 2.2 * _METRE * body.clearance[c.floors.body, c.floors.points[:, 0]]),
        (c.balances, _METRE * (_off_balance(body, c.balances) - 0.5 * c.balances.values[:, 0]).relu()),
    ]
    total = body.points.new_zeros(num_bodies)
    for rows, miss in parts:
        total = total.index_add(0, rows.body, miss.square())
    return total


def misses(constraints: Constraints, body: Body) -> tuple[Tensor, Tensor, list[str]]:
    """(rows,) body indices, (rows,) how far each goal is beyond its tolerance (met: 0 or less), and each row's kind."""
    c = constraints
    stated = _in_world(body, c.aims, c.aims.values[:, 3:6], c.aims.values[:, 6])
    slack = np.radians(6)
    parts = [
        ("aim", c.aims, _angle(_directions(body, c.aims), stated) - c.aims.values[:, 7]),
        (
            "bend",
            c.bends,
            _outside(_flexion(body, c.bends), c.bends.values[:, 0] - slack, c.bends.values[:, 1] + slack, 0),
        ),
        (
            "gap",
            c.gaps,
            _outside(_gap(body, c.gaps), c.gaps.values[:, 0], c.gaps.values[:, 1], 0) - c.gaps.values[:, 2],
        ),
        ("along", c.alongs, _outside(_along(body, c.alongs), c.alongs.values[:, 4], c.alongs.values[:, 5], 0) - 0.005),
        ("floor", c.floors, body.clearance[c.floors.body, c.floors.points[:, 0]] - FLOOR_TOLERANCE),
        ("balance", c.balances, _off_balance(body, c.balances) - c.balances.values[:, 0]),
    ]
    bodies = torch.cat([rows.body for _, rows, _ in parts])
    kinds = [kind for kind, rows, _ in parts for _ in range(len(rows.body))]
    return bodies, torch.cat([miss for _, _, miss in parts]), kinds

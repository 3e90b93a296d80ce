# SPDX-License-Identifier: GPL-3.0-or-later
"""Build bodies that meet their intents: a fitting calm body, limbs solved in closed form, then a short refinement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor

from blender_addon.core.skeleton import JOINT_NAMES, PARENTS, SMPL22
from training.grammar.bases import BaseSet
from training.grammar.body import (
    Body,
    deepest,
    limit_excess,
    near_pairs,
    penetration,
    posed,
    rotation_from_vector,
)
from training.grammar.constraints import Constraints, draw_constraints, losses, misses
from training.grammar.intent import Intent, Turn
from training.grammar.points import POINT_NAMES

NUM_CANDIDATES = 6
"""Calm bodies that each intent chooses its start from: the one that misses least."""
NUM_STEPS = 45
_LOOKS_EVERY, _LOOKS_WITHIN = 4, 0.05
"""Which flesh is near other flesh is looked up every few steps, with room for what moves in between, in metres."""
MOST_PENETRATION = 0.02
"""Metres that a limb may be inside the body."""
_J = JOINT_NAMES.index
_P = POINT_NAMES.index
_SPINE = {"spine1": 0.3, "spine2": 0.35, "spine3": 0.35}
_HEAD = {"neck": 0.4, "head": 0.6}


@dataclass(frozen=True)
class BuildSettings:
    """How hard to try."""

    steps: int = NUM_STEPS
    more_steps: int = 90
    """For those that are not right by then."""
    candidates: int = NUM_CANDIDATES
    rate: float = 0.09
    """Radians that a joint moves in the first steps."""


DEFAULT_SETTINGS = BuildSettings()


@dataclass(frozen=True)
class Built:
    """What came of a batch of intents."""

    body: Body
    constraints: Constraints
    airborne: Tensor
    """(B,) metres of air under the lowest point."""


def build(
    intents: Sequence[Intent],
    randoms: Sequence[np.random.Generator],
    bases: BaseSet,
    settings: BuildSettings = DEFAULT_SETTINGS,
) -> Built:
    """Build one body an intent, each by its own random numbers, so that no body depends on the rest of its batch."""
    constraints = draw_constraints([intent.goals for intent in intents], randoms)
    with torch.no_grad():
        local = _start(intents, randoms, bases, constraints, settings)
        local = _place_limbs(local, constraints)
    stiffness = _stiffness(intents)
    local = _refined(local, constraints, stiffness, settings)
    with torch.no_grad():
        wrong = faulty(posed(local), constraints).nonzero()[:, 0]
    if len(wrong):
        # Hard ones get more steps, with less care for where they started.
        again = _refined(
            local[wrong],
            constraints.of(wrong),
            torch.where(stiffness[wrong] > 10, 0.6, 0.15) * stiffness[wrong],
            replace(settings, steps=settings.more_steps),
        )
        local = local.index_copy(0, wrong, again)
    with torch.no_grad():
        front = posed(local).frames[:, 0, :, 2]
        upright = rotation_from_vector(torch.atan2(front[:, 0], front[:, 2])[:, None] * torch.tensor([0.0, -1.0, 0.0]))
        local = torch.cat(((upright @ local[:, 0])[:, None], local[:, 1:]), 1)
        body = posed(local)
    air = [0.0 if i.airborne is None else r.uniform(*i.airborne) for i, r in zip(intents, randoms, strict=True)]
    return Built(body, constraints, torch.tensor(air, dtype=torch.float32))


def faulty(body: Body, constraints: Constraints) -> Tensor:
    """Which bodies (B,) miss a goal, break a joint limit or have a limb inside the body."""
    bodies, missed, _ = misses(constraints, body)
    wrong = torch.zeros(len(body.local), dtype=torch.bool)
    wrong[bodies[missed > 0]] = True
    # Limits are drawn in by a degree here, so some excess is still inside core's.
    wrong |= limit_excess(body.local).amax(1) > np.radians(0.8)
    return wrong | (deepest(body) > MOST_PENETRATION)


def _start(
    intents: Sequence[Intent],
    randoms: Sequence[np.random.Generator],
    bases: BaseSet,
    constraints: Constraints,
    settings: BuildSettings,
) -> Tensor:
    """The calm body, among a few, that comes nearest to the goals once pelvis, spine and head are turned."""
    count = settings.candidates
    picks = np.stack([random.integers(len(bases), size=count) for random in randoms])
    local = bases.local[torch.from_numpy(picks)].clone()  # (B, C, 22, 3, 3)
    angles = np.zeros((3, len(intents), 3))
    given = np.zeros((3, len(intents)), dtype=bool)
    parts = ("pelvis", "spine", "head")
    for index, (own, random) in enumerate(zip(intents, randoms, strict=True)):
        for turn in own.turns:
            row = parts.index(turn.part)
            given[row, index] = True
            angles[row, index] = _drawn(turn, random)
    turned = _from_angles(torch.from_numpy(angles).float())
    mask = torch.from_numpy(given)[..., None, None, None]
    local[:, :, 0] = torch.where(mask[0], turned[0][:, None], local[:, :, 0])
    for row, shares in ((1, _SPINE), (2, _HEAD)):
        for name, share in shares.items():
            part = _from_angles(torch.from_numpy(angles[row] * share).float())
            local[:, :, _J(name)] = torch.where(mask[row], part[:, None], local[:, :, _J(name)])
    if count == 1:
        return local[:, 0]
    missed = torch.stack([losses(constraints, posed(local[:, c]), len(intents)) for c in range(count)], 1)
    return local[torch.arange(len(intents)), missed.argmin(1)]


def _drawn(turn: Turn, random: np.random.Generator) -> list[float]:
    """Radians of pitch, roll and yaw; what is left open wavers a little."""
    return [
        np.radians(random.normal(0, 2.5) if values is None else random.uniform(*values))
        for values in (turn.pitch, turn.roll, turn.yaw)
    ]


def _from_angles(angles: Tensor) -> Tensor:
    """Matrices of pitch forward, roll to the left and yaw to the left (..., 3)."""
    zero = torch.zeros_like(angles[..., 0])
    pitch = rotation_from_vector(torch.stack((angles[..., 0], zero, zero), -1))
    roll = rotation_from_vector(torch.stack((zero, zero, -angles[..., 1]), -1))
    yaw = rotation_from_vector(torch.stack((zero, angles[..., 2], zero), -1))
    return yaw @ pitch @ roll


# The limbs in closed form: two directions decide a limb, its hinge decides the twist.


@dataclass(frozen=True)
class _Limb:
    root: str
    hinge: str
    end: str
    ends: tuple[str, ...]
    """Points that move with the end, which a contact may name."""
    bone: Tensor
    """The limb at rest, as a direction."""
    flexes: Tensor
    """Where the lower bone goes when the hinge bends, at rest."""
    pole: tuple[float, float, float]
    """Where the hinge points when a contact leaves it open, in the chest's or hips' frame."""


def _limb(side: str, kind: str) -> _Limb:
    sign = 1.0 if side == "left" else -1.0
    if kind == "arm":
        ends: tuple[str, ...] = ("wrist", "palm", "hand", "hand_back", "fingers", "thumb")
        bone, flexes, pole = (sign, 0.0, 0.0), (0.0, 0.0, 1.0), (0.55 * sign, -0.7, -0.35)
        names = ("shoulder", "elbow", "wrist")
    else:
        ends = ("ankle", "heel", "sole", "instep", "toes", "foot", "foot_middle")
        bone, flexes, pole = (0.0, -1.0, 0.0), (0.0, 0.0, -1.0), (0.3 * sign, 0.0, 1.0)
        names = ("hip", "knee", "ankle")
    root, hinge, end = (f"{side}_{name}" for name in names)
    return _Limb(root, hinge, end, tuple(f"{side}_{e}" for e in ends), torch.tensor(bone), torch.tensor(flexes), pole)


_LIMBS = [_limb(side, kind) for kind in ("leg", "arm") for side in ("left", "right")]


def _place_limbs(local: Tensor, constraints: Constraints) -> Tensor:
    for limb in _LIMBS:
        local = _place_limb(local, limb, constraints)
    return _aim_ends(local, constraints)


def _unit(vector: Tensor) -> Tensor:
    return vector / vector.norm(dim=-1, keepdim=True).clamp_min(1e-6)


def _place_limb(local: Tensor, limb: _Limb, constraints: Constraints) -> Tensor:
    """Turn one limb of each body that has goals for it so that it meets them, were it alone."""
    body = posed(local)
    root, hinge, end = (_J(name) for name in (limb.root, limb.hinge, limb.end))
    parent = PARENTS[root]
    a, b, c = body.points[:, root], body.points[:, hinge], body.points[:, end]
    lengths = (float(np.linalg.norm(SMPL22.offsets[hinge])), float(np.linalg.norm(SMPL22.offsets[end])))
    upper, lower = _unit(b - a), _unit(c - b)
    touched = torch.zeros(len(local), dtype=torch.bool)
    aims = constraints.aims
    world = (body.frames[aims.body, aims.values[:, 6].long()] @ aims.values[:, :3, None])[..., 0]

    def aimed(start: int, stop: int) -> tuple[Tensor, Tensor]:
        rows = (aims.points[:, 0] == start) & (aims.points[:, 1] == stop)
        return aims.body[rows], world[rows]

    # A hinge keeps its bend unless told otherwise.
    flexion = torch.atan2(torch.linalg.cross(upper, lower).norm(dim=-1), (upper * lower).sum(-1))
    bends = constraints.bends
    rows = bends.points[:, 1] == hinge
    flexion[bends.body[rows]] = bends.values[rows, 2]
    bent = bends.body[rows]
    touched[bent] = True
    frame = body.frames[:, 2 if "shoulder" in limb.root else 3]
    pole = frame @ torch.tensor(limb.pole)
    # Where the whole limb goes: its own line, or to what its end touches.
    reach = _unit(c - a)
    has_reach = torch.zeros(len(local), dtype=torch.bool)
    has_reach[bent] = True
    who, where = aimed(root, end)
    reach[who], has_reach[who], touched[who] = where, True, True
    gaps = constraints.gaps
    for mine, other in ((0, 1), (1, 0)):
        is_mine = torch.isin(gaps.points[:, mine], torch.tensor([_P(name) for name in limb.ends]))
        is_mine &= gaps.values[:, 1] < 0.2
        is_mine &= ~torch.isin(gaps.points[:, other], torch.tensor(_FREE_HANDS)) | ("hip" in limb.root)
        rows = is_mine.nonzero()[:, 0]
        who = gaps.body[rows]
        target = body.points[who, gaps.points[rows, other]]
        # The hand lies across what it touches, so its wrist stays a palm's length short of it.
        distance = (target - a[who]).norm(dim=-1) - (0.05 if "shoulder" in limb.root else 0.0)
        reach[who] = _unit(target - a[who])
        span = distance.clamp(0.25 * sum(lengths), 0.995 * sum(lengths))
        cosine = (span**2 - lengths[0] ** 2 - lengths[1] ** 2) / (2 * lengths[0] * lengths[1])
        flexion[who] = torch.acos(cosine.clamp(-1, 1))
        has_reach[who] = touched[who] = True
    who_upper, where_upper = aimed(root, hinge)
    pole[who_upper] = where_upper
    # The triangle of the two bones: the upper one leaves the line towards the pole by `lift`.
    side = _unit(pole - (pole * reach).sum(-1, keepdim=True) * reach)
    span = (lengths[0] ** 2 + lengths[1] ** 2 + 2 * lengths[0] * lengths[1] * torch.cos(flexion)).sqrt()
    lift = torch.asin((lengths[1] * torch.sin(flexion) / span.clamp_min(1e-6)).clamp(-1, 1))
    lift = torch.where(lengths[0] + lengths[1] * torch.cos(flexion) < 0, torch.pi - lift, lift)
    tri_upper = torch.cos(lift)[:, None] * reach + torch.sin(lift)[:, None] * side
    tri_lower = _unit(span[:, None] * reach - lengths[0] * tri_upper)
    upper = torch.where(has_reach[:, None], tri_upper, upper)
    lower = torch.where(has_reach[:, None], tri_lower, lower)
    # Bones that are told their own direction.
    swung = _between(upper[who_upper], where_upper)
    lower[who_upper] = (swung @ lower[who_upper][..., None])[..., 0]
    upper[who_upper] = where_upper
    touched[who_upper] = True
    who, where = aimed(hinge, end)
    lower[who], touched[who] = where, True
    if not touched.any():
        return local
    flexion = torch.atan2(torch.linalg.cross(upper, lower).norm(dim=-1), (upper * lower).sum(-1))
    across = lower - (lower * upper).sum(-1, keepdim=True) * upper
    # A straight limb has no hinge plane: keep the twist that its parent gives it.
    carried = _between((body.rotations[:, parent] @ limb.bone), upper) @ body.rotations[:, parent]
    usual = carried @ limb.flexes
    share = ((flexion - 0.15) / 0.35).clamp(0, 1)[:, None]
    flexes = _unit(share * _unit(across) + (1 - share) * usual)
    flexes = _unit(flexes - (flexes * upper).sum(-1, keepdim=True) * upper)
    world_frame = torch.stack((upper, flexes, torch.linalg.cross(upper, flexes)), -1)
    rest_frame = torch.stack((limb.bone, limb.flexes, torch.linalg.cross(limb.bone, limb.flexes)), -1)
    turned = world_frame @ rest_frame.T
    axis = torch.linalg.cross(limb.bone, limb.flexes)
    rest_lower = torch.tensor(SMPL22.offsets[end], dtype=torch.float32)
    rest_bend = torch.atan2((rest_lower * limb.flexes).sum(), (rest_lower * limb.bone).sum())
    hinge_turn = rotation_from_vector(axis * (flexion - rest_bend)[:, None])
    local = local.clone()
    local[touched, root] = (body.rotations[:, parent].transpose(-1, -2) @ turned)[touched]
    local[touched, hinge] = hinge_turn[touched]
    return local


_FREE_HANDS = [
    _P(f"{side}_{name}")
    for side in ("left", "right")
    for name in ("wrist", "palm", "hand", "hand_back", "fingers", "thumb", "forearm", "elbow", "elbow_tip")
]
"""Points that move with an arm: two hands that touch find their place in the refinement."""


def _aim_ends(local: Tensor, constraints: Constraints) -> Tensor:
    """Swing hands and feet into the directions they are told."""
    body = posed(local)
    aims = constraints.aims
    local = local.clone()
    for joint, tip in [
        (f"{s}_{a}", f"{s}_{b}") for s in ("left", "right") for a, b in (("wrist", "hand"), ("ankle", "foot"))
    ]:
        rows = (aims.points[:, 0] == _P(joint)) & (aims.points[:, 1] == _P(tip))
        who = aims.body[rows]
        if not len(who):
            continue
        wanted = (body.frames[who, aims.values[rows, 6].long()] @ aims.values[rows, :3, None])[..., 0]
        now = _unit(body.points[who, _P(tip)] - body.points[who, _P(joint)])
        above = body.rotations[who, PARENTS[_J(joint)]]
        local[who, _J(joint)] = above.transpose(-1, -2) @ _between(now, wanted) @ body.rotations[who, _J(joint)]
    return local


def _between(a: Tensor, b: Tensor) -> Tensor:
    """The shortest turns (..., 3, 3) from unit vectors a to b."""
    axis = torch.linalg.cross(a, b)
    angle = torch.atan2(axis.norm(dim=-1), (a * b).sum(-1))
    return rotation_from_vector(_unit(axis) * angle[..., None])


# Refinement.


def _stiffness(intents: Sequence[Intent]) -> Tensor:
    """(B, 22) how strongly joints keep to where they start: unsaid limbs much, said ones hardly."""
    stiff = np.full((len(intents), 22), 1.0)
    for index, own in enumerate(intents):
        for limb, joints, soft, firm in _STIFFNESS:
            stiff[index, joints] = soft if limb in own.claims else firm
    return torch.from_numpy(stiff).float()


_STIFFNESS: list[tuple[str, list[int], float, float]] = [
    ("root", [0], 0.4, 5.0),
    ("trunk", [_J("spine1"), _J("spine2"), _J("spine3")], 0.5, 4.0),
    ("head", [_J("neck"), _J("head")], 0.8, 4.0),
    *(
        (f"{s}_arm", [_J(f"{s}_{part}")], soft, 12.0)
        for s in ("left", "right")
        for part, soft in (("collar", 0.3), ("shoulder", 0.01), ("elbow", 0.01), ("wrist", 0.06))
    ),
    *(
        (f"{s}_leg", [_J(f"{s}_{part}")], soft, 0.25)
        for s in ("left", "right")
        for part, soft in (("hip", 0.02), ("knee", 0.01), ("ankle", 0.05), ("foot", 0.2))
    ),
]


def _refined(local: Tensor, constraints: Constraints, stiffness: Tensor, settings: BuildSettings) -> Tensor:
    """A few dozen steps of Adam on turns away from the start, all bodies side by side."""
    count = len(local)
    turn = torch.zeros(count, 22, 3, requires_grad=True)
    first, second = torch.zeros(count, 22, 3), torch.zeros(count, 22, 3)
    for step in range(1, settings.steps + 1):
        share = step / settings.steps
        body = posed(local @ rotation_from_vector(turn))
        goals = losses(constraints, body, count)
        limits = limit_excess(body.local).square().sum(1)
        if step % _LOOKS_EVERY == 1:
            pairs = near_pairs(body, _LOOKS_WITHIN)
        flesh = turn.new_zeros(count).index_add(0, pairs.body, penetration(body, pairs).square())
        calm = (stiffness * turn.square().sum(-1)).sum(1)
        # What was said wins in the end.
        loss = 6 * goals + 60 * limits + 250 * flesh + (1.0 - 0.75 * share) * calm
        (slope,) = torch.autograd.grad(loss.sum(), turn)
        slope = torch.nan_to_num(slope)
        first = first.lerp(slope, 0.15)
        second = second.lerp(slope.square(), 0.05)
        rate = settings.rate * (0.08 + 0.92 * 0.5 * (1 + float(np.cos(np.pi * share))))
        with torch.no_grad():
            turn -= rate * (first / (1 - 0.85**step)) / ((second / (1 - 0.95**step)).sqrt() + 1e-4)
    return (local @ rotation_from_vector(turn)).detach()

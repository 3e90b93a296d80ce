# SPDX-License-Identifier: GPL-3.0-or-later
"""Build bodies that meet their intents: a fitting calm body, limbs solved in closed form, then a short refinement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import torch
from torch import Tensor

from blender_addon.core.skeleton import JOINT_NAMES
from training.grammar.bases import BaseSet
from training.grammar.body import Body, posed, posed_last, rotation_from_vector
from training.grammar.constraints import Constraints, draw_constraints, losses
from training.grammar.intent import Aim, Intent, Limb, Turn, limb_of
from training.grammar.placement import place_limbs
from training.grammar.refine import faulty, refined

LENT = 0.5
"""Share of bodies whose unsaid arms come from real motion, where it has a pose like theirs."""
NUM_CANDIDATES = 6
"""Calm bodies that each intent chooses its start from: the one that misses least."""
_J = JOINT_NAMES.index
_SPINE = {"spine1": 0.3, "spine2": 0.35, "spine3": 0.35}
_HEAD = {"neck": 0.4, "head": 0.6}


@dataclass(frozen=True)
class BuildSettings:
    """How hard to try."""

    steps: tuple[int, ...] = (45, 90, 120)
    """In each round; all but the first are for those that are not right by then."""
    candidates: int = NUM_CANDIDATES
    rate: float = 0.05
    """Radians that a joint moves in the first steps; faster ones throw bodies about that rest on many points."""


DEFAULT_SETTINGS = BuildSettings()


@dataclass(frozen=True)
class Built:
    """What came of a batch of intents."""

    intents: tuple[Intent, ...]
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
    stiffness = torch.from_numpy(np.stack([_stiffness(intent) for intent in intents], 1))
    with torch.no_grad():
        local = place_limbs(_start(intents, randoms, bases, constraints, settings), constraints)
        if bases.lively is not None:
            lent = [
                _unsaid_arms(intent) if random.random() < LENT else (False, False)
                for intent, random in zip(intents, randoms, strict=True)
            ]
            local = bases.lively.lend_arms(local, torch.tensor(lent))
        local = local.permute(1, 2, 3, 0).contiguous()
    wrong = torch.arange(len(intents))
    for stage, steps in enumerate(settings.steps):
        if stage:
            # Hard ones get more steps, with less care for where they started.
            wrong = wrong[faulty(local[..., wrong], constraints.of(wrong))]
            if not len(wrong):
                break
        stiff = stiffness[:, wrong]
        if stage:
            stiff = torch.where(stiff >= 8, 0.6, 0.3) * stiff
        local[..., wrong] = refined(local[..., wrong], constraints.of(wrong), stiff, steps, settings.rate)
    with torch.no_grad():
        front = posed_last(local).frame(0)[:, :, 2]
        heading = torch.atan2(front[:, 0], front[:, 2])[:, None]
        upright = rotation_from_vector(heading * torch.tensor([0.0, -1.0, 0.0]))
        local[0] = (upright @ local[0].permute(2, 0, 1)).permute(1, 2, 0)
        body = posed_last(local)
    air = [0.0 if i.airborne is None else r.uniform(*i.airborne) for i, r in zip(intents, randoms, strict=True)]
    return Built(tuple(intents), body, constraints, torch.tensor(air, dtype=torch.float32))


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
    missed = torch.zeros(count, len(intents))
    for candidate in range(count):
        missed[candidate].index_add_(0, constraints.owners, losses(constraints, posed(local[:, candidate])))
    return local[torch.arange(len(intents)), missed.argmin(0)]


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


def _unsaid_arms(intent: Intent) -> tuple[bool, bool]:
    """Whether the left and the right arm are left to themselves while the legs or the whole body do something."""
    if intent.airborne is None and not intent.claims & {"left_leg", "right_leg", "root"}:
        return False, False
    moved = {limb_of(name) for goal in intent.goals for name in goal.points()} | intent.claims
    return "left_arm" not in moved, "right_arm" not in moved


def lies(intent: Intent) -> bool:
    """Whether the pelvis is told to lie, on whichever side, or to stand on its head."""
    tilts = [values for turn in intent.turns if turn.part == "pelvis" for values in (turn.pitch, turn.roll)]
    return any(values is not None and abs(sum(values) / 2) > 60 for values in tilts)


def _stiffness(intent: Intent) -> np.ndarray:
    """(22,) how strongly joints keep to where they start: unsaid limbs much, said ones hardly."""
    turned = frozenset(turn.part for turn in intent.turns)
    aimed = any(isinstance(goal, Aim) and goal.start == "head" for goal in intent.goals)
    return _stiffness_of(intent.claims, turned, aimed, lies(intent))


@lru_cache(maxsize=4096)
def _stiffness_of(claims: frozenset[Limb], turned: frozenset[str], aimed: bool, lying: bool) -> np.ndarray:
    stiff = np.ones(22, dtype=np.float32)
    for limb, joints, soft, firm in _STIFFNESS:
        stiff[joints] = soft if limb in claims else firm
    # What starts as it was said has no goal to bring it back, unless it is aimed too.
    if "head" in turned:
        stiff[_HEAD_JOINTS] = 2.0 if aimed else 10.0
    if lying:
        # The floor decides where a head rests.
        stiff[_HEAD_JOINTS] = 0.8
    if "spine" in turned:
        stiff[_SPINE_JOINTS] = 3.0
    return stiff


_SPINE_JOINTS, _HEAD_JOINTS = [_J(name) for name in _SPINE], [_J(name) for name in _HEAD]
_STIFFNESS: list[tuple[str, list[int], float, float]] = [
    ("root", [0], 0.4, 5.0),
    ("trunk", _SPINE_JOINTS, 0.5, 4.0),
    ("head", _HEAD_JOINTS, 0.8, 8.0),
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

# SPDX-License-Identifier: GPL-3.0-or-later
"""The differentiable twin of `core.anatomy.limit_excess`."""

from __future__ import annotations

from functools import lru_cache

import torch
from jaxtyping import Float
from torch import Tensor

from blender_addon.core.anatomy import DIRECTION_LIMITS, TURN_LIMITS, TWIST_LIMITS
from blender_addon.core.skeleton import JOINT_NAMES

_CHAINED = [limit.joints for limit in TURN_LIMITS] + [limit.joints for limit in DIRECTION_LIMITS]
_CHAINS = [joints for joints in dict.fromkeys(_CHAINED) if len(joints) > 1]
"""Joints whose product is limited; they follow the single ones in what limits index."""


def _slot(joints: tuple[str, ...]) -> int:
    return JOINT_NAMES.index(joints[0]) if len(joints) == 1 else len(JOINT_NAMES) + _CHAINS.index(joints)


def _entry(bone: tuple[float, float, float], towards: tuple[float, float, float]) -> tuple[int, float]:
    """Which of a rotation's nine numbers says how far it lifts a bone along a rest axis to another, and its sign."""
    column, row = (max(range(3), key=lambda k: abs(vector[k])) for vector in (bone, towards))
    assert abs(bone[column]) == abs(towards[row]) == 1
    return 3 * row + column, bone[column] * towards[row]


_TURN_SLOTS = [_slot(limit.joints) for limit in TURN_LIMITS]
_DIRECTIONS = [_entry(limit.bone, limit.towards) for limit in DIRECTION_LIMITS]
_DIRECTION_ENTRIES = [
    9 * _slot(limit.joints) + entry for limit, (entry, _) in zip(DIRECTION_LIMITS, _DIRECTIONS, strict=True)
]
_TWIST_SLOTS = [_slot((limit.joint,)) for limit in TWIST_LIMITS]
_TWIST_AXES = [_entry(limit.axis, limit.axis)[0] // 4 for limit in TWIST_LIMITS]
assert all(max(limit.axis) == 1 for limit in TWIST_LIMITS)
_MOST = [
    *(float(limit.most) for limit in TURN_LIMITS),
    *(float(limit.most) for limit in DIRECTION_LIMITS),
    *(float(limit.most) for limit in TWIST_LIMITS),
]
_LEAST = [float(limit.least) for limit in TWIST_LIMITS]


@lru_cache(maxsize=8)
def _constants(device: torch.device, margins: tuple[float, ...]) -> dict[str, Tensor]:
    def indices(values: list[int]) -> Tensor:
        return torch.tensor(values, device=device)

    def radians(values: list[float]) -> Tensor:
        return torch.deg2rad(torch.tensor(values, device=device))

    margin = list(margins) if len(margins) > 1 else list(margins) * len(_MOST)
    return {
        "turn_slots": indices(_TURN_SLOTS),
        "direction_entries": indices(_DIRECTION_ENTRIES),
        "direction_signs": torch.tensor([sign for _, sign in _DIRECTIONS], device=device),
        "twist_slots": indices(_TWIST_SLOTS),
        # The skew part's number about X is entry (2, 1) minus (1, 2), and so on.
        "twist_plus": indices([9 * s + (7, 2, 3)[a] for s, a in zip(_TWIST_SLOTS, _TWIST_AXES, strict=True)]),
        "twist_minus": indices([9 * s + (5, 6, 1)[a] for s, a in zip(_TWIST_SLOTS, _TWIST_AXES, strict=True)]),
        "most": radians([most - own for most, own in zip(_MOST, margin, strict=True)]),
        "least": radians([least + own for least, own in zip(_LEAST, margin[-len(_LEAST) :], strict=True)]),
    }


def limit_excess(
    local: Float[Tensor, "*batch joints 3 3"], margins: tuple[float, ...] = (0.0,)
) -> Float[Tensor, "*batch limits"]:
    """Radians beyond each joint limit, 0 inside, in the order of core's `LIMIT_NAMES`.

    Args:
        local: rotations to the parent.
        margins: degrees by which limits are drawn in: one for all, or one each.
    """
    constants = _constants(local.device, margins)
    batch = local.shape[:-3]
    # Joints first: whatever the batch, each limit is a row of its own.
    joints = local.flatten(0, -4) if len(batch) != 1 else local
    joints = joints.permute(1, 2, 3, 0)
    chains = []
    for names in _CHAINS:
        product = joints[JOINT_NAMES.index(names[0])]
        for name in names[1:]:
            product = _product(product, joints[JOINT_NAMES.index(name)])
        chains.append(product)
    every = torch.cat((joints, torch.stack(chains)))
    trace = every[:, 0, 0] + every[:, 1, 1] + every[:, 2, 2]
    flat = every.flatten(0, 2)
    # The slope of acos is infinite at its ends.
    turns = torch.acos((0.5 * trace.index_select(0, constants["turn_slots"]) - 0.5).clamp(-0.9999, 0.9999))
    sines = flat.index_select(0, constants["direction_entries"]) * constants["direction_signs"][:, None]
    directions = torch.asin(sines.clamp(-0.9999, 0.9999))
    # For a unit quaternion 4 w v is the matrix's skew part and 4 w^2 its trace plus 1: their ratio is tan(angle/2).
    along = flat.index_select(0, constants["twist_plus"]) - flat.index_select(0, constants["twist_minus"])
    twists = 2 * torch.atan2(along, (trace.index_select(0, constants["twist_slots"]) + 1).clamp_min(1e-6))
    most = constants["most"][:, None]
    over = torch.cat((turns, directions, twists)) - most
    rest = len(over) - len(twists)
    under = constants["least"][:, None] - twists
    excess = torch.cat((over[:rest], torch.maximum(over[rest:], under))).relu()
    return excess.movedim(0, -1).unflatten(0, batch) if len(batch) != 1 else excess.movedim(0, -1)


def _product(a: Tensor, b: Tensor) -> Tensor:
    """Matrices (3, 3, batch) times matrices, where elementwise work on long rows is far cheaper than many products."""
    return a[:, 0, None] * b[None, 0] + a[:, 1, None] * b[None, 1] + a[:, 2, None] * b[None, 2]

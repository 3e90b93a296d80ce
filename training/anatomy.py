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

    def traces(slots: list[int]) -> list[int]:
        return [9 * slot + diagonal for diagonal in (0, 4, 8) for slot in slots]

    twisted = list(zip(_TWIST_SLOTS, _TWIST_AXES, strict=True))
    return {
        # The skew part's number about X is entry (2, 1) minus (1, 2), and so on.
        "entries": indices(
            traces(_TURN_SLOTS)
            + _DIRECTION_ENTRIES
            + traces(_TWIST_SLOTS)
            + [9 * slot + (7, 2, 3)[axis] for slot, axis in twisted]
            + [9 * slot + (5, 6, 1)[axis] for slot, axis in twisted]
        ),
        "direction_signs": torch.tensor([sign for _, sign in _DIRECTIONS], device=device)[:, None],
        "most": radians([most - own for most, own in zip(_MOST, margin, strict=True)])[:, None],
        "least": radians([least + own for least, own in zip(_LEAST, margin[-len(_LEAST) :], strict=True)])[:, None],
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
    # Joints first: whatever the batch, each limit is a row of its own. All that limits look at is gathered at once.
    every = local.reshape(-1, *local.shape[-3:]).permute(1, 2, 3, 0)
    joints = every.unbind()
    chains = []
    for names in _CHAINS:
        product = joints[JOINT_NAMES.index(names[0])]
        for name in names[1:]:
            product = _product(product, joints[JOINT_NAMES.index(name)])
        chains.append(product)
    flat = torch.cat((every, torch.stack(chains))).flatten(0, 2)
    entries = flat.index_select(0, constants["entries"])
    turned, lifted, level, plus, minus = entries.split(
        (3 * len(_TURN_SLOTS), len(_DIRECTIONS), 3 * len(_TWIST_SLOTS), len(_TWIST_SLOTS), len(_TWIST_SLOTS))
    )
    # The slope of acos is infinite at its ends.
    trace = turned.unflatten(0, (3, -1)).sum(0)
    turns = torch.acos((0.5 * trace - 0.5).clamp(-0.9999, 0.9999))
    directions = torch.asin((lifted * constants["direction_signs"]).clamp(-0.9999, 0.9999))
    # For a unit quaternion 4 w v is the matrix's skew part and 4 w^2 its trace plus 1: their ratio is tan(angle/2).
    twists = 2 * torch.atan2(plus - minus, (level.unflatten(0, (3, -1)).sum(0) + 1).clamp_min(1e-6))
    angles = torch.cat((turns, directions, twists)) - constants["most"]
    single, both = angles.split((len(angles) - len(twists), len(twists)))
    excess = torch.cat((single, torch.maximum(both, constants["least"] - twists))).relu()
    return excess.movedim(0, -1).reshape(*local.shape[:-3], -1)


def _product(a: Tensor, b: Tensor) -> Tensor:
    """Matrices (3, 3, batch) times matrices, where elementwise work on long rows is far cheaper than many products."""
    return a[:, 0, None] * b[None, 0] + a[:, 1, None] * b[None, 1] + a[:, 2, None] * b[None, 2]

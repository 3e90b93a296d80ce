# SPDX-License-Identifier: GPL-3.0-or-later
"""Limbs in closed form: two directions decide a limb, its hinge decides the twist."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from blender_addon.core.skeleton import JOINT_NAMES, PARENTS, SMPL22
from training.grammar.body import Body, posed, rotation_from_vector
from training.grammar.constraints import Constraints
from training.grammar.points import POINT_NAMES

_J = JOINT_NAMES.index
_P = POINT_NAMES.index


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


def place_limbs(local: Tensor, constraints: Constraints) -> Tensor:
    """Turn the limbs of bodies (B, 22, 3, 3) so that each, were it alone, meets its goals."""
    for limb in _LIMBS:
        local = _place_limb(local, limb, constraints)
    return _aim_ends(local, constraints)


def _aimed(body: Body, constraints: Constraints) -> Tensor:
    """(R, 3) where each aim points, in the world."""
    aims = constraints.aims
    return (body.frames[:, :, aims.values[6].long(), aims.body] * aims.values[None, :3]).sum(1).T


def _unit(vector: Tensor) -> Tensor:
    return vector / vector.norm(dim=-1, keepdim=True).clamp_min(1e-6)


def _place_limb(local: Tensor, limb: _Limb, constraints: Constraints) -> Tensor:
    """Turn one limb of each body that has goals for it so that it meets them, were it alone."""
    body = posed(local)
    root, hinge, end = (_J(name) for name in (limb.root, limb.hinge, limb.end))
    above = body.rotation(PARENTS[root])
    a, b, c = body.point(root), body.point(hinge), body.point(end)
    lengths = (float(np.linalg.norm(SMPL22.offsets[hinge])), float(np.linalg.norm(SMPL22.offsets[end])))
    upper, lower = _unit(b - a), _unit(c - b)
    touched = torch.zeros(len(local), dtype=torch.bool)
    aims = constraints.aims
    world = _aimed(body, constraints)

    def aimed(start: int, stop: int) -> tuple[Tensor, Tensor]:
        rows = (aims.points[0] == start) & (aims.points[1] == stop)
        return aims.body[rows], world[rows]

    # A hinge keeps its bend unless told otherwise.
    flexion = torch.atan2(torch.linalg.cross(upper, lower).norm(dim=-1), (upper * lower).sum(-1))
    bends = constraints.bends
    rows = bends.points[1] == hinge
    flexion[bends.body[rows]] = bends.values[2, rows]
    bent = bends.body[rows]
    touched[bent] = True
    frame = body.frame(2 if "shoulder" in limb.root else 3)
    pole = frame @ torch.tensor(limb.pole)
    # Where the whole limb goes: its own line, or to what its end touches.
    reach = _unit(c - a)
    has_reach = torch.zeros(len(local), dtype=torch.bool)
    has_reach[bent] = True
    who, where = aimed(root, end)
    reach[who], has_reach[who], touched[who] = where, True, True
    gaps = constraints.gaps
    for mine, other in ((0, 1), (1, 0)):
        is_mine = torch.isin(gaps.points[mine], torch.tensor([_P(name) for name in limb.ends]))
        is_mine &= gaps.values[1] < 0.2
        is_mine &= ~torch.isin(gaps.points[other], torch.tensor(_FREE_HANDS)) | ("hip" in limb.root)
        rows = is_mine.nonzero()[:, 0]
        who = gaps.body[rows]
        target = body.points[:, gaps.points[other, rows], who].T
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
    carried = _between((above @ limb.bone), upper) @ above
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
    local[touched, root] = (above.transpose(-1, -2) @ turned)[touched]
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
    aims, world = constraints.aims, _aimed(body, constraints)
    local = local.clone()
    for joint, tip in [
        (f"{s}_{a}", f"{s}_{b}") for s in ("left", "right") for a, b in (("wrist", "hand"), ("ankle", "foot"))
    ]:
        rows = (aims.points[0] == _P(joint)) & (aims.points[1] == _P(tip))
        who = aims.body[rows]
        if not len(who):
            continue
        wanted = world[rows]
        now = _unit((body.point(_P(tip)) - body.point(_P(joint)))[who])
        above = body.rotation(PARENTS[_J(joint)])[who]
        local[who, _J(joint)] = above.transpose(-1, -2) @ _between(now, wanted) @ body.rotation(_J(joint))[who]
    return local


def _between(a: Tensor, b: Tensor) -> Tensor:
    """The shortest turns (..., 3, 3) from unit vectors a to b."""
    axis = torch.linalg.cross(a, b)
    angle = torch.atan2(axis.norm(dim=-1), (a * b).sum(-1))
    return rotation_from_vector(_unit(axis) * angle[..., None])

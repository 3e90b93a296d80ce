# SPDX-License-Identifier: GPL-3.0-or-later
"""The body in torch, batched for building poses: points, the heading, joint limits, flesh that may not meet, mass."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from blender_addon.core.anatomy import DIRECTION_LIMITS, TURN_LIMITS, TWIST_LIMITS
from blender_addon.core.skeleton import JOINT_NAMES, PARENTS, SMPL22
from training.grammar.points import FLOOR_POINTS, FLOOR_RADII, MIDDLES, SPOT_JOINTS, SPOT_OFFSETS

_OFFSETS = torch.tensor(np.asarray(SMPL22.offsets), dtype=torch.float32)


def _depths() -> list[int]:
    depths = [0]
    for parent in PARENTS[1:]:
        depths.append(depths[parent] + 1)
    return depths


_LEVELS = [
    ([j for j, d in enumerate(_depths()) if d == depth], [PARENTS[j] for j, d in enumerate(_depths()) if d == depth])
    for depth in range(1, max(_depths()) + 1)
]
_ORDER = torch.tensor([0] + [j for joints, _ in _LEVELS for j in joints])
_BACK = torch.argsort(_ORDER)
"""Joints are computed a level at a time and put back in order once."""
_LEVEL_JOINTS = [torch.tensor(joints) for joints, _ in _LEVELS]
_LEVEL_PARENTS = [
    torch.tensor([[0, *(j for joints, _ in _LEVELS[:level] for j in joints)].index(p) for p in parents])
    for level, (_, parents) in enumerate(_LEVELS)
]
_SPOT_JOINTS = torch.tensor(SPOT_JOINTS)
_SPOT_OFFSETS = torch.tensor(SPOT_OFFSETS)
_MIDDLES = torch.tensor(MIDDLES)
_FLOOR_POINTS = torch.tensor(FLOOR_POINTS)
_FLOOR_RADII = torch.tensor(FLOOR_RADII)
_MASS_BY_NAME = {
    "pelvis": 0.14, "spine1": 0.08, "spine2": 0.10, "spine3": 0.16, "head": 0.08, "hip": 0.06, "knee": 0.075,
    "ankle": 0.03, "foot": 0.01, "shoulder": 0.02, "elbow": 0.022, "wrist": 0.014,
}  # fmt: skip
_MASS = torch.tensor([_MASS_BY_NAME.get(name.split("_")[-1], 0.0) for name in JOINT_NAMES])
_MASS /= _MASS.sum()


@dataclass(frozen=True)
class Body:
    """Posed bodies, lowest flesh at height 0."""

    local: Tensor
    """(B, 22, 3, 3) rotations to the parent, the pelvis's to the world."""
    rotations: Tensor
    """(B, 22, 3, 3) to the world."""
    points: Tensor
    """(B, P, 3) metres, by `POINT_NAMES`; the joints come first."""
    frames: Tensor
    """(B, 4, 3, 3): columns left, up, front of each of `FRAMES`."""
    clearance: Tensor
    """(B, F) metres of air under each of `FLOOR_POINTS`, least 0."""
    mass: Tensor
    """(B, 3) the centre of mass."""


def rotation_from_vector(vector: Tensor) -> Tensor:
    """Matrices (..., 3, 3) of rotation vectors (..., 3), smooth at 0."""
    square = (vector * vector).sum(-1)
    angle = (square + 1e-12).sqrt()
    a = (torch.sin(angle) / angle)[..., None, None]
    b = ((1 - torch.cos(angle)) / (square + 1e-12))[..., None, None]
    x, y, z = vector.unbind(-1)
    o = torch.zeros_like(x)
    k = torch.stack((o, -z, y, z, o, -x, -y, x, o), -1).reshape(*vector.shape, 3)
    return torch.eye(3) + a * k + b * (k @ k)


def posed(local: Tensor) -> Body:
    """Bodies from local rotations (B, 22, 3, 3), stood on the floor with the pelvis at x = z = 0."""
    rotations = [local[:, :1]]
    positions = [torch.zeros_like(local[:, :1, :, 0])]
    for joints, parents in zip(_LEVEL_JOINTS, _LEVEL_PARENTS, strict=True):
        above = torch.cat(rotations, 1).index_select(1, parents)
        rotations.append(above @ local.index_select(1, joints))
        positions.append(torch.cat(positions, 1).index_select(1, parents) + (above * _OFFSETS[joints][:, None]).sum(-1))
    turned = torch.cat(rotations, 1).index_select(1, _BACK)
    placed = torch.cat(positions, 1).index_select(1, _BACK)
    spots = placed.index_select(1, _SPOT_JOINTS) + (turned.index_select(1, _SPOT_JOINTS) * _SPOT_OFFSETS[:, None]).sum(
        -1
    )
    points = torch.cat(
        (spots, 0.5 * (spots.index_select(1, _MIDDLES[:, 0]) + spots.index_select(1, _MIDDLES[:, 1]))), 1
    )
    heights = points[..., 1].index_select(1, _FLOOR_POINTS) - _FLOOR_RADII
    low = heights.min(1).values
    points = points - low[:, None, None] * points.new_tensor([0.0, 1.0, 0.0])
    return Body(
        local,
        turned,
        points,
        _frames(points, turned),
        heights - low[:, None],
        (points[:, :22] * _MASS[:, None]).sum(1),
    )


def _unit(vector: Tensor) -> Tensor:
    return vector / vector.norm(dim=-1, keepdim=True).clamp_min(1e-6)


def _frames(points: Tensor, rotations: Tensor) -> Tensor:
    """The frames that directions are said in; constants for gradients, as no limb should turn them."""
    points, rotations = points.detach(), rotations.detach()
    lateral = _unit(_unit(points[:, 1] - points[:, 2]) + _unit(points[:, 16] - points[:, 17]))
    torso = _unit(points[:, 12] - points[:, 0])
    chest = _unit(torch.linalg.cross(lateral, torso))
    level = points.new_tensor([1.0, 0.0, 1.0])
    up = points.new_tensor([0.0, 1.0, 0.0]).expand_as(torso)
    # A body on its side has no left and right on the ground: there the chest says where the front is.
    steady = (lateral * level).norm(dim=-1, keepdim=True) > 0.5
    front = _unit(torch.where(steady, torch.linalg.cross(lateral * level, up), chest * level))
    heading = torch.stack((torch.linalg.cross(up, front), up, front), -1)
    own = torch.stack((torch.linalg.cross(torso, chest), torso, chest), -1)
    return torch.stack((heading, own, rotations[:, 9], rotations[:, 0]), 1)


# Joint limits, with all joints at once; the tables are core's.

_MARGIN = 1.5  # degrees kept from every limit
_J = JOINT_NAMES.index
_SINGLE_TURNS = [limit for limit in TURN_LIMITS if len(limit.joints) == 1]
_CHAINS = [limit for limit in TURN_LIMITS if len(limit.joints) > 1]
_TURN_JOINTS = torch.tensor([_J(limit.joints[0]) for limit in _SINGLE_TURNS])
_TURN_MOST = torch.deg2rad(
    torch.tensor([limit.most for limit in _SINGLE_TURNS] + [limit.most for limit in _CHAINS]) - _MARGIN
)
_DIRECTION_JOINTS = torch.tensor([_J(limit.joints[-1]) for limit in DIRECTION_LIMITS])
_DIRECTION_ABOVE = torch.tensor(
    [i for i, limit in enumerate(DIRECTION_LIMITS) if len(limit.joints) == 2], dtype=torch.long
)
_ABOVE_JOINTS = torch.tensor([_J(limit.joints[0]) for limit in DIRECTION_LIMITS if len(limit.joints) == 2])
_BONES = torch.tensor([limit.bone for limit in DIRECTION_LIMITS])
_TOWARDS = torch.tensor([limit.towards for limit in DIRECTION_LIMITS])
_DIRECTION_MOST = torch.deg2rad(
    torch.tensor([float(limit.most) for limit in DIRECTION_LIMITS])
    - torch.tensor([0.15 if "hyperextended" in limit.name else _MARGIN for limit in DIRECTION_LIMITS])
)
_TWIST_JOINTS = torch.tensor([_J(limit.joint) for limit in TWIST_LIMITS])
_TWIST_AXES = torch.tensor([limit.axis for limit in TWIST_LIMITS])
_TWIST_LEAST = torch.deg2rad(torch.tensor([float(limit.least) for limit in TWIST_LIMITS]) + _MARGIN)
_TWIST_MOST = torch.deg2rad(torch.tensor([float(limit.most) for limit in TWIST_LIMITS]) - _MARGIN)


def limit_excess(local: Tensor) -> Tensor:
    """Radians (B, K) beyond joint limits drawn in by a degree; the order is not core's."""
    chains = []
    for limit in _CHAINS:
        product = local[:, _J(limit.joints[0])]
        for joint in limit.joints[1:]:
            product = product @ local[:, _J(joint)]
        chains.append(product)
    turning = torch.cat((local.index_select(1, _TURN_JOINTS), torch.stack(chains, 1)), 1)
    trace = turning.diagonal(dim1=-2, dim2=-1).sum(-1)
    turns = torch.acos(((trace - 1) / 2).clamp(-0.9999, 0.9999)) - _TURN_MOST
    bones = (local.index_select(1, _DIRECTION_JOINTS) * _BONES[:, None]).sum(-1)
    raised = (local.index_select(1, _ABOVE_JOINTS) * bones.index_select(1, _DIRECTION_ABOVE)[:, :, None]).sum(-1)
    bones = bones.index_copy(1, _DIRECTION_ABOVE, raised)
    directions = torch.asin((bones * _TOWARDS).sum(-1).clamp(-0.9999, 0.9999)) - _DIRECTION_MOST
    m = local.index_select(1, _TWIST_JOINTS)
    skew = torch.stack((m[..., 2, 1] - m[..., 1, 2], m[..., 0, 2] - m[..., 2, 0], m[..., 1, 0] - m[..., 0, 1]), -1)
    along = (skew * _TWIST_AXES).sum(-1)
    # At a half turn both are 0 and the slope is undefined; the small term keeps it finite.
    twist = 2 * torch.atan2(along, (m.diagonal(dim1=-2, dim2=-1).sum(-1) + 1).clamp_min(1e-3))
    twists = torch.maximum(twist - _TWIST_MOST, _TWIST_LEAST - twist)
    return torch.cat((turns, directions, twists), -1).relu()


# Flesh: capsules as rows of balls along bones.


def _balls() -> tuple[list[str], Tensor, Tensor, Tensor]:
    groups: list[str] = []
    rows: list[tuple[int, tuple[float, float, float], float]] = []

    def add(group: str, joint: str, offset: tuple[float, float, float], radius: float) -> None:
        groups.append(group)
        rows.append((_J(joint), offset, radius))

    for x in (-0.07, 0.07):
        add("trunk", "pelvis", (x, 0.0, 0.0), 0.105)
        add("trunk", "spine1", (x * 0.8, 0.03, 0.045), 0.10)
        add("trunk", "spine2", (x, 0.08, 0.035), 0.105)
        add("trunk", "spine3", (x, 0.05, 0.035), 0.105)
    add("neck", "neck", (0, 0.03, 0.01), 0.055)
    add("head", "head", (0, 0.06, -0.005), 0.095)
    add("head", "head", (0, 0.01, 0.045), 0.075)
    for side, sign in (("left", 1), ("right", -1)):
        for share, radius in ((0.5, 0.042), (0.75, 0.04), (1.0, 0.038)):
            add(f"{side}_upper_arm", f"{side}_shoulder", (sign * share * 0.2665, 0, 0), radius)
        for share, radius in ((0.25, 0.037), (0.5, 0.034), (0.75, 0.03)):
            add(f"{side}_forearm", f"{side}_elbow", (sign * share * 0.2397, 0, 0), radius)
        for reach, radius in ((0.0, 0.026), (0.05, 0.024), (0.1, 0.022), (0.15, 0.012)):
            add(f"{side}_hand", f"{side}_wrist", (sign * reach, 0.0, 0.0), radius)
        thigh, shin = _OFFSETS[_J(f"{side}_knee")], _OFFSETS[_J(f"{side}_ankle")]
        for share, radius in ((0.3, 0.082), (0.5, 0.075), (0.7, 0.065), (0.95, 0.055)):
            x, y, z = (share * thigh).tolist()
            add(f"{side}_thigh", f"{side}_hip", (x, y, z), radius)
        for share, radius in ((0.2, 0.055), (0.4, 0.054), (0.6, 0.045), (0.85, 0.037)):
            x, y, z = (share * shin).tolist()
            add(f"{side}_shin", f"{side}_knee", (x, y, z - 0.01), radius)
        add(f"{side}_foot", f"{side}_ankle", (0.0, -0.03, 0.0), 0.04)
        add(f"{side}_foot", f"{side}_ankle", (0.0, -0.03, 0.08), 0.035)
        add(f"{side}_foot", f"{side}_foot", (0.01, 0.0, 0.02), 0.025)
    joints = torch.tensor([row[0] for row in rows])
    offsets = torch.tensor([row[1] for row in rows], dtype=torch.float32)
    return groups, joints, offsets, torch.tensor([row[2] for row in rows])


_BALL_GROUPS, _BALL_JOINTS, _BALL_OFFSETS, _BALL_RADII = _balls()


def _meet(a: str, b: str) -> bool:
    """Whether two parts can run into each other in a way that matters."""
    a_side, _, a_part = a.partition("_")
    b_side, _, b_part = b.partition("_")
    arm, leg, core = {"upper_arm", "forearm", "hand"}, {"thigh", "shin", "foot"}, {"trunk", "neck", "head"}
    if a in core or b in core:
        part, other = (b_part, a) if a in core else (a_part, b)
        if a in core and b in core:
            return False
        return part in ("forearm", "hand", "shin", "foot") or (part == "upper_arm" and other == "head")
    if a_side == b_side:
        return (a_part in arm and b_part in leg and a_part != "upper_arm") or {a_part, b_part} == {"hand", "upper_arm"}
    return (a_part in arm) == (b_part in arm) or a_part in ("forearm", "hand") or b_part in ("forearm", "hand")


_BALL_APART = torch.full((len(_BALL_GROUPS), len(_BALL_GROUPS)), -1.0)
"""How far two balls must be apart; pairs that may meet, and each pair's second mention, never are too near."""
for _i, _j in itertools.combinations(range(len(_BALL_GROUPS)), 2):
    if _BALL_GROUPS[_i] != _BALL_GROUPS[_j] and _meet(_BALL_GROUPS[_i], _BALL_GROUPS[_j]):
        _apart = _BALL_RADII[_i] + _BALL_RADII[_j]
        # Heels sink into buttocks, knees into each other.
        soft = {_BALL_GROUPS[_i].split("_")[-1], _BALL_GROUPS[_j].split("_")[-1]}
        _BALL_APART[_i, _j] = _apart - (0.03 if soft <= {"trunk", "shin", "foot", "thigh"} else 0.0)


_BALL_PAIRS = _BALL_APART > 0


def _ball_centres(body: Body) -> Tensor:
    rotations, joints = body.rotations.index_select(1, _BALL_JOINTS), body.points.index_select(1, _BALL_JOINTS)
    return joints + (rotations * _BALL_OFFSETS[:, None]).sum(-1)


@dataclass(frozen=True)
class Pairs:
    """Balls of flesh that are near each other."""

    body: Tensor
    """(R,) which body."""
    balls: Tensor
    """(R, 2) which two of its balls."""
    apart: Tensor
    """(R,) metres that they must keep."""


@torch.no_grad()
def near_pairs(body: Body, within: float = 0.0) -> Pairs:
    """Pairs of balls that are inside each other, or less than `within` metres from it."""
    balls = _ball_centres(body)
    square = balls.square().sum(-1)
    # All distances by one product: far cheaper than gathering pairs.
    apart = torch.baddbmm(square[:, :, None] + square[:, None], balls, balls.transpose(1, 2), alpha=-2)
    rows = ((apart < (_BALL_APART + within).square()) & _BALL_PAIRS).nonzero()
    return Pairs(rows[:, 0], rows[:, 1:], _BALL_APART[rows[:, 1], rows[:, 2]])


def penetration(body: Body, pairs: Pairs) -> Tensor:
    """Metres (R,) by which each pair is inside each other, 0 for one that is not."""
    balls = _ball_centres(body)
    between = balls[pairs.body, pairs.balls[:, 0]] - balls[pairs.body, pairs.balls[:, 1]]
    return (pairs.apart - (between.square().sum(-1) + 1e-8).sqrt()).relu()


def deepest(body: Body) -> Tensor:
    """Metres (B,) of each body's worst pair."""
    pairs = near_pairs(body)
    return body.points.new_zeros(len(body.local)).scatter_reduce(0, pairs.body, penetration(body, pairs), "amax")

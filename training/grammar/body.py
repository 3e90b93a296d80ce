# SPDX-License-Identifier: GPL-3.0-or-later
"""The body in torch, batched for building poses: points, the heading, flesh that may not meet, mass.

Bodies are the last axis of every tensor here: elementwise work on long rows is several times faster on a CPU than many
small matrix products.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from backend.rotation import global_to_local
from blender_addon.core.anatomy import LIMIT_NAMES
from blender_addon.core.skeleton import JOINT_NAMES, PARENTS, SMPL22
from training.grammar.points import FLOOR_POINTS, FLOOR_RADII, MIDDLES, POINT_NAMES, SPOT_JOINTS, SPOT_OFFSETS

LIMIT_MARGINS: tuple[float, ...] = tuple(0.15 if "hyperextended" in name else 1.5 for name in LIMIT_NAMES)
"""Degrees kept from every joint limit."""
_J = JOINT_NAMES.index
_OFFSETS = np.asarray(SMPL22.offsets, dtype=np.float32)
_FLOOR_POINTS = torch.tensor(FLOOR_POINTS)
_FLOOR_RADII = torch.tensor(FLOOR_RADII)[:, None]
_TURNING = ("pelvis", "neck", "left_hip", "right_hip", "left_shoulder", "right_shoulder")
_MARKS = torch.cat((_FLOOR_POINTS, torch.tensor([_J(name) for name in _TURNING])))
"""Points of the floor, then those that say where the body faces."""
_CHEST_AND_HIPS = torch.tensor([_J("spine3"), 0])
_UP, _LEVEL = torch.tensor([[0.0], [1.0], [0.0]]), torch.tensor([[1.0], [0.0], [1.0]])
_MASS_BY_NAME = {
    "pelvis": 0.14, "spine1": 0.08, "spine2": 0.10, "spine3": 0.16, "head": 0.08, "hip": 0.06, "knee": 0.075,
    "ankle": 0.03, "foot": 0.01, "shoulder": 0.02, "elbow": 0.022, "wrist": 0.014,
}  # fmt: skip


def _levels() -> list[tuple[slice, Tensor]]:
    """Joints of equal depth, which follow one another in the skeleton's order, and their parents."""
    depths = [0]
    for parent in PARENTS[1:]:
        depths.append(depths[parent] + 1)
    assert depths == sorted(depths)
    found = []
    for depth in range(1, max(depths) + 1):
        first, stop = depths.index(depth), len(depths) - depths[::-1].index(depth)
        found.append((slice(first, stop), torch.tensor(PARENTS[first:stop])))
    return found


_LEVELS = _levels()
_DESCENDANTS = torch.zeros(22, 22)
"""1 where the second joint moves with the first, itself included."""
for _joint in range(22):
    _up = _joint
    while _up >= 0:
        _DESCENDANTS[_up, _joint] = 1.0
        _up = PARENTS[_up]

# Flesh: capsules as rows of balls along bones.


def _balls() -> tuple[list[str], list[int], np.ndarray, np.ndarray]:
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
    return groups, [row[0] for row in rows], np.array([row[1] for row in rows]), np.array([row[2] for row in rows])


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


def _pairs() -> tuple[Tensor, Tensor]:
    """Two of the balls that may meet (2, R), and how far they must be apart (R,)."""
    rows, apart = [], []
    for i, j in itertools.combinations(range(len(_BALL_GROUPS)), 2):
        if _BALL_GROUPS[i] != _BALL_GROUPS[j] and _meet(_BALL_GROUPS[i], _BALL_GROUPS[j]):
            # Heels sink into buttocks, knees into each other.
            soft = {_BALL_GROUPS[i].split("_")[-1], _BALL_GROUPS[j].split("_")[-1]}
            give = 0.03 if soft <= {"trunk", "shin", "foot", "thigh"} else 0.0
            rows.append((i, j))
            apart.append(float(_BALL_RADII[i] + _BALL_RADII[j]) - give)
    return torch.tensor(rows).T.contiguous(), torch.tensor(apart)


_BALL_GROUPS, _BALL_JOINTS, _BALL_OFFSETS, _BALL_RADII = _balls()
MASS = len(POINT_NAMES)
"""The centre of mass among a body's points; the balls of flesh follow it."""
_FIRST_BALL = MASS + 1
_NUM_POINTS = _FIRST_BALL + len(_BALL_GROUPS)
_PAIRS, _PAIRS_APART = _pairs()
_CHUNK = 64


def _point_weights() -> Tensor:
    """(points, 88) how points add up from the joints' axes and positions, (joint, axis or position)."""
    weights = np.zeros((_NUM_POINTS, 22, 4), dtype=np.float32)
    spots = len(SPOT_JOINTS)
    rows = np.arange(spots)
    weights[rows, SPOT_JOINTS] = np.concatenate((SPOT_OFFSETS, np.ones((spots, 1), dtype=np.float32)), 1)
    for row, (a, b) in enumerate(MIDDLES):
        weights[spots + row] = 0.5 * (weights[a] + weights[b])
    masses = np.array([_MASS_BY_NAME.get(name.split("_")[-1], 0.0) for name in JOINT_NAMES])
    weights[MASS, :, 3] = masses / masses.sum()
    weights[np.arange(_FIRST_BALL, _NUM_POINTS), _BALL_JOINTS] = np.concatenate(
        (_BALL_OFFSETS, np.ones((len(_BALL_GROUPS), 1))), 1
    )
    return torch.from_numpy(weights.reshape(_NUM_POINTS, 88))


_POINT_WEIGHTS = _point_weights()


@dataclass(frozen=True)
class Body:
    """Posed bodies, the pelvis at the origin."""

    local: Tensor
    """(22, 3, 3, B) rotations to the parent, the pelvis's to the world."""
    world: Tensor
    """(3, 22, 4, B): for X, Y and Z, each joint's axes and its position, metres."""
    points: Tensor
    """(3, P, B) metres, by `POINT_NAMES`, then `MASS` and the balls of flesh; the joints come first."""
    frames: Tensor
    """(3, 3, 4, B): X, Y and Z of the left, up and front of each of `FRAMES`."""
    low: Tensor
    """(B,) height of the lowest flesh."""
    clearance: Tensor
    """(F, B) metres of air under each of `FLOOR_POINTS`, least 0."""

    def point(self, index: int) -> Tensor:
        """(B, 3) metres."""
        return self.points[:, index].T

    def rotation(self, joint: int) -> Tensor:
        """(B, 3, 3) to the world."""
        return self.world[:, joint, :3].permute(2, 0, 1)

    def frame(self, index: int) -> Tensor:
        """(B, 3, 3) columns left, up, front."""
        return self.frames[:, :, index].permute(2, 0, 1)


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
    """Bodies from local rotations (B, 22, 3, 3)."""
    return posed_last(local.permute(1, 2, 3, 0).contiguous())


def posed_last(local: Tensor) -> Body:
    """Bodies from local rotations (22, 3, 3, B)."""
    world = _world(local)
    return _body(local, world, _points(world))


def posed_global(rotations: Tensor, joints: Tensor) -> Body:
    """Bodies from rotations to the world (B, 22, 3, 3) and joints (B, 22, 3) metres, with slopes; on the CPU."""
    world = torch.cat((rotations, joints.unsqueeze(-1)), -1).permute(2, 1, 3, 0)
    local = global_to_local(rotations, SMPL22).permute(1, 2, 3, 0)
    return _body(local, world, _points(world))


def _body(local: Tensor, world: Tensor, points: Tensor) -> Body:
    # Taken at once: each taking costs a whole body's slopes.
    marks = points.index_select(1, _MARKS)
    floor, turning = marks.split((len(_FLOOR_POINTS), len(_TURNING)), 1)
    heights = floor[1] - _FLOOR_RADII
    low = heights.min(0).values
    frames = _frames(turning, world.index_select(1, _CHEST_AND_HIPS))
    return Body(local, world, points, frames, low, heights - low)


def _world(local: Tensor) -> Tensor:
    """Forward kinematics: (3, 22, 4, B)."""
    world = local.new_empty(3, 22, 4, local.shape[-1])
    world[:, 0, :3] = local[0]
    world[:, 0, 3] = 0.0
    for level, parents in _LEVELS:
        above, own = world.index_select(1, parents), local[level]
        out = world[:, level]
        torch.mul(above[:, :, 0, None], own[None, :, 0], out=out[:, :, :3])
        out[:, :, :3].addcmul_(above[:, :, 1, None], own[None, :, 1])
        out[:, :, :3].addcmul_(above[:, :, 2, None], own[None, :, 2])
        offsets = _BONES[level]
        out[:, :, 3] = above[:, :, 3]
        for axis in range(3):
            out[:, :, 3].addcmul_(above[:, :, axis], offsets[:, axis, None])
    return world


_BONES = torch.from_numpy(_OFFSETS)


def _points(world: Tensor) -> Tensor:
    """(3, P, B)."""
    return torch.matmul(_POINT_WEIGHTS, world.flatten(1, 2))


class _Turned(torch.autograd.Function):
    """Bodies whose joints are turned away from a start, with slopes in closed form.

    A joint's torque is the sum over all that it moves; that sum is one small matrix product for all joints.
    """

    @staticmethod
    def forward(ctx: Any, turn: Tensor, start: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        x, y, z = turn
        square = x * x + y * y + z * z + 1e-12
        angle = square.sqrt()
        sine, versed = torch.sin(angle) / angle, (1 - torch.cos(angle)) / square
        ax, ay, az, bx, by, bz = sine * x, sine * y, sine * z, versed * x, versed * y, versed * z
        xy, xz, yz = bx * y, bx * z, by * z
        xx, yy, zz = bx * x, by * y, bz * z
        swing = torch.stack(
            (1 - yy - zz, xy - az, xz + ay, xy + az, 1 - xx - zz, yz - ax, xz - ay, yz + ax, 1 - xx - yy), 1
        ).unflatten(1, (3, 3))
        local = start[:, :, 0, None] * swing[:, None, 0]
        local.addcmul_(start[:, :, 1, None], swing[:, None, 1])
        local.addcmul_(start[:, :, 2, None], swing[:, None, 2])
        world = _world(local)
        ctx.save_for_backward(turn, square, sine, versed, local, world)
        return local, world, _points(world)

    @staticmethod
    def backward(ctx: Any, *slopes: Tensor) -> tuple[Tensor, None]:
        turn, square, sine, versed, local, world = ctx.saved_tensors
        local_slope, world_slope, point_slope = slopes
        pull = torch.matmul(_POINT_WEIGHTS.T, point_slope).unflatten(1, (22, 4)) + world_slope
        moved = torch.stack((_cross(world, pull).sum(2), pull[:, :, 3]))
        moved = torch.matmul(_DESCENDANTS, moved)
        torque = moved[0] - _cross(world[:, :, 3], moved[1])
        # Seen from each joint itself, whose axes are the columns of its rotation; limits pull there directly.
        own = (world[:, :, :3] * torque[:, :, None]).sum(0).transpose(0, 1)
        rows, row_slopes = local.permute(2, 1, 0, 3), local_slope.permute(2, 1, 0, 3)
        own = own + _cross(row_slopes, rows).sum(1)
        # From a turn added at the end to the rotation vector: the left Jacobian.
        once = _cross(turn, own)
        return own + versed * once + ((1 - sine) / square) * _cross(turn, once), None


def _cross(a: Tensor, b: Tensor) -> Tensor:
    """Cross products of vectors along the first axis."""
    return torch.stack((a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]))


def turned(turn: Tensor, start: Tensor) -> Body:
    """Bodies from rotation vectors (3, 22, B) of each joint away from start (22, 3, 3, B), with slopes."""
    local, world, points = _Turned.apply(turn, start)
    return _body(local, world, points)


def _unit(vector: Tensor) -> Tensor:
    """Vectors (3, ...) of length 1."""
    return vector / (vector * vector).sum(0).sqrt().clamp_min(1e-6)


def _frames(turning: Tensor, axes: Tensor) -> Tensor:
    """The frames that directions are said in, from `_TURNING` points (3, 6, B) and axes (3, 2, 4, B) of chest and hips.

    They have slopes like all else: were they constants, an arm told to rise from the chest would drag the chest round
    with it without end.
    """
    pelvis, neck, left_hip, right_hip, left_shoulder, right_shoulder = turning.unbind(1)
    lateral = _unit(_unit(left_hip - right_hip) + _unit(left_shoulder - right_shoulder))
    torso = _unit(neck - pelvis)
    chest = _unit(_cross(lateral, torso))
    up = _UP.expand_as(torso)
    # A body on its side has no left and right on the ground: there the chest says where the front is.
    steady = ((lateral * _LEVEL).square().sum(0) > 0.25)[None]
    front = _unit(torch.where(steady, _cross(lateral * _LEVEL, up), chest * _LEVEL))
    heading = torch.stack((_cross(up, front), up, front), 1)
    own = torch.stack((_cross(torso, chest), torso, chest), 1)
    return torch.cat((torch.stack((heading, own), 2), axes[:, :, :3].transpose(1, 2)), 2)


@dataclass(frozen=True)
class Pairs:
    """Balls of flesh that are near each other."""

    body: Tensor
    """(R,) which body."""
    balls: Tensor
    """(2, R) which two of its points."""
    apart: Tensor
    """(R,) metres that they must keep."""


@torch.no_grad()
def near_pairs(points: Tensor, within: float = 0.0) -> Pairs:
    """Pairs of balls that are inside each other, or less than `within` metres from it; points are a body's."""
    most = (_PAIRS_APART + within).square()[:, None]
    found = []
    # A few bodies at a time, which stay in the processor's caches.
    for begin in range(0, points.shape[-1], _CHUNK):
        balls = points[:, _FIRST_BALL:, begin : begin + _CHUNK]
        between = balls.index_select(1, _PAIRS[0]).sub_(balls.index_select(1, _PAIRS[1])).square_()
        near = between[0].add_(between[1]).add_(between[2]) < most
        pair, body = np.divmod(np.flatnonzero(near.numpy()), near.shape[1])
        found.append((pair, body + begin))
    pairs, bodies = (torch.from_numpy(np.concatenate(part)) for part in zip(*found, strict=True))
    return Pairs(bodies, _FIRST_BALL + _PAIRS[:, pairs], _PAIRS_APART[pairs])


def penetration(points: Tensor, pairs: Pairs) -> Tensor:
    """Metres (R,) by which each pair is inside each other, 0 for one that is not."""
    count = points.shape[-1]
    a, b = picked(points, pairs.balls * count + pairs.body)
    return (pairs.apart - ((a - b).square().sum(0) + 1e-8).sqrt()).relu()


def deepest(points: Tensor) -> Tensor:
    """Metres (B,) of each body's worst pair."""
    pairs = near_pairs(points)
    return points.new_zeros(points.shape[-1]).scatter_reduce(0, pairs.body, penetration(points, pairs), "amax")


def picked(points: Tensor, places: Tensor) -> Tensor:
    """The points (3, P, B) at places (..., R) in their flattened last two axes: (..., 3, R)."""
    found = points.flatten(1).index_select(1, places.flatten())
    return found.unflatten(1, places.shape).movedim(0, -2)

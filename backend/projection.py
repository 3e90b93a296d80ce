# SPDX-License-Identifier: GPL-3.0-or-later
"""Poses moved the little that is needed to meet constraints: limbs in closed form, the rest by damped least squares.

Everything here is in one frame, which has its floor at y = 0, and in double precision.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from backend.limits import LIMITS, LimitTable
from backend.vectors import angle, cross, length, matrix_between, turn_between, turn_matrix, unit
from blender_addon.core.anatomy import JOINT_RADII, TURN_LIMITS
from blender_addon.core.skeleton import JOINT_NAMES, LIMBS, PARENTS, SMPL22

MOST_ROUNDS = 20
_ROUNDS_OF_HEAD_ALONE = 4
_PATIENCE = 4
"""Rounds without getting much better after which a pose is left as it was at its best."""
CLOSE = 1e-3
"""Metres, or radians for directions, at which a constraint counts as met."""
_WRONG = 5e-3
"""The same, at which another way is tried."""
_BROKEN = np.radians(2)
"""Beyond a joint limit, likewise."""
_RETRIES = 2
_MARGIN = np.radians(0.15)
"""How far inside joint limits the solution is asked to be."""
_MOST_TURN = 0.5
"""Radians that a joint turns in one round."""
_ON_FLOOR = 0.03
"""Metres of air under an ankle or a foot that stands."""
_J = JOINT_NAMES.index
_NUM = len(JOINT_NAMES)
_ABOVE = np.array(PARENTS[1:])
_OFFSETS = SMPL22.offsets[1:]
_HEAD, _NECK = _J("head"), _J("neck")
_LEGS = {"left": LIMBS["left_leg"], "right": LIMBS["right_leg"]}

# How readily joints turn, squared radians, and the body moves, squared metres: what is near the end goes first.
_READY = {
    "pelvis": 0.03, "hip": 1.0, "spine1": 0.1, "spine2": 0.1, "spine3": 0.1, "knee": 1.0, "ankle": 0.3, "foot": 0.05,
    "neck": 0.4, "collar": 0.15, "head": 1.0, "shoulder": 1.0, "elbow": 1.0, "wrist": 0.3,
}  # fmt: skip
_MOBILITY = np.array([_READY[name.split("_")[-1]] for name in JOINT_NAMES])
_ROOT_MOBILITY = 0.02


def _chains() -> np.ndarray:
    """(22, 21): whether a bone, named by its far joint less 1, lies between the pelvis and a joint."""
    chains = np.zeros((_NUM, _NUM - 1))
    for joint, parent in enumerate(PARENTS[1:], start=1):
        chains[joint] = chains[parent]
        chains[joint, joint - 1] = 1
    return chains


_CHAINS = _chains()


@dataclass(frozen=True)
class Targets:
    """What poses are to meet."""

    rotations: np.ndarray
    """(22, 3, 3) global rotations of the reference pose."""
    reference_root: np.ndarray
    """(3,) metres: where its pelvis is."""
    locked: np.ndarray
    """(22,) bool: joints that keep the reference's rotations."""
    pins: tuple[int, ...] = ()
    """Joints that have a place; the pelvis's is `root`."""
    points: np.ndarray = field(default_factory=lambda: np.zeros((0, 3)))
    """(pins, 3) metres: their places."""
    look_at: np.ndarray | None = None
    """(3,) metres: what the head faces."""
    root: np.ndarray | None = None
    """(3,) metres: where the pelvis is, when that is not to be changed."""

    @property
    def needs_solving(self) -> bool:
        """Whether something is asked that rotations alone do not tell."""
        return bool(self.pins) or self.look_at is not None or self.root is not None


@dataclass(frozen=True)
class Projected:
    """Poses near the given ones that meet the targets, or nearly."""

    rotations: np.ndarray
    """(B, 22, 3, 3) global."""
    root: np.ndarray
    """(B, 3) metres."""


def positions(rotations: np.ndarray, root: np.ndarray) -> np.ndarray:
    """Joint positions (B, 22, 3) in metres from global rotations (B, 22, 3, 3) and the pelvis's place (B, 3)."""
    return root[:, None] + _CHAINS @ _bones(rotations)


def height_over_floor(rotations: np.ndarray, clearance: np.ndarray) -> np.ndarray:
    """Where the pelvis is (B,), in metres, for the lowest skin to be `clearance` (B,) over the floor."""
    lowest = ((_CHAINS @ _bones(rotations))[..., 1] - JOINT_RADII).min(-1)
    return np.asarray(clearance - lowest)


def gaze_error(rotations: np.ndarray, joints: np.ndarray, look_at: np.ndarray) -> np.ndarray:
    """Radians (B,) between where the head faces and what it is to look at."""
    return angle(rotations[:, _HEAD, :, 2], unit(look_at - joints[:, _HEAD]))


def project(rotations: np.ndarray, root: np.ndarray, targets: Targets) -> Projected:
    """Meet the targets with little change, inside joint limits as far as can be.

    Locked joints take their rotations exactly. Pinned wrists and ankles are reached by shoulder and elbow, hip and
    knee alone where that is possible, the swivel chosen that is best for the limits; what is then still open, joint
    limits included, is solved together, for collars, spine, pelvis and the body's place too, by damped least squares.
    Feet that stood stay where they were, if nothing else is asked of them.

    Args:
        rotations: (B, 22, 3, 3) global.
        root: (B, 3) the pelvis's place.
        targets: The same for all of the batch.
    """
    solved = _attempt(rotations, root, targets)
    if not (targets.pins or targets.look_at is not None or targets.locked.any()):
        return solved
    # Where the way from this pose is blocked, the one from the reference may not be: from its trunk and pinned limbs
    # where a pin or the gaze is missed, from its joints on both sides of a limit where that is broken.
    taken = np.zeros(rotations.shape[:2], dtype=bool)
    for _ in range(_RETRIES):
        missed = _misses(solved, targets) > _WRONG
        broken = LIMITS.excess(solved.rotations) > _BROKEN
        rows = np.flatnonzero(missed | broken.any(-1))
        if not len(rows):
            break
        pinned = [joint for limb in LIMBS.values() if {*limb} & {*targets.pins} for joint in limb]
        for joint in (0, *LIMBS["trunk"], *pinned):
            taken[missed, joint] = True
        for ends in (LIMITS.outer, LIMITS.base):
            where, limit = np.nonzero(broken)
            taken[where, ends[limit]] = True
        again = np.where(taken[rows][..., None, None], targets.rotations, rotations[rows])
        air = root[rows, 1] - height_over_floor(rotations[rows], np.zeros(len(rows)))
        start = root[rows] * [1, 0, 1] + height_over_floor(again, air)[:, None] * [0, 1, 0]
        retried = _attempt(again, np.where(missed[rows, None], targets.reference_root, start), targets)
        better = _cost(retried, targets) < _cost(solved, targets)[rows]
        rows = rows[better]
        solved.rotations[rows], solved.root[rows] = retried.rotations[better], retried.root[better]
    return solved


def _attempt(rotations: np.ndarray, root: np.ndarray, targets: Targets) -> Projected:
    """The targets met from one start."""
    stood = root
    rotations = rotations.copy()
    rotations[:, targets.locked] = targets.rotations[targets.locked]
    root = _placed(rotations, root, targets)
    planted = _planted(rotations, stood, targets)
    reached = {
        joint: np.broadcast_to(point, root.shape) for joint, point in zip(targets.pins, targets.points, strict=True)
    }
    if targets.root is not None:
        reached |= {joint: point for joint, (point, stands) in planted.items() if stands.all()}
    for limb in _TWO_BONES:
        if limb.end in reached and not targets.locked[[limb.root, limb.hinge]].any():
            _reach(rotations, root, limb, reached[limb.end], targets.locked)
    if targets.look_at is not None:
        _face(rotations, root, targets)
    if targets.pins or targets.look_at is not None or targets.locked.any():
        air = root[:, 1] - height_over_floor(rotations, np.zeros(len(root)))
        rotations, root = _Solver(targets, planted).solve(rotations, root)
        if not targets.pins and targets.root is None:
            root[:, 1] = height_over_floor(rotations, air)
    return Projected(rotations, root)


def _misses(poses: Projected, targets: Targets) -> np.ndarray:
    """The worst miss (B,) of pins and gaze, in metres or radians."""
    joints = positions(poses.rotations, poses.root)
    miss = length(targets.points - joints[:, list(targets.pins)])[..., 0].max(-1, initial=0.0)
    if targets.look_at is not None:
        miss = np.maximum(miss, gaze_error(poses.rotations, joints, targets.look_at))
    return np.asarray(miss)


def _placed(rotations: np.ndarray, root: np.ndarray, targets: Targets) -> np.ndarray:
    """Where the body goes before any joint is turned: where it is told, or over the feet that have a place."""
    if targets.root is not None:
        return np.broadcast_to(targets.root, root.shape).copy()
    feet = [joint for joint in targets.pins if joint in _LEGS["left"] or joint in _LEGS["right"]]
    if not feet:
        return root.copy()
    wanted = targets.points[[targets.pins.index(joint) for joint in feet]]
    shift = (wanted - positions(rotations, root)[:, feet]).mean(1)
    return root + shift * [1, 0, 1]


def _planted(rotations: np.ndarray, root: np.ndarray, targets: Targets) -> dict[int, tuple[np.ndarray, np.ndarray]]:
    """Ankles that nothing is asked of: where they are (B, 3) before the body is moved, and whether they stand (B,)."""
    planted: dict[int, tuple[np.ndarray, np.ndarray]] = {}
    if targets.root is not None:
        root = np.stack((np.full(len(root), targets.root[0]), root[:, 1], np.full(len(root), targets.root[2])), -1)
    joints = positions(rotations, root)
    for leg in _LEGS.values():
        hip, knee, ankle, foot = leg
        if targets.locked[[hip, knee]].any() or any(joint in targets.pins for joint in leg):
            continue
        air = (joints[:, [ankle, foot], 1] - JOINT_RADII[[ankle, foot]]).min(-1)
        planted[ankle] = (joints[:, ankle], air < _ON_FLOOR)
    return planted


def _cost(poses: Projected, targets: Targets) -> np.ndarray:
    """What pose is the better one (B,): misses, and joints beyond their limits."""
    return _cost_of(_misses(poses, targets), LIMITS.excess(poses.rotations).max(-1))


def _cost_of(miss: np.ndarray, beyond: np.ndarray) -> np.ndarray:
    # A degree beyond a limit does not show; more is worse than a constraint missed.
    return np.asarray(miss / CLOSE + (beyond - np.radians(1)).clip(0) / np.radians(0.02))


# Two bones in closed form.


@dataclass(frozen=True)
class _TwoBones:
    root: int
    hinge: int
    end: int
    axis: np.ndarray
    """Turning about it bends the hinge, in the rest frame of the upper bone."""
    carries: tuple[int, ...]
    """Joints beyond the end that go with the lower bone: a hand does, while a foot keeps to the floor."""
    limits: LimitTable

    @staticmethod
    def of(root: str, hinge: str, end: str, axis: tuple[float, float, float], carries: Sequence[str]) -> _TwoBones:
        return _TwoBones(
            _J(root), _J(hinge), _J(end), np.array(axis), tuple(map(_J, carries)), LimitTable((root, hinge, end))
        )


_TWO_BONES = tuple(
    limb
    for side, sign in (("left", -1.0), ("right", 1.0))
    for limb in (
        _TwoBones.of(f"{side}_hip", f"{side}_knee", f"{side}_ankle", (1.0, 0.0, 0.0), ()),
        _TwoBones.of(f"{side}_shoulder", f"{side}_elbow", f"{side}_wrist", (0.0, sign, 0.0), (f"{side}_wrist",)),
    )
)
_SHARE_OF_NECK = 0.4
"""Of the turn of a head; at its limit the neck, the head and both are then within theirs."""
_HEAD_LIMITS = LimitTable(("neck", "head"))
_FAR = np.radians(80)
"""Of a turn of the head from how it is held to what it is to look at."""
_MOST_HEAD_TURN, _MOST_GAZE_TURN = (
    np.radians(limit.most) - 2 * _MARGIN for limit in TURN_LIMITS if limit.name in ("head turn", "gaze turn")
)
_SWIVELS = np.radians([0, -12, 12, -25, 25, -40, 40, -60, 60, -90, 90, -130, 130, 180])


def _reach(rotations: np.ndarray, root: np.ndarray, limb: _TwoBones, target: np.ndarray, locked: np.ndarray) -> None:
    """Turn a limb of each pose, in place, so that its end is at (B, 3), or as near as its length allows."""
    joints = positions(rotations, root)
    start, upper = joints[:, limb.root], joints[:, limb.hinge] - joints[:, limb.root]
    lower = joints[:, limb.end] - joints[:, limb.hinge]
    long, short = SMPL22.bone_lengths[limb.hinge], SMPL22.bone_lengths[limb.end]
    along = target - start
    distance = length(along)[:, 0].clip(0.3 * min(long, short), (long + short) * 0.9995)
    upper_way, lower_way = unit(upper), unit(lower)
    # The plane in which the limb bends: its own, or that of its hinge where it is straight or bent the wrong way.
    own, hinge = cross(upper_way, lower_way), rotations[:, limb.root] @ limb.axis
    hinge = unit(hinge - (hinge * upper_way).sum(-1, keepdims=True) * upper_way)
    bent = ((own * hinge).sum(-1, keepdims=True) - 0.1).clip(0, 0.1) / 0.1
    normal = unit(bent * own + (1 - bent) * hinge)
    cosine = ((distance**2 - long**2 - short**2) / (2 * long * short)).clip(-1, 1)[:, None]
    bent_way = cosine * upper_way + np.sqrt(1 - cosine**2) * cross(normal, upper_way)
    fold = matrix_between(lower_way, bent_way)
    swing = matrix_between(unit(upper + short * bent_way), unit(along))
    moved = [limb.root, limb.hinge, *(joint for joint in limb.carries if not locked[joint])]
    turns = np.stack([swing, *[swing @ fold] * (len(moved) - 1)], axis=1)
    placed = turns @ rotations[:, moved]
    # Turned about the line from root to target the end stays; the smallest turn that suits the limits is taken.
    swivel = turn_matrix(unit(along)[:, None] * _SWIVELS[:, None])
    tried = np.repeat(rotations[:, None], len(_SWIVELS), axis=1)
    tried[:, :, moved] = swivel[:, :, None] @ placed[:, None]
    beyond = (limb.limits.excess(tried) + _MARGIN).clip(0)
    cost = (10 * beyond).sum(-1) + np.abs(_SWIVELS)
    rotations[:, moved] = tried[np.arange(len(root)), cost.argmin(1)][:, moved]


def _face(rotations: np.ndarray, root: np.ndarray, targets: Targets) -> None:
    """Turn neck and head, in place, towards what is looked at; never so far that a neck could not."""
    assert targets.look_at is not None
    wanted = unit(targets.look_at - positions(rotations, root)[:, _HEAD])
    neck_turns = not targets.locked[_NECK] and _HEAD not in targets.pins
    turn = turn_between(rotations[:, _HEAD, :, 2], wanted)
    far = length(turn)[:, 0] > _FAR
    turn[far] = 0
    if neck_turns:
        rotations[:, _NECK] = turn_matrix(_SHARE_OF_NECK * turn) @ rotations[:, _NECK]
    rotations[:, _HEAD] = turn_matrix(turn) @ rotations[:, _HEAD]
    # A head that would break its limits gives up how it was held, and goes the straightest way that it can.
    broken = far | (_HEAD_LIMITS.excess(rotations) > -_MARGIN).any(-1)
    if broken.any():
        base = PARENTS[_NECK] if neck_turns else _NECK
        straight = rotations[broken, base]
        turn = turn_between(straight[:, :, 2], wanted[broken])
        most = _MOST_HEAD_TURN if base == _NECK else _MOST_GAZE_TURN
        short = length(turn) > most
        # To what is behind one looks over a shoulder.
        way = cross(straight[:, :, 2], wanted[broken])
        up = straight[:, :, 1]
        way += np.where((way * up).sum(-1, keepdims=True) < 0, -0.4, 0.4) * up * short
        turn = np.where(short, most * unit(way), turn)
        if neck_turns:
            rotations[broken, _NECK] = turn_matrix(_SHARE_OF_NECK * turn) @ straight
        rotations[broken, _HEAD] = turn_matrix(turn) @ straight


# Everything together.


class _Solver:
    """Damped least squares over all joints that are free: pins, the gaze, broken limits, and standing feet."""

    def __init__(self, targets: Targets, planted: dict[int, tuple[np.ndarray, np.ndarray]]) -> None:
        self.targets = targets
        free = ~targets.locked
        # Feet keep their attitude to the floor whatever the legs do.
        held = np.zeros(_NUM, dtype=bool)
        for joints in _LEGS.values():
            held[joints[2]] = True
        carried = free & ~held
        moves = np.zeros((_NUM, _NUM))
        for joint in range(_NUM):
            moves[joint, joint] = free[joint]
            for below in range(joint + 1, _NUM):
                if carried[below]:
                    moves[joint, below] = moves[joint, PARENTS[below]]
        self._carried = carried
        self._columns = np.flatnonzero(free)
        moves = moves[self._columns]
        mobility = np.repeat(_MOBILITY[self._columns], 3)
        root = 0.0 if targets.root is not None else _ROOT_MOBILITY
        self._mobility = np.concatenate((mobility, np.full(3, root)))
        self._hard = np.array(targets.pins, dtype=int)
        self._soft = np.array(list(planted), dtype=int)
        self._soft_points = [planted[joint] for joint in planted]
        rows = np.concatenate((self._hard, self._soft))
        # Which bones between the pelvis and each pin turn with each joint.
        levers = _CHAINS[rows][:, None] * moves[:, _ABOVE][None]
        self._levers = levers.reshape(-1, _NUM - 1)
        self._num_rows = len(rows)
        outer, base = moves[:, LIMITS.outer], moves[:, LIMITS.base]
        self._limit_columns = (outer - base).T
        self._has_limits = np.flatnonzero(np.abs(self._limit_columns).any(1))
        # A pinned head stays in its place when it turns alone; the trunk helps only if neck and head do not suffice.
        can_face = [_HEAD] if _HEAD in targets.pins else [_NECK, _HEAD]
        self._gaze_columns = np.isin(self._columns, can_face)
        self._gaze_columns_late = np.isin(self._columns, [*can_face, *LIMBS["trunk"], 0])

    def solve(self, rotations: np.ndarray, root: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The best of some rounds for each pose, which may well be the start."""
        best_rotations, best_root = rotations.copy(), root.copy()
        least, idle = np.full(len(root), np.inf), np.zeros(len(root), dtype=int)
        open_poses = np.arange(len(root))
        for round_index in range(MOST_ROUNDS):
            excess, axes = LIMITS.evaluate(rotations)
            miss = _misses(Projected(rotations, root), self.targets)
            beyond = excess[:, self._has_limits].max(-1, initial=0.0)
            cost = _cost_of(miss, beyond)
            idle[open_poses] = np.where(cost < 0.9 * least[open_poses], 0, idle[open_poses] + 1)
            better = cost < least[open_poses]
            here = open_poses[better]
            best_rotations[here], best_root[here], least[here] = rotations[better], root[better], cost[better]
            todo = ((miss > CLOSE) | (beyond > 0)) & (idle[open_poses] < _PATIENCE)
            if not todo.any() or round_index == MOST_ROUNDS - 1:
                break
            rotations, root, excess, axes = (array[todo] for array in (rotations, root, excess, axes))
            open_poses = open_poses[todo]
            if round_index == _ROUNDS_OF_HEAD_ALONE:
                self._gaze_columns = self._gaze_columns_late
            rotations, root = self._step(rotations, root, excess, axes, open_poses)
        return best_rotations, best_root

    def _step(
        self,
        rotations: np.ndarray,
        root: np.ndarray,
        excess: np.ndarray,
        axes: np.ndarray,
        poses: np.ndarray,
    ) -> tuple[np.ndarray, np.ndarray]:
        """One round: linearise, solve, turn."""
        size, count, joints = len(root), len(self._columns), positions(rotations, root)
        blocks, residuals, damping = [], [], []
        if self._num_rows:
            block = np.zeros((size, self._num_rows, 3, count + 1, 3))
            lever = (self._levers @ _bones(rotations)).reshape(size, self._num_rows, count, 3)
            x, y, z = lever[..., 0], lever[..., 1], lever[..., 2]
            block[:, :, 0, :count, 1], block[:, :, 0, :count, 2] = z, -y
            block[:, :, 1, :count, 0], block[:, :, 1, :count, 2] = -z, x
            block[:, :, 2, :count, 0], block[:, :, 2, :count, 1] = y, -x
            block[:, :, [0, 1, 2], count, [0, 1, 2]] = 1
            wanted = np.empty((size, self._num_rows, 3))
            if len(self._hard):
                wanted[:, : len(self._hard)] = self.targets.points
            strength = np.full((size, self._num_rows), 1e-4)
            for row, (point, stands) in enumerate(self._soft_points, start=len(self._hard)):
                wanted[:, row] = point[poses]
                strength[:, row] = np.where(stands[poses], 3e-3, 1e3)
            miss = wanted - joints[:, np.concatenate((self._hard, self._soft))]
            miss *= np.minimum(1, 0.4 / np.maximum(length(miss), 1e-9))
            blocks.append(block.reshape(size, 3 * self._num_rows, -1))
            residuals.append(miss.reshape(size, -1))
            damping.append(np.repeat(strength, 3, axis=1))
        if self.targets.look_at is not None:
            facing = rotations[:, _HEAD, :, 2]
            turn = turn_between(facing, unit(self.targets.look_at - joints[:, _HEAD]))
            across = np.eye(3) - facing[:, :, None] * facing[:, None]
            block = np.zeros((size, 3, count + 1, 3))
            # A turn of the neck is a turn of the head, so each of their columns turns the gaze alike.
            block[:, :, :count][:, :, self._gaze_columns] = across[:, :, None]
            blocks.append(block.reshape(size, 3, -1))
            residuals.append(turn * np.minimum(1, _MOST_TURN / np.maximum(length(turn), 1e-9)))
            damping.append(np.full((size, 3), 1e-4))
        near = self._has_limits[(excess[:, self._has_limits] > -_MARGIN).any(0)]
        if len(near):
            broken = (excess[:, near] + _MARGIN).clip(0, _MOST_TURN)
            block = np.zeros((size, len(near), count + 1, 3))
            turning = np.where((broken > 0)[..., None], axes[:, near], 0)
            block[:, :, :count] = turning[:, :, None] * self._limit_columns[near][:, :, None]
            blocks.append(block.reshape(size, len(near), -1))
            residuals.append(-broken)
            damping.append(np.full((size, len(near)), 1e-5))
        slopes = np.concatenate(blocks, axis=1)
        weighted = slopes * self._mobility
        system = weighted @ np.swapaxes(slopes, 1, 2)
        diagonal = np.arange(system.shape[1])
        system[:, diagonal, diagonal] += np.concatenate(damping, axis=1)
        solved = np.linalg.solve(system, np.concatenate(residuals, axis=1)[..., None])
        change = (np.swapaxes(weighted, 1, 2) @ solved)[..., 0]
        turn, shift = change[:, :-3].reshape(size, count, 3), change[:, -3:]
        fastest = np.sqrt((turn * turn).sum(-1)).max(-1, initial=1e-9)
        share = np.minimum(1, _MOST_TURN / fastest)[:, None]
        return self._turned(rotations, turn * share[..., None]), root + shift * share

    def _turned(self, rotations: np.ndarray, turn: np.ndarray) -> np.ndarray:
        """Poses with joints turned by vectors (B, columns, 3), each taking along what it carries."""
        own = np.zeros((len(turn), _NUM, 3))
        own[:, self._columns] = turn
        total = turn_matrix(own)
        for joint, parent in enumerate(PARENTS):
            if parent >= 0 and self._carried[joint]:
                total[:, joint] = total[:, parent] @ total[:, joint]
        return total @ rotations


def _bones(rotations: np.ndarray) -> np.ndarray:
    return (rotations[:, _ABOVE] @ _OFFSETS[..., None])[..., 0]

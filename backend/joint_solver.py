# SPDX-License-Identifier: GPL-3.0-or-later
"""Joints turned together by damped least squares: what limbs alone cannot reach."""

from __future__ import annotations

import numpy as np

from backend.limb_reach import MARGIN, NECK
from backend.limits import LIMITS
from backend.targets import (
    ABOVE,
    CHAINS,
    CLOSE,
    HEAD,
    LEGS,
    NUM_JOINTS,
    Projected,
    Targets,
    bones,
    cost_of,
    misses,
    positions,
)
from backend.vectors import length, turn_between, turn_matrix, unit
from blender_addon.core.skeleton import JOINT_NAMES, LIMBS, PARENTS

MOST_ROUNDS = 20
_ROUNDS_OF_HEAD_ALONE = 4
_PATIENCE = 4
"""Rounds without getting much better after which a pose is left as it was at its best."""
_MOST_TURN = 0.5
"""Radians that a joint turns in one round."""

# How readily joints turn, squared radians, and the body moves, squared metres: what is near the end goes first.
_READY = {
    "pelvis": 0.03, "hip": 1.0, "spine1": 0.1, "spine2": 0.1, "spine3": 0.1, "knee": 1.0, "ankle": 0.3, "foot": 0.05,
    "neck": 0.4, "collar": 0.15, "head": 1.0, "shoulder": 1.0, "elbow": 1.0, "wrist": 0.3,
}  # fmt: skip
_MOBILITY = np.array([_READY[name.split("_")[-1]] for name in JOINT_NAMES])
_ROOT_MOBILITY = 0.02


class JointSolver:
    """Damped least squares over all joints that are free: pins, the gaze, broken limits, and standing feet."""

    def __init__(self, targets: Targets, planted: dict[int, tuple[np.ndarray, np.ndarray]]) -> None:
        self.targets = targets
        free = ~targets.locked
        # Feet keep their attitude to the floor whatever the legs do.
        held = np.zeros(NUM_JOINTS, dtype=bool)
        for joints in LEGS:
            held[joints[2]] = True
        carried = free & ~held
        moves = np.zeros((NUM_JOINTS, NUM_JOINTS))
        for joint in range(NUM_JOINTS):
            moves[joint, joint] = free[joint]
            for below in range(joint + 1, NUM_JOINTS):
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
        levers = CHAINS[rows][:, None] * moves[:, ABOVE][None]
        self._levers = levers.reshape(-1, NUM_JOINTS - 1)
        self._num_rows = len(rows)
        outer, base = moves[:, LIMITS.outer], moves[:, LIMITS.base]
        self._limit_columns = (outer - base).T
        self._has_limits = np.flatnonzero(np.abs(self._limit_columns).any(1))
        # A pinned head stays in its place when it turns alone; the trunk helps only if neck and head do not suffice.
        can_face = [HEAD] if HEAD in targets.pins else [NECK, HEAD]
        self._gaze_columns = np.isin(self._columns, can_face)
        self._gaze_columns_late = np.isin(self._columns, [*can_face, *LIMBS["trunk"], 0])

    def solve(self, rotations: np.ndarray, root: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The best of some rounds for each pose, which may well be the start."""
        best_rotations, best_root = rotations.copy(), root.copy()
        least, idle = np.full(len(root), np.inf), np.zeros(len(root), dtype=int)
        open_poses = np.arange(len(root))
        for round_index in range(MOST_ROUNDS):
            excess, axes = LIMITS.evaluate(rotations)
            miss = misses(Projected(rotations, root), self.targets)
            beyond = excess[:, self._has_limits].max(-1, initial=0.0)
            cost = cost_of(miss, beyond)
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
            lever = (self._levers @ bones(rotations)).reshape(size, self._num_rows, count, 3)
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
            facing = rotations[:, HEAD, :, 2]
            turn = turn_between(facing, unit(self.targets.look_at - joints[:, HEAD]))
            across = np.eye(3) - facing[:, :, None] * facing[:, None]
            block = np.zeros((size, 3, count + 1, 3))
            # A turn of the neck is a turn of the head, so each of their columns turns the gaze alike.
            block[:, :, :count][:, :, self._gaze_columns] = across[:, :, None]
            blocks.append(block.reshape(size, 3, -1))
            residuals.append(turn * np.minimum(1, _MOST_TURN / np.maximum(length(turn), 1e-9)))
            damping.append(np.full((size, 3), 1e-4))
        near = self._has_limits[(excess[:, self._has_limits] > -MARGIN).any(0)]
        if len(near):
            broken = (excess[:, near] + MARGIN).clip(0, _MOST_TURN)
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
        own = np.zeros((len(turn), NUM_JOINTS, 3))
        own[:, self._columns] = turn
        total = turn_matrix(own)
        for joint, parent in enumerate(PARENTS):
            if parent >= 0 and self._carried[joint]:
                total[:, joint] = total[:, parent] @ total[:, joint]
        return total @ rotations

# SPDX-License-Identifier: GPL-3.0-or-later
"""Poses moved the little that is needed to meet constraints: limbs in closed form, the rest by damped least squares."""

from __future__ import annotations

import numpy as np

from backend.joint_solver import JointSolver
from backend.limb_reach import TWO_BONES, face, reach
from backend.limits import LIMITS
from backend.targets import LEGS, Projected, Targets, cost, height_over_floor, misses, positions
from blender_addon.core.anatomy import JOINT_RADII
from blender_addon.core.skeleton import LIMBS

_WRONG = 5e-3
"""Metres, or radians for directions, of a miss at which another way is tried."""
_BROKEN = np.radians(2)
"""Beyond a joint limit, likewise."""
_RETRIES = 2
_ON_FLOOR = 0.03
"""Metres of air under an ankle or a foot that stands."""


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
        missed = misses(solved, targets) > _WRONG
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
        better = cost(retried, targets) < cost(solved, targets)[rows]
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
    for limb in TWO_BONES:
        if limb.end in reached and not targets.locked[[limb.root, limb.hinge]].any():
            reach(rotations, root, limb, reached[limb.end], targets.locked)
    if targets.look_at is not None:
        face(rotations, root, targets)
    if targets.pins or targets.look_at is not None or targets.locked.any():
        air = root[:, 1] - height_over_floor(rotations, np.zeros(len(root)))
        rotations, root = JointSolver(targets, planted).solve(rotations, root)
        if not targets.pins and targets.root is None:
            root[:, 1] = height_over_floor(rotations, air)
    return Projected(rotations, root)


def _placed(rotations: np.ndarray, root: np.ndarray, targets: Targets) -> np.ndarray:
    """Where the body goes before any joint is turned: where it is told, or over the feet that have a place."""
    if targets.root is not None:
        return np.broadcast_to(targets.root, root.shape).copy()
    feet = [joint for joint in targets.pins if any(joint in leg for leg in LEGS)]
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
    for leg in LEGS:
        hip, knee, ankle, foot = leg
        if targets.locked[[hip, knee]].any() or any(joint in targets.pins for joint in leg):
            continue
        air = (joints[:, [ankle, foot], 1] - JOINT_RADII[[ankle, foot]]).min(-1)
        planted[ankle] = (joints[:, ankle], air < _ON_FLOOR)
    return planted

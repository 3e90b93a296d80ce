# SPDX-License-Identifier: GPL-3.0-or-later
"""Which bone carries which joint on a rig whose names say nothing: told by how its bones branch and where they lie."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from .mapping import BoneTree, Guess, doubts_about, refined
from .skeleton import JOINT_NAMES

_NEAR = 0.02
"""Of the rig's size: closer than this to the middle a bone is on no side, closer to each other two are in one place."""
_LOW = 0.15
"""Of the hips' height: below this are feet."""
_THIGH_TO_SHIN, _UPPER_ARM_TO_FOREARM = 1.05, 1.1
"""How long the upper half of a limb is against the lower."""
_DOUBT = "The bones' names do not say what they are: joints were told by where bones lie. Check the mapping."


def guess_by_shape(tree: BoneTree) -> Guess:
    """The bones that carry the joints of a figure that stands with its arms spread or hanging; none where it does not.

    Two chains that reach the floor are the legs, two that reach furthest out above them the arms, the highest leaf in
    the middle is the head.
    """
    if len(tree.names) < len(JOINT_NAMES) // 2:
        return Guess({}, ())
    heads = tree.heads - tree.heads.min(0)
    size = float(np.ptp(heads, axis=0).max())
    height = heads[:, 1]
    axis = 0 if np.ptp(heads[:, 0]) >= np.ptp(heads[:, 2]) else 2
    leaves = [n for n in range(len(tree.names)) if not tree.children[n] and n not in _loose(tree)]
    lateral = heads[:, axis] - np.median(heads[:, axis])
    signs = (1, -1)
    feet, fingers = [], []
    for sign in signs:
        outer = [n for n in leaves if sign * lateral[n] > _NEAR * size]
        low = [n for n in outer if height[n] < 0.1 * size and tree.parents[n] >= 0]
        # Of toes and heel the one that lies further from the ankle.
        feet.append(max(low, key=lambda n: (len(tree.line(n)), _step(heads, tree, n)), default=-1))
    if min(feet) < 0 or (hips := tree.meeting(feet)) < 0:
        return Guess({}, ())
    legs = {n for foot in feet for n in tree.line(foot)[tree.line(foot).index(hips) + 1 :]}
    legs |= {below for n in legs for below in tree.below(n)}
    for sign in signs:
        outer = [n for n in leaves if sign * lateral[n] > _NEAR * size and n not in legs]
        fingers.append(max(outer, key=lambda n: abs(lateral[n]), default=-1))
    middle = [n for n in leaves if abs(lateral[n]) <= _NEAR * size and n not in legs]
    if min(fingers) < 0 or not middle or (chest := tree.meeting(fingers)) < 0:
        return Guess({}, ())
    crown = max(middle, key=lambda n: float(height[n]))
    pelvis = tree.meeting([*feet, crown])

    found: dict[str, int] = {"pelvis": pelvis} if pelvis >= 0 else {}
    above = tree.line(crown)
    above = above[above.index(chest) + 1 :] if chest in above else []
    found.update(zip(("neck", "head") if len(above) > 1 else ("head",), above, strict=False))
    forward = sum((heads[foot] - heads[tree.parents[foot]] for foot in feet), np.zeros(3))
    leftward = np.cross([0.0, 1.0, 0.0], forward)[axis] or 1.0
    for sign, foot, finger in zip(signs, feet, fingers, strict=True):
        side = "left" if sign * leftward > 0 else "right"
        leg = [n for n in tree.line(foot) if n in legs and abs(lateral[n]) > _NEAR * size]
        low = [n for n in leg if height[n] < _LOW * height[leg[0]]]
        if low and len(leg) >= 3:
            found[f"{side}_hip"], found[f"{side}_ankle"] = leg[0], low[0]
            found[f"{side}_knee"] = _bend(heads, leg[: leg.index(low[0])], low[0], _THIGH_TO_SHIN)
            far = [n for n in low[1:] if np.linalg.norm(heads[n] - heads[low[0]]) > _NEAR * size]
            if far:
                found[f"{side}_foot"] = far[0]
        line = tree.line(finger)
        arm = line[line.index(chest) + 1 :]
        wrist = next((n for n in reversed(arm) if len(tree.children[n]) > 1), arm[-1])
        arm = arm[: arm.index(wrist)]
        pairs = [(upper, _bend(heads, arm[n:], wrist, _UPPER_ARM_TO_FOREARM)) for n, upper in enumerate(arm[:-1])]
        if pairs:
            likeness = [_unlike(heads, upper, lower, wrist, _UPPER_ARM_TO_FOREARM) for upper, lower in pairs]
            upper, lower = pairs[int(np.argmin(likeness))]
            found |= {f"{side}_shoulder": upper, f"{side}_elbow": lower, f"{side}_wrist": wrist}
            if arm[0] != upper:
                found[f"{side}_collar"] = arm[0]
    mapping = refined(tree, {joint: tree.names[found[joint]] for joint in JOINT_NAMES if joint in found})
    return Guess(mapping, (_DOUBT, *doubts_about(tree, mapping)))


def _loose(tree: BoneTree) -> set[int]:
    """Bones without parent and children."""
    return {n for n, parent in enumerate(tree.parents) if parent < 0 and not tree.children[n]}


def _step(heads: np.ndarray, tree: BoneTree, bone: int) -> float:
    """How far over the floor a bone lies from its parent."""
    return float(np.linalg.norm((heads[bone] - heads[tree.parents[bone]])[[0, 2]]))


def _unlike(heads: np.ndarray, start: int, middle: int, end: int, ratio: float) -> float:
    upper, lower = (
        float(np.linalg.norm(heads[middle] - heads[start])),
        float(np.linalg.norm(heads[end] - heads[middle])),
    )
    return abs(math.log(max(upper, 1e-9) / max(lower, 1e-9) / ratio))


def _bend(heads: np.ndarray, limb: Sequence[int], end: int, ratio: float) -> int:
    """The bone at which a limb that starts with the first of these bends."""
    return min(limb[1:], key=lambda n: _unlike(heads, limb[0], n, end, ratio), default=limb[0])

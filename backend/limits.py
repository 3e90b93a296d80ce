# SPDX-License-Identifier: GPL-3.0-or-later
"""Joint limits of many poses at once, from global rotation matrices: how far they are broken, and which way is back."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from backend.vectors import cross, length, turn_matrix
from blender_addon.core.anatomy import DIRECTION_LIMITS, TURN_LIMITS, TWIST_LIMITS
from blender_addon.core.skeleton import JOINT_NAMES, PARENTS

_TINY = 1e-9
_MOST_TURNS = 8
_INSIDE = np.radians(0.5)
"""How far inside a limit a joint is turned back."""


def _hanging() -> list[np.ndarray]:
    own = [[joint] for joint in range(len(PARENTS))]
    for joint in range(len(PARENTS) - 1, 0, -1):
        own[PARENTS[joint]] += own[joint]
    return [np.array(sorted(joints)) for joints in own]


_HANGING: list[np.ndarray] = _hanging()
"""Of each joint, itself and all that it carries."""


class LimitTable:
    """The limits of `core.anatomy` on some joints, as arrays.

    Every limit speaks of the rotation of one joint, the outer one, as another, the base, sees it.
    """

    def __init__(self, outer: Sequence[str] = JOINT_NAMES) -> None:
        """Take the limits whose last joint is among `outer`."""
        turns = [limit for limit in TURN_LIMITS if limit.joints[-1] in outer]
        directions = [limit for limit in DIRECTION_LIMITS if limit.joints[-1] in outer]
        twists = [limit for limit in TWIST_LIMITS if limit.joint in outer]
        chains = [limit.joints for limit in turns] + [limit.joints for limit in directions]
        chains += [(limit.joint,) for limit in twists]
        self.names: tuple[str, ...] = (
            *(limit.name for limit in turns),
            *(limit.name for limit in directions),
            *(limit.name for limit in twists),
        )
        """Of the last axis of what `excess` and `evaluate` return."""
        self.outer = np.array([JOINT_NAMES.index(joints[-1]) for joints in chains])
        self.base = np.array([PARENTS[JOINT_NAMES.index(joints[0])] for joints in chains])
        self._turns = slice(0, len(turns))
        self._directions = slice(len(turns), len(turns) + len(directions))
        self._twists = slice(len(turns) + len(directions), len(chains))
        self._turn_most = np.radians([float(limit.most) for limit in turns])
        self._direction_most = np.radians([float(limit.most) for limit in directions])
        self._bones = np.array([limit.bone for limit in directions]).reshape(-1, 3)
        self._towards = np.array([limit.towards for limit in directions]).reshape(-1, 3)
        self._twist_least = np.radians([float(limit.least) for limit in twists])
        self._twist_most = np.radians([float(limit.most) for limit in twists])
        self._axes = np.array([limit.axis for limit in twists]).reshape(-1, 3)

    def excess(self, rotations: np.ndarray) -> np.ndarray:
        """Radians (..., K) by which global rotations (..., 22, 3, 3) are beyond each limit; negative inside."""
        return self._measured(rotations)[0]

    def evaluate(self, rotations: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """`excess`, and the axes (..., K, 3) about which turning the outer joint adds to it fastest, in the world."""
        excess, skew, trace, bones, over = self._measured(rotations)
        axes = np.empty((*excess.shape, 3))
        turning = skew[..., self._turns, :]
        axes[..., self._turns, :] = turning / np.maximum(length(turning), _TINY)
        rising = cross(bones, self._towards)
        axes[..., self._directions, :] = rising / np.maximum(length(rising), _TINY)
        # The slope of 2 atan2(v . axis, w) along turns of the quaternion (w, v).
        twisting, c = skew[..., self._twists, :], np.maximum(trace[..., self._twists, None], 1e-6)
        along = (twisting * self._axes).sum(-1, keepdims=True)
        slope = (c * self._axes + cross(twisting, self._axes) + along * twisting / c) / (c + along * along / c)
        axes[..., self._twists, :] = np.where(over[..., None], slope, -slope)
        base = rotations[..., self.base, :, :]
        return excess, (base @ axes[..., None])[..., 0]

    def within(self, rotations: np.ndarray) -> np.ndarray:
        """Global rotations (B, 22, 3, 3) with joints beyond their limits turned back, and all that hangs on them along.

        Limits that speak of the same joints can pull against each other: a pose that was far beyond may stay beyond a
        little. Those that break none are returned as they are.
        """
        rotations = rotations.copy()
        for _ in range(_MOST_TURNS):
            rows = np.flatnonzero((self.excess(rotations) > 0).any(-1))
            if not len(rows):
                break
            own = rotations[rows]
            excess, axes = self.evaluate(own)
            for joint in np.unique(self.outer):
                at = np.flatnonzero(self.outer == joint)
                worst = at[excess[:, at].argmax(-1)]
                each = np.arange(len(rows))
                beyond = excess[each, worst]
                back = np.where(beyond > 0, -(beyond + _INSIDE), 0.0)
                turn = turn_matrix(axes[each, worst] * back[:, None])
                own[:, _HANGING[joint]] = turn[:, None] @ own[:, _HANGING[joint]]
            rotations[rows] = own
        return rotations

    def _measured(self, rotations: np.ndarray) -> tuple[np.ndarray, ...]:
        seen = np.swapaxes(rotations[..., self.base, :, :], -1, -2) @ rotations[..., self.outer, :, :]
        skew = np.stack(
            [
                seen[..., 2, 1] - seen[..., 1, 2],
                seen[..., 0, 2] - seen[..., 2, 0],
                seen[..., 1, 0] - seen[..., 0, 1],
            ],
            axis=-1,
        )
        trace = seen[..., 0, 0] + seen[..., 1, 1] + seen[..., 2, 2] + 1
        excess = np.empty(trace.shape)
        turning = skew[..., self._turns, :]
        sine = np.sqrt((turning * turning).sum(-1))
        excess[..., self._turns] = np.arctan2(sine, trace[..., self._turns] - 2) - self._turn_most
        bones = (seen[..., self._directions, :, :] @ self._bones[..., None])[..., 0]
        rise = (bones * self._towards).sum(-1)
        excess[..., self._directions] = np.arcsin(np.clip(rise, -1, 1)) - self._direction_most
        along = (skew[..., self._twists, :] * self._axes).sum(-1)
        twist = 2 * np.arctan2(along, np.maximum(trace[..., self._twists], 0))
        over, under = twist - self._twist_most, self._twist_least - twist
        excess[..., self._twists] = np.maximum(over, under)
        return excess, skew, trace, bones, over > under


LIMITS = LimitTable()
"""Those of the whole body."""

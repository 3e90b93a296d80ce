# SPDX-License-Identifier: GPL-3.0-or-later
"""Contacts kept on a rig of other proportions, by bending its limbs a little: a short inverse-kinematics pass.

Limbs that point where the motion's do end elsewhere when their lengths differ: hands that met part, a hand on the hip
hangs beside it, a foot hovers. What touches in the motion is put where it touches on the rig: hands on the body and
the floor, see `touches`, and on each other; feet by how near they are to the floor and whether they move. Touch fades
in and out over some centimetres, so that motions stay smooth.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from .anatomy import JOINT_RADII
from .limb_ik import reach
from .rest_pose import HAND_LENGTH, RestPose
from .rotation import (
    axis_angle_to_quaternion,
    cross_product,
    quaternion_apply,
    quaternion_multiply,
)
from .skeleton import JOINT_NAMES
from .touches import HAND_RADIUS, HAND_TOUCHES, SIDES, Arms, Touches, arms_of, fade, riding, touches_of

_FOOT_TOUCHES = (0.02, 0.06)
"""Metres between a sole and the floor: nearer than the first it stands, beyond the second not."""
_STILL_SPEED = 0.25
"""Metres a second: a foot on the floor that is slower stands."""
_SHORTEST_STAND = 0.1
"""Seconds; what stands for less is passing."""
_FADE = 0.15
"""Seconds over which a foot comes to where it stands, and leaves it."""
_PASSES = 4
"""Hands that touch each other are brought together in so many steps."""
_MOST_SLIP = 0.12
"""Metres along a leg or the other arm that a hand stops short, where the arm does not reach."""
_SOME = 0.05
"""A share of the other arm in what a hand touches that counts."""
_LEANS = 4
"""The trunk comes after hands that do not reach in so many steps."""
_MOST_LEAN = 0.7
"""Radians that the chest turns for that."""
_DAMPING = 0.05
"""Metres of lever below which the trunk is not turned much for it."""
_LEANING = {"spine1": 1 / 3, "spine2": 2 / 3, "spine3": 1.0, "neck": 1.0, "head": 1.0}
_LEANING |= {"left_collar": 1.0, "right_collar": 1.0}
"""Joint to its share of the lean. Arms keep their directions, they are bent to where they touch anyway."""


@dataclass(frozen=True)
class KeepContacts:
    """Which contacts are kept."""

    hands: bool = True
    """Hands on the body, on each other and on the floor."""
    feet: bool = True
    """Feet on the floor; in motions they also stay where they stand."""


def _joint(name: str) -> int:
    return JOINT_NAMES.index(name)


def keep_contacts(
    wanted: KeepContacts,
    rest: RestPose,
    source: np.ndarray,
    turns: np.ndarray,
    fps: float,
    place: Callable[[np.ndarray], np.ndarray],
) -> tuple[np.ndarray, np.ndarray]:
    """The turns with which a rig keeps a motion's contacts, and how far its pelvis moves.

    Args:
        wanted: what is kept.
        rest: the rig.
        source: (F, 22, 3) the motion's joints in metres.
        turns: (F, 22, 4) global rotations, the motion's and so far the rig's.
        fps: the motion's frames a second.
        place: gives the rig's joints (F, 22, 3) for global rotations, upright, in its unit; NaN where it has no bone.

    Returns:
        Global rotations (F, 22, 4), the same array where nothing touches, and the pelvis's way (F, 3).
    """
    pass_ = _Pass(rest, source, turns, fps, turns, place(turns), np.zeros((len(turns), 3)), place)
    if wanted.feet:
        pass_.keep_feet()
    if wanted.hands:
        pass_.keep_hands()
    return pass_.turns, pass_.moved


def contact_misses(
    rest: RestPose, source: np.ndarray, source_turns: np.ndarray, turns: np.ndarray, joints: np.ndarray
) -> np.ndarray:
    """How far a posed rig is from keeping the contacts of a motion, in its unit: (N,) one for each contact.

    Args:
        rest: the rig.
        source: (F, 22, 3) the motion's joints in metres.
        source_turns: (F, 22, 4) the motion's global rotations.
        turns: (F, 22, 4) the rig's.
        joints: (F, 22, 3) the rig's joints, upright, in its unit; NaN where it has no bone.
    """
    pass_ = _Pass(rest, source, source_turns, 1.0, turns, joints, np.zeros((len(turns), 3)))
    misses = []
    for side in SIDES:
        if pass_.has(f"{side}_hip", f"{side}_knee", f"{side}_ankle"):
            firm = pass_._foot_weight(side) > 0.99
            misses.append(np.abs(pass_._foot_way(side)[firm, 1]))
    arms = arms_of(rest)
    if arms.sides:
        touch = touches_of(arms, source, source_turns)
        firm = touch.weight[:, 0] > 0.99
        ways = pass_._hand_ways(arms, touch)
        misses.append(np.linalg.norm(ways[touch.frames[firm], touch.hands[firm]], axis=-1))
    if len(arms.sides) == len(SIDES):
        miss, weight = pass_._hands_apart(arms)
        misses.append(np.linalg.norm(miss[weight > 0.99], axis=-1))
    return np.concatenate(misses)


@dataclass
class _Pass:
    """One rig and one motion, being fitted."""

    rest: RestPose
    source: np.ndarray
    source_turns: np.ndarray
    fps: float
    turns: np.ndarray
    joints: np.ndarray
    moved: np.ndarray
    place: Callable[[np.ndarray], np.ndarray] | None = None

    def has(self, *names: str) -> bool:
        """Whether the rig has bones for all these joints."""
        return all(name in self.rest.rig.joint_to_bone for name in names)

    def bend(self, limbs: Sequence[tuple[int, int, int]], ways: np.ndarray) -> None:
        """Move the ends of limbs by `ways` (F, L, 3), as far as they reach; what hangs on them comes along as it is.

        Limbs are three joints each, and share none.
        """
        # Frames in which nothing moves stay as they are to the last bit.
        frames, which = np.nonzero(np.linalg.norm(ways, axis=-1) > 1e-6 * self.rest.scale)
        if not len(frames):
            return
        if self.turns is self.source_turns:
            self.turns = self.turns.copy()
        start, middle, end = np.array(limbs).T[:, which]
        place = self.joints[frames, end]
        bent = reach(
            self.joints[frames, start],
            self.joints[frames, middle],
            place,
            place + ways[frames, which],
            quaternion_apply(self.turns[frames, middle], _HINGES[middle]),
        )
        self.turns[frames, start] = bent.turned_start(self.turns[frames, start])
        self.turns[frames, middle] = bent.turned_middle(self.turns[frames, middle])
        self.joints[frames, middle] = bent.middle
        self.joints[frames, end] = bent.end
        beyond = _BEYOND[end]
        hung = beyond >= 0
        self.joints[frames[hung], beyond[hung]] += (bent.end - place)[hung]

    # Feet

    def keep_feet(self) -> None:
        """Put soles that touch the floor on the rig's floor, and hold those still that stand still."""
        sides = [side for side in SIDES if self.has(f"{side}_hip", f"{side}_knee", f"{side}_ankle")]
        ways = {side: self._foot_way(side) for side in sides}
        self._lower_pelvis(ways, {side: self._foot_weight(side) for side in sides})
        if sides:
            limbs = [(_joint(f"{side}_hip"), _joint(f"{side}_knee"), _joint(f"{side}_ankle")) for side in sides]
            self.bend(limbs, np.stack(list(ways.values()), axis=1))

    def _foot_heights(self, side: str) -> tuple[list[int], np.ndarray]:
        """The joints of a foot, and how far the sole is over the floor at each, (F, N) metres in the motion."""
        points = [_joint(name) for name in (f"{side}_ankle", f"{side}_foot") if self.has(name)]
        return points, self.source[:, points, 1] - JOINT_RADII[points]

    def _foot_weight(self, side: str) -> np.ndarray:
        """(F,) how firmly a foot touches the floor."""
        return fade(self._foot_heights(side)[1].min(-1), *_FOOT_TOUCHES)

    def _foot_way(self, side: str) -> np.ndarray:
        """(F, 3) from where a foot is to where it should be."""
        points, heights = self._foot_heights(side)
        own = (self.joints[:, points, 1] - self.rest.radii[points] - self.rest.floor).min(-1)
        way = np.zeros((len(self.turns), 3))
        way[:, 1] = self._foot_weight(side) * (self.rest.scale * heights.min(-1) - own)
        if len(way) > 1:
            stands = [self._stand_way(point, fade(heights[:, n], *_FOOT_TOUCHES)) for n, point in enumerate(points)]
            total = sum(amount for _, amount in stands)
            for shift, amount in stands:
                way[:, [0, 2]] += shift * (amount / np.maximum(total, 1.0))[:, None]
        return way

    def _stand_way(self, joint: int, weight: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Over the floor, from where a joint of a foot is to where it stands (F, 2); and how firmly it does (F,)."""
        speed = np.linalg.norm(np.gradient(self.source[:, joint], axis=0), axis=-1) * self.fps
        still = (weight > 0.5) & (speed < _STILL_SPEED)
        place = self.joints[:, joint][:, [0, 2]]
        shift, firmness = np.zeros_like(place), np.zeros(len(place))
        edges = np.flatnonzero(np.diff(np.concatenate([[False], still, [False]]).astype(int)))
        frames = np.arange(len(place))
        for first, stop in edges.reshape(-1, 2):
            if stop - first < max(2, _SHORTEST_STAND * self.fps):
                continue
            held = place[first:stop].mean(0)
            outside = np.maximum(np.maximum(first - frames, frames - (stop - 1)), 0)
            share = fade(outside / self.fps, 0.0, _FADE)
            here = held - place[np.clip(frames, first, stop - 1)]
            better = share > firmness
            shift[better], firmness[better] = here[better], share[better]
        return shift, firmness

    def _lower_pelvis(self, ways: dict[str, np.ndarray], weights: dict[str, np.ndarray]) -> None:
        """Bring the pelvis down as far as legs need to reach where their feet should be; feet on the floor stay."""
        drop = np.zeros(len(self.turns))
        for side, way in ways.items():
            hip, knee, ankle = (self.joints[:, _joint(f"{side}_{name}")] for name in ("hip", "knee", "ankle"))
            length = np.linalg.norm(knee - hip, axis=-1) + np.linalg.norm(ankle - knee, axis=-1)
            aim = ankle + way - hip
            moves = np.linalg.norm(way, axis=-1) > 1e-6 * self.rest.scale
            flat = np.hypot(aim[:, 0], aim[:, 2])
            height = np.sqrt(np.maximum((0.9999 * length) ** 2 - flat**2, 0))
            drop = np.maximum(drop, np.where(moves, -aim[:, 1] - height, 0))
        if drop.max(initial=0) > 1e-6 * self.rest.scale:
            self.joints[..., 1] -= drop[:, None]
            self.moved[:, 1] -= drop
            for side, way in ways.items():
                way[:, 1] += weights[side] * drop
            if self.turns is self.source_turns:
                self.turns = self.turns.copy()

    # Hands

    def keep_hands(self) -> None:
        """Put hands that touch the body, the floor or each other where they touch it on the rig."""
        arms = arms_of(self.rest)
        if not arms.sides:
            return
        touch = touches_of(arms, self.source, self.source_turns)
        if len(touch.frames):
            self._lean(arms, touch)
            # A hand on the other arm comes after it.
            for _ in range(2 if touch.shares[:, :-1][:, arms.other_arm].max(initial=0) > _SOME else 1):
                self.bend(arms.limbs, self._hand_ways(arms, touch))
        if len(arms.sides) < len(SIDES):
            return
        # The hand that rests on the body stays, the one on top of it comes to it.
        shares = riding(touch)[..., None] * [[1.0], [-1.0]]
        for _ in range(_PASSES):
            miss, weight = self._hands_apart(arms)
            if weight.max() <= 0:
                return
            self.bend(arms.limbs, shares * miss[:, None])

    def _lean(self, arms: Arms, touch: Touches) -> None:
        """Turn the trunk as far as arms are too short for what they touch."""
        if self.place is None or not self.has("spine1", "spine3"):
            return
        leaned = np.zeros((len(self.turns), 3))
        # The trunk bends at several joints, each by its share; the shoulders turn about the middle of these.
        pivots = [name for name in ("spine1", "spine2", "spine3") if self.has(name)]
        bends = np.diff([_LEANING[name] for name in pivots], prepend=0.0)
        for _ in range(_LEANS):
            shoulders = self.joints[:, arms.shoulders]
            aims = self.joints[:, arms.wrists] + self._hand_ways(arms, touch) - shoulders
            far = np.linalg.norm(aims, axis=-1)
            short = np.maximum(far - _reach(shoulders, self.joints[:, arms.elbows], self.joints[:, arms.wrists]), 0)
            frames = np.flatnonzero(short.max(-1) > 1e-3 * self.rest.scale)
            if not len(frames):
                return
            # The smallest turn that brings the shoulders near enough; a pull along the trunk does not spin it.
            middle = np.einsum("p,fpk->fk", bends, self.joints[:, [_joint(name) for name in pivots]])
            lever = cross_product(shoulders - middle[:, None], aims / np.maximum(far, 1e-9)[..., None])
            short, lever = short[frames], (lever * (short > 0)[..., None])[frames]
            square = lever @ lever.swapaxes(-1, -2) + (_DAMPING * self.rest.scale) ** 2 * np.eye(len(arms.sides))
            turn = (lever * np.linalg.solve(square, short[..., None])).sum(1)
            whole = leaned[frames] + turn
            size = np.linalg.norm(whole, axis=-1, keepdims=True)
            whole *= np.minimum(1, _MOST_LEAN / np.maximum(size, 1e-9))
            turn, leaned[frames] = whole - leaned[frames], whole
            if self.turns is self.source_turns:
                self.turns = self.turns.copy()
            joints = [_joint(name) for name in _LEANING]
            part = axis_angle_to_quaternion(turn[:, None] * np.array(list(_LEANING.values()))[:, None])
            self.turns[frames[:, None], joints] = quaternion_multiply(part, self.turns[frames[:, None], joints])
            self.joints = self.place(self.turns) + self.moved[:, None]

    def _hands_apart(self, arms: Arms) -> tuple[np.ndarray, np.ndarray]:
        """(F, 3) by how much the left hand is off the right, and (F,) how firmly they touch."""
        asked, own = self._hand_points(arms)
        away = asked[:, 0] - asked[:, 1]
        weight = fade(np.linalg.norm(away, axis=-1) - 2 * HAND_RADIUS - 0.03, *HAND_TOUCHES)
        return weight[:, None] * (self.rest.scale * away - (own[:, 0] - own[:, 1])), weight

    def _hand_points(self, arms: Arms) -> tuple[np.ndarray, np.ndarray]:
        """The middles of the hands, (F, S, 3) in the motion and on the rig."""
        along = quaternion_apply(self.source_turns[:, arms.wrists], arms.outward)
        return (
            self.source[:, arms.wrists] + HAND_LENGTH * along,
            self.joints[:, arms.wrists] + arms.reaches * along,
        )

    def _hand_ways(self, arms: Arms, touch: Touches) -> np.ndarray:
        """(F, S, 3) from where hands are to where they should touch what they touch in the motion.

        A hand that slips along a limb takes the hand that lies on it along.
        """
        frames, hands = pairs = touch.frames, touch.hands
        ways = np.zeros((len(self.turns), len(arms.sides), 3))
        if not len(frames):
            return ways
        scale, rows = self.rest.scale, frames[:, None]
        own = self._hand_points(arms)[1][pairs]
        turns = self.turns[rows, arms.carriers[hands]]
        begin = self.joints[rows, arms.starts[hands]]
        part = self.joints[rows, arms.stops[hands]] + quaternion_apply(turns, scale * arms.beyond) - begin
        aims = begin + touch.where * part + scale * quaternion_apply(turns, touch.local)
        shares, on_floor = touch.shares[:, :-1, None], touch.shares[:, -1:]
        aim = (shares * aims).sum(1) + on_floor * own
        aim[:, 1] += on_floor[:, 0] * (self.rest.floor + scale * touch.height - own[:, 1])
        slide = part / np.maximum(np.linalg.norm(part, axis=-1, keepdims=True), 1e-12)
        slide = touch.weight * (shares * slide * arms.slippery[:, None]).sum(1)
        way = touch.weight * (aim - own)
        slip = self._slip(arms, touch, way, slide)
        if len(arms.sides) == len(SIDES) and slip.any():
            slips = np.zeros_like(ways)
            slips[pairs] = slip
            held = self._hands_apart(arms)[1][:, None, None]
            along = (held * riding(touch)[..., None] * slips[:, ::-1])[pairs]
            # What lies on the other arm has gone along already.
            way += (1 - touch.shares[:, :-1] @ arms.other_arm)[:, None] * along
            slip = self._slip(arms, touch, way, slide)
        ways[pairs] = way + slip
        return ways

    def _slip(self, arms: Arms, touch: Touches, way: np.ndarray, slide: np.ndarray) -> np.ndarray:
        """(N, 3) how far along a limb, whose direction is `slide`, hands stop where their arms are too short."""
        shoulder, elbow, wrist = (
            self.joints[touch.frames, joints[touch.hands]] for joints in (arms.shoulders, arms.elbows, arms.wrists)
        )
        aim = wrist + way - shoulder
        square, middle = (slide**2).sum(-1), (aim * slide).sum(-1)
        excess = (aim**2).sum(-1) - _reach(shoulder, elbow, wrist) ** 2
        root = np.sqrt(np.maximum(middle**2 - square * excess, 0))
        amount = (np.sign(middle) * root - middle) / np.maximum(square, 1e-12)
        most = _MOST_SLIP * self.rest.scale
        amount = np.where((excess > 0) & (square > 1e-6), np.clip(amount, -most, most), 0)
        return np.asarray(amount[:, None] * slide)


_BEYOND = np.array([_joint(f"{name.split('_')[0]}_foot") if "ankle" in name else -1 for name in JOINT_NAMES])
"""By joint, what hangs on it at the end of a limb; -1 for nothing."""
_HINGES = np.array([[1.0, 0, 0] if "knee" in n else [0, -1.0 if "left" in n else 1.0, 0] for n in JOINT_NAMES])
"""By joint, the axis about which a straight limb bends there, in the T-pose."""


def _reach(shoulder: np.ndarray, elbow: np.ndarray, wrist: np.ndarray) -> np.ndarray:
    """How far (...) an arm reaches, all but straight; as far as it does already, if that is further."""
    whole = np.linalg.norm(elbow - shoulder, axis=-1) + np.linalg.norm(wrist - elbow, axis=-1)
    return np.asarray(np.maximum(0.995 * whole, np.linalg.norm(wrist - shoulder, axis=-1)))

# SPDX-License-Identifier: GPL-3.0-or-later
"""Contacts kept on a rig of other proportions, by bending its limbs a little: a short inverse-kinematics pass.

Limbs that point where the motion's do end elsewhere when their lengths differ: hands that met part, a hand on the hip
hangs beside it, a foot hovers. What touches in the motion is found here (hands by how near they are to the trunk, the
head, the legs, the other arm, each other and the floor; feet by how near they are to the floor and whether they move),
and is put where it touches on the rig. Touch fades in and out over some centimetres, so that motions stay smooth.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from .anatomy import JOINT_RADII
from .limb_ik import reach
from .rest_pose import HAND_LENGTH, RestPose
from .rotation import (
    axis_angle_to_quaternion,
    cross_product,
    quaternion_apply,
    quaternion_conjugate,
    quaternion_multiply,
)
from .skeleton import JOINT_NAMES

_HAND_TOUCHES = (0.02, 0.06)
"""Metres between the skins of a hand and another part: nearer than the first they touch, beyond the second not."""
_FOOT_TOUCHES = (0.02, 0.06)
"""Metres between a sole and the floor, likewise."""
_HAND_RADIUS = 0.02
_STILL_SPEED = 0.25
"""Metres a second: a foot on the floor that is slower stands."""
_SHORTEST_STAND = 0.1
"""Seconds; what stands for less is passing."""
_FADE = 0.15
"""Seconds over which a foot comes to where it stands, and leaves it."""
_PASSES = 4
"""Hands that touch each other are brought together in so many steps."""
_NEARER = 0.01
"""Metres by which one thing that a hand touches must be nearer than another to count for much more."""
_MOST_SLIP = 0.12
"""Metres along a leg or the other arm that a hand stops short, where the arm does not reach."""
_SLIPPERY = ("hip", "knee", "shoulder", "elbow")
"""Where the parts start along which hands may slip; those that start at a hip are thighs, or the line across both."""
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


@dataclass(frozen=True)
class _Part:
    """Something a hand can touch: all within a radius of the line between two joints."""

    start: str
    stop: str
    radius: float
    """Metres on the reference body."""
    beyond: tuple[float, float, float] = (0.0, 0.0, 0.0)
    """Metres from `stop` to where the part ends, in the T-pose's axes of what it turns with."""
    turns_with: str = ""
    """The joint that carries the part; `start` where it is empty."""


_BODY = (
    _Part("pelvis", "neck", 0.11),
    _Part("left_hip", "right_hip", 0.11, turns_with="pelvis"),
    _Part("left_shoulder", "right_shoulder", 0.07, turns_with="spine3"),
    _Part("head", "head", 0.10, (0.0, 0.11, 0.02)),
    _Part("left_hip", "left_knee", 0.075),
    _Part("right_hip", "right_knee", 0.075),
    _Part("left_knee", "left_ankle", 0.05),
    _Part("right_knee", "right_ankle", 0.05),
    _Part("left_ankle", "left_foot", 0.04),
    _Part("right_ankle", "right_foot", 0.04),
)
_ARM = (_Part("{}_shoulder", "{}_elbow", 0.045), _Part("{}_elbow", "{}_wrist", 0.035))
_SIDES = ("left", "right")
_ARM_JOINTS = [JOINT_NAMES.index(f"{side}_{name}") for side in _SIDES for name in ("shoulder", "elbow")]


@dataclass(frozen=True, eq=False)
class _Touch:
    """What a hand touches in a motion: of K parts and the floor, in the N frames in which it touches anything."""

    starts: np.ndarray
    stops: np.ndarray
    carriers: np.ndarray
    """(K,) joints: where the parts start and stop, and with which they turn."""
    beyond: np.ndarray
    """(K, 3)"""
    slippery: np.ndarray
    """(K,) bool."""
    frames: np.ndarray
    """(N,)"""
    gap: np.ndarray
    """(F,) metres to whatever is nearest."""
    weight: np.ndarray
    """(N,) how firmly it touches."""
    shares: np.ndarray
    """(N, K + 1) of each part in where the hand is; the last is the floor's."""
    where: np.ndarray
    """(N, K, 1) along each part, 0 to 1."""
    local: np.ndarray
    """(N, K, 3) metres from there to the hand, in the T-pose's axes of what the part turns with."""
    height: np.ndarray
    """(N,) metres over the floor."""


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
    misses, touches = [], {}
    for side in _SIDES:
        if pass_.has(f"{side}_hip", f"{side}_knee", f"{side}_ankle"):
            firm = pass_._foot_weight(side) > 0.99
            misses.append(np.abs(pass_._foot_way(side)[firm, 1]))
        if pass_.has(f"{side}_shoulder", f"{side}_elbow", f"{side}_wrist"):
            touches[side] = pass_._touch(side)
    for side, way in pass_._hand_ways(touches).items():
        touch = touches[side]
        misses.append(np.linalg.norm(way[touch.frames[touch.weight > 0.99]], axis=-1))
    if len(touches) == len(_SIDES):
        miss, weight = pass_._hands_apart()
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

    def bend(self, limb: tuple[str, str, str], way: np.ndarray) -> None:
        """Move the end of a limb by `way` (F, 3), as far as it reaches; what hangs on it comes along as it is."""
        start, middle, end = map(_joint, limb)
        hinge = _hinge(limb)
        # Frames in which nothing moves stay as they are to the last bit.
        frames = np.flatnonzero(np.linalg.norm(way, axis=-1) > 1e-6 * self.rest.scale)
        if not len(frames):
            return
        if self.turns is self.source_turns:
            self.turns = self.turns.copy()
        place = self.joints[frames]
        bent = reach(
            place[:, start],
            place[:, middle],
            place[:, end],
            place[:, end] + way[frames],
            quaternion_apply(self.turns[frames, middle], hinge),
        )
        self.turns[frames, start] = bent.turned_start(self.turns[frames, start])
        self.turns[frames, middle] = bent.turned_middle(self.turns[frames, middle])
        shift = bent.end - place[:, end]
        self.joints[frames, middle] = bent.middle
        for joint in (end, *_BEYOND.get(end, ())):
            self.joints[frames, joint] += shift

    # Feet

    def keep_feet(self) -> None:
        """Put soles that touch the floor on the rig's floor, and hold those still that stand still."""
        sides = [side for side in _SIDES if self.has(f"{side}_hip", f"{side}_knee", f"{side}_ankle")]
        ways = {side: self._foot_way(side) for side in sides}
        self._lower_pelvis(ways, {side: self._foot_weight(side) for side in sides})
        for side, way in ways.items():
            self.bend((f"{side}_hip", f"{side}_knee", f"{side}_ankle"), way)

    def _foot_heights(self, side: str) -> tuple[list[int], np.ndarray]:
        """The joints of a foot, and how far the sole is over the floor at each, (F, N) metres in the motion."""
        points = [_joint(name) for name in (f"{side}_ankle", f"{side}_foot") if self.has(name)]
        return points, self.source[:, points, 1] - JOINT_RADII[points]

    def _foot_weight(self, side: str) -> np.ndarray:
        """(F,) how firmly a foot touches the floor."""
        return _fade(self._foot_heights(side)[1].min(-1), *_FOOT_TOUCHES)

    def _foot_way(self, side: str) -> np.ndarray:
        """(F, 3) from where a foot is to where it should be."""
        points, heights = self._foot_heights(side)
        own = (self.joints[:, points, 1] - self.rest.radii[points] - self.rest.floor).min(-1)
        way = np.zeros((len(self.turns), 3))
        way[:, 1] = self._foot_weight(side) * (self.rest.scale * heights.min(-1) - own)
        if len(way) > 1:
            stands = [self._stand_way(point, _fade(heights[:, n], *_FOOT_TOUCHES)) for n, point in enumerate(points)]
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
            share = _fade(outside / self.fps, 0.0, _FADE)
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
        sides = [side for side in _SIDES if self.has(f"{side}_shoulder", f"{side}_elbow", f"{side}_wrist")]
        touches = {side: self._touch(side) for side in sides}
        if any(len(touch.frames) for touch in touches.values()):
            self._lean(touches)
            for side, way in self._hand_ways(touches).items():
                self.bend((f"{side}_shoulder", f"{side}_elbow", f"{side}_wrist"), way)
        if len(sides) < 2:
            return
        # The hand that rests on the body stays, the one on top of it comes to it.
        share = _riding(touches)[:, None]
        for _ in range(_PASSES):
            miss, weight = self._hands_apart()
            if weight.max() <= 0:
                return
            for side, way in zip(_SIDES, (share * miss, (share - 1) * miss), strict=True):
                self.bend((f"{side}_shoulder", f"{side}_elbow", f"{side}_wrist"), way)

    def _lean(self, touches: dict[str, _Touch]) -> None:
        """Turn the trunk as far as arms are too short for what they touch."""
        if self.place is None or not self.has("spine1", "spine3"):
            return
        leaned = np.zeros((len(self.turns), 3))
        # The trunk bends at several joints, each by its share; the shoulders turn about the middle of these.
        pivots = [name for name in ("spine1", "spine2", "spine3") if self.has(name)]
        bends = np.diff([_LEANING[name] for name in pivots], prepend=0.0)
        for _ in range(_LEANS):
            middle = np.einsum("p,fpk->fk", bends, self.joints[:, [_joint(name) for name in pivots]])
            ways = self._hand_ways(touches)
            levers, shorts = [], []
            for side in touches:
                shoulder, elbow, wrist = (self.joints[:, _joint(f"{side}_{n}")] for n in ("shoulder", "elbow", "wrist"))
                aim = wrist + ways[side] - shoulder
                far = np.linalg.norm(aim, axis=-1)
                shorts.append(np.maximum(far - _reach(shoulder, elbow, wrist), 0))
                levers.append(cross_product(shoulder - middle, aim / np.maximum(far, 1e-9)[:, None]))
            frames = np.flatnonzero(np.max(shorts, axis=0) > 1e-3 * self.rest.scale)
            if not len(frames):
                return
            # The smallest turn that brings the shoulders near enough; a pull along the trunk does not spin it.
            short = np.stack(shorts, axis=1)[frames]
            lever = np.stack(levers, axis=1)[frames] * (short > 0)[..., None]
            square = lever @ lever.swapaxes(-1, -2) + (_DAMPING * self.rest.scale) ** 2 * np.eye(len(touches))
            turn = (lever * np.linalg.solve(square, short[..., None])).sum(1)
            whole = leaned[frames] + turn
            size = np.linalg.norm(whole, axis=-1, keepdims=True)
            whole *= np.minimum(1, _MOST_LEAN / np.maximum(size, 1e-9))
            turn, leaned[frames] = whole - leaned[frames], whole
            if self.turns is self.source_turns:
                self.turns = self.turns.copy()
            for name, share in _LEANING.items():
                joint = _joint(name)
                part = axis_angle_to_quaternion(share * turn)
                self.turns[frames, joint] = quaternion_multiply(part, self.turns[frames, joint])
            self.joints = self.place(self.turns) + self.moved[:, None]

    def _hands_apart(self) -> tuple[np.ndarray, np.ndarray]:
        """(F, 3) by how much the left hand is off the right, and (F,) how firmly they touch."""
        left, right = (self._hand_points(side) for side in _SIDES)
        weight = _fade(np.linalg.norm(left[0] - right[0], axis=-1) - 2 * _HAND_RADIUS - 0.03, *_HAND_TOUCHES)
        return weight[:, None] * (self.rest.scale * (left[0] - right[0]) - (left[1] - right[1])), weight

    def _hand_points(self, side: str) -> tuple[np.ndarray, np.ndarray]:
        """The middle of a hand, (F, 3) in the motion and on the rig."""
        wrist = _joint(f"{side}_wrist")
        outward = np.array([1.0 if side == "left" else -1.0, 0.0, 0.0])
        along = quaternion_apply(self.source_turns[:, wrist], outward)
        return (
            self.source[:, wrist] + HAND_LENGTH * along,
            self.joints[:, wrist] + self.rest.hand_reach(wrist) * along,
        )

    def _touch(self, side: str) -> _Touch:
        """What a hand touches in the motion."""
        hand, _ = self._hand_points(side)
        other = "right" if side == "left" else "left"
        parts = [*_BODY, *(_Part(p.start.format(other), p.stop.format(other), p.radius) for p in _ARM)]
        parts = [part for part in parts if self.has(part.start, part.stop)]
        starts, stops = ([_joint(getattr(part, end)) for part in parts] for end in ("start", "stop"))
        beyond = np.array([part.beyond for part in parts])
        carriers = [_joint(part.turns_with or part.start) for part in parts]
        turns = self.source_turns[:, carriers]
        begin = self.source[:, starts]
        along = self.source[:, stops] + quaternion_apply(turns, beyond) - begin
        to_hand = hand[:, None] - begin
        where = np.clip((to_hand * along).sum(-1) / np.maximum((along**2).sum(-1), 1e-12), 0, 1)[..., None]
        offset = to_hand - where * along
        gaps = np.linalg.norm(offset, axis=-1) - [part.radius for part in parts] - _HAND_RADIUS
        gaps = np.concatenate([gaps, hand[:, 1:2] - _HAND_RADIUS], axis=-1)
        weights = _fade(gaps, *_HAND_TOUCHES)
        nearest = gaps.min(-1)
        # What is nearest counts most, without a jump where something else becomes nearest.
        shares = weights * np.exp(-(gaps - nearest[:, None]) / _NEARER)
        shares /= np.maximum(shares.sum(-1, keepdims=True), 1e-12)
        slippery = np.array([part.start.split("_")[-1] in _SLIPPERY for part in parts])
        frames = np.flatnonzero(weights.max(-1) > 0)
        local = quaternion_apply(quaternion_conjugate(turns[frames]), offset[frames])
        return _Touch(
            *(np.array(starts), np.array(stops), np.array(carriers), beyond, slippery),
            *(frames, nearest, weights.max(-1)[frames]),
            *(shares[frames], where[frames], local, hand[frames, 1]),
        )

    def _hand_ways(self, touches: Mapping[str, _Touch]) -> dict[str, np.ndarray]:
        """By side, (F, 3) from where a hand is to where it should touch what it touches in the motion.

        A hand that slips along a limb takes the hand that lies on it along.
        """
        found = {side: self._hand_way(side, touch) for side, touch in touches.items()}
        ways = {side: way + slip for side, (way, slip) in found.items()}
        if len(touches) == len(_SIDES) and any(slip.any() for _, slip in found.values()):
            held = self._hands_apart()[1][:, None]
            rides = _riding(touches)[:, None]
            for side, other, share in (("left", "right", rides), ("right", "left", 1 - rides)):
                along = held * share * found[other][1]
                if along.any():
                    ways[side] = sum(self._hand_way(side, touches[side], along))
        return ways

    def _hand_way(self, side: str, touch: _Touch, along: np.ndarray | None = None) -> tuple[np.ndarray, np.ndarray]:
        """(F, 3) from where a hand is to where it should touch, moved by `along`, and how far it slips from there."""
        way, slips = np.zeros((len(self.turns), 3)), np.zeros((len(self.turns), 3))
        frames = touch.frames
        if not len(frames):
            return way, slips
        own = self._hand_points(side)[1][frames]
        joints, turns = self.joints[frames], self.turns[frames][:, touch.carriers]
        scale = self.rest.scale
        begin = joints[:, touch.starts]
        part = joints[:, touch.stops] + quaternion_apply(turns, scale * touch.beyond) - begin
        aims = begin + touch.where * part + scale * quaternion_apply(turns, touch.local)
        shares, on_floor = touch.shares[:, :-1, None], touch.shares[:, -1:]
        aim = (shares * aims).sum(1) + on_floor * own
        aim[:, 1] += on_floor[:, 0] * (self.rest.floor + scale * touch.height - own[:, 1])
        slide = part / np.maximum(np.linalg.norm(part, axis=-1, keepdims=True), 1e-12)
        slide = touch.weight[:, None] * (shares * slide * touch.slippery[:, None]).sum(1)
        way[frames] = touch.weight[:, None] * (aim - own)
        if along is not None:
            # What lies on the other arm has gone along already.
            elsewhere = 1 - touch.shares[:, :-1][:, np.isin(touch.carriers, _ARM_JOINTS)].sum(-1, keepdims=True)
            way[frames] += elsewhere * along[frames]
        slips[frames] = self._slip(side, frames, way[frames], slide)
        return way, slips

    def _slip(self, side: str, frames: np.ndarray, way: np.ndarray, slide: np.ndarray) -> np.ndarray:
        """(N, 3) how far along a limb, whose direction is `slide`, a hand stops where the arm is too short."""
        names = (f"{side}_shoulder", f"{side}_elbow", f"{side}_wrist")
        shoulder, elbow, wrist = (self.joints[frames, _joint(name)] for name in names)
        aim = wrist + way - shoulder
        square, middle = (slide**2).sum(-1), (aim * slide).sum(-1)
        excess = (aim**2).sum(-1) - _reach(shoulder, elbow, wrist) ** 2
        root = np.sqrt(np.maximum(middle**2 - square * excess, 0))
        amount = (np.sign(middle) * root - middle) / np.maximum(square, 1e-12)
        most = _MOST_SLIP * self.rest.scale
        amount = np.where((excess > 0) & (square > 1e-6), np.clip(amount, -most, most), 0)
        return np.asarray(amount[:, None] * slide)


_BEYOND = {_joint(f"{side}_ankle"): (_joint(f"{side}_foot"),) for side in _SIDES}
"""What hangs on the end of a limb."""


def _hinge(limb: tuple[str, str, str]) -> np.ndarray:
    """The axis about which a straight limb bends, in the T-pose."""
    if limb[1].endswith("knee"):
        return np.array([1.0, 0.0, 0.0])
    return np.array([0.0, -1.0 if limb[1].startswith("left") else 1.0, 0.0])


def _riding(touches: Mapping[str, _Touch]) -> np.ndarray:
    """(F,) how much more the left hand lies on the right one than the right on it: 1 if what it touches is further."""
    gaps = [touches[side].gap for side in _SIDES]
    return np.asarray(1 / (1 + np.exp(np.clip((gaps[1] - gaps[0]) / _NEARER, -50, 50))))


def _reach(shoulder: np.ndarray, elbow: np.ndarray, wrist: np.ndarray) -> np.ndarray:
    """How far (F,) an arm reaches, all but straight; as far as it does already, if that is further."""
    whole = np.linalg.norm(elbow - shoulder, axis=-1) + np.linalg.norm(wrist - elbow, axis=-1)
    return np.asarray(np.maximum(0.995 * whole, np.linalg.norm(wrist - shoulder, axis=-1)))


def _fade(value: np.ndarray, full: float, none: float) -> np.ndarray:
    """1 up to `full`, 0 from `none`, smooth in between."""
    t = np.clip((none - value) / (none - full), 0, 1)
    return np.asarray(t * t * (3 - 2 * t))

# SPDX-License-Identifier: GPL-3.0-or-later
"""How far a pose shows what a text says, from 0 to 1: the jump in a clip called "jump", not the wait before it.

Captions cover seconds, poses are moments. `RULES` names the actions that geometry can recognise; a frame of a text
that names one counts by how far it goes between the rule's two bounds. A text that names none of them but names
some other lively action counts by the distance from standing still. A text about neither counts fully everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from blender_addon.core.anatomy import floor_clearance
from blender_addon.core.kinematics import forward_kinematics
from blender_addon.core.motion import Motion
from blender_addon.core.rotation import axis_angle_to_quaternion, quaternion_apply, quaternion_from_yaw
from blender_addon.core.skeleton import SMPL22

_J = {name: index for index, name in enumerate(SMPL22.joint_names)}
_STANDING_PELVIS = float(SMPL22.rest_joints[0, 1])
FAINT = 0.15
"""The agreement of a frame that shows nothing of a named action."""


def neutral_joints() -> np.ndarray:
    """(22, 3) metres: standing upright with hanging arms, pelvis at the origin, facing +Z."""
    rotations = np.zeros((22, 4))
    rotations[:, 0] = 1.0
    for name, angle in (("left_shoulder", -75.0), ("right_shoulder", 75.0)):
        rotations[_J[name]] = axis_angle_to_quaternion(np.array([0.0, 0.0, np.radians(angle)]))
    return forward_kinematics(rotations, np.zeros(3), SMPL22)


def centred_joints(motion: Motion) -> np.ndarray:
    """(F, 22, 3) metres: each frame's joints about its own pelvis, turned to face +Z."""
    joints = motion.joints().astype(np.float64)
    about = joints - joints[:, :1]
    return quaternion_apply(quaternion_from_yaw(-motion.heading().astype(np.float64))[:, None], about)


def pose_distance(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Mean distance of corresponding joints (..., 22, 3), in metres."""
    return np.linalg.norm(a - b, axis=-1).mean(axis=-1)


@dataclass(frozen=True, eq=False)
class FrameMeasures:
    """What the rules look at: positions of all frames of one clip, each property (F,)."""

    joints: np.ndarray
    """(F, 22, 3) metres about the pelvis, facing +Z."""
    clearance: np.ndarray
    """(F,) metres between the floor and the lowest point of the body."""

    @staticmethod
    def of(motion: Motion) -> FrameMeasures:
        """Measures of a canonical motion (its floor at y = 0)."""
        return FrameMeasures(centred_joints(motion), floor_clearance(motion.joints()).astype(np.float64))

    def __len__(self) -> int:
        return len(self.joints)

    def at(self, name: str) -> np.ndarray:
        """(F, 3) position of a joint."""
        return self.joints[:, _J[name]]

    @cached_property
    def lowest(self) -> np.ndarray:
        """(F,) height of the lowest joint, about the pelvis."""
        return self.joints[..., 1].min(axis=1)

    @cached_property
    def sinking(self) -> np.ndarray:
        """0 standing, 1 with the pelvis at the lowest joint."""
        return 1.0 + self.lowest / (_STANDING_PELVIS - 0.03)

    @cached_property
    def tilt(self) -> np.ndarray:
        """Degrees between the pelvis-neck line and the vertical."""
        line = self.at("neck")
        return np.degrees(np.arccos(np.clip(line[:, 1] / np.linalg.norm(line, axis=-1), -1, 1)))

    @cached_property
    def from_neutral(self) -> np.ndarray:
        """Metres, mean joint distance from standing with hanging arms."""
        return pose_distance(self.joints, neutral_joints())

    def bend(self, a: str, b: str, c: str) -> np.ndarray:
        """Degrees that the chain a-b-c is bent at b; 0 is straight."""
        upper, lower = self.at(b) - self.at(a), self.at(c) - self.at(b)
        cosine = (upper * lower).sum(-1) / (np.linalg.norm(upper, axis=-1) * np.linalg.norm(lower, axis=-1))
        return np.degrees(np.arccos(np.clip(cosine, -1, 1)))

    def of_sides(self, sides: tuple[str, ...], measure: Callable[[str], np.ndarray]) -> np.ndarray:
        """The larger of a measure over the named sides."""
        return np.max([measure(side) for side in sides], axis=0)


Measure = Callable[[FrameMeasures, tuple[str, ...]], np.ndarray]


def _knees_bent(frames: FrameMeasures, sides: tuple[str, ...]) -> np.ndarray:
    return frames.of_sides(sides, lambda side: frames.bend(f"{side}_hip", f"{side}_knee", f"{side}_ankle"))


def _airborne_or_coiled(frames: FrameMeasures, sides: tuple[str, ...]) -> np.ndarray:
    coiled = np.minimum((frames.sinking - 0.06) / 0.12, 0.65)
    return np.maximum.reduce([frames.clearance / 0.10, coiled, _hand_height(frames, ("left", "right")) / 0.4])


def _sitting(frames: FrameMeasures, sides: tuple[str, ...]) -> np.ndarray:
    """How far both thighs are from hanging down, 0 to 1 when they are level."""
    drops = []
    for side in ("left", "right"):
        thigh = frames.at(f"{side}_knee") - frames.at(f"{side}_hip")
        drops.append(1.0 + thigh[:, 1] / np.linalg.norm(thigh, axis=-1))
    return np.min(drops, axis=0)


def _knee_on_floor(frames: FrameMeasures, sides: tuple[str, ...]) -> np.ndarray:
    return -np.min([frames.at(f"{side}_knee")[:, 1] - frames.lowest for side in sides], axis=0)


def _hand_height(frames: FrameMeasures, sides: tuple[str, ...]) -> np.ndarray:
    """Metres of the wrist above the shoulder."""
    return frames.of_sides(sides, lambda side: frames.at(f"{side}_wrist")[:, 1] - frames.at(f"{side}_shoulder")[:, 1])


def _hand_reach(frames: FrameMeasures, sides: tuple[str, ...]) -> np.ndarray:
    """Metres of the wrist out from the trunk over the floor, for hands above the waist."""

    def reach(side: str) -> np.ndarray:
        wrist, trunk = frames.at(f"{side}_wrist"), frames.at("spine3")
        out = np.linalg.norm((wrist - trunk)[:, [0, 2]], axis=-1)
        return out * np.clip((wrist[:, 1] - frames.at("pelvis")[:, 1]) / 0.1, 0, 1)

    return frames.of_sides(sides, reach)


def _foot_lift(frames: FrameMeasures, sides: tuple[str, ...]) -> np.ndarray:
    """Metres of an ankle above the other one."""
    both = frames.at("left_ankle")[:, 1] - frames.at("right_ankle")[:, 1]
    return frames.of_sides(sides, lambda side: both if side == "left" else -both)


def _kick(frames: FrameMeasures, sides: tuple[str, ...]) -> np.ndarray:
    """Metres of an ankle above the other one, counted for a foot in front of or beside the pelvis."""

    def lift(side: str) -> np.ndarray:
        ankle, other = frames.at(f"{side}_ankle"), frames.at("right_ankle" if side == "left" else "left_ankle")
        straight = np.clip((110 - frames.bend(f"{side}_hip", f"{side}_knee", f"{side}_ankle")) / 60, 0, 1)
        return (ankle[:, 1] - other[:, 1]) * straight

    return frames.of_sides(sides, lift)


def _stride(frames: FrameMeasures, sides: tuple[str, ...]) -> np.ndarray:
    """Metres between the ankles along the heading."""
    return np.abs(frames.at("left_ankle")[:, 2] - frames.at("right_ankle")[:, 2])


def _gait(frames: FrameMeasures, sides: tuple[str, ...]) -> np.ndarray:
    return np.maximum(_stride(frames, sides) / 0.35, _foot_lift(frames, ("left", "right")) / 0.15)


def _run(frames: FrameMeasures, sides: tuple[str, ...]) -> np.ndarray:
    return np.maximum(_stride(frames, sides) / 0.5, _knees_bent(frames, ("left", "right")) / 75)


def _tilt(frames: FrameMeasures, sides: tuple[str, ...]) -> np.ndarray:
    return frames.tilt


def _lying(frames: FrameMeasures, sides: tuple[str, ...]) -> np.ndarray:
    """Minus the metres of the trunk's highest joint above the body's lowest one."""
    return -(np.max([frames.at(name)[:, 1] for name in ("pelvis", "spine3", "neck")], axis=0) - frames.lowest)


def _bent_over(frames: FrameMeasures, sides: tuple[str, ...]) -> np.ndarray:
    return np.maximum(frames.tilt / 45, frames.sinking / 0.3)


def _sunk(frames: FrameMeasures, sides: tuple[str, ...]) -> np.ndarray:
    return frames.sinking


def _upright(frames: FrameMeasures, sides: tuple[str, ...]) -> np.ndarray:
    return np.minimum((30 - frames.tilt) / 10, (0.14 - frames.sinking) / 0.06)


def _lively(frames: FrameMeasures, sides: tuple[str, ...]) -> np.ndarray:
    return frames.from_neutral


@dataclass(frozen=True)
class Rule:
    """A kind of action: the words that name it and the measure that sees it."""

    name: str
    words: str
    """Regular expression, matched at a word's beginning."""
    measure: Measure
    low: float
    """Measure at which the action is not seen at all."""
    high: float
    """Measure from which it is fully seen."""
    limb: str = ""
    """`arm` or `leg`: "left" or "right" in front of such a limb restricts the measure to that side."""


RULES: tuple[Rule, ...] = (
    Rule("jump", r"jump(?!ing jack)|hop(?:s|ping|ped)?\b|leap|skip(?:s|ping)?\b|jete", _airborne_or_coiled, 0.2, 1.0),
    Rule("sit", r"(?<!baby)sit(?:s|ting)?\b(?![- ]?up)|sat\b|seated|squats?\b|squatting", _sitting, 0.4, 0.75),
    Rule("kneel", r"kneel|knelt|on (?:one|his|her|their|both|its) knees?\b", _knee_on_floor, -0.3, -0.15, "leg"),
    Rule("lie", r"lies?\b|lying|laying|lays down|sleep|supine|prone\b", _lying, -0.6, -0.4),
    Rule("crawl", r"crawl|all fours?|push[- ]?ups?\b|pushups?\b|plank\b|hands and knees", _tilt, 35, 60),
    Rule("crouch", r"crouch|duck(?:s|ing)?\b|sneak", _sunk, 0.06, 0.18),
    Rule(
        "bend",
        r"bend(?:s|ing)? (?:over|down|forward)|bow(?:s|ing)?\b|pick(?:s|ing)? (?:\w+ )?(?:\w+ )?up\b"
        r"|touch(?:es|ing)? (?:\w+ )?(?:toes|floor|ground)|stoop|lean(?:s|ing)? (?:forward|down|over)",
        _bent_over,
        0.3,
        0.9,
    ),
    Rule("kick", r"kick", _kick, 0.12, 0.35, "leg"),
    Rule("punch", r"punch|jab(?:s|bing)?\b|box(?:es|ing)\b|uppercut|strikes?\b", _hand_reach, 0.25, 0.42, "arm"),
    Rule(
        "hands up",
        r"wav(?:e|es|ing)\b(?! (?:motion|pattern))|overhead|above (?:his|her|their|the|its) heads?"
        r"|(?:arms?|hands?) (?:\w+ )?(?:up|in the air|high)|rais(?:e|es|ing) (?:\w+ )?(?:\w+ )?(?:arms?|hands?)"
        r"|cheer|hang(?:s|ing)?\b|jumping jacks?",
        _hand_height,
        -0.15,
        0.1,
        "arm",
    ),
    Rule("throw", r"throw|toss|shoots? (?:a |the )?(?:basket|ball|hoop)|serves?\b", _hand_height, -0.2, 0.1, "arm"),
    Rule(
        "invert",
        r"cartwheel|hand ?stand|(?:back|front)? ?flip|somersault|head ?stand|rolls?\b(?! (?:his|her|their))",
        _tilt,
        35,
        80,
    ),
    Rule(
        "lift foot",
        r"(?:lift|rais)(?:e|s|es|ing)? (?:\w+ )?(?:\w+ )?(?:leg|foot|knee)s?\b|on one (?:leg|foot)"
        r"|arabesque|climb",
        _foot_lift,
        0.05,
        0.2,
        "leg",
    ),
    Rule("run", r"run(?:s|ning)?\b|sprint|jog", _run, 0.4, 0.9),
    Rule("walk", r"walk|stride|stroll|march|pac(?:es|ing)\b", _gait, 0.2, 0.8),
    Rule("bend knees", r"bend(?:s|ing)? (?:at )?(?:the |his |her |their |both )?knees", _knees_bent, 20, 45),
    Rule("stand still", r"stand(?:s|ing)? (?:still|in place|straight|idle|around)", _upright, 0.0, 1.0),
)
"""Tried in this order; every rule whose words occur in a text must agree."""

_LIVELY = re.compile(
    r"\b(?:danc|swing|stretch|fight|martial|karate|punch|sword|twirl|spin|perform|hit|attack|swat|slash|stab|chop|climb"
    r"|salsa|ballet|basketball|dribbl|victory|pump|reach|grab|clap|swim|fly|hammer|saw|wash|scrub|drink|gestur|aim"
    r"|shoot|block|cast|spell|zombie|dab\b|balance|lunge|exercis|throw|catch|fall|trip|stumbl)",
    re.IGNORECASE,
)
_LIVELY_RULE = Rule("lively", "", _lively, 0.05, 0.17)
_COMPILED = tuple((re.compile(rf"\b(?:{rule.words})", re.IGNORECASE), rule) for rule in RULES)
_LIMB_WORDS = {"arm": r"(?:arms?|hands?|fists?|elbows?|punch|jab)", "leg": r"(?:legs?|foot|feet|knees?|kick)"}


def rules_named(text: str) -> tuple[Rule, ...]:
    """The rules whose action a text names; the general one for other lively actions; none for the rest."""
    named = tuple(rule for pattern, rule in _COMPILED if pattern.search(text))
    return named or ((_LIVELY_RULE,) if _LIVELY.search(text) else ())


def named_side(text: str, limb: str) -> str:
    """`left` or `right` where the text gives only that side to the limb (`arm` or `leg`), else empty."""
    sides = set(re.findall(rf"\b(left|right)(?: \w+)? {_LIMB_WORDS[limb]}\b", text)) if limb else set()
    return sides.pop() if len(sides) == 1 else ""


_ON_THE_GROUND = re.compile(
    r"\b(?:lie|lies|lying|lay|sleep|asleep|crawl|all fours?|push[- ]?up|plank|knees|sit|seated|meditat|lotus|ground"
    r"|floor|fall|fell|trip|slip|dead|death|roll|div(?:e|ing)|flip|somersault|cartwheel|handspring|(?:hand|head) ?stand"
    r"|break ?danc|acrobat|gymnast|flies|fly|swim|swing|get(?:s|ting)? (?:back )?up|upside|stunt|trick|tumbl|air"
    r"|bend|bent|bow|pick|reach(?:es)? down|duck|scoop|stoop|kneel|crouch|squat|hang|climb|under|low|helicopter)",
    re.IGNORECASE,
)
_UNSAID_TILT = (55.0, 80.0)
"""Degrees of trunk tilt that a text without any such word would have mentioned: from the first on it counts less."""


def agreement(text: str, frames: FrameMeasures) -> np.ndarray:
    """(F,) from FAINT to 1: how far each frame shows the actions a text names; 1 everywhere if it names none.

    A trunk near level or upside down agrees only with a text that speaks of the ground, the air, bending and so on.
    """
    result = np.ones(len(frames))
    if not _ON_THE_GROUND.search(text):
        low, high = _UNSAID_TILT
        result -= (1 - FAINT) * np.clip((frames.tilt - low) / (high - low), 0, 1)
    for rule in rules_named(text):
        side = named_side(text, rule.limb)
        value = rule.measure(frames, (side,) if side else ("left", "right"))
        t = np.clip((value - rule.low) / (rule.high - rule.low), 0, 1)
        result = np.minimum(result, FAINT + (1 - FAINT) * t * t * (3 - 2 * t))
    return result

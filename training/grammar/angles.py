# SPDX-License-Identifier: GPL-3.0-or-later
"""Clauses with numbers: degrees of elbows, knees, arms, legs, trunk and head."""

# Phrases are data and stand on one line.
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from training.grammar.entries import Posture, clause
from training.grammar.intent import Part, aim, balanced, bend, beyond, flat, head, spine
from training.grammar.legs import BOTH_FEET, STAND_RIGHT
from training.grammar.limbs import Family, both_of

_SPELT = {
    10: "ten", 15: "fifteen", 20: "twenty", 30: "thirty", 40: "forty", 45: "forty-five", 60: "sixty", 70: "seventy", 75: "seventy-five",
    90: "ninety", 110: "a hundred and ten", 120: "a hundred and twenty", 135: "a hundred and thirty-five", 150: "a hundred and fifty",
}  # fmt: skip


def _right_angle(degrees: int, phrases: str) -> str:
    """Phrases with "angle", which for other angles than 90 could be read as the angle inside the joint."""
    return f"|{phrases}" if degrees == 90 else ""


def _said(degrees: int) -> str:
    """ "30 degrees|30°|thirty degrees" as a choice, with hedges."""
    plain = f"[{degrees}|{degrees}|{_SPELT[degrees]}] degrees"
    forms = [
        plain,
        plain,
        f"{degrees}°",
        f"[about|around|roughly|approximately|some|exactly] {plain}",
        f"{degrees} deg",
    ]
    return f"[{'|'.join(forms)}]"


def _angle(degrees: int) -> str:
    """ "a 30 degree angle" as a choice."""
    right = "|a right angle" if degrees == 90 else ""
    spelt = "" if _SPELT[degrees].startswith("a ") else f"|a {_SPELT[degrees]}-degree angle"
    return f"[a {degrees} degree angle|a {degrees}° angle|an angle of {degrees} degrees{spelt}{right}]"


def _between(start: str, end: str, degrees: float) -> str:
    """The direction that is so many degrees from the first towards the second, which is at a right angle to it."""
    angle = np.radians(degrees)
    return f"{start}*{np.cos(angle):.3f} {end}*{np.sin(angle):.3f}"


def _family(clauses: Iterable[Family]) -> Family:
    return tuple(one for family in clauses for one in family)


def _sided(*parts: Part, tags: str, does: str = "", on: tuple[Posture, ...] = ("upright",), claims: str = "") -> Family:
    return (clause(*parts, tags=tags, does=does, on=on, claims=claims),)


def _around(degrees: int, slack: float = 5) -> tuple[float, float]:
    return degrees - slack, degrees + slack


_ELBOW_WAYS: tuple[tuple[Part, ...], ...] = (
    tuple(aim("left_upper_arm", "down", 8, 28)), tuple(aim("left_upper_arm", "front down*0.4", 9, 32)), tuple(aim("left_upper_arm", "left down*0.3", 9, 30)),
)  # fmt: skip
ELBOW = _family(
    _sided(*way, bend("left_elbow", *_around(degrees)),
           tags=f"{{L}} elbow: bent [|by |to |at ]{_said(degrees)}{_right_angle(degrees, '{L} elbow: at ' + _angle(degrees) + '|{L} elbow: bent at ' + _angle(degrees))}|{{L}} arm: bent {_said(degrees)} at the elbow|{{L}} elbow: flexed [|to |at ]{_said(degrees)}",
           does=f"bend {{their}} {{L}} elbow [|by |to |at ]{_said(degrees)}{_right_angle(degrees, 'bend the {L} elbow [to|at] ' + _angle(degrees) + '|hold the {L} elbow at ' + _angle(degrees))}|flex the {{L}} elbow [|to |at ]{_said(degrees)}|bend {{their}} {{L}} arm {_said(degrees)} at the elbow")
    for degrees in (30, 45, 60, 90, 90, 110, 120) for way in _ELBOW_WAYS
)  # fmt: skip
BOTH_ELBOWS = _family(
    _sided(*both_of(way), bend("both_elbow", *_around(degrees)),
           tags=f"[both |]elbows: bent [|by |to |at ]{_said(degrees)}{_right_angle(degrees, '[both |]elbows: at ' + _angle(degrees))}|[both |]arms: bent {_said(degrees)} at the elbows|[both |]elbows: flexed [|to |at ]{_said(degrees)}",
           does=f"bend both elbows [|by |to |at ]{_said(degrees)}{_right_angle(degrees, 'bend {their} elbows to ' + _angle(degrees))}|flex both elbows [|to ]{_said(degrees)}")
    for degrees in (30, 45, 60, 90, 90, 120) for way in _ELBOW_WAYS
)  # fmt: skip
_VAGUE = (
    ((15, 40), "[slightly|a little|a bit|gently|softly] bent|kinda bent|bent just a bit|a touch bent", "[slightly|a little|a bit]", "barely bent"),
    ((55, 85), "[half|halfway|moderately] bent|bent about halfway|half flexed", "[halfway|about half way]", "bent halfway"),
    ((105, 148), "[deeply|sharply|fully|strongly|tightly] bent|bent way in|super bent|flexed as far as it goes", "[deeply|sharply|as far as {their} arm allows|all the way]", "bent [well |]past 90 degrees|bent [more than|beyond|over] 90 degrees|bent past a right angle|at an acute angle"),
    ((20, 75), "bent less than 90 degrees", "less than 90 degrees", "bent less than a right angle|at an obtuse angle"),
)  # fmt: skip
ELBOW_VAGUE = _family(
    _sided(*way, bend("left_elbow", *degrees), tags=f"{{L}} [elbow|arm]: {how}|{{L}} elbow: [{other}]|one elbow: {how}", does=f"bend {{their}} {{L}} [elbow|arm] {do}|bend the {{L}} elbow {do}")
    for degrees, how, do, other in _VAGUE for way in _ELBOW_WAYS
)  # fmt: skip
BOTH_ELBOWS_VAGUE = _family(
    _sided(*both_of(way), bend("both_elbow", *degrees), tags=f"[both |][elbows|arms]: {how}|[both |]elbows: [{other}]", does=f"bend both [elbows|arms] {do}|bend {{their}} elbows {do}")
    for degrees, how, do, other in _VAGUE for way in _ELBOW_WAYS
)  # fmt: skip


def _of_both(way: str) -> str:
    return way.replace("to the side", "to the sides")


_ARM_TURNS = (
    ("down", "left", (30, 45, 60, 90, 120, 135, 150), "[to the side|sideways|out to the side]", "abducted"),
    ("down", "front", (30, 45, 60, 90, 120, 135, 150), "[forward|in front|to the front]", "flexed forward"),
    ("down", "back", (20, 30, 45), "[back|backward|behind the body]", "extended back"),
)
ARM = _family(
    _sided(aim("left_arm", _between(start, end, degrees), 6, 13), bend("left_elbow", 2, 22),
           tags=f"{{L}} arm: [raised|lifted] {_said(degrees)} {way}|{{L}} arm: {medical} [|to ]{_said(degrees)}|{{L}} arm: [raised|held|lifted] {way} at {_angle(degrees)} [|from the body|to the torso]|{{L}} arm: {_said(degrees)} [away from|off] the body, {way}",
           does=f"[raise|lift] {{their}} {{L}} arm {_said(degrees)} {way}|[raise|lift|hold] the {{L}} arm {way} [to|at] {_angle(degrees)}")
    for start, end, numbers, way, medical in _ARM_TURNS for degrees in numbers
)  # fmt: skip
BOTH_ARMS = _family(
    _sided(aim("both_arm", _between(start, end, degrees), 6, 13), bend("both_elbow", 2, 22),
           tags=f"[both |]arms: [raised|lifted] {_said(degrees)} {_of_both(way)}|[both |]arms: {medical} [|to ]{_said(degrees)}",
           does=f"[raise|lift] both arms {_said(degrees)} {_of_both(way)}|[raise|lift] {{their}} arms {_of_both(way)} to {_angle(degrees)}")
    for start, end, numbers, way, medical in _ARM_TURNS for degrees in numbers
)  # fmt: skip
ARM_LEVEL = _family(
    _sided(aim("left_arm", f"{flat}*{np.cos(np.radians(up)):.3f} up*{np.sin(np.radians(up)):.3f}", 6, 13), bend("left_elbow", 2, 22),
           tags=f"{{L}} arm: {_said(abs(up))} {side} [the |]horizontal, {way}|{{L}} arm: {way}, {_said(abs(up))} {side} [|the ]horizontal|{{L}} arm: {way} and {_said(abs(up))} {side} shoulder height",
           does=f"hold {{their}} {{L}} arm {way}, {_said(abs(up))} {side} horizontal|point the {{L}} arm {way} at {_said(abs(up))} {side} the horizontal")
    for up, side in ((30, "above"), (45, "above"), (60, "above"), (-30, "below"), (-45, "below"), (-60, "below"))
    for flat, way in (("front", "[forward|in front]"), ("left", "[out to the side|sideways]"))
)  # fmt: skip

_LEG_TURNS = (
    ("front", (20, 30, 45, 60, 90), "[forward|in front|to the front]", "flexed at the hip"),
    ("left", (20, 30, 45), "[to the side|sideways|out to the side]", "abducted"),
    ("back", (15, 20, 30), "[back|backward|behind the body]", "extended at the hip"),
)
LEG = _family(
    _sided(aim("left_leg", _between("down", end, degrees), 5, 12), bend("left_knee", 2, 24), flat("right"), balanced("right_foot_middle", metres=0.09), bend("right_knee", 2, 26), aim("trunk", "up", 6, 26),
           tags=f"{{L}} leg: [raised|lifted] {_said(degrees)} {way}|{{L}} leg: {medical} [|to |by ]{_said(degrees)} [|with the knee straight]|{{L}} leg: [held|raised] {way} at {_angle(degrees)}",
           does=f"[raise|lift] {{their}} {{L}} leg {_said(degrees)} {way}|[raise|hold] the {{L}} leg {way} at {_angle(degrees)}", on=("standing",), claims="trunk root")
    for end, numbers, way, medical in _LEG_TURNS for degrees in numbers
)  # fmt: skip
KNEE = _family(
    _sided(*way, bend("left_knee", *_around(degrees)), *STAND_RIGHT,
           tags=f"{{L}} knee: bent [|by |to |at ]{_said(degrees)} [{where}]|{{L}} knee: {where_first}, bent [|at ]{_said(degrees)}{_right_angle(degrees, '{L} knee: at ' + _angle(degrees) + ', [foot off the floor|leg lifted]')}|{{L}} knee: flexed [|to |at ]{_said(degrees)}, foot off the ground",
           does=f"bend {{their}} {{L}} knee [|by |to |at ]{_said(degrees)} [{where}]|[lift|raise] the {{L}} leg {where_does} with the knee bent [|at ]{_said(degrees)}", on=("standing",))
    for degrees in (45, 60, 90, 90, 110)
    for way, where, where_first, where_does in (
        (aim("left_thigh", "front", 8, 26), "with the thigh raised|in front|with the leg lifted", "lifted in front", "in front"),
        (aim("left_thigh", "down front*0.1", 7, 24), "behind|with the foot behind|with the heel lifted behind", "pointing at the floor", "behind"),
    )
)  # fmt: skip
KNEES = _family(
    _sided(*BOTH_FEET, *(aim("trunk", "up front*0.45", 8, 28) if degrees >= 90 else ()), bend("both_knee", *_around(degrees)), beyond("left_ankle", "right_ankle", "left", 0.12, 0.5), beyond("left_ankle", "right_ankle", "front", -0.12, 0.12),
           tags=f"[both |]knees: bent [|by |to |at ]{_said(degrees)}{_right_angle(degrees, '[both |]knees: at ' + _angle(degrees))}|[both |]knees: flexed [|to |at ]{_said(degrees)}|legs: bent {_said(degrees)} at the knees",
           does=f"bend both knees [|by |to |at ]{_said(degrees)}{_right_angle(degrees, 'bend {their} knees to ' + _angle(degrees) + '|squat with {their} knees at ' + _angle(degrees))}|flex {{their}} knees [|to ]{_said(degrees)}", on=("standing",))
    for degrees in (20, 30, 45, 60, 90, 90, 110)
)  # fmt: skip

_TORSO = "[torso|upper body|trunk]"
_LEANS = (
    ("front", (15, 20, 30, 45, 60, 90), "forward", "[lean|bend|tilt]", {15: 10, 20: 14, 30: 22, 45: 32, 60: 42, 90: 58}),
    ("back", (10, 15, 20, 30), "[back|backward]", "[lean|bend]", {10: -8, 15: -12, 20: -18, 30: -28}),
)  # fmt: skip
LEAN = _family(
    _sided(aim("trunk", _between("up", end, degrees), 2, 5), spine(pitch=(min(curve[degrees] * 0.7, curve[degrees] * 1.2), max(curve[degrees] * 0.7, curve[degrees] * 1.2))),
           tags=f"{_TORSO}: [leaning|bent|tilted|inclined] {way} [|by |at ]{_said(degrees)}|leaning {way} [|by |at ]{_said(degrees)}|{_TORSO}: inclined {way} {_said(degrees)} from the vertical|bent {way} {_said(degrees)} at the [waist|hips]",
           does=f"[lean|bend] {way} [|by ]{_said(degrees)}|{verb} {{their}} {_TORSO} {way} {_said(degrees)}|lean {way} at {_angle(degrees)}", claims="root")
    for end, numbers, way, verb, curve in _LEANS for degrees in numbers
)  # fmt: skip
SIDE_LEAN = _family(
    _sided(aim("trunk", _between("up", "left", degrees), 2, 5), spine(roll=(degrees * 0.7, degrees * 1.2)), tags=f"{_TORSO}: [tilted|bent|leaning] {_said(degrees)} to the {{L}}|leaning {_said(degrees)} to the {{L}}|{_TORSO}: laterally flexed {_said(degrees)} to the {{L}}",
           does=f"lean {_said(degrees)} to the {{L}}|bend sideways to the {{L}} by {_said(degrees)}|tilt {{their}} {_TORSO} {_said(degrees)} to the {{L}}", claims="root")
    for degrees in (10, 15, 20, 30)
)  # fmt: skip
TWIST = _family(
    _sided(spine(yaw=(degrees - 3, degrees + 3)), tags=f"{_TORSO}: [twisted|rotated|turned] {_said(degrees)} to the {{L}}|shoulders: [rotated|turned] {_said(degrees)} to the {{L}}", does=f"[twist|rotate|turn] {{their}} {_TORSO} {_said(degrees)} to the {{L}}")
    for degrees in (20, 30, 45, 60)
)  # fmt: skip
HEAD = _family(
    [
        *(_sided(head(yaw=(degrees - 4, degrees + 4), pitch=(-4, 4), roll=(-3, 3)), aim("face", _between("front", "left", degrees), 3, 9, frame="chest"), tags=f"head: [turned|rotated] {_said(degrees)} to the {{L}}|face: turned {_said(degrees)} [to the |]{{L}}|looking {_said(degrees)} to the {{L}}", does=f"[turn|rotate] {{their}} head {_said(degrees)} to the {{L}}|turn {{their}} head to the {{L}} by {_said(degrees)}") for degrees in (20, 30, 45, 60, 75)),
        *(_sided(head(roll=(degrees - 3, degrees + 3), yaw=(-3, 3)), aim("crown", _between("up", "left", degrees), 3, 8, frame="chest"), tags=f"head: [tilted|tipped] {_said(degrees)} to the {{L}}", does=f"[tilt|tip] {{their}} head {_said(degrees)} to the {{L}}") for degrees in (15, 20, 30, 40)),
        *(_sided(head(pitch=(degrees - 4, degrees + 4)), aim("face", _between("front", "down", degrees), 2, 6), tags=f"head: [lowered|tilted down|bowed] [|by ]{_said(degrees)}|looking {_said(degrees)} down", does=f"[tilt|bend] {{their}} head {_said(degrees)} [down|forward]|look {_said(degrees)} down") for degrees in (15, 20, 30, 45)),
        *(_sided(head(pitch=(-degrees - 4, -degrees + 4)), aim("face", _between("front", "up", degrees), 2, 6), tags=f"head: [tilted back|raised] [|by ]{_said(degrees)}|looking {_said(degrees)} up", does=f"[tilt|lean] {{their}} head back {_said(degrees)}|look {_said(degrees)} up") for degrees in (15, 20, 30, 45)),
    ]
)  # fmt: skip

ANGLE_FAMILIES: tuple[Family, ...] = (
    ELBOW, ELBOW, BOTH_ELBOWS, ELBOW_VAGUE, BOTH_ELBOWS_VAGUE, ARM, ARM, BOTH_ARMS, ARM_LEVEL, LEG, KNEE, KNEES, LEAN, SIDE_LEAN, TWIST, HEAD,
)  # fmt: skip

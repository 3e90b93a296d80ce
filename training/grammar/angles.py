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
           tags=f"{{L}} elbow: bent [|by |to |at ]{_said(degrees)}{_right_angle(degrees, '{L} elbow: at ' + _angle(degrees) + '|{L} elbow: bent at ' + _angle(degrees) + '|{L} forearm: perpendicular to the upper arm|{L} arm: bent square, like an L|{L} elbow: squared off|{L} elbow: making ' + _angle(degrees))}|{{L}} arm: bent {_said(degrees)} at the elbow|{{L}} elbow: flexed [|to |at ]{_said(degrees)}|{{L}} elbow: in {_said(degrees)} of flexion|{{L}} forearm: folded {_said(degrees)} toward the upper arm|{{L}} elbow: hinged {_said(degrees)}|{{L}} arm: {_said(degrees)} short of straight at the elbow|{{L}} elbow: crooked by {_said(degrees)}|{{L}} elbow joint: rotated {_said(degrees)} from straight|{{L}} arm: folded at its middle by {_said(degrees)}|{{L}} forearm: turned {_said(degrees)} off the line of the upper arm|{{L}} elbow: closed by {_said(degrees)}, counted from a straight arm|{{L}} elbow: reading {_said(degrees)} on the goniometer",
           does=f"bend {{their}} {{L}} elbow [|by |to |at ]{_said(degrees)}{_right_angle(degrees, 'bend the {L} elbow [to|at] ' + _angle(degrees) + '|hold the {L} elbow at ' + _angle(degrees) + '|make an L with the {L} arm|square off the {L} elbow|form ' + _angle(degrees) + ' at the {L} elbow')}|flex the {{L}} elbow [|to |at ]{_said(degrees)}|bend {{their}} {{L}} arm {_said(degrees)} at the elbow|fold the {{L}} forearm {_said(degrees)} toward the upper arm|crook the {{L}} arm by {_said(degrees)}|hinge the {{L}} elbow {_said(degrees)}|set the {{L}} elbow to {_said(degrees)} of flexion|close the {{L}} elbow by {_said(degrees)} from straight|turn the {{L}} forearm {_said(degrees)} off the line of the upper arm|drive the {{L}} elbow joint to {_said(degrees)}|bring the {{L}} elbow into {_said(degrees)} of flexion|break the line of the {{L}} arm by {_said(degrees)} at the elbow")
    for degrees in (30, 45, 60, 90, 90, 110, 120) for way in _ELBOW_WAYS
)  # fmt: skip
BOTH_ELBOWS = _family(
    _sided(*both_of(way), bend("both_elbow", *_around(degrees)),
           tags=f"[both |]elbows: bent [|by |to |at ]{_said(degrees)}{_right_angle(degrees, '[both |]elbows: at ' + _angle(degrees) + '|[both |]arms: bent square, like two Ls|[both |]elbows: squared off|forearms: perpendicular to the upper arms')}|[both |]arms: bent {_said(degrees)} at the elbows|[both |]elbows: flexed [|to |at ]{_said(degrees)}|[both |]elbows: in {_said(degrees)} of flexion|[both |]forearms: folded {_said(degrees)} toward the upper arms|[both |]elbows: hinged {_said(degrees)}|[both |]arms: {_said(degrees)} short of straight|[both |]elbow joints: rotated {_said(degrees)} from straight|forearms: turned {_said(degrees)} off the line of the upper arms|[both |]elbows: closed by {_said(degrees)}, counted from straight arms|each elbow: bent {_said(degrees)}|left and right elbow: equally bent, {_said(degrees)}",
           does=f"bend both elbows [|by |to |at ]{_said(degrees)}{_right_angle(degrees, 'bend {their} elbows to ' + _angle(degrees) + '|square off both elbows|make an L with each arm|form ' + _angle(degrees) + ' at each elbow')}|flex both elbows [|to ]{_said(degrees)}|crook both arms by {_said(degrees)}|fold both forearms {_said(degrees)} toward the upper arms|hinge {{their}} elbows {_said(degrees)}|set both elbows to {_said(degrees)} of flexion|close both elbows by {_said(degrees)} from straight|turn both forearms {_said(degrees)} off the line of the upper arms|drive both elbow joints to {_said(degrees)}|give each elbow {_said(degrees)} of bend|break the line of each arm by {_said(degrees)} at the elbow")
    for degrees in (30, 45, 60, 90, 90, 120) for way in _ELBOW_WAYS
)  # fmt: skip
_VAGUE = (
    ((15, 40), "[slightly|a little|a bit|gently|softly] bent|kinda bent|bent just a bit|a touch bent|unlocked|mildly flexed|not quite straight|softly flexed|a tad bent|loosely bent, not folded|in slight flexion|relaxed, just off straight|nearly long, with a hint of a bend|bent as little as in an easy stance|with some play left|eased|like a softly drawn bow, hardly bent|gently curved", "[slightly|a little|a bit|a tad|mildly|softly|only slightly|ever so slightly|not much]", "barely bent|almost straight|close to straight|flexed a bit rather than locked|soft instead of locked|mostly straight, with a hint of a bend|eased out of straight|not stiff, just a little bent"),
    ((55, 85), "[half|halfway|moderately] bent|bent about halfway|half flexed|semi-flexed|in mid-range|midway between straight and folded|half closed|moderately flexed|neither straight nor fully bent|bent to a medium degree|as bent as it is straight|bent so-so|somewhere around the middle|bent a fair bit, not all the way|with room left both to open and to close", "[halfway|about half way|midway|moderately|to mid-range|half as far as possible]", "bent halfway|in the middle of the range|half folded|flexed to the midpoint|bent to a medium degree|in the middle between open and shut|as bent as it is straight"),
    ((105, 148), "[deeply|sharply|fully|strongly|tightly] bent|bent way in|super bent|flexed as far as it goes|folded up|closed up tight|doubled up|crooked tightly|folded like a jackknife|in deep flexion|folded, not just a little bent|more shut than open|bent so the hand comes back near the shoulder|closed like a hinge at its end|bent as at the top of a biceps curl|bent like a paper clip", "[deeply|sharply|as far as {their} arm allows|all the way|tightly|well past square|hard|far past a right angle]", "bent [well |]past 90 degrees|bent [more than|beyond|over] 90 degrees|bent past a right angle|at an acute angle|closed tighter than a right angle|folded well past square|flexed far beyond 90 degrees|closed to a sharp corner|shut tighter than an L|bent further than an L, toward a narrow V"),
    ((20, 75), "bent less than 90 degrees|bent, but not to a right angle|bent short of 90 degrees|flexed under 90 degrees|bent less than square|bent, an L not yet reached|open wider than an L|bent by under a quarter turn|with the bend on the open side of 90 degrees", "[less than 90 degrees|short of a right angle|but not as far as 90 degrees|less than square]", "bent less than a right angle|at an obtuse angle|open wider than a right angle|flexed, but not up to 90|bent, an L not yet reached|with a blunt corner|bent by less than a quarter turn"),
)  # fmt: skip
ELBOW_VAGUE = _family(
    _sided(*way, bend("left_elbow", *degrees), tags=f"{{L}} [elbow|arm]: [{how}]|{{L}} elbow: [{other}]|one elbow: [{how}]", does=f"bend {{their}} {{L}} [elbow|arm] {do}|bend the {{L}} elbow {do}|flex the {{L}} elbow {do}|crook {{their}} {{L}} arm {do}")
    for degrees, how, do, other in _VAGUE for way in _ELBOW_WAYS
)  # fmt: skip
BOTH_ELBOWS_VAGUE = _family(
    _sided(*both_of(way), bend("both_elbow", *degrees), tags=f"[both |][elbows|arms]: [{how}]|[both |]elbows: [{other}]", does=f"bend both [elbows|arms] {do}|bend {{their}} elbows {do}|flex both elbows {do}|crook both arms {do}")
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
           tags=f"{{L}} arm: [raised|lifted] {_said(degrees)} {way}|{{L}} arm: {medical} [|to ]{_said(degrees)}|{{L}} arm: [raised|held|lifted] {way} at {_angle(degrees)} [|from the body|to the torso]|{{L}} arm: {_said(degrees)} [away from|off] the body, {way}|{{L}} arm: {_said(degrees)} up from hanging, {way}|{{L}} arm: swung {_said(degrees)} {way}|{{L}} shoulder: {medical} [|to ]{_said(degrees)}, elbow straight|{{L}} arm: straight, taken {_said(degrees)} {way}|{{L}} arm: like a clock hand, {_said(degrees)} off the plumb line, {way}|{{L}} hand: carried {way} on a straight arm, {_said(degrees)} from hanging|{{L}} arm: long, opened {_said(degrees)} {way}|{{L}} arm: off its hanging line by {_said(degrees)}, {way}|{{L}} shoulder joint: turned so that the arm goes {_said(degrees)} {way}",
           does=f"[raise|lift] {{their}} {{L}} arm {_said(degrees)} {way}|[raise|lift|hold] the {{L}} arm {way} [to|at] {_angle(degrees)}|take the {{L}} arm {way} by {_said(degrees)}|swing the straight {{L}} arm {_said(degrees)} {way}|move the {{L}} arm {_said(degrees)} {way}, counted from hanging|bring the {{L}} arm {way} until it is {_said(degrees)} from the body|lift the {{L}} hand {way} on a long arm until {_said(degrees)} from hanging|open the {{L}} arm {way} by {_said(degrees)}|turn the {{L}} shoulder joint until the arm is {_said(degrees)} {way}|start from a hanging {{L}} arm and *move it {_said(degrees)} {way}|let the long {{L}} arm leave the plumb line by {_said(degrees)}, {way}")
    for start, end, numbers, way, medical in _ARM_TURNS for degrees in numbers
)  # fmt: skip
BOTH_ARMS = _family(
    _sided(aim("both_arm", _between(start, end, degrees), 6, 13), bend("both_elbow", 2, 22),
           tags=f"[both |]arms: [raised|lifted] {_said(degrees)} {_of_both(way)}|[both |]arms: {medical} [|to ]{_said(degrees)}|[both |]arms: {_said(degrees)} off the body, {_of_both(way)}|[both |]arms: {_said(degrees)} up from hanging, {_of_both(way)}|[both |]arms: swung {_said(degrees)} {_of_both(way)}|[both |]shoulders: {medical} [|to ]{_said(degrees)}, elbows straight|[both |]arms: like clock hands, {_said(degrees)} off the plumb line, {_of_both(way)}|[both |]arms: long, opened {_said(degrees)} {_of_both(way)}|each arm: straight, {_said(degrees)} {_of_both(way)}|[both |]hands: carried {_of_both(way)} on straight arms, {_said(degrees)} from hanging|left and right arm: the same, {_said(degrees)} {_of_both(way)}",
           does=f"[raise|lift] both arms {_said(degrees)} {_of_both(way)}|[raise|lift] {{their}} arms {_of_both(way)} to {_angle(degrees)}|take both arms {_of_both(way)} by {_said(degrees)}|swing {{their}} straight arms {_said(degrees)} {_of_both(way)}|bring both arms {_of_both(way)} until they are {_said(degrees)} from the body|open both arms {_of_both(way)} by {_said(degrees)}|turn both shoulder joints until the arms are {_said(degrees)} {_of_both(way)}|start with hanging arms and *move both {_said(degrees)} {_of_both(way)}|lift both hands {_of_both(way)} on long arms, {_said(degrees)} from hanging|let both arms leave the plumb line by {_said(degrees)}, {_of_both(way)}")
    for start, end, numbers, way, medical in _ARM_TURNS for degrees in numbers
)  # fmt: skip
ARM_LEVEL = _family(
    _sided(aim("left_arm", f"{flat}*{np.cos(np.radians(up)):.3f} up*{np.sin(np.radians(up)):.3f}", 6, 13), bend("left_elbow", 2, 22),
           tags=f"{{L}} arm: {_said(abs(up))} {side} [the |]horizontal, {way}|{{L}} arm: {way}, {_said(abs(up))} {side} [|the ]horizontal|{{L}} arm: {way} and {_said(abs(up))} {side} shoulder height|{{L}} arm: {way}, sloping {_said(abs(up))} {'upward' if up > 0 else 'downward'}|{{L}} arm: inclined {_said(abs(up))} {side} level, {way}|{{L}} hand: {way}, the arm {_said(abs(up))} {side} the horizon|{{L}} arm: like a ramp {way}, {_said(abs(up))} {'up' if up > 0 else 'down'} from level|{{L}} arm: going {way} and {'up' if up > 0 else 'down'} at {_said(abs(up))} to the floor|{{L}} fingertips: {way}, {'over' if up > 0 else 'under'} the shoulder by {_said(abs(up))} of slope|{{L}} arm: {_said(abs(up))} {'higher' if up > 0 else 'lower'} than a level arm, {way}",
           does=f"hold {{their}} {{L}} arm {way}, {_said(abs(up))} {side} horizontal|point the {{L}} arm {way} at {_said(abs(up))} {side} the horizontal|slope {{their}} {{L}} arm {way}, {_said(abs(up))} {'upward' if up > 0 else 'downward'}|aim the {{L}} arm {way}, {_said(abs(up))} {side} the horizon|stretch the {{L}} arm {way}, {_said(abs(up))} {side} level|ramp the {{L}} arm {way}, {_said(abs(up))} {'up' if up > 0 else 'down'} from level|start with a level {{L}} arm {way} and *{'raise' if up > 0 else 'lower'} it by {_said(abs(up))}|send the {{L}} hand {way} on a line {_said(abs(up))} {side} the horizontal|tilt the long {{L}} arm {_said(abs(up))} {'up' if up > 0 else 'down'} from level, {way}|aim the {{L}} fingers {way}, {_said(abs(up))} {side} the horizon line")
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
           tags=f"{{L}} leg: [raised|lifted] {_said(degrees)} {way}|{{L}} leg: {medical} [|to |by ]{_said(degrees)} [|with the knee straight]|{{L}} leg: [held|raised] {way} at {_angle(degrees)}|{{L}} leg: {_said(degrees)} off the vertical, {way}|{{L}} leg: swung {_said(degrees)} {way}|{{L}} leg: straight, taken {way} by {_said(degrees)}|{{L}} leg: like a pendulum stopped {_said(degrees)} {way}|{{L}} foot: off the floor, its leg {_said(degrees)} {way}|{{L}} leg: opened {_said(degrees)} {way} from the standing one|free leg ({{L}}): {_said(degrees)} {way}|{{L}} thigh and shin: in one line, {_said(degrees)} {way}|on the {{R}} leg, the {{L}} one {_said(degrees)} {way}",
           does=f"[raise|lift] {{their}} {{L}} leg {_said(degrees)} {way}|[raise|hold] the {{L}} leg {way} at {_angle(degrees)}|swing the straight {{L}} leg {_said(degrees)} {way}|take the {{L}} leg {way} by {_said(degrees)}|stand on the {{R}} leg and *lift the other {_said(degrees)} {way}|stop the {{L}} leg like a pendulum at {_said(degrees)} {way}|take the {{L}} foot off the floor until the leg is {_said(degrees)} {way}|move the {{L}} hip until the long leg is {_said(degrees)} {way}|open the legs by {_said(degrees)}, the {{L}} one going {way}|hold the free {{L}} leg {_said(degrees)} {way}", on=("standing",), claims="trunk root")
    for end, numbers, way, medical in _LEG_TURNS for degrees in numbers
)  # fmt: skip
KNEE = _family(
    _sided(*way, bend("left_knee", *_around(degrees)), *STAND_RIGHT,
           tags=f"{{L}} knee: bent [|by |to |at ]{_said(degrees)} [{where}]|{{L}} knee: {where_first}, bent [|at ]{_said(degrees)}{_right_angle(degrees, '{L} knee: at ' + _angle(degrees) + ', [foot off the floor|leg lifted]')}|{{L}} knee: flexed [|to |at ]{_said(degrees)}, foot off the ground|{{L}} knee: in {_said(degrees)} of flexion, {where_first}|{{L}} shin: folded {_said(degrees)} at the knee [{where}]|on the {{R}} leg, the {{L}} knee bent {_said(degrees)} [{where}]|{{L}} knee joint: {_said(degrees)} from straight, {where_first}|{{L}} heel: brought in by {_said(degrees)} of knee bend [{where}]|{{L}} knee: closed by {_said(degrees)} [{where}], standing on the {{R}} foot|free knee ({{L}}): bent {_said(degrees)} [{where}]|{{L}} foot: in the air, knee at {_said(degrees)} of bend, {where_first}",
           does=f"bend {{their}} {{L}} knee [|by |to |at ]{_said(degrees)} [{where}]|[lift|raise] the {{L}} leg {where_does} with the knee bent [|at ]{_said(degrees)}|fold the {{L}} shin {_said(degrees)} [{where}]|balance on the {{R}} leg, the other knee bent {_said(degrees)} [{where}]|flex the {{L}} knee {_said(degrees)} [{where}]|drive the {{L}} knee joint to {_said(degrees)} of flexion, {where_first}|close the {{L}} knee by {_said(degrees)} [{where}]|take the {{L}} foot off the floor and *bend that knee {_said(degrees)} [{where}]|keep the {{R}} foot down and *fold the {{L}} knee {_said(degrees)} [{where}]|turn the {{L}} shin {_said(degrees)} off the line of its thigh, {where_first}", on=("standing",))
    for degrees in (45, 60, 90, 90, 110)
    for way, where, where_first, where_does in (
        (aim("left_thigh", "front", 8, 26), "with the thigh raised|in front|with the leg lifted", "lifted in front", "in front"),
        (aim("left_thigh", "down front*0.1", 7, 24), "behind|with the foot behind|with the heel lifted behind", "pointing at the floor", "behind"),
    )
)  # fmt: skip
KNEES = _family(
    _sided(*BOTH_FEET, *(aim("trunk", "up front*0.45", 8, 28) if degrees >= 90 else ()), bend("both_knee", *_around(degrees)), beyond("left_ankle", "right_ankle", "left", 0.12, 0.5), beyond("left_ankle", "right_ankle", "front", -0.12, 0.12),
           tags=f"[both |]knees: bent [|by |to |at ]{_said(degrees)}{_right_angle(degrees, '[both |]knees: at ' + _angle(degrees))}|[both |]knees: flexed [|to |at ]{_said(degrees)}|legs: bent {_said(degrees)} at the knees|[both |]knees: in {_said(degrees)} of flexion|[both |]knees: {_said(degrees)} short of straight|feet: planted, knees bent {_said(degrees)}|[both |]knees: giving by {_said(degrees)}|each knee: bent {_said(degrees)}, both feet down|knee joints: {_said(degrees)} from straight|thighs and shins: off one line by {_said(degrees)}|left and right knee: equally bent, {_said(degrees)}|legs: shortened by {_said(degrees)} of knee bend|soles: on the floor, knees closed by {_said(degrees)}",
           does=f"bend both knees [|by |to |at ]{_said(degrees)}{_right_angle(degrees, 'bend {their} knees to ' + _angle(degrees) + '|squat with {their} knees at ' + _angle(degrees))}|flex {{their}} knees [|to ]{_said(degrees)}|sink until both knees are bent {_said(degrees)}|lower {{their}} hips by bending the knees {_said(degrees)}|stand with {{their}} knees bent {_said(degrees)}|drive both knee joints to {_said(degrees)}|give each knee {_said(degrees)} of bend, feet down|let the knees give until they are bent {_said(degrees)}|close both knees by {_said(degrees)} without lifting the feet|go down by {_said(degrees)} of knee bend|keep the soles down and *bend the knees {_said(degrees)}", on=("standing",))
    for degrees in (20, 30, 45, 60, 90, 90, 110)
)  # fmt: skip

_TORSO = "[torso|upper body|trunk]"
_LEANS = (
    ("front", (15, 20, 30, 45, 60, 90), "forward", "[lean|bend|tilt]", {15: 10, 20: 14, 30: 22, 45: 32, 60: 42, 90: 58}),
    ("back", (10, 15, 20, 30), "[back|backward]", "[lean|bend]", {10: -8, 15: -12, 20: -18, 30: -28}),
)  # fmt: skip
LEAN = _family(
    _sided(aim("trunk", _between("up", end, degrees), 2, 5), spine(pitch=(min(curve[degrees] * 0.7, curve[degrees] * 1.2), max(curve[degrees] * 0.7, curve[degrees] * 1.2))),
           tags=f"{_TORSO}: [leaning|bent|tilted|inclined] {way} [|by |at ]{_said(degrees)}|leaning {way} [|by |at ]{_said(degrees)}|{_TORSO}: inclined {way} {_said(degrees)} from the vertical|bent {way} {_said(degrees)} at the [waist|hips]|{_TORSO}: pitched {way} {_said(degrees)}|{_TORSO}: {_said(degrees)} off upright, {way}|{_TORSO}: tipped {way} by {_said(degrees)}|back: inclined {way} [|by |at ]{_said(degrees)}|body above the hips: {_said(degrees)} {way}|{_TORSO}: like a clock hand moved {_said(degrees)} {way} from twelve|{_TORSO}: {_said(degrees)} off the plumb line, {way}|{_TORSO}: sloping {way}, {_said(degrees)} from standing tall|tilted {way} by {_said(degrees)} from the hips up",
           does=f"[lean|bend] {way} [|by ]{_said(degrees)}|{verb} {{their}} {_TORSO} {way} {_said(degrees)}|lean {way} at {_angle(degrees)}|tip {{their}} {_TORSO} {way} by {_said(degrees)}|pitch {{their}} {_TORSO} {_said(degrees)} {way}|incline the {_TORSO} {way} by {_said(degrees)}|take {{their}} {_TORSO} {_said(degrees)} {way} from upright|tilt {way} by {_said(degrees)} from the hips up|move everything above the hips {_said(degrees)} {way}|let the {_TORSO} leave the plumb line by {_said(degrees)}, {way}|slope {{their}} {_TORSO} {way}, {_said(degrees)} from tall|go {_said(degrees)} {way} with the {_TORSO}|start upright and *tilt {way} by {_said(degrees)}", claims="root")
    for end, numbers, way, verb, curve in _LEANS for degrees in numbers
)  # fmt: skip
SIDE_LEAN = _family(
    _sided(aim("trunk", _between("up", "left", degrees), 2, 5), spine(roll=(degrees * 0.7, degrees * 1.2)), tags=f"{_TORSO}: [tilted|bent|leaning] {_said(degrees)} to the {{L}}|leaning {_said(degrees)} to the {{L}}|{_TORSO}: laterally flexed {_said(degrees)} to the {{L}}|{_TORSO}: {_said(degrees)} off upright, to the {{L}}|tipped {_said(degrees)} over to the {{L}}|spine: side-bent {_said(degrees)} to the {{L}}|listing {_said(degrees)} to the {{L}}|body above the hips: {_said(degrees)} to the {{L}}|{_TORSO}: {_said(degrees)} off the plumb line, {{L}} side lower|{_TORSO}: like a clock hand moved {_said(degrees)} to the {{L}} from twelve|{_TORSO}: sideways by {_said(degrees)}, not forward, to the {{L}}|{{L}} armpit: toward the hip, trunk tilted {_said(degrees)}|curving {_said(degrees)} over to the {{L}} side",
           does=f"lean {_said(degrees)} to the {{L}}|bend sideways to the {{L}} by {_said(degrees)}|tilt {{their}} {_TORSO} {_said(degrees)} to the {{L}}|tip over to the {{L}} by {_said(degrees)}|incline {{their}} {_TORSO} {_said(degrees)} to the {{L}}|flex {{their}} spine sideways to the {{L}} by {_said(degrees)}|tilt {_said(degrees)} to the {{L}} from the waist up|let the {_TORSO} leave the plumb line by {_said(degrees)}, to the {{L}}|go {_said(degrees)} sideways to the {{L}} with the {_TORSO}|list like a ship, {_said(degrees)} to the {{L}}|bring the {{L}} armpit toward its hip, tilting {_said(degrees)}|side-bend {{their}} {_TORSO} {_said(degrees)} to the {{L}}", claims="root")
    for degrees in (10, 15, 20, 30)
)  # fmt: skip
TWIST = _family(
    _sided(spine(yaw=(degrees - 3, degrees + 3)), tags=f"{_TORSO}: [twisted|rotated|turned] {_said(degrees)} to the {{L}}|shoulders: [rotated|turned] {_said(degrees)} to the {{L}}|chest: swivelled {_said(degrees)} to the {{L}}|ribcage: rotated {_said(degrees)} to the {{L}} over the hips|spine: in {_said(degrees)} of rotation to the {{L}}|{_TORSO}: wound {_said(degrees)} to the {{L}}|chest: facing {_said(degrees)} to the {{L}} of where the hips face|shoulder line: {_said(degrees)} off the hip line, turned to the {{L}}|waist: wrung {_said(degrees)} to the {{L}}|breastbone: pointing {_said(degrees)} to the {{L}} of the belt buckle|in a twist to the {{L}} of {_said(degrees)}|ribs over hips: turned {_said(degrees)} to the {{L}}", does=f"[twist|rotate|turn] {{their}} {_TORSO} {_said(degrees)} to the {{L}}|swivel {{their}} chest {_said(degrees)} to the {{L}}|turn the shoulders {_said(degrees)} to the {{L}}|rotate {{their}} ribcage over the hips, {_said(degrees)} to the {{L}}|wring {{their}} waist {_said(degrees)} to the {{L}}|point the breastbone {_said(degrees)} to the {{L}} of the belt buckle|leave the hips alone and *turn the chest {_said(degrees)} to the {{L}}|wind the spine {_said(degrees)} to the {{L}}|face the chest {_said(degrees)} to the {{L}} of the hips|open the chest {_said(degrees)} toward the {{L}}")
    for degrees in (20, 30, 45, 60)
)  # fmt: skip
HEAD = _family(
    [
        *(_sided(head(yaw=(degrees - 4, degrees + 4), pitch=(-4, 4), roll=(-3, 3)), aim("face", _between("front", "left", degrees), 3, 9, frame="chest"), tags=f"head: [turned|rotated] {_said(degrees)} to the {{L}}|face: turned {_said(degrees)} [to the |]{{L}}|looking {_said(degrees)} to the {{L}}|head: swivelled {_said(degrees)} to the {{L}}|nose: {_said(degrees)} off centre, to the {{L}}|neck: rotated {_said(degrees)} to the {{L}}|chin: turned {_said(degrees)} toward the {{L}} shoulder|face: {_said(degrees)} to the {{L}} of the breastbone|head: like a dial moved {_said(degrees)} to the {{L}}|eyes and nose: {_said(degrees)} to the {{L}} of straight ahead|neck: wound {_said(degrees)} to the {{L}}|face: level, {_said(degrees)} over to the {{L}}|{{R}} ear: brought forward by a head turn of {_said(degrees)} to the {{L}}", does=f"[turn|rotate] {{their}} head {_said(degrees)} to the {{L}}|turn {{their}} head to the {{L}} by {_said(degrees)}|swivel {{their}} head {_said(degrees)} to the {{L}}|point {{their}} nose {_said(degrees)} to the {{L}}|rotate the neck {_said(degrees)} to the {{L}}|turn the chin {_said(degrees)} toward the {{L}} shoulder|move {{their}} face {_said(degrees)} to the {{L}} of the breastbone|look off to the {{L}} by {_said(degrees)}|set the neck to {_said(degrees)} of rotation, {{L}}|bring the {{R}} ear forward by turning the head {_said(degrees)} to the {{L}}|go {_said(degrees)} to the {{L}} with the nose, chin level") for degrees in (20, 30, 45, 60, 75)),
        *(_sided(head(roll=(degrees - 3, degrees + 3), yaw=(-3, 3)), aim("crown", _between("up", "left", degrees), 3, 8, frame="chest"), tags=f"head: [tilted|tipped] {_said(degrees)} to the {{L}}|head: cocked {_said(degrees)} to the {{L}}|head: leaning {_said(degrees)} toward the {{L}} shoulder|neck: side-bent {_said(degrees)} to the {{L}}|head: rolled {_said(degrees)} toward the {{L}} shoulder|{{L}} ear: dropped {_said(degrees)} toward the shoulder|head: like a clock hand moved {_said(degrees)} to the {{L}} side|crown: {_said(degrees)} off the top, to the {{L}}|face: frontal but tipped {_said(degrees)} to the {{L}}|eye line: {_said(degrees)} off level, {{L}} eye lower|neck: tilted {_said(degrees)}, {{L}} ear lower|head: sideways by {_said(degrees)}, not turned, to the {{L}}", does=f"[tilt|tip] {{their}} head {_said(degrees)} to the {{L}}|cock {{their}} head {_said(degrees)} to the {{L}}|lean {{their}} head {_said(degrees)} toward the {{L}} shoulder|bend {{their}} neck sideways {_said(degrees)} to the {{L}}|drop the {{L}} ear {_said(degrees)} toward its shoulder|tip the crown {_said(degrees)} to the {{L}}|let the head fall {_said(degrees)} to the {{L}} side|slant the eye line by {_said(degrees)}, {{L}} eye lower|cock an ear to the {{L}} shoulder by {_said(degrees)}|roll the head {_said(degrees)} to the {{L}} without turning it") for degrees in (15, 20, 30, 40)),
        *(_sided(head(pitch=(degrees - 4, degrees + 4)), aim("face", _between("front", "down", degrees), 2, 6), tags=f"head: [lowered|tilted down|bowed] [|by ]{_said(degrees)}|looking {_said(degrees)} down|chin: dropped {_said(degrees)}|face: inclined {_said(degrees)} below the horizon|gaze: {_said(degrees)} under the horizontal|nose: pointing {_said(degrees)} down|head: hung by {_said(degrees)}|line of sight: {_said(degrees)} toward the floor|forehead: brought forward, face down by {_said(degrees)}|face: off level by {_said(degrees)}, downward|chin: in and down, {_said(degrees)} of nod|crown: tipped {_said(degrees)} to the front", does=f"[tilt|bend] {{their}} head {_said(degrees)} [down|forward]|look {_said(degrees)} down|drop {{their}} chin {_said(degrees)}|lower {{their}} face {_said(degrees)}|point {{their}} nose {_said(degrees)} below the horizon|nod down by {_said(degrees)}|let the head hang by {_said(degrees)}|send {{their}} line of sight {_said(degrees)} toward the floor|tuck the chin, {_said(degrees)} of nod|tip the crown {_said(degrees)} to the front|bow {{their}} face {_said(degrees)} from level|take the nose {_said(degrees)} under level") for degrees in (15, 20, 30, 45)),
        *(_sided(head(pitch=(-degrees - 4, -degrees + 4)), aim("face", _between("front", "up", degrees), 2, 6), tags=f"head: [tilted back|raised] [|by ]{_said(degrees)}|looking {_said(degrees)} up|chin: lifted {_said(degrees)}|face: {_said(degrees)} above the horizon|gaze: {_said(degrees)} over the horizontal|nose: pointing {_said(degrees)} up|line of sight: {_said(degrees)} toward the ceiling|face: off level by {_said(degrees)}, upward|crown: tipped {_said(degrees)} to the back|throat: opened, face {_said(degrees)} up|nose: in the air by {_said(degrees)}|chin: raised, {_said(degrees)} over level", does=f"[tilt|lean] {{their}} head back {_said(degrees)}|look {_said(degrees)} up|lift {{their}} chin {_said(degrees)}|raise {{their}} face {_said(degrees)}|point {{their}} nose {_said(degrees)} above the horizon|tip the head back by {_said(degrees)}|send {{their}} line of sight {_said(degrees)} toward the ceiling|tip the crown {_said(degrees)} to the back|take the nose {_said(degrees)} over level|open the throat, face {_said(degrees)} up|stick {{their}} nose in the air by {_said(degrees)}|let the face rise {_said(degrees)} from level") for degrees in (15, 20, 30, 45)),
    ]
)  # fmt: skip

ANGLE_FAMILIES: tuple[Family, ...] = (
    ELBOW, ELBOW, BOTH_ELBOWS, ELBOW_VAGUE, BOTH_ELBOWS_VAGUE, ARM, ARM, BOTH_ARMS, ARM_LEVEL, LEG, KNEE, KNEES, LEAN, SIDE_LEAN, TWIST, HEAD,
)  # fmt: skip

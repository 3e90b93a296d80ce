# SPDX-License-Identifier: GPL-3.0-or-later
"""One part of the body against another: higher, lower, further forward, so many centimetres apart."""

# Phrases are data and stand on one line.
# ruff: noqa: E501

from __future__ import annotations

from training.grammar.entries import Posture, clause
from training.grammar.intent import Part, aim, apart, balanced, bend, beyond, flat, head, pelvis, spine, straight
from training.grammar.legs import BOTH_FEET, STAND_RIGHT
from training.grammar.limbs import Family


def _say(*parts: Part, tags: str, does: str = "", on: tuple[Posture, ...] = ("upright",), claims: str = "") -> Family:
    return (clause(*parts, tags=tags, does=does, on=on, claims=claims),)


def _ways(*ways: tuple[Part, ...], tags: str, does: str = "", on: tuple[Posture, ...] = ("upright",), claims: str = "") -> Family:  # fmt: skip
    return tuple(clause(*way, tags=tags, does=does, on=on, claims=claims) for way in ways)


_FOLD = (
    pelvis(pitch=(60, 85)), aim("trunk", "down front*0.6", 12, 36), spine(pitch=(40, 60)), head(pitch=(-5, 25)),
    aim("both_leg", "down back*0.08 left*0.05", 4, 24), flat("both"), balanced("left_foot_middle", "right_foot_middle", 0.12),
    beyond("left_ankle", "right_ankle", "left", 0.08, 0.45), beyond("left_ankle", "right_ankle", "front", -0.1, 0.1),
)  # fmt: skip
_CENTIMETRES = {
    20: "[20 cm|20 centimeters|20 centimetres|twenty centimetres|eight inches]", 30: "[30 cm|30 centimeters|thirty centimetres|a foot]",
    50: "[50 cm|50 centimeters|half a metre|half a meter]", 70: "[70 cm|70 centimeters|seventy centimetres]", 90: "[90 cm|90 centimetres|a yard|three feet]",
}  # fmt: skip

ARM_RELATIONS: tuple[Family, ...] = (
    _ways(
        (*aim("left_upper_arm", "left up*0.4", 9, 30), *bend("left_elbow", 30, 120), *aim("right_upper_arm", "down", 8, 28), beyond("left_elbow", "right_elbow", "up", 0.2)),
        (*aim("left_upper_arm", "front up*0.3", 9, 30), *bend("left_elbow", 30, 120), *aim("right_upper_arm", "down front*0.3", 8, 28), beyond("left_elbow", "right_elbow", "up", 0.2)),
        tags="{L} elbow: [higher than|above|raised above] the {R} [elbow|one|]|{R} elbow: lower than the {L}|one elbow: higher than the other|elbows: at different heights, the {L} one higher|{L} elbow: way higher than the other", does="hold the {L} elbow higher than the {R} [one|]|raise one elbow above the other"),
    _ways(
        (*aim("both_arm", "front", 9, 28), *bend("both_elbow", 5, 40), beyond("left_hand", "right_hand", "up", -0.06, 0.06)),
        (*aim("both_arm", "left", 9, 28), *bend("both_elbow", 5, 40), beyond("left_hand", "right_hand", "up", -0.06, 0.06)),
        (*aim("both_upper_arm", "down front*0.2", 9, 28), *aim("both_forearm", "front", 9, 28), beyond("left_hand", "right_hand", "up", -0.06, 0.06)),
        tags="hands: [at the same height|level with each other|equally high]|hands: in line with one another|hands: on one level|neither hand: higher than the other|both hands: raised to the same height|hands: perfectly level|hands: not one above the other but level|both hands: in line at one height", does="hold both hands at the same height|raise both hands equally high|keep one hand as high as the other|hold {their} hands in line|keep {their} hands level with each other"),
    _ways(
        (*aim("both_upper_arm", "left", 9, 28), *aim("both_forearm", "down", 9, 30)),
        (*aim("both_upper_arm", "left down*0.4", 9, 30), *aim("both_forearm", "down front*0.3", 9, 32)),
        tags="hands: [lower than|below] the elbows, elbows out|elbows: up and out, hands hanging lower|forearms: hanging from raised elbows|hands: drooping below the elbows|elbows: [higher than|above] the hands|hands: hanging below raised elbows|elbows: hiked up, hands dangling|hands: dangling from lifted elbows", does="hold {their} elbows higher than {their} hands|lift {their} elbows above the hands|let {their} hands droop below the elbows|raise {their} elbows and *let the hands hang"),
    _say(*aim("left_arm", "front", 9, 30), beyond("left_hand", "right_hand", "front", 0.25), *aim("right_upper_arm", "down", 9, 30), tags="{L} hand: [further forward than|in front of|ahead of] the {R} [hand|one|]|{R} hand: behind the {L} one|one hand: further forward than the other", does="hold the {L} hand further forward than the {R}|put the {L} hand ahead of the {R}|stretch the {L} hand out further than the other|reach further forward with the {L} hand than with the {R}"),
    _say(*aim("left_arm", "down back*0.7", 8, 28), beyond("left_hand", "pelvis", "back", 0.08), tags="{L} hand: behind the [hips|body]|{L} arm: back, hand behind the hips|{L} hand: out of sight behind the body|{L} hand: held back|{L} hand: further back than the hips|{L} hand: out behind the bum|{L} arm: trailing, hand behind the hips|one hand: behind the body", does="hold the {L} hand behind {their} hips|reach behind {their} body with the {L} hand|put the {L} hand back behind the hips, not touching|move {their} {L} hand behind the body"),
    _say(*aim("both_arm", "down back*0.7", 8, 28), beyond("left_hand", "pelvis", "back", 0.08), beyond("right_hand", "pelvis", "back", 0.08), apart("left_hand", "right_hand", 0.12, 1.2), tags="[both |]hands: behind the [hips|body], not touching|hands: further back than the hips", does="hold both hands behind {their} hips|reach back with both hands"),
    *(_say(*aim("both_upper_arm", "down front*0.5", 10, 45), beyond("left_hand", "right_hand", "left", metres / 100 - 0.04, metres / 100 + 0.04), beyond("left_hand", "chest", "front", 0.12, 0.6), beyond("left_hand", "right_hand", "up", -0.06, 0.06), beyond("left_hand", "right_hand", "front", -0.08, 0.08), beyond("left_hand", "chest", "up", -0.3, 0.1), claims="left_arm right_arm",
           tags=f"hands: [about |]{said} apart in front [|of the chest]|hands: held in front with [about |]{said} between them", does=f"hold {{their}} hands [about |]{said} apart in front|leave [about |]{said} between {{their}} hands in front") for metres, said in _CENTIMETRES.items() if metres < 80),
)  # fmt: skip

LEG_RELATIONS: tuple[Family, ...] = (
    _ways(
        (aim("left_thigh", "front", 7, 22), bend("left_knee", 75, 110), *STAND_RIGHT), (aim("left_thigh", "front down*0.5", 7, 22), bend("left_knee", 50, 100), *STAND_RIGHT),
        tags="{L} knee: [higher than|above] the {R} [knee|one|]|one knee: higher than the other|{R} knee: lower than the {L}|{L} knee: hiked above the other|knees: not level, the {L} one up", does="hold the {L} knee higher than the {R}|raise one knee above the other", on=("standing",)),
    _ways(
        (aim("left_thigh", "front down*0.4", 7, 24), bend("left_knee", 50, 100), beyond("left_ankle", "right_ankle", "up", 0.12), *STAND_RIGHT), (aim("left_thigh", "down", 7, 22), bend("left_knee", 70, 115), *STAND_RIGHT), (aim("left_leg", "front down*0.7", 7, 22), straight("left_leg"), *STAND_RIGHT),
        tags="{L} foot: [higher than|above] the {R} [foot|one|]|one foot: higher than the other|{R} foot: lower than the {L}|{L} foot: up off the floor, the other one down|feet: not level, the {L} one raised", does="hold the {L} foot higher than the {R}|raise one foot above the other", on=("standing",)),
    _say(*BOTH_FEET, bend("both_knee", 112, 140), beyond("left_knee", "pelvis", "up", 0.0, 0.4), aim("both_thigh", "front left*0.4 up*0.1", 9, 32), aim("trunk", "up front*0.6", 9, 32), tags="hips: [lower than|below] the knees|hips: under knee height|bottom: below the knees|knees: above the hips in a deep squat|knees: higher than the hips, feet on the floor|hips: sunk below {their} knees", does="squat until {their} hips are below {their} knees|squat below parallel|drop {their} bottom lower than the knees|sink {their} hips below {their} knees", on=("standing",)),
    *(_say(*BOTH_FEET, beyond("left_ankle", "right_ankle", "left", metres / 100 - 0.04, metres / 100 + 0.04), beyond("left_ankle", "right_ankle", "front", -0.1, 0.1), bend("both_knee", 2, 30), tags=f"feet: [about |]{said} apart|feet: apart by [about |]{said}", does=f"stand with {{their}} feet [about |]{said} apart|leave [about |]{said} between {{their}} feet", on=("standing",)) for metres, said in _CENTIMETRES.items()),
)  # fmt: skip

TRUNK_RELATIONS: tuple[Family, ...] = (
    _say(*_FOLD, straight("both_leg"), beyond("pelvis", "head", "up", 0.1), tags="head: [lower than|below] the hips|head: hanging below the waist|head: down by the knees|upper body: hanging, head lowest|hips: [higher than|above] the head|bent over, head below {their} waist", does="bend over until {their} head is below {their} hips|hang {their} upper body down, head low|fold so far that the head is lower than the hips|hang {their} head below {their} hips", on=("standing",), claims="root trunk"),
    _say(*_FOLD, bend("both_knee", 2, 30), aim("both_arm", "down", 8, 30), beyond("left_knee", "left_hand", "up", 0.08), beyond("right_knee", "right_hand", "up", 0.08), tags="hands: [lower than|below] the knees, bent over|bent over, hands at the shins|fingers: below knee height, bent over|arms: hanging below the knees, bent forward|bent over with the hands below {their} knees", does="reach below {their} knees with both hands|bend down until {their} hands pass the knees|hang {their} hands below the knees|lower both hands past {their} knees", on=("standing",), claims="root trunk left_arm right_arm"),
    _say(aim("trunk", "up right*0.5", 4, 10), spine(roll=(-34, -22)), beyond("left_shoulder", "right_shoulder", "up", 0.05), tags="{L} shoulder: [higher than|above] the {R} [shoulder|one|]|{R} shoulder: [lower than the {L}|dropped]|one shoulder: higher than the other|shoulders: tilted, the {L} one higher|shoulders: slanted, {L} one up|shoulder line: tilted, {R} end down|{R} shoulder: dipped", does="[drop|lower] {their} {R} shoulder|hold the {L} shoulder higher than the {R}", claims="root"),
    _say(spine(yaw=(-42, -28)), aim("shoulder_line", "left front*0.6", 5, 16, frame="hips"), tags="{L} shoulder: [forward|in front|ahead of the {R}]|{L} shoulder: turned forward|one shoulder: ahead of the other|{R} shoulder: drawn back, {L} one forward|{R} shoulder: [back|behind the {L}]|{L} shoulder: leading|shoulders: on a diagonal, {L} one in front", does="bring the {L} shoulder forward|lead with the {L} shoulder|turn the {L} shoulder to the front|pull the {R} shoulder back"),
)  # fmt: skip

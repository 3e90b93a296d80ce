# SPDX-License-Identifier: GPL-3.0-or-later
"""How people direct a limb in free words: an arm in two parts, what is pointed at, where eyes rest, what is not done."""

# Phrases are data and stand on one line.
# ruff: noqa: E501

from __future__ import annotations

from training.grammar.arms import DOWN
from training.grammar.entries import Posture, clause
from training.grammar.intent import Part, aim, balanced, bend, beyond, flat, floor, head, touch
from training.grammar.legs import BOTH_FEET, STAND_RIGHT
from training.grammar.limbs import Family, both_of, mirrored_parts


def _say(*parts: Part, tags: str, does: str, on: tuple[Posture, ...] = ("upright",)) -> Family:
    return (clause(*parts, tags=tags, does=does, on=on),)


_UP_GAZE = (head(pitch=(-56, -42)), aim("face", "front up*1.15", 5, 13))
_DOWN_GAZE = (head(pitch=(40, 54)), aim("face", "front down*1.25", 5, 13))
_STRAIGHT = bend("left_elbow", 2, 14)

TWO_PART_ARMS: tuple[Family, ...] = (
    _say(aim("left_upper_arm", "left", 6, 15), aim("left_forearm", "front", 6, 16),
         tags="{L} upper arm: out at shoulder height, forearm bent to point straight ahead|{L} elbow: out to the side at shoulder level, hand forward|{L} arm: out sideways as far as the elbow, then forward|{L} forearm: pointing ahead from an elbow held out to the side", does="raise {their} {L} elbow out to the side and *point the forearm straight ahead|lift the {L} upper arm sideways to the shoulder and *bend the elbow so the hand is in front|hold the {L} elbow out at shoulder height with the forearm going forward|hold the {L} arm in a flat corner, upper arm sideways, forearm forward"),
    _say(aim("left_upper_arm", "left", 6, 15), aim("left_forearm", "up", 6, 16),
         tags="{L} upper arm: straight out to the side, forearm going up|{L} elbow: out level with the shoulder, hand up above it|{L} arm: out to the side, bent so that the fingers point at the ceiling|{L} arm: one half of a goalpost", does="lift the {L} elbow to the side and *point the hand at the ceiling|hold {their} {L} upper arm level and the forearm upright|make half a goalpost with the {L} arm|put the {L} arm out sideways and *bend it up at the elbow"),
    _say(aim("left_upper_arm", "left", 6, 16), aim("left_forearm", "down", 6, 18),
         tags="{L} upper arm: out to the side, forearm dangling|{L} elbow: up at the shoulder, hand hanging under it|{L} arm: like a scarecrow's, elbow high and hand down", does="lift the {L} elbow out to the side and *let the forearm dangle|hold {their} {L} upper arm level with the forearm hanging straight down|hold the {L} elbow as high as the shoulder, fingers to the floor"),
    _say(aim("left_upper_arm", "down", 5, 14), aim("left_forearm", "front", 6, 16),
         tags="{L} elbow: tucked into the ribs, forearm forward|{L} elbow: against the waist, hand out in front|{L} upper arm: hanging, forearm level and pointing ahead|{L} arm: an L, elbow at the side, hand forward", does="keep the {L} elbow at {their} ribs and *stretch the forearm forward|tuck {their} {L} elbow in and *hold the forearm level in front|glue the {L} elbow to the waist, hand out ahead|bend the {L} arm to a right angle with the elbow against {their} body"),
    _say(aim("left_upper_arm", "front", 6, 15), aim("left_forearm", "up", 6, 16),
         tags="{L} upper arm: straight ahead, forearm upright|{L} elbow: in front at shoulder height, hand above it|{L} arm: forward to the elbow, then straight up", does="bring the {L} elbow up in front and *point the hand to the ceiling|hold {their} {L} upper arm forward with the forearm vertical|lift the {L} elbow ahead to shoulder height, fingers to the sky"),
    _say(aim("left_upper_arm", "front", 6, 16), aim("left_forearm", "right", 6, 18),
         tags="{L} upper arm: pointing ahead, forearm folded across in front of the chest|{L} elbow: out in front, hand pointing to the {R}|{L} forearm: level, crossing in front of the collarbones", does="lift the {L} elbow in front and *fold the forearm over to the {R}|hold the {L} upper arm forward with the forearm going across|hold the {L} forearm like a bar before {their} chest"),
    _say(aim("left_upper_arm", "down back*0.8", 6, 17), aim("left_forearm", "front", 7, 19),
         tags="{L} elbow: pulled back behind the body, forearm forward|{L} upper arm: slanting back, hand at the ribs|{L} elbow: back as if starting a punch", does="draw the {L} elbow back and *keep the forearm pointing ahead|pull {their} {L} elbow behind the body, hand by the ribs|cock the {L} arm with the elbow back"),
)  # fmt: skip
"""Upper arm one way, forearm another."""

POINTED_AT: tuple[Family, ...] = (
    _say(aim("left_arm", "up left*0.8 front*0.35", 6, 16), _STRAIGHT, head(yaw=(28, 44), pitch=(-46, -30)), aim("face", "front*0.75 left*0.7 up*0.85", 6, 16),
         tags="{L} arm: pointing out a plane high up to the {L}, eyes on it|{L} hand: showing a bird up on the {L}|{L} arm: stretched towards something in the sky on the {L}, face turned up to it", does="point at a plane high up to the {L} and *look at it|show someone a balloon high on the {L}|stretch the {L} arm up and out at the sky and *follow it with the eyes|point to the top of a tower over on the {L}, looking up"),
    _say(aim("left_arm", "up left*0.75", 6, 16), _STRAIGHT,
         tags="{L} arm: stretched up and out to the {L} as if at the sky|{L} hand: reaching for a high branch off to the {L}|{L} arm: long and diagonal, up to the upper {L} corner", does="stretch the {L} arm up and out to the {L} as if at the sky|reach with the {L} hand for a shelf high on {their} {L}|point the {L} arm to the upper {L} corner of the room"),
    _say(aim("left_arm", "front down*0.8", 6, 16), _STRAIGHT, *_DOWN_GAZE,
         tags="{L} arm: pointing at something on the ground ahead, eyes on it|{L} hand: showing a spot on the floor in front, head bent to it|{L} finger: at a bug on the floor, looking at it", does="point at something lying on the ground ahead and *look at it|point the {L} hand at a puddle in front and *look down at it|show a spot on the floor with a straight {L} arm, eyes down"),
    _say(aim("left_arm", "front", 6, 14), _STRAIGHT, head(yaw=(-5, 5), pitch=(-6, 6)), aim("face", "front", 3, 11),
         tags="{L} arm: pointing at the horizon, eyes on it|{L} hand: aimed at a ship far out ahead|{L} finger: on the horizon, arm level", does="point at the horizon and *look out at it|point the {L} arm at someone straight ahead, eyes level|show a ship far out in front with a level {L} arm"),
    _say(aim("left_arm", "left", 6, 14), _STRAIGHT, head(yaw=(48, 66)), aim("face", "front left*1.6", 6, 18, frame="chest"),
         tags="{L} arm: pointing at the door on the {L}, eyes there, too|{L} hand: showing the way out on the {L}, head turned to it|{L} arm: level towards a window on the {L}, looking at it", does="point at the door on the {L} and *look at it|show someone the exit on the {L}, looking that way|point the {L} hand at a person standing to {their} {L} and *look at them"),
    _say(aim("left_arm", "front right*1.1", 6, 18), bend("left_elbow", 2, 30),
         tags="{L} arm: reaching across for something on the {R}|{L} hand: pointing over to the door on the {R}|{L} arm: across the front of the body, aimed at something on the {R}", does="reach across {their} body with the {L} hand for something on the {R}|point the {L} arm over to a door on the {R}|pass something over to the {R} with the {L} hand"),
    _say(aim("left_arm", "up", 6, 15), _STRAIGHT, *_UP_GAZE,
         tags="{L} arm: pointing straight up at the lamp, eyes on it|{L} hand: reaching for the ceiling, face turned up to it", does="point straight up at the ceiling and *look there|reach for the lamp overhead with the {L} hand and *look up at it|show the sun right above, {L} arm vertical, face up"),
)  # fmt: skip
"""Things placed somewhere that an arm points at."""

OWN_BODY: tuple[Family, ...] = (
    _say(touch("left_palm", "right_shoulder_top"),
         tags="{L} arm: laid across the chest, hand on the {R} shoulder|{L} hand: over on the far shoulder|{L} arm: like a seat belt, up to the {R} shoulder", does="bring the {L} arm across {their} chest and *rest the hand on the {R} shoulder|scratch the {R} shoulder with the {L} hand|hold {their} own {R} shoulder, {L} arm across the front|reach over with the {L} hand to the shoulder on the other side"),
    _say(touch("left_hand", "nape", 0.03), aim("left_upper_arm", "leftward headward*0.4 chestward*0.3", 9, 40),
         tags="{L} hand: at the back of the neck, elbow lifted|{L} hand: massaging a stiff neck|{L} elbow: up, palm on the nape", does="reach back and *hold {their} neck with the {L} hand|lay the {L} palm on the nape with the elbow up|scratch the back of {their} neck with {their} {L} hand"),
)  # fmt: skip
"""Hands that hold the own body."""

GAZES: tuple[Family, ...] = (
    _say(*_UP_GAZE, tags="nose: turned up high|gaze: glued to the ceiling|head: dropped back, throat open|chin: pointing at the sky|face: offered to the sun|eyes: on a plane overhead", does="turn up {their} nose to the heavens|stare up at the ceiling|watch the clouds overhead|let {their} head fall back|gaze at the stars, chin high|bare {their} throat to the sky|search the sky"),
    _say(*_DOWN_GAZE, tags="gaze: resting on the floor|head: hanging in shame|face: hidden from view, towards the ground|eyes: on a coin by the feet|neck: bent, nose to the ground", does="keep {their} gaze on the floor|hang {their} head in shame|study the ground in front of {their} feet|look for a coin on the floor|inspect {their} own shoes|let {their} head droop"),
    _say(head(pitch=(50, 62)), aim("face", "front down*1.5", 5, 14), tags="chin on chest|chin: sunk onto the chest|head: fallen forward as if asleep|face: buried in the collar", does="let {their} chin sink onto the chest|nod off with {their} chin on the chest|drop {their} head until the chin rests on the breastbone|curl {their} neck all the way down"),
    _say(head(yaw=(-5, 5), pitch=(-5, 5), roll=(-4, 4)), aim("face", "front", 3, 10), tags="gaze: on the horizon, without looking down|eyes: level, not on the floor|head: up, not hanging|chin: level, neither up nor down", does="look at the horizon without looking down|keep {their} eyes level instead of on the floor|hold {their} head up, not bowed"),
)  # fmt: skip
"""Where eyes rest."""

_FOOT_BEHIND = (aim("left_thigh", "down back*0.1", 6, 18), bend("left_knee", 88, 120))
LEG_WORDS: tuple[Family, ...] = (
    _say(*_FOOT_BEHIND, aim("left_shin", "back up*0.1", 8, 28), *STAND_RIGHT, on=("standing",),
         tags="{L} foot: tucked up behind|{L} knee: bent, foot in the air at the back|{L} shin: level behind, thigh hanging|{L} sole: showing to the back", does="tuck the {L} foot up behind|bend the {L} knee so the foot floats behind|stand on the {R} leg with the other foot lifted at the back|show the sole of the {L} shoe to whoever is behind"),
    _say(floor("left_foot"), flat("right"), beyond("left_ankle", "right_ankle", "back", 0.4, 0.75), bend("left_knee", 2, 14), beyond("left_heel", "left_foot", "up", 0.03, 0.18), balanced("right_foot_middle", metres=0.11), bend("right_knee", 2, 40), aim("trunk", "up front*0.12", 5, 18), on=("standing",),
         tags="weight: on the {R} leg, the {L} one swept back|{L} leg: swept back, toes down, all weight on the {R}|{L} leg: long behind, only its toes on the ground", does="put the weight on the {R} leg and *sweep the {L} one back|stand on the {R} leg, {L} leg drawn out behind with the toes down|slide {their} straight {L} leg back and *rest it on the toes"),
    _say(aim("left_leg", "left down*0.65", 6, 15), bend("left_knee", 2, 12), *STAND_RIGHT, on=("standing",),
         tags="{L} leg: straight out sideways in the air, {R} leg carrying the weight|{L} foot: well off the floor to the side|{L} leg: like one leg of a compass, out and up", does="swing the straight {L} leg out to the {L} and *hold it there|lift the {L} foot far out to the side, balancing on the {R}|hold {their} {L} leg out sideways without bending the knee"),
    _say(aim("left_thigh", "front up*0.1", 6, 16), bend("left_knee", 80, 110), aim("left_shin", "down", 7, 20), *STAND_RIGHT, on=("standing",),
         tags="{L} thigh: level, lower leg hanging from it|{L} knee: in front at hip height, foot below it|{L} leg: bent up like a soldier marking time", does="bring the {L} thigh up level and *let the lower leg hang|mark time with the {L} knee at hip height|lift one knee as if climbing a high step"),
    _say(*BOTH_FEET, bend("both_knee", 2, 10), beyond("left_ankle", "right_ankle", "left", 0.16, 0.4), on=("standing",),
         tags="legs: uncrossed and straight|knees: locked back, not bending at all|legs: like two pillars, side by side|legs: straight, neither knee bent", does="stand with the legs uncrossed and straight|stand there, not bending the knees|keep both legs like pillars|straighten both knees fully, feet side by side"),
)  # fmt: skip
"""Legs and feet."""

NOT_SO: tuple[Family, ...] = (
    _say(*both_of(DOWN.parts), tags="arms: not raised, simply hanging|no hands on the hips, arms loose|arms: down, with no hands on the hips|hands: off the hips, hanging by the thighs", does="leave the arms hanging, not raised|let the arms hang with no hands on the hips|take both hands off the hips and *let them hang|stand with the arms down, neither on the hips nor folded"),
    _say(aim("left_arm", "up", 7, 17), _STRAIGHT, *mirrored_parts(DOWN.parts), tags="arm up, only the {L} one|{L} arm: the only one up|one arm up, and only the {L} one|{R} arm: not raised, {L} arm straight up", does="raise an arm, only the {L} one|stick up an arm, the {L} one and not both|lift the {L} arm alone, without moving the {R}"),
    _say(aim("left_arm", "left", 7, 17), _STRAIGHT, *mirrored_parts(DOWN.parts), tags="arm out to the side, only the {L} one|{L} arm: out sideways, the {R} one not raised|{R} arm: hanging, not lifted, {L} arm out level", does="stretch out an arm to the side, only the {L} one|lift the {L} arm sideways without raising the {R}|hold out just the {L} arm to its side"),
)  # fmt: skip
"""What is not so, where it can be seen."""

FREE_ARM_FAMILIES: tuple[Family, ...] = (*TWO_PART_ARMS, *POINTED_AT, *OWN_BODY)
FREE_BODY_FAMILIES: tuple[Family, ...] = (*GAZES, *LEG_WORDS, *NOT_SO)

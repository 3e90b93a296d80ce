# SPDX-License-Identifier: GPL-3.0-or-later
"""Two things at once: a hand on the body and the other arm in the air, an arm out and the eyes along it."""

# Phrases are data and stand on one line.
# ruff: noqa: E501

from __future__ import annotations

from training.grammar.arms import BENT, FRONT, FRONT_DOWN, FRONT_UP, SIDE, SIDE_DOWN, SIDE_UP, UP
from training.grammar.contacts import PLACES
from training.grammar.entries import clause
from training.grammar.intent import aim, head, intent, straight
from training.grammar.limbs import Family, pair

_FREE = (UP, FRONT, SIDE, FRONT_UP, SIDE_UP, SIDE_DOWN, BENT[0], BENT[3])
_ALONE = [place for place in PLACES if intent(*place.parts).claims == {"left_arm"}]
"""Places that leave the other arm free."""
HAND_MIXES: Family = (
    *(pair(place, free) for place in _ALONE for free in _FREE),
    *(pair(a, b) for i, a in enumerate(_ALONE) for j, b in enumerate(_ALONE[:i]) if i % 3 == j % 3),
)
"""One hand on the body, the other arm elsewhere; two hands on two places."""

LOOKING_FAMILIES: tuple[Family, ...] = (
    (clause(*SIDE.parts, head(yaw=(50, 72)), aim("face", "left front*0.5", 6, 26), on=("upright",),
            tags="looking at the {L} hand, arm out to the side|{L} arm: out to the side, gaze along it|{L} arm: pointing {L}, eyes following it|looking {L} along the outstretched {L} arm", does="point to the {L} and *look there|stretch the {L} arm out to the side and *look at the hand|look along {their} outstretched {L} arm|hold the {L} arm out sideways and *gaze over the fingers"),),
    (clause(*UP.parts, head(pitch=(-54, -40)), aim("face", "front up*1.1", 5, 14), on=("upright",),
            tags="{L} arm: up, eyes on the hand|looking up at the raised {L} hand|gaze: up along the raised {L} arm", does="raise the {L} arm and *look up at the hand|reach up with the {L} hand and *look at it|point up and *look there"),),
    (clause(*aim("both_arm", "up", 8, 23), *straight("left_arm"), *straight("right_arm"), head(pitch=(-54, -40)), aim("face", "front up*1.1", 5, 14), on=("upright",), tags="both arms: up, looking up|looking up at the raised hands|head: back, both arms up|arms: overhead, eyes on the hands|gaze: up along both raised arms|arms and face: lifted to the sky", does="raise both arms and *look up|lift {their} arms and face to the sky|reach up with both arms and *watch the hands|throw both arms up and *look at the ceiling|reach for the sky and *look at it"),),
    (clause(*FRONT_DOWN.parts, head(pitch=(34, 50)), aim("face", "front down*0.95", 5, 16), on=("upright",), tags="{L} hand: pointing at the ground, eyes following|{L} arm: low in front, eyes on the floor there|pointing at the floor and looking at it|gaze: down along the {L} arm|looking down at the {L} hand, pointing at the floor", does="point at the ground with the {L} hand and *look there|show something on the ground and *look at it|look down along the {L} arm|point at something on the floor and *look down at it"),),
    (clause(*FRONT.parts, head(yaw=(-6, 6), pitch=(-6, 6)), aim("face", "front", 4, 15), on=("upright",), tags="{L} arm: pointing forward, eyes [ahead|forward]|looking along the outstretched {L} arm, straight ahead", does="point [straight |]ahead with the {L} hand and *look there|aim forward with {their} {L} arm and *look ahead"),),
    (clause(*SIDE.parts, head(yaw=(-68, -45)), aim("face", "right front*0.7", 6, 28), on=("upright",), tags="{L} arm: out to the side, looking the other way|{L} arm: pointing {L} while looking {R}|head: turned away from the outstretched {L} arm|{L} hand: out to the {L}, face to the {R}|looking away from the outstretched {L} arm", does="point to the {L} but *look to the {R}|stick the {L} arm out sideways and *look {R}|stretch the {L} arm out and *look away from it|look {R} with the {L} arm out to the {L}|hold the {L} arm out and *look the other way"),),
)  # fmt: skip

# SPDX-License-Identifier: GPL-3.0-or-later
"""What animators, riggers and anatomists call a standing body: T-pose, A-pose, rest poses, idles."""

# Phrases are data and stand on one line.
# ruff: noqa: E501

from __future__ import annotations

from training.grammar.entries import pose
from training.grammar.intent import aim, bend, beyond, flat, head, spine, straight
from training.grammar.named.shared_parts import ON_FEET, PLANTED

_SQUARE = (aim("trunk", "up", 3, 11), aim("face", "front", 4, 16), spine(pitch=(-4, 4), roll=(-3, 3), yaw=(-4, 4)))
_LEGS = (*PLANTED, straight("left_leg"), straight("right_leg"), aim("both_foot", "front left*0.25", 7, 30))

POSES = (
    pose("T-pose", *_SQUARE, *_LEGS, aim("both_arm", "left", 4, 12), straight("left_arm"), straight("right_arm"), aim("both_palm", "down", 9, 50), open=False, defaults=(),
         names="a T-pose|a T pose|a tpose|a bind pose|a T-stance|a rigging pose, arms straight out|the default T-pose|a T-shape",
         does="stand in a [T-pose|T pose|T]|T-pose|hold a T-pose|stand with both arms straight out to the sides|stand like the letter T|stand straight, arms [level|horizontal] out to the sides, palms down|make a T with {their} body|assert dominance with a T-pose",
         tags="in a T-pose|t-posing|arms: straight out to the sides, palms down, standing straight|both arms: horizontal, like a T"),
    pose("A-pose", *_SQUARE, *_LEGS, aim("both_arm", "left down*1.0", 5, 13), straight("left_arm"), straight("right_arm"), open=False, defaults=(),
         names="an A-pose|an A pose|an apose|a relaxed bind pose|an A-stance|a modelling rest pose",
         does="stand in an [A-pose|A pose]|hold an A-pose|stand with both arms 45 degrees down and out|stand straight with {their} arms angled down from the shoulders|hold both arms halfway between hanging and level|stand like the letter A",
         tags="in an A-pose|in A-pose|arms: 45 degrees away from the body, standing straight|both arms: angled down and out at 45 degrees|arms: halfway down from a T-pose"),
    pose("I-pose", *_SQUARE, *_LEGS, aim("both_arm", "down left*0.1", 4, 12), straight("left_arm"), straight("right_arm"), open=False, defaults=(),
         names="an I-pose|an N-pose|an I pose|a motion capture calibration pose|a neutral calibration pose",
         does="stand in an [I-pose|N-pose]|stand straight with {their} arms hanging by the sides|stand neutral, arms straight down|hold still for calibration, arms down|stand like the letter I",
         tags="in an I-pose|in an N-pose|arms: straight down at the sides, looking ahead|standing neutral, arms by the sides|straight from head to toe, arms down"),
    pose("Y-pose", *_SQUARE, *_LEGS, aim("both_arm", "up left*0.9", 5, 14), straight("left_arm"), straight("right_arm"), open=False, defaults=(),
         names="a Y-pose|a Y pose|a Y-shape|a standing Y", does="stand like the letter Y|make a Y with {their} body|stand straight with both arms diagonally up|hold both straight arms up and out",
         tags="in a Y-pose|body: in the shape of a Y|arms: diagonally up and out, standing straight|both arms: up and out like a Y"),
    pose("X-pose", aim("trunk", "up", 3, 11), aim("face", "front", 4, 16), flat("both"), straight("both_leg"), beyond("left_ankle", "right_ankle", "left", 0.6, 1.0), ON_FEET, aim("both_arm", "up left*0.9", 5, 16), straight("left_arm"), straight("right_arm"), open=False, defaults=(),
         names="an X-pose|an X pose|an X shape|a standing X|a spread eagle stand|a standing star|a five-pointed star", does="stand like the letter X|make [an X|a big X] with {their} [whole |]body|stand with arms and legs spread wide, arms up|spread all four limbs, standing|stand like a star|spread-eagle against a wall|fling {their} arms up and out, feet wide apart|reach out into all four corners",
         tags="in an X shape, arms up and out, legs wide|arms and legs: spread wide, standing|limbs: flung out like an X|body: shaped like an X|all four limbs: spread, arms up high|spread-eagled, standing|standing like a star"),
    pose("anatomical position", *_SQUARE, *_LEGS, aim("both_arm", "down left*0.25", 5, 15), straight("left_arm"), straight("right_arm"), aim("both_palm", "front", 9, 45), open=False, defaults=(),
         names="the anatomical position|a standard anatomical position|an anatomical stance|an anatomy chart pose", does="stand in the anatomical position|stand straight, palms turned forward|stand upright with {their} palms facing forward|stand like a figure in an anatomy book",
         tags="in the anatomical position|palms: turned forward, arms at the sides, standing|standing upright, palms to the front"),
    pose("breathing idle", *PLANTED, aim("trunk", "up", 3, 12), aim("both_upper_arm", "down left*0.25", 6, 20), aim("both_forearm", "down front*0.35 left*0.1", 8, 24), bend("both_elbow", 12, 42), bend("both_knee", 3, 25), head(pitch=(-6, 8)), aim("face", "front", 6, 22), defaults=(),
         names="an idle pose|a breathing idle|an idle animation frame|a game idle|a relaxed idle|a character select stance", does="idle|stand idle|idle in place|stand relaxed with slightly bent arms|wait for input like a game character|stand loosely, arms a little bent|breathe, standing at ease",
         tags="idle|idling|standing loosely, arms slightly bent|relaxed, arms hanging with soft elbows|in an idle loop"),
)  # fmt: skip

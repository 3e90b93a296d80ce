# SPDX-License-Identifier: GPL-3.0-or-later
"""Sports."""

# Phrases are data and stand on one line.
# ruff: noqa: E501

from __future__ import annotations

from training.grammar.entries import pose
from training.grammar.intent import (
    aim,
    apart,
    balanced,
    bend,
    beyond,
    flat,
    floor,
    head,
    pelvis,
    spine,
    straight,
    touch,
)

_FEET = balanced("left_foot_middle", "right_foot_middle", 0.1)
_STAGGER = (
    flat("left"),
    floor("right_foot"),
    beyond("left_foot_middle", "right_foot_middle", "front", 0.2, 0.5),
    beyond("left_ankle", "right_ankle", "left", 0.08, 0.4),
    _FEET,
)
_READY = (flat("both"), beyond("left_ankle", "right_ankle", "left", 0.35, 0.7), bend("both_knee", 30, 65), _FEET)

POSES = (
    pose("boxing guard", *_STAGGER, bend("both_knee", 12, 40), aim("both_upper_arm", "footward chestward*0.6 leftward*0.2", 8, 30), bend("both_elbow", 105, 145),
         beyond("left_hand", "left_shoulder", "headward", 0.02, 0.26), beyond("right_hand", "right_shoulder", "headward", 0.02, 0.26), aim("face", "front", 6, 24),
         does="stand in a boxing guard|hold up {their} fists|get ready to box|put up {their} dukes|box", names="a boxing stance|a fighting guard|a boxer's guard", tags="fists: up by the chin|both fists: up", defaults=()),
    pose("jab", *_STAGGER, bend("both_knee", 10, 40), aim("left_arm", "front", 6, 18), straight("left_arm"), bend("right_elbow", 110, 145), aim("right_upper_arm", "footward chestward*0.5", 9, 32),
         beyond("right_hand", "right_shoulder", "headward", 0.0, 0.25), aim("face", "front", 6, 26),
         does="punch straight with the {L} hand|throw a {L} jab|jab with the {L} fist|punch forward, the {R} hand guarding", names="a {L} jab|a straight punch with the {L}"),
    pose("uppercut", *_STAGGER, bend("both_knee", 15, 45), aim("left_upper_arm", "front up*0.25", 8, 28), aim("left_forearm", "up", 8, 26), bend("right_elbow", 105, 145), aim("right_upper_arm", "footward chestward*0.5", 9, 32),
         does="throw an uppercut|punch upward with the {L} fist|swing a {L} uppercut", names="an uppercut with the {L} fist"),
    pose("soccer kick", aim("left_leg", "front down*0.55", 7, 24), bend("left_knee", 2, 35), flat("right"), bend("right_knee", 5, 35), balanced("right_foot_middle", metres=0.14), aim("trunk", "up back*0.15", 6, 22),
         aim("left_arm", "left down*0.6 back*0.3", 9, 35), aim("right_arm", "right front*0.5 down*0.3", 9, 35),
         does="kick a ball|kick a soccer ball with the {L} foot|shoot at the goal with {their} {L} foot|kick a football", names="a soccer kick"),
    pose("goalkeeper", *_READY, aim("both_arm", "left front*0.6 down*0.4", 8, 26), bend("both_elbow", 15, 50), aim("trunk", "up front*0.45", 6, 20),
         does="wait in goal|guard the goal|stand ready to catch the ball|stand like a goalkeeper", names="a goalkeeper's ready stance|a keeper stance"),
    pose("basketball shot", aim("left_upper_arm", "front up*0.7", 7, 24), bend("left_elbow", 60, 100), aim("right_upper_arm", "front up*0.6", 8, 28), apart("left_hand", "right_hand", 0.12, 0.28), beyond("left_hand", "crown", "up", 0.0, 0.4), head(pitch=(-25, -8)),
         does="shoot a basketball|shoot a free throw|aim at the basket|take a jump shot with {their} feet on the floor", names="a basketball shot|a free throw"),
    pose("dunk", aim("left_arm", "up front*0.35", 6, 20), bend("left_elbow", 5, 35), aim("left_thigh", "down front*0.3", 8, 28), bend("left_knee", 50, 95), aim("right_thigh", "front down*0.6", 8, 28), bend("right_knee", 70, 110), aim("trunk", "up front*0.1", 6, 20),
         does="dunk a basketball|slam dunk|fly to the rim with the ball in {their} {L} hand", names="a slam dunk", airborne=(0.3, 0.7), defaults=()),
    pose("dribbling", *_READY, aim("trunk", "up front*0.45", 6, 20), aim("left_upper_arm", "down front*0.2", 8, 26), aim("left_forearm", "front down*0.4", 9, 28), aim("left_palm", "down", 9, 50), aim("right_arm", "front right*0.5 down*0.5", 9, 35), bend("right_elbow", 40, 85),
         does="dribble a basketball|dribble low with the {L} hand|bounce a ball with {their} {L} hand"),
    pose("tennis serve", aim("left_upper_arm", "up left*0.6", 8, 28), bend("left_elbow", 75, 120), aim("right_arm", "up front*0.4", 7, 24), straight("right_arm"), head(pitch=(-45, -25)), *_STAGGER, spine(pitch=(-20, -8)), claims="root",
         does="serve in tennis|toss the ball up for a serve|serve with the racket in the {L} hand", names="a tennis serve"),
    pose("forehand", *_READY, aim("left_arm", "left back*0.4 down*0.2", 8, 28), bend("left_elbow", 10, 45), aim("right_arm", "front right*0.2", 9, 32), spine(yaw=(25, 40)), head(yaw=(-38, -18)),
         does="swing a tennis racket back|play a forehand with the {L} hand|wind up for a forehand", names="a forehand backswing"),
    pose("golf address", flat("both"), beyond("left_ankle", "right_ankle", "left", 0.3, 0.55), bend("both_knee", 15, 35), _FEET, aim("trunk", "up front*0.7", 6, 18), touch("left_hand", "right_hand", 0.06), aim("both_arm", "down front*0.3", 6, 24), straight("both_arm"), head(pitch=(8, 28)),
         does="line up a golf putt|address the golf ball|stand over a putt|get set for a golf swing", names="a golf address|a putting stance"),
    pose("batting", *_READY, aim("trunk", "up front*0.2", 6, 20), spine(yaw=(18, 32)), touch("left_hand", "right_hand", 0.07), beyond("left_hand", "left_shoulder", "headward", 0.02, 0.25), beyond("left_hand", "right_hand", "headward", 0.0, 0.12),
         beyond("left_elbow", "left_shoulder", "leftward", 0.05), head(yaw=(-55, -30)),
         does="bat|hold a baseball bat over the {L} shoulder|get ready to hit a baseball|wait for the pitch with the bat up", names="a batting stance|a batter's stance"),
    pose("throwing", aim("left_upper_arm", "left back*0.25 up*0.15", 8, 26), aim("left_forearm", "up back*0.5", 9, 30), aim("right_arm", "front", 8, 26), bend("right_elbow", 5, 40), spine(yaw=(15, 32)), flat("left"), floor("right_foot"),
         beyond("right_foot_middle", "left_foot_middle", "front", 0.3, 0.7), _FEET, head(yaw=(-32, -12)),
         does="throw a ball|throw with the {L} hand|wind up to throw|pitch a baseball with the {L} arm|throw a spear", names="an overhand throw"),
    pose("bowling", flat("right"), bend("right_knee", 60, 100), floor("left_foot"), aim("left_leg", "back down*0.7 right*0.2", 8, 28), aim("trunk", "up front*0.9", 8, 24), aim("left_arm", "down front*0.5", 7, 24), straight("left_arm"), aim("right_arm", "right back*0.3", 9, 32), balanced("right_foot_middle", "left_foot", 0.12),
         does="bowl|roll a bowling ball with the {L} hand|release the bowling ball", names="a bowling release"),
    pose("sprinting", aim("left_thigh", "front down*0.35", 7, 22), bend("left_knee", 75, 110), aim("right_leg", "back down*1.0", 7, 22), bend("right_knee", 5, 45), floor("right_foot"), aim("trunk", "up front*0.3", 5, 16), bend("both_elbow", 75, 110),
         aim("right_upper_arm", "front down*0.7", 9, 30), aim("left_upper_arm", "back down*0.8", 9, 30), head(pitch=(-20, 0)),
         does="run|sprint|run as fast as {their} legs can|run with big strides|race|dash forward", names="a sprint|a run", tags="in full sprint|mid-run", defaults=(), open=False),
    pose("sprint start", floor("left_foot", "right_foot", "both_fingers", "right_knee"), aim("both_arm", "down", 6, 22), straight("both_arm"), pelvis(pitch=(55, 75)), aim("trunk", "front up*0.35", 8, 26), bend("left_knee", 90, 140), beyond("left_foot_middle", "right_foot_middle", "front", 0.15, 0.6), head(pitch=(-15, 15)),
         does="crouch at the starting line|get on {their} marks|wait in the starting blocks|take {their} mark", names="a sprint start|an on-your-marks crouch", tags="in the starting blocks", upright=False, open=False),
    pose("weightlifting overhead", flat("both"), beyond("left_ankle", "right_ankle", "left", 0.25, 0.6), _FEET, aim("both_arm", "up left*0.35", 5, 18), straight("both_arm"), aim("trunk", "up", 4, 14),
         does="lift a barbell overhead|press a barbell over {their} head|hold weights above {their} head|lift weights", names="an overhead press|a barbell press"),
    pose("biceps flex", aim("both_upper_arm", "left up*0.1", 6, 22), aim("both_forearm", "up right*0.35", 8, 24), bend("both_elbow", 85, 130),
         does="flex both biceps|show off {their} muscles|flex {their} arms|pose like a bodybuilder", names="a double biceps pose|a bodybuilder flex", tags="biceps: flexed"),
    pose("skiing", flat("both"), bend("both_knee", 45, 80), aim("trunk", "up front*0.8", 6, 20), aim("both_upper_arm", "down front*0.5", 8, 26), aim("both_forearm", "front", 9, 28), beyond("left_ankle", "right_ankle", "left", 0.12, 0.35), _FEET, head(pitch=(-30, -8)),
         does="ski|ski downhill|race downhill on skis", names="a downhill tuck|a skier's tuck"),
    pose("surfing", flat("both"), bend("both_knee", 40, 80), aim("left_leg", "left down*0.8", 9, 30), aim("right_leg", "right down*0.8", 9, 30), beyond("left_ankle", "right_ankle", "left", 0.55, 0.9), _FEET, aim("both_arm", "left", 9, 28), bend("both_elbow", 5, 35), head(yaw=(35, 65)), aim("trunk", "up front*0.25", 6, 22),
         does="surf|ride a wave|balance on a surfboard|skateboard|ride a snowboard", names="a surfing stance", tags="on a surfboard, arms out"),
)  # fmt: skip

# SPDX-License-Identifier: GPL-3.0-or-later
"""Work and daily life."""

# Phrases are data and stand on one line.
# ruff: noqa: E501

from __future__ import annotations

from training.grammar.entries import ARMS_AT_SIDES, HANDS_ON_THIGHS, pose
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

_CHAIR = (
    flat("both"),
    aim("both_thigh", "front left*0.12", 6, 22),
    aim("both_shin", "down", 7, 22),
    bend("both_knee", 75, 105),
    beyond("left_knee", "right_knee", "left", 0.1, 0.4),
)
_ON_FEET = balanced("left_foot_middle", "right_foot_middle")

POSES = (
    pose("phone call", touch("left_hand", "left_ear", 0.03), beyond("left_elbow", "left_shoulder", "footward", 0.06), head(roll=(0, 14)),
         does="talk on the phone|make a phone call|hold a phone to the {L} ear|answer the phone with {their} {L} hand", names="a phone call", tags="on the phone"),
    pose("texting", aim("both_upper_arm", "down front*0.25", 6, 24), touch("left_hand", "right_hand", 0.07), beyond("left_hand", "chest", "chestward", 0.1, 0.35),
         beyond("left_hand", "chest", "headward", -0.28, 0.0), head(pitch=(25, 42)),
         does="text|look at {their} phone|type on a phone|scroll on {their} phone with both hands|stare down at a phone", tags="texting, head down"),
    pose("selfie", aim("left_arm", "front up*0.45 left*0.3", 8, 24), bend("left_elbow", 5, 35), head(roll=(5, 18), yaw=(8, 25), pitch=(-14, 0)),
         does="take a selfie|take a picture of themselves|hold the phone up for a selfie with the {L} hand", names="a selfie pose"),
    pose("drinking", touch("left_thumb", "mouth", 0.01), head(pitch=(-28, -12)), aim("left_upper_arm", "front down*0.2 left*0.5", 10, 42),
         does="drink|drink from a cup|take a sip from a glass|drink out of a bottle with the {L} hand|lift a cup to {their} lips"),
    pose("reading a book", aim("both_upper_arm", "down front*0.35", 7, 26), bend("both_elbow", 75, 115), beyond("left_hand", "chest", "chestward", 0.15, 0.42),
         apart("left_hand", "right_hand", 0.12, 0.3), aim("both_palm", "up", 9, 65), head(pitch=(22, 38)),
         does="read a book|read a newspaper|hold a book open in both hands|study a map held in both hands", tags="reading"),
    pose("typing at a desk", *_CHAIR, aim("trunk", "up front*0.1", 5, 18), aim("both_upper_arm", "down front*0.35", 6, 22), aim("both_forearm", "front", 7, 22), apart("left_hand", "right_hand", 0.12, 0.34), head(pitch=(5, 18)),
         does="type at a desk|work at a computer|sit at a keyboard and *type|play the piano|sit at a desk and *type", tags="at the computer|seated at a keyboard"),
    pose("driving", *_CHAIR, aim("trunk", "up back*0.15", 5, 18), aim("both_arm", "front", 7, 24), bend("both_elbow", 15, 50), apart("left_hand", "right_hand", 0.22, 0.42), aim("face", "front", 6, 24),
         does="drive a car|hold a steering wheel|sit at the wheel|steer a car with both hands", tags="at the wheel, driving"),
    pose("eating at table", *_CHAIR, aim("trunk", "up front*0.15", 5, 18), touch("left_fingers", "mouth", 0.02), beyond("left_elbow", "left_shoulder", "footward", 0.06), head(pitch=(4, 18)),
         does="eat at a table|eat with a spoon in the {L} hand|sit and *eat|bring a fork to {their} mouth", tags="eating at a table", defaults=HANDS_ON_THIGHS),
    pose("carrying a box", aim("both_upper_arm", "down front*0.35", 6, 24), aim("both_forearm", "front up*0.05", 7, 24), apart("left_hand", "right_hand", 0.3, 0.48), aim("both_palm", "up", 9, 70), aim("trunk", "up back*0.08", 4, 14),
         does="carry a box|hold a big box in both arms|carry a crate in front of {their} body|carry something heavy with both arms"),
    pose("lifting a box", flat("both"), bend("both_knee", 75, 115), aim("trunk", "up front*1.1", 8, 24), _ON_FEET, aim("both_arm", "down front*0.35", 8, 26),
         apart("left_hand", "right_hand", 0.28, 0.5), beyond("left_knee", "left_hand", "up", 0.0, 0.5), beyond("left_ankle", "right_ankle", "left", 0.2, 0.5),
         does="lift a box off the floor|pick up something heavy from the ground|squat to pick up a box|lift with bent knees"),
    pose("tying shoe", floor("right_knee", "right_foot"), flat("left"), bend("left_knee", 95, 130), aim("right_thigh", "down back*0.2", 8, 50), aim("trunk", "front up*0.8", 10, 42),
         touch("both_palm", "left_instep", 0.03), head(pitch=(10, 35)),
         does="tie {their} {L} shoe|kneel to tie a shoelace|tie the shoelace of the {L} foot|bend down to fix {their} {L} shoe", claims="root trunk", open=False),
    pose("pushing", flat("left"), floor("right_foot"), aim("right_leg", "back down*0.9", 6, 24), bend("left_knee", 35, 75), aim("trunk", "up front*0.7", 6, 20),
         aim("both_arm", "front up*0.05", 7, 22), bend("both_elbow", 8, 40), aim("both_palm", "front", 9, 55),
         does="push a heavy box|push against a wall|push with both hands|shove a car|push something heavy forward", defaults=()),
    pose("pulling a rope", flat("both"), pelvis(pitch=(-22, -12)), aim("trunk", "up back*0.4", 5, 16), bend("both_knee", 30, 70), aim("both_arm", "front down*0.15", 7, 24),
         bend("both_elbow", 10, 50), apart("left_hand", "right_hand", 0.05, 0.25), beyond("left_ankle", "right_ankle", "left", 0.2, 0.6),
         does="pull a rope|play tug of war|pull on a rope with both hands|lean back and *pull", names="a tug-of-war pose", defaults=()),
    pose("looking at watch", aim("left_forearm", "rightward chestward*0.35", 9, 32), aim("left_upper_arm", "footward chestward*0.8", 9, 30), head(pitch=(18, 34), yaw=(2, 18)),
         does="look at {their} watch|check the time|check the watch on {their} {L} wrist|look at the {L} wrist", tags="{L} wrist: up to read the time"),
    pose("sleeping on back", floor("pelvis"), beyond("spine3", "pelvis", "up", -0.06, 0.06), pelvis(pitch=(-92, -88)), aim("chest", "up", 4, 18), spine(), head(roll=(6, 25)),
         aim("left_leg", "footward leftward*0.15", 5, 20), straight("left_leg"), bend("right_knee", 25, 60), aim("right_thigh", "footward chestward*0.4", 6, 25), floor("left_ankle", "right_foot"),
         does="sleep on {their} back|lie asleep|nap on the floor|lie on {their} back with the {R} knee up", tags="asleep on the back", upright=False, defaults=ARMS_AT_SIDES),
    pose("sunbathing", floor("pelvis"), beyond("spine3", "pelvis", "up", -0.06, 0.06), pelvis(pitch=(-92, -86)), aim("chest", "up", 5, 22), touch("both_palm", "back_of_head", 0.04), aim("both_upper_arm", "leftward headward*0.5", 9, 35),
         bend("both_knee", 2, 32), floor("both_ankle"), apart("left_palm", "right_palm", 0.04, 0.3), does="lie on {their} back with {their} hands behind {their} head|sunbathe|relax on the ground, hands behind the head|lie stargazing",
         tags="lying back, hands under the head", upright=False, open=False, defaults=()),
    pose("sweeping", aim("both_upper_arm", "down front*0.5", 8, 28), apart("left_hand", "right_hand", 0.25, 0.45), beyond("left_hand", "right_hand", "up", 0.12, 0.4),
         beyond("left_hand", "chest", "chestward", 0.1, 0.45), aim("trunk", "up front*0.3", 5, 15), spine(pitch=(10, 22)), head(pitch=(12, 30)), claims="root",
         does="sweep the floor|sweep with a broom|mop the floor|rake leaves|hold a broom in both hands"),
    pose("opening a door", aim("left_arm", "front down*0.3", 7, 24), bend("left_elbow", 15, 50), flat("right"), floor("left_foot"), beyond("left_foot_middle", "right_foot_middle", "front", 0.1, 0.4),
         does="open a door|reach for the door handle with the {L} hand|push a door open|turn a door knob"),
)  # fmt: skip

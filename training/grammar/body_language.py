# SPDX-License-Identifier: GPL-3.0-or-later
"""Clauses about limbs, trunk and head: where they point, how they bend, how high they are."""

# Phrases are data and stand on one line.
# ruff: noqa: E501

from __future__ import annotations

from training.grammar.entries import Clause, clause
from training.grammar.intent import aim, apart, balanced, bend, beyond, flat, floor, head, spine, straight

# (direction, phrases for one arm): the arm is stretched unless the phrase says otherwise.
_ARM_WAYS: tuple[tuple[str, str], ...] = (
    ("up", "raised straight up|straight up|up in the air|pointing at the ceiling|reaching for the sky|stretched overhead|up|raised above the head|held high"),
    ("front", "stretched out in front|straight forward|pointing forward|extended forward at shoulder height|reaching forward|held out in front|out front"),
    ("left", "out to the side|stretched out sideways|extended to the side at shoulder height|straight out to the side|held out sideways"),
    ("front up", "raised diagonally forward|reaching up and forward|lifted forward and up|pointing up ahead|raised halfway up in front"),
    ("left up", "raised diagonally to the side|up and out|stretched up and out to the side|lifted out at an upward angle"),
    ("front left", "stretched diagonally forward and out|pointing forward and to the outside|between front and side"),
    ("left down", "held slightly away from the body, low|angled down and out to the side|out low to the side|down and out"),
    ("front down", "reaching down and forward|angled down in front|pointing at the ground in front"),
    ("down back*0.9", "stretched behind {their} back|pulled back|reaching backward|swung back|extended behind the body"),
    ("down", "hanging down|straight down at the side|hanging loosely at the side|down by the side|lowered"),
    ("front right*0.8", "reaching across the body|stretched across the chest to the {R}|pointing across to the {R}"),
)  # fmt: skip
_BOTH_ARM_WAYS: dict[str, str] = {
    "up": "raised straight up|up|overhead|up in the air|stretched overhead|reaching for the sky",
    "front": "stretched out in front|held straight out forward|extended forward|out in front like a sleepwalker",
    "left": "out to the sides|stretched out sideways|in a T|spread wide|held out like wings|in a T-pose",
    "left up": "in a V|raised in a V shape|up and out|thrown up in a V",
    "left down": "slightly away from the body|angled down and out|out low at the sides",
    "front up": "raised diagonally forward|reaching up and forward|lifted forward and up",
    "down back*0.9": "stretched back behind the body|swept back|behind {their} body",
    "down": "hanging down|at the sides|straight down by the sides|hanging loose|lowered",
}

ARM_CLAUSES: tuple[Clause, ...] = (
    *(
        clause(
            aim("left_arm", way, 9, 24), straight("left_arm"),
            tags="|".join(f"{{L}} {noun}: {phrase}" for phrase in phrases.split("|") for noun in ("arm", "hand" if way != "down back*0.9" else "arm")),
            does={
                "up": "raise {their} {L} arm|lift the {L} arm straight up|put {their} {L} hand up|reach up with the {L} hand|stretch {their} {L} arm up",
                "front": "point forward with the {L} hand|reach out with the {L} arm|stretch {their} {L} arm forward|extend the {L} arm forward",
                "left": "stretch {their} {L} arm out to the side|hold the {L} arm out sideways|point to the {L} with the {L} arm",
                "front right*0.8": "reach across {their} body with the {L} arm|point to the {R} with the {L} hand",
                "down back*0.9": "reach back with the {L} arm|stretch the {L} arm behind {their} back",
            }.get(way, ""), upright_only=True,
        )
        for way, phrases in _ARM_WAYS
    ),
    *(
        clause(
            aim("both_arm", way, 8, 24), straight("both_arm"),
            tags="|".join(f"{noun}: {phrase}" for phrase in phrases.split("|") for noun in ("arms", "both arms")),
            does={
                "up": "raise both arms|put {their} hands up|lift {their} arms overhead|throw both arms up|stretch both arms up",
                "front": "hold both arms out in front|reach forward with both hands|stretch both arms forward",
                "left": "spread {their} arms|hold {their} arms out to the sides|stretch {their} arms out sideways",
                "left up": "throw {their} arms up in a V|raise {their} arms in a V",
            }.get(way, ""), upright_only=True,
        )
        for way, phrases in _BOTH_ARM_WAYS.items()
    ),
    clause(aim("left_upper_arm", "left", 8, 24), aim("left_forearm", "up", 8, 24), upright_only=True,
           tags="{L} arm: bent at a right angle, forearm up|{L} elbow: at shoulder height with the forearm pointing up|{L} arm: in a goalpost shape",
           does="raise {their} {L} elbow to the side with the hand up|bend the {L} arm upward like flexing"),
    clause(aim("both_upper_arm", "left", 8, 24), aim("both_forearm", "up", 8, 24), upright_only=True,
           tags="arms: in a goalpost shape|both elbows: out to the sides, hands up|arms: bent at right angles, forearms up|arms: up in a cactus shape",
           does="hold {their} arms up like goalposts|put {their} hands up with bent elbows"),
    clause(aim("left_upper_arm", "down", 7, 25), aim("left_forearm", "front", 8, 24), upright_only=True,
           tags="{L} elbow: bent ninety degrees|{L} forearm: pointing forward|{L} arm: bent at a right angle|{L} elbow: bent 90 degrees at the waist",
           does="bend the {L} elbow to a right angle|hold the {L} forearm out in front|bend {their} {L} arm 90 degrees"),
    clause(aim("both_upper_arm", "down", 7, 25), aim("both_forearm", "front", 8, 24), upright_only=True,
           tags="both elbows: bent ninety degrees|forearms: pointing forward|both arms: bent at right angles|elbows: at a right angle by {their} sides",
           does="bend both elbows to a right angle|hold both forearms out in front"),
    clause(aim("left_upper_arm", "front up*0.2", 8, 28), bend("left_elbow", 120, 150), upright_only=True,
           tags="{L} elbow: sharply bent in front|{L} arm: folded up tight|{L} elbow: deeply bent, pointing forward",
           does="fold {their} {L} arm up tight|bend the {L} elbow as far as it goes"),
    clause(aim("left_arm", "front", 9, 26), bend("left_elbow", 25, 50), upright_only=True,
           tags="{L} arm: held out in front, slightly bent|{L} arm: forward with a soft elbow|{L} elbow: slightly bent, arm forward",
           does="hold out {their} {L} arm with a slight bend"),
    clause(beyond("left_wrist", "crown", "up", 0.04), tags="{L} hand: above the head|{L} hand: higher than {their} head|{L} wrist: over head height",
           does="lift the {L} hand above {their} head|hold {their} {L} hand over {their} head", claims="left_arm", upright_only=True),
    clause(beyond("left_wrist", "left_shoulder", "up", -0.07, 0.07), beyond("left_wrist", "chest", "front", 0.08), claims="left_arm",
           tags="{L} hand: at shoulder height|{L} hand: level with the shoulder|{L} hand: up at shoulder level",
           does="lift the {L} hand to shoulder height|hold {their} {L} hand at shoulder level", upright_only=True),
    clause(beyond("left_wrist", "left_hip", "up", 0.0, 0.14), beyond("left_wrist", "belly", "front", 0.12), claims="left_arm",
           tags="{L} hand: at waist height in front|{L} hand: held out at hip height|{L} hand: at hip level in front",
           does="hold {their} {L} hand out at waist height", upright_only=True),
    clause(aim("left_arm", "up", 9, 26), straight("left_arm"), aim("right_arm", "down", 8, 26), upright_only=True,
           tags="one arm: up and one arm down|{L} arm: up, {R} arm down", does="raise one arm and *keep the other down|lift the {L} arm and *leave the {R} one down"),
    clause(aim("left_arm", "front", 9, 24), aim("right_arm", "right", 9, 24), straight("both_arm"), upright_only=True,
           tags="{L} arm: forward, {R} arm out to the side|{R} arm: to the side, {L} arm in front",
           does="point forward with the {L} arm and to the side with the {R}"),
)  # fmt: skip

HEAD_CLAUSES: tuple[Clause, ...] = (
    clause(head(yaw=(42, 65)), aim("face", "front left*1.25", 6, 26, frame="chest"),
           tags="head: turned to the {L}|face: turned {L}|eyes: to the {L}|looking {L}|head: to the {L}|gaze: to the {L}",
           does="look to the {L}|turn {their} head {L}|look {L}|glance to the {L}|face {L}|look over to the {L} side"),
    clause(head(yaw=(62, 76)), aim("face", "front*0.45 left", 5, 22, frame="chest"), spine(yaw=(12, 25)),
           tags="looking back over the {L} shoulder|head: turned all the way to the {L}|looking over {their} {L} shoulder",
           does="look back over {their} {L} shoulder|look behind over the {L} shoulder|glance back over the {L} shoulder"),
    clause(head(pitch=(-45, -30)), aim("face", "front up*0.7", 6, 24), upright_only=True,
           tags="head: tilted back|face: turned up|looking up|chin: up|eyes: on the sky|head: thrown back",
           does="look up|look up at the sky|tilt {their} head back|lift {their} chin|gaze upward|look at the ceiling"),
    clause(head(pitch=(30, 45)), aim("face", "front down*0.7", 6, 24), upright_only=True,
           tags="head: down|head: bowed|looking down|chin: on chest|eyes: on the floor|head: lowered",
           does="look down|look at the floor|lower {their} head|bow {their} head|look at {their} feet|hang {their} head"),
    clause(head(roll=(22, 34)), aim("crown", "up left*0.5", 5, 16, frame="chest"),
           tags="head: tilted to the {L}|head: cocked to the {L}|{L} ear: towards the shoulder|head: tipped {L}",
           does="tilt {their} head to the {L}|cock {their} head to the {L}|tip {their} head {L}|drop the {L} ear to the shoulder"),
    clause(head(yaw=(-6, 6), pitch=(-6, 6), roll=(-4, 4)), aim("face", "front", 3, 14, frame="chest"),
           tags="looking straight ahead|facing forward|head: straight|eyes: forward|gaze: straight ahead",
           does="look straight ahead|look forward|face forward"),
)  # fmt: skip

TRUNK_CLAUSES: tuple[Clause, ...] = (
    clause(aim("trunk", "up front*0.55", 5, 13), spine(pitch=(20, 35)), upright_only=True, claims="root",
           tags="leaning forward|torso: leaning forward|upper body: tipped forward|back: bent forward a bit|bent forward",
           does="lean forward|bend forward a little|tip {their} upper body forward|lean in"),
    clause(aim("trunk", "up*0.5 front", 8, 26), spine(pitch=(45, 65)), upright_only=True, claims="root",
           tags="bent over|torso: bent far forward|bent double|folded forward at the waist|bent over at the hips",
           does="bend over|bow deeply|fold forward at the waist|bend down from the hips|hinge forward at the hips"),
    clause(aim("trunk", "up back*0.3", 4, 11), spine(pitch=(-28, -16)), upright_only=True, claims="root",
           tags="leaning back|torso: leaning back|back: arched|upper body: tilted backward|arched backward",
           does="lean back|arch {their} back|tip {their} upper body back|lean backwards"),
    clause(aim("trunk", "up left*0.36", 4, 12), spine(roll=(20, 32)), upright_only=True, claims="root",
           tags="leaning to the {L}|torso: tilted to the {L}|bent sideways to the {L}|upper body: leaning {L}",
           does="lean to the {L}|bend sideways to the {L}|tip over to the {L}|side bend {L}"),
    clause(spine(yaw=(34, 46)), aim("shoulder_line", "left back*0.75", 4, 14, frame="hips"), upright_only=True,
           tags="torso: twisted to the {L}|upper body: turned {L}|shoulders: turned to the {L}|twisted to the {L}|chest: rotated {L}",
           does="twist {their} torso to the {L}|turn {their} upper body {L}|rotate {their} shoulders to the {L}|twist {L} at the waist"),
)  # fmt: skip

_STAND_RIGHT = (flat("right"), balanced("right_foot_middle", metres=0.08), aim("trunk", "up", 4, 20), bend("right_knee", 2, 22),
                aim("right_foot", "front right*0.2", 6, 30))  # fmt: skip
LEG_CLAUSES: tuple[Clause, ...] = (
    clause(aim("left_thigh", "front", 7, 22), bend("left_knee", 75, 110), *_STAND_RIGHT, upright_only=True,
           tags="{L} knee: raised|{L} knee: up at hip height|{L} leg: lifted, knee bent|{L} knee: lifted to the waist|{L} thigh: level with the ground",
           does="raise {their} {L} knee|lift the {L} knee to hip height|bring the {L} knee up|balance on the {R} leg with the {L} knee up"),
    clause(aim("left_leg", "front down*0.35", 8, 24), straight("left_leg"), *_STAND_RIGHT, upright_only=True,
           tags="{L} leg: lifted straight in front|{L} leg: kicked forward|{L} leg: extended forward off the ground|{L} leg: out in front",
           does="lift {their} {L} leg straight out in front|kick forward with the {L} leg|raise the {L} leg forward"),
    clause(aim("left_leg", "left down*0.85", 7, 20), straight("left_leg"), *_STAND_RIGHT, upright_only=True,
           tags="{L} leg: lifted to the side|{L} leg: out to the side off the ground|{L} leg: raised sideways",
           does="lift {their} {L} leg out to the side|raise the {L} leg sideways|stretch the {L} leg to the side"),
    clause(aim("left_leg", "back down*1.1", 7, 20), straight("left_leg"), flat("right"), balanced("right_foot_middle", metres=0.09),
           bend("right_knee", 2, 25), aim("trunk", "up front*0.5", 8, 28), upright_only=True, claims="root trunk",
           tags="{L} leg: lifted behind|{L} leg: extended back|{L} leg: raised to the back|{L} leg: stretched out behind",
           does="lift {their} {L} leg behind {their} body|stretch the {L} leg back|kick the {L} leg backward"),
    clause(aim("left_thigh", "down", 7, 22), bend("left_knee", 85, 120), *_STAND_RIGHT, upright_only=True,
           tags="{L} heel: kicked up behind|{L} foot: lifted behind, knee bent|{L} knee: bent with the foot off the ground behind",
           does="bend the {L} knee and *lift the foot behind|kick {their} {L} heel up to {their} buttock|stand on the {R} leg with the {L} foot up behind"),
    clause(flat("right"), floor("left_foot"), beyond("left_foot_middle", "right_foot_middle", "front", 0.25, 0.55),
           balanced("right_foot_middle", "left_foot_middle", 0.09), straight("both_leg"), upright_only=True,
           tags="{L} foot: in front|{L} foot: forward|{L} leg: a step ahead|{L} foot: in front of the {R}|one foot: in front of the other",
           does="put the {L} foot in front|step the {L} foot forward|place {their} {L} foot ahead of the {R}"),
    clause(flat("both"), apart("left_ankle", "right_ankle", 0.55, 0.85), beyond("left_ankle", "right_ankle", "left", 0.5),
           balanced("left_foot_middle", "right_foot_middle"), aim("both_foot", "front left*0.35", 8, 35), upright_only=True,
           tags="feet: wide apart|legs: apart|feet: spread wide|legs: wide", does="stand with {their} feet wide apart|spread {their} legs|plant {their} feet wide"),
    clause(flat("both"), apart("left_ankle", "right_ankle", 0.08, 0.125), balanced("left_foot_middle", "right_foot_middle"),
           aim("both_foot", "front", 4, 22), straight("both_leg"), upright_only=True,
           tags="feet: together|legs: together|heels: together", does="bring {their} feet together|close {their} legs"),
    clause(flat("both"), bend("both_knee", 40, 70), balanced("left_foot_middle", "right_foot_middle"),
           apart("left_ankle", "right_ankle", 0.15, 0.5), upright_only=True, tags="knees: bent|both knees: bent|knees: slightly bent|legs: bent",
           does="bend {their} knees|bend both knees|sink into {their} knees"),
)  # fmt: skip

# SPDX-License-Identifier: GPL-3.0-or-later
"""Gestures: what people say with their hands and heads."""

# Phrases are data and stand on one line.
# ruff: noqa: E501

from __future__ import annotations

from training.grammar.entries import pose
from training.grammar.intent import aim, bend, beyond, head, spine, straight, touch

POSES = (
    pose("waving", aim("left_upper_arm", "left down*0.15 front*0.2", 12, 36), aim("left_forearm", "up left*0.2", 10, 28), aim("left_palm", "front", 10, 60),
         does="wave|wave hello|wave with the {L} hand|wave at someone|greet someone with a wave|wave goodbye|say hi with {their} {L} hand",
         names="a friendly wave", tags="{L} hand: up, waving|waving hello"),
    pose("both hands waving", aim("both_arm", "up left*0.45", 8, 24), bend("both_elbow", 10, 50),
         does="wave with both hands|wave both arms for help|wave both arms over {their} head|signal with both arms up", tags="arms: up, waving at someone far away"),
    pose("pointing forward", aim("left_arm", "front", 7, 20), straight("left_arm"), aim("left_hand", "front", 5, 30), aim("face", "front", 5, 22),
         does="point ahead|point straight ahead with the {L} hand|point at the viewer|point at something in front|point a finger at someone",
         names="a you-there point"),
    pose("pointing up", aim("left_arm", "up front*0.2", 7, 20), straight("left_arm"), head(pitch=(-40, -22)), aim("face", "front up*0.5", 8, 28),
         does="point at the sky|point up at something overhead|point to the ceiling and *look up|point upward with the {L} hand"),
    pose("pointing aside", aim("left_arm", "left front*0.15", 7, 22), straight("left_arm"), head(yaw=(35, 65)),
         does="point to the {L}|point off to the {L} side and *look there|show the way to the {L}|point {L} with {their} {L} arm"),
    pose("shrugging", aim("both_upper_arm", "down left*0.45", 7, 26), aim("both_forearm", "front left*0.9 up*0.25", 9, 30), aim("both_palm", "up", 9, 60), head(roll=(6, 18)),
         does="shrug|shrug {their} shoulders|shrug, palms up|not know|show that {their} hands are empty", names="a shrug|a who-knows gesture", tags="palms: up in a shrug"),
    pose("salute", touch("left_fingers", "left_brow"), aim("left_upper_arm", "left front*0.25", 8, 32), straight("right_arm"), aim("right_arm", "down", 6, 20),
         does="salute|salute like a soldier|give a military salute|stand at attention and *salute|salute with the {L} hand", names="a military salute|a salute"),
    pose("shading eyes", touch("left_thumb", "forehead", 0.02), aim("left_upper_arm", "left front*0.5", 9, 40), head(yaw=(-20, 20), pitch=(-10, 2)),
         does="shade {their} eyes|shade {their} eyes with the {L} hand|look into the distance under {their} {L} hand|look out for something, hand over the eyes|"
         "scan the horizon", names="a lookout pose", tags="{L} hand: shading the eyes"),
    pose("thinking", touch("left_fingers", "chin"), touch("right_hand", "left_elbow", 0.05), head(pitch=(2, 18)), beyond("left_elbow", "left_shoulder", "footward", 0.1),
         does="think|ponder|think hard with a hand on {their} chin|wonder about something|stroke {their} chin in thought", names="a thinking pose|a pensive pose",
         tags="lost in thought, hand on chin|pensive"),
    pose("facepalm", touch("left_palm", "nose", 0.02), head(pitch=(18, 38)), aim("left_upper_arm", "footward chestward*0.7", 10, 45),
         does="facepalm|bury {their} face in {their} {L} hand|cover {their} face in shame|hide {their} face behind one hand", names="a facepalm"),
    pose("hands up", aim("both_upper_arm", "left up*0.2", 8, 26), aim("both_forearm", "up", 7, 24), aim("both_palm", "front", 10, 60),
         does="surrender|put {their} hands up|hold {their} hands up in surrender|give up with both hands raised|freeze, hands up", names="a surrender pose|a hands-up pose"),
    pose("victory", aim("both_arm", "up left*0.6", 7, 22), straight("both_arm"), head(pitch=(-30, -8)),
         does="celebrate with both arms up|celebrate a win|cheer with {their} arms in a V|throw {their} arms up in triumph|win the race",
         names="a victory pose|a triumphant V", tags="arms: up in victory|victorious"),
    pose("fist pump", aim("left_upper_arm", "front left*0.3 up*0.2", 9, 32), bend("left_elbow", 75, 120), beyond("left_wrist", "left_shoulder", "up", 0.08),
         does="pump {their} fist|pump a {L} fist in the air|raise {their} {L} fist to cheer|make a fist pump", names="a fist pump", tags="{L} fist: pumped"),
    pose("raised fist", aim("left_arm", "up", 6, 18), straight("left_arm"), aim("right_arm", "down", 6, 25),
         does="raise {their} {L} fist|hold a fist up in protest|protest with a raised fist|raise a fist high", names="a raised-fist protest", tags="{L} fist: raised in protest"),
    pose("blowing a kiss", touch("left_fingers", "mouth"), head(roll=(-10, 15)), beyond("left_elbow", "left_shoulder", "footward", 0.0),
         does="blow a kiss|blow someone a kiss with the {L} hand", names="an air kiss"),
    pose("hush", touch("left_fingers", "mouth", 0.0), head(pitch=(0, 10)), beyond("left_elbow", "left_shoulder", "footward", 0.05),
         does="shush someone|make a hush sign|hold a finger to {their} lips|tell everyone to be quiet", names="a be-quiet gesture", tags="finger: on the lips"),
    pose("listening", touch("left_palm", "left_ear"), head(roll=(4, 16), yaw=(-25, -5)),
         does="listen closely|cup {their} {L} hand to {their} ear|strain to hear|listen with a hand behind the {L} ear", tags="{L} hand: cupped behind the ear"),
    pose("stop sign", aim("left_arm", "front up*0.12", 7, 20), straight("left_arm"), aim("left_palm", "front", 10, 50), aim("face", "front", 6, 25),
         does="hold up the {L} palm to say stop|signal stop|make a stop sign with the {L} hand|halt traffic", names="a stop gesture", tags="{L} palm: out, stop"),
    pose("covering ears", touch("both_palm", "both_ear"), head(pitch=(5, 25)),
         does="cover {their} ears|block out the noise with both hands|press {their} hands over {their} ears|plug {their} ears", tags="ears: covered with both hands"),
    pose("bowing", spine(pitch=(30, 45)), aim("trunk", "front up*0.75", 7, 22), head(pitch=(8, 25)), aim("both_arm", "down back*0.1", 8, 30), claims="root",
         does="bow|take a bow|bow politely|bow to the audience|bow from the waist", names="a polite bow|a deep bow", tags="bent in a bow"),
    pose("open arms", aim("both_arm", "left front*0.6", 8, 26), bend("both_elbow", 8, 40), aim("both_palm", "front", 10, 65),
         does="open {their} arms for a hug|welcome someone with open arms|hold {their} arms open|offer a hug", names="a come-here-for-a-hug pose", tags="arms: wide open in welcome"),
    pose("arms crossed head tilted", touch("left_hand", "right_biceps", 0.035), touch("right_hand", "left_forearm", 0.05), aim("both_upper_arm", "footward chestward*0.5", 9, 35),
         beyond("left_forearm", "chest", "chestward", -0.02, 0.2), head(roll=(6, 18)),
         does="stand with {their} arms crossed, unimpressed|fold {their} arms and *tilt {their} head|wait with crossed arms", tags="skeptical, arms folded|unimpressed"),
)  # fmt: skip

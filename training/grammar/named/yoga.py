# SPDX-License-Identifier: GPL-3.0-or-later
"""Yoga."""

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
_ONE_LEG = (flat("right"), balanced("right_foot_middle", metres=0.08), bend("right_knee", 2, 20))
_PRAYER = (
    touch("left_palm", "right_palm"),
    beyond("left_palm", "chest", "chestward", 0.06, 0.3),
    beyond("left_palm", "spine3", "headward", -0.1, 0.2),
)
_OVERHEAD = (
    touch("left_palm", "right_palm"),
    beyond("left_wrist", "crown", "up", 0.04),
    aim("both_upper_arm", "up left*0.25", 7, 30),
)
_WIDE = (
    flat("both"),
    beyond("left_ankle", "right_ankle", "left", 0.75, 1.25),
    beyond("left_ankle", "right_ankle", "left", 0.7),
)
_LOTUS = (
    floor("pelvis"),
    aim("both_thigh", "front left*0.95", 8, 30),
    bend("both_knee", 100, 150),
    beyond("right_ankle", "left_ankle", "left", 0.03, 0.25),
    beyond("pelvis", "left_ankle", "up", -0.08, 0.1),
    beyond("pelvis", "right_ankle", "up", -0.1, 0.1),
    aim("trunk", "up", 4, 15),
)

POSES = (
    pose("tree prayer", *_ONE_LEG, touch("left_sole", "right_inner_knee", 0.02), aim("left_thigh", "left down*0.7", 8, 28), *_PRAYER, aim("trunk", "up", 4, 16),
         does="stand like a tree on one leg|balance on the {R} leg, {L} foot against the knee, palms together", names="a tree pose|a yoga tree|vrksasana|a tree pose with the {L} foot on the {R} leg", defaults=()),
    pose("tree overhead", *_ONE_LEG, touch("left_sole", "right_inner_knee", 0.02), aim("left_thigh", "left down*0.7", 8, 28), *_OVERHEAD, aim("trunk", "up", 4, 16),
         names="a tree pose, arms overhead|a tall tree pose|a tree with the hands joined above the head", does="do the tree with {their} arms up", defaults=()),
    pose("warrior one", flat("left"), floor("right_foot"), bend("left_knee", 60, 95), aim("left_thigh", "front down*0.5", 7, 24), aim("right_leg", "back down*0.8", 6, 22), straight("right_leg"), aim("trunk", "up", 5, 18), aim("both_arm", "up", 5, 18), straight("both_arm"),
         names="a warrior one|warrior 1|a virabhadrasana one|a high lunge with arms overhead", does="lunge with {their} arms up", defaults=()),
    pose("warrior two", *_WIDE, bend("left_knee", 60, 95), straight("right_leg"), aim("both_arm", "left", 5, 16), straight("both_arm"), head(yaw=(60, 74)), aim("trunk", "up", 5, 16), _FEET,
         names="a warrior two|warrior 2|a virabhadrasana two|a warrior II facing {L}", does="lunge sideways with {their} arms out, looking over the {L} hand"),
    pose("warrior three", *_ONE_LEG, aim("left_leg", "back", 6, 22), straight("left_leg"), aim("trunk", "front up*0.1", 7, 24), aim("both_arm", "front", 8, 28), straight("both_arm"), pelvis(pitch=(55, 75)),
         names="a warrior three|warrior 3|an airplane balance on the {R} leg", does="balance on the {R} leg with the body level and both arms forward", upright=False, open=False, defaults=()),
    pose("triangle", *_WIDE, straight("both_leg"), aim("trunk", "left up*0.45", 8, 24), aim("right_arm", "up", 7, 24), aim("left_arm", "down", 7, 26), straight("both_arm"), spine(roll=(25, 45)), pelvis(roll=(18, 35)),
         names="a triangle pose|trikonasana|a triangle to the {L}", does="bend sideways into a triangle, one hand down and one up", open=False, defaults=()),
    pose("downward dog", pelvis(pitch=(110, 128)), floor("both_hand", "both_foot"), bend("both_knee", 2, 30), bend("both_elbow", 2, 30), aim("both_arm", "down front*1.2", 8, 32), aim("both_leg", "down back*0.7", 7, 24), aim("trunk", "front down*1.0", 8, 25), head(pitch=(-5, 20)), beyond("pelvis", "head", "up", 0.3),
         names="a downward dog|downward facing dog|an inverted V on hands and feet|adho mukha svanasana", does="push {their} hips up into downward dog", upright=False, open=False, defaults=()),
    pose("cobra", pelvis(pitch=(62, 80)), floor("both_hand", "both_knee", "both_foot"), bend("both_knee", 2, 30), spine(pitch=(-55, -38)), head(pitch=(-35, -10)), aim("both_leg", "back", 5, 30), aim("trunk", "up front*1.1", 8, 38), apart("left_hand", "right_hand", 0.4, 0.8), beyond("pelvis", "left_knee", "up", -0.05, 0.12),
         names="a cobra pose|a cobra|bhujangasana|an upward dog", does="push {their} chest up off the floor, legs flat", upright=False, open=False, defaults=()),
    pose("child pose", pelvis(pitch=(70, 95)), floor("both_knee", "both_foot"), bend("both_knee", 100, 154), aim("both_shin", "back", 6, 30), aim("trunk", "front", 8, 45), spine(pitch=(25, 50)), aim("both_arm", "front down*0.4", 8, 45), beyond("left_hand", "left_knee", "up", -0.2, 0.03), head(pitch=(-5, 25)),
         names="a child's pose|balasana|a resting child pose", does="fold over {their} knees with arms stretched forward on the floor", upright=False, open=False, defaults=()),
    pose("lotus meditation", *_LOTUS, touch("both_palm", "both_kneecap"), head(pitch=(-5, 8)),
         does="meditate|meditate cross-legged|sit in meditation with hands on {their} knees", names="a lotus pose|a meditation pose|sukhasana|a full lotus", defaults=()),
    pose("lotus prayer", *_LOTUS, *_PRAYER, does="sit cross-legged with palms together|meditate with {their} hands in prayer", names="a seated prayer pose|an anjali mudra in lotus", defaults=()),
    pose("chair pose", flat("both"), bend("both_knee", 60, 90), _FEET, aim("trunk", "up front*0.5", 6, 20), aim("both_arm", "up front*0.5", 7, 22), straight("both_arm"), beyond("left_ankle", "right_ankle", "left", 0.1, 0.25),
         names="a yoga chair pose|utkatasana|a chair pose with arms up", does="sit back into an imaginary chair with {their} arms raised"),
    pose("forward fold", flat("both"), bend("both_knee", 2, 25), pelvis(pitch=(60, 85)), spine(pitch=(40, 60)), aim("trunk", "down front*0.6", 10, 34), aim("both_arm", "down", 8, 28), _FEET, head(pitch=(0, 25)), beyond("left_ankle", "right_ankle", "left", 0.1, 0.35),
         names="a standing forward fold|uttanasana|a forward bend", does="touch {their} toes|bend forward to touch the floor|reach for {their} toes with straight legs|fold forward", upright=False, open=False, defaults=()),
    pose("seated forward fold", floor("pelvis", "both_heel"), straight("both_leg"), aim("both_leg", "front", 5, 18), pelvis(pitch=(10, 25)), spine(pitch=(45, 65)), aim("trunk", "front up*0.6", 9, 28), aim("both_arm", "front down*0.3", 8, 26), head(pitch=(0, 25)),
         names="a seated forward bend|paschimottanasana", does="sit and *reach for {their} toes|stretch forward over {their} legs on the floor", upright=False, open=False, defaults=()),
    pose("dancer", *_ONE_LEG, aim("left_thigh", "back*0.6 down", 8, 28), bend("left_knee", 70, 120), aim("trunk", "up front*0.6", 7, 24), aim("right_arm", "front up*0.5", 8, 26), straight("right_arm"), apart("left_hand", "left_ankle", 0.0, 0.12),
         names="a dancer pose|natarajasana|king dancer", does="hold {their} {L} foot behind and *reach forward with the {R} arm", open=False, defaults=()),
    pose("savasana", floor("pelvis", "both_ankle"), beyond("spine3", "pelvis", "up", -0.06, 0.06), pelvis(pitch=(-92, -88)), aim("chest", "up", 3, 15), spine(), bend("both_knee", 2, 32), aim("both_leg", "footward leftward*0.2", 5, 22), aim("both_arm", "footward leftward*0.6", 6, 20), aim("both_palm", "up", 9, 65), head(),
         names="a savasana|a yoga corpse pose", does="rest flat on {their} back, arms away from the body", upright=False, defaults=()),
    pose("boat", floor("pelvis"), pelvis(pitch=(-42, -28)), aim("trunk", "up back*0.7", 7, 22), aim("both_leg", "front up*0.65", 6, 20), straight("both_leg"), aim("both_arm", "front", 7, 24), straight("both_arm"),
         names="a boat pose|navasana|a V-sit", does="balance on {their} seat with legs and arms lifted", upright=False, open=False, defaults=()),
    pose("half moon side bend", flat("both"), beyond("left_ankle", "right_ankle", "left", 0.08, 0.25), spine(roll=(22, 34)), aim("trunk", "up left*0.35", 4, 14), touch("left_palm", "right_palm"), beyond("left_wrist", "crown", "headward", 0.03),
         names="a standing side bend|a crescent moon|a half moon", does="bend to the {L} with {their} hands joined overhead", open=False, claims="root", defaults=()),
)  # fmt: skip

# SPDX-License-Identifier: GPL-3.0-or-later
"""Stances: how the body is held up. Those on the feet, on the hands and in the air are here."""

# Phrases are data and stand on one line.
# ruff: noqa: E501

from __future__ import annotations

from training.grammar.entries import BUSY_HANDS, UPRIGHT, Entry, pose, said_more, unsaid
from training.grammar.floor_stances import FLOOR_STANCES
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
from training.grammar.stance_words import FREE_STANCE_WORDS, STANCE_WORDS

ON_FEET = balanced("left_foot_middle", "right_foot_middle")
_SWUNG_ARMS = (
    unsaid("right_arm", [aim("right_arm", "down front*0.4", 7, 25), bend("right_elbow", 10, 40)]),
    unsaid("left_arm", [aim("left_arm", "down back*0.3", 7, 25), bend("left_elbow", 5, 30)]),
)
"""Arms that swing against the legs when the left foot is in front."""

_STANCES: tuple[Entry, ...] = (
    pose("standing",
         does="stand|stand upright|stand still|stand up straight|stand there|stand in place|stand erect|stand up|stay standing|stand tall on both feet",
         tags="upright|on {their} feet|standing|standing upright|erect|standing still",
         names="a standing pose|a neutral stance|an idle pose|a neutral standing position"),
    pose("contrapposto", flat("left"), floor("right_foot"), straight("left_leg"), bend("right_knee", 20, 45), beyond("left_hip", "right_hip", "up", 0.02, 0.07), balanced("left_foot_middle", metres=0.09), beyond("left_ankle", "right_ankle", "left", 0.14, 0.4), beyond("left_ankle", "right_ankle", "front", -0.25, 0.1),
         aim("right_foot", "front right*0.5", 8, 40), aim("left_foot", "front", 8, 30), spine(roll=(3, 8)), aim("trunk", "up", 4, 13),
         does="stand with {their} weight on the {L} leg|rest {their} weight on {their} {L} leg|stand at ease, weight on the {L} foot|shift {their} weight onto the {L} leg with the {R} knee relaxed|stand relaxed on one leg, the other knee loose|pop {their} {L} hip|stand with the {L} hip out, {R} knee soft|lean {their} weight into the {L} hip",
         names="a contrapposto|a contrapposto stance|a relaxed stance with the {L} hip out|a hip pop", tags="{L} hip: popped out|weight: on the {L} leg|{R} knee: relaxed, weight on the {L} foot|casually standing with one hip out"),
    pose("tiptoe", floor("both_foot"), beyond("left_heel", "left_foot", "up", 0.085), beyond("right_heel", "right_foot", "up", 0.085), balanced("left_foot", "right_foot"), beyond("left_foot", "right_foot", "left", 0.08, 0.3), straight("both_leg"),
         does="stand on tiptoe|stand on {their} toes|rise onto {their} toes|stand on the balls of {their} feet|tiptoe|go up on {their} toes|lift both heels off the floor|stretch up onto tiptoes",
         tags="on tiptoe|on tippy toes|both heels: off the floor|heels: lifted|up on the toes|on the balls of {their} feet", names="a heel raise|a calf raise"),
    pose("wide stance", flat("both"), apart("left_ankle", "right_ankle", 0.65, 0.95), ON_FEET, aim("both_foot", "front left*0.4", 8, 35), bend("both_knee", 2, 30), beyond("left_ankle", "right_ankle", "left", 0.6),
         does="stand with feet wide apart|stand with legs apart|plant {their} feet wide|stand with {their} legs spread|straddle, legs far apart|take a wide stance|stand with {their} feet well beyond the shoulders",
         tags="feet: wide apart|legs: spread wide|legs: apart|in a wide stance|feet: planted wide|legs: splayed, standing", names="a wide stance|a straddle stance|a power stance|a wide-legged stance"),
    pose("feet together", flat("both"), beyond("left_ankle", "right_ankle", "left", 0.09, 0.17), ON_FEET, straight("both_leg"), beyond("left_foot", "right_foot", "front", -0.04, 0.04), aim("both_foot", "front", 4, 20),
         does="stand with {their} feet together|stand with legs together|bring {their} feet together|keep {their} legs tightly together|stand with the feet touching|stand with heels and toes together",
         tags="feet: together|feet: side by side|heels: together|legs: closed|legs: pressed together", names="a narrow stance"),
    pose("crossed ankles", floor("both_foot"), flat("left"), beyond("right_ankle", "left_ankle", "left", 0.1, 0.24), beyond("right_ankle", "left_ankle", "front", 0.06, 0.22), balanced("left_foot_middle", "right_foot_middle", 0.09), bend("left_knee", 2, 15), bend("right_knee", 5, 35),
         does="stand with {their} legs crossed|stand with {their} ankles crossed|cross the {R} foot in front of the {L}|stand with the {R} leg crossed over the {L}|cross one ankle over the other|stand with crossed feet",
         tags="legs: crossed|ankles: crossed|feet: crossed, {R} in front|legs: crossed while standing", names="a crossed-leg stance"),
    pose("one leg", flat("right"), bend("right_knee", 2, 20), balanced("right_foot_middle", metres=0.08), aim("left_thigh", "front down*0.3", 9, 32), bend("left_knee", 70, 115), beyond("left_knee", "right_knee", "up", 0.2), aim("left_shin", "down", 9, 32),
         does="stand on the {R} leg|balance on {their} {R} foot|stand on one leg|lift {their} {L} knee|raise the {L} knee to hip height|balance on one foot with the other knee up|stand like a flamingo|pick {their} {L} foot up off the floor|stand one-legged",
         tags="on one leg|{L} knee: raised|balancing on the {R} foot|{L} knee: lifted to the hip|{L} foot: off the ground|standing on one foot", names="a one-leg balance|a single-leg stand|a knee raise|a stork stand"),
    pose("staggered", flat("left"), floor("right_foot"), beyond("left_foot_middle", "right_foot_middle", "front", 0.25, 0.5), beyond("left_ankle", "right_ankle", "left", 0.06, 0.3), bend("both_knee", 4, 30), ON_FEET,
         does="stand with the {L} foot forward|stand with one foot in front of the other|step {their} {L} foot forward|stand in a split stance|place the {L} foot ahead of the {R}",
         tags="{L} foot: forward|{L} foot: a step in front|in a staggered stance|feet: staggered", names="a split stance|a staggered stance"),
    pose("lunge front", flat("left"), floor("right_foot"), bend("left_knee", 76, 102), aim("left_thigh", "front down*0.35", 8, 24), aim("left_shin", "down", 6, 20), bend("right_knee", 2, 24), apart("left_ankle", "right_ankle", 0.85, 1.3), aim("right_leg", "back down*0.75", 6, 25), aim("trunk", "up front*0.15", 5, 18), balanced("left_foot_middle", "right_foot", 0.12),
         does="lunge forward with the {L} leg|step into a deep lunge, {L} foot in front|lunge onto {their} {L} foot|lunge forward|take a long step forward and *bend the {L} knee deeply|drop into a front lunge|lunge with the {R} leg stretched behind",
         names="a forward lunge|a deep lunge with the {L} leg in front|a lunge, {L} knee forward|a front lunge|a long lunge", tags="{L} leg: lunging forward|{L} knee: bent in front, {R} leg straight behind|mid-lunge|in a deep lunge"),
    pose("lunge side", flat("both"), bend("left_knee", 65, 110), bend("right_knee", 2, 22), aim("right_leg", "right down", 7, 25), apart("left_ankle", "right_ankle", 0.7, 1.3), aim("trunk", "up front*0.35", 7, 22), balanced("left_foot_middle", "right_foot_middle", 0.12),
         does="lunge to the {L}|lunge sideways to the {L}|bend the {L} knee and *stretch the {R} leg out to the side|sink onto {their} {L} leg sideways|do a Cossack lunge to the {L}|step wide to the {L} and *bend that knee",
         names="a side lunge|a side lunge to the {L}|a lateral lunge|a sideways lunge", tags="{R} leg: stretched out to the side in a low lunge|lunging sideways|{L} knee: bent, {R} leg straight out to the side"),
    pose("squat", flat("both"), bend("both_knee", 95, 138), aim("both_thigh", "front left*0.5", 9, 35), ON_FEET, aim("trunk", "up front*0.5", 7, 28), beyond("left_ankle", "right_ankle", "left", 0.2, 0.5), aim("both_foot", "front left*0.4", 8, 40),
         does="squat|squat down|squat down low|squat with bent knees|sit down in a deep squat|hunker down|drop into a squat|squat on {their} heels|sink into a full squat|squat with both feet flat",
         names="a squat|a deep squat|a low squat|a full squat", defaults=BUSY_HANDS, tags="knees: bent in a squat|in a squat|squatting|squatted down|in a deep knee bend|hips low between the heels"),
    pose("half squat", flat("both"), bend("both_knee", 50, 85), ON_FEET, aim("trunk", "up front*0.35", 6, 20), beyond("left_ankle", "right_ankle", "left", 0.2, 0.5),
         does="bend {their} knees|stand with bent knees|sink down a little with bent knees|bend both knees a bit|dip at the knees|lower {their} hips slightly|squat halfway down",
         names="a half squat|a chair squat|a shallow squat|a partial squat", tags="knees: bent|both knees: bent|knees: flexed|standing low on bent knees"),
    pose("crouch", flat("left"), floor("right_foot"), bend("both_knee", 104, 140), balanced("left_foot_middle", "right_foot", 0.1), aim("trunk", "up front*0.8", 9, 32), beyond("left_foot", "right_foot", "front", 0.1, 0.45), beyond("left_ankle", "right_ankle", "left", 0.05, 0.4), head(pitch=(-35, -10)),
         does="crouch|crouch down|crouch low to the ground|duck down|hunker down|get down low|keep low in a crouch|stoop low|crouch as if hiding|hunch down close to the ground",
         names="a low crouch|a crouch|a stealthy crouch", defaults=BUSY_HANDS, tags="crouched|crouched low|hunched down on {their} haunches|hunkered down|crouching|on {their} haunches|ducked down low"),
    pose("bent over", flat("both"), bend("both_knee", 2, 30), ON_FEET, aim("trunk", "front up*0.35", 7, 20), pelvis(pitch=(35, 60)), beyond("left_ankle", "right_ankle", "left", 0.12, 0.45), beyond("left_ankle", "right_ankle", "front", -0.1, 0.1),
         does="bend over|bend forward at the waist|bend forward|lean far forward from the hips|stoop|double over|tip {their} upper body forward|hinge forward at the hips",
         tags="bent over|bent forward|doubled over|trunk: tipped forward|hinged at the hips|stooped", names="a forward hinge|a hip hinge", upright=False,
         defaults=(unsaid("left_arm right_arm", [touch("both_palm", "both_kneecap")], [aim("both_arm", "down", 9, 26)]),)),
    pose("hands on knees bent", flat("both"), bend("both_knee", 15, 50), ON_FEET, aim("trunk", "up front*1.0", 7, 20), pelvis(pitch=(20, 40)), touch("both_palm", "both_kneecap"), beyond("left_ankle", "right_ankle", "left", 0.15, 0.5), beyond("left_ankle", "right_ankle", "front", -0.15, 0.15),
         does="bend forward with {their} hands on {their} knees|lean on {their} knees to catch {their} breath|stoop with both hands on the knees|rest {their} hands on the knees, standing bent over|bend over, panting, hands on {their} knees",
         tags="standing bent, hands on knees|winded, hands on the knees|hunched over with both palms on the kneecaps", upright=False, defaults=()),
    pose("handstand", pelvis(pitch=(176, 184)), floor("both_hand"), aim("both_arm", "headward", 4, 22), bend("both_elbow", 2, 28), aim("trunk", "down", 4, 16), aim("both_hand", "front", 8, 50), aim("both_leg", "up left*0.08", 5, 20), bend("both_knee", 2, 25), balanced("left_wrist", "right_wrist", 0.1),
         does="do a handstand|stand on {their} hands|balance upside down on {their} hands|hold a handstand|kick up into a handstand|stand upside down on both hands",
         names="a handstand|adho mukha vrksasana|a vertical handstand", tags="upside down on straight arms|inverted, on the hands|feet: up, hands on the floor|upside-down on {their} hands", upright=False, open=False),
    pose("jump", aim("both_thigh", "down front*0.4", 8, 30), bend("both_knee", 30, 80), aim("both_foot", "down front*0.6", 8, 45),
         does="jump|jump up|leap into the air|jump up high|hop with both feet off the ground|spring up|bounce up|leap|hop up in the air|jump off the floor",
         tags="in mid-air|airborne|off the ground|mid-jump|jumping|both feet: off the floor|up in the air|leaping", names="a jump|a leap|a vertical jump|a hop", airborne=(0.12, 0.5), defaults=(UPRIGHT,)),
    pose("star jump", aim("both_leg", "down left*0.7", 6, 20), straight("both_leg"), aim("both_arm", "up left*0.8", 7, 22), straight("both_arm"),
         does="do a star jump|jump like a star|jump with arms and legs spread wide|jump up in an X|leap with all limbs flung out|make a star in the air",
         names="a star jump|a jumping jack in the air|an X jump|a spread-eagle leap", tags="airborne, limbs spread in an X|mid-air with arms and legs flung wide", airborne=(0.15, 0.5), defaults=(UPRIGHT,), open=False),
    pose("tuck jump", aim("both_thigh", "front up*0.25", 8, 28), bend("both_knee", 85, 135), aim("trunk", "up front*0.2", 6, 20), aim("both_foot", "down front*0.6", 8, 50),
         does="jump with {their} knees tucked up|do a tuck jump|jump up and *pull {their} knees to the chest|leap with both knees raised high|jump, knees up",
         names="a tuck jump|a knees-up jump", tags="mid-air, knees tucked|airborne with the knees pulled up", airborne=(0.3, 0.7), defaults=()),
    pose("stride", flat("left"), aim("left_leg", "down front*0.45", 5, 15), floor("right_foot"), aim("right_leg", "down back*0.4", 5, 16), bend("left_knee", 2, 22), bend("right_knee", 10, 40), aim("trunk", "up front*0.06", 4, 15), balanced("left_foot_middle", "right_foot", 0.1), apart("left_ankle", "right_ankle", 0.35, 0.9),
         does="walk|walk forward|take a step with the {L} foot|stride forward|step forward with the {L} leg|stroll|walk along|pace|amble|take a stride|go for a walk|step out with the {L} foot|march along",
         tags="mid-stride|mid-step, {L} foot in front|walking|mid-walk|taking a step|strolling|in stride, {L} leg leading", names="a walking pose|a walk|a walk cycle contact pose|a stride", defaults=_SWUNG_ARMS),
    pose("hanging", aim("both_arm", "up left*0.12", 5, 16), straight("both_arm"), aim("both_leg", "down", 6, 20), bend("both_knee", 2, 30), aim("both_foot", "down front*0.5", 9, 40), aim("both_hand", "up", 6, 30),
         does="hang from a bar|hang by {their} hands|dangle from a ledge|hang from a branch|dangle by both hands|hang off a pull-up bar|hang at full stretch, arms overhead|cling to a ledge by {their} fingers",
         names="a dead hang|a hang|a bar hang", tags="hanging by both hands|dangling|suspended from the hands, feet off the ground|hanging, arms straight overhead", airborne=(0.2, 0.7), defaults=(UPRIGHT,)),
    pose("leaning back", flat("both"), pelvis(pitch=(-28, -18)), aim("trunk", "up back*0.5", 4, 9), aim("both_leg", "down front*0.42", 5, 14), bend("both_knee", 2, 25), beyond("left_ankle", "right_ankle", "left", 0.1, 0.35), head(pitch=(-2, 15)), spine(pitch=(-5, 5)),
         does="lean back against a wall|lean against a wall|rest {their} back against the wall|lean back|lean back on a wall, feet out in front|slouch back against the wall|prop {their} back against a wall|tilt back with straight legs",
         names="a wall lean", tags="leaning back|leaning on a wall|back: against the wall|tilted backwards", defaults=()),
    pose("leaning sideways", flat("left"), floor("right_foot"), pelvis(roll=(10, 20)), aim("trunk", "up left*0.5", 4, 9), bend("both_knee", 2, 25), beyond("left_ankle", "right_ankle", "left", 0.02, 0.35), beyond("left_ankle", "right_ankle", "front", -0.2, 0.2), beyond("right_hip", "left_hip", "up", 0.01, 0.14), beyond("spine3", "left_ankle", "left", 0.05, 0.6), spine(roll=(2, 12)),
         does="lean to the {L} against a wall|lean {their} {L} shoulder on a wall|lean sideways on a doorframe|rest {their} {L} side against a post|lean to the {L}|slouch against a lamppost on {their} {L}",
         tags="leaning to the {L}|{L} shoulder: against the wall|leaning sideways, weight on a wall", names="a sideways lean", defaults=()),
    *FLOOR_STANCES,
)  # fmt: skip
STANCES: tuple[Entry, ...] = said_more(said_more(_STANCES, STANCE_WORDS), FREE_STANCE_WORDS)
STANDING = STANCES[0]

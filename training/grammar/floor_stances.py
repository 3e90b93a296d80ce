# SPDX-License-Identifier: GPL-3.0-or-later
"""Stances near the floor: kneeling, sitting, lying, on hands and knees."""

# Phrases are data and stand on one line.
# ruff: noqa: E501

from __future__ import annotations

from training.grammar.entries import HANDS_ON_THIGHS, UPRIGHT, Entry, both_sides, pose, unsaid
from training.grammar.intent import Part, aim, apart, bend, beyond, flat, floor, head, pelvis, spine, straight, touch

SUPINE: tuple[Part, ...] = (
    pelvis(pitch=(-89, -84)),
    spine(pitch=(-4, 3)),
    floor("pelvis"),
    beyond("spine3", "pelvis", "up", -0.04, 0.05),
    aim("chest", "up", 4, 22),
    aim("trunk", "back", 4, 16),
    aim("face", "up", 5, 28),
    beyond("left_breast", "right_breast", "up", -0.03, 0.03),
    beyond("left_waist", "right_waist", "up", -0.04, 0.04),
)
"""Flat on the back: the head points to "back", the feet to "front"."""
PRONE: tuple[Part, ...] = (
    pelvis(pitch=(90, 96)),
    spine(pitch=(-5, 2)),
    floor("pelvis", "both_knee", "both_foot"),
    beyond("spine3", "pelvis", "up", -0.06, 0.07),
    aim("chest", "down", 4, 24),
    aim("trunk", "front", 4, 16),
    beyond("left_breast", "right_breast", "up", -0.03, 0.03),
    beyond("left_waist", "right_waist", "up", -0.04, 0.04),
    aim("both_foot", "back", 8, 50),
    bend("both_knee", 2, 25),
)
"""Flat on the belly: the head points to "front", the feet to "back"."""
_LEGS_DOWN: tuple[Part, ...] = (
    aim("both_leg", "front left*0.12", 4, 18),
    bend("both_knee", 2, 22),
    floor("both_ankle"),
)
_BESIDE = both_sides(
    unsaid(
        "left_arm",
        [aim("left_arm", "front left*0.35 down*0.1", 6, 25), bend("left_elbow", 4, 40)],
        [aim("left_arm", "front left*0.55 down*0.1", 6, 25), bend("left_elbow", 4, 40)],
    )
)
"""How arms lie beside a body on its back."""
_ON_FACE = both_sides(
    unsaid(
        "left_arm",
        [aim("left_arm", "back left*0.5 down*0.05", 7, 28), bend("left_elbow", 4, 40)],
        [
            aim("left_upper_arm", "left front*0.3", 8, 38),
            aim("left_forearm", "front left*0.3", 8, 40),
        ],
    )
)
_ON_KNEES_OR_SHINS = both_sides(
    unsaid("left_arm", [touch("left_palm", "left_kneecap")], [touch("left_palm", "left_shin")])
)
_ON_KNEES = both_sides(unsaid("left_arm", [touch("left_palm", "left_kneecap")], [touch("left_palm", "left_thigh_top")]))
_ON_ELBOWS: tuple[Part, ...] = (
    floor("both_elbow", "both_wrist"), aim("both_upper_arm", "down", 8, 32), aim("both_forearm", "front", 8, 38), apart("left_elbow", "right_elbow", 0.25, 0.55),
)  # fmt: skip

FLOOR_STANCES: tuple[Entry, ...] = (
    pose("kneeling both", floor("both_knee", "both_foot"), aim("both_shin", "back", 6, 25), aim("both_thigh", "down", 6, 20), beyond("left_knee", "right_knee", "left", 0.1, 0.4),
         does="kneel|kneel on both knees|kneel upright|get down on {their} knees|kneel down|drop to {their} knees|kneel on the floor, hips over the knees|fall to both knees|stay up on {their} knees",
         tags="on {their} knees|on both knees|kneeling|down on both knees|tall kneeling|upright on two knees, shins on the floor|in a high kneel|on bended knees|kneeling tall with thighs vertical",
         names="a kneeling pose|a tall kneel|a kneeling position"),
    pose("sitting on heels", floor("both_knee", "both_foot"), bend("both_knee", 118, 152), aim("both_shin", "back", 5, 30), aim("both_thigh", "front down*0.65", 8, 34), aim("trunk", "up front*0.12", 5, 24), beyond("left_knee", "right_knee", "left", 0.1, 0.4),
         does="sit on {their} heels|kneel and *sit back on {their} heels|sit back on {their} calves, knees on the floor|sit in seiza|kneel with {their} bottom on {their} feet|sit Japanese style|kneel low, resting on {their} heels|sit with {their} legs folded under {their} body",
         tags="sat back on the heels|kneeling, sitting on {their} feet|in seiza|legs tucked under, sitting on the heels|kneeling low, buttocks on heels|seated on folded legs",
         names="a seiza|a Japanese sitting pose|a low kneel|a heel sit", defaults=(UPRIGHT, *HANDS_ON_THIGHS)),
    pose("kneeling one", floor("left_knee", "left_foot"), aim("left_thigh", "down", 7, 25), aim("left_shin", "back", 7, 30), flat("right"), bend("right_knee", 75, 105), aim("right_thigh", "front right*0.15", 7, 25), apart("left_knee", "right_ankle", 0.2, 0.6),
         does="kneel on the {L} knee|go down on {their} {L} knee|take a knee|kneel on one knee|get down on one knee|drop to {their} {L} knee|genuflect|half-kneel, {R} foot planted|rest {their} {L} knee on the floor|kneel like a knight|kneel with the {R} foot flat on the ground",
         tags="on one knee|down on the {L} knee|{L} knee on the ground|on {their} {L} knee, {R} foot in front|half-kneeling|one knee on the floor, the other bent in front|down on one knee|{L} knee down, {R} knee up",
         names="a half-kneeling pose|a one-knee kneel|a genuflection|a half kneel on the {L} knee|a knight's kneel"),
    pose("kneeling bent low", floor("both_knee", "both_foot"), aim("both_shin", "back", 6, 30), aim("both_thigh", "down front*0.3", 8, 32), aim("trunk", "front up*0.7", 8, 24), spine(pitch=(5, 25)), beyond("left_knee", "right_knee", "left", 0.1, 0.4),
         does="kneel and *lean forward|kneel on both knees with {their} body bent forward|lean forward on {their} knees|kneel with the trunk tipped forward",
         tags="kneeling, leaning forward|on {their} knees, bent at the hips|kneeling, torso inclined forward", upright=False, defaults=()),
    pose("sitting chair", flat("both"), aim("both_thigh", "front left*0.12", 6, 22), aim("both_shin", "down", 7, 22), bend("both_knee", 75, 105), beyond("left_knee", "right_knee", "left", 0.1, 0.4),
         does="sit|sit on a chair|sit down|sit on a stool|sit upright on a chair|sit on a bench|take a seat|sit with both feet on the floor|sit on a box|sit with {their} knees at right angles|perch on a seat|sit up straight",
         tags="seated|sitting|seated on a chair|sitting on a chair|in a chair|sat down|sitting upright|thighs level, feet flat, as on a chair|seated, knees bent ninety degrees",
         names="a sitting pose|a seated pose|a chair sit|a sitting position", defaults=(UPRIGHT, *HANDS_ON_THIGHS)),
    pose("sitting legs crossed on chair", flat("left"), aim("both_thigh", "front", 6, 30), bend("left_knee", 75, 105), aim("left_shin", "down", 6, 22), bend("right_knee", 60, 105), beyond("right_knee", "left_knee", "up", 0.06, 0.2), beyond("right_ankle", "left_knee", "left", -0.02, 0.3),
         does="sit with {their} {R} leg crossed over the {L}|sit with one leg crossed over the other|sit on a chair and *cross the {R} leg over the {L} one|sit with crossed knees on a chair|cross {their} legs on a chair|sit with the {R} knee over the {L} knee|throw the {R} leg over the {L} while seated",
         tags="seated, {R} leg over the {L}|seated with legs crossed on a chair|sitting, knees crossed|seated, one knee over the other",
         names="a crossed-leg chair sit", defaults=(UPRIGHT, *HANDS_ON_THIGHS)),
    pose("sitting on chair knees wide", flat("both"), aim("both_thigh", "front left*0.5", 6, 20), aim("both_shin", "down", 7, 24), bend("both_knee", 75, 110), beyond("left_knee", "right_knee", "left", 0.5, 0.85), aim("trunk", "up", 6, 18),
         does="sit with {their} knees apart|sit with legs wide open|manspread|sit with {their} legs spread on a chair|take up space on the seat with {their} knees wide",
         tags="seated with knees wide|sitting, legs apart|manspreading|sitting, knees spread", defaults=HANDS_ON_THIGHS),
    pose("sitting leaning forward", flat("both"), aim("both_thigh", "front left*0.25", 6, 24), aim("both_shin", "down", 7, 24), bend("both_knee", 75, 110), aim("trunk", "up front*1.3", 6, 20), spine(pitch=(18, 40)), beyond("left_knee", "right_knee", "left", 0.2, 0.6), apart("left_elbow", "left_kneecap", 0.03, 0.14), apart("right_elbow", "right_kneecap", 0.03, 0.14),
         does="sit and *lean forward, elbows on {their} knees|lean forward on a chair with {their} forearms on the thighs|sit hunched with {their} forearms on {their} knees|rest {their} elbows on {their} knees while seated|sit on the edge of the bench, leaning on the knees",
         tags="seated, forearms on the knees|sitting, elbows on knees|sitting bent forward, arms resting on the thighs", defaults=(), upright=False),
    pose("sitting on floor", floor("pelvis"), flat("both"), bend("both_knee", 80, 120), aim("both_thigh", "front up*0.7", 8, 30), apart("left_knee", "right_knee", 0.1, 0.45),
         does="sit on the floor with {their} knees up|sit on the ground, knees bent|sit on the floor with bent knees|sit down on the ground, feet flat|sit on the floor with both knees raised|sit on the ground with {their} knees drawn up",
         tags="seated on the floor, knees up|sitting on the ground with both feet flat|sitting on the floor, knees bent|on {their} bottom, knees up|ground sitting, legs bent",
         names="a floor sit with knees up", defaults=(*_ON_KNEES_OR_SHINS, UPRIGHT)),
    pose("hugging knees", floor("pelvis", "both_heel"), bend("both_knee", 105, 145), aim("both_thigh", "front up*1.2", 8, 30), aim("trunk", "up front*0.2", 6, 26), touch("left_hand", "right_hand", 0.06), beyond("left_hand", "left_knee", "down", -0.02, 0.3), beyond("left_hand", "left_shin", "front", 0.0, 0.3), apart("left_knee", "right_knee", 0.1, 0.25),
         does="sit on the floor and *hug {their} knees|hug {their} knees to the chest|sit with {their} arms around {their} legs|wrap {their} arms round {their} knees|pull {their} knees in and *hold them|clasp {their} shins, sitting on the ground",
         tags="hugging {their} knees|sitting on the floor, arms around the shins|knees hugged to the chest|arms wrapped around drawn-up legs", names="a knee hug", upright=False, defaults=()),
    pose("sitting legs out", floor("pelvis", "both_heel"), straight("both_leg"), aim("both_leg", "front left*0.1", 5, 18), aim("both_foot", "up front*0.6", 9, 40),
         does="sit on the floor with legs stretched out|sit with {their} legs straight out in front|stretch {their} legs out on the floor|sit upright on the ground, legs extended|sit on the floor in an L shape|sit with both legs long in front",
         tags="seated on the floor, legs out|sitting on the ground, legs straight in front|long sitting|sitting with extended legs|on the floor, body in an L",
         names="a staff pose|a long sit|dandasana|an L-shaped seat", defaults=(UPRIGHT, *HANDS_ON_THIGHS)),
    pose("sitting straddle", floor("pelvis", "both_heel"), straight("both_leg"), aim("both_leg", "front left*0.9", 6, 20), aim("trunk", "up front*0.1", 5, 20),
         does="sit on the floor with legs spread wide|sit in a straddle|sit with {their} legs in a V|spread {their} legs on the floor|sit with {their} straight legs wide apart|sit in a wide-legged split on the ground",
         tags="seated straddle|sitting on the floor, legs wide apart|legs in a V on the floor|sitting with spread legs", names="a straddle sit|a pancake stretch start|upavistha konasana", defaults=HANDS_ON_THIGHS),
    pose("cross-legged", floor("pelvis"), aim("both_thigh", "front left*0.95", 8, 30), bend("both_knee", 100, 150), beyond("right_ankle", "left_ankle", "left", 0.03, 0.25), beyond("pelvis", "left_ankle", "up", -0.06, 0.1), beyond("pelvis", "right_ankle", "up", -0.08, 0.1),
         beyond("pelvis", "left_knee", "up", -0.16, 0.1), beyond("pelvis", "right_knee", "up", -0.16, 0.1),
         does="sit cross-legged|sit on the floor with crossed legs|sit with {their} legs folded|sit criss-cross on the ground|sit tailor style|sit Indian style|sit criss-cross applesauce|sit with crossed legs on the ground|sit on the floor, ankles crossed, knees out",
         tags="cross-legged|legs folded on the floor|seated cross-legged on the floor|sitting with crossed ankles, knees wide|sat cross legged|criss-cross applesauce",
         names="a tailor seat|a lotus seat|an easy pose|a cross-legged seat", defaults=(*_ON_KNEES, UPRIGHT)),
    pose("side sitting", floor("left_hip", "left_knee", "left_ankle"), aim("left_thigh", "front left*0.5", 8, 38), bend("both_knee", 65, 140), aim("right_thigh", "front right*0.2", 8, 60), aim("left_shin", "right back*0.5", 9, 55), aim("right_shin", "right back*1.2", 9, 65), aim("trunk", "up left*0.12", 6, 22),
         floor("left_hand"), aim("left_arm", "down left*0.5", 8, 36), bend("left_elbow", 2, 45), touch("right_palm", "right_thigh_top", 0.01), beyond("right_knee", "left_knee", "up", -0.05, 0.25),
         does="sit sideways on the floor with both legs folded to the {R}|sit like a mermaid|sit on {their} {L} hip, legs tucked to the side|sit with {their} legs swept to one side|sit sideways on the ground",
         tags="side-sitting|legs folded to the {R}, sitting on the floor|mermaid sitting|sitting on one hip with both knees bent to the same side", names="a mermaid sit|a side sit", upright=False, defaults=()),
    pose("leaning back on hands", floor("both_buttock", "both_wrist"), beyond("left_breast", "right_breast", "up", -0.03, 0.03), pelvis(pitch=(-42, -26)), aim("trunk", "up back*0.75", 6, 20), aim("both_arm", "down back*0.7", 8, 36), bend("both_elbow", 2, 45), aim("both_leg", "front left*0.15", 6, 28), floor("both_heel"), bend("both_knee", 2, 32), head(pitch=(5, 25)),
         does="sit on the floor and *lean back on {their} hands|sit back, propped on straight arms|lounge on the ground, leaning on both hands|recline on {their} hands with the legs out|sit on the beach leaning back",
         tags="sitting on the floor, leaning back on the hands|propped on both hands behind, legs out|lounging, hands planted behind", names="a lounging sit", upright=False, defaults=()),
    pose("propped on elbows on back", floor("both_buttock", "both_elbow", "both_heel"), pelvis(pitch=(-70, -58)), beyond("left_breast", "right_breast", "up", -0.03, 0.03), aim("trunk", "back up*0.55", 6, 20), aim("both_upper_arm", "down left*0.3", 8, 42), beyond("left_elbow", "right_elbow", "left", 0.45, 0.9), aim("both_forearm", "front left*0.4", 9, 50), aim("both_leg", "front left*0.2", 6, 20), bend("both_knee", 2, 30), floor("both_wrist"), head(pitch=(8, 32)),
         does="recline on {their} elbows|lie back propped up on {their} elbows|lean back on both elbows|prop {their} upper body up on the elbows, face up|lie on the grass, leaning on the elbows",
         tags="reclining on the elbows|lying back, chest raised on the elbows|half lying, propped on both forearms", names="an elbow recline", upright=False, defaults=()),
    pose("lying on back", *SUPINE, *_LEGS_DOWN, head(pitch=(-22, -10)),
         does="lie on {their} back|lie down on the floor, face up|lie flat on {their} back|lie stretched out on {their} back|lie supine|rest on the ground, face to the sky|lie face up|stretch out on the floor, belly up|lie down on {their} back",
         tags="supine|flat on {their} back|lying face up|on {their} back|laid out face up|recumbent, face up|belly up on the ground|on the floor, looking at the ceiling|dorsal recumbent",
         names="a supine position|a back-lying pose", defaults=_BESIDE, upright=False),
    pose("lying on back knees up", *SUPINE, flat("both"), bend("both_knee", 80, 125), aim("both_thigh", "front up*1.0", 8, 30), beyond("left_knee", "right_knee", "left", 0.08, 0.4), head(pitch=(-22, -10)),
         does="lie on {their} back with bent knees|lie face up, knees up and feet flat|lie on the floor with both knees raised|lie on {their} back with the feet planted",
         tags="supine with knees bent|on {their} back, both feet flat on the floor|lying face up, knees up|hook lying", names="a hook-lying position|a constructive rest", defaults=_BESIDE, upright=False),
    pose("lying on back one leg up", *SUPINE, aim("left_leg", "up", 6, 15), bend("left_knee", 2, 12), aim("right_leg", "front right*0.1", 4, 18), bend("right_knee", 2, 20), floor("right_ankle"), head(pitch=(-22, -10)),
         does="lie on {their} back with the {L} leg straight up|lie face up and *raise one leg to the ceiling|lie on {their} back and *point the {L} foot at the ceiling|lie flat on the back, {L} leg vertical, {R} leg on the floor|stretch the {L} leg straight up while lying on {their} back|lie on the mat, only the {L} leg in the air|lie down and *lift the straight {L} leg until it is vertical|lie on {their} back, one leg up and not both|raise only the {L} leg from lying on the back|lie supine, {L} hip flexed ninety degrees, knee straight|test the hamstring, lying with the {L} leg up|lie face up, {L} heel to the ceiling, {R} heel on the floor|lie with one leg up like a mast",
         tags="supine, {L} leg vertical|on {their} back, one leg straight up in the air|lying on the back, {L} leg raised, {R} one flat on the floor|flat on the back, {L} foot to the ceiling|lying face up with a single leg pointing straight up|on the back, only one leg up|{L} leg like a mast, lying face up|supine straight leg raise, {L} side|lying, {L} sole to the ceiling, {R} leg flat|face up, one leg vertical, the other not|back down, {L} heel up in the air",
         names="a lying leg raise|a supine single-leg raise|a straight leg raise, lying|a single-leg lift on the back|a one-leg-up supine pose", defaults=_BESIDE, upright=False),
    pose("lying on back spread", *SUPINE, aim("both_leg", "front left*0.5", 5, 18), bend("both_knee", 2, 38), floor("both_ankle"), aim("both_arm", "left back*0.55 down*0.08", 8, 28), bend("both_elbow", 2, 30), head(pitch=(-22, -10)),
         does="lie on {their} back like a starfish|lie spread-eagled on the floor|make a snow angel|sprawl on {their} back with arms and legs wide|lie face up, all limbs spread out",
         tags="spread-eagled on the floor|sprawled out face up|starfish on the floor|lying on the back in an X shape|limbs flung wide, supine", names="a snow angel|a starfish on the floor", upright=False, defaults=()),
    pose("lying on front", *PRONE, aim("both_leg", "back left*0.12", 4, 18), head(yaw=(40, 70)),
         does="lie on {their} stomach|lie face down|lie flat on {their} belly|lie prone on the ground|lie on {their} front|stretch out on {their} stomach|lie down on {their} belly|sprawl face down on the floor",
         tags="prone|face down on the floor|on {their} stomach|flat on {their} belly|lying on {their} front|belly down|tummy on the ground|ventral recumbent",
         names="a prone position|a belly-lying pose", defaults=_ON_FACE, upright=False),
    pose("lying on front propped on elbows", pelvis(pitch=(72, 84)), spine(pitch=(-45, -28)), beyond("left_breast", "right_breast", "up", -0.03, 0.03), beyond("left_ankle", "right_ankle", "left", 0.1, 0.5), floor("pelvis", "both_knee", "both_foot"), *_ON_ELBOWS, bend("both_knee", 2, 25), aim("both_leg", "back", 5, 24), aim("trunk", "front up*0.6", 8, 26), head(pitch=(-30, -5)),
         does="lie on {their} stomach propped on the elbows|prop {their} chest up on {their} forearms|lie on {their} belly, leaning on both elbows|lie face down with {their} upper body raised on the forearms|read on the floor on {their} tummy",
         tags="prone on the elbows|on {their} belly, propped on the forearms|lying on the stomach, chest up on the elbows|sniper lying position", names="a sphinx pose|a prone prop", upright=False, defaults=()),
    pose("lying on side", pelvis(roll=(84, 94)), aim("shoulder_line", "down", 6, 28), floor("left_hip", "left_shoulder"), bend("both_knee", 25, 80), aim("both_thigh", "footward chestward*0.5", 8, 30), apart("left_knee", "right_knee", 0.12, 0.25), apart("left_ankle", "right_ankle", 0.07, 0.25), floor("left_ankle"),
         touch("left_palm", "left_ear", 0.02), touch("right_palm", "belly", 0.02), head(roll=(-15, 5)),
         does="lie on {their} {L} side|lie sideways on the floor|sleep on {their} {L} side|lie on {their} {L} flank|lie on the {L} hip and shoulder|rest on one side|lie down on {their} {L} side, knees a little bent",
         tags="on {their} {L} side|lying on one side|side-lying|lateral recumbent|lying on the {L} side, head on the hand|on the {L} flank",
         names="a side-lying position|a side sleeper's pose", upright=False, open=False),
    pose("fetal position", pelvis(roll=(84, 94)), aim("shoulder_line", "down", 6, 30), floor("left_hip", "left_shoulder", "left_knee", "left_ankle"), bend("both_knee", 108, 148), aim("both_thigh", "chestward headward*0.55", 8, 24), spine(pitch=(14, 45)), apart("neck", "left_knee", 0.1, 0.5), head(pitch=(5, 40)), apart("left_knee", "right_knee", 0.1, 0.24),
         apart("left_ankle", "right_ankle", 0.06, 0.25), aim("both_upper_arm", "chestward footward*0.6", 10, 45), bend("both_elbow", 95, 145), apart("left_hand", "chin", 0.05, 0.3), apart("left_hand", "right_hand", 0.02, 0.18),
         does="lie curled up on {their} {L} side|curl up in a ball on the floor|lie in the fetal position|curl up on the ground|lie on the {L} side with {their} knees pulled up to the chest|roll up into a ball, lying on {their} side",
         tags="curled up on the floor|in the fetal position|balled up on {their} {L} side|knees tucked to the chest, lying sideways", names="a fetal position|a foetal curl", upright=False, open=False, defaults=()),
    pose("all fours looking ahead", floor("both_knee", "both_hand", "both_foot"), pelvis(pitch=(74, 90)), spine(pitch=(-24, -4)), aim("both_thigh", "down", 7, 22), aim("both_arm", "down", 6, 30), bend("both_elbow", 2, 32), aim("trunk", "front up*0.2", 7, 24), aim("both_shin", "back", 6, 25), aim("both_hand", "front", 8, 45), head(pitch=(-58, -36)), aim("face", "front", 8, 32),
         does="kneel on all fours and *look ahead|lift {their} head and *look forward on hands and knees|be on hands and knees, face to the front|raise {their} gaze from a tabletop",
         tags="on all fours, looking ahead|on hands and knees, head up|hands and knees on the floor, face lifted to the front|on all fours, chin raised|down on all fours, eyes forward",
         names="an all-fours pose with the head up", upright=False, open=False),
    pose("all fours one hand up", floor("both_knee", "right_hand", "both_foot"), pelvis(pitch=(74, 90)), aim("both_thigh", "down", 7, 24), aim("right_arm", "down", 6, 30), bend("right_elbow", 2, 32), aim("trunk", "front up*0.12", 7, 26), aim("both_shin", "back", 6, 25), aim("left_arm", "front down*0.35 left*0.1", 9, 36), bend("left_elbow", 2, 60), beyond("left_wrist", "right_wrist", "up", 0.15, 0.8), head(pitch=(-35, 5)),
         does="lift the {L} hand from the floor on all fours|kneel on all fours with one hand off the ground|reach ahead with the {L} hand from hands and knees|raise one hand, the other and both knees on the floor",
         tags="on all fours, {L} hand lifted|on hands and knees, one hand off the floor|on three points: both knees and the {R} hand|on all fours, only one hand on the ground|{L} hand: in the air, on all fours",
         names="a three-point kneel|a tabletop with one hand lifted", upright=False, open=False),
    pose("all fours", floor("both_knee", "both_hand", "both_foot"), pelvis(pitch=(78, 92)), aim("both_thigh", "down", 7, 22), aim("both_arm", "down", 6, 30), bend("both_elbow", 2, 32), aim("trunk", "front up*0.1", 7, 26), aim("both_shin", "back", 6, 25), aim("both_hand", "front", 8, 45), head(pitch=(-30, 10)),
         does="kneel on all fours|get on {their} hands and knees|stand on all fours|get down on hands and knees|kneel with {their} hands on the floor|hold a tabletop, back level|support {their} body on hands and knees",
         tags="on all fours|on hands and knees|on {their} hands and knees|quadruped|down on all fours|hands under shoulders, knees under hips",
         names="a tabletop position|a quadruped position|a hands-and-knees pose", upright=False),
    pose("crawling", floor("both_knee", "both_foot"), pelvis(pitch=(78, 90)), aim("left_thigh", "down front*0.5", 7, 26), aim("right_thigh", "down back*0.25", 7, 26), aim("right_arm", "down front*0.55", 7, 24), aim("left_arm", "down back*0.3", 7, 26), floor("right_hand"),
         bend("right_elbow", 2, 30), aim("trunk", "front", 8, 26), aim("both_shin", "back", 6, 30), head(pitch=(-40, -10)),
         does="crawl|crawl forward on all fours|crawl on {their} hands and knees|crawl like a baby|creep along the floor|move forward on hands and knees|crawl across the ground",
         tags="mid-crawl|crawling on hands and knees|creeping on all fours", names="a crawl|a baby crawl", upright=False, open=False),
    pose("plank", floor("both_foot", "both_hand"), pelvis(pitch=(68, 80)), aim("both_arm", "down", 6, 28), bend("both_elbow", 2, 24), aim("trunk", "front up*0.3", 5, 18), straight("both_leg"), aim("both_leg", "back down*0.35", 5, 20), head(pitch=(-20, 5)), aim("both_hand", "front", 8, 45), aim("both_foot", "down back*0.2", 9, 50), spine(pitch=(-6, 6)),
         beyond("left_ankle", "right_ankle", "left", 0.08, 0.4),
         does="hold a plank|do a push-up|hold {their} body straight on hands and toes|hold a high plank|plank on straight arms|support {their} straight body on hands and toes|stay at the top of a push-up",
         names="a plank|a high plank|a push-up position|a press-up, arms straight|a straight-arm plank|the top of a push-up|phalakasana",
         tags="in a plank|on hands and toes with the body in a straight line|planking, arms straight|body rigid, face down, held up on the hands", upright=False, open=False),
    pose("bridge", pelvis(pitch=(-112, -100)), spine(pitch=(-68, -26)), flat("both"), floor("both_hand"), bend("both_knee", 50, 105), bend("both_elbow", 2, 65), beyond("pelvis", "left_knee", "up", -0.12, 0.5), aim("both_arm", "down back*0.3", 9, 60), aim("both_shin", "down", 8, 42), head(pitch=(-45, 0)),
         beyond("left_ankle", "right_ankle", "left", 0.12, 0.5), beyond("pelvis", "left_wrist", "up", 0.35), beyond("head", "left_wrist", "up", 0.05),
         does="arch up into a bridge|bend over backwards onto {their} hands|hold a back bridge|push up into a wheel|arch {their} back with hands and feet on the floor|do a backbend, belly to the sky",
         names="a back bridge|a bridge|a wheel pose|a backbend on hands and feet|a gymnastic bridge|urdhva dhanurasana|an upward bow",
         tags="arched backwards on hands and feet|belly up on hands and feet, back arched", upright=False, open=False),
    pose("crab", pelvis(pitch=(-80, -65)), flat("both"), floor("both_wrist"), bend("both_knee", 55, 118), bend("both_elbow", 2, 42), aim("both_arm", "down", 8, 36), aim("both_shin", "down", 8, 30), aim("trunk", "back up*0.25", 8, 26), head(pitch=(5, 40)), beyond("pelvis", "left_wrist", "up", 0.12),
         does="do a crab walk|hold {their} body up on hands and feet, belly up|walk like a crab|support {their} body on hands and feet, facing up",
         names="a crab walk|a reverse tabletop|a crab position", tags="belly up on hands and feet|in a crab walk", upright=False, open=False),
)  # fmt: skip

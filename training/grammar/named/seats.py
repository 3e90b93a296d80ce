# SPDX-License-Identifier: GPL-3.0-or-later
"""More ways to sit, squat, kneel and lie than the stances have."""

# Phrases are data and stand on one line.
# ruff: noqa: E501

from __future__ import annotations

from training.grammar.entries import HANDS_ON_THIGHS, UPRIGHT, both_sides, pose, unsaid
from training.grammar.floor_stances import SUPINE
from training.grammar.intent import aim, apart, balanced, bend, beyond, flat, floor, head, spine, straight, touch
from training.grammar.named.shared_parts import HALF_KNEELING, PRONE

_BESIDE = both_sides(unsaid("left_arm", [aim("left_arm", "front left*0.4 down*0.1", 6, 27), bend("left_elbow", 4, 40)]))
_CROSS_LEGGED = (
    floor("pelvis"), aim("both_thigh", "front left*0.95", 9, 36), bend("both_knee", 92, 152), beyond("right_ankle", "left_ankle", "left", 0.03, 0.25),
    beyond("pelvis", "left_ankle", "up", -0.06, 0.1), beyond("pelvis", "right_ankle", "up", -0.08, 0.1), beyond("pelvis", "left_knee", "up", -0.16, 0.1), beyond("pelvis", "right_knee", "up", -0.16, 0.1),
)  # fmt: skip

POSES = (
    pose("chair one leg out", flat("right"), aim("right_thigh", "front right*0.1", 7, 26), aim("right_shin", "down", 7, 24), bend("right_knee", 75, 108), floor("left_heel"), aim("left_leg", "front down*0.6 left*0.08", 7, 22), straight("left_leg"), aim("left_foot", "up front*0.9", 9, 42), aim("trunk", "up", 6, 20),
         does="sit with one leg stretched out|sit on a chair, {their} {L} leg straight in front|stretch the {L} leg out while sitting on a chair|sit and *straighten the {L} knee|sit on a bench with one leg extended|sit with {their} {L} heel on the floor ahead, knee straight",
         tags="seated, {L} leg stretched out|{L} leg: straight out in front, sitting on a chair|one leg: extended, the other bent, seated|sitting on a chair with one leg out|{L} knee: straight, {R} knee bent, seated", names="a one-leg-out sit|a seat with the {L} leg stretched", defaults=(UPRIGHT, *HANDS_ON_THIGHS)),
    pose("chair ankles crossed", aim("both_thigh", "front left*0.2", 7, 28), aim("both_shin", "down front*0.25", 8, 32), bend("both_knee", 55, 105), floor("left_foot", "right_foot"), beyond("right_ankle", "left_ankle", "left", 0.03, 0.2), beyond("right_ankle", "left_ankle", "front", 0.05, 0.22), beyond("left_knee", "right_knee", "left", 0.08, 0.45), aim("trunk", "up", 6, 20),
         does="sit with {their} ankles crossed|sit on a chair and *cross the ankles|cross {their} feet while sitting on a chair|sit on a bench, feet crossed|sit politely with crossed ankles|sit with the {R} ankle in front of the {L}",
         tags="seated with crossed ankles|ankles: crossed, sitting on a chair|feet: crossed, seated|sitting on a chair, ankles crossed", names="a crossed-ankle sit|a duchess slant", defaults=(UPRIGHT, *HANDS_ON_THIGHS)),
    pose("backwards on a chair", flat("both"), aim("both_thigh", "front left*0.7", 8, 28), aim("both_shin", "down", 8, 28), bend("both_knee", 75, 112), beyond("left_knee", "right_knee", "left", 0.35), aim("trunk", "up front*0.25", 6, 22), aim("both_upper_arm", "front down*0.45 left*0.2", 9, 36), aim("left_forearm", "right front*0.5", 10, 40), aim("right_forearm", "left front*0.5", 10, 40), beyond("left_hand", "chest", "front", 0.08, 0.5), apart("left_forearm", "right_forearm", 0.06, 0.35), open=False, defaults=(),
         does="sit backwards on a chair|straddle a chair with {their} arms on the backrest|sit on a chair the wrong way round|sit astride a chair, forearms on the back of it|turn a chair around and *sit on it|lean {their} folded arms on the back of a chair",
         tags="sitting backwards on a chair|straddling a chair, arms on the backrest|seated the wrong way round|legs: astride a chair, arms folded on its back", names="a backwards sit|a cool youth pastor's sit"),
    pose("one leg folded floor seat", floor("pelvis", "right_heel"), straight("right_leg"), aim("right_leg", "front right*0.3", 6, 22), aim("left_thigh", "left front*0.9", 9, 36), bend("left_knee", 95, 150), apart("left_sole", "right_inner_thigh", 0.0, 0.2), beyond("pelvis", "left_ankle", "up", -0.06, 0.1), beyond("pelvis", "left_knee", "up", -0.14, 0.1), aim("trunk", "up", 6, 22), upright=False,
         does="sit on the floor with one leg straight and the other folded in|stretch the {R} leg out and *tuck the {L} foot in, sitting|sit with the {L} sole against the {R} thigh|sit on the ground, {R} leg long, {L} knee out to the side|start a hurdler stretch",
         tags="sitting, one leg straight, the other folded|{R} leg: stretched out, {L} foot tucked in, seated on the floor|{L} sole: against the inner {R} thigh, sitting|sitting with one knee out to the side, other leg straight", names="a half-folded seat|a hurdler's seat|a figure-four seat on the floor", defaults=(UPRIGHT, *HANDS_ON_THIGHS)),
    pose("bored cross-legged", *_CROSS_LEGGED, aim("trunk", "up front*0.7", 9, 34), spine(pitch=(20, 40)), touch("both_palm", "both_cheek", 0.04), apart("left_elbow", "left_knee", 0.0, 0.42), apart("right_elbow", "right_knee", 0.0, 0.42), head(pitch=(0, 25)), claims="root", open=False, upright=False, defaults=(),
         does="sit cross-legged with {their} chin in {their} hands|sit on the floor, legs crossed, face in both hands|prop {their} head in {their} hands, sitting cross-legged|be bored on the floor, chin in both hands|listen to a story, cross-legged, head in the hands",
         tags="cross-legged, chin in both hands|sitting with legs crossed, cheeks in the hands|bored, cross-legged on the floor|face: in both hands, sitting cross-legged", names="a bored child's seat|a story time seat"),
    pose("squat elbows on knees", flat("both"), bend("both_knee", 105, 140), aim("both_thigh", "front left*0.5", 9, 36), balanced("left_foot_middle", "right_foot_middle", 0.1), beyond("left_ankle", "right_ankle", "left", 0.2, 0.5), aim("trunk", "up front*0.7", 8, 30), touch("both_forearm", "both_kneecap", 0.05), aim("both_foot", "front left*0.4", 8, 40), open=False, upright=False, defaults=(),
         does="squat with {their} arms on {their} knees|squat and *rest the forearms on the knees|squat low, elbows on the knees|do a Slav squat|do an Asian squat, arms on the knees|wait in a squat, forearms over the knees",
         tags="squatting, forearms on the knees|arms: resting on the knees in a deep squat|elbows: on the knees, squatting|in a Slav squat", names="a Slav squat|a resting squat, arms on the knees|a gopnik squat"),
    pose("on one knee, arm on the other", *HALF_KNEELING, aim("trunk", "up front*0.3", 6, 24), touch("left_forearm", "left_kneecap", 0.05), aim("left_forearm", "right front*0.3", 12, 55), aim("right_arm", "down right*0.12", 7, 26), bend("right_elbow", 2, 50), open=False, upright=False, defaults=(),
         does="kneel on one knee, an arm resting on the other|kneel on the {R} knee with the {L} forearm on the {L} knee|take a knee and *rest an arm on the other leg|rest {their} {L} forearm across the raised knee, kneeling|kneel for the team photo",
         tags="on one knee, forearm on the raised knee|{L} forearm: on the {L} knee, {R} knee on the floor|kneeling on one knee, arm across the thigh", names="a team photo kneel|a kneel with the arm on the knee"),
    pose("lying ankles crossed", *SUPINE, aim("both_leg", "front", 5, 18), bend("both_knee", 2, 28), floor("left_ankle"), beyond("right_ankle", "left_ankle", "left", 0.02, 0.2), beyond("right_ankle", "left_ankle", "up", 0.03, 0.2), head(pitch=(-22, -8)), upright=False, open=False, defaults=_BESIDE,
         does="lie on {their} back with {their} ankles crossed|lie down and *cross the legs|lie face up, feet crossed|relax on {their} back, legs crossed|lie in the grass with crossed ankles",
         tags="on {their} back, ankles crossed|ankles: crossed, lying face up|lying on the back, legs crossed at the feet|supine with crossed ankles", names="a crossed-ankle lie|a relaxed lie, feet crossed"),
    pose("lying one knee up", *SUPINE, flat("left"), bend("left_knee", 80, 128), aim("left_thigh", "front up*1.0", 8, 32), aim("right_leg", "front right*0.12", 5, 20), bend("right_knee", 2, 24), floor("right_ankle"), head(pitch=(-22, -8)), upright=False, defaults=_BESIDE,
         does="lie on {their} back with the {L} knee up|lie face up, one knee bent|lie on the floor, {L} foot flat, {R} leg straight|bend one knee, lying on the back|rest on {their} back, one leg bent and one straight",
         tags="on {their} back, {L} knee up|{L} knee: bent, {R} leg straight, lying on the back|one knee: up, lying face up|supine, one leg bent", names="a lie with one knee up|a half hook-lying"),
    pose("perched high", aim("both_thigh", "front down*0.15", 7, 24), bend("both_knee", 72, 108), aim("both_shin", "down", 8, 26), floor("both_foot"), beyond("left_knee", "right_knee", "left", 0.06, 0.35), aim("trunk", "up", 4, 15),
         does="sit on a [bar|high] stool|perch on a tall stool|sit high up at the bar|be perched at the counter|sit on a high stool with both feet on the footrest|sit up straight on a stool|perch on the edge of a table|sit on a wall, legs hanging down|sit on a desk with dangling legs|sit on a ledge, shins hanging",
         tags="on a [bar|high] stool|perched on a [bar|high] stool|seated high at the bar|on a high stool, both feet on the ring|seated on a ledge, legs dangling|perched on the edge of a desk|legs: dangling from a wall, sitting upright", names="a perch on a ledge|a bar stool perch|a high stool seat", defaults=(UPRIGHT, *HANDS_ON_THIGHS)),
    pose("prone head on folded arms", *PRONE, aim("both_upper_arm", "headward leftward*0.55", 8, 32), aim("left_forearm", "rightward headward*0.2", 9, 34), aim("right_forearm", "leftward headward*0.2", 9, 34), bend("both_elbow", 80, 140), apart("left_palm", "right_palm", 0.02, 0.3), apart("chin", "left_palm", 0.03, 0.26), apart("chin", "right_palm", 0.03, 0.26), beyond("left_hand", "chin", "up", -0.25, 0.0), upright=False, open=False, defaults=(),
         does="lie on {their} stomach with the head on folded arms|lie face down, chin on the hands|sunbathe on {their} [stomach|front|belly], head on the arms|rest the head on crossed forearms, lying on the front|lie prone and *pillow the head on both arms|get a back massage, head on {their} arms|lie on the beach, belly down, arms folded under the face|nap on the belly, forehead on the forearms",
         tags="on the stomach, head on folded arms|prone, chin on the back of the hands|arms: folded under the head, lying face down|head: pillowed on the forearms, belly on the towel|hands: stacked under the chin, lying on the front|sunbathing face down", names="a prone rest on folded arms|a sunbather's prone pose|a crocodile pose"),
    pose("lying legs in tabletop", *SUPINE, aim("both_thigh", "up", 6, 20), aim("both_shin", "front", 7, 24), bend("both_knee", 72, 108), head(pitch=(-22, -8)), upright=False, defaults=_BESIDE,
         does="lie on {their} back with hips and knees at right angles|lie on the floor, legs lifted in tabletop|hold both legs bent in the air, lying on the back|lie face up, calves as if on a chair|raise {their} bent legs from lying|start a dead bug",
         tags="on {their} back, legs bent in the air|thighs: vertical, shins level, lying on the back|knees: at 90 degrees in the air, lying face up|supine, legs in tabletop", names="a supine tabletop|a 90-90 lie|a dead bug start|a Pilates tabletop"),
)  # fmt: skip

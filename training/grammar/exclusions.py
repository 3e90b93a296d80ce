# SPDX-License-Identifier: GPL-3.0-or-later
"""What is not so: only, not, without, neither, the other. Each text says it where it can be seen, and the pose does it."""

# Phrases are data and stand on one line.
# ruff: noqa: E501

from __future__ import annotations

from training.grammar.arms import DOWN, ONLY_ARM_FAMILIES, UP
from training.grammar.contacts import PLACES
from training.grammar.entries import Posture, clause
from training.grammar.intent import Part, aim, apart, balanced, bend, beyond, flat, floor, head, spine, straight
from training.grammar.legs import BOTH_FEET, STAND_RIGHT
from training.grammar.limbs import Family, both_of, mirrored_parts, only

_DOWN = both_of(DOWN.parts)


def _say(*parts: Part, tags: str, does: str = "", on: tuple[Posture, ...] = ("upright",), claims: str = "") -> Family:
    return (clause(*parts, tags=tags, does=does, on=on, claims=claims),)


def _ways(*ways: tuple[Part, ...], tags: str, does: str = "", on: tuple[Posture, ...] = ("upright",), claims: str = "") -> Family:  # fmt: skip
    """The same words for several poses that all fit them."""
    return tuple(clause(*way, tags=tags, does=does, on=on, claims=claims) for way in ways)


_AWAY = (
    (*aim("both_arm", "front", 8, 24), *straight("left_arm"), *straight("right_arm")), (*aim("both_arm", "left down*0.6", 8, 26), *straight("left_arm"), *straight("right_arm")),
    (*aim("both_arm", "left", 8, 24), *straight("left_arm"), *straight("right_arm")), (*aim("both_arm", "up", 8, 24), *straight("left_arm"), *straight("right_arm")),
)  # fmt: skip
_SIDEWAYS = (
    (head(yaw=(38, 65)),),
    (head(pitch=(-56, -42)), *aim("face", "front up*1.15", 5, 13)),
    (head(pitch=(40, 54)), *aim("face", "front down*1.25", 5, 13)),
)

ARM_EXCLUSIONS: tuple[Family, ...] = (
    _say(*_DOWN, tags="arms: not raised|[arms|hands]: not [up|lifted]|neither arm: raised|no arm: raised|without raising [either|an] arm|arms: [down|lowered], not raised|arms: not above the shoulders|hands: below the shoulders|not raising {their} arms|neither hand: up|arms: anything but up|arms: both down, none raised|no hands: up|arms: not in the air|arms: not lifted at all",
         does="keep {their} arms down|leave both arms down|keep {their} [hands|arms] [low|lowered]|let both arms hang, not raised"),
    _ways(_AWAY[0], _AWAY[2], _AWAY[3], tags="arms: not [hanging|at the sides|by {their} sides]|arms: not hanging down|arms: away from the body, not hanging|arms: off {their} sides|neither arm: hanging|arms: raised, not at the sides|hands: not at {their} sides|without letting {their} arms hang|arms: anything but hanging|arms: not down|arms: not just hanging there|arms: not resting at the sides", does="keep {their} arms off {their} sides|lift {their} arms off {their} sides|stand without letting {their} arms hang|hold {their} arms away from {their} sides"),
    _ways(*_AWAY, tags="arms: straight, not bent|[arms|elbows]: not bent|without bending the [elbows|arms]|neither elbow: bent|arms: stretched, no bend in the elbows|elbows: straight, not bent|elbows: locked, zero bend|arms: not bent at all|elbows: not flexed|no bend: in either elbow",
          does="keep both [elbows|arms] straight|hold {their} arms without bending the elbows|lock both elbows"),
    _ways((*aim("both_upper_arm", "down", 8, 28), *bend("both_elbow", 70, 120)), (*aim("both_upper_arm", "left", 9, 28), *aim("both_forearm", "up", 9, 28)), (*aim("both_upper_arm", "front down*0.5", 9, 30), *bend("both_elbow", 55, 110)),
          tags="arms: not straight|[arms|elbows]: bent, not straight|elbows: not [straight|locked]|arms: a bit bent, never straight|no arm: stretched|elbows: kept bent|without straight arms|without locking the elbows|neither arm: straight|arms: anything but straight|elbows: never locked|arms: not fully extended", does="keep both elbows bent|keep {their} arms from straightening|stand with no straight arm|have both arms bent|hold {their} arms without straightening them"),
    _ways((*_AWAY[1],), (*_DOWN,), tags=["arms: not crossed|arms: uncrossed|hands: not [touching|together|clasped]|hands: apart|without crossing {their} arms", "not touching {their} body with the hands"][0], does="keep {their} [hands|arms] apart|uncross {their} arms|hold {their} hands apart, not together"),
    _ways(*_AWAY[:3], tags="hands: not touching [the body|{their} body]|neither hand: on the body|hands: off [the|{their}] hips|hands: not on the hips|without touching {their} own body|hands: free, touching nothing", does="keep {their} hands [off|away from] {their} body|hold both hands away from {their} hips"),
    *ONLY_ARM_FAMILIES,
    *(only(way, DOWN) for way in (*PLACES[:4], PLACES[6], PLACES[9], PLACES[11])),
    _say(*UP.parts, *mirrored_parts(DOWN.parts), tags=["{L} arm: up, {R} arm down|one arm: up and one arm down|one arm: raised, the other [down|lowered|at {their} side]|{L} arm: raised but not the {R} [|one]|{L} hand: up, not the {R}|{L} arm: up, the other one down|{L} arm: raised, the other arm just hanging|one arm: up ({L}), the other down|{L} hand: in the air, the other one relaxed at the side|{L} arm: up, nothing doing with the other|{R} arm: not raised, {L} arm up|[only|just] one arm: [raised|up]|the {R} arm: down and the {L} one up|{L} arm: up while the {R} [arm |]hangs down", "all but the {R} arm: raised"][0],
         does="raise one arm and *keep the other down|lift the {L} arm and *leave the {R} one down|raise {their} {L} arm and *let the other one hang|raise the {L} hand, other arm relaxed at the side|stick the {L} arm up and *leave the other at {their} side|raise only [one arm|{their} {L} arm]|lift {their} {L} arm, not the {R} one|raise the {L} arm instead of the {R}|raise {their} {L} hand but not {their} {R}"),
    _say(*PLACES[0].parts, *mirrored_parts(DOWN.parts), tags="one hand: on the hip, the other hanging|only one hand: on [the|{their}] hip|{L} hand: on the hip, {R} arm [hanging|down]|{L} hand: on the hip, not the {R}|just one hand: on the hip|{L} hand: on the hip, the other arm [just |]hanging|one hand: on the hip ({L}), the other loose|{L} hand: on the hip, the other one dangling|{L} arm: akimbo, the other at the side",
         does="put one hand on {their} hip and *let the other hang|put the {L} hand on {their} hip and *let the other arm hang loose|prop the {L} hand on the hip, the other just dangling|put only the {L} hand on {their} hip|put {their} {L} hand, not the {R}, on {their} hip"),
)  # fmt: skip

_STRAIGHT_FOLD = (
    aim("trunk", "up front*1.1", 8, 24),
    spine(pitch=(32, 52)),
    *flat("both"),
    *balanced("left_foot_middle", "right_foot_middle", 0.1),
    *straight("left_leg"),
    *straight("right_leg"),
    beyond("left_ankle", "right_ankle", "left", 0.1, 0.4),
)
_BESIDE = (
    beyond("left_ankle", "right_ankle", "left", 0.12, 0.4),
    beyond("left_ankle", "right_ankle", "front", -0.12, 0.12),
)
_KNEE_UP = (aim("left_thigh", "front", 7, 22), bend("left_knee", 75, 110), *STAND_RIGHT)
LEG_EXCLUSIONS: tuple[Family, ...] = (
    _say(*_STRAIGHT_FOLD, tags="bent forward without bending the knees|bent over with straight legs|leaning forward, knees not bent|bent at the waist, not at the knees|bent over, legs straight", does="bend forward without bending {their} knees|lean forward with straight legs|bend over but *keep {their} knees straight|bend at the waist, not the knees", on=("standing",), claims="root trunk"),
    _say(*BOTH_FEET, bend("both_knee", 2, 10), *_BESIDE, tags="knees: not bent|without bending [the|{their}] knees|neither knee: bent|legs: straight, not bent|knees: straight, no bend|not bending {their} knees|legs: not bent|legs: not bent at all|knees: locked, not bent|no bend: in the knees|knees: not flexed", does="keep {their} knees straight|stand without bending {their} knees", on=("standing",)),
    _ways((*BOTH_FEET, bend("both_knee", 35, 70), *_BESIDE), (*BOTH_FEET, bend("both_knee", 20, 45), *_BESIDE), tags="[legs|knees]: not straight|knees: not locked|knees: kept soft, not straight|legs: not stretched|no leg: straight|knees: bent, not locked|legs: bent, not straight|neither leg: straight", does="keep {their} knees bent|stand without locking {their} knees|keep {their} legs from straightening|stand with no straight leg|keep a bend in {their} knees", on=("standing",)),
    _say(*BOTH_FEET, *_BESIDE, tags="both feet: on the [floor|ground]|neither foot: off the [floor|ground]|no foot: lifted|feet: not lifted|both feet: flat on the floor, neither raised|without lifting a foot|legs: not raised|neither leg: raised|no leg: in the air|feet: staying put on the floor", does="keep both feet on the [floor|ground]|stand on both feet|leave both feet on the floor|stand on two feet, not one", on=("standing",)),
    _ways((*_KNEE_UP,), (aim("left_thigh", "down", 7, 22), bend("left_knee", 80, 118), *STAND_RIGHT), (aim("left_leg", "front down*0.6", 8, 22), straight("left_leg"), *STAND_RIGHT),
          tags="only one foot: on the [floor|ground]|[only|just] the {R} foot: on the [floor|ground]|{L} foot: not on the [floor|ground]|not standing on the {L} [foot|leg]|{L} foot: not touching the [floor|ground]|one foot: not touching the [floor|ground]", does="stand on one leg only|keep only the {R} foot on the floor|stand on the {R} leg, not the {L}|balance without using the {L} foot", on=("standing",)),
    _say(*_KNEE_UP, tags="only the {L} knee: [raised|lifted|up]|{R} leg: straight on the floor, {L} knee up|{L} knee: lifted, not the {R} one|only one knee: up|{L} knee: up, {R} leg straight|{L} leg: raised, not the {R}|just the {L} leg: lifted|{L} knee: up, the other leg planted|on the {R} leg with the other knee up|{R} leg: planted, the other knee lifted|one knee: raised, the other leg straight", does="raise only the {L} knee|lift the {L} knee and *keep the {R} leg straight|lift {their} {L} leg, not the {R} one", on=("standing",)),
    _ways((*BOTH_FEET, beyond("left_ankle", "right_ankle", "left", 0.45, 0.8)), (*BOTH_FEET, beyond("left_ankle", "right_ankle", "left", 0.3, 0.5)), tags="feet: not together|legs: not together|feet: not touching|legs: open, not closed|feet: with a gap between them|feet: separated|feet: apart, not together|legs: not closed|without closing {their} legs|legs: anything but together", does="keep {their} feet apart|leave a gap between {their} feet|stand without closing {their} feet|keep {their} legs from touching", on=("standing",)),
    _say(flat("both"), apart("left_ankle", "right_ankle", 0.08, 0.14), beyond("left_foot", "right_foot", "front", -0.05, 0.05), balanced("left_foot_middle", "right_foot_middle"), straight("both_leg"), tags="feet: not apart|legs: not spread|legs: not open|feet: without a gap|legs: kept together, not apart|feet: not spread but together|no gap: between the feet|feet: together, not apart", does="leave no space between {their} feet|stand without spreading {their} legs|keep {their} feet from parting|stand with no gap between the feet", on=("standing",)),
    _say(*BOTH_FEET, *_BESIDE, tags="legs: not crossed|ankles: not crossed|legs: side by side, not crossed|feet: not crossed|feet: next to each other, not crossed|legs: uncrossed|without crossing {their} legs", does="keep {their} legs uncrossed|stand without crossing {their} legs|uncross {their} ankles|keep {their} feet side by side, not crossed", on=("standing",)),
    _say(flat("both"), *_BESIDE, balanced("left_foot_middle", "right_foot_middle"), beyond("left_heel", "left_foot", "up", -0.06, 0.02), tags="heels: [on the floor|down], not lifted|not on {their} toes|heels: not raised|feet: flat, not on tiptoe|no heel: off the floor|not on tiptoe|soles: fully on the floor|neither heel: lifted|heels: staying down", does="keep {their} heels [down|on the floor]|stand flat-footed, not on tiptoe|stand without lifting {their} heels|keep {their} feet flat", on=("standing",)),
    _say(floor("both_foot"), beyond("left_heel", "left_foot", "up", 0.05), beyond("right_heel", "right_foot", "up", 0.05), balanced("left_foot", "right_foot"), straight("both_leg"), beyond("left_foot", "right_foot", "left", 0.08, 0.3), tags="heels: not touching the [floor|ground]|heels: not on the [floor|ground]|heels: off the floor, toes down|only the toes: on the floor|standing without the heels down|feet: not flat but on the toes", does="stand without touching the floor with {their} heels|keep {their} heels off the floor|stand on the front of {their} feet only|touch the floor with {their} toes only", on=("standing",)),
)  # fmt: skip

TRUNK_EXCLUSIONS: tuple[Family, ...] = (
    _say(spine(pitch=(-6, 4), roll=(-3, 3), yaw=(-4, 4)), aim("trunk", "up", 3, 9), tags="not [leaning|bent|tilted]|[torso|upper body|back]: not [leaning|bent]|without leaning|upright, not leaning|back: straight, not hunched|not bending [forward|at the waist]|leaning neither way|not slouching|not hunched|standing straight, no lean|posture: not slouched|not leaning anywhere|no lean at all", does="stay upright without leaning|keep {their} back straight, not bent|hold the torso straight without twisting", claims="root"),
    _ways((aim("trunk", "up front*0.75", 5, 12), spine(pitch=(22, 36))), (aim("trunk", "up left*0.58", 4, 10), spine(roll=(24, 36))), (aim("trunk", "up back*0.56", 4, 10), spine(pitch=(-34, -22))), tags="not upright|torso: not [upright|vertical|straight]|leaning, not upright|back: not straight up|body: not erect|trunk: off the vertical|upper body: anything but upright|torso: not straight up and down|[back|torso]: tilted, not vertical", does="lean instead of standing upright|stand without being upright|tilt {their} torso off the vertical", claims="root"),
    _ways(*_SIDEWAYS, tags="not looking [forward|ahead|straight ahead|at the camera]|head: not straight|[eyes|gaze]: not [forward|ahead]|without looking [forward|ahead]|face: not to the front|looking anywhere but ahead|not facing front|eyes: anywhere but on the camera|head: anything but straight", does="look anywhere but [forward|straight ahead]|look anywhere except ahead|keep {their} eyes off the camera"),
    _say(head(yaw=(-5, 5), pitch=(-6, 6), roll=(-4, 4)), aim("face", "front", 3, 12, frame="chest"), tags="head: not turned|head: not tilted|not looking [to the side|away|down|up]|without turning {their} head|head: straight, not turned", does="keep {their} head still, facing forward|look ahead without turning {their} head"),
    _say(head(yaw=(42, 62)), aim("face", "front left*1.2", 6, 26, frame="chest"), tags="head: to the {L}, not the {R}|eyes: {L} rather than {R}|looking {L}, not {R}|looking to the {L} instead of the {R}|head: turned {L}, not {R}|face: to the {L} rather than the {R}", does="face {L} with the head, not {R}|look {L} and not {R}|look {L}, not {R}|turn {their} head to the {L}, not to the {R}|look to the {L} instead of the {R}"),
    _say(head(pitch=(-56, -42)), aim("face", "front up*1.15", 5, 13), tags="looking up, not down|eyes: on the ceiling, not the floor|head: up rather than down|head: not lowered but tilted back|chin: up, not down|face: up instead of down", does="look up, not down|lift {their} chin, not lower it|keep {their} eyes up, not down|look up instead of down"),
    _say(head(pitch=(40, 54)), aim("face", "front down*1.25", 5, 13), tags="looking down, not up|eyes: on the floor, not the ceiling|face: down instead of up|head: down rather than up|head: not up but bowed|chin: down, not up", does="look down, not up|lower {their} head, not lift it|keep {their} eyes down, not up|look down instead of up"),
    _say(spine(yaw=(30, 46)), aim("shoulder_line", "left back*0.7", 5, 16, frame="hips"), tags="[torso|upper body]: twisted {L}, not {R}|twisted to the {L}, hips facing forward|chest: to the {L}, hips square|torso: turned {L} rather than {R}|only the upper body: turned to the {L}|shoulders: turned {L} without moving the hips", does="twist to the {L}, not the {R}|rotate {their} upper body {L}, not {R}|turn {their} chest to the {L} but *keep the hips facing forward|turn {their} shoulders {L} without turning the hips"),
    _say(spine(roll=(24, 36)), aim("trunk", "up left*0.58", 4, 10), tags="leaning {L}, not {R}|[torso|upper body]: tilted to the {L} rather than the {R}|leaning to the {L} but not forward", does="lean {L}, not {R}|tilt {L} rather than {R}|bend to the {L} side, not the {R}|lean to the {L} instead of the {R}|lean to the {L} but not forward", claims="root"),
)  # fmt: skip

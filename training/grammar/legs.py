# SPDX-License-Identifier: GPL-3.0-or-later
"""What the legs of a standing body do: a lifted leg, bent knees, how the feet stand."""

# Phrases are data and stand on one line.
# ruff: noqa: E501

from __future__ import annotations

from training.grammar.entries import clause
from training.grammar.intent import Part, aim, apart, balanced, bend, beyond, flat, floor, straight, touch
from training.grammar.limbs import Family, Way, one, sideless
from training.grammar.phrases import split

STAND_RIGHT: tuple[Part, ...] = (
    flat("right"), balanced("right_foot_middle", metres=0.08), aim("trunk", "up", 4, 20), bend("right_knee", 2, 22),
    aim("right_foot", "front right*0.2", 6, 30),
)  # fmt: skip
"""Standing on the right leg."""
BOTH_FEET: tuple[Part, ...] = (
    flat("both"), balanced("left_foot_middle", "right_foot_middle"), aim("both_foot", "front left*0.25", 8, 30),
)  # fmt: skip
_BESIDE = (
    beyond("left_ankle", "right_ankle", "left", 0.1, 0.4),
    beyond("left_ankle", "right_ankle", "front", -0.12, 0.12),
)


def _lifted(*parts: Part, how: str, does: str = "", noun: str = "leg", either: bool = True, stand: tuple[Part, ...] = STAND_RIGHT) -> Family:  # fmt: skip
    way = Way((*parts, *stand), how, does, noun=noun, on=("standing",), either=either)
    rest = [phrase for phrase in split(sideless(how)) if "other" not in phrase]
    acts = [phrase for phrase in split(sideless(does)) if "other" not in phrase and not phrase.startswith("stand")]
    if not rest or not acts:
        return one(way)
    # The standing leg is named, and what the other does.
    hows, do = "|".join(rest), "|".join("*" + phrase.replace("{it}", f"the other {noun}") for phrase in acts)
    told = clause(
        *way.parts,
        tags=f"standing on the {{R}} [leg|foot], the other {noun} [{hows}]|{{R}} leg: on the floor, the other [one|{noun}] [{hows}]|on the {{R}} [leg|foot] with the other {noun} [{hows}]",
        does=f"[stand|balance] on {{their}} {{R}} [leg|foot] and [{do}]|[stand|balance] on the {{R}} [leg|foot], the other {noun} [{hows}]|put all {{their}} weight on the {{R}} [leg|foot] and [{do}]",
        on=way.on,
    )
    return (*one(way), told)


LIFTED_FAMILIES: tuple[Family, ...] = (
    _lifted(aim("left_thigh", "front", 7, 22), bend("left_knee", 75, 110), noun="knee",
            how="[raised|lifted|up|held up|pulled up|brought up] [|in front] [to hip height|to waist level|at hip height|]|raised until the thigh is level|up in front [|at a right angle]|lifted to {their} waist|hoisted to hip level|up as if climbing a stair|up like a flamingo's|raised 90 degrees in front|hiked up to the waist|lifted, hip flexed to 90°|brought up until the thigh is level",
            does="[raise|lift|bring|pull|hold|hoist] {it} [up |][to hip height|to {their} waist|in front]|lift {it} [up |][|high]|raise {it} until the thigh is level [|with the floor]|hike {it} up|drive {it} up to the waist|march {it} up|tuck {it} up in front"),
    _lifted(aim("left_thigh", "front", 7, 22), bend("left_knee", 75, 110), noun="leg",
            how="[raised|lifted] with the knee bent [|at a right angle|90 degrees]|lifted in front, knee bent|up, bent at the knee|raised like a marching soldier's|lifted, thigh parallel to the [floor|ground]|flexed 90 degrees at the hip and knee|folded up in front like a stork's|up in a 90-90 bend|in the air, bent at hip and knee",
            does="[raise|lift] {it} with the knee bent|march with {it} up|lift {it} until the thigh is parallel to the floor|stand like a flamingo with {it} up"),
    _lifted(aim("left_thigh", "front down*0.75", 6, 20), bend("left_knee", 40, 85), noun="[foot|leg|knee]",
            how="[slightly|a little] raised|lifted [slightly|a little|a few inches] off the [floor|ground]|barely off the ground|lifted low in front|a hair off the ground, knee bent|picked up just a bit|hovering an inch off the floor",
            does="[lift|raise] {it} [slightly|a little|a few inches] [|off the floor]|hold {it} just off the ground"),
    (clause(aim("left_thigh", "front up*0.7", 7, 24), bend("left_knee", 85, 145), *STAND_RIGHT, on=("standing",),
            tags="{L} knee: [pulled |drawn |brought |]up to {their} [chest|ribs]|{L} knee: raised [|up] above hip height|{L} knee: [at|near|close to] the chest|{L} thigh: [lifted|raised] above the horizontal|{L} knee: high|one knee: pulled up to the chest|{L} knee: as high as it goes|{L} knee: way up high|{L} knee: hiked up to the ribs|{L} knee: up by the chest like a sprinter's",
            does="[bring|pull|draw|raise|lift] {their} {L} knee [up |]to {their} [chest|ribs]|raise the {L} knee [high|above hip height]|bring one knee up to the chest|do a high knee with the {L} leg"),),
    _lifted(aim("left_leg", "front down*0.4", 8, 22), bend("left_knee", 2, 12), noun="[leg|leg|foot]",
            how="[lifted|raised|stretched|extended|held|kicked] [straight |]out in front|[raised|lifted|extended|swung] forward [|off the ground|with a straight knee]|straight out in front [|off the floor]|kicked forward|in front, off the ground, knee straight|pointing forward, straight|stuck out in front like a goose-stepping soldier's|swung out ahead, nice and straight|off the floor, straight, toes ahead",
            does="[lift|raise|stretch|extend|kick|hold|stick] {it} [straight |]out in front|[raise|swing|kick|lift] {it} forward|kick [forward|out in front] with {it}|stick {it} out ahead|swing {it} out ahead, knee locked|fling {it} forward|goose-step with {it}"),
    _lifted(aim("left_leg", "front", 8, 22), bend("left_knee", 2, 28), noun="[leg|leg|foot]", stand=(*STAND_RIGHT[:2], bend("right_knee", 2, 30), aim("trunk", "up back*0.15", 6, 24)),
            how="[lifted|raised|kicked|held] [straight |]out in front at [hip|waist] height|raised [level|to hip height] in front|horizontal in front|parallel to the floor in front|kicked high in front|at a right angle to the body, straight|flexed 90 degrees at the hip, knee straight|straight out in front, level with the hip|in a high front kick|in a right angle to the standing leg, forward",
            does="[lift|raise|kick|hold] {it} [straight |]out in front at hip height|kick high [forward|in front] with {it}|hold {it} parallel to the floor in front"),
    _lifted(aim("left_leg", "front down*0.95", 6, 18), bend("left_knee", 2, 12), noun="[leg|foot]",
            how="[raised|lifted|stretched] [low|slightly|a little] in front [|off the ground]|hovering in front of {their} body|stuck out low in front", does="[raise|lift|stick] {it} [a little|slightly] forward off the ground|hover {it} in front"),
    _lifted(aim("left_leg", "left down*0.65", 6, 15), bend("left_knee", 2, 12), noun="[leg|leg|foot]",
            how="[lifted|raised|stretched|extended|kicked|held] [straight |]out to the side|[lifted|raised|swung] sideways [|off the ground]|out to the side [off the floor|in the air]|abducted [45|40] degrees|off the ground, out to the {L}|stuck out to the side|swung out sideways, knee locked|out to the side, nice and straight, off the floor|in a side leg raise|flung out sideways",
            does="[lift|raise|stretch|extend|kick|hold|stick|swing] {it} [straight |]out to the [side|{L}]|[raise|lift] {it} sideways|kick {it} to the side|abduct {it}|fling {it} out sideways|do a side leg raise with {it}|swing {it} sideways off the floor"),
    _lifted(aim("left_leg", "left down*0.3", 7, 22), bend("left_knee", 2, 28), noun="leg", stand=(flat("right"), balanced("right_foot_middle", metres=0.09), bend("right_knee", 2, 30), aim("trunk", "up right*0.4", 8, 32)),
            how="[kicked|raised|lifted] high to the side|[raised|lifted] to the side to [hip|waist] height|nearly horizontal to the side|[stretched|held] out sideways at hip height", does="[kick|raise|lift] {it} high to the side|kick sideways at hip height with {it}|lift {it} sideways to hip height"),
    _lifted(aim("left_leg", "left down*2.2", 6, 16), bend("left_knee", 2, 12), noun="[leg|foot]", how="[lifted|raised] [slightly|a little] to the side|just off the ground to the side", does="[lift|raise] {it} [slightly|a little] to the side"),
    _lifted(aim("left_leg", "back down*0.8", 6, 16), bend("left_knee", 2, 12), noun="[leg|leg|foot]", stand=(flat("right"), balanced("right_foot_middle", metres=0.09), bend("right_knee", 2, 25), aim("trunk", "up front*0.5", 8, 28)),
            how="[lifted|raised|stretched|extended|kicked|held|swung] [straight |]back|[lifted|raised|stretched|extended] [straight |][out |]behind [|the body|{their} body]|in the air behind [|the body]|up behind, knee straight|out to the back, off the ground|kicked out straight behind|stretched back like a skater's|in a low arabesque|flung out behind|lifted off the floor to the rear",
            does="[lift|raise|stretch|extend|kick|swing|hold] {it} [straight |][back|behind {their} body|backward|out behind]|kick [back|backward] with {it}|reach back with {it}|fling {it} out behind|stick {it} out behind|thrust {it} back|swing {it} way back off the floor"),
    _lifted(aim("left_leg", "back down*2.4", 5, 14), bend("left_knee", 2, 12), noun="[leg|foot]", how="[lifted|raised|stretched] [slightly|a little] [back|behind]|just off the ground behind|trailing behind, off the floor", does="[lift|raise|swing] {it} [slightly|a little] [back|behind]"),
    _lifted(aim("left_thigh", "down", 7, 22), bend("left_knee", 85, 120), noun="[foot|heel]",
            how="[lifted|raised|kicked up|held up] behind [|, knee bent]|up behind [|the body]|off the ground behind with the knee bent|kicked up towards {their} [buttock|bottom|butt]|up at knee height behind|flicked up behind|curled up behind|kicked up towards {their} bum|bent up behind, thigh hanging",
            does="[lift|kick|raise|hold] {it} [up |]behind [|{their} body]|kick {it} up towards {their} [buttock|bottom]|flick {it} up behind|curl {it} up behind|bring {it} up towards {their} bum"),
    (clause(aim("left_thigh", "down", 7, 24), bend("left_knee", 115, 146), *STAND_RIGHT, on=("standing",),
            tags="{L} heel: [pulled|kicked|drawn] [up |]to {their} [buttock|bottom|butt]|{L} heel: at the buttock|{L} knee: fully bent, heel at the bottom|{L} leg: folded up behind|{L} heel: all the way up to {their} bum|{L} heel: glued to {their} butt|{L} foot: tucked up under the bottom|{L} leg: in a butt kick",
            does="[kick|pull|bring|draw] {their} {L} heel [up |]to {their} [buttock|bottom|butt]|bend the {L} knee until the heel is at the bottom|fold the {L} leg up behind|bring {their} {L} heel up to {their} bum|do a butt kick with the {L} heel|tuck the {L} heel up under {their} bum"),),
    _lifted(aim("left_thigh", "left down*0.35", 8, 26), bend("left_knee", 70, 120), noun="knee",
            how="[raised|lifted] [out |]to the side|up and out to the side|out to the side, foot off the ground|lifted sideways like a dog at a hydrant|turned out and lifted", does="[raise|lift] {it} [out |]to the side|open {it} to the side"),
    _lifted(aim("left_thigh", "left*0.8 down*0.8 front*0.4", 8, 30), touch("left_sole", "right_inner_knee", 0.03), noun="foot", stand=STAND_RIGHT,
            how="[resting |placed |propped |pressed |]against the [other|{R}|standing] knee|on the inside of the [other|{R}] knee|on the inner side of the standing leg|[pressed |]to the {R} knee",
            does="[put|place|rest|press|prop] {it} against the [other|{R}|standing] knee|stand with {it} on the inside of the other knee"),
    _lifted(aim("left_leg", "down*1.3 right*0.8 front*0.45", 7, 24), noun="leg", stand=(flat("right"), balanced("right_foot_middle", metres=0.09), bend("right_knee", 2, 25), aim("trunk", "up", 5, 22)),
            how="[swung|lifted|raised|kicked] across [the body|the other leg|in front of the {R} one]|crossing in front of the {R} leg, off the ground", does="[swing|lift|kick] {it} across [{their} body|the other leg]"),
    (clause(aim("left_thigh", "down front*0.6", 9, 30), bend("left_knee", 45, 110), beyond("left_ankle", "right_ankle", "up", 0.22), *STAND_RIGHT, on=("standing",),
            tags="on one leg|on one foot|balancing on one leg|{L} foot: off the [ground|floor]|{L} foot: in the air|on the {R} leg [only|]|only the {R} foot: on the [ground|floor]|one foot: off the [ground|floor]|on {their} {R} foot",
            does="stand on one [leg|foot]|balance on one [leg|foot]|stand on {their} {R} [leg|foot] [only|]|balance on the {R} [leg|foot]|take {their} {L} foot off the [ground|floor]|lift one foot [|off the ground]|hop on the {R} foot|keep the {L} foot off the ground"),),
    (clause(beyond("left_knee", "left_hip", "up", -0.05, 0.05), bend("left_knee", 70, 120), *STAND_RIGHT, on=("standing",),
            tags="{L} knee: [at|raised to|level with] [|the ]hip [height|level|]|{L} knee: as high as the hip|one knee: at hip height",
            does="lift the {L} knee to hip height|raise {their} {L} knee level with the hip|hold one knee at hip height"),),
    (clause(beyond("left_ankle", "right_knee", "up", -0.07, 0.06), bend("left_knee", 50, 130), *STAND_RIGHT, on=("standing",),
            tags="{L} foot: [at|raised to|lifted to] knee [height|level]|{L} foot: beside the other knee|one foot: lifted to the other knee's height|{L} ankle: level with the {R} knee|{L} foot: level with the {R} knee|one foot: at knee height|{L} foot: as high as the other knee",
            does="[lift|raise] {their} {L} foot to knee height|hold the {L} foot at the height of the other knee"),),
    (clause(aim("left_leg", "front up*0.05", 9, 35), aim("trunk", "up back*0.2", 8, 32), beyond("left_ankle", "left_hip", "up", -0.1, 0.2), bend("left_knee", 2, 60), flat("right"), balanced("right_foot_middle", metres=0.1), bend("right_knee", 2, 35), on=("standing",), claims="root trunk",
            tags="{L} foot: [at|raised to|kicked to] [hip|waist] height|{L} foot: up at the belt|{L} leg: up in front, foot at hip level|{L} foot: raised waist-high in front|{L} foot: as high as the hip", does="[kick|lift|raise] {their} {L} foot to [hip|waist] height|kick waist-high with the {L} foot"),),
    _lifted(aim("left_thigh", "front*0.9 down*0.3", 8, 24), aim("left_shin", "down", 7, 20), noun="shin", how="[hanging |]vertical, thigh lifted|hanging straight down from a lifted knee|straight down under a raised knee|dangling from a lifted thigh|perpendicular to the floor, knee up", does="hang {it} straight down from a raised knee|keep {it} vertical under the lifted thigh"),
    _lifted(aim("left_thigh", "front", 7, 22), noun="thigh", how="[level|horizontal|parallel to the [floor|ground]]|lifted to the horizontal|raised in front", does="[raise|lift] {it} until it is [level|horizontal]|hold {it} parallel to the floor"),
)  # fmt: skip
"""One leg off the ground."""


def _feet(*parts: Part, tags: str, does: str = "", claims: str = "") -> Family:
    return (clause(*parts, tags=tags, does=does, claims=claims, on=("standing",)),)


FEET_FAMILIES: tuple[Family, ...] = (
    _feet(flat("right"), floor("left_foot"), beyond("left_foot_middle", "right_foot_middle", "front", 0.28, 0.55), balanced("right_foot_middle", "left_foot_middle", 0.09), straight("both_leg"),
          tags="{L} foot: [in front|forward|ahead|a step ahead] [|of the {R}]|{L} leg: [in front|forward|a step ahead]|one foot: in front of the other|{R} foot: [behind|a step back|behind the {L}]|feet: staggered, {L} in front|in a staggered stance|{L} foot: ahead of the {R} [one|foot]",
          does="[put|place|set|step] {their} {L} foot [in front|forward|ahead] [|of the {R}]|step forward with the {L} [foot|leg]|step back with the {R} foot|put one foot in front of the other|stand with one foot ahead of the other"),
    _feet(flat("left"), floor("right_foot"), beyond("left_foot_middle", "right_foot_middle", "front", 0.55, 0.85), balanced("right_foot", "left_foot_middle", 0.1), bend("left_knee", 5, 45), bend("right_knee", 2, 30), aim("trunk", "up front*0.1", 5, 18),
          tags="{L} foot: far [in front|ahead|forward]|{R} foot: far behind|legs: in a long stride, {L} in front|in a long stride|feet: far apart, one in front of the other",
          does="take a [long|big|wide] step forward with the {L} [foot|leg]|stride out with the {L} leg|step far back with the {R} foot"),
    _feet(*BOTH_FEET, beyond("left_ankle", "right_ankle", "left", 0.5, 0.8), beyond("left_ankle", "right_ankle", "front", -0.12, 0.12), bend("both_knee", 2, 28),
          tags="[feet|legs]: [wide|far|well] apart|legs: [spread|spread wide|wide open|astride|straddled]|feet: [spread|planted|set] wide|in a wide stance|feet: wider than {their} shoulders|feet: more than shoulder-width apart|feet: planted super wide|legs: in an upside-down V|feet: way apart|legs: spread like [a star's|an A]|in a power stance, feet wide",
          does="stand with {their} [feet|legs] [wide|far] apart|spread {their} [legs|feet] [|wide]|plant {their} feet wide|stand in a wide stance|straddle|take a wide stance|plant {their} feet nice and wide|stand with legs spread like an upside-down V|widen {their} stance|set {their} feet well apart"),
    _feet(*BOTH_FEET, beyond("left_ankle", "right_ankle", "left", 0.3, 0.44), beyond("left_ankle", "right_ankle", "front", -0.1, 0.1), straight("both_leg"),
          tags="[feet|legs]: shoulder-width apart|feet: as far apart as the shoulders|[feet|legs]: [slightly |a bit |]apart|feet: under the shoulders|feet: at shoulder width",
          does="stand with {their} feet [shoulder-width apart|slightly apart|at shoulder width]|place {their} feet shoulder-width apart"),
    _feet(*BOTH_FEET, beyond("left_ankle", "right_ankle", "left", 0.16, 0.26), beyond("left_ankle", "right_ankle", "front", -0.08, 0.08), straight("both_leg"),
          tags="feet: hip-width apart|feet: under the hips|feet: a little apart, under the hips|feet: as wide as the hips|feet: at hip distance|feet: in line with the hips|legs: hip-width apart|feet: a foot apart", does="stand with {their} feet hip-width apart|set {their} feet as wide as the hips|stand with feet at hip distance|place {their} feet under the hips"),
    _feet(flat("both"), apart("left_ankle", "right_ankle", 0.08, 0.13), beyond("left_foot", "right_foot", "front", -0.04, 0.04), balanced("left_foot_middle", "right_foot_middle"), aim("both_foot", "front", 4, 20), straight("both_leg"),
          tags="[feet|legs|heels]: together|[feet|legs]: [pressed|held|kept] together|feet: side by side, touching|legs: closed|feet: close together|feet: touching|feet: glued together|feet: tight together like a soldier's|legs: zipped together|feet: snug next to each other",
          does="[bring|put|keep|press] {their} [feet|legs] together|stand with {their} [feet|legs] [together|closed]|close {their} legs"),
    _feet(flat("both"), apart("left_heel", "right_heel", 0.04, 0.12), aim("both_foot", "front left*0.9", 7, 24), balanced("left_foot_middle", "right_foot_middle"), straight("both_leg"),
          tags="heels: together, toes [apart|out]|heels: touching, feet in a V|feet: forming a V|toes: turned out, heels joined|feet: turned out with heels touching|feet: in a V|in ballet first position", does="stand with heels together and toes apart|make a V with {their} feet|stand in first position|join {their} heels and *open the toes|turn {their} toes out with the heels together"),
    _feet(flat("both"), *_BESIDE, aim("both_foot", "front left", 7, 22), balanced("left_foot_middle", "right_foot_middle"), straight("both_leg"),
          tags="[feet|toes]: [turned|pointing] [out|outward]|feet: splayed|toes: out|feet: turned out like a duck's", does="[turn|point] {their} [feet|toes] [out|outward]|stand like a duck with feet turned out"),
    _feet(flat("both"), beyond("left_heel", "right_heel", "left", 0.2, 0.45), aim("both_foot", "front right*0.5", 6, 20), balanced("left_foot_middle", "right_foot_middle"), bend("both_knee", 2, 30),
          tags="[feet|toes]: [turned|pointing] [in|inward]|pigeon-toed|toes: in", does="[turn|point] {their} [feet|toes] [in|inward]|stand pigeon-toed"),
    _feet(floor("both_foot"), flat("left"), beyond("right_ankle", "left_ankle", "left", 0.1, 0.24), beyond("right_ankle", "left_ankle", "front", 0.06, 0.22), balanced("left_foot_middle", "right_foot_middle", 0.09), bend("left_knee", 2, 15), bend("right_knee", 5, 35),
          tags="[legs|ankles|feet]: crossed|[legs|ankles|feet]: crossed, {R} in front|{R} [foot|leg]: crossed in front of the {L}|{R} foot: crossed over the {L}|{L} foot: crossed behind the {R}",
          does="cross {their} [legs|ankles|feet]|stand with {their} [legs|ankles|feet] crossed|cross the {R} [foot|leg] [in front of|over] the {L}|cross the {L} foot behind the {R}"),
    _feet(floor("both_foot"), beyond("left_heel", "left_foot", "up", 0.05), beyond("right_heel", "right_foot", "up", 0.05), balanced("left_foot", "right_foot"), beyond("left_foot", "right_foot", "left", 0.08, 0.3), straight("both_leg"),
          tags="on tiptoe|on {their} [toes|tiptoes]|on the balls of {their} feet|both heels: [off the floor|lifted|raised]|heels: [up|off the ground]|plantarflexed|in a calf raise|in releve|up on {their} toes, heels way off the floor|heels: high off the floor", does="[stand|rise|go] [up |]on [tiptoe|{their} toes]|lift [both|{their}] heels [|off the floor]|balance on the balls of {their} feet|do a calf raise|come up onto {their} toes|get up on {their} tiptoes|rise to releve"),
    _feet(floor("both_foot"), flat("right"), *_BESIDE[:1], beyond("left_heel", "left_foot", "up", 0.05), balanced("right_foot_middle", "left_foot", 0.1), bend("left_knee", 20, 60), bend("right_knee", 2, 20),
          tags="{L} heel: [raised|lifted|up|off the floor]|{L} foot: on [its toes|tiptoe]|one heel: [raised|lifted]|only the toes of the {L} foot: on the floor|{L} heel: popped|{L} foot: on the ball, heel up|{L} heel: peeled off the floor|{L} foot: flexed onto its toes", does="[lift|raise] {their} {L} heel [|off the floor]|pop the {L} knee with the heel up|rest the {L} foot on its toes"),
    _feet(flat("right"), floor("left_heel"), beyond("left_foot", "left_heel", "up", 0.06), beyond("left_ankle", "right_ankle", "front", 0.12, 0.4), balanced("right_foot_middle", "left_heel", 0.1), straight("left_leg"), bend("right_knee", 2, 40),
          tags="{L} heel: on the floor [in front|ahead], toes up|{L} foot: on its heel in front|{L} toes: pulled up, heel down|only the {L} heel: down in front|{L} foot: flexed, heel on the floor ahead|{L} toes: [up|lifted|off the floor]|{L} foot: resting on its heel", does="rest the {L} heel on the floor in front|put the {L} foot on its heel|pull the {L} toes up|show the sole of the {L} foot|dig the {L} heel in|lift the {L} toes|tap the {L} heel in front"),
    _feet(flat("right"), aim("left_foot", "down front*0.5", 8, 25), straight("left_leg"), aim("left_leg", "front down*1.4", 6, 18), balanced("right_foot_middle", metres=0.09), bend("right_knee", 2, 25),
          tags="{L} toes: pointed, leg forward|{L} foot: pointed in front|{L} toes: stretched, leg in front|{L} leg: in front, toes pointing|{L} foot: extended in front like a ballet dancer's|{L} leg: forward with pointed toes", does="point the {L} toes in front|stretch {their} {L} foot out in front, toes pointed|show the {L} foot with pointed toes|extend the {L} leg forward with pointed toes"),
    _feet(*BOTH_FEET, bend("both_knee", 15, 35), *_BESIDE, tags="knees: [slightly|a little|softly] bent|knees: soft|legs: [slightly|a bit] bent|knees: unlocked|knees: with a little give|knees: kinda bent|knees: slightly flexed", does="bend {their} knees [slightly|a little|a bit]|soften {their} knees|unlock {their} knees"),
    _feet(*BOTH_FEET, bend("both_knee", 42, 75), *_BESIDE, tags="knees: bent|both knees: bent|legs: bent|knees: [half|well|clearly] bent|in a half squat|knees: flexed|knees: bent in an athletic stance|legs: in a half crouch|knees: nicely bent|halfway down to a squat", does="bend {their} knees|bend both [knees|legs]|sink into {their} knees|half squat|flex {their} knees|lower into a half squat"),
    _feet(*BOTH_FEET, bend("both_knee", 84, 98), aim("both_thigh", "front left*0.3 down*0.25", 7, 28), aim("trunk", "up front*0.6", 8, 28), *_BESIDE, tags="knees: bent [at right angles|90 degrees|ninety degrees]|both knees: at a right angle|thighs: parallel to the [floor|ground]|in a parallel squat", does="bend {their} knees to a right angle|squat until {their} thighs are parallel to the floor|bend both knees 90 degrees|squat down to 90 degrees", claims="root trunk"),
    _feet(*BOTH_FEET, bend("both_knee", 110, 138), beyond("left_ankle", "right_ankle", "left", 0.2, 0.5), aim("trunk", "up front*0.6", 9, 34), tags="knees: [deeply|fully|sharply] bent|both knees: deeply bent|low on bent legs|in a full squat", does="bend {their} knees [deeply|as far as they go]|squat all the way down|sink into a deep squat|drop {their} hips to {their} heels"),
    _feet(*BOTH_FEET, bend("both_knee", 2, 10), *_BESIDE, tags="legs: [straight|stretched]|knees: [straight|locked|extended]|both legs: straight|both knees: straight|legs: nice and straight|knees: locked out|legs: fully extended|legs: dead straight|knees: snapped straight", does="[keep|hold] {their} legs straight|straighten {their} [knees|legs]|lock {their} knees|stand with straight legs|lock those knees|keep those legs nice and straight|keep the knees locked out"),
    _feet(flat("right"), floor("left_foot"), bend("left_knee", 25, 60), straight("right_leg"), *_BESIDE[:1], beyond("left_ankle", "right_ankle", "front", -0.1, 0.25), balanced("right_foot_middle", metres=0.1),
          tags="{L} knee: [slightly |]bent, {R} leg straight|one knee: bent [|and the other leg straight]|{R} leg: straight, {L} knee bent|{L} knee: bent, foot on the floor|{L} knee: relaxed", does="bend {their} {L} knee [|slightly]|bend the {L} knee and *keep the {R} leg straight|relax the {L} knee"),
    _feet(flat("left"), floor("right_foot"), bend("left_knee", 70, 100), bend("right_knee", 2, 35), aim("right_leg", "back down*0.75", 6, 25), aim("left_thigh", "front down*0.4", 8, 26), aim("trunk", "up front*0.15", 6, 22), balanced("left_foot_middle", "right_foot", 0.12),
          tags="{L} knee: bent in a lunge, {R} leg straight behind|in a forward lunge|{R} leg: long behind, {L} knee bent|lunging with the {L} leg ahead|{L} leg: in front in a lunge|in a lunge on the {L} leg|{L} knee: [bent|at a right angle] in front, {R} leg stretched back", does="lunge onto the {L} leg|lunge forward|do a lunge|sink into the {L} knee, {R} leg back|lunge with the {L} knee in front|step the {R} leg far back and *bend the {L} knee"),
    _feet(flat("both"), apart("left_knee", "right_knee", 0.12, 0.19), balanced("left_foot_middle", "right_foot_middle"), beyond("left_ankle", "right_ankle", "left", 0.16, 0.42), bend("both_knee", 5, 45),
          tags="knees: [together|touching|pressed together], feet apart|knock-kneed|knees: [turned|pointing] in", does="[press|put|squeeze] {their} knees together [|with feet apart]|knock {their} knees"),
    _feet(flat("both"), bend("both_knee", 35, 75), beyond("left_knee", "right_knee", "left", 0.48, 0.9), balanced("left_foot_middle", "right_foot_middle"), aim("both_foot", "front left*0.8", 9, 35), beyond("left_ankle", "right_ankle", "left", 0.3, 0.8),
          tags="knees: [apart|out|wide apart|turned out], bent|bow-legged|knees: bent outward|in a plié", does="bend {their} knees outward|open {their} knees to the sides|do a plie|squat a little with knees apart"),
    _feet(flat("left"), floor("right_foot"), balanced("left_foot_middle", metres=0.07), beyond("left_ankle", "right_ankle", "left", 0.14, 0.4), bend("right_knee", 15, 45), straight("left_leg"),
          tags="weight: on [the|{their}] {L} [leg|foot]|weight: shifted to the {L} [leg|foot]|{L} leg: bearing the weight|weight: off the {R} leg|weight: all on the {L} [leg|side]|weight: dropped into the {L} hip|{R} leg: relaxed, {L} one loaded|in contrapposto, weight on the {L} leg|{R} knee: soft, weight over the {L} foot", does="[put|shift|place|rest] {their} weight on [the|{their}] {L} [leg|foot]|lean on the {L} leg|take the weight off the {R} leg|stand on the {L} leg with the {R} one relaxed|stand in contrapposto on the {L} leg|sink into the {L} hip|let the {R} leg relax with the weight on the {L} one|shift all {their} weight over to the {L} [leg|foot]"),
    _feet(*BOTH_FEET, *_BESIDE, tags="both feet: [flat |planted |firmly |]on the [floor|ground]|feet: flat on the [floor|ground]|soles: on the ground|both feet: planted", does="keep both feet [flat |]on the [floor|ground]|plant both feet on the ground|have both feet on the floor"),
    _feet(flat("right"), floor("left_foot"), beyond("right_ankle", "left_ankle", "left", -0.1, 0.02), beyond("right_ankle", "left_ankle", "front", 0.15, 0.4), balanced("right_foot_middle", "left_foot_middle", 0.09),
          tags="feet: in one line, {R} in front of the {L}|feet: heel to toe, {R} in front|feet: on a line, one before the other|{R} heel: touching the {L} toes|feet: tandem, {R} foot ahead|{R} foot: straight in front of the {L}|on a tightrope, {R} foot in front", does="place the {R} foot in line in front of the {L}|put one foot directly in front of the other|stand in a tandem stance, {R} foot ahead|balance with feet in one line|stand heel to toe with the {R} foot in front"),
)  # fmt: skip
"""How feet and knees are on the floor."""

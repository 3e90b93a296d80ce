# SPDX-License-Identifier: GPL-3.0-or-later
"""Where arms point and how they bend."""

# Phrases are data and stand on one line.
# ruff: noqa: E501

from __future__ import annotations

import itertools

from training.grammar.entries import clause
from training.grammar.intent import Part, aim, apart, bend, beyond, straight
from training.grammar.limbs import Family, Way, both, one, only, pair


def _line(direction: str, how: str, does: str = "", both_how: str = "", both_does: str = "", noun: str = "[arm|arm|hand]", nouns: str = "[arms|arms|hands]") -> Way:  # fmt: skip
    return Way(
        (*aim("left_arm", direction, 9, 23), *straight("left_arm")),
        how,
        does,
        both_how,
        both_does,
        noun=noun,
        nouns=nouns,
    )


_UP_HOW = "[raised|lifted|stretched|held|extended|thrust|reaching|pointing] [straight |]up [|in the air|high|towards the sky|to the ceiling]|up|straight up|overhead|up high|[raised|held|stretched] [overhead|above the head|over {their} head]|high in the air|up in the air|vertical, pointing up|pointing [at the ceiling|at the sky|skyward|straight up]|reaching for the [sky|ceiling|stars]|fully raised|raised all the way|fingertips pointing at the sky|straight above {their} head|way up [high|in the air|]|[all the way |super |]high up|sticking straight up|shooting up|stretched sky-high|reaching for something on a high shelf|flexed 180 degrees|at twelve o'clock|in line with the ears|reaching up towards the heavens|pointing to the zenith"
_UP_DOES = "[raise|lift|stretch|put|stick|throw|extend|hold|bring|thrust] {it} [straight |]up [|in the air|overhead|above {their} head|towards the sky]|raise {it}|reach [straight |]up [|high|to the sky] with {it}|point {it} [at the sky|at the ceiling|straight up]|reach for the sky with {it}|hold {it} high [|above {their} head]|stretch {it} to the ceiling|stick {it} [way |]up [high|in the air]|shoot {it} up|fling {it} up|hoist {it} [all the way |]up|get {it} [all the way |]up|throw {it} up in the air|reach {it} way up high|bring {it} up overhead, elbow straight"
UP = _line(
    "up",
    _UP_HOW
    + "|up as if [hailing a cab|calling a taxi]|raised as in class|up like [a flagpole|the Statue of Liberty's]|beside the ear, straight",
    _UP_DOES
    + "|flag down a taxi with {it}|hail a cab with {it}|hold {it} up by the ear|hold {it} up to the sky like a torch",
    both_how=_UP_HOW
    + "|up like a touchdown sign|raised in surrender, straight up|up beside the ears|up, parallel to each other|above {their} head in one long line",
    both_does=_UP_DOES + "|signal a touchdown with {it}|stretch {it} up like someone just awake",
)
FRONT = _line(
    "front",
    "[stretched|held|extended|reaching|thrust|pointing] [straight |]out in front [|of the body|of {their} chest]|[stretched|held|raised|extended|lifted|reaching|pointing] [straight |]forward [|at shoulder height|at shoulder level]|straight out in front|horizontal in front of the body|level with the shoulder, pointing forward|parallel to the floor, pointing forward|forward|out front|raised in front [to|at] shoulder height|flexed 90 degrees at the shoulder|dead straight in front|jutting straight out in front|at 90 degrees to the body, forward|perpendicular to the torso in front|out in front, nice and straight|reaching toward the camera|towards the viewer|in line with the shoulder, out ahead|aimed straight ahead|held out as if [pushing a door|pointing a gun]",
    "[stretch|hold|extend|put|stick|raise|lift|swing|thrust|reach] {it} [straight |]out in front [|of {their} body]|[stretch|extend|raise|lift|point|reach|bring] {it} [straight |]forward [|to shoulder height]|reach [forward|out in front|straight ahead] with {it}|point [ahead|forward] with {it}|hold {it} level in front|fling {it} forward|stick {it} [straight |]out front|lift {it} in front until it is parallel to the floor|shove {it} forward|flex {it} forward to 90 degrees|hold {it} out towards the camera|reach {it} out ahead, elbow straight",
    both_how="[stretched|held|extended|reaching|thrust|pointing] [straight |]out in front [|of the body]|[stretched|held|raised|extended|lifted|reaching|pointing] [straight |]forward [|at shoulder height]|straight out in front|horizontal in front of the body|parallel to the floor, pointing forward|forward|out front like a [sleepwalker|zombie]|raised in front [to|at] shoulder height|straight ahead as if sleepwalking|zombie style|dead straight in front|in front, nice and straight|at 90 degrees to the body, forward|reaching toward the camera|held out like Frankenstein's monster|both straight ahead, parallel to each other",
)
SIDE = _line(
    "left",
    "[stretched|held|extended|raised|lifted|reaching|pointing] [straight |]out to the side [|at shoulder height|at shoulder level]|[stretched|held|raised|extended] [out |]sideways|straight out to the side|horizontal, out to the side|abducted [to |]90 degrees|out to the {L}|pointing {L}|[stretched|held|pointing] [straight |]out to the {L}|parallel to the floor, out to the side|out sideways at shoulder height|level with the shoulder, out to the side|straight out to its own side|sticking out sideways|flung out to the side|out like a wing|horizontal to the side|perpendicular to the body, out sideways|stretched away from the body at shoulder level|in line with the shoulders, to the side|out like a signpost",
    "[stretch|hold|extend|put|stick|raise|lift|swing] {it} [straight |]out to the side|[stretch|hold|raise|lift] {it} [out |]sideways [|to shoulder height]|point [to the {L}|{L}] with {it}|reach out to the side with {it}|raise {it} to the side at shoulder height|abduct {it} to 90 degrees|fling {it} out [to the side|sideways]|lift {it} sideways until it is level|stick {it} out like a wing|bring {it} up level with the shoulder, out to the side|signal a turn with {it}",
    both_how="[stretched|held|extended|raised|lifted|reaching] [straight |]out to the sides [|at shoulder height]|[stretched|held|raised|extended] [out |]sideways|straight out to the sides|spread [wide|out]|[wide|] open to the sides|in a T|in a T shape|held out like [wings|an airplane|a scarecrow]|forming a T|parallel to the floor, out to the sides|abducted 90 degrees|spread like wings|in T-pose position|like a T|flung wide open|out like [a cross|airplane wings|a tightrope walker]|wide like a scarecrow's|[wide |]open, horizontal|stretched from side to side|like the letter T|in second position, straight|spread-eagled at shoulder height|like someone on a balance beam|out to either side, nice and level",
    both_does="[stretch|hold|extend|put|stick|raise|lift|swing] {it} [straight |]out to the sides|[stretch|hold|raise] {it} out sideways|spread {it} [wide|out|like wings|to the sides]|make a T with {it}|open {it} wide|abduct {it} to 90 degrees|fling {it} [wide |]open|hold {it} out like [airplane wings|a scarecrow|a tightrope walker]|lift {it} sideways to a T|throw {it} wide|stretch {it} out to either side, nice and straight",
)
FRONT_UP = _line(
    "front up",
    "[raised|lifted|reaching|stretched|pointing|held|extended] [diagonally forward and up|up and forward|forward and up|diagonally up in front]|angled [up|upward] in front|pointing up ahead|raised [halfway|45 degrees] above shoulder height in front|reaching forward at an upward angle|in front, pointing diagonally [up|upward]|between straight ahead and straight up|45 degrees above horizontal in front|pointing at the top of a distant tree|up at an angle in front|on an upward diagonal ahead|raised in front, higher than the shoulder|halfway between forward and overhead",
    "[raise|lift|stretch|reach|extend|hold] {it} [diagonally forward and up|up and forward|forward and up]|point [up ahead|diagonally up in front] with {it}|reach up and forward with {it}|hold {it} at an upward angle in front|angle {it} up in front|lift {it} in front, past shoulder height|aim {it} up at 45 degrees in front",
)
SIDE_UP = _line(
    "left up",
    "[raised|lifted|stretched|held|extended|reaching] [diagonally |]up and out [|to the side]|[raised|lifted|stretched] diagonally [up |]to the side|angled [up|upward] to the side|out to the side at an upward angle|abducted [135|130] degrees|pointing diagonally up and outward|raised to the side above shoulder height|up and out|halfway between sideways and overhead|like one half of a V|in a half V|at 45 degrees above the shoulder, to the side|on an upward diagonal to the side|flung up and out",
    "[raise|lift|stretch|reach|extend|hold] {it} [up and out|diagonally up] [|to the side]|reach up and out with {it}|raise {it} to the side above the shoulder",
    both_how="in a V [|shape]|[raised|thrown|held|up|lifted] in a [wide |]V|[raised|thrown|lifted|stretched] up and out [|to the sides]|forming a [V|Y]|like the letter Y|spread diagonally upward|raised in a V above the head|up and out|in a high V|in a big V|flung up and out in triumph|up like a Y|up and out at 45 degrees|in a cheerleader's high V|spread toward the sky|both diagonally overhead|halfway between T and straight up",
    both_does="[throw|raise|lift|hold|put] {it} [up |]in a V|[throw|stretch|raise] {it} up and out|make a [Y|V] with {it}|hit a high V with {it}|fling {it} up and out|form a Y with {it}|open {it} to the sky in a V",
)
FRONT_SIDE = _line(
    "front left",
    "[stretched|held|extended|reaching|pointing] diagonally forward and out [|to the side]|[pointing|stretched] halfway between forward and sideways|out at a diagonal in front|forward and [outward|out to the side]|horizontal, halfway between front and side|reaching forward to the {L}|diagonally in front to the {L}|on the diagonal halfway between front and side|45 degrees out from straight ahead|level, pointing to the front corner|at shoulder height, diagonally between ahead and sideways|between forward and sideways, horizontal",
    "[stretch|reach|extend|hold|point] {it} diagonally forward and out|reach forward to the {L} with {it}|hold {it} out between front and side|point {it} at the front corner of the room|raise {it} on the diagonal, halfway between front and side|stretch {it} out level, 45 degrees off the front",
    both_how="[stretched|held|open] diagonally forward and out|open wide in front|halfway between forward and sideways|open in front as if for a hug|out on the diagonals, halfway between front and side|held out for a hug|open as if to welcome someone|in a wide horizontal V in front|forward but spread",
)
SIDE_DOWN = _line(
    "left down",
    "[angled|pointing|held|stretched|extended] down and out [|to the side]|[held|] out low to the side|diagonally down to the side|abducted 45 degrees|[raised|lifted] halfway to the side|down and out|held well away from the side|pointing at the floor off to the side|angled down away from the hip|45 degrees out from the body|on a downward diagonal to the side|halfway between hanging and horizontal, to the side|like half of a low V",
    "[hold|stretch|extend|reach] {it} down and out [|to the side]|[raise|lift] {it} halfway to the side|hold {it} out low at the side|abduct {it} 45 degrees",
    both_how="[angled|held|stretched|extended] down and out [|to the sides]|out low [at|to] the sides|diagonally down to the sides|in an upside-down V|raised halfway to the sides|like the letter A|in a low V|angled down away from the hips|in an A shape|45 degrees away from the body|held out from the hips on a diagonal|halfway between hanging and a T",
    both_does="[hold|stretch|extend] {it} down and out [|to the sides]|raise {it} halfway to the sides|hold {it} out low at the sides|hit a low V with {it}|let {it} slope down and out|angle {it} down away from {their} hips",
)
FRONT_DOWN = _line(
    "front down",
    "[angled|pointing|reaching|stretched|extended|held] down [and forward|in front]|[raised|lifted] halfway [in front|forward]|pointing at the [ground|floor] in front|forward and down|reaching towards the floor ahead|at a downward angle in front|low in front, [straight|stretched]|sloping down in front|on a downward diagonal ahead|45 degrees below horizontal in front|halfway between hanging and straight ahead",
    "[reach|stretch|extend|hold|point] {it} [down and forward|forward and down]|point at the [ground|floor] in front with {it}|[raise|lift] {it} halfway in front",
)
BACK = _line(
    "down back*0.9",
    "[stretched|extended|reaching|pulled|swung|pointing|held] back [|behind the body]|[stretched|extended|reaching|held|swung] [out |]behind the [body|torso]|[reaching|swung|stretched] backward|straight and behind the body|extended backward at the shoulder|trailing behind|flung back|way back|streaming behind|stretched out back|hyperextended behind|swept straight back",
    "[stretch|extend|swing|reach|hold|throw|pull] {it} [back|backward|behind {their} body]|reach [back|backward|behind] with {it}|let {it} trail behind|reach {it} way back|fling {it} back|sweep {it} straight back|drive {it} back",
    noun="arm",
    nouns="arms",
)
DOWN = _line(
    "down left*0.12",
    "[hanging|held|relaxed|resting|kept|straight] down [at|by] [the|{their}] side|down|hanging [down|loosely|limp|freely]|hanging loosely at the side|at [the|{their}] side|[lowered|dropped]|pointing straight [down|at the floor]|relaxed at the side|loose by {their} side|straight down|just hanging [there|loose]|dangling|limp|dangling at {their} side|doing nothing, just down|resting at the side|loose and relaxed|at six o'clock|not doing anything, hanging down|idle at the side|in neutral, down by the hip",
    "let {it} hang [down|loose|at {their} side|by {their} side]|[lower|drop] {it}|keep {it} [down|at {their} side|by {their} side]|hold {it} straight down|leave {it} [hanging|down]|put {it} down|let {it} dangle [|freely]|just let {it} hang|drop {it} [loosely |]to {their} side|let {it} go limp|relax {it} at {their} side|let {it} rest at {their} side",
    both_how="[hanging|held|relaxed|resting|kept|straight] down [at|by] [the|{their}] sides|down|hanging [down|loosely|limp|freely]|at [the|{their}] sides|[lowered|dropped]|relaxed at the sides|straight down|by {their} sides|pointing at the floor|just hanging [there|loose]|dangling|limp|resting at {their} sides|loose and relaxed|idle at the sides|in neutral, down by the hips|down like a soldier's",
    both_does="let {it} hang [down|loose|at {their} sides]|[lower|drop] {it}|keep {it} [down|at {their} sides]|hold {it} straight down|leave {it} hanging|put {it} down",
)
ACROSS = _line(
    "front right*0.9",
    "[reaching|stretched|extended|pointing] across the [body|chest] [|to the {R}]|[pointing|reaching|stretched] across to the {R}|adducted across the chest|crossing in front of the chest|stretched across {their} chest at shoulder height|reaching over to the {R} side|pulled straight across the chest|flung across {their} body|horizontal across the chest, past the other shoulder|crossing the midline at chest height",
    "[reach|stretch|bring|swing] {it} across {their} [body|chest] [|to the {R}]|point [across |]to the {R} with {it}|reach over to the {R} with {it}|adduct {it} across the chest",
    both_how="-",
)
ACROSS_LOW = _line(
    "down front*0.55 right*0.55",
    "[reaching|held|stretched] low across the body|reaching down and across [the body|to the {R}]|stretched across the [belly|hips]|angled down across {their} body|crossing the body at hip height|slanting down across the tummy|crossing the midline, low",
    "[reach|bring|hold] {it} low across {their} body|reach down and across with {it}",
    both_how="-",
)
ACROSS_UP = _line(
    "up front*0.7 right*0.55",
    "reaching up and across [the body|to the {R}|in front of {their} face]|stretched diagonally up across the body|raised and crossing to the {R}",
    "[reach|stretch|raise] {it} up and across {their} body|reach up to the {R} with {it}",
    both_how="-",
)
SIDE_BACK = _line(
    "left down*0.7 back*0.7",
    "[swept|angled|stretched|held] back and out|out to the side and [slightly |]back|back at a diagonal|swept back [|like a wing]",
    "[sweep|stretch|hold] {it} back and out|swing {it} back and out to the side",
    both_how="[swept|angled|stretched|held] back and out|swept back like wings|back at a diagonal|spread and pulled back",
    noun="arm",
    nouns="arms",
)
AWAY_A_LITTLE = _line(
    "down left*0.42",
    "[slightly|a little] [away from the body|out to the side]|raised slightly to the side|held just off the body|a bit out from the side|abducted [20|25] degrees|a small gap away from the ribs|not quite at the side, a bit out|relaxed, a little away from the hip",
    "[hold|lift|raise] {it} [slightly|a little] [away from {their} body|to the side]",
    both_how="[slightly|a little] [away from the body|out to the sides]|raised slightly to the sides|held just off the body|in an A-pose|a small gap away from the ribs|as in a game character's A-pose|down, not quite touching the hips",
    both_does="[hold|lift|raise] {it} [slightly|a little] [away from {their} body|to the sides]",
)
FORWARD_A_LITTLE = _line(
    "down front*0.45",
    "[slightly|a little] [forward|in front of the body]|raised slightly in front|just in front of the body, pointing down",
    "[hold|lift|raise|swing] {it} [slightly|a little] [forward|in front]",
)
BACK_A_LITTLE = _line(
    "down back*0.45",
    "[slightly|a little] [back|behind the body]|pulled back a little|a bit behind the hip",
    "[hold|pull|swing] {it} [slightly|a little] [back|behind {their} body]",
    noun="arm", nouns="arms",
)  # fmt: skip
LINES: tuple[Way, ...] = (
    UP, FRONT, SIDE, FRONT_UP, SIDE_UP, FRONT_SIDE, SIDE_DOWN, FRONT_DOWN, BACK, DOWN, ACROSS, ACROSS_LOW, ACROSS_UP, SIDE_BACK,
    AWAY_A_LITTLE, FORWARD_A_LITTLE, BACK_A_LITTLE,
)  # fmt: skip
"""Stretched arms by direction."""


def _bent(upper: str, lower: str, how: str, does: str = "", both_how: str = "", both_does: str = "", noun: str = "arm", nouns: str = "arms") -> Way:  # fmt: skip
    return Way(
        (*aim("left_upper_arm", upper, 8, 24), *aim("left_forearm", lower, 8, 24)),
        how,
        does,
        both_how,
        both_does,
        noun=noun,
        nouns=nouns,
    )


BENT: tuple[Way, ...] = (
    _bent("left", "up", "bent [at a right angle|90 degrees], [forearm|hand] [up|pointing up]|raised to the side with the forearm [pointing up|vertical]|in a goalpost shape|out to the side, elbow at shoulder height, hand up|[held|] up like half a goalpost|up in an L shape|out to the side in an L, forearm vertical|elbow level with the shoulder, hand to the sky|half of a cactus|up as if [taking an oath with the elbow out|to flex the biceps]|in a right angle, upper arm level and forearm up|externally rotated at 90/90",
          "[raise|lift] {it} to the side and *point the forearm up|bend {it} upward [at a right angle|like flexing a muscle]|hold {it} out with the elbow at shoulder height and the hand up",
          both_how="in a goalpost shape|bent at right angles, [forearms|hands] up|up in a cactus shape|out to the sides with the forearms pointing up|raised with elbows at shoulder height and hands up|like goalposts|in a W shape|in field goal position|in the overhead press start position|up as if under arrest, elbows level|in a hold-up, elbows out|in a 90/90 position, hands up|bent 90 degrees, upper arms level, hands to the sky|up like a referee's goal sign",
          both_does="hold {it} up like [goalposts|a cactus]|raise {it} to the sides and *point the forearms up|make goalposts with {it}"),
    _bent("left", "down", "out at shoulder height with the forearm hanging down|raised to the side, forearm [dangling|pointing down]|bent like a scarecrow's|out to the side, elbow high, hand hanging down|upper arm level, forearm dangling|in an upside-down L to the side",
          "lift the {L} elbow to the side and *let the forearm hang|raise {it} sideways and *drop the forearm|dangle the {L} hand from a raised elbow|hold the {L} elbow out at shoulder height with the hand pointing down",
          both_how="like a scarecrow, forearms [dangling|hanging down]|out at shoulder height with the forearms hanging down|raised to the sides, forearms pointing down|hanging from the elbows like a puppet's|elbows up, hands hanging down|like a marionette's, hands dangling",
          both_does="lift {their} elbows to the sides and *let the forearms hang|raise {their} elbows sideways, hands dangling|hold {it} up like a scarecrow, hands down"),
    _bent("left", "front", "raised to the side with the forearm pointing forward|out to the side, elbow bent [90 degrees|at a right angle], [forearm|hand] forward|[level|] at shoulder height, bent forward at the elbow|with the upper arm straight out to the side and the forearm ahead|in a flat L at shoulder level",
          "raise the {L} elbow to the side and *point the forearm forward|hold {it} out at shoulder height, bent forward|lift the elbow sideways, hand in front", both_how="raised to the sides with the forearms pointing forward|out to the sides, elbows bent at right angles, hands forward",
          both_does="raise {their} elbows to the sides and *point the forearms forward|hold {it} level at the sides, bent forward|lift {their} elbows sideways, hands forward"),
    _bent("down", "front", "bent [at a right angle|90 degrees|ninety degrees] [|at the elbow] with the forearm forward|at the side, forearm [pointing|sticking out] forward|bent at the elbow, [forearm|hand] [forward|out in front]|tucked at the side with the forearm level|bent in an L shape at the waist|bent 90° with the elbow in and the hand in front|forearm parallel to the floor, elbow at the ribs|bent as if for a handshake|in an L, upper arm vertical and forearm level|bent like a waiter's with a towel in front",
          "bend {it} [to|at] a right angle in front|hold the {L} forearm out in front [|at waist height]|bend {it} 90 degrees in front", both_how="bent [at right angles|90 degrees] with the forearms forward|at the sides, forearms pointing forward|bent at the elbows, hands out in front|tucked at the sides with forearms level|bent 90° at the elbows, hands in front|bent as if typing|elbows at the ribs, forearms parallel to the floor|bent as if carrying firewood|in two Ls, forearms level",
          both_does="bend both elbows to right angles|hold both forearms out in front|bend {it} 90 degrees in front"),
    _bent("down", "left front*0.3", "at the side with the forearm turned out|bent at the elbow, forearm out to the side|elbow in, hand turned out|tucked in at the elbow, forearm opened outward|bent with the hand out to the side|elbow at the waist, forearm open|tucked at the waist, hand out to the side|bent, elbow at the side, forearm pointing {L}",
          "turn the {L} forearm out to the side, elbow at the waist|open the {L} forearm outward with the elbow tucked in|rotate the forearm outward, elbow at the side|keep the elbow in and *open the hand to the side", both_how="tucked at the waist, hands out to the sides|bent, elbows at the sides, forearms pointing outward", both_does="hold {their} elbows in and *turn the forearms out|open both forearms outward, elbows tucked|rotate {it} outward, elbows at the waist|keep the elbows in and *open the hands to the sides"),
    _bent("down front*0.3", "right front*0.25", "bent across the [belly|waist]|folded across the body at waist height|across the stomach as if in a sling|in a sling|bent, forearm across the belly|bent like a waiter's across the tummy|folded over the midriff",
          "bend {it} across {their} [belly|waist]|hold the {L} forearm across {their} stomach|carry {it} as if in a sling", both_how="-"),
    _bent("front", "up", "raised in front, forearm [vertical|pointing up]|bent upward in front|bent at a right angle in front with the hand up|forward to the elbow, then straight up|in front, elbow at shoulder height, hand up|in an L in front, forearm vertical|straight ahead to the elbow, forearm up",
          "lift the {L} elbow in front and *point the forearm up|raise {it} in front, bent with the hand up", both_how="raised in front, forearms vertical|bent upward in front at right angles|in front, elbows at shoulder height, hands up", both_does="lift {their} elbows in front and *point the forearms up|hold {it} up in front, elbows at shoulder height|bend {it} up in front of the face"),
    _bent("front left*0.3", "right front*0.2", "bent in front of the chest, forearm [level|horizontal]|folded across the chest at shoulder height|held across in front of the chest|raised in front with the forearm crossing the chest",
          "hold the {L} forearm level in front of {their} chest|fold {it} across in front of the chest|bring the forearm across at chest height|bring {it} across in front of {their} chest, bent", both_how="-"),
    _bent("up", "down back*0.45", "raised with the hand dropped behind the head|bent behind the head, elbow [up|pointing up|pointing at the ceiling]|up, bent back so that the hand hangs behind|elbow high, hand between the shoulder blades|folded back over the shoulder, elbow up|in a triceps stretch|bent as if scratching {their} upper back|up as if drawing a sword from {their} back|up with the elbow bent and the hand down {their} back",
          "point the {L} elbow at the ceiling and *drop the hand behind the head|reach over the shoulder and down {their} back with the {L} hand", both_how="raised and folded back, elbows pointing up|bent behind the head, elbows up|elbows to the ceiling, hands behind the neck|up and bent back, hands on the upper back|folded behind the head, elbows high", both_does="point both elbows up and *drop the hands behind the head|bend {it} back over the shoulders, elbows up|reach down {their} own back with both hands"),
    _bent("back down", "front", "pulled back with the elbow behind the body|drawn back, elbow bent|bent with the elbow [pulled|pointing] back|cocked back at {their} side|chambered at {their} ribs|wound up, elbow behind the back|pulled back as if to throw a punch",
          "pull the {L} elbow back|draw {it} back, bent|row {it} back|cock {it} back as for a punch|chamber {it} at {their} side|drive the {L} elbow back", both_how="pulled back with the elbows behind the body|drawn back, elbows bent|elbows driven back, hands at the ribs|pulled back as in rowing|bent, elbows far behind|pulled back like a sprinter's, both at once|in a row, shoulder blades squeezed", both_does="pull both elbows back|draw {their} elbows back|row both elbows back|drive both elbows behind {their} back|squeeze the shoulder blades, elbows back"),
    Way((*aim("left_upper_arm", "down front*0.2", 8, 28), *bend("left_elbow", 120, 148)), "curled up tight at the side|fully bent, hand near the shoulder|folded up, elbow down|flexed tightly at the elbow with the upper arm down|at the top of a biceps curl|bent as far as it goes, elbow at the ribs|curled, forearm against the biceps|bent all the way, hand at the shoulder",
        "curl {it} up [to the shoulder|tight]|bend {it} as far as it goes|fold {it} up, hand to the shoulder|bring {their} {L} hand up to the shoulder, elbow down", noun="arm", nouns="arms"),
    Way((*aim("left_upper_arm", "front up*0.1", 8, 28), *bend("left_elbow", 118, 148)), "folded up tight in front|raised in front, elbow [deeply|sharply|fully] bent|deeply bent, elbow pointing forward|bent back on itself with the elbow forward",
        "fold {it} up tight in front|point the {L} elbow forward with the hand by the shoulder|lift the elbow in front, fully bent|raise {it} folded in front", noun="arm", nouns="arms"),
    Way((*aim("left_arm", "front", 9, 26), *bend("left_elbow", 25, 50)), "held out in front, slightly bent|forward with a soft elbow|extended in front, a little bent|out in front with a slight bend [|in the elbow]|reaching forward, not quite straight",
        "hold {it} out in front with a slight bend|reach forward with {it}, elbow soft", noun="arm", nouns="arms"),
    Way((*aim("left_arm", "left", 9, 26), *bend("left_elbow", 25, 50)), "out to the side, slightly bent|held out sideways with a soft elbow|to the side with a slight bend|extended sideways, not quite straight",
        "hold {it} out to the side with a slight bend", both_how="out to the sides, slightly bent|held out sideways with soft elbows|spread with a slight bend in the elbows", both_does="hold {it} out to the sides with a slight bend|spread {it} with soft elbows|hold {it} out sideways, not quite straight", noun="arm", nouns="arms"),
    Way((*aim("left_arm", "up", 9, 26), *bend("left_elbow", 25, 55)), "raised overhead, slightly bent|up with a soft elbow|overhead, not locked|up, softly bent|nearly straight overhead|overhead with the elbow a little bent|lifted up, not quite straight", "raise {it} overhead with a slight bend",
        both_how="raised overhead, slightly bent|overhead with soft elbows|up, elbows a little bent", noun="arm", nouns="arms"),
)  # fmt: skip
"""Bent arms."""

SEGMENTS: tuple[Way, ...] = (
    Way(tuple(aim("left_upper_arm", "left", 8, 22)), "[horizontal|level|straight] out to the side|raised to the side to shoulder height|abducted to 90 degrees|in line with the shoulders|perpendicular to the body, sideways|parallel to the floor, out to the side", "lift {it} level to the side|raise {it} sideways to shoulder height", both_how="out to the sides, level with the shoulders|raised level to the sides", noun="upper arm", nouns="upper arms"),
    Way(tuple(aim("left_upper_arm", "front", 8, 22)), "[horizontal|level] in front|pointing [straight |]forward|parallel to the floor in front", "lift {it} level in front|raise {it} forward to shoulder height", noun="upper arm", nouns="upper arms"),
    Way((*aim("left_upper_arm", "down", 8, 20), *bend("left_elbow", 30, 120)), "[vertical|hanging down|close to the body], elbow bent|tucked against the side with the elbow bent|down along the ribs, elbow bent|pressed to the ribs, forearm free|at the side, elbow bent|hanging straight down, elbow bent", "", both_how="tucked against the sides with the elbows bent|close to the body, elbows bent|down along the ribs, elbows bent|pressed to the ribs, forearms free|hanging straight down, elbows bent", noun="upper arm", nouns="upper arms"),
    Way((*aim("left_forearm", "up", 8, 22), *beyond("left_wrist", "left_shoulder", "up", -0.1, 0.3)), "[vertical|upright|pointing [straight |]up]|standing upright|pointing at the ceiling|straight up and down, hand on top|perpendicular to the floor, hand up|vertical like a post, fingers up", "point {it} [straight |]up|hold {it} vertical", noun="forearm", nouns="forearms"),
    Way((*aim("left_forearm", "front", 8, 22), *beyond("left_elbow", "left_shoulder", "up", -0.4, -0.15)), "[horizontal|level] [|and pointing forward]|pointing [straight |]forward|parallel to the floor, pointing ahead", "point {it} [straight |]forward|hold {it} level", noun="forearm", nouns="forearms"),
    Way((*aim("left_forearm", "right", 8, 24), *beyond("left_wrist", "spine3", "front", 0.1)), "[horizontal|level] across the [body|front of the body]|pointing across the body to the {R}", "hold {it} across {their} [body|chest]", both_how="-", noun="forearm"),
    Way((*aim("left_upper_arm", "left down*0.35", 8, 22), *bend("left_elbow", 60, 130)), "[sticking|pointing|flared] out to the side|out|winged out|jutting out sideways|flared like a chicken wing", "stick {it} out to the side|flare {it} out", both_how="sticking out to the sides|flared out|out|winged out|pointing outward|jutting out sideways|flared like chicken wings", both_does="stick {it} out [|to the sides]|flare {it} out", noun="elbow", nouns="elbows"),
    Way((*aim("left_upper_arm", "up", 8, 26), *bend("left_elbow", 60, 140)), "pointing [up|at the ceiling|at the sky]|raised high, pointing up", "point {it} at the ceiling", noun="elbow", nouns="elbows"),
    Way((*aim("left_upper_arm", "front", 8, 24), *bend("left_elbow", 60, 140)), "pointing [forward|straight ahead]|raised in front|lifted forward", "point {it} forward|lift {it} in front", noun="elbow", nouns="elbows"),
    Way((*aim("left_upper_arm", "down back*0.8", 8, 24), *bend("left_elbow", 50, 120)), "pulled back|pointing [back|backward]|drawn back behind the body|behind {their} back", "pull {it} back|draw {it} back", noun="elbow", nouns="elbows"),
    Way((*aim("left_upper_arm", "down", 7, 18), *bend("left_elbow", 40, 140)), "tucked in [|at the side]|[close to|against] the body|held in at the side|glued to the ribs|pinned to {their} side|snug against the ribs|adducted", "tuck {it} in [|at {their} side]|keep {it} close to {their} body", both_how="tucked in [|at the sides]|[close to|against] the body|held in|glued to the ribs|pinned to {their} sides|snug against the waist", noun="elbow", nouns="elbows"),
    Way(tuple(beyond("left_elbow", "left_shoulder", "up", 0.05)), "[above|higher than] the shoulder|raised above shoulder height|over shoulder height", "[raise|lift] {it} above {their} shoulder", both_how="[above|higher than] the shoulders|raised above shoulder height", noun="elbow", nouns="elbows"),
    Way((*beyond("left_elbow", "left_shoulder", "up", -0.05, 0.05), *bend("left_elbow", 40, 140)), "at shoulder [height|level]|level with the shoulder|raised to shoulder height", "[raise|lift] {it} to shoulder height", both_how="at shoulder [height|level]|level with the shoulders|raised to shoulder height", noun="elbow", nouns="elbows"),
    Way((*aim("left_arm", "front down*0.2", 8, 26), *aim("left_palm", "up", 9, 45)), "[facing |turned |]up, arm out in front|open and facing up in front|offered forward, facing up", "hold out {it} facing up|offer {it}|turn {it} up in front", both_how="[facing |turned |]up, arms out in front|held out in front, facing up|supinated, arms forward|out in front, begging|showing, arms out in front|open in front as if [begging|receiving something]", both_does="hold out {it}, facing up|turn {it} up in front", noun="palm", nouns="palms"),
    Way((*aim("left_arm", "front", 8, 26), *aim("left_hand", "up front*0.3", 8, 35)), "[facing |turned |]forward, arm out in front|out in front as if to say stop|pushing forward|held up in a stop gesture", "push {it} forward|hold {it} out to say stop", both_how="[facing |turned |]forward, arms out in front|pushing forward|out as if to stop someone|pressing against an invisible wall", both_does="push {it} forward", noun="palm", nouns="palms"),
    Way((*aim("left_arm", "front", 8, 26), *aim("left_palm", "down", 9, 45)), "[facing |turned |]down, arm out in front|held out in front, facing the floor", "hold {it} out, facing down", both_how="[facing |turned |]down, arms out in front|held out in front, facing the floor|pronated, arms forward", both_does="hold {it} out in front, facing down", noun="palm", nouns="palms"),
    Way((*aim("left_upper_arm", "down left*0.3", 8, 26), *aim("left_forearm", "front left*0.5 up*0.1", 9, 28), *aim("left_palm", "up", 9, 50)), "[turned |facing |]up at waist height|open and facing up, elbow at the side|up at the side, as if weighing something|turned to the ceiling, elbow tucked", "turn {it} up at {their} side", both_how="turned up at waist height|open and facing up, elbows at the sides|up at the sides, as if weighing something|turned to the ceiling, elbows tucked|open to the sky at waist level", both_does="turn {it} up at {their} sides|hold {it} up at waist height|open {it} to the ceiling, elbows in", noun="palm", nouns="palms"),
)  # fmt: skip
"""Upper arms, forearms, elbows and palms by name."""


def _height(parts: tuple[Part, ...], how: str, does: str = "", both_how: str = "", both_does: str = "") -> Way:
    return Way(parts, how, does, both_how, both_does, noun="hand", nouns="hands")


_RAISED = (*aim("left_upper_arm", "up left*0.7 front*0.4", 18, 60), *aim("left_forearm", "up", 14, 50))
"""The start of a raised hand, wide enough for any."""


def _level(point: str, least: float, most: float) -> tuple[Part, ...]:
    return (
        *beyond("left_wrist", point, "up", least, most),
        *beyond("left_hand", point, "up", least - 0.03, most + 0.03),
    )


HEIGHTS: tuple[Way, ...] = (
    _height((*_RAISED, *beyond("left_wrist", "crown", "up", 0.04), *beyond("left_hand", "crown", "up", 0.04)), "[above|over|higher than] {their} head|above head height|over head height|up above {their} head|well above the head|way over {their} head|higher than the top of {their} head|up past {their} noggin", "[lift|raise|hold|bring|put] {it} [above|over] {their} head|get {it} above {their} head"),
    _height((*aim("left_upper_arm", "front down*0.3 left*0.2", 15, 50), *aim("left_forearm", "front up*0.8", 15, 60), *_level("head_centre", -0.06, 0.06), *beyond("left_hand", "head_centre", "front", 0.12)), "at [eye|face|head] [height|level]|in front of the face|level with the eyes|level with {their} face|raised to face height|out in front at nose level|in line with {their} eyes", "[lift|raise|hold|bring] {it} to [eye|face|head] [height|level]|hold {it} in front of {their} face"),
    _height((*aim("left_arm", "front left*0.1", 12, 45), *bend("left_elbow", 5, 100), *_level("left_shoulder", -0.06, 0.06), *beyond("left_wrist", "chest", "front", 0.1)), "at shoulder [height|level]|level with the shoulder|up at shoulder level|raised to shoulder height [|in front]", "[lift|raise|hold|bring] {it} to shoulder [height|level]", both_how="at shoulder [height|level]|level with the shoulders|raised to shoulder height"),
    _height((*aim("left_arm", "left", 12, 45), *bend("left_elbow", 5, 90), *_level("left_shoulder", -0.06, 0.06), *beyond("left_wrist", "left_shoulder", "left", 0.15)), "at shoulder [height|level] [|to the side]|level with the shoulder, off to the side", "[lift|raise|hold] {it} to shoulder height at the side", both_how="at shoulder [height|level] to the sides"),
    _height((*aim("left_upper_arm", "down front*0.6 left*0.15", 12, 38), *aim("left_forearm", "front right*0.3 up*0.2", 14, 55), *_level("chest", -0.07, 0.05), *beyond("left_hand", "chest", "chestward", 0.08, 0.4)), "at chest [height|level]|in front of the chest|held in front of {their} chest|level with the chest|out before {their} breastbone|hovering in front of the sternum|at nipple height", "[lift|raise|hold|bring|keep] {it} [to chest height|in front of {their} chest|at chest level]"),
    _height((*_level("belly", -0.08, 0.06), *beyond("left_hand", "belly", "front", 0.08, 0.45)), "at waist [height|level] [|in front]|in front of the belly|held in front at waist level|in front of {their} stomach|hovering at belt level in front|out before the tummy|at belly button height", "[hold|keep|bring] {it} at waist [height|level]|hold {it} in front of {their} belly"),
    _height((*_level("left_hip", -0.06, 0.09), *beyond("left_hand", "left_hip", "front", 0.12)), "at hip [height|level] [|in front]|in front of the hip|held out low at hip level", "[hold|keep] {it} at hip [height|level] in front|hold {it} in front of {their} hips"),
    _height((*aim("left_arm", "up left*0.5 front*0.5", 20, 60), *beyond("left_wrist", "left_shoulder", "up", 0.08)), "[above|higher than] the shoulder|raised above shoulder height|over shoulder level", "[raise|lift|hold] {it} above shoulder height", both_how="[above|higher than] the shoulders|raised above shoulder height"),
    _height((*beyond("left_wrist", "pelvis", "up", -0.6, -0.02), *beyond("left_hand", "pelvis", "up", -0.8, -0.05)), "below the [waist|hips]|[lower than|beneath] the hip|below hip height|down low|down past the hip|lower than the belt", "[keep|hold] {it} below {their} [waist|hips]|drop {it} below hip height"),
    _height((*beyond("left_hand", "left_elbow", "up", 0.12), *bend("left_elbow", 40, 145)), "higher than the elbow|above the elbow|up, above elbow level|raised above the elbow|lifted, elbow lower|up, with the elbow down|higher up than its elbow", "hold {it} higher than the elbow|lift {it} above the elbow|keep {it} above elbow height", both_how="higher than the elbows|above the elbows|raised above elbow level|up, elbows lower"),
    _height((*aim("left_upper_arm", "front down*0.5", 15, 50), *aim("left_forearm", "up front*0.3 right*0.4", 15, 50), *beyond("left_hand", "nose", "front", 0.06, 0.25), *apart("left_hand", "nose", 0.06, 0.25)), "[close |]in front of {their} face|near {their} face|close to the face|held up to {their} face|hovering by {their} face|inches from {their} nose", "[hold|bring|put|raise] {it} [close to|in front of|up to] {their} face"),
)  # fmt: skip
"""How high hands are."""

_ORDER: tuple[Family, ...] = (
    (clause(aim("left_upper_arm", "front down*0.4", 14, 60), aim("right_upper_arm", "down front*0.4", 14, 50), beyond("left_wrist", "right_wrist", "up", 0.15), beyond("left_wrist", "belly", "up", 0.1), beyond("right_wrist", "right_hip", "up", 0.02), on=("upright",),
            tags="{L} hand: higher than the {R}|{L} hand: above the {R} one|{R} hand: lower than the {L}|one hand: higher than the other|hands: at different heights, the {L} one higher|{L} hand: held higher than the {R} hand|hands: staggered, {L} one on top|{L} hand: up higher, the other one lower|hands: not level, the {L} one higher",
            does="hold the {L} hand higher than the {R}|hold one hand higher than the other|raise {their} {L} hand above the {R} one"),),
    (clause(_RAISED, beyond("left_wrist", "crown", "up", 0.03), beyond("right_wrist", "right_shoulder", "up", -0.3, -0.06), beyond("right_wrist", "chest", "front", 0.1), on=("upright",),
            tags="{L} hand: above the head, {R} hand lower in front|{L} hand: high and {R} hand at chest height|{L} hand: overhead, {R} hand in front of the chest|one hand: above the head, the other in front of the chest|one hand: high, the other at chest level|hands: at different heights, {L} overhead", does="hold the {L} hand over {their} head and the {R} one in front of the chest|raise one hand above {their} head and *keep the other at the chest|lift the {L} hand overhead, the {R} in front"),),
    (clause(beyond("left_hand", "chest", "front", 0.15), beyond("right_hand", "pelvis", "back", 0.08), aim("right_arm", "down back*0.8", 8, 30), aim("left_arm", "front down*0.6", 9, 35), on=("upright",),
            tags="{L} arm: in front, {R} arm behind|one arm: in front of the body and one behind|{L} hand: in front and the {R} hand behind the body|arms: swinging, {L} one forward|{L} arm: forward, the other [one |]back|arms: mid-swing, {L} one to the front|one arm: swung forward, the other swung back",
            does="swing the {L} arm forward and the {R} arm back|reach one hand forward and the other one back|reach forward with the {L} hand and back with the {R}|swing {their} arms as in walking, {L} arm in front|put one arm in front and one behind"),),
)  # fmt: skip


def _spread(how: str, does: str, least: float, most: float, height: str = "chest", reach: float = 0.15) -> Family:
    return (
        clause(beyond("left_hand", "right_hand", "left", least, most), beyond("left_hand", height, "front", reach, 0.6), beyond("left_hand", "right_hand", "up", -0.07, 0.07), beyond("left_hand", "right_hand", "front", -0.1, 0.1),
               beyond("left_hand", height, "up", -0.25, 0.12), claims="left_arm right_arm", on=("upright",),
               tags="|".join(f"[both |]hands: {phrase}" for phrase in how.split("/")), does="|".join(does.split("/"))),
    )  # fmt: skip


WIDTHS: tuple[Family, ...] = (
    _spread(
        "shoulder-width apart in front/held in front, as far apart as the shoulders/in front of the body at shoulder width/in front, shoulder width apart",
        "hold {their} hands shoulder-width apart in front/hold both hands in front at shoulder width",
        0.3,
        0.46,
    ),
    _spread(
        "close together in front [but not touching|without touching]/a few centimetres apart in front of the chest/nearly touching in front/close together in front of the chest",
        "hold {their} hands close together in front/bring {their} hands close together [|without letting them touch]",
        0.08,
        0.2,
    ),
    _spread(
        "far apart in front/wide apart in front/held wide apart [|as if showing the size of a big fish]/spread wide in front of the body",
        "hold {their} hands far apart in front/show how big the fish was/spread {their} hands wide in front",
        0.65,
        1.1,
    ),
    _spread(
        "holding an invisible [ball|box] in front of the chest/in front of the chest, a foot apart/around an invisible ball",
        "hold an invisible ball in front of {their} chest/hold {their} hands a foot apart in front of {their} chest",
        0.22,
        0.36,
    ),
)
"""How far apart hands are."""

ARM_FAMILIES: tuple[Family, ...] = tuple(one(way) for way in (*LINES, *LINES[:3], *BENT, *SEGMENTS))
BOTH_ARM_FAMILIES: tuple[Family, ...] = tuple(
    family for way in (*LINES, *LINES[:3], *BENT, *SEGMENTS) if (family := both(way))
)
HEIGHT_FAMILIES: tuple[Family, ...] = (
    *(one(way) for way in HEIGHTS),
    *(f for way in HEIGHTS if (f := both(way))),
    *_ORDER,
    *WIDTHS,
)
ONLY_ARM_FAMILIES: tuple[Family, ...] = tuple(
    only(way, DOWN) for way in (UP, FRONT, SIDE, FRONT_UP, SIDE_UP, BACK, *HEIGHTS[:2])
)
ARM_PAIRS: Family = tuple(
    pair(a, b) for a, b in itertools.permutations((*LINES[:10], LINES[10], *BENT[:6]), 2) if (a, b) != (DOWN, DOWN)
)
"""One arm this way, the other that way."""

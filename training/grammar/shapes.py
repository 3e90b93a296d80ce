# SPDX-License-Identifier: GPL-3.0-or-later
"""Shapes that arms, shoulders, hips and toes make: clock hands, curves, lines, both arms to one side, things held."""

# Phrases are data and stand on one line.
# ruff: noqa: E501

from __future__ import annotations

from training.grammar.entries import Posture, clause
from training.grammar.intent import Part, aim, apart, balanced, bend, beyond, flat, floor, head, spine, straight, touch
from training.grammar.legs import BOTH_FEET, STAND_RIGHT
from training.grammar.limbs import Family


def _say(*parts: Part, tags: str, does: str = "", on: tuple[Posture, ...] = ("upright",), claims: str = "") -> Family:
    return (clause(*parts, tags=tags, does=does, on=on, claims=claims),)


def _clock(direction: str, hours: str, more: str = "") -> Family:
    said = f"[at|on] {hours} o'clock"
    return _say(*aim("both_arm", direction, 5, 14), *straight("left_arm"), *straight("right_arm"),
                tags=f"[both |]arms: {said}|arms: like clock hands {said}|arms: at {hours}{more}", does=f"hold {{their}} arms {said}|point {{their}} arms to {hours} o'clock")  # fmt: skip


_LEVEL_HANDS = (
    *beyond("left_hand", "right_hand", "up", -0.07, 0.07),
    *beyond("left_hand", "right_hand", "front", -0.1, 0.1),
)
CLOCK_FAMILIES: tuple[Family, ...] = (
    _clock("left*0.866 up*0.5", "[ten and two|10 and 2]", "|arms: up and out, a little above shoulder height|arms: straight out to the sides, 30 degrees above horizontal"),
    _clock("left", "[nine and three|9 and 3]", "|arms: in one straight line from hand to hand|arms: like the crossbar of a T"),
    _clock("left*0.866 down*0.5", "[eight and four|8 and 4]", "|arms: out to the sides, a bit below shoulder height|arms: like a tent"),
    _clock("left*0.5 up*0.866", "[eleven and one|11 and 1]", "|arms: up, a little apart|arms: in a narrow V overhead"),
    _clock("left*0.5 down*0.866", "[seven and five|7 and 5]", "|arms: down, a little apart|arms: in a narrow upside-down V"),
)  # fmt: skip
"""Both arms as hands of a clock that the viewer faces."""

LINE_FAMILIES: tuple[Family, ...] = (
    _say(aim("left_arm", "left up", 7, 22), straight("left_arm"), aim("right_arm", "right down", 7, 22), straight("right_arm"),
         tags="arms: in one diagonal line, the {L} one up|arms: on a diagonal, {L} hand high, {R} hand low|{L} arm: diagonally up, {R} arm diagonally down|arms: tilted like a seesaw, {L} side up|arms: like the wings of a banking plane, {L} wing up|one arm: diagonally up and the other diagonally down|one arm: up at a diagonal, the other down at the opposite diagonal|{L} arm: diagonally up to the side, the other one diagonally down|arms: making a slanted line, {L} end up",
         does="stretch {their} arms in a diagonal, the {L} one up|tilt {their} arms like airplane wings, {L} hand up|make a diagonal line with both arms|bank like a plane with {their} {L} arm up"),
    _say(aim("left_arm", "up", 7, 22), straight("left_arm"), aim("right_arm", "down right*0.12", 7, 20), straight("right_arm"),
         tags="arms: in one vertical line, {L} hand up and {R} hand down|{L} arm: straight up, {R} arm straight down|one arm: straight up, the other straight down|{L} hand: to the sky, {R} hand to the floor|one arm: vertical up, the other vertical down|{L} arm: straight up, the other one hanging straight down|arms: at twelve and six o'clock, {L} one up",
         does="point one arm up and the other down|stretch the {L} hand to the sky and the {R} hand to the floor|point the {L} arm straight up and the {R} arm straight down"),
    _say(aim("left_arm", "up", 7, 22), straight("left_arm"), aim("right_arm", "right", 7, 22), straight("right_arm"),
         tags="arms: in an L, {L} arm up and {R} arm out|arms: at a right angle, {L} one up, {R} one to the side|{L} arm: straight up, {R} arm straight out to the side|one arm: up and the other out to the side|{L} arm: vertical, the other horizontal to the side",
         does="make an L with {their} arms|raise the {L} arm and *stretch the {R} one out to the side|hold one arm up and the other out sideways"),
    _say(aim("left_arm", "front", 7, 22), straight("left_arm"), aim("right_arm", "right", 7, 22), straight("right_arm"),
         tags="arms: at a right angle, {L} one forward, {R} one to the side|{L} arm: straight ahead, {R} arm out to the side|one arm: in front and the other out to the side|{L} arm: forward, the other one sideways, both level|arms: level, {L} one to the front, {R} one to the side|{L} hand: in front, {R} hand to the side",
         does="stretch one arm forward and the other to the side|point the {L} arm ahead and the {R} arm to the {R}|hold one arm in front and one out sideways"),
    _say(aim("both_upper_arm", "left", 8, 26), aim("left_forearm", "up", 8, 28), aim("right_forearm", "down", 8, 28),
         tags="arms: out to the sides, bent at right angles, {L} forearm up and {R} forearm down|elbows: at shoulder height, {L} hand up, {R} hand down|arms: like an Egyptian painting, {L} hand up, {R} hand down|both upper arms: level, {L} forearm pointing up and the other one down|arms: in two opposite Ls, {L} hand up|one forearm: up and the other down, elbows out level|arms: like a broken windmill, {L} hand up",
         does="hold both elbows out at shoulder height, {L} hand up and {R} hand down|walk like an Egyptian with the {L} hand up and the {R} one down|bend {their} arms at the sides, one forearm up and the other down|point the {L} forearm up and the {R} one down, elbows level"),
    _say(aim("left_arm", "front left", 7, 22), straight("left_arm"), aim("right_arm", "down right*0.12", 8, 24),
         tags="{L} arm: on the diagonal halfway between front and side, the other [down|hanging]|{L} arm: level, between forward and sideways, {R} arm down|one arm: out level at a 45 degree diagonal, the other hanging|{L} arm: to the front {L} corner, {R} one at the side",
         does="point the {L} arm diagonally between front and side, the other just hanging|raise the {L} arm on the diagonal to shoulder level and *leave the other one down|reach one arm out to the front corner, the other loose"),
    _say(aim("left_upper_arm", "left", 8, 24), aim("left_forearm", "front", 8, 26), aim("right_arm", "down right*0.12", 8, 24),
         tags="{L} upper arm: out to the side, forearm pointing forward, {R} arm down|{L} elbow: out level with the shoulder, forearm straight ahead, the other arm hanging|{L} arm: in a flat L, elbow out and hand forward, the other one loose",
         does="lift the {L} elbow sideways and *point that forearm forward, the other arm hanging|make a flat L with the {L} arm, forearm forward, and *leave the other down"),
    _say(aim("left_arm", "up", 7, 22), straight("left_arm"), aim("right_arm", "front", 7, 22), straight("right_arm"),
         tags="{L} arm: straight up, {R} arm straight ahead|one arm: up and the other forward|{L} hand: overhead, {R} hand in front|{L} arm: vertical, the other pointing forward|one arm: overhead, the other dead ahead", does="raise one arm up and the other forward|stretch the {L} arm up and the {R} arm forward|swing the {L} arm overhead and the {R} one in front"),
)  # fmt: skip
"""Two straight arms, each its own way."""

ROUND_FAMILIES: tuple[Family, ...] = (
    _say(aim("both_upper_arm", "up left*0.75", 8, 28), aim("both_forearm", "up right*0.75", 9, 34), bend("both_elbow", 35, 95), apart("left_hand", "right_hand", 0.06, 0.3), beyond("left_wrist", "crown", "headward", 0.02),
         tags="arms: [rounded|curved|arched] [overhead|above the head]|arms: in a [circle|ring|oval|hoop] above {their} head|arms: curved overhead like a ballerina's|arms: forming an O above the head|arms: like a halo|hands: almost meeting above the head, elbows out|arms: in ballet fifth position, en haut|arms: en couronne|arms: in fifth en haut|arms: making a big round frame over the head|arms: overhead in an oval, fingertips nearly touching", does="[round|curve|arch] {their} arms [overhead|above {their} head]|make a [circle|ring|hoop|halo] above {their} head with both arms|hold {their} arms like a ballerina overhead|form an O over {their} head"),
    _say(aim("both_upper_arm", "front left*0.8 down*0.5", 9, 34), aim("both_forearm", "front right", 9, 36), bend("both_elbow", 45, 105), apart("left_hand", "right_hand", 0.06, 0.35), beyond("left_hand", "chest", "chestward", 0.2, 0.55), beyond("left_hand", "chest", "headward", -0.2, 0.12),
         tags="arms: [rounded|curved] in front [|of the chest]|arms: in a [circle|ring|hoop] in front of the chest|arms: as if hugging a [tree|barrel|big ball]|arms: around an imaginary [barrel|tree|beach ball]|arms: forming a hoop in front", does="[round|curve] {their} arms in front of {their} chest|hug an imaginary [tree|barrel|person]|make a circle in front with both arms|hold {their} arms as if around a barrel|embrace a big invisible ball"),
    _say(aim("both_upper_arm", "down left*0.6 front*0.2", 8, 30), aim("both_forearm", "down right*0.35 front*0.5", 9, 32), bend("both_elbow", 20, 70), apart("left_hand", "right_hand", 0.06, 0.32), beyond("left_hand", "belly", "footward", -0.05, 0.4), beyond("left_hand", "belly", "chestward", 0.05, 0.4),
         tags="arms: [rounded|curved] low in front|arms: in a low [circle|oval] in front of the hips|arms: low and rounded like a ballet dancer's|hands: low in front, elbows out|arms: curved downward in front of {their} thighs", does="[round|curve] {their} arms low in front|hold {their} arms in a low circle|make a low O with both arms in front of the hips"),
    _say(aim("both_upper_arm", "down left*0.75", 8, 26), aim("both_forearm", "down front*0.35 left*0.05", 9, 30), bend("both_elbow", 18, 65),
         tags="arms: bowed out [|from the sides]|arms: held out from the sides like a [bodybuilder|cowboy|penguin|wrestler]|arms: curved away from the body|elbows: away from the body, hands low|arms: like a gunslinger's before the draw", does="hold {their} arms out from the sides like a [bodybuilder|wrestler|gunslinger]|bow {their} arms out|stand as if {their} lats were too big"),
)  # fmt: skip
"""Curved arms."""

ASIDE_FAMILIES: tuple[Family, ...] = (
    _say(aim("left_arm", "left front*0.35", 8, 28), aim("right_arm", "front left*1.1", 9, 32), bend("both_elbow", 2, 50),
         tags="[both |]arms: [stretched|reaching|swung|held out|pointing] to the {L}|both hands: [out|off] to the {L} [side|]|both arms: on the {L} side, at shoulder height|arms: parallel, reaching {L}", does="[stretch|swing|reach|point] both arms to the {L}|reach to the {L} with both hands|hold both hands out to {their} {L} side"),
    _say(aim("left_arm", "left up front*0.3", 8, 28), aim("right_arm", "up*0.9 front*0.6 left*0.85", 9, 34), bend("both_elbow", 2, 50),
         tags="both arms: [reaching|stretched|raised|swung] up to the {L}|both hands: up [and|] to the {L}|arms: diagonally up to the {L}", does="[reach|stretch|swing|throw] both arms up to the {L}|reach up to the {L} with both hands|lift both hands to the upper {L}"),
    _say(aim("left_arm", "left*0.8 down front*0.3", 8, 28), aim("right_arm", "down front*0.6 left*0.7", 9, 32), bend("both_elbow", 2, 50),
         tags="both arms: [swung|reaching|pointing] down to the {L}|both hands: low [on|to] the {L} [side|]|arms: diagonally down to the {L}", does="[swing|reach|drop] both arms down to the {L}|reach down to the {L} with both hands|hold both hands low on the {L} side"),
    _say(apart("left_hand", "right_hand", 0.03, 0.15), apart("left_hand", "left_waist", 0.08, 0.27), beyond("left_hand", "left_waist", "front", -0.08, 0.25), beyond("left_hand", "left_waist", "left", -0.06, 0.25),
         tags="both hands: [at|by|next to] the {L} hip|hands: together at the {L} hip|both fists: by the {L} hip", does="bring both hands to {their} {L} hip|hold both hands [beside|at] the {L} hip|gather {their} hands at the {L} hip"),
    _say(apart("left_hand", "right_hand", 0.03, 0.17), apart("left_hand", "left_shoulder", 0.1, 0.3), beyond("left_hand", "left_shoulder", "up", -0.03, 0.25), beyond("left_hand", "left_shoulder", "front", -0.05, 0.3), claims="left_arm right_arm",
         tags="both hands: [at|by|next to|beside] the {L} shoulder|hands: together beside the {L} shoulder|both fists: by the {L} shoulder as if holding a bat", does="bring both hands to {their} {L} shoulder|hold both hands [beside|next to|at] the {L} shoulder|grip an imaginary bat by the {L} shoulder"),
)  # fmt: skip
"""Both arms to one side."""

_ACROSS = (*_LEVEL_HANDS, *beyond("left_hand", "right_hand", "left", 0.3, 0.75))
HOLDING_FAMILIES: tuple[Family, ...] = (
    _say(*_ACROSS, beyond("left_hand", "belly", "up", -0.22, 0.06), beyond("left_hand", "belly", "front", 0.1, 0.42), claims="left_arm right_arm",
         tags="holding a [stick|bar|pole|handlebar] [level |]at waist height|both hands: on a bar at [waist|hip] height|holding a rod across in front of the hips|hands: on a railing in front", does="hold a [bar|stick|pole|rod] [|horizontally] at waist height|grip a bar in front of {their} hips with both hands|rest both hands on a railing"),
    _say(*_ACROSS, beyond("left_hand", "chest", "up", -0.1, 0.1), beyond("left_hand", "chest", "front", 0.15, 0.6), claims="left_arm right_arm",
         tags="holding a [stick|bar|pole] [level |]in front of the chest|both hands: on a bar at [chest|shoulder] height|holding a rod across in front of the chest|hands: as if on a big steering wheel", does="hold a [bar|stick|pole] [|horizontally] in front of {their} chest|grip a bar at chest height with both hands|hold up a banner in front of {their} chest"),
    _say(*_ACROSS, aim("both_arm", "up left*0.25", 8, 28), bend("both_elbow", 2, 40), beyond("left_wrist", "crown", "up", 0.06),
         tags="holding a [stick|bar|pole|barbell|banner|sign] [level |]overhead|both hands: on a bar above {their} head|holding something wide above {their} head", does="hold a [bar|stick|pole|banner|sign] [|horizontally] overhead|lift a bar above {their} head with both hands|hold up a sign with both hands"),
    _say(aim("both_arm", "up", 8, 30), bend("both_elbow", 2, 60), apart("left_hand", "right_hand", 0.16, 0.36), beyond("left_wrist", "crown", "up", 0.02), *_LEVEL_HANDS,
         tags="holding a [ball|box|rock|trophy|cup] [overhead|above {their} head]|both hands: around a ball above the head|hands: overhead, a foot apart, as if around a ball", does="hold a [ball|box|rock|trophy] [overhead|above {their} head]|lift a ball above {their} head with both hands|hoist a trophy overhead|get ready to throw a ball in from above {their} head"),
    _say(beyond("left_hand", "right_hand", "up", 0.14, 0.36), beyond("left_hand", "right_hand", "left", -0.08, 0.08), beyond("left_hand", "right_hand", "front", -0.1, 0.1), beyond("left_hand", "chest", "front", 0.12, 0.5), beyond("left_hand", "chest", "up", -0.15, 0.2), claims="left_arm right_arm",
         tags="holding an upright [pole|staff|stick|rope] with both hands, {L} hand on top|hands: one above the other on a pole, {L} on top|both hands: on a staff, the {L} one higher|gripping a vertical pole in front", does="hold an upright [pole|staff|spear] with both hands, {L} hand on top|grip a vertical pole in front|climb a rope, {L} hand above the {R}"),
    _say(aim("left_upper_arm", "down left*0.5 front*0.25", 9, 34), aim("left_forearm", "up left*0.3 front*0.35", 9, 34), aim("left_palm", "up", 10, 50), beyond("left_wrist", "left_shoulder", "up", -0.15, 0.15),
         tags="{L} hand: [carrying|balancing] a [tray|plate|pizza] at shoulder height|{L} palm: up under a tray|a tray on the {L} hand|{L} hand: up at the shoulder like a waiter's|{L} palm: flat up by the shoulder as if carrying a tray", does="carry a [tray|plate] on the {L} hand [|at shoulder height]|balance a [tray|plate|pizza] on {their} {L} palm|serve like a waiter, tray on the {L} hand"),
    _say(aim("left_upper_arm", "down front*0.25", 8, 28), aim("left_forearm", "front up*0.25 right*0.2", 9, 30), bend("left_elbow", 60, 125),
         tags="{L} hand: holding a [cup|glass|mug|phone|microphone|flower|candle] in front|{L} hand: holding something [|in front of the body]|{L} hand: in front as if holding a [glass|cup|remote]|{L} hand: out in front, gripping a [mug|phone|torch]|{L} fist: around a microphone in front", does="hold a [cup|glass|mug|candle|flower|phone] in front [|with the {L} hand]|hold something in {their} {L} hand|carry a drink in the {L} hand"),
    _say(aim("left_arm", "down left*0.15", 7, 20), straight("left_arm"),
         tags="{L} hand: holding a [bag|bucket|suitcase|briefcase] [|at the side]|{L} arm: hanging down with a [bag|heavy bag|bucket]|a bag in the {L} hand|{L} arm: straight down, lugging a [suitcase|shopping bag]", does="carry a [bag|bucket|suitcase|briefcase|basket] in the {L} hand|hold a [bag|bucket|briefcase] at {their} {L} side|lug a bag with a straight {L} arm"),
)  # fmt: skip
"""Things in hands."""

POSTURE_FAMILIES: tuple[Family, ...] = (
    _say(spine(pitch=(-22, -14)), aim("trunk", "up back*0.1", 4, 13), claims="root",
         tags="chest: [out|puffed out|stuck out|lifted|forward|open|proud]|chest: up, shoulders back|shoulders: back|shoulders: [pulled|drawn] back|chest: pushed forward|chest: thrust out proudly|ribcage: lifted|shoulder blades: squeezed together|shoulders: rolled back|scapulae: retracted", does="[puff|stick|push] out {their} chest|[lift|raise|open] {their} chest|[pull|draw|roll] {their} shoulders back|stand tall with {their} chest out"),
    _say(beyond("pelvis", "feet", "front", 0.08, 0.25), *BOTH_FEET[:2], aim("trunk", "up back*0.2", 5, 16), bend("both_knee", 2, 40), beyond("left_ankle", "right_ankle", "left", 0.1, 0.45), beyond("left_ankle", "right_ankle", "front", -0.12, 0.12), on=("standing",), claims="root trunk",
         tags="hips: [pushed|thrust|pressed|shifted] forward|pelvis: [forward|thrust forward]|belly: pushed out|groin: pushed forward|hips: jutting forward|pelvis: thrust out in front|tummy: stuck out", does="[push|thrust|press] {their} hips forward|[push|thrust] {their} pelvis [out|forward]|push out {their} belly"),
    _say(beyond("pelvis", "feet", "back", 0.1, 0.3), *BOTH_FEET, aim("trunk", "up front*0.55", 7, 22), spine(pitch=(-12, 12)), bend("both_knee", 8, 50), beyond("left_ankle", "right_ankle", "left", 0.1, 0.45), beyond("left_ankle", "right_ankle", "front", -0.12, 0.12), on=("standing",), claims="root trunk",
         tags="[bottom|butt|rear|hips]: [pushed|stuck] [back|out]|hips: back, torso inclined|bottom: out, back flat|in a hip hinge|bum: stuck out|rear: jutting out|butt: way back, knees soft|hips: hinged back|in a good-morning hinge", does="[push|stick] {their} [bottom|butt|hips] [back|out]|sit {their} hips back|hinge at the hips with the bottom back"),
    _say(*aim("both_upper_arm", "down front*0.3", 8, 30), *aim("both_forearm", "front up*0.3", 9, 32), head(pitch=(34, 48)), aim("face", "front down*0.95", 6, 15), apart("left_hand", "right_hand", 0.1, 0.4),
         tags="looking [down |]at {their} [own |]hands|eyes: on {their} own hands|gaze: on the hands held in front|head: bowed over the hands", does="look [down |]at {their} [own |]hands|inspect {their} [own |]hands|examine {their} palms|study {their} hands"),
    _say(apart("left_elbow", "right_elbow", 0.05, 0.18), apart("left_palm", "right_palm", 0.02, 0.14), aim("both_forearm", "up", 9, 32), aim("both_upper_arm", "front", 12, 42),
         tags="forearms: [together|pressed together] in front of the face|elbows: together in front, hands up|forearms: upright side by side in front of the face|arms: closed like a book in front", does="press {their} forearms together in front of {their} face|bring {their} elbows together in front|squeeze {their} elbows together, hands up|hide behind {their} forearms"),
    _say(*aim("both_arm", "down left*0.25", 7, 20), *straight("left_arm"), *straight("right_arm"), aim("both_palm", "front", 9, 45),
         tags="palms: [facing|turned] forward, arms at the sides|arms: down, palms forward|arms: down with the palms turned out|in the anatomical position", does="turn {their} palms forward at {their} sides|show {their} palms with the arms down|hold {their} arms down, palms forward"),
    _say(*aim("both_upper_arm", "down front*0.3", 8, 30), *aim("both_forearm", "front", 8, 28), aim("left_palm", "right", 9, 42), aim("right_palm", "left", 9, 42), apart("left_hand", "right_hand", 0.14, 0.42),
         tags="palms: facing each other in front|palms: turned in, forearms forward|hands: in front, palms facing one another|hands: as if measuring a small fish", does="hold {their} palms facing each other in front|turn {their} palms to each other|show a length with both hands"),
    _say(beyond("left_shoulder", "neck", "headward", -0.02, 0.05), beyond("right_shoulder", "neck", "headward", -0.02, 0.05), aim("both_upper_arm", "down left*0.2", 9, 32), aim("trunk", "up", 4, 14),
         tags="shoulders: [raised|shrugged|hunched up|up|lifted|hitched up]|shoulders: [up|raised] [to|towards] the ears|shoulders: pulled up to the ears|both shoulders: lifted|neck: sunk between the shoulders|shoulders: tense and high|shoulders: up around the ears|shoulders: hiked up|shoulders: elevated|shoulders: scrunched up", does="[raise|lift|shrug|hunch up|hitch up] {their} shoulders|[pull|draw] {their} shoulders up to the ears|sink {their} head between the shoulders|tense {their} shoulders"),
    _say(beyond("left_shoulder", "neck", "headward", -0.02, 0.05), beyond("right_shoulder", "neck", "headward", -0.2, -0.075), aim("both_upper_arm", "down left*0.2", 9, 32), aim("trunk", "up", 4, 14),
         tags="{L} shoulder: [raised|shrugged|lifted|hitched up|up]|{L} shoulder: [up|raised] to the ear|only the {L} shoulder: raised|one shoulder: [raised|shrugged]|{L} shoulder: raised, {R} one relaxed", does="[raise|lift|shrug|hitch up] {their} {L} shoulder|pull the {L} shoulder up to the ear|shrug one shoulder|raise only the {L} shoulder"),
    _say(beyond("left_shoulder", "neck", "chestward", 0.045, 0.16), beyond("right_shoulder", "neck", "chestward", 0.045, 0.16), aim("both_upper_arm", "down left*0.1 front*0.25", 9, 34), aim("trunk", "up", 5, 16),
         tags="shoulders: [rolled|pulled|drawn|brought] forward|shoulders: forward|shoulders: rounded forward|chest: hollow, shoulders forward|shoulders: curled in", does="[roll|pull|bring|round] {their} shoulders forward|hollow {their} chest|curl {their} shoulders in"),
    _say(beyond("head", "neck", "chestward", 0.075, 0.17), aim("face", "front", 6, 22), aim("trunk", "up", 5, 16),
         tags="head: [poked|pushed|thrust|stuck|jutting] forward|neck: [stretched|craned] forward|chin: [out|jutting out|stuck out]|head: forward like a turtle's|neck: craned", does="[poke|push|thrust|stick] {their} head forward|crane {their} neck|[stick|jut] out {their} chin|stretch {their} neck forward like a turtle"),
)  # fmt: skip
"""Chest, shoulders, hips and palms."""

TOES_FAMILIES: tuple[Family, ...] = (
    _say(aim("left_thigh", "front down*0.6", 8, 28), aim("left_shin", "down", 8, 26), beyond("left_ankle", "right_ankle", "up", 0.2, 0.5), aim("left_foot", "front down*0.4", 7, 26), *STAND_RIGHT[:2], bend("right_knee", 2, 28), aim("right_foot", "front right*0.2", 6, 30), aim("trunk", "up", 5, 22), on=("standing",),
         tags="{L} foot: [|up |resting |placed ]on a [step|box|stool|chair|rock|bench|low wall]|one foot: up on a [step|box|stool]|{L} leg: up on a [bench|box|rock]|{L} foot: on the first step", does="[put|place|rest|set|prop] {their} {L} foot [up |]on a [step|box|stool|chair|rock|bench]|step up onto a [box|step|stair] with the {L} foot|stand with one foot on a [step|stool|crate]"),
    _say(flat("right"), floor("left_foot"), beyond("left_ankle", "right_ankle", "left", 0.42, 0.8), beyond("left_ankle", "right_ankle", "front", -0.15, 0.2), straight("left_leg"), beyond("left_heel", "left_foot", "up", 0.0, 0.14), balanced("right_foot_middle", metres=0.11), bend("right_knee", 2, 35), aim("right_foot", "front right*0.3", 7, 32), on=("standing",),
         tags="{L} leg: stretched to the side, toes on the floor|{L} toes: touching the floor out to the side|{L} foot: pointed out to the side on the floor|{L} leg: out to the side along the floor|one leg: out to the side, toes touching", does="[tap|point] the {L} [toes|foot] out to the side|[reach|slide|extend] the {L} leg to the side along the floor|do a side tap with the {L} foot|touch the floor to the {L} with {their} {L} toes"),
    _say(flat("right"), floor("left_foot"), beyond("left_ankle", "right_ankle", "back", 0.35, 0.7), straight("left_leg"), beyond("left_heel", "left_foot", "up", 0.03, 0.16), balanced("right_foot_middle", metres=0.11), bend("right_knee", 2, 40), aim("trunk", "up front*0.12", 5, 18), aim("right_foot", "front right*0.2", 6, 30), on=("standing",),
         tags="{L} leg: stretched back, toes on the floor|{L} toes: touching the floor behind|{L} foot: pointed behind on the floor|one leg: back, toes touching the floor", does="[tap|point] the {L} [toes|foot] [back|behind {their} body]|[reach|slide|extend] the {L} leg back along the floor|touch the floor behind with {their} {L} toes"),
    _say(flat("right"), floor("left_foot"), beyond("left_ankle", "right_ankle", "front", 0.32, 0.7), straight("left_leg"), beyond("left_heel", "left_foot", "up", 0.0, 0.14), balanced("right_foot_middle", metres=0.11), bend("right_knee", 2, 40), aim("right_foot", "front right*0.2", 6, 30), on=("standing",),
         tags="{L} leg: stretched forward, toes on the floor|{L} toes: touching the floor in front|{L} foot: pointed ahead on the floor|one leg: forward, toes touching the floor", does="[tap|point] the {L} [toes|foot] [forward|in front]|[reach|slide|extend] the {L} leg forward along the floor|touch the floor ahead with {their} {L} toes"),
    _say(flat("both"), beyond("left_foot", "left_ankle", "left", 0.035, 0.11), beyond("right_foot", "right_ankle", "right", -0.02, 0.025), balanced("left_foot_middle", "right_foot_middle"), beyond("left_ankle", "right_ankle", "left", 0.12, 0.4), beyond("left_ankle", "right_ankle", "front", -0.15, 0.15), aim("left_foot", "front left*0.9", 8, 34), bend("both_knee", 2, 30), on=("standing",),
         tags="{L} [foot|toes]: [turned|pointing] out, {R} foot straight|one foot: turned out|{L} foot: turned to the {L}, {R} foot pointing forward", does="turn the {L} foot out|point the {L} toes outward and the {R} ones ahead|turn one foot out"),
)  # fmt: skip
"""A foot on something, toes that reach out."""

READY_FAMILIES: tuple[Family, ...] = (
    _say(*BOTH_FEET, bend("both_knee", 25, 65), aim("trunk", "up front*0.6", 8, 26), touch("both_palm", "both_thigh_top", 0.02), beyond("left_ankle", "right_ankle", "left", 0.15, 0.55), beyond("left_ankle", "right_ankle", "front", -0.15, 0.15), on=("standing",), claims="root trunk",
         tags="hands: on {their} thighs, knees bent|leaning on {their} thighs with both hands|both hands: braced on the thighs|crouched a little, palms on the thighs", does="[rest|brace|put|press] {their} hands on {their} thighs, knees bent|lean on {their} thighs with both hands|stand ready with the hands on the thighs|bend {their} knees and *put both hands on the thighs"),
    _say(touch("left_palm", "right_waist"), aim("left_forearm", "rightward", 10, 45),
         tags="{L} hand: on the [{R}|opposite|other] [hip|waist]|{L} hand: across the belly on the {R} hip|one hand: on the opposite hip", does="[put|place|rest|lay] {their} {L} hand on the [{R}|opposite|other] hip|reach across to the {R} hip with the {L} hand|hold {their} {R} hip with the {L} hand"),
    _say(touch("left_palm", "right_ribs", 0.02), touch("right_palm", "right_cheek", 0.02), beyond("right_elbow", "right_shoulder", "footward", 0.1),
         tags="{L} arm: across the body, {R} hand on the cheek|{R} hand: on the cheek, {L} arm folded under it|one arm: folded, the other hand at the face", does="fold the {L} arm and *rest the {R} cheek in the hand|put one hand on the cheek, the other arm across the body"),
    _say(touch("both_palm", "both_ribs", 0.02), aim("both_upper_arm", "leftward footward*0.9 spineward*0.3", 9, 38),
         tags="hands: on the ribs|both hands: on the sides of the ribcage|hands: on {their} sides, under the chest|palms: on the ribs, elbows out", does="[put|place|press] both hands on {their} ribs|hold {their} ribs with both hands|feel {their} ribs move while breathing"),
)  # fmt: skip
"""Hands on thighs, hips and ribs."""

ARMPITS: Family = _say(touch("left_palm", "right_ribs", 0.03), touch("right_palm", "left_ribs", 0.03), aim("both_upper_arm", "footward leftward*0.3", 10, 42),
    tags="hands: [tucked |]in {their} armpits|hands: under the armpits|arms: crossed, hands in the armpits|hands: tucked under the arms|hands: warming in the armpits|hands: jammed in the pits|arms: crossed as if freezing, hands in the armpits", does="[tuck|stick|warm|put] {their} hands [in|into|under] {their} armpits|cross {their} arms with the hands tucked under|stand with {their} hands under {their} arms", on=())  # fmt: skip
"""Hands in opposite armpits."""

SHAPE_FAMILIES: tuple[Family, ...] = (
    *CLOCK_FAMILIES,
    *LINE_FAMILIES,
    *ROUND_FAMILIES,
    *ROUND_FAMILIES,
    *ASIDE_FAMILIES,
)

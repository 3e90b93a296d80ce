# SPDX-License-Identifier: GPL-3.0-or-later
"""The same phrase in other people's words: synonyms of verbs, body parts, places and measures, whoever wrote it.

Rules see phrases as authors write them (see `phrases`), their choices drawn: verbs bare, sides still {L} and {R}.
"""

# Words are data and stand on one line.
# ruff: noqa: E501

from __future__ import annotations

import re

import numpy as np

from training.grammar.phrases import pick

SHARE = 0.5
"""How many phrases are changed where a rule fits."""
MOST_RULES = 3
"""How many rules change one phrase, at most."""

_WHAT = r"(?=(?:\{their\}|the|both|one|a|an|only|just|\{L\}|\{R\}) )"
"""A verb's object begins here."""
_LIMB = r"(?=(?:(?:\{their\}|the|both|one|a|only|just|single|two|other|opposite|\{L\}|\{R\}) )*(?:arms?|hands?|legs?|f[oe]{2}t|knees?|elbows?|heels?|forearms?|upper arms?|thighs?|palms?|fists?|fingers|chin|head|shoulders?|hips?)\b)"
"""A verb's object is a part of the body."""
_WAY = r"(?=(?:up|down|forward|forwards|back|backward|backwards|over|left|right|ahead|straight|away|aside|sideways|off|to|at|towards|behind|slightly|skyward|upward|downward|\{L\}|\{R\})\b)"
_VERBS = (
    (f"raise {_LIMB}", "lift|elevate|hoist|lift"),
    (f"lift {_LIMB}", "raise|elevate|hoist|raise"),
    (f"put {_LIMB}", "place|set|position|rest|lay"),
    (f"place {_LIMB}", "put|set|position|lay"),
    (f"rest {_LIMB}", "lay|place|put|park"),
    (f"press {_LIMB}", "push"),
    (f"stretch {_LIMB}", "extend|straighten|reach"),
    (f"extend {_LIMB}", "stretch|reach|straighten"),
    (f"pull {_LIMB}", "draw|bring|tug"),
    (f"bring {_LIMB}", "draw|move|pull"),
    (f"lower {_LIMB}", "drop|drop|bring down"),
    (f"keep {_LIMB}", "hold|leave"),
    (f"swing {_LIMB}", "sweep|move"),
    (f"spread {_LIMB}", "open|part|splay"),
    (r"bend (?=(?:(?:\{their\}|the|both|one|\{L\}|\{R\}) )*(?:elbows?|knees?)\b)", "flex|fold|flex"),
    (r"cross (?=(?:\{their\}|the|both) (?:arms|forearms)\b)", "fold|cross over|interlock"),
    (r"(?:tilt|tip|cock|incline) (?=(?:\{their\}|the) head)", "tilt|tip|cock|incline|lean|bend"),
    (r"turn (?=(?:\{their\}|the) (?:head|face))", "rotate|swivel|twist"),
    (r"(?:twist|rotate) (?=(?:\{their\}|the) (?:torso|upper body|trunk|shoulders|waist))", "turn|swivel|rotate|twist"),
    (r"bow (?=(?:\{their\}|the) head)", "lower|dip|hang|bend"),
    (f"look {_WAY}", "gaze|glance|stare|peer|look out"),
    (f"gaze {_WAY}", "look|stare|peer"),
    (r"lean (?=(?:forward|forwards|back|backward|backwards|sideways|to the|slightly|far)\b)(?!.*wall)", "tilt|tip|incline|lean over"),
    (r"sit on (?=(?:the|a|an) )", "sit down on|be seated on|take a seat on|sit on top of"),
    (r"lie on (?=\{their\} )", "lie down on|rest on|stretch out on|be lying on"),
    (r"kneel on (?=(?:the|\{their\}|both) )", "get down on|drop onto|rest on"),
    (r"stand on (?=(?:one|\{their\}|the|just|only) (?:\{[LR]\} )?(?:leg|foot)\b)", "balance on|be up on|stay on|poise on"),
    (r"balance on (?=(?:one|\{their\}|the) (?:\{[LR]\} )?(?:leg|foot)\b)", "stand on|teeter on|hold still on|perch on"),
    (f"touch {_LIMB}", "tap|reach for|make contact with|feel"),
    (f"cover {_WHAT}", "hide|shield|conceal"),
    (f"grab {_WHAT}", "grasp|grip|take hold of|clutch|seize"),
    (f"clutch {_WHAT}", "grip|grasp|clasp|hold on to"),
    (rf"(?:put|place|rest|lay|set|position) {_LIMB}(?=.*\b(?:on|against|at) )", "plant|prop|park|stick|plop|leave|brace|settle"),
    (rf"raise {_LIMB}(?!.*\bup\b)", "heave|pull up|bring up|pick up|hold up"),
    (f"(?:stretch|extend|reach) {_LIMB}(?=.* (?:out|forward|back|up)\b)", "fling|thrust|shoot|stick|throw|stretch out"),
    (f"point {_LIMB}", "aim|direct"),
    (r"(?:bend|lean) (?=(?:forward|over)\b)", "hinge|fold|pitch|stoop|bow"),
    (r"hunch (?=\{their\} (?:back|shoulders))", "round|slump|droop|curl"),
    (f"hug {_WHAT}", "embrace|wrap {their} arms around|squeeze"),
    (r"clasp (?=(?:\{their\}|the|both) (?:hands|fingers))", "join|fold|lock|interlock|hold"),
    (f"arch {_WHAT}", "curve|bow|hollow"),
    (r"jump (?=(?:up|into|in|high|off)\b)", "leap|spring|hop|bound"),
    (r"step (?=(?:forward|back)\b)", "take a step|move|pace"),
    (r"reach (?=(?:up|out|forward|back)\b)", "stretch|extend|strain"),
    (r"point (?=(?:at|to|towards) )", "gesture|indicate|aim"),
    (r"shield (?=\{their\})", "protect|guard"),
    (r"throw (?=(?:a|the) )", "hurl|toss|fling|launch|lob"),
    (r"kick (?=(?:forward|out|sideways|back|high)\b)", "strike|boot"),
    (r"walk (?=(?:forward|along|slowly|ahead)\b)", "stroll|pace|stride|go"),
    (r"crouch (?=(?:down|low)\b)", "squat|hunker|stoop|get"),
    (r"hold (?=(?:onto|on to) )", "hang|cling"),
    (r"(?:aim|point) (?=a (?:gun|pistol|rifle))", "aim|point|level|train"),
)  # fmt: skip
_STATES = (
    (r"\braised\b(?! (?:eyebrow|by))", "lifted|elevated|lifted up|held up|up"),
    (r"\blifted\b", "raised|elevated|raised up|held up"),
    (r"\bstretched (?=(?:straight|out|forward|up|back|sideways|diagonally|down|across|to)\b)", "extended |reaching |outstretched |held "),
    (r"\bextended (?=(?:straight|out|forward|up|back|sideways|diagonally|down)\b)", "stretched |outstretched |held |reaching "),
    (r"(?<=: )bent\b(?! (?:over|double|forward|back|backward|sideways|to|in|down|inward|outward|past|more|less))", "flexed|crooked|folded|not straight but bent"),
    (r"(?<=: )(?:resting|placed|held|lying|laid) (?=(?:on|against|over|behind|in) )", "resting |placed |set |positioned |laid |touching, |kept "),
    (r"\bclasped\b", "joined|interlocked|locked together|held|folded"),
    (r"(?<=: )(?:raised|lifted)\b(?= |$)(?! (?:shoulder|in line))(?!.+\bup\b)", "raised |hoisted up |brought up |held up |picked up |stuck up "),
    (r"(?<=: )(?:stretched|extended) (?=(?:straight|out|forward|back|sideways)\b)", "thrust |flung |shot |stuck |fully extended |jutting "),
    (r"(?<=: )hanging\b(?! (?:by|from|off|upside))", "dangling|just hanging|hanging limply|hanging loose|drooping"),
    (r"(?<=: )(?:straight|stretched)(?=$|,)", "dead straight|nice and straight|fully straightened|perfectly straight|locked straight"),
    (r"(?<=: )bent(?=$|,)", "flexed|crooked|not straight|in a bend"),
    (r"\bpressed\b", "pushed|held|squeezed"),
    (r"(?<=arms: )(?:crossed|folded)\b", "crossed|folded|interlocked|crossed over"),
    (r"(?<=head: )(?:tilted|tipped|cocked|inclined)\b", "tilted|tipped|cocked|inclined|angled|leaning|bent"),
    (r"(?<=head: )(?:turned|rotated)\b", "turned|rotated|twisted|swivelled"),
    (r"\b(?:torso|upper body|trunk): (?:twisted|turned|rotated)\b", "torso: twisted|upper body: rotated|trunk: turned|chest: turned|torso: swivelled"),
    (r"\blowered\b", "dropped|brought down"),
    (r"\bhanging\b(?! (?:by|from|off|upside))", "dangling|drooping|hanging"),
    (r"\blooking (?=(?:up|down|left|right|to|ahead|straight|back|away|over|behind|sideways|forward|\{[LR]\})\b)", "gazing |staring |glancing |peering |looking "),
    (r"^leaning (?=(?:forward|back|to the|slightly|far|sideways)\b)", "inclined |tilting |tipped |leaning over "),
    (r"\bsitting on (?=(?:the|a) )", "seated on |sat on |sat down on |sitting down on "),
    (r"\bseated on (?=(?:the|a) )", "sitting on |sat on |perched on "),
    (r"\blying on (?=(?:\{their\}|the) )", "lying down on |stretched out on |resting on |laid out on "),
    (r"^kneeling$", "on the knees|knelt down|kneeling down|down on bended knee"),
    (r"^standing (?=(?:with|on|in) )", "stood |upright |on {their} feet "),
    (r"\bspread (?=(?:wide|out|apart)\b)", "splayed |opened |flung "),
    (r"\bpointing (?=(?:up|down|forward|straight|at|to|back|towards|ahead|outward|diagonally)\b)", "aimed |directed |aiming |pointed "),
    (r"\bholding (?=(?:\{their\}|the) )", "gripping |clutching |grasping "),
)  # fmt: skip
_PLACES = (
    (r"\bon the floor\b", "on the ground|on the mat|down on the floor|on the deck"),
    (r"\bon the ground\b", "on the floor|on the grass|down on the ground|on the mat"),
    (r"\bthe floor\b", "the ground"),
    (r"\bthe ground\b", "the floor"),
    (r"(?<=\{their\} )(?:belly|stomach|tummy)\b", "belly|stomach|tummy|abdomen|midriff|abs|gut"),
    (r"(?<=\bthe )(?:belly|stomach|tummy)\b", "belly|stomach|abdomen|tummy|midsection"),
    (r"(?<=\{their\} )(?:buttock|bottom|butt|backside)\b", "bottom|butt|backside|behind|rear|bum|rump"),
    (r"\bbuttocks\b", "bottom|backside|glutes|bum|rear end"),
    (r"\b(?:torso|upper body|trunk)\b", "torso|upper body|trunk|body"),
    (r"\b(?:above|over) (?:the|\{their\}) head\b", "over {their} head|overhead|above the head|up over the head|up above {their} head"),
    (r"\boverhead\b", "above {their} head|over the head|up above|high above the head"),
    (r"\bin front of (?:the|\{their\}) chest\b", "before {their} chest|at the chest|ahead of the chest|in front of {their} breast|at chest level in front"),
    (r"\bin front of (?:the|\{their\}) (?:body|torso)\b", "out front|in front|ahead of {their} body|before {their} body"),
    (r"\bout in front\b", "out ahead|out to the front|out before {their} body|straight ahead"),
    (r"\bbehind (?:the|\{their\}) head\b", "at the back of {their} head|behind the head|in back of the head"),
    (r"\bbehind (?:the|\{their\}) body\b", "in back|to the rear|at the back|backwards"),
    (r"\bout to the side\b", "out sideways|off to the side|laterally|out to {their} side|to the side"),
    (r"\bout to the sides\b", "out sideways|off to the sides|laterally|to either side|out on both sides|to both sides"),
    (r"(?<!\bout )(?<!off )\bto the side\b", "sideways|to one side|laterally|to {their} side"),
    (r"\bto the \{L\}\b(?! of| one| foot| hand| side)", "towards the {L}|to {their} {L}|to the {L} side|to the {L}-hand side|over to the {L}"),
    (r"\bto the \{R\}\b(?! of| one| foot| hand| side)", "towards the {R}|to {their} {R}|to the {R} side|to the {R}-hand side|over to the {R}"),
    (r"\bat (?:the|\{their\}) sides\b", "by {their} sides|alongside the body|by the sides|down the sides|beside the hips"),
    (r"\b(?:at|by) (?:the|\{their\}) side\b(?! of)", "by the side|alongside the body|at {their} side|beside the hip"),
    (r"\bat shoulder (?:height|level)\b", "at shoulder level|at shoulder height|level with the shoulders|at the height of the shoulders|shoulder-high|as high as {their} shoulders"),
    (r"\bto shoulder (?:height|level)\b", "to shoulder level|up to {their} shoulders|to the height of the shoulders|shoulder high"),
    (r"\bat (?:hip|waist) (?:height|level)\b", "at hip height|at waist level|level with the hips|as high as {their} waist|waist-high"),
    (r"\bat chest (?:height|level)\b", "at chest level|chest-high|level with the chest|as high as {their} chest"),
    (r"\b(?:slightly|a little|a bit)\b(?! (?:lower|higher|more|bent to))", "slightly|a little|a bit|a little bit|somewhat|a touch|a tad|ever so slightly|just a bit|mildly"),
    (r"\bstraight up\b(?! (?:straight|and))", "vertically up|directly upward|straight upward|up straight|straight up in the air"),
    (r"\bstraight down\b", "vertically down|directly down|straight downward"),
    (r"\bstraight (?:ahead|forward)\b", "directly forward|dead ahead|straight to the front|straight forward"),
    (r"\bwide apart\b", "far apart|well apart|spread wide|widely apart|a long way apart"),
    (r"\bshoulder-width apart\b", "shoulder width apart|as wide as the shoulders|at shoulder width|the width of {their} shoulders apart"),
    (r"\bon (?:\{their\} )?tiptoes?\b", "on {their} tiptoes|on the tips of {their} toes|on tippy-toes|up on {their} toes"),
    (r"\bon one leg\b(?! only)", "on a single leg|on just one leg|on only one leg"),
    (r"\bon \{their\} knees\b", "on both knees|on the knees|upon {their} knees"),
    (r"\bon \{their\} back\b", "flat on {their} back|on the back|face up on {their} back"),
    (r"\bon \{their\} (?:stomach|belly|front)\b", "face down|on {their} front|on the belly|on {their} tummy|on {their} stomach"),
    (r"^both (?=(?:arms|hands|legs|feet|knees|elbows|palms|fists|heels)\b)", "|the two |two "),
    (r"(?<=[a-z] )both (?=(?:arms|hands|legs|feet|knees|elbows|palms|fists|heels)\b)", "{their} |the |{their} two |two "),
    (r"\bthe (?:opposite|other) (?=(?:knee|elbow|shoulder|thigh|hand|wrist|arm|leg|foot|ankle|forearm|cheek)\b)", "the opposite |the other |{their} other |{their} opposite "),
    (r"\bwith (?:the|\{their\}) (?=\{[LR]\} (?:hand|foot|arm|leg)(?:$| and))", "using {their} |with {their} |using the "),
    (r"^one (?=(?:arm|hand|leg|foot|knee|elbow)\b(?!.*\bthe other\b))", "a single |a |only one |just one "),
    (r"\bthigh\b(?! gap)", "upper leg|thigh"),
    (r"^(both )?arms(?=: )", r"\1arms|\1arms|\1arms|\1upper limbs"),
    (r"^(both )?legs(?=: )", r"\1legs|\1legs|\1legs|\1lower limbs"),
    (r"\b(pointing|stretched|reaching|extended|held|leaning|facing|looking) forward(?=$|,)", r"\1 to the front|\1 frontwards|\1 to the fore|\1 ahead"),
    (r"\b(pointing|stretched|reaching|extended|leaning|bending|looking) (?:back|backward)(?=$|,)", r"\1 to the rear|\1 rearward|\1 backwards"),
    (r"\b(pointing|stretched|reaching|looking|raised|straight) up(?=$|,)", r"\1 upward|\1 upwards|\1 skyward"),
    (r"\b(pointing|stretched|reaching|looking|hanging|straight) down(?=$|,)", r"\1 downward|\1 downwards|\1 floorward|\1 earthward"),
    (r"\bdown at the (?:floor|ground)\b", "at the ground|at {their} own feet|to the floor|at {their} toes"),
    (r"\bon \{their\} side\b", "on one side|on {their} flank"),
    (r"\bon all fours\b", "on hands and knees|down on all fours|on {their} hands and knees"),
    (r"\bstanding on one leg\b", "standing one-legged|balanced on a single foot|up on one foot"),
    (r"\bforearm\b", "lower arm|forearm"),
    (r"\bforearms\b", "lower arms|forearms"),
    (r"\bshins?\b(?! kick)", "lower leg|shin"),
    (r"\bforehead\b", "brow|forehead"),
    (r"(?<=\{their\} )head\b(?! (?:down|to|up))", "head|head|head|noggin|skull"),
    (r"(?<=\{their\} )jaw\b", "jaw|jawline|chin"),
    (r"(?<=\{their\} )lower back\b", "lower back|small of the back|lumbar region"),
    (r"\bupper arm\b", "upper arm|bicep"),
    (r"\bthighs\b", "upper legs|thighs|quads"),
    (r"\bribs\b(?! move)", "ribs|ribcage|rib cage"),
    (r"(?<=on \{their\} )(?:hip|waist)\b", "hip|waist|hipbone"),
    (r"\bbreastbone\b", "sternum|breastbone"),
    (r"\ball the way\b(?! (?:down|to|over|around))", "all the way|completely|fully|as far as it goes"),
    (r"(?<!as )\bfar (?=(?:forward|back|over|apart|to the)\b)", "far |way |well |a long way "),
    (r"\bdiagonally\b", "diagonally|on a diagonal|at a slant|at 45 degrees|obliquely"),
    (r"\bsideways\b", "sideways|to the side|laterally"),
    (r"\bwide\b(?=$|,)", "wide|super wide|really wide|nice and wide"),
    (r"\bbetween\b(?= (?:forward|front|straight ahead))", "midway between|in between"),
    (r"\bslightly bent\b", "a bit bent|slightly flexed|kinda bent|bent a little"),
    (r"\bdegrees\b(?! (?:angle|C))", "degrees|deg"),
    (r"\btogether\b(?=$|,)", "together|close together"),
    (r"\bthe ceiling\b", "the sky|the roof|the heavens"),
    (r"\bthe sky\b", "the ceiling|the heavens|the clouds|the sun"),
    (r"(?<!the )\bhorizontal\b", "level|parallel to the floor|flat"),
    (r"\bparallel to the (?:floor|ground)\b", "horizontal|level with the floor|parallel with the ground|level"),
    (r"\bupright\b(?=$|,| posture)", "vertical|erect|straight"),
    (r"\bat a right angle\b", "at 90 degrees|at a 90 degree angle|bent 90 degrees|in an L"),
    (r"\bat right angles\b", "at 90 degrees|at 90 degree angles|in an L"),
    (r"\bas if\b", "as though|like"),
    (r"(?<!so )\bnear\b", "close to|by|next to"),
    (r"\bbeside\b", "next to|alongside|by"),
    (r"\btowards\b", "toward|to|in the direction of"),
    (r"\bpulled back\b", "drawn back|drawn backwards|held back"),
    (r"(?<!up )(?<!super )(?<!-)\bhigh\b(?=$|,)", "up high|way up|as high as it goes"),
    (r"\bin the air\b", "in mid-air|up in the air|off the ground"),
    (r"\boff the (?:floor|ground)\b", "off the ground|off the floor|in the air|up off the floor"),
    (r"\bwithout bending\b", "not bending|while not bending|with no bend in"),
    (r"\bwithout touching\b", "not touching|while not touching"),
    (r"\bhands on (?:the |\{their\} )?hips\b", "hands on {their} hips|arms akimbo|hands on the waist|hands at {their} hips"),
)  # fmt: skip

_Rule = tuple[re.Pattern[str], tuple[str, ...]]


def _rules(table: tuple[tuple[str, str], ...], start: str = "") -> tuple[_Rule, ...]:
    return tuple((re.compile(start + pattern), tuple(others.split("|"))) for pattern, others in table)


_VERB_RULES = tuple(
    (re.compile(rf"(?:^|(?<=\*)){pattern}"), tuple(f"{other} " for other in others.split("|")))
    for pattern, others in _VERBS
)
_STATE_RULES, _PLACE_RULES = _rules(_STATES), _rules(_PLACES)


def reworded(phrase: str, kind: str, random: np.random.Generator) -> str:
    """A phrase in other words, or as it was.

    Args:
        phrase: of an author, its choices drawn.
        kind: "does", "tag" or "name"; names are left alone.
        random: decides whether and how.
    """
    if kind == "name" or random.random() >= SHARE:
        return phrase
    rules = (_VERB_RULES if kind == "does" else _STATE_RULES) + _PLACE_RULES
    fitting = [rule for rule in rules if rule[0].search(phrase)]
    random.shuffle(fitting)  # type: ignore[arg-type]
    for pattern, others in fitting[:MOST_RULES]:
        phrase = pattern.sub(pick(random, others), phrase, count=1)
    phrase = re.sub(r"\b(up|straight|held|bent|just|out|back|down|to) \1\b", r"\1", phrase)
    phrase = re.sub(r"\bup (?=(?:diagonally|obliquely|on a diagonal|at a slant|at 45 degrees) up\b)", "", phrase)
    phrase = re.sub(
        r"\ba (?=(?:elevated|extended|outstretched|inclined|angled|opened|arm|elbow|ankle|ear)\b)", "an ", phrase
    )
    return re.sub(r"\s+", " ", phrase).strip()

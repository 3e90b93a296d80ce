# SPDX-License-Identifier: GPL-3.0-or-later
"""Moods that show in trunk, head and arms together: defeat, dread, triumph, guilt, flirting, awe."""

# Phrases are data and stand on one line.
# ruff: noqa: E501

from __future__ import annotations

from training.grammar.entries import pose
from training.grammar.intent import Goal, aim, apart, balanced, bend, beyond, flat, floor, head, spine, straight, touch
from training.grammar.named.shared_parts import KNEELING, ON_HEELS, PLANTED


def _shoulders(direction: str, least: float, most: float) -> list[Goal]:
    """Both shoulder joints are so far from the upper spine; at ease 0.08 m headward and 0.04 m chestward."""
    return [*beyond("left_shoulder", "spine3", direction, least, most), *beyond("right_shoulder", "spine3", direction, least, most)]  # fmt: skip


_SQUARE = aim("shoulder_line", "left", 4, 13)
_FEET = balanced("left_foot_middle", "right_foot_middle", 0.1)
_LIMP = (aim("both_arm", "down front*0.15", 5, 17), bend("both_elbow", 3, 28))
_SUNK = (*_shoulders("chestward", 0.06, 0.16), *_shoulders("headward", 0.0, 0.09))
_HANGS = (head(pitch=(30, 45)), aim("face", "front down*1.6", 5, 15))
_WIDE = (flat("both"), beyond("left_ankle", "right_ankle", "left", 0.38, 0.7), _FEET)
_CLOSE = (flat("both"), beyond("left_ankle", "right_ankle", "left", 0.09, 0.2), beyond("left_ankle", "right_ankle", "front", -0.08, 0.08), _FEET)  # fmt: skip
_BACK_STEP = (
    flat("left"),
    floor("right_foot"),
    beyond("right_foot_middle", "left_foot_middle", "back", 0.12, 0.45),
    beyond("left_ankle", "right_ankle", "left", 0.06, 0.3),
    balanced("left_foot_middle", "right_foot", 0.12),
)
_HIP_OUT = (
    flat("right"),
    floor("left_foot"),
    straight("right_leg"),
    bend("left_knee", 18, 50),
    balanced("right_foot_middle", "left_foot", 0.09),
    beyond("right_hip", "left_hip", "up", 0.012, 0.09),
    beyond("left_ankle", "right_ankle", "left", 0.1, 0.4),
)
_RIGHT_ON_HIP = (
    touch("right_palm", "right_waist"),
    aim("right_upper_arm", "rightward footward*0.8 spineward*0.2", 7, 32),
)

POSES = (
    pose("defeated on knees", *ON_HEELS, _SQUARE, spine(pitch=(26, 42)), aim("trunk", "up front*0.45", 5, 16), *_HANGS, *_SUNK, aim("both_arm", "down front*0.2", 6, 22), bend("both_elbow", 3, 40),
         does="kneel in defeat|sink to {their} knees and *give up|sit back on {their} heels with the head hanging|slump on both knees, arms limp|lose everything and *kneel there|accept defeat on {their} knees|drop to {their} knees, arms dangling, chin on the chest|kneel broken in the rain|wait for the end on {their} knees|surrender without a word, kneeling with a bowed head",
         tags="defeated|broken|beaten, on both knees|kneeling, head hanging, arms limp|game over|all hope is gone|crushed|vanquished|slumped on the heels, eyes on the floor|it's over",
         names="a defeated kneel|a pose of defeat|a broken hero on the knees|a [picture|pose] of surrender", defaults=()),
    pose("devastated standing", _SQUARE, *PLANTED, touch("left_palm", "left_temple", 0.02), touch("right_palm", "right_temple", 0.02), spine(pitch=(26, 40)), aim("trunk", "up front*0.5", 5, 15), head(pitch=(24, 40)), aim("face", "front down*1.3", 6, 20), bend("both_knee", 10, 40), claims="root",
         does="despair|stand with {their} head in {their} hands, bent forward|hold {their} head in both hands and *hunch over|break down on the spot, both hands gripping the head|hear the worst news of {their} life|realise it was all for nothing|lose the house in a bet|curl forward with the hands at the temples, knees soft|fall apart inside",
         tags="devastated|in despair, standing|despairing|hopeless|crushed, head in both hands|hunched over, hands on the head|at rock bottom|she just got the news|everything is ruined",
         names="a stand of despair|a pose of devastation|a breakdown|utter despair"),
    pose("lonely self-hold", _SQUARE, *_CLOSE, touch("left_palm", "right_biceps", 0.025), touch("right_palm", "left_biceps", 0.025), spine(pitch=(20, 34)), aim("trunk", "up front*0.25", 4, 13), *_HANGS, claims="root",
         does="feel lonely|hug {their} own arms with the head down|hold themselves and *stare at the floor|stand alone at the party|miss home|feel unwanted|stand apart with arms wrapped around the body, head hanging|look at nobody, hands on {their} own upper arms",
         tags="lonely|alone|isolated|homesick|abandoned|forlorn|unloved|left out|head down, arms around {their} own body|nobody called|insecure",
         names="a lonely pose|a picture of loneliness|a sad self-hug"),
    pose("guilty hands behind", _SQUARE, *_CLOSE, touch("left_hand", "right_hand", 0.03), beyond("left_hand", "lower_back", "spineward", 0.02, 0.25), beyond("left_hand", "lower_back", "footward", -0.1, 0.3), spine(pitch=(10, 22)), aim("trunk", "up front*0.08", 4, 12), head(pitch=(26, 40), yaw=(8, 26)), aim("face", "front down*1.0 left*0.25", 6, 20), aim("both_foot", "front right*0.15", 8, 26), claims="root",
         does="look guilty|stand with hands behind {their} back and the head down|own up to breaking the vase|stare at {their} shoes like a kid in trouble|wait outside the principal's office|say sorry, hands behind the back|hide something behind {their} back and *look down|get told off|feel terrible about it|confess, eyes on the floor",
         tags="guilty|remorseful|sorry|caught red-handed|in trouble|scolded, head down, hands behind the back|sheepish|repentant|busted|it was me",
         names="a guilty pose|a picture of guilt|a kid in trouble|a my-bad pose"),
    pose("smug lapels", _SQUARE, *_WIDE, straight("both_leg"), apart("left_hand", "left_breast", 0.0, 0.08), apart("right_hand", "right_breast", 0.0, 0.08), aim("both_upper_arm", "left down*0.9 back*0.2", 7, 26), spine(pitch=(-22, -10)), aim("trunk", "up back*0.16", 4, 10), head(pitch=(-32, -14)), aim("face", "front up*0.5", 4, 12), claims="root",
         does="gloat|boast|hold {their} lapels and *puff out {their} chest|hook {their} thumbs in {their} suspenders, chin up|preen|show off|swell with pride, both hands at the chest and the elbows out|brag about the win|strut around like the owner of the place|stick out {their} chest, thumbs under the braces",
         tags="smug|snooty|boastful|pompous|self-satisfied|full of themselves|cocky|conceited|chest out, chin up, hands at the lapels|told you so|stuck-up",
         names="a smug pose|a boast|a fat cat pose|a braggart|a pompous stance"),
    pose("triumphant roar", _SQUARE, *_WIDE, bend("both_knee", 5, 35), aim("both_upper_arm", "left up*0.75", 6, 20), aim("both_forearm", "up right*0.15", 7, 24), bend("both_elbow", 25, 75), beyond("left_wrist", "crown", "up", 0.04), beyond("right_wrist", "crown", "up", 0.04), spine(pitch=(-24, -12)), aim("trunk", "up back*0.22", 4, 11), head(pitch=(-38, -20)), aim("face", "front up*0.85", 6, 18),
         does="roar in triumph|celebrate with both fists clenched overhead|throw {their} head back and *roar, fists high|win the title|scream for joy, both arms up, chest out|celebrate the winning goal|shout at the sky with raised fists|shake both fists at the heavens|arch back, fists above the head",
         tags="triumphant|victorious|ecstatic|exultant|both fists above the head, face to the sky|champion!|let's gooo|glorious|invincible",
         names="a triumphant roar|a celebration|a champion's roar|a victory scream"),
    pose("yes elbows pulled", _SQUARE, *_WIDE, bend("both_knee", 25, 60), aim("both_upper_arm", "down back*0.35 left*0.3", 7, 24), bend("both_elbow", 95, 138), beyond("left_hand", "right_hand", "leftward", 0.2, 0.6), aim("both_forearm", "front up*0.5", 8, 30), spine(pitch=(12, 26)), aim("trunk", "up front*0.3", 5, 15), head(pitch=(-8, 12)), claims="root",
         does="hiss yes and *pull both fists in|celebrate with clenched fists at the ribs, knees bent|pump both fists down low|nail the exam|drop into a crouch with both fists pumped|get the job and *punch the air downward|pull {their} elbows back with clenched fists|celebrate quietly, both fists tight",
         tags="yesss!|stoked|pumped|fired up|elbows back, fists clenched, knees bent|nailed it|psyched|thrilled to bits",
         names="a double fist pump|a yes! moment|a low celebration|a come-on!"),
    pose("knee slide celebration", *KNEELING, _SQUARE, spine(pitch=(-24, -10)), aim("trunk", "up back*0.35", 4, 14), aim("both_arm", "left up*0.4 back*0.1", 7, 22), bend("both_elbow", 4, 35), head(pitch=(-26, -10)), aim("face", "front up*0.6", 7, 22),
         does="slide on {their} knees after scoring|celebrate a goal on {their} knees|skid across the grass on both knees, arms flung wide|lean back on {their} knees with open arms|score in the last minute and *slide to the corner flag|kneel with the chest to the sky and arms spread wide|play to the crowd on both knees",
         tags="GOAL!!!|on both knees, leaning back, arms wide|sliding on the knees in celebration|goal celebration|kneeling and jubilant, arms thrown out",
         names="a knee slide|a goal celebration|a footballer's knee slide|a rock star knee slide", defaults=()),
    pose("warding off", _SQUARE, *_BACK_STEP, bend("both_knee", 20, 55), aim("trunk", "up back*0.3", 4, 11), aim("both_arm", "front up*0.12 left*0.15", 7, 20), bend("both_elbow", 8, 45), aim("both_palm", "front", 9, 42), head(yaw=(28, 52), pitch=(4, 18)), claims="root",
         does="back away in fear, both hands out|hold off an attacker with both palms|recoil and *push the air away|shield themselves with outstretched hands, face turned aside|beg a monster to stay back|shrink back, arms straight out and palms forward|scream no and *back off|fend off a ghost|stumble backwards with both hands up in front",
         tags="horrified|terrified, palms out|scared, backing away|frightened|leaning back with both arms out, head turned away|stay away from me!|get back!|repelled|panicking",
         names="a recoil in horror|a stay-back pose|a frightened step back|a pose of terror"),
    pose("cringing from a blow", _SQUARE, *_BACK_STEP, bend("both_knee", 35, 70), spine(pitch=(16, 30)), aim("trunk", "up back*0.14", 4, 12), aim("both_upper_arm", "front left*0.25 up*0.1", 8, 26), bend("both_elbow", 90, 135), beyond("left_hand", "chin", "up", 0.02, 0.32), beyond("right_hand", "chin", "up", 0.02, 0.32), beyond("left_hand", "nose", "front", 0.06, 0.4), apart("left_hand", "right_hand", 0.08, 0.4), head(pitch=(16, 32)), claims="root",
         does="cower behind raised hands|cringe, both hands up before the face|shrink down with {their} forearms in front of {their} face|brace for a blow|duck behind {their} hands, knees bent|plead not to be hit|protect {their} face with both hands|tremble as the shadow comes closer|wince and *hide behind {their} arms",
         tags="scared|cowering|petrified|timid|frightened, hands before the face|knees bent, hands up, shrinking back|please don't hurt me|spooked|intimidated",
         names="a cringe|a pose of fear|a cower|a frightened pose|a flinch behind both hands"),
    pose("peeking through fingers", _SQUARE, *_CLOSE, bend("both_knee", 8, 40), touch("both_palm", "both_eye", 0.03), beyond("left_elbow", "left_shoulder", "footward", 0.02), beyond("right_elbow", "right_shoulder", "footward", 0.02), *_shoulders("headward", 0.095, 0.17), spine(pitch=(8, 18)), aim("trunk", "up back*0.06", 4, 11), aim("face", "front", 6, 20), claims="root head",
         does="peek through {their} fingers|cover {their} eyes at the scary part|watch a horror movie through {their} hands|play peekaboo|count to ten in hide and seek|refuse to look, hands over the eyes, shoulders up|cover both eyes and *wait for the surprise|see no evil",
         tags="can't look!|peekaboo|eyes: covered with both hands|shoulders up, hands over the eyes|squeamish|see no evil",
         names="a peekaboo|a scary movie pose|a see-no-evil monkey|a hide-and-seek count"),
    pose("panic grabbing hair", _SQUARE, *_WIDE, bend("both_knee", 15, 50), apart("left_palm", "left_temple", 0.02, 0.12), apart("right_palm", "right_temple", 0.02, 0.12), beyond("left_hand", "left_ear", "headward", 0.0, 0.2), beyond("right_hand", "right_ear", "headward", 0.0, 0.2), aim("both_upper_arm", "left up*0.1 front*0.35", 7, 28), *_shoulders("headward", 0.09, 0.18), spine(pitch=(4, 16)), aim("trunk", "up front*0.15", 4, 13), aim("face", "front", 7, 24), claims="root head",
         does="panic|freak out|tear at {their} hair|grab {their} hair with both hands, elbows out wide|lose {their} mind|have a meltdown|realise the oven is still on|miss the deadline and *panic|clutch {their} head in a frenzy, knees bent|go crazy",
         tags="panicked|panicking|frantic|hysterical|stressed out|freaking out|overwhelmed|hands in the hair, elbows out|losing it|OMG OMG OMG|anxious",
         names="a panic|a meltdown|a freak-out|a hair-pulling panic"),
    pose("overwhelmed crouch", floor("both_foot"), bend("both_knee", 100, 145), balanced("left_foot_middle", "right_foot", 0.12), _SQUARE, touch("both_palm", "both_ear", 0.02), spine(pitch=(30, 48)), aim("trunk", "up front*0.85", 8, 30), head(pitch=(22, 40)), beyond("left_ankle", "right_ankle", "left", 0.1, 0.36),
         does="crouch with both hands over {their} ears|squat down and *block out the noise|curl up in a crouch, ears covered, head down|have a panic attack|shut out the world|sink into a squat, hands pressed to the ears|get overwhelmed by the crowd|crouch during the bombing, ears covered",
         tags="overwhelmed|overstimulated|crouched, hands over the ears|make it stop!|anxiety attack|shell-shocked|traumatised",
         names="an anxiety crouch|an overwhelmed crouch|a make-it-stop pose", defaults=(), open=False),
    pose("exhausted sprawl seated", floor("pelvis"), beyond("left_heel", "pelvis", "up", -0.2, 0.02), beyond("right_heel", "pelvis", "up", -0.2, 0.02), aim("both_leg", "front left*0.35", 6, 24), bend("both_knee", 4, 45), spine(pitch=(26, 42)), aim("trunk", "up back*0.1", 6, 22), aim("both_arm", "down left*0.25 front*0.2", 7, 26), bend("both_elbow", 4, 50), head(pitch=(26, 42), roll=(-14, 14)),
         does="collapse on the floor, exhausted|sit slumped on the ground with the legs stretched out|flop down after a marathon, head hanging|sit there spent, arms limp beside the body|slump against nothing, chin on the chest, legs straight ahead|run out of batteries|fall asleep sitting on the floor",
         tags="exhausted|drained|burned out|knocked out|spent, sitting on the floor|legs out, arms limp, head hanging|out of energy|done for today|worn out|pooped",
         names="an exhausted slump|a burnout|a floor flop|a broken toy", upright=False, defaults=(), open=False),
    pose("flirty hair play", *_HIP_OUT, *_RIGHT_ON_HIP, apart("left_hand", "left_ear", 0.03, 0.14), aim("left_upper_arm", "down left*0.6 front*0.4", 8, 34), bend("left_elbow", 105, 150), head(roll=(10, 22), pitch=(-4, 12), yaw=(6, 26)), spine(roll=(-12, -3), pitch=(-12, -2)), aim("trunk", "up", 4, 13), claims="root",
         does="flirt|twirl {their} hair and *pop {their} hip|play with a strand of hair, {R} hand on the hip|make eyes at someone|tease|tilt {their} head and *toy with {their} hair|bat {their} eyelashes|strike a flirty pose, hip out, head tilted|chat up someone at the bar|act coy",
         tags="flirty|flirting|coy|seductive|playful|teasing|coquettish|{R} hand on the hip, {L} hand in the hair, head tilted|hey there handsome|charming|alluring",
         names="a flirty pose|a coquette|a flirt|a come-hither look"),
    pose("lovestruck swoon", _SQUARE, flat("right"), floor("left_toes"), bend("left_knee", 40, 85), beyond("left_ankle", "right_ankle", "back", 0.1, 0.5), balanced("right_foot_middle", metres=0.11), straight("right_leg"), touch("left_hand", "left_cheek", 0.05), touch("right_hand", "left_hand", 0.06), beyond("left_elbow", "left_shoulder", "footward", 0.04), beyond("right_elbow", "right_shoulder", "footward", 0.02), head(roll=(10, 22), pitch=(-14, 0)), aim("face", "front up*0.15", 6, 18), aim("trunk", "up back*0.08", 4, 12), *_shoulders("headward", 0.08, 0.16), claims="root",
         does="swoon over {their} crush|clasp {their} hands at the cheek and *sigh|melt at the sight of a puppy|press both hands to {their} {L} cheek, one heel up|daydream about the wedding|adore someone from afar|gush over a baby|go aww|tilt {their} head onto {their} folded hands",
         tags="lovestruck|smitten|head over heels|infatuated|adoring|dreamy|hands clasped at the cheek, head tilted, one foot back|awww|so cute!|enamoured|romantic",
         names="a lovestruck pose|a daydream|an aww pose|a smitten sigh"),
    pose("awestruck", _SQUARE, *_BACK_STEP, bend("both_knee", 4, 35), aim("both_arm", "down left*0.7 front*0.35", 6, 20), bend("both_elbow", 12, 50), aim("both_palm", "front", 9, 45), spine(pitch=(-22, -10)), aim("trunk", "up back*0.16", 4, 11), head(pitch=(-32, -16)), aim("face", "front up*0.7", 6, 17), claims="root",
         does="gaze up in awe|marvel at the northern lights|look up in wonder, arms half open|stand speechless before a cathedral|stare at the giant spaceship overhead|step back and *look up, palms open|behold a miracle|discover the treasure room|lean back amazed, face lifted, hands out low",
         tags="awestruck|amazed|in awe|full of wonder|spellbound|speechless|wonderstruck|leaning back, face up, palms open low|wow...|breathtaken|enchanted",
         names="an awestruck pose|a look of wonder|an aliens-have-landed pose|a moment of awe"),
    pose("hopeful", _SQUARE, floor("both_foot"), beyond("left_heel", "left_foot", "up", 0.04), beyond("right_heel", "right_foot", "up", 0.04), beyond("left_ankle", "right_ankle", "left", 0.09, 0.22), balanced("left_foot", "right_foot", 0.08), touch("left_palm", "right_palm", 0.01), beyond("left_palm", "chest", "chestward", 0.04, 0.22), beyond("left_palm", "chest", "headward", 0.0, 0.2), head(pitch=(-26, -12)), aim("face", "front up*0.45", 6, 16), spine(pitch=(-14, -4)), aim("trunk", "up", 3, 10), claims="root",
         does="hope for the best|wish upon a star|stand on tiptoe with joined hands, looking up|clasp {their} hands under the chin and *hope|cross everything and *wait for the result|look up with shining eyes, hands pressed together|pray for a yes|make a wish",
         tags="hopeful|wishful|optimistic|eager|expectant|on tiptoe, hands joined at the chest, face up|pretty please|fingers crossed|inspired|yearning",
         names="a hopeful pose|a wish|a pretty-please pose|a picture of hope"),
    pose("grateful bow", _SQUARE, *_CLOSE, straight("both_leg"), apart("left_palm", "chest", 0.0, 0.06), touch("right_palm", "left_hand_back", 0.015), spine(pitch=(18, 30)), aim("trunk", "up front*0.5", 5, 15), head(pitch=(18, 32)), aim("face", "front down*1.1", 6, 20), claims="root",
         does="thank someone from the heart|bow with both hands on {their} heart|lower {their} head in gratitude, hands on the chest|bow humbly|receive a standing ovation|show {their} thanks with a little bow|bend forward, both palms over the heart",
         tags="grateful|thankful|humble|touched|moved|honoured|bowing, both hands on the heart|thank you so much|modest|appreciative",
         names="a grateful bow|a thank-you from the heart|a humble bow|a gesture of thanks"),
    pose("confrontational chest out", _SQUARE, *_WIDE, bend("both_knee", 2, 25), aim("both_arm", "down left*0.75 back*0.1", 5, 17), bend("both_elbow", 10, 45), aim("both_palm", "front", 9, 45), spine(pitch=(-20, -8)), aim("trunk", "up back*0.1", 4, 10), head(pitch=(-26, -12)), aim("face", "front up*0.35", 5, 13), claims="root",
         does="square up to someone|spread {their} arms and *ask what|stick out {their} chest for a fight|challenge a rival, arms out low, chin up|act tough|dare someone to hit first|provoke the whole bar|puff up like a rooster before a brawl|say come at me bro|confront the bully",
         tags="aggressive|confrontational|hostile|tough|provocative|you want some?|come at me!|chest out, arms spread low, chin up|belligerent|macho|fearless",
         names="a come-at-me pose|a you-want-some pose|a tough guy stance|a challenge"),
    pose("sceptical chin hold", _SQUARE, *PLANTED, touch("left_fingers", "chin", 0.01), touch("right_hand", "left_elbow", 0.05), beyond("left_elbow", "left_shoulder", "footward", 0.1), head(roll=(10, 20), pitch=(-10, 4), yaw=(-12, 12)), aim("face", "front up*0.05", 6, 17), aim("trunk", "up back*0.2", 4, 11), spine(pitch=(-8, 4)), claims="root",
         does="doubt it|look sceptical|lean back with a hand at the chin, head tilted|raise an eyebrow, hand on the chin|weigh up an offer|judge a painting|eye a used car|listen to a tall tale and *rub {their} chin|size someone up, one arm folded under the other",
         tags="sceptical|skeptical|doubtful|unconvinced|dubious|wary|leaning back, hand on the chin, head tilted|yeah, right|sure, buddy|judgy|incredulous",
         names="a sceptical pose|a raised eyebrow|a doubtful look|an I-don't-buy-it pose"),
    pose("nodding off standing", _SQUARE, *PLANTED, *_LIMP, *_SUNK, spine(pitch=(14, 26)), aim("trunk", "up front*0.12", 4, 12), head(roll=(16, 30), pitch=(18, 34)), bend("both_knee", 5, 32), claims="root",
         does="nod off on {their} feet|fall asleep standing up|doze in the queue, head lolling|drift off on the train platform|sleep like a horse|let {their} head loll to the side, arms dangling|need coffee|fight to stay awake in a lecture",
         tags="sleepy|drowsy|half asleep|groggy|zzz|head lolling to one side, arms limp|sleep-deprived|dozing on {their} feet|Monday morning|lethargic",
         names="a nod-off|a standing nap|a sleepy slump|a Monday face"),
)  # fmt: skip

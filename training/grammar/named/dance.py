# SPDX-License-Identifier: GPL-3.0-or-later
"""Dances: ballet, show dance, ballroom, the street and folk dances of the world."""

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

_FEET = balanced("left_foot_middle", "right_foot_middle", 0.08)
_TALL = aim("trunk", "up", 4, 14)
_TURNED_OUT = aim("both_foot", "left front*0.75", 7, 32)
_ON_RIGHT = (flat("right"), straight("right_leg"), balanced("right_foot_middle", metres=0.08))
_RELEVE_RIGHT = (
    floor("right_foot"),
    beyond("right_heel", "right_foot", "up", 0.05),
    straight("right_leg"),
    balanced("right_foot", metres=0.08),
)
_POINTED = aim("left_foot", "down", 9, 60)
_ARMS_FIRST = (
    aim("both_upper_arm", "down front*0.6 left*0.5", 6, 28),
    bend("both_elbow", 40, 75),
    apart("left_hand", "right_hand", 0.05, 0.3),
    beyond("left_hand", "belly", "chestward", 0.12, 0.45),
)
_ARMS_LOW = (
    aim("both_upper_arm", "down left*0.35 front*0.25", 5, 22),
    bend("both_elbow", 15, 50),
    apart("left_hand", "right_hand", 0.06, 0.34),
    beyond("left_hand", "crotch", "front", 0.06, 0.4),
)
_ARMS_SECOND = (aim("both_arm", "left front*0.2 down*0.1", 6, 22), bend("both_elbow", 6, 32))
_ARMS_FIFTH = (
    aim("both_upper_arm", "up left*0.5 front*0.2", 6, 26),
    bend("both_elbow", 30, 70),
    apart("left_hand", "right_hand", 0.05, 0.34),
    beyond("left_wrist", "crown", "headward", 0.02),
    beyond("right_wrist", "crown", "headward", 0.02),
)
_LEFT_HIGH_RIGHT_SIDE = (
    aim("left_upper_arm", "up left*0.5 front*0.2", 6, 26),
    bend("left_elbow", 25, 65),
    beyond("left_wrist", "crown", "headward", 0.02),
    aim("right_arm", "right front*0.2", 6, 24),
    bend("right_elbow", 6, 35),
)

_BALLET = (
    pose("ballet first", flat("both"), _TURNED_OUT, apart("left_heel", "right_heel", 0.03, 0.13), straight("both_leg"), _FEET, _TALL, _ARMS_FIRST,
         does="stand in first position|turn {their} feet out with the heels together and *round {their} arms in front|stand like a ballerina at rest, toes turned out|wait in ballet first, arms in a low oval|put {their} heels together and *point the toes outward",
         tags="heels: touching, toes pointed outward|feet: turned out in ballet first|arms: softly rounded in front of the belly|feet: in a V with the legs straight", names="a ballet first position|first position|a turned-out ballet stance", defaults=(), open=False),
    pose("ballet second", flat("both"), _TURNED_OUT, beyond("left_ankle", "right_ankle", "left", 0.34, 0.65), straight("both_leg"), _FEET, _TALL, _ARMS_SECOND,
         does="stand in second position|stand with feet apart and turned out, arms curved out to the sides|open {their} arms and feet to ballet second|spread {their} feet with the toes out, arms rounded to the side",
         tags="in ballet second|feet: apart and turned out|arms: opened to the sides, gently curved", names="a ballet second position|second position|a wide turned-out ballet stance", defaults=(), open=False),
    pose("ballet third", floor("both_foot", "both_heel"), _TURNED_OUT, touch("left_heel", "right_instep", 0.06), beyond("left_heel", "right_heel", "front", 0.04, 0.2), straight("both_leg"), _FEET, _TALL,
         aim("left_arm", "left front*0.2 down*0.1", 6, 24), bend("left_elbow", 6, 35), aim("right_upper_arm", "up right*0.5 front*0.2", 6, 26), bend("right_elbow", 30, 70), beyond("right_wrist", "crown", "up", 0.02),
         does="stand in third position|place the {L} heel against the middle of the {R} foot, toes turned out|stand with one heel at the other arch and one arm curved overhead|hold ballet third with the {R} arm up and the {L} arm to the side",
         tags="in ballet third|{L} heel: against the arch of the {R} foot|{R} arm: curved overhead, {L} arm rounded to the side", names="a ballet third position|third position|a ballet stance with one arm high and one arm out", defaults=(), open=False),
    pose("ballet fourth", flat("both"), _TURNED_OUT, beyond("left_ankle", "right_ankle", "front", 0.2, 0.42), beyond("left_ankle", "right_ankle", "left", -0.06, 0.12), straight("both_leg"), _FEET, _TALL,
         aim("left_upper_arm", "down front*0.7 left*0.4", 6, 28), bend("left_elbow", 50, 85), beyond("left_hand", "belly", "chestward", 0.12, 0.45), aim("right_upper_arm", "up right*0.5 front*0.2", 6, 26), bend("right_elbow", 30, 70), beyond("right_wrist", "crown", "up", 0.02),
         does="stand in fourth position|stand with the {L} foot a step ahead, both feet turned out|hold one arm curved above and one in front of the waist, feet apart front to back|put one turned-out foot in front of the other like a ballet dancer",
         tags="in ballet fourth|{L} foot: in front, toes turned out|{R} arm: rounded overhead, {L} arm rounded at the waist", names="a ballet fourth position|fourth position|a ballet prep for a turn", defaults=(), open=False),
    pose("ballet fifth", floor("both_foot", "both_heel"), _TURNED_OUT, apart("left_heel", "right_foot", 0.03, 0.16), apart("left_foot", "right_heel", 0.03, 0.2), beyond("left_ankle", "right_ankle", "front", 0.08, 0.24), straight("both_leg"), _FEET, _TALL, _ARMS_FIFTH,
         does="stand in fifth position|cross {their} turned-out feet heel to toe with arms rounded overhead|stand with feet tightly crossed and the arms in an oval above the head|frame {their} head with softly curved arms, feet crossed in ballet fifth",
         tags="in ballet fifth|feet: crossed heel to toe|arms: in an oval overhead|arms: rounded above the head like a ballerina", names="a ballet fifth position|fifth position|fifth position en haut", defaults=(), open=False),
    pose("demi plie", flat("both"), _TURNED_OUT, apart("left_heel", "right_heel", 0.03, 0.2), bend("both_knee", 45, 80), aim("both_thigh", "down left*0.75 front*0.4", 7, 26), _FEET, _TALL, _ARMS_SECOND,
         does="sink into a plié|bend {their} knees out over the toes, heels together|plié|do a demi-plié in first|bend both knees outward with a straight back|dip in first position, arms to the sides",
         tags="in plié|knees: bent outward over the toes|legs: in a diamond, heels together", names="a plié|a demi-plié|a ballet knee bend|a demi plie in first position", defaults=(), open=False),
    pose("grand plie second", flat("both"), _TURNED_OUT, beyond("left_ankle", "right_ankle", "left", 0.5, 0.85), bend("both_knee", 75, 110), aim("both_thigh", "left down*0.5 front*0.4", 7, 26), _FEET, _TALL, _ARMS_SECOND,
         does="sink into a deep plié with feet apart|squat low with knees out wide and the back straight, like a dancer|do a grand plié in second|bend deeply in a wide turned-out stance with open arms",
         tags="deep in plié|knees: bent wide to the sides, back upright|thighs: nearly level, toes turned out", names="a grand plié|a wide plié|a grand plie in second position|a sumo plié with the arms out", defaults=(), open=False),
    pose("releve fifth", floor("both_foot"), beyond("left_heel", "left_foot", "up", 0.05), beyond("right_heel", "right_foot", "up", 0.05), aim("both_foot", "down left*0.5 front*0.3", 8, 42), apart("left_ankle", "right_ankle", 0.08, 0.22), straight("both_leg"), balanced("left_foot", "right_foot", 0.08), _TALL, _ARMS_FIFTH,
         does="rise onto {their} toes with arms curved overhead|go up en pointe|balance on tiptoe like a ballerina|relevé in fifth|stand on the tips of {their} toes, arms rounded above|lift {their} heels high and *make a ring with the arms overhead",
         tags="en pointe|on pointe|up on {their} toes, arms in an oval|heels: high off the floor, arms rounded overhead", names="a relevé|a relevé with the arms en haut|a music-box ballerina pose|a ballerina on pointe", defaults=(), open=False),
    pose("arabesque", _ON_RIGHT, pelvis(pitch=(32, 48)), spine(pitch=(-38, -24)), aim("left_leg", "back down*0.12", 5, 20), straight("left_leg"), aim("left_foot", "back", 8, 40), aim("trunk", "up front*0.7", 6, 22), aim("right_arm", "front up*0.15", 6, 20), straight("right_arm"), aim("left_arm", "left back*0.35", 7, 26), straight("left_arm"), aim("face", "front", 7, 28),
         does="balance on one leg with the other stretched straight behind|stand on the {R} leg and *raise the {L} leg behind to hip height|lift {their} {L} leg straight back and *reach forward|hold an arabesque|extend the {L} leg behind, the {R} arm ahead|perch on one foot, back leg level with the floor",
         tags="in arabesque|balanced on the {R} leg, {L} leg extended behind|{L} leg: stretched back at hip height, {R} arm forward|one leg: out behind, one arm reaching ahead", names="an arabesque|a first arabesque|an arabesque on the {R} leg|a classic ballet balance with one leg back", defaults=(), open=False),
    pose("arabesque both arms", _ON_RIGHT, pelvis(pitch=(30, 45)), spine(pitch=(-36, -20)), aim("left_leg", "back down*0.2", 5, 20), straight("left_leg"), aim("left_foot", "back", 8, 40), aim("trunk", "up front*0.7", 6, 22), aim("both_arm", "front up*0.25 left*0.2", 6, 20), straight("both_arm"), aim("face", "front", 7, 28),
         does="reach forward with both arms, one leg lifted straight behind|balance in arabesque with both arms ahead|lift the {L} leg behind {their} body and *stretch both hands to the front|hold a third arabesque",
         tags="on one leg, both arms reaching forward, the other leg straight back|{L} leg: raised behind, both arms stretched ahead", names="a third arabesque|an arabesque with both arms forward", defaults=(), open=False),
    pose("arabesque releve", _RELEVE_RIGHT, pelvis(pitch=(28, 44)), spine(pitch=(-36, -20)), aim("left_leg", "back down*0.25", 5, 20), straight("left_leg"), aim("left_foot", "back", 8, 40), aim("trunk", "up front*0.6", 6, 22), aim("left_arm", "left up*0.2", 7, 26), aim("right_arm", "front up*0.4", 6, 22), bend("both_elbow", 4, 32), aim("face", "front up*0.1", 7, 28),
         does="balance on the toes of one foot with the other leg behind|hold an arabesque en pointe|rise onto the ball of the {R} foot, {L} leg floating behind|balance on tiptoe with the {L} leg stretched back",
         tags="on the toes of one foot, back leg lifted|in arabesque on pointe|{R} heel: up, {L} leg extended behind", names="an arabesque on pointe|an arabesque en relevé|a ballerina balance on one toe", defaults=(), open=False),
    pose("penchee", _ON_RIGHT, pelvis(pitch=(80, 95)), spine(pitch=(-28, -10)), aim("left_leg", "back up*0.75", 5, 24), straight("left_leg"), aim("left_foot", "back up*0.8", 8, 45), aim("trunk", "front down*0.1", 7, 26), aim("right_arm", "front down*0.5", 8, 28), bend("right_elbow", 4, 30), aim("left_arm", "left front*0.2", 8, 34), bend("left_elbow", 4, 35), head(pitch=(-35, -5)),
         does="tip far forward on one leg while the other *rises high behind|dip {their} chest down with the {L} leg up behind, almost in a standing split|hold an arabesque penchée|lean down over the {R} leg, {L} leg pointing up and back",
         tags="tipped forward with one leg high in the air behind|in a penchée|deep in a standing-split arabesque, chest level", names="an arabesque penchée|a penchée|a tilted arabesque, leg above the hip", upright=False, defaults=(), open=False),
    pose("attitude derriere", _ON_RIGHT, pelvis(pitch=(14, 28)), spine(pitch=(-30, -16)), aim("left_thigh", "back down*0.6 left*0.35", 7, 26), bend("left_knee", 60, 100), beyond("left_knee", "right_knee", "up", 0.1), aim("trunk", "up front*0.2", 6, 20), _LEFT_HIGH_RIGHT_SIDE, aim("face", "front", 8, 30),
         does="balance with one bent leg lifted behind and an arm curved overhead|hold an attitude|raise {their} bent {L} leg behind, {L} arm rounded above the head|lift the {L} leg back with a bent knee like a ballet dancer|stand on the {R} foot, {L} leg raised to the rear in a soft bend",
         tags="in attitude|{L} leg: raised behind with the knee bent|{L} arm: curved overhead, {R} arm out to the side", names="an attitude derrière|a ballet attitude|a back attitude", defaults=(), open=False),
    pose("attitude devant", _ON_RIGHT, aim("left_thigh", "front left*0.6 down*0.15", 6, 22), bend("left_knee", 50, 85), beyond("left_ankle", "left_knee", "up", -0.3, 0.12), aim("trunk", "up back*0.05", 4, 16), _LEFT_HIGH_RIGHT_SIDE,
         does="lift a bent, turned-out leg in front and *curve one arm overhead|hold an attitude to the front|raise the {L} knee forward and out, shin lifted, the {R} arm to the side|balance on the {R} leg with the {L} one bent in front",
         tags="{L} leg: raised in front, softly bent and turned out|balanced in a front attitude|{L} arm: rounded above, {R} arm to the side", names="an attitude devant|a front attitude|a ballet attitude to the front", defaults=(), open=False),
    pose("passe", _ON_RIGHT, touch("left_toes", "right_inner_knee", 0.025), aim("left_thigh", "left front*0.55 down*0.4", 7, 28), _TALL, _ARMS_SECOND,
         does="touch the {L} toes to the {R} knee|balance on one leg with the toes at the other knee|draw {their} {L} foot up to the knee, arms open|hold a passé|make a triangle with the {L} leg, foot at the {R} knee|stand like a ballerina with one leg folded",
         tags="in passé|{L} toes: at the {R} knee, knee turned out|{L} leg: folded into a triangle against the standing leg, arms open", names="a passé|a retiré|a ballet retiré|a flamingo-like ballet balance", defaults=(), open=False),
    pose("retire first arms", _ON_RIGHT, touch("left_toes", "right_inner_knee", 0.025), aim("left_thigh", "left front*0.55 down*0.4", 7, 28), _TALL, _ARMS_FIFTH,
         does="balance in retiré with the arms in a crown|stand on one leg, toes at the knee, arms rounded overhead|raise {their} arms in an oval and *pull one foot up to the other knee|pose like a ballerina in a music box",
         tags="on one leg with arms curved overhead|{L} foot: at the {R} knee, arms in a crown", names="a retiré with the arms en couronne|a ballerina pose|a music box dancer", defaults=(), open=False),
    pose("pirouette", _RELEVE_RIGHT, touch("left_toes", "right_inner_knee", 0.03), aim("left_thigh", "left front*0.6 down*0.4", 7, 28), _TALL, _ARMS_FIRST,
         does="pirouette|spin on one foot|twirl on the ball of one foot, the other at the knee|turn like a ballerina on {their} {R} toes|whirl around on one leg with rounded arms|do a ballet spin with the {L} foot at the {R} knee",
         tags="mid-pirouette|twirling on the toes of one foot|spinning on {their} {R} foot|{L} toes: at the {R} knee, arms rounded in front", names="a pirouette|a ballet turn|a ballet spin|a pirouette on the {R} leg", defaults=(), open=False),
    pose("developpe side", _ON_RIGHT, aim("left_leg", "left up*0.3 front*0.15", 6, 24), straight("left_leg"), aim("left_foot", "left", 8, 40), aim("trunk", "up right*0.15", 4, 16), _ARMS_SECOND,
         does="extend the {L} leg high to the side|unfold {their} {L} leg sideways above the hip|do a développé à la seconde|lift one straight leg up to the side, arms open|hold one leg out sideways at waist height or higher",
         tags="{L} leg: extended high to the side, toes pointed|one leg: lifted sideways above the hip, arms out", names="a développé to the side|a side extension|a développé à la seconde|a high side leg extension", defaults=(), open=False),
    pose("grand battement", _ON_RIGHT, aim("left_leg", "front up*0.28", 5, 22), straight("left_leg"), aim("left_foot", "front up*0.3", 8, 40), _TALL, _ARMS_SECOND,
         does="kick the {L} leg high in front with a straight knee|throw one straight leg up in front, arms to the sides|do a grand battement|brush {their} {L} leg up to the front|développé to the front|extend the {L} leg forward above the hip",
         tags="{L} leg: kicked up straight in front, arms out|one leg: raised high in front, toes pointed", names="a grand battement|a front extension|a développé devant|a high ballet kick", defaults=(), open=False),
    pose("tendu devant", _ON_RIGHT, floor("left_toes"), aim("left_leg", "down front*0.5 left*0.1", 5, 20), straight("left_leg"), aim("left_foot", "front down*0.8", 8, 34), _TALL, _ARMS_SECOND, aim("right_foot", "right front*0.9", 7, 34),
         does="point {their} {L} toes on the floor in front|stretch one leg forward with the toes touching the ground|do a tendu to the front|extend {their} pointed {L} foot ahead, arms open",
         tags="{L} toes: pointed on the floor in front, arms out|in a tendu|weight: on the {R} leg, {L} foot stretched forward", names="a tendu|a tendu devant|a battement tendu", defaults=(), open=False),
    pose("tendu side", _ON_RIGHT, floor("left_toes"), aim("left_leg", "down left*0.55", 5, 20), straight("left_leg"), aim("left_foot", "left down*0.7", 8, 38), _TALL, _LEFT_HIGH_RIGHT_SIDE,
         does="point {their} {L} toes to the side with one arm overhead|stretch the {L} foot out sideways, toes on the floor|do a tendu to the side with the {L} arm rounded above|hold a side tendu",
         tags="{L} toes: pointed out to the side on the floor|{L} arm: curved overhead, {L} leg stretched sideways", names="a side tendu|a tendu à la seconde with one arm en haut", defaults=(), open=False),
    pose("barre", flat("right"), bend("right_knee", 2, 22), balanced("right_foot_middle", metres=0.09), floor("left_toes"), aim("left_leg", "down front*0.4 left*0.2", 5, 22), straight("left_leg"), _TALL,
         aim("right_arm", "right front*0.5 down*0.5", 7, 26), bend("right_elbow", 15, 50), aim("left_arm", "left front*0.25", 6, 24), bend("left_elbow", 6, 32), head(yaw=(0, 35)),
         does="practise at the barre|hold the ballet barre with the {R} hand|warm up at the barre, {L} leg pointed|rest {their} {R} hand on the barre and *stretch the {L} foot forward",
         tags="at the barre|{R} hand: on the barre, {L} arm open to the side", names="a barre exercise|a ballet barre pose", defaults=(), open=False),
    pose("grand jete", aim("left_leg", "front down*0.05", 6, 22), straight("left_leg"), pelvis(pitch=(8, 22)), spine(pitch=(-30, -14)), aim("right_leg", "back down*0.35", 6, 22), straight("right_leg"), aim("left_foot", "front", 9, 40), aim("right_foot", "back", 9, 45), aim("trunk", "up", 5, 20),
         aim("right_arm", "front up*0.3", 8, 28), aim("left_arm", "left up*0.15", 8, 28), bend("both_elbow", 4, 35), aim("face", "front", 8, 30),
         does="leap through the air with legs split front and back|do a grand jeté|fly in a split leap, {L} leg forward|jump in a front split like a ballet dancer|soar with one leg ahead and the other behind|bound across the stage in mid-air splits",
         tags="mid-leap with the legs in a split|airborne, {L} leg stretched ahead and {R} leg behind|in a flying split", names="a grand jeté|a ballet leap|a split leap|a flying split, {L} leg in front", airborne=(0.3, 0.7), defaults=(), open=False),
    pose("ballet saute", aim("both_leg", "down left*0.12", 4, 14), straight("both_leg"), aim("both_foot", "down", 6, 35), _TALL, _ARMS_LOW,
         does="jump straight up with pointed toes, ballet style|do a sauté|spring up with legs together and toes pointed|hop into the air like a dancer, arms rounded low",
         tags="in the air, toes pointed straight down|off the ground with straight legs and pointed feet", names="a sauté|a ballet jump|a soubresaut|a straight-legged ballet hop", airborne=(0.15, 0.45), defaults=(), open=False),
    pose("pas de chat", aim("both_thigh", "left front*0.55 down*0.45", 7, 26), bend("both_knee", 85, 130), apart("left_foot", "right_foot", 0.08, 0.35), _TALL, _ARMS_SECOND, aim("both_foot", "down", 9, 60),
         does="jump with both feet tucked up under {their} body, knees out|leap like a cat with the knees bent wide|do a pas de chat|spring up with legs folded in a diamond, arms open",
         tags="in mid-air, legs folded into a diamond|airborne, both knees bent out to the sides", names="a pas de chat|a cat step jump|a frog-legged ballet jump", airborne=(0.25, 0.6), defaults=(), open=False),
    pose("port de bras back", flat("both"), beyond("left_ankle", "right_ankle", "left", 0.1, 0.4), straight("both_leg"), spine(pitch=(-42, -28)), aim("trunk", "up back*0.25", 5, 16), _ARMS_FIFTH, aim("face", "up front*0.9", 9, 40),
         does="arch back with the arms in an oval overhead|bend backward in a ballet cambré|lean back gracefully, arms curved above the head|open {their} chest to the ceiling with rounded arms overhead",
         tags="in a cambré|back: arched, arms rounded overhead|arched backward like a ballet dancer, arms above", names="a cambré|a cambré back|a ballet backbend|a port de bras to the back", claims="root", defaults=(), open=False),
    pose("port de bras side", flat("both"), _TURNED_OUT, beyond("left_ankle", "right_ankle", "left", 0.1, 0.5), straight("both_leg"), spine(roll=(-34, -20)), aim("trunk", "up right*0.4", 5, 16),
         aim("left_arm", "headward rightward*0.3", 7, 26), bend("left_elbow", 15, 50), aim("right_arm", "right down*0.6 front*0.3", 7, 30), bend("right_elbow", 6, 40),
         does="bend sideways with one arm curved overhead|sweep the {L} arm over the head and *lean to the {R}|stretch to the {R} in a ballet side bend|do a port de bras to the side",
         tags="curved to the {R} side, {L} arm over the head|{L} arm: arching overhead, body bent to the {R}", names="a ballet side bend|a side cambré|a port de bras to the side|a side stretch with one arm arched over", claims="root", defaults=(), open=False),
    pose("reverence", floor("left_foot"), flat("right"), beyond("left_foot_middle", "right_foot_middle", "back", 0.12, 0.45), beyond("right_ankle", "left_ankle", "left", 0.0, 0.22), bend("both_knee", 30, 75), balanced("right_foot_middle", "left_foot", 0.09), aim("trunk", "up front*0.3", 6, 20),
         aim("both_arm", "left down*0.8 front*0.15", 7, 24), bend("both_elbow", 8, 38), head(pitch=(12, 32)),
         does="curtsy|drop a curtsy|curtsy to the audience|bend {their} knees with one foot crossed behind and *lower the head|sink into a révérence|make a deep curtsey, holding out {their} skirt|bob politely like a maid before the queen",
         tags="in a curtsy|curtsying with the arms out low|{L} foot: crossed behind, knees bent in a curtsy|holding out the skirt in a curtsy", names="a curtsy|a révérence|a curtsey|a ballet bow|a princess curtsy", claims="root", defaults=(), open=False),
    pose("swan", floor("left_knee", "left_foot"), aim("left_shin", "back", 7, 40), bend("left_knee", 70, 150), aim("right_leg", "front down*0.5", 7, 42), bend("right_knee", 5, 60), floor("right_heel"), aim("trunk", "front up*0.35", 8, 36), pelvis(pitch=(25, 50)), spine(pitch=(25, 45)),
         apart("left_hand", "right_ankle", 0.0, 0.35), apart("right_hand", "right_ankle", 0.0, 0.35), head(pitch=(0, 30)),
         does="fold over the outstretched {R} leg on the floor like a dying swan|sink to one knee and *bow over the front leg|die like the swan in the ballet|kneel low and *reach with both hands to {their} front foot",
         tags="folded over {their} front leg on the floor|kneeling low, draped over the outstretched {R} leg", names="a dying swan|a dying swan pose|a folded swan", upright=False, defaults=(), open=False),
    pose("swan wings", _RELEVE_RIGHT, floor("left_foot"), beyond("left_heel", "left_foot", "up", 0.05), apart("left_ankle", "right_ankle", 0.08, 0.28), straight("left_leg"), aim("both_arm", "left up*0.35 back*0.2", 6, 24), bend("both_elbow", 8, 40), aim("both_hand", "left down*0.6", 9, 48), _TALL,
         does="flutter {their} arms like a swan's wings on tiptoe|stand on pointe with arms spread like wings|beat {their} arms like a bird in a ballet|lift {their} arms like wings and *rise onto {their} toes",
         tags="on tiptoe, arms spread like wings|arms: lifted like a swan's wings", names="a swan lake pose|swan arms|a white swan on pointe|Odette from the swan ballet", defaults=(), open=False),
)  # fmt: skip

POSES = _BALLET

# SPDX-License-Identifier: GPL-3.0-or-later
"""Combat with weapons, what becomes of those who lose, and tools held in the hands."""

# Phrases are data and stand on one line.
# ruff: noqa: E501

from __future__ import annotations

from training.grammar.entries import pose
from training.grammar.intent import (
    Part,
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

_FEET = balanced("left_foot_middle", "right_foot_middle", 0.1)
_STAGGER = (
    flat("left"),
    floor("right_foot"),
    beyond("left_foot_middle", "right_foot_middle", "front", 0.18, 0.6),
    beyond("left_ankle", "right_ankle", "left", 0.06, 0.4),
    _FEET,
)
_LUNGE = (
    flat("left"),
    floor("right_foot"),
    bend("left_knee", 50, 95),
    bend("right_knee", 5, 40),
    aim("right_leg", "back down*0.85", 7, 26),
    balanced("left_foot_middle", "right_foot", 0.14),
)
_SIDE_ON = (
    flat("both"),
    beyond("left_ankle", "right_ankle", "left", 0.3, 0.75),
    beyond("left_foot_middle", "right_foot_middle", "front", -0.25, 0.3),
    bend("both_knee", 3, 35),
    _FEET,
)
_KNEELING = (
    floor("right_knee", "right_foot"),
    aim("right_thigh", "down", 8, 30),
    aim("right_shin", "back", 8, 40),
    flat("left"),
    bend("left_knee", 70, 112),
    aim("left_thigh", "front left*0.15", 8, 30),
)
"""On the right knee."""
_TWO_HANDED = touch("left_hand", "right_hand", 0.07)
"""Both hands round one grip."""
_BENT_ELBOWS = bend("both_elbow", 25, 95)


def _rifle() -> list[Part]:
    """A long gun shouldered on the right, the left hand under its barrel."""
    return [
        aim("left_upper_arm", "front down*0.55 right*0.1", 8, 30),
        bend("left_elbow", 20, 85),
        aim("right_upper_arm", "right down*0.7 front*0.5", 9, 36),
        apart("right_hand", "chin", 0.1, 0.27),
        beyond("left_hand", "right_hand", "front", 0.2, 0.5),
        beyond("left_hand", "right_hand", "up", -0.12, 0.1),
        beyond("left_hand", "right_hand", "left", -0.06, 0.22),
        beyond("right_hand", "chin", "front", 0.02, 0.3),
        beyond("right_hand", "right_shoulder", "up", -0.06, 0.16),
        head(roll=(-14, -2), pitch=(0, 14)),
        aim("face", "front", 8, 30),
    ]


POSES = (
    # Swords and shields.
    pose("sword overhead", *_STAGGER, bend("both_knee", 12, 50), aim("both_upper_arm", "up front*0.6 left*0.2", 8, 30), bend("both_elbow", 40, 110), _TWO_HANDED, beyond("left_hand", "crown", "up", 0.0, 0.4), aim("trunk", "up back*0.05", 5, 15), aim("face", "front", 6, 26), defaults=(),
         does="raise a sword above {their} head with both hands|[lift|hoist|swing] a [sword|katana|greatsword] overhead, ready to [strike|cut down]|hold a blade high over {their} head with two hands|wind up for an overhead [slash|strike|cut]|get ready to cleave someone in two|take the samurai's high guard",
         names="an overhead sword strike|a jodan no kamae|a high guard with a two-handed sword|a samurai attack pose|an overhead slash wind-up", tags="both hands: gripping a sword above the head|sword raised high in both hands|both fists: together over the head"),
    pose("sword middle guard", *_STAGGER, bend("both_knee", 10, 45), aim("both_upper_arm", "down front*0.45", 8, 28), _BENT_ELBOWS, _TWO_HANDED, aim("both_forearm", "front right*0.5 down*0.1", 7, 34), beyond("left_hand", "belly", "front", 0.16, 0.45), beyond("left_hand", "belly", "up", -0.15, 0.2), aim("face", "front", 6, 24), spine(yaw=(-12, 8)), aim("trunk", "up", 4, 14), defaults=(),
         does="[hold|point] a sword out in front with both hands|stand guard with a two-handed sword|hold a katana at the ready|face the enemy, sword in both hands|take up a kendo stance|wield a longsword in front of {their} body|hold a lightsaber ready",
         names="a sword guard|a kendo stance|a chudan no kamae|a samurai stance|a swordsman's guard|a lightsaber stance|a middle guard|a plow guard", tags="both hands: gripping a sword in front of the belly|sword at the ready|hands: together in front as if on a hilt"),
    pose("sword by shoulder", *_STAGGER, bend("both_knee", 15, 55), _TWO_HANDED, aim("left_upper_arm", "left down*0.9 front*0.4", 8, 32), aim("left_forearm", "up front*0.4", 8, 36), beyond("left_hand", "left_shoulder", "up", -0.06, 0.24), beyond("left_hand", "neck", "left", 0.08, 0.42), beyond("left_hand", "neck", "front", 0.05, 0.35), aim("right_upper_arm", "front left*0.5 down*0.4", 9, 40), spine(yaw=(4, 20)), aim("trunk", "up", 4, 13), aim("face", "front", 7, 28), defaults=(),
         does="hold a sword upright beside the {L} shoulder with both hands|draw the blade back by the {L} side of {their} head|raise a [katana|longsword|club] by the {L} ear with both hands|cock a sword over the {L} shoulder|get set to swing a [sword|bat|club] from the {L}",
         names="a hasso no kamae|an ox guard|a vom Tag guard|a sword cocked by the shoulder", tags="both hands: up by the {L} shoulder holding a blade|both fists: together beside the head"),
    pose("sword slash", *_LUNGE, aim("left_arm", "right*0.5 front down*0.5", 8, 28), bend("left_elbow", 5, 50), spine(yaw=(-32, -14)), aim("trunk", "up front*0.35", 6, 22), aim("right_arm", "right down*0.4 back*0.6", 9, 34), bend("right_elbow", 10, 60), aim("face", "front", 8, 32), defaults=(),
         does="slash with a sword in the {L} hand|[swing|sweep] a blade across {their} body with the {L} arm|cut across with a sabre, {R} arm flung back|strike with a sword in a [lunge|low step]|cut someone down with a {L}-handed slash|attack with a cutlass",
         names="a sword slash|a one-handed cut|a follow-through of a sword swing|a cutlass swing", tags="{L} arm: swung across the body with a blade, {R} arm trailing|lunging behind a slash"),
    pose("sword slash windup", *_STAGGER, bend("both_knee", 15, 55), aim("left_upper_arm", "left up*0.3 back*0.2", 8, 30), bend("left_elbow", 45, 110), beyond("left_hand", "left_shoulder", "up", 0.1), aim("trunk", "up", 5, 15), spine(yaw=(8, 28)), aim("right_arm", "front right*0.3 down*0.2", 9, 32), bend("right_elbow", 5, 45), aim("face", "front", 8, 32), defaults=(),
         does="raise a sword in the {L} hand to strike|[lift|draw] a [sword|sabre|machete] back over the {L} shoulder|wind up a one-handed sword swing|brandish a [blade|sword|cutlass]|attack with a [sword|club|stick] held up in the {L} hand, the {R} arm out in front",
         names="a sword attack|a sword swing wind-up|a pirate attack pose", tags="{L} hand: raised back with a blade, {R} arm reaching ahead|ready to slash"),
    pose("sword thrust", *_LUNGE, aim("left_arm", "front up*0.05", 6, 22), straight("left_arm"), aim("right_arm", "back right*0.6 down*0.3", 9, 32), bend("right_elbow", 5, 50), aim("trunk", "up front*0.35", 6, 22), aim("face", "front", 7, 26), defaults=(),
         does="[thrust|stab|lunge] forward with a [sword|rapier|dagger] in the {L} hand|run someone through with a blade|stab straight ahead with the {L} arm|lunge deep and *stab|drive a sword point forward, {R} arm trailing behind|skewer an enemy",
         names="a sword thrust|a stabbing lunge|a forward stab|a lunging stab", tags="{L} arm: thrust straight ahead with a blade in a deep lunge|stabbing forward"),
    pose("sword drawing", *_STAGGER, bend("both_knee", 25, 70), touch("left_hand", "right_waist", 0.09), touch("right_hand", "right_waist", 0.05), beyond("left_hand", "right_hand", "front", 0.02, 0.3), spine(yaw=(-28, -8)), aim("trunk", "up front*0.3", 6, 20), aim("face", "front", 7, 28), defaults=(),
         does="draw a sword from the {R} hip|reach across {their} body with the {L} hand for the hilt at the {R} hip|grip the [hilt|handle] of a sheathed [sword|katana]|get ready to draw {their} katana|unsheathe a blade|put a hand on the sword at {their} side",
         names="an iaido draw|an iaijutsu stance|a quick-draw sword stance|a battojutsu stance", tags="{L} hand: on the hilt at the {R} hip|about to draw a sword|both hands: at the scabbard on the {R} hip"),
    pose("sword from back", aim("left_upper_arm", "up left*0.6", 8, 30), bend("left_elbow", 105, 146), beyond("left_hand", "left_shoulder", "spineward", -0.02, 0.3), beyond("left_hand", "left_shoulder", "up", -0.02, 0.25), aim("face", "front", 7, 28),
         does="draw a sword from behind {their} back|reach over the {L} shoulder for a weapon|pull a greatsword off {their} back|grab an arrow from the quiver with the {L} hand|reach back for an arrow|put the {L} hand behind the {L} shoulder to grip a hilt",
         names="an over-the-shoulder draw|a reach for the quiver", tags="{L} hand: behind the {L} shoulder on a hilt|{L} elbow: pointing up, hand reaching for the quiver"),
    pose("sword raised to sky", aim("left_arm", "up front*0.15 left*0.1", 6, 18), straight("left_arm"), head(pitch=(-30, -5)),
         does="[raise|lift|hold] a sword to the sky in the {L} hand|thrust a blade up in triumph|hold {their} sword aloft|rally the troops with a raised sword|point a sword at the heavens|hold Excalibur high|raise a weapon overhead in victory",
         names="a sword salute to the sky|a by-the-power-of-Grayskull pose|a He-Man pose|a battle cry with raised sword|a victorious knight pose", tags="{L} arm: straight up with a sword|sword held aloft|weapon raised to the heavens"),
    pose("sword planted standing", flat("both"), beyond("left_ankle", "right_ankle", "left", 0.25, 0.6), straight("both_leg"), _FEET, touch("left_hand", "right_hand", 0.05), aim("both_upper_arm", "down front*0.35 left*0.15", 7, 26), beyond("left_hand", "belly", "front", 0.08, 0.35), beyond("left_hand", "belly", "up", -0.12, 0.12), aim("trunk", "up", 4, 11),
         does="stand with both hands resting on the [pommel|hilt] of a planted sword|rest both hands on a sword stuck in the ground|lean both hands on a greatsword, point down|stand watch like a stone knight|plant a sword in front of {their} feet, both hands on top|stand guard like a statue of a knight",
         names="a knight's vigil|a statue of a knight|a planted-sword pose", tags="both hands: resting on a sword hilt in front of the waist|hands: stacked on a [pommel|cane] in front"),
    pose("kneeling knight", *_KNEELING, touch("left_hand", "right_hand", 0.05), beyond("left_hand", "chest", "front", 0.12, 0.45), beyond("left_hand", "chest", "up", -0.35, 0.05), aim("trunk", "up front*0.2", 6, 20), head(pitch=(22, 42)), defaults=(),
         does="kneel with both hands on a planted sword, head bowed|kneel like a knight before a king|swear an oath on one knee with the sword before {them}|be knighted|get knighted|rest both hands on a sword while kneeling on the {R} knee".replace("before {them}", "in front").replace("be knighted|", ""),
         names="a knight's oath|a kneeling knight|a vow of fealty|a crusader's prayer", tags="kneeling on the {R} knee, both hands on a sword hilt, head bowed"),
    pose("sword and shield", *_STAGGER, bend("both_knee", 20, 55), aim("left_upper_arm", "front down*0.8 left*0.2", 8, 30), aim("left_forearm", "right front*0.5 up*0.15", 9, 32), beyond("left_forearm", "chest", "front", 0.12, 0.5), aim("right_upper_arm", "right up*0.1 back*0.3", 9, 32), bend("right_elbow", 70, 120), beyond("right_hand", "right_shoulder", "up", 0.08), aim("face", "front", 6, 26), defaults=(),
         does="fight with a shield on the {L} arm and a sword raised in the {R}|hold up a shield and *raise a sword|stand like a [gladiator|viking|Spartan] with sword and shield|guard with the {L} forearm across the body, {R} hand cocked back with a weapon",
         names="a sword and shield stance|a gladiator pose|a viking warrior pose|a hoplite's guard|a Spartan battle stance", tags="shield on the {L} arm, sword raised in the {R} hand|{L} forearm: across the chest behind a shield, {R} hand up with a weapon"),
    pose("shield block", *_STAGGER, bend("both_knee", 45, 95), aim("trunk", "up front*0.4", 6, 22), aim("left_upper_arm", "front up*0.15 left*0.25", 8, 30), aim("left_forearm", "right up*0.25 front*0.3", 9, 32), beyond("left_forearm", "chin", "up", -0.12, 0.3), beyond("left_forearm", "chin", "front", 0.05, 0.5), aim("right_arm", "down back*0.5 right*0.3", 9, 34), head(pitch=(5, 25)), defaults=(),
         does="[crouch|hide|take cover|cower] behind a shield|raise a shield in front of {their} face|block an attack with the shield on the {L} arm|duck behind the {L} forearm held up like a shield|brace behind a raised shield|hold up {their} shield against dragon fire",
         names="a shield block|a Captain America shield pose|a shield wall crouch", tags="{L} forearm: held up across the face as a shield, knees bent|crouched behind a shield"),
    pose("dual blades crossed", *_STAGGER, bend("both_knee", 15, 55), touch("left_wrist", "right_wrist", 0.05), aim("both_upper_arm", "footward chestward*0.9", 8, 30), beyond("left_wrist", "chest", "chestward", 0.12, 0.42), beyond("left_wrist", "chest", "headward", -0.12, 0.2), aim("trunk", "up front*0.15", 5, 15), aim("face", "front", 6, 26), defaults=(),
         does="cross two [blades|daggers|swords] in front of {their} chest|hold crossed daggers before {their} body|block with two crossed swords|wield two knives crossed in front|make an X with two blades",
         names="a dual-wield guard|a crossed daggers pose|an assassin's guard|a Wakanda salute", tags="wrists: crossed in front of the chest with two blades|blades crossed in an X|forearms: crossed at the chest like an X"),
    pose("dual wielding", *_STAGGER, bend("both_knee", 25, 65), aim("both_upper_arm", "left down*0.5 front*0.3", 8, 30), aim("both_forearm", "front left*0.5 up*0.1", 8, 32), aim("trunk", "up front*0.35", 6, 20), aim("face", "front", 6, 26), defaults=(),
         does="wield a [sword|knife|dagger|axe] in each hand|dual-wield blades, arms spread low|hold two swords out to both sides, ready to fight|stand ready with twin daggers|come at someone with a knife in each hand",
         names="a dual-wield stance|a twin-blade stance|a rogue's fighting stance", tags="both arms: out to the sides, a blade in each hand, knees bent"),
    pose("dagger stab down", *_STAGGER, bend("both_knee", 12, 50), aim("left_upper_arm", "up front*0.5 left*0.4", 8, 30), bend("left_elbow", 60, 115), beyond("left_hand", "crown", "up", -0.01, 0.4), aim("trunk", "up", 5, 15), aim("right_arm", "front down*0.4", 9, 34), bend("right_elbow", 15, 75), aim("face", "front down*0.15", 8, 30), defaults=(),
         does="raise a [dagger|knife] to stab down|hold a knife over {their} head in the {L} fist like a slasher|stab downward with a dagger in the {L} hand|lift an ice pick overhead to strike|re-enact the Psycho shower scene|attack with a knife held high",
         names="a slasher stab|a Psycho knife pose|an ice-pick stab|a Julius Caesar murder pose", tags="{L} fist: raised overhead with a dagger"),
    pose("knife guard", *_STAGGER, bend("both_knee", 30, 70), aim("trunk", "up front*0.45", 6, 20), aim("left_upper_arm", "down front*0.5", 8, 30), aim("left_forearm", "front up*0.15", 8, 28), aim("right_upper_arm", "front down*0.5 right*0.3", 9, 34), bend("right_elbow", 60, 110), aim("face", "front", 7, 26), defaults=(),
         does="hold a knife out in front, crouching|circle in a knife fight|threaten someone with a [knife|switchblade|shiv]|crouch with a dagger in the {L} hand, the {R} arm up as a guard|menace somebody with a blade",
         names="a knife-fighting stance|a knife fighter's crouch", tags="{L} hand: holding a knife out in front, knees bent"),
    # Bows, spears, axes.
    pose("archer side on", *_SIDE_ON, aim("left_arm", "left", 6, 20), straight("left_arm"), touch("right_hand", "right_cheek", 0.06), aim("right_upper_arm", "right back*0.15", 9, 34), beyond("right_elbow", "right_shoulder", "up", -0.14, 0.16), head(yaw=(55, 74)), aim("trunk", "up", 4, 14), defaults=(),
         does="[aim|draw|shoot] a bow to the {L}|shoot an arrow with the {L} arm straight out to the side and the {R} hand at {their} cheek|draw a bowstring back to the chin|stand side-on and *aim a bow|pull back an arrow, looking along the {L} arm|practise archery|hold a drawn bow",
         names="an archery pose|an archer at full draw|a bowman's stance|a Robin Hood pose|a Legolas pose|a Katniss pose|a Hawkeye pose", tags="bow drawn, {L} arm straight out to the side, {R} elbow back|at full draw|{R} hand: drawn back to the chin, {L} arm stretched to the target"),
    pose("archer front", *_STAGGER, bend("both_knee", 3, 30), aim("left_arm", "front left*0.45", 7, 22), straight("left_arm"), touch("right_hand", "right_cheek", 0.06), aim("right_upper_arm", "right back*0.2", 10, 38), beyond("right_elbow", "right_shoulder", "up", -0.14, 0.18), head(yaw=(12, 35)), aim("trunk", "up", 4, 14), defaults=(),
         does="[aim|draw|shoot|fire] a bow|aim a bow and arrow at [the target|someone]|shoot an arrow|draw the bowstring with the {R} hand|hold a bow in the outstretched {L} hand and *pull the string to {their} cheek|take aim with a longbow|nock an arrow and *draw|hunt with a bow",
         names="an archer pose|a bow-drawing pose|an elven archer|a Robin Hood pose|an archery stance|a bow shot", tags="bow drawn|drawing a bow|{L} arm: straight towards the target, {R} hand at the cheek, elbow back|aiming an arrow"),
    pose("archer upward", *_SIDE_ON, aim("left_arm", "left*0.8 up*0.75 front*0.4", 7, 24), straight("left_arm"), apart("right_hand", "right_shoulder", 0.08, 0.3), apart("right_hand", "chin", 0.06, 0.26), aim("right_upper_arm", "right down*0.4 back*0.1", 10, 40), head(yaw=(30, 58), pitch=(-35, -12)), defaults=(),
         does="shoot an arrow into the sky|aim a bow [high|upward]|aim a bow at a bird overhead|loose an arrow up over the wall|draw a longbow at a steep angle, the {L} arm raised", names="a high archery shot|an Agincourt volley|a skyward bow shot", tags="bow aimed high, {L} arm raised out to the side|aiming an arrow at the sky"),
    pose("archer kneeling", *_KNEELING, aim("left_arm", "front left*0.5", 7, 24), straight("left_arm"), touch("right_hand", "right_cheek", 0.06), aim("right_upper_arm", "right back*0.2", 10, 40), head(yaw=(14, 38)), aim("trunk", "up", 5, 16), defaults=(),
         does="kneel and *aim a bow|shoot a bow on one knee|draw an arrow, down on the {R} knee|kneel on the {R} knee with the {L} arm stretched out and the {R} hand at {their} cheek", names="a kneeling archer|a kneeling bow shot", tags="on one knee with a drawn bow|on the {R} knee, bow arm straight, string hand at the cheek"),
    pose("spear thrust", *_LUNGE, aim("left_arm", "front down*0.1", 7, 24), bend("left_elbow", 5, 45), aim("right_upper_arm", "down back*0.8 right*0.25", 8, 30), aim("right_forearm", "front left*0.15 down*0.05", 8, 30), beyond("right_hand", "right_waist", "up", -0.1, 0.3), aim("trunk", "up front*0.35", 6, 22), aim("face", "front", 7, 28), defaults=(),
         does="thrust a [spear|lance|pike|bayonet] forward with both hands|[stab|jab|lunge] with a spear|attack with a halberd|charge with a bayonet|hold a polearm in both hands, the {L} one ahead and the {R} one by the hip, and *lunge|poke a spear ahead",
         names="a spear thrust|a bayonet thrust|a pike lunge|a lancer's attack", tags="{L} hand: forward on a spear shaft, {R} hand back at the hip|lunging with a polearm"),
    pose("staff guard", *_STAGGER, bend("both_knee", 20, 60), aim("left_upper_arm", "front down*0.6", 8, 30), bend("left_elbow", 20, 75), aim("trunk", "up", 5, 15), aim("right_upper_arm", "down right*0.35", 8, 28), aim("right_forearm", "front left*0.1 down*0.1", 8, 30), apart("left_hand", "right_hand", 0.28, 0.7), beyond("left_hand", "right_hand", "up", 0.05, 0.5), aim("face", "front", 7, 26), defaults=(),
         does="hold a [staff|quarterstaff|bo] ready with both hands|guard with a [quarterstaff|pole|polearm] held slantwise|fight with a bo staff|hold a halberd across {their} body, ready to fight|spar with long sticks",
         names="a quarterstaff guard|a bo staff stance|a polearm guard|a monk's staff stance", tags="both hands: apart on a staff held across the body"),
    pose("spear throw", flat("left"), floor("right_foot"), beyond("left_foot_middle", "right_foot_middle", "front", 0.3, 0.8), _FEET, aim("right_upper_arm", "right up*0.25 back*0.3", 8, 30), bend("right_elbow", 50, 105), beyond("right_hand", "right_ear", "up", -0.05, 0.35), aim("left_arm", "front up*0.2", 8, 28), straight("left_arm"), spine(yaw=(-30, -10)), head(yaw=(8, 32)), aim("trunk", "up back*0.1", 5, 18), bend("both_knee", 5, 50), defaults=(),
         does="[throw|hurl|launch] a [spear|javelin|harpoon]|wind up to throw a spear with the {R} hand|hold a javelin beside {their} head, {L} arm pointing ahead|get ready to hurl a harpoon|draw back the {R} arm with a spear, {L} hand out toward the target",
         names="a javelin throw|a spear throw|a harpooner's pose|a hunter with a raised spear", tags="{R} arm: cocked back with a spear, {L} arm out in front|about to hurl a javelin"),
    pose("spear planted", flat("both"), beyond("left_ankle", "right_ankle", "left", 0.12, 0.45), straight("both_leg"), _FEET, aim("left_upper_arm", "down left*0.7 front*0.3", 8, 28), aim("left_forearm", "up left*0.35 front*0.35", 9, 30), beyond("left_hand", "left_shoulder", "up", -0.05, 0.3), aim("trunk", "up", 4, 11), aim("face", "front", 6, 24),
         does="stand guard with a spear upright in the {L} hand|hold a [spear|staff|pole|trident|pitchfork] upright at {their} side|stand like a palace guard|lean on a tall staff with the {L} hand|stand sentry with a halberd|hold a wizard's staff|keep watch at the gate",
         names="a sentry pose|a palace guard|a spearman at rest|a wizard with his staff|a Gandalf pose", tags="{L} hand: round an upright staff at shoulder height|on sentry duty"),
    pose("axe overhead", flat("both"), beyond("left_ankle", "right_ankle", "left", 0.3, 0.65), bend("both_knee", 5, 40), _FEET, aim("both_upper_arm", "up front*0.35 left*0.2", 8, 28), bend("both_elbow", 35, 100), _TWO_HANDED, beyond("left_hand", "crown", "up", 0.02, 0.45), aim("trunk", "up back*0.12", 5, 16), defaults=(),
         does="[lift|raise|swing] an axe above {their} head with both hands|chop wood|split logs|swing a [pickaxe|sledgehammer|mallet|hammer] overhead|get ready to smash something with a sledgehammer|raise a pickaxe over {their} head|bring an axe up to split a log|hit the high striker at a fair",
         names="a wood-chopping pose|a lumberjack swing|a sledgehammer swing|an executioner's pose|a Thor hammer smash", tags="both hands: gripping an axe high above the head|axe raised overhead|feet: apart, both hands overhead on a handle"),
    pose("axe landed", flat("both"), beyond("left_ankle", "right_ankle", "left", 0.3, 0.65), bend("both_knee", 20, 65), _FEET, pelvis(pitch=(20, 38)), aim("trunk", "front up*0.75", 7, 24), aim("both_upper_arm", "down front*0.5", 8, 30), bend("both_elbow", 5, 45), _TWO_HANDED, head(pitch=(0, 25)), open=False, defaults=(),
         does="bury an axe in a log|bring the [axe|pickaxe|hoe|sledgehammer] down in front|bend forward with both hands on the handle as the axe lands|hack at the ground with a [hoe|mattock|pick]|swing a pickaxe into the ground|hoe a field",
         names="a finished axe swing|an axe chop at the bottom|a gardener's hoeing pose", tags="bent forward, both hands low in front on a tool handle"),
    pose("hammer side swing", flat("both"), beyond("left_ankle", "right_ankle", "left", 0.4, 0.8), bend("both_knee", 15, 60), _FEET, _TWO_HANDED, spine(yaw=(20, 38)), aim("left_arm", "left down*0.25 back*0.1", 9, 36), beyond("left_hand", "left_shoulder", "left", 0.02, 0.6), beyond("left_hand", "left_shoulder", "up", -0.4, 0.05), aim("right_upper_arm", "chestward leftward*0.8 footward*0.4", 10, 40), aim("face", "front", 10, 40), open=False, defaults=(),
         does="swing a [warhammer|sledgehammer|club|scythe|bat] from the {L} side|draw a heavy hammer back to the {L} with both hands|wind up a sideways swing to the {L}|twist to the {L} with a big weapon in both hands|mow grass with a scythe",
         names="a warhammer swing|a sideways two-handed swing|a scythe swing|a Grim Reaper swing", tags="both hands: drawn back to the {L} side on a handle, torso twisted"),
)  # fmt: skip

# SPDX-License-Identifier: GPL-3.0-or-later
"""Clauses in which hands touch the body or each other."""

# Phrases are data and stand on one line.
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from training.grammar.entries import Clause, Posture, clause
from training.grammar.intent import (
    Gap,
    Goal,
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
from training.grammar.limbs import Family, Way, both, both_of, one
from training.grammar.phrases import split

_TOUCHING = ("put", "place", "rest", "lay", "hold", "keep", "have", "press", "set", "position")
_DONE = re.compile(r"(?:\w+ing|\w+[^e]ed|flung)\b")
"""What says itself that the hand is put there: "propped on the hip"."""
_MIDDLE = (
    "crown",
    "back_of_head",
    "belly",
    "mouth",
    "nape",
    "lower_back",
    "chest",
    "nose",
    "throat",
    "forehead",
    "chin",
)


def _moved(goals: Sequence[Part]) -> list[Goal]:
    """Contacts of both hands with one spot, loosened so that there is room for both beside each other."""
    return [replace(g, metres=(0.0, 0.085), touching=False) if isinstance(g, Gap) else g for g in goals]  # type: ignore[misc]


def _place(parts: tuple[Part, ...], place: str, both_place: str = "-", does: str = "", both_does: str = "", noun: str = "hand", nouns: str = "hands", how: str = "", on: tuple[Posture, ...] = ()) -> Way:  # fmt: skip
    """A hand at a place: the place's phrases follow "hand is" and "put the hand"."""

    def hows(phrases: str) -> str:
        return "|".join(
            phrase if _DONE.match(phrase) else f"[|||resting |placed |held ]{phrase}" for phrase in split(phrases)
        )

    def verbs(phrases: str, more: str) -> str:
        put = "|".join(
            f"[{'|'.join(_TOUCHING)}] {{it}} {phrase}" for phrase in split(phrases) if not _DONE.match(phrase)
        )
        return f"{put}|{more}" if more else put

    goals = both_of(parts)
    shared = any(isinstance(goal, Gap) and goal.b in _MIDDLE for goal in goals)
    twice: tuple[Part, ...] = (*_moved(goals), *apart("left_palm", "right_palm", 0.04, 0.25)) if shared else ()
    return Way(
        parts, hows(place) + (f"|{how}" if how else ""), verbs(place, does), "-" if both_place == "-" else hows(both_place),
        "" if both_place == "-" else verbs(both_place, both_does), twice, noun, nouns, on,
    )  # fmt: skip


PLACES: tuple[Way, ...] = (
    _place((touch("left_palm", "left_waist"), aim("left_upper_arm", "leftward footward*0.8 spineward*0.2", 7, 32)),
           "on {their} [hip|waist]|on the [hip|waist]|on {their} {L} hip|planted on [the|{their}] hip|at the waist|on [the|{their}] {L} hip|propped on [the|{their}] hip|parked on [the|{their}] hip|resting on the hip bone|akimbo, on the hip|sassily on [the|{their}] hip|braced against {their} waist", "on [{their} |the |]hips|on {their} waist|at the waist|planted on the hips|on both hips|on the sides of the waist|propped on {their} hips|braced on the hips|on {their} hip bones|akimbo|at {their} waist superhero style", both_does="[put|place] {it} on hips"),
    _place((touch("left_palm", "crown"),), "on [top of |]{their} head|on top of the head|on the crown of {their} head|flat on {their} head|on {their} noggin|on {their} hair|palm down on top of the head", "on [top of |]{their} head|on top of the head|on the crown of {their} head", does="touch the top of {their} head with {it}", both_does="touch the top of {their} head with {it}"),
    _place((touch("left_palm", "back_of_head", 0.01), aim("left_upper_arm", "leftward headward*0.4", 9, 35)), "behind {their} head|on the back of {their} head|against the back of {their} head|at the back of the head|behind the head, elbow out|cradling the back of {their} head|behind the skull|tucked behind {their} head", "behind {their} head|on the back of {their} head|behind the head, elbows out|clasped behind {their} head|laced behind the head|locked behind the skull|behind {their} head as if [under arrest|relaxing in a hammock]|tucked behind {their} head|in a sit-up grip behind the head", does="scratch the back of {their} head with {it}", both_does="clasp {it} behind {their} head|lace {it} behind the head"),
    _place((touch("left_palm", "left_breast"),), "on {their} chest|flat on the chest|against {their} chest|on the {L} side of the chest|on {their} {L} breast|on {their} {L} pec|just under the collarbone|over the {L} pectoral", "on {their} chest|pressed to the chest|flat on the chest|against {their} chest", does="touch {their} chest with {it}"),
    _place((touch("left_palm", "chest", 0.01),), "[over|on] {their} heart|over the heart|in the middle of {their} chest|on {their} breastbone|over {their} sternum|on the breastbone as if swearing|pressed to the heart", "over {their} heart|on the heart|in the middle of {their} chest", does="clutch {their} heart with {it}|press {it} to {their} heart", both_does="clutch {their} heart with {it}"),
    _place((touch("left_palm", "belly"),), "[on|over|against] {their} [belly|stomach|tummy|abdomen]|on the [belly|stomach]|across {their} stomach|on {their} navel|on {their} gut|flat on the belly button|on {their} midriff|on the tummy", "[on|over] {their} [belly|stomach|tummy]|on the [belly|stomach]", does="hold {their} [belly|stomach] with {it}|rub {their} [belly|tummy] with {it}|clutch {their} stomach with {it}", both_does="hold {their} [belly|stomach] with {it}|clutch {their} stomach with {it}"),
    _place((touch("left_palm", "left_ribs", 0.01),), "on {their} ribs|against the ribs|on the side of {their} chest|on {their} flank", "on {their} ribs|on the sides of {their} chest", does="hold {their} ribs with {it}"),
    _place((touch("left_fingers", "chin"), beyond("left_elbow", "left_shoulder", "footward", 0.08)), "[on|at|to|under] {their} chin|under the chin|against {their} chin|at the chin|at {their} jaw|cupping the jaw|under the jaw|on the chin in thought", "under {their} chin|at {their} chin|on the chin", does="touch {their} chin with {it}|stroke {their} chin with {it}|prop {their} chin on {it}", both_does="prop {their} chin on {it}"),
    _place((touch("left_fingers", "mouth"), beyond("left_elbow", "left_shoulder", "footward", 0.0)), "[over|on|in front of|to|against] {their} mouth|to {their} lips|on {their} lips|over the mouth|clapped over {their} mouth|to the lips as if to say hush", "over {their} mouth|on the mouth|to {their} lips", does="cover {their} mouth with {it}|touch {their} lips with {it}|bring {it} to {their} mouth", both_does="cover {their} mouth with {it}|bring {it} to {their} mouth", how="covering {their} mouth|touching the lips"),
    _place((touch("left_palm", "left_cheek"),), "[on|against|to] {their} cheek|on the {L} cheek|on the side of {their} face|against {their} face|on {their} {L} cheek|cupping the side of the face|against the {L} side of {their} face|on {their} {L} cheekbone", "on {their} cheeks|against {their} cheeks|on {their} face|to the sides of {their} face", does="touch {their} cheek with {it}|cup {their} cheek with {it}|lean {their} cheek on {it}", both_does="cup {their} face with {it}|hold {their} cheeks with {it}", how="cupping {their} cheek|touching the face"),
    _place((touch("left_fingers", "right_cheek"), beyond("left_elbow", "left_shoulder", "footward", 0.03)), "on {their} {R} cheek|on the opposite cheek|against the {R} side of {their} face", does="touch the {R} cheek with {it}"),
    _place((touch("left_palm", "left_ear"),), "[on|over|at|against|to|by] {their} ear|on the {L} ear|over {their} {L} ear|behind the ear|at the ear as if on the phone|cupped round the ear to hear better|pressed to the ear like a phone", "over {their} ears|on {their} ears|against the ears|on both ears", does="touch {their} ear with {it}|cover {their} {L} ear with {it}|cup {it} to {their} ear", both_does="cover {their} ears with {it}|block {their} ears with {it}", how="cupped to {their} ear"),
    _place((touch("left_fingers", "left_temple"),), "on {their} temple|at the temple|against {their} temple|at the side of {their} head|on the {L} temple|to the side of {their} head|fingertips on the temple|at the temple as if thinking hard", "on {their} temples|at the temples|to {their} temples", does="touch {their} temple with {it}", both_does="rub {their} temples with {it}", how="touching the temple"),
    _place((touch("left_palm", "forehead"),), "[on|against|to|across] {their} forehead|on {their} brow|on the forehead|against the brow|flat against the forehead|slapped to {their} forehead|on the brow as if feverish", "on {their} forehead|against the forehead", does="touch {their} forehead with {it}|wipe {their} forehead with {it}|check {their} forehead with {it}"),
    _place((touch("left_fingers", "left_eye", 0.02), beyond("left_elbow", "left_shoulder", "footward", 0.0)), "over {their} eye|on the {L} eye|in front of {their} {L} eye|to {their} eye", "over {their} eyes|in front of {their} eyes|on the eyes", does="cover {their} {L} eye with {it}|rub {their} {L} eye with {it}", both_does="cover {their} eyes with {it}|rub {their} eyes with {it}|hide {their} eyes with {it}", how="covering {their} {L} eye"),
    _place((touch("left_palm", "nose", 0.02),), "over {their} face|on {their} face|in front of the face|across {their} face", "over {their} face|in front of {their} face", does="cover {their} face with {it}|hide {their} face behind {it}", both_does="cover {their} face with {it}|bury {their} face in {it}|hide {their} face behind {it}", how="covering {their} face"),
    _place((touch("left_fingers", "nose"), beyond("left_elbow", "left_shoulder", "footward", 0.0)), "on {their} nose|at {their} nose|to {their} nose", does="touch {their} nose with {it}|pinch {their} nose with {it}|scratch {their} nose with {it}", how="touching {their} nose"),
    _place((touch("left_hand", "nape", 0.03), aim("left_upper_arm", "leftward headward*0.4 chestward*0.3", 9, 45)), "[on|at|against] the back of {their} neck|behind {their} neck|on the nape|on {their} neck|on {their} nape|rubbing {their} nape|cupping the nape|gripping the back of {their} neck", "behind {their} neck|on the back of {their} neck|on {their} neck", does="rub the back of {their} neck with {it}|hold {their} neck with {it}|scratch {their} neck with {it}", both_does="hold the back of {their} neck with {it}"),
    _place((touch("left_fingers", "throat", 0.02), aim("left_upper_arm", "footward chestward*0.6 leftward*0.3", 9, 38)), "on {their} throat|at {their} throat|around {their} neck|against the throat|on the front of {their} neck", "around {their} throat|at {their} throat|on {their} neck", does="hold {their} throat with {it}|clutch {their} neck with {it}", both_does="clutch {their} throat with {it}"),
    _place((touch("left_palm", "right_shoulder_top"),), "on the [{R}|opposite|other] shoulder|on {their} [opposite|other|{R}] shoulder|across the chest on the other shoulder|over the opposite shoulder|flung across to the opposite shoulder|gripping the far shoulder|crossing the chest to the other shoulder", does="touch the [{R}|opposite|other] shoulder with {it}|grab {their} [{R}|opposite] shoulder with {it}|hold {their} {R} shoulder with {it}", how="holding the [{R}|opposite] shoulder|gripping the other shoulder"),
    _place((touch("left_palm", "left_shoulder_top"),), "on {their} own {L} shoulder|on the same shoulder|on {their} {L} shoulder|on top of the {L} shoulder", "on {their} [own |]shoulders|on the shoulders", does="touch {their} {L} shoulder with {it}", both_does="touch {their} shoulders with {it}"),
    _place((touch("left_palm", "right_elbow", 0.045), beyond("right_elbow", "right_shoulder", "footward", 0.12)), "on the [{R}|opposite|other] elbow", does="hold the [{R}|opposite|other] elbow with {it}|grip {their} {R} elbow with {it}|touch the [opposite|{R}] elbow with {it}", how="holding the [{R}|opposite|other] elbow|cupping the {R} elbow"),
    _place((touch("left_palm", "right_biceps", 0.03), beyond("right_elbow", "right_shoulder", "footward", 0.15)), "on the [{R}|opposite|other] upper arm|on {their} {R} [biceps|arm]", does="hold the [{R}|other] upper arm with {it}|rub {their} {R} arm with {it}|grip {their} {R} biceps with {it}", how="holding the {R} upper arm|gripping the other arm"),
    _place((touch("left_hand", "right_wrist", 0.035), beyond("left_hand", "belly", "front", 0.05), beyond("left_hand", "chest", "footward", 0.02, 0.5)), "on the [{R}|other] wrist|around the [{R}|other] wrist", does="hold {their} {R} wrist [|in front] with {it}|grab the other wrist with {it}|take {their} pulse with {it}", how="holding the [{R}|other] wrist in front"),
    _place((touch("left_hand", "right_forearm", 0.045), beyond("right_elbow", "right_shoulder", "footward", 0.12)), "on the [{R}|other] forearm|across the {R} forearm", does="hold the [{R}|other] forearm with {it}|scratch {their} {R} forearm with {it}", how="holding the [{R}|other] forearm"),
    _place((touch("left_palm", "left_thigh_side", 0.02),), "on the [side|outside] of {their} thigh|against {their} thigh|in {their} pocket|at the {L} thigh|in the {L} pocket|flat against {their} outer thigh|stuffed in a trouser pocket|in a pocket|along the seam of the trousers", "against {their} thighs|on the sides of {their} thighs|in {their} pockets|stuffed in {their} trouser pockets|along the seams of {their} trousers|flat against the outer thighs", does="slap {their} thigh with {it}|stick {it} in {their} pocket", both_does="stick {it} in {their} pockets", on=("upright",)),
    _place((touch("left_hand_back", "lower_back"),), "behind {their} back|on {their} lower back|against the small of the back|on the small of {their} back|behind the back, at the waist|tucked behind {their} back|hidden behind {their} back|in the small of {their} back", "behind {their} back|on {their} lower back|on the small of the back|tucked behind {their} back|hidden behind {their} back|at ease behind {their} back", does="hide {it} behind {their} back|hold {their} lower back with {it}", both_does="hide {it} behind {their} back", on=("upright", "prone")),
    _place((touch("left_palm", "left_buttock"),), "on {their} [buttock|bottom|butt|backside]|on {their} {L} buttock|in the back pocket|on the seat of {their} pants|on {their} bum|on {their} {L} butt cheek|on the glute", "on {their} [buttocks|bottom|butt]|in {their} back pockets", does="hold {their} butt with {it}|rub {their} bottom with {it}|stick {it} in the back pocket", both_does="stick {it} in the back pockets", on=("standing",)),
)  # fmt: skip
"""One hand on the body, with the reach of a standing arm."""

_LOW: tuple[Way, ...] = (
    _place((touch("left_palm", "left_kneecap"),), "on {their} [{L} |]knee|on the [{L} |]knee", "on {their} knees|on the knees", does="touch {their} {L} knee with {it}|hold {their} {L} knee with {it}", both_does="hold {their} knees with {it}", on=("low",)),
    _place((touch("left_palm", "right_kneecap"),), "on {their} [{R}|opposite|other] knee|on the [{R}|opposite|other] knee", does="touch the [opposite|{R}] knee with {it}", on=("low",)),
    _place((touch("left_palm", "left_thigh_top"),), "on {their} [{L} |]thigh|on top of the thigh|in {their} lap", "on {their} thighs|in {their} lap|on top of the thighs", on=("low",)),
    _place((touch("left_palm", "right_thigh_top"),), "on the [{R}|opposite|other] thigh|on {their} {R} thigh", on=("low",)),
)  # fmt: skip


def _floor_reach() -> Way:
    return _place((floor("left_hand"), aim("left_arm", "down left*0.4 back*0.35", 9, 40), beyond("left_hand", "pelvis", "left", 0.12, 0.7), beyond("left_hand", "pelvis", "front", -0.45, 0.15)), "on the [floor|ground] [|beside {their} body|at {their} side]|[flat |]on the [floor|ground]", "on the [floor|ground] [|beside {their} body|at {their} sides]", does="lean on {it} [|beside {their} body]|support {their} body with {it} on the floor|touch the floor with {it}", on=("grounded",))  # fmt: skip


LOW_FAMILIES: tuple[Family, ...] = (
    *(family for way in (*_LOW, _floor_reach()) for family in (one(way), both(way)) if family),
)
"""Hands on what only bodies with bent knees can reach."""


def _pair(*parts: Part, tags: str, does: str = "", on: tuple[Posture, ...] = (), claims: str = "") -> Family:
    return (clause(*parts, tags=tags, does=does, on=on, claims=claims),)


_AT_CHEST = (
    beyond("left_palm", "chest", "chestward", 0.08, 0.32),
    beyond("left_palm", "spine3", "headward", -0.08, 0.2),
)
HAND_PAIR_FAMILIES: tuple[Family, ...] = (
    _pair(touch("left_palm", "right_palm"), aim("both_forearm", "headward rightward*0.8", 10, 40), *_AT_CHEST,
          tags="hands: [together|folded|joined] in prayer|palms: [pressed |]together in front of the chest|hands: folded as if praying|palms: together at the heart|hands: in namaste|[hands|palms]: pressed together [|at the chest|in front of the chest]|in a prayer position|hands: in a praying position|hands: in prayer position at the sternum|palms: flat against each other, fingers up, at the heart|hands: steepled flat like someone in church|in anjali mudra",
          does="[press|put|bring|hold] {their} palms together [|at the chest|in front of {their} chest]|put {their} hands together as if praying|pray|join {their} hands in prayer|fold {their} hands in prayer|greet with a namaste|press {their} hands together in front of {their} chest"),
    _pair(touch("left_hand", "right_hand", 0.03), beyond("left_hand", "belly", "footward", -0.05, 0.25), beyond("left_hand", "belly", "chestward", 0.03, 0.3),
          tags="hands: [clasped|folded|joined|together] [low |]in front [|of the body]|hands: clasped at the waist|fingers: [laced|interlocked|intertwined] in front|hands: held together in front of the belly|hands: clasped over the [belly|groin]|one hand: holding the other in front",
          does="[clasp|fold|join|hold] {their} hands [|together] in front [|of {their} body|of {their} belly]|hold {their} own hands in front|lace {their} fingers in front|put {their} hands together in front"),
    _pair(touch("left_hand", "right_hand", 0.03), *_AT_CHEST, aim("both_upper_arm", "footward leftward*0.35", 10, 40),
          tags="hands: [clasped|joined|locked|together] in front of the chest|hands: clasped at chest height|fists: together at the chest|fingers: interlaced in front of the chest", does="clasp {their} hands in front of {their} chest|bring {their} hands together at {their} chest|wring {their} hands at the chest"),
    _pair(touch("left_palm", "right_palm"), aim("both_upper_arm", "up left*0.35", 9, 36), aim("both_forearm", "up right*0.4", 9, 40), beyond("left_wrist", "crown", "headward", 0.02), bend("both_elbow", 2, 80),
          tags="[hands|palms]: [joined|together|clasped|pressed together|touching] [above the head|overhead|over {their} head]|hands: meeting above the head|arms: overhead with the palms [together|touching]|fingers: laced overhead",
          does="[join|clasp|press|bring] {their} hands [together |]above {their} head|clasp {their} hands overhead|press {their} palms together overhead|touch {their} hands together above the head|stretch up with {their} hands clasped overhead"),
    _pair(touch("left_hand", "right_hand", 0.03), beyond("left_hand", "lower_back", "spineward", 0.02, 0.25), beyond("left_hand", "lower_back", "footward", -0.1, 0.3), on=("upright",),
          tags="hands: [clasped|joined|held|folded|together] behind [the|{their}] back|fingers: laced behind the back|one hand: holding the other behind the back|hands: tied behind {their} back|hands: locked behind {their} back|arms: behind {their} back, hands clasped",
          does="[clasp|hold|join|fold|lock] {their} hands behind {their} back|keep both hands behind the back|lace {their} fingers behind {their} back|put {their} hands together behind {their} back"),
    _pair(touch("left_hand", "right_wrist", 0.035), beyond("left_hand", "lower_back", "spineward", 0.02, 0.25), beyond("left_hand", "lower_back", "footward", -0.1, 0.3), on=("upright",),
          tags="{L} hand: holding the {R} wrist behind {their} back|{R} wrist: held behind the back by the {L} hand|hands: behind the back, {L} hand on the {R} wrist|one wrist: held behind the back|one hand: gripping the other wrist behind the back", does="hold {their} {R} wrist behind {their} back [|with the {L} hand]|take one wrist behind {their} back with the other hand|grab the {R} wrist behind the back|stroll with one hand holding the other wrist behind|grip one wrist behind {their} back"),
    _pair(touch("left_palm", "back_of_head", 0.05), touch("right_palm", "back_of_head", 0.05), aim("both_upper_arm", "leftward headward*0.4 chestward*0.3", 9, 42), apart("left_palm", "right_palm", 0.03, 0.16),
          tags="hands: [clasped|laced|interlocked|joined|locked] behind [the|{their}] head|fingers: laced behind the head|arms: folded behind {their} head|elbows: out, hands behind the head",
          does="[clasp|lace|lock|fold|put] {their} hands behind {their} head|lace {their} fingers behind the head|relax with {their} hands behind {their} head"),
    _pair(touch("left_hand", "right_biceps", 0.035), touch("right_hand", "left_forearm", 0.05), beyond("left_forearm", "chest", "chestward", -0.02, 0.2), aim("both_upper_arm", "footward chestward*0.5", 9, 35), aim("left_forearm", "rightward", 10, 40), aim("right_forearm", "leftward", 10, 40),
          tags="arms: [crossed|folded] [|over the chest|across {their} chest|in front of the chest]|[both |]arms: [crossed|folded]|forearms: crossed over the chest", does="[cross|fold] {their} arms [|over the chest|across the chest|in front of {their} chest]|keep {their} arms crossed"),
    _pair(touch("left_palm", "right_shoulder_top", 0.01), touch("right_palm", "left_shoulder_top", 0.01),
          tags="arms: wrapped around {their} [own |][shoulders|body]|hands: on opposite shoulders|arms: crossed, hands on the shoulders|[each|either] hand: on the opposite shoulder|arms: crossed over the chest, hands on the shoulders", does="hug {their} own shoulders|put {their} hands on opposite shoulders|hug themselves|wrap {their} arms around themselves|cross {their} arms and *place the hands on the shoulders|give themselves a hug"),
    _pair(touch("left_palm", "right_elbow", 0.05), touch("right_palm", "left_elbow", 0.05), aim("both_upper_arm", "footward chestward*0.6", 9, 35),
          tags="hands: [on|holding|cupping] opposite elbows|arms: folded, hands on the elbows|elbows: held in the opposite hands|arms: crossed low, holding the elbows|[each|either] hand: holding the opposite elbow", does="hold opposite elbows|cup {their} elbows [with opposite hands|in front of {their} body]|hold each elbow with the other hand|fold {their} arms, holding the elbows|grab {their} elbows"),
    _pair(touch("left_wrist", "right_wrist", 0.04), *_AT_CHEST, aim("left_forearm", "headward rightward*0.7", 10, 35), aim("right_forearm", "headward leftward*0.7", 10, 35),
          tags="[wrists|forearms]: crossed in front of the chest|arms: crossed in an X in front of the chest|arms: in an X|forearms: making an X in front|wrists: crossed at chest height|arms: crossed at the wrists like Wakanda", does="cross {their} [wrists|forearms] in front of {their} chest|form an X with {their} forearms|cross one forearm over the other in front of the chest|make an X with {their} arms"),
    _pair(touch("left_wrist", "right_wrist", 0.04), aim("both_upper_arm", "up left*0.35", 9, 36), aim("both_forearm", "up right*0.4", 9, 40), beyond("left_wrist", "crown", "headward", 0.0), bend("both_elbow", 5, 90), tags="wrists: crossed [overhead|above the head]|hands: crossed overhead|arms: in an X overhead|wrists: one over the other above the head|arms: crossed above {their} head|arms: making a big X overhead|forearms: crossing high over the head", does="cross {their} [wrists|arms] [overhead|above {their} head]|make an X above {their} head with the arms|raise {their} arms and *cross the wrists"),
    _pair(touch("left_wrist", "right_wrist", 0.04), beyond("left_wrist", "belly", "footward", 0.0, 0.35), beyond("left_wrist", "belly", "chestward", 0.05, 0.35), tags="wrists: crossed [low |]in front [|of the body|of the belly]|hands: crossed in front of the hips|wrists: crossed over the groin|hands: low in front, crossed|one wrist: over the other in front of the belly", does="cross {their} [wrists|hands] low in front|cross {their} wrists in front of {their} body|lay one wrist over the other in front of the hips|hold {their} hands crossed low"),
    _pair(touch("left_fingers", "right_fingers", 0.0), aim("both_forearm", "rightward chestward*0.6 headward*0.3", 10, 45), beyond("left_fingers", "chest", "chestward", 0.1, 0.45), beyond("left_fingers", "chest", "headward", -0.25, 0.12),
          tags="fingertips: [touching|together|steepled] in front of the chest|fingers: steepled|fingertips: pressed together like a tent|hands: in a steeple in front of the chest|fingers: touching tip to tip|fingertips: together like a movie villain's|hands: making a little tent", does="steeple {their} fingers|touch {their} fingertips together in front|make a tent with {their} fingers|press {their} fingertips against each other|think with steepled fingers|bring {their} fingertips together"),
    _pair(touch("left_palm", "right_palm"), aim("both_arm", "front", 8, 25), straight("left_arm"), on=("upright",),
          tags="arms: stretched forward with the palms together|palms: together, arms straight out in front|hands: together, arms stretched ahead|palms: joined far in front of the body|arms: straight ahead, hands pressed together like a diver's|hands: joined in front at arm's length", does="press {their} palms together at arm's length|reach forward with both palms together|point ahead with both hands joined|stretch {their} joined hands forward|stretch both arms forward with the hands joined|join {their} hands straight out in front"),
    _pair(aim("both_upper_arm", "left", 8, 25), touch("both_fingers", "both_shoulder_top", 0.02), on=("upright",), tags="fingertips: on the shoulders, elbows out|hands: on {their} shoulders, elbows out to the sides|fingers: touching the shoulders, elbows wide|hands: on the shoulders like chicken wings|elbows: out to the sides, fingers on the shoulders|each hand: on its own shoulder, elbows out", does="touch {their} shoulders with the fingertips, elbows out|make chicken wings, fingers on the shoulders|put {their} hands on {their} own shoulders, elbows to the sides|bend {their} arms so that the fingers touch the shoulders|put {their} fingertips on {their} shoulders with elbows wide"),
    _pair(touch("left_palm", "belly", 0.01), touch("right_palm", "chest", 0.01), tags="{L} hand: on the belly, {R} hand on the chest|{R} hand: on the heart, {L} hand on the stomach|hands: on the chest and the belly|one palm: on the chest, the other on the stomach|one hand: on the chest and one on the belly|one hand: on the heart, the other on the stomach", does="put one hand on the chest and the other on the belly|place one palm on {their} chest, the other on {their} stomach|feel {their} breath with a hand on the chest and one on the belly|rest the {L} hand on the belly and the {R} on the heart|lay the {L} hand on {their} belly and the {R} one on {their} chest"),
    _pair(touch("left_palm", "back_of_head", 0.01), touch("right_palm", "right_waist"), aim("right_upper_arm", "rightward footward*0.8 spineward*0.2", 7, 32), aim("left_upper_arm", "leftward headward*0.4", 9, 35), tags="{L} hand: behind the head, {R} hand on the hip|{R} hand: on the hip, {L} hand behind the head|one hand: on the hip, the other behind the head|{L} elbow: up, hand behind the head, {R} hand at the waist|one hand: behind {their} head and one on {their} hip", does="put one hand behind the head and the other on the hip|pose with one hand behind the head and one at the waist|strike a pin-up pose, {L} hand behind the head, {R} hand on the hip|rest one hand on the hip, the other behind {their} neck|put the {L} hand behind {their} head and the {R} one on {their} hip"),
    _pair(touch("left_hand", "left_shoulder_top", 0.05), aim("left_upper_arm", "leftward", 9, 30), touch("right_hand_back", "lower_back", 0.02), tags="{L} hand: on the shoulder, {R} hand behind the back|one hand: on {their} own shoulder, the other behind the back|{R} hand: behind the back, {L} hand on {their} {L} shoulder|one hand: touching the shoulder, the other at the small of the back", does="put the {L} hand on the shoulder and the {R} one behind {their} back|touch {their} {L} shoulder and *hold the {R} hand behind the back|put one hand on the same shoulder and one behind {their} back|hide the {R} hand behind {their} back, {L} hand on the shoulder"),
)  # fmt: skip

_FOLDED = (
    aim("trunk", "up front*0.95", 8, 26),
    spine(pitch=(30, 48)),
    *flat("both"),
    *balanced("left_foot_middle", "right_foot_middle", 0.1),
)
_DEEP = (
    pelvis(pitch=(72, 92)),
    aim("trunk", "down front*0.35", 12, 36),
    spine(pitch=(45, 66)),
    aim("both_leg", "down back*0.08 left*0.05", 4, 24),
    beyond("left_ankle", "right_ankle", "left", 0.08, 0.4),
    beyond("left_ankle", "right_ankle", "front", -0.1, 0.1),
    *flat("both"),
    *balanced("left_foot_middle", "right_foot_middle", 0.12),
    bend("both_knee", 2, 28),
)
BODY_CONTACT_FAMILIES: tuple[Family, ...] = (
    _pair(*_FOLDED, touch("both_palm", "both_kneecap", 0.02), bend("both_knee", 10, 60), on=("standing",), claims="root trunk",
          tags="bent over, hands on [the|{their}] knees|hands: on {their} knees, bent over|hands: braced on {their} knees as if winded|catching a breath, palms on the kneecaps|bent over huffing, hands propped on the knees|leaning forward with both hands on the knees", does="bend over and *put {their} hands on {their} knees|lean forward with {their} hands on {their} knees|rest {their} hands on {their} knees|catch {their} breath with hands on knees|put both hands on {their} knees"),
    _pair(*_FOLDED, aim("both_arm", "down", 9, 30), beyond("left_wrist", "left_knee", "up", -0.08, 0.1), beyond("right_wrist", "right_knee", "up", -0.08, 0.1), bend("both_knee", 5, 60), on=("standing",), claims="root trunk left_arm right_arm",
          tags="hands: [at|down at] knee [height|level], bent over|bent forward, hands hanging at knee height", does="reach down to knee height [|with both hands]|bend over until {their} hands are at knee height|lower {their} hands to knee level"),
    _pair(*_FOLDED, touch("left_palm", "left_kneecap", 0.02), bend("both_knee", 10, 60), on=("standing",), claims="root trunk",
          tags="{L} hand: on {their} {L} knee, bent forward|bent over with one hand on the knee|leaning on the {L} knee with one hand|stooped, {L} hand on the knee|one hand: on the knee, body bent forward", does="bend forward and *put the {L} hand on the {L} knee|stoop with one hand on the knee|bend over, propped on the {L} knee|lean on {their} {L} knee with the {L} hand"),
    _pair(*_DEEP[:-1], apart("left_fingers", "left_toes", 0.0, 0.2), apart("right_fingers", "right_toes", 0.0, 0.2), head(pitch=(0, 25)), bend("both_knee", 2, 45), on=("standing",), claims="root trunk",
          tags="touching {their} toes|hands: on {their} feet, bent over|fingers: at the toes|fingertips: all the way down at the toes|folded in half, reaching the toes|bent over to the toes", does="touch {their} toes|reach down to {their} toes|bend over to touch {their} feet|fold down and *touch the toes"),
    _pair(*_DEEP, head(pitch=(-5, 25)), beyond("left_fingers", "left_toes", "up", -0.05, 0.08), beyond("right_fingers", "right_toes", "up", -0.05, 0.08), on=("standing",), claims="root trunk left_arm right_arm",
          tags="hands: on the [floor|ground], legs straight|fingertips: touching the [floor|ground]|bent over with the fingers on the floor", does="touch the [floor|ground] [|with both hands|with straight legs|without bending {their} knees]|reach down to the [floor|ground]|put {their} hands on the floor with straight legs"),
    _pair(*_DEEP[:-1], bend("both_knee", 2, 40), touch("both_hand", "both_shin", 0.06), head(pitch=(-5, 25)), on=("standing",), claims="root trunk",
          tags="hands: on {their} shins, bent over|bent forward, hands on the shins|shins: held in both hands, bent over|bent halfway down, hands below the knees|both hands: at the shins, legs nearly straight", does="bend down and *hold {their} shins|reach for {their} shins|put {their} hands on {their} shins"),
    _pair(*_DEEP[:-1], bend("both_knee", 2, 55), apart("left_palm", "left_ankle", 0.0, 0.15), apart("right_palm", "right_ankle", 0.0, 0.15), head(pitch=(-5, 25)), on=("standing",), claims="root trunk",
          tags="hands: [on|around|holding] {their} ankles, bent over|bent over, holding the ankles", does="[grab|hold|grip] {their} ankles|bend down and *grab {their} ankles"),
    _pair(aim("left_thigh", "front up*0.3", 8, 28), bend("left_knee", 95, 145), touch("both_hand", "left_shin", 0.06), aim("trunk", "up front*0.15", 6, 28), flat("right"), balanced("right_foot_middle", metres=0.09), bend("right_knee", 2, 28), on=("standing",), claims="left_arm right_arm",
          tags="{L} knee: hugged to the chest|hugging the {L} knee [to {their} chest|]|both hands: holding the {L} shin, knee up|standing on the {R} leg, the other knee hugged in|{L} knee: clasped to the chest with both arms|balancing on the {R} leg, hugging the other knee|one knee: hugged to the chest", does="hug {their} {L} knee [to {their} chest|]|pull the {L} knee up with both hands|hold the {L} knee to {their} chest with both hands|hug one knee to the chest"),
    _pair(aim("left_thigh", "down", 8, 28), bend("left_knee", 95, 140), touch("left_hand", "left_instep", 0.07), flat("right"), balanced("right_foot_middle", metres=0.09), bend("right_knee", 2, 25), on=("standing",),
          tags="{L} hand: holding the {L} [foot|ankle] behind|holding {their} {L} foot behind {their} [back|buttock]|in a quad stretch", does="hold {their} {L} [foot|ankle] behind {their} [body|buttock] [|with the {L} hand]|pull the {L} foot to {their} buttock with the {L} hand|stretch {their} {L} quad|grab the {L} foot behind|pull the {L} heel up to {their} bum with the {L} hand|do a standing quad stretch with the {L} leg"),
    _pair(aim("right_thigh", "front left*0.3 up*0.3", 8, 30), bend("right_knee", 80, 135), touch("left_elbow_tip", "right_kneecap", 0.05), flat("left"), balanced("left_foot_middle", metres=0.09), bend("left_knee", 2, 30), aim("trunk", "up front*0.35", 8, 32), spine(yaw=(-35, -10), pitch=(5, 40)), on=("standing",),
          tags="{L} elbow: [touching|on|to] the {R} knee|{R} knee: up to the {L} elbow|elbow: to the opposite knee|in a standing crunch, {L} elbow to {R} knee|{R} knee and {L} elbow: meeting in front|{L} elbow and {R} knee: touching", does="touch the {R} knee with the {L} elbow|bring {their} {L} elbow to {their} {R} knee|do a standing crunch, {L} elbow to {R} knee|bring an elbow to the opposite knee"),
    _pair(aim("left_thigh", "front", 8, 24), bend("left_knee", 80, 120), touch("right_palm", "left_kneecap", 0.02), flat("right"), balanced("right_foot_middle", metres=0.09), bend("right_knee", 2, 25), on=("standing",), claims="right_arm",
          tags="{R} hand: on the raised {L} knee|{R} hand: touching the lifted {L} knee|one knee: up, opposite hand on it|{L} knee: up, touched by the {R} hand", does="touch {their} raised {L} knee with the {R} hand|lift the {L} knee and *touch it with the {R} hand|raise one knee and *put the opposite hand on it|slap the lifted {L} knee with the {R} hand|bring the {L} knee up to the {R} hand"),
    _pair(aim("trunk", "up front*0.6", 7, 26), spine(pitch=(20, 40)), touch("left_elbow_tip", "left_kneecap", 0.05), touch("right_elbow_tip", "right_kneecap", 0.05), on=("low",), claims="root",
          tags="elbows: on {their} knees|both elbows: resting on the knees|forearms: on the thighs near the knees|arms: propped on the knees|both elbows: resting on the knees|leaning forward, elbows on knees", does="rest {their} elbows on {their} knees|lean forward with {their} elbows on {their} knees|put both elbows on the knees"),
    _pair(aim("trunk", "up front*0.6", 7, 26), spine(pitch=(20, 40)), touch("left_elbow_tip", "left_kneecap", 0.05), touch("left_hand", "chin", 0.04), on=("low",), claims="root",
          tags="{L} elbow: on the knee, chin in hand|chin: in the {L} hand, elbow on the knee|{L} hand: propping the chin, elbow on the knee|chin: on the {L} hand, elbow on the knee|in the pose of the Thinker", does="rest {their} chin on the {L} hand with the elbow on the knee|prop {their} chin up with the {L} elbow on {their} knee"),
    _pair(aim("trunk", "up front*0.5", 7, 26), spine(pitch=(18, 38)), touch("left_elbow_tip", "left_kneecap", 0.05), on=("low",), claims="root",
          tags="{L} elbow: on {their} [{L} |]knee|one elbow: [resting |]on the knee", does="rest {their} {L} elbow on {their} [{L} |]knee|lean on one knee with {their} {L} elbow"),
    _pair(aim("trunk", "up front*0.45", 7, 26), spine(pitch=(12, 35)), touch("left_hand", "left_shin", 0.05), touch("right_hand", "right_shin", 0.05), on=("low",), claims="root",
          tags="hands: [on|around|holding] {their} shins|arms: wrapped around {their} legs|hugging {their} [knees|legs]", does="hug {their} [knees|legs]|wrap {their} arms around {their} [knees|legs]|hold {their} shins|put {their} hands on {their} shins"),
    _pair(touch("left_palm", "left_ear", 0.03), aim("left_upper_arm", "leftward footward*0.4", 10, 40), head(roll=(12, 28)), on=("upright",), tags="head: leaning on the {L} hand|{L} hand: supporting the head|cheek: propped on the {L} hand|head: propped on one hand|{L} cheek: resting in the palm|head: resting in the {L} palm", does="lean {their} head on the {L} hand|rest {their} head in {their} {L} palm"),
    _pair(touch("left_fingers", "left_brow", 0.02), aim("left_upper_arm", "leftward chestward*0.25", 9, 38), on=("upright",), tags="{L} hand: at the brow in a salute|{L} fingertips: at the forehead, elbow out|{L} hand: at the brow as if shielding the eyes|{L} hand: up at the brow, scanning the horizon|{L} hand: shading the eyes|{L} hand: saluting|{L} fingers: at {their} brow|{L} hand: saluting", does="bring the {L} hand to {their} brow|salute with the {L} hand|shade {their} eyes with the {L} hand|look out with the {L} hand at the brow"),
)  # fmt: skip
"""Contacts that take the trunk or a leg along."""

PLACE_FAMILIES: tuple[Family, ...] = tuple(one(way) for way in PLACES)
BOTH_PLACE_FAMILIES: tuple[Family, ...] = tuple(family for way in PLACES if (family := both(way)))


def all_of(*families: Sequence[Family]) -> tuple[Clause, ...]:
    """Every clause of several lists of families, once."""
    return tuple(dict.fromkeys(one for group in families for family in group for one in family))

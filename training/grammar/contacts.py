# SPDX-License-Identifier: GPL-3.0-or-later
"""Clauses in which hands touch the body or each other."""

# Phrases are data and stand on one line.
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from training.grammar.entries import Clause, clause
from training.grammar.intent import Gap, Goal, Part, Turn, aim, apart, bend, beyond, flatten, touch

# (what the left hand does, where said of one hand, where said of both or "")
_PLACES: tuple[tuple[tuple[Part, ...], str, str], ...] = (
    ((touch("left_palm", "left_waist"), aim("left_upper_arm", "leftward footward*0.8 spineward*0.2", 7, 32)),
     "on {their} hip|on the hip|on {their} waist|planted on the hip|resting at the waist", "on {their} hips|on hips|akimbo|at the waist"),
    ((touch("left_palm", "crown"),), "on top of {their} head|on {their} head|resting on the head", "on top of {their} head|on {their} head"),
    ((touch("left_palm", "back_of_head", 0.01), aim("left_upper_arm", "leftward headward*0.4", 9, 35)),
     "behind {their} head|on the back of the head|at the back of {their} head", "behind {their} head|clasped behind the head|at the back of the head"),
    ((touch("left_palm", "left_breast"),), "on {their} chest|flat on the chest|over the heart|against the chest", "on {their} chest|pressed to the chest"),
    ((touch("left_palm", "belly"),), "on {their} belly|on the stomach|holding {their} tummy|over {their} stomach", "on {their} belly|holding {their} stomach"),
    ((touch("left_fingers", "chin"), beyond("left_elbow", "left_shoulder", "footward", 0.08)),
     "on {their} chin|at the chin|touching {their} chin|to the chin", ""),
    ((touch("left_fingers", "mouth"), beyond("left_elbow", "left_shoulder", "footward", 0.0)),
     "over {their} mouth|on {their} mouth|covering the mouth|to {their} lips", "over {their} mouth|covering the mouth"),
    ((touch("left_palm", "left_cheek"),), "on {their} cheek|against the cheek|to the side of {their} face", "on {their} cheeks|on {their} face|cupping {their} face"),
    ((touch("left_palm", "left_ear"),), "on {their} ear|cupped to the ear|over {their} ear", "over {their} ears|covering {their} ears|on the ears"),
    ((touch("left_fingers", "left_temple"),), "on {their} temple|at the side of {their} head|touching the temple", "on {their} temples|rubbing {their} temples"),
    ((touch("left_palm", "forehead"),), "on {their} forehead|against the forehead|on the brow", ""),
    ((touch("left_palm", "nape"), aim("left_upper_arm", "leftward headward*0.4", 9, 40)),
     "on the back of {their} neck|rubbing {their} neck|at the nape", "on the back of the neck"),
    ((touch("left_palm", "right_shoulder_top"),), "on the {R} shoulder|on the opposite shoulder|across the chest on the other shoulder", ""),
    ((touch("left_palm", "left_shoulder_top"),), "on {their} own {L} shoulder|on the same-side shoulder", "on {their} shoulders"),
    ((touch("left_palm", "left_thigh_top"),), "on {their} {L} thigh|on the thigh|resting on the thigh", "on {their} thighs|resting on the thighs"),
    ((touch("left_hand_back", "lower_back"),), "behind {their} back|on the lower back|against the small of the back", "behind {their} back|on the lower back"),
)  # fmt: skip


def _one(parts: tuple[Part, ...], phrases: str) -> Clause:
    return clause(
        *parts,
        tags="|".join(f"{{L}} hand: {phrase}" for phrase in phrases.split("|")),
        does="|".join(
            f"{verb} {phrase}"
            for phrase, verb in zip(
                phrases.split("|"),
                (
                    "put {their} {L} hand",
                    "hold the {L} hand",
                    "place the {L} hand",
                    "keep {their} {L} hand",
                    "have the {L} hand",
                ),
                strict=False,
            )
        ),
    )


def _both(parts: tuple[Part, ...], phrases: str) -> Clause:
    goals = [part for part in flatten(parts) if not isinstance(part, Turn)]
    both: list[Goal] = [*goals, *(goal.mirrored() for goal in goals)]
    if any(goal.points()[1] in ("crown", "back_of_head", "belly", "mouth", "nape", "lower_back") for goal in both):
        # Two hands on one spot lie beside each other.
        both = [*_moved(both), *apart("left_palm", "right_palm", 0.05, 0.25)]
    return clause(
        both,
        tags="|".join(f"{noun}: {phrase}" for phrase in phrases.split("|") for noun in ("hands", "both hands")),
        does="|".join(f"put both hands {phrase}" for phrase in phrases.split("|") if phrase != "akimbo"),
    )


def _moved(goals: Sequence[Goal]) -> list[Goal]:
    """Contacts of both hands with one spot, loosened so that there is room for both."""
    return [replace(g, metres=(0.0, 0.09), touching=False) if isinstance(g, Gap) else g for g in goals]


HAND_CLAUSES: tuple[Clause, ...] = (
    *(_one(parts, one) for parts, one, _ in _PLACES),
    *(_both(parts, both) for parts, _, both in _PLACES if both),
    clause(touch("left_palm", "right_palm"), aim("both_forearm", "headward rightward*0.8", 10, 40), beyond("left_palm", "chest", "chestward", 0.08, 0.32),
           beyond("left_palm", "spine3", "headward", -0.08, 0.2),
           tags="hands: together in prayer|palms: pressed together in front of the chest|hands: folded as if praying|palms: together at the heart",
           does="press {their} palms together at the chest|put {their} hands together as if praying|pray"),
    clause(touch("left_hand", "right_hand", 0.03), beyond("left_hand", "belly", "footward", -0.05, 0.25), beyond("left_hand", "belly", "chestward", 0.03, 0.3),
           tags="hands: clasped in front|hands: folded in front of the body|hands: joined low in front|fingers: laced in front",
           does="clasp {their} hands in front|fold {their} hands in front of {their} body|hold {their} own hands in front"),
    clause(touch("left_palm", "right_palm"), beyond("left_wrist", "crown", "headward", 0.02), bend("both_elbow", 2, 80),
           tags="hands: joined above the head|palms: together overhead|hands: clasped overhead",
           does="join {their} hands above {their} head|clasp {their} hands overhead"),
    clause(touch("left_hand", "right_hand", 0.03), beyond("left_hand", "lower_back", "spineward", 0.02, 0.25), beyond("left_hand", "lower_back", "footward", -0.1, 0.3),
           tags="hands: clasped behind the back|hands: joined behind {their} back|hands: held behind the back",
           does="clasp {their} hands behind {their} back|hold {their} hands behind the back"),
    clause(touch("left_hand", "right_biceps", 0.035), touch("right_hand", "left_forearm", 0.05), beyond("left_forearm", "chest", "chestward", -0.02, 0.2),
           aim("both_upper_arm", "footward chestward*0.5", 9, 35), aim("left_forearm", "rightward", 10, 40), aim("right_forearm", "leftward", 10, 40),
           tags="arms: crossed|arms: crossed over the chest|arms: folded|arms: folded across {their} chest",
           does="cross {their} arms|fold {their} arms|fold {their} arms across the chest|cross {their} arms over the chest"),
    clause(touch("left_palm", "right_shoulder_top", 0.01), touch("right_palm", "left_shoulder_top", 0.01),
           tags="arms: wrapped around {their} own shoulders|hands: on opposite shoulders|arms: hugging {their} own body",
           does="hug {their} own shoulders|put {their} hands on opposite shoulders|hug themselves"),
    clause(touch("left_palm", "right_elbow", 0.05), beyond("right_elbow", "right_shoulder", "footward", 0.12),
           tags="{L} hand: holding the {R} elbow|{L} hand: on the opposite elbow", does="hold {their} {R} elbow with the {L} hand|grip the {R} elbow with {their} {L} hand"),
)  # fmt: skip

KNEE_CLAUSES: tuple[Clause, ...] = (
    clause(touch("left_palm", "left_kneecap"), tags="{L} hand: on {their} {L} knee|{L} hand: on the knee", does="put {their} {L} hand on the {L} knee|rest the {L} hand on {their} knee"),
    clause(touch("both_palm", "both_kneecap"), tags="hands: on {their} knees|both hands: on the knees", does="put both hands on {their} knees|rest {their} hands on {their} knees"),
    clause(touch("left_palm", "right_kneecap"), tags="{L} hand: on the {R} knee|{L} hand: on the opposite knee", does="put {their} {L} hand on the {R} knee"),
)  # fmt: skip
"""Within reach only of bodies that sit, kneel, crouch or bend."""

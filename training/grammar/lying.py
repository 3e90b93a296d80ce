# SPDX-License-Identifier: GPL-3.0-or-later
"""Arms and heads of lying bodies, whose up and front are not the room's."""

# Phrases are data and stand on one line.
# ruff: noqa: E501

from __future__ import annotations

from training.grammar.entries import Posture, clause
from training.grammar.intent import aim, bend, beyond, head, straight
from training.grammar.limbs import Family, Way, both, one

_ANY: tuple[Posture, ...] = ("supine", "prone")


def _line(direction: str, how: str, does: str = "", both_how: str = "", on: tuple[Posture, ...] = _ANY) -> Way:
    low = beyond("left_hand", "left_hip", "up", -0.3, 0.12) if "chestward" not in direction else []
    return Way(
        (*aim("left_arm", direction, 7, 26), *straight("left_arm"), *low),
        how,
        does,
        both_how,
        "",
        noun="arm",
        nouns="arms",
        on=on,
    )


_WAYS: tuple[Way, ...] = (
    _line("headward leftward*0.1", "stretched [out |][above|beyond|past] {their} head|[extended|reaching] overhead|on the floor above {their} head|stretched overhead|up past {their} ears on the floor|reaching long behind the head|flopped out above the head", "stretch {it} [out above|beyond|past] {their} head|reach {it} overhead"),
    _line("leftward", "[stretched |spread ]out to the side|[extended|flung] out sideways|at a right angle to the body|flopped out to the side|straight out from the shoulder on the floor|perpendicular to the body on the floor", "[stretch|spread|fling] {it} out to the side|lay {it} out sideways", "[stretched |spread ]out to the sides|spread wide|flung out sideways|in a T|spread like wings|flopped out like a starfish's|straight out from the shoulders on the floor|out like a cross"),
    _line("footward leftward*0.22", "[resting |lying |straight |]at {their} side|along the body|beside the body|next to {their} body|down along the hip|just lying there alongside|tucked in by {their} side", "[keep|rest|lay] {it} [at {their} side|beside {their} body]", "[resting |lying |]at {their} sides|along the body|beside the body|by {their} sides"),
    _line("leftward headward*0.8", "stretched up and out|diagonally above the shoulder|flung up and out|diagonally away from the head|out past the shoulder|like one arm of a Y|up and out on a diagonal", "fling {it} up and out|stretch {it} diagonally past the shoulder|lay {it} up and out on the floor", "in a V|spread in a Y|flung up and out"),
    _line("leftward footward*0.8", "stretched down and out|away from {their} side|diagonally away from the body|a little out from the hip|resting off to the side, hand low", "lay {it} a little away from {their} body|rest {it} off to the side, hand near the hip|move {it} a bit away from the hip", "away from {their} sides|spread a little from the body"),
    _line("chestward", "[pointing|stretched|raised|reaching|lifted] [straight |]up [at|to|towards] the ceiling|[raised|lifted] straight up|vertical|reaching for the sky|sticking straight up|perpendicular to the floor|pointing at the lamp above", "[raise|lift|stretch|reach|point] {it} [straight |]up [|to the ceiling]|reach for the ceiling with {it}", on=("supine",)),
)  # fmt: skip
LYING_FAMILIES: tuple[Family, ...] = (
    *(family for way in _WAYS for family in (one(way), both(way))),
    (clause(head(yaw=(45, 68)), on=_ANY, tags=["head: turned to the {L}|face: to the {L}|looking {L}", "{R} cheek: on the floor"][0], does="turn {their} head to the {L}|look to the {L}|lie with {their} face to the {L}|roll {their} head {L}|rest {their} {R} cheek on the floor"),),
    (clause(head(pitch=(20, 38)), on=("supine",), tags="head: lifted off the floor|looking at {their} feet|chin: to the chest", does="lift {their} head off the floor|look down at {their} feet|curl {their} neck up|tuck {their} chin and *look at the toes|raise {their} head"),),
    (clause(*aim("left_upper_arm", "leftward", 8, 28), *aim("left_forearm", "headward", 8, 30), bend("left_elbow", 60, 115), beyond("left_hand", "left_hip", "up", -0.3, 0.14), aim("right_upper_arm", "rightward", 8, 28), aim("right_forearm", "headward", 8, 30), bend("right_elbow", 60, 115), beyond("right_hand", "right_hip", "up", -0.3, 0.14),
            on=_ANY, tags="arms: bent beside the head|hands: beside {their} head on the floor|arms: in a cactus shape on the floor|elbows: out, hands by the head", does="rest {their} hands beside {their} head|put {their} hands up beside the head on the floor|lie with elbows bent, hands by the ears|bend {their} arms like a cactus on the floor|lay {their} arms bent beside the head"),),
)  # fmt: skip

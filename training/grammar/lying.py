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
    _line("headward leftward*0.1", "stretched [out |][above|beyond|past] {their} head|[extended|reaching] overhead|on the floor above {their} head|stretched overhead|up past {their} ears on the floor|reaching long behind the head|flopped out above the head|past the crown along the floor|long on the ground beyond the head|overhead on the mat, elbow straight|lengthening the body beyond the head|as if reaching for the headboard|not by the side but above the head", "stretch {it} [out above|beyond|past] {their} head|reach {it} overhead|lay {it} down past the crown|reach for the headboard with {it}|slide {it} along the floor to above the head|lengthen {it} beyond the head"),
    _line("leftward", "[stretched |spread ]out to the side|[extended|flung] out sideways|at a right angle to the body|flopped out to the side|straight out from the shoulder on the floor|perpendicular to the body on the floor|like one arm of a cross|abducted to ninety on the mat|level with the shoulder, on the ground|to the side, not along the body", "[stretch|spread|fling] {it} out to the side|lay {it} out sideways|open {it} out to the side on the mat|slide {it} away from the body to shoulder level|stretch {it} across the floor to the side|abduct {it} to a right angle|make one half of a T with {it}", "[stretched |spread ]out to the sides|spread wide|flung out sideways|in a T|spread like wings|flopped out like a starfish's|straight out from the shoulders on the floor|out like a cross|abducted to ninety degrees|open in a T on the mat|wide on the ground, level with the shoulders|out to either side, not by the body"),
    _line("footward leftward*0.22", "[resting |lying |straight |]at {their} side|along the body|beside the body|next to {their} body|down along the hip|just lying there alongside|tucked in by {their} side|close to the hip|on the floor alongside the ribs and hip|straight down beside the thigh|idle beside {their} body|pointing to the feet|not out but by the body", "[keep|rest|lay] {it} [at {their} side|beside {their} body]|leave {it} along the body|let {it} lie by the hip|put {it} down close to {their} side|point {it} to the feet|lay {it} beside the thigh", "[resting |lying |]at {their} sides|along the body|beside the body|by {their} sides|close to the hips|down along the thighs|straight down, pointing to the feet|like a mummy's, along the sides|not spread but by the body"),
    _line("leftward headward*0.8", "stretched up and out|diagonally above the shoulder|flung up and out|diagonally away from the head|out past the shoulder|like one arm of a Y|up and out on a diagonal|between overhead and sideways on the floor|pointing to the corner of the mat above|like a clock hand past the shoulder", "fling {it} up and out|stretch {it} diagonally past the shoulder|lay {it} up and out on the floor|point {it} to the upper corner of the mat|slide {it} to halfway between sideways and overhead|open {it} past shoulder level on the floor", "in a V|spread in a Y|flung up and out|up and out like a Y on the mat|halfway between a T and overhead|thrown wide above shoulder level"),
    _line("leftward footward*0.8", "stretched down and out|away from {their} side|diagonally away from the body|a little out from the hip|resting off to the side, hand low|halfway between the hip and shoulder level|slanting away from the hip on the floor|like one side of an A|neither by the body nor straight out|a good way off the hip, on the floor", "lay {it} a little away from {their} body|rest {it} off to the side, hand near the hip|move {it} a bit away from the hip|slant {it} away from the hip on the floor|lay {it} halfway out|make one side of an A with {it}|slide {it} off the hip, but not up to the shoulder", "away from {their} sides|spread a little from the body|in an A on the floor|slanting away from the hips|halfway between the sides and a T|as in savasana, away from the body"),
    _line("chestward", "[pointing|stretched|raised|reaching|lifted] [straight |]up [at|to|towards] the ceiling|[raised|lifted] straight up|vertical|reaching for the sky|sticking straight up|perpendicular to the floor|pointing at the lamp above|up in the air over the chest|flexed ninety degrees, fingers to the ceiling|straight above the shoulder|rising from the floor like a mast|off the floor, aimed at the ceiling|not on the floor but straight up", "[raise|lift|stretch|reach|point] {it} [straight |]up [|to the ceiling]|reach for the ceiling with {it}|lift {it} off the floor till it is vertical|hold {it} up over the chest|point at the lamp with {it}|stand {it} up like a mast|press an imaginary weight up with {it}", on=("supine",)),
)  # fmt: skip
LYING_FAMILIES: tuple[Family, ...] = (
    *(family for way in _WAYS for family in (one(way), both(way))),
    (clause(head(yaw=(45, 68)), on=_ANY, tags=["head: turned to the {L}|face: to the {L}|looking {L}|head: rolled to the {L}|{R} ear: to the floor|nose: to the {L}|looking off to the {L} side of the mat|gaze: {L}, not at the ceiling or the floor below|face: sideways, {L}", "{R} cheek: on the floor"][0], does="turn {their} head to the {L}|look to the {L}|lie with {their} face to the {L}|roll {their} head {L}|rest {their} {R} cheek on the floor|roll {their} face over to the {L}|rest on the {R} ear, face {L}|look {L} along the floor|turn {their} nose to the {L}|let {their} head fall to the {L}|look towards the {L} wall"),),
    (clause(head(pitch=(20, 38)), on=("supine",), tags="head: lifted off the floor|looking at {their} feet|chin: to the chest|head: raised, back staying down|neck: flexed, eyes on the toes|head: up as for a crunch|back of the head: not on the floor|chin: tucked, head off the mat|looking at {their} own belly", does="lift {their} head off the floor|look down at {their} feet|curl {their} neck up|tuck {their} chin and *look at the toes|raise {their} head|lift only {their} head|peek at {their} toes|start a crunch with just the head|take the head off the floor, nothing else|look at {their} own belly|bring the chin towards the chest"),),
    (clause(*aim("left_upper_arm", "leftward", 8, 28), *aim("left_forearm", "headward", 8, 30), bend("left_elbow", 60, 115), beyond("left_hand", "left_hip", "up", -0.3, 0.14), aim("right_upper_arm", "rightward", 8, 28), aim("right_forearm", "headward", 8, 30), bend("right_elbow", 60, 115), beyond("right_hand", "right_hip", "up", -0.3, 0.14),
            on=_ANY, tags="arms: bent beside the head|hands: beside {their} head on the floor|arms: in a cactus shape on the floor|elbows: out, hands by the head|arms: bent up like goalposts on the floor|arms: in surrender on the floor|elbows: at shoulder level, bent, forearms headward|arms: like a W beside the head|hands: level with the ears on the floor|arms: bent beside the head, not stretched", does="rest {their} hands beside {their} head|put {their} hands up beside the head on the floor|lie with elbows bent, hands by the ears|bend {their} arms like a cactus on the floor|lay {their} arms bent beside the head|surrender on the floor, hands by the head|make goalposts with {their} arms on the floor|sleep like a baby, hands up by the head|bend the elbows and *lay the hands near the ears|lay {their} arms in a W|lay the forearms beside the head, elbows out"),),
)  # fmt: skip

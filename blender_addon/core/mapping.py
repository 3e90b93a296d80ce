# SPDX-License-Identifier: GPL-3.0-or-later
"""Which bone of an unknown rig carries which joint, by names, hierarchy and where bones lie; and what comes with it.

Limbs are found from their ends inward: a hand is the bone that is named so and has the most of an arm above it. The
pelvis is the bone that both legs and the trunk hang on, the chest the one that both arms and the neck hang on, the
spine what lies between. Sides are those on which bones lie, seen from how the feet point.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .bone_names import BoneName, Side, read_bone_name
from .rig import Hand
from .skeleton import JOINT_NAMES

_SIDES: tuple[Side, Side] = ("left", "right")
_LEG_PARTS = ("thigh", "leg", "shin", "hip")
_ARM_PARTS = ("clavicle", "shoulder", "upperarm", "arm", "forearm")
_KNUCKLES = 0.25
"""Of the forearm's length: nearer to the wrist than this a finger's bone lies inside the palm."""


@dataclass(frozen=True, eq=False)
class BoneTree:
    """All bones of a rig, as far as mapping needs them."""

    names: tuple[str, ...]
    parents: tuple[int, ...]
    """Index of each bone's parent, -1 without one."""
    heads: np.ndarray
    """(B, 3) at rest, Y up as the rig stands in its scene."""
    held: frozenset[str] = frozenset()
    """Bones that constraints or drivers move, so that posing them does nothing."""

    @cached_property
    def indices(self) -> dict[str, int]:
        """Place of each bone by name."""
        return {name: index for index, name in enumerate(self.names)}

    @cached_property
    def said(self) -> tuple[BoneName, ...]:
        """What each bone's name says."""
        return tuple(read_bone_name(name) for name in self.names)

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """Indices of each bone's children."""
        found: list[list[int]] = [[] for _ in self.names]
        for index, parent in enumerate(self.parents):
            if parent >= 0:
                found[parent].append(index)
        return tuple(map(tuple, found))

    def line(self, bone: int) -> list[int]:
        """A bone and all above it, from the root on."""
        line = [bone]
        while self.parents[line[0]] >= 0:
            line.insert(0, self.parents[line[0]])
        return line

    def below(self, bone: int) -> list[int]:
        """All bones below one, nearer ones first."""
        found = list(self.children[bone])
        for index in found:
            found.extend(self.children[index])
        return found

    def meeting(self, bones: Iterable[int]) -> int:
        """The lowest bone that is or is above all of these; -1 where they have none in common."""
        lines = [self.line(bone) for bone in bones]
        last = -1
        for level in zip(*lines, strict=False):
            if len(set(level)) > 1:
                break
            last = level[0]
        return last


@dataclass(frozen=True)
class Guess:
    """A mapping, and what speaks against it."""

    joint_to_bone: dict[str, str]
    doubts: tuple[str, ...]
    """A sentence each."""


def guess_bones(tree: BoneTree) -> Guess:
    """The bones that carry the joints, as well as can be told; joints that have none are left out."""
    if not tree.names:
        return Guess({}, ())
    sides, doubts = _sides(tree)
    found: dict[str, int] = {}
    for side in _SIDES:
        _find_leg(tree, sides, side, found)
        _find_arm(tree, sides, side, found)
    _find_head(tree, found)
    tops = [found[joint] for joint in ("left_hip", "right_hip") if joint in found]
    upper = [found[f"{side}_{name}"] for side in _SIDES for name in ("shoulder",) if f"{side}_{name}" in found]
    upper += [found["head"]] if "head" in found else []
    if tops and upper:
        pelvis = tree.meeting([*tops, *upper])
        if pelvis >= 0 and pelvis not in found.values():
            found["pelvis"] = pelvis
    mapping = {joint: tree.names[found[joint]] for joint in JOINT_NAMES if joint in found}
    mapping = refined(tree, mapping)
    return Guess(mapping, (*doubts, *doubts_about(tree, mapping)) if mapping else ())


def _sides(tree: BoneTree) -> tuple[list[Side | None], tuple[str, ...]]:
    """The side of each bone, and what was odd about it."""
    named: list[Side | None] = [said.side for said in tree.said]
    across = _leftward(tree)
    lateral = tree.heads @ across
    lateral = lateral - np.median(lateral[[n for n, side in enumerate(named) if side is None] or slice(None)])
    size = max(float(np.ptp(tree.heads, axis=0).max()), 1e-9)
    left, right = (
        [lateral[n] for n, said in enumerate(tree.said) if said.side == side and said.part in (*_LEG_PARTS, "foot")]
        for side in _SIDES
    )
    if left and right and np.mean(left) < np.mean(right) - 0.02 * size:
        swapped: dict[Side | None, Side | None] = {"left": "right", "right": "left", None: None}
        said = "Bones named left lie on the body's right, as its feet point; sides were taken from where bones lie."
        return [swapped[side] for side in named], (said,)
    placed: list[Side | None] = [
        side or (None if abs(x) < 0.02 * size else "left" if x > 0 else "right")
        for side, x in zip(named, lateral, strict=True)
    ]
    return placed, ()


def _leftward(tree: BoneTree) -> np.ndarray:
    """(3,) the body's left, from where toes lie before ankles; +X, as characters stand, where nothing says."""
    forward = np.zeros(3)
    for toe, said in enumerate(tree.said):
        above = tree.parents[toe]
        if said.part == "toe" and not said.is_control and above >= 0 and tree.said[above].part == "foot":
            step = tree.heads[toe] - tree.heads[above]
            forward += step / max(np.linalg.norm(step), 1e-9)
    forward[1] = 0.0
    if np.linalg.norm(forward) < 0.5:
        return np.array([1.0, 0.0, 0.0])
    return np.cross([0.0, 1.0, 0.0], forward / np.linalg.norm(forward))


def _best_end(tree: BoneTree, sides: Sequence[Side | None], side: Side, part: str, above: Sequence[str]) -> int | None:
    """The bone named as a limb's end that has the most of the limb above it."""

    def worth(bone: int) -> tuple[int, ...]:
        line = [n for n in tree.line(bone)[:-1] if sides[n] == side and tree.said[n].part in above]
        held = sum(tree.names[n] in tree.held for n in (bone, *line))
        kinds = {tree.said[n].part for n in line}
        return (min(len(line), 2), len(kinds), -held, -sum(tree.said[n].is_control for n in (*line, bone)), -bone)

    ends = [
        n
        for n, said in enumerate(tree.said)
        if said.part == part
        and sides[n] == side
        and not said.is_twist
        # Of a chain of such bones the first.
        and not (tree.parents[n] >= 0 and tree.said[tree.parents[n]].part == part and sides[tree.parents[n]] == side)
    ]
    best = max(ends, key=worth, default=None)
    return best if best is not None and worth(best)[0] >= 1 else None


def _find_leg(tree: BoneTree, sides: Sequence[Side | None], side: Side, found: dict[str, int]) -> None:
    ankle = _best_end(tree, sides, side, "foot", _LEG_PARTS)
    if ankle is None:
        return
    line = [n for n in tree.line(ankle)[:-1] if sides[n] == side and tree.said[n].part in _LEG_PARTS]
    whole = [n for n in line if not tree.said[n].is_twist] or line

    def first(*parts: str, among: Sequence[int]) -> int | None:
        return next((n for part in parts for n in among if tree.said[n].part == part), None)

    thigh = first("thigh", "leg", "hip", among=whole)
    after = whole[whole.index(thigh) + 1 :] if thigh is not None else whole
    shin = first("shin", "leg", "thigh", among=[n for n in after if n != thigh])
    if thigh is None or shin is None:
        return
    found.update({f"{side}_hip": thigh, f"{side}_knee": shin, f"{side}_ankle": ankle})
    toe = next((n for n in tree.below(ankle) if tree.said[n].part == "toe" and not tree.said[n].is_control), None)
    if toe is not None:
        found[f"{side}_foot"] = toe


def _find_arm(tree: BoneTree, sides: Sequence[Side | None], side: Side, found: dict[str, int]) -> None:
    wrist = _best_end(tree, sides, side, "hand", _ARM_PARTS)
    if wrist is None:
        return
    line = [n for n in tree.line(wrist)[:-1] if sides[n] == side and tree.said[n].part in _ARM_PARTS]
    whole = [n for n in line if not tree.said[n].is_twist] or line
    parts = {n: tree.said[n].part for n in whole}
    upper = next((n for part in ("upperarm", "arm", "shoulder") for n in whole if parts[n] == part), None)
    if upper is None:
        return
    after = whole[whole.index(upper) + 1 :]
    lower = next((n for part in ("forearm", "arm", "upperarm") for n in after if parts[n] == part), None)
    if lower is None:
        return
    found.update({f"{side}_shoulder": upper, f"{side}_elbow": lower, f"{side}_wrist": wrist})
    before = whole[: whole.index(upper)]
    collar = next((n for part in ("clavicle", "shoulder") for n in before if parts[n] == part), None)
    if collar is not None:
        found[f"{side}_collar"] = collar


def _find_head(tree: BoneTree, found: dict[str, int]) -> None:
    arms = [found[joint] for joint in ("left_shoulder", "right_shoulder") if joint in found]

    def worth(bone: int) -> tuple[int, ...]:
        meets = bool(arms) and tree.meeting([bone, *arms]) >= 0
        said = tree.said[bone]
        return (meets, not said.is_control, tree.names[bone] not in tree.held, -len(tree.line(bone)))

    heads = [n for n, said in enumerate(tree.said) if said.part == "head" and said.side is None]
    if heads:
        found["head"] = max(heads, key=worth)
    elif len(arms) == 2 and (chest := tree.meeting(arms)) >= 0:
        # A spine that goes on to the top of the head, as Rigify's.
        above = [n for n in tree.below(chest) if tree.said[n].part in ("spine", "neck") and tree.said[n].side is None]
        if above:
            found["head"] = max(above, key=lambda n: len(tree.line(n)))


def refined(tree: BoneTree, mapping: Mapping[str, str]) -> dict[str, str]:
    """A mapping with the bones that the hierarchy has at the joints, where the mapped ones do not fit in it.

    The last bone of the spine is the one that arms and neck hang on, whatever it is called. A spine of another number
    of bones than three is shared out evenly; bones that get no joint bend with their neighbours, see `retargeting`.
    A limb whose first bone is named for its twist starts with that.
    """
    result = dict(mapping)
    for side in _SIDES:
        for joint, parts in ((f"{side}_hip", _LEG_PARTS), (f"{side}_shoulder", ("upperarm", "arm"))):
            above = tree.parents[tree.indices[mapping[joint]]] if joint in mapping else -1
            if above >= 0 and tree.said[above].is_twist and tree.said[above].part in parts:
                result[joint] = tree.names[above]
    mapping = result
    bones = {joint: tree.indices[name] for joint, name in mapping.items()}
    if "pelvis" not in bones:
        return result
    arms = [
        bones.get(f"{side}_collar", bones.get(f"{side}_shoulder", -1))
        for side in _SIDES
        if f"{side}_shoulder" in bones or f"{side}_collar" in bones
    ]
    top = bones.get("head", bones.get("neck"))
    hung = [*arms, *([top] if top is not None else [])]
    if len(hung) < 2:
        return result
    chest = tree.meeting(hung)
    line = tree.line(chest) if chest >= 0 else []
    if bones["pelvis"] not in line or chest in hung:
        return result
    spine = line[line.index(bones["pelvis"]) + 1 :]
    given = [bones.get(joint) for joint in ("spine1", "spine2", "spine3")]
    if spine and (given[2] != chest or any(bone not in spine for bone in given if bone is not None)):
        for joint in ("spine1", "spine2", "spine3"):
            result.pop(joint, None)
        result.update({joint: tree.names[bone] for joint, bone in share_spine(spine).items()})
    if "head" in bones:
        upward = tree.line(bones["head"])
        neck = upward[upward.index(chest) + 1 : -1]
        if neck and bones.get("neck") not in neck:
            result["neck"] = tree.names[neck[0]]
        elif not neck and "neck" in bones:
            del result["neck"]
    return {joint: result[joint] for joint in JOINT_NAMES if joint in result}


def share_spine(spine: Sequence[int]) -> dict[str, int]:
    """Which of the bones between pelvis and neck, from below, carry the spine's joints: the last always spine3."""
    if not spine:
        return {}
    if len(spine) == 1:
        return {"spine3": spine[0]}
    if len(spine) == 2:
        return {"spine1": spine[0], "spine3": spine[1]}
    lower, middle = (round(len(spine) * share / 3) - 1 for share in (1, 2))
    return {"spine1": spine[lower], "spine2": spine[middle], "spine3": spine[-1]}


def twist_bones(tree: BoneTree, mapping: Mapping[str, str]) -> tuple[str, ...]:
    """Bones that are named for twisting and hang on a limb's bones beside the limb."""
    found: list[str] = []
    for side in _SIDES:
        for joint, after in (("hip", "knee"), ("knee", "ankle"), ("shoulder", "elbow"), ("elbow", "wrist")):
            if not {f"{side}_{joint}", f"{side}_{after}"} <= set(mapping):
                continue
            line = tree.line(tree.indices[mapping[f"{side}_{after}"]])
            first = tree.indices[mapping[f"{side}_{joint}"]]
            if first not in line:
                continue
            limb = line[line.index(first) : -1]
            for bone in (child for index in limb for child in tree.children[index] if child not in line):
                if tree.said[bone].is_twist and tree.names[bone] not in tree.held:
                    found.append(tree.names[bone])
    return tuple(found)


def toe_followers(tree: BoneTree, mapping: Mapping[str, str]) -> dict[str, str]:
    """The toes beside the one that carries the ball of the foot: bone to joint."""
    found: dict[str, str] = {}
    for side in _SIDES:
        joint = f"{side}_foot"
        if joint not in mapping:
            continue
        toe = tree.indices[mapping[joint]]
        for bone in tree.children[tree.parents[toe]] if tree.parents[toe] >= 0 else ():
            if bone != toe and tree.said[bone].part == "toe" and tree.names[bone] not in tree.held:
                found[tree.names[bone]] = joint
    return found


def finger_knuckles(tree: BoneTree, mapping: Mapping[str, str]) -> dict[str, tuple[int, int | None, int | None]]:
    """By wrist, the bones at the knuckles of the middle, the fore- and the little finger, where fingers are named."""
    found = {}
    for side in _SIDES:
        wrist, elbow = f"{side}_wrist", f"{side}_elbow"
        if not {wrist, elbow} <= set(mapping):
            continue
        hand, forearm = tree.indices[mapping[wrist]], tree.indices[mapping[elbow]]
        near = _KNUCKLES * np.linalg.norm(tree.heads[hand] - tree.heads[forearm])
        knuckles: dict[str, int] = {}
        for bone in tree.below(hand):
            finger = _finger(tree.said[bone])
            if finger and finger not in knuckles and np.linalg.norm(tree.heads[bone] - tree.heads[hand]) > near:
                knuckles[finger] = bone
        middle = next((knuckles[name] for name in ("middle", "ring", "index") if name in knuckles), None)
        if middle is not None:
            found[wrist] = (middle, knuckles.get("index"), knuckles.get("pinky"))
    return found


def _finger(said: BoneName) -> str | None:
    if said.part != "finger" or "carpal" in said.key or "palm" in said.key:
        return None
    for finger, words in (
        ("thumb", ("thumb",)),
        ("index", ("index",)),
        ("middle", ("middle", "mid")),
        ("ring", ("ring",)),
        ("pinky", ("pinky", "pinkie", "little")),
    ):
        if any(word in said.key for word in words):
            return finger
    if said.key.endswith("finger") and said.number is not None:
        return {2: "index", 3: "middle", 4: "ring", 5: "pinky"}.get(said.number)
    return None


def hands(tree: BoneTree, mapping: Mapping[str, str], heads: np.ndarray) -> dict[str, Hand]:
    """How the hands rest, by wrist; `heads` (B, 3) are the bones' in rig space."""
    found = {}
    for wrist, (middle, index, pinky) in finger_knuckles(tree, mapping).items():
        across = heads[pinky] - heads[index] if index is not None and pinky is not None else None
        found[wrist] = Hand(heads[middle], across)
    return found


_HANGS_ON = {
    "left_knee": "left_hip", "left_ankle": "left_knee", "left_foot": "left_ankle", "left_hip": "pelvis",
    "spine1": "pelvis", "spine2": "spine1", "spine3": "spine2", "neck": "spine3", "head": "neck",
    "left_elbow": "left_shoulder", "left_wrist": "left_elbow", "left_shoulder": "left_collar", "left_collar": "spine3",
}  # fmt: skip
_HANGS_ON |= {
    joint.replace("left_", "right_"): on.replace("left_", "right_")
    for joint, on in _HANGS_ON.items()
    if joint.startswith("left_")
}
_MOST_UNEQUAL = 1.25


def doubts_about(tree: BoneTree, mapping: Mapping[str, str]) -> tuple[str, ...]:
    """What does not make sense in a mapping, a sentence each; nothing where all does."""
    doubts = []
    bones = {joint: tree.indices[name] for joint, name in mapping.items() if name in tree.indices}
    for joint, bone in bones.items():
        on = _HANGS_ON.get(joint)
        while on is not None and on not in bones:
            on = _HANGS_ON.get(on)
        if on is not None and bones[on] not in tree.line(bone)[:-1]:
            doubts.append(f"{_say(joint)} ('{tree.names[bone]}') does not hang on {_say(on)} ('{mapping[on]}').")
    lengths = {}
    for joint, on in _HANGS_ON.items():
        if joint in bones and on in bones and joint.split("_")[-1] in ("knee", "ankle", "elbow", "wrist"):
            lengths[joint] = float(np.linalg.norm(tree.heads[bones[joint]] - tree.heads[bones[on]]))
    size = max(float(np.ptp(tree.heads, axis=0).max()), 1e-9)
    for joint, length in lengths.items():
        other = lengths.get(joint.replace("left_", "right_"))
        if length < 0.01 * size:
            doubts.append(f"{_say(joint)} ('{mapping[joint]}') lies where {_say(_HANGS_ON[joint])} does.")
        elif joint.startswith("left_") and other and max(length / other, other / length) > _MOST_UNEQUAL:
            doubts.append(f"Left and right differ in length before {_say(joint.removeprefix('left_'))}.")
    for side in _SIDES:
        for low, high in ((f"{side}_ankle", f"{side}_knee"), (f"{side}_knee", f"{side}_hip")):
            if low in bones and high in bones and tree.heads[bones[low], 1] > tree.heads[bones[high], 1]:
                doubts.append(f"{_say(low)} lies above {_say(high)}.")
    if "head" in bones and "pelvis" in bones and tree.heads[bones["head"], 1] < tree.heads[bones["pelvis"], 1]:
        doubts.append("The head lies below the pelvis.")
    return tuple(doubts)


def _say(joint: str) -> str:
    return joint.replace("_", " ")

# SPDX-License-Identifier: GPL-3.0-or-later
"""Which bone carries which joint: by the artist's mapping, the names of known families, or what can be guessed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .core.bone_names import normalized
from .core.mapping import BoneTree, doubts_about, guess_bones, refined
from .core.shape_mapping import guess_by_shape
from .core.skeleton import JOINT_NAMES

RIG_NAMES_FILE = Path(__file__).with_name("rig_names.json")
"""Family to joint to bone name."""
BY_NAMES, BY_SHAPE, BY_HAND = "Names and hierarchy", "Shape", "Set by hand"
"""What stands for the family where none is known."""

_FEWEST_JOINTS = len(JOINT_NAMES) // 2
"""A rig that shares fewer names with a family than this does so by chance."""


@dataclass(frozen=True)
class BoneMapping:
    """The bones of one rig that carry joints."""

    family: str
    """Whose names matched, as an artist would call it; or how else the bones were told."""
    joint_to_bone: dict[str, str]
    """Joint name to bone name; joints without a bone are left out."""
    doubts: tuple[str, ...] = ()
    """What the artist should look at, a sentence each."""


@cache
def families() -> dict[str, dict[str, str]]:
    """Every known family: joint name to bone name."""
    known: dict[str, dict[str, str]] = json.loads(RIG_NAMES_FILE.read_text(encoding="utf-8"))
    return known


def match_bones(bone_names: Iterable[str], known: Mapping[str, Mapping[str, str]] | None = None) -> BoneMapping | None:
    """The family that names most of the bones, and which joint each carries; None where none names enough.

    Namespaces, case and separators do not count, so "Armature|mixamorig1:Left_UpLeg" is Mixamo's.
    """
    plain: dict[str, str] = {}
    for name in bone_names:
        plain.setdefault(normalized(name), name)
    best: BoneMapping | None = None
    for family, bones in (families() if known is None else known).items():
        there = {joint: plain[normalized(bone)] for joint, bone in bones.items() if normalized(bone) in plain}
        if best is None or len(there) > len(best.joint_to_bone):
            best = BoneMapping(family, there)
    if best is None or len(best.joint_to_bone) < _FEWEST_JOINTS or "pelvis" not in best.joint_to_bone:
        return None
    return best


def map_bones(tree: BoneTree, presets: Mapping[str, Mapping[str, str]] | None = None) -> BoneMapping:
    """Which bone of a rig carries which joint: by an artist's presets, a family's names, or the best guess.

    Raises ValueError when too few joints find a bone.
    """
    matched = None
    for known in (presets or {}, families()):
        matched = matched or (match_bones(tree.names, known) if known else None)
    if matched is not None:
        own = matched.family in (presets or {})
        mapping = matched.joint_to_bone if own else refined(tree, matched.joint_to_bone)
        matched = BoneMapping(matched.family, mapping, doubts_about(tree, mapping))
        if own or (len(mapping) == len(JOINT_NAMES) and not matched.doubts):
            return matched
    guess = guess_bones(tree)
    candidates = []
    if matched is not None:
        # What the family's names leave open may be told otherwise.
        used = set(matched.joint_to_bone.values())
        more = {joint: bone for joint, bone in guess.joint_to_bone.items() if bone not in used}
        filled = {joint: (more | matched.joint_to_bone).get(joint, "") for joint in JOINT_NAMES}
        filled = {joint: bone for joint, bone in filled.items() if bone}
        candidates = [BoneMapping(matched.family, filled, doubts_about(tree, filled)), matched]
    candidates.append(BoneMapping(BY_NAMES, guess.joint_to_bone, guess.doubts))
    if max(len(one.joint_to_bone) for one in candidates) < _FEWEST_JOINTS:
        shape = guess_by_shape(tree)
        candidates.append(BoneMapping(BY_SHAPE, shape.joint_to_bone, shape.doubts))
    best = max(candidates, key=lambda one: len(one.joint_to_bone) - len(one.doubts))
    if len(best.joint_to_bone) < _FEWEST_JOINTS or "pelvis" not in best.joint_to_bone:
        raise ValueError(
            "its bones go by no names known here, and too few could be told by hierarchy and shape; known are the "
            f"names of {', '.join(families())}. Set the bones under Rig Mapping, or add the SMPL armature and pose that"
        )
    return best

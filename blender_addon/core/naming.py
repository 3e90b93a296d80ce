# SPDX-License-Identifier: GPL-3.0-or-later
"""Which joint of a motion-capture file is which of the 22, by the names such files commonly use."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .skeleton import JOINT_NAMES

OPTIONAL_JOINTS: frozenset[str] = frozenset(
    ("spine2", "spine3", "neck", "head", "left_collar", "right_collar", "left_foot", "right_foot")
)
"""Joints a source may lack; they then move with their parent. A file must have all others."""

# Names without case, separators and namespace. {side} is left or right, {s} l or r; the first name found counts.
_TRUNKS: dict[str, dict[str, str]] = {
    "SMPL": {"pelvis": "pelvis|root", "spine1": "spine1", "spine2": "spine2", "spine3": "spine3"},
    "Mixamo": {"pelvis": "hips", "spine1": "spine|spine1|chest", "spine2": "spine1|chest2", "spine3": "spine2|chest3"},
    "CMU": {"pelvis": "hips", "spine1": "lowerback|tospine", "spine2": "spine", "spine3": "spine1"},
    "Daz": {"pelvis": "hip|hips", "spine1": "abdomen|chest", "spine2": "abdomen2", "spine3": "chest"},
    "Unreal": {"pelvis": "pelvis", "spine1": "spine01", "spine2": "spine02", "spine3": "spine03"},
}
_SIDES: dict[str, dict[str, str]] = {
    "SMPL": {
        "hip": "{side}hip|{s}hip", "knee": "{side}knee|{s}knee", "ankle": "{side}ankle|{s}ankle",
        "foot": "{side}foot|{s}foot", "collar": "{side}collar|{s}collar", "shoulder": "{side}shoulder|{s}shoulder",
        "elbow": "{side}elbow|{s}elbow", "wrist": "{side}wrist|{s}wrist",
    },
    "Mixamo": {
        "hip": "{side}upleg|{side}upperleg|{side}hip", "knee": "{side}leg|{side}lowerleg|{side}knee",
        "ankle": "{side}foot|{side}ankle", "foot": "{side}toebase|{side}toe|{side}toes",
        "collar": "{side}shoulder|{side}collar", "shoulder": "{side}arm|{side}upperarm|{side}uparm",
        "elbow": "{side}forearm|{side}lowerarm|{side}lowarm", "wrist": "{side}hand|{side}wrist",
    },
    "Daz": {
        "hip": "{s}thigh", "knee": "{s}shin", "ankle": "{s}foot", "foot": "{s}toe|{s}toes",
        "collar": "{s}collar", "shoulder": "{s}shldr", "elbow": "{s}forearm", "wrist": "{s}hand",
    },
    "Unreal": {
        "hip": "thigh{s}", "knee": "calf{s}", "ankle": "foot{s}", "foot": "ball{s}",
        "collar": "clavicle{s}", "shoulder": "upperarm{s}", "elbow": "lowerarm{s}", "wrist": "hand{s}",
    },
}  # fmt: skip
_SIDES["CMU"] = _SIDES["Mixamo"]
_HEAD = {"neck": "neck|neck01|neck1", "head": "head"}


def _plain(name: str) -> str:
    name = re.sub(r"^(m|f)_avg_", "", name.split(":")[-1])
    return re.sub(r"[^a-z0-9]", "", re.sub(r"^mixamorig\d*", "", name.lower()))


def _family_names(family: str) -> dict[str, list[str]]:
    result = {joint: names.split("|") for joint, names in (_TRUNKS[family] | _HEAD).items()}
    for side in ("left", "right"):
        for joint, names in _SIDES[family].items():
            result[f"{side}_{joint}"] = names.format(side=side, s=side[0]).split("|")
    return result


def match_joints(names: Sequence[str]) -> dict[str, str]:
    """The source's name of each of the 22 joints it has, by the naming family that fits best.

    Raises:
        ValueError: No family names every joint that is needed; says which are missing and what there was.
    """
    given = {_plain(name): name for name in reversed(names)}
    best: dict[str, str] = {}
    for family in _TRUNKS:
        found: dict[str, str] = {}
        for joint, candidates in _family_names(family).items():
            hit = next((given[name] for name in candidates if name in given), None)
            if hit is not None and hit not in found.values():
                found[joint] = hit
        if _score(found) > _score(best):
            best = found
    check_joint_map(best, names)
    return {joint: best[joint] for joint in JOINT_NAMES if joint in best}


def check_joint_map(joint_map: dict[str, str], names: Sequence[str]) -> None:
    """Raise ValueError unless the map (ours to theirs) has every needed joint and names only joints there are."""
    unknown = sorted(set(joint_map) - set(JOINT_NAMES))
    if unknown:
        raise ValueError(f"the joint map names {', '.join(unknown)}; known are {', '.join(JOINT_NAMES)}")
    absent = [f"{ours} -> {theirs}" for ours, theirs in joint_map.items() if theirs not in names]
    if absent:
        raise ValueError(f"the joint map points at joints the file lacks: {', '.join(absent)}")
    missing = [joint for joint in JOINT_NAMES if joint not in OPTIONAL_JOINTS and joint not in joint_map]
    if missing:
        raise ValueError(
            f"no joint found for {', '.join(missing)}; pass a joint map from our names to the file's, "
            f"which are {', '.join(names)}"
        )


def _score(found: dict[str, str]) -> tuple[int, int]:
    return sum(joint not in OPTIONAL_JOINTS for joint in found), len(found)

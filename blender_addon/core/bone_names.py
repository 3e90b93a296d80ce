# SPDX-License-Identifier: GPL-3.0-or-later
"""What a bone's name says: which part of the body it is, on which side, and whether it only twists or controls."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Side = Literal["left", "right"]

_MINGLED = (
    ("足首", " foot "), ("手首", " hand "), ("つま先", " toe "), ("ひざ", " knee "), ("ひじ", " elbow "),
    ("上半身", " spine "), ("下半身", " pelvis "), ("肩", " shoulder "), ("腕", " arm "), ("足", " leg "),
    ("首", " neck "), ("頭", " head "), ("左", " left "), ("右", " right "), ("捩", " twist "), ("ＩＫ", " ik "),
)  # fmt: skip
"""Japanese names, as MikuMikuDance has them, in the words below."""
_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")
_SIDE_WORDS: dict[str, Side] = {
    "l": "left", "left": "left", "lft": "left", "lt": "left",
    "r": "right", "right": "right", "rgt": "right", "rt": "right",
}  # fmt: skip
_NAMESPACE = re.compile(r"^.*[:|]|^mixamorig\d*[:_]?", re.IGNORECASE)

_PARTS: tuple[tuple[str, str], ...] = (
    ("finger", r"thumb|index|middle|(?<!sp)(?<!st)ring|pinky|pinkie|little|finger|carpal|phalan|palm"),
    ("none", r"eye|brow|jaw|lip|nose|cheek|chin|tongue|teeth|tooth|hair|skirt|cloth|tail|wing|breast|boob|pectoral|"
             r"butt|heel|face|mouth|forehead|ear(?!m)|headtop|headnub|headend|toeend|toenub|footend|handend|kneecap"),
    ("toe", r"toe|^ball$|ball"),
    ("foot", r"foot|feet|ankle"),
    ("shin", r"shin|calf|lowerleg|lowleg|loleg|leglow|knee|tibia|shank"),
    ("thigh", r"thigh|upleg|upperleg|upprleg|legup|femur"),
    ("leg", r"leg"),
    ("hand", r"hand|wrist"),
    ("forearm", r"forearm|lowerarm|lowarm|loarm|armlow|elbow|ulna"),
    ("clavicle", r"clav|collar|scapula"),
    ("upperarm", r"upperarm|uparm|upprarm|armup|shldr|humerus|bicep"),
    ("shoulder", r"shoulder"),
    ("arm", r"arm(?!ature)"),
    ("head", r"head|skull"),
    ("neck", r"neck|cervical"),
    ("spine", r"spine|chest|abdomen|abdominal|belly|stomach|waist|torso|thorax|ribcage|ribs|back|upperbody|lumbar"),
    ("hip", r"^hip$|^hips$|hipjoint"),
    ("pelvis", r"pelvis|hips|lowerbody"),
)  # fmt: skip
"""Part to what its names contain, joined and in small letters; the first that fits counts."""
_COMPILED = tuple((part, re.compile(pattern)) for part, pattern in _PARTS)
_TWIST = re.compile(r"twist|roll")
_CONTROL = frozenset(
    ("ik", "pole", "target", "ctrl", "control", "mch", "tweak", "helper", "wgt", "vis", "jiggle", "socket", "weapon",
     "corrective", "parent", "prop", "proxy", "dummy", "share", "fix", "correct", "attach")
)  # fmt: skip
"""Words in the names of bones that do not carry a part of the body."""


@dataclass(frozen=True)
class BoneName:
    """What a name says."""

    part: str
    """One of the parts above, or "none"."""
    side: Side | None
    is_twist: bool
    is_control: bool
    key: str
    """Its words joined, without side, number and namespace."""
    number: int | None
    """The first number in it."""


@lru_cache(maxsize=4096)
def read_bone_name(name: str) -> BoneName:
    """What a bone's name says."""
    plain = _NAMESPACE.sub("", name)
    for word, meaning in _MINGLED:
        plain = plain.replace(word, meaning)
    words = [word.lower() for word in _WORD.findall(plain)]
    side: Side | None = None
    kept: list[str] = []
    number = next((int(word) for word in words if word.isdigit()), None)
    for word in words:
        if word.isdigit():
            continue
        if word in _SIDE_WORDS:
            side = side or _SIDE_WORDS[word]
            continue
        for start in ("left", "right"):
            if word.startswith(start) and len(word) > len(start):
                side, word = side or _SIDE_WORDS[start], word.removeprefix(start)
        if side is None and word[0] in "lr" and _is_part(word[1:]):
            side, word = _SIDE_WORDS[word[0]], word[1:]
        elif side is None and word[-1] in "lr" and _is_part(word[:-1]):
            side, word = _SIDE_WORDS[word[-1]], word[:-1]
        kept.append(word)
    key = "".join(kept)
    return BoneName(_part(key), side, bool(_TWIST.search(key)), bool(_CONTROL.intersection(kept)), key, number)


@lru_cache(maxsize=4096)
def _part(key: str) -> str:
    return next((part for part, pattern in _COMPILED if pattern.search(key)), "none")


def _is_part(word: str) -> bool:
    return any(part != "none" and pattern.fullmatch(word) for part, pattern in _COMPILED)


def normalized(name: str) -> str:
    """A bone's name without namespace, case and separators, by which families are told."""
    return re.sub(r"[^a-z0-9]", "", _NAMESPACE.sub("", name).lower())

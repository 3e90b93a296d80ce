# SPDX-License-Identifier: GPL-3.0-or-later
"""Which bone carries which joint, by the exact bone names of known rig families (rig_names.json)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .core.skeleton import JOINT_NAMES

RIG_NAMES_FILE = Path(__file__).with_name("rig_names.json")
"""Family to joint to bone name."""

_FEWEST_JOINTS = len(JOINT_NAMES) // 2
"""A rig that shares fewer names with a family than this does so by chance."""


@dataclass(frozen=True)
class BoneMapping:
    """The bones of one rig that carry joints."""

    family: str
    """Whose names matched, as an artist would call it."""
    joint_to_bone: dict[str, str]
    """Joint name to bone name; joints without a bone are left out."""


@cache
def families() -> dict[str, dict[str, str]]:
    """Every known family: joint name to bone name."""
    known: dict[str, dict[str, str]] = json.loads(RIG_NAMES_FILE.read_text(encoding="utf-8"))
    return known


def match_bones(bone_names: Iterable[str]) -> BoneMapping:
    """The family that names most of the bones, and which joint each carries.

    Raises ValueError when no family names at least half of the joints and the pelvis.
    """
    names = set(bone_names)
    matches = [
        BoneMapping(family, {joint: bone for joint, bone in bones.items() if bone in names})
        for family, bones in families().items()
    ]
    best = max(matches, key=lambda match: len(match.joint_to_bone))
    if len(best.joint_to_bone) < _FEWEST_JOINTS or "pelvis" not in best.joint_to_bone:
        raise ValueError(
            f"its bones go by no names known here; known are the names of {', '.join(families())}. "
            "Rename the bones to one of these, or add the SMPL armature and pose that"
        )
    return best

# SPDX-License-Identifier: GPL-3.0-or-later
"""Bone names of known rigs are found among other bones, and unknown ones are not taken for them."""

from __future__ import annotations

import pytest

from blender_addon.core.skeleton import JOINT_NAMES
from blender_addon.rig_families import families, match_bones


@pytest.mark.parametrize("family", families())
def test_every_family_names_every_joint_once(family: str) -> None:
    bones = families()[family]
    assert tuple(bones) == JOINT_NAMES
    assert len(set(bones.values())) == len(JOINT_NAMES)


@pytest.mark.parametrize("family", families())
def test_a_rig_is_recognised_among_its_other_bones(family: str) -> None:
    mapping = match_bones([*families()[family].values(), "hair.001", "left_index9", "Thumb"])
    assert mapping is not None
    assert mapping.joint_to_bone == families()[family]
    # Of families whose names coincide the first is as good as the other.
    assert families()[mapping.family].keys() == families()[family].keys()


@pytest.mark.parametrize("prefix", ["mixamorig1:", "Armature|mixamorig:", "MIXAMORIG_", ""])
def test_namespaces_and_case_do_not_count(prefix: str) -> None:
    bones = [prefix + bone.removeprefix("mixamorig:") for bone in families()["Mixamo"].values()]
    mapping = match_bones(bones)
    assert mapping is not None
    assert (mapping.family, list(mapping.joint_to_bone.values())) == ("Mixamo", bones)


def test_a_rig_without_toes_and_collars_is_recognised() -> None:
    missing = {"left_foot", "right_foot", "left_collar", "right_collar"}
    bones = [bone for joint, bone in families()["Mixamo"].items() if joint not in missing]
    mapping = match_bones(bones)
    assert mapping is not None
    assert (mapping.family, set(JOINT_NAMES) - set(mapping.joint_to_bone)) == ("Mixamo", missing)


@pytest.mark.parametrize(
    "bones", [[], ["Bone", "Bone.001"], ["pelvis", "head"], [n for n in JOINT_NAMES if n != "pelvis"]]
)
def test_what_is_no_known_rig_matches_none(bones: list[str]) -> None:
    assert match_bones(bones) is None


def test_an_artists_own_names_can_be_given() -> None:
    own = {joint: f"bone {n}" for n, joint in enumerate(JOINT_NAMES)}
    mapping = match_bones(own.values(), {"Hero": own})
    assert mapping is not None
    assert (mapping.family, mapping.joint_to_bone) == ("Hero", own)

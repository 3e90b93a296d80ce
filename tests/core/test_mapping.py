# SPDX-License-Identifier: GPL-3.0-or-later
"""Bones of unknown rigs are told by names, hierarchy and places, and what makes no sense is said."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from blender_addon.core.bone_names import read_bone_name
from blender_addon.core.mapping import (
    BoneTree,
    doubts_about,
    finger_knuckles,
    guess_bones,
    refined,
    share_spine,
    toe_followers,
    twist_bones,
)
from blender_addon.core.shape_mapping import guess_by_shape
from blender_addon.core.skeleton import JOINT_NAMES
from blender_addon.rig_families import BY_NAMES, BY_SHAPE, families, map_bones

RIGS = json.loads((Path(__file__).parents[1] / "blender_addon" / "rigs.json").read_text(encoding="utf-8"))
FAMILIES = {
    "mixamo": "Mixamo",
    "game_engine": "Unreal and game engines",
    "cmu_mb": "CMU",
    "makehuman": "MakeHuman and MPFB",
    "makehuman without toes": "MakeHuman and MPFB",
    "rigify": "Rigify metarig",
}


def tree(rig: str, rename: Callable[[int, str], str] = lambda _, name: name, turn: bool = False) -> BoneTree:
    """A rig of the tables, its bones renamed by place and name, and perhaps turned to face the other way."""
    rows = RIGS[rig]
    names = [row[0] for row in rows]
    heads = np.array([row[2] for row in rows])
    heads = np.stack([heads[:, 0], heads[:, 2], -heads[:, 1]], axis=-1) * ([-1, 1, -1] if turn else [1, 1, 1])
    return BoneTree(
        tuple(rename(index, name) for index, name in enumerate(names)),
        tuple(names.index(row[1]) if row[1] else -1 for row in rows),
        heads,
    )


def tree_of(bones: dict[str, str], **places: tuple[float, float, float]) -> BoneTree:
    """Bones with their parents, at given places or all at the origin."""
    names = tuple(bones)
    parents = tuple(names.index(parent) if parent else -1 for parent in bones.values())
    return BoneTree(names, parents, np.array([places.get(name, (0.0, 0.0, 0.0)) for name in names]))


@pytest.mark.parametrize(("name", "part", "side"), [
    ("mixamorig:LeftUpLeg", "thigh", "left"),
    ("LeftLeg", "leg", "left"),
    ("lShldrBend", "upperarm", "left"),
    ("Bip01_R_UpperArm", "upperarm", "right"),
    ("CC_Base_L_Thigh", "thigh", "left"),
    ("J_Bip_R_LowerArm", "forearm", "right"),
    ("leftUpperArm", "upperarm", "left"),
    ("thigh_l", "thigh", "left"),
    ("Lthigh", "thigh", "left"),
    ("footR", "foot", "right"),
    ("hand.L.001", "hand", "left"),
    ("左足首", "foot", "left"),
    ("右ひじ", "forearm", "right"),
    ("upperChest", "spine", None),
    ("abdomenLower", "spine", None),
    ("finger1-1.L", "finger", "left"),
    ("RightHandThumb1", "finger", "right"),
    ("Ear_L", "none", "left"),
    ("HeadTop_End", "none", None),
    ("Armature", "none", None),
])  # fmt: skip
def test_names_say_what_bones_are(name: str, part: str, side: str | None) -> None:
    said = read_bone_name(name)
    assert (said.part, said.side) == (part, side)


def test_names_say_what_only_twists_or_controls() -> None:
    assert read_bone_name("lowerarm_twist_01_l").is_twist
    assert read_bone_name("foot_ik.L").is_control
    assert not read_bone_name("arm_stretch.l").is_twist
    assert not read_bone_name("LeftForeArm").is_control


@pytest.mark.parametrize("rig", RIGS)
def test_rigs_are_told_by_tokens_alone(rig: str) -> None:
    whole = tree(rig)
    known = map_bones(whole)
    assert known.family == FAMILIES[rig]
    guess = guess_bones(whole)
    assert guess.doubts == ()
    # Of a spine of five bones either of the middle ones does.
    assert {joint for joint in JOINT_NAMES if guess.joint_to_bone.get(joint) != known.joint_to_bone.get(joint)} <= {
        "spine2"
    }


def odd_name(_: int, name: str) -> str:
    """Names that no family has: shuffled words and other sides."""
    for word, other in (
        ("mixamorig:", "hero_"), ("Left", "lft_"), ("Right", "rgt_"), ("UpLeg", "femur"), ("ForeArm", "ulna"),
        ("Arm", "humerus"), ("Leg", "tibia"), ("Shoulder", "scapula"), ("ToeBase", "toes"), ("Hips", "cog"),
        ("Spine", "torso"), ("Hand", "wrist"),
    ):  # fmt: skip
        name = name.replace(word, other)
    return name


def test_an_unknown_rig_is_told_by_tokens() -> None:
    mapping = map_bones(tree("mixamo", odd_name))
    assert mapping.family == BY_NAMES
    expected = {joint: odd_name(0, bone) for joint, bone in families()["Mixamo"].items()}
    assert mapping.joint_to_bone == expected
    assert mapping.doubts == ()


def test_an_unknown_rig_that_faces_the_other_way_has_its_sides_by_where_bones_lie() -> None:
    def unsided(index: int, name: str) -> str:
        return f"{odd_name(0, name).replace('lft_', '').replace('rgt_', '')}.{index:03d}"

    for turn in (False, True):
        mapping = map_bones(tree("mixamo", unsided, turn))
        names = dict(zip(tree("mixamo", unsided).names, tree("mixamo").names, strict=True))
        assert {joint: names[bone] for joint, bone in mapping.joint_to_bone.items()} == families()["Mixamo"]


def test_sides_named_the_wrong_way_round_are_taken_from_where_bones_lie() -> None:
    def swapped(_: int, name: str) -> str:
        name = odd_name(0, name)
        return name.replace("lft_", "?").replace("rgt_", "lft_").replace("?", "rgt_")

    guess = guess_bones(tree("mixamo", swapped))
    assert guess.joint_to_bone["left_hip"] == "hero_rgt_femur"
    assert "right" in guess.doubts[0]


@pytest.mark.parametrize("rig", ["mixamo", "game_engine", "rigify"])
@pytest.mark.parametrize("turn", [False, True])
def test_a_nameless_rig_is_told_by_its_shape(rig: str, turn: bool) -> None:
    nameless = tree(rig, lambda index, _: f"Bone.{index:03d}", turn)
    mapping = map_bones(nameless)
    assert mapping.family == BY_SHAPE
    assert "names" in mapping.doubts[0]
    names = dict(zip(nameless.names, tree(rig).names, strict=True))
    assert {joint: names[bone] for joint, bone in mapping.joint_to_bone.items()} == map_bones(tree(rig)).joint_to_bone


@pytest.mark.parametrize("rig", ["cmu_mb", "makehuman"])
def test_limbs_of_a_nameless_rig_are_found_among_many_bones(rig: str) -> None:
    nameless = tree(rig, lambda index, _: f"Bone.{index:03d}")
    guess = guess_by_shape(nameless)
    names = dict(zip(nameless.names, tree(rig).names, strict=True))
    known = map_bones(tree(rig)).joint_to_bone
    for joint in ("pelvis", "left_hip", "left_knee", "left_ankle", "left_shoulder", "left_elbow", "left_wrist"):
        assert names[guess.joint_to_bone[joint]] == known[joint]


@pytest.mark.parametrize("names", [(), ("Bone", "Bone.001"), tuple(f"Cube.{n}" for n in range(30))])
def test_what_is_no_figure_is_refused(names: tuple[str, ...]) -> None:
    rng = np.random.default_rng(0)
    parents = tuple(index - 1 for index in range(len(names)))
    with pytest.raises(ValueError, match="Rig Mapping"):
        map_bones(BoneTree(names, parents, rng.normal(size=(len(names), 3))))


def test_spines_of_any_length_are_shared_out() -> None:
    assert share_spine([]) == {}
    assert share_spine([7]) == {"spine3": 7}
    assert share_spine([7, 8]) == {"spine1": 7, "spine3": 8}
    for count in (3, 4, 5, 6):
        shared = share_spine(list(range(count)))
        assert list(shared) == ["spine1", "spine2", "spine3"]
        assert shared["spine3"] == count - 1
        assert sorted(shared.values()) == list(shared.values())


def test_the_chest_is_where_the_arms_hang_whatever_it_is_called() -> None:
    """MPFB's metarig has one bone more below the arms than Blender's, under the same names."""
    assert map_bones(tree("rigify")).joint_to_bone["spine3"] == "spine.004"
    bones = {name: parent for name, parent, *_ in RIGS["rigify"]}
    for side in ("L", "R"):
        bones[f"shoulder.{side}"] = "spine.003"
    shorter = refined(tree_of(bones), families()["Rigify metarig"])
    assert (shorter["spine1"], shorter["spine3"], shorter["neck"]) == ("spine.001", "spine.003", "spine.004")


def test_what_hangs_wrong_is_said() -> None:
    whole = tree("mixamo")
    mapping = dict(families()["Mixamo"])
    mapping["left_knee"], mapping["right_knee"] = mapping["right_knee"], mapping["left_knee"]
    assert any("does not hang on" in doubt for doubt in doubts_about(whole, mapping))
    mapping = dict(families()["Mixamo"])
    mapping["left_elbow"] = "mixamorig:LeftHandIndex1"
    assert doubts_about(whole, mapping)
    assert doubts_about(whole, families()["Mixamo"]) == ()


def test_twist_bones_are_those_beside_a_limb() -> None:
    bones = {name: parent for name, parent, *_ in RIGS["game_engine"]}
    bones |= {"upperarm_twist_01_l": "upperarm_l", "lowerarm_twist_01_l": "lowerarm_l", "skirt_twist": "pelvis"}
    assert set(twist_bones(tree_of(bones), families()["Unreal and game engines"])) == {
        "upperarm_twist_01_l",
        "lowerarm_twist_01_l",
    }


def test_a_limb_that_starts_with_its_twist_starts_there() -> None:
    bones = {name: parent for name, parent, *_ in RIGS["game_engine"]}
    bones |= {"c_arm_twist_offset.l": "clavicle_l", "upperarm_l": "c_arm_twist_offset.l"}
    ordered = {name: bones[name] for name in sorted(bones, key=lambda name: name != "c_arm_twist_offset.l")}
    mapping = refined(tree_of(ordered), families()["Unreal and game engines"])
    assert mapping["left_shoulder"] == "c_arm_twist_offset.l"


def test_toes_and_fingers_are_found() -> None:
    whole = tree("makehuman")
    mapping = map_bones(whole).joint_to_bone
    assert toe_followers(whole, mapping)["toe3-1.R"] == "right_foot"
    found = finger_knuckles(whole, mapping)["left_wrist"]
    assert [whole.names[bone] for bone in found if bone is not None] == ["finger3-1.L", "finger2-1.L", "finger5-1.L"]
    mixamo = tree("mixamo")
    found = finger_knuckles(mixamo, families()["Mixamo"])["right_wrist"]
    assert mixamo.names[found[0]] == "mixamorig:RightHandMiddle1"
    assert finger_knuckles(tree("cmu_mb"), families()["CMU"]) == {}

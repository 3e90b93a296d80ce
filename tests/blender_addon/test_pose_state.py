# SPDX-License-Identifier: GPL-3.0-or-later
"""Poses read whole and written back bit for bit, in every rotation mode, with switches; and mixed with another."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

bpy = pytest.importorskip("bpy", reason="needs Blender as a module: pip install bpy")

MODES = ("QUATERNION", "AXIS_ANGLE", "XYZ", "ZYX")


@pytest.fixture
def rig(scene: Any) -> Any:
    """Bones in all modes with values that are not round, and a switch on one."""
    bpy.ops.object.maquette_add_smpl()
    armature = scene.maquette.target
    rng = np.random.default_rng(3)
    for number, bone in enumerate(armature.pose.bones):
        bone.rotation_mode = MODES[number % len(MODES)]
        bone.location = rng.normal(size=3)
        bone.scale = rng.uniform(0.5, 2, size=3)
        bone.rotation_quaternion = rng.normal(size=4)  # not of unit length, as Blender allows
        bone.rotation_euler = rng.normal(size=3)
        bone.rotation_axis_angle = (rng.normal(), *rng.normal(size=3))
        bone.ik_stretch = rng.uniform()
    armature.pose.bones["left_wrist"]["IK_FK"] = 0.3
    armature.pose.bones["left_wrist"]["pole"] = [1.0, 0.25, 0.0]
    armature.pose.bones["head"]["label"] = "not a number"
    return armature


def everything(armature: Any) -> list[Any]:
    """All that posing may change, as Python values."""
    found: list[Any] = [armature.data.pose_position]
    for bone in armature.pose.bones:
        found.append((bone.name, bone.rotation_mode, tuple(bone.location), tuple(bone.scale), bone.ik_stretch))
        found.append((tuple(bone.rotation_quaternion), tuple(bone.rotation_euler), tuple(bone.rotation_axis_angle)))
        found.append({key: list(value) if hasattr(value, "typecode") else value for key, value in bone.items()})
    return found


def disturb(armature: Any) -> None:
    armature.data.pose_position = "REST"
    for bone in armature.pose.bones:
        bone.rotation_mode = "YZX"
        bone.rotation_euler = bone.location = (0.1, 0.2, 0.3)
        bone.scale = (1, 1, 1)
        bone.ik_stretch = 0
    armature.pose.bones["left_wrist"]["IK_FK"] = 1.0
    armature.pose.bones["left_wrist"]["pole"] = [0.0, 0.0, 1.0]


def test_a_pose_comes_back_bit_for_bit(rig: Any) -> None:
    from blender_addon.pose_state import PoseState

    before = everything(rig)
    state = PoseState.read(rig)
    disturb(rig)
    assert everything(rig) != before
    state.write(rig)
    assert everything(rig) == before
    disturb(rig)
    PoseState.from_text(state.to_text()).write(rig)
    assert everything(rig) == before
    assert PoseState.read(rig).digest() == state.digest()


@pytest.mark.parametrize("disturbs", [True, False])
def test_a_pose_comes_back_over_one_that_was_just_read(rig: Any, disturbs: bool) -> None:
    from blender_addon.pose_state import PoseState

    rig.pose.bones["head"].location = (0.0, -0.0, 0.0)
    before, state = everything(rig), PoseState.read(rig)
    if disturbs:
        disturb(rig)
    rig.pose.bones["head"].location = (-0.0, 0.0, 0.0)  # equal, but not the same
    rig.pose.bones["left_wrist"].scale[1] += 1
    rig.pose.bones["left_wrist"]["IK_FK"] = 0.7
    state.write(rig, PoseState.read(rig))
    assert everything(rig) == before
    assert PoseState.read(rig).digest() == state.digest()


def test_a_pose_comes_back_on_the_bones_that_are_left(rig: Any) -> None:
    from blender_addon.pose_state import PoseState

    state = PoseState.read(rig)
    bpy.context.view_layer.objects.active = rig
    bpy.ops.object.mode_set(mode="EDIT")
    rig.data.edit_bones.remove(rig.data.edit_bones["left_foot"])
    bpy.ops.object.mode_set(mode="OBJECT")
    disturb(rig)
    state.write(rig)
    index = state.indices["right_foot"]
    assert tuple(rig.pose.bones["right_foot"].location) == tuple(state.channels["location"][index])


@pytest.mark.parametrize("text", ["", "bm90aGluZw==", "not base64 at all"])
def test_text_that_is_no_pose_is_refused(extension: Any, text: str) -> None:
    from blender_addon.pose_state import PoseState

    with pytest.raises(ValueError, match="cannot be read"):
        PoseState.from_text(text)


def test_what_changed_is_named_by_its_property(rig: Any) -> None:
    from blender_addon.pose_state import PoseState

    before = PoseState.read(rig)
    assert before.changed_paths(before) == {}
    quaternion, axis_angle, euler, _ = rig.pose.bones[:4]  # as `rig` gave the modes
    quaternion.location[0] += 1
    euler.rotation_euler[1] += 1
    axis_angle.rotation_quaternion[1] += 1  # nothing that shows
    rig.pose.bones["left_wrist"]["IK_FK"] = 1.0
    changed = before.changed_paths(PoseState.read(rig))
    assert changed == {
        quaternion.name: ("location",),
        euler.name: ("rotation_euler",),
        "left_wrist": ('["IK_FK"]',),
    }


def test_mixing_goes_from_one_pose_to_the_other(rig: Any) -> None:
    from blender_addon.pose_state import PoseState

    for bone in rig.pose.bones:
        bone.rotation_quaternion.normalize()
    before = PoseState.read(rig)
    rng = np.random.default_rng(4)
    for bone in rig.pose.bones:
        turn = rng.normal(size=4)
        bone.rotation_quaternion = turn / np.linalg.norm(turn)
        bone.rotation_euler = rng.normal(size=3)
        bone.rotation_axis_angle = (1.0, 0, 0, 1)
        bone.location = (1, 2, 3)
    after = PoseState.read(rig)
    assert before.mixed(after, 0) is before
    assert before.mixed(after, 1).digest() == after.digest()
    half = before.mixed(after, 0.5)
    np.testing.assert_allclose(
        half.channels["location"], (before.channels["location"] + after.channels["location"]) / 2, rtol=1e-6
    )
    for index, name in enumerate(before.bone_names):
        start, middle, end = (state._rotation(index) for state in (before, half, after))
        whole = start.rotation_difference(end).angle
        whole = min(whole, 2 * np.pi - whole)
        part = start.rotation_difference(middle).angle
        assert min(part, 2 * np.pi - part) == pytest.approx(whole / 2, abs=1e-3), name


def test_mixing_leaves_the_other_bones_as_they_were(rig: Any) -> None:
    from blender_addon.pose_state import PoseState

    before = PoseState.read(rig)
    disturb(rig)
    mixed = before.mixed(PoseState.read(rig), 0.7, {"left_wrist"})
    assert before.changed_bones(mixed) == ("left_wrist",)
    assert mixed.properties["left_wrist"]["IK_FK"] == 1.0

# SPDX-License-Identifier: GPL-3.0-or-later
"""Armatures in a real Blender: the SMPL one, and poses on rigs of other names, proportions, axes and units."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from blender_addon.core.axes import y_up_to_z_up, z_up_to_y_up
from blender_addon.core.mannequin import Mannequin
from blender_addon.core.motion import Motion
from blender_addon.core.retargeting import bone_heads, retarget
from blender_addon.core.rotation import (
    axis_angle_to_quaternion,
    quaternion_apply,
)
from blender_addon.core.skeleton import JOINT_NAMES, PARENTS, SMPL22
from blender_addon.rig_families import families

bpy = pytest.importorskip("bpy", reason="needs Blender as a module: pip install bpy")

LIMB_SEGMENTS = [
    (f"{side}_{a}", f"{side}_{b}")
    for side in ("left", "right")
    for a, b in (("hip", "knee"), ("knee", "ankle"), ("shoulder", "elbow"), ("elbow", "wrist"))
]


def heads(armature: Any, names: list[str]) -> np.ndarray:
    """Posed bone heads (N, 3) in armature space, Blender's axes."""
    bpy.context.view_layer.update()
    return np.array([armature.pose.bones[name].head for name in names], dtype=np.float64)


def posed_lengths(armature: Any) -> np.ndarray:
    bpy.context.view_layer.update()
    return np.array([(bone.tail - bone.head).length for bone in armature.pose.bones])


def rest_lengths(armature: Any) -> np.ndarray:
    return np.array([bone.bone.length for bone in armature.pose.bones])


def without_contacts(armature: Any) -> None:
    armature.maquette_rig.keep_hands = armature.maquette_rig.keep_feet = False


def take_bones_away(armature: Any) -> None:
    armature.data = bpy.data.armatures.new("Empty")


@pytest.fixture
def smpl(scene: Any) -> Any:
    assert bpy.ops.object.maquette_add_smpl() == {"FINISHED"}
    return scene.maquette.target


def build_rig(family: str, turn: np.ndarray, unit: float, lower_arms: float, extra_root: bool) -> Any:
    """An armature of a family's bone names with its own proportions, bone rolls and rest pose.

    Args:
        family: whose names.
        turn: (4,) rotation of the whole rig in armature space, our axes.
        unit: length of a metre in the armature's unit.
        lower_arms: radians by which the arms hang below the T-pose.
        extra_root: whether the pelvis hangs on a bone on the floor.
    """
    rng = np.random.default_rng(5)
    offsets = SMPL22.offsets * rng.uniform(0.8, 1.3, size=(22, 1))
    offsets[0] = SMPL22.offsets[0]
    for side, sign in (("left", -1.0), ("right", 1.0)):
        swing = axis_angle_to_quaternion(np.array([0.0, 0.0, sign * lower_arms]))
        for name in ("elbow", "wrist"):
            joint = JOINT_NAMES.index(f"{side}_{name}")
            offsets[joint] = quaternion_apply(swing, offsets[joint])
    # Both legs alike and feet on the floor, as rigs stand.
    for name in ("hip", "knee", "ankle", "foot"):
        left, right = JOINT_NAMES.index(f"left_{name}"), JOINT_NAMES.index(f"right_{name}")
        offsets[right] = offsets[left] * (-1, 1, 1)
    joints = np.zeros((22, 3))
    for joint, parent in enumerate(PARENTS):
        joints[joint] = offsets[joint] + (joints[parent] if parent >= 0 else 0)
    joints[:, 1] -= joints[JOINT_NAMES.index("left_foot"), 1] - 0.03
    joints = y_up_to_z_up(quaternion_apply(turn, joints * unit))

    data = bpy.data.armatures.new("Rig")
    armature = bpy.data.objects.new("Rig", data)
    bpy.context.collection.objects.link(armature)
    bpy.context.view_layer.objects.active = armature
    bpy.ops.object.mode_set(mode="EDIT")
    names = families()[family]
    if extra_root:
        root = data.edit_bones.new("World")
        root.head, root.tail = (0, 0, 0), (0, 0.3 * unit, 0)
    for joint, name in enumerate(JOINT_NAMES):
        bone = data.edit_bones.new(names[name])
        bone.head = joints[joint]
        children = [child for child, parent in enumerate(PARENTS) if parent == joint]
        bone.tail = joints[children[0]] if children else joints[joint] + rng.normal(size=3) * 0.1 * unit
        bone.roll = rng.uniform(-3, 3)
        if PARENTS[joint] >= 0:
            bone.parent = data.edit_bones[names[JOINT_NAMES[PARENTS[joint]]]]
        elif extra_root:
            bone.parent = root
    bpy.ops.object.mode_set(mode="OBJECT")
    return armature


UPRIGHT = np.array([1.0, 0.0, 0.0, 0.0])
Y_UP = axis_angle_to_quaternion(np.array([-np.pi / 2, 0.0, 0.0]))
"""Turns our up to where armature space has its Y, as FBX files from other programs have it."""
BACKWARDS = axis_angle_to_quaternion(np.array([0.0, np.pi, 0.0]))


def test_the_smpl_armature_has_the_joints_as_bones(smpl: Any) -> None:
    assert {bone.name for bone in smpl.data.bones} == set(JOINT_NAMES)
    for joint, name in enumerate(JOINT_NAMES):
        bone = smpl.data.bones[name]
        assert (bone.parent.name if bone.parent else None) == (JOINT_NAMES[PARENTS[joint]] if joint else None)
        np.testing.assert_allclose(bone.head_local, y_up_to_z_up(SMPL22.rest_joints[joint]), atol=1e-6)
        assert bone.length > 0.02
    assert bpy.context.mode == "OBJECT"
    assert bpy.context.view_layer.objects.active == smpl


def test_it_is_added_at_the_cursor(scene: Any) -> None:
    scene.cursor.location = (1.0, 2.0, 0.0)
    bpy.ops.object.maquette_add_smpl()
    assert tuple(scene.maquette.target.location) == (1.0, 2.0, 0.0)


def test_bending_about_x_bends_knees_back_and_elbows_forward(smpl: Any) -> None:
    def tip_after_bend(bone: str, tip: str) -> np.ndarray:
        before = heads(smpl, [tip])[0]
        smpl.pose.bones[bone].rotation_quaternion = axis_angle_to_quaternion(np.array([0.5, 0.0, 0.0]))
        return heads(smpl, [tip])[0] - before

    for side in ("left", "right"):
        assert tip_after_bend(f"{side}_knee", f"{side}_ankle")[1] > 0.1  # Blender's forward is -Y
        assert tip_after_bend(f"{side}_elbow", f"{side}_wrist")[1] < -0.05


def test_the_mannequin_follows_the_armature_as_core_skins_it(smpl: Any, random_motion: Callable[..., Motion]) -> None:
    from blender_addon.armature import apply_motion

    motion = random_motion()
    apply_motion(smpl, motion)
    body = next(child for child in smpl.children if child.type == "MESH")
    evaluated = body.evaluated_get(bpy.context.evaluated_depsgraph_get()).data
    vertices = np.empty(len(evaluated.vertices) * 3, dtype=np.float32)
    evaluated.vertices.foreach_get("co", vertices)
    expected = y_up_to_z_up(Mannequin.load().skin(motion)[0])
    np.testing.assert_allclose(vertices.reshape(-1, 3), expected, atol=1e-4)
    assert all(polygon.use_smooth for polygon in body.data.polygons)


def test_a_pose_on_the_smpl_armature_is_the_motions_joints(smpl: Any, random_motion: Callable[..., Motion]) -> None:
    from blender_addon.armature import apply_motion

    smpl.rotation_euler, smpl.scale = (0.3, 0.2, 1.0), (2.0, 2.0, 2.0)
    motion = random_motion()
    outcome = apply_motion(smpl, motion)
    np.testing.assert_allclose(heads(smpl, list(JOINT_NAMES)), y_up_to_z_up(motion.joints()[0]), atol=1e-5)
    np.testing.assert_allclose(posed_lengths(smpl), rest_lengths(smpl), rtol=0, atol=1e-6)
    assert (outcome.unmapped_joints, outcome.held_bones, outcome.notes) == ((), (), ())


@pytest.mark.parametrize(
    ("family", "turn", "unit", "lower_arms", "extra_root"),
    [
        ("SMPL", UPRIGHT, 1.0, 0.0, False),
        ("SMPL (Maya and FBX names)", UPRIGHT, 1.0, 0.8, False),
        ("Mixamo", Y_UP, 100.0, 0.0, False),
        ("Unreal and game engines", UPRIGHT, 1.0, 0.8, True),
        ("MakeHuman and MPFB", BACKWARDS, 10.0, 0.6, False),
        ("Rigify metarig", UPRIGHT, 1.0, 0.5, False),
        ("CMU", UPRIGHT, 1.0, 0.0, True),
    ],
)
def test_a_pose_on_another_rig_keeps_its_lengths_and_takes_the_limb_directions(
    scene: Any,
    random_motion: Callable[..., Motion],
    family: str,
    turn: np.ndarray,
    unit: float,
    lower_arms: float,
    extra_root: bool,
) -> None:
    from blender_addon.armature import apply_motion, describe_rig

    armature = build_rig(family, turn, unit, lower_arms, extra_root)
    armature.rotation_euler, armature.scale = (1.0, -0.4, 2.0), (0.3, 0.3, 0.3)
    without_contacts(armature)
    motion = random_motion(seed=3)
    outcome = apply_motion(armature, motion)
    assert (outcome.family, outcome.unmapped_joints, outcome.held_bones) == (family, (), ())
    np.testing.assert_allclose(posed_lengths(armature), rest_lengths(armature), rtol=0, atol=1e-6 * unit)

    rig, mapping = describe_rig(armature)
    names = [mapping.joint_to_bone[joint] for joint in JOINT_NAMES]
    predicted = bone_heads(rig, retarget(motion, rig))[0, [rig.bone_indices[name] for name in names]]
    actual = heads(armature, names)
    np.testing.assert_allclose(actual, y_up_to_z_up(predicted), atol=1e-4 * unit)

    # The limbs point where the motion's do, turned as the rig stands in its space.
    upright = quaternion_apply(turn * (1, -1, -1, -1), z_up_to_y_up(actual))
    for start, end in LIMB_SEGMENTS:
        pair = [JOINT_NAMES.index(end), JOINT_NAMES.index(start)]
        ours = np.diff(upright[pair], axis=0)[0]
        theirs = np.diff(motion.joints()[0][pair], axis=0)[0]
        cosine = ours @ theirs / np.linalg.norm(ours) / np.linalg.norm(theirs)
        assert np.degrees(np.arccos(min(cosine, 1.0))) < 0.1, (start, end)


def test_blenders_own_human_metarig_takes_the_limb_directions(scene: Any, random_motion: Callable[..., Motion]) -> None:
    """A rig nobody here built: bent elbows and knees, arms that hang, bone rolls for Rigify's controls."""
    from blender_addon.armature import apply_motion

    bpy.ops.preferences.addon_enable(module="rigify")
    bpy.ops.object.armature_human_metarig_add()
    armature = bpy.context.object
    motion = random_motion(seed=6)
    outcome = apply_motion(armature, motion)
    assert (outcome.family, outcome.unmapped_joints, outcome.held_bones) == ("Rigify metarig", (), ())
    names = families()["Rigify metarig"]
    for start, end in LIMB_SEGMENTS:
        ours = np.diff(z_up_to_y_up(heads(armature, [names[start], names[end]])), axis=0)[0]
        theirs = np.diff(motion.joints()[0][[JOINT_NAMES.index(start), JOINT_NAMES.index(end)]], axis=0)[0]
        cosine = ours @ theirs / np.linalg.norm(ours) / np.linalg.norm(theirs)
        assert np.degrees(np.arccos(min(cosine, 1.0))) < 0.1, (start, end)


def test_heads_follow_a_skeleton_of_the_armatures_own_lengths(scene: Any, random_motion: Callable[..., Motion]) -> None:
    """Where only lengths differ, forward kinematics with the motion's rotations on those lengths is the answer."""
    from blender_addon.armature import apply_motion
    from blender_addon.core.kinematics import forward_kinematics
    from blender_addon.core.skeleton import Skeleton

    armature = build_rig("SMPL", UPRIGHT, 1.0, 0.0, False)
    without_contacts(armature)
    motion = random_motion(seed=4)
    apply_motion(armature, motion)
    rest = z_up_to_y_up(np.array([armature.data.bones[name].head_local for name in JOINT_NAMES]))
    actual = z_up_to_y_up(heads(armature, list(JOINT_NAMES)))
    expected = forward_kinematics(motion.local_rotations[0], actual[0], Skeleton(JOINT_NAMES, PARENTS, rest))
    # The foot is left out: it keeps the sole's own slope.
    feet = [JOINT_NAMES.index("left_foot"), JOINT_NAMES.index("right_foot")]
    np.testing.assert_allclose(np.delete(actual, feet, axis=0), np.delete(expected, feet, axis=0), atol=1e-3)


@pytest.mark.parametrize("mode", ["XYZ", "ZYX", "AXIS_ANGLE"])
def test_bones_keep_their_rotation_mode(smpl: Any, random_motion: Callable[..., Motion], mode: str) -> None:
    from blender_addon.armature import apply_motion

    for bone in smpl.pose.bones:
        bone.rotation_mode = mode
    motion = random_motion()
    apply_motion(smpl, motion)
    assert {bone.rotation_mode for bone in smpl.pose.bones} == {mode}
    np.testing.assert_allclose(heads(smpl, list(JOINT_NAMES)), y_up_to_z_up(motion.joints()[0]), atol=1e-4)


def test_stretched_bones_take_their_own_length_again(smpl: Any, random_motion: Callable[..., Motion]) -> None:
    from blender_addon.armature import apply_motion

    smpl.pose.bones["left_elbow"].scale = (1.0, 2.0, 1.0)
    smpl.pose.bones["left_hip"].location = (0.1, 0.0, 0.0)
    motion = random_motion()
    apply_motion(smpl, motion)
    np.testing.assert_allclose(heads(smpl, list(JOINT_NAMES)), y_up_to_z_up(motion.joints()[0]), atol=1e-5)


def test_bones_above_the_pelvis_stay_where_the_artist_put_them(
    scene: Any, random_motion: Callable[..., Motion]
) -> None:
    from blender_addon.armature import apply_motion

    armature = build_rig("CMU", UPRIGHT, 1.0, 0.0, True)
    motion = random_motion()
    apply_motion(armature, motion)
    names = [families()["CMU"][joint] for joint in JOINT_NAMES]
    before = heads(armature, names)
    world = armature.pose.bones["World"]
    world.location = (1.0, 0.0, 0.0)
    outcome = apply_motion(armature, motion)
    assert tuple(world.location) == (1.0, 0.0, 0.0)
    assert outcome.held_bones == ()
    moved = heads(armature, names) - before
    np.testing.assert_allclose(moved, np.broadcast_to(moved[0], moved.shape), atol=1e-5)
    assert np.linalg.norm(moved[0]) == pytest.approx(1.0, abs=1e-4)


def test_feet_stand_on_the_floor_of_a_rig_with_other_legs(scene: Any) -> None:
    from blender_addon.armature import apply_motion

    armature = build_rig("SMPL", UPRIGHT, 1.0, 0.7, False)
    rest = heads(armature, ["left_foot", "left_ankle", "pelvis"])
    standing = Motion(np.tile([1.0, 0.0, 0.0, 0.0], (1, 22, 1)), SMPL22.rest_joints[:1])
    apply_motion(armature, standing)
    np.testing.assert_allclose(heads(armature, ["left_foot", "left_ankle", "pelvis"])[:, 2], rest[:, 2], atol=2e-3)


def test_a_held_bone_is_reported(smpl: Any, random_motion: Callable[..., Motion]) -> None:
    from blender_addon.armature import apply_motion

    limit = smpl.pose.bones["left_shoulder"].constraints.new("LIMIT_ROTATION")
    limit.use_limit_x = limit.use_limit_y = limit.use_limit_z = True
    limit.owner_space = "LOCAL"
    assert "left_wrist" in apply_motion(smpl, random_motion(angle=1.5)).held_bones


def test_joints_without_a_bone_are_reported(smpl: Any, random_motion: Callable[..., Motion]) -> None:
    from blender_addon.armature import apply_motion

    smpl.data.bones["left_foot"].name = "left end"
    smpl.data.bones["spine2"].name = "between"
    motion = random_motion()
    # Whatever the bone between the others of the spine is called, it bends with them.
    assert apply_motion(smpl, motion).unmapped_joints == ("left_foot",)
    wrist, elbow = heads(smpl, ["left_wrist", "left_elbow"])
    joints = y_up_to_z_up(motion.joints()[0])
    expected = joints[JOINT_NAMES.index("left_wrist")] - joints[JOINT_NAMES.index("left_elbow")]
    np.testing.assert_allclose(wrist - elbow, expected, atol=1e-5)


def test_a_motion_is_baked_at_the_scenes_frame_rate(
    smpl: Any, scene: Any, random_motion: Callable[..., Motion]
) -> None:
    from blender_addon.armature import apply_motion

    smpl.animation_data_create().action = bpy.data.actions.new("Walk by hand")
    smpl.pose.bones["left_elbow"].rotation_mode = "XYZ"
    scene.render.fps, scene.frame_current = 40, 11
    motion = random_motion(num_frames=5, fps=20.0)
    outcome = apply_motion(smpl, motion)
    assert "Walk by hand" in outcome.notes[0]
    assert bpy.data.actions["Walk by hand"].use_fake_user
    assert smpl.animation_data.action.frame_range[:] == (11.0, 19.0)
    joints = y_up_to_z_up(motion.resampled(40.0).joints())
    for index in (0, 3, 8):
        scene.frame_set(11 + index)
        np.testing.assert_allclose(heads(smpl, list(JOINT_NAMES)), joints[index], atol=1e-4)


def test_an_animated_rig_is_told_to_key_its_pose(smpl: Any, random_motion: Callable[..., Motion]) -> None:
    from blender_addon.armature import apply_motion

    smpl.pose.bones["pelvis"].keyframe_insert("location")
    assert "keyframes" in apply_motion(smpl, random_motion()).notes[0]


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda smpl: bpy.ops.object.mode_set(mode="EDIT"), "Edit Mode"),
        (lambda smpl: take_bones_away(smpl), "no names known"),
        (lambda smpl: bpy.context.collection.objects.unlink(smpl), "no longer in a scene"),
    ],
)
def test_what_cannot_be_posed_is_refused_with_the_reason(smpl: Any, spoil: Callable[[Any], object], words: str) -> None:
    from blender_addon.armature import posable_armature

    spoil(smpl)
    with pytest.raises(ValueError, match=words):
        posable_armature(smpl)


def test_only_armatures_are_targets(scene: Any) -> None:
    from blender_addon.armature import posable_armature

    empty = bpy.data.objects.new("Lamp", None)
    scene.collection.objects.link(empty)
    with pytest.raises(ValueError, match="'Lamp' is not an armature"):
        posable_armature(empty)
    with pytest.raises(ValueError, match="Choose the armature"):
        posable_armature(None)

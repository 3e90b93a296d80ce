# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys of takes in a real Blender: what changed, as the artist keys, in nobody else's action; motions as strips."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from blender_addon.core.motion import Motion
from blender_addon.core.skeleton import JOINT_NAMES

bpy = pytest.importorskip("bpy", reason="needs Blender as a module: pip install bpy")


@pytest.fixture
def figure(scene: Any) -> Any:
    """A figure that takes poses with its left arm, one bone of it in Euler angles."""
    bpy.ops.object.maquette_add_smpl()
    armature = scene.maquette.target
    armature.pose.bones["left_elbow"].rotation_mode = "XYZ"
    scene.maquette.options.bones = "PARTS"
    scene.maquette.options.parts = (False,) * 5 + (True, False)
    scene.frame_set(12)
    return armature


LEFT_ARM = {"left_collar", "left_shoulder", "left_elbow", "left_wrist"}


@pytest.fixture
def take(scene: Any, figure: Any, random_motion: Callable[..., Motion]) -> Callable[..., None]:
    """Puts a take on the figure for review."""

    def put(motion: Motion | None = None, target: Any = None) -> None:
        from blender_addon import history, takes

        entry = history.add_entry(scene, "a person waves", [motion or random_motion(seed=4)], (1,))
        takes.start_review(scene, entry, target or figure)
        takes.show(scene, 0)

    return put


def curves(action: Any, slot: Any = None) -> dict[tuple[str, int], list[tuple[float, float]]]:
    """All keys of an action, by path and component."""
    bag = action.layers[0].strips[0].channelbag(slot or action.slots[0])
    return {
        (curve.data_path, curve.array_index): [tuple(key.co) for key in curve.keyframe_points]
        for curve in (bag.fcurves if bag else ())
    }


def bones_of(action: Any, slot: Any = None) -> set[str]:
    return {path.split('"')[1] for path, _ in curves(action, slot)}


def status() -> str:
    from blender_addon import generation

    return generation.status().text


def test_what_changed_is_keyed_at_the_frame(scene: Any, figure: Any, take: Callable[..., None]) -> None:
    assert not bpy.ops.pose.maquette_insert_keys.poll()
    take()
    assert bpy.ops.pose.maquette_insert_keys() == {"FINISHED"}
    animation = figure.animation_data
    keys = curves(animation.action)
    assert bones_of(animation.action) == LEFT_ARM
    assert {frame for points in keys.values() for frame, _ in points} == {12.0}
    elbow = figure.pose.bones["left_elbow"]
    assert {path for path, _ in keys if "elbow" in path} == {'pose.bones["left_elbow"].rotation_euler'}
    assert [keys[('pose.bones["left_elbow"].rotation_euler', n)][0][1] for n in range(3)] == pytest.approx(
        list(elbow.rotation_euler)
    )
    assert animation.action_slot.target_id_type == "OBJECT"
    assert status() == f"Keyed 4 bones in '{animation.action.name}'."


def test_a_kept_take_can_be_keyed_later(scene: Any, figure: Any, take: Callable[..., None]) -> None:
    take()
    bpy.ops.pose.maquette_keep_take()
    assert not figure.animation_data
    scene.frame_current = 30
    bpy.ops.pose.maquette_insert_keys()
    assert bones_of(figure.animation_data.action) == LEFT_ARM


def test_auto_key_keys_what_is_kept(scene: Any, figure: Any, take: Callable[..., None]) -> None:
    scene.tool_settings.use_keyframe_insert_auto = True
    # Blender 5.2 inserts into curves that are there alone, unless the artist says otherwise.
    bpy.context.preferences.edit.use_keyframe_insert_available = False
    take()
    assert not figure.animation_data  # trying a take keys nothing
    bpy.ops.pose.maquette_keep_take()
    assert bones_of(figure.animation_data.action) == LEFT_ARM
    assert "Keyed 4 bones" in status()


def test_auto_key_replaces_only_when_so_set(scene: Any, figure: Any, take: Callable[..., None]) -> None:
    figure.pose.bones["left_wrist"].keyframe_insert("rotation_quaternion", frame=12)
    scene.tool_settings.use_keyframe_insert_auto = True
    scene.tool_settings.auto_keying_mode = "REPLACE_KEYS"
    take()
    bpy.ops.pose.maquette_keep_take()
    assert bones_of(figure.animation_data.action) == {"left_wrist"}
    keys = curves(figure.animation_data.action)
    value = keys[('pose.bones["left_wrist"].rotation_quaternion', 1)][0][1]
    assert value == pytest.approx(figure.pose.bones["left_wrist"].rotation_quaternion[1])


def test_the_active_keying_set_says_what_is_keyed(scene: Any, figure: Any, take: Callable[..., None]) -> None:
    scene.keying_sets_all.active = next(one for one in scene.keying_sets_all if one.bl_idname == "Scaling")
    take()
    bpy.ops.pose.maquette_insert_keys()
    keys = curves(figure.animation_data.action)
    assert {path.rpartition(".")[2] for path, _ in keys} == {"scale"}
    assert bones_of(figure.animation_data.action) == LEFT_ARM


def test_a_keying_set_of_the_artists_own_is_honoured(scene: Any, figure: Any, take: Callable[..., None]) -> None:
    mine = scene.keying_sets.new(idname="Mine", name="Mine")
    mine.paths.add(figure, 'pose.bones["left_wrist"].rotation_quaternion')
    mine.paths.add(figure, 'pose.bones["head"].rotation_quaternion')  # which the take does not change
    take()
    bpy.ops.pose.maquette_insert_keys()
    assert {path for path, _ in curves(figure.animation_data.action)} == {
        'pose.bones["left_wrist"].rotation_quaternion'
    }


def test_the_preference_for_needed_keys_is_honoured(
    scene: Any, figure: Any, take: Callable[..., None], random_motion: Callable[..., Motion]
) -> None:
    take()
    bpy.ops.pose.maquette_insert_keys()
    before = curves(figure.animation_data.action)
    scene.frame_current = 20
    edit = bpy.context.preferences.edit
    edit.use_keyframe_insert_needed = True
    try:
        bpy.ops.pose.maquette_insert_keys()
    finally:
        edit.use_keyframe_insert_needed = False
    assert curves(figure.animation_data.action) == before
    assert status() == "No key was inserted."


def test_a_shared_action_is_not_touched_unasked(scene: Any, figure: Any, take: Callable[..., None]) -> None:
    figure.pose.bones["head"].keyframe_insert("location", frame=1)
    action = figure.animation_data.action
    other = bpy.data.objects.new("Twin", figure.data)
    scene.collection.objects.link(other)
    other.animation_data_create().action = action
    other.animation_data.action_slot = figure.animation_data.action_slot
    before = curves(action)
    take()
    with pytest.raises(RuntimeError, match="moves Twin as well"):
        bpy.ops.pose.maquette_insert_keys()
    assert curves(action) == before
    scene.tool_settings.use_keyframe_insert_auto = True
    bpy.ops.pose.maquette_keep_take()
    assert curves(action) == before and "Not keyed" in status()
    bpy.ops.pose.maquette_insert_keys(into="NEW")
    assert curves(action) == before and action.use_fake_user
    own = figure.animation_data.action
    assert own != action and bones_of(own) == LEFT_ARM
    figure.animation_data.action = action
    figure.animation_data.action_slot = other.animation_data.action_slot
    bpy.ops.pose.maquette_insert_keys(into="SHARED")
    assert bones_of(action) == LEFT_ARM | {"head"}


def test_two_figures_with_slots_of_one_action_do_not_disturb_each_other(
    scene: Any, figure: Any, take: Callable[..., None]
) -> None:
    figure.pose.bones["head"].keyframe_insert("location", frame=1)
    action = figure.animation_data.action
    bpy.ops.object.maquette_add_smpl()
    other = scene.maquette.target
    other.animation_data_create().action = action
    other.animation_data.action_slot = action.slots.new("OBJECT", "other")
    take()
    bpy.ops.pose.maquette_insert_keys()
    assert bones_of(action, figure.animation_data.action_slot) == LEFT_ARM | {"head"}
    assert curves(action, other.animation_data.action_slot) == {}


def test_switches_of_a_control_rig_are_keyed_too(scene: Any, figure: Any) -> None:
    from blender_addon.keyframes import insert_keys

    figure.pose.bones["left_wrist"]["IK_FK"] = 1.0
    scene.keying_sets_all.active = scene.keying_sets_all["Rotation"]
    insert_keys(scene, figure, {"left_wrist": ["rotation_quaternion", '["IK_FK"]']}, frame=3.0)
    assert ('pose.bones["left_wrist"]["IK_FK"]', 0) in curves(figure.animation_data.action)


def test_a_motion_is_baked_into_a_new_action(
    scene: Any, figure: Any, take: Callable[..., None], random_motion: Callable[..., Motion]
) -> None:
    scene.render.fps = 20
    figure.pose.bones["head"].keyframe_insert("location", frame=1)
    previous = figure.animation_data.action
    take(random_motion(num_frames=5))
    assert figure.animation_data.action == previous
    bpy.ops.pose.maquette_keep_take()
    action = figure.animation_data.action
    assert action != previous and previous.use_fake_user
    assert tuple(action.frame_range) == (12.0, 16.0)
    assert bones_of(action) == LEFT_ARM  # the parts that were chosen


def test_a_motion_becomes_a_strip_beside_the_action(
    scene: Any, figure: Any, take: Callable[..., None], random_motion: Callable[..., Motion]
) -> None:
    scene.render.fps = 20
    scene.maquette.options.bones = "ALL"
    scene.maquette.options.bake_to = "STRIP"
    figure.pose.bones["head"].keyframe_insert("scale", frame=1)
    previous, slot = figure.animation_data.action, figure.animation_data.action_slot
    take(random_motion(num_frames=5))
    bpy.ops.pose.maquette_keep_take()
    animation = figure.animation_data
    assert (animation.action, animation.action_slot) == (previous, slot) and not previous.use_fake_user
    (track,) = animation.nla_tracks
    (strip,) = track.strips
    assert (strip.frame_start, strip.frame_end) == (12.0, 16.0)
    assert strip.action_slot is not None and bones_of(strip.action, strip.action_slot) == set(JOINT_NAMES)
    positions = []
    for frame in (12, 16):
        scene.frame_set(frame)
        positions.append([np.array(bone.head) for bone in figure.pose.bones])
    assert np.abs(np.array(positions[0]) - np.array(positions[1])).max() > 0.05  # the strip plays

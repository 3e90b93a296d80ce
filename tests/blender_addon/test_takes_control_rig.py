# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes on Rigify's control rig in a real Blender: controls and switches tried, brought back, keyed and saved."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

bpy = pytest.importorskip("bpy", reason="needs Blender as a module: pip install bpy")

from scripts.sample_rigs import control_rig, poses  # noqa: E402


def shown(armature: Any) -> np.ndarray:
    """Where the bones that deform the mesh are."""
    bpy.context.view_layer.update()
    return np.array([bone.head for bone in armature.pose.bones if bone.name.startswith("DEF-")])


@pytest.fixture
def rig(scene: Any) -> Any:
    """A control rig that the artist has posed, with its arms on IK, which a take sets to FK."""
    armature = control_rig()
    scene.maquette.target = armature
    armature.maquette_rig.arms, armature.maquette_rig.legs = "FK", "IK"
    bones = armature.pose.bones
    bones["upper_arm_parent.L"]["IK_FK"] = bones["upper_arm_parent.R"]["IK_FK"] = 0.0
    bones["hand_ik.L"].location = (0.1, 0.0, 0.2)
    bones["torso"].location = (0.0, 0.1, 0.0)
    bones["head"].rotation_quaternion = (0.9, 0.1, 0.2, 0.3)
    armature.update_tag()
    return armature


@pytest.fixture
def entry(scene: Any, rig: Any) -> Any:
    """Takes under review on it."""
    from blender_addon import history, takes

    entry = history.add_entry(scene, "a person waves", [pose for _, pose in poses()[:3]], range(3))
    takes.start_review(scene, entry, rig)
    takes.show(scene, 0)
    return entry


def test_discard_brings_controls_and_switches_back(scene: Any, rig: Any) -> None:
    from blender_addon import history, takes
    from blender_addon.pose_state import PoseState

    before, heads = PoseState.read(rig), shown(rig)
    takes.start_review(scene, history.add_entry(scene, "waves", [pose for _, pose in poses()[:3]], range(3)), rig)
    for index in range(3):
        takes.show(scene, index)
        assert rig.pose.bones["upper_arm_parent.L"]["IK_FK"] == 1.0
        assert np.abs(shown(rig) - heads).max() > 0.05
    scene.maquette.options.blend = 0.4
    bpy.ops.pose.maquette_discard_takes()
    assert PoseState.read(rig).digest() == before.digest()
    np.testing.assert_allclose(shown(rig), heads, atol=1e-6)


@pytest.fixture
def evaluations(rig: Any) -> Iterator[list[Any]]:
    """Grows by one whenever Blender evaluates the rig."""
    seen: list[Any] = []

    def count(_scene: Any, depsgraph: Any) -> None:
        seen.extend(update.id.name for update in depsgraph.updates if update.id.original == rig)

    bpy.app.handlers.depsgraph_update_post.append(count)
    yield seen
    bpy.app.handlers.depsgraph_update_post.remove(count)


@pytest.mark.parametrize("is_animated", [False, True])
def test_a_take_is_tried_with_one_evaluation_of_the_rig(
    scene: Any, rig: Any, evaluations: list[Any], is_animated: bool
) -> None:
    from blender_addon import history, takes

    if is_animated:
        rig.pose.bones["head"].keyframe_insert("rotation_quaternion")
    bpy.context.view_layer.update()
    takes.start_review(scene, history.add_entry(scene, "waves", [pose for _, pose in poses()[:3]], range(3)), rig)
    for index in (0, 1, 2, 0):
        evaluations.clear()
        takes.show(scene, index)
        assert len(evaluations) == 1
        evaluations.clear()
        bpy.context.view_layer.update()  # it was evaluated after it was posed
        assert not evaluations


def test_an_influence_that_drivers_have_yet_to_set_is_found(scene: Any, rig: Any, evaluations: list[Any]) -> None:
    """Where the head's control goes depends on whether the head follows the chest."""
    from blender_addon import history, takes
    from blender_addon.pose_state import PoseState

    takes.start_review(scene, history.add_entry(scene, "waves", [pose for _, pose in poses()[:3]], range(3)), rig)
    takes.show(scene, 1)
    follows, take = PoseState.read(rig), shown(rig)
    takes.discard(scene)
    torso = rig.pose.bones["torso"]
    switched = 1.0 - torso["head_follow"]
    torso["head_follow"] = switched  # as a script does, that does not let Blender evaluate it
    takes.start_review(scene, history.add_entry(scene, "waves", [pose for _, pose in poses()[:3]], range(3)), rig)
    takes.show(scene, 1)
    assert torso["head_follow"] == switched
    np.testing.assert_allclose(shown(rig), take, atol=1e-3)
    assert "head" in follows.changed_bones(PoseState.read(rig))
    known = PoseState.read(rig).digest()
    # Evaluated beforehand it comes out the same, to the bit.
    takes.discard(scene)
    bpy.context.view_layer.update()
    takes.start_review(scene, history.add_entry(scene, "waves", [pose for _, pose in poses()[:3]], range(3)), rig)
    takes.show(scene, 1)
    assert PoseState.read(rig).digest() == known


@pytest.mark.parametrize("case", ["prepared", "reviewed", "animated", "changed"])
def test_a_forming_pose_needs_no_evaluation_of_a_rig_that_was_prepared(
    scene: Any, rig: Any, evaluations: list[Any], case: str
) -> None:
    from blender_addon import history, live_preview, takes
    from blender_addon.pose_state import PoseState

    if case == "animated":
        rig.pose.bones["head"].keyframe_insert("rotation_quaternion")
    if case == "reviewed":
        takes.start_review(scene, history.add_entry(scene, "waves", [poses()[0][1]], (1,)), rig)
        takes.show(scene, 0)
    live_preview.prepare(rig, scene)
    if case == "changed":
        rig.pose.bones["torso"].location[0] += 0.1
    bpy.context.view_layer.update()
    before, seen = PoseState.read(rig).digest(), []
    for number, (_, pose) in enumerate(poses()[1:4]):
        evaluations.clear()
        live_preview.show(rig, pose, scene)
        seen.append(PoseState.read(rig).digest())
        assert len(evaluations) == int(number == 0 and case in ("animated", "changed"))
        bpy.context.view_layer.update()  # as Blender does to draw it
    live_preview.end()
    assert PoseState.read(rig).digest() == before
    # It is what the same pose becomes as a take.
    takes.start_review(scene, history.add_entry(scene, "runs", [pose for _, pose in poses()[1:4]], range(3)), rig)
    for index, forming in enumerate(seen):
        takes.show(scene, index)
        assert PoseState.read(rig).digest() == forming


@pytest.mark.parametrize("is_reviewed", [False, True])
@pytest.mark.parametrize("is_prepared", [False, True])
def test_a_forming_pose_finds_influences_that_drivers_have_yet_to_set(
    scene: Any, rig: Any, is_reviewed: bool, is_prepared: bool
) -> None:
    from blender_addon import history, live_preview, takes
    from blender_addon.pose_state import PoseState

    if is_reviewed:
        takes.start_review(scene, history.add_entry(scene, "waves", [poses()[0][1]], (1,)), rig)
        takes.show(scene, 0)
    if is_prepared:
        live_preview.prepare(rig, scene)
    torso = rig.pose.bones["torso"]
    torso["head_follow"] = 1.0 - torso["head_follow"]  # as a script does, that does not let Blender evaluate it
    live_preview.show(rig, poses()[1][1], scene)
    forming = PoseState.read(rig).digest()
    live_preview.end()
    bpy.context.view_layer.update()
    takes.start_review(scene, history.add_entry(scene, "runs", [poses()[1][1]], (1,)), rig)
    takes.show(scene, 0)
    assert PoseState.read(rig).digest() == forming


def test_a_control_rig_that_is_made_larger_by_its_root_is_posed_as_one_that_is_not(scene: Any, rig: Any) -> None:
    from blender_addon import history, takes

    entry = history.add_entry(scene, "waves", [poses()[1][1]], (1,))
    root = rig.pose.bones["root"]
    found = []
    for size in (1.0, 2.0):
        root.scale = (size, size, size)
        takes.start_review(scene, entry, rig)
        assert not takes.show(scene, 0).outcome.held_bones
        found.append(shown(rig) / size)
        takes.discard(scene)
    np.testing.assert_allclose(found[1], found[0], atol=1e-3)


def test_curves_that_have_yet_to_be_evaluated_do_not_come_over_a_take(scene: Any, rig: Any, entry: Any) -> None:
    from blender_addon import takes

    takes.show(scene, 1)
    take = shown(rig)
    takes.discard(scene)
    rig.pose.bones["torso"].keyframe_insert("location")
    scene.frame_current += 1  # Blender evaluates the curves next
    takes.start_review(scene, entry, rig)
    takes.show(scene, 1)
    np.testing.assert_allclose(shown(rig), take, atol=1e-3)


def test_a_part_of_the_body_takes_its_controls_along(scene: Any, rig: Any) -> None:
    from blender_addon import history, takes
    from blender_addon.pose_state import PoseState
    from blender_addon.properties import LIMB_NAMES

    before = PoseState.read(rig)
    scene.maquette.options.bones = "PARTS"
    scene.maquette.options.parts = [limb == "left_arm" for limb in LIMB_NAMES]
    takes.start_review(scene, history.add_entry(scene, "waves", [poses()[0][1]], (1,)), rig)
    takes.show(scene, 0)
    moved = set(before.changed_bones(PoseState.read(rig)))
    assert {"upper_arm_fk.L", "forearm_fk.L", "upper_arm_parent.L"} <= moved
    assert all(name.endswith(".L") for name in moved), moved
    assert not {name for name in moved if "thigh" in name or "foot" in name or "torso" in name}


def test_the_switches_are_keyed_with_the_pose(scene: Any, rig: Any, entry: Any) -> None:
    bpy.ops.pose.maquette_keep_take()
    bpy.ops.pose.maquette_insert_keys()
    action = rig.animation_data.action
    bag = action.layers[0].strips[0].channelbag(rig.animation_data.action_slot)
    paths = {curve.data_path for curve in bag.fcurves}
    assert 'pose.bones["upper_arm_parent.L"]["IK_FK"]' in paths
    assert 'pose.bones["upper_arm_fk.L"].rotation_quaternion' in paths or any(
        path.startswith('pose.bones["upper_arm_fk.L"].rotation') for path in paths
    )
    assert not any("ORG-" in path or "DEF-" in path for path in paths)


def test_an_asset_of_it_gives_the_pose_back(scene: Any, rig: Any, entry: Any) -> None:
    wanted = shown(rig)
    bpy.ops.pose.maquette_save_asset(asset_name="Wave")
    for bone in rig.pose.bones:
        bone.matrix_basis = ((1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1))
        # Blender applies an asset to the selected bones alone, where there are any.
        owner = bone if hasattr(bone, "select") else bone.bone
        owner.select = False
    rig.pose.bones["upper_arm_parent.L"]["IK_FK"] = 0.0
    rig.update_tag()
    assert np.abs(shown(rig) - wanted).max() > 0.05
    rig.pose.apply_pose_from_action(bpy.data.actions["Wave"], evaluation_time=1.0)
    rig.update_tag()
    np.testing.assert_allclose(shown(rig), wanted, atol=1e-4)


def test_controls_stand_for_the_joints_they_move(scene: Any, rig: Any) -> None:
    from blender_addon.body_parts import joints_of_selection

    for bone in rig.pose.bones:
        owner = bone if hasattr(bone, "select") else bone.bone
        owner.select = bone.name in ("upper_arm_fk.L", "thigh_fk.R", "hand_fk.L")
    assert joints_of_selection(rig) == ("right_hip", "left_shoulder", "left_wrist")

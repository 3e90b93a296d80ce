# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes under review in a real Blender: tried on, stepped through, kept, discarded with everything as it was."""

from __future__ import annotations

import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from blender_addon.core.axes import y_up_to_z_up
from blender_addon.core.motion import Motion
from blender_addon.core.skeleton import JOINT_NAMES, LIMBS

bpy = pytest.importorskip("bpy", reason="needs Blender as a module: pip install bpy")

ARMS = {JOINT_NAMES[joint] for limb in ("left_arm", "right_arm") for joint in LIMBS[limb]}


def heads(armature: Any) -> np.ndarray:
    bpy.context.view_layer.update()
    return np.array([armature.pose.bones[name].head for name in JOINT_NAMES])


def digest(armature: Any) -> str:
    from blender_addon.pose_state import PoseState

    return PoseState.read(armature).digest()


def turned_bones(armature: Any, before: Any) -> set[str]:
    from blender_addon.pose_state import PoseState

    return set(before.changed_bones(PoseState.read(armature)))


@pytest.fixture
def motions(random_motion: Callable[..., Motion]) -> list[Motion]:
    return [random_motion(seed=seed) for seed in range(4)]


@pytest.fixture
def figure(scene: Any) -> Any:
    """A figure posed by hand, in modes of its own."""
    bpy.ops.object.maquette_add_smpl()
    armature = scene.maquette.target
    armature.pose.bones["left_elbow"].rotation_mode = "XYZ"
    armature.pose.bones["left_elbow"].rotation_euler = (0.1, -0.7, 0.3)
    armature.pose.bones["head"].rotation_mode = "AXIS_ANGLE"
    armature.pose.bones["pelvis"].location = (0.3, 0.1, -0.2)
    armature.pose.bones["head"]["switch"] = 0.25
    return armature


def review(scene: Any, figure: Any, motions: list[Motion]) -> Any:
    """Put takes under review and the first on the figure; the history's entry."""
    from blender_addon import history, takes

    entry = history.add_entry(scene, "a person waves", motions, range(10, 10 + len(motions)))
    takes.start_review(scene, entry, figure)
    takes.show(scene, 0)
    return entry


def test_a_take_is_on_the_figure_as_it_was_generated(scene: Any, figure: Any, motions: list[Motion]) -> None:
    review(scene, figure, motions)
    for index in (0, 3, 1):
        bpy.ops.pose.maquette_try_take(index=index)
        np.testing.assert_allclose(heads(figure), y_up_to_z_up(motions[index].joints()[0]), atol=1e-5)
        assert scene.maquette.review.active == index


def test_discard_brings_everything_back(scene: Any, figure: Any, motions: list[Motion]) -> None:
    before = digest(figure)
    figure.data.pose_position = "REST"
    resting = digest(figure)
    assert resting != before
    review(scene, figure, motions)
    for index in range(4):
        bpy.ops.pose.maquette_try_take(index=index)
    scene.maquette.options.blend = 0.5
    assert figure.data.pose_position == "POSE"
    assert bpy.ops.pose.maquette_discard_takes() == {"FINISHED"}
    assert digest(figure) == resting
    assert figure.animation_data is None
    assert not bpy.ops.pose.maquette_discard_takes.poll()
    assert len(scene.maquette.history) == 1


def test_keep_ends_the_review_with_the_take_on(scene: Any, figure: Any, motions: list[Motion]) -> None:
    review(scene, figure, motions)
    bpy.ops.pose.maquette_try_take(index=2)
    shown = digest(figure)
    assert bpy.ops.pose.maquette_keep_take() == {"FINISHED"}
    assert digest(figure) == shown
    assert not bpy.ops.pose.maquette_try_take.poll()
    assert not bpy.ops.pose.maquette_keep_take.poll()


def test_the_review_goes_on_after_saving_and_opening(
    scene: Any, figure: Any, motions: list[Motion], tmp_path: Path
) -> None:
    before = digest(figure)
    review(scene, figure, motions)
    bpy.ops.pose.maquette_try_take(index=1)
    shown = digest(figure)
    bpy.ops.wm.save_as_mainfile(filepath=str(tmp_path / "review.blend"))
    bpy.ops.wm.read_factory_settings(use_empty=True)
    bpy.ops.wm.open_mainfile(filepath=str(tmp_path / "review.blend"))
    scene = bpy.context.scene
    figure = scene.maquette.target
    assert digest(figure) == shown
    assert scene.maquette.review.active == 1
    bpy.ops.pose.maquette_step_take(step=1)
    np.testing.assert_allclose(heads(figure), y_up_to_z_up(motions[2].joints()[0]), atol=1e-5)
    bpy.ops.pose.maquette_discard_takes()
    assert digest(figure) == before


def test_stepping_goes_round(scene: Any, figure: Any, motions: list[Motion]) -> None:
    review(scene, figure, motions)
    seen = []
    for step in (1, 1, 1, 1, -1):
        bpy.ops.pose.maquette_step_take(step=step)
        seen.append(scene.maquette.review.active)
    assert seen == [1, 2, 3, 0, 3]


def press(operator: Any, key: str, value: str = "PRESS") -> set[str]:
    """Hand a key to the browsing operator, as Blender's window would."""
    from blender_addon.take_operators import POSE_OT_maquette_browse_takes

    event = types.SimpleNamespace(type=key, value=value)
    return POSE_OT_maquette_browse_takes.modal(operator, bpy.context, event)


def test_arrow_keys_step_and_enter_keeps(scene: Any, figure: Any, motions: list[Motion]) -> None:
    review(scene, figure, motions)
    operator = types.SimpleNamespace(report=print)
    assert press(operator, "RIGHT_ARROW") == {"RUNNING_MODAL"}
    assert press(operator, "RIGHT_ARROW", "RELEASE") == {"PASS_THROUGH"}
    assert press(operator, "RIGHT_ARROW") == {"RUNNING_MODAL"}
    assert press(operator, "LEFT_ARROW") == {"RUNNING_MODAL"}
    assert press(operator, "MIDDLEMOUSE") == {"PASS_THROUGH"}  # the view can be turned
    np.testing.assert_allclose(heads(figure), y_up_to_z_up(motions[1].joints()[0]), atol=1e-5)
    assert press(operator, "M") == {"RUNNING_MODAL"}
    np.testing.assert_allclose(heads(figure), y_up_to_z_up(motions[1].mirrored().joints()[0]), atol=1e-5)
    assert press(operator, "RET") == {"FINISHED"}
    assert not scene.maquette.review.before
    assert press(operator, "RIGHT_ARROW") == {"FINISHED"}  # nothing is left to browse


def test_escape_brings_the_old_pose_back(scene: Any, figure: Any, motions: list[Motion]) -> None:
    before = digest(figure)
    review(scene, figure, motions)
    operator = types.SimpleNamespace(report=print)
    press(operator, "DOWN_ARROW")
    assert press(operator, "ESC") == {"FINISHED"}
    assert digest(figure) == before


def test_new_takes_keep_the_pose_from_before_the_first(scene: Any, figure: Any, motions: list[Motion]) -> None:
    before = digest(figure)
    review(scene, figure, motions[:2])
    review(scene, figure, motions[2:])
    bpy.ops.pose.maquette_discard_takes()
    assert digest(figure) == before


def test_a_pose_made_by_hand_on_a_take_is_what_the_next_takes_start_from(
    scene: Any, figure: Any, motions: list[Motion]
) -> None:
    review(scene, figure, motions[:2])
    figure.pose.bones["head"].location = (0, 0, 0.1)
    by_hand = digest(figure)
    review(scene, figure, motions[2:])
    bpy.ops.pose.maquette_discard_takes()
    assert digest(figure) == by_hand


def test_what_was_posed_by_hand_is_not_dropped_in_silence(scene: Any, figure: Any, motions: list[Motion]) -> None:
    from blender_addon import generation

    review(scene, figure, motions)
    figure.pose.bones["neck"].location = (0, 0, 0.1)
    bpy.ops.pose.maquette_try_take(index=1)
    assert "posed by hand" in generation.status().text
    bpy.ops.pose.maquette_try_take(index=2)
    assert "posed by hand" not in generation.status().text


def test_the_slider_goes_from_the_old_pose_to_the_take(scene: Any, figure: Any, motions: list[Motion]) -> None:
    old, before = heads(figure), digest(figure)
    review(scene, figure, motions)
    take = heads(figure)
    scene.maquette.options.blend = 0.5
    middle = heads(figure)
    assert np.abs(middle - old).max() > 0 and np.abs(middle - take).max() > 0
    np.testing.assert_allclose(middle[0], (old[0] + take[0]) / 2, atol=1e-5)  # the pelvis
    scene.maquette.options.blend = 0.0
    assert digest(figure) == before
    scene.maquette.options.blend = 1.0
    np.testing.assert_allclose(heads(figure), take, atol=1e-6)


def test_only_the_selected_bones_take_the_pose(scene: Any, figure: Any, motions: list[Motion]) -> None:
    from blender_addon import generation
    from blender_addon.pose_state import PoseState

    before = PoseState.read(figure)
    for bone in figure.pose.bones:
        owner = bone if hasattr(bone, "select") else bone.bone
        owner.select = bone.name in ("left_knee", "neck")
    scene.maquette.options.bones = "SELECTED"
    review(scene, figure, motions)
    assert turned_bones(figure, before) == {"left_knee", "neck"}
    for bone in figure.pose.bones:
        owner = bone if hasattr(bone, "select") else bone.bone
        owner.select = False
    bpy.ops.pose.maquette_try_take(index=1)
    assert turned_bones(figure, before) == set()
    assert "No bone that takes the pose was chosen" in generation.status().text


def test_only_the_chosen_parts_take_the_pose(scene: Any, figure: Any, motions: list[Motion]) -> None:
    from blender_addon.pose_state import PoseState
    from blender_addon.properties import LIMB_NAMES

    before = PoseState.read(figure)
    scene.maquette.options.bones = "PARTS"
    scene.maquette.options.parts = [limb.endswith("arm") for limb in LIMB_NAMES]
    review(scene, figure, motions)
    assert turned_bones(figure, before) == ARMS
    scene.maquette.options.bones = "ALL"  # at once, without another click
    assert turned_bones(figure, before) == set(JOINT_NAMES)


def test_bones_without_a_joint_belong_to_the_part_they_hang_on(scene: Any, figure: Any) -> None:
    from blender_addon.body_parts import parts_of_bones

    bpy.context.view_layer.objects.active = figure
    bpy.ops.object.mode_set(mode="EDIT")
    bones = figure.data.edit_bones
    for name, parent, place in (
        ("finger", "left_wrist", (0.9, 0, 1.4)),
        ("hand control", None, bones["right_wrist"].head),
        ("tail", "pelvis", (0, 0.1, 0.9)),
    ):
        bone = bones.new(name)
        bone.head, bone.tail = place, (place[0], place[1], place[2] + 0.1)
        bone.parent = bones[parent] if parent else None
    bpy.ops.object.mode_set(mode="OBJECT")
    parts = parts_of_bones(figure, ["finger", "hand control", "tail", "left_foot"])
    assert parts == {"finger": "left_arm", "hand control": "right_arm", "tail": "pelvis", "left_foot": "left_leg"}


def test_mirror_swaps_the_sides(scene: Any, figure: Any, motions: list[Motion]) -> None:
    scene.maquette.options.use_mirror = True
    review(scene, figure, motions)
    np.testing.assert_allclose(heads(figure), y_up_to_z_up(motions[0].mirrored().joints()[0]), atol=1e-5)


def test_the_hips_can_be_left_alone(scene: Any, figure: Any, motions: list[Motion]) -> None:
    from blender_addon.pose_state import PoseState

    before = PoseState.read(figure)
    scene.maquette.options.root = "KEEP"
    review(scene, figure, motions)
    assert turned_bones(figure, before) == set(JOINT_NAMES) - {"pelvis"}


def test_the_figure_can_face_the_camera(scene: Any, figure: Any, motions: list[Motion]) -> None:
    from blender_addon import takes

    scene.maquette.options.facing = "CAMERA"
    with pytest.raises(ValueError, match="no camera"):
        review(scene, figure, motions)
    camera = bpy.data.objects.new("Camera", bpy.data.cameras.new("Camera"))
    scene.collection.objects.link(camera)
    scene.camera = camera
    figure.rotation_euler = (0, 0, 0.6)
    camera.location = (4, 3, 1)
    takes.show(scene, 0)
    posed = heads(figure)
    left, right = (posed[JOINT_NAMES.index(f"{side}_hip")] for side in ("left", "right"))
    towards = np.array(figure.matrix_world.inverted() @ camera.matrix_world.translation) - posed[0]
    across = (left - right)[:2] / np.linalg.norm((left - right)[:2])
    forward = np.array([across[1], -across[0]])
    # Hips and heading are not quite the same, the hips of a body being tilted.
    assert forward @ (towards[:2] / np.linalg.norm(towards[:2])) > 0.99


def test_an_option_that_cannot_be_had_leaves_the_take_on(scene: Any, figure: Any, motions: list[Motion]) -> None:
    from blender_addon import generation

    review(scene, figure, motions)
    shown = digest(figure)
    scene.maquette.options.facing = "CAMERA"
    assert "no camera" in generation.status().text
    assert digest(figure) == shown
    scene.maquette.options.facing = "PROMPT"
    assert "by hand" not in generation.status().text
    assert digest(figure) == shown


def test_on_an_animated_figure_the_curves_decide_at_another_frame(
    scene: Any, figure: Any, motions: list[Motion]
) -> None:
    bone = figure.pose.bones["spine1"]
    for frame, angle in ((1, 0.0), (11, 1.0)):
        bone.rotation_quaternion = (np.cos(angle), np.sin(angle), 0, 0)
        bone.keyframe_insert("rotation_quaternion", frame=frame)
    scene.frame_set(1)
    figure.pose.bones["neck"].location = (0, 0.05, 0)
    review(scene, figure, motions)
    scene.frame_set(6)
    bpy.ops.pose.maquette_try_take(index=1)
    np.testing.assert_allclose(heads(figure), y_up_to_z_up(motions[1].joints()[0]), atol=1e-5)
    bpy.ops.pose.maquette_discard_takes()
    halfway = bone.rotation_quaternion.to_axis_angle()[1]
    scene.frame_set(6)
    assert bone.rotation_quaternion.to_axis_angle()[1] == halfway and halfway > 0.5
    assert tuple(figure.pose.bones["neck"].location) == pytest.approx((0, 0.05, 0))
    assert figure.pose.bones["head"]["switch"] == 0.25


def test_a_motion_is_tried_by_its_first_frame(scene: Any, figure: Any, random_motion: Callable[..., Motion]) -> None:
    motion = random_motion(num_frames=5)
    review(scene, figure, [motion])
    np.testing.assert_allclose(heads(figure), y_up_to_z_up(motion.joints()[0]), atol=1e-5)
    assert figure.animation_data is None


def test_a_figure_that_is_gone_can_only_be_given_up(scene: Any, figure: Any, motions: list[Motion]) -> None:
    review(scene, figure, motions)
    bpy.data.objects.remove(figure)
    with pytest.raises(RuntimeError, match="Choose the armature"):
        bpy.ops.pose.maquette_try_take(index=1)
    assert bpy.ops.pose.maquette_discard_takes() == {"FINISHED"}
    assert not scene.maquette.review.before


def test_a_take_that_is_not_there_is_refused(scene: Any, figure: Any, motions: list[Motion]) -> None:
    review(scene, figure, motions)
    with pytest.raises(RuntimeError, match="no take 9"):
        bpy.ops.pose.maquette_try_take(index=8)
    with pytest.raises(RuntimeError, match="no take 9"):
        bpy.ops.pose.maquette_mark_take(index=8)


def test_a_favourite_is_marked_and_unmarked(scene: Any, figure: Any, motions: list[Motion]) -> None:
    entry = review(scene, figure, motions)
    bpy.ops.pose.maquette_mark_take(index=3)
    bpy.ops.pose.maquette_mark_take()
    assert [take.is_favourite for take in entry.takes] == [True, False, False, True]
    bpy.ops.pose.maquette_mark_take(index=3)
    assert [take.is_favourite for take in entry.takes] == [True, False, False, False]


def test_what_a_take_changed_is_known(scene: Any, figure: Any, motions: list[Motion]) -> None:
    from blender_addon import takes

    with pytest.raises(ValueError, match="No take"):
        takes.last_change(scene)
    scene.maquette.options.bones = "PARTS"
    scene.maquette.options.parts = (False,) * 5 + (True, False)
    review(scene, figure, motions)
    during = takes.last_change(scene)
    bpy.ops.pose.maquette_keep_take()
    target, changed = takes.last_change(scene)
    assert during == (target, changed) == (figure, changed)
    assert set(changed) == {JOINT_NAMES[joint] for joint in LIMBS["left_arm"]}
    assert changed["left_elbow"] == ["rotation_euler"]
    assert changed["left_wrist"] == ["rotation_quaternion"]

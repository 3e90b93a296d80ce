# SPDX-License-Identifier: GPL-3.0-or-later
"""Many prompts of a text in a real Blender: a row of figures, keyframes, assets; all or nothing."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from blender_addon.core.axes import y_up_to_z_up
from blender_addon.core.motion import Motion
from blender_addon.core.skeleton import JOINT_NAMES

bpy = pytest.importorskip("bpy", reason="needs Blender as a module: pip install bpy")

PROMPTS = ("a person waves", "a person kneels", "a person jumps")


def heads(armature: Any) -> np.ndarray:
    bpy.context.view_layer.update()
    return np.array([armature.pose.bones[name].head for name in JOINT_NAMES])


def digest(armature: Any) -> str:
    from blender_addon.pose_state import PoseState

    return PoseState.read(armature).digest()


@pytest.fixture
def text(scene: Any) -> Any:
    """A text as people write them."""
    block = bpy.data.texts.new("prompts")
    block.write(f"# my poses\n{PROMPTS[0]}\n\n  {PROMPTS[1]}  \n   # not this\n{PROMPTS[2]}\n\n")
    scene.maquette.prompts_text = block
    return block


@pytest.fixture
def figure(scene: Any) -> Any:
    bpy.ops.object.maquette_add_smpl()
    scene.frame_set(5)
    return scene.maquette.target


@pytest.fixture
def poses(random_motion: Callable[..., Motion]) -> list[Motion]:
    return [random_motion(seed=seed) for seed in range(3)]


def receive(scene: Any, target: Any, purpose: str, poses: list[Motion]) -> str:
    """Take in an answer that came for the text."""
    from blender_addon import text_prompts
    from blender_addon.generation import Answer, Order, _draw_pictures

    order = Order(PROMPTS, 1, purpose=purpose)  # type: ignore[arg-type]
    answer = Answer(order, tuple((pose,) for pose in poses), (1,))
    if purpose == "ASSETS":
        answer = replace(answer, pictures=_draw_pictures(answer))
        deadline = time.monotonic() + 60
        while answer.pictures is not None and not answer.pictures.is_done:
            assert time.monotonic() < deadline
            time.sleep(0.01)
    return text_prompts.receive(scene, answer, target)


def test_every_line_is_asked_for(scene: Any, figure: Any, text: Any, server: Any) -> None:
    from blender_addon import generation

    assert bpy.ops.pose.maquette_generate_all(use="KEYFRAMES") == {"FINISHED"}
    deadline = time.monotonic() + 20
    while not server.requests:
        assert time.monotonic() < deadline
        generation.tick()
        time.sleep(0.005)
    bpy.ops.pose.maquette_cancel()
    assert server.requests[0].prompts == PROMPTS
    assert server.requests[0].num_samples == 1


def test_a_text_without_prompts_is_refused(scene: Any, figure: Any, server: Any) -> None:
    with pytest.raises(RuntimeError, match="Choose a text"):
        bpy.ops.pose.maquette_generate_all()
    bpy.data.texts.new("empty").write("\n# nothing\n")
    with pytest.raises(RuntimeError, match="has no prompts"):
        bpy.ops.pose.maquette_generate_all(text="empty")
    bpy.data.texts.new("long").write("a person\n" * 65)
    with pytest.raises(RuntimeError, match="65 prompts"):
        bpy.ops.pose.maquette_generate_all(text="long")
    scene.maquette.prompts_text = bpy.data.texts["long"]
    scene.maquette.asset_library = "nowhere"
    bpy.data.texts["long"].clear()
    bpy.data.texts["long"].write("a person")
    with pytest.raises(RuntimeError, match="no asset library"):
        bpy.ops.pose.maquette_generate_all(use="ASSETS")


def test_a_row_of_figures_stands_beside_the_target(scene: Any, figure: Any, text: Any, poses: list[Motion]) -> None:
    figure.rotation_euler = (0, 0, np.pi / 2)
    bpy.context.view_layer.update()
    before = digest(figure)
    scene.maquette.prompts_spacing = 2.0
    said = receive(scene, figure, "ROW", poses)
    assert said == "Made 3 figures in the collection 'Row of Figures'."
    assert digest(figure) == before
    row = [thing for thing in bpy.data.collections["Row of Figures"].objects if thing.type == "ARMATURE"]
    assert len(row) == 3
    for number, (armature, pose) in enumerate(zip(row, poses, strict=True), start=1):
        np.testing.assert_allclose(heads(armature), y_up_to_z_up(pose.joints()[0]), atol=1e-5)
        np.testing.assert_allclose(armature.matrix_world.translation, (0, 2.0 * number, 0), atol=1e-5)
        assert PROMPTS[number - 1] in armature.name
        (body,) = armature.children
        assert body.modifiers["Armature"].object == armature
        assert body.data == figure.children[0].data


def test_the_figures_of_a_row_are_their_own(scene: Any, figure: Any, poses: list[Motion]) -> None:
    figure.pose.bones["head"].keyframe_insert("location", frame=1)
    limit = figure.pose.bones["left_wrist"].constraints.new("COPY_ROTATION")
    limit.target, limit.subtarget, limit.influence = figure, "right_wrist", 0.5
    curve = figure.pose.bones["left_foot"].driver_add("scale", 0)
    variable = curve.driver.variables.new()
    variable.targets[0].id, variable.targets[0].data_path = figure, 'pose.bones["head"].scale[0]'
    receive(scene, figure, "ROW", poses)
    (copy, *_) = [thing for thing in bpy.data.collections["Row of Figures"].objects if thing.type == "ARMATURE"]
    assert copy.pose.bones["left_wrist"].constraints[0].target == copy
    assert copy.animation_data.drivers[0].driver.variables[0].targets[0].id == copy
    assert copy.animation_data.action is None
    assert figure.animation_data.action is not None
    assert figure.pose.bones["left_wrist"].constraints[0].target == figure


def test_a_row_that_cannot_be_leaves_nothing_behind(scene: Any, figure: Any, poses: list[Motion]) -> None:
    scene.maquette.options.facing = "CAMERA"
    count = len(bpy.data.objects)
    with pytest.raises(ValueError, match="no camera"):
        receive(scene, figure, "ROW", poses)
    assert len(bpy.data.objects) == count and "Row of Figures" not in bpy.data.collections


def test_the_prompts_become_keyframes(scene: Any, figure: Any, poses: list[Motion]) -> None:
    scene.maquette.prompts_step = 10
    said = receive(scene, figure, "KEYFRAMES", poses)
    assert said.startswith("Inserted 3 poses from frame 5 to 25. Keyed 22 bones")
    for number, pose in enumerate(poses):
        scene.frame_set(5 + 10 * number)
        np.testing.assert_allclose(heads(figure), y_up_to_z_up(pose.joints()[0]), atol=1e-4)


def test_keyframes_do_not_go_into_a_shared_action(scene: Any, figure: Any, poses: list[Motion]) -> None:
    figure.pose.bones["head"].keyframe_insert("location", frame=1)
    twin = bpy.data.objects.new("Twin", figure.data)
    scene.collection.objects.link(twin)
    twin.animation_data_create().action = figure.animation_data.action
    twin.animation_data.action_slot = figure.animation_data.action_slot
    before = digest(figure)
    with pytest.raises(ValueError, match="moves Twin as well"):
        receive(scene, figure, "KEYFRAMES", poses)
    assert digest(figure) == before


def test_the_prompts_become_assets(scene: Any, figure: Any, poses: list[Motion]) -> None:
    before = digest(figure)
    assert receive(scene, figure, "ASSETS", poses) == "Saved 3 poses in this file."
    assert digest(figure) == before
    assert {action.name for action in bpy.data.actions} == set(PROMPTS)
    figure.pose.apply_pose_from_action(bpy.data.actions["a person jumps"], evaluation_time=1.0)
    np.testing.assert_allclose(heads(figure), y_up_to_z_up(poses[2].joints()[0]), atol=1e-5)

# SPDX-License-Identifier: GPL-3.0-or-later
"""Locks, pins and changes in a real Blender: read from the rig and the panel, and sent as the server's conditions."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from blender_addon.core.motion import Motion
from blender_addon.core.protocol import Generate
from blender_addon.core.skeleton import JOINT_NAMES, LIMBS

bpy = pytest.importorskip("bpy", reason="needs Blender as a module: pip install bpy")


@pytest.fixture
def pose(random_motion: Callable[..., Motion]) -> Motion:
    return random_motion(seed=3)


@pytest.fixture
def figure(scene: Any, pose: Motion) -> Any:
    """A figure in a pose."""
    from blender_addon.armature import apply_motion

    bpy.ops.object.maquette_add_smpl()
    armature = scene.maquette.target
    scene.maquette.prompt = "a person waves"
    apply_motion(armature, pose)
    return armature


def select(armature: Any, *names: str) -> None:
    for bone in armature.pose.bones:
        owner = bone if hasattr(bone, "select") else bone.bone
        owner.select = bone.name in names


def sent(server: Any, operator: str, **properties: Any) -> Generate:
    """Press a button and wait until the server has the request; what it is."""
    from blender_addon import generation

    count = len(server.requests)
    assert getattr(bpy.ops.pose, operator)(**properties) == {"FINISHED"}
    deadline = time.monotonic() + 20
    while len(server.requests) == count:
        assert time.monotonic() < deadline, generation.status()
        generation.tick()
        time.sleep(0.005)
    bpy.ops.pose.maquette_cancel()
    request = server.requests[-1]
    assert isinstance(request, Generate)
    return request


def lock(scene: Any, *limbs: str) -> None:
    from blender_addon.properties import LIMB_NAMES

    scene.maquette.editing.locked = [limb in limbs for limb in LIMB_NAMES]


def pin(scene: Any, *names: str) -> None:
    from blender_addon.properties import PIN_NAMES

    scene.maquette.editing.pins = [name in names for name in PIN_NAMES]


def assert_same_pose(rotations: np.ndarray | None, translation: np.ndarray | None, pose: Motion) -> None:
    assert rotations is not None and translation is not None
    cosines = np.abs((rotations * pose.local_rotations[0]).sum(-1))
    assert np.degrees(2 * np.arccos(np.clip(cosines, -1, 1))).max() < 0.5
    np.testing.assert_allclose(translation, pose.root_translation[0], atol=2e-3)


def test_without_locks_nothing_is_asked_to_be_kept(figure: Any, server: Any) -> None:
    assert sent(server, "maquette_generate").reference_rotations is None


def test_locked_parts_are_sent_with_the_pose(scene: Any, figure: Any, server: Any, pose: Motion) -> None:
    lock(scene, "left_arm", "trunk")
    request = sent(server, "maquette_generate")
    assert set(request.locked_limbs) == {"left_arm", "trunk"}
    assert request.locked_joints == () and not request.edit and request.look_at is None
    assert_same_pose(request.reference_rotations, request.reference_translation, pose)


def test_selected_bones_are_locked_too(scene: Any, figure: Any, server: Any) -> None:
    select(figure, "left_elbow", "left_wrist", "neck")
    lock(scene, "left_arm")
    scene.maquette.editing.use_selected = True
    request = sent(server, "maquette_generate")
    assert request.locked_limbs == ("left_arm",)
    assert request.locked_joints == ("neck",)  # the arm's are locked as it is


def test_pinned_hands_and_feet_stay_where_they_are(scene: Any, figure: Any, server: Any, pose: Motion) -> None:
    pin(scene, "right_hand", "left_foot")
    request = sent(server, "maquette_generate")
    assert request.pinned_joints == ("right_wrist", "left_ankle", "left_foot")
    joints = pose.joints()[0]
    expected = [joints[JOINT_NAMES.index(name)] for name in request.pinned_joints]
    assert request.pin_positions is not None
    np.testing.assert_allclose(request.pin_positions, expected, atol=2e-3)


def test_the_head_looks_at_the_cursor_and_the_camera(scene: Any, figure: Any, server: Any) -> None:
    figure.location = (1, 2, 0)
    figure.rotation_euler = (0, 0, np.pi)
    scene.cursor.location = (1, 5, 1)  # 3 m before the figure, which faces +Y now
    scene.maquette.editing.look_at = "CURSOR"
    request = sent(server, "maquette_generate")
    assert request.look_at is not None
    np.testing.assert_allclose(request.look_at, (0, 1, 3), atol=0.02)
    scene.maquette.editing.look_at = "CAMERA"
    with pytest.raises(RuntimeError, match="no camera"):
        bpy.ops.pose.maquette_generate()
    camera = bpy.data.objects.new("Camera", bpy.data.cameras.new("Camera"))
    scene.collection.objects.link(camera)
    scene.camera = camera
    camera.location = (3, 2, 1)
    bpy.context.view_layer.update()
    request = sent(server, "maquette_generate")
    assert request.look_at is not None
    np.testing.assert_allclose(request.look_at, (-2, 1, 0), atol=0.02)
    lock(scene, "head")
    with pytest.raises(RuntimeError, match="head is locked"):
        bpy.ops.pose.maquette_generate()


def test_a_body_that_is_locked_whole_is_refused(scene: Any, figure: Any, server: Any) -> None:
    lock(scene, *LIMBS)
    with pytest.raises(RuntimeError, match="whole body is locked"):
        bpy.ops.pose.maquette_generate()


def test_a_change_by_words_takes_the_pose_along(scene: Any, figure: Any, server: Any, pose: Motion) -> None:
    with pytest.raises(RuntimeError, match="what is to be different"):
        bpy.ops.pose.maquette_change()
    scene.maquette.editing.words = "raises the left arm"
    request = sent(server, "maquette_change")
    assert request.prompts == ("raises the left arm",) and request.edit
    assert_same_pose(request.reference_rotations, request.reference_translation, pose)
    lock(scene, "head")
    pin(scene, "left_foot")
    request = sent(server, "maquette_change", words="bends the knees")
    assert request.prompts == ("bends the knees",)
    assert request.locked_limbs == ("head",) and len(request.pinned_joints) == 2


def test_what_is_posed_is_kept_and_the_rest_completed(scene: Any, server: Any) -> None:
    bpy.ops.object.maquette_add_smpl()
    armature = scene.maquette.target
    with pytest.raises(RuntimeError, match="Pose the bones to keep first"):
        bpy.ops.pose.maquette_complete()
    for name in ("left_shoulder", "head"):
        armature.pose.bones[name].rotation_quaternion = (0.9, 0.3, 0.1, 0.2)
    request = sent(server, "maquette_complete")
    assert set(request.locked_joints) == {"left_shoulder", "head"}
    assert request.prompts == ("a person",)
    assert armature.data.pose_position == "POSE"
    select(armature, "right_wrist")
    request = sent(server, "maquette_complete", keep="SELECTED", prompt="a person points")
    assert request.locked_joints == ("right_wrist",) and request.prompts == ("a person points",)
    select(armature, *JOINT_NAMES)
    with pytest.raises(RuntimeError, match="nothing to complete"):
        bpy.ops.pose.maquette_complete(keep="SELECTED")


def test_locks_follow_the_selection(scene: Any, figure: Any) -> None:
    from blender_addon.properties import LIMB_NAMES

    select(figure, "left_elbow", "right_foot")
    bpy.ops.pose.maquette_lock_selected()
    locked = {name for name, on in zip(LIMB_NAMES, scene.maquette.editing.locked, strict=True) if on}
    assert locked == {"left_arm", "right_leg"}
    pin(scene, "left_hand")
    scene.maquette.editing.look_at = "CURSOR"
    bpy.ops.pose.maquette_unlock()
    editing = scene.maquette.editing
    assert not any(editing.locked) and not any(editing.pins) and editing.look_at == "NONE"


def test_takes_made_with_conditions_are_not_moved_or_mirrored(
    scene: Any, figure: Any, pose: Motion, random_motion: Callable[..., Motion]
) -> None:
    from blender_addon import history, takes
    from blender_addon.core.axes import y_up_to_z_up
    from blender_addon.core.conditions import Conditions

    options = scene.maquette.options
    options.use_mirror, options.facing, options.root = True, "KEEP", "STAY"
    take = random_motion(seed=8)
    entry = history.add_entry(scene, "waves", [take], (1,), Conditions(pose, ("left_arm",)).to_text())
    takes.start_review(scene, entry, figure)
    takes.show(scene, 0)
    bpy.context.view_layer.update()
    heads = np.array([figure.pose.bones[name].head for name in JOINT_NAMES])
    np.testing.assert_allclose(heads, y_up_to_z_up(take.joints()[0]), atol=1e-4)


def test_the_same_again_keeps_the_same(scene: Any, figure: Any, pose: Motion) -> None:
    from blender_addon import history
    from blender_addon.core.conditions import Conditions
    from blender_addon.history_operators import repeated

    text = Conditions(pose, ("left_arm",), pins={"left_foot": (0.0, 0.0, 0.0)}).to_text()
    order = repeated(history.add_entry(scene, "waves", [pose], (5,), text), preview=False)
    assert order.conditions is not None
    assert order.conditions.locked_limbs == ("left_arm",) and "left_foot" in order.conditions.pins


def test_the_heading_and_the_place_can_stay(scene: Any, figure: Any, random_motion: Callable[..., Motion]) -> None:
    from dataclasses import replace

    from blender_addon import history, takes
    from blender_addon.armature import apply_motion, read_pose
    from blender_addon.placing import turned

    before = replace(turned(random_motion(seed=1), 1.0), root_translation=np.array([[0.5, 0.9, -0.4]]))
    apply_motion(figure, before)
    entry = history.add_entry(scene, "waves", [random_motion(seed=2)], (1,))
    takes.start_review(scene, entry, figure)
    scene.maquette.options.facing = "KEEP"
    scene.maquette.options.root = "STAY"
    after = read_pose(figure)
    assert after.heading()[0] == pytest.approx(before.heading()[0], abs=0.01)
    np.testing.assert_allclose(after.root_translation[0, [0, 2]], [0.5, -0.4], atol=2e-3)
    scene.maquette.options.facing = "PROMPT"
    assert read_pose(figure).heading()[0] == pytest.approx(random_motion(seed=2).heading()[0], abs=0.01)

# SPDX-License-Identifier: GPL-3.0-or-later
"""The operators as search and scripts call them: add the figure, apply a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from blender_addon.core.axes import y_up_to_z_up
from blender_addon.core.bvh import write_bvh
from blender_addon.core.motion import Motion
from blender_addon.core.skeleton import JOINT_NAMES

bpy = pytest.importorskip("bpy", reason="needs Blender as a module: pip install bpy")


def heads(armature: Any) -> np.ndarray:
    bpy.context.view_layer.update()
    return np.array([armature.pose.bones[name].head for name in JOINT_NAMES])


def test_adding_the_figure_makes_it_the_target_in_one_undo_step(scene: Any) -> None:
    bpy.ops.ed.undo_push(message="Empty")
    bpy.ops.object.maquette_add_smpl("EXEC_DEFAULT", True)
    assert bpy.context.scene.maquette.target.type == "ARMATURE"
    assert {thing.type for thing in bpy.data.objects} == {"ARMATURE", "MESH"}
    bpy.ops.ed.undo()
    assert len(bpy.data.objects) == 0
    bpy.ops.ed.redo()
    assert bpy.context.scene.maquette.target.name == "SMPL"


def test_two_figures_share_one_material(scene: Any) -> None:
    bpy.ops.object.maquette_add_smpl()
    bpy.ops.object.maquette_add_smpl()
    assert [material.name for material in bpy.data.materials] == ["Mannequin"]
    assert scene.maquette.target.name == "SMPL.001"


def test_the_figure_is_added_in_object_mode_only(scene: Any) -> None:
    bpy.ops.object.maquette_add_smpl()
    bpy.ops.object.mode_set(mode="POSE")
    assert not bpy.ops.object.maquette_add_smpl.poll()


@pytest.mark.parametrize("suffix", [".npz", ".json", ".bvh"])
def test_a_pose_file_is_applied(scene: Any, tmp_path: Path, random_motion: Callable[..., Motion], suffix: str) -> None:
    bpy.ops.object.maquette_add_smpl()
    motion = random_motion(seed=2)
    path = tmp_path / f"pose{suffix}"
    write_bvh(motion, path) if suffix == ".bvh" else motion.save(path)
    assert bpy.ops.pose.maquette_apply(filepath=str(path)) == {"FINISHED"}
    armature = scene.maquette.target
    np.testing.assert_allclose(heads(armature), y_up_to_z_up(motion.joints()[0]), atol=2e-4)
    assert armature.animation_data is None


def test_a_motion_file_becomes_an_action(scene: Any, tmp_path: Path, random_motion: Callable[..., Motion]) -> None:
    bpy.ops.object.maquette_add_smpl()
    random_motion(num_frames=4).save(tmp_path / "motion.npz")
    scene.render.fps = 20
    bpy.ops.pose.maquette_apply(filepath=str(tmp_path / "motion.npz"))
    action = scene.maquette.target.animation_data.action
    assert tuple(action.frame_range) == (1.0, 4.0)


def test_a_wrong_file_changes_nothing_and_says_why(scene: Any, tmp_path: Path) -> None:
    bpy.ops.object.maquette_add_smpl()
    before = heads(scene.maquette.target)
    path = tmp_path / "pose.npz"
    path.write_bytes(b"nothing")
    with pytest.raises(RuntimeError, match="not a saved motion"):
        bpy.ops.pose.maquette_apply(filepath=str(path))
    with pytest.raises(RuntimeError, match="No such file"):
        bpy.ops.pose.maquette_apply(filepath=str(tmp_path / "missing.json"))
    np.testing.assert_array_equal(heads(scene.maquette.target), before)


def test_every_operator_explains_itself(extension: Any) -> None:
    from blender_addon.operators import _CLASSES

    for cls in _CLASSES:
        assert cls.__doc__ and not cls.__doc__.endswith("."), "Blender ends tooltips with a full stop itself"
        assert cls.bl_label

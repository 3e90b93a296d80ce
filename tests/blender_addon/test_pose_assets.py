# SPDX-License-Identifier: GPL-3.0-or-later
"""Poses as assets in a real Blender: applied back they give the pose, with picture, catalogue, library."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from blender_addon.core.asset_catalogs import CATALOGS_FILE, ensure_catalog
from blender_addon.core.axes import y_up_to_z_up
from blender_addon.core.motion import Motion
from blender_addon.core.skeleton import JOINT_NAMES

bpy = pytest.importorskip("bpy", reason="needs Blender as a module: pip install bpy")


def heads(armature: Any) -> np.ndarray:
    bpy.context.view_layer.update()
    return np.array([armature.pose.bones[name].head for name in JOINT_NAMES])


@pytest.fixture
def library(scene: Any, tmp_path: Path) -> Iterator[Any]:
    """An asset library in the preferences."""
    made = bpy.context.preferences.filepaths.asset_libraries.new(name="Poses", directory=str(tmp_path))
    yield made
    bpy.context.preferences.filepaths.asset_libraries.remove(made)


@pytest.fixture
def figure(scene: Any, random_motion: Callable[..., Motion]) -> Any:
    """A figure with three takes under review, two bones of it in other rotation modes."""
    from blender_addon import history, takes

    bpy.ops.object.maquette_add_smpl()
    armature = scene.maquette.target
    armature.pose.bones["left_knee"].rotation_mode = "XYZ"
    armature.pose.bones["head"].rotation_mode = "AXIS_ANGLE"
    entry = history.add_entry(scene, "a person waves", [random_motion(seed=n) for n in range(3)], range(3))
    takes.start_review(scene, entry, armature)
    takes.show(scene, 0)
    scene.maquette.prompt = "a person waves"
    return armature


def clear(armature: Any) -> None:
    for bone in armature.pose.bones:
        bone.location = bone.rotation_euler = (0, 0, 0)
        bone.rotation_quaternion = (1, 0, 0, 0)
        bone.rotation_axis_angle = (0, 0, 1, 0)


def actions_in(path: Path) -> list[Any]:
    with bpy.data.libraries.load(str(path), link=False, assets_only=True) as (there, here):
        here.actions = there.actions
    return list(here.actions)


def test_a_pose_in_this_file_gives_the_pose_back(scene: Any, figure: Any, random_motion: Callable[..., Motion]) -> None:
    figure.pose.bones["left_wrist"]["grip"] = 0.75
    assert bpy.ops.pose.maquette_save_asset(asset_name="Wave") == {"FINISHED"}
    action = bpy.data.actions["Wave"]
    assert action.asset_data is not None and action.use_fake_user
    assert figure.animation_data is None  # the asset is not the figure's action
    clear(figure)
    figure.pose.bones["left_wrist"]["grip"] = 0.0
    figure.pose.apply_pose_from_action(action, evaluation_time=1.0)
    np.testing.assert_allclose(heads(figure), y_up_to_z_up(random_motion(seed=0).joints()[0]), atol=1e-5)
    assert figure.pose.bones["left_wrist"]["grip"] == pytest.approx(0.75)


def test_it_has_a_picture(figure: Any) -> None:
    bpy.ops.pose.maquette_save_asset(asset_name="Wave")
    preview = bpy.data.actions["Wave"].preview
    width, height = preview.image_size
    pixels = np.empty(width * height * 4, dtype=np.float32)
    preview.image_pixels_float.foreach_get(pixels)
    assert width == height == 256
    assert 0.05 < pixels.reshape(-1, 4)[:, 3].mean() < 0.6


def test_a_pose_goes_into_the_library_and_its_catalogue(
    scene: Any, figure: Any, library: Any, tmp_path: Path, random_motion: Callable[..., Motion]
) -> None:
    scene.maquette.asset_library = "Poses"
    scene.maquette.asset_catalog = "Maquette/Waving"
    assert bpy.ops.pose.maquette_save_asset() == {"FINISHED"}
    assert len(bpy.data.actions) == 0  # nothing is left behind in this file
    (file,) = tmp_path.rglob("*.blend")
    assert file == tmp_path / "Saved" / "Actions" / "a person waves.asset.blend"
    (action,) = actions_in(file)
    assert action.name == "a person waves"
    assert action.asset_data.catalog_id == ensure_catalog(tmp_path, "Maquette/Waving")
    assert tuple(action.preview.image_size) == (256, 256)
    clear(figure)
    figure.pose.apply_pose_from_action(action, evaluation_time=1.0)
    np.testing.assert_allclose(heads(figure), y_up_to_z_up(random_motion(seed=0).joints()[0]), atol=1e-5)
    bpy.ops.pose.maquette_save_asset()  # never over what is there
    assert len(list(tmp_path.rglob("*.blend"))) == 2


def test_the_whole_gallery_is_saved(
    scene: Any, figure: Any, library: Any, tmp_path: Path, random_motion: Callable[..., Motion]
) -> None:
    from blender_addon.pose_state import PoseState

    scene.maquette.asset_library = "Poses"
    bpy.ops.pose.maquette_try_take(index=1)
    shown = PoseState.read(figure).digest()
    assert bpy.ops.pose.maquette_save_gallery() == {"FINISHED"}
    assert PoseState.read(figure).digest() == shown
    files = sorted(tmp_path.rglob("*.blend"))
    assert [file.name for file in files] == [f"a person waves {n}.asset.blend" for n in (1, 2, 3)]
    (action,) = actions_in(files[2])
    assert action.asset_data.description == "a person waves (seed 2)"
    bpy.ops.pose.maquette_discard_takes()
    figure.pose.apply_pose_from_action(action, evaluation_time=1.0)
    np.testing.assert_allclose(heads(figure), y_up_to_z_up(random_motion(seed=2).joints()[0]), atol=1e-5)


def test_only_what_the_options_let_is_saved(scene: Any, figure: Any) -> None:
    scene.maquette.options.bones = "PARTS"
    scene.maquette.options.parts = (False,) * 5 + (True, False)
    bpy.ops.pose.maquette_save_asset(asset_name="Arm")
    action = bpy.data.actions["Arm"]
    bag = action.layers[0].strips[0].channelbag(action.slots[0])
    assert {curve.data_path.split('"')[1] for curve in bag.fcurves} == {
        "left_collar",
        "left_shoulder",
        "left_elbow",
        "left_wrist",
    }
    scene.maquette.options.parts = (False,) * 7
    with pytest.raises(RuntimeError, match="nothing to save"):
        bpy.ops.pose.maquette_save_asset()


def test_a_library_that_is_not_there_is_named(scene: Any, figure: Any, library: Any, tmp_path: Path) -> None:
    scene.maquette.asset_library = "Elsewhere"
    with pytest.raises(RuntimeError, match=r"no asset library 'Elsewhere'.*Poses"):
        bpy.ops.pose.maquette_save_asset()
    library.path = str(tmp_path / "gone")
    scene.maquette.asset_library = "Poses"
    with pytest.raises(RuntimeError, match=r"folder .* is not there"):
        bpy.ops.pose.maquette_save_asset()
    assert len(bpy.data.actions) == 0


def test_a_saved_file_has_catalogues_of_its_own(scene: Any, figure: Any, tmp_path: Path) -> None:
    from blender_addon import generation

    bpy.ops.pose.maquette_save_asset(asset_name="Early")
    assert "without a catalogue" in generation.status().text
    bpy.ops.wm.save_as_mainfile(filepath=str(tmp_path / "shot.blend"))
    bpy.ops.pose.maquette_save_asset(asset_name="Late")
    assert bpy.data.actions["Late"].asset_data.catalog_id == ensure_catalog(tmp_path, "Maquette")
    assert (tmp_path / CATALOGS_FILE).exists()


def test_names_that_files_cannot_have_are_changed(scene: Any, figure: Any, library: Any, tmp_path: Path) -> None:
    scene.maquette.asset_library = "Poses"
    bpy.ops.pose.maquette_save_asset(asset_name='up/down: "who?"')
    (file,) = tmp_path.rglob("*.blend")
    assert file.parent == tmp_path / "Saved" / "Actions"
    (action,) = actions_in(file)
    assert action.name == 'up/down: "who?"'

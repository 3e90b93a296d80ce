# SPDX-License-Identifier: GPL-3.0-or-later
"""Poses as assets: an action of one frame with a picture and a catalogue, in this file or in one of the libraries."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import bpy
import numpy as np
from bpy.types import Action, Object, UserAssetLibrary

from .body_parts import bones_of_poses, bones_to_move
from .core.asset_catalogs import ensure_catalog
from .gallery import fill_preview
from .pose_state import CHANNELS, PoseState, rotation_path
from .properties import MaquetteApplyOptions

_FRAME = 1.0
_AT_REST = 1e-6
_NOT_IN_FILE_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


@dataclass(frozen=True, eq=False)
class PoseAsset:
    """What becomes an asset."""

    name: str
    target: Object
    pose: PoseState
    """The pose of the target."""
    bones: Collection[str]
    """Those of its bones that the asset poses."""
    picture: np.ndarray
    """(S, S, 4) RGBA, bottom row first."""
    description: str = ""


def asset_bones(target: Object, pose: PoseState, options: MaquetteApplyOptions) -> set[str]:
    """The bones that an asset of a pose should pose: those that takes set or are not at rest, as the options let."""
    away = (np.abs(pose.channels["location"]) > _AT_REST).any(axis=-1)
    away |= (np.abs(pose.channels["scale"] - 1) > _AT_REST).any(axis=-1)
    for index, mode in enumerate(pose.rotation_modes):
        values = pose.channels[rotation_path(mode)][index]
        # The turn is told by the vector part of a quaternion, by the angle before an axis, by the angles.
        turns = {"QUATERNION": values[1:], "AXIS_ANGLE": values[:1]}.get(mode, values)
        away[index] |= bool((np.abs(turns) > _AT_REST).any())
    candidates = {name for name, is_away in zip(pose.bone_names, away, strict=True) if is_away}
    return bones_to_move(target, options, candidates | bones_of_poses(target))


def libraries() -> list[UserAssetLibrary]:
    """The asset libraries in the preferences."""
    return list(bpy.context.preferences.filepaths.asset_libraries)


def find_library(name: str) -> UserAssetLibrary | None:
    """The library of a name, None for this file (an empty name); ValueError when there is no such library or folder."""
    if not name.strip():
        return None
    library = next((one for one in libraries() if one.name == name.strip()), None)
    if library is None:
        known = ", ".join(one.name for one in libraries()) or "none"
        raise ValueError(f"There is no asset library '{name}' in the preferences; known are: {known}")
    if not Path(bpy.path.abspath(library.path)).is_dir():
        raise ValueError(f"The folder of the asset library '{name}' is not there: {library.path}")
    return library


def save_asset(asset: PoseAsset, library: UserAssetLibrary | None, catalog: str) -> str:
    """Write an asset; where it went, a sentence for the artist.

    Args:
        asset: what.
        library: where; None for this file.
        catalog: path of its catalogue, which is made if need be; empty for none.

    Raises OSError when a file cannot be written, ValueError when there is nothing to pose.
    """
    if not asset.bones:
        raise ValueError("No bone is to be posed, so there is nothing to save")
    folder = _library_folder(library)
    uid = ensure_catalog(folder, catalog) if catalog.strip() and folder is not None else ""
    action = _pose_action(asset)
    action.asset_mark()
    data = action.asset_data
    data.description = asset.description
    if uid:
        data.catalog_id = uid
    fill_preview(action.preview_ensure(), asset.picture)
    if library is None or folder is None:
        without = " without a catalogue, as the file was not saved yet" if catalog.strip() and not uid else ""
        return f"Saved '{action.name}' in this file{without}."
    file = _free_file(folder / "Saved" / "Actions", asset.name)
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        bpy.data.libraries.write(str(file), {action}, fake_user=True, compress=True)
    finally:
        bpy.data.actions.remove(action)
    return f"Saved '{asset.name}' in the library '{library.name}'."


def refresh_browsers() -> None:
    """Have open asset browsers read their libraries again."""
    for window in bpy.context.window_manager.windows:
        for area in window.screen.areas:
            if area.ui_type == "ASSETS":
                with bpy.context.temp_override(window=window, area=area):
                    if bpy.ops.asset.library_refresh.poll():
                        bpy.ops.asset.library_refresh()


def _library_folder(library: UserAssetLibrary | None) -> Path | None:
    """The folder with a library's catalogues; for this file its own, None while it was not saved."""
    if library is not None:
        return Path(bpy.path.abspath(library.path))
    if not bpy.data.filepath:
        return None
    own = Path(bpy.data.filepath).resolve().parent
    # A file inside a library's folder shows that library's catalogues.
    roots = [Path(bpy.path.abspath(one.path)).resolve() for one in libraries()]
    return next((root for root in roots if root == own or root in own.parents), own)


def _free_file(folder: Path, name: str) -> Path:
    stem = _NOT_IN_FILE_NAMES.sub("_", name).strip(" .")[:80] or "Pose"
    file, number = folder / f"{stem}.asset.blend", 1
    while file.exists():
        file, number = folder / f"{stem}_{number:03d}.asset.blend", number + 1
    return file


def _pose_action(asset: PoseAsset) -> Action:
    """A new action with one key for everything that the asset poses."""
    action = bpy.data.actions.new(asset.name)
    action.use_fake_user = True
    slot = action.slots.new(id_type="OBJECT", name=asset.target.name)
    bag = action.layers.new("Pose").strips.new(type="KEYFRAME").channelbag(slot, ensure=True)

    def key(path: str, index: int, value: float, group: object) -> None:
        curve = bag.fcurves.new(path, index=index)
        curve.group = group
        curve.keyframe_points.insert(_FRAME, value)

    for name in asset.pose.bone_names:
        if name not in asset.bones:
            continue
        bone = asset.target.pose.bones[name]
        index = asset.pose.indices[name]
        group = bag.groups.new(name)
        paths = [rotation_path(asset.pose.rotation_modes[index])]
        if not bone.bone.use_connect:
            paths.insert(0, "location")
        if not np.allclose(asset.pose.channels["scale"][index], 1, atol=1e-6):
            paths.append("scale")
        for path in paths:
            for component in range(CHANNELS[path]):
                value = float(asset.pose.channels[path][index, component])
                key(bone.path_from_id(path), component, value, group)
        for prop, number in asset.pose.properties.get(name, {}).items():
            if isinstance(number, bool | int | float):
                escaped = bpy.utils.escape_identifier(prop)
                key(f'{bone.path_from_id()}["{escaped}"]', 0, float(number), group)
    return action

# SPDX-License-Identifier: GPL-3.0-or-later
"""The operators that keep a pose for later: as keyframes and as assets."""
# mypy: disable-error-code="valid-type"
# (Blender reads properties from annotations that are calls.)

from __future__ import annotations

import bpy
from bpy.props import EnumProperty, StringProperty
from bpy.types import Context, Event, Operator

from . import generation, keyframes, live_preview, takes
from .armature import posable_armature, read_pose
from .core.motion_text import motion_to_text
from .draw_text import draw_wrapped
from .gallery import ASSET_PIXELS, FROM_THE_SIDE, draw_take, view_of
from .operators import refuse
from .pose_assets import PoseAsset, asset_bones, find_library, refresh_browsers, save_asset
from .pose_state import PoseState

_INTO_ITEMS = (
    ("OWN", "Own Action", "The figure's action, as long as nothing else uses it"),
    ("NEW", "New Action", "A new action; the present one stays in the file"),
    ("SHARED", "Shared Action", "The figure's action, even where others move with it"),
)


class POSE_OT_maquette_insert_keys(Operator):
    """Insert keyframes on what the last take changed, at the current frame; the active keying set is honoured"""

    bl_idname = "pose.maquette_insert_keys"
    bl_label = "Insert Keyframes"
    bl_options = {"REGISTER", "UNDO"}  # noqa: RUF012 - Blender's own form

    into: EnumProperty(name="Into", description="Which action gets the keys", items=_INTO_ITEMS, options={"SKIP_SAVE"})

    @classmethod
    def poll(cls, context: Context) -> bool:
        """A take must have changed something."""
        if not takes.is_open(context.scene) and context.scene.maquette.review.changed_target is None:
            cls.poll_message_set("Put a take on a figure first")
            return False
        return True

    def invoke(self, context: Context, _event: Event) -> set[str]:
        """Ask where the keys shall go when the figure's action is not its alone."""
        try:
            target, _ = takes.last_change(context.scene)
        except ValueError as error:
            return refuse(self, str(error))
        if self.into == "OWN" and keyframes.others_in_action(target):
            self.into = "NEW"
            return context.window_manager.invoke_props_dialog(self, width=320)
        return self.execute(context)

    def draw(self, context: Context) -> None:
        """Say what is the matter, and let choose."""
        target, _ = takes.last_change(context.scene)
        draw_wrapped(self.layout, context, f"{keyframes.others_in_action(target)}.", "ERROR", width=320)
        self.layout.prop(self, "into", expand=True)

    def execute(self, context: Context) -> set[str]:
        """Insert them."""
        scene = context.scene
        live_preview.end()
        try:
            target, changed = takes.last_change(scene)
            keyed = keyframes.insert_keys(scene, target, changed, self.into)
        except ValueError as error:
            return refuse(self, str(error))
        generation.note(str(keyed))
        self.report({"INFO"}, str(keyed))
        return {"FINISHED"}


class POSE_OT_maquette_save_asset(Operator):
    """Save the pose that is on the figure as an asset, with a picture, into the library and catalogue of the panel"""

    bl_idname = "pose.maquette_save_asset"
    bl_label = "Save Pose Asset"
    bl_options = {"REGISTER", "UNDO"}  # noqa: RUF012

    asset_name: StringProperty(
        name="Name", description="What the asset is called; empty for the prompt", options={"SKIP_SAVE"}
    )

    @classmethod
    def poll(cls, context: Context) -> bool:
        """There must be a figure."""
        return _has_figure(cls, context)

    def execute(self, context: Context) -> set[str]:
        """Save it."""
        scene = context.scene
        settings = scene.maquette
        live_preview.end()
        try:
            target = posable_armature(settings.target)
            pose = PoseState.read(target)
            name = self.asset_name.strip() or settings.prompt.strip() or "Pose"
            picture = draw_take(
                motion_to_text(read_pose(target)), view_of(context, target) + FROM_THE_SIDE, False, ASSET_PIXELS
            )
            bones = asset_bones(target, pose, settings.options)
            asset = PoseAsset(name, target, pose, bones, picture)
            said = save_asset(asset, find_library(settings.asset_library), settings.asset_catalog)
        except (OSError, RuntimeError, ValueError) as error:
            return refuse(self, str(error))
        refresh_browsers()
        generation.note(said)
        self.report({"INFO"}, said)
        return {"FINISHED"}


class POSE_OT_maquette_save_gallery(Operator):
    """Save all takes under review as assets, with pictures, into the library and catalogue of the panel"""

    bl_idname = "pose.maquette_save_gallery"
    bl_label = "Save All Takes as Assets"
    bl_options = {"REGISTER", "UNDO"}  # noqa: RUF012

    @classmethod
    def poll(cls, context: Context) -> bool:
        """There must be takes."""
        if not takes.is_open(context.scene):
            cls.poll_message_set("No takes are under review; generate some, or take some from the history")
            return False
        return True

    def execute(self, context: Context) -> set[str]:
        """Save them; the figure stays as it is."""
        scene = context.scene
        settings = scene.maquette
        live_preview.end()
        try:
            entry = takes.reviewed_entry(scene)
            target = takes.reviewed_target(scene)
            library = find_library(settings.asset_library)
            poses = takes.all_poses(scene)
            yaw = view_of(context, target) + FROM_THE_SIDE
            mirrored = settings.options.use_mirror and not entry.conditions
            for number, (take, pose) in enumerate(zip(entry.takes, poses, strict=True), start=1):
                picture = draw_take(take.motion, yaw, mirrored, ASSET_PIXELS)
                name = entry.prompt if len(poses) == 1 else f"{entry.prompt} {number}"
                told = f"{entry.prompt} (seed {take.seed})"
                bones = asset_bones(target, pose, settings.options)
                save_asset(PoseAsset(name, target, pose, bones, picture, told), library, settings.asset_catalog)
        except (OSError, RuntimeError, ValueError) as error:
            return refuse(self, str(error))
        refresh_browsers()
        where = f"the library '{library.name}'" if library is not None else "this file"
        said = f"Saved {len(poses)} takes in {where}."
        generation.note(said)
        self.report({"INFO"}, said)
        return {"FINISHED"}


def _has_figure(operator: type[Operator], context: Context) -> bool:
    if context.scene.maquette.target is None:
        operator.poll_message_set("Choose the armature under Target first")
        return False
    return True


_CLASSES = (POSE_OT_maquette_insert_keys, POSE_OT_maquette_save_asset, POSE_OT_maquette_save_gallery)


def register() -> None:
    """Make the operators known to Blender."""
    for cls in _CLASSES:
        bpy.utils.register_class(cls)


def unregister() -> None:
    """Remove them."""
    for cls in reversed(_CLASSES):
        bpy.utils.unregister_class(cls)

# SPDX-License-Identifier: GPL-3.0-or-later
"""The operators that keep a pose for later: as keyframes and as assets."""
# mypy: disable-error-code="valid-type"
# (Blender reads properties from annotations that are calls.)

from __future__ import annotations

import bpy
from bpy.props import EnumProperty
from bpy.types import Context, Event, Operator

from . import generation, keyframes, live_preview, takes
from .draw_text import draw_wrapped
from .operators import refuse

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


_CLASSES = (POSE_OT_maquette_insert_keys,)


def register() -> None:
    """Make the operators known to Blender."""
    for cls in _CLASSES:
        bpy.utils.register_class(cls)


def unregister() -> None:
    """Remove them."""
    for cls in reversed(_CLASSES):
        bpy.utils.unregister_class(cls)

# SPDX-License-Identifier: GPL-3.0-or-later
"""The operators that change a pose in part: complete what is posed, change it by words, lock from the selection."""
# mypy: disable-error-code="valid-type"
# (Blender reads properties from annotations that are calls.)

from __future__ import annotations

import bpy
from bpy.props import EnumProperty, StringProperty
from bpy.types import Context, Operator

from . import live_preview
from .armature import posable_armature
from .body_parts import joints_of_selection
from .core.skeleton import JOINT_NAMES, LIMBS
from .editing import completing_conditions, wanted_conditions
from .generation import Order
from .operators import ask, may_ask, new_seed, refuse
from .properties import LIMB_NAMES, PIN_NAMES

_ANYBODY = "a person"
"""What is asked for when a pose is to be completed and no prompt was typed."""
_KEEP_ITEMS = (
    ("POSED", "Posed Bones", "Bones that are turned away from rest stay; all others are completed"),
    ("SELECTED", "Selected Bones", "Bones that are selected stay; all others are completed"),
)


class POSE_OT_maquette_complete(Operator):
    """Keep the bones that are posed, and let the rest of the body follow; the prompt, if there is one, says how"""

    bl_idname = "pose.maquette_complete"
    bl_label = "Complete Pose"

    keep: EnumProperty(name="Keep", description="Which bones stay as they are", items=_KEEP_ITEMS)
    prompt: StringProperty(
        name="Prompt", description="What the figure does; empty for the prompt in the panel", options={"SKIP_SAVE"}
    )

    @classmethod
    def poll(cls, _context: Context) -> bool:
        """One request at a time."""
        return may_ask(cls)

    def execute(self, context: Context) -> set[str]:
        """Send the request."""
        settings = context.scene.maquette
        live_preview.end()
        try:
            kept = completing_conditions(posable_armature(settings.target), self.keep)
        except ValueError as error:
            return refuse(self, str(error))
        prompt = (self.prompt or settings.prompt).strip() or _ANYBODY
        if settings.use_new_seed:
            settings.seed = new_seed()
        order = Order((prompt,), settings.seed, settings.num_takes, preview=settings.use_preview, conditions=kept)
        return ask(self, order, settings.target)


class POSE_OT_maquette_change(Operator):
    """Change the pose that is on the figure as the words say; what they do not speak of stays"""

    bl_idname = "pose.maquette_change"
    bl_label = "Change by Words"

    words: StringProperty(
        name="Change", description="What is to be different; empty for the words in the panel", options={"SKIP_SAVE"}
    )

    @classmethod
    def poll(cls, _context: Context) -> bool:
        """One request at a time."""
        return may_ask(cls)

    def execute(self, context: Context) -> set[str]:
        """Send the request."""
        settings = context.scene.maquette
        words = (self.words or settings.editing.words).strip()
        if not words:
            return refuse(self, "Type first what is to be different")
        live_preview.end()
        try:
            kept = wanted_conditions(context.scene, posable_armature(settings.target), is_edit=True)
        except ValueError as error:
            return refuse(self, str(error))
        if settings.use_new_seed:
            settings.seed = new_seed()
        order = Order((words,), settings.seed, settings.num_takes, preview=settings.use_preview, conditions=kept)
        return ask(self, order, settings.target)


class POSE_OT_maquette_lock_selected(Operator):
    """Lock the parts of the body that have selected bones, and only those"""

    bl_idname = "pose.maquette_lock_selected"
    bl_label = "Lock from Selection"
    bl_options = {"REGISTER", "UNDO"}  # noqa: RUF012 - Blender's own form

    def execute(self, context: Context) -> set[str]:
        """Set the switches."""
        try:
            joints = joints_of_selection(posable_armature(context.scene.maquette.target))
        except ValueError as error:
            return refuse(self, str(error))
        chosen = {JOINT_NAMES.index(name) for name in joints}
        context.scene.maquette.editing.locked = [bool(chosen.intersection(LIMBS[limb])) for limb in LIMB_NAMES]
        return {"FINISHED"}


class POSE_OT_maquette_unlock(Operator):
    """Unlock the whole body, pull all pins, and let the head look anywhere"""

    bl_idname = "pose.maquette_unlock"
    bl_label = "Unlock All"
    bl_options = {"REGISTER", "UNDO"}  # noqa: RUF012

    def execute(self, context: Context) -> set[str]:
        """Set the switches back."""
        editing = context.scene.maquette.editing
        editing.locked = (False,) * len(LIMB_NAMES)
        editing.pins = (False,) * len(PIN_NAMES)
        editing.use_selected = False
        editing.look_at = "NONE"
        return {"FINISHED"}


_CLASSES = (
    POSE_OT_maquette_complete,
    POSE_OT_maquette_change,
    POSE_OT_maquette_lock_selected,
    POSE_OT_maquette_unlock,
)


def register() -> None:
    """Make the operators known to Blender."""
    for cls in _CLASSES:
        bpy.utils.register_class(cls)


def unregister() -> None:
    """Remove them."""
    for cls in reversed(_CLASSES):
        bpy.utils.unregister_class(cls)

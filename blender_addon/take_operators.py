# SPDX-License-Identifier: GPL-3.0-or-later
"""The operators of the review: try a take, step through them by button or arrow key, keep, discard."""
# mypy: disable-error-code="valid-type"
# (Blender reads properties from annotations that are calls.)

from __future__ import annotations

import bpy
from bpy.app.translations import pgettext_iface as iface_
from bpy.props import IntProperty
from bpy.types import Context, Event, Operator

from . import generation, live_preview, takes
from .operators import refuse


class _ReviewOperator:
    """What the operators of the review share."""

    @classmethod
    def poll(cls, context: Context) -> bool:
        """There must be something to review."""
        if not takes.is_open(context.scene):
            cls.poll_message_set(  # type: ignore[attr-defined]
                "No takes are under review; generate some, or take some from the history"
            )
            return False
        return True


class POSE_OT_maquette_try_take(_ReviewOperator, Operator):
    """Put this take on the figure; the pose from before is not lost until you keep the take"""

    bl_idname = "pose.maquette_try_take"
    bl_label = "Try Take"
    bl_options = {"REGISTER", "UNDO"}  # noqa: RUF012 - Blender's own form

    index: IntProperty(name="Take", description="Which take, from 0", min=0)

    def execute(self, context: Context) -> set[str]:
        """Show it."""
        return _try(self, context, self.index)


class POSE_OT_maquette_step_take(_ReviewOperator, Operator):
    """Put the next or the previous take on the figure"""

    bl_idname = "pose.maquette_step_take"
    bl_label = "Next Take"
    bl_options = {"REGISTER", "UNDO"}  # noqa: RUF012

    step: IntProperty(name="Step", description="How many takes onward; negative goes back", default=1)

    @classmethod
    def description(cls, _context: Context, properties: POSE_OT_maquette_step_take) -> str:
        """The tooltip says which way."""
        return "Put the previous take on the figure" if properties.step < 0 else "Put the next take on the figure"

    def execute(self, context: Context) -> set[str]:
        """Show it; after the last comes the first."""
        return _try(self, context, _stepped(context, self.step))


class POSE_OT_maquette_browse_takes(_ReviewOperator, Operator):
    """Step through the takes with the arrow keys: Enter keeps the one on the figure, Esc brings the old pose back"""

    bl_idname = "pose.maquette_browse_takes"
    bl_label = "Browse Takes"
    bl_options = {"REGISTER", "UNDO"}  # noqa: RUF012

    def invoke(self, context: Context, _event: Event) -> set[str]:
        """Listen to the keys until one ends it."""
        context.window_manager.modal_handler_add(self)
        _show_keys(context, True)
        return {"RUNNING_MODAL"}

    def modal(self, context: Context, event: Event) -> set[str]:
        """Do what the key says; all else goes to Blender, so that the view can be turned meanwhile."""
        if not takes.is_open(context.scene):  # ended by a button meanwhile
            _show_keys(context, False)
            return {"FINISHED"}
        if event.value != "PRESS":
            return {"PASS_THROUGH"}
        if event.type in _STEPS:
            _try(self, context, _stepped(context, _STEPS[event.type]))
            return {"RUNNING_MODAL"}
        if event.type == "M":
            context.scene.maquette.options.use_mirror = not context.scene.maquette.options.use_mirror
            return {"RUNNING_MODAL"}
        if event.type in ("RET", "NUMPAD_ENTER"):
            _show_keys(context, False)
            return _keep(self, context)
        if event.type in ("ESC", "RIGHTMOUSE"):
            _show_keys(context, False)
            return _discard(context)
        return {"PASS_THROUGH"}

    def cancel(self, context: Context) -> None:
        """Blender ends it, with the window or for another file; the review stays open."""
        _show_keys(context, False)

    def execute(self, context: Context) -> set[str]:
        """Without keys to listen to, show the next take."""
        return _try(self, context, _stepped(context, 1))


class POSE_OT_maquette_keep_take(_ReviewOperator, Operator):
    """Keep the pose that is on the figure, or bake the motion, and end the review"""

    bl_idname = "pose.maquette_keep_take"
    bl_label = "Keep"
    bl_options = {"REGISTER", "UNDO"}  # noqa: RUF012

    def execute(self, context: Context) -> set[str]:
        """Keep it."""
        return _keep(self, context)


class POSE_OT_maquette_discard_takes(_ReviewOperator, Operator):
    """Bring back exactly the pose from before the takes; the takes stay in the history"""

    bl_idname = "pose.maquette_discard_takes"
    bl_label = "Discard"
    bl_options = {"REGISTER", "UNDO"}  # noqa: RUF012

    def execute(self, context: Context) -> set[str]:
        """Bring it back."""
        return _discard(context)


class POSE_OT_maquette_mark_take(_ReviewOperator, Operator):
    """Mark this take as a favourite, or take the mark away; favourites never leave the history by themselves"""

    bl_idname = "pose.maquette_mark_take"
    bl_label = "Favourite Take"
    bl_options = {"REGISTER", "UNDO"}  # noqa: RUF012

    index: IntProperty(name="Take", description="Which take, from 0; -1 for the one on the figure", default=-1, min=-1)

    def execute(self, context: Context) -> set[str]:
        """Mark or unmark it."""
        try:
            entry = takes.reviewed_entry(context.scene)
            index = context.scene.maquette.review.active if self.index < 0 else self.index
            if index >= len(entry.takes):
                raise ValueError(f"There are {len(entry.takes)} takes, so there is no take {index + 1}")
        except ValueError as error:
            return refuse(self, str(error))
        entry.takes[index].is_favourite = not entry.takes[index].is_favourite
        return {"FINISHED"}


_STEPS = {"RIGHT_ARROW": 1, "DOWN_ARROW": 1, "LEFT_ARROW": -1, "UP_ARROW": -1}


def _stepped(context: Context, step: int) -> int:
    review = context.scene.maquette.review
    try:
        count = len(takes.reviewed_entry(context.scene).takes)
    except ValueError:
        return 0
    return (review.active + step) % count


def _try(operator: Operator, context: Context, index: int) -> set[str]:
    live_preview.end()
    try:
        trial = takes.show(context.scene, index)
    except ValueError as error:
        return refuse(operator, str(error))
    name = context.scene.maquette.review.target.name
    generation.note(takes.describe(trial.outcome, name, trial.notes))
    return {"FINISHED"}


def _keep(operator: Operator, context: Context) -> set[str]:
    live_preview.end()
    try:
        said = takes.keep(context.scene)
    except ValueError as error:
        return refuse(operator, str(error))
    generation.note(said)
    return {"FINISHED"}


def _discard(context: Context) -> set[str]:
    live_preview.end()
    takes.discard(context.scene)
    generation.note(iface_("The pose from before is back."))
    return {"FINISHED"}


def _show_keys(context: Context, shown: bool) -> None:
    """Say in the status bar what the keys do."""
    text = iface_("Arrows: next and previous take    M: mirror    Enter: keep    Esc: bring the old pose back")
    context.workspace.status_text_set(text if shown else None)


_CLASSES = (
    POSE_OT_maquette_try_take,
    POSE_OT_maquette_step_take,
    POSE_OT_maquette_browse_takes,
    POSE_OT_maquette_keep_take,
    POSE_OT_maquette_discard_takes,
    POSE_OT_maquette_mark_take,
)


def register() -> None:
    """Make the operators known to Blender."""
    for cls in _CLASSES:
        bpy.utils.register_class(cls)


def unregister() -> None:
    """Remove them."""
    for cls in reversed(_CLASSES):
        bpy.utils.unregister_class(cls)

# SPDX-License-Identifier: GPL-3.0-or-later
"""The operators of the history: try its takes again offline, ask for the same or for similar ones, tidy up."""
# mypy: disable-error-code="valid-type"
# (Blender reads properties from annotations that are calls.)

from __future__ import annotations

import bpy
from bpy.props import IntProperty
from bpy.types import Context, Operator, UI_UL_list, UILayout, UIList

from . import generation, history, live_preview, takes
from .armature import posable_armature
from .core.conditions import Conditions
from .core.motion_text import motion_from_text
from .generation import MAX_SAMPLES, Order
from .operators import ask, may_ask, new_seed, refuse
from .properties import MAX_TAKES, MaquetteEntry, MaquetteSettings

_ENTRY = "Number of the history's entry; 0 for the chosen line"


class _HistoryOperator:
    """What the operators of the history share."""

    @classmethod
    def poll(cls, context: Context) -> bool:
        """There must be a history."""
        if not context.scene.maquette.history:
            cls.poll_message_set("Nothing was generated in this scene yet")  # type: ignore[attr-defined]
            return False
        return True


class POSE_OT_maquette_recall(_HistoryOperator, Operator):
    """Put the takes of this line of the history under review again; no server is needed"""

    bl_idname = "pose.maquette_recall"
    bl_label = "Try Again"
    bl_options = {"REGISTER", "UNDO"}  # noqa: RUF012 - Blender's own form

    uid: IntProperty(name="Entry", description=_ENTRY, min=0, options={"SKIP_SAVE"})

    def execute(self, context: Context) -> set[str]:
        """Show the first favourite, or the first take."""
        scene = context.scene
        live_preview.end()
        try:
            entry = history.chosen_entry(scene, self.uid)
            target = posable_armature(scene.maquette.target)
            marked = [index for index, take in enumerate(entry.takes) if take.is_favourite]
            present = takes.start_review(scene, entry, target)
            trial = takes.show(scene, marked[0] if marked else 0, present)
        except ValueError as error:
            return refuse(self, str(error))
        generation.note(takes.describe(trial.outcome, target.name, trial.notes))
        return {"FINISHED"}


class POSE_OT_maquette_repeat(_HistoryOperator, Operator):
    """Ask the server for this line of the history again: the same prompt, seeds and conditions"""

    bl_idname = "pose.maquette_repeat"
    bl_label = "Same Seed Again"

    uid: IntProperty(name="Entry", description=_ENTRY, min=0, options={"SKIP_SAVE"})

    @classmethod
    def poll(cls, context: Context) -> bool:
        """There must be a history, and one request at a time."""
        return super().poll(context) and may_ask(cls)

    def execute(self, context: Context) -> set[str]:
        """Send the request."""
        settings = context.scene.maquette
        try:
            entry = history.chosen_entry(context.scene, self.uid)
            order = repeated(entry, settings.use_preview)
        except ValueError as error:
            return refuse(self, str(error))
        return ask(self, order, settings.target)


class POSE_OT_maquette_more_like(_HistoryOperator, Operator):
    """Ask for more takes of the same prompt, and show those that are most like this one"""

    bl_idname = "pose.maquette_more_like"
    bl_label = "More Like This"

    uid: IntProperty(
        name="Entry",
        description="Number of the history's entry; 0 for the takes under review, else for the chosen line",
        min=0,
        options={"SKIP_SAVE"},
    )
    index: IntProperty(
        name="Take",
        description="Which take, from 0; -1 for the one on the figure",
        default=-1,
        min=-1,
        options={"SKIP_SAVE"},
    )
    num_takes: IntProperty(
        name="Takes",
        description="How many to show; 0 for what the panel says",
        min=0,
        max=MAX_TAKES,
        options={"SKIP_SAVE"},
    )

    @classmethod
    def poll(cls, context: Context) -> bool:
        """There must be a history, and one request at a time."""
        return super().poll(context) and may_ask(cls)

    def execute(self, context: Context) -> set[str]:
        """Ask for many, to choose from."""
        scene, settings = context.scene, context.scene.maquette
        try:
            if takes.is_open(scene) and not self.uid:
                entry = takes.reviewed_entry(scene)
            else:
                entry = history.chosen_entry(scene, self.uid)
            index = self.index
            if index < 0:
                index = settings.review.active if takes.is_open(scene) and entry.uid == settings.review.entry else 0
            if index >= len(entry.takes):
                raise ValueError(f"There are {len(entry.takes)} takes, so there is no take {index + 1}")
            order = Order(
                (entry.prompt,),
                new_seed(),
                self.num_takes or settings.num_takes,
                preview=settings.use_preview,
                like=motion_from_text(entry.takes[index].motion),
                conditions=Conditions.from_text(entry.conditions),
            )
        except ValueError as error:
            return refuse(self, str(error))
        return ask(self, order, settings.target)


class POSE_OT_maquette_use_prompt(_HistoryOperator, Operator):
    """Put the prompt and the seed of this line of the history back into the panel"""

    bl_idname = "pose.maquette_use_prompt"
    bl_label = "Use This Prompt"
    bl_options = {"REGISTER", "UNDO"}  # noqa: RUF012

    uid: IntProperty(name="Entry", description=_ENTRY, min=0, options={"SKIP_SAVE"})

    def execute(self, context: Context) -> set[str]:
        """Copy them."""
        try:
            entry = history.chosen_entry(context.scene, self.uid)
        except ValueError as error:
            return refuse(self, str(error))
        context.scene.maquette.prompt = entry.prompt
        context.scene.maquette.seed = entry.seed
        return {"FINISHED"}


class POSE_OT_maquette_forget(_HistoryOperator, Operator):
    """Remove this line from the history, its takes with it"""

    bl_idname = "pose.maquette_forget"
    bl_label = "Remove from History"
    bl_options = {"REGISTER", "UNDO"}  # noqa: RUF012

    uid: IntProperty(name="Entry", description=_ENTRY, min=0, options={"SKIP_SAVE"})

    def execute(self, context: Context) -> set[str]:
        """Remove it."""
        try:
            history.remove_entry(context.scene, history.chosen_entry(context.scene, self.uid).uid)
        except ValueError as error:
            return refuse(self, str(error))
        return {"FINISHED"}


class POSE_OT_maquette_forget_others(_HistoryOperator, Operator):
    """Remove every line from the history that has no favourite and is not under review"""

    bl_idname = "pose.maquette_forget_others"
    bl_label = "Keep Favourites Only"
    bl_options = {"REGISTER", "UNDO"}  # noqa: RUF012

    def execute(self, context: Context) -> set[str]:
        """Remove them."""
        scene = context.scene
        for entry in reversed(list(scene.maquette.history)):
            if not history.has_favourite(entry) and not history.is_reviewed(scene, entry):
                history.remove_entry(scene, entry.uid)
        return {"FINISHED"}


class MAQUETTE_UL_history(UIList):
    """The lines of the history; Blender's own filter searches the prompts."""

    use_favourites: bpy.props.BoolProperty(
        name="Favourites", description="Show only what has a favourite take", default=False
    )

    def draw_item(
        self,
        _context: Context,
        layout: UILayout,
        _data: MaquetteSettings,
        item: MaquetteEntry,
        _icon: int,
        _active_data: MaquetteSettings,
        _active_name: str,
    ) -> None:
        """Draw one line: a star, the prompt, how many takes."""
        row = layout.row(align=True)
        row.label(text=item.prompt, icon="SOLO_ON" if history.has_favourite(item) else "SOLO_OFF", translate=False)
        count = row.row()
        count.alignment = "RIGHT"
        count.active = False
        count.label(text=str(len(item.takes)), translate=False)

    def draw_filter(self, _context: Context, layout: UILayout) -> None:
        """Draw what is below the list when its arrow is open."""
        row = layout.row(align=True)
        row.prop(self, "filter_name", text="", icon="VIEWZOOM")
        row.prop(self, "use_favourites", text="", icon="SOLO_ON")

    def filter_items(self, _context: Context, data: MaquetteSettings, name: str) -> tuple[list[int], list[int]]:
        """Which lines are shown; newest first as they are kept."""
        entries = getattr(data, name)
        shown = [self.bitflag_filter_item] * len(entries)
        if self.filter_name:
            shown = UI_UL_list.filter_items_by_name(self.filter_name, self.bitflag_filter_item, entries, "prompt")
        if self.use_favourites:
            shown = [flag if history.has_favourite(entry) else 0 for flag, entry in zip(shown, entries, strict=True)]
        return shown, []


def repeated(entry: MaquetteEntry, preview: bool) -> Order:
    """The order that an entry came from; ValueError when its seeds lie too far apart for one request."""
    seeds = tuple(take.seed for take in entry.takes)
    first, count = min(seeds), max(seeds) - min(seeds) + 1
    if count > MAX_SAMPLES:
        raise ValueError("The seeds of these takes are too far apart to ask for them at once")
    kept = Conditions.from_text(entry.conditions)
    return Order((entry.prompt,), first, len(seeds), preview=preview, only_seeds=seeds, conditions=kept)


_CLASSES = (
    POSE_OT_maquette_recall,
    POSE_OT_maquette_repeat,
    POSE_OT_maquette_more_like,
    POSE_OT_maquette_use_prompt,
    POSE_OT_maquette_forget,
    POSE_OT_maquette_forget_others,
    MAQUETTE_UL_history,
)


def register() -> None:
    """Make the operators and the list known to Blender."""
    for cls in _CLASSES:
        bpy.utils.register_class(cls)


def unregister() -> None:
    """Remove them."""
    for cls in reversed(_CLASSES):
        bpy.utils.unregister_class(cls)

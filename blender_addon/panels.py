# SPDX-License-Identifier: GPL-3.0-or-later
"""The sidebar tab, in the order of work: prompt and target, the takes, how they go on the rig, and what was before."""

from __future__ import annotations

import bpy
from bpy.app.translations import pgettext_iface as iface_
from bpy.types import Context, Panel, UILayout

from . import gallery, generation, takes
from .draw_text import draw_wrapped
from .editing_operators import (
    POSE_OT_maquette_change,
    POSE_OT_maquette_complete,
    POSE_OT_maquette_lock_selected,
    POSE_OT_maquette_unlock,
)
from .history_operators import (
    MAQUETTE_UL_history,
    POSE_OT_maquette_forget,
    POSE_OT_maquette_forget_others,
    POSE_OT_maquette_more_like,
    POSE_OT_maquette_recall,
    POSE_OT_maquette_repeat,
    POSE_OT_maquette_use_prompt,
)
from .operators import (
    OBJECT_OT_maquette_add_smpl,
    POSE_OT_maquette_apply,
    POSE_OT_maquette_cancel,
    POSE_OT_maquette_generate,
)
from .prompt_operators import POSE_OT_maquette_generate_all
from .properties import LIMB_LABELS, LIMB_NAMES, PIN_NAMES, TRANSLATION_CONTEXT, MaquetteEntry, MaquetteSettings
from .save_operators import (
    POSE_OT_maquette_insert_keys,
    POSE_OT_maquette_save_asset,
    POSE_OT_maquette_save_gallery,
)
from .take_operators import (
    POSE_OT_maquette_browse_takes,
    POSE_OT_maquette_discard_takes,
    POSE_OT_maquette_keep_take,
    POSE_OT_maquette_mark_take,
    POSE_OT_maquette_step_take,
    POSE_OT_maquette_try_take,
)

_THUMBNAIL_PIXELS = 84
"""The least width of a cell of the gallery, at a scale of the interface of 1."""
_BODY_DIAGRAM = (
    ("right_arm", "head", "left_arm"),
    ("right_hand", "trunk", "left_hand"),
    ("right_leg", "pelvis", "left_leg"),
    ("right_foot", "", "left_foot"),
)
"""Parts of the body and what can be pinned, as they lie when the figure faces the viewer, row by row."""


class _Sidebar:
    """Where the extension's panels are."""

    bl_category = "Maquette"
    bl_space_type = "VIEW_3D"
    bl_region_type = "UI"


class VIEW3D_PT_maquette(_Sidebar, Panel):
    """Words pose the rig."""

    bl_label = "Maquette"

    def draw(self, context: Context) -> None:
        """Draw what is needed every time."""
        layout = self.layout
        settings = context.scene.maquette
        layout.prop(settings, "prompt", text="", placeholder="a person kneels on one knee")
        column = layout.column()
        row = column.split(factor=0.28)
        row.label(text="Target")
        row.prop(settings, "target", text="", icon="ARMATURE_DATA")
        if settings.target is None:
            column.operator(OBJECT_OT_maquette_add_smpl.bl_idname, icon="ADD")
        status = generation.status()
        row = layout.row(align=True)
        row.scale_y = 1.4
        if status.kind == "WORKING":
            row.progress(factor=status.progress, text=status.text)
            row.operator(POSE_OT_maquette_cancel.bl_idname, text="", icon="X")
        else:
            row.operator(POSE_OT_maquette_generate.bl_idname, icon="PLAY")
            count = row.row(align=True)
            count.ui_units_x = 4
            count.prop(settings, "num_takes", text="")
            text = status.text
            if status.kind == "DONE" and takes.is_open(context.scene):  # that it is posed is to be seen below
                text = text.removeprefix(takes.posed(settings.review.target)).strip()
            if text:
                icons = {"DONE": "CHECKMARK", "ERROR": "ERROR", "IDLE": "INFO"}
                draw_wrapped(layout, context, text, icons[status.kind])


class VIEW3D_PT_maquette_takes(_Sidebar, Panel):
    """The takes under review."""

    bl_label = "Takes"
    bl_parent_id = "VIEW3D_PT_maquette"
    bl_order = 10

    @classmethod
    def poll(cls, context: Context) -> bool:
        """There must be some."""
        return takes.is_open(context.scene)

    def draw(self, context: Context) -> None:
        """Draw the gallery, and what ends the review."""
        layout, settings = self.layout, context.scene.maquette
        try:
            entry = takes.reviewed_entry(context.scene)
        except ValueError as error:
            draw_wrapped(layout, context, str(error), "ERROR")
        else:
            _draw_gallery(layout, context, entry)
            row = layout.row(align=True)
            row.operator(POSE_OT_maquette_step_take.bl_idname, text="", icon="TRIA_LEFT").step = -1
            row.operator(POSE_OT_maquette_browse_takes.bl_idname, text="Browse")
            row.operator(POSE_OT_maquette_step_take.bl_idname, text="", icon="TRIA_RIGHT").step = 1
            marked = 0 <= settings.review.active < len(entry.takes) and entry.takes[settings.review.active].is_favourite
            star = "SOLO_ON" if marked else "SOLO_OFF"
            row.operator(POSE_OT_maquette_mark_take.bl_idname, text="", icon=star).index = -1
            row.operator(POSE_OT_maquette_more_like.bl_idname, text="", icon="DUPLICATE")
            layout.prop(settings.options, "blend", slider=True)
        row = layout.row(align=True)
        row.scale_y = 1.2
        row.operator(POSE_OT_maquette_keep_take.bl_idname, icon="CHECKMARK")
        row.operator(POSE_OT_maquette_discard_takes.bl_idname, icon="LOOP_BACK")


class VIEW3D_PT_maquette_options(_Sidebar, Panel):
    """How a take gets onto the rig."""

    bl_label = "Apply Options"
    bl_parent_id = "VIEW3D_PT_maquette"
    bl_options = {"DEFAULT_CLOSED"}  # noqa: RUF012 - Blender's own form
    bl_order = 20

    def draw_header_preset(self, _context: Context) -> None:
        """Draw what opens the presets, where Blender has it."""
        layout = self.layout
        layout.emboss = "NONE"
        layout.popover(panel="VIEW3D_PT_maquette_presets", icon="PRESET", text="")

    def draw(self, context: Context) -> None:
        """Draw them; takes under review follow at once."""
        layout, options = self.layout, context.scene.maquette.options
        layout.use_property_split = True
        layout.use_property_decorate = False
        column = layout.column()
        column.prop(options, "bones")
        if options.bones == "PARTS":
            draw_body(column, options, "parts")
        column.prop(options, "root")
        column.prop(options, "facing")
        column.prop(options, "use_mirror")
        column.prop(options, "bake_to")


class VIEW3D_PT_maquette_editing(_Sidebar, Panel):
    """What new takes keep of the pose that is there."""

    bl_label = "Lock and Change"
    bl_parent_id = "VIEW3D_PT_maquette"
    bl_options = {"DEFAULT_CLOSED"}  # noqa: RUF012
    bl_order = 30

    def draw_header(self, context: Context) -> None:
        """Draw a lock where something is locked, which is not to be forgotten."""
        editing = context.scene.maquette.editing
        if any(editing.locked) or any(editing.pins) or editing.use_selected or editing.look_at != "NONE":
            self.layout.label(text="", icon="LOCKED")

    def draw(self, context: Context) -> None:
        """Draw the body with its locks and pins, then what changes the pose in part."""
        layout, editing = self.layout, context.scene.maquette.editing
        draw_body(layout, editing, "locked", pins="pins")
        row = layout.row(align=True)
        row.prop(editing, "use_selected", toggle=True)
        row.operator(POSE_OT_maquette_lock_selected.bl_idname, text="", icon="RESTRICT_SELECT_OFF")
        row.operator(POSE_OT_maquette_unlock.bl_idname, text="", icon="UNLOCKED")
        row = layout.split(factor=0.28)
        row.label(text="Look", text_ctxt=TRANSLATION_CONTEXT)
        row.prop(editing, "look_at", text="")
        column = layout.column(align=True)
        column.prop(editing, "words", text="", placeholder="raises the left arm")
        column.operator(POSE_OT_maquette_change.bl_idname, icon="GREASEPENCIL")
        layout.operator_menu_enum(POSE_OT_maquette_complete.bl_idname, "keep", icon="ARMATURE_DATA")


class VIEW3D_PT_maquette_save(_Sidebar, Panel):
    """Keep a pose for later."""

    bl_label = "Keyframes and Assets"
    bl_parent_id = "VIEW3D_PT_maquette"
    bl_options = {"DEFAULT_CLOSED"}  # noqa: RUF012
    bl_order = 40

    def draw(self, context: Context) -> None:
        """Draw the ways to."""
        layout, settings = self.layout, context.scene.maquette
        layout.operator(POSE_OT_maquette_insert_keys.bl_idname, icon="KEYFRAME")
        column = layout.column()
        column.use_property_split = True
        column.use_property_decorate = False
        column.prop(settings, "asset_library", placeholder="This File", icon="ASSET_MANAGER")
        column.prop(settings, "asset_catalog", icon="OUTLINER_COLLECTION")
        column = layout.column(align=True)
        column.operator(POSE_OT_maquette_save_asset.bl_idname, icon="ADD")
        column.operator(POSE_OT_maquette_save_gallery.bl_idname, icon="IMGDISPLAY")


class VIEW3D_PT_maquette_prompts(_Sidebar, Panel):
    """Many prompts at once."""

    bl_label = "Prompts from Text"
    bl_parent_id = "VIEW3D_PT_maquette"
    bl_options = {"DEFAULT_CLOSED"}  # noqa: RUF012
    bl_order = 50

    def draw(self, context: Context) -> None:
        """Draw which text, and what becomes of it."""
        layout, settings = self.layout, context.scene.maquette
        layout.template_ID(settings, "prompts_text", new="text.new", open="text.open")
        column = layout.column()
        column.use_property_split = True
        column.use_property_decorate = False
        column.prop(settings, "prompts_use")
        if settings.prompts_use == "ROW":
            column.prop(settings, "prompts_spacing")
        elif settings.prompts_use == "KEYFRAMES":
            column.prop(settings, "prompts_step")
        layout.operator(POSE_OT_maquette_generate_all.bl_idname, icon="PLAY")


class VIEW3D_PT_maquette_history(_Sidebar, Panel):
    """What was generated in this scene."""

    bl_label = "History"
    bl_translation_context = TRANSLATION_CONTEXT
    bl_parent_id = "VIEW3D_PT_maquette"
    bl_options = {"DEFAULT_CLOSED"}  # noqa: RUF012
    bl_order = 60

    def draw(self, context: Context) -> None:
        """Draw the lines, and what can be done with the chosen one."""
        layout, settings = self.layout, context.scene.maquette
        row = layout.row()
        row.template_list(
            MAQUETTE_UL_history.__name__, "", settings, "history", settings, "history_index", rows=4, maxrows=8
        )
        column = row.column(align=True)
        column.operator(POSE_OT_maquette_forget.bl_idname, text="", icon="REMOVE")
        column.operator(POSE_OT_maquette_forget_others.bl_idname, text="", icon="SOLO_ON")
        if 0 <= settings.history_index < len(settings.history):
            entry = settings.history[settings.history_index]
            column = layout.column(align=True)
            column.operator(POSE_OT_maquette_recall.bl_idname, icon="RECOVER_LAST")
            row = column.row(align=True)
            row.operator(POSE_OT_maquette_repeat.bl_idname, text="Same Seed")
            row.operator(POSE_OT_maquette_use_prompt.bl_idname, text="Use Prompt")
            column = layout.column(align=True)
            column.active = False
            column.scale_y = 0.8
            column.label(text=f"{iface_('Seed')} {entry.seed}", translate=False)
            column.label(text=entry.made, translate=False)


class VIEW3D_PT_maquette_settings(_Sidebar, Panel):
    """What is seldom changed."""

    bl_label = "Settings"
    bl_parent_id = "VIEW3D_PT_maquette"
    bl_options = {"DEFAULT_CLOSED"}  # noqa: RUF012
    bl_order = 70

    def draw(self, context: Context) -> None:
        """Draw it."""
        layout, settings = self.layout, context.scene.maquette
        column = layout.column()
        column.use_property_split = True
        column.use_property_decorate = False
        column.prop(settings, "use_new_seed")
        row = column.row()
        row.enabled = not settings.use_new_seed
        row.prop(settings, "seed")
        column.prop(settings, "use_preview")
        layout.operator(POSE_OT_maquette_apply.bl_idname, icon="ARMATURE_DATA")


def _draw_gallery(layout: UILayout, context: Context, entry: MaquetteEntry) -> None:
    """Draw a picture of every take, each above the button that tries it."""
    settings: MaquetteSettings = context.scene.maquette
    scale = context.preferences.system.ui_scale
    columns = max(2, min(len(entry.takes), int(context.region.width / scale / _THUMBNAIL_PIXELS)))
    yaw = gallery.view_of(context, settings.review.target)
    grid = layout.grid_flow(row_major=True, columns=columns, even_columns=True, even_rows=True, align=True)
    for index, take in enumerate(entry.takes):
        cell = grid.column(align=True)
        icon = gallery.icon_of(take.motion, yaw, settings.options.use_mirror)
        cell.template_icon(icon_value=icon, scale=4.0)
        button = cell.operator(
            POSE_OT_maquette_try_take.bl_idname,
            text=str(index + 1),
            icon="SOLO_ON" if take.is_favourite else "NONE",
            depress=index == settings.review.active,
            translate=False,
        )
        button.index = index


def draw_body(layout: UILayout, data: bpy.types.PropertyGroup, name: str, pins: str = "") -> None:
    """Draw switches for the parts of the body, laid out like a figure that faces the viewer.

    Args:
        layout: where.
        data: the group whose switches they are.
        name: of its vector of switches, one for each of `LIMB_NAMES`.
        pins: of its vector of switches for hands and feet, one for each of `PIN_NAMES`; empty for none.
    """
    column = layout.column(align=True)
    column.use_property_split = False
    shown = {*LIMB_NAMES, *(PIN_NAMES if pins else ())}
    for parts in (parts for parts in _BODY_DIAGRAM if shown.intersection(parts)):
        row = column.row(align=True)
        for part in parts:
            if part in LIMB_NAMES:
                row.prop(data, name, index=LIMB_NAMES.index(part), text=LIMB_LABELS[part], toggle=True)
            elif pins and part in PIN_NAMES:
                icon = "PINNED" if getattr(data, pins)[PIN_NAMES.index(part)] else "UNPINNED"
                text = part.partition("_")[2].capitalize()
                row.prop(data, pins, index=PIN_NAMES.index(part), text=text, icon=icon, toggle=True)
            else:
                row.label(text="")


_CLASSES = (
    VIEW3D_PT_maquette,
    VIEW3D_PT_maquette_takes,
    VIEW3D_PT_maquette_options,
    VIEW3D_PT_maquette_editing,
    VIEW3D_PT_maquette_save,
    VIEW3D_PT_maquette_prompts,
    VIEW3D_PT_maquette_history,
    VIEW3D_PT_maquette_settings,
)


def register() -> None:
    """Add the tab."""
    for cls in _CLASSES:
        bpy.utils.register_class(cls)


def unregister() -> None:
    """Remove it."""
    for cls in reversed(_CLASSES):
        bpy.utils.unregister_class(cls)

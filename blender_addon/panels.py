# SPDX-License-Identifier: GPL-3.0-or-later
"""The sidebar tab: prompt, target, Generate, and one line that says how it goes."""

from __future__ import annotations

import textwrap

import bpy
from bpy.types import Context, Menu, Panel, UILayout

from . import generation
from .operators import (
    OBJECT_OT_maquette_add_smpl,
    POSE_OT_maquette_apply,
    POSE_OT_maquette_cancel,
    POSE_OT_maquette_generate,
)
from .properties import MaquetteSettings

_PIXELS_A_LETTER = 6.5


class VIEW3D_PT_maquette(Panel):
    """Words pose the rig."""

    bl_label = "Maquette"
    bl_category = "Maquette"
    bl_space_type = "VIEW_3D"
    bl_region_type = "UI"

    def draw(self, context: Context) -> None:
        """Draw the panel in the order of work."""
        layout = self.layout
        settings = context.scene.maquette
        layout.prop(settings, "prompt", text="", placeholder="a person kneels on one knee")
        column = layout.column()
        row = column.split(factor=0.28)
        row.label(text="Target")
        row.prop(settings, "target", text="", icon="ARMATURE_DATA")
        if settings.target is None:
            column.operator(OBJECT_OT_maquette_add_smpl.bl_idname, icon="ADD")
        row = layout.row(align=True)
        row.scale_y = 1.4
        status = generation.status()
        if status.kind == "WORKING":
            row.progress(factor=status.progress, text=status.text)
            row.operator(POSE_OT_maquette_cancel.bl_idname, text="", icon="X")
        else:
            row.operator(POSE_OT_maquette_generate.bl_idname, icon="PLAY")
            if status.text:
                icons = {"DONE": "CHECKMARK", "ERROR": "ERROR", "IDLE": "INFO"}
                _draw_wrapped(layout, context, status.text, icons[status.kind])
        # Not a panel class of its own: that would slide over the status text whenever its height changes.
        header, body = layout.panel("VIEW3D_PT_maquette_options", default_closed=True)
        header.label(text="Options")
        if body is not None:
            _draw_options(body, settings)


def _draw_options(layout: UILayout, settings: MaquetteSettings) -> None:
    """Draw what is seldom changed."""
    column = layout.column()
    column.use_property_split = True
    column.use_property_decorate = False
    column.prop(settings, "use_new_seed")
    row = column.row()
    row.enabled = not settings.use_new_seed
    row.prop(settings, "seed")
    layout.operator(POSE_OT_maquette_apply.bl_idname, icon="ARMATURE_DATA")


def _draw_wrapped(layout: UILayout, context: Context, text: str, icon: str) -> None:
    """Draw a text over as many lines as the sidebar's width needs."""
    scale = context.preferences.system.ui_scale
    letters = max(16, int((context.region.width / scale - 60) / _PIXELS_A_LETTER))
    column = layout.column(align=True)
    column.scale_y = 0.8
    for number, line in enumerate(textwrap.wrap(text, letters)):
        column.label(text=line, icon=icon if number == 0 else "BLANK1")


def _draw_add_menu(menu: Menu, _context: Context) -> None:
    menu.layout.operator(OBJECT_OT_maquette_add_smpl.bl_idname, text="SMPL (Maquette)", icon="OUTLINER_OB_ARMATURE")


def register() -> None:
    """Add the tab, and the entry in the Add > Armature menu."""
    bpy.utils.register_class(VIEW3D_PT_maquette)
    bpy.types.VIEW3D_MT_armature_add.append(_draw_add_menu)


def unregister() -> None:
    """Remove them."""
    bpy.types.VIEW3D_MT_armature_add.remove(_draw_add_menu)
    bpy.utils.unregister_class(VIEW3D_PT_maquette)

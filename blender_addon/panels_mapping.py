# SPDX-License-Identifier: GPL-3.0-or-later
"""The subpanel about the target's rig: whose it is, what is mapped, what is kept, and the mapping bone by bone."""

from __future__ import annotations

import bpy
from bpy.app.translations import pgettext_iface as iface_
from bpy.types import Context, Menu, Object, Panel, UILayout

from . import rigify
from .armature import describe_rig
from .core.skeleton import JOINT_NAMES, LIMBS
from .draw_text import draw_wrapped
from .rig_families import BoneMapping
from .rig_mapping import (
    POSE_OT_maquette_mapping_edit,
    POSE_OT_maquette_mapping_load,
    POSE_OT_maquette_mapping_remove,
    POSE_OT_maquette_mapping_reset,
    POSE_OT_maquette_mapping_save,
    POSE_OT_maquette_mapping_set,
    chosen_target,
    label,
    target_of,
)
from .rig_presets import presets


class VIEW3D_PT_maquette_mapping(Panel):
    """Which bone of the target carries which part of the body, and how the rig is posed."""

    bl_label = "Rig Mapping"
    bl_parent_id = "VIEW3D_PT_maquette"
    bl_category = "Maquette"
    bl_space_type = "VIEW_3D"
    bl_region_type = "UI"
    bl_options = {"DEFAULT_CLOSED"}  # noqa: RUF012 - Blender's own form
    bl_order = 80

    @classmethod
    def poll(cls, context: Context) -> bool:
        """There must be a rig."""
        return target_of(context) is not None

    def draw(self, context: Context) -> None:
        """Draw what was found first, then what can be chosen."""
        layout, target = self.layout, chosen_target(context)
        try:
            mapping = describe_rig(target)[1]
        except ValueError as error:
            draw_wrapped(layout, context, f"{str(error)[:1].upper()}{str(error)[1:]}.", "ERROR")
        else:
            _draw_found(layout, context, mapping)
        settings = target.maquette_rig
        row = layout.row(align=True, heading="Contacts")
        row.prop(settings, "keep_hands", toggle=True)
        row.prop(settings, "keep_feet", toggle=True)
        if rigify.is_control_rig(target):
            column = layout.column()
            column.use_property_split = True
            column.use_property_decorate = False
            column.row().prop(settings, "arms", expand=True)
            column.row().prop(settings, "legs", expand=True)


class VIEW3D_PT_maquette_mapping_bones(Panel):
    """Which bone carries which part of the body, to read or to choose."""

    bl_label = "Bones"
    bl_parent_id = "VIEW3D_PT_maquette_mapping"
    bl_category = "Maquette"
    bl_space_type = "VIEW_3D"
    bl_region_type = "UI"
    bl_options = {"DEFAULT_CLOSED"}  # noqa: RUF012 - Blender's own form

    @classmethod
    def poll(cls, context: Context) -> bool:
        """There must be a rig; the bones behind Rigify's controls are what they are."""
        target = target_of(context)
        return target is not None and not rigify.is_control_rig(target)

    def draw(self, context: Context) -> None:
        """Draw the presets, then a line a joint."""
        target = chosen_target(context)
        try:
            mapping = describe_rig(target)[1]
        except ValueError:
            mapping = BoneMapping("", {})
        _draw_bones(self.layout, target, mapping)


class VIEW3D_MT_maquette_mapping_presets(Menu):
    """The saved mappings."""

    bl_label = "Rig Mapping Presets"

    def draw(self, _context: Context) -> None:
        """A line a preset to load, then a line each to delete."""
        layout = self.layout
        for name in presets():
            layout.operator(POSE_OT_maquette_mapping_load.bl_idname, text=name, translate=False).preset = name
        if not presets():
            layout.label(text="None saved yet")
            return
        layout.separator()
        layout.operator_menu_enum(POSE_OT_maquette_mapping_remove.bl_idname, "preset", text="Remove", icon="REMOVE")


def _draw_found(layout: UILayout, context: Context, mapping: BoneMapping) -> None:
    """Say whose bones these are, what has none, and what looks wrong."""
    missing = [iface_(label(joint)) for joint in JOINT_NAMES if joint not in mapping.joint_to_bone]
    count = iface_("{} of {}").format(len(mapping.joint_to_bone), len(JOINT_NAMES))
    icon = "INFO" if missing or mapping.doubts else "CHECKMARK"
    layout.label(text=f"{iface_(mapping.family)}: {count}", icon=icon, translate=False)
    if missing:
        draw_wrapped(layout, context, iface_("No bone for: {}.").format(", ".join(missing)), "BLANK1")
    for doubt in mapping.doubts:
        draw_wrapped(layout, context, doubt, "ERROR")


def _draw_bones(layout: UILayout, target: Object, mapping: BoneMapping) -> None:
    """Draw a line a joint, to read or to choose, and the presets."""
    settings = target.maquette_rig
    row = layout.row(align=True)
    row.menu(VIEW3D_MT_maquette_mapping_presets.__name__, text="Presets")
    row.operator(POSE_OT_maquette_mapping_save.bl_idname, text="", icon="ADD")
    if settings.is_custom:
        row.operator(POSE_OT_maquette_mapping_reset.bl_idname, text="", icon="FILE_REFRESH")
    else:
        row.operator(POSE_OT_maquette_mapping_edit.bl_idname, text="", icon="GREASEPENCIL")
    for joints in LIMBS.values():
        column = layout.column(align=True)
        for joint in (JOINT_NAMES[index] for index in joints):
            split = column.split(factor=0.33, align=True)
            split.label(text=label(joint).replace("Left", "L").replace("Right", "R"))
            line = split.row(align=True)
            if settings.is_custom:
                line.alert = bool(getattr(settings, joint)) and getattr(settings, joint) not in target.data.bones
                line.prop_search(settings, joint, target.data, "bones", text="")
            else:
                # Of a name its end tells bones apart, where there is little room.
                line.label(text=mapping.joint_to_bone.get(joint, "-").rpartition(":")[2], translate=False)
            line.operator(POSE_OT_maquette_mapping_set.bl_idname, text="", icon="EYEDROPPER").joint = joint


_CLASSES = (VIEW3D_MT_maquette_mapping_presets, VIEW3D_PT_maquette_mapping, VIEW3D_PT_maquette_mapping_bones)


def register() -> None:
    """Add the subpanel."""
    for cls in _CLASSES:
        bpy.utils.register_class(cls)


def unregister() -> None:
    """Remove it."""
    for cls in reversed(_CLASSES):
        bpy.utils.unregister_class(cls)

# SPDX-License-Identifier: GPL-3.0-or-later
"""Presets of how takes are asked for and applied: Blender's own kind, in the header row of Apply Options."""

from __future__ import annotations

import bpy
from bl_operators.presets import AddPresetBase
from bl_ui.utils import PresetPanel
from bpy.types import Operator, Panel

_FOLDER = "maquette"


class VIEW3D_PT_maquette_presets(PresetPanel, Panel):
    """The saved presets, and a field to save one more."""

    bl_label = "Maquette Presets"
    preset_subdir = _FOLDER
    preset_operator = "script.execute_preset"
    preset_add_operator = "pose.maquette_add_preset"


class POSE_OT_maquette_add_preset(AddPresetBase, Operator):
    """Save the options in the panel as a preset, or remove one"""

    bl_idname = "pose.maquette_add_preset"
    bl_label = "Add Maquette Preset"
    bl_options = {"REGISTER", "INTERNAL"}  # noqa: RUF012 - Blender's own form
    preset_menu = "VIEW3D_PT_maquette_presets"
    preset_subdir = _FOLDER
    preset_defines = ["settings = bpy.context.scene.maquette"]  # noqa: RUF012
    preset_values = [  # noqa: RUF012
        "settings.num_takes",
        "settings.use_preview",
        "settings.use_new_seed",
        "settings.options.bones",
        "settings.options.parts",
        "settings.options.root",
        "settings.options.facing",
        "settings.options.use_mirror",
    ]


def register() -> None:
    """Make the presets known to Blender; the header of Apply Options opens them."""
    bpy.utils.register_class(VIEW3D_PT_maquette_presets)
    bpy.utils.register_class(POSE_OT_maquette_add_preset)


def unregister() -> None:
    """Remove them; the files stay."""
    bpy.utils.unregister_class(POSE_OT_maquette_add_preset)
    bpy.utils.unregister_class(VIEW3D_PT_maquette_presets)

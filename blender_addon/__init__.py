# SPDX-License-Identifier: GPL-3.0-or-later
"""Maquette, the Blender extension: type a prompt, and the rig in the scene takes the pose."""

from __future__ import annotations


def register() -> None:
    """Called by Blender when the extension is enabled. Only here is bpy needed, so `core` imports without it."""
    import bpy

    from . import generation, operators, panels, preferences, properties

    bpy.utils.register_class(preferences.MAQUETTE_preferences)
    for module in (properties, generation, operators, panels):
        module.register()


def unregister() -> None:
    """Called by Blender when the extension is disabled, and when it quits."""
    import bpy

    from . import generation, operators, panels, preferences, properties

    for module in (panels, operators, generation, properties):
        module.unregister()
    bpy.utils.unregister_class(preferences.MAQUETTE_preferences)

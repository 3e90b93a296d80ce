# SPDX-License-Identifier: GPL-3.0-or-later
"""Maquette, the Blender extension: type a prompt, and the rig in the scene takes the pose."""

from __future__ import annotations

from types import ModuleType


def register() -> None:
    """Called by Blender when the extension is enabled. Only here is bpy needed, so `core` imports without it."""
    import bpy

    from . import preferences

    bpy.utils.register_class(preferences.MAQUETTE_preferences)
    for module in _modules():
        module.register()


def unregister() -> None:
    """Called by Blender when the extension is disabled, and when it quits."""
    import bpy

    from . import preferences

    for module in reversed(_modules()):
        module.unregister()
    bpy.utils.unregister_class(preferences.MAQUETTE_preferences)


def _modules() -> tuple[ModuleType, ...]:
    """The modules that register something with Blender, each after those it needs."""
    from . import generation, live_preview, operators, panels, properties, take_operators

    return (properties, live_preview, generation, operators, take_operators, panels)

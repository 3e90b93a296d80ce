# SPDX-License-Identifier: GPL-3.0-or-later
"""Maquette, the Blender extension: type a prompt, and the rig in the scene takes the pose."""

from __future__ import annotations

import sys
from types import ModuleType

if "register" in globals():
    # Blender reloads this file alone when scripts are reloaded; the others are to be read again as well.
    for _name in [name for name in sys.modules if name.startswith(f"{__name__}.")]:
        del sys.modules[_name]
        globals().pop(_name.removeprefix(f"{__name__}.").partition(".")[0], None)


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
    from . import (
        editing_operators,
        first_run,
        gallery,
        generation,
        history,
        history_operators,
        keymap,
        live_preview,
        local_backend,
        menus,
        operators,
        panels,
        panels_backend,
        panels_mapping,
        presets,
        prompt_operators,
        properties,
        rig_mapping,
        save_operators,
        take_operators,
        translations,
        work_ahead,
    )

    return (
        *(translations, rig_mapping, properties, gallery, history, live_preview, generation, local_backend, first_run),
        *(work_ahead, operators, take_operators, history_operators, save_operators),
        *(editing_operators, prompt_operators, panels, panels_mapping, panels_backend, menus, presets, keymap),
    )

# SPDX-License-Identifier: GPL-3.0-or-later
"""The extension's shortcut: Ctrl+Shift+Y in the 3D viewport asks for a pose; changed in Preferences > Keymap."""

from __future__ import annotations

import bpy
from bpy.types import KeyMap, KeyMapItem

from .operators import POSE_OT_maquette_generate

_entries: list[tuple[KeyMap, KeyMapItem]] = []


def register() -> None:
    """Add the shortcut to the add-ons' keymap, which Blender lacks when it runs without a window."""
    configuration = bpy.context.window_manager.keyconfigs.addon
    if configuration is not None:
        keymap = configuration.keymaps.new(name="3D View", space_type="VIEW_3D")
        item = keymap.keymap_items.new(POSE_OT_maquette_generate.bl_idname, "Y", "PRESS", ctrl=True, shift=True)
        _entries.append((keymap, item))


def unregister() -> None:
    """Remove it."""
    for keymap, item in _entries:
        keymap.keymap_items.remove(item)
    _entries.clear()

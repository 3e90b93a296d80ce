# SPDX-License-Identifier: GPL-3.0-or-later
"""Have panels drawn again when something changed that Blender does not watch; the scene itself is not drawn for it."""

from __future__ import annotations

from collections.abc import Iterator

import bpy
from bpy.types import Area


def redraw_sidebars() -> None:
    """Mark the sidebar of every 3D view of every window for drawing."""
    for area in _areas("VIEW_3D"):
        for region in area.regions:
            if region.type == "UI":
                region.tag_redraw()


def redraw_preferences() -> None:
    """Mark the preferences for drawing, wherever they are shown."""
    for area in _areas("PREFERENCES"):
        area.tag_redraw()


def _areas(kind: str) -> Iterator[Area]:
    for window in bpy.context.window_manager.windows:
        yield from (area for area in window.screen.areas if area.type == kind)

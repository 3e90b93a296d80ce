# SPDX-License-Identifier: GPL-3.0-or-later
"""Have the 3D views drawn again, sidebars included, when something changed that Blender does not watch."""

from __future__ import annotations

import bpy


def redraw_views() -> None:
    """Mark every 3D view of every window for drawing."""
    for window in bpy.context.window_manager.windows:
        for area in window.screen.areas:
            if area.type == "VIEW_3D":
                area.tag_redraw()

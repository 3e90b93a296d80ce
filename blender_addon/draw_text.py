# SPDX-License-Identifier: GPL-3.0-or-later
"""Text over as many lines as a panel's width needs; Blender's labels have one."""

from __future__ import annotations

import textwrap

from bpy.types import Context, UILayout

_PIXELS_A_LETTER = 6.5
_FEWEST_LETTERS = 16


def draw_wrapped(layout: UILayout, context: Context, text: str, icon: str, width: float = 0) -> None:
    """Draw a text with an icon before its first line.

    Args:
        layout: where.
        context: whose region's width decides.
        text: what, not translated here.
        icon: which.
        width: pixels at an interface scale of 1, for popups; 0 for the region's.
    """
    pixels = width or context.region.width / context.preferences.system.ui_scale
    column = layout.column(align=True)
    column.scale_y = 0.8
    for number, line in enumerate(textwrap.wrap(text, max(_FEWEST_LETTERS, int((pixels - 60) / _PIXELS_A_LETTER)))):
        column.label(text=line, icon=icon if number == 0 else "BLANK1", translate=False)

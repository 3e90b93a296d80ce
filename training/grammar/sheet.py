# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of what the grammar makes, each with its text, and a report of which stances and poses pass their checks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw

from backend.drawing import View, _font, draw_figure, wrap
from blender_addon.core.motion import Motion
from training.grammar.bases import BaseSet
from training.grammar.compose import ENTRIES
from training.grammar.samples import attempts


def text_sheet(
    cells: Sequence[tuple[str, Motion]],
    columns: int = 6,
    views: Sequence[View] = ("front", "side"),
    width: int = 128,
    height: int = 150,
) -> Image.Image:
    """Poses in a grid, each in every view, with its text under it."""
    font = _font(12)
    cell_width, text_height = width * len(views), 46
    rows = -(-len(cells) // columns)
    sheet = Image.new("RGB", (columns * (cell_width + 8) + 8, rows * (height + text_height) + 8), (250, 248, 245))
    pen = ImageDraw.Draw(sheet)
    for index, (text, motion) in enumerate(cells):
        x = 8 + index % columns * (cell_width + 8)
        y = 8 + index // columns * (height + text_height)
        for place, view in enumerate(views):
            sheet.paste(draw_figure(motion, 0, view, (width, height)), (x + place * width, y))
        for line, words in enumerate(wrap(text, font, cell_width)[:3]):
            pen.text((x + 2, y + height + 14 * line), words, (40, 36, 32), font)
    return sheet


def pass_rates(
    keys: Sequence[str], num_samples: int, seed: int, bases: BaseSet
) -> dict[str, tuple[float, Counter[str]]]:
    """The share of first draws of each stance or pose that pass, and what the others fail by."""
    rates = {}
    for key in keys:
        tried = attempts([(seed, index, 0) for index in range(num_samples)], bases, key)
        reasons = Counter(" ".join(reason.split()[:2]) for one in tried for reason in one.reasons)
        rates[key] = (sum(not one.reasons for one in tried) / num_samples, reasons)
    return rates


def every_entry(seed: int, bases: BaseSet, keys: Sequence[str] = ()) -> list[tuple[str, Motion]]:
    """One draw of every stance and pose, marked where it fails."""
    cells = []
    for index, key in enumerate(keys or ENTRIES):
        one = attempts([(seed, index)], bases, key)[0]
        mark = "" if not one.reasons else f" !! {one.reasons[0]}"
        cells.append((f"[{key}] {one.text}{mark}", Motion(one.local_rotations[None], one.root_translation[None])))
    return cells


def save(image: Image.Image, path: Path) -> None:
    """Write a PNG."""
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path)

# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of poses: the mannequin from a side, and contact sheets of many; left limbs are red, right limbs blue."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from backend.rasteriser import BACKGROUND, Camera, camera_axes, linear_to_srgb, render
from blender_addon.core.mannequin import Mannequin
from blender_addon.core.motion import Motion
from blender_addon.core.skeleton import JOINT_NAMES

View = Literal["front", "side", "three_quarter"]

# The side view is from the body's right, so that a body facing +Z looks to the right of the picture.
_YAW: dict[str, float] = {"front": 0.0, "side": -90.0, "three_quarter": 35.0}
_PITCH: dict[str, float] = {"front": 9.0, "side": 9.0, "three_quarter": 14.0}
_DISTANCE = 7.0  # metres from the body to the camera
_STANDING = 2.0  # metres a frame's height spans at most, so that figures of one size are comparable

_CLAY = np.array([0.66, 0.50, 0.37])
_LEFT_TINT = np.array([0.62, 0.19, 0.12])
_RIGHT_TINT = np.array([0.14, 0.29, 0.50])
_TINTED = ("hip", "knee", "ankle", "foot", "shoulder", "elbow", "wrist")

_PAPER = tuple(int(value) for value in np.round(255 * linear_to_srgb(BACKGROUND)))
_INK = (52, 48, 44)
_FAINT_INK = (140, 134, 126)


@dataclass(frozen=True)
class SheetRow:
    """One title of a contact sheet and the poses under it."""

    title: str
    """May be empty, which leaves no room for one."""
    motions: tuple[Motion, ...]
    labels: tuple[str, ...] = ()
    """A caption for each motion; empty numbers them from 1."""


def draw_figure(
    motion: Motion, frame: int = 0, view: View = "front", size: tuple[int, int] = (256, 320)
) -> Image.Image:
    """Draw one frame of a motion: the whole figure, on a floor.

    The views are fixed to the world, front looking at a body that faces +Z; turn a motion with
    `Motion.facing_forward` first where its heading is its own.

    Args:
        motion: the motion, metres, Y up, floor at y = 0.
        frame: which frame; negative counts from the end.
        view: "front", "side" (the body faces right) or "three_quarter".
        size: width and height in pixels, at least 16 each.

    Raises:
        ValueError: for a view, a frame or a size that does not exist.
    """
    if view not in _YAW:
        raise ValueError(f"view must be one of {', '.join(_YAW)}, got {view!r}")
    if not -motion.num_frames <= frame < motion.num_frames:
        raise ValueError(f"frame {frame} is outside this motion of {motion.num_frames} frames")
    if min(size) < 16:
        raise ValueError(f"a figure needs at least 16 x 16 pixels, got {size[0]} x {size[1]}")
    frame %= motion.num_frames
    mannequin, colours = _mannequin()
    vertices = mannequin.skin(motion.sliced(frame, frame + 1))[0].astype(np.float64)
    return Image.fromarray(render(vertices, mannequin.faces, colours, frame_camera(vertices, view, size)))


def frame_camera(vertices: np.ndarray, view: View, size: tuple[int, int]) -> Camera:
    """A camera of this view that has all vertices (V, 3) and the floor under them in frame."""
    width, height = size
    middle = 0.5 * (vertices.min(0) + vertices.max(0))
    target = np.array([middle[0], 0.0, middle[2]])
    local = (vertices - target) @ camera_axes(_YAW[view], _PITCH[view]).T
    seen = local[:, :2] / (1 - local[:, 2:] / _DISTANCE)  # metres at the target's distance
    low, high = np.minimum(seen.min(0), [0, -0.12]), np.maximum(seen.max(0), [0, 1.2])
    margin = 0.94
    scale = float(min(margin * width / (high - low)[0], margin * height / (high - low)[1], height / _STANDING))
    centre = np.array([width / 2, height / 2]) + 0.5 * scale * (low + high) * [-1, 1]
    return Camera(target, _YAW[view], _PITCH[view], _DISTANCE, scale, size, (float(centre[0]), float(centre[1])))


@cache
def _mannequin() -> tuple[Mannequin, np.ndarray]:
    """The mannequin and its linear colours (V, 3), limbs tinted by side."""
    mannequin = Mannequin.load()
    by_joint = np.tile(_CLAY, (len(JOINT_NAMES), 1))
    for index, name in enumerate(JOINT_NAMES):
        side, _, part = name.partition("_")
        if part in _TINTED:
            by_joint[index] = _LEFT_TINT if side == "left" else _RIGHT_TINT
    colours = (by_joint[mannequin.weight_joints] * mannequin.weights[..., None]).sum(1)
    return mannequin, colours


def contact_sheet(
    rows: Sequence[SheetRow],
    views: Sequence[View] = ("front", "side"),
    figure_size: tuple[int, int] = (160, 200),
    poses_per_line: int = 4,
    on_figure: Callable[[], object] | None = None,
) -> Image.Image:
    """Draw rows of poses, each pose in every view, under titles wrapped to the sheet's width.

    Args:
        rows: at least one; a motion of several frames shows its first.
        views: the pictures of each pose, left to right.
        figure_size: width and height in pixels of one picture.
        poses_per_line: how many poses stand beside each other before the next line begins.
        on_figure: called after each pose is drawn, for progress.

    Raises:
        ValueError: without rows, views or poses.
    """
    if not rows or not views or not all(row.motions for row in rows):
        raise ValueError("a contact sheet needs at least one row, one view, and one pose in every row")
    width, height = figure_size
    gap, edge, label_height = 10, 16, 16
    title_font, label_font = _font(18), _font(12)
    columns = min(poses_per_line, max(len(row.motions) for row in rows))
    group = width * len(views) + gap
    sheet_width = max(columns * group - gap, 300) + 2 * edge
    titles = [wrap(row.title, title_font, sheet_width - 2 * edge) if row.title else [] for row in rows]
    heights = [24 * len(title) + 6 * bool(title) for title in titles]
    lines = [-(-len(row.motions) // columns) for row in rows]
    line_height = height + label_height + gap
    sheet_height = 2 * edge + sum(heights) + sum(lines) * line_height + (len(rows) - 1) * gap
    sheet = Image.new("RGB", (sheet_width, sheet_height), _PAPER)
    pen = ImageDraw.Draw(sheet)
    top = edge
    for row, title, title_height in zip(rows, titles, heights, strict=True):
        for index, line in enumerate(title):
            pen.text((edge, top + 24 * index), line, _INK, title_font)
        top += title_height
        for index, motion in enumerate(row.motions):
            x = edge + index % columns * group
            y = top + index // columns * line_height
            for column, view in enumerate(views):
                sheet.paste(draw_figure(motion, 0, view, figure_size), (x + column * width, y))
            label = row.labels[index] if row.labels else str(index + 1)
            label = wrap(label, label_font, group - gap)[0]
            pen.text((x + 4, y + height), label, _FAINT_INK, label_font)
            if on_figure is not None:
                on_figure()
        top += -(-len(row.motions) // columns) * line_height + gap
    return sheet


def wrap(text: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    """Break a text into lines no wider than `width` pixels, at spaces where it can; at least one line."""
    lines, line = [], ""
    for word in text.split():
        joined = f"{line} {word}" if line else word
        if font.getlength(joined) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        while font.getlength(word) > width and len(word) > 1:
            fits = next(k for k in range(len(word) - 1, 0, -1) if k == 1 or font.getlength(word[:k]) <= width)
            lines.append(word[:fits])
            word = word[fits:]
        line = word
    return [*lines, line]


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    if not isinstance(font, ImageFont.FreeTypeFont):
        raise ValueError("Pillow was built without FreeType; install the wheel from PyPI to write titles")
    return font

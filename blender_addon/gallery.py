# SPDX-License-Identifier: GPL-3.0-or-later
"""Thumbnails of takes for the panel: drawn in a thread of their own, kept as Blender's preview icons."""

from __future__ import annotations

import hashlib
import math
import queue
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

import bpy
import bpy.utils.previews
import numpy as np
from bpy.types import Context, ImagePreview, Object
from bpy.utils.previews import ImagePreviewCollection
from mathutils import Vector

from .core.axes import z_up_to_y_up
from .core.mannequin import Mannequin
from .core.motion_text import motion_from_text
from .core.thumbnail import draw_pose
from .redraw import redraw_sidebars

PIXELS = 128
"""Of a thumbnail's side."""
ASSET_PIXELS = 256
"""Of the side of an asset's picture."""
_ICON_PIXELS = 32
_MOST_KEPT = 600
_TICK_SECONDS = 0.05
_BUSY_SECONDS = 0.004
"""How long a call may take in pictures; the next one takes in more."""
_DIRECTIONS = 8
"""From so many sides a figure is drawn: the one nearest to where the viewer is."""
FROM_THE_SIDE = math.radians(25)
"""A figure that faces the viewer is drawn turned by this, which shows its depth."""


@dataclass(frozen=True)
class _Picture:
    """What a thumbnail shows."""

    name: str
    motion: str
    """As `motion_to_text` wrote it."""
    view_yaw: float
    mirrored: bool


_icons: ImagePreviewCollection | None = None
_wanted: set[str] = set()
"""Names of pictures that are on their way."""
_to_draw: queue.SimpleQueue[_Picture | None] = queue.SimpleQueue()
_drawn: queue.SimpleQueue[tuple[str, np.ndarray]] = queue.SimpleQueue()
_thread: threading.Thread | None = None


def icon_of(motion: str, view_yaw: float, mirrored: bool = False) -> int:
    """The icon of a take for a layout; 0 until it is drawn, which this call starts.

    Args:
        motion: the take, as `motion_to_text` wrote it.
        view_yaw: where the viewer is, see `view_of`.
        mirrored: whether left and right change places.
    """
    preview = picture_of(motion, view_yaw, mirrored)
    return 0 if preview is None else int(preview.icon_id)


def picture_of(motion: str, view_yaw: float, mirrored: bool = False) -> ImagePreview | None:
    """The thumbnail of a take; None until it is drawn, which this call starts. Arguments as of `icon_of`."""
    if _icons is None:
        return None
    turn = round(view_yaw / (2 * math.pi) * _DIRECTIONS) % _DIRECTIONS
    name = f"{hashlib.sha1(motion.encode(), usedforsecurity=False).hexdigest()} {turn} {mirrored:d}"
    if name in _icons:
        return _icons[name]
    if name not in _wanted:
        _wanted.add(name)
        _start_thread()
        yaw = turn * 2 * math.pi / _DIRECTIONS
        _to_draw.put(_Picture(name, motion, yaw + FROM_THE_SIDE, mirrored))
    if not bpy.app.timers.is_registered(tick):
        bpy.app.timers.register(tick, first_interval=_TICK_SECONDS, persistent=True)  # a file may be opened meanwhile
    return None


def view_of(context: Context, target: Object | None) -> float:
    """From where the 3D view looks at a figure: radians from its armature's front towards its left; 0 without one."""
    view = context.region_data
    if view is None or target is None:
        return 0.0
    eye = target.matrix_world.to_3x3().inverted_safe() @ (view.view_rotation @ Vector((0, 0, 1)))
    x, _, z = z_up_to_y_up(np.array(eye, dtype=np.float64))
    return math.atan2(x, z) if math.hypot(x, z) > 0.2 else 0.0  # from straight above there is no side


def tick() -> float | None:
    """Take in what was drawn; called by Blender's timer. Seconds until the next call, or None when all is drawn."""
    if _icons is None:
        return None
    came = False
    until = time.perf_counter() + _BUSY_SECONDS
    while not _drawn.empty() and not (came and time.perf_counter() > until):
        name, picture = _drawn.get()
        _wanted.discard(name)
        if len(_icons) >= _MOST_KEPT:
            _icons.clear()
        if name not in _icons and picture.size:
            fill_preview(_icons.new(name), picture)
            came = True
    if came:
        redraw_sidebars()
    return _TICK_SECONDS if _wanted else None


def fill_preview(preview: ImagePreview, picture: np.ndarray) -> None:
    """Give a preview its image, (S, S, 4) floats with S a multiple of 32, and the small icon made of it."""
    size = len(picture)
    preview.image_size = (size, size)
    preview.image_pixels_float.foreach_set(np.ascontiguousarray(picture, dtype=np.float32).ravel())
    step = size // _ICON_PIXELS
    small = picture.reshape(_ICON_PIXELS, step, _ICON_PIXELS, step, 4).mean(axis=(1, 3))
    preview.icon_size = (_ICON_PIXELS, _ICON_PIXELS)
    preview.icon_pixels_float.foreach_set(np.ascontiguousarray(small, dtype=np.float32).ravel())


def draw_take(motion: str, view_yaw: float, mirrored: bool, pixels: int) -> np.ndarray:
    """A picture (pixels, pixels, 4) of a take's first frame; without the mannequin's file a stick figure."""
    pose = motion_from_text(motion).sliced(0, 1)
    try:
        mannequin = Mannequin.load()
    except (OSError, ValueError):
        mannequin = None
    return draw_pose(pose.mirrored() if mirrored else pose, pixels, view_yaw=view_yaw, mannequin=mannequin)


class Drawing:
    """Large pictures of many takes, drawn by a thread of their own: each takes longer than a window may wait."""

    def __init__(self, motions: Sequence[str], view_yaw: float, mirrored: bool, pixels: int) -> None:
        """Start to draw; arguments as of `draw_take`."""
        self.pictures: list[np.ndarray] = []
        """Those that are drawn, (pixels, pixels, 4) each, in the order of the takes."""
        self.count = len(motions)
        self._motions, self._how = tuple(motions), (view_yaw, mirrored, pixels)
        self._stopped = False
        self._thread = threading.Thread(target=self._draw, name="maquette-pictures", daemon=True)
        self._thread.start()

    @property
    def is_done(self) -> bool:
        """Whether no more come."""
        return not self._thread.is_alive()

    def stop(self) -> None:
        """Draw no more; returns at once."""
        self._stopped = True

    def _draw(self) -> None:
        for motion in self._motions:
            if self._stopped:
                return
            self.pictures.append(draw_take(motion, *self._how))


def _start_thread() -> None:
    global _thread
    if _thread is None or not _thread.is_alive():
        _thread = threading.Thread(target=_draw, name="maquette-gallery", daemon=True)
        _thread.start()


def _draw() -> None:
    """The thread: no bpy here."""
    while (job := _to_draw.get()) is not None:
        try:
            picture = draw_take(job.motion, job.view_yaw, job.mirrored, PIXELS)
        except ValueError:  # a take that cannot be read has no picture
            picture = np.zeros(0)
        _drawn.put((job.name, picture))


def register() -> None:
    """Make room for the icons."""
    global _icons
    _icons = bpy.utils.previews.new()


def unregister() -> None:
    """Stop drawing, and drop the icons."""
    global _icons, _thread
    if bpy.app.timers.is_registered(tick):
        bpy.app.timers.unregister(tick)
    while not _to_draw.empty():
        _to_draw.get()
    if _thread is not None:
        _to_draw.put(None)
        _thread.join()
        _thread = None
    while not _drawn.empty():
        _drawn.get()
    _wanted.clear()
    if _icons is not None:
        bpy.utils.previews.remove(_icons)
        _icons = None

# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes worked out for a figure before the artist steps to them, between calls, so that the step itself is quick."""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

import bpy
from bpy.types import Object

from .armature import prepare_pose
from .core.motion import Motion
from .core.motion_text import motion_from_text

_TICK_SECONDS = 0.05


@dataclass(frozen=True)
class _Task:
    """A take to be worked out for a figure."""

    target_uid: int
    motion: str
    """As `motion_to_text` wrote it."""
    is_mirrored: bool


_tasks: deque[_Task] = deque()


def prepare(target: Object, take: Motion, *, is_mirrored: bool) -> None:
    """Work out what posing a figure as a take needs; nothing where it cannot be posed now, which is told when it is.

    Args:
        target: the armature object.
        take: one frame or more, of which the first is shown.
        is_mirrored: whether left and right change places.
    """
    pose = take.sliced(0, 1)
    with contextlib.suppress(ValueError):
        prepare_pose(target, pose.mirrored() if is_mirrored else pose)


def later(target: Object, motions: Sequence[str], *, is_mirrored: bool) -> None:
    """Prepare takes, as `motion_to_text` wrote them, one a call of Blender's timer; those asked for before are left."""
    _tasks.clear()
    _tasks.extend(_Task(target.session_uid, motion, is_mirrored) for motion in motions)
    if not bpy.app.timers.is_registered(tick):
        bpy.app.timers.register(tick, first_interval=_TICK_SECONDS)


def tick() -> float | None:
    """Prepare one take; called by Blender's timer. Seconds until the next call, or None when all are prepared."""
    if _tasks:
        task = _tasks.popleft()
        target = next((thing for thing in bpy.data.objects if thing.session_uid == task.target_uid), None)
        if target is not None:
            prepare(target, motion_from_text(task.motion), is_mirrored=task.is_mirrored)
    return _TICK_SECONDS if _tasks else None


def register() -> None:
    """Nothing is asked for yet."""


def unregister() -> None:
    """Prepare no more."""
    _tasks.clear()
    if bpy.app.timers.is_registered(tick):
        bpy.app.timers.unregister(tick)

# SPDX-License-Identifier: GPL-3.0-or-later
"""What was generated in a scene: prompts, seeds and the takes themselves, kept in the file and usable offline.

Undo does not take it away: an artist who goes back to the old pose still has the takes.
"""
# mypy: disable-error-code="valid-type"
# (Blender reads properties from annotations that are calls.)

from __future__ import annotations

import datetime
import random
from collections.abc import Sequence
from dataclasses import dataclass

import bpy
import numpy as np
from bpy.app.handlers import persistent
from bpy.types import Scene

from .core.motion import Motion
from .core.motion_text import motion_from_text, motion_to_text
from .properties import MaquetteEntry

MAX_ENTRIES = 60
"""The oldest entries beyond these go, unless a take of theirs is a favourite or under review."""


def add_entry(
    scene: Scene, prompt: str, motions: Sequence[Motion], seeds: Sequence[int], conditions: str = ""
) -> MaquetteEntry:
    """A new first line of a scene's history.

    Args:
        scene: whose history.
        prompt: what was asked for.
        motions: what came, at least one.
        seeds: the seed of each.
        conditions: what they had to keep, as `editing.Conditions` writes it.
    """
    record = _Record(
        uid=random.randint(1, 2**31 - 1),
        prompt=prompt,
        made=datetime.datetime.now().strftime("%Y-%m-%d %H:%M"),
        conditions=conditions,
        takes=tuple((seed, motion_to_text(motion)) for motion, seed in zip(motions, seeds, strict=True)),
    )
    _write(scene, record)
    _session.setdefault(scene.session_uid, {})[record.uid] = record
    scene.maquette.history_index = 0
    _prune(scene)
    return find_entry(scene, record.uid)


@dataclass(frozen=True)
class _Record:
    """An entry as plain data."""

    uid: int
    prompt: str
    made: str
    conditions: str
    takes: tuple[tuple[int, str], ...]
    """The seed of each and what it is."""


_session: dict[int, dict[int, _Record]] = {}
"""By scene, what was added since the file was opened, oldest first."""


def _write(scene: Scene, record: _Record) -> None:
    history = scene.maquette.history
    entry = history.add()
    entry.uid = record.uid
    entry.name = entry.prompt = record.prompt
    entry.seed = record.takes[0][0]
    entry.made = record.made
    entry.conditions = record.conditions
    for seed, motion in record.takes:
        take = entry.takes.add()
        take.seed = seed
        take.motion = motion
    history.move(len(history) - 1, 0)


def _drop(scene: Scene, index: int) -> None:
    history = scene.maquette.history
    _session.get(scene.session_uid, {}).pop(history[index].uid, None)
    history.remove(index)


def find_entry(scene: Scene, uid: int) -> MaquetteEntry:
    """The entry of a number; ValueError when the history has none."""
    for entry in scene.maquette.history:
        if entry.uid == uid:
            return entry
    raise ValueError("These takes are no longer in the history")


def chosen_entry(scene: Scene, uid: int = 0) -> MaquetteEntry:
    """The entry of a number, or the chosen line of the history for 0; ValueError when there is none."""
    if uid:
        return find_entry(scene, uid)
    history, index = scene.maquette.history, scene.maquette.history_index
    if not 0 <= index < len(history):
        raise ValueError("Choose a line of the history first")
    return history[index]


def motions_of(entry: MaquetteEntry) -> list[Motion]:
    """The takes of an entry; ValueError when one cannot be read."""
    return [motion_from_text(take.motion) for take in entry.takes]


def has_favourite(entry: MaquetteEntry) -> bool:
    """Whether a take of the entry is marked as one to keep."""
    return any(take.is_favourite for take in entry.takes)


def is_reviewed(scene: Scene, entry: MaquetteEntry) -> bool:
    """Whether the takes of the entry are under review."""
    review = scene.maquette.review
    return bool(review.before) and review.entry == entry.uid


def remove_entry(scene: Scene, uid: int) -> None:
    """Drop an entry; ValueError when its takes are under review."""
    settings = scene.maquette
    if is_reviewed(scene, find_entry(scene, uid)):
        raise ValueError("These takes are under review: keep or discard them first")
    index = next(index for index, entry in enumerate(settings.history) if entry.uid == uid)
    _drop(scene, index)
    settings.history_index = max(0, min(settings.history_index, len(settings.history) - 1))


def most_alike(wanted: Motion, motions: Sequence[Motion], count: int) -> list[int]:
    """Which motions are most like a wanted one without being it or each other: indices, the likest first.

    Poses are compared by their joints in metres, turned to face the same way and standing on the same spot.
    """
    joints = np.stack([_standing(motion) for motion in (wanted, *motions)])
    apart = np.sqrt(((joints[:, None] - joints[None]) ** 2).sum(-1).mean(-1))
    order = [int(index) for index in np.argsort(apart[0, 1:], kind="stable")]
    chosen: list[int] = []
    for least in (_DIFFERENT, 0.0):  # where too few differ, near copies fill up
        for index in order:
            if len(chosen) < count and index not in chosen:
                others = [0, *(one + 1 for one in chosen)]
                if apart[index + 1, others].min() >= least:
                    chosen.append(index)
    return sorted(chosen, key=order.index)


_DIFFERENT = 0.02
"""Metres, root mean square over the joints: closer poses look the same."""


def _standing(motion: Motion) -> np.ndarray:
    return motion.sliced(0, 1).facing_forward().joints()[0].astype(np.float64)


def _prune(scene: Scene) -> None:
    history = scene.maquette.history
    for index in reversed(range(len(history))):
        if len(history) <= MAX_ENTRIES:
            return
        entry = history[index]
        if not has_favourite(entry) and not is_reviewed(scene, entry):
            _drop(scene, index)


@persistent
def _after_undo(*_: object) -> None:
    """Undo and redo bring the scene of another moment, which may lack what came since."""
    for scene in bpy.data.scenes:
        there = {entry.uid for entry in scene.maquette.history}
        for uid, record in _session.get(scene.session_uid, {}).items():
            if uid not in there:
                _write(scene, record)
        _prune(scene)


@persistent
def _forget(*_: object) -> None:
    """Another file is loaded."""
    _session.clear()


_HANDLERS = (("undo_post", _after_undo), ("redo_post", _after_undo), ("load_pre", _forget))


def register() -> None:
    """Watch for undo, and for files being loaded."""
    for name, handler in _HANDLERS:
        getattr(bpy.app.handlers, name).append(handler)


def unregister() -> None:
    """Watch no more."""
    for name, handler in _HANDLERS:
        getattr(bpy.app.handlers, name).remove(handler)
    _session.clear()

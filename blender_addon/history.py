# SPDX-License-Identifier: GPL-3.0-or-later
"""What was generated in a scene: prompts, seeds and the takes themselves, kept in the file and usable offline."""
# mypy: disable-error-code="valid-type"
# (Blender reads properties from annotations that are calls.)

from __future__ import annotations

import datetime
from collections.abc import Sequence

import numpy as np
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
    history = scene.maquette.history
    uid = max((entry.uid for entry in history), default=0) + 1
    entry = history.add()
    entry.uid = uid
    entry.name = prompt
    entry.prompt = prompt
    entry.seed = seeds[0]
    entry.made = datetime.datetime.now().strftime("%Y-%m-%d %H:%M")
    entry.conditions = conditions
    for motion, seed in zip(motions, seeds, strict=True):
        take = entry.takes.add()
        take.seed = seed
        take.motion = motion_to_text(motion)
    history.move(len(history) - 1, 0)
    scene.maquette.history_index = 0
    _prune(scene)
    return find_entry(scene, uid)


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
    settings.history.remove(index)
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
            history.remove(index)

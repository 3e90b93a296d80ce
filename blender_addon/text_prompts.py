# SPDX-License-Identifier: GPL-3.0-or-later
"""Many prompts at once, a line each of a text: a row of figures, a keyframe each, or an asset each."""

from __future__ import annotations

from collections.abc import Sequence

import bpy
from bpy.types import Collection, Object, Scene, Text
from mathutils import Matrix, Vector

from . import keyframes, takes
from .core.motion import Motion
from .generation import Answer
from .pose_assets import PoseAsset, asset_bones, find_library, refresh_browsers, save_asset
from .pose_state import PoseState
from .properties import MaquetteSettings

MAX_PROMPTS = 64
"""The most that one request holds."""


def prompts_of(text: Text | None) -> tuple[str, ...]:
    """The prompts in a text: its lines, less empty ones and those that start with #.

    Raises ValueError when there is no text, no prompt in it, or more than one request holds.
    """
    if text is None:
        raise ValueError("Choose a text first, with a prompt on every line")
    lines = (line.body.strip() for line in text.lines)
    prompts = tuple(line for line in lines if line and not line.startswith("#"))
    if not prompts:
        raise ValueError(f"The text '{text.name}' has no prompts; write one on every line")
    if len(prompts) > MAX_PROMPTS:
        raise ValueError(f"The text '{text.name}' has {len(prompts)} prompts; {MAX_PROMPTS} is the most at once")
    return prompts


def receive(scene: Scene, answer: Answer, target: Object) -> str:
    """Make of an answer what its order is for; what was done, for the status line.

    Raises ValueError or OSError when that cannot be; nothing is changed then but assets that were saved before.
    """
    prompts, poses = answer.order.prompts, [motions[0].sliced(0, 1) for motions in answer.motions]
    if answer.order.purpose == "ROW":
        return _make_row(scene, target, prompts, poses)
    if answer.order.purpose == "KEYFRAMES":
        return _make_keys(scene, target, poses)
    return _make_assets(scene, target, answer)


def _make_row(scene: Scene, target: Object, prompts: Sequence[str], poses: Sequence[Motion]) -> str:
    """Copies of the target side by side, each in one of the poses; the target stays as it is."""
    settings: MaquetteSettings = scene.maquette
    group = bpy.data.collections.new("Row of Figures")
    scene.collection.children.link(group)
    across = target.matrix_world.to_3x3().col[0].normalized() * settings.prompts_spacing
    made = []
    try:
        for number, (prompt, pose) in enumerate(zip(prompts, poses, strict=True), start=1):
            figure = copy_figure(target, group, across * number)
            made.append(figure)
            figure.name = f"{target.name}: {prompt[:40]}"
            takes.try_on(figure, PoseState.read(figure), pose, scene, check=False)
    except ValueError:
        for thing in list(group.objects):
            bpy.data.objects.remove(thing)
        bpy.data.collections.remove(group)
        raise
    return f"Made {len(made)} figures in the collection '{group.name}'."


def _make_keys(scene: Scene, target: Object, poses: Sequence[Motion]) -> str:
    """A key for each pose, from the current frame on, on all bones that any of them moves."""
    before = PoseState.read(target)
    states = _states(scene, target, before, poses)
    changed: dict[str, list[str]] = {}
    for state in states:
        for name, paths in before.changed_paths(state).items():
            known = changed.setdefault(name, [])
            known += [path for path in paths if path not in known]
    first = scene.frame_current
    keyed = keyframes.Keyed(0, "")
    try:
        for number, state in enumerate(states):
            state.write(target)
            keyed = keyframes.insert_keys(scene, target, changed, frame=first + number * scene.maquette.prompts_step)
    except ValueError:
        before.write(target)
        raise
    states[0].write(target)
    last = first + (len(states) - 1) * scene.maquette.prompts_step
    return f"Inserted {len(states)} poses from frame {first} to {last}. {keyed}"


def _make_assets(scene: Scene, target: Object, answer: Answer) -> str:
    """An asset of each pose; the figure stays as it is."""
    settings: MaquetteSettings = scene.maquette
    library = find_library(settings.asset_library)
    poses = [motions[0].sliced(0, 1) for motions in answer.motions]
    states = _states(scene, target, PoseState.read(target), poses)
    assert answer.pictures is not None
    for prompt, picture, state in zip(answer.order.prompts, answer.pictures.pictures, states, strict=True):
        bones = asset_bones(target, state, settings.options)
        save_asset(PoseAsset(prompt, target, state, bones, picture, prompt), library, settings.asset_catalog)
    refresh_browsers()
    where = f"the library '{library.name}'" if library is not None else "this file"
    return f"Saved {len(states)} pose{'s' if len(states) > 1 else ''} in {where}."


def _states(scene: Scene, target: Object, before: PoseState, poses: Sequence[Motion]) -> list[PoseState]:
    """What each pose makes of a figure, which stays as it is."""
    states = []
    try:
        for pose in poses:
            takes.try_on(target, before, pose, scene, check=False)
            states.append(PoseState.read(target))
    finally:
        before.write(target)
    return states


def copy_figure(target: Object, group: Collection, offset: Vector) -> Object:
    """A copy of an armature object and of what hangs on it, in a collection, moved by an offset in the world.

    Armature and mesh data are shared with the original; the copy is not animated, its drivers and constraints work on
    itself.
    """
    things = [target, *target.children_recursive]
    bound = [
        thing
        for thing in bpy.data.objects
        if thing not in things and any(_is_moved_by(modifier, target) for modifier in thing.modifiers)
    ]
    copies = {thing: thing.copy() for thing in things + bound}
    for thing, copy in copies.items():
        group.objects.link(copy)
        if thing.parent in copies:
            copy.parent = copies[thing.parent]
            copy.matrix_parent_inverse = thing.matrix_parent_inverse
        _remap(copy, copies)
        if copy.animation_data is not None:
            copy.animation_data.action = None
            for track in list(copy.animation_data.nla_tracks):
                copy.animation_data.nla_tracks.remove(track)
    for thing in [target, *bound]:
        if thing.parent not in copies:
            copies[thing].matrix_world = Matrix.Translation(offset) @ thing.matrix_world
    return copies[target]


def _is_moved_by(modifier: object, target: Object) -> bool:
    return getattr(modifier, "type", "") == "ARMATURE" and getattr(modifier, "object", None) == target


def _remap(copy: Object, copies: dict[Object, Object]) -> None:
    """Let modifiers, constraints and drivers of a copy use the other copies instead of the originals."""
    holders: list[object] = [*copy.modifiers, *copy.constraints]
    if copy.pose is not None:
        holders += [constraint for bone in copy.pose.bones for constraint in bone.constraints]
    holders += [target for holder in holders for target in getattr(holder, "targets", ())]
    for holder in holders:
        for name in ("object", "target", "pole_target"):
            if getattr(holder, name, None) in copies:
                setattr(holder, name, copies[getattr(holder, name)])
    if copy.animation_data is not None:
        for curve in copy.animation_data.drivers:
            for variable in curve.driver.variables:
                for target in variable.targets:
                    if target.id in copies:
                        target.id = copies[target.id]

# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys for what a take changed, as the artist keys: keying set, auto-key and preferences; and motions as strips.

Blender's own `keyframe_insert` makes actions, slots and channelbags as needed. What this file adds is which channels to
key, and that nobody else's action is touched unasked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import bpy
from bpy.types import ID, Action, ActionSlot, KeyingSet, Object, PoseBone, Scene

from .armature import Outcome, apply_motion
from .core.motion import Motion
from .pose_state import rotation_path

Into = Literal["OWN", "NEW", "SHARED"]
"""The figure's own action (refused where others use it too), a new one, or the present one whoever uses it."""
Changed = Mapping[str, Sequence[str]]
"""For each changed bone the properties that changed, see `PoseState.changed_paths`."""
_BONE_OF_PATH = re.compile(r'pose\.bones\["((?:[^"\\]|\\.)*)"\]')


@dataclass(frozen=True)
class Keyed:
    """What came of inserting keys."""

    num_bones: int
    """On how many bones something was keyed."""
    action: str
    """Name of the action that has the keys; empty where nothing was keyed."""

    def __str__(self) -> str:
        if not self.num_bones:
            return "No key was inserted."
        return f"Keyed {self.num_bones} bone{'s' if self.num_bones > 1 else ''} in '{self.action}'."


def others_in_action(target: Object) -> str:
    """Why keys of a figure would go into something that is not its alone, a sentence; empty where they would not."""
    animation = target.animation_data
    action = animation.action if animation is not None else None
    if action is None:
        return ""
    if not action.is_editable:
        return f"The action '{action.name}' is linked from another file"
    slot = animation.action_slot
    # Not by the slot's own `users`, which was seen to end Blender's module.
    users = bpy.data.user_map(subset={action})[action]
    others = sorted(user.name for user in users if user != target and slot is not None and _plays(user, action, slot))
    if others:
        return f"The action '{action.name}' moves {', '.join(others)} as well"
    return ""


def _plays(user: ID, action: Action, slot: ActionSlot) -> bool:
    """Whether something is moved by a slot of an action, directly or in a strip."""
    animation = getattr(user, "animation_data", None)
    if animation is None:
        return False
    uses = [animation, *(strip for track in animation.nla_tracks for strip in track.strips)]
    return any(use.action == action and use.action_slot_handle == slot.handle for use in uses)


def insert_keys(
    scene: Scene, target: Object, changed: Changed, into: Into = "OWN", *, frame: float | None = None
) -> Keyed:
    """Key what changed on a figure, as the active keying set says; without one, just what changed.

    Args:
        scene: whose keying set and key type are used.
        target: the armature object.
        changed: its changed bones and their properties.
        into: whose action gets the keys.
        frame: where; None for the scene's current frame.

    Raises ValueError when the keys would go into an action that others use too, or that cannot be edited.
    """
    edit = bpy.context.preferences.edit
    options = set()
    if edit.use_keyframe_insert_needed:
        options.add("INSERTKEY_NEEDED")
    return _insert(scene, target, changed, into, frame, scene.keying_sets_all.active, options)


def auto_key(scene: Scene, target: Object, changed: Changed) -> Keyed | None:
    """Key what changed on a figure if auto-key is on, as its settings say; None where it is off.

    Raises ValueError like `insert_keys`.
    """
    tools, edit = scene.tool_settings, bpy.context.preferences.edit
    if not tools.use_keyframe_insert_auto:
        return None
    options = set()
    if tools.auto_keying_mode == "REPLACE_KEYS":
        options.add("INSERTKEY_REPLACE")
    if edit.use_keyframe_insert_available:
        options.add("INSERTKEY_AVAILABLE")
    if edit.use_auto_keyframe_insert_needed:
        options.add("INSERTKEY_NEEDED")
    keying_set = scene.keying_sets_all.active if tools.use_keyframe_insert_keyingset else None
    return _insert(scene, target, changed, "OWN", None, keying_set, options)


def _insert(
    scene: Scene,
    target: Object,
    changed: Changed,
    into: Into,
    frame: float | None,
    keying_set: KeyingSet | None,
    options: set[str],
) -> Keyed:
    shared = others_in_action(target)
    if into == "OWN" and shared:
        raise ValueError(f"{shared}; insert the keys into a new action, or say that the shared one may change")
    if into == "SHARED" and not _is_editable(target):
        raise ValueError(f"{shared}, so no key can be inserted into it; take a new action")
    paths = _paths_to_key(target, changed, keying_set)
    if keying_set is not None and not keying_set.is_path_absolute:
        if "Available" in keying_set.bl_idname:
            options = options | {"INSERTKEY_AVAILABLE"}
        if "Visual" in keying_set.bl_idname:
            options = options | {"INSERTKEY_VISUAL"}
    if bpy.context.preferences.edit.use_visual_keying:
        options = options | {"INSERTKEY_VISUAL"}
    if scene.tool_settings.use_keyframe_cycle_aware:
        options = options | {"INSERTKEY_CYCLE_AWARE"}
    if into == "NEW" and paths:
        _leave_action(target)
    at = scene.frame_current_final if frame is None else frame
    kind = scene.tool_settings.keyframe_type
    keyed = set()
    for name, path in paths:
        bone = target.pose.bones[name]
        if bone.keyframe_insert(path, frame=at, group=name, options=options, keytype=kind):
            keyed.add(name)
    action = target.animation_data.action if keyed else None
    return Keyed(len(keyed), action.name if action is not None else "")


def _is_editable(target: Object) -> bool:
    animation = target.animation_data
    return animation is None or animation.action is None or animation.action.is_editable


def _leave_action(target: Object) -> Action | None:
    """Take the action off a figure, so that the next key makes a new one; the old one stays in the file."""
    animation = target.animation_data
    action: Action | None = animation.action if animation is not None else None
    if action is not None:
        if action.is_editable:
            action.use_fake_user = True
        animation.action = None
    return action


def _paths_to_key(target: Object, changed: Changed, keying_set: KeyingSet | None) -> list[tuple[str, str]]:
    """Bones and their properties to key."""
    wanted = _wanted_by(target, keying_set)
    return [
        (name, path)
        for name, paths in changed.items()
        if name in target.pose.bones
        for path in wanted(target.pose.bones[name], paths)
    ]


def _wanted_by(target: Object, keying_set: KeyingSet | None) -> Callable[[PoseBone, Sequence[str]], list[str]]:
    """What a keying set keys on a bone on which some properties changed."""
    if keying_set is None:
        return lambda _bone, paths: list(paths)
    if keying_set.is_path_absolute:
        listed = {path.data_path for path in keying_set.paths if path.id == target}

        def listed_ones(bone: PoseBone, _paths: Sequence[str]) -> list[str]:
            prefix = bone.path_from_id()
            rests = [path.removeprefix(prefix) for path in listed if path.startswith((f"{prefix}.", f"{prefix}["))]
            return [rest.removeprefix(".") for rest in rests]

        return listed_ones
    kind = keying_set.bl_idname

    def by_kind(bone: PoseBone, paths: Sequence[str]) -> list[str]:
        whole = "WholeCharacter" in kind or "Available" in kind
        found = []
        if (whole or "Loc" in kind) and not bone.bone.use_connect:
            found.append("location")
        if whole or "Rot" in kind:
            found.append(rotation_path(bone.rotation_mode))
        if whole or "Scal" in kind:
            found.append("scale")
        # Without its switches a control rig would not show the pose, so they are keyed with any set.
        return found + [path for path in paths if path.startswith("[")]

    return by_kind


def bake_motion(scene: Scene, target: Object, motion: Motion, bones: Collection[str] | None, as_strip: bool) -> Outcome:
    """Bake a motion from the current frame, at the scene's frame rate, into a new action or into a strip of it.

    Args:
        scene: where the figure is.
        target: the armature object.
        motion: more than one frame.
        bones: which bones get curves; None for all.
        as_strip: whether the new action becomes a strip on a track of its own, and the present action stays.

    Raises ValueError when the target cannot be posed.
    """
    animation = target.animation_data
    previous: Action | None = animation.action if animation is not None else None
    slot: ActionSlot | None = animation.action_slot if animation is not None else None
    had_fake_user = previous is not None and previous.use_fake_user
    outcome = apply_motion(target, motion)
    animation = target.animation_data
    action, new_slot = animation.action, animation.action_slot
    if bones is not None:
        _drop_other_bones(action, new_slot, bones)
    if as_strip:
        track = animation.nla_tracks.new()
        track.name = action.name
        strip = track.strips.new(action.name, scene.frame_current, action)
        strip.action_slot = new_slot
        animation.action = previous
        if previous is not None:
            animation.action_slot = slot
            if not had_fake_user and previous.is_editable:
                previous.use_fake_user = False
    return outcome


def _drop_other_bones(action: Action, slot: ActionSlot, bones: Collection[str]) -> None:
    """Remove the curves of all bones but some from an action that has a layer and a strip."""
    bag = action.layers[0].strips[0].channelbag(slot)
    for curve in list(bag.fcurves):
        found = _BONE_OF_PATH.match(curve.data_path)
        if found is not None and bpy.utils.unescape_identifier(found.group(1)) not in bones:
            bag.fcurves.remove(curve)

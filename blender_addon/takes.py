# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes under review: tried on the rig one after the other, then kept, or dropped with everything as it was before.

Which takes, which of them is on the rig and what the pose was before are kept in the scene, so that a review goes on
after undo and after the file was saved and opened again.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

import bpy
import numpy as np
from bpy.app.translations import pgettext_iface as iface_
from bpy.types import Object, Scene

from . import history, keyframes, rigify, work_ahead
from .armature import Outcome, apply_motion, posable_armature, present_armature
from .body_parts import bones_to_move
from .core.motion import Motion
from .core.motion_text import motion_from_text
from .placing import placed
from .pose_state import PoseState
from .properties import MaquetteApplyOptions, MaquetteEntry


@dataclass(frozen=True)
class Trial:
    """What came of putting a take on the rig."""

    outcome: Outcome
    notes: tuple[str, ...] = ()
    """What the artist should know beside it, a sentence each."""


def is_open(scene: Scene) -> bool:
    """Whether takes are under review."""
    return bool(scene.maquette.review.before)


def reviewed_entry(scene: Scene) -> MaquetteEntry:
    """The takes under review; ValueError when there are none."""
    if not is_open(scene):
        raise ValueError("No takes are under review; generate some, or take some from the history")
    return history.find_entry(scene, scene.maquette.review.entry)


def reviewed_target(scene: Scene) -> Object:
    """The armature that shows the takes; ValueError when it is gone or cannot be posed now."""
    return posable_armature(scene.maquette.review.target)


def active_motion(scene: Scene) -> Motion:
    """The take that is on the rig, as it was generated; ValueError when there is none."""
    entry = reviewed_entry(scene)
    return motion_from_text(entry.takes[min(scene.maquette.review.active, len(entry.takes) - 1)].motion)


def start_review(scene: Scene, entry: MaquetteEntry, target: Object) -> PoseState:
    """Put an entry's takes under review, none on the rig yet; the pose that the figure has now.

    A review that is open on the same figure goes on from the pose before it, unless the artist has posed the figure
    since: then that pose is what Discard will bring back.
    """
    review = scene.maquette.review
    present = PoseState.read(target)
    if not (is_open(scene) and review.target == target and review.shown == present.digest()):
        review.before = present.to_text()
        review.shown = present.digest()
        review.frame = frame_of(scene)
    review.target = target
    review.entry = entry.uid
    review.active = 0
    return present


def show(scene: Scene, index: int, present: PoseState | None = None) -> Trial:
    """Put one of the takes under review on the rig, as the options say; the first frame of a motion.

    Args:
        scene: whose takes.
        index: which of them.
        present: the pose that the figure has now, where it was read already.

    Raises ValueError when there is no such take, or its figure cannot be posed now.
    """
    review, entry = scene.maquette.review, reviewed_entry(scene)
    if not 0 <= index < len(entry.takes):
        raise ValueError(f"There are {len(entry.takes)} takes, so there is no take {index + 1}")
    target = present_armature(review.target)
    notes = []
    if present is None:
        present = PoseState.read(target)
    if is_animated(target) and review.frame != frame_of(scene):
        bring_back(scene, target, PoseState.from_text(review.before), review.frame)
        present = PoseState.read(target)
        review.before = present.to_text()
        review.frame = frame_of(scene)
    elif review.shown != present.digest():
        notes.append(iface_("What was posed by hand since the last take is gone; undo brings it back."))
    before = PoseState.from_text(review.before)
    pose = motion_from_text(entry.takes[index].motion).sliced(0, 1)
    in_place = bool(entry.conditions)
    influences: rigify.Influences = {}
    try:
        outcome = try_on(target, before, pose, scene, in_place=in_place, influences=influences, present=present)
    except ValueError:
        present.write(target)
        raise
    _remember(target, before, scene, influences)
    others = [entry.takes[n % len(entry.takes)].motion for n in (index + 1, index - 1)]
    work_ahead.later(target, others, is_mirrored=scene.maquette.options.use_mirror and not in_place)
    after = PoseState.read(target)
    review.active = index
    review.shown = after.digest()
    if scene.maquette.options.bones != "ALL" and not before.changed_bones(after):
        notes.append(iface_("No bone that takes the pose was chosen."))
    return Trial(outcome, tuple(notes))


_found: tuple[tuple[int, str, float], rigify.Influences] | None = None
"""Figure, pose from before (its digest) and frame of the last take that was shown, and what `try_on` found there."""


def _remember(target: Object, before: PoseState, scene: Scene, influences: rigify.Influences) -> None:
    global _found
    _found = (target.session_uid, before.digest(), frame_of(scene)), influences


def known_influences(target: Object, before: PoseState, scene: Scene) -> rigify.Influences:
    """Of a control rig what the last take found over the same pose from before, if it is still so; empty if not."""
    if _found is None or _found[0] != (target.session_uid, before.digest(), frame_of(scene)):
        return {}
    return dict(_found[1]) if rigify.are_in_force(target, _found[1]) else {}


def try_on(
    target: Object,
    before: PoseState,
    pose: Motion,
    scene: Scene,
    *,
    in_place: bool = False,
    check: bool = True,
    is_evaluated: bool = False,
    influences: rigify.Influences | None = None,
    present: PoseState | None = None,
) -> Outcome:
    """Put a pose on an armature as a scene's options say, seen from the pose that was there before.

    Args:
        target: the armature object.
        before: its pose from before.
        pose: one frame.
        scene: whose options.
        in_place: whether the pose was made to keep something of the one from before, so that it stands and faces as it
            has to already and must not be mirrored or moved.
        check: whether to look for bones that something holds, see `apply_motion`.
        is_evaluated: whether the armature is in its pose from before already, and Blender has evaluated it so.
        influences: what earlier calls found of a control rig over the same pose from before, see `apply_motion`.
        present: the pose that the armature has now, where it was just read.

    On ValueError the armature is left as it was before.
    """
    options: MaquetteApplyOptions = scene.maquette.options
    if check and is_animated(target):
        bpy.context.view_layer.update()  # what its curves still have to set must not come over the pose
        present = None
    before.write(target, present)
    try:
        motion = pose if in_place else placed(pose, target, scene)
        # Drivers hardly ever set other influences from one pose to the next, so they need no evaluation of their own.
        found = {} if influences is None else influences
        evaluates_first = not (check or is_evaluated)
        outcome = apply_motion(target, motion, check=check, evaluates_first=evaluates_first, influences=found)
        if outcome.is_outdated:
            before.write(target)
            found.clear()
            outcome = apply_motion(target, motion, influences=found)
    except ValueError:
        before.write(target)
        raise
    if options.blend >= 1 and options.bones == "ALL" and options.root != "KEEP":
        return outcome
    after = PoseState.read(target)
    bones = bones_to_move(target, options, before.changed_bones(after))
    before.mixed(after, options.blend, bones).write(target)
    return outcome


def all_poses(scene: Scene) -> list[PoseState]:
    """What each take under review makes of the figure, as the options say; the figure itself stays as it is.

    Raises ValueError when there are none, or the figure cannot be posed now.
    """
    entry, target = reviewed_entry(scene), reviewed_target(scene)
    before, present = PoseState.from_text(scene.maquette.review.before), PoseState.read(target)
    poses = []
    try:
        for take in entry.takes:
            pose = motion_from_text(take.motion).sliced(0, 1)
            try_on(target, before, pose, scene, in_place=bool(entry.conditions), check=False)
            poses.append(PoseState.read(target))
    finally:
        present.write(target)
    return poses


def refresh(scene: Scene) -> None:
    """Put the take under review on the rig again, after an option was changed; nothing without a review."""
    from . import generation, live_preview  # which import this module

    if is_open(scene):
        live_preview.end()
        try:
            trial = show(scene, scene.maquette.review.active)
        except ValueError as error:
            generation.note(str(error), "ERROR")
        else:
            generation.note(describe(trial.outcome, scene.maquette.review.target.name, trial.notes))


def keep(scene: Scene) -> str:
    """End the review with the take on the rig; what came of it, for the status line. ValueError without a review.

    A pose stays as it is, and is keyed if auto-key is on. A motion is baked from the current frame, as the options
    say. What changed against the pose before is remembered for inserting keyframes.
    """
    motion = active_motion(scene)
    target = reviewed_target(scene)
    review = scene.maquette.review
    before = PoseState.from_text(review.before)
    if motion.num_frames > 1:
        bring_back(scene, target, before, review.frame)
        options: MaquetteApplyOptions = scene.maquette.options
        bones = bones_to_move(target, options, before.bone_names)
        as_strip = options.bake_to == "STRIP"
        outcome = keyframes.bake_motion(scene, target, placed(motion, target, scene), bones, as_strip)
        said = describe(outcome, target.name)
        if options.blend < 1:
            said += " A motion is taken whole: the blend was left out."
    else:
        said = iface_("Kept the pose of '{}'.").format(target.name)
    remember_change(scene, target, before)
    _close(scene)
    if motion.num_frames == 1:
        try:
            keyed = keyframes.auto_key(scene, *last_change(scene))
        except ValueError as error:
            said += f" Not keyed: {error}."
        else:
            said += f" {keyed}" if keyed is not None else ""
    return said


def discard(scene: Scene) -> None:
    """End the review with everything as it was before: rotations, locations, scales, modes and switches.

    Where the figure is animated and the frame has changed since, its curves say what they say at this frame.
    """
    target = scene.maquette.review.target
    if target is not None and target.users_scene and target.type == "ARMATURE" and target.is_editable:
        review = scene.maquette.review
        bring_back(scene, target, PoseState.from_text(review.before), review.frame)
    _close(scene)


def remember_change(scene: Scene, target: Object, before: PoseState) -> None:
    """Remember what is different on a figure against an earlier pose, for inserting keyframes."""
    review = scene.maquette.review
    review.changed = json.dumps(before.changed_paths(PoseState.read(target)))
    review.changed_target = target


def last_change(scene: Scene) -> tuple[Object, dict[str, list[str]]]:
    """The figure that a take changed last, and for each changed bone the properties; ValueError when there is none.

    While takes are under review, what they change so far.
    """
    review = scene.maquette.review
    if is_open(scene):
        target = reviewed_target(scene)
        paths = PoseState.from_text(review.before).changed_paths(PoseState.read(target))
        return target, {name: list(changed) for name, changed in paths.items()}
    if review.changed_target is None or not review.changed_target.users_scene or not review.changed:
        raise ValueError("No take was put on a figure yet")
    changed = json.loads(review.changed)
    return review.changed_target, {name: changed[name] for name in changed if name in review.changed_target.pose.bones}


def posed(target: Object | None) -> str:
    """How what `describe` says of an armature object begins."""
    return iface_("Posed '{}'.").format(target.name) if target is not None else ""


def describe(outcome: Outcome, target_name: str, notes: tuple[str, ...] = ()) -> str:
    """What came of posing a rig, for the status line."""
    sentences = [iface_("Posed '{}'.").format(target_name)]
    if outcome.unmapped_joints:
        joints = ", ".join(joint.replace("_", " ") for joint in outcome.unmapped_joints)
        sentences.append(iface_("No bone for: {}.").format(joints))
    if outcome.held_bones:
        held = ", ".join(outcome.held_bones)
        sentences.append(iface_("Held elsewhere by constraints or drivers: {}.").format(held))
    return " ".join((*sentences, *outcome.notes, *notes))


def _close(scene: Scene) -> None:
    review = scene.maquette.review
    review.before = review.shown = ""
    review.active = 0


def is_animated(target: Object) -> bool:
    """Whether curves may pose the figure when the frame changes."""
    animation = target.animation_data
    return animation is not None and (animation.action is not None or len(animation.nla_tracks) > 0)


def bring_back(scene: Scene, target: Object, before: PoseState, frame: float) -> None:
    """Put back the pose of a figure that was read at some frame; where its curves decide, as they do at this frame."""
    before.write(target)
    if is_animated(target) and frame != frame_of(scene):
        scene.frame_set(scene.frame_current, subframe=scene.frame_subframe)


def frame_of(scene: Scene) -> float:
    """The frame that a scene shows, subframe included, as a property of Blender's keeps it."""
    return float(np.float32(scene.frame_current_final))

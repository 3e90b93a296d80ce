# SPDX-License-Identifier: GPL-3.0-or-later
"""The figure moves while its pose forms, and is as it was before as soon as anything else needs it so.

The forming pose is in nobody's way: it is taken off before an undo, before saving, and before the answer is applied. An
undo step that the artist made meanwhile may hold one; coming back to that step puts the pose from before in its place.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import bpy
from bpy.app.handlers import persistent
from bpy.types import Object, Scene

from . import rigify, takes
from .core.motion import Motion
from .pose_state import PoseState

_MOST_REMEMBERED = 200


@dataclass(frozen=True, eq=False)
class _Forming:
    """A figure that shows a forming pose."""

    target_uid: int
    scene_name: str
    before: PoseState
    frame: float
    influences: dict[tuple[str, float], rigify.Influences] = field(default_factory=dict)
    """Of a control rig, by the pose that a forming one is put over (its digest) and the frame."""


_forming: _Forming | None = None
_shown: dict[tuple[int, str], PoseState] = {}
"""For each forming pose that was shown (by its figure and digest) the pose from before."""


_evaluated: tuple[int, str, float] | None = None
"""The figure, its pose (its digest) and the frame, of which `prepare` let Blender evaluate a control rig."""


def prepare(target: Object, scene: Scene) -> None:
    """Let a control rig be evaluated as it is now, so that the first forming pose need not wait for that."""
    global _evaluated
    if rigify.is_control_rig(target) and not takes.is_animated(target):
        target.update_tag()
        bpy.context.view_layer.update()
        _evaluated = target.session_uid, PoseState.read(target).digest(), takes.frame_of(scene)


def show(target: Object, pose: Motion, scene: Scene, *, in_place: bool = False) -> None:
    """Put a forming pose on a figure, as the scene's options say; nothing where it cannot be posed now.

    Args:
        target: the armature object.
        pose: one frame.
        scene: whose options.
        in_place: whether the pose stands and faces as it has to already.
    """
    global _forming
    if _forming is not None and _forming.target_uid != target.session_uid:
        end()
    starts = _forming is None
    if _forming is None:
        _forming = _Forming(target.session_uid, scene.name, PoseState.read(target), takes.frame_of(scene))
    review = scene.maquette.review
    base = _forming.before
    if takes.is_open(scene) and review.target == target and review.shown == base.digest():
        base = PoseState.from_text(review.before)
    influences = _forming.influences.setdefault((base.digest(), takes.frame_of(scene)), {})
    is_evaluated = False
    if starts:
        influences.update(takes.known_influences(target, base, scene))
        is_evaluated = _evaluated == (target.session_uid, base.digest(), takes.frame_of(scene))
    try:
        takes.try_on(
            target,
            base,
            pose,
            scene,
            in_place=in_place,
            check=False,
            is_evaluated=is_evaluated,
            influences=influences,
        )
    except ValueError:
        end()
        return
    while len(_shown) >= _MOST_REMEMBERED:
        del _shown[next(iter(_shown))]
    _shown[(target.session_uid, PoseState.read(target).digest())] = _forming.before


def end() -> None:
    """Take the forming pose off again; nothing when none is shown."""
    global _forming
    forming, _forming = _forming, None
    if forming is None:
        return
    target = next((thing for thing in bpy.data.objects if thing.session_uid == forming.target_uid), None)
    scene = bpy.data.scenes.get(forming.scene_name)
    if target is not None and target.pose is not None:
        if scene is not None:
            takes.bring_back(scene, target, forming.before, forming.frame)
        else:  # deleted meanwhile; the figure may be in another one
            forming.before.write(target)


@persistent
def _end(*_: object) -> None:
    end()


@persistent
def _repair(*_: object) -> None:
    """After undo or redo: a step that was made while a pose was forming holds that pose."""
    for uid in {uid for uid, _ in _shown}:
        target = next((thing for thing in bpy.data.objects if thing.session_uid == uid), None)
        if target is not None and target.pose is not None:
            before = _shown.get((uid, PoseState.read(target).digest()))
            if before is not None:
                before.write(target)


@persistent
def _forget(*_: object) -> None:
    """Another file is loaded."""
    end()
    _shown.clear()


_HANDLERS = (
    ("undo_pre", _end),
    ("redo_pre", _end),
    ("undo_post", _repair),
    ("redo_post", _repair),
    ("save_pre", _end),
    ("load_pre", _forget),
)


def register() -> None:
    """Watch for what must not see a forming pose."""
    for name, handler in _HANDLERS:
        getattr(bpy.app.handlers, name).append(handler)


def unregister() -> None:
    """Take the forming pose off, and watch no more."""
    _forget()
    for name, handler in _HANDLERS:
        getattr(bpy.app.handlers, name).remove(handler)

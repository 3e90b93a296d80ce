# SPDX-License-Identifier: GPL-3.0-or-later
"""The one request in flight: sent without waiting, watched by a timer, its answer applied as one undo step."""

from __future__ import annotations

import contextlib
import importlib
import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import bpy
import numpy as np
from bpy.app.handlers import persistent
from bpy.app.translations import pgettext_iface as iface_
from bpy.types import Object, Scene, Window

from . import gallery, live_preview, work_ahead
from .core.conditions import Conditions
from .core.motion import Motion
from .core.motion_text import motion_to_text
from .history import most_alike
from .redraw import redraw_sidebars

# The client and the protocol's messages are read after enabling, see `_read_ahead`, so that this stays quick.
if TYPE_CHECKING:
    from .client import BackendClient
    from .core.protocol import Generate, Message, Result

SERVER_TIMEOUT_SECONDS = 5.0
"""Without a sign of life for so long, there is no server."""
MAX_SAMPLES = 64
"""The most variations of a prompt that are asked for, though fewer may be shown."""
Kind = Literal["IDLE", "WORKING", "DONE", "ERROR"]
Purpose = Literal["TAKES", "ROW", "KEYFRAMES", "ASSETS"]
"""What becomes of the answer: takes to choose from, or one pose of each prompt for a figure, a keyframe, an asset."""
_TICK_SECONDS = 0.05
_POSABLE_MODES = ("OBJECT", "POSE")
"""In other modes Blender's undo records the edit only, so a pose applied there could not be undone."""


@dataclass(frozen=True)
class Status:
    """How it goes, for the panel."""

    kind: Kind = "IDLE"
    text: str = ""
    progress: float = 0.0
    """Share of the denoising steps that are done, 0 to 1."""


@dataclass(frozen=True, eq=False)
class Order:
    """What the artist asked for."""

    prompts: tuple[str, ...]
    seed: int
    num_takes: int = 1
    """How many variations of every prompt."""
    purpose: Purpose = "TAKES"
    preview: bool = False
    """Whether the figure moves while its pose forms."""
    like: Motion | None = None
    """Of many takes, keep those that are most like this one."""
    only_seeds: tuple[int, ...] = ()
    """Keep the takes of these seeds alone; empty for all."""
    conditions: Conditions | None = None
    """What the takes have to keep of a pose."""

    @property
    def num_samples(self) -> int:
        """How many variations are asked for, some of which may be dropped."""
        if self.only_seeds:
            return max(self.only_seeds) - self.seed + 1
        return self.num_takes if self.like is None else min(MAX_SAMPLES, 6 * self.num_takes)


@dataclass(frozen=True, eq=False)
class Answer:
    """What came for an order."""

    order: Order
    motions: tuple[tuple[Motion, ...], ...]
    """For each prompt its variations."""
    seeds: tuple[int, ...]
    """The seed of each variation."""
    notes: tuple[str, ...] = ()
    """What could not be kept, a sentence each."""
    pictures: gallery.Drawing | None = None
    """Of the first variation of each prompt, where the order is for assets."""


@dataclass(frozen=True, eq=False)
class _Request:
    """What was asked, and for which armature of which scene: by session ids, since no pointer survives an undo."""

    request_id: str
    order: Order
    target_name: str
    target_uid: int
    scene_uid: int


_reader: threading.Thread | None = None
"""Reads the modules that the first request needs."""
_client: BackendClient | None = None
_closing: list[BackendClient] = []
"""Clients that were given up and whose threads may not have gone yet."""
_request: _Request | None = None
_answer: Answer | None = None
"""The answer to `_request`, waiting for the artist to leave an edit mode."""
_last_motion: Motion | None = None
_status = Status()


def status() -> Status:
    """How the request goes or ended."""
    return _status


def is_working() -> bool:
    """Whether an answer is awaited."""
    return _request is not None


def last_motion() -> Motion:
    """What was generated last in this session; ValueError when nothing was."""
    if _last_motion is None:
        raise ValueError("No pose was generated yet; type a prompt and press Generate, or choose a file")
    return _last_motion


def answer() -> Answer:
    """The answer that has come and is to be applied now; ValueError when there is none."""
    if _answer is None:
        raise ValueError("No answer is waiting; type a prompt and press Generate")
    return _answer


def start(address: str, order: Order, target: Object) -> None:
    """Ask the server at an address for poses and return at once; `tick` applies the answer to the target.

    Raises ValueError when a field of the request is out of range, or the address no address.
    """
    global _request, _answer
    request = _message(order)
    _connection(address).send(request)
    if order.preview:
        live_preview.prepare(target, bpy.context.scene)
    scene_uid = bpy.context.scene.session_uid
    _request, _answer = _Request(request.request_id, order, target.name, target.session_uid, scene_uid), None
    _show(Status("WORKING", iface_("Connecting...")))
    if not bpy.app.timers.is_registered(tick):
        bpy.app.timers.register(tick, first_interval=_TICK_SECONDS)


def _message(order: Order) -> Generate:
    from .core.protocol import Generate, new_request_id

    conditions = order.conditions
    request = Generate(
        new_request_id(),
        prompts=order.prompts,
        num_samples=order.num_samples,
        seed=order.seed,
        report_progress=True,
        preview=order.preview,
    )
    if conditions is None:
        return request
    look_at = conditions.look_at
    return replace(
        request,
        reference_rotations=conditions.reference.local_rotations[0],
        reference_translation=conditions.reference.root_translation[0],
        locked_limbs=conditions.locked_limbs,
        locked_joints=conditions.locked_joints,
        pinned_joints=tuple(conditions.pins),
        pin_positions=conditions.pin_positions(),
        look_at=None if look_at is None else np.array(look_at, dtype=np.float32),
        edit=conditions.is_edit,
    )


def cancel() -> None:
    """Give the request up; whatever still comes for it is ignored."""
    if _request is not None and _client is not None:
        _client.cancel(_request.request_id)
    _end(Status("IDLE", iface_("Cancelled.")))


def succeed(text: str) -> None:
    """Show that a pose was applied."""
    _end(Status("DONE", text))


def fail(text: str) -> None:
    """Show what went wrong; a request that is still open is over."""
    _end(Status("ERROR", text))


def note(text: str, kind: Kind = "DONE") -> None:
    """Show something else that was done or went wrong, unless an answer is awaited: its progress matters more."""
    if not is_working():
        _show(Status(kind, text))


def tick() -> float | None:
    """Take in what came and apply the answer; called by Blender's timer, or in a loop by scripts without a window.

    Returns the seconds until the next call, or None when nothing is awaited any more.
    """
    if _request is None or _client is None:
        return None
    if _answer is not None:  # it came with an earlier call, so that no call does much
        drawing = _answer.pictures
        if drawing is not None and not drawing.is_done:
            done = len(drawing.pictures)
            text = iface_("Picture {} of {}").format(done + 1, drawing.count)
            _show(Status("WORKING", text, done / drawing.count))
        else:
            _apply(_request)
    else:
        for message in _client.poll():
            if _request is not None and message.request_id == _request.request_id:
                _take(_request, message)
    return _TICK_SECONDS if is_working() else None


def _take(request: _Request, message: Message) -> None:
    global _answer, _last_motion
    from .core.protocol import Accepted, ErrorReply, Progress, Result

    if isinstance(message, Accepted):
        waiting = iface_("{} ahead of you").format(message.position) if message.position else iface_("Thinking...")
        _show(Status("WORKING", waiting))
    elif isinstance(message, Progress):
        text = iface_("Step {} of {}").format(message.step, message.total)
        _show(Status("WORKING", text, message.step / message.total))
        if request.order.preview and message.local_rotations is not None and message.root_translation is not None:
            _preview(request, message.local_rotations[0, 0], message.root_translation[0, 0])
    elif isinstance(message, ErrorReply):
        fail(f"{message.message[:1].upper()}{message.message[1:]}")
    elif isinstance(message, Result):
        try:
            _answer = _read(request.order, message)
        except ValueError as error:
            fail(f"The server's answer cannot be used: {error}")
        else:
            _last_motion = _answer.motions[0][0]
            if request.order.purpose == "ASSETS":
                _answer = replace(_answer, pictures=_draw_pictures(_answer))
            elif request.order.purpose == "TAKES" and (target := _find(request)) is not None:
                options = _scene(request, target).maquette.options
                is_mirrored = options.use_mirror and request.order.conditions is None
                work_ahead.prepare(target, _last_motion, is_mirrored=is_mirrored)


def _read(order: Order, result: Result) -> Answer:
    """The motions of a result, those chosen that are most like a wanted one; ValueError when they are none."""
    motions = tuple(
        tuple(Motion(rotations, translation, result.fps) for rotations, translation in zip(*samples, strict=True))
        for samples in zip(result.local_rotations, result.root_translation, strict=True)
    )
    if len(motions) != len(order.prompts):
        raise ValueError(f"{len(order.prompts)} prompts were sent and {len(motions)} answers came")
    if order.only_seeds:
        chosen = [n for n, seed in enumerate(result.seeds) if seed in order.only_seeds]
        if len(chosen) != len(order.only_seeds):
            raise ValueError("it holds other seeds than were asked for")
    elif order.like is not None:
        chosen = most_alike(order.like, motions[0], order.num_takes)
    else:
        return Answer(order, motions, result.seeds, _sentences(result))
    chosen_motions = (tuple(motions[0][n] for n in chosen),)
    return Answer(order, chosen_motions, tuple(result.seeds[n] for n in chosen), _sentences(result))


def _draw_pictures(answer: Answer) -> gallery.Drawing:
    """Start to draw the poses of an answer for the asset browser, from the front."""
    poses = [motion_to_text(motions[0].sliced(0, 1)) for motions in answer.motions]
    is_mirrored = bpy.context.scene.maquette.options.use_mirror
    return gallery.Drawing(poses, gallery.FROM_THE_SIDE, is_mirrored, gallery.ASSET_PIXELS)


def _sentences(result: Result) -> tuple[str, ...]:
    """What the server says it could not keep."""
    return tuple(f"{text[:1].upper()}{text[1:].rstrip('.')}." for text in result.unmet)


def _preview(request: _Request, rotations: np.ndarray, translation: np.ndarray) -> None:
    """Let the figure show the pose as it forms, where it can."""
    target = _find(request)
    if target is None:
        return
    scene = _scene(request, target)
    window = _window(scene)
    if window is None:
        return
    with bpy.context.temp_override(window=window):
        if bpy.context.mode in _POSABLE_MODES:
            with contextlib.suppress(ValueError):  # early steps may hold no proper rotations
                pose = Motion(rotations[:1], translation[:1])
                live_preview.show(target, pose, scene, in_place=request.order.conditions is not None)


def _find(request: _Request) -> Object | None:
    """The armature that the request is for, unless it is gone."""
    target = next((thing for thing in bpy.data.objects if thing.session_uid == request.target_uid), None)
    return target if target is not None and target.users_scene else None


def _apply(request: _Request) -> None:
    """Put the answer on the armature it was asked for, unless that is gone, not shown, or an edit is going on."""
    target = _find(request)
    if target is None:
        fail(f"'{request.target_name}' was deleted, so its pose was not applied")
        return
    scene = _scene(request, target)
    window = _window(scene)
    if window is None:  # undo would be recorded for the scene that is shown
        _show(Status("WORKING", iface_("Ready: go back to '{}'").format(scene.name), 1.0))
        return
    with bpy.context.temp_override(window=window):
        if bpy.context.mode not in _POSABLE_MODES:
            _show(Status("WORKING", iface_("Ready: leave the edit mode"), 1.0))
            return
        live_preview.end()
        try:
            bpy.ops.pose.maquette_receive("EXEC_DEFAULT", True, target=target.name)
        except RuntimeError as error:  # how Blender passes on what the operator reported
            fail(str(error).strip().removeprefix("Error: "))


def _scene(request: _Request, target: Object) -> Scene:
    """The scene that the request was made in; where the armature is no longer in it, one that it is in."""
    scenes = target.users_scene
    return next((scene for scene in scenes if scene.session_uid == request.scene_uid), scenes[0])


def _window(scene: Scene) -> Window | None:
    """A window that shows a scene; None while the artist looks at others."""
    return next((window for window in bpy.context.window_manager.windows if window.scene == scene), None)


def _connection(address: str) -> BackendClient:
    """The client for an address; a new one where there is none or the last attempt failed."""
    global _client
    from .client import BackendClient, ConnectionState

    if _client is not None and (
        _client.address != address or _client.state not in (ConnectionState.CONNECTING, ConnectionState.READY)
    ):
        _client.close(wait=False)
        _closing[:] = [client for client in (*_closing, _client) if not client.has_ended]
        _client = None
    if _client is None:
        _client = BackendClient(address, name=f"Blender {bpy.app.version_string}", timeout=SERVER_TIMEOUT_SECONDS)
    return _client


def _end(outcome: Status) -> None:
    global _request, _answer
    live_preview.end()
    if _answer is not None and _answer.pictures is not None:
        _answer.pictures.stop()
    _request = _answer = None
    _show(outcome)


def _show(news: Status) -> None:
    global _status
    if news != _status:
        _status = news
        redraw_sidebars()


@persistent
def _forget(*_: object) -> None:
    """Another file is loaded: its armatures are not those that were asked for."""
    global _last_motion
    if is_working():
        cancel()
    _last_motion = None
    _end(Status())


@persistent
def _after_undo(*_: object) -> None:
    """What was said of the last pose need no longer be so."""
    if not is_working():
        _show(Status())


def _read_ahead() -> None:
    """Read the client and the protocol before the first request: it would wait longer for them than a window may."""
    global _reader
    _reader = threading.Thread(target=importlib.import_module, args=(f"{__package__}.client",), daemon=True)
    _reader.start()


def register() -> None:
    """Watch for files being loaded, and for undo."""
    bpy.app.timers.register(_read_ahead, first_interval=1.0, persistent=True)
    bpy.app.handlers.load_pre.append(_forget)
    bpy.app.handlers.undo_post.append(_after_undo)


def unregister() -> None:
    """Drop the request, the timer and the connection."""
    global _client
    if bpy.app.timers.is_registered(_read_ahead):
        bpy.app.timers.unregister(_read_ahead)
    if _reader is not None:
        _reader.join()
    bpy.app.handlers.load_pre.remove(_forget)
    bpy.app.handlers.undo_post.remove(_after_undo)
    if bpy.app.timers.is_registered(tick):
        bpy.app.timers.unregister(tick)
    if is_working():
        cancel()
    for client in (*_closing, *(() if _client is None else (_client,))):
        client.close()
    _closing.clear()
    _client = None

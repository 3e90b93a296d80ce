# SPDX-License-Identifier: GPL-3.0-or-later
"""The messages between client and server, and how they become bytes.

A message travels as ZeroMQ frames: first a JSON header in UTF-8 with `version`, `type`, `request_id` and the
message's fields, then one raw little-endian float32 frame for each array field, in the order of the fields; in the
header such a field holds the array's shape. A field at its default is left out of the header, so that a newer
client can talk to an older server as long as it asks for nothing new. Nothing is ever unpickled.
"""

from __future__ import annotations

import dataclasses
import json
import math
import typing
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import numpy as np

from .field_rules import Array, Choice, Flag, Items, Number, ProtocolError, Rule, Text, WholeNumber, quoted
from .skeleton import JOINT_NAMES, LIMBS

PROTOCOL_VERSION = 1
MAX_HEADER_BYTES = 1 << 20
"""A larger header is refused unread; a request of 64 prompts at full length stays below."""
MAX_FRAME_BYTES = 64 << 20
"""A larger array is refused; the largest result of poses takes 2 MiB."""
MAX_SEED = 2**53 - 1
"""JSON readers in any language keep whole numbers exact up to here."""

_ROTATIONS = ("prompts", "samples", "frames", len(JOINT_NAMES), 4)
_TRANSLATIONS = ("prompts", "samples", "frames", 3)
_Limbs = Annotated[tuple[str, ...], Items(Choice(tuple(LIMBS)), 0, len(LIMBS))]
_Joints = Annotated[tuple[str, ...], Items(Choice(JOINT_NAMES), 0, len(JOINT_NAMES))]
_Count = Annotated[int, WholeNumber(0, 2**31 - 1)]
_Label = Annotated[str, Text(0, 200)]


@dataclass(frozen=True)
class Message:
    """What every message has: the id that ties replies to their request, chosen by the client.

    Fields are checked when a message is made, here as on the wire: ProtocolError names the one at fault.
    """

    request_id: Annotated[str, Text(1, 64)]

    def __post_init__(self) -> None:
        sizes: dict[str, tuple[str, int]] = {}
        for name, rule in _RULES[type(self)].items():
            value = rule.check(name, getattr(self, name))
            object.__setattr__(self, name, value)
            if isinstance(rule, Array) and isinstance(value, np.ndarray):
                for dimension, size in zip(rule.shape, value.shape, strict=True):
                    if isinstance(dimension, str) and sizes.setdefault(dimension, (name, size))[1] != size:
                        other, wanted = sizes[dimension]
                        raise ProtocolError(name, f"expected {wanted} {dimension} as in {other}, {size} came")


@dataclass(frozen=True)
class Hello(Message):
    """Opens a conversation; answered by HelloReply."""

    client: _Label = ""
    """Name and version of the calling program, for the server's log."""


@dataclass(frozen=True, eq=False)
class Generate(Message):
    """Asks for `num_samples` variations of every prompt; answered by Accepted, Progress (if asked), then Result."""

    prompts: Annotated[tuple[str, ...], Items(Text(1, 2000), 1, 64)]
    num_samples: Annotated[int, WholeNumber(1, 64)] = 1
    seed: Annotated[int, WholeNumber(0, MAX_SEED)] = 0
    """Sample s of every prompt is made from seed + s."""
    num_frames: Annotated[int, WholeNumber(1, 10_000)] = 1
    """Frames of each motion, 1 for a pose; HelloReply.max_frames says what the server's model can make."""
    guidance_scale: Annotated[float | None, Number(0, 100, optional=True)] = None
    """How strongly the words pull at the first step; None is the checkpoint's default."""
    guidance_scale_end: Annotated[float | None, Number(0, 100, optional=True)] = None
    """The same at the last step, reached in a straight line; None is guidance_scale if given, else the checkpoint's."""
    num_inference_steps: Annotated[int | None, WholeNumber(1, 1000, optional=True)] = None
    """Denoising steps; None is the checkpoint's default."""
    negative_prompt: Annotated[str, Text(0, 2000)] = ""
    report_progress: Annotated[bool, Flag()] = False
    preview: Annotated[bool, Flag()] = False
    """Whether progress is reported with the forming poses in it."""
    candidates: Annotated[int | None, WholeNumber(1, 64, optional=True)] = None
    """Poses drawn for each sample, of which the best is given; None is the checkpoint's default, 1 is no choice."""
    reference_rotations: Annotated[np.ndarray | None, Array((len(JOINT_NAMES), 4), optional=True)] = None
    """The pose to keep something of: (22, 4), local quaternions wxyz. Results then stand where it stands."""
    reference_translation: Annotated[np.ndarray | None, Array((3,), optional=True)] = None
    """(3,) metres, Y up: its pelvis."""
    locked_limbs: _Limbs = ()
    """Limbs that keep the reference's global rotations."""
    locked_joints: _Joints = ()
    """The same for single joints."""
    pinned_joints: _Joints = ()
    """Joints that are to be somewhere."""
    pin_positions: Annotated[np.ndarray | None, Array(("pins", 3), optional=True)] = None
    """(pins, 3) metres in the world of the reference: where, in the order of `pinned_joints`."""
    look_at: Annotated[np.ndarray | None, Array((3,), optional=True)] = None
    """(3,) metres in the same world: what the head faces."""
    edit: Annotated[bool, Flag()] = False
    """Change the reference only where the one prompt speaks of it."""

    def __post_init__(self) -> None:
        super().__post_init__()
        if (self.reference_rotations is None) != (self.reference_translation is None):
            missing = "reference_rotations" if self.reference_rotations is None else "reference_translation"
            raise ProtocolError(missing, "expected rotations and translation together, this one is missing")
        for name in ("locked_limbs", "locked_joints", "pinned_joints", "look_at", "edit"):
            value = getattr(self, name)
            asked = value is not None if name == "look_at" else bool(value)
            if asked and self.reference_rotations is None:
                raise ProtocolError("reference_rotations", f"{name} needs a reference pose, none came")
        num_positions = 0 if self.pin_positions is None else len(self.pin_positions)
        if num_positions != len(self.pinned_joints):
            raise ProtocolError("pin_positions", f"expected {len(self.pinned_joints)} positions, {num_positions} came")
        if len(set(self.pinned_joints)) != len(self.pinned_joints):
            raise ProtocolError("pinned_joints", "expected each joint once, one came twice")
        if self.edit and len(self.prompts) != 1:
            raise ProtocolError("prompts", f"expected one prompt for an edit, {len(self.prompts)} came")


@dataclass(frozen=True)
class Cancel(Message):
    """Stops the Generate that has this request_id; Cancelled then comes in place of its Result."""


@dataclass(frozen=True)
class Health(Message):
    """Asks whether the server lives; answered at once, even while the model works."""


@dataclass(frozen=True)
class ModelCard(Message):
    """Asks for the text of the model's card."""


@dataclass(frozen=True)
class HelloReply(Message):
    """Who answers, and what may be asked."""

    server: _Label
    """Name and version of the server's program."""
    model: _Label
    device: _Label
    capabilities: Annotated[tuple[str, ...], Items(Text(1, 64), 0, 256)]
    """The request types the server answers, and the optional fields of Generate that it honours."""
    max_prompts: _Count
    max_samples: _Count
    max_poses: _Count
    """The most prompts times samples in one request."""
    max_frames: _Count
    max_waiting: _Count
    """The most requests that one client may have waiting at once."""


@dataclass(frozen=True)
class Accepted(Message):
    """A Generate has its place; sent again when the place changes, and now and then to see that the client is there."""

    position: _Count
    """How many requests come before it; 0 says that the model works on it now."""


@dataclass(frozen=True, eq=False)
class Progress(Message):
    """One denoising step is done."""

    step: Annotated[int, WholeNumber(1, 1_000_000)]
    total: Annotated[int, WholeNumber(1, 1_000_000)]
    local_rotations: Annotated[np.ndarray | None, Array(_ROTATIONS, optional=True)] = None
    """The forming poses where a preview was asked for: (prompts, samples, frames, 22, 4), quaternions wxyz."""
    root_translation: Annotated[np.ndarray | None, Array(_TRANSLATIONS, optional=True)] = None
    """(prompts, samples, frames, 3), metres, Y up."""

    def __post_init__(self) -> None:
        super().__post_init__()
        if (self.local_rotations is None) != (self.root_translation is None):
            missing = "local_rotations" if self.local_rotations is None else "root_translation"
            raise ProtocolError(missing, "expected rotations and translations together, this one is missing")


@dataclass(frozen=True, eq=False)
class Result(Message):
    """What was asked for."""

    seeds: Annotated[tuple[int, ...], Items(WholeNumber(0, 2 * MAX_SEED), 1, 64)]
    """The seed of each sample: (samples,)."""
    fps: Annotated[float, Number(0.001, 1000)]
    elapsed_seconds: Annotated[float, Number(0, 1e9)]
    """Time the model took, without waiting and transport."""
    local_rotations: Annotated[np.ndarray, Array(_ROTATIONS)]
    """(prompts, samples, frames, 22, 4), quaternions wxyz."""
    root_translation: Annotated[np.ndarray, Array(_TRANSLATIONS)]
    """(prompts, samples, frames, 3), metres, Y up."""
    scores: Annotated[np.ndarray | None, Array(("prompts", "samples"), optional=True)] = None
    """How well each goes with its prompt, where it was chosen among candidates; more is better."""
    pin_residue: Annotated[np.ndarray | None, Array(("prompts", "samples", "pins"), optional=True)] = None
    """Metres between each pinned joint and its position, in the order of the request."""
    rotation_residue: Annotated[np.ndarray | None, Array(("prompts", "samples"), optional=True)] = None
    """Degrees by which locked joints and the gaze are off, the worst of them, where a reference was given."""
    unmet: Annotated[tuple[str, ...], Items(Text(1, 200), 0, 64)] = ()
    """A sentence for each constraint that some pose misses by more than 1 cm or 2 degrees."""
    changed_limbs: _Limbs = ()
    """The limbs that an edit was free to change."""

    def __post_init__(self) -> None:
        super().__post_init__()
        if len(self.seeds) != self.local_rotations.shape[1]:
            raise ProtocolError(
                "seeds", f"expected one for each of {self.local_rotations.shape[1]} samples, {len(self.seeds)} came"
            )


@dataclass(frozen=True)
class Cancelled(Message):
    """A Generate was stopped as asked; nothing more comes for it."""


@dataclass(frozen=True)
class HealthReply(Message):
    """The server lives."""

    working: Annotated[bool, Flag()]
    """Whether the model is at work now."""
    num_waiting: _Count
    num_finished: _Count
    """Requests answered with a Result since the start."""
    uptime_seconds: Annotated[float, Number(0, 1e12)]


@dataclass(frozen=True)
class ModelCardReply(Message):
    """The model's card."""

    text: Annotated[str, Text(0, 200_000)]


@dataclass(frozen=True)
class ErrorReply(Message):
    """A request failed; nothing more comes for it."""

    request_id: Annotated[str, Text(0, 64)]
    """Empty where the request was too broken to read its id."""
    field: _Label
    """The field of the request at fault; empty where the request was good and its work failed."""
    message: Annotated[str, Text(0, 4000)]


REQUESTS: tuple[type[Message], ...] = (Hello, Generate, Cancel, Health, ModelCard)
REPLIES: tuple[type[Message], ...] = (
    HelloReply, Accepted, Progress, Result, Cancelled, HealthReply, ModelCardReply, ErrorReply,
)  # fmt: skip

_RULES: dict[type[Message], dict[str, Rule]] = {
    message_type: {
        field.name: typing.get_type_hints(message_type, include_extras=True)[field.name].__metadata__[0]
        for field in dataclasses.fields(message_type)
    }
    for message_type in REQUESTS + REPLIES
}
"""The rule of each field of a message type, in the order of the fields."""


def type_name(message_type: type[Message]) -> str:
    """The name of a message type in the header: HelloReply is `hello_reply`."""
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in message_type.__name__).lstrip("_")


def new_request_id() -> str:
    """An id that no other request has."""
    return uuid.uuid4().hex


def encode(message: Message) -> list[bytes]:
    """A message as frames: the header, then one frame for each array it holds. Inverse of `decode`."""
    header: dict[str, Any] = {"version": PROTOCOL_VERSION, "type": type_name(type(message))}
    frames: list[bytes] = []
    for field in dataclasses.fields(message):
        value = getattr(message, field.name)
        if isinstance(value, np.ndarray):
            header[field.name] = value.shape
            frames.append(value.tobytes())
        elif value != field.default:
            header[field.name] = value
    return [json.dumps(header, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8"), *frames]


def decode(frames: Sequence[bytes], allowed: Sequence[type[Message]] = REQUESTS + REPLIES) -> Message:
    """The message that the frames hold. Inverse of `encode`; arrays are read-only views of the frames.

    Args:
        frames: the header and the arrays' frames, as ZeroMQ delivered them.
        allowed: the message types that may come here, REQUESTS on a server.

    Raises:
        ProtocolError: anything is missing, left over, of the wrong type, out of range or not finite.
    """
    header = _read_header(frames)
    request_id = header.get("request_id", "")
    try:
        return _read_message(header, frames[1:], allowed)
    except ProtocolError as error:
        readable = isinstance(request_id, str) and len(request_id) <= 64 and request_id.isprintable()
        raise ProtocolError(error.field, error.message, request_id if readable else "") from None


def _read_header(frames: Sequence[bytes]) -> dict[str, Any]:
    if not frames or not frames[0]:
        raise ProtocolError("header", "expected a JSON header as the first frame, nothing came")
    if len(frames[0]) > MAX_HEADER_BYTES:
        raise ProtocolError("header", f"expected at most {MAX_HEADER_BYTES} bytes, {len(frames[0])} came")
    try:
        # NaN and infinity are let through here, so that the rule of their field refuses them by name.
        header = json.loads(bytes(frames[0]).decode("utf-8"), object_pairs_hook=_unique_keys)
    except ProtocolError:
        raise
    except (ValueError, RecursionError) as error:  # not UTF-8, not JSON, thousands of digits, thousands of brackets
        reason = str(error).splitlines()[0][:100]
        raise ProtocolError("header", f"expected JSON in UTF-8, which this is not ({reason})") from None
    if not isinstance(header, dict):
        raise ProtocolError("header", f"expected a JSON object, {quoted(header)} came")
    return header


def _read_message(header: dict[str, Any], frames: Sequence[bytes], allowed: Sequence[type[Message]]) -> Message:
    version = header.pop("version", None)
    if version != PROTOCOL_VERSION or isinstance(version, bool):
        raise ProtocolError("version", f"this side speaks protocol version {PROTOCOL_VERSION}, {quoted(version)} came")
    types = {type_name(one): one for one in allowed}
    name = header.pop("type", None)
    if not isinstance(name, str) or name not in types:
        raise ProtocolError("type", f"expected one of {', '.join(types)}; {quoted(name)} came")
    message_type = types[name]
    rules = _RULES[message_type]
    for key in header:
        if key not in rules:
            raise ProtocolError(_shown(key), f"{name} has no such field; it has {', '.join(rules)}")
    values: dict[str, Any] = {}
    unread = list(frames)
    for field in dataclasses.fields(message_type):
        if field.name not in header:
            if field.default is dataclasses.MISSING:
                raise ProtocolError(field.name, f"{name} needs this field, it is missing")
            continue
        value, rule = header[field.name], rules[field.name]
        values[field.name] = _read_array(field.name, value, rule, unread) if isinstance(rule, Array) else value
    if unread:
        raise ProtocolError("frames", f"expected {len(frames) - len(unread)} behind the header, {len(frames)} came")
    return message_type(**values)


def _read_array(field: str, shape: object, rule: Array, unread: list[bytes]) -> np.ndarray:
    sizes = rule.check_shape(field, shape)
    if not unread:
        raise ProtocolError("frames", f"expected a frame that holds {field}, none came")
    frame = unread.pop(0)
    num_bytes = 4 * math.prod(sizes)
    if num_bytes > MAX_FRAME_BYTES:
        raise ProtocolError(field, f"expected at most {MAX_FRAME_BYTES} bytes, the shape asks for {quoted(num_bytes)}")
    if len(frame) != num_bytes:
        raise ProtocolError(field, f"expected {num_bytes} bytes for the shape {list(sizes)}, {len(frame)} came")
    return np.frombuffer(frame, dtype="<f4").reshape(sizes)


def _shown(key: str) -> str:
    """A key from outside as an error can name it: never empty, never long, plain ASCII."""
    return key.encode("ascii", "backslashreplace").decode("ascii")[:100] or "header"


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    header = dict(pairs)
    if len(header) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ProtocolError(_shown(twice), "expected once, it came more than once")
    return header

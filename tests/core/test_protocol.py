# SPDX-License-Identifier: GPL-3.0-or-later
"""Messages survive the wire unchanged, and whatever breaks the protocol is refused by the field's name."""

from __future__ import annotations

import dataclasses
import json
import math
from typing import Any

import numpy as np
import pytest

from blender_addon.core import protocol
from blender_addon.core.protocol import (
    PROTOCOL_VERSION,
    REPLIES,
    REQUESTS,
    Generate,
    Message,
    Progress,
    ProtocolError,
    Result,
    decode,
    encode,
)


def random_poses(num_prompts: int = 2, num_samples: int = 3, num_frames: int = 1) -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng(0)
    rotations = generator.normal(size=(num_prompts, num_samples, num_frames, 22, 4)).astype(np.float32)
    return rotations, generator.normal(size=(num_prompts, num_samples, num_frames, 3)).astype(np.float32)


def result(**changes: Any) -> Result:
    rotations, translation = random_poses()
    values: dict[str, Any] = {
        "request_id": "a", "seeds": (4, 5, 6), "fps": 20.0, "elapsed_seconds": 0.125,
        "local_rotations": rotations, "root_translation": translation,
    }  # fmt: skip
    return Result(**{**values, **changes})


EXAMPLES: list[Message] = [
    protocol.Hello("a", client="Maquette 0.1.0"),
    Generate("b", prompts=("a person kneels",)),
    Generate(
        "c", prompts=("ein Mädchen springt 🤸", 'quotes " and \\ and\nlines'), num_samples=64, seed=protocol.MAX_SEED,
        guidance_scale=0.1 + 0.2, guidance_scale_end=7, num_inference_steps=1000, negative_prompt="arms up",
        report_progress=True, preview=True,
    ),
    Generate(
        "c", prompts=("raise the left arm",), candidates=6, edit=True,
        reference_rotations=np.ones((22, 4), np.float32) / 2, reference_translation=np.zeros(3, np.float32),
        locked_limbs=("head", "left_leg"), locked_joints=("spine2",), pinned_joints=("left_wrist", "pelvis"),
        pin_positions=np.arange(6, dtype=np.float32).reshape(2, 3), look_at=np.ones(3, np.float32),
    ),
    protocol.Cancel("b"),
    protocol.Health("d"),
    protocol.ModelCard("e"),
    protocol.HelloReply("a", "Maquette 0.1.0", "pose", "cpu", ("generate", "cancel"), 64, 64, 1024, 1, 16),
    protocol.Accepted("b", position=3),
    Progress("b", step=1, total=10),
    Progress("b", 1, 10, *random_poses()),
    result(),
    result(
        scores=np.ones((2, 3), np.float32), pin_residue=np.zeros((2, 3, 1), np.float32),
        rotation_residue=np.zeros((2, 3), np.float32), unmet=("left_wrist misses its pin by 3.0 cm",),
        changed_limbs=("left_arm",),
    ),
    protocol.Cancelled("b"),
    protocol.HealthReply("d", working=True, num_waiting=2, num_finished=7, uptime_seconds=1.5),
    protocol.ModelCardReply("e", text="# A card\n"),
    protocol.ErrorReply("", field="prompts", message="expected text"),
]  # fmt: skip


@pytest.mark.parametrize("message", EXAMPLES, ids=lambda message: type(message).__name__)
def test_decode_is_the_inverse_of_encode(message: Message) -> None:
    decoded = decode(encode(message))
    assert type(decoded) is type(message)
    for field in dataclasses.fields(message):
        before, after = getattr(message, field.name), getattr(decoded, field.name)
        if isinstance(before, np.ndarray):
            assert after.dtype == np.float32 and after.shape == before.shape
            assert after.tobytes() == before.tobytes()
        else:
            assert after == before and type(after) is type(before)
    assert encode(decoded) == encode(message)


def test_every_message_type_has_an_example_here() -> None:
    assert {type(message) for message in EXAMPLES} == set(REQUESTS + REPLIES)


def test_arrays_travel_as_little_endian_float32_behind_a_readable_header() -> None:
    message = result()
    header, rotations, translation = encode(message)
    assert json.loads(header)["local_rotations"] == [2, 3, 1, 22, 4]
    assert rotations == message.local_rotations.astype("<f4").tobytes()
    assert translation == message.root_translation.astype("<f4").tobytes()


def test_fields_at_their_default_stay_off_the_wire() -> None:
    header = json.loads(encode(Generate("a", prompts=("x",)))[0])
    assert header == {"version": PROTOCOL_VERSION, "type": "generate", "request_id": "a", "prompts": ["x"]}


def test_values_are_normalised_so_that_both_sides_hold_the_same() -> None:
    message = Generate("a", prompts=["x"], guidance_scale=3, seed=np.int64(5))  # type: ignore[arg-type]
    assert message.prompts == ("x",)
    assert type(message.guidance_scale) is float and type(message.seed) is int


REFERENCE = {"reference_rotations": np.ones((22, 4), np.float32) / 2, "reference_translation": np.zeros(3, np.float32)}


@pytest.mark.parametrize(
    ("field", "options"),
    [
        ("reference_translation", {"reference_rotations": REFERENCE["reference_rotations"]}),
        ("reference_rotations", {"locked_limbs": ("head",)}),
        ("reference_rotations", {"edit": True}),
        ("reference_rotations", {"look_at": np.zeros(3, np.float32)}),
        ("pin_positions", {**REFERENCE, "pinned_joints": ("left_wrist",)}),
        ("pinned_joints", {**REFERENCE, "pinned_joints": ("head", "head"), "pin_positions": np.zeros((2, 3), "f4")}),
        ("prompts", {**REFERENCE, "edit": True, "prompts": ("x", "y")}),
    ],
)
def test_what_only_makes_sense_together_is_asked_together(field: str, options: dict[str, Any]) -> None:
    with pytest.raises(ProtocolError) as caught:
        Generate("a", **{"prompts": ("x",), **options})
    assert caught.value.field == field


def header_of(**changes: Any) -> dict[str, Any]:
    header = {"version": PROTOCOL_VERSION, "type": "generate", "request_id": "id-7", "prompts": ["a person sits"]}
    return {**header, **changes}


BAD_FIELDS = [
    ("version", 2), ("version", "1"), ("version", True), ("version", None),
    ("type", "generat"), ("type", 3), ("type", None), ("type", ["generate"]),
    ("request_id", ""), ("request_id", 3), ("request_id", "x" * 65), ("request_id", None), ("request_id", "\ud800"),
    ("prompts", "a person sits"), ("prompts", []), ("prompts", ["x"] * 65), ("prompts", {"0": "x"}), ("prompts", None),
    ("prompts[1]", ["x", 3]), ("prompts[0]", ["   "]), ("prompts[0]", ["x" * 2001]), ("prompts[0]", ["\ud800"]),
    ("num_samples", 0), ("num_samples", 65), ("num_samples", 1.0), ("num_samples", True), ("num_samples", "1"),
    ("num_samples", 10**4000), ("num_samples", None),
    ("seed", -1), ("seed", 2**53), ("seed", 0.5),
    ("num_frames", 0), ("num_frames", 10_001),
    ("guidance_scale", -1), ("guidance_scale", 101), ("guidance_scale", 10**400), ("guidance_scale", "7"),
    ("guidance_scale", True), ("guidance_scale", math.nan), ("guidance_scale", math.inf),
    ("seed", math.nan), ("guidance_scale_end", [1]),
    ("num_inference_steps", 0), ("num_inference_steps", 1001), ("num_inference_steps", 2.5),
    ("negative_prompt", None), ("negative_prompt", "x" * 2001),
    ("report_progress", 1), ("preview", "yes"),
    ("candidates", 0), ("candidates", 65), ("locked_limbs[0]", ["tail"]), ("locked_joints[1]", ["head", 3]),
    ("pinned_joints[0]", ["left_hand"]), ("edit", 1), ("reference_rotations", [22, 3]), ("look_at", [2]),
    ("num_sample", 4), ("constraints", []), ("self", 1), ("__class__", "x"),
]  # fmt: skip


@pytest.mark.parametrize(("field", "value"), BAD_FIELDS, ids=lambda value: repr(value)[:30])
def test_a_bad_field_is_refused_by_its_name(field: str, value: object) -> None:
    header = json.dumps(header_of(**{field.split("[")[0]: value})).encode()
    with pytest.raises(ProtocolError) as caught:
        decode([header], REQUESTS)
    assert caught.value.field == field
    assert len(caught.value.message) < 400 and "\n" not in caught.value.message
    if field != "request_id":
        assert caught.value.request_id == "id-7"


@pytest.mark.parametrize("field", ["version", "type", "request_id", "prompts"])
def test_a_missing_field_is_named(field: str) -> None:
    header = header_of()
    del header[field]
    with pytest.raises(ProtocolError) as caught:
        decode([json.dumps(header).encode()], REQUESTS)
    assert caught.value.field == field


BAD_HEADERS = {
    "no frames": [],
    "an empty frame": [b""],
    "not UTF-8": [b"\xff\xfe{}"],
    "not JSON": [b"{"],
    "not an object": [b"[1]"],
    "nested too deep": [b"[" * 100_000],
    "digits without end": [b'{"seed":' + b"9" * 10_000 + b"}"],
    "oversize": [json.dumps(header_of(prompts=["x" * (1 << 20)])).encode()],
    "pickle": [b"\x80\x04\x95\x00\x00\x00"],
}


@pytest.mark.parametrize("frames", BAD_HEADERS.values(), ids=BAD_HEADERS.keys())
def test_a_bad_header_is_refused(frames: list[bytes]) -> None:
    with pytest.raises(ProtocolError) as caught:
        decode(frames)
    assert caught.value.field == "header"


def test_a_field_that_comes_twice_is_refused() -> None:
    with pytest.raises(ProtocolError) as caught:
        decode([b'{"version":1,"type":"generate","request_id":"a","prompts":["x"],"seed":1,"seed":2}'])
    assert caught.value.field == "seed"


def test_error_names_of_hostile_keys_fit_an_error_reply() -> None:
    for key in ("\ud800", "", "x" * 5000, "a\nb"):
        with pytest.raises(ProtocolError) as caught:
            decode([json.dumps(header_of(**{key: 1})).encode()])
        protocol.ErrorReply("", caught.value.field, caught.value.message)
        assert caught.value.field


def test_a_server_does_not_take_replies() -> None:
    with pytest.raises(ProtocolError, match="type: expected one of hello, generate, cancel, health, model_card"):
        decode(encode(result()), REQUESTS)


def frames_with(shape: object = None, rotations: bytes | None = None) -> list[bytes]:
    header, *frames = encode(result())
    fields = json.loads(header)
    if shape is not None:
        fields["local_rotations"] = shape
    if rotations is not None:
        frames[0] = rotations
    return [json.dumps(fields).encode(), *frames]


@pytest.mark.parametrize(
    "frames",
    [
        frames_with(rotations=b""),
        frames_with(rotations=b"\0" * (2 * 3 * 22 * 4 * 4 - 1)),
        frames_with(rotations=b"\0" * (2 * 3 * 22 * 4 * 4 + 4)),
        frames_with(rotations=np.full((2, 3, 1, 22, 4), np.nan, "<f4").tobytes()),
        frames_with(rotations=np.full((2, 3, 1, 22, 4), -np.inf, "<f4").tobytes()),
        frames_with(shape=[2, 3, 1, 21, 4]),
        frames_with(shape=[2, 3, 22, 4]),
        frames_with(shape=[2, -3, -1, 22, 4]),
        frames_with(shape=[2, 3.0, 1, 22, 4]),
        frames_with(shape=[2, True, 3, 22, 4]),
        frames_with(shape="23"),
        frames_with(shape=[10**9, 10**9, 10**9, 22, 4]),
    ],
)
def test_a_frame_that_is_not_its_array_is_refused_by_name(frames: list[bytes]) -> None:
    with pytest.raises(ProtocolError) as caught:
        decode(frames)
    assert caught.value.field == "local_rotations"


def test_frames_too_few_or_too_many_are_refused() -> None:
    for frames in (encode(result())[:-1], [*encode(result()), b""], [*encode(EXAMPLES[0]), b"more"]):
        with pytest.raises(ProtocolError) as caught:
            decode(frames)
        assert caught.value.field == "frames"


def test_arrays_of_one_message_must_agree() -> None:
    rotations, translation = random_poses(num_prompts=3)
    with pytest.raises(ProtocolError, match="root_translation: expected 2 prompts as in local_rotations, 3 came"):
        result(root_translation=translation)
    with pytest.raises(ProtocolError, match="seeds: expected one for each of 3 samples, 2 came"):
        result(seeds=(1, 2))
    with pytest.raises(ProtocolError, match="root_translation: expected rotations and translations together"):
        Progress("a", 1, 2, local_rotations=rotations)
    with pytest.raises(ProtocolError, match="local_rotations: expected finite values"):
        result(local_rotations=np.full((2, 3, 1, 22, 4), 1e300))


def test_random_bytes_never_raise_anything_else() -> None:
    generator = np.random.default_rng(7)
    valid = [encode(message) for message in EXAMPLES]
    num_refused = 0
    for _ in range(3000):
        frames = [bytearray(frame) for frame in valid[generator.integers(len(valid))]]
        for _ in range(generator.integers(1, 4)):
            frame = frames[generator.integers(len(frames))]
            at = int(generator.integers(len(frame) + 1))
            frame[at : at + int(generator.integers(4))] = generator.bytes(int(generator.integers(4)))
        try:
            decode([bytes(frame) for frame in frames])
        except ProtocolError as error:
            num_refused += 1
            protocol.ErrorReply(error.request_id, error.field, error.message)  # every refusal can be told
    assert num_refused > 1500

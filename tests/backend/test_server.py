# SPDX-License-Identifier: GPL-3.0-or-later
"""The server over real sockets with a real pipeline: replies, cancelling, fairness, hostile requests, its end."""

from __future__ import annotations

import copy
import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest
import torch
import zmq

from backend import model_worker
from backend.__main__ import main
from backend.constraints import PoseConstraints
from backend.job_queue import Job
from backend.pipeline import PosePipeline
from backend.server import PoseServer, ServerLimits
from blender_addon.core.protocol import (
    REPLIES,
    Accepted,
    Cancel,
    Cancelled,
    ErrorReply,
    Generate,
    Health,
    HealthReply,
    Hello,
    HelloReply,
    Message,
    ModelCard,
    ModelCardReply,
    Progress,
    Result,
    decode,
    encode,
)

REPOSITORY = Path(__file__).parents[2]
ENDLESS = 1000
"""Denoising steps of a generation that is not meant to finish within a test."""
MessageT = TypeVar("MessageT", bound=Message)


class Peer:
    """A bare socket that can send anything."""

    def __init__(self, address: str) -> None:
        self.context = zmq.Context()
        self.socket = self.context.socket(zmq.DEALER)
        self.socket.setsockopt(zmq.LINGER, 0)
        self.socket.setsockopt(zmq.RCVHWM, 100)
        self.socket.setsockopt(zmq.SNDHWM, 0)
        self.socket.connect(address)

    def send(self, message: Message) -> None:
        self.socket.send_multipart(encode(message))

    def receive(self, seconds: float = 20) -> Message:
        assert self.socket.poll(int(seconds * 1000)), "no reply came"
        return decode(self.socket.recv_multipart(), REPLIES)

    def receive_until(self, wanted: type[MessageT]) -> tuple[list[Message], MessageT]:
        """Everything before the next message of a type, and that message."""
        before: list[Message] = []
        while True:
            message = self.receive()
            if isinstance(message, wanted):
                return before, message
            assert not isinstance(message, ErrorReply), message
            before.append(message)

    def ask(self, message: Message) -> Message:
        self.send(message)
        return self.receive()

    def health(self) -> HealthReply:
        reply = self.ask(Health("health"))
        assert isinstance(reply, HealthReply)
        return reply

    def close(self) -> None:
        self.context.destroy(linger=0)


@contextmanager
def serving(pipeline: PosePipeline, limits: ServerLimits | None = None) -> Iterator[PoseServer]:
    server = PoseServer(pipeline, "tcp://127.0.0.1:*", model="tiny", limits=limits)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield server
    finally:
        server.stop()
        thread.join(20)
        assert not thread.is_alive()


@pytest.fixture
def server(tiny_pipeline: PosePipeline) -> Iterator[PoseServer]:
    with serving(tiny_pipeline) as running:
        yield running


@pytest.fixture
def connect(server: PoseServer) -> Iterator[Callable[[], Peer]]:
    with ExitStack() as stack:

        def make() -> Peer:
            peer = Peer(server.address)
            stack.callback(peer.close)
            return peer

        yield make


def start_endless(peer: Peer, request_id: str = "endless") -> None:
    """Set the model to work on something long, and return when it is at it."""
    peer.send(Generate(request_id, prompts=("x",), num_inference_steps=ENDLESS, report_progress=True))
    peer.receive_until(Progress)


def eventually(condition: Callable[[], bool], seconds: float = 20) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return False


def test_hello_says_who_answers_and_what_may_be_asked(connect: Callable[[], Peer]) -> None:
    reply = connect().ask(Hello("h", client="a test"))
    assert isinstance(reply, HelloReply)
    assert (reply.request_id, reply.model, reply.device) == ("h", "tiny", "cpu")
    limits = ServerLimits()
    assert (reply.max_prompts, reply.max_samples, reply.max_poses) == (
        limits.max_prompts, limits.max_samples, limits.max_poses,
    )  # fmt: skip
    assert {"generate", "cancel", "preview"} <= set(reply.capabilities)


def test_the_card_is_the_checkpoints(connect: Callable[[], Peer], tiny_pipeline: PosePipeline) -> None:
    reply = connect().ask(ModelCard("m"))
    assert isinstance(reply, ModelCardReply) and reply.text == tiny_pipeline.model_card() != ""


def test_a_generation_is_what_the_pipeline_makes(connect: Callable[[], Peer], tiny_pipeline: PosePipeline) -> None:
    peer = connect()
    request = Generate(
        "g", prompts=("a person sits", "a person jumps"), num_samples=3, seed=11, guidance_scale=2,
        guidance_scale_end=5, num_inference_steps=4, negative_prompt="arms up",
    )  # fmt: skip
    peer.send(request)
    before, result = peer.receive_until(Result)
    assert [type(message) for message in before] == [Accepted]
    expected = tiny_pipeline(
        request.prompts, num_samples=3, seed=11, guidance_scale=2, guidance_scale_end=5, num_inference_steps=4,
        negative_prompt="arms up",
    )  # fmt: skip
    np.testing.assert_allclose(result.local_rotations, expected.local_rotations, atol=1e-5)
    np.testing.assert_allclose(result.root_translation, expected.root_translation, atol=1e-5)
    assert (result.seeds, result.fps) == (expected.seeds, expected.fps)
    assert peer.health().num_finished == 1


def test_what_is_kept_of_a_pose_travels(connect: Callable[[], Peer], tiny_pipeline: PosePipeline) -> None:
    pose = tiny_pipeline("a person sits", seed=3).motion(0, 0)
    far = tuple(float(value) for value in pose.root_translation[0] + [0, 5, 0])
    peer = connect()
    peer.send(
        Generate(
            "g", prompts=("a person jumps",), num_samples=2, candidates=3, reference_rotations=pose.local_rotations[0],
            reference_translation=pose.root_translation[0], locked_limbs=("head", "pelvis"),
            locked_joints=("left_knee",), pinned_joints=("right_wrist", "pelvis"),
            pin_positions=np.array([far, pose.root_translation[0]], np.float32),
        )
    )  # fmt: skip
    _, result = peer.receive_until(Result)
    pelvis = tuple(float(value) for value in pose.root_translation[0])
    constraints = PoseConstraints(
        pose,
        ("head", "pelvis"),
        ("left_knee",),
        {"right_wrist": far, "pelvis": pelvis},  # type: ignore[dict-item]
    )
    expected = tiny_pipeline("a person jumps", num_samples=2, candidates=3, constraints=constraints)
    np.testing.assert_allclose(result.local_rotations, expected.local_rotations, atol=1e-5)
    assert expected.scores is not None and result.scores is not None and expected.residue is not None
    np.testing.assert_allclose(result.scores, expected.scores, atol=1e-5)
    assert result.pin_residue is not None and result.rotation_residue is not None
    np.testing.assert_allclose(result.pin_residue, expected.residue.metres, atol=1e-5)
    assert result.unmet == expected.residue.report() and "right_wrist misses its pin" in result.unmet[0]
    error = peer.ask(
        Generate(
            "h", prompts=("x",), reference_rotations=pose.local_rotations[0], locked_limbs=("head",),
            reference_translation=pose.root_translation[0], look_at=np.zeros(3, np.float32),
        )
    )  # fmt: skip
    while isinstance(error, Accepted):
        error = peer.receive()
    assert isinstance(error, ErrorReply) and "look_at turns the head, but the head is locked" in error.message


def test_progress_comes_step_by_step_with_the_forming_poses(connect: Callable[[], Peer]) -> None:
    peer = connect()
    peer.send(Generate("g", prompts=("x", "y"), num_samples=2, num_inference_steps=5, preview=True))
    before, result = peer.receive_until(Result)
    steps = [message for message in before if isinstance(message, Progress)]
    assert [(step.step, step.total) for step in steps] == [(number, 5) for number in range(1, 6)]
    for step in steps:
        assert step.local_rotations is not None and step.local_rotations.shape == (2, 2, 1, 22, 4)
    assert steps[0].local_rotations is not None
    assert not np.allclose(steps[0].local_rotations, result.local_rotations)
    peer.send(Generate("quiet", prompts=("x",), report_progress=True))
    before, _ = peer.receive_until(Result)
    assert all(message.local_rotations is None for message in before if isinstance(message, Progress))


def test_health_hello_and_card_are_answered_while_the_model_works(connect: Callable[[], Peer]) -> None:
    artist, other = connect(), connect()
    start_endless(artist)
    health = other.health()
    assert health.working and health.num_finished == 0
    assert isinstance(other.ask(Hello("h")), HelloReply)
    assert isinstance(other.ask(ModelCard("m")), ModelCardReply)
    assert isinstance(artist.ask(Cancel("endless")), Progress | Cancelled)
    assert other.health().num_finished == 0  # so all of it was answered before the generation ended


def test_cancel_stops_the_work_and_nothing_follows(connect: Callable[[], Peer]) -> None:
    peer = connect()
    start_endless(peer)
    peer.send(Cancel("endless"))
    before, cancelled = peer.receive_until(Cancelled)
    assert cancelled.request_id == "endless"
    assert all(message.step < ENDLESS for message in before if isinstance(message, Progress))
    health = peer.health()  # the next reply, so neither progress nor a result came in between
    assert not health.working and health.num_finished == 0


def test_the_model_stops_within_one_denoising_step(tiny_pipeline: PosePipeline) -> None:
    context = zmq.Context()
    inbox, outbox = context.socket(zmq.PULL), context.socket(zmq.PUSH)
    inbox.bind("inproc://test")
    outbox.connect("inproc://test")
    jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
    thread = threading.Thread(target=model_worker.run, args=(tiny_pipeline, jobs, outbox))
    thread.start()
    job = Job(b"", Generate("g", prompts=("x",), num_inference_steps=ENDLESS, report_progress=True))
    jobs.put(job)
    assert inbox.poll(20_000)
    inbox.recv_multipart()
    job.stopped.set()
    num_before = 0
    while inbox.poll(0):  # what was reported before the stop
        num_before += inbox.recv_multipart()[0] == model_worker.STEP
    num_after = 0
    while (kind := inbox.recv_multipart())[0] == model_worker.STEP:
        num_after += 1
    assert kind == [model_worker.DONE] and num_before < ENDLESS - 2
    assert num_after <= 1
    jobs.put(None)
    thread.join()
    context.destroy(linger=0)


def test_a_waiting_request_is_cancelled_at_once(connect: Callable[[], Peer]) -> None:
    artist, other = connect(), connect()
    start_endless(artist)
    accepted = other.ask(Generate("w", prompts=("x",)))
    assert isinstance(accepted, Accepted) and accepted.position == 1
    assert other.ask(Cancel("w")) == Cancelled("w")
    assert other.health().working and other.health().num_waiting == 0


def test_only_the_own_open_requests_can_be_cancelled(connect: Callable[[], Peer]) -> None:
    artist, other = connect(), connect()
    start_endless(artist)
    for peer, request_id in ((other, "endless"), (other, "unknown")):
        reply = peer.ask(Cancel(request_id))
        assert isinstance(reply, ErrorReply) and (reply.field, reply.request_id) == ("request_id", request_id)
    assert other.health().working


def test_clients_take_turns(connect: Callable[[], Peer]) -> None:
    greedy, modest, blocker = connect(), connect(), connect()
    start_endless(blocker)
    for number in range(3):
        greedy.ask(Generate(f"g{number}", prompts=("x",)))
    accepted = modest.ask(Generate("m", prompts=("x",)))
    assert isinstance(accepted, Accepted) and accepted.position == 2  # behind g0 only
    positions = [message.position for message in (greedy.receive(), greedy.receive()) if isinstance(message, Accepted)]
    assert positions == [3, 4]  # g1 and g2 have moved back, and were told
    blocker.send(Cancel("endless"))
    modest.receive_until(Result)
    assert greedy.receive_until(Result)[1].request_id == "g0"
    assert [greedy.receive_until(Result)[1].request_id for _ in range(2)] == ["g1", "g2"]


def test_work_of_a_client_that_disappears_is_dropped(connect: Callable[[], Peer]) -> None:
    artist, other = connect(), connect()
    # No progress is reported, so nothing but the disconnect itself can tell.
    artist.send(Generate("endless", prompts=("x",), num_inference_steps=ENDLESS))
    artist.send(Generate("waiting", prompts=("x",), num_inference_steps=ENDLESS))
    assert eventually(lambda: (health := other.health()).working and health.num_waiting == 1)
    artist.close()
    assert eventually(lambda: not other.health().working)
    assert other.health().num_waiting == 0 and other.health().num_finished == 0


def test_a_client_that_does_not_read_holds_up_nobody(tiny_checkpoint: Path, tmp_path: Path) -> None:
    shutil.copytree(tiny_checkpoint, tmp_path / "wordy")
    (tmp_path / "wordy" / "MODEL_CARD.md").write_text("x" * 50_000, encoding="utf-8")
    with serving(PosePipeline.from_pretrained(tmp_path / "wordy", device="cpu")) as server:
        deaf, other = Peer(server.address), Peer(server.address)
        deaf.send(Generate("endless", prompts=("x",), num_inference_steps=ENDLESS))
        assert isinstance(deaf.receive(), Accepted)
        for _ in range(2000):  # more than sockets and buffers hold
            deaf.send(ModelCard("m"))
        other.send(Generate("o", prompts=("x",)))
        assert other.receive_until(Result)[1].request_id == "o"
        health = other.health()
        assert not health.working and health.num_finished == 1  # the endless work was given up
        deaf.close()
        other.close()


def header(**changes: object) -> bytes:
    fields = {"version": 1, "type": "generate", "request_id": "bad", "prompts": ["x"], **changes}
    return json.dumps({key: value for key, value in fields.items() if value != "REMOVED"}).encode()


@pytest.mark.parametrize(
    ("frames", "field"),
    [
        ([b""], "header"),
        ([b"not json"], "header"),
        ([b"\xff\xfe\x00"], "header"),
        ([b"{" + b" " * (2 << 20) + b"}"], "header"),
        ([header(version=2)], "version"),
        ([header(version="REMOVED")], "version"),
        ([header(type="explode")], "type"),
        ([header(type="result")], "type"),
        ([header(request_id=5)], "request_id"),
        ([header(request_id="REMOVED")], "request_id"),
        ([header(prompts="REMOVED")], "prompts"),
        ([header(prompts="x")], "prompts"),
        ([header(prompts=["x", ""])], "prompts[1]"),
        ([header(prompts=["x"] * 65)], "prompts"),
        ([header(num_samples="many")], "num_samples"),
        ([header(num_samples=65)], "num_samples"),
        ([header(guidance_scale=float("nan"))], "guidance_scale"),
        ([header(seed=-1)], "seed"),
        ([header(num_frames=2)], "num_frames"),
        ([header(prompts=["x"] * 64, num_samples=64)], "num_samples"),
        ([header(speed=1)], "speed"),
        ([header(**{"\ud800": 1})], "\\ud800"),
        ([header(), b"\0\0\0\0"], "frames"),
        ([header(), *[b""] * 50], "frames"),
    ],
)
def test_a_bad_request_gets_an_error_that_names_the_field(
    connect: Callable[[], Peer], frames: list[bytes], field: str
) -> None:
    peer = connect()
    peer.socket.send_multipart(frames)
    reply = peer.receive()
    assert isinstance(reply, ErrorReply) and reply.field == field and reply.message
    assert reply.request_id == ("bad" if field not in ("header", "request_id") else "")
    peer.send(Generate("good", prompts=("x",)))
    assert peer.receive_until(Result)[1].request_id == "good"


def test_an_open_id_cannot_be_used_again(connect: Callable[[], Peer]) -> None:
    peer, namesake = connect(), connect()
    start_endless(peer, "id")
    peer.send(Generate("id", prompts=("x",)))
    while not isinstance(reply := peer.receive(), ErrorReply):
        pass
    assert reply.field == "request_id"
    assert isinstance(namesake.ask(Generate("id", prompts=("x",))), Accepted)  # another client's ids are its own


def test_a_client_cannot_fill_the_queue(tiny_pipeline: PosePipeline) -> None:
    with serving(tiny_pipeline, ServerLimits(max_waiting=2)) as server:
        peer = Peer(server.address)
        start_endless(peer)
        for number in range(3):
            peer.send(Generate(f"w{number}", prompts=("x",)))
        while not isinstance(reply := peer.receive(), ErrorReply):
            pass
        assert (reply.request_id, reply.field) == ("w2", "") and "waiting" in reply.message
        peer.close()


def test_random_requests_never_bring_the_server_down(connect: Callable[[], Peer]) -> None:
    generator = np.random.default_rng(3)
    valid = [encode(message)[0] for message in (Hello("a"), Health("b"), Cancel("c"), ModelCard("d"))]
    valid.append(encode(Generate("e", prompts=("x",), seed=3, num_inference_steps=1, guidance_scale=2.5))[0])
    peers = [connect() for _ in range(3)]
    for number in range(600):
        frames = [generator.bytes(int(generator.integers(200)))]
        if generator.random() < 0.7:
            text = bytearray(valid[generator.integers(len(valid))])
            for _ in range(generator.integers(1, 5)):
                at = int(generator.integers(len(text)))
                text[at : at + int(generator.integers(3))] = generator.bytes(int(generator.integers(3)))
            frames = [bytes(text)]
        frames += [generator.bytes(int(generator.integers(50))) for _ in range(generator.integers(3))]
        peers[number % 3].socket.send_multipart(frames)
    num_errors = 0
    for peer in peers:
        peer.send(Health("last"))
        while (reply := peer.receive()).request_id != "last":
            num_errors += isinstance(reply, ErrorReply)
    assert num_errors > 400
    peers[0].send(Hello("h"))
    while not isinstance(peers[0].receive(), HelloReply):  # replies to requests that came through unharmed
        pass


def test_a_model_that_fails_is_reported_and_the_server_lives(tiny_pipeline: PosePipeline) -> None:
    broken = copy.deepcopy(tiny_pipeline)
    weights = broken.denoiser.scaler.mean
    whole = weights.detach().clone()
    torch.nn.init.constant_(weights, float("nan"))
    with serving(broken) as server:
        peer = Peer(server.address)
        assert isinstance(peer.ask(Generate("g", prompts=("x",))), Accepted)
        reply = peer.receive()
        assert isinstance(reply, ErrorReply) and reply.request_id == "g" and reply.message
        with torch.no_grad():
            weights.copy_(whole)
        peer.send(Generate("again", prompts=("x",)))
        peer.receive_until(Result)
        peer.close()


def test_who_waits_is_told_when_the_server_stops(tiny_pipeline: PosePipeline) -> None:
    with serving(tiny_pipeline) as server:
        peer, other = Peer(server.address), Peer(server.address)
        start_endless(peer)
        assert isinstance(other.ask(Generate("w", prompts=("x",))), Accepted)
    for waiting in (peer, other):
        while not isinstance(reply := waiting.receive(), ErrorReply):
            assert not isinstance(reply, Result)
        assert reply.message == "the server is shutting down"
        waiting.close()


def test_a_busy_port_and_a_bad_address_are_told_in_one_sentence(
    server: PoseServer, tiny_pipeline: PosePipeline, tiny_checkpoint: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(OSError, match=f"{server.address} is already in use.*--bind"):
        PoseServer(tiny_pipeline, server.address)
    with pytest.raises(ValueError, match="expected an address such as"):
        PoseServer(tiny_pipeline, "localhost")
    with pytest.raises(OSError, match=r"cannot listen at tcp://192\.0\.2\.1:5711"):
        PoseServer(tiny_pipeline, "tcp://192.0.2.1:5711")
    assert main(["serve", "--bind", server.address, "--checkpoint", str(tiny_checkpoint), "--device", "cpu"]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


@pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise there")
def test_the_command_says_where_it_listens_warns_and_ends_cleanly(tiny_checkpoint: Path) -> None:
    command = [sys.executable, "-m", "backend", "serve", "--device", "cpu", "--checkpoint", str(tiny_checkpoint)]
    process = subprocess.Popen(
        [*command, "--bind", "tcp://0.0.0.0:*"], cwd=REPOSITORY, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line.strip())
        if line.startswith("listening on "):
            break
    peer = Peer(lines[-1].split()[-1].replace("0.0.0.0", "127.0.0.1"))
    assert isinstance(peer.ask(Hello("h")), HelloReply)
    start_endless(peer)
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=30)
    peer.close()
    assert process.returncode == 0 and out == "stopped\n" and "Traceback" not in err
    assert len([line for line in lines if line.startswith("warning: anyone who can reach")]) == 1

# SPDX-License-Identifier: GPL-3.0-or-later
"""The client against a real server, against none, and against servers that misbehave on the wire."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import zmq

from blender_addon.client import BackendClient, ConnectionState
from blender_addon.core.protocol import (
    Accepted,
    Cancel,
    Cancelled,
    ErrorReply,
    Generate,
    Health,
    HealthReply,
    HelloReply,
    Message,
    ModelCard,
    Progress,
    Result,
    encode,
)

if TYPE_CHECKING:
    from backend.pipeline import PosePipeline
    from backend.server import PoseServer

REPOSITORY = Path(__file__).parents[2]
ENDLESS = 1000
NOBODY = "tcp://127.0.0.1:9"


@contextmanager
def serving(pipeline: PosePipeline, address: str = "tcp://127.0.0.1:*") -> Iterator[PoseServer]:
    from backend.server import PoseServer

    server = PoseServer(pipeline, address, model="tiny")
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield server
    finally:
        server.stop()
        thread.join(20)


@contextmanager
def impostor(answer: Callable[[dict[str, object]], list[bytes] | None]) -> Iterator[str]:
    """A socket that answers headers as `answer` says; its address."""
    context = zmq.Context()
    router = context.socket(zmq.ROUTER)
    port = router.bind_to_random_port("tcp://127.0.0.1")
    ended = threading.Event()

    def run() -> None:
        while not ended.is_set():
            if router.poll(20):
                client, header, *_ = router.recv_multipart()
                if (reply := answer(json.loads(header))) is not None:
                    router.send_multipart([client, *reply])

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield f"tcp://127.0.0.1:{port}"
    finally:
        ended.set()
        thread.join()
        context.destroy(linger=0)


@contextmanager
def connected(address: str, timeout: float = 20.0) -> Iterator[BackendClient]:
    client = BackendClient(address, name="a test", timeout=timeout)
    try:
        yield client
    finally:
        client.close()


def eventually(condition: Callable[[], bool], seconds: float = 20) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.01)
    return False


def replies_until(client: BackendClient, wanted: type[Message], seconds: float = 20) -> list[Message]:
    """All replies up to the first of a type."""
    replies: list[Message] = []
    end = time.monotonic() + seconds
    while not any(isinstance(reply, wanted) for reply in replies):
        assert time.monotonic() < end, f"expected {wanted.__name__}, got {replies}"
        replies += client.wait(0.5)
    return replies


def test_a_request_sent_before_the_connection_stands_is_answered(tiny_pipeline: PosePipeline) -> None:
    with serving(tiny_pipeline) as server, connected(server.address) as client:
        client.send(Generate("g", prompts=("x",), num_samples=2))
        replies = replies_until(client, Result)
        assert [type(reply) for reply in replies] in ([Accepted, Result], [Result])
        assert client.state is ConnectionState.READY and client.trouble == ""
        assert client.server is not None and client.server.model == "tiny"


def test_after_cancel_only_cancelled_comes(tiny_pipeline: PosePipeline) -> None:
    with serving(tiny_pipeline) as server, connected(server.address) as client:
        request = Generate("old", prompts=("x",), num_inference_steps=ENDLESS, report_progress=True)
        client.send(request)
        replies_until(client, Progress)
        client.cancel("old")
        client.send(Generate("new", prompts=("x",)))
        replies = replies_until(client, Result)
        assert [reply for reply in replies if reply.request_id == "old"] == [Cancelled("old")]
        client.send(Cancel("old"))  # no longer open, so nothing happens
        client.send(Health("h"))
        assert [type(reply) for reply in replies_until(client, HealthReply)] == [HealthReply]


def test_a_result_that_nobody_has_seen_is_dropped_by_cancel(tiny_pipeline: PosePipeline) -> None:
    with serving(tiny_pipeline) as server, connected(server.address) as client, connected(server.address) as observer:
        client.send(Generate("g", prompts=("x",)))

        def finished() -> bool:
            observer.send(Health("h"))
            replies = replies_until(observer, HealthReply)
            return any(isinstance(reply, HealthReply) and reply.num_finished == 1 for reply in replies)

        assert eventually(finished)
        time.sleep(0.1)
        client.cancel("g")
        client.send(Health("h"))
        replies = replies_until(client, HealthReply)
        assert [type(reply) for reply in replies] == [Cancelled, HealthReply]


def test_progress_that_was_overtaken_is_not_kept(tiny_pipeline: PosePipeline) -> None:
    with serving(tiny_pipeline) as server, connected(server.address) as client, connected(server.address) as observer:
        client.send(Generate("g", prompts=("x",), num_inference_steps=50, preview=True))
        replies_until(client, Accepted)
        observer.send(Generate("behind", prompts=("x",)))
        replies_until(observer, Result)
        replies = replies_until(client, Result)
        assert len([reply for reply in replies if isinstance(reply, Progress)]) <= 1


def test_no_server_is_told_within_the_timeout_and_nobody_waits_for_it() -> None:
    started = time.monotonic()
    with connected(NOBODY, timeout=1.0) as client:
        client.send(Generate("g", prompts=("x",)))
        assert client.poll() == []
        assert time.monotonic() - started < 1.0  # neither making a client nor sending waited for the timeout
        (reply,) = replies_until(client, ErrorReply)
        assert isinstance(reply, ErrorReply) and reply.request_id == "g" and reply.field == ""
        assert NOBODY in reply.message and "python -m backend serve" in reply.message
        assert client.state is ConnectionState.UNREACHABLE and client.trouble == reply.message
        client.send(Generate("g", prompts=("x",)))  # known to be in vain by now, and told so
        assert isinstance(replies_until(client, ErrorReply)[0], ErrorReply)


def test_a_request_never_sent_is_cancelled_without_a_server() -> None:
    with connected(NOBODY) as client:
        client.send(Generate("g", prompts=("x",)))
        client.cancel("g")
        assert client.poll() == [Cancelled("g")]


def test_a_server_that_comes_later_or_comes_back_is_found(tiny_pipeline: PosePipeline) -> None:
    with serving(tiny_pipeline) as server:
        address = server.address
    with connected(address, timeout=1.5) as client:
        assert eventually(lambda: client.state is ConnectionState.UNREACHABLE)
        with serving(tiny_pipeline, address):
            assert eventually(lambda: client.state is ConnectionState.READY)
            client.send(Generate("g", prompts=("x",), num_inference_steps=ENDLESS, report_progress=True))
            replies_until(client, Progress)
        replies = replies_until(client, ErrorReply)
        assert replies[-1] == ErrorReply("g", "", "the server is shutting down")
        assert eventually(lambda: client.state is not ConnectionState.READY) and client.server is None
        with serving(tiny_pipeline, address):
            assert eventually(lambda: client.state is ConnectionState.READY)
            client.send(Generate("again", prompts=("x",)))
            replies_until(client, Result)


HELLO_REPLY = HelloReply("h", "Impostor", "m", "cpu", (), 1, 1, 1, 1, 1)


def hello_reply(header: dict[str, object], **changes: object) -> list[bytes]:
    fields = {**json.loads(encode(HELLO_REPLY)[0]), "request_id": header["request_id"], **changes}
    return [json.dumps(fields).encode()]


def test_a_connection_that_breaks_ends_what_is_open() -> None:
    with impostor(lambda header: hello_reply(header) if header["type"] == "hello" else None) as address:
        client = BackendClient(address)
        assert eventually(lambda: client.state is ConnectionState.READY)
        client.send(Generate("g", prompts=("x",)))
        time.sleep(0.1)
    (reply,) = replies_until(client, ErrorReply)
    assert reply == ErrorReply("g", "", f"the connection to the server at {address} was lost")
    client.close()


def test_a_server_that_falls_silent_is_given_up() -> None:
    with (
        impostor(lambda header: hello_reply(header) if header["type"] == "hello" else None) as address,
        connected(address, timeout=0.3) as client,
    ):
        assert eventually(lambda: client.state is ConnectionState.READY)
        time.sleep(0.5)
        assert client.state is ConnectionState.READY  # nothing is owed, so silence is fine
        client.send(Generate("g", prompts=("x",)))
        (reply,) = replies_until(client, ErrorReply)
        assert reply == ErrorReply("g", "", f"the server at {address} does not answer any more")


def test_a_busy_server_that_answers_health_is_not_given_up() -> None:
    def answer(header: dict[str, object]) -> list[bytes] | None:
        if header["type"] == "health":
            return encode(HealthReply(str(header["request_id"]), True, 0, 0, 1.0))
        return hello_reply(header) if header["type"] == "hello" else None

    with impostor(answer) as address, connected(address, timeout=1.0) as client:
        client.send(Generate("g", prompts=("x",)))
        time.sleep(2.0)
        assert client.poll() == [] and client.state is ConnectionState.READY


@pytest.mark.parametrize("kind", ["its hello has another version", "it refuses this version"])
def test_another_version_is_told(kind: str) -> None:
    def answer(header: dict[str, object]) -> list[bytes]:
        if kind == "its hello has another version":
            return hello_reply(header, version=2)
        return encode(ErrorReply(str(header["request_id"]), "version", "this side speaks protocol version 2, 1 came"))

    with impostor(answer) as address, connected(address) as client:
        client.send(Generate("g", prompts=("x",)))
        (reply,) = replies_until(client, ErrorReply)
        assert isinstance(reply, ErrorReply) and "protocol version" in reply.message and address in reply.message
        assert client.state is ConnectionState.INCOMPATIBLE and client.trouble == reply.message


def test_nonsense_from_a_server_does_no_harm() -> None:
    def answer(header: dict[str, object]) -> list[bytes]:
        if header["type"] == "hello":
            return hello_reply(header)
        if header["type"] == "model_card":
            return [b"\x80\x04nonsense"]
        return [json.dumps({"version": 1, "type": "result", "request_id": header["request_id"], "fps": -1}).encode()]

    with impostor(answer) as address, connected(address) as client:
        client.send(ModelCard("m"))  # answered by bytes that cannot be told to belong to it
        client.send(Health("h"))
        (reply,) = replies_until(client, ErrorReply)
        assert isinstance(reply, ErrorReply) and reply.request_id == "h" and "cannot be read" in reply.message
        assert client.state is ConnectionState.READY


def test_closing_ends_what_is_open_and_the_thread(tiny_pipeline: PosePipeline) -> None:
    num_threads = threading.active_count()
    client = BackendClient(NOBODY)
    client.send(Generate("g", prompts=("x",)))
    with pytest.raises(ValueError, match="'g' is still open"):
        client.send(Generate("g", prompts=("x",)))
    client.close()
    client.close()
    assert threading.active_count() == num_threads
    assert client.state is ConnectionState.CLOSED
    (reply,) = client.poll()
    assert isinstance(reply, ErrorReply) and "was closed" in reply.message
    with pytest.raises(ValueError, match="closed"):
        client.send(Generate("h", prompts=("x",)))


def test_bad_settings_are_refused() -> None:
    with pytest.raises(ValueError, match="expected an address"):
        BackendClient("localhost")
    with pytest.raises(ValueError, match="timeout"):
        BackendClient(NOBODY, timeout=0)


def test_without_pyzmq_a_client_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its thread finds out, which alone loads pyzmq: that takes longer than a window may wait."""
    monkeypatch.setitem(sys.modules, "zmq", None)
    client = BackendClient(NOBODY)
    with contextlib.suppress(ValueError):  # the thread may have ended already
        client.send(Generate("g", prompts=("x",)))
        (reply,) = client.wait(20)
        assert isinstance(reply, ErrorReply) and "zmq" in reply.message
    assert eventually(lambda: client.state is ConnectionState.CLOSED)
    with pytest.raises(ValueError, match="zmq"):
        client.send(Generate("h", prompts=("x",)))
    client.close()


def test_closing_need_not_wait_for_the_thread() -> None:
    num_threads = threading.active_count()
    client = BackendClient(NOBODY)
    client.close(wait=False)
    assert eventually(lambda: client.has_ended)
    assert threading.active_count() == num_threads


def test_the_import_is_light_and_a_client_left_open_does_not_hold_up_the_end() -> None:
    code = (
        "import sys, blender_addon.client as c\n"
        "assert not {'zmq', 'torch', 'bpy'} & set(sys.modules), 'heavy import'\n"
        f"client = c.BackendClient({NOBODY!r})\n"
        "print('end')\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True, timeout=60, check=False
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "end\n", "")

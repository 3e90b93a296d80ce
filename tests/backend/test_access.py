# SPDX-License-Identifier: GPL-3.0-or-later
"""The key to a server: who has it is answered, who has none or another is told so."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from blender_addon import client as client_module
from blender_addon.client import BackendClient, ConnectionState
from blender_addon.core.protocol import ErrorReply, Generate, Result

if TYPE_CHECKING:
    from backend.pipeline import PosePipeline

KEY = "correct horse battery staple"


@contextmanager
def locked_server(pipeline: PosePipeline) -> Iterator[str]:
    from backend.server import PoseServer

    server = PoseServer(pipeline, "tcp://127.0.0.1:*", key=KEY)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield server.address
    finally:
        server.stop()
        thread.join(20)
        assert not thread.is_alive()


def last_reply(client: BackendClient) -> object:
    client.send(Generate("g", prompts=("x",)))
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        for reply in client.wait(0.5):
            if isinstance(reply, Result | ErrorReply):
                return reply
    raise AssertionError("no reply came")


def test_only_who_has_the_key_is_answered(tiny_pipeline: PosePipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    with locked_server(tiny_pipeline) as address:
        monkeypatch.setitem(client_module.KEYS, address, KEY)
        client = BackendClient(address, timeout=20)
        assert isinstance(last_reply(client), Result)
        client.close()
        client = BackendClient(address, key=KEY, timeout=20)
        assert isinstance(last_reply(client), Result)
        client.close()
        for key, reason in (("", "asks for a key"), ("another horse, another staple", "turned this key away")):
            client = BackendClient(address, key=key, timeout=20)
            reply = last_reply(client)
            assert isinstance(reply, ErrorReply) and reason in reply.message and KEY not in reply.message
            assert client.state is ConnectionState.REFUSED and client.trouble == reply.message
            client.close()


def test_a_client_with_a_key_refuses_a_server_without(tiny_pipeline: PosePipeline) -> None:
    from backend.server import PoseServer

    server = PoseServer(tiny_pipeline, "tcp://127.0.0.1:*")
    thread = threading.Thread(target=server.run)
    thread.start()
    client = BackendClient(server.address, key=KEY, timeout=20)
    assert isinstance(last_reply(client), ErrorReply)
    client.close()
    server.stop()
    thread.join(20)


def test_a_key_that_keeps_nobody_out_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 16 letters"):
        BackendClient("tcp://127.0.0.1:9", key="short")


def test_a_key_file_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    from backend.serve import read_key

    path = tmp_path / "key"
    key = read_key(path)
    assert len(key) > 30 and read_key(path) == key
    assert path.stat().st_mode & 0o077 == 0
    path.write_text("short\n")
    with pytest.raises(ValueError, match="at least 16"):
        read_key(path)

# SPDX-License-Identifier: GPL-3.0-or-later
"""For tests in a real Blender: a clean profile, the registered extension, an empty scene, a server to script."""

from __future__ import annotations

import os
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from blender_addon.core.motion import Motion
from blender_addon.core.protocol import (
    REQUESTS,
    Cancel,
    Generate,
    Health,
    HealthReply,
    Hello,
    HelloReply,
    Message,
    Result,
    decode,
    encode,
)
from blender_addon.core.rotation import axis_angle_to_quaternion

# Blender reads this when bpy is imported; the tests must not touch the profile of whoever runs them.
_PROFILE = tempfile.TemporaryDirectory(prefix="maquette-tests-")
os.environ["BLENDER_USER_RESOURCES"] = _PROFILE.name


_exit_status = 0


def pytest_sessionfinish(exitstatus: int) -> None:
    """Keep how the tests went, for the way out."""
    global _exit_status
    _exit_status = int(exitstatus)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    """Leave at once on Blender 4.5: its module tears down a lock that a thread of its own still waits on, for ever."""
    bpy = sys.modules.get("bpy")
    if bpy is not None and bpy.app.version < (5, 0, 0):
        _PROFILE.cleanup()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(_exit_status)


@pytest.fixture(scope="session")
def extension() -> Iterator[ModuleType]:
    """The package, registered. Blender 4.5 never exits with classes still registered, so they are removed."""
    pytest.importorskip("bpy", reason="needs Blender as a module: pip install bpy")
    import blender_addon

    blender_addon.register()
    yield blender_addon
    blender_addon.unregister()


@pytest.fixture
def scene(extension: ModuleType) -> Any:
    """An empty scene of a new file."""
    import bpy

    bpy.ops.wm.read_factory_settings(use_empty=True)
    return bpy.context.scene


class ScriptedServer:
    """A peer on a real socket that greets clients and then does with their requests what a test wants.

    Unlike the real server it needs no model, so it also runs in a Blender's own Python, and it can be slow, wrong or
    silent on purpose.
    """

    def __init__(self) -> None:
        import zmq

        self.greeting: Callable[[Hello], list[bytes]] = lambda hello: encode(
            HelloReply(hello.request_id, "scripted", "none", "cpu", ("generate",), 64, 64, 256, 1, 16)
        )
        self.requests: list[Generate] = []
        """Every Generate that came."""
        self.cancelled: list[str] = []
        """Ids of the requests that were cancelled."""
        self._peers: dict[str, bytes] = {}
        self._outbox: list[tuple[bytes, list[bytes]]] = []
        self._context = zmq.Context()
        self._socket = self._context.socket(zmq.ROUTER)
        port = self._socket.bind_to_random_port("tcp://127.0.0.1")
        self.address = f"tcp://127.0.0.1:{port}"
        self._closing = False
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def send(self, message: Message) -> None:
        """Send a reply to whoever made the request with its id."""
        self._outbox.append((self._peers[message.request_id], encode(message)))

    def close(self) -> None:
        """Stop answering."""
        self._closing = True
        self._thread.join()

    def _run(self) -> None:
        while not self._closing:
            if self._socket.poll(5):
                peer, *frames = self._socket.recv_multipart()
                self._take(peer, decode(frames, REQUESTS))
            while self._outbox:
                peer, frames = self._outbox.pop(0)
                self._socket.send_multipart([peer, *frames])
        self._socket.close(linger=0)
        self._context.term()

    def _take(self, peer: bytes, message: Message) -> None:
        if isinstance(message, Hello):
            self._outbox.append((peer, self.greeting(message)))
        elif isinstance(message, Health):
            self._outbox.append((peer, encode(HealthReply(message.request_id, False, 0, 0, 1.0))))
        elif isinstance(message, Cancel):
            self.cancelled.append(message.request_id)
        elif isinstance(message, Generate):
            self._peers[message.request_id] = peer
            self.requests.append(message)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, extension: ModuleType) -> Iterator[ScriptedServer]:
    """A scripted server, which the extension takes for the default one."""
    from blender_addon import preferences

    scripted = ScriptedServer()
    monkeypatch.setattr(preferences, "DEFAULT_ADDRESS", scripted.address)
    yield scripted
    scripted.close()


@pytest.fixture
def random_motion() -> Callable[..., Motion]:
    """Makes motions that turn every joint by random angles, the same for the same seed."""

    def make(num_frames: int = 1, seed: int = 0, angle: float = 0.5, fps: float = 20.0) -> Motion:
        noise = np.random.default_rng(seed).normal(size=(num_frames, 22, 3)) * angle / np.sqrt(3)
        path = np.array([0.1, 0.8, 0.2]) + np.linspace(0, 0.3, num_frames)[:, None]
        return Motion(axis_angle_to_quaternion(noise), path, fps)

    return make


@pytest.fixture
def result(random_motion: Callable[..., Motion]) -> Callable[[str], Result]:
    """Makes the Result for a request id that holds `random_motion()`."""

    def make(request_id: str) -> Result:
        motion = random_motion()
        rotations, translation = motion.local_rotations[None, None], motion.root_translation[None, None]
        return Result(request_id, (0,), motion.fps, 0.01, rotations, translation)

    return make

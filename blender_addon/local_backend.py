# SPDX-License-Identifier: GPL-3.0-or-later
"""The backend as a child process: started from a Python environment, watched, its output kept, never left behind.

Nothing here waits, except `end_now` on the way out: a thread reads what the child writes, another ends it. The child
stops by itself when its standard input ends, so it also goes when Blender is killed.
"""

from __future__ import annotations

import atexit
import contextlib
import enum
import os
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Sequence
from pathlib import Path

from .core.address import DEFAULT_ADDRESS

MAX_LOG_LINES = 500
_READY_MARK = "listening on "
_STOP_SECONDS = 5.0
_END_SECONDS = 0.3
"""How long a child may take to stop when the artist stops it, and when Blender quits; then it is killed."""


class BackendState(enum.Enum):
    """How the local backend stands."""

    STOPPED = "stopped"
    STARTING = "starting"
    """The process runs and does not answer yet."""
    READY = "ready"
    STOPPING = "stopping"
    FAILED = "failed"
    """It ended without being told to."""


class LocalBackend:
    """One child process; made new for every start."""

    def __init__(self, command: Sequence[str]) -> None:
        """Start a command that prints `listening on ADDRESS` once it answers; returns at once.

        Raises OSError when there is no such program.
        """
        self.address = ""
        """Where it listens, once READY."""
        self.started = time.monotonic()
        self._lock = threading.Lock()
        self._log: deque[str] = deque(maxlen=MAX_LOG_LINES)
        self._state = BackendState.STARTING
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=child_environment(),
            text=True,
            encoding="utf-8",
            errors="replace",
            # Ctrl+C in Blender's terminal is not meant for it, and on Windows no console shall pop up.
            start_new_session=os.name == "posix",
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._reader = threading.Thread(target=self._read, name="maquette-backend", daemon=True)
        self._reader.start()

    @property
    def state(self) -> BackendState:
        """How it stands now."""
        return self._state

    @property
    def process_id(self) -> int:
        """The child's number in the system."""
        return self._process.pid

    @property
    def is_running(self) -> bool:
        """Whether the process lives."""
        return self._state in (BackendState.STARTING, BackendState.READY, BackendState.STOPPING)

    def log(self) -> tuple[str, ...]:
        """The last lines that it wrote, oldest first."""
        with self._lock:
            return tuple(self._log)

    def stop(self) -> None:
        """Tell it to stop, and kill it when it does not; returns at once."""
        with self._lock:
            if self._state not in (BackendState.STARTING, BackendState.READY):
                return
            self._state = BackendState.STOPPING
        threading.Thread(target=self._end, args=(_STOP_SECONDS,), name="maquette-backend-stop", daemon=True).start()

    def end_now(self) -> None:
        """Stop it and wait until it has gone, a second or so; for the way out."""
        with self._lock:
            if self._state in (BackendState.STARTING, BackendState.READY):
                self._state = BackendState.STOPPING
        self._end(_END_SECONDS)
        self._reader.join(1.0)

    def _end(self, seconds: float) -> None:
        with contextlib.suppress(OSError):
            self._process.stdin.close()  # type: ignore[union-attr]
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            with self._lock:
                self._log.append(line.rstrip())
                if self._state is BackendState.STARTING and line.startswith(_READY_MARK):
                    self.address = line.removeprefix(_READY_MARK).strip()
                    self._state = BackendState.READY
        code = self._process.wait()
        with self._lock:
            if code < 0:
                self._log.append(f"The backend was ended from outside (signal {-code}); the memory may be full")
            self._log.append(f"(ended with code {code})")
            told = self._state is BackendState.STOPPING
            self._state = BackendState.STOPPED if told else BackendState.FAILED
        self._process.stdout.close()


_backend: LocalBackend | None = None
_refusal = ""
"""Why the last start failed at once."""


def serve_command(python: Path, address: str = DEFAULT_ADDRESS) -> list[str]:
    """What runs the backend with an environment's Python. `-P`: no folder that happens to be current is imported."""
    return [str(python), "-P", "-u", "-m", "backend", "serve", "--bind", address, "--with-parent"]


def child_environment() -> dict[str, str]:
    """The variables for a Python that is not Blender's."""
    blenders_own = ("PYTHONHOME", "PYTHONPATH", "PYTHONSTARTUP", "PYTHONUSERBASE", "VIRTUAL_ENV")
    variables = {name: value for name, value in os.environ.items() if name not in blenders_own}
    folder = checkout()
    return variables | ({"PYTHONPATH": str(folder)} if folder is not None else {})


def checkout() -> Path | None:
    """The checkout that this package lies in, with the backend beside it; None for an installed extension."""
    folder = Path(__file__).resolve().parent.parent
    return folder if (folder / "backend" / "serve.py").exists() else None


def environment_python(environment: Path) -> Path:
    """Where the interpreter of a virtual environment lies."""
    return environment / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def start(command: Sequence[str]) -> None:
    """Start the backend unless one runs; OSError when the program cannot be run."""
    global _backend, _refusal
    if _backend is not None and _backend.is_running:
        return
    _refusal = ""
    try:
        _backend = LocalBackend(command)
    except OSError as error:
        _refusal = str(error)
        raise


def stop() -> None:
    """Tell the backend to stop, if one runs; returns at once."""
    if _backend is not None:
        _backend.stop()


def end_now() -> None:
    """Leave no process behind: called when the extension is disabled and when Blender quits."""
    global _backend, _refusal
    if _backend is not None:
        _backend.end_now()
    _backend, _refusal = None, ""


def state() -> BackendState:
    """How the local backend stands; STOPPED when there was none."""
    if _backend is None:
        return BackendState.FAILED if _refusal else BackendState.STOPPED
    return _backend.state


def address() -> str:
    """Where the local backend listens; empty unless it is ready."""
    return _backend.address if _backend is not None and _backend.state is BackendState.READY else ""


def seconds_running() -> float:
    """How long ago the backend was started."""
    return time.monotonic() - _backend.started if _backend is not None else 0.0


def log() -> tuple[str, ...]:
    """The last lines of the backend that runs, or that ran last."""
    if _backend is None:
        return (_refusal,) if _refusal else ()
    return _backend.log()


def trouble() -> str:
    """Why the backend failed, in one line; empty when it did not."""
    if state() is not BackendState.FAILED:
        return ""
    told = [line for line in log() if line and not line.startswith("(ended")]
    return told[-1] if told else "The backend ended without a word"


def register() -> None:
    """See to it that no process outlives Blender, however it quits."""
    atexit.register(end_now)


def unregister() -> None:
    """End the process."""
    atexit.unregister(end_now)
    end_now()

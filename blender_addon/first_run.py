# SPDX-License-Identifier: GPL-3.0-or-later
"""What the local backend still needs on this machine, and installing it: steps run one after the other in a thread."""

from __future__ import annotations

import contextlib
import enum
import os
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from . import local_backend
from .local_backend import MAX_LOG_LINES, child_environment, environment_python

SUPPORTED_PYTHONS = ((3, 11), (3, 13))
"""The oldest and the newest Python that the backend runs on."""
_WHEELS = Path(__file__).resolve().parent / "backend_wheel"


class InstallState(enum.Enum):
    """How an installation stands."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Step:
    """One command of an installation."""

    label: str
    command: tuple[str, ...]


class Installation:
    """Runs steps in a thread, each a process of its own; the first that fails ends it."""

    def __init__(self, steps: Sequence[Step]) -> None:
        """Start; returns at once."""
        self.state = InstallState.RUNNING
        self.text = steps[0].label
        """What is being done, or why it failed: one line."""
        self.progress = 0.0
        """0 to 1; within a step a guess from the lines that it wrote."""
        self._steps = tuple(steps)
        self._lock = threading.Lock()
        self._log: deque[str] = deque(maxlen=MAX_LOG_LINES)
        self._cancelled = False
        self._process: subprocess.Popen[str] | None = None
        self._thread = threading.Thread(target=self._run, name="maquette-install", daemon=True)
        self._thread.start()

    def log(self) -> tuple[str, ...]:
        """The last lines that the steps wrote, oldest first."""
        with self._lock:
            return tuple(self._log)

    def cancel(self) -> None:
        """Stop the step under way and do none after it; returns at once."""
        with self._lock:
            self._cancelled = True
            if self._process is not None:
                _kill(self._process)

    def wait(self, seconds: float) -> None:
        """Wait for its end; for scripts and for the way out, not for Blender's main thread at work."""
        self._thread.join(seconds)

    def _run(self) -> None:
        for index, step in enumerate(self._steps):
            self.text = step.label
            code = self._run_step(step, index)
            if self._cancelled:
                self.text, self.state = "Cancelled", InstallState.CANCELLED
                return
            if code != 0:
                told = [line for line in self.log() if line.strip()]
                self.text = f"{step.label} failed: {told[-1] if told else f'code {code}'}"
                self.state = InstallState.FAILED
                return
        self.text, self.progress, self.state = "Installed", 1.0, InstallState.DONE

    def _run_step(self, step: Step, index: int) -> int:
        with self._lock:
            if self._cancelled:
                return -1
            self._log.append(f"$ {' '.join(step.command)}")
            try:
                self._process = subprocess.Popen(
                    step.command,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT,
                    env=child_environment(),
                    text=True,
                    encoding="utf-8",
                    errors="replace",
                    start_new_session=os.name == "posix",
                    creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
                )
            except OSError as error:
                self._log.append(str(error))
                return -1
        assert self._process.stdout is not None
        left_to_do = 1.0
        for line in self._process.stdout:
            left_to_do *= 0.97
            self.progress = (index + 1.0 - left_to_do) / len(self._steps)
            with self._lock:
                self._log.append(line.rstrip())
        return self._process.wait()


_installation: Installation | None = None


def missing(environment: Path) -> list[str]:
    """What the environment in a folder lacks for the backend, in words for the artist; empty when nothing."""
    if not environment_python(environment).exists():
        return ["No Python environment for the backend yet"]
    wanted = {"Maquette's backend": "maquette-*.dist-info", "PyTorch": "torch-*.dist-info"}
    if local_backend.checkout() is not None:  # that is what runs; the libraries alone have to be installed
        wanted["Maquette's backend"] = "open_clip_torch-*.dist-info"
    return [f"{what} is not installed" for what, pattern in wanted.items() if not _has(environment, pattern)]


def _has(environment: Path, pattern: str) -> bool:
    """Whether an environment's packages include one whose folder has such a name."""
    folders = [*environment.glob("lib/python3*/site-packages"), *environment.glob("Lib/site-packages")]
    return any(next(folder.glob(pattern), None) for folder in folders)


def bundled_package() -> Path | None:
    """Where the backend can be installed from without being told: the wheel in the extension, or the checkout."""
    return next(iter(sorted(_WHEELS.glob("maquette-*.whl"))), None) or local_backend.checkout()


def installation_steps(environment: Path, package: str, use_cuda: bool) -> list[Step]:
    """What is to be done so that `environment` can run the backend.

    Args:
        environment: folder of the virtual environment; made when it is not there.
        package: what pip shall install: a folder, a wheel's path or its https address.
        use_cuda: whether PyTorch shall use an NVIDIA card.

    Raises:
        ValueError: there is no package, or Blender's own Python, which makes the environment, is too old or too new.
    """
    if not package:
        raise ValueError("This extension came without the backend; choose its checkout or wheel first")
    python = environment_python(environment)
    steps = []
    if not python.exists():
        oldest, newest = SUPPORTED_PYTHONS
        if not oldest <= sys.version_info[:2] <= newest:
            ours = "{}.{}".format(*sys.version_info)
            raise ValueError(f"The backend needs Python 3.11 to 3.13 and Blender's is {ours}; choose an environment")
        steps.append(Step("Making a Python environment", (sys.executable, "-m", "venv", str(environment))))
    elif not _has(environment, "pip-*.dist-info"):  # it was cancelled while it was made, or came without
        steps.append(Step("Making a Python environment", (str(python), "-P", "-m", "ensurepip")))
    pip = (str(python), "-P", "-m", "pip", "install", "--disable-pip-version-check", "--progress-bar", "off")
    if not (_has(environment, "torch-*.dist-info") and _has(environment, "torchvision-*.dist-info")):
        index = torch_index(use_cuda)
        # Both from one place: open_clip would bring the package index's torchvision, which fits its own torch alone.
        torch = ("torch", "torchvision", *(("--index-url", index) if index else ()))
        steps.append(Step("Installing PyTorch", (*pip, *torch)))
    steps.append(Step("Installing Maquette's backend", (*pip, package)))
    return steps


def torch_index(use_cuda: bool) -> str:
    """Where PyTorch is to come from; empty for the package index that pip knows."""
    if use_cuda and sys.platform == "win32":
        return "https://download.pytorch.org/whl/cu126"
    if not use_cuda and sys.platform == "linux":  # there the index's own is for NVIDIA cards, and four times as large
        return "https://download.pytorch.org/whl/cpu"
    return ""


def start(steps: Sequence[Step]) -> None:
    """Start an installation unless one runs."""
    global _installation
    if not is_running():
        _installation = Installation(steps)


def cancel() -> None:
    """Cancel the installation, if one runs."""
    if _installation is not None:
        _installation.cancel()


def current() -> Installation | None:
    """The installation that runs, or that ran last in this session."""
    return _installation


def is_running() -> bool:
    """Whether an installation runs."""
    return _installation is not None and _installation.state is InstallState.RUNNING


def unregister() -> None:
    """Cancel what runs."""
    global _installation
    if _installation is not None:
        _installation.cancel()
        _installation.wait(1.0)
    _installation = None


def register() -> None:
    """Nothing to do: an installation starts when the artist says so."""


def _kill(process: subprocess.Popen[str]) -> None:
    """End a process with all that it started."""
    with contextlib.suppress(OSError):
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGTERM)
        else:
            process.terminate()

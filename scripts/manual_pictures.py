# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the pictures of the manual: works the extension in Blender's own window, and keeps what is seen.

    python -m backend serve &
    blender --factory-startup --window-geometry 0 0 1920 1080 --python scripts/manual_pictures.py -- docs/images/manual

Runs inside Blender. A program that drives Blender's window itself may run this file under another name and call `main`,
with a `shot(path)` of its own among the globals where Blender cannot take its window (software rendering).
"""

from __future__ import annotations

import importlib
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import bpy
import numpy as np

ROOT = Path(__file__).resolve().parent.parent
EXTENSION = "bl_ext.maquette_checkout.maquette"
STAND_IN = """
import os
print("12:00:00 model pose on cpu, loaded in 2.1 s", flush=True)
print("listening on tcp://127.0.0.1:5711", flush=True)
os.read(0, 1)
"""
"""Shown as the local backend: the one that answers was started before, so that this Blender's Python needs no torch."""
PROMPT = "a person kneels on one knee"
LONGEST_WAIT = 60.0


def main() -> Iterator[float]:
    """Go through the states that the manual shows; yields the seconds that Blender's window needs in between."""
    folder = Path(sys.argv[-1]) if sys.argv[-1] != __file__ else ROOT / "docs" / "images" / "manual"
    folder.mkdir(parents=True, exist_ok=True)
    enable()
    bpy.context.preferences.view.show_splash = False
    addon = bpy.context.preferences.addons[EXTENSION].preferences
    local_backend, generation, panels_backend = modules("local_backend", "generation", "panels_backend")
    bpy.context.window_manager.windows[0].cursor_warp(4, 4)  # where no tooltip covers anything
    yield 1.0

    view = view_area()
    view.type = "PREFERENCES"
    bpy.context.preferences.active_section = "ADDONS"
    bpy.context.window_manager.addon_search = "Maquette"
    bpy.ops.preferences.addon_expand(module=EXTENSION)
    bpy.context.preferences.system.use_online_access = True
    yield 1.5
    keep(folder / "first_run.png", view)
    view.type = "VIEW_3D"
    for thing in list(bpy.data.objects):
        bpy.data.objects.remove(thing)
    view.spaces.active.show_region_ui = True
    yield 1.0
    sidebar(view).active_panel_category = "Maquette"
    yield 1.0
    keep(folder / "panel.png", view, sidebar(view))

    closed = open_panel(panels_backend.VIEW3D_PT_maquette_backend)
    local_backend.start([sys.executable, "-c", STAND_IN])
    panels_backend.watch()
    yield from until(lambda: local_backend.state() is local_backend.BackendState.READY)
    yield 1.5
    keep(folder / "backend.png", view, sidebar(view))
    closed()
    local_backend.stop()
    yield from until(lambda: local_backend.state() is local_backend.BackendState.STOPPED)

    act(view, bpy.ops.object.maquette_add_smpl)
    settings = bpy.context.scene.maquette
    settings.prompt = PROMPT
    act(view, bpy.ops.view3d.view_axis, type="FRONT")
    act(view, bpy.ops.view3d.view_selected)
    listening, addon.address = addon.address, "tcp://127.0.0.1:9"
    act(view, bpy.ops.pose.maquette_generate)
    yield from until(lambda: not generation.is_working())
    yield 0.5
    keep(folder / "no_server.png", view, sidebar(view))
    addon.address = listening

    settings.use_new_seed, settings.seed = False, 3
    act(view, bpy.ops.pose.maquette_generate, num_takes=16)  # long enough to be seen at work
    yield from until(lambda: generation.status().progress > 0 or not generation.is_working())
    yield 0.05
    keep(folder / "working.png", view, sidebar(view))
    act(view, bpy.ops.pose.maquette_cancel)
    act(view, bpy.ops.pose.maquette_generate)
    yield from until(lambda: not generation.is_working())
    yield 3.0  # the thumbnails are drawn meanwhile
    keep(folder / "takes.png", view)
    keep(folder / "takes_panel.png", view, sidebar(view))
    mapping = getattr(bpy.types, "VIEW3D_PT_maquette_mapping", None)
    if mapping is not None:
        (panels_mapping,) = modules("panels_mapping")
        closed = open_panel(panels_mapping.VIEW3D_PT_maquette_mapping)
        yield 1.0
        keep(folder / "mapping.png", view, sidebar(view))
        closed()


def enable() -> None:
    """Enable the extension from this checkout, as Blender does with an installed one."""
    _, repository, _ = EXTENSION.split(".")
    folder = Path(tempfile.mkdtemp(prefix="maquette-pictures-")) / repository
    folder.mkdir()
    (folder / "maquette").symlink_to(ROOT / "blender_addon", target_is_directory=True)
    bpy.context.preferences.extensions.repos.new(
        name="Maquette checkout", module=repository, custom_directory=str(folder)
    )
    assert bpy.ops.preferences.addon_enable(module=EXTENSION) == {"FINISHED"}


def modules(*names: str) -> list[ModuleType]:
    """Modules of the extension that Blender has enabled."""
    return [importlib.import_module(f"{EXTENSION}.{name}") for name in names]


def view_area() -> Any:
    """The area that the artist works in."""
    areas = bpy.context.window_manager.windows[0].screen.areas
    return max((area for area in areas if area.type == "VIEW_3D"), key=lambda area: area.width * area.height)


def sidebar(area: Any) -> Any:
    """The region of an area with the tabs."""
    return next(region for region in area.regions if region.type == "UI")


def act(area: Any, operator: Callable[..., object], **settings: object) -> None:
    """Call an operator as if in the viewport; what it refuses is in the panel."""
    region = next(region for region in area.regions if region.type == "WINDOW")
    with bpy.context.temp_override(window=bpy.context.window_manager.windows[0], area=area, region=region):
        try:
            operator(**settings)
        except RuntimeError as error:
            print(f"refused: {error}", flush=True)


def until(condition: Callable[[], object]) -> Iterator[float]:
    """Let Blender go on until something is so."""
    for _ in range(int(LONGEST_WAIT / 0.1)):
        if condition():
            return
        yield 0.1
    raise TimeoutError(f"waited {LONGEST_WAIT} s in vain")


def open_panel(panel: type) -> Callable[[], None]:
    """Show a subpanel unfolded, which no function of Blender does: by a twin that starts so. Returns what undoes it."""
    bpy.utils.unregister_class(panel)
    contents = {name: value for name, value in vars(panel).items() if not name.startswith("__") and name != "bl_rna"}
    contents |= {"bl_options": set(), "bl_idname": f"{panel.__name__}_open"}
    twin = type(f"{panel.__name__}_open", (bpy.types.Panel,), contents)
    bpy.utils.register_class(twin)

    def close() -> None:
        bpy.utils.unregister_class(twin)
        bpy.utils.register_class(panel)

    return close


def keep(path: Path, area: Any, region: Any = None) -> None:
    """Save what an area, or one region in it, shows."""
    take: Callable[[str], object] = globals().get("shot") or (lambda name: bpy.ops.screen.screenshot(filepath=name))
    take(str(path))
    part = region if region is not None else area
    image = bpy.data.images.load(str(path))
    width, height = image.size
    pixels = np.empty(width * height * 4, np.float32)
    image.pixels.foreach_get(pixels)
    cut = pixels.reshape(height, width, 4)[part.y : part.y + part.height, part.x : part.x + part.width]
    if region is not None:  # the sidebar is tall and mostly empty: keep down to its lowest writing
        written = np.flatnonzero((cut[:, 20:-70, :3].min(axis=2) > 0.42).any(axis=1))
        cut = cut[max(0, (written[0] if len(written) else 0) - 14) :]
    bpy.data.images.remove(image)
    kept = bpy.data.images.new(path.stem, cut.shape[1], cut.shape[0])
    kept.pixels.foreach_set(np.ascontiguousarray(cut).ravel())
    kept.filepath_raw, kept.file_format = str(path), "PNG"
    kept.save()
    bpy.data.images.remove(kept)
    print(path, flush=True)


def drive(steps: Iterator[float]) -> None:
    """Run the steps from Blender's timer, then quit."""

    def step() -> float | None:
        try:
            return next(steps)
        except StopIteration:
            bpy.ops.wm.quit_blender()
            return None

    bpy.app.timers.register(step, first_interval=1.0, persistent=True)


if __name__ == "__main__":
    drive(main())

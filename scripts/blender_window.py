# SPDX-License-Identifier: GPL-3.0-or-later
"""Works the extension in Blender's own window from a script: enabled from this checkout, driven by a timer.

For scripts that run inside Blender (`blender --python scripts/NAME.py -- ARGUMENTS`) and define `main`, a generator
that yields the seconds that Blender's window needs in between.
"""

from __future__ import annotations

import importlib
import os
import subprocess
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import bpy

ROOT = Path(__file__).resolve().parent.parent
EXTENSION = "bl_ext.maquette_checkout.maquette"
LONGEST_WAIT = 60.0


def enable() -> None:
    """Enable the extension from this checkout, as Blender does with an installed one."""
    _, repository, _ = EXTENSION.split(".")
    folder = Path(tempfile.mkdtemp(prefix="maquette-window-")) / repository
    folder.mkdir()
    (folder / "maquette").symlink_to(ROOT / "blender_addon", target_is_directory=True)
    bpy.context.preferences.extensions.repos.new(
        name="Maquette checkout", module=repository, custom_directory=str(folder)
    )
    assert bpy.ops.preferences.addon_enable(module=EXTENSION) == {"FINISHED"}
    bpy.context.preferences.view.show_splash = False


def modules(*names: str) -> list[ModuleType]:
    """Modules of the extension that Blender has enabled."""
    return [importlib.import_module(f"{EXTENSION}.{name}") for name in names]


def preferences() -> Any:
    """The extension's preferences."""
    return bpy.context.preferences.addons[EXTENSION].preferences


def view_area() -> Any:
    """The area that the artist works in."""
    areas = bpy.context.window_manager.windows[0].screen.areas
    return max((area for area in areas if area.type == "VIEW_3D"), key=lambda area: area.width * area.height)


def region_of(area: Any, kind: str = "WINDOW") -> Any:
    """A region of an area: its main one, or "UI" for the sidebar with the tabs."""
    return next(region for region in area.regions if region.type == kind)


def open_sidebar(area: Any) -> Iterator[float]:
    """Show the extension's tab beside an emptied scene."""
    for thing in list(bpy.data.objects):
        bpy.data.objects.remove(thing)
    area.spaces.active.show_region_ui = True
    yield 1.0  # tabs exist only after the sidebar was drawn
    region_of(area, "UI").active_panel_category = "Maquette"
    yield 1.0


def act(area: Any, operator: Callable[..., object], call: str = "EXEC_DEFAULT", /, **settings: Any) -> str:
    """Call an operator as if in the viewport, undo step included.

    Returns:
        What came of it, or "refused: WHY" where it reported an error.
    """
    with bpy.context.temp_override(window=bpy.context.window_manager.windows[0], area=area, region=region_of(area)):
        try:
            done = operator(call, True, **settings)
        except RuntimeError as error:
            return f"refused: {str(error).strip()}"
    return " ".join(sorted(str(one).lower() for one in done)) if isinstance(done, set) else str(done)


def until(condition: Callable[[], object], seconds: float = LONGEST_WAIT) -> Iterator[float]:
    """Let Blender go on until something is so; TimeoutError when it never is."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"waited {seconds} s in vain")
        yield 0.05


def open_panel(panel: type) -> Callable[[], None]:
    """Show a subpanel unfolded with those in it, which no function of Blender does: by twins that start so.

    Returns:
        What undoes it.
    """
    below = [one for one in bpy.types.Panel.__subclasses__() if getattr(one, "bl_parent_id", "") == panel.__name__]
    family = [panel, *below]
    for one in reversed(family):
        bpy.utils.unregister_class(one)
    twins = []
    for one in family:
        contents = {name: value for name, value in vars(one).items() if not name.startswith("__") and name != "bl_rna"}
        contents |= {"bl_options": set(), "bl_idname": f"{one.__name__}_open"}
        if one is not panel:
            contents["bl_parent_id"] = f"{panel.__name__}_open"
        twins.append(type(f"{one.__name__}_open", one.__bases__, contents))
        bpy.utils.register_class(twins[-1])

    def close() -> None:
        for twin in reversed(twins):
            bpy.utils.unregister_class(twin)
        for one in family:
            bpy.utils.register_class(one)

    return close


def screenshot(path: Path) -> None:
    """A PNG of the whole window."""
    import gpu

    if "llvmpipe" in str(gpu.platform.renderer_get()):  # where Blender reads a black picture back: ask the X server
        subprocess.run(["sh", "-c", 'xwd -root -silent | convert xwd:- "$1"', "_", str(path)], check=True)
    else:
        bpy.ops.screen.screenshot(filepath=str(path))


def drive(steps: Iterator[float]) -> None:
    """Run the steps from Blender's timer, then quit; with exit code 1 where one raised."""

    def step() -> float | None:
        try:
            return next(steps)
        except StopIteration:
            bpy.ops.wm.quit_blender()
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        return None

    bpy.app.timers.register(step, first_interval=1.0, persistent=True)

# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures whether Blender's window ever waits: a modal timer's jitter, and the longest calls, over many requests.

    python -m backend serve &
    blender --factory-startup --python scripts/window_jitter.py -- [REQUESTS] [REPORT.json]

Runs inside Blender, in five parts: nothing going on; the sidebar redrawn as often as during requests, but none made;
the figure posed as often as during requests, none made either; REQUESTS (50) requests of four takes; and as many with
the live preview. The machine's own unrest, and what the drawing of the window costs, show in the first three. Every
function of the extension that Blender calls is timed: by the clock; by the clock less the time for which the main
thread was ready to run and other programs had the processors (where Linux tells), so that locks and files that it
waits for do count; and by the main thread's processor time. How long enabling took in this window is told first. The
figure's mesh is hidden and the viewport draws lines only, so that the jitter is not that of drawing without a graphics
card.
"""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import bpy
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts.blender_window import act, drive, enable, modules, open_sidebar, until, view_area

LIMIT = 16.0
"""Milliseconds: a picture at 60 a second."""
INTERVAL = 0.01
PROMPTS = ("a person kneels on one knee", "a person waves with the right hand", "a person sits", "a person kicks high")

_ticks: list[float] = []
_calls: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
"""Of each function that Blender called: milliseconds by the clock, less other programs' turns, and of the processor."""


class WM_OT_maquette_clock(bpy.types.Operator):
    """Notes when its timer comes, until told to stop"""

    bl_idname = "wm.maquette_clock"
    bl_label = "Clock"
    stopped = False

    def invoke(self, context: Any, _event: Any) -> set[str]:
        """Start the timer."""
        type(self).stopped = False
        self.timer = context.window_manager.event_timer_add(INTERVAL, window=context.window)
        context.window_manager.modal_handler_add(self)
        return {"RUNNING_MODAL"}

    def modal(self, context: Any, event: Any) -> set[str]:
        """Note the time; everything else goes its way."""
        if self.stopped:
            context.window_manager.event_timer_remove(self.timer)
            return {"FINISHED"}
        if event.type == "TIMER":
            _ticks.append(time.perf_counter())
        return {"PASS_THROUGH"}


def main() -> Iterator[float]:
    """Measure the four parts; prints a table and writes the report, if one is asked for."""
    given = sys.argv[sys.argv.index("--") + 1 :] if "--" in sys.argv else sys.argv[1:]
    count = int(given[0]) if given else 50
    start = time.perf_counter()
    enable()
    print(f"enabled in {(time.perf_counter() - start) * 1e3:.1f} ms", flush=True)
    bpy.utils.register_class(WM_OT_maquette_clock)
    area = view_area()
    yield from open_sidebar(area)
    act(area, bpy.ops.object.maquette_add_smpl)
    draw_lightly(area)
    settings = bpy.context.scene.maquette
    settings.use_new_seed, settings.num_takes = False, 4
    generation, redraw = modules("generation", "redraw")
    watch_calls()
    parts: dict[str, dict[str, Any]] = {}

    def ask(number: int) -> Iterator[float]:
        settings = bpy.context.scene.maquette
        settings.prompt, settings.seed = PROMPTS[number % len(PROMPTS)], number
        act(area, bpy.ops.pose.maquette_generate)
        yield from until(lambda: not generation.is_working(), 120)
        if generation.status().kind != "DONE":
            raise RuntimeError(f"request {number}: {generation.status().text}")
        yield 0.3  # the gallery is drawn

    def nothing() -> Iterator[float]:
        yield 5.0

    def redraws() -> Iterator[float]:
        for _ in range(100):
            redraw.redraw_sidebars()
            yield 0.05

    def poses() -> Iterator[float]:
        bone = bpy.context.scene.maquette.target.pose.bones["left_elbow"]
        for number in range(4 * count):
            bone.rotation_quaternion = (1.0, 0.1 * (number % 5), 0.0, 0.0)
            redraw.redraw_sidebars()
            yield 0.1

    def requests(preview: bool) -> Iterator[float]:
        bpy.context.scene.maquette.use_preview = preview
        for number in range(count):
            yield from ask(number)

    steps: dict[str, Callable[[], Iterator[float]]] = {
        "nothing": nothing,
        "redraws": redraws,
        "figure posed, no requests": poses,
        "requests": lambda: requests(False),
        "requests, live preview": lambda: requests(True),
    }
    for name, part in steps.items():
        _ticks.clear()
        _calls.clear()
        act(area, bpy.ops.wm.maquette_clock, "INVOKE_DEFAULT")
        yield from part()
        WM_OT_maquette_clock.stopped = True
        yield 0.1
        parts[name] = figures()
        show(name, parts[name])
        if name == "requests":  # a new file, so that the second half starts as the first did
            act(area, bpy.ops.pose.maquette_discard_takes)
    if len(given) > 1:
        Path(given[1]).write_text(json.dumps(parts, indent=1), encoding="utf-8")


def draw_lightly(area: Any) -> None:
    """Let the viewport cost as little as it can: without a graphics card drawing it takes longer than all else."""
    bpy.context.preferences.system.viewport_aa = "OFF"
    space = area.spaces.active
    space.shading.type = "WIREFRAME"
    space.overlay.show_overlays = space.show_gizmo = False
    for thing in bpy.context.scene.objects:
        thing.hide_viewport = thing.type != "ARMATURE"


def watch_calls() -> None:
    """Time everything of the extension that Blender calls while requests run."""
    generation, gallery = modules("generation", "gallery")
    for module in (generation, gallery):
        setattr(module, "tick", timed(f"{module.__name__.rpartition('.')[2]}.tick", getattr(module, "tick")))  # noqa: B009, B010
    for cls in (one for base in (bpy.types.Panel, bpy.types.Operator) for one in base.__subclasses__()):
        for method in ("draw", "execute", "invoke"):
            if "maquette" in cls.__module__ and method in vars(cls):
                setattr(cls, method, timed_method(f"{cls.__name__}.{method}", vars(cls)[method]))
    for module, name in (
        (generation, "_preview"),
        (generation, "_take"),
        (generation, "start"),
        (generation, "_apply"),
    ):
        setattr(module, name, timed(f"of which generation.{name}", getattr(module, name)))


def timed(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """The same function, its times noted."""

    def call(*args: Any, **kwargs: Any) -> Any:
        clock, waited, processor = time.perf_counter(), queued(), time.thread_time()
        try:
            return function(*args, **kwargs)
        finally:
            taken = time.perf_counter() - clock
            own = taken - (queued() - waited)
            _calls[name].append((taken * 1e3, own * 1e3, (time.thread_time() - processor) * 1e3))

    return call


def queued() -> float:
    """Seconds that this thread has been ready to run while other programs had the processors; 0 where nobody tells."""
    try:
        return int(Path("/proc/thread-self/schedstat").read_text().split()[1]) / 1e9
    except (OSError, IndexError):
        return 0.0


def timed_method(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """The same for a method of a class of Blender's, which counts the arguments."""
    noted = timed(name, function)
    if function.__code__.co_argcount == 3:
        return lambda self, context, event: noted(self, context, event)
    return lambda self, context: noted(self, context)


def figures() -> dict[str, Any]:
    """What was measured in a part; milliseconds."""
    late = (np.diff(_ticks) - INTERVAL) * 1e3
    calls = {name: np.array(times) for name, times in _calls.items()}
    return {
        "ticks": len(_ticks),
        "late": {str(share): float(np.percentile(late, share)) for share in (50, 95, 99, 100)},
        "late over": int((late > LIMIT).sum()),
        "calls": {
            name: {
                "count": len(times),
                "median": float(np.median(times[:, 0])),
                "clock": float(times[:, 0].max()),
                "own": float(times[:, 1].max()),
                "processor": float(times[:, 2].max()),
                "over": int((times[:, 0] > LIMIT).sum()),
                "over, own": int((times[:, 1] > LIMIT).sum()),
            }
            for name, times in calls.items()
        },
    }


def show(name: str, part: dict[str, Any]) -> None:
    """Print a part as a table."""
    late = "  ".join(f"p{share} {value:.1f}" for share, value in part["late"].items())
    print(f"\n{name}: {part['ticks']} ticks, late by ms: {late}, {part['late over']} over {LIMIT:.0f}")
    head = f"{'times':>6} {'median':>8} {'longest':>8} {'its own':>8} {'processor':>9}  over {LIMIT:.0f} ms (its own)"
    print(f"  {'ms':44} {head}")
    for call, times in sorted(part["calls"].items(), key=lambda item: -item[1]["clock"]):
        spent = f"{times['median']:8.2f} {times['clock']:8.2f} {times['own']:8.2f} {times['processor']:9.2f}"
        print(f"  {call:44} {times['count']:6} {spent}  {times['over']} ({times['over, own']})")
    sys.stdout.flush()


if __name__ == "__main__":
    drive(main())

# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures whether Blender's window ever waits: a modal timer's jitter, and the longest calls, over many requests.

    python -m backend serve &
    blender --factory-startup --python scripts/window_jitter.py -- [REQUESTS] [REPORT.json]

Runs inside Blender, in four parts: nothing going on; the sidebar redrawn as often as during requests, but none made;
REQUESTS (50) requests of four takes; and as many with the live preview. The machine's own unrest, and what the drawing
of the window costs, show in the first two. Every function of the extension that Blender calls is timed, by the clock
and by the processor time of the main thread, which other programs on the machine do not lengthen.
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
_calls: dict[str, list[tuple[float, float]]] = defaultdict(list)
"""Of each function that Blender called: milliseconds by the clock and of the processor."""


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
    enable()
    bpy.utils.register_class(WM_OT_maquette_clock)
    area = view_area()
    yield from open_sidebar(area)
    act(area, bpy.ops.object.maquette_add_smpl)
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

    def requests(preview: bool) -> Iterator[float]:
        bpy.context.scene.maquette.use_preview = preview
        for number in range(count):
            yield from ask(number)

    steps: dict[str, Callable[[], Iterator[float]]] = {
        "nothing": nothing,
        "redraws": redraws,
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
        clock, processor = time.perf_counter(), time.thread_time()
        try:
            return function(*args, **kwargs)
        finally:
            _calls[name].append(((time.perf_counter() - clock) * 1e3, (time.thread_time() - processor) * 1e3))

    return call


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
        "calls": {
            name: {
                "count": len(times),
                "median": float(np.median(times[:, 0])),
                "clock": float(times[:, 0].max()),
                "processor": float(times[:, 1].max()),
                "over": int((times[:, 0] > LIMIT).sum()),
                "over, processor": int((times[:, 1] > LIMIT).sum()),
            }
            for name, times in calls.items()
        },
    }


def show(name: str, part: dict[str, Any]) -> None:
    """Print a part as a table."""
    late = "  ".join(f"p{share} {value:.1f}" for share, value in part["late"].items())
    print(f"\n{name}: {part['ticks']} ticks, late by ms: {late}")
    print(f"  {'ms':44} {'times':>6} {'median':>8} {'longest':>8} {'processor':>9}  over {LIMIT:.0f} ms (processor)")
    for call, times in sorted(part["calls"].items(), key=lambda item: -item[1]["clock"]):
        spent = f"{times['median']:8.2f} {times['clock']:8.2f} {times['processor']:9.2f}"
        print(f"  {call:44} {times['count']:6} {spent}  {times['over']} ({times['over, processor']})")
    sys.stdout.flush()


if __name__ == "__main__":
    drive(main())

# SPDX-License-Identifier: GPL-3.0-or-later
"""Tries every operator of the extension, and what may go wrong around it, in Blender's own window; prints a table.

    python -m backend serve &
    blender --factory-startup --enable-event-simulate --python scripts/window_trials.py -- [FOLDER]

Runs inside Blender. Pictures of the states it goes through are left in FOLDER, if one is given; a line whose result is
not what was expected is marked, and so is an operator that no line tried.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import bpy
from bpy_extras.view3d_utils import location_3d_to_region_2d

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts.blender_window import (
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

NOBODY = "tcp://127.0.0.1:9"
BACKEND = """\
#!/bin/sh
echo $$ > "$0.pid"
echo "listening on {address}"
exec cat > /dev/null
"""
"""In the place of an environment's Python: says that it listens where the backend does that was started before."""
OTHER_BLENDER = """
import sys
sys.path.insert(0, {root!r})
from scripts.blender_window import *
def main():
    enable()
    area = view_area()
    yield from open_sidebar(area)
    preferences().environment = {environment!r}
    (generation,) = modules("generation")
    if {with_backend!r}:
        act(area, bpy.ops.wm.maquette_start_backend)
        (local_backend,) = modules("local_backend")
        yield from until(lambda: local_backend.address())
    act(area, bpy.ops.object.maquette_add_smpl)
    bpy.context.scene.maquette.prompt = {prompt!r}
    act(area, bpy.ops.pose.maquette_generate)
    print("ASKED", flush=True)
    if {quit_early!r}:
        yield from until(lambda: generation.status().progress > 0)
        assert generation.is_working()
        return
    yield from until(lambda: not generation.is_working(), 300)
    print("ENDED", generation.status().kind, flush=True)
drive(main())
"""

_lines: list[tuple[str, str, str, bool]] = []
"""What was tried, how, what came of it, and whether that is right."""


def main() -> Iterator[float]:
    """All trials, then the table."""
    given = sys.argv[sys.argv.index("--") + 1 :] if "--" in sys.argv else sys.argv[1:]
    folder = Path(given[0]) if given else None
    enable()
    area = view_area()
    yield from open_sidebar(area)
    trials = Trials(area, folder)
    parts = given[1].split(",") if len(given) > 1 else list(PARTS)
    for name in parts:
        try:
            if name != "asking":
                make_ready(trials)
            yield from PARTS[name](trials)
        except Exception as error:
            note(name, "the whole part", f"{type(error).__name__}: {error}", False)
    if len(parts) == len(PARTS):
        tried = {line[0] for line in _lines}
        for name in sorted(own_operators() - tried):
            note(name, "", "not tried", False)
    print(f"\n{'tried':34} {'how':44} result")
    for what, how, result, right in _lines:
        print(f"{'' if right else 'WRONG '}{what:34} {how:44} {result}")
    print(f"{len(_lines)} tried, {sum(not right for *_, right in _lines)} wrong", flush=True)


def note(what: str, how: str, result: str, right: bool) -> None:
    """Add a line to the table."""
    _lines.append((what, how, textwrap.shorten(result, 150), bool(right)))
    print(f"{'ok   ' if right else 'WRONG'} {what}: {how}: {result}", flush=True)


def own_operators() -> set[str]:
    """The names of the extension's operators."""
    return {
        f"{space}.{name}"
        for space in ("object", "pose", "wm")
        for name in dir(getattr(bpy.ops, space))
        if "maquette" in name
    }


class Trials:
    """What the trials share."""

    def __init__(self, area: Any, folder: Path | None) -> None:
        """Where they happen, and where pictures go."""
        self.area, self.folder = area, folder
        self.generation, self.takes, self.local_backend, self.first_run, self.pose_state = modules(
            "generation", "takes", "local_backend", "first_run", "pose_state"
        )
        (properties,) = modules("properties")
        self.limbs: tuple[str, ...] = properties.LIMB_NAMES

    @property
    def settings(self) -> Any:
        """Of the scene that is there now: undo and files replace it."""
        return bpy.context.window_manager.windows[0].scene.maquette

    @property
    def pose(self) -> str:
        """A name for the pose that the target has."""
        return str(self.pose_state.PoseState.read(self.settings.target).digest())

    def do(
        self, name: str, how: str = "", expect: str = "finished", call: str = "EXEC_DEFAULT", /, **values: Any
    ) -> bool:
        """Call an operator and note what came; `expect` begins the result, or is a part of what it refused with."""
        space, rest = name.split(".")
        came = act(self.area, getattr(getattr(bpy.ops, space), rest), call, **values)
        right = came.startswith(expect) or (came.startswith("refused") and expect in came and expect != "finished")
        note(name, how or ", ".join(f"{key}={value!r}" for key, value in values.items()), came, right)
        return right

    def check(self, name: str, how: str, right: object, result: str = "") -> None:
        """Note whether something is so."""
        note(name, how, result or ("yes" if right else "no"), bool(right))

    def answered(self, name: str, kind: str = "DONE") -> Iterator[float]:
        """Wait for the answer to a request, and note how it ended."""
        yield from until(lambda: not self.generation.is_working(), 400)
        status = self.generation.status()
        self.check(name, "its answer", status.kind == kind, status.text)
        yield 0.2

    def forming(self, hold: bool = False) -> Iterator[float]:
        """Wait until a request is half done, and let nothing more of it come in before the caller has had its turn.

        Args:
            hold: whether nothing more comes in afterwards either.
        """
        tick = self.generation.tick
        bpy.app.timers.unregister(tick)
        yield from until(lambda: tick() is None or self.generation.status().progress > 0, 300)
        if not hold:
            bpy.app.timers.register(tick, first_interval=0.05)

    def picture(self, name: str) -> Iterator[float]:
        """Leave a picture of the window."""
        if self.folder is not None:
            yield 1.0
            screenshot(self.folder / f"{name}.png")

    def key(self, key: str, at: tuple[float, float] | None = None, **modifiers: bool) -> Iterator[float]:
        """Press a key or a button of the mouse over the viewport, at a place of its main region where one is given."""
        window, region = bpy.context.window_manager.windows[0], region_of(self.area)
        there = at if at is not None else (region.width // 3, region.height // 2)
        x, y = int(region.x + there[0]), int(region.y + there[1])
        for kind, value in (("MOUSEMOVE", "NOTHING"), (key, "PRESS"), (key, "RELEASE")):
            window.event_simulate(type=kind, value=value, x=x, y=y, **(modifiers if kind == key else {}))
            yield 0.3


def make_ready(trials: Trials) -> None:
    """A figure to pose, and a prompt."""
    if trials.settings.target is None:
        trials.do("object.maquette_add_smpl")
        act(trials.area, bpy.ops.view3d.view_axis, type="FRONT")
        act(trials.area, bpy.ops.view3d.view_selected)
    trials.settings.prompt = "a person kneels on one knee"


def asking(trials: Trials) -> Iterator[float]:
    """What the first buttons do and refuse."""
    settings = trials.settings
    trials.do("pose.maquette_generate", "without a prompt", "Type a prompt first")
    settings.prompt = "a person kneels on one knee"
    trials.do("pose.maquette_generate", "without a target", "Choose the armature")
    trials.do("object.maquette_add_smpl")
    trials.check("object.maquette_add_smpl", "is the target", trials.settings.target is not None)
    act(trials.area, bpy.ops.view3d.view_axis, type="FRONT")
    act(trials.area, bpy.ops.view3d.view_selected)
    addon = preferences()
    listening, addon.address = addon.address, NOBODY
    trials.do("pose.maquette_generate", "no server there")
    yield from trials.answered("pose.maquette_generate", "ERROR")
    yield from trials.picture("error")
    addon.address = listening
    before = trials.pose
    trials.do("pose.maquette_generate", "16 takes", num_takes=16)
    trials.do("pose.maquette_generate", "while one is under way", "refused")
    trials.do("pose.maquette_cancel", "at once")
    yield 1.5
    trials.check("pose.maquette_cancel", "the pose is as before", trials.pose == before)
    trials.do("pose.maquette_generate", "with the live preview")
    yield from trials.forming(hold=True)
    trials.check("Live Preview", "the figure moves", trials.pose != before)
    yield from trials.picture("working")
    trials.do("pose.maquette_cancel", "while the pose forms")
    yield 1.5
    trials.check("pose.maquette_cancel", "the pose is as before", trials.pose == before)
    trials.do("pose.maquette_cancel", "with nothing to cancel", "refused")
    yield from trials.key("Y", ctrl=True, shift=True)
    # The answer may be there already.
    asked = trials.generation.is_working() or trials.pose != before
    trials.check("pose.maquette_generate", "Ctrl Shift Y", asked)
    yield from trials.answered("pose.maquette_receive")


def reviewing(trials: Trials) -> Iterator[float]:
    """Takes: try, step, browse, options, keep, discard, keys."""
    settings = trials.settings
    settings.num_takes = 4
    if not trials.takes.is_open(bpy.context.scene):
        yield from asked(trials)
    trials.do("pose.maquette_try_take", index=2)
    trials.check("pose.maquette_try_take", "take 3 is on", settings.review.active == 2)
    trials.do("pose.maquette_try_take", "a take that is not there", "so there is no take", index=40)
    trials.do("pose.maquette_step_take", step=1)
    trials.do("pose.maquette_step_take", step=-1)
    trials.do("pose.maquette_mark_take")
    trials.do("pose.maquette_insert_keys", "under review")
    options = settings.options
    full = trials.pose
    options.blend = 0.5
    trials.check("Blend", "0.5 changes the pose", trials.pose != full)
    options.blend = 1.0
    trials.check("Blend", "back at 1 the pose is the same", trials.pose == full)
    for name, values in (("bones", ("PARTS", "SELECTED", "ALL")), ("root", ("STAY", "KEEP", "TAKE"))):
        for value in values:
            setattr(options, name, value)
            trials.check(
                f"options.{name}", value, trials.generation.status().kind == "DONE", trials.generation.status().text
            )
    for value in ("KEEP", "CAMERA", "PROMPT"):
        options.facing = value
        right = trials.generation.status().kind == ("ERROR" if value == "CAMERA" else "DONE")
        trials.check("options.facing", f"{value}, no camera there", right, trials.generation.status().text)
    options.use_mirror = True
    trials.check("options.use_mirror", "changes the pose", trials.pose != full)
    options.use_mirror = False
    trials.check("options.use_mirror", "and back", trials.pose == full)
    yield from trials.picture("takes")
    trials.do("pose.maquette_browse_takes", "by keys", "running_modal", "INVOKE_DEFAULT")
    active = settings.review.active
    yield from trials.key("RIGHT_ARROW")
    trials.check("pose.maquette_browse_takes", "right arrow", trials.settings.review.active == (active + 1) % 4)
    yield from trials.key("LEFT_ARROW")
    trials.check("pose.maquette_browse_takes", "left arrow", trials.settings.review.active == active)
    yield from trials.key("M")
    trials.check("pose.maquette_browse_takes", "M mirrors", trials.settings.options.use_mirror)
    yield from trials.key("M")
    yield from trials.key("RET")
    trials.check("pose.maquette_browse_takes", "Enter keeps", not trials.takes.is_open(bpy.context.scene))
    trials.check("pose.maquette_browse_takes", "the take is on the figure", trials.pose == full)
    trials.do("pose.maquette_insert_keys", "after keeping")
    act(trials.area, bpy.ops.ed.undo)
    act(trials.area, bpy.ops.ed.undo)
    yield 0.3
    trials.check("undo", "twice: the review is open again", trials.takes.is_open(bpy.context.scene))
    act(trials.area, bpy.ops.ed.redo)
    yield 0.3
    trials.check("redo", "kept again", not trials.takes.is_open(bpy.context.scene))
    kept = trials.pose
    yield from asked(trials)
    trials.check("pose.maquette_generate", "shows another pose", trials.pose != kept)
    trials.do("pose.maquette_discard_takes")
    trials.check("pose.maquette_discard_takes", "brings the pose back exactly", trials.pose == kept)
    yield from asked(trials)
    trials.do("pose.maquette_keep_take")
    yield 0.2


def asked(trials: Trials, **values: Any) -> Iterator[float]:
    """Generate, and wait for the answer."""
    trials.do("pose.maquette_generate", **values)
    yield from trials.answered("pose.maquette_receive")


def recalling(trials: Trials) -> Iterator[float]:
    """The history."""
    trials.do("pose.maquette_recall")
    trials.do("pose.maquette_more_like", "of the take on the figure", num_takes=2)
    yield from trials.answered("pose.maquette_more_like")
    trials.do("pose.maquette_repeat")
    yield from trials.answered("pose.maquette_repeat")
    trials.settings.prompt = ""
    trials.do("pose.maquette_use_prompt")
    trials.check("pose.maquette_use_prompt", "the prompt is back", trials.settings.prompt)
    trials.do("pose.maquette_forget", "under review", "keep or discard")
    trials.do("pose.maquette_discard_takes")
    count = len(trials.settings.history)
    trials.do("pose.maquette_forget")
    trials.check("pose.maquette_forget", "one line less", len(trials.settings.history) == count - 1)
    trials.do("pose.maquette_forget_others")
    trials.check("pose.maquette_forget_others", f"of {count - 1} lines", True, f"{len(trials.settings.history)} left")
    yield 0.2


def editing(trials: Trials) -> Iterator[float]:
    """Lock, pin, complete, change."""
    target = trials.settings.target
    act(trials.area, bpy.ops.object.mode_set, mode="POSE")
    act(trials.area, bpy.ops.pose.select_all, action="DESELECT")
    bone = target.pose.bones["left_elbow"]
    holder = bone if hasattr(bone, "select") else bone.bone
    holder.select = True
    trials.do("pose.maquette_lock_selected")
    trials.check("pose.maquette_lock_selected", "the left arm alone", sum(trials.settings.editing.locked) == 1)
    yield from asked(trials)
    trials.do("pose.maquette_keep_take")
    trials.settings.editing.pins[2] = True
    yield from trials.picture("locks")
    trials.do("pose.maquette_change", "without words", "Type first")
    trials.do("pose.maquette_change", words="raises the right arm")
    yield from until(lambda: not trials.generation.is_working(), 400)
    said = trials.generation.status()
    trials.check("pose.maquette_change", "its answer", said.kind == "DONE" or "lock the others" in said.text, said.text)
    if said.kind != "DONE":  # a model that cannot tell the right arm from the words is told by locks
        trials.settings.editing.locked = [name != "right_arm" for name in trials.limbs]
        yield from asked(trials, prompt="a person raises the right arm")
    trials.do("pose.maquette_keep_take")
    trials.do("pose.maquette_unlock")
    trials.check("pose.maquette_unlock", "nothing is locked", not any(trials.settings.editing.locked))
    trials.do("pose.maquette_complete", "posed bones, and all are", "nothing to complete", keep="POSED")
    trials.do("pose.maquette_complete", keep="SELECTED")
    yield from trials.answered("pose.maquette_complete")
    trials.do("pose.maquette_keep_take")
    act(trials.area, bpy.ops.object.mode_set, mode="OBJECT")


def saving(trials: Trials) -> Iterator[float]:
    """Assets, files, presets, prompts from a text."""
    trials.do("pose.maquette_save_asset", asset_name="Kneeling")
    yield from asked(trials, num_takes=2)
    trials.do("pose.maquette_save_gallery")
    trials.do("pose.maquette_discard_takes")
    trials.settings.asset_library = "Nowhere"
    trials.do("pose.maquette_save_asset", "a library that is not there", "Nowhere")
    trials.settings.asset_library = ""
    trials.do("pose.maquette_generate_all", "without a text", "Choose a text")
    trials.settings.prompts_text = bpy.data.texts.new("Prompts")
    trials.settings.prompts_text.write("a person waves\n# left out\na person sits\n")
    for use in ("ROW", "KEYFRAMES", "ASSETS"):
        trials.settings.prompts_use = use
        trials.do("pose.maquette_generate_all", use)
        yield from trials.answered("pose.maquette_generate_all")
    path = Path(tempfile.mkdtemp()) / "walk.npz"
    (text_prompts, motion) = modules("core.motion_text", "core.motion")
    take = trials.settings.history[0].takes[0].motion
    pose = text_prompts.motion_from_text(take)
    motion.Motion(pose.local_rotations.repeat(20, 0), pose.root_translation.repeat(20, 0), 20.0).save(path)
    trials.do("pose.maquette_apply", "a motion's file is baked", filepath=str(path))
    trials.do("pose.maquette_apply", "a file that is not there", "refused", filepath="/nowhere.npz")
    trials.do("pose.maquette_add_preset", name="Trial")
    trials.do("pose.maquette_add_preset", "removed", name="Trial", remove_active=False, remove_name=True)
    yield 0.2


def mapping(trials: Trials) -> Iterator[float]:
    """The rig's mapping and its presets."""
    rig = trials.settings.target.maquette_rig
    trials.do("pose.maquette_mapping_edit")
    trials.check("pose.maquette_mapping_edit", "bones can be chosen", rig.is_custom and rig.head == "head")
    trials.do("pose.maquette_mapping_set", joint="left_wrist", clear=True)
    trials.check("pose.maquette_mapping_set", "no bone now", rig.left_wrist == "")
    trials.do("pose.maquette_mapping_set", joint="left_wrist", bone="left_wrist")
    trials.do("pose.maquette_mapping_set", "the eyedropper", "running_modal", "INVOKE_DEFAULT", joint="head")
    yield from trials.key("ESC")
    trials.do("pose.maquette_mapping_set", "the eyedropper", "running_modal", "INVOKE_DEFAULT", joint="head")
    bone = trials.settings.target.pose.bones["left_knee"]
    middle = trials.settings.target.matrix_world @ ((bone.head + bone.tail) / 2)
    place = location_3d_to_region_2d(region_of(trials.area), trials.area.spaces.active.region_3d, middle)
    yield from trials.key("LEFTMOUSE", at=tuple(place))
    picked = (rig.head, rig.left_knee) == ("left_knee", "")
    trials.check("pose.maquette_mapping_set", "a click on a bone in the viewport takes it", picked, rig.head)
    trials.do("pose.maquette_mapping_set", "and back", joint="head", bone="head")
    trials.do("pose.maquette_mapping_set", "and back", joint="left_knee", bone="left_knee")
    trials.do("pose.maquette_mapping_save", name="Trial Rig")
    trials.do("pose.maquette_mapping_reset")
    trials.check("pose.maquette_mapping_reset", "told automatically", not rig.is_custom)
    trials.do("pose.maquette_mapping_load", preset="Trial Rig")
    trials.check("pose.maquette_mapping_load", "taken over", rig.is_custom)
    trials.do("pose.maquette_mapping_remove", preset="Trial Rig")
    trials.do("pose.maquette_mapping_reset")


def backend(trials: Trials) -> Iterator[float]:
    """Start, watch, stop and install it."""
    local_backend, state = trials.local_backend, trials.local_backend.BackendState
    addon = preferences()
    addon.environment = tempfile.mkdtemp()
    trials.do("wm.maquette_start_backend", "nothing is installed", "install the backend")
    addon.environment = environment()
    trials.do("wm.maquette_start_backend")
    yield from until(lambda: local_backend.state() is state.READY)
    (panels_backend,) = modules("panels_backend")
    close = open_panel(panels_backend.VIEW3D_PT_maquette_backend)
    yield from trials.picture("backend")
    trials.do("wm.maquette_start_backend", "while it runs", "refused")
    trials.do("wm.maquette_backend_log", "copied")
    yield from asked(trials, num_takes=1)
    trials.do("pose.maquette_discard_takes")
    process = local_backend._backend.process_id
    trials.do("wm.maquette_stop_backend")
    yield from until(lambda: local_backend.state() is state.STOPPED)
    trials.check("wm.maquette_stop_backend", "the process has gone", not lives(process))
    trials.do("wm.maquette_start_backend", "again")
    yield from until(lambda: local_backend.state() is state.READY)
    os.kill(local_backend._backend.process_id, 9)
    yield from until(lambda: local_backend.state() is state.FAILED)
    trials.check(
        "wm.maquette_start_backend", "killed: the panel says why", local_backend.trouble(), local_backend.trouble()
    )
    yield from trials.picture("backend_failed")
    close()
    trials.do("wm.maquette_install_backend", "without online access", "refused")
    trials.do("wm.maquette_cancel_install", "with nothing to cancel", "refused")
    trials.first_run.start([trials.first_run.Step("Waiting", ("sleep", "60"))])
    trials.do("wm.maquette_cancel_install")
    yield from until(lambda: not trials.first_run.is_running())
    bpy.context.preferences.system.use_online_access = True
    addon.environment = tempfile.mkdtemp()
    expected = "The backend needs Python" if sys.version_info[:2] > (3, 13) else "finished"
    trials.do("wm.maquette_install_backend", "into an empty folder", expected)
    trials.first_run.cancel()
    addon.environment = ""


def situations(trials: Trials) -> Iterator[float]:
    """What may happen while a request is under way."""
    window = bpy.context.window_manager.windows[0]
    trials.settings.num_takes, trials.settings.use_preview = 4, True
    trials.settings.prompt = "a person waves"
    before = trials.pose
    trials.do("pose.maquette_generate")
    yield from trials.forming()
    other = bpy.data.scenes.new("Other")
    window.scene = other
    yield 0.5
    window.scene = next(scene for scene in bpy.data.scenes if scene != other)
    yield from trials.answered("another scene is shown meanwhile")
    trials.do("pose.maquette_discard_takes")
    trials.check("another scene is shown meanwhile", "discarded: as before", trials.pose == before)

    trials.do("pose.maquette_generate")
    yield from trials.forming()
    bpy.data.objects.remove(trials.settings.target)
    yield from trials.answered("armature deleted mid-request", "ERROR")

    window.scene = other
    trials.do("object.maquette_add_smpl", "in another scene")
    trials.settings.prompt = "a person sits"
    trials.do("pose.maquette_generate")
    yield from trials.forming()
    bpy.data.scenes.remove(other)
    yield from trials.answered("scene deleted mid-request", "ERROR")

    trials.do("object.maquette_add_smpl", "in the first scene")
    before = trials.pose
    trials.do("pose.maquette_generate")
    yield from trials.forming()
    act(trials.area, bpy.ops.ed.undo)
    yield from until(lambda: not trials.generation.is_working(), 300)
    trials.check("undo mid-request", "of adding the figure", True, trials.generation.status().text)
    act(trials.area, bpy.ops.ed.redo)
    yield 0.5

    path = str(Path(tempfile.mkdtemp()) / "saved.blend")
    if trials.settings.target is None:
        trials.do("object.maquette_add_smpl", "again")
    trials.settings.prompt = "a person sits"
    before = trials.pose
    trials.do("pose.maquette_generate")
    yield from trials.forming()
    with bpy.context.temp_override(window=window):
        bpy.ops.wm.save_as_mainfile(filepath=path, copy=True)
    yield from trials.answered("saved mid-request")
    with bpy.context.temp_override(window=window):
        bpy.ops.wm.open_mainfile(filepath=path)
    yield 2.0
    trials.area = view_area()
    trials.check("saved mid-request", "the file has the pose from before", trials.pose == before)
    trials.do("pose.maquette_generate")
    yield from trials.forming()
    with bpy.context.temp_override(window=bpy.context.window_manager.windows[0]):
        bpy.ops.wm.open_mainfile(filepath=path)
    yield 2.0
    trials.area = view_area()
    trials.check(
        "file opened mid-request", "nothing is applied", trials.pose == before and not trials.generation.is_working()
    )
    yield from asked(trials)
    with bpy.context.temp_override(window=bpy.context.window_manager.windows[0]):
        bpy.ops.wm.save_as_mainfile(filepath=path)
        bpy.ops.wm.open_mainfile(filepath=path)
    yield 2.0
    trials.area = view_area()
    trials.check("saved and reopened", "the takes are under review", trials.takes.is_open(bpy.context.scene))
    yield from trials.picture("reopened")
    trials.do("pose.maquette_discard_takes", "after reopening")
    trials.check("saved and reopened", "discarded: as before", trials.pose == before)


def windows(trials: Trials) -> Iterator[float]:
    """Two windows of one Blender, two Blenders on one backend, and Blender closed in mid-request."""
    trials.settings.prompt, trials.settings.num_takes = "a person kneels on one knee", 2
    if trials.settings.target is None:
        trials.do("object.maquette_add_smpl", "for two windows")
    act(trials.area, bpy.ops.wm.window_new)
    yield 1.5
    yield from asked(trials)
    second = bpy.context.window_manager.windows[1]
    with bpy.context.temp_override(window=second):
        bpy.ops.wm.window_close()
    trials.do("pose.maquette_keep_take", "after the second window closed")

    other = other_blender("a person waves", quit_early=False)
    yield from until(lambda: "ASKED" in told(other), 300)
    yield from asked(trials)
    yield from until(lambda: other.poll() is not None, 300)
    trials.check(
        "two Blenders on one backend", "both are answered", "ENDED DONE" in told(other), f"code {other.returncode}"
    )

    other = other_blender("a person sits", quit_early=True)
    yield from until(lambda: other.poll() is not None, 300)
    process = int(Path(f"{environment()}/bin/python.pid").read_text())
    trials.check("Blender closed in mid-request", "ends well", other.returncode == 0, f"code {other.returncode}")
    trials.check("Blender closed in mid-request", "its backend has gone", not lives(process))
    yield 0.1


def looks(trials: Trials) -> Iterator[float]:
    """Every panel unfolded: with the light theme, then in German; to be looked at."""
    panels, mapping_panels, backend_panels = modules("panels", "panels_mapping", "panels_backend")
    yield from asked(trials, num_takes=3)
    trials.settings.options.bones = "PARTS"
    trials.settings.prompts_use = "KEYFRAMES"
    shown = {
        "options": (panels.VIEW3D_PT_maquette_options, panels.VIEW3D_PT_maquette_editing),
        "saving": (
            panels.VIEW3D_PT_maquette_save,
            panels.VIEW3D_PT_maquette_prompts,
            panels.VIEW3D_PT_maquette_history,
            panels.VIEW3D_PT_maquette_settings,
            backend_panels.VIEW3D_PT_maquette_backend,
        ),
        "mapping": (mapping_panels.VIEW3D_PT_maquette_mapping,),
    }
    theme = bpy.utils.preset_find("Blender_Light", "interface_theme", ext=".xml")
    bpy.ops.script.execute_preset(filepath=theme, menu_idname="USERPREF_MT_interface_theme_presets")
    for language in ("en_US", "de_DE"):
        bpy.context.preferences.view.language = language
        for name, classes in shown.items():
            closed = [open_panel(one) for one in classes]
            yield from trials.picture(f"looks_{name}_{language}")
            for close in closed:
                close()
            if name == "options":
                trials.do("pose.maquette_keep_take")
                trials.settings.options.bones = "ALL"
        if language == "en_US":
            yield from asked(trials, num_takes=3)
            trials.settings.options.bones = "PARTS"
    bpy.context.preferences.view.language = "en_US"
    act(trials.area, bpy.ops.wm.call_menu, "INVOKE_DEFAULT", name="VIEW3D_MT_maquette")
    yield from trials.picture("looks_menu")
    yield from trials.key("ESC")


_environment: list[str] = []


def environment() -> str:
    """A folder that looks like an environment with the backend installed."""
    if not _environment:
        folder = Path(tempfile.mkdtemp(prefix="maquette-environment-"))
        packages = folder / "lib" / "python3.13" / "site-packages"
        for name in ("maquette-0.dist-info", "torch-0.dist-info", "open_clip_torch-0.dist-info"):
            (packages / name).mkdir(parents=True)
        python = folder / "bin" / "python"
        python.parent.mkdir()
        python.write_text(BACKEND.replace("{address}", preferences().address), encoding="utf-8")
        python.chmod(0o755)
        _environment.append(str(folder))
    return _environment[0]


def lives(process: int) -> bool:
    """Whether a process of that number runs."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return "Z" not in Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]


def other_blender(prompt: str, quit_early: bool) -> subprocess.Popen[bytes]:
    """A second Blender in a window of its own, which asks for a pose."""
    code = OTHER_BLENDER.format(
        root=str(ROOT), environment=environment(), prompt=prompt, quit_early=quit_early, with_backend=quit_early
    )
    path = Path(tempfile.mkdtemp()) / "other.py"
    path.write_text(code, encoding="utf-8")
    log = path.with_suffix(".log").open("wb")
    command = [
        bpy.app.binary_path,
        "--factory-startup",
        "--window-geometry",
        "0",
        "0",
        "640",
        "480",
        "--python",
        str(path),
    ]
    process = subprocess.Popen(
        command, stdout=log, stderr=subprocess.STDOUT, env={**os.environ, "BLENDER_USER_RESOURCES": str(path.parent)}
    )
    _logs[process.pid] = path.with_suffix(".log")
    return process


_logs: dict[int, Path] = {}


def told(process: subprocess.Popen[bytes]) -> str:
    """What another Blender has written."""
    return _logs[process.pid].read_text(encoding="utf-8", errors="replace")


PARTS = {
    "asking": asking,
    "reviewing": reviewing,
    "recalling": recalling,
    "editing": editing,
    "saving": saving,
    "mapping": mapping,
    "backend": backend,
    "situations": situations,
    "windows": windows,
    "looks": looks,
}


if __name__ == "__main__":
    drive(main())

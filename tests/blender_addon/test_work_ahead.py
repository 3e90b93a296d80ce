# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes that are worked out before the artist steps to them, in a real Blender."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from blender_addon.core.motion import Motion

bpy = pytest.importorskip("bpy", reason="needs Blender as a module: pip install bpy")


@pytest.fixture
def figure(scene: Any, random_motion: Callable[..., Motion]) -> Any:
    """A figure that shows the second of five takes."""
    from blender_addon import armature, history, takes

    bpy.ops.object.maquette_add_smpl()
    target = scene.maquette.target
    armature._retargeted_pose.cache_clear()
    entry = history.add_entry(scene, "waves", [random_motion(seed=seed) for seed in range(5)], range(5))
    takes.start_review(scene, entry, target)
    takes.show(scene, 1)
    return target


def worked_out() -> int:
    """How many poses were worked out so far."""
    from blender_addon import armature

    return int(armature._retargeted_pose.cache_info().misses)


@pytest.mark.parametrize("index", [0, 2])
@pytest.mark.parametrize("use_mirror", [False, True])
def test_the_takes_before_and_after_are_worked_out(scene: Any, figure: Any, index: int, use_mirror: bool) -> None:
    from blender_addon import takes, work_ahead
    from blender_addon.pose_state import PoseState

    scene.maquette.options.use_mirror = use_mirror  # which puts the take on again
    assert bpy.app.timers.is_registered(work_ahead.tick)
    before = worked_out()
    assert work_ahead.tick() is not None
    assert work_ahead.tick() is None
    assert worked_out() == before + 2
    takes.show(scene, index)
    assert worked_out() == before + 2
    shown = PoseState.read(figure).digest()
    from blender_addon import armature

    armature._retargeted_pose.cache_clear()
    takes.show(scene, index)
    assert PoseState.read(figure).digest() == shown


def test_a_figure_that_is_gone_or_edited_is_passed_over(scene: Any, figure: Any) -> None:
    from blender_addon import work_ahead

    before = worked_out()
    bpy.context.view_layer.objects.active = figure
    bpy.ops.object.mode_set(mode="EDIT")
    assert work_ahead.tick() is not None
    bpy.ops.object.mode_set(mode="OBJECT")
    bpy.data.objects.remove(figure)
    assert work_ahead.tick() is None
    assert work_ahead.tick() is None
    assert worked_out() == before

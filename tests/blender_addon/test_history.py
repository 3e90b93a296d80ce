# SPDX-License-Identifier: GPL-3.0-or-later
"""The history in a real Blender: kept in the file, usable without a server, bounded, repeatable."""

from __future__ import annotations

import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from blender_addon.core.axes import y_up_to_z_up
from blender_addon.core.motion import Motion
from blender_addon.core.skeleton import JOINT_NAMES

bpy = pytest.importorskip("bpy", reason="needs Blender as a module: pip install bpy")


def heads(armature: Any) -> np.ndarray:
    bpy.context.view_layer.update()
    return np.array([armature.pose.bones[name].head for name in JOINT_NAMES])


@pytest.fixture
def figure(scene: Any) -> Any:
    bpy.ops.object.maquette_add_smpl()
    return scene.maquette.target


def remember(scene: Any, prompt: str, *motions: Motion, seed: int = 1) -> Any:
    from blender_addon import history

    return history.add_entry(scene, prompt, motions, range(seed, seed + len(motions)))


def test_the_history_works_offline_after_reopening(
    scene: Any, figure: Any, random_motion: Callable[..., Motion], tmp_path: Path
) -> None:
    remember(scene, "a person waves", random_motion(seed=1), random_motion(seed=2))
    remember(scene, "a person kneels", random_motion(seed=3))
    bpy.ops.wm.save_as_mainfile(filepath=str(tmp_path / "history.blend"))
    bpy.ops.wm.read_factory_settings(use_empty=True)
    bpy.ops.wm.open_mainfile(filepath=str(tmp_path / "history.blend"))
    settings = bpy.context.scene.maquette
    assert [entry.prompt for entry in settings.history] == ["a person kneels", "a person waves"]
    settings.history_index = 1
    assert bpy.ops.pose.maquette_recall() == {"FINISHED"}
    np.testing.assert_allclose(heads(settings.target), y_up_to_z_up(random_motion(seed=1).joints()[0]), atol=1e-5)
    bpy.ops.pose.maquette_step_take()
    np.testing.assert_allclose(heads(settings.target), y_up_to_z_up(random_motion(seed=2).joints()[0]), atol=1e-5)


def test_a_favourite_comes_first(scene: Any, figure: Any, random_motion: Callable[..., Motion]) -> None:
    entry = remember(scene, "a person waves", random_motion(seed=1), random_motion(seed=2))
    entry.takes[1].is_favourite = True
    bpy.ops.pose.maquette_recall(uid=entry.uid)
    assert scene.maquette.review.active == 1


def test_an_old_prompt_comes_back_into_the_panel(scene: Any, figure: Any, random_motion: Callable[..., Motion]) -> None:
    first = remember(scene, "a person waves", random_motion(), seed=77).uid
    remember(scene, "a person kneels", random_motion())
    bpy.ops.pose.maquette_use_prompt(uid=first)
    assert (scene.maquette.prompt, scene.maquette.seed) == ("a person waves", 77)


def test_the_oldest_go_but_favourites_stay(scene: Any, random_motion: Callable[..., Motion]) -> None:
    from blender_addon import history

    motion = random_motion()
    remember(scene, "kept", motion).takes[0].is_favourite = True
    for number in range(history.MAX_ENTRIES + 5):
        remember(scene, str(number), motion)
    prompts = [entry.prompt for entry in scene.maquette.history]
    assert len(prompts) == history.MAX_ENTRIES
    assert prompts[-1] == "kept" and prompts[0] == str(history.MAX_ENTRIES + 4)
    assert len({entry.uid for entry in scene.maquette.history}) == len(prompts)


def test_lines_are_removed_but_not_those_under_review(
    scene: Any, figure: Any, random_motion: Callable[..., Motion]
) -> None:
    for prompt in ("one", "two", "three", "four"):
        remember(scene, prompt, random_motion())
    bpy.ops.pose.maquette_forget(uid=scene.maquette.history[1].uid)
    assert [entry.prompt for entry in scene.maquette.history] == ["four", "two", "one"]
    scene.maquette.history_index = 1
    bpy.ops.pose.maquette_recall()
    with pytest.raises(RuntimeError, match="under review"):
        bpy.ops.pose.maquette_forget()
    scene.maquette.history[2].takes[0].is_favourite = True
    bpy.ops.pose.maquette_forget_others()
    assert [entry.prompt for entry in scene.maquette.history] == ["two", "one"]
    bpy.ops.pose.maquette_discard_takes()
    bpy.ops.pose.maquette_forget_others()
    assert [entry.prompt for entry in scene.maquette.history] == ["one"]


def test_without_a_history_its_operators_are_off(scene: Any, figure: Any) -> None:
    for name in ("recall", "repeat", "more_like", "use_prompt", "forget", "forget_others"):
        assert not getattr(bpy.ops.pose, f"maquette_{name}").poll()


def test_the_same_is_asked_for_again(scene: Any, figure: Any, random_motion: Callable[..., Motion]) -> None:
    from blender_addon import history
    from blender_addon.history_operators import repeated

    together = remember(scene, "a person waves", *[random_motion(seed=n) for n in range(3)], seed=5)
    order = repeated(together, preview=True)
    assert (order.prompts, order.seed, order.num_samples) == (("a person waves",), 5, 3)
    apart = history.add_entry(scene, "a person jumps", [random_motion(), random_motion()], (30, 24))
    order = repeated(apart, preview=True)
    assert (order.seed, order.num_samples, order.only_seeds) == (24, 7, (30, 24))
    far = history.add_entry(scene, "a person jumps", [random_motion(), random_motion()], (30, 2400))
    with pytest.raises(ValueError, match="too far apart"):
        repeated(far, preview=True)


def near(motion: Motion, angle: float, seed: int) -> Motion:
    """A pose close to another one."""
    from dataclasses import replace

    from blender_addon.core.rotation import axis_angle_to_quaternion, quaternion_multiply

    turns = np.random.default_rng(seed).normal(size=(1, 22, 3)) * angle
    return replace(motion, local_rotations=quaternion_multiply(motion.local_rotations, axis_angle_to_quaternion(turns)))


def test_the_most_alike_are_chosen_without_copies(random_motion: Callable[..., Motion]) -> None:
    from blender_addon.history import most_alike

    wanted = random_motion(seed=1)
    close, closer = near(wanted, 0.2, 1), near(wanted, 0.1, 2)
    crowd = [random_motion(seed=5), wanted, close, random_motion(seed=6), closer, near(closer, 0.001, 3)]
    nearest, next_one = most_alike(wanted, crowd, 2)
    assert nearest in (4, 5) and next_one == 2
    assert sorted(most_alike(wanted, crowd, 9)) == list(range(6))  # where too few differ, copies fill up


def test_favourites_can_be_listed_alone(scene: Any, random_motion: Callable[..., Motion]) -> None:
    from blender_addon.history_operators import MAQUETTE_UL_history

    for prompt in ("a person waves", "a cat sits", "a person kneels"):
        remember(scene, prompt, random_motion())
    scene.maquette.history[0].takes[0].is_favourite = True
    shown: Any = types.SimpleNamespace(bitflag_filter_item=1, filter_name="", use_favourites=True)
    flags, order = MAQUETTE_UL_history.filter_items(shown, bpy.context, scene.maquette, "history")
    assert (flags, order) == ([1, 0, 0], [])
    shown.use_favourites, shown.filter_name = False, "person"
    flags, _ = MAQUETTE_UL_history.filter_items(shown, bpy.context, scene.maquette, "history")
    assert [bool(flag) for flag in flags] == [True, False, True]

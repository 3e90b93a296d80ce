# SPDX-License-Identifier: GPL-3.0-or-later
"""Thumbnails in a real Blender: drawn aside, kept as previews, one for each take, side and mirror image."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from blender_addon.core.motion import Motion
from blender_addon.core.motion_text import motion_to_text

bpy = pytest.importorskip("bpy", reason="needs Blender as a module: pip install bpy")


def drawn(motion: str, view_yaw: float = 0.0, mirrored: bool = False) -> np.ndarray:
    """Wait for a thumbnail as Blender's timer does; its pixels."""
    from blender_addon import gallery

    deadline = time.monotonic() + 20
    while (preview := gallery.picture_of(motion, view_yaw, mirrored)) is None:
        assert time.monotonic() < deadline
        gallery.tick()
        time.sleep(0.005)
    pixels = np.empty(gallery.PIXELS**2 * 4, dtype=np.float32)
    preview.image_pixels_float.foreach_get(pixels)
    return pixels.reshape(gallery.PIXELS, gallery.PIXELS, 4)


def test_a_take_gets_its_picture(scene: Any, random_motion: Callable[..., Motion]) -> None:
    from blender_addon import gallery

    one, two = (motion_to_text(random_motion(seed=seed)) for seed in (1, 2))
    picture = drawn(one)
    assert 0.05 < picture[..., 3].mean() < 0.6
    np.testing.assert_allclose(picture, gallery.draw_take(one, gallery.FROM_THE_SIDE, False, gallery.PIXELS), atol=0.01)
    assert np.abs(drawn(two) - picture).max() > 0.5
    assert np.abs(drawn(one, mirrored=True) - picture).max() > 0.5
    assert np.abs(drawn(one, view_yaw=np.pi) - picture).max() > 0.5
    np.testing.assert_array_equal(drawn(one, view_yaw=0.1), picture)  # as good as from the front
    assert gallery.tick() is None


def test_many_pictures_are_taken_in_by_many_calls(
    scene: Any, random_motion: Callable[..., Motion], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No call takes long, however many are ready."""
    from blender_addon import gallery

    monkeypatch.setattr(gallery, "_BUSY_SECONDS", 0.0)
    takes = [motion_to_text(random_motion(seed=seed)) for seed in range(40, 44)]
    for take in takes:
        gallery.picture_of(take, 0.0)
    deadline = time.monotonic() + 60
    while gallery._drawn.qsize() < len(takes):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    shown: list[int] = []
    while not shown or shown[-1] < len(takes):
        gallery.tick()
        shown.append(sum(gallery.picture_of(take, 0.0) is not None for take in takes))
    assert shown == [1, 2, 3, 4]


def test_a_file_opened_meanwhile_leaves_no_picture_behind(scene: Any, random_motion: Callable[..., Motion]) -> None:
    from blender_addon import gallery

    take = motion_to_text(random_motion(seed=50))
    assert gallery.picture_of(take, 0.0) is None
    bpy.ops.wm.read_factory_settings(use_empty=True)
    assert bpy.app.timers.is_registered(gallery.tick)
    assert drawn(take).any()


def test_a_take_that_cannot_be_read_has_no_picture(scene: Any) -> None:
    from blender_addon import gallery

    assert gallery.icon_of("nothing", 0.0) == 0
    deadline = time.monotonic() + 20
    while gallery.tick() is not None:
        assert time.monotonic() < deadline
        time.sleep(0.005)
    assert gallery.icon_of("nothing", 0.0) == 0


def test_without_the_mesh_a_stick_figure_is_drawn(
    scene: Any, random_motion: Callable[..., Motion], monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    from blender_addon import gallery
    from blender_addon.core.mannequin import Mannequin

    whole = gallery.draw_take(motion_to_text(random_motion()), 0.0, False, 64)
    load = Mannequin.load
    monkeypatch.setattr(Mannequin, "load", lambda: load(tmp_path / "missing.npz"))
    sticks = gallery.draw_take(motion_to_text(random_motion()), 0.0, False, 64)
    assert 0.01 < sticks[..., 3].mean() < whole[..., 3].mean()


def test_the_view_is_seen_from_the_figure(scene: Any) -> None:
    import types

    from mathutils import Euler

    from blender_addon.gallery import view_of

    bpy.ops.object.maquette_add_smpl()
    figure = scene.maquette.target
    front = Euler((np.pi / 2, 0, 0)).to_quaternion()  # Blender's front view looks along +Y

    def seen(rotation: Any) -> float:
        return view_of(types.SimpleNamespace(region_data=types.SimpleNamespace(view_rotation=rotation)), figure)

    assert seen(front) == pytest.approx(0, abs=1e-6)
    right = Euler((np.pi / 2, 0, np.pi / 2)).to_quaternion()  # from +X, the figure's left
    assert seen(right) == pytest.approx(np.pi / 2)
    figure.rotation_euler = (0, 0, np.pi / 2)
    bpy.context.view_layer.update()
    assert seen(right) == pytest.approx(0, abs=1e-6)
    assert view_of(types.SimpleNamespace(region_data=None), figure) == 0


def test_disabling_stops_the_thread(scene: Any, extension: Any, random_motion: Callable[..., Motion]) -> None:
    from blender_addon import gallery

    gallery.icon_of(motion_to_text(random_motion(seed=9)), 0.0)
    extension.unregister()
    try:
        assert not [thread for thread in threading.enumerate() if thread.name == "maquette-gallery"]
        assert gallery.icon_of(motion_to_text(random_motion(seed=9)), 0.0) == 0
    finally:
        extension.register()
    drawn(motion_to_text(random_motion(seed=9)))

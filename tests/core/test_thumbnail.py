# SPDX-License-Identifier: GPL-3.0-or-later
"""Thumbnails show the pose: whole, in proportion, from the side asked for, transparent around."""

from __future__ import annotations

import numpy as np
import pytest

from blender_addon.core.mannequin import Mannequin
from blender_addon.core.motion import Motion
from blender_addon.core.rotation import axis_angle_to_quaternion
from blender_addon.core.skeleton import JOINT_NAMES, SMPL22
from blender_addon.core.thumbnail import draw_pose


def pose(**turns: tuple[float, float, float]) -> Motion:
    """The T-pose with some joints turned by axis-angles."""
    angles = np.zeros((1, 22, 3))
    for name, turn in turns.items():
        angles[0, JOINT_NAMES.index(name)] = turn
    return Motion(axis_angle_to_quaternion(angles), SMPL22.rest_joints[:1])


ARMS_DOWN = {"left_shoulder": (0.0, 0.0, -1.4), "right_shoulder": (0.0, 0.0, 1.4)}
LEFT_UP = {"left_shoulder": (0.0, 0.0, 1.2), "right_shoulder": (0.0, 0.0, 1.4)}


def extent(picture: np.ndarray) -> tuple[int, int, int, int]:
    """First and last painted column, first and last painted row from below."""
    rows, columns = np.nonzero(picture[..., 3] > 0.1)
    return int(columns.min()), int(columns.max()), int(rows.min()), int(rows.max())


@pytest.mark.parametrize("mannequin", [None, Mannequin.load()], ids=["sticks", "mesh"])
@pytest.mark.parametrize("size", [32, 96])
def test_the_whole_figure_is_in_the_picture(mannequin: Mannequin | None, size: int) -> None:
    picture = draw_pose(pose(), size, view_yaw=0, view_pitch=0, mannequin=mannequin)
    assert picture.shape == (size, size, 4) and picture.dtype == np.float32
    assert picture.min() >= 0 and picture.max() <= 1
    left, right, bottom, top = extent(picture)
    assert 0 < left < right < size - 1 and 0 < bottom < top < size - 1
    assert right - left > 0.65 * size  # a T-pose is as wide as it is high
    assert not picture[..., 3][:, 0].any() and not picture[..., 3][0].any()


@pytest.mark.parametrize("mannequin", [None, Mannequin.load()], ids=["sticks", "mesh"])
def test_the_figures_left_is_on_the_viewers_right(mannequin: Mannequin | None) -> None:
    picture = draw_pose(pose(**LEFT_UP), 64, view_yaw=0, view_pitch=0, mannequin=mannequin)
    upper = picture[40:, :, 3]
    assert upper[:, 40:].sum() > 1.5 * upper[:, :24].sum()
    behind = draw_pose(pose(**LEFT_UP), 64, view_yaw=np.pi, view_pitch=0, mannequin=mannequin)
    upper = behind[40:, :, 3]
    assert upper[:, :24].sum() > 1.5 * upper[:, 40:].sum()


def test_from_the_side_a_t_pose_is_narrow() -> None:
    mannequin = Mannequin.load()
    left, right, _, _ = extent(draw_pose(pose(), 64, view_yaw=np.pi / 2, view_pitch=0, mannequin=mannequin))
    assert right - left < 20


def test_the_skin_has_no_holes() -> None:
    picture = draw_pose(pose(**ARMS_DOWN), 128, view_yaw=0, view_pitch=0, mannequin=Mannequin.load())
    for row in range(70, 90):  # the chest
        painted = np.flatnonzero(picture[row, 55:73, 3] < 1)
        assert not len(painted)


def test_near_limbs_hide_far_ones() -> None:
    forward = pose(**ARMS_DOWN, left_elbow=(-1.5, 0.0, 0.0))
    sticks = draw_pose(forward, 64, view_yaw=np.pi / 2, view_pitch=0)  # from the figure's left
    blue = (sticks[..., 2] > sticks[..., 0]) & (sticks[..., 3] > 0.5)
    red = (sticks[..., 0] > sticks[..., 2] + 0.2) & (sticks[..., 3] > 0.5)
    assert blue.sum() > 2 * red.sum()


def test_a_picture_needs_pixels() -> None:
    with pytest.raises(ValueError, match="at least one pixel"):
        draw_pose(pose(), 0)

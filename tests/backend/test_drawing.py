# SPDX-License-Identifier: GPL-3.0-or-later
"""Figures are whole, in frame, seen from the right side, and sheets hold all they are given."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import ImageFont

from backend.drawing import SheetRow, contact_sheet, draw_figure, frame_camera, wrap
from backend.rasteriser import Camera, box_blur, rasterise, vertex_normals
from blender_addon.core.motion import Motion
from blender_addon.core.rotation import axis_angle_to_quaternion
from blender_addon.core.skeleton import SMPL22

SIZE = (80, 100)


def posed(rotations: dict[str, tuple[float, float, float]] | None = None, height: float | None = None) -> Motion:
    """The rest pose with some joints turned by an axis-angle in degrees."""
    local = np.zeros((1, 22, 4))
    local[..., 0] = 1
    for name, degrees in (rotations or {}).items():
        local[0, SMPL22.index(name)] = axis_angle_to_quaternion(np.radians(degrees))
    return Motion(local, np.array([[0, SMPL22.rest_joints[0, 1] if height is None else height, 0]]))


def hue(image: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where a picture is clearly red, and where clearly blue."""
    red, _, blue = (image[..., k].astype(int) for k in range(3))
    return red - blue > 60, blue - red > 40


def covered(image: np.ndarray) -> np.ndarray:
    """Where a picture is neither paper nor floor nor shadow, which are all grey."""
    return np.ptp(image.astype(int), axis=-1) > 25


@pytest.mark.parametrize("view", ["front", "side", "three_quarter"])
@pytest.mark.parametrize(
    "motion",
    [posed(), posed({"pelvis": (-90, 0, 0)}, 0.12), posed({"pelvis": (180, 0, 0)}, 1.3), posed(height=4.0)],
    ids=["standing", "lying", "upside down", "high in the air"],
)
def test_whole_figure_is_in_frame(motion: Motion, view: str) -> None:
    image = np.asarray(draw_figure(motion, 0, view, SIZE))  # type: ignore[arg-type]
    assert image.shape == (SIZE[1], SIZE[0], 3)
    border = np.concatenate([image[0], image[-1], image[:, 0], image[:, -1]]).astype(int)
    assert np.abs(border - image[0, 0].astype(int)).max() <= 3
    assert covered(image).sum() > 40


def test_left_is_red_and_on_the_right_of_the_front_view() -> None:
    red, blue = hue(np.asarray(draw_figure(posed(), 0, "front", SIZE)))
    columns = np.arange(SIZE[0])
    assert (red.sum(0) @ columns) / red.sum() > SIZE[0] / 2 + 5
    assert (blue.sum(0) @ columns) / blue.sum() < SIZE[0] / 2 - 5


def test_side_view_has_the_body_face_right() -> None:
    forward = posed({"left_shoulder": (0, -90, 0), "right_shoulder": (0, 90, 0)})
    image = np.asarray(draw_figure(forward, 0, "side", SIZE))
    columns = np.flatnonzero(covered(image).any(0))
    torso = np.flatnonzero(covered(image)[60]).mean()  # the legs' column
    assert columns.max() - torso > 2 * (torso - columns.min())
    red, blue = hue(image)
    assert blue.sum() > 1.5 * red.sum(), "the right side is the near one"


def test_shadow_darkens_the_floor_under_a_body() -> None:
    image = np.asarray(draw_figure(posed(), 0, "front", (160, 200))).astype(int)
    feet = np.flatnonzero(covered(image).any(1)).max()
    beside = image[feet - 6 : feet + 4].sum(-1)
    assert beside.min() < 3 * 150 < beside.max()


def test_chosen_frame_is_drawn() -> None:
    both = Motion(
        np.concatenate([posed().local_rotations, posed({"pelvis": (0, 90, 0)}).local_rotations]),
        np.repeat(posed().root_translation, 2, 0),
    )
    second = np.asarray(draw_figure(both, 1, "front", SIZE))
    assert (second == np.asarray(draw_figure(posed({"pelvis": (0, 90, 0)}), 0, "front", SIZE))).all()
    assert (second == np.asarray(draw_figure(both, -1, "front", SIZE))).all()
    assert (second != np.asarray(draw_figure(both, 0, "front", SIZE))).any()


@pytest.mark.parametrize(
    ("frame", "view", "size", "message"),
    [(1, "front", SIZE, "frame 1"), (0, "top", SIZE, "view"), (0, "front", (8, 100), "16 x 16")],
)
def test_bad_requests_are_refused(frame: int, view: str, size: tuple[int, int], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        draw_figure(posed(), frame, view, size)  # type: ignore[arg-type]


def test_sheet_holds_every_pose_in_every_view() -> None:
    rows = [SheetRow("one", (posed(),) * 3), SheetRow("two", (posed(),) * 2, ("seed 4", "seed 5"))]
    drawn: list[int] = []
    sheet = contact_sheet(rows, ("front", "side"), (40, 50), poses_per_line=2, on_figure=lambda: drawn.append(1))
    assert len(drawn) == 5
    # 3 poses of 2 a line make 2 lines and the second row a third: figures stand in 3 bands.
    bands = np.diff(np.concatenate([[0], covered(np.asarray(sheet)).any(1).astype(int)])).clip(0).sum()
    assert bands == 3


def test_long_titles_wrap_and_empty_ones_take_no_room() -> None:
    heights = [
        contact_sheet([SheetRow(title, (posed(),))], figure_size=(40, 50)).height
        for title in ("", "short", "a person does one thing after another " * 5)
    ]
    assert heights[0] < heights[1] < heights[2] - 40


def test_sheet_without_poses_is_refused() -> None:
    for rows in ([], [SheetRow("nothing", ())]):
        with pytest.raises(ValueError, match="at least one"):
            contact_sheet(rows)


def test_wrapped_lines_fit_and_keep_all_text() -> None:
    font = ImageFont.load_default(16)
    assert isinstance(font, ImageFont.FreeTypeFont)
    text = "a person waves  with both hands and shouts aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaah"
    lines = wrap(text, font, 120)
    assert all(font.getlength(line) <= 120 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert len(lines) > 3
    assert wrap("", font, 120) == [""]


def test_nearest_triangle_wins_whatever_the_order() -> None:
    pixels = np.array([[1, 9], [9, 9], [5, 1], [1, 9], [9, 9], [5, 1]], float)
    depth = np.array([2.0, 2, 2, 1, 1, 1])
    faces = np.array([[0, 1, 2], [3, 4, 5]])
    for order, nearest in (([0, 1], 1), ([1, 0], 0)):
        covered_pixels, triangle, weights = rasterise(pixels, depth, faces[order], 10, 10)
        assert len(covered_pixels) > 20
        assert (triangle == nearest).all()
        assert np.allclose(weights.sum(-1), 1)
        centres = np.stack([covered_pixels % 10, covered_pixels // 10], -1) + 0.5
        assert np.allclose(np.einsum("kc,kcd->kd", weights, pixels[faces[order][triangle]]), centres)


def test_triangles_that_face_away_or_lie_outside_are_not_drawn() -> None:
    pixels = np.array([[1, 9], [9, 9], [5, 1]], float)
    faces = np.array([[0, 1, 2]])
    assert len(rasterise(pixels, np.ones(3), faces, 10, 10)[0])
    assert not len(rasterise(pixels, np.ones(3), faces[:, ::-1], 10, 10)[0])
    assert not len(rasterise(pixels + 50, np.ones(3), faces, 10, 10)[0])
    half = rasterise(pixels - [5, 0], np.ones(3), faces, 10, 10)[0]
    assert len(half) and (half % 10 <= 4).all()


def test_adjacent_triangles_cover_every_pixel_once() -> None:
    rng = np.random.default_rng(0)
    grid = np.stack(np.meshgrid(np.linspace(2, 18, 6), np.linspace(2, 18, 6)), -1).reshape(-1, 2)
    inner = ((grid > 2) & (grid < 18)).all(-1)
    grid[inner] += rng.uniform(-1, 1, (inner.sum(), 2))
    index = np.arange(36).reshape(6, 6)
    a, b, c, d = index[:-1, :-1].ravel(), index[:-1, 1:].ravel(), index[1:, :-1].ravel(), index[1:, 1:].ravel()
    faces = np.concatenate([np.stack([a, c, b], -1), np.stack([b, c, d], -1)])
    covered_pixels, _, _ = rasterise(grid, np.ones(36), faces, 20, 20)
    assert len(covered_pixels) == 16 * 16


def test_normals_point_outward() -> None:
    corners = np.concatenate([np.eye(3), -np.eye(3)])
    octants = np.array([[0, 1, 2], [1, 3, 2], [3, 4, 2], [4, 0, 2]])
    below = np.where(octants == 2, 5, octants)[:, ::-1]
    assert np.allclose(vertex_normals(corners, np.concatenate([octants, below])), corners)


def test_camera_keeps_its_target_and_scale() -> None:
    camera = Camera(np.array([0.3, 0.9, -0.2]), 35, 14, 7, 100, SIZE, (40.0, 50.0))
    pixels, depth = camera.project(np.array([[0.3, 0.9, -0.2], camera.target + 0.1 * camera.axes[0]]))
    assert np.allclose(pixels, [[40, 50], [50, 50]])
    assert np.allclose(depth, 7)


def test_figures_of_one_size_share_a_scale() -> None:
    rest = SMPL22.rest_joints
    crouched = rest * [1, 0.6, 1]
    scales = [frame_camera(points, "front", (200, 250)).pixels_per_metre for points in (rest, crouched)]
    assert scales[0] == scales[1]


def test_blur_keeps_the_sum_and_spreads_evenly() -> None:
    image = np.zeros((15, 15))
    image[7, 7] = 1
    blurred = box_blur(image, 2)
    assert np.isclose(blurred.sum(), 1)
    assert np.allclose(blurred, blurred.T) and np.allclose(blurred, blurred[::-1])
    assert blurred[7, 7] == blurred.max() < 0.1

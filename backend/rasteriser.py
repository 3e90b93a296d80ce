# SPDX-License-Identifier: GPL-3.0-or-later
"""A small numpy software rasteriser: a smooth, softly lit mesh on a floor, no graphics driver needed.

Scene axes are the project's: metres, right-handed, Y up, the floor at y = 0. Camera axes are right, up, and towards
the viewer. Colours are linear RGB in 0..1 until the last step.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

SUPERSAMPLES = 2  # samples a pixel along each image axis
BACKGROUND = np.array([0.86, 0.855, 0.84])
FLOOR = np.array([0.70, 0.69, 0.67])
KEY_DIRECTION = np.array([-0.45, 0.95, 0.42])  # towards the light, in camera axes: over the viewer's left shoulder
FILL_DIRECTION = np.array([0.86, 0.12, 0.50])
RIM_DIRECTION = np.array([0.55, 0.45, -0.70])
LIGHT_COLOURS = np.array(
    [
        [0.92, 0.88, 0.82],  # key
        [0.12, 0.13, 0.16],  # fill
        [0.30, 0.32, 0.36],  # rim
        [0.20, 0.22, 0.25],  # sky
        [0.10, 0.09, 0.085],  # from everywhere
    ]
)


@dataclass(frozen=True)
class Camera:
    """A mildly perspective camera that orbits a target.

    Attributes:
        target: (3,) the point in metres that lands on `centre`.
        yaw: degrees around Y; 0 looks along -Z (at a body's front), 90 looks from +X.
        pitch: degrees above the horizon.
        distance: metres from the target.
        pixels_per_metre: image scale at the target's distance.
        size: image width and height in pixels.
        centre: pixel position (x, y) of the target.
    """

    target: np.ndarray
    yaw: float
    pitch: float
    distance: float
    pixels_per_metre: float
    size: tuple[int, int]
    centre: tuple[float, float]

    @property
    def axes(self) -> np.ndarray:
        """(3, 3) rows: right, up, towards the viewer, in scene axes."""
        return camera_axes(self.yaw, self.pitch)

    def project(self, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Pixel positions (..., 2) and distances (...,) in metres along the view axis of points (..., 3)."""
        local = (points - self.target) @ self.axes.T
        depth = self.distance - local[..., 2]
        scale = self.pixels_per_metre * self.distance / depth
        pixels = np.stack([self.centre[0] + local[..., 0] * scale, self.centre[1] - local[..., 1] * scale], axis=-1)
        return pixels, depth


def camera_axes(yaw: float, pitch: float) -> np.ndarray:
    """(3, 3) rows right, up, towards the viewer for a camera turned by these degrees."""
    y, p = np.radians(yaw), np.radians(pitch)
    towards = np.array([np.sin(y) * np.cos(p), np.sin(p), np.cos(y) * np.cos(p)])
    right = np.array([np.cos(y), 0.0, -np.sin(y)])
    return np.stack([right, np.cross(towards, right), towards])


def vertex_normals(vertices: np.ndarray, faces: np.ndarray) -> np.ndarray:
    """Area-weighted unit normals (V, 3) of a triangle mesh: vertices (V, 3), faces (T, 3) counter-clockwise."""
    a, b, c = (vertices[faces[:, k]] for k in range(3))
    face_normals = np.cross(b - a, c - a)
    count = len(vertices)
    normals = np.stack(
        [np.bincount(faces.ravel(), np.repeat(face_normals[:, axis], 3), count) for axis in range(3)], axis=-1
    )
    return normals / np.maximum(np.linalg.norm(normals, axis=-1, keepdims=True), 1e-12)


def rasterise(
    pixels: np.ndarray, depth: np.ndarray, faces: np.ndarray, width: int, height: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Find the nearest front-facing triangle at every pixel centre.

    Args:
        pixels: (V, 2) positions in pixels, y down.
        depth: (V,) distances to the viewer, positive.
        faces: (T, 3) triangles, counter-clockwise seen from outside.
        width: image width.
        height: image height.

    Returns:
        The covered pixels as flat indices (K,), the triangle at each (K,), and barycentric weights (K, 3).
    """
    corners = pixels[faces].astype(np.float64) - 0.5  # (T, 3, 2); pixel centres are now whole numbers
    first, last = np.ceil(corners[..., 1].min(1)), np.floor(corners[..., 1].max(1))
    first, last = np.maximum(first, 0).astype(np.int64), np.minimum(last, height - 1).astype(np.int64)
    edge_1, edge_2 = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    # y points down, so a triangle that is counter-clockwise to the viewer has a negative doubled area here.
    area = edge_1[:, 0] * edge_2[:, 1] - edge_1[:, 1] * edge_2[:, 0]
    seen = np.flatnonzero((area < -1e-9) & (last >= first))
    e1, e2, origin, inverse_area = edge_1[seen], edge_2[seen], corners[seen, 0], 1.0 / area[seen]
    # Barycentric weights are affine in the pixel: weight = x_slope * x + y_slope * y + constant.
    x_slopes = np.stack([e2[:, 1], -e1[:, 1]], -1) * inverse_area[:, None]
    y_slopes = np.stack([-e2[:, 0], e1[:, 0]], -1) * inverse_area[:, None]
    x_slopes = np.column_stack([-x_slopes.sum(-1), x_slopes])
    y_slopes = np.column_stack([-y_slopes.sum(-1), y_slopes])
    constants = np.array([1.0, 0.0, 0.0]) - x_slopes * origin[:, :1] - y_slopes * origin[:, 1:]

    # One entry for every (triangle, image row) it crosses: the span of x where all three weights are positive.
    spanning, row = _expand(first[seen], last[seen])
    at_zero = y_slopes[spanning] * row[:, None] + constants[spanning]
    slopes = x_slopes[spanning]
    crossing = -at_zero / np.where(slopes == 0, 1e-12, slopes)
    left = np.where(slopes > 0, crossing, -np.inf).max(-1)
    right = np.where(slopes < 0, crossing, np.inf).min(-1)
    left = np.ceil(np.maximum(left, 0)).astype(np.int64)
    right = np.floor(np.minimum(right, width - 1)).astype(np.int64)

    # One entry for every (triangle, pixel) covered.
    span, x = _expand(left, right)
    triangle = spanning[span]
    weights = at_zero[span] + slopes[span] * x[:, None]
    distance = (weights * depth[faces[seen]][triangle]).sum(-1)
    # z-buffer: written from far to near, so the nearest stays.
    order = np.argsort(-distance.astype(np.float32), kind="stable")
    buffer = np.full(width * height, -1, np.int64)
    buffer[(row[span] * width + x)[order]] = order
    covered = np.flatnonzero(buffer >= 0)
    winner = buffer[covered]
    return covered, seen[triangle[winner]], weights[winner]


def _expand(first: np.ndarray, last: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """All whole numbers of the ranges first..last (both included): which range (K,), and the number (K,)."""
    counts = np.maximum(last - first + 1, 0)
    owner = np.repeat(np.arange(len(counts)), counts)
    starts = np.cumsum(counts) - counts
    return owner, np.arange(len(owner)) - (starts - first)[owner]


def box_blur(image: np.ndarray, radius: int, passes: int = 2) -> np.ndarray:
    """Blur a (H, W) array by repeated box filters of this radius in pixels; zero outside."""
    for _ in range(passes):
        for axis in (0, 1):
            padding = [(0, 0), (0, 0)]
            padding[axis] = (radius + 1, radius)
            sums = np.cumsum(np.pad(image, padding), axis=axis)
            span = 2 * radius + 1
            upper = np.take(sums, np.arange(span, sums.shape[axis]), axis=axis)
            lower = np.take(sums, np.arange(sums.shape[axis] - span), axis=axis)
            image = (upper - lower) / span
    return image


def render(vertices: np.ndarray, faces: np.ndarray, colours: np.ndarray, camera: Camera) -> np.ndarray:
    """Draw a mesh over a floor, with its shadow.

    Args:
        vertices: (V, 3) metres, Y up.
        faces: (T, 3) triangles, counter-clockwise seen from outside.
        colours: (V, 3) linear RGB.
        camera: where it is seen from.

    Returns:
        (H, W, 3) uint8 sRGB image.
    """
    width, height = camera.size
    wide, tall = width * SUPERSAMPLES, height * SUPERSAMPLES
    pixels, depth = camera.project(vertices)
    covered, triangle, weights = rasterise(pixels * SUPERSAMPLES, depth, faces, wide, tall)
    normals = vertex_normals(vertices, faces) @ camera.axes.T  # in camera axes, so the light turns with the viewer
    attributes = np.concatenate([normals, colours, depth[:, None]], axis=-1).astype(np.float32)
    corners = faces[triangle]
    seen = np.einsum("kca,kc->ka", attributes[corners], weights.astype(np.float32))
    shaded = np.zeros((tall * wide, 5), np.float32)  # RGB, coverage, depth
    shaded[covered, :3] = _shade(seen[:, :3], seen[:, 3:6])
    shaded[covered, 3] = 1
    shaded[covered, 4] = seen[:, 6]
    samples = shaded.reshape(height, SUPERSAMPLES, width, SUPERSAMPLES, 5)
    image = np.einsum("yixka->yxa", samples) / SUPERSAMPLES**2
    coverage = image[..., 3]
    occlusion = _ambient_occlusion(image[..., 4], coverage, camera.pixels_per_metre)
    behind = _floor(vertices, faces, camera) * (1 - coverage[..., None])
    result = image[..., :3] * occlusion[..., None] + behind
    return np.round(255 * linear_to_srgb(result)).astype(np.uint8)


def _shade(normals: np.ndarray, colours: np.ndarray) -> np.ndarray:
    """Light (K, 3) leaving surfaces with these normals (camera axes) and colours."""
    normals = normals / np.maximum(np.linalg.norm(normals, axis=-1, keepdims=True), 1e-6)
    directions = [KEY_DIRECTION, FILL_DIRECTION, RIM_DIRECTION]
    directions = [direction / np.linalg.norm(direction) for direction in directions]
    halfway = directions[0] + np.array([0.0, 0.0, 1.0])  # between the key light and the viewer, for the gloss
    directions.append(halfway / np.linalg.norm(halfway))
    key, fill, rim, gloss = (normals @ np.stack(directions, -1).astype(np.float32)).T
    amounts = np.stack(
        [
            np.clip((key + 0.25) / 1.25, 0, 1) ** 1.4,  # wrapped around the body, as light from a wide window
            np.clip(fill, 0, 1),
            np.clip(rim, 0, 1),
            0.5 + 0.5 * normals[:, 1],
            np.ones_like(key),
        ],
        axis=-1,
    )
    return colours * (amounts @ LIGHT_COLOURS.astype(np.float32)) + 0.05 * np.clip(gloss, 0, 1)[:, None] ** 24


def _ambient_occlusion(depth: np.ndarray, coverage: np.ndarray, pixels_per_metre: float) -> np.ndarray:
    """Darkening (H, W) in 0..1 where something nearer surrounds a pixel (unsharp masking of the depth buffer).

    After Luft, Colditz and Deussen, "Image enhancement by unsharp masking the depth buffer" (2006).
    """
    own = depth / np.maximum(coverage, 1e-6)
    radius = max(1, round(0.05 * pixels_per_metre))
    around = box_blur(depth, radius) / np.maximum(box_blur(coverage, radius), 1e-6)
    nearer = np.clip(own - around, 0, 0.10)
    return np.where(coverage > 0, 1 - 5.0 * nearer, 1.0)


def _floor(vertices: np.ndarray, faces: np.ndarray, camera: Camera) -> np.ndarray:
    """The background (H, W, 3): a floor that fades out around the body, with a soft shadow."""
    width, height = camera.size
    image = np.broadcast_to(BACKGROUND, (height, width, 3)).copy()
    ground = vertices[:, [0, 2]]
    middle = 0.5 * (ground.min(0) + ground.max(0))
    radius = max(0.5 * float(np.ptp(ground, axis=0).max()), 0.6)
    # A ray is x * right + y * up - towards; right is level, so a whole row meets the floor equally far along its rays.
    right, up, towards = camera.axes
    xs = (np.arange(width) + 0.5 - camera.centre[0]) / (camera.pixels_per_metre * camera.distance)
    ys = (camera.centre[1] - np.arange(height) - 0.5) / (camera.pixels_per_metre * camera.distance)
    eye = camera.target + camera.distance * towards
    slopes = up[1] * ys - towards[1]
    rows = np.flatnonzero(slopes < -1e-3)
    along = -eye[1] / slopes[rows]
    row_points = eye + along[:, None] * (ys[rows, None] * up - towards)
    away = (row_points[:, [0, 2]] - middle) @ (towards[[0, 2]] / np.linalg.norm(towards[[0, 2]]))
    fade = min(2.4 * radius, 0.52 * width / camera.pixels_per_metre)
    near = np.abs(away) < max(fade, radius + 0.6)
    rows, along, row_points = rows[near], along[near], row_points[near]
    offset = row_points[:, None, [0, 2]] + along[:, None, None] * xs[None, :, None] * right[[0, 2]] - middle
    lit = _smooth(1.6 * (1 - np.linalg.norm(offset, axis=-1) / fade))
    shade = _shadow(vertices, faces, KEY_DIRECTION @ camera.axes, middle, radius + 0.6, offset)
    floor = (BACKGROUND + lit[..., None] * (FLOOR - BACKGROUND)) * (0.30 + 0.70 * shade)[..., None]
    # Towards the picture's edges the floor melts into the paper, so that pictures side by side show no seams.
    from_side = np.minimum(np.arange(width), np.arange(width)[::-1]) / (0.10 * width)
    from_end = np.minimum(rows, height - 1 - rows) / (0.06 * height)
    inner = _smooth(np.clip(from_side, 0, 1)[None] * np.clip(from_end, 0, 1)[:, None])
    image[rows] += inner[..., None] * (floor - BACKGROUND)
    return image


def _shadow(
    vertices: np.ndarray,
    faces: np.ndarray,
    light: np.ndarray,
    middle: np.ndarray,
    half_extent: float,
    offset: np.ndarray,
) -> np.ndarray:
    """Light that reaches the floor, 0..1, at points `offset` (..., 2) in x and z from `middle`.

    The mesh's area is gathered in a grid on the floor twice: thrown along the direction to the light, and straight
    down where it is close to the floor; both blurred.
    """
    cell = 0.03
    count = int(2 * half_extent / cell)
    a, b, c = (vertices[faces[:, k]] for k in range(3))
    centres = (a + b + c) / 3
    areas = 0.5 * np.linalg.norm(np.cross(b - a, c - a), axis=-1)
    heights = np.maximum(centres[:, 1], 0)

    def gathered(points: np.ndarray, amount: np.ndarray) -> np.ndarray:
        index = np.floor((points[:, [0, 2]] - middle) / cell + count / 2).astype(int)
        kept = (index >= 0).all(-1) & (index < count).all(-1)
        flat = np.bincount(index[kept, 1] * count + index[kept, 0], amount[kept], count * count)
        return box_blur(flat.reshape(count, count) / cell**2, 2)

    thrown = gathered(centres - (heights / light[1])[:, None] * light, areas)
    close = gathered(centres, areas * np.exp(-heights / 0.10))
    grid = np.exp(-0.55 * thrown - 0.75 * close)
    at = offset / cell + count / 2 - 0.5
    base = np.clip(np.floor(at).astype(int), 0, count - 2)
    (tx, tz), (x, z) = np.moveaxis(np.clip(at - base, 0, 1), -1, 0), np.moveaxis(base, -1, 0)
    nearer = grid[z, x] * (1 - tx) + grid[z, x + 1] * tx
    further = grid[z + 1, x] * (1 - tx) + grid[z + 1, x + 1] * tx
    on_grid = ((at >= 0) & (at <= count - 1)).all(-1)
    return np.where(on_grid, nearer * (1 - tz) + further * tz, 1.0)


def _smooth(t: np.ndarray) -> np.ndarray:
    """0 below 0, 1 above 1, an S-shaped curve between."""
    t = np.clip(t, 0, 1)
    return t * t * (3 - 2 * t)


def linear_to_srgb(linear: np.ndarray) -> np.ndarray:
    """Linear light to sRGB-encoded values in 0..1 (IEC 61966-2-1)."""
    linear = np.clip(linear, 0, 1)
    return np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)

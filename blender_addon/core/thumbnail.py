# SPDX-License-Identifier: GPL-3.0-or-later
"""Small pictures of poses in plain numpy: the mannequin shaded by a soft light from above, or a stick figure."""

from __future__ import annotations

import numpy as np

from .mannequin import Mannequin
from .motion import Motion
from .skeleton import JOINT_NAMES, PARENTS

_SUPERSAMPLING = 2
_MARGIN = 0.06
"""Share of the picture left free on every side."""
_LEAST_METRES = 1.5
"""What a picture shows at least from edge to edge, so that a crouching figure looks smaller than a standing one."""
_LIGHT = np.array([0.35, 0.75, 0.55]) / np.linalg.norm([0.35, 0.75, 0.55])
"""Towards the light, seen from the viewer: x to the right, y up, z to the viewer."""
_CLAY = np.array([0.9, 0.76, 0.56])
_MOST_PARTS = 12
"""Into how many parts the edge of a triangle is divided at most, a point each."""
_HEAD_RADIUS = 0.1
_LEFT, _RIGHT, _MIDDLE = np.array([0.35, 0.62, 0.95]), np.array([0.95, 0.5, 0.4]), np.array([0.85, 0.85, 0.85])
"""Colours of the stick figure, its left and right told apart."""


def draw_pose(
    pose: Motion,
    size: int,
    *,
    view_yaw: float = 0.5,
    view_pitch: float = 0.15,
    mannequin: Mannequin | None = None,
) -> np.ndarray:
    """A picture of the first frame of a motion, seen from far away, the whole figure in it.

    Args:
        pose: what to draw.
        size: pixels a side.
        view_yaw: radians about the vertical from the figure's front, +Z, to the viewer; positive towards its left.
        view_pitch: radians by which the viewer is above the figure.
        mannequin: the mesh to draw; None for a stick figure.

    Returns:
        (size, size, 4) float32 RGBA from 0 to 1, the bottom row first as Blender keeps images, transparent around.
    """
    if size < 1:
        raise ValueError(f"a picture has at least one pixel a side, got {size}")
    frame = pose.sliced(0, 1)
    fine = size * _SUPERSAMPLING
    body = frame.joints()[0] if mannequin is None else mannequin.skin(frame)[0]
    seen = _seen(body, view_yaw, view_pitch)
    low, high = seen[:, :2].min(axis=0), seen[:, :2].max(axis=0)
    if mannequin is None:
        low, high = low - _HEAD_RADIUS, high + _HEAD_RADIUS
    scale = fine * (1 - 2 * _MARGIN) / max(float((high - low).max()), _LEAST_METRES)
    points, colours = _sticks(seen) if mannequin is None else _surface(seen, mannequin.faces, 1 / scale)
    across, up = ((points[:, :2] - (low + high) / 2) * scale + fine / 2).astype(np.int64).T
    inside = (across >= 0) & (across < fine) & (up >= 0) & (up < fine)
    picture = np.zeros((fine * fine, 4), dtype=np.float32)
    # Far points first, so that near ones are painted over them. Sorting 16-bit numbers is linear.
    depth = points[:, 2] - points[:, 2].min()
    order = np.argsort((depth * (65535 / max(float(depth.max()), 1e-9))).astype(np.uint16), kind="stable")
    order = order[inside[order]]
    pixels = up[order] * fine + across[order]
    picture[pixels, :3] = colours[order]
    picture[pixels, 3] = 1
    blocks = picture.reshape(size, _SUPERSAMPLING, size, _SUPERSAMPLING, 4)
    alpha = blocks[..., 3].mean(axis=(1, 3))
    colour = blocks[..., :3].sum(axis=(1, 3)) / np.maximum(alpha[..., None] * _SUPERSAMPLING**2, 1e-6)
    return np.concatenate([colour, alpha[..., None]], axis=-1).astype(np.float32)


def _seen(points: np.ndarray, yaw: float, pitch: float) -> np.ndarray:
    """World points (N, 3) as the viewer has them: x to the right, y up, z towards the viewer; float32."""
    cosine, sine = np.cos(pitch), np.sin(pitch)
    right = (np.cos(yaw), 0.0, -np.sin(yaw))
    towards = (np.sin(yaw) * cosine, sine, np.cos(yaw) * cosine)
    up = (-np.sin(yaw) * sine, cosine, -np.cos(yaw) * sine)
    return (points @ np.array([right, up, towards]).T).astype(np.float32)


def _surface(vertices: np.ndarray, faces: np.ndarray, pixel: float) -> tuple[np.ndarray, np.ndarray]:
    """Points (N, 3) on the sides of a mesh that face the viewer, without gaps between pixels, and their colours."""
    corners = vertices[faces]
    one, two = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    visible = one[:, 0] * two[:, 1] > one[:, 1] * two[:, 0]
    corners, one, two = corners[visible], one[visible], two[visible]
    normals = np.cross(one, two)
    normals /= np.maximum(np.linalg.norm(normals, axis=-1, keepdims=True), 1e-12)
    light = 0.5 + 0.55 * np.clip(normals @ _LIGHT, 0, 1)
    light *= 0.6 + 0.4 * normals[:, 2]  # darker edges set limbs off from what is behind them
    colours = np.minimum(light[:, None] * _CLAY, 1)
    lengths = np.abs(np.stack([one, two, two - one])[..., :2]).max(axis=(0, -1))
    parts = np.clip(np.ceil(lengths / pixel), 1, _MOST_PARTS).astype(np.int64)
    points, painted = [], []
    for count in np.unique(parts):
        chosen = parts == count
        spread = np.array([(a, b, count - a - b) for a in range(count + 1) for b in range(count + 1 - a)]) / count
        points.append(np.einsum("sc,fcx->fsx", spread.astype(np.float32), corners[chosen]).reshape(-1, 3))
        painted.append(np.repeat(colours[chosen], len(spread), axis=0))
    return np.concatenate(points), np.concatenate(painted)


def _sticks(joints: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Points (N, 3) along thick lines between joints (22, 3) and a ball for the head, and their colours (N, 3)."""
    steps = np.linspace(0, 1, 120)[:, None, None]
    disc = np.stack(np.meshgrid(*[np.linspace(-1, 1, 7)] * 2), axis=-1).reshape(-1, 2)
    disc = np.concatenate([disc[np.linalg.norm(disc, axis=-1) <= 1], np.zeros((1, 2))])
    brush = np.concatenate([disc, np.zeros((len(disc), 1))], axis=-1)[None]
    points, colours = [], []
    for joint, parent in enumerate(PARENTS):
        if parent >= 0:
            line = joints[parent] + (joints[joint] - joints[parent]) * steps + brush * 0.02
            side = JOINT_NAMES[joint].partition("_")[0]
            tint = {"left": _LEFT, "right": _RIGHT}.get(side, _MIDDLE)
            points.append(line.reshape(-1, 3))
            colours.append(np.broadcast_to(tint, points[-1].shape))
    turns = np.linspace(0, 2 * np.pi, 90)
    for radius in np.linspace(0, _HEAD_RADIUS, 14):
        ring = np.stack([np.cos(turns), np.sin(turns), np.zeros_like(turns)], axis=-1) * radius
        points.append(joints[JOINT_NAMES.index("head")] + ring)
        colours.append(np.broadcast_to(_MIDDLE, ring.shape))
    return np.concatenate(points), np.concatenate(colours)

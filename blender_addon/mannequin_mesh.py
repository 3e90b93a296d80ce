# SPDX-License-Identifier: GPL-3.0-or-later
"""The mannequin as a mesh object, skinned to the SMPL armature."""

from __future__ import annotations

import bpy
import numpy as np
from bpy.types import Context, Material, Object

from .core.axes import y_up_to_z_up
from .core.mannequin import Mannequin
from .core.skeleton import JOINT_NAMES

_MATERIAL_NAME = "Mannequin"
_CLAY = (0.70, 0.58, 0.40, 1.0)


def add_mannequin(context: Context, armature: Object) -> Object:
    """A new mesh object on an armature object that has the SMPL bones at rest: parented, skinned, smooth.

    Raises OSError or ValueError when the extension's mesh file is missing or broken.
    """
    mannequin = Mannequin.load()
    mesh = bpy.data.meshes.new("Mannequin")
    mesh.from_pydata(y_up_to_z_up(mannequin.vertices), [], mannequin.faces)
    mesh.shade_smooth()
    mesh.materials.append(_clay())
    body = bpy.data.objects.new("Mannequin", mesh)
    context.collection.objects.link(body)
    weights = mannequin.dense_weights()
    for joint, name in enumerate(JOINT_NAMES):
        group = body.vertex_groups.new(name=name)
        for vertex in np.flatnonzero(weights[:, joint]):
            group.add([int(vertex)], float(weights[vertex, joint]), "REPLACE")
    body.parent = armature
    body.modifiers.new("Armature", "ARMATURE").object = armature
    return body


def _clay() -> Material:
    """The mannequin's material, one for all mannequins of a file so that an artist changes it once."""
    material = bpy.data.materials.get(_MATERIAL_NAME)
    if material is not None:
        return material
    material = bpy.data.materials.new(_MATERIAL_NAME)
    material.diffuse_color = _CLAY
    material.roughness = 0.6
    if material.node_tree is None:  # before Blender 5.0, which deprecates the switch
        material.use_nodes = True
    shader = material.node_tree.nodes["Principled BSDF"]
    shader.inputs["Base Color"].default_value = _CLAY
    shader.inputs["Roughness"].default_value = 0.6
    return material

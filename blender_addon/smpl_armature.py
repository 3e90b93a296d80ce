# SPDX-License-Identifier: GPL-3.0-or-later
"""The SMPL armature: 22 bones on the joints of the reference body, for scenes that have no rig yet."""

from __future__ import annotations

import bpy
import numpy as np
from bpy.types import Object
from mathutils import Vector

from .core.axes import y_up_to_z_up
from .core.skeleton import JOINT_NAMES, LIMBS, PARENTS, SMPL22

_LIMB_PALETTES = {
    "pelvis": "THEME09",
    "trunk": "THEME09",
    "head": "THEME09",
    "left_leg": "THEME03",
    "left_arm": "THEME03",
    "right_leg": "THEME04",
    "right_arm": "THEME04",
}
_CHILD_ALONG = {"pelvis": "spine1", "spine3": "neck"}
"""Where a joint has several children, the one its bone points at."""
_ENDS = {"head": (0.0, 0.0, 0.17), "foot": (0.0, -0.07, 0.0), "wrist": (0.09, 0.0, 0.0)}
"""Head to tail, in metres and Blender's axes, of the bones that have no child; the left one of a pair."""
_BEND_AXES = {"hip": (0, 1, 0), "knee": (0, 1, 0), "ankle": (0, 0, 1), "foot": (0, 0, 1)}
"""Where a bone's Z axis points, so that turning about its X bends the joint the way it goes; elsewhere forward."""


def add_smpl_armature(context: bpy.types.Context) -> Object:
    """A new armature object with the 22 SMPL joints as bones at the 3D cursor; active and selected, in Object Mode.

    Heads lie on SMPL22's rest joints; bones point along the limbs, so that IK and auto-IK work on them.
    """
    data = bpy.data.armatures.new("SMPL")
    data.display_type = "STICK"
    armature = bpy.data.objects.new("SMPL", data)
    armature.show_in_front = True  # the bones lie inside the mannequin
    armature.location = context.scene.cursor.location
    context.collection.objects.link(armature)
    for other in context.selected_objects:
        other.select_set(False)
    context.view_layer.objects.active = armature
    armature.select_set(True)
    bpy.ops.object.mode_set(mode="EDIT")
    heads = y_up_to_z_up(SMPL22.rest_joints)
    for joint, name in enumerate(JOINT_NAMES):
        bone = data.edit_bones.new(name)
        bone.head = heads[joint]
        bone.tail = _tail(joint, heads)
        part = name.removeprefix("left_").removeprefix("right_")
        bone.align_roll(Vector(_BEND_AXES.get(part, (0, -1, 0))))
        if PARENTS[joint] >= 0:
            bone.parent = data.edit_bones[JOINT_NAMES[PARENTS[joint]]]
            bone.use_connect = (bone.parent.tail - bone.head).length < 1e-6
    bpy.ops.object.mode_set(mode="OBJECT")
    for limb, joints in LIMBS.items():
        collection = data.collections.new(limb.replace("_", " ").capitalize())
        for joint in joints:
            collection.assign(data.bones[JOINT_NAMES[joint]])
            data.bones[JOINT_NAMES[joint]].color.palette = _LIMB_PALETTES[limb]
    return armature


def _tail(joint: int, heads: np.ndarray) -> np.ndarray:
    name = JOINT_NAMES[joint]
    children = [child for child, parent in enumerate(PARENTS) if parent == joint]
    if name in _CHILD_ALONG:
        return heads[JOINT_NAMES.index(_CHILD_ALONG[name])]
    if children:
        return heads[children[0]]
    side = -1.0 if name.startswith("right_") else 1.0
    return heads[joint] + np.array(_ENDS[name.removeprefix("left_").removeprefix("right_")]) * (side, 1.0, 1.0)

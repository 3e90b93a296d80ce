# SPDX-License-Identifier: GPL-3.0-or-later
"""Armatures: read one as a rig, pose it, bake a motion on it, add the SMPL one. Nothing else touches armature data."""

from __future__ import annotations

from dataclasses import dataclass

import bpy
import numpy as np
from bpy.types import Action, Bone, Object, PoseBone
from mathutils import Quaternion, Vector

from .core.axes import y_up_to_z_up, z_up_to_y_up
from .core.motion import Motion
from .core.retargeting import bone_heads, retarget
from .core.rig import RigBone, RigDescription, RigPose
from .core.rotation import matrix_to_quaternion
from .core.skeleton import JOINT_NAMES, LIMBS, PARENTS, SMPL22
from .rig_families import BoneMapping, match_bones

_HELD_BACK = 1e-3
"""Metres on the reference body: a bone that ends up further from where it was put is held by something else."""

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


@dataclass(frozen=True)
class Outcome:
    """What came of posing a rig."""

    family: str
    """Whose bone names the rig uses."""
    unmapped_joints: tuple[str, ...]
    """Joints that no bone of the rig carries."""
    held_bones: tuple[str, ...]
    """Bones that something else (a constraint, a driver) keeps from where the pose puts them."""
    notes: tuple[str, ...]
    """What else the artist should know, a sentence each."""


def posable_armature(target: Object | None) -> Object:
    """The target, if it is an armature in a scene that can be posed now; ValueError saying what is wrong if not."""
    if target is None:
        raise ValueError("Choose the armature to pose under Target, or add the SMPL armature")
    if target.type != "ARMATURE":
        raise ValueError(f"'{target.name}' is not an armature; choose an armature as Target")
    if not target.users_scene:
        raise ValueError(f"'{target.name}' is no longer in a scene; choose another armature as Target")
    if not target.is_editable:
        raise ValueError(f"'{target.name}' is linked from another file; make a library override of it to pose it")
    if target.mode == "EDIT":
        raise ValueError(f"'{target.name}' is in Edit Mode; leave it to pose the armature")
    try:
        match_bones(bone.name for bone in target.data.bones)
    except ValueError as error:
        raise ValueError(f"Cannot pose '{target.name}': {error}") from error
    return target


def describe_rig(armature: Object) -> tuple[RigDescription, BoneMapping]:
    """The mapped bones of an armature object and all above them, at rest, in armature space turned to our axes.

    Raises ValueError when the bones carry no names that are known.
    """
    bones = armature.data.bones
    mapping = match_bones(bone.name for bone in bones)
    needed: dict[str, Bone] = {}
    for name in mapping.joint_to_bone.values():
        for bone in (bones[name], *bones[name].parent_recursive):
            needed[bone.name] = bone
    ordered = sorted(needed.values(), key=lambda bone: len(bone.parent_recursive))
    heads = z_up_to_y_up(np.array([bone.head_local for bone in ordered], dtype=np.float64))
    tails = z_up_to_y_up(np.array([bone.tail_local for bone in ordered], dtype=np.float64))
    matrices = np.array([bone.matrix_local.to_3x3() for bone in ordered], dtype=np.float64)
    # The columns of a rest matrix are the bone's axes, each a vector of armature space.
    rotations = matrix_to_quaternion(z_up_to_y_up(matrices.swapaxes(-1, -2)).swapaxes(-1, -2))
    described = tuple(
        RigBone(bone.name, bone.parent.name if bone.parent else None, heads[n], tails[n], rotations[n])
        for n, bone in enumerate(ordered)
    )
    return RigDescription(described, mapping.joint_to_bone), mapping


def apply_motion(armature: Object, motion: Motion) -> Outcome:
    """Pose an armature object as a motion of one frame, or bake a longer one into a new action from the current frame.

    Mapped bones and those between them are set whole: rotation in the bone's own rotation mode, no location or scale
    but the pelvis's location. Bones above the pelvis's and all others stay as they are. An action that a bake
    replaces keeps a fake user, so that it stays in the file.

    Raises ValueError when the target cannot be posed, see `posable_armature`.
    """
    posable_armature(armature)
    rig, mapping = describe_rig(armature)
    notes = []
    if armature.data.pose_position == "REST":
        armature.data.pose_position = "POSE"
        notes.append("The armature showed its rest position and was switched to its pose.")
    scene = armature.users_scene[0]
    if motion.num_frames > 1:
        pose = retarget(motion.resampled(scene.render.fps / scene.render.fps_base), rig)
        previous = _bake(armature, pose, scene.frame_current)
        if previous is not None:
            notes.append(f"The action '{previous.name}' was replaced and kept in the file.")
    else:
        pose = retarget(motion, rig)
        if armature.animation_data is not None and armature.animation_data.action is not None:
            notes.append("The rig is animated: insert keyframes to keep this pose when the frame changes.")
    _set_pose(armature, pose)
    return Outcome(mapping.family, rig.unmapped_joints, _held_bones(armature, rig, pose), tuple(notes))


def _set_pose(armature: Object, pose: RigPose) -> None:
    """Put the first frame of a rig pose on an armature object."""
    for name, rotation in zip(pose.bone_names, pose.rotations[0], strict=True):
        bone = armature.pose.bones[name]
        path, values = _rotation_channels(bone, rotation[None], bone.rotation_euler)
        setattr(bone, path, values[0])
        bone.location = pose.root_location[0] if name == pose.root_bone else (0.0, 0.0, 0.0)
        bone.scale = (1.0, 1.0, 1.0)
    armature.update_tag()


def _rotation_channels(bone: PoseBone, rotations: np.ndarray, near: object) -> tuple[str, np.ndarray]:
    """The property that holds a bone's rotation in its own mode, and its values (F, 3 or 4) for quaternions (F, 4)."""
    if bone.rotation_mode == "QUATERNION":
        return "rotation_quaternion", rotations
    quaternions = [Quaternion(rotation) for rotation in rotations]
    if bone.rotation_mode == "AXIS_ANGLE":
        turns = [quaternion.to_axis_angle() for quaternion in quaternions]
        return "rotation_axis_angle", np.array([(angle, *axis) for axis, angle in turns])
    angles = []
    for quaternion in quaternions:
        near = quaternion.to_euler(bone.rotation_mode, near)
        angles.append(near)
    return "rotation_euler", np.array(angles)


def _bake(armature: Object, pose: RigPose, first_frame: int) -> Action | None:
    """Write a rig pose into a new action of an armature object, a key a frame; returns the action it replaces."""
    animation = armature.animation_data or armature.animation_data_create()
    previous = animation.action
    if previous is not None:
        previous.use_fake_user = True
    action = bpy.data.actions.new(f"{armature.name} motion")
    slot = action.slots.new(id_type="OBJECT", name=armature.name)
    bag = action.layers.new("Motion").strips.new(type="KEYFRAME").channelbag(slot, ensure=True)
    frames = np.arange(first_frame, first_frame + pose.num_frames, dtype=np.float32)
    for index, name in enumerate(pose.bone_names):
        bone = armature.pose.bones[name]
        channels = [_rotation_channels(bone, pose.rotations[:, index], bone.rotation_euler)]
        if name == pose.root_bone:
            channels.append(("location", pose.root_location))
        group = bag.groups.new(name)
        for path, values in channels:
            for component in range(values.shape[1]):
                curve = bag.fcurves.new(bone.path_from_id(path), index=component)
                curve.group = group
                curve.keyframe_points.add(len(frames))
                keys = np.stack([frames, values[:, component].astype(np.float32)], axis=-1)
                curve.keyframe_points.foreach_set("co", keys.ravel())
                curve.update()
    animation.action = action
    animation.action_slot = slot
    return previous


def _held_bones(armature: Object, rig: RigDescription, pose: RigPose) -> tuple[str, ...]:
    """Mapped bones that are not where the first frame of the pose puts them, relative to the pelvis's bone."""
    bpy.context.view_layer.update()
    names = [rig.joint_to_bone[joint] for joint in JOINT_NAMES if joint in rig.joint_to_bone]
    first = RigPose(pose.bone_names, pose.rotations[:1], pose.root_bone, pose.root_location[:1])
    wanted = bone_heads(rig, first)[0, [rig.bone_indices[name] for name in names]]
    actual = z_up_to_y_up(np.array([armature.pose.bones[name].head for name in names], dtype=np.float64))
    size = np.ptp(wanted, axis=0).max()
    root = names.index(pose.root_bone)
    # Distances do not change when an artist moved the bones above the pelvis, which are left alone.
    off = np.abs(np.linalg.norm(actual - actual[root], axis=-1) - np.linalg.norm(wanted - wanted[root], axis=-1))
    return tuple(name for name, distance in zip(names, off, strict=True) if distance > _HELD_BACK * max(size, 1e-6))


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

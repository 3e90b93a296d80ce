# SPDX-License-Identifier: GPL-3.0-or-later
"""Which part of the body each bone of a rig belongs to, and which bones a take may move."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import numpy as np
from bpy.types import Bone, Object

from . import rigify
from .armature import describe_rig, read_pose
from .core.retargeting import placed_bones, retarget
from .core.skeleton import JOINT_NAMES, LIMBS
from .pose_state import PoseState, is_selected
from .properties import LIMB_NAMES, MaquetteApplyOptions

_SAME_PLACE = 0.005
"""Bones whose heads are closer than this share of the figure's size rest in the same place."""
SWITCH = "IK_FK"
"""The property of Rigify's controls that says which of them move a limb."""
_LIMB_OF_JOINT = {JOINT_NAMES[joint]: limb for limb, joints in LIMBS.items() for joint in joints}


def joints_of_bones(armature: Object) -> dict[str, str]:
    """Bone name to joint name, for the bones that carry one."""
    rig, _ = describe_rig(armature)
    return {bone: joint for joint, bone in rig.joint_to_bone.items()}


def joints_of_selection(armature: Object) -> tuple[str, ...]:
    """Joints whose bones are selected, in SMPL order; a control that rests where a joint's bone does stands for it."""
    joints = joints_of_bones(armature)
    bones = armature.data.bones
    places = np.array([bones[name].head_local for name in joints], dtype=np.float64)
    near = _SAME_PLACE * float(np.ptp(places, axis=0).max())
    chosen = set()
    for bone in armature.pose.bones:
        if is_selected(bone):
            if bone.name in joints:
                chosen.add(joints[bone.name])
                continue
            apart = np.linalg.norm(places - np.array(bone.bone.head_local), axis=-1)
            if apart.min() < near:
                chosen.add(list(joints.values())[int(apart.argmin())])
    return tuple(joint for joint in JOINT_NAMES if joint in chosen)


def bones_of_poses(armature: Object) -> set[str]:
    """The bones that a pose sets, whatever the pose: on a control rig its controls and the bones with switches."""
    rig, _ = describe_rig(armature)
    pose = retarget(read_pose(armature), rig)
    if not rigify.is_control_rig(armature):
        return set(pose.bone_names)
    before = PoseState.read(armature)
    controls, _ = rigify.channels(armature, rig, placed_bones(rig, pose), {})
    before.write(armature)  # the switches
    return {*controls.bone_names, *(bone.name for bone in armature.pose.bones if SWITCH in bone)}


def parts_of_bones(armature: Object, names: Iterable[str]) -> dict[str, str]:
    """For each named bone of an armature the part of the body (of `LIMBS`) it belongs to.

    A bone without a joint belongs where the bone it hangs on does; one that hangs on none of a limb (a hand's control,
    a knee's pole) where it lies nearest at rest.
    """
    joints = joints_of_bones(armature)
    bones = armature.data.bones
    places = np.array([bones[name].head_local for name in joints], dtype=np.float64)
    limbs = [_LIMB_OF_JOINT[joint] for joint in joints.values()]

    def part(bone: Bone) -> str:
        for above in (bone, *bone.parent_recursive):
            joint = joints.get(above.name)
            if joint == "pelvis" and above != bone:
                break
            if joint is not None:
                return _LIMB_OF_JOINT[joint]
        return limbs[int(np.linalg.norm(places - np.array(bone.head_local), axis=-1).argmin())]

    return {name: part(bones[name]) for name in names}


def bones_to_move(armature: Object, options: MaquetteApplyOptions, candidates: Collection[str]) -> set[str]:
    """Those of some bones that the options let take the pose."""
    moving = set(candidates)
    if options.bones == "SELECTED":
        moving = {name for name in moving if is_selected(armature.pose.bones[name])}
    if options.bones == "PARTS" or options.root == "KEEP":
        parts = parts_of_bones(armature, moving)
        if options.bones == "PARTS":
            allowed = {limb for limb, chosen in zip(LIMB_NAMES, options.parts, strict=True) if chosen}
            moving = {name for name in moving if parts[name] in allowed}
        if options.root == "KEEP":
            moving = {name for name in moving if parts[name] != "pelvis"}
    return moving

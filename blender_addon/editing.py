# SPDX-License-Identifier: GPL-3.0-or-later
"""What the artist wants kept of the pose on the rig, read from the panel and the selection, as the server's conditions.

Everything is said in the space of the armature, as the takes are: the armature's object may stand anywhere.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from bpy.types import Object, PropertyGroup, Scene

from .armature import describe_rig, read_pose
from .body_parts import joints_of_bones, joints_of_selection
from .core.axes import z_up_to_y_up
from .core.conditions import Conditions, Point
from .core.motion import Motion
from .core.rest_pose import rest_pose
from .core.rotation import (
    quaternion_angle,
    quaternion_apply,
    quaternion_conjugate,
    quaternion_multiply,
    quaternion_normalize,
)
from .core.skeleton import JOINT_NAMES, LIMBS, SMPL22
from .properties import LIMB_NAMES, PIN_NAMES, MaquetteSettings

_PINNED_JOINTS = {
    "left_hand": ("left_wrist",),
    "right_hand": ("right_wrist",),
    "left_foot": ("left_ankle", "left_foot"),
    "right_foot": ("right_ankle", "right_foot"),
}
"""A foot is held by its ankle and its ball, so that it keeps where it points."""
_POSED = np.radians(0.5)
"""A joint that is turned by more than this from rest was posed."""


def wanted_conditions(scene: Scene, target: Object, *, is_edit: bool = False) -> Conditions | None:
    """What the panel says is to be kept of the pose on a figure; None when that is nothing.

    Raises ValueError when it makes no sense: everything is locked, or a head is to look somewhere though it is locked.
    """
    settings: MaquetteSettings = scene.maquette
    editing = settings.editing
    limbs = tuple(name for name, locked in zip(LIMB_NAMES, editing.locked, strict=True) if locked)
    joints = joints_of_selection(target) if editing.use_selected else ()
    joints = tuple(joint for joint in joints if not _in_limbs(joint, limbs))
    if not (limbs or joints or any(editing.pins) or editing.look_at != "NONE" or is_edit):
        return None
    kept = [joint for joint in JOINT_NAMES if _in_limbs(joint, limbs) or joint in joints]
    if len(kept) == len(JOINT_NAMES):
        raise ValueError("The whole body is locked, so nothing can change; unlock a part of it")
    reference = read_pose(target)
    if editing.look_at != "NONE" and "head" in kept:
        raise ValueError("The head is locked, so it cannot look elsewhere; unlock it, or let it look where it does")
    look_at = _looked_at(scene, target, reference)
    return Conditions(reference, limbs, joints, _pins(editing, reference), look_at, is_edit)


def completing_conditions(target: Object, keep: Literal["POSED", "SELECTED"]) -> Conditions:
    """Conditions that keep what is posed of a figure, or what is selected, and leave all else open.

    Raises ValueError when that is nothing, or everything.
    """
    reference = read_pose(target)
    joints = joints_of_selection(target) if keep == "SELECTED" else posed_joints(target, reference)
    if not joints:
        what = "Select the bones to keep first" if keep == "SELECTED" else "Pose the bones to keep first"
        raise ValueError(f"{what}: the rest is then completed")
    if len(joints) == len(JOINT_NAMES):
        raise ValueError("All of the body is to be kept, so there is nothing to complete")
    return Conditions(reference, locked_joints=joints)


def posed_joints(target: Object, pose: Motion) -> tuple[str, ...]:
    """Joints with a bone that are turned away from where the armature rests, in SMPL order."""
    shown = target.data.pose_position
    target.data.pose_position = "REST"
    try:
        rest = read_pose(target)
    finally:
        target.data.pose_position = shown
    away = quaternion_multiply(quaternion_conjugate(_exact(rest)), _exact(pose))
    turned = quaternion_angle(away) > _POSED
    mapped = set(joints_of_bones(target).values())
    return tuple(joint for joint, is_turned in zip(JOINT_NAMES, turned, strict=True) if is_turned and joint in mapped)


def _exact(pose: Motion) -> np.ndarray:
    return quaternion_normalize(pose.local_rotations[0].astype(np.float64))


def _in_limbs(joint: str, limbs: tuple[str, ...]) -> bool:
    return any(JOINT_NAMES.index(joint) in LIMBS[limb] for limb in limbs)


def _pins(editing: PropertyGroup, reference: Motion) -> dict[str, Point]:
    joints = reference.joints()[0]
    pins: dict[str, Point] = {}
    for name, is_pinned in zip(PIN_NAMES, editing.pins, strict=True):
        for joint in _PINNED_JOINTS[name] if is_pinned else ():
            x, y, z = (float(value) for value in joints[JOINT_NAMES.index(joint)])
            pins[joint] = (x, y, z)
    return pins


def _looked_at(scene: Scene, target: Object, reference: Motion) -> Point | None:
    """The point that the head is to face, as the reference body sees it from its own pelvis."""
    choice = scene.maquette.editing.look_at
    if choice == "NONE":
        return None
    if choice == "CAMERA" and scene.camera is None:
        raise ValueError("The scene has no camera to look at; add one, or let the figure look elsewhere")
    place = scene.camera.matrix_world.translation if choice == "CAMERA" else scene.cursor.location
    rig, _ = describe_rig(target)
    rest = rest_pose(rig, SMPL22)
    pelvis = target.pose.bones[rig.joint_to_bone["pelvis"]].head
    away = z_up_to_y_up(np.array(target.matrix_world.inverted_safe() @ place - pelvis, dtype=np.float64))
    x, y, z = reference.root_translation[0] + quaternion_apply(rest.upright, away) / rest.scale
    return float(x), float(y), float(z)

# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a pose goes before it is put on a rig: mirrored, turned towards something, kept on the spot."""

from __future__ import annotations

from dataclasses import replace

import bpy
import numpy as np
from bpy.types import Object, Scene

from .armature import describe_rig, read_pose
from .core.axes import z_up_to_y_up
from .core.motion import Motion
from .core.rotation import quaternion_apply, quaternion_from_yaw, quaternion_multiply
from .properties import MaquetteApplyOptions


def placed(motion: Motion, target: Object, scene: Scene) -> Motion:
    """A motion as a scene's options want it on an armature that still has its pose from before.

    Raises ValueError when it shall face the camera and there is none.
    """
    options: MaquetteApplyOptions = scene.maquette.options
    if options.use_mirror:
        motion = motion.mirrored()
    if options.facing == "CAMERA":
        motion = turned(motion, camera_heading(target, scene) - float(motion.heading()[0]))
    if options.facing == "KEEP" or options.root == "STAY":
        present = read_pose(target)
        if options.facing == "KEEP":
            motion = turned(motion, float(present.heading()[0] - motion.heading()[0]))
        if options.root == "STAY":
            x, _, z = present.root_translation[0]
            motion = moved(motion, float(x), float(z))
    return motion


def turned(motion: Motion, angle: float) -> Motion:
    """A motion turned about the vertical through where its pelvis starts, by an angle in radians, left positive."""
    turn = quaternion_from_yaw(np.float64(angle))
    rotations = motion.local_rotations.astype(np.float64)
    rotations[:, 0] = quaternion_multiply(turn, rotations[:, 0])
    start = motion.root_translation[0] * np.array([1.0, 0.0, 1.0])
    path = quaternion_apply(turn, motion.root_translation - start) + start
    return replace(motion, local_rotations=rotations, root_translation=path)


def moved(motion: Motion, x: float, z: float) -> Motion:
    """A motion moved over the floor so that its pelvis starts above (x, z), in metres."""
    start = motion.root_translation[0]
    return replace(motion, root_translation=motion.root_translation + np.array([x - start[0], 0.0, z - start[2]]))


def camera_heading(target: Object, scene: Scene) -> float:
    """The heading, in radians, of an armature's figure that looks at the scene's camera; ValueError without one."""
    if scene.camera is None:
        raise ValueError("The scene has no camera to face; add one, or choose another facing")
    rig, _ = describe_rig(target)
    bpy.context.view_layer.update()
    pelvis = target.pose.bones[rig.joint_to_bone["pelvis"]]
    eye = target.matrix_world.inverted_safe() @ scene.camera.matrix_world.translation
    x, _, z = z_up_to_y_up(np.array(eye - pelvis.head, dtype=np.float64))
    return float(np.arctan2(x, z))

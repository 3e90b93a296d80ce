# SPDX-License-Identifier: GPL-3.0-or-later
"""How exactly poses land on rigs of many makes: a table of errors per rig, over fifty poses, in a real Blender.

    python -m scripts.rig_errors [--rigs NAME ...] [--times]

Per rig: joints with a bone; error of bone directions in degrees, 95th percentile and largest, contacts not kept; miss
of kept contacts (hands on the body, each other and the floor; soles on the floor) in centimetres on a body of the
reference's size; largest relative change of a bone's length; largest difference in degrees, over all bones that are
posed, after reading the pose back and applying it again.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

os.environ.setdefault("BLENDER_USER_RESOURCES", tempfile.mkdtemp(prefix="maquette-rigs-"))

import bpy

import blender_addon
from blender_addon.core.axes import z_up_to_y_up
from blender_addon.core.contacts import contact_misses
from blender_addon.core.kinematics import local_to_global
from blender_addon.core.motion import Motion
from blender_addon.core.rest_pose import RestPose, rest_pose
from blender_addon.core.retargeting import motion_from_rig, posed_bones, retarget
from blender_addon.core.rig import RigDescription
from blender_addon.core.rotation import (
    matrix_to_quaternion,
    quaternion_angle,
    quaternion_apply,
    quaternion_between,
    quaternion_conjugate,
    quaternion_multiply,
)
from blender_addon.core.skeleton import JOINT_NAMES, PARENTS, SMPL22
from blender_addon.rigify import is_control_rig
from scripts.sample_rigs import SAMPLES, poses

_LIMBS = ("hip", "knee", "shoulder", "elbow")
_NEXT = {"hip": "knee", "knee": "ankle", "shoulder": "elbow", "elbow": "wrist"}


@dataclass(frozen=True)
class RigErrors:
    """Errors of one rig over poses."""

    family: str
    num_mapped: int
    directions: np.ndarray
    """Degrees, of every mapped bone in every pose."""
    contacts: np.ndarray
    """Metres on the reference body, of every contact in every pose."""
    lengths: float
    """Largest relative change."""
    round_trip: np.ndarray
    """Degrees, of every posed bone in every pose."""
    held: tuple[str, ...]
    """Bones that were reported as held elsewhere."""


def measure(armature: Any, chosen: Sequence[int] = range(50)) -> RigErrors:
    """Put poses on an armature object and compare what Blender shows with what was asked.

    Args:
        armature: the rig.
        chosen: which of the poses, by their place.
    """
    from blender_addon.armature import apply_motion, describe_rig, read_pose

    rig, mapping = describe_rig(armature)
    rest = rest_pose(rig, SMPL22)
    settings = armature.maquette_rig
    directions, contacts, round_trip = [], [], []
    held: set[str] = set()
    lengths = 0.0
    for _, motion in (poses()[place] for place in chosen):
        settings.keep_hands = settings.keep_feet = False
        held.update(apply_motion(armature, motion).held_bones)
        before = _shown(armature, rig)
        directions.append(direction_errors(armature, rig, rest, motion))
        apply_motion(armature, read_pose(armature))
        difference = quaternion_multiply(quaternion_conjugate(before), _shown(armature, rig))
        round_trip.append(np.degrees(quaternion_angle(difference)))
        settings.keep_hands = settings.keep_feet = True
        apply_motion(armature, motion)
        contacts.append(contact_errors(armature, rig, rest, motion))
        lengths = max(lengths, length_error(armature, rig))
    return RigErrors(
        mapping.family,
        len(mapping.joint_to_bone),
        np.concatenate(directions),
        np.concatenate(contacts),
        lengths,
        np.concatenate(round_trip),
        tuple(sorted(held)),
    )


def _readers(armature: Any, rig: RigDescription) -> list[str]:
    """The bones to look at: a control rig's spine shows on its deforming bones, the rest of it on the ORG bones."""
    names = [bone.name for bone in rig.bones]
    if names[0] != "ORG-spine":
        return names
    return [name.replace("ORG-", "DEF-") if name.startswith("ORG-spine") else name for name in names]


def _matrices(armature: Any, names: list[str]) -> np.ndarray:
    bpy.context.view_layer.update()
    return np.array([armature.pose.bones[name].matrix for name in names], dtype=np.float64)


def _shown(armature: Any, rig: RigDescription) -> np.ndarray:
    """(B, 4) how the posed bones are turned in armature space."""
    names = [rig.bones[index].name for index in rig.posed_bones]
    matrices = _matrices(armature, names)[:, :3, :3]
    return matrix_to_quaternion(matrices / np.linalg.norm(matrices, axis=1, keepdims=True))


def direction_errors(armature: Any, rig: RigDescription, rest: RestPose, motion: Motion) -> np.ndarray:
    """Degrees, of each mapped bone.

    Thighs, shins, upper arms and forearms: from joint to joint, against the motion's. Hands whose fingers are known:
    from the wrist to the knuckles, against the motion's hand. Other bones: how their own axis turned away from rest.
    """
    names = _readers(armature, rig)
    posed = _matrices(armature, names)
    resting = np.array([armature.data.bones[name].matrix_local for name in names], dtype=np.float64)
    turns = local_to_global(motion.local_rotations.astype(np.float64), PARENTS)[0]
    joints = motion.joints()[0].astype(np.float64)

    def upright(vectors: np.ndarray) -> np.ndarray:
        return quaternion_apply(rest.upright, z_up_to_y_up(vectors))

    errors = []
    for joint in rig.mapped_joints:
        name = JOINT_NAMES[joint]
        side, _, part = name.rpartition("_")
        bone = rig.bone_of(joint)
        child = f"{side}_{_NEXT.get(part)}"
        if part in _LIMBS and child in rig.joint_to_bone:
            end = posed[rig.bone_indices[rig.joint_to_bone[child]], :3, 3]
            ours = upright(end - posed[bone, :3, 3])
            theirs = joints[JOINT_NAMES.index(child)] - joints[joint]
        elif part == "wrist" and name in rig.hands:
            # In the hand's own axes the knuckles stay where they rest.
            away = quaternion_apply(rest.upright, rig.hands[name].knuckles) - rest.heads[bone]
            local = quaternion_apply(quaternion_conjugate(rest.rotations[bone]), away)
            ours = upright(posed[bone, :3, :3] @ local)
            theirs = quaternion_apply(turns[joint], np.array([1.0 if side == "left" else -1.0, 0.0, 0.0]))
        else:
            ours = upright(posed[bone, :3, 1])
            calibrated = quaternion_apply(rest.calibrations[joint], upright(resting[bone, :3, 1]))
            theirs = quaternion_apply(turns[joint], calibrated)
        cosine = ours @ theirs / np.linalg.norm(ours) / np.linalg.norm(theirs)
        errors.append(np.degrees(np.arccos(np.clip(cosine, -1, 1))))
    return np.array(errors)


def contact_errors(armature: Any, rig: RigDescription, rest: RestPose, motion: Motion) -> np.ndarray:
    """Metres on the reference body by which the contacts of a motion are missed on the rig as Blender shows it.

    Limbs are round: where Blender's IK solver poses them, which chooses their twist itself, the twist is left out.
    """
    from blender_addon.armature import kept_contacts, read_pose

    posed = _matrices(armature, [bone.name for bone in rig.bones])
    heads = quaternion_apply(rest.upright, z_up_to_y_up(posed[:, :3, 3]))
    joints = np.full((1, len(JOINT_NAMES), 3), np.nan)
    for joint in rig.mapped_joints:
        joints[0, joint] = heads[rig.bone_of(joint)]
    turns = local_to_global(motion.local_rotations.astype(np.float64), PARENTS)
    shown = local_to_global(read_pose(armature).local_rotations.astype(np.float64), PARENTS)
    if "IK" in (armature.maquette_rig.arms, armature.maquette_rig.legs) and is_control_rig(armature):
        pose = retarget(motion, rig, kept_contacts(armature))
        asked = local_to_global(motion_from_rig(rig, *posed_bones(rig, pose)).local_rotations, PARENTS)
        joints_of_limbs = [joint for joint in rig.mapped_joints if JOINT_NAMES[joint].endswith(_LIMBS)]
        along = [SMPL22.offsets[PARENTS.index(joint)] for joint in joints_of_limbs]
        swing = quaternion_between(
            quaternion_apply(asked[:, joints_of_limbs], along), quaternion_apply(shown[:, joints_of_limbs], along)
        )
        shown[:, joints_of_limbs] = quaternion_multiply(swing, asked[:, joints_of_limbs])
    return contact_misses(rest, motion.joints().astype(np.float64), turns, shown, joints) / rest.scale


def length_error(armature: Any, rig: RigDescription) -> float:
    """The largest relative change of a posed bone's length."""
    bones = [armature.pose.bones[name] for name in _readers(armature, rig)]
    return max(abs((bone.tail - bone.head).length / bone.bone.length - 1) for bone in bones)


def times(armature: Any) -> tuple[float, float]:
    """Milliseconds of processor time to put a pose on a rig, and to bake 196 frames on it; the best of some."""
    from blender_addon.armature import apply_motion

    motion = poses()[0][1]
    long = Motion(np.repeat(motion.local_rotations, 196, axis=0), np.repeat(motion.root_translation, 196, axis=0), 20.0)
    scene = armature.users_scene[0]
    scene.render.fps = 20

    def best(what: Motion, count: int) -> float:
        taken = []
        for turn in range(count):
            # A pose that was retargeted before is remembered, so each is a new one.
            moved = Motion(what.local_rotations, what.root_translation + 1e-4 * (turn + 1), what.fps)
            start = time.process_time()
            apply_motion(armature, moved)
            taken.append(time.process_time() - start)
        return 1000 * min(taken)

    return best(motion, 20), best(long, 5)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rigs", nargs="*", default=list(SAMPLES), help="which rigs; all without")
    parser.add_argument("--times", action="store_true", help="also how long posing and baking takes")
    parser.add_argument("--poses", type=int, default=50, help="how many poses")
    arguments = parser.parse_args()
    blender_addon.register()
    head = "| rig | told by | joints | direction p95 / max | contact p95 / max cm | length | round trip p95 / max |"
    print(head + (" pose / 196 frames ms |" if arguments.times else ""))
    print("|" + "---|" * (7 + arguments.times))
    for name in arguments.rigs:
        bpy.ops.wm.read_factory_settings(use_empty=True)
        armature = SAMPLES[name]()
        errors = measure(armature, range(arguments.poses))
        row = [name, errors.family, str(errors.num_mapped)]
        row.append(f"{np.percentile(errors.directions, 95):.2f} / {errors.directions.max():.2f}")
        row.append(f"{100 * np.percentile(errors.contacts, 95):.2f} / {100 * errors.contacts.max():.2f}")
        row.append(f"{errors.lengths:.0e}")
        row.append(f"{np.percentile(errors.round_trip, 95):.2f} / {errors.round_trip.max():.2f}")
        if arguments.times:
            row.append("{:.1f} / {:.0f}".format(*times(armature)))
        print("| " + " | ".join(row) + " |", flush=True)
        if errors.held:
            print(f"  held: {', '.join(errors.held)}")
    blender_addon.unregister()
    if bpy.app.version < (5, 0, 0):  # whose module never returns from its own teardown
        sys.stdout.flush()
        os._exit(0)


if __name__ == "__main__":
    main()

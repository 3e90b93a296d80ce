# SPDX-License-Identifier: GPL-3.0-or-later
"""From a motion of the 22 joints to the bone rotations and root location of any rig, and back.

Every mapped bone takes the motion's *turn* of its joint on top of how the bone would rest in the T-pose (see
`rest_pose`): so limbs point where the motion's do, whatever pose the rig rests in. Bones of the trunk that carry no
joint turn part of the way from the joint below to the one above; the twist of a limb is shared among the bones along
it. Bone lengths are never touched: a rig pose is rotations and one location. Where proportions differ, contacts are
kept on request, see `contacts`.
"""

from __future__ import annotations

import numpy as np

from .anatomy import JOINT_RADII
from .contacts import KeepContacts, keep_contacts
from .kinematics import global_to_local, joints_from_global, local_to_global
from .motion import Motion
from .rest_pose import IDENTITY, RestPose, rest_pose
from .rig import RigDescription, RigPose
from .rotation import (
    quaternion_apply,
    quaternion_conjugate,
    quaternion_multiply,
    quaternion_normalize,
    quaternion_slerp,
)
from .skeleton import JOINT_NAMES, PARENTS, SMPL22, Skeleton
from .twist import share_twist, straighten


def retarget(motion: Motion, rig: RigDescription, contacts: KeepContacts | None = None) -> RigPose:
    """The rig pose that shows a motion.

    The pelvis's path is scaled by the ratio of leg lengths, and raised or lowered in every frame so that the lowest
    point of the rig is as far above its floor as the motion's is, scaled likewise.

    Args:
        motion: any number of frames, on any skeleton of the 22 joints.
        rig: the rig at rest. It may rest in any pose, along any axes, in any unit.
        contacts: which contacts of the motion are kept by bending the rig's limbs; None for none.
    """
    skeleton = motion.skeleton
    rest = rest_pose(rig, skeleton)
    translation = motion.root_translation.astype(np.float64)
    turns = local_to_global(quaternion_normalize(motion.local_rotations.astype(np.float64)), skeleton.parents)
    joints = joints_from_global(turns, translation, skeleton)
    mapped = list(rig.mapped_joints)

    rotations = bone_rotations(rest, turns)
    root = rig.bone_of(0)
    pelvis = rest.heads[root] + rest.scale * (translation - skeleton.rest_joints[0])
    heads = _heads(rest, rotations, pelvis)
    lift = rest.scale * (joints[:, mapped, 1] - JOINT_RADII[mapped]).min(-1)
    lift -= _clearances(rest, heads)
    pelvis[:, 1] += lift
    heads[:, list(rig.posed_bones), 1] += lift[:, None]
    if contacts is not None:

        def place(turned: np.ndarray) -> np.ndarray:
            return _joints(rest, heads if turned is turns else _heads(rest, bone_rotations(rest, turned), pelvis))

        kept, moved = keep_contacts(contacts, rest, joints, turns, motion.fps, place)
        if kept is not turns:
            rotations, pelvis = bone_rotations(rest, kept), pelvis + moved

    posed = list(rig.posed_bones)
    unposed = quaternion_multiply(rotations[:, rest.turning_parents[posed]], rest.from_parent[posed])
    return RigPose(
        bone_names=tuple(rig.bones[index].name for index in posed),
        rotations=_continuous(quaternion_multiply(quaternion_conjugate(unposed), rotations[:, posed])),
        root_bone=rig.bones[root].name,
        root_location=quaternion_apply(quaternion_conjugate(rest.rotations[root]), pelvis - rest.heads[root]),
    )


def motion_from_rig(
    rig: RigDescription, rotations: np.ndarray, pelvis: np.ndarray, fps: float = 20.0, skeleton: Skeleton = SMPL22
) -> Motion:
    """The motion that a posed rig shows: what `retarget` undoes, where no contact was kept.

    Joints without a bone turn with their parents, those of the trunk part of the way to the next one with a bone.

    Args:
        rig: the rig at rest.
        rotations: (F, B, 4) from each bone's own axes to rig space, in the order of the rig's bones.
        pelvis: (F, 3) where the head of the pelvis's bone is, in rig space.
        fps: frames a second.
        skeleton: whose proportions the motion has.
    """
    rest = rest_pose(rig, skeleton)
    rotations = quaternion_multiply(rest.upright, quaternion_normalize(np.asarray(rotations, dtype=np.float64)))
    turns = np.empty((len(rotations), len(JOINT_NAMES), 4))
    mapped = list(rig.mapped_joints)
    readers = rest.readers[mapped]
    calibrated = quaternion_multiply(rest.calibrations[mapped], rest.rotations[readers])
    turns[:, mapped] = quaternion_multiply(rotations[:, readers], quaternion_conjugate(calibrated))
    straighten(rest, turns, rotations)
    _fill_unmapped(turns, set(mapped))

    pelvis = quaternion_apply(rest.upright, np.asarray(pelvis, dtype=np.float64))
    translation = skeleton.rest_joints[0] + (pelvis - rest.heads[rig.bone_of(0)]) / rest.scale
    heads = _heads(rest, np.concatenate([rotations, np.tile(IDENTITY, (len(rotations), 1, 1))], axis=1), pelvis)
    lowest = (joints_from_global(turns, translation, skeleton)[:, mapped, 1] - JOINT_RADII[mapped]).min(-1)
    translation[:, 1] += _clearances(rest, heads) / rest.scale - lowest
    return Motion(global_to_local(turns, skeleton.parents), translation, fps, skeleton)


def bone_heads(rig: RigDescription, pose: RigPose) -> np.ndarray:
    """Where a rig pose puts the head of every bone: (F, B, 3) in rig space, by forward kinematics on its own lengths.

    Bones that the pose does not name are at rest.
    """
    return placed_bones(rig, pose)[1]


def posed_bones(rig: RigDescription, pose: RigPose) -> tuple[np.ndarray, np.ndarray]:
    """(F, B, 4) from each bone's axes to rig space, and (F, 3) the head of the pelvis's bone, in a rig pose."""
    rest = rest_pose(rig, SMPL22)
    rotations, pelvis = _upright_bones(rest, pose)
    back = quaternion_conjugate(rest.upright)
    return quaternion_multiply(back, rotations[:, :-1]), quaternion_apply(back, pelvis)


def placed_bones(rig: RigDescription, pose: RigPose) -> tuple[np.ndarray, np.ndarray]:
    """(F, B, 4) from each bone's axes to rig space, and (F, B, 3) the heads of all bones, in a rig pose."""
    rest = rest_pose(rig, SMPL22)
    rotations, pelvis = _upright_bones(rest, pose)
    back = quaternion_conjugate(rest.upright)
    return quaternion_multiply(back, rotations[:, :-1]), quaternion_apply(back, _heads(rest, rotations, pelvis))


def _upright_bones(rest: RestPose, pose: RigPose) -> tuple[np.ndarray, np.ndarray]:
    """(F, B + 1, 4) from each bone's axes to the upright world, the last for "no parent"; (F, 3) the pelvis's head."""
    rig = rest.rig
    local = np.broadcast_to(IDENTITY, (pose.num_frames, len(rig.bones), 4)).copy()
    local[:, [rig.bone_indices[name] for name in pose.bone_names]] = pose.rotations
    rotations = np.broadcast_to(IDENTITY, (pose.num_frames, len(rig.bones) + 1, 4)).copy()
    turned = quaternion_multiply(rest.from_parent, local)
    for level in rest.levels:
        rotations[:, level] = quaternion_multiply(rotations[:, rest.turning_parents[level]], turned[:, level])
    root = rig.bone_indices[pose.root_bone]
    return rotations, rest.heads[root] + quaternion_apply(rest.rotations[root], pose.root_location)


def bone_rotations(rest: RestPose, turns: np.ndarray) -> np.ndarray:
    """(F, B + 1, 4) from each bone's axes to the upright world, for global turns of the joints (F, 22, 4).

    The last entry is the identity and stands for "no parent".
    """
    rotations = np.broadcast_to(np.vstack([rest.rotations, IDENTITY]), (len(turns), len(rest.rotations) + 1, 4)).copy()
    rotations[:, rest.bones] = quaternion_multiply(turns[:, rest.joints], rest.calibrated)
    if len(rest.bending.bones):
        bending = rest.bending
        part = quaternion_slerp(turns[:, bending.starts], turns[:, bending.stops], bending.shares)
        rotations[:, bending.bones] = quaternion_multiply(part, rest.rotations[bending.bones])
    for level in rest.rigid:
        rotations[:, level] = quaternion_multiply(rotations[:, rest.turning_parents[level]], rest.from_parent[level])
    share_twist(rest, rotations)
    return rotations


def _fill_unmapped(turns: np.ndarray, mapped: set[int]) -> None:
    """Give joints without a bone a turn: of the trunk part of the way to the next with one, elsewhere the parent's."""
    trunk = [JOINT_NAMES.index(name) for name in ("pelvis", "spine1", "spine2", "spine3", "neck", "head")]
    for place, joint in enumerate(trunk):
        if joint in mapped:
            continue
        below = trunk[place - 1]
        above = next((n for n in range(place + 1, len(trunk)) if trunk[n] in mapped), None)
        turns[:, joint] = turns[:, below]
        if above is not None:
            turns[:, joint] = quaternion_slerp(turns[:, below], turns[:, trunk[above]], 1 / (above - place + 1))
    for joint, parent in enumerate(PARENTS):
        if joint not in mapped and joint not in trunk:
            turns[:, joint] = turns[:, parent]


def _joints(rest: RestPose, heads: np.ndarray) -> np.ndarray:
    """(F, 22, 3) where the joints of a rig lie, of bone heads (F, B, 3); NaN for joints without a bone."""
    joints = np.full((len(heads), len(JOINT_NAMES), 3), np.nan)
    mapped = list(rest.rig.mapped_joints)
    joints[:, mapped] = heads[:, [rest.rig.bone_of(joint) for joint in mapped]]
    return joints


def _heads(rest: RestPose, rotations: np.ndarray, pelvis: np.ndarray) -> np.ndarray:
    """(F, B, 3) bone heads from the bones' global rotations (F, B + 1, 4) and the pelvis's head (F, 3)."""
    rig = rest.rig
    parents = np.array(rig.parents, dtype=np.intp)
    steps = quaternion_apply(rotations[:, parents], rest.offsets)
    heads = np.broadcast_to(rest.heads, (len(rotations), *rest.heads.shape)).copy()
    root = rig.bone_of(0)
    for level in rest.levels:
        hung = level[parents[level] >= 0]
        heads[:, hung] = heads[:, parents[hung]] + steps[:, hung]
        if root in level:
            heads[:, root] = pelvis
    return heads


def _clearances(rest: RestPose, heads: np.ndarray) -> np.ndarray:
    """(F,) height of the lowest skin of bone heads (F, B, 3) over the rig's floor."""
    mapped = list(rest.rig.mapped_joints)
    heights = heads[:, [rest.rig.bone_of(joint) for joint in mapped], 1]
    return (heights - rest.radii[mapped] - rest.floor).min(axis=-1)


def _continuous(rotations: np.ndarray) -> np.ndarray:
    """The same rotations (F, B, 4) with signs that follow on from frame to frame, so that curves are smooth."""
    signs = np.where((rotations[1:] * rotations[:-1]).sum(-1) < 0, -1.0, 1.0)
    first = np.where(rotations[:1, :, 0] < 0, -1.0, 1.0)
    return rotations * np.cumprod(np.concatenate([first, signs]), axis=0)[..., None]

# SPDX-License-Identifier: GPL-3.0-or-later
"""Armatures: read one as a rig, pose it, bake a motion on it, read its pose.

Nothing else touches armature data, but for `rigify`, which knows the controls of Rigify's rigs, and `smpl_armature`,
which adds one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import bpy
import numpy as np
from bpy.types import Action, Object, PoseBone
from mathutils import Quaternion

from . import rigify
from .core.axes import y_up_to_z_up, z_up_to_y_up
from .core.contacts import KeepContacts
from .core.euler import quaternions_to_axis_angle, quaternions_to_euler
from .core.mapping import BoneTree, hands, toe_followers, twist_bones
from .core.motion import Motion
from .core.retargeting import motion_from_rig, placed_bones, retarget
from .core.rig import BoneChannels, RigBone, RigDescription, RigPose
from .core.rotation import matrix_to_quaternion, quaternion_conjugate, quaternion_multiply
from .core.skeleton import JOINT_NAMES, Skeleton
from .rig_families import BY_HAND, BoneMapping, map_bones
from .rig_presets import presets

_HELD_BACK = 1e-3
"""Metres on the reference body: a bone that ends up further from where it was put is held by something else."""
_ROTATIONS = ("rotation_quaternion", "rotation_euler", "rotation_axis_angle")


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
    is_outdated: bool = False
    """Whether drivers had yet to set influences by which controls were placed; see `apply_motion`."""


def posable_armature(target: Object | None) -> Object:
    """The target, if it is an armature in a scene that can be posed now; ValueError saying what is wrong if not."""
    target = present_armature(target)
    _described_rig(target)
    return target


def present_armature(target: Object | None) -> Object:
    """The target, if it is an armature in a scene and may be posed, whether its bones can be mapped or not.

    Raises ValueError saying what is wrong if not.
    """
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
    return target


def _described_rig(armature: Object) -> tuple[RigDescription, BoneMapping]:
    try:
        return describe_rig(armature)
    except ValueError as error:
        raise ValueError(f"Cannot pose '{armature.name}': {error}") from error


@dataclass(frozen=True, eq=False)
class _Described:
    """A rig as it was when it was described."""

    signature: tuple[object, ...]
    rig: RigDescription
    mapping: BoneMapping


_described: dict[int, _Described] = {}
"""By session id of the armature data; what was described last, so that the same rig is not worked out again."""
_MOST_DESCRIBED = 16


def describe_rig(armature: Object) -> tuple[RigDescription, BoneMapping]:
    """The mapped bones of an armature object and all above them, at rest, in armature space turned to our axes.

    Raises ValueError when too few joints find a bone, or the artist's mapping cannot be used.
    """
    data = armature.data
    bones = data.bones
    count = len(bones)
    frames, ends = np.empty(count * 16, dtype=np.float32), np.empty(count * 3, dtype=np.float32)
    inherits = np.empty(count, dtype=bool)
    bones.foreach_get("matrix_local", frames)
    bones.foreach_get("tail_local", ends)
    bones.foreach_get("use_inherit_rotation", inherits)
    names = tuple(bones.keys())
    parents = tuple("" if (parent := bone.parent) is None else parent.name for bone in bones)
    is_control_rig = rigify.is_control_rig(armature)
    custom = custom_mapping(armature)
    held = frozenset() if is_control_rig else frozenset(held_bones(armature))
    stands = tuple(np.round(np.array(armature.matrix_world.to_3x3().normalized()), 2).ravel().tolist())
    chosen_by_hand = tuple(custom.items()) if custom is not None else None
    at_rest = (names, parents, frames.tobytes(), ends.tobytes(), inherits.tobytes())
    signature = (*at_rest, stands, chosen_by_hand, tuple(presets()), held)
    known = _described.get(data.session_uid)
    if known is not None and known.signature == signature:
        return known.rig, known.mapping

    matrices = frames.reshape(-1, 4, 4).swapaxes(-1, -2)
    if is_control_rig:
        rig, mapping = rigify.describe(armature, matrices, ends.reshape(-1, 3))
    else:
        points = matrices[:, :3, 3].astype(np.float64)
        heads = z_up_to_y_up(points)
        tails = z_up_to_y_up(ends.reshape(-1, 3).astype(np.float64))
        indices = {name: index for index, name in enumerate(names)}
        # Hierarchy and sides are told on the rig as it stands in its scene.
        standing = z_up_to_y_up(points @ np.array(stands).reshape(3, 3).T)
        tree = BoneTree(names, tuple(indices.get(parent, -1) for parent in parents), standing, held)
        mapping = _checked(custom, names) if custom is not None else map_bones(tree, presets())
        chosen = mapping.joint_to_bone
        twists, followers = twist_bones(tree, chosen), toe_followers(tree, chosen)
        needed = sorted(
            {n for name in (*chosen.values(), *twists, *followers) for n in tree.line(indices[name])},
            key=lambda n: len(tree.line(n)),
        )
        rotations = _rotations(matrices[needed].astype(np.float64))
        described = tuple(
            RigBone(names[n], parents[n] or None, heads[n], tails[n], rotation, bool(inherits[n]))
            for n, rotation in zip(needed, rotations, strict=True)
        )
        rig = RigDescription(described, chosen, twists, followers, hands(tree, chosen, heads))
    if len(_described) >= _MOST_DESCRIBED:
        _described.clear()
    _described[data.session_uid] = _Described(signature, rig, mapping)
    return rig, mapping


def custom_mapping(armature: Object) -> dict[str, str] | None:
    """The artist's own mapping of an armature object, joint to bone; None where there is none."""
    settings = armature.maquette_rig
    if not settings.is_custom:
        return None
    return {joint: name for joint in JOINT_NAMES if (name := getattr(settings, joint))}


def _checked(custom: dict[str, str], names: Sequence[str]) -> BoneMapping:
    """The artist's mapping, less bones that are gone; ValueError when it cannot be used."""
    there = set(names)
    gone = [bone for bone in custom.values() if bone not in there]
    mapping = {joint: bone for joint, bone in custom.items() if bone in there}
    twice = {bone for bone in mapping.values() if list(mapping.values()).count(bone) > 1}
    if twice:
        raise ValueError(f"its mapping gives {', '.join(sorted(twice))} to two joints; see Rig Mapping")
    if "pelvis" not in mapping:
        raise ValueError("its mapping has no bone for the pelvis, which carries the whole body; see Rig Mapping")
    doubts = (f"The mapping names bones that are gone: {', '.join(gone)}.",) if gone else ()
    return BoneMapping(BY_HAND, mapping, doubts)


def held_bones(armature: Object) -> set[str]:
    """Names of the bones that constraints or drivers may hold from where they are posed."""
    held = {
        bone.name
        for bone in (armature.pose.bones if armature.pose is not None else ())  # without bones there is no pose
        if len(bone.constraints) and any(not one.mute and one.influence > 0 for one in bone.constraints)
    }
    animation = armature.animation_data
    if animation is not None:
        for curve in animation.drivers:
            path = curve.data_path
            if path.startswith('pose.bones["') and path.endswith(("location", "scale", *_ROTATIONS)):
                held.add(path[len('pose.bones["') : path.rindex('"]')])
    return held


def apply_motion(
    armature: Object,
    motion: Motion,
    *,
    check: bool = True,
    evaluates_first: bool = True,
    influences: rigify.Influences | None = None,
) -> Outcome:
    """Pose an armature object as a motion of one frame, or bake a longer one into a new action from the current frame.

    Mapped bones and those that go with them are set whole: rotation in the bone's own rotation mode, no location or
    scale but the pelvis's location. Bones above the pelvis's and all others stay as they are. On Rigify's control
    rigs the controls are set, see `rigify`. Contacts are kept as the rig's settings say. An action that a bake
    replaces keeps a fake user, so that it stays in the file.

    Args:
        armature: the armature object.
        motion: what it shall show.
        check: whether to look for bones that something holds; a rig with constraints is evaluated for that.
        evaluates_first: whether a control rig is evaluated before it is posed, too, for the influences that its
            drivers set. Without, and with the check, the outcome says whether they turned out to be others.
        influences: what another call found of a control rig in the same pose, or where to put what this one finds;
            where some are known, the rig is not evaluated first.

    Raises ValueError when the target cannot be posed, see `posable_armature`.
    """
    present_armature(armature)
    rig, mapping = _described_rig(armature)
    notes = []
    if armature.data.pose_position == "REST":
        armature.data.pose_position = "POSE"
        notes.append("The armature showed its rest position and was switched to its pose.")
    scene = armature.users_scene[0]
    if motion.num_frames > 1:
        motion = motion.resampled(scene.render.fps / scene.render.fps_base)
    pose = _retargeted(motion, rig, kept_contacts(armature))
    known = {} if influences is None else influences
    placed = None
    if rigify.is_control_rig(armature):
        if evaluates_first and not known:
            bpy.context.view_layer.update()
        placed = placed_bones(rig, pose)
        channels, said = rigify.channels(armature, rig, placed, known)
        notes.extend(said)
    else:
        channels = BoneChannels(pose.bone_names, pose.rotations, {pose.root_bone: pose.root_location})
    channels = _with_own_locations(armature, channels)
    if motion.num_frames > 1:
        previous = _bake(armature, channels, scene.frame_current)
        if previous is not None:
            notes.append(f"The action '{previous.name}' was replaced and kept in the file.")
    elif armature.animation_data is not None and armature.animation_data.action is not None:
        notes.append("The rig is animated: insert keyframes to keep this pose when the frame changes.")
    _set_pose(armature, channels)
    held = _held_back(armature, rig, pose, placed) if check else ()
    is_outdated = check and not rigify.are_in_force(armature, known)
    return Outcome(mapping.family, rig.unmapped_joints, held, tuple(notes), is_outdated)


def prepare_pose(armature: Object, pose: Motion) -> None:
    """Work out ahead how an armature object shows a pose; ValueError where it cannot, see `posable_armature`."""
    rig, _ = _described_rig(present_armature(armature))
    _retargeted(pose, rig, kept_contacts(armature))


def _retargeted(motion: Motion, rig: RigDescription, contacts: KeepContacts | None) -> RigPose:
    """As of `retarget`; of single poses, which are tried again and again, what was worked out last is kept."""
    if motion.num_frames > 1:
        return retarget(motion, rig, contacts)
    rotations, translation = motion.local_rotations.tobytes(), motion.root_translation.tobytes()
    return _retargeted_pose(rig, contacts, motion.skeleton, rotations, translation)


@lru_cache(maxsize=64)
def _retargeted_pose(
    rig: RigDescription, contacts: KeepContacts | None, skeleton: Skeleton, rotations: bytes, translation: bytes
) -> RigPose:
    turns = np.frombuffer(rotations, dtype=np.float32).reshape(1, -1, 4)
    motion = Motion(turns, np.frombuffer(translation, dtype=np.float32)[None], skeleton=skeleton)
    return retarget(motion, rig, contacts)


def kept_contacts(armature: Object) -> KeepContacts | None:
    """Which contacts the settings of an armature object keep."""
    settings = armature.maquette_rig
    if not (settings.keep_hands or settings.keep_feet):
        return None
    return KeepContacts(settings.keep_hands, settings.keep_feet)


def read_pose(armature: Object) -> Motion:
    """The pose an armature object shows now, constraints and drivers included, as a motion of one frame.

    Where the artist moved the bones above the pelvis's is left out, as `apply_motion` leaves it alone.

    Raises ValueError when its bones cannot be mapped.
    """
    rig, _ = _described_rig(armature)
    bpy.context.view_layer.update()
    readers = rigify.readers(rig) if rigify.is_control_rig(armature) else [bone.name for bone in rig.bones]
    bones = armature.pose.bones
    posed = np.array([bones[name].matrix for name in readers], dtype=np.float64)
    rest = np.array([armature.data.bones[name].matrix_local for name in readers], dtype=np.float64)
    root = rig.bone_of(0)
    posed = _back_to_rest(armature, rig) @ posed
    rotations = _rotations(posed)
    own = np.array([bone.rest_rotation for bone in rig.bones])
    # A reader may rest with other axes than the bone it stands for.
    rotations = quaternion_multiply(rotations, quaternion_multiply(quaternion_conjugate(_rotations(rest)), own))
    head = np.append(y_up_to_z_up(rig.bones[root].head), 1.0)
    pelvis = z_up_to_y_up((posed[root] @ np.linalg.inv(rest[root]) @ head)[:3])
    return motion_from_rig(rig, rotations[None], pelvis[None])


def _back_to_rest(armature: Object, rig: RigDescription) -> np.ndarray:
    """(4, 4) in armature space, what takes the bone above the pelvis's from where it is to where it rests."""
    above = rigify.ROOT if rigify.is_control_rig(armature) else rig.bones[rig.bone_of(0)].parent
    if above is None or above not in armature.pose.bones:
        return np.eye(4)
    back = np.array(armature.pose.bones[above].matrix.inverted_safe(), dtype=np.float64)
    return np.array(armature.data.bones[above].matrix_local, dtype=np.float64) @ back


def _rotations(matrices: np.ndarray) -> np.ndarray:
    """Of matrices (B, 4, 4) in armature space, which may scale, the rotations (B, 4) from each bone's axes to ours."""
    axes = matrices[:, :3, :3] / np.linalg.norm(matrices[:, :3, :3], axis=1, keepdims=True)
    # The columns are the bone's axes, each a vector of armature space.
    return matrix_to_quaternion(z_up_to_y_up(axes.swapaxes(-1, -2)).swapaxes(-1, -2))


def _with_own_locations(armature: Object, channels: BoneChannels) -> BoneChannels:
    """The same channels, locations along the armature's axes for bones that are moved along these, not their own."""
    bones = armature.data.bones
    locations = dict(channels.locations)
    for name, values in locations.items():
        if not bones[name].use_local_location:
            locations[name] = values @ np.array(bones[name].matrix_local.to_3x3(), dtype=np.float64).T
    return BoneChannels(channels.bone_names, channels.rotations, locations)


def _set_pose(armature: Object, channels: BoneChannels) -> None:
    """Put the first frame on an armature object."""
    bones = armature.pose.bones
    indices = {name: index for index, name in enumerate(bones.keys())}
    # All at once: what is set bone by bone is told to all of Blender each time.
    quaternions = np.empty((len(bones), 4), dtype=np.float32)
    bones.foreach_get("rotation_quaternion", quaternions.reshape(-1))
    for name, rotation in zip(channels.bone_names, channels.rotations[0].tolist(), strict=True):
        bone = bones[name]
        if bone.rotation_mode == "QUATERNION":
            quaternions[indices[name]] = rotation
        elif bone.rotation_mode == "AXIS_ANGLE":
            axis, angle = Quaternion(rotation).to_axis_angle()
            bone.rotation_axis_angle = (angle, *axis)
        else:
            bone.rotation_euler = Quaternion(rotation).to_euler(bone.rotation_mode, bone.rotation_euler)
        location = channels.locations.get(name)
        place = (0.0, 0.0, 0.0) if location is None else location[0]
        if location is not None or tuple(bone.location) != place:
            bone.location = place
        if tuple(bone.scale) != (1.0, 1.0, 1.0):
            bone.scale = (1.0, 1.0, 1.0)
    bones.foreach_set("rotation_quaternion", quaternions.reshape(-1))
    armature.update_tag()


def _rotation_curves(bones: Sequence[PoseBone], rotations: np.ndarray) -> list[tuple[str, np.ndarray]]:
    """For each bone the property that holds its rotation in its own mode, and its values (F, 3 or 4)."""
    curves: dict[int, tuple[str, np.ndarray]] = {}
    for mode in {bone.rotation_mode for bone in bones}:
        chosen = [index for index, bone in enumerate(bones) if bone.rotation_mode == mode]
        values = rotations[:, chosen]
        path = "rotation_euler"
        if mode == "QUATERNION":
            path = "rotation_quaternion"
        elif mode == "AXIS_ANGLE":
            path = "rotation_axis_angle"
            values = quaternions_to_axis_angle(values)
        else:
            values = quaternions_to_euler(values, mode, np.array([bones[index].rotation_euler for index in chosen]))
        for place, index in enumerate(chosen):
            curves[index] = (path, values[:, place])
    return [curves[index] for index in range(len(bones))]


def _bake(armature: Object, channels: BoneChannels, first_frame: int) -> Action | None:
    """Write channels into a new action of an armature object, a key a frame; returns the action it replaces."""
    animation = armature.animation_data or armature.animation_data_create()
    previous = animation.action
    if previous is not None:
        previous.use_fake_user = True
    action = bpy.data.actions.new(f"{armature.name} motion")
    slot = action.slots.new(id_type="OBJECT", name=armature.name)
    bag = action.layers.new("Motion").strips.new(type="KEYFRAME").channelbag(slot, ensure=True)
    count = len(channels.rotations)
    keys = np.empty((count, 2), dtype=np.float32)
    keys[:, 0] = np.arange(first_frame, first_frame + count)
    bones = [armature.pose.bones[name] for name in channels.bone_names]
    for bone, rotation in zip(bones, _rotation_curves(bones, channels.rotations), strict=True):
        curves = [rotation]
        if bone.name in channels.locations:
            curves.append(("location", channels.locations[bone.name]))
        group = bag.groups.new(bone.name)
        for path, values in curves:
            full_path = bone.path_from_id(path)
            for component in range(values.shape[1]):
                curve = bag.fcurves.new(full_path, index=component)
                curve.group = group
                curve.keyframe_points.add(count)
                keys[:, 1] = values[:, component]
                curve.keyframe_points.foreach_set("co", keys.ravel())
                curve.update()
    animation.action = action
    animation.action_slot = slot
    return previous


def _held_back(armature: Object, rig: RigDescription, pose: RigPose, placed: rigify.Placed | None) -> tuple[str, ...]:
    """Mapped bones that are not where the first frame of a pose puts them; `placed` if that is worked out already."""
    if not _may_be_held(armature, rig):
        return ()
    bpy.context.view_layer.update()
    names = [rig.joint_to_bone[joint] for joint in JOINT_NAMES if joint in rig.joint_to_bone]
    if placed is None:
        placed = placed_bones(rig, RigPose(pose.bone_names, pose.rotations[:1], pose.root_bone, pose.root_location[:1]))
    wanted = placed[1][0, [rig.bone_indices[name] for name in names]]
    bones = armature.pose.bones
    heads = np.array([bones[name].head for name in names], dtype=np.float64)
    back = _back_to_rest(armature, rig)
    actual = z_up_to_y_up(heads @ back[:3, :3].T + back[:3, 3])
    size = np.ptp(wanted, axis=0).max()
    off = np.linalg.norm(actual - wanted, axis=-1)
    return tuple(name for name, distance in zip(names, off, strict=True) if distance > _HELD_BACK * max(size, 1e-6))


def _may_be_held(armature: Object, rig: RigDescription) -> bool:
    """Whether anything but its pose may move a bone that is posed; only then is it worth evaluating the rig."""
    return rigify.is_control_rig(armature) or not held_bones(armature).isdisjoint(bone.name for bone in rig.bones)

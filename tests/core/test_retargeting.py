# SPDX-License-Identifier: GPL-3.0-or-later
"""Retargeting: rigs of other rest poses, axes, proportions and gaps show the same motion on their own lengths."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from blender_addon.core.anatomy import JOINT_RADII
from blender_addon.core.motion import Motion
from blender_addon.core.retargeting import bone_heads, motion_from_rig, posed_bones, retarget
from blender_addon.core.rig import Hand, RigBone, RigDescription
from blender_addon.core.rotation import (
    axis_angle_to_quaternion,
    quaternion_angle,
    quaternion_apply,
    quaternion_conjugate,
    quaternion_multiply,
    quaternion_normalize,
    quaternion_slerp,
    swing_twist,
)
from blender_addon.core.skeleton import JOINT_NAMES, PARENTS, SMPL22
from tests.core.bodies import rotation_error_degrees

LIMBS = [
    tuple(JOINT_NAMES.index(f"{side}_{name}") for name in names)
    for side in ("left", "right")
    for names in (("hip", "knee", "ankle"), ("shoulder", "elbow", "wrist"))
]
EVERY_JOINT = {name: name for name in JOINT_NAMES}


def a_motion(num_frames: int = 6, seed: int = 0, angle: float = 0.7) -> Motion:
    noise = np.random.default_rng(seed).normal(size=(num_frames, 22, 3)) * angle / np.sqrt(3)
    path = np.random.default_rng(seed + 1).normal(size=(num_frames, 3)) * 0.3 + [0, 0.9, 0]
    return Motion(axis_angle_to_quaternion(noise), path)


def a_rig(
    joints: np.ndarray = SMPL22.rest_joints, seed: int | None = 0, mapping: dict[str, str] | None = None
) -> RigDescription:
    """Bones of the joints' names at some rest positions, with bone axes at random (None: along the world's)."""
    rng = np.random.default_rng(seed)
    axes = np.tile([1.0, 0, 0, 0], (22, 1)) if seed is None else quaternion_normalize(rng.normal(size=(22, 4)))
    bones = []
    for joint, name in enumerate(JOINT_NAMES):
        children = [child for child, parent in enumerate(PARENTS) if parent == joint]
        tail = joints[children[0]] if children else joints[joint] + [0, 0, 0.1]
        parent = JOINT_NAMES[PARENTS[joint]] if joint else None
        bones.append(RigBone(name, parent, joints[joint], tail, axes[joint]))
    return RigDescription(tuple(bones), EVERY_JOINT if mapping is None else mapping)


def turned(
    rig: RigDescription, turn: np.ndarray, scale: float = 1.0, shift: tuple[float, ...] = (0, 0, 0)
) -> RigDescription:
    """The same rig, turned, scaled and moved in its space."""
    bones = tuple(
        RigBone(
            bone.name,
            bone.parent,
            quaternion_apply(turn, bone.head * scale) + shift,
            quaternion_apply(turn, bone.tail * scale) + shift,
            quaternion_multiply(turn, bone.rest_rotation),
        )
        for bone in rig.bones
    )
    return RigDescription(bones, rig.joint_to_bone)


def other_proportions(arms_down: float = 0.0, legs_apart: float = 0.0) -> np.ndarray:
    """(22, 3) rest joints with every bone of another length, alike on both sides, in a pose that is not the T-pose."""
    offsets = SMPL22.offsets * np.random.default_rng(9).uniform(0.7, 1.3, (22, 1))
    for left, right in ((JOINT_NAMES.index(n), JOINT_NAMES.index("right" + n[4:])) for n in JOINT_NAMES if "left" in n):
        offsets[right] = offsets[left] * (-1, 1, 1)
    for side, sign in (("left", 1.0), ("right", -1.0)):
        for names, angle in ((("elbow", "wrist"), -arms_down), (("knee", "ankle"), legs_apart)):
            swing = axis_angle_to_quaternion(np.array([0, 0, sign * angle]))
            for name in names:
                joint = JOINT_NAMES.index(f"{side}_{name}")
                offsets[joint] = quaternion_apply(swing, offsets[joint])
    joints = np.zeros((22, 3))
    for joint, parent in enumerate(PARENTS):
        joints[joint] = offsets[joint] + (joints[parent] if parent >= 0 else 0)
    joints[:, 1] -= joints[JOINT_NAMES.index("left_foot"), 1] - SMPL22.rest_joints[JOINT_NAMES.index("left_foot"), 1]
    return joints


def directions(joints: np.ndarray, chain: tuple[int, ...]) -> np.ndarray:
    steps = np.diff(joints[:, list(chain)], axis=1)
    return steps / np.linalg.norm(steps, axis=-1, keepdims=True)


def test_a_rig_like_the_reference_shows_the_motions_joints() -> None:
    motion = a_motion()
    np.testing.assert_allclose(bone_heads(a_rig(), retarget(motion, a_rig())), motion.joints(), atol=1e-6)


def test_bones_along_the_worlds_axes_take_smpl_rotations_unchanged() -> None:
    motion = a_motion()
    pose = retarget(motion, a_rig(seed=None))
    difference = quaternion_multiply(quaternion_conjugate(motion.local_rotations), pose.rotations)
    assert quaternion_angle(difference).max() < 1e-3
    np.testing.assert_allclose(pose.root_location, motion.root_translation - SMPL22.rest_joints[0], atol=1e-6)


@pytest.mark.parametrize(("arms_down", "legs_apart"), [(0.0, 0.0), (0.8, 0.0), (0.5, 0.3), (1.4, 0.2)])
def test_limbs_point_where_the_motions_do_from_any_rest_pose(arms_down: float, legs_apart: float) -> None:
    motion = a_motion()
    rig = a_rig(other_proportions(arms_down, legs_apart))
    heads = bone_heads(rig, retarget(motion, rig))
    for limb in LIMBS:
        ours, theirs = directions(heads, limb), directions(motion.joints(), limb)
        assert np.degrees(np.arccos(np.clip((ours * theirs).sum(-1), -1, 1))).max() < 0.05


def test_lengths_are_the_rigs_own() -> None:
    joints = other_proportions(arms_down=0.8)
    rig = a_rig(joints)
    heads = bone_heads(rig, retarget(a_motion(), rig))
    parents = list(PARENTS[1:])
    posed = np.linalg.norm(heads[:, 1:] - heads[:, parents], axis=-1)
    rest = np.linalg.norm(joints[1:] - joints[parents], axis=-1)
    np.testing.assert_allclose(posed, np.broadcast_to(rest, posed.shape), rtol=1e-9)


@pytest.mark.parametrize("degrees", [[(0, 90, 0)], [(-90, 0, 0)], [(0, 180, 0)], [(-90, 0, 0), (0, 90, 0)]])
def test_the_axes_and_unit_a_rig_is_built_in_do_not_matter(degrees: list[tuple[float, float, float]]) -> None:
    turn = np.array([1.0, 0, 0, 0])
    for axis in degrees:
        turn = quaternion_multiply(axis_angle_to_quaternion(np.radians(np.array(axis, dtype=float))), turn)
    motion = a_motion()
    plain = a_rig(other_proportions(arms_down=0.4))
    pose, other = retarget(motion, plain), retarget(motion, turned(plain, turn, scale=100.0))
    difference = quaternion_multiply(quaternion_conjugate(pose.rotations), other.rotations)
    assert quaternion_angle(difference).max() < 1e-6
    np.testing.assert_allclose(other.root_location, pose.root_location * 100, atol=1e-4)


def test_a_rig_built_at_a_slant_is_measured() -> None:
    motion = a_motion()
    plain = a_rig(other_proportions())
    slanted = turned(plain, axis_angle_to_quaternion(np.radians([30.0, 40.0, 0.0])))
    difference = quaternion_multiply(
        quaternion_conjugate(retarget(motion, plain).rotations), retarget(motion, slanted).rotations
    )
    # The body's upright is taken from its joints, which lean a little.
    assert np.degrees(quaternion_angle(difference)).max() < 10


def test_a_rig_that_stands_elsewhere_is_posed_there() -> None:
    motion = a_motion()
    here, there = a_rig(), turned(a_rig(), np.array([1.0, 0, 0, 0]), shift=(3.0, -1.0, 2.0))
    moved = bone_heads(there, retarget(motion, there)) - bone_heads(here, retarget(motion, here))
    np.testing.assert_allclose(moved, np.broadcast_to([3.0, -1.0, 2.0], moved.shape), atol=1e-3)


@pytest.mark.parametrize("height", [0.0, 0.35])
def test_the_lowest_point_keeps_its_height_over_the_floor_scaled(height: float) -> None:
    """A body that lies, kneels or jumps neither sinks in nor hovers on a rig of other proportions."""
    joints = other_proportions(legs_apart=0.3)
    rig = a_rig(joints)
    motion = a_motion()
    clearance = (motion.joints()[..., 1] - JOINT_RADII).min(-1)
    path = motion.root_translation - np.stack([0 * clearance, clearance - height, 0 * clearance], axis=-1)
    motion = Motion(motion.local_rotations, path)
    legs = [joint for limb in LIMBS[::2] for joint in limb[1:]]
    scale = sum(np.linalg.norm(joints[j] - joints[PARENTS[j]]) for j in legs) / SMPL22.bone_lengths[legs].sum()
    radii = JOINT_RADII * scale
    for name in ("ankle", "foot"):
        for side in ("left", "right"):
            joint = JOINT_NAMES.index(f"{side}_{name}")
            radii[joint] = joints[joint, 1] - scale * (SMPL22.rest_joints[joint, 1] - JOINT_RADII[joint])
    heads = bone_heads(rig, retarget(motion, rig))
    np.testing.assert_allclose((heads[..., 1] - radii).min(-1), scale * height, atol=1e-6)


def test_a_flat_foot_stays_flat_on_a_rig_with_higher_ankles() -> None:
    joints = SMPL22.rest_joints.copy()
    for side in ("left", "right"):
        joints[JOINT_NAMES.index(f"{side}_ankle"), 1] += 0.06
    rig = a_rig(joints)
    standing = Motion(np.tile([1.0, 0, 0, 0], (1, 22, 1)), SMPL22.rest_joints[:1])
    feet = [JOINT_NAMES.index(name) for name in ("left_ankle", "left_foot", "right_foot")]
    np.testing.assert_allclose(bone_heads(rig, retarget(standing, rig))[0, feet], joints[feet], atol=0.02)
    sole = np.diff(bone_heads(rig, retarget(standing, rig))[0, feet[:2]], axis=0)
    np.testing.assert_allclose(sole, np.diff(joints[feet[:2]], axis=0), atol=1e-6)


def with_finger_and_root(mapping: dict[str, str]) -> RigDescription:
    """The plain rig under a root bone, with a finger."""
    rig = a_rig()
    root = RigBone("World", None, np.zeros(3), np.array([0, 0, 0.2]), np.array([1.0, 0, 0, 0]))
    finger = RigBone(
        "finger", "left_wrist", np.array([0.7, 1.36, 0]), np.array([0.8, 1.36, 0]), np.array([1.0, 0, 0, 0])
    )
    pelvis = RigBone("pelvis", "World", rig.bones[0].head, rig.bones[0].tail, rig.bones[0].rest_rotation)
    return RigDescription((root, pelvis, *rig.bones[1:], finger), mapping)


def test_bones_of_the_trunk_without_a_joint_turn_half_way_and_others_are_left_alone() -> None:
    rig = with_finger_and_root({name: name for name in JOINT_NAMES if name not in ("spine2", "right_foot")})
    motion = a_motion()
    pose = retarget(motion, rig)
    assert rig.unmapped_joints == ("spine2", "right_foot")
    assert set(pose.bone_names) == set(JOINT_NAMES) - {"right_foot"}
    rotations, _ = posed_bones(rig, pose)
    turns = turned_from_rest(rig, rotations)
    below, between, above = (turns[:, rig.bone_indices[name]] for name in ("spine1", "spine2", "spine3"))
    assert rotation_error_degrees(between, quaternion_slerp(below, above, 0.5)).max() < 1e-4
    wrist, elbow = rig.bone_indices["left_wrist"], rig.bone_indices["left_elbow"]
    heads = bone_heads(rig, pose)
    ours = heads[:, wrist] - heads[:, elbow]
    joints = motion.joints()
    theirs = joints[:, JOINT_NAMES.index("left_wrist")] - joints[:, JOINT_NAMES.index("left_elbow")]
    np.testing.assert_allclose(ours, theirs, atol=1e-6)


def test_other_bones_without_a_joint_follow_their_parents() -> None:
    rig = a_rig(mapping={name: name for name in JOINT_NAMES if name != "left_collar"})
    pose = retarget(a_motion(), rig)
    collar = pose.rotations[:, pose.bone_names.index("left_collar")]
    np.testing.assert_allclose(quaternion_angle(collar), 0, atol=1e-6)


def turned_from_rest(rig: RigDescription, rotations: np.ndarray) -> np.ndarray:
    """(F, B, 4) what bones turned by, in rig space."""
    rest = np.array([bone.rest_rotation for bone in rig.bones])
    return quaternion_multiply(rotations, quaternion_conjugate(rest))


def twisting_rig(inserted: bool) -> RigDescription:
    """The plain rig with a bone halfway along the left upper arm and forearm: in the chain, or beside it."""
    bones: list[RigBone] = []
    for bone in a_rig().bones:
        parent = bone.parent
        for limb, end in (("shoulder", "elbow"), ("elbow", "wrist")):
            if bone.name == f"left_{end}":
                start = next(one for one in bones if one.name == f"left_{limb}")
                middle = (start.head + bone.head) / 2
                bones.append(RigBone(f"{limb}_twist", start.name, middle, bone.head, start.rest_rotation))
                parent = f"{limb}_twist" if inserted else parent
        bones.append(RigBone(bone.name, parent, bone.head, bone.tail, bone.rest_rotation))
    beside = () if inserted else ("shoulder_twist", "elbow_twist")
    return RigDescription(tuple(bones), EVERY_JOINT, beside)


def twist_degrees(rig: RigDescription, rotations: np.ndarray, bone: str, start: str, axis: np.ndarray) -> np.ndarray:
    """(F,) how far a bone is twisted about a limb's axis (rig space, at rest) against the bone `start` above it."""
    turns = turned_from_rest(rig, rotations)
    away = quaternion_multiply(
        quaternion_conjugate(turns[:, rig.bone_indices[start]]), turns[:, rig.bone_indices[bone]]
    )
    _, twist = swing_twist(quaternion_conjugate(away), axis)
    return -np.degrees(2 * np.arctan2(twist[:, 1:] @ axis, twist[:, 0]))


@pytest.mark.parametrize("inserted", [True, False])
def test_twist_is_shared_along_forearm_and_upper_arm(inserted: bool) -> None:
    rig = twisting_rig(inserted)
    hand, arm = (JOINT_NAMES.index(name) for name in ("left_wrist", "left_shoulder"))
    rotations = np.tile([1.0, 0, 0, 0], (3, 22, 1))
    rotations[:, hand] = axis_angle_to_quaternion(np.radians(np.array([[80.0, 0, 0], [-60, 0, 0], [0, 30, 0]])))
    rotations[:, arm] = axis_angle_to_quaternion(np.radians(np.array([[40.0, 0, 0], [-50, 0, 0], [0, 0, -60]])))
    motion = Motion(rotations, np.tile(SMPL22.rest_joints[0], (3, 1)))
    posed, _ = posed_bones(rig, retarget(motion, rig))
    ends = [SMPL22.rest_joints[JOINT_NAMES.index(f"left_{name}")] for name in ("shoulder", "elbow", "wrist")]
    forearm, upper = ((b - a) / np.linalg.norm(b - a) for a, b in ((ends[1], ends[2]), (ends[0], ends[1])))
    # The forearm is not quite along X, so a turn of the hand about X is not all twist.
    whole = twist_degrees(rig, posed, "left_wrist", "left_elbow", forearm)
    np.testing.assert_allclose(whole[:2], [80, -60], atol=3)
    np.testing.assert_allclose(twist_degrees(rig, posed, "elbow_twist", "left_elbow", forearm), whole / 2, atol=1e-3)
    of_arm = twist_degrees(rig, posed, "shoulder_twist", "left_collar", upper)
    at_start = twist_degrees(rig, posed, "left_shoulder", "left_collar", upper)
    if inserted:
        np.testing.assert_allclose(of_arm[:2], [40, -50], atol=3)
        np.testing.assert_allclose(at_start, of_arm / 2, atol=0.1)
    else:
        np.testing.assert_allclose(at_start[:2], [40, -50], atol=3)
        np.testing.assert_allclose(of_arm, at_start / 2, atol=0.1)
    chain = tuple(JOINT_NAMES.index(f"left_{name}") for name in ("shoulder", "elbow", "wrist"))
    heads = bone_heads(rig, retarget(motion, rig))[:, [rig.bone_indices[JOINT_NAMES[joint]] for joint in chain]]
    np.testing.assert_allclose(directions(heads, (0, 1, 2)), directions(motion.joints(), chain), atol=1e-5)


def test_a_twist_past_half_a_turn_does_not_jump() -> None:
    rig = twisting_rig(inserted=True)
    turn = np.zeros((40, 22, 3))
    turn[:, JOINT_NAMES.index("left_wrist"), 0] = np.linspace(0, 1.5 * np.pi, 40)
    motion = Motion(axis_angle_to_quaternion(turn), np.tile(SMPL22.rest_joints[0], (40, 1)))
    posed, _ = posed_bones(rig, retarget(motion, rig))
    between = posed[:, rig.bone_indices["elbow_twist"]]
    assert rotation_error_degrees(between[1:], between[:-1]).max() < 5


def test_hands_with_fingers_lie_as_the_motions_do() -> None:
    """Knuckles along the hand and the palm where it is, however hand and palm rest."""
    rng = np.random.default_rng(4)
    plain = a_rig(other_proportions(arms_down=0.7))
    wrist = plain.bone_indices["left_wrist"]
    rests = quaternion_multiply(axis_angle_to_quaternion(rng.normal(size=3)), np.array([1.0, 0, 0, 0]))
    along, across = quaternion_apply(rests, np.array([[0.09, 0, 0], [0.0, 0, -0.05]]))
    hand = Hand(plain.bones[wrist].head + along, across)
    rig = RigDescription(plain.bones, EVERY_JOINT, hands={"left_wrist": hand})
    motion = a_motion()
    posed, _ = posed_bones(rig, retarget(motion, rig))
    turned_by = turned_from_rest(rig, posed)[:, wrist]
    turns = motion.global_rotations()[:, JOINT_NAMES.index("left_wrist")].astype(np.float64)
    for rests_at, lies in ((along / 0.09, np.array([1.0, 0, 0])), (across / 0.05, np.array([0, 0, -1.0]))):
        np.testing.assert_allclose(quaternion_apply(turned_by, rests_at), quaternion_apply(turns, lies), atol=1e-5)


def test_toes_beside_the_mapped_one_turn_with_it() -> None:
    plain = a_rig()
    other = RigBone(
        "toe2", "left_ankle", np.array([0.1, 0.03, 0.1]), np.array([0.1, 0.03, 0.2]), np.array([1.0, 0, 0, 0])
    )
    rig = RigDescription((*plain.bones, other), EVERY_JOINT, followers={"toe2": "left_foot"})
    posed, _ = posed_bones(rig, retarget(a_motion(), rig))
    turns = turned_from_rest(rig, posed)
    toes = turns[:, rig.bone_indices["toe2"]], turns[:, rig.bone_indices["left_foot"]]
    assert rotation_error_degrees(*toes).max() < 1e-4


def test_bones_that_do_not_inherit_rotation_come_to_lie_the_same() -> None:
    plain = a_rig(other_proportions(arms_down=0.4))
    loose = tuple(
        replace(bone, inherits_rotation=bone.name not in ("left_elbow", "neck", "right_hip")) for bone in plain.bones
    )
    rig = RigDescription(loose, EVERY_JOINT)
    motion = a_motion()
    np.testing.assert_allclose(
        bone_heads(rig, retarget(motion, rig)), bone_heads(plain, retarget(motion, plain)), atol=1e-9
    )
    local = retarget(motion, rig).rotations[:, rig.posed_bones.index(rig.bone_indices["left_elbow"])]
    assert rotation_error_degrees(local, retarget(motion, plain).rotations[:, 18]).max() > 1


@pytest.mark.parametrize(
    "rig",
    [
        a_rig(),
        turned(a_rig(other_proportions(0.8, 0.2)), axis_angle_to_quaternion(np.array([-np.pi / 2, 0, 0])), 100.0),
        twisting_rig(inserted=True),
        twisting_rig(inserted=False),
        with_finger_and_root({name: name for name in JOINT_NAMES if name not in ("spine2", "left_foot", "neck")}),
    ],
)
def test_what_a_rig_shows_is_read_back_and_shown_again(rig: RigDescription) -> None:
    pose = retarget(a_motion(), rig)
    again = retarget(motion_from_rig(rig, *posed_bones(rig, pose)), rig)
    assert rotation_error_degrees(pose.rotations, again.rotations).max() < 1e-3
    np.testing.assert_allclose(again.root_location, pose.root_location, atol=1e-4)


def test_the_motion_of_a_rig_like_the_reference_is_the_motion() -> None:
    motion = a_motion()
    read = motion_from_rig(a_rig(), *posed_bones(a_rig(), retarget(motion, a_rig())), fps=30.0)
    np.testing.assert_allclose(read.joints(), motion.joints(), atol=1e-6)
    assert read.fps == 30.0


def test_a_rig_of_few_bones_is_posed_as_far_as_it_goes() -> None:
    rig = a_rig(mapping={name: name for name in ("pelvis", "left_shoulder", "left_elbow")})
    pose = retarget(a_motion(), rig)
    heads = bone_heads(rig, pose)
    chain = (JOINT_NAMES.index("left_shoulder"), JOINT_NAMES.index("left_elbow"))
    np.testing.assert_allclose(directions(heads, chain), directions(a_motion().joints(), chain), atol=1e-5)


def test_quaternions_do_not_flip_sign_between_frames() -> None:
    spin = np.zeros((60, 22, 3))
    spin[:, 0, 1] = np.linspace(0, 4 * np.pi, 60)
    motion = Motion(axis_angle_to_quaternion(spin), np.tile(SMPL22.rest_joints[0], (60, 1)))
    rotations = retarget(motion, a_rig()).rotations
    assert all(((after * before).sum(-1) > 0.9).all() for before, after in pairwise(rotations))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda bones: (bones, {**EVERY_JOINT, "tail": "pelvis"}), "no joint named 'tail'"),
        (lambda bones: (bones, {**EVERY_JOINT, "head": "antlers"}), "'antlers'"),
        (lambda bones: (bones, {**EVERY_JOINT, "head": "neck"}), "same bone"),
        (lambda bones: (bones, {"head": "head"}), "pelvis"),
        (lambda bones: (bones, {"head": "pelvis", "pelvis": "head"}), "above the pelvis"),
        (lambda bones: (bones[::-1], EVERY_JOINT), "parents first"),
        (lambda bones: ((*bones, bones[-1]), EVERY_JOINT), "unique"),
        (
            lambda bones: (
                (*bones, RigBone("x", None, np.full(3, np.nan), np.zeros(3), np.array([1.0, 0, 0, 0]))),
                EVERY_JOINT,
            ),
            "head of bone 'x'",
        ),
    ],
)
def test_a_wrong_description_is_refused_with_the_reason(change: object, words: str) -> None:
    bones, mapping = change(a_rig().bones)  # type: ignore[operator]
    with pytest.raises(ValueError, match=words):
        RigDescription(bones, mapping)

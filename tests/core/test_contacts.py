# SPDX-License-Identifier: GPL-3.0-or-later
"""Contacts are kept on rigs of other proportions: hands on the body, the floor and each other, feet on the floor."""

from __future__ import annotations

import numpy as np
import pytest

from blender_addon.core.anatomy import JOINT_RADII
from blender_addon.core.contacts import KeepContacts, contact_misses
from blender_addon.core.limb_ik import reach
from blender_addon.core.motion import Motion
from blender_addon.core.rest_pose import rest_pose
from blender_addon.core.retargeting import bone_heads, posed_bones, retarget
from blender_addon.core.rig import RigDescription
from blender_addon.core.rotation import (
    axis_angle_to_quaternion,
    quaternion_apply,
    quaternion_between,
    quaternion_conjugate,
    quaternion_multiply,
)
from blender_addon.core.skeleton import JOINT_NAMES, PARENTS, SMPL22
from tests.core.bodies import rotation_error_degrees
from tests.core.test_retargeting import EVERY_JOINT, a_motion, a_rig, other_proportions

HAND = 0.09
SIDES = ("left", "right")


def index(name: str) -> int:
    return JOINT_NAMES.index(name)


def standing(**turns: tuple[float, float, float]) -> Motion:
    """The T-pose with some joints turned, axis times degrees."""
    rotations = np.zeros((1, 22, 3))
    for name, turn in turns.items():
        rotations[0, index(name)] = np.radians(turn)
    return Motion(axis_angle_to_quaternion(rotations), SMPL22.rest_joints[:1])


def bent(motion: Motion, limb: tuple[str, str, str], aim: np.ndarray, end: np.ndarray | None = None) -> Motion:
    """The same, with a limb bent so that its end comes to a point (3,) or path (F, 3), and turned there as `end`."""
    turns, joints = motion.global_rotations().astype(np.float64), motion.joints().astype(np.float64)
    a, b, c = map(index, limb)
    hinge = [1.0, 0, 0] if limb[1].endswith("knee") else [0, -1.0 if limb[1].startswith("left") else 1.0, 0]
    aims = np.broadcast_to(aim, joints[:, c].shape)
    reached = reach(joints[:, a], joints[:, b], joints[:, c], aims, np.tile(hinge, (len(joints), 1)))
    turns[:, a], turns[:, b] = reached.turned_start(turns[:, a]), reached.turned_middle(turns[:, b])
    if end is not None:
        turns[:, c] = end
    foot = [child for child, parent in enumerate(PARENTS) if parent == c]
    turns[:, foot] = turns[:, [c]] if foot else turns[:, foot]
    local = turns.copy()
    for joint, parent in enumerate(PARENTS[1:], start=1):
        local[:, joint] = quaternion_multiply(quaternion_conjugate(turns[:, parent]), turns[:, joint])
    return Motion(local, motion.root_translation, motion.fps)


def touching(motion: Motion, side: str, point: np.ndarray, along: tuple[float, float, float]) -> Motion:
    """The same, with the knuckles of a hand at a point and the hand in a direction."""
    way = np.array(along) / np.linalg.norm(along)
    turn = quaternion_between(np.array([1.0 if side == "left" else -1.0, 0, 0]), way)
    limb = (f"{side}_shoulder", f"{side}_elbow", f"{side}_wrist")
    return bent(motion, limb, point - HAND * way, turn)


def hands(joints: np.ndarray, turns: np.ndarray, scale: float = 1.0) -> list[np.ndarray]:
    """(F, 3) the knuckles of both hands."""
    ways = (np.array([1.0, 0, 0]), np.array([-1.0, 0, 0]))
    return [
        joints[:, index(f"{side}_wrist")] + scale * HAND * quaternion_apply(turns[:, index(f"{side}_wrist")], way)
        for side, way in zip(SIDES, ways, strict=True)
    ]


def scale_of(joints: np.ndarray) -> float:
    legs = [index(f"{side}_{name}") for side in SIDES for name in ("knee", "ankle")]
    lengths = np.linalg.norm(joints[legs] - joints[[PARENTS[joint] for joint in legs]], axis=-1)
    return float(lengths.sum() / SMPL22.bone_lengths[legs].sum())


def other_rig(seed: int) -> tuple[RigDescription, np.ndarray]:
    """A rig whose bones are up to a fifth longer or shorter, alike on both sides; and its rest joints."""
    offsets = SMPL22.offsets * np.random.default_rng(seed).uniform(0.85, 1.2, (22, 1))
    for name in JOINT_NAMES:
        if name.startswith("right_"):
            offsets[index(name)] = offsets[index(name.replace("right_", "left_"))] * (-1, 1, 1)
    joints = np.zeros((22, 3))
    for joint, parent in enumerate(PARENTS):
        joints[joint] = offsets[joint] + (joints[parent] if parent >= 0 else 0)
    joints[:, 1] -= joints[index("left_foot"), 1] - SMPL22.rest_joints[index("left_foot"), 1]
    return a_rig(joints), joints


def praying() -> Motion:
    """The T-pose with the hands together before the chest."""
    motion = touching(standing(), "left", np.array([0.025, 1.3, 0.25]), (0.0, 1.0, 0.2))
    return touching(motion, "right", np.array([-0.025, 1.3, 0.25]), (0.0, 1.0, 0.2))


@pytest.mark.parametrize("seed", range(5))
def test_hands_that_meet_meet_on_other_rigs(seed: int) -> None:
    motion = praying()
    rig, joints = other_rig(seed)
    source = hands(motion.joints().astype(np.float64), motion.global_rotations().astype(np.float64))
    np.testing.assert_allclose(source[0] - source[1], [[0.05, 0, 0]], atol=0.002)
    for contacts, kept in ((KeepContacts(), True), (None, False)):
        pose = retarget(motion, rig, contacts)
        shown = hands(bone_heads(rig, pose), turned_by(rig, pose), scale_of(joints))
        miss = np.linalg.norm(shown[0] - shown[1] - scale_of(joints) * (source[0] - source[1]))
        assert (miss < 0.01) == kept


def turned_by(rig: RigDescription, pose: object) -> np.ndarray:
    rotations, _ = posed_bones(rig, pose)  # type: ignore[arg-type]
    rest = np.array([bone.rest_rotation for bone in rig.bones])
    return quaternion_multiply(rotations, quaternion_conjugate(rest))


@pytest.mark.parametrize("seed", range(5))
def test_a_hand_on_the_head_stays_on_it(seed: int) -> None:
    head = SMPL22.rest_joints[index("head")]
    motion = touching(
        standing(right_shoulder=(0, 0, 60)), "left", head + np.array([0.115, 0.06, 0.02]), (-0.4, 0.9, 0.0)
    )
    rig, joints = other_rig(seed)
    scale = scale_of(joints)
    source = hands(motion.joints().astype(np.float64), motion.global_rotations().astype(np.float64))[0]
    away = source - motion.joints()[:, index("head")]
    for contacts, kept in ((KeepContacts(), True), (None, False)):
        pose = retarget(motion, rig, contacts)
        shown = bone_heads(rig, pose)
        ours = hands(shown, turned_by(rig, pose), scale)[0] - shown[:, index("head")]
        assert (np.linalg.norm(ours - scale * away) < 0.02) == kept
        # The other hand touches nothing and keeps its direction.
        chain = [index(f"right_{name}") for name in ("shoulder", "elbow", "wrist")]
        theirs, here = (np.diff(there[:, chain], axis=1)[0] for there in (motion.joints(), shown))
        cosine = (theirs * here).sum(-1) / np.linalg.norm(theirs, axis=-1) / np.linalg.norm(here, axis=-1)
        assert np.degrees(np.arccos(np.clip(cosine, -1, 1))).max() < 0.1


def hand_on_hand_on_a_knee() -> Motion:
    """Sitting, bent forward, the left hand flat on the left knee and the right hand on it."""
    motion = standing(
        left_hip=(-90, 0, 0), right_hip=(-90, 0, 0), left_knee=(90, 0, 0), right_knee=(90, 0, 0), spine1=(15, 0, 0)
    )
    knee = motion.joints()[0, index("left_knee")]
    motion = touching(motion, "left", knee + np.array([0, 0.08, -0.06]), (0.0, 0.0, 1.0))
    return touching(motion, "right", knee + np.array([0, 0.11, -0.06]), (0.0, 0.0, 1.0))


def test_a_hand_on_a_hand_slips_along_where_an_arm_is_short() -> None:
    motion = hand_on_hand_on_a_knee()
    joints = motion.joints()[0].astype(np.float64)
    source = hands(motion.joints().astype(np.float64), motion.global_rotations().astype(np.float64))
    # The arm below is short, the one on top is not.
    rest = SMPL22.rest_joints.copy()
    rest[index("left_elbow")] += 0.35 * (rest[index("left_shoulder")] - rest[index("left_elbow")])
    rest[index("left_wrist")] = rest[index("left_elbow")] + 0.65 * SMPL22.offsets[index("left_wrist")]
    rig = a_rig(rest)
    pose = retarget(motion, rig, KeepContacts())
    heads = bone_heads(rig, pose)
    left, right = hands(heads, turned_by(rig, pose))
    along = heads[0, index("left_knee")] - heads[0, index("left_hip")]
    along /= np.linalg.norm(along)

    def over_knee(hand: np.ndarray, body: np.ndarray) -> np.ndarray:
        return (hand - body[index("left_knee")])[0]

    for hand, asked in zip((left, right), source, strict=True):
        moved = over_knee(hand, heads[0]) - over_knee(asked, joints)
        slip = moved @ along
        assert -0.12 < slip < -0.03
        assert np.linalg.norm(moved - slip * along) < 0.015
    np.testing.assert_allclose(right - left, source[1] - source[0], atol=0.002)
    shown = turned_by(rig, pose)
    misses = contact_misses(rest_pose(rig, SMPL22), motion.joints(), motion.global_rotations(), shown, heads)
    assert misses.max() < 0.01  # the hand on top has not lost the knee, it went along


def stride() -> Motion:
    """One foot before the other, both flat on the floor."""
    path = SMPL22.rest_joints[:1] - [0, 0.10, 0]
    motion = Motion(standing().local_rotations, path)
    for side, way in (("left", 0.3), ("right", -0.3)):
        ankle = SMPL22.rest_joints[index(f"{side}_ankle")] + [0, 0, way]
        motion = bent(motion, (f"{side}_hip", f"{side}_knee", f"{side}_ankle"), ankle)
    return motion


def foot_clearances(rest: np.ndarray, heads: np.ndarray) -> list[float]:
    """How high the sole of each foot of a rig is over its floor, for rest joints and posed heads (22, 3)."""
    clearances = []
    for side in SIDES:
        points = [index(f"{side}_{name}") for name in ("ankle", "foot")]
        below = rest[points, 1] - scale_of(rest) * (SMPL22.rest_joints[points, 1] - JOINT_RADII[points])
        clearances.append(float((heads[points, 1] - below).min()))
    return clearances


@pytest.mark.parametrize("seed", range(5))
def test_both_feet_stand_on_the_floor_in_a_stride(seed: int) -> None:
    """With other thighs than shins the two feet of a stride would end at different heights."""
    motion = stride()
    rig, rest = other_rig(seed)
    source = foot_clearances(SMPL22.rest_joints, motion.joints()[0].astype(np.float64))
    assert max(np.abs(source)) < 0.005
    shown = foot_clearances(rest, bone_heads(rig, retarget(motion, rig, KeepContacts()))[0])
    np.testing.assert_allclose(shown, scale_of(rest) * np.array(source), atol=0.002)
    without = foot_clearances(rest, bone_heads(rig, retarget(motion, rig))[0])
    assert np.abs(np.subtract(without, shown)).max() > 0.002


def walking(num_frames: int = 60, fps: float = 30.0) -> tuple[Motion, np.ndarray]:
    """Steps forward whose feet stand still; and which foot stands (F, 2)."""
    frames = np.arange(num_frames)
    period, length = 30, 0.6
    path = np.tile(SMPL22.rest_joints[0] - [0, 0.06, 0], (num_frames, 1))
    path[:, 2] += length * frames / period
    motion = Motion(np.tile([1.0, 0, 0, 0], (num_frames, 22, 1)), path, fps)
    stands = np.zeros((num_frames, 2), dtype=bool)
    for number, side in enumerate(SIDES):
        phase = (frames + number * period / 2) % period / period
        steps = (frames + number * period / 2) // period
        stands[:, number] = phase < 0.6
        swing = np.clip((phase - 0.6) / 0.4, 0, 1)
        aim = np.tile(SMPL22.rest_joints[index(f"{side}_ankle")], (num_frames, 1))
        aim[:, 2] += length * (steps + swing**2 * (3 - 2 * swing) - 0.5 * number) + 0.2 * length
        aim[:, 1] += 0.12 * np.sin(np.pi * swing)
        motion = bent(motion, (f"{side}_hip", f"{side}_knee", f"{side}_ankle"), aim)
    return motion, stands


@pytest.mark.parametrize("seed", range(4))
def test_feet_that_stand_do_not_slide(seed: int) -> None:
    motion, stands = walking()
    rig, _ = other_rig(seed)
    kept = bone_heads(rig, retarget(motion, rig, KeepContacts()))
    slid = bone_heads(rig, retarget(motion, rig))

    def slide(joints: np.ndarray) -> float:
        """The furthest an ankle wanders in one stand, but for the stand's first and last frames."""
        most = 0.0
        for number, side in enumerate(SIDES):
            standing_frames = np.flatnonzero(stands[:, number])
            for run in np.split(standing_frames, np.flatnonzero(np.diff(standing_frames) > 1) + 1):
                place = joints[run[2:-2], index(f"{side}_ankle")][:, [0, 2]]
                if len(place):
                    most = max(most, float(np.ptp(place, axis=0).max()))
        return most

    assert slide(motion.joints().astype(np.float64)) < 0.002
    assert slide(kept) < 0.005
    assert slide(kept) < slide(slid)
    # Nothing jumps: no joint is much quicker than in the motion without contacts.
    assert np.abs(np.diff(kept, axis=0)).max() < 1.5 * np.abs(np.diff(slid, axis=0)).max()


def test_lengths_stay_the_rigs_own() -> None:
    joints = other_proportions(arms_down=0.8)
    rig = a_rig(joints)
    heads = bone_heads(rig, retarget(a_motion(20), rig, KeepContacts()))
    parents = list(PARENTS[1:])
    posed = np.linalg.norm(heads[:, 1:] - heads[:, parents], axis=-1)
    rest = np.linalg.norm(joints[1:] - joints[parents], axis=-1)
    np.testing.assert_allclose(posed, np.broadcast_to(rest, posed.shape), rtol=1e-9)


def test_on_a_rig_like_the_reference_nothing_changes() -> None:
    for motion in (praying(), a_motion(10), walking()[0]):
        with_contacts, without = retarget(motion, a_rig(), KeepContacts()), retarget(motion, a_rig())
        assert rotation_error_degrees(with_contacts.rotations, without.rotations).max() < 0.5


def test_each_kind_can_be_left_out() -> None:
    rig, _ = other_rig(1)
    arms = [index(f"{side}_{name}") for side in SIDES for name in ("shoulder", "elbow")]
    legs = [index(f"{side}_{name}") for side in SIDES for name in ("hip", "knee")]
    motion = praying()
    plain = retarget(motion, rig)
    only_feet = retarget(motion, rig, KeepContacts(hands=False))
    only_hands = retarget(motion, rig, KeepContacts(feet=False))
    neither = retarget(motion, rig, KeepContacts(False, False))
    assert rotation_error_degrees(only_feet.rotations, plain.rotations)[:, arms].max() < 1e-6
    assert rotation_error_degrees(only_hands.rotations, plain.rotations)[:, legs].max() < 1e-6
    assert rotation_error_degrees(neither.rotations, plain.rotations).max() < 1e-6


def test_a_rig_without_arms_or_spine_bones_keeps_what_it_can() -> None:
    mapping = {name: name for name in EVERY_JOINT if not name.startswith(("left_elbow", "spine", "neck", "head"))}
    rig = a_rig(other_proportions(), mapping=mapping)
    pose = retarget(praying(), rig, KeepContacts())
    assert np.isfinite(pose.rotations).all()
    assert np.isfinite(pose.root_location).all()


def test_a_hand_that_comes_near_and_leaves_moves_smoothly() -> None:
    """It is drawn to the head little by little."""
    rig, _ = other_rig(3)
    place = SMPL22.rest_joints[index("head")] + [0.115, 0.06, 0.02]
    frames = [
        touching(standing(), "left", place + np.array([away, 0, 0]), (-0.4, 0.9, 0.0))
        for away in np.concatenate([np.linspace(0.3, 0.0, 40), np.linspace(0.0, 0.3, 40)])
    ]
    motion = Motion(
        np.concatenate([one.local_rotations for one in frames]),
        np.concatenate([one.root_translation for one in frames]),
        30.0,
    )
    heads = bone_heads(rig, retarget(motion, rig, KeepContacts()))
    steps = np.linalg.norm(np.diff(heads[:, index("left_wrist")], axis=0), axis=-1)
    assert steps.max() < 0.03

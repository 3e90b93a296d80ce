# SPDX-License-Identifier: GPL-3.0-or-later
"""BVH files: what is written is read back, foreign files become motions whatever their axes, unit and names."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from blender_addon.core.bvh import BvhClip, motion_from_bvh, read_bvh, write_bvh
from blender_addon.core.kinematics import forward_kinematics, global_to_local, local_to_global
from blender_addon.core.motion import Motion
from blender_addon.core.naming import match_joints
from blender_addon.core.rotation import (
    axis_angle_to_quaternion,
    matrix_to_quaternion,
    quaternion_apply,
    quaternion_conjugate,
    quaternion_multiply,
)
from blender_addon.core.skeleton import JOINT_NAMES, PARENTS, SMPL22
from tests.core.bodies import bent_motion, rotation_error_degrees

TWO_BONES = """HIERARCHY
ROOT Hips
{{
  OFFSET 1.0 2.0 3.0
  CHANNELS 6 Zposition Xposition Yposition {order}
  JOINT Upper Arm
  {{
    OFFSET 0 10 0
    CHANNELS 3 {order}
    End Site
    {{
      OFFSET 0 5 0
    }}
  }}
}}
MOTION
Frames: 2
Frame Time: 0.0083333
3 1 2 0 0 0 0 0 0
30 10 20 20 -35 50 90 0 0
"""


def clip_of(motion: Motion, names: tuple[str, ...] = JOINT_NAMES) -> BvhClip:
    return BvhClip(
        names, PARENTS, SMPL22.offsets, motion.local_rotations.astype(np.float64), motion.root_translation, motion.fps
    )


def same_motion(a: Motion, b: Motion, degrees: float = 1e-3) -> None:
    np.testing.assert_allclose(a.root_translation, b.root_translation, atol=1e-5)
    error = rotation_error_degrees(a.local_rotations.astype(np.float64), b.local_rotations.astype(np.float64))
    assert error.max() < degrees, dict(zip(JOINT_NAMES, error.max(0).round(4), strict=True))


@pytest.mark.parametrize("bend", [0.3, 1.5, 3.0])
def test_written_motions_are_read_back(tmp_path: Path, bend: float) -> None:
    motion = bent_motion(10, bend=bend, fps=30)
    write_bvh(motion, tmp_path / "walk.bvh")
    clip = read_bvh(tmp_path / "walk.bvh")
    assert set(clip.names) == set(JOINT_NAMES) and clip.fps == 30
    order = [clip.names.index(name) for name in JOINT_NAMES]
    np.testing.assert_allclose(clip.offsets[order][1:], SMPL22.offsets[1:] * 100, atol=1e-5)
    np.testing.assert_allclose(clip.positions, motion.root_translation * 100, atol=1e-4)
    same_motion(motion_from_bvh(tmp_path / "walk.bvh"), motion)
    assert [file.name for file in tmp_path.iterdir()] == ["walk.bvh"]


def test_gimbal_lock_is_written_exactly(tmp_path: Path) -> None:
    rotations = np.zeros((3, 22, 4))
    rotations[..., 0] = 1
    quarter = axis_angle_to_quaternion([0.0, np.pi / 2, 0.0])
    for index, other in enumerate(([0.0, 0, 0], [0.4, 0, 0], [0, 0, -0.7])):
        rotations[index, 16] = quaternion_multiply(quarter, axis_angle_to_quaternion(other))
        rotations[index, 17] = quaternion_conjugate(rotations[index, 16])
    motion = Motion(rotations, np.zeros((3, 3)))
    write_bvh(motion, tmp_path / "lock.bvh")
    same_motion(motion_from_bvh(tmp_path / "lock.bvh"), motion)


def test_written_angles_do_not_jump_by_whole_turns(tmp_path: Path) -> None:
    rotations = np.zeros((40, 22, 4))
    rotations[..., 0] = 1
    rotations[:, 0] = axis_angle_to_quaternion(np.linspace(0, 12, 40)[:, None] * [0, 0, 1])
    write_bvh(Motion(rotations, np.zeros((40, 3))), tmp_path / "spin.bvh")
    lines = (tmp_path / "spin.bvh").read_text().splitlines()[-40:]
    turns = np.array([float(line.split()[3]) for line in lines])
    np.testing.assert_allclose(np.diff(turns), np.degrees(12 / 39), atol=1e-3)


@pytest.mark.parametrize("order", ["ZXY", "XYZ", "YXZ", "ZYX", "XZY", "YZX"])
def test_any_channel_order(tmp_path: Path, order: str) -> None:
    path = tmp_path / "arm.bvh"
    path.write_text(TWO_BONES.format(order=" ".join(f"{axis}rotation" for axis in order)))
    clip = read_bvh(path)
    assert clip.names == ("Hips", "Upper_Arm") and clip.parents == (-1, 0) and clip.fps == 120
    np.testing.assert_allclose(clip.positions, [[1, 2, 3], [10, 20, 30]])
    np.testing.assert_allclose(clip.offsets, [[1, 2, 3], [0, 10, 0]])
    axes = {"X": np.eye(3)[0], "Y": np.eye(3)[1], "Z": np.eye(3)[2]}
    expected = np.array([1.0, 0, 0, 0])
    for axis, degrees in zip(order, (20, -35, 50), strict=True):
        expected = quaternion_multiply(expected, axis_angle_to_quaternion(np.radians(degrees) * axes[axis]))
    assert rotation_error_degrees(clip.rotations[1, 0], expected) < 1e-9
    first = axis_angle_to_quaternion(np.pi / 2 * axes[order[0]])
    assert rotation_error_degrees(clip.rotations[1, 1], first) < 1e-9


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("HIERARCHY", "HIERARCHIE", "HIERARCHY"),
        ("MOTION", "MOTIONS", "MOTION"),
        ("Frames: 2", "Frames: 3", "3 frames of 9 channels"),
        ("Frames: 2", "Frames: two", "two"),
        ("0.0083333", "0", "frame time"),
        ("30 10 20", "30 10 nan", "usable number"),
        ("30 10 20", "30 10 x", "could not convert"),
        ("Zposition", "Qposition", "Qposition"),
        ("OFFSET 0 10 0", "OFFSET 0 10 0 1", "unexpected '1'"),
        ("}}\nMOTION", "\nMOTION", "brace"),
        ("JOINT Upper", "ROOT Upper", "wrong place"),
    ],
)
def test_broken_files_are_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    text = TWO_BONES.format(order="Zrotation Xrotation Yrotation")
    old = old.replace("}}", "}")
    assert old in text
    path = tmp_path / "broken.bvh"
    path.write_text(text.replace(old, new))
    with pytest.raises(ValueError, match=message) as failure:
        read_bvh(path)
    assert "broken.bvh" in str(failure.value)


def test_a_file_that_ends_early_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cut.bvh"
    path.write_text(TWO_BONES.format(order="Zrotation Xrotation Yrotation").split("0.0083333")[0])
    with pytest.raises(ValueError, match=r"cut\.bvh.*ends too early"):
        read_bvh(path)


QUARTER_TURNS = {
    "z up, facing -y": [[1, 0, 0], [0, 0, -1], [0, 1, 0]],
    "z up, facing +y": [[-1, 0, 0], [0, 0, 1], [0, 1, 0]],
    "z up, facing +x": [[0, 0, 1], [1, 0, 0], [0, 1, 0]],
    "y up, facing -z": [[-1, 0, 0], [0, 1, 0], [0, 0, -1]],
}


@pytest.mark.parametrize("axes", QUARTER_TURNS.values(), ids=QUARTER_TURNS.keys())
@pytest.mark.parametrize("unit", [1.0, 100.0, 39.37])
def test_axes_and_unit_are_found(axes: list[list[int]], unit: float) -> None:
    """Each column is where one of our axes points in the file."""
    change = matrix_to_quaternion(np.array(axes))
    motion = bent_motion(6, bend=0.5)
    globals_ = local_to_global(motion.local_rotations.astype(np.float64), PARENTS)
    turned = quaternion_multiply(quaternion_multiply(change, globals_), quaternion_conjugate(change))
    clip = BvhClip(
        JOINT_NAMES,
        PARENTS,
        quaternion_apply(change, SMPL22.offsets) * unit,
        global_to_local(turned, PARENTS),
        quaternion_apply(change, motion.root_translation) * unit,
        20.0,
    )
    same_motion(motion_from_bvh(clip), motion)


def test_a_zero_pose_with_arms_down_and_legs_apart_is_turned_to_the_t_pose() -> None:
    """The clip's zero pose is posed; its rotations are relative to that. Swings only, so no twist is in question."""
    zero = np.zeros((22, 4))
    zero[:, 0] = 1
    for side, sign in (("left", 1), ("right", -1)):
        zero[SMPL22.index(f"{side}_shoulder")] = axis_angle_to_quaternion(np.radians([0, 0, -sign * 60]))
        zero[SMPL22.index(f"{side}_hip")] = axis_angle_to_quaternion(np.radians([0, 0, sign * 15]))
    zero_globals = local_to_global(zero, PARENTS)
    zero_joints = forward_kinematics(zero, np.zeros(3), SMPL22)
    offsets = zero_joints.copy()
    offsets[1:] -= zero_joints[list(PARENTS[1:])]

    motion = bent_motion(6, bend=0.5)
    posed = local_to_global(motion.local_rotations.astype(np.float64), PARENTS)
    relative = quaternion_multiply(posed, quaternion_conjugate(zero_globals))
    clip = BvhClip(
        JOINT_NAMES, PARENTS, offsets, global_to_local(relative, PARENTS), motion.root_translation, motion.fps
    )
    rebuilt = motion_from_bvh(clip)
    np.testing.assert_allclose(rebuilt.joints(), motion.joints(), atol=1e-5)
    middle = rotation_error_degrees(rebuilt.local_rotations[:, 16].astype(np.float64), motion.local_rotations[:, 16])
    # The rest thigh leans forward, so the smallest swing sideways is not quite about Z; arms lie on X exactly.
    assert middle.max() < 1e-3


MIXAMO = {
    "pelvis": "mixamorig:Hips", "spine1": "mixamorig:Spine", "spine2": "mixamorig:Spine1", "spine3": "mixamorig:Spine2",
    "neck": "mixamorig:Neck", "head": "mixamorig:Head", "left_hip": "mixamorig:LeftUpLeg",
    "left_knee": "mixamorig:LeftLeg", "left_ankle": "mixamorig:LeftFoot", "left_foot": "mixamorig:LeftToeBase",
    "left_collar": "mixamorig:LeftShoulder", "left_shoulder": "mixamorig:LeftArm",
    "left_elbow": "mixamorig:LeftForeArm", "left_wrist": "mixamorig:LeftHand",
}  # fmt: skip
DAZ = {
    "pelvis": "hip", "spine1": "abdomen", "spine3": "chest", "neck": "neck", "head": "head", "left_hip": "lThigh",
    "left_knee": "lShin", "left_ankle": "lFoot", "left_collar": "lCollar", "left_shoulder": "lShldr",
    "left_elbow": "lForeArm", "left_wrist": "lHand",
}  # fmt: skip
UNREAL = {
    "pelvis": "pelvis", "spine1": "spine_01", "spine2": "spine_02", "spine3": "spine_03", "neck": "neck_01",
    "head": "head", "left_hip": "thigh_l", "left_knee": "calf_l", "left_ankle": "foot_l", "left_foot": "ball_l",
    "left_collar": "clavicle_l", "left_shoulder": "upperarm_l", "left_elbow": "lowerarm_l", "left_wrist": "hand_l",
}  # fmt: skip
CMU = {joint: name.split(":")[1] for joint, name in MIXAMO.items()} | {
    "spine1": "LowerBack", "spine2": "Spine", "spine3": "Spine1",
}  # fmt: skip
SMPL_FBX = {
    "pelvis": "m_avg_Pelvis", "spine1": "m_avg_Spine1", "spine2": "m_avg_Spine2", "spine3": "m_avg_Spine3",
    "neck": "m_avg_Neck", "head": "m_avg_Head",
} | {
    f"left_{name}": f"m_avg_L_{name.capitalize()}"
    for name in ("hip", "knee", "ankle", "foot", "collar", "shoulder", "elbow", "wrist")
}  # fmt: skip


def both_sides(names: dict[str, str]) -> dict[str, str]:
    def right(name: str) -> str:
        for old, new in (("Left", "Right"), ("_L_", "_R_"), ("_l", "_r"), ("l", "r")):
            if old in name and (old != "l" or name.startswith("l")):
                return name.replace(old, new, 1) if old != "_l" else name[:-2] + "_r"
        raise AssertionError(name)

    return names | {
        joint.replace("left_", "right_"): right(name) for joint, name in names.items() if joint.startswith("left_")
    }


@pytest.mark.parametrize("family", [MIXAMO, DAZ, UNREAL, CMU, SMPL_FBX], ids=["mixamo", "daz", "unreal", "cmu", "smpl"])
def test_common_names_are_known(family: dict[str, str]) -> None:
    names = both_sides(family)
    others = ["Camera", "LeftHandIndex1", "LHipJoint", "lButtock", "Neck2"]
    assert match_joints([*others, *names.values()]) == names


def test_a_mixamo_file_is_that_motion() -> None:
    motion = bent_motion(5)
    names = both_sides(MIXAMO)
    same_motion(motion_from_bvh(clip_of(motion, tuple(names[joint] for joint in JOINT_NAMES))), motion)


def test_a_joint_map_overrides_names() -> None:
    motion = bent_motion(5)
    names = tuple(f"bone{index}" for index in range(22))
    clip = clip_of(motion, names)
    same_motion(motion_from_bvh(clip, dict(zip(JOINT_NAMES, names, strict=True))), motion)
    with pytest.raises(ValueError, match="no joint found for pelvis"):
        motion_from_bvh(clip)
    with pytest.raises(ValueError, match="bone99"):
        motion_from_bvh(clip, {"pelvis": "bone99"})
    with pytest.raises(ValueError, match="tail"):
        motion_from_bvh(clip, {"tail": "bone0"})


def test_missing_joints_are_named_and_optional_ones_follow_their_parent() -> None:
    motion = bent_motion(5)
    names = ["x" if joint == "left_knee" else joint for joint in JOINT_NAMES]
    with pytest.raises(ValueError, match="left_knee"):
        motion_from_bvh(clip_of(motion, tuple(names)))
    headless = tuple("x" if joint == "head" else joint for joint in JOINT_NAMES)
    rebuilt = motion_from_bvh(clip_of(motion, headless))
    np.testing.assert_allclose(np.abs(rebuilt.local_rotations[:, SMPL22.index("head"), 0]), 1, atol=1e-6)
    np.testing.assert_allclose(rebuilt.joints(), motion.joints(), atol=1e-5)


def test_a_lying_zero_pose_is_refused() -> None:
    clip = clip_of(bent_motion(2))
    flat = BvhClip(clip.names, clip.parents, clip.offsets * 0, clip.rotations, clip.positions, 20.0)
    with pytest.raises(ValueError, match="upright"):
        motion_from_bvh(flat)


def test_other_frame_rates_are_kept() -> None:
    motion = bent_motion(7, fps=120)
    assert motion_from_bvh(clip_of(motion)).fps == 120

# SPDX-License-Identifier: GPL-3.0-or-later
"""Rigs of many makes in a real Blender show varied poses: directions, contacts, lengths, and what is read back.

`python -m scripts.rig_errors` measures all of them with fifty poses; here each is tried with a few.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from blender_addon.core.motion import Motion
from blender_addon.core.skeleton import JOINT_NAMES, SMPL22

bpy = pytest.importorskip("bpy", reason="needs Blender as a module: pip install bpy")

from scripts.rig_errors import length_error, measure  # noqa: E402
from scripts.sample_rigs import (  # noqa: E402
    SAMPLES,
    build,
    control_rig,
    poses,
    renamed,
    smpl_table,
    split,
    tables,
    unreal_5,
    without,
)
from tests.core.test_contacts import walking  # noqa: E402

UNMAPPED = {"Spine of 2, no clavicles or toes": 5}
"""Joints without a bone; 0 of other rigs."""
GENERATED = [name for name in SAMPLES if "control rig" in name]
POSES = (*range(10), 16, 27)
"""Hands on knees, in prayer, on the head, and one on the other on a knee are among them."""
FEW_POSES = (0, 4, 27)
SLOW = [name for name in SAMPLES if name == "Blender's human metarig"]


@pytest.mark.parametrize("name", [name for name in SAMPLES if name not in SLOW])
def test_poses_land_as_asked(scene: Any, name: str) -> None:
    errors = measure(SAMPLES[name](), FEW_POSES if name in GENERATED else POSES)
    assert errors.num_mapped == len(JOINT_NAMES) - UNMAPPED.get(name, 0)
    assert errors.held == ()
    assert np.percentile(errors.directions, 95) < 1.0
    assert errors.contacts.max() < 0.02
    assert errors.lengths < 1e-4
    assert errors.round_trip.max() < 0.5


def test_what_each_rig_is_told_by(scene: Any) -> None:
    from blender_addon.armature import describe_rig

    told = {
        "SMPL-X": "SMPL",
        "Unreal 5, twist bones": "Unreal 5",
        "Auto-Rig Pro export": "Auto-Rig Pro (exported)",
        "Daz Genesis 8": "Daz Genesis 3 and 8",
        "Spine of 6": "VRM and Unity humanoid",
        "Nameless (mixamo)": "Shape",
    }
    assert {name: describe_rig(SAMPLES[name]())[1].family for name in told} == told


def test_bones_that_neither_inherit_rotation_nor_move_along_their_own_axes(scene: Any) -> None:
    plain, loose = build(tables()["mixamo"]), build(tables()["mixamo"])
    for name in ("mixamorig:LeftForeArm", "mixamorig:Neck", "mixamorig:RightLeg"):
        loose.data.bones[name].use_inherit_rotation = False
    loose.data.bones["mixamorig:Hips"].use_local_location = False
    assert shown(loose, poses()[30][1]) == pytest.approx(shown(plain, poses()[30][1]), abs=1e-4)


def shown(armature: Any, motion: Motion) -> np.ndarray:
    """All posed heads after applying a motion."""
    from blender_addon.armature import apply_motion

    apply_motion(armature, motion)
    bpy.context.view_layer.update()
    return np.array([bone.head for bone in armature.pose.bones])


def test_twist_bones_share_the_twist_and_reach_the_mesh(scene: Any) -> None:
    """The forearm's twist bones turn part of the way to the hand."""
    from blender_addon.armature import apply_motion, describe_rig

    armature = build(unreal_5())
    assert {"lowerarm_twist_01_l", "upperarm_twist_02_r"} <= set(describe_rig(armature)[0].twist_bones)
    turned = np.zeros((1, 22, 4))
    turned[..., 0] = 1
    turned[0, JOINT_NAMES.index("left_wrist")] = (np.cos(np.pi / 6), np.sin(np.pi / 6), 0, 0)
    before = Motion(np.tile([1.0, 0, 0, 0], (1, 22, 1)), SMPL22.rest_joints[:1])
    angles: dict[str, float] = {}
    for motion, sign in ((before, -1), (Motion(turned, SMPL22.rest_joints[:1]), 1)):
        apply_motion(armature, motion)
        for name in ("lowerarm_twist_01_l", "lowerarm_twist_02_l"):
            swing_free = armature.pose.bones[name].matrix_basis.to_quaternion()
            angle = 2 * np.degrees(np.arctan2(swing_free.y, swing_free.w))
            angles[name] = angles.get(name, 0.0) + sign * angle
    assert abs(angles["lowerarm_twist_01_l"]) == pytest.approx(0.7 * 60, abs=3)
    assert abs(angles["lowerarm_twist_02_l"]) == pytest.approx(0.35 * 60, abs=3)


def test_a_bone_an_artist_drives_is_reported(scene: Any) -> None:
    from blender_addon.armature import apply_motion

    armature = build(tables()["mixamo"])
    driver = armature.pose.bones["mixamorig:LeftForeArm"].driver_add("rotation_quaternion", 1).driver
    driver.expression = "0.7"
    assert "mixamorig:LeftHand" in apply_motion(armature, poses()[0][1]).held_bones
    assert apply_motion(armature, poses()[0][1], check=False).held_bones == ()


def test_a_root_that_is_turned_and_scaled_carries_the_pose(scene: Any) -> None:
    from blender_addon.armature import apply_motion, describe_rig, read_pose

    armature, plain = build(tables()["game_engine"]), build(tables()["game_engine"])
    root = armature.pose.bones["Root"]
    root.rotation_mode, root.rotation_euler = "XYZ", (0.2, 0.3, 0.4)
    assert apply_motion(armature, poses()[5][1]).held_bones == ()
    assert length_error(armature, describe_rig(armature)[0]) < 1e-5
    root.scale = (1.5, 1.5, 1.5)
    assert apply_motion(armature, poses()[5][1]).held_bones == ()
    bpy.context.view_layer.update()
    carried = np.array(root.matrix @ root.bone.matrix_local.inverted())
    expected = shown(plain, poses()[5][1]) @ carried[:3, :3].T + carried[:3, 3]
    np.testing.assert_allclose([bone.head for bone in armature.pose.bones][1:], expected[1:], atol=1e-4)
    np.testing.assert_allclose(read_pose(armature).joints(), read_pose(plain).joints(), atol=1e-4)


def test_what_holds_the_bone_above_the_pelvis_carries_the_pose(scene: Any) -> None:
    """Constraints on the root, on a bone that is not posed, and muted ones hold nothing that is posed."""
    from blender_addon.armature import apply_motion, read_pose

    armature, plain = build(tables()["game_engine"]), build(tables()["game_engine"])
    goal = bpy.data.objects.new("Goal", None)
    scene.collection.objects.link(goal)
    goal.location, goal.rotation_euler = (1.0, -2.0, 0.3), (0.0, 0.0, 0.8)
    bones = armature.pose.bones
    bones["Root"].constraints.new("COPY_TRANSFORMS").target = goal
    finger = next(bone for bone in bones if "index" in bone.name.lower())
    finger.constraints.new("LIMIT_ROTATION").use_limit_x = True
    muted = bones["lowerarm_l"].constraints.new("COPY_ROTATION")
    muted.target, muted.mute = goal, True
    assert apply_motion(armature, poses()[12][1]).held_bones == ()
    apply_motion(plain, poses()[12][1])
    np.testing.assert_allclose(read_pose(armature).joints(), read_pose(plain).joints(), atol=1e-4)
    muted.mute = False
    assert "hand_l" in apply_motion(armature, poses()[12][1]).held_bones


@pytest.mark.parametrize("count", [2, 3, 4, 5, 6])
def test_a_bent_back_bends_everywhere(scene: Any, count: int) -> None:
    """Sixty degrees over the three joints of the spine, whatever number of bones the rig has for them."""
    from blender_addon.armature import apply_motion

    table = without(tables()["mixamo"], "mixamorig:Spine1") if count == 2 else tables()["mixamo"]
    for name in ("Spine", "Spine1", "Spine2")[: max(count - 3, 0)]:
        table = split(table, f"mixamorig:{name}", (f"mixamorig:{name}", f"mixamorig:{name}Half"))
    armature = build(table, seed=count)
    turns = np.zeros((1, 22, 4))
    turns[..., 0] = 1
    for name in ("spine1", "spine2", "spine3"):
        turns[0, JOINT_NAMES.index(name)] = (np.cos(np.pi / 18), np.sin(np.pi / 18), 0, 0)
    apply_motion(armature, Motion(turns, SMPL22.rest_joints[:1]))
    bpy.context.view_layer.update()
    spine = [bone for bone in armature.pose.bones if "Spine" in bone.name]
    assert len(spine) == count
    bends = np.degrees([bone.matrix_basis.to_quaternion().angle for bone in spine])
    assert bends.sum() == pytest.approx(60, abs=0.1)
    assert bends.min() > 5
    assert bends.max() < 45


def test_the_pose_of_a_rig_under_a_moved_root_is_read_without_it(scene: Any) -> None:
    from blender_addon.armature import apply_motion, read_pose

    armature = build(smpl_table())
    armature.maquette_rig.keep_hands = armature.maquette_rig.keep_feet = False
    motion = poses()[7][1]
    armature.pose.bones["root"].location = (1.0, 2.0, 3.0)
    apply_motion(armature, motion)
    np.testing.assert_allclose(read_pose(armature).joints(), motion.joints(), atol=1e-4)


def test_what_constraints_make_of_a_pose_is_read(scene: Any) -> None:
    from blender_addon.armature import read_pose

    armature = build(smpl_table())
    goal = bpy.data.objects.new("Goal", None)
    scene.collection.objects.link(goal)
    goal.location = (0.4, -0.4, 1.2)
    solver = armature.pose.bones["left_elbow"].constraints.new("IK")
    solver.target, solver.chain_count = goal, 2
    # SMPL-X's bones all point up, so the end of the chain is the forearm's tail, not the wrist.
    elbow = read_pose(armature).joints()[0, JOINT_NAMES.index("left_elbow")]
    bpy.context.view_layer.update()
    x, y, _ = armature.pose.bones["left_elbow"].head
    assert np.linalg.norm(elbow - SMPL22.rest_joints[JOINT_NAMES.index("left_elbow")]) > 0.05
    # The read body stands on its floor, so only height may differ.
    np.testing.assert_allclose(elbow[[0, 2]], [x, -y], atol=1e-3)


@pytest.mark.parametrize("mode", ["XYZ", "YZX", "AXIS_ANGLE", "QUATERNION"])
def test_a_bake_runs_on_smoothly_in_every_rotation_mode(scene: Any, mode: str) -> None:
    from blender_addon.armature import apply_motion

    armature = build(tables()["mixamo"])
    for bone in armature.pose.bones:
        bone.rotation_mode = mode
    turn = np.zeros((40, 22, 4))
    turn[..., 0] = 1
    angle = np.linspace(0, 3 * np.pi, 40)
    turn[:, 0, 0], turn[:, 0, 2] = np.cos(angle / 2), np.sin(angle / 2)
    motion = Motion(turn, np.tile(SMPL22.rest_joints[0], (40, 1)), 30.0)
    scene.render.fps = 30
    apply_motion(armature, motion)
    bag = armature.animation_data.action.layers[0].strips[0].channelbags[0]
    for curve in bag.fcurves:
        keys = np.empty(len(curve.keyframe_points) * 2, dtype=np.float32)
        curve.keyframe_points.foreach_get("co", keys)
        # Near gimbal lock Euler angles are quick, but nothing goes once round.
        assert np.abs(np.diff(keys[1::2])).max() < 1.0, curve.data_path
    scene.frame_set(21)
    heads = np.array([bone.head for bone in armature.pose.bones])
    armature.animation_data_clear()
    np.testing.assert_allclose(heads, shown(armature, motion.sliced(20, 21)), atol=1e-3)


def test_feet_that_stand_do_not_slide_in_a_bake(scene: Any) -> None:
    from blender_addon.armature import apply_motion

    motion, stands = walking()
    scene.render.fps = int(motion.fps)
    armature = build(tables()["mixamo"])
    slides = {}
    for keep in (True, False):
        armature.maquette_rig.keep_feet = keep
        apply_motion(armature, motion)
        places = []
        for frame in range(motion.num_frames):
            scene.frame_set(1 + frame)
            places.append([armature.pose.bones[f"mixamorig:{side}Foot"].head[:2] for side in ("Left", "Right")])
        scene.frame_set(1)
        slides[keep] = 0.0
        for number, path in enumerate(np.array(places).swapaxes(0, 1)):
            frames = np.flatnonzero(stands[:, number])
            for run in np.split(frames, np.flatnonzero(np.diff(frames) > 1) + 1):
                if len(run) > 4:
                    slides[keep] = max(slides[keep], float(np.ptp(path[run[2:-2]], axis=0).max()))
    assert slides[True] < 0.005
    assert slides[True] < slides[False]


class TestControlRig:
    """Rigify's control rig: switches, roots, motions."""

    def test_limbs_are_posed_by_the_controls_that_were_chosen(self, scene: Any) -> None:
        from blender_addon.armature import apply_motion

        rig = control_rig()
        rig.maquette_rig.arms, rig.maquette_rig.legs = "FK", "IK"
        notes = apply_motion(rig, poses()[0][1]).notes
        assert any("FK" in note for note in notes)
        bones = rig.pose.bones
        assert bones["upper_arm_parent.L"]["IK_FK"] == 1.0
        assert bones["thigh_parent.R"]["IK_FK"] == 0.0
        assert bones["upper_arm_fk.L"].matrix_basis.to_quaternion().angle > 0.1
        assert bones["foot_ik.L"].location.length > 0.01
        assert bones["thigh_fk.L"].matrix_basis.to_quaternion().angle < 1e-6
        # Posed once more, there is nothing left to say.
        assert apply_motion(rig, poses()[0][1]).notes == ()

    def test_hands_with_fingers_are_laid_by_them(self, scene: Any) -> None:
        from blender_addon.armature import describe_rig

        rig = control_rig()
        assert not describe_rig(rig)[0].hands
        bpy.ops.object.mode_set(mode="EDIT")
        wrist = rig.data.edit_bones["ORG-hand.L"]
        for number, finger in enumerate(("index", "middle", "pinky")):
            bone = rig.data.edit_bones.new(f"ORG-f_{finger}.01.L")
            bone.head = wrist.tail + 0.02 * number * wrist.x_axis
            bone.tail = bone.head + 0.03 * wrist.y_axis
        bpy.ops.object.mode_set(mode="OBJECT")
        assert list(describe_rig(rig)[0].hands) == ["left_wrist"]
        assert measure(rig, range(2)).directions.max() < 1.0

    def test_the_figure_goes_along_with_its_root(self, scene: Any) -> None:
        from blender_addon.armature import apply_motion, read_pose

        rig = control_rig()
        rig.maquette_rig.keep_hands = rig.maquette_rig.keep_feet = False
        apply_motion(rig, poses()[3][1])
        bpy.context.view_layer.update()
        before = rig.pose.bones["ORG-hand.L"].head.copy()
        rig.pose.bones["root"].location = (1.0, 0.0, 0.0)
        apply_motion(rig, poses()[3][1])
        bpy.context.view_layer.update()
        assert (rig.pose.bones["ORG-hand.L"].head - before).length == pytest.approx(1.0, abs=1e-3)
        read = read_pose(rig).joints()[0]
        rig.pose.bones["root"].location = (0.0, 0.0, 0.0)
        np.testing.assert_allclose(read_pose(rig).joints()[0], read, atol=1e-3)

    def test_a_motion_is_baked_on_the_controls(self, scene: Any) -> None:
        from blender_addon.armature import apply_motion

        rig = control_rig()
        rig.maquette_rig.keep_hands = rig.maquette_rig.keep_feet = False
        first, second = (poses()[index][1] for index in (0, 36))
        motion = Motion(
            np.concatenate([first.local_rotations, second.local_rotations]),
            np.concatenate([first.root_translation, second.root_translation]),
            float(scene.render.fps),
        )
        start = scene.frame_current
        apply_motion(rig, motion)
        for frame, pose in ((0, first), (1, second)):
            scene.frame_set(start + frame)
            hand, foot = (np.array(rig.pose.bones[name].head) for name in ("ORG-hand.R", "ORG-foot.L"))
            rig.animation_data_clear() if frame else None
            np.testing.assert_allclose(hand, self.posed(pose, "ORG-hand.R"), atol=2e-3)
            np.testing.assert_allclose(foot, self.posed(pose, "ORG-foot.L"), atol=2e-3)

    def posed(self, pose: Motion, bone: str) -> np.ndarray:
        """Where another rig of the same make has a bone in a pose."""
        from blender_addon.armature import apply_motion

        other = bpy.data.objects["Other"] if "Other" in bpy.data.objects else control_rig()
        other.name = "Other"
        other.maquette_rig.keep_hands = other.maquette_rig.keep_feet = False
        apply_motion(other, pose)
        bpy.context.view_layer.update()
        return np.array(other.pose.bones[bone].head)


def test_a_second_neck_and_odd_names_do_not_matter(scene: Any) -> None:
    table = split(tables()["mixamo"], "mixamorig:Neck", ("mixamorig:Neck", "mixamorig:Neck1"))
    table = renamed(table, {"mixamorig:LeftArm": "mixamorig:LeftHumerus"})
    errors = measure(build(table), range(3))
    assert errors.num_mapped == len(JOINT_NAMES)
    assert errors.directions.max() < 0.1

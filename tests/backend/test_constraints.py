# SPDX-License-Identifier: GPL-3.0-or-later
"""Constraints: what is locked, pinned and looked at holds in the poses that come out, or is reported."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from backend.constraints import MET_DEGREES, MET_METRES, Conditioning, PoseConstraints, Vector
from backend.features import features_from_motion
from backend.pipeline import PosePipeline, Step
from blender_addon.core.anatomy import floor_clearance, limit_excess, within_limits
from blender_addon.core.motion import Motion
from blender_addon.core.rotation import (
    axis_angle_to_quaternion,
    quaternion_angle,
    quaternion_apply,
    quaternion_conjugate,
    quaternion_from_yaw,
    quaternion_multiply,
)
from blender_addon.core.skeleton import JOINT_NAMES, LIMBS

HEAD = JOINT_NAMES.index("head")
NUM_CASES = 200
"""`python -m training gains` asks a trained model a thousand times."""
SAMPLES = 4
ENDS = ("left_wrist", "right_wrist", "left_ankle", "right_ankle", "pelvis")


def bodies(count: int, seed: int) -> Motion:
    """Random bodies inside their joint limits, turned and moved over the floor, as they come from a scene."""
    random = np.random.default_rng(seed)

    def turned(spread: tuple[float, float, float]) -> np.ndarray:
        return axis_angle_to_quaternion(np.radians(random.normal(0, 1, (6 * count, 3)) * spread))

    rotations = np.zeros((6 * count, 22, 4))
    rotations[..., 0] = 1
    for name in ("spine1", "spine2", "spine3", "neck", "head"):
        rotations[:, JOINT_NAMES.index(name)] = turned((12, 10, 8))
    for side, sign in (("left", 1), ("right", -1)):
        for name, spread in (
            ("collar", (8, 8, 8)),
            ("shoulder", (25, 35, 40)),
            ("wrist", (20, 15, 20)),
            ("hip", (40, 15, 15)),
        ):
            rotations[:, JOINT_NAMES.index(f"{side}_{name}")] = turned(spread)
        for name, axis in (("elbow", (0, -sign, 0)), ("knee", (1, 0, 0))):
            bend = np.radians(random.uniform(5, 120, (6 * count, 1)))
            rotations[:, JOINT_NAMES.index(f"{side}_{name}")] = axis_angle_to_quaternion(bend * axis)
    rotations = rotations[within_limits(rotations)][:count]
    rotations[:, 0] = quaternion_multiply(
        quaternion_from_yaw(random.uniform(-np.pi, np.pi, len(rotations))), rotations[:, 0]
    )
    motion = Motion(rotations, random.uniform(-2, 2, (len(rotations), 3)) * [1, 0, 1])
    up = np.zeros((len(rotations), 3))
    up[:, 1] = -floor_clearance(motion.joints())
    return Motion(rotations, motion.root_translation + up)


@pytest.fixture(scope="module")
def references() -> list[Motion]:
    motion = bodies(100, 0)
    return [motion.sliced(index, index + 1) for index in range(motion.num_frames)]


def standing() -> Motion:
    """The rest pose, its soles on the floor."""
    rest = Motion(np.tile([1.0, 0, 0, 0], (1, 22, 1)), np.zeros((1, 3)))
    return Motion(rest.local_rotations, np.array([[0, -floor_clearance(rest.joints())[0], 0]]))


def point(values: np.ndarray) -> Vector:
    x, y, z = (float(value) for value in values)
    return (x, y, z)


def drawn(random: np.random.Generator, reference: Motion) -> PoseConstraints:
    """Some limbs or joints locked, some ends pinned where the reference has them, something to look at."""
    limbs = tuple(limb for limb in LIMBS if random.random() < 0.25)
    joints = tuple(joint for joint in JOINT_NAMES if random.random() < (0.4 if random.random() < 0.3 else 0.0))
    pins = {joint: point(reference.joints()[0, JOINT_NAMES.index(joint)]) for joint in ENDS if random.random() < 0.4}
    look_at = None
    if "head" not in limbs and "head" not in joints and random.random() < 0.5:
        ahead = np.append(random.normal(0, 0.3, 2), 1.0)
        at = reference.joints()[0, HEAD] + 2 * quaternion_apply(reference.global_rotations()[0, HEAD], ahead)
        look_at = point(at)
    return PoseConstraints(reference, limbs, joints, pins, look_at)


def measured(pose: Motion, constraints: PoseConstraints) -> tuple[float, float]:
    """The worst miss in metres and in degrees, from the pose alone."""
    joints = pose.joints()[0].astype(np.float64)
    pins = [float(np.linalg.norm(joints[JOINT_NAMES.index(name)] - place)) for name, place in constraints.pins.items()]
    now, then = pose.global_rotations()[0], constraints.reference.global_rotations()[0]
    turned = np.degrees(quaternion_angle(quaternion_multiply(quaternion_conjugate(then), now)))[constraints.locked()]
    worst = float(turned.max(initial=0))
    if constraints.look_at is not None:
        gaze = quaternion_apply(now[HEAD].astype(np.float64), np.array([0.0, 0.0, 1.0]))
        wanted = np.array(constraints.look_at) - joints[HEAD]
        cosine = gaze @ wanted / np.linalg.norm(wanted)
        worst = max(worst, float(np.degrees(np.arccos(np.clip(cosine, -1, 1)))))
    return max(pins, default=0.0), worst


def test_random_cases_are_met_or_reported(tiny_pipeline: PosePipeline, references: list[Motion]) -> None:
    random = np.random.default_rng(1)
    # What a denoiser that does not listen might have predicted.
    scaler = tiny_pipeline.denoiser.scaler
    predicted = scaler.normalize(features_from_motion(bodies(NUM_CASES, 2)))
    generator = torch.Generator().manual_seed(0)
    predicted = predicted + 0.1 * torch.randn(predicted.shape, generator=generator) * tiny_pipeline.denoiser.used
    met = []
    for case in range(0, NUM_CASES, SAMPLES):
        constraints = drawn(random, references[random.integers(len(references))])
        chosen = torch.from_numpy(random.integers(len(predicted), size=SAMPLES))
        rotations, root, residue = Conditioning(constraints, scaler).finish(predicted[chosen])
        assert residue.pins == tuple(constraints.pins), case
        for sample in range(SAMPLES):
            metres, degrees = measured(Motion(rotations[[sample]], root[[sample]]), constraints)
            assert metres == pytest.approx(residue.metres[sample].max(initial=0), abs=2e-5)
            assert degrees == pytest.approx(residue.degrees[sample], abs=0.1)
            met.append(metres < MET_METRES and degrees < MET_DEGREES)
            assert met[-1] == residue.met[sample]
    assert len(met) == NUM_CASES
    assert np.mean(met) >= 0.99


def test_they_hold_through_the_pipeline(tiny_pipeline: PosePipeline, references: list[Motion]) -> None:
    random = np.random.default_rng(3)
    for case in range(10):
        constraints = drawn(random, references[case])
        steps: list[Step] = []
        result = tiny_pipeline(
            ["kneel", "wave"], num_samples=2, seed=case, constraints=constraints, on_step=steps.append
        )
        assert result.residue is not None and result.residue.metres.shape == (2, 2, len(constraints.pins))
        for prompt in range(2):
            for sample in range(2):
                metres, degrees = measured(result.motion(prompt, sample), constraints)
                assert (metres < MET_METRES and degrees < MET_DEGREES) == result.residue.met[prompt, sample]
        again = steps[-1].preview()
        np.testing.assert_array_equal(again.local_rotations, result.local_rotations)


def test_out_of_reach_is_reported_and_breaks_no_joint(tiny_pipeline: PosePipeline) -> None:
    rest = standing()
    constraints = PoseConstraints(
        rest, pins={"left_wrist": (0.0, 3.5, 0.0), "left_ankle": (0.1, 0.1, 0.0), "pelvis": (0.0, 0.9, 0.0)}
    )
    scaler = tiny_pipeline.denoiser.scaler
    rotations, _, residue = Conditioning(constraints, scaler).finish(
        scaler.normalize(features_from_motion(bodies(20, 5)))
    )
    assert not residue.met.any()
    assert (residue.metres[:, 0] > 1).all() and (residue.metres[:, 1:] < 0.01).all()
    assert len(residue.report()) == 1 and "left_wrist misses its pin by" in residue.report()[0]
    assert limit_excess(rotations).max() < 8


def test_a_gaze_behind_the_back_stays_within_what_a_neck_can(tiny_pipeline: PosePipeline) -> None:
    rest = standing()
    limbs = ("pelvis", "trunk", "left_leg", "right_leg")
    scaler = tiny_pipeline.denoiser.scaler
    predicted = scaler.normalize(features_from_motion(bodies(20, 6)))
    behind = Conditioning(PoseConstraints(rest, limbs, look_at=(0.0, 1.6, -2.0)), scaler)
    rotations, _, residue = behind.finish(predicted)
    assert (residue.degrees > 30).all()
    assert "a direction is missed by" in residue.report()[0]
    assert limit_excess(rotations)[:, 4:7].max() < 3  # neck, head and gaze turn
    ahead = Conditioning(PoseConstraints(rest, limbs, look_at=(0.5, 1.3, 2.0)), scaler).finish(predicted)[2]
    assert ahead.met.all()


def test_free_joints_between_known_ones_stay_within_their_limits(
    tiny_pipeline: PosePipeline, references: list[Motion]
) -> None:
    scaler = tiny_pipeline.denoiser.scaler
    predicted = scaler.normalize(features_from_motion(bodies(20, 7)))
    known = ("pelvis", "spine3", "left_elbow", "right_knee", "head")
    for reference in references[:3]:
        rotations, root, residue = Conditioning(PoseConstraints(reference, (), known), scaler).finish(predicted)
        assert residue.met.all()
        assert limit_excess(rotations).max() < 3
        assert np.abs(floor_clearance(Motion(rotations, root).joints())).max() < 1e-4


def test_candidates_that_leave_the_rest_in_place_strain_least(
    tiny_pipeline: PosePipeline, references: list[Motion]
) -> None:
    scaler = tiny_pipeline.denoiser.scaler
    own = references[0]
    conditioning = Conditioning(PoseConstraints(own, ("left_arm",)), scaler)
    same = scaler.normalize(features_from_motion(own))
    others = scaler.normalize(features_from_motion(bodies(5, 8)))
    strain = conditioning.strain(torch.cat((same, others)))
    assert strain[0] < 1e-3 and strain[1:].min() > 0.01


def test_a_locked_body_stays_where_it_is(tiny_pipeline: PosePipeline, references: list[Motion]) -> None:
    reference = references[3]
    locked = tuple(limb for limb in LIMBS if limb != "left_arm")
    result = tiny_pipeline("wave", num_samples=3, constraints=PoseConstraints(reference, locked))
    kept = [joint for limb in locked for joint in LIMBS[limb]]
    away = np.linalg.norm(result.joints()[0, :, 0] - reference.joints(), axis=-1)
    assert away[:, kept].max() < 1e-4
    assert away[:, LIMBS["left_arm"][2:]].min() > 1e-3


def test_poses_stand_on_the_floor_where_the_reference_stands(
    tiny_pipeline: PosePipeline, references: list[Motion]
) -> None:
    reference = references[5]
    result = tiny_pipeline("wave", num_samples=3, constraints=PoseConstraints(reference))
    place = reference.root_translation[0]
    np.testing.assert_allclose(result.root_translation[0, :, 0, [0, 2]], np.tile(place[[0, 2], None], 3), atol=1e-5)
    assert (floor_clearance(result.joints()) > -1e-5).all()
    plain = tiny_pipeline("wave", num_samples=3)
    for sample in range(3):
        turn = quaternion_from_yaw(float(reference.heading()[0]))
        wanted = quaternion_apply(turn, plain.joints()[0, sample, 0].astype(np.float64)) + place * [1, 0, 1]
        np.testing.assert_allclose(result.joints()[0, sample, 0], wanted, atol=1e-4)


def test_who_hangs_stays_in_the_air_while_the_legs_are_kept(
    tiny_pipeline: PosePipeline, references: list[Motion]
) -> None:
    hanging = references[5]
    hanging = Motion(hanging.local_rotations, hanging.root_translation + np.array([0, 0.6, 0], dtype=np.float32))
    kept = tuple(limb for limb in LIMBS if limb not in ("pelvis", "trunk"))
    for locked, held in ((kept, True), (tuple(limb for limb in kept if not limb.endswith("leg")), False)):
        result = tiny_pipeline("lean to the left", num_samples=3, constraints=PoseConstraints(hanging, locked))
        assert (abs(floor_clearance(result.joints()) - floor_clearance(hanging.joints())[0]) < 0.01).all() == held


def test_feet_stay_when_the_pelvis_is_lowered(tiny_pipeline: PosePipeline) -> None:
    upright = standing()
    lower = PoseConstraints(upright, locked_joints=("pelvis", "spine1"), pins={"pelvis": (0.0, 0.75, 0.0)})
    conditioning = Conditioning(lower, tiny_pipeline.denoiser.scaler)
    given = tiny_pipeline.denoiser.scaler.normalize(features_from_motion(upright))
    rotations, root, residue = conditioning.finish(given)
    assert residue.met.all()
    ankles = [JOINT_NAMES.index(f"{side}_ankle") for side in ("left", "right")]
    moved = Motion(rotations[0][None], root).joints()[0, ankles] - upright.joints()[0, ankles]
    assert np.linalg.norm(moved, axis=-1).max() < 0.02


def test_the_denoiser_is_told(tiny_pipeline: PosePipeline, references: list[Motion]) -> None:
    pins = {"left_wrist": (0.3, 1.2, 0.4), "pelvis": (0.0, 0.8, 0.1)}
    constraints = PoseConstraints(references[0], ("head",), ("spine2",), pins)
    conditioning = Conditioning(constraints, tiny_pipeline.denoiser.scaler)
    known = conditioning.known(2, None, copies=2)
    assert len(known.values) == len(known.positions) == 4
    # Three joints by rotation, two by position.
    assert int(known.mask[0].sum()) == 3 * 6 and int(known.position_mask[0].sum()) == 2 * 3
    own = tiny_pipeline.denoiser.scaler.normalize
    torch.testing.assert_close(
        known.values[0][known.mask[0]], own(features_from_motion(references[0]))[0][known.mask[0]]
    )
    height = known.positions[0][known.position_mask[0]].view(2, 3)
    assert height[0].tolist() == pytest.approx([0, 0.8, 0])
    heading = float(references[0].heading()[0])
    seen = quaternion_apply(quaternion_from_yaw(-heading), np.array([0.3, 0.4, 0.3]))
    assert height[1].tolist() == pytest.approx(seen.tolist(), abs=1e-5)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"locked_limbs": ("tail",)}, "locked_limbs: there is no limb 'tail'; expected pelvis"),
        ({"locked_joints": ("left_finger",)}, "locked_joints: there is no joint 'left_finger'; expected pelvis"),
        ({"pins": {"hand": (0, 0, 0)}}, "pins: there is no joint 'hand'"),
        ({"pins": {"left_wrist": (0, np.nan, 0)}}, "the pin of left_wrist must be three finite numbers"),
        ({"look_at": (0, 500, 0)}, "look_at is more than 100 m"),
        ({"look_at": (0, 1, 2), "locked_limbs": ("head",)}, "look_at turns the head, but the head is locked"),
    ],
)
def test_mistakes_are_told_in_a_sentence(references: list[Motion], options: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        PoseConstraints(references[0], **options)
    two = Motion(np.tile([1.0, 0, 0, 0], (2, 22, 1)), np.zeros((2, 3)))
    with pytest.raises(ValueError, match="the reference must be a pose, one frame"):
        PoseConstraints(two)

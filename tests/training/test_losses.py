# SPDX-License-Identifier: GPL-3.0-or-later
"""Losses: zero where nothing is wrong, in the units they claim, and twins of the core's anatomy."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from backend.features import FeatureScaler, features_from_motion, pack, unpack, used_features
from blender_addon.core import anatomy, rotation
from blender_addon.core.motion import Motion
from blender_addon.core.skeleton import JOINT_NAMES
from training.anatomy import limit_excess
from training.grammar.intent import Aim, bend
from training.losses import (
    LossWeights,
    compute_losses,
    flesh_loss,
    goal_loss,
    limit_loss,
    nearest_reading,
    readings_missed,
    sameness_loss,
)


def posed(turns: dict[str, tuple[float, float, float]]) -> Motion:
    axis_angle = np.zeros((1, 22, 3))
    for joint, turn in turns.items():
        axis_angle[0, JOINT_NAMES.index(joint)] = turn
    return Motion(rotation.axis_angle_to_quaternion(axis_angle), np.array([[0, 0.92, 0]]))


def losses(predicted: Motion, wanted: Motion) -> dict[str, float]:
    result = compute_losses(
        features_from_motion(predicted), features_from_motion(wanted), FeatureScaler(), used_features()
    )
    return {name: getattr(result, name).item() for name in ("features", "joints", "frame", "limits", "clearance")}


def test_the_right_pose_costs_nothing() -> None:
    motion = posed({"left_elbow": (0, -1.0, 0)})
    assert max(losses(motion, motion).values()) < 1e-8


def test_a_body_in_the_air_costs_its_height() -> None:
    motion = posed({"left_elbow": (0, -1.0, 0)})
    higher = Motion(motion.local_rotations, motion.root_translation + np.array([0, 0.3, 0]))
    assert losses(higher, motion)["clearance"] == pytest.approx(0.3, abs=1e-5)


def test_takes_are_to_differ_where_poses_do() -> None:
    used = used_features()
    spread = torch.full(used.shape, 1.0).log()[None]
    spread[:, :3] = -9
    first = torch.zeros(1, *used.shape)
    noise = torch.randn(first.shape, generator=torch.Generator().manual_seed(0)) * used
    free = noise.clone()
    free[:, :3] = 0
    # Three of seven limbs need not differ.
    assert sameness_loss(first, first, spread, used).item() == pytest.approx(4 / 7, abs=0.02)
    assert sameness_loss(first, free, spread, used).item() < 0.12
    assert sameness_loss(first, 2 * free, spread, used).item() < 1e-3
    nearly = (1e-3 * noise).requires_grad_()
    sameness_loss(first, nearly, spread, used).backward()
    assert nearly.grad is not None and nearly.grad.isfinite().all() and nearly.grad[:, 3:].abs().max() > 1e-3


def test_a_pose_is_of_the_reading_that_is_nearest_to_it() -> None:
    left, right = posed({"left_knee": (1.5, 0, 0)}), posed({"right_knee": (1.5, 0, 0)})
    means = torch.stack([features_from_motion(left)[0], features_from_motion(right)[0]]).expand(2, -1, -1, -1)
    poses = [features_from_motion(posed({f"{side}_knee": (1.0, 0.2, 0)})) for side in ("right", "left")]
    assert nearest_reading(means, torch.cat(poses), used_features()).tolist() == [1, 0]


def test_what_is_said_decides_between_readings() -> None:
    # The left knee is asked for, but the pose is nearer to the other reading in all that nobody speaks of.
    arms: dict[str, tuple[float, float, float]] = {"left_shoulder": (0, 0, 1.2), "right_shoulder": (0, 0, -1.2)}
    means = torch.cat([features_from_motion(posed({"left_knee": (1.5, 0, 0)})), features_from_motion(posed(arms))])[
        None
    ]
    pose = features_from_motion(posed({"left_knee": (1.4, 0, 0), **arms}))
    goals = [tuple(bend("left_knee", 70, 100))]
    missed = readings_missed(means, FeatureScaler(), goals)
    assert missed[0, 0] < 0.01 and missed[0, 1] > 0.5
    assert nearest_reading(means, pose, used_features()).tolist() == [1]
    assert nearest_reading(means, pose, used_features(), missed).tolist() == [0]
    assert readings_missed(means, FeatureScaler(), [()]).tolist() == [[0, 0]]


def test_joints_are_measured_in_metres() -> None:
    elbow = 0.6
    found = losses(posed({"left_elbow": (0, -elbow, 0)}), posed({}))["joints"]
    rest = posed({})
    forearm = np.linalg.norm(rest.joints()[0, 20] - rest.joints()[0, 18])
    # Only the wrist moves, by the chord of the turn.
    assert found == pytest.approx((2 * forearm * np.sin(elbow / 2)) ** 2 / 22, rel=1e-3)


def test_limits_count_in_radians_and_only_beyond() -> None:
    limit = next(limit for limit in anatomy.TURN_LIMITS if limit.name == "head turn")
    inside = losses(posed({"head": (np.radians(limit.most - 10), 0, 0)}), posed({}))["limits"]
    outside = losses(posed({"head": (np.radians(limit.most + 10), 0, 0)}), posed({}))["limits"]
    assert inside == 0
    assert outside == pytest.approx(np.radians(10) ** 2, rel=0.02)


def test_sheared_frames_are_found() -> None:
    tokens = features_from_motion(posed({}))
    rotation_6d, clearance = unpack(tokens)
    sheared = rotation_6d.clone()
    sheared[..., 3] += 0.5
    result = compute_losses(pack(sheared, clearance), tokens, FeatureScaler(), used_features())
    assert result.frame.item() == pytest.approx(0.25, rel=1e-3)
    assert result.joints.item() < 1e-8


def test_limits_are_the_cores_limits() -> None:
    random = np.random.default_rng(0)
    local = rotation.axis_angle_to_quaternion(random.normal(0, 0.9, (200, 22, 3)))
    matrices = torch.from_numpy(rotation.quaternion_to_matrix(local))
    found = np.degrees(limit_excess(matrices).numpy())
    wanted = anatomy.limit_excess(local)
    assert (wanted > 1).any(0).mean() > 0.8  # nearly every limit is broken somewhere
    # Nearly straight or opposite angles are clamped for their slope's sake.
    np.testing.assert_allclose(found, wanted, atol=1.0)


def test_every_loss_has_a_finite_slope_at_rest() -> None:
    tokens = features_from_motion(posed({})).requires_grad_()
    wanted = features_from_motion(posed({"left_knee": (1, 0, 0)}))
    compute_losses(tokens, wanted, FeatureScaler(), used_features()).total(LossWeights()).backward()
    assert tokens.grad is not None and torch.isfinite(tokens.grad).all() and tokens.grad.abs().sum() > 0


def test_what_a_text_asks_for_costs_until_the_pose_does_it() -> None:
    goals = [(Aim("left_shoulder", "left_elbow", (0.0, 1.0, 0.0), "heading", 5, 25),), ()]
    scaler = FeatureScaler()

    def cost(*motions: Motion) -> float:
        return goal_loss(torch.cat([features_from_motion(motion) for motion in motions]), scaler, goals).item()

    resting, raised = posed({}), posed({"left_shoulder": (0, 0, 1.5)})
    assert cost(raised, resting) == 0
    # At the side it points sideways, 90 degrees off less the 25 that are granted; nobody asked the other pose.
    assert cost(resting, resting) == cost(resting, raised) == pytest.approx(np.radians(90 - 25), abs=0.35)
    predicted = features_from_motion(resting).repeat(2, 1, 1).requires_grad_()
    optimizer = torch.optim.Adam([predicted], 0.05)
    for _ in range(80):
        optimizer.zero_grad()
        goal_loss(predicted, scaler, goals).backward()
        optimizer.step()
    assert goal_loss(predicted, scaler, goals).item() < 0.01


def test_flesh_costs_as_deep_as_limbs_are_inside_the_body() -> None:
    def cost(turn: float) -> float:
        pose = posed({"left_shoulder": (0, 0, turn), "right_shoulder": (0, 0, -turn)})
        return flesh_loss(features_from_motion(pose), FeatureScaler()).item()

    assert cost(0) == 0  # the arms point sideways
    assert 0.01 < cost(-1.55) < cost(-1.65)  # into the hips
    predicted = features_from_motion(posed({"left_shoulder": (0, 0, -1.65)})).requires_grad_()
    before = flesh_loss(predicted, FeatureScaler()).item()
    optimizer = torch.optim.Adam([predicted], 0.02)
    for _ in range(60):
        optimizer.zero_grad()
        flesh_loss(predicted, FeatureScaler()).backward()
        optimizer.step()
    assert flesh_loss(predicted, FeatureScaler()).item() < 0.2 * before


def test_limits_cost_the_same_alone() -> None:
    poses = torch.cat([features_from_motion(posed({"head": (turn, 0, 0)})) for turn in (0.0, 2.0)])
    alone = limit_loss(poses, FeatureScaler()).item()
    assert alone == pytest.approx(compute_losses(poses, poses, FeatureScaler(), used_features()).limits.item())
    assert alone > 0.01

# SPDX-License-Identifier: GPL-3.0-or-later
"""Picking poses: flips, spread, clusters, outliers, weights, limits, and what a pose shows of a text."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from made_up_clips import gait, motion_of, stand_then_sit

from blender_addon.core.anatomy import DIRECTION_LIMITS, LIMIT_NAMES, TURN_LIMITS, floor_clearance, limit_excess
from blender_addon.core.motion import Motion
from blender_addon.core.rotation import axis_angle_to_quaternion, quaternion_normalize
from blender_addon.core.skeleton import JOINT_NAMES
from training.agreement import FAINT, FrameMeasures, agreement, centred_joints, named_side, pose_distance
from training.repair import plant_feet, within_joint_limits
from training.selection import (
    SelectionSettings,
    balanced_weights,
    find_clusters,
    flipped_frames,
    outliers,
    spread_out,
)


def test_only_the_frames_beside_a_flip_are_flipped() -> None:
    motion = gait(20)
    assert not flipped_frames(motion, 75).any()
    local = motion.local_rotations.copy()
    local[7, 20] = [0, 1, 0, 0]
    flipped = flipped_frames(replace(motion, local_rotations=local), 75)
    assert np.flatnonzero(flipped).tolist() == [6, 7, 8]


def test_kept_frames_keep_their_distance_in_time_and_pose() -> None:
    joints = centred_joints(gait(60))
    order = np.random.default_rng(0).permutation(60)
    kept = spread_out(order, joints, 3, 0.0)
    assert np.diff(kept).min() >= 3
    kept = spread_out(order, joints, 1, 0.02)
    gaps = pose_distance(joints[kept][:, None], joints[kept][None])[~np.eye(len(kept), dtype=bool)]
    assert gaps.min() >= 0.02
    # Every frame left out has a kept one near it, so nothing was lost.
    assert pose_distance(joints[:, None], joints[kept][None]).min(axis=1).max() < 0.02


def test_the_most_wanted_frame_is_kept() -> None:
    joints = centred_joints(gait(30))
    for wanted in (0, 13, 29):
        order = np.array([wanted, *(frame for frame in range(30) if frame != wanted)])
        assert wanted in spread_out(order, joints, 10, 0.05)


def _blobs() -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(1)
    centres = rng.normal(size=(3, 22, 3))
    truth = np.repeat([0, 1, 2], [60, 30, 10])
    return centres[truth] + 0.01 * rng.normal(size=(100, 22, 3)), truth


def test_clusters_are_found_and_sorted_by_size() -> None:
    joints, truth = _blobs()
    clusters = find_clusters(joints, 3, seed=0)
    assert np.array_equal(clusters.labels, truth)
    assert clusters.centres.shape == (3, 22, 3)
    np.testing.assert_allclose(clusters.distances, pose_distance(joints, clusters.centres[truth]))


def test_fewer_poses_than_clusters_are_a_cluster_each() -> None:
    joints, _ = _blobs()
    assert len(find_clusters(joints[:2], 8, seed=0).centres) == 2
    with pytest.raises(ValueError, match="no poses"):
        find_clusters(joints[:0], 8, seed=0)


def test_outliers_are_judged_by_their_own_cluster() -> None:
    joints, _ = _blobs()
    joints[5] += 0.5
    clusters = find_clusters(joints, 3, seed=0)
    assert np.flatnonzero(outliers(clusters, 8.0)).tolist() == [5]
    # A small tight cluster far from all the others is no outlier.
    assert not outliers(clusters, 8.0)[90:].any()


def test_balance_gives_every_cluster_its_share() -> None:
    labels = np.repeat([0, 1], [90, 10])
    weights = np.ones(100)
    weights[0] = 3
    full = balanced_weights(labels, weights, 1.0)
    assert full[labels == 0].sum() == pytest.approx(full[labels == 1].sum())
    assert full[0] == pytest.approx(3 * full[1])
    assert full.mean() == pytest.approx(1)
    none = balanced_weights(labels, weights, 0.0)
    np.testing.assert_allclose(none, weights / weights.mean())
    half = balanced_weights(labels, weights, 0.5)
    assert none[-1] < half[-1] < full[-1]


@pytest.mark.parametrize(
    "wrong", [{"min_seconds": -1.0}, {"num_clusters": 0}, {"min_agreement": 1.5}, {"cluster_balance": 2.0}]
)
def test_settings_out_of_range_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="must be"):
        SelectionSettings(**wrong)  # type: ignore[arg-type]


def test_repair_changes_nothing_inside_the_limits() -> None:
    local = gait(20).local_rotations.astype(np.float64)
    np.testing.assert_array_equal(within_joint_limits(local), local)


def test_repair_brings_single_joints_inside() -> None:
    rng = np.random.default_rng(2)
    local = quaternion_normalize(np.array([1.0, 0, 0, 0]) + 0.2 * rng.normal(size=(300, 22, 4)))
    chains = [limit.name for limit in TURN_LIMITS if len(limit.joints) > 1]
    chains += [limit.name for limit in DIRECTION_LIMITS if len(limit.joints) > 1]
    single = [index for index, name in enumerate(LIMIT_NAMES) if name not in chains]
    before = limit_excess(local)[:, single].max(axis=1)
    after = limit_excess(within_joint_limits(local))[:, single].max(axis=1)
    assert (before > 10).mean() > 0.7
    assert after.max() < 10
    assert (after > 1).mean() < 0.1


def test_a_wrist_turned_too_far_is_turned_back_alone() -> None:
    motion = motion_of({"left_wrist": np.array([130.0, 0, 0])}, 1)
    repaired = Motion(within_joint_limits(motion.local_rotations), motion.root_translation)
    assert limit_excess(motion.local_rotations).max() > 20
    assert limit_excess(repaired.local_rotations).max() < 1e-3
    np.testing.assert_allclose(repaired.joints(), motion.joints(), atol=1e-5)


def test_sitting_shows_where_the_body_sits() -> None:
    measures = FrameMeasures.of(stand_then_sit(60))
    shown = agreement("a person sits on a chair", measures)
    assert shown[:20].max() == pytest.approx(FAINT)
    assert shown[45:].min() > 0.9
    stands = agreement("a person stands still", measures)
    assert stands[:20].min() > 0.9
    assert stands[45:].max() == pytest.approx(FAINT)


def test_a_text_that_names_no_action_agrees_with_any_upright_pose() -> None:
    np.testing.assert_allclose(agreement("a person turns around", FrameMeasures.of(gait(10))), 1.0)


def test_jumps_are_seen_in_the_air() -> None:
    heights = np.array([0.0, 0.1, 0.3, 0.1, 0.0])
    shown = agreement("a person jumps", FrameMeasures.of(motion_of({}, 5, heights)))
    assert shown[2] == pytest.approx(1.0)
    assert shown[0] == shown[4] == pytest.approx(FAINT)


def test_the_named_side_has_to_do_it() -> None:
    up = FrameMeasures.of(motion_of({"left_shoulder": np.array([0.0, 0.0, 70.0])}, 1))
    assert agreement("a person raises the left arm", up)[0] == pytest.approx(1.0)
    assert agreement("a person raises the right arm", up)[0] == pytest.approx(FAINT)
    assert agreement("a person raises an arm", up)[0] == pytest.approx(1.0)
    assert named_side("kicks with his left foot", "leg") == "left"
    assert named_side("left hand and right hand", "arm") == ""


def test_lying_down_has_to_be_said() -> None:
    prone = motion_of({"pelvis": np.array([90.0, 0, 0])}, 1, -0.8)
    assert agreement("a person dances", FrameMeasures.of(prone))[0] < 0.3
    assert agreement("a person lies on the ground", FrameMeasures.of(prone))[0] == pytest.approx(1.0)


def kneeling(front_hip: float) -> Motion:
    """On the right knee, the left foot flat in front; the smaller the turn of the hip, the lower that foot."""
    turns = np.zeros((1, 22, 3))
    turns[0, JOINT_NAMES.index("right_knee"), 0] = 1.6
    turns[0, JOINT_NAMES.index("right_ankle"), 0] = 1.2
    turns[0, JOINT_NAMES.index("left_hip"), 0] = -front_hip
    turns[0, JOINT_NAMES.index("left_knee"), 0] = 1.75
    turns[0, JOINT_NAMES.index("left_ankle"), 0] = front_hip - 1.75
    motion = Motion(axis_angle_to_quaternion(turns), np.zeros((1, 3)))
    lift = -floor_clearance(motion.joints())
    return replace(motion, root_translation=np.stack([0 * lift, lift, 0 * lift], -1))


def test_a_foot_that_hovers_beside_a_kneeling_knee_is_planted() -> None:
    hovering = kneeling(1.75)
    sole = hovering.joints()[0, 10, 1] - 0.027
    assert 0.02 < sole < 0.15
    planted = plant_feet(hovering)
    assert planted.joints()[0, 10, 1] == pytest.approx(0.027, abs=1e-4)
    moved = np.linalg.norm(planted.joints() - hovering.joints(), axis=-1)[0]
    assert set(np.flatnonzero(moved > 1e-4)) == {4, 7, 10}
    np.testing.assert_allclose(
        planted.global_rotations()[0, [7, 10]], hovering.global_rotations()[0, [7, 10]], atol=1e-5
    )
    # What stands, and what is raised on purpose, stays.
    for motion in (planted, gait(20), kneeling(2.3)):
        assert np.abs(plant_feet(motion).joints() - motion.joints()).max() < 1e-4

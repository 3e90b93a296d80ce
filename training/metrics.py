# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures of sets of poses: plausible bodies, distance between distributions, diversity, sides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from blender_addon.core.anatomy import LIMIT_NAMES, floor_clearance, limit_excess
from blender_addon.core.kinematics import forward_kinematics
from blender_addon.core.rotation import (
    quaternion_apply,
    quaternion_from_yaw,
    quaternion_normalize,
    quaternion_to_matrix,
    quaternion_yaw,
)
from blender_addon.core.skeleton import MIRROR_INDICES, SMPL22

SUNK = -0.02  # metres of clearance below which a body counts as through the floor
FLOATING = 0.05  # metres of clearance above which a body counts as off the floor
ON_FLOOR = 0.01  # metres from the floor within which a body counts as on it
DEEP = 0.02  # metres that limbs are inside each other above which it counts


@dataclass(frozen=True, eq=False)
class PoseSet:
    """N poses to be measured.

    Attributes:
        local_rotations: (N, 22, 4) unit quaternions wxyz.
        root_translation: (N, 3) metres, Y up, floor at 0.
    """

    local_rotations: np.ndarray
    root_translation: np.ndarray

    def __len__(self) -> int:
        return len(self.local_rotations)

    def chosen(self, indices: np.ndarray) -> PoseSet:
        """The poses at these indices."""
        return PoseSet(self.local_rotations[indices], self.root_translation[indices])

    @cached_property
    def joints(self) -> np.ndarray:
        """(N, 22, 3) positions in metres."""
        exact = quaternion_normalize(self.local_rotations.astype(np.float64))
        return forward_kinematics(exact, self.root_translation, SMPL22)

    @cached_property
    def canonical_joints(self) -> np.ndarray:
        """(N, 22, 3) positions with the pelvis over x = z = 0 and the heading removed; heights over the floor stay."""
        turn = quaternion_from_yaw(-quaternion_yaw(self.local_rotations[:, 0].astype(np.float64)))
        placed = self.joints - self.joints[:, :1] * [1.0, 0.0, 1.0]
        return quaternion_apply(turn[:, None], placed)

    @cached_property
    def features(self) -> np.ndarray:
        """(N, 64) what distributions are compared by: the canonical joints, without the pelvis's two zeros; metres."""
        flat = self.canonical_joints.reshape(len(self), -1)
        return np.delete(flat, [0, 2], axis=1)


def mirrored_joints(joints: np.ndarray) -> np.ndarray:
    """Canonical joints (..., 22, 3) of the bodies reflected in the plane x = 0."""
    return joints[..., MIRROR_INDICES, :] * [-1, 1, 1]


def bone_length_error(joints: np.ndarray) -> float:
    """Largest relative deviation of any bone of joints (N, 22, 3) from the reference skeleton's."""
    lengths = np.linalg.norm(joints[:, 1:] - joints[:, list(SMPL22.parents[1:])], axis=-1)
    return float(np.abs(lengths / SMPL22.bone_lengths[1:] - 1).max())


def beyond_limits(poses: PoseSet) -> dict[str, float]:
    """Share of poses beyond each joint limit that any pose breaks, most broken first; "any" comes before all."""
    broken = limit_excess(poses.local_rotations) > 0
    shares = {"any": float(broken.any(-1).mean())}
    for index in np.argsort(-broken.mean(0), kind="stable"):
        if broken[:, index].any():
            shares[LIMIT_NAMES[index]] = float(broken[:, index].mean())
    return shares


def floor_statistics(poses: PoseSet) -> dict[str, float]:
    """How the lowest point of the bodies lies to the floor: median in cm, shares sunk, floating and on the floor."""
    clearance = floor_clearance(poses.joints)
    return {
        "median_cm": float(100 * np.median(clearance)),
        "sunk": float((clearance < SUNK).mean()),
        "floating": float((clearance > FLOATING).mean()),
        "on_floor": float(on_floor(poses).mean()),
    }


def on_floor(poses: PoseSet) -> np.ndarray:
    """Whether the lowest point of each body is within `ON_FLOOR` of the floor: (N,) bool."""
    return np.abs(floor_clearance(poses.joints)) <= ON_FLOOR


def flesh_statistics(poses: PoseSet) -> dict[str, float]:
    """How deep limbs are inside each other or the trunk, by the worst place of each body.

    The 95th percentile and the largest in cm, and the share beyond `DEEP`. The bodies are the capsules that the grammar
    builds by, where heels may sink into buttocks and knees into each other.
    """
    import torch

    from training.grammar.body import deepest, posed

    matrices = torch.from_numpy(quaternion_to_matrix(poses.local_rotations.astype(np.float64))).float()
    with torch.no_grad():
        depth = deepest(posed(matrices).points).numpy()
    return {
        "p95_cm": float(100 * np.percentile(depth, 95)),
        "largest_cm": float(100 * depth.max()),
        "deep": float((depth > DEEP).mean()),
    }


def frechet_distance(a: np.ndarray, b: np.ndarray) -> float:
    """Squared Frechet distance between Gaussians fitted to features (N, D) and (M, D), in their units squared.

    |mean_a - mean_b|^2 + tr(C_a + C_b - 2 (C_a^1/2 C_b C_a^1/2)^1/2); Dowson and Landau (1982). Few samples inflate
    it, so compare distances between sets of equal sizes only.

    Raises:
        ValueError: when a set has fewer than two samples.
    """
    if min(len(a), len(b)) < 2:
        raise ValueError(f"a distribution needs at least 2 samples, got {len(a)} and {len(b)}")
    covariance_a, covariance_b = np.cov(a, rowvar=False), np.cov(b, rowvar=False)
    values, vectors = np.linalg.eigh(covariance_a)
    root = (vectors * np.sqrt(np.maximum(values, 0))) @ vectors.T
    cross = np.sqrt(np.maximum(np.linalg.eigvalsh(root @ covariance_b @ root), 0)).sum()
    mean = ((a.mean(0) - b.mean(0)) ** 2).sum()
    return float(max(mean + np.trace(covariance_a) + np.trace(covariance_b) - 2 * cross, 0.0))


def distribution_distance(a: PoseSet, b: PoseSet, rng: np.random.Generator, size: int) -> float:
    """Root of the Frechet distance between `size` poses of each set, in cm a joint.

    It reads as the root mean square way a joint has to move to turn one distribution into the other.
    """
    drawn = [poses.features[rng.choice(len(poses), size, replace=False)] for poses in (a, b)]
    return float(100 * np.sqrt(frechet_distance(*drawn) / SMPL22.num_joints))


def mean_joint_distance(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Mean distance between joints (..., 22, 3) and (..., 22, 3): (...,) metres."""
    return np.linalg.norm(a - b, axis=-1).mean(-1)


def spread(joints: np.ndarray) -> float:
    """Mean joint distance in metres between pairs of the canonical poses (S, 22, 3); NaN for fewer than two."""
    if len(joints) < 2:
        return float("nan")
    first, second = np.triu_indices(len(joints), 1)
    return float(mean_joint_distance(joints[first], joints[second]).mean())


def side_agreement(poses: np.ndarray, swapped: np.ndarray) -> np.ndarray:
    """Whether saying left for right mirrors the pose.

    Args:
        poses: (P, S, 22, 3) canonical joints of prompts.
        swapped: (P, S, 22, 3) of the same prompts with left and right exchanged, the same seeds.

    Returns:
        (P,) bool: the mean pose of the exchanged prompt is nearer to the mirror image than to the original.
    """
    mean, other = poses.mean(1), swapped.mean(1)
    return mean_joint_distance(mirrored_joints(mean), other) < mean_joint_distance(mean, other)


def own_caption_preference(generated: Sequence[np.ndarray], real: Sequence[np.ndarray]) -> float:
    """How often generated poses look more like the real poses of their own caption than like another caption's.

    Args:
        generated: P arrays (S, 22, 3) of canonical joints.
        real: P arrays (R, 22, 3), the real poses of the same captions.

    Returns:
        Share over all generated poses and all other captions, ties half; 0.5 is chance, NaN for one caption. The
        likeness of a pose to a caption is the distance to the nearest of its real poses.
    """
    count = len(generated)
    if count < 2:
        return float("nan")
    nearest = np.stack(
        [np.concatenate([mean_joint_distance(g[:, None], r[None]).min(1) for g in generated]) for r in real],
        axis=-1,
    )  # (all generated poses, P captions)
    owner = np.repeat(np.arange(count), [len(g) for g in generated])
    own = nearest[np.arange(len(owner)), owner][:, None]
    wins = (own < nearest) + 0.5 * (own == nearest)
    wins[np.arange(len(owner)), owner] = 0
    return float(wins.sum() / (len(owner) * (count - 1)))


def ranks_among(similarity: np.ndarray, rivals: np.ndarray, crowd: int, rng: np.random.Generator) -> np.ndarray:
    """How many of a crowd are more like each row than its own one; 0 is found at once.

    Args:
        similarity: (N, N) of rows to columns, their own on the diagonal.
        rivals: (N, N) bool: which columns may stand in a row's crowd besides its own, which is always there.
        crowd: how many columns are compared, the own one among them; fewer where there are not so many rivals.
        rng: draws each row's crowd.

    Returns:
        (N,) ranks; a tie counts half.
    """
    ranks = np.zeros(len(similarity))
    for row, own in enumerate(similarity.diagonal()):
        others = np.flatnonzero(rivals[row] & (np.arange(len(similarity)) != row))
        found = similarity[row, rng.permutation(others)[: crowd - 1]]
        ranks[row] = (found > own).sum() + 0.5 * (found == own).sum()
    return ranks

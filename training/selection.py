# SPDX-License-Identifier: GPL-3.0-or-later
"""Which frames become poses: clean ones, spread over time and over poses, no outliers, drawn cluster by cluster.

Distances between poses are mean joint distances in metres, pelvis at the origin and heading removed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA

from blender_addon.core.motion import Motion
from blender_addon.core.rotation import quaternion_angle, quaternion_conjugate, quaternion_multiply
from training.agreement import pose_distance


@dataclass(frozen=True)
class SelectionSettings:
    """How frames are picked."""

    min_seconds: float = 0.1
    """Least time between two poses of a clip, in seconds."""
    min_distance: float = 0.025
    """Least distance between two poses of a clip, in metres."""
    max_turn: float = 75.0
    """Degrees a joint may turn against its parent from one frame to the next at 20 fps; more is a flip."""
    min_agreement: float = 0.35
    """How far a pose must show what a caption says to be paired with it, 0 to 1 (see `agreement`)."""
    limit_tolerance: float = 3.0
    """Degrees beyond a joint limit that are put down to measurement, after the repair."""
    max_repair: float = 0.05
    """Metres, mean over the joints, that bringing a pose inside its joint limits may move it; more is a bad frame."""
    num_clusters: int = 8
    """Clusters of k-means over the picked poses."""
    outlier_deviations: float = 8.0
    """A pose further from its cluster's centre than the median by so many median absolute deviations is an outlier."""
    seed: int = 0
    """Of k-means."""
    cluster_balance: float = 0.6
    """0 draws clusters by their size, 1 all equally; between, by a power of the size."""

    def __post_init__(self) -> None:
        if self.min_seconds < 0 or self.min_distance < 0:
            raise ValueError(
                f"distances in time and pose must be 0 or more, got {self.min_seconds}, {self.min_distance}"
            )
        if self.num_clusters < 1:
            raise ValueError(f"the number of clusters must be 1 or more, got {self.num_clusters}")
        for name in ("min_agreement", "cluster_balance"):
            if not 0 <= getattr(self, name) <= 1:
                raise ValueError(f"{name} must be between 0 and 1, got {getattr(self, name)}")


def flipped_frames(motion: Motion, max_turn: float) -> np.ndarray:
    """(F,) bool: frames on either side of a turn of more than `max_turn` degrees against the parent joint."""
    local = motion.local_rotations.astype(np.float64)
    step = quaternion_multiply(quaternion_conjugate(local[:-1]), local[1:])
    jump = (np.degrees(quaternion_angle(step)) > max_turn).any(axis=1)
    flipped = np.zeros(motion.num_frames, dtype=bool)
    flipped[:-1] |= jump
    flipped[1:] |= jump
    return flipped


def spread_out(candidates: np.ndarray, joints: np.ndarray, min_frames: float, min_distance: float) -> np.ndarray:
    """Frames of one clip that keep their distance from each other, taken greedily in the order given.

    Args:
        candidates: (N,) frame indices, the most wanted first.
        joints: (F, 22, 3) all the clip's frames, centred (metres).
        min_frames: least difference of two kept indices.
        min_distance: least pose distance of two kept frames, metres.

    Returns:
        (K,) kept frame indices, ascending.
    """
    kept = np.empty(0, dtype=int)
    for frame in candidates:
        if len(kept):
            if np.abs(kept - frame).min() < min_frames - 1e-6:
                continue
            if min_distance > 0 and pose_distance(joints[kept], joints[frame]).min() < min_distance:
                continue
        kept = np.append(kept, frame)
    return np.sort(kept)


@dataclass(frozen=True, eq=False)
class Clusters:
    """k-means over poses."""

    centres: np.ndarray
    """(k, 22, 3) mean joints in metres."""
    labels: np.ndarray
    """(M,) cluster of each pose; the largest cluster is 0."""
    distances: np.ndarray
    """(M,) metres, pose distance to the own cluster's centre."""


def find_clusters(joints: np.ndarray, num_clusters: int, seed: int) -> Clusters:
    """k-means over centred joints (M, 22, 3); fewer poses than clusters give a cluster a pose."""
    if not len(joints):
        raise ValueError("no poses to cluster: every frame was dropped; see the report above for the reasons")
    k = min(num_clusters, len(np.unique(joints.reshape(len(joints), -1), axis=0)))
    fitted = KMeans(n_clusters=k, n_init=4, random_state=seed).fit(joints.reshape(len(joints), -1))
    by_size = np.argsort(-np.bincount(fitted.labels_, minlength=k), kind="stable")
    labels = np.argsort(by_size)[fitted.labels_]
    centres = fitted.cluster_centers_[by_size].reshape(k, 22, 3)
    return Clusters(centres, labels, pose_distance(joints, centres[labels]))


def outliers(clusters: Clusters, deviations: float) -> np.ndarray:
    """(M,) bool: poses too far from the centre of their own cluster, in robust deviations of that cluster.

    The distance is to the cluster's centre and not to that of all poses, because lying and upside-down poses are
    far from the mean of everything and yet right; corrupt ones are far from everything.
    """
    far = np.zeros(len(clusters.labels), dtype=bool)
    for label in range(len(clusters.centres)):
        members = clusters.labels == label
        distances = clusters.distances[members]
        middle = np.median(distances)
        deviation = max(float(np.median(np.abs(distances - middle))), 0.005)
        far[members] = distances > middle + deviations * deviation
    return far


def balanced_weights(labels: np.ndarray, weights: np.ndarray, balance: float) -> np.ndarray:
    """(M,) sampling weights of mean 1: within a cluster as given, clusters by a power of their total.

    Args:
        labels: (M,) cluster of each pose.
        weights: (M,) positive weights before balancing.
        balance: 0 leaves the clusters as they are, 1 draws all equally often.
    """
    total = np.bincount(labels, weights=weights)
    balanced = weights * total[labels] ** -balance
    return balanced * (len(balanced) / balanced.sum())


def principal_plane(joints: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(M, 2) coordinates on the two principal components of centred joints, and the (2,) variance shares."""
    flat = joints.reshape(len(joints), -1)
    pca = PCA(n_components=2).fit(flat)
    return pca.transform(flat), pca.explained_variance_ratio_

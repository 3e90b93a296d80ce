# SPDX-License-Identifier: GPL-3.0-or-later
"""The mannequin: a closed skin around the reference skeleton, and linear blend skinning that poses it."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from .motion import Motion
from .rotation import quaternion_to_matrix
from .skeleton import SMPL22

MANNEQUIN_FILE = Path(__file__).parent.parent / "assets" / "mannequin.npz"
"""The mesh that ships with the extension, CC0, written by scripts/make_mannequin.py."""

MAX_INFLUENCES = 4
"""Joints that move one vertex, at most; what game formats keep as well."""


@dataclass(frozen=True, eq=False)
class Mannequin:
    """A triangle mesh bound to the 22 joints of SMPL22 at rest. Y up, metres, faces +Z.

    Raises ValueError when shapes disagree, an index points outside, or the weights of a vertex do not sum to 1.
    """

    vertices: np.ndarray
    """(V, 3) float32 rest positions: the T-pose, sole at y = 0."""
    faces: np.ndarray
    """(T, 3) int32 vertex indices, counter-clockwise seen from outside."""
    weight_joints: np.ndarray
    """(V, 4) uint8 the joints that move each vertex; where fewer than four do, the rest carry weight 0."""
    weights: np.ndarray
    """(V, 4) float32 shares of those joints, 0 to 1, summing to 1."""

    def __post_init__(self) -> None:
        vertices = np.array(self.vertices, dtype=np.float32)
        faces = np.array(self.faces, dtype=np.int32)
        joints = np.array(self.weight_joints, dtype=np.uint8)
        weights = np.array(self.weights, dtype=np.float32)
        count = len(vertices)
        if vertices.shape != (count, 3) or faces.shape != (len(faces), 3):
            raise ValueError(f"a mannequin has vertices (V, 3) and faces (T, 3), got {vertices.shape}, {faces.shape}")
        if joints.shape != (count, MAX_INFLUENCES) or weights.shape != (count, MAX_INFLUENCES):
            raise ValueError(
                f"{count} vertices need weight_joints and weights of shape ({count}, {MAX_INFLUENCES}), "
                f"got {joints.shape} and {weights.shape}"
            )
        if faces.size and (faces.min() < 0 or faces.max() >= count):
            raise ValueError(f"faces point at vertices 0 to {count - 1}, got {faces.min()} to {faces.max()}")
        if joints.size and joints.max() >= SMPL22.num_joints:
            raise ValueError(f"weight_joints are 0 to {SMPL22.num_joints - 1}, got {joints.max()}")
        if not np.isfinite(vertices).all():
            raise ValueError("vertices must be finite numbers in metres")
        if weights.min(initial=0) < 0 or not np.allclose(weights.sum(-1), 1, atol=1e-4):
            raise ValueError("the weights of every vertex must be 0 or more and sum to 1; normalise them first")
        for name, array in (("vertices", vertices), ("faces", faces), ("weight_joints", joints), ("weights", weights)):
            array.setflags(write=False)
            object.__setattr__(self, name, array)

    @classmethod
    def load(cls, path: Path = MANNEQUIN_FILE) -> Mannequin:
        """Read a mannequin from .npz; ValueError when the file is not one, OSError when it cannot be read."""
        return _load(Path(path))

    def save(self, path: Path) -> None:
        """Write .npz, compressed; weights as float16, which is exact to a thousandth."""
        np.savez_compressed(
            path,
            vertices=self.vertices,
            faces=self.faces,
            weight_joints=self.weight_joints,
            weights=self.weights.astype(np.float16),
        )

    def dense_weights(self) -> np.ndarray:
        """(V, 22) float32: the share of every joint in every vertex."""
        dense = np.zeros((len(self.vertices), SMPL22.num_joints), dtype=np.float32)
        np.add.at(dense, (np.arange(len(dense))[:, None], self.weight_joints), self.weights)
        return dense

    def skin(self, motion: Motion) -> np.ndarray:
        """The mesh in every frame of a motion: (F, V, 3) float32 world positions in metres, Y up.

        Linear blend skinning: each vertex follows the weighted mean of its joints' rigid motions away from rest.
        """
        rotations = quaternion_to_matrix(motion.global_rotations().astype(np.float64))
        shifts = motion.joints() - np.einsum("fjab,jb->fja", rotations, SMPL22.rest_joints)
        transforms = np.concatenate([rotations, shifts[..., None]], axis=-1).astype(np.float32)
        skinned = np.empty((motion.num_frames, len(self.vertices), 3), dtype=np.float32)
        weights = self.dense_weights()
        for frame, joint_transforms in enumerate(transforms):
            blended = (weights @ joint_transforms.reshape(-1, 12)).reshape(-1, 3, 4)
            skinned[frame] = np.einsum("vab,vb->va", blended[..., :3], self.vertices) + blended[..., 3]
        return skinned


@lru_cache(maxsize=4)
def _load(path: Path) -> Mannequin:
    try:
        with np.load(path, allow_pickle=False) as data:
            vertices, faces, joints = data["vertices"], data["faces"], data["weight_joints"]
            weights = data["weights"].astype(np.float32)
    except (KeyError, EOFError, ValueError, zipfile.BadZipFile) as error:
        raise ValueError(f"{path}: not a mannequin file (vertices, faces, weight_joints, weights): {error}") from error
    # Half precision is a thousandth off a sum of 1.
    return Mannequin(vertices, faces, joints, weights / weights.sum(-1, keepdims=True))

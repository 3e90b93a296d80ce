# SPDX-License-Identifier: GPL-3.0-or-later
"""A motion of the 22-joint body: local rotations and root positions over frames; a pose is one frame."""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from .files import write_atomically
from .kinematics import joints_from_global, local_to_global
from .rotation import (
    quaternion_apply,
    quaternion_from_yaw,
    quaternion_multiply,
    quaternion_normalize,
    quaternion_slerp,
    quaternion_yaw,
)
from .skeleton import JOINT_NAMES, MIRROR_INDICES, SMPL22, Skeleton

_UNIT_TOLERANCE = 1e-2
_FLOAT32_ROUNDING = 1e-6


@dataclass(frozen=True, eq=False)
class Motion:
    """Rotations and root positions of one body over frames. Y up, metres; joints follow by kinematics.

    Raises ValueError when shapes disagree, a value is not finite, or a quaternion is not of unit length.
    """

    local_rotations: np.ndarray
    """(F, 22, 4) float32 unit quaternions wxyz, relative to the parent joint, identity in the T-pose."""
    root_translation: np.ndarray
    """(F, 3) float32 world position of the pelvis joint in metres."""
    fps: float = 20.0
    """Frames a second."""
    skeleton: Skeleton = SMPL22

    def __post_init__(self) -> None:
        rotations = np.asarray(self.local_rotations, dtype=np.float64)
        root = np.asarray(self.root_translation, dtype=np.float64)
        if self.skeleton.joint_names != JOINT_NAMES:
            raise ValueError(f"a motion is on the 22 SMPL joints in their order, got {self.skeleton.joint_names}")
        joints = self.skeleton.num_joints
        if rotations.ndim != 3 or rotations.shape[1:] != (joints, 4):
            raise ValueError(f"local_rotations must be (frames, {joints}, 4), got {rotations.shape}")
        if not len(rotations):
            raise ValueError("a motion needs at least one frame, got none")
        if root.shape != (len(rotations), 3):
            raise ValueError(f"root_translation must be ({len(rotations)}, 3) like the rotations, got {root.shape}")
        if not (np.isfinite(rotations).all() and np.isfinite(root).all()):
            raise ValueError("a motion holds NaN or infinity; drop or repair those frames first")
        if not (np.isfinite(self.fps) and self.fps > 0):
            raise ValueError(f"fps must be a positive number, got {self.fps}")
        error = np.abs(np.linalg.norm(rotations, axis=-1, keepdims=True) - 1)
        if error.max() > _UNIT_TOLERANCE:
            raise ValueError(f"local_rotations must be unit quaternions (wxyz), one is off by {error.max():.3g}")
        # What is already unit in float32 stays bit for bit, so that saving and mirroring twice change nothing.
        rotations = np.where(error > _FLOAT32_ROUNDING, quaternion_normalize(rotations), rotations)
        object.__setattr__(self, "local_rotations", rotations.astype(np.float32))
        object.__setattr__(self, "root_translation", root.astype(np.float32))
        object.__setattr__(self, "fps", float(self.fps))

    @property
    def num_frames(self) -> int:
        """How many frames; 1 for a pose."""
        return len(self.local_rotations)

    @property
    def duration(self) -> float:
        """Seconds the frames last: frames over fps."""
        return self.num_frames / self.fps

    def global_rotations(self) -> np.ndarray:
        """(F, 22, 4) float32: from each joint's rest orientation to its world orientation."""
        return self._global_rotations().astype(np.float32)

    def joints(self) -> np.ndarray:
        """(F, 22, 3) float32 world positions in metres; the pelvis is exactly `root_translation`."""
        return joints_from_global(self._global_rotations(), self.root_translation, self.skeleton).astype(np.float32)

    def _global_rotations(self) -> np.ndarray:
        # float32 quaternions are a little off unit length; down a chain that would stretch bones by 1e-6.
        exact = quaternion_normalize(self.local_rotations.astype(np.float64))
        return local_to_global(exact, self.skeleton.parents)

    def heading(self) -> np.ndarray:
        """(F,) radians about +Y that the pelvis is turned, -pi to pi; 0 faces +Z, pi/2 faces +X.

        The pelvis's own left, laid flat, decides: it stays put when the body bends, lies prone or supine, or goes over
        into a handstand. Within 30 degrees of lying on a side it says nothing, and the twist about +Y decides.
        """
        pelvis = self.local_rotations[:, 0]
        left = quaternion_apply(pelvis, np.array([1.0, 0.0, 0.0], dtype=np.float32))
        steady = np.hypot(left[:, 0], left[:, 2]) > 0.5
        return np.where(steady, np.arctan2(-left[:, 2], left[:, 0]), quaternion_yaw(pelvis))

    def mirrored(self) -> Motion:
        """The motion reflected in the plane x = 0: left and right change places."""
        reflected = self.local_rotations[:, MIRROR_INDICES] * np.array([1, 1, -1, -1], dtype=np.float32)
        return replace(self, local_rotations=reflected, root_translation=self.root_translation * [-1, 1, 1])

    def sliced(self, start: int, stop: int) -> Motion:
        """Frames start to stop (exclusive), 0 <= start < stop <= num_frames."""
        if not 0 <= start < stop <= self.num_frames:
            raise ValueError(f"cannot take frames {start} to {stop} of a motion of {self.num_frames} frames")
        return replace(
            self, local_rotations=self.local_rotations[start:stop], root_translation=self.root_translation[start:stop]
        )

    def resampled(self, fps: float) -> Motion:
        """The same movement at another frame rate, from its first frame to at most its last.

        Rotations by slerp, root positions linearly.
        """
        if not (np.isfinite(fps) and fps > 0):
            raise ValueError(f"fps must be a positive number, got {fps}")
        last = self.num_frames - 1
        count = int(np.floor(last * fps / self.fps + 1e-6)) + 1
        position = np.minimum(np.arange(count) * (self.fps / fps), last)
        before = np.floor(position).astype(int)
        after = np.minimum(before + 1, last)
        t = position - before
        rotations, root = self.local_rotations.astype(np.float64), self.root_translation.astype(np.float64)
        return replace(
            self,
            local_rotations=quaternion_slerp(rotations[before], rotations[after], t[:, None]),
            root_translation=root[before] + (root[after] - root[before]) * t[:, None],
            fps=fps,
        )

    def facing_forward(self) -> Motion:
        """The motion turned and moved over the floor so that frame 0 faces +Z with its pelvis at x = z = 0."""
        turn = quaternion_from_yaw(-self.heading()[0].astype(np.float64))
        rotations = self.local_rotations.astype(np.float64)
        rotations[:, 0] = quaternion_multiply(turn, rotations[:, 0])
        start = self.root_translation[0] * [1.0, 0.0, 1.0]
        return replace(
            self, local_rotations=rotations, root_translation=quaternion_apply(turn, self.root_translation - start)
        )

    def save(self, path: Path | str) -> None:
        """Write to `path`, .npz or .json, all or nothing; ValueError for another suffix."""
        path = Path(path)
        content: dict[str, np.ndarray] = {
            "local_rotations": self.local_rotations,
            "root_translation": self.root_translation,
            "fps": np.array(self.fps),
            "joint_names": np.array(self.skeleton.joint_names),
            "parents": np.array(self.skeleton.parents),
            "rest_joints": self.skeleton.rest_joints,
        }
        if path.suffix == ".npz":
            write_atomically(path, lambda file: _write_npz(file, content))
        elif path.suffix == ".json":
            text = json.dumps({key: value.tolist() for key, value in content.items()})
            write_atomically(path, lambda file: file.write(text.encode()))
        else:
            raise ValueError(f"a motion is saved as .npz or .json, got {path.name!r}")

    @staticmethod
    def load(path: Path | str) -> Motion:
        """Read what `save` wrote; ValueError says what is wrong with a file that is something else."""
        path = Path(path)
        try:
            content: dict[str, Any]
            if path.suffix == ".npz":
                with np.load(path, allow_pickle=False) as archive:
                    content = {key: archive[key] for key in archive.files}
            elif path.suffix == ".json":
                content = json.loads(path.read_text(encoding="utf-8"))
            else:
                raise ValueError("a motion is read from .npz or .json")
            names = tuple(str(name) for name in content["joint_names"])
            parents = tuple(int(parent) for parent in content["parents"])
            skeleton = Skeleton(names, parents, np.asarray(content["rest_joints"]))
            if names == SMPL22.joint_names and np.array_equal(skeleton.rest_joints, SMPL22.rest_joints):
                skeleton = SMPL22
            return Motion(
                np.asarray(content["local_rotations"], dtype=np.float64),
                np.asarray(content["root_translation"], dtype=np.float64),
                float(content["fps"]),
                skeleton,
            )
        except (KeyError, TypeError) as error:
            raise ValueError(f"{path}: not a saved motion, missing or wrong {error}") from error
        except (ValueError, zipfile.BadZipFile) as error:
            raise ValueError(f"{path}: not a saved motion ({error})") from error


def _write_npz(file: BinaryIO, content: dict[str, np.ndarray]) -> None:
    np.savez_compressed(file, **content)

# SPDX-License-Identifier: GPL-3.0-or-later
"""What a generation gives: motions of some prompts, several samples each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from backend.constraints import Residue
from blender_addon.core.kinematics import forward_kinematics
from blender_addon.core.motion import Motion
from blender_addon.core.skeleton import SMPL22

POSE_FPS = 20.0


@dataclass(frozen=True)
class GeneratedMotions:
    """Some prompts with several samples each; poses are motions of one frame."""

    prompts: tuple[str, ...]
    seeds: tuple[int, ...]
    """The seed of each sample: generating with that seed and one sample gives the same motion again."""
    local_rotations: np.ndarray
    """(P, S, F, 22, 4) float32 unit quaternions wxyz."""
    root_translation: np.ndarray
    """(P, S, F, 3) float32 metres."""
    fps: float = POSE_FPS
    scores: np.ndarray | None = None
    """(P, S) float32: how well each goes with its prompt, of the candidates that it was chosen from; more is better."""
    residue: Residue | None = None
    """(P, S) by how much each misses its constraints, where there were any."""
    changed_limbs: tuple[str, ...] = ()
    """The limbs that an edit was free to change."""

    @property
    def num_prompts(self) -> int:
        """P, how many prompts."""
        return self.local_rotations.shape[0]

    @property
    def num_samples(self) -> int:
        """S, how many samples each prompt has."""
        return self.local_rotations.shape[1]

    @property
    def num_frames(self) -> int:
        """F, how many frames a sample has; 1 for poses."""
        return self.local_rotations.shape[2]

    def joints(self) -> np.ndarray:
        """Joint positions (P, S, F, 22, 3) in metres, float32."""
        return forward_kinematics(self.local_rotations, self.root_translation, SMPL22).astype(np.float32)

    def motion(self, prompt_index: int, sample_index: int) -> Motion:
        """One sample."""
        at = (prompt_index, sample_index)
        return Motion(self.local_rotations[at], self.root_translation[at], self.fps)

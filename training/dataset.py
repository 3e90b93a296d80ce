# SPDX-License-Identifier: GPL-3.0-or-later
"""Batches to train on: poses of a prepared set with the texts they show, mirrored half of the time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import torch
from jaxtyping import Float, Int
from torch import Tensor

from backend.features import features_from_motion
from blender_addon.core.motion import Motion
from training.prepared import PreparedSet


@dataclass(frozen=True)
class Batch:
    """Some prompts and, for each, several poses that show it: one text encoding then serves them all."""

    prompts: tuple[str, ...]
    prompt_index: Int[Tensor, " batch"]
    """Which prompt each pose belongs to."""
    features: Float[Tensor, "batch tokens features"]
    """Limb tokens in metres and matrix entries, not yet normalised."""


class PoseDataset:
    """The captioned poses of one split.

    A batch is a function of the seed and its number alone: a resumed run sees what an unbroken one would have seen.
    """

    def __init__(self, prepared: PreparedSet, split: Literal["train", "val", "test"]) -> None:
        """Raises ValueError when the split holds no captioned pose."""
        self.captions = prepared.captions
        counts = np.diff(prepared.pose_caption_offsets)
        chosen = np.flatnonzero((prepared.pose_split == split) & (counts > 0) & (prepared.pose_weight > 0))
        if not len(chosen):
            raise ValueError(f"the prepared set has no captioned poses in its split {split!r}; prepare more data")
        frames = prepared.pose_frame[chosen]
        motion = Motion(prepared.local_rotations[frames], prepared.root_translation[frames], prepared.fps)
        self.features = features_from_motion(motion)
        self.mirrored_features = features_from_motion(motion.mirrored())
        self.weight = prepared.pose_weight[chosen].astype(np.float64)
        pairs = np.concatenate([np.arange(*prepared.pose_caption_offsets[pose : pose + 2]) for pose in chosen])
        self._pair_pose = np.repeat(np.arange(len(chosen)), counts[chosen])
        self._pair_caption = prepared.pose_caption_ids[pairs]
        # A pose is drawn by its weight, then one of its captions by how far the pose shows it.
        shown = prepared.pose_caption_weights[pairs].astype(np.float64)
        total = np.bincount(self._pair_pose, shown, minlength=len(chosen))
        self._pair_weight = self.weight[self._pair_pose] * shown / np.maximum(total[self._pair_pose], 1e-9)
        self._cumulative = np.cumsum(self._pair_weight)
        order = np.argsort(self._pair_caption, kind="stable")
        captions, starts = np.unique(self._pair_caption[order], return_index=True)
        self._pairs_of = dict(zip(captions.tolist(), np.split(order, starts[1:]), strict=True))

    def __len__(self) -> int:
        """How many poses, mirror images not counted."""
        return len(self.features)

    def prompts(self) -> list[str]:
        """Every text that can be drawn, mirrored ones included, each once."""
        used = [self.captions[index] for index in self._pairs_of]
        return list(dict.fromkeys([c.text for c in used] + [c.mirrored_text for c in used]))

    def batch(self, number: int, *, seed: int, num_prompts: int, poses_per_prompt: int) -> Batch:
        """Batch `number` of the endless sequence that `seed` names: num_prompts x poses_per_prompt poses."""
        random = np.random.default_rng((seed, number))
        places = random.random(num_prompts) * self._cumulative[-1]
        anchors = np.minimum(np.searchsorted(self._cumulative, places, side="right"), len(self._cumulative) - 1)
        mirrored = random.random(num_prompts) < 0.5
        prompts, rows = [], []
        for anchor, swap in zip(anchors, mirrored, strict=True):
            caption = self.captions[self._pair_caption[anchor]]
            prompts.append(caption.mirrored_text if swap else caption.text)
            pairs = self._pairs_of[int(self._pair_caption[anchor])]
            weight = self._pair_weight[pairs]
            more = random.choice(pairs, poses_per_prompt - 1, p=weight / weight.sum())
            source = self.mirrored_features if swap else self.features
            rows.append(source[self._pair_pose[np.concatenate(([anchor], more))]])
        index = torch.arange(num_prompts).repeat_interleave(poses_per_prompt)
        return Batch(tuple(prompts), index, torch.cat(rows))

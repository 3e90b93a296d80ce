# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether held-out captions and poses find each other in a crowd, by a checkpoint's alignment."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch

from backend.alignment import Alignment
from backend.features import features_from_motion
from backend.pipeline import PosePipeline
from backend.sides import left_first
from blender_addon.core.motion import Motion
from training.evaluation import Recall, Retrieval
from training.metrics import PoseSet, ranks_among

CROWD = 32
"""Among how many captions, or poses, the right one is to be found."""


def measure_retrieval(
    pipeline: PosePipeline,
    captions: dict[str, np.ndarray],
    every: PoseSet,
    generated: PoseSet,
    first: PoseSet | None,
    rng: np.random.Generator,
) -> Retrieval | None:
    """Compare generated with real poses; None where the checkpoint has no alignment or there are no rivals.

    Args:
        pipeline: the model.
        captions: C texts and the real poses of each, as indices of `every`.
        every: real poses.
        generated: C * S poses, caption after caption.
        first: the same without a choice among candidates; None where there was none.
        rng: draws real poses, as many of each caption as there are generated ones, and crowds.
    """
    if pipeline.alignment is None:
        return None
    shown = [frozenset(indices.tolist()) for indices in captions.values()]
    rivals = np.array([[not a & b for b in shown] for a in shown])
    if not rivals.any(1).all():
        return None
    samples = len(generated) // len(captions)
    drawn = np.concatenate([rng.choice(indices, samples) for indices in captions.values()])
    crowd = min(CROWD, int(rivals.sum(1).min()) + 1)
    state = int(rng.integers(2**32))

    def recall(poses: PoseSet) -> Recall:
        # The same crowds for all, so that the sets differ by their poses alone.
        assert pipeline.alignment is not None
        own = np.random.default_rng(state)
        likeness = similarity(pipeline, pipeline.alignment, list(captions), poses)
        to_poses = np.stack([ranks_among(each, rivals, crowd, own) for each in likeness])
        to_captions = np.stack([ranks_among(each.T, rivals, crowd, own) for each in likeness])
        return Recall(
            *(float((ranks < most).mean()) for ranks in (to_poses, to_captions) for most in (1, 3)),
        )

    return Retrieval(
        captions=len(captions),
        crowd=crowd,
        generated=recall(generated),
        first=None if first is None else recall(first),
        real=recall(every.chosen(drawn)),
    )


@torch.inference_mode()
def similarity(
    pipeline: PosePipeline, alignment: Alignment, texts: Sequence[str], poses: PoseSet, batch_size: int = 256
) -> np.ndarray:
    """Cosines (S, C, C): of sample s of each caption's poses, each caption with each pose.

    Captions that name the right side first are read as the pipeline reads them, mirrored, and so are the poses then.
    """
    said, mirrored = zip(*map(left_first, texts), strict=True)
    told = torch.cat(
        [
            alignment.text(pipeline.text_encoder(said[start : start + batch_size])).vectors
            for start in range(0, len(texts), batch_size)
        ]
    )
    motion = Motion(poses.local_rotations, poses.root_translation)
    cosines = [
        torch.einsum(
            "cd,psd->scp",
            told,
            alignment.pose(features_from_motion(each).to(pipeline.device)).unflatten(0, (len(texts), -1)),
        )
        for each in (motion, motion.mirrored())
    ]
    turned = torch.tensor(mirrored, device=pipeline.device)[None, :, None]
    return torch.where(turned, cosines[1], cosines[0]).double().cpu().numpy()

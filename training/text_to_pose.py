# SPDX-License-Identifier: GPL-3.0-or-later
"""What is trained to make poses of texts: the text tower and the denoiser, run together on samples of known poses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from backend.denoiser import Constraints, Denoiser
from backend.text_encoder import TextEncoder, TextFeatures
from training.losses import nearest_reading


@dataclass(frozen=True)
class ToldPoses:
    """What texts tell of their samples by themselves."""

    readings: Tensor
    """(batch,) the reading that each sample is of."""
    mean: Tensor
    spread: Tensor
    """(batch, tokens, features) its mean pose and the log deviation round it."""
    logits: Tensor
    """(batch, readings)."""


class TextToPose(nn.Module):
    """What is trained: the text tower, whose vocabulary stays as it was distilled, and the denoiser."""

    def __init__(self, encoder: TextEncoder, denoiser: Denoiser, encoder_learns: bool) -> None:
        super().__init__()
        self.encoder = encoder.requires_grad_(False)
        self.denoiser = denoiser
        self.encoder_learns = encoder_learns
        if encoder_learns:
            encoder.requires_grad_(True)
            # Words that training never says stay next to their synonyms that it does.
            encoder.tower.token_embedding.weight.requires_grad_(False)
            if encoder.limb_reader is not None:
                # The denoiser has these of its own; they are copied back when a checkpoint is written.
                for parameter in encoder.limb_reader.answers():
                    parameter.requires_grad_(False)

    def forward(
        self,
        prompts: Sequence[str],
        anchors: Sequence[str],
        clean: Tensor,
        noisy: Tensor,
        timesteps: Tensor,
        has_text: Tensor,
        constraints: Constraints,
    ) -> tuple[Tensor, ToldPoses | None, Tensor | None]:
        """The clean features predicted, what the text tells of them, and the anchors' pooled text features.

        `clean` are the true ones, by which each sample is told the reading of its text that it is of.
        """
        with torch.set_grad_enabled(self.encoder_learns and torch.is_grad_enabled()):
            text = self.encoder([*prompts, *anchors])
        told = TextFeatures(*(getattr(text, name)[: len(prompts)] for name in ("tokens", "mask", "pooled")))
        told_poses = None
        if self.denoiser.config.limb_summaries:
            each = len(clean) // len(prompts)
            _, mean, spread = (
                part.float().repeat_interleave(each, 0) for part in self.denoiser.read_limbs(told.tokens)
            )
            nearest = nearest_reading(mean, clean, self.denoiser.used)
            rows = torch.arange(len(clean), device=clean.device)
            logits = self.denoiser.likelihood(told.tokens).float().repeat_interleave(each, 0)
            told_poses = ToldPoses(nearest, mean[rows, nearest], spread[rows, nearest], logits)
        readings = None if told_poses is None else told_poses.readings
        predicted = self.denoiser(noisy, timesteps, told, None, has_text, constraints, None, readings)
        return predicted, told_poses, text.pooled[len(prompts) :] if anchors else None

# SPDX-License-Identifier: GPL-3.0-or-later
"""What is trained to make poses of texts: the text tower and the denoiser, run together on samples of known poses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from backend.denoiser import Constraints, Denoiser
from backend.solver import solver_steps
from backend.text_encoder import TextEncoder, TextFeatures
from training.grammar.intent import Goal
from training.losses import nearest_reading, readings_missed


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


@dataclass(frozen=True)
class OwnSamples:
    """Poses that the model is to make itself from noise, some of each prompt, as the few-step sampler makes them."""

    noise: Tensor
    """(prompts x takes, tokens, features), a prompt's takes side by side."""
    num_steps: int
    stop: int
    """The step whose prediction is learnt from, 0 the first; those before it are taken as they come."""
    guidance: float = 1.0
    """How strongly each step follows the text; only what is predicted with it is learnt from."""


@dataclass(frozen=True)
class Predictions:
    """What the model makes of a batch."""

    clean: Tensor
    """(batch, tokens, features) of the noisy samples."""
    own: Tensor | None
    """(prompts x takes, tokens, features) of its own samples, where it made any."""
    told: ToldPoses | None
    anchors: Tensor | None
    """(anchors, features) their pooled text features."""


class TextToPose(nn.Module):
    """What is trained: the text tower, whose vocabulary stays as it came, and the denoiser."""

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
        own: OwnSamples | None = None,
        goals: Sequence[Sequence[Goal]] = (),
    ) -> Predictions:
        """Predict the clean features of noisy samples, as many of each prompt, and of the model's `own`.

        `clean` are the true ones, and `goals` what each prompt asks for: by these each sample is told the reading of
        its text that it is of. Own samples are of the reading of their prompt's first.
        """
        with torch.set_grad_enabled(self.encoder_learns and torch.is_grad_enabled()):
            text = self.encoder([*prompts, *anchors])
        told = TextFeatures(*(getattr(text, name)[: len(prompts)] for name in ("tokens", "mask", "pooled")))
        each = len(clean) // len(prompts)
        told_poses = self._told_poses(told, clean, goals) if self.denoiser.config.limb_summaries else None
        readings = None if told_poses is None else told_poses.readings
        takes = 0 if own is None else len(own.noise) // len(prompts)
        if own is not None:
            first = None if readings is None else readings[::each].repeat_interleave(takes)
            x, timestep, unguided = self._own_states(told, own, first)
            # The samples of a prompt stay side by side, its own ones last.
            noisy = _with_last(noisy, x, len(prompts))
            timesteps = _with_last(timesteps, timesteps.new_full((len(x),), timestep), len(prompts))
            has_text = _with_last(has_text, has_text.new_ones(len(x)), len(prompts))
            if readings is not None and first is not None:
                readings = _with_last(readings, first, len(prompts))
            given = (constraints.values, constraints.mask, constraints.positions, constraints.position_mask)
            constraints = Constraints(
                *(_with_last(part, part.new_zeros(len(x), *part.shape[1:]), len(prompts)) for part in given)
            )
        predicted = self.denoiser(noisy, timesteps, told, None, has_text, constraints, None, readings)
        drawn = None
        if own is not None:
            rows = predicted.unflatten(0, (len(prompts), each + takes))
            predicted, drawn = rows[:, :each].flatten(0, 1), rows[:, each:].flatten(0, 1).float()
            drawn = drawn if unguided is None else torch.lerp(unguided, drawn, own.guidance)
        return Predictions(predicted, drawn, told_poses, text.pooled[len(prompts) :] if anchors else None)

    def _told_poses(self, told: TextFeatures, clean: Tensor, goals: Sequence[Sequence[Goal]]) -> ToldPoses:
        denoiser, each = self.denoiser, len(clean) // len(told.tokens)
        _, mean, spread = (part.float() for part in denoiser.read_limbs(told.tokens))
        missed = readings_missed(mean, denoiser.scaler, goals).repeat_interleave(each, 0) if goals else None
        mean, spread = mean.repeat_interleave(each, 0), spread.repeat_interleave(each, 0)
        nearest = nearest_reading(mean, clean, denoiser.used, missed)
        rows = torch.arange(len(clean), device=clean.device)
        logits = denoiser.likelihood(told.tokens).float().repeat_interleave(each, 0)
        return ToldPoses(nearest, mean[rows, nearest], spread[rows, nearest], logits)

    @torch.no_grad()
    def _own_states(
        self, told: TextFeatures, own: OwnSamples, readings: Tensor | None
    ) -> tuple[Tensor, int, Tensor | None]:
        """What the sampler hands to its step `stop`, that step's timestep, and what is predicted there without text."""
        x, before = own.noise, None
        steps = solver_steps(own.num_steps)

        def predicted(timestep: int, heard: bool) -> Tensor:
            at = torch.full((len(x),), timestep, device=x.device)
            has_text = torch.full((len(x),), heard, device=x.device)
            return self.denoiser(x, at, told, None, has_text, None, None, readings).float()

        for step in steps[: own.stop]:
            clean = predicted(step.timestep, True)
            if own.guidance != 1:
                clean = torch.lerp(predicted(step.timestep, False), clean, own.guidance)
            x, before = step.advanced(x, clean, before), clean
        timestep = steps[own.stop].timestep
        return x, timestep, None if own.guidance == 1 else predicted(timestep, False)


def _with_last(many: Tensor, more: Tensor, prompts: int) -> Tensor:
    """Rows of prompts, as many of each, and after a prompt's rows more of it."""
    return torch.cat((many.unflatten(0, (prompts, -1)), more.unflatten(0, (prompts, -1))), 1).flatten(0, 1)

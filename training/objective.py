# SPDX-License-Identifier: GPL-3.0-or-later
"""What a batch costs a model: poses noised, partly given, denoised and judged, and poses that it makes itself."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from diffusers.schedulers.scheduling_ddpm import DDPMScheduler
from jaxtyping import Bool
from torch import Tensor, nn
from torch.nn import functional as F

from backend.choice import looseness
from backend.denoiser import Constraints, Denoiser
from backend.features import JOINT_TOKENS, NUM_JOINTS, NUM_TOKENS, joint_mask, position_mask, positions_from_features
from blender_addon.core.skeleton import JOINT_NAMES, LIMBS
from training.dataset import LENGTH_CLASSES, Batch
from training.grammar.intent import Goal
from training.grammar.points import MIDDLES, SPOT_JOINTS, SPOT_NAMES, point_index
from training.losses import (
    Losses,
    clearance_loss,
    compute_losses,
    flesh_loss,
    goal_loss,
    limit_loss,
    sameness_loss,
    spread_loss,
)
from training.text_to_pose import OwnSamples, Predictions


@dataclass(frozen=True)
class Noising:
    """How samples are made hard."""

    power: float
    """Timesteps are a uniform number to this power, of all."""
    text_dropout: float
    """Share of samples without their text."""
    constraint_rate: float
    """Share of samples of which something is given."""


def batch_losses(
    model: nn.Module,
    denoiser: Denoiser,
    batch: Batch,
    schedule: DDPMScheduler,
    noising: Noising,
    generator: torch.Generator,
    anchors: Sequence[str] = (),
    number: int | None = None,
) -> tuple[Losses, Tensor | None]:
    """Noise a batch, denoise it, compare with the poses and with what the texts ask for.

    With its `number` the model also makes poses of the batch's prompts itself, which are judged by the texts alone.
    All randomness is from `generator`, on the CPU, so that devices agree.
    """
    device = denoiser.used.device
    features = batch.features.to(device)
    clean = denoiser.scaler.normalize(features) * denoiser.used
    size, last = len(clean), schedule.config["num_train_timesteps"]
    noise = torch.randn(clean.shape, generator=generator).to(device) * denoiser.used
    timesteps = (torch.rand(size, generator=generator) ** noising.power * last).long().clamp_max(last - 1)
    timesteps = timesteps.to(device)
    has_text = (torch.rand(size, generator=generator) >= noising.text_dropout).to(device)
    turned, placed = _given_joints(size, noising.constraint_rate, generator)
    own = None if number is None else _own_samples(batch, denoiser.used, number, generator)
    made: Predictions = model(
        batch.prompts,
        anchors,
        clean,
        schedule.add_noise(clean, noise, timesteps),
        timesteps,
        has_text,
        Constraints(
            clean, joint_mask(turned).to(device), positions_from_features(features), position_mask(placed).to(device)
        ),
        own,
        batch.goals,
    )
    scaler = denoiser.scaler
    with torch.autocast(device.type, enabled=False):
        predicted = made.clean.float()
        told = zip(batch.prompt_index.tolist(), has_text.tolist(), strict=True)
        goals = [batch.goals[prompt] if heard else () for prompt, heard in told] if batch.goals else ()
        losses = compute_losses(predicted, clean, scaler, denoiser.used)
        losses = dataclasses.replace(losses, goals=goal_loss(predicted, scaler, goals))
        if made.told is not None:
            spread = spread_loss(clean - made.told.mean.detach(), made.told.spread, denoiser.used)
            likely = F.cross_entropy(made.told.logits, made.told.readings)
            # The mean pose of a reading is to do by itself what is said.
            mean_goals = goal_loss(made.told.mean[:: size // len(batch.prompts)], scaler, batch.goals)
            losses = dataclasses.replace(losses, spread=spread, likely=likely, mean_goals=mean_goals)
        if made.own is not None:
            each = size // len(batch.prompts)
            asked = [own for own in batch.goals for _ in range(TAKES)]
            shown = clean[::each].repeat_interleave(TAKES, 0)
            losses = dataclasses.replace(
                losses,
                own_goals=goal_loss(made.own, scaler, asked),
                flesh=flesh_loss(made.own, scaler),
                clearance=losses.clearance + clearance_loss(made.own, shown, scaler),
                limits=losses.limits + limit_loss(made.own, scaler),
            )
            if made.told is not None:
                takes = made.own.unflatten(0, (-1, TAKES))
                sameness = sameness_loss(takes[:, 0], takes[:, 1], made.told.spread[::each].detach(), denoiser.used)
                losses = dataclasses.replace(losses, sameness=sameness)
        return losses, made.anchors


TAKES = 2
"""Own samples of a prompt: two, to see by how much they differ."""
OWN_STEPS = (
    (2, 1, 1.5),
    (3, 2, 1.5),
    (2, 1, 1.0),
    (4, 3, 2.0),
    (2, 1, 1.5),
    (3, 2, 2.0),
    (2, 1, 2.0),
    (4, 2, 1.5),
)
"""In how many steps the model makes its own samples, which of them it learns from, and with what guidance, in turn: as
it is used, and mostly the last step. A power of two, so that all processes take turns together."""


def _own_samples(batch: Batch, used: Tensor, number: int, generator: torch.Generator) -> OwnSamples:
    """Noise for samples of every prompt of batch `number`, and how far they are denoised.

    Limbs that nothing is asked of start from more noise, as they do when the model is used: from anything up to that.
    """
    takes = TAKES * len(batch.prompts)
    noise = torch.randn(takes, *used.shape, generator=generator)
    spoken = torch.rand(takes, 1, generator=generator).expand(-1, len(LIMBS)).clone()
    asked = torch.zeros(len(batch.prompts), len(LIMBS), dtype=torch.bool)
    for row, goals in zip(asked, batch.goals, strict=False):
        row[list(limbs_asked(goals))] = True
    # Captions without goals may speak of any limb.
    asked |= ~asked.any(1, keepdim=True)
    spoken[asked.repeat_interleave(TAKES, 0)] = 1
    noise = noise * looseness(spoken)[:, :, None]
    return OwnSamples(noise.to(used.device) * used, *OWN_STEPS[number // LENGTH_CLASSES % len(OWN_STEPS)])


def limbs_asked(goals: Sequence[Goal]) -> frozenset[int]:
    """The limbs, by their place in LIMBS, whose joints goals speak of."""
    return frozenset(token for goal in goals for point in goal.points() for token in _limbs_moving(point))


@functools.cache
def _limbs_moving(point: str) -> frozenset[int]:
    index = point_index(point)
    spots = (index,) if index < len(SPOT_NAMES) else MIDDLES[index - len(SPOT_NAMES)]
    return frozenset(JOINT_TOKENS[int(SPOT_JOINTS[spot])] for spot in spots)


_EFFECTORS = [JOINT_NAMES.index(name) for name in ("pelvis", "head")] + [
    JOINT_NAMES.index(f"{side}_{name}") for side in ("left", "right") for name in ("wrist", "ankle", "elbow", "knee")
]


def _given_joints(
    size: int, constraint_rate: float, generator: torch.Generator
) -> tuple[Bool[Tensor, "batch joints"], Bool[Tensor, "batch joints"]]:
    """Which joints are given by their rotation and which by their place: none of most samples, and of the others
    single joints, whole limbs, ends of limbs, or a mixture."""

    def drawn(*shape: int) -> Tensor:
        return torch.rand(size, *shape, generator=generator)

    share, kind = drawn(1), drawn(1)
    joints = drawn(NUM_JOINTS) < share
    limbs = (drawn(NUM_TOKENS) < share)[:, JOINT_TOKENS]
    ends = torch.zeros(size, NUM_JOINTS, dtype=torch.bool)
    ends[:, _EFFECTORS] = drawn(len(_EFFECTORS)) < share
    turned = torch.where(kind < 0.3, joints, limbs) & (kind < 0.7)
    placed = torch.where(kind < 0.9, ends, joints) & ((kind >= 0.6) & (kind < 0.95))
    placed |= (kind >= 0.95) & (drawn(NUM_JOINTS) < share)
    constrained = drawn(1) < constraint_rate
    return turned & constrained, placed & constrained

# SPDX-License-Identifier: GPL-3.0-or-later
"""What trainings of the text tower, the denoiser and the alignment share: precision, rates, anchors, what is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import torch
from torch import Tensor, nn

from training.dataset import LENGTH_CLASSES, of_like_length


class Schedule(Protocol):
    """The settings of a run that decide its learning rate."""

    @property
    def num_steps(self) -> int:
        """All steps of the run."""

    @property
    def warmup_steps(self) -> int:
        """Steps in which the rate rises."""

    @property
    def decay(self) -> float:
        """Share of the steps, the last, in which it falls to nothing."""


def rate_at(step: int, schedule: Schedule) -> float:
    """The share of the learning rate at a step: it rises, stays, and falls to 0 (Hu et al. 2024, MiniCPM)."""
    falling = (schedule.num_steps - step) / max(1.0, schedule.decay * schedule.num_steps)
    return max(0.0, min(1.0, (step + 1) / max(1, schedule.warmup_steps), falling))


def mixed_precision(precision: str, cpu: bool) -> str:
    """What accelerate is to use: the precision asked for, or for "auto" bf16 where the machine multiplies it natively.

    Args:
        precision: "auto", "no", "bf16" or "fp16".
        cpu: Whether a GPU is to be left alone.
    """
    if precision != "auto":
        return precision
    if cpu or not torch.cuda.is_available():
        # Without these instructions bf16 is emulated, and slower than single precision.
        return "bf16" if torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported() else "no"
    return "bf16" if torch.cuda.is_bf16_supported() else "fp16"


_PROCESS_STRIDE = LENGTH_CLASSES << 32


def batch_number(step: int, process: int) -> int:
    """The batch that a process takes at a step: no other takes it, and all take texts of like length at the same time.

    So none waits for another one that reads longer texts.
    """
    return step + process * _PROCESS_STRIDE


def drawn_anchors(anchors: Sequence[str], count: int, number: int, generator: torch.Generator) -> list[str]:
    """Some of the texts whose meaning a learning tower must keep, about as long as batch `number`; none of none."""
    if not len(anchors) or count == 0:
        return []
    drawn = torch.randint(len(anchors), (count * LENGTH_CLASSES,), generator=generator).tolist()
    return [anchors[drawn[index]] for index in of_like_length([anchors[index] for index in drawn], number)]


def millions(module: nn.Module) -> str:
    """How many of a module's parameters learn."""
    return f"{sum(parameter.numel() for parameter in module.parameters() if parameter.requires_grad) / 1e6:.1f} M"


def load_what_fits(module: nn.Module, state: Mapping[str, Tensor]) -> None:
    """Take over of another module's state what this one has in the same shape; the rest stays as it is."""
    own = module.state_dict()
    fits = {name: tensor for name, tensor in state.items() if name in own and tensor.shape == own[name].shape}
    module.load_state_dict(fits, strict=False)

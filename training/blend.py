# SPDX-License-Identifier: GPL-3.0-or-later
"""The `blend` command: a checkpoint between two, of which one was trained on from the other.

A model that learnt new texts forgot some of the old ones; on the way from one to the other in a straight line lie
models that know most of both (Wortsman et al., Robust fine-tuning of zero-shot models, 2022).
"""

from __future__ import annotations

import argparse
import dataclasses
from pathlib import Path

import torch
from torch import nn

from backend.checkpoint import Checkpoint, load_checkpoint, save_checkpoint


def blend(first: Checkpoint, second: Checkpoint, share: float) -> Checkpoint:
    """Networks whose weights are `share` of the second's and the rest of the first's; it has no alignment yet.

    The second's networks are moved, not copied. Raises ValueError for a share outside 0 to 1 and for checkpoints of
    different shapes.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"the share must be 0 to 1, got {share}")
    if first.text_encoder.config != second.text_encoder.config or first.denoiser.config != second.denoiser.config:
        raise ValueError("only checkpoints of the same shape can be blended, one trained on from the other")
    for own, other in ((first.text_encoder, second.text_encoder), (first.denoiser, second.denoiser)):
        _move(own, other, 1 - share)
    card = f"{share:.0%} of the weights of the second and {1 - share:.0%} of the first of two checkpoints."
    return dataclasses.replace(second, model_card=f"# A blend\n\n{card}\n", alignment=None)


@torch.no_grad()
def _move(origin: nn.Module, goal: nn.Module, share: float) -> None:
    """Move the weights of `goal` towards those of `origin` by a share of the way."""
    towards = origin.state_dict()
    for name, tensor in goal.state_dict().items():
        if tensor.is_floating_point():
            tensor.lerp_(towards[name], share)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `python -m training blend`."""
    parser.add_argument("first", type=Path, help="checkpoint that the second was trained on from")
    parser.add_argument("second", type=Path, help="checkpoint")
    parser.add_argument("--share", type=float, default=0.5, metavar="S", help="how much of the second (0.5)")
    parser.add_argument("--output", type=Path, required=True, metavar="DIR", help="folder of the new checkpoint")


def run(args: argparse.Namespace) -> int:
    """Carry out `blend`."""
    save_checkpoint(blend(load_checkpoint(args.first), load_checkpoint(args.second), args.share), args.output)
    print(f"{args.output}: {args.share:.0%} {args.second}, {1 - args.share:.0%} {args.first}; `align` it next")
    return 0

# SPDX-License-Identifier: GPL-3.0-or-later
"""The `blend` command: a checkpoint, or a grounded tower, between two of which one was trained on from the other.

A model that learnt new texts forgot some of the old ones; on the way from one to the other in a straight line lie
models that know most of both (Wortsman et al., Robust fine-tuning of zero-shot models, 2022).
"""

from __future__ import annotations

import argparse
import dataclasses
from pathlib import Path

import torch
from torch import nn

from backend.checkpoint import (
    DENOISER,
    Checkpoint,
    load_checkpoint,
    load_text_encoder,
    save_checkpoint,
    save_tensors,
    save_text_encoder,
)
from backend.text_encoder import TextEncoder
from training.ground import POSE_SCALER, load_pose_scaler, with_limb_reader


def blend(first: Checkpoint, second: Checkpoint, share: float) -> Checkpoint:
    """Networks whose weights are `share` of the second's and the rest of the first's; it has no alignment yet.

    The second's networks are moved, not copied. Raises ValueError for a share outside 0 to 1 and for checkpoints of
    different shapes.
    """
    _check_share(share)
    if first.text_encoder.config != second.text_encoder.config or first.denoiser.config != second.denoiser.config:
        raise ValueError("only checkpoints of the same shape can be blended, one trained on from the other")
    for own, other in ((first.text_encoder, second.text_encoder), (first.denoiser, second.denoiser)):
        _move(own, other, 1 - share)
    card = f"{share:.0%} of the weights of the second and {1 - share:.0%} of the first of two checkpoints."
    return dataclasses.replace(second, model_card=f"# A blend\n\n{card}\n", alignment=None)


def blend_towers(first: TextEncoder, second: TextEncoder, share: float) -> TextEncoder:
    """A tower with `share` of the second's weights and the rest of the first's.

    Where one was made deeper before it was trained on, the other is made as deep first, which changes nothing of what
    it says. Raises ValueError for a share outside 0 to 1, other differences of shape, and towers that are not embedded.
    """
    _check_share(share)
    one, other = first.config, second.config
    rounds, layers = max(one.limb_layers, other.limb_layers), max(one.layers, other.layers)
    first, second = (
        with_limb_reader(tower, rounds, tower.config.neighbours, tower.config.limb_readings, layers)
        for tower in (first, second)
    )
    if first.config != second.config:
        raise ValueError("only towers of the same shape but for their depth can be blended")
    _move(first, second, 1 - share)
    return second


def _check_share(share: float) -> None:
    if not 0 <= share <= 1:
        raise ValueError(f"the share must be 0 to 1, got {share}")


@torch.no_grad()
def _move(origin: nn.Module, goal: nn.Module, share: float) -> None:
    """Move the weights of `goal` towards those of `origin` by a share of the way."""
    towards = origin.state_dict()
    for name, tensor in goal.state_dict().items():
        if tensor.is_floating_point():
            tensor.lerp_(towards[name], share)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `python -m training blend`."""
    parser.add_argument("first", type=Path, help="checkpoint, or folder of a grounded tower")
    parser.add_argument("second", type=Path, help="what was trained on from that, or the other way about")
    parser.add_argument("--share", type=float, default=0.5, metavar="S", help="how much of the second (0.5)")
    parser.add_argument("--output", type=Path, required=True, metavar="DIR", help="folder of the new one")


def run(args: argparse.Namespace) -> int:
    """Carry out `blend`."""
    whole = [folder for folder in (args.first, args.second) if (folder / DENOISER).exists()]
    if len(whole) == 1:
        raise ValueError(f"{whole[0]} is a whole checkpoint and the other is not; blend two of a kind")
    told = f"{args.output}: {args.share:.0%} {args.second}, {1 - args.share:.0%} {args.first}"
    if whole:
        save_checkpoint(blend(load_checkpoint(args.first), load_checkpoint(args.second), args.share), args.output)
        print(f"{told}; `align` it next")
        return 0
    tower = blend_towers(load_text_encoder(args.first), load_text_encoder(args.second), args.share)
    scaler, other = load_pose_scaler(args.first), load_pose_scaler(args.second)
    if scaler is None or other is None or not _same(scaler, other):
        raise ValueError(f"the mean poses of {args.first} and {args.second} differ in scale; ground one from the other")
    save_text_encoder(tower, args.output)
    save_tensors(scaler.state_dict(), args.output / POSE_SCALER)
    print(f"{told}; `train` with it next")
    return 0


def _same(one: nn.Module, other: nn.Module) -> bool:
    there = other.state_dict()
    return all(torch.allclose(tensor, there[name], rtol=1e-3) for name, tensor in one.state_dict().items())

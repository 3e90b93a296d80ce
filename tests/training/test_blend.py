# SPDX-License-Identifier: GPL-3.0-or-later
"""A checkpoint between two: weights lie on the line, shapes must agree, and it generates."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
import torch

from backend.checkpoint import Checkpoint, SamplingConfig, load_checkpoint, save_checkpoint
from backend.denoiser import Denoiser, DenoiserConfig
from backend.pipeline import PosePipeline
from backend.text_encoder import TextEncoder
from training.__main__ import main
from training.blend import blend


def checkpoint(tower: TextEncoder, seed: int, width: int = 32) -> Checkpoint:
    torch.manual_seed(seed)
    config = DenoiserConfig(tower.token_dim, tower.config.pooled_dim, width, 1, 2)
    denoiser = Denoiser(config).requires_grad_(False)
    for parameter in denoiser.parameters():
        torch.nn.init.normal_(parameter, std=0.1)
    return Checkpoint(copy.deepcopy(tower).requires_grad_(False), denoiser, SamplingConfig(2, 1, 1), "")


def test_its_weights_lie_between(tower: TextEncoder, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = checkpoint(tower, 0), checkpoint(tower, 1)
    folders = [str(tmp_path / name) for name in ("first", "second", "between")]
    save_checkpoint(first, Path(folders[0]))
    save_checkpoint(second, Path(folders[1]))
    assert main(["blend", folders[0], folders[1], "--share", "0.25", "--output", folders[2]]) == 0
    assert "25%" in capsys.readouterr().out
    between = load_checkpoint(Path(folders[2]))
    for name, tensor in between.denoiser.state_dict().items():
        one, other = first.denoiser.state_dict()[name], second.denoiser.state_dict()[name]
        wanted = 0.75 * one + 0.25 * other if tensor.is_floating_point() else one
        torch.testing.assert_close(tensor, wanted, atol=1e-3, rtol=2e-3, msg=name)
    assert PosePipeline(between, "cpu")("wave").num_prompts == 1


def test_what_cannot_be_blended_is_said(tower: TextEncoder) -> None:
    first = checkpoint(tower, 0)
    with pytest.raises(ValueError, match="same shape"):
        blend(first, checkpoint(tower, 1, width=64), 0.5)
    with pytest.raises(ValueError, match="0 to 1"):
        blend(first, first, 1.5)

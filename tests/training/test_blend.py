# SPDX-License-Identifier: GPL-3.0-or-later
"""A checkpoint between two: weights lie on the line, shapes must agree, and it generates."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
import torch

from backend.checkpoint import (
    Checkpoint,
    SamplingConfig,
    load_checkpoint,
    load_text_encoder,
    save_checkpoint,
    save_tensors,
    save_text_encoder,
)
from backend.denoiser import Denoiser, DenoiserConfig
from backend.features import FeatureScaler
from backend.pipeline import PosePipeline
from backend.text_encoder import TextEncoder, TextEncoderConfig
from training.__main__ import main
from training.blend import blend, blend_towers
from training.ground import POSE_SCALER, load_pose_scaler, with_limb_reader


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


def grounded(tower: TextEncoder, folder: Path, rounds: int, layers: int, seed: int) -> TextEncoder:
    """A grounded tower on disk, every weight random."""
    torch.manual_seed(seed)
    made = with_limb_reader(tower, rounds, 1, 2, layers)
    for parameter in made.parameters():
        torch.nn.init.normal_(parameter, std=0.1)
    save_text_encoder(made, folder)
    save_tensors(FeatureScaler().state_dict(), folder / POSE_SCALER)
    return made.eval()


def test_towers_are_blended_the_shallower_one_made_deeper(tower: TextEncoder, tmp_path: Path) -> None:
    folders = [str(tmp_path / name) for name in ("first", "second", "between", "all_first")]
    first = grounded(tower, Path(folders[0]), rounds=1, layers=1, seed=0)
    second = grounded(tower, Path(folders[1]), rounds=2, layers=3, seed=1)
    assert main(["blend", folders[0], folders[1], "--share", "0.25", "--output", folders[2]]) == 0
    between = load_text_encoder(Path(folders[2]))
    assert (between.config.layers, between.config.limb_layers) == (3, 2)
    weights = [{name: value.float() for name, value in one.state_dict().items()} for one in (first, second, between)]
    for name, one in weights[0].items():
        wanted = 0.75 * one + 0.25 * weights[1][name]
        torch.testing.assert_close(weights[2][name], wanted, atol=1e-3, rtol=2e-3, msg=name)
    # Nothing of the second leaves what the first says, at the second's depth.
    assert main(["blend", folders[0], folders[1], "--share", "0", "--output", folders[3]]) == 0
    same = load_text_encoder(Path(folders[3])).eval()
    with torch.inference_mode():
        torch.testing.assert_close(same(["wave"]).tokens, first(["wave"]).tokens, atol=5e-3, rtol=1e-2)
    assert load_pose_scaler(Path(folders[2])) is not None


def test_towers_that_cannot_be_blended_are_said(
    tower: TextEncoder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ours, other, whole = tmp_path / "ours", tmp_path / "other", tmp_path / "whole"
    grounded(tower, ours, 1, 1, 0)
    save_checkpoint(checkpoint(tower, 0), whole)
    assert main(["blend", str(ours), str(whole), "--output", str(tmp_path / "new")]) != 0
    assert "two of a kind" in capsys.readouterr().err
    grounded(tower, other, 1, 1, 1)
    scale = FeatureScaler().state_dict()
    save_tensors({name: tensor + 1 for name, tensor in scale.items()}, other / POSE_SCALER)
    assert main(["blend", str(ours), str(other), "--output", str(tmp_path / "new")]) != 0
    assert "differ in scale" in capsys.readouterr().err
    assert not (tmp_path / "new").exists()
    wider = TextEncoder.from_config(TextEncoderConfig(width=32, layers=1, heads=2, pooled_dim=24))
    with pytest.raises(ValueError, match="same shape"):
        blend_towers(tower, wider, 0.5)

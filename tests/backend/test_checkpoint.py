# SPDX-License-Identifier: GPL-3.0-or-later
"""Checkpoints: what is saved comes back, and every kind of damage is named."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import torch

from backend.checkpoint import (
    CheckpointError,
    load_checkpoint,
    load_text_encoder,
    save_checkpoint,
    save_text_encoder,
)
from backend.text_encoder import TextEncoder, TextEncoderConfig


def test_a_checkpoint_comes_back(tiny_checkpoint: Path, tmp_path: Path) -> None:
    loaded = load_checkpoint(tiny_checkpoint)
    save_checkpoint(loaded, tmp_path)
    again = load_checkpoint(tmp_path)
    assert again.sampling == loaded.sampling and again.model_card == loaded.model_card
    for first, second in ((loaded.denoiser, again.denoiser), (loaded.text_encoder, again.text_encoder)):
        for name, tensor in first.state_dict().items():
            assert torch.equal(tensor, second.state_dict()[name]), name
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".json", ".md", ".safetensors", ".safetensors"]


def test_an_open_clip_encoder_saves_only_its_statistics(tmp_path: Path) -> None:
    encoder = TextEncoder.from_config(TextEncoderConfig("ViT-B-32/openai"), pretrained=False).eval()
    encoder.token_mean.fill_(0.25)
    save_text_encoder(encoder, tmp_path)
    assert (tmp_path / "text_encoder.safetensors").stat().st_size < 20_000
    loaded = load_text_encoder(tmp_path, pretrained=False)
    assert loaded.config.name == "ViT-B-32/openai" and (loaded.token_mean == 0.25).all()


@pytest.mark.parametrize(
    ("file", "damage", "told"),
    [
        ("config.json", None, "holds no checkpoint"),
        ("config.json", b"{", "not readable as JSON"),
        ("config.json", b'{"format_version": 99}', "format version 99"),
        ("config.json", b'{"format_version": 1}', "section"),
        ("denoiser.safetensors", None, "lacks denoiser"),
        ("denoiser.safetensors", b"nonsense", "damaged"),
    ],
)
def test_damage_is_named(tiny_checkpoint: Path, tmp_path: Path, file: str, damage: bytes | None, told: str) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(tiny_checkpoint, folder)
    if damage is None:
        (folder / file).unlink()
    else:
        (folder / file).write_bytes(damage)
    with pytest.raises(CheckpointError, match=told):
        load_checkpoint(folder)


def test_another_tower_is_refused(tiny_checkpoint: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(tiny_checkpoint, folder)
    config = json.loads((folder / "config.json").read_text())
    save_text_encoder(TextEncoder.from_config(TextEncoderConfig(width=8, layers=1, heads=2, pooled_dim=24)), folder)
    config["text_encoder"]["width"], config["text_encoder"]["layers"] = 8, 1
    (folder / "config.json").write_text(json.dumps(config))
    with pytest.raises(CheckpointError, match="two checkpoints"):
        load_checkpoint(folder)

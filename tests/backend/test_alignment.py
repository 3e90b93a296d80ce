# SPDX-License-Identifier: GPL-3.0-or-later
"""The alignment: unit vectors, similarities by prompt, limbs by name, and a checkpoint that carries it or not."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import torch

from backend.alignment import Alignment, AlignmentConfig
from backend.checkpoint import CheckpointError, load_checkpoint, save_checkpoint
from backend.pipeline import PosePipeline
from backend.text_encoder import TextFeatures
from blender_addon.core.skeleton import LIMBS


@pytest.fixture(scope="module")
def alignment() -> Alignment:
    torch.manual_seed(0)
    config = AlignmentConfig(16, 24, pose_width=16, pose_layers=1, text_width=32, text_heads=4, size=8)
    return Alignment(config).eval().requires_grad_(False)


def test_its_shape_is_small() -> None:
    whole = Alignment(AlignmentConfig(192, 384))
    assert sum(parameter.numel() for parameter in whole.pose.parameters()) < 1_000_000
    assert sum(parameter.numel() for parameter in whole.parameters()) < 2_000_000


@torch.inference_mode()
def test_prompts_are_compared_with_their_own_poses(tiny_pipeline: PosePipeline, alignment: Alignment) -> None:
    text = tiny_pipeline.text_encoder(["wave", "a person kneels on one knee"])
    tokens = torch.randn(6, 7, 24, generator=torch.Generator().manual_seed(0))
    given = alignment.similarity(alignment.text(text), tokens)
    assert given.shape == (2, 3) and (given.abs() <= 1 + 1e-6).all()
    one = TextFeatures(text.tokens[1:], text.mask[1:], text.pooled[1:])
    torch.testing.assert_close(alignment.similarity(alignment.text(one), tokens[3:]), given[1:])
    # Padding is not looked at.
    short = tiny_pipeline.text_encoder(["wave"])
    torch.testing.assert_close(alignment.similarity(alignment.text(short), tokens[:3]), given[:1], atol=1e-5, rtol=1e-4)


@torch.inference_mode()
def test_limbs_have_their_names(tiny_pipeline: PosePipeline, alignment: Alignment) -> None:
    text = tiny_pipeline.text_encoder(["wave", "kneel"])
    with torch.no_grad():
        bias = alignment.text.limbs.bias.clone()
        alignment.text.limbs.bias[:] = torch.tensor([9.0 if name in ("head", "left_arm") else -9.0 for name in LIMBS])
        assert alignment.limbs(alignment.text(text)) == [frozenset({"head", "left_arm"})] * 2
        # Where none is likely, the likeliest; where that is not likely either, none.
        weight = alignment.text.limbs.weight.clone()
        alignment.text.limbs.weight.zero_()
        alignment.text.limbs.bias[:] = torch.tensor([0.1 if name == "head" else 0.0 for name in LIMBS])
        assert alignment.limbs(alignment.text(text)) == [frozenset({"head"})] * 2
        alignment.text.limbs.bias[:] = -2
        assert alignment.limbs(alignment.text(text)) == [frozenset()] * 2
        alignment.text.limbs.weight.copy_(weight)
        alignment.text.limbs.bias.copy_(bias)


def test_checkpoints_carry_it(tiny_checkpoint: Path, alignment: Alignment, tmp_path: Path) -> None:
    checkpoint = load_checkpoint(tiny_checkpoint)
    assert checkpoint.alignment is None
    import dataclasses

    save_checkpoint(dataclasses.replace(checkpoint, alignment=alignment), tmp_path)
    loaded = load_checkpoint(tmp_path).alignment
    assert loaded is not None and loaded.config == alignment.config
    for name, tensor in alignment.state_dict().items():
        torch.testing.assert_close(loaded.state_dict()[name], tensor, atol=1e-3, rtol=1e-2)
    broken = tmp_path / "broken"
    shutil.copytree(tmp_path, broken, ignore=lambda *_: ["broken"])
    (broken / "alignment.safetensors").unlink()
    with pytest.raises(CheckpointError, match="lacks alignment"):
        load_checkpoint(broken)
    config = json.loads((tmp_path / "config.json").read_text())
    config["alignment"]["text_pooled_dim"] = 7
    (tmp_path / "config.json").write_text(json.dumps(config))
    with pytest.raises(CheckpointError, match="another text encoder"):
        load_checkpoint(tmp_path)


@torch.inference_mode()
def test_limbs_are_read_from_their_summaries(tiny_pipeline: PosePipeline) -> None:
    torch.manual_seed(1)
    config = AlignmentConfig(
        16, 24, pose_width=16, pose_layers=1, text_width=32, text_heads=4, size=8, summaries=len(LIMBS)
    )
    alignment = Alignment(config).eval()
    text = tiny_pipeline.text_encoder(["wave", "kneel"])
    summaries = torch.randn(2, len(LIMBS), 16)
    mask = torch.cat((text.mask, torch.ones(2, len(LIMBS), dtype=torch.bool)), dim=1)
    limbs = alignment.text(TextFeatures(torch.cat((text.tokens, summaries), dim=1), mask, text.pooled)).limbs
    assert limbs.shape == (2, len(LIMBS))
    # Other words with the same summaries speak of the same limbs; other summaries do not.
    words = torch.cat((text.tokens + 1, summaries), dim=1)
    torch.testing.assert_close(alignment.text(TextFeatures(words, mask, text.pooled)).limbs, limbs)
    others = torch.cat((text.tokens, summaries.flip(1)), dim=1)
    assert not torch.allclose(alignment.text(TextFeatures(others, mask, text.pooled)).limbs, limbs)

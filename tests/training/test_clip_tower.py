# SPDX-License-Identifier: GPL-3.0-or-later
"""CLIP's own text tower in place of ours: the same command trains with it, and what it saves makes poses."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import numpy as np
import open_clip
import pytest

from backend.checkpoint import load_checkpoint
from backend.pipeline import PosePipeline
from training.__main__ import main
from training.prepared import PreparedSet

TINY = ("--num-prompts", "2", "--poses-per-prompt", "2", "--width", "32", "--layers", "1", "--heads", "2")


def test_ten_steps_by_the_same_command(
    prepared: PreparedSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # Validation would take this tower longer than all else.
    clips = tuple(dataclasses.replace(clip, split="train") for clip in prepared.clips)
    dataclasses.replace(prepared, clips=clips).save(tmp_path / "prepared")
    create, known = open_clip.create_model, open_clip.get_model_config("ViT-B-32")

    def random_weights(name: str, pretrained: str | None, **options: Any) -> Any:
        # Its shape but for its depth; how it sees is not looked at.
        assert name == "ViT-B-32"
        text, sight = {**known["text_cfg"], "layers": 2}, {**known["vision_cfg"], "layers": 1, "width": 64}
        return create(name, None, text_cfg=text, vision_cfg=sight, **options)

    monkeypatch.setattr(open_clip, "create_model", random_weights)
    command = ["train", "--prepared", str(tmp_path / "prepared"), "--output", str(tmp_path / "run"), "--cpu"]
    assert main([*command, *TINY, "--num-steps", "10", "--text-encoder", "ViT-B-32/openai"]) == 0
    assert "checkpoint:" in capsys.readouterr().out
    checkpoint = load_checkpoint(tmp_path / "run" / "checkpoint")
    assert checkpoint.text_encoder.config.name == "ViT-B-32/openai"
    assert checkpoint.denoiser.config.text_token_dim == checkpoint.denoiser.config.text_pooled_dim == 512
    assert checkpoint.denoiser.token_out.abs().max() > 0  # zero before the first step
    made = PosePipeline(checkpoint, "cpu", eight_bits=False)("a person raises the left arm", candidates=1)
    assert np.isfinite(made.joints()).all()

# SPDX-License-Identifier: GPL-3.0-or-later
"""The ablation trains each variant, measures it, and goes on where it stopped."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from backend.checkpoint import save_text_encoder
from backend.text_encoder import TextEncoder
from training import ablation
from training.__main__ import main
from training.grammar.stored import GrammarSet, write_shard
from training.ground import GroundConfig
from training.train import TrainConfig


@pytest.fixture()
def command(
    prepared_folder: Path, grammar: GrammarSet, tower: TextEncoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> list[str]:
    """The command at a size of seconds."""
    small = ablation.AblationConfig(
        GroundConfig(num_prompts=6, warmup_steps=1, ema_decay=0.5, limb_layers=1),
        TrainConfig(num_prompts=4, poses_per_prompt=2, width=32, layers=1, heads=2, ema_decay=0.5),
    )
    monkeypatch.setattr(ablation, "DEFAULT", small)
    # Untrained candidates are all as good: of those that are ranked at all, the last one is taken.
    monkeypatch.setattr("backend.pipeline.rank", lambda tokens, *rest: np.arange(float(len(tokens))))
    save_text_encoder(tower, tmp_path / "tower")
    rotations, root = grammar.batch(np.arange(len(grammar)))
    drafts = [grammar.draft(number) for number in range(len(grammar))]
    write_shard(tmp_path / "grammar" / "shard-00000", drafts, rotations, root[..., 1], {})
    (tmp_path / "grammar" / "index.json").write_text(json.dumps(grammar.index))
    words = ["ablation", "--prepared", prepared_folder, "--grammar", tmp_path / "grammar"]
    words += ["--tower", tmp_path / "tower"]
    words += ["--output", tmp_path / "out", "--ground-steps", 2, "--train-steps", 2, "--align-steps", 0]
    words += ["--num-random", 3, "--num-captions", 3, "--num-samples", 2, "--num-inference-steps", 2, "--cpu"]
    return list(map(str, words))


def test_every_variant_is_trained_and_measured(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(command) == 0
    rows = json.loads((tmp_path / "out" / "ablation.json").read_text())["rows"]
    assert [row["name"] for row in rows] == [
        "everything",
        "without ranking",
        "without the grammar",
        "without real motion",
        "without distillation",
    ]
    for row in rows:
        assert 0 <= row["all_met"] <= row["goals_met"] <= 1 and 0 <= row["own_caption"] <= 1 and row["distance_cm"] > 0
    assert len({row["distance_cm"] for row in rows}) == 5, "each is another model, or sampled in another way"
    card = (tmp_path / "out" / "ablation.md").read_text()
    assert all(f"| {row['name']} |" in card for row in rows) and card in capsys.readouterr().out
    # What is trained is not trained again.
    kept = tmp_path / "out" / "everything" / "train" / "checkpoint" / "denoiser.safetensors"
    before = kept.stat().st_mtime_ns
    assert main(command) == 0
    assert kept.stat().st_mtime_ns == before
    assert json.loads((tmp_path / "out" / "ablation.json").read_text())["rows"] == rows


def test_bad_requests_are_one_line(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*command, "--num-captions", "1"]) == 2
    assert "--num-captions must be at least 2" in capsys.readouterr().err

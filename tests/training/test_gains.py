# SPDX-License-Identifier: GPL-3.0-or-later
"""What the `gains` command measures: constraints met or told, edits that keep the rest, candidates chosen."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest
import torch

from backend.alignment import Alignment, AlignmentConfig
from backend.checkpoint import load_checkpoint, save_checkpoint
from backend.pipeline import PosePipeline
from blender_addon.core.rotation import axis_angle_to_quaternion
from blender_addon.core.skeleton import JOINT_NAMES, LIMBS
from training.__main__ import main
from training.cases import KINDS, case_reports
from training.gains import edit_report, ranking_gain
from training.grammar.intent import aim
from training.grammar.stored import FORMAT_VERSION, GrammarSet, StoredDraft, write_shard


@pytest.fixture(scope="module")
def grammar_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Bodies that stand and raise an arm."""
    folder = tmp_path_factory.mktemp("grammar")
    turns = np.random.default_rng(0).normal(0, 0.05, (4, 2, 22, 3))
    drafts = []
    for index in range(4):
        side = ("left", "right")[index % 2]
        turns[index, :, JOINT_NAMES.index(f"{side}_shoulder"), 2] += (1.2, -1.2)[index % 2]
        drafts.append(StoredDraft("standing", 1, (f"{side} arm up",), tuple(aim(f"{side}_arm", "up"))))
    write_shard(folder / "shard-00000", drafts, axis_angle_to_quaternion(turns), np.full((4, 2), 0.92), {})
    contents = {"format_version": FORMAT_VERSION, "poses": 2, "shards": [{"folder": "shard-00000", "kept": 4}]}
    (folder / "index.json").write_text(json.dumps(contents), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def checkpoint(tiny_checkpoint: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With an alignment that finds the right arm in every text."""
    torch.manual_seed(1)
    alignment = Alignment(AlignmentConfig(16, 24, pose_width=16, pose_layers=1, text_width=32, text_heads=4, size=8))
    with torch.no_grad():
        alignment.text.limbs.weight.zero_()
        alignment.text.limbs.bias[:] = torch.tensor([9.0 if name == "right_arm" else -9.0 for name in LIMBS])
    folder = tmp_path_factory.mktemp("checkpoint") / "aligned"
    save_checkpoint(dataclasses.replace(load_checkpoint(tiny_checkpoint), alignment=alignment.eval()), folder)
    return folder


@pytest.fixture(scope="module")
def pipeline(checkpoint: Path) -> PosePipeline:
    return PosePipeline.from_pretrained(checkpoint, "cpu")


def test_what_is_missed_is_told(pipeline: PosePipeline, grammar_folder: Path) -> None:
    reports = case_reports(pipeline, [GrammarSet.load(grammar_folder)], num_cases=20)
    assert [own.kind for own in reports] == [kind.__name__ for kind in KINDS]
    for own in reports:
        assert own.cases == 4 and own.told in (None, 1.0)
        assert (own.told is None) == (own.met == 1)
        assert own.worst_metres <= 0.01 and own.worst_degrees <= 2
    # What is locked is kept to the last digit.
    by_kind = {own.kind: own for own in reports}
    assert by_kind["locks"].met == by_kind["completion"].met == 1


def test_edits_leave_the_rest_alone(pipeline: PosePipeline, grammar_folder: Path) -> None:
    report = edit_report(pipeline, [GrammarSet.load(grammar_folder)], num_edits=6)
    assert report.num_edits == 6 and report.limbs_right < 1
    # Only the right arm was free: what moves without being spoken of is that arm, and where it was, nothing.
    assert report.moved < 0.2 and report.kept > 0
    assert 0 <= report.done <= 1 and 0 <= report.done_before <= 1


def test_ranking_lies_between_chance_and_the_best(pipeline: PosePipeline, grammar_folder: Path) -> None:
    report = ranking_gain(pipeline, [GrammarSet.load(grammar_folder)], num_texts=8, candidates=4)
    assert report.chosen <= report.best and report.first <= report.best
    assert report.first_goals <= report.best_goals and report.chosen_goals <= report.best_goals


def test_the_command_prints_and_writes(
    checkpoint: Path, tiny_checkpoint: Path, grammar_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "gains.json"
    command = ["gains", "--grammar", str(grammar_folder), "--num-cases", "5", "--num-edits", "1", "--device", "cpu"]
    assert main([*command, "--num-texts", "2", "--checkpoint", str(checkpoint), "--output", str(output)]) == 0
    printed = capsys.readouterr().out
    assert all(kind.__name__.replace("_", " ") in printed for kind in KINDS) and "1 edits" in printed
    assert set(json.loads(output.read_text())) == {"constraints", "edits", "ranking"}
    assert main([*command, "--checkpoint", str(tiny_checkpoint)]) == 2
    assert "knows no edits" in capsys.readouterr().err

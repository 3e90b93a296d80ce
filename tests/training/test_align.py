# SPDX-License-Identifier: GPL-3.0-or-later
"""Alignment: what counts as the opposite of a text, and a short training that finds its way."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest
import torch

from backend.alignment import Alignment, AlignmentConfig
from backend.checkpoint import load_checkpoint
from backend.features import FeatureScaler, features_from_motion
from backend.pipeline import PosePipeline
from backend.sides import mirror_text
from backend.text_encoder import TextFeatures
from blender_addon.core.motion import Motion
from blender_addon.core.rotation import axis_angle_to_quaternion
from blender_addon.core.skeleton import JOINT_NAMES
from training.__main__ import main
from training.align import AlignConfig, _choice, align
from training.attempts import Attempts
from training.dataset import PoseDataset
from training.grammar.intent import aim
from training.grammar.stored import FORMAT_VERSION, GrammarSet, StoredDraft, write_shard
from training.ground import with_limb_reader
from training.losses import goal_loss
from training.pairs import LIMB_NAMES, CaptionPairs, EncodedTexts, GrammarPairs, SpokenLimbs
from training.prepared import PreparedSet

CPU = torch.device("cpu")
LEVELS = ("low", "half high", "level", "high")


@pytest.fixture(scope="module")
def grammar_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One arm raised to one of four heights, two poses each, each meaning many times."""
    folder = tmp_path_factory.mktemp("grammar")
    random = np.random.default_rng(0)
    drafts, poses = [], []
    for _ in range(200):
        side, level = ("left", "right")[int(random.integers(2))], int(random.integers(4))
        sign = 1 if side == "left" else -1
        goals = aim(f"{side}_arm", f"up*{level - 1.5} {side}")
        texts = (f"raises the {side} arm {LEVELS[level]}", f"{side} arm {LEVELS[level]}")
        drafts.append(StoredDraft(("standing", "lunge")[level % 2], 1, texts, tuple(goals)))
        turns = random.normal(0, 0.05, (2, 22, 3))
        turns[:, JOINT_NAMES.index(f"{side}_shoulder"), 2] += sign * (0.7 * level - 1.2)
        poses.append(axis_angle_to_quaternion(turns))
    write_shard(folder / "shard-00000", drafts, np.stack(poses), np.full((200, 2), 0.92), {})
    index = {"format_version": FORMAT_VERSION, "poses": 2, "shards": [{"folder": "shard-00000", "kept": 200}]}
    (folder / "index.json").write_text(json.dumps(index), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def grammar_set(grammar_folder: Path) -> GrammarSet:
    return GrammarSet.load(grammar_folder)


def test_texts_are_encoded_once_and_come_back(tiny_checkpoint: Path) -> None:
    encoder = load_checkpoint(tiny_checkpoint).text_encoder
    texts = ["wave", "a person kneels on one knee and looks up", "sit"]
    batch = EncodedTexts(encoder, texts, batch_size=2).batch([2, 1], CPU)
    wanted = encoder([texts[2], texts[1]])
    assert torch.equal(batch.mask, wanted.mask)
    torch.testing.assert_close(batch.tokens, wanted.tokens, atol=2e-2, rtol=1e-2)
    torch.testing.assert_close(batch.pooled, wanted.pooled, atol=1e-4, rtol=1e-4)


def test_summaries_stay_last_where_texts_differ_in_length(tiny_checkpoint: Path) -> None:
    tower = load_checkpoint(tiny_checkpoint).text_encoder
    encoder = with_limb_reader(tower, layers=1, readings=2).eval()
    texts = ["wave", "a person kneels on one knee and looks up", "sit"]
    batch = EncodedTexts(encoder, texts).batch([1, 0, 2], CPU)
    with torch.inference_mode():
        wanted = encoder([texts[1], texts[0], texts[2]])
    assert torch.equal(batch.mask, wanted.mask)
    summaries = slice(-2 * len(LIMB_NAMES), None)
    torch.testing.assert_close(batch.tokens[:, summaries], wanted.tokens[:, summaries], atol=2e-2, rtol=1e-2)


def test_what_may_be_shown_does_not_count_against_a_text(tiny_checkpoint: Path, grammar_set: GrammarSet) -> None:
    encoder = load_checkpoint(tiny_checkpoint).text_encoder
    pairs = GrammarPairs([grammar_set], encoder, most=1000, seed=0)
    batch = pairs.batch(0, 16, held_out=40, device=CPU)
    size = batch.num_first
    assert batch.shown[:, :size].diagonal().all() and batch.counts[batch.shown].all()
    # Eight meanings in all: some of sixteen texts have poses of others that show them, too.
    assert not batch.counts[:, :size].all() and not batch.shown[:, 2 * size :].any()
    assert batch.shown.sum(1).min() >= 1 and len(batch.poses) == batch.shown.shape[1]
    again = pairs.batch(0, size, held_out=40, device=CPU)
    assert torch.equal(batch.poses, again.poses)
    for text, pose, mirrored in pairs.sided(40, CPU):
        assert len(text.tokens) == len(pose) and not torch.equal(pose, mirrored)


def test_captions_of_the_same_words_share_their_poses(tiny_checkpoint: Path, prepared: PreparedSet) -> None:
    pairs = CaptionPairs(PoseDataset(prepared, "train"), load_checkpoint(tiny_checkpoint).text_encoder)
    batch = pairs.batch(0, 8, 0, CPU)
    assert batch.poses.shape[0] == 16 and batch.counts[batch.shown].all()
    # There are three texts in all, so that some are drawn twice.
    assert not batch.counts.all()


def test_single_clauses_speak_of_their_own_limbs(tiny_checkpoint: Path) -> None:
    spoken = SpokenLimbs(load_checkpoint(tiny_checkpoint).text_encoder, 60, 0)
    assert spoken.limbs.shape == (60, len(LIMB_NAMES)) and spoken.limbs.any(1).float().mean() > 0.9
    left, right = LIMB_NAMES.index("left_arm"), LIMB_NAMES.index("right_arm")
    for text, limbs in zip(spoken.texts, spoken.limbs, strict=True):
        if "left arm" in text and mirror_text(text).count("left") == 0 and limbs.sum() == 1:
            assert limbs[left] and not limbs[right], text


def test_a_short_training_finds_its_way(tiny_checkpoint: Path, grammar_set: GrammarSet, prepared: PreparedSet) -> None:
    torch.set_num_threads(1)
    config = AlignConfig(num_steps=30, num_texts=16, most_drafts=400, limb_texts=120, own_texts=60, own_poses=4)
    real = PoseDataset(prepared, "train")
    alignment, report = align(
        config, load_checkpoint(tiny_checkpoint), [grammar_set], real, PoseDataset(prepared, "val")
    )
    assert report.recall_at_1 > 1.5 / 32 and report.recall_at_3 >= report.recall_at_1
    assert report.ranking is not None and report.ranking <= 1
    assert report.caption_recall_at_1 is not None and set(report.limbs_each) == set(LIMB_NAMES)
    assert not alignment.training and all(not parameter.requires_grad for parameter in alignment.parameters())
    with pytest.raises(ValueError, match="too few for batches"):
        align(AlignConfig(num_texts=100_000), load_checkpoint(tiny_checkpoint), [grammar_set])


def test_what_was_aligned_before_is_gone_on_with(tiny_checkpoint: Path, grammar_set: GrammarSet) -> None:
    checkpoint = load_checkpoint(tiny_checkpoint)
    config = AlignConfig(
        num_steps=1, num_texts=16, most_drafts=400, limb_texts=60, own_texts=0, learning_rate=1e-9, weight_decay=0
    )
    before, _ = align(config, checkpoint, [grammar_set])
    before.text.limbs.bias = torch.nn.Parameter(before.text.limbs.bias + 3, requires_grad=False)
    after, _ = align(config, dataclasses.replace(checkpoint, alignment=before), [grammar_set])
    torch.testing.assert_close(after.text.limbs.bias, before.text.limbs.bias, atol=1e-5, rtol=0)


def test_the_command_writes_a_checkpoint_that_ranks(
    tiny_checkpoint: Path, grammar_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = [
        "align",
        "--checkpoint",
        str(tiny_checkpoint),
        "--grammar",
        str(grammar_folder),
        "--output",
        str(tmp_path),
    ]
    options = [
        "--num-steps",
        "2",
        "--num-texts",
        "16",
        "--most-drafts",
        "400",
        "--limb-texts",
        "60",
        "--own-texts",
        "0",
    ]
    assert main([*command, *options]) == 0
    assert "of 32: the right pose is first for" in capsys.readouterr().out
    assert load_checkpoint(tmp_path).alignment is not None and (tmp_path / "alignment_report.json").exists()


def test_own_poses_cost_as_much_as_they_miss(tiny_checkpoint: Path, grammar_set: GrammarSet) -> None:
    checkpoint = load_checkpoint(tiny_checkpoint)
    pairs = GrammarPairs([grammar_set], checkpoint.text_encoder, most=1000, seed=0)
    own = Attempts(pairs, PosePipeline(checkpoint, "cpu"), range(40), 3, seed=1)
    assert len(own) == 40 and own.poses.shape[:2] == own.costs.shape == (40, 3)
    texts, poses, costs = own.batch([5, 2], CPU)
    assert len(texts.tokens) == 2 and torch.equal(poses[3:], own.poses[2]) and torch.equal(costs, own.costs[[5, 2]])
    # A pose that was made for the text costs nothing, and what an untrained model makes mostly does.
    rotations, root = grammar_set.poses(0)
    made_for = features_from_motion(Motion(rotations[:1], root[:1]))
    goals = [grammar_set.draft(0).goals]
    assert goal_loss(made_for, FeatureScaler(), goals).item() < 0.02 < own.costs.mean().item()


def test_the_pose_that_costs_least_comes_to_be_chosen() -> None:
    torch.manual_seed(0)
    alignment = Alignment(AlignmentConfig(16, 8, pose_width=32, pose_layers=1, text_width=32, text_heads=2, size=16))
    texts = TextFeatures(torch.randn(12, 3, 16), torch.ones(12, 3, dtype=torch.bool), torch.randn(12, 8))
    turns = np.random.default_rng(0).normal(0, 0.4, (48, 22, 3))
    poses = features_from_motion(Motion(axis_angle_to_quaternion(turns), np.tile([0, 0.92, 0], (48, 1))))
    costs = torch.rand(12, 4)
    optimizer = torch.optim.Adam(alignment.parameters(), 3e-3)
    for _ in range(80):
        optimizer.zero_grad()
        _choice(alignment, texts, poses, costs).backward()
        optimizer.step()
    chosen = alignment.similarity(alignment.text(texts), poses).argmax(1)
    assert (chosen == costs.argmin(1)).float().mean() > 0.8

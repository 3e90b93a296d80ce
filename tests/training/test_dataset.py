# SPDX-License-Identifier: GPL-3.0-or-later
"""Batches: texts go with their poses on the right side, weights are honoured, and numbers decide everything."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
import torch

from backend.features import poses_from_features
from backend.sides import first_side, mirror_text
from blender_addon.core.skeleton import JOINT_NAMES
from training.dataset import LENGTH_CLASSES, Batch, BatchSource, GrammarDataset, MixedDataset, PoseDataset
from training.grammar.checks import goals_met
from training.grammar.stored import GrammarSet
from training.loop import batch_number
from training.prepared import PreparedSet

Shown = dict[str, np.ndarray]


def shown(batch: Batch) -> Shown:
    """Which poses of a batch raise the left arm, the right arm, or bend the left knee."""
    rotations, _ = poses_from_features(batch.features)
    angle = np.degrees(2 * np.arccos(np.clip(np.abs(rotations[..., 0]), 0, 1)))
    turned = {name: angle[:, JOINT_NAMES.index(name)] > 45 for name in ("left_shoulder", "right_shoulder", "left_knee")}
    return {"left": turned["left_shoulder"], "right": turned["right_shoulder"], "knees": turned["left_knee"]}


def assert_every_pose_shows_its_text(source: BatchSource) -> None:
    said = set()
    for number in range(LENGTH_CLASSES):
        batch = source.batch(number, seed=0, num_prompts=40, poses_per_prompt=3)
        assert len(batch.prompts) == 40 and batch.prompt_index.tolist() == [i // 3 for i in range(120)]
        shows = shown(batch)
        for pose, index in enumerate(batch.prompt_index.tolist()):
            (word,) = [word for word in shows if word in batch.prompts[index]]
            said.add(word)
            assert all(shows[other][pose] == (other == word) for other in shows)
    assert said == {"left", "right", "knees"}


def test_every_pose_shows_its_text_mirrored_or_not(prepared: PreparedSet) -> None:
    dataset = PoseDataset(prepared, "train")
    assert len(dataset) == 6 * 12
    assert_every_pose_shows_its_text(dataset)


def test_the_grammars_poses_show_their_texts_too(grammar: GrammarSet, prepared: PreparedSet) -> None:
    drafts = GrammarDataset([grammar, grammar])
    assert len(drafts) == 2 * len(grammar) * grammar.poses_per_draft
    assert_every_pose_shows_its_text(drafts)
    first, again = (drafts.batch(5, seed=2, num_prompts=6, poses_per_prompt=4) for _ in range(2))
    assert first.prompts == again.prompts and torch.equal(first.features, again.features)
    # A draft of two poses fills four places with both, twice.
    four = first.features.unflatten(0, (6, 4))
    assert torch.equal(four[:, :2], four[:, 2:]) and not torch.equal(four[:, 0], four[:, 1])


def test_a_mixed_batch_keeps_the_shares(grammar: GrammarSet, prepared: PreparedSet) -> None:
    mixed = MixedDataset(((GrammarDataset([grammar]), 3), (PoseDataset(prepared, "train"), 1)))
    batch = mixed.batch(0, seed=0, num_prompts=40, poses_per_prompt=2)
    assert [text.startswith("dude") for text in batch.prompts] == [True] * 30 + [False] * 10
    assert_every_pose_shows_its_text(mixed)
    with pytest.raises(ValueError, match="shares"):
        MixedDataset(((GrammarDataset([grammar]), -1.0),))


def test_texts_that_are_to_test_a_model_are_never_drawn(grammar: GrammarSet) -> None:
    every = {text for draft in range(len(grammar)) for text in grammar.texts(draft)}
    kept = sorted(every)[0]
    others = [" ".join(reversed(text.upper().split())) for text in every if text != kept]
    dataset = GrammarDataset([grammar], [*others, *map(mirror_text, others)])
    batch = dataset.batch(0, seed=0, num_prompts=8, poses_per_prompt=1)
    assert set(batch.prompts) <= {kept, mirror_text(kept)}


def test_goals_come_with_the_grammars_texts_alone(grammar: GrammarSet, prepared: PreparedSet) -> None:
    mixed = MixedDataset(((GrammarDataset([grammar]), 0.5), (PoseDataset(prepared, "train"), 0.5)))
    batch = mixed.batch(3, seed=0, num_prompts=16, poses_per_prompt=2)
    assert len(batch.goals) == 16 and not any(batch.goals[8:])
    spoken = [(row, goals) for row, goals in enumerate(batch.goals) for _ in range(2) if goals]
    poses = [pose for pose, row in enumerate(batch.prompt_index.tolist()) if batch.goals[row]]
    rotations, _ = poses_from_features(batch.features[poses])
    assert np.mean(goals_met([goals for _, goals in spoken], rotations)) > 0.99


def test_a_batch_is_its_number_and_seed(prepared: PreparedSet) -> None:
    dataset, again = PoseDataset(prepared, "train"), PoseDataset(prepared, "train")
    first = dataset.batch(7, seed=1, num_prompts=8, poses_per_prompt=2)
    second = again.batch(7, seed=1, num_prompts=8, poses_per_prompt=2)
    assert first.prompts == second.prompts and torch.equal(first.features, second.features)
    for number, seed in ((8, 1), (7, 2)):
        other = dataset.batch(number, seed=seed, num_prompts=8, poses_per_prompt=2)
        assert not torch.equal(first.features, other.features)


def test_most_texts_with_sides_name_the_left_one_first(grammar: GrammarSet, prepared: PreparedSet) -> None:
    for dataset in (GrammarDataset([grammar]), PoseDataset(prepared, "train")):
        batches = [dataset.batch(number, seed=0, num_prompts=200, poses_per_prompt=1) for number in range(8)]
        sides = [first_side(prompt) for batch in batches for prompt in batch.prompts]
        right, left = sides.count("right"), sides.count("left")
        # Half of the tenth that is mirrored by chance, where texts name either side as often.
        assert right + left > 300 and 0.01 < right / (right + left) < 0.1


def test_weights_decide_how_often_a_pose_is_drawn(prepared: PreparedSet) -> None:
    weight = np.where(prepared.pose_cluster == 2, 8.0, 1.0).astype(np.float32)
    dataset = PoseDataset(dataclasses.replace(prepared, pose_weight=weight), "train")
    batches = [dataset.batch(i, seed=0, num_prompts=500, poses_per_prompt=1) for i in range(LENGTH_CLASSES)]
    prompts = [prompt for batch in batches for prompt in batch.prompts]
    share = sum("knees" in prompt for prompt in prompts) / len(prompts)
    assert abs(share - 0.8) < 0.05


def test_poses_that_show_little_of_a_caption_are_drawn_little(prepared: PreparedSet) -> None:
    # Each pose of the first clip gets a second caption that it hardly shows.
    offsets = np.concatenate([np.arange(0, 26, 2), np.arange(25, len(prepared.pose_frame) + 13)])
    ids = np.insert(prepared.pose_caption_ids, np.arange(12), 8)
    weights = np.insert(prepared.pose_caption_weights, np.arange(12), np.float32(0.01))
    changed = dataclasses.replace(
        prepared, pose_caption_offsets=offsets, pose_caption_ids=ids, pose_caption_weights=weights
    )
    dataset = PoseDataset(changed, "train")
    batches = [dataset.batch(i, seed=0, num_prompts=750, poses_per_prompt=1) for i in range(LENGTH_CLASSES)]
    prompts = [prompt for batch in batches for prompt in batch.prompts]
    # Of the six clips two bend the knees; the first clip's poses add next to nothing to them.
    assert abs(sum("knees" in prompt for prompt in prompts) / len(prompts) - 1 / 3) < 0.05


def test_splits_stay_apart(prepared: PreparedSet) -> None:
    assert len(PoseDataset(prepared, "val")) == len(PoseDataset(prepared, "test")) == 3 * 12
    only_train = dataclasses.replace(
        prepared, clips=tuple(dataclasses.replace(clip, split="train") for clip in prepared.clips)
    )
    with pytest.raises(ValueError, match="no captioned poses"):
        PoseDataset(only_train, "val")


def test_prompts_hold_mirrored_texts_once(prepared: PreparedSet) -> None:
    assert sorted(PoseDataset(prepared, "train").prompts()) == [
        "a person bends the knees",
        "a person raises the left arm",
        "a person raises the right arm",
    ]


def test_processes_take_batches_of_their_own_of_like_length() -> None:
    taken = [batch_number(step, process) for step in range(100) for process in range(4)]
    assert len(set(taken)) == 400
    for step in range(8):
        assert len({batch_number(step, process) % LENGTH_CLASSES for process in range(4)}) == 1

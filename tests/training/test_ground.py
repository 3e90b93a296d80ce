# SPDX-License-Identifier: GPL-3.0-or-later
"""Grounding: texts come to stand for poses, runs resume exactly, and towers with summaries serve the denoiser."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file

from backend.checkpoint import load_checkpoint, load_text_encoder
from backend.features import NUM_TOKENS, FeatureScaler, poses_from_features
from backend.pipeline import PosePipeline
from backend.text_encoder import TextEncoder, TextEncoderConfig
from blender_addon.core.skeleton import JOINT_NAMES
from training.dataset import PoseDataset
from training.ground import GroundConfig, ground, load_pose_scaler, with_limb_reader
from training.prepared import PreparedSet
from training.train import TrainConfig, train

TINY = GroundConfig(num_steps=4, num_prompts=6, warmup_steps=1, ema_decay=0.5, limb_layers=1)


def learn(config: GroundConfig, prepared: PreparedSet, tower: TextEncoder, folder: Path, **options: Any) -> Path:
    dataset = PoseDataset(prepared, "train")
    tower.fit_statistics(dataset.prompts())
    return ground(config, dataset, tower, folder, anchors=dataset.prompts(), cpu=True, **options)


def test_texts_come_to_stand_for_poses(prepared: PreparedSet, tower: TextEncoder, tmp_path: Path) -> None:
    config = dataclasses.replace(TINY, num_steps=180, num_prompts=24, learning_rate=3e-3, ema_decay=0.9)
    folder = learn(config, prepared, tower, tmp_path)
    encoder = load_text_encoder(folder)
    scaler = FeatureScaler()
    scaler.load_state_dict(load_file(folder / "poses.safetensors"))
    text = encoder(["a person raises the left arm", "a person bends the knees"])
    reader = encoder.limb_reader
    assert reader is not None and reader.readings == 2 and text.mask[:, -2 * NUM_TOKENS :].all()
    summaries = text.tokens[:, -2 * NUM_TOKENS :]
    means, likeliest = reader.poses(summaries), reader.likelihood(summaries).argmax(-1)
    rotations, _ = poses_from_features(scaler.denormalize(means[torch.arange(2), likeliest]))
    turned = 2 * torch.from_numpy(rotations[..., 0]).abs().clamp(max=1).acos().rad2deg()
    for row, joint in enumerate(("left_shoulder", "left_knee")):
        assert turned[:, JOINT_NAMES.index(joint)].argmax() == row and turned[row, JOINT_NAMES.index(joint)] > 40


def test_a_resumed_run_ends_where_an_unbroken_one_does(
    prepared: PreparedSet, tower: TextEncoder, tmp_path: Path
) -> None:
    steady = dataclasses.replace(TINY, decay=0.0)
    whole = learn(steady, prepared, tower, tmp_path / "whole")
    learn(dataclasses.replace(steady, num_steps=2), prepared, tower, tmp_path / "parts")
    with pytest.raises(ValueError, match="--resume"):
        learn(steady, prepared, tower, tmp_path / "parts")
    parts = learn(steady, prepared, tower, tmp_path / "parts", resume=True)
    with pytest.raises(ValueError, match="no run to resume"):
        learn(steady, prepared, tower, tmp_path / "other", resume=True)
    same = load_text_encoder(parts).state_dict()
    for name, tensor in load_text_encoder(whole).state_dict().items():
        # Weights are stored in half precision, and sums of products may differ in their last place.
        torch.testing.assert_close(tensor, same[name], atol=1e-3, rtol=1e-2, msg=name)


def test_words_that_are_said_learn_and_others_stay(prepared: PreparedSet, tower: TextEncoder, tmp_path: Path) -> None:
    config = dataclasses.replace(TINY, num_steps=10, learning_rate=3e-3)
    encoder = load_text_encoder(learn(config, prepared, tower, tmp_path))
    before, after = (one.state_dict()["tower.token_embedding.weight"].float() for one in (tower, encoder))
    said = torch.zeros(len(before), dtype=torch.bool)
    said[tower.tokenizer(list(PoseDataset(prepared, "train").prompts())).unique()] = True
    moved = (after - before).square().mean(1).sqrt()
    assert moved[said].max() > 1e-3  # those that are not said stay within a fiftieth of that
    # They are stored in half precision.
    assert (moved[~said] <= 1e-3 * before[~said].square().mean(1).sqrt() + 1e-6).all()


def test_a_grounded_tower_serves_the_denoiser(prepared: PreparedSet, tower: TextEncoder, tmp_path: Path) -> None:
    encoder = load_text_encoder(learn(TINY, prepared, tower, tmp_path / "ground"))
    one, two = encoder(["a person"]), encoder(["a person", "a much longer text about a person who bends the knees"])
    torch.testing.assert_close(one.tokens[0, -NUM_TOKENS:], two.tokens[0, -NUM_TOKENS:], atol=1e-4, rtol=1e-3)
    tiny = TrainConfig(num_steps=2, num_prompts=4, poses_per_prompt=2, width=32, layers=1, heads=2)
    scaler = load_pose_scaler(tmp_path / "ground" / "tower")
    folder = train(tiny, PoseDataset(prepared, "train"), encoder, tmp_path / "run", scaler=scaler, cpu=True)
    started = load_checkpoint(folder).denoiser
    assert scaler is not None and encoder.limb_reader is not None
    assert torch.equal(started.scaler.mean, scaler.mean.half().float())
    torch.testing.assert_close(started.mean_pose, encoder.limb_reader.mean_pose, atol=0.01, rtol=0.01)
    assert PosePipeline.from_pretrained(folder, "cpu")("a person bends the knees").num_prompts == 1


def test_a_reader_may_have_other_rounds_and_readings_than_before(tower: TextEncoder) -> None:
    first = with_limb_reader(tower, 2, readings=2)
    second = with_limb_reader(first, 1, readings=1)
    assert first.limb_reader is not None and second.limb_reader is not None
    assert second.limb_reader.readings == 1 and len(second.limb_reader.rounds) == 1
    assert torch.equal(second.limb_reader.mean_pose, first.limb_reader.mean_pose)
    third = with_limb_reader(second, 1, readings=3)
    assert third.limb_reader is not None and third.limb_reader.apart.shape[0] == 3
    assert torch.equal(third.limb_reader.limbs, first.limb_reader.limbs)


def test_a_deeper_tower_reads_as_before_until_it_learns(tower: TextEncoder) -> None:
    before = with_limb_reader(tower, 1, readings=2).eval()
    after = with_limb_reader(before, 2, readings=2, tower_layers=before.config.layers + 1).eval()
    assert len(after.tower.transformer.resblocks) == len(before.tower.transformer.resblocks) + 1
    assert after.limb_reader is not None and len(after.limb_reader.rounds) == 2
    prompts = ["a person", "a person bends the left knee"]
    with torch.inference_mode():
        torch.testing.assert_close(after(prompts).tokens, before(prompts).tokens)
        for name, parameter in after.limb_reader.named_parameters():
            if name.startswith("rounds.1.word_output.bias"):
                parameter.add_(torch.linspace(-1.0, 1.0, len(parameter)))  # a norm would take out what all share
        assert not torch.allclose(after(prompts).tokens, before(prompts).tokens)


def test_only_our_own_tower_is_grounded() -> None:
    encoder = TextEncoder.from_config(TextEncoderConfig("ViT-B-32/openai"), pretrained=False)
    with pytest.raises(ValueError, match="embedded"):
        with_limb_reader(encoder, 1)

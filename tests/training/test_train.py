# SPDX-License-Identifier: GPL-3.0-or-later
"""Training: it learns, a killed run resumes exactly, and what it saves generates."""

from __future__ import annotations

import dataclasses
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from backend.checkpoint import load_checkpoint, save_text_encoder
from backend.denoiser import Constraints
from backend.features import POSITION_DIM, poses_from_features
from backend.pipeline import PosePipeline
from backend.text_encoder import TextEncoder, TextEncoderConfig
from blender_addon.core.kinematics import forward_kinematics
from blender_addon.core.skeleton import JOINT_NAMES, LIMBS, SMPL22
from training.dataset import Batch, PoseDataset
from training.grammar.checks import goals_met
from training.grammar.intent import aim
from training.objective import OWN_STEPS, TAKES, _own_samples
from training.prepared import PreparedSet
from training.text_to_pose import OwnSamples, TextToPose
from training.train import TrainConfig, train

TINY = TrainConfig(num_steps=6, num_prompts=4, poses_per_prompt=2, width=32, layers=1, heads=2, ema_decay=0.5)


def learn(config: TrainConfig, prepared: PreparedSet, tower: TextEncoder, folder: Path, **options: Any) -> Path:
    dataset = PoseDataset(prepared, "train")
    return train(config, dataset, tower, folder, anchors=dataset.prompts(), cpu=True, **options)


def weights(folder: Path) -> dict[str, torch.Tensor]:
    return dict(load_checkpoint(folder).denoiser.state_dict())


def test_it_learns_which_arm(prepared: PreparedSet, tower: TextEncoder, tmp_path: Path) -> None:
    tower.fit_statistics(PoseDataset(prepared, "train").prompts())
    config = dataclasses.replace(
        TINY, num_steps=300, num_prompts=8, poses_per_prompt=4, width=64, layers=2, learning_rate=3e-3, ema_decay=0.95
    )
    folder = learn(config, prepared, tower, tmp_path, save_every=300)
    prompts = ["a person raises the left arm", "a person raises the right arm", "a person bends the knees"]
    made = PosePipeline.from_pretrained(folder, "cpu")(prompts, num_samples=8, num_inference_steps=5)
    angle = np.degrees(2 * np.arccos(np.clip(np.abs(made.local_rotations[:, :, 0, :, 0]), 0, 1)))
    for joint, wanted in (("left_shoulder", 0), ("right_shoulder", 1), ("right_knee", 2)):
        turned = angle[..., JOINT_NAMES.index(joint)].mean(1)
        assert turned.argmax() == wanted and turned[wanted] > 40, (joint, turned)


def test_a_resumed_run_ends_where_an_unbroken_one_does(
    prepared: PreparedSet, tower: TextEncoder, tmp_path: Path
) -> None:
    whole = learn(TINY, prepared, tower, tmp_path / "whole", save_every=3)
    broken = tmp_path / "broken"

    class Cut(Exception):
        pass

    count = 0
    real = PoseDataset.batch

    def batch(self: PoseDataset, number: int, **options: int) -> object:
        nonlocal count
        count += 1
        if number == 4:
            raise Cut
        return real(self, number, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PoseDataset, "batch", batch)
        with pytest.raises(Cut):
            learn(TINY, prepared, tower, broken, save_every=3)
    assert count == 5
    resumed = learn(TINY, prepared, tower, broken, resume=True, save_every=3)
    for name, tensor in weights(whole).items():
        assert torch.equal(tensor, weights(resumed)[name]), name


def test_a_killed_process_loses_only_what_came_after_its_last_save(
    prepared_folder: Path, tower: TextEncoder, tmp_path: Path
) -> None:
    save_text_encoder(tower, tmp_path / "tower")
    command = [
        *(sys.executable, "-m", "training", "train", "--prepared", str(prepared_folder)),
        *("--output", str(tmp_path / "run"), "--text-encoder", str(tmp_path / "tower")),
        *("--num-prompts", "4", "--poses-per-prompt", "2", "--width", "32", "--layers", "1", "--heads", "2"),
        *("--save-every", "5", "--cpu", "--num-steps", "100000"),
    ]
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    state = tmp_path / "run" / "state.safetensors"
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment) as process:
        deadline = time.monotonic() + 120
        while not state.exists() and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
        output = process.stdout.read().decode() if process.stdout else ""
    assert state.exists(), output
    leftovers = [path.name for path in state.parent.rglob(".*.safetensors")]
    again = subprocess.run([*command, "--resume", "--seed", "7"], capture_output=True, text=True, env=environment)
    assert again.returncode == 2 and "seed was 0, now 7" in again.stderr, again.stderr
    with subprocess.Popen([*command, "--resume"], stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        process.send_signal(signal.SIGKILL)
    assert "steps 0 to" not in first and "to 100,000" in first, (first, leftovers)


def test_a_run_is_not_overwritten_nor_invented(prepared: PreparedSet, tower: TextEncoder, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no run to resume"):
        learn(TINY, prepared, tower, tmp_path, resume=True)
    learn(dataclasses.replace(TINY, num_steps=1), prepared, tower, tmp_path)
    with pytest.raises(ValueError, match="--resume"):
        learn(TINY, prepared, tower, tmp_path)
    with pytest.raises(ValueError, match="other settings"):
        learn(dataclasses.replace(TINY, width=64), prepared, tower, tmp_path, resume=True)


def test_the_tower_learns_but_its_vocabulary_stays(prepared: PreparedSet, tower: TextEncoder, tmp_path: Path) -> None:
    before = {name: tensor.clone() for name, tensor in tower.state_dict().items()}
    after = load_checkpoint(learn(TINY, prepared, tower, tmp_path / "learns")).text_encoder.state_dict()
    frozen = dataclasses.replace(TINY, encoder_rate=0.0)
    kept = load_checkpoint(learn(frozen, prepared, tower, tmp_path / "frozen")).text_encoder.state_dict()
    changed = {name for name in before if not torch.equal(before[name].half(), after[name].half())}
    assert changed and "tower.token_embedding.weight" not in changed and "token_mean" not in changed
    for name, tensor in before.items():
        assert torch.equal(tensor, tower.state_dict()[name]) and torch.equal(tensor.half(), kept[name].half()), name


def test_a_longer_run_goes_on_from_a_shorter_one(prepared: PreparedSet, tower: TextEncoder, tmp_path: Path) -> None:
    steady = dataclasses.replace(TINY, warmup_steps=1, decay=0.0)
    learn(dataclasses.replace(steady, num_steps=3), prepared, tower, tmp_path / "run")
    longer = learn(steady, prepared, tower, tmp_path / "run", resume=True)
    whole = learn(steady, prepared, tower, tmp_path / "whole")
    for name, tensor in weights(whole).items():
        assert torch.equal(tensor, weights(longer)[name]), name


def test_an_open_clip_tower_trains_with_the_same_loop(prepared: PreparedSet, tmp_path: Path) -> None:
    encoder = TextEncoder.from_config(TextEncoderConfig("ViT-B-32/openai"), pretrained=False).eval()
    encoder.fit_statistics(PoseDataset(prepared, "train").prompts())
    folder = learn(dataclasses.replace(TINY, num_steps=3), prepared, encoder, tmp_path)
    assert (folder / "config.json").exists()


def test_own_samples_are_what_the_sampler_makes(prepared: PreparedSet, tower: TextEncoder, tmp_path: Path) -> None:
    tower.fit_statistics(PoseDataset(prepared, "train").prompts())
    config = dataclasses.replace(TINY, num_steps=60, num_prompts=8, learning_rate=3e-3)
    pipeline = PosePipeline.from_pretrained(learn(config, prepared, tower, tmp_path), "cpu", eight_bits=False)
    prompts = ["a person raises the left arm", "a person bends the knees"]
    denoiser = pipeline.denoiser
    shape = (denoiser.config.num_tokens, denoiser.config.token_dim)
    first, second = (torch.randn(shape, generator=torch.Generator().manual_seed(seed)) for seed in (7, 8))
    noise, takes = first.expand(2, -1, -1), torch.stack((first, second, first, second)) * denoiser.used
    nothing, nowhere = torch.zeros(2, *shape), torch.zeros(2, shape[0], POSITION_DIM)
    given = Constraints(nothing, nothing.bool(), nowhere, nowhere.bool())

    def own(num_steps: int, stop: int, guidance: float = 1.0) -> np.ndarray:
        model = TextToPose(pipeline.text_encoder, denoiser, False).eval()
        with torch.no_grad():
            at, heard = torch.tensor([500, 500]), torch.tensor([True, True])
            made = model(prompts, (), nothing, noise, at, heard, given, OwnSamples(takes, num_steps, stop, guidance))
        assert made.own is not None
        rotations, root = poses_from_features(denoiser.scaler.denormalize(made.own))
        return forward_kinematics(rotations, root, SMPL22).reshape(2, 2, 22, 3)

    for num_steps, guidance in ((2, 1.0), (4, 1.0), (3, 2.5)):
        options: dict[str, Any] = {"seed": 7, "num_samples": 2, "num_inference_steps": num_steps, "candidates": 1}
        wanted = pipeline(prompts, guidance_scale=guidance, **options)
        np.testing.assert_allclose(own(num_steps, num_steps - 1, guidance), wanted.joints()[:, :, 0], atol=3e-5)
    assert np.abs(own(4, 3, 1.0) - own(4, 3, 2.5)).max() > 2e-4
    assert np.abs(own(4, 1) - own(4, 3)).max() > 2e-4


def test_the_model_learns_from_its_own_samples(prepared: PreparedSet, tower: TextEncoder, tmp_path: Path) -> None:
    asked = tuple(aim("left_arm", "front", within=30))

    class Asking:
        """Real poses, of which every text also asks for an arm that none of them shows."""

        def __init__(self) -> None:
            self.poses = PoseDataset(prepared, "train")

        def __len__(self) -> int:
            return len(self.poses)

        def features_to_scale(self, count: int) -> torch.Tensor:
            return self.poses.features_to_scale(count)

        def batch(self, number: int, *, seed: int, num_prompts: int, poses_per_prompt: int) -> Batch:
            batch = self.poses.batch(number, seed=seed, num_prompts=num_prompts, poses_per_prompt=poses_per_prompt)
            return dataclasses.replace(batch, goals=(asked,) * num_prompts)

    source = Asking()
    tower.fit_statistics(source.poses.prompts())
    config = dataclasses.replace(
        TINY, num_steps=150, num_prompts=8, poses_per_prompt=1, width=64, learning_rate=3e-3, ema_decay=0.9
    )
    config = dataclasses.replace(config, losses=dataclasses.replace(config.losses, goals=0.0))
    met = []
    for own_samples in (False, True):
        folder = train(
            dataclasses.replace(config, own_samples=own_samples), source, tower, tmp_path / str(own_samples), cpu=True
        )
        made = PosePipeline.from_pretrained(folder, "cpu")(
            "a person raises the left arm", num_samples=16, num_inference_steps=4, guidance_scale=1, candidates=1
        )
        met.append(goals_met([asked] * 16, made.local_rotations[0, :, 0]).mean())
    assert met[0] < 0.2 and met[1] > 0.7, met


def test_limbs_that_nothing_is_asked_of_start_from_more_noise() -> None:
    goals = (tuple(aim("left_arm", "front", within=30)), ())
    batch = Batch(("left arm ahead", "somebody"), torch.arange(2), torch.zeros(2, 7, 24), goals)
    used = torch.ones(7, 24)
    size = torch.stack(
        [
            _own_samples(batch, used, number, torch.Generator().manual_seed(number)).noise.square().mean(2).sqrt()
            for number in range(200)
        ]
    ).mean(0)
    names = list(LIMBS)
    asked, captioned = size[:TAKES].mean(0), size[TAKES:].mean(0)
    assert asked[names.index("left_arm")] < 1.1 and asked[names.index("trunk")] < 1.1
    assert asked[names.index("right_arm")] > 1.5 and asked[names.index("left_leg")] > 1.5
    # A caption without goals may speak of any limb.
    assert (captioned < 1.1).all()


def test_processes_take_turns_together() -> None:
    # Or each would wait for the others at every step: batches of processes are 2**34 apart.
    assert 2**32 % len(OWN_STEPS) == 0
    assert all(0 < stop < num_steps and guidance >= 1 for num_steps, stop, guidance in OWN_STEPS)


def test_a_run_goes_on_from_a_checkpoint(prepared: PreparedSet, tower: TextEncoder, tmp_path: Path) -> None:
    first = load_checkpoint(learn(TINY, prepared, tower, tmp_path / "first"))
    still = dataclasses.replace(TINY, num_steps=2, learning_rate=0.0, width=64)
    second = load_checkpoint(
        learn(still, prepared, first.text_encoder, tmp_path / "second", start=first.denoiser)
    ).denoiser
    for name, tensor in first.denoiser.state_dict().items():
        assert torch.equal(tensor, second.state_dict()[name]), name
    other = TextEncoder.from_config(dataclasses.replace(tower.config, limb_layers=1)).eval()
    with pytest.raises(ValueError, match="another kind of text encoder"):
        learn(TINY, prepared, other, tmp_path / "third", start=first.denoiser)

# SPDX-License-Identifier: GPL-3.0-or-later
"""The pipeline: seeds, batches, guidance, progress, cancelling, attention, and what it refuses."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from backend import pipeline as pipeline_module
from backend.checkpoint import Checkpoint, SamplingConfig
from backend.denoiser import Denoiser, DenoiserConfig
from backend.pipeline import GenerationCancelled, PosePipeline, Step, resolve_device
from backend.text_encoder import TextEncoder, TextEncoderConfig
from blender_addon.core.anatomy import floor_clearance
from blender_addon.core.skeleton import SMPL22

# Rounding differs with the shape of a matrix product, and 8-bit steps make more of it; poses may not.
SAME: dict[str, Any] = {"atol": 2e-3, "rtol": 0}


def test_shapes_and_sound_bodies(tiny_pipeline: PosePipeline) -> None:
    result = tiny_pipeline(["kneel", "wave"], num_samples=3, seed=5)
    assert result.local_rotations.shape == (2, 3, 1, 22, 4)
    assert result.root_translation.shape == (2, 3, 1, 3)
    assert result.local_rotations.dtype == result.joints().dtype == np.float32
    assert (result.num_prompts, result.num_samples, result.num_frames) == (2, 3, 1)
    assert result.seeds == (5, 6, 7)
    np.testing.assert_allclose(np.linalg.norm(result.local_rotations, axis=-1), 1, atol=1e-5)
    bones = np.linalg.norm(result.joints()[..., 1:, :] - result.joints()[..., list(SMPL22.parents[1:]), :], axis=-1)
    np.testing.assert_allclose(bones / SMPL22.bone_lengths[1:], np.ones_like(bones), atol=1e-5)
    assert (floor_clearance(result.joints()) > -1e-5).all()
    motion = result.motion(1, 2)
    np.testing.assert_array_equal(motion.local_rotations, result.local_rotations[1, 2])


def test_a_seed_means_the_same_pose_in_any_batch(tiny_pipeline: PosePipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    many = tiny_pipeline(["kneel", "wave", "jump"], num_samples=4, seed=5)
    one = tiny_pipeline("wave", seed=7)
    np.testing.assert_allclose(many.local_rotations[1, 2], one.local_rotations[0, 0], **SAME)
    monkeypatch.setattr(pipeline_module, "MAX_BATCH", 5)
    parts = tiny_pipeline(["kneel", "wave", "jump"], num_samples=4, seed=5)
    np.testing.assert_allclose(parts.local_rotations, many.local_rotations, **SAME)
    again = tiny_pipeline(["kneel", "wave", "jump"], num_samples=4, seed=5)
    np.testing.assert_array_equal(again.local_rotations, parts.local_rotations)


def test_samples_show_the_readings_of_a_text_as_likely_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    torch.manual_seed(0)
    shape = TextEncoderConfig(width=32, layers=1, heads=2, pooled_dim=16, limb_layers=1, limb_readings=2)
    encoder = TextEncoder.from_config(shape).eval().requires_grad_(False)
    assert encoder.limb_reader is not None
    torch.nn.init.normal_(encoder.limb_reader.apart)
    denoiser = Denoiser(DenoiserConfig(32, 16, 32, 1, 2, limb_summaries=True, limb_readings=2)).requires_grad_(False)
    torch.nn.init.normal_(denoiser.mean_pose)
    # Poses of one reading are all but the same, so that what differs is the reading.
    denoiser.spread.fill_(-9)
    pipeline = PosePipeline(Checkpoint(encoder, denoiser, SamplingConfig(4, 1, 1), ""), "cpu", eight_bits=False)

    def shown(**options: Any) -> np.ndarray:
        poses = pipeline("one leg lifted", num_samples=16, seed=3, **options).local_rotations
        far = np.abs(poses[0, :, None] - poses[0, None]).max((2, 3, 4)) > 0.3
        assert (far == far[0]).all(1).sum() + (far != far[0]).all(1).sum() == 16, "more than two kinds of poses"
        return far[0]

    def better(by: float) -> Any:
        """A ranking in which one kind of poses goes with the text better than the other."""

        def scores(tokens: torch.Tensor, *rest: object) -> np.ndarray:
            kind = (tokens - tokens[0]).abs().amax((1, 2)) > 0.3
            return np.where(kind, by, 0.0)

        return scores

    assert 6 <= shown(candidates=1).sum() <= 10
    # Likeness has no say in it, however plainly it prefers one reading.
    for by in (0.0, 0.3, -0.3):
        monkeypatch.setattr(pipeline_module, "rank", better(by))
        assert 6 <= shown().sum() <= 10, by
    monkeypatch.setattr(pipeline_module, "rank", better(0.0))
    summaries = encoder(["one leg lifted"]).tokens[0, -14:].unflatten(0, (2, 7)).mean(1)
    denoiser.likely.copy_(50 * (summaries[1] - summaries[0]))
    assert not shown().any()
    denoiser.likely.neg_()
    assert not shown().any()


def test_samples_prompts_and_negative_prompts_differ(tiny_pipeline: PosePipeline) -> None:
    result = tiny_pipeline(["kneel", "wave"], num_samples=2)
    assert np.abs(result.local_rotations[0, 0] - result.local_rotations[0, 1]).max() > 1e-2
    assert np.abs(result.local_rotations[0, 0] - result.local_rotations[1, 0]).max() > 1e-4
    away = tiny_pipeline(["kneel", "wave"], num_samples=2, negative_prompt="arms up", guidance_scale=3)
    plain = tiny_pipeline(["kneel", "wave"], num_samples=2, guidance_scale=3)
    assert np.abs(away.local_rotations - plain.local_rotations).max() > 1e-4


def test_guidance_ramps_over_the_steps(tiny_pipeline: PosePipeline) -> None:
    def generate(**options: float) -> np.ndarray:
        return tiny_pipeline("kneel", seed=1, num_inference_steps=4, **options).local_rotations  # type: ignore[arg-type]

    constant = generate(guidance_scale=2)
    np.testing.assert_array_equal(generate(guidance_scale=2, guidance_scale_end=2), constant)
    assert np.abs(generate(guidance_scale=2, guidance_scale_end=7) - constant).max() > 1e-4
    # A scale of 1 is the plain conditional prediction, in one pass instead of two.
    np.testing.assert_allclose(generate(guidance_scale=1), generate(guidance_scale=1 + 1e-9), **SAME)


def test_no_prompt_is_a_pose_that_no_guidance_moves(tiny_pipeline: PosePipeline) -> None:
    np.testing.assert_allclose(
        tiny_pipeline("", guidance_scale=5).local_rotations,
        tiny_pipeline("  ", guidance_scale=1).local_rotations,
        **SAME,
    )


def test_steps_are_reported_with_the_forming_pose(tiny_pipeline: PosePipeline) -> None:
    steps: list[Step] = []
    previews = []

    def on_step(step: Step) -> None:
        steps.append(step)
        previews.append(step.preview())

    result = tiny_pipeline(["kneel", "wave"], num_samples=2, num_inference_steps=4, on_step=on_step)
    assert [(step.index, step.total) for step in steps] == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert all(preview.local_rotations.shape == result.local_rotations.shape for preview in previews)
    assert np.abs(previews[0].local_rotations - result.local_rotations).max() > 1e-3
    np.testing.assert_array_equal(previews[-1].local_rotations, result.local_rotations)


def test_a_callback_can_cancel(tiny_pipeline: PosePipeline) -> None:
    seen = []

    def on_step(step: Step) -> None:
        seen.append(step.index)
        raise GenerationCancelled

    with pytest.raises(GenerationCancelled):
        tiny_pipeline("kneel", num_inference_steps=50, on_step=on_step)
    assert seen == [1]


def test_attention_is_retrievable(tiny_pipeline: PosePipeline) -> None:
    maps: list[torch.Tensor] = []

    def read(layer: int, probabilities: torch.Tensor) -> torch.Tensor:
        maps.append(probabilities)
        return probabilities

    tiny_pipeline("a person kneels", num_samples=2, num_inference_steps=3, guidance_scale=2, attention_control=read)
    assert len(maps) == 3 * 2  # steps x layers
    assert all(each.shape[:2] == (4, 2) for each in maps)  # told and untold twins x heads


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"num_samples": 0}, "num_samples"),
        ({"seed": -1}, "seed"),
        ({"num_inference_steps": 0}, "num_inference_steps"),
        ({"guidance_scale": float("nan")}, "guidance_scale"),
        ({"guidance_scale_end": -1.0}, "guidance_scale_end"),
    ],
)
def test_bad_arguments_are_named(tiny_pipeline: PosePipeline, options: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        tiny_pipeline("kneel", **options)
    with pytest.raises(ValueError, match="at least one prompt"):
        tiny_pipeline([])


def test_devices_are_checked() -> None:
    assert resolve_device("cpu") == torch.device("cpu")
    with pytest.raises(ValueError, match="auto, cpu or cuda"):
        resolve_device("tpu")

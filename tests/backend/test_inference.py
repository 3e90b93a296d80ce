# SPDX-License-Identifier: GPL-3.0-or-later
"""The fast denoiser: the same numbers as the denoiser's, and in 8 bits nearly so."""

from __future__ import annotations

import pytest
import torch

from backend.constraints import Conditioning, PoseConstraints
from backend.denoiser import Denoiser, DenoiserConfig
from backend.inference import FastDenoiser, eight_bits_pay
from backend.pipeline import CALIBRATION_PROMPTS, PosePipeline
from backend.text_encoder import TextFeatures

STEPS = (999, 500, 20)
# As told and as unguided twins: all told, none, the twins told something else, a mixture.
TOLD = ([True, True, False, False], [False] * 4, [True] * 4, [False, True, False, False])


def inputs(pipeline: PosePipeline) -> tuple[TextFeatures, torch.Tensor]:
    text = pipeline.text_encoder(["wave", "a person kneels on one knee", "arms up", "arms up"])
    return text, torch.randn(4 * 3, 7, 24, generator=torch.Generator().manual_seed(0)) * pipeline.denoiser.used


@pytest.mark.parametrize("told", TOLD)
@torch.inference_mode()
def test_it_is_the_denoiser(tiny_pipeline: PosePipeline, told: list[bool]) -> None:
    text, noisy = inputs(tiny_pipeline)
    has_text = torch.tensor(told)
    fast = FastDenoiser(tiny_pipeline.denoiser).start(text, has_text, STEPS)
    pose = tiny_pipeline("kneel").motion(0, 0)
    conditioning = Conditioning(
        PoseConstraints(pose, ("trunk",), pins={"left_wrist": (0.2, 1, 0.3)}), tiny_pipeline.denoiser.scaler
    )
    for known in (None, conditioning.known(12, None)):
        for timestep in STEPS:
            at = torch.full((12,), timestep)
            wanted = tiny_pipeline.denoiser(noisy, at, text, None, has_text.repeat_interleave(3), known)
            torch.testing.assert_close(fast.predict(noisy, timestep, 4, known), wanted, atol=2e-5, rtol=1e-4)
    # The first two texts alone.
    wanted = tiny_pipeline.denoiser(
        noisy[:6], torch.full((6,), 500), TextFeatures(text.tokens[:2], text.mask[:2], text.pooled[:2]), None,
        has_text[:2].repeat_interleave(3),
    )  # fmt: skip
    torch.testing.assert_close(fast.predict(noisy[:6], 500, 2, None), wanted, atol=2e-5, rtol=1e-4)


@pytest.mark.parametrize("readings", [1, 2])
@torch.inference_mode()
def test_it_is_the_denoiser_with_summaries_of_limbs_too(readings: int) -> None:
    torch.manual_seed(0)
    shape = DenoiserConfig(
        text_token_dim=12,
        text_pooled_dim=10,
        width=32,
        layers=2,
        heads=4,
        limb_summaries=True,
        limb_readings=readings,
    )
    denoiser = Denoiser(shape).eval()
    for parameter in (
        denoiser.token_out,
        denoiser.mean_pose,
        denoiser.spread,
        denoiser.spread_of,
        denoiser.condition[1].weight,
    ):
        torch.nn.init.normal_(parameter, std=0.3)  # type: ignore[arg-type]
    words = torch.randn(4, 2 + 7 * readings, 12)
    text = TextFeatures(words, torch.ones(words.shape[:2], dtype=torch.bool), torch.randn(4, 10))
    noisy = torch.randn(12, 7, 24)
    chosen = torch.randint(readings, (4, 3))
    for told in TOLD:
        has_text = torch.tensor(told)
        session = FastDenoiser(denoiser).start(text, has_text, STEPS, chosen)
        for timestep in STEPS:
            at = torch.full((12,), timestep)
            wanted = denoiser(noisy, at, text, None, has_text.repeat_interleave(3), readings=chosen.flatten())
            torch.testing.assert_close(session.predict(noisy, timestep, 4, None), wanted, atol=2e-5, rtol=1e-4)


@pytest.mark.skipif(not eight_bits_pay(), reason="torch has no 8-bit kernels for this processor")
@torch.inference_mode()
def test_eight_bits_are_near_and_know_no_batch(tiny_pipeline: PosePipeline) -> None:
    text, noisy = inputs(tiny_pipeline)
    has_text = torch.tensor(TOLD[0])
    full = FastDenoiser(tiny_pipeline.denoiser).start(text, has_text, STEPS)
    coarse = FastDenoiser(tiny_pipeline.denoiser, tiny_pipeline.text_encoder(CALIBRATION_PROMPTS))
    session = coarse.start(text, has_text, STEPS)
    wanted, given = full.predict(noisy, 500, 4, None), session.predict(noisy, 500, 4, None)
    assert 0 < float((given - wanted).abs().max()) < 0.1 * float(wanted.std())
    alone = session.predict(noisy[0:1].repeat(2, 1, 1), 500, 2, None)
    torch.testing.assert_close(alone[0], given[0], atol=2e-3, rtol=0)

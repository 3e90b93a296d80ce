# SPDX-License-Identifier: GPL-3.0-or-later
"""The denoiser: what it may depend on, what it must not, and access to its attention."""

from __future__ import annotations

import dataclasses

import pytest
import torch

from backend.denoiser import Constraints, Denoiser, DenoiserConfig
from backend.features import NUM_TOKENS, POSITION_DIM, TOKEN_DIM, used_features
from backend.text_encoder import TextFeatures


@pytest.fixture(scope="module")
def denoiser() -> Denoiser:
    torch.manual_seed(0)
    model = Denoiser(DenoiserConfig(text_token_dim=12, text_pooled_dim=10, width=32, layers=2, heads=4))
    torch.nn.init.normal_(model.token_out, std=0.3)
    torch.nn.init.normal_(model.given_in, std=0.2)
    torch.nn.init.normal_(model.condition[1].weight, std=0.2)  # type: ignore[arg-type]
    return model.eval().requires_grad_(False)


def text(prompts: int = 2, words: int = 5) -> TextFeatures:
    generator = torch.Generator().manual_seed(3)
    mask = torch.ones(prompts, words, dtype=torch.bool)
    mask[1:, -2:] = False
    return TextFeatures(
        torch.randn(prompts, words, 12, generator=generator), mask, torch.randn(prompts, 10, generator=generator)
    )


NOISY = torch.randn(3, NUM_TOKENS, TOKEN_DIM, generator=torch.Generator().manual_seed(4))
TIMESTEPS = torch.tensor([10, 500, 999])
INDEX = torch.tensor([0, 1, 1])
TOLD = torch.ones(3, dtype=torch.bool)


def test_padding_features_stay_zero(denoiser: Denoiser) -> None:
    clean = denoiser(NOISY, TIMESTEPS, text(), INDEX, TOLD)
    assert clean.shape == NOISY.shape
    assert (clean[:, ~used_features()] == 0).all() and clean.abs().mean() > 0.01


def test_samples_that_share_a_prompt_equal_samples_with_their_own(denoiser: Denoiser) -> None:
    shared = text()
    own = TextFeatures(shared.tokens[INDEX], shared.mask[INDEX], shared.pooled[INDEX])
    torch.testing.assert_close(
        denoiser(NOISY, TIMESTEPS, shared, INDEX, TOLD),
        denoiser(NOISY, TIMESTEPS, own, torch.arange(3), TOLD),
        atol=1e-5,
        rtol=1e-4,
    )


def test_text_matters_only_where_a_sample_has_it(denoiser: Denoiser) -> None:
    has_text = torch.tensor([True, False, False])
    other = text()
    other = TextFeatures(other.tokens + 1, other.mask, other.pooled - 1)
    before = denoiser(NOISY, TIMESTEPS, text(), INDEX, has_text)
    after = denoiser(NOISY, TIMESTEPS, other, INDEX, has_text)
    assert (before[0] - after[0]).abs().max() > 1e-3
    torch.testing.assert_close(before[1:], after[1:], atol=1e-6, rtol=0)


def test_masked_words_are_not_read(denoiser: Denoiser) -> None:
    changed = text()
    tokens = changed.tokens.clone()
    tokens[~changed.mask] = 9.0
    torch.testing.assert_close(
        denoiser(NOISY, TIMESTEPS, TextFeatures(tokens, changed.mask, changed.pooled), INDEX, TOLD),
        denoiser(NOISY, TIMESTEPS, changed, INDEX, TOLD),
    )


def test_grouped_samples_equal_samples_with_an_index(denoiser: Denoiser) -> None:
    noisy, timesteps, told = NOISY.repeat(2, 1, 1)[:4], TIMESTEPS[[0, 1, 2, 0]], torch.tensor([True, True, False, True])
    torch.testing.assert_close(
        denoiser(noisy, timesteps, text(), None, told),
        denoiser(noisy, timesteps, text(), torch.tensor([0, 0, 1, 1]), told),
        atol=1e-5,
        rtol=1e-4,
    )


def test_constraints_are_read_and_unmasked_values_are_not(denoiser: Denoiser) -> None:
    def given(mask: torch.Tensor, position_mask: torch.Tensor) -> torch.Tensor:
        places = torch.ones(3, NUM_TOKENS, POSITION_DIM)
        known = Constraints(torch.ones_like(NOISY), mask, places, position_mask)
        return denoiser(NOISY, TIMESTEPS, text(), INDEX, TOLD, known)

    nothing, nowhere = torch.zeros(NOISY.shape) > 0, torch.zeros(3, NUM_TOKENS, POSITION_DIM) > 0
    free = denoiser(NOISY, TIMESTEPS, text(), INDEX, TOLD)
    torch.testing.assert_close(free, given(nothing, nowhere))
    limb, place = nothing.clone(), nowhere.clone()
    limb[:, 3] = place[:, 5, :3] = True
    for heard in (given(limb, nowhere), given(nothing, place)):
        assert (heard - free).abs().max() > 1e-3


def test_attention_can_be_read_and_edited(denoiser: Denoiser) -> None:
    seen: dict[int, torch.Tensor] = {}

    def read(layer: int, probabilities: torch.Tensor) -> torch.Tensor:
        seen[layer] = probabilities
        return probabilities

    plain = denoiser(NOISY, TIMESTEPS, text(), INDEX, TOLD)
    torch.testing.assert_close(
        denoiser(NOISY, TIMESTEPS, text(), INDEX, TOLD, control=read), plain, atol=1e-5, rtol=1e-4
    )
    assert sorted(seen) == [0, 1]
    assert seen[0].shape == (3, 4, NUM_TOKENS, 6)
    torch.testing.assert_close(seen[0].sum(-1), torch.ones(3, 4, NUM_TOKENS))
    assert (seen[0][1, :, :, 4:] == 0).all()

    def only_rest(layer: int, probabilities: torch.Tensor) -> torch.Tensor:
        edited = torch.zeros_like(probabilities)
        edited[..., 0] = 1
        return edited

    edited = denoiser(NOISY, TIMESTEPS, text(), INDEX, TOLD, control=only_rest)
    assert (edited - plain).abs().max() > 1e-3


SUMMED_UP = DenoiserConfig(text_token_dim=12, text_pooled_dim=10, width=32, layers=1, heads=4, limb_summaries=True)


def test_a_sample_is_told_one_reading_of_its_text() -> None:
    torch.manual_seed(0)
    model = Denoiser(dataclasses.replace(SUMMED_UP, limb_readings=2)).eval().requires_grad_(False)
    for parameter in (model.mean_pose, model.likely):
        parameter.normal_()
    told = text(words=2 + 2 * NUM_TOKENS)
    told = TextFeatures(told.tokens, torch.ones_like(told.mask), told.pooled)
    means = model.read_limbs(told.tokens)[1] * model.used
    assert means.shape[1] == 2 and model.words_of(told)[0].shape[1] == 2
    readings = torch.tensor([1, 0, 1])
    clean = model(NOISY, torch.full((3,), 999), told, INDEX, torch.tensor([True] * 3), readings=readings)
    torch.testing.assert_close(clean, means[INDEX, readings], atol=0.02, rtol=0)
    chance = model.likelihood(told.tokens).softmax(-1)
    assert chance.shape == (len(told.tokens), 2) and (chance[:, 0] - 0.5).abs().min() > 1e-3


def test_poses_gather_round_the_mean_that_summaries_stand_for() -> None:
    torch.manual_seed(0)
    model = Denoiser(SUMMED_UP).eval().requires_grad_(False)
    model.mean_pose.normal_()
    told = text(words=2 + NUM_TOKENS)
    told = TextFeatures(told.tokens, torch.ones_like(told.mask), told.pooled)
    mean = model.read_limbs(told.tokens)[1][:, 0] * model.used
    alone = torch.tensor([True, True, False])
    noise = torch.tensor([999, 999, 999])
    clean = model(NOISY, noise, told, INDEX, alone)
    # Where all is noise the mean is the guess, and nothing is known of those without a text.
    torch.testing.assert_close(clean[:2], mean[INDEX[:2]], atol=0.02, rtol=0)
    assert clean[2].abs().max() < 0.02
    # Where there is no noise the pose itself is.
    torch.testing.assert_close(model(NOISY, noise * 0, told, INDEX, alone), NOISY * model.used, atol=0.02, rtol=0.02)

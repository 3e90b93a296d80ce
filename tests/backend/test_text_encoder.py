# SPDX-License-Identifier: GPL-3.0-or-later
"""The text encoder: both kinds of tower, their masks, statistics and determinism."""

from __future__ import annotations

import dataclasses

import pytest
import torch

from backend.text_encoder import TextEncoder, TextEncoderConfig, WordsInPlace

PROMPTS = ("kneel", "a person walks slowly and then raises the left arm", "")


@pytest.fixture(scope="module")
def embedded() -> TextEncoder:
    torch.manual_seed(1)
    return TextEncoder.from_config(TextEncoderConfig(width=16, layers=2, heads=2, pooled_dim=8)).eval()


@pytest.fixture(scope="module")
def clip() -> TextEncoder:
    """ViT-B-32's own architecture with random weights."""
    torch.manual_seed(1)
    return TextEncoder.from_config(TextEncoderConfig("ViT-B-32/openai"), pretrained=False).eval()


@pytest.mark.parametrize(("kind", "width", "pooled"), [("embedded", 16, 8), ("clip", 512, 512)])
@torch.no_grad()
def test_shapes_masks_and_dtype(kind: str, width: int, pooled: int, request: pytest.FixtureRequest) -> None:
    encoder: TextEncoder = request.getfixturevalue(kind)
    features = encoder(PROMPTS)
    words = features.tokens.shape[1]
    assert features.tokens.shape == (3, words, width)
    assert features.pooled.shape == (3, pooled)
    assert features.tokens.dtype == features.pooled.dtype == torch.float32
    assert features.mask.dtype == torch.bool
    # Start and end tokens stand around the words.
    assert features.mask.sum(1).tolist() == [4, 12, 2]
    assert (features.tokens[~features.mask] == 0).all()


@pytest.mark.parametrize("kind", ["embedded", "clip"])
@torch.no_grad()
def test_a_prompt_reads_the_same_alone_and_in_company(kind: str, request: pytest.FixtureRequest) -> None:
    encoder: TextEncoder = request.getfixturevalue(kind)
    together, alone = encoder(PROMPTS), encoder(PROMPTS[:1])
    length = int(alone.mask.sum())
    torch.testing.assert_close(together.tokens[0, :length], alone.tokens[0, :length], atol=1e-5, rtol=1e-4)
    torch.testing.assert_close(together.pooled[0], alone.pooled[0], atol=1e-5, rtol=1e-4)
    torch.testing.assert_close(encoder(PROMPTS).pooled, together.pooled, atol=0, rtol=0)


@torch.no_grad()
def test_the_embedded_tower_reads_backwards_too(embedded: TextEncoder) -> None:
    first_word = [embedded([prompt]).tokens[0, 1] for prompt in ("raise left", "raise right")]
    assert (first_word[0] - first_word[1]).abs().max() > 1e-4


@torch.no_grad()
def test_statistics_standardise_every_dimension() -> None:
    torch.manual_seed(2)
    encoder = TextEncoder.from_config(TextEncoderConfig(width=16, layers=1, heads=2, pooled_dim=8)).eval()
    corpus = [f"a person {verb} {where}" for verb in ("walks", "jumps", "sits") for where in ("left", "right", "here")]
    encoder.fit_statistics(corpus, batch_size=4)
    features = encoder(corpus)
    words = features.tokens[features.mask]
    torch.testing.assert_close(words.mean(0), torch.zeros(16), atol=1e-4, rtol=0)
    torch.testing.assert_close(words.std(0), torch.ones(16), atol=1e-3, rtol=0)
    torch.testing.assert_close(features.pooled.std(0), torch.ones(8), atol=1e-3, rtol=0)


def test_long_prompts_are_cut_and_said_to_be(embedded: TextEncoder) -> None:
    long = "step " * 500
    assert embedded.is_truncated(long)
    assert not embedded.is_truncated("step forward")
    assert embedded.tokenize([long]).shape == (1, 77)


@pytest.mark.parametrize(
    ("name", "told"),
    [("banana", "MODEL/PRETRAINED_TAG"), ("no-such-model/openai", "no-such-model"), ("ViT-B-32/moonshine", "openai")],
)
def test_wrong_names_are_explained(name: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        TextEncoder.from_config(TextEncoderConfig(name), pretrained=False)


def test_words_read_with_their_neighbours_know_them_and_nothing_past_the_end() -> None:
    torch.manual_seed(0)
    shape = TextEncoderConfig(width=32, layers=1, heads=2, pooled_dim=8)
    plain = TextEncoder.from_config(shape).eval().requires_grad_(False)
    encoder = TextEncoder.from_config(dataclasses.replace(shape, neighbours=2)).eval().requires_grad_(False)
    encoder.load_state_dict(plain.state_dict(), strict=False)
    prompts = ["left arm up", "a person lifts the left arm and then the right leg"]
    torch.testing.assert_close(encoder(prompts).tokens, plain(prompts).tokens)
    embedding = encoder.tower.token_embedding
    assert isinstance(embedding, WordsInPlace)
    torch.nn.init.normal_(embedding.beside.weight, std=0.05)
    ids = encoder.tokenize(["left arm right leg now", "leg arm right leg now"])
    vectors = embedding(ids)
    moved = (vectors[0] - vectors[1]).abs().amax(-1)
    assert (moved[:4] > 1e-3).all() and (moved[4:] == 0).all()
    torch.testing.assert_close(encoder(prompts).tokens[0, :5], encoder(prompts[:1]).tokens[0])

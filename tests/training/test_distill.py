# SPDX-License-Identifier: GPL-3.0-or-later
"""Distillation: a tower learns to place texts as its teacher does, and texts are read from files."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from backend.checkpoint import load_text_encoder, save_text_encoder
from backend.text_encoder import TextEncoderConfig
from training.distill import distill, read_texts

VERBS, PLACES = ("walks", "jumps", "kneels", "waves"), ("left", "right", "home", "away")
CAPTIONS = [f"a person {verb} {place}" for verb in VERBS for place in PLACES]


class WordTeacher:
    """Places a text at the mean of its words' fixed random vectors."""

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors (texts, 12)."""
        vectors = []
        for text in texts:
            words = [
                np.random.default_rng(list(word.encode())).normal(size=12) for word in text.replace(",", " ").split()
            ]
            vectors.append(np.mean(words, axis=0) if words else np.ones(12))
        stacked = np.stack(vectors)
        return (stacked / np.linalg.norm(stacked, axis=1, keepdims=True)).astype(np.float32)


def test_a_tower_learns_from_its_teacher(tmp_path: Path) -> None:
    config = TextEncoderConfig(width=12, layers=1, heads=2, pooled_dim=12)

    def cosine(num_steps: int) -> float:
        _, value = distill(
            config, WordTeacher(), CAPTIONS, ["dance", "sit"], num_texts=150, num_steps=num_steps, batch_size=32
        )
        return value

    encoder, learned = distill(
        config, WordTeacher(), CAPTIONS, ["dance", "sit"], num_texts=150, num_steps=120, batch_size=32
    )
    assert learned > 0.85 and learned > cosine(1) + 0.2
    save_text_encoder(encoder, tmp_path)
    assert float(load_text_encoder(tmp_path).token_std.min()) > 0


def test_texts_come_from_lines_and_json_lines_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Walk left\n\nwalk left\nsit\n")
    with gzip.open(tmp_path / "b.jsonl.gz", "wt") as file:
        file.write(json.dumps({"caption": "jump"}) + "\n" + json.dumps({"id": 3}) + "\n")
    assert read_texts([tmp_path / "a.txt", tmp_path / "b.jsonl.gz"]) == ["walk left", "sit", "jump"]
    with pytest.raises(ValueError, match="cannot read texts"):
        read_texts([tmp_path / "missing.txt"])
    (tmp_path / "bad.jsonl").write_text("{oops\n")
    with pytest.raises(ValueError, match=r"bad\.jsonl"):
        read_texts([tmp_path / "bad.jsonl"])

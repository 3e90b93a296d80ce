# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether prompts that are to test a model stand among the texts that the grammar makes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from backend.sides import mirror_text
from training.grammar.captions import CaptionBook
from training.grammar.compose import draw

HIGH_OVERLAP = 0.85
"""The share of words in common from which a text counts as nearly the prompt."""
_ARTICLES = frozenset(["a", "an", "the", "his", "her", "their", "its", "your", "my"])


def normalised(text: str) -> str:
    """Lower case, without punctuation, articles and possessives."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    return " ".join(word for word in words if word not in _ARTICLES)


@dataclass(frozen=True)
class Exclusion:
    """Texts that may not stand in a set, nor their mirror images: sets are mirrored when they are trained on."""

    said: frozenset[frozenset[str]]
    """The normalised words of each, without order."""

    @classmethod
    def of(cls, texts: Iterable[str]) -> Exclusion:
        """These texts and their mirror images."""
        return cls(frozenset(_word_set(one) for text in texts for one in (text, mirror_text(text))))

    def bars(self, text: str) -> bool:
        """Whether a text is the same as one of them but for case, punctuation, articles and word order."""
        return _word_set(text) in self.said


def _word_set(text: str) -> frozenset[str]:
    return frozenset(normalised(text).split())


@dataclass(frozen=True)
class Found:
    """A prompt, and the text of the grammar that comes nearest to it."""

    prompt: str
    text: str
    overlap: float
    """Words in common of all words (Jaccard), 1 for the same words."""
    same: bool
    """Equal once normalised."""


def overlaps(prompts: Sequence[str], texts: Iterable[str]) -> list[Found]:
    """For each prompt the text that overlaps most with it."""
    wanted = [(normalised(prompt), frozenset(normalised(prompt).split())) for prompt in prompts]
    by_word: dict[str, list[int]] = {}
    for index, (_, words) in enumerate(wanted):
        for word in words:
            by_word.setdefault(word, []).append(index)
    best = [Found(prompt, "", 0.0, False) for prompt in prompts]
    for text in texts:
        plain = normalised(text)
        words = frozenset(plain.split())
        common = np.bincount([index for word in words for index in by_word.get(word, ())], minlength=len(prompts))
        for index in np.flatnonzero(common):
            share = float(common[index]) / len(words | wanted[index][1])
            same = plain == wanted[index][0]
            if (same, share) > (best[index].same, best[index].overlap):
                best[index] = Found(prompts[index], text, share, same)
    return best


def grammar_texts(num_texts: int, seed: int, captions: CaptionBook | None = None) -> Iterable[str]:
    """Random texts of the grammar, no poses built."""
    for number in range(num_texts):
        random = np.random.default_rng((seed, number))
        yield draw(random, captions=captions).text(random)


def read_prompts(path: Path) -> list[str]:
    """The prompts of a file.

    A .json or .jsonl file has strings or objects with "prompt" or "text", a line each; any other has a prompt a line.
    Raises ValueError for other lines, and where there are none.
    """
    lines = [(number, line.strip()) for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)]
    prompts = []
    for number, line in lines:
        if not line:
            continue
        prompt = _prompt_of(line) if path.suffix in (".json", ".jsonl") else line
        if prompt is None:
            raise ValueError(f"{path}:{number} has no prompt; expected a string or an object with 'prompt' or 'text'")
        prompts.append(prompt)
    if not prompts:
        raise ValueError(f"{path} has no prompts")
    return prompts


def _prompt_of(line: str) -> str | None:
    try:
        entry = json.loads(line)
    except json.JSONDecodeError:
        return None
    prompt = entry.get("prompt") or entry.get("text") if isinstance(entry, dict) else entry
    return prompt if isinstance(prompt, str) else None


def report(found: Sequence[Found], num_texts: int) -> str:
    """Counts first, then the prompts that the grammar says."""
    same = [one for one in found if one.same]
    near = [one for one in found if not one.same and one.overlap >= HIGH_OVERLAP]
    lines = [
        f"{len(found)} prompts against {num_texts} texts: {len(same)} the same, {len(near)} with at least "
        f"{HIGH_OVERLAP:.0%} of the words in common, {len(found) - len(same) - len(near)} clear"
    ]
    lines += [f"same: {one.prompt}" for one in same]
    lines += [f"{one.overlap:.0%}: {one.prompt}  (grammar: {one.text})" for one in near]
    return "\n".join(lines)

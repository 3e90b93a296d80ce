# SPDX-License-Identifier: GPL-3.0-or-later
"""Text and pose together, without end and reproducible: sample i of a seed is the same however it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from blender_addon.core.motion import Motion
from training.grammar.bases import BaseSet
from training.grammar.build import DEFAULT_SETTINGS, BuildSettings, build
from training.grammar.checks import judge
from training.grammar.compose import Draft, draw

MOST_ATTEMPTS = 4
"""How often a sample that fails its checks is drawn anew before it is left out."""


@dataclass(frozen=True)
class Sample:
    """A pose that does what its text says."""

    index: int
    key: str
    text: str
    local_rotations: np.ndarray
    """(22, 4) float32 wxyz."""
    root_translation: np.ndarray
    """(3,) float32 metres."""

    def motion(self) -> Motion:
        """As a motion of one frame."""
        return Motion(self.local_rotations[None], self.root_translation[None])


@dataclass(frozen=True)
class Attempt:
    """One draft, built and judged."""

    draft: Draft
    text: str
    reasons: tuple[str, ...]
    """What is wrong with it; empty is right."""
    local_rotations: np.ndarray
    root_translation: np.ndarray


def attempts(
    keys: Sequence[tuple[int, ...]],
    bases: BaseSet,
    only: str | Sequence[str] | None = None,
    settings: BuildSettings = DEFAULT_SETTINGS,
) -> list[Attempt]:
    """Draw, build and judge one draft for each key: the same key, the same result.

    `only` names the stance or pose of all drafts, or of each.
    """
    names = [only] * len(keys) if only is None or isinstance(only, str) else list(only)
    randoms = [np.random.default_rng(key) for key in keys]
    drafts = [draw(random, name) for random, name in zip(randoms, names, strict=True)]
    texts = [draft.text(random) for draft, random in zip(drafts, randoms, strict=True)]
    verdict = judge(build([draft.intent for draft in drafts], randoms, bases, settings))
    return [
        Attempt(draft, text, verdict.reasons[row], verdict.local_rotations[row], verdict.root_translation[row])
        for row, (draft, text) in enumerate(zip(drafts, texts, strict=True))
    ]


def generate(
    num_samples: int, seed: int, bases: BaseSet, only: str | None = None, batch_size: int = 256, start: int = 0
) -> Iterator[Sample]:
    """Samples start to start + num_samples of a seed, in order; those that fail every attempt are left out."""
    for begin in range(start, start + num_samples, batch_size):
        wanting = list(range(begin, min(begin + batch_size, start + num_samples)))
        done: dict[int, Sample] = {}
        for attempt in range(MOST_ATTEMPTS):
            tried = attempts([(seed, index, attempt) for index in wanting], bases, only)
            for index, one in zip(wanting, tried, strict=True):
                if not one.reasons:
                    done[index] = Sample(index, one.draft.key, one.text, one.local_rotations, one.root_translation)
            wanting = [index for index in wanting if index not in done]
            if not wanting:
                break
        yield from (done[index] for index in sorted(done))

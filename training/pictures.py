# SPDX-License-Identifier: GPL-3.0-or-later
"""What an evaluation's page draws: the showcase, captions beside their real poses, the worst and all random prompts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from training.evaluation import RANDOM_GROUP, Pictured, RandomPrompts, Showcase
from training.metrics import PoseSet, mean_joint_distance, spread
from training.scorecard import missed

if TYPE_CHECKING:
    from backend.generated import GeneratedMotions

SHOWCASE = (
    "a person stands still",
    "a person walks forward",
    "a person runs",
    "a person kneels on one knee",
    "a person sits on a chair",
    "a person crouches",
    "a person jumps",
    "a person dances",
    "a person kicks with the left leg",
    "a person waves with the right hand",
    "a person bends down to pick something up",
    "a person lies on the floor",
)
"""Prompts shown on every report, so that reports of different checkpoints can be laid side by side."""

_PICTURED_CAPTIONS = 8
_PICTURED_WORST = 12
_PICTURED_SAMPLES = 2  # poses drawn of each random prompt


def showcase(motions: GeneratedMotions, by_prompt: np.ndarray) -> Showcase:
    """How much samples of each prompt differ, and prompts from each other; `by_prompt` are joints (P, S, 22, 3)."""
    means = by_prompt.mean(1)
    distances = 100 * mean_joint_distance(means[:, None], means[None])
    return Showcase(
        motions.prompts,
        tuple(float(100 * spread(joints)) for joints in by_prompt),
        tuple(tuple(map(float, row)) for row in distances),
    )


def pictured(
    real: PoseSet,
    captions: Mapping[str, np.ndarray],
    made: Mapping[str, GeneratedMotions],
    report: dict[str, Any] | None,
    checked: Sequence[dict[str, Any]],
    random: RandomPrompts | None,
) -> list[Pictured]:
    """Everything that the page draws.

    Args:
        real: all poses of the prepared set.
        captions: held-out texts, each with the indices of its real poses.
        made: generated poses of each kind of prompt.
        report: PoseCheck's, or None.
        checked: PoseCheck's prompts.
        random: prompts of the grammar and what became of them, or None.
    """

    def of(name: str, prompt: int) -> PoseSet:
        motions = made[name]
        return PoseSet(motions.local_rotations[prompt, :, 0], motions.root_translation[prompt, :, 0])

    pictures = [
        Pictured("Showcase prompts", prompt, "", of("showcase", p)) for p, prompt in enumerate(made["showcase"].prompts)
    ]
    for p, (text, indices) in enumerate(captions.items()):
        if p < _PICTURED_CAPTIONS:
            pictures.append(Pictured("Held-out captions", text, "", of("captions", p), real.chosen(indices)))
    if report is not None:
        rates = np.array([report["by_prompt"][entry["id"]] for entry in checked])
        # Neighbours in the file are alike, so equals are taken from all over it.
        shuffled = np.random.default_rng(0).permutation(len(rates))
        for p in shuffled[np.argsort(rates[shuffled], kind="stable")][:_PICTURED_WORST]:
            note = f"{checked[p]['id']}, {', '.join(checked[p]['tags'])}: {rates[p]:.0%} pass"
            pictures.append(Pictured("Worst PoseCheck prompts", checked[p]["prompt"], note, of("posecheck", int(p))))
    for p, result in enumerate(() if random is None else random.prompts):
        note = f"{result.rate:.0%} do all" + (f"; missed: {missed(result)}" if result.missed else "")
        labels = tuple(
            "does all" if met == result.goals else f"meets {met} of {result.goals} goals"
            for met in result.met[:_PICTURED_SAMPLES]
        )
        poses = of("random", p).chosen(np.arange(len(labels)))
        pictures.append(Pictured(RANDOM_GROUP, result.prompt, note, poses, labels=labels))
    return pictures

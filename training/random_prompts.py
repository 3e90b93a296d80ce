# SPDX-License-Identifier: GPL-3.0-or-later
"""Prompts drawn from the pose grammar to test a model with, and which poses do all that they say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import torch

from blender_addon.core.rotation import quaternion_to_matrix
from training.evaluation import PromptResult, RandomPrompts, Share
from training.grammar.body import posed
from training.grammar.compose import draw
from training.grammar.constraints import KINDS, draw_constraints, misses
from training.grammar.intent import Aim, Along, Balance, Bend, Floor, Gap, Goal
from training.metrics import PoseSet, on_floor

RANDOM_SEED = 730_215_908
"""Of the prompts, the same for every checkpoint while the grammar stays as it is; no set is made with it."""
_KIND_NAMES: dict[type[Goal], str] = {
    Aim: "direction",
    Bend: "bend",
    Gap: "distance",
    Along: "height or side",
    Floor: "on the floor",
    Balance: "balance",
}


@dataclass(frozen=True)
class RandomPrompt:
    """A text of the grammar and what it asks for."""

    text: str
    goals: tuple[Goal, ...]
    """What the words say, at least one. Turns of head and trunk that no goal repeats are not among them."""
    number: int
    """How many things are said: the stance or named pose, where it is, and each clause."""
    airborne: bool


def random_prompts(count: int, seed: int = RANDOM_SEED) -> list[RandomPrompt]:
    """Draw prompts with goals, no poses built; the first ones are the same whatever `count` is."""
    prompts: list[RandomPrompt] = []
    drawn = 0
    while len(prompts) < count:
        random = np.random.default_rng((seed, drawn))
        drawn += 1
        draft = draw(random)
        goals = draft.intent.goals[: draft.said]
        if goals:
            airborne = draft.intent.airborne is not None
            prompts.append(RandomPrompt(draft.text(random), goals, len(draft.units), airborne))
    return prompts


def kind_of(goal: Goal) -> str:
    """What a goal is about, in a word or two."""
    return "contact" if isinstance(goal, Gap) and goal.touching else _KIND_NAMES[type(goal)]


def name_of(goal: Goal) -> str:
    """A goal for people to read: "contact: left palm, right knee"."""
    # A bend has three points, and says one.
    points = (goal.joint,) if isinstance(goal, Bend) else dict.fromkeys(goal.points())
    return f"{kind_of(goal)}: {', '.join(point.replace('_', ' ') for point in points)}"


def each_goal_met(goals: Sequence[Sequence[Goal]], local_rotations: np.ndarray) -> list[np.ndarray]:
    """Which of its own goals each pose meets, in their order; see `grammar.checks.goals_met` for the share.

    Args:
        goals: of each pose.
        local_rotations: (B, 22, 4) wxyz, facing anywhere.
    """
    constraints = draw_constraints(goals, [np.random.default_rng(0)] * len(goals))
    matrices = torch.from_numpy(quaternion_to_matrix(np.asarray(local_rotations, dtype=np.float64))).float()
    with torch.no_grad():
        met = (misses(constraints, posed(matrices)) <= 0).numpy()
    # Rows are sorted by kind, and within a kind as they were given.
    flat = [(body, place, type(goal)) for body, own in enumerate(goals) for place, goal in enumerate(own)]
    places = [(body, place) for kind in KINDS for body, place, own in flat if own is kind]
    found = [np.zeros(len(own), bool) for own in goals]
    for (body, goal), own_met in zip(places, met, strict=True):
        found[body][goal] = own_met
    return found


def measure_random(prompts: Sequence[RandomPrompt], poses: PoseSet, seed: int = RANDOM_SEED) -> RandomPrompts:
    """Judge poses by what their prompts say.

    Args:
        prompts: P of them, at least one.
        poses: P * S, prompt after prompt.
        seed: what the prompts were drawn with.
    """
    samples = len(poses) // len(prompts)
    every = each_goal_met([prompt.goals for prompt in prompts for _ in range(samples)], poses.local_rotations)
    met = [np.stack(every[p * samples : (p + 1) * samples]) for p in range(len(prompts))]  # (S, goals) of each prompt
    passed = np.stack([own.all(1) for own in met])
    low = on_floor(poses).reshape(len(prompts), samples)
    grounded = np.array([not prompt.airborne for prompt in prompts])
    numbers = np.array([prompt.number for prompt in prompts])
    by_kind: dict[str, list[float]] = {}
    for prompt, own in zip(prompts, met, strict=True):
        kinds = np.array([kind_of(goal) for goal in prompt.goals])
        for kind in dict.fromkeys(kinds):
            by_kind.setdefault(str(kind), []).append(float(own[:, kinds == kind].all(1).mean()))
    return RandomPrompts(
        seed=seed,
        samples=samples,
        all_met=float(passed.mean()),
        goals_met=float(np.mean([own.mean() for own in met])),
        on_floor=float(low[grounded].mean()) if grounded.any() else float("nan"),
        by_number={
            str(number): Share(int((numbers == number).sum()), float(passed[numbers == number].mean()))
            for number in np.unique(numbers)
        },
        by_kind={
            kind: Share(len(rates), float(np.mean(rates)))
            for kind, rates in sorted(by_kind.items(), key=lambda item: float(np.mean(item[1])))
        },
        prompts=tuple(
            PromptResult(prompt.text, len(prompt.goals), tuple(own.sum(1).tolist()), _missed(prompt.goals, own))
            for prompt, own in zip(prompts, met, strict=True)
        ),
    )


def _missed(goals: Iterable[Goal], met: np.ndarray) -> tuple[tuple[str, float], ...]:
    """Names of goals and the share of samples (S, goals) that miss them, most missed first."""
    shares: dict[str, float] = {}
    for goal, share in zip(goals, 1 - met.mean(0), strict=True):
        shares[name_of(goal)] = max(float(share), shares.get(name_of(goal), 0.0))
    return tuple(sorted(((name, share) for name, share in shares.items() if share), key=lambda item: -item[1]))

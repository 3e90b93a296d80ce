# SPDX-License-Identifier: GPL-3.0-or-later
"""Batches to train on: poses with the texts they show, of real motion, of the grammar or mixed.

Most texts that name a side name the left one first, as the pipeline says them; of the others half are mirrored.

A batch is a function of the seed and its number alone: a resumed run sees what an unbroken one would have seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

import numpy as np
import torch
from jaxtyping import Float, Int
from torch import Tensor

from backend.features import NUM_JOINTS, features_from_motion
from backend.sides import first_side, mirror_text
from blender_addon.core.motion import Motion
from training.grammar.contamination import normalised
from training.grammar.intent import Goal
from training.grammar.stored import GrammarSet
from training.prepared import PreparedSet


@dataclass(frozen=True)
class Batch:
    """Some prompts and, for each, several poses that show it: one text encoding then serves them all."""

    prompts: tuple[str, ...]
    prompt_index: Int[Tensor, " batch"]
    """Which prompt each pose belongs to."""
    features: Float[Tensor, "batch tokens features"]
    """Limb tokens in metres and matrix entries, not yet normalised."""
    goals: tuple[tuple[Goal, ...], ...] = ()
    """What each prompt asks for by geometry, where that is known; none of real captions."""


LEFT_FIRST = 0.9
"""The share of texts with sides that are mirrored or not so that they name left first; the others are as they are."""


def mirrors(text: str, random: np.random.Generator) -> bool:
    """Whether a text, with its poses, is to be learned mirrored."""
    side = first_side(text)
    coin, usual = random.random(2)
    return bool(coin < 0.5) if side is None or usual >= LEFT_FIRST else side == "right"


LENGTH_CLASSES = 4
"""Batches take turns with short, middling and long texts, so that little of a batch is padding."""


def of_like_length(texts: Sequence[str], number: int) -> list[int]:
    """Which of the texts, a quarter of them, batch `number` takes: all batches together take every length alike."""
    order = np.argsort([len(text) for text in texts], kind="stable").reshape(LENGTH_CLASSES, -1)
    return order[number % LENGTH_CLASSES].tolist()


@runtime_checkable
class BatchSource(Protocol):
    """Where batches come from."""

    def __len__(self) -> int:
        """How many poses, mirror images not counted."""

    def batch(self, number: int, *, seed: int, num_prompts: int, poses_per_prompt: int) -> Batch:
        """Batch `number` of the endless sequence that `seed` names: num_prompts x poses_per_prompt poses."""

    def features_to_scale(self, count: int) -> Float[Tensor, "poses tokens features"]:
        """About so many poses, mirror images included, to measure the features' mean and deviation."""


class PoseDataset:
    """The captioned poses of one split."""

    def __init__(self, prepared: PreparedSet, split: Literal["train", "val", "test"]) -> None:
        """Raises ValueError when the split holds no captioned pose."""
        self.captions = prepared.captions
        counts = np.diff(prepared.pose_caption_offsets)
        chosen = np.flatnonzero((prepared.pose_split == split) & (counts > 0) & (prepared.pose_weight > 0))
        if not len(chosen):
            raise ValueError(f"the prepared set has no captioned poses in its split {split!r}; prepare more data")
        frames = prepared.pose_frame[chosen]
        motion = Motion(prepared.local_rotations[frames], prepared.root_translation[frames], prepared.fps)
        self.features = features_from_motion(motion)
        self.mirrored_features = features_from_motion(motion.mirrored())
        self.weight = prepared.pose_weight[chosen].astype(np.float64)
        pairs = np.concatenate([np.arange(*prepared.pose_caption_offsets[pose : pose + 2]) for pose in chosen])
        self._pair_pose = np.repeat(np.arange(len(chosen)), counts[chosen])
        self._pair_caption = prepared.pose_caption_ids[pairs]
        # A pose is drawn by its weight, then one of its captions by how far the pose shows it.
        shown = prepared.pose_caption_weights[pairs].astype(np.float64)
        total = np.bincount(self._pair_pose, shown, minlength=len(chosen))
        self._pair_weight = self.weight[self._pair_pose] * shown / np.maximum(total[self._pair_pose], 1e-9)
        self._cumulative = np.cumsum(self._pair_weight)
        order = np.argsort(self._pair_caption, kind="stable")
        captions, starts = np.unique(self._pair_caption[order], return_index=True)
        self._pairs_of = dict(zip(captions.tolist(), np.split(order, starts[1:]), strict=True))

    def __len__(self) -> int:
        """How many poses, mirror images not counted."""
        return len(self.features)

    def features_to_scale(self, count: int) -> Float[Tensor, "poses tokens features"]:
        """Evenly spaced poses and their mirror images."""
        step = max(1, 2 * len(self.features) // count)
        return torch.cat((self.features[::step], self.mirrored_features[::step]))

    def prompts(self) -> list[str]:
        """Every text that can be drawn, mirrored ones included, each once."""
        used = [self.captions[index] for index in self._pairs_of]
        return list(dict.fromkeys([c.text for c in used] + [c.mirrored_text for c in used]))

    def batch(self, number: int, *, seed: int, num_prompts: int, poses_per_prompt: int) -> Batch:
        """Captions drawn by the weight of the poses that show them."""
        random = np.random.default_rng((seed, number))
        places = random.random(num_prompts * LENGTH_CLASSES) * self._cumulative[-1]
        drawn = np.minimum(np.searchsorted(self._cumulative, places, side="right"), len(self._cumulative) - 1)
        anchors = drawn[of_like_length([self.captions[self._pair_caption[anchor]].text for anchor in drawn], number)]
        prompts, rows = [], []
        for anchor in anchors:
            caption = self.captions[self._pair_caption[anchor]]
            swap = mirrors(caption.text, random)
            prompts.append(caption.mirrored_text if swap else caption.text)
            pairs = self._pairs_of[int(self._pair_caption[anchor])]
            weight = self._pair_weight[pairs]
            more = random.choice(pairs, poses_per_prompt - 1, p=weight / weight.sum())
            source = self.mirrored_features if swap else self.features
            rows.append(source[self._pair_pose[np.concatenate(([anchor], more))]])
        index = torch.arange(num_prompts).repeat_interleave(poses_per_prompt)
        return Batch(tuple(prompts), index, torch.cat(rows))


class GrammarDataset:
    """What the grammar made: every draft alike, one of its texts, its poses in turn."""

    def __init__(self, sets: Sequence[GrammarSet], exclude: Iterable[str] = ()) -> None:
        """`exclude` are texts that are never drawn, in any order of their words: prompts that are to test a model.

        Raises ValueError when the sets hold nothing.
        """
        self.sets = tuple(sets)
        self._excluded = frozenset(map(_words, exclude))
        self._ends = np.cumsum([len(own) for own in self.sets])
        if not len(self.sets) or self._ends[-1] == 0:
            raise ValueError("the grammar sets are empty; make one with `python -m training grammar prepare`")

    def __len__(self) -> int:
        """How many poses, mirror images not counted."""
        return sum(len(own) * own.poses_per_draft for own in self.sets)

    def features_to_scale(self, count: int) -> Float[Tensor, "poses tokens features"]:
        """Poses of the first batches."""
        return self.batch(0, seed=0, num_prompts=count, poses_per_prompt=1).features

    def batch(self, number: int, *, seed: int, num_prompts: int, poses_per_prompt: int) -> Batch:
        """Drafts drawn evenly; where a prompt wants more poses than its draft has, they come again."""
        random = np.random.default_rng((seed, number))
        drawn: list[tuple[str, bool, GrammarSet, int]] = []
        while len(drawn) < num_prompts * LENGTH_CLASSES:
            row = int(random.integers(self._ends[-1]))
            place = int(np.searchsorted(self._ends, row, side="right"))
            own, at = self.sets[place], row - int(self._ends[place] - len(self.sets[place]))
            texts = own.texts(at)
            text = texts[int(random.integers(len(texts)))]
            swap = mirrors(text, random)
            text = mirror_text(text) if swap else text
            if not self._excluded or _words(text) not in self._excluded:
                drawn.append((text, swap, own, at))
        kept = of_like_length([text for text, *_ in drawn], number)
        prompts: list[str] = []
        goals: list[tuple[Goal, ...]] = []
        rotations, roots = [], []
        for text, swap, own, at in (drawn[index] for index in kept):
            prompts.append(text)
            said = own.draft(at).goals
            goals.append(tuple(goal.mirrored() for goal in said) if swap else said)
            turned, moved = own.poses(at)
            first = int(random.integers(len(turned)))
            order = (first + np.arange(min(poses_per_prompt, len(turned)))) % len(turned)
            rotations.append(turned[order])
            roots.append(moved[order])
        mirrored = np.array([drawn[index][1] for index in kept])
        features = _features(np.stack(rotations), np.stack(roots), mirrored)
        again = torch.arange(poses_per_prompt) % features.shape[1]
        index = torch.arange(num_prompts).repeat_interleave(poses_per_prompt)
        return Batch(tuple(prompts), index, features[:, again].flatten(0, 1), tuple(goals))


def _words(text: str) -> str:
    """The same for texts of the same words."""
    return " ".join(sorted(normalised(text).split()))


def _features(
    rotations: np.ndarray, roots: np.ndarray, mirrored: np.ndarray
) -> Float[Tensor, "prompts poses tokens features"]:
    """Features of poses (prompts, poses, 22, 4) and (prompts, poses, 3), of their mirror images where `mirrored`."""
    shape = rotations.shape[:2]
    motion = Motion(rotations.reshape(-1, NUM_JOINTS, 4), roots.reshape(-1, 3))
    swapped = motion.mirrored()
    swap = np.repeat(mirrored, shape[1])
    chosen = Motion(
        np.where(swap[:, None, None], swapped.local_rotations, motion.local_rotations),
        np.where(swap[:, None], swapped.root_translation, motion.root_translation),
    )
    return features_from_motion(chosen).unflatten(0, shape)


class MixedDataset:
    """Batches of several sources, each with its share of the prompts."""

    def __init__(self, parts: Sequence[tuple[BatchSource, float]]) -> None:
        """`parts` are sources and shares; raises ValueError for shares that are negative or all zero."""
        shares = np.array([share for _, share in parts])
        if not len(parts) or (shares < 0).any() or shares.sum() == 0:
            raise ValueError(f"shares must be at least 0 and not all 0, got {shares.tolist()}")
        self.sources = tuple(source for source, _ in parts)
        self.bounds = np.concatenate(([0.0], np.cumsum(shares / shares.sum())))

    def __len__(self) -> int:
        """How many poses, mirror images not counted."""
        return sum(map(len, self.sources))

    def features_to_scale(self, count: int) -> Float[Tensor, "poses tokens features"]:
        """Of each source according to its share."""
        counts = np.diff(np.round(count * self.bounds)).astype(int)
        return torch.cat([own.features_to_scale(int(n)) for own, n in zip(self.sources, counts, strict=True) if n])

    def batch(self, number: int, *, seed: int, num_prompts: int, poses_per_prompt: int) -> Batch:
        """The sources' batches of this number, one after the other."""
        counts = np.diff(np.round(num_prompts * self.bounds)).astype(int)
        batches = [
            own.batch(number, seed=seed, num_prompts=int(n), poses_per_prompt=poses_per_prompt)
            for own, n in zip(self.sources, counts, strict=True)
            if n
        ]
        return Batch(
            tuple(prompt for own in batches for prompt in own.prompts),
            torch.arange(num_prompts).repeat_interleave(poses_per_prompt),
            torch.cat([own.features for own in batches]),
            tuple(goals for own in batches for goals in own.goals or [()] * len(own.prompts)),
        )

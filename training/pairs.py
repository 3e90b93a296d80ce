# SPDX-License-Identifier: GPL-3.0-or-later
"""Texts and poses side by side, to learn by contrast which go together: what is read once, and batches of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from jaxtyping import Bool, Float
from torch import Tensor

from backend.features import features_from_motion
from backend.sides import mirror_text
from backend.text_encoder import TextEncoder, TextFeatures
from blender_addon.core.motion import Motion
from blender_addon.core.skeleton import LIMBS
from training.dataset import PoseDataset, mirrors
from training.grammar.body_language import KINDS
from training.grammar.compose import draw
from training.grammar.entries import Clause
from training.grammar.intent import Goal, Intent
from training.grammar.phrases import pick
from training.grammar.stored import GrammarSet
from training.grammar.wording import word

LIMB_NAMES: tuple[str, ...] = tuple(LIMBS)


class EncodedTexts:
    """Texts as a tower that does not learn sees them, encoded once and kept in half precision."""

    def __init__(self, encoder: TextEncoder, texts: Sequence[str], batch_size: int = 256) -> None:
        reader = encoder.limb_reader
        self._summaries = 0 if reader is None else reader.num_summaries
        # Texts of like length together: little of a batch is padding.
        order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        words: list[Tensor] = [torch.empty(0)] * len(texts)
        pooled: list[Tensor] = [torch.empty(0)] * len(texts)
        with torch.inference_mode():
            for start in range(0, len(order), batch_size):
                rows = order[start : start + batch_size]
                features = encoder([texts[row] for row in rows])
                for place, row in enumerate(rows):
                    words[row] = features.tokens[place, features.mask[place]].half().cpu()
                    pooled[row] = features.pooled[place].cpu()
        self._words = words
        self._pooled = torch.stack(pooled)

    def __len__(self) -> int:
        return len(self._words)

    def batch(self, rows: Sequence[int], device: torch.device) -> TextFeatures:
        """The features of some of the texts: words, padding and last the summaries, as the tower gives them."""
        whole = [self._words[row].float() for row in rows]
        words = [own[: len(own) - self._summaries] for own in whole]
        tokens = torch.nn.utils.rnn.pad_sequence(words, batch_first=True)
        lengths = torch.tensor([len(own) for own in words])
        mask = torch.arange(tokens.shape[1]) < lengths[:, None]
        if self._summaries:
            tokens = torch.cat((tokens, torch.stack([own[-self._summaries :] for own in whole])), dim=1)
            mask = torch.cat((mask, mask.new_ones(len(rows), self._summaries)), dim=1)
        return TextFeatures(tokens.to(device), mask.to(device), self._pooled[list(rows)].to(device))


@dataclass(frozen=True)
class PairBatch:
    """Some texts, and poses of which each text is told which show it, which do not, and which had better not count."""

    texts: TextFeatures
    poses: Float[Tensor, "poses tokens features"]
    """Not normalised."""
    shown: Bool[Tensor, "texts poses"]
    """Whether a pose was made, or caught, for the text."""
    counts: Bool[Tensor, "texts poses"]
    """False where a pose may show the text although it was made for another one."""
    num_first: int
    """The first poses are one for each text, in order."""


class GrammarPairs:
    """Drafts of grammar sets. Batches mix stances, and clauses on the same stance, and mirror images as negatives."""

    def __init__(self, sets: Sequence[GrammarSet], encoder: TextEncoder, most: int, seed: int) -> None:
        """Read up to `most` drafts, one text of each, mirrored as `mirrors` says."""
        random = np.random.default_rng(seed)
        places = [(own, draft) for own in sets for draft in range(len(own))]
        chosen = random.permutation(len(places))[:most]
        self.texts: list[str] = []
        self._keys: list[str] = []
        says: list[frozenset[Goal]] = []
        rotations, roots = [], []
        for index in chosen:
            own, at = places[index]
            draft = own.draft(at)
            text = pick(random, draft.texts)
            swap = mirrors(text, random)
            self.texts.append(mirror_text(text) if swap else text)
            goals = draft.goals
            self._keys.append(draft.key)
            says.append(frozenset(goal.mirrored() for goal in goals) if swap else frozenset(goals))
            turned, moved = own.poses(at)
            motion = Motion(turned[:2], moved[:2])
            motion = motion.mirrored() if swap else motion
            rotations.append(motion.local_rotations)
            roots.append(motion.root_translation)
        self._each = min(map(len, rotations))
        stacked = Motion(
            np.concatenate([own[: self._each] for own in rotations]),
            np.concatenate([own[: self._each] for own in roots]),
        )
        shape = (len(chosen), self._each)
        self._poses = features_from_motion(stacked).unflatten(0, shape)
        self._mirrored = features_from_motion(stacked.mirrored()).unflatten(0, shape)
        self._sided = np.array([mirror_text(text) != text for text in self.texts])
        self._says = says
        self._says_mirrored = [frozenset(goal.mirrored() for goal in own) for own in says]
        self._encoded = EncodedTexts(encoder, self.texts)
        by_key: dict[str, list[int]] = {}
        for place, key in enumerate(self._keys):
            by_key.setdefault(key, []).append(place)
        self._crowds = [np.array(rows) for rows in by_key.values() if len(rows) >= 4]
        self._crowd_sizes = np.array([len(rows) for rows in self._crowds], dtype=float)

    def __len__(self) -> int:
        return len(self.texts)

    def batch(self, number: int, size: int, held_out: int, device: torch.device, *, training: bool = True) -> PairBatch:
        """Batch `number`: half any drafts, half by fours of one stance.

        The last `held_out` drafts are for measuring: batches not for training have only those, one pose of each.
        """
        random = np.random.default_rng((int(training), number))
        last = len(self) - held_out
        if training:
            rows = random.choice(last, size, replace=False).tolist()
            if len(self._crowds):
                share = np.sqrt(self._crowd_sizes)
                crowds = random.choice(len(self._crowds), size // 8, p=share / share.sum())
                kin = [place for crowd in crowds for place in random.choice(self._crowds[crowd], 4, replace=False)]
                rows = list(dict.fromkeys([*(place for place in kin if place < last), *rows]))[:size]
        else:
            rows = (last + random.choice(held_out, size, replace=False)).tolist()
        texts = self._encoded.batch(rows, device)
        poses = self._poses[rows]
        if not training:
            shown = torch.eye(size, dtype=torch.bool)
            counts = self._apart(rows) | shown
            return PairBatch(texts, poses[:, 0].to(device), shown.to(device), counts.to(device), size)
        opposite = [place for place, row in enumerate(rows) if self._sided[row]]
        parts = [poses[:, each] for each in range(self._each)] + [self._mirrored[rows][opposite, 0]]
        apart = self._apart(rows)
        away = torch.tensor([[not self._says[a] <= self._says_mirrored[rows[b]] for b in opposite] for a in rows])
        one = torch.eye(size, dtype=torch.bool)
        shown = torch.cat([one] * self._each + [torch.zeros(size, len(opposite), dtype=torch.bool)], dim=1)
        counts = torch.cat([apart | one] * self._each + [away.reshape(size, len(opposite))], dim=1)
        return PairBatch(texts, torch.cat(parts).to(device), shown.to(device), counts.to(device), size)

    def sided(
        self, held_out: int, device: torch.device, size: int = 256
    ) -> Iterator[tuple[TextFeatures, Tensor, Tensor]]:
        """Held-out texts with a side, their poses, and the poses' mirror images."""
        rows = [row for row in range(len(self) - held_out, len(self)) if self._sided[row]]
        for start in range(0, len(rows), size):
            some = rows[start : start + size]
            poses, mirrored = self._poses[some, 0].to(device), self._mirrored[some, 0].to(device)
            yield self._encoded.batch(some, device), poses, mirrored

    def goals(self, row: int) -> frozenset[Goal]:
        """What a text asks for."""
        return self._says[row]

    def texts_of(self, rows: Sequence[int], device: torch.device) -> TextFeatures:
        """The features of some of the texts."""
        return self._encoded.batch(rows, device)

    def _apart(self, rows: Sequence[int]) -> Bool[Tensor, "texts poses"]:
        """Whether a draft's poses need not do all that another one's text says."""
        return torch.tensor([[not self._says[a] <= self._says[b] for b in rows] for a in rows])


class CaptionPairs:
    """Captioned poses of real motion."""

    def __init__(self, dataset: PoseDataset, encoder: TextEncoder) -> None:
        self.dataset = dataset
        self.texts = dataset.prompts()
        self._row = {text: row for row, text in enumerate(self.texts)}
        self._encoded = EncodedTexts(encoder, self.texts)

    def batch(self, number: int, size: int, seed: int, device: torch.device) -> PairBatch:
        """Captions, two poses of each; captions of the same words count as shown by each other's poses."""
        drawn = self.dataset.batch(number, seed=seed, num_prompts=size, poses_per_prompt=2)
        rows = [self._row[prompt] for prompt in drawn.prompts]
        same = torch.tensor(rows)[:, None] == torch.tensor(rows)
        one = torch.eye(size, dtype=torch.bool)
        poses = drawn.features.unflatten(0, (size, 2))
        shown, counts = torch.cat((one, one), dim=1), torch.cat((~same | one, ~same | one), dim=1)
        texts, both = self._encoded.batch(rows, device), torch.cat((poses[:, 0], poses[:, 1])).to(device)
        return PairBatch(texts, both, shown.to(device), counts.to(device), size)


_SHARES = np.array([kind.share for kind in KINDS]) / sum(kind.share for kind in KINDS)


def drawn_clause(random: np.random.Generator) -> Clause:
    """A clause of any kind, by the kinds' shares."""
    return pick(random, pick(random, KINDS[int(random.choice(len(KINDS), p=_SHARES))].families))


class SpokenLimbs:
    """Texts of the grammar, whole ones and single clauses, with the limbs that they speak of."""

    def __init__(self, encoder: TextEncoder, count: int, seed: int) -> None:
        random = np.random.default_rng(seed)
        self.texts: list[str] = []
        rows = []
        for index in range(count):
            if index % 3:
                # One or two things said of a body that stays as it is, as people ask for changes.
                clauses = [drawn_clause(random) for _ in range(1 + (random.random() < 0.3))]
                whole = Intent()
                for clause in clauses:
                    whole = whole.joined(clause.intent)
                text = word([clause.words for clause in clauses], random, flipped=False, main_first=False)
            else:
                draft = draw(random)
                text, whole = draft.text(random), draft.intent
            if mirrors(text, random):
                text, whole = mirror_text(text), whole.mirrored()
            self.texts.append(text)
            claims = {"pelvis" if limb == "root" else limb for limb in whole.claims}
            rows.append([limb in claims for limb in LIMB_NAMES])
        self.limbs = torch.tensor(rows)
        """(texts, limbs) bool."""
        self._encoded = EncodedTexts(encoder, self.texts)

    def __len__(self) -> int:
        return len(self.texts)

    def batch(self, rows: Sequence[int], device: torch.device) -> tuple[TextFeatures, Bool[Tensor, "texts limbs"]]:
        """Some of the texts, and what they speak of."""
        return self._encoded.batch(rows, device), self.limbs[list(rows)].to(device)

# SPDX-License-Identifier: GPL-3.0-or-later
"""What a checkpoint itself makes of texts, several poses each, and how far each is from what its text asks for.

Ranking chooses among such poses: they are its hardest examples, and the grammar knows which of them is the best.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from jaxtyping import Float
from torch import Tensor
from tqdm import tqdm

from backend.features import features_from_motion
from backend.pipeline import PosePipeline
from backend.text_encoder import TextFeatures
from blender_addon.core.motion import Motion
from blender_addon.core.rotation import quaternion_to_matrix
from training.grammar.intent import Goal
from training.losses import mean_goal_misses
from training.pairs import GrammarPairs

_TEXTS_AT_ONCE = 64


class Attempts:
    """Poses of some texts of the grammar, as many of each."""

    def __init__(self, pairs: GrammarPairs, pipeline: PosePipeline, rows: Sequence[int], each: int, seed: int) -> None:
        """Make `each` poses of the texts of some rows of the pairs, those that ask for nothing left out."""
        # Texts of like length together: little of a batch is padding.
        self.rows = sorted((row for row in rows if pairs.goals(row)), key=lambda row: len(pairs.texts[row]))
        self.each = each
        self._pairs = pairs
        poses, costs = [], []
        for start in tqdm(range(0, len(self.rows), _TEXTS_AT_ONCE), desc="own poses", unit="batch", mininterval=2.0):
            some = self.rows[start : start + _TEXTS_AT_ONCE]
            made = pipeline([pairs.texts[row] for row in some], num_samples=each, seed=seed + start, candidates=1)
            flat = Motion(made.local_rotations.reshape(-1, 22, 4), made.root_translation.reshape(-1, 3))
            poses.append(features_from_motion(flat).unflatten(0, (len(some), each)))
            costs.append(_costs(flat, [tuple(pairs.goals(row)) for row in some for _ in range(each)]).reshape(-1, each))
        self.poses = torch.cat(poses)
        """(texts, each, tokens, features), not normalised."""
        self.costs = torch.cat(costs)
        """(texts, each) radians by which goals are missed, mean over a text's."""

    def __len__(self) -> int:
        return len(self.rows)

    def batch(
        self, places: Sequence[int], device: torch.device
    ) -> tuple[TextFeatures, Float[Tensor, "poses tokens features"], Float[Tensor, "texts each"]]:
        """Some texts, their poses one text's after the other's, and what the poses cost."""
        texts = self._pairs.texts_of([self.rows[place] for place in places], device)
        return texts, self.poses[list(places)].flatten(0, 1).to(device), self.costs[list(places)].to(device)


@torch.no_grad()
def _costs(motion: Motion, goals: Sequence[Sequence[Goal]]) -> Tensor:
    return mean_goal_misses(torch.from_numpy(quaternion_to_matrix(motion.global_rotations())), goals)

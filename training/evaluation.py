# SPDX-License-Identifier: GPL-3.0-or-later
"""What an evaluation of a checkpoint holds: measures of bodies, held-out captions and prompts, and what to draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from training.metrics import PoseSet

RANDOM_GROUP = "Random prompts of the grammar"
"""Heading of the pictures that `RandomPrompts` tells of."""


@dataclass(frozen=True)
class Bodies:
    """How plausible a set of bodies is."""

    poses: int
    bone_length_error: float
    """Largest relative deviation from the reference skeleton."""
    beyond_limits: dict[str, float]
    """Share of poses beyond any joint limit ("any") and beyond each."""
    beyond_posecheck_limits: float | None
    """Share of poses beyond PoseCheck's looser limits, where its file was given."""
    floor: dict[str, float]
    """Median clearance in cm, and shares sunk, floating, and within a centimetre of the floor."""
    flesh: dict[str, float]
    """How deep limbs are inside each other or the trunk: 95th percentile and largest in cm, share beyond 2 cm."""


@dataclass(frozen=True)
class HeldOut:
    """Generated poses against the real poses of the same held-out captions."""

    captions: int
    samples: int
    real_poses: int
    distance_size: int
    """How many poses of each set the distances below compare."""
    distance_cm: float
    """Root Frechet distance, cm a joint, from the generated to the real held-out poses."""
    distance_val_cm: float | None
    """The same from real validation poses to the real held-out poses."""
    distance_train_cm: float | None
    """The same from real training poses to the real held-out poses."""
    diversity_cm: float
    """Mean joint distance between generated poses of one caption."""
    diversity_real_cm: float | None
    """Mean joint distance between real poses of one caption, where it has several."""
    diversity_ratio: float | None
    """Generated to real, over the captions that have several real poses."""
    own_caption_preference: float | None
    """Share of comparisons in which a generated pose is nearer to its own caption's real poses; 0.5 is chance."""
    side_captions: int
    """Held-out captions that name a side."""
    side_agreement: float | None
    """Share of them whose pose mirrors when left and right change places in the words."""


@dataclass(frozen=True)
class Showcase:
    """How different the poses of the showcase prompts are."""

    prompts: tuple[str, ...]
    spread_cm: tuple[float, ...]
    """Mean joint distance between poses of one prompt."""
    distance_cm: tuple[tuple[float, ...], ...]
    """Mean joint distance between the mean poses of two prompts."""


@dataclass(frozen=True)
class Share:
    """How many of some prompts' samples do something."""

    prompts: int
    rate: float
    """Over all their samples, 0 to 1."""


@dataclass(frozen=True)
class PromptResult:
    """What became of one random prompt."""

    prompt: str
    goals: int
    """How many it has."""
    met: tuple[int, ...]
    """How many of them each sample meets."""
    missed: tuple[tuple[str, float], ...]
    """Goals that samples miss, with the share that does; the most missed first."""

    @property
    def rate(self) -> float:
        """Share of samples that do all."""
        return sum(met == self.goals for met in self.met) / len(self.met)


@dataclass(frozen=True)
class RandomPrompts:
    """Prompts drawn from the grammar: which samples do all that is said, by geometry."""

    seed: int
    samples: int
    """Poses a prompt."""
    all_met: float
    """Share of samples that do all."""
    goals_met: float
    """Mean share of single goals that a sample meets."""
    on_floor: float
    """Share of samples whose lowest point is within a centimetre of the floor; jumps and the like left out."""
    by_number: dict[str, Share]
    """By how many things a prompt says: its stance or named pose, and each clause."""
    by_kind: dict[str, Share]
    """By kind of goal: prompts that have such goals, and the share of their samples that meet all of those."""
    prompts: tuple[PromptResult, ...]


@dataclass(frozen=True)
class Recall:
    """How often captions and poses find each other in a crowd by the alignment's similarity, 0 to 1."""

    pose_at_1: float
    """The caption's own pose is the most similar."""
    pose_at_3: float
    """It is among the three most similar."""
    caption_at_1: float
    """The pose's own caption is the most similar."""
    caption_at_3: float


@dataclass(frozen=True)
class Retrieval:
    """Held-out captions and poses, each to be found among those of other captions."""

    captions: int
    crowd: int
    """Among how many; captions that share real poses do not compete."""
    generated: Recall
    first: Recall | None
    """Of first candidates: ranking chooses by the very similarity that finds. None where there is no choice."""
    real: Recall


@dataclass(frozen=True)
class CandidateGain:
    """The share of samples that pass with the first candidate and with the one that ranking chooses."""

    candidates: int
    by_text: bool
    """Whether an alignment tells how well candidates go with the text; otherwise only their soundness counts."""
    random_first: float | None
    """Of the random prompts, where there are any."""
    random_chosen: float | None
    posecheck_first: float | None
    """Of PoseCheck's prompts, where there are any."""
    posecheck_chosen: float | None


@dataclass(frozen=True)
class Evaluation:
    """Everything measured of one checkpoint."""

    checkpoint: str
    device: str
    settings: dict[str, Any]
    seconds: float
    generated: Bodies
    real: Bodies
    held_out: HeldOut
    showcase: Showcase
    posecheck: dict[str, Any] | None
    """PoseCheck's own report, where its files were given."""
    random: RandomPrompts | None = None
    """None where none were asked for."""
    retrieval: Retrieval | None = None
    """None where the checkpoint has no alignment."""
    ranking: CandidateGain | None = None
    """None where one candidate is drawn."""
    gains: dict[str, Any] | None = None
    """What `python -m training gains` measured, where its file was given."""


@dataclass(frozen=True, eq=False)
class Pictured:
    """A prompt whose poses are drawn on the page."""

    group: str
    """Heading it stands under."""
    prompt: str
    note: str
    generated: PoseSet
    real: PoseSet | None = None
    labels: tuple[str, ...] = ()
    """What is written under each of the generated poses; empty numbers them."""

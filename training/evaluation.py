# SPDX-License-Identifier: GPL-3.0-or-later
"""What an evaluation of a checkpoint holds: measures of bodies, held-out captions and prompts, and what to draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from training.metrics import PoseSet


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
    """Median clearance in cm, and shares sunk and floating."""


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


@dataclass(frozen=True, eq=False)
class Pictured:
    """A prompt whose poses are drawn on the page."""

    group: str
    """Heading it stands under."""
    prompt: str
    note: str
    generated: PoseSet
    real: PoseSet | None = None

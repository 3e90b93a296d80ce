# SPDX-License-Identifier: GPL-3.0-or-later
"""The checkpoint that ships: small, described, and trained: different actions give different, sound poses."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from backend.checkpoint import DEFAULT_CHECKPOINT
from backend.pipeline import GeneratedMotions, PosePipeline
from blender_addon.core.anatomy import floor_clearance, within_limits

ACTIONS = {
    "stand": "a person stands still",
    "walk": "a person walks forward",
    "kneel": "a person kneels on one knee",
    "sit": "a person sits on a chair",
    "jump": "a person jumps high in the air",
    "dance": "a person is dancing",
}
SAMPLES = 8


@pytest.fixture(scope="module")
def poses() -> GeneratedMotions:
    """Every action eight times."""
    pipeline = PosePipeline.from_pretrained(device="cpu")
    return pipeline(list(ACTIONS.values()), num_samples=SAMPLES, seed=100)


def of(poses: GeneratedMotions, action: str) -> np.ndarray:
    """Joints (S, 22, 3) of one action, metres, feet on the floor."""
    return poses.joints()[list(ACTIONS).index(action), :, 0]


def test_it_is_small_and_described() -> None:
    sizes = {path.name: path.stat().st_size for path in DEFAULT_CHECKPOINT.iterdir()}
    assert set(sizes) == {"config.json", "denoiser.safetensors", "text_encoder.safetensors", "MODEL_CARD.md"}
    assert sum(sizes.values()) < 40e6
    card = (DEFAULT_CHECKPOINT / "MODEL_CARD.md").read_text(encoding="utf-8")
    for needed in ("## Data", "## Licence", "CC0", "mocap.cs.cmu.edu", "## Measured", "## Limits"):
        assert needed in card, needed


def test_actions_look_different_from_each_other(poses: GeneratedMotions) -> None:
    mean = {action: of(poses, action).mean(0) for action in ACTIONS}
    for first, second in itertools.combinations(ACTIONS, 2):
        apart = np.linalg.norm(mean[first] - mean[second], axis=-1).mean()
        assert apart > 0.06, f"{first} and {second} are {100 * apart:.1f} cm apart"


def test_actions_look_like_what_they_are(poses: GeneratedMotions) -> None:
    pelvis = {action: np.median(of(poses, action)[:, 0, 1]) for action in ACTIONS}
    assert pelvis["stand"] > 0.85 and pelvis["walk"] > 0.8
    assert pelvis["kneel"] < 0.7 and pelvis["sit"] < 0.75
    knees = of(poses, "kneel")[:, [4, 5], 1]
    assert np.median(knees.min(1)) < 0.15, "no knee on the floor"
    assert np.median(floor_clearance(of(poses, "jump"))) > 0.05, "the jump does not leave the floor"
    assert np.abs(floor_clearance(of(poses, "walk"))).max() < 0.01


def test_bodies_are_sound(poses: GeneratedMotions) -> None:
    assert within_limits(poses.local_rotations[:, :, 0]).mean() > 0.85

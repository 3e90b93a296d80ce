# SPDX-License-Identifier: GPL-3.0-or-later
"""The checkpoint that ships: small, described, and trained: different actions give different, sound poses."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from backend.checkpoint import DEFAULT_CHECKPOINT
from backend.features import GROUNDED
from backend.generated import GeneratedMotions
from backend.pipeline import PosePipeline
from blender_addon.core.anatomy import floor_clearance, within_limits
from blender_addon.core.rotation import quaternion_apply
from blender_addon.core.skeleton import JOINT_NAMES

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
def pipeline() -> PosePipeline:
    return PosePipeline.from_pretrained(device="cpu")


@pytest.fixture(scope="module")
def poses(pipeline: PosePipeline) -> GeneratedMotions:
    """Every action eight times."""
    return pipeline(list(ACTIONS.values()), num_samples=SAMPLES, seed=100)


def of(poses: GeneratedMotions, action: str) -> np.ndarray:
    """Joints (S, 22, 3) of one action, metres, feet on the floor."""
    return poses.joints()[list(ACTIONS).index(action), :, 0]


def test_it_is_small_and_described() -> None:
    sizes = {path.name: path.stat().st_size for path in DEFAULT_CHECKPOINT.iterdir()}
    weights = {f"{name}.safetensors" for name in ("denoiser", "text_encoder", "alignment")}
    assert set(sizes) == {"config.json", "MODEL_CARD.md", *weights}
    assert sum(sizes.values()) < 60e6
    card = (DEFAULT_CHECKPOINT / "MODEL_CARD.md").read_text(encoding="utf-8")
    for needed in ("## Data", "## Licence", "CC0", "mocap.cs.cmu.edu", "## Measured", "## Limits"):
        assert needed in card, needed


def test_actions_look_different_from_each_other(poses: GeneratedMotions) -> None:
    # To the nearest pose of the other action: the mean of strides with either foot is no stride.
    for first, second in itertools.combinations(ACTIONS, 2):
        between = np.linalg.norm(of(poses, first)[:, None] - of(poses, second)[None], axis=-1).mean(-1)
        apart = between.min(1).mean()
        assert apart > 0.06, f"{first} and {second} are {100 * apart:.1f} cm apart"


def test_actions_look_like_what_they_are(poses: GeneratedMotions) -> None:
    pelvis = {action: np.median(of(poses, action)[:, 0, 1]) for action in ACTIONS}
    assert pelvis["stand"] > 0.85 and pelvis["walk"] > 0.8
    assert pelvis["kneel"] < 0.7 and pelvis["sit"] < 0.75
    knees = of(poses, "kneel")[:, [4, 5], 1]
    assert np.median(knees.min(1)) < 0.15, "no knee on the floor"
    assert np.median(floor_clearance(of(poses, "jump"))) > GROUNDED, "most jumps do not leave the floor"
    assert np.abs(floor_clearance(of(poses, "walk"))).max() < 0.01


def test_sides_follow_the_words(pipeline: PosePipeline) -> None:
    sides = ("left", "right")
    arms = pipeline([f"the {side} arm is raised straight up" for side in sides], num_samples=SAMPLES).joints()[:, :, 0]
    gaze = pipeline([f"a person looks to the {side}" for side in sides], num_samples=SAMPLES)
    legs = pipeline([f"a kick with the {side} leg" for side in sides], num_samples=SAMPLES).joints()[:, :, 0]
    for row, (side, other) in enumerate((sides, sides[::-1])):
        raised, hanging = (arms[row, :, JOINT_NAMES.index(f"{name}_wrist"), 1] for name in (side, other))
        assert (raised > hanging + 0.5).mean() > 0.8, f"the {side} arm"
        kicking, standing = (legs[row, :, JOINT_NAMES.index(f"{name}_ankle"), 1] for name in (side, other))
        assert (kicking > standing + 0.2).mean() > 0.8, f"the {side} leg"
        head = gaze.motion(row, 0).global_rotations()[0, JOINT_NAMES.index("head")]
        turned = quaternion_apply(head.astype(np.float64), np.array([0.0, 0.0, 1.0]))[0]
        assert turned > 0.3 if side == "left" else turned < -0.3, f"looks to the {side}"


def test_one_of_two_is_either_and_not_both(pipeline: PosePipeline) -> None:
    poses = pipeline("standing with one arm raised straight up", num_samples=2 * SAMPLES).joints()[0, :, 0]
    heights = poses[:, [JOINT_NAMES.index("left_wrist"), JOINT_NAMES.index("right_wrist")], 1]
    assert (np.abs(heights[:, 0] - heights[:, 1]) > 0.4).mean() > 0.7, "both arms do the same"


def test_several_things_are_done_at_once(pipeline: PosePipeline) -> None:
    poses = pipeline("sitting on a chair with the left arm raised above the head", num_samples=SAMPLES).joints()[
        0, :, 0
    ]
    wrist, head = (poses[:, JOINT_NAMES.index(name), 1] for name in ("left_wrist", "head"))
    assert np.median(poses[:, 0, 1]) < 0.75 and (wrist > head).mean() > 0.7


def test_bodies_are_sound(poses: GeneratedMotions) -> None:
    assert within_limits(poses.local_rotations[:, :, 0]).mean() > 0.85

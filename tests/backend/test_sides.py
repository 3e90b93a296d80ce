# SPDX-License-Identifier: GPL-3.0-or-later
"""Left and right: texts mirrored, the first side found, and poses of mirrored prompts that mirror each other."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from backend.constraints import PoseConstraints
from backend.pipeline import PosePipeline
from backend.sides import first_side, mirror_text, mirrored_name
from blender_addon.core.motion import Motion
from blender_addon.core.rotation import quaternion_from_yaw, quaternion_multiply
from blender_addon.core.skeleton import JOINT_NAMES, LIMBS, MIRROR_INDICES

PROMPTS = ("wave", "raise the left arm, look right", "kneel on the right knee", "turn clockwise")
SAME: dict[str, Any] = {"atol": 2e-3, "rtol": 0}
"""Rounding differs with what else is in a batch."""


@pytest.mark.parametrize(
    ("text", "mirrored"),
    [
        ("a person kicks with the left leg", "a person kicks with the right leg"),
        ("turns clockwise to the right", "turns counterclockwise to the left"),
        ("spins counter-clockwise", "spins clockwise"),
        ("walks leftward, right-handed", "walks rightward, left-handed"),
        ("from left to right", "from right to left"),
        ("RIGHT hand, Left foot", "LEFT hand, Right foot"),
        ("stands up right away", "stands up right away"),
        ("he has left the room", "he has left the room"),
        ("a bright upright person", "a bright upright person"),
    ],
)
def test_mirroring_swaps_sides_and_turns_only(text: str, mirrored: str) -> None:
    assert mirror_text(text) == mirrored


def test_mirroring_twice_gives_the_text_back() -> None:
    text = "a man turns counterclockwise, lifts his left arm and steps to the right"
    assert mirror_text(mirror_text(text)) == text


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("right hand on the left hip", "right"),
        ("both hands up, looking LEFT", "left"),
        ("spinning counterclockwise with the right leg lifted", "left"),
        ("stands up right away, right-handed", "right"),
        ("he has left the room", None),
        ("arms at right angles", None),
        ("", None),
    ],
)
def test_the_first_side_is_found(text: str, side: str | None) -> None:
    assert first_side(text) == side
    other = {"left": "right", "right": "left", None: None}
    assert first_side(mirror_text(text)) == other[side]


def test_names_have_their_other_side() -> None:
    assert [JOINT_NAMES.index(mirrored_name(name)) for name in JOINT_NAMES] == MIRROR_INDICES.tolist()
    assert {mirrored_name(limb) for limb in LIMBS} == set(LIMBS)


@pytest.mark.parametrize("negative", ["", "left arm raised"])
def test_mirrored_prompts_give_mirrored_poses(tiny_pipeline: PosePipeline, negative: str) -> None:
    options: dict[str, Any] = {"num_samples": 2, "seed": 4, "candidates": 2}
    made = tiny_pipeline(PROMPTS[1:], negative_prompt=negative, **options)
    other = tiny_pipeline(
        [mirror_text(prompt) for prompt in PROMPTS[1:]], negative_prompt=mirror_text(negative), **options
    )
    assert made.prompts == PROMPTS[1:]
    for prompt in range(3):
        for sample in range(2):
            reflected = other.motion(prompt, sample).mirrored()
            same = made.motion(prompt, sample)
            np.testing.assert_allclose(same.joints(), reflected.joints(), **SAME)
    assert np.abs(made.joints()[0, 0] - made.joints()[0, 1]).max() > 0.02


def test_what_is_kept_stays_on_its_side_among_prompts_of_both(tiny_pipeline: PosePipeline) -> None:
    turned = np.tile([1.0, 0, 0, 0], (1, 22, 1))
    turned[0, 0] = quaternion_multiply(quaternion_from_yaw(0.7), turned[0, 0])
    turned[0, JOINT_NAMES.index("left_shoulder")] = [0.8, 0, 0, 0.6]
    reference = Motion(turned, np.array([[0.4, 0.95, -0.3]]))
    x, y, z = (float(value) for value in reference.joints()[0, JOINT_NAMES.index("left_wrist")])
    wrist = (x, y, z)
    constraints = PoseConstraints(reference, ("head", "left_leg"), ("right_knee",), {"left_wrist": wrist})
    result = tiny_pipeline(PROMPTS, num_samples=2, seed=1, candidates=2, constraints=constraints)
    assert result.residue is not None and result.residue.pins == ("left_wrist",)
    kept = constraints.locked()
    for prompt in range(len(PROMPTS)):
        for sample in range(2):
            pose = result.motion(prompt, sample)
            missed = np.linalg.norm(pose.joints()[0, JOINT_NAMES.index("left_wrist")] - wrist)
            np.testing.assert_allclose(missed, result.residue.metres[prompt, sample, 0], atol=1e-4)
            cosines = np.abs((pose.global_rotations()[0] * reference.global_rotations()[0]).sum(-1))[kept]
            np.testing.assert_allclose(cosines, 1, atol=1e-4)
    alone = tiny_pipeline(PROMPTS[2], num_samples=2, seed=1, candidates=2, constraints=constraints)
    np.testing.assert_allclose(alone.local_rotations[0], result.local_rotations[2], **SAME)

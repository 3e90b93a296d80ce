# SPDX-License-Identifier: GPL-3.0-or-later
"""Ranking: faults cost, candidates belong to their seed, the best one is given, edits keep what is not spoken of."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from backend import choice
from backend import pipeline as pipeline_module
from backend.alignment import Alignment, AlignmentConfig
from backend.checkpoint import load_checkpoint
from backend.constraints import PoseConstraints
from backend.pipeline import PosePipeline, Step
from backend.ranking import plausibility
from blender_addon.core.motion import Motion
from blender_addon.core.rotation import axis_angle_to_quaternion, quaternion_to_matrix
from blender_addon.core.skeleton import JOINT_NAMES, LIMBS


@pytest.fixture(scope="module")
def ranked(tiny_checkpoint: Path) -> PosePipeline:
    """A pipeline with a random alignment, which gives every text and pose some similarity."""
    torch.manual_seed(1)
    alignment = Alignment(AlignmentConfig(16, 24, pose_width=16, pose_layers=1, text_width=32, text_heads=4, size=8))
    checkpoint = dataclasses.replace(load_checkpoint(tiny_checkpoint), alignment=alignment.eval())
    return PosePipeline(checkpoint, device="cpu")


def posed(**turns: tuple[float, float, float]) -> np.ndarray:
    """Global rotations (1, 22, 3, 3) of the rest pose with joints turned by degrees about X, Y and Z."""
    rotations = np.zeros((1, 22, 4))
    rotations[..., 0] = 1
    for name, degrees in turns.items():
        rotations[0, JOINT_NAMES.index(name)] = axis_angle_to_quaternion(np.radians(degrees))
    return quaternion_to_matrix(Motion(rotations, np.zeros((1, 3))).global_rotations().astype(np.float64))


def test_a_standing_body_is_sound() -> None:
    hanging = {"left_shoulder": (0.0, 0.0, -70.0), "right_shoulder": (0.0, 0.0, 70.0)}
    assert plausibility(posed(), np.zeros(1)) == pytest.approx(0, abs=1e-3)
    assert plausibility(posed(**hanging), np.zeros(1)) == pytest.approx(0, abs=1e-3)


@pytest.mark.parametrize(
    "fault",
    [
        {"left_elbow": (0.0, 60.0, 0.0)},  # bent the wrong way
        {"left_shoulder": (0.0, 0.0, -108.0)},  # a hand in the groin
        {"pelvis": (35.0, 0.0, 0.0)},  # falls over
    ],
)
def test_faults_cost(fault: dict[str, tuple[float, float, float]]) -> None:
    assert plausibility(posed(**fault), np.zeros(1))[0] < -0.02


def test_who_jumps_need_not_balance() -> None:
    falling = posed(pelvis=(35.0, 0.0, 0.0))
    assert plausibility(falling, np.full(1, 0.4))[0] > plausibility(falling, np.zeros(1))[0]


def test_the_best_of_a_seed_is_given(ranked: PosePipeline) -> None:
    prompts = ["kneel", "wave"]
    steps: list[Step] = []
    best = ranked(prompts, num_samples=2, seed=4, candidates=16, on_step=steps.append)
    first = ranked(prompts, num_samples=2, seed=4, candidates=1)
    assert best.scores is not None and best.scores.shape == (2, 2) and first.scores is None
    assert [(step.index, step.total) for step in steps] == [(1, 3), (2, 3), (3, 3)]
    np.testing.assert_array_equal(steps[-1].preview().local_rotations, best.local_rotations)
    # Fewer candidates are the first of more.
    fewer = ranked(prompts, num_samples=2, seed=4, candidates=2)
    assert fewer.scores is not None and (best.scores >= fewer.scores).all() and (best.scores > fewer.scores).any()
    assert np.abs(best.local_rotations - first.local_rotations).max() > 1e-2


def test_of_candidates_that_are_as_good_the_first_is_taken(
    ranked: PosePipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    def given(*scores: float) -> np.ndarray:
        monkeypatch.setattr(pipeline_module, "rank", lambda *of: np.array(scores))
        return ranked("wave", seed=4, candidates=3).local_rotations

    first, last = given(1, 0, 0), given(0, 0, 1)
    assert np.abs(first - last).max() > 1e-2
    np.testing.assert_array_equal(given(0.98, 0.5, 1), first)
    np.testing.assert_array_equal(given(0.9, 0.5, 1), last)


def test_limbs_that_are_not_spoken_of_start_from_more_noise(
    ranked: PosePipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ranked.alignment is not None
    before = ranked.alignment.text.limbs
    silent = torch.nn.Linear(before.in_features, before.out_features)
    torch.nn.init.zeros_(silent.weight)
    silent.bias = torch.nn.Parameter(torch.tensor([-20.0 if limb == "left_arm" else 20.0 for limb in LIMBS]))
    starts: list[torch.Tensor] = []
    loop = ranked._denoise

    def watched(noise: torch.Tensor, *rest: Any) -> Any:
        starts.append(noise)
        return loop(noise, *rest)

    monkeypatch.setattr(ranked, "_denoise", watched)
    monkeypatch.setitem(ranked.alignment.text._modules, "limbs", silent)
    ranked("raise the left leg", candidates=1)
    silent.bias.data[:] = 20
    ranked("raise the left leg", candidates=1)
    ratio = starts[0].square().sum((0, 2)).sqrt() / starts[1].square().sum((0, 2)).sqrt()
    wanted = [1 + choice.LOOSE if limb == "left_arm" else 1.0 for limb in LIMBS]
    torch.testing.assert_close(ratio, torch.tensor(wanted), atol=1e-3, rtol=0)


def test_readings_take_turns_only_where_something_is_kept() -> None:
    even = torch.zeros(1, 2)
    given = choice.readings(even, range(8), 3).unflatten(1, (8, 3))
    assert (given == given[..., :1]).all() and len(given.unique()) == 2
    turns = choice.readings(even, range(8), 3, in_turn=True).unflatten(1, (8, 3))
    assert torch.equal(turns[..., 0], given[..., 0]) and (turns[..., 1] == 1 - turns[..., 0]).all()


def test_candidates_belong_to_their_seed(ranked: PosePipeline) -> None:
    many = ranked(["kneel", "wave"], num_samples=3, seed=4, candidates=4)
    one = ranked("wave", seed=6, candidates=4)
    np.testing.assert_allclose(many.local_rotations[1, 2], one.local_rotations[0, 0], atol=5e-3)


def test_without_an_alignment_the_soundest_wins(tiny_pipeline: PosePipeline) -> None:
    def soundness(candidates: int) -> float:
        result = tiny_pipeline("wave", num_samples=6, candidates=candidates)
        rotations = np.stack([result.motion(0, s).global_rotations()[0] for s in range(6)]).astype(np.float64)
        return float(plausibility(quaternion_to_matrix(rotations), np.zeros(6)).mean())

    assert soundness(6) > soundness(1)


@pytest.mark.parametrize("side", ["left", "right"])
def test_an_edit_keeps_what_is_not_spoken_of(ranked: PosePipeline, side: str) -> None:
    reference = ranked("kneel", candidates=1).motion(0, 0)
    assert ranked.alignment is not None
    with torch.no_grad():
        # Texts reach it with their first side as the left one.
        ranked.alignment.text.limbs.weight.zero_()
        ranked.alignment.text.limbs.bias[:] = torch.tensor([9.0 if name == "left_arm" else -9.0 for name in LIMBS])
    constraints = PoseConstraints(reference)
    result = ranked(f"raise the {side} arm", num_samples=2, seed=3, constraints=constraints, edit=True)
    assert result.changed_limbs == (f"{side}_arm",)
    moved = np.linalg.norm(result.joints()[0, :, 0] - reference.joints(), axis=-1)
    others = [joint for limb, joints in LIMBS.items() if limb != f"{side}_arm" for joint in joints]
    assert moved[:, others].max() < 1e-3 < moved[:, LIMBS[f"{side}_arm"][2:]].min()


def test_edits_need_a_pose_one_prompt_and_an_alignment(ranked: PosePipeline, tiny_pipeline: PosePipeline) -> None:
    reference = PoseConstraints(ranked("kneel", candidates=1).motion(0, 0))
    with pytest.raises(ValueError, match="reference of constraints"):
        ranked("wave", edit=True)
    with pytest.raises(ValueError, match="one prompt, got 2"):
        ranked(["wave", "kneel"], edit=True, constraints=reference)
    with pytest.raises(ValueError, match="cannot tell which limbs"):
        tiny_pipeline("wave", edit=True, constraints=reference)
    with pytest.raises(ValueError, match="candidates must be 1 to"):
        ranked("wave", candidates=0)

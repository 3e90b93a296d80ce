# SPDX-License-Identifier: GPL-3.0-or-later
"""Random prompts are the same each time; poses are judged goal by goal, as the grammar judges them."""

from __future__ import annotations

import numpy as np

from blender_addon.core.rotation import axis_angle_to_quaternion
from blender_addon.core.skeleton import JOINT_NAMES
from training.grammar.checks import goals_met
from training.grammar.intent import aim, bend, touch
from training.metrics import PoseSet
from training.random_prompts import RandomPrompt, each_goal_met, kind_of, measure_random, name_of, random_prompts


def bodies(count: int, size: float = 0.0) -> PoseSet:
    """Rest poses, or random ones round it."""
    turns = np.random.default_rng(0).normal(0, size, (count, 22, 3))
    return PoseSet(axis_angle_to_quaternion(turns), np.tile([0.0, 0.95, 0.0], (count, 1)))


def test_prompts_are_the_same_each_time_and_say_something() -> None:
    prompts = random_prompts(12)
    assert prompts == random_prompts(12) and prompts[:5] == random_prompts(5)
    assert prompts != random_prompts(12, seed=1)
    assert all(prompt.text and prompt.goals and prompt.number >= 1 for prompt in prompts)
    assert len({prompt.text for prompt in prompts}) == 12


def test_each_goal_is_judged_as_by_the_grammar() -> None:
    prompts = random_prompts(30)
    poses = bodies(30, 0.4).local_rotations
    met = each_goal_met([prompt.goals for prompt in prompts], poses)
    assert [len(own) for own in met] == [len(prompt.goals) for prompt in prompts]
    shares = goals_met([prompt.goals for prompt in prompts], poses)
    assert np.allclose([own.mean() for own in met], shares)
    assert 0 < shares.mean() < 1


def test_totals_of_poses_whose_answer_is_known() -> None:
    up = RandomPrompt("left arm up, elbow straight", (*aim("left_arm", "up"), *bend("left_elbow", 0, 20)), 2, False)
    palm = RandomPrompt("left hand on the right knee", tuple(touch("left_palm", "right_knee")), 1, True)
    poses = bodies(4)
    poses.local_rotations[0, JOINT_NAMES.index("left_shoulder")] = axis_angle_to_quaternion(np.array([0, 0, np.pi / 2]))
    report = measure_random([up, palm], poses)
    assert report.samples == 2 and report.all_met == 0.25
    assert report.goals_met == np.mean([(1 + 0.5) / 2, 0])
    first, second = report.prompts
    assert first.goals == 2 and first.met == (2, 1) and first.rate == 0.5
    assert second.goals == 1 and second.met == (0, 0) and second.rate == 0
    assert first.missed == (("direction: left shoulder, left wrist", 0.5),)
    assert second.missed == (("contact: left palm, right knee", 1.0),)
    assert {name: (own.prompts, own.rate) for name, own in report.by_number.items()} == {"1": (1, 0.0), "2": (1, 0.5)}
    assert {name: (own.prompts, own.rate) for name, own in report.by_kind.items()} == {
        "contact": (1, 0.0),
        "direction": (1, 0.5),
        "bend": (1, 1.0),
    }
    # Who is in the air has no floor to be on.
    assert np.isnan(measure_random([palm], bodies(2)).on_floor) and report.on_floor in (0.0, 1.0)


def test_goals_have_names() -> None:
    assert kind_of(touch("left_palm", "head")[0]) == "contact"
    assert name_of(bend("right_knee", 10, 40)[0]) == "bend: right knee"

# SPDX-License-Identifier: GPL-3.0-or-later
"""The engine of the grammar by another geometry: what plain joint positions and finite differences say about it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the grammar builds in torch")

from torch import Tensor  # noqa: E402

from blender_addon.core.motion import Motion  # noqa: E402
from blender_addon.core.rotation import quaternion_multiply, quaternion_to_matrix  # noqa: E402
from blender_addon.core.skeleton import JOINT_NAMES, PARENTS, SMPL22  # noqa: E402
from training.grammar.bases import BaseSet, Lively, made_up_bases  # noqa: E402
from training.grammar.body import deepest, near_pairs, posed, rotation_from_vector, turned  # noqa: E402
from training.grammar.build import build  # noqa: E402
from training.grammar.checks import Verdict, judge  # noqa: E402
from training.grammar.constraints import draw_constraints, losses  # noqa: E402
from training.grammar.entries import FEET_ON_FLOOR, UPRIGHT, Clause  # noqa: E402
from training.grammar.intent import (  # noqa: E402
    Intent,
    Part,
    aim,
    bend,
    beyond,
    flat,
    floor,
    head,
    intent,
    pelvis,
    spine,
    straight,
    touch,
)
from training.grammar.limbs import Family  # noqa: E402
from training.grammar.samples import attempts  # noqa: E402
from training.grammar.shapes import HOLDING_FAMILIES, POSTURE_FAMILIES, SHAPE_FAMILIES, TOES_FAMILIES  # noqa: E402

_J = JOINT_NAMES.index
_STANDING = [FEET_ON_FLOOR.ways[0], UPRIGHT.ways[0]]
Joints = dict[str, np.ndarray]


def made(*parts: Part, standing: bool = True, count: int = 3, bases: BaseSet | None = None) -> Verdict:
    """A few bodies that do what is said, standing."""
    whole = intent(*parts)
    for way in _STANDING if standing else ():
        extra = intent(*way)
        whole = Intent(whole.goals + extra.goals, whole.joined(extra).turns, whole.claims, whole.airborne)
    randoms = [np.random.default_rng((3, index)) for index in range(count)]
    return judge(build([whole] * count, randoms, bases or made_up_bases(24)))


def joints(verdict: Verdict) -> list[Joints]:
    assert verdict.passed.mean() > 0.6, verdict.reasons
    right = verdict.passed
    positions = Motion(verdict.local_rotations[right], verdict.root_translation[right]).joints()
    return [dict(zip(JOINT_NAMES, own, strict=True)) for own in positions]


def gaze(verdict: Verdict) -> np.ndarray:
    """(B, 3) where faces point, as the chest sees it."""
    neck, skull = (verdict.local_rotations[:, _J(name)].astype(np.float64) for name in ("neck", "head"))
    return quaternion_to_matrix(quaternion_multiply(neck, skull))[..., 2]


def test_arms_point_where_they_are_told() -> None:
    # +X is the body's left, +Z its front.
    for words, axis, sign in (("up", 1, 1), ("left", 0, 1), ("front", 2, 1), ("down", 1, -1)):
        for body in joints(made(aim("left_arm", words), straight("left_arm"))):
            line = body["left_wrist"] - body["left_shoulder"]
            assert sign * line[axis] > 0.85 * np.linalg.norm(line), words
    for body in joints(made(aim("both_arm", "up"))):
        assert min(body["left_wrist"][1], body["right_wrist"][1]) > body["head"][1]


def test_hands_touch_what_they_are_told() -> None:
    # Palms are 8 cm from wrists, knees' fronts 6 cm from knees.
    for body in joints(made(touch("left_palm", "left_waist"))):
        assert np.linalg.norm(body["left_wrist"] - body["left_hip"]) < 0.30
    for body in joints(made(touch("right_palm", "crown"))):
        assert body["right_wrist"][1] > body["head"][1] and np.linalg.norm(body["right_wrist"] - body["head"]) < 0.30
    for body in joints(made(touch("left_palm", "right_palm"), beyond("left_palm", "chest", "chestward", 0.06, 0.3))):
        assert np.linalg.norm(body["left_wrist"] - body["right_wrist"]) < 0.17
        assert body["left_wrist"][2] > body["spine3"][2] + 0.08


def test_heads_and_trunks_turn_as_they_are_told() -> None:
    assert (gaze(made(head(yaw=(40, 60))))[:, 0] > 0.5).all()
    assert (gaze(made(head(yaw=(-60, -40))))[:, 0] < -0.5).all()
    assert (gaze(made(head(pitch=(-45, -30))))[:, 1] > 0.4).all()
    for body in joints(made(spine(yaw=(30, 45)))):
        chest, hips = body["left_shoulder"] - body["right_shoulder"], body["left_hip"] - body["right_hip"]
        turn = np.degrees(np.arctan2(hips[2] * chest[0] - hips[0] * chest[2], hips[0] * chest[0] + hips[2] * chest[2]))
        assert 15 < turn < 60
    for body in joints(made(pelvis(pitch=(30, 40)), aim("trunk", "front up"), flat("both"), standing=False)):
        assert body["neck"][2] > body["pelvis"][2] + 0.2


def test_a_said_arm_does_not_bend_the_rest() -> None:
    verdict = made(beyond("left_wrist", "crown", "up", 0.05))
    for body in joints(verdict):
        assert body["left_wrist"][1] > body["head"][1] + 0.1
        assert body["head"][1] > body["neck"][1] + 0.05 and body["right_wrist"][1] < body["pelvis"][1] + 0.1
    assert (gaze(verdict)[:, 2] > 0.8).all()


def clause_said(families: Sequence[Family], tag: str) -> Clause:
    """The clause that has a tag with these words."""
    return next(one for family in families for one in family if any(tag in own for own in one.words.tags))


def test_arms_make_the_shapes_they_are_told() -> None:
    def shaped(families: Sequence[Family], tag: str) -> list[Joints]:
        own = clause_said(families, tag).intent
        return joints(made(*own.goals, *own.turns))

    for body in shaped(SHAPE_FAMILIES, "[ten and two|10 and 2]"):
        for side, sign in (("left", 1), ("right", -1)):
            line = body[f"{side}_wrist"] - body[f"{side}_shoulder"]
            assert sign * line[0] > 0.3 and line[1] > 0.1
    for body in shaped(SHAPE_FAMILIES, "overhead|above the head"):
        gap = np.linalg.norm(body["left_wrist"] - body["right_wrist"])
        elbows = body["left_elbow"][0] - body["right_elbow"][0]
        assert gap < elbows and min(body["left_wrist"][1], body["right_wrist"][1]) > body["head"][1]
    for body in shaped(SHAPE_FAMILIES, "held out|pointing] to the {L}"):
        assert min(body["left_wrist"][0], body["right_wrist"][0]) > body["spine3"][0] + 0.15
    for body in shaped(HOLDING_FAMILIES, "level |]at waist height"):
        assert abs(body["left_wrist"][1] - body["right_wrist"][1]) < 0.15
        assert min(body["left_wrist"][2], body["right_wrist"][2]) > body["pelvis"][2]


def test_shoulders_go_where_they_are_told() -> None:
    def heights(tag: str) -> list[tuple[float, float]]:
        own = clause_said(POSTURE_FAMILIES, tag).intent
        bodies = joints(made(*own.goals, *own.turns))
        return [(body["left_shoulder"][1] - body["neck"][1], body["right_shoulder"][1] - body["neck"][1]) for body in bodies]  # fmt: skip  # noqa: E501

    assert all(min(both) > -0.05 for both in heights("shoulders: [raised|shrugged"))
    assert all(left > right + 0.04 for left, right in heights("{L} shoulder: [raised"))


def test_a_foot_goes_up_on_a_step() -> None:
    own = clause_said(TOES_FAMILIES, "on a [step|box").intent
    for body in joints(made(*own.goals, *own.turns, standing=False)):
        assert 0.15 < body["left_ankle"][1] - body["right_ankle"][1] < 0.55
        assert body["left_ankle"][2] > body["right_ankle"][2]


def test_feet_and_knees_rest_on_the_floor() -> None:
    kneeling = (floor("both_knee", "both_foot"), bend("both_knee", 75, 110), aim("both_shin", "back"))
    for body in joints(made(*kneeling, aim("both_thigh", "down"), standing=False)):
        assert max(body["left_knee"][1], body["right_knee"][1]) < 0.1 < 0.35 < body["pelvis"][1] < 0.6


_SAYINGS: tuple[tuple[str, Callable[[Joints, str, str], bool]], ...] = (
    (
        r"\b(left|right) (?:arm|hand) (?:raised |lifted |stretched )?straight up\b",
        lambda body, own, _: bool(body[f"{own}_wrist"][1] > body["head"][1]),
    ),
    (
        r"\b(left|right) hand (?:planted )?on (?:the|their|his|her|your) (?:hip|waist)\b",
        lambda body, own, _: bool(np.linalg.norm(body[f"{own}_wrist"] - body[f"{own}_hip"]) < 0.3),
    ),
    (
        r"\b(left|right) hand (?:flat )?on (?:top of )?(?:the|their|his|her|your) head\b",
        lambda body, own, _: bool(np.linalg.norm(body[f"{own}_wrist"] - body["head"]) < 0.36),
    ),
    (
        r"\b(left|right) leg lifted (?:straight )?behind\b",
        lambda body, own, other: bool(body[f"{own}_ankle"][2] < body[f"{other}_ankle"][2] - 0.1),
    ),
    (
        r"\bhandstand\b",
        lambda body, *_: bool(body["head"][1] < body["pelvis"][1]),
    ),
    (
        r"\b(?:kneels|is kneeling)\b",
        lambda body, *_: bool(min(body["left_knee"][1], body["right_knee"][1]) < 0.15),
    ),
)


def test_poses_agree_with_the_words_of_their_texts() -> None:
    seen = 0
    for tried in attempts([(2, index) for index in range(128)], made_up_bases(24)):
        positions = Motion(tried.local_rotations[None], tried.root_translation[None]).joints()[0]
        body = dict(zip(JOINT_NAMES, positions, strict=True))
        texts = [tried.draft.text(np.random.default_rng(seed)) for seed in range(0 if tried.reasons else 12)]
        for text in texts:
            for saying, holds in _SAYINGS:
                for match in re.finditer(saying, text):
                    own = match[1] if match.re.groups else ""
                    if not re.search(r"\b(?:not|no|without|instead|rather)\b|n't", text):
                        assert holds(body, own, {"left": "right", "right": "left"}.get(own, "")), text
                        seen += 1
    assert seen >= 4


def test_slopes_in_closed_form_are_those_of_plain_kinematics() -> None:
    generator = torch.Generator().manual_seed(0)
    start = rotation_from_vector(0.5 * torch.randn(5, 22, 3, generator=generator, dtype=torch.float64)).float()
    turn = 0.4 * torch.randn(3, 22, 5, generator=generator)

    def plain(turn: Tensor) -> tuple[Tensor, Tensor]:
        local = start @ rotation_from_vector(turn.permute(2, 1, 0))
        rotations, positions = [local[:, 0]], [torch.zeros(5, 3)]
        for joint in range(1, 22):
            parent = PARENTS[joint]
            offset = torch.tensor(np.asarray(SMPL22.offsets[joint]), dtype=torch.float32)
            positions.append(positions[parent] + rotations[parent] @ offset)
            rotations.append(rotations[parent] @ local[:, joint])
        return local.permute(1, 2, 3, 0), torch.stack(positions, 1).permute(2, 1, 0)

    pull, twist = torch.randn(3, 22, 5, generator=generator), torch.randn(22, 3, 3, 5, generator=generator)
    slopes = []
    for way in range(2):
        moved = turn.clone().requires_grad_()
        if way:
            local, positions = plain(moved)
        else:
            body = turned(moved, start.permute(1, 2, 3, 0).contiguous())
            local, positions = body.local, body.points[:, :22]
        (slope,) = torch.autograd.grad((positions * pull).sum() + (local * twist).sum(), moved)
        slopes.append((slope, positions.detach(), local.detach()))
    for closed, wanted in zip(*slopes, strict=True):
        torch.testing.assert_close(closed, wanted, atol=2e-5, rtol=1e-4)


def test_flesh_that_meets_is_found() -> None:
    rest = torch.eye(3).expand(1, 22, 3, 3).clone()
    assert float(deepest(posed(rest).points)) == 0
    inside = rest.clone()
    # The left arm straight through the chest.
    inside[0, _J("left_shoulder")] = rotation_from_vector(torch.tensor([0.0, torch.pi, 0.0]))
    body = posed(torch.cat((rest, inside)))
    pairs = near_pairs(body.points)
    assert set(pairs.body.tolist()) == {1} and float(deepest(body.points)[1]) > 0.02


def test_a_body_is_the_same_alone_and_in_a_batch() -> None:
    goals = [intent(aim("left_arm", "up")).goals, intent(touch("left_palm", "crown"), *flat("both")).goals]
    local = rotation_from_vector(0.3 * torch.randn(2, 22, 3, generator=torch.Generator().manual_seed(1)))

    def loss(which: list[int]) -> Tensor:
        constraints = draw_constraints([goals[i] for i in which], [np.random.default_rng(i) for i in which])
        rows = losses(constraints, posed(local[which]))
        return torch.zeros(len(which)).index_add(0, constraints.owners, rows)

    torch.testing.assert_close(loss([0, 1]), torch.cat((loss([0]), loss([1]))))


def test_bodies_in_motion_borrow_arms_and_calm_ones_do_not() -> None:
    calm = made_up_bases(8).local
    squatting = calm.clone()
    for side in ("left", "right"):
        squatting[:, _J(f"{side}_hip")] = rotation_from_vector(torch.tensor([-1.6, 0.0, 0.0]))
        squatting[:, _J(f"{side}_knee")] = rotation_from_vector(torch.tensor([1.9, 0.0, 0.0]))
    lender = squatting[:1].clone()
    lender[:, _J("left_elbow")] = rotation_from_vector(torch.tensor([0.0, -1.5, 0.0]))
    lively = Lively.of(lender, calm)
    unsaid = torch.tensor([[True, False]] * 8)
    lent = lively.lend_arms(squatting, unsaid)
    assert torch.equal(lent[:, _J("left_elbow")], lender[:, _J("left_elbow")].expand(8, 3, 3))
    assert torch.equal(lent[:, _J("right_elbow")], squatting[:, _J("right_elbow")])
    assert torch.equal(lively.lend_arms(calm, unsaid), calm)

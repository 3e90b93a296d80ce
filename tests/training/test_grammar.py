# SPDX-License-Identifier: GPL-3.0-or-later
"""The pose grammar: reproducible, right about what it says, and the same on both sides."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the grammar builds in torch")

from backend.sides import mirror_text, mirrored_name  # noqa: E402
from blender_addon.core.anatomy import floor_clearance, within_limits  # noqa: E402
from blender_addon.core.motion import Motion  # noqa: E402
from blender_addon.core.skeleton import JOINT_NAMES  # noqa: E402
from training.anatomy import limit_excess  # noqa: E402
from training.grammar.bases import BaseSet, made_up_bases  # noqa: E402
from training.grammar.body import LIMIT_MARGINS, posed, rotation_from_vector  # noqa: E402
from training.grammar.compose import CLAUSES, ENTRIES, draw  # noqa: E402
from training.grammar.intent import aim, intent, parse_direction  # noqa: E402
from training.grammar.named import NAMED  # noqa: E402
from training.grammar.named.popular import POPULAR  # noqa: E402
from training.grammar.points import POINT_NAMES  # noqa: E402
from training.grammar.samples import Attempt, Sample, attempts, generate  # noqa: E402
from training.grammar.wording import participle, third_person, word, words  # noqa: E402

_J = JOINT_NAMES.index


@pytest.fixture(scope="module")
def bases() -> BaseSet:
    return made_up_bases(24)


@pytest.fixture(scope="module")
def samples(bases: BaseSet) -> list[Sample]:
    return list(generate(48, 5, bases))


@pytest.fixture(scope="module")
def every(bases: BaseSet) -> dict[str, list[Attempt]]:
    """A few draws of every stance and pose."""
    names = [key for key in ENTRIES for _ in range(3)]
    made: dict[str, list[Attempt]] = {}
    for name, one in zip(names, attempts([(7, index) for index in range(len(names))], bases, names), strict=True):
        made.setdefault(name, []).append(one)
    return made


def joints(one: Sample | Attempt) -> np.ndarray:
    return Motion(one.local_rotations[None], one.root_translation[None]).joints()[0]


def test_a_sample_does_not_depend_on_its_batch(bases: BaseSet, samples: list[Sample]) -> None:
    apart = []
    for wanted in samples[1:6]:
        (again,) = generate(1, 5, bases, start=wanted.index)
        assert again.text == wanted.text and again.key == wanted.key
        apart.append(np.abs(joints(again) - joints(wanted)).max())
    # Sums are rounded otherwise in another batch, which a solver may make a few centimetres of.
    assert np.median(apart) < 0.01 and max(apart) < 0.06, apart


def test_seeds_differ(bases: BaseSet, samples: list[Sample]) -> None:
    assert [s.text for s in generate(6, 6, bases)] != [s.text for s in samples[:6]]


def test_most_samples_pass_and_all_say_something(samples: list[Sample]) -> None:
    assert len(samples) >= 46
    assert all(len(sample.text) > 3 and "{" not in sample.text and "*" not in sample.text for sample in samples)


def test_samples_keep_joint_limits_and_stand_on_the_floor(samples: list[Sample]) -> None:
    assert within_limits(np.stack([sample.local_rotations for sample in samples])).all()
    for sample in samples:
        air = floor_clearance(joints(sample))
        assert -1e-3 <= air < 0.03 or ENTRIES[sample.key].intent.airborne is not None


def test_stances_and_poses_pass_their_own_checks(every: dict[str, list[Attempt]]) -> None:
    right = [not one.reasons for tried in every.values() for one in tried]
    assert np.mean(right) >= 0.93
    never = {key for key, tried in every.items() if all(one.reasons for one in tried)}
    assert len(never) <= 2, never


def test_poses_are_what_they_are_called_by_plain_geometry(every: dict[str, list[Attempt]]) -> None:
    def of(key: str) -> list[np.ndarray]:
        found = [joints(one) for one in every[key] if not one.reasons]
        assert found
        return found

    head, pelvis = _J("head"), 0
    wrists, ankles = [_J("left_wrist"), _J("right_wrist")], [_J("left_ankle"), _J("right_ankle")]
    assert all(body[head, 1] < body[pelvis, 1] < body[ankles, 1].min() for body in of("handstand"))
    assert all(abs(body[head, 1] - body[pelvis, 1]) < 0.25 for body in of("lying on back"))
    assert all(body[pelvis, 1] < 0.2 for body in of("cross-legged"))
    assert all((body[wrists, 1] > body[head, 1]).all() for body in of("victory"))
    assert all(0.35 < body[pelvis, 1] < 0.65 for body in of("sitting chair"))
    for body in of("T-pose"):
        spread = body[wrists[0]] - body[wrists[1]]
        assert spread[0] > 1.1 and abs(spread[1]) < 0.3 and np.ptp(body[[*wrists, _J("left_shoulder")], 1]) < 0.3
    for body in of("A-pose"):
        drop = body[_J("left_shoulder"), 1] - body[wrists[0], 1]
        assert 0.2 < drop < 0.5 and body[wrists[0], 0] > body[_J("left_shoulder"), 0] + 0.25
    for body in of("lying legs in tabletop"):
        assert (body[ankles, 1] > body[pelvis, 1] + 0.2).all() and abs(body[head, 1] - body[pelvis, 1]) < 0.25
    for body in of("lotus prayer"):
        assert np.linalg.norm(body[wrists[0]] - body[wrists[1]]) < 0.16


def test_a_text_that_names_a_side_is_right_about_it(bases: BaseSet) -> None:
    tried = [one for one in attempts([(9, i) for i in range(40)], bases, "pointing aside") if not one.reasons]
    told = [one for one in tried if ("left" in one.text) != ("right" in one.text)]
    assert len(told) >= 10
    for one in told:
        body = joints(one)
        left_reach, right_reach = body[_J("left_wrist"), 0], -body[_J("right_wrist"), 0]
        assert (left_reach > right_reach) == ("left" in one.text), one.text


def test_mirrored_drafts_say_and_do_the_mirror_image() -> None:
    draft = draw(np.random.default_rng(3), "kneeling one")
    other = replace(draft, flipped=not draft.flipped, intent=draft.intent.mirrored())
    for seed in range(20):
        # Typos are drawn after the sides are said, and never in their names.
        assert mirror_text(draft.text(np.random.default_rng(seed))) == other.text(np.random.default_rng(seed))
    assert other.intent.mirrored() == draft.intent


def test_mirroring_is_its_own_inverse() -> None:
    for clause in CLAUSES:
        assert clause.intent.mirrored().mirrored() == clause.intent
    assert all(mirrored_name(mirrored_name(name)) == name for name in POINT_NAMES)
    text = "Left hand up, knee at a right angle, upright"
    assert (
        mirror_text(text) == "Right hand up, knee at a right angle, upright" and mirror_text(mirror_text(text)) == text
    )


def test_verbs_are_inflected() -> None:
    assert [participle(verb) for verb in ("kneel", "sit", "lie", "raise", "run", "see", "panic")] == [
        "kneeling", "sitting", "lying", "raising", "running", "seeing", "panicking",
    ]  # fmt: skip
    assert [third_person(verb) for verb in ("reach", "carry", "do", "stand", "play")] == [
        "reaches", "carries", "does", "stands", "plays",
    ]  # fmt: skip


def test_one_meaning_has_many_wordings() -> None:
    units = [words("kneel", "on {their} knees"), words("raise the {L} arm", "{L} arm: up")]
    said = {word(units, np.random.default_rng(seed), flipped=False) for seed in range(200)}
    assert len(said) > 80
    assert all("left" in text.lower() and "right" not in text.lower() for text in said)


def test_those_who_would_do_a_pose_are_its_subject_and_never_all_that_is_said() -> None:
    units = [words("strike hard", "in a strike", who="a boxer"), words("bend the {L} knee", "{L} knee: bent")]
    said = [word(units, np.random.default_rng(seed), flipped=False).lower() for seed in range(400)]
    named = [text for text in said if "boxer" in text]
    assert 80 < len(named) < 240
    # But for slips of typing.
    assert np.mean(["strik" in text for text in named]) > 0.95
    assert any(text.startswith("a boxer strikes") for text in named)
    assert any("boxer striking" in text or "boxer in a strike" in text for text in named)


def test_what_people_ask_for_most_is_drawn_most() -> None:
    assert set(ENTRIES) > POPULAR
    random = np.random.default_rng(0)
    drawn = [draw(random).key for _ in range(4000)]
    named = [entry.key for entry in NAMED]
    popular = sum(key in POPULAR for key in drawn) / len(POPULAR)
    others = sum(key in set(named) - POPULAR for key in drawn) / (len(named) - len(POPULAR))
    assert 4.5 < popular / others < 8


def test_limits_agree_with_core() -> None:
    random = np.random.default_rng(0)
    vectors = torch.from_numpy(random.normal(scale=0.35, size=(300, 22, 3))).float()
    from blender_addon.core.rotation import matrix_to_quaternion

    local = rotation_from_vector(vectors)
    inside = within_limits(matrix_to_quaternion(local.double().numpy()))
    # The twin's limits are a little tighter: what it allows, core allows.
    allowed = (limit_excess(local, LIMIT_MARGINS) <= 0).all(1).numpy()
    assert inside[allowed].all() and allowed.sum() > 5 and (~inside).sum() > 5


def test_bodies_stand_on_their_lowest_point() -> None:
    body = posed(torch.eye(3).expand(1, 22, 3, 3))
    assert float(body.clearance.min()) == pytest.approx(0, abs=1e-6)
    assert float(body.frame(0)[0, 2, 2]) == pytest.approx(1, abs=1e-4)


def test_wrong_words_are_explained() -> None:
    with pytest.raises(ValueError, match="no direction"):
        parse_direction("sideways")
    with pytest.raises(ValueError, match="no segment"):
        aim("left_tail", "up")
    with pytest.raises(ValueError, match="no point"):
        from training.grammar.intent import touch

        intent(touch("left_plam", "crown"))
    with pytest.raises(ValueError, match="no stance or pose"):
        draw(np.random.default_rng(0), "flying carpet")

# SPDX-License-Identifier: GPL-3.0-or-later
"""What the grammar says: phrases are read and inflected right, sides are kept, everything can be worded."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("torch", reason="the grammar builds in torch")

from backend.sides import mirror_text
from training.grammar.body_language import CLAUSES, KINDS
from training.grammar.compose import ENTRIES, STANDING, draw
from training.grammar.entries import pose, said_more
from training.grammar.finish import finished
from training.grammar.intent import aim, floor, touch
from training.grammar.limbs import Way, both, one, only, pair
from training.grammar.phrases import Words, expand, inflected, is_plural, participle, plainer, split, words
from training.grammar.sides import afterthought, contrasted
from training.grammar.synonyms import reworded
from training.grammar.wording import word


def test_alternatives_are_parted_outside_brackets_only() -> None:
    assert split("[raise|lift] {it}|wave | ") == ("[raise|lift] {it}", "wave")
    with pytest.raises(ValueError, match="brackets"):
        words("[raise|lift {it}")
    with pytest.raises(ValueError, match="at least one phrase"):
        Words()


def test_choices_are_drawn_inner_ones_first() -> None:
    said = {expand("[raise|[lift |]hold] it [up |]now", np.random.default_rng(seed)) for seed in range(60)}
    assert said == {f"{verb} it {up}now" for verb in ("raise", "lift hold", "hold") for up in ("", "up ")}


def test_plain_phrases_are_said_more_often_but_every_one_is() -> None:
    phrases, random = [str(rank) for rank in range(50)], np.random.default_rng(0)
    said = Counter(plainer(random, phrases) for _ in range(20_000))
    assert set(said) == set(phrases)
    assert said["0"] > 1.7 * said["12"] > 1.7 * said["49"]
    assert plainer(random, ["alone"]) == "alone"


def test_verbs_take_the_form_that_the_sentence_needs() -> None:
    assert inflected("stand and *wave", "third") == "stands and waves"
    assert inflected("be still", "they") == "are still"
    assert [participle(verb) for verb in ("cup", "be", "tie", "open", "tuck")] == [
        "cupping", "being", "tying", "opening", "tucking",
    ]  # fmt: skip


def test_who_is_somewhere_is_not_being_there() -> None:
    phrase = "be on all fours and *look up"
    assert inflected(phrase, "ing") == "on all fours and looking up"
    assert inflected(phrase, "third") == "is on all fours and looks up"


def test_what_is_not_done_is_negated() -> None:
    said = [inflected("not look up but *wave", form) for form in ("bare", "third", "ing")]
    assert said == ["do not look up but wave", "does not look up but waves", "not looking up but waving"]


def test_more_words_are_added_to_entries_by_name() -> None:
    entry = pose("kneeling", floor("left_knee"), does="kneel", tags="kneeling")
    other = pose("sitting", floor("pelvis"), does="sit")
    more, same = said_more((entry, other), {"kneeling": words("kneel|get on {their} knees", names="a kneel")})
    assert more.words == Words(("kneel", "get on {their} knees"), ("kneeling",), ("a kneel",)) and same is other
    with pytest.raises(ValueError, match="knealing"):
        said_more((entry, other), {"knealing": words("kneel")})


def test_things_agree_with_their_verb() -> None:
    assert all(map(is_plural, ("both arms", "feet", "hips", "left arm and leg", "backs of the hands")))
    assert not any(
        map(is_plural, ("left arm", "one of the hands", "neither arm", "weight", "pelvis", "back of the hands"))
    )


def test_a_way_is_said_of_one_both_only_one_and_pairs() -> None:
    up = Way(
        (*aim("left_arm", "up"),), "up|towards the {L}", "[raise|lift] {it}", both_how="up", noun="arm", nouns="arms"
    )
    hip = Way((*touch("left_palm", "left_waist"),), "on the [{L} hip|hip]", "rest {it} on the hip", "-", noun="hand")
    sided, *_, any_side = one(up)
    assert "{L} arm: towards the {L}" in sided.words.tags and "one arm: up" in any_side.words.tags
    assert not any("{L}" in phrase for phrase in any_side.words.tags + any_side.words.does)
    assert both(hip) == () and both(up)[0].intent.claims == {"left_arm", "right_arm"}
    assert only(up, hip)[0].intent.claims == {"left_arm", "right_arm"}
    mixed = pair(up, hip)
    assert "one arm: [up], the other [on the [hip]]" in mixed.words.tags
    assert {goal.points()[-1] for goal in mixed.intent.goals} == {"left_wrist", "right_waist"}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_clause_can_be_said_in_every_form(kind) -> None:  # type: ignore[no-untyped-def]
    for index, clause in enumerate(kind.clauses()):
        for seed in range(6):
            units = (STANDING.words, clause.words) if seed % 2 else (clause.words,)
            text = word(units, np.random.default_rng((index, seed)), flipped=False, main_first=bool(seed % 2))
            assert not re.search(r"[{}\[\]*]|\(\)|  |: [a-z]+ing: ", text), text
            assert len(text) > 3


def test_mirrored_drafts_say_the_mirror_image() -> None:
    differing = []
    for seed in range(400):
        draft = draw(np.random.default_rng((17, seed)))
        other = replace(draft, flipped=not draft.flipped)
        texts = draft.text(np.random.default_rng(seed)), other.text(np.random.default_rng(seed))
        if mirror_text(texts[0]) != texts[1]:
            differing.append(texts)
    assert len(differing) <= 2, differing


def test_clauses_fit_the_bodies_they_are_drawn_for() -> None:
    assert STANDING.postures == {"upright", "standing"}
    assert any("low" in entry.postures for entry in ENTRIES.values())
    for clause in CLAUSES:
        assert clause.words.does or clause.words.tags
        if {"left_leg", "right_leg"} & clause.intent.claims:
            assert clause.on, clause.words.tags


def test_slips_of_typing_spare_the_sides() -> None:
    for seed in range(800):
        text = finished("the right hand and the left knee, upright", np.random.default_rng(seed), whole=False).lower()
        assert "right" in text and "left" in text, text


def test_sentences_end_and_questions_stay() -> None:
    said = {finished("can you kneel?", np.random.default_rng(seed), whole=True) for seed in range(60)}
    assert "Can you kneel?" in said and not any(text.endswith("?.") for text in said)


@pytest.mark.parametrize(
    ("phrase", "kind", "others"),
    [
        ("raise {their} {L} arm", "does", {"lift {their} {L} arm", "hoist {their} {L} arm", "elevate {their} {L} arm"}),
        ("kneel and *look up", "does", {"kneel and *gaze up", "kneel and *glance up"}),
        ("{L} hand: resting on {their} belly", "tag", {"{L} hand: placed on {their} abdomen"}),
        ("both arms: up", "tag", {"arms: up", "the two arms: up"}),
        ("stand on one leg only", "does", {"balance on one leg only"}),
        ("look like a king", "does", set()),
        ("a bridge on the floor", "name", set()),
    ],
)
def test_phrases_are_reworded(phrase: str, kind: str, others: set[str]) -> None:
    said = {reworded(phrase, kind, np.random.default_rng(seed)) for seed in range(400)}
    assert phrase in said and others <= said
    assert others or said == {phrase}
    assert all(text.count("*") == phrase.count("*") for text in said)
    assert all(("{L}" in text) == ("{L}" in phrase) and "{R}" not in text for text in said)


def test_people_speak_of_themselves_rightly() -> None:
    units = (words("be on {their} knees"), words("raise {their} {L} arm", "{L} arm: raised"))
    texts = [word(units, np.random.default_rng(seed), flipped=False) for seed in range(1500)]
    own = [text for text in texts if re.search(r"\b(I|my)\b", text)]
    assert own and not [text for text in own if re.search(r"\bI (are|is)\b", text)]


def test_words_before_a_verb_stay() -> None:
    assert inflected("just stand and *side bend", "ing") == "just standing and side bending"
    assert inflected("half squat", "third") == "half squats"


@pytest.mark.parametrize("phrase", ["{L} arm: raised", "raise {their} {L} arm up"])
def test_a_side_may_be_an_afterthought(phrase: str) -> None:
    kind = "tag" if ": " in phrase else "does"
    said = {afterthought(phrase, kind, np.random.default_rng(seed)) for seed in range(2000)}
    assert phrase in said and any(text.startswith(phrase.split("{")[0] + "one arm") for text in said)
    assert all(text.count("{L}") == 1 and "{R}" not in text for text in said)


@pytest.mark.parametrize("phrase", ["{L} hand: on the {R} knee", "{L} foot: on the other knee", "looking {L}"])
def test_sides_that_others_hang_on_stay(phrase: str) -> None:
    assert {afterthought(phrase, "tag", np.random.default_rng(seed)) for seed in range(300)} == {phrase}


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("his left arm up, his right arm out", {"his left arm up, the other one out"}),
        ("left leg back and right hand on left knee", set()),
        ("left hand on hip, right foot up, right arm down", {"left hand on hip, right foot up, other arm down"}),
        ("one arm up, left hand on the right elbow", set()),
    ],
)  # fmt: skip
def test_the_second_limb_may_be_the_other(text: str, others: set[str]) -> None:
    said = {contrasted(text, np.random.default_rng(seed)) for seed in range(300)}
    assert text in said and others <= said
    assert others or said == {text}

# SPDX-License-Identifier: GPL-3.0-or-later
"""Caption text: cleaning, tagging, and taking compound captions apart."""

from __future__ import annotations

import pytest

from training.actions import split_actions
from training.captions import clean_caption, clean_label, tag_words


@pytest.mark.parametrize(
    ("label", "cleaned"),
    [
        ("Walk_Fwd_Loop_02", "walk forward"),
        ("JumpTurn", "jump turn"),
        ("kick_high_left02", "kick high left"),
        ("Melee_Unarmed_Attack_Punch_A", "melee unarmed attack punch"),
        ("run/jog", "run or jog"),
        ("180", ""),
        ("take_003", ""),
        ("untitled", ""),
    ],
)
def test_names_become_words_or_nothing(label: str, cleaned: str) -> None:
    assert clean_label(label) == cleaned


def test_sentences_lose_their_noise() -> None:
    assert clean_caption(" A person  walks_forward .") == "a person walks forward"
    assert clean_caption("[from 0s - 3s] a person squats") == "a person squats"


def test_tokens_are_laid_along_the_words() -> None:
    words = tag_words(
        "a person, likely female, jumped 3 times on both feet.",
        "a/DET person/NOUN likely/ADV female/ADJ jump/VERB time/NOUN on/ADP both/DET foot/NOUN",
    )
    tags = {word.surface: (word.lemma, word.tag) for word in words}
    assert tags["jumped"] == ("jump", "VERB")
    assert tags["feet"] == ("foot", "NOUN")
    assert tags["3"][1] == "X"


def test_words_know_where_they_stand() -> None:
    text = "a man's arm, raised"
    assert [text[word.begin : word.end] for word in tag_words(text)] == ["a", "man's", "arm", "raised"]


@pytest.mark.parametrize(
    ("text", "tokens", "first", "last"),
    [
        (
            "a person sits down, then stands up again",
            "a/DET person/NOUN sit/VERB down/ADP then/ADV stand/VERB up/ADP again/ADV",
            "a person sits down",
            "a person stands up again",
        ),
        (
            "a man walks forward and kicks a ball",
            "a/DET man/NOUN walk/VERB forward/ADV and/CCONJ kick/VERB a/DET ball/NOUN",
            "a man walks forward",
            "a man kicks a ball",
        ),
        (
            "the person crouches after walking forward",
            "the/DET person/NOUN crouch/VERB after/ADP walk/VERB forward/ADV",
            "the person walking forward",
            "the person crouches",
        ),
        (
            "a person claps before they turn around",
            "a/DET person/NOUN clap/VERB before/ADP they/PRON turn/VERB around/ADV",
            "a person claps",
            "a person turn around",
        ),
        (
            "a person runs, jumps and finally lies down",
            "a/DET person/NOUN run/VERB jump/VERB and/CCONJ finally/ADV lie/VERB down/ADP",
            "a person runs",
            "a person lies down",
        ),
    ],
)
def test_compound_captions_come_apart_in_time_order(text: str, tokens: str, first: str, last: str) -> None:
    actions = split_actions(text, tokens)
    assert len(actions) > 1
    assert (actions[0], actions[-1]) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "a person sits down, then stands up",
        "someone walks forward and kicks",
        "he waves before he leaves and then runs",
    ],
)
def test_rules_take_apart_what_has_no_tags(text: str) -> None:
    assert len(split_actions(text)) > 1


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("a person walks", "a/DET person/NOUN walk/VERB"),
        (
            "a person walks and swings his arms",
            "a/DET person/NOUN walk/VERB and/CCONJ swing/VERB his/DET arm/NOUN",
        ),
        (
            "a person lowers and raises both arms",
            "a/DET person/NOUN lower/VERB and/CCONJ raise/VERB both/DET arm/NOUN",
        ),
        (
            "a person walks forward, swinging the arms",
            "a/DET person/NOUN walk/VERB forward/ADV swinge/VERB the/DET arm/NOUN",
        ),
        ("a person drinks while standing", "a/DET person/NOUN drink/VERB while/SCONJ stand/VERB"),
        ("a person moves hands and feet", "a/DET person/NOUN move/VERB hand/NOUN and/CCONJ foot/NOUN"),
        ("legs", ""),
    ],
)
def test_what_happens_together_stays_together(text: str, tokens: str) -> None:
    assert split_actions(text, tokens) == (text,)


def test_an_unnamed_last_action_keeps_its_time() -> None:
    tokens = "a/DET person/NOUN dance/VERB to/ADP the/DET right/NOUN then/ADV left/VERB"
    assert split_actions("a person dances to the right then left", tokens) == ("a person dances to the right", "")

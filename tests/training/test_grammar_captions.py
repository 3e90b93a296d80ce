# SPDX-License-Identifier: GPL-3.0-or-later
"""People's captions matched to what the grammar can build, and prompts looked for among its texts."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="the grammar builds in torch")

from training.__main__ import main
from training.grammar.caption_words import likened
from training.grammar.captions import CaptionBook, CaptionMatcher, Matched
from training.grammar.compose import draw
from training.grammar.contamination import normalised, overlaps


@pytest.fixture(scope="module")
def matcher() -> CaptionMatcher:
    return CaptionMatcher()


def matched(matcher: CaptionMatcher, caption: str) -> Matched:
    found = matcher.match(caption)
    assert found is not None, caption
    return found


def test_words_are_made_alike() -> None:
    assert likened("He slowly raises his left arm") == likened("he slowly lifting the left arm")
    assert likened("arms out to the sides") != likened("arms at the sides")
    assert "+arm" in likened("both arms") and "+arm" not in likened("one arm")


def test_captions_find_their_poses_and_sides(matcher: CaptionMatcher) -> None:
    right = matched(matcher, "A person raises their right arm up in the air.")
    assert right.entry.key == "standing" and right.clauses[0].intent.claims == {"right_arm"}
    walking = matched(matcher, "a man walks forward in a circle with his hands on his hips")
    assert walking.entry.key == "stride" and walking.clauses[0].intent.claims == {"left_arm", "right_arm"}
    waves = [matched(matcher, f"the person is waving with their {side} hand") for side in ("left", "right")]
    assert [one.entry.key for one in waves] == ["waving", "waving"] and waves[0].flipped != waves[1].flipped


def test_a_way_back_keeps_the_key_moment(matcher: CaptionMatcher) -> None:
    there = matched(matcher, "a person raises both arms out to the side")
    back = matched(matcher, "a person raises both arms out to the side and then lowers them back down")
    assert there.meaning == back.meaning


def test_sequences_and_unknown_words_do_not_match(matcher: CaptionMatcher) -> None:
    for caption in (
        "a person walks forward, then sits down",
        "a person puts the left hand on the hip and moves the gearstick",
        "a man leans left. he falls over",
        "a person crouches and jumps like a salmon",
    ):
        assert matcher.match(caption) is None, caption


def test_captions_are_drawn_with_their_mirror_images(tmp_path: Path) -> None:
    file = tmp_path / "captions.jsonl.gz"
    said = ("a person raises their left hand above their head", "the man is kneeling", "a person does something odd")
    file.write_bytes(gzip.compress("\n".join(json.dumps({"caption": one}) for one in said).encode()))
    book = CaptionBook.read(file, share=1.0)
    assert sum(map(len, book.meanings)) == 2
    sides = set()
    for seed in range(60):
        random = np.random.default_rng(seed)
        draft = draw(random, captions=book)
        text = draft.text(random).lower()
        arms = {limb for limb in draft.intent.claims if limb.endswith("arm")}
        if draft.key == "standing":
            assert len(arms) == 1 and next(iter(arms)).split("_")[0] in text, text
            sides |= arms
    assert sides == {"left_arm", "right_arm"}
    with pytest.raises(ValueError, match="share"):
        CaptionBook.read(file, share=0)


def test_prompts_are_found_among_texts() -> None:
    found = overlaps(["A man waves!", "someone juggles seven flaming torches"], ["the man waves", "man waves now"])
    assert found[0].same and found[0].text == "the man waves" and not found[1].overlap
    assert normalised("His left-arm, UP.") == "left arm up"


def test_the_command_counts_prompts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    prompts = tmp_path / "prompts.jsonl"
    prompts.write_text('{"prompt": "kneeling"}\n"purple quantum bassoonists argue"\n', encoding="utf-8")
    assert main(["grammar", "contamination", str(prompts), "--num-texts", "3"]) == 0
    assert capsys.readouterr().out.startswith("2 prompts against 3 texts:")
    prompts.write_text('{"name": 1}\n', encoding="utf-8")
    assert main(["grammar", "contamination", str(prompts), "--num-texts", "3"]) != 0

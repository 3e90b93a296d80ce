# SPDX-License-Identifier: GPL-3.0-or-later
"""Prompts that nobody was trained on: a body that could be, or one sentence; never a crash."""

from __future__ import annotations

import numpy as np
import pytest

from backend.generate import _requested_prompts
from backend.pipeline import MAX_BATCH, PosePipeline
from blender_addon.core.anatomy import floor_clearance, limit_excess
from blender_addon.core.skeleton import SMPL22

ODD = (
    "",
    "   \n\t",
    "a person raises the left arm and then " * 70,  # 500 words and more
    "eine Frau kniet auf dem linken Knie",
    "человек сидит на полу",
    "一个人跪在地上，双手合十",
    "شخص يجلس على كرسي",
    "🧘‍♀️ 🤸 💃🏽",
    "asdf qwerty zxcvbnm blorp",
    "!!!??? ... --- ///",
    "\x00\x07\x1b[31m\x7f\u200b\u202e",
    "&lt;script&gt;alert(1)&lt;/script&gt; <|endoftext|> <start_of_text>",
    "WAVE" * 400,
    "0" * 2000,
    "\u0301\u0302\u0303" * 200,
)


def test_no_prompt_breaks_a_body(tiny_pipeline: PosePipeline) -> None:
    result = tiny_pipeline(ODD, num_samples=2, candidates=2)
    joints = result.joints()
    np.testing.assert_allclose(np.linalg.norm(result.local_rotations, axis=-1), 1, atol=1e-5)
    bones = np.linalg.norm(joints[..., 1:, :] - joints[..., list(SMPL22.parents[1:]), :], axis=-1)
    np.testing.assert_allclose(bones / SMPL22.bone_lengths[1:], np.ones_like(bones), atol=1e-5)
    assert (floor_clearance(joints) > -1e-5).all()
    # Nothing said is nothing said, whatever it is made of.
    np.testing.assert_allclose(result.local_rotations[0], result.local_rotations[1], atol=2e-3)


def test_the_shipped_model_makes_bodies_of_them() -> None:
    result = PosePipeline.from_pretrained(device="cpu")(ODD, num_samples=2)
    beyond = limit_excess(result.local_rotations[:, :, 0]).max(-1)
    assert np.median(beyond) < 2 and beyond.max() < 25
    clearance = floor_clearance(result.joints()[:, :, 0])
    assert (clearance > -1e-4).all() and clearance.max() < 1


def test_half_a_character_is_told(tiny_pipeline: PosePipeline) -> None:
    for prompt in ("wave \ud83d", "\udcff"):
        with pytest.raises(ValueError, match="prompt 2 is no text"):
            tiny_pipeline(["kneel", prompt])
        with pytest.raises(ValueError, match="negative_prompt is no text"):
            tiny_pipeline("kneel", negative_prompt=prompt)
        with pytest.raises(ValueError, match="the prompt is no text"):
            _requested_prompts(prompt, None)


def test_very_many_candidates(tiny_pipeline: PosePipeline) -> None:
    result = tiny_pipeline(["wave", "kneel"], num_samples=2, candidates=MAX_BATCH, num_inference_steps=1)
    assert result.scores is not None and result.scores.shape == (2, 2)
    with pytest.raises(ValueError, match=f"candidates must be 1 to {MAX_BATCH}, got {MAX_BATCH + 1}"):
        tiny_pipeline("wave", candidates=MAX_BATCH + 1)

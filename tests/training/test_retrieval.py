# SPDX-License-Identifier: GPL-3.0-or-later
"""Retrieval compares each caption with the poses that are its own, and generated with real ones alike."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
import torch

from backend.alignment import Alignment, AlignmentConfig
from backend.checkpoint import load_checkpoint
from backend.features import features_from_motion
from backend.pipeline import PosePipeline
from blender_addon.core.motion import Motion
from blender_addon.core.rotation import axis_angle_to_quaternion
from training.metrics import PoseSet
from training.retrieval import measure_retrieval, similarity


@pytest.fixture(scope="module")
def pipeline(tiny_checkpoint: Path) -> PosePipeline:
    """With an alignment of random weights."""
    torch.manual_seed(1)
    alignment = Alignment(AlignmentConfig(16, 24, pose_width=16, pose_layers=1, text_width=32, text_heads=4, size=8))
    return PosePipeline(dataclasses.replace(load_checkpoint(tiny_checkpoint), alignment=alignment.eval()), "cpu")


def bodies(count: int) -> PoseSet:
    turns = np.random.default_rng(0).normal(0, 0.4, (count, 22, 3))
    return PoseSet(axis_angle_to_quaternion(turns), np.tile([0.0, 0.95, 0.0], (count, 1)))


def test_the_diagonal_is_what_ranking_sees(pipeline: PosePipeline) -> None:
    texts, poses = [f"a person does thing {number}" for number in range(5)], bodies(15)
    assert pipeline.alignment is not None
    found = similarity(pipeline, pipeline.alignment, texts, poses, batch_size=2)
    assert found.shape == (3, 5, 5)
    tokens = features_from_motion(Motion(poses.local_rotations, poses.root_translation))
    with torch.inference_mode():
        told = pipeline.alignment.text(pipeline.text_encoder(texts))
        own = pipeline.alignment.similarity(told, tokens).numpy()
    assert np.allclose(found.diagonal(axis1=1, axis2=2).T, own, atol=1e-5) and own.std() > 0.01


def test_real_poses_taken_for_generated_are_found_alike(pipeline: PosePipeline) -> None:
    captions = {f"a person does thing {number}": np.array([number]) for number in range(40)}
    every = bodies(40)
    found = measure_retrieval(pipeline, captions, every, every, None, np.random.default_rng(0))
    assert found is not None and found.crowd == 32 and found.first is None
    assert found.generated == found.real
    assert found.real.pose_at_1 <= found.real.pose_at_3 < 0.5, "random weights find by chance"


def test_captions_of_the_same_poses_do_not_compete(pipeline: PosePipeline) -> None:
    captions = {f"a person does thing {number}": np.array([0, number]) for number in range(3)}
    assert measure_retrieval(pipeline, captions, bodies(3), bodies(3), None, np.random.default_rng(0)) is None

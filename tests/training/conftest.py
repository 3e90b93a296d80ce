# SPDX-License-Identifier: GPL-3.0-or-later
"""A small prepared set of made-up poses: two kinds of movement, each with its own words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

import numpy as np
import pytest
import torch

from backend.text_encoder import TextEncoder, TextEncoderConfig
from blender_addon.core.motion import Motion
from blender_addon.core.rotation import axis_angle_to_quaternion
from blender_addon.core.skeleton import JOINT_NAMES
from training.grammar.intent import Gap
from training.grammar.stored import FORMAT_VERSION, GrammarSet, StoredDraft, write_shard
from training.prepared import Caption, Clip, PreparedSet

FRAMES = 12


def made_up_set() -> PreparedSet:
    """Clips that raise the left arm, the right arm, or bend both knees; 12 frames each, some held out."""
    random = np.random.default_rng(0)
    moves = (
        ("raises the left arm", "raises the right arm", {"left_shoulder": (0.0, 0.0, 1.4)}),
        ("raises the right arm", "raises the left arm", {"right_shoulder": (0.0, 0.0, -1.4)}),
        ("bends the knees", "bends the knees", {"left_knee": (1.2, 0.0, 0.0), "right_knee": (1.2, 0.0, 0.0)}),
    )
    splits: tuple[Literal["train", "val", "test"], ...] = ("train", "train", "val", "test")
    clips: list[Clip] = []
    captions: list[Caption] = []
    rotations = []
    for move, (text, mirrored, turns) in enumerate(moves):
        for part, split in enumerate(splits):
            axis_angle = random.normal(0, 0.05, (FRAMES, 22, 3))
            for joint, turn in turns.items():
                axis_angle[:, JOINT_NAMES.index(joint)] += turn
            rotations.append(axis_angle_to_quaternion(axis_angle))
            name = f"move{move}_{part}"
            clips.append(Clip(name, "made-up", name, split, len(clips) * FRAMES, FRAMES))
            captions.append(
                Caption(f"a person {text}", f"a person {mirrored}", len(captions), 0, FRAMES, "label", "whole")
            )
    poses = len(clips) * FRAMES
    return PreparedSet(
        fps=20.0,
        clips=tuple(clips),
        captions=tuple(captions),
        local_rotations=np.concatenate(rotations).astype(np.float32),
        root_translation=np.tile(np.array([0.0, 0.92, 0.0], np.float32), (poses, 1)),
        pose_frame=np.arange(poses),
        pose_clip=np.repeat(np.arange(len(clips)), FRAMES),
        pose_cluster=np.repeat(np.arange(len(clips)) // len(splits), FRAMES),
        pose_weight=np.ones(poses, np.float32),
        pose_caption_offsets=np.arange(poses + 1),
        pose_caption_ids=np.repeat(np.arange(len(captions)), FRAMES),
        pose_caption_weights=np.ones(poses, np.float32),
        cluster_centres=np.zeros((3, 22, 3), np.float32),
        report={},
    )


@pytest.fixture(scope="session")
def prepared() -> PreparedSet:
    """The made-up set in memory."""
    return made_up_set()


@pytest.fixture(scope="session")
def prepared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up set in a folder."""
    folder = tmp_path_factory.mktemp("prepared") / "set"
    made_up_set().save(folder)
    return folder


@pytest.fixture()
def tower() -> TextEncoder:
    """An embedded text tower at tiny size with random weights, the same whatever tests ran before."""
    torch.manual_seed(0)
    return TextEncoder.from_config(TextEncoderConfig(width=16, layers=1, heads=2, pooled_dim=24)).eval()


@pytest.fixture(scope="session")
def grammar(tmp_path_factory: pytest.TempPathFactory) -> GrammarSet:
    """A set as the grammar writes it: the same three movements in other words, two poses each."""
    made = made_up_set()
    folder = tmp_path_factory.mktemp("grammar")
    clips = range(0, len(made.clips), 4)
    drafts = []
    for clip in clips:
        text = made.captions[clip].text
        # Which arm is up, or that none is, by how far a wrist is from the ankle of the other side.
        joints = Motion(made.local_rotations[clip * FRAMES :][:2], made.root_translation[clip * FRAMES :][:2]).joints()
        reach = np.linalg.norm(joints[:, 20] - joints[:, 8], axis=-1)
        goal = Gap("left_wrist", "right_ankle", (float(reach.min()), float(reach.max())))
        drafts.append(
            StoredDraft(
                "standing", 1, (text.replace("a person", "dude"), text.replace("a person", "dude slowly")), (goal,)
            )
        )
    poses = np.stack([made.local_rotations[clip * FRAMES : clip * FRAMES + 2] for clip in clips])
    write_shard(folder / "shard-00000", drafts, poses, np.full(poses.shape[:2], 0.92), {})
    index = {"format_version": FORMAT_VERSION, "poses": 2, "shards": [{"folder": "shard-00000", "kept": len(drafts)}]}
    (folder / "index.json").write_text(json.dumps(index), encoding="utf-8")
    return GrammarSet.load(folder)

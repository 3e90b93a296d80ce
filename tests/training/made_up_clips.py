# SPDX-License-Identifier: GPL-3.0-or-later
"""Motions and data folders made up for the tests of preparation."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from blender_addon.core.kinematics import local_to_global
from blender_addon.core.motion import Motion
from blender_addon.core.rotation import axis_angle_to_quaternion, quaternion_multiply
from blender_addon.core.skeleton import JOINT_NAMES, PARENTS, SMPL22

HIP_HEIGHT = float(SMPL22.rest_joints[0, 1])


def motion_of(
    turns: dict[str, np.ndarray], frames: int, heights: np.ndarray | float = 0.0, fps: float = 20.0
) -> Motion:
    """A motion with hanging arms plus these local turns, (F, 3) or (3,) axis-angles in degrees by joint name."""
    vectors = np.zeros((frames, 22, 3))
    vectors[:, JOINT_NAMES.index("left_shoulder")] = [0, 0, -75]
    vectors[:, JOINT_NAMES.index("right_shoulder")] = [0, 0, 75]
    for name, turn in turns.items():
        vectors[:, JOINT_NAMES.index(name)] = turn
    root = np.zeros((frames, 3))
    root[:, 1] = HIP_HEIGHT + heights
    return Motion(axis_angle_to_quaternion(np.radians(vectors)), root, fps)


def gait(frames: int = 60, stride: float = 25.0, fps: float = 20.0) -> Motion:
    """Walking in place: legs and arms swing once a second."""
    swing = np.sin(2 * np.pi * np.arange(frames) / fps)
    x = np.array([1.0, 0.0, 0.0])
    arm = np.array([0.0, 30.0, 0.0])
    return motion_of(
        {
            "left_hip": stride * swing[:, None] * x,
            "right_hip": -stride * swing[:, None] * x,
            "left_knee": 20 * (1 + swing[:, None]) * x,
            "right_knee": 20 * (1 - swing[:, None]) * x,
            "left_elbow": -np.abs(swing[:, None]) * arm,
            "right_elbow": np.abs(swing[:, None]) * arm,
        },
        frames,
        fps=fps,
    )


def stand_then_sit(frames: int = 60) -> Motion:
    """Standing in the first half, on an invisible chair in the second."""
    sits = np.where(np.arange(frames) < frames // 2, 0.0, 1.0)[:, None]
    # A slow bend, since a jump between two frames would be dropped as a flip.
    sits = np.clip(np.convolve(sits[:, 0], np.ones(9) / 9, "same"), 0, 1)[:, None]
    sits[-5:] = 1
    hip, knee = sits * [-85.0, 0.0, 0.0], sits * [90.0, 0.0, 0.0]
    return motion_of(
        {"left_hip": hip, "right_hip": hip, "left_knee": knee, "right_knee": knee}, frames, -0.4 * sits[:, 0]
    )


def turned(motion: Motion, degrees: float, offset: tuple[float, float, float] = (0.0, 0.0, 0.0)) -> Motion:
    """The motion facing elsewhere, moved."""
    turn = axis_angle_to_quaternion(np.radians([0.0, degrees, 0.0]))
    local = motion.local_rotations.astype(np.float64)
    local[:, 0] = quaternion_multiply(turn, local[:, 0])
    return Motion(local, motion.root_translation + np.array(offset), motion.fps)


def write_clips(
    folder: Path, clips: list[tuple[dict[str, Any], Motion]], captions: Sequence[dict[str, Any]] = ()
) -> Path:
    """A folder in the form of the shared clips; the dicts override the manifest's fields."""
    (folder / "clips").mkdir(parents=True)
    entries = []
    start = 0
    for index, (fields, motion) in enumerate(clips):
        entry: dict[str, Any] = {
            "id": f"made_up/{index}",
            "source": "made_up",
            "cmu_id": None,
            "frames": motion.num_frames,
            "floor": "source",
            "median_foot_clearance_m": 0.0,
            "labels": [],
            "file": "clips/made_up.npz",
            "offset": start,
        }
        entries.append({**entry, **fields})
        start += motion.num_frames
    motions = [motion for _, motion in clips]
    local = np.concatenate([motion.local_rotations for motion in motions]).astype(np.float64)
    np.savez(
        folder / "clips" / "made_up.npz",
        global_rotations=local_to_global(local, PARENTS).astype(np.float32),
        root_translation=np.concatenate([motion.root_translation for motion in motions]),
        fps=np.float32(20),
    )
    (folder / "manifest.jsonl").write_text("".join(json.dumps(entry) + "\n" for entry in entries))
    with gzip.open(folder / "captions_humanml3d.jsonl.gz", "wt") as lines:
        lines.writelines(json.dumps(caption) + "\n" for caption in captions)
    return folder


def label(text: str, start: float, end: float, origin: str = "clip-name") -> dict[str, Any]:
    """An entry of a manifest's labels."""
    return {"text": text, "start_s": start, "end_s": end, "origin": origin}

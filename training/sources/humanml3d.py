# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads a HumanML3D folder: `new_joint_vecs` or `new_joints`, `texts` with POS tags, and the split files."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from blender_addon.core.fitting import motion_from_joints
from blender_addon.core.humanml3d import motion_from_features
from blender_addon.core.motion import Motion
from training.prepared import SPLITS, Split
from training.sources.recording import (
    FPS,
    Recording,
    Skipped,
    Source,
    plain_amass_name,
    read_caption_lines,
    trial_of_amass,
)

MIRRORED_PREFIX = "M"
"""HumanML3D stores every clip a second time, mirrored; training mirrors poses and texts itself."""


def open_humanml3d(folder: Path) -> Source:
    """A HumanML3D folder. Raises ValueError when it lacks the motions or the texts."""
    features, positions, texts = (folder / name for name in ("new_joint_vecs", "new_joints", "texts"))
    motions = features if features.is_dir() else positions
    if not motions.is_dir() or not texts.is_dir():
        raise ValueError(f"{folder} is no HumanML3D folder: expected new_joint_vecs/ or new_joints/, and texts/, in it")
    splits = _read_splits(folder)
    trials = _read_trials(folder)
    paths = sorted(motions.glob("*.npy"))

    def read() -> Iterator[Recording | Skipped]:
        for path in paths:
            name = path.stem
            if name.startswith(MIRRORED_PREFIX):
                yield Skipped(name, "mirrored copies; training mirrors by itself")
            elif splits and name not in splits:
                yield Skipped(name, "in none of the split files")
            elif not (texts / f"{name}.txt").is_file():
                yield Skipped(name, "no text file")
            else:
                yield _recording(path, texts / f"{name}.txt", splits.get(name), trials.get(name))

    return Source("HumanML3D", len(paths), read)


def _read_splits(folder: Path) -> dict[str, Split]:
    """The split of each clip by train.txt, val.txt and test.txt; empty when there are none."""
    splits: dict[str, Split] = {}
    for split in SPLITS:
        path = folder / f"{split}.txt"
        if path.is_file():
            for name in path.read_text(encoding="utf-8").split():
                if splits.setdefault(name, split) != split:
                    raise ValueError(f"{path}: {name} is also in {splits[name]}.txt; a clip can be on one side only")
    return splits


def _read_trials(folder: Path) -> dict[str, str]:
    """The captured trial of each clip by HumanML3D's index.csv, where it lies in the folder."""
    path = folder / "index.csv"
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    if rows and not {"source_path", "new_name"} <= rows[0].keys():
        raise ValueError(f"{path}: expected the columns source_path and new_name of HumanML3D's index.csv")
    return {Path(row["new_name"]).stem: trial_of_amass(plain_amass_name(Path(row["source_path"]))) for row in rows}


def _recording(path: Path, text_path: Path, split: Split | None, trial: str | None) -> Recording | Skipped:
    try:
        motion = _motion(np.load(path, allow_pickle=False))
    except (ValueError, OSError) as error:
        return Skipped(path.stem, f"unreadable: {error}")
    texts = read_caption_lines(text_path, motion.duration, f"humanml3d:{path.stem}")
    return Recording(
        name=f"humanml3d/{path.stem}",
        source="humanml3d",
        trial=trial or f"humanml3d/{path.stem}",
        motion=motion,
        texts=texts,
        floor="kept",
        split=split,
    )


def _motion(values: np.ndarray) -> Motion:
    """A motion from 263 features a frame or 22 positions, whichever the array holds."""
    if values.ndim == 2 and values.shape[1] == 263:
        return motion_from_features(values, FPS)
    if values.ndim == 3 and values.shape[1:] == (22, 3):
        return motion_from_joints(values, FPS, up="Y")
    raise ValueError(f"expected (frames, 263) features or (frames, 22, 3) positions, got {values.shape}")

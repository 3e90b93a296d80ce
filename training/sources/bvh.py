# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads a folder of BVH files, each with its captions in a text file of the same name, or named by what it shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from blender_addon.core.bvh import motion_from_bvh
from blender_addon.core.fitting import align_elbows
from training.captions import clean_label
from training.sources.recording import Recording, Skipped, Source, TimedText, read_caption_lines


def open_bvh(folder: Path) -> Source:
    """All BVH files below a folder. Raises ValueError when there are none.

    `walk.txt` beside `walk.bvh` holds its captions as in HumanML3D (`caption#tokens#start#end`, or just the caption,
    a line); without it the file's name is the caption.
    """
    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() == ".bvh")
    if not paths:
        raise ValueError(f"{folder} holds no .bvh files")

    def read() -> Iterator[Recording | Skipped]:
        for path in paths:
            yield _recording(path, path.relative_to(folder).with_suffix("").as_posix())

    return Source("BVH", len(paths), read)


def _recording(path: Path, name: str) -> Recording | Skipped:
    try:
        motion = motion_from_bvh(path)
    except ValueError as error:
        return Skipped(name, f"unreadable: {error}")
    captions = path.with_suffix(".txt")
    if captions.is_file():
        texts = read_caption_lines(captions, motion.duration, "text-file")
    else:
        texts = (TimedText(clean_label(path.stem), 0.0, motion.duration, "file-name"),)
    motion = replace(motion, local_rotations=align_elbows(motion.local_rotations))
    return Recording(name=f"bvh/{name}", source="bvh", trial=f"bvh/{name}", motion=motion, texts=texts)

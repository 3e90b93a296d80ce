# SPDX-License-Identifier: GPL-3.0-or-later
"""A prepared set: motions, captions and the poses picked from them, in memory and in a folder.

The folder holds `arrays.npz`, `clips.jsonl`, `captions.jsonl` and `report.json`; nothing in it is pickled.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Literal

import numpy as np

from blender_addon.core.motion import Motion
from blender_addon.core.rotation import quaternion_from_yaw, quaternion_multiply

FORMAT_VERSION = 1
Split = Literal["train", "val", "test"]
SPLITS: tuple[Split, ...] = ("train", "val", "test")
CaptionKind = Literal["whole", "first", "last", "compound"]


@dataclass(frozen=True)
class Clip:
    """One motion of the set."""

    name: str
    source: str
    trial: str
    """Clips of one trial are on one side of the split."""
    split: Split
    start: int
    """Index of its first frame in the set's frames."""
    length: int
    weight: float = 1.0


@dataclass(frozen=True)
class Caption:
    """A text about frames start_frame to end_frame (exclusive, counted from the clip's first frame)."""

    text: str
    mirrored_text: str
    """The text for the motion mirrored left to right."""
    clip: int
    start_frame: int
    end_frame: int
    origin: str
    """`humanml3d:<id>`, `label` or `file-name`."""
    kind: CaptionKind = "whole"
    """`whole`: one action over its range. `compound`: several actions one after another; no pose shows it, so no
    pose is paired with it. `first`, `last`: one action of a compound caption, over its share of the range."""

    @property
    def is_first_action(self) -> bool:
        """Whether the text is the first action of a compound caption."""
        return self.kind == "first"


@dataclass(frozen=True, eq=False)
class PreparedSet:
    """What `python -m training prepare` makes. Clips are canonical: frame 0 faces +Z at x = z = 0, floor at y = 0."""

    fps: float
    clips: tuple[Clip, ...]
    captions: tuple[Caption, ...]
    local_rotations: np.ndarray
    """(N, 22, 4) float32 wxyz: the frames of all clips, one clip after another."""
    root_translation: np.ndarray
    """(N, 3) float32 metres."""
    pose_frame: np.ndarray
    """(M,) int: the frames that are poses."""
    pose_clip: np.ndarray
    """(M,) int: their clips."""
    pose_cluster: np.ndarray
    """(M,) int: their k-means clusters."""
    pose_weight: np.ndarray
    """(M,) float32, mean 1 within each split: how often to draw a pose, with clusters, clips and sources balanced."""
    pose_caption_offsets: np.ndarray
    """(M + 1,) int: the captions of pose m are pose_caption_ids[offsets[m]:offsets[m + 1]]."""
    pose_caption_ids: np.ndarray
    """(P,) int into `captions`."""
    pose_caption_weights: np.ndarray
    """(P,) float32, 0 to 1: how far the pose shows the caption."""
    cluster_centres: np.ndarray
    """(k, 22, 3) float32 metres: mean joints of each cluster, pelvis at the origin, facing +Z."""
    report: dict[str, Any]
    """Settings, and what was kept and dropped and why."""

    def __post_init__(self) -> None:
        poses = len(self.pose_frame)
        if not all(len(array) == poses for array in (self.pose_clip, self.pose_cluster, self.pose_weight)):
            raise ValueError("the arrays of poses differ in length")
        if len(self.pose_caption_offsets) != poses + 1 or self.pose_caption_offsets[-1] != len(self.pose_caption_ids):
            raise ValueError("pose_caption_offsets does not match the poses and their captions")
        if self.local_rotations.shape != (len(self.root_translation), 22, 4):
            raise ValueError(f"local_rotations must be (frames, 22, 4), got {self.local_rotations.shape}")
        if sum(clip.length for clip in self.clips) != len(self.root_translation):
            raise ValueError("the clips' lengths do not add up to the frames")

    @property
    def num_poses(self) -> int:
        """How many frames are poses."""
        return len(self.pose_frame)

    @property
    def pose_split(self) -> np.ndarray:
        """(M,) str: train, val or test."""
        return np.array([clip.split for clip in self.clips])[self.pose_clip]

    def captions_of(self, pose: int) -> list[Caption]:
        """The captions that a pose shows."""
        begin, end = self.pose_caption_offsets[pose : pose + 2]
        return [self.captions[index] for index in self.pose_caption_ids[begin:end]]

    def poses(self) -> tuple[np.ndarray, np.ndarray]:
        """All poses facing +Z: rotations (M, 22, 4) float32, and the pelvis (M, 3) at x = z = 0 over the floor."""
        motion = Motion(self.local_rotations[self.pose_frame], self.root_translation[self.pose_frame], self.fps)
        turn = quaternion_from_yaw(-motion.heading().astype(np.float64))
        rotations = motion.local_rotations.copy()
        rotations[:, 0] = quaternion_multiply(turn, rotations[:, 0].astype(np.float64))
        return rotations, motion.root_translation * np.array([0, 1, 0], dtype=np.float32)

    def motion(self, clip: int) -> Motion:
        """A clip as a motion."""
        part = slice(self.clips[clip].start, self.clips[clip].start + self.clips[clip].length)
        return Motion(self.local_rotations[part], self.root_translation[part], self.fps)

    def save(self, folder: Path | str) -> None:
        """Write the set, replacing an older one as a whole; a reader finds the old or the new, never a mixture."""
        write_folder(Path(folder), self.write)

    def write(self, folder: Path) -> None:
        """Write the set's files into an existing, empty folder."""
        np.savez(folder / "arrays.npz", **{name: getattr(self, name) for name in _ARRAYS})
        _write_lines(folder / "clips.jsonl", (asdict(clip) for clip in self.clips))
        _write_lines(folder / "captions.jsonl", (asdict(caption) for caption in self.captions))
        head = {"format_version": FORMAT_VERSION, "fps": self.fps, "report": self.report}
        (folder / "report.json").write_text(json.dumps(head, indent=1), encoding="utf-8")

    @staticmethod
    def load(folder: Path | str) -> PreparedSet:
        """Read what `save` wrote. Raises ValueError when the folder is no prepared set or of another version."""
        folder = Path(folder)
        if not (folder / "report.json").is_file():
            raise ValueError(
                f"{folder} holds no prepared set; make one with `python -m training prepare --output {folder}`"
            )
        head = json.loads((folder / "report.json").read_text(encoding="utf-8"))
        if head.get("format_version") != FORMAT_VERSION:
            raise ValueError(
                f"{folder} is a prepared set of version {head.get('format_version')}, expected {FORMAT_VERSION}; "
                "prepare it again"
            )
        with np.load(folder / "arrays.npz", allow_pickle=False) as archive:
            arrays = {name: archive[name] for name in _ARRAYS}
        return PreparedSet(
            fps=float(head["fps"]),
            clips=tuple(Clip(**entry) for entry in _read_lines(folder / "clips.jsonl")),
            captions=tuple(Caption(**entry) for entry in _read_lines(folder / "captions.jsonl")),
            report=head["report"],
            **arrays,
        )


_ARRAYS = tuple(field.name for field in fields(PreparedSet) if field.name not in ("fps", "clips", "captions", "report"))


def _write_lines(path: Path, entries: Iterable[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(entry) + "\n" for entry in entries), encoding="utf-8")


def _read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def write_folder(folder: Path, write: Callable[[Path], object]) -> None:
    """Fill a new folder beside `folder` with `write(new)` and put it in its place once it is complete."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    old = new.with_name(new.name + ".old")
    try:
        write(new)
        os.chmod(new, 0o755)
        if folder.exists():
            os.replace(folder, old)
        os.replace(new, folder)
    except BaseException:
        if old.exists() and not folder.exists():
            os.replace(old, folder)
        shutil.rmtree(new, ignore_errors=True)
        raise
    shutil.rmtree(old, ignore_errors=True)

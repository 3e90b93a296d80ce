# SPDX-License-Identifier: GPL-3.0-or-later
"""What every source yields: a motion with the texts said about it, on the project's skeleton."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np

from blender_addon.core.anatomy import floor_clearance
from blender_addon.core.motion import Motion
from training.prepared import Split

FPS = 20.0
"""The frame rate of a prepared set; HumanML3D's."""

Floor = Literal["kept", "clip", "frame"]
"""Where y = 0 comes from: the source's own floor, the clip's lowest contact, or each frame's lowest point."""


@dataclass(frozen=True)
class TimedText:
    """One text about a part of a recording."""

    text: str
    """Empty where the source's name for it says nothing."""
    start: float
    """Seconds from the recording's first frame."""
    end: float
    """Seconds; nothing after it is described."""
    origin: str
    """`humanml3d:<id>`, `label` (a short name from the source's list) or `file-name`."""
    tokens: str = ""
    """HumanML3D's `word/POS` tokens, where the source has them."""


@dataclass(frozen=True, eq=False)
class Recording:
    """A motion and its texts, as a source gives them: heading, place and floor not yet canonical."""

    name: str
    source: str
    trial: str
    """Recordings of one trial always land on the same side of the train/val/test split."""
    motion: Motion
    texts: tuple[TimedText, ...]
    floor: Floor = "clip"
    weight: float = 1.0
    """How often its poses are drawn, relative to other recordings."""
    split: Split | None = None
    """The side its source's own split files put it on; None leaves it to the hash of the trial."""


@dataclass(frozen=True, eq=False)
class Source:
    """A folder of recordings, opened: how many files it will try, and how to read them one by one."""

    kind: str
    count: int
    read: Callable[[], Iterator[Recording | Skipped]]


@dataclass(frozen=True)
class Skipped:
    """A file that gave no recording, and why."""

    name: str
    reason: str


def canonical(recording: Recording) -> Recording:
    """The recording at 20 fps, frame 0 facing +Z over the origin, with its floor at y = 0."""
    motion = recording.motion
    if motion.fps != FPS:
        motion = motion.resampled(FPS)
    motion = motion.facing_forward()
    clearance = floor_clearance(motion.joints())
    if recording.floor == "clip":
        # A low percentile, since a few frames of foot penetration should not lift the whole clip.
        drop = np.full(len(clearance), np.percentile(clearance, 2.0))
    elif recording.floor == "frame":
        drop = clearance
    else:
        drop = np.zeros(len(clearance))
    root = motion.root_translation.astype(np.float64)
    root[:, 1] -= drop
    return replace(recording, motion=replace(motion, root_translation=root))


def plain_amass_name(path: Path) -> str:
    """An AMASS path without what differs between releases and HumanML3D ("./pose_data/KIT/3/kick_poses.npy")."""
    name = path.with_suffix("").as_posix().removeprefix("pose_data/")
    return name.removesuffix("_poses").removesuffix("_stageii")


def trial_of_amass(name: str) -> str:
    """The trial of an AMASS path without suffix ("CMU/02/02_01"); CMU's trials come from other sources as well."""
    parts = name.split("/")
    return f"cmu/{parts[-1]}" if parts[0] == "CMU" else f"amass/{name}"


_CAPTION_LINE = re.compile(r"^(?P<text>[^#]*)(#(?P<tokens>[^#]*)#(?P<start>[^#]*)#(?P<end>[^#]*))?$")


def read_caption_lines(path: Path, duration: float, origin: str) -> tuple[TimedText, ...]:
    """Texts of a file in HumanML3D's form, a `caption#word/POS tokens#start#end` a line; the tail may be missing.

    Start and end are seconds; both zero means the whole recording of `duration` seconds.
    Raises ValueError naming the line that is something else.
    """
    texts = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        match = _CAPTION_LINE.match(line.strip())
        try:
            if match is None:
                raise ValueError("wrong number of # signs")
            start, end = (float(match[name] or 0) for name in ("start", "end"))
        except ValueError as error:
            raise ValueError(
                f"{path}, line {number}: expected 'caption#tokens#start#end' with times in seconds, got {line!r}"
            ) from error
        start, end = (0.0 if np.isnan(time) else time for time in (start, end))
        if end <= start:
            start, end = 0.0, duration
        texts.append(
            TimedText(match["text"].strip(), start, min(end, duration), origin, (match["tokens"] or "").strip())
        )
    return tuple(texts)

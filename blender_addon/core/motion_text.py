# SPDX-License-Identifier: GPL-3.0-or-later
"""A motion as a line of plain text, to keep where only text fits: exact, and short for a single pose."""

from __future__ import annotations

import base64
import zlib

import numpy as np

from .motion import Motion
from .skeleton import JOINT_NAMES, SMPL22

_VALUES = len(JOINT_NAMES) * 4 + 3
"""Numbers in a frame: the rotations wxyz, then the root."""


def motion_to_text(motion: Motion) -> str:
    """Frames a second, a space, and the frames' float32 values, packed; ValueError on a skeleton other than SMPL22."""
    if motion.skeleton is not SMPL22:
        raise ValueError("only motions of the reference body become text; others have rest joints of their own")
    rotations = motion.local_rotations.reshape(motion.num_frames, -1)
    frames = np.concatenate([rotations, motion.root_translation], axis=-1).astype("<f4")
    return f"{motion.fps!r} {base64.b64encode(zlib.compress(frames.tobytes())).decode()}"


def motion_from_text(text: str) -> Motion:
    """Inverse of `motion_to_text`, bit for bit; ValueError when the text is something else."""
    try:
        fps, packed = text.split(" ")
        frames = np.frombuffer(zlib.decompress(base64.b64decode(packed, validate=True)), dtype="<f4")
        values = frames.reshape(-1, _VALUES)
        rotations = values[:, :-3].reshape(-1, len(JOINT_NAMES), 4)
        return Motion(rotations, values[:, -3:], float(fps))
    except (ValueError, zlib.error) as error:
        raise ValueError(f"this text holds no motion: {error}") from error

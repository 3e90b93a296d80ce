# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads AMASS: SMPL parameters in .npz files, with the joints of the user's own body model through smplx."""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from blender_addon.core.axes import z_up_to_y_up
from blender_addon.core.bvh import BvhClip, motion_from_bvh
from blender_addon.core.motion import Motion
from blender_addon.core.rotation import axis_angle_to_quaternion, matrix_to_quaternion, quaternion_multiply
from blender_addon.core.skeleton import JOINT_NAMES, PARENTS
from training.captions import clean_label
from training.sources.recording import FPS, Recording, Skipped, Source, TimedText, plain_amass_name, trial_of_amass

MODEL_TYPES = ("smplh", "smplx", "smpl")
"""In order of preference: AMASS was fitted with SMPL-H; all three share the 22 body joints."""
LEAD_IN_SECONDS = {
    "Eyes_Japan_Dataset": 3.0,
    "MPI_HDM05": 3.0,
    "TotalCapture": 1.0,
    "MPI_Limits": 1.0,
    "Transitions_mocap": 0.5,
}
"""What HumanML3D cuts off the beginning of these parts of AMASS before its frame counts begin."""


class _Segment(NamedTuple):
    """A HumanML3D caption on the timeline of an AMASS file."""

    text: TimedText
    limit: float
    """Seconds where HumanML3D's clip ends."""


def open_amass(folder: Path, body_model: Path | None, captions: Path | None) -> Source:
    """All AMASS files below a folder.

    Args:
        folder: with AMASS's own folders in it (`KIT/3/kick_high_left02_poses.npz`).
        body_model: folder with `smplh/SMPLH_NEUTRAL.npz` and the like, as smplx expects it.
        captions: HumanML3D's captions as JSON lines with `id`, `caption`, `tokens`, `start`, `end`, `source_path`
            and `source_start_frame`; without it, file names are the captions.

    Raises:
        ValueError: no body model, or no files.
    """
    if body_model is None or not _model_files(body_model):
        where = "no --body-model was given" if body_model is None else f"{body_model} holds none"
        raise ValueError(
            f"AMASS stores no joints, so reading it needs an SMPL-H, SMPL-X or SMPL body model, and {where}; "
            "download one from https://smpl.is.tue.mpg.de or https://mano.is.tue.mpg.de (free for research) "
            "and pass the folder that contains smplh/, smplx/ or smpl/ as --body-model"
        )
    paths = sorted(path for path in folder.rglob("*.npz") if path.stem not in ("shape", "neutral_stagei"))
    if not paths:
        raise ValueError(f"{folder} holds no .npz files; expected AMASS's folders of motions")
    segments = _read_segments(captions) if captions else {}

    def read() -> Iterator[Recording | Skipped]:
        for path in paths:
            yield _recording(path, plain_amass_name(path.relative_to(folder)), body_model, segments)

    return Source("AMASS", len(paths), read)


def _model_files(body_model: Path) -> dict[tuple[str, str], Path]:
    """The model files by (type, gender)."""
    return {
        (kind, gender): path
        for kind in MODEL_TYPES
        for gender in ("neutral", "male", "female")
        for extension in ("npz", "pkl")
        if (path := body_model / kind / f"{kind.upper()}_{gender.upper()}.{extension}").is_file()
    }


def _read_segments(path: Path) -> dict[str, list[_Segment]]:
    """HumanML3D's captions by AMASS file."""
    if not path.is_file():
        raise ValueError(f"{path} does not exist; --captions expects HumanML3D's captions as .jsonl or .jsonl.gz")
    segments: dict[str, list[_Segment]] = defaultdict(list)
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                entry = json.loads(line)
                name = plain_amass_name(Path(entry["source_path"]))
                begin = entry["source_start_frame"] / FPS + LEAD_IN_SECONDS.get(name.split("/")[0], 0.0)
                limit = begin + (entry["source_end_frame"] - entry["source_start_frame"]) / FPS
                start, end = (begin + entry["start"], begin + entry["end"]) if entry["end"] > 0 else (begin, limit)
                text = TimedText(entry["caption"], start, end, f"humanml3d:{entry['id']}", entry["tokens"])
            except (KeyError, TypeError, ValueError) as error:
                raise ValueError(f"{path}, line {number}: not a HumanML3D caption ({error!r})") from error
            segments[name].append(_Segment(text, limit))
    return dict(segments)


def _recording(path: Path, name: str, body_model: Path, segments: dict[str, list[_Segment]]) -> Recording | Skipped:
    try:
        with np.load(path, allow_pickle=False) as archive:
            data = {key: archive[key] for key in archive.files}
        motion = _motion(data, body_model)
    except KeyError as error:
        return Skipped(name, f"not an AMASS motion: no {error}")
    except (ValueError, OSError) as error:
        return Skipped(name, f"unreadable: {error}")
    if segments and name not in segments:
        return Skipped(name, "no caption speaks of it")
    texts = tuple(segment.text for segment in segments.get(name, ()))
    if not texts:
        texts = (TimedText(clean_label(Path(name).name), 0.0, motion.duration, "file-name"),)
    return Recording(name=f"amass/{name}", source="amass", trial=trial_of_amass(name), motion=motion, texts=texts)


def _motion(data: dict[str, Any], body_model: Path) -> Motion:
    """A motion from AMASS's arrays, Z-up as they are."""
    poses = np.asarray(data["poses"], dtype=np.float64)
    if poses.ndim != 2 or poses.shape[1] < 66:
        raise ValueError(f"poses must be (frames, 66 or more), got {poses.shape}")
    fps = float(data["mocap_framerate"] if "mocap_framerate" in data else data["mocap_frame_rate"])
    betas = np.asarray(data["betas"], dtype=np.float64)[:10] if "betas" in data else np.zeros(10)
    rest = _rest_joints(body_model, _gender(data), tuple(betas.tolist()))
    rotations = axis_angle_to_quaternion(poses[:, :66].reshape(-1, 22, 3))
    # The body model rests Y-up; AMASS turns it into a Z-up world with the pelvis's rotation.
    to_y_up = matrix_to_quaternion(z_up_to_y_up(np.eye(3)).T)
    rotations[:, 0] = quaternion_multiply(to_y_up, rotations[:, 0])
    pelvis = z_up_to_y_up(np.asarray(data["trans"], dtype=np.float64) + rest[0])
    offsets = rest - np.concatenate([np.zeros((1, 3)), rest[list(PARENTS[1:])]])
    # A posed body model is a hierarchy with offsets and local rotations, which is what a BVH file holds.
    return motion_from_bvh(BvhClip(JOINT_NAMES, PARENTS, offsets, rotations, pelvis, fps))


def _gender(data: dict[str, Any]) -> str:
    gender = data.get("gender", np.array("neutral")).item()
    return gender.decode() if isinstance(gender, bytes) else str(gender)


@cache
def _rest_joints(body_model: Path, gender: str, betas: tuple[float, ...]) -> np.ndarray:
    """(22, 3) metres, Y up: joints of the unposed body of this shape, by smplx."""
    # smplx needs torch, which takes seconds to import; only AMASS pays for it.
    import smplx
    import torch

    files = _model_files(body_model)
    kind, found_gender = min(files, key=lambda key: (key[1] != gender, key[1] != "neutral", MODEL_TYPES.index(key[0])))
    options: dict[str, Any] = {"use_pca": False} if kind != "smpl" else {}
    model = smplx.create(
        str(body_model),
        model_type=kind,
        gender=found_gender,
        ext=files[kind, found_gender].suffix[1:],
        num_betas=len(betas),
        **options,
    )
    with torch.no_grad():
        shape = torch.tensor([betas], dtype=torch.float32)
        return model(betas=shape).joints[0, :22].numpy().astype(np.float64)

# SPDX-License-Identifier: GPL-3.0-or-later
"""Generated motions written to files: .npz, .json, .bvh or a .png contact sheet, chosen by suffix."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from blender_addon.core.bvh import write_bvh
from blender_addon.core.files import write_atomically
from blender_addon.core.skeleton import JOINT_NAMES

if TYPE_CHECKING:
    from backend.generated import GeneratedMotions


SUFFIXES = (".npz", ".json", ".bvh", ".png")
POSES_PER_SHEET = 64  # keeps a sheet within what image viewers open, and memory small however many poses there are


def check_output(path: Path) -> None:
    """Make sure a result can be written to `path`, and create its folder.

    Raises:
        ValueError: for a suffix that is not one of `SUFFIXES`, or a path that cannot be a file.
        OSError: when the folder cannot be created.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise ValueError(f"the output's name must end in {', '.join(SUFFIXES)}, got {str(path)!r}")
    if path.is_dir():
        raise ValueError(f"the output {str(path)!r} is a folder; give the name of a file in it")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise ValueError(f"the output's folder {str(path.parent)!r} is a file; choose another") from None
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise ValueError(f"no permission to write into {str(path.parent)!r}; choose another folder")


def save(generated: GeneratedMotions, path: Path, on_figure: Callable[[], object] | None = None) -> list[Path]:
    """Write generated motions in the format that the suffix names; each file appears whole or not at all.

    .npz holds `prompts` (P,), `seeds` (S,), and float32 `joints` (P, S, 22, 3), `local_rotations` (P, S, 22, 4)
    wxyz and `root_translation` (P, S, 3), metres, Y up; motions longer than a frame keep a frames axis before the
    joints and add `fps`. Where something of a pose was to be kept, `pins` names the pinned joints, and `pin_residue`
    (P, S, pins) in metres and `rotation_residue` (P, S) in degrees say by how much each is missed. .json holds the
    same as nested lists, positions to a micrometre. .bvh holds one motion, so several become name-1.bvh, name-2.bvh
    and so on (name-PROMPT-SAMPLE.bvh for several samples of several prompts). .png is a contact sheet, front and
    side; more than `POSES_PER_SHEET` poses fill several sheets, numbered likewise.

    Args:
        generated: what the pipeline made.
        path: where to; see `check_output`.
        on_figure: called after each pose drawn into a .png, for progress.

    Returns:
        The files written.
    """
    check_output(path)
    suffix = path.suffix.lower()
    if suffix == ".npz":
        write_atomically(path, lambda file: np.savez_compressed(file, **_arrays(generated)))
        return [path]
    if suffix == ".json":
        content = {key: np.round(value, 6).tolist() if value.dtype.kind == "f" else value.tolist()
                   for key, value in _arrays(generated).items()}  # fmt: skip
        text = json.dumps({**content, "joint_names": JOINT_NAMES}) + "\n"
        write_atomically(path, lambda file: file.write(text.encode()))
        return [path]
    if suffix == ".bvh":
        return _save_bvh(generated, path)
    return _save_sheets(generated, path, on_figure)


def _arrays(generated: GeneratedMotions) -> dict[str, np.ndarray]:
    """The named arrays of a result; see `save`."""
    arrays = {
        "joints": generated.joints().astype(np.float32),
        "local_rotations": generated.local_rotations.astype(np.float32),
        "root_translation": generated.root_translation.astype(np.float32),
    }
    if generated.num_frames == 1:
        arrays = {key: value[:, :, 0] for key, value in arrays.items()}
    else:
        arrays["fps"] = np.array(generated.fps)
    if (residue := generated.residue) is not None:
        arrays |= {
            "pins": np.array(residue.pins, dtype=str),
            "pin_residue": residue.metres,
            "rotation_residue": residue.degrees,
        }
    return {"prompts": np.array(generated.prompts), "seeds": np.array(generated.seeds), **arrays}


def _numbered(path: Path, *numbers: tuple[int, int]) -> Path:
    """The path with -number for each (index from 0, count) of which there are several, zero-padded to sort."""
    tail = "".join(f"-{index + 1:0{len(str(count))}d}" for index, count in numbers if count > 1)
    return path.with_name(f"{path.stem}{tail}{path.suffix}")


def _save_bvh(generated: GeneratedMotions, path: Path) -> list[Path]:
    written = []
    for p in range(generated.num_prompts):
        for s in range(generated.num_samples):
            target = _numbered(path, (p, generated.num_prompts), (s, generated.num_samples))
            write_bvh(generated.motion(p, s), target)
            written.append(target)
    return written


def _save_sheets(generated: GeneratedMotions, path: Path, on_figure: Callable[[], object] | None) -> list[Path]:
    from backend.drawing import SheetRow, contact_sheet

    # Rows of at most a sheet's poses, then as many rows on a sheet as fit.
    pages: list[list[SheetRow]] = []
    room = 0
    for p, prompt in enumerate(generated.prompts):
        for first in range(0, generated.num_samples, POSES_PER_SHEET):
            samples = range(first, min(first + POSES_PER_SHEET, generated.num_samples))
            if len(samples) > room:
                pages.append([])
                room = POSES_PER_SHEET
            room -= len(samples)
            motions = tuple(generated.motion(p, s) for s in samples)
            labels = tuple(f"seed {generated.seeds[s]}" for s in samples)
            pages[-1].append(SheetRow(prompt or "(no prompt)", motions, labels))
    written = []
    for page, rows in enumerate(pages):
        target = _numbered(path, (page, len(pages)))
        image = contact_sheet(rows, on_figure=on_figure)
        write_atomically(target, partial(image.save, format="PNG"))
        written.append(target)
    return written

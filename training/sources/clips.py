# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads a folder of shared clips: `manifest.jsonl`, `clips/<source>.npz` and HumanML3D's captions beside them."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from blender_addon.core.fitting import align_elbows
from blender_addon.core.kinematics import global_to_local
from blender_addon.core.motion import Motion
from blender_addon.core.skeleton import PARENTS
from training.captions import clean_label
from training.sources.recording import Floor, Recording, Skipped, Source, TimedText


@dataclass(frozen=True)
class SourceRule:
    """How the clips of one source are treated, and why."""

    weight: float
    always_train: bool
    reason: str


DEFAULT_RULE = SourceRule(1.0, False, "captured motion")
SOURCE_RULES: dict[str, SourceRule] = {
    "kaykit": SourceRule(
        0.35, True, "a toy figure's exaggerated strides and spread arms, each clip the only one of its kind"
    ),
    "m2m_ual1": SourceRule(1.0, True, "made by hand, each clip the only one of its kind"),
    "m2m_2": SourceRule(1.0, True, "made by hand, each clip the only one of its kind"),
    "reactidle": SourceRule(0.3, False, "idling for minutes, no wrists and head, legs a little over-straight"),
    "cmu_salsa": SourceRule(0.5, False, "28 long clips of one dance"),
    "cmu_jump": SourceRule(0.8, False, "one spine joint, no wrists and toes"),
    "cmu_hra": SourceRule(0.7, False, "elbows bent beyond 89 degrees were cut off"),
}
"""By the manifest's `source`; others follow DEFAULT_RULE. Clips that are the only one of their kind are never held
out, since that would take an action out of training altogether."""

LABEL_PHRASES: dict[str, list[str]] = json.loads(
    Path(__file__).with_name("label_phrases.json").read_text(encoding="utf-8")
)
"""What people would say for the short names of the shared clips ("sitting idle"); none for a name that says nothing."""

ON_OBJECTS = re.compile(r"^(?:01|03)_")
"""CMU trials on a climbing frame or uneven ground that is not in the data: each frame is put on the floor."""
FLOATING_CLEARANCE = 0.12
"""Metres: clips whose feet are higher in the median float or hang by design, and are put on the floor too."""


def open_clips(folder: Path) -> Source:
    """The shared clips of a folder. Raises ValueError when it holds no manifest."""
    manifest = folder / "manifest.jsonl"
    if not manifest.is_file():
        raise ValueError(
            f"{folder} holds no manifest.jsonl; expected a folder of clips with a manifest and clips/*.npz"
        )
    entries = [json.loads(line) for line in manifest.read_text(encoding="utf-8").splitlines() if line.strip()]
    tokens = _caption_tokens(folder)

    def read() -> Iterator[Recording | Skipped]:
        arrays: dict[str, Any] = {}
        loaded = ""
        for entry in sorted(entries, key=lambda entry: (entry["file"], entry["offset"])):
            if entry["file"] != loaded:
                with np.load(folder / entry["file"], allow_pickle=False) as archive:
                    arrays = {name: archive[name] for name in ("global_rotations", "root_translation", "fps")}
                # A file is one source, so its elbows share one convention, which is brought to ours.
                local_rotations = global_to_local(arrays["global_rotations"].astype(np.float64), PARENTS)
                arrays["local_rotations"] = align_elbows(local_rotations)
                loaded = entry["file"]
            yield _recording(entry, arrays, tokens)

    return Source("clips", len(entries), read)


def _caption_tokens(folder: Path) -> dict[tuple[str, str], str]:
    """HumanML3D's tokens by (id, caption)."""
    path = folder / "captions_humanml3d.jsonl.gz"
    if not path.is_file():
        return {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        captions = (json.loads(line) for line in lines)
        return {(caption["id"], caption["caption"]): caption["tokens"] for caption in captions}


def _recording(entry: dict[str, Any], arrays: dict[str, Any], tokens: dict[tuple[str, str], str]) -> Recording:
    part = slice(entry["offset"], entry["offset"] + entry["frames"])
    rule = SOURCE_RULES.get(entry["source"], DEFAULT_RULE)
    return Recording(
        name=entry["id"],
        source=entry["source"],
        trial=_trial(entry),
        motion=Motion(arrays["local_rotations"][part], arrays["root_translation"][part], float(arrays["fps"])),
        texts=tuple(text for label in entry["labels"] for text in _texts(label, tokens)),
        floor=_floor(entry),
        weight=rule.weight,
        split="train" if rule.always_train else None,
    )


def _trial(entry: dict[str, Any]) -> str:
    """The CMU trial; where it is not known, the clip's name without its number, so that look-alikes stay together."""
    if entry["cmu_id"]:
        return f"cmu/{entry['cmu_id']}"
    return re.sub(r"[_ -]?(?:\d+|[A-Z])$", "", entry["id"])


def _floor(entry: dict[str, Any]) -> Floor:
    on_objects = bool(entry["cmu_id"]) and ON_OBJECTS.match(entry["cmu_id"]) is not None
    if on_objects or entry["median_foot_clearance_m"] > FLOATING_CLEARANCE:
        return "frame"
    return "kept" if entry["floor"] in ("contact", "per-frame contact") else "clip"


def _texts(label: dict[str, Any], tokens: dict[tuple[str, str], str]) -> list[TimedText]:
    start, end, origin = label["start_s"], label["end_s"], label["origin"]
    if origin.startswith("humanml3d:"):
        key = (origin.removeprefix("humanml3d:"), label["text"])
        return [TimedText(label["text"], start, end, origin, tokens.get(key, ""))]
    phrases = LABEL_PHRASES.get(label["text"].lower(), [clean_label(label["text"])])
    return [TimedText(phrase, start, end, "label") for phrase in phrases or [""]]

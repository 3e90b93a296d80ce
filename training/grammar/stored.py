# SPDX-License-Identifier: GPL-3.0-or-later
"""A grammar set on disk: drafts, each with several texts and several poses that do what all of them say.

The folder holds `index.json` and a folder for each shard with `rotations.npy`, `heights.npy`, `drafts.jsonl` and
`goals.json`. Shards are written whole or not at all, and read as they are asked for.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from training.grammar.intent import Aim, Along, Balance, Bend, Floor, Gap, Goal
from training.prepared import write_folder

FORMAT_VERSION = 1
_GOALS: dict[str, type] = {kind.__name__: kind for kind in (Aim, Along, Balance, Bend, Floor, Gap)}
_SCALE = 32767


@dataclass(frozen=True)
class StoredDraft:
    """One meaning: everything but its poses."""

    key: str
    """The stance or named pose that it rests on."""
    clauses: int
    """How much more is said."""
    texts: tuple[str, ...]
    """Different wordings, at least one."""
    goals: tuple[Goal, ...]
    """What the texts say; `checks.goals_met` measures poses by them."""


def write_shard(
    folder: Path,
    drafts: Sequence[StoredDraft],
    local_rotations: np.ndarray,
    heights: np.ndarray,
    report: dict[str, Any],
) -> None:
    """Write a shard as a whole.

    Args:
        folder: the shard's own.
        drafts: M of them.
        local_rotations: (M, P, 22, 4) wxyz.
        heights: (M, P) metres of the pelvis over the floor.
        report: what `index.json` is to know about the shard.
    """
    goals: dict[Goal, int] = {}
    lines = [
        json.dumps(
            {
                "key": draft.key,
                "clauses": draft.clauses,
                "texts": draft.texts,
                "goals": [goals.setdefault(goal, len(goals)) for goal in draft.goals],
            },
            ensure_ascii=False,
        ).encode()
        + b"\n"
        for draft in drafts
    ]

    def write(new: Path) -> None:
        rotations = local_rotations / np.linalg.norm(local_rotations, axis=-1, keepdims=True)
        np.save(new / "rotations.npy", np.rint(rotations * _SCALE).astype(np.int16))
        np.save(new / "heights.npy", heights.astype(np.float32))
        np.save(new / "lines.npy", np.cumsum([0, *map(len, lines)], dtype=np.int64))
        (new / "drafts.jsonl").write_bytes(b"".join(lines))
        stored = [[type(goal).__name__, asdict(goal)] for goal in goals]
        (new / "goals.json").write_text(json.dumps(stored), encoding="utf-8")
        (new / "shard.json").write_text(json.dumps(report, indent=1), encoding="utf-8")

    write_folder(folder, write)


class _Shard:
    """One folder, opened when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def rotations(self) -> np.ndarray:
        return np.load(self.folder / "rotations.npy", mmap_mode="r")

    @cached_property
    def heights(self) -> np.ndarray:
        return np.load(self.folder / "heights.npy")

    @cached_property
    def lines(self) -> np.ndarray:
        return np.load(self.folder / "lines.npy")

    @cached_property
    def bytes(self) -> np.ndarray:
        return np.memmap(self.folder / "drafts.jsonl", dtype=np.uint8, mode="r")

    @cached_property
    def goals(self) -> list[Goal]:
        stored = json.loads((self.folder / "goals.json").read_text(encoding="utf-8"))
        return [
            _GOALS[kind](**{k: tuple(v) if isinstance(v, list) else v for k, v in own.items()}) for kind, own in stored
        ]

    def line(self, row: int) -> dict[str, Any]:
        return json.loads(self.bytes[self.lines[row] : self.lines[row + 1]].tobytes())


class GrammarSet:
    """Drafts by number, from 0 to `len`, with fast random access; nothing is held in memory but what was read."""

    def __init__(self, index: dict[str, Any], folders: Sequence[Path]) -> None:
        self.index = index
        """Seed, counts and the like; see `index.json`."""
        self._shards = [_Shard(folder) for folder in folders]
        self._begins = np.cumsum([0, *(shard["kept"] for shard in index["shards"])])

    @staticmethod
    def load(folder: Path | str) -> GrammarSet:
        """Open what `python -m training grammar prepare` wrote, finished or under way.

        Raises ValueError when the folder is no grammar set or one of another version.
        """
        folder = Path(folder)
        if not (folder / "index.json").is_file():
            raise ValueError(
                f"{folder} holds no grammar set; make one with `python -m training grammar prepare --output {folder}`"
            )
        index = json.loads((folder / "index.json").read_text(encoding="utf-8"))
        if index.get("format_version") != FORMAT_VERSION:
            raise ValueError(
                f"{folder} is a grammar set of version {index.get('format_version')}, expected {FORMAT_VERSION}; "
                "prepare it again"
            )
        return GrammarSet(index, [folder / shard["folder"] for shard in index["shards"]])

    def __len__(self) -> int:
        return int(self._begins[-1])

    @property
    def poses_per_draft(self) -> int:
        """P, the same for all."""
        return int(self.index["poses"])

    def _find(self, draft: int) -> tuple[_Shard, int]:
        if not 0 <= draft < len(self):
            raise IndexError(f"there is no draft {draft} in a set of {len(self)}")
        shard = int(np.searchsorted(self._begins, draft, "right")) - 1
        return self._shards[shard], draft - int(self._begins[shard])

    def draft(self, draft: int) -> StoredDraft:
        """All but the poses."""
        shard, row = self._find(draft)
        line = shard.line(row)
        goals = tuple(shard.goals[goal] for goal in line["goals"])
        return StoredDraft(line["key"], line["clauses"], tuple(line["texts"]), goals)

    def texts(self, draft: int) -> list[str]:
        """The wordings of a draft, at least one; `sides.mirror_text` says them for the mirrored poses."""
        shard, row = self._find(draft)
        return list(shard.line(row)["texts"])

    def poses(self, draft: int) -> tuple[np.ndarray, np.ndarray]:
        """A draft's poses, facing +Z at x = z = 0: rotations (P, 22, 4) float32 wxyz, pelvis (P, 3) float32 metres."""
        rotations, root = self.batch(np.array([draft]))
        return rotations[0], root[0]

    def batch(self, drafts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The poses of drafts (n,): rotations (n, P, 22, 4) float32 wxyz, pelvis (n, P, 3) float32 metres."""
        drafts = np.asarray(drafts)
        if len(drafts) and not (drafts.min() >= 0 and drafts.max() < len(self)):
            raise IndexError(f"drafts must be in 0 to {len(self) - 1}")
        rotations = np.empty((len(drafts), self.poses_per_draft, 22, 4), dtype=np.float32)
        root = np.zeros((len(drafts), self.poses_per_draft, 3), dtype=np.float32)
        owners = np.searchsorted(self._begins, drafts, "right") - 1
        for owner in np.unique(owners):
            places = np.flatnonzero(owners == owner)
            rows = drafts[places] - self._begins[owner]
            rotations[places] = self._shards[owner].rotations[rows]
            root[places, :, 1] = self._shards[owner].heights[rows]
        rotations /= np.linalg.norm(rotations, axis=-1, keepdims=True)
        return rotations, root

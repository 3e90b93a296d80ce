# SPDX-License-Identifier: GPL-3.0-or-later
"""Grammar sets on disk: whole shards, read back as they were made, and gone on with after an interrupt."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the grammar builds in torch")

from backend.sides import mirror_text  # noqa: E402
from blender_addon.core.anatomy import within_limits  # noqa: E402
from blender_addon.core.motion import Motion  # noqa: E402
from training.grammar.checks import goals_met  # noqa: E402
from training.grammar.contamination import Exclusion, read_prompts  # noqa: E402
from training.grammar.prepare import SetSettings, prepare  # noqa: E402
from training.grammar.stored import GrammarSet  # noqa: E402

SETTINGS = SetSettings(num_drafts=10, seed=4, shard_size=6)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sets") / "set"
    prepare(path, SETTINGS, num_workers=1)
    return path


@pytest.fixture(scope="module")
def stored(folder: Path) -> GrammarSet:
    return GrammarSet.load(folder)


def test_drafts_have_texts_and_poses(stored: GrammarSet) -> None:
    assert 8 <= len(stored) <= 10 and len(stored.index["shards"]) == 2
    for index in range(len(stored)):
        texts = stored.texts(index)
        assert 1 <= len(texts) == len(set(texts)) <= 4 and all(texts)
        rotations, root = stored.poses(index)
        assert rotations.shape == (2, 22, 4) and rotations.dtype == np.float32 and root.shape == (2, 3)
        assert within_limits(rotations).all() and (root[:, [0, 2]] == 0).all() and (root[:, 1] > 0.02).all()
        first, second = Motion(rotations, root).joints()
        assert np.abs(first - second).max() > 0.005  # two poses of one meaning, not one twice


def test_poses_do_what_is_stored_about_them(stored: GrammarSet) -> None:
    drafts = [stored.draft(index) for index in range(len(stored))]
    rotations, _ = stored.batch(np.arange(len(stored)))
    for pose in range(2):
        own = goals_met([draft.goals for draft in drafts], rotations[:, pose])
        assert np.nanmin(own) == 1
        other = goals_met([draft.goals for draft in drafts[1:] + drafts[:1]], rotations[:, pose])
        assert np.nanmean(other) < 0.8
    assert np.isnan(goals_met([()], rotations[:1, 0])).all()


def test_a_batch_is_the_poses_it_names(stored: GrammarSet) -> None:
    order = np.array([len(stored) - 1, 0, 3, 0])
    rotations, root = stored.batch(order)
    for row, index in enumerate(order):
        for got, wanted in zip((rotations[row], root[row]), stored.poses(int(index)), strict=True):
            np.testing.assert_array_equal(got, wanted)
    with pytest.raises(IndexError):
        stored.batch(np.array([len(stored)]))
    with pytest.raises(IndexError):
        stored.texts(-1)


def test_finished_shards_are_kept_and_missing_ones_made_again_alike(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "set"
    shutil.copytree(folder, copy)
    shutil.rmtree(copy / "shard-00001")
    kept = (copy / "shard-00000" / "rotations.npy").stat().st_mtime_ns
    index = prepare(copy, SETTINGS, num_workers=1)
    assert (copy / "shard-00000" / "rotations.npy").stat().st_mtime_ns == kept
    assert index["drafts"] == GrammarSet.load(folder).index["drafts"]
    for name in ("rotations.npy", "drafts.jsonl"):
        assert (copy / "shard-00001" / name).read_bytes() == (folder / "shard-00001" / name).read_bytes()


def test_a_set_grows(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "set"
    shutil.copytree(folder, copy)
    before = GrammarSet.load(copy)
    index = prepare(copy, replace(SETTINGS, num_drafts=13), num_workers=1)
    assert len(index["shards"]) == 3 and index["drafts"] > len(before)
    assert GrammarSet.load(copy).texts(0) == before.texts(0)


def test_the_index_counts(folder: Path) -> None:
    index = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    assert sum(entry["drawn"] for entry in index["entries"].values()) == 10
    assert sum(entry["kept"] for entry in index["entries"].values()) == index["drafts"]
    assert 0.5 < index["first_pass_rate"] <= 1 and index["settings"]["seed"] == 4
    assert all(len(shard["fingerprint"]) == 16 for shard in index["shards"])


def test_other_settings_and_other_folders_are_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="seed"):
        prepare(folder, replace(SETTINGS, seed=5), num_workers=1)
    with pytest.raises(ValueError, match="no grammar set"):
        GrammarSet.load(tmp_path)
    (tmp_path / "index.json").write_text('{"format_version": 0}', encoding="utf-8")
    with pytest.raises(ValueError, match="version 0"):
        GrammarSet.load(tmp_path)


def test_excluded_texts_are_never_written(folder: Path, stored: GrammarSet, tmp_path: Path) -> None:
    every = [stored.texts(index) for index in range(len(stored))]
    # All wordings of one draft, one of another in other clothes, and the mirror image of a third's.
    barred = [*every[0], " ".join(every[1][0].upper().split()[::-1]) + "!", mirror_text(every[2][0])]
    for name, lines in (
        ("texts.txt", [text.replace("\n", " ") for text in barred]),
        ("texts.jsonl", [json.dumps({"id": 1, "prompt": text}) for text in barred]),
    ):
        path = tmp_path / name
        path.write_text("\n".join(lines), encoding="utf-8")
        assert len(read_prompts(path)) == len(barred)
        settings = replace(SETTINGS, exclude=str(path), num_drafts=3)
        prepare(tmp_path / name[6:], settings, num_workers=1)
        got = GrammarSet.load(tmp_path / name[6:])
        written = [text for index in range(len(got)) for text in got.texts(index)]
        assert not {every[1][0], every[2][0], *every[0]} & set(written)
        assert set(every[1][1:]) | set(every[2][1:]) <= set(written)
        assert all(got.texts(index) for index in range(len(got)))
    with pytest.raises(ValueError, match="exclude"):
        prepare(folder, replace(SETTINGS, exclude=str(path)), num_workers=1)


def test_exclusions_compare_words_alone() -> None:
    exclusion = Exclusion.of(["A person raises the left arm."])
    assert exclusion.bars("person, left arm: raises") and exclusion.bars("the right arm a person raises!")
    assert not exclusion.bars("a person raises the left arm up")


def test_an_unfinished_set_can_be_read(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "set"
    shutil.copytree(folder, copy)
    shutil.rmtree(copy / "shard-00000")
    whole = GrammarSet.load(folder)
    index = json.loads((copy / "index.json").read_text(encoding="utf-8"))
    index["shards"] = index["shards"][1:]  # the second was done first
    (copy / "index.json").write_text(json.dumps(index), encoding="utf-8")
    part = GrammarSet.load(copy)
    assert 0 < len(part) < len(whole)
    assert part.texts(0) == whole.texts(len(whole) - len(part))
    rotations, _ = part.batch(np.arange(len(part)))
    assert rotations.shape[0] == len(part)


_PARENT = """
import multiprocessing, threading, time
from training.grammar.prepare import end_with_parent

def work():
    threading.Thread(target=end_with_parent, daemon=True).start()
    print("at work", flush=True)
    time.sleep(300)

multiprocessing.get_context("fork").Process(target=work).start()
time.sleep(300)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the worker here is forked")
def test_workers_end_with_the_process_that_started_them() -> None:
    with subprocess.Popen([sys.executable, "-c", _PARENT], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"at work\n"
        parent.kill()
        parent.communicate(timeout=60)  # ends when nobody can write any more


def test_a_set_too_small_to_be_told_again_is_written(tmp_path: Path) -> None:
    index = prepare(tmp_path, replace(SETTINGS, described=1e-9, num_drafts=1), num_workers=1)
    assert index["drafts"] == 1


def test_poses_are_told_again_by_what_else_they_do(folder: Path, stored: GrammarSet, tmp_path: Path) -> None:
    prepare(tmp_path / "set", replace(SETTINGS, described=1.0, num_drafts=24), num_workers=1)
    both = GrammarSet.load(tmp_path / "set")
    drafts = [both.draft(index) for index in range(len(both))]
    rotations, _ = both.batch(np.arange(len(both)))
    again = [
        index
        for index in range(1, len(both))
        if drafts[index].key == drafts[index - 1].key and np.array_equal(rotations[index], rotations[index - 1])
    ]
    assert again
    for index in again:
        first, more = drafts[index - 1], drafts[index]
        assert set(first.goals) < set(more.goals) and more.clauses > first.clauses
        assert not set(first.texts) & set(more.texts)
    # What is said more is true of all poses, and what was said before is said no otherwise.
    for pose in range(2):
        assert np.nanmin(goals_met([draft.goals for draft in drafts], rotations[:, pose])) == 1
    once = [drafts[index].texts for index in range(len(both)) if index not in again]
    assert once[: len(stored)] == [stored.draft(index).texts for index in range(len(stored))]
    with pytest.raises(ValueError, match="described"):
        prepare(folder, replace(SETTINGS, described=0.5), num_workers=1)

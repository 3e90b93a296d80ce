# SPDX-License-Identifier: GPL-3.0-or-later
"""`python -m training grammar prepare`: write a grammar set, shard by shard, by several processes."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tqdm import tqdm

from training.grammar.bases import BaseSet, calm_bases, made_up_bases
from training.grammar.build import DEFAULT_SETTINGS, BuildSettings, build
from training.grammar.captions import CaptionBook
from training.grammar.checks import judge
from training.grammar.compose import ENTRIES, Draft, draw
from training.grammar.contamination import Exclusion, read_prompts
from training.grammar.observed import Observer, told_more
from training.grammar.stances import STANDING
from training.grammar.stored import FORMAT_VERSION, StoredDraft, write_shard
from training.prepared import PreparedSet

BATCH_SIZE = 1024
"""Bodies built at once."""
MOST_ATTEMPTS = 3
"""How often a pose of a draft is built before the draft is given up."""
_PLAINLY = 0.3
"""How much less often bodies are described that only stand: clauses of their own say most of them already."""
_MOST_WORDINGS = 16
"""How often a draft is worded before it is given up, where the wordings may not stand in the set."""


@dataclass(frozen=True)
class SetSettings:
    """What decides a set's content, besides the grammar itself."""

    num_drafts: int
    seed: int
    prepared: str | None = None
    """Folder of the prepared set whose calm bodies poses start from; None makes them up."""
    poses: int = 2
    texts: int = 4
    """At most; fewer where a draft has fewer wordings."""
    shard_size: int = 8192
    """Drafts; an interrupt loses at most those under way."""
    captions: str | None = None
    """File of people's captions to draw a share of the drafts from; None draws none."""
    caption_share: float = 0.1
    described: float = 0.0
    """The share of drafts of stances and named poses that come a second time, with words for what else their poses do;
    see `observed`."""
    exclude: str | None = None
    """File of texts that no draft may be worded as; see `contamination.read_prompts`."""


@dataclass
class _Work:
    """A draft that is being built."""

    number: int
    draft: Draft
    texts: list[str]
    poses: list[tuple[np.ndarray, float]]
    attempt: int = 0


def fingerprint() -> str:
    """Changes when the grammar does: a hash of its sources."""
    folder = Path(__file__).parent
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.py")):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def make_shard(
    begin: int,
    stop: int,
    settings: SetSettings,
    bases: BaseSet,
    build_settings: BuildSettings = DEFAULT_SETTINGS,
    batch_size: int = BATCH_SIZE,
    on_progress: Callable[[], object] | None = None,
    observer: Observer | None = None,
) -> tuple[list[StoredDraft], np.ndarray, np.ndarray, dict[str, Any]]:
    """Drafts begin to stop of a seed with their texts and poses, those left out that could not be built.

    A draft is the same however it is asked for: what it says and each of its poses have random numbers of their own.

    Returns:
        The drafts, rotations (M, P, 22, 4), heights (M, P), and counts for the shard's report.
    """
    waiting = list(range(begin, stop))[::-1]
    open_work: list[_Work] = []
    done: dict[int, _Work] = {}
    drawn, kept, built, passed, first, first_passed = Counter[str](), Counter[str](), 0, 0, 0, 0
    while waiting or open_work:
        while waiting and sum(settings.poses - len(work.poses) for work in open_work) < batch_size:
            work = _drawn(waiting.pop(), settings)
            drawn[work.draft.key] += 1
            if work.texts:
                open_work.append(work)
            elif on_progress is not None:
                on_progress()
        if not open_work:
            break
        jobs = [(work, pose) for work in open_work for pose in range(len(work.poses), settings.poses)]
        randoms = [np.random.default_rng((settings.seed, work.number, 1 + pose, work.attempt)) for work, pose in jobs]
        verdict = judge(build([work.draft.intent for work, _ in jobs], randoms, bases, build_settings))
        built += len(jobs)
        passed += int(verdict.passed.sum())
        fresh = np.array([work.attempt == 0 for work, _ in jobs])
        first += int(fresh.sum())
        first_passed += int(verdict.passed[fresh].sum())
        for row, (work, _) in enumerate(jobs):
            if verdict.passed[row]:
                work.poses.append((verdict.local_rotations[row], float(verdict.root_translation[row, 1])))
        still = []
        for work in open_work:
            work.attempt += 1
            if len(work.poses) == settings.poses:
                done[work.number] = work
                kept[work.draft.key] += 1
            elif work.attempt < MOST_ATTEMPTS:
                still.append(work)
            if work.attempt == 1 and on_progress is not None:
                on_progress()
        open_work = still
    ordered = [done[number] for number in sorted(done)]
    if settings.described:
        ordered = _described(ordered, settings, observer or Observer(bases))
    drafts = [
        StoredDraft(
            work.draft.key,
            _num_clauses(work.draft),
            tuple(work.texts),
            work.draft.intent.goals[: work.draft.said],
        )
        for work in ordered
    ]
    rotations = np.array([[pose for pose, _ in work.poses] for work in ordered], dtype=np.float32)
    heights = np.array([[height for _, height in work.poses] for work in ordered], dtype=np.float32)
    counts = {
        "begin": begin,
        "stop": stop,
        "kept": len(ordered),
        "built": built,
        "passed": passed,
        "first_built": first,
        "first_passed": first_passed,
        "drawn_by_entry": dict(drawn),
        "kept_by_entry": dict(kept),
    }
    shape = (len(ordered), settings.poses)
    return drafts, rotations.reshape(*shape, 22, 4), heights.reshape(shape), counts


def _described(works: list[_Work], settings: SetSettings, observer: Observer) -> list[_Work]:
    """The drafts, and after a share of them the same poses with words for what else they do."""
    randoms = [np.random.default_rng((settings.seed, work.number, 0, 0)) for work in works]
    shares = [settings.described * (_PLAINLY if work.draft.key == STANDING.key else 1.0) for work in works]
    chosen = [index for index, random in enumerate(randoms) if random.random() < shares[index]]
    poses = np.array([[rotations for rotations, _ in works[index].poses] for index in chosen], dtype=np.float32)
    holds = observer.holding(poses.reshape(-1, 22, 4)).reshape(len(chosen), settings.poses, len(observer.weights))
    more: dict[int, _Work] = {}
    for index, own in zip(chosen, holds.all(1), strict=True):
        work = works[index]
        told = told_more(work.draft, own, observer.weights, randoms[index])
        if told is not None and (texts := _texts(told, settings, randoms[index])):
            more[index] = _Work(work.number, told, texts, work.poses)
    return [each for index, work in enumerate(works) for each in (work, more.get(index)) if each is not None]


def _drawn(number: int, settings: SetSettings) -> _Work:
    random = np.random.default_rng((settings.seed, number))
    book = None if settings.captions is None else _caption_book(settings.captions, settings.caption_share)
    draft = draw(random, captions=book)
    return _Work(number, draft, _texts(draft, settings, random), [])


def _texts(draft: Draft, settings: SetSettings, random: np.random.Generator) -> list[str]:
    """Wordings of a draft that may stand in the set; none where no allowed one was found."""
    texts = dict.fromkeys(draft.text(random) for _ in range(settings.texts))
    for _ in range(settings.texts):
        if len(texts) < settings.texts:
            texts[draft.text(random)] = None
    if settings.exclude is None:
        return list(texts)
    barred = _exclusion(settings.exclude).bars
    allowed = [text for text in texts if not barred(text)]
    for _ in range(_MOST_WORDINGS):
        if allowed:
            break
        allowed = [text for text in (draft.text(random),) if not barred(text)]
    return allowed


@lru_cache(maxsize=1)
def _exclusion(path: str) -> Exclusion:
    return Exclusion.of(read_prompts(Path(path)))


@lru_cache(maxsize=1)
def _caption_book(path: str, share: float) -> CaptionBook:
    return CaptionBook.read(Path(path), share)


def _num_clauses(draft: Draft) -> int:
    return len(draft.units) - (draft.units[0] is ENTRIES[draft.key].words)


def load_bases(prepared: str | None) -> BaseSet:
    """Calm bodies of a prepared set, or made up ones."""
    return made_up_bases() if prepared is None else calm_bases(PreparedSet.load(prepared))


def prepare(folder: Path, settings: SetSettings, num_workers: int = 2) -> dict[str, Any]:
    """Write a grammar set and return its index; shards that are there already are kept.

    Raises ValueError when the folder holds a set with other settings.
    """
    index_path = folder / "index.json"
    if index_path.exists():
        _same_settings(json.loads(index_path.read_text(encoding="utf-8")), settings, folder)
    folder.mkdir(parents=True, exist_ok=True)
    size, total = settings.shard_size, settings.num_drafts
    ranges = [(begin, min(begin + size, total)) for begin in range(0, total, size)]
    # One of fewer drafts, from a smaller set that grows now, is made again.
    missing = [
        (begin, stop)
        for begin, stop in ranges
        if (report := _read_report(folder, settings, begin)) is None or report["stop"] < stop
    ]
    index = _write_index(folder, settings)
    if not missing:
        return index
    kept = settings.num_drafts - sum(stop - begin for begin, stop in missing)
    with tqdm(total=settings.num_drafts, initial=kept, desc="grammar", unit="draft", smoothing=0.05) as bar:
        if num_workers == 1:
            maker = _Maker(folder, settings, bar.update)
            for begin, stop in missing:
                maker.make(begin, stop)
                index = _write_index(folder, settings)
            return index
        context = multiprocessing.get_context("spawn")
        ready = context.Value("q", 0)
        with ProcessPoolExecutor(
            min(num_workers, len(missing)), context, initializer=_start_worker, initargs=(folder, settings, ready)
        ) as executor:
            waiting = {executor.submit(_work, begin, stop) for begin, stop in missing}
            try:
                while waiting:
                    done, waiting = wait(waiting, timeout=1.0, return_when=FIRST_COMPLETED)
                    for future in done:
                        future.result()
                    if done:
                        index = _write_index(folder, settings)
                    bar.update(kept + ready.value - bar.n)
            except BaseException:
                executor.shutdown(wait=False, cancel_futures=True)
                raise
    return index


class _Maker:
    """Makes shards, one after another."""

    def __init__(self, folder: Path, settings: SetSettings, on_progress: Callable[[], object]) -> None:
        self.folder = folder
        self.settings = settings
        self.on_progress = on_progress
        self.bases = load_bases(settings.prepared)
        self.observer = Observer(self.bases) if settings.described else None
        self.grammar = fingerprint()
        """Taken now, as the sources may change while shards are made."""

    def make(self, begin: int, stop: int) -> None:
        """Make a shard and write it."""
        began = time.perf_counter()
        drafts, rotations, heights, report = make_shard(
            begin, stop, self.settings, self.bases, on_progress=self.on_progress, observer=self.observer
        )
        report["seconds"] = round(time.perf_counter() - began, 1)
        report["fingerprint"] = self.grammar
        write_shard(_shard_folder(self.folder, self.settings, begin), drafts, rotations, heights, report)


_maker: _Maker | None = None
"""Of a worker's process."""


def _start_worker(folder: Path, settings: SetSettings, ready: Any) -> None:
    global _maker
    # An interrupt ends it without a word; the parent says what there is to say.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    threading.Thread(target=end_with_parent, daemon=True).start()
    torch.set_num_threads(1)

    def count() -> None:
        with ready.get_lock():
            ready.value += 1

    _maker = _Maker(folder, settings, count)


def end_with_parent() -> None:
    """End this process when its parent is gone: a worker that outlived it would write into whatever set comes next."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(begin: int, stop: int) -> None:
    assert _maker is not None
    _maker.make(begin, stop)


def _shard_folder(folder: Path, settings: SetSettings, begin: int) -> Path:
    return folder / f"shard-{begin // settings.shard_size:05d}"


def _read_report(folder: Path, settings: SetSettings, begin: int) -> dict[str, Any] | None:
    path = _shard_folder(folder, settings, begin) / "shard.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def _same_settings(index: dict[str, Any], settings: SetSettings, folder: Path) -> None:
    for name in ("seed", "prepared", "poses", "texts", "shard_size", "captions", "described", "exclude"):
        if index["settings"].get(name, getattr(SetSettings, name, None)) != getattr(settings, name):
            raise ValueError(
                f"{folder} holds a grammar set of {name} {index['settings'].get(name)}, not {getattr(settings, name)}; "
                "choose another --output, or delete it first"
            )


def _write_index(folder: Path, settings: SetSettings) -> dict[str, Any]:
    """Collect the reports of the shards that are there."""
    shards = []
    begin = 0
    by_entry: dict[str, list[int]] = {}
    total = Counter[str]()
    while begin < settings.num_drafts:
        if (report := _read_report(folder, settings, begin)) is not None:
            for place, name in enumerate(("drawn_by_entry", "kept_by_entry")):
                for key, count in report.pop(name).items():
                    by_entry.setdefault(key, [0, 0])[place] += count
            total.update({k: report[k] for k in ("kept", "built", "passed", "first_built", "first_passed", "seconds")})
            shards.append({"folder": _shard_folder(folder, settings, begin).name, **report})
        begin += settings.shard_size
    index = {
        "format_version": FORMAT_VERSION,
        "settings": asdict(settings),
        "poses": settings.poses,
        "drafts": total["kept"],
        "pass_rate": round(total["passed"] / max(1, total["built"]), 4),
        "first_pass_rate": round(total["first_passed"] / max(1, total["first_built"]), 4),
        "builds_per_worker_second": round(total["built"] / max(1e-9, total["seconds"]), 1),
        "entries": {key: {"drawn": drawn, "kept": kept} for key, (drawn, kept) in sorted(by_entry.items())},
        "shards": shards,
    }
    new = folder / ".index.json"
    new.write_text(json.dumps(index, indent=1), encoding="utf-8")
    os.replace(new, folder / "index.json")
    return index

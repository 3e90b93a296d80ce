# SPDX-License-Identifier: GPL-3.0-or-later
"""`python -m training prepare`: motion data in several formats to one prepared set."""

from __future__ import annotations

import argparse
import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from blender_addon.core.anatomy import limit_excess
from blender_addon.core.motion import Motion
from training.actions import split_actions
from training.agreement import FrameMeasures, agreement, centred_joints, pose_distance
from training.captions import clean_caption, mirror_text
from training.prepared import SPLITS, Caption, Clip, PreparedSet
from training.repair import within_joint_limits
from training.selection import (
    Clusters,
    SelectionSettings,
    balanced_weights,
    find_clusters,
    flipped_frames,
    outliers,
    spread_out,
)
from training.sources.clips import open_clips
from training.sources.recording import FPS, Recording, Skipped, Source, Split, TimedText, canonical

VAL_SHARE = 0.08
TEST_SHARE = 0.08
LEAST_CLIP_WEIGHT = 4.0
"""The least a clip counts in sampling; a clip of 16 poses counts as much."""


@dataclass
class Tally:
    """What was kept and dropped, and why; printed at the end and stored with the set."""

    kept: Counter[str] = field(default_factory=Counter)
    dropped: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By (what, why)."""

    def drop(self, what: str, why: str, count: int = 1) -> None:
        """Count something that was left out."""
        if count:
            self.dropped[what, why] += int(count)

    def lines(self) -> list[str]:
        """The report as text, a fact a line."""
        lines = ["kept"]
        lines += [f"  {count:>9,}  {what}" for what, count in self.kept.items()]
        lines.append("dropped")
        lines += [f"  {count:>9,}  {what}: {why}" for (what, why), count in sorted(self.dropped.items())]
        return lines

    def as_dict(self) -> dict[str, Any]:
        """The same as JSON."""
        dropped: dict[str, dict[str, int]] = {}
        for (what, why), count in sorted(self.dropped.items()):
            dropped.setdefault(what, {})[why] = count
        return {"kept": dict(self.kept), "dropped": dropped}


def split_of(trial: str) -> Split:
    """The side of a trial, by a hash of its name, so that it stays where it is when data is added."""
    position = int.from_bytes(hashlib.sha256(trial.encode()).digest()[:8], "big") / 2**64
    if position < TEST_SHARE:
        return "test"
    return "val" if position < TEST_SHARE + VAL_SHARE else "train"


def captions_of(texts: tuple[TimedText, ...], clip: int, num_frames: int, tally: Tally) -> list[Caption]:
    """The captions of a clip: cleaned, compound ones also as their first and last action.

    A caption of n actions one after another over a range gives its first action the first n-th of the range and its
    last action the last n-th; where exactly one ends is not known, and those parts are the surest.
    """
    captions: list[Caption] = []
    seen: set[tuple[str, int, int]] = set()

    def add(text: str, start: float, end: float, origin: str, kind: Any) -> None:
        begin, stop = round(start * FPS), min(round(end * FPS) + 1, num_frames)
        if stop <= begin:
            tally.drop("captions", "their time lies outside the clip")
        elif (text, begin, stop) in seen:
            tally.drop("captions", "said twice about the same frames")
        else:
            seen.add((text, begin, stop))
            captions.append(Caption(text, mirror_text(text), clip, begin, stop, origin, kind))

    for timed in texts:
        text = clean_caption(timed.text)
        if not text:
            tally.drop("captions", "a name that says nothing")
            continue
        if timed.origin in ("label", "file-name"):
            add(text, timed.start, timed.end, timed.origin, "whole")
            continue
        actions = split_actions(text, timed.tokens)
        tally.kept["captions tagged by HumanML3D's tokens" if timed.tokens else "captions tagged by rules"] += 1
        if len(actions) == 1:
            add(text, timed.start, timed.end, timed.origin, "whole")
            continue
        tally.kept["compound captions, paired by their first and last action"] += 1
        add(text, timed.start, timed.end, timed.origin, "compound")
        share = (timed.end - timed.start) / len(actions)
        if actions[0]:
            add(actions[0], timed.start, timed.start + share, timed.origin, "first")
        if actions[-1]:
            add(actions[-1], timed.end - share, timed.end, timed.origin, "last")
    return captions


@dataclass(frozen=True, eq=False)
class PickedPoses:
    """The poses of one clip."""

    frames: np.ndarray
    """(K,) indices into the clip."""
    joints: np.ndarray
    """(K, 22, 3) metres, centred."""
    pairs: list[list[tuple[int, float]]]
    """For each pose its captions (index among the clip's) and how far it shows them."""
    agreement: np.ndarray
    """(K,) the best agreement of each pose with one of its captions."""


def pick_poses(
    motion: Motion, repaired_by: np.ndarray, captions: list[Caption], settings: SelectionSettings, tally: Tally
) -> PickedPoses:
    """The frames of a canonical motion that are clean, described, and spread over time and poses.

    Args:
        motion: canonical, inside its joint limits.
        repaired_by: (F,) metres that the joint limits moved each frame.
        captions: of the clip.
        settings: how to pick.
        tally: counts what is left out.
    """
    num_frames = motion.num_frames
    measures = FrameMeasures.of(motion)
    shown = np.zeros((len(captions), num_frames))
    for index, caption in enumerate(captions):
        if caption.kind != "compound":
            part = slice(caption.start_frame, caption.end_frame)
            shown[index, part] = agreement(caption.text, measures)[part]
    best = shown.max(axis=0, initial=0.0)
    flipped = flipped_frames(motion, settings.max_turn)
    beyond = limit_excess(motion.local_rotations).max(axis=-1) > settings.limit_tolerance
    beyond |= repaired_by > settings.max_repair
    clean = ~flipped & ~beyond
    tally.drop("frames", "a joint flips", int(flipped.sum()))
    tally.drop("frames", "a joint is beyond its limits", int((beyond & ~flipped).sum()))
    tally.drop("frames", "no caption covers them", int((clean & (best == 0)).sum()))
    tally.drop(
        "frames",
        "they do not show what the caption says",
        int((clean & (best > 0) & (best < settings.min_agreement)).sum()),
    )
    candidates = np.flatnonzero(clean & (best >= settings.min_agreement) & (best > 0))
    # The most telling frames first, so that a crowd of similar ones keeps its clearest.
    order = candidates[np.argsort(-(best + measures.from_neutral)[candidates], kind="stable")]
    frames = spread_out(order, measures.joints, settings.min_seconds * FPS - 1e-6, settings.min_distance)
    tally.drop("frames", "too close to another pose of the clip", len(candidates) - len(frames))
    pairs = [
        [(int(i), float(shown[i, frame])) for i in np.flatnonzero(shown[:, frame] >= max(settings.min_agreement, 1e-9))]
        for frame in frames
    ]
    return PickedPoses(frames, measures.joints[frames], pairs, best[frames])


def _readable(sources: list[Source], tally: Tally) -> Iterator[Recording]:
    with tqdm(total=sum(source.count for source in sources), unit="clip", desc="reading", disable=None) as progress:
        for source in sources:
            for item in source.read():
                progress.update()
                if isinstance(item, Skipped):
                    tally.drop(f"{source.kind} files", item.reason)
                else:
                    yield item


def _repaired(recording: Recording) -> tuple[Recording, np.ndarray]:
    """The recording inside its joint limits and canonical, and the metres (F,) that the limits moved each frame."""
    motion = recording.motion if recording.motion.fps == FPS else recording.motion.resampled(FPS)
    repaired = replace(motion, local_rotations=within_joint_limits(motion.local_rotations))
    moved = pose_distance(centred_joints(motion), centred_joints(repaired))
    return canonical(replace(recording, motion=repaired)), np.where(moved > 1e-4, moved, 0.0)


def prepare(sources: list[Source], settings: SelectionSettings, tally: Tally) -> PreparedSet:
    """Read all sources and pick their poses. Raises ValueError when nothing is left."""
    clips: list[Clip] = []
    captions: list[Caption] = []
    motions: list[Motion] = []
    picked: list[PickedPoses] = []
    caption_starts: list[int] = []
    num_frames = 0
    for recording in _readable(sources, tally):
        recording, repaired_by = _repaired(recording)
        motion = recording.motion
        tally.kept["frames brought inside joint limits"] += int((repaired_by > 0).sum())
        said = captions_of(recording.texts, len(clips), motion.num_frames, tally)
        if not said:
            tally.drop("clips", "no caption")
            continue
        split = recording.split or split_of(recording.trial)
        clips.append(
            Clip(
                recording.name,
                recording.source,
                recording.trial,
                split,
                num_frames,
                motion.num_frames,
                recording.weight,
            )
        )
        picked.append(pick_poses(motion, repaired_by, said, settings, tally))
        caption_starts.append(len(captions))
        captions += said
        motions.append(motion)
        num_frames += motion.num_frames
    if not clips:
        raise ValueError("the sources gave no clip with a caption; nothing to prepare")

    joints = np.concatenate([poses.joints for poses in picked])
    clusters = find_clusters(joints, settings.num_clusters, settings.seed)
    keep = ~outliers(clusters, settings.outlier_deviations)
    tally.drop("poses", "outliers, far from the centre of their cluster", int((~keep).sum()))
    clusters = find_clusters(joints[keep], settings.num_clusters, settings.seed)

    pose_clip = np.repeat(np.arange(len(clips)), [len(poses.frames) for poses in picked])[keep]
    starts = np.array([clip.start for clip in clips])
    pose_frame = np.concatenate([poses.frames for poses in picked])[keep] + starts[pose_clip]
    best = np.concatenate([poses.agreement for poses in picked])[keep]
    all_pairs = [
        [(caption_starts[index] + caption, weight) for caption, weight in pairs]
        for index, poses in enumerate(picked)
        for pairs in poses.pairs
    ]
    pairs = [pair for pair, kept in zip(all_pairs, keep, strict=True) if kept]
    splits = np.array([clip.split for clip in clips])[pose_clip]
    weight = _pose_weights(clips, pose_clip, best, clusters, splits, settings.cluster_balance)

    tally.kept["clips"] = len(clips)
    tally.kept["captions"] = len(captions)
    tally.kept["frames"] = num_frames
    tally.kept["poses"] = len(pose_frame)
    tally.kept["pairs of a pose and a caption"] = sum(map(len, pairs))
    for split in SPLITS:
        tally.kept[f"clips in {split}"] = sum(clip.split == split for clip in clips)
        tally.kept[f"poses in {split}"] = int((splits == split).sum())
    for source, count in Counter(clips[index].source for index in pose_clip).items():
        tally.kept[f"poses from {source}"] = count
    for label, count in enumerate(np.bincount(clusters.labels)):
        tally.kept[f"poses in cluster {label}"] = int(count)
    return PreparedSet(
        fps=FPS,
        clips=tuple(clips),
        captions=tuple(captions),
        local_rotations=np.concatenate([motion.local_rotations for motion in motions]),
        root_translation=np.concatenate([motion.root_translation for motion in motions]),
        pose_frame=pose_frame,
        pose_clip=pose_clip,
        pose_cluster=clusters.labels,
        pose_weight=weight.astype(np.float32),
        pose_caption_offsets=np.cumsum([0, *map(len, pairs)]),
        pose_caption_ids=np.array([caption for pose in pairs for caption, _ in pose], dtype=np.int64),
        pose_caption_weights=np.array([weight for pose in pairs for _, weight in pose], dtype=np.float32),
        cluster_centres=clusters.centres.astype(np.float32),
        report={"settings": asdict(settings), **tally.as_dict()},
    )


def _pose_weights(
    clips: list[Clip], pose_clip: np.ndarray, best: np.ndarray, clusters: Clusters, splits: np.ndarray, balance: float
) -> np.ndarray:
    """(M,) how often to draw each pose: what it shows, its source's weight, its clip's size, its cluster's size."""
    in_clip = np.bincount(pose_clip, minlength=len(clips))
    source_weight = np.array([clip.weight for clip in clips])
    # A clip counts by the square root of its poses: long ones say more, but not in proportion. The floor keeps a
    # clip of one held pose (kneeling, sitting) from being lost among those of hundreds.
    of_clip = source_weight * np.maximum(np.sqrt(in_clip), LEAST_CLIP_WEIGHT) / np.maximum(in_clip, 1)
    weight = best * of_clip[pose_clip]
    for split in SPLITS:
        members = splits == split
        if members.any():
            _, labels = np.unique(clusters.labels[members], return_inverse=True)
            weight[members] = balanced_weights(labels, weight[members], balance)
    return weight


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `prepare`."""
    parser.add_argument(
        "--clips", type=Path, action="append", default=[], metavar="DIR", help="clips with a manifest.jsonl"
    )
    parser.add_argument("--humanml3d", type=Path, action="append", default=[], metavar="DIR", help="a HumanML3D folder")
    parser.add_argument("--amass", type=Path, action="append", default=[], metavar="DIR", help="AMASS .npz files")
    parser.add_argument(
        "--body-model", type=Path, metavar="DIR", help="SMPL, SMPL-H or SMPL-X model files, for --amass"
    )
    parser.add_argument(
        "--captions", type=Path, metavar="FILE", help="HumanML3D's captions as .jsonl(.gz), for --amass"
    )
    parser.add_argument("--bvh", type=Path, action="append", default=[], metavar="DIR", help="BVH files")
    parser.add_argument("--output", type=Path, required=True, metavar="DIR", help="folder to write the prepared set to")
    defaults = SelectionSettings()
    parser.add_argument("--min-seconds", type=float, default=defaults.min_seconds, help="between poses (%(default)s)")
    parser.add_argument(
        "--min-distance", type=float, default=defaults.min_distance, help="metres between poses (%(default)s)"
    )
    parser.add_argument(
        "--min-agreement", type=float, default=defaults.min_agreement, help="of pose and text (%(default)s)"
    )
    parser.add_argument("--clusters", type=int, default=defaults.num_clusters, help="of k-means (%(default)s)")
    parser.add_argument("--outlier-deviations", type=float, default=defaults.outlier_deviations, help="(%(default)s)")
    parser.add_argument("--seed", type=int, default=defaults.seed, help="of k-means (%(default)s)")


def run(arguments: argparse.Namespace) -> int:
    """Prepare, save, print the report; 0 on success."""
    settings = SelectionSettings(
        min_seconds=arguments.min_seconds,
        min_distance=arguments.min_distance,
        min_agreement=arguments.min_agreement,
        num_clusters=arguments.clusters,
        outlier_deviations=arguments.outlier_deviations,
        seed=arguments.seed,
    )
    sources = [open_clips(folder) for folder in arguments.clips]
    if not sources:
        raise ValueError("no data given; name at least one of --clips, --humanml3d, --amass, --bvh")
    tally = Tally()
    prepared = prepare(sources, settings, tally)
    prepared.save(arguments.output)
    print("\n".join(tally.lines()))
    print(f"written to {arguments.output}")
    return 0

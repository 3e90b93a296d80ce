# SPDX-License-Identifier: GPL-3.0-or-later
"""`python -m training prepare`: motion data in several formats to one prepared set."""

from __future__ import annotations

import argparse
import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
from tqdm import tqdm

from blender_addon.core.motion import Motion
from training.agreement import centred_joints, pose_distance, rules_named
from training.cluster_plot import draw_clusters
from training.pairing import PickedPoses, captions_of, pick_poses
from training.prepared import SPLITS, Caption, Clip, PreparedSet, Split, write_folder
from training.repair import plant_feet, within_joint_limits
from training.selection import Clusters, SelectionSettings, balanced_weights, find_clusters, outliers
from training.sources.amass import open_amass
from training.sources.bvh import open_bvh
from training.sources.clips import open_clips
from training.sources.humanml3d import open_humanml3d
from training.sources.recording import FPS, Recording, Skipped, Source, canonical
from training.tally import Tally

VAL_SHARE = 0.08
TEST_SHARE = 0.08
LEAST_CLIP_WEIGHT = 4.0
"""The least a clip counts in sampling; a clip of 16 poses counts as much."""
ACTION_BALANCE = 0.45
"""Poses of a named action (`agreement.RULES`) are drawn by its share to the power of minus this, times their weight:
there is much dancing and walking in captured data, and little kneeling."""
MOST_POSE_WEIGHT = 30.0
"""The most often a single pose is drawn, relative to the mean."""


def split_of(trial: str) -> Split:
    """The side of a trial, by a hash of its name, so that it stays where it is when data is added."""
    position = int.from_bytes(hashlib.sha256(trial.encode()).digest()[:8], "big") / 2**64
    if position < TEST_SHARE:
        return "test"
    return "val" if position < TEST_SHARE + VAL_SHARE else "train"


def splits_of(recordings: Sequence[Recording]) -> list[Split]:
    """The side of each recording: what its source's split files say, else its trial's.

    A trial that split files hold out is held out wherever it comes from, as the same capture may be in two sources.
    """
    held_out = {recording.trial: recording.split for recording in recordings if recording.split in ("val", "test")}
    return [recording.split or held_out.get(recording.trial) or split_of(recording.trial) for recording in recordings]


def prepare(sources: Sequence[Source], settings: SelectionSettings, tally: Tally) -> PreparedSet:
    """Read all sources and pick their poses. Raises ValueError when nothing is left."""
    recordings: list[Recording] = []
    captions: list[Caption] = []
    first_caption: list[int] = []
    picked: list[PickedPoses] = []
    for source_recording in _readable(sources, tally):
        recording, repaired_by = _repaired(source_recording)
        said = captions_of(recording.texts, len(recordings), recording.motion, tally)
        if not said:
            tally.drop("clips", "no caption", example=recording.name)
            continue
        tally.keep("frames brought inside joint limits", (repaired_by > 0).sum())
        picked.append(pick_poses(recording.motion, repaired_by, said, settings, tally))
        recordings.append(recording)
        first_caption.append(len(captions))
        captions += said
    if not any(len(poses.frames) for poses in picked):
        reasons = "; ".join(f"{count} {what}: {why}" for (what, why), count in tally.dropped.items())
        raise ValueError(f"no pose is left of {len(recordings)} captioned clips ({reasons or 'nothing was read'})")

    motions = [recording.motion for recording in recordings]
    starts = np.cumsum([0, *(motion.num_frames for motion in motions)])
    clips = tuple(
        Clip(recording.name, recording.source, recording.trial, split, int(start), motion.num_frames, recording.weight)
        for recording, split, start, motion in zip(recordings, splits_of(recordings), starts, motions, strict=False)
    )
    joints = np.concatenate([poses.joints for poses in picked])
    clusters = find_clusters(joints, settings.num_clusters, settings.seed)
    keep = ~outliers(clusters, settings.outlier_deviations)
    tally.drop("poses", "outliers, far from the centre of their cluster", (~keep).sum())
    clusters = find_clusters(joints[keep], settings.num_clusters, settings.seed)

    pose_clip = np.repeat(np.arange(len(clips)), [len(poses.frames) for poses in picked])[keep]
    pose_frame = np.concatenate([poses.frames for poses in picked])[keep] + starts[pose_clip]
    pairs = [
        [(first + caption, weight) for caption, weight in pose]
        for first, poses in zip(first_caption, picked, strict=True)
        for pose in poses.pairs
    ]
    pairs = [pose for pose, kept in zip(pairs, keep, strict=True) if kept]
    weight = _pose_weights(clips, captions, pose_clip, pairs, clusters, settings.cluster_balance)
    _count(tally, clips, captions, pose_clip, pairs, clusters)
    return PreparedSet(
        fps=FPS,
        clips=clips,
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


def _readable(sources: Sequence[Source], tally: Tally) -> Iterator[Recording]:
    with tqdm(total=sum(source.count for source in sources), unit="clip", desc="reading", disable=None) as progress:
        for source in sources:
            for item in source.read():
                progress.update()
                if isinstance(item, Skipped):
                    tally.drop(f"{source.kind} files", item.reason, example=item.name)
                else:
                    yield item


def _repaired(recording: Recording) -> tuple[Recording, np.ndarray]:
    """The recording inside its joint limits and canonical, and the metres (F,) that the limits moved each frame."""
    motion: Motion = recording.motion if recording.motion.fps == FPS else recording.motion.resampled(FPS)
    repaired = replace(motion, local_rotations=within_joint_limits(motion.local_rotations))
    moved = pose_distance(centred_joints(motion), centred_joints(repaired))
    whole = canonical(replace(recording, motion=repaired))
    return replace(whole, motion=plant_feet(whole.motion)), np.where(moved > 1e-4, moved, 0.0)


def _pose_weights(
    clips: Sequence[Clip],
    captions: Sequence[Caption],
    pose_clip: np.ndarray,
    pairs: Sequence[Sequence[tuple[int, float]]],
    clusters: Clusters,
    balance: float,
) -> np.ndarray:
    """(M,) how often to draw each pose: by what it shows, its source, and its clip's, action's and cluster's size."""
    in_clip = np.bincount(pose_clip, minlength=len(clips))
    source_weight = np.array([clip.weight for clip in clips])
    # A clip counts by the square root of its poses: long ones say more, but not in proportion. The floor keeps a
    # clip of one held pose (kneeling, sitting) from being lost among those of hundreds.
    of_clip = source_weight * np.maximum(np.sqrt(in_clip), LEAST_CLIP_WEIGHT) / np.maximum(in_clip, 1)
    weight = np.array([max(shown for _, shown in pose) for pose in pairs]) * of_clip[pose_clip]

    actions = [[rule.name for rule in rules_named(caption.text)] or ["none"] for caption in captions]
    share: Counter[str] = Counter()
    for pose, part in zip(pairs, weight, strict=True):
        for caption, _ in pose:
            for action in actions[caption]:
                share[action] += part / len(pose)
    rarity = {action: (total / weight.sum()) ** -ACTION_BALANCE for action, total in share.items()}
    of_caption = [np.mean([rarity.get(action, 1.0) for action in named]) for named in actions]
    weight *= [np.mean([of_caption[caption] for caption, _ in pose]) for pose in pairs]

    sides = np.array([clip.split for clip in clips])[pose_clip]
    for split in SPLITS:
        members = sides == split
        if members.any():
            _, labels = np.unique(clusters.labels[members], return_inverse=True)
            balanced = np.minimum(balanced_weights(labels, weight[members], balance), MOST_POSE_WEIGHT)
            weight[members] = balanced / balanced.mean()
    return weight


def _count(
    tally: Tally,
    clips: Sequence[Clip],
    captions: Sequence[Caption],
    pose_clip: np.ndarray,
    pairs: Sequence[Sequence[tuple[int, float]]],
    clusters: Clusters,
) -> None:
    tally.keep("clips", len(clips))
    tally.keep("frames", sum(clip.length for clip in clips))
    tally.keep("captions and their actions", len(captions))
    tally.keep("poses", len(pose_clip))
    tally.keep("pairs of a pose and a caption", sum(map(len, pairs)))
    for split in SPLITS:
        tally.keep(f"clips in {split}", sum(clip.split == split for clip in clips))
        tally.keep(f"poses in {split}", sum(clips[index].split == split for index in pose_clip))
    for source, count in Counter(clips[index].source for index in pose_clip).items():
        tally.keep(f"poses from {source}", count)
    for label, count in enumerate(np.bincount(clusters.labels)):
        tally.keep(f"poses in cluster {label}", count)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `prepare`."""
    sources = parser.add_argument_group("data, as much as you have; each may be given several times")
    for option, help_text in (
        ("--clips", "clips with a manifest.jsonl"),
        ("--humanml3d", "new_joint_vecs/ or new_joints/, texts/ and split files"),
        ("--amass", "AMASS's folders of .npz files; needs --body-model"),
        ("--bvh", "BVH files, captions in .txt files of the same name"),
    ):
        sources.add_argument(option, type=Path, action="append", default=[], metavar="DIR", help=help_text)
    parser.add_argument("--body-model", type=Path, metavar="DIR", help="holds smplh/, smplx/ or smpl/; for --amass")
    parser.add_argument(
        "--captions", type=Path, metavar="FILE", help="HumanML3D's captions as .jsonl(.gz), for --amass"
    )
    parser.add_argument("--output", type=Path, required=True, metavar="DIR", help="the prepared set, replaced if there")
    defaults = SelectionSettings()
    settings = parser.add_argument_group("settings")
    for name, help_text in (
        ("min_seconds", "least time between two poses of a clip"),
        ("min_distance", "least mean joint distance between two poses of a clip, metres"),
        ("min_agreement", "how far a pose must show a caption, 0 to 1"),
        ("num_clusters", "clusters of k-means"),
        ("cluster_balance", "0 draws clusters by size, 1 all equally"),
        ("outlier_deviations", "median deviations from its cluster's centre at which a pose is an outlier"),
        ("seed", "of k-means"),
    ):
        default = getattr(defaults, name)
        option = f"--{name.replace('_', '-')}"
        settings.add_argument(option, type=type(default), default=default, help=f"{help_text} (%(default)s)")


def run(args: argparse.Namespace) -> int:
    """Prepare, save, print the report; 0 on success."""
    settings = SelectionSettings(
        min_seconds=args.min_seconds,
        min_distance=args.min_distance,
        min_agreement=args.min_agreement,
        num_clusters=args.num_clusters,
        cluster_balance=args.cluster_balance,
        outlier_deviations=args.outlier_deviations,
        seed=args.seed,
    )
    sources = [
        *(open_clips(folder) for folder in args.clips),
        *(open_humanml3d(folder) for folder in args.humanml3d),
        *(open_amass(folder, args.body_model, args.captions) for folder in args.amass),
        *(open_bvh(folder) for folder in args.bvh),
    ]
    if not sources:
        raise ValueError("no data given; name at least one of --clips, --humanml3d, --amass, --bvh")
    tally = Tally()
    prepared = prepare(sources, settings, tally)
    _save(prepared, args.output)
    print("\n".join(tally.lines()))
    print(f"written to {args.output}, a picture of the clusters to {args.output / 'clusters.png'}")
    return 0


def _save(prepared: PreparedSet, output: Path) -> None:
    joints = centred_joints(Motion(*prepared.poses()))
    centres = prepared.cluster_centres.astype(np.float64)
    distances = pose_distance(joints, centres[prepared.pose_cluster])

    def write(folder: Path) -> None:
        prepared.write(folder)
        draw_clusters(folder / "clusters.png", joints, Clusters(centres, prepared.pose_cluster, distances))

    write_folder(output, write)

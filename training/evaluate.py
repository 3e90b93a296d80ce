# SPDX-License-Identifier: GPL-3.0-or-later
"""The `evaluate` command: what a checkpoint makes of held-out captions and of prompts, measured and shown."""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np

from blender_addon.core.files import write_atomically
from training.metrics import (
    PoseSet,
    beyond_limits,
    bone_length_error,
    distribution_distance,
    floor_statistics,
    mean_joint_distance,
    own_caption_preference,
    side_agreement,
    spread,
)

if TYPE_CHECKING:
    from backend.generate import GenerateSettings
    from backend.pipeline import GeneratedMotions, PosePipeline
    from training.prepared import PreparedSet

SHOWCASE = (
    "a person stands still",
    "a person walks forward",
    "a person runs",
    "a person kneels on one knee",
    "a person sits on a chair",
    "a person crouches",
    "a person jumps",
    "a person dances",
    "a person kicks with the left leg",
    "a person waves with the right hand",
    "a person bends down to pick something up",
    "a person lies on the floor",
)
"""Prompts shown on every report, so that reports of different checkpoints can be laid side by side."""

_SHOWN = 0.5  # a pose counts as a real example of a caption from this weight on
_PICTURED_CAPTIONS = 8
_PICTURED_WORST = 12


@dataclass(frozen=True)
class Bodies:
    """How plausible a set of bodies is."""

    poses: int
    bone_length_error: float
    """Largest relative deviation from the reference skeleton."""
    beyond_limits: dict[str, float]
    """Share of poses beyond any joint limit ("any") and beyond each."""
    beyond_posecheck_limits: float | None
    """Share of poses beyond PoseCheck's looser limits, where its file was given."""
    floor: dict[str, float]
    """Median clearance in cm, and shares sunk and floating."""


@dataclass(frozen=True)
class HeldOut:
    """Generated poses against the real poses of the same held-out captions."""

    captions: int
    samples: int
    real_poses: int
    distance_size: int
    """How many poses of each set the distances below compare."""
    distance_cm: float
    """Root Frechet distance, cm a joint, from the generated to the real held-out poses."""
    distance_val_cm: float | None
    """The same from real validation poses to the real held-out poses."""
    distance_train_cm: float | None
    """The same from real training poses to the real held-out poses."""
    diversity_cm: float
    """Mean joint distance between generated poses of one caption."""
    diversity_real_cm: float | None
    """Mean joint distance between real poses of one caption, where it has several."""
    own_caption_preference: float | None
    """Share of comparisons in which a generated pose is nearer to its own caption's real poses; 0.5 is chance."""
    side_captions: int
    """Held-out captions that name a side."""
    side_agreement: float | None
    """Share of them whose pose mirrors when left and right change places in the words."""


@dataclass(frozen=True)
class Showcase:
    """How different the poses of the showcase prompts are."""

    prompts: tuple[str, ...]
    spread_cm: tuple[float, ...]
    """Mean joint distance between poses of one prompt."""
    distance_cm: tuple[tuple[float, ...], ...]
    """Mean joint distance between the mean poses of two prompts."""


@dataclass(frozen=True)
class Evaluation:
    """Everything measured of one checkpoint."""

    checkpoint: str
    device: str
    settings: dict[str, Any]
    seconds: float
    generated: Bodies
    real: Bodies
    held_out: HeldOut
    showcase: Showcase
    posecheck: dict[str, Any] | None
    """PoseCheck's own report, where its files were given."""


@dataclass(frozen=True, eq=False)
class Pictured:
    """A prompt whose poses are drawn on the page."""

    group: str
    """Heading it stands under."""
    prompt: str
    note: str
    generated: PoseSet
    real: PoseSet | None = None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `python -m training evaluate`."""
    parser.add_argument(
        "--prepared", type=Path, required=True, metavar="DIR", help="prepared set; its test split is used"
    )
    parser.add_argument("--checkpoint", type=Path, metavar="DIR", help="checkpoint to measure (the one that ships)")
    parser.add_argument("--posecheck", type=Path, metavar="FILE.py", help="PoseCheck's evaluator; with --prompts")
    parser.add_argument("--prompts", type=Path, metavar="FILE.jsonl", help="PoseCheck's prompts; with --posecheck")
    parser.add_argument("--output", type=Path, required=True, metavar="DIR", help="folder for the report")
    parser.add_argument("--num-captions", type=int, default=128, metavar="N", help="held-out captions at most (128)")
    parser.add_argument("--num-samples", type=int, default=8, metavar="N", help="poses a prompt (8)")
    parser.add_argument("--seed", type=int, default=0, metavar="S")
    parser.add_argument("--guidance-scale", type=float, metavar="G", help="the checkpoint's unless given")
    parser.add_argument("--guidance-scale-end", type=float, metavar="G", help="the checkpoint's unless given")
    parser.add_argument("--num-inference-steps", type=int, metavar="K", help="the checkpoint's unless given")
    parser.add_argument("--batch-size", type=int, default=64, metavar="B", help="poses made at once (64)")
    parser.add_argument("--device", default="auto", help="auto, cpu, cuda or cuda:N (auto)")


def run(args: argparse.Namespace) -> int:
    """Carry out `evaluate`: write evaluation.json, evaluation.html, metrics.md and, with PoseCheck, posecheck.npz."""
    if (args.posecheck is None) != (args.prompts is None):
        raise ValueError("--posecheck and --prompts go together: give PoseCheck's evaluator and its prompts file")
    for name, least in (("num_captions", 2), ("num_samples", 2), ("batch_size", 1), ("seed", 0)):
        if getattr(args, name) < least:
            raise ValueError(f"--{name.replace('_', '-')} must be at least {least}, got {getattr(args, name)}")
    posecheck = None if args.posecheck is None else load_posecheck(args.posecheck)
    checked = [] if posecheck is None else posecheck.load_prompts(args.prompts)

    from training.prepared import PreparedSet

    prepared = PreparedSet.load(args.prepared)
    args.output.mkdir(parents=True, exist_ok=True)

    from backend.generate import GenerateSettings
    from backend.pipeline import DEFAULT_CHECKPOINT, PosePipeline
    from training.report import write_report

    checkpoint = args.checkpoint or DEFAULT_CHECKPOINT
    pipeline = PosePipeline.from_pretrained(checkpoint, device=args.device)
    settings = GenerateSettings(
        num_samples=args.num_samples,
        seed=args.seed,
        guidance_scale=args.guidance_scale,
        guidance_scale_end=args.guidance_scale_end,
        num_inference_steps=args.num_inference_steps,
    )
    evaluation, pictured, checked_poses = evaluate(
        pipeline, prepared, settings, str(checkpoint), args.num_captions, args.batch_size, posecheck, checked
    )
    if checked_poses is not None:
        from backend.export import save

        save(checked_poses, args.output / "posecheck.npz")
    write_report(evaluation, pictured, args.output)
    text = json.dumps(_plain(asdict(evaluation)), indent=1) + "\n"
    write_atomically(args.output / "evaluation.json", lambda file: file.write(text.encode()))
    print((args.output / "metrics.md").read_text(encoding="utf-8"))
    print(f"{args.output / 'evaluation.html'}, evaluation.json and metrics.md written")
    return 0


def evaluate(
    pipeline: PosePipeline,
    prepared: PreparedSet,
    settings: GenerateSettings,
    checkpoint: str,
    num_captions: int,
    batch_size: int,
    posecheck: ModuleType | None,
    checked: Sequence[dict[str, Any]],
) -> tuple[Evaluation, list[Pictured], GeneratedMotions | None]:
    """Generate for held-out captions, the showcase and PoseCheck's prompts, and measure.

    Args:
        pipeline: the model.
        prepared: real poses and captions; captions of its test split are held out.
        settings: how every prompt is sampled.
        checkpoint: its name, for the report.
        num_captions: how many held-out captions at most.
        batch_size: poses made at once.
        posecheck: PoseCheck's evaluator, or None.
        checked: PoseCheck's prompts.

    Returns:
        The measures, what to draw, and the poses made for PoseCheck.

    Raises:
        ValueError: when the test split has no captions of poses.
    """
    from tqdm import tqdm

    from backend.generate import generate

    started = time.perf_counter()
    rng = np.random.default_rng(settings.seed)
    captions = held_out_captions(prepared, num_captions, rng)
    swapped = {c.text: c.mirrored_text for c in prepared.captions if c.text in captions and c.mirrored_text != c.text}
    jobs = {
        "captions": list(captions),
        "sides swapped": list(swapped.values()),
        "showcase": list(SHOWCASE),
        "posecheck": [entry["prompt"] for entry in checked],
    }
    made: dict[str, GeneratedMotions] = {}
    with tqdm(total=sum(map(len, jobs.values())) * settings.num_samples, unit="pose") as bar:
        for name, prompts in jobs.items():
            bar.set_description(name)
            if prompts:
                made[name] = generate(pipeline, prompts, settings, batch_size, on_poses=bar.update)

    violations = None if posecheck is None else posecheck.limit_violations
    sets = {name: pose_set(motions) for name, motions in made.items()}
    per_prompt = {name: _by_prompt(sets[name], made[name]) for name in made}
    real_poses = PoseSet(*prepared.poses())
    real_by_caption = [real_poses.chosen(indices) for indices in captions.values()]
    shown = real_poses.chosen(np.unique(np.concatenate(list(captions.values()))))
    every = PoseSet(
        np.concatenate([s.local_rotations for s in sets.values()]),
        np.concatenate([s.root_translation for s in sets.values()]),
    )

    report = None
    if posecheck is not None:
        checked_motions = made["posecheck"]
        report = posecheck.evaluate(
            checked_motions.joints()[:, :, 0], checked_motions.local_rotations[:, :, 0], list(checked)
        )
    texts = list(captions)
    sides = [texts.index(text) for text in swapped]
    evaluation = Evaluation(
        checkpoint=checkpoint,
        device=str(pipeline.device),
        settings=asdict(settings),
        seconds=time.perf_counter() - started,
        generated=measure_bodies(every, violations),
        real=measure_bodies(shown, violations),
        held_out=_held_out(
            prepared, real_poses, shown, sets["captions"], per_prompt["captions"], real_by_caption, rng,
            per_prompt["captions"][sides], per_prompt.get("sides swapped"),
        ),
        showcase=_showcase(per_prompt["showcase"]),
        posecheck=report,
    )  # fmt: skip
    return evaluation, _pictured(made, sets, real_by_caption, report, checked), made.get("posecheck")


def held_out_captions(prepared: PreparedSet, most: int, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Texts of the test split with the indices of the poses that show them, drawn evenly over the clips.

    Raises:
        ValueError: when the test split has no captions of poses.
    """
    pose_of_pair = np.repeat(np.arange(prepared.num_poses), np.diff(prepared.pose_caption_offsets))
    usable = (prepared.pose_split[pose_of_pair] == "test") & (prepared.pose_caption_weights >= _SHOWN)
    poses_of: dict[str, set[int]] = {}
    texts_of_clip: dict[int, list[str]] = {}
    for pose, caption_id in zip(pose_of_pair[usable], prepared.pose_caption_ids[usable], strict=True):
        caption = prepared.captions[caption_id]
        if caption.text not in poses_of:
            texts_of_clip.setdefault(caption.clip, []).append(caption.text)
        poses_of.setdefault(caption.text, set()).add(int(pose))
    if not poses_of:
        raise ValueError("the prepared set's test split has no captions with poses; prepare it with more clips")
    queues = [[texts[i] for i in rng.permutation(len(texts))] for texts in texts_of_clip.values()]
    rng.shuffle(queues)
    longest = max(map(len, queues))
    order = [queue[turn] for turn in range(longest) for queue in queues if turn < len(queue)]
    return {text: np.array(sorted(poses_of[text])) for text in order[:most]}


def load_posecheck(path: Path) -> ModuleType:
    """Load PoseCheck's evaluator from its file.

    Raises:
        ValueError: when the file cannot be loaded or is not PoseCheck.
    """
    if not path.is_file():
        raise ValueError(f"--posecheck: no file {str(path)!r}")
    spec = importlib.util.spec_from_file_location("posecheck", path)
    if spec is None or spec.loader is None:
        raise ValueError(f"--posecheck: expected a Python file, got {str(path)!r}")
    module = importlib.util.module_from_spec(spec)
    sys.modules["posecheck"] = module  # dataclasses look their module up there
    try:
        spec.loader.exec_module(module)
    except Exception as error:  # the file is not ours, so it may fail in any way
        raise ValueError(f"--posecheck: {str(path)!r} does not load ({type(error).__name__}: {error})") from error
    missing = [name for name in ("load_prompts", "evaluate", "limit_violations") if not hasattr(module, name)]
    if missing:
        raise ValueError(f"--posecheck: {str(path)!r} has no {', '.join(missing)}; expected PoseCheck's posecheck.py")
    return module


def pose_set(motions: GeneratedMotions) -> PoseSet:
    """The first frames of all motions, prompt after prompt, as (P * S) poses."""
    rotations, translation = motions.local_rotations[:, :, 0], motions.root_translation[:, :, 0]
    return PoseSet(rotations.reshape(-1, *rotations.shape[2:]), translation.reshape(-1, 3))


def measure_bodies(poses: PoseSet, violations: Callable[[np.ndarray], np.ndarray] | None) -> Bodies:
    """Bone lengths, joint limits and floor of a set of poses; `violations` is PoseCheck's rule for limits."""
    return Bodies(
        poses=len(poses),
        bone_length_error=bone_length_error(poses.joints),
        beyond_limits=beyond_limits(poses),
        beyond_posecheck_limits=None if violations is None else float(violations(poses.local_rotations).mean()),
        floor=floor_statistics(poses),
    )


def _by_prompt(poses: PoseSet, motions: GeneratedMotions) -> np.ndarray:
    """Canonical joints (P, S, 22, 3)."""
    return poses.canonical_joints.reshape(motions.num_prompts, motions.num_samples, *poses.canonical_joints.shape[1:])


def _held_out(
    prepared: PreparedSet,
    real_poses: PoseSet,
    shown: PoseSet,
    generated: PoseSet,
    by_caption: np.ndarray,
    real_by_caption: list[PoseSet],
    rng: np.random.Generator,
    sided: np.ndarray,
    swapped: np.ndarray | None,
) -> HeldOut:
    captioned = np.diff(prepared.pose_caption_offsets) > 0
    others = {
        split: real_poses.chosen(np.flatnonzero((prepared.pose_split == split) & captioned))
        for split in ("val", "train")
    }
    size = min([len(shown), len(generated), *(len(poses) for poses in others.values() if len(poses) > 1)])
    references = {
        split: distribution_distance(poses, shown, rng, size) if len(poses) > 1 and size > 1 else None
        for split, poses in others.items()
    }
    real_spreads = [spread(poses.canonical_joints) for poses in real_by_caption if len(poses) > 1]
    preference = own_caption_preference(list(by_caption), [poses.canonical_joints for poses in real_by_caption])
    return HeldOut(
        captions=len(by_caption),
        samples=by_caption.shape[1],
        real_poses=len(shown),
        distance_size=size,
        distance_cm=distribution_distance(generated, shown, rng, size),
        distance_val_cm=references["val"],
        distance_train_cm=references["train"],
        diversity_cm=float(100 * np.mean([spread(joints) for joints in by_caption])),
        diversity_real_cm=float(100 * np.mean(real_spreads)) if real_spreads else None,
        own_caption_preference=None if np.isnan(preference) else preference,
        side_captions=len(sided),
        side_agreement=None if swapped is None else float(side_agreement(sided, swapped).mean()),
    )


def _showcase(by_prompt: np.ndarray) -> Showcase:
    means = by_prompt.mean(1)
    distances = 100 * mean_joint_distance(means[:, None], means[None])
    return Showcase(
        SHOWCASE,
        tuple(float(100 * spread(joints)) for joints in by_prompt),
        tuple(tuple(map(float, row)) for row in distances),
    )


def _pictured(
    made: dict[str, GeneratedMotions],
    sets: dict[str, PoseSet],
    real_by_caption: list[PoseSet],
    report: dict[str, Any] | None,
    checked: Sequence[dict[str, Any]],
) -> list[Pictured]:
    """What the page draws: the showcase, some held-out captions beside their real poses, and the worst prompts."""

    def of(name: str, prompt: int) -> PoseSet:
        samples = made[name].num_samples
        return sets[name].chosen(np.arange(prompt * samples, (prompt + 1) * samples))

    pictures = [Pictured("Showcase prompts", prompt, "", of("showcase", p)) for p, prompt in enumerate(SHOWCASE)]
    for p, prompt in enumerate(made["captions"].prompts[:_PICTURED_CAPTIONS]):
        pictures.append(Pictured("Held-out captions", prompt, "", of("captions", p), real_by_caption[p]))
    if report is not None:
        rates = [report["by_prompt"][entry["id"]] for entry in checked]
        # Neighbours in the file are alike, so equals are taken from all over it.
        shuffled = np.random.default_rng(0).permutation(len(rates))
        for p in shuffled[np.argsort(np.array(rates)[shuffled], kind="stable")][:_PICTURED_WORST]:
            note = f"{checked[p]['id']}, {', '.join(checked[p]['tags'])}: {rates[p]:.0%} pass"
            pictures.append(Pictured("Worst PoseCheck prompts", checked[p]["prompt"], note, of("posecheck", int(p))))
    return pictures


def _plain(value: Any) -> Any:
    """JSON has no NaN: a measure that could not be taken becomes null."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return None if isinstance(value, float) and not np.isfinite(value) else value

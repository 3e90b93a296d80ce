# SPDX-License-Identifier: GPL-3.0-or-later
"""The `evaluate` command: what a checkpoint makes of held-out captions and of prompts, measured and shown."""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np

from blender_addon.core.files import write_atomically
from training.evaluation import (
    Bodies,
    CandidateGain,
    Evaluation,
    HeldOut,
    Pictured,
)
from training.metrics import (
    PoseSet,
    beyond_limits,
    bone_length_error,
    distribution_distance,
    flesh_statistics,
    floor_statistics,
    own_caption_preference,
    side_agreement,
    spread,
)
from training.pictures import SHOWCASE, pictured, showcase

if TYPE_CHECKING:
    from backend.generate import GenerateSettings
    from backend.generated import GeneratedMotions
    from backend.pipeline import PosePipeline
    from training.prepared import PreparedSet

_SHOWN = 0.5  # a pose counts as a real example of a caption from this weight on


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `python -m training evaluate`."""
    parser.add_argument(
        "--prepared", type=Path, required=True, metavar="DIR", help="prepared set; its test split is used"
    )
    parser.add_argument("--checkpoint", type=Path, metavar="DIR", help="checkpoint to measure (the one that ships)")
    parser.add_argument("--posecheck", type=Path, metavar="FILE.py", help="PoseCheck's evaluator; with --prompts")
    parser.add_argument("--prompts", type=Path, metavar="FILE.jsonl", help="PoseCheck's prompts; with --posecheck")
    parser.add_argument("--gains", type=Path, metavar="FILE.json", help="what `training gains` wrote, to be shown too")
    parser.add_argument("--output", type=Path, required=True, metavar="DIR", help="folder for the report")
    parser.add_argument(
        "--num-random", type=int, default=100, metavar="N", help="random prompts of the grammar (100; 0: none)"
    )
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
    for name, least in (("num_captions", 2), ("num_samples", 2), ("batch_size", 1), ("seed", 0), ("num_random", 0)):
        if getattr(args, name) < least:
            raise ValueError(f"--{name.replace('_', '-')} must be at least {least}, got {getattr(args, name)}")
    posecheck = None if args.posecheck is None else load_posecheck(args.posecheck)
    checked = [] if posecheck is None else posecheck.load_prompts(args.prompts)
    gains = None if args.gains is None else read_gains(args.gains)

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
        pipeline,
        prepared,
        settings,
        str(checkpoint),
        args.num_captions,
        args.batch_size,
        posecheck,
        checked,
        args.num_random,
    )
    evaluation = replace(evaluation, gains=gains)
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
    num_random: int = 0,
) -> tuple[Evaluation, list[Pictured], GeneratedMotions | None]:
    """Generate for held-out captions, the showcase, PoseCheck's and random prompts, and measure.

    What is chosen among candidates is made once more without a choice, where its gain is to be told.

    Args:
        pipeline: the model.
        prepared: real poses and captions; captions of its test split are held out.
        settings: how every prompt is sampled.
        checkpoint: its name, for the report.
        num_captions: how many held-out captions at most.
        batch_size: poses made at once.
        posecheck: PoseCheck's evaluator, or None.
        checked: PoseCheck's prompts.
        num_random: how many prompts to draw from the grammar.

    Returns:
        The measures, what to draw, and the poses made for PoseCheck.

    Raises:
        ValueError: when the test split has no captions of poses.
    """
    from tqdm import tqdm

    from backend.generate import generate
    from training.random_prompts import measure_random, random_prompts
    from training.retrieval import measure_retrieval

    started = time.perf_counter()
    rng = np.random.default_rng(settings.seed)
    captions = held_out_captions(prepared, num_captions, rng)
    drawn = random_prompts(num_random)
    jobs = {
        "captions": list(captions),
        "sides swapped": [other for text, other in _mirrored(prepared, captions).items() if other != text],
        "showcase": list(SHOWCASE),
        "posecheck": [entry["prompt"] for entry in checked],
        "random": [prompt.text for prompt in drawn],
    }
    candidates = pipeline.config.candidates if settings.candidates is None else settings.candidates
    again = ["posecheck", "random", *(["captions"] if pipeline.alignment is not None else [])] if candidates > 1 else []
    made: dict[str, GeneratedMotions] = {}
    first: dict[str, GeneratedMotions] = {}
    total = sum(map(len, jobs.values())) + sum(len(jobs[name]) for name in again)
    with tqdm(total=total * settings.num_samples, unit="pose") as bar:
        for name, prompts in jobs.items():
            bar.set_description(name)
            if prompts:
                made[name] = generate(pipeline, prompts, settings, batch_size, on_poses=bar.update)
            if prompts and name in again:
                bar.set_description(f"{name}, no choice")
                first[name] = generate(
                    pipeline, prompts, replace(settings, candidates=1), batch_size, on_poses=bar.update
                )

    def check(poses: GeneratedMotions) -> dict[str, Any]:
        assert posecheck is not None
        report: dict[str, Any] = posecheck.evaluate(
            poses.joints()[:, :, 0], poses.local_rotations[:, :, 0], list(checked)
        )
        return report

    violations = None if posecheck is None else posecheck.limit_violations
    report = check(made["posecheck"]) if "posecheck" in made else None
    random = measure_random(drawn, pose_set(made["random"])) if drawn else None
    every = PoseSet(*prepared.poses())
    ranking = None
    if candidates > 1:
        ranking = CandidateGain(
            candidates=candidates,
            by_text=pipeline.alignment is not None,
            random_first=measure_random(drawn, pose_set(first["random"])).all_met if drawn else None,
            random_chosen=None if random is None else random.all_met,
            posecheck_first=check(first["posecheck"])["pass_rate"] if "posecheck" in first else None,
            posecheck_chosen=None if report is None else report["pass_rate"],
        )
    sets = [pose_set(motions) for motions in made.values()]
    generated = PoseSet(
        np.concatenate([poses.local_rotations for poses in sets]), np.concatenate([p.root_translation for p in sets])
    )
    evaluation = Evaluation(
        checkpoint=checkpoint,
        device=str(pipeline.device),
        settings=asdict(settings),
        generated=measure_bodies(generated, violations),
        real=measure_bodies(every.chosen(np.unique(np.concatenate(list(captions.values())))), violations),
        held_out=_held_out(prepared, captions, made, rng),
        showcase=showcase(made["showcase"], _by_prompt(made["showcase"])),
        posecheck=report,
        random=random,
        retrieval=measure_retrieval(
            pipeline,
            captions,
            every,
            pose_set(made["captions"]),
            pose_set(first["captions"]) if "captions" in first else None,
            rng,
        ),
        ranking=ranking,
        seconds=time.perf_counter() - started,
    )
    return evaluation, pictured(every, captions, made, report, checked, random), made.get("posecheck")


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


def read_gains(path: Path) -> dict[str, Any]:
    """What `python -m training gains --output` wrote.

    Raises:
        ValueError: when the file is not that.
    """
    try:
        gains = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ValueError(f"--gains: {str(path)!r} cannot be read ({error})") from error
    if not isinstance(gains, dict) or not gains.keys() <= {"constraints", "edits", "ranking"}:
        raise ValueError(f"--gains: {str(path)!r} is not what `training gains --output` writes")
    return gains


def pose_set(motions: GeneratedMotions) -> PoseSet:
    """The first frames of all motions, prompt after prompt, as (P * S) poses."""
    rotations, translation = motions.local_rotations[:, :, 0], motions.root_translation[:, :, 0]
    return PoseSet(rotations.reshape(-1, *rotations.shape[2:]), translation.reshape(-1, 3))


def measure_bodies(poses: PoseSet, violations: Callable[[np.ndarray], np.ndarray] | None) -> Bodies:
    """Bone lengths, joint limits, floor and flesh of a set of poses; `violations` is PoseCheck's rule for limits."""
    return Bodies(
        poses=len(poses),
        bone_length_error=bone_length_error(poses.joints),
        beyond_limits=beyond_limits(poses),
        beyond_posecheck_limits=None if violations is None else float(violations(poses.local_rotations).mean()),
        floor=floor_statistics(poses),
        flesh=flesh_statistics(poses),
    )


def _by_prompt(motions: GeneratedMotions) -> np.ndarray:
    """Canonical joints (P, S, 22, 3)."""
    joints = pose_set(motions).canonical_joints
    return joints.reshape(motions.num_prompts, motions.num_samples, *joints.shape[1:])


def _held_out(
    prepared: PreparedSet, captions: dict[str, np.ndarray], made: dict[str, GeneratedMotions], rng: np.random.Generator
) -> HeldOut:
    every = PoseSet(*prepared.poses())
    captioned = np.diff(prepared.pose_caption_offsets) > 0
    real = every.chosen(np.unique(np.concatenate(list(captions.values()))))
    real_joints = [every.chosen(indices).canonical_joints for indices in captions.values()]
    generated = pose_set(made["captions"])
    by_caption = _by_prompt(made["captions"])
    others = {
        split: every.chosen(np.flatnonzero((prepared.pose_split == split) & captioned)) for split in ("val", "train")
    }
    size = min([len(real), len(generated), *(len(poses) for poses in others.values() if len(poses) > 1)])
    references = {
        split: distribution_distance(poses, real, rng, size) if len(poses) > 1 else None
        for split, poses in others.items()
    }
    spreads = np.array([spread(joints) for joints in by_caption])
    real_spreads = np.array([spread(joints) for joints in real_joints])
    several = np.isfinite(real_spreads) & (real_spreads > 0)
    agreement = None
    if "sides swapped" in made:
        sided = [prompt != mirrored for prompt, mirrored in _mirrored(prepared, captions).items()]
        agreement = float(side_agreement(by_caption[sided], _by_prompt(made["sides swapped"])).mean())
    return HeldOut(
        captions=len(captions),
        samples=by_caption.shape[1],
        real_poses=len(real),
        distance_size=size,
        distance_cm=distribution_distance(generated, real, rng, size),
        distance_val_cm=references["val"],
        distance_train_cm=references["train"],
        diversity_cm=float(100 * spreads.mean()),
        diversity_real_cm=float(100 * real_spreads[several].mean()) if several.any() else None,
        diversity_ratio=float(spreads[several].mean() / real_spreads[several].mean()) if several.any() else None,
        own_caption_preference=own_caption_preference(list(by_caption), real_joints) if len(captions) > 1 else None,
        side_captions=made["sides swapped"].num_prompts if "sides swapped" in made else 0,
        side_agreement=agreement,
    )


def _mirrored(prepared: PreparedSet, captions: dict[str, np.ndarray]) -> dict[str, str]:
    """Each of these texts with left and right exchanged, the same where it names no side."""
    mirrored = {caption.text: caption.mirrored_text for caption in prepared.captions}
    return {text: mirrored[text] for text in captions}


def _plain(value: Any) -> Any:
    """JSON has no NaN: a measure that could not be taken becomes null."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return None if isinstance(value, float) and not np.isfinite(value) else value

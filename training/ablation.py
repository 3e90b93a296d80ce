# SPDX-License-Identifier: GPL-3.0-or-later
"""The `ablation` command: what each part is worth, by short training runs of equal budgets that leave one part out."""

from __future__ import annotations

import argparse
import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from backend.checkpoint import load_checkpoint, load_text_encoder, write_json, write_text
from backend.generate import GenerateSettings, generate
from backend.pipeline import PosePipeline
from backend.text_encoder import TextEncoder
from training.align import AlignConfig, align
from training.dataset import BatchSource, GrammarDataset, MixedDataset, PoseDataset
from training.distill import read_texts
from training.evaluate import held_out_captions, pose_set
from training.grammar.contamination import read_prompts
from training.grammar.stored import GrammarSet
from training.ground import GroundConfig, ground, load_pose_scaler
from training.metrics import PoseSet, beyond_limits, distribution_distance, own_caption_preference
from training.prepared import PreparedSet
from training.random_prompts import measure_random, random_prompts
from training.scorecard import cm, percent
from training.train import TrainConfig, train

EVERYTHING = "everything"
VARIANTS = (EVERYTHING, "without the grammar", "without real motion", "without distillation")
"""What is trained; "without ranking" is the first of them, sampled without a choice, as are the others."""


@dataclass(frozen=True)
class AblationConfig:
    """The budget of every variant, and how it is measured."""

    ground: GroundConfig = field(
        default_factory=lambda: GroundConfig(num_steps=500, num_prompts=128, warmup_steps=50, ema_decay=0.99)
    )
    train: TrainConfig = field(
        default_factory=lambda: TrainConfig(
            num_steps=1000,
            poses_per_prompt=2,
            grammar_share=0.9,
            learning_rate=1e-3,
            noise_power=0.35,
            warmup_steps=100,
            ema_decay=0.99,
        )
    )
    align: AlignConfig | None = field(
        default_factory=lambda: AlignConfig(num_steps=1000, most_drafts=16_000, limb_texts=4_000, own_texts=2_000)
    )
    """Of the variant with everything, for ranking; None ranks by soundness alone."""
    num_random: int = 100
    num_captions: int = 64
    num_samples: int = 4


DEFAULT = AblationConfig()


@dataclass(frozen=True)
class Row:
    """What a variant reaches."""

    name: str
    all_met: float
    """Share of samples that do all that a random prompt of the grammar says."""
    goals_met: float
    """Mean share of single goals that are met."""
    own_caption: float
    """How often a pose is more like its own held-out caption's real poses than another's; 0.5 is chance."""
    distance_cm: float
    """Root Frechet distance to the real poses of the held-out captions, cm a joint."""
    beyond_limits: float


def ablate(
    config: AblationConfig,
    prepared: PreparedSet,
    sets: Sequence[GrammarSet],
    tower: TextEncoder,
    folder: Path,
    *,
    anchors: Sequence[str] = (),
    exclude: Iterable[str] = (),
    settings: GenerateSettings | None = None,
    precision: str = "auto",
    cpu: bool = False,
) -> list[Row]:
    """Train and measure every variant; what was trained before in this folder is gone on with.

    Args:
        config: the budget, the same for all.
        prepared: real poses and captions.
        sets: poses of the grammar.
        tower: a distilled text tower that no pose has taught yet.
        folder: of the runs, one each.
        anchors: texts whose meaning a distilled tower must keep.
        exclude: texts that are never trained on.
        settings: how poses are sampled.
        precision: see `loop.mixed_precision`.
        cpu: stay on the CPU even where there is a GPU.

    Returns:
        Everything with ranking, everything without, and the other variants without.
    """
    real, grammar = PoseDataset(prepared, "train"), GrammarDataset(sets, exclude)
    device = "cpu" if cpu else "auto"
    first = dataclasses.replace(settings or GenerateSettings(), num_samples=config.num_samples, candidates=1)
    rows: list[Row] = []
    for name in VARIANTS:
        print(f"== {name}", flush=True)
        checkpoint = _trained(
            config,
            *_sources(name, real, grammar, config),
            _random_like(tower, real) if name == "without distillation" else tower,
            folder / name.replace(" ", "_"),
            () if name == "without distillation" else anchors,
            precision,
            cpu,
        )
        pipeline = PosePipeline.from_pretrained(checkpoint, device)
        rows.append(_measured("without ranking" if name == EVERYTHING else name, config, pipeline, prepared, first))
        if name == EVERYTHING:
            alignment = None
            if config.align is not None:
                alignment, _ = align(config.align, load_checkpoint(checkpoint), sets, real, None, device)
            ranked = PosePipeline(dataclasses.replace(load_checkpoint(checkpoint), alignment=alignment), device)
            chosen = dataclasses.replace(first, candidates=None)
            rows.insert(0, _measured(name, config, ranked, prepared, chosen))
    return rows


def _sources(
    name: str, real: PoseDataset, grammar: GrammarDataset, config: AblationConfig
) -> tuple[BatchSource, BatchSource]:
    """What a variant's tower and its denoiser learn from."""
    if name == "without the grammar":
        return real, real
    if name == "without real motion":
        return grammar, grammar
    shares = (config.ground.grammar_share, config.train.grammar_share)
    first, second = (MixedDataset(((grammar, share), (real, 1 - share))) for share in shares)
    return first, second


def _random_like(tower: TextEncoder, real: PoseDataset) -> TextEncoder:
    """A tower of the same shape that no teacher has taught."""
    untaught = TextEncoder.from_config(tower.config)
    untaught.fit_statistics(real.prompts())
    return untaught.eval()


def _trained(
    config: AblationConfig,
    to_ground: BatchSource,
    to_train: BatchSource,
    tower: TextEncoder,
    folder: Path,
    anchors: Sequence[str],
    precision: str,
    cpu: bool,
) -> Path:
    """Ground the tower, train a denoiser on it; the folder of the checkpoint."""

    def unfinished(run: Path) -> bool:
        return (run / "state.safetensors").exists()

    grounded = ground(
        config.ground,
        to_ground,
        tower,
        folder / "ground",
        anchors=anchors,
        resume=unfinished(folder / "ground"),
        precision=precision,
        cpu=cpu,
    )
    return train(
        dataclasses.replace(config.train, text_encoder=folder.name),
        to_train,
        load_text_encoder(grounded),
        folder / "train",
        anchors=anchors,
        scaler=load_pose_scaler(grounded),
        described=f"a short run to compare: {folder.name.replace('_', ' ')}",
        resume=unfinished(folder / "train"),
        precision=precision,
        cpu=cpu,
    )


def _measured(
    name: str, config: AblationConfig, pipeline: PosePipeline, prepared: PreparedSet, settings: GenerateSettings
) -> Row:
    prompts = random_prompts(config.num_random)
    captions = held_out_captions(prepared, config.num_captions, np.random.default_rng(0))
    by_prompt = pose_set(generate(pipeline, [prompt.text for prompt in prompts], settings))
    by_caption = pose_set(generate(pipeline, list(captions), settings))
    random = measure_random(prompts, by_prompt)
    every = PoseSet(*prepared.poses())
    real = every.chosen(np.unique(np.concatenate(list(captions.values()))))
    generated = list(by_caption.canonical_joints.reshape(len(captions), -1, *by_caption.joints.shape[1:]))
    size = min(len(real), len(by_caption))
    return Row(
        name,
        random.all_met,
        random.goals_met,
        own_caption_preference(generated, [every.chosen(indices).canonical_joints for indices in captions.values()]),
        distribution_distance(by_caption, real, np.random.default_rng(0), size),
        beyond_limits(by_prompt)["any"],
    )


def table(rows: Sequence[Row], config: AblationConfig) -> str:
    """The rows in Markdown, for the model card."""
    head = (
        "variant",
        "all that is said",
        "single goals",
        "own-caption preference",
        "distance to real",
        "beyond limits",
    )
    lines = [f"| {' | '.join(head)} |", "|---" * len(head) + "|"]
    lines += [
        f"| {row.name} | {percent(row.all_met)} | {percent(row.goals_met)} | {percent(row.own_caption)} | "
        f"{cm(row.distance_cm)} | {percent(row.beyond_limits)} |"
        for row in rows
    ]
    budget = (
        f"{config.ground.num_steps:,} steps of grounding with {config.ground.num_prompts} texts and "
        f"{config.train.num_steps:,} of training with {config.train.num_prompts}"
    )
    lines += [
        "",
        f"Each variant: {budget}, the same seeds, and first candidates but for the first row. Measured on "
        f"{config.num_random} random prompts of the grammar and {config.num_captions} held-out captions at most, "
        f"{config.num_samples} samples each.",
    ]
    return "\n".join(lines) + "\n"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `python -m training ablation`."""
    parser.add_argument("--prepared", type=Path, required=True, metavar="DIR", help="prepared set")
    parser.add_argument("--grammar", type=Path, nargs="+", required=True, metavar="DIR", help="grammar sets")
    parser.add_argument(
        "--tower", type=Path, required=True, metavar="DIR", help="tower that `training distill` wrote, not grounded yet"
    )
    parser.add_argument("--texts", type=Path, nargs="*", default=[], help="captions whose meaning the tower must keep")
    parser.add_argument("--exclude", type=Path, help="prompts (.jsonl) that are to test the model: never trained on")
    parser.add_argument("--output", type=Path, required=True, metavar="DIR", help="folder of runs and table")
    for name, value, summary in (
        ("ground-steps", DEFAULT.ground.num_steps, "steps of grounding a variant"),
        ("train-steps", DEFAULT.train.num_steps, "steps of training a variant"),
        ("align-steps", 1000, "steps of aligning the one with everything; 0: rank by soundness alone"),
        ("num-random", DEFAULT.num_random, "random prompts to measure on"),
        ("num-captions", DEFAULT.num_captions, "held-out captions to measure on"),
        ("num-samples", DEFAULT.num_samples, "poses a prompt"),
    ):
        parser.add_argument(f"--{name}", type=int, default=value, metavar="N", help=f"{summary} ({value})")
    parser.add_argument("--guidance-scale", type=float, metavar="G", help="the checkpoints' unless given")
    parser.add_argument("--num-inference-steps", type=int, metavar="K", help="the checkpoints' unless given")
    parser.add_argument("--precision", choices=("auto", "no", "bf16", "fp16"), default="auto")
    parser.add_argument("--cpu", action="store_true", help="stay on the CPU")


def run(args: argparse.Namespace) -> int:
    """Carry out `ablation`: write ablation.md and ablation.json; the same command goes on with a stopped one."""
    for name, least in (("ground_steps", 1), ("train_steps", 1), ("num_random", 1), ("num_captions", 2)):
        if getattr(args, name) < least:
            raise ValueError(f"--{name.replace('_', '-')} must be at least {least}, got {getattr(args, name)}")
    config = AblationConfig(
        dataclasses.replace(DEFAULT.ground, num_steps=args.ground_steps),
        dataclasses.replace(DEFAULT.train, num_steps=args.train_steps),
        dataclasses.replace(DEFAULT.align, num_steps=args.align_steps) if DEFAULT.align and args.align_steps else None,
        args.num_random,
        args.num_captions,
        args.num_samples,
    )
    prepared = PreparedSet.load(args.prepared)
    rows = ablate(
        config,
        prepared,
        [GrammarSet.load(folder) for folder in args.grammar],
        load_text_encoder(args.tower),
        args.output,
        anchors=read_texts(args.texts) if args.texts else PoseDataset(prepared, "train").prompts(),
        exclude=read_prompts(args.exclude) if args.exclude else (),
        settings=GenerateSettings(guidance_scale=args.guidance_scale, num_inference_steps=args.num_inference_steps),
        precision=args.precision,
        cpu=args.cpu,
    )
    text = table(rows, config)
    write_text(text, args.output / "ablation.md")
    content = {"config": dataclasses.asdict(config), "rows": [dataclasses.asdict(row) for row in rows]}
    write_json(content, args.output / "ablation.json")
    print(text)
    return 0

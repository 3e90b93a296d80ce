# SPDX-License-Identifier: GPL-3.0-or-later
"""`python -m training train`: the training loop of the denoiser, on a CPU, one GPU, or many through accelerate."""

from __future__ import annotations

import argparse
import copy
import dataclasses
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import numpy as np
import torch
from accelerate import Accelerator
from diffusers.schedulers.scheduling_ddpm import DDPMScheduler
from torch import Tensor
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn
from torch.utils.tensorboard import SummaryWriter
from tqdm import tqdm

from backend.checkpoint import (
    DEFAULT_CHECKPOINT,
    Checkpoint,
    SamplingConfig,
    load_checkpoint,
    load_text_encoder,
    save_checkpoint,
    write_json,
)
from backend.denoiser import Denoiser, DenoiserConfig
from backend.features import FeatureScaler
from backend.text_encoder import EMBEDDED, TextEncoder, TextEncoderConfig
from training.dataset import LENGTH_CLASSES, BatchSource, GrammarDataset, MixedDataset, PoseDataset
from training.distill import read_texts
from training.grammar.contamination import read_prompts
from training.grammar.stored import GrammarSet
from training.ground import load_pose_scaler
from training.loop import batch_number, drawn_anchors, millions, mixed_precision, rate_at
from training.losses import LossWeights, nearest_reading
from training.objective import Noising, batch_losses
from training.optimizer import MuonWithAdamW
from training.prepared import PreparedSet
from training.run_state import RunState, load_state, save_state
from training.text_to_pose import TextToPose

VALIDATION_BATCHES = 8


@dataclass(frozen=True)
class TrainConfig:
    """Everything that decides a run; a resumed run must have the same."""

    num_steps: int = 20_000
    """May grow when a run is resumed before its learning rate has begun to fall."""
    num_prompts: int = 64
    """Texts in a batch, on each device."""
    poses_per_prompt: int = 4
    grammar_share: float = 0.75
    """Share of the texts that come from the pose grammar, where a set of it is given; the rest are real captions."""
    learning_rate: float = 6e-4
    encoder_rate: float = 0.25
    """The text tower learns at this share of the learning rate; 0 leaves it as it was distilled."""
    anchor_texts: int = 16
    """Texts in a batch whose meaning the learning tower must keep."""
    anchor_weight: float = 1.0
    weight_decay: float = 0.01
    warmup_steps: int = 500
    """Steps in which the learning rate rises; then it stays."""
    decay: float = 0.2
    """Share of the steps, the last, in which it falls to nothing."""
    gradient_clip: float = 1.0
    ema_decay: float = 0.999
    noise_power: float = 0.7
    """Timesteps are drawn as a uniform number to this power: below 1 they lean to strong noise, where words decide."""
    text_dropout: float = 0.1
    """Share of samples trained without their text, for guidance."""
    constraint_rate: float = 0.35
    """Share of samples of which something is given: joints, limbs or positions."""
    own_samples: bool = False
    """Whether the model also makes a pose of each prompt itself, in few steps, and learns by what its text asks for."""
    width: int = DenoiserConfig.width
    layers: int = DenoiserConfig.layers
    heads: int = DenoiserConfig.heads
    seed: int = 0
    text_encoder: str = ""
    start: str = ""
    """The checkpoint that the denoiser goes on from."""
    losses: LossWeights = dataclasses.field(default_factory=LossWeights)


def train(
    config: TrainConfig,
    dataset: BatchSource,
    encoder: TextEncoder,
    folder: Path,
    *,
    validation: Mapping[str, BatchSource] = MappingProxyType({}),
    anchors: Sequence[str] = (),
    scaler: FeatureScaler | None = None,
    start: Denoiser | None = None,
    described: str = "",
    resume: bool = False,
    save_every: int = 1000,
    precision: str = "auto",
    cpu: bool = False,
) -> Path:
    """Train a denoiser, and its text tower along with it; returns the folder of the checkpoint.

    Args:
        dataset: Poses and their texts, from real motion, from the grammar, or mixed.
        folder: Of the run: `state.safetensors` (to resume), `checkpoint/` (averaged weights, ready to use) and
            TensorBoard's events. All are written atomically.
        validation: Held-out batches by name, measured at every save.
        anchors: Texts whose meaning the tower must keep while it learns; none leaves it free.
        scaler: Of the mean poses that a grounded tower stands for; None learns them anew.
        start: A denoiser to go on from, of the same text tower or of one that was grounded further since; its shape
            then counts, not the config's. None starts anew.
        described: What it is trained on, for the model card.
        resume: Go on from `state.safetensors`; every batch, noise and rate is then what it would have been.
        save_every: Steps between saves.
        precision: "bf16", "fp16" or "no"; "auto" takes bf16 where the processor or the GPU multiplies it natively.
        cpu: Stay on the CPU even where there is a GPU.

    Raises:
        ValueError: The folder holds a run and `resume` is off, or holds another run than `config`, or none to resume.
    """
    state_path = folder / "state.safetensors"
    if state_path.exists() and not resume:
        raise ValueError(f"{folder} already holds a run; add --resume to go on with it, or name another folder")
    if resume and not state_path.exists():
        raise ValueError(f"{folder} holds no run to resume (no {state_path.name})")
    # Torch's fused attention is several times slower than plain products at a limb's seven tokens, backward above all.
    torch.backends.cuda.enable_flash_sdp(False)
    accelerator = Accelerator(mixed_precision=mixed_precision(precision, cpu), cpu=cpu)
    device, rank = accelerator.device, accelerator.process_index
    torch.manual_seed(config.seed)
    reader = encoder.limb_reader
    denoiser = _denoiser(config, encoder, start)
    encoder_learns = config.encoder_rate > 0 and encoder.config.name == EMBEDDED
    anchor = encoder.to(device).eval().requires_grad_(False)
    if start is None and (reader is None or scaler is None):
        denoiser.scaler.fit(dataset.features_to_scale(8192))
    elif reader is not None and scaler is not None:
        denoiser.scaler.load_state_dict(scaler.state_dict())
        denoiser.mean_pose.data.copy_(reader.mean_pose)
        if reader.readings > 1:
            denoiser.likely.data.copy_(reader.likely)
        if start is None:
            denoiser.spread.data[1] = _spread(denoiser, anchor, dataset, config.seed).log()
    encoder = copy.deepcopy(anchor)
    raw = TextToPose(encoder, denoiser, encoder_learns).to(device)
    average = AveragedModel(raw, multi_avg_fn=get_ema_multi_avg_fn(config.ema_decay)).to(device)
    averaged: TextToPose = average.module  # type: ignore[assignment]
    networks = [(denoiser.named_parameters(), config.learning_rate)]
    if encoder_learns:
        networks.append((encoder.named_parameters(), config.learning_rate * config.encoder_rate))
    optimizer: torch.optim.Optimizer = MuonWithAdamW(networks, config.weight_decay)
    rate = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: rate_at(step, config))
    run = RunState(raw, average, optimizer, rate)
    first = load_state(run, state_path, config) if resume else 0
    for group, base in zip(optimizer.param_groups, rate.base_lrs, strict=True):
        # A run that was made longer has another rate here than when it was saved.
        group["lr"] = base * rate_at(first, config)
    model, optimizer = accelerator.prepare(raw, optimizer)
    noising = Noising(config.noise_power, config.text_dropout, config.constraint_rate)
    schedule = DDPMScheduler(SamplingConfig.num_train_timesteps, beta_schedule="squaredcos_cap_v2")
    if accelerator.is_main_process:
        print(
            f"{len(dataset):,} poses; {millions(raw)} parameters that learn on {device} "
            f"({accelerator.mixed_precision} precision), {accelerator.num_processes} process(es); "
            f"steps {first:,} to {config.num_steps:,}"
        )
    writer = SummaryWriter(str(folder / "tensorboard")) if accelerator.is_main_process else None
    progress = tqdm(
        range(first, config.num_steps),
        initial=first,
        total=config.num_steps,
        unit="step",
        mininterval=1.0,
        disable=not accelerator.is_main_process,
    )
    for step in progress:
        number = batch_number(step, rank)
        batch = dataset.batch(
            number, seed=config.seed, num_prompts=config.num_prompts, poses_per_prompt=config.poses_per_prompt
        )
        generator = torch.Generator().manual_seed(config.seed * 1_000_003 + number)
        kept = drawn_anchors(anchors if encoder_learns else (), config.anchor_texts, number, generator)
        model.train()
        with accelerator.autocast():
            own = number if config.own_samples else None
            losses, pooled = batch_losses(model, denoiser, batch, schedule, noising, generator, kept, own)
            total = losses.total(config.losses)
            if pooled is not None:
                with torch.no_grad():
                    wanted = anchor(kept).pooled
                total = total + config.anchor_weight * (pooled.float() - wanted.float()).square().mean()
        optimizer.zero_grad(set_to_none=True)
        accelerator.backward(total)
        norm = accelerator.clip_grad_norm_(model.parameters(), config.gradient_clip)
        optimizer.step()
        rate.step()
        average.update_parameters(raw)
        if writer is not None and step % 50 == 0:
            for field in dataclasses.fields(losses):
                writer.add_scalar(f"train/{field.name}", getattr(losses, field.name).item(), step)
            writer.add_scalar("train/gradient_norm", float(norm), step)
            writer.add_scalar("train/learning_rate", rate.get_last_lr()[0], step)
            joints_cm = 100 * losses.joints.item() ** 0.5
            progress.set_postfix(
                loss=f"{total.item():.3f}", joints_cm=f"{joints_cm:.1f}", goals=f"{losses.goals.item():.3f}"
            )
            if config.own_samples:
                progress.set_postfix_str(
                    f"{progress.postfix}, own_goals={losses.own_goals.item():.3f}, flesh={losses.flesh.item():.3f}, "
                    f"sameness={losses.sameness.item():.2f}"
                )
        done = step + 1
        if done % save_every == 0 or done == config.num_steps:
            if writer is not None:
                for name, held_out in validation.items():
                    value = _validate(averaged, held_out, schedule, noising)
                    writer.add_scalar(f"validation/{name}", value, done)
                    progress.write(f"step {done:,}: {name} validation loss {value:.4f}")
                save_checkpoint(_checkpoint(averaged, described, config, done), folder / "checkpoint")
                save_state(run, state_path, config, done)
            accelerator.wait_for_everyone()
    if writer is not None:
        writer.close()
    accelerator.end_training()
    return folder / "checkpoint"


def _denoiser(config: TrainConfig, encoder: TextEncoder, start: Denoiser | None) -> Denoiser:
    """The one to go on from, or a new one of the config's shape, for the encoder's features."""
    reader = encoder.limb_reader
    shape = DenoiserConfig(
        encoder.token_dim,
        encoder.pooled_dim,
        config.width,
        config.layers,
        config.heads,
        limb_summaries=reader is not None,
        limb_readings=1 if reader is None else reader.readings,
    )
    if start is None:
        return Denoiser(shape)
    own = start.config
    if dataclasses.replace(shape, width=own.width, layers=own.layers, heads=own.heads) != own:
        raise ValueError(
            "the checkpoint to go on from was trained with another kind of text encoder; leave out --text-encoder, "
            "or name a tower that was grounded from its own"
        )
    return copy.deepcopy(start).requires_grad_(True)


@torch.no_grad()
def _spread(denoiser: Denoiser, encoder: TextEncoder, dataset: BatchSource, seed: int) -> Tensor:
    """Deviation (tokens, features) of poses round the mean poses that their texts stand for, normalised."""
    squares = []
    for number in range(LENGTH_CLASSES):
        batch = dataset.batch(number, seed=seed + 1, num_prompts=256, poses_per_prompt=1)
        _, means, _ = denoiser.read_limbs(encoder(batch.prompts).tokens.cpu())
        clean = denoiser.scaler.normalize(batch.features) * denoiser.used
        mean = means[torch.arange(len(clean)), nearest_reading(means, clean, denoiser.used)]
        squares.append((clean - mean).square())
    return torch.cat(squares).mean(0).sqrt().clamp_min(0.1)


@torch.no_grad()
def _validate(model: TextToPose, held_out: BatchSource, schedule: DDPMScheduler, noising: Noising) -> float:
    """Mean feature loss of the averaged weights over the same held-out batches and noise each time."""
    model.eval()
    generator = torch.Generator().manual_seed(0)
    values = []
    for number in range(VALIDATION_BATCHES):
        batch = held_out.batch(number, seed=1, num_prompts=32, poses_per_prompt=4)
        losses, _ = batch_losses(model, model.denoiser, batch, schedule, noising, generator)
        values.append(losses.features.item())
    return float(np.mean(values))


@torch.no_grad()
def _checkpoint(model: TextToPose, described: str, config: TrainConfig, step: int) -> Checkpoint:
    reader = model.encoder.limb_reader
    if reader is not None and model.encoder_learns:
        # The tower can be grounded further.
        reader.mean_pose.copy_(model.denoiser.mean_pose)
        if reader.readings > 1:
            reader.likely.copy_(model.denoiser.likely)
    card = (
        f"# A Maquette pose model\n\nTrained for {step:,} of {config.num_steps:,} steps on {described}.\n"
        "Not evaluated yet: run `python -m training evaluate`.\n\n"
        f"```json\n{json.dumps(dataclasses.asdict(config), indent=1)}\n```\n"
    )
    return Checkpoint(model.encoder, model.denoiser, SamplingConfig(), card)


def choose_text_encoder(choice: str) -> TextEncoder:
    """A text encoder from a folder (of a tower or a checkpoint) or by open_clip's MODEL/PRETRAINED_TAG.

    Raises:
        ValueError: It is neither.
    """
    if (Path(choice) / "config.json").exists():
        return load_text_encoder(Path(choice))
    return TextEncoder.from_config(TextEncoderConfig(choice)).eval()


_NOT_NUMBERS = ("text_encoder", "start", "own_samples", "losses", "anchor_texts")
"""Of `TrainConfig`, what has an option of its own kind, or none."""
_OWN_HELP = "also learn from poses that the model makes itself, by what their text asks for"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("--prepared", type=Path, required=True, help="folder that `training prepare` wrote")
    parser.add_argument(
        "--grammar", type=Path, nargs="*", default=[], help="folders that `training grammar prepare` wrote"
    )
    parser.add_argument(
        "--anchor-texts",
        dest="anchors",
        type=Path,
        nargs="*",
        default=[],
        help="captions (.txt, .jsonl or .jsonl.gz) whose meaning the text tower must keep; else the texts it trains on",
    )
    parser.add_argument("--exclude", type=Path, help="prompts (.jsonl) that are to test the model: never trained on")
    parser.add_argument("--output", type=Path, required=True, help="folder of the run")
    parser.add_argument("--resume", action="store_true", help="go on with the run in --output")
    parser.add_argument(
        "--text-encoder",
        help="folder of a distilled or grounded tower or of a checkpoint, or an open_clip MODEL/TAG such as "
        "ViT-B-32/openai (that of --checkpoint, or the one that ships)",
    )
    parser.add_argument(
        "--checkpoint", type=Path, help="go on from this checkpoint's denoiser (its tower too, or one grounded since)"
    )
    parser.add_argument("--own-samples", action="store_true", help=_OWN_HELP)
    for field in dataclasses.fields(TrainConfig):
        if field.name not in _NOT_NUMBERS:
            name = "--" + field.name.replace("_", "-")
            parser.add_argument(name, type=type(field.default), default=field.default, metavar=str(field.default))
    parser.add_argument("--save-every", type=int, default=1000, help="steps between saves (1000)")
    parser.add_argument("--precision", choices=("auto", "no", "bf16", "fp16"), default="auto")
    parser.add_argument("--cpu", action="store_true", help="stay on the CPU")


def run(args: argparse.Namespace) -> int:
    """Train; Ctrl-C stops it, `--resume` goes on. Returns the exit code."""
    text_encoder = args.text_encoder or str(args.checkpoint or DEFAULT_CHECKPOINT)
    config = TrainConfig(
        text_encoder=text_encoder,
        own_samples=args.own_samples,
        start="" if args.checkpoint is None else str(args.checkpoint),
        **{
            field.name: getattr(args, field.name)
            for field in dataclasses.fields(TrainConfig)
            if field.name not in _NOT_NUMBERS
        },
    )
    prepared = PreparedSet.load(args.prepared)
    real = PoseDataset(prepared, "train")
    validation: dict[str, BatchSource] = {}
    if (prepared.pose_split == "val").any():
        validation["real"] = PoseDataset(prepared, "val")
    sources = ", ".join(sorted({clip.source for clip in prepared.clips}))
    described = f"{prepared.num_poses:,} poses from {len(prepared.clips):,} clips ({sources})"
    dataset: BatchSource = real
    if args.grammar:
        sets = [GrammarSet.load(folder) for folder in args.grammar]
        grammar = GrammarDataset(sets, read_prompts(args.exclude) if args.exclude else ())
        dataset = MixedDataset(((grammar, config.grammar_share), (real, 1 - config.grammar_share)))
        described += f" and {len(grammar):,} poses of the grammar"
    encoder = choose_text_encoder(text_encoder)
    if encoder.config.name != EMBEDDED:
        encoder.fit_statistics(real.prompts())
    args.output.mkdir(parents=True, exist_ok=True)
    write_json(dataclasses.asdict(config), args.output / "config.json")
    started = time.monotonic()
    try:
        folder = train(
            config,
            dataset,
            encoder,
            args.output,
            validation=validation,
            anchors=read_texts(args.anchors) if args.anchors else real.prompts(),
            scaler=load_pose_scaler(Path(text_encoder)),
            start=None if args.checkpoint is None else load_checkpoint(args.checkpoint).denoiser,
            described=described,
            resume=args.resume,
            save_every=args.save_every,
            precision=args.precision,
            cpu=args.cpu,
        )
    except KeyboardInterrupt:
        print("stopped; go on with the same command and --resume")
        return 130
    print(f"trained in {(time.monotonic() - started) / 60:.1f} min; checkpoint: {folder}")
    return 0

# SPDX-License-Identifier: GPL-3.0-or-later
"""`python -m training train`: the training loop of the denoiser, on a CPU, one GPU, or many through accelerate."""

from __future__ import annotations

import argparse
import dataclasses
import json
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from accelerate import Accelerator
from diffusers.schedulers.scheduling_ddpm import DDPMScheduler
from jaxtyping import Bool
from torch import Tensor
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn
from torch.utils.tensorboard import SummaryWriter
from tqdm import tqdm

from backend.checkpoint import (
    DEFAULT_CHECKPOINT,
    Checkpoint,
    SamplingConfig,
    load_text_encoder,
    save_checkpoint,
    write_json,
)
from backend.denoiser import Constraints, Denoiser, DenoiserConfig
from backend.features import NUM_JOINTS, joint_mask
from backend.text_encoder import TextEncoder, TextEncoderConfig
from training.dataset import Batch, PoseDataset
from training.losses import Losses, LossWeights, compute_losses
from training.prepared import PreparedSet
from training.run_state import RunState, load_state, save_state

VALIDATION_BATCHES = 8


@dataclass(frozen=True)
class TrainConfig:
    """Everything that decides a run; a resumed run must have the same."""

    num_steps: int = 20_000
    num_prompts: int = 64
    """Texts in a batch, on each device."""
    poses_per_prompt: int = 4
    learning_rate: float = 6e-4
    weight_decay: float = 0.01
    warmup: float = 0.05
    """Share of the steps in which the learning rate rises."""
    gradient_clip: float = 1.0
    ema_decay: float = 0.999
    text_dropout: float = 0.1
    """Share of samples trained without their text, for guidance."""
    constraint_rate: float = 0.3
    """Share of samples of which some joints are given."""
    width: int = DenoiserConfig.width
    layers: int = DenoiserConfig.layers
    heads: int = DenoiserConfig.heads
    seed: int = 0
    text_encoder: str = ""
    losses: LossWeights = dataclasses.field(default_factory=LossWeights)


def train(
    config: TrainConfig,
    prepared: PreparedSet,
    encoder: TextEncoder,
    folder: Path,
    *,
    resume: bool = False,
    save_every: int = 1000,
    cpu: bool = False,
) -> Path:
    """Train a denoiser; returns the folder of the checkpoint.

    Args:
        folder: Of the run: `state.safetensors` (to resume), `checkpoint/` (averaged weights, ready to use) and
            TensorBoard's events. All are written atomically.
        resume: Go on from `state.safetensors`; every batch, noise and rate is then what it would have been.
        save_every: Steps between saves.
        cpu: Stay on the CPU even where there is a GPU.

    Raises:
        ValueError: The folder holds a run and `resume` is off, or holds another run than `config`, or none to resume.
    """
    state_path = folder / "state.safetensors"
    if state_path.exists() and not resume:
        raise ValueError(f"{folder} already holds a run; add --resume to go on with it, or name another folder")
    if resume and not state_path.exists():
        raise ValueError(f"{folder} holds no run to resume (no {state_path.name})")
    accelerator = Accelerator(mixed_precision=_mixed_precision(cpu), cpu=cpu)
    device, rank = accelerator.device, accelerator.process_index
    torch.manual_seed(config.seed)
    dataset = PoseDataset(prepared, "train")
    validation = _validation_set(prepared)
    encoder = encoder.to(device).eval().requires_grad_(False)
    denoiser = Denoiser(
        DenoiserConfig(encoder.token_dim, encoder.pooled_dim, config.width, config.layers, config.heads)
    )
    denoiser.scaler.fit(torch.cat((dataset.features, dataset.mirrored_features)))
    average = AveragedModel(denoiser, multi_avg_fn=get_ema_multi_avg_fn(config.ema_decay)).to(device)
    averaged: Denoiser = average.module  # type: ignore[assignment]
    optimizer = torch.optim.AdamW(denoiser.parameters(), lr=config.learning_rate, weight_decay=config.weight_decay)
    rate = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, config.learning_rate, total_steps=config.num_steps + 1, pct_start=config.warmup
    )
    run = RunState(denoiser, average, optimizer, rate)
    first = load_state(run, state_path, config) if resume else 0
    model, optimizer = accelerator.prepare(denoiser, optimizer)
    schedule = DDPMScheduler(SamplingConfig.num_train_timesteps, beta_schedule="squaredcos_cap_v2")
    if accelerator.is_main_process:
        print(
            f"{len(dataset):,} poses, {len(dataset.prompts()):,} texts; {_millions(denoiser)} parameters on {device}, "
            f"{accelerator.num_processes} process(es); steps {first:,} to {config.num_steps:,}"
        )
    writer = SummaryWriter(str(folder / "tensorboard")) if accelerator.is_main_process else None
    progress = tqdm(
        range(first, config.num_steps),
        initial=first,
        total=config.num_steps,
        unit="step",
        disable=not accelerator.is_main_process,
    )
    for step in progress:
        number = step * accelerator.num_processes + rank
        batch = dataset.batch(
            number, seed=config.seed, num_prompts=config.num_prompts, poses_per_prompt=config.poses_per_prompt
        )
        generator = torch.Generator().manual_seed(config.seed * 1_000_003 + number)
        model.train()
        with accelerator.autocast():
            losses = _losses(model, denoiser, encoder, batch, schedule, config, generator)
        total = losses.total(config.losses)
        optimizer.zero_grad(set_to_none=True)
        accelerator.backward(total)
        norm = accelerator.clip_grad_norm_(model.parameters(), config.gradient_clip)
        optimizer.step()
        rate.step()
        average.update_parameters(denoiser)
        if writer is not None and step % 50 == 0:
            for field in dataclasses.fields(losses):
                writer.add_scalar(f"train/{field.name}", getattr(losses, field.name).item(), step)
            writer.add_scalar("train/gradient_norm", float(norm), step)
            writer.add_scalar("train/learning_rate", rate.get_last_lr()[0], step)
            progress.set_postfix(loss=f"{total.item():.3f}", joints_cm=f"{100 * losses.joints.item() ** 0.5:.1f}")
        done = step + 1
        if done % save_every == 0 or done == config.num_steps:
            if writer is not None:
                if validation is not None:
                    value = _validate(averaged, encoder, validation, schedule, config)
                    writer.add_scalar("validation/features", value, done)
                    progress.write(f"step {done:,}: validation loss {value:.4f}")
                save_checkpoint(_checkpoint(averaged, encoder, prepared, config, done), folder / "checkpoint")
                save_state(run, state_path, config, done)
            accelerator.wait_for_everyone()
    if writer is not None:
        writer.close()
    accelerator.end_training()
    return folder / "checkpoint"


def _losses(
    model: torch.nn.Module,
    denoiser: Denoiser,
    encoder: TextEncoder,
    batch: Batch,
    schedule: DDPMScheduler,
    config: TrainConfig,
    generator: torch.Generator,
) -> Losses:
    """Noise a batch, denoise it, compare; all randomness from `generator`, on the CPU, so that devices agree."""
    device = denoiser.used.device
    clean = denoiser.scaler.normalize(batch.features.to(device)) * denoiser.used
    size = len(clean)
    noise = torch.randn(clean.shape, generator=generator).to(device) * denoiser.used
    timesteps = torch.randint(schedule.config["num_train_timesteps"], (size,), generator=generator).to(device)
    has_text = (torch.rand(size, generator=generator) >= config.text_dropout).to(device)
    known = _known_joints(size, config.constraint_rate, generator).to(device)
    with torch.no_grad():
        text = encoder(batch.prompts)
    predicted = model(
        schedule.add_noise(clean, noise, timesteps),  # type: ignore[arg-type]
        timesteps,
        text,
        batch.prompt_index.to(device),
        has_text,
        Constraints(clean, joint_mask(known)),
    )
    return compute_losses(predicted, clean, denoiser.scaler, denoiser.used)


def _known_joints(size: int, constraint_rate: float, generator: torch.Generator) -> Bool[Tensor, "batch joints"]:
    """Which joints are given: none for most samples, for the others from a few to nearly all."""
    share = torch.rand(size, 1, generator=generator)
    constrained = torch.rand(size, 1, generator=generator) < constraint_rate
    return (torch.rand(size, NUM_JOINTS, generator=generator) < share) & constrained


@torch.no_grad()
def _validate(
    denoiser: Denoiser, encoder: TextEncoder, validation: PoseDataset, schedule: DDPMScheduler, config: TrainConfig
) -> float:
    """Mean feature loss of the averaged weights over the same held-out batches and noise each time."""
    denoiser.eval()
    generator = torch.Generator().manual_seed(0)
    values = []
    for number in range(VALIDATION_BATCHES):
        batch = validation.batch(number, seed=1, num_prompts=32, poses_per_prompt=4)
        values.append(_losses(denoiser, denoiser, encoder, batch, schedule, config, generator).features.item())
    return float(np.mean(values))


def _validation_set(prepared: PreparedSet) -> PoseDataset | None:
    return PoseDataset(prepared, "val") if (prepared.pose_split == "val").any() else None


def _mixed_precision(cpu: bool) -> str:
    if cpu or not torch.cuda.is_available():
        return "no"
    return "bf16" if torch.cuda.is_bf16_supported() else "fp16"


def _millions(module: torch.nn.Module) -> str:
    return f"{sum(parameter.numel() for parameter in module.parameters()) / 1e6:.1f} M"


def _checkpoint(
    denoiser: Denoiser, encoder: TextEncoder, prepared: PreparedSet, config: TrainConfig, step: int
) -> Checkpoint:
    sources = ", ".join(sorted({clip.source for clip in prepared.clips}))
    card = (
        f"# A Maquette pose model\n\nTrained for {step:,} of {config.num_steps:,} steps on {prepared.num_poses:,} "
        f"poses from {len(prepared.clips):,} clips ({sources}).\n"
        "Not evaluated yet: run `python -m training evaluate`.\n\n"
        f"```json\n{json.dumps(dataclasses.asdict(config), indent=1)}\n```\n"
    )
    return Checkpoint(encoder, denoiser, SamplingConfig(), card)


def choose_text_encoder(choice: str) -> TextEncoder:
    """A text encoder from a folder (of a tower or a checkpoint) or by open_clip's MODEL/PRETRAINED_TAG.

    Raises:
        ValueError: It is neither.
    """
    if (Path(choice) / "config.json").exists():
        return load_text_encoder(Path(choice))
    return TextEncoder.from_config(TextEncoderConfig(choice)).eval()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("--prepared", type=Path, required=True, help="folder that `training prepare` wrote")
    parser.add_argument("--output", type=Path, required=True, help="folder of the run")
    parser.add_argument("--resume", action="store_true", help="go on with the run in --output")
    parser.add_argument(
        "--text-encoder",
        default=str(DEFAULT_CHECKPOINT),
        help="folder of a distilled tower or checkpoint, or an open_clip MODEL/TAG such as ViT-B-32/openai",
    )
    for field in dataclasses.fields(TrainConfig):
        if field.name not in ("text_encoder", "losses"):
            name = "--" + field.name.replace("_", "-")
            parser.add_argument(name, type=type(field.default), default=field.default, metavar=str(field.default))
    parser.add_argument("--save-every", type=int, default=1000, help="steps between saves (1000)")
    parser.add_argument("--cpu", action="store_true", help="stay on the CPU")


def run(args: argparse.Namespace) -> int:
    """Train; Ctrl-C stops it, `--resume` goes on. Returns the exit code."""
    config = TrainConfig(
        text_encoder=args.text_encoder,
        **{
            field.name: getattr(args, field.name)
            for field in dataclasses.fields(TrainConfig)
            if field.name not in ("text_encoder", "losses")
        },
    )
    prepared = PreparedSet.load(args.prepared)
    encoder = choose_text_encoder(args.text_encoder)
    if encoder.config.name != "embedded":
        encoder.fit_statistics(PoseDataset(prepared, "train").prompts())
    args.output.mkdir(parents=True, exist_ok=True)
    write_json(dataclasses.asdict(config), args.output / "config.json")
    started = time.monotonic()
    try:
        folder = train(
            config, prepared, encoder, args.output, resume=args.resume, save_every=args.save_every, cpu=args.cpu
        )
    except KeyboardInterrupt:
        print(
            f"stopped; go on with: python -m training train --prepared {args.prepared} --output {args.output} --resume"
        )
        return 130
    print(f"trained in {(time.monotonic() - started) / 60:.1f} min; checkpoint: {folder}")
    return 0

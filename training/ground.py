# SPDX-License-Identifier: GPL-3.0-or-later
"""`python -m training ground`: teach the text tower what words ask of a body, before any diffusion.

The tower and its limb reader learn the mean pose of each text. One reading of a text is one step of learning, with no
denoiser to run, so the tower sees several times as many texts in the same time as it would while the denoiser trains.
"""

from __future__ import annotations

import argparse
import copy
import dataclasses
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from accelerate import Accelerator
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn
from tqdm import tqdm

from backend.checkpoint import DEFAULT_CHECKPOINT, DENOISER, load_text_encoder, save_tensors, save_text_encoder
from backend.features import FeatureScaler, used_features
from backend.text_encoder import EMBEDDED, TextEncoder, TextFeatures
from training.dataset import BatchSource, GrammarDataset, MixedDataset, PoseDataset
from training.distill import read_texts
from training.grammar.contamination import read_prompts
from training.grammar.intent import Goal
from training.grammar.stored import GrammarSet
from training.loop import batch_number, drawn_anchors, load_what_fits, millions, mixed_precision, rate_at
from training.losses import Losses, LossWeights, compute_losses, goal_loss, nearest_reading, readings_missed
from training.optimizer import MuonWithAdamW
from training.prepared import PreparedSet
from training.run_state import RunState, load_state, save_state

POSE_SCALER = "poses.safetensors"
"""In a grounded tower's folder: the scale of the poses that its summaries stand for."""


@dataclass(frozen=True)
class GroundConfig:
    """Everything that decides a run; a resumed run must have the same."""

    num_steps: int = 10_000
    """May grow when a run is resumed before its learning rate has begun to fall."""
    num_prompts: int = 224
    """Texts in a batch."""
    poses_per_prompt: int = 2
    """One reading serves them all; what no text says differs between them and so pulls less."""
    grammar_share: float = 0.9
    learning_rate: float = 1e-3
    weight_decay: float = 0.01
    warmup_steps: int = 100
    decay: float = 0.8
    gradient_clip: float = 1.0
    ema_decay: float = 0.998
    anchor_texts: int = 8
    """Texts in a batch whose meaning the tower must keep."""
    anchor_weight: float = 0.5
    tower_layers: int = 0
    """Blocks of the tower; 0 are as many as it has. What it gets more changes nothing at first."""
    limb_layers: int = 2
    """Rounds of its limb reader, likewise."""
    limb_readings: int = 2
    """In how many ways a text may be read; see `LimbReader`. Poses teach the nearest reading of their text."""
    others: float = 0.2
    """How much they teach another one as well, at first, so that none is left behind; in the end a tenth of that, and
    from the start where a tower comes with its readings told apart."""
    neighbours: int = 2
    """See `TextEncoderConfig`."""
    seed: int = 0
    losses: LossWeights = dataclasses.field(default_factory=lambda: LossWeights(features=0.5, joints=5.0, goals=16.0))
    """Most of what poses of one text differ by is noise to learn from; what it asks for is not, and so counts most."""


class Grounded(nn.Module):
    """A text encoder with its limb reader, and the scale of the poses that it reads."""

    def __init__(self, encoder: TextEncoder) -> None:
        super().__init__()
        self.encoder = encoder.requires_grad_(True)
        self.scaler = FeatureScaler()

    def forward(self, prompts: Sequence[str], anchors: Sequence[str]) -> tuple[Tensor, Tensor, Tensor]:
        """Mean poses of each reading (normalised features) and logits of the readings of the prompts, and the pooled
        features of the anchors."""
        text: TextFeatures = self.encoder([*prompts, *anchors])
        reader = self.encoder.limb_reader
        assert reader is not None
        summaries = text.tokens[: len(prompts), -reader.num_summaries :]
        return reader.poses(summaries), reader.likelihood(summaries), text.pooled[len(prompts) :]


def with_limb_reader(
    encoder: TextEncoder, layers: int, neighbours: int = 0, readings: int = 1, tower_layers: int = 0
) -> TextEncoder:
    """The same encoder with a reader, untrained where it had none, whose words are read with their neighbours.

    Blocks of the tower and rounds of the reader beyond those it had add nothing until they have learnt (Chen et al.
    2016, Net2Net); `tower_layers` of 0 keeps the tower's depth.

    Raises ValueError for towers other than the embedded one, whose features are not ours to train.
    """
    if encoder.config.name != EMBEDDED:
        raise ValueError(f"only the embedded tower can be grounded, not {encoder.config.name}")
    config = dataclasses.replace(
        encoder.config,
        layers=tower_layers or encoder.config.layers,
        limb_layers=layers,
        neighbours=neighbours,
        limb_readings=readings if layers else 1,
    )
    new = TextEncoder.from_config(config)
    # A reader of other rounds or readings keeps what both have.
    load_what_fits(new, encoder.state_dict())
    for block in new.tower.transformer.resblocks[encoder.config.layers :]:
        for output in (block.attn.out_proj, block.mlp.c_proj):
            nn.init.zeros_(output.weight)
            nn.init.zeros_(output.bias)
    if encoder.limb_reader is not None and new.limb_reader is not None:
        new.limb_reader.silence(encoder.config.limb_layers)
    return new


def ground(
    config: GroundConfig,
    dataset: BatchSource,
    encoder: TextEncoder,
    folder: Path,
    *,
    anchors: Sequence[str] = (),
    scaler: FeatureScaler | None = None,
    resume: bool = False,
    save_every: int = 250,
    precision: str = "auto",
    cpu: bool = False,
) -> Path:
    """Train a tower and its limb reader; returns the folder of the tower.

    Args:
        folder: Of the run: `state.safetensors` to resume, and `tower/`, averaged, for `train --text-encoder`.
        anchors: Texts whose meaning the tower must keep.
        scaler: Of the mean poses that the tower stands for already; None measures one.
        resume: Go on from the state.
        save_every: Steps between saves.
        precision: See `loop.mixed_precision`.
        cpu: Stay on the CPU even where there is a GPU.

    Raises:
        ValueError: The folder holds a run and `resume` is off, or holds another run than `config`, or none to resume.
    """
    state_path = folder / "state.safetensors"
    if state_path.exists() != resume:
        problem = (
            "already holds a run; add --resume to go on with it" if state_path.exists() else "holds no run to resume"
        )
        raise ValueError(f"{folder} {problem}, or name another folder")
    torch.backends.cuda.enable_flash_sdp(False)
    accelerator = Accelerator(mixed_precision=mixed_precision(precision, cpu), cpu=cpu)
    torch.manual_seed(config.seed)
    anchor = encoder.to(accelerator.device).eval().requires_grad_(False)
    told_apart = encoder.limb_reader is not None and encoder.limb_reader.readings == config.limb_readings
    raw = Grounded(
        with_limb_reader(
            copy.deepcopy(encoder), config.limb_layers, config.neighbours, config.limb_readings, config.tower_layers
        )
    )
    if scaler is None:
        raw.scaler.fit(dataset.features_to_scale(8192))
    else:
        raw.scaler.load_state_dict(scaler.state_dict())
    raw.to(accelerator.device)
    average = AveragedModel(raw, multi_avg_fn=get_ema_multi_avg_fn(config.ema_decay)).to(accelerator.device)
    learning = [parameter for parameter in raw.parameters() if parameter.requires_grad]
    optimizer: torch.optim.Optimizer = MuonWithAdamW(
        [(raw.named_parameters(), config.learning_rate)], config.weight_decay
    )
    rate = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: rate_at(step, config))
    run = RunState(raw, average, optimizer, rate)
    first = load_state(run, state_path, config) if resume else 0
    for group, base in zip(optimizer.param_groups, rate.base_lrs, strict=True):
        group["lr"] = base * rate_at(first, config)
    model, optimizer = accelerator.prepare(raw, optimizer)
    used = used_features().to(accelerator.device)
    if accelerator.is_main_process:
        print(f"{len(dataset):,} poses; {millions(raw)} parameters that learn; steps {first:,} to {config.num_steps:,}")
    progress = tqdm(
        range(first, config.num_steps),
        initial=first,
        total=config.num_steps,
        unit="step",
        mininterval=1.0,
        disable=not accelerator.is_main_process,
    )
    for step in progress:
        number = batch_number(step, accelerator.process_index)
        batch = dataset.batch(
            number, seed=config.seed, num_prompts=config.num_prompts, poses_per_prompt=config.poses_per_prompt
        )
        generator = torch.Generator().manual_seed(config.seed * 1_000_003 + number)
        kept = drawn_anchors(anchors, config.anchor_texts, number, generator)
        with accelerator.autocast():
            means, logits, pooled = model(batch.prompts, kept)
        clean = raw.scaler.normalize(batch.features.to(accelerator.device)) * used
        means = means.float() * used
        missed = readings_missed(means, raw.scaler, batch.goals).repeat_interleave(config.poses_per_prompt, 0)
        means = means.repeat_interleave(config.poses_per_prompt, 0)
        nearest = nearest_reading(means, clean, used, missed)
        losses = _losses(means, nearest, clean, raw.scaler, used, batch.goals)
        logits = logits.float().repeat_interleave(config.poses_per_prompt, 0)
        losses = dataclasses.replace(losses, likely=F.cross_entropy(logits, nearest))
        total = losses.total(config.losses)
        if config.limb_readings > 1:
            share = config.others * (0.1 if told_apart else 0.1 + 0.9 * (1 - step / config.num_steps))
            away = torch.randint(1, config.limb_readings, nearest.shape, generator=generator).to(nearest.device)
            other = _losses(means, (nearest + away) % config.limb_readings, clean, raw.scaler, used, batch.goals)
            total = (1 - share) * total + share * other.total(config.losses)
        if kept:
            with torch.no_grad(), accelerator.autocast():
                wanted = anchor(kept).pooled
            total = total + config.anchor_weight * (pooled.float() - wanted.float()).square().mean()
        optimizer.zero_grad(set_to_none=True)
        accelerator.backward(total)
        accelerator.clip_grad_norm_(learning, config.gradient_clip)
        optimizer.step()
        rate.step()
        average.update_parameters(raw)
        if step % 25 == 0:
            shown = {
                "features": f"{losses.features.item():.3f}",
                "joints_cm": f"{100 * losses.joints.item() ** 0.5:.1f}",
                "goals": f"{losses.goals.item():.3f}",
            }
            progress.set_postfix(shown)
        saves = (step + 1) % save_every == 0 or step + 1 == config.num_steps
        if saves and accelerator.is_main_process:
            averaged: Grounded = average.module  # type: ignore[assignment]
            save_text_encoder(averaged.encoder, folder / "tower")
            save_tensors(averaged.scaler.state_dict(), folder / "tower" / POSE_SCALER)
            save_state(run, state_path, config, step + 1)
    accelerator.end_training()
    return folder / "tower"


def _losses(
    means: Tensor,
    readings: Tensor,
    clean: Tensor,
    scaler: FeatureScaler,
    used: Tensor,
    goals: Sequence[Sequence[Goal]],
) -> Losses:
    """How far the mean poses of readings are from the poses; `goals` are the texts', once for all poses of a text."""
    poses = means[torch.arange(len(means), device=means.device), readings]
    losses = compute_losses(poses, clean, scaler, used)
    first = poses[:: len(poses) // len(goals)] if goals else poses
    return dataclasses.replace(losses, goals=goal_loss(first, scaler, goals))


def load_pose_scaler(folder: Path) -> FeatureScaler | None:
    """The scale of the mean poses of a grounded tower's folder, or of a checkpoint's; None where there is none."""
    scaler = FeatureScaler()
    if (folder / POSE_SCALER).is_file():
        scaler.load_state_dict(load_file(folder / POSE_SCALER))
    elif (folder / DENOISER).is_file():
        tensors = load_file(folder / DENOISER)
        scaler.load_state_dict({name: tensors[f"scaler.{name}"].float() for name in scaler.state_dict()})
    else:
        return None
    return scaler


_OPTIONS = (
    "num_steps",
    "num_prompts",
    "grammar_share",
    "learning_rate",
    "decay",
    "tower_layers",
    "limb_layers",
    "limb_readings",
    "seed",
)
"""Of `GroundConfig`, what the command line sets."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("--prepared", type=Path, required=True, help="folder that `training prepare` wrote")
    parser.add_argument("--grammar", type=Path, nargs="+", required=True, help="folders of `training grammar prepare`")
    parser.add_argument(
        "--tower",
        type=Path,
        default=DEFAULT_CHECKPOINT,
        help="folder of a tower that `training distill` wrote, or of a checkpoint",
    )
    parser.add_argument("--texts", type=Path, nargs="*", default=[], help="captions whose meaning the tower must keep")
    parser.add_argument("--exclude", type=Path, help="prompts (.jsonl) that are to test the model: never trained on")
    parser.add_argument("--output", type=Path, required=True, help="folder of the run")
    parser.add_argument("--resume", action="store_true", help="go on with the run in --output")
    for name in _OPTIONS:
        default = getattr(GroundConfig, name)
        parser.add_argument("--" + name.replace("_", "-"), type=type(default), default=default, metavar=str(default))
    parser.add_argument("--save-every", type=int, default=250, help="steps between saves (250)")
    parser.add_argument("--precision", choices=("auto", "no", "bf16", "fp16"), default="auto")
    parser.add_argument("--cpu", action="store_true", help="stay on the CPU")


def run(args: argparse.Namespace) -> int:
    """Ground a tower; Ctrl-C stops it, `--resume` goes on. Returns the exit code."""
    config = GroundConfig(**{name: getattr(args, name) for name in _OPTIONS})
    real = PoseDataset(PreparedSet.load(args.prepared), "train")
    grammar = GrammarDataset(
        [GrammarSet.load(folder) for folder in args.grammar], read_prompts(args.exclude) if args.exclude else ()
    )
    dataset = MixedDataset(((grammar, config.grammar_share), (real, 1 - config.grammar_share)))
    encoder = load_text_encoder(args.tower)
    started = time.monotonic()
    try:
        folder = ground(
            config,
            dataset,
            encoder,
            args.output,
            anchors=read_texts(args.texts) if args.texts else real.prompts(),
            scaler=None if encoder.limb_reader is None else load_pose_scaler(args.tower),
            resume=args.resume,
            save_every=args.save_every,
            precision=args.precision,
            cpu=args.cpu,
        )
    except KeyboardInterrupt:
        print("stopped; go on with the same command and --resume")
        return 130
    print(f"grounded in {(time.monotonic() - started) / 60:.1f} min; tower: {folder}")
    return 0

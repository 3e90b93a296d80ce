# SPDX-License-Identifier: GPL-3.0-or-later
"""`python -m training align`: teach a checkpoint which poses go with which texts, and which limbs a text speaks of.

The text encoder and the denoiser stay as they are. The result ranks candidates and makes edits possible; it is trained
in minutes, again whenever the text encoder changes.
"""

from __future__ import annotations

import argparse
import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional as F
from tqdm import tqdm

from backend.alignment import Alignment, AlignmentConfig
from backend.checkpoint import Checkpoint, load_checkpoint, save_checkpoint, write_json
from backend.pipeline import PosePipeline, resolve_device
from backend.text_encoder import TextFeatures
from training.attempts import Attempts
from training.dataset import PoseDataset
from training.grammar.stored import GrammarSet
from training.loop import load_what_fits
from training.pairs import LIMB_NAMES, CaptionPairs, GrammarPairs, PairBatch, SpokenLimbs
from training.prepared import PreparedSet

CROWD = 32
"""Among how many poses the right one is to be found."""
HELD_OUT = 1024
"""Drafts, and texts about limbs, that only serve to measure."""


@dataclass(frozen=True)
class AlignConfig:
    """Everything that decides a run."""

    num_steps: int = 3000
    num_texts: int = 128
    """In a batch of the grammar; half as many real captions go with them."""
    most_drafts: int = 60_000
    """Drafts of the grammar that are read; all are held in memory."""
    limb_texts: int = 40_000
    """Texts that are read for the limbs they speak of; of them more is learnt than by reading fewer longer."""
    learning_rate: float = 1e-3
    weight_decay: float = 0.05
    warmup: float = 0.05
    """Share of the steps in which the learning rate rises."""
    pose_noise: float = 0.04
    """Deviation of the noise on 6D rotations, as generated poses have it."""
    own_texts: int = 16_000
    """Texts of the grammar that the checkpoint makes poses of, to learn which of them to choose; 0 does without."""
    own_poses: int = 6
    """Of each of those."""
    own_weight: float = 1.0
    caption_weight: float = 0.5
    limb_weight: float = 0.5
    seed: int = 0


@dataclass(frozen=True)
class AlignReport:
    """How well the result tells poses and texts apart; shares from 0 to 1."""

    recall_at_1: float
    """How often the pose that is most like a held-out text of the grammar, of 32, is its own."""
    recall_at_3: float
    pose_recall_at_1: float
    """The same of texts for a pose."""
    caption_recall_at_1: float | None
    """Like `recall_at_1`, for held-out captions of real motion; None without any."""
    caption_recall_at_3: float | None
    sides: float
    """How often a text with a side is more like its pose than like the mirror image."""
    ranking: float | None
    """Of what the best of four own poses would better on held-out texts, over any of them, the share that choosing by
    likeness betters; None without own poses."""
    limbs: float
    """Share of texts whose limbs are all told right."""
    limbs_each: dict[str, float]
    """Share of texts for which a limb is told right."""


def align(
    config: AlignConfig,
    checkpoint: Checkpoint,
    grammar: Sequence[GrammarSet],
    captions: PoseDataset | None = None,
    held_out_captions: PoseDataset | None = None,
    device: str = "auto",
) -> tuple[Alignment, AlignReport]:
    """Train an alignment for a checkpoint's text encoder, going on with the one that it has.

    Raises:
        ValueError: The sets hold fewer drafts than a batch and the held-out ones take.
    """
    where = resolve_device(device)
    torch.manual_seed(config.seed)
    encoder = checkpoint.text_encoder.to(where).eval()
    pairs = GrammarPairs(grammar, encoder, config.most_drafts, config.seed)
    held_out = min(HELD_OUT, len(pairs) // 4)
    if held_out < CROWD or len(pairs) - held_out < config.num_texts:
        raise ValueError(f"the grammar sets hold {len(pairs)} drafts, too few for batches of {config.num_texts} texts")
    real = None if captions is None else CaptionPairs(captions, encoder)
    limbs = SpokenLimbs(encoder, config.limb_texts, config.seed)
    num_limb_texts = len(limbs) - min(HELD_OUT, len(limbs) // 4)
    own = _attempts(config, checkpoint, pairs, held_out, device) if config.own_texts else None
    training_places, held_out_places = _split(own, len(pairs) - held_out)
    denoiser = checkpoint.denoiser
    shape = denoiser.config
    alignment = Alignment(
        AlignmentConfig(shape.text_token_dim, shape.text_pooled_dim, summaries=shape.num_summaries)
    ).to(where)
    if checkpoint.alignment is not None:
        # What was aligned before is gone on with, as far as it has the same shape.
        load_what_fits(alignment, checkpoint.alignment.state_dict())
    alignment.pose.scaler.load_state_dict(denoiser.scaler.state_dict())
    optimizer = torch.optim.AdamW(alignment.parameters(), lr=config.learning_rate, weight_decay=config.weight_decay)
    rate = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, config.learning_rate, total_steps=config.num_steps + 1, pct_start=config.warmup
    )
    generator = torch.Generator().manual_seed(config.seed)
    progress = tqdm(range(config.num_steps), unit="step", mininterval=2.0)
    for step in progress:
        batch = pairs.batch(step, config.num_texts, held_out, where)
        loss = contrast = _contrast(alignment, batch, config.pose_noise, generator)
        if real is not None:
            batch = real.batch(step, config.num_texts // 2, config.seed, where)
            loss = loss + config.caption_weight * _contrast(alignment, batch, config.pose_noise, generator)
        if own is not None:
            places = training_places[torch.randint(len(training_places), (config.num_texts,), generator=generator)]
            loss = loss + config.own_weight * _choice(alignment, *own.batch(places.tolist(), where))
        rows = torch.randint(num_limb_texts, (config.num_texts,), generator=generator).tolist()
        text, spoken = limbs.batch(rows, where)
        told = F.binary_cross_entropy_with_logits(alignment.text(text).limbs, spoken.float())
        loss = loss + config.limb_weight * told
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(alignment.parameters(), 1.0)
        optimizer.step()
        rate.step()
        with torch.no_grad():
            # As sharp as CLIP's at most.
            alignment.log_scale.clamp_(max=4.6)
        if step % 50 == 0:
            progress.set_postfix(contrast=f"{contrast.item():.3f}", limbs=f"{told.item():.3f}")
    alignment = alignment.eval().requires_grad_(False)
    validation = None if held_out_captions is None else CaptionPairs(held_out_captions, encoder)
    rows = list(range(num_limb_texts, len(limbs)))
    report = _measured(alignment, pairs, held_out, validation, limbs, rows, where)
    if own is not None:
        report = dataclasses.replace(report, ranking=_ranking(alignment, own, held_out_places.tolist(), where))
    return alignment, report


def _attempts(config: AlignConfig, checkpoint: Checkpoint, pairs: GrammarPairs, held_out: int, device: str) -> Attempts:
    """Own poses of texts to learn from, and of the held-out ones."""
    last = len(pairs) - held_out
    rows = [*range(min(last, config.own_texts)), *range(last, len(pairs))]
    return Attempts(pairs, PosePipeline(checkpoint, device), rows, config.own_poses, config.seed)


def _split(own: Attempts | None, last: int) -> tuple[Tensor, Tensor]:
    """Places of the texts to learn from, and of those held out."""
    learnt = torch.tensor([row < last for row in own.rows] if own is not None else [], dtype=torch.bool)
    return learnt.nonzero()[:, 0], (~learnt).nonzero()[:, 0]


_CHOICE = 0.05
"""Radians of miss by which a pose is clearly the worse one."""


def _choice(alignment: Alignment, texts: TextFeatures, poses: Tensor, costs: Tensor) -> Tensor:
    """Of a text's own poses, the nearer one is to what it asks for, the more it is to be chosen."""
    told = alignment.text(texts).vectors
    shown = alignment.pose(poses).unflatten(0, costs.shape)
    logits = alignment.log_scale.exp() * torch.einsum("ts,tps->tp", told, shown)
    return F.cross_entropy(logits, (-costs / _CHOICE).softmax(-1))


@torch.inference_mode()
def _ranking(alignment: Alignment, own: Attempts, places: Sequence[int], device: torch.device) -> float:
    """See `AlignReport.ranking`."""
    texts, poses, costs = own.batch(places, device)
    likeness = alignment.similarity(alignment.text(texts), poses)[:, :4]
    costs = costs[:, :4]
    chosen = costs.gather(1, likeness.argmax(1, keepdim=True)).mean()
    most = costs.mean() - costs.amin(1).mean()
    return float((costs.mean() - chosen) / most.clamp_min(1e-9))


def _contrast(alignment: Alignment, batch: PairBatch, noise: float, generator: torch.Generator) -> Tensor:
    """Texts find their poses among all, and poses their text (InfoNCE both ways)."""
    told = alignment.text(batch.texts).vectors
    moved = batch.poses + noise * torch.randn(batch.poses.shape, generator=generator).to(batch.poses.device)
    shown = alignment.pose(moved * alignment.pose.used)
    logits = alignment.log_scale.exp() * told @ shown.T
    logits = logits.masked_fill(~batch.counts, -torch.inf)
    to_poses = -(logits.log_softmax(1).masked_fill(~batch.shown, 0).sum(1) / batch.shown.sum(1)).mean()
    first = slice(0, batch.num_first)
    to_texts = F.cross_entropy(logits[:, first].T, torch.arange(batch.num_first, device=logits.device))
    return (to_poses + to_texts) / 2


@torch.inference_mode()
def _measured(
    alignment: Alignment,
    pairs: GrammarPairs,
    held_out: int,
    captions: CaptionPairs | None,
    limbs: SpokenLimbs,
    limb_rows: Sequence[int],
    device: torch.device,
) -> AlignReport:
    def recalls(batches: Sequence[PairBatch]) -> tuple[float, float, float]:
        found = []
        for batch in batches:
            told = alignment.text(batch.texts).vectors
            near = told @ alignment.pose(batch.poses[: batch.num_first]).T
            # What may be shown by several poses counts as found with any of them.
            near = near.masked_fill(~batch.counts[:, : batch.num_first], -torch.inf)
            rank = (near > near.diagonal()[:, None]).sum(1)
            text_rank = (near > near.diagonal()).sum(0)
            found.append([(rank < 1).float().mean(), (rank < 3).float().mean(), (text_rank < 1).float().mean()])
        first, third, back = torch.tensor(found).mean(0).tolist()
        return first, third, back

    first, third, back = recalls([pairs.batch(n, CROWD, held_out, device, training=False) for n in range(40)])
    caption: tuple[float | None, float | None] = (None, None)
    if captions is not None:
        caption = recalls([captions.batch(n, CROWD, 1, device) for n in range(20)])[:2]
    sides = []
    for text, pose, mirrored in pairs.sided(held_out, device):
        told = alignment.text(text).vectors
        sides.append((told * alignment.pose(pose)).sum(-1) > (told * alignment.pose(mirrored)).sum(-1))
    text, spoken = limbs.batch(limb_rows, device)
    named = [[name in own for name in LIMB_NAMES] for own in alignment.limbs(alignment.text(text))]
    right = torch.tensor(named, device=device) == spoken
    return AlignReport(
        first,
        third,
        back,
        caption[0],
        caption[1],
        float(torch.cat(sides).float().mean()),
        None,
        float(right.all(1).float().mean()),
        dict(zip(LIMB_NAMES, right.float().mean(0).tolist(), strict=True)),
    )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("--checkpoint", type=Path, required=True, help="folder of the checkpoint to align")
    parser.add_argument("--grammar", type=Path, nargs="+", required=True, help="grammar sets")
    parser.add_argument("--prepared", type=Path, help="a prepared set, for real captions as well")
    parser.add_argument("--output", type=Path, help="where to write the checkpoint (its own folder)")
    parser.add_argument("--device", default="auto", help="auto, cpu, cuda or cuda:N (auto)")
    for field in dataclasses.fields(AlignConfig):
        name = "--" + field.name.replace("_", "-")
        parser.add_argument(name, type=type(field.default), default=field.default, metavar=str(field.default))


def run(args: argparse.Namespace) -> int:
    """Train, report, and write the checkpoint with its alignment."""
    config = AlignConfig(**{field.name: getattr(args, field.name) for field in dataclasses.fields(AlignConfig)})
    checkpoint = load_checkpoint(args.checkpoint)
    grammar = [GrammarSet.load(folder) for folder in args.grammar]
    captions = held_out = None
    if args.prepared is not None:
        prepared = PreparedSet.load(args.prepared)
        captions = PoseDataset(prepared, "train")
        held_out = PoseDataset(prepared, "val") if (prepared.pose_split == "val").any() else None
    alignment, report = align(config, checkpoint, grammar, captions, held_out, args.device)
    output = args.output or args.checkpoint
    save_checkpoint(dataclasses.replace(checkpoint, alignment=alignment), output)
    write_json(dataclasses.asdict(report), output / "alignment_report.json")
    print(
        f"of {CROWD}: the right pose is first for {report.recall_at_1:.1%} of texts and among three for "
        f"{report.recall_at_3:.1%}; the right side for {report.sides:.1%}; limbs all right for {report.limbs:.1%}"
    )
    if report.ranking is not None:
        print(f"choosing among own poses gains {report.ranking:.1%} of what the best of four would")
    if report.caption_recall_at_1 is not None:
        print(f"real captions: {report.caption_recall_at_1:.1%} first, {report.caption_recall_at_3:.1%} among three")
    print(f"written to {output}")
    return 0

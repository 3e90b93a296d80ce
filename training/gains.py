# SPDX-License-Identifier: GPL-3.0-or-later
"""The `gains` command: what ranking, constraints and edits are worth, measured on texts and poses of the grammar."""

from __future__ import annotations

import argparse
import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from backend.checkpoint import DEFAULT_CHECKPOINT, write_json
from backend.constraints import PoseConstraints
from backend.features import features_from_motion
from backend.pipeline import PosePipeline
from backend.ranking import rank
from backend.sides import left_first
from blender_addon.core.motion import Motion
from blender_addon.core.skeleton import JOINT_NAMES, LIMBS
from training.cases import CaseReport, case_reports
from training.grammar.checks import goals_met
from training.grammar.compose import ENTRIES
from training.grammar.intent import Goal
from training.grammar.phrases import pick
from training.grammar.stored import GrammarSet
from training.grammar.wording import word
from training.pairs import drawn_clause


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `python -m training gains`."""
    parser.add_argument("--checkpoint", type=Path, default=DEFAULT_CHECKPOINT, help="folder (the one that ships)")
    parser.add_argument("--grammar", type=Path, nargs="+", required=True, metavar="DIR", help="grammar sets")
    parser.add_argument("--num-cases", type=int, default=1000, metavar="N", help="poses with constraints (1000)")
    parser.add_argument("--num-edits", type=int, default=200, metavar="N", help="poses changed by words (200)")
    parser.add_argument("--num-texts", type=int, default=200, metavar="N", help="texts to rank candidates for (200)")
    parser.add_argument("--candidates", type=int, default=4, metavar="K", help="for each of those texts (4)")
    parser.add_argument("--seed", type=int, default=0, metavar="S")
    parser.add_argument("--device", default="auto", help="auto, cpu, cuda or cuda:N (auto)")
    parser.add_argument("--output", type=Path, metavar="FILE.json", help="also write the numbers to this file")


def run(args: argparse.Namespace) -> int:
    """Measure what is asked for, print the tables and write the numbers; a count of 0 leaves a part out."""
    pipeline = PosePipeline.from_pretrained(args.checkpoint, device=args.device)
    if args.num_edits and pipeline.alignment is None:
        raise ValueError("this checkpoint knows no edits: train it with `training align`, or give --num-edits 0")
    sets = [GrammarSet.load(folder) for folder in args.grammar]
    numbers: dict[str, object] = {}
    if args.num_cases:
        cases = case_reports(pipeline, sets, args.num_cases, args.seed)
        numbers["constraints"] = [dataclasses.asdict(own) for own in cases]
        print(cases_table(cases), flush=True)
    if args.num_edits:
        edits = edit_report(pipeline, sets, args.num_edits, args.seed)
        numbers["edits"] = dataclasses.asdict(edits)
        print(
            f"{edits.num_edits} edits: limbs not named move {100 * edits.moved:.1f} cm "
            f"({100 * edits.moved_by_themselves:.1f} cm as seen from where each begins), "
            f"under 3 cm in {edits.kept:.1%}; "
            f"limbs named move {100 * edits.changed:.1f} cm; done in {edits.done:.1%} (before: "
            f"{edits.done_before:.1%}); limbs told right in {edits.limbs_right:.1%}",
            flush=True,
        )
    if args.num_texts:
        ranking = ranking_gain(pipeline, sets, args.num_texts, args.candidates, args.seed)
        numbers["ranking"] = dataclasses.asdict(ranking)
        print(
            f"{ranking.num_texts} texts x {ranking.candidates} candidates: all goals met by the first "
            f"{ranking.first:.1%}, the chosen {ranking.chosen:.1%}, the best {ranking.best:.1%}; "
            f"single goals {ranking.first_goals:.1%}, {ranking.chosen_goals:.1%}, {ranking.best_goals:.1%}"
        )
    if args.output is not None:
        write_json(numbers, args.output)
    return 0


def cases_table(reports: Sequence[CaseReport]) -> str:
    """A line a kind of case."""
    lines = [
        f"{'kept of a pose':<16}{'cases':>6}{'met':>8}{'told':>7}{'worst of those not told':>26}"
        f"{'half of the missed by':>24}{'broken':>8}"
    ]
    for own in reports:
        told = "-" if own.told is None else f"{own.told:.0%}"
        worst = f"{1000 * own.worst_metres:.1f} mm, {own.worst_degrees:.2f} deg"
        missed = "-" if own.told is None else f"{100 * own.missed_metres:.1f} cm, {own.missed_degrees:.1f} deg"
        lines.append(
            f"{own.kind.replace('_', ' '):<16}{own.cases:>6}{own.met:>8.1%}{told:>7}{worst:>26}{missed:>24}"
            f"{own.broken:>8.1%}"
        )
    return "\n".join(lines)


@dataclass(frozen=True)
class RankingGain:
    """How many texts have all their goals met (0 to 1), by which candidate is taken."""

    num_texts: int
    candidates: int
    first: float
    """The first one: no ranking."""
    chosen: float
    """The one that ranking gives."""
    best: float
    """Any of them: what a perfect ranking would give."""
    first_goals: float
    """The share of single goals that are met, likewise."""
    chosen_goals: float
    best_goals: float


def ranking_gain(
    pipeline: PosePipeline, sets: Sequence[GrammarSet], num_texts: int = 200, candidates: int = 4, seed: int = 0
) -> RankingGain:
    """Sample texts of the grammar several times and let ranking choose."""
    random = np.random.default_rng(seed)
    texts: list[str] = []
    goals: list[tuple[Goal, ...]] = []
    while len(texts) < num_texts:
        own = pick(random, sets)
        draft = own.draft(int(random.integers(len(own))))
        if draft.goals:
            # Said as the pipeline says it, for its candidates are compared with its words.
            text, mirrored = left_first(pick(random, draft.texts))
            texts.append(text)
            goals.append(tuple(goal.mirrored() for goal in draft.goals) if mirrored else draft.goals)
    met, scores = np.empty((num_texts, candidates)), np.empty((num_texts, candidates))
    step = 32
    for start in range(0, num_texts, step):
        part = slice(start, start + step)
        made = pipeline(texts[part], num_samples=candidates, candidates=1)
        local, root = made.local_rotations[:, :, 0], made.root_translation[:, :, 0]
        flat = Motion(local.reshape(-1, 22, 4), root.reshape(-1, 3))
        met[part] = goals_met([own for own in goals[part] for _ in range(candidates)], flat.local_rotations).reshape(
            -1, candidates
        )
        with torch.inference_mode():
            alignment = pipeline.alignment
            told = None if alignment is None else alignment.text(pipeline.text_encoder(texts[part]))
            tokens = features_from_motion(flat).to(pipeline.device)
            scores[part] = rank(tokens, alignment, told).reshape(-1, candidates)
    chosen = met[np.arange(num_texts), scores.argmax(1)]
    return RankingGain(
        num_texts,
        candidates,
        float((met[:, 0] == 1).mean()),
        float((chosen == 1).mean()),
        float((met == 1).any(1).mean()),
        float(met[:, 0].mean()),
        float(chosen.mean()),
        float(met.max(1).mean()),
    )


_BEGINNINGS = np.zeros(len(JOINT_NAMES), dtype=int)
"""(22,) the first joint of each joint's limb; nothing carries the pelvis."""
for _limb in LIMBS.values():
    _BEGINNINGS[list(_limb)] = _limb[0]


@dataclass(frozen=True)
class EditReport:
    """What became of poses that were changed in words."""

    num_edits: int
    moved: float
    """Metres that the joints of limbs not spoken of move, on average."""
    moved_by_themselves: float
    """The same as seen from where each limb begins: a trunk that leans takes head and arms along, unchanged."""
    kept: float
    """Share of edits in which they move less than 3 cm on average."""
    done: float
    """Share of edits whose goals are all met."""
    done_before: float
    """The same of the poses before."""
    changed: float
    """Metres that the joints of limbs spoken of move, on average."""
    limbs_right: float
    """Share of edits that change just the limbs that are spoken of."""


def edit_report(pipeline: PosePipeline, sets: Sequence[GrammarSet], num_edits: int = 200, seed: int = 0) -> EditReport:
    """Poses of the grammar, changed by a clause of the grammar that makes sense on them."""
    random = np.random.default_rng(seed)
    rows: list[tuple[float, float, float, bool]] = []
    before, after = [], []
    goals: list[tuple[Goal, ...]] = []
    while len(rows) < num_edits:
        own = pick(random, sets)
        at = int(random.integers(len(own)))
        entry = ENTRIES.get(own.draft(at).key)
        clause = drawn_clause(random)
        if entry is None or not clause.intent.goals or (clause.on and not entry.postures & set(clause.on)):
            continue
        flipped = bool(random.random() < 0.5)
        intent = clause.intent.mirrored() if flipped else clause.intent
        text = word([clause.words], random, flipped=flipped, main_first=False)
        rotations, root = own.poses(at)
        pose = Motion(rotations[:1], root[:1])
        made = pipeline(text, seed=len(rows), constraints=PoseConstraints(pose), edit=True)
        changed = made.motion(0, 0)
        said = {"pelvis" if limb == "root" else limb for limb in intent.claims}
        others = [joint for limb, joints in LIMBS.items() if limb not in said for joint in joints]
        spoken = [joint for limb, joints in LIMBS.items() if limb in said for joint in joints]
        a, b = pose.joints()[0], changed.joints()[0]
        moved = np.linalg.norm(b - a, axis=-1)
        inside = np.linalg.norm((b - b[_BEGINNINGS]) - (a - a[_BEGINNINGS]), axis=-1)
        inside[0] = moved[0]
        rows.append(
            (
                moved[others].mean() if others else 0.0,
                inside[others].mean() if others else 0.0,
                moved[spoken].mean() if spoken else 0.0,
                set(made.changed_limbs) == said,
            )
        )
        before.append(pose.local_rotations[0])
        after.append(changed.local_rotations[0])
        goals.append(intent.goals)
    table = np.array(rows, dtype=float)
    return EditReport(
        num_edits,
        float(table[:, 0].mean()),
        float(table[:, 1].mean()),
        float((table[:, 0] < 0.03).mean()),
        float((goals_met(goals, np.stack(after)) == 1).mean()),
        float((goals_met(goals, np.stack(before)) == 1).mean()),
        float(table[:, 2].mean()),
        float(table[:, 3].mean()),
    )

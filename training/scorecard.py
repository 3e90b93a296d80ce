# SPDX-License-Identifier: GPL-3.0-or-later
"""An evaluation in numbers: its headline, what was to be reached, and all of it as Markdown for the model card."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from training.evaluation import CandidateGain, Evaluation, PromptResult, Retrieval

FAILING = 0.5
"""Prompts are listed as failures of which fewer samples than this share do all."""


@dataclass(frozen=True)
class Target:
    """A measure and what it is to reach."""

    name: str
    value: str
    real: str
    """The same of real poses."""
    wanted: str = ""
    """Empty where it only stands beside another one."""
    reached: bool | None = None


@dataclass(frozen=True)
class Table:
    """Rows of plain text under a heading; the first column is words, the others are numbers."""

    title: str
    head: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    note: str = ""


def percent(value: float | None) -> str:
    """A share from 0 to 1 in words; a dash for none."""
    return "-" if value is None or math.isnan(value) else f"{100 * value:.1f} %"


def cm(value: float | None) -> str:
    """Centimetres in words; a dash for none."""
    return "-" if value is None or math.isnan(value) else f"{value:.1f} cm"


def headline(evaluation: Evaluation) -> list[tuple[str, str, str]]:
    """The measures that matter most: name, value, and what to compare it with."""
    held = evaluation.held_out
    rows = []
    if (check := evaluation.posecheck) is not None:
        rows.append(
            ("PoseCheck pass rate", percent(check["pass_rate"]), f"{check['prompts']} prompts x {check['samples']}")
        )
        if check["mirror"] is not None:
            rows.append(
                ("PoseCheck wrong side", percent(check["mirror"]["wrong_side_rate"]), "of the poses of sided prompts")
            )
    if (random := evaluation.random) is not None:
        note = f"{len(random.prompts)} prompts x {random.samples}; {percent(random.goals_met)} of single goals"
        rows.append(("Random prompts: all that is said", percent(random.all_met), note))
    if (found := evaluation.retrieval) is not None:
        note = f"first of {found.crowd}; {percent(found.real.pose_at_1)} of real poses"
        rows.append(("Found by its caption", percent(found.generated.pose_at_1), note))
    reference = "no validation poses to compare with"
    if held.distance_val_cm is not None:
        reference = f"{cm(held.distance_val_cm)} from real validation poses to the same"
    rows += [
        ("Distance to held-out poses", cm(held.distance_cm), reference),
        ("Own-caption preference", percent(held.own_caption_preference), "50 % is chance"),
        ("Diversity", cm(held.diversity_cm), f"{cm(held.diversity_real_cm)} among real poses of a caption"),
        ("Sides follow the words", percent(held.side_agreement), f"{held.side_captions} held-out captions with a side"),
    ]
    return rows


def targets(evaluation: Evaluation) -> list[Target]:
    """What a model is to reach, beside what real poses show."""
    made, real, held = evaluation.generated, evaluation.real, evaluation.held_out
    rows: list[Target] = []
    if (check := evaluation.posecheck) is not None:
        lowest = min(entry["pass_rate"] for entry in check["by_tag"].values())
        rows += [
            Target("PoseCheck pass rate", percent(check["pass_rate"]), "", "at least 92 %", check["pass_rate"] >= 0.92),
            Target("PoseCheck's lowest tag", percent(lowest), "", "at least 80 %", lowest >= 0.8),
        ]
        if check["mirror"] is not None and "consistency" in check["mirror"]:
            same = check["mirror"]["consistency"]
            rows.append(Target("mirror consistency", percent(same), "", "at least 95 %", same >= 0.95))
    beyond = made.beyond_limits["any"]
    depth = made.flesh["p95_cm"]
    rows += [
        Target(
            "beyond a joint limit", percent(beyond), percent(real.beyond_limits["any"]), "less than 1 %", beyond < 0.01
        ),
        Target(
            "limbs inside each other or the trunk, 95th percentile",
            cm(depth),
            cm(real.flesh["p95_cm"]),
            "less than 2 cm",
            depth < 2,
        ),
        Target("- largest", cm(made.flesh["largest_cm"]), cm(real.flesh["largest_cm"])),
        Target("- share beyond 2 cm", percent(made.flesh["deep"]), percent(real.flesh["deep"])),
    ]
    on_floor = (percent(made.floor["on_floor"]), percent(real.floor["on_floor"]))
    if (random := evaluation.random) is not None:
        low = random.on_floor
        rows.append(
            Target("lowest point within 1 cm of the floor, random prompts", percent(low), "", "all", low >= 0.995)
        )
    rows += [
        Target("- every prompt, those in the air too", *on_floor),
        Target("- more than 2 cm through the floor", percent(made.floor["sunk"]), percent(real.floor["sunk"])),
        Target("- more than 5 cm off the floor", percent(made.floor["floating"]), percent(real.floor["floating"])),
        Target(
            "largest bone length error",
            f"{made.bone_length_error:.1e}",
            f"{real.bone_length_error:.1e}",
            "none (1e-5)",
            made.bone_length_error < 1e-5,
        ),
    ]
    if held.diversity_ratio is not None:
        rows.append(
            Target(
                "diversity to that of real poses of the same caption",
                percent(held.diversity_ratio),
                "100 %",
                "at least 50 %",
                held.diversity_ratio >= 0.5,
            )
        )
    return rows


def failures(evaluation: Evaluation) -> list[PromptResult]:
    """The random prompts that fewer than half of the samples do, the worst first."""
    prompts = () if evaluation.random is None else evaluation.random.prompts
    return sorted((result for result in prompts if result.rate < FAILING), key=lambda result: result.rate)


def tables(evaluation: Evaluation) -> list[Table]:
    """What else was measured of the model as such, a table each."""
    found: list[Table] = []
    if evaluation.random is not None:
        for title, head, shares in (
            ("Random prompts by how many things they say", "things said", evaluation.random.by_number),
            ("Random prompts by kind of goal", "goals", evaluation.random.by_kind),
        ):
            rows = [(name, str(own.prompts), percent(own.rate)) for name, own in shares.items()]
            found.append(Table(title, (head, "prompts", "all met"), rows))
    if evaluation.retrieval is not None:
        found.append(_retrieval(evaluation.retrieval))
    if evaluation.ranking is not None:
        found += _ranking(evaluation.ranking)
    return found + _gains(evaluation.gains or {})


def _retrieval(retrieval: Retrieval) -> Table:
    kinds = (
        ("generated", retrieval.generated),
        ("generated, first candidates", retrieval.first),
        ("real", retrieval.real),
    )
    rows = [
        (name, percent(own.pose_at_1), percent(own.pose_at_3), percent(own.caption_at_1), percent(own.caption_at_3))
        for name, own in kinds
        if own is not None
    ]
    return Table(
        f"Held-out captions and poses found among {retrieval.crowd}",
        ("poses", "pose R@1", "pose R@3", "caption R@1", "caption R@3"),
        rows,
        f"{retrieval.captions} captions. Ranking chooses by the likeness that finds; first candidates are not chosen.",
    )


def _ranking(gain: CandidateGain) -> list[Table]:
    rows = [
        (name, percent(first), percent(chosen), f"{100 * (chosen - first):+.1f} points")
        for name, first, chosen in (
            ("random prompts", gain.random_first, gain.random_chosen),
            ("PoseCheck", gain.posecheck_first, gain.posecheck_chosen),
        )
        if first is not None and chosen is not None
    ]
    note = "By likeness to the text and soundness." if gain.by_text else "By soundness alone: there is no alignment."
    head = ("prompts", "first candidate", f"best of {gain.candidates}", "gain")
    return [Table("What choosing among candidates gains", head, rows, note)] if rows else []


def _gains(gains: dict[str, Any]) -> list[Table]:
    """What `training gains` measured."""
    found: list[Table] = []
    if "constraints" in gains:
        cases = [
            (
                own["kind"].replace("_", " "),
                str(own["cases"]),
                percent(own["met"]),
                percent(own["told"]),
                f"{1000 * own['worst_metres']:.1f} mm, {own['worst_degrees']:.2f} degrees",
            )
            for own in gains["constraints"]
        ]
        head = ("kept of a pose", "cases", "met", "misses told", "worst that is not told")
        found.append(Table("Constraints", head, cases, "Met: within 1 cm and 2 degrees."))
    if "edits" in gains:
        own = gains["edits"]
        edits = [
            ("limbs not named move, mean", f"{100 * own['moved']:.1f} cm"),
            ("- as seen from where each begins", f"{100 * own['moved_by_themselves']:.1f} cm"),
            ("- in so many edits less than 3 cm", percent(own["kept"])),
            ("what is asked for is done", percent(own["done"])),
            ("- before the edit", percent(own["done_before"])),
            ("limbs told right", percent(own["limbs_right"])),
        ]
        found.append(Table(f"{own['num_edits']} poses changed by words", ("", "edits"), edits))
    if "ranking" in gains:
        own = gains["ranking"]
        candidates = [
            (name, percent(own[key]), percent(own[f"{key}_goals"]))
            for name, key in (("the first", "first"), ("the chosen", "chosen"), ("the best there is", "best"))
        ]
        title = f"{own['num_texts']} texts of grammar sets, one of {own['candidates']} candidates"
        found.append(Table(title, ("candidate", "all goals met", "single goals met"), candidates))
    return found


def markdown(evaluation: Evaluation) -> str:
    """Everything in numbers, for the model card: headline, targets, PoseCheck's tags, tables and what fails."""
    lines = _lines(("measure", "value", "compare with"), headline(evaluation))
    lines += ["", "### Targets", ""]
    lines += _lines(
        ("measure", "generated", "real held-out", "target", "reached"),
        [(row.name, row.value, row.real, row.wanted, reached(row)) for row in targets(evaluation)],
    )
    if evaluation.posecheck is not None:
        by_tag = evaluation.posecheck["by_tag"].items()
        rows = [(tag, str(entry["prompts"]), percent(entry["pass_rate"])) for tag, entry in by_tag]
        lines += ["", "### PoseCheck by tag", "", *_lines(("PoseCheck tag", "prompts", "pass rate"), rows)]
    for table in tables(evaluation):
        lines += ["", f"### {table.title}", "", *_lines(table.head, table.rows), *(["", table.note] * bool(table.note))]
    if evaluation.retrieval is None:
        lines += ["", NO_RETRIEVAL]
    if (random := evaluation.random) is not None:
        failing = failures(evaluation)
        lines += ["", "### What fails", ""]
        lines.append(
            f"Of {len(random.prompts)} random prompts, {len(failing)} are done by less than half of their "
            f"{random.samples} samples; what is missed most stands beside them with the share that misses it."
        )
        if failing:
            # A prompt of several lines would end the table's row.
            shown = [(" ".join(result.prompt.split()), percent(result.rate), missed(result)) for result in failing]
            lines += ["", *_lines(("prompt", "done by", "missed"), shown)]
    held = evaluation.held_out
    lines += [
        "",
        f"Measured on {held.captions} held-out captions x {held.samples} samples against {held.real_poses} real poses. "
        f"The distance is the root of the Frechet distance between {held.distance_size} poses of each side, on joint "
        "positions with place and heading removed, in cm a joint.",
    ]
    return "\n".join(lines) + "\n"


NO_RETRIEVAL = "Retrieval was not measured: the checkpoint has no alignment (`python -m training align`)."


def reached(target: Target) -> str:
    """In a word."""
    return "" if target.reached is None else ("yes" if target.reached else "no")


def missed(result: PromptResult) -> str:
    """The goals that are missed most, two at most."""
    return "; ".join(f"{name} ({share:.0%})" for name, share in result.missed[:2])


def _lines(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    cells = [[cell.replace("|", "\\|") for cell in row] for row in rows]
    return [f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *cells)]

# SPDX-License-Identifier: GPL-3.0-or-later
"""`python -m training grammar`: look at what the grammar makes (sheet), measure it (check), write it (prepare).

And say whether prompts for testing stand among its texts (contamination).
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the subcommands."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    sheet = actions.add_parser("sheet", help="draw samples with their text to a PNG")
    sheet.add_argument("--output", type=Path, required=True, help="the PNG to write")
    sheet.add_argument("--every", action="store_true", help="one draw of every stance and named pose instead")
    check = actions.add_parser("check", help="how many first draws of each stance and pose pass their own checks")
    prepare = actions.add_parser("prepare", help="write drafts, each with texts and poses, to a folder to train on")
    prepare.add_argument("--output", type=Path, required=True, help="the folder; what is there already is kept")
    prepare.add_argument("--workers", type=int, default=2, help="processes")
    prepare.add_argument("--poses", type=int, default=2, help="poses of each draft")
    prepare.add_argument("--texts", type=int, default=4, help="wordings of each draft, at most")
    contamination = actions.add_parser("contamination", help="which prompts of a file stand among the grammar's texts")
    contamination.add_argument("prompts", type=Path, help="one a line, or JSON lines with 'prompt' or 'text'")
    contamination.add_argument("--num-texts", type=int, default=200_000, help="random texts to compare with")
    contamination.add_argument("--seed", type=int, default=0)
    contamination.add_argument("--captions", type=Path, help="a file of captions that are drawn from too")
    prepare.add_argument("--captions", type=Path, help="JSON lines with people's captions, to draw from too")
    prepare.add_argument("--caption-share", type=float, default=0.1, help="the share of drafts that are captions'")
    prepare.add_argument(
        "--described",
        type=float,
        default=0.35,
        metavar="SHARE",
        help="the share of drafts that come again with words for what else their poses do (0.35)",
    )
    prepare.add_argument(
        "--exclude", type=Path, help="texts that no draft may be worded as: one a line, or JSON lines with 'prompt'"
    )
    for action in (sheet, check, prepare):
        action.add_argument(
            "--num-samples", type=int, default=40, help="samples; samples a pose for check; drafts for prepare"
        )
        action.add_argument("--seed", type=int, default=0)
        if action is not prepare:
            action.add_argument("--only", metavar="NAME", help="one stance or named pose, without additions")
        action.add_argument(
            "--prepared", type=Path, help="a prepared set to take calm bodies from; else they are made up"
        )


def run(arguments: argparse.Namespace) -> int:
    """Run the chosen action; raises ValueError for names and folders that do not exist."""
    if arguments.action == "contamination":
        return _contamination(arguments)
    from training.grammar.bases import calm_bases, made_up_bases
    from training.grammar.compose import ENTRIES
    from training.grammar.samples import generate
    from training.grammar.sheet import every_entry, pass_rates, save, text_sheet
    from training.prepared import PreparedSet

    if arguments.num_samples < 1 or arguments.seed < 0:
        raise ValueError("--num-samples must be at least 1 and --seed at least 0")
    if arguments.action == "prepare":
        return _prepare(arguments)
    bases = made_up_bases() if arguments.prepared is None else calm_bases(PreparedSet.load(arguments.prepared))
    begin = time.perf_counter()
    if arguments.action == "check":
        keys = list(ENTRIES) if arguments.only is None else [arguments.only]
        rates = pass_rates(keys, arguments.num_samples, arguments.seed, bases)
        for key, (rate, reasons) in sorted(rates.items(), key=lambda item: item[1][0]):
            print(f"{100 * rate:5.1f} %  {key}  {'; '.join(f'{n} {why}' for why, n in reasons.most_common(3))}")
        count = arguments.num_samples * len(keys)
        print(f"{sum(rate for rate, _ in rates.values()) / len(rates):.3f} of {count} draws pass")
        print(f"{count / (time.perf_counter() - begin):.0f} draws a second")
        return 0
    if arguments.every:
        cells = every_entry(arguments.seed, bases, () if arguments.only is None else (arguments.only,))
    else:
        made = generate(arguments.num_samples, arguments.seed, bases, arguments.only)
        cells = [(sample.text, sample.motion()) for sample in made]
    if not cells:
        raise ValueError("no sample passed its checks; see `python -m training grammar check`")
    save(text_sheet(cells), arguments.output)
    print(f"{len(cells)} poses drawn to {arguments.output}")
    return 0


def _prepare(arguments: argparse.Namespace) -> int:
    from training.grammar.contamination import read_prompts
    from training.grammar.prepare import SetSettings, prepare

    if arguments.workers < 1 or arguments.poses < 1 or arguments.texts < 1:
        raise ValueError("--workers, --poses and --texts must be at least 1")
    settings = SetSettings(
        arguments.num_samples,
        arguments.seed,
        None if arguments.prepared is None else str(arguments.prepared),
        arguments.poses,
        arguments.texts,
        captions=None if arguments.captions is None else str(arguments.captions),
        caption_share=arguments.caption_share,
        described=arguments.described,
        exclude=None if arguments.exclude is None else str(arguments.exclude),
    )
    if arguments.exclude is not None:
        read_prompts(arguments.exclude)  # so that a broken file is told of at once
    begin = time.perf_counter()
    try:
        index = prepare(arguments.output, settings, arguments.workers)
    except KeyboardInterrupt:
        print(f"stopped; the same command goes on where {arguments.output} ends")
        return 130
    seconds = time.perf_counter() - begin
    print(
        f"{index['drafts']} drafts of {arguments.poses} poses in {arguments.output}; "
        f"{100 * index['first_pass_rate']:.1f} % of first builds pass; {seconds:.0f} s"
    )
    return 0


def _contamination(arguments: argparse.Namespace) -> int:
    from training.grammar.captions import CaptionBook
    from training.grammar.contamination import grammar_texts, overlaps, read_prompts, report

    if arguments.num_texts < 1 or arguments.seed < 0:
        raise ValueError("--num-texts must be at least 1 and --seed at least 0")
    book = None if arguments.captions is None else CaptionBook.read(arguments.captions)
    texts = grammar_texts(arguments.num_texts, arguments.seed, book)
    print(report(overlaps(read_prompts(arguments.prompts), texts), arguments.num_texts))
    return 0

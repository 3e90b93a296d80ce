# SPDX-License-Identifier: GPL-3.0-or-later
"""`python -m training`: prepare data, distill and ground the tower, train, blend, align, evaluate, measure gains."""

from __future__ import annotations

import argparse
import importlib
import sys

COMMANDS = {
    "prepare": "turn motion data into a prepared set of poses and captions",
    "ground": "teach the text tower what words ask of a body",
    "train": "train the denoiser on a prepared set",
    "blend": "make a checkpoint that lies between two",
    "align": "teach a checkpoint which poses go with which texts, to rank candidates and to edit",
    "evaluate": "measure a checkpoint on held-out clips and prompts",
    "gains": "measure what ranking, constraints and edits are worth",
    "ablation": "train short runs that leave one part out, and measure what it is worth",
    "grammar": "look at the poses and texts that the pose grammar makes",
    "distill": "train the embedded text tower from a sentence encoder",
}
"""Each is a module of this package with `add_arguments(parser)` and `run(arguments) -> int`."""


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns its exit code, 2 with one line on stderr for wrong input."""
    argv = sys.argv[1:] if argv is None else argv
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    chosen = next((argument for argument in argv if argument in COMMANDS), None)
    modules = {}
    for name, summary in COMMANDS.items():
        subparser = commands.add_parser(name, help=summary, description=summary)
        # Only the chosen command is imported: the others would cost seconds for torch.
        if name == chosen:
            modules[name] = importlib.import_module(f"training.{name}")
            modules[name].add_arguments(subparser)
    arguments = parser.parse_args(argv)
    try:
        return int(modules[arguments.command].run(arguments))
    except (ValueError, OSError) as error:
        print(f"{parser.prog} {arguments.command}: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())

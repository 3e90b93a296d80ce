# SPDX-License-Identifier: GPL-3.0-or-later
"""Command line of the backend: python -m backend generate | serve | benchmark."""

from __future__ import annotations

import argparse
import importlib
import sys
from typing import NoReturn

COMMANDS = {
    "generate": "make poses from prompts and write them to a file",
    "serve": "answer requests over ZeroMQ, for Blender and others",
    "benchmark": "measure start, latency, throughput and memory on this machine",
}
"""Each is a module of this package with `add_arguments(parser)` and `run(args) -> int`."""


class CommandParser(argparse.ArgumentParser):
    """An argument parser that says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        """Leave with exit code 2 and the message."""
        self.exit(2, f"{self.prog}: {message} (see --help)\n")


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns the exit code: 0 done, 2 refused with one line on stderr, 130 interrupted."""
    argv = sys.argv[1:] if argv is None else argv
    parser = CommandParser(prog="python -m backend", description="Maquette's backend: a prompt becomes a pose.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="|".join(COMMANDS))
    for name, summary in COMMANDS.items():
        command = commands.add_parser(name, help=summary, description=f"{summary[0].upper()}{summary[1:]}.")
        if name not in argv:
            continue  # only the chosen command's module is imported
        module = importlib.import_module(f"backend.{name}")
        module.add_arguments(command)
        command.set_defaults(run=module.run)
    args = parser.parse_args(argv)
    try:
        code: int = args.run(args)
        return code
    except (ValueError, OSError) as error:
        print(f"{parser.prog} {args.command}: {' '.join(str(error).split())}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(f"{parser.prog} {args.command}: interrupted", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())

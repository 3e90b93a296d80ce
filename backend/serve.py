# SPDX-License-Identifier: GPL-3.0-or-later
"""The `serve` command: load the model, say where the server listens, answer until told to stop."""

from __future__ import annotations

import argparse
import logging
import os
import secrets
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from blender_addon.core.access_key import check_key
from blender_addon.core.address import DEFAULT_ADDRESS, is_loopback

if TYPE_CHECKING:
    from backend.server import PoseServer

_PARENT_GONE_SECONDS = 5.0
"""How long the server may take to stop once its parent has gone."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `python -m backend serve`."""
    parser.add_argument(
        "--bind", default=DEFAULT_ADDRESS, metavar="ADDRESS", help=f"where to listen ({DEFAULT_ADDRESS}); port * is any"
    )
    parser.add_argument("--device", default="auto", help="auto, cpu, cuda or cuda:N (auto)")
    parser.add_argument("--checkpoint", type=Path, metavar="DIR", help="folder of another checkpoint")
    parser.add_argument(
        "--key-file",
        type=Path,
        metavar="FILE",
        help="answer only to who has the key in this file, and encrypt; a missing file is made with a new key",
    )
    parser.add_argument("--with-parent", action="store_true", help="stop when standard input ends: Blender's child")


def run(args: argparse.Namespace) -> int:
    """Serve until SIGINT or SIGTERM. Prints `listening on ADDRESS` in a line of its own once requests are answered."""
    server: PoseServer | None = None
    if args.with_parent:
        _when_input_ends(lambda: server.stop() if server is not None else os._exit(0))

    from backend.pipeline import DEFAULT_CHECKPOINT, PosePipeline
    from backend.server import PoseServer

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S", stream=sys.stderr)
    checkpoint = args.checkpoint or DEFAULT_CHECKPOINT
    key = read_key(args.key_file) if args.key_file is not None else ""
    started = time.perf_counter()
    pipeline = PosePipeline.from_pretrained(checkpoint, device=args.device)
    pipeline("a person stands", num_inference_steps=1)  # so that the first prompt does not wait for lazy set-up
    server = PoseServer(pipeline, args.bind, model=checkpoint.name, key=key)
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: server.stop())
    print(f"model {checkpoint} on {pipeline.device}, loaded in {time.perf_counter() - started:.1f} s", flush=True)
    if not key and not is_loopback(server.address):
        print(
            f"warning: anyone who can reach {server.address} over the network can use this server; see --key-file",
            flush=True,
        )
    print(f"listening on {server.address}", flush=True)
    server.run()
    print("stopped", flush=True)
    return 0


def read_key(path: Path) -> str:
    """The key in a file; a new one is drawn and written, for its owner's eyes alone, where there is no file.

    Raises OSError when the file cannot be read or written, ValueError when it holds no key.
    """
    try:
        return check_key(path.read_text(encoding="utf-8").strip())
    except FileNotFoundError:
        key = secrets.token_urlsafe(32)
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(f"{key}\n")
        print(f"a new key is in {path}", flush=True)
        return key


def _when_input_ends(stop: Callable[[], None]) -> None:
    """Call `stop` when whoever holds the other end of standard input closes it or dies."""

    def watch() -> None:
        # Not sys.stdin: a thread that waits in there would hold its lock when the interpreter ends.
        try:
            while os.read(0, 1024):
                pass
        except OSError:
            pass
        stop()
        time.sleep(_PARENT_GONE_SECONDS)
        os._exit(1)

    threading.Thread(target=watch, name="maquette-parent", daemon=True).start()

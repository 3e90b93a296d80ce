# SPDX-License-Identifier: GPL-3.0-or-later
"""The `serve` command: load the model, say where the server listens, answer until told to stop."""

from __future__ import annotations

import argparse
import logging
import signal
import sys
import time
from pathlib import Path

from blender_addon.core.address import DEFAULT_ADDRESS, is_loopback


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `python -m backend serve`."""
    parser.add_argument(
        "--bind", default=DEFAULT_ADDRESS, metavar="ADDRESS", help=f"where to listen ({DEFAULT_ADDRESS}); port * is any"
    )
    parser.add_argument("--device", default="auto", help="auto, cpu, cuda or cuda:N (auto)")
    parser.add_argument("--checkpoint", type=Path, metavar="DIR", help="folder of another checkpoint")


def run(args: argparse.Namespace) -> int:
    """Serve until SIGINT or SIGTERM. Prints `listening on ADDRESS` in a line of its own once requests are answered."""
    from backend.pipeline import DEFAULT_CHECKPOINT, PosePipeline
    from backend.server import PoseServer

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S", stream=sys.stderr)
    checkpoint = args.checkpoint or DEFAULT_CHECKPOINT
    started = time.perf_counter()
    pipeline = PosePipeline.from_pretrained(checkpoint, device=args.device)
    pipeline("a person stands", num_inference_steps=1)  # so that the first prompt does not wait for lazy set-up
    server = PoseServer(pipeline, args.bind, model=checkpoint.name)
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: server.stop())
    print(f"model {checkpoint} on {pipeline.device}, loaded in {time.perf_counter() - started:.1f} s", flush=True)
    if not is_loopback(server.address):
        print(f"warning: anyone who can reach {server.address} over the network can use this server", flush=True)
    print(f"listening on {server.address}", flush=True)
    server.run()
    print("stopped", flush=True)
    return 0

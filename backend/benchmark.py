# SPDX-License-Identifier: GPL-3.0-or-later
"""The `benchmark` command: what start, latency, throughput, memory and the server cost on this machine."""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import zmq

from blender_addon.core.protocol import (
    REPLIES,
    ErrorReply,
    Generate,
    Health,
    HealthReply,
    Message,
    Result,
    decode,
    encode,
    new_request_id,
)

if TYPE_CHECKING:
    from backend.arithmetic import Floor

PROMPT = "a person kneels on one knee"
THROUGHPUT_BATCH = 256
_SERVER_SECONDS = 120
_REPOSITORY = Path(__file__).parent.parent


@dataclass(frozen=True)
class Machine:
    """What was measured on."""

    cpu: str
    cores: int
    """Logical cores that this process may use."""
    load: float | None
    """Mean number of runnable processes in the minute before; well above 0, others were at work as well."""
    gpu: str | None
    system: str
    python: str
    torch: str
    torch_threads: int


@dataclass(frozen=True)
class ColdStart:
    """Seconds in a fresh process, the files in the system's cache; the median run of several."""

    total: float
    """From the start of the interpreter to the first pose."""
    imports: float
    load: float
    first_pose: float
    peak_memory: float | None
    """MiB, after the first pose."""


@dataclass(frozen=True)
class Latency:
    """Milliseconds over some rounds."""

    p50: float
    p95: float


@dataclass(frozen=True)
class Timing:
    """One prompt with so many variations: the pipeline alone, and over the server in a process of its own."""

    num_samples: int
    pipeline: Latency
    round_trip: Latency
    """From the request sent to the result received."""
    server_overhead: Latency
    """Round trip less the time that the pipeline took for the same request."""


@dataclass(frozen=True)
class Benchmark:
    """Everything measured."""

    machine: Machine
    checkpoint: str
    device: str
    num_inference_steps: int
    rounds: int
    cold_start: ColdStart
    timings: tuple[Timing, ...]
    unranked: Latency
    """One pose by the pipeline alone, without candidates to choose from."""
    floors: tuple[Floor, ...]
    peak_rate: float
    """Multiply-adds a second of large matrix products, in the denoiser's precision."""
    health: Latency
    """Round trip of a health request."""
    throughput: float
    """Poses a second at `throughput_batch` poses in one call."""
    throughput_batch: int
    peak_memory: float | None
    """MiB of main memory of a process that made such batches."""
    peak_gpu_memory: float | None
    """MiB that torch took of the GPU's memory."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `python -m backend benchmark`."""
    parser.add_argument("--json", type=Path, metavar="F", help="also write the numbers to this file")
    parser.add_argument("--device", default="auto", help="auto, cpu, cuda or cuda:N (auto)")
    parser.add_argument("--checkpoint", type=Path, metavar="DIR", help="folder of another checkpoint")
    parser.add_argument("--rounds", type=int, default=30, metavar="N", help="repetitions of each latency (30)")


def run(args: argparse.Namespace) -> int:
    """Measure, print the table, and write the JSON if asked."""
    if args.rounds < 1:
        raise ValueError(f"--rounds must be at least 1, got {args.rounds}")
    if args.json is not None and not args.json.absolute().parent.is_dir():
        raise ValueError(f"there is no folder {args.json.absolute().parent} to write --json to; make it first")
    from backend.checkpoint import DEFAULT_CHECKPOINT, write_json

    benchmark = measure(args.checkpoint or DEFAULT_CHECKPOINT, args.device, args.rounds)
    print(table(benchmark))
    if args.json is not None:
        write_json(dataclasses.asdict(benchmark), args.json)
        print(f"\nwritten to {args.json}")
    return 0


def measure(checkpoint: Path, device: str, rounds: int, throughput_batch: int = THROUGHPUT_BATCH) -> Benchmark:
    """Measure a checkpoint on a device; takes a minute or so and wants the machine for itself.

    Args:
        checkpoint: its folder.
        device: `auto`, `cpu` or `cuda`.
        rounds: repetitions of each latency.
        throughput_batch: poses in one call for the throughput.

    Raises:
        CheckpointError: the checkpoint is not sound.
        ValueError: there is no such device.
        OSError: a process that was started for a measurement failed.
    """
    import torch

    from backend.arithmetic import least_time
    from backend.inference import fastest_products
    from backend.pipeline import PosePipeline

    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    pipeline = PosePipeline.from_pretrained(checkpoint, device=device)
    gpu = pipeline.device.type == "cuda"
    cold_start = _measure_cold_start(checkpoint, device, runs=min(3, rounds))
    alone = {num: latency(partial(pipeline, PROMPT, num_samples=num), rounds) for num in (1, 8)}
    unranked = latency(partial(pipeline, PROMPT, candidates=1), rounds)
    rate = fastest_products(pipeline.device, pipeline.eight_bits)
    floors = tuple(least_time(pipeline, PROMPT, num, rate) for num in alone)
    batch_seconds = _seconds(partial(pipeline, PROMPT, num_samples=throughput_batch), 3, warm_up=1)
    peak_memory = peak_memory_mib()
    with _serving(checkpoint, device) as address:
        health, served = _measure_server(address, rounds)
    return Benchmark(
        machine=Machine(
            cpu=_cpu_model(),
            cores=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
            load=load,
            gpu=torch.cuda.get_device_name(pipeline.device) if gpu else None,
            system=platform.platform(),
            python=platform.python_version(),
            torch=torch.__version__,
            torch_threads=torch.get_num_threads(),
        ),
        checkpoint=str(checkpoint),
        device=str(pipeline.device),
        num_inference_steps=pipeline.config.num_inference_steps,
        rounds=rounds,
        cold_start=cold_start,
        timings=tuple(Timing(num, alone[num], *served[num]) for num in alone),
        unranked=unranked,
        floors=floors,
        peak_rate=rate,
        health=health,
        throughput=throughput_batch / statistics.median(batch_seconds),
        throughput_batch=throughput_batch,
        peak_memory=peak_memory,
        peak_gpu_memory=torch.cuda.max_memory_reserved(pipeline.device) / 2**20 if gpu else None,
    )


def latency(work: Callable[[], object], rounds: int) -> Latency:
    """Milliseconds that `work` takes, after three calls that do not count."""
    return _latency(_seconds(work, rounds))


def table(benchmark: Benchmark) -> str:
    """The numbers as text to read, the machine first."""
    machine, cold = benchmark.machine, benchmark.cold_start
    rows = [
        ("CPU", f"{machine.cpu}, {machine.cores} cores, {machine.torch_threads} threads used by torch"),
        ("GPU", machine.gpu or "none used"),
        ("software", f"Python {machine.python}, torch {machine.torch}, {machine.system}"),
        ("load before", "unknown" if machine.load is None else f"{machine.load:.1f} (0 is an idle machine)"),
        ("checkpoint", f"{benchmark.checkpoint}, {benchmark.num_inference_steps} steps, on {benchmark.device}"),
        ("", ""),
        (
            "cold start to first pose",
            f"{cold.total:.2f} s (imports {cold.imports:.2f}, load {cold.load:.2f}, first pose {cold.first_pose:.2f})",
        ),
    ]
    for timing in benchmark.timings:
        name = f"{timing.num_samples} variation{'s' * (timing.num_samples > 1)}"
        rows += [
            (f"{name}, pipeline alone", _shown(timing.pipeline)),
            (f"{name}, over the server", _shown(timing.round_trip)),
            (f"{name}, server's overhead", _shown(timing.server_overhead)),
        ]
    rows.append(("1 variation, without candidates", _shown(benchmark.unranked)))
    for floor, timing in zip(benchmark.floors, benchmark.timings, strict=True):
        rows.append(
            (
                f"{timing.num_samples} variation{'s' * (timing.num_samples > 1)}, by arithmetic",
                f"{floor.milliseconds:.1f} ms ({floor.multiply_adds / 1e9:.2f} G multiply-adds at "
                f"{benchmark.peak_rate / 1e9:.0f} G/s); it takes {timing.pipeline.p50 / floor.milliseconds:.1f} times "
                "that",
            )
        )
    rows += [
        ("health request", _shown(benchmark.health)),
        (f"throughput, batch {benchmark.throughput_batch}", f"{benchmark.throughput:.0f} poses/s"),
        ("peak memory, one pose", _mib(cold.peak_memory)),
        (f"peak memory, batch {benchmark.throughput_batch}", _mib(benchmark.peak_memory)),
    ]
    if benchmark.peak_gpu_memory is not None:
        rows.append(("peak GPU memory", _mib(benchmark.peak_gpu_memory)))
    return "\n".join(f"{name:<34}{value}".rstrip() for name, value in rows)


def report_first_pose(checkpoint: str, device: str) -> None:
    """What a fresh process does for the cold start: imports, loads, makes a pose, prints seconds and MiB as JSON."""
    started = time.perf_counter()
    from backend.pipeline import PosePipeline

    imported = time.perf_counter()
    pipeline = PosePipeline.from_pretrained(Path(checkpoint), device=device)
    loaded = time.perf_counter()
    pipeline(PROMPT)
    print(json.dumps([imported - started, loaded - imported, time.perf_counter() - loaded, peak_memory_mib()]))


def peak_memory_mib() -> float | None:
    """The most main memory that this process ever held, in MiB; None where the system does not say."""
    try:
        # getrusage would do on Linux too, but there it starts from what the parent process held.
        status = Path("/proc/self/status").read_text(encoding="ascii")
        return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM"))
    except (OSError, StopIteration):
        pass
    try:
        import resource
    except ImportError:  # Windows
        return None
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def _measure_cold_start(checkpoint: Path, device: str, runs: int) -> ColdStart:
    code = "import sys; from backend.benchmark import report_first_pose; report_first_pose(*sys.argv[1:])"
    starts = []
    for _ in range(runs):
        started = time.perf_counter()
        child = subprocess.run(
            [sys.executable, "-c", code, str(checkpoint.absolute()), device],
            cwd=_REPOSITORY, capture_output=True, text=True, check=False,
        )  # fmt: skip
        total = time.perf_counter() - started
        if child.returncode:
            raise OSError(f"the process for the cold start failed: {child.stderr.strip().splitlines()[-1]}")
        imports, load, first_pose, memory = json.loads(child.stdout.splitlines()[-1])
        starts.append(ColdStart(total, imports, load, first_pose, memory))
    return sorted(starts, key=lambda start: start.total)[len(starts) // 2]


@contextmanager
def _serving(checkpoint: Path, device: str) -> Iterator[str]:
    """A server in a process of its own on any free port; its address."""
    command = [sys.executable, "-m", "backend", "serve", "--bind", "tcp://127.0.0.1:*", "--device", device]
    server = subprocess.Popen(
        [*command, "--checkpoint", str(checkpoint.absolute())],
        cwd=_REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    assert server.stdout is not None
    try:
        line = ""
        for line in server.stdout:
            if line.startswith("listening on "):
                break
        else:
            raise OSError(f"the server did not start: {line.strip()}")
        yield line.split()[-1]
    finally:
        server.terminate()
        server.communicate()


def _measure_server(address: str, rounds: int) -> tuple[Latency, dict[int, tuple[Latency, Latency]]]:
    """Health's round trip, and for 1 and 8 variations the round trip and what of it is the server's overhead."""
    with zmq.Context() as context, context.socket(zmq.DEALER) as socket:
        socket.setsockopt(zmq.LINGER, 0)
        socket.connect(address)
        health = latency(lambda: _ask(socket, Health(new_request_id())), rounds)
        served = {}
        for num_samples in (1, 8):
            trips, overheads = [], []
            for _ in range(rounds + 3):
                started = time.perf_counter()
                result = _ask(socket, Generate(new_request_id(), prompts=(PROMPT,), num_samples=num_samples))
                trips.append(time.perf_counter() - started)
                assert isinstance(result, Result)
                overheads.append(trips[-1] - result.elapsed_seconds)
            served[num_samples] = (_latency(trips[3:]), _latency(overheads[3:]))
        return health, served


def _ask(socket: zmq.Socket[bytes], request: Message) -> Message:
    """Send and wait for the last reply."""
    socket.send_multipart(encode(request))
    while socket.poll(_SERVER_SECONDS * 1000):
        reply = decode(socket.recv_multipart(), REPLIES)
        if isinstance(reply, ErrorReply):
            raise OSError(f"the server refused a request of the benchmark: {reply.message}")
        if isinstance(reply, Result | HealthReply):
            return reply
    raise OSError(f"the server did not answer a request of the benchmark within {_SERVER_SECONDS} s")


def _seconds(work: Callable[[], object], rounds: int, warm_up: int = 3) -> list[float]:
    """Seconds of each of so many calls, after some that do not count."""
    times = []
    for _ in range(warm_up + rounds):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return times[warm_up:]


def _latency(seconds: Sequence[float]) -> Latency:
    p50, p95 = np.percentile(seconds, [50, 95]) * 1000
    return Latency(float(p50), float(p95))


def _cpu_model() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        return next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def _shown(times: Latency) -> str:
    return f"p50 {times.p50:.1f} ms, p95 {times.p95:.1f} ms"


def _mib(mebibytes: float | None) -> str:
    return "unknown" if mebibytes is None else f"{mebibytes:.0f} MiB"

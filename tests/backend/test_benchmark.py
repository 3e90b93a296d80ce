# SPDX-License-Identifier: GPL-3.0-or-later
"""The benchmark measures a tiny checkpoint in real processes and tells what it found."""

from __future__ import annotations

import copy
import dataclasses
import json
import math
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from backend.__main__ import main
from backend.alignment import Alignment, AlignmentConfig
from backend.arithmetic import multiply_adds
from backend.benchmark import latency, peak_memory_mib
from backend.features import NUM_TOKENS, POSITION_DIM, TOKEN_DIM
from backend.pipeline import PosePipeline
from blender_addon.core.skeleton import LIMBS


def test_the_command_prints_a_table_and_writes_the_same_numbers(
    tiny_checkpoint: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "benchmark.json"
    arguments = ["--checkpoint", str(tiny_checkpoint), "--device", "cpu", "--rounds", "1", "--json", str(output)]
    assert main(["benchmark", *arguments]) == 0
    table = capsys.readouterr().out
    found = json.loads(output.read_text(encoding="utf-8"))

    cold = found["cold_start"]
    assert 0 < cold["imports"] + cold["load"] + cold["first_pose"] < cold["total"]
    assert [timing["num_samples"] for timing in found["timings"]] == [1, 8]
    for timing in found["timings"]:
        for what in ("pipeline", "round_trip", "server_overhead"):
            assert 0 < timing[what]["p50"] <= timing[what]["p95"]
        assert timing["server_overhead"]["p50"] < timing["round_trip"]["p50"]
    assert 0 < found["unranked"]["p50"] <= found["unranked"]["p95"]
    one, eight = found["floors"]
    assert 0 < one["milliseconds"] < found["timings"][0]["pipeline"]["p50"]
    assert one["multiply_adds"] < eight["multiply_adds"] < 8 * one["multiply_adds"]
    assert f"{eight['milliseconds']:.1f} ms (" in table
    assert found["throughput"] > 0 and found["throughput_batch"] == 256
    assert found["num_inference_steps"] == 3
    assert found["machine"]["cpu"] in table and found["machine"]["torch"] in table
    for shown in (
        f"{cold['total']:.2f} s",
        f"p50 {found['health']['p50']:.1f} ms",
        f"{found['throughput']:.0f} poses/s",
    ):
        assert shown in table
    if found["peak_memory"] is not None:
        assert f"{found['peak_memory']:.0f} MiB" in table


def test_multiply_adds_are_counted(tiny_pipeline: PosePipeline) -> None:
    # 2 layers of width 32; 7 tokens of a pose and of its twin in the two steps that are guided.
    denoiser = 2 * 32**2 * 7 * (2 * (2 * 12 + 2) + (12 + 2))
    tower = multiply_adds(tiny_pipeline, "wave", 1) - denoiser
    assert tower == 3 * (12 * 16**2)  # one layer of width 16; the word and both ends
    assert multiply_adds(tiny_pipeline, "wave", 8) == tower + 8 * denoiser


def test_work_of_the_alignment_counts_poses_where_there_is_a_choice(tiny_pipeline: PosePipeline) -> None:
    config = AlignmentConfig(16, 24, pose_width=16, pose_layers=1, text_width=32, text_heads=4, size=8)
    before = [multiply_adds(tiny_pipeline, "wave", num) for num in (1, 8)]
    aligned = copy.copy(tiny_pipeline)
    aligned.alignment = Alignment(config)
    one, eight = (multiply_adds(aligned, "wave", num) - plain for num, plain in zip((1, 8), before, strict=True))
    text = 3 * (16 * 4 + 16 * 16) + (16 + 24) * 32 + 32 * 32 + 32 * 8 + 32 * len(LIMBS)  # 3 tokens: "wave", both ends
    pose = NUM_TOKENS * (TOKEN_DIM + POSITION_DIM) * 16 + 2 * 16 * 32 + 16 * 8
    assert tiny_pipeline.config.candidates == 1 and (one, eight) == (text, text)
    aligned.config = dataclasses.replace(tiny_pipeline.config, candidates=2)
    with_poses = multiply_adds(aligned, "wave", 8)
    aligned.alignment = None
    assert with_poses - multiply_adds(aligned, "wave", 8) == text + 16 * pose


def test_latency_is_in_milliseconds_and_leaves_the_warm_up_out() -> None:
    pauses = iter([0.3, 0.3, 0.3] + [0.01] * 4)
    times = latency(lambda: time.sleep(next(pauses)), rounds=4)
    assert 10 <= times.p50 <= times.p95 < 300
    assert next(pauses, None) is None


def test_peak_memory_is_that_of_this_process() -> None:
    before = peak_memory_mib()
    if before is None:
        pytest.skip("this system does not tell")
    block = bytearray(math.ceil(before * 2**20) + (64 << 20))  # more than ever was held
    block[:: 1 << 12] = b"x" * len(block[:: 1 << 12])
    after = peak_memory_mib()
    assert after is not None and after - before > 60


def test_the_backend_keeps_torchs_threads_from_spinning() -> None:
    code = "import sys, os, backend.__main__; print(os.environ['OMP_WAIT_POLICY'], 'torch' in sys.modules)"
    environment = {name: value for name, value in os.environ.items() if name != "OMP_WAIT_POLICY"}
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=Path(__file__).parents[2], env=environment, capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    assert ended.stdout.split() == ["PASSIVE", "False"]  # set, and in time


def test_bad_arguments_are_told_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["benchmark", "--rounds", "0"]) == 2
    assert "--rounds must be at least 1" in capsys.readouterr().err
    assert main(["benchmark", "--json", str(tmp_path / "none" / "b.json")]) == 2
    assert "there is no folder" in capsys.readouterr().err
    assert main(["benchmark", "--checkpoint", str(tmp_path / "none")]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1

# SPDX-License-Identifier: GPL-3.0-or-later
"""Fixtures shared by all tests: a real checkpoint and pipeline at tiny size with random weights."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from backend.pipeline import PosePipeline

# Networks this small run fastest on one thread, here and in the processes that tests start.
os.environ.setdefault("OMP_NUM_THREADS", "1")

# Where shapes are annotated they are checked; the extension alone is tested without torch and without this.
SHAPED = (
    "alignment",
    "constraints",
    "denoiser",
    "features",
    "inference",
    "pipeline",
    "ranking",
    "rotation",
    "text_encoder",
)
if importlib.util.find_spec("jaxtyping") is not None:
    from jaxtyping import install_import_hook

    modules = [f"backend.{name}" for name in SHAPED] + ["training.dataset", "training.losses"]
    modules += ["training.objective", "training.text_to_pose", "training.train"]
    install_import_hook(modules, "typechecker.check")


@pytest.fixture(scope="session")
def tiny_checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkpoint folder with random weights that yields varied, upright-ish bodies quickly."""
    torch = pytest.importorskip("torch", reason="the backend needs torch")

    from backend.checkpoint import Checkpoint, SamplingConfig, save_checkpoint
    from backend.denoiser import Denoiser, DenoiserConfig
    from backend.features import features_from_motion
    from backend.text_encoder import TextEncoder, TextEncoderConfig
    from blender_addon.core.motion import Motion

    torch.manual_seed(0)
    encoder = TextEncoder.from_config(TextEncoderConfig(width=16, layers=1, heads=2, pooled_dim=24))
    denoiser = Denoiser(DenoiserConfig(text_token_dim=16, text_pooled_dim=24, width=32, layers=2, heads=2))
    # The last layer starts at zero; a trained one does not. And random bodies vary around the rest pose.
    torch.nn.init.normal_(denoiser.token_out, std=0.3)
    torch.nn.init.normal_(denoiser.condition[1].weight, std=0.1)
    rest = Motion([[[1.0, 0.0, 0.0, 0.0]] * 22], [[0.0, 0.95, 0.0]])  # type: ignore[arg-type]
    denoiser.scaler.mean.copy_(features_from_motion(rest)[0])
    denoiser.scaler.std.fill_(0.3)
    folder = tmp_path_factory.mktemp("checkpoint") / "tiny"
    save_checkpoint(
        Checkpoint(encoder, denoiser, SamplingConfig(num_inference_steps=3, candidates=1), "# Tiny\nRandom weights.\n"),
        folder,
    )
    return folder


@pytest.fixture(scope="session")
def tiny_pipeline(tiny_checkpoint: Path) -> PosePipeline:
    """A pipeline on the CPU from `tiny_checkpoint`."""
    from backend.pipeline import PosePipeline

    return PosePipeline.from_pretrained(tiny_checkpoint, device="cpu")

# SPDX-License-Identifier: GPL-3.0-or-later
"""What a pose costs at the least: the arithmetic of one call of the pipeline, at the machine's best rate."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from torch import nn

from backend.pipeline import PosePipeline


@dataclass(frozen=True)
class Floor:
    """What the arithmetic of one prompt costs at the least on this machine."""

    num_samples: int
    multiply_adds: float
    """Of the matrix products of the text tower, the denoiser and the alignment."""
    milliseconds: float
    """At the rate of large products."""


def least_time(pipeline: PosePipeline, prompt: str, num_samples: int, rate: float) -> Floor:
    """The least time of one prompt with so many variations, at `rate` multiply-adds a second."""
    work = multiply_adds(pipeline, prompt, num_samples)
    return Floor(num_samples, work, 1000 * work / rate)


def multiply_adds(pipeline: PosePipeline, prompt: str, num_samples: int) -> float:
    """How many multiply-adds the matrix products of one call take: of text tower, denoiser and alignment."""
    encoder, shape, sampling = pipeline.text_encoder, pipeline.denoiser.config, pipeline.config
    words = int(encoder.lengths(encoder.tokenize([prompt]))[0])
    tower = _weights(encoder.tower.transformer) * words
    if encoder.limb_reader is not None:
        tower += _weights(encoder.limb_reader.rounds) * shape.num_summaries
    rows = num_samples * sampling.candidates * shape.num_tokens
    guidance = np.linspace(sampling.guidance_scale, sampling.guidance_scale_end, sampling.num_inference_steps)
    # A row passes 12 width^2 weights a layer, and 2 more where it looks at the words, as an unguided twin does not.
    square = sum(rows * (12 * (1 + (scale != 1)) + 2) for scale in guidance)
    return float(tower + square * shape.layers * shape.width**2 + _alignment_work(pipeline, words, num_samples))


def _alignment_work(pipeline: PosePipeline, words: int, num_samples: int) -> int:
    """Multiply-adds of the alignment: of the prompt, and of each candidate where there is a choice."""
    if pipeline.alignment is None:
        return 0
    text, candidates = pipeline.alignment.text, pipeline.config.candidates
    each_token = _weights(text.scores) + _weights(text.values)
    tokens = words + pipeline.alignment.config.summaries
    ranked = num_samples * candidates if candidates > 1 else 0
    return _weights(text) + (tokens - 1) * each_token + ranked * _weights(pipeline.alignment.pose)


def _weights(part: nn.Module) -> int:
    """How many weights its matrices have: one multiply-add each for every row that passes."""
    return sum(weight.numel() for weight in part.parameters() if weight.ndim == 2)

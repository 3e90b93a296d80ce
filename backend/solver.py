# SPDX-License-Identifier: GPL-3.0-or-later
"""The few-step solver from noise to a clean sample: DPM-Solver++(2M) on the squared-cosine schedule.

Lu et al., DPM-Solver++: Fast Solver for Guided Sampling of Diffusion Probabilistic Models, 2022, algorithm 2. The same
as diffusers' `DPMSolverMultistepScheduler` with trailing timesteps and a last sigma of zero, as numbers known ahead.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from torch import Tensor

NUM_TRAIN_TIMESTEPS = 1000


@dataclass(frozen=True)
class SolverStep:
    """One step: the next sample is `sample * x + clean * x0 + before * (the x0 predicted a step earlier)`."""

    timestep: int
    """Of the noise in x, what the denoiser is told."""
    sample: float
    clean: float
    before: float

    def advanced(self, x: Tensor, clean: Tensor, before: Tensor | None) -> Tensor:
        """The next sample, from this one, the x0 predicted of it, and the one predicted a step earlier, if any."""
        x = self.sample * x + self.clean * clean
        return x if before is None else x + self.before * before


@functools.lru_cache(maxsize=64)
def solver_steps(num_inference_steps: int, num_train_timesteps: int = NUM_TRAIN_TIMESTEPS) -> tuple[SolverStep, ...]:
    """The steps from pure noise to a clean sample; the last one ends on its own prediction."""
    alphas = _alphas_cumprod(num_train_timesteps)
    spacing = num_train_timesteps / num_inference_steps
    timesteps = np.round(np.arange(num_train_timesteps, 0, -spacing)).astype(int) - 1
    sigmas = np.append(np.sqrt((1 - alphas[timesteps]) / alphas[timesteps]), 0.0)
    steps: list[SolverStep] = []
    for index, timestep in enumerate(timesteps.tolist()):
        if index == len(timesteps) - 1:
            steps.append(SolverStep(timestep, 0.0, 1.0, 0.0))
            break
        (alpha, sigma), (_, sigma_here) = _parts(sigmas[index + 1]), _parts(sigmas[index])
        step = math.log(sigmas[index]) - math.log(sigmas[index + 1])
        whole = -alpha * math.expm1(-step)
        # The slope of the prediction, from this step and the one before.
        slope = 0.0 if index == 0 else 0.5 * whole * step / (math.log(sigmas[index - 1]) - math.log(sigmas[index]))
        steps.append(SolverStep(timestep, sigma / sigma_here, whole + slope, -slope))
    return tuple(steps)


def noise_levels(timesteps: Sequence[int], num_train_timesteps: int = NUM_TRAIN_TIMESTEPS) -> list[tuple[float, float]]:
    """How much of the clean sample and of the noise is in a sample at each timestep."""
    alphas = _alphas_cumprod(num_train_timesteps)
    return [(math.sqrt(alphas[t]), math.sqrt(1 - alphas[t])) for t in timesteps]


def _parts(sigma: float) -> tuple[float, float]:
    alpha = 1 / math.sqrt(sigma * sigma + 1)
    return alpha, sigma * alpha


@functools.lru_cache(maxsize=4)
def _alphas_cumprod(num_train_timesteps: int) -> np.ndarray:
    """Share of the clean signal's power after each training timestep (Nichol and Dhariwal 2021, section 3.2)."""

    def bar(t: float) -> float:
        return math.cos((t + 0.008) / 1.008 * math.pi / 2) ** 2

    count = num_train_timesteps
    betas = [min(1 - bar((i + 1) / count) / bar(i / count), 0.999) for i in range(count)]
    return np.cumprod(1 - np.array(betas))

# SPDX-License-Identifier: GPL-3.0-or-later
"""The solver against the one of diffusers."""

from __future__ import annotations

import pytest
import torch
from diffusers.schedulers.scheduling_ddpm import DDPMScheduler
from diffusers.schedulers.scheduling_dpmsolver_multistep import DPMSolverMultistepScheduler

from backend.solver import noise_levels, solver_steps


@pytest.mark.parametrize("num_steps", [1, 2, 3, 5, 6, 8, 15, 30, 100])
def test_it_steps_as_diffusers_does(num_steps: int) -> None:
    scheduler = DPMSolverMultistepScheduler(
        num_train_timesteps=1000,
        beta_schedule="squaredcos_cap_v2",
        prediction_type="sample",
        timestep_spacing="trailing",
        final_sigmas_type="zero",
    )
    scheduler.set_timesteps(num_steps)
    steps = solver_steps(num_steps)
    assert [step.timestep for step in steps] == scheduler.timesteps.tolist()
    generator = torch.Generator().manual_seed(num_steps)
    x = wanted = torch.randn(2, 7, 24, generator=generator)
    before = torch.zeros_like(x)
    for step, timestep in zip(steps, scheduler.timesteps, strict=True):
        clean = torch.randn(x.shape, generator=generator)
        wanted = scheduler.step(clean, timestep, wanted).prev_sample
        x = step.sample * x + step.clean * clean + step.before * before
        before = clean
        torch.testing.assert_close(x, wanted, atol=2e-4, rtol=2e-3)
    torch.testing.assert_close(x, clean)


def test_noise_levels_are_those_of_training() -> None:
    schedule = DDPMScheduler(1000, beta_schedule="squaredcos_cap_v2")
    clean, noise = torch.full((1, 1), 2.0), torch.full((1, 1), 3.0)
    for timestep, (signal, level) in zip((0, 400, 999), noise_levels((0, 400, 999)), strict=True):
        wanted = schedule.add_noise(clean, noise, torch.tensor([timestep]))
        assert wanted.item() == pytest.approx(2 * signal + 3 * level, rel=1e-3)

# SPDX-License-Identifier: GPL-3.0-or-later
"""The pipeline: prompts in, motions out; encode, denoise step by step, decode."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from diffusers.schedulers.scheduling_dpmsolver_multistep import DPMSolverMultistepScheduler
from jaxtyping import Bool, Float, Int
from torch import Tensor

from backend.checkpoint import DEFAULT_CHECKPOINT, Checkpoint, SamplingConfig, load_checkpoint
from backend.denoiser import AttentionControl
from backend.features import poses_from_features
from backend.text_encoder import TextFeatures
from blender_addon.core.kinematics import forward_kinematics
from blender_addon.core.motion import Motion
from blender_addon.core.skeleton import SMPL22

MAX_BATCH = 256
"""Samples denoised together; more are done in turns, so that memory stays bounded."""
POSE_FPS = 20.0


class GenerationCancelled(Exception):
    """Raised by an `on_step` callback to stop a generation; nothing catches it on the way out."""


@dataclass(frozen=True)
class GeneratedMotions:
    """Some prompts with several samples each; poses are motions of one frame."""

    prompts: tuple[str, ...]
    seeds: tuple[int, ...]
    """The seed of each sample: generating with that seed and one sample gives the same motion again."""
    local_rotations: np.ndarray
    """(P, S, F, 22, 4) float32 unit quaternions wxyz."""
    root_translation: np.ndarray
    """(P, S, F, 3) float32 metres."""
    fps: float = POSE_FPS

    @property
    def num_prompts(self) -> int:
        """P, how many prompts."""
        return self.local_rotations.shape[0]

    @property
    def num_samples(self) -> int:
        """S, how many samples each prompt has."""
        return self.local_rotations.shape[1]

    @property
    def num_frames(self) -> int:
        """F, how many frames a sample has; 1 for poses."""
        return self.local_rotations.shape[2]

    def joints(self) -> np.ndarray:
        """Joint positions (P, S, F, 22, 3) in metres, float32."""
        return forward_kinematics(self.local_rotations, self.root_translation, SMPL22).astype(np.float32)

    def motion(self, prompt_index: int, sample_index: int) -> Motion:
        """One sample."""
        at = (prompt_index, sample_index)
        return Motion(self.local_rotations[at], self.root_translation[at], self.fps)


@dataclass(frozen=True)
class Step:
    """One denoising step that has just been done."""

    index: int
    """1 after the first step."""
    total: int
    preview: Callable[[], GeneratedMotions]
    """Decodes all motions as they stand now; those whose turn has not come yet are in the model's mean pose."""


class PosePipeline:
    """Text to poses with one checkpoint on one device."""

    def __init__(self, checkpoint: Checkpoint, device: str = "auto") -> None:
        self.device = resolve_device(device)
        self.text_encoder = checkpoint.text_encoder.to(self.device).eval()
        self.denoiser = checkpoint.denoiser.to(self.device).eval()
        self.config: SamplingConfig = checkpoint.sampling
        self._model_card = checkpoint.model_card

    @classmethod
    def from_pretrained(cls, path: Path = DEFAULT_CHECKPOINT, device: str = "auto") -> PosePipeline:
        """Load a checkpoint folder.

        Raises:
            CheckpointError: The folder is not a sound checkpoint.
            ValueError: The device is unknown or absent.
        """
        return cls(load_checkpoint(Path(path)), device)

    def model_card(self) -> str:
        """The checkpoint's model card, Markdown."""
        return self._model_card

    @torch.inference_mode()
    def __call__(
        self,
        prompts: str | Sequence[str],
        *,
        num_samples: int = 1,
        seed: int = 0,
        guidance_scale: float | None = None,
        guidance_scale_end: float | None = None,
        num_inference_steps: int | None = None,
        negative_prompt: str = "",
        on_step: Callable[[Step], None] | None = None,
        attention_control: AttentionControl | None = None,
    ) -> GeneratedMotions:
        """Generate `num_samples` poses for every prompt.

        Args:
            prompts: One or several; an empty one gives a plausible pose of the model's choice.
            num_samples: Variations of each prompt; sample s uses the seed `seed + s`, whatever else is in the batch.
            seed: Of the first sample.
            guidance_scale: How strongly the first step follows the prompt (1: no guidance). None: the checkpoint's own,
                constant at this value if only `guidance_scale` is given.
            guidance_scale_end: The same for the last step; steps between lie on a straight line.
            num_inference_steps: Denoising steps; more is slower. None: the checkpoint's own.
            negative_prompt: What to steer away from; takes the place of "no prompt" in guidance.
            on_step: Called after every step; may raise `GenerationCancelled`.
            attention_control: Reads or changes attention to words, in a batch ordered prompt by prompt, sample by
                sample; where guidance is on, the unguided twins come after.

        Raises:
            ValueError: An argument is out of its range.
        """
        prompts = (prompts,) if isinstance(prompts, str) else tuple(prompts)
        num_steps = self.config.num_inference_steps if num_inference_steps is None else num_inference_steps
        start = self.config.guidance_scale if guidance_scale is None else guidance_scale
        default_end = self.config.guidance_scale_end if guidance_scale is None else guidance_scale
        end = default_end if guidance_scale_end is None else guidance_scale_end
        _validate(prompts, num_samples, seed, num_steps, start, end)

        seeds = tuple(range(seed, seed + num_samples))
        total = len(prompts) * num_samples
        prompt_index = torch.arange(len(prompts), device=self.device).repeat_interleave(num_samples)
        has_text = torch.tensor([bool(prompt.strip()) for prompt in prompts], device=self.device)[prompt_index]
        # The negative prompt is one more row of text, which every sample's unguided twin is told.
        text = self.text_encoder([*prompts, negative_prompt])
        noise = self._noise(seeds).repeat(len(prompts), 1, 1)
        guidance = np.linspace(start, end, num_steps)
        clean = torch.zeros_like(noise)
        for first in range(0, total, MAX_BATCH):
            part = slice(first, first + MAX_BATCH)
            done = first // MAX_BATCH * num_steps
            loop = self._denoise(
                noise[part],
                text,
                prompt_index[part],
                has_text[part],
                bool(negative_prompt.strip()),
                guidance,
                attention_control,
            )
            for index, predicted in enumerate(loop, start=done + 1):
                clean[part] = predicted
                if on_step is not None:
                    on_step(
                        Step(index, num_steps * -(-total // MAX_BATCH), lambda: self._decode(clean, prompts, seeds))
                    )
        return self._decode(clean, prompts, seeds)

    def _denoise(
        self,
        noise: Float[Tensor, "batch tokens features"],
        text: TextFeatures,
        prompt_index: Int[Tensor, " batch"],
        has_text: Bool[Tensor, " batch"],
        has_negative: bool,
        guidance: np.ndarray,
        control: AttentionControl | None,
    ) -> Iterator[Float[Tensor, "batch tokens features"]]:
        """The loop from noise to a pose: after each solver step, the clean normalised features predicted so far.

        The last prediction is the result: the solver's last step ends on it.
        """
        scheduler = DPMSolverMultistepScheduler(
            num_train_timesteps=self.config.num_train_timesteps,
            beta_schedule="squaredcos_cap_v2",
            prediction_type="sample",
            timestep_spacing="trailing",
            final_sigmas_type="zero",
        )
        scheduler.set_timesteps(len(guidance), device=self.device)
        negative = torch.full_like(prompt_index, len(text.tokens) - 1)
        both_index = torch.cat((prompt_index, negative))
        both_have_text = torch.cat((has_text, torch.full_like(has_text, has_negative)))
        x = noise * scheduler.init_noise_sigma
        for timestep, scale in zip(scheduler.timesteps, guidance, strict=True):
            if scale == 1:
                clean = self.denoiser(x, timestep.expand(len(x)), text, prompt_index, has_text, control=control)
            else:
                told, untold = self.denoiser(
                    torch.cat((x, x)), timestep.expand(2 * len(x)), text, both_index, both_have_text, control=control
                ).chunk(2)
                clean = untold + float(scale) * (told - untold)
            x = scheduler.step(clean, timestep, x).prev_sample
            yield clean

    def _noise(self, seeds: Sequence[int]) -> Float[Tensor, "samples tokens features"]:
        """One start a seed, drawn on the CPU so that every device begins alike."""
        shape = (self.denoiser.config.num_tokens, self.denoiser.config.token_dim)
        drawn = [torch.randn(shape, generator=torch.Generator().manual_seed(seed)) for seed in seeds]
        return (torch.stack(drawn) * self.denoiser.used.cpu()).to(self.device)

    def _decode(self, features: Tensor, prompts: tuple[str, ...], seeds: tuple[int, ...]) -> GeneratedMotions:
        rotations, root = poses_from_features(self.denoiser.scaler.denormalize(features))
        shape = (len(prompts), len(seeds), 1)
        return GeneratedMotions(prompts, seeds, rotations.reshape(*shape, 22, 4), root.reshape(*shape, 3))


def resolve_device(device: str) -> torch.device:
    """The device that `auto`, `cpu` or `cuda` (or `cuda:N`) names.

    Raises:
        ValueError: The name is unknown, or there is no such device here.
    """
    if device == "auto":
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")
    if device.split(":")[0] not in ("cpu", "cuda"):
        raise ValueError(f"device must be auto, cpu or cuda, got {device!r}")
    if device.startswith("cuda") and not torch.cuda.is_available():
        raise ValueError("device 'cuda' was asked for, but torch sees no CUDA GPU here; use --device cpu")
    return torch.device(device)


def _validate(prompts: tuple[str, ...], num_samples: int, seed: int, num_steps: int, start: float, end: float) -> None:
    if not prompts:
        raise ValueError("prompts must hold at least one prompt, got none")
    if num_samples < 1:
        raise ValueError(f"num_samples must be at least 1, got {num_samples}")
    if not 0 <= seed <= 2**63 - 1 - num_samples:
        raise ValueError(f"seed must be between 0 and 2^63 - 1, got {seed}")
    if not 1 <= num_steps <= 1000:
        raise ValueError(f"num_inference_steps must be 1 to 1000, got {num_steps}")
    for name, scale in (("guidance_scale", start), ("guidance_scale_end", end)):
        if not 0 <= scale <= 100:
            raise ValueError(f"{name} must be 0 to 100, got {scale}")

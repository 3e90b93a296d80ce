# SPDX-License-Identifier: GPL-3.0-or-later
"""The pipeline: prompts in, motions out; encode, denoise step by step, decode."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from jaxtyping import Bool, Float, Int
from torch import Tensor

from backend.checkpoint import DEFAULT_CHECKPOINT, Checkpoint, SamplingConfig, load_checkpoint
from backend.constraints import Conditioning, PoseConstraints, Residue
from backend.denoiser import AttentionControl
from backend.features import poses_from_features
from backend.solver import solver_steps
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
    residue: Residue | None = None
    """(P, S) by how much each misses its constraints, where there were any."""

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
        constraints: PoseConstraints | None = None,
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
            constraints: What every pose keeps of a reference. Poses then stand where it stands and face where it faces,
                and the result says by how much a constraint could not be met.
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
        conditioning = None if constraints is None else Conditioning(constraints, self.denoiser.scaler)
        text, has_text = self._encode(prompts, negative_prompt)
        noise = self._noise(seeds).repeat(len(prompts), 1, 1)
        prompt_index = torch.arange(len(prompts), device=self.device).repeat_interleave(num_samples)
        guidance = np.linspace(start, end, num_steps)
        clean = torch.zeros_like(noise)
        total = len(noise)
        for first in range(0, total, MAX_BATCH):
            part = slice(first, first + MAX_BATCH)
            done = first // MAX_BATCH * num_steps
            loop = self._denoise(
                noise[part],
                text,
                # Samples that are as many for every prompt need no index, which is faster.
                None if total <= MAX_BATCH else prompt_index[part],
                has_text[:, prompt_index[part]],
                guidance,
                conditioning,
                attention_control,
            )
            for index, predicted in enumerate(loop, start=done + 1):
                clean[part] = predicted
                if on_step is not None:
                    num_in_all = num_steps * -(-total // MAX_BATCH)
                    on_step(Step(index, num_in_all, lambda: self._decode(clean, prompts, seeds, conditioning)))
        return self._decode(clean, prompts, seeds, conditioning)

    def _encode(self, prompts: tuple[str, ...], negative_prompt: str) -> tuple[TextFeatures, Bool[Tensor, "2 prompts"]]:
        """What the prompts' samples are told, then what their unguided twins are; and which of them are told anything.

        Returns:
            Features of twice as many texts as prompts, and a row of flags for the prompts and one for the twins.
        """
        negative = bool(negative_prompt.strip())
        text = self.text_encoder([*prompts, negative_prompt] if negative else list(prompts))
        count = len(prompts)
        # Twins that are told nothing take anybody's words: they do not look at them.
        rows = [*range(count), *([count] * count if negative else range(count))]
        both = TextFeatures(text.tokens[rows], text.mask[rows], text.pooled[rows])
        has_text = [[bool(prompt.strip()) for prompt in prompts], [negative] * count]
        return both, torch.tensor(has_text, device=self.device)

    def _denoise(
        self,
        noise: Float[Tensor, "batch tokens features"],
        text: TextFeatures,
        prompt_index: Int[Tensor, " batch"] | None,
        has_text: Bool[Tensor, "2 batch"],
        guidance: np.ndarray,
        conditioning: Conditioning | None,
        control: AttentionControl | None,
    ) -> Iterator[Float[Tensor, "batch tokens features"]]:
        """The loop from noise to a pose: after each solver step, the clean normalised features predicted so far.

        The last prediction is the result: the solver's last step ends on it.
        """
        x, size, count = noise, len(noise), len(text.tokens) // 2
        told = TextFeatures(text.tokens[:count], text.mask[:count], text.pooled[:count])
        both_index = None if prompt_index is None else torch.cat((prompt_index, prompt_index + count))
        clean: Tensor | None = None
        for step, scale in zip(solver_steps(len(guidance), self.config.num_train_timesteps), guidance, strict=True):
            before = clean
            twins = 1 if scale == 1 else 2
            known = None if conditioning is None else conditioning.known(size, before, twins)
            if scale == 1:
                at = torch.full((size,), step.timestep, device=x.device)
                clean = self.denoiser(x, at, told, prompt_index, has_text[0], known, control)
            else:
                at = torch.full((2 * size,), step.timestep, device=x.device)
                predicted = self.denoiser(torch.cat((x, x)), at, text, both_index, has_text.flatten(), known, control)
                guided, unguided = predicted.chunk(2)
                clean = unguided + float(scale) * (guided - unguided)
            if conditioning is not None:
                clean = conditioning.keep(clean)
            yield clean
            x = step.sample * x + step.clean * clean
            if before is not None:
                x = x + step.before * before

    def _noise(self, seeds: Sequence[int]) -> Float[Tensor, "samples tokens features"]:
        """One start a seed, drawn on the CPU so that every device begins alike."""
        shape = (self.denoiser.config.num_tokens, self.denoiser.config.token_dim)
        drawn = [torch.randn(shape, generator=torch.Generator().manual_seed(seed)) for seed in seeds]
        return (torch.stack(drawn) * self.denoiser.used.cpu()).to(self.device)

    def _decode(
        self,
        features: Float[Tensor, "batch tokens features"],
        prompts: tuple[str, ...],
        seeds: tuple[int, ...],
        conditioning: Conditioning | None,
    ) -> GeneratedMotions:
        shape = (len(prompts), len(seeds))
        residue = None
        if conditioning is None:
            rotations, root = poses_from_features(self.denoiser.scaler.denormalize(features))
        else:
            rotations, root, residue = conditioning.finish(features)
            residue = residue.reshaped(*shape)
        rotations, root = rotations.reshape(*shape, 1, 22, 4), root.reshape(*shape, 1, 3)
        return GeneratedMotions(prompts, seeds, rotations, root, residue=residue)


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

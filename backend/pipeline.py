# SPDX-License-Identifier: GPL-3.0-or-later
"""The pipeline: prompts in, motions out; encode, denoise step by step, decode.

A prompt that names the right side first is said the other way round, and its poses mirrored: see `sides`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from jaxtyping import Bool, Float, Int
from torch import Tensor

from backend import choice
from backend.alignment import AlignedText
from backend.checkpoint import DEFAULT_CHECKPOINT, Checkpoint, SamplingConfig, load_checkpoint
from backend.constraints import Conditioning, PoseConstraints, Residue
from backend.denoiser import AttentionControl
from backend.features import NUM_JOINTS, poses_from_features
from backend.generated import GeneratedMotions
from backend.inference import FastDenoiser, eight_bits_pay
from backend.limits import LIMITS
from backend.prompts import check_text
from backend.ranking import rank
from backend.sides import left_first, mirror_text, mirrored_name
from backend.solver import solver_steps
from backend.text_encoder import TextFeatures
from blender_addon.core.motion import Motion
from blender_addon.core.skeleton import LIMBS

MAX_BATCH = 256
"""Samples denoised together; more are done in turns, so that memory stays bounded."""
CALIBRATION_PROMPTS = (
    "a person kneels on one knee",
    "left arm raised, right hand on the hip",
    "someone is running fast",
    "lying on the back with both legs up",
    "a dancer leaps with both arms spread wide",
    "sit cross-legged and look down",
)
"""What 8-bit ranges are measured on."""


class GenerationCancelled(Exception):
    """Raised by an `on_step` callback to stop a generation; nothing catches it on the way out."""


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

    def __init__(self, checkpoint: Checkpoint, device: str = "auto", *, eight_bits: bool | None = None) -> None:
        """Take a checkpoint to a device.

        Args:
            checkpoint: Its networks are moved, not copied.
            device: auto, cpu, cuda or cuda:N.
            eight_bits: Whether the denoiser works in 8-bit integers: several times as fast on a CPU, and joints land
                some millimetres elsewhere. None: where the processor gains by it.

        Raises:
            ValueError: The device is unknown or absent.
        """
        self.device = resolve_device(device)
        self.text_encoder = checkpoint.text_encoder.to(self.device).eval()
        self.denoiser = checkpoint.denoiser.to(self.device).eval()
        self.alignment = None if checkpoint.alignment is None else checkpoint.alignment.to(self.device).eval()
        self.config: SamplingConfig = checkpoint.sampling
        self._model_card = checkpoint.model_card
        if eight_bits is None:
            eight_bits = self.device.type == "cpu" and eight_bits_pay()
        with torch.inference_mode():
            self._fast = FastDenoiser(self.denoiser, self.text_encoder(CALIBRATION_PROMPTS) if eight_bits else None)

    @classmethod
    def from_pretrained(
        cls, path: Path = DEFAULT_CHECKPOINT, device: str = "auto", *, eight_bits: bool | None = None
    ) -> PosePipeline:
        """Load a checkpoint folder.

        Raises:
            CheckpointError: The folder is not a sound checkpoint.
            ValueError: The device is unknown or absent.
        """
        return cls(load_checkpoint(Path(path)), device, eight_bits=eight_bits)

    @property
    def eight_bits(self) -> bool:
        """Whether the denoiser works in 8-bit integers."""
        return self._fast.eight_bits

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
        candidates: int | None = None,
        constraints: PoseConstraints | None = None,
        edit: bool = False,
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
            candidates: Poses drawn for each sample, from its seed alone, of which the one that goes best with the
                prompt and is the soundest is given. 1: the first one. None: the checkpoint's own.
            constraints: What every pose keeps of a reference. Poses then stand where it stands and face where it faces,
                and the result says by how much a constraint could not be met.
            edit: Change the reference of `constraints` only where the prompt speaks of it: limbs that the one prompt
                does not speak of are locked too.
            on_step: Called after every step; may raise `GenerationCancelled`.
            attention_control: Reads or changes attention to words, in a batch ordered prompt by prompt, sample by
                sample, candidate by candidate; where guidance is on, the unguided twins come after.

        Raises:
            ValueError: An argument is out of its range.
        """
        prompts = (prompts,) if isinstance(prompts, str) else tuple(prompts)
        num_steps = self.config.num_inference_steps if num_inference_steps is None else num_inference_steps
        start = self.config.guidance_scale if guidance_scale is None else guidance_scale
        default_end = self.config.guidance_scale_end if guidance_scale is None else guidance_scale
        end = default_end if guidance_scale_end is None else guidance_scale_end
        each = self.config.candidates if candidates is None else candidates
        _validate(prompts, num_samples, seed, num_steps, start, end, each)
        check_text("negative_prompt", negative_prompt)

        said, mirrored = zip(*map(left_first, prompts), strict=True)
        text = self._encode(said, mirrored, negative_prompt)
        changed: tuple[str, ...] = ()
        if edit:
            constraints, changed = self._edited(mirrored, text, constraints)
        kept: dict[bool, Conditioning] = {}
        if constraints is not None:
            kept = {
                side: Conditioning(constraints.mirrored() if side else constraints, self.denoiser.scaler)
                for side in set(mirrored)
            }
        seeds = tuple(range(seed, seed + num_samples))
        noise = self._noise(seeds, each)
        guidance = np.linspace(start, end, num_steps)
        clean = torch.zeros(len(prompts), num_samples, *noise.shape[2:], device=self.device)
        scores = np.zeros((len(prompts), num_samples), np.float32)
        # Prompts that keep something are sampled with those that keep it on the same side.
        runs = _runs(mirrored) if kept else [(0, len(prompts))]
        parts = [
            (first + p, first + q, s, t)
            for first, last in runs
            for p, q, s, t in _parts(last - first, num_samples, max(1, MAX_BATCH // each))
        ]

        def decoded() -> GeneratedMotions:
            made = self._decode(clean, prompts, seeds, mirrored, kept)
            return replace(made, scores=scores if each > 1 else None, changed_limbs=changed)

        done = 0
        for p, q, s, t in parts:
            told, conditioning = text.of(p, q), kept.get(mirrored[p])
            readings = choice.readings(
                self.denoiser.likelihood(told.said.tokens), seeds[s:t], each, conditioning is not None
            )
            starts = noise[s:t].flatten(0, 1).repeat(q - p, 1, 1, 1)
            if told.aligned is not None:
                starts = starts * choice.looseness(told.aligned.limbs.sigmoid())[:, None, :, None]
            starts = starts.flatten(0, 1)
            loop = self._denoise(starts, told, readings, guidance, conditioning, attention_control)
            for predicted in loop:
                done += 1
                drawn = predicted.unflatten(0, (q - p, t - s, each))
                if each > 1 and done % num_steps == 0:
                    best, scores[p:q, s:t] = self._best(drawn, told, conditioning)
                    clean[p:q, s:t] = best
                else:
                    clean[p:q, s:t] = drawn[:, :, 0]
                if on_step is not None:
                    on_step(Step(done, num_steps * len(parts), decoded))
        return decoded()

    def _encode(self, said: Sequence[str], mirrored: Sequence[bool], negative_prompt: str) -> _Told:
        """What the prompts' samples are told, and what their unguided twins are; mirrored where the prompt is."""
        negative = bool(negative_prompt.strip())
        against = [negative_prompt, mirror_text(negative_prompt)] if negative else []
        text = self.text_encoder([*said, *against])
        count = len(said)
        # Twins that are told nothing take their prompt's words: they do not look at them.
        rows = [*range(count), *((count + side for side in mirrored) if negative else range(count))]
        has_text = [bool(prompt.strip()) for prompt in said] + [negative] * count
        aligned = None if self.alignment is None else self.alignment.text(_rows(text, list(range(count))))
        return _Told(_rows(text, rows), torch.tensor(has_text, device=self.device), aligned)

    def _edited(
        self, mirrored: Sequence[bool], told: _Told, constraints: PoseConstraints | None
    ) -> tuple[PoseConstraints, tuple[str, ...]]:
        """Constraints that lock what the prompt does not speak of, and the limbs that it does speak of."""
        if constraints is None:
            raise ValueError("edit changes a pose: give it as the reference of constraints")
        if len(mirrored) != 1:
            raise ValueError(f"edit takes one prompt, got {len(mirrored)}")
        if self.alignment is None or told.aligned is None:
            raise ValueError("this checkpoint cannot tell which limbs a prompt speaks of; lock the others instead")
        spoken = self.alignment.limbs(told.aligned)[0] or frozenset(LIMBS)
        if mirrored[0]:
            spoken = frozenset(map(mirrored_name, spoken))
        kept = tuple(limb for limb in LIMBS if limb not in spoken or limb in constraints.locked_limbs)
        if constraints.look_at is not None:
            kept = tuple(limb for limb in kept if limb != "head")
        return replace(constraints, locked_limbs=kept), tuple(limb for limb in LIMBS if limb not in kept)

    def _denoise(
        self,
        noise: Float[Tensor, "batch tokens features"],
        told: _Told,
        readings: Int[Tensor, "prompts each"],
        guidance: np.ndarray,
        conditioning: Conditioning | None,
        control: AttentionControl | None,
    ) -> Iterator[Float[Tensor, "batch tokens features"]]:
        """The loop from noise to a pose: after each solver step, the clean normalised features predicted so far.

        The last prediction is the result: the solver's last step ends on it.
        """
        x, size, count = noise, len(noise), told.num_prompts
        clean: Tensor | None = None
        steps = solver_steps(len(guidance), self.config.num_train_timesteps)
        timesteps = [step.timestep for step in steps]
        fast = self._fast.start(told.text, told.has_text, timesteps, readings.repeat(2, 1))
        for step, scale in zip(steps, guidance, strict=True):
            before, twins = clean, 1 if scale == 1 else 2
            known = None if conditioning is None else conditioning.known(size, before, twins)
            noisy = x.repeat(twins, 1, 1)
            if control is None:
                predicted = fast.predict(noisy, step.timestep, twins * count, known)
            else:
                texts = _rows(told.text, list(range(twins * count)))
                has_text = told.has_text[: twins * count].repeat_interleave(size // count)
                at = torch.full((len(noisy),), step.timestep, device=x.device)
                of = readings.flatten().repeat(twins)
                predicted = self.denoiser(noisy, at, texts, None, has_text, known, control, of)
            clean = predicted[:size]
            if twins == 2:
                clean = torch.lerp(predicted[size:], clean, float(scale))
            if conditioning is not None:
                clean = conditioning.keep(clean)
                if step is steps[-2:][0] and conditioning.targets.needs_solving:
                    # The last step then starts from a pose that meets the constraints, and fits the rest of it to that.
                    clean = conditioning.project(clean)
            yield clean
            x = step.advanced(x, clean, before)

    def _best(
        self,
        drawn: Float[Tensor, "prompts samples candidates tokens features"],
        told: _Told,
        conditioning: Conditioning | None,
    ) -> tuple[Float[Tensor, "prompts samples tokens features"], np.ndarray]:
        """The best candidate of every sample, and its score (prompts, samples)."""
        shape, flat = drawn.shape[:3], drawn.flatten(0, 2)
        scores = rank(self.denoiser.scaler.denormalize(flat), self.alignment, told.aligned).reshape(shape)
        if conditioning is None:
            best = choice.best(scores)
        else:
            # Where something is kept, only some readings may go with that.
            scores = scores - choice.STRAIN * conditioning.strain(flat).reshape(shape)
            best = scores.argmax(-1)
        at = torch.from_numpy(best).to(drawn.device)[..., None, None, None]
        chosen = drawn.gather(2, at.expand(*shape[:2], 1, *drawn.shape[3:]))
        return chosen[:, :, 0], np.take_along_axis(scores, best[..., None], -1)[..., 0]

    def _noise(self, seeds: Sequence[int], each: int) -> Float[Tensor, "samples candidates tokens features"]:
        """Starts of each seed, drawn on the CPU so that every device begins alike; the first few whatever `each` is."""
        shape = (self.denoiser.config.num_tokens, self.denoiser.config.token_dim)
        drawn = []
        for seed in seeds:
            generator = torch.Generator().manual_seed(seed)
            drawn.append(torch.stack([torch.randn(shape, generator=generator) for _ in range(each)]))
        return (torch.stack(drawn) * self.denoiser.used.cpu()).to(self.device)

    def _decode(
        self,
        features: Float[Tensor, "prompts samples tokens features"],
        prompts: tuple[str, ...],
        seeds: tuple[int, ...],
        mirrored: Sequence[bool],
        kept: Mapping[bool, Conditioning],
    ) -> GeneratedMotions:
        rows, made, residues = [], [], []
        for side in set(mirrored):
            own = np.flatnonzero(np.array(mirrored) == side)
            chosen = features[own.tolist()].flatten(0, 1)
            if kept:
                rotations, root, residue = kept[side].finish(chosen)
                residues.append((residue.mirrored() if side else residue).reshaped(len(own), len(seeds)))
            else:
                rotations, root = poses_from_features(self.denoiser.scaler.denormalize(chosen), LIMITS)
            rows.append(own)
            made.append(Motion(rotations, root).mirrored() if side else Motion(rotations, root))
        order = np.concatenate(rows).argsort()
        shape = (len(prompts), len(seeds), 1)
        return GeneratedMotions(
            prompts,
            seeds,
            np.concatenate([own.local_rotations for own in made]).reshape(*shape, NUM_JOINTS, 4)[order],
            np.concatenate([own.root_translation for own in made]).reshape(*shape, 3)[order],
            residue=Residue.joined(residues).at(order) if kept else None,
        )


def _runs(sides: Sequence[bool]) -> list[tuple[int, int]]:
    """First and last, exclusive, of each run of equal values."""
    ends = [place for place in range(1, len(sides)) if sides[place] != sides[place - 1]]
    return list(zip([0, *ends], [*ends, len(sides)], strict=True))


@dataclass(frozen=True)
class _Told:
    """The texts of one call: those of the prompts, then those of their unguided twins."""

    text: TextFeatures
    has_text: Bool[Tensor, " texts"]
    aligned: AlignedText | None
    """What the alignment makes of the prompts' own, where there is one."""

    @property
    def num_prompts(self) -> int:
        return len(self.has_text) // 2

    @property
    def said(self) -> TextFeatures:
        """Those of the prompts alone."""
        return _rows(self.text, list(range(self.num_prompts)))

    def of(self, first: int, last: int) -> _Told:
        """Those of some prompts."""
        if last - first == self.num_prompts:
            return self
        rows = [*range(first, last), *range(self.num_prompts + first, self.num_prompts + last)]
        aligned = None if self.aligned is None else AlignedText(*(part[first:last] for part in self.aligned))
        return _Told(_rows(self.text, rows), self.has_text[rows], aligned)


def _rows(text: TextFeatures, rows: list[int]) -> TextFeatures:
    return TextFeatures(text.tokens[rows], text.mask[rows], text.pooled[rows])


def _parts(num_prompts: int, num_samples: int, most: int) -> list[tuple[int, int, int, int]]:
    """Ranges of prompts p..q and samples s..t, in order, of at most `most` samples: whole prompts or parts of one."""
    if num_samples > most:
        starts = range(0, num_samples, most)
        return [(p, p + 1, s, min(s + most, num_samples)) for p in range(num_prompts) for s in starts]
    step = most // num_samples
    return [(p, min(p + step, num_prompts), 0, num_samples) for p in range(0, num_prompts, step)]


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


def _validate(
    prompts: tuple[str, ...], num_samples: int, seed: int, num_steps: int, start: float, end: float, candidates: int
) -> None:
    if not prompts:
        raise ValueError("prompts must hold at least one prompt, got none")
    for place, prompt in enumerate(prompts, start=1):
        check_text(f"prompt {place}", prompt)
    if num_samples < 1:
        raise ValueError(f"num_samples must be at least 1, got {num_samples}")
    if not 0 <= seed <= 2**63 - 1 - num_samples:
        raise ValueError(f"seed must be between 0 and 2^63 - 1, got {seed}")
    if not 1 <= num_steps <= 1000:
        raise ValueError(f"num_inference_steps must be 1 to 1000, got {num_steps}")
    if not 1 <= candidates <= MAX_BATCH:
        raise ValueError(f"candidates must be 1 to {MAX_BATCH}, got {candidates}")
    for name, scale in (("guidance_scale", start), ("guidance_scale_end", end)):
        if not 0 <= scale <= 100:
            raise ValueError(f"{name} must be 0 to 100, got {scale}")

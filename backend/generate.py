# SPDX-License-Identifier: GPL-3.0-or-later
"""The `generate` command: prompts to poses in a file, in batches, with progress, and restartable."""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import re
import sys
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from tqdm import tqdm

from backend.export import SUFFIXES, check_output, save
from backend.prompts import check_text, read_prompts
from blender_addon.core.files import write_atomically

if TYPE_CHECKING:
    from backend.constraints import PoseConstraints
    from backend.generated import GeneratedMotions
    from backend.pipeline import PosePipeline

DEFAULT_BATCH_SIZE = 64
_SECONDS_BETWEEN_SAVES = 10.0


@dataclass(frozen=True)
class GenerateSettings:
    """What every prompt is sampled with; None leaves the choice to the checkpoint."""

    num_samples: int = 1
    seed: int = 0
    guidance_scale: float | None = None
    guidance_scale_end: float | None = None
    num_inference_steps: int | None = None
    negative_prompt: str = ""
    candidates: int | None = None
    constraints: PoseConstraints | None = None
    edit: bool = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `python -m backend generate`."""
    parser.add_argument("prompt", nargs="?", help='what the pose should be: "a person kneels on one knee"')
    parser.add_argument(
        "--prompts-file", type=Path, metavar="F", help="a prompt a line, or .jsonl with a field `prompt`"
    )
    parser.add_argument("--num-samples", type=_count, default=1, metavar="N", help="variations of each prompt (1)")
    parser.add_argument(
        "--seed", type=_seed, default=0, metavar="S", help="first variation's seed; the next have S+1, S+2, ... (0)"
    )
    parser.add_argument(
        "--guidance-scale", type=_scale, metavar="G", help="how strictly to follow the prompt (the checkpoint's)"
    )
    parser.add_argument(
        "--guidance-scale-end", type=_scale, metavar="G", help="ramp to this over the steps (the checkpoint's)"
    )
    parser.add_argument("--num-inference-steps", type=_steps, metavar="K", help="denoising steps (the checkpoint's)")
    parser.add_argument("--negative-prompt", default="", metavar="TEXT", help="what the pose should not be")
    parser.add_argument(
        "--candidates",
        type=_count,
        metavar="K",
        help="poses drawn for each that is asked for, of which the best is given (the checkpoint's; 1: no choice)",
    )
    keep = parser.add_argument_group("to keep something of a pose")
    keep.add_argument("--reference", type=Path, metavar="F", help="the pose: a motion of one frame, .npz or .json")
    keep.add_argument("--lock", nargs="+", default=[], metavar="NAME", help="limbs or joints that stay as they are")
    keep.add_argument(
        "--pin",
        nargs=4,
        action="append",
        default=[],
        metavar=("JOINT", "X", "Y", "Z"),
        help="a joint and where it is to be, metres in the world of the reference; may be repeated",
    )
    keep.add_argument("--look-at", nargs=3, type=float, metavar=("X", "Y", "Z"), help="what the head faces")
    keep.add_argument("--edit", action="store_true", help="change the reference only where the prompt speaks of it")
    parser.add_argument("--device", default="auto", help="auto, cpu, cuda or cuda:N (auto)")
    parser.add_argument("--checkpoint", type=Path, metavar="DIR", help="folder of another checkpoint")
    parser.add_argument(
        "--batch-size",
        type=_count,
        default=DEFAULT_BATCH_SIZE,
        metavar="B",
        help="poses made at once; memory only (64)",
    )
    parser.add_argument(
        "--output",
        type=Path,
        metavar="F",
        help=f"where to write: {', '.join(SUFFIXES)} (out/PROMPT.png, or out/FILE.npz for a prompts file)",
    )


def run(args: argparse.Namespace) -> int:
    """Carry out `generate`; everything that can be wrong with the request is found before the model loads."""
    prompts = _requested_prompts(args.prompt, args.prompts_file)
    output = args.output or _default_output(args.prompt, args.prompts_file)
    check_output(output)
    settings = GenerateSettings(
        num_samples=args.num_samples,
        seed=args.seed,
        guidance_scale=args.guidance_scale,
        guidance_scale_end=args.guidance_scale_end,
        num_inference_steps=args.num_inference_steps,
        negative_prompt=args.negative_prompt,
        candidates=args.candidates,
        constraints=_constraints(args),
        edit=args.edit,
    )

    from backend.pipeline import DEFAULT_CHECKPOINT, PosePipeline

    checkpoint = args.checkpoint or DEFAULT_CHECKPOINT
    pipeline = PosePipeline.from_pretrained(checkpoint, device=args.device)
    too_long = [prompt for prompt in prompts if pipeline.text_encoder.is_truncated(prompt)]
    if too_long:
        others = f" and {len(too_long) - 1} more" if len(too_long) > 1 else ""
        print(f'"{too_long[0][:50]}..."{others}: longer than the model reads, the end is ignored', file=sys.stderr)
    request = _fingerprint(prompts, settings, checkpoint, str(pipeline.device))
    progress = Progress(output.with_name(f"{output.name}.partial.npz"), request)
    started = time.perf_counter()
    total = len(prompts) * settings.num_samples
    with tqdm(total=total, unit="pose", disable=total == 1) as bar:
        generated = generate(pipeline, prompts, settings, args.batch_size, progress, bar.update, _warn)
    if output.suffix.lower() == ".png":
        with tqdm(total=total, unit="picture", disable=total == 1) as bar:
            written = save(generated, output, on_figure=bar.update)
    else:
        written = save(generated, output)
    progress.discard()
    names = str(written[0]) if len(written) == 1 else f"{written[0]} to {written[-1].name} ({len(written)} files)"
    print(
        f"{names}: {len(prompts)} prompt{'s' * (len(prompts) > 1)} x {settings.num_samples} "
        f"sample{'s' * (settings.num_samples > 1)} in {time.perf_counter() - started:.1f} s on {pipeline.device}"
    )
    return 0


def generate(
    pipeline: PosePipeline,
    prompts: Sequence[str],
    settings: GenerateSettings,
    batch_size: int = DEFAULT_BATCH_SIZE,
    progress: Progress | None = None,
    on_poses: Callable[[int], object] | None = None,
    on_unmet: Callable[[str], object] | None = None,
) -> GeneratedMotions:
    """Run the pipeline over many prompts in batches; the batch size does not change the result.

    Args:
        pipeline: the model.
        prompts: P texts.
        settings: how each is sampled; sample s uses seed + s.
        batch_size: how many poses are made at once.
        progress: where finished poses are kept, so that an interrupted run can go on; None keeps nothing.
        on_poses: called with the number of poses just finished.
        on_unmet: called with a sentence for each constraint that could not be met.

    Returns:
        All P x S motions, in the order of the prompts.
    """
    from backend.constraints import Residue
    from backend.generated import GeneratedMotions

    num_prompts, num_samples = len(prompts), settings.num_samples
    arrays: dict[str, np.ndarray] = {}
    fps, done = 0.0, 0
    if progress is not None and (kept := progress.load()) is not None:
        done, arrays, fps = kept
        if on_poses is not None:
            on_poses(done)
    saved_at = time.monotonic()
    try:
        for p, q, s, t in _batches(done, num_prompts, num_samples, batch_size):
            part = pipeline(
                list(prompts[p:q]),
                num_samples=t - s,
                seed=settings.seed + s,
                guidance_scale=settings.guidance_scale,
                guidance_scale_end=settings.guidance_scale_end,
                num_inference_steps=settings.num_inference_steps,
                negative_prompt=settings.negative_prompt,
                candidates=settings.candidates,
                constraints=settings.constraints,
                edit=settings.edit,
            )
            if on_unmet is not None and part.residue is not None:
                for sentence in part.residue.report():
                    on_unmet(sentence)
            made = {"local_rotations": part.local_rotations, "root_translation": part.root_translation}
            if part.residue is not None:
                made |= {"pin_residue": part.residue.metres, "rotation_residue": part.residue.degrees}
            if not arrays:
                arrays = {
                    name: np.zeros((num_prompts, num_samples, *own.shape[2:]), np.float32) for name, own in made.items()
                }
                fps = part.fps
            for name, own in made.items():
                arrays[name][p:q, s:t] = own
            done = (q - 1) * num_samples + t
            if on_poses is not None:
                on_poses((q - p) * (t - s))
            if progress is not None and time.monotonic() - saved_at > _SECONDS_BETWEEN_SAVES:
                progress.save(done, arrays, fps)
                saved_at = time.monotonic()
    except KeyboardInterrupt:
        if progress is not None and arrays:
            progress.save(done, arrays, fps)
            tqdm.write(f"stopped after {done} poses; the same command continues from there", sys.stderr)
        raise
    seeds = tuple(settings.seed + s for s in range(num_samples))
    residue = None
    if settings.constraints is not None:
        residue = Residue(tuple(settings.constraints.pins), arrays["pin_residue"], arrays["rotation_residue"])
    rotations, translation = arrays["local_rotations"], arrays["root_translation"]
    return GeneratedMotions(tuple(prompts), seeds, rotations, translation, fps, residue=residue)


class Progress:
    """The finished part of a long request, kept in a file beside its output until the output is written."""

    def __init__(self, path: Path, request: str) -> None:
        self.path = path
        self.request = request

    def load(self) -> tuple[int, dict[str, np.ndarray], float] | None:
        """Poses done, the arrays (P, S, ...) that they are kept in, and fps; None without any to go on from."""
        if not self.path.exists():
            return None
        try:
            with np.load(self.path, allow_pickle=False) as archive:
                kept = {key: archive[key] for key in archive.files}
            if str(kept.pop("request")) != self.request:
                tqdm.write(f"{self.path} belongs to another request; starting anew", sys.stderr)
                return None
            done, fps = int(kept.pop("done")), float(kept.pop("fps"))
            tqdm.write(f"continuing after the {done} poses in {self.path}", sys.stderr)
            return done, kept, fps
        except (KeyError, ValueError, EOFError, zipfile.BadZipFile) as error:
            tqdm.write(f"{self.path} cannot be read ({error}); starting anew", sys.stderr)
            return None

    def save(self, done: int, arrays: dict[str, np.ndarray], fps: float) -> None:
        """Replace what is kept."""
        content: dict[str, Any] = dict(arrays)
        write_atomically(self.path, lambda file: np.savez(file, request=self.request, done=done, fps=fps, **content))

    def discard(self) -> None:
        """Remove what is kept."""
        self.path.unlink(missing_ok=True)


def _batches(done: int, num_prompts: int, num_samples: int, size: int) -> Iterator[tuple[int, int, int, int]]:
    """Ranges of prompts p..q and samples s..t that cover everything after the first `done` poses, in order.

    A range either takes whole prompts or stays within one, so that it is one call of the pipeline.
    """
    while done < num_prompts * num_samples:
        p, s = divmod(done, num_samples)
        if s == 0 and num_samples <= size:
            q, t = min(p + size // num_samples, num_prompts), num_samples
        else:
            q, t = p + 1, min(s + size, num_samples)
        yield p, q, s, t
        done = (q - 1) * num_samples + t


def _requested_prompts(prompt: str | None, path: Path | None) -> list[str]:
    if (prompt is None) == (path is None):
        raise ValueError("give either a prompt or --prompts-file" + (", not both" if prompt is not None else ""))
    if path is not None:
        return read_prompts(path)
    assert prompt is not None
    if not prompt.strip():
        raise ValueError("the prompt is empty; say what the pose should be")
    check_text("the prompt", prompt)
    return [prompt]


def _constraints(args: argparse.Namespace) -> PoseConstraints | None:
    """What is to be kept of the pose in --reference."""
    if args.reference is None:
        asked = [name for name in ("lock", "pin", "look_at", "edit") if getattr(args, name)]
        if asked:
            raise ValueError(f"--{asked[0].replace('_', '-')} keeps something of a pose: give it with --reference")
        return None
    from backend.constraints import PoseConstraints
    from blender_addon.core.motion import Motion
    from blender_addon.core.skeleton import LIMBS

    try:
        pins = {name: (float(x), float(y), float(z)) for name, x, y, z in args.pin}
    except ValueError as error:
        raise ValueError(f"--pin takes a joint and three numbers ({error})") from None
    limbs = tuple(name for name in args.lock if name in LIMBS)
    joints = tuple(name for name in args.lock if name not in LIMBS)
    look_at = None if args.look_at is None else tuple(args.look_at)
    return PoseConstraints(Motion.load(args.reference), limbs, joints, pins, look_at)


def _warn(sentence: str) -> None:
    tqdm.write(f"not met: {sentence}", sys.stderr)


def _default_output(prompt: str | None, path: Path | None) -> Path:
    """A picture to look at for one prompt, arrays for a file of them."""
    if path is not None:
        return Path("out") / f"{path.stem}.npz"
    slug = re.sub(r"[^a-z0-9]+", "-", (prompt or "").lower()).strip("-")[:60].rstrip("-")
    return Path("out") / f"{slug or 'pose'}.png"


def _fingerprint(prompts: Sequence[str], settings: GenerateSettings, checkpoint: Path, device: str) -> str:
    """A hash that changes with anything that changes the result."""
    files = sorted((f.name, f.stat().st_size, f.stat().st_mtime_ns) for f in checkpoint.iterdir() if f.is_file())
    plain = {**vars(settings), "constraints": None}
    kept: list[object] = []
    if (own := settings.constraints) is not None:
        pose = (own.reference.local_rotations.tolist(), own.reference.root_translation.tolist())
        kept = [*pose, own.locked_limbs, own.locked_joints, dict(own.pins), own.look_at]
    content = json.dumps([list(prompts), plain, kept, files, device])
    return hashlib.sha256(content.encode()).hexdigest()


def _count(text: str) -> int:
    return int(_number(text, 1, 2**31, whole=True))


def _seed(text: str) -> int:
    return int(_number(text, 0, 2**62, whole=True))


def _steps(text: str) -> int:
    return int(_number(text, 1, 1000, whole=True))


def _scale(text: str) -> float:
    return _number(text, 0, 100, whole=False)


def _number(text: str, least: float, most: float, whole: bool) -> float:
    """A number in least..most; argparse prints the error with the argument's name."""
    try:
        value = int(text) if whole else float(text)
    except ValueError:
        value = math.nan
    if not least <= value <= most:
        kind = "whole number" if whole else "number"
        raise argparse.ArgumentTypeError(f"expected a {kind} from {least} to {most:g}, got {text!r}")
    return value

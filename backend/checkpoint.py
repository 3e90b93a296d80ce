# SPDX-License-Identifier: GPL-3.0-or-later
"""Checkpoints on disk: plain JSON and safetensors in one folder, written atomically, loaded without running code."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save
from torch import Tensor, nn

from backend.alignment import Alignment, AlignmentConfig
from backend.denoiser import Denoiser, DenoiserConfig
from backend.text_encoder import EMBEDDED, TextEncoder, TextEncoderConfig
from blender_addon.core.files import write_atomically

DEFAULT_CHECKPOINT = Path(__file__).parent / "weights" / "pose"
DENOISER = "denoiser.safetensors"
FORMAT_VERSION = 1
ConfigT = TypeVar("ConfigT", TextEncoderConfig, DenoiserConfig, AlignmentConfig, "SamplingConfig")


class CheckpointError(ValueError):
    """A checkpoint folder is missing, damaged, or made for something else; the message says what to do."""


@dataclasses.dataclass(frozen=True)
class SamplingConfig:
    """How a checkpoint is sampled unless the caller says otherwise: what measured best for it."""

    num_inference_steps: int = 8
    guidance_scale: float = 3.0
    """At the first, noisiest step."""
    guidance_scale_end: float = 1.0
    """At the last step; the scale moves from one to the other in a straight line over the steps."""
    num_train_timesteps: int = 1000
    candidates: int = 4
    """Poses drawn for each that is asked for, of which the best is given."""


@dataclasses.dataclass(frozen=True)
class Checkpoint:
    """A trained model: its networks and how to sample it."""

    text_encoder: TextEncoder
    denoiser: Denoiser
    sampling: SamplingConfig
    model_card: str
    alignment: Alignment | None = None
    """What ranks candidates and tells which limbs a text speaks of; a checkpoint may be without it."""


def write_json(content: Mapping[str, Any], path: Path) -> None:
    """Write JSON atomically."""
    write_text(json.dumps(content, indent=1) + "\n", path)


def write_text(text: str, path: Path) -> None:
    """Write text atomically, making the folder if need be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, lambda file: file.write(text.encode()))


def save_tensors(
    tensors: Mapping[str, Tensor],
    path: Path,
    *,
    dtype: torch.dtype | None = None,
    metadata: dict[str, str] | None = None,
) -> None:
    """Write tensors as safetensors, atomically; floating ones in `dtype` if given."""

    def stored(tensor: Tensor) -> Tensor:
        # Storage is copied: safetensors refuses tensors that share it.
        tensor = tensor.detach().cpu().contiguous().clone()
        return tensor.to(dtype) if dtype is not None and tensor.is_floating_point() else tensor

    content = save({name: stored(tensor) for name, tensor in tensors.items()}, metadata)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, lambda file: file.write(content))


def save_text_encoder(encoder: TextEncoder, folder: Path) -> None:
    """Write an embedded tower (half precision) or, for an open_clip one, its name and statistics only."""
    state = encoder.state_dict()
    if encoder.config.name != EMBEDDED:
        state = {name: tensor for name, tensor in state.items() if not name.startswith("tower.")}
    dtype = torch.float16 if encoder.config.name == EMBEDDED else None
    save_tensors(state, folder / "text_encoder.safetensors", dtype=dtype)
    write_json(
        {"format_version": FORMAT_VERSION, "text_encoder": dataclasses.asdict(encoder.config)}, folder / "config.json"
    )


def load_text_encoder(folder: Path, *, pretrained: bool = True) -> TextEncoder:
    """Read a text encoder saved alone or with a model, in evaluation mode.

    Args:
        pretrained: False leaves an open_clip tower's weights random (tests on a machine without hub access).

    Raises:
        CheckpointError: The folder holds no text encoder, or a damaged one.
    """
    config = _config(TextEncoderConfig, _read_json(folder / "config.json"), "text_encoder", folder)
    encoder = TextEncoder.from_config(config, pretrained=pretrained)
    path = folder / "text_encoder.safetensors"
    _fill(encoder, _read_tensors(path), path, allow_missing="" if config.name == EMBEDDED else "tower.")
    return encoder.eval().requires_grad_(False)


def save_checkpoint(checkpoint: Checkpoint, folder: Path) -> None:
    """Write a whole checkpoint; weights in half precision, each file atomically, the config last."""
    save_text_encoder(checkpoint.text_encoder, folder)
    save_tensors(checkpoint.denoiser.state_dict(), folder / DENOISER, dtype=torch.float16)
    write_text(checkpoint.model_card, folder / "MODEL_CARD.md")
    content = {
        "format_version": FORMAT_VERSION,
        "text_encoder": dataclasses.asdict(checkpoint.text_encoder.config),
        "denoiser": dataclasses.asdict(checkpoint.denoiser.config),
        "sampling": dataclasses.asdict(checkpoint.sampling),
    }
    if checkpoint.alignment is not None:
        path = folder / "alignment.safetensors"
        save_tensors(checkpoint.alignment.state_dict(), path, dtype=torch.float16)
        content["alignment"] = dataclasses.asdict(checkpoint.alignment.config)
    write_json(content, folder / "config.json")


def load_checkpoint(folder: Path) -> Checkpoint:
    """Read a checkpoint, networks in evaluation mode on the CPU in single precision.

    Raises:
        CheckpointError: Anything about the folder is not as `save_checkpoint` leaves it.
    """
    content = _read_json(folder / "config.json")
    sampling = _config(SamplingConfig, content, "sampling", folder)
    denoiser = Denoiser(_config(DenoiserConfig, content, "denoiser", folder))
    path = folder / DENOISER
    _fill(denoiser, _read_tensors(path), path)
    encoder = load_text_encoder(folder)
    told = (denoiser.config.text_token_dim, denoiser.config.text_pooled_dim)
    if told != (encoder.token_dim, encoder.pooled_dim):
        raise CheckpointError(
            f"{folder}: the denoiser was trained with text features of sizes {told}, but the text encoder "
            f"{encoder.config.name!r} gives {(encoder.token_dim, encoder.pooled_dim)}; the files are of two checkpoints"
        )
    alignment = _load_alignment(content, folder, told) if "alignment" in content else None
    card = folder / "MODEL_CARD.md"
    text = card.read_text(encoding="utf-8") if card.exists() else "This checkpoint has no model card."
    return Checkpoint(encoder, denoiser.eval().requires_grad_(False), sampling, text, alignment)


def _load_alignment(content: Mapping[str, Any], folder: Path, told: tuple[int, int]) -> Alignment:
    alignment = Alignment(_config(AlignmentConfig, content, "alignment", folder))
    if (alignment.config.text_token_dim, alignment.config.text_pooled_dim) != told:
        raise CheckpointError(f"{folder}: its alignment was trained with another text encoder; train it again")
    path = folder / "alignment.safetensors"
    _fill(alignment, _read_tensors(path), path)
    return alignment.eval().requires_grad_(False)


def _read_json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise CheckpointError(f"{path.parent} holds no checkpoint (no {path.name}); name the folder of one") from error
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise CheckpointError(f"{path}: not readable as JSON ({error}); copy the checkpoint again") from error
    if not isinstance(content, dict) or content.get("format_version") != FORMAT_VERSION:
        found = content.get("format_version") if isinstance(content, dict) else None
        raise CheckpointError(
            f"{path}: format version {found}, this program reads {FORMAT_VERSION}; update Maquette or the checkpoint"
        )
    return content


def _config(kind: type[ConfigT], content: Mapping[str, Any], section: str, folder: Path) -> ConfigT:
    try:
        return kind(**content[section])
    except (KeyError, TypeError, ValueError) as error:
        raise CheckpointError(f"{folder / 'config.json'}: bad or missing section {section!r} ({error})") from error


def _read_tensors(path: Path) -> dict[str, Tensor]:
    try:
        return load_file(path)
    except FileNotFoundError as error:
        raise CheckpointError(f"{path.parent} lacks {path.name}; copy the checkpoint again") from error
    except (OSError, SafetensorError) as error:
        raise CheckpointError(f"{path}: damaged ({error}); copy the checkpoint again") from error


def _fill(module: nn.Module, tensors: Mapping[str, Tensor], path: Path, allow_missing: str = "") -> None:
    try:
        result = module.load_state_dict(tensors, strict=False)
    except RuntimeError as error:
        raise CheckpointError(f"{path}: does not fit its config ({error})") from error
    missing = [name for name in result.missing_keys if not (allow_missing and name.startswith(allow_missing))]
    if missing or result.unexpected_keys:
        raise CheckpointError(f"{path}: does not fit its config (missing {missing}, unknown {result.unexpected_keys})")

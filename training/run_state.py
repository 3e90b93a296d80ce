# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a training run stands, in one safetensors file: weights, averages, optimizer and learning rate."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from torch import Tensor, nn

from backend.checkpoint import save_tensors


@dataclass(frozen=True)
class RunState:
    """What changes from step to step."""

    model: nn.Module
    average: nn.Module
    optimizer: torch.optim.Optimizer
    rate: torch.optim.lr_scheduler.LRScheduler


def save_state(run: RunState, path: Path, config: Any, step: int) -> None:
    """Write the state after `step` steps, atomically; `config` is the run's dataclass."""
    state = run.optimizer.state_dict()
    tensors = {f"model.{name}": tensor for name, tensor in run.model.state_dict().items()}
    tensors |= {f"average.{name}": tensor for name, tensor in run.average.state_dict().items()}
    for index, moments in state["state"].items():
        tensors |= {f"optimizer.{index}.{name}": torch.as_tensor(value) for name, value in moments.items()}
    head = {
        "step": step,
        "config": dataclasses.asdict(config),
        "param_groups": state["param_groups"],
        "rate": {"last_epoch": run.rate.last_epoch, "_step_count": run.rate._step_count},
    }
    save_tensors(tensors, path, metadata={"head": json.dumps(head)})


def load_state(run: RunState, path: Path, config: Any) -> int:
    """Fill the objects of a run from a file; returns how many steps it had done.

    Raises:
        ValueError: The file is damaged, or belongs to a run with another config.
    """
    try:
        with safe_open(path, "pt") as file:
            head = json.loads((file.metadata() or {})["head"])
            tensors: dict[str, Tensor] = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    except (OSError, SafetensorError, KeyError, json.JSONDecodeError) as error:
        raise ValueError(f"{path}: not a run's state ({error}); start the run again in another folder") from error
    wanted = json.loads(json.dumps(dataclasses.asdict(config)))
    # A run may be made longer.
    different = [name for name in wanted if name != "num_steps" and head["config"].get(name) != wanted[name]]
    if different:
        told = ", ".join(f"{name} was {head['config'].get(name)!r}, now {wanted[name]!r}" for name in different)
        raise ValueError(f"{path.parent} holds a run with other settings ({told}); give it the same ones")

    def part(prefix: str) -> dict[str, Tensor]:
        return {name.removeprefix(prefix): tensor for name, tensor in tensors.items() if name.startswith(prefix)}

    run.model.load_state_dict(part("model."))
    run.average.load_state_dict(part("average."))
    moments: dict[int, dict[str, Tensor]] = {}
    for name, tensor in part("optimizer.").items():
        index, moment = name.split(".", 1)
        moments.setdefault(int(index), {})[moment] = tensor
    run.optimizer.load_state_dict({"state": moments, "param_groups": head["param_groups"]})
    run.rate.load_state_dict(run.rate.state_dict() | head["rate"])
    return int(head["step"])

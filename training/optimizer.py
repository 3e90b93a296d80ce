# SPDX-License-Identifier: GPL-3.0-or-later
"""The optimizer of the training loops: Muon for the matrices inside the networks, AdamW for all else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import torch
from torch import nn

_ADAM_SHARE = 0.5
"""AdamW's learning rate beside Muon's."""
_ORTHOGONAL_STEPS = 3
"""Newton-Schulz iterations; more cost a processor a third of a step and change little."""


class MuonWithAdamW(torch.optim.Optimizer):
    """One optimizer of two: Muon (Jordan et al. 2024) wants matrices that map features to features, AdamW the rest.

    Its param_groups are those of both, so that schedulers, clipping and loss scaling see one optimizer.
    """

    def __init__(
        self, networks: Sequence[tuple[Iterable[tuple[str, nn.Parameter]], float]], weight_decay: float
    ) -> None:
        """`networks` are named parameters, of which those that learn are taken, and their learning rates."""
        matrices: list[dict[str, Any]] = []
        others: list[dict[str, Any]] = []
        for named, rate in networks:
            learning = [(name, parameter) for name, parameter in named if parameter.requires_grad]
            hidden = [parameter for name, parameter in learning if _maps_features(name, parameter)]
            rest = [parameter for name, parameter in learning if not _maps_features(name, parameter)]
            matrices += [{"params": hidden, "lr": rate}] if hidden else []
            others += [{"params": rest, "lr": _ADAM_SHARE * rate}] if rest else []
        self.parts: list[torch.optim.Optimizer] = []
        if matrices:
            self.parts.append(
                torch.optim.Muon(
                    matrices,
                    weight_decay=weight_decay,
                    ns_steps=_ORTHOGONAL_STEPS,
                    adjust_lr_fn="match_rms_adamw",
                )
            )
        if others:
            self.parts.append(torch.optim.AdamW(others, betas=(0.9, 0.98), weight_decay=weight_decay, fused=True))
        super().__init__([*matrices, *others], {})
        self._share()

    def _share(self) -> None:
        self.param_groups = [group for part in self.parts for group in part.param_groups]

    def step(self, closure: Callable[[], float] | None = None) -> float | None:  # type: ignore[override]
        """One step of both."""
        result = closure() if closure is not None else None
        for part in self.parts:
            part.step()
        return result

    def state_dict(self) -> dict[str, Any]:
        """As torch's own: states by the number of their parameter, groups in order."""
        state: dict[int, Any] = {}
        groups: list[dict[str, Any]] = []
        for part in self.parts:
            own, before = part.state_dict(), sum(len(group["params"]) for group in groups)
            state |= {before + number: value for number, value in own["state"].items()}
            groups += [
                group | {"params": [before + number for number in group["params"]]} for group in own["param_groups"]
            ]
        return {"state": state, "param_groups": groups}

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """The inverse of `state_dict`."""
        groups = list(state_dict["param_groups"])
        for part in self.parts:
            own = [groups.pop(0) for _ in part.param_groups]
            first = own[0]["params"][0] if own[0]["params"] else 0
            numbers = [number for group in own for number in group["params"]]
            part.load_state_dict(
                {
                    "state": {n - first: state_dict["state"][n] for n in numbers if n in state_dict["state"]},
                    "param_groups": [group | {"params": [n - first for n in group["params"]]} for group in own],
                }
            )
        self._share()


def _maps_features(name: str, parameter: nn.Parameter) -> bool:
    """Whether a parameter is a matrix inside a network, and no table of vectors."""
    table = "embedding" in name.split(".")[-1] or name.endswith("embedding.weight")
    return parameter.ndim == 2 and min(parameter.shape) > 32 and not table

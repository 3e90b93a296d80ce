# SPDX-License-Identifier: GPL-3.0-or-later
"""The optimizer of two: who learns how fast, and states that can be taken up again."""

from __future__ import annotations

import copy

import pytest
import torch
from torch import nn

from training.optimizer import MuonWithAdamW


def network() -> nn.Sequential:
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(40, 64), nn.GELU(), nn.Linear(64, 40), nn.LayerNorm(40))


def learn(model: nn.Module, optimizer: torch.optim.Optimizer, steps: int) -> float:
    generator = torch.Generator().manual_seed(1)
    for _ in range(steps):
        x = torch.randn(64, 40, generator=generator)
        loss = (model(x) - x.flip(1)).square().mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return loss.item()


def test_it_learns_with_both_of_its_parts() -> None:
    model = network()
    optimizer = MuonWithAdamW([(model.named_parameters(), 0.01)], 0.0)
    assert [len(group["params"]) for group in optimizer.param_groups] == [2, 4]
    before = copy.deepcopy(model.state_dict())
    assert learn(model, optimizer, 100) < 0.25 * learn(network(), optimizer, 1)
    assert all((before[name] - tensor).abs().max() > 1e-3 for name, tensor in model.state_dict().items())


def test_tables_of_vectors_are_no_matrices() -> None:
    class Tower(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.token_embedding = nn.Embedding(200, 40)
            self.inward = nn.Linear(40, 40, bias=False)

    optimizer = MuonWithAdamW([(Tower().named_parameters(), 0.01)], 0.0)
    assert [tuple(group["params"][0].shape) for group in optimizer.param_groups] == [(40, 40), (200, 40)]


def test_rates_are_each_networks_own_and_a_schedule_moves_them() -> None:
    fast, slow = network(), network()
    slow[0].requires_grad_(False)
    networks = [(fast.named_parameters(), 0.01), (slow.named_parameters(), 0.001)]
    optimizer = MuonWithAdamW(networks, 0.0)
    assert [group["lr"] for group in optimizer.param_groups] == pytest.approx([0.01, 0.001, 0.005, 0.0005])
    frozen = slow.state_dict()["0.weight"].clone()
    torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: 0.0)
    kept = copy.deepcopy(fast.state_dict())
    learn(fast, optimizer, 2)
    assert torch.equal(frozen, slow.state_dict()["0.weight"])
    assert all(torch.equal(kept[name], tensor) for name, tensor in fast.state_dict().items())


def test_a_state_goes_on_where_it_was_saved() -> None:
    whole, parted = network(), network()
    first = MuonWithAdamW([(whole.named_parameters(), 0.01)], 0.01)
    learn(whole, first, 10)
    state = copy.deepcopy(first.state_dict())
    parted.load_state_dict(whole.state_dict())
    second = MuonWithAdamW([(parted.named_parameters(), 0.5)], 0.01)
    second.load_state_dict(state)
    assert second.param_groups[0]["lr"] == 0.01 and sorted(state["state"]) == list(range(6))
    assert learn(whole, first, 10) == learn(parted, second, 10)

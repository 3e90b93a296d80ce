# SPDX-License-Identifier: GPL-3.0-or-later
"""Addresses: what is one, and which of them leave this machine."""

from __future__ import annotations

import pytest

from blender_addon.core.address import DEFAULT_ADDRESS, check_address, is_loopback


@pytest.mark.parametrize(
    "address",
    [DEFAULT_ADDRESS, "tcp://gpu-server:65535", "tcp://[::1]:5711", "ipc:///run/maquette", "tcp://10.0.0.2:1"],
)
def test_addresses_are_taken(address: str) -> None:
    assert check_address(address) == address


@pytest.mark.parametrize(
    "address",
    ["", "127.0.0.1:5711", "tcp://127.0.0.1", "tcp://127.0.0.1:0", "tcp://127.0.0.1:65536", "tcp://:5711",
     "http://127.0.0.1:5711", "tcp://a b:5711", "tcp://127.0.0.1:5711/", "tcp://127.0.0.1:*", "tcp://::1:5711"],
)  # fmt: skip
def test_what_is_no_address_is_refused_with_an_example(address: str) -> None:
    with pytest.raises(ValueError, match=r"expected an address such as tcp://127\.0\.0\.1:5711"):
        check_address(address)


def test_only_a_server_may_take_any_port() -> None:
    assert check_address("tcp://127.0.0.1:*", any_port=True)


@pytest.mark.parametrize(
    ("address", "here"),
    [
        (DEFAULT_ADDRESS, True),
        ("tcp://127.9.9.9:1", True),
        ("tcp://localhost:1", True),
        ("tcp://[::1]:1", True),
        ("ipc:///run/maquette", True),
        ("tcp://0.0.0.0:1", False),
        ("tcp://*:1", False),
        ("tcp://[::]:1", False),
        ("tcp://192.168.0.4:1", False),
        ("tcp://gpu-server:1", False),
        ("tcp://localhost.example.org:1", False),
    ],
)
def test_loopback(address: str, here: bool) -> None:
    assert is_loopback(address) is here

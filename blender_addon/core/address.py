# SPDX-License-Identifier: GPL-3.0-or-later
"""Addresses of servers: the default one, what is one at all, and whether it stays on this machine."""

from __future__ import annotations

import ipaddress
import re

DEFAULT_ADDRESS = "tcp://127.0.0.1:5711"


def check_address(address: str, any_port: bool = False) -> str:
    """The address itself if it is one that ZeroMQ can use, `tcp://HOST:PORT` or `ipc://PATH`.

    Args:
        address: what the user typed.
        any_port: whether the port may be `*`, any free one, which only a server can use.

    Raises:
        ValueError: it is not an address.
    """
    parts = re.fullmatch(r"tcp://(?:\[[^\s\]]+\]|[^\s/:]+):(?P<port>\d{1,5}|\*)|ipc://\S+", address)
    port = parts["port"] if parts else None
    if parts is None or (port == "*" and not any_port) or (port not in (None, "*") and not 0 < int(port) < 65536):
        raise ValueError(f"expected an address such as {DEFAULT_ADDRESS}, {address!r} came")
    return address


def is_loopback(address: str) -> bool:
    """Whether an address reaches, or is reached by, this machine only."""
    if not address.startswith("tcp://"):
        return True
    host = address.removeprefix("tcp://").rpartition(":")[0].strip("[]")
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host in ("localhost", "lo")

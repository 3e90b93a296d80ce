# SPDX-License-Identifier: GPL-3.0-or-later
"""The key that a server may ask for: both sides make their secrets from it, so it never travels.

The secrets are those of ZeroMQ's CURVE (RFC 26 of rfc.zeromq.org), which encrypts what is sent and tells both sides
that the other has the key too.
"""

from __future__ import annotations

import hashlib

MIN_KEY_LETTERS = 16


def check_key(key: str) -> str:
    """The key itself; ValueError when it is too short to keep anyone out."""
    if len(key) < MIN_KEY_LETTERS:
        raise ValueError(f"expected a key of at least {MIN_KEY_LETTERS} letters, {len(key)} came")
    return key


def secrets_from_key(key: str) -> tuple[bytes, bytes]:
    """The secret keys of the server and of its clients, 32 bytes each; ValueError when `key` is no key."""
    data = check_key(key).encode()
    return _secret(data, b"maquette-server"), _secret(data, b"maquette-client")


def _secret(data: bytes, person: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=32, person=person).digest()

# SPDX-License-Identifier: GPL-3.0-or-later
"""The lock on a server's socket: encrypted by ZeroMQ's CURVE, open to clients that have the key."""

from __future__ import annotations

import hmac

import zmq
from zmq.auth.thread import ThreadAuthenticator
from zmq.utils import z85

from blender_addon.core.access_key import secrets_from_key


class Door:
    """Lets clients with the key in; ZeroMQ turns all others away before a byte of theirs is read."""

    def __init__(self, context: zmq.Context[zmq.Socket[bytes]], socket: zmq.Socket[bytes], key: str) -> None:
        """Lock a socket that is not bound yet; ValueError when `key` is no key."""
        server_secret, client_secret = secrets_from_key(key)
        self._client_public = zmq.curve_public(z85.encode(client_secret))
        socket.setsockopt(zmq.CURVE_SERVER, 1)
        socket.setsockopt(zmq.CURVE_SECRETKEY, z85.encode(server_secret))
        self._doorman = ThreadAuthenticator(context)
        self._doorman.start()
        self._doorman.configure_curve_callback(credentials_provider=self)

    def callback(self, _domain: str, public_key: bytes) -> bool:
        """Called by the authenticator for every client that connects."""
        return hmac.compare_digest(public_key, self._client_public)

    def close(self) -> None:
        """End the authenticator's thread; the socket is closed by its owner."""
        self._doorman.stop()

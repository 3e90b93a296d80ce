# SPDX-License-Identifier: GPL-3.0-or-later
"""One ZeroMQ socket to a server, reconnecting by itself, that tells when its connection was lost."""

from __future__ import annotations

import socket as sockets
import sys

from .core.access_key import secrets_from_key


class Connection:
    """A DEALER socket; used by one thread at a time. pyzmq is imported when the first one is made."""

    def __init__(self, address: str, key: str = "") -> None:
        """Start to connect to a ZeroMQ address that `check_address` accepts, encrypted where there is a key.

        Raises:
            ValueError: the key is too short.
            ImportError: pyzmq is missing.
            OSError: ZeroMQ does not take the address.
        """
        import zmq

        secrets = secrets_from_key(key) if key else None
        self._zmq = zmq
        self._context = zmq.Context()
        self._socket = self._context.socket(zmq.DEALER)
        self._socket.setsockopt(zmq.LINGER, 0)
        # Without it a request made while no server runs would wait in the socket and be answered after minutes.
        self._socket.setsockopt(zmq.IMMEDIATE, 1)
        self._socket.setsockopt(zmq.HEARTBEAT_IVL, 2000)
        self._socket.setsockopt(zmq.HEARTBEAT_TIMEOUT, 10_000)
        self._socket.setsockopt(zmq.CONNECT_TIMEOUT, 3000)
        self._socket.setsockopt(zmq.IPV6, int(address.startswith("tcp://[")))
        # Without a key the other side's leaving in mid-handshake has many reasons; with one, it is the key.
        self._refusals = zmq.EVENT_HANDSHAKE_FAILED_AUTH | zmq.EVENT_HANDSHAKE_FAILED_PROTOCOL
        if secrets is not None:
            self._lock(*secrets)
            self._refusals |= zmq.EVENT_HANDSHAKE_FAILED_NO_DETAIL
        self._refused = False
        self._events = self._socket.get_monitor_socket(zmq.EVENT_DISCONNECTED | self._refusals)
        try:
            self._socket.connect(address)
        except zmq.ZMQError as error:
            self.close()
            raise OSError(f"cannot connect to {address}: {error.strerror}") from None

    def wait(self, wake: sockets.socket, milliseconds: int, to_send: bool) -> None:
        """Return when there is something to read, when `wake` is readable, or after some milliseconds.

        Args:
            wake: another thread writes to its twin to end the wait; it is emptied here.
            milliseconds: the longest wait.
            to_send: whether to return as well when the socket can send.
        """
        poller = self._zmq.Poller()
        poller.register(self._socket, self._zmq.POLLIN | (self._zmq.POLLOUT if to_send else 0))
        poller.register(self._events, self._zmq.POLLIN)
        poller.register(wake.fileno(), self._zmq.POLLIN)
        if wake.fileno() in dict(poller.poll(milliseconds)):
            wake.recv(4096)

    def send(self, frames: list[bytes]) -> bool:
        """Send if there is a connection; whether there was."""
        try:
            self._socket.send_multipart(frames, self._zmq.NOBLOCK)
        except self._zmq.Again:
            return False
        return True

    def receive(self) -> list[list[bytes]]:
        """The messages that have come, as frames."""
        messages = []
        try:
            while True:
                messages.append(self._socket.recv_multipart(self._zmq.NOBLOCK))
        except self._zmq.Again:
            return messages

    def was_lost(self) -> bool:
        """Whether the connection broke since the last call; a new one may stand already."""
        lost = False
        try:
            while True:
                frames = self._events.recv_multipart(self._zmq.NOBLOCK)
                event = int.from_bytes(frames[0][:2], sys.byteorder)
                if event & self._refusals:
                    self._refused = True
                else:
                    lost = True
        except self._zmq.Again:
            return lost

    def was_refused(self) -> bool:
        """Whether the other side turned this one away since the last call, as one does whose key is another."""
        refused, self._refused = self._refused, False
        return refused

    def close(self) -> None:
        """Close at once, unsent messages included."""
        self._socket.disable_monitor()
        self._events.close(linger=0)
        self._socket.close(linger=0)
        self._context.term()

    def _lock(self, server_secret: bytes, client_secret: bytes) -> None:
        from zmq.utils import z85

        secret = z85.encode(client_secret)
        self._socket.setsockopt(self._zmq.CURVE_SECRETKEY, secret)
        self._socket.setsockopt(self._zmq.CURVE_PUBLICKEY, self._zmq.curve_public(secret))
        self._socket.setsockopt(self._zmq.CURVE_SERVERKEY, self._zmq.curve_public(z85.encode(server_secret)))

# SPDX-License-Identifier: GPL-3.0-or-later
"""One ZeroMQ socket to a server, reconnecting by itself, that tells when its connection was lost."""

from __future__ import annotations

import socket as sockets


class Connection:
    """A DEALER socket; used by one thread at a time. pyzmq is imported when the first one is made."""

    def __init__(self, address: str) -> None:
        """Start to connect to a ZeroMQ address that `check_address` accepts.

        Raises:
            ImportError: pyzmq is missing.
            OSError: ZeroMQ does not take the address.
        """
        import zmq

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
        self._disconnects = self._socket.get_monitor_socket(zmq.EVENT_DISCONNECTED)
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
        poller.register(self._disconnects, self._zmq.POLLIN)
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
                self._disconnects.recv_multipart(self._zmq.NOBLOCK)
                lost = True
        except self._zmq.Again:
            return lost

    def close(self) -> None:
        """Close at once, unsent messages included."""
        self._socket.disable_monitor()
        self._disconnects.close(linger=0)
        self._socket.close(linger=0)
        self._context.term()

# SPDX-License-Identifier: GPL-3.0-or-later
"""The client: talks to a server from a thread of its own, so that whoever uses it never waits."""

from __future__ import annotations

import contextlib
import enum
import socket as sockets
import threading
import time
from dataclasses import dataclass

from .connection import Connection
from .core.access_key import check_key
from .core.address import DEFAULT_ADDRESS, check_address
from .core.protocol import (
    REPLIES,
    Accepted,
    Cancel,
    Cancelled,
    ErrorReply,
    Health,
    Hello,
    HelloReply,
    Message,
    Progress,
    ProtocolError,
    decode,
    encode,
    new_request_id,
)

_POLL_MILLISECONDS = 50

KEYS: dict[str, str] = {}
"""Address to key of the servers whose key is known, for clients that are made without one; never saved."""


class ConnectionState(enum.Enum):
    """How a client stands with its server."""

    CONNECTING = "connecting"
    READY = "ready"
    UNREACHABLE = "unreachable"
    """No server answered in time; the client goes on trying."""
    INCOMPATIBLE = "incompatible"
    """The server speaks another version of the protocol."""
    REFUSED = "refused"
    """The server wants a key, and another one than was given; the client goes on trying."""
    CLOSED = "closed"


@dataclass
class _Open:
    """A request whose last reply has not come."""

    sent: bool = False
    cancelled: bool = False


class BackendClient:
    """A connection to one server: `send` requests, `poll` replies, both without waiting.

    Every request ends with exactly one last reply: its own (Result, HealthReply, ...), Cancelled, or ErrorReply, which
    the client itself writes when no server answers or the connection breaks. After `cancel` only Cancelled comes for
    that request. Of replies that are overtaken before they are polled (Accepted, Progress) only the newest is kept.
    """

    def __init__(
        self, address: str = DEFAULT_ADDRESS, *, name: str = "", timeout: float = 5.0, key: str | None = None
    ) -> None:
        """Start to connect.

        Args:
            address: the server's ZeroMQ address.
            name: what the server's log shall call this program.
            timeout: seconds without an answer after which the server counts as absent.
            key: what the server asks of its clients, empty where it asks for none; None for what `KEYS` says.

        What else is wrong (pyzmq is missing, ZeroMQ does not take the address) closes the client and is its `trouble`:
        only its thread loads pyzmq and connects, since both take longer than a window may wait.

        Raises:
            ValueError: `address` is not an address, `timeout` not positive, or `key` too short.
        """
        if not timeout > 0:
            raise ValueError(f"expected a timeout above 0 seconds, {timeout} came")
        self.address = check_address(address)
        self.timeout = timeout
        self.state = ConnectionState.CONNECTING
        self.server: HelloReply | None = None
        """What the server said of itself, while READY."""
        self.trouble = ""
        """Why there is no connection, a sentence for the user: while UNREACHABLE, REFUSED or INCOMPATIBLE, and where it
        was CLOSED by itself."""
        self._lock = threading.Lock()
        self._arrived = threading.Condition(self._lock)
        self._open: dict[str, _Open] = {}
        self._outbox: list[Message] = []
        self._inbox: list[Message] = []
        self._closing = False
        self._hello = Hello(new_request_id(), client=name)
        self._hello_sent = False
        self._tried_since = time.monotonic()
        self._heard_at = 0.0
        self._asked_at: float | None = None  # when a silent server was asked for its health
        self._key = KEYS.get(self.address, "") if key is None else key
        if self._key:
            check_key(self._key)
        self._connection: Connection
        self._wake_end, self._notify_end = sockets.socketpair()
        self._notify_end.setblocking(False)
        self._thread = threading.Thread(target=self._run, name="maquette-client", daemon=True)
        self._thread.start()

    def send(self, request: Message) -> None:
        """Send a request as soon as there is a connection; its replies come from `poll`.

        Raises:
            ValueError: the client is closed, or a request with this id is still open.
        """
        if isinstance(request, Cancel):
            return self.cancel(request.request_id)
        with self._lock:
            if self._closing:
                raise ValueError(self.trouble or "this client is closed; make a new one")
            if request.request_id in self._open:
                raise ValueError(f"expected a new request_id, a request {request.request_id!r} is still open")
            self._open[request.request_id] = _Open()
            self._outbox.append(request)
        self._notify()

    def cancel(self, request_id: str) -> None:
        """Give a request up: of all its replies only a Cancelled still comes, unless its last one was polled before."""
        with self._lock:
            num_before = len(self._inbox)
            self._inbox = [message for message in self._inbox if message.request_id != request_id]
            entry = self._open.get(request_id)
            if entry is None:
                if len(self._inbox) < num_before:  # the last reply had come, but nobody has seen it
                    self._inbox.append(Cancelled(request_id))
            elif not entry.sent:
                self._outbox = [message for message in self._outbox if message.request_id != request_id]
                self._deliver(Cancelled(request_id))
            elif not entry.cancelled:
                entry.cancelled = True
                self._outbox.append(Cancel(request_id))
        self._notify()

    def poll(self) -> list[Message]:
        """The replies that came since the last call; never waits."""
        with self._lock:
            messages, self._inbox = self._inbox, []
            return messages

    def wait(self, seconds: float) -> list[Message]:
        """Like `poll`, but waits up to `seconds` for a reply; for scripts, not for Blender's main thread."""
        with self._arrived:
            self._arrived.wait_for(lambda: self._inbox or self._closing, seconds)
        return self.poll()

    def close(self, *, wait: bool = True) -> None:
        """End the connection and the thread; the server drops what is still open. Closing twice is fine.

        Args:
            wait: until the thread has ended; without, it ends soon after.
        """
        with self._arrived:
            self._closing = True
            self._arrived.notify_all()
        self._notify()
        if wait:
            self._thread.join()

    @property
    def has_ended(self) -> bool:
        """Whether it was closed and its thread has gone."""
        return not self._thread.is_alive()

    def _notify(self) -> None:
        with contextlib.suppress(OSError):  # full: the thread will wake anyway; closed: nobody is there to wake
            self._notify_end.send(b"\0")

    # What follows runs in the client's thread, `_deliver` and `_fail_open` with the lock held.

    def _run(self) -> None:
        reason = f"the connection to {self.address} was closed"
        connection = None
        try:
            connection = self._connection = Connection(self.address, self._key)
            while not self._closing:
                self._turn()
        except (ImportError, OSError) as error:
            if connection is not None:
                raise
            reason = self.trouble = str(error)
        finally:  # also after a fault, so that nobody waits for a thread that has ended
            with self._lock:
                self._closing = True
                self.state = ConnectionState.CLOSED
                self._fail_open(reason)
            if connection is not None:
                self._connection.close()
            self._wake_end.close()
            self._notify_end.close()

    def _turn(self) -> None:
        to_send = bool(self._outbox) if self.state is ConnectionState.READY else not self._hello_sent
        self._connection.wait(self._wake_end, _POLL_MILLISECONDS, to_send)
        if self._connection.was_lost():
            self._start_over(f"the connection to the server at {self.address} was lost")
        if self._connection.was_refused() and self.state is not ConnectionState.READY:
            self._set_state(
                ConnectionState.REFUSED,
                f"the server at {self.address} turned this key away"
                if self._key
                else f"the server at {self.address} asks for a key; enter it in the add-on's preferences",
            )
        for frames in self._connection.receive():
            self._take(frames)
        if self.state is ConnectionState.READY:
            self._send_waiting()
            self._check_server_lives()
        else:
            self._say_hello()

    def _say_hello(self) -> None:
        if not self._hello_sent:
            self._hello_sent = self._connection.send(encode(self._hello))
        if (
            self.state in (ConnectionState.CONNECTING, ConnectionState.UNREACHABLE)
            and time.monotonic() - self._tried_since > self.timeout
        ):
            self._tried_since = time.monotonic()
            self._hello_sent = False
            self._set_state(
                ConnectionState.UNREACHABLE,
                f"no server answers at {self.address}; start the backend, under Backend in the sidebar or with "
                "`python -m backend serve`, or check the address",
            )
        if self.state is not ConnectionState.CONNECTING:
            with self._lock:
                self._fail_open(self.trouble)

    def _take(self, frames: list[bytes]) -> None:
        self._heard_at = time.monotonic()
        self._asked_at = None
        try:
            message = decode(frames, REPLIES)
        except ProtocolError as error:
            if error.field == "version":
                self._refuse_server(error.message)
                return
            message = ErrorReply(error.request_id, error.field, f"the server's reply cannot be read: {error.message}")
        if message.request_id != self._hello.request_id:
            with self._lock:
                self._deliver(message)
        elif isinstance(message, HelloReply):
            self.server = message
            self._set_state(ConnectionState.READY, "")
        elif isinstance(message, ErrorReply):
            self._refuse_server(message.message)

    def _refuse_server(self, reason: str) -> None:
        self._set_state(
            ConnectionState.INCOMPATIBLE,
            f"the server at {self.address} does not fit this version of Maquette ({reason}); "
            "use the backend and the extension of one release",
        )

    def _send_waiting(self) -> None:
        with self._lock:
            while self._outbox and self._connection.send(encode(self._outbox[0])):
                message = self._outbox.pop(0)
                if message.request_id in self._open:
                    self._open[message.request_id].sent = True

    def _check_server_lives(self) -> None:
        """Ask a server that owes a reply and is silent for its health, and give it up if it says nothing at all."""
        now = time.monotonic()
        if not self._open:
            self._heard_at = now
        elif self._asked_at is None:
            if now - self._heard_at > self.timeout / 2 and self._connection.send(encode(Health(new_request_id()))):
                self._asked_at = now
        elif now - self._asked_at > self.timeout / 2:
            self._connection.close()
            self._connection = Connection(self.address, self._key)
            self._start_over(f"the server at {self.address} does not answer any more")

    def _start_over(self, reason: str) -> None:
        self._hello_sent = False
        self._asked_at = None
        if self.state in (ConnectionState.READY, ConnectionState.INCOMPATIBLE):
            self._tried_since = time.monotonic()
            self._set_state(ConnectionState.CONNECTING, "")
            with self._lock:
                self._fail_open(reason)

    def _set_state(self, state: ConnectionState, trouble: str) -> None:
        with self._lock:
            self.state, self.trouble = state, trouble
            if state is not ConnectionState.READY:
                self.server = None

    def _fail_open(self, reason: str) -> None:
        self._outbox.clear()
        for request_id in list(self._open):
            self._deliver(ErrorReply(request_id, "", reason))

    def _deliver(self, message: Message) -> None:
        request_id = message.request_id
        entry = self._open.get(request_id)
        if entry is None:  # the answer to a question of the client's own, or one that nobody waits for any more
            return
        if isinstance(message, Accepted | Progress):
            if entry.cancelled:
                return
            self._inbox = [old for old in self._inbox if old.request_id != request_id or type(old) is not type(message)]
        else:
            del self._open[request_id]
            if entry.cancelled:
                message = Cancelled(request_id)
        self._inbox.append(message)
        self._arrived.notify_all()

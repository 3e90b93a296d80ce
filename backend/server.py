# SPDX-License-Identifier: GPL-3.0-or-later
"""The server: one thread owns the socket and answers at once, another runs the model, one request at a time."""

from __future__ import annotations

import importlib.metadata
import logging
import queue
import threading
import time
from collections import deque
from dataclasses import dataclass

import zmq

from backend import model_worker
from backend.access import Door
from backend.job_queue import Job, JobQueue
from backend.pipeline import MAX_BATCH, PosePipeline
from blender_addon.core.address import DEFAULT_ADDRESS, check_address
from blender_addon.core.protocol import (
    MAX_FRAME_BYTES,
    REQUESTS,
    Accepted,
    Cancel,
    Cancelled,
    ErrorReply,
    Generate,
    Health,
    HealthReply,
    Hello,
    HelloReply,
    Message,
    ModelCard,
    ModelCardReply,
    ProtocolError,
    decode,
    encode,
)

logger = logging.getLogger("maquette.server")

CAPABILITIES = (
    "generate", "cancel", "health", "model_card",
    "guidance_scale_end", "negative_prompt", "report_progress", "preview",
    "candidates", "reference_rotations", "locked_limbs", "locked_joints", "pinned_joints", "look_at", "edit",
)  # fmt: skip
_RESULTS_ADDRESS = "inproc://results"
_FAREWELL_SECONDS = 0.1
_POLL_MILLISECONDS = 100
_MESSAGES_PER_TURN = 100
"""After that many requests in a row the model's replies get their turn, and the other way round."""
_PROBE_DELAY_SECONDS = 0.1
"""From a lost connection to the moment at which sending to it fails for certain."""


@dataclass(frozen=True)
class ServerLimits:
    """What one request and one client may ask; told to clients in HelloReply."""

    max_prompts: int = 64
    max_samples: int = 64
    max_poses: int = MAX_BATCH
    """Prompts times samples in one request: one batch of the model, so that others do not wait long for it."""
    max_frames: int = 1
    """The model makes poses."""
    max_waiting: int = 16
    """Requests of one client waiting at once."""
    max_waiting_in_all: int = 512


class PoseServer:
    """Serves a pipeline to any number of clients over a ZeroMQ ROUTER socket.

    The socket is bound when the server is made; `run` answers until `stop`. Model work happens in a thread of its
    own: hello, health, the card and cancel are answered while it goes on. A request that breaks the protocol gets
    an ErrorReply; so does one whose work fails. The jobs of a client that disconnects are dropped.
    """

    def __init__(
        self,
        pipeline: PosePipeline,
        bind: str = DEFAULT_ADDRESS,
        *,
        model: str = "",
        limits: ServerLimits | None = None,
        key: str = "",
    ) -> None:
        """Bind the socket.

        Args:
            pipeline: the loaded model.
            bind: a ZeroMQ address; `tcp://127.0.0.1:*` takes any free port, see `address`.
            model: what the model is called in HelloReply.
            limits: what may be asked, the defaults if None.
            key: only clients that have it are answered, encrypted; empty for no lock.

        Raises:
            OSError: the address is in use or may not be bound.
            ValueError: it is not an address, or `key` is no key.
        """
        self.pipeline = pipeline
        self.model = model
        self.limits = limits or ServerLimits()
        self._stopping = threading.Event()
        self._jobs = JobQueue()
        self._running: Job | None = None
        self._work: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._num_finished = 0
        self._started = time.monotonic()
        self._probes: deque[float] = deque()  # when to find out which clients have gone
        self._context = zmq.Context()
        self._socket = self._context.socket(zmq.ROUTER)
        self._door = Door(self._context, self._socket, key) if key else None
        self._socket.setsockopt(zmq.LINGER, 0)
        self._socket.setsockopt(zmq.MAXMSGSIZE, MAX_FRAME_BYTES)
        # Without this, replies to a client that has gone vanish in silence, and its jobs would go on.
        self._socket.setsockopt(zmq.ROUTER_MANDATORY, 1)
        self._socket.setsockopt(zmq.HEARTBEAT_IVL, 2000)
        self._socket.setsockopt(zmq.HEARTBEAT_TIMEOUT, 10_000)
        try:
            _bind(self._socket, bind)
        except (OSError, ValueError):
            if self._door is not None:
                self._door.close()
            self._context.destroy(linger=0)
            raise
        self.address: str = self._socket.getsockopt_string(zmq.LAST_ENDPOINT)
        """Where the server listens, the port resolved."""
        self._disconnects = self._socket.get_monitor_socket(zmq.EVENT_DISCONNECTED)
        self._results = self._context.socket(zmq.PULL)
        self._results.setsockopt(zmq.RCVHWM, 0)
        self._results.bind(_RESULTS_ADDRESS)

    def stop(self) -> None:
        """Make `run` return after the denoising step under way; safe from any thread and from a signal handler."""
        self._stopping.set()

    def run(self) -> None:
        """Answer requests until `stop`; then tell the clients still waiting, and close the socket."""
        outbox = self._context.socket(zmq.PUSH)
        outbox.setsockopt(zmq.SNDHWM, 0)
        outbox.connect(_RESULTS_ADDRESS)
        worker = threading.Thread(
            target=model_worker.run, args=(self.pipeline, self._work, outbox), name="maquette-model", daemon=True
        )
        worker.start()
        poller = zmq.Poller()
        for socket in (self._socket, self._results, self._disconnects):
            poller.register(socket, zmq.POLLIN)
        try:
            while not self._stopping.is_set():
                ready = dict(poller.poll(_POLL_MILLISECONDS))
                if self._socket in ready:
                    self._receive_requests()
                if self._results in ready:
                    self._relay_results()
                if self._disconnects in ready:
                    self._disconnects.recv_multipart()
                    self._probes.append(time.monotonic() + _PROBE_DELAY_SECONDS)
                self._start_next_job()
                self._announce_positions()
        finally:
            self._close(worker)

    def _receive_requests(self) -> None:
        for _ in range(_MESSAGES_PER_TURN):
            try:
                client, *frames = self._socket.recv_multipart(zmq.NOBLOCK)
            except zmq.Again:
                return
            request_id = ""
            try:
                request = decode(frames, REQUESTS)
                request_id = request.request_id
                self._answer(client, request)
            except ProtocolError as error:
                self._send(client, ErrorReply(error.request_id or request_id, error.field, error.message))
            except Exception:  # one request must never take the server, and everybody else's work, down with it
                logger.exception("A request could not be answered")
                self._send(client, ErrorReply(request_id, "", "the server failed at this request; its log says why"))

    def _answer(self, client: bytes, request: Message) -> None:
        request_id = request.request_id
        if isinstance(request, Generate):
            self._accept(client, request)
        elif isinstance(request, Cancel):
            self._cancel(client, request_id)
        elif isinstance(request, Health):
            uptime = time.monotonic() - self._started
            working = self._running is not None
            self._send(client, HealthReply(request_id, working, len(self._jobs), self._num_finished, uptime))
        elif isinstance(request, ModelCard):
            self._send(client, ModelCardReply(request_id, self.pipeline.model_card()))
        elif isinstance(request, Hello):
            logger.info("Hello from %s", ascii(request.client) if request.client else "a client without a name")
            limits = self.limits
            self._send(client, HelloReply(
                request_id, server=_server_name(), model=self.model, device=str(self.pipeline.device),
                capabilities=CAPABILITIES, max_prompts=limits.max_prompts, max_samples=limits.max_samples,
                max_poses=limits.max_poses, max_frames=limits.max_frames, max_waiting=limits.max_waiting,
            ))  # fmt: skip

    def _accept(self, client: bytes, request: Generate) -> None:
        limits = self.limits
        num_prompts, request_id = len(request.prompts), request.request_id
        bounds = (
            ("prompts", num_prompts, limits.max_prompts, "prompts in one request"),
            ("num_samples", request.num_samples, limits.max_samples, "samples of a prompt"),
            ("num_samples", num_prompts * request.num_samples, limits.max_poses, "prompts times samples"),
            ("num_frames", request.num_frames, limits.max_frames, "frames"),
        )
        for field, value, most, what in bounds:
            if value > most:
                raise ProtocolError(field, f"expected at most {most} {what}, {value} came")
        if self._find(client, request_id) is not None:
            raise ProtocolError("request_id", "expected a new id, a request of this id is still open")
        if self._jobs.count(client) >= limits.max_waiting or len(self._jobs) >= limits.max_waiting_in_all:
            waiting = f"{self._jobs.count(client)} requests of this client and {len(self._jobs)} in all"
            self._send(client, ErrorReply(request_id, "", f"{waiting} are waiting, which is the most; try again later"))
            return
        self._jobs.add(Job(client, request))

    def _cancel(self, client: bytes, request_id: str) -> None:
        job = self._find(client, request_id)
        if job is None:
            raise ProtocolError("request_id", "no open request of this client has this id")
        if job is self._running:
            job.stopped.set()  # Cancelled goes out when the model has stopped
        else:
            self._jobs.remove(job)
            self._send(client, Cancelled(request_id))

    def _find(self, client: bytes, request_id: str) -> Job | None:
        running = self._running
        if running is not None and (running.client, running.request.request_id) == (client, request_id):
            return running
        return self._jobs.find(client, request_id)

    def _relay_results(self) -> None:
        for _ in range(_MESSAGES_PER_TURN):
            try:
                kind, *frames = self._results.recv_multipart(zmq.NOBLOCK)
            except zmq.Again:
                return
            job = self._running
            assert job is not None
            if kind == model_worker.STEP:
                if not job.stopped.is_set():
                    self._send_frames(job.client, frames)
                continue
            self._running = None
            if job.stopped.is_set():
                self._send(job.client, Cancelled(job.request.request_id))
            else:
                self._num_finished += kind == model_worker.DONE
                self._send_frames(job.client, frames)

    def _start_next_job(self) -> None:
        if self._running is None and (job := self._jobs.take()) is not None:
            self._running = job
            self._work.put(job)

    def _announce_positions(self) -> None:
        """Tell each client its place where it changed; after a disconnect tell all, which finds out who has gone."""
        probing = False
        while self._probes and time.monotonic() >= self._probes[0]:
            self._probes.popleft()
            probing = True
        running = [self._running] if self._running is not None else []
        for position, job in enumerate(running + self._jobs.in_order(), start=1 - len(running)):
            if (probing or job.announced != position) and not job.stopped.is_set():
                job.announced = position
                self._send(job.client, Accepted(job.request.request_id, position))

    def _send(self, client: bytes, message: Message) -> None:
        self._send_frames(client, encode(message))

    def _send_frames(self, client: bytes, frames: list[bytes]) -> None:
        try:
            self._socket.send_multipart([client, *frames], zmq.NOBLOCK)
        except zmq.ZMQError as error:
            if error.errno not in (zmq.EHOSTUNREACH, zmq.EAGAIN):
                raise
            # It has gone, or it reads nothing although a thousand messages wait for it: others must not wait for that.
            self._forget(client)

    def _forget(self, client: bytes) -> None:
        num_dropped = self._jobs.remove_client(client)
        if self._running is not None and self._running.client == client and not self._running.stopped.is_set():
            self._running.stopped.set()
            num_dropped += 1
        if num_dropped:
            logger.info("A client has gone; %d of its requests are dropped", num_dropped)

    def _close(self, worker: threading.Thread) -> None:
        for job in ([self._running] if self._running is not None else []) + self._jobs.in_order():
            job.stopped.set()
            self._send(job.client, ErrorReply(job.request.request_id, "", "the server is shutting down"))
        self._work.put(None)
        worker.join()
        self._socket.disable_monitor()
        self._disconnects.close(linger=0)
        self._results.close(linger=0)
        # Last words get a moment to leave. libzmq's own linger now and then ends the process with a failed assertion
        # where a client does not read.
        time.sleep(_FAREWELL_SECONDS)
        self._socket.close(linger=0)
        if self._door is not None:
            self._door.close()
        self._context.term()


def _bind(socket: zmq.Socket[bytes], address: str) -> None:
    check_address(address, any_port=True)
    if address.startswith("tcp://["):
        socket.setsockopt(zmq.IPV6, 1)
    try:
        socket.bind(address)
    except zmq.ZMQError as error:
        if error.errno == zmq.EADDRINUSE:
            raise OSError(
                f"{address} is already in use, maybe by another server; stop that one or give another port to --bind"
            ) from None
        raise OSError(f"cannot listen at {address}: {error.strerror}; see --bind") from None


def _server_name() -> str:
    try:
        return f"Maquette {importlib.metadata.version('maquette')}"
    except importlib.metadata.PackageNotFoundError:  # run from a checkout that was never installed
        return "Maquette"

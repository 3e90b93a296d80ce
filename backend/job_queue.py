# SPDX-License-Identifier: GPL-3.0-or-later
"""The requests that wait for the model, served one client after the other so that none starves the rest."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass, field

from blender_addon.core.protocol import Generate


@dataclass(eq=False)
class Job:
    """One Generate of one client, from its acceptance to its last reply."""

    client: bytes
    """The ROUTER's identity for the connection it came through."""
    request: Generate
    stopped: threading.Event = field(default_factory=threading.Event)
    """Set to make the model stop at its next denoising step."""
    announced: int | None = None
    """The place in the queue that the client was told last."""


class JobQueue:
    """Waiting jobs in fair order: each client's own in turn, the clients round about.

    Not safe across threads: the server's socket thread alone touches it.
    """

    def __init__(self) -> None:
        self._waiting: dict[bytes, deque[Job]] = {}  # its order is the clients' turn

    def __len__(self) -> int:
        return sum(len(jobs) for jobs in self._waiting.values())

    def add(self, job: Job) -> None:
        """Append a job to its client's own line; a client new to the queue takes its turn last."""
        self._waiting.setdefault(job.client, deque()).append(job)

    def take(self) -> Job | None:
        """Remove and return the job whose turn it is, None when nothing waits."""
        if not self._waiting:
            return None
        client = next(iter(self._waiting))
        jobs = self._waiting.pop(client)
        job = jobs.popleft()
        if jobs:
            self._waiting[client] = jobs
        return job

    def find(self, client: bytes, request_id: str) -> Job | None:
        """The client's waiting job of that id, None if there is none."""
        return next((job for job in self._waiting.get(client, ()) if job.request.request_id == request_id), None)

    def count(self, client: bytes) -> int:
        """How many jobs of the client wait."""
        return len(self._waiting.get(client, ()))

    def remove(self, job: Job) -> None:
        """Remove a waiting job."""
        jobs = self._waiting[job.client]
        jobs.remove(job)
        if not jobs:
            del self._waiting[job.client]

    def remove_client(self, client: bytes) -> int:
        """Remove all jobs of a client; how many there were."""
        return len(self._waiting.pop(client, ()))

    def in_order(self) -> list[Job]:
        """All waiting jobs in the order in which `take` would return them."""
        rounds = [
            (turn, place, job) for place, jobs in enumerate(self._waiting.values()) for turn, job in enumerate(jobs)
        ]
        return [job for _, _, job in sorted(rounds, key=lambda entry: entry[:2])]

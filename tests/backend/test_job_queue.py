# SPDX-License-Identifier: GPL-3.0-or-later
"""Waiting jobs come out in fair order, and the order can be foretold."""

from __future__ import annotations

import numpy as np

from backend.job_queue import Job, JobQueue
from blender_addon.core.protocol import Generate


def job(name: str) -> Job:
    """A job whose client is the first letter of its name."""
    return Job(name[0].encode(), Generate(name, prompts=("x",)))


def names(jobs: list[Job]) -> list[str]:
    return [entry.request.request_id for entry in jobs]


def drained(jobs: JobQueue) -> list[str]:
    taken = []
    while (entry := jobs.take()) is not None:
        taken.append(entry)
    return names(taken)


def test_clients_take_turns_and_keep_their_own_order() -> None:
    jobs = JobQueue()
    for name in ("a1", "a2", "a3", "b1", "c1", "b2"):
        jobs.add(job(name))
    assert drained(jobs) == ["a1", "b1", "c1", "a2", "b2", "a3"]


def test_a_client_that_was_served_goes_to_the_back() -> None:
    jobs = JobQueue()
    for name in ("a1", "a2", "b1"):
        jobs.add(job(name))
    assert names([jobs.take() or job("?")]) == ["a1"]
    jobs.add(job("a3"))
    jobs.add(job("c1"))
    assert drained(jobs) == ["b1", "a2", "c1", "a3"]


def test_the_order_is_foretold_whatever_happens() -> None:
    generator = np.random.default_rng(1)
    jobs = JobQueue()
    for number in range(300):
        action = generator.integers(4)
        if action < 2:
            jobs.add(job(f"{'abcd'[generator.integers(4)]}{number}"))
        elif action == 2:
            foretold = jobs.in_order()
            assert jobs.take() is (foretold[0] if foretold else None)
        elif jobs.in_order():
            jobs.remove(jobs.in_order()[-1])
        assert len(jobs) == len(jobs.in_order())
    order = names(jobs.in_order())
    assert len(order) > 5 and drained(jobs) == order


def test_jobs_are_found_and_removed_by_client() -> None:
    jobs = JobQueue()
    first, second, other = job("a1"), job("a2"), job("b1")
    for entry in (first, second, other):
        jobs.add(entry)
    assert jobs.find(b"a", "a2") is second
    assert jobs.find(b"b", "a2") is None and jobs.find(b"z", "a2") is None
    assert (jobs.count(b"a"), jobs.count(b"z"), len(jobs)) == (2, 0, 3)
    assert jobs.remove_client(b"a") == 2 and jobs.remove_client(b"a") == 0
    jobs.remove(other)
    assert len(jobs) == 0 and jobs.take() is None

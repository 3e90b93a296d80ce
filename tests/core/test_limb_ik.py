# SPDX-License-Identifier: GPL-3.0-or-later
"""Limbs of two bones reach what they can, keep their lengths and the side to which they bend."""

from __future__ import annotations

import numpy as np

from blender_addon.core.limb_ik import reach
from blender_addon.core.rotation import quaternion_angle, quaternion_apply

COUNT = 200


def limbs(seed: int = 0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(F, 3) starts, middles and ends of bent limbs."""
    rng = np.random.default_rng(seed)
    start = rng.normal(size=(COUNT, 3))
    first, second = rng.normal(size=(2, COUNT, 3))
    return start, start + first, start + first + second


def lengths(*points: np.ndarray) -> np.ndarray:
    return np.linalg.norm(np.diff(np.stack(points), axis=0), axis=-1)


def test_limbs_reach_what_is_within_reach() -> None:
    start, middle, end = limbs()
    first, second = lengths(start, middle, end)
    rng = np.random.default_rng(1)
    away = rng.normal(size=(COUNT, 3))
    distance = rng.uniform(np.abs(first - second) + 0.01 * (first + second), 0.99 * (first + second))
    aim = start + away / np.linalg.norm(away, axis=-1, keepdims=True) * distance[:, None]
    reached = reach(start, middle, end, aim, np.tile([0.0, 1.0, 0.0], (COUNT, 1)))
    np.testing.assert_allclose(reached.end, aim, atol=1e-9)
    np.testing.assert_allclose(lengths(start, reached.middle, reached.end), [first, second], rtol=1e-9)
    # The turns say the same as the places.
    np.testing.assert_allclose(quaternion_apply(reached.start_turn, middle - start), reached.middle - start, atol=1e-9)
    np.testing.assert_allclose(quaternion_apply(reached.middle_turn, end - middle), aim - reached.middle, atol=1e-9)


def test_limbs_stay_as_they_are_when_they_reach_already() -> None:
    start, middle, end = limbs()
    first, second = lengths(start, middle, end)
    folded = np.linalg.norm(end - start, axis=-1) < np.abs(first - second) + 2e-3 * (first + second)
    reached = reach(start, middle, end, end, np.tile([0.0, 1.0, 0.0], (COUNT, 1)))
    np.testing.assert_allclose(reached.middle[~folded], middle[~folded], atol=1e-6)
    assert quaternion_angle(reached.start_turn)[~folded].max() < 1e-5


def test_limbs_stretch_towards_what_is_out_of_reach() -> None:
    start, middle, end = limbs()
    aim = start + 100 * (end - start)
    reached = reach(start, middle, end, aim, np.tile([0.0, 1.0, 0.0], (COUNT, 1)))
    whole = lengths(start, middle, end).sum(0)
    assert (np.linalg.norm(reached.end - start, axis=-1) > 0.999 * whole).all()
    np.testing.assert_allclose(lengths(start, reached.middle, reached.end), lengths(start, middle, end), rtol=1e-9)


def test_straight_limbs_bend_about_their_hinge() -> None:
    start, middle, end = np.zeros((1, 3)), np.array([[1.0, 0, 0]]), np.array([[2.0, 0, 0]])
    reached = reach(start, middle, end, np.array([[1.5, 0, 0]]), np.array([[0.0, -1.0, 0.0]]))
    # Turning about -Y brings the forearm forward, so the elbow goes back.
    assert reached.middle[0, 2] < -0.1
    np.testing.assert_allclose(reached.middle[0, 1], 0, atol=1e-9)

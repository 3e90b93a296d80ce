# SPDX-License-Identifier: GPL-3.0-or-later
"""Two bones that reach for a point: closed form, batched, in the plane in which they bend already."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .rotation import cross_product, matrix_to_quaternion, quaternion_multiply

_STRAIGHT = 0.02
"""Sine of the bend below which a limb counts as straight, so that only its hinge says how it bends."""
_MOST = 0.9999
"""Of its length, how far a limb stretches."""


@dataclass(frozen=True, eq=False)
class Reached:
    """Where a limb of two bones comes to lie."""

    middle: np.ndarray
    """(F, 3)"""
    end: np.ndarray
    """(F, 3) the aim, or the nearest the limb gets."""
    start_turn: np.ndarray
    """(F, 4) what the first bone turns by, in the world."""
    middle_turn: np.ndarray
    """(F, 4) what the second turns by, in the world."""

    def turned_start(self, rotations: np.ndarray) -> np.ndarray:
        """Global rotations (F, 4) of the first bone, turned along."""
        return quaternion_multiply(self.start_turn, rotations)

    def turned_middle(self, rotations: np.ndarray) -> np.ndarray:
        """Global rotations (F, 4) of the second bone, turned along."""
        return quaternion_multiply(self.middle_turn, rotations)


def reach(start: np.ndarray, middle: np.ndarray, end: np.ndarray, aim: np.ndarray, hinge: np.ndarray) -> Reached:
    """Bend and swing limbs so that their ends reach an aim; lengths stay, and so does the side to which they bend.

    Args:
        start: (F, 3) where the first bone starts.
        middle: (F, 3) where the second starts.
        end: (F, 3) where it ends.
        aim: (F, 3) where it should end.
        hinge: (F, 3) the axis about which a straight limb would bend.
    """
    first, second = middle - start, end - middle
    first_length, second_length = np.linalg.norm(first, axis=-1), np.linalg.norm(second, axis=-1)
    toward = aim - start
    far = np.linalg.norm(toward, axis=-1)
    toward = np.where(far[:, None] > 1e-9, toward / np.maximum(far, 1e-9)[:, None], _unit(end - start))
    whole = first_length + second_length
    distance = np.clip(far, np.abs(first_length - second_length) + 1e-3 * whole, _MOST * whole)

    normal = cross_product(first, second)
    straight = np.linalg.norm(normal, axis=-1) < _STRAIGHT * first_length * second_length
    normal = _unit(np.where(straight[:, None], _across(hinge, first), normal))
    # The plane swings with the line from start to end, by the smallest rotation.
    line = _unit(end - start)
    new_normal = _across(_swing(line, toward, normal), toward)

    cosine = (first_length**2 + distance**2 - second_length**2) / np.maximum(2 * first_length * distance, 1e-12)
    cosine = np.clip(cosine, -1, 1)
    sine = np.sqrt(1 - cosine**2)
    side = cross_product(toward, new_normal)
    new_middle = start + first_length[:, None] * (cosine[:, None] * toward + sine[:, None] * side)
    new_end = start + distance[:, None] * toward
    # Both bones at once: for a single pose it is the number of calls that takes time.
    before = np.stack([first, second]), np.stack([normal, normal])
    after = np.stack([new_middle - start, new_end - new_middle]), np.stack([new_normal, new_normal])
    turns = matrix_to_quaternion(_axes(*after) @ _axes(*before).swapaxes(-1, -2))
    return Reached(new_middle, new_end, turns[0], turns[1])


def _unit(vectors: np.ndarray) -> np.ndarray:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-12))


def _across(vectors: np.ndarray, axis: np.ndarray) -> np.ndarray:
    """What of vectors (F, 3) is perpendicular to axes, of unit length."""
    axis = _unit(axis)
    return _unit(vectors - (vectors * axis).sum(-1, keepdims=True) * axis)


def _swing(a: np.ndarray, b: np.ndarray, vectors: np.ndarray) -> np.ndarray:
    """Vectors (F, 3) turned by the smallest rotation from unit vectors a to b."""
    axis = cross_product(a, b)
    cosine = (a * b).sum(-1, keepdims=True)
    turned = vectors * cosine + cross_product(axis, vectors)
    turned = turned + axis * (axis * vectors).sum(-1, keepdims=True) / np.maximum(1 + cosine, 1e-6)
    return np.asarray(turned)


def _axes(along: np.ndarray, across: np.ndarray) -> np.ndarray:
    """(..., 3, 3) the axes of a bone: its direction, what of `across` is perpendicular to it, and both's normal."""
    along = _unit(along)
    across = _across(across, along)
    return np.stack([along, across, cross_product(along, across)], axis=-1)

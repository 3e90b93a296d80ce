# SPDX-License-Identifier: GPL-3.0-or-later
"""What generated poses have to keep of a pose that is there: locked limbs and joints, pins, what the head looks at."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from .motion import Motion
from .motion_text import motion_from_text, motion_to_text
from .skeleton import JOINT_NAMES, LIMBS

Point = tuple[float, float, float]


@dataclass(frozen=True, eq=False)
class Conditions:
    """A reference pose, and what of it is kept. Poses made so stand where the reference stands, as it faces.

    Raises ValueError when a name is unknown, or the reference is no single pose.
    """

    reference: Motion
    """One frame, on the reference body."""
    locked_limbs: tuple[str, ...] = ()
    """Names of `LIMBS` whose joints keep where they point."""
    locked_joints: tuple[str, ...] = ()
    """The same for single joints."""
    pins: Mapping[str, Point] = field(default_factory=dict)
    """Joints and where they are to be, in metres in the world of the reference."""
    look_at: Point | None = None
    """What the head faces, a point of the same world."""
    is_edit: bool = False
    """Whether the prompt is a change to the reference, which stays as it is where the words do not speak of it."""

    def __post_init__(self) -> None:
        if self.reference.num_frames != 1:
            raise ValueError(f"a reference is one pose, got {self.reference.num_frames} frames")
        for name in self.locked_limbs:
            if name not in LIMBS:
                raise ValueError(f"there is no limb {name!r}; the limbs are {', '.join(LIMBS)}")
        for name in (*self.locked_joints, *self.pins):
            if name not in JOINT_NAMES:
                raise ValueError(f"there is no joint {name!r}; the joints are {', '.join(JOINT_NAMES)}")

    def pin_positions(self) -> np.ndarray | None:
        """(pins, 3) float32 in the order of `pins`; None without any."""
        return np.array(list(self.pins.values()), dtype=np.float32) if self.pins else None

    def describe(self) -> str:
        """What is kept, in words for the artist; empty when it is nothing."""
        told = []
        locked = [*self.locked_limbs, *self.locked_joints]
        if locked:
            told.append(f"locked: {', '.join(name.replace('_', ' ') for name in locked)}")
        if self.pins:
            told.append(f"pinned: {', '.join(name.replace('_', ' ') for name in self.pins)}")
        if self.look_at is not None:
            told.append("looks at a point")
        if self.is_edit:
            told.append("changed by words")
        return "; ".join(told)

    def to_text(self) -> str:
        """The conditions as JSON, to keep in a file. Inverse of `from_text`."""
        return json.dumps(
            {
                "reference": motion_to_text(self.reference),
                "locked_limbs": self.locked_limbs,
                "locked_joints": self.locked_joints,
                "pins": {name: list(point) for name, point in self.pins.items()},
                "look_at": self.look_at,
                "is_edit": self.is_edit,
            }
        )

    @staticmethod
    def from_text(text: str) -> Conditions | None:
        """Read what `to_text` wrote, None from an empty text; ValueError when it is something else."""
        if not text:
            return None
        try:
            content = json.loads(text)
            return Conditions(
                motion_from_text(content["reference"]),
                tuple(content["locked_limbs"]),
                tuple(content["locked_joints"]),
                {name: _point(point) for name, point in content["pins"].items()},
                None if content["look_at"] is None else _point(content["look_at"]),
                bool(content["is_edit"]),
            )
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise ValueError(f"what these takes had to keep cannot be read: {error}") from error


def _point(values: object) -> Point:
    x, y, z = (float(value) for value in values)  # type: ignore[attr-defined]
    return x, y, z

# SPDX-License-Identifier: GPL-3.0-or-later
"""Conditions are checked, told in words, and come back from text as they were."""

from __future__ import annotations

import numpy as np
import pytest

from blender_addon.core.conditions import Conditions
from blender_addon.core.motion import Motion
from blender_addon.core.rotation import axis_angle_to_quaternion


def some_pose(num_frames: int = 1) -> Motion:
    rng = np.random.default_rng(2)
    return Motion(axis_angle_to_quaternion(rng.normal(size=(num_frames, 22, 3))), rng.normal(size=(num_frames, 3)))


WHOLE = Conditions(
    some_pose(), ("left_arm",), ("head", "neck"), {"right_wrist": (0.1, 1.0, -0.3)}, (0.0, 1.5, 4.0), is_edit=True
)


def test_conditions_come_back_from_text() -> None:
    again = Conditions.from_text(WHOLE.to_text())
    assert again is not None
    np.testing.assert_array_equal(again.reference.local_rotations, WHOLE.reference.local_rotations)
    assert (again.locked_limbs, again.locked_joints, again.pins) == (
        WHOLE.locked_limbs,
        WHOLE.locked_joints,
        WHOLE.pins,
    )
    assert (again.look_at, again.is_edit) == (WHOLE.look_at, True)
    assert Conditions.from_text("") is None


@pytest.mark.parametrize("text", ["nothing", "[]", "{}", '{"reference": ""}'])
def test_other_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="cannot be read"):
        Conditions.from_text(text)


def test_wrong_names_are_refused() -> None:
    with pytest.raises(ValueError, match="no limb 'arm'"):
        Conditions(some_pose(), ("arm",))
    with pytest.raises(ValueError, match="no joint 'hand'"):
        Conditions(some_pose(), pins={"hand": (0, 0, 0)})
    with pytest.raises(ValueError, match="one pose"):
        Conditions(some_pose(2))


def test_conditions_are_told_in_words() -> None:
    assert WHOLE.describe() == ("locked: left arm, head, neck; pinned: right wrist; looks at a point; changed by words")
    assert Conditions(some_pose()).describe() == ""


def test_pin_positions_are_in_the_order_of_the_pins() -> None:
    pinned = Conditions(some_pose(), pins={"left_wrist": (1, 2, 3), "right_foot": (4, 5, 6)}).pin_positions()
    assert pinned is not None and pinned.dtype == np.float32
    np.testing.assert_array_equal(pinned, [[1, 2, 3], [4, 5, 6]])
    assert Conditions(some_pose()).pin_positions() is None

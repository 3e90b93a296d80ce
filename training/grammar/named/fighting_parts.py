# SPDX-License-Identifier: GPL-3.0-or-later
"""Parts that poses of martial arts and of combat have in common."""

from __future__ import annotations

import numpy as np

from training.grammar.intent import Part, aim, balanced, beyond, flat, floor, spine

FEET = balanced("left_foot_middle", "right_foot_middle", 0.1)
STAGGER: tuple[Part, ...] = (
    flat("left"),
    floor("right_foot"),
    beyond("left_foot_middle", "right_foot_middle", "front", 0.2, 0.55),
    beyond("left_ankle", "right_ankle", "left", 0.06, 0.38),
    FEET,
)
"""A fighter's feet, the left one in front."""


def twisted(least: float, most: float) -> list[Part]:
    """The shoulders are turned against the hips, degrees to the left; the spine starts that way and stays so."""
    middle = (least + most) / 2
    back = float(np.tan(np.radians(middle)))
    turn = f"left back*{back:.3f}" if back >= 0 else f"left front*{-back:.3f}"
    return [spine(yaw=(least, most)), aim("shoulder_line", turn, 6, (most - least) / 2 + 9, frame="hips")]

# SPDX-License-Identifier: GPL-3.0-or-later
"""Parts that yoga, exercise and sports have in common: footing, joined hands, lying on the floor."""

from __future__ import annotations

from training.grammar.floor_stances import PRONE, SUPINE
from training.grammar.intent import Part, aim, balanced, bend, beyond, flat, floor, touch

__all__ = ["FEET", "LEVEL", "ONE_LEG", "OVERHEAD", "PRAYER", "PRONE", "READY", "STAGGER", "STAND", "SUPINE", "WIDE"]

FEET = balanced("left_foot_middle", "right_foot_middle", 0.1)
STAND: tuple[Part, ...] = (
    flat("both"),
    beyond("left_ankle", "right_ankle", "left", 0.12, 0.4),
    beyond("left_ankle", "right_ankle", "front", -0.12, 0.12),
    FEET,
)
READY: tuple[Part, ...] = (
    flat("both"),
    beyond("left_ankle", "right_ankle", "left", 0.35, 0.7),
    beyond("left_ankle", "right_ankle", "front", -0.2, 0.2),
    bend("both_knee", 30, 65),
    FEET,
)
"""An athlete's ready feet: apart, knees bent."""
STAGGER: tuple[Part, ...] = (
    flat("left"),
    floor("right_foot"),
    beyond("left_foot_middle", "right_foot_middle", "front", 0.2, 0.5),
    beyond("left_ankle", "right_ankle", "left", 0.08, 0.4),
    FEET,
)
"""The left foot a step ahead."""
WIDE: tuple[Part, ...] = (flat("both"), beyond("left_ankle", "right_ankle", "left", 0.72, 1.25))
ONE_LEG: tuple[Part, ...] = (flat("right"), balanced("right_foot_middle", metres=0.08), bend("right_knee", 2, 20))
"""On the right leg."""
PRAYER: tuple[Part, ...] = (
    touch("left_palm", "right_palm"),
    beyond("left_palm", "chest", "chestward", 0.06, 0.3),
    beyond("left_palm", "spine3", "headward", -0.1, 0.2),
    beyond("left_palm", "chest", "leftward", -0.07, 0.07),
)
OVERHEAD: tuple[Part, ...] = (
    touch("left_palm", "right_palm"),
    beyond("left_wrist", "crown", "up", 0.04),
    aim("both_upper_arm", "up left*0.25", 7, 30),
)
"""Hands joined above the head."""
LEVEL: tuple[Part, ...] = (beyond("left_breast", "right_breast", "up", -0.04, 0.04),)
"""Shoulders level, for bodies near the floor."""

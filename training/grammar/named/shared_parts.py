# SPDX-License-Identifier: GPL-3.0-or-later
"""Parts that poses of several domains have in common: how they sit, kneel, lie, stand and hold their heads."""

from __future__ import annotations

from training.grammar.intent import Part, aim, balanced, bend, beyond, flat, floor, pelvis, spine

LEVEL_HEAD: tuple[Part, ...] = (aim("face", "front", 7, 26), aim("crown", "headward", 6, 26))
"""For hands at the face: they come to the head, not the head to them."""
SQUARE: tuple[Part, ...] = (aim("shoulder_line", "left", 5, 18), aim("trunk", "up front*0.05", 4, 14))
"""Two hands that meet in front or above meet in the middle, and the trunk does not twist for it."""
NEAR_LEVEL_HEAD: tuple[Part, ...] = (aim("crown", "headward", 8, 32),)
CHAIR: tuple[Part, ...] = (
    flat("both"),
    aim("both_thigh", "front left*0.12", 6, 22),
    aim("both_shin", "down", 7, 22),
    bend("both_knee", 75, 105),
    beyond("left_knee", "right_knee", "left", 0.1, 0.4),
)
UPRIGHT_CHAIR: tuple[Part, ...] = (*CHAIR, aim("trunk", "up front*0.08", 5, 18))
ON_FEET = balanced("left_foot_middle", "right_foot_middle", 0.1)
PLANTED: tuple[Part, ...] = (flat("both"), beyond("left_ankle", "right_ankle", "left", 0.13, 0.4), beyond("left_ankle", "right_ankle", "front", -0.15, 0.15), ON_FEET)  # fmt: skip  # noqa: E501
STAGGERED: tuple[Part, ...] = (
    flat("left"),
    floor("right_foot"),
    beyond("left_foot_middle", "right_foot_middle", "front", 0.2, 0.55),
    beyond("left_ankle", "right_ankle", "left", 0.08, 0.35),
    ON_FEET,
)
"""The left foot a step ahead."""
KNEELING: tuple[Part, ...] = (
    floor("both_knee", "both_foot"),
    aim("both_shin", "back", 6, 25),
    aim("both_thigh", "down", 6, 20),
    beyond("left_knee", "right_knee", "left", 0.1, 0.4),
)
ON_HEELS: tuple[Part, ...] = (
    floor("both_knee", "both_foot"),
    bend("both_knee", 116, 154),
    aim("both_shin", "back", 5, 30),
    aim("both_thigh", "front down*0.3", 8, 40),
    beyond("left_knee", "right_knee", "left", 0.1, 0.4),
)
HALF_KNEELING: tuple[Part, ...] = (
    floor("right_knee", "right_foot"),
    aim("right_thigh", "down", 7, 25),
    aim("right_shin", "back", 7, 30),
    flat("left"),
    bend("left_knee", 75, 105),
    aim("left_thigh", "front left*0.15", 7, 25),
)
"""On the right knee, the left foot in front."""
SUPINE: tuple[Part, ...] = (
    floor("both_buttock"),
    beyond("spine3", "pelvis", "up", -0.07, 0.08),
    pelvis(pitch=(-92, -86)),
    aim("chest", "up", 4, 29),
    spine(),
)
SUPINE_KNEES_UP: tuple[Part, ...] = (
    floor("both_buttock"),
    beyond("spine3", "pelvis", "up", -0.06, 0.06),
    beyond("head", "pelvis", "up", -0.06, 0.08),
    pelvis(pitch=(-92, -86)),
    aim("chest", "up", 4, 26),
    spine(),
    flat("both"),
    bend("both_knee", 58, 122),
    aim("both_thigh", "footward chestward*0.9", 8, 36),
    aim("both_shin", "footward*0.5 spineward", 9, 44),
    beyond("left_knee", "right_knee", "left", 0.08, 0.5),
    beyond("left_ankle", "right_ankle", "left", 0.08, 0.5),
    aim("crown", "headward", 6, 28),
)
PRONE: tuple[Part, ...] = (
    floor("pelvis", "both_knee"),
    pelvis(pitch=(86, 92)),
    aim("chest", "down", 5, 25),
    aim("trunk", "front", 4, 16),
    aim("both_leg", "footward leftward*0.1", 5, 24),
    bend("both_knee", 2, 30),
    aim("both_foot", "footward", 8, 55),
)

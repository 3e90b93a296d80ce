# SPDX-License-Identifier: GPL-3.0-or-later
"""Named places on the body: joints, spots on the skin and middles of pairs, each fixed to a joint."""

from __future__ import annotations

import numpy as np

from blender_addon.core.anatomy import JOINT_RADII
from blender_addon.core.skeleton import JOINT_NAMES

_MIDDLE_SPOTS: dict[str, tuple[str, tuple[float, float, float]]] = {
    "crown": ("head", (0, 0.155, 0.01)),
    "forehead": ("head", (0, 0.095, 0.105)),
    "nose": ("head", (0, 0.03, 0.125)),
    "mouth": ("head", (0, -0.02, 0.115)),
    "chin": ("head", (0, -0.06, 0.10)),
    "head_centre": ("head", (0, 0.03, 0.0)),
    "face_front": ("head", (0, 0.03, 0.30)),
    "back_of_head": ("head", (0, 0.06, -0.10)),
    "nape": ("neck", (0, 0.05, -0.07)),
    "throat": ("neck", (0, 0.02, 0.06)),
    "chest": ("spine3", (0, 0.03, 0.13)),
    "belly": ("spine1", (0, 0.02, 0.14)),
    "crotch": ("pelvis", (0, -0.06, 0.06)),
    "lower_back": ("pelvis", (0, 0.11, -0.10)),
    "upper_back": ("spine3", (0, 0.06, -0.08)),
}
_LEFT_SPOTS: dict[str, tuple[str, tuple[float, float, float]]] = {
    "eye": ("head", (0.032, 0.045, 0.11)),
    "brow": ("head", (0.035, 0.085, 0.115)),
    "temple": ("head", (0.075, 0.075, 0.05)),
    "ear": ("head", (0.085, 0.03, 0.0)),
    "cheek": ("head", (0.06, -0.01, 0.085)),
    "breast": ("spine3", (0.09, 0.04, 0.125)),
    "ribs": ("spine2", (0.15, 0.06, 0.04)),
    "waist": ("pelvis", (0.15, 0.09, 0.02)),
    "buttock": ("pelvis", (0.085, -0.05, -0.11)),
    "shoulder_top": ("shoulder", (0.0, 0.055, 0.01)),
    "biceps": ("shoulder", (0.14, 0.0, 0.045)),
    "elbow_tip": ("elbow", (0.0, 0.0, -0.035)),
    "forearm": ("elbow", (0.13, 0.0, 0.0)),
    "palm": ("wrist", (0.08, -0.025, 0.0)),
    "hand_back": ("wrist", (0.08, 0.02, 0.0)),
    "hand": ("wrist", (0.08, 0.0, 0.0)),
    "thumb": ("wrist", (0.08, 0.0, 0.06)),
    "fingers": ("wrist", (0.165, -0.01, 0.0)),
    "thigh_top": ("hip", (0.0, -0.27, 0.085)),
    "thigh_side": ("hip", (0.075, -0.14, 0.01)),
    "kneecap": ("knee", (0.0, 0.0, 0.065)),
    "inner_knee": ("knee", (-0.055, 0.0, 0.0)),
    "inner_thigh": ("hip", (-0.035, -0.27, 0.0)),
    "shin": ("knee", (0.0, -0.2, 0.045)),
    "calf": ("knee", (0.0, -0.14, -0.06)),
    "heel": ("ankle", (0.0, -0.055, -0.045)),
    "sole": ("foot", (0.0, -0.022, -0.05)),
    "instep": ("foot", (0.0, 0.025, -0.05)),
    "toes": ("foot", (0.01, -0.01, 0.05)),
    "foot_middle": ("ankle", (0.0, -0.05, 0.06)),
}
_PAIRS = {
    **{
        f"{name}s": (f"left_{name}", f"right_{name}")
        for name in ("hip", "knee", "ankle", "shoulder", "elbow", "wrist", "palm")
    },
    "feet": ("left_foot_middle", "right_foot_middle"),
}


def _table() -> dict[str, tuple[int, tuple[float, float, float]]]:
    table = {name: (index, (0.0, 0.0, 0.0)) for index, name in enumerate(JOINT_NAMES)}
    for name, (joint, offset) in _MIDDLE_SPOTS.items():
        table[name] = (JOINT_NAMES.index(joint), offset)
    for name, (joint, (x, y, z)) in _LEFT_SPOTS.items():
        for side, sign in (("left", 1), ("right", -1)):
            own = joint if joint in JOINT_NAMES else f"{side}_{joint}"
            table[f"{side}_{name}"] = (JOINT_NAMES.index(own), (sign * x, y, z))
    return table


_TABLE = _table()
SPOT_NAMES: tuple[str, ...] = tuple(_TABLE)
SPOT_JOINTS: np.ndarray = np.array([joint for joint, _ in _TABLE.values()])
"""(S,) the joint that carries each spot."""
SPOT_OFFSETS: np.ndarray = np.array([offset for _, offset in _TABLE.values()], dtype=np.float32)
"""(S, 3) metres from that joint, in its rest frame."""

MIDDLES: tuple[tuple[int, int], ...] = tuple((SPOT_NAMES.index(a), SPOT_NAMES.index(b)) for a, b in _PAIRS.values())
"""Spots half way between these pairs follow the single spots."""
POINT_NAMES: tuple[str, ...] = (*SPOT_NAMES, *_PAIRS)
"""Everything a goal can speak of."""
_INDEX = {name: index for index, name in enumerate(POINT_NAMES)}

_FLOOR_SPOTS = {
    "hand": 0.015, "fingers": 0.01, "heel": 0.02, "toes": 0.012, "buttock": 0.0, "elbow_tip": 0.005, "kneecap": 0.0,
}  # fmt: skip
FLOOR_POINTS: np.ndarray = np.array(
    [*range(len(JOINT_NAMES)), _INDEX["crown"]]
    + [_INDEX[f"{side}_{name}"] for side in ("left", "right") for name in _FLOOR_SPOTS]
)
"""Points that may not be under the floor."""
FLOOR_RADII: np.ndarray = np.array(
    [*JOINT_RADII, 0.0, *_FLOOR_SPOTS.values(), *_FLOOR_SPOTS.values()], dtype=np.float32
)
"""Metres of flesh below each of them."""


def point_index(name: str) -> int:
    """The index of a point; ValueError with the nearest names for one that does not exist."""
    if name not in _INDEX:
        near = [known for known in POINT_NAMES if name.split("_")[-1] in known][:6]
        raise ValueError(f"there is no point {name!r} on the body; expected one of POINT_NAMES, such as {near}")
    return _INDEX[name]

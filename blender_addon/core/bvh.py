# SPDX-License-Identifier: GPL-3.0-or-later
"""BVH files: written from a motion, read as they are, and read as a motion of the 22 joints.

The format is Biovision's: a hierarchy of joints with offsets, then a line of channel values a frame, in degrees.
Written files are in centimetres, Y up, with the T-pose as their zero pose.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .files import write_atomically
from .kinematics import global_to_local, joints_from_global, local_to_global
from .motion import Motion
from .naming import check_joint_map, match_joints
from .rotation import (
    matrix_to_quaternion,
    quaternion_apply,
    quaternion_between,
    quaternion_conjugate,
    quaternion_multiply,
    quaternion_normalize,
    quaternion_to_matrix,
)
from .skeleton import JOINT_NAMES, SMPL22, Skeleton

_CENTIMETRES = 100.0
_END_SITES = {  # metres beyond the last joints, where the body ends
    "head": (0.0, 0.16, 0.02),
    "left_foot": (0.0, -0.01, 0.06),
    "right_foot": (0.0, -0.01, 0.06),
    "left_wrist": (0.17, 0.0, 0.0),
    "right_wrist": (-0.17, 0.0, 0.0),
}


@dataclass(frozen=True, eq=False)
class BvhClip:
    """What a BVH file says, in its own axes and its own unit of length."""

    names: tuple[str, ...]
    parents: tuple[int, ...]
    """-1 for the root; parents before children."""
    offsets: np.ndarray
    """(J, 3) from parent to joint in the zero pose."""
    rotations: np.ndarray
    """(F, J, 4) wxyz, relative to the parent, identity in the zero pose."""
    positions: np.ndarray
    """(F, 3) where the root is: its position channels, or its offset where it has none."""
    fps: float

    @property
    def skeleton(self) -> Skeleton:
        """The zero pose with the root at the origin."""
        rest = np.zeros((len(self.names), 3))
        for joint, parent in enumerate(self.parents[1:], start=1):
            rest[joint] = rest[parent] + self.offsets[joint]
        return Skeleton(self.names, self.parents, rest)


def write_bvh(motion: Motion, path: Path | str) -> None:
    """Write a motion as BVH: centimetres, Y up, facing +Z, zero pose = T-pose with the pelvis at the origin.

    The pelvis has position channels, every joint Z, Y, X rotation channels. All or nothing.
    """
    lines = ["HIERARCHY"]
    order: list[int] = []
    skeleton = motion.skeleton

    def numbers(values: np.ndarray) -> str:
        return " ".join(f"{value:.6f}" for value in values)

    def add(joint: int, depth: int) -> None:
        order.append(joint)
        name, indent = skeleton.joint_names[joint], "\t" * depth
        offset = skeleton.offsets[joint] * _CENTIMETRES if depth else np.zeros(3)
        channels = "3 Zrotation Yrotation Xrotation"
        if not depth:
            channels = "6 Xposition Yposition Zposition Zrotation Yrotation Xrotation"
        lines.append(f"{indent}{'JOINT' if depth else 'ROOT'} {name}")
        lines.extend([f"{indent}{{", f"{indent}\tOFFSET {numbers(offset)}", f"{indent}\tCHANNELS {channels}"])
        for child, parent in enumerate(skeleton.parents):
            if parent == joint:
                add(child, depth + 1)
        if name in _END_SITES:
            end = numbers(np.array(_END_SITES[name]) * _CENTIMETRES)
            lines.extend([f"{indent}\tEnd Site", f"{indent}\t{{", f"{indent}\t\tOFFSET {end}", f"{indent}\t}}"])
        lines.append(f"{indent}}}")

    add(0, 0)
    rotations = quaternion_normalize(motion.local_rotations.astype(np.float64))
    angles = _zyx_degrees(rotations[:, order]).reshape(motion.num_frames, -1)
    values = np.concatenate([motion.root_translation.astype(np.float64) * _CENTIMETRES, angles], axis=1)
    lines.extend(["MOTION", f"Frames: {motion.num_frames}", f"Frame Time: {1 / motion.fps:.9f}"])
    lines.extend(map(numbers, values))
    text = "\n".join(lines) + "\n"
    write_atomically(Path(path), lambda file: file.write(text.encode()))


def _zyx_degrees(rotations: np.ndarray) -> np.ndarray:
    """Angles (F, J, 3) in degrees about Z, then Y, then X of quaternions, without jumps of a whole turn."""
    m = quaternion_to_matrix(rotations)
    y = np.arctan2(-m[..., 2, 0], np.hypot(m[..., 0, 0], m[..., 1, 0]))
    # With Y a quarter turn, Z and X turn about the same axis: let Z do it all.
    locked = np.hypot(m[..., 0, 0], m[..., 1, 0]) < 1e-6
    z = np.where(locked, np.arctan2(-m[..., 0, 1], m[..., 1, 1]), np.arctan2(m[..., 1, 0], m[..., 0, 0]))
    x = np.where(locked, 0.0, np.arctan2(m[..., 2, 1], m[..., 2, 2]))
    return np.degrees(np.unwrap(np.stack([z, y, x], axis=-1), axis=0))


def read_bvh(path: Path | str) -> BvhClip:
    """Read a BVH file; any channel order. Positions of joints other than the root are passed over.

    Raises:
        ValueError: Says what is wrong with the file, and where.
    """
    path = Path(path)
    try:
        return _parse(path.read_text(encoding="utf-8", errors="replace"))
    except (ValueError, IndexError) as error:
        reason = "it ends too early" if isinstance(error, IndexError) else str(error)
        raise ValueError(f"{path}: not a readable BVH file ({reason})") from error


_AXES = {"X": 0, "Y": 1, "Z": 2}


def _parse(text: str) -> BvhClip:
    sections = re.split(r"^\s*MOTION\b", text, maxsplit=1, flags=re.MULTILINE)
    if len(sections) != 2:
        raise ValueError("it has no MOTION section")
    head, tail = sections
    names, parents, offsets, channels = _parse_hierarchy(head.split())
    words = tail.split()
    if words[0] != "Frames:" or words[2:4] != ["Frame", "Time:"]:
        raise ValueError("expected 'Frames: N' and 'Frame Time: S' after MOTION")
    num_frames, frame_time = int(words[1]), float(words[4])
    columns = sum(map(len, channels))
    values = np.array(words[5:], dtype=np.float64)
    if num_frames < 1 or values.size != num_frames * columns:
        raise ValueError(f"{num_frames} frames of {columns} channels are announced, {values.size} numbers follow")
    if not np.isfinite(values).all() or not (np.isfinite(frame_time) and frame_time > 0):
        raise ValueError("a channel value or the frame time is not a usable number")
    values = values.reshape(num_frames, columns)

    positions = np.tile(offsets[0], (num_frames, 1))
    rotations = np.zeros((num_frames, len(names), 4))
    rotations[..., 0] = 1
    column = 0
    for joint, kinds in enumerate(channels):
        for kind in kinds:
            axis = _AXES[kind[0]]
            if kind.endswith("rotation"):
                half = np.radians(values[:, column]) / 2
                turn = np.zeros((num_frames, 4))
                turn[:, 0], turn[:, 1 + axis] = np.cos(half), np.sin(half)
                rotations[:, joint] = quaternion_multiply(rotations[:, joint], turn)
            elif joint == 0:
                positions[:, axis] = values[:, column]
            column += 1
    fps = 1 / frame_time
    # Files round the frame time: 0.008333 is meant to be 120 frames a second.
    fps = float(round(fps)) if abs(fps - round(fps)) < 5e-4 * fps else fps
    return BvhClip(tuple(names), tuple(parents), offsets, rotations, positions, fps)


def _parse_hierarchy(words: list[str]) -> tuple[list[str], list[int], np.ndarray, list[list[str]]]:
    """Names, parents, offsets (J, 3) and channel kinds, from the words before MOTION."""
    if words[:2] != ["HIERARCHY", "ROOT"]:
        raise ValueError("it must start with HIERARCHY and one ROOT")
    names: list[str] = []
    parents: list[int] = []
    offsets: list[list[float]] = []
    channels: list[list[str]] = []
    stack: list[int | None] = []  # None stands for an end site
    at = 1
    while at < len(words):
        word = words[at]
        if word in ("ROOT", "JOINT"):
            brace = words.index("{", at)
            parent = stack[-1] if stack else -1
            if parent is None or (word == "ROOT") == bool(names):
                raise ValueError(f"{word} {' '.join(words[at + 1 : brace])} stands in the wrong place")
            parents.append(parent)
            stack.append(len(names))
            names.append("_".join(words[at + 1 : brace]))
            offsets.append([0.0, 0.0, 0.0])
            channels.append([])
            at = brace + 1
        elif word == "End":
            stack.append(None)
            at = words.index("{", at) + 1
        elif word == "OFFSET":
            if stack[-1] is not None:
                offsets[stack[-1]] = [float(value) for value in words[at + 1 : at + 4]]
            at += 4
        elif word == "CHANNELS":
            count = int(words[at + 1])
            kinds = [kind.capitalize() for kind in words[at + 2 : at + 2 + count]]
            if stack[-1] is None or any(k[:1] not in _AXES or k[1:] not in ("rotation", "position") for k in kinds):
                raise ValueError(f"channels {' '.join(kinds)} are not X, Y or Z rotations and positions of a joint")
            channels[stack[-1]] = kinds
            at += 2 + count
        elif word == "}":
            stack.pop()
            at += 1
        else:
            raise ValueError(f"unexpected {word!r} in the hierarchy")
    if stack:
        raise ValueError("a brace is not closed in the hierarchy")
    return names, parents, np.array(offsets), channels


def motion_from_bvh(source: BvhClip | Path | str, joint_map: dict[str, str] | None = None) -> Motion:
    """A BVH clip as a motion of our skeleton at the clip's own frame rate.

    The zero pose must stand upright; its own axes (Y-up or Z-up, facing any way) are found from it, and its limbs may
    point elsewhere than the T-pose's: they are turned onto it by the smallest swings. Size is taken from the legs,
    so the file's unit does not matter. Joints the file lacks move with their parent.

    Args:
        source: A clip, or the path of a BVH file.
        joint_map: Our joint names to the file's; by default found by name (SMPL, Mixamo, CMU, Daz, Unreal).

    Raises:
        ValueError: An unreadable file, or a needed joint without a counterpart (named).
    """
    clip = source if isinstance(source, BvhClip) else read_bvh(source)
    if joint_map is None:
        joint_map = match_joints(clip.names)
    check_joint_map(joint_map, clip.names)
    theirs = {JOINT_NAMES.index(ours): clip.names.index(name) for ours, name in joint_map.items()}

    axes = _standing_axes(clip, theirs)
    clip_rotations = local_to_global(clip.rotations, clip.parents)
    clip_joints = quaternion_apply(axes, joints_from_global(clip_rotations, clip.positions, clip.skeleton))
    turns = quaternion_multiply(quaternion_multiply(axes, clip_rotations), quaternion_conjugate(axes))
    rest = quaternion_apply(axes, clip.skeleton.rest_joints)
    calibrations = _limb_calibrations(rest, theirs)
    rotations = np.empty((len(turns), len(JOINT_NAMES), 4))
    for joint, parent in enumerate(SMPL22.parents):
        if joint in theirs:
            rotations[:, joint] = quaternion_multiply(turns[:, theirs[joint]], calibrations[joint])
        else:
            rotations[:, joint] = rotations[:, parent]

    hips = [SMPL22.index("left_hip"), SMPL22.index("right_hip")]
    middle = clip_joints[:, [theirs[hip] for hip in hips]].mean(1) * (SMPL22.leg_length / _leg_length(rest, theirs))
    offset = SMPL22.rest_joints[hips].mean(0) - SMPL22.rest_joints[0]
    root = middle - quaternion_apply(rotations[:, 0], offset)
    return Motion(global_to_local(rotations, SMPL22.parents), root, clip.fps)


def _standing_axes(clip: BvhClip, theirs: dict[int, int]) -> np.ndarray:
    """Rotation (4,) from the clip's axes to ours, of whole quarter turns, read off its zero pose."""
    rest = clip.skeleton.rest_joints

    def at(name: str) -> np.ndarray:
        return rest[theirs[JOINT_NAMES.index(name)]]

    left = at("left_hip") - at("right_hip")
    up = (at("left_shoulder") + at("right_shoulder")) / 2 - (at("left_ankle") + at("right_ankle")) / 2
    rows = []
    for direction in (left, up):
        axis = int(np.argmax(np.abs(direction)))
        rows.append(np.sign(direction[axis]) * np.eye(3)[axis])
    if rows[0] @ rows[1] != 0 or not (rows[0].any() and rows[1].any()):
        raise ValueError("the zero pose does not stand upright: its hips and its height lie along the same axis")
    return matrix_to_quaternion(np.stack([rows[0], rows[1], np.cross(rows[0], rows[1])]))


def _leg_length(rest: np.ndarray, theirs: dict[int, int]) -> float:
    length = 0.0
    for side in ("left", "right"):
        hip, knee, ankle = (rest[theirs[JOINT_NAMES.index(f"{side}_{name}")]] for name in ("hip", "knee", "ankle"))
        length += float(np.linalg.norm(knee - hip) + np.linalg.norm(ankle - knee)) / 2
    if length < 1e-6:
        raise ValueError("the zero pose has no legs: hips, knees and ankles coincide")
    return length


def _limb_calibrations(rest: np.ndarray, theirs: dict[int, int]) -> np.ndarray:
    """Rotations (22, 4) that take our T-pose's limb bones to those of the zero pose `rest`, limb by limb."""
    result = np.zeros((len(JOINT_NAMES), 4))
    result[:, 0] = 1
    for side in ("left", "right"):
        for chain in (("hip", "knee", "ankle", "foot"), ("shoulder", "elbow", "wrist")):
            joints = [JOINT_NAMES.index(f"{side}_{name}") for name in chain]
            for joint, child in zip(joints, [*joints[1:], -1], strict=True):
                above = SMPL22.parents[joint]
                inherited = result[above] if above in joints else result[0]
                result[joint] = inherited
                if child in theirs:
                    bone = quaternion_apply(inherited, SMPL22.rest_joints[child] - SMPL22.rest_joints[joint])
                    swing = quaternion_between(bone, rest[theirs[child]] - rest[theirs[joint]])
                    result[joint] = quaternion_multiply(swing, inherited)
    return result

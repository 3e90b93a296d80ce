# SPDX-License-Identifier: GPL-3.0-or-later
"""From joint positions to a motion: exact bone lengths, then rotations with sensible twist.

Positions leave the twist of every bone open. The pelvis and the chest are found from their triangles of joints;
the spine shares the turn between them; thighs and upper arms are twisted so that knees and elbows bend the way
hinges do; what nothing tells (head, hands, feet, forearms) follows its parent by the smallest swing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from .axes import z_up_to_y_up
from .kinematics import global_to_local
from .motion import Motion
from .rotation import (
    axis_angle_to_quaternion,
    matrix_to_quaternion,
    quaternion_apply,
    quaternion_between,
    quaternion_conjugate,
    quaternion_multiply,
    quaternion_slerp,
)
from .skeleton import JOINT_NAMES, SMPL22, Skeleton

(
    PELVIS, LEFT_HIP, RIGHT_HIP, SPINE1, LEFT_KNEE, RIGHT_KNEE, SPINE2, LEFT_ANKLE, RIGHT_ANKLE, SPINE3, LEFT_FOOT,
    RIGHT_FOOT, NECK, LEFT_COLLAR, RIGHT_COLLAR, HEAD, LEFT_SHOULDER, RIGHT_SHOULDER, LEFT_ELBOW, RIGHT_ELBOW,
    LEFT_WRIST, RIGHT_WRIST,
) = range(len(JOINT_NAMES))  # fmt: skip


@dataclass(frozen=True)
class _Limb:
    """A thigh or upper arm with the hinge at its end."""

    joint: int
    hinge: int
    end: int
    flexion_axis: tuple[float, float, float]
    """At rest, in the world; positive turns about it bend the hinge the way it bends."""
    toe: int | None = None
    """The joint that shows the limb's twist when it is straight."""


_LIMBS = (
    _Limb(LEFT_HIP, LEFT_KNEE, LEFT_ANKLE, (1.0, 0.0, 0.0), LEFT_FOOT),
    _Limb(RIGHT_HIP, RIGHT_KNEE, RIGHT_ANKLE, (1.0, 0.0, 0.0), RIGHT_FOOT),
    _Limb(LEFT_SHOULDER, LEFT_ELBOW, LEFT_WRIST, (0.0, -1.0, 0.0)),
    _Limb(RIGHT_SHOULDER, RIGHT_ELBOW, RIGHT_WRIST, (0.0, 1.0, 0.0)),
)

# Weights of what speaks for a limb's twist (see `_twist`), calibrated on captured motion.
_BEND_NOISE = np.radians(3.0)
_UNTWISTED_WEIGHT = 4.0
_TOE_WEIGHT = 8.0
_CHEST_TOLERANCE = 0.01
_CERTAIN_BEND = np.sin(np.radians(40.0))


def enforce_bone_lengths(joints: npt.ArrayLike, skeleton: Skeleton = SMPL22) -> np.ndarray:
    """Positions with the skeleton's bone lengths and the given bone directions.

    Goes from the pelvis, which stays, outward. A bone of no length gets its direction at rest.

    Args:
        joints: (..., 22, 3) metres, in any axes.

    Returns:
        (..., 22, 3) float64, lengths exact to rounding.
    """
    given = _checked(joints, skeleton)
    result = given.copy()
    for joint, parent in enumerate(skeleton.parents[1:], start=1):
        bone = given[..., joint, :] - given[..., parent, :]
        length = np.linalg.norm(bone, axis=-1, keepdims=True)
        rest = skeleton.offsets[joint] / skeleton.bone_lengths[joint]
        direction = np.where(length > 1e-9, bone / np.maximum(length, 1e-9), rest)
        result[..., joint, :] = result[..., parent, :] + direction * skeleton.bone_lengths[joint]
    return result


def fit_rotations(joints: npt.ArrayLike, skeleton: Skeleton = SMPL22) -> np.ndarray:
    """Local rotations whose bones point where these positions say.

    Only directions count, so bodies of other proportions may be given. Bones outside the torso's rigid triangles
    (hips; chest, neck and collars) match exactly; those triangles match as well as the skeleton's own allow.
    The result is a continuous function of the positions, so a smooth motion gives smooth rotations.

    Args:
        joints: (..., 22, 3) Y up, in any unit.

    Returns:
        (..., 22, 4) float64 unit quaternions wxyz.
    """
    given = _checked(joints, skeleton)
    rest = skeleton.rest_joints
    rotations = np.empty((*given.shape[:-1], 4))

    def bone(start: int, end: int) -> np.ndarray:
        return given[..., end, :] - given[..., start, :]

    def swung(rotation: np.ndarray, start: int, end: int) -> np.ndarray:
        """`rotation` followed by the smallest swing that points its bone start-end along the given one."""
        pointing = quaternion_apply(rotation, rest[end] - rest[start])
        return quaternion_multiply(quaternion_between(pointing, bone(start, end)), rotation)

    hips, rest_hips = given[..., [LEFT_HIP, RIGHT_HIP], :].mean(-2), rest[[LEFT_HIP, RIGHT_HIP]].mean(-2)
    rotations[..., PELVIS, :] = _triangle_rotation(
        rest[LEFT_HIP] - rest[RIGHT_HIP], rest[SPINE1] - rest_hips,
        bone(RIGHT_HIP, LEFT_HIP), given[..., SPINE1, :] - hips,
    )  # fmt: skip
    rotations[..., SPINE3, :] = _triangle_rotation(
        rest[LEFT_COLLAR] - rest[RIGHT_COLLAR], rest[NECK] - rest[SPINE3], _chest_line(given, rest), bone(SPINE3, NECK)
    )
    for joint, child, share in ((SPINE1, SPINE2, 1 / 3), (SPINE2, SPINE3, 2 / 3)):
        between = quaternion_slerp(rotations[..., PELVIS, :], rotations[..., SPINE3, :], share)
        rotations[..., joint, :] = swung(between, joint, child)
    rotations[..., NECK, :] = swung(rotations[..., SPINE3, :], NECK, HEAD)
    rotations[..., HEAD, :] = rotations[..., NECK, :]
    for collar, shoulder in ((LEFT_COLLAR, LEFT_SHOULDER), (RIGHT_COLLAR, RIGHT_SHOULDER)):
        rotations[..., collar, :] = swung(rotations[..., SPINE3, :], collar, shoulder)

    for limb in _LIMBS:
        untwisted = swung(rotations[..., skeleton.parents[limb.joint], :], limb.joint, limb.hinge)
        toe = None if limb.toe is None else bone(limb.end, limb.toe)
        twist = _twist(limb, untwisted, bone(limb.hinge, limb.end), toe, skeleton)
        upper = quaternion_multiply(untwisted, twist)
        rotations[..., limb.joint, :] = upper
        flexion = _flexion(limb, upper, bone(limb.hinge, limb.end), skeleton)
        lower = swung(quaternion_multiply(upper, flexion), limb.hinge, limb.end)
        rotations[..., limb.hinge, :] = lower
        rotations[..., limb.end, :] = lower if limb.toe is None else swung(lower, limb.end, limb.toe)
        if limb.toe is not None:
            rotations[..., limb.toe, :] = rotations[..., limb.end, :]
    return global_to_local(rotations, skeleton.parents)


def motion_from_joints(
    joints: npt.ArrayLike, fps: float = 20.0, up: Literal["Y", "Z"] = "Y", skeleton: Skeleton = SMPL22
) -> Motion:
    """A motion from positions of the 22 SMPL joints; the one door for positions from elsewhere.

    A body of another size is scaled about the origin by its leg length, so that its steps fit the skeleton's legs
    and the floor stays the floor. The hips' middle stays where it was; joints are those of `skeleton`.

    Args:
        joints: (F, 22, 3) metres.
        up: The axis that points up. "Z" means Blender's axes: the T-pose faces -Y.

    Raises:
        ValueError: Wrong shape, numbers that are not finite, or no legs.
    """
    given = _checked(joints, skeleton)
    if given.ndim != 3:
        raise ValueError(f"joints must be (frames, {skeleton.num_joints}, 3), got {given.shape}")
    if up not in ("Y", "Z"):
        raise ValueError(f"up must be 'Y' or 'Z', got {up!r}")
    if up == "Z":
        given = z_up_to_y_up(given)
    legs = np.linalg.norm(
        given[:, [LEFT_KNEE, RIGHT_KNEE, LEFT_ANKLE, RIGHT_ANKLE]]
        - given[:, [LEFT_HIP, RIGHT_HIP, LEFT_KNEE, RIGHT_KNEE]],
        axis=-1,
    )
    leg_length = float(np.median(legs.sum(-1) / 2)) if len(given) else 0.0
    if leg_length < 1e-6:
        raise ValueError("joints hold no legs: hips, knees and ankles coincide in most frames")
    rotations = fit_rotations(given, skeleton)
    hips = given[:, [LEFT_HIP, RIGHT_HIP]].mean(1) * (skeleton.leg_length / leg_length)
    offset = skeleton.rest_joints[[LEFT_HIP, RIGHT_HIP]].mean(0) - skeleton.rest_joints[PELVIS]
    return Motion(rotations, hips - quaternion_apply(rotations[:, PELVIS], offset), fps, skeleton)


def align_elbows(local_rotations: npt.ArrayLike, skeleton: Skeleton = SMPL22) -> np.ndarray:
    """Rotations with the arms twisted by one constant angle so that elbows bend forward in the T-pose, as ours do.

    Capture systems define an untwisted arm differently: in CMU's files elbows bend forward and 30 degrees up, which
    would put our mannequin's elbows on the side. Joint positions and the hands' orientations stay as they are.

    Args:
        local_rotations: (..., 22, 4) unit quaternions wxyz; all frames of one source together, since the angle is
            measured on them, mostly where elbows are bent.

    Returns:
        (..., 22, 4) float64.
    """
    rotations = np.array(local_rotations, dtype=np.float64)
    rest = skeleton.rest_joints
    arms = [limb for limb in _LIMBS if limb.toe is None]
    total = np.zeros(2)
    for arm in arms:
        axis = _unit(rest[arm.hinge] - rest[arm.joint])
        ahead = np.cross(arm.flexion_axis, axis)
        lower = quaternion_apply(rotations[..., arm.hinge, :], _unit(rest[arm.end] - rest[arm.hinge]))
        across = lower @ np.stack([ahead, np.cross(axis, ahead)], axis=-1)
        across *= np.linalg.norm(across, axis=-1, keepdims=True)
        # A turn about X keeps its sense in the mirror, so turns about left and right bones are opposite.
        total += across.reshape(-1, 2).sum(0) * [1, np.sign(axis[0])]
    for arm in arms:
        upper_axis, lower_axis = _unit(rest[arm.hinge] - rest[arm.joint]), _unit(rest[arm.end] - rest[arm.hinge])
        angle = np.arctan2(total[1], total[0]) * np.sign(upper_axis[0])
        upper, lower = axis_angle_to_quaternion(angle * upper_axis), axis_angle_to_quaternion(angle * lower_axis)
        for joint, before, after in (
            (arm.joint, None, upper),
            (arm.hinge, upper, lower),
            (arm.end, lower, None),
        ):
            q = rotations[..., joint, :]
            q = q if before is None else quaternion_multiply(quaternion_conjugate(before), q)
            rotations[..., joint, :] = q if after is None else quaternion_multiply(q, after)
    return rotations


def _checked(joints: npt.ArrayLike, skeleton: Skeleton) -> np.ndarray:
    given = np.asarray(joints, dtype=np.float64)
    if skeleton.joint_names != JOINT_NAMES:
        raise ValueError(f"fitting needs a skeleton of the 22 SMPL joints, got {skeleton.joint_names}")
    if given.ndim < 2 or given.shape[-2:] != (len(JOINT_NAMES), 3):
        raise ValueError(f"joints must be (..., {len(JOINT_NAMES)}, 3) in metres, got {given.shape}")
    if not np.isfinite(given).all():
        raise ValueError("joints hold NaN or infinity; drop or repair those frames first")
    return given


def _unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-12)


def _triangle_rotation(rest_left: np.ndarray, rest_up: np.ndarray, left: np.ndarray, up: np.ndarray) -> np.ndarray:
    """Rotation (..., 4) that takes the line `rest_left` to `left` and `rest_up` to the side of it where `up` is."""

    def frame(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        x = _unit(x)
        y = _unit(y - (x * y).sum(-1, keepdims=True) * x)
        return np.stack([x, y, np.cross(x, y)], axis=-1)

    return matrix_to_quaternion(frame(left, up) @ np.swapaxes(frame(rest_left, rest_up), -1, -2))


def _chest_line(joints: np.ndarray, rest: np.ndarray) -> np.ndarray:
    """Where the chest's left is (..., 3): along the collars where the chest has our shape, else towards the shoulders.

    The collars are 5 cm apart, so a centimetre of noise turns their line by 17 degrees. Noise shows, as it also
    changes the shape of the chest; and shoulders, far apart, turn little from it.
    """

    def shape(body: np.ndarray) -> np.ndarray:
        spokes = _unit(body[..., [NECK, LEFT_COLLAR, RIGHT_COLLAR], :] - body[..., [SPINE3], :])
        return (spokes * np.roll(spokes, 1, axis=-2)).sum(-1)

    misshapen = ((shape(joints) - shape(rest)) ** 2).sum(-1, keepdims=True)
    weight = misshapen / (misshapen + _CHEST_TOLERANCE**2)
    collars = _unit(joints[..., LEFT_COLLAR, :] - joints[..., RIGHT_COLLAR, :])
    shoulders = _unit(joints[..., LEFT_SHOULDER, :] - joints[..., RIGHT_SHOULDER, :])
    return (1 - weight) * collars + weight * shoulders


def _twist(
    limb: _Limb, untwisted: np.ndarray, lower: np.ndarray, toe: np.ndarray | None, skeleton: Skeleton
) -> np.ndarray:
    """Rotation (..., 4) about the limb's rest bone that makes the hinge bend about its flexion axis.

    The hinge gives no answer when the limb is straight, so three angles are averaged as unit vectors: the hinge's,
    weighted by how far it is bent; that of the toes; and no twist. The latter two fade as the bend grows.
    """
    rest = skeleton.rest_joints
    axis = _unit(rest[limb.hinge] - rest[limb.joint])
    rest_lower = _unit(rest[limb.end] - rest[limb.hinge])
    hinge = np.array(limb.flexion_axis)
    across = hinge - (hinge @ axis) * axis
    ahead = np.cross(axis, across)

    # The twist a must satisfy lower . (hinge twisted by a) = rest_lower . hinge, as turning about the hinge keeps it:
    # cos(a) p + sin(a) q = c, of whose two answers one bends the hinge backward.
    local = quaternion_apply(quaternion_conjugate(untwisted), _unit(lower))
    p, q = local @ across, local @ ahead
    c = rest_lower @ hinge - (local @ axis) * (hinge @ axis)
    bend = np.hypot(p, q)
    angle = np.arctan2(q, p) + np.arccos(np.clip(c / np.maximum(bend, 1e-9), -1, 1))
    vector = (bend / _BEND_NOISE)[..., None] ** 2 * np.stack([np.cos(angle), np.sin(angle)], axis=-1)

    doubt = np.clip(1 - bend / _CERTAIN_BEND, 0, 1) ** 2
    vector[..., 0] += _UNTWISTED_WEIGHT * doubt
    if toe is not None and limb.toe is not None:
        straight = quaternion_multiply(untwisted, quaternion_between(rest_lower, local))
        rest_toe = _unit(rest[limb.toe] - rest[limb.end])
        front = rest_toe - (rest_toe @ rest_lower) * rest_lower
        side = np.cross(rest_lower, front)
        pointing = quaternion_apply(quaternion_conjugate(straight), _unit(toe))
        vector += (_TOE_WEIGHT * doubt)[..., None] * np.stack([pointing @ front, pointing @ side], axis=-1)
    angle = np.arctan2(vector[..., 1], vector[..., 0])
    return axis_angle_to_quaternion(angle[..., None] * axis)


def _flexion(limb: _Limb, upper: np.ndarray, lower: np.ndarray, skeleton: Skeleton) -> np.ndarray:
    """Turn (..., 4) about the flexion axis that brings the lower bone closest to `lower`."""
    axis = np.array(limb.flexion_axis)
    rest_lower = _unit(skeleton.rest_joints[limb.end] - skeleton.rest_joints[limb.hinge])
    local = quaternion_apply(quaternion_conjugate(upper), _unit(lower))
    cosine = local @ (rest_lower - (rest_lower @ axis) * axis)
    sine = local @ np.cross(axis, rest_lower)
    return axis_angle_to_quaternion(np.arctan2(sine, cosine)[..., None] * axis)

# SPDX-License-Identifier: GPL-3.0-or-later
"""What a pose is to keep of a reference: locked limbs, pinned joints, where the head looks; told to the denoiser as
known features, met exactly by projection, and what is left open reported.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import torch
from jaxtyping import Float
from torch import Tensor

from backend.denoiser import Constraints
from backend.features import (
    GROUNDED,
    FeatureScaler,
    features_from_motion,
    joint_mask,
    pack,
    position_features,
    position_mask,
    unpack,
)
from backend.limits import LIMITS
from backend.projection import project
from backend.sides import mirrored_name
from backend.targets import Targets, gaze_error, height_over_floor, positions
from blender_addon.core.motion import Motion
from blender_addon.core.rotation import (
    matrix_to_quaternion,
    quaternion_apply,
    quaternion_from_yaw,
    quaternion_multiply,
    quaternion_normalize,
    quaternion_to_matrix,
    rotation_6d_to_matrix,
)
from blender_addon.core.skeleton import JOINT_NAMES, LIMBS, PARENTS

FARTHEST = 100.0
"""Metres from the reference's pelvis at which a pin or a look-at target must be a mistake."""
MET_METRES = 0.01
MET_DEGREES = 2.0
"""Constraints that are missed by more than these are reported."""
Vector = tuple[float, float, float]
_HEAD = JOINT_NAMES.index("head")


@dataclass(frozen=True, eq=False)
class PoseConstraints:
    """What every generated pose keeps of a reference pose; poses then stand where the reference stands, as it faces.

    Raises ValueError with one sentence when a name, a place or a combination makes no sense.
    """

    reference: Motion
    """One frame."""
    locked_limbs: tuple[str, ...] = ()
    """Names of `LIMBS` whose joints keep their global rotations: an arm that is locked points where it points, whatever
    the trunk does. With the pelvis and both legs locked the body stays where it is."""
    locked_joints: tuple[str, ...] = ()
    """The same for single joints: any subset may be given, and the pose is completed."""
    pins: Mapping[str, Vector] = field(default_factory=dict)
    """Joints and where they are to be, in metres in the world of the reference."""
    look_at: Vector | None = None
    """A point in the same world that the head faces."""

    def __post_init__(self) -> None:
        if self.reference.num_frames != 1:
            raise ValueError(f"the reference must be a pose, one frame, got {self.reference.num_frames} frames")
        for limb in self.locked_limbs:
            if limb not in LIMBS:
                raise ValueError(f"locked_limbs: there is no limb {limb!r}; expected {', '.join(LIMBS)}")
        for kind, names in (("locked_joints", self.locked_joints), ("pins", tuple(self.pins))):
            for name in names:
                if name not in JOINT_NAMES:
                    raise ValueError(f"{kind}: there is no joint {name!r}; expected {', '.join(JOINT_NAMES)}")
        pelvis = self.reference.root_translation[0].astype(np.float64)
        points = {f"the pin of {name}": point for name, point in self.pins.items()}
        if self.look_at is not None:
            points["look_at"] = self.look_at
        for what, point in points.items():
            place = np.asarray(point, dtype=np.float64)
            if place.shape != (3,) or not np.isfinite(place).all():
                raise ValueError(f"{what} must be three finite numbers in metres, got {point!r}")
            if np.linalg.norm(place - pelvis) > FARTHEST:
                raise ValueError(f"{what} is more than {FARTHEST:g} m from the reference pose, got {point!r}")
        if self.look_at is not None and self.locked()[_HEAD]:
            raise ValueError("look_at turns the head, but the head is locked; unlock it or leave look_at out")

    def mirrored(self) -> PoseConstraints:
        """What the mirror image of a pose keeps of the reference's mirror image."""

        def reflected(point: Vector) -> Vector:
            return (-point[0], point[1], point[2])

        return replace(
            self,
            reference=self.reference.mirrored(),
            locked_limbs=tuple(map(mirrored_name, self.locked_limbs)),
            locked_joints=tuple(map(mirrored_name, self.locked_joints)),
            pins={mirrored_name(name): reflected(point) for name, point in self.pins.items()},
            look_at=None if self.look_at is None else reflected(self.look_at),
        )

    def locked(self) -> np.ndarray:
        """(22,) bool: joints whose rotation is kept."""
        locked = np.zeros(len(JOINT_NAMES), dtype=bool)
        for limb in self.locked_limbs:
            locked[list(LIMBS[limb])] = True
        locked[[JOINT_NAMES.index(name) for name in self.locked_joints]] = True
        return locked


@dataclass(frozen=True, eq=False)
class Residue:
    """By how much generated poses miss their constraints."""

    pins: tuple[str, ...]
    metres: np.ndarray
    """(..., pins) float32: from each pinned joint to its place."""
    degrees: np.ndarray
    """(...,) float32: the worst of the locked joints and of the gaze."""

    @property
    def met(self) -> np.ndarray:
        """(...,) bool: within 1 cm and 2 degrees everywhere."""
        return np.asarray((self.metres <= MET_METRES).all(-1) & (self.degrees <= MET_DEGREES))

    def mirrored(self) -> Residue:
        """The same of the poses' mirror images."""
        return replace(self, pins=tuple(map(mirrored_name, self.pins)))

    def reshaped(self, *shape: int) -> Residue:
        """The same with other leading dimensions."""
        return Residue(self.pins, self.metres.reshape(*shape, len(self.pins)), self.degrees.reshape(shape))

    @staticmethod
    def joined(parts: Sequence[Residue]) -> Residue:
        """Those of some poses after those of others, along the first dimension; all have the same pins."""
        metres, degrees = (np.concatenate([getattr(part, name) for part in parts]) for name in ("metres", "degrees"))
        return Residue(parts[0].pins, metres, degrees)

    def at(self, index: np.ndarray) -> Residue:
        """Those of some poses, by the first dimension."""
        return Residue(self.pins, self.metres[index], self.degrees[index])

    def report(self) -> tuple[str, ...]:
        """One sentence for each constraint that some pose misses, by the worst; empty when all are met."""
        metres = self.metres.max(tuple(range(self.metres.ndim - 1)), initial=0)
        worst = float(self.degrees.max(initial=0))
        told = [
            f"{name} misses its pin by {100 * miss:.1f} cm"
            for name, miss in zip(self.pins, metres, strict=True)
            if miss > MET_METRES
        ]
        return (*told, *([f"a direction is missed by {worst:.1f} degrees"] if worst > MET_DEGREES else []))


class Conditioning:
    """Constraints of one call, in the frame that the denoiser knows: floor at y = 0, the reference at x = z = 0,
    facing +Z.
    """

    def __init__(self, constraints: PoseConstraints, scaler: FeatureScaler) -> None:
        self.constraints = constraints
        self._scaler = scaler
        reference = constraints.reference
        device = scaler.mean.device
        heading = float(reference.heading()[0])
        self._turn = quaternion_from_yaw(heading)
        self._back = quaternion_from_yaw(-heading)
        place = reference.root_translation[0].astype(np.float64)
        self._place = place * [1, 0, 1]
        exact = quaternion_normalize(reference.global_rotations()[0].astype(np.float64))
        locked = constraints.locked()
        pins = tuple(name for name in constraints.pins if name != "pelvis")
        root = place * [0, 1, 0]
        legs = [0, *LIMBS["left_leg"], *LIMBS["right_leg"]]
        self._root_known = "pelvis" in constraints.pins or bool(locked[legs].all())
        kept = self._to_model(constraints.pins["pelvis"]) if "pelvis" in constraints.pins else root
        self.targets = Targets(
            rotations=quaternion_to_matrix(quaternion_multiply(self._back, exact)),
            reference_root=root,
            locked=locked,
            pins=tuple(JOINT_NAMES.index(name) for name in pins),
            points=np.array([self._to_model(constraints.pins[name]) for name in pins]).reshape(-1, 3),
            look_at=None if constraints.look_at is None else self._to_model(constraints.look_at),
            root=kept if self._root_known else None,
        )
        # A leg that is kept holds the body where it was: who hangs or jumps does not fall for a word about the trunk.
        held = not self._root_known and any(locked[list(LIMBS[leg])].all() for leg in ("left_leg", "right_leg"))
        air = root[1] - height_over_floor(self.targets.rotations[None], np.zeros(1))
        self._clearance = air if held else None
        self._pins = pins
        known = torch.from_numpy(locked).to(device)
        values = scaler.normalize(features_from_motion(reference).to(device))
        self._mask = joint_mask(known)[None]
        self._values = torch.where(self._mask, values, torch.zeros_like(values))
        placed = torch.zeros(len(JOINT_NAMES), dtype=torch.bool)
        placed[list(self.targets.pins)] = True
        placed[0] = self._root_known
        self._position_mask = position_mask(placed).to(device)[None]

    def _to_model(self, point: Vector) -> np.ndarray:
        return quaternion_apply(self._back, np.asarray(point, np.float64) - self._place)

    def known(
        self, batch: int, predicted: Float[Tensor, "batch tokens features"] | None, copies: int = 1
    ) -> Constraints:
        """What the denoiser is told.

        Args:
            batch: How many poses.
            predicted: Clean normalised features, from which it follows where pins are as seen from the pelvis; None
                before there are any: then as seen from the reference's.
            copies: How often each pose is in the denoiser's batch: `batch` rows, then the same again.
        """
        if predicted is None or self.targets.root is not None:
            start = self.targets.reference_root if self.targets.root is None else self.targets.root
            root = np.repeat(start[None], batch, axis=0)
        else:
            root = self._decoded(predicted)[1]
        joints = np.zeros((batch, len(JOINT_NAMES), 3))
        joints[:, list(self.targets.pins)] = self.targets.points - root[:, None]
        height = torch.from_numpy(root[:, 1]).float()
        given = position_features(torch.from_numpy(joints).float(), height).to(self._values.device)
        size = batch * copies
        return Constraints(
            self._values.expand(size, -1, -1),
            self._mask.expand(size, -1, -1),
            given.repeat(copies, 1, 1),
            self._position_mask.expand(size, -1, -1),
        )

    def keep(self, predicted: Float[Tensor, "batch tokens features"]) -> Float[Tensor, "batch tokens features"]:
        """Clean features with the known rotations written in."""
        return torch.where(self._mask, self._values, predicted)

    def project(self, predicted: Float[Tensor, "batch tokens features"]) -> Float[Tensor, "batch tokens features"]:
        """Clean features of the nearest poses that meet the constraints."""
        rotations, root = self._decoded(predicted)
        poses = project(rotations, root, self.targets)
        columns = np.concatenate((poses.rotations[..., 0], poses.rotations[..., 1]), axis=-1)
        lowest = height_over_floor(poses.rotations, np.zeros(len(poses.root)))
        clearance = poses.root[:, 1] - lowest
        tokens = pack(torch.from_numpy(columns).float(), torch.from_numpy(clearance).float())
        return self._scaler.normalize(tokens.to(predicted.device))

    def strain(self, predicted: Float[Tensor, "batch tokens features"]) -> np.ndarray:
        """How far predicted poses (batch,) are from meeting the constraints by themselves, metres and radians.

        That is the distance of each pin and of the gaze, and the mean distance of the locked joints from where they
        were: a limb that keeps its rotations may still be carried along.
        """
        rotations, root = self._decoded(predicted)
        root = root if self.targets.root is None else np.broadcast_to(self.targets.root, root.shape)
        joints = positions(rotations, root)
        total = np.linalg.norm(joints[:, list(self.targets.pins)] - self.targets.points, axis=-1).sum(-1)
        if self.targets.look_at is not None:
            total = total + gaze_error(rotations, joints, self.targets.look_at)
        if self.targets.locked.any():
            before = positions(self.targets.rotations[None], self.targets.reference_root[None])
            moved = np.linalg.norm(joints - before, axis=-1)
            total = total + moved[:, self.targets.locked].mean(-1)
        return np.asarray(total)

    def finish(self, predicted: Float[Tensor, "batch tokens features"]) -> tuple[np.ndarray, np.ndarray, Residue]:
        """The poses in the world of the reference.

        Returns:
            local_rotations (batch, 22, 4) wxyz and root_translation (batch, 3) in metres, float32, and the residue.
        """
        rotations, root = self._decoded(predicted)
        poses = project(rotations, root, self.targets)
        joints = positions(poses.rotations, poses.root)
        metres = np.linalg.norm(joints[:, list(self.targets.pins)] - self.targets.points, axis=-1)
        locked = self.targets.locked
        apart = np.swapaxes(self.targets.rotations[locked], -1, -2) @ poses.rotations[:, locked]
        cosine = (np.trace(apart, axis1=-2, axis2=-1) - 1) / 2
        degrees = np.degrees(np.arccos(np.clip(cosine, -1, 1))).max(-1, initial=0.0)
        if self.targets.look_at is not None:
            degrees = np.maximum(degrees, np.degrees(gaze_error(poses.rotations, joints, self.targets.look_at)))
        local = poses.rotations.copy()
        local[:, 1:] = np.swapaxes(poses.rotations[:, list(PARENTS[1:])], -1, -2) @ poses.rotations[:, 1:]
        local_rotations = matrix_to_quaternion(local)
        local_rotations[:, 0] = quaternion_multiply(self._turn, local_rotations[:, 0])
        world = quaternion_apply(self._turn, poses.root) + self._place
        names, misses = self._pins, metres
        if "pelvis" in self.constraints.pins:
            names, misses = ("pelvis", *names), np.concatenate((np.zeros((len(metres), 1)), metres), axis=1)
        order = [names.index(name) for name in self.constraints.pins]
        residue = Residue(tuple(self.constraints.pins), misses[:, order].astype(np.float32), degrees.astype(np.float32))
        return local_rotations.astype(np.float32), world.astype(np.float32), residue

    def _decoded(self, predicted: Float[Tensor, "batch tokens features"]) -> tuple[np.ndarray, np.ndarray]:
        """Global rotations (batch, 22, 3, 3), known ones written in, and the pelvis (batch, 3) over the floor."""
        rotation_6d, clearance = unpack(self._scaler.denormalize(self.keep(predicted)).detach().double().cpu())
        rotations = LIMITS.within(rotation_6d_to_matrix(rotation_6d.numpy()))
        rotations[:, self.targets.locked] = self.targets.rotations[self.targets.locked]
        root = np.zeros((len(rotations), 3))
        own = np.where(clearance.numpy() < GROUNDED, 0, clearance.numpy())
        root[:, 1] = height_over_floor(rotations, own if self._clearance is None else self._clearance)
        return rotations, root

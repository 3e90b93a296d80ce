# SPDX-License-Identifier: GPL-3.0-or-later
"""Rigify's generated control rigs: the skeleton behind their controls, and the controls that put it in a pose.

A control rig has a bone `ORG-x` for each bone x of the metarig it was made from. The pose is worked out on these; then
each control is put where its ORG bone should be. Arms and legs are posed by their FK controls with the switch set to
FK, or by their IK controls and poles with the switch set to IK, as the artist chooses. Where a control's parent space
comes from (the torso, half the torso and half the chest, the root) follows from the parents and constraints above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from bpy.types import Object, PoseBone

from .core.axes import y_up_to_z_up, z_up_to_y_up
from .core.mapping import share_spine
from .core.rig import BoneChannels, Hand, RigBone, RigDescription
from .core.rotation import matrix_to_quaternion, quaternion_slerp, quaternion_to_matrix
from .core.skeleton import JOINT_NAMES
from .rig_families import BoneMapping

FAMILY = "Rigify control rig"
ROOT = "root"
"""The control that carries the whole rig; a pose leaves it alone."""
_SIDES = (("left", "L"), ("right", "R"))
_LIMB_JOINTS = {
    "hip": "thigh", "knee": "shin", "ankle": "foot", "foot": "toe",
    "collar": "shoulder", "shoulder": "upper_arm", "elbow": "forearm", "wrist": "hand",
}  # fmt: skip
_ARM = ("collar", "shoulder", "elbow", "wrist")
_LIMBS = {"arms": ("upper_arm", "forearm", "hand"), "legs": ("thigh", "shin", "foot")}
"""Setting to the bones of the limb: the first gives its name to the controls."""
_RESET = ("hips", "chest", "foot_spin_ik", "foot_heel_ik", "upper_arm_ik", "thigh_ik")
"""Controls on top of those that are set; they are put to rest."""
_AT_REST = 1e-5
"""Of the rig's size: a control that need not move further than this need not move."""
Placed = tuple[np.ndarray, np.ndarray]
"""Of a described rig's bones the rotations (F, B, 4) and heads (F, B, 3), in rig space."""
Influences = dict[str, tuple[tuple[float, ...], ...]]
"""Bone name to how much each of its constraints of `_FOLLOWED` kinds does: 0 where muted, and its targets' weights."""
_FOLLOWED = ("ARMATURE", "COPY_ROTATION", "COPY_TRANSFORMS")
"""Kinds of constraints that Rigify puts between its controls and that carry them."""


def is_control_rig(armature: Object) -> bool:
    """Whether an armature object is a human control rig that Rigify generated."""
    bones = armature.data.bones
    return all(name in bones for name in ("torso", "chest", "ORG-spine", "spine_fk", "ORG-thigh.L", "thigh_fk.L"))


def describe(armature: Object, matrices: np.ndarray, tails: np.ndarray) -> tuple[RigDescription, BoneMapping]:
    """The skeleton behind a control rig, of ORG bones in the metarig's hierarchy.

    Args:
        armature: the control rig.
        matrices: (B, 4, 4) rest matrices of all its bones in armature space.
        tails: (B, 3) their tails at rest.
    """
    bones = armature.data.bones
    indices = {bone.name: index for index, bone in enumerate(bones)}
    spine, neck = _trunk(indices)
    mapping = {"pelvis": spine[0], **{joint: spine[n + 1] for joint, n in share_spine(range(len(spine) - 1)).items()}}
    if neck:
        mapping["head"] = neck[-1]
    if len(neck) > 1:
        mapping["neck"] = neck[0]
    # Between neck and head the rig bends by itself.
    neck = neck[:1] + neck[-1:] if len(neck) > 1 else neck
    parents: dict[str, str | None] = dict(zip((*spine, *neck), (None, *spine, *neck), strict=False))
    for side, letter in _SIDES:
        for above, chain in ((spine[0], ("hip", "knee", "ankle", "foot")), (spine[-1], _ARM)):
            for name in chain:
                bone = f"ORG-{_LIMB_JOINTS[name]}.{letter}"
                if bone in indices:
                    mapping[f"{side}_{name}"] = bone
                    parents[bone] = above
                    above = bone
    mapping = {joint: mapping[joint] for joint in JOINT_NAMES if joint in mapping}
    names = list(parents)
    chosen = [indices[name] for name in names]
    heads = z_up_to_y_up(matrices[:, :3, 3].astype(np.float64))
    rotations = _rotations(matrices[chosen])
    described = tuple(
        RigBone(name, parents[name], heads[n], z_up_to_y_up(tails[n].astype(np.float64)), rotation)
        for name, n, rotation in zip(names, chosen, rotations, strict=True)
    )
    hands = {}
    for side, letter in _SIDES:
        fingers = [f"ORG-f_{finger}.01.{letter}" for finger in ("middle", "index", "pinky")]
        if f"{side}_wrist" in mapping and all(name in indices for name in fingers):
            middle, index, pinky = heads[[indices[name] for name in fingers]]
            hands[f"{side}_wrist"] = Hand(middle, pinky - index)
    rig = RigDescription(described, mapping, hands=hands)
    resting = matrices.astype(np.float64)
    hung_on = [bone.parent.name if bone.parent else None for bone in bones]
    inverses = np.linalg.inv(resting)
    back = [inverses[indices[parent]] if parent else np.eye(4) for parent in hung_on]
    steps = np.array(back) @ resting
    at_rest = {
        bone.name: _Resting(parent, resting[n], inverses[n], steps[n], bone.use_inherit_rotation)
        for n, (bone, parent) in enumerate(zip(bones, hung_on, strict=True))
    }
    _behind[rig] = _Behind(at_rest, *_trunk(indices))
    return rig, BoneMapping(FAMILY, mapping)


@dataclass(frozen=True, eq=False, slots=True)
class _Resting:
    """A bone of a control rig at rest. Matrices are (4, 4) in armature space."""

    parent: str | None
    matrix: np.ndarray
    inverse: np.ndarray
    step: np.ndarray
    """From its parent's axes; its own matrix without one."""
    inherits_rotation: bool


@dataclass(frozen=True, eq=False, slots=True)
class _Behind:
    """What else is known of a control rig beside its description."""

    resting: dict[str, _Resting]
    """All its bones by name."""
    spine: list[str]
    neck: list[str]
    """As of `_trunk`."""


_behind: WeakKeyDictionary[RigDescription, _Behind] = WeakKeyDictionary()
"""By described rig."""


def _trunk(names: Iterable[str]) -> tuple[list[str], list[str]]:
    """The ORG bones of the spine from the pelvis up, and those of neck and head."""
    there = set(names)
    line = sorted(name for name in there if re.fullmatch(r"ORG-spine(\.\d{3})?", name))
    spine = [name for name in line if name.replace("ORG-spine", "spine_fk") in there]
    return spine, [name for name in line if name not in spine]


def readers(rig: RigDescription) -> list[str]:
    """For each bone of a described control rig the bone that shows how it is turned."""
    spine = _behind[rig].spine
    # The spine's ORG bones are only carried along by tweaks; its FK bones turn with every control that bends it.
    return [bone.name.replace("ORG-spine", "spine_fk") if bone.name in spine else bone.name for bone in rig.bones]


def channels(
    armature: Object, rig: RigDescription, placed: Placed, influences: Influences
) -> tuple[BoneChannels, tuple[str, ...]]:
    """What to set on the controls of a control rig for a pose of its skeleton, and what to tell the artist.

    Sets the IK/FK switches as the rig's settings say.

    Args:
        armature: the control rig.
        rig: it as `describe` described it.
        placed: where the pose puts the described bones, as of `placed_bones`.
        influences: those that are known already; the others that matter are added as Blender last evaluated them.
    """
    settings = armature.maquette_rig
    controls = _Controls(armature, rig, placed, influences)
    return controls.solve({"arms": settings.arms, "legs": settings.legs})


def are_in_force(armature: Object, influences: Influences) -> bool:
    """Whether the constraints of a control rig have these influences now."""
    bones = armature.pose.bones
    return all(name in bones and _influences(bones[name]) == known for name, known in influences.items())


def _influences(bone: PoseBone) -> tuple[tuple[float, ...], ...]:
    return tuple(
        (
            0.0 if constraint.mute else constraint.influence,
            *(target.weight for target in (constraint.targets if constraint.type == "ARMATURE" else ())),
        )
        for constraint in bone.constraints
        if constraint.type in _FOLLOWED
    )


class _Controls:
    """A control rig being posed. Matrices are (F, 4, 4) in armature space, in Blender's axes."""

    def __init__(self, armature: Object, rig: RigDescription, placed: Placed, influences: Influences) -> None:
        rotations, heads = placed
        self.armature = armature
        self.bones: Any = armature.pose.bones
        self.num_frames = len(rotations)
        self.known: dict[str, np.ndarray] = {}
        """Where bones are, of those that are settled."""
        self.set: dict[str, np.ndarray] = {}
        """Each control's turn and way from where its parents put it, in the order in which they were settled."""
        self.influences = influences
        """Of the bones whose constraints were looked at."""
        self.scales = False
        """Whether a control that is left as it is scales what hangs on it."""
        self.behind = _behind[rig]
        self.resting = self.behind.resting
        heads = y_up_to_z_up(heads)
        turned = y_up_to_z_up(quaternion_to_matrix(rotations).swapaxes(-1, -2)).swapaxes(-1, -2)
        self.wanted: dict[str, np.ndarray] = {}
        """Where the ORG bones shall be."""
        self.size = float(np.ptp(heads[0], axis=0).max())
        # Where the artist moved the root, the figure goes along.
        moved = self.place(ROOT) @ self.unrest(ROOT) if ROOT in self.bones else np.eye(4)
        for index, bone in enumerate(rig.bones):
            self.wanted[bone.name] = moved @ _placed(turned[:, index], heads[:, index])

    def rest(self, name: str) -> np.ndarray:
        """(4, 4)"""
        return self.resting[name].matrix

    def unrest(self, name: str) -> np.ndarray:
        """(4, 4) the inverse of `rest`."""
        return self.resting[name].inverse

    def carried(self, name: str, org: str) -> np.ndarray:
        """Where a bone is that goes with an ORG bone as they rest."""
        return self.wanted[org] @ self.unrest(org) @ self.rest(name)

    def solve(self, choices: dict[str, str]) -> tuple[BoneChannels, tuple[str, ...]]:
        """Settle all controls, trunk first."""
        spine, neck = self.behind.spine, self.behind.neck
        self.place_torso(spine)
        for name in ("hips", "chest"):
            self.settle(name, self.space(name))
        fk = [(name.replace("ORG-spine", "spine_fk"), name) for name in spine]
        for control, org in sorted(fk, key=lambda pair: len(self.bones[pair[0]].parent_recursive)):
            self.settle(control, self.carried(control, org))
        if len(neck) > 1 and "neck" in self.bones:
            self.settle("neck", self.carried("neck", neck[0]))
        if neck and "head" in self.bones:
            self.settle("head", self.carried("head", neck[-1]))
        notes = []
        for _, letter in _SIDES:
            if f"shoulder.{letter}" in self.bones:
                self.settle(f"shoulder.{letter}", self.carried(f"shoulder.{letter}", f"ORG-shoulder.{letter}"))
            for setting, limb in _LIMBS.items():
                if f"ORG-{limb[-1]}.{letter}" in self.wanted:
                    use_ik = choices[setting] == "IK" and f"{limb[0]}_ik_target.{letter}" in self.bones
                    (self.place_ik if use_ik else self.place_fk)(limb, letter)
                    notes += self.switch(limb[0], letter, use_ik)
        for name in (f"{control}{end}" for control in _RESET for end in ("", ".L", ".R")):
            if name in self.bones and name not in self.set:
                self.set[name] = np.broadcast_to(np.eye(4), (self.num_frames, 4, 4))
        return self.written(), tuple(dict.fromkeys(notes))

    def place_torso(self, spine: Sequence[str]) -> None:
        """Turn the torso as the pelvis, and move it so that the spine starts where it shall."""
        pivot = next(
            (name for name in spine[1:] if np.allclose(self.rest(name)[:3, 3], self._pivot(), atol=self.size * 1e-3)),
            spine[0],
        )
        turn = self.wanted[spine[0]] @ self.unrest(spine[0])
        turn[:, :3, 3] = self.wanted[pivot][:, :3, 3] - np.einsum("fij,j->fi", turn[:, :3, :3], self.rest(pivot)[:3, 3])
        self.settle("torso", turn @ self.rest("torso"), moves=True)

    def _pivot(self) -> np.ndarray:
        """Where the bones between torso and spine sit: about this point the torso bends the spine."""
        return self.rest("chest")[:3, 3]

    def place_fk(self, limb: Sequence[str], letter: str) -> None:
        """Turn the FK controls of a limb."""
        for bone in (*limb, "toe") if limb[0] == "thigh" else limb:
            control = next((n for n in (f"{bone}_fk.{letter}", f"{bone}.{letter}") if n in self.bones), None)
            if control is not None and f"ORG-{bone}.{letter}" in self.wanted:
                self.settle(control, self.carried(control, f"ORG-{bone}.{letter}"))

    def place_ik(self, limb: Sequence[str], letter: str) -> None:
        """Place the IK control of a limb's end, and its pole in the plane in which the limb bends."""
        start, middle, end = (f"ORG-{bone}.{letter}" for bone in limb)
        hand = f"{limb[2]}_ik.{letter}"
        self.settle(hand, self.carried(hand, end), moves=True)
        pole = f"{limb[0]}_ik_target.{letter}"
        a, b, c = (self.wanted[name][:, :3, 3] for name in (start, middle, end))
        line = (c - a) / np.maximum(np.linalg.norm(c - a, axis=-1, keepdims=True), 1e-9)
        out = (b - a) - ((b - a) * line).sum(-1, keepdims=True) * line
        # A straight limb says nothing: its pole goes where it rests.
        rests = self.carried(pole, start)[:, :3, 3] - b
        rests = rests - (rests * line).sum(-1, keepdims=True) * line
        length = np.linalg.norm(b - a, axis=-1, keepdims=True) + np.linalg.norm(c - b, axis=-1, keepdims=True)
        bent = np.linalg.norm(out, axis=-1, keepdims=True) > 0.01 * length
        out = np.where(bent, out, rests)
        out = out / np.maximum(np.linalg.norm(out, axis=-1, keepdims=True), 1e-9)
        place = np.broadcast_to(self.space(pole), (self.num_frames, 4, 4)).copy()
        place[:, :3, 3] = b + length * out
        self.settle(pole, place, moves=True)
        toe = next((n for n in (f"toe_ik.{letter}", f"toe.{letter}") if n in self.bones), None)
        if limb[0] == "thigh" and toe is not None and f"ORG-toe.{letter}" in self.wanted:
            for name in (f"foot_spin_ik.{letter}", f"foot_heel_ik.{letter}"):
                if name in self.bones:
                    self.settle(name, self.space(name))
            self.settle(toe, self.carried(toe, f"ORG-toe.{letter}"))

    def switch(self, limb: str, letter: str, use_ik: bool) -> list[str]:
        """Set a limb's switches; says so where that changed anything."""
        bone = self.bones.get(f"{limb}_parent.{letter}")
        if bone is None or "IK_FK" not in bone:
            return ["The rig has no IK/FK switch where Rigify puts it; set it by hand."]
        notes = []
        if abs(bone["IK_FK"] - (0.0 if use_ik else 1.0)) > 1e-6:
            bone["IK_FK"] = 0.0 if use_ik else 1.0
            notes.append(f"{'Arms' if limb == 'upper_arm' else 'Legs'} were switched to {'IK' if use_ik else 'FK'}.")
        if use_ik and "pole_vector" in bone and not bone["pole_vector"]:
            bone["pole_vector"] = True
        chain = [self.bones[name] for name in _chain(self.bones, limb, letter)] if use_ik else []
        if any(one.ik_stretch > 0 for one in chain):
            notes.append("IK stretch was switched off, so that bones keep their lengths.")
            for one in chain:
                # The solver stretches and squeezes bones even where the end is within reach.
                one.ik_stretch = 0.0
            if "IK_Stretch" in bone:
                bone["IK_Stretch"] = 0.0
        return notes

    def settle(self, name: str, place: np.ndarray, moves: bool = False) -> None:
        """Put a control at a place (F, 4, 4); one that does not move only turns as there."""
        space = self.space(name)
        # A transpose is as good where nothing scales; the general one may wait for threads of its own.
        basis = (np.linalg.inv(space) if self.scales else _back(space)) @ place
        if not moves:
            basis[:, :3, 3] = 0
            place = space @ basis
        self.known[name] = place
        self.set[name] = basis

    def space(self, name: str) -> np.ndarray:
        """Where a bone is that is not posed itself, by what is above it (F, 4, 4)."""
        bone = self.resting[name]
        if bone.parent is None:
            return np.broadcast_to(bone.matrix, (self.num_frames, 4, 4))
        place = self.place(bone.parent) @ bone.step
        if not bone.inherits_rotation:
            place = _placed(np.broadcast_to(bone.matrix[:3, :3], (self.num_frames, 3, 3)), place[:, :3, 3])
        return np.asarray(place)

    def place(self, name: str) -> np.ndarray:
        """Where a bone is, by what is settled (F, 4, 4)."""
        if name not in self.known:
            if name in self.wanted and name not in self.set:
                return self.wanted[name]
            bone = self.bones[name]
            place = self.space(name)
            if not name.startswith(("MCH-", "ORG-", "DEF-")):
                place = place @ np.array(bone.matrix_basis, dtype=np.float64)
                self.scales |= tuple(bone.scale) != (1.0, 1.0, 1.0)
            if len(bone.constraints):
                if name not in self.influences:
                    self.influences[name] = _influences(bone)
                followed = [constraint for constraint in bone.constraints if constraint.type in _FOLLOWED]
                for constraint, (share, *weights) in zip(followed, self.influences[name], strict=False):
                    if share > 0:
                        place = self.constrained(constraint, share, weights, place)
            self.known[name] = place
        return self.known[name]

    def constrained(self, constraint: Any, share: float, weights: list[float], place: np.ndarray) -> np.ndarray:
        """A bone's place after a constraint, of those kinds that Rigify puts between its controls."""
        kind = constraint.type
        if kind == "ARMATURE":
            target, weight = max(zip(constraint.targets, weights, strict=False), key=lambda one: one[1])
            if not target.subtarget or weight <= 0:
                return place
            return np.asarray((self.place(target.subtarget) @ self.unrest(target.subtarget)) @ place)
        if "LOCAL" in constraint.owner_space:
            return place
        if constraint.target != self.armature or not constraint.subtarget:
            return place
        target = self.place(constraint.subtarget)
        if share == 1 and kind == "COPY_TRANSFORMS":
            return target
        start, stop = np.split(_quaternions(np.concatenate([place, target])), 2)
        turned = stop if share == 1 else quaternion_slerp(start, stop, share)
        at = place[:, :3, 3]
        if kind == "COPY_TRANSFORMS":
            at = at + share * (target[:, :3, 3] - at)
        return _placed(quaternion_to_matrix(turned), at)

    def written(self) -> BoneChannels:
        """All that was settled, as channels."""
        names = tuple(self.set)
        bases = np.stack([self.set[name] for name in names], axis=1)
        rotations = _quaternions(bases)
        signs = np.where((rotations[1:] * rotations[:-1]).sum(-1) < 0, -1.0, 1.0)
        rotations[1:] *= np.cumprod(signs, axis=0)[..., None]
        furthest = np.abs(bases[..., :3, 3]).max(axis=(0, 2))
        moved = np.flatnonzero(furthest > _AT_REST * self.size)
        locations = {names[n]: bases[:, n, :3, 3] for n in moved}
        return BoneChannels(names, rotations, locations)


def _chain(bones: Any, limb: str, letter: str) -> list[str]:
    """The bones that the IK solver of a limb turns."""
    lower = {"upper_arm": "forearm", "thigh": "shin"}[limb]
    return [name for name in (f"{limb}_ik.{letter}", f"MCH-{lower}_ik.{letter}") if name in bones]


def _placed(rotations: np.ndarray, points: np.ndarray) -> np.ndarray:
    """(F, 4, 4) from matrices (F, 3, 3) and points (F, 3)."""
    result = np.zeros((len(points), 4, 4))
    result[:, :3, :3], result[:, :3, 3], result[:, 3, 3] = rotations, points, 1.0
    return result


def _back(matrices: np.ndarray) -> np.ndarray:
    """The inverses of matrices (F, 4, 4) that only turn and move."""
    turned = matrices[:, :3, :3].swapaxes(-1, -2)
    return _placed(turned, -(turned @ matrices[:, :3, 3:])[..., 0])


def _quaternions(matrices: np.ndarray) -> np.ndarray:
    """Rotations (..., 4) of matrices (..., 4, 4) that may also scale."""
    axes = matrices[..., :3, :3]
    return matrix_to_quaternion(axes / np.maximum(np.linalg.norm(axes, axis=-2, keepdims=True), 1e-12))


def _rotations(matrices: np.ndarray) -> np.ndarray:
    """Of rest matrices (B, 4, 4) the rotations (B, 4) from each bone's axes to armature space, in our axes."""
    # The columns are the bone's axes, each a vector of armature space.
    axes = matrices[:, :3, :3].astype(np.float64).swapaxes(-1, -2)
    return matrix_to_quaternion(z_up_to_y_up(axes).swapaxes(-1, -2))

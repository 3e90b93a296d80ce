# SPDX-License-Identifier: GPL-3.0-or-later
"""The pose of an armature object as Blender keeps it: read whole, written back bit for bit, mixed with another."""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np
from bpy.types import Object, PoseBone
from mathutils import Euler, Quaternion, Vector

CHANNELS = {
    "location": 3,
    "rotation_quaternion": 4,
    "rotation_euler": 3,
    "rotation_axis_angle": 4,
    "scale": 3,
    "ik_stretch": 1,
}
"""What places a bone, and of how many numbers it is made; also how far inverse kinematics may lengthen it."""
_Property = bool | int | float | list[bool] | list[int] | list[float]


@dataclass(frozen=True, eq=False)
class PoseState:
    """Everything that posing may change on an armature object."""

    bone_names: tuple[str, ...]
    rotation_modes: tuple[str, ...]
    channels: dict[str, np.ndarray]
    """For each of `CHANNELS` (B, 1 to 4) float32, exactly as stored."""
    properties: dict[str, dict[str, _Property]]
    """The bones' custom properties that are numbers, such as a control rig's switches."""
    pose_position: str
    """Whether the armature shows its pose or its rest position."""

    @classmethod
    def read(cls, armature: Object) -> PoseState:
        """The pose as it is now."""
        bones = armature.pose.bones
        channels = {path: np.empty((len(bones), size), dtype=np.float32) for path, size in CHANNELS.items()}
        for path, values in channels.items():
            bones.foreach_get(path, values.reshape(-1))
        properties = {bone.name: numbers for bone in bones if bone.keys() and (numbers := _numbers(bone))}
        return cls(tuple(bones.keys()), _modes(armature), channels, properties, armature.data.pose_position)

    def write(self, armature: Object, present: PoseState | None = None) -> None:
        """Put the pose back. Bones that the armature no longer has are passed over.

        Args:
            armature: the armature object.
            present: the pose that it has now, where that was just read: what is the same already is not set then.
        """
        if armature.data.pose_position != self.pose_position:
            armature.data.pose_position = self.pose_position
        if present is not None and present._skeleton == self._skeleton:
            for path, values in self.channels.items():
                if values.tobytes() != present.channels[path].tobytes():
                    armature.pose.bones.foreach_set(path, values.reshape(-1))
        else:
            self._write_channels(armature)
        if present is None or present.properties != self.properties:
            self._write_properties(armature)
        armature.update_tag()

    def _write_channels(self, armature: Object) -> None:
        bones = armature.pose.bones
        # Blender converts the rotation when the mode changes, so the modes come first.
        are_the_same = tuple(bones.keys()) == self.bone_names
        if not are_the_same or _modes(armature) != self.rotation_modes:
            for name, mode in zip(self.bone_names, self.rotation_modes, strict=True):
                if name in bones and bones[name].rotation_mode != mode:
                    bones[name].rotation_mode = mode
        if are_the_same:
            for path, values in self.channels.items():
                bones.foreach_set(path, values.reshape(-1))
        else:
            for index, name in enumerate(self.bone_names):
                if name in bones:
                    for path, values in self.channels.items():
                        setattr(bones[name], path, values[index] if values.shape[1] > 1 else values[index, 0])

    def _write_properties(self, armature: Object) -> None:
        for name, numbers in self.properties.items():
            bone = armature.pose.bones.get(name)
            if bone is not None:
                present = _numbers(bone)
                for key, value in numbers.items():
                    if present.get(key) != value:
                        bone[key] = value

    def digest(self) -> str:
        """A name for exactly this pose: equal poses have equal ones."""
        return self._digest

    @cached_property
    def _digest(self) -> str:
        content = hashlib.sha1(usedforsecurity=False)
        content.update(repr((self.bone_names, self.rotation_modes, self.properties, self.pose_position)).encode())
        for path in CHANNELS:
            content.update(self.channels[path].tobytes())
        return content.hexdigest()

    def to_text(self) -> str:
        """The pose as plain ASCII, to keep in a file. Inverse of `from_text`."""
        content = {
            "bone_names": self.bone_names,
            "rotation_modes": self.rotation_modes,
            "channels": {path: base64.b64encode(values.tobytes()).decode() for path, values in self.channels.items()},
            "properties": self.properties,
            "pose_position": self.pose_position,
        }
        # Mostly zeros, which the quickest level packs as well.
        return base64.b64encode(zlib.compress(json.dumps(content).encode(), level=1)).decode()

    @classmethod
    @lru_cache(maxsize=4)  # each take of a review is put over the same pose
    def from_text(cls, text: str) -> PoseState:
        """Read what `to_text` wrote; ValueError when it is something else."""
        try:
            content = json.loads(zlib.decompress(base64.b64decode(text, validate=True)))
            channels = {
                path: np.frombuffer(base64.b64decode(content["channels"][path]), dtype=np.float32).reshape(-1, size)
                for path, size in CHANNELS.items()
            }
            names, modes = tuple(content["bone_names"]), tuple(content["rotation_modes"])
            state = cls(names, modes, channels, content["properties"], content["pose_position"])
        except (KeyError, TypeError, ValueError, zlib.error) as error:
            raise ValueError(f"what is kept of the pose cannot be read: {error}") from error
        if {len(names), len(modes), *(len(values) for values in channels.values())} != {len(names)}:
            raise ValueError("what is kept of the pose cannot be read: its bones and values do not agree")
        return state

    def changed_bones(self, other: PoseState) -> tuple[str, ...]:
        """Bones of both whose channels, mode or properties differ; in this pose's order."""
        common = [name for name in self.bone_names if name in other.indices]
        mine = [self.indices[name] for name in common]
        theirs = [other.indices[name] for name in common]
        differs = np.zeros(len(common), dtype=bool)
        for path in CHANNELS:
            differs |= (self.channels[path][mine] != other.channels[path][theirs]).any(axis=-1)
        return tuple(
            name
            for name, here, there, moved in zip(common, mine, theirs, differs, strict=True)
            if moved
            or self.rotation_modes[here] != other.rotation_modes[there]
            or self.properties.get(name) != other.properties.get(name)
        )

    def changed_paths(self, other: PoseState) -> dict[str, tuple[str, ...]]:
        """For each bone that differs, what differs: names of channels that its mode uses, and `["property"]`s."""
        changed: dict[str, tuple[str, ...]] = {}
        for name in self.changed_bones(other):
            mine, theirs = self.indices[name], other.indices[name]
            rotation = rotation_path(other.rotation_modes[theirs])
            paths = [
                path
                for path in ("location", rotation, "scale")
                if not np.array_equal(self.channels[path][mine], other.channels[path][theirs])
            ]
            if self.rotation_modes[mine] != other.rotation_modes[theirs] and rotation not in paths:
                paths.append(rotation)
            before, after = self.properties.get(name, {}), other.properties.get(name, {})
            paths += [f"[{json.dumps(key)}]" for key in after if before.get(key) != after[key]]
            if paths:
                changed[name] = tuple(paths)
        return changed

    def mixed(self, other: PoseState, factor: float, bones: Collection[str] | None = None) -> PoseState:
        """This pose, moved towards another one of the same armature.

        Args:
            other: where a factor of 1 arrives, exactly.
            factor: 0 to 1; rotations are turned along the shortest way, locations and scales go straight. Switches
                (custom properties) change as soon as it is above 0.
            bones: which bones move; None for all.
        """
        if factor <= 0:
            return self
        moving = [name for name in self.changed_bones(other) if bones is None or name in bones]
        channels = {path: values.copy() for path, values in self.channels.items()}
        modes = list(self.rotation_modes)
        properties = dict(self.properties)
        for name in moving:
            here, there = self.indices[name], other.indices[name]
            modes[here] = other.rotation_modes[there]
            if name in other.properties:
                properties[name] = other.properties[name]
            for path in CHANNELS:
                channels[path][here] = other.channels[path][there]
            if factor < 1:
                for path in ("location", "scale"):
                    start, end = self.channels[path][here], other.channels[path][there]
                    channels[path][here] = start + (end - start) * factor
                turned = self._rotation(here).slerp(other._rotation(there), factor)
                path, value = _rotation_value(turned, modes[here], Euler(self.channels["rotation_euler"][here]))
                channels[path][here] = value
        return replace(
            self,
            channels=channels,
            rotation_modes=tuple(modes),
            properties=properties,
            pose_position=other.pose_position,
        )

    @cached_property
    def indices(self) -> dict[str, int]:
        """Where each bone is in the arrays."""
        return {name: index for index, name in enumerate(self.bone_names)}

    @property
    def _skeleton(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What says which bone and which numbers of it the channels hold."""
        return self.bone_names, self.rotation_modes

    def _rotation(self, index: int) -> Quaternion:
        mode = self.rotation_modes[index]
        values = self.channels[rotation_path(mode)][index].astype(float)
        if mode == "QUATERNION":
            return Quaternion(values).normalized()
        if mode == "AXIS_ANGLE":
            return Quaternion(Vector(values[1:]), values[0])
        return Euler(values, mode).to_quaternion()


def rotation_path(mode: str) -> str:
    """The property that holds a bone's rotation in a rotation mode."""
    return {"QUATERNION": "rotation_quaternion", "AXIS_ANGLE": "rotation_axis_angle"}.get(mode, "rotation_euler")


def is_selected(bone: PoseBone) -> bool:
    """Whether a bone is selected; Blender 5.0 moved that from the bone to its pose."""
    return bool(bone.select if hasattr(bone, "select") else bone.bone.select)


def _rotation_value(rotation: Quaternion, mode: str, near: Euler) -> tuple[str, np.ndarray]:
    path = rotation_path(mode)
    if mode == "QUATERNION":
        return path, np.array(rotation)
    if mode == "AXIS_ANGLE":
        axis, angle = rotation.to_axis_angle()
        return path, np.array((angle, *axis))
    return path, np.array(rotation.to_euler(mode, Euler(near, mode)))


def _modes(armature: Object) -> tuple[str, ...]:
    """The rotation mode of each bone."""
    items = {item.value: item.identifier for item in PoseBone.bl_rna.properties["rotation_mode"].enum_items}
    numbers = np.empty(len(armature.pose.bones), dtype=np.int32)
    armature.pose.bones.foreach_get("rotation_mode", numbers)
    return tuple([items[number] for number in numbers.tolist()])


def _numbers(bone: PoseBone) -> dict[str, _Property]:
    found: dict[str, _Property] = {}
    for key in bone.keys():  # noqa: SIM118 - a bone is no dictionary
        value = bone[key]
        if isinstance(value, bool | int | float):
            found[key] = value
        elif hasattr(value, "typecode"):  # an array
            found[key] = list(value)
    return found

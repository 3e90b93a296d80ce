# SPDX-License-Identifier: GPL-3.0-or-later
"""A rig's own settings: which bone carries which joint, picked bone by bone, and how its contacts and limbs are posed.

Kept with the armature object as `object.maquette_rig`. As long as `is_custom` is off, bones are told automatically and
the names here mean nothing.
"""
# mypy: disable-error-code="valid-type"
# (Blender reads properties from annotations that are calls.)

from __future__ import annotations

import bpy
import numpy as np
from bpy.props import BoolProperty, EnumProperty, PointerProperty, StringProperty
from bpy.types import Area, Context, Event, Object, Operator, PropertyGroup, Region
from bpy_extras.view3d_utils import location_3d_to_region_2d

from .armature import describe_rig
from .core.skeleton import JOINT_NAMES
from .rig_presets import presets, remove_preset, save_preset

_BONE_OF_JOINT = {
    "hip": "Thigh", "knee": "Shin", "ankle": "Foot", "foot": "Toes",
    "collar": "Clavicle", "shoulder": "Upper Arm", "elbow": "Forearm", "wrist": "Hand",
}  # fmt: skip
_PICK_WITHIN = 30.0
"""Pixels from the mouse to a bone."""
_LIMB_CONTROLS = (
    ("FK", "FK", "Turn the FK controls, and set the limb's switch to FK"),
    ("IK", "IK", "Place the IK control and its pole, and set the limb's switch to IK with poles"),
)


def label(joint: str) -> str:
    """What an artist calls the bone that carries a joint."""
    side, _, part = joint.rpartition("_")
    if side:
        return f"{side.capitalize()} {_BONE_OF_JOINT[part]}"
    return f"Spine {joint[-1]}" if joint.startswith("spine") else joint.capitalize()


def _bone(joint: str) -> object:
    """The setting that holds a joint's bone."""
    description = "The bone that this part of the body moves; empty for none"
    return StringProperty(name=label(joint), description=description, override={"LIBRARY_OVERRIDABLE"})


class MaquetteRig(PropertyGroup):
    """`object.maquette_rig`, of an armature object; a bone's name for each joint, empty for none."""

    is_custom: BoolProperty(
        name="Set by Hand",
        description="Use the bones chosen here, instead of telling them by their names, hierarchy and places",
        override={"LIBRARY_OVERRIDABLE"},
    )
    keep_hands: BoolProperty(
        name="Hands",
        description="Hands that touch the body, each other or the floor still do on a rig of other proportions",
        default=True,
        override={"LIBRARY_OVERRIDABLE"},
    )
    keep_feet: BoolProperty(
        name="Feet",
        description="Feet on the floor stay on it, and in motions where they stand, on a rig of other proportions",
        default=True,
        override={"LIBRARY_OVERRIDABLE"},
    )
    arms: EnumProperty(
        name="Arms",
        description="Which controls of the rig pose the arms",
        items=_LIMB_CONTROLS,
        override={"LIBRARY_OVERRIDABLE"},
    )
    legs: EnumProperty(
        name="Legs",
        description="Which controls of the rig pose the legs",
        items=_LIMB_CONTROLS,
        override={"LIBRARY_OVERRIDABLE"},
    )
    pelvis: _bone("pelvis")
    left_hip: _bone("left_hip")
    right_hip: _bone("right_hip")
    spine1: _bone("spine1")
    left_knee: _bone("left_knee")
    right_knee: _bone("right_knee")
    spine2: _bone("spine2")
    left_ankle: _bone("left_ankle")
    right_ankle: _bone("right_ankle")
    spine3: _bone("spine3")
    left_foot: _bone("left_foot")
    right_foot: _bone("right_foot")
    neck: _bone("neck")
    left_collar: _bone("left_collar")
    right_collar: _bone("right_collar")
    head: _bone("head")
    left_shoulder: _bone("left_shoulder")
    right_shoulder: _bone("right_shoulder")
    left_elbow: _bone("left_elbow")
    right_elbow: _bone("right_elbow")
    left_wrist: _bone("left_wrist")
    right_wrist: _bone("right_wrist")


def target_of(context: Context) -> Object | None:
    """The armature object that the scene has as target; None where there is none."""
    target = context.scene.maquette.target
    return target if target is not None and target.type == "ARMATURE" else None


def chosen_target(context: Context) -> Object:
    """The same, where a poll made sure that there is one."""
    target = target_of(context)
    assert target is not None
    return target


def edit_mapping(armature: Object) -> None:
    """Make an armature's mapping the artist's own, starting from the automatic one as far as there is one."""
    settings = armature.maquette_rig
    if settings.is_custom:
        return
    try:
        bones = describe_rig(armature)[1].joint_to_bone
    except ValueError:
        bones = {}
    for joint in JOINT_NAMES:
        setattr(settings, joint, bones.get(joint, ""))
    settings.is_custom = True


def set_bone(armature: Object, joint: str, bone: str) -> None:
    """Give a joint a bone of an armature, taking it from the joint that had it; an empty name for no bone.

    Raises ValueError when there is no such joint or bone.
    """
    if joint not in JOINT_NAMES:
        raise ValueError(f"There is no joint {joint!r}; the joints are {', '.join(JOINT_NAMES)}")
    if bone and bone not in armature.data.bones:
        raise ValueError(f"'{armature.name}' has no bone '{bone}'")
    edit_mapping(armature)
    settings = armature.maquette_rig
    for other in JOINT_NAMES:
        if bone and getattr(settings, other) == bone:
            setattr(settings, other, "")
    setattr(settings, joint, bone)


class _OnTarget:
    """What the operators here have in common: they need an armature as target."""

    bl_options = {"REGISTER", "UNDO"}  # noqa: RUF012 - Blender's own form

    @classmethod
    def poll(cls, context: Context) -> bool:
        """There must be an armature whose settings can be changed."""
        target = target_of(context)
        if target is None or not target.is_editable:
            cls.poll_message_set("Choose an armature of this file as Target first")  # type: ignore[attr-defined]
            return False
        return True


class POSE_OT_maquette_mapping_edit(_OnTarget, Operator):
    """Choose the bones by hand, starting from those that were found"""

    bl_idname = "pose.maquette_mapping_edit"
    bl_label = "Edit Rig Mapping"

    def execute(self, context: Context) -> set[str]:
        """Fill the settings."""
        edit_mapping(chosen_target(context))
        return {"FINISHED"}


class POSE_OT_maquette_mapping_reset(_OnTarget, Operator):
    """Tell the bones by their names, hierarchy and places again; what was chosen by hand is forgotten"""

    bl_idname = "pose.maquette_mapping_reset"
    bl_label = "Find Bones Automatically"

    def execute(self, context: Context) -> set[str]:
        """Empty the settings."""
        settings = chosen_target(context).maquette_rig
        for joint in JOINT_NAMES:
            settings.property_unset(joint)
        settings.is_custom = False
        return {"FINISHED"}


class POSE_OT_maquette_mapping_set(_OnTarget, Operator):
    """Give a part of the body a bone: click one in the viewport, or take the active bone in Pose Mode"""

    bl_idname = "pose.maquette_mapping_set"
    bl_label = "Pick Bone"

    joint: StringProperty(name="Joint", description="The joint that the bone carries", options={"SKIP_SAVE"})
    bone: StringProperty(name="Bone", description="The bone's name; empty for the active bone", options={"SKIP_SAVE"})
    clear: BoolProperty(name="Clear", description="Leave the joint without a bone", options={"SKIP_SAVE"})

    @classmethod
    def description(cls, _context: Context, properties: POSE_OT_maquette_mapping_set) -> str:
        """Says which of the two it does."""
        if properties.clear:
            return "Leave this part of the body without a bone; its movement is then lost on this rig"
        return "Click the bone in the viewport that moves this part of the body"

    def invoke(self, context: Context, _event: Event) -> set[str]:
        """Wait for a click on a bone, where there is a viewport to click in."""
        if self.clear or self.bone or context.area is None or context.area.type != "VIEW_3D":
            return self.execute(context)
        context.window.cursor_modal_set("EYEDROPPER")
        context.window_manager.modal_handler_add(self)
        self._say(context, None)
        return {"RUNNING_MODAL"}

    def modal(self, context: Context, event: Event) -> set[str]:
        """Show the bone under the mouse, and take it with a click."""
        if event.type in ("ESC", "RIGHTMOUSE") or target_of(context) is None:
            self._end(context)
            return {"CANCELLED"}
        if event.type == "MOUSEMOVE":
            self._say(context, bone_under_mouse(context, event))
        elif event.type == "LEFTMOUSE" and event.value == "PRESS":
            self.bone = bone_under_mouse(context, event) or ""
            self._end(context)
            if not self.bone:
                self.report({"WARNING"}, "There is no bone of the target under the mouse")
                return {"CANCELLED"}
            return self.execute(context)
        elif event.type in ("MIDDLEMOUSE", "WHEELUPMOUSE", "WHEELDOWNMOUSE"):
            return {"PASS_THROUGH"}
        return {"RUNNING_MODAL"}

    def execute(self, context: Context) -> set[str]:
        """Set the bone."""
        target = chosen_target(context)
        active = target.data.bones.active
        bone = "" if self.clear else self.bone or (active.name if active is not None else "")
        try:
            if not bone and not self.clear:
                raise ValueError("Make a bone active in Pose Mode first, or name one")
            set_bone(target, self.joint, bone)
        except ValueError as error:
            self.report({"ERROR"}, str(error))
            return {"CANCELLED"}
        for area in context.screen.areas if context.screen else ():
            area.tag_redraw()
        return {"FINISHED"}

    def _say(self, context: Context, bone: str | None) -> None:
        context.workspace.status_text_set(f"{label(self.joint)}: {bone or 'click a bone'}    (Esc: cancel)")

    def _end(self, context: Context) -> None:
        context.window.cursor_modal_restore()
        context.workspace.status_text_set(None)


def bone_under_mouse(context: Context, event: Event) -> str | None:
    """The name of the target's bone nearest to the mouse in whichever viewport that is; None where none is near."""
    for area in context.screen.areas:
        for region in area.regions:
            inside = 0 <= event.mouse_x - region.x < region.width and 0 <= event.mouse_y - region.y < region.height
            if area.type == "VIEW_3D" and region.type == "WINDOW" and inside:
                mouse = np.array([event.mouse_x - region.x, event.mouse_y - region.y], dtype=np.float64)
                return _nearest_bone(chosen_target(context), area, region, mouse)
    return None


def _nearest_bone(armature: Object, area: Area, region: Region, mouse: np.ndarray) -> str | None:
    names, ends = [], []
    for bone in armature.pose.bones:
        collections = bone.bone.collections
        # Blender 5.0 moved what is hidden from the bone to its pose.
        hidden = bone.hide if hasattr(bone, "hide") else bone.bone.hide
        if hidden or (collections and not any(one.is_visible_effectively for one in collections)):
            continue
        places = [
            location_3d_to_region_2d(region, area.spaces.active.region_3d, armature.matrix_world @ end)
            for end in (bone.head, bone.tail)
        ]
        if None not in places:
            names.append(bone.name)
            ends.append(places)
    if not names:
        return None
    nearest, distance = nearest_line(np.array(ends, dtype=np.float64), mouse)
    return names[nearest] if distance <= _PICK_WITHIN else None


def nearest_line(ends: np.ndarray, point: np.ndarray) -> tuple[int, float]:
    """Which of some lines (N, 2, 2) runs nearest to a point (2,), and how near; of equally near ones the shortest."""
    start, along = ends[:, 0], ends[:, 1] - ends[:, 0]
    share = ((point - start) * along).sum(-1) / np.maximum((along**2).sum(-1), 1e-9)
    # Towards its tip a bone gives way to the next one, which starts there.
    distance = np.linalg.norm(point - start - np.clip(share, 0.0, 0.9)[:, None] * along, axis=-1)
    best = int(np.lexsort((np.linalg.norm(along, axis=-1), np.round(distance)))[0])
    return best, float(distance[best])


def _preset_items(_self: object, _context: Context) -> list[tuple[str, str, str]]:
    global _kept_items
    _kept_items = [(name, name, f"{len(bones)} joints") for name, bones in presets().items()]
    return _kept_items


_kept_items: list[tuple[str, str, str]] = []
"""Blender does not keep the strings of items that a function made."""


class POSE_OT_maquette_mapping_save(_OnTarget, Operator):
    """Keep this mapping under a name; every rig with the same bone names then has it, in every file"""

    bl_idname = "pose.maquette_mapping_save"
    bl_label = "Save Rig Mapping as Preset"

    name: StringProperty(name="Name", description="The preset's name; one of the same name is replaced")

    def invoke(self, context: Context, _event: Event) -> set[str]:
        """Ask for the name."""
        self.name = self.name or chosen_target(context).name
        return context.window_manager.invoke_props_dialog(self)

    def execute(self, context: Context) -> set[str]:
        """Write the file."""
        try:
            mapping = describe_rig(chosen_target(context))[1].joint_to_bone
            save_preset(self.name, mapping)
        except (OSError, ValueError) as error:
            self.report({"ERROR"}, str(error))
            return {"CANCELLED"}
        self.report({"INFO"}, f"Saved the mapping of {len(mapping)} joints as '{self.name.strip()}'")
        return {"FINISHED"}


class POSE_OT_maquette_mapping_load(_OnTarget, Operator):
    """Take the mapping of a preset for this rig"""

    bl_idname = "pose.maquette_mapping_load"
    bl_label = "Load Rig Mapping Preset"
    bl_property = "preset"

    preset: EnumProperty(name="Preset", description="Which mapping to take", items=_preset_items)

    def execute(self, context: Context) -> set[str]:
        """Fill the settings with those of its bones that the rig has."""
        target = chosen_target(context)
        if self.preset not in presets():
            self.report({"ERROR"}, "There is no such preset; save one first")
            return {"CANCELLED"}
        bones = presets()[self.preset]
        settings = target.maquette_rig
        settings.is_custom = True
        for joint in JOINT_NAMES:
            bone = bones.get(joint, "")
            setattr(settings, joint, bone if bone in target.data.bones else "")
        missing = [label(joint) for joint, bone in bones.items() if bone not in target.data.bones]
        if missing:
            self.report({"WARNING"}, f"This rig lacks the preset's bones for: {', '.join(missing)}")
        return {"FINISHED"}


class POSE_OT_maquette_mapping_remove(Operator):
    """Delete a preset's file"""

    bl_idname = "pose.maquette_mapping_remove"
    bl_label = "Remove Rig Mapping Preset"
    bl_property = "preset"

    preset: EnumProperty(name="Preset", description="Which preset to delete", items=_preset_items)

    def invoke(self, context: Context, event: Event) -> set[str]:
        """Ask first."""
        return context.window_manager.invoke_confirm(self, event)

    def execute(self, _context: Context) -> set[str]:
        """Delete it."""
        try:
            remove_preset(self.preset)
        except OSError as error:
            self.report({"ERROR"}, f"Could not delete the preset: {error}")
            return {"CANCELLED"}
        return {"FINISHED"}


_CLASSES = (
    MaquetteRig,
    POSE_OT_maquette_mapping_edit,
    POSE_OT_maquette_mapping_reset,
    POSE_OT_maquette_mapping_set,
    POSE_OT_maquette_mapping_save,
    POSE_OT_maquette_mapping_load,
    POSE_OT_maquette_mapping_remove,
)


def register() -> None:
    """Add the settings to objects, and the operators."""
    for cls in _CLASSES:
        bpy.utils.register_class(cls)
    Object.maquette_rig = PointerProperty(type=MaquetteRig, override={"LIBRARY_OVERRIDABLE"})


def unregister() -> None:
    """Remove them."""
    del Object.maquette_rig
    for cls in reversed(_CLASSES):
        bpy.utils.unregister_class(cls)

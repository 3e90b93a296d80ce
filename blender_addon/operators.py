# SPDX-License-Identifier: GPL-3.0-or-later
"""The operators behind the buttons; each works from search and from scripts too."""
# mypy: disable-error-code="valid-type"
# (Blender reads properties from annotations that are calls.)

from __future__ import annotations

import random
from pathlib import Path

import bpy
from bpy.props import StringProperty
from bpy.types import Context, Event, Operator

from . import generation
from .armature import Outcome, add_smpl_armature, apply_motion, posable_armature
from .core.bvh import motion_from_bvh
from .core.motion import Motion
from .mannequin_mesh import add_mannequin
from .preferences import server_address
from .properties import MAX_SEED


class OBJECT_OT_maquette_add_smpl(Operator):
    """Add an armature with the 22 SMPL joints and a mannequin on it, and make it the target"""

    bl_idname = "object.maquette_add_smpl"
    bl_label = "Add SMPL Armature"
    bl_options = {"REGISTER", "UNDO"}  # noqa: RUF012 - Blender's own form

    @classmethod
    def poll(cls, context: Context) -> bool:
        """Objects are added in Object Mode, as everywhere in Blender."""
        if context.mode != "OBJECT":
            cls.poll_message_set("Go to Object Mode first")
            return False
        return True

    def execute(self, context: Context) -> set[str]:
        """Add both."""
        armature = add_smpl_armature(context)
        context.scene.maquette.target = armature
        try:
            add_mannequin(context, armature)
        except (OSError, ValueError) as error:
            self.report({"WARNING"}, f"The armature comes without its mannequin: {error}")
        return {"FINISHED"}


class POSE_OT_maquette_generate(Operator):
    """Ask the pose server for a pose that does what the prompt says, and put it on the target armature"""

    bl_idname = "pose.maquette_generate"
    bl_label = "Generate"

    @classmethod
    def poll(cls, _context: Context) -> bool:
        """One request at a time."""
        if generation.is_working():
            cls.poll_message_set("A pose is on its way; cancel it to ask for another")
            return False
        return True

    def execute(self, context: Context) -> set[str]:
        """Send the request; the answer is applied when it comes, see `generation.tick`."""
        settings = context.scene.maquette
        prompt = settings.prompt.strip()
        try:
            if not prompt:
                raise ValueError("Type a prompt first: what should the figure do?")
            target = posable_armature(settings.target)
            address = server_address()
            if settings.use_new_seed:
                settings.seed = random.randint(0, MAX_SEED)
            generation.start(address, prompt, settings.seed, target)
        except (OSError, ValueError) as error:
            generation.fail(str(error))
            self.report({"ERROR"}, str(error))
            return {"CANCELLED"}
        return {"FINISHED"}


class POSE_OT_maquette_cancel(Operator):
    """Stop waiting for the pose; the armature stays as it is"""

    bl_idname = "pose.maquette_cancel"
    bl_label = "Cancel"

    @classmethod
    def poll(cls, _context: Context) -> bool:
        """There must be something to cancel."""
        return generation.is_working()

    def execute(self, _context: Context) -> set[str]:
        """Cancel the request in flight."""
        generation.cancel()
        return {"FINISHED"}


class POSE_OT_maquette_apply(Operator):
    """Put the pose or motion of a file on the target armature"""

    bl_idname = "pose.maquette_apply"
    bl_label = "Apply Pose from File"
    bl_options = {"REGISTER", "UNDO"}  # noqa: RUF012 - Blender's own form

    filepath: StringProperty(
        name="File",
        description="A motion file (.bvh, .npz or .json); empty for the pose that was generated last",
        subtype="FILE_PATH",
        options={"SKIP_SAVE"},
    )
    filter_glob: StringProperty(default="*.bvh;*.npz;*.json", options={"HIDDEN", "SKIP_SAVE"})
    target: StringProperty(
        name="Target",
        description="Name of the armature object; empty for the scene's target",
        options={"SKIP_SAVE"},
    )

    def invoke(self, context: Context, _event: Event) -> set[str]:
        """Ask for the file."""
        context.window_manager.fileselect_add(self)
        return {"RUNNING_MODAL"}

    def execute(self, context: Context) -> set[str]:
        """Apply the pose, or bake the motion where there are several frames."""
        try:
            target = bpy.data.objects.get(self.target) if self.target else context.scene.maquette.target
            motion = read_motion(self.filepath) if self.filepath else generation.last_motion()
            target = posable_armature(target)
            outcome = apply_motion(target, motion)
        except (OSError, ValueError) as error:
            self.report({"ERROR"}, str(error))
            return {"CANCELLED"}
        generation.succeed(describe(outcome, target.name))
        return {"FINISHED"}


def read_motion(filepath: str) -> Motion:
    """The motion in a .bvh, .npz or .json file; ValueError when it holds none, OSError when it cannot be read."""
    path = Path(bpy.path.abspath(filepath))
    return motion_from_bvh(path) if path.suffix.lower() == ".bvh" else Motion.load(path)


def describe(outcome: Outcome, target_name: str) -> str:
    """What came of posing a rig, for the status line."""
    sentences = [f"Posed '{target_name}'."]
    if outcome.unmapped_joints:
        joints = ", ".join(joint.replace("_", " ") for joint in outcome.unmapped_joints)
        sentences.append(f"No bone for: {joints}.")
    if outcome.held_bones:
        sentences.append(f"Held elsewhere by constraints or drivers: {', '.join(outcome.held_bones)}.")
    return " ".join((*sentences, *outcome.notes))


_CLASSES = (
    OBJECT_OT_maquette_add_smpl,
    POSE_OT_maquette_generate,
    POSE_OT_maquette_cancel,
    POSE_OT_maquette_apply,
)


def register() -> None:
    """Make the operators known to Blender."""
    for cls in _CLASSES:
        bpy.utils.register_class(cls)


def unregister() -> None:
    """Remove them."""
    for cls in reversed(_CLASSES):
        bpy.utils.unregister_class(cls)

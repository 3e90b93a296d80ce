# SPDX-License-Identifier: GPL-3.0-or-later
"""The operators behind the first buttons: add a figure, generate, cancel, take in the answer, apply a file."""
# mypy: disable-error-code="valid-type"
# (Blender reads properties from annotations that are calls.)

from __future__ import annotations

import random
from pathlib import Path

import bpy
from bpy.props import IntProperty, StringProperty
from bpy.types import Context, Event, Object, Operator, Scene

from . import generation, history, live_preview, takes, text_prompts
from .armature import apply_motion, posable_armature
from .core.bvh import motion_from_bvh
from .core.motion import Motion
from .editing import wanted_conditions
from .generation import Answer, Order
from .mannequin_mesh import add_mannequin
from .pose_state import PoseState
from .preferences import server_address
from .properties import MAX_SEED, MAX_TAKES
from .smpl_armature import add_smpl_armature


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
    """Ask the pose server for poses that do what the prompt says, and try the first on the target armature"""

    bl_idname = "pose.maquette_generate"
    bl_label = "Generate"

    prompt: StringProperty(
        name="Prompt", description="What the figure does; empty for the prompt in the panel", options={"SKIP_SAVE"}
    )
    seed: IntProperty(
        name="Seed",
        description="Seed of the first take; -1 for what the panel says",
        default=-1,
        min=-1,
        max=MAX_SEED,
        options={"SKIP_SAVE"},
    )
    num_takes: IntProperty(
        name="Takes",
        description="How many variations; 0 for what the panel says",
        min=0,
        max=MAX_TAKES,
        options={"SKIP_SAVE"},
    )

    @classmethod
    def poll(cls, _context: Context) -> bool:
        """One request at a time."""
        return may_ask(cls)

    def execute(self, context: Context) -> set[str]:
        """Send the request; the answer is applied when it comes, see `generation.tick`."""
        settings = context.scene.maquette
        prompt = (self.prompt or settings.prompt).strip()
        if not prompt:
            return refuse(self, "Type a prompt first: what should the figure do?")
        if self.seed >= 0:
            settings.seed = self.seed
        elif settings.use_new_seed:
            settings.seed = new_seed()
        count = self.num_takes or settings.num_takes
        try:
            kept = wanted_conditions(context.scene, posable_armature(settings.target))
        except ValueError as error:
            return refuse(self, str(error))
        order = Order((prompt,), settings.seed, count, preview=settings.use_preview, conditions=kept)
        return ask(self, order, settings.target)


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


class POSE_OT_maquette_receive(Operator):
    """Take in the answer that has come for a prompt"""

    bl_idname = "pose.maquette_receive"
    bl_label = "Pose from Prompt"
    bl_options = {"UNDO", "INTERNAL"}  # noqa: RUF012

    target: StringProperty(name="Target", description="Name of the armature object", options={"SKIP_SAVE"})

    def execute(self, context: Context) -> set[str]:
        """Put takes under review, or make of the answer what else it was asked for."""
        try:
            target = posable_armature(bpy.data.objects.get(self.target))
            answer = generation.answer()
            receive = receive_takes if answer.order.purpose == "TAKES" else text_prompts.receive
            said = receive(context.scene, answer, target)
        except (OSError, ValueError) as error:
            self.report({"ERROR"}, str(error))
            return {"CANCELLED"}
        generation.succeed(said)
        return {"FINISHED"}


class POSE_OT_maquette_apply(Operator):
    """Put the pose or motion of a file on the target armature, as the options of the panel say"""

    bl_idname = "pose.maquette_apply"
    bl_label = "Apply Pose from File"
    bl_options = {"REGISTER", "UNDO"}  # noqa: RUF012

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
            live_preview.end()
            before = PoseState.read(target)
            if motion.num_frames > 1:
                outcome = apply_motion(target, motion)
            else:
                outcome = takes.try_on(target, before, motion, context.scene)
            takes.remember_change(context.scene, target, before)
        except (OSError, ValueError) as error:
            told = error.strerror if isinstance(error, OSError) else None
            return refuse(self, f"{self.filepath} cannot be read: {told}" if told else str(error))
        generation.note(takes.describe(outcome, target.name))
        return {"FINISHED"}


def may_ask(operator: type[Operator]) -> bool:
    """Whether a request may be sent now; where not, the operator's tooltip says why."""
    if generation.is_working():
        operator.poll_message_set("A pose is on its way; cancel it to ask for another")
        return False
    return True


def ask(operator: Operator, order: Order, target: Object | None) -> set[str]:
    """Send an order for an armature, or tell the artist what is wrong; what the operator returns."""
    try:
        generation.start(server_address(), order, posable_armature(target))
    except (OSError, ValueError) as error:
        return refuse(operator, str(error))
    return {"FINISHED"}


def refuse(operator: Operator, reason: str) -> set[str]:
    """Tell the artist, in the panel and in the status bar, what is wrong; what the operator returns."""
    generation.note(reason, "ERROR")
    operator.report({"ERROR"}, reason)
    return {"CANCELLED"}


def new_seed() -> int:
    """Any seed, whose variations' seeds Blender can keep as well."""
    return random.randint(0, MAX_SEED)


def receive_takes(scene: Scene, answer: Answer, target: Object) -> str:
    """Put the takes that came under review; what the status line shall say."""
    kept = answer.order.conditions
    conditions = kept.to_text() if kept is not None else ""
    entry = history.add_entry(scene, answer.order.prompts[0], answer.motions[0], answer.seeds, conditions)
    trial = takes.show(scene, 0, takes.start_review(scene, entry, target))
    return takes.describe(trial.outcome, target.name, (*trial.notes, *answer.notes))


def read_motion(filepath: str) -> Motion:
    """The motion in a .bvh, .npz or .json file; ValueError when it holds none, OSError when it cannot be read."""
    path = Path(bpy.path.abspath(filepath))
    return motion_from_bvh(path) if path.suffix.lower() == ".bvh" else Motion.load(path)


_CLASSES = (
    OBJECT_OT_maquette_add_smpl,
    POSE_OT_maquette_generate,
    POSE_OT_maquette_cancel,
    POSE_OT_maquette_receive,
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

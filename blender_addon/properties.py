# SPDX-License-Identifier: GPL-3.0-or-later
"""What the artist sets in the panel and what was generated; saved with the scene."""
# mypy: disable-error-code="valid-type"
# (Blender reads properties from annotations that are calls.)

from __future__ import annotations

import bpy
from bpy.props import (
    BoolProperty,
    BoolVectorProperty,
    CollectionProperty,
    EnumProperty,
    FloatProperty,
    IntProperty,
    PointerProperty,
    StringProperty,
)
from bpy.types import Context, Object, PropertyGroup, Scene, Text

from .core.skeleton import LIMBS

TRANSLATION_CONTEXT = "Maquette"
"""Where translations are looked up of words that Blender itself uses for something else."""
MAX_TAKES = 16
"""The most variations that are asked for at once."""
MAX_SEED = 2**31 - 1 - 64
"""Below Blender's largest whole number, so that the seeds of all variations fit as well."""

BONES_ITEMS = (
    ("ALL", "All Bones", "The whole figure takes the pose"),
    ("SELECTED", "Selected Bones", "Only the bones that are selected take the pose"),
    ("PARTS", "Body Parts", "Only the chosen parts of the body take the pose"),
)
ROOT_ITEMS = (
    ("TAKE", "From the Take", "The figure stands where the take puts it"),
    ("STAY", "Stay in Place", "The figure stays over the spot where it stands; its height comes from the take"),
    ("KEEP", "Keep the Hips", "The bone of the pelvis is not touched at all"),
)
FACING_ITEMS = (
    ("PROMPT", "As Prompted", "The way the take faces; without a word about it, the armature's front"),
    ("KEEP", "Keep Heading", "The way the figure faces now"),
    ("CAMERA", "Face the Camera", "Towards the scene's camera"),
)
BAKE_ITEMS = (
    ("ACTION", "New Action", "The motion becomes the figure's action; the one it had stays in the file"),
    ("STRIP", "NLA Strip", "The motion becomes a strip on a new track, and the figure's action stays"),
)
LOOK_ITEMS = (
    ("NONE", "Anywhere", "The head looks where the pose has it look"),
    ("CAMERA", "At the Camera", "The head faces the scene's camera"),
    ("CURSOR", "At the 3D Cursor", "The head faces the 3D cursor"),
)
PIN_NAMES = ("left_hand", "right_hand", "left_foot", "right_foot")
"""What can be pinned, in the order of the switches."""
PROMPTS_ITEMS = (
    ("ROW", "Row of Figures", "A copy of the target for every prompt, side by side"),
    ("KEYFRAMES", "Keyframes", "A pose of the target for every prompt, keyed one after the other"),
    ("ASSETS", "Assets", "A pose asset for every prompt, in the library and catalogue of the panel"),
)
LIMB_NAMES: tuple[str, ...] = tuple(LIMBS)
"""The parts of the body, in the order of the switches that choose among them."""

LIMB_LABELS = {
    "pelvis": "Hips",
    "trunk": "Trunk",
    "head": "Head",
    "left_leg": "L Leg",
    "right_leg": "R Leg",
    "left_arm": "L Arm",
    "right_arm": "R Arm",
}
"""How the parts are called on narrow buttons."""


def _show_again(settings: PropertyGroup, _context: Context) -> None:
    """Let the rig follow what was changed in the panel."""
    from . import takes

    takes.refresh(settings.id_data)


def _library_names(_settings: PropertyGroup, context: Context, typed: str) -> list[str]:
    """The asset libraries to offer."""
    names = [library.name for library in context.preferences.filepaths.asset_libraries]
    return [name for name in names if typed.lower() in name.lower()]


class MaquetteTake(PropertyGroup):
    """One of the poses or motions that came for a prompt."""

    seed: IntProperty(name="Seed", description="The seed that makes this take again")
    motion: StringProperty(name="Motion", description="The take itself, see core.motion_text")
    is_favourite: BoolProperty(
        name="Favourite", description="Keep this take: it is never dropped from the history to save space"
    )


class MaquetteEntry(PropertyGroup):
    """One line of the history: what was asked and what came."""

    uid: IntProperty(name="Number", description="Tells the entry from all others of the scene")
    prompt: StringProperty(name="Prompt", description="What was asked for")
    seed: IntProperty(name="Seed", description="The seed of the first take")
    made: StringProperty(name="Made", description="When it was made: year-month-day hour:minute")
    conditions: StringProperty(name="Conditions", description="What the takes had to keep, see editing.Conditions")
    takes: CollectionProperty(name="Takes", type=MaquetteTake)


class MaquetteApplyOptions(PropertyGroup):
    """How a take gets onto the rig; changing one shows on the rig at once while takes are under review."""

    bones: EnumProperty(name="Apply to", description="Which bones take the pose", items=BONES_ITEMS, update=_show_again)
    parts: BoolVectorProperty(
        name="Parts",
        description="Whether this part of the body takes the pose",
        size=len(LIMB_NAMES),
        default=(True,) * len(LIMB_NAMES),
        update=_show_again,
    )
    blend: FloatProperty(
        name="Blend",
        description="From the pose as it was (0) to the take (1)",
        subtype="FACTOR",
        default=1.0,
        min=0.0,
        max=1.0,
        update=_show_again,
    )
    use_mirror: BoolProperty(
        name="Mirror", description="Swap left and right in the take", default=False, update=_show_again
    )
    root: EnumProperty(name="Place", description="Where the figure goes", items=ROOT_ITEMS, update=_show_again)
    facing: EnumProperty(
        name="Facing",
        description="Which way the figure faces",
        items=FACING_ITEMS,
        update=_show_again,
        translation_context=TRANSLATION_CONTEXT,
    )

    bake_to: EnumProperty(
        name="Motions", description="What a take of several frames becomes when it is kept", items=BAKE_ITEMS
    )


class MaquetteEditing(PropertyGroup):
    """What new takes have to keep of the pose that is on the figure."""

    locked: BoolVectorProperty(
        name="Locked",
        description="Whether new takes leave this part of the body as it is: it points where it points now",
        size=len(LIMB_NAMES),
    )
    use_selected: BoolProperty(
        name="Selected Bones", description="Lock the bones that are selected as well, when the takes are asked for"
    )
    pins: BoolVectorProperty(
        name="Pinned",
        description="Whether this hand or foot stays on the spot where it is now",
        size=len(PIN_NAMES),
    )
    look_at: EnumProperty(name="Look", description="What the head faces in new takes", items=LOOK_ITEMS)
    words: StringProperty(
        name="Change",
        description='What is to be different, for example "raises the left arm"; the rest of the pose stays',
    )


class MaquetteReview(PropertyGroup):
    """The takes under review, and the pose that was there before them."""

    entry: IntProperty(name="Entry", description="Number of the history's entry whose takes are under review")
    active: IntProperty(name="Take", description="Which take is on the rig, from 0", min=0)
    target: PointerProperty(name="Figure", description="The armature that shows the take", type=Object)
    before: StringProperty(name="Before", description="The pose before the review; empty when there is no review")
    shown: StringProperty(name="Shown", description="Digest of the pose that the review put on the rig last")
    frame: FloatProperty(name="Frame", description="The frame at which the pose before was read")
    changed: StringProperty(name="Changed", description="What the last review changed on its figure")
    changed_target: PointerProperty(name="Changed Figure", description="Whose change that was", type=Object)


class MaquetteSettings(PropertyGroup):
    """`scene.maquette`."""

    prompt: StringProperty(
        name="Prompt",
        description='What the figure does, in plain English, for example "a person kneels on one knee"',
    )
    target: PointerProperty(
        name="Target",
        description="The armature that takes the pose",
        type=Object,
        poll=lambda settings, candidate: candidate.type == "ARMATURE" and settings.id_data in candidate.users_scene,
    )
    seed: IntProperty(
        name="Seed",
        description="The same prompt and seed give the same pose",
        min=0,
        max=MAX_SEED,
    )
    use_new_seed: BoolProperty(
        name="Random Seed",
        description="Draw a seed whenever Generate is pressed, so that the same prompt gives another pose",
        default=True,
    )
    num_takes: IntProperty(
        name="Takes",
        description="How many variations of the prompt to choose from",
        default=4,
        min=1,
        max=MAX_TAKES,
    )
    use_preview: BoolProperty(
        name="Live Preview",
        description="Move the figure while its pose forms",
        default=True,
    )
    options: PointerProperty(type=MaquetteApplyOptions)
    editing: PointerProperty(type=MaquetteEditing)
    review: PointerProperty(type=MaquetteReview)
    prompts_text: PointerProperty(
        name="Prompts",
        description="A text with a prompt on every line; lines that start with # are left out",
        type=Text,
    )
    prompts_use: EnumProperty(name="Make", description="What becomes of the prompts of the text", items=PROMPTS_ITEMS)
    prompts_spacing: FloatProperty(
        name="Spacing",
        description="From one figure of the row to the next",
        subtype="DISTANCE",
        default=1.5,
        min=0.0,
        soft_max=10.0,
    )
    prompts_step: IntProperty(
        name="Every", description="Frames from one pose to the next", subtype="TIME", default=12, min=1
    )
    asset_library: StringProperty(
        name="Library",
        description="The asset library that gets saved poses; empty for this file",
        search=_library_names,
    )
    asset_catalog: StringProperty(
        name="Catalogue",
        description="The catalogue for saved poses, names with slashes between; it is made if it is not there",
        default="Maquette",
    )
    history: CollectionProperty(
        name="History", description="What was generated in this scene, newest first", type=MaquetteEntry
    )
    history_index: IntProperty(name="Entry", description="The chosen line of the history", min=0)


_CLASSES = (MaquetteTake, MaquetteEntry, MaquetteApplyOptions, MaquetteEditing, MaquetteReview, MaquetteSettings)


def register() -> None:
    """Add the settings to every scene."""
    for cls in _CLASSES:
        bpy.utils.register_class(cls)
    Scene.maquette = PointerProperty(type=MaquetteSettings)


def unregister() -> None:
    """Remove them."""
    del Scene.maquette
    for cls in reversed(_CLASSES):
        bpy.utils.unregister_class(cls)

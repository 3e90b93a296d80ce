# SPDX-License-Identifier: GPL-3.0-or-later
"""What the artist sets in the panel; saved with the scene."""
# mypy: disable-error-code="valid-type"
# (Blender reads properties from annotations that are calls.)

from __future__ import annotations

import bpy
from bpy.props import BoolProperty, IntProperty, PointerProperty, StringProperty
from bpy.types import Object, PropertyGroup, Scene

MAX_SEED = 2**31 - 1


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


def register() -> None:
    """Add the settings to every scene."""
    bpy.utils.register_class(MaquetteSettings)
    Scene.maquette = PointerProperty(type=MaquetteSettings)


def unregister() -> None:
    """Remove them."""
    del Scene.maquette
    bpy.utils.unregister_class(MaquetteSettings)

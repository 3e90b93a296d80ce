# SPDX-License-Identifier: GPL-3.0-or-later
"""The operator that asks for all prompts of a text at once."""
# mypy: disable-error-code="valid-type"
# (Blender reads properties from annotations that are calls.)

from __future__ import annotations

import bpy
from bpy.props import EnumProperty, StringProperty
from bpy.types import Context, Operator

from . import text_prompts
from .generation import Order
from .operators import ask, may_ask, new_seed, refuse
from .pose_assets import find_library
from .properties import PROMPTS_ITEMS


class POSE_OT_maquette_generate_all(Operator):
    """Ask for a pose for every line of the text, and make a row of figures, keyframes or assets of them"""

    bl_idname = "pose.maquette_generate_all"
    bl_label = "Generate All"

    text: StringProperty(
        name="Text", description="Name of the text; empty for the one in the panel", options={"SKIP_SAVE"}
    )
    use: EnumProperty(
        name="Make",
        description="What becomes of the prompts of the text; what the panel says if it is not given",
        items=PROMPTS_ITEMS,
        options={"SKIP_SAVE"},
    )

    @classmethod
    def poll(cls, _context: Context) -> bool:
        """One request at a time."""
        return may_ask(cls)

    def execute(self, context: Context) -> set[str]:
        """Send the request; what it is for is done when the answer comes, see `text_prompts.receive`."""
        settings = context.scene.maquette
        use = self.use if self.properties.is_property_set("use") else settings.prompts_use
        try:
            text = bpy.data.texts.get(self.text) if self.text else settings.prompts_text
            prompts = text_prompts.prompts_of(text)
            if use == "ASSETS":
                find_library(settings.asset_library)  # better known now than after the wait
        except ValueError as error:
            return refuse(self, str(error))
        if settings.use_new_seed:
            settings.seed = new_seed()
        return ask(self, Order(prompts, settings.seed, purpose=use), settings.target)


_CLASSES = (POSE_OT_maquette_generate_all,)


def register() -> None:
    """Make the operator known to Blender."""
    for cls in _CLASSES:
        bpy.utils.register_class(cls)


def unregister() -> None:
    """Remove it."""
    for cls in reversed(_CLASSES):
        bpy.utils.unregister_class(cls)

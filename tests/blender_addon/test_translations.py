# SPDX-License-Identifier: GPL-3.0-or-later
"""Every text that the interface shows on labels and buttons has its translation, in the context where Blender looks."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

bpy = pytest.importorskip("bpy", reason="needs Blender as a module: pip install bpy")

SOURCES = Path(__file__).parents[2] / "blender_addon"
NOT_SHOWN = {"MaquetteReview", "MaquetteEntry", "MaquetteTake"}
"""Groups of properties that keep data; no panel draws them."""
EXAMPLES = {"a person kneels on one knee", "raises the left arm"}
"""Prompts, which are in English in every language."""


def classes(base: Any) -> list[Any]:
    """The extension's classes of a kind."""
    return [cls for cls in base.__subclasses__() if cls.__module__.startswith("blender_addon.")]


def shown_by_classes() -> Iterator[tuple[str, str]]:
    """Context and text of all panels, menus, operators and their properties."""
    for cls in classes(bpy.types.Panel) + classes(bpy.types.Menu):
        yield getattr(cls, "bl_translation_context", "*"), cls.bl_label
    for cls in classes(bpy.types.Operator):
        yield "Operator", cls.bl_label
    holders = (bpy.types.Operator, bpy.types.PropertyGroup, bpy.types.AddonPreferences, bpy.types.UIList)
    for cls in (one for base in holders for one in classes(base)):
        if cls.__name__ in NOT_SHOWN:
            continue
        for name in getattr(cls, "__annotations__", {}):
            one = cls.bl_rna.properties.get(name)
            if one is None or one.is_hidden or (one.type in ("POINTER", "COLLECTION") and not one.name):
                continue
            if name not in ("options", "editing", "review"):
                yield one.translation_context, one.name
            if one.type == "ENUM":
                yield from ((one.translation_context, item.name) for item in one.enum_items_static)


def shown_by_drawing() -> Iterator[tuple[str, str]]:
    """Context and text of what is written out where panels and dialogs are drawn."""
    from blender_addon import properties

    for path in SOURCES.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            function = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if function == "iface_":
                yield from (("*", text) for text in texts(node.args[0]))
            context = "Operator" if "operator" in function or function == "invoke_props_dialog" else "*"
            if any(keyword.arg == "text_ctxt" for keyword in node.keywords):
                context = properties.TRANSLATION_CONTEXT
            for keyword in node.keywords:
                if keyword.arg in ("text", "heading", "placeholder", "confirm_text"):
                    yield from ((context, text) for text in texts(keyword.value))


def texts(expression: ast.expr) -> Iterator[str]:
    """The texts that an expression may be; none of one that is put together."""
    if isinstance(expression, ast.IfExp):
        yield from texts(expression.body)
        yield from texts(expression.orelse)
    elif isinstance(expression, ast.Constant) and isinstance(expression.value, str):
        yield expression.value


def missing(shown: Iterator[tuple[str, str]]) -> list[tuple[str, ...]]:
    from blender_addon.translations import TABLE

    wanted = {(context, text) for context, text in shown if re.search("[A-Za-z]{2}", text) and text not in EXAMPLES}
    assert len(wanted) > 10
    return [(locale, *one) for locale, table in TABLE.items() for one in sorted(wanted - set(table))]


def test_names_of_panels_operators_and_properties_are_translated(extension: Any) -> None:
    assert missing(shown_by_classes()) == []


def test_texts_on_labels_and_buttons_are_translated(extension: Any) -> None:
    assert missing(shown_by_drawing()) == []


def test_states_and_parts_of_the_body_are_translated(extension: Any) -> None:
    from blender_addon import panels_backend, properties, rig_families, rig_mapping
    from blender_addon.core.skeleton import JOINT_NAMES

    names = [rig_mapping.label(joint) for joint in JOINT_NAMES]
    short = [name.replace("Left", "L").replace("Right", "R") for name in names]  # as the mapping's lines show them
    states = [text for text, _ in panels_backend._LABELS.values()]
    told_by = [rig_families.BY_HAND, rig_families.BY_NAMES, rig_families.BY_SHAPE]
    shown = [*names, *short, *properties.LIMB_LABELS.values(), "Hand", "Foot", *states, *told_by]
    assert missing(("*", text) for text in shown) == []


def test_a_language_shows_its_texts(scene: Any) -> None:
    view = bpy.context.preferences.view
    if "de_DE" not in {item.identifier for item in view.bl_rna.properties["language"].enum_items}:
        pytest.skip("this Blender comes without German")
    was = view.language
    try:
        view.language = "de_DE"
        assert bpy.app.translations.pgettext_iface("Rig Mapping") == "Rig-Zuordnung"
        assert bpy.app.translations.pgettext_iface("Look", "Maquette") == "Blick"
        assert bpy.app.translations.pgettext_iface("Discard", "Operator") == "Verwerfen"
    finally:
        view.language = was

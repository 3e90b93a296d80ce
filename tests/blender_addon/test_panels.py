# SPDX-License-Identifier: GPL-3.0-or-later
"""The panels draw in every state, with properties and operators that exist and explain themselves."""

from __future__ import annotations

import types
from collections.abc import Callable
from typing import Any

import pytest

from blender_addon.core.motion import Motion

bpy = pytest.importorskip("bpy", reason="needs Blender as a module: pip install bpy")


class Layout:
    """Stands in for Blender's layout, which only a window has: takes what panels draw, refuses what is not there."""

    operator_context = "INVOKE_DEFAULT"

    def __init__(self, drawn: list[str] | None = None) -> None:
        self.drawn: list[str] = [] if drawn is None else drawn

    def _part(self, *_: Any, **__: Any) -> Layout:
        return Layout(self.drawn)

    row = column = split = box = grid_flow = column_flow = _part

    def label(self, *, text: str = "", text_ctxt: str = "", icon: str = "NONE", translate: bool = True) -> None:
        self.drawn.append(text)

    def separator(self, **_: Any) -> None:
        pass

    def progress(self, *, factor: float, text: str) -> None:
        assert 0 <= factor <= 1
        self.drawn.append(text)

    def prop(self, data: Any, name: str, *, text: str | None = None, index: int = -1, **_: Any) -> None:
        definition = data.bl_rna.properties[name]
        assert definition.description, f"{name} has no tooltip"
        if index >= 0:
            assert index < definition.array_length
        self.drawn.append(definition.name if text is None else text)

    def prop_search(self, data: Any, name: str, source: Any, source_name: str, **_: Any) -> None:
        assert source.bl_rna.properties[source_name]
        self.prop(data, name)

    def operator(self, name: str, *, text: str | None = None, **_: Any) -> Any:
        space, rest = name.split(".")
        kind = getattr(getattr(bpy.ops, space), rest).get_rna_type()
        assert kind.description, f"{name} has no tooltip"
        self.drawn.append(kind.name if text is None else text)
        return _Properties(set(kind.properties.keys()))

    def operator_menu_enum(self, name: str, choice: str, **_: Any) -> None:
        setattr(self.operator(name), choice, "")

    def template_ID(self, data: Any, name: str, *, new: str, open: str) -> None:
        self.prop(data, name)
        self.operator(new)
        self.operator(open)

    def template_list(self, cls: str, _id: str, data: Any, name: str, active: Any, active_name: str, **_: Any) -> None:
        assert hasattr(bpy.types, cls)
        assert data.bl_rna.properties[name] and active.bl_rna.properties[active_name]

    def popover(self, *, panel: str, **_: Any) -> None:
        assert hasattr(bpy.types, panel)

    def template_icon(self, *, icon_value: int, scale: float) -> None:
        assert icon_value >= 0


class _Properties:
    """What an operator's button may set."""

    _names: set[str]

    def __init__(self, names: set[str]) -> None:
        object.__setattr__(self, "_names", names)

    def __setattr__(self, name: str, value: object) -> None:
        assert name in self._names, f"the operator has no property {name}"


def drawn(name: str) -> list[str] | None:
    """What a panel draws now; None where it is hidden."""
    cls = getattr(bpy.types, name)
    if hasattr(cls, "poll") and not cls.poll(bpy.context):
        return None
    layout = Layout()
    context = types.SimpleNamespace(
        scene=bpy.context.scene,
        preferences=types.SimpleNamespace(system=types.SimpleNamespace(ui_scale=1.0)),
        region=types.SimpleNamespace(width=250),
        region_data=None,
        workspace=types.SimpleNamespace(use_filter_by_owner=False),
        active_object=bpy.context.active_object,
        mode=bpy.context.mode,
    )
    cls.draw(types.SimpleNamespace(layout=layout), context)
    return layout.drawn


def panels() -> list[str]:
    from blender_addon.panels import _CLASSES

    return [cls.__name__ for cls in _CLASSES]


def test_all_panels_draw_in_an_empty_scene(scene: Any) -> None:
    for name in panels():
        drawn(name)
    assert "Generate" in (drawn("VIEW3D_PT_maquette") or [])
    assert "Add SMPL Armature" in (drawn("VIEW3D_PT_maquette") or [])
    assert drawn("VIEW3D_PT_maquette_takes") is None


def test_all_panels_draw_during_a_review(scene: Any, random_motion: Callable[..., Motion]) -> None:
    from blender_addon import history, takes

    bpy.ops.object.maquette_add_smpl()
    entry = history.add_entry(scene, "a person waves", [random_motion(seed=n) for n in range(3)], range(3))
    takes.start_review(scene, entry, scene.maquette.target)
    takes.show(scene, 0)
    scene.maquette.options.bones = "PARTS"
    scene.maquette.prompts_use = "KEYFRAMES"
    for name in panels():
        drawn(name)
    shown = drawn("VIEW3D_PT_maquette_takes") or []
    assert {"1", "2", "3", "Keep", "Discard", "Blend"} <= set(shown)
    assert {"L Arm", "R Leg", "Head", "Hips"} <= set(drawn("VIEW3D_PT_maquette_options") or [])
    assert "Hand" in (drawn("VIEW3D_PT_maquette_editing") or [])
    bpy.data.objects.remove(scene.maquette.review.target)
    for name in panels():
        drawn(name)


def test_the_progress_takes_the_place_of_the_button(scene: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from blender_addon import generation

    monkeypatch.setattr(generation, "_status", generation.Status("WORKING", "Step 1 of 4", 0.25))
    shown = drawn("VIEW3D_PT_maquette") or []
    assert "Step 1 of 4" in shown and "Generate" not in shown


def test_why_the_backend_ended_is_said_in_full_and_once(scene: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from blender_addon import local_backend

    reason = "The backend was ended from outside (signal 9); the memory may be full"
    log = ("listening on tcp://127.0.0.1:5711", reason, "(ended with code -9)")
    monkeypatch.setattr(local_backend, "state", lambda: local_backend.BackendState.FAILED)
    monkeypatch.setattr(local_backend, "log", lambda: log)
    shown = drawn("VIEW3D_PT_maquette_backend") or []
    assert " ".join(shown).count(reason) == 1 and all(len(line) < 40 for line in shown)
    assert "Restart" in shown and log[0] in shown and log[2] in shown


def test_under_review_only_what_is_worth_a_word_is_said(
    scene: Any, random_motion: Callable[..., Motion], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing grows and shrinks with every take."""
    from blender_addon import generation, history, takes

    bpy.ops.object.maquette_add_smpl()
    takes.start_review(scene, history.add_entry(scene, "a wave", [random_motion()], [0]), scene.maquette.target)
    monkeypatch.setattr(generation, "_status", generation.Status("DONE", "Posed 'SMPL'."))
    quiet = drawn("VIEW3D_PT_maquette") or []
    monkeypatch.setattr(generation, "_status", generation.Status("DONE", "Posed 'SMPL'. No bone for: neck."))
    assert [*quiet, "No bone for: neck."] == drawn("VIEW3D_PT_maquette")


def test_panels_come_in_the_order_of_work(extension: Any) -> None:
    orders = [getattr(bpy.types, name).bl_order for name in panels()[1:]]
    assert orders == sorted(orders) and len(set(orders)) == len(orders)


def operators() -> list[Any]:
    """The extension's operators."""
    return [cls for cls in bpy.types.Operator.__subclasses__() if cls.__module__.startswith("blender_addon.")]


NOT_IN_MENUS = {
    "pose.maquette_receive",  # Blender itself calls it
    "pose.maquette_try_take",  # these two need a take or a joint to be told
    "pose.maquette_mapping_set",
    "pose.maquette_add_preset",  # a plus in the list of presets, as everywhere in Blender
}


def test_the_search_finds_every_operator(scene: Any) -> None:
    """Blender's search looks through menus; what only the sidebar shows it would not find."""
    from blender_addon import menus

    found: set[str] = set()

    class Searched(Layout):
        def operator(self, name: str, *, text: str | None = None, **others: Any) -> Any:
            found.add(name)
            return super().operator(name, text=text, **others)

        def menu(self, name: str) -> None:
            getattr(bpy.types, name).draw(types.SimpleNamespace(layout=self), bpy.context)

    for draw in (menus._draw_menu, menus._draw_add_menu):
        draw(types.SimpleNamespace(layout=Searched()), bpy.context)
    assert {cls.bl_idname for cls in operators()} - found == NOT_IN_MENUS
    for menu in (bpy.types.VIEW3D_MT_object, bpy.types.VIEW3D_MT_pose):
        assert menus._draw_menu in menu.draw._draw_funcs


def test_everything_explains_itself(extension: Any) -> None:
    from blender_addon import properties
    from blender_addon.preferences import MAQUETTE_preferences
    from blender_addon.rig_mapping import MaquetteRig

    assert len(operators()) > 25
    for cls in operators():
        assert cls.__doc__ and not cls.__doc__.endswith("."), "Blender ends tooltips with a full stop itself"
        assert cls.bl_label
        space, rest = cls.bl_idname.split(".")
        own = getattr(getattr(bpy.ops, space), rest).get_rna_type().properties
        own = [one for one in own if one.identifier in getattr(cls, "__annotations__", {})]
        assert all(one.description and not one.description.endswith(".") for one in own if not one.is_hidden), cls
    for cls in (*properties._CLASSES, MaquetteRig, MAQUETTE_preferences):
        for one in cls.bl_rna.properties:
            if one.identifier in cls.__annotations__ and one.type not in ("POINTER", "COLLECTION"):
                assert one.description and not one.description.endswith("."), f"{cls.__name__}.{one.identifier}"

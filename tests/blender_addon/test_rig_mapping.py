# SPDX-License-Identifier: GPL-3.0-or-later
"""A rig's mapping is shown, changed bone by bone, kept with the rig and as presets."""

from __future__ import annotations

import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from blender_addon.core.skeleton import JOINT_NAMES
from blender_addon.rig_families import BY_HAND, families

bpy = pytest.importorskip("bpy", reason="needs Blender as a module: pip install bpy")

from scripts.sample_rigs import SAMPLES, build, control_rig, poses, renamed, tables  # noqa: E402
from tests.blender_addon.test_panels import Layout  # noqa: E402


@pytest.fixture
def rig(scene: Any) -> Any:
    """Mixamo's rig as the scene's target."""
    scene.maquette.target = build(tables()["mixamo"])
    return scene.maquette.target


@pytest.fixture
def no_presets(scene: Any) -> Iterator[None]:
    """A folder of presets that is empty before and after."""
    from blender_addon import rig_presets

    for path in rig_presets.folder().glob("*.json"):
        path.unlink()
    rig_presets._forget()
    yield
    for path in rig_presets.folder().glob("*.json"):
        path.unlink()
    rig_presets._forget()


def mapped(armature: Any) -> dict[str, str]:
    from blender_addon.armature import describe_rig

    return dict(describe_rig(armature)[1].joint_to_bone)


class WideLayout(Layout):
    """With what this panel draws beside."""

    alert = False
    use_property_split = use_property_decorate = False

    def menu(self, name: str, *, text: str) -> None:
        assert hasattr(bpy.types, name)
        self.drawn.append(text)

    def _part(self, *_: Any, **__: Any) -> WideLayout:
        return WideLayout(self.drawn)

    row = column = split = box = _part


def drawn(name: str) -> list[str] | None:
    cls = getattr(bpy.types, name)
    if not cls.poll(bpy.context):
        return None
    layout = WideLayout()
    context = types.SimpleNamespace(
        scene=bpy.context.scene,
        preferences=types.SimpleNamespace(system=types.SimpleNamespace(ui_scale=1.0)),
        region=types.SimpleNamespace(width=250),
    )
    cls.draw(types.SimpleNamespace(layout=layout), context)
    return layout.drawn


def test_the_mapping_is_shown(rig: Any) -> None:
    assert "Mixamo: 22 of 22" in (drawn("VIEW3D_PT_maquette_mapping") or [])
    shown = drawn("VIEW3D_PT_maquette_mapping_bones") or []
    assert {"L Thigh", "LeftUpLeg", "Spine 3", "Spine2"} <= set(shown)


def test_what_is_not_mapped_is_said(rig: Any) -> None:
    rig.data.bones["mixamorig:LeftToeBase"].name = "Something"
    shown = " ".join(drawn("VIEW3D_PT_maquette_mapping") or [])
    assert "21 of 22" in shown
    assert "Left Toes" in shown


def test_what_is_no_figure_is_said(scene: Any) -> None:
    assert drawn("VIEW3D_PT_maquette_mapping") is None
    scene.maquette.target = bpy.data.objects.new("Bare", bpy.data.armatures.new("Bare"))
    scene.collection.objects.link(scene.maquette.target)
    shown = " ".join(drawn("VIEW3D_PT_maquette_mapping") or [])
    assert "no names known here" in shown
    drawn("VIEW3D_PT_maquette_mapping_bones")


def test_a_control_rig_offers_its_switches_and_no_bones(scene: Any) -> None:
    scene.maquette.target = control_rig()
    assert {"Arms", "Legs"} <= set(drawn("VIEW3D_PT_maquette_mapping") or [])
    assert drawn("VIEW3D_PT_maquette_mapping_bones") is None


def test_a_bone_is_set_by_hand(rig: Any) -> None:
    before = mapped(rig)
    assert bpy.ops.pose.maquette_mapping_set(joint="left_wrist", bone="mixamorig:LeftHandMiddle1") == {"FINISHED"}
    assert rig.maquette_rig.is_custom
    assert mapped(rig) == {**before, "left_wrist": "mixamorig:LeftHandMiddle1"}
    assert "Set by hand: 22 of 22" in (drawn("VIEW3D_PT_maquette_mapping") or [])
    # A bone carries one joint: the one that had it before has none now.
    bpy.ops.pose.maquette_mapping_set(joint="spine2", bone="mixamorig:Neck")
    assert mapped(rig)["spine2"] == "mixamorig:Neck"
    assert "neck" not in mapped(rig)
    assert "Neck" in " ".join(drawn("VIEW3D_PT_maquette_mapping") or [])


def test_the_active_bone_is_taken_without_a_name(rig: Any) -> None:
    rig.data.bones.active = rig.data.bones["mixamorig:LeftHandIndex1"]
    bpy.ops.pose.maquette_mapping_set(joint="left_wrist")
    assert mapped(rig)["left_wrist"] == "mixamorig:LeftHandIndex1"


def test_a_joint_is_left_without_a_bone(rig: Any) -> None:
    from blender_addon.armature import apply_motion

    bpy.ops.pose.maquette_mapping_set(joint="left_foot", clear=True)
    assert apply_motion(rig, poses()[0][1]).unmapped_joints == ("left_foot",)


def test_scripts_set_bones_by_the_joints_names(rig: Any) -> None:
    bpy.ops.pose.maquette_mapping_edit()
    rig.maquette_rig.right_foot = "mixamorig:RightFoot"
    rig.maquette_rig.right_ankle = ""
    assert mapped(rig)["right_foot"] == "mixamorig:RightFoot"
    assert "right_ankle" not in mapped(rig)


def test_the_automatic_mapping_comes_back(rig: Any) -> None:
    before = mapped(rig)
    bpy.ops.pose.maquette_mapping_set(joint="left_wrist", clear=True)
    bpy.ops.pose.maquette_mapping_reset()
    assert not rig.maquette_rig.is_custom
    assert mapped(rig) == before


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        ({"left_wrist": "mixamorig:Head"}, "mixamorig:Head to two joints"),
        ({"pelvis": ""}, "no bone for the pelvis"),
        ({"pelvis": "mixamorig:Head", "head": ""}, "above the pelvis"),
    ],
)
def test_a_mapping_that_cannot_be_used_is_refused_with_the_reason(rig: Any, spoil: dict[str, str], words: str) -> None:
    from blender_addon.armature import posable_armature

    bpy.ops.pose.maquette_mapping_edit()
    for joint, bone in spoil.items():
        setattr(rig.maquette_rig, joint, bone)
    with pytest.raises(ValueError, match=words):
        posable_armature(rig)
    assert words.split()[0] in " ".join(drawn("VIEW3D_PT_maquette_mapping") or [])


def test_bones_that_are_gone_are_said(rig: Any) -> None:
    bpy.ops.pose.maquette_mapping_edit()
    rig.data.bones["mixamorig:Head"].name = "Skull"
    assert "head" not in mapped(rig)
    assert "mixamorig:Head" in " ".join(drawn("VIEW3D_PT_maquette_mapping") or [])
    assert "Skull" not in mapped(rig).values()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"joint": "tail", "bone": "mixamorig:Hips"}, "no joint 'tail'"),
        ({"joint": "head", "bone": "Antlers"}, "no bone 'Antlers'"),
        ({"joint": "head"}, "active"),
    ],
)
def test_wrong_picks_are_refused_with_the_reason(rig: Any, values: dict[str, str], words: str) -> None:
    rig.data.bones.active = None
    with pytest.raises(RuntimeError, match=words):
        bpy.ops.pose.maquette_mapping_set(**values)
    assert not rig.maquette_rig.is_custom


def test_without_a_target_there_is_nothing_to_map(scene: Any) -> None:
    with pytest.raises(RuntimeError, match="Target"):
        bpy.ops.pose.maquette_mapping_edit()


def test_mapping_and_settings_are_saved_with_the_rig(rig: Any, tmp_path: Path) -> None:
    bpy.ops.pose.maquette_mapping_set(joint="left_foot", clear=True)
    rig.maquette_rig.keep_hands = False
    rig.maquette_rig.legs = "IK"
    path = str(tmp_path / "rig.blend")
    bpy.ops.wm.save_as_mainfile(filepath=path)
    bpy.ops.wm.read_factory_settings(use_empty=True)
    bpy.ops.wm.open_mainfile(filepath=path)
    rig = bpy.context.scene.maquette.target
    assert "left_foot" not in mapped(rig)
    assert len(mapped(rig)) == 21
    assert (rig.maquette_rig.keep_hands, rig.maquette_rig.keep_feet, rig.maquette_rig.legs) == (False, True, "IK")


def odd_rig() -> Any:
    """Mixamo's rig under names that say nothing, in a pose whose shape says little."""
    rows = tables()["mixamo"]
    return build(renamed(rows, {bone.name: f"x{number}" for number, bone in enumerate(rows)}))


def test_a_preset_maps_every_rig_with_its_names(scene: Any, no_presets: None) -> None:
    from blender_addon.armature import describe_rig
    from blender_addon.rig_presets import presets

    scene.maquette.target = odd_rig()
    bpy.ops.pose.maquette_mapping_edit()
    expected = mapped(scene.maquette.target)
    assert bpy.ops.pose.maquette_mapping_save(name="Hero") == {"FINISHED"}
    assert presets() == {"Hero": expected}
    other = odd_rig()
    family, joints = describe_rig(other)[1].family, mapped(other)
    assert (family, joints) == ("Hero", expected)


def test_a_preset_is_loaded_on_a_rig_as_far_as_it_has_the_bones(rig: Any, no_presets: None) -> None:
    from blender_addon.rig_presets import save_preset

    save_preset("Some bones", {"pelvis": "mixamorig:Hips", "head": "mixamorig:Head", "neck": "giraffe"})
    bpy.ops.pose.maquette_mapping_load(preset="Some bones")
    assert mapped(rig) == {"pelvis": "mixamorig:Hips", "head": "mixamorig:Head"}


def test_presets_are_removed_and_replaced(rig: Any, no_presets: None) -> None:
    from blender_addon.rig_presets import presets, save_preset

    save_preset("One", {"pelvis": "a"})
    save_preset("One", {"pelvis": "b"})
    assert presets() == {"One": {"pelvis": "b"}}
    layout = WideLayout()
    bpy.types.VIEW3D_MT_maquette_mapping_presets.draw(types.SimpleNamespace(layout=layout), bpy.context)
    assert "One" in layout.drawn
    bpy.ops.pose.maquette_mapping_remove(preset="One")
    assert presets() == {}


@pytest.mark.parametrize("name", ["", "  ", "a/b", "..", "CON:"])
def test_names_that_no_file_can_have_are_refused(rig: Any, no_presets: None, name: str) -> None:
    from blender_addon.rig_presets import save_preset

    with pytest.raises(ValueError, match="cannot name a preset"):
        save_preset(name, {})


def test_spoilt_preset_files_are_passed_over(rig: Any, no_presets: None) -> None:
    from blender_addon.rig_presets import folder, presets, save_preset

    save_preset("Good", {"pelvis": "hips"})
    for name, content in (("list", "[1]"), ("text", "no json"), ("other", '{"tail": "t"}'), ("number", '{"head": 1}')):
        (folder() / f"{name}.json").write_text(content, encoding="utf-8")
    presets_again = __import__("blender_addon.rig_presets", fromlist=["_forget"])
    presets_again._forget()
    assert presets() == {"Good": {"pelvis": "hips"}}


def test_the_bone_nearest_to_the_mouse_is_picked() -> None:
    from blender_addon.rig_mapping import nearest_line

    lines = np.array([[[0.0, 0], [100, 0]], [[100, 0], [100, 50]], [[300, 300], [300, 301]]])
    assert nearest_line(lines, np.array([50.0, 4.0])) == (0, pytest.approx(4.0))
    # Where one bone ends and the next starts it is the next.
    assert nearest_line(lines, np.array([100.0, 1.0]))[0] == 1
    assert nearest_line(lines, np.array([310.0, 300.0])) == (2, pytest.approx(10.0))


def test_every_joint_has_a_setting_and_a_label(rig: Any) -> None:
    from blender_addon.rig_mapping import label

    for joint in JOINT_NAMES:
        assert rig.maquette_rig.bl_rna.properties[joint].name == label(joint)
    assert len({label(joint) for joint in JOINT_NAMES}) == len(JOINT_NAMES)


def test_the_family_by_hand_is_no_family() -> None:
    assert BY_HAND not in families()


@pytest.mark.parametrize("name", ["Mixamo", "MakeHuman / MPFB default"])
def test_drawing_does_not_work_the_mapping_out_anew(scene: Any, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    from blender_addon import armature

    scene.maquette.target = SAMPLES[name]()
    drawn("VIEW3D_PT_maquette_mapping")
    monkeypatch.setattr(armature, "map_bones", lambda *_: pytest.fail("worked out anew"))
    drawn("VIEW3D_PT_maquette_mapping")
    drawn("VIEW3D_PT_maquette_mapping_bones")

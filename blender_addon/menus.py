# SPDX-License-Identifier: GPL-3.0-or-later
"""The menu under Object and Pose: Blender's search (F3) finds what stands in a menu, not what only a sidebar shows."""

from __future__ import annotations

import bpy
from bpy.types import Context, Menu

from .editing_operators import (
    POSE_OT_maquette_change,
    POSE_OT_maquette_complete,
    POSE_OT_maquette_lock_selected,
    POSE_OT_maquette_unlock,
)
from .history_operators import (
    POSE_OT_maquette_forget,
    POSE_OT_maquette_forget_others,
    POSE_OT_maquette_more_like,
    POSE_OT_maquette_recall,
    POSE_OT_maquette_repeat,
    POSE_OT_maquette_use_prompt,
)
from .operators import (
    OBJECT_OT_maquette_add_smpl,
    POSE_OT_maquette_apply,
    POSE_OT_maquette_cancel,
    POSE_OT_maquette_generate,
)
from .panels_backend import (
    WM_OT_maquette_backend_log,
    WM_OT_maquette_cancel_install,
    WM_OT_maquette_install_backend,
    WM_OT_maquette_start_backend,
    WM_OT_maquette_stop_backend,
)
from .prompt_operators import POSE_OT_maquette_generate_all
from .properties import TRANSLATION_CONTEXT
from .rig_mapping import (
    POSE_OT_maquette_mapping_edit,
    POSE_OT_maquette_mapping_load,
    POSE_OT_maquette_mapping_remove,
    POSE_OT_maquette_mapping_reset,
    POSE_OT_maquette_mapping_save,
)
from .save_operators import (
    POSE_OT_maquette_insert_keys,
    POSE_OT_maquette_save_asset,
    POSE_OT_maquette_save_gallery,
)
from .take_operators import (
    POSE_OT_maquette_browse_takes,
    POSE_OT_maquette_discard_takes,
    POSE_OT_maquette_keep_take,
    POSE_OT_maquette_mark_take,
    POSE_OT_maquette_step_take,
)


class VIEW3D_MT_maquette_history(Menu):
    """What can be done with the chosen line of the history."""

    bl_label = "History"
    bl_translation_context = TRANSLATION_CONTEXT

    def draw(self, _context: Context) -> None:
        """Draw it."""
        layout = self.layout
        layout.operator(POSE_OT_maquette_recall.bl_idname, icon="RECOVER_LAST")
        layout.operator(POSE_OT_maquette_repeat.bl_idname)
        layout.operator(POSE_OT_maquette_use_prompt.bl_idname)
        layout.separator()
        layout.operator(POSE_OT_maquette_forget.bl_idname, icon="REMOVE")
        layout.operator(POSE_OT_maquette_forget_others.bl_idname, icon="SOLO_ON")


class VIEW3D_MT_maquette_mapping(Menu):
    """Which bone is which."""

    bl_label = "Rig Mapping"

    def draw(self, _context: Context) -> None:
        """Draw it."""
        layout = self.layout
        layout.operator(POSE_OT_maquette_mapping_edit.bl_idname, icon="GREASEPENCIL")
        layout.operator(POSE_OT_maquette_mapping_reset.bl_idname, icon="FILE_REFRESH")
        layout.separator()
        layout.operator(POSE_OT_maquette_mapping_save.bl_idname, icon="ADD")
        layout.operator_menu_enum(POSE_OT_maquette_mapping_load.bl_idname, "preset")
        layout.operator_menu_enum(POSE_OT_maquette_mapping_remove.bl_idname, "preset", icon="REMOVE")


class VIEW3D_MT_maquette_backend(Menu):
    """The backend that Blender runs on this machine."""

    bl_label = "Backend"

    def draw(self, _context: Context) -> None:
        """Draw it."""
        layout = self.layout
        layout.operator(WM_OT_maquette_start_backend.bl_idname, icon="PLAY")
        layout.operator(WM_OT_maquette_stop_backend.bl_idname, icon="SNAP_FACE")
        layout.operator(WM_OT_maquette_backend_log.bl_idname, icon="TEXT")
        layout.separator()
        layout.operator(WM_OT_maquette_install_backend.bl_idname, icon="IMPORT")
        layout.operator(WM_OT_maquette_cancel_install.bl_idname, icon="X")


class VIEW3D_MT_maquette(Menu):
    """All that the sidebar does, in its order."""

    bl_label = "Maquette"

    def draw(self, _context: Context) -> None:
        """Draw it."""
        layout = self.layout
        layout.operator_context = "INVOKE_REGION_WIN"
        layout.operator(POSE_OT_maquette_generate.bl_idname, icon="PLAY")
        layout.operator(POSE_OT_maquette_generate_all.bl_idname)
        layout.operator(POSE_OT_maquette_cancel.bl_idname, icon="X")
        layout.separator()
        layout.operator(POSE_OT_maquette_browse_takes.bl_idname)
        layout.operator(POSE_OT_maquette_step_take.bl_idname, icon="TRIA_RIGHT").step = 1
        layout.operator(POSE_OT_maquette_step_take.bl_idname, text="Previous Take", icon="TRIA_LEFT").step = -1
        layout.operator(POSE_OT_maquette_mark_take.bl_idname, icon="SOLO_OFF").index = -1
        layout.operator(POSE_OT_maquette_more_like.bl_idname, icon="DUPLICATE")
        layout.operator(POSE_OT_maquette_keep_take.bl_idname, icon="CHECKMARK")
        layout.operator(POSE_OT_maquette_discard_takes.bl_idname, icon="LOOP_BACK")
        layout.separator()
        layout.operator(POSE_OT_maquette_lock_selected.bl_idname, icon="LOCKED")
        layout.operator(POSE_OT_maquette_unlock.bl_idname, icon="UNLOCKED")
        layout.operator(POSE_OT_maquette_change.bl_idname, icon="GREASEPENCIL")
        layout.operator_menu_enum(POSE_OT_maquette_complete.bl_idname, "keep", icon="ARMATURE_DATA")
        layout.separator()
        layout.operator(POSE_OT_maquette_insert_keys.bl_idname, icon="KEYFRAME")
        layout.operator(POSE_OT_maquette_save_asset.bl_idname, icon="ADD")
        layout.operator(POSE_OT_maquette_save_gallery.bl_idname, icon="IMGDISPLAY")
        layout.operator(POSE_OT_maquette_apply.bl_idname, icon="FILE_FOLDER")
        layout.separator()
        layout.menu(VIEW3D_MT_maquette_history.__name__)
        layout.menu(VIEW3D_MT_maquette_mapping.__name__)
        layout.menu(VIEW3D_MT_maquette_backend.__name__)


def _draw_menu(menu: Menu, _context: Context) -> None:
    menu.layout.separator()
    menu.layout.menu(VIEW3D_MT_maquette.__name__)


def _draw_add_menu(menu: Menu, _context: Context) -> None:
    menu.layout.operator(OBJECT_OT_maquette_add_smpl.bl_idname, text="SMPL (Maquette)", icon="OUTLINER_OB_ARMATURE")


_CLASSES = (VIEW3D_MT_maquette_history, VIEW3D_MT_maquette_mapping, VIEW3D_MT_maquette_backend, VIEW3D_MT_maquette)


def register() -> None:
    """Add the menu, and the entry in the Add > Armature menu."""
    for cls in _CLASSES:
        bpy.utils.register_class(cls)
    bpy.types.VIEW3D_MT_object.append(_draw_menu)
    bpy.types.VIEW3D_MT_pose.append(_draw_menu)
    bpy.types.VIEW3D_MT_armature_add.append(_draw_add_menu)


def unregister() -> None:
    """Remove them."""
    bpy.types.VIEW3D_MT_armature_add.remove(_draw_add_menu)
    bpy.types.VIEW3D_MT_pose.remove(_draw_menu)
    bpy.types.VIEW3D_MT_object.remove(_draw_menu)
    for cls in reversed(_CLASSES):
        bpy.utils.unregister_class(cls)

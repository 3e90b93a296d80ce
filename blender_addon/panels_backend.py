# SPDX-License-Identifier: GPL-3.0-or-later
"""The backend in the interface: a subpanel and the preferences' page that start, stop, watch and install it."""
# mypy: disable-error-code="valid-type"

from __future__ import annotations

import bpy
from bpy.app.translations import pgettext_iface as iface_
from bpy.types import Context, Event, Operator, Panel, UILayout

from . import first_run, local_backend
from .draw_text import draw_wrapped
from .first_run import InstallState
from .local_backend import BackendState
from .preferences import MAQUETTE_preferences, environment_folder, own_preferences
from .redraw import redraw_preferences, redraw_sidebars

_TICK_SECONDS = 0.25
_PANEL_LOG_LINES = 5
_POPUP_LOG_LINES = 30
_LABELS = {
    BackendState.STOPPED: ("Not running", "RADIOBUT_OFF"),
    BackendState.STARTING: ("Starting...", "TIME"),
    BackendState.READY: ("Ready", "CHECKMARK"),
    BackendState.STOPPING: ("Stopping...", "TIME"),
    BackendState.FAILED: ("Stopped by an error", "ERROR"),
}
_START_SECONDS = 20.0
"""About how long a backend takes to get ready, for the progress bar."""


class WM_OT_maquette_start_backend(Operator):
    """Start the backend on this machine; it stops with Blender"""

    bl_idname = "wm.maquette_start_backend"
    bl_label = "Start Local Backend"

    @classmethod
    def poll(cls, _context: Context) -> bool:
        """One backend at a time, and none while it is being installed."""
        if first_run.is_running():
            cls.poll_message_set("The backend is being installed")
            return False
        if local_backend.state() in (BackendState.STARTING, BackendState.READY, BackendState.STOPPING):
            cls.poll_message_set("The backend runs already")
            return False
        return True

    def execute(self, _context: Context) -> set[str]:
        """Start it; the panel shows when it is ready."""
        environment = environment_folder()
        lacking = first_run.missing(environment)
        if lacking:
            self.report({"ERROR"}, f"{lacking[0]}; install the backend in the add-on's preferences")
            return {"CANCELLED"}
        try:
            local_backend.start(local_backend.serve_command(local_backend.environment_python(environment)))
        except OSError as error:
            self.report({"ERROR"}, f"The backend cannot be started: {error}")
            return {"CANCELLED"}
        watch()
        return {"FINISHED"}


class WM_OT_maquette_stop_backend(Operator):
    """Stop the backend that Blender started"""

    bl_idname = "wm.maquette_stop_backend"
    bl_label = "Stop Local Backend"

    @classmethod
    def poll(cls, _context: Context) -> bool:
        """There must be one."""
        return local_backend.state() in (BackendState.STARTING, BackendState.READY)

    def execute(self, _context: Context) -> set[str]:
        """Stop it without waiting for its end."""
        local_backend.stop()
        watch()
        return {"FINISHED"}


class WM_OT_maquette_backend_log(Operator):
    """Show the last lines that the backend, or its installation, wrote"""

    bl_idname = "wm.maquette_backend_log"
    bl_label = "Backend Log"

    @classmethod
    def poll(cls, _context: Context) -> bool:
        """There must be something to show."""
        return bool(newest_log())

    def invoke(self, context: Context, _event: Event) -> set[str]:
        """Show it, and copy it on OK."""
        return context.window_manager.invoke_props_dialog(self, width=700, confirm_text="Copy")

    def draw(self, _context: Context) -> None:
        """Draw the newest lines."""
        _draw_lines(self.layout, newest_log()[-_POPUP_LOG_LINES:])

    def execute(self, context: Context) -> set[str]:
        """Copy the log, for a report."""
        context.window_manager.clipboard = "\n".join(newest_log())
        self.report({"INFO"}, "The log is on the clipboard")
        return {"FINISHED"}


class WM_OT_maquette_install_backend(Operator):
    """Install what the backend needs into its Python environment, after asking"""

    bl_idname = "wm.maquette_install_backend"
    bl_label = "Install Backend"

    @classmethod
    def poll(cls, _context: Context) -> bool:
        """One installation at a time; never without leave to use the network, never under a running backend."""
        if first_run.is_running():
            cls.poll_message_set("The backend is being installed")
            return False
        if local_backend.state() in (BackendState.STARTING, BackendState.READY, BackendState.STOPPING):
            cls.poll_message_set("Stop the backend first")
            return False
        if not bpy.app.online_access:
            cls.poll_message_set("Allow online access first, in Preferences > System > Network")
            return False
        return True

    def invoke(self, context: Context, _event: Event) -> set[str]:
        """Say what will be done, and ask."""
        return context.window_manager.invoke_props_dialog(self, width=480, confirm_text="Install")

    def draw(self, _context: Context) -> None:
        """Draw what will be done."""
        preferences = own_preferences()
        size = "about 5 GB" if preferences is not None and preferences.use_cuda else "about 400 MB"
        column = self.layout.column(align=True)
        told = iface_("This downloads PyTorch and other libraries ({})").format(iface_(size))
        column.label(text=told, translate=False)
        column.label(text="from pytorch.org and pypi.org into:")
        column.label(text=str(environment_folder()), icon="FILE_FOLDER", translate=False)
        column.label(text="Nothing outside this folder is changed.")

    def execute(self, _context: Context) -> set[str]:
        """Start the installation; the preferences show how it goes."""
        preferences = own_preferences()
        package = bpy.path.abspath(preferences.package.strip()) if preferences is not None else ""
        package = package or str(first_run.bundled_package() or "")
        use_cuda = preferences is not None and preferences.use_cuda
        try:
            first_run.start(first_run.installation_steps(environment_folder(), package, use_cuda))
        except ValueError as error:
            self.report({"ERROR"}, str(error))
            return {"CANCELLED"}
        watch()
        return {"FINISHED"}


class WM_OT_maquette_cancel_install(Operator):
    """Stop installing; what was downloaded stays and is used the next time"""

    bl_idname = "wm.maquette_cancel_install"
    bl_label = "Cancel Installation"

    @classmethod
    def poll(cls, _context: Context) -> bool:
        """There must be an installation."""
        return first_run.is_running()

    def execute(self, _context: Context) -> set[str]:
        """Cancel it without waiting for its end."""
        first_run.cancel()
        return {"FINISHED"}


class VIEW3D_PT_maquette_backend(Panel):
    """The backend that Blender runs on this machine."""

    bl_label = "Backend"
    bl_category = "Maquette"
    bl_space_type = "VIEW_3D"
    bl_region_type = "UI"
    bl_parent_id = "VIEW3D_PT_maquette"
    bl_options = {"DEFAULT_CLOSED"}  # noqa: RUF012 - Blender's own form
    bl_order = 90

    def draw(self, context: Context) -> None:
        """Draw its state, what can be done, and what it wrote last."""
        _draw_backend(self.layout, context)


def draw_preferences(layout: UILayout, context: Context, preferences: MAQUETTE_preferences) -> None:
    """Draw the page in the preferences: what is missing, the local backend, another server."""
    layout.use_property_split = True
    layout.use_property_decorate = False
    box = layout.box()
    box.label(text="Backend on This Computer", icon="DESKTOP")
    box.prop(preferences, "environment", placeholder=str(environment_folder()))
    lacking = first_run.missing(environment_folder())
    if lacking or first_run.is_running():
        _draw_installation(box, context, preferences, lacking)
    else:
        _draw_backend(box, context)
    box = layout.box()
    box.label(text="Server Elsewhere", icon="WORLD")
    box.prop(preferences, "address")
    box.prop(preferences, "key")


def newest_log() -> tuple[str, ...]:
    """What the installation under way, else the backend, else the last installation wrote."""
    installation = first_run.current()
    if installation is not None and (first_run.is_running() or not local_backend.log()):
        return installation.log()
    return local_backend.log()


def watch() -> None:
    """Redraw while something is going on."""
    if not bpy.app.timers.is_registered(_tick):
        bpy.app.timers.register(_tick, first_interval=_TICK_SECONDS, persistent=True)


def _tick() -> float | None:
    redraw_sidebars()
    redraw_preferences()
    state = local_backend.state()
    if first_run.is_running() or state in (BackendState.STARTING, BackendState.STOPPING):
        return _TICK_SECONDS
    return 4 * _TICK_SECONDS if state is BackendState.READY else None


def _draw_installation(
    layout: UILayout, context: Context, preferences: MAQUETTE_preferences, lacking: list[str]
) -> None:
    installation = first_run.current()
    if installation is not None and installation.state is InstallState.RUNNING:
        row = layout.row(align=True)
        row.progress(factor=installation.progress, text=installation.text)
        row.operator(WM_OT_maquette_cancel_install.bl_idname, text="", icon="X")
        _draw_lines(layout, installation.log()[-1:])
        return
    column = layout.column(align=True)
    for lack in lacking:
        column.label(text=lack, icon="ERROR")
    if installation is not None and installation.state is not InstallState.DONE:
        draw_wrapped(layout, context, installation.text, "CANCEL")
    layout.prop(preferences, "package", placeholder=str(first_run.bundled_package() or ""))
    layout.prop(preferences, "use_cuda")
    row = layout.row(align=True)
    row.operator(WM_OT_maquette_install_backend.bl_idname, icon="IMPORT")
    row.operator(WM_OT_maquette_backend_log.bl_idname, text="", icon="TEXT")
    if not bpy.app.online_access:
        layout.label(text="Needs online access: System > Network", icon="INTERNET_OFFLINE")


def _draw_backend(layout: UILayout, context: Context) -> None:
    state, trouble = local_backend.state(), local_backend.trouble()
    text, icon = _LABELS[state]
    if state is BackendState.STARTING:
        layout.progress(factor=min(0.95, local_backend.seconds_running() / _START_SECONDS), text=text)
    else:
        layout.label(text=text, icon=icon)
    if trouble:
        draw_wrapped(layout, context, trouble, "BLANK1")
    row = layout.row(align=True)
    if state in (BackendState.STARTING, BackendState.READY, BackendState.STOPPING):
        row.operator(WM_OT_maquette_stop_backend.bl_idname, text="Stop", icon="SNAP_FACE")
    else:
        again = state is BackendState.FAILED
        row.operator(
            WM_OT_maquette_start_backend.bl_idname,
            text="Restart" if again else "Start Local Backend",
            icon="FILE_REFRESH" if again else "PLAY",
        )
    row.operator(WM_OT_maquette_backend_log.bl_idname, text="", icon="TEXT")
    _draw_lines(layout, tuple(line for line in local_backend.log() if line != trouble)[-_PANEL_LOG_LINES:])


def _draw_lines(layout: UILayout, lines: tuple[str, ...]) -> None:
    column = layout.column(align=True)
    column.scale_y = 0.7
    column.active = False
    for line in lines:
        column.label(text=line, translate=False)


_CLASSES = (
    WM_OT_maquette_start_backend,
    WM_OT_maquette_stop_backend,
    WM_OT_maquette_backend_log,
    WM_OT_maquette_install_backend,
    WM_OT_maquette_cancel_install,
    VIEW3D_PT_maquette_backend,
)


def register() -> None:
    """Make the operators and the subpanel known to Blender."""
    for cls in _CLASSES:
        bpy.utils.register_class(cls)


def unregister() -> None:
    """Remove them."""
    if bpy.app.timers.is_registered(_tick):
        bpy.app.timers.unregister(_tick)
    for cls in reversed(_CLASSES):
        bpy.utils.unregister_class(cls)

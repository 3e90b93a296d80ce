# SPDX-License-Identifier: GPL-3.0-or-later
"""The extension's preferences: the backend on this machine, or where another listens, and whether it may be asked."""
# mypy: disable-error-code="valid-type"
# (Blender reads properties from annotations that are calls.)

from __future__ import annotations

from pathlib import Path

import bpy
from bpy.props import BoolProperty, StringProperty
from bpy.types import AddonPreferences, Context

from . import local_backend
from .core.access_key import check_key
from .core.address import DEFAULT_ADDRESS, check_address, is_loopback


class MAQUETTE_preferences(AddonPreferences):
    """Shown under Preferences > Add-ons > Maquette."""

    bl_idname = __package__

    environment: StringProperty(
        name="Python Environment",
        description="Folder of the Python environment that runs the backend. Empty for one of the extension's own",
        subtype="DIR_PATH",
    )
    package: StringProperty(
        name="Backend Package",
        description="A checkout of Maquette, or the backend's wheel, to install from. Empty for what the extension "
        "brings along",
        subtype="FILE_PATH",
    )
    use_cuda: BoolProperty(
        name="NVIDIA Graphics Card",
        description="Install PyTorch for an NVIDIA card: several gigabytes more, and poses come sooner",
        default=False,
    )
    address: StringProperty(
        name="Server",
        description="Address of the pose server to ask while the extension runs no backend of its own",
        default=DEFAULT_ADDRESS,
    )
    key: StringProperty(
        name="Key",
        description="What the server asks of its clients, if it asks for a key. Kept in Blender's preferences, never "
        "in a .blend file",
        subtype="PASSWORD",
    )

    def draw(self, context: Context) -> None:
        """Draw the preferences."""
        from . import panels_backend

        panels_backend.draw_preferences(self.layout, context, self)


def server_address() -> str:
    """The address to ask: the local backend's if it is ready, else the one in the preferences, whose key is noted.

    Raises ValueError when it is not an address, when the local backend is still starting, when the address lies outside
    this machine while Blender's online access is off, or when the key is too short to be one.
    """
    state = local_backend.state()
    if state is local_backend.BackendState.READY:
        return local_backend.address()
    if state is local_backend.BackendState.STARTING:
        raise ValueError("The backend is starting; ask again in a moment")
    preferences = own_preferences()
    # A script that registers the package itself has no preferences to read.
    address = preferences.address.strip() if preferences is not None else DEFAULT_ADDRESS
    try:
        check_address(address)
    except ValueError as error:
        raise ValueError(f"The server's address in the add-on's preferences is wrong: {error}") from error
    if not bpy.app.online_access and not is_loopback(address):
        raise ValueError(
            f"{address} is another machine and Blender's online access is off: "
            "allow it in Preferences > System > Network, or use a server on this machine"
        )
    from . import client  # with the protocol, which enabling does without

    client.KEYS[address] = server_key()
    return address


def server_key() -> str:
    """The key for the server in the preferences, empty where there is none; ValueError when it is too short for one."""
    preferences = own_preferences()
    if preferences is None:
        return ""
    key = str(preferences.key).strip()
    try:
        return check_key(key) if key else ""
    except ValueError as error:
        raise ValueError(f"The server's key in the add-on's preferences is wrong: {error}") from error


def environment_folder() -> Path:
    """Folder of the Python environment for the backend, which need not be there yet."""
    preferences = own_preferences()
    chosen = preferences.environment.strip() if preferences is not None else ""
    if chosen:
        return Path(bpy.path.abspath(chosen))
    try:
        own = bpy.utils.extension_path_user(__package__, path="backend")
    except ValueError:  # enabled from a folder, not as an extension
        own = bpy.utils.user_resource("DATAFILES", path="maquette/backend")
    return Path(own)


def own_preferences() -> MAQUETTE_preferences | None:
    """The extension's preferences; None when a script registered the package without enabling it."""
    addon = bpy.context.preferences.addons.get(__package__)
    return addon.preferences if addon is not None else None

# SPDX-License-Identifier: GPL-3.0-or-later
"""The extension's preferences: where the pose server listens, and whether it may be asked."""
# mypy: disable-error-code="valid-type"
# (Blender reads properties from annotations that are calls.)

from __future__ import annotations

import bpy
from bpy.props import StringProperty
from bpy.types import AddonPreferences, Context

from .core.address import DEFAULT_ADDRESS, check_address, is_loopback


class MAQUETTE_preferences(AddonPreferences):
    """Shown under Preferences > Add-ons > Maquette."""

    bl_idname = __package__

    address: StringProperty(
        name="Server",
        description="Address of the pose server. By default the one that runs on this machine",
        default=DEFAULT_ADDRESS,
    )

    def draw(self, context: Context) -> None:
        """Draw the preferences."""
        self.layout.prop(self, "address")


def server_address() -> str:
    """The address to ask, from the preferences.

    Raises ValueError when it is not an address, or when it lies outside this machine while Blender's online access is
    off.
    """
    addon = bpy.context.preferences.addons.get(__package__)
    # A script that registers the package itself has no preferences to read.
    address = addon.preferences.address.strip() if addon is not None else DEFAULT_ADDRESS
    try:
        check_address(address)
    except ValueError as error:
        raise ValueError(f"The server's address in the add-on's preferences is wrong: {error}") from error
    if not bpy.app.online_access and not is_loopback(address):
        raise ValueError(
            f"{address} is another machine and Blender's online access is off: "
            "allow it in Preferences > System > Network, or use a server on this machine"
        )
    return address

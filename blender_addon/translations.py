# SPDX-License-Identifier: GPL-3.0-or-later
"""The interface in other languages: English text to its translation, for each of Blender's locales.

Blender looks a text up by itself wherever it is drawn, and shows the English where the table has none.
"""

from __future__ import annotations

import bpy

_GERMAN = {
    "Backend": "Backend",
    "Backend on This Computer": "Backend auf diesem Rechner",
    "Server Elsewhere": "Server anderswo",
    "Server": "Server",
    "Key": "Schlüssel",
    "Python Environment": "Python-Umgebung",
    "Backend Package": "Backend-Paket",
    "NVIDIA Graphics Card": "NVIDIA-Grafikkarte",
    "Start Local Backend": "Lokales Backend starten",
    "Stop Local Backend": "Lokales Backend beenden",
    "Install Backend": "Backend installieren",
    "Cancel Installation": "Installation abbrechen",
    "Backend Log": "Protokoll des Backends",
    "Not running": "Läuft nicht",
    "Starting...": "Startet ...",
    "Ready": "Bereit",
    "Stopping...": "Wird beendet ...",
    "Stopped by an error": "Durch einen Fehler beendet",
    "Restart": "Neu starten",
    "Generate": "Erzeugen",
    "Add SMPL Armature": "SMPL-Armatur hinzufügen",
    "Apply Pose from File": "Pose aus Datei anwenden",
    "Random Seed": "Zufälliger Startwert",
    "Takes": "Varianten",
    "Live Preview": "Live-Vorschau",
    "Blend": "Mischen",
    "Mirror": "Spiegeln",
    "Facing": "Blickrichtung",
}

_BUTTONS = (
    "Start Local Backend",
    "Stop Local Backend",
    "Install Backend",
    "Cancel Installation",
    "Backend Log",
    "Restart",
    "Generate",
    "Add SMPL Armature",
    "Apply Pose from File",
)
"""Texts on buttons, which Blender looks up in a context of their own."""

TABLE = {
    "de_DE": {("*", text): german for text, german in _GERMAN.items()}
    | {("Operator", text): _GERMAN[text] for text in _BUTTONS}
}
"""Locale to (context, English) to translation, as `bpy.app.translations` wants it."""


def register() -> None:
    """Add the table to Blender's."""
    bpy.app.translations.register(__package__, TABLE)


def unregister() -> None:
    """Remove it."""
    bpy.app.translations.unregister(__package__)

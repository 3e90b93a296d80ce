# SPDX-License-Identifier: GPL-3.0-or-later
"""The interface in other languages: English text to its translation, for each of Blender's locales.

Blender looks a text up by itself wherever it is drawn, and shows the English where the table has none.
"""

from __future__ import annotations

import bpy

from .properties import TRANSLATION_CONTEXT

_SIDES = {"Left": "linke", "Right": "rechte", "L": "L", "R": "R"}
_LIMB_BONES = {
    "Thigh": "Oberschenkel",
    "Shin": "Unterschenkel",
    "Foot": "Fuß",
    "Toes": "Zehen",
    "Clavicle": "Schlüsselbein",
    "Upper Arm": "Oberarm",
    "Forearm": "Unterarm",
    "Hand": "Hand",
    "Leg": "Bein",
    "Arm": "Arm",
}
_GENDERS = dict.fromkeys(("Foot", "Thigh", "Shin", "Upper Arm", "Forearm", "Arm"), "r") | {"Clavicle": "s", "Leg": "s"}
"""What the side's ending gains before the German noun."""

_GERMAN_LABELS = {
    # Prompt, takes and options
    "Maquette": "Maquette",
    "Prompt": "Prompt",
    "Target": "Ziel",
    "Takes": "Varianten",
    "Take": "Variante",
    "Seed": "Startwert",
    "File": "Datei",
    "Step": "Schritt",
    "Apply Options": "Anwendung",
    "Apply to": "Anwenden auf",
    "All Bones": "Alle Knochen",
    "Selected Bones": "Ausgewählte Knochen",
    "Body Parts": "Körperteile",
    "Parts": "Teile",
    "Blend": "Mischen",
    "Mirror": "Spiegeln",
    "Place": "Ort",
    "From the Take": "Aus der Variante",
    "Stay in Place": "Am Platz bleiben",
    "Keep the Hips": "Hüfte behalten",
    "Motions": "Bewegungen",
    "New Action": "Neue Aktion",
    "NLA Strip": "NLA-Streifen",
    "Favourite": "Favorit",
    "Favourites": "Favoriten",
    "Presets": "Vorgaben",
    "Maquette Presets": "Vorgaben für Maquette",
    # Parts of the body, see also `_LIMB_BONES`
    "Hips": "Hüfte",
    "Trunk": "Rumpf",
    "Pelvis": "Becken",
    "Spine 1": "Wirbel 1",
    "Spine 2": "Wirbel 2",
    "Spine 3": "Wirbel 3",
    "Neck": "Hals",
    "Head": "Kopf",
    # Lock and change
    "Lock and Change": "Sperren und ändern",
    "Locked": "Gesperrt",
    "Pinned": "Festgehalten",
    "Anywhere": "Beliebig",
    "At the Camera": "Zur Kamera",
    "At the 3D Cursor": "Zum 3D-Cursor",
    "Change": "Änderung",
    "Keep": "Behalten",
    "Posed Bones": "Gestellte Knochen",
    # Keyframes, assets, many prompts
    "Keyframes and Assets": "Keyframes und Assets",
    "Into": "In",
    "Own Action": "Eigene Aktion",
    "Shared Action": "Gemeinsame Aktion",
    "Library": "Bibliothek",
    "This File": "Diese Datei",
    "Catalogue": "Katalog",
    "Name": "Name",
    "Prompts from Text": "Prompts aus Text",
    "Prompts": "Prompts",
    "Text": "Text",
    "Make": "Ergebnis",
    "Row of Figures": "Reihe von Figuren",
    "Keyframes": "Keyframes",
    "Assets": "Assets",
    "Spacing": "Abstand",
    "Every": "Alle",
    # History and settings
    "Entry": "Eintrag",
    "Settings": "Einstellungen",
    "Random Seed": "Zufälliger Startwert",
    "Live Preview": "Live-Vorschau",
    # The status line
    "Connecting...": "Verbindet ...",
    "Thinking...": "Denkt nach ...",
    "{} ahead of you": "{} vor dir",
    "Step {} of {}": "Schritt {} von {}",
    "Picture {} of {}": "Bild {} von {}",
    "Ready: go back to '{}'": "Fertig: zurück zu '{}'",
    "Ready: leave the edit mode": "Fertig: Bearbeitungsmodus verlassen",
    "Cancelled.": "Abgebrochen.",
    "Posed '{}'.": "'{}' ist in der Pose.",
    "Kept the pose of '{}'.": "Pose von '{}' behalten.",
    "The pose from before is back.": "Die Pose von vorher ist zurück.",
    "No bone that takes the pose was chosen.": "Kein Knochen ist gewählt, der die Pose annimmt.",
    "What was posed by hand since the last take is gone; undo brings it back.": (
        "Was seit der letzten Variante von Hand gestellt war, ist fort; Rückgängig bringt es zurück."
    ),
    "Held elsewhere by constraints or drivers: {}.": "Durch Constraints oder Treiber woanders gehalten: {}.",
    "Arrows: next and previous take    M: mirror    Enter: keep    Esc: bring the old pose back": (
        "Pfeile: nächste und vorige Variante    M: spiegeln    Eingabe: behalten    Esc: die alte Pose zurück"
    ),
    # The rig's mapping
    "Rig Mapping": "Rig-Zuordnung",
    "Rig Mapping Presets": "Vorgaben der Rig-Zuordnung",
    "{} of {}": "{} von {}",
    "No bone for: {}.": "Kein Knochen für: {}.",
    "Contacts": "Kontakte",
    "Hands": "Hände",
    "Feet": "Füße",
    "Arms": "Arme",
    "Legs": "Beine",
    "FK": "FK",
    "IK": "IK",
    "Set by Hand": "Von Hand gesetzt",
    "Bones": "Knochen",
    "Bone": "Knochen",
    "Joint": "Gelenk",
    "Clear": "Leeren",
    "Preset": "Vorgabe",
    "None saved yet": "Noch keine gespeichert",
    "Names and hierarchy": "Namen und Hierarchie",
    "Shape": "Gestalt",
    "Set by hand": "Von Hand gesetzt",
    # The backend and the preferences
    "Backend": "Backend",
    "Backend on This Computer": "Backend auf diesem Rechner",
    "Server Elsewhere": "Server anderswo",
    "Server": "Server",
    "Key": "Schlüssel",
    "Python Environment": "Python-Umgebung",
    "Backend Package": "Backend-Paket",
    "NVIDIA Graphics Card": "NVIDIA-Grafikkarte",
    "Not running": "Läuft nicht",
    "Starting...": "Startet ...",
    "Ready": "Bereit",
    "Stopping...": "Wird beendet ...",
    "Stopped by an error": "Durch einen Fehler beendet",
    "This downloads PyTorch and other libraries ({})": "Lädt PyTorch und andere Bibliotheken herunter ({})",
    "about 5 GB": "etwa 5 GB",
    "about 400 MB": "etwa 400 MB",
    "from pytorch.org and pypi.org into:": "von pytorch.org und pypi.org nach:",
    "Nothing outside this folder is changed.": "Außerhalb dieses Ordners wird nichts geändert.",
    "Needs online access: System > Network": "Braucht Online-Zugriff: System > Netzwerk",
    "No Python environment for the backend yet": "Noch keine Python-Umgebung für das Backend",
    "Maquette's backend is not installed": "Das Backend von Maquette ist nicht installiert",
    "PyTorch is not installed": "PyTorch ist nicht installiert",
}

_GERMAN_OWN = {
    "History": "Verlauf",
    "Look": "Blick",
    "Facing": "Blickrichtung",
    "As Prompted": "Wie im Prompt",
    "Keep Heading": "Richtung behalten",
    "Face the Camera": "Zur Kamera",
}
"""Words that Blender's own translation knows with another meaning."""

_GERMAN_BUTTONS = {
    "Generate": "Erzeugen",
    "Cancel": "Abbrechen",
    "Pose from Prompt": "Pose aus Prompt",
    "Add SMPL Armature": "SMPL-Armatur hinzufügen",
    "SMPL (Maquette)": "SMPL (Maquette)",
    "Apply Pose from File": "Pose aus Datei anwenden",
    "Try Take": "Variante anprobieren",
    "Next Take": "Nächste Variante",
    "Previous Take": "Vorige Variante",
    "Browse": "Blättern",
    "Browse Takes": "Varianten durchblättern",
    "Favourite Take": "Variante als Favorit",
    "More Like This": "Mehr von dieser Art",
    "Keep": "Behalten",
    "Discard": "Verwerfen",
    "Add Maquette Preset": "Vorgabe für Maquette hinzufügen",
    "Change by Words": "Mit Worten ändern",
    "Complete Pose": "Pose ergänzen",
    "Lock from Selection": "Auswahl sperren",
    "Unlock All": "Alles entsperren",
    "Insert Keyframes": "Keyframes einfügen",
    "Save Pose Asset": "Pose als Asset speichern",
    "Save All Takes as Assets": "Alle Varianten als Assets",
    "Generate All": "Alle erzeugen",
    "Try Again": "Erneut anprobieren",
    "Same Seed Again": "Gleicher Startwert noch einmal",
    "Same Seed": "Gleicher Startwert",
    "Use This Prompt": "Diesen Prompt übernehmen",
    "Use Prompt": "Übernehmen",
    "Remove from History": "Aus dem Verlauf entfernen",
    "Keep Favourites Only": "Nur Favoriten behalten",
    "Edit Rig Mapping": "Rig-Zuordnung bearbeiten",
    "Find Bones Automatically": "Knochen selbst finden lassen",
    "Pick Bone": "Knochen aufnehmen",
    "Save Rig Mapping as Preset": "Rig-Zuordnung als Vorgabe speichern",
    "Load Rig Mapping Preset": "Vorgabe der Rig-Zuordnung laden",
    "Remove Rig Mapping Preset": "Vorgabe der Rig-Zuordnung löschen",
    "Remove": "Löschen",
    "Start Local Backend": "Lokales Backend starten",
    "Stop Local Backend": "Lokales Backend beenden",
    "Stop": "Beenden",
    "Restart": "Neu starten",
    "Backend Log": "Protokoll des Backends",
    "Copy": "Kopieren",
    "Install Backend": "Backend installieren",
    "Install": "Installieren",
    "Cancel Installation": "Installation abbrechen",
}
"""Texts on buttons that do something, which Blender looks up in a context of their own."""


def _of_a_side() -> dict[str, str]:
    """The bones and limbs that come in pairs; "Left Hand" is "linke Hand"."""
    return {
        f"{side} {bone}": f"{german}{_GENDERS.get(bone, '') if len(side) > 1 else ''} {noun}"
        for side, german in _SIDES.items()
        for bone, noun in _LIMB_BONES.items()
    }


_GERMAN = {"*": _GERMAN_LABELS | _GERMAN_OWN | _LIMB_BONES | _of_a_side(), "Operator": _GERMAN_BUTTONS}
_GERMAN[TRANSLATION_CONTEXT] = _GERMAN_OWN
TABLE = {"de_DE": {(context, text): german for context, texts in _GERMAN.items() for text, german in texts.items()}}
"""Locale to (context, English) to translation, as `bpy.app.translations` wants it."""


def register() -> None:
    """Add the table to Blender's."""
    bpy.app.translations.register(__package__, TABLE)


def unregister() -> None:
    """Remove it."""
    bpy.app.translations.unregister(__package__)

# SPDX-License-Identifier: GPL-3.0-or-later
"""The file in which a Blender asset library keeps its catalogues: find one by its path, or add it."""

from __future__ import annotations

import uuid
from pathlib import Path

from .files import write_atomically

CATALOGS_FILE = "blender_assets.cats.txt"
_HEADER = """# This is an Asset Catalog Definition file for Blender.
#
# Empty lines and lines starting with `#` will be ignored.
# The first non-ignored line should be the version indicator.
# Other lines are of the format "UUID:catalog/path/for/assets:simple catalog name"

VERSION 1

"""


def ensure_catalog(library: Path, path: str) -> str:
    """The id of a catalogue of a library, which is added to its file if it is not there.

    Args:
        library: the library's folder.
        path: of the catalogue, its names from the outer to the inner with slashes between.

    Raises ValueError when the path names nothing, OSError when the file cannot be read or written.
    """
    names = [name.strip().replace(":", "-") for name in path.split("/") if name.strip()]
    if not names:
        raise ValueError("A catalogue needs a name")
    path = "/".join(names)
    file = library / CATALOGS_FILE
    text = file.read_text(encoding="utf-8") if file.exists() else _HEADER
    for line in text.splitlines():
        parts = line.strip().split(":")
        if not line.startswith("#") and len(parts) >= 2 and parts[1].strip("/") == path and _is_id(parts[0]):
            return parts[0]
    uid = str(uuid.uuid4())
    ending = "" if text.endswith("\n") else "\n"
    text = f"{text}{ending}{uid}:{path}:{'-'.join(names)}\n"
    write_atomically(file, lambda opened: opened.write(text.encode("utf-8")))
    return uid


def _is_id(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True

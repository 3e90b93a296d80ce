# SPDX-License-Identifier: GPL-3.0-or-later
"""Catalogues are found by their path, added once, and nothing else in the file changes."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest

from blender_addon.core.asset_catalogs import CATALOGS_FILE, ensure_catalog


def test_a_catalogue_is_added_once(tmp_path: Path) -> None:
    uid = ensure_catalog(tmp_path, "Poses/Standing")
    assert str(uuid.UUID(uid)) == uid
    assert ensure_catalog(tmp_path, " Poses / Standing/") == uid
    assert ensure_catalog(tmp_path, "Poses") != uid
    lines = (tmp_path / CATALOGS_FILE).read_text().splitlines()
    assert "VERSION 1" in lines
    assert f"{uid}:Poses/Standing:Poses-Standing" in lines


def test_the_catalogues_of_others_stay(tmp_path: Path) -> None:
    theirs = "VERSION 1\n\n3b2d1f60-5d38-4c2c-9c1e-3a3fbb0d2f11:Characters/Bösewicht:Characters-Bösewicht"
    (tmp_path / CATALOGS_FILE).write_text(theirs, encoding="utf-8")
    assert ensure_catalog(tmp_path, "Characters/Bösewicht") == "3b2d1f60-5d38-4c2c-9c1e-3a3fbb0d2f11"
    assert (tmp_path / CATALOGS_FILE).read_text(encoding="utf-8") == theirs
    uid = ensure_catalog(tmp_path, "Mine: all")
    assert (tmp_path / CATALOGS_FILE).read_text(encoding="utf-8") == f"{theirs}\n{uid}:Mine- all:Mine- all\n"


@pytest.mark.parametrize("path", ["", " / ", "//"])
def test_a_catalogue_needs_a_name(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="needs a name"):
        ensure_catalog(tmp_path, path)

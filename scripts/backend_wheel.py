# SPDX-License-Identifier: GPL-3.0-or-later
"""The backend as a wheel, which the extension carries and installs from: the model included, the training left out.

Written directly, in the format of the packaging specification (PEP 427), so that the same sources give the same bytes.
"""

from __future__ import annotations

import base64
import hashlib
import io
import tomllib
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("backend", "blender_addon")
_SKIPPED = ("__pycache__", "backend_wheel")
_FIXED_DATE = (2020, 1, 1, 0, 0, 0)


def build_backend_wheel() -> tuple[str, bytes]:
    """The wheel's file name and its bytes. Raises OSError when a source cannot be read."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    name, version = project["name"], project["version"]
    content = {
        path.relative_to(ROOT).as_posix(): path.read_bytes()
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*"))
        if path.is_file() and not set(path.relative_to(ROOT).parts) & set(_SKIPPED)
    }
    metadata = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}", f"Summary: {project['description']}"]
    metadata += [f"Requires-Python: {project['requires-python']}"]
    metadata += [f"Requires-Dist: {requirement}" for requirement in project["dependencies"]]
    info = f"{name}-{version}.dist-info"
    content[f"{info}/METADATA"] = ("\n".join(metadata) + "\n").encode()
    content[f"{info}/WHEEL"] = b"Wheel-Version: 1.0\nGenerator: maquette\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    content |= {f"{info}/{licence}": (ROOT / licence).read_bytes() for licence in project["license-files"]}
    record = [f"{path},sha256={_digest(data)},{len(data)}" for path, data in content.items()]
    content[f"{info}/RECORD"] = ("\n".join([*record, f"{info}/RECORD,,"]) + "\n").encode()

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in content.items():
            archive.writestr(zipfile.ZipInfo(path, _FIXED_DATE), data, zipfile.ZIP_DEFLATED)
    return f"{name}-{version}-py3-none-any.whl", buffer.getvalue()


def _digest(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()

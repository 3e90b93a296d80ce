# SPDX-License-Identifier: GPL-3.0-or-later
"""The extension's zip: what is in it, that Blender takes it in a clean profile, and that it works there."""

from __future__ import annotations

import ast
import importlib.util
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

import build_extension  # noqa: E402
from backend_wheel import build_backend_wheel  # noqa: E402

INSTALL = """
import sys, sysconfig
from pathlib import Path
import bpy
zip_file, profile = sys.argv[1], Path(sys.argv[2])
done = bpy.ops.extensions.package_install_files(filepath=zip_file, repo="user_default", enable_on_install=True)
assert done == {"FINISHED"}, done
assert "bl_ext.user_default.maquette" in bpy.context.preferences.addons
version = f"{sys.version_info[0]}.{sys.version_info[1]}"
bundled = next(p for p in profile.rglob("site-packages") if (p / "zmq").is_dir())
assert any(Path(entry).samefile(bundled) for entry in sys.path if Path(entry).is_dir()), sys.path
sys.path.insert(0, str(bundled))
assert "zmq" not in sys.modules, "zmq was loaded before it was needed"
import zmq
assert Path(zmq.__file__).is_relative_to(bundled), zmq.__file__
assert zmq.Context().socket(zmq.DEALER)
assert bpy.ops.object.maquette_add_smpl() == {"FINISHED"}
scene = bpy.context.scene
assert len(scene.maquette.target.data.bones) == 22
scene.maquette.prompt = "a person waves"
preferences = bpy.context.preferences.addons["bl_ext.user_default.maquette"].preferences
preferences.address = "tcp://192.0.2.1:5711"
try:
    bpy.ops.pose.maquette_generate()
except RuntimeError as error:
    assert "online access is off" in str(error), error
else:
    raise AssertionError("another machine was asked without online access")
import addon_utils
addon_utils.disable("bl_ext.user_default.maquette", default_set=True)
assert not hasattr(bpy.types, "POSE_OT_maquette_generate")
print("installed and used")
"""


def a_wheel(folder: Path) -> Path:
    """A wheel by name; nothing here opens it."""
    folder.mkdir(exist_ok=True)
    wheel = folder / "pyzmq-1.0-cp311-cp311-win_amd64.whl"
    wheel.write_bytes(b"wheel")
    return wheel


def test_the_zip_holds_the_sources_the_licence_and_the_wheels(tmp_path: Path) -> None:
    wheel = a_wheel(tmp_path / "wheels")
    output = tmp_path / "out" / "maquette.zip"
    choices = ["--wheels", str(wheel.parent), "--output", str(output)]
    assert build_extension.main([*choices, "--without-backend"]) == 0
    with zipfile.ZipFile(output) as archive:
        names = set(archive.namelist())
        manifest = tomllib.loads(archive.read("blender_manifest.toml").decode())
        assert archive.read(f"wheels/{wheel.name}") == b"wheel"
    assert {
        "__init__.py",
        "LICENSE",
        "NOTICE",
        "rig_names.json",
        "assets/mannequin.npz",
        "core/skeleton22.json",
    } <= names
    assert not [name for name in names if "__pycache__" in name or name.endswith(".pyc")]
    assert manifest["wheels"] == [f"./wheels/{wheel.name}"]
    assert manifest["permissions"].keys() == {"network", "files"}


def test_the_same_sources_give_the_same_bytes(tmp_path: Path) -> None:
    wheel = a_wheel(tmp_path / "wheels")
    first = build_extension.build([wheel], tmp_path / "a.zip").read_bytes()
    assert build_extension.build([wheel], tmp_path / "b.zip").read_bytes() == first


def test_the_backends_wheel_installs_and_finds_its_model(tmp_path: Path) -> None:
    """Into an empty folder, without the libraries; the extension finds it where the zip has it."""
    name, data = build_backend_wheel()
    assert build_backend_wheel() == (name, data)
    (tmp_path / name).write_bytes(data)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", "site", name]
    subprocess.run(pip, cwd=tmp_path, check=True, capture_output=True)
    site = tmp_path / "site"
    assert (site / "backend" / "weights" / "pose" / "MODEL_CARD.md").exists()
    assert not (site / "training").exists() and list(site.glob("maquette-*.dist-info"))
    asked = [sys.executable, "-P", "-m", "backend", "serve", "--help"]
    told = subprocess.run(asked, cwd=tmp_path, env={"PYTHONPATH": str(site)}, capture_output=True, text=True)
    assert "--with-parent" in told.stdout, told.stderr

    output = build_extension.build([], tmp_path / "with.zip", with_backend=True)
    with zipfile.ZipFile(output) as archive:
        assert archive.read(f"backend_wheel/{name}") == data


def test_manifest_and_project_have_one_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert build_extension.version() == project["version"]


def test_both_pythons_get_a_wheel_for_every_system() -> None:
    tags = {tuple(name.split("-", 2)) for name in build_extension.WHEEL_SHA256}
    assert {(python, abi) for python, abi, _ in tags} == {("cp311", "cp311"), ("cp313", "cp313")}
    for python in ("cp311", "cp313"):
        platforms = {platform.split("_")[0] for tag, _, platform in tags if tag == python}
        assert platforms == {"manylinux", "win", "macosx"}


def test_the_extension_imports_nothing_by_the_name_of_the_checkout() -> None:
    """Installed, the package is called bl_ext.user_default.maquette."""
    for path in (ROOT / "blender_addon").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.level == 0:
                names = [node.module or ""]
            assert not [name for name in names if name.split(".")[0] in ("blender_addon", "backend", "training")], path


def test_no_wheels_is_one_clear_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build_extension.main(["--wheels", str(tmp_path), "--output", str(tmp_path / "x.zip")]) == 2
    assert capsys.readouterr().err == f"error: no pyzmq-*.whl in {tmp_path}\n"
    assert not (tmp_path / "x.zip").exists()


def test_a_tampered_wheel_is_refused(tmp_path: Path) -> None:
    (tmp_path / f"{build_extension.PYZMQ}-{next(iter(build_extension.WHEEL_SHA256))}.whl").write_bytes(b"other")
    with pytest.raises(ValueError, match="checksum"):
        build_extension.fetch_wheels(tmp_path)


@pytest.mark.skipif(importlib.util.find_spec("bpy") is None, reason="needs Blender as a module: pip install bpy")
def test_the_zip_installs_and_works_in_a_clean_profile(tmp_path: Path) -> None:
    try:
        wheels = build_extension.fetch_wheels()
    except OSError as error:
        pytest.skip(f"no package index to get the wheels from: {error}")
    output = build_extension.build(wheels, tmp_path / "maquette.zip")
    profile = tmp_path / "profile"
    profile.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", INSTALL, str(output), str(profile)],
        env={"PATH": "", "HOME": str(tmp_path), "BLENDER_USER_RESOURCES": str(profile)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert "installed and used" in done.stdout


@pytest.mark.skipif(importlib.util.find_spec("bpy") is None, reason="needs Blender as a module: pip install bpy")
def test_blenders_own_validation_passes(tmp_path: Path) -> None:
    output = build_extension.build([a_wheel(tmp_path / "wheels")], tmp_path / "maquette.zip")
    module = importlib.util.find_spec("bpy")
    assert module is not None and module.origin is not None
    command = next(Path(module.origin).parent.rglob("bl_pkg/cli/blender_ext.py"))
    done = subprocess.run(
        [sys.executable, str(command), "validate", str(output)], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stdout + done.stderr

# SPDX-License-Identifier: GPL-3.0-or-later
"""Exports hold what was generated, in every format, and appear whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from backend import export
from backend.generated import GeneratedMotions
from blender_addon.core.bvh import motion_from_bvh
from blender_addon.core.rotation import quaternion_normalize
from blender_addon.core.skeleton import JOINT_NAMES, SMPL22


def generated(prompts: int = 2, samples: int = 3, frames: int = 1) -> GeneratedMotions:
    """Random bodies near the rest pose."""
    rng = np.random.default_rng(0)
    rotations = np.array([1.0, 0, 0, 0]) + rng.normal(scale=0.1, size=(prompts, samples, frames, 22, 4))
    translation = np.array([0, 0.95, 0]) + rng.normal(scale=0.1, size=(prompts, samples, frames, 3))
    names = tuple(f'prompt {p}, "quoted"' for p in range(prompts))
    return GeneratedMotions(
        names,
        tuple(range(7, 7 + samples)),
        quaternion_normalize(rotations).astype(np.float32),
        translation.astype(np.float32),
    )


def test_npz_holds_poses_without_a_frames_axis(tmp_path: Path) -> None:
    made = generated()
    assert export.save(made, tmp_path / "poses.npz") == [tmp_path / "poses.npz"]
    with np.load(tmp_path / "poses.npz", allow_pickle=False) as archive:
        data = {key: archive[key] for key in archive.files}
    assert set(data) == {"prompts", "seeds", "joints", "local_rotations", "root_translation"}
    assert data["prompts"].tolist() == list(made.prompts)
    assert data["seeds"].tolist() == [7, 8, 9]
    shapes = {"joints": (2, 3, 22, 3), "local_rotations": (2, 3, 22, 4), "root_translation": (2, 3, 3)}
    assert {key: data[key].shape for key in shapes} == shapes
    assert all(data[key].dtype == np.float32 for key in shapes)
    assert (data["local_rotations"] == made.local_rotations[:, :, 0]).all()
    assert np.allclose(data["joints"][1, 2], made.motion(1, 2).joints()[0], atol=1e-6)
    assert (data["joints"][..., 0, :] == data["root_translation"]).all()


def test_npz_of_motions_keeps_frames_and_says_how_fast(tmp_path: Path) -> None:
    made = generated(frames=5)
    export.save(made, tmp_path / "motions.npz")
    with np.load(tmp_path / "motions.npz") as data:
        assert data["joints"].shape == (2, 3, 5, 22, 3)
        assert data["root_translation"].shape == (2, 3, 5, 3)
        assert float(data["fps"]) == made.fps


def test_json_holds_the_same(tmp_path: Path) -> None:
    made = generated()
    export.save(made, tmp_path / "poses.json")
    data = json.loads((tmp_path / "poses.json").read_text())
    assert data["prompts"] == list(made.prompts)
    assert data["joint_names"] == list(JOINT_NAMES)
    assert np.allclose(data["local_rotations"], made.local_rotations[:, :, 0], atol=1e-6)
    assert np.allclose(data["joints"], made.joints()[:, :, 0], atol=1e-6)


@pytest.mark.parametrize(
    ("prompts", "samples", "names"),
    [
        (1, 1, ["a.bvh"]),
        (1, 3, ["a-1.bvh", "a-2.bvh", "a-3.bvh"]),
        (2, 1, ["a-1.bvh", "a-2.bvh"]),
        (2, 2, ["a-1-1.bvh", "a-1-2.bvh", "a-2-1.bvh", "a-2-2.bvh"]),
    ],
)
def test_bvh_is_a_file_a_motion(tmp_path: Path, prompts: int, samples: int, names: list[str]) -> None:
    made = generated(prompts, samples)
    written = export.save(made, tmp_path / "a.bvh")
    assert [path.name for path in written] == names == sorted(path.name for path in tmp_path.iterdir())
    last = motion_from_bvh(written[-1])
    assert np.allclose(last.joints(), made.motion(prompts - 1, samples - 1).joints(), atol=1e-3)


def test_numbers_are_padded_to_sort() -> None:
    assert export._numbered(Path("a.bvh"), (4, 12)).name == "a-05.bvh"


def test_png_is_a_sheet_of_all_variations(tmp_path: Path) -> None:
    drawn: list[int] = []
    written = export.save(generated(2, 2), tmp_path / "poses.png", on_figure=lambda: drawn.append(1))
    assert written == [tmp_path / "poses.png"]
    assert len(drawn) == 4
    with Image.open(written[0]) as image:
        assert image.format == "PNG"
        assert image.width > 4 * 160 and image.height > 2 * 200


def test_many_poses_fill_several_sheets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "POSES_PER_SHEET", 2)
    drawn: list[int] = []
    written = export.save(generated(2, 3), tmp_path / "poses.png", on_figure=lambda: drawn.append(1))
    assert len(drawn) == 6
    assert [path.name for path in written] == ["poses-1.png", "poses-2.png", "poses-3.png", "poses-4.png"]


def test_missing_folders_are_created(tmp_path: Path) -> None:
    export.check_output(tmp_path / "a" / "b" / "c.npz")
    assert (tmp_path / "a" / "b").is_dir()


def test_impossible_outputs_are_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.npz").mkdir()
    (tmp_path / "file").write_text("")
    for name, message in (("a.txt", "must end in"), ("a", "must end in"), ("folder.npz", "is a folder")):
        with pytest.raises(ValueError, match=message):
            export.check_output(tmp_path / name)
    for name in ("file/a.npz", "file/deeper/a.npz"):
        with pytest.raises(ValueError, match="is a file"):
            export.check_output(tmp_path / name)


@pytest.mark.parametrize("suffix", [".npz", ".json", ".png"])
def test_failed_export_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    path = tmp_path / f"poses{suffix}"
    export.save(generated(1, 1), path)
    before = path.read_bytes()

    def full_disk(*_: object, **__: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr("os.replace", full_disk)
    with pytest.raises(OSError, match="no space"):
        export.save(generated(1, 2), path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_joints_follow_from_rotations_on_the_reference_skeleton(tmp_path: Path) -> None:
    export.save(generated(), tmp_path / "poses.npz")
    with np.load(tmp_path / "poses.npz") as data:
        joints = data["joints"].astype(float)
    lengths = np.linalg.norm(joints[..., 1:, :] - joints[..., list(SMPL22.parents[1:]), :], axis=-1)
    assert np.allclose(lengths, SMPL22.bone_lengths[1:], rtol=1e-5)

# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading the four formats: shared clips, HumanML3D, AMASS and BVH."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import numpy as np
import pytest
from made_up_clips import gait, label, motion_of, turned, write_clips

from blender_addon.core.anatomy import floor_clearance
from blender_addon.core.bvh import write_bvh
from blender_addon.core.rotation import axis_angle_to_quaternion, quaternion_multiply, quaternion_to_axis_angle
from blender_addon.core.skeleton import PARENTS, SMPL22
from training.agreement import centred_joints, pose_distance
from training.sources.amass import open_amass
from training.sources.bvh import open_bvh
from training.sources.clips import open_clips
from training.sources.humanml3d import open_humanml3d
from training.sources.recording import Recording, Skipped, Source, canonical, read_caption_lines


def _read(source: Source) -> tuple[dict[str, Recording], dict[str, str]]:
    items = list(source.read())
    assert len(items) == source.count
    recordings = {item.name: item for item in items if isinstance(item, Recording)}
    return recordings, {item.name: item.reason for item in items if isinstance(item, Skipped)}


def test_canonical_faces_forward_over_the_origin_on_the_floor() -> None:
    motion = turned(gait(40, fps=40), 130, (2.0, 0.7, -3.0))
    recording = canonical(Recording("a", "made_up", "a", motion, ()))
    assert recording.motion.fps == 20
    assert recording.motion.heading()[0] == pytest.approx(0, abs=1e-5)
    np.testing.assert_allclose(recording.motion.root_translation[0, [0, 2]], 0, atol=1e-6)
    assert np.percentile(floor_clearance(recording.motion.joints()), 2) == pytest.approx(0, abs=1e-4)


def test_the_floor_can_be_kept_or_follow_each_frame() -> None:
    heights = np.linspace(0.1, 0.5, 10)
    motion = motion_of({}, 10, heights)
    kept = canonical(Recording("a", "made_up", "a", motion, (), floor="kept")).motion
    np.testing.assert_allclose(kept.root_translation[:, 1], motion.root_translation[:, 1], atol=1e-6)
    each = canonical(Recording("a", "made_up", "a", motion, (), floor="frame")).motion
    np.testing.assert_allclose(floor_clearance(each.joints()), 0, atol=1e-5)


def test_caption_lines_keep_times_and_tags(tmp_path: Path) -> None:
    path = tmp_path / "0.txt"
    path.write_text("a person sits#a/DET person/NOUN sit/VERB#1.5#3.0\nwalks#walk/VERB#0.0#0.0\n\njust words\n")
    texts = read_caption_lines(path, 5.0, "humanml3d:0")
    assert [(text.text, text.start, text.end) for text in texts] == [
        ("a person sits", 1.5, 3.0),
        ("walks", 0.0, 5.0),
        ("just words", 0.0, 5.0),
    ]
    assert texts[0].tokens == "a/DET person/NOUN sit/VERB"
    path.write_text("a#b#c\n")
    with pytest.raises(ValueError, match="line 1"):
        read_caption_lines(path, 5.0, "x")


def test_clips_come_with_tokens_trials_and_floors(tmp_path: Path) -> None:
    labels = [label("a person walks", 0, 1, "humanml3d:000001"), label("Walk_Fwd_02", 0, 2)]
    captions = [{"id": "000001", "caption": "a person walks", "tokens": "a/DET person/NOUN walk/VERB"}]
    folder = write_clips(
        tmp_path / "clips",
        [
            ({"id": "made_up/one", "cmu_id": "02_01", "labels": labels, "floor": "contact"}, gait(40)),
            ({"id": "made_up/Climb_7", "cmu_id": "01_03", "labels": labels}, gait(20)),
            ({"id": "kaykit/Idle_A", "source": "kaykit", "labels": [label("180", 0, 1)]}, gait(20)),
        ],
        captions,
    )
    recordings, skipped = _read(open_clips(folder))
    assert not skipped
    one, climb, idle = recordings.values()
    assert one.motion.num_frames == 40
    np.testing.assert_allclose(one.motion.joints(), gait(40).joints(), atol=1e-5)
    assert (one.trial, one.floor, one.split) == ("cmu/02_01", "kept", None)
    assert [text.text for text in one.texts] == ["a person walks", "walk forward"]
    assert one.texts[0].tokens == "a/DET person/NOUN walk/VERB"
    assert climb.floor == "frame"
    assert (idle.trial, idle.split) == ("kaykit/Idle", "train")
    assert idle.weight < one.weight
    assert idle.texts[0].text == ""


def test_a_folder_without_a_manifest_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"manifest\.jsonl"):
        open_clips(tmp_path)


@pytest.fixture
def humanml3d(tmp_path: Path) -> Path:
    for folder in ("new_joints", "texts"):
        (tmp_path / folder).mkdir()
    for name in ("000000", "000001", "000002", "M000000"):
        np.save(tmp_path / "new_joints" / f"{name}.npy", gait(30).joints())
        (tmp_path / "texts" / f"{name}.txt").write_text("a person walks#a/DET person/NOUN walk/VERB#0.0#0.0\n")
    np.save(tmp_path / "new_joints" / "000003.npy", np.zeros((4, 7)))
    (tmp_path / "texts" / "000003.txt").write_text("a person walks\n")
    return tmp_path


def test_humanml3d_honours_splits_and_skips_mirrored_copies(humanml3d: Path) -> None:
    (humanml3d / "train.txt").write_text("000000\nM000000\n000003\n")
    (humanml3d / "test.txt").write_text("000001\n")
    (humanml3d / "index.csv").write_text(
        "source_path,start_frame,end_frame,new_name\n./pose_data/CMU/02/02_01_poses.npy,0,30,000001.npy\n"
    )
    recordings, skipped = _read(open_humanml3d(humanml3d))
    assert {name: recording.split for name, recording in recordings.items()} == {
        "humanml3d/000000": "train",
        "humanml3d/000001": "test",
    }
    assert recordings["humanml3d/000001"].trial == "cmu/02_01"
    assert "mirrored" in skipped["M000000"]
    assert "split" in skipped["000002"]
    assert "unreadable" in skipped["000003"]
    motion = recordings["humanml3d/000000"].motion
    assert pose_distance(centred_joints(motion), centred_joints(gait(30))).max() < 0.01


def test_a_clip_in_two_split_files_is_refused(humanml3d: Path) -> None:
    (humanml3d / "train.txt").write_text("000000\n")
    (humanml3d / "val.txt").write_text("000000\n")
    with pytest.raises(ValueError, match="000000"):
        open_humanml3d(humanml3d)


def test_humanml3d_features_are_read_first(humanml3d: Path) -> None:
    (humanml3d / "new_joint_vecs").mkdir()
    features = np.zeros((12, 263))
    joints = SMPL22.rest_joints - SMPL22.rest_joints[0] * [1, 0, 1]
    features[:, 3] = joints[0, 1]
    features[:, 4 : 4 + 63] = joints[1:].ravel()
    np.save(humanml3d / "new_joint_vecs" / "000000.npy", features)
    recordings, _ = _read(open_humanml3d(humanml3d))
    np.testing.assert_allclose(recordings["humanml3d/000000"].motion.joints(), joints[None].repeat(12, 0), atol=0.02)


def test_no_humanml3d_folder(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="HumanML3D"):
        open_humanml3d(tmp_path)


def test_bvh_takes_captions_beside_the_file_or_its_name(tmp_path: Path) -> None:
    write_bvh(gait(30), tmp_path / "Walk_Fwd_01.bvh")
    write_bvh(gait(30, fps=40), tmp_path / "b.bvh")
    (tmp_path / "b.txt").write_text(
        "a person walks, then stops#a/DET person/NOUN walk/VERB then/ADV stop/VERB#0.0#0.5\n"
    )
    (tmp_path / "broken.bvh").write_text("HIERARCHY\nROOT Hips\n{")
    recordings, skipped = _read(open_bvh(tmp_path))
    assert [text.text for text in recordings["bvh/Walk_Fwd_01"].texts] == ["walk forward"]
    assert recordings["bvh/b"].texts[0].end == 0.5
    assert recordings["bvh/b"].motion.fps == pytest.approx(40)
    assert "broken" in skipped
    moved = pose_distance(centred_joints(recordings["bvh/Walk_Fwd_01"].motion), centred_joints(gait(30)))
    assert moved.max() < 0.01


@pytest.fixture(scope="module")
def body_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SMPL model file in smplx's form whose 24 joints are our rest joints, a little smaller; it has no surface."""
    rest = np.concatenate([SMPL22.rest_joints, SMPL22.rest_joints[[20, 21]] * 1.1]) * 0.9 - [0.0, 0.8, 0.0]
    vertices = np.zeros((6890, 3))
    vertices[:24] = rest
    regressor = np.zeros((24, 6890))
    regressor[np.arange(24), np.arange(24)] = 1
    content = {
        "v_template": vertices,
        "shapedirs": np.zeros((6890, 3, 10), dtype=np.float32),
        "posedirs": np.zeros((6890, 3, 207), dtype=np.float32),
        "J_regressor": regressor,
        "weights": np.eye(24)[np.arange(6890) % 24],
        "kintree_table": np.array([[2**32 - 1, *PARENTS[1:], 20, 21], range(24)]),
        "f": np.zeros((1, 3), dtype=np.int64),
    }
    folder = tmp_path_factory.mktemp("body_model")
    (folder / "smpl").mkdir()
    (folder / "smpl" / "SMPL_NEUTRAL.pkl").write_bytes(pickle.dumps(content))
    return folder


def _write_amass(path: Path) -> None:
    """`gait` as AMASS would store it: axis-angles in a world with Z up."""
    motion = gait(30)
    local = motion.local_rotations.astype(np.float64)
    to_z_up = axis_angle_to_quaternion(np.radians([90.0, 0, 0]))
    local[:, 0] = quaternion_multiply(to_z_up, local[:, 0])
    poses = np.zeros((30, 156))
    poses[:, :66] = quaternion_to_axis_angle(local).reshape(30, 66)
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez(
        path,
        poses=poses,
        trans=np.tile([0.0, 0.0, 0.9], (30, 1)),
        betas=np.zeros(16),
        gender="female",
        mocap_framerate=20.0,
    )


def test_amass_needs_a_body_model_and_says_so_once(tmp_path: Path) -> None:
    _write_amass(tmp_path / "KIT" / "walk_poses.npz")
    with pytest.raises(ValueError, match="--body-model"):
        open_amass(tmp_path, None, None)
    with pytest.raises(ValueError, match="holds none"):
        open_amass(tmp_path, tmp_path, None)


def test_amass_is_read_through_smplx(tmp_path: Path, body_model: Path) -> None:
    _write_amass(tmp_path / "amass" / "CMU" / "02" / "02_01_poses.npz")
    np.savez(tmp_path / "amass" / "other.npz", nothing=np.zeros(1))
    recordings, skipped = _read(open_amass(tmp_path / "amass", body_model, None))
    recording = recordings["amass/CMU/02/02_01"]
    assert recording.trial == "cmu/02_01"
    assert "not an AMASS motion" in skipped["other"]
    moved = pose_distance(centred_joints(recording.motion), centred_joints(gait(30)))
    assert moved.max() < 0.005
    # A body 0.9 times our size standing with its pelvis 0.9 of ours over the floor stands on ours.
    grounded = canonical(recording).motion
    assert grounded.root_translation[0, 1] == pytest.approx(gait(1).root_translation[0, 1], abs=0.03)


def test_amass_takes_humanml3d_captions(tmp_path: Path, body_model: Path) -> None:
    _write_amass(tmp_path / "amass" / "KIT" / "3" / "walk_poses.npz")
    _write_amass(tmp_path / "amass" / "KIT" / "3" / "silent_poses.npz")
    entry = {
        "id": "000000",
        "caption": "a man walks",
        "tokens": "a/DET man/NOUN walk/VERB",
        "start": 0.0,
        "end": 0.0,
        "source_path": "./pose_data/KIT/3/walk_poses.npy",
        "source_start_frame": 10,
        "source_end_frame": 25,
    }
    captions = tmp_path / "captions.jsonl"
    captions.write_text(json.dumps(entry) + "\n" + json.dumps({**entry, "start": 0.25, "end": 0.5}) + "\n")
    recordings, skipped = _read(open_amass(tmp_path / "amass", body_model, captions))
    texts = recordings["amass/KIT/3/walk"].texts
    assert [(text.start, text.end) for text in texts] == [(0.5, 1.25), (0.75, 1.0)]
    assert "caption" in skipped["KIT/3/silent"]

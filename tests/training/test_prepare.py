# SPDX-License-Identifier: GPL-3.0-or-later
"""`python -m training prepare` from folders to a prepared set and back."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from made_up_clips import gait, label, stand_then_sit, turned, write_clips

from blender_addon.core.anatomy import floor_clearance
from blender_addon.core.bvh import write_bvh
from blender_addon.core.motion import Motion
from training.__main__ import main
from training.pairing import captions_of
from training.prepare import MOST_POSE_WEIGHT, prepare, split_of, splits_of
from training.prepared import PreparedSet
from training.selection import SelectionSettings
from training.sources.clips import open_clips
from training.sources.recording import Recording, TimedText
from training.tally import Tally

SIT_TOKENS = "a/DET person/NOUN stand/VERB in/ADP place/NOUN then/ADV sit/VERB on/ADP a/DET chair/NOUN"


@pytest.fixture
def clips(tmp_path: Path) -> Path:
    walk = [label("a person walks with the left leg first", 0.5, 2.0, "humanml3d:1")]
    sit = [
        label("a person stands in place, then sits on a chair", 0, 3, "humanml3d:2"),
        label("a person is here", 0, 1),
    ]
    captions = [{"id": "2", "caption": "a person stands in place, then sits on a chair", "tokens": SIT_TOKENS}]
    folder = tmp_path / "clips"
    return write_clips(
        folder,
        [
            ({"id": "made_up/walk", "labels": walk}, turned(gait(60), 70, (3, 0.4, 1))),
            ({"id": "made_up/sit", "labels": sit, "floor": "contact"}, stand_then_sit(60)),
            ({"id": "made_up/mute", "labels": [label("180", 0, 1)]}, gait(20)),
        ],
        captions,
    )


def _prepare(clips: Path, **settings: float) -> tuple[PreparedSet, Tally]:
    tally = Tally()
    chosen = SelectionSettings(**{"num_clusters": 2, "min_distance": 0.0, **settings})  # type: ignore[arg-type]
    return prepare([open_clips(clips)], chosen, tally), tally


def test_poses_lie_inside_their_captions(clips: Path) -> None:
    prepared, tally = _prepare(clips)
    assert prepared.num_poses > 10
    for pose in range(prepared.num_poses):
        clip = prepared.clips[prepared.pose_clip[pose]]
        frame = prepared.pose_frame[pose] - clip.start
        said = prepared.captions_of(pose)
        assert said
        assert all(caption.start_frame <= frame < caption.end_frame for caption in said)
        assert all(caption.kind != "compound" for caption in said)
    assert tally.dropped["frames", "no caption covers them"] > 10
    assert tally.dropped["clips", "no caption"] == 1


def test_compound_captions_pair_their_actions_with_their_time(clips: Path) -> None:
    prepared, _ = _prepare(clips)
    kinds = {caption.kind: caption for caption in prepared.captions if caption.clip == 1}
    assert kinds["compound"].end_frame == 60
    assert kinds["first"].is_first_action
    assert (kinds["first"].text, kinds["first"].end_frame) == ("a person stands in place", 31)
    assert (kinds["last"].text, kinds["last"].start_frame) == ("a person sits on a chair", 30)
    rotations, pelvis = prepared.poses()
    height = Motion(rotations, pelvis).joints()[:, 0, 1] - Motion(rotations, pelvis).joints()[:, 7:9, 1].mean(1)
    for pose in range(prepared.num_poses):
        if "a person sits on a chair" in [caption.text for caption in prepared.captions_of(pose)]:
            assert height[pose] < 0.65


def test_clips_and_poses_are_canonical(clips: Path) -> None:
    prepared, _ = _prepare(clips)
    for index in range(len(prepared.clips)):
        motion = prepared.motion(index)
        assert motion.heading()[0] == pytest.approx(0, abs=1e-4)
        np.testing.assert_allclose(motion.root_translation[0, [0, 2]], 0, atol=1e-5)
    assert np.percentile(floor_clearance(prepared.motion(0).joints()), 2) == pytest.approx(0, abs=1e-3)
    rotations, pelvis = prepared.poses()
    np.testing.assert_allclose(Motion(rotations, pelvis).heading(), 0, atol=1e-4)
    np.testing.assert_array_equal(pelvis[:, [0, 2]], 0)


def test_mirrored_texts_are_there(clips: Path) -> None:
    prepared, _ = _prepare(clips)
    caption = next(caption for caption in prepared.captions if "left" in caption.text)
    assert caption.mirrored_text == caption.text.replace("left", "right")


def test_distances_between_poses_are_settable(clips: Path) -> None:
    every = _prepare(clips, min_seconds=0.0)[0].num_poses
    apart, _ = _prepare(clips, min_seconds=0.5)
    assert apart.num_poses < every / 3
    frames = np.sort(apart.pose_frame[apart.pose_clip == 0])
    assert np.diff(frames).min() >= 10


def test_weights_are_balanced_within_each_split(clips: Path) -> None:
    prepared, _ = _prepare(clips, cluster_balance=1.0)
    for split in np.unique(prepared.pose_split):
        members = prepared.pose_split == split
        weight, cluster = prepared.pose_weight[members], prepared.pose_cluster[members]
        assert weight.mean() == pytest.approx(1, abs=1e-4)
        assert weight.max() <= 1.5 * MOST_POSE_WEIGHT
        shares = [weight[cluster == label].sum() for label in np.unique(cluster)]
        np.testing.assert_allclose(shares, shares[0], rtol=1e-4)


def test_rare_actions_are_drawn_more_often(tmp_path: Path) -> None:
    walks = [({"labels": [label("a person walks", 0, 3)], "cmu_id": f"{n}_01"}, gait(60, 20 + n)) for n in range(8)]
    sits = [({"labels": [label("a person sits", 0, 3)], "cmu_id": "9_01"}, stand_then_sit(60))]
    prepared, _ = _prepare(write_clips(tmp_path / "clips", walks + sits), cluster_balance=0.0, num_clusters=1)
    sitting = np.array([prepared.captions_of(pose)[0].text == "a person sits" for pose in range(prepared.num_poses)])
    in_clip = np.bincount(prepared.pose_clip)[prepared.pose_clip]
    shown = prepared.pose_caption_weights[prepared.pose_caption_offsets[:-1]]
    plain = prepared.pose_weight / (shown * np.maximum(np.sqrt(in_clip), 4) / in_clip)
    assert plain[sitting].min() > 1.3 * plain[~sitting].max()


def test_a_set_is_the_same_after_saving(clips: Path, tmp_path: Path) -> None:
    prepared, _ = _prepare(clips)
    for _ in range(2):  # the second time replaces a folder that is there
        prepared.save(tmp_path / "set")
    loaded = PreparedSet.load(tmp_path / "set")
    assert loaded.clips == prepared.clips
    assert loaded.captions == prepared.captions
    assert loaded.report == prepared.report
    for name in ("local_rotations", "pose_frame", "pose_weight", "pose_caption_ids", "cluster_centres"):
        np.testing.assert_array_equal(getattr(loaded, name), getattr(prepared, name))
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_what_is_no_prepared_set_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="training prepare"):
        PreparedSet.load(tmp_path)
    (tmp_path / "report.json").write_text('{"format_version": 99}')
    with pytest.raises(ValueError, match="version 99"):
        PreparedSet.load(tmp_path)


def test_splits_are_stable_and_keep_trials_together() -> None:
    sides = [split_of(f"cmu/{number:02d}_01") for number in range(1000)]
    assert sides == [split_of(f"cmu/{number:02d}_01") for number in range(1000)]
    assert 0.05 < sides.count("val") / 1000 < 0.12
    assert 0.05 < sides.count("test") / 1000 < 0.12


def test_split_files_hold_a_trial_out_of_every_source() -> None:
    trained = next(f"cmu/{number}" for number in range(100) if split_of(f"cmu/{number}") == "train")
    mine = Recording("a", "made_up", trained, gait(2), ())
    official = Recording("b", "humanml3d", trained, gait(2), (), split="test")
    assert splits_of([mine]) == ["train"]
    assert splits_of([mine, official]) == ["test", "test"]


def test_captions_outside_the_clip_are_dropped() -> None:
    tally = Tally()
    texts = (
        TimedText("a person waits", 9.0, 10.0, "humanml3d:1"),
        TimedText("a person waits", 0.0, 1.0, "humanml3d:1"),
    )
    captions = captions_of(texts, 0, gait(20), tally)
    assert [(caption.start_frame, caption.end_frame) for caption in captions] == [(0, 20)]
    assert tally.dropped["captions", "their time lies outside the clip"] == 1


def test_the_command_prints_what_it_dropped_and_draws_the_clusters(
    clips: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bvh").mkdir()
    write_bvh(gait(30), tmp_path / "bvh" / "Walk_Fwd.bvh")
    output = tmp_path / "out" / "set"
    arguments = ["--clips", str(clips), "--bvh", str(tmp_path / "bvh"), "--output", str(output), "--num-clusters", "2"]
    assert main(["prepare", *arguments]) == 0
    printed = capsys.readouterr().out
    assert "no caption covers them" in printed
    assert "made_up/mute" in printed
    assert (output / "clusters.png").read_bytes().startswith(b"\x89PNG")
    prepared = PreparedSet.load(output)
    assert {clip.source for clip in prepared.clips} == {"made_up", "bvh"}
    assert prepared.report["settings"]["num_clusters"] == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "--clips"),
        (["--clips", "nowhere"], "manifest.jsonl"),
        (["--amass", "."], "--body-model"),
        (["--humanml3d", "nowhere"], "HumanML3D"),
        (["--bvh", "nowhere"], "nowhere"),
    ],
)
def test_wrong_input_is_one_line_and_exit_code_2(
    arguments: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["prepare", *arguments, "--output", str(tmp_path / "set")]) == 2
    printed = capsys.readouterr().err
    assert said in printed
    assert printed.count("\n") == 1
    assert not (tmp_path / "set").exists()

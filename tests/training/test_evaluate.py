# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures say what they claim on poses whose answer is known; the command writes its report."""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path

import numpy as np
import pytest
import torch

from backend.alignment import Alignment, AlignmentConfig
from backend.checkpoint import load_checkpoint, save_checkpoint
from blender_addon.core.anatomy import floor_clearance
from blender_addon.core.rotation import axis_angle_to_quaternion, quaternion_multiply, quaternion_normalize
from blender_addon.core.skeleton import SMPL22
from training import evaluate as command
from training.__main__ import main
from training.cases import CaseReport
from training.gains import EditReport, RankingGain
from training.metrics import (
    PoseSet,
    beyond_limits,
    bone_length_error,
    distribution_distance,
    flesh_statistics,
    floor_statistics,
    frechet_distance,
    mirrored_joints,
    on_floor,
    own_caption_preference,
    ranks_among,
    side_agreement,
    spread,
)
from training.prepared import Caption, Clip, PreparedSet

# Stands for the evaluator that users bring: the same three functions, one trivial rule.
POSECHECK = """
import json

def load_prompts(path):
    return [json.loads(line) for line in path.read_text().splitlines()]

def limit_violations(rotations):
    return abs(rotations[..., 0, 0]) > 2

def evaluate(joints, rotations, prompts):
    rates = [float((j[:, 15, 1] > 0).mean()) for j in joints]
    return {"prompts": len(prompts), "samples": joints.shape[1], "pass_rate": sum(rates) / len(rates),
            "by_tag": {"arms": {"prompts": len(prompts), "pass_rate": 0.25}}, "mirror": None,
            "worst": [{"id": p["id"], "prompt": p["prompt"], "pass_rate": r} for p, r in zip(prompts, rates)],
            "by_prompt": {p["id"]: r for p, r in zip(prompts, rates)}}
"""


def poses(count: int, seed: int = 0, size: float = 0.1) -> PoseSet:
    """Random bodies around the rest pose, standing about where it does."""
    rng = np.random.default_rng(seed)
    rotations = np.array([1.0, 0, 0, 0]) + rng.normal(scale=size, size=(count, 22, 4)) * [0, 1, 1, 1]
    return PoseSet(quaternion_normalize(rotations), np.tile(SMPL22.rest_joints[0], (count, 1)))


def turned(poses: PoseSet, degrees: float, shift: tuple[float, float, float]) -> PoseSet:
    """The same bodies with another heading and place."""
    rotations = poses.local_rotations.copy()
    rotations[:, 0] = quaternion_multiply(axis_angle_to_quaternion(np.radians([0, degrees, 0])), rotations[:, 0])
    return PoseSet(rotations, poses.root_translation + shift)


@pytest.fixture
def prepared(tmp_path: Path) -> Path:
    """A small prepared set: two clips of each split, ten poses a clip, two captions a clip."""
    splits = ("train", "train", "val", "val", "test", "test")
    frames = poses(60)
    clips = tuple(Clip(f"clip{c}", "made", f"t{c}", split, 10 * c, 10) for c, split in enumerate(splits))  # type: ignore[arg-type]
    captions = []
    for c in range(6):
        captions.append(Caption(f"clip {c} lifts the left arm", f"clip {c} lifts the right arm", c, 0, 10, "label"))
        captions.append(Caption(f"clip {c} stands", f"clip {c} stands", c, 0, 10, "label"))
    folder = tmp_path / "prepared"
    PreparedSet(
        fps=20.0,
        clips=clips,
        captions=tuple(captions),
        local_rotations=frames.local_rotations.astype(np.float32),
        root_translation=frames.root_translation.astype(np.float32),
        pose_frame=np.arange(60),
        pose_clip=np.repeat(np.arange(6), 10),
        pose_cluster=np.zeros(60, int),
        pose_weight=np.ones(60, np.float32),
        pose_caption_offsets=np.arange(61) * 2,
        pose_caption_ids=np.stack([np.repeat(np.arange(6), 10) * 2, np.repeat(np.arange(6), 10) * 2 + 1], -1).ravel(),
        # Only the first half of a clip shows its first caption.
        pose_caption_weights=np.where(np.arange(120) % 20 < 10, 1.0, [0.2, 1.0] * 60).astype(np.float32),
        cluster_centres=np.zeros((1, 22, 3), np.float32),
        report={},
    ).save(folder)
    return folder


def test_the_whole_report(
    prepared: Path, tiny_checkpoint: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "SHOWCASE", ("a person stands", "a person <sits>"))
    (tmp_path / "check.py").write_text(POSECHECK)
    lines = [{"id": f"p{i}", "prompt": f"prompt {i}", "checks": [], "tags": ["arms"]} for i in range(3)]
    (tmp_path / "prompts.jsonl").write_text("\n".join(map(json.dumps, lines)))
    output = tmp_path / "deep" / "report"
    words = ["--prepared", prepared, "--checkpoint", tiny_checkpoint, "--output", output, "--num-samples", 2]
    words += ["--posecheck", tmp_path / "check.py", "--prompts", tmp_path / "prompts.jsonl", "--device", "cpu"]
    words += ["--num-random", 5]
    assert main(["evaluate", *map(str, words)]) == 0

    result = json.loads((output / "evaluation.json").read_text())
    assert result["held_out"]["captions"] == 4
    assert result["held_out"]["side_captions"] == 2
    assert result["held_out"]["real_poses"] == 20
    assert result["held_out"]["distance_val_cm"] < result["held_out"]["distance_cm"]
    # 4 captions, 2 of them once more with sides swapped, 2 of the showcase, 3 of PoseCheck, 5 random; 2 samples each.
    assert result["generated"]["poses"] == 2 * (4 + 2 + 2 + 3 + 5)
    assert result["generated"]["bone_length_error"] < 1e-5
    assert result["generated"]["beyond_posecheck_limits"] == 0
    assert result["posecheck"]["by_tag"]["arms"]["pass_rate"] == 0.25
    assert np.shape(result["showcase"]["distance_cm"]) == (2, 2)
    assert len(result["random"]["prompts"]) == 5 and 0 <= result["random"]["all_met"] <= 1
    assert result["retrieval"] is None, "there is no alignment"
    assert result["ranking"] is None, "there is one candidate"
    assert result["held_out"]["diversity_ratio"] > 0

    page = (output / "evaluation.html").read_text()
    assert "a person &lt;sits&gt;" in page and "<sits>" not in page
    assert len(re.findall(r'src="data:image/png;base64,', page)) == page.count("<img") == 2 + 4 + 3 + 5
    assert not re.search(r"https?://|<script|<link|url\(", page)
    card = (output / "metrics.md").read_text()
    assert "| PoseCheck pass rate |" in card and "### What fails" in card and "has no alignment" in card
    with np.load(output / "posecheck.npz") as data:
        assert data["prompts"].tolist() == ["prompt 0", "prompt 1", "prompt 2"]
        assert data["joints"].shape == (3, 2, 22, 3)


@pytest.mark.parametrize("name", ["held_out", "guide"])
def test_prompt_sets_can_be_measured_with(name: str) -> None:
    path = Path(command.__file__).parent / "prompts" / f"{name}.jsonl"
    entries = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for field in ("id", "prompt"):
        assert len({entry[field].lower() for entry in entries}) == len(entries) == 130
    assert all(entry["tags"] and entry["checks"] for entry in entries)
    assert all(isinstance(check[0], str) for entry in entries for check in entry["checks"])


def test_without_posecheck(
    prepared: Path, tiny_checkpoint: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "SHOWCASE", ("a person stands",))
    words = ["--prepared", prepared, "--checkpoint", tiny_checkpoint, "--output", tmp_path / "out", "--num-samples", 2]
    assert main(["evaluate", *map(str, words), "--num-captions", "2", "--num-random", "0"]) == 0
    result = json.loads((tmp_path / "out" / "evaluation.json").read_text())
    assert result["posecheck"] is None and result["generated"]["beyond_posecheck_limits"] is None
    assert result["held_out"]["captions"] == 2
    page = (tmp_path / "out" / "evaluation.html").read_text()
    assert "PoseCheck" not in page and "Random prompts" not in page and result["random"] is None


def test_what_ranking_gains_and_whether_captions_find_their_poses(
    prepared: Path, tiny_checkpoint: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "SHOWCASE", ("a person stands",))
    torch.manual_seed(3)
    alignment = Alignment(AlignmentConfig(16, 24, pose_width=16, pose_layers=1, text_width=32, text_heads=4, size=8))
    tiny = load_checkpoint(tiny_checkpoint)
    sampling = dataclasses.replace(tiny.sampling, candidates=12)
    save_checkpoint(dataclasses.replace(tiny, sampling=sampling, alignment=alignment.eval()), tmp_path / "aligned")
    gains = {
        "constraints": [dataclasses.asdict(CaseReport("look_at", 9, 0.8, 1.0, 0.001, 0.5, 0.03, 4.0, 0.0))],
        "edits": dataclasses.asdict(EditReport(7, 0.02, 0.02, 0.9, 0.5, 0.1, 0.3, 1.0)),
        "ranking": dataclasses.asdict(RankingGain(11, 4, 0.1, 0.2, 0.3, 0.5, 0.6, 0.7)),
    }
    (tmp_path / "gains.json").write_text(json.dumps(gains))
    words = ["--prepared", prepared, "--checkpoint", tmp_path / "aligned", "--output", tmp_path / "out"]
    words += ["--num-samples", 6, "--num-random", 4, "--gains", tmp_path / "gains.json", "--device", "cpu"]
    assert main(["evaluate", *map(str, words)]) == 0
    result = json.loads((tmp_path / "out" / "evaluation.json").read_text())
    ranking, found = result["ranking"], result["retrieval"]
    assert ranking["candidates"] == 12 and ranking["by_text"] and ranking["posecheck_first"] is None
    assert ranking["random_chosen"] == result["random"]["all_met"]
    # Captions of one clip share its poses: only the other clip's two compete.
    assert found["captions"] == 4 and found["crowd"] == 3
    assert found["first"] != found["generated"], "those were chosen by the likeness that finds"
    assert all(0 <= share <= 1 for share in found["real"].values()) and found["real"]["pose_at_3"] == 1
    card = (tmp_path / "out" / "metrics.md").read_text()
    assert "best of 12" in card and "pose R@1" in card and "7 poses changed by words" in card
    assert "| look at | 9 | 80.0 % | 100.0 % |" in card and "| the chosen | 20.0 % | 60.0 % |" in card


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--posecheck", "x.py"], "go together"),
        (["--posecheck", "x.py", "--prompts", "y.jsonl"], "no file 'x.py'"),
        (["--posecheck", "empty.py", "--prompts", "y.jsonl"], "has no load_prompts, evaluate, limit_violations"),
        (["--posecheck", "broken.py", "--prompts", "y.jsonl"], "does not load (SyntaxError"),
        (["--gains", "x.json"], "cannot be read"),
        (["--gains", "other.json"], "is not what `training gains --output` writes"),
        (["--num-random", "-1"], "--num-random must be at least 0"),
        (["--num-samples", "1"], "--num-samples must be at least 2"),
        ([], "holds no prepared set"),
    ],
)
def test_bad_requests_are_one_line(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty.py").write_text("")
    (tmp_path / "broken.py").write_text("def")
    (tmp_path / "other.json").write_text('{"other": 1}')
    assert main(["evaluate", "--prepared", "nowhere", "--output", "out", *words]) == 2
    error = capsys.readouterr().err
    assert message in error
    assert len(error.strip().splitlines()) == 1


def test_held_out_captions_are_of_the_test_split_and_shown_by_their_poses(prepared: Path) -> None:
    loaded = PreparedSet.load(prepared)
    captions = command.held_out_captions(loaded, 100, np.random.default_rng(0))
    assert {text[:6] for text in captions} == {"clip 4", "clip 5"}
    assert captions["clip 4 lifts the left arm"].tolist() == [40, 41, 42, 43, 44]
    assert captions["clip 4 stands"].tolist() == list(range(40, 50))
    few = command.held_out_captions(loaded, 2, np.random.default_rng(0))
    assert {text[:6] for text in few} == {"clip 4", "clip 5"}, "drawn evenly over the clips"


def test_place_and_heading_do_not_count() -> None:
    here = poses(5)
    there = turned(here, 130, (3, 0, -2))
    assert np.allclose(here.canonical_joints, there.canonical_joints, atol=1e-9)
    assert np.allclose(here.features, there.features, atol=1e-9)
    assert here.features.shape == (5, 64)
    assert not np.allclose(here.features, turned(here, 0, (0, 0.1, 0)).features), "height over the floor does count"


def test_frechet_distance_of_known_gaussians() -> None:
    rng = np.random.default_rng(0)
    a = rng.normal(size=(4000, 5))
    assert frechet_distance(a, a) < 1e-9
    assert np.isclose(frechet_distance(a, a + np.array([3, 0, 0, 4, 0])), 25)
    assert np.isclose(frechet_distance(a, 2 * a), 5 * (2 - 1) ** 2, rtol=0.1)
    with pytest.raises(ValueError, match="at least 2"):
        frechet_distance(a[:1], a)


def test_distance_of_distributions_is_in_centimetres_a_joint() -> None:
    rng = np.random.default_rng(0)
    here = poses(50)
    lifted = turned(here, 0, (0, 0.07, 0))
    assert distribution_distance(here, here, rng, 50) < 1e-3
    assert np.isclose(distribution_distance(here, lifted, rng, 50), 7, atol=1e-3)


def test_bone_length_error_finds_one_long_bone() -> None:
    joints = poses(3).joints
    assert bone_length_error(joints) < 1e-9
    parent, wrist = joints[1, 18], joints[1, 20]
    joints[1, 20] = parent + 1.03 * (wrist - parent)
    assert np.isclose(bone_length_error(joints), 0.03)


def test_limits_name_what_is_broken() -> None:
    bodies = poses(4, size=0.0)
    assert beyond_limits(bodies) == {"any": 0.0}
    bodies.local_rotations[0, SMPL22.index("left_knee")] = axis_angle_to_quaternion(np.radians([-60.0, 0, 0]))
    shares = beyond_limits(bodies)
    assert shares["any"] == 0.25
    assert any("left" in name and value == 0.25 for name, value in shares.items())
    assert not any("right" in name for name in shares)


def test_floor_statistics_tell_sunk_from_floating() -> None:
    bodies = poses(4, size=0.0)
    bodies.root_translation[0, 1] -= 0.1
    bodies.root_translation[1:3, 1] += 0.2
    statistics = floor_statistics(bodies)
    assert statistics["sunk"] == 0.25 and statistics["floating"] == 0.5 and statistics["on_floor"] in (0, 0.25)
    assert np.isclose(statistics["median_cm"], 100 * (0.2 + 0) / 2, atol=1.5)


def test_spread_is_the_mean_over_pairs() -> None:
    joints = np.zeros((3, 22, 3))
    joints[1, :, 0], joints[2, :, 0] = 0.1, 0.3
    assert np.isclose(spread(joints), (0.1 + 0.3 + 0.2) / 3)
    assert np.isnan(spread(joints[:1]))


def test_sides_agree_when_swapping_words_mirrors_the_pose() -> None:
    joints = poses(6).canonical_joints.reshape(3, 2, 22, 3)
    assert side_agreement(joints, mirrored_joints(joints)).all()
    assert not side_agreement(joints, joints).any()
    assert np.allclose(mirrored_joints(mirrored_joints(joints)), joints)


def test_preference_for_the_own_caption() -> None:
    real = [poses(4, seed=seed).canonical_joints for seed in range(3)]
    assert own_caption_preference(real, real) == 1
    same = [real[0]] * 3
    assert own_caption_preference(same, same) == 0.5
    swapped = [real[1], real[0]]
    assert own_caption_preference(swapped, real[:2]) == 0


def test_bodies_on_the_floor_are_told_to_a_centimetre() -> None:
    bodies = poses(3, size=0.0)
    bodies.root_translation[:, 1] -= floor_clearance(bodies.joints)[0] + np.array([0.0, -0.008, 0.02])
    assert on_floor(PoseSet(bodies.local_rotations, bodies.root_translation)).tolist() == [True, True, False]


def test_flesh_tells_an_arm_inside_the_trunk() -> None:
    bodies = poses(40, size=0.0)
    assert flesh_statistics(bodies) == {"p95_cm": 0.0, "largest_cm": 0.0, "deep": 0.0}
    # The forearm folded back through the chest.
    bodies.local_rotations[0, SMPL22.index("left_shoulder")] = axis_angle_to_quaternion(np.radians([0.0, -90, 0]))
    bodies.local_rotations[0, SMPL22.index("left_elbow")] = axis_angle_to_quaternion(np.radians([0.0, -150, 0]))
    statistics = flesh_statistics(bodies)
    assert statistics["largest_cm"] > 2 and statistics["deep"] == 1 / 40
    assert statistics["p95_cm"] == 0, "one of forty is beyond the 95th percentile"


def test_ranks_among_a_crowd() -> None:
    rng = np.random.default_rng(0)
    similarity = np.array([[0.9, 0.1, 0.2], [0.8, 0.5, 0.9], [0.4, 0.3, 0.4]])
    rivals = ~np.eye(3, dtype=bool)
    assert ranks_among(similarity, rivals, 3, rng).tolist() == [0, 2, 0.5]
    assert ranks_among(similarity, rivals, 1, rng).tolist() == [0, 0, 0]
    rivals[1, 2] = False
    assert ranks_among(similarity, rivals, 3, rng)[1] == 1, "who shares its poses does not compete"

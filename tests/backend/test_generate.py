# SPDX-License-Identifier: GPL-3.0-or-later
"""The generate command: prompts read, requests refused early, batches that change nothing, runs that go on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from backend.__main__ import main
from backend.generate import GenerateSettings, Progress, _batches, generate
from backend.pipeline import PosePipeline
from backend.prompts import read_prompts
from blender_addon.core.motion import Motion
from blender_addon.core.skeleton import JOINT_NAMES

PROMPTS = ("a person stands", "a person sits on a chair", "a person waves with the left hand")


def command(checkpoint: Path, *words: object) -> int:
    """Run `python -m backend generate` in this process."""
    return main(["generate", "--checkpoint", str(checkpoint), "--device", "cpu", *map(str, words)])


def interrupt_after(poses: int) -> Callable[[int], None]:
    """A progress callback that is Ctrl-C once this many poses are done."""
    done = 0

    def report(count: int) -> None:
        nonlocal done
        done += count
        if done >= poses:
            raise KeyboardInterrupt

    return report


def test_one_prompt_to_npz(tiny_checkpoint: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = tmp_path / "new" / "poses.npz"
    options = ("--num-samples", 3, "--seed", 5, "--guidance-scale", 2, "--guidance-scale-end", 4)
    more = ("--num-inference-steps", 2, "--negative-prompt", "sitting", "--output", output)
    assert command(tiny_checkpoint, PROMPTS[0], *options, *more) == 0
    with np.load(output) as data:
        assert data["prompts"].tolist() == [PROMPTS[0]]
        assert data["local_rotations"].shape == (1, 3, 22, 4)
        assert data["seeds"].tolist() == [5, 6, 7]
        made = data["local_rotations"]
    direct = PosePipeline.from_pretrained(tiny_checkpoint, device="cpu")(
        PROMPTS[0],
        num_samples=3,
        seed=5,
        guidance_scale=2,
        guidance_scale_end=4,
        num_inference_steps=2,
        negative_prompt="sitting",
    )
    assert np.allclose(made, direct.local_rotations[:, :, 0], atol=1e-5)
    assert str(output) in capsys.readouterr().out
    assert [path.name for path in output.parent.iterdir()] == ["poses.npz"]


def test_prompts_file_in_order(tiny_checkpoint: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "p.txt").write_text("\n".join(PROMPTS) + "\n\n")
    output = tmp_path / "poses.npz"
    assert command(tiny_checkpoint, "--prompts-file", tmp_path / "p.txt", "--num-samples", 2, "--output", output) == 0
    with np.load(output) as data:
        assert data["prompts"].tolist() == list(PROMPTS)
        assert data["joints"].shape == (3, 2, 22, 3)
    assert "skipped 1 blank line (4)" in capsys.readouterr().err


def test_a_prompt_that_is_too_long_is_said_to_be_cut(
    tiny_checkpoint: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(tiny_checkpoint, "step " * 500, "--output", tmp_path / "poses.npz") == 0
    assert "longer than the model reads" in capsys.readouterr().err
    assert command(tiny_checkpoint, "step forward", "--output", tmp_path / "poses.npz") == 0
    assert "longer" not in capsys.readouterr().err


def test_default_output_is_a_picture_named_by_the_prompt(
    tiny_checkpoint: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert command(tiny_checkpoint, "A person: kneels/sits!") == 0
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["a-person-kneels-sits.png"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "either a prompt or --prompts-file"),
        (("",), "prompt is empty"),
        (("a", "--prompts-file", "p.txt"), "not both"),
        (("--prompts-file", "missing.txt"), "missing.txt"),
        (("a", "--output", "poses.obj"), "must end in .npz, .json, .bvh, .png"),
        (("a", "--output", "no-checkpoint-there/poses.npz"), "no checkpoint"),
    ],
)
def test_bad_requests_are_one_line_and_exit_code_2(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    # The checkpoint does not exist: any other complaint was made before the model was looked for.
    assert command(tmp_path / "none", *words) == 2
    error = capsys.readouterr().err
    assert message in error
    assert len(error.strip().splitlines()) == 1


@pytest.mark.parametrize(
    "words",
    [
        ("--num-samples", "0"),
        ("--num-samples", "many"),
        ("--seed", "-1"),
        ("--guidance-scale", "nan"),
        ("--num-inference-steps", "0"),
        ("--batch-size", "0"),
        ("--colour", "red"),
    ],
)
def test_bad_options_are_one_line_and_exit_code_2(
    tiny_checkpoint: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        command(tiny_checkpoint, "a person", *words)
    assert stopped.value.code == 2
    error = capsys.readouterr().err
    assert words[0] in error
    assert len(error.strip().splitlines()) == 1


@pytest.mark.parametrize("batch_size", [1, 3, 4, 100])
def test_batch_size_changes_nothing(tiny_pipeline: PosePipeline, batch_size: int) -> None:
    settings = GenerateSettings(num_samples=4, seed=11)
    whole = tiny_pipeline(PROMPTS, num_samples=4, seed=11)
    counted: list[int] = []
    made = generate(tiny_pipeline, PROMPTS, settings, batch_size, on_poses=counted.append)
    assert made.prompts == PROMPTS and made.seeds == (11, 12, 13, 14)
    assert sum(counted) == 12 and max(counted) <= batch_size
    assert np.allclose(made.local_rotations, whole.local_rotations, atol=1e-4)
    assert np.allclose(made.root_translation, whole.root_translation, atol=1e-4)


@pytest.mark.parametrize(("done", "samples", "size"), [(0, 4, 64), (0, 4, 3), (5, 4, 8), (6, 4, 1), (12, 4, 2)])
def test_batches_cover_the_rest_once_and_in_order(done: int, samples: int, size: int) -> None:
    covered = []
    for p, q, s, t in _batches(done, 3, samples, size):
        assert (q - p) * (t - s) <= size
        assert q - p == 1 or (s, t) == (0, samples)
        covered += [prompt * samples + sample for prompt in range(p, q) for sample in range(s, t)]
    assert covered == list(range(done, 3 * samples))


def test_interrupted_run_goes_on(tiny_pipeline: PosePipeline, tmp_path: Path) -> None:
    settings = GenerateSettings(num_samples=2)
    progress = Progress(tmp_path / "poses.npz.partial.npz", "this request")
    with pytest.raises(KeyboardInterrupt):
        generate(tiny_pipeline, PROMPTS, settings, 2, progress, interrupt_after(4))
    assert progress.path.exists()
    counted: list[int] = []
    made = generate(tiny_pipeline, PROMPTS, settings, 2, progress, counted.append)
    assert counted == [4, 2], "4 poses were kept and 2 were made"
    whole = generate(tiny_pipeline, PROMPTS, settings, 2)
    assert np.array_equal(made.local_rotations, whole.local_rotations)
    assert np.array_equal(made.root_translation, whole.root_translation)


def test_what_another_request_left_is_not_used(
    tiny_pipeline: PosePipeline, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "poses.npz.partial.npz"
    with pytest.raises(KeyboardInterrupt):
        generate(tiny_pipeline, PROMPTS, GenerateSettings(), 1, Progress(path, "one"), interrupt_after(1))
    assert Progress(path, "one").load() is not None
    assert Progress(path, "another").load() is None
    assert "another request" in capsys.readouterr().err
    path.write_bytes(b"half a file")
    assert Progress(path, "one").load() is None
    assert "cannot be read" in capsys.readouterr().err


def test_interrupted_command_continues_and_cleans_up(
    tiny_checkpoint: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "poses.npz"
    (tmp_path / "p.txt").write_text("\n".join(PROMPTS))
    words = ("--prompts-file", tmp_path / "p.txt", "--batch-size", 1, "--output", output)
    real_call = PosePipeline.__call__
    calls: list[object] = []

    def stopping(self: PosePipeline, prompts: list[str], **options: object) -> object:
        calls.append(prompts)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real_call(self, prompts, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(PosePipeline, "__call__", stopping)
    assert command(tiny_checkpoint, *words) == 130
    assert not output.exists()
    assert "stopped after 2 poses" in capsys.readouterr().err
    assert command(tiny_checkpoint, *words) == 0
    assert len(calls) == 4, "only the third prompt was left"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["p.txt", "poses.npz"]


def test_text_prompts_keep_their_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "p.txt"
    path.write_bytes("\ufeffa person waves\r\n\r\n  \r\n une pose élégante  \r\n".encode())
    assert read_prompts(path) == ["a person waves", "une pose élégante"]
    assert "skipped 2 blank lines (2, 3)" in capsys.readouterr().err


def test_jsonl_prompts(tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl"
    path.write_text('{"id": 1, "prompt": "a person waves"}\n\n{"prompt": "a person sits"}\n')
    assert read_prompts(path) == ["a person waves", "a person sits"]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("p.jsonl", b'{"prompt": "a"}\n{"prompt": \n', r"p\.jsonl:2: not JSON"),
        ("p.jsonl", b'{"prompt": "a"}\n\n["b"]\n', r"p\.jsonl:3: expected an object"),
        ("p.jsonl", b'{"text": "a"}\n', r"p\.jsonl:1: expected an object"),
        ("p.jsonl", b'{"prompt": " "}\n', r"p\.jsonl:1: expected an object"),
        ("p.txt", b"a\n\xff\xfe\n", r"p\.txt:2: not UTF-8"),
        ("p.txt", b"\n \n", "no prompts"),
        ("p.json", b'["a"]', "expected a text file or .jsonl"),
    ],
)
def test_broken_prompt_files_name_file_and_line(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ValueError, match=message):
        read_prompts(tmp_path / name)


def test_something_of_a_pose_is_kept(tiny_checkpoint: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pipeline = PosePipeline.from_pretrained(tiny_checkpoint, device="cpu")
    pose = pipeline("a person sits").motion(0, 0)
    pose.save(tmp_path / "pose.npz")
    keep = ("--reference", tmp_path / "pose.npz", "--lock", "head", "left_knee", "--pin", "left_wrist", 0, 9, 0)
    output = tmp_path / "out.npz"
    assert command(tiny_checkpoint, PROMPTS[0], *keep, "--candidates", 2, "--output", output) == 0
    assert "not met: left_wrist misses its pin by" in capsys.readouterr().err
    with np.load(output) as data:
        made = Motion(data["local_rotations"][0], data["root_translation"][0])
        assert data["pins"].tolist() == ["left_wrist"]
        assert data["pin_residue"].shape == (1, 1, 1) and data["pin_residue"].min() > 1
        assert data["rotation_residue"].shape == (1, 1) and data["rotation_residue"].max() < 0.1
    locked = [JOINT_NAMES.index(name) for name in ("neck", "head", "left_knee")]
    np.testing.assert_allclose(made.global_rotations()[0, locked], pose.global_rotations()[0, locked], atol=1e-5)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--lock", "head"), "--lock keeps something of a pose: give it with --reference"),
        (("--edit",), "--edit keeps something of a pose"),
        (("--reference", "pose.npz", "--lock", "tail"), "there is no joint 'tail'"),
        (("--reference", "pose.npz", "--pin", "left_wrist", "0", "x", "0"), "--pin takes a joint and three numbers"),
        (("--reference", "nowhere.npz"), "nowhere.npz"),
    ],
)
def test_what_cannot_be_kept_is_told(
    tiny_pipeline: PosePipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...], told: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    tiny_pipeline("a person sits").motion(0, 0).save(tmp_path / "pose.npz")
    assert command(tmp_path, PROMPTS[0], *words) == 2
    assert told in capsys.readouterr().err

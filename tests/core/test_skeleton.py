# SPDX-License-Identifier: GPL-3.0-or-later
"""The skeleton's tables agree with one another and describe a symmetric standing body."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from blender_addon.core.skeleton import (
    JOINT_NAMES,
    KINEMATIC_CHAINS,
    LEFT_RIGHT_PAIRS,
    LIMBS,
    MIRROR_INDICES,
    PARENTS,
    SMPL22,
    Skeleton,
)


def test_tables_describe_one_tree() -> None:
    assert len(JOINT_NAMES) == len(PARENTS) == SMPL22.num_joints == 22
    assert (SMPL22.joint_names, SMPL22.parents) == (JOINT_NAMES, PARENTS)
    bones = [pair for chain in KINEMATIC_CHAINS for pair in pairwise(chain)]
    assert sorted((child, parent) for parent, child in bones) == [(j, p) for j, p in enumerate(PARENTS) if j]
    assert sorted(joint for limb in LIMBS.values() for joint in limb) == list(range(22))


def test_limbs_hold_their_own_side() -> None:
    for name, joints in LIMBS.items():
        sides = {JOINT_NAMES[joint].split("_")[0] for joint in joints if "_" in JOINT_NAMES[joint]}
        assert sides == ({name.split("_")[0]} if "_" in name else set())


def test_mirror_swaps_sides_and_undoes_itself() -> None:
    np.testing.assert_array_equal(MIRROR_INDICES[MIRROR_INDICES], np.arange(22))
    for left, right in LEFT_RIGHT_PAIRS:
        assert MIRROR_INDICES[left] == right
        assert JOINT_NAMES[left].replace("left", "right") == JOINT_NAMES[right]
    np.testing.assert_allclose(SMPL22.rest_joints[MIRROR_INDICES], SMPL22.rest_joints * [-1, 1, 1], atol=1e-9)


def test_body_stands_facing_forward() -> None:
    rest = SMPL22.rest_joints
    assert rest[SMPL22.index("left_hip"), 0] > 0.05
    assert rest[SMPL22.index("left_foot"), 2] > rest[SMPL22.index("left_ankle"), 2]
    assert rest[SMPL22.index("head"), 1] > 1.4
    assert 0 < rest[:, 1].min() < 0.05
    assert 0.8 < SMPL22.leg_length < 0.9


def test_offsets_and_lengths_follow_from_rest() -> None:
    rebuilt = np.zeros((22, 3))
    for joint, parent in enumerate(PARENTS):
        rebuilt[joint] = SMPL22.offsets[joint] + (rebuilt[parent] if parent >= 0 else 0)
    np.testing.assert_allclose(rebuilt, SMPL22.rest_joints, atol=1e-12)
    assert SMPL22.bone_lengths[0] == 0
    np.testing.assert_allclose(SMPL22.bone_lengths[1:], np.linalg.norm(SMPL22.offsets[1:], axis=-1))


def test_tables_cannot_be_changed_by_accident() -> None:
    for table in (SMPL22.rest_joints, SMPL22.offsets, SMPL22.bone_lengths, MIRROR_INDICES):
        with pytest.raises(ValueError, match="read-only"):
            table[0] = 1


@pytest.mark.parametrize(
    ("names", "parents", "rest", "message"),
    [
        (("a", "b"), (-1,), np.zeros((2, 3)), "parents"),
        (("a", "b"), (-1, 0), np.zeros((3, 3)), "positions"),
        (("a", "b"), (-1, 1), np.zeros((2, 3)), "before"),
        (("a", "b"), (0, 0), np.zeros((2, 3)), "-1"),
        (("a", "b"), (-1, 0), np.full((2, 3), np.nan), "finite"),
    ],
)
def test_broken_skeletons_are_refused(
    names: tuple[str, ...], parents: tuple[int, ...], rest: np.ndarray, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        Skeleton(names, parents, rest)


def test_unknown_joint_is_named() -> None:
    with pytest.raises(ValueError, match="tail"):
        SMPL22.index("tail")

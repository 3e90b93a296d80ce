# SPDX-License-Identifier: GPL-3.0-or-later
"""What the denoiser is trained to get right: features, joint positions in metres, and anatomy in radians."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from jaxtyping import Float, Int
from torch import Tensor
from torch.nn import functional as F

from backend.features import FeatureScaler, unpack
from backend.rotation import global_to_local, joints_from_global, rotation_6d_to_matrix
from blender_addon.core.skeleton import SMPL22
from training.anatomy import limit_excess
from training.grammar.body import near_pairs, penetration, posed_global
from training.grammar.constraints import KINDS, draw_constraints, misses
from training.grammar.intent import Aim, Bend, Goal


@dataclass(frozen=True)
class LossWeights:
    """How much each loss counts; with these all are of like size early in training."""

    features: float = 1.0
    joints: float = 10.0
    """On squared distances in square metres."""
    frame: float = 0.1
    limits: float = 1.0
    """On squared angles beyond the limits, in square radians."""
    clearance: float = 2.0
    """On distances of clearances in metres: their median counts, which is 0 for all but bodies in the air."""
    goals: float = 2.0
    """On `goal_loss`: what the text asks for counts beyond how near the pose is to the one that was shown."""
    spread: float = 0.05
    """On `spread_loss`."""
    likely: float = 0.1
    """On the cross entropy of which reading of its text a pose is."""
    mean_goals: float = 8.0
    """On `goal_loss` of the mean poses that texts stand for, where a denoiser is trained round them."""
    own_goals: float = 8.0
    """On `goal_loss` of poses that the model makes itself, from noise alone."""
    flesh: float = 4.0
    """On `flesh_loss` of those."""
    sameness: float = 1.0
    """On `sameness_loss` of those."""


@dataclass(frozen=True)
class Losses:
    """Each loss as a mean over the batch, unweighted."""

    features: Float[Tensor, ""]
    """Mean squared error of the normalised features (x0)."""
    joints: Float[Tensor, ""]
    """Mean squared distance of joints after forward kinematics, pelvis at the origin, square metres."""
    frame: Float[Tensor, ""]
    """How far predicted 6D rotations are from orthonormal: bones keep length and shape without repair."""
    limits: Float[Tensor, ""]
    """Summed squared angle beyond the joint limits, square radians."""
    clearance: Float[Tensor, ""]
    """Mean distance of the clearances over the floor, metres."""
    goals: Float[Tensor, ""]
    """See `goal_loss`; 0 where it is not asked for."""
    spread: Float[Tensor, ""]
    """See `spread_loss`; 0 where nothing foretells errors."""
    likely: Float[Tensor, ""]
    """Cross entropy of which reading of its text each pose is; 0 where texts are read in one way."""
    mean_goals: Float[Tensor, ""]
    """`goal_loss` of the mean poses that the texts stand for; 0 where they stand for none."""
    own_goals: Float[Tensor, ""]
    """`goal_loss` of poses that the model makes itself; 0 where it makes none."""
    flesh: Float[Tensor, ""]
    """`flesh_loss` of those."""
    sameness: Float[Tensor, ""]
    """`sameness_loss` of those."""

    def total(self, weights: LossWeights) -> Float[Tensor, ""]:
        """The weighted sum."""
        return (
            weights.features * self.features
            + weights.joints * self.joints
            + weights.frame * self.frame
            + weights.limits * self.limits
            + weights.clearance * self.clearance
            + weights.goals * self.goals
            + weights.spread * self.spread
            + weights.likely * self.likely
            + weights.mean_goals * self.mean_goals
            + weights.own_goals * self.own_goals
            + weights.flesh * self.flesh
            + weights.sameness * self.sameness
        )


def compute_losses(
    predicted: Float[Tensor, "batch tokens features"],
    clean: Float[Tensor, "batch tokens features"],
    scaler: FeatureScaler,
    used: Tensor,
) -> Losses:
    """Compare predicted with clean normalised features; `used` (tokens, features) marks those that are not padding.

    What only some runs ask for is 0: see `goal_loss`, `spread_loss` and `flesh_loss`.
    """
    rotation_6d, _ = unpack(scaler.denormalize(predicted.float()))
    wanted_6d, _ = unpack(scaler.denormalize(clean.float()))
    matrices = rotation_6d_to_matrix(rotation_6d)
    joints = joints_from_global(matrices, SMPL22)
    wanted = joints_from_global(rotation_6d_to_matrix(wanted_6d), SMPL22)
    excess = limit_excess(global_to_local(matrices, SMPL22))
    return Losses(
        features=((predicted - clean).float() ** 2)[..., used].mean(),
        joints=((joints - wanted) ** 2).sum(-1).mean(),
        frame=(rotation_6d - torch.cat((matrices[..., 0], matrices[..., 1]), dim=-1)).square().sum(-1).mean(),
        limits=(excess**2).sum(-1).mean(),
        clearance=clearance_loss(predicted, clean, scaler),
        goals=predicted.new_zeros(()),
        spread=predicted.new_zeros(()),
        likely=predicted.new_zeros(()),
        mean_goals=predicted.new_zeros(()),
        own_goals=predicted.new_zeros(()),
        flesh=predicted.new_zeros(()),
        sameness=predicted.new_zeros(()),
    )


def _rotations(
    predicted: Float[Tensor, "*batch tokens features"], scaler: FeatureScaler
) -> Float[Tensor, "*batch 22 3 3"]:
    """To the world, of normalised poses."""
    return rotation_6d_to_matrix(unpack(scaler.denormalize(predicted.float()))[0])


_SAID = 10.0
"""How many squared deviations a radian of what a text asks for counts as."""


@torch.no_grad()
def nearest_reading(
    means: Float[Tensor, "batch readings tokens features"],
    clean: Float[Tensor, "batch tokens features"],
    used: Tensor,
    missed: Float[Tensor, "batch readings"] | None = None,
) -> Int[Tensor, " batch"]:
    """Which reading of its text each pose is: the one whose mean pose is nearest, normalised features.

    `missed` is by how much each mean pose misses what the pose's text asks for, in radians. It counts most, so that
    readings differ by what is said ("one leg": which), not by what happens to vary beside it.
    """
    far = (means.float() - clean[:, None]).square()[..., used].mean(-1)
    return (far if missed is None else far + _SAID * missed).argmin(-1)


@torch.no_grad()
def readings_missed(
    means: Float[Tensor, "prompts readings tokens features"], scaler: FeatureScaler, goals: Sequence[Sequence[Goal]]
) -> Float[Tensor, "prompts readings"]:
    """Radians by which each reading's mean pose, normalised, misses what its text asks for; 0 where that is nothing."""
    missed = torch.zeros(means.shape[:2])
    rows = [row for row, own in enumerate(goals) if own]
    if rows:
        readings = means.shape[1]
        each = mean_goal_misses(
            _rotations(means[rows], scaler).flatten(0, 1).cpu(), [goals[row] for row in rows for _ in range(readings)]
        )
        missed[rows] = each.unflatten(0, (len(rows), readings))
    return missed.to(means.device)


def spread_loss(
    error: Float[Tensor, "batch tokens features"], spread: Float[Tensor, "batch tokens features"], used: Tensor
) -> Float[Tensor, ""]:
    """How badly log deviations foretell errors: the mean negative log likelihood of a normal, less a constant."""
    return (spread + 0.5 * error.square() * (-2 * spread).exp())[..., used].mean()


_ANGLE_MARGIN, _METRES_MARGIN = 0.12, 0.01
"""How far inside its tolerance a goal is to be: radians, metres."""
_METRE = 8.0
"""How many radians a metre counts as."""
_FAR = 0.3
"""Radians of miss from which the loss grows evenly: what is far off does not drown what is nearly right."""


def goal_misses(
    rotations: Float[Tensor, "batch 22 3 3"], goals: Sequence[Sequence[Goal]]
) -> tuple[Float[Tensor, " goals"], Int[Tensor, " goals"]]:
    """How far poses are from doing what their texts say, in radians, a number a goal; and of which pose each goal is.

    Args:
        rotations: To the world, on the CPU.
        goals: Of each pose, such as `StoredDraft.goals`.
    """
    constraints = draw_constraints(goals, [np.random.default_rng(0)] * len(goals))
    missed = misses(constraints, posed_global(rotations, joints_from_global(rotations, SMPL22)))
    angular = torch.cat(
        [torch.full((len(own.body),), kind in (Aim, Bend)) for kind, own in zip(KINDS, constraints.rows, strict=True)]
    )
    missed = torch.where(angular, missed + _ANGLE_MARGIN, _METRE * (missed + _METRES_MARGIN)).relu()
    return F.huber_loss(missed, torch.zeros_like(missed), reduction="none", delta=_FAR) / _FAR, constraints.owners


def mean_goal_misses(
    rotations: Float[Tensor, "batch 22 3 3"], goals: Sequence[Sequence[Goal]]
) -> Float[Tensor, " batch"]:
    """`goal_misses`, mean over each pose's goals; 0 where it has none."""
    missed, owners = goal_misses(rotations, goals)
    count = torch.bincount(owners, minlength=len(goals)).clamp_min(1)
    return torch.zeros(len(goals)).index_add_(0, owners, missed.float()) / count


def goal_loss(
    predicted: Float[Tensor, "batch tokens features"], scaler: FeatureScaler, goals: Sequence[Sequence[Goal]]
) -> Float[Tensor, ""]:
    """How far predicted normalised poses are from doing what their texts say, in radians, mean over all goals.

    Args:
        goals: Of each pose, such as `StoredDraft.goals`; some, or all, may have none.
    """
    rows = [row for row, own in enumerate(goals) if own]
    if not rows:
        return predicted.new_zeros(())
    missed, _ = goal_misses(_rotations(predicted[rows], scaler).cpu(), [goals[row] for row in rows])
    return missed.mean().to(predicted.device)


_SOFT_FLESH = 0.02
"""Metres inside the body from which the loss grows evenly."""


def flesh_loss(predicted: Float[Tensor, "batch tokens features"], scaler: FeatureScaler) -> Float[Tensor, ""]:
    """Metres that limbs of predicted normalised poses are inside each other or the trunk, summed over places."""
    matrices = _rotations(predicted, scaler).cpu()
    points = posed_global(matrices, joints_from_global(matrices, SMPL22)).points
    depth = penetration(points, near_pairs(points.detach()))
    soft = F.huber_loss(depth, torch.zeros_like(depth), reduction="sum", delta=_SOFT_FLESH) / _SOFT_FLESH
    return (soft / len(predicted)).to(predicted.device)


def clearance_loss(
    predicted: Float[Tensor, "batch tokens features"],
    clean: Float[Tensor, "batch tokens features"],
    scaler: FeatureScaler,
) -> Float[Tensor, ""]:
    """Mean distance of the clearances of normalised poses, metres."""
    _, found = unpack(scaler.denormalize(predicted.float()))
    _, wanted = unpack(scaler.denormalize(clean.float()))
    return (found - wanted).abs().mean()


_VARIED = 0.75
"""Takes of a text are to differ by this share of what poses of it do."""


def sameness_loss(
    first: Float[Tensor, "batch tokens features"],
    second: Float[Tensor, "batch tokens features"],
    spread: Float[Tensor, "batch tokens features"],
    used: Tensor,
) -> Float[Tensor, ""]:
    """By which share pairs of takes of a text differ too little, mean over limbs; normalised features.

    A sampler of few steps, taught by what texts say, gives poses near their mean. What they say nothing of has a wide
    `spread` (log deviations round the mean), and there takes are to differ, limb by limb.
    """
    apart = ((first - second).square() * used).sum(-1)
    usual = 2 * ((2 * spread).exp() * used).sum(-1)
    # As steep at no difference as near it.
    return (1 - ((apart + 1e-4) / (_VARIED**2 * usual + 1e-4)).sqrt()).relu().mean()


def limit_loss(predicted: Float[Tensor, "batch tokens features"], scaler: FeatureScaler) -> Float[Tensor, ""]:
    """Summed squared angle of predicted normalised poses beyond the joint limits, square radians."""
    excess = limit_excess(global_to_local(_rotations(predicted, scaler), SMPL22))
    return (excess**2).sum(-1).mean()

# SPDX-License-Identifier: GPL-3.0-or-later
"""The picture of a prepared set: its poses on their two principal components, and the middle of each cluster."""

from __future__ import annotations

from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import numpy as np
from matplotlib import pyplot
from matplotlib.axes import Axes

from blender_addon.core.skeleton import JOINT_NAMES, PARENTS
from training.selection import Clusters, principal_plane

_MAX_POINTS = 20_000
_SIDE_COLOURS = {"left": "#d1495b", "right": "#30638e"}


def draw_clusters(path: Path, joints: np.ndarray, clusters: Clusters) -> None:
    """Write a PNG: a scatter of poses by principal components, coloured by cluster, and each centre as a figure.

    Args:
        path: of the PNG.
        joints: (M, 22, 3) metres, centred.
        clusters: of these poses.
    """
    coordinates, variance = principal_plane(joints)
    count = len(clusters.centres)
    columns = (count + 1) // 2
    figure = pyplot.figure(figsize=(7 + 1.5 * columns, 6), layout="constrained")
    grid = figure.add_gridspec(4, 5 + columns)
    scatter = figure.add_subplot(grid[:, :5])
    shown = np.random.default_rng(0).permutation(len(joints))[:_MAX_POINTS]
    colours = pyplot.get_cmap("turbo")(np.linspace(0.05, 0.95, count))
    scatter.scatter(
        coordinates[shown, 0], coordinates[shown, 1], c=colours[clusters.labels[shown]], s=4, alpha=0.5, linewidths=0
    )
    scatter.set_xlabel(f"first principal component, m ({variance[0]:.0%} of the variance)")
    scatter.set_ylabel(f"second principal component, m ({variance[1]:.0%})")
    scatter.set_title(f"{len(joints):,} poses in {count} clusters")
    sizes = np.bincount(clusters.labels, minlength=count)
    for label, centre in enumerate(clusters.centres):
        row, column = divmod(label, columns)
        axes = figure.add_subplot(grid[2 * row : 2 * row + 2, 5 + column])
        # The pose nearest to the centre: the mean of many poses is no pose.
        members = np.flatnonzero(clusters.labels == label)
        nearest = joints[members[np.argmin(clusters.distances[members])]] if len(members) else centre
        _draw_figure(axes, nearest)
        axes.set_title(f"{label}: {sizes[label]:,}", color=colours[label], fontsize=10)
    figure.savefig(path, dpi=110)
    pyplot.close(figure)


def _draw_figure(axes: Axes, joints: np.ndarray) -> None:
    """A pose from its front left, left limbs red and right ones blue."""
    across, up = joints[:, 0] * 0.8 - joints[:, 2] * 0.6, joints[:, 1]
    for joint, parent in enumerate(PARENTS):
        if parent >= 0:
            colour = _SIDE_COLOURS.get(JOINT_NAMES[joint].split("_")[0], "#222222")
            axes.plot(across[[parent, joint]], up[[parent, joint]], color=colour, linewidth=2)
    axes.plot(across[15], up[15], "o", color="#222222", markersize=6)
    axes.set_xlim(-0.8, 0.8)
    axes.set_ylim(-1.1, 1.1)
    axes.set_aspect("equal")
    axes.axis("off")

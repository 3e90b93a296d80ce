# SPDX-License-Identifier: GPL-3.0-or-later
"""A clip's captions in a form that poses can show, and its poses with the captions they show."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from backend.sides import mirror_text
from blender_addon.core.anatomy import limit_excess
from blender_addon.core.motion import Motion
from training.actions import split_actions
from training.agreement import FrameMeasures, agreement
from training.captions import clean_caption
from training.prepared import Caption, CaptionKind
from training.selection import SelectionSettings, flipped_frames, spread_out
from training.sources.recording import TimedText
from training.tally import Tally

NAMES = ("label", "file-name")
"""Origins of short names, which are one action and not taken apart."""


def captions_of(texts: tuple[TimedText, ...], clip: int, motion: Motion, tally: Tally) -> list[Caption]:
    """The captions of a clip: cleaned, and compound ones also as their first and last action.

    A caption of n actions one after another gives its first action the first n-th of its range and its last action
    the last n-th: where one ends is not known, and those parts are the surest. Times are rounded to frames.
    """
    captions: list[Caption] = []
    seen: set[tuple[str, int, int]] = set()

    def add(text: str, start: float, end: float, origin: str, kind: CaptionKind) -> None:
        begin, stop = round(start * motion.fps), min(round(end * motion.fps) + 1, motion.num_frames)
        if stop <= begin:
            tally.drop("captions", "their time lies outside the clip", example=text)
        elif (text, begin, stop) in seen:
            tally.drop("captions", "said twice about the same frames")
        else:
            seen.add((text, begin, stop))
            captions.append(Caption(text, mirror_text(text), clip, begin, stop, origin, kind))

    for timed in texts:
        text = clean_caption(timed.text)
        if not text:
            tally.drop("captions", "a name that says nothing")
            continue
        if timed.origin in NAMES:
            tally.keep("names as captions")
            add(text, timed.start, timed.end, timed.origin, "whole")
            continue
        tally.keep("sentences tagged by their own tokens" if timed.tokens else "sentences tagged by rules")
        actions = split_actions(text, timed.tokens)
        if len(actions) == 1:
            add(text, timed.start, timed.end, timed.origin, "whole")
            continue
        tally.keep("compound sentences, paired by their first and last action")
        add(text, timed.start, timed.end, timed.origin, "compound")
        share = (timed.end - timed.start) / len(actions)
        if actions[0]:
            add(actions[0], timed.start, timed.start + share, timed.origin, "first")
        if actions[-1]:
            add(actions[-1], timed.end - share, timed.end, timed.origin, "last")
    return captions


@dataclass(frozen=True, eq=False)
class PickedPoses:
    """The poses of one clip."""

    frames: np.ndarray
    """(K,) indices into the clip."""
    joints: np.ndarray
    """(K, 22, 3) metres, centred."""
    pairs: list[list[tuple[int, float]]]
    """For each pose its captions (index among the clip's) and how far it shows them, 0 to 1."""


def pick_poses(
    motion: Motion, repaired_by: np.ndarray, captions: list[Caption], settings: SelectionSettings, tally: Tally
) -> PickedPoses:
    """The frames of a canonical motion that are clean, described, and spread over time and poses.

    Args:
        motion: canonical, inside its joint limits.
        repaired_by: (F,) metres that the joint limits moved each frame.
        captions: of the clip.
        settings: how to pick.
        tally: counts what is left out.
    """
    measures = FrameMeasures.of(motion)
    shown = np.zeros((len(captions), motion.num_frames))
    for index, caption in enumerate(captions):
        # No pose shows several actions one after another.
        if caption.kind != "compound":
            part = slice(caption.start_frame, caption.end_frame)
            shown[index, part] = agreement(caption.text, measures)[part]
    best = shown.max(axis=0, initial=0.0)
    flipped = flipped_frames(motion, settings.max_turn)
    beyond = limit_excess(motion.local_rotations).max(axis=-1) > settings.limit_tolerance
    beyond |= repaired_by > settings.max_repair
    unsaid = best == 0
    unseen = best < settings.min_agreement
    tally.drop("frames", "a joint flips", flipped.sum())
    tally.drop("frames", "a joint is beyond its limits", (beyond & ~flipped).sum())
    clean = ~flipped & ~beyond
    tally.drop("frames", "no caption covers them", (clean & unsaid).sum())
    tally.drop("frames", "they do not show what the caption says", (clean & unseen & ~unsaid).sum())
    candidates = np.flatnonzero(clean & ~unsaid & ~unseen)
    # The most telling frames first, so that a crowd of similar ones keeps its clearest.
    order = candidates[np.argsort(-(best + measures.from_neutral)[candidates], kind="stable")]
    frames = spread_out(order, measures.joints, settings.min_seconds * motion.fps, settings.min_distance)
    tally.drop("frames", "too close to another pose of the clip", len(candidates) - len(frames))
    least = max(settings.min_agreement, 1e-9)
    pairs = [[(int(i), float(shown[i, f])) for i in np.flatnonzero(shown[:, f] >= least)] for f in frames]
    return PickedPoses(frames, measures.joints[frames], pairs)

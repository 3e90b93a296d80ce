# SPDX-License-Identifier: GPL-3.0-or-later
"""Left and right in texts: said for the mirrored body, and which of them a text says first.

A body and its mirror image obey mirrored words, so a model need only know texts that say left first: the others are
said the other way round, and their poses mirrored. What is asked of the right side is then done exactly as it would be
of the left (canonicalisation, an exact way to equivariance: Kaba et al. 2023).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# "right" that is no side, and "left" that is the verb.
_NOT_A_SIDE = re.compile(
    r"\bright (?:away|now|after|before|afterwards?|then|where|through|again)\b"
    r"|\b(?:all|upright|stands?|sits?) right(?= (?:up|down|back)\b)"
    r"|\bright (?:up|down) (?:to|against|on top)\b"
    r"|\bright[- ]angled?\b|\bright[- ]angles\b"
    r"|\b(?:has|have|had|is|are|was|gets?|be) left\b(?! (?:hand|arm|leg|foot|knee|side|elbow|shoulder))"
    r"|\bleft (?:the (?:room|scene|area|frame|building|chair)|alone|behind|over)\b"
)
_SIDE = re.compile(
    r"(?P<clock>\b(?:counter|anti)[- ]?clock[- ]?wise\b|\bclock[- ]?wise\b)"
    r"|(?P<side>\b(?:left|right)(?=\b|wards?\b|most\b|-?(?:hand|foot|leg|arm)))"
    r"|(?P<joined>\b(?:left|right)(?=wards?|most|y\b|ies\b))",
    re.IGNORECASE,
)
_OTHER_SIDE = {"left": "right", "right": "left"}


def _like(word: str, model: str) -> str:
    if model.isupper():
        return word.upper()
    return word.capitalize() if model[0].isupper() else word


def _sides(text: str) -> Iterator[re.Match[str]]:
    """Words that name a side or a sense of turning."""
    kept = [match.span() for match in _NOT_A_SIDE.finditer(text.lower())]
    for match in _SIDE.finditer(text):
        if not any(start <= match.start() < end for start, end in kept):
            yield match


def mirror_text(text: str) -> str:
    """The text for the mirrored body: left and right, clockwise and counterclockwise change places.

    "Right" that means "at once", "all the way" or 90 degrees and "left" that means "departed" stay.
    """
    parts, end = [], 0
    for match in _sides(text):
        parts += [text[end : match.start()], _like(_other(match), match[0])]
        end = match.end()
    return "".join([*parts, text[end:]])


def _other(match: re.Match[str]) -> str:
    if match["clock"]:
        return "clockwise" if re.match("counter|anti", match[0], re.IGNORECASE) else "counterclockwise"
    return _OTHER_SIDE[match[0].lower()]


def first_side(text: str) -> str | None:
    """The side that a text names first, `left` or `right`; None where it names none. Clockwise is to the right."""
    for match in _sides(text):
        return "left" if _other(match) in ("right", "clockwise") else "right"
    return None


def left_first(text: str) -> tuple[str, bool]:
    """A text as a model is told it, the left side named first, and whether it had to be mirrored for that."""
    mirrored = first_side(text) == "right"
    return mirror_text(text) if mirrored else text, mirrored


def mirrored_name(name: str) -> str:
    """The joint, limb or point on the other side; those in the middle are their own."""
    side, _, part = name.partition("_")
    return f"{_OTHER_SIDE[side]}_{part}" if side in _OTHER_SIDE else name

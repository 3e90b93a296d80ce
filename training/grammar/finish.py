# SPDX-License-Identifier: GPL-3.0-or-later
"""The last touches on a text: capitals and full stops, spelling on both sides of the Atlantic, haste and slips."""

# Spellings are data and stand on one line.
# ruff: noqa: E501

from __future__ import annotations

import re

import numpy as np

from training.grammar.phrases import pick

_SPELLINGS = (
    (r"\btowards\b", "toward"), (r"\bforward\b", "forwards"), (r"\bbackward\b", "backwards"), (r"\bupward\b", "upwards"),
    (r"\bdownward\b", "downwards"), (r"\bninety\b", "90"), (r"\bdegrees\b", "deg"), (r" degrees\b", "°"), (r"\bright angle\b", "90 degree angle"),
    (r"\bwith\b", "w/"), (r"\band\b", "&"), (r"\bstomach\b", "tummy"), (r"\bcenter", "centre"), (r"\bfloor\b", "ground"),
)  # fmt: skip
_CONTRACTED = (
    (r"\b([Dd]o|[Dd]oes|[Ii]s|[Aa]re|[Ss]hould) not\b", r"\1n't"), (r"\b([Dd])oesn't\b", r"\1oesnt"), (r"\b([Dd])on't\b", r"\1ont"),
)  # fmt: skip
"""What is said of "do not", and how that is typed in haste."""
_SHORT = 0.7
"""How often "do not" is contracted."""
_STOPS = (*(".",) * 14, "!")
_NOT_MISSPELT = frozenset({"right", "upright", "rightward", "leftward"})
_NEAR = {"a": "s", "e": "r", "i": "o", "o": "p", "n": "m", "t": "y", "d": "f", "s": "a", "r": "t", "h": "j", "l": "k"}


def finished(text: str, random: np.random.Generator, *, whole: bool) -> str:
    """The text as somebody would type it; `whole` says that it is a sentence."""
    text = "\n".join(re.sub(r"[ \t]+", " ", line).strip() for line in text.split("\n"))
    text = re.sub(r"(?<=\w) ,", ",", text)
    text = re.sub(r"^i\b|(?<= )i(?= |')", "I", text)
    if random.random() < _SHORT:
        for pattern, other in _CONTRACTED[: 3 if random.random() < 0.1 else 1]:
            text = re.sub(pattern, other, text)
    if random.random() < 0.1:
        pattern, other = pick(random, _SPELLINGS)
        text = re.sub(pattern, other, text)
    if whole and random.random() < 0.6:
        text = text[:1].upper() + text[1:]
        text += "" if text.endswith(("?", "!")) else pick(random, _STOPS)
    elif random.random() < 0.12:
        text = text[:1].upper() + text[1:]
    haste = random.random()
    if haste < 0.07:
        text = text.lower().rstrip(".")
    elif haste < 0.09:
        text = re.sub(r"(?<!\bof) (?:the|a|an) (?=\w+ \w)", " ", text)
    elif haste < 0.105:
        text = text.upper()
    if random.random() < 0.035:
        text = _with_slip(text, random)
    return text


def _with_slip(text: str, random: np.random.Generator) -> str:
    """Mistype a word that does not name a side."""
    spots = [m for m in re.finditer(r"[a-z]{5,}", text) if m[0] not in _NOT_MISSPELT]
    if not spots:
        return text
    match = pick(random, spots)
    at = match.start() + int(random.integers(1, len(match[0]) - 1))
    slip = pick(random, ("swap", "swap", "drop", "double", "near"))
    if slip == "swap":
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    if slip == "drop":
        return text[:at] + text[at + 1 :]
    return text[:at] + (text[at] if slip == "double" else _NEAR.get(text[at], text[at])) + text[at + (slip == "near") :]

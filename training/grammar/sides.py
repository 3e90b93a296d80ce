# SPDX-License-Identifier: GPL-3.0-or-later
"""How people tell sides: as an afterthought ("one arm up, the left one"), or the second one as "the other"."""

from __future__ import annotations

import re

import numpy as np

from training.grammar.phrases import pick

AFTERTHOUGHTS = 0.07
"""How often the side of the only limb of a phrase comes last."""
CONTRASTS = 0.4
"""How often the second of two limbs is "the other", where that leaves no doubt."""

_ARM = "upper arm|forearm|lower arm|arm|hand|elbow|wrist|palm|fist"
_LEG = "lower leg|upper leg|leg|foot|knee|thigh|shin|heel|ankle"
_SIDED = re.compile(
    rf"(?P<whose>(?:\{{their\}}|the|own) )?\{{(?P<side>[LR])\}} (?P<part>{_ARM}|{_LEG}|shoulder)\b(?! and)"
)
_UNSURE = re.compile(r"\b(?:other|opposite|one|own|same|both|only|just|single|neither|either|not|side|another|two)\b")


def afterthought(phrase: str, kind: str, random: np.random.Generator) -> str:
    """A phrase that tells the side of its one limb at its end, or as it was.

    Args:
        phrase: with its choices drawn, sides still {L} and {R}.
        kind: "does", "tag" or "name"; names are left alone.
        random: decides whether and how.
    """
    if kind == "name" or random.random() >= AFTERTHOUGHTS:
        return phrase
    found = list(_SIDED.finditer(phrase))
    if len(found) != 1 or len(re.findall(r"\{[LR]\}", phrase)) != 1 or _UNSURE.search(phrase):
        return phrase
    match = found[0]
    if match.start() and not match["whose"]:
        # "With a straight left arm".
        return phrase
    side, part = "{" + match["side"] + "}", match["part"]
    first = "one " if not match["whose"] or random.random() < 0.6 else match["whose"]
    more = pick(
        random,
        (
            f" (the {side} one)", f" ({side})", f" (the {side} {part})", f" ({side} one)", f" - the {side} one -",
            f", the {side} one", f", the {side} {part}", f" ({side} {part}, that is)", f" ({side} side)",
        ),
    )  # fmt: skip
    return phrase[: match.start()] + first + part + phrase[match.end() :] + more


_MENTION = re.compile(
    r"\b(?:(?P<whose>the|his|her|their|its|your|my|that) )?(?P<side>left|right) "
    rf"(?P<part>(?P<arm>{_ARM})|(?P<leg>{_LEG}))\b"
)
_BLURS = re.compile(r"\b(?:other|opposite|one|another)\b", re.IGNORECASE)


def contrasted(text: str, random: np.random.Generator) -> str:
    """A text in which the second of two limbs is "the other", where it told both by their sides, each once."""
    if _BLURS.search(text):
        return text
    found = list(_MENTION.finditer(text))
    for kind in ("leg", "arm"):
        pair = [match for match in found if match[kind]]
        if len(pair) != 2 or pair[0]["side"] == pair[1]["side"] or random.random() >= CONTRASTS:
            continue
        second = pair[1]
        between = [match for match in found if pair[0].end() <= match.start() < second.start()]
        same = pair[0]["part"] == second["part"] and not between
        said = pick(random, ("one", second["part"])) if same else second["part"]
        whose = "the " if second["whose"] else pick(random, ("the ", ""))
        text = f"{text[: second.start()]}{whose}other {said}{text[second.end() :]}"
        break
    return text

# SPDX-License-Identifier: GPL-3.0-or-later
"""Caption text: cleaned, and its words tagged with parts of speech."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBERING = re.compile(r"(?<=[a-z])\s*[._-]?0*\d{1,3}$")
_WORDS_DROPPED_FROM_LABELS = frozenset({"loop", "rm", "cycle", "anim", "clip", "take", "mocap", "cmu", "data", "final"})
_LABEL_SPELLING = {
    "fwd": "forward",
    "bwd": "backward",
    "1h": "one-handed",
    "2h": "two-handed",
    "pushup": "push-up",
    "ups": "ups",
}
_USELESS_LABELS = frozenset(
    {"", "motion", "animation", "pose", "test", "unknown", "untitled", "sequence", "interact", "misc", "various"}
)
_TIME_PREFIX = re.compile(r"^\s*\[[^\]]*\]\s*")


def clean_caption(text: str) -> str:
    """A sentence as a person wrote it, lower case, spaces tidied, without bracketed times or a full stop."""
    text = _TIME_PREFIX.sub("", text).replace("_", " ").lower()
    text = re.sub(r"\s+", " ", text).strip(" \t.,;:")
    return re.sub(r"\s+([,.;:])", r"\1", text)


def clean_label(label: str) -> str:
    """A clip or file name as readable words; empty when it says nothing ("take 3", "180").

    >>> clean_label("Walk_Fwd_Loop_02")
    'walk forward'
    """
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", label).replace("_", " ").replace("/", " or ")
    text = re.sub(r"\s+", " ", spaced).strip().lower()
    text = _NUMBERING.sub("", text)
    words = [_LABEL_SPELLING.get(word, word) for word in text.split() if word not in _WORDS_DROPPED_FROM_LABELS]
    while words and (len(words[-1]) == 1 or words[-1].isdigit()) and len(words) > 1:
        words.pop()
    text = " ".join(words).strip(" -,.")
    return "" if text in _USELESS_LABELS or not re.search(r"[a-z]{2}", text) else text


@dataclass(frozen=True)
class Word:
    """A word of a caption, where it stands, and its part of speech."""

    surface: str
    """Lower case, as written."""
    lemma: str
    """HumanML3D's base form ("walks": "walk"), or the surface where there is none."""
    tag: str
    """Universal part of speech: VERB, NOUN, ADP...; X when not known."""
    begin: int
    end: int
    """The word is text[begin:end]."""


_WORD = re.compile(r"[a-z0-9]+(?:['’-][a-z0-9]+)*", re.IGNORECASE)


def tag_words(text: str, tokens: str = "") -> list[Word]:
    """The words of a caption with their tags: HumanML3D's `word/POS` tokens where given, else a few rules.

    The tokens leave out punctuation and numbers and hold base forms, so they are laid along the words by the
    best-scoring monotone alignment.
    """
    found = [(match[0].lower(), match.start(), match.end()) for match in _WORD.finditer(text)]
    surfaces = [surface for surface, _, _ in found]
    pairs = [part.rpartition("/")[::2] for part in tokens.split()]
    tagged: list[tuple[str, str]]
    if pairs:
        links = _align(surfaces, [lemma.lower() for lemma, _ in pairs])
        tagged = [
            (pairs[link][0].lower(), pairs[link][1]) if link is not None else (surface, "X")
            for surface, link in zip(surfaces, links, strict=True)
        ]
    else:
        tagged = _tag_by_rules(surfaces)
    tagged = _third_person_verbs(surfaces, tagged)
    return [Word(surface, *tag, begin, end) for (surface, begin, end), tag in zip(found, tagged, strict=True)]


def _likeness(surface: str, lemma: str) -> float:
    if surface == lemma:
        return 2.0
    common = 0
    for a, b in zip(surface, lemma, strict=False):
        if a != b:
            break
        common += 1
    if common >= 2 and common >= len(lemma) - 2:
        return 1.5
    return 0.5 if common else -0.5


def _align(surfaces: list[str], lemmas: list[str]) -> list[int | None]:
    """For each word the index of its token, by dynamic programming (Needleman and Wunsch, 1970)."""
    rows, columns = len(surfaces), len(lemmas)
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            pair = _likeness(surfaces[i], lemmas[j]) + best[i + 1][j + 1]
            best[i][j] = max(pair, best[i + 1][j], best[i][j + 1])
    links: list[int | None] = [None] * rows
    i = j = 0
    while i < rows and j < columns:
        if best[i][j] == _likeness(surfaces[i], lemmas[j]) + best[i + 1][j + 1]:
            links[i] = j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return links


_CLOSED_CLASSES = {
    "DET": "a an the this that these those both each every another all some his her their its my your one's",
    "PRON": "he she they it him them himself herself themselves itself someone something somebody who which",
    "AUX": "is are was were be been being am does do did has have had can could will would should may might seems",
    "ADP": "in on at to from with of by for over under onto into off up down across around behind through along "
    "toward towards between above below like against about near before after until without out",
    "CCONJ": "and or but",
    "SCONJ": "while as when because if that where",
    "ADV": "then forward forwards backward backwards back sideways again away together twice once finally next very "
    "not slightly there here left-to-right ahead upright in-place quickly slowly afterwards",
    "ADJ": "left right low high big small wide straight upper lower front slow fast quick half full",
    "NUM": "one two three four five six seven eight nine ten several",
}
_TAG_OF = {word: tag for tag, words in _CLOSED_CLASSES.items() for word in words.split()}
_MOTION_VERBS_LISTED = (
    "walk run jog sprint jump hop skip leap step turn spin twist rotate kick punch strike hit throw toss catch swing "
    "wave raise lift lower bend bow lean crouch squat kneel sit stand lie lay crawl climb roll flip fall stumble trip "
    "dance sway reach grab pick put place push pull drag carry hold move go come stop start begin continue stretch "
    "clap point look nod shake scratch rub wash wipe drink eat dribble shoot pass block duck dodge march stomp tiptoe "
    "balance rise get take make bring perform do dive swim fly hang drop pace stagger limp sneak charge play cross "
    "circle open close fold extend twirl pivot shuffle slide gallop lunge thrust tap touch pretend appear try return "
    "rest sleep meditate cheer act mimic gesture pause rock squirm adjust face"
)
_MOTION_VERBS = frozenset(_MOTION_VERBS_LISTED.split())


def _stem(word: str) -> str:
    for ending, repair in (("ies", "y"), ("es", ""), ("s", ""), ("ing", ""), ("ed", "")):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            base = word[: -len(ending)] + repair
            doubled = base[:-1] if len(base) > 2 and base[-1] == base[-2] else base
            for candidate in (base, base + "e", doubled):
                if candidate in _MOTION_VERBS:
                    return candidate
    irregular = {"sat": "sit", "stood": "stand", "ran": "run", "threw": "throw", "fell": "fall", "lying": "lie"}
    return irregular.get(word, word)


_BEFORE_A_VERB = frozenset(
    {"and", "or", "but", "then", "he", "she", "it", "they", "who", "person", "man", "woman", "figure", "sim", "someone"}
)


def _third_person_verbs(surfaces: list[str], tagged: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """HumanML3D's tagger takes some verbs for nouns ("then jumps/PROPN"); behind a subject or "and" they are verbs."""
    corrected = list(tagged)
    for index in range(1, len(tagged)):
        word = surfaces[index]
        is_noun = tagged[index][1] in ("NOUN", "PROPN", "ADJ")
        if is_noun and word.endswith("s") and surfaces[index - 1] in _BEFORE_A_VERB and _stem(word) in _MOTION_VERBS:
            corrected[index] = (_stem(word), "VERB")
        elif tagged[index][1] == "AUX" and word in ("does", "did"):
            corrected[index] = ("do", "VERB")
    return corrected


def _tag_by_rules(surfaces: list[str]) -> list[tuple[str, str]]:
    """Closed classes from a list, known motion verbs where no determiner or adjective makes them nouns, else nouns."""
    tagged: list[tuple[str, str]] = []
    for word in surfaces:
        before = tagged[-1][1] if tagged else ""
        stem = _stem(word)
        if word in _TAG_OF:
            tagged.append((word, _TAG_OF[word]))
        elif stem in _MOTION_VERBS and before not in ("DET", "ADJ", "NUM"):
            tagged.append((stem, "VERB"))
        elif word.endswith("ly"):
            tagged.append((word, "ADV"))
        else:
            tagged.append((word, "NOUN"))
    return tagged

# SPDX-License-Identifier: GPL-3.0-or-later
"""From phrases to sentences: tags, captions, orders, requests, casual talk and long descriptions.

See `phrases` for what authors write.
"""

# Templates are data and stand on one line.
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from training.grammar.finish import finished
from training.grammar.phrases import Words, expand, participle, pick, plainer, third_person, words
from training.grammar.sides import afterthought, contrasted
from training.grammar.speaker import ARTICLE, SUBJECT_OF, Speaker, joined_by_and
from training.grammar.synonyms import reworded

__all__ = ["Words", "participle", "third_person", "word", "words"]

_PEOPLE = (
    ("a person", "their"), ("a person", "their"), ("a person", "his"), ("a man", "his"), ("a woman", "her"),
    ("someone", "their"), ("a figure", "its"), ("the figure", "its"), ("the character", "their"), ("a guy", "his"),
    ("a girl", "her"), ("a boy", "his"), ("the model", "their"), ("somebody", "their"), ("a human", "their"),
    ("a young woman", "her"), ("an old man", "his"), ("a kid", "their"), ("the hero", "their"), ("a lady", "her"),
    ("the person", "their"), ("a figure", "their"), ("a child", "their"), ("the man", "his"), ("the woman", "her"),
    ("this person", "their"), ("a dancer", "their"), ("an athlete", "their"), ("a mannequin", "its"), ("a soldier", "his"),
    ("the avatar", "its"), ("an individual", "their"), ("the subject", "their"), ("a male figure", "his"),
    ("a female character", "her"), ("my character", "their"), ("a teenager", "their"), ("a robot", "its"),
    ("a performer", "their"), ("an adult", "their"), ("the guy", "his"), ("the girl", "her"), ("a fellow", "his"), ("an actor", "his"),
    ("an actress", "her"), ("the dancer", "her"), ("a gymnast", "her"), ("a yogi", "their"), ("a player", "their"), ("the player", "their"),
    ("a stick figure", "its"), ("a cartoon character", "their"), ("the mannequin", "its"), ("a stick man", "his"), ("a warrior", "his"), ("the skeleton", "its"),
    ("a superhero", "their"), ("an elderly woman", "her"), ("an old lady", "her"), ("a young man", "his"), ("a little girl", "her"), ("a little boy", "his"),
    ("a student", "their"), ("a worker", "his"), ("the participant", "their"), ("the patient", "their"), ("a bystander", "their"), ("a human being", "their"),
    ("one person", "their"), ("the humanoid", "its"), ("a trainer", "their"), ("a male", "his"), ("a female", "her"), ("the body", "its"), ("our hero", "their"),
    ("a sim", "their"), ("an NPC", "their"), ("a mime", "their"), ("a villain", "his"), ("the statue", "its"), ("a doll", "its"), ("a puppet", "its"),
)  # fmt: skip
_PRONOUNS = (("he", "his"), ("she", "her"), ("he", "his"), ("she", "her"), ("they", "their"))
_OBJECT_OF = {"his": "him", "her": "her", "their": "them", "its": "it"}
_FOLLOWS_A_NOUN = re.compile(r"^(\w+ing|in|on|at|with|about to|ready to)\b")
"""Tags that may stand right after who does them."""
_DONE_BY = 0.4
"""How often a pose is said of those who would do it, where they are known."""


@dataclass(frozen=True)
class _Task:
    """One text to make."""

    units: tuple[Words, ...]
    speaker: Speaker
    subject: str
    main_first: bool
    doer: str = ""
    """Who would do the pose, where that is said of it ("boxer")."""

    @property
    def random(self) -> np.random.Generator:
        return self.speaker.random

    @property
    def form(self) -> str:
        return "they" if self.subject in ("they", "you", "I") else "third"

    @property
    def again(self) -> str:
        """The subject when it is spoken of again."""
        return SUBJECT_OF.get(self.speaker.their, "the figure")

    @property
    def form_again(self) -> str:
        return "they" if self.again in ("they", "you", "I") else "third"

    def verb(self, form: str) -> str:
        return self.speaker.main(self.units[0], form, stands=not self.main_first)

    def clause(self, form: str) -> str:
        """All units in one clause, without its subject."""
        verb = self.verb(form)
        progressive = bool(re.match(r"(is|are|am) ", verb)) or form == "ing"
        return verb + self.speaker.extras(
            self.units[1:],
            self.again,
            self.form_again if form == "third" else form,
            progressive=progressive or self.again == "they",
        )

    def tags(self) -> list[str]:
        """All units as tags, the first with whoever does it: "boxer throwing a jab", "left arm up"."""
        first, *others = (self.speaker.tag(unit) for unit in self.units)
        if self.doer:
            first = f"{self.doer} {first}" if _FOLLOWS_A_NOUN.match(first) else f"{self.doer}, {first}"
        return [first, *others]

    def orders(self) -> str:
        """All units as orders: "kneel, raise your left arm and look left"."""
        verbs = [
            self.speaker.main(unit, "bare", stands=not self.main_first and index == 0)
            for index, unit in enumerate(self.units)
        ]
        forbidden = [verb for verb in verbs if verb.startswith("do not ")]
        if len(forbidden) == 1 and len(verbs) > 1 and self.random.random() < 0.7:
            return self.forbidding([verb for verb in verbs if verb is not forbidden[0]], forbidden[0])
        if len(verbs) > 1 and self.random.random() < 0.3:
            return verbs[0] + self.speaker.extras(self.units[1:], "", "bare", progressive=True)
        if len(verbs) == 1:
            return verbs[0]
        return (
            ", ".join(verbs[:-1])
            + pick(self.random, (" and ", ", ", ", and ", ", then " if len(verbs) > 2 else " and "))
            + verbs[-1]
        )

    def forbidding(self, wanted: list[str], forbidden: str) -> str:
        """What is to be done, and what is not: "look up but do not raise your arms"."""
        done = joined_by_and(wanted, self.random)
        return pick(self.random, _BUT).format(done=done, forbidden=forbidden)


_BUT = (
    "{done} but {forbidden}", "{done}, but {forbidden}", "{done}, {forbidden}", "{forbidden}, just {done}", "{forbidden}, {done}",
    "{done} and {forbidden}", "{forbidden}. {done}", "{done}. {forbidden}", "{forbidden}, only {done}", "{forbidden}; {done}", "{done}, and {forbidden}",
    "{forbidden} but {done}", "{forbidden}, instead {done}",
)  # fmt: skip
"""How what is to be done and what is not stand together."""
_SEPARATORS = (", ", ", ", ", ", " , ", "; ", " + ", " / ", " - ", " | ", ". ", "\n", " & ", " ")
_LABELS = ("{}", "{}", "{}", "{}", "{}", "{}", "{}", "{} pose", "{}, full body", "{}, character pose", "{} - reference", "{}, pose reference", "pose: {}", "pose of {}", "man, {}", "woman, {}", "1girl, {}", "figure, {}", "{}, full body shot",
    "{}, single figure", "{}, figure drawing", "gesture drawing: {}", "{}, anatomy reference", "{} animation", "{}, keyframe", "game character, {}", "{}, side view", "{}, front view", "solo, {}", "1boy, {}", "{}, dynamic pose", "mannequin {}", "{} (pose)", "character: {}", "{}, t-shirt and jeans", "{}, white background", "{}, a person")  # fmt: skip


def _tags(task: _Task) -> str:
    tags = task.tags()
    if task.random.random() < 0.15:
        task.random.shuffle(tags)
    separators = _SEPARATORS if len(tags) > 2 or all(len(tag) < 30 for tag in tags) else _SEPARATORS[:-1]
    return pick(task.random, _LABELS).format(pick(task.random, separators).join(tags))


_CASUAL = (
    "{} pls", "guy {}", "dude {}", "someone just {}", "ok so {}", "{} kinda", "like {}", "{} pose", "just {}", "girl {}",
    "{} or smth", "um {}", "{} lol", "so basically {}", "{}!", "{} please", "someone {}", "a dude {}", "u know, {}", "hey, {}",
    "{} thing", "{} thx", "maybe {}", "the one with {}", "hmm {}", "basically {}", "{}, you know", "gimme {}",
)  # fmt: skip


def _casual(task: _Task) -> str:
    tags = task.tags()
    return pick(task.random, _CASUAL).format(
        pick(task.random, (", ", " w/ ", " and ", ", ", " n ", " plus ")).join(tags)
    )


def _caption(task: _Task) -> str:
    return f"{task.subject} {task.clause(task.form)}"


def _inverted(task: _Task) -> str:
    """What limbs do first: "with his left arm raised, a man kneels"."""
    if len(task.units) < 2 or not any(": " in phrase for phrase in task.units[1].tags):
        return _caption(task)
    colons = [phrase for phrase in task.units[1].tags if ": " in phrase]
    held = task.speaker.held(reworded(expand(plainer(task.random, colons), task.random), "tag", task.random))
    rest = replace(task, units=(task.units[0], *task.units[2:]))
    return f"{pick(task.random, ('with ', ''))}{held}, {rest.subject} {rest.clause(rest.form)}"


_NOUN = ("{}", "{}", "{}", "{}", "a drawing of {}", "a photo of {}", "a sketch of {}", "picture of {}", "there is {}", "we see {}", "here is {}", "a pose of {}", "image of {}", "a 3d render of {}", "a statue of {}",
    "a painting of {}", "a picture showing {}", "the image shows {}", "an illustration of {}", "there's {}", "a figure study of {}", "full body shot of {}", "pose of {}", "photograph of {}", "a silhouette of {}", "a still of {}",
    "concept art of {}", "a cartoon of {}", "the photo shows {}", "in the picture we see {}", "a frame of {}", "a snapshot of {}", "a view of {}", "an animation of {}", "the scene shows {}", "a reference photo of {}")  # fmt: skip


def _participle(task: _Task) -> str:
    return pick(task.random, _NOUN).format(f"{task.subject} {task.clause('ing')}")


_ORDERS = (
    "{}", "{}", "{}", "{}", "{}", "{}", "please {}", "now {}", "ok, {}", "{}, please", "{}, and hold", "next, {}", "inhale and {}", "exhale, {}", "from here, {}", "try to {}", "let's {}",
    "just {}", "everybody, {}", "slowly {}", "go ahead and {}", "{} and stay there", "{} and hold it", "for this one, {}", "on the count of three, {}", "{}, then freeze", "okay, {}", "and {}", "first {}", "breathe in, {}",
    "you should {}", "you need to {}", "make sure you {}", "kindly {}", "simply {}", "carefully {}",
)  # fmt: skip


def _order(task: _Task) -> str:
    return pick(task.random, _ORDERS).format(task.orders())


_REQUESTS: tuple[str, ...] = (
    "make {them} {bare}", "can you make {them} {bare}?", "i want {someone} to {bare}", "have {someone} {bare}", "let {someone} {bare}",
    "could you have {someone} {bare}?", "please make {someone} {bare}", "i need a pose where {someone} {third}", "a pose where {someone} {third}",
    "show me {someone} {ing}", "i'd like to see {someone} {ing}", "give me {someone} {ing}", "can i get {someone} {ing}?", "draw {someone} {ing}",
    "pose {someone} {ing}", "generate {someone} {ing}", "a scene in which {someone} {third}", "what does it look like when {someone} {third}?",
    "i'm looking for a pose in which {someone} {third}", "get {them} to {bare}", "how about {someone} {ing}?", "need {someone} {ing}",
    "the pose should show {someone} {ing}", "imagine {someone} {ing}", "looking for a reference of {someone} {ing}", "it's {someone} {ing}",
    "i'd like {them} to {bare}", "tell {them} to {bare}", "pose in which {someone} {third}", "can we see {someone} {ing}?",
    "{someone} should {bare}", "{someone} needs to {bare}", "we need {someone} to {bare}", "animate {someone} {ing}", "create {someone} {ing}", "render {someone} {ing}",
    "this is {someone} {ing}", "picture {someone} {ing}", "think of {someone} {ing}", "a shot of {someone} {ing}", "in this pose {someone} {third}", "a still where {someone} {third}",
    "i would like {someone} to {bare}", "is it possible to have {someone} {bare}?", "could you show {someone} {ing}?", "what about {someone} {ing}?", "find me {someone} {ing}",
    "{someone} must {bare}", "next: {someone} {ing}", "change it so that {someone} {third}", "i picture {someone} {ing}", "maybe have {someone} {bare}", "the next frame: {someone} {third}",
    "keyframe: {someone} {third}", "in the first panel {someone} {third}", "an idle where {someone} {third}",
)  # fmt: skip


def _request(task: _Task) -> str:
    template = pick(task.random, _REQUESTS)
    them = _OBJECT_OF.get(task.speaker.their, "them") if task.random.random() < 0.4 else _object(task.subject)
    acts = "{third}" in template or template.startswith("{someone}")
    someone = task.subject if acts else _object(task.subject)
    said = template.replace("{them}", them).replace("{someone}", someone).replace("they needs", "they need")
    if "{bare}" in said:
        return said.replace("{bare}", task.orders())
    if "{third}" in said:
        return said.replace("{third}", task.clause(task.form))
    return said.replace("{ing}", task.clause("ing"))


def _object(subject: str) -> str:
    return {"he": "him", "she": "her", "they": "them"}.get(subject, subject)


def _long(task: _Task) -> str:
    first = replace(task, units=task.units[:1])
    rest = list(task.units[1:])
    if len(rest) > 1 and task.random.random() < 0.5:
        first, rest = replace(task, units=task.units[:2]), rest[1:]
    sentences = [f"{task.subject} {first.clause(task.form)}"]
    while rest:
        if len(rest) > 1 and task.random.random() < 0.35:
            pair = [task.speaker.sentence(unit, task.again, task.form_again) for unit in rest[:2]]
            sentences.append(pair[0] + pick(task.random, (" and ", ", and ", ", while ", "; ")) + pair[1])
            rest = rest[2:]
        else:
            sentences.append(task.speaker.sentence(rest.pop(0), task.again, task.form_again))
    return ". ".join(sentence[:1].upper() + sentence[1:] for sentence in sentences)


def _headless(task: _Task) -> str:
    """Without a subject: "kneels, left arm raised"."""
    return task.clause("third")


_MARKS = (": ", ": ", ": ", " - ", " = ", " -> ", " → ", " – ")
_ENDS = ("; ", ", ", ". ", "\n", " / ", "\n- ", " | ")


def _listed(task: _Task) -> str:
    """Part by part: "left arm: raised; head: turned left"."""
    mark, lines = pick(task.random, _MARKS), []
    for unit in task.units:
        colons = [phrase for phrase in unit.tags if ": " in phrase]
        if not colons:
            lines.append(task.speaker.tag(unit))
            continue
        phrase = reworded(expand(plainer(task.random, colons), task.random), "tag", task.random)
        lines.append(
            task.speaker.say(afterthought(phrase, "tag", task.random).replace(": ", "\0", 1)).replace("\0", mark)
        )
    if task.random.random() < 0.3:
        task.random.shuffle(lines)
    end = pick(task.random, _ENDS)
    return ("- " if end == "\n- " else "") + end.join(lines)


_WANTS = (
    "I need {}", "I want {}", "i need {}", "can you give me {}?", "could we get {}?", "let's have {}", "what I want is {}", "looking for {}", "give me {}", "do you have {}?",
    "can I get {}?", "is there a pose with {}?", "think {}", "more like {}", "I'd like {}", "could I see {}?", "we need {}", "I'm picturing {}", "how would {} look?",
    "we're going for {}", "got anything with {}?", "what about {}?", "picture this: {}", "so it's {}", "it should be {}", "try {}", "make it {}", "the pose I mean is {}", "basically {}", "go for {}",
)  # fmt: skip


def _wanted(task: _Task) -> str:
    """What somebody wants to see of whom: "I need a guy kneeling, left arm raised"."""
    held, doing = [], []
    for unit in task.units:
        colons = [phrase for phrase in unit.tags if ": " in phrase]
        if colons and (task.random.random() < 0.7 or not unit.does):
            phrase = reworded(expand(plainer(task.random, colons), task.random), "tag", task.random)
            held.append(task.speaker.held(afterthought(phrase, "tag", task.random)))
        else:
            doing.append(task.speaker.main(unit, "ing"))
    with_ = (
        [("with " if not doing or task.random.random() < 0.5 else "") + joined_by_and(held, task.random)]
        if held
        else []
    )
    wanted = pick(task.random, _WANTS)
    who = task.subject if wanted.startswith("how would") else _object(task.subject)
    if with_ and not doing:
        return wanted.format(f"{who} {with_[0]}")
    return wanted.format(f"{who} " + ", ".join([joined_by_and(doing, task.random), *with_]))


_COACHING = (
    "{}", "{}", "{}!", "ok, {}", "good, now {}", "come on, {}", "nice, {}", "that's it, {}", "now {}!", "remember to {}", "don't forget to {}", "and {}!", "great, {}", "let's see you {}", "I want you to {}",
    "I need you to {}", "could you {}?", "can you {}?", "would you {}?", "could you please {}?", "for the next shot, {}", "for me, {}", "if you can, {}", "gently {}", "okay, {}", "ready? {}",
)  # fmt: skip


def _coached(task: _Task) -> str:
    """As a coach or a photographer says it: "now keep that left arm up!"."""
    return pick(task.random, _COACHING).format(task.orders())


_ANYONE, _SELF, _DROPPED = "anyone", "self", "dropped"
_STYLES: tuple[tuple[Callable[[_Task], str], float, str, bool], ...] = (
    # How it is said, its share, who is spoken of, whether it makes a whole sentence.
    (_tags, 0.19, _DROPPED, False),
    (_caption, 0.24, _ANYONE, True),
    (_inverted, 0.04, _ANYONE, True),
    (_participle, 0.11, _ANYONE, False),
    (_order, 0.12, _SELF, True),
    (_request, 0.1, _ANYONE, True),
    (_casual, 0.07, _DROPPED, False),
    (_long, 0.09, _ANYONE, True),
    (_headless, 0.04, _DROPPED, False),
    (_listed, 0.05, _DROPPED, False),
    (_wanted, 0.06, _ANYONE, False),
    (_coached, 0.05, _SELF, True),
)


def word(units: Sequence[Words], random: np.random.Generator, *, flipped: bool, main_first: bool = True) -> str:
    """One text that says all units, the first of which is the pose or stance itself.

    Args:
        units: what to say; the first is said as the verb of the sentence where there is one.
        random: decides style, subject, phrases and order.
        flipped: whether {L} is said as right.
        main_first: whether the first unit is a pose or a stance, rather than a clause about a standing body.
    """
    shares = np.array([share for _, share, _, _ in _STYLES])
    style, _, who, whole = _STYLES[int(random.choice(len(_STYLES), p=shares / shares.sum()))]
    subject, their = pick(random, _PRONOUNS if random.random() < 0.12 else _PEOPLE)
    if who == _SELF:
        their = pick(random, ("your", "your", "your", "your", "the"))
    elif who == _DROPPED:
        their = pick(random, ("their", "the", "his", "her", "", "", "their"))
    elif random.random() < 0.02:
        subject, their = pick(random, (("I", "my"), ("you", "your")))
    doer = ""
    if units[0].who and who != _SELF and random.random() < _DONE_BY:
        subject, their = pick(random, units[0].who), pick(random, ("their", "their", "his", "her"))
        doer = ARTICLE.sub("", subject)
    rest = list(units[1:])
    random.shuffle(rest)  # type: ignore[arg-type]
    speaker = Speaker(random, their, flipped)
    if style is _participle and subject in SUBJECT_OF.values():
        subject = "a person"
        speaker = replace(speaker, their="their" if their in ("my", "your") else their)
    if style in (_request, _wanted) and subject in ("I", "you"):
        subject, speaker = "someone", replace(speaker, their="their")
    text = style(_Task((units[0], *rest), speaker, subject, main_first, doer))
    text = contrasted(re.sub(r"\bI (?:are|is)\b", "I am", text), random)
    return finished(text, random, whole=whole)

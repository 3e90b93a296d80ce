# SPDX-License-Identifier: GPL-3.0-or-later
"""How people's words for motions are made alike, and what they say that the grammar does not: tables for `captions`."""

# Phrases are data and stand on one line.
# ruff: noqa: E501

from __future__ import annotations

import re
from functools import lru_cache

_IRREGULAR = {
    "held": "hold", "stood": "stand", "sat": "sit", "bent": "bend", "laid": "lay", "lays": "lie", "knelt": "kneel", "feet": "+foot",
    "swung": "swing", "threw": "throw", "thrown": "throw", "brought": "bring", "leant": "lean", "kept": "keep", "lying": "lie", "laying": "lie",
    "ran": "run", "hung": "hang", "spun": "spin", "stuck": "stick", "tying": "tie", "does": "do", "doing": "do", "goes": "go", "got": "get", "took": "take",
    "forwards": "forward", "backwards": "back", "backward": "back", "towards": "toward", "upwards": "up", "upward": "up", "picks": "pick",
    "downwards": "down", "downward": "down", "has": "with", "having": "with", "have": "with", "across": "across", "perform": "do", "performs": "do", "performing": "do",
    "cross": "cross", "crossed": "cross", "crossing": "cross", "crosses": "cross", "press": "press", "hips": "+hip", "waist": "hip",
    "his": "", "her": "", "their": "", "its": "", "the": "", "a": "", "an": "", "own": "", "this": "", "is": "", "are": "", "be": "", "was": "",
    "were": "", "been": "", "being": "", "both": "", "seated": "sit", "arms": "+arm", "hands": "+hand", "legs": "+leg",
    "knees": "+knee", "elbows": "+elbow", "shoulders": "+shoulder", "fists": "+hand", "fist": "hand", "palms": "+palm", "ankles": "+ankle",
    "wrists": "+wrist", "heels": "+heel", "ears": "+ear", "eyes": "+eye", "toes": "+toe", "thighs": "+thigh", "sides": "side", "fours": "four",
    "ground": "floor", "trunk": "torso", "stomach": "belly", "tummy": "belly", "abdomen": "belly", "lift": "rais", "lifts": "rais",
    "lifted": "rais", "lifting": "rais", "raise": "rais", "raises": "rais", "raised": "rais", "raising": "rais", "butt": "buttock", "bottom": "buttock",
    "performance": "do", "foward": "forward", "straightens": "straight", "side": "side", "sides_": "side", "sideways": "sideways", "swimming": "swim",
    "object": "something", "objects": "something", "item": "something", "items": "something", "thing": "something", "stuff": "something",
}  # fmt: skip
_PUT = frozenset(["put", "plac", "rest", "lay", "set", "press", "position", "keep", "hold", "bring", "mov", "tak"])
_EXTEND = frozenset(["stick", "extend", "stretch", "reach"])
"""Words for bringing a limb somewhere, bent or stretched: where it ends, the rest of the phrase says."""
REWRITES: tuple[tuple[str, str], ...] = (
    (r"\b(appear|seem|pretend|start|begin|proceed|continu|try|attempt) (to |like |lik |as if )+", ""),
    (r"\b(look|act) (like |lik |as if |out )+", ""),
    (r"\b(pretend|mimic|imitat|act out) (?=[a-z]+)", ""),
    (r"\b(up )?(in|into|toward) (air|sky|ceil)\b", "up"),
    (r"\b(up )?(over|above) head\b", "above head"),
    (r"\bup above head\b", "above head"),
    (r"\b(straight )?(out )?in front( of (body|them|himself|herself|themself|it|him))?\b", "out in front"),
    (r"\bout out\b", "out"),
    (r"\bout straight forward\b", "out in front"),
    (r"\bstraight out\b", "out"),
    (r"\b(at|on|by) side( of (body|them|it))?\b(?! to)", "at side"),
    (r"\b(out )?(to|toward) side( of (body|them|it))?\b(?! to)", r"\1to side"),
    (r"\bsid\b", "side"),
    (r"\b(left|right) (hand )?side\b", r"\1"),
    (r"\bget down on\b", "kneel on"),
    (r"\bwhil\b", "while"),
    (r"\blik\b", "like"),
    (r"\b(walk|jog|run|step|mov|jump) (in|to|toward) back\b", r"\1 back"),
    (r"\bback (and|to|n) forth\b", "to-and-fro"),
    (r"\bup (and|n) down\b(?! stair)", "up-and-down"),
    (r"\b(us|using) (?=(left|right|one|\+hand))", "with "),
    (r"\bperson'?s\b", ""),
)
"""What people say in more ways than the grammar, over likened words."""


@lru_cache(maxsize=100_000)
def like(word: str) -> str:
    """A word without its ending, the same for all its forms; empty for words that say nothing."""
    stem = _stem(word)
    return "put" if stem in _PUT else "extend" if stem in _EXTEND else stem


def _stem(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith(("ss", "ous", "thing")):
            word = word[: -len(ending)]
            if ending in ("ing", "ed") and word[-1] == word[-2] and word[-1] not in "ls":
                word = word[:-1]
            break
    if word.endswith("i"):
        word = word[:-1] + "y"
    return word[:-1] if word.endswith("e") and len(word) > 3 else word


def likened(text: str) -> str:
    """Words made alike: "raises his left arm" and "lifting the left arm" become the same."""
    text = re.sub(r"\b(in place|on the spot|on spot|themselves|himself|herself)\b", "", text.lower()).replace(
        "°", " degrees"
    )
    found = re.findall(r"[a-z0-9]+(?:[-'][a-z0-9]+)*|[,.;:]", text)
    text = " ".join(word for word in map(like, found) if word)
    for pattern, other in REWRITES:
        text = re.sub(pattern, other, text)
    return re.sub(r"\s+", " ", text).strip()


def _set(text: str) -> frozenset[str]:
    return frozenset(filter(None, map(like, text.split())))


SUBJECT = re.compile(
    r"^(?:(?:person|man|woman|figur|someone|someon|somebody|he|she|they|it|character|guy|girl|boy|sim|human|individual|peopl|model|stick|"
    r"kid|lady|one|that|who|male|femal|old|young|there|here|i|you|we|can|see) )*"
)
IGNORED = frozenset(
    _set(
        "slowly quickly slow quick carefully gently calmly steadily just while and , still once twice again briefly moment momentarily "
        "repeatedly continuously for time times several few second seconds multiple many simply fully completely briskly leisurely normally with "
        "calm steady pace at normal moderate medium fast very really somewhat quite kind of sort suddenly stationary it motion movement like "
        "exercise as if that which where so speed slightly rhythmically casual casually"
    )
) - {"put"}
"""Words that do not change a pose."""
WALKS = _set("walk jog run stride stroll pace march sprint sneak tiptoe limp crawl")
PATHS = _set(
    "forward ahead straight in circle circles circular clockwise counterclockwise counter-clockwise counter line diagonal diagonally around back "
    "and forth to from one left right side on treadmill room across path direction curve curved randomly small large wide normal slow fast "
    "confident confidently toward away up down stair stairs slope hill end of other steps few zig zag pattern s shape half something then over "
    "toward front to-and-fro"
) - {"put"}
"""Where someone who walks or runs goes, which a single moment does not show."""
_THERE = r"(?: (?:it|them|\+?arm|\+?hand|\+?leg|\+?foot|to|at|again|start|original|normal|neutral|position|posit|in|hang|on|floor|and))*"
BACK = re.compile(
    rf"(?: ,)?(?: and| then| before| ,)+ (?:put|lower|drop|pull|let){_THERE} (?:down|back|side|off)(?:{_THERE}(?: down| back| side)?)*$"
    rf"|(?: ,)?(?: and| then| before| ,)+ (?:lower|drop|releas|relax|uncross)(?:{_THERE}(?: down| back| side)?)*$"
    rf"|(?: ,)?(?: and| then| before| ,)+ (?:return|go|com|stop|paus|stand)(?: up| straight| still| down| back| put| there| again| to| start| original| position| normal)*$"
)
"""A way back at the end, which leaves the key moment where it was."""
STOPPED_KEYS = frozenset(
    {
        "left",
        "right",
        "put",
        "rais",
        "pass",
        "bump",
        "header",
        "cod",
        "film",
        "boo",
        "rap",
        "up",
        "down",
        "fish",
        "extend",
    }
)
"""Single words that say too little."""

ALSO: tuple[tuple[str, str], ...] = (
    ("walk|walk [|straight ]ahead|walk straight|take [a step|steps|few steps|several steps|two steps|one step|big step|three steps|four steps]|stroll|step forward|pace|wander|move forward|step over something|walk sideways|step [to left|to right]", "stride"),
    ("jog", "jogging"),
    ("run|sprint", "sprinting"),
    ("sit down|sit down [on|in] [chair|something]|sit [in|on] [chair|something|stool|bench]|sit", "sitting chair"),
    ("stand still|stand|stand there|stand straight|stand completely still|stay in position|do nothing", "standing"),
    ("kneel down|kneel|kneel on knees|fall to knees|go down on knees|drop to knees|get on knees", "kneeling both"),
    ("kneel on [|one |a ]knee|go down on [one|a] knee|take a knee", "kneeling one"),
    ("do [squat|squats]|squat|squat down|do [few|several|two|three] squats", "squat"),
    ("crouch|crouch down|duck down|duck", "crouch"),
    ("jump|jump up|jump up and down|jump forward|jump up once|jump on|hop|hop up and down|hop forward|leap|leap forward|jump [to left|to right|back]", "jump"),
    ("do [|few |several |two |three |3 |2 |4 |some ][jump jacks|jump jack|jumping jacks]|jumping jack|star jump", "jumping jack"),
    ("walk on four|crawl|crawl forward|crawl on floor|crawl around|get on hands and knees and crawl|crawl on hands and knees", "crawling"),
    ("lie down|lie on floor|lie down on back|lie down on floor", "lying on back"),
    ("get on hands and knees|on hands and knees", "all fours"),
    ("do [push up|push ups|pushup|pushups]", "push-up up"),
    ("do [hand stand|handstand]", "handstand"),
    ("do [cart wheel|cartwheel|cartwheels|cart wheels]", "cartwheel"),
    ("wave|wave hand|wave hi|wave hello|wave goodbye|wave [at|to] someone|wave bye|raise hand and wave|wave arm|put hand up and wave", "waving"),
    ("wave hands|wave arms|wave arms above head|wave with hands", "both hands waving"),
    ("clap|clap hands|clap hands together|clap with hands|applaud", "clapping"),
    ("throw ball|throw something|throw|throw baseball|throw something overhand|pitch ball", "throwing"),
    ("kick|kick something|kick ball|do kick|kick forward", "front kick"),
    ("kick to side|do side kick|side kick", "side kick"),
    ("kick high|do high kick|high kick", "high front kick"),
    ("do low kick|low kick", "low kick"),
    ("punch|punch something|punch air|throw punch|punch forward|jab", "cross punch"),
    ("box|shadow box|box with someone|do boxing moves|fight stance|in fight stance|put hands up in fight stance", "boxing guard"),
    ("play violin", "violin"), ("play guitar", "guitar"), ("play drums", "drums"), ("play piano", "piano"), ("play flute", "flute"), ("play trumpet", "trumpet"),
    ("play golf|swing golf club|swing club", "golf backswing"), ("play tennis|swing tennis racket|swing racket", "forehand"),
    ("dance waltz|waltz|do waltz", "waltz hold"), ("do salsa [|dance]|dance salsa|salsa dance", "salsa"), ("do [chicken dance|chicken]", "chicken dance"),
    ("dribble ball|dribble basketball|play basketball", "dribbling"), ("shoot basketball|shoot hoop", "basketball shot"),
    ("jump rope|skip rope", "jump rope"), ("swim|do swimming motion|swim in water", "front crawl"), ("do breaststroke", "breaststroke"), ("do backstroke", "backstroke"),
    ("raise [dumbbell|weight|weights|barbell|dumbbells] above head|put [weight|barbell] above head", "overhead press"),
    ("raise [dumbbell|weight]|raise dumbbell with hand|curl dumbbell|do [bicep|biceps] curl", "bicep curl"),
    ("look at watch|check watch|look at wrist|check time on watch|check time|raise hand to look at watch", "looking at watch"),
    ("drink|drink something|drink from [bottle|cup|glass|mug]|take drink|take sip|drink water", "drinking"),
    ("eat|eat something", "eating at table"),
    ("pick something up|pick up something|pick something up off floor|pick something up from floor|bend down and pick something up|bend down to pick something up", "picking up from floor"),
    ("sweep floor|sweep|use broom|mop floor", "sweeping"), ("wash [window|windows]|clean [window|windows]|wipe window", "cleaning windows"),
    ("stir something|stir|mix something|stir pot", "stirring a pot"), ("turn steering wheel|drive car|drive", "driving"),
    ("sit cross leg|sit down cross leg|sit cross leg on floor|sit on floor with legs cross|sit down with legs cross", "cross-legged"),
    ("sit on floor|sit down on floor", "sitting on floor"),
    ("flap arms like chicken|act like chicken", "chicken"), ("flap arms like bird|act like bird|flap arms", "bird flapping"), ("act like monkey", "monkey"),
    ("scratch head|scratch top of head|scratch back of head", "scratching head"), ("flex muscle|flex arms|flex muscles|flex biceps", "front double biceps"),
    ("look through binoculars|use binoculars", "binoculars"), ("ride motorcycle", "riding motorcycle"), ("ride [bike|bicycle]", "riding bicycle"), ("ride horse", "horse riding"),
    ("walk like zombie", "zombie"), ("walk like mummy", "mummy walking"), ("march|march in place", "soldier marching"), ("walk with limp|limp", "limping"),
    ("walk up stair|walk up stairs|climb stairs|walk up step|walk up flight of stairs|walk upstairs", "stepping up stair"), ("climb ladder", "climbing ladder"),
    ("open door", "opening a door"), ("take picture|take photo", "taking a photo"), ("talk on phone|make phone call|put phone to ear", "phone call"),
    ("do yoga|do tree pose", "tree prayer"), ("balance on one leg|balance on one foot|stand on one leg", "one leg"),
    ("do ballet", "arabesque"), ("bow|take bow|bow down|bow forward", "bowing"), ("do curtsy|curtsy", "curtsy"), ("pray|pray with hands", "praying standing"),
    ("do lunge|do lunges|lunge|lunge forward", "lunge front"), ("stretch to side", "side bend"), ("touch toes|reach for toes|bend down and touch toes|stretch down to touch toes", "toe touch stretch"),
    ("push something|push something forward", "pushing"), ("carry something|carry box|carry something with hands", "carrying a box"), ("knock on door|knock", "knocking"),
    ("use touch screen|press button|push button", "pressing a button"), ("wipe [sweat|forehead]", "wiping sweat"), ("brush teeth", "brushing teeth"), ("comb hair|brush hair", "combing hair"),
    ("shoot arrow|shoot bow|shoot bow and arrow", "archery"), ("swing bat|swing baseball bat|bat", "bat swing"), ("cry|weep", "weeping"), ("laugh", "laughing bent over"), ("yawn", "yawning"),
    ("shrug|shrug shoulders", "shrugging"), ("salute", "salute"), ("cheer|celebrate", "victory"), ("surrender|put hands up in surrender", "hands up"), ("walk like monster", "monster claws"),
    ("conduct orchestra|conduct", "conducting"), ("juggle", "juggling"), ("tie shoe|tie shoelace", "tying shoe"), ("dig|dig hole|shovel", "shovelling"), ("row|row boat", "rowing catch"),
    ("dance|do dance|dance around", "club dancing"), ("tiptoe|walk on tiptoes|sneak", "thief tiptoeing"), ("walk on balance beam|walk over balance beam|balance beam", "balance beam"),
    ("stand with arms out to side|do t-pose|t-pose|t pose", "christ redeemer"), ("skip", "bunny hop"), ("walk backwards|walk back|step back|back up", "stride"),
)  # fmt: skip
"""More words for stances and poses, by their names; those of poses that there are not are left out."""

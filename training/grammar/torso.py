# SPDX-License-Identifier: GPL-3.0-or-later
"""Where trunk and head go."""

# Phrases are data and stand on one line.
# ruff: noqa: E501

from __future__ import annotations

from training.grammar.entries import clause
from training.grammar.intent import Part, aim, beyond, head, pelvis, spine
from training.grammar.limbs import Family

_TRUNK = "[torso|upper body|trunk]"


def _trunk(*parts: Part, tags: str, does: str, claims: str = "root") -> Family:
    return (clause(*parts, tags=tags, does=does, claims=claims, on=("upright",)),)


LEAN_FORWARD = (*aim("trunk", "up front*0.75", 5, 12), spine(pitch=(22, 36)))
TRUNK_FAMILIES: tuple[Family, ...] = (
    _trunk(*LEAN_FORWARD,
           tags=f"leaning [forward|forwards]|{_TRUNK}: [leaning|tilted|inclined|tipped|bent] forward|back: bent forward [a bit|a little]|bent [|a little ]forward|{_TRUNK}: pitched forward|inclined forward at the [waist|hips]|hinged forward a bit|leaning in as if to hear better|chest: tipped toward the floor a bit|craning forward from the waist",
           does=f"lean [forward|forwards|in]|bend forward [a little|a bit]|[tip|tilt|incline|lean] {{their}} {_TRUNK} forward|lean in [|to look closer]|pitch forward at the waist|hinge forward a bit|lean in as if to hear better|incline from the hips"),
    _trunk(aim("trunk", "up front*0.34", 3, 7), spine(pitch=(10, 18)),
           tags=f"leaning [slightly|a little|a bit] forward|{_TRUNK}: [slightly|a little] [inclined|tilted|bent] forward|bent [slightly|a touch] forward", does=f"lean [slightly|a little|a bit] forward|[tilt|tip] {{their}} {_TRUNK} forward [slightly|a little]"),
    _trunk(aim("trunk", "up*0.3 front", 7, 22), spine(pitch=(45, 65)),
           tags=f"bent [over|double]|{_TRUNK}: bent [far|all the way] forward|[folded|hinged|bent] forward at the [waist|hips]|bent over at the [waist|hips]|doubled over|{_TRUNK}: [nearly|almost] horizontal|bent deeply forward|{_TRUNK}: parallel to the [floor|ground]|in a deep hip hinge, back level|bent way over|folded like a jackknife|bent forward so the back is like a tabletop|bowing super low",
           does=f"bend [over|down] [|from the hips|at the waist]|bow deeply|fold forward at the [waist|hips]|hinge [far |]forward at the hips|double over|bend way over|make {{their}} back a tabletop|bow super low|fold {{their}} upper body down|bend {{their}} {_TRUNK} far forward|lean far forward"),
    _trunk(aim("trunk", "up back*0.58", 4, 10), spine(pitch=(-34, -22)),
           tags=f"leaning [back|backward]|{_TRUNK}: [leaning|tilted|tipped] [back|backward]|bent [back|backward]|[inclined|leaning] backward|leaning back as if from a bad smell|chest: tipped back|reclining backward from the waist|{_TRUNK}: off vertical, to the rear", does=f"lean [back|backward|backwards]|[tip|tilt|lean] {{their}} {_TRUNK} [back|backward]|bend [back|backward] a little"),
    _trunk(aim("trunk", "up back*0.62", 4, 11), spine(pitch=(-48, -34)),
           tags="back: arched|spine: arched|arched backward|spine: [bent|curved] backward|chest: pushed out, back arched|spine: hyperextended|in a backbend|back: bowed like a bow, belly forward|spine: arched way back|arching like in a limbo|small of the back: hollowed, chest up", does="arch {their} back|bend [over |]backward|do a standing backbend|curve {their} spine backward|push {their} chest out and *arch the back"),
    _trunk(spine(pitch=(30, 44)), aim("trunk", "up front*0.38", 5, 12), head(pitch=(8, 24)),
           tags="back: [hunched|rounded|curved]|shoulders: [hunched|slumped] [|forward]|slouching|slouched|hunched over|upper back: rounded|spine: rounded|slumped|back: rounded like a tired old man's|posture: bad, all slouchy|shoulders: caved in|back: curled like a C|posture: slouchy", does="[hunch|round] {their} back|slouch|slump|hunch over|hunch {their} shoulders|curl forward a little|slump {their} shoulders|round {their} spine like a C|let {their} chest cave in|sag a bit at the shoulders"),
    _trunk(spine(pitch=(-6, 4), roll=(-3, 3), yaw=(-4, 4)), aim("trunk", "up", 3, 9),
           tags=f"back: straight|{_TRUNK}: [upright|vertical|straight|erect]|spine: straight|in an upright posture|posture: erect|shoulders: back, chest out|back: nice and straight|back: straight as a board|spine: long and vertical|posture: ramrod straight|{_TRUNK}: not leaning anywhere", does="[keep|hold] {their} back straight|straighten {their} back|hold {their} torso upright|keep an upright posture|straighten up"),
    _trunk(aim("trunk", "up left*0.58", 4, 10), spine(roll=(24, 36)),
           tags=f"[leaning|tilted|tipped] to the {{L}}|{_TRUNK}: [tilted|leaning|bent|inclined] to the {{L}}|bent sideways to the {{L}}|{_TRUNK}: leaning {{L}}|side bent {{L}}|laterally flexed to the {{L}}|bent over to the {{L}} side|curved to the {{L}}|tipping over to {{their}} {{L}}|bending sideways like a teapot, to the {{L}}|crunching {{their}} {{L}} side|{{L}} side: crunched, {{R}} side stretched",
           does=f"lean [to the {{L}}|{{L}}|over to the {{L}}]|bend sideways to the {{L}}|[tip|tilt|bend] {{their}} {_TRUNK} to the {{L}}|side bend [to the |]{{L}}|lean to {{their}} {{L}} side|do a side bend to the {{L}}"),
    _trunk(aim("trunk", "up left*0.58", 4, 10), spine(roll=(24, 36)), tags=f"leaning to one side|{_TRUNK}: [tilted|bent] to one side|bent sideways|side bent", does=f"lean to [one|the] side|bend sideways|tilt {{their}} {_TRUNK} to one side|do a side bend"),
    _trunk(aim("trunk", "up left*0.31", 3, 7), spine(roll=(11, 18)), tags=f"leaning [slightly|a little] to the {{L}}|{_TRUNK}: [slightly|a little] tilted to the {{L}}", does=f"lean [slightly|a little] to the {{L}}|tilt {{their}} {_TRUNK} a little to the {{L}}"),
    _trunk(aim("trunk", "up left*0.95", 5, 13), spine(roll=(34, 48)), pelvis(roll=(8, 20)), tags=f"leaning far to the {{L}}|{_TRUNK}: bent deeply to the {{L}}|bent far over to the {{L}} side", does="lean far [over |]to the {L}|side bend as deeply as possible to the {L}|tip far over to the {L}|bend as far as possible to the {L}|bend deeply to the {L} side"),
    _trunk(spine(yaw=(34, 46)), aim("shoulder_line", "left back*0.75", 4, 14, frame="hips"), claims="",
           tags=f"{_TRUNK}: [twisted|turned|rotated] [to the |]{{L}}|shoulders: [turned|rotated] to the {{L}}|twisted to the {{L}}|chest: [rotated|turned|facing] {{L}}|waist: twisted to the {{L}}|rotated {{L}} at the waist|ribcage: rotated {{L}}, hips square|wrung to the {{L}} from the waist up|from the waist up: turned {{L}}",
           does=f"[twist|turn|rotate] {{their}} {_TRUNK} [to the |]{{L}}|[rotate|turn] {{their}} shoulders to the {{L}}|twist [to the |]{{L}} [|at the waist]|turn {{their}} chest to the {{L}}"),
    _trunk(spine(yaw=(16, 26)), aim("shoulder_line", "left back*0.36", 4, 9, frame="hips"), claims="", tags=f"{_TRUNK}: [slightly|a little] [twisted|turned] to the {{L}}|turned [slightly|a little] to the {{L}}", does=f"[twist|turn] {{their}} {_TRUNK} [slightly|a little] to the {{L}}"),
    _trunk(aim("trunk", "up front*0.65 left*0.5", 5, 12), spine(pitch=(20, 32), roll=(18, 30)), tags=f"leaning forward and to the {{L}}|{_TRUNK}: bent forward and to the {{L}}|leaning diagonally forward to the {{L}}", does="lean forward and to the {L}|lean diagonally to the {L} front|tip over {their} {L} foot|incline forward and {L}|bend forward towards {their} {L} side"),
    _trunk(beyond("pelvis", "feet", "left", 0.1, 0.2), aim("trunk", "up right*0.14", 5, 14), tags="hips: [pushed|shifted|swung] to the {L}|hip: out to the {L}|{L} hip: [out|popped|jutting out|cocked]|hips: out to the {L} side|{L} hip: jutted out|{L} hip: kicked out to the side|{L} hip: thrust sideways|pelvis: shifted {L}", does="[push|shift|swing] {their} hips to the {L}|[pop|jut|stick|cock] {their} {L} hip [out|to the side]", claims="root trunk"),
)  # fmt: skip


def _head(*parts: Part, tags: str, does: str, anywhere: bool = False) -> Family:
    return (clause(*parts, tags=tags, does=does, on=() if anywhere else ("upright",)),)


_GAZE = "[head|face|gaze]"
HEAD_FAMILIES: tuple[Family, ...] = (
    _head(head(yaw=(42, 65)), aim("face", "front left*1.5", 6, 20, frame="chest"), anywhere=True,
          tags="[head|face]: turned [to the |]{L}|eyes: to the {L}|looking [to the |]{L}|head: to the {L}|gaze: to the {L}|looking to {their} {L}|facing {L}|chin: towards the {L} shoulder|looking over to the {L}|face: in profile, to the {L}|head: rotated {L}|eyes and head: to the {L}|neck: rotated {L}|nose: pointing {L}|looking off to {their} {L}|glancing {L}|peering {L}",
          does="look [to the |]{L}|[turn|rotate] {their} [head|face] [to the |]{L}|glance [to the |]{L}|gaze to the {L}|look over to the {L} [|side]|turn {their} face to the {L}|look to {their} {L}|swing {their} head {L}|peer {L}|whip {their} head around to the {L}|point {their} nose {L}"),
    _head(head(yaw=(42, 65)), aim("face", "front left*1.5", 6, 20, frame="chest"), anywhere=True, tags="[head|face]: turned [to the side|sideways|aside]|looking [sideways|to the side|away|off to one side]|head: turned to one side|not looking ahead but to the side|head: turned away|looking off to the side|face: in profile",
          does="look [sideways|to the side|to one side|away]|turn {their} head [sideways|to the side|away]|look off to the side"),
    _head(head(yaw=(20, 32)), aim("face", "front left*0.48", 4, 12, frame="chest"), anywhere=True, tags="head: turned [slightly|a little|a bit] to the {L}|looking [slightly|a little] to the {L}|face: slightly turned {L}", does="look [slightly|a little|a bit] to the {L}|turn {their} head [slightly|a little|a bit] to the {L}"),
    _head(head(yaw=(62, 76)), aim("face", "front*0.45 left", 5, 22, frame="chest"), spine(yaw=(12, 25)), anywhere=False,
          tags="looking [back |behind |]over [the|{their}] {L} shoulder|head: turned all the way to the {L}|looking behind, head turned {L}|chin: over the {L} shoulder|gaze: over the {L} shoulder|looking back to the {L}|head: turned far to the {L}",
          does="look [back |behind |]over [the|{their}] {L} shoulder|glance [back |]over the {L} shoulder|turn {their} head all the way to the {L}|look behind to the {L}|peek over {their} {L} shoulder|check behind over the {L} shoulder"),
    _head(head(yaw=(62, 76)), aim("face", "front*0.45 left", 5, 22, frame="chest"), spine(yaw=(12, 25)), tags="looking [back|behind]|looking back over [one|the|a] shoulder|looking behind [|the body]|head: turned far around", does="look [back|behind]|look back over [one|a] shoulder|glance [back|behind]|turn {their} head to look behind|look over {their} shoulder"),
    _head(head(pitch=(-56, -42)), aim("face", "front up*1.15", 5, 13),
          tags="head: tilted [back|up]|face: [turned|tilted] up|looking up|chin: [up|lifted|raised]|eyes: on the [sky|ceiling]|head: [thrown|tipped|leaned] back|gaze: [up|upward]|looking [upward|skyward]|looking at the [sky|ceiling]|neck: extended, face up|face: to the sky|nose: to the ceiling|staring straight up at the sky|chin: way up|head: craned back|looking up at the stars|eyes: up",
          does="look [up|upward] [|at the sky|at the ceiling]|[tilt|throw|tip|lean|drop] {their} head back|[lift|raise] {their} [chin|face|gaze]|gaze [up|upward|at the sky]|look at the [ceiling|sky|stars]|turn {their} face up|stare at the ceiling"),
    _head(head(pitch=(-26, -16)), aim("face", "front up*0.4", 4, 11), tags="looking [slightly|a little] up|chin: [slightly|a little] [raised|lifted|up]|head: tilted [slightly|a little] back|head: held high", does="look [slightly|a little] up|[lift|raise] {their} chin [slightly|a little]|hold {their} head high"),
    _head(head(pitch=(40, 54)), aim("face", "front down*1.25", 5, 13),
          tags="head: [down|bowed|lowered|hanging]|looking down|face: [turned |]down|eyes: on the [floor|ground]|gaze: [down|lowered|on the floor]|head: [tilted|tipped|bent] [down|forward]|looking [downward|at the floor|at the ground]|chin: down|looking at {their} feet|nose: to the floor|staring at {their} shoes|chin: dropped|head: hung|head: drooping|eyes: cast down|looking down at {their} toes",
          does="look [down|downward] [|at the floor|at the ground|at {their} feet]|[lower|bow|drop|hang|bend] {their} head|look at [the floor|the ground|{their} feet]|stare at the [floor|ground]|turn {their} face down|[tilt|tip] {their} head [down|forward]|gaze at the ground"),
    _head(head(pitch=(50, 62)), beyond("chin", "chest", "chestward", -0.2, 0.1), aim("face", "front down*1.5", 5, 14), tags="chin: [on|to|tucked to|against] [the|{their}] chest|chin: tucked [in|down]|neck: fully flexed|head: hung all the way down|chin: glued to the chest|chin: buried in {their} collarbone", does="[tuck|drop|lower|bring|put|press] {their} chin to [the|{their}] chest|tuck {their} chin [|in]|let {their} head hang all the way down"),
    _head(head(pitch=(14, 24)), aim("face", "front down*0.33", 4, 12), tags="looking [slightly|a little] down|head: [slightly|a little] [lowered|bowed|tilted down]|chin: slightly lowered", does="look [slightly|a little] down|lower {their} [head|chin] [slightly|a little]"),
    _head(head(roll=(22, 34)), aim("crown", "up left*0.5", 5, 16, frame="chest"), anywhere=True,
          tags="head: [tilted|cocked|tipped|leaning|inclined] to the {L}|{L} ear: [towards|near|to|close to] the [|{L} ]shoulder|head: [tipped|tilted] {L}|head: laterally flexed to the {L}|head: leaning towards the {L} shoulder|head: flopped over to the {L}|head: cocked {L} like a curious dog's|{L} ear: dipped to the shoulder|head: lolling to the {L}",
          does="[tilt|cock|tip|lean|incline|drop] {their} head to the {L}|tip {their} head {L}|[drop|bring|lower] {their} {L} ear [to|towards] the [|{L} ]shoulder|lean {their} head towards the {L} shoulder"),
    _head(head(roll=(22, 34)), aim("crown", "up left*0.5", 5, 16, frame="chest"), anywhere=True, tags="head: [tilted|cocked|tipped] [to one side|to the side|sideways]|head: tilted|head: cocked", does="[tilt|cock|tip] {their} head [|to one side|to the side|sideways]"),
    _head(head(yaw=(34, 48), pitch=(-46, -32)), aim("face", "front*0.75 left*0.7 up*0.95", 6, 16), tags="looking up [and|] to the {L}|face: turned up and {L}|gaze: up to the {L}|looking up to the {L} at the sky|head: up and turned {L}|chin: lifted towards the {L}|looking at the upper {L} corner|eyes: on the upper {L}", does="look up [and|] to the {L}|lift {their} face to the upper {L}|turn {their} head {L} and *look up|look at something high on the {L}|gaze up to the {L}"),
    _head(head(yaw=(34, 48), pitch=(30, 44)), aim("face", "front*0.75 left*0.7 down*0.9", 6, 16), tags="looking down [and|] to the {L}|face: turned down and {L}|gaze: down to the {L}|head: lowered and turned {L}|chin: down towards the {L} shoulder|looking at the floor on the {L}|eyes: on the ground to the {L}", does="look down [and|] to the {L}|turn {their} face down to the {L}|turn {their} head {L} and *look down|look at something on the ground to the {L}|glance at the floor to the {L}"),
    _head(head(yaw=(-6, 6), pitch=(-6, 6), roll=(-4, 4)), aim("face", "front", 3, 14, frame="chest"), anywhere=True,
          tags="looking [straight |]ahead|[facing|looking] forward|head: [straight|upright|level]|[eyes|gaze|face]: [forward|straight ahead|to the front]|looking at the [viewer|camera]|facing the [viewer|camera]|head: in a neutral position|chin: level|eyes: on the horizon|looking dead ahead|looking straight into the camera|head: facing front, neutral", does="look [straight |]ahead|[look|face|gaze] forward|look at the [viewer|camera]|keep {their} head [straight|level|upright]|face the [front|camera]"),
    _head(head(roll=(16, 28), pitch=(28, 42)), aim("face", "front down*0.85", 6, 16), tags="head: down and tilted to the {L}|looking down with the head tilted {L}|chin: down, {L} ear towards the shoulder|head: bowed and leaning {L}|head: hanging to the {L}|face: down, head cocked to the {L}|head: lowered at a tilt to the {L}", does="lower {their} head and *tilt it to the {L}|bow {their} head towards the {L} shoulder|tilt {their} lowered head to the {L}|let {their} head hang to the {L}|drop {their} head forward and to the {L}"),
)  # fmt: skip

# SPDX-License-Identifier: GPL-3.0-or-later
"""What most people do most days."""

# Phrases are data and stand on one line.
# ruff: noqa: E501

from __future__ import annotations

from training.grammar.entries import HANDS_ON_THIGHS, both_sides, pose, unsaid
from training.grammar.intent import (
    aim,
    apart,
    balanced,
    bend,
    beyond,
    flat,
    floor,
    head,
    pelvis,
    spine,
    straight,
    touch,
)
from training.grammar.named.shared_parts import CHAIR, LEVEL_HEAD, NEAR_LEVEL_HEAD, SUPINE

_ARMS_BESIDE = both_sides(
    unsaid("left_arm", [aim("left_arm", "footward leftward*0.4", 8, 28), bend("left_elbow", 3, 45)])
)
_ON_FEET = balanced("left_foot_middle", "right_foot_middle")

POSES = (
    pose("phone call", touch("left_hand", "left_ear", 0.03), beyond("left_elbow", "left_shoulder", "footward", 0.06), head(roll=(0, 14)), *LEVEL_HEAD,
         does="talk on the phone|make a phone call|hold a phone to the {L} ear|answer the phone with {their} {L} hand|be on a call|phone a friend|call someone|speak into a cell phone|hold a mobile to {their} {L} ear|chat on the phone|take a call, {L} hand at the ear|"
         "listen to a voice message|ring somebody up|press a seashell to {their} {L} ear",
         names="a phone call|a call-me pose", tags="on the phone|phone at the {L} ear|{L} hand: at the ear, holding a phone|in the middle of a phone call"),
    pose("texting", aim("both_upper_arm", "down front*0.25", 6, 24), touch("left_hand", "right_hand", 0.07), beyond("left_hand", "chest", "chestward", 0.1, 0.35),
         beyond("left_hand", "chest", "headward", -0.28, 0.0), head(pitch=(25, 42)),
         does="text|look at {their} phone|type on a phone|scroll on {their} phone with both hands|stare down at a phone|send a text message|write a message on {their} phone|check {their} messages|browse on a smartphone|be glued to {their} phone|swipe through photos on a phone|play a mobile game|"
         "look down at something small in both hands|read a text", tags="texting, head down|phone in both hands, looking down|absorbed in a phone|scrolling", names="a texting pose|a phone zombie"),
    pose("selfie", aim("left_arm", "front up*0.45 left*0.3", 8, 24), bend("left_elbow", 5, 35), head(roll=(5, 18), yaw=(8, 25), pitch=(-14, 0)),
         does="take a selfie|take a picture of themselves|hold the phone up for a selfie with the {L} hand|snap a selfie|pose for a selfie|photograph themselves at arm's length|hold a selfie stick|film themselves|vlog|make a video call with the phone held up|stretch out {their} {L} arm for a selfie",
         names="a selfie pose|a selfie|an influencer pose", tags="{L} arm: up and out with a phone for a selfie|phone held high, head tilted"),
    pose("drinking", touch("left_thumb", "mouth", 0.01), head(pitch=(-28, -12)), aim("left_upper_arm", "front down*0.2 left*0.5", 10, 42), *NEAR_LEVEL_HEAD,
         does="drink|drink from a cup|take a sip from a glass|drink out of a bottle with the {L} hand|lift a cup to {their} lips|drink water|gulp down a drink|chug a beer|sip a coffee|take a swig from a flask|tip a bottle to {their} mouth|down a shot|quench {their} thirst|drain a glass|drink soda from a can|throw {their} head back and *drink|use an inhaler",
         tags="drinking|cup at the lips|{L} hand: lifting a glass to the mouth|bottle tipped to the mouth", names="a drinking pose"),
    pose("stepping over", flat("right"), balanced("right_foot_middle", metres=0.13), bend("right_knee", 2, 26), aim("left_thigh", "front down*0.15", 7, 24), bend("left_knee", 35, 95), beyond("left_foot", "right_foot", "up", 0.28, 0.75), beyond("left_foot_middle", "right_foot_middle", "front", 0.15, 0.8), aim("trunk", "up front*0.15", 5, 16), aim("both_upper_arm", "down left*0.4", 9, 32), bend("both_elbow", 10, 60), head(pitch=(4, 28)),
         does="step over a fence, {L} leg first|step over something|step over a low wall|lift the {L} leg over an obstacle|climb over a low fence|step over a puddle|step across a log|get over a railing, {L} leg first|step over a sleeping dog|step over a tripwire|step into a bathtub|take a big step over a bench|clear a low hurdle at a walk|step high over the snow|wade through deep snow|get one leg over the garden fence",
         tags="stepping over an obstacle|{L} leg: going over a low fence|mid-step over a log|one leg over the railing|climbing over a low wall|{L} foot: high, stepping over something", names="a step over a fence|an over-the-obstacle step|a high step over", defaults=()),
    pose("reading seated", *CHAIR, aim("trunk", "up front*0.15", 5, 16), aim("both_upper_arm", "down front*0.45", 7, 28), bend("both_elbow", 50, 95), beyond("left_hand", "left_hip", "front", 0.12, 0.4), beyond("right_hand", "right_hip", "front", 0.12, 0.4), beyond("left_hand", "pelvis", "up", 0.1, 0.26), beyond("right_hand", "pelvis", "up", 0.1, 0.26),
         apart("left_hand", "right_hand", 0.1, 0.3), aim("both_palm", "up", 9, 70), head(pitch=(26, 44)), defaults=(),
         does="sit and *read|read a book in {their} lap|sit on a chair, reading|read a book, seated|sit reading the newspaper|look down into a book on {their} knees|sit with a book in the lap|read a letter on a chair|do homework in the lap|sit with a tablet in the lap|study a map on {their} lap|knit on a chair|sit sewing|read in an armchair|read on the bus",
         tags="seated, reading|reading on a chair|book in the lap, head down|sitting with a book|eyes down on a book, seated", names="a reading sit|a seated reader|a lap reader", open=False),
    pose("reading a book", aim("both_upper_arm", "down front*0.35", 7, 26), bend("both_elbow", 75, 115), aim("left_forearm", "front up*0.3 right*0.2", 9, 34), aim("right_forearm", "front up*0.3 left*0.2", 9, 34), beyond("left_hand", "chest", "chestward", 0.15, 0.42),
         apart("left_hand", "right_hand", 0.12, 0.3), aim("both_palm", "up", 9, 65), head(pitch=(22, 38)),
         does="read a book|read a newspaper|hold a book open in both hands|study a map held in both hands|read standing up|read aloud from a book|look down into an open book|leaf through a magazine|sing from a hymn book|recite from a sheet of paper|read the menu|read the Bible|read a letter|hold a tablet in both hands and *read|check a recipe|find {their} way on a map",
         tags="reading|book in both hands|engrossed in a book|head bent over an open book", names="a bookworm pose|a reading pose"),
    pose("typing at a desk", *CHAIR, aim("trunk", "up front*0.1", 5, 18), aim("both_upper_arm", "down front*0.35", 6, 22), aim("both_forearm", "front", 7, 22), apart("left_hand", "right_hand", 0.12, 0.34), head(pitch=(5, 18)),
         does="type at a desk|work at a computer|sit at a keyboard and *type|sit at a desk and *type|work on a laptop|code|write code|write an email|work in an office|surf the web at a desk|use a PC|hack into a computer|play a computer game at a desk|hammer on a keyboard|work from home|type on a typewriter|play the piano",
         tags="at the computer|seated at a keyboard|at the desk, both hands on the keyboard|working at a laptop", names="an office worker's pose|a programmer at the desk"),
    pose("driving", *CHAIR, aim("trunk", "up back*0.15", 5, 18), aim("both_arm", "front", 7, 24), bend("both_elbow", 15, 50), apart("left_hand", "right_hand", 0.22, 0.42), aim("face", "front", 6, 24),
         does="drive a car|hold a steering wheel|sit at the wheel|steer a car with both hands|drive|drive a truck|drive a bus|take a driving lesson|sit behind the wheel|race a car|be stuck in traffic|drive a taxi|drive to work|fly a plane|sit in a cockpit|steer a go-kart|hold both hands on the wheel, ten and two",
         tags="at the wheel, driving|behind the wheel|seated, both hands on a steering wheel", names="a driving pose|a driver|a pilot in the cockpit"),
    pose("eating at table", *CHAIR, aim("trunk", "up front*0.15", 5, 18), touch("left_fingers", "mouth", 0.02), beyond("left_elbow", "left_shoulder", "footward", 0.06), head(pitch=(4, 18)),
         does="eat at a table|eat with a spoon in the {L} hand|sit and *eat|bring a fork to {their} mouth|have breakfast|eat soup|have a meal|eat lunch, seated|take a bite at the table|eat with chopsticks|eat sushi|snack on a chair|taste the food|eat spaghetti|dine alone|eat a cookie, sitting",
         tags="eating at a table|seated, {L} hand at the mouth with a fork|having a meal|sitting down to eat", names="a meal at the table", defaults=HANDS_ON_THIGHS),
    pose("carrying a box", aim("both_upper_arm", "down front*0.35", 6, 24), aim("both_forearm", "front up*0.05", 7, 24), apart("left_hand", "right_hand", 0.3, 0.48), aim("both_palm", "up", 9, 70), aim("trunk", "up back*0.08", 4, 14),
         does="carry a box|hold a big box in both arms|carry a crate in front of {their} body|carry something heavy with both arms|carry a package|move house, box in the arms|haul a crate|bring in a parcel|deliver a package|lug a cardboard box|hold a carton in front of {their} belly|carry a stack of books|hold a crate of beer|carry firewood|carry a TV set",
         tags="box in both arms|both forearms: out in front under a box|carrying a crate|laden with a big box", names="a delivery pose|a mover with a box"),
    pose("lifting a box", flat("both"), bend("both_knee", 75, 115), aim("trunk", "up front*1.1", 8, 24), _ON_FEET, aim("both_arm", "down front*0.35", 8, 26),
         apart("left_hand", "right_hand", 0.28, 0.5), beyond("left_knee", "left_hand", "up", 0.0, 0.5), beyond("left_ankle", "right_ankle", "left", 0.2, 0.5),
         does="lift a box off the floor|pick up something heavy from the ground|squat to pick up a box|lift with bent knees|lift a heavy crate from the floor|bend {their} knees and *grab a box|pick a suitcase up off the ground with both hands|hoist a box from the floor|set a box down on the floor|put something heavy down|heave a stone off the ground|lift correctly, from the knees|pick up a toddler from the floor",
         tags="squatting down to a box, arms low|bent at knees and hips, both hands low in front", names="a box lift|a heavy lift"),
    pose("tying shoe", floor("right_knee", "right_foot"), flat("left"), bend("left_knee", 80, 140), aim("right_thigh", "down back*0.2", 8, 62), aim("trunk", "up front*0.9", 10, 48),
         apart("left_palm", "left_instep", 0.02, 0.17), apart("right_palm", "left_instep", 0.02, 0.17), head(pitch=(10, 35)),
         does="tie {their} {L} shoe|kneel to tie a shoelace|tie the shoelace of the {L} foot|bend down to fix {their} {L} shoe|lace up {their} {L} boot|do up {their} laces|kneel on the {R} knee to tie a shoe|crouch to tie {their} shoes|tighten the strap of the {L} sandal|fasten {their} {L} shoe|put on a {L} roller skate",
         tags="on the {R} knee, both hands at the {L} shoe|bent down, tying a shoelace", names="a shoelace stop", claims="root trunk", open=False),
    pose("pushing", flat("left"), floor("right_foot"), aim("right_leg", "back down*0.9", 6, 24), bend("left_knee", 35, 75), aim("trunk", "up front*0.65", 5, 13),
         aim("both_arm", "front up*0.05", 7, 22), bend("both_elbow", 8, 40), aim("both_palm", "front", 9, 55),
         does="push a heavy box|push against a wall|push with both hands|shove a car|push something heavy forward|push a boulder|push a stalled car|shove a wardrobe across the room|strain against a heavy door|put {their} whole weight into a push|move a piano|push like Sisyphus|brace and *push with both arms|push a sled",
         tags="pushing hard, {R} leg stretched back|both palms: forward, body leaning into the push|straining against something heavy", names="a hard push|a Sisyphus pose", defaults=()),
    pose("pulling a rope", flat("both"), pelvis(pitch=(-22, -12)), aim("trunk", "up back*0.5", 5, 12), bend("both_knee", 30, 70), aim("both_arm", "front down*0.15", 7, 24),
         bend("both_elbow", 10, 50), apart("left_hand", "right_hand", 0.05, 0.25), beyond("left_ankle", "right_ankle", "left", 0.2, 0.6), aim("shoulder_line", "left", 5, 15), beyond("left_hip", "right_hip", "up", -0.03, 0.03),
         does="pull a rope|play tug of war|pull on a rope with both hands|lean back and *pull|haul on a rope|heave on a line|yank on a rope with all {their} strength|hold back a big dog on the leash|water-ski|tug at a stuck door|drag a heavy load toward {their} body|pull in a fishing net|hang back on a rope, knees bent",
         tags="leaning back against a rope, arms out in front|both hands: on a rope, body leaning back", names="a tug-of-war pose|a rope pull|a water-skier's lean", defaults=()),
    pose("looking at watch", aim("left_forearm", "rightward chestward*0.35", 9, 32), aim("left_upper_arm", "footward chestward*0.8", 9, 30), head(pitch=(18, 34), yaw=(2, 18)),
         does="look at {their} watch|check the time|check the watch on {their} {L} wrist|look at the {L} wrist|glance at {their} wristwatch|see how late it is|read the time off {their} {L} wrist|be running late|time something with a wristwatch|wonder how late the bus is|look at a smartwatch|be in a hurry, eyes on the watch|inspect {their} {L} forearm",
         tags="{L} wrist: up to read the time|{L} forearm: across the body, eyes on the watch|checking the time|impatient, looking at the watch", names="a what-time-is-it pose|a time check"),
    pose("sleeping on back", *SUPINE, head(roll=(6, 25)),
         aim("left_leg", "footward leftward*0.15", 5, 22), bend("left_knee", 0, 32), bend("right_knee", 25, 70), aim("right_thigh", "footward chestward*0.4", 6, 32), floor("left_ankle", "right_foot"),
         does="sleep on {their} back|lie asleep|nap on the floor|lie on {their} back with the {R} knee up|sleep|take a nap|lie in bed|be fast asleep|doze in the grass|slumber|snore on {their} back|rest in bed with one knee bent|take a siesta|sleep face up|fall asleep on the couch|lie dreaming",
         tags="asleep on the back|asleep|fast asleep, face up|napping on the back, one knee bent|sleeping", names="a back sleeper's pose|a siesta", upright=False, defaults=_ARMS_BESIDE),
    pose("sunbathing", *SUPINE, aim("crown", "headward", 6, 30), apart("left_palm", "back_of_head", 0.0, 0.1), apart("right_palm", "back_of_head", 0.0, 0.1), aim("both_upper_arm", "leftward headward*0.5", 9, 36),
         bend("both_knee", 2, 32), floor("both_ankle"), apart("left_palm", "right_palm", 0.04, 0.3),
         does="lie on {their} back with {their} hands behind {their} head|sunbathe|relax on the ground, hands behind the head|lie stargazing|watch the stars, lying in the grass|watch the clouds from the meadow|lie in a hammock|chill in a deckchair, hands behind the head|tan on the beach|lie back and *enjoy the sun|look at the night sky, lying down|catch some rays|lounge by the pool|lie on the sofa, both hands under the head|daydream on {their} back",
         tags="lying back, hands under the head|stretched out face up, fingers laced behind the head|sunbathing|stargazing", names="a hammock pose|a beach day pose|a lazy Sunday pose", upright=False, open=False, defaults=()),
    pose("sweeping", aim("both_upper_arm", "down front*0.5", 8, 28), apart("left_hand", "right_hand", 0.25, 0.45), beyond("left_hand", "right_hand", "up", 0.12, 0.4),
         beyond("left_hand", "chest", "chestward", 0.1, 0.45), aim("trunk", "up front*0.3", 5, 15), spine(pitch=(10, 22)), head(pitch=(12, 30)), claims="root",
         does="sweep the floor|sweep with a broom|mop the floor|rake leaves|hold a broom in both hands|sweep the yard|clean the floor with a mop|brush the street|scrub the deck with a mop|rake hay|hoe the garden|punt a boat with a pole|row a gondola|paddle a canoe standing up|shuffle a rake, one hand above the other",
         tags="both hands: on a broomstick, one above the other|sweeping|bent a little over a broom", names="a sweeping pose|a street sweeper|a gondolier pose"),
    pose("opening a door", aim("left_arm", "front down*0.3", 7, 24), bend("left_elbow", 15, 50), flat("right"), floor("left_foot"), beyond("left_foot_middle", "right_foot_middle", "front", 0.1, 0.4), beyond("left_ankle", "right_ankle", "left", 0.05, 0.35), *LEVEL_HEAD, straight("right_leg"),
         does="open a door|reach for the door handle with the {L} hand|push a door open|turn a door knob|close a door|pull a door open|enter a room|step through a door|leave the house|open the fridge|grab a door handle|hold the door for someone|walk in, {L} hand on the handle|open a car door|open a gate|slide a door open",
         tags="{L} hand: on the door handle|entering, {L} hand on the doorknob|{L} arm: out to a door handle at waist height, {L} foot ahead", names="a door-opening pose|an I'm-home pose"),
)  # fmt: skip

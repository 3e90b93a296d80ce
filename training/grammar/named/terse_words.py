# SPDX-License-Identifier: GPL-3.0-or-later
"""Further ways to say poses of sports, fighting and work: as a note, as an order, as slang, limb by limb."""

from __future__ import annotations

from training.grammar.phrases import Words, words

TERSE_WORDS: dict[str, Words] = {
    # Gym.
    "deadlift start": words(
        does="grip the bar at {their} shins, arms straight, chest over the bar, hips back",
        tags="deadlift, bottom position|bar at the shins, knees bent, trunk well forward|pulling from the floor",
        names="a bottom deadlift position|a conventional deadlift setup",
    ),
    "deadlift lockout": words(
        does="lock out a deadlift|stand tall with a loaded bar hanging at {their} thighs",
        tags="deadlift, top position|standing, bar at the thighs, arms long",
        names="the top of a deadlift",
    ),
    "barbell curl": words(
        does="pump iron with both arms, elbows pinned to the ribs|curl an EZ bar up to the chest",
        tags="curls, both arms|barbell halfway up, elbows at the sides",
        names="an EZ bar curl|a preacher curl without the bench",
    ),
    "dips": words(
        does="sink between two bars on bent elbows, feet tucked behind",
        tags="dips, bottom position|on the dip bars, elbows bent, knees bent",
        names="a dip on the bars|a chest dip",
    ),
    "bench press up": words(
        does="lock out a bench press, flat on the back|push the bar off {their} chest till both arms are straight",
        tags="bench press, arms locked out|flat on the back, bar over the chest",
        names="a bench press lockout|a barbell bench press",
    ),
    "burpee squat": words(
        does="drop down, both palms by {their} feet, to start a burpee",
        tags="burpee, hands down|squatting with the palms planted",
        names="a burpee, bottom position",
    ),
    "knee push-up": words(
        does="do an easy push-up with {their} knees on the mat|push up from knees and hands, hips in line",
        tags="push-up, knees down|beginner push-up",
        names="a half push-up|a beginner's push-up",
    ),
    "split squat": words(
        does="sink straight down in a split stance, {L} foot ahead|do reverse lunges|hold dumbbells and *lunge",
        tags="lunge, both knees at ninety|{L} foot forward, back knee hovering",
        names="a reverse lunge|a dumbbell lunge|a Bulgarian-style lunge",
    ),
    "pull-up top": words(
        does="get {their} chin over the bar|crank out pull-ups",
        tags="pull-up, top position|chin over bar, elbows bent",
        names="a chin-over-bar hold|a strict pull-up",
    ),
    "toe touch stretch": words(
        does="bend over with straight knees till the fingers meet the shoes",
        tags="toe touch, knees straight|bent in half, fingers at the shoes",
        names="a standing toe touch",
    ),
    "push-up down": words(
        does="hover an inch off the floor on bent arms",
        tags="push-up, low position|chest at the floor, elbows bent",
        names="the low part of a push-up",
    ),
    # Yoga.
    "lotus prayer": words(
        does="sit on the mat, legs folded, palms pressed at the breastbone",
        tags="cross-legged on the floor, hands in prayer|namaste, seated",
        names="a cross-legged prayer|a seated prayer",
    ),
    "half forward fold": words(
        does="bring {their} back level like a tabletop, hands to the shins, legs straight",
        tags="flat back, bent at right angles, hands on the shins|halfway lift",
        names="a halfway lift pose|a flat-back bend",
    ),
    "half moon side bend": words(
        does="stand with the hands joined above {their} head and *bow to the {L} side",
        tags="side bend, arms joined overhead|curved to the {L}, hands together on top",
        names="a crescent side bend",
    ),
    "legs up the wall": words(
        does="rest on {their} back with both heels up against the wall|make an L, back on the floor, legs straight up",
        tags="flat on the back, legs vertical|legs up, back down",
        names="an L-shape lying down",
    ),
    "knees to chest": words(
        does="hug both knees in, lying on {their} back",
        tags="on the back, hugging both knees",
        names="a lying knee hug",
    ),
    "boat": words(
        does="sit on the tailbone, trunk leaned back, straight legs up, arms level",
        tags="boat, legs and trunk in a V|on the sit bones, feet high, arms ahead",
    ),
    "warrior two": words(
        does="bend the {L} knee to ninety, keep the {R} leg straight, arms level to both sides",
        tags="front knee at ninety, back leg straight, arms level both ways",
    ),
    "cobra": words(
        does="keep the hips down and *press the chest up, legs long behind",
        tags="belly on the floor, chest up, arms pushing",
    ),
    # Fighting.
    "horse stance punch": words(
        does="sink wide and *punch ahead with the {L}, other fist at the hip",
        tags="wide low stance, {L} punch, {R} fist at the hip|horse stance, punching",
        names="a Shaolin punch|a mabu punch",
    ),
    "cat stance": words(
        does="sit back on the {R} leg, {L} toes barely touching, knife hands up",
        tags="cat stance, {L} toes light|weight back, front toes only",
        names="a nekoashi|a cat-foot stance",
    ),
    "praying mantis": words(
        does="curl both hands like hooks in front, one leg ahead|do mantis style kung fu",
        tags="mantis hooks, both hands|wrists hooked, knees bent",
        names="a mantis style pose|Kung Fu Panda's Mantis",
    ),
    "drop stance": words(
        does="sit down on the {R} heel and *slide the {L} leg out straight along the floor",
        tags="low on the {R} leg, {L} leg flat out to the side|snake creeps down",
        names="a snake-creeps-down|a pubu|a wushu low stance",
    ),
    "karate reverse punch": words(
        does="punch with the {R} over a {L} front stance",
        tags="gyaku-zuki|{R} punch, {L} leg ahead, {L} fist at the belt",
        names="a gyaku zuki|an opposite-side karate punch",
    ),
    "backfist": words(
        does="whip the {L} fist out sideways|snap a backhand blow to the {L}",
        tags="{L} backfist|{L} arm whipped out to the side",
        names="an uraken|a spinning back fist",
    ),
    "karate chop raised": words(
        does="get ready to hi-yah a board, {L} hand up by the ear",
        tags="{L} knife hand cocked by the ear|about to chop",
        names="a hi-yah wind-up|a chop about to fall",
    ),
    "superman punch": words(
        does="hop in with a big {L} punch, {L} leg kicked back",
        tags="superman punch, {L} fist out|leaping punch, leg kicked back",
        names="a leaping cross|an MMA superman punch",
    ),
    "check kick": words(
        does="lift the {L} shin to check a low kick, hands up",
        tags="{L} shin up to block, fists high|checking a leg kick",
        names="a shin check|a leg check|a shin block",
    ),
    "flying knee": words(
        does="jump in with the {L} knee|launch a knee in the air",
        tags="airborne, {L} knee driving up|flying knee",
        names="a jumping knee|a leaping knee strike",
    ),
    "drop kick": words(
        does="jump and *kick with both feet like a pro wrestler|throw a dropkick",
        tags="dropkick, both feet out|in mid-air, both soles forward",
        names="a pro wrestling dropkick|a two-footed kick",
    ),
    "boxing slip": words(does="lean off line to the {L}, hands up", tags="slipping {L}, guard up", names="a head slip"),
    "double leg takedown": words(
        does="shoot a double|drop on one knee and *drive in low, both arms out",
        tags="shooting in, {R} knee down|wrestling shot, arms forward",
        names="a double leg|a wrestler's shot",
    ),
    "capoeira ginga": words(
        does="groove in a roda, {R} leg swung back, {R} arm across",
        tags="ginga|capoeira, {R} leg back, arm across the face",
        names="a roda stance|a capoeira swing step",
    ),
    "dual wielding": words(
        does="come in with twin blades held low and wide",
        tags="a blade in either hand, knees bent|dual blades, arms low and wide",
        names="a twin dagger pose|a ninja with two blades",
    ),
    "archery": words(
        does="stand sideways, bow arm straight, string hand at the jaw, elbow back",
        tags="bow arm straight, {R} hand at the jaw, {R} elbow back",
    ),
    "boxing guard": words(
        does="keep both gloves at the chin, elbows in", tags="hands up, elbows in, chin behind the gloves"
    ),
    "jab": words(does="stick the {L} jab out, {R} glove glued to the chin", tags="{L} jab, {R} glove at the chin"),
    "throw released": words(
        does="let fly with the {L} arm, lunging through",
        tags="just threw, {L} arm down in front, lunging",
        names="a release and follow-through",
    ),
    "slingshot": words(
        does="pull the rubber back to the cheek, {L} arm out",
        tags="slingshot drawn|{L} fist out, {R} hand pulled to the face",
        names="a slingshot draw",
    ),
    "pistol duel": words(
        does="duel at dawn with a pistol",
        tags="pistols at dawn|side-on, pistol out",
        names="a duellist|a Hamilton duel",
    ),
    # Balls, wheels and snow.
    "soccer kick windup": words(
        does="cock the {L} leg far back to blast the ball",
        tags="{L} foot drawn far back, {R} leg planted|leg back, about to shoot",
        names="a leg wind-up|a shot about to happen",
    ),
    "dribbling football": words(
        does="run at the defence, ball at the {L} foot",
        tags="on the ball, {L} foot touching it",
        names="a Messi dribble|a close-control run",
    ),
    "throw-in": words(
        does="bring the ball back behind the head with both hands to throw in",
        tags="throw-in, ball behind the head",
        names="a soccer throw-in|a football throw-in",
    ),
    "header": words(
        does="leap and *meet the ball with the forehead", tags="header, off the ground", names="a leaping header"
    ),
    "slide tackle": words(
        does="slide in studs first, {L} leg out",
        tags="sliding in, {L} leg long, {R} knee folded",
        names="a soccer slide|a crunching tackle",
    ),
    "catching high ball": words(
        does="pluck the ball out of the air, one knee up",
        tags="airborne, both hands on a high ball",
        names="a keeper's claim|a rebound",
    ),
    "road cycling": words(
        does="hammer it in the drops, back flat|ride like in the Tour de France",
        tags="in the drops, back low, {L} knee up|Tour de France",
        names="a Tour de France rider|a racing cyclist",
    ),
    "balance beam": words(
        does="tiptoe along a wall with arms out", tags="heel to toe, arms wide|on the beam", names="a beam walker"
    ),
    "skiing": words(
        does="tuck low on skis, back level, hands in front of the chin",
        tags="ski tuck, trunk low, knees deep|tucked, straight-lining it",
        names="a ski racer's tuck|a schuss",
    ),
    # Work and home.
    "pushing": words(
        does="lean into it at an angle, both hands at chest height, {R} leg driving from behind",
        tags="leaning into a push, back leg straight|heave!",
    ),
    "pulling a rope": words(
        does="lean away and *haul, heels dug in", tags="heave-ho!|leaning back on the rope, arms long"
    ),
    "carrying on head one hand": words(
        does="steady a bundle on {their} head with the {L} hand",
        tags="bundle on the head, one hand up",
        names="a water carrier",
    ),
    "carrying under arm": words(
        does="clamp a package under the {L} arm", tags="package under the {L} arm", names="an under-arm carry"
    ),
    "carrying one bag": words(
        does="lug a heavy case on the {L}, tilting {R}|struggle with one heavy bag",
        tags="heavy case in the {L} hand, tilting {R}",
        names="a lopsided suitcase carry|a one-sided load",
    ),
    "piggyback": words(
        does="give a kid a piggyback|bend forward, hands behind to hold a rider's legs",
        tags="piggyback, hands clasped behind under the load",
        names="a piggyback ride|a backpack of a child",
    ),
    "sleeping arm over eyes": words(
        does="flop on {their} back, {L} forearm over the eyes",
        tags="flat on the back, arm over the face",
        names="an arm-over-eyes nap|a hungover sprawl",
    ),
    "figure four seat": words(
        does="sit back, ankle on the opposite knee",
        tags="{L} ankle parked on the {R} knee, sitting",
        names="an ankle-on-knee seat",
    ),
    "legs crossed phone": words(
        does="sit with crossed legs and *look at a phone",
        tags="legs crossed, on the phone, seated",
        names="a scroller on a chair",
    ),
    "driving one hand": words(
        does="cruise, {L} hand on the wheel, {R} elbow out of the window",
        tags="driving one-handed",
        names="a lowrider lean",
    ),
}

# SPDX-License-Identifier: GPL-3.0-or-later
"""More ways to say the stances: as teachers, artists, children, captioners and animators do."""

# Phrases are data and stand on one line.
# ruff: noqa: E501

from __future__ import annotations

from training.grammar.phrases import Words, words

STANCE_WORDS: dict[str, Words] = {
    "standing": words(
        does="be [standing|upright|on {their} feet]|stand [around|about|about idly|normally|naturally|relaxed]|stand [there |]doing nothing|wait on {their} feet|just stand|hold still, standing|remain upright|pose standing|stay on both feet",
        tags="stood there|on both feet|in a standing position|standing [up|tall|around|naturally]|vertical, on two feet|idle|at rest, upright|just standing there|a standing figure, nothing special",
        names="a default pose|a plain standing pose|a rest pose, standing|an ordinary stance"),
    "contrapposto": words(
        does="stand with one hip [cocked|jutting out|pushed out]|stand hipshot|slouch onto {their} {L} leg|stand casually with the {R} knee bent|shift {their} weight to the {L} side|put most of {their} weight on the {L} foot|stand like a classical statue, {R} knee relaxed|let the {R} knee go soft and *lean on the {L} hip|stand with {their} hips slanted",
        tags="hipshot|{L} hip: higher, {R} knee loose|hips: slanted, weight on the {L} leg|{R} leg: relaxed, {L} leg straight|weight shifted onto the {L} foot|standing with attitude, one hip cocked|slouching on one leg, the other knee bent", names="a hipshot pose|a sassy hip pose|a weight shift to the {L}"),
    "tiptoe": words(
        does="[get|be|come] up on {their} toes|raise {their} heels|lift {their} heels [off the ground|high]|[do|hold] a [calf|heel] raise|stand as tall as possible on {their} toes|balance on {their} toes|push up onto the balls of both feet|reach up onto {their} toes",
        tags="on both toes|tiptoeing|heels: raised|heels: up|heels: high off the ground|up on the balls of the feet|weight: on the toes|standing on the tips of {their} toes|feet: on tiptoe|heels: not touching the ground", names="a tiptoe stand|a releve|a double heel raise"),
    "wide stance": words(
        does="spread {their} feet wide|stand with feet [wider than hip-width|far from each other]|stand astride|stand straddle-legged|step {their} feet [wide |far ]apart|set {their} feet wide|widen {their} stance|stand like a colossus|stand with a broad base|open {their} legs wide, standing",
        tags="legs: wide|feet: wide|feet: far apart|feet: spread|legs: astride|legs: open wide|standing with the legs far apart|wide-legged|feet: much wider than the shoulders|straddling", names="a straddle|a broad stance|a wide leg stance|an A-frame stance"),
    "feet together": words(
        does="stand with both feet side by side|put {their} feet together|close {their} legs|squeeze {their} legs together|stand with {their} knees and feet together|stand straight, legs closed|join {their} feet|stand with no gap between {their} feet|stand with {their} ankles together",
        tags="feet: touching|feet: closed|legs: together|legs: tight together|knees and feet: together|both feet: next to each other|ankles: together|standing, feet close together|no space between the feet", names="a closed stance|a feet-together stance"),
    "crossed ankles": words(
        does="stand cross-legged|cross {their} legs [while standing|, standing]|stand with the {R} foot [crossed |]in front of the {L} one|stand with {their} feet crossed at the ankles|cross {their} {R} [leg|foot] over the {L}|stand with legs [twisted|scissored]|stand as if {their} legs were tied in a knot",
        tags="legs: scissored|standing cross-legged|feet: crossed|{R} foot: crossed in front of the {L}|{R} leg: crossed over the {L} one|legs: crossed at the ankles|standing with crossed legs", names="a standing leg cross|a scissored stance"),
    "one leg": words(
        does="stand [only |]on {their} {R} [leg|foot]|balance on {their} {R} [leg|foot]|lift one leg [, knee bent|and *balance]|raise one knee [in front|high]|stand with the {L} knee [up|raised|bent in front]|hold {their} {L} leg up, knee bent|lift the {L} foot off the ground|keep {their} balance on one leg|bring {their} {L} knee up|stand like a [stork|crane|heron]|raise a leg",
        tags="{L} leg: raised, knee bent|{L} leg: up|{L} knee: up|{L} foot: up off the floor|one knee: raised|one leg: raised, knee bent|standing on the {R} leg|on the {R} foot only|balancing on one foot|one foot: off the floor|poised on the {R} leg, {L} knee lifted", names="a one-legged stance|a single-leg balance|a one-foot stand|a flamingo stand"),
    "staggered": words(
        does="stand with {their} {R} foot [back|behind]|stand with one foot [ahead|forward]|put one foot in front|have {their} {L} foot [in front|ahead] of the {R}|step back with the {R} foot|stand with feet one behind the other|take a small step forward with the {L} foot|stand with a staggered base|set the {R} foot behind the {L}",
        tags="feet: one in front of the other|{L} foot: ahead|{R} foot: behind|{R} foot: a step back|{L} leg: in front|feet: staggered, {L} ahead|feet: offset front to back|{L} foot: leading", names="an offset stance|a ready stance, {L} foot ahead|a tandem stance"),
    "lunge front": words(
        does="[do|hold|be in] a [deep |]lunge|sink into a lunge [with the {L} foot forward|]|step forward into a lunge|lunge with {their} {L} [leg|foot|knee] [in front|forward]|bend {their} front knee, back leg straight|bend the {L} knee in front and *stretch the {R} leg back|split {their} legs front and back, front knee bent|drop low over the {L} foot|thrust {their} {L} leg forward, knee bent",
        tags="lunging|in a lunge|lunging forward|{L} knee: bent in front|front knee: bent, back leg straight|{R} leg: stretched back, {L} knee bent|one leg: forward in a lunge, the other behind|{L} foot: far in front, knee bent|legs: in a lunge", names="a lunge|a deep lunge|a low forward lunge|a runner's lunge, torso up"),
    "lunge side": words(
        does="[do|hold] a [side|lateral|sideways] lunge|lunge [out |]to the side|squat over {their} {L} leg with the {R} leg straight|shift {their} weight over the bent {L} knee|bend one knee and *keep the other leg straight out to the side|stretch {their} {R} inner thigh|slide {their} {R} leg out to the side and *bend the {L} knee|go low onto the {L} foot",
        tags="in a side lunge|lunging to the {L}|{L} knee: bent deep, {R} leg straight to the side|{R} leg: straight out to the side|one knee: bent, the other leg out to the side|weight over the bent {L} leg", names="a Cossack squat|a skater's lunge|an adductor stretch|a lunge out to the {L}"),
    "squat": words(
        does="[do|hold|go into] a [deep |full |]squat|squat [all the way down|right down to {their} heels|as low as possible|with {their} feet flat]|bend {their} knees [deeply|all the way]|sit in a squat|lower {their} hips to the heels|crouch with both feet flat|go down on {their} haunches|drop {their} bottom to the heels|squat like a [toddler|frog|catcher]|get into a low squat|sit on {their} haunches",
        tags="squatting [down|low|deeply]|deep in a squat|knees: fully bent|knees: deeply bent|knees: deeply flexed, feet flat|hips: low, near the heels|bottom: close to the heels|on {their} haunches|down in a squat|legs: folded in a squat", names="a resting squat|a sitting squat|a yogi squat|a knee bend"),
    "half squat": words(
        does="[do|hold] a [half|quarter|shallow] squat|stand with {their} knees [slightly |]bent|flex {their} knees|soften {their} knees|squat [a little|slightly|partway|part of the way]|sit back a little as if on a high stool|crouch slightly|get into an athletic stance|stand ready with bent knees|sink into {their} knees|lower {their} body a bit",
        tags="knees: a bit bent|knees: flexed, standing|both knees: partly bent|legs: bent|in a half squat|in a shallow squat|hips: lowered a little|crouching slightly|in an athletic stance|standing with bent legs", names="an athletic stance|a ready position|a quarter squat|a mini squat|a knee dip"),
    "crouch": words(
        does="[get|go|bend] down in a crouch|squat down low, leaning forward|make {their} body small|lower {their} body and *look ahead|hide behind a low wall|sneak in a crouch|bend low with both knees|duck|cower low with the knees bent|crouch like a [cat|hunter|ninja]|keep {their} head down, crouching",
        tags="crouching [low|down]|in a crouch|low to the ground|bent low on both feet|squatting low, torso forward|lying in wait, crouched|small and low, knees bent|stealthy and low|ready to pounce", names="a crouching pose|a stealth crouch|a deep crouch|a hunter's crouch"),
    "bent over": words(
        does="[fold|hinge|tip|tilt|lean|bow] forward [from|at] the [hips|waist]|bend {their} [upper body|torso|body] forward|bend [over|down] at the [waist|hips]|lean over|stoop forward|bend down|bring {their} chest towards the floor|make a table with {their} back|look under something low",
        tags="bending [over|forward|down]|leaning far forward|body: bent forward|upper body: bent forward|waist: bent|back: almost horizontal|torso: leaning far forward|stooping|folded at the hips|leaning over", names="a forward bend|a standing forward lean|a half bend|a stooped pose"),
    "hands on knees bent": words(
        does="bend over and *rest {their} hands on {their} knees|catch {their} breath, hands on {their} knees|lean forward with both hands on the knees|brace {their} hands on {their} knees|stand hunched with hands on knees|prop {their} hands on {their} knees|support {their} upper body on {their} knees|stand bent, holding {their} knees|huff and *puff, hands on knees",
        tags="hands: on the knees|both hands: on {their} knees, bent over|hands on knees, leaning forward|bending over with hands on both knees|out of breath, leaning on {their} knees|tired, palms on the knees|bent forward, resting on {their} knees", names="a breather|a winded runner's pose|a hands-on-knees rest"),
    "handstand": words(
        does="stand [upside down|on both hands]|[hold|balance in|do|perform] a [straight |]handstand|stand on {their} palms with {their} feet in the air|kick {their} legs up and *balance on the hands|turn upside down and *balance on the hands|walk on {their} hands|put {their} hands on the floor and *kick the feet up|hold {their} body upside down",
        tags="in a handstand|upside down|inverted|legs: straight up, hands on the floor|feet: in the air, hands on the ground|balancing on both hands|hands: on the floor, body upside down|vertical, head down", names="an inverted balance|a hand balance|a straight handstand|an upside-down pose"),
    "jump": words(
        does="[be|fly|hang] in the air|jump [straight up|upwards|for joy|high|off both feet]|hop|leave the ground|leap [up|upwards|off the ground|high]|do a [jump|little jump|vertical leap]|take off from the ground|bounce [|into the air]|spring into the air|jump on the spot|skip in the air",
        tags="jumping [up|high|in the air]|leaping up|in the air|mid-leap|off the floor|feet: off the ground|feet: in the air|both feet: above the ground|caught mid-jump|hopping|bouncing|not touching the floor", names="a jumping pose|a mid-air pose|a high jump straight up|a bounce"),
    "star jump": words(
        does="jump and *spread all {their} limbs|jump up with arms and legs [apart|out|open wide]|fling out {their} arms and legs in a jump|leap into an X|do a jumping jack|make an X in mid-air|spread like a star in the air|jump with {their} arms up and legs apart",
        tags="jumping, arms and legs wide|in mid-air like a star|in the air, body in an X|arms and legs: spread wide in the air|leaping, limbs spread|mid star jump", names="an X-jump|a star leap|a starfish jump|a jumping jack"),
    "tuck jump": words(
        does="jump [up |]and *tuck {their} knees|tuck {their} legs up in the air|hug the air, knees to the chest|pull both knees up while jumping|jump over something with the knees high|leap and *bring both knees up|bring {their} knees to {their} chest in a jump|do a cannonball in the air|jump high, feet tucked under",
        tags="in a tuck, in the air|knees: tucked in mid-air|both knees: up, in the air|jumping with tucked legs|in mid-air, knees to the chest|legs: tucked up, airborne", names="a tucked jump|a knee tuck in the air|a box jump at the top"),
    "stride": words(
        does="be [walking|out for a walk]|walk [along|ahead|on|normally|casually|at a steady pace|down the street|with the {L} foot in front]|take [a step|steps|a step forward]|step [forward|ahead] [|with the {L} foot]|saunter|wander|march ahead|move forward on foot|put one foot in front of the other|make {their} way forward|go somewhere on foot|strut|walk {L} foot first",
        tags="in mid-step|walking [forward|along|casually]|stepping forward|{L} leg: forward in a step, {R} leg back|one leg: in front of the other, walking|striding|on a walk|out walking|mid walk cycle|{L} foot: forward, {R} heel lifting", names="a step|a walking stride|a walk cycle pose|a mid-stride pose|a forward step"),
    "hanging": words(
        does="hang [down |]from {their} hands|hang on a [bar|rope|branch|trapeze]|hang with straight arms|grip a bar overhead and *hang|dangle in the air by {their} arms|swing from a bar|hold on to a ledge above|do a dead hang|hang off a cliff|hang from the monkey bars|let {their} body hang from {their} arms",
        tags="hanging from a bar|hanging down, arms up|dangling from the hands|arms: straight up, body hanging|feet: off the ground, hanging by the hands|suspended by both arms|hanging in mid-air", names="a passive hang|a bar dead hang|a straight-arm hang|a hang from a ledge"),
    "leaning back": words(
        does="lean [backwards|back on something|with {their} back against a wall]|rest against [a|the] wall|stand against a wall|stand leaning back|lean {their} back on a [wall|door|post|tree]|recline on {their} feet|tip {their} body back|stand tilted back|wait leaning on a wall",
        tags="leaning against a wall|leaning backwards|body: tilted back|back: leaning on a wall|tilted back from the ankles|standing, leaning backward|propped against a wall|resting against a wall, feet in front", names="a backward lean|a lean against a wall|a standing recline"),
    "leaning sideways": words(
        does="lean [sideways|to one side|over] [against|on] [a|the] wall|lean {their} [{L} side|shoulder] against a [wall|tree|door|lamppost]|stand leaning to the {L}|tilt {their} whole body to the {L}|prop {their} {L} side against something|lean on {their} {L} shoulder",
        tags="leaning to one side against a wall|leaning on the {L} shoulder|body: tilted to the {L}|{L} side: against a wall|propped sideways on a doorframe|whole body: leaning to the {L}", names="a lean to the {L}|a side lean on a wall|a doorframe lean"),
    "kneeling both": words(
        does="[be|get|stay|stand|stand tall] on {their} knees|kneel [tall|upright|on the ground|on the floor|with a straight back]|stand on {their} knees|kneel [up|up straight|high]|sink to {their} knees|go down on both knees|drop onto both knees|rest on {their} knees, hips high|kneel with {their} thighs upright",
        tags="kneeling [upright|on both knees|on the floor|up|down]|on bent knees, torso up|both knees: on the floor|both knees: on the ground|knees: on the floor, thighs upright|standing on {their} knees|knelt|shins on the ground, body upright", names="a high kneel|an upright kneel|a double kneel|a kneeling stance"),
    "sitting on heels": words(
        does="sit [back |down |]on {their} [heels|calves|feet|ankles]|kneel [down |]and *sit on {their} [heels|feet]|kneel and *rest {their} [bottom|hips] on {their} heels|kneel with {their} hips on the heels|fold {their} legs under and *sit on them|sit [in a kneeling position|on {their} knees]|rest back on {their} heels|kneel like at a tea ceremony|lower {their} hips onto the heels|sit kneeling",
        tags="kneeling, [sitting back|resting] on {their} heels|sitting on {their} [heels|calves|feet]|kneeling with the bottom on the heels|legs: folded under the body|legs: tucked under, kneeling|seated on the heels, knees on the floor|bottom: on the heels|sitting in a kneeling position", names="a kneeling sit|a seiza sit|a thunderbolt seat|a heel-sitting pose"),
    "kneeling one": words(
        does="kneel with {their} {L} knee [on the floor|down]|[be|get|drop|sink] [down |]on one knee|kneel [down |]on the {L} knee, the {R} foot in front|put {their} {L} knee on the [floor|ground]|propose marriage|kneel to be knighted|rest on one knee|kneel with one foot forward|lower the {L} knee to the ground|bend the knee|kneel, {R} knee up",
        tags="kneeling on one knee|{L} knee: on the floor|{L} knee: on the ground, {R} foot flat|one knee: on the ground|one knee: down, the other up|in a half kneel|{R} foot: planted, {L} knee down|on the {L} knee|proposing|{R} knee: bent in front, {L} knee down", names="a proposal pose|a one-knee pose|a half kneel"),
    "kneeling bent low": words(
        does="kneel and *bend forward|bend forward from {their} knees|tip {their} upper body forward, kneeling|bow forward on both knees|kneel, leaning far forward|hinge forward on {their} knees|kneel over something|bend over it on {their} knees",
        tags="kneeling and bent forward|kneeling, upper body bent forward|on both knees, leaning forward|kneeling in a bow|on {their} knees, bent over|knelt, torso tipped forward", names="a kneeling bow|a kneeling forward lean|a kneeling hinge"),
    "sitting chair": words(
        does="be [sitting|seated] [|on a chair]|sit [still|there|normally|quietly|straight|at a table|on a seat|on a stool, back straight|on an invisible chair|in an armchair|on a couch]|sit with {their} [knees|hips and knees] bent 90 degrees|sit with thighs level|wait on a chair|rest on a chair|sit as if on a chair|have a seat|sit like in the office",
        tags="sat on a chair|sitting [down|straight|still|up|on a stool|on a bench|on a seat]|seated [upright|on a stool|on a bench]|in a sitting position|in a seated position|thighs: horizontal, shins vertical, seated|knees: at right angles, seated|on a seat", names="a basic seat|a chair position|an upright sit|a seated position|an office sit"),
    "sitting legs crossed on chair": words(
        does="sit with {their} legs crossed|sit with the {R} leg [over|on top of|draped over] the {L} [one|leg|thigh]|cross one leg over the other, seated|sit on a chair with legs crossed|sit ladylike with crossed legs|cross {their} {R} knee over {their} {L}|sit like a talk show host|drape one leg over the other on a chair",
        tags="seated with crossed legs|sitting on a chair, legs crossed|legs: crossed at the knee, sitting|{R} leg: crossed over the {L}, seated|{R} thigh: over the {L} thigh, sitting|sitting with one leg over the other", names="a cross-knee sit|a seated leg cross|a legs-crossed sit"),
    "sitting on chair knees wide": words(
        does="sit with {their} [knees|legs|thighs] [wide |far |]apart|sit on a chair, legs [open|spread]|sit like a cowboy|sit with open legs|spread {their} knees on a chair|sit wide-legged|straddle a chair|sit on a stool with the knees far apart",
        tags="seated, legs apart|knees: apart, seated|knees: wide open, sitting|legs: spread, on a chair|sitting wide-legged|seated with open knees|thighs: apart on the seat", names="a wide-kneed sit|a manspread|a cowboy sit"),
    "sitting leaning forward": words(
        does="sit [bent|leaning|hunched] forward|sit and *lean on {their} [knees|thighs]|sit with {their} elbows on {their} [knees|thighs]|lean forward in {their} seat, elbows on the knees|put {their} elbows on {their} knees, seated|listen closely, leaning forward on a chair|sit on the bench like a tired player|sit with {their} forearms on {their} legs",
        tags="seated, leaning forward|sitting hunched, elbows on the thighs|elbows: on the knees, seated|forearms: on the thighs, sitting|sitting, bent forward over the knees|leaning on {their} knees, seated", names="a forward-leaning sit|a locker-room sit|an elbows-on-knees sit"),
    "sitting on floor": words(
        does="sit [on the ground |on the floor |]with {their} knees [bent|up|raised] and feet [flat|on the floor]|sit with {their} knees [drawn up|pointing up]|sit on {their} [bottom|butt], knees up|sit on the floor, legs bent in front|pull up {their} knees, sitting on the ground|sit on the grass with bent legs|plop down on the floor, knees up|sit down low with bent knees",
        tags="sitting on the floor with bent knees|seated on the ground, knees bent|knees: up, sitting on the floor|knees: bent, feet flat, sitting on the ground|legs: bent, seated on the floor|feet: flat on the floor, sitting with knees up|on the floor, knees raised", names="a bent-knee floor sit|a ground sit|a sit-up start|a campfire sit"),
    "hugging knees": words(
        does="hug {their} [legs|shins]|hold {their} [knees|legs|shins] with both arms, sitting|curl up, arms around {their} knees|sit in a ball, holding {their} knees|sit and *wrap both arms around {their} legs|hold {their} knees tight to the chest|sit small, hugging {their} knees|clasp {their} hands around {their} knees|sit with knees hugged to {their} chest",
        tags="arms: around the knees|arms: wrapped around the shins, sitting|both arms: hugging the knees|curled up sitting, arms round the legs|sitting on the ground hugging {their} knees|knees: hugged to the chest, sitting|hands: clasped in front of the shins", names="a seated knee hug|a seated ball|a comfort curl"),
    "sitting legs out": words(
        does="sit [on the floor |on the ground |]with {their} legs [out|straight|extended|outstretched|stretched out] [|in front]|sit with straight legs|sit in [an L|a pike|dandasana]|sit upright, legs flat on the floor|sit with both knees straight in front|straighten {their} legs out in front, seated on the floor|sit on a bed, legs out|sit like a doll",
        tags="legs: straight out in front, sitting on the floor|legs: stretched out, seated|legs: extended, sitting on the ground|knees: straight, sitting|seated with straight legs|sitting in an L|sitting with both legs in front|body: in an L on the floor", names="an L-sit on the floor|a pike sit|a long-legged sit|a straight-leg sit"),
    "sitting straddle": words(
        does="sit [on the floor |on the ground |]with {their} legs [apart|wide open|spread|spread apart|in a straddle|far apart]|straddle {their} legs on the floor|open {their} legs wide, sitting|sit with straight legs [spread|open] wide|do a seated straddle|sit in a V|stretch {their} inner thighs, sitting with legs wide",
        tags="legs: wide apart, sitting on the floor|legs: spread in a V, sitting|legs: in a straddle, seated|seated with spread legs|sitting wide-legged on the ground|legs: open wide, straight, seated", names="a seated straddle|a wide-legged seat|a V-sit on the floor|a straddle stretch"),
    "cross-legged": words(
        does="sit [on the ground |on the floor |]with {their} legs [crossed|folded|tucked in]|sit in [a lotus position|lotus|easy pose|a tailor's seat]|cross {their} legs on the floor|sit like a [yogi|Buddha|kindergartner]|sit in meditation|sit crisscross|fold {their} legs and *sit on the floor|sit with {their} shins crossed in front",
        tags="sitting cross-legged|seated, legs crossed on the floor|legs: crossed, sitting on the floor|legs: folded, seated|shins: crossed, knees out to the sides|cross-legged on the ground|in a lotus position|in sukhasana|knees: out, ankles crossed, sitting", names="a lotus position|sukhasana|a crisscross sit|a meditation seat"),
    "side sitting": words(
        does="sit [on the floor |]with {their} legs [to one side|to the {R}|folded to the side]|sit on one [hip|buttock] with both legs to the side|tuck both legs to the {R} side, sitting|side-sit on {their} {L} hip, propped on the {L} hand|sit side-saddle on the floor|sit daintily with {their} legs tucked aside|lean on the {L} hand, legs folded {R}",
        tags="legs: tucked to one side, sitting|legs: folded to the {R}|sitting on the {L} hip, leaning on the {L} hand|seated with the legs swept aside|sitting side-saddle on the ground|both knees: bent to the same side, sitting", names="a side-saddle sit|a Z-sit|a sideways floor sit"),
    "leaning back on hands": words(
        does="sit [on the floor |on the ground |]and *lean back on {their} [hands|arms]|sit with {their} hands behind, leaning back|lean back on straight arms, legs out|sit back on {their} hands|prop {their} body up with both hands behind|relax on the floor, hands behind, legs stretched|lean back, palms on the floor behind {their} hips|sit like at a picnic, leaning back",
        tags="sitting back on {their} hands|leaning back, hands on the floor behind|hands: on the floor behind, legs stretched out|arms: behind, propping the body up, sitting|seated, leaning back on straight arms|reclining on both hands", names="a beach sit|a lean-back sit|a relaxed floor sit"),
    "propped on elbows on back": words(
        does="lie on {their} back, propped on [the|both] elbows|rest on {their} elbows, face up|lie back on {their} elbows|lie half up on {their} elbows|lean back on {their} forearms, legs out|recline on the forearms|lie on the beach, up on {their} elbows|raise {their} chest, leaning on the elbows behind",
        tags="propped on {their} elbows, face up|on {their} back, up on the elbows|leaning back on both elbows|lying back on {their} forearms|elbows: on the floor behind, chest raised|half reclined, elbows on the ground", names="a half recline|a sunbather's recline|a supine elbow prop"),
    "lying on back": words(
        does="lie [|down |flat |still ]on {their} back|lie [down |]facing [up|the ceiling|the sky]|lie on the [floor|ground|bed] facing up|lay down on {their} back|lay on {their} back|be flat on {their} back|lie belly up|lie there looking up|rest flat on the floor, face up|sprawl on {their} back|lie in the grass looking at the clouds",
        tags="lying on {their} back|lying [down |]face up|lying flat, facing the ceiling|lying down|flat on the floor, face up|back: on the floor|back: flat on the ground, face up|laid out on {their} back|on the floor, belly up|horizontal, face up", names="a supine pose|a lying pose, face up|a flat lie on the back"),
    "lying on back knees up": words(
        does="lie on {their} back with {their} [knees|legs] bent|lie [down |]with {their} knees up and feet on the floor|lie face up with bent knees|lie on the floor, knees pointing at the ceiling|start a sit-up|bend {their} knees while lying on {their} back|lie on {their} back, soles on the floor|get ready for crunches",
        tags="lying on {their} back, knees [bent|up]|knees: bent, lying on the back|knees: up, feet flat, face up|feet: flat on the floor, lying on the back|on {their} back, legs bent|supine, knees up|flat on {their} back with raised knees", names="a crook lying|a bent-knee supine position|a sit-up start position"),
    "lying on back spread": words(
        does="lie [spread out|spread-eagle|sprawled] on {their} back|lie on {their} back with arms and legs [spread|wide|out]|spread {their} arms and legs on the floor|lie like a star|make a snow angel on the floor|sprawl out, face up|lie in an X on {their} back|take up the whole bed",
        tags="spread out on {their} back|sprawled on {their} back|arms and legs: spread wide, lying on the back|lying like a starfish|lying face up, limbs wide|on the floor in an X, face up|spread-eagle", names="a starfish|a spread-eagle lie|an X on the floor"),
    "lying on front": words(
        does="lie [|down |flat ]on {their} [stomach|belly|front|tummy]|lie [down |]facing the [floor|ground]|lay on {their} stomach|lay face down|be flat on {their} face|lie with {their} face turned to the side, on the belly|lie on the [floor|bed] face down|rest on {their} stomach|lie belly down|fall flat on {their} face",
        tags="lying on {their} [stomach|belly|tummy|front]|lying [|flat ]face down|lying prone|flat on {their} stomach|facing the floor, lying|stomach: on the floor|chest and belly: on the ground|laid face down|on the ground, face down", names="a prone pose|a face-down lie|a belly lie"),
    "lying on front propped on elbows": words(
        does="lie on {their} [stomach|belly|front] and *prop up on the [elbows|forearms]|lie on {their} belly, up on the elbows|raise {their} chest on the forearms, lying face down|hold a sphinx pose|lie prone on {their} elbows|lie on {their} tummy like reading a book|lean on both elbows, lying on the stomach|lift {their} chest, forearms on the floor",
        tags="lying on {their} belly, leaning on the elbows|on {their} stomach, propped on the elbows|elbows: on the floor, lying on the belly|forearms: on the floor, chest lifted, lying|prone, chest up on the forearms|face down, upper body raised on the elbows", names="a sphinx|a prone elbow prop|a reading-on-the-floor pose"),
    "lying on side": words(
        does="lie [down |]on {their} {L} [side|hip]|lie on {their} side|lie on one side|rest on {their} {L} side|sleep on {their} side|lie sideways|lay on {their} {L} side|lie on the {L} flank with the head on the hand|turn onto {their} {L} side|snooze on {their} side",
        tags="lying on {their} [{L} |]side|lying on the {L} side|lying sideways|resting on {their} {L} side|{L} side: on the floor|on one side, knees a bit bent|sleeping on {their} side", names="a side lie|a recovery position|a lying-on-the-{L}-side pose"),
    "fetal position": words(
        does="curl up [on {their} {L} side|in a ball|like a baby|into a ball]|lie [on {their} side |]curled up|lie in a ball|lie on {their} {L} side, knees to the chest|pull {their} knees to {their} chest, lying on {their} side|roll into a ball on the floor|curl into a fetal position|sleep curled like a cat|draw {their} knees up, lying on the side",
        tags="curled into a ball|curled up on {their} {L} side|in a ball on the floor|lying on {their} side, knees to the chest|lying curled up|fetal|knees: pulled to the chest, on the {L} side", names="a curled-up sleep|a ball on the floor|a fetal curl|an embryo position"),
    "all fours": words(
        does="[be|get|go|stand] [down |]on all fours|be on {their} hands and knees|go down on {their} hands and knees|put {their} hands and knees on the floor|kneel on hands and knees|make a table with {their} body|pose like a [horse|dog|cat] on all fours|rest on {their} hands and knees|hold a quadruped position",
        tags="on all 4s|hands and knees: on the floor|on hands and knees, back flat|down on hands and knees|on four limbs|kneeling on all fours|tabletop|hands and knees: on the ground", names="an all-fours pose|a table top|a box position|a hands-and-knees stance|a quadruped stance"),
    "crawling": words(
        does="crawl [along|ahead|on the floor|on all fours|like an infant]|be crawling|move on {their} hands and knees|crawl with the {R} hand [forward|ahead]|go on all fours|crawl through a tunnel|creep forward on hands and knees|scuttle on all fours|play horsey",
        tags="crawling [forward|along|on the floor|on all fours]|moving on hands and knees|on all fours, one knee ahead|{R} hand: forward, crawling|in a crawl", names="a crawling pose|a hands-and-knees crawl|a baby's crawl|an all-fours crawl"),
    "plank": words(
        does="[do|hold|be in|stay in] a [plank|high plank|push-up position|press-up position]|hold the top of a [push-up|press-up|pushup]|support {their} body on {their} hands and toes|keep {their} body straight like a board, on hands and feet|do a plank on straight arms|hold {their} body off the floor on hands and toes|get into push-up position|do press-ups",
        tags="planking|in a push-up position|in a high plank|arms: straight, body like a board|body: straight, on hands and toes|hands: on the floor, body straight as a board|face down on hands and toes|holding a push-up", names="a pushup start|a full plank|a push-up at the top|a plank on the hands|a straight-arm push-up position|the up position of a push-up"),
    "bridge": words(
        does="[do|hold|make] a [bridge|backbend|wheel|back bridge] [|on the floor]|bend back until {their} hands touch the floor|push {their} belly up, hands and feet on the floor|arch backwards on hands and feet|bend backwards into an arch|make an arch with {their} body, belly up|stand on hands and feet, face up, back arched|do a crab arch",
        tags="in a bridge|in a backbend, hands and feet on the floor|in a wheel|body: arched, belly up|back: arched, hands and feet on the floor|bent backwards, hands on the ground|arched like a rainbow", names="a full bridge|a gymnast's bridge|a full wheel|a backbend on the floor|chakrasana"),
    "crab": words(
        does="[do|hold|be in] a [crab walk|crab position|reverse tabletop]|crab-walk|walk on hands and feet, belly up|hold {their} hips up, hands and feet on the floor|go on all fours facing up|lift {their} hips off the floor, hands behind|make a table with {their} belly up|scuttle like a crab",
        tags="crab walking|belly up, on hands and feet|on hands and feet, facing the ceiling|hips: lifted, hands and feet on the floor|in a reverse tabletop|like a crab, belly to the sky|facing up on hands and feet", names="a crab pose|a crab stance|an upward table|ardha purvottanasana"),
}  # fmt: skip
"""By the stance's key."""

FREE_STANCE_WORDS: dict[str, Words] = {
    "standing": words(
        does="be up on {their} own two feet|get up off the floor and *stand|stand there like a mannequin|stay put, on both feet|loiter|stand in line|queue up|wait for the bus, standing|stand with both feet [under the hips|on the ground]|stand [like an NPC|on the spot]|rise to {their} feet|just be standing, nothing fancy",
        tags="just standing around|up on two feet|on {their} feet, doing nothing|standing idle|standing in the queue|both soles: on the floor, standing|not moving, on {their} feet|vertical|bipedal, at rest|stood still",
        names="a simple standing pose|a game idle|a plain stand"),
    "contrapposto": words(
        does="stand with all the weight on one leg (the {L} one)|stand sassy, {L} hip [out|popped]|sink into the {L} hip|stand on the {L} leg and *let the other knee bend|lock the {L} knee and *relax the {R} one|stand like Michelangelo's David from the waist down|wait with one hip out|stand like a bored teenager, weight on the {L} leg|stick the {L} hip out to the side|bear {their} weight on the {L} foot, the other one resting lightly",
        tags="weight on one leg (the {L} one)|{L} leg straight, the other one relaxed|{L} hip out, {R} knee soft|one knee locked, the other bent a little|standing with a hip out, full of attitude|one hip higher than the other|{R} foot: resting lightly, knee bent",
        names="an S-curve stance|a classical statue's stance|an asymmetrical stance, weight on the {L} leg|a sassy stance"),
    "tiptoe": words(
        does="stretch up on tiptoe to see over the [fence|crowd|wall]|get up on {their} tippy toes|go up on {their} tippytoes|come up high onto the balls of both feet|lift the heels as high as they go|stand on tip-toes, legs straight|peel both heels off the ground|rise up, heels in the air|make {their} body taller by going up on the toes|try to look taller, on {their} toes|push through the toes and *rise up",
        tags="up on tippytoes|on tip toes|on tip-toe, heels up|heels well off the floor|balancing on the toes, knees straight|both heels in the air|heels: in the air, knees straight|as if in stilettos|plantarflexed, both feet|on {their} toes (both feet)|weight on the balls of the feet, heels high",
        names="a tip-toe stand|a relevé in parallel|a standing calf raise|a high heel raise|a heels-up balance"),
    "wide stance": words(
        does="stand with {their} feet planted far apart|stand with {their} legs spread like an upside-down V|stand like a cowboy, feet far apart|[step|jump] {their} feet out wide|stand bow-legged like a gunslinger, feet wide|plant both feet way wider than the shoulders|stand over an invisible puddle, one foot on each side|take up a lot of floor with the feet|make an upside-down V with {their} legs|stand with a metre between {their} feet",
        tags="feet miles apart|legs like an upside-down V|feet (both) far wider than the shoulders|legs far apart, both feet flat|feet a big step apart|feet planted far apart|straddling an invisible line|standing with spread legs|footing: wide",
        names="an inverted-V stance|a wide base of support|a rock star stance for the legs|a wide leg stand"),
    "feet together": words(
        does="stand with {their} feet glued together|stand like a pencil, legs together|stand with {their} [big toes|ankles|heels and toes] touching|keep {their} knees and ankles together|stand very narrow|snap {their} heels together|stand as if on a tiny platform|make no gap between the legs|stand straight with both feet next to each other|stand in parallel first",
        tags="feet glued together|feet close together, legs straight|legs side by side|heels touching, standing straight|ankles and knees touching|narrow base, feet together|no gap between the legs|standing like a pencil|feet: right next to each other",
        names="a narrow base of support|a Romberg stance|a samasthiti stance for the legs|a pencil stand"),
    "crossed ankles": words(
        does="stand with one foot crossed over the other (the {R} one in front)|stand like someone who needs to pee, legs crossed|stand casually with {their} ankles crossed|scissor {their} legs, {R} one in front, standing|put one foot in front of the other and across|step the {R} foot across in front of the {L} one|stand with {their} legs in an X|cross the feet, {R} over {L}, and *stay standing|stand on the {L} foot, the other one crossed over in front",
        tags="legs in an X, standing|ankles crossed, still standing|{R} foot in front and across|feet crossed ({R} over {L})|legs crossed, on {their} feet|one ankle over the other, standing|really needs the loo, legs crossed|legs: in an X",
        names="a crossed-feet stance|an X-legged stand|a gotta-pee stance"),
    "one leg": words(
        does="stand on the {R} leg, the other knee up in front|balance on one leg (the {R} one)|lift one foot and *balance on the other|raise {their} {L} knee in front like a [stork|marching soldier]|bring one knee up to hip height and *hold it there|hop up onto one leg and *freeze|stand on one foot, other thigh level with the floor|step over an invisible box with the {L} leg|pull the {L} knee up, shin hanging straight down|stand on the {R} foot only, {L} leg bent at 90 degrees|do a sobriety test on one leg|march in place, frozen with the {L} knee up",
        tags="on the {R} leg, the other knee up|one foot on the floor, the other knee lifted|balancing on one leg (the {R})|{L} thigh level, shin hanging down|one leg up, knee bent at a right angle|{R} foot on the ground, {L} one in the air|standing leg: {R}, lifted knee: {L}|one foot off the ground, like a stork|{L} knee up in front|single-leg stance, {L} hip and knee at 90",
        names="a single-leg stance|a unipedal stance|a one-legged balance with the {L} knee up|a stork balance|a hip-flexed single-leg stand|a marching freeze"),
    "staggered": words(
        does="stand with one foot ahead of the other (the {L} one)|have one foot a little in front|set {their} feet like on train tracks, {L} one ahead|stand with the {L} foot leading|put the {L} foot half a step in front, weight on both|stand ready with one foot forward|stand as if about to walk, both feet down|keep one foot back and one forward|stand bladed, {L} foot first|stagger the feet, {L} in front",
        tags="one foot ahead (the {L} one), both on the floor|{L} foot a step ahead of the other|feet on train tracks, {L} one ahead|one foot forward, one back|{L} foot forward, the other behind|feet: offset, {L} one in front|weight on both feet, {L} one leading|{R} foot half a step back",
        names="a bladed stance|an orthodox foot position|a step stance|a fore-and-aft stance"),
    "lunge front": words(
        does="take a big step forward with the {L} foot and *drop low|drop down into a lunge, {L} knee over the ankle|lunge forward, back leg straight, front knee bent at 90|step out long onto the {L} foot, front thigh nearly level|stretch the back leg out long, front knee bent deep|get really low in a lunge, {L} leg first|send the {R} leg way back and *bend the {L} knee to a right angle|lunge as deep as {their} hips allow|split the feet far apart front to back and *sink over the front one|lunge as if stepping across a [stream|puddle]|lunge like a fencer without a sword|put one leg way out in front, knee bent, other leg straight behind",
        tags="front knee bent, back leg straight|back leg straight behind, front knee bent ninety degrees|in a long deep lunge|{L} leg in front bent at 90, the other one stretched out behind|{R} leg straight back, weight over the bent {L} knee|down low in a lunge ({L} leg forward)|front thigh almost parallel to the floor, back leg long|feet far apart front to back, {L} knee bent|{L} knee: over the ankle in a deep lunge|{R} leg: long and straight behind",
        names="a deep front lunge|a crescent lunge for the legs|a long forward lunge, {L} leg leading|virabhadrasana legs|an Ashta Chandrasana base|a bow-and-arrow stance for the legs|a big lunge"),
    "lunge side": words(
        does="step out wide to the {L} and *sit into that hip|slide sideways over the {L} foot, other leg straight|bend one knee and *leave the other leg straight out sideways|drop into a side lunge (bent knee: {L})|lunge out to the {L}, both feet flat|sink sideways like a speed skater|lean over to the {L}, {L} knee bent, {R} leg long|push {their} hips back over the {L} heel, other leg straight|stretch {their} groin, one knee bent, one leg straight to the side|shift all the weight onto the bent {L} leg, the other straight to the {R}",
        tags="one knee bent, the other leg straight out sideways|{L} knee bent, the other leg long to the side|sideways lunge, weight on the {L} leg|{R} leg straight out sideways, both feet flat|low on the {L} side, {R} leg stretched|weight over the {L} foot, {R} leg straight|in a skandasana-like side lunge",
        names="a wide side lunge|a lateral lunge onto the {L} leg|a groin stretch, standing|a half Cossack|a skater lunge"),
    "squat": words(
        does="drop it low|pop a squat|squat all the way down, butt near the heels|squat down with the heels on the floor|squat like a gopnik|sit on an invisible low stool, knees bent deep|get low, thighs against the calves almost|go ass to grass|squat to pet a [cat|dog]|squat over a hole in the ground|bend both knees until the bottom is near the floor|sink right down between {their} knees, feet flat|squat down to look at a bug",
        tags="down low, knees fully bent, feet flat|squatting right down|butt near the heels, feet flat|ass to grass|popping a squat|squatting low with heels down|low, knees wide, hips near the floor|hunkering on flat feet|both knees bent all the way, heels down",
        names="a Slavic squat|an Asian squat|a bottom-position squat|a malasana squat|a full-depth squat|a third-world squat|an ass-to-grass squat"),
    "half squat": words(
        does="sit back into a half squat|unlock {their} knees and *drop the hips a bit|bend {their} knees like a skier|get into a ready position, knees bent|sit halfway down|go down a quarter of the way|soften both knees and *sink|lower {their} center of gravity, knees bent|bend the knees as if about to jump|get ready to spring, knees bent|half sit on an invisible bar stool",
        tags="knees bent, ready to go|knees soft, hips lowered|halfway down|legs loaded, about to jump|both knees bent like a skier's|half sitting in the air|low center of gravity|in a power position|hips dropped a little, knees bent",
        names="a power position|a partial knee bend|a ready crouch|a quarter-squat stance|a sprung stance"),
    "crouch": words(
        does="get down real low|crouch behind a [crate|wall|bush]|stay low, knees bent, leaning forward|drop into a crouch, head up|squat low and *lean forward, ready to pounce|crouch down to hide|crouch-walk in a shooter, frozen|hunker low like a soldier under fire|crouch on the balls of {their} feet, one foot ahead|hold the crouch button|keep {their} head below the window|press C to crouch|fold up small on both feet|get as low as possible without kneeling",
        tags="low, knees bent deep, leaning forward|down low, head up|hiding low|crouched like a cat about to pounce|knees bent deep, chest over the thighs|staying out of sight, low|stealth mode, low|crouched down, one foot ahead of the other|in a deep crouch, looking ahead",
        names="a video game crouch|a tactical crouch|a pre-pounce crouch|a hiding crouch"),
    "bent over": words(
        does="hinge at the hips, back flat, legs [nearly |]straight|bend over to look for a lost [coin|contact lens]|lean so far forward that the back is nearly flat|bow way down from the hips|bend over at the waist, legs almost straight|fold forward halfway|stick {their} butt out and *bend forward|bend over a low table|bend down with a flat back|tip forward from the hip joints|drop {their} chest toward the floor, legs straight-ish",
        tags="bent over at the hips, back flat|hinged forward, legs almost straight|torso almost level with the floor|leaning way over|folded forward halfway|butt back, chest down|trunk nearly horizontal|bent double-ish|at a ninety-degree bend",
        names="a hip-hinge position|a standing half fold|a Romanian deadlift hinge|a good morning at the bottom|a deep forward lean"),
    "hands on knees bent": words(
        does="stop and *gasp for air, hands on {their} knees|lean on both knees, totally out of breath|bend over with a hand on each knee|put one hand on each knee and *lean over|brace on the knees after a marathon|wheeze, hands on knees|lean down with palms on the kneecaps to talk to a child|recover after a sprint, leaning on {their} knees|wait for the snap, hands on knees",
        tags="gasping for air, hands on knees|a hand on each knee, bent over|totally gassed, leaning on the knees|phew, hands on knees|after the race, palms on the knees|leaning over, one hand on each knee|wheezing, leaning on both knees",
        names="a post-run breather|an out-of-breath lean|an infielder's hands-on-knees stance|a puffed-out pose"),
    "handstand": words(
        does="be upside down on straight arms|flip upside down and *stand on the palms|go upside down, feet to the ceiling|do a hand stand|do a handstand, legs together-ish and straight|balance with {their} hands on the floor and legs straight up|invert, arms locked, toes to the sky|kick up onto the hands|stand on both hands instead of the feet|put all {their} weight on the hands, feet up top|hold a free-standing handstand",
        tags="upside down, legs straight up|arms locked, feet in the sky|on both hands, body vertical|feet over head, palms on the floor|head down, toes to the ceiling|standing on {their} hands|hands: on the ground, legs: straight up|inverted on straight arms",
        names="a hand stand|a straight-body handstand|a full handstand|an adho mukha vrikshasana|a gymnast's handstand|a handstand hold"),
    "jump": words(
        does="jump!|be caught in mid-air|leap off the floor, both feet up|hop up like a bunny|jump as high as possible|be mid-jump, knees a bit bent|take off, both feet off the ground|jump over a puddle|bounce on a trampoline|jump out of {their} skin|press the jump button|leap straight up off both feet|get some air|catch air",
        tags="both feet off the floor|in the air, knees slightly bent|airborne, knees bent a little|frozen in mid-air|getting air|jumping off the ground|both feet in the air|boing, off the ground|leaping straight up|mid-hop",
        names="a jump frame|a mid-jump freeze|a trampoline bounce|a hop off both feet|a platformer jump"),
    "star jump": words(
        does="leap up with all four limbs flung out|explode into a star in mid-air|do a starjump|jump up like a starfish|be an X in the air|jump with arms up and out and legs wide|leap, arms and legs flung out straight",
        tags="in the air like an X|mid-air, all four limbs out|starfish in the air|limbs flung wide, off the ground|flying X|arms up and out, legs wide, airborne",
        names="a starjump|a mid-air star|an airborne X|the top of a jumping jack, off the ground"),
    "tuck jump": words(
        does="leap up, both knees to the chest|jump and *pull the knees up high|jump over a hurdle with both feet|jump onto a tall box|jump with both thighs up level|leap so high that the knees come up",
        tags="knees up to the chest, airborne|feet tucked up, off the floor|both knees high, in the air|jumping with knees pulled up|mid-air with bent knees up high",
        names="a plyometric tuck jump|a knees-to-chest jump|a high box jump"),
    "stride": words(
        does="be mid-step, {L} foot forward|walk, {L} leg in front, the other one behind|take a big step forward with the {L} foot|walk like on an ordinary day|be on {their} way|go on foot|walk past|hike along|take one step, {L} foot landing|head off somewhere|walk it off|keep walking|walk across the street|cross the zebra crossing like the Beatles|stride along, heel of the {R} foot coming up",
        tags="out for a walk|walking, {L} foot first|one foot in front, one behind, walking|on the move, walking|{L} leg ahead, the other trailing|taking a step ({L} foot first)|stepping out|mid-walk, {L} foot in front|on foot|legs apart in a step, {L} one in front",
        names="a walk contact frame|an Abbey Road walk|a walk key pose|a casual walk|a gait cycle pose, {L} foot in front"),
    "hanging": words(
        does="hang on for dear life from a ledge|hang from the pull-up bar, arms straight|dangle from a tree branch by both hands|hang there like a monkey|hang off the monkey bars with both hands|hold on above the head, feet off the floor|be dangling from a rooftop|hang full length from both hands|grip the bar and *let the legs dangle",
        tags="hanging by the hands, legs dangling|dangling off a cliff|feet off the floor, arms straight up|hanging on for dear life|holding a bar overhead, legs hanging|dangling full length|cliffhanger, both hands up",
        names="a ledge hang|a cliffhanger|a monkey-bar hang|a full-length hang|a passive bar hang"),
    "leaning back": words(
        does="lean back like a cool guy against a wall|lean on the wall behind|rest {their} back on the wall, feet a bit in front|chill against a wall|prop {their} shoulders against the wall behind|lean back as if held up by the wind|stand tipped backwards, body straight|hang out against a lamp post behind {their} back|loiter against a wall|lean back, feet out in front",
        tags="chilling against a wall|leaned up against the wall|back to the wall, feet in front|leaning back, body straight|tipped backward as a whole|slouched against the wall behind|loitering against a wall",
        names="a casual wall lean|a backward body lean|a lean on the wall behind"),
    "leaning sideways": words(
        does="lean {their} {L} side on a door frame|lean casually to the {L} against a tree|lean on something to the {L}|tip sideways to the {L} against a pole|lean over to one side (the {L})|prop {their} {L} shoulder on the wall|tilt to the {L} like the tower of Pisa|chill against a doorway, leaning to the {L}",
        tags="leaning on a doorframe|leaning over to the {L} like Pisa|{L} shoulder on the wall|tilted to one side (the {L})|whole body tipped to the {L}|propped up by a wall on the {L}|casually leaning to the {L}",
        names="a leaning tower of Pisa|a doorway lean to the {L}|a sideways slant"),
    "kneeling both": words(
        does="get down on both knees|drop to both knees, hips up off the heels|kneel up tall, thighs straight up and down|kneel, but don't sit back|fall on {their} knees|stand on {their} knees like a little kid playing|plop down on both knees, torso upright|be on both knees (not sitting on the heels)|go to {their} knees|kneel in church|put both knees on the mat, body upright|kneel down, back straight",
        tags="both knees on the floor, body upright|on both knees, hips off the heels|knees and shins on the ground, torso up|knelt upright|kneeling up|thighs vertical, knees down|on the knees, hips straight|tall on both knees|down on {their} knees",
        names="a high kneel|a tall-kneeling position|a double kneel|an upright kneel on both knees|a church kneel"),
    "sitting on heels": words(
        does="kneel down and *sit on {their} own feet|sit with {their} butt on {their} heels|sit like in a tea ceremony|sit on {their} shins|kneel and *plonk the bottom down on the heels|sit like at a judo class|fold {their} legs under and *sit on them|sit in vajrasana|kneel low, thighs on the calves|sit back on the heels, knees forward",
        tags="butt on heels|sitting on {their} own shins|knees down, bottom on the heels|in vajrasana|Japanese style, on the heels|legs folded underneath, sitting on the feet|sitting back on the heels, knees in front|kneeling (sitting back)",
        names="a formal Japanese sit|a vajrasana|a kneeling sit|a seiza sit|a tea ceremony sit|a short kneel"),
    "kneeling one": words(
        does="drop down onto {their} {L} knee, {R} foot flat in front|get down on one knee (the {L} one)|go down on one knee|be down on one knee as if proposing|kneel to propose|pop the question|take a knee, {L} knee on the turf|put one knee on the floor and *plant the other foot in front|kneel with the {L} knee on the ground and the other knee up|bend the knee|bend the knee before {their} queen|set the {L} knee down, other leg bent at 90 in front|lower the {L} knee to the mat, {R} foot forward|get knighted",
        tags="down on one knee (the {L} one)|{L} knee on the floor, the other one up|one knee down, other foot flat in front|proposing|proposing on one knee|will you marry me|marry me!|{L} knee down, {R} foot planted in front|genuflecting|kneeling on the {L} knee with the other knee up|taking a knee|half-kneeling, {R} foot in front|bending the knee",
        names="a proposal pose|a marriage proposal kneel|a half-kneeling position, {L} knee down|a Tebow|a team photo front-row kneel|a one-knee kneel ({L} knee down)|a half kneel"),
    "kneeling bent low": words(
        does="kneel and *fold over a bit|kneel on both knees, leaning well forward|lean way forward on {their} knees|kneel over something on the ground|hunch forward on both knees|kneel down to look closely at the floor|kneel as if over a prayer mat, halfway down|tip forward from a kneel",
        tags="on both knees, leaning well forward|kneeling, hunched over|knees down, chest leaning forward|kneeling and stooping|kneeling over something|half bowed on both knees",
        names="a kneeling lean|a kneeling hinge|a bow on both knees, half way"),
    "sitting chair": words(
        does="have a seat|park {their} butt on a chair|sit on an invisible chair|plop down on a seat|sit upright in a chair, feet flat|be in {their} chair|sit down, knees at 90, both feet on the floor|sit in the waiting room|sit on the edge of the bed|sit at {their} desk|sit in the bus|sit on a park bench|ride as a passenger|sit on the toilet|grab a chair|sit properly, feet on the floor",
        tags="on a chair, feet flat|sat on a bench|in {their} seat|seated, thighs level, both feet on the floor|parked on a chair|in a waiting room|sitting down, knees bent at 90|butt in a chair|on a stool, feet down|sitting like at a desk|seated (on a chair)|on the bus, sitting",
        names="a chair-sitting pose|a 90-90 sit|a desk sit|a dining chair pose|an ordinary seat"),
    "sitting legs crossed on chair": words(
        does="sit with one leg thrown over the other|sit like a talk show host, {R} leg over the {L}|sit ladylike, legs crossed|sit on a chair, one knee over the other (the {R} on top)|cross {their} legs in {their} chair|sit like at the psychiatrist's, legs crossed|sit elegantly, {R} knee on top of the {L}|sit in a chair, {R} thigh over the {L} one",
        tags="on a chair, one leg over the other|{R} knee on top, sitting|legs crossed in a chair ({R} over {L})|sitting like a talk show guest|ladylike, legs crossed, seated|seated, {R} thigh on top of the other|in a chair with crossed legs",
        names="a talk show sit|a crossed-knee sit|a ladylike seat|an interview sit, legs crossed"),
    "sitting on chair knees wide": words(
        does="manspread on the subway|sit with {their} knees flopped wide open|sit like a boss, legs apart|take up two seats with {their} knees|sit on a chair, knees way apart|sit like a dad at a barbecue, knees wide|sit with both feet flat and the knees far apart",
        tags="man-spreading|on a chair, knees way apart|sitting like a boss, legs open|legs wide open in a seat|taking up two seats|knees far apart, both feet flat, seated",
        names="a manspread|a wide-kneed sit|a boss's sit|a power sit, knees apart"),
    "sitting leaning forward": words(
        does="sit with forearms on the thighs, leaning in|lean in on a chair, arms on the legs|sit on the bench, hunched over|sit on the edge of the seat, elbows on the legs|sit like a coach on the sideline|sit bent over, forearms resting on the thighs|lean forward in the chair, listening",
        tags="on the bench, forearms on the thighs|leaning in, sitting|hunched over on a chair|on the edge of {their} seat|forearms on the thighs, seated, leaning in|sitting like a benched player",
        names="a locker-room sit|a benched player's sit|a coach's lean|a leaning-in sit"),
    "sitting on floor": words(
        does="sit on the floor, knees up in front|plop down on the ground, knees bent, feet on the floor|sit on {their} butt with bent knees|sit against a wall with the knees up|sit on the ground like on the beach, knees raised|sit on the carpet, knees pointing to the ceiling|sit down on {their} bottom, soles near|sit on the ground, legs bent in front",
        tags="butt on the floor, knees up|on the ground, knees bent in front|bottom on the floor, feet in front, knees raised|sitting on the ground, knees to the ceiling|floor sitting, knees up|sitting on {their} butt, legs bent",
        names="a floor sit, knees raised|a hook-sitting position|a beach sit|a crook sitting pose"),
    "hugging knees": words(
        does="sit curled up, arms around the shins|sit on the floor and *hold on to {their} knees|make {their} body a little ball on the floor, arms round the legs|pull {their} knees to the chest, sitting|hug both legs, butt on the floor|sit huddled like a lonely kid|wrap both arms round the bent legs and *sit there|sit in a ball|huddle up on the floor to keep warm",
        tags="arms around the knees, sitting on the floor|curled up sitting, holding the shins|in a seated ball|knees to the chest, arms around them, seated|huddled on the floor|hugging {their} own legs|sitting like a lonely kid, knees hugged",
        names="a seated ball|a lonely-kid sit|a knees-hugged floor sit|an emo sit"),
    "sitting legs out": words(
        does="sit on the floor, both legs straight out in front|sit with {their} butt on the floor and legs straight out|sit like a doll on a shelf|sit in an L, back straight|long-sit on the mat|sit on the bed with straight legs|sit with the legs stuck straight out|sit up on the floor, knees straight, toes up|plop down, legs out front",
        tags="butt on the floor, legs straight out|legs straight out front, sitting up|in long sitting|like a doll on a shelf|both legs long on the floor, torso upright|sitting at 90 degrees, legs straight|bottom down, knees straight, toes up",
        names="a long sitting position|a doll sit|a dandasana sit|an L shape on the floor|a sit with the legs out front"),
    "sitting straddle": words(
        does="sit on the floor with {their} legs in a big V|sit on the floor, legs straight and as wide as they go|sit in a straddle stretch, upright|open both straight legs wide on the floor, sitting|sit like a toddler playing with blocks, legs wide|sit with one straight leg to each side",
        tags="butt on the floor, legs in a big V|on the floor, straight legs wide apart|straddle-sitting|legs like a pair of compasses, seated|seated in a V, legs straight|one straight leg to each side, sitting",
        names="a seated wide-leg straddle|a V-leg sit|a gymnast's straddle sit|a wide-legged floor sit"),
    "cross-legged": words(
        does="sit criss cross|sit criss-cross-applesauce on the rug|sit crosslegged|sit on the floor with both legs crossed and knees out|sit like a kid at story time|sit like a buddha|sit in sukhasana|fold {their} legs and *sit on the floor|sit pretzel style|sit around the campfire, legs crossed|sit down tailor-fashion|plop down and *cross the legs",
        tags="criss cross applesauce|crosslegged on the floor|butt on the floor, legs crossed, knees out|pretzel-legged|legs folded, sitting on the ground|at story time, legs crossed|in sukhasana|sitting like a buddha|knees out, ankles crossed, on the floor",
        names="a sukhasana|a campfire sit|a criss-cross sit|a tailor sit|a pretzel sit|a story-time sit"),
    "side sitting": words(
        does="sit like a mermaid on a rock|sit on one hip with both legs swept to the {R}|sit on the floor, legs to one side, {L} hand down|lean on the {L} hand, both knees folded the other way|sit like a lady at a picnic, legs to the side|sit with both feet tucked to the {R}|sit like the little mermaid in Copenhagen",
        tags="like the little mermaid|both legs swept to the {R}, leaning on the {L} hand|on the {L} hip, knees together to the side|picnic style, legs to one side|{L} hand: on the floor, legs folded to the {R}|sitting on one hip, legs to the {R}",
        names="a Little Mermaid sit|a picnic side-sit|a sidesaddle sit on the floor"),
    "leaning back on hands": words(
        does="sit on the ground, legs out, hands behind|sunbathe sitting up, leaning on both hands|lean back and *prop on straight arms, legs stretched out|watch the clouds, sitting, hands behind|sit back on the sand, propped on {their} arms|sit on the grass and *lean on the hands behind|chill on the floor, leaning back",
        tags="hands behind on the ground, legs out|on the beach, leaning back on the hands|sitting and leaning back, arms straight behind|chilling on the grass, hands behind|propped on the hands, legs stretched in front|butt and hands on the floor, legs long",
        names="a beach lounge|a sit-and-lean-back|a sunbather's sit|a picnic lean"),
    "propped on elbows on back": words(
        does="lie back on both elbows|lie on the beach, up on the elbows|half sit up, leaning on the forearms|lie on {their} back but up on the elbows|recline, elbows on the ground behind|prop up on both elbows, legs out, facing up|chill on the grass on {their} elbows",
        tags="half lying, on both elbows|face up, chest lifted, elbows on the floor|on the beach, up on the elbows|leaning back on the elbows, legs long|reclined on both forearms|on {their} back, propped up on the elbows",
        names="a semi-reclined prop|a beach recline|an elbow prop, face up"),
    "lying on back": words(
        does="be flat on {their} back|lie there staring at the ceiling|flop onto {their} back|lie down flat, belly up, legs straight|be laid out on the floor, face up|lie on the floor like a plank, facing up|lie supine, legs extended|stargaze on {their} back|lie on the bed, looking up|be knocked out cold on {their} back|fall flat on {their} back and *stay there|lie stretched out face-up, heels on the floor",
        tags="flat on {their} back|flat out on the floor, face up|lying supine, legs extended|face-up|belly-up|on the back, legs straight|down for the count, face up|KO, flat on the back|horizontal, facing the ceiling|stargazing on the back|laid out flat",
        names="a supine lie|a supine pose|a flat-on-the-back pose|a stargazing pose|a supine position, legs extended"),
    "lying on back knees up": words(
        does="lie flat with the knees bent and both soles on the floor|lie on {their} back, feet flat, knees to the ceiling|lie supine with bent knees|get into a hooklying position|lie as if about to do sit-ups|lie down with feet planted near the bottom|lie on the mat, knees up",
        tags="supine, knees bent, feet flat|hooklying|face up, knees to the ceiling|on the back, soles on the floor|ready for sit-ups, on the back|lying with both knees up, feet down",
        names="a crook lying position|a hooklying pose|a sit-up start position|a semi-supine position"),
    "lying on back spread": words(
        does="lie starfished on the bed|flop down on {their} back, arms and legs everywhere|lie on {their} back like an X|lie spreadeagled|crash on the bed, limbs everywhere|lie in the snow, arms and legs out|hog the whole bed on {their} back",
        tags="starfished|spreadeagle on the floor, face up|like an X on the floor|flat on the back, arms and legs wide|hogging the whole bed|limbs everywhere, face up",
        names="a bed hog's pose|a starfish sleep|an X on the floor|a spreadeagle"),
    "lying on front": words(
        does="be flat on {their} face|lie belly down on the floor|lie flat on {their} tummy|faceplant and *stay there|flop onto the bed, face down|lie prone, legs straight|be face down on the ground, arrested|lie on the massage table, face down|lie on the stomach with the head turned|drop flat on the ground, belly down|hit the dirt",
        tags="belly-down|belly down on the floor|face down, legs straight|lying prone, legs extended|flat on {their} face|faceplanted|on the tummy, head turned|face-down on the bed|stomach to the floor|proned out",
        names="a prone lie|a prone pose|a faceplant|a belly flop onto the bed|a massage table pose|a prone position, legs extended"),
    "lying on front propped on elbows": words(
        does="lie on {their} tummy, up on both elbows|read a comic on the rug, propped on the elbows|lie belly down with the chest up on the forearms|lie like a sphinx|lie prone on {their} elbows like a sniper|watch TV on the carpet, up on the elbows|lie on the stomach, forearms on the floor, head up",
        tags="belly down, up on the elbows|like a sphinx|on the tummy, chest up, forearms on the floor|prone on elbows|watching TV on the carpet|on the stomach, forearms down, head up",
        names="a prone-on-elbows position|a salamba bhujangasana|a sniper prone|a sphinx"),
    "lying on side": words(
        does="lie on one side (the {L} one)|lie on {their} {L} side with a hand under the head|sleep on the {L} side, knees a bit bent|turn onto {their} {L} side and *rest|lie sideways, {L} hand under the head|lie on the couch on {their} {L} side|nap on one side",
        tags="on one side (the {L})|lying on the {L} side, knees soft|side-lying on the {L}|sideways on the floor, head on the {L} hand|napping on the {L} side|in {L} side-lying|on {their} side",
        names="a {L} side-lying position|a lateral decubitus|a side sleeper|a side nap"),
    "fetal position": words(
        does="curl up and *cry on the floor|curl into a little ball on {their} side|lie in a ball, knees to the chest|lie on {their} {L} side all curled up|go fetal|curl up like a [cat|shrimp|baby]|sleep like a baby in the womb|lie in foetal position|roll up tight on {their} side",
        tags="curled up like a shrimp|in a tight ball on {their} {L} side|in foetal position|curled up, knees to the chest|all curled up on one side|knees and arms tucked in, lying on the {L} side|balled up like a baby in the womb",
        names="a shrimp curl|a foetal position|a curled-up sleep|a baby-in-the-womb pose"),
    "all fours": words(
        does="get down on hands and knees|go on all fours like a [dog|table]|get on the floor on {their} hands and knees|make a table with {their} body, hands and knees down|be a horsey for the kids|look for a contact lens on hands and knees|start in tabletop, wrists under shoulders|be down on all fours|hold quadruped, spine neutral|plant {their} hands and knees on the mat",
        tags="down on all fours|on hands & knees|hands and knees on the mat|in quadruped|quadruped, spine neutral|in tabletop|on 4s|like a table, hands and knees down|hands under shoulders, knees down|doggy style|on all fours, back level|playing horsey",
        names="a quadruped stance|a bharmanasana|a table top|an all-fours position|a hands-and-knees position"),
    "crawling": words(
        does="crawl around on hands and knees|crawl forward, {R} hand and {L} knee ahead|crawl after the cat|be crawling like a baby|creep forward on all fours|crawl under the table|crawl out of bed|move along the floor on hands and knees",
        tags="crawling around|on hands and knees, moving forward|{R} hand ahead, {L} knee ahead, crawling|crawling like a baby|creeping forward|baby-crawling",
        names="a baby's crawl|a crawl cycle pose|a hands-and-knees crawl"),
    "plank": words(
        does="drop and give me twenty, arms straight|get into push-up position|hold {their} body like a board on straight arms|hold the top of a pushup|drop into a high plank|be stiff as a board on hands and toes|get in the front leaning rest|do a press up, arms locked|plank on {their} hands|start a push-up",
        tags="stiff as a board on hands and toes|hands and toes on the floor, body straight|in pushup position|in the front leaning rest|straight arms, straight legs, face down off the floor|holding a plank|body like a board, arms locked",
        names="a front leaning rest|a pushup start position|a straight-arm plank hold|a kumbhakasana|a push up (top)"),
    "bridge": words(
        does="bend all the way back onto hands and feet|do a backbend on the floor|do a full wheel|push the belly to the ceiling, hands and feet down|make a bridge with {their} body, belly up|arch like a rainbow, hands and feet on the floor|do the bridge in gym class|be bent over backward like in the Exorcist",
        tags="arched like a rainbow, hands and feet down|belly to the ceiling, on hands and feet|bent backwards over, hands on the floor|in a full wheel|in chakrasana|hands and feet down, back arched up",
        names="a chakrasana|a full wheel|a full backbend|a gymnast's bridge|a rainbow shape on hands and feet"),
    "crab": words(
        does="crabwalk|get into crab position, belly up|be on hands and feet, facing the ceiling|hold {their} butt off the floor on hands and feet|make a table with the belly up|do the crab walk from gym class",
        tags="belly up, hands and feet down, butt off the floor|in crab position|crabwalking|table with the belly up|on hands and feet, facing up, knees bent",
        names="a crab hold|an ardha purvottanasana|a belly-up table|a crabwalk"),
}  # fmt: skip
"""The same as people type them freely: coaching, asides in brackets, purposes, slang, terms of the trade."""

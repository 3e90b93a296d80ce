# SPDX-License-Identifier: GPL-3.0-or-later
"""How people freely ask for dances, music and stage poses: terse, slangy, as a scene, with the limbs explained."""

# Phrases are data and stand on one line.
# ruff: noqa: E501

from __future__ import annotations

from training.grammar.phrases import Words, words

STAGE_WORDS: dict[str, Words] = {
    # Ballet.
    "ballet first": words(
        does="wait at the start of ballet class, heels together|open the toes like a penguin, arms in a soft circle|stand turned out, heels kissing, a big beach ball in {their} arms",
        tags="ballet class, day one|heels together, toes out, arms rounded low",
    ),
    "ballet second": words(
        does="step the turned-out feet apart, arms to the side|open up into second, ballerina style|stand wide with toes out, arms like wings",
        tags="ballet second, arms wide|feet apart, toes out, arms softly at the sides",
    ),
    "ballet fifth": words(
        does="cross the feet tight, arms in a circle overhead|stand with one foot right in front of the other, arms high and round|pose like a ballerina on a cake, both feet down",
        tags="feet crossed, toes out, arms in a ring overhead|en haut, feet in fifth",
    ),
    "demi plie": words(
        does="bend {their} knees over the toes, heels down, ballet style|dip into a small plié|sink a little, knees wide, back straight",
        tags="knees bent outward, heels together|half plié",
    ),
    "grand plie second": words(
        does="sink into a deep ballet squat, knees wide, back straight|sit down between {their} turned-out feet|do a sumo squat but make it ballet",
        tags="deep plié, knees wide, arms out|a wide turned-out squat",
    ),
    "arabesque": words(
        does="hold the ballerina pose with one leg straight out behind|stand on the {R} leg and *lift the {L} leg straight back, an arm ahead|reach forward while the {L} leg flies up behind|balance on one straight leg, the other stretched back at hip height",
        tags="one leg stretched straight back, arm forward|ballerina on one leg, {L} leg far behind",
        names="the ballerina pose on one leg",
    ),
    "arabesque both arms": words(
        does="reach both arms forward with the {L} leg stretched behind|balance like a figurine, two arms ahead and a leg back|lean into a third arabesque|fly on one leg, both arms forward",
        tags="both arms ahead, {L} leg straight back|on the {R} leg, reaching forward",
    ),
    "arabesque releve": words(
        does="rise on the toes of the {R} foot, the {L} leg straight behind|hold an arabesque on pointe|balance on tiptoe with a leg out the back",
        tags="on pointe, {L} leg behind|tiptoe arabesque",
    ),
    "penchee": words(
        does="tip all the way forward, the {L} leg pointing to the ceiling|split on one standing leg, chest down, back leg up|dive forward with one leg up high behind",
        tags="chest down, {L} leg up behind in a standing split",
    ),
    "attitude derriere": words(
        does="stand on one leg, the other bent up behind, one arm curved overhead|balance with the {L} knee bent behind like the Mercury statue|hold the bent leg behind, ballerina style",
        tags="{L} leg bent and lifted behind, one arm overhead",
    ),
    "attitude devant": words(
        does="lift the {L} leg bent in front, one arm up|stand on one leg with the other rounded in front, ballet style",
        tags="{L} leg bent and lifted in front, one arm overhead",
    ),
    "retire first arms": words(
        does="stand like a music box ballerina, toe at the knee|tuck one toe to the knee, arms in a ring above|make a 4 with the legs, arms up round",
        tags="toe at the knee, arms in a circle overhead",
    ),
    "developpe side": words(
        does="unfold the {L} leg up to the side, toes pointed|hold one straight leg out sideways at hip height or more|lift the leg to the side without wobbling",
        tags="{L} leg held straight out to the side, arms open",
    ),
    "grand battement": words(
        does="kick one straight leg up in front, ballet style|throw the {L} leg up with pointed toes, back straight|kick high without bending the knee",
        tags="{L} leg kicked straight up in front, arms wide",
    ),
    "tendu devant": words(
        does="point one foot ahead on the floor, arms open|stretch the {L} toes forward, standing tall|slide the {L} foot forward until only the toes touch",
        tags="{L} toes pointed in front, arms to the sides",
    ),
    "tendu side": words(
        does="point one foot to the side on the floor, one arm up|slide the {L} foot out sideways till only the toes touch",
        tags="{L} toes pointed at the side, one arm curved overhead",
    ),
    "ballet saute": words(
        does="jump straight up with pointed toes|bounce up like a ballet dancer, legs straight|hop off the floor, legs together and straight down",
        tags="in the air, legs straight down, toes pointed",
    ),
    "pas de chat": words(
        does="jump like a cat, both feet tucked under|leap sideways with both knees bent out|pull both feet up in mid-air, knees open",
        tags="mid-jump, knees out, feet tucked under",
    ),
    "swan": words(
        does="fold over the front leg like the dying swan|sink to the floor, one leg ahead, chest on the knee|die at the end of Swan Lake",
        tags="dying swan, folded over the front leg",
    ),
    "swan wings": words(
        does="flap like Odette on her toes|rise on pointe, arms like wings|float across the stage as a swan",
        tags="on her toes, arms like swan wings",
    ),
    # Show and street dance.
    "jazz hands": words(
        does="give me jazz hands|spread {their} fingers and *grin, feet wide|end the number with both palms out at the sides",
        tags="jazz hands!|palms forward, elbows bent, fingers wide",
    ),
    "jazz hands high": words(
        does="throw both open hands up and out, big smile|finish the show with arms high and fingers wide|sell it to the balcony, arms up in a V|flash jazz hands overhead",
        tags="ta-daaa!|arms up and wide, fingers spread",
    ),
    "fosse": words(
        does="tip the bowler hat, knees together, hip out|dance like in Chicago|touch the hat brim, other hand on the hip, chin down",
        tags="all that jazz|hat brim touched, knee turned in",
    ),
    "chorus kick": words(
        does="kick like a Rockette|kick one straight leg to hip height, arms out along the line|dance in a kickline",
        tags="kickline!|one leg kicked up in front, arms out at the sides",
    ),
    "disco point": words(
        does="do the Saturday Night Fever point|shoot one straight arm up diagonally, other hand on the hip|be John Travolta in the white suit|stay alive on the dance floor, arm up and out",
        tags="stayin' alive|one arm straight up to the side, other hand on the hip|disco fever",
    ),
    "disco point down": words(
        does="point across and down, other hand on the hip|do the second half of the disco point|aim one straight arm at the opposite foot, funky|groove down low, arm across",
        tags="disco, arm pointing down across|one arm down across the body, other hand on the hip",
    ),
    "flamenco": words(
        does="stamp and *curl one arm overhead, olé|arch {their} back, one arm up, one in front|dance in Seville",
        tags="olé!|back arched, one arm curved up",
    ),
    "matador": words(
        does="wave the red cape to one side|make a pass with the bull, back arched|stand with the hips forward, both arms sweeping the cape",
        tags="toro!|back arched, both arms low to one side with the cape",
    ),
    "robot dance": words(
        does="do the robot, one forearm up and one out|dance all stiff, elbows at right angles|pop and *lock like a machine",
        tags="beep boop, dancing|stiff arms, right angles at the elbows",
    ),
    "dab": words(
        does="hide {their} face in the crook of one elbow and *throw the other arm out|dab on them haters|sneeze into an elbow but cool, other arm straight up and out",
        tags="dabbing on them|face in the bent elbow, other arm straight out and up",
    ),
    "vogue frame": words(
        does="frame {their} face with both arms like Madonna|strike a pose, one arm over the head, one hand under the chin|serve face at the ball",
        tags="strike a pose|arms framing the face",
    ),
    "vogue arms": words(
        does="vogue, one hand behind the head and one arm up|hit an angle with both arms, chin turned away|own the ballroom",
        tags="vogue, vogue, vogue|one hand behind the head, the other arm up",
    ),
    "b-boy stance": words(
        does="lean back with crossed arms, feet wide, like a b-boy|cross {their} arms after the battle, chin tilted|stand eighties hip hop style",
        tags="run DMC style|arms crossed, leaning back, feet wide",
    ),
    "baby freeze": words(
        does="freeze on both hands with the elbow in the belly|end the breakdance set in a baby freeze|balance on hands and head, knees bent in the air",
        tags="breakdance freeze|upside down on the hands, knees bent",
    ),
    "twist": words(
        does="twist again like last summer|swivel on the balls of the feet, arms bent|dance like in Pulp Fiction",
        tags="let's twist again|knees bent, twisting, elbows bent",
    ),
    "bees knees": words(
        does="cross {their} hands over {their} knees like a flapper|knock the knees together and *swap the hands|dance at Gatsby's party",
        tags="hands crossed on the knees, flapper style",
    ),
    "charleston": words(
        does="kick a foot forward, opposite arm ahead, twenties style|dance like a flapper|party like it is 1925",
        tags="roaring twenties|one leg kicked ahead, arms swinging",
    ),
    "ymca y": words(
        does="throw both straight arms up in a wide V for the Y|start the YMCA|be the letter Y at the wedding",
        tags="Y!|Y-M-C-A|arms straight, up and wide",
    ),
    "ymca m": words(
        does="drop the fingertips to the shoulders, elbows up, for the M|be the letter M|do the second letter of YMCA",
        tags="M!|elbows high, fingertips at the shoulders",
    ),
    "ymca c": words(
        does="curve both arms to one side for the C|be the letter C with the arms|do the third letter of YMCA",
        tags="C!|both arms curved to one side like a C",
    ),
    "ymca a": words(
        does="join {their} fingertips overhead for the A|be the letter A",
        tags="A!|fingertips together in a point overhead",
    ),
    "gangnam": words(
        does="ride the invisible horse, wrists crossed|hop like Psy, wrists crossed in front|dance Gangnam Style, knees bent",
        tags="oppa Gangnam Style!|wrists crossed in front, knees bent",
    ),
    "thriller": words(
        does="claw to one side with both arms, zombie style|dance like Michael Jackson among the undead|swing both claws across the body",
        tags="'cause this is Thriller|both clawed hands to one side",
    ),
    "swim dance": words(
        does="pinch {their} nose, wave one arm and *sink down|dance like going under water",
        tags="glug glug|nose pinched, one arm waving up",
    ),
    "floss": words(
        does="do that Fortnite dance with straight arms|swing both straight arms to one side of the hips|floss like the backpack kid",
        tags="flossing|both straight arms swung to one side",
    ),
    "front splits": words(
        does="drop into a full split, arms up|sit on the floor, one leg ahead and one behind|touch down in the splits like James Brown",
        tags="full splits on the floor|one leg in front, one behind, pelvis down",
    ),
    "cheer high v": words(
        does="give me a V, arms high|shout go team with both arms up and out",
        tags="go team!|arms up in a wide V, feet apart",
    ),
    # Music and stage.
    "guitar": words(does="strum a guitar|jam on an acoustic", tags="one hand on the neck, one strumming"),
    "rock guitar": words(
        does="shred a solo|play air guitar like a maniac|lean back and *wail on the guitar",
        tags="shredding|one hand on the fretboard, one at the hip, leaning back",
    ),
    "trumpet": words(
        does="blow a horn, elbows up|hold a trumpet to {their} lips with both hands",
        tags="toot toot|both hands in front of the mouth with a trumpet",
    ),
    "flute": words(
        does="hold a flute sideways to {their} mouth|play the flute, both hands off to one side|whistle a tune on a piccolo",
        tags="both hands to one side of the mouth, flute level",
    ),
    "drums": words(
        does="rock out behind the kit|sit and *hit the drums with two sticks", tags="ba-dum-tss|sitting, both sticks up"
    ),
    "conducting": words(
        does="lead the orchestra, baton in hand|wave both hands at the violins",
        tags="maestro|both hands up, baton in one",
    ),
    "singing mic": words(
        does="belt out a ballad, mic in one hand|sing karaoke, free arm out|hold a mic to {their} mouth and *reach out to the crowd",
        tags="karaoke night|mic at the mouth, other arm out",
    ),
    "singing up": words(
        does="hold the last high note, one arm up|sing to the rafters, head back, arm raised|hit the Whitney note",
        tags="mic at the mouth, other arm thrown up",
    ),
    "opera": words(
        does="sing like a soprano, both arms open|fill the opera house, chest lifted|spread {their} hands and *hold the aria",
        tags="figaro, figaro!|arms open low, chest out, singing",
    ),
    "dj": words(
        does="hold one headphone to the ear, other hand on the deck|spin records at the club",
        tags="drop the beat|one hand on the ear, one on the turntable",
    ),
    "headbanging": words(
        does="whip {their} hair to heavy metal|throw {their} head down, one fist up|go hard at the metal show",
        tags="\\m/ metal!|bent forward, head down, one arm up",
    ),
    "mime box": words(
        does="be stuck in an invisible box|press both palms on a glass wall that isn't there",
        tags="palms flat on an invisible wall",
    ),
    "juggling": words(
        does="keep three balls in the air|toss balls from palm to palm, looking up",
        tags="both palms up, eyes on the balls",
    ),
    "marionette": words(
        does="hang from strings, elbows up and forearms dangling|dangle like Pinocchio|be a puppet with cut strings, almost",
        tags="elbows high, hands dangling, head lolling",
    ),
    "hamlet": words(
        does="hold up a skull and *brood|ask to be or not to be, one palm out",
        tags="alas, poor Yorick|skull in one hand, other hand on the heart",
    ),
    "swoon": words(
        does="faint like a Victorian lady, back of the hand to the brow|get the vapours|lean back, hand to the forehead, other arm limp",
        tags="I feel faint|back of the hand on the brow, leaning back",
    ),
    "ringmaster": words(
        does="welcome ladies and gentlemen to the circus|throw one arm up, the other low, hat on",
        tags="step right up!|one arm high, the other out low",
    ),
    "liberty statue": words(
        does="lift the torch high, tablet at the side|hold one straight arm up like Lady Liberty|be New York's most famous statue",
        tags="torch arm straight up, tablet in the other arm",
    ),
    "crucifix": words(
        does="hang with both arms straight out, head sunk to one side|be on the cross, feet together",
        tags="arms straight out, head hanging, feet together",
    ),
    "atlas": words(
        does="carry the world on {their} shoulders, on one knee|hold up a huge boulder across the back",
        tags="weight of the world|on one knee, both hands up at the shoulders",
    ),
    "cupid": words(
        does="shoot an arrow of love on one foot|draw a little bow, one leg kicked back",
        tags="on tiptoe, bow drawn, one leg back",
    ),
    "lightning bolt": words(
        does="do the Usain Bolt|lean back and *aim both arms at the sky to one side",
        tags="like Bolt after the 100 metres|one arm straight up and out, the other bent along it",
    ),
}

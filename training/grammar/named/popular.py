# SPDX-License-Identifier: GPL-3.0-or-later
"""The named poses that people ask for most, by their keys: they are drawn more often than the others."""

from __future__ import annotations

_KEYS = """
cat paws; dog begging; dog on all fours; monkey; gorilla chest beating; bird flapping; penguin; T-rex; frog;
bear standing; soccer kick; header; throw-in; goalkeeper; goalkeeper dive; basketball shot; dunk; dribbling;
basketball defence; volleyball serve; volleyball spike; volleyball dig; volleyball set; volleyball block;
tennis serve; tennis ready; forehand; backhand; overhead smash; batting; bat swing; windmill toe touch;
pitcher windup; pitch release; throwing; quarterback; catching overhead; golf address; golf backswing; golf
finish; cricket batting; cricket bowling; bowling; frisbee throw; hockey; rugby carry; three-point stance;
billiards; hero fists on hips; superhero flying; villain scheming; zombie; mummy walking; ghost; monster
claws; thief tiptoeing; sneaking low; fashion model; soldier at attention; soldier marching; aiming a rifle;
aiming a pistol; cowboy; old person with cane; ninja low stance; robot elbows; scarecrow; king on throne;
knight kneeling; sword raised to sky; waiter with tray; wizard casting; witch casting; liberty with torch;
hieroglyph; Rodin thinker; wants up; butler; sword overhead; sword middle guard; sword slash; sword thrust;
sword drawing; sword and shield; shield block; archer side on; archer front; spear thrust; spear throw; staff
guard; axe overhead; rifle standing; rifle kneeling; pistol two hands; pistol one hand; magic blast both;
magic blast one; hadouken; side dodge; hiding behind cover; hit in stomach; falling backward; dead on back;
dead face down; collapsing to knees; grenade throw; hammering nail; sawing; shovelling; fishing cast;
umbrella; telescope; binoculars; weapon on shoulder; duck and cover; bracing for impact; phone call; texting;
selfie; drinking; reading a book; reading seated; stepping over; typing at a desk; driving; eating at table;
carrying a box; lifting a box; tying shoe; pushing; pulling a rope; looking at watch; sleeping on back;
sunbathing; sweeping; opening a door; ballet first; ballet fifth; demi plie; arabesque; attitude derriere;
passe; pirouette; grand jete; port de bras side; jazz hands; disco point; waltz hold; tango; flamenco; robot
dance; dab; moonwalk; hip hop; b-boy stance; egyptian dance; belly dance; hula; can-can; floss; twist; ymca y;
stag leap; club dancing; front splits; tap dance; sad; weeping; wiping tears; heartbroken; jump for joy;
joyful open arms; laughing bent over; laughing head back; angry fists; scolding; shaking fist; frustrated;
afraid; cowering; shocked gasp; astonished hands on cheeks; startled; disbelief hands on head; ashamed;
embarrassed; shy; proud; arrogant; bored sitting; impatient; out of breath; tired; yawn and stretch; nervous;
biting nails; confused; begging on knees; praying standing; devout prayer on knees; dizzy; cold; drunk;
coughing; limping; backache; despair on chair; relieved; excited; suspicious; defiant; curious; push-up up;
push-up down; forearm plank; side plank; sit-up; crunch; leg raise; glute bridge; superman; bird dog; mountain
climber; jumping jack; deadlift start; deadlift lockout; bench press up; overhead press; bicep curl; barbell
curl; lateral raise; front raise; dips; pull-up top; air squat; barbell back squat; pistol squat; wall sit;
split squat; high knees; toe touch stretch; side bend; quad stretch; hamstring stretch; shoulder stretch;
triceps stretch; burpee squat; waving; both hands waving; pointing forward; pointing up; pointing aside;
pointing down; pointing behind; pointing at oneself; beckoning; handshake; high five; fist bump; offering a
hand; presenting; open arms; curtsy; bowing; namaste; praying on knees; begging; thumbs up; thumbs down;
hitchhiking; peace sign; raising hand in class; clapping; stop sign; stop both hands; shrugging; finger guns;
heart over head; arms in an X; salute; oath hand raised; hand on heart; both hands on heart; one arm flex;
hands up; victory; fist pump; raised fist; shading eyes; thinking; facepalm; face in both hands; rubbing eyes;
scratching head; yawning; morning stretch; blowing a kiss; hush; covering mouth; shouting through hands;
listening; covering ears; hands on cheeks; head in hands; headache; hand on forehead; wiping sweat; holding
nose; akimbo; hand on hip; hands in pockets; one hand in pocket; hands behind head standing; parade rest;
standing at attention; hugging self; stomach ache; back pain; arms crossed head tilted; romanian deadlift;
one-arm push-up; kendo strike; v-up; sleeping curled; sleeping on front; starfish; propped on side; lounging
on sofa; watching tv; asleep at desk; the thinker; elbows on knees; head in hands seated; cross-legged laptop;
brushing teeth; combing hair; shaving; washing face; pulling shirt overhead; figure four seat; scratching
back; hugging someone; warming hands; walking dog; stepping up stair; looking under bed; leaning on counter;
leaning sideways on wall; foot on wall lean; getting up from chair; drinking seated; The Scream; sleepwalker;
proposal; samurai sitting; beard stroking; karate front stance; horse stance; horse stance punch; cat stance;
fighting stance; crane stance; praying mantis; three-point superhero; tai chi single whip; fist palm salute;
cross punch; hook punch; body shot; karate lunge punch; karate reverse punch; karate chop; elbow strike; front
kick; high front kick; side kick; high side kick; roundhouse kick; high roundhouse; back kick; knee strike;
flying knee; flying side kick; rising block; low block; sumo squat; fencing en garde; fencing lunge; capoeira
ginga; wrestling stance; judo throw; jumping uppercut; triumphant roar; panic grabbing hair; defeated on
knees; guitar; violin; cello; piano; drums; flute; trumpet; saxophone; accordion; conducting; singing mic;
opera; dj; mime box; tightrope; juggling; magician; courtly bow; runway walk; model hip; hand in hair; heart
hands; front double biceps; single biceps; lat spread; side chest; discobolus; crucifix; atlas; vitruvian;
superman flying; superman both arms; hero stance; hero landing; spider crouch; gargoyle; snow angel; angel
wings; over shoulder; peace sign photo; T-pose; A-pose; I-pose; Y-pose; backwards on a chair; squat elbows on
knees; on one knee, arm on the other; lying one knee up; chair ankles crossed; boxing guard; jab; uppercut;
sprinting; jogging; running airborne; finish line; sprint start; set position; hurdling; long jump flight;
high jump; javelin; discus; shot put; swimming start; front crawl; backstroke; breaststroke; headfirst dive;
cannonball; rowing catch; kayaking; surfing; skiing; snowboarding; skateboarding; speed skating; ice skating;
skating spiral; road cycling; horse riding; rock climbing; weightlifting overhead; biceps flex; gymnast
splits; handstand split; cartwheel; L-sit; iron cross; gymnast salute; balance beam; archery; darts; jump
rope; skydiving; straddle splits; ring hang tuck; hailing a taxi; wheelchair pushing; pushing car low;
carrying on shoulder; carrying on head one hand; carrying under arm; carrying two bags; pushing a cart;
stirring a pot; chopping vegetables; washing dishes; cleaning windows; vacuuming; scrubbing the floor; holding
a baby; pouring; picking up from floor; writing at desk; writing on board; painting a wall; painting at easel;
taking a photo; cpr; speech at lectern; holding microphone; knocking; pressing a button; reaching high shelf;
reaching both high; climbing ladder; riding bicycle; riding motorcycle; riding horse; steering ship; fishing;
mountain; upward salute; tree prayer; tree overhead; warrior one; warrior two; warrior three; triangle; side
angle; downward dog; cobra; upward dog; child pose; cat; cow; chaturanga; lotus meditation; lotus prayer;
seated twist; chair pose; forward fold; seated forward fold; bound angle; dancer; savasana; boat; bridge pose;
camel; bow pose; locust; shoulder stand; plow; headstand; crow; garland; pigeon; low lunge; half moon;
goddess; happy baby; legs up the wall; eagle
"""
POPULAR: frozenset[str] = frozenset(" ".join(key.split()) for key in _KEYS.split(";"))
"""Keys of entries."""

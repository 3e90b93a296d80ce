# SPDX-License-Identifier: GPL-3.0-or-later
"""Named poses, a file a domain; a new domain's POSES are added to NAMED here."""

from __future__ import annotations

from training.grammar.entries import Entry, said_more
from training.grammar.named.animals import POSES as ANIMALS
from training.grammar.named.ball_sports import POSES as BALL_SPORTS
from training.grammar.named.character import POSES as CHARACTER
from training.grammar.named.combat import POSES as COMBAT
from training.grammar.named.daily_life import POSES as DAILY_LIFE
from training.grammar.named.dance import POSES as DANCE
from training.grammar.named.emotion import POSES as EMOTION
from training.grammar.named.exercise import POSES as EXERCISE
from training.grammar.named.gestures import POSES as GESTURES
from training.grammar.named.gym_and_mat import POSES as GYM_AND_MAT
from training.grammar.named.home import POSES as HOME
from training.grammar.named.icons import POSES as ICONS
from training.grammar.named.martial_arts import POSES as MARTIAL_ARTS
from training.grammar.named.moods import POSES as MOODS
from training.grammar.named.performance import POSES as PERFORMANCE
from training.grammar.named.rig_poses import POSES as RIG_POSES
from training.grammar.named.said import SAID
from training.grammar.named.seats import POSES as SEATS
from training.grammar.named.sports import POSES as SPORTS
from training.grammar.named.trades_and_travel import POSES as TRADES_AND_TRAVEL
from training.grammar.named.work import POSES as WORK
from training.grammar.named.yoga import POSES as YOGA

DOMAINS: dict[str, tuple[Entry, ...]] = {
    "animals": ANIMALS,
    "ball_sports": BALL_SPORTS,
    "character": CHARACTER,
    "combat": COMBAT,
    "daily_life": DAILY_LIFE,
    "dance": DANCE,
    "emotion": EMOTION,
    "exercise": EXERCISE,
    "gestures": GESTURES,
    "gym_and_mat": GYM_AND_MAT,
    "home": HOME,
    "icons": ICONS,
    "martial_arts": MARTIAL_ARTS,
    "moods": MOODS,
    "performance": PERFORMANCE,
    "rig_poses": RIG_POSES,
    "seats": SEATS,
    "sports": SPORTS,
    "trades_and_travel": TRADES_AND_TRAVEL,
    "work": WORK,
    "yoga": YOGA,
}
NAMED: tuple[Entry, ...] = said_more([entry for entries in DOMAINS.values() for entry in entries], SAID)

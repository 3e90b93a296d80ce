# SPDX-License-Identifier: GPL-3.0-or-later
"""Further ways to say the named poses, a file a domain."""

from __future__ import annotations

from training.grammar.named.said.animals import SAID as ANIMALS
from training.grammar.named.said.ball_sports import SAID as BALL_SPORTS
from training.grammar.named.said.character import SAID as CHARACTER
from training.grammar.named.said.combat import SAID as COMBAT
from training.grammar.named.said.daily_life import SAID as DAILY_LIFE
from training.grammar.named.said.dance import SAID as DANCE
from training.grammar.named.said.emotion import SAID as EMOTION
from training.grammar.named.said.exercise import SAID as EXERCISE
from training.grammar.named.said.gestures import SAID as GESTURES
from training.grammar.named.said.gym_and_mat import SAID as GYM_AND_MAT
from training.grammar.named.said.home import SAID as HOME
from training.grammar.named.said.icons import SAID as ICONS
from training.grammar.named.said.martial_arts import SAID as MARTIAL_ARTS
from training.grammar.named.said.moods import SAID as MOODS
from training.grammar.named.said.performance import SAID as PERFORMANCE
from training.grammar.named.said.rig_poses import SAID as RIG_POSES
from training.grammar.named.said.seats import SAID as SEATS
from training.grammar.named.said.sports import SAID as SPORTS
from training.grammar.named.said.trades_and_travel import SAID as TRADES_AND_TRAVEL
from training.grammar.named.said.work import SAID as WORK
from training.grammar.named.said.yoga import SAID as YOGA
from training.grammar.phrases import Words

SAID: dict[str, Words] = (
    ANIMALS
    | BALL_SPORTS
    | CHARACTER
    | COMBAT
    | DAILY_LIFE
    | DANCE
    | EMOTION
    | EXERCISE
    | GESTURES
    | GYM_AND_MAT
    | HOME
    | ICONS
    | MARTIAL_ARTS
    | MOODS
    | PERFORMANCE
    | RIG_POSES
    | SEATS
    | SPORTS
    | TRADES_AND_TRAVEL
    | WORK
    | YOGA
)
"""By the keys of entries."""

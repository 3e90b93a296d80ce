# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that can be said about a body besides its stance, by kind and by how often it is said."""

from __future__ import annotations

from dataclasses import dataclass

from training.grammar.angles import ANGLE_FAMILIES
from training.grammar.arms import ARM_FAMILIES, ARM_PAIRS, BOTH_ARM_FAMILIES, HEIGHT_FAMILIES
from training.grammar.contacts import (
    BODY_CONTACT_FAMILIES,
    BOTH_PLACE_FAMILIES,
    HAND_PAIR_FAMILIES,
    LOW_FAMILIES,
    PLACE_FAMILIES,
)
from training.grammar.entries import Clause
from training.grammar.exclusions import ARM_EXCLUSIONS, LEG_EXCLUSIONS, TRUNK_EXCLUSIONS
from training.grammar.free_limb_words import FREE_ARM_FAMILIES, FREE_BODY_FAMILIES
from training.grammar.legs import FEET_FAMILIES, LIFTED_FAMILIES
from training.grammar.limbs import Family
from training.grammar.lying import LYING_FAMILIES
from training.grammar.mixed import HAND_MIXES, LOOKING_FAMILIES
from training.grammar.relations import ARM_RELATIONS, LEG_RELATIONS, TRUNK_RELATIONS
from training.grammar.shapes import (
    ARMPITS,
    HOLDING_FAMILIES,
    POSTURE_FAMILIES,
    READY_FAMILIES,
    SHAPE_FAMILIES,
    TOES_FAMILIES,
)
from training.grammar.torso import HEAD_FAMILIES, TRUNK_FAMILIES


@dataclass(frozen=True)
class Kind:
    """Clauses of one kind."""

    name: str
    families: tuple[Family, ...]
    """One of these is drawn, then one of its clauses."""
    share: float
    """How often this kind is drawn, relative to the others."""

    def clauses(self) -> tuple[Clause, ...]:
        """Every clause once."""
        return tuple(dict.fromkeys(one for family in self.families for one in family))


KINDS: tuple[Kind, ...] = (
    Kind("one arm", ARM_FAMILIES, 0.13),
    Kind("both arms", BOTH_ARM_FAMILIES, 0.07),
    Kind("one arm each way", (ARM_PAIRS, HAND_MIXES), 0.06),
    Kind("height and distance of hands", HEIGHT_FAMILIES, 0.06),
    Kind("hand on the body", PLACE_FAMILIES, 0.13),
    Kind("hands on the body", BOTH_PLACE_FAMILIES, 0.05),
    Kind("hands together", HAND_PAIR_FAMILIES, 0.07),
    Kind("hands on low places", LOW_FAMILIES, 0.05),
    Kind("contact with bent trunk or leg", BODY_CONTACT_FAMILIES, 0.04),
    Kind("head", HEAD_FAMILIES, 0.12),
    Kind("gaze along an arm", LOOKING_FAMILIES, 0.02),
    Kind("trunk", TRUNK_FAMILIES, 0.09),
    Kind("lifted leg", LIFTED_FAMILIES, 0.08),
    Kind("feet", FEET_FAMILIES, 0.08),
    Kind("angles", ANGLE_FAMILIES, 0.09),
    Kind("arms not so", ARM_EXCLUSIONS, 0.06),
    Kind("legs not so", LEG_EXCLUSIONS, 0.04),
    Kind("trunk and head not so", TRUNK_EXCLUSIONS, 0.045),
    Kind("arms to each other", ARM_RELATIONS, 0.035),
    Kind("legs to each other", LEG_RELATIONS, 0.03),
    Kind("trunk against the rest", TRUNK_RELATIONS, 0.02),
    Kind("lying", LYING_FAMILIES, 0.06),
    Kind("shapes of both arms", SHAPE_FAMILIES, 0.06),
    Kind("things in hands", HOLDING_FAMILIES, 0.04),
    Kind("chest, shoulders, hips and palms", POSTURE_FAMILIES, 0.045),
    Kind("hands on thighs, hips and ribs", (*READY_FAMILIES, ARMPITS), 0.025),
    Kind("toes and steps", TOES_FAMILIES, 0.035),
    Kind("arms in free words", FREE_ARM_FAMILIES, 0.08),
    Kind("gaze, legs and what is not so, in free words", FREE_BODY_FAMILIES, 0.06),
)
"""What may be said, in kinds."""
CLAUSES: tuple[Clause, ...] = tuple(dict.fromkeys(clause for kind in KINDS for clause in kind.clauses()))

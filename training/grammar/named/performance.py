# SPDX-License-Identifier: GPL-3.0-or-later
"""The stage: music made or mimed, acting, posing and statues."""

from __future__ import annotations

from training.grammar.entries import Entry

POSES: tuple[Entry, ...] = ()

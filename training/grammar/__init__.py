# SPDX-License-Identifier: GPL-3.0-or-later
"""The pose grammar: from sampled intent to text and pose together, without end and reproducible by seed."""

from __future__ import annotations

from training.grammar.cli import add_arguments, run

__all__ = ["add_arguments", "run"]

# SPDX-License-Identifier: GPL-3.0-or-later
"""The run-time type checker of the tests: beartype, with the usual promise that an int will do for a float."""

from __future__ import annotations

from typing import Any

from beartype import BeartypeConf, beartype

_with_numeric_tower = beartype(conf=BeartypeConf(is_pep484_tower=True))


def check(function: Any) -> Any:
    """A function that raises where its arguments or result are not of their annotated types and shapes."""
    return _with_numeric_tower(function)

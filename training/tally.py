# SPDX-License-Identifier: GPL-3.0-or-later
"""A tally of what preparation kept and dropped, and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Tally:
    """Counts, printed at the end and stored with the prepared set."""

    kept: Counter[str] = field(default_factory=Counter)
    """By what."""
    dropped: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By (what, why)."""
    examples: dict[tuple[str, str], str] = field(default_factory=dict)
    """The first thing dropped by (what, why), where it has a name."""

    def keep(self, what: str, count: int = 1) -> None:
        """Count something that is in the set."""
        self.kept[what] += int(count)

    def drop(self, what: str, why: str, count: int = 1, example: str = "") -> None:
        """Count something that was left out; nothing happens for none of it."""
        if count:
            self.dropped[what, why] += int(count)
            if example:
                self.examples.setdefault((what, why), example)

    def lines(self) -> list[str]:
        """The report as text, a fact a line."""
        lines = ["kept", *(f"  {count:>9,}  {what}" for what, count in self.kept.items()), "dropped"]
        for (what, why), count in sorted(self.dropped.items()):
            example = self.examples.get((what, why))
            lines.append(f"  {count:>9,}  {what}: {why}" + (f" (first: {example})" if example else ""))
        return lines

    def as_dict(self) -> dict[str, Any]:
        """The same as JSON: {"kept": {what: count}, "dropped": {what: {why: count}}}."""
        dropped: dict[str, dict[str, int]] = {}
        for (what, why), count in sorted(self.dropped.items()):
            dropped.setdefault(what, {})[why] = count
        return {"kept": dict(self.kept), "dropped": dropped}

# SPDX-License-Identifier: GPL-3.0-or-later
"""Files of prompts: plain text, a prompt a line, or .jsonl with a field `prompt`."""

from __future__ import annotations

import json
import sys
from pathlib import Path


def read_prompts(path: Path) -> list[str]:
    """Read a prompts file: .jsonl with a string `prompt` in every line, anything else as one prompt a line.

    Blank lines are skipped, and said so on stderr.

    Raises:
        ValueError: naming file and line, for a line that is not a prompt or a file without any.
        OSError: when the file cannot be read.
    """
    if path.suffix.lower() == ".json":
        raise ValueError(f"{path}: expected a text file or .jsonl (one JSON object a line); rename or convert it")
    prompts: list[str] = []
    blank: list[int] = []
    with path.open("rb") as file:
        for number, raw in enumerate(file, 1):
            where = f"{path}:{number}"
            try:
                line = raw.decode("utf-8-sig" if number == 1 else "utf-8").strip()
            except UnicodeDecodeError as error:
                raise ValueError(f"{where}: not UTF-8 text ({error.reason}); save the file as UTF-8") from None
            if not line:
                blank.append(number)
                continue
            prompts.append(_prompt_of_json(line, where) if path.suffix.lower() == ".jsonl" else line)
    if blank:
        numbers = ", ".join(map(str, blank[:10])) + (", ..." if len(blank) > 10 else "")
        print(f"{path}: skipped {len(blank)} blank line{'s' * (len(blank) > 1)} ({numbers})", file=sys.stderr)
    if not prompts:
        raise ValueError(f"{path}: no prompts in it; write one a line")
    return prompts


def check_text(name: str, text: str) -> None:
    """Raise ValueError where a text holds what no encoding can write: half of a character, or bytes of another one."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError(f"{name} is no text: character {error.start + 1} is broken; write it anew") from None


def _prompt_of_json(line: str, where: str) -> str:
    try:
        entry = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"{where}: not JSON ({error.msg} at column {error.colno})") from None
    prompt = entry.get("prompt") if isinstance(entry, dict) else None
    if not isinstance(prompt, str) or not prompt.strip():
        raise ValueError(f'{where}: expected an object with a text in "prompt", got {line[:80]}')
    check_text(f"{where}: the prompt", prompt)
    return prompt

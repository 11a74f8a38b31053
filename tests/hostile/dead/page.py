# SPDX-License-Identifier: MIT
"""
docs/dead-device.md as data: the rows of its tables, and whether a command has printed the words of a
row.
"""

import re
from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).resolve().parents[3] / "docs" / "dead-device.md"
HEADINGS = ["row", "what you see", "type", "it says", "why, and what to do"]
GAP = "…"  # parts of the words that differ between machines


@dataclass(frozen=True)
class Row:
    """One symptom."""

    name: str
    symptom: str
    command: str
    words: tuple
    cause: str


def quoted(cell):
    """What stands in backticks."""
    return tuple(re.findall(r"`([^`]+)`", cell))


def rows(text):
    """The rows of all tables of the page."""
    found = []
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not line.startswith("|") or cells == HEADINGS or set(line) <= set("|- "):
            continue
        if len(cells) != len(HEADINGS) or not all(cells) or not all(quoted(cells[at]) for at in (0, 2, 3)):
            raise ValueError(f"not a row of {len(HEADINGS)} cells with a name, a command and words: {line}")
        found.append(Row(quoted(cells[0])[0], cells[1], quoted(cells[2])[0], quoted(cells[3]), cells[4]))
    return found


def says(line, words):
    """Whether a line consists of exactly these words."""
    return re.fullmatch(".+".join(re.escape(part) for part in words.split(GAP)), line) is not None


def missing(row, said):
    """The words of a row that its command has not printed. `said`: pairs of a command and a line."""
    return [
        words
        for words in row.words
        if not any(command == row.command and says(line, words) for command, line in said)
    ]

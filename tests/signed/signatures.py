# SPDX-License-Identifier: MIT
"""The sheet: which rows of spec/ were read beside the specification, by whom, and with which content."""

import dataclasses
from pathlib import Path

from described import Row

SHEET = Path(__file__).resolve().parent / "sheet"
HEADING = """# SPDX-License-Identifier: MIT
# hash, rounds with their readers, commit of the specification's source, row; tests/signed/sheet.py writes it.
"""


class Unreadable(Exception):
    """What is wrong with a sheet."""


@dataclasses.dataclass
class Line:
    """`rounds` are ROUND:READER."""

    hash: str
    rounds: list[str]
    document: str

    def text(self, row: str) -> str:
        """As in the file."""
        return f"{self.hash}  {','.join(self.rounds)}  {self.document}  {row}\n"


def load(path: Path) -> dict[str, Line]:
    """{row: line} of a file of the sheet; empty if there is none."""
    found: dict[str, Line] = {}
    for at, text in enumerate(path.read_text(encoding="utf-8").splitlines() if path.is_file() else [], 1):
        words = text.split()
        if not words or text.startswith("#"):
            continue
        if len(words) != 4:
            raise Unreadable(f"{path.name}:{at}: not a hash, rounds, a commit and a row")
        if words[3] in found:
            raise Unreadable(f"{path.name}:{at}: a second line for {words[3]}")
        found[words[3]] = Line(words[0], words[1].split(","), words[2])
    return found


def write(path: Path, rows: list[Row], lines: dict[str, Line]) -> None:
    """The lines of rows that exist, in the order of the rows."""
    text = "".join(lines[row.id].text(row.id) for row in rows if row.id in lines)
    path.parent.mkdir(exist_ok=True)
    path.write_text(HEADING + text, encoding="utf-8")


def sign(rows: list[Row], lines: dict[str, Line], reading: str, document: str, refused: set[str]) -> None:
    """Adds the reading to each row's line. A row that has changed has only this one, and a refused row none."""
    for row in rows:
        before = lines.pop(row.id, None)
        if row.id in refused:
            continue
        rounds = before.rounds if before and before.hash == row.hash() else []
        lines[row.id] = Line(row.hash(), [*(one for one in rounds if one != reading), reading], document)


def state(row: Row, lines: dict[str, Line]) -> str:
    """Of a row: signed, changed since, or unsigned."""
    if row.id not in lines:
        return "unsigned"
    return "signed" if lines[row.id].hash == row.hash() else "changed"


def gone(rows: list[Row], lines: dict[str, Line]) -> list[str]:
    """Rows of the sheet that the description does not have."""
    return sorted(set(lines) - {row.id for row in rows})

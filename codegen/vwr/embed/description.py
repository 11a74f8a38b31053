# SPDX-License-Identifier: MIT
"""
The description of the parts in a copy, row by row of the reference pages, and its changes since a copy was
made, with the specification's names and without git.
"""

import re
from collections.abc import Iterator
from typing import Any

from vwr.embed import generated
from vwr.embed.choice import Choice

PAGES = ("ids", "features", "status", "split-ring")
KEYS = ("Name", "Field", "Part", "Register", "Type", "Request", "Status", "Command", "Step", "Value")


def pages(choice: Choice) -> list[str]:
    """Names of the pages of this profile."""
    transports = dict.fromkeys([*choice.transports, *(["mmio"] if "device" in choice.sides else [])])
    return [*choice.devices, *transports, *PAGES, *(["packed-ring"] if "packed" in choice.parts else [])]


def _cells(line: str) -> list[str]:
    return [cell.strip().replace("`", "") for cell in re.split(r"(?<!\\)\|", line.strip()[1:-1])]


def _page(name: str) -> Iterator[tuple[str, dict[str, str]]]:
    """(item, {column: text}) of each row, and of the text between the tables."""
    columns: list[str] | None = None
    page = generated.found(f"docs/{name}.md").read_text(encoding="utf-8")
    text = re.sub(r"^```.*?^```$", "", page, flags=re.MULTILINE | re.DOTALL)  # without pictures
    section, lines = "", re.sub(r"\[([^][]+)\]\([^()]*\)", r"\1", text).splitlines()
    for line in lines[2:]:  # licence and source
        if line.startswith("#"):
            section, columns = line.lstrip("# "), None
        elif not line.startswith("|"):
            columns = None
            if line.strip() and not line.startswith("the specification's names:"):
                yield f"{name}, {section}, text", {"": line.strip()}
        elif columns is None:
            columns = _cells(line)
        elif not re.fullmatch(r"[|\-: ]+", line):
            cells = dict(zip(columns, _cells(line)))
            key = next((key for key in KEYS if key in cells), columns[0])
            yield f"{name}, {section}, {key.lower()} {cells.pop(key)}", cells


def digest(choice: Choice) -> dict[str, dict[str, str]]:
    """{item: {column: text}}; repeated items are numbered."""
    found = {}
    for page in pages(choice):
        for what, cells in _page(page):
            number, once = 2, what
            while what in found:
                what, number = f"{once} ({number})", number + 1
            found[what] = {column: words for column, words in cells.items() if words}
    return found


def is_quirk(row: str) -> bool:
    """Whether a change is one of the known behaviour of other implementations."""
    return ", Quirks, " in row.split(":", 1)[0]


def page_of(what: str) -> str:
    return what.split(",", 1)[0]


def _said(cells: Any) -> str:
    return "; ".join(f"{column}: {words}" if column else words for column, words in cells.items())


def changes(old: dict[str, dict[str, str]], new: dict[str, dict[str, str]]) -> Iterator[Any]:
    """
    Sentences on the differences between two digests, on the pages that both contain: another profile has
    other pages.
    """
    both = {page_of(what) for what in old} & {page_of(what) for what in new}
    old, new = ({what: cells for what, cells in one.items() if page_of(what) in both} for one in (old, new))
    for what, cells in old.items():
        now = new.get(what)
        if now is None:
            yield f"{what}: removed ({_said(cells)})"
        elif now != cells:
            columns = [column for column in {**cells, **now} if cells.get(column) != now.get(column)]
            yield "; ".join(
                f"{what}: {column + ' ' if column else ''}was {cells.get(column) or 'nothing'},"
                f" is {now.get(column) or 'nothing'}"
                for column in columns
            )
    for what, cells in new.items():
        if what not in old:
            yield f"{what}: new ({_said(cells)})"

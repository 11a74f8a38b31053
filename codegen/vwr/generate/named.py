# SPDX-License-Identifier: MIT
"""
Clauses that tests name. tests/hostile/guests, tests/unit/device and classes name them in their tables; elsewhere a
comment contains `Clause: <id> <id>.`
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

ID = re.compile(r"[a-z0-9]+(\.[a-z0-9]+)+")
_TABLES = ("tests/hostile/guests", "tests/unit/device", "classes")
_WORDS = r'\s*((?:"[^"]*"\s*)*)'
_ROW = re.compile(r'\{\s*"(\w+)",' + _WORDS + r",?\s*\w+,\s*(?:HOSTILE_|ALL\b)")
_LIE = re.compile(r'\bLIE\(\s*"(\w+)",' + _WORDS)
_SHAPE = re.compile(r'^    \{\s*"(\w+)",\s*("[a-z0-9. ]+"),\s*[A-Z]', re.MULTILINE)
_FIELD = re.compile(r'\.(\w+)_clause = ("[^"]*"),')
_MACRO = re.compile(r"^ +(?:CASE|AROUND|EACH)\((\w+)\b,?" + _WORDS, re.MULTILINE)
COMMENT = re.compile(r"Clause: ([a-z0-9. \n*]*?)\.(?=\s|\*|$)", re.MULTILINE)

Case = tuple[Path, str, str]  # file, name, basis


def cases(root: Path) -> list[Case]:
    """The rows of the tables; the basis is empty if a row has none."""
    return [
        (path, name, "".join(re.findall(r'"([^"]*)"', words)))
        for folder in _TABLES
        for path, text in _texts(root, folder, ".c")
        for name, words in (
            *_ROW.findall(text),
            *_MACRO.findall(text),
            *_LIE.findall(text),
            *_SHAPE.findall(text),
            *_FIELD.findall(text),
        )
    ]


def parts(clause: str) -> tuple[list[str], list[str]]:
    """
    (ids, wrong parts) of a case's basis: ids, a section, a header whose promise is tested, or the reason for
    having no clause.
    """
    ids, wrong = list[str](), list[str]()
    for part in clause.split("; "):
        if re.fullmatch(r"(section|header|robustness:) \S.*", part):
            continue
        words = part.split()
        if words and all(ID.fullmatch(word) for word in words):
            ids += words
        else:
            wrong.append(part)
    return ids, wrong


def named(root: Path) -> dict[str, Path]:
    """{id: a file that names it}, including ids in comments."""
    found: dict[str, Path] = {}
    for path, _, clause in cases(root):
        found.update(dict.fromkeys(parts(clause)[0], path))
    for path, text in _texts(root, "tests", ".c", ".h"):
        for words in COMMENT.findall(text):
            found.update(dict.fromkeys(re.sub(r"[*\s]+", " ", words).split(), path))
    return found


def _texts(root: Path, folder: str, *ends: str) -> Iterator[tuple[Path, str]]:
    """(path from root, text) of the files below a folder."""
    # Uses strings: each run reads a thousand names, and path objects would take most of the time of a run
    # without changes.
    places = [
        f"{base}{os.sep}{name}"
        for base, _, names in os.walk(root / folder)
        for name in names
        if name.endswith(ends)
    ]
    for place in sorted(places, key=lambda place: place.split(os.sep)):
        with open(place, encoding="utf-8") as file:
            yield Path(place.removeprefix(f"{root}{os.sep}")), file.read()

# SPDX-License-Identifier: MIT
"""
Clauses that tests and the cases of ./vwr conform name. tests/hostile/guests, tests/unit/device and classes name them in
their tables, conform in the macros of its tables; elsewhere a comment contains `Clause: <id> <id>.`
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ID = re.compile(r"[a-z0-9]+(\.[a-z0-9]+)+")
_TABLES = ("tests/hostile/guests", "tests/unit/device", "classes")
_WORDS = r'\s*((?:"[^"]*"\s*)*)'
_ROW = re.compile(r'\{\s*"(\w+)",' + _WORDS + r",?\s*\w+,\s*(?:HOSTILE_|ALL\b)")
_LIE = re.compile(r'\bLIE\(\s*"(\w+)",' + _WORDS)
_SHAPE = re.compile(r'^    \{\s*"(\w+)",\s*("[a-z0-9. ]+"),\s*[A-Z]', re.MULTILINE)
_FIELD = re.compile(r'\.(\w+)_clause = ("[^"]*"),')
_MACRO = re.compile(r"^ +(?:CASE|AROUND|EACH)\((\w+)\b,?" + _WORDS, re.MULTILINE)
COMMENT = re.compile(r"Clause: ([a-z0-9. \n*]*?)\.(?=\s|\*|$)", re.MULTILINE)
_FUNCTION = re.compile(r"^static void (\w+)\(", re.MULTILINE)
# A case of conform: its macro, name, basis, and for BOTH that on a packed ring; a basis is made of strings and macros.
_BASIS = r',\s*((?:"[^"]*"\s*|\w+\s*)+)'
_CONFORM = re.compile(rf"^ +(CASE|PACKED|BOTH|HOSTILE)\((\w+){_BASIS}(?:{_BASIS})?", re.MULTILINE)
_DEFINE = re.compile(r'^#define (\w+) ((?:\w+ )*"[^"]*")', re.MULTILINE)
_WORDS_OF = re.compile(r'"([^"]*)"|(\w+)')

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


def commented(root: Path) -> list[Case]:
    """What comments name: the function behind the comment, or no name in a file that has none there."""
    found = []
    for path, text in _texts(root, "tests", ".c", ".h"):
        for comment in COMMENT.finditer(text):
            function = _FUNCTION.search(text, comment.end())
            found.append((path, function[1] if function else "", re.sub(r"[*\s]+", " ", comment[1]).strip()))
    return found


def of_conform(root: Path) -> list[Case]:
    """The cases of conform, by the names that ./vwr conform prints."""
    found = []
    for path, text in _texts(root, "conform", ".c"):
        texts = dict[str, str]()

        def spelled(words: str, texts: dict[str, str] = texts) -> str:
            return "".join(text or texts.get(macro, "") for text, macro in _WORDS_OF.findall(words))

        for name, words in _DEFINE.findall(text):
            texts[name] = spelled(words)
        for macro, name, one, other in _CONFORM.findall(text):
            bases = {"packed_" if macro == "PACKED" else "": one}
            if macro == "BOTH":
                bases["packed_"] = other
            for prefix, basis in bases.items():
                found.append((path, prefix + name, spelled(basis)))
    return found


class Named(NamedTuple):
    """{id: what names it}: tests as FILE:FUNCTION, or as the file alone; cases of conform by name."""

    tests: dict[str, list[str]]
    cases: dict[str, list[str]]


NOTHING = Named({}, {})


def named(root: Path) -> Named:
    """What names each clause, in the order of files and rows."""
    tests, of_cases = dict[str, list[str]](), dict[str, list[str]]()
    for path, name, basis in (*cases(root), *commented(root)):
        for one in parts(basis)[0]:
            tests.setdefault(one, []).append(f"{path.as_posix()}:{name}" if name else path.as_posix())
    for _, name, basis in of_conform(root):
        for one in parts(basis)[0]:
            of_cases.setdefault(one, []).append(name)
    return Named(*({key: sorted({*row}) for key, row in each.items()} for each in (tests, of_cases)))


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

# SPDX-License-Identifier: MIT
"""The findings, and the known differences among them."""

import fnmatch
from pathlib import Path
from typing import Any, NamedTuple

from vwr.lint.book import Book
from vwr.lint.source import Place

ERROR, NOTE = "error", "note"
KERNEL = "linux"  # the folder of the kernel's headers, wherever it has been copied to

# (kind, name, the header's value), or (kind, name) of an item that only the specification has
Fact = tuple[Any, ...]
Facts = tuple[tuple[Fact, ...], ...]  # each in its alternative forms


class Finding(NamedTuple):
    """
    `sentence` is the complete message. `facts` are its statements, each in the forms that the list of known
    differences may use: (kind, name, the header's value), or (kind, name) of an item that only the
    specification has.
    """

    level: str
    kind: str  # README.md describes each
    name: str
    document: str
    place: Place
    sentence: str
    section: str
    have: int | None = None
    want: int | None = None
    facts: Facts = ()
    reason: str = ""


class Explained:
    """
    Known differences: those of the kernel, which apply only to its headers, and those that the user lists.
    """

    def __init__(self, kernel: list[dict[str, Any]], listed: list[dict[str, Any]]) -> None:
        self.kernel, self.listed = kernel, listed

    def _entries(self, place: Place) -> list[dict[str, Any]]:
        folder = Path(place.file).parent.name
        return [*self.listed, *(self.kernel if folder == KERNEL else ())]

    def reason(self, fact: Fact, place: Place) -> str:
        """The reason why a number differs, or why the header lacks an item; '' if the lists have none."""
        kind, name, *value = fact
        for entry in self._entries(place):
            fits = (
                entry.get("theirs") == value[0] and name in _names(entry)
                if value
                else entry.get("only") == "ours" and _matches(name, entry)
            )
            if fits and entry["kind"] == kind:
                return entry["reason"]
        return ""

    def only_theirs(self, kind: str, name: str, place: Place) -> str:
        """The reason why the header has an item that the specification lacks, or ''."""
        return next(
            (
                entry["reason"]
                for entry in self._entries(place)
                if entry["kind"] == kind and entry.get("only") == "theirs" and _matches(name, entry)
            ),
            "",
        )

    def judged(self, finding: Finding) -> Finding:
        """The finding; reduced to a note with its reason if all its facts are explained."""
        reasons = [
            next(filter(None, (self.reason(fact, finding.place) for fact in ways)), "")
            for ways in finding.facts
        ]
        if not reasons or not all(reasons):
            return finding
        return finding._replace(level=NOTE, reason=" ".join(dict.fromkeys(reasons)))


def _names(entry: dict[str, Any]) -> list[str]:
    return entry.get("names") or [entry["name"]]


def _matches(name: str, entry: dict[str, Any]) -> bool:
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in _names(entry))


class Settings(NamedTuple):
    """Settings that all comparisons share."""

    book: Book
    explained: Explained
    version: str
    given: set[str]  # the files on the command line, without those that they include


class Result(NamedTuple):
    """All results of a run."""

    title: str
    compiler: str
    headers: list[str]
    findings: list[Finding]
    unusable: list[tuple[str, str, str]]  # (file, why, next thing to try)
    constants: int
    structs: int
    fields: int
    uncompared: list[tuple[str, Place]]  # relates to VirtIO, but has no name of the specification
    own: list[tuple[str, Place]]  # constants and structs whose names do not relate to VirtIO

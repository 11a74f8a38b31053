# SPDX-License-Identifier: MIT
"""What was found, and what of it is known and explained."""

import fnmatch
from pathlib import Path
from typing import Any, NamedTuple

from vwr.lint.book import Book
from vwr.lint.source import Place

ERROR, NOTE = "error", "note"
KERNEL = "linux"  # the folder that the kernel's headers are in, wherever they have been copied to

# What a finding is about; README.md tells more of each.
KINDS = {
    "value": "a number is another",
    "mask": "a mask where the specification has a bit number, or the other way",
    "swapped": "two names have each other's number, or two fields each other's place",
    "shifted": "a run of names or fields that are all off by the same amount",
    "offset": "a field is elsewhere",
    "size": "a field or a struct is larger or smaller",
    "missing": "the specification has more",
    "unknown": "the specification has no such name",
    "renamed": "a field has another name",
    "own": "a struct that is only called like one of the specification",
}


Fact = tuple[Any, ...]  # (kind, name, their value), or (kind, name) of what only the specification has
Facts = tuple[tuple[Fact, ...], ...]  # each in the ways in which it may be put


class Finding(NamedTuple):
    """`sentence` says it all. `facts` are what it tells, each in the ways in which the list of known differences may
    put it: (kind, name, their value), or (kind, name) of what only the specification has."""

    level: str
    kind: str
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
    """Known differences: those of the kernel, which count in its headers alone, and those that the user lists."""

    def __init__(self, kernel: list[dict[str, Any]], listed: list[dict[str, Any]]) -> None:
        self.kernel, self.listed = kernel, listed

    def _entries(self, place: Place) -> list[dict[str, Any]]:
        folder = Path(place.file).parent.name
        return [*self.listed, *(self.kernel if folder == KERNEL else ())]

    def _reason(self, fact: Fact, place: Place) -> str:
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

    def only_ours(self, kind: str, name: str, place: Place) -> str:
        """Why they lack something, or ''."""
        return self._reason((kind, name), place)

    def only_theirs(self, kind: str, name: str, place: Place) -> str:
        """Why they have something that the specification does not have, or ''."""
        return next(
            (
                entry["reason"]
                for entry in self._entries(place)
                if entry["kind"] == kind and entry.get("only") == "theirs" and _matches(name, entry)
            ),
            "",
        )

    def judged(self, finding: Finding) -> Finding:
        """The finding; only a note, with its reason, if all that it tells is explained."""
        reasons = [
            next(filter(None, (self._reason(fact, finding.place) for fact in ways)), "")
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
    """What all comparisons share."""

    book: Book
    explained: Explained
    version: str
    given: set[str]  # the files that were named, not those that they include


class Result(NamedTuple):
    """All that a run has found out."""

    title: str
    compiler: str
    headers: list[str]
    findings: list[Finding]
    unusable: list[tuple[str, str, str]]  # (file, why, next thing to try)
    constants: int
    structs: int
    fields: int
    uncompared: list[tuple[str, Place]]  # about VirtIO, and nothing of the specification is called so

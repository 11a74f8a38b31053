# SPDX-License-Identifier: MIT
"""The list of known differences, each with its reason. README.md describes its format."""

import fnmatch
from collections import namedtuple
from pathlib import Path

import yaml

from vwr import description
from vwr.oracle.document import KINDS as DOCUMENT_KINDS
from vwr.stop import Stop

LIST = Path(__file__).resolve().parent / "errata.yaml"
KEYS = {"against", "kind", "name", "names", "ours", "theirs", "only", "reason", "since", "before"}
KINDS = {
    "document": {*DOCUMENT_KINDS, "prose"},
    "kernel": {"constant", "struct", "field", "size", "offset", "prose"},
}


class Erratum(namedtuple("Erratum", "line kind names ours theirs only reason since before")):
    """An entry. only: "theirs", "ours" or ""; line: its line in the list."""

    __slots__ = ()

    def is_about(self, name):
        """Whether one of the entry's names matches; * matches any name."""
        return any(fnmatch.fnmatchcase(name, pattern) for pattern in self.names)


class BadErrata(Stop):
    """An entry with a syntax error; the text gives its line."""


class Errata:
    """The entries for a comparison, and the entries that were used."""

    def __init__(self, against, path=LIST, version=""):
        self.path, self.used = Path(path), set()
        self.entries = [entry for entry in load(self.path, against) if applies(entry, version)]

    def differing(self, kind, name, ours, theirs):
        """The entry that explains different values, or None."""
        return self._use(
            entry
            for entry in self.entries
            if entry.kind == kind
            and not entry.only
            and (entry.ours, entry.theirs) == (ours, theirs)
            and entry.is_about(name)
        )

    def only(self, side, kind, name):
        """The entry that explains that only one side ("ours", "theirs") has the item, or None."""
        return self._use(
            entry
            for entry in self.entries
            if entry.kind == kind and entry.only == side and entry.is_about(name)
        )

    def prose(self, has):
        """The number of errors in sentences; `has` reports whether the words still occur."""
        entries = [entry for entry in self.entries if entry.kind == "prose"]
        self.used |= {entry.line for entry in entries if has(entry.theirs)}
        return len(entries)

    def _use(self, found):
        entry = next(found, None)
        if entry:
            self.used.add(entry.line)
        return entry

    def stale(self):
        """Lines for entries that explained nothing."""
        return [
            f"{self.path.name}:{entry.line}: {entry.kind} {', '.join(entry.names)}: explains nothing any more, "
            "take the entry out"
            for entry in self.entries
            if entry.line not in self.used
        ]


def applies(entry, version):
    """Whether the entry applies to this version of the other document; without a version all apply."""
    if not version:
        return True
    since, before = str(entry.since or "0"), str(entry.before or "999")
    return description.version(since) <= description.version(str(version)) < description.version(before)


def load(path, against):
    """All entries for a comparison."""
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except (OSError, yaml.YAMLError) as error:
        raise BadErrata(f"{path}: {error}") from error
    found = []
    for node in root.value if root else []:
        line = node.start_mark.line + 1
        entry = yaml.SafeLoader("").construct_document(node)
        wrong = _wrong(entry)
        if wrong:
            raise BadErrata(f"{path.name}:{line}: {wrong}")
        if entry["against"] == against:
            names = tuple(entry.get("names") or [entry["name"]])
            found.append(
                Erratum(
                    line,
                    entry["kind"],
                    names,
                    entry.get("ours"),
                    entry.get("theirs"),
                    entry.get("only", ""),
                    entry["reason"],
                    entry.get("since"),
                    entry.get("before"),
                )
            )
    return found


def _wrong(entry):
    """The error in an entry, or ''."""
    if not isinstance(entry, dict):
        return "an entry is a mapping"
    unknown, keys = sorted(set(entry) - KEYS), set(entry)
    if unknown:
        return f"unknown key '{unknown[0]}'"
    if entry.get("kind") not in KINDS.get(str(entry.get("against")), ()):
        return "'against' is document or kernel, 'kind' one of those of README.md"
    if len(keys & {"name", "names"}) != 1 or not entry.get("reason"):
        return "an entry has 'name' or 'names', and a 'reason'"
    if entry.get("only") not in (None, "theirs", "ours") or ("only" in keys) == bool(
        keys & {"ours", "theirs"}
    ):
        return "an entry has 'only: theirs', 'only: ours', or the two values 'ours' and 'theirs'"
    if "only" not in keys and not {"ours", "theirs"} <= keys:
        return "both values are needed: 'ours' and 'theirs'"
    return ""

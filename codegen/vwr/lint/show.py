# SPDX-License-Identifier: MIT
"""The findings as text, as JSON and for GitHub."""

import json
import os
from typing import Any

from vwr.lint.findings import ERROR, Result
from vwr.lint.words import joined
from vwr.sentence import plural
from vwr.spec.problems import github_escape


LISTED = 24  # names of a file; JSON contains all


def shown(path: str) -> str:
    """A file as a user types it from here."""
    relative = os.path.relpath(path) if path else ""
    return path if relative.startswith("..") else relative


def _place(finding: Any) -> Any:
    file, line = finding.place
    return f"{shown(file)}:{line}: " if file else ""


def _sentence(finding: Any) -> str:
    """One line, independent of the contents of the header."""
    text = finding.sentence + (f": known: {finding.reason}" if finding.reason else "")
    return "".join(char if char.isprintable() else "\ufffd" for char in text)


def text(result: Result) -> str:
    """The findings in the format of a compiler."""
    lines = [f"{_place(one)}{one.level}: {_sentence(one)} [{one.section}]" for one in result.findings]
    lines += [
        f"{shown(file)}: error: the header does not compile: {why}\nNext: {hint}"
        for file, why, hint in result.unusable
    ]
    return "".join(f"{line}\n" for line in [*lines, *own(result), *uncompared(result), summary(result)])


def uncompared(result: Result) -> list[str]:
    """Names without a counterpart, file by file, and the remedy."""
    files: dict[str, list[str]] = {}
    for name, place in result.uncompared:
        files.setdefault(place.file, []).append(name)
    lines = [
        f"{shown(file)}: not compared: {', '.join(rows[:LISTED])}"
        + (f" and {len(rows) - LISTED} more" if len(rows) > LISTED else "")
        for file, rows in files.items()
    ]
    if lines:
        lines.append(
            f"Next: --map '{result.uncompared[0][0]}=DOCUMENT_NAME', if one of them is an item of the specification"
            " (QueueDeviceHigh, VIRTIO_BLK_F_RO, virtq_desc, virtio_blk_config.capacity)"
        )
    return lines


def own(result: Result) -> list[str]:
    """Names that do not relate to VirtIO, file by file. --map compares them, if their meaning does."""
    files: dict[str, list[str]] = {}
    for name, place in result.own:
        files.setdefault(place.file, []).append(name)
    return [
        f"{shown(file)}: not compared, because no virtio is in the {'name' if len(rows) == 1 else 'names'}: {joined(rows)}"
        for file, rows in files.items()
    ]


def summary(result: Result) -> str:
    """The number of compared items, and the result."""
    errors = sum(one.level == ERROR for one in result.findings)
    notes = len(result.findings) - errors
    compared = (
        f"compared with {result.title}: {plural(result.constants, 'constant')}, "
        f"{plural(result.structs, 'struct')}, {plural(result.fields, 'field')}"
    )
    verdict = plural(errors, "error") if errors or result.unusable else "nothing is wrong"
    verdict += " with them" if (result.uncompared or result.own) and verdict == "nothing is wrong" else ""
    verdict += f", {plural(notes, 'note')}" if notes else ""
    verdict += f"; {plural(len(result.uncompared), 'name')} not compared" if result.uncompared else ""
    verdict += (
        f"; {plural(len(result.own), 'name')} without virtio in them not compared" if result.own else ""
    )
    verdict += f"; {plural(len(result.unusable), 'header')} not read" if result.unusable else ""
    return f"{compared}: {verdict}"


def as_json(result: Result) -> str:
    """The findings as JSON."""
    rows = [
        {
            "file": shown(one.place.file) or None,
            "line": one.place.line or None,
            "level": one.level,
            "kind": one.kind,
            "name": one.name,
            "document": one.document or None,
            "have": one.have,
            "want": one.want,
            "sentence": one.sentence,
            "section": one.section,
            "reason": one.reason or None,
        }
        for one in result.findings
    ]
    return (
        json.dumps(
            {
                "document": result.title,
                "compiler": result.compiler,
                "headers": [shown(path) for path in result.headers],
                "unusable": [
                    {"file": shown(file), "error": why, "next": hint} for file, why, hint in result.unusable
                ],
                "uncompared": [
                    {"file": shown(place.file), "line": place.line, "name": name}
                    for name, place in result.uncompared
                ],
                "own": [
                    {"file": shown(place.file), "line": place.line, "name": name}
                    for name, place in result.own
                ],
                "compared": {
                    "constants": result.constants,
                    "structs": result.structs,
                    "fields": result.fields,
                },
                "errors": sum(one.level == ERROR for one in result.findings),
                "findings": rows,
            },
            indent=2,
            ensure_ascii=False,
        )
        + "\n"
    )


def github(result: Any) -> str:
    """Annotations for GitHub's CI."""
    lines = []
    for one in result.findings:
        place = (
            f" file={github_escape(shown(one.place.file), True)},line={one.place.line},"
            if one.place.file
            else " "
        )
        level = "error" if one.level == ERROR else "notice"
        lines.append(f"::{level}{place}title={one.kind}::{github_escape(_sentence(one))}")
    lines += [
        f"::notice file={github_escape(shown(place.file), True)},line={place.line},title=not compared::{github_escape(name)}"
        for name, place in result.uncompared
    ]
    lines += [
        f"::error file={github_escape(shown(file), True)}::the header does not compile: {github_escape(why)}"
        for file, why, _ in result.unusable
    ]
    return "".join(f"{line}\n" for line in lines)

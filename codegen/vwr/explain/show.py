# SPDX-License-Identifier: MIT
"""Formats the explanation as text and as JSON."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from vwr.explain.book import TRANSPORT
from vwr.explain.pciwalk import PciWalk
from vwr.explain.rules import STOPS, TITLES, WEIGHTS
from vwr.explain.walk import Walk
from vwr.sentence import plural

WELL = "nothing is wrong with the start-up"
PART = "nothing is wrong in what the trace has; it has no start-up"
SHOWN = (
    "rule",
    "weight",
    "kind",
    "sentence",
    "section",
    "clause",
    "lines",
    "count",
    "forgiven",
)  # of a finding
ARTICLES = (
    "The",
    "A",
    "An",
    "Queue",
    "All",
    "Nothing",
    "Byte",
    "Of",
)  # other words at the start of a sentence are names


def _behind(said: str) -> str:
    """A sentence behind another one."""
    return said[0].lower() + said[1:] if said.split()[0] in ARTICLES else said


def sentence(walk: Walk) -> str:
    """
    The summary in one sentence: the most fundamental violation and its consequences; a symptom with the
    causes that the trace does not exclude; an open question; or the violations that the device has
    tolerated.
    """
    rows, certain, symptom = walk.findings.rows(), walk.findings.certain(), walk.findings.symptom()
    if certain:
        said: str = certain[0]["sentence"]
        if certain[0]["rule"] == "qemu-says":
            return "; ".join([said, *(_behind(row["sentence"]) for row in certain[1:2])])
        if symptom and certain[0]["weight"] != WEIGHTS[STOPS]:  # it may have another cause
            return f"{said}; {_behind(symptom['sentence'])}"
        return said
    if symptom:
        return str(symptom["sentence"])
    if walk.is_unjudged:
        return walk.unjudged
    if walk.unclear:
        return "; ".join([walk.unclear, *(_behind(row["sentence"]) for row in rows[:1])])
    if not rows:
        return "; ".join([PART if walk.blind else WELL, *map(_behind, walk.asides)])
    return str(rows[0]["sentence"]) + walk.nevertheless()


def name(walk: Walk) -> str:
    """The device's type."""
    kind = walk.book.types.get(walk.type) if walk.type is not None else None
    if kind is None and walk.type_read in walk.book.empty:
        kind = "empty slot"
    if kind is None and walk.type is not None:
        kind = f"type {walk.type}"
    if kind is None:
        kind = f"assumed to be {walk.device.name}" if walk.device else "unknown type"
    if walk.version_read is not None and walk.version_read not in walk.book.versions:
        return f"{kind}, version {walk.version_read}"
    if walk.book.transport != TRANSPORT:
        return f"{kind}, {walk.version} interface of {walk.book.transport.upper()}"
    number = next(value for value, name in walk.book.versions.items() if name == walk.version)
    return f"{kind}, {walk.version} (version {number})"


def head(walk: Walk) -> str:
    """Address, type, version."""
    return f"{address(walk)}: {name(walk)}"


def address(walk: Walk) -> str:
    """The address of the device."""
    if isinstance(walk, PciWalk) and not walk.registers:
        return f"function {walk.space.number} of a bus"
    return "device at an address that the trace does not show" if walk.base is None else f"0x{walk.base:08x}"


def _group(group: dict[str, Any]) -> Iterator[str]:
    yield f"  {group['title']}"
    for row in group["lines"]:
        yield f"    {row['text']}" + (f"  ({row['count']} times)" if row["count"] > 1 else "")
    if group["left_out"]:
        yield f"    and {group['left_out']} more lines"


def _finding(row: dict[str, Any]) -> str:
    """A sentence with its lines in the trace and its section of the specification."""
    numbers = ", ".join(map(str, row["lines"]))
    more = (
        f" and {row['count'] - len(row['lines'])} more"
        if row["lines"] and row["count"] > len(row["lines"])
        else ""
    )
    at = f" (line{'s' if len(row['lines']) > 1 or more else ''} {numbers}{more})" if numbers else ""
    clause = f"; {row['clause']}" if row["clause"] else ""
    return f"    - {row['sentence']}{at}. [{row['section']}{clause}]"


def text(walks: Sequence[Walk], empty: list[Any], notes: list[str]) -> str:
    """The explanation as text."""
    out = []
    for walk in walks:
        out.append(head(walk))
        for group in walk.report.groups:
            out += _group(group)
        if walk.report.left_out:
            out.append(f"  and {plural(walk.report.left_out, 'step')} more")
        rows = walk.findings.rows()
        for kind, title in TITLES.items():
            here = [row for row in rows if row["kind"] == kind]
            out += [f"  {title}"] * bool(here) + [_finding(row) for row in here]
        if walk.findings.left_out:
            out.append(f"  Note: {walk.findings.left_out} more of these were found and are not listed.")
        out += [f"  Note: {note}" for note in walk.notes]
        out += [f"  In one sentence: {sentence(walk)}.", ""]
    if empty:
        out += [f"Empty slots (DeviceID 0): {_slots(empty)}", ""]
    out += [f"Note: {note}" for note in notes]
    return "\n".join(out).rstrip("\n") + "\n"


def _slots(bases: Any) -> Any:
    shown = ", ".join(f"0x{base:08x}" for base in bases[:4])
    return f"{shown}, … 0x{bases[-1]:08x}, {len(bases)} in all" if len(bases) > 4 else shown


def _step(group: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": group["title"],
        "left_out": group["left_out"],
        "lines": [{key: row[key] for key in ("text", "line", "count")} for row in group["lines"]],
    }


def _device(walk: Walk) -> dict[str, Any]:
    return {
        "address": walk.base,
        "type": walk.book.types.get(walk.type),
        "id": walk.type_read,
        "version": walk.version,
        "steps": [_step(group) for group in walk.report.groups],
        "findings": [{key: row[key] for key in SHOWN} for row in walk.findings.rows()],
        "notes": walk.notes,
        "verdict": walk.verdict,
        "sentence": sentence(walk),
    }


def as_json(files: Sequence[tuple[str, Sequence[Walk], list[Any], list[str]]]) -> str:
    """The explanation as JSON: {file: findings}."""
    out = [
        {"file": path, "devices": [_device(walk) for walk in walks], "empty_slots": empty, "notes": notes}
        for path, walks, empty, notes in files
    ]
    return json.dumps({"files": out}, indent=2, ensure_ascii=False) + "\n"

# SPDX-License-Identifier: MIT
"""Each file's share of outputs common to all files: plain data, so that it can be stored between runs."""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from vwr.check.c_names import c_names
from vwr.model.data import data_of
from vwr.model.nodes.files import Device, Model
from vwr.spec.quirks import UNSEEN

INDENT = "  "  # of a file in virtwright.json


class Share(NamedTuple):
    """
    The share of one file: `names` are its C names, `data` is its text in virtwright.json, `clauses` are their
    ids.
    """

    name: str
    kind: str
    path: str
    document: str
    section: str
    brief: str
    id: int | None
    names: list[str]
    data: str
    clauses: list[str]
    by_hand: list[list[str]]  # queue, message, what must be written by hand
    quirks: list[
        list[str]
    ]  # side, who, versions, what follows them, about, brief, clauses that it violates, remedy, name


def share(m: Model) -> Share:
    """The share of a model."""
    return Share(
        m.name,
        m.kind,
        m.path,
        m.document,
        m.section,
        m.brief,
        m.id if isinstance(m, Device) else None,
        sorted({name for name, _ in c_names(m)}),
        text(data_of(m), INDENT),
        [row.id for row in m.clauses],
        [*_by_hand(m)],
        [*_quirks(m)],
    )


def _quirks(m: Model) -> Iterator[list[str]]:
    for row in m.quirks:
        seen, broken = UNSEEN if row.unseen else "", ", ".join(row.breaks)
        yield [
            row.side,
            row.who,
            row.versions,
            seen,
            row.about,
            row.brief,
            broken,
            row.remedy,
            f"{m.name}.{row.name}",
        ]


def _by_hand(m: Model) -> Iterator[list[str]]:
    yield from (["", "", text] for text in m.by_hand)
    for one in m.messages:
        left: list[tuple[str, Any]] = [("all", one)]
        for row in one.rows:
            left += [(row.name, row), *((f"{row.name}: {part.name}", part) for part in (*row.out, *row.back))]
        yield from ([one.queue, what, each.by_hand] for what, each in left if each.by_hand)


_line = json.JSONEncoder(ensure_ascii=False).encode


def _is_row(value: Any) -> bool:
    """Whether it fits one line: it contains no list of mappings."""
    if isinstance(value, list):
        return not any(isinstance(one, dict) or isinstance(one, list) and not _is_row(one) for one in value)
    return not isinstance(value, dict) or all(
        _is_row(one) for one in value.values() if isinstance(one, (dict, list))
    )


def text(value: Any, indent: str) -> str:
    """JSON with one line per row, so that a change is one line of a diff."""
    if _is_row(value):
        return _line(value)
    deeper = indent + " "
    if isinstance(value, dict):
        head = {key: one for key, one in value.items() if _is_row(one)}
        parts = [_line(head)[1:-1]] if head else []
        parts += [f"{_line(key)}: {text(one, deeper)}" for key, one in value.items() if key not in head]
        return "{" + f",\n{deeper}".join(parts) + "}"
    return f"[\n{deeper}" + f",\n{deeper}".join(text(one, deeper) for one in value) + "]"

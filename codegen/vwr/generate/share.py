# SPDX-License-Identifier: MIT
"""Each file's share of outputs common to all files: plain data, so that it can be stored between runs."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from vwr.check.c_names import c_names
from vwr.generate import data
from vwr.model.nodes.files import Device, Model


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
        data.text(data.data_of(m), data.INDENT),
        [row.id for row in m.clauses],
        [*_by_hand(m)],
    )


def _by_hand(m: Model) -> Iterator[list[str]]:
    yield from (["", "", text] for text in m.by_hand)
    for one in m.messages:
        left: list[tuple[str, Any]] = [("all", one)]
        for row in one.rows:
            left += [(row.name, row), *((f"{row.name}: {part.name}", part) for part in (*row.out, *row.back))]
        yield from ([one.queue, what, each.by_hand] for what, each in left if each.by_hand)

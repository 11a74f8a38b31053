# SPDX-License-Identifier: MIT
"""The normative clauses of the specification by their ids, and those that rows of the description express."""

from collections.abc import Iterator
from typing import Any, NamedTuple

PATH = "spec/clauses.json"

Path = tuple[str | int, ...]


class Clause(NamedTuple):
    """One keyword of a requirement; its sentence is in the specification."""

    id: str
    level: str
    side: str
    section: str


Clauses = dict[str, Clause]


def by_id(table: dict[str, Any]) -> Clauses:
    """The clauses of PATH: the first of blk.drv.init is blk.drv.init.1."""
    rows = [
        Clause(f"{row['id']}.{number}", level, row["side"], row["section"])
        for row in table["sections"]
        for number, level in enumerate(row["levels"], 1)
    ]
    return {row.id: row for row in rows}


def said(node: Any, path: Path = ()) -> Iterator[tuple[Path, list[str]]]:
    """(path of a list of ids, the list) of all rows that name clauses."""
    if isinstance(node, dict):
        for key, child in node.items():
            if key == "clauses":
                yield (*path, key), child
            else:
                yield from said(child, (*path, key))
    elif isinstance(node, list):
        for index, child in enumerate(node):
            yield from said(child, (*path, index))

# SPDX-License-Identifier: MIT
"""The normative clauses of the specification by their ids, and those that rows of the description express."""

from collections import Counter
from collections.abc import Collection, Iterator
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


_PERMITS = "It permits something: nothing that a side does breaks it"


def section_of(clause: str) -> str:
    """The section that a clause's id begins with: blk.drv.init of blk.drv.init.4."""
    return clause.rpartition(".")[0]


def ruled(rules: dict[str, Any]) -> set[str]:
    """The clauses that a rule of spec/rules.yaml decides."""
    return {one for row in rules["rules"] for one in row.get("clauses", ())}


def reasons(rules: dict[str, Any], table: Clauses) -> dict[str, str]:
    """{clause: why no rule of spec/rules.yaml decides it}; a clause of MAY needs no row."""
    rows = rules.get("undecided", ())
    found = {one: row["because"] for row in rows for one in row.get("clauses", ())}
    of_section = {one: row["because"] for row in rows for one in row.get("sections", ())}
    decided = ruled(rules)
    for clause in table.values():
        section = section_of(clause.id)
        if clause.id in decided or clause.id in found:
            continue
        if clause.level == "MAY":
            found[clause.id] = _PERMITS
        elif section in of_section:
            found[clause.id] = of_section[section]
    return found


class Decided(NamedTuple):
    """Numbers of clauses: all, those that a rule decides, of the others those of tests, with a reason, and left."""

    area: str
    clauses: int
    rule: int
    test: int
    reason: int
    left: int


_CORE = "status feat reset config vq init cleanup suspend rfeat split packed shm mmio pci".split()
_AREAS = {**dict.fromkeys(_CORE, "core"), "blk": "blk", "net": "net"}


def decided(rules: dict[str, Any], table: Clauses, named: Collection[str]) -> list[Decided]:
    """What decides the clauses of rings, status, features and transports, of disks, of network cards, of others."""
    by_rule, why = ruled(rules), reasons(rules, table)
    count: dict[str, Counter[str]] = {area: Counter() for area in ("core", "blk", "net", "other")}
    for clause in table:
        what = (
            "rule"
            if clause in by_rule
            else ("test" if clause in named else ("reason" if clause in why else "left"))
        )
        count[_AREAS.get(clause.partition(".")[0], "other")][what] += 1
    return [
        Decided(area, one.total(), one["rule"], one["test"], one["reason"], one["left"])
        for area, one in count.items()
    ]


def broken(data: dict[str, Any]) -> Iterator[tuple[Path, list[str]]]:
    """(path of a list of ids, the list) of all quirks that name the clauses that they violate."""
    for index, quirk in enumerate(data.get("quirks", ())):
        if "breaks" in quirk:
            yield ("quirks", index, "breaks"), quirk["breaks"]


def said(node: Any, path: Path = ()) -> Iterator[tuple[Path, list[str]]]:
    """(path of a list of ids, the list) of all rows that name clauses, in a mapping or a list."""
    for step, child in node.items() if isinstance(node, dict) else enumerate(node):
        if step == "clauses":
            yield (*path, step), child
        elif isinstance(child, (dict, list)):
            yield from said(child, (*path, step))

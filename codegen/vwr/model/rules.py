# SPDX-License-Identifier: MIT
"""spec/rules.yaml to a model: rules and tolerances, with the clause, side and section of each."""

import re
from typing import Any, NamedTuple

from vwr.cname import const_name
from vwr.spec.clauses import Clauses
from vwr.spec.load import SpecFile

_PART = 95  # characters


class Rule(NamedTuple):
    """A rule; without a clause `clause` and `level` are empty."""

    name: str
    c: str
    clause: str
    others: tuple[str, ...]
    level: str
    side: str
    side_c: str
    section: str
    sees: str
    section_parts: list[str]
    text_parts: list[str]


def _parts(text: str) -> list[str]:
    """A text in parts that fit in a line. Each part except the last ends with a space."""
    return [match.group() for match in re.finditer(rf".{{1,{_PART}}}(?:(?<= )|$)", text)]


def _rule(row: dict[str, Any], clauses: Clauses) -> Rule:
    first, *others = row.get("clauses", [""])
    clause = clauses.get(first)
    side = clause.side if clause else row["side"]
    return Rule(
        row["name"],
        const_name("RULE", row["name"]),
        first,
        tuple(others),
        clause.level if clause else "",
        side,
        const_name("BY", side),
        clause.section if clause else row["section"],
        row["sees"],
        _parts(clause.section if clause else row["section"]),
        _parts(row["text"]),
    )


def build(file: SpecFile, clauses: Clauses) -> list[Rule]:
    """The rules of a file that has passed the checks, in its order."""
    return [_rule(row, clauses) for row in file.data["rules"]]


class Tolerance(NamedTuple):
    """What a device tolerates; without a clause `clause` is empty. `switch` is empty for what is always on."""

    name: str
    c: str
    clause: str
    others: tuple[str, ...]
    section: str
    switch: str
    drivers: str
    tests: list[str]
    text: str
    text_parts: list[str]


def _tolerance(row: dict[str, Any], clauses: Clauses) -> Tolerance:
    first, *others = row.get("clauses", [""])
    return Tolerance(
        row["name"],
        const_name("TOLERATED", row["name"]),
        first,
        tuple(others),
        clauses[first].section if first else row["section"],
        row.get("switch", ""),
        row["drivers"],
        row["tests"],
        row["text"],
        _parts(row["text"]),
    )


def tolerances(file: SpecFile, clauses: Clauses) -> list[Tolerance]:
    """What devices tolerate, in the order of the file."""
    return [_tolerance(row, clauses) for row in file.data.get("tolerances", [])]

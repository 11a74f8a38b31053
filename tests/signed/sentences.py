# SPDX-License-Identifier: MIT
"""Sentences of spec/ that cannot be right whatever the specification says: two rows with one, or one against its unit."""

import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from described import Row, plain

REASONS = Path(__file__).resolve().parent / "equal.txt"
SENTENCES = ("brief", "text")
REFERENCES = ("type", "part", "enum", "flags", "mask-of", "queue", "R", "W")
UNITS = re.compile(
    r"\b(bits|bytes|sectors|blocks|pages|pixels|packets|cycles|Hz|[KM]iB|(?:nano|micro|milli)?seconds)\b",
    re.IGNORECASE,
)


def _words(value: Any) -> Iterator[str]:
    """The texts in a plain value."""
    if isinstance(value, str):
        yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _words(item)


def _tails(row: Row) -> set[str]:
    """The name, and what is left of it without its first words: `hash_key_length`, `key_length`, `length`."""
    words = re.findall(r"[a-z0-9]+", row.id.rpartition("/")[2].lower())
    return {"".join(words[at:]) for at in range(len(words))}


def _names(row: Row) -> set[str]:
    """What a row refers to."""
    return {word for key in REFERENCES if (node := row.get(key)) for word in _words(plain(node))}


def _is_inside(row: Row, names: set[str]) -> bool:
    """Whether the row is one of a file's items with these names, or inside one."""
    path = row.id.split("/")
    return len(path) > 2 and path[2] in names


def same_item(one: Row, two: Row) -> bool:
    """
    One name, but for what is in front of it; or one row refers to the other, or to the struct that has the other:
    `tail` of type `req_tail`, in which `status` is.
    """
    first, second = _tails(one), _tails(two)
    named = max(first, key=len) in second or max(second, key=len) in first
    return named or _is_inside(two, _names(one)) or _is_inside(one, _names(two))


def equal(rows: list[Row]) -> list[list[str]]:
    """
    Rows of a file that have the same sentence and are not the same item, each with the first of those it is the same
    as. In another file the sentence is about another device.
    """
    by_text: dict[str, list[Row]] = {}
    for row in rows:
        for key in SENTENCES:
            if (node := row.get(key)) is not None:
                by_text.setdefault(node.value, []).append(row)
    return [[group[0].id for group in items] for items in map(_items, by_text.values()) if len(items) > 1]


def _items(rows: list[Row]) -> list[list[Row]]:
    """The rows in groups that are the same item."""
    groups: list[list[Row]] = []
    for row in rows:
        mine = [group for group in groups if any(same_item(row, other) for other in group)]
        groups = [group for group in groups if group not in mine]
        groups.append([*itertools.chain(*mine), row])
    return groups


def against_unit(rows: list[Row]) -> list[str]:
    """Rows whose sentence counts in something that their unit is not."""
    return [row.id for row in rows if (unit := row.get("unit")) and _other_unit(unit.value, row)]


def _other_unit(unit: str, row: Row) -> bool:
    brief = row.get("brief")
    said = set(UNITS.findall(brief.value.lower() if brief else ""))
    return bool(said) and not said & set(UNITS.findall(unit.lower()))


def reasons() -> dict[tuple[str, ...], str]:
    """{rows: why they have the same sentence}."""
    lines = REASONS.read_text(encoding="utf-8").splitlines()
    pairs = [line.partition(": ") for line in lines if line and not line.startswith("#")]
    return {tuple(rows.split()): why for rows, _, why in pairs}

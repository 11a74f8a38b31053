# SPDX-License-Identifier: MIT
"""The keys of the YAML from the grammar, for the page of keys."""

import types
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin

from vwr.grammar.row import Logic, Row, is_flag, is_row, keys, kinds, meaning

_TYPES = {int: "number", str: "text", list: "list", dict: "mapping", bool: "true or false"}


class Key(NamedTuple):
    """A key of a mapping."""

    name: str
    required: bool
    value: str
    meaning: str


class Mapping(NamedTuple):
    """The keys of a mapping: its path in the form `bits[]`, and its description."""

    path: str
    meaning: str
    keys: list[Key]


def mappings(row: type[Row]) -> list[Mapping]:
    """All mappings of a kind of file, outer ones first, each once."""
    return list(_inside("", row, set()))


def _inside(path: str, row: type[Row], seen: set[type[Row]]) -> Iterator[Mapping]:
    if row in seen:
        return
    seen.add(row)
    found = keys(row).values()
    yield Mapping(path, meaning(row), [Key(k.name, k.required, _value(k.hint), k.said()) for k in found])
    for one in found:
        for many, kind in _rows(one.hint):
            yield from _inside(f"{path}.{one.name}{many}".removeprefix("."), kind, seen)


def _rows(hint: Any, many: str = "") -> Iterator[tuple[str, type[Row]]]:
    """([] for each enclosing list, the kind of row) of the rows in a type."""
    if is_row(hint):
        yield many, hint
    elif get_origin(hint) is list:
        yield from _rows(get_args(hint)[0], f"{many}[]")
    else:
        for one in get_args(hint):
            yield from _rows(one, many)


def _value(hint: Any) -> str:
    """The description of a key's value."""
    if is_flag(hint):
        return "true"
    if any(isinstance(kind, Logic) for kind in kinds(hint)):
        return "condition"
    hint = getattr(hint, "__origin__", hint) if hasattr(hint, "__metadata__") else hint
    origin, choices = get_origin(hint), get_args(hint)
    if origin is Literal:
        return ", ".join(map(str, choices))
    if origin in (Union, types.UnionType):
        return " or ".join(dict.fromkeys(_value(choice) for choice in choices))
    if origin is list:
        return f"list of {_value(choices[0])}"
    return "mapping" if is_row(hint) else _TYPES[origin or hint]

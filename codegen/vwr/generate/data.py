# SPDX-License-Identifier: MIT
"""A model as plain data, mappings and lists with the keys of grammar/data.py, and these as JSON."""

import json
from collections.abc import Iterator
from dataclasses import is_dataclass
from typing import Any

from vwr.cname import RESERVED_WORDS
from vwr.model.nodes.files import Device, Model
from vwr.model.nodes.messages import Exchange, Held
from vwr.model.nodes.structs import Struct
from vwr.model.nodes.values import Gate, Value
from vwr.model.python import Arguments, package, struct_of

Data = dict[str, Any]
INDENT = "  "  # of a file in the list of files
SAFE = (1 << 53) - 1  # a double represents it exactly; a larger number is a hexadecimal string
_LEFT_OUT = (
    "place",
    "title",
    "text",
    "field",
    "fields",
    "said",
    "value",
    "c",
    "call",
    "table",
    "count_c",
)  # of messages: other keys contain it


def data_of(m: Model) -> Data:
    """One file of spec/. An absent key means false, empty or unknown."""
    found = {key: getattr(m, key) for key in ("name", "kind", "path", "section", "brief", "since")}
    found |= {"id": getattr(m, "id")} if m.kind == "device" else {}
    said = package(m)
    groups = [{**group, "values": list(map(_row, group["values"]))} for group in said["groups"]]
    lists = {key: list(map(_row, said[key])) for key in ("queues", "rules", "offers")}
    for row, queue in zip(lists["queues"], m.queues.all if m.queues else []):
        row["moves"] = queue.moves
    lists |= {
        "groups": groups,
        "structs": [*_structs(m, said["structs"])],
        "messages": [_exchange(one) for one in m.messages],
    }
    more = dict(said["more"])
    if "blocks" in more:
        more["blocks"] = [{"name": name, "registers": rows} for name, rows in more["blocks"].items()]
    more["clauses"] = [{"id": one.id, "level": one.level, "row": one.row} for one in m.clauses]
    more |= {key: getattr(m, key) for key in ("by_hand", "readable")} | {"struct_order": m.legacy_order}
    more["quirks"] = [
        {key: value for key, value in vars(one).items() if key not in ("place", "words")} for one in m.quirks
    ]
    more["conflicts"] = (
        [
            {
                **{
                    key: getattr(one, key)
                    for key in ("name", "features", "without", "field", "side", "brief")
                },
                "value": _plain(one.value),
            }
            for one in m.conflicts
        ]
        if isinstance(m, Device)
        else []
    )
    lean: Data = _lean(found | lists | more)
    return lean


def _lean(value: Any) -> Any:
    """The value without empty parts."""
    if isinstance(value, dict):
        return {key: _lean(one) for key, one in value.items() if not _nothing(one)}
    if isinstance(value, int) and value > SAFE:
        return f"{value:#x}"
    return [_lean(one) for one in value] if isinstance(value, (list, tuple)) else value


def _nothing(value: Any) -> bool:
    """Whether it is false, empty, or a list of such values."""
    if isinstance(value, (list, tuple)):
        return all(map(_nothing, value))
    return not value and (value is None or value is False or value in ("", {}))


def _row(arguments: Arguments) -> Data:
    """The keys with a value other than their default."""
    found = {
        key.rstrip("_"): value for key, value, default in arguments if default is ... or value != default
    }
    if "members" in found:
        found["members"] = list(map(_row, found["members"]))
    if "bits" in found:
        found["bits"] = [dict(zip(("name", "shift", "width", "reserved"), one)) for one in found["bits"]]
    return found


def _structs(m: Model, found: list[Data]) -> Iterator[Data]:
    """All structs; after them the device's parts of structs that messages use separately."""
    parts = [part.struct for one in m.messages for row in one.rows for part in (*row.out, *row.back)]
    listed = {s["c"]: s for s in found}
    apart = {s.c: struct_of(s) for s in parts if s and s.c not in listed}
    for c, one in (listed | apart).items():
        yield {**_row(one["row"]), "apart": c in apart, "fields": list(map(_row, one["fields"]))}


def _exchange(one: Exchange) -> Data:
    """
    The messages of a queue. A message has its own `select` if its fields are at other places than in the
    first message.
    """
    found: Data = _plain(one)
    for row in found["rows"]:
        row["select"] = row["select"] if row["select"] != found["select"] else None
        row["section"] = row["section"] if row["section"] != one.section else None
        for part in (*row["out"], *row["back"]):
            part["type"] = None if part["struct"] else part["type"]
            part["begin"] = part["begin"] or None
            part["source"] = part["source"] if part["source"] != part["name"] else None
    return found


def _plain(value: Any) -> Any:
    """A message or a part of one: structs by their names, values with their numbers."""
    if isinstance(value, Struct):
        return value.name
    if isinstance(value, Gate):
        return value.names
    if isinstance(value, Value):
        return {"name": value.name, "value": value.value}
    if isinstance(value, Held):
        return {"path": _path(value.path), "value": _plain(value.value)}
    if is_dataclass(value):
        found = {key.rstrip("_"): _plain(one) for key, one in vars(value).items() if key not in _LEFT_OUT}
        return found | ({"path": _path(found["path"])} if "path" in found else {})
    return [_plain(one) for one in value] if isinstance(value, list) else value


def _path(path: str) -> str:
    """Names of fields as in structs here, without the suffix of names that are words of C."""
    return ".".join(
        word[:-1] if word.endswith("_") and word[:-1] in RESERVED_WORDS else word for word in path.split(".")
    )


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _is_row(value: Any) -> bool:
    """Whether it fits one line: it contains no list of mappings."""
    if isinstance(value, dict):
        return all(map(_is_row, value.values()))
    return not isinstance(value, list) or not any(isinstance(one, dict) or not _is_row(one) for one in value)


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

# SPDX-License-Identifier: MIT
"""The model as rows of virtwright.json. The types of the Python package have the same keys and defaults."""

from collections.abc import Sequence
from dataclasses import asdict, is_dataclass, replace
from typing import Any

from vwr.model.nodes.files import Channel, Device, Ids, Model, Registers, Status
from vwr.model.nodes.messages import Message, MessagePart, Queue
from vwr.model.nodes.structs import Field, Struct
from vwr.model.nodes.values import Enum, IdValue, Names, StatusValue, Value
from vwr.model.parts import enum
from vwr.model.structs import SCALARS
from vwr.spec.condition import said
from vwr.spec.shapes import names_of

Arguments = list[tuple[str, Any, Any]]  # key, value, default; ...: no default
NUMBERS = {name: size for name, (size, _) in SCALARS.items()}
_MORE: dict[str, dict[str, tuple[str, ...] | None]] = {
    "ids": {"reserved": None, "unassigned": None},
    "features": {"ranges": None},
    "status": {"steps": ("name", "by", "clears", "versions", "after_names", "before_names", "effect")},
    "ring": {
        "parts": ("name", "struct", "align", "head", "per_entry", "writer"),
        "legacy": None,
        "size_max": None,
        "power_of_two": None,
    },
    "registers": {
        "compatible": None,
        "versions": ("name", "value"),
        "capabilities": (
            "name",
            "struct",
            "place_name",
            "align",
            "least",
            "multiple_of",
            "since",
            "only",
            "brief",
        ),
    },
}
_CHANNEL = (
    "dir",
    "part",
    "legacy_part",
    "back",
    "revision",
    "first",
    "write_once",
    "excludes",
    "status",
    "resets",
    "only",
)
_ATTRIBUTE = {"if": "if_text"}
_REGISTER = (
    "name",
    "register",
    "offset",
    "bytes",
    "dir",
    "versions",
    "widths_list",
    "bank_name",
    "set_names",
    "clear_names",
    "idle_names",
    "value",
    "reset_value",
    "kept",
    "absent",
    "unit",
    "power_of_two",
    "multiple_of",
    "since",
    "only",
    "max",
    "min",
    "writes",
    "never",
    "failed",
    "done_after",
    "done_names",
    "done_values",
    "clears",
    "read_clears",
    "write_once",
    "aka",
    "brief",
)
_BITS = ("register", "name", "shift", "width", "if", "brief")


def package(m: Model) -> dict[str, Any]:
    """The contents of a file of spec/, without messages."""
    return {
        "groups": [_group(g, m) for g in _groups(m)],
        "structs": [struct_of(s) for s in _document_structs(m)],
        "queues": [_queue(row) for row in m.queues.all] if m.queues else [],
        "rules": _rules(m, "requires"),
        "offers": _rules(m, "offer_with"),
        "more": _more(m),
    }


def _groups(m: Model) -> list[Enum]:
    """All groups of numbers of a file, features first; constants form one group too."""
    queues = [replace(m.queues, kind="queues")] if m.queues else []
    numbers = [enum("constants", m.numbers, "", m.section)]
    found = [*([m.features] if m.features else []), *queues, *numbers, *m.enums]
    return [g for g in found if g.rows]


def _group(g: Enum, m: Model) -> dict[str, Any]:
    listed = [one for one in m.messages if g.kind == "messages" and g.name in one.groups]
    rows = {row.c: row for one in reversed(listed) for row in one.rows}
    return {
        "name": g.name,
        "kind": g.kind,
        "section": g.section,
        "scoped": g.scoped,
        "queue": listed[0].queue if len(listed) == 1 else "",
        "values": [_value(row, rows.get(row.c)) for row in g.rows],
    }


def _value(row: Value, message: Message | None) -> Arguments:
    label = row.label if row.label != row.name else ""
    more: Arguments = []
    if message:
        own = [
            part
            for part in message.back
            if not (part.begin or part.struct and part.struct.name == f"{part.source}_in")
        ]
        sent, back = (message.out, own) if message.out else (message.back, [])
        more = [("out", _said(sent), ()), ("back", _said(back), ()), ("sender", message.sender, "")]
    document = row.document if row.document.isidentifier() else ""
    known = (*row.aka, *(name for name in row.documents if name != document))
    return [
        ("name", row.name, ...),
        ("value", row.value, ...),
        ("c", row.c, ...),
        ("document", document, ...),
        ("since", row.since or "1.0", "1.0"),
        ("aka", tuple(dict.fromkeys(known)), ()),
        ("only", row.only or "", ""),
        ("gate", _names(row.gate), ()),
        ("label", label, ""),
        ("brief", row.brief, ""),
        ("reserved", row.reserved, False),
        ("accept", row.accept, ""),
        ("offer", row.offer, ""),
        ("insist", tuple(row.insist), ()),
        *more,
    ]


def _said(parts: list[MessagePart]) -> tuple[str, ...]:
    """The structs or types, as named in the YAML."""
    return tuple({part.source: part.said for part in parts}.values())


def _names(gate: Names) -> tuple[str, ...]:
    """The features of a gate."""
    return tuple(names_of(gate))


def _document_structs(m: Model) -> list[Struct]:
    """
    Structs as in the specification: the device's part, which is separate in C, is included in its struct.
    """
    apart = {inner.c for s in m.structs for inner in (*s.hoisted, *([s.tail] if s.tail else []))}
    return [s for s in m.structs if s.c not in apart]


def struct_of(s: Struct) -> dict[str, Any]:
    """A struct, and its fields."""
    fields = [_field(f) for f in s.all_fields]
    if s.tail:  # it begins at the end of the first part, if that is known
        fields += [_field(replace(f, said_dir="in"), not s.params, s.size) for f in s.tail.all_fields]
    sizes = tuple(
        (row.size, tuple(tuple(need.names) for need in row.needs))
        for row in (s.sizes.rows if s.sizes else [])
    )
    return {
        "c": s.c,
        "row": [
            ("name", s.name, ...),
            ("document", s.documents[0] if s.documents else s.document, ...),
            ("c", s.c, ...),
            ("size", s.size, ...),
            ("fixed", s.fixed, ...),
            ("packed", s.packed, ...),
            ("since", s.since or "1.0", ...),
            ("only", s.only or "", ...),
            ("section", s.section, ...),
            ("sizes", sizes, ()),
            ("brief", s.brief, ""),
        ],
        "fields": fields,
    }


def _field(f: Field, placed: bool = True, base: int = 0) -> Arguments:
    """
    One field. Offsets of members of a union, or of a struct without a name, are relative to the whole struct.
    An array of variable length has a known offset if no other one precedes it.
    """
    placed = placed and not f.after
    offset = base + f.offset if placed else None
    inner = f.nested if f.nested and f.type == "struct" else None
    members = tuple(_field(other, placed, base) for other in f.members or f.open_members)
    if inner:
        members = tuple(_field(other, placed, offset or 0) for other in inner.fields)
        members += tuple(
            _field(other, False) for other in inner.behind
        )  # in an array each has another offset
    bits = tuple((bit["name"], bit["shift"], bit["width"], bit.get("reserved", False)) for bit in f.raw_bits)
    return [
        ("name", f.name.rstrip("_"), ...),
        ("offset", offset, ...),
        ("type", f.type, ...),
        ("count", f.length or 1, 1),
        ("plus", f.plus or 0, 0),
        ("array", f.array, False),
        ("size", None if f.flexible else f.bytes, None),
        ("gate", tuple(f.gate.names) if f.gate else (), ()),
        ("dir", f.said_dir, ""),
        ("legacy_dir", f.legacy_dir, ""),
        ("at_any_time", f.early, False),
        ("readable", f.readable, ""),
        ("unless", tuple(f.unless.names) if f.unless else (), ()),
        ("min", f.min, None),
        ("max", f.max, None),
        ("absent", f.absent, 0),
        ("reserved", f.reserved, False),
        ("anonymous", f.unnamed, False),
        ("members", members, ()),
        ("values", f.enum or "", ""),
        ("bits", bits, ()),
        ("is_", tuple(f.is_), ()),
        ("by", f.by, ""),
        ("aka", tuple(f.aka), ()),
        ("since", f.since or "1.0", "1.0"),
        ("only", f.only or "", ""),
        ("unit", f.unit or "", ""),
        ("mask", f.mask, False),
        ("holds", f.holds, ""),
        ("brief", f.brief, ""),
    ]


def _queue(row: Queue) -> Arguments:
    by = row.count_by or {}
    return [
        ("name", row.name, ...),
        ("index", row.index, ...),
        ("behind", row.behind or "", ""),
        ("stride", row.stride, 1),
        ("count", row.count, 1),
        ("field", by.get("field", ""), ""),
        ("less", by.get("less", 0), 0),
        ("field_gate", tuple(said(by).choice), ()),
        ("gate", _names(row.gate), ()),
        ("dir", row.dir, ""),
        ("since", row.since or "1.0", "1.0"),
        ("brief", row.brief, ""),
    ]


def _rules(m: Model, key: str) -> list[Arguments]:
    """One rule for each choice that a feature requires."""
    bits = m.features or (m.enums[0] if m.kind == "features" else None)
    return [
        [("feature", row.name, ...), ("any", _names(any_of), ...)]
        for row in (bits.rows if bits else ())
        for any_of in getattr(row, key)
    ]


def _table(rows: Sequence[Any], columns: tuple[str, ...]) -> list[dict[str, Any]]:
    """These columns of rows."""
    return [{column: getattr(row, _ATTRIBUTE.get(column, column)) for column in columns} for row in rows]


def _more(m: Model) -> dict[str, Any]:
    """Keys of only some kinds of files."""
    found: dict[str, Any] = {}
    for key, columns in _MORE.get(m.kind, {}).items():
        rows = getattr(m, key)
        found[key] = (
            (asdict(rows) if is_dataclass(rows) else rows) if columns is None else _table(rows, columns)
        )
    if isinstance(m, Ids):
        found["transitional"] = {
            row.name: row.transitional
            for row in m.enums[0].rows
            if isinstance(row, IdValue) and row.transitional
        }
    if isinstance(m, Channel):
        found["channel"] = [
            {"name": row.value.name, **one} for row, one in zip(m.channel, _table(m.channel, _CHANNEL))
        ]
    if isinstance(m, Registers):
        found["blocks"] = {
            block.name: _table(block.registers, _REGISTER) for block in m.blocks if block.struct
        }
    if isinstance(m, Registers) and m.own:
        found.update(
            size=m.own.size,
            word=m.own.word,
            registers=_table(m.own.registers, _REGISTER),
            bits=_table(m.own.bits, _BITS),
        )
    if isinstance(m, Status):
        found["reset"] = m.reset.value
        found["owners"] = {row.name: row.by for row in m.enums[0].rows if isinstance(row, StatusValue)}
    if m.config and m.config.legacy_order:
        found["legacy_order"] = m.config.legacy_order
    if isinstance(m, Device) and m.needs:
        found["needs"] = [one.names for one in m.needs]
    if asked := [one for one in m.messages if one.sender == "driver" and any(row.back for row in one.rows)]:
        found["request_queues"] = [one.queue for one in asked]
        found["statuses"] = {
            one.queue: place.field.enum
            for one in asked
            for place in [next((row.status for row in one.rows if row.status), None)]
            if place and place.field and place.field.enum
        }
    return found

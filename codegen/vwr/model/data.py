# SPDX-License-Identifier: MIT
"""A model as plain data: mappings and lists with the keys of nodes/data.py, and of nodes."""

from collections.abc import Iterator
from typing import Any

from vwr.cname import RESERVED_WORDS
from vwr.grammar.row import Row, keys
from vwr.model.nodes import changed
from vwr.model.nodes import data as objects
from vwr.model.nodes.files import Ids, Model, Registers, Status
from vwr.model.nodes.messages import Exchange, FieldPlace, Message, MessagePart, Queue
from vwr.model.nodes.registers import Block
from vwr.model.nodes.structs import Field, Struct
from vwr.model.nodes.values import Enum, Gate, IdValue, StatusValue, Value
from vwr.model.parts import enum
from vwr.spec.condition import said
from vwr.spec.shapes import names_of

Data = dict[str, Any]
SAFE = (1 << 53) - 1  # a double represents it exactly; a larger number is a hexadecimal string


def data_of(m: Model) -> Data:
    """One file of spec/. An absent key means false, empty or unknown."""
    return _row(objects.File, m, **_common(m), **_of_kind(m))


def _row(kind: type[Row], node: Any, **own: Any) -> Data:
    """A row of this kind: the value of a key is in `own`, or else the node's attribute with its name."""
    found = {}
    for name, key in keys(kind).items():
        if key.attribute in own:
            value = own[key.attribute]
        elif value := getattr(node, key.attribute, None):
            value = _plain(key.inner, value)
        if (value or value == 0) and value != key.default and not _is_nothing(value):
            found[name] = _path(value) if name == "path" else value
    return found


def _plain(kind: type[Row] | None, value: Any) -> Any:
    """A value of a key whose rows are of this kind; structs by their names, gates by their features."""
    if value is None or isinstance(value, (str, dict)):
        return value
    if isinstance(value, int):
        return value if value <= SAFE else f"{value:#x}"
    if isinstance(value, list):
        return [_plain(kind, one) for one in value]
    if isinstance(value, Struct):
        return value.name
    if isinstance(value, Gate):
        return value.names
    return _row(kind, value) if kind else value


def _is_nothing(value: Any) -> bool:
    """Whether it is unknown, false, empty, or a list of such values."""
    if isinstance(value, list):
        return all(map(_is_nothing, value))
    return value is False or not value and not isinstance(value, int)


def _path(path: str) -> str:
    """Names of fields as in structs here, without the suffix of names that are words of C."""
    return ".".join(
        word[:-1] if word.endswith("_") and word[:-1] in RESERVED_WORDS else word for word in path.split(".")
    )


# Files ---------------------------------------------------------------------------------------------------------


def _common(m: Model) -> Data:
    """Keys that any file may have."""
    return {
        "groups": [_group(g, m) for g in _groups(m)],
        "structs": [*_structs(m)],
        "queues": [_queue(row) for row in m.queues.all] if m.queues else [],
        "rules": _rules(m, "requires"),
        "offers": _rules(m, "offer_with"),
        "messages": [_exchange(one) for one in m.messages],
        "if_": getattr(m, "if_text", None),
        "legacy_order": m.config.legacy_order if m.config else "",
        "struct_order": m.legacy_order,
        "document": m.document if m.foreign else None,
        **_requests(m),
    }


def _of_kind(m: Model) -> Data:
    """Keys of its kind of file whose attributes have other names."""
    if isinstance(m, Ids):
        rows = [row for row in m.enums[0].rows if isinstance(row, IdValue) and row.transitional]
        return {"transitional": {row.name: row.transitional for row in rows}}
    if isinstance(m, Status):
        owners = {row.name: row.by for row in m.enums[0].rows if isinstance(row, StatusValue)}
        return {"reset": m.reset.value, "owners": owners}
    if not isinstance(m, Registers):
        return {}
    found: Data = {"blocks": [_row(Block, block) for block in m.blocks if block.struct]}
    if m.own:
        bits = [_row(objects.RegisterBits, row, if_=row.if_text) for row in m.own.bits]
        found |= {"size": m.own.size, "word": m.own.word, "bits": bits}
    return found


def _requests(m: Model) -> Data:
    """The queues of requests, and the groups with the values of their statuses."""
    asked = [one for one in m.messages if one.sender == "driver" and any(row.back for row in one.rows)]
    places = {one.queue: next((row.status for row in one.rows if row.status), None) for one in asked}
    return {
        "request_queues": [*places],
        "statuses": {
            queue: place.field.enum
            for queue, place in places.items()
            if place and place.field and place.field.enum
        },
    }


def _rules(m: Model, key: str) -> list[Data]:
    """One rule for each choice that a feature requires."""
    bits = m.features or (m.enums[0] if m.kind == "features" else None)
    return [
        {"feature": row.name, "any": names_of(any_of)}
        for row in (bits.rows if bits else ())
        for any_of in getattr(row, key)
    ]


# Groups --------------------------------------------------------------------------------------------------------


def _groups(m: Model) -> list[Enum]:
    """All groups of numbers of a file, features first; constants form one group too."""
    queues = [changed(m.queues, kind="queues")] if m.queues else []
    numbers = [enum("constants", m.numbers, "", m.section)]
    found = [*([m.features] if m.features else []), *queues, *numbers, *m.enums]
    return [g for g in found if g.rows]


def _group(g: Enum, m: Model) -> Data:
    listed = [one for one in m.messages if g.kind == "messages" and g.name in one.groups]
    rows = {row.c: row for one in reversed(listed) for row in one.rows}
    return _row(
        objects.Group,
        g,
        queue=listed[0].queue if len(listed) == 1 else "",
        values=[_value(row, rows.get(row.c), g.section) for row in g.rows],
    )


def _value(row: Value, message: Message | None, section: str) -> Data:
    document = row.document if row.document.isidentifier() else ""
    known = (*row.aka, *(name for name in row.documents if name != document))
    return _row(
        objects.Value,
        row,
        document=document,
        quote="" if document else row.document,
        aka=[*dict.fromkeys(known)],
        gate=names_of(row.gate),
        label=row.label if row.label != row.name else "",
        section=row.section if row.section != section else None,
        **_sides(message) if message else {},
    )


def _sides(message: Message) -> Data:
    """The structs or types that each side writes."""
    own = [
        part
        for part in message.back
        if not (part.begin or part.struct and part.struct.name == f"{part.source}_in")
    ]
    sent, back = (message.out, own) if message.out else (message.back, [])
    return {"out": _said(sent), "back": _said(back), "sender": message.sender}


def _said(parts: list[MessagePart]) -> list[str]:
    """The structs or types, as named in the YAML."""
    return [*{part.source: part.said for part in parts}.values()]


# Structs -------------------------------------------------------------------------------------------------------


def _structs(m: Model) -> Iterator[Data]:
    """
    All structs as in the specification: the device's part, which is separate in C, is included in its struct.
    After them the device's parts that messages use separately.
    """
    separate = {inner.c for s in m.structs for inner in (*s.hoisted, *([s.tail] if s.tail else []))}
    listed = {s.c: s for s in m.structs if s.c not in separate}
    parts = [part.struct for one in m.messages for row in one.rows for part in (*row.out, *row.back)]
    apart = {s.c: s for s in parts if s and s.c not in listed}
    for c, s in (listed | apart).items():
        fields = [_field(f) for f in s.all_fields]
        if s.tail:  # it begins at the end of the first part, if that is known
            fields += [_field(changed(f, said_dir="in"), not s.params, s.size) for f in s.tail.all_fields]
        yield _row(
            objects.Struct,
            s,
            document=s.documents[0] if s.documents else s.document,
            since=s.since or "1.0",
            sizes=[
                [row.size, [need.names for need in row.needs]] for row in (s.sizes.rows if s.sizes else [])
            ],
            apart=c in apart,
            fields=fields,
        )


def _field(f: Field, placed: bool = True, base: int = 0) -> Data:
    """
    One field. Offsets of members of a union, or of a struct without a name, are relative to the whole struct.
    An array of variable length has a known offset if no other one precedes it.
    """
    placed = placed and not f.after
    offset = base + f.offset if placed else None
    members = [_field(other, placed, base) for other in f.members or f.open_members]
    if f.nested and f.type == "struct":
        members = [_field(other, placed, offset or 0) for other in f.nested.fields]
        members += [_field(other, False) for other in f.nested.behind]  # in an array each has another offset
    return _row(
        objects.Field,
        f,
        name=f.name.rstrip("_"),
        offset=offset,
        count=f.length or 1,
        plus=f.plus or 0,
        size=None if f.flexible else f.bytes,
        dir=f.said_dir,
        at_any_time=f.early,
        legacy_at_any_time=f.legacy_early,
        absent_with=f.absent_with and {"gate": f.absent_with.names, "value": f.absent_with.value},
        absent_inside={name: _plain(None, value) for name, value in f.absent_in.items()},
        anonymous=f.unnamed,
        members=members,
        contains=[_field(other, placed, base) for other in f.contains],
        values=f.enum,
        bits=[{key: bit[key] for key in keys(objects.Bits) if key in bit} for bit in f.raw_bits],
    )


# Queues --------------------------------------------------------------------------------------------------------


def _queue(row: Queue) -> Data:
    by = row.count_by or {}
    return _row(
        objects.Queue,
        row,
        field=by.get("field"),
        less=by.get("less", 0),
        field_gate=said(by).choice,
        gate=names_of(row.gate),
    )


def _exchange(one: Exchange) -> Data:
    """
    The messages of a queue. A message has its own `select` if its fields are at other places than in the
    first message.
    """
    first = _plain(FieldPlace, one.select)
    rows = []
    for row in one.rows:
        select = _plain(FieldPlace, row.select)
        rows.append(
            _row(
                Message,
                row,
                section=row.section if row.section != one.section else None,
                select=select if select != first else None,
                out=list(map(_part, row.out)),
                back=list(map(_part, row.back)),
            )
        )
    return _row(Exchange, one, rows=rows)


def _part(part: MessagePart) -> Data:
    return _row(
        MessagePart,
        part,
        type=None if part.struct else part.type,
        source=part.source if part.source != part.name else None,
    )

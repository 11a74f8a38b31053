# SPDX-License-Identifier: MIT
"""Messages: each name in them refers to an existing item, and no two messages are indistinguishable."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from vwr.check.common import find_twice, value_groups
from vwr.check.features import check_values
from vwr.check.queues import check_config_field
from vwr.check.unions import of_parts
from vwr.spec.condition import VALUE
from vwr.spec.condition import said as condition_of
from vwr.spec.exchanges import REFERENCES, Chain, groups_of, queues_of, rows_of
from vwr.spec.load import NodePath, Row, SpecFile, Tree
from vwr.spec.problems import did_you_mean
from vwr.spec.shapes import (
    WIDTHS,
    Known,
    at,
    items,
    length,
    names_of,
    parts,
    value_names,
)

_PROTOCOL_BITS = 64
STATUSES = ("ok", "refuse", "refuse-if-offered", "out-of-range")  # keys with values of the status field
_SEGMENTS = (("disk", "range", "count"), ("disk", "range", "max"))


class _Row(NamedTuple):
    """One message in context: the entry, the row, its sender, the parts of each side."""

    path: NodePath
    row: Row
    sender: str
    parts: dict[str, list[tuple[NodePath, Row]]]


class _Spot(NamedTuple):
    """
    A number that `select` or `status` names: the part of its side that contains it, and its offset in the
    part.
    """

    part: int
    offset: int


def messages(tree: Tree, spec: SpecFile) -> None:
    """Checks all messages of a file."""
    _queues(tree, spec)
    layouts = Known(spec)
    known = {name: row for name, (_, row) in layouts.structs.items()}
    for path, entry in items(spec, "messages"):
        _values(tree, spec, path, entry)
        _disk(tree, spec, path, entry)
        rows = list(_rows(known, spec, path, entry))
        if not all([_parts(tree, spec, row, known) for row in rows]):
            continue  # the items that they refer to are not known
        for row in rows:
            _references(tree, spec, row, known)
            check_values(tree, spec, row.path, row.row)
            of_parts(tree, spec, entry, [part for side in row.parts.values() for part in side])
            _socket(tree, spec, row, [one.row["name"] for one in rows])
        _differ(tree, spec, path, entry, rows)
        for key in ("select", "status") if spec.typed else ():
            _places(tree, spec, path, entry, rows, key, layouts)


def _queues(tree: Tree, spec: SpecFile) -> None:
    """Checks that the queue of each entry exists, and that no queue has two entries."""
    names = {queue["name"]: None for _, queue in items(spec, "queues")}
    said = []
    for path, entry in items(spec, "messages"):
        pair = entry["queue"]
        said += (
            [(path + ("queue", side), pair[side]) for side in pair]
            if isinstance(pair, dict)
            else [(path + ("queue",), pair)]
        )
        for key in _SEGMENTS:
            if said_there := at(entry, *key):
                _config_reference(tree, spec, path + key, said_there)
    for path, name in said:
        if spec.kind == "device" and name not in names:
            tree.error(
                spec, path, f"unknown queue '{name}'", "VWR-C074", did_you_mean(name, names, "known queues")
            )
    find_twice(tree, spec, [(path, name, f"'{name}'") for path, name in said], "VWR-C074", "entry for queue")


def _disk(tree: Tree, spec: SpecFile, path: NodePath, entry: Row) -> None:
    """The disk map names messages of the entry, and configuration fields."""
    names = {row["name"]: None for _, row in rows_of(path, entry)}
    for index, row in enumerate(at(entry, "disk", "rows") or []):
        here = path + ("disk", "rows", index)
        if row["name"] not in names:
            tree.error(
                spec,
                here + ("name",),
                f"unknown message '{row['name']}'",
                "VWR-C073",
                did_you_mean(row["name"], names, "known messages"),
            )
        for key in (("range", "max"), ("align",)):
            if name := at(row, *key):
                check_config_field(tree, spec, here + key, "VWR-C070", name)


def _config_reference(tree: Tree, spec: SpecFile, path: NodePath, said: str) -> None:
    first, _, rest = said.partition(".")
    if first != "config":
        tree.error(spec, path, f"'{said}' must name a config field", "VWR-C079", "write config.FIELD")
    else:
        check_config_field(tree, spec, path, "VWR-C070", rest)


def _values(tree: Tree, spec: SpecFile, path: NodePath, entry: Row) -> None:
    """Values that the entry, its groups, its rows and their parts name."""
    known, statuses = value_names(group for _, group in value_groups(spec)), _statuses(spec, entry)
    said = [
        (here + (key,), node[key])
        for here, node in ((path, entry), *rows_of(path, entry))
        for key in STATUSES
        if key in node
    ]
    said += [
        (here + ("if", index, VALUE), str(fact.value))
        for here, row in rows_of(path, entry)
        for index, fact in enumerate(condition_of(row).all_facts())
        if fact.kind == "bit"
    ]
    said += [
        (here + ("value",), group["value"]) for here, group in groups_of(path, entry) if "value" in group
    ]
    said += [
        (here + (side, index, "values", place, "value"), held["value"])
        for here, node in ((path, entry), *rows_of(path, entry))
        for side in ("R", "W")
        for index, part in enumerate(node.get(side, []))
        if isinstance(part, dict)
        for place, held in enumerate(part.get("values", []))
    ]
    for here, names in said:
        for index, name in enumerate(names_of(names)) if not isinstance(names, int) else ():
            if name not in known:
                tree.error(
                    spec,
                    here + (index,) if isinstance(names, list) else here,
                    f"unknown value '{name}'",
                    "VWR-C078",
                    did_you_mean(name, statuses or known if here[-1] in STATUSES else known, "known values"),
                )


def _statuses(spec: SpecFile, entry: Row) -> dict[str, None]:
    """The names of the values of the status field's enum; none if the field has no enum, or is unknown."""
    structs = {struct["name"]: struct for struct in spec.data.get("structs", [])}
    first, _, rest = str(entry.get("status", "")).partition(".")
    enum = (_field(structs, structs.get(first), rest) or {}).get("enum")
    return value_names(group for group in spec.data.get("enums", []) if enum and group["name"] == enum)


def _rows(known: dict[str, Row], spec: SpecFile, path: NodePath, entry: Row) -> Iterator[_Row]:
    """Each message; with two queues, a message that both send appears twice."""
    pair = isinstance(entry["queue"], dict)
    for sender in queues_of(entry, spec.data.get("queues", [])):
        for here, row in rows_of(path, entry):
            if not pair or row.get("side", "driver") in (sender, "both"):
                chain = Chain(known, entry, row, (path, here))
                sides = "R" if pair and sender == "driver" else "W" if sender == "device" else "RW"
                yield _Row(
                    here, row, sender, {one: list(chain.side(one)) if one in sides else [] for one in "RW"}
                )


def _parts(tree: Tree, spec: SpecFile, row: _Row, known: dict[str, Row]) -> bool:
    """
    Each part has a type that exists, keys that have a meaning, and an end. False if a type or a name is
    wrong.
    """
    fine = True
    for listed in row.parts.values():
        open_ends = [path for path, part in listed if _is_open(part, known)]
        for path in open_ends[1:]:
            tree.error(
                spec,
                path,
                "only one part may have an unknown length",
                "VWR-C087",
                "add count: with the length of this part, or by-hand: with the reason",
                [spec.note(open_ends[0], "the first such part")],
            )
        names: dict[str, NodePath] = {}
        for path, part in listed:
            kind = part.get("type")
            if kind is not None and kind not in known and kind not in WIDTHS:
                here = path + ("type",) if isinstance(spec.at(path), dict) else path
                tree.error(
                    spec,
                    here,
                    f"unknown type '{kind}'",
                    "VWR-C071",
                    did_you_mean(kind, [*known, *WIDTHS], "known types"),
                )
                fine = False
            if part["part"] in names:
                tree.error(
                    spec,
                    path,
                    f"duplicate part '{part['part']}'",
                    "VWR-C087",
                    "use part: to rename one of the two",
                    [spec.note(names[part["part"]], "first occurrence")],
                )
                fine = False
            names.setdefault(part["part"], path)
            _keys(tree, spec, path, part, [other for _, other in listed + row.parts["R"]])
    return fine


def _is_open(part: Row, known: dict[str, Row]) -> bool:
    """
    Whether the part extends to the end of the message. A part that is foreign or written by hand defines its
    own end.
    """
    if "foreign" in part or "by-hand" in part:
        return False
    if "type" not in part:
        return part.get("count", "any") == "any"
    last = known.get(part["type"], {"fields": [{}]})["fields"][-1]
    return part.get("count") == "any" or last.get("count") == "trailing" and "@row" not in part


def _keys(tree: Tree, spec: SpecFile, path: NodePath, part: Row, before: list[Row]) -> None:
    """Keys that require others."""
    for key in ("stride", "values"):
        if key in part and "type" not in part:
            tree.error(
                spec,
                path + (key,),
                f"'{key}' requires 'type'",
                "VWR-C086",
                "add type:, because without it the part is an array of bytes",
            )
    optional = {other["part"]: None for other in before if other.get("optional")}
    for index, fact in enumerate(condition_of(part).all_facts()):
        if fact.kind == "part" and fact.name not in optional:
            tree.error(
                spec,
                path + ("if", index),
                f"'{fact.name}' is not an optional part",
                "VWR-C086",
                did_you_mean(fact.name, optional, "optional parts"),
            )


def _references(tree: Tree, spec: SpecFile, row: _Row, known: dict[str, Row]) -> None:
    """Each reference names a number in an earlier part, in the part itself, or in the configuration."""
    before: dict[str, str] = {}
    for path, part in row.parts["R"] + row.parts["W"]:
        before.setdefault(part["part"], part.get("type", ""))
        if isinstance(spec.at(path), dict):
            _numbers(tree, spec, path, part, before, known)
            for index, held in enumerate(part.get("values", [])):
                if _field(known, known.get(part.get("type", "")), held["field"]) is None:
                    tree.error(
                        spec,
                        path + ("values", index, "field"),
                        f"'{part.get('type')}' has no field '{held['field']}'",
                        "VWR-C079",
                    )
    _numbers(tree, spec, row.path, row.row, before, known)
    for index, fact in enumerate(condition_of(row.row).all_facts()):
        if fact.kind == "bit":
            check_config_field(tree, spec, row.path + ("if", index), "VWR-C070", fact.name)


def _numbers(
    tree: Tree, spec: SpecFile, path: NodePath, node: Row, before: dict[str, str], known: dict[str, Row]
) -> None:
    for key in REFERENCES:
        said = at(node, *key)
        if not isinstance(said, str) or said == "any":
            continue
        first, _, rest = said.partition(".")
        if first == "config":
            check_config_field(tree, spec, path + key, "VWR-C070", rest)
        elif first not in before:
            tree.error(
                spec,
                path + key,
                f"'{first}' must name an earlier part",
                "VWR-C079",
                did_you_mean(first, before, "known parts"),
            )
        elif _field(known, known.get(before[first]), rest) is None if rest else before[first] not in WIDTHS:
            fields = [field["name"] for field in known.get(before[first], {}).get("fields", [])]
            tree.error(
                spec,
                path + key,
                (
                    f"part '{first}' has no numeric field '{rest}'"
                    if rest
                    else f"part '{first}' is not a number"
                ),
                "VWR-C079",
                did_you_mean(rest, fields, "known fields"),
            )


def _field(known: dict[str, Row], struct: Row | None, path: str) -> Row | None:
    """A number of a struct, by its name with dots."""
    first, _, rest = path.partition(".")
    for field in (struct or {}).get("fields", []):
        if field["name"] == first:
            inner: Any = known.get(field.get("type", ""), field if "fields" in field else None)
            return _field(known, inner, rest) if rest else field if field.get("type") in WIDTHS else None
    return None


def _differ(tree: Tree, spec: SpecFile, path: NodePath, entry: Row, rows: list[_Row]) -> None:
    """Rows of one entry differ in the selecting values, or without them in the sides that write."""
    places = names_of(entry.get("select", []))
    for here, group in groups_of(path, entry):
        if "value" in group and len(places) != 2:
            tree.error(
                spec,
                here + ("value",),
                "a group can have 'value' only if 'select' names two fields",
                "VWR-C072",
                "the first of these fields selects the group",
            )
        elif "value" not in group and len(places) > 1:
            tree.error(
                spec,
                here,
                "the group has no 'value'",
                "VWR-C072",
                "add value: with the value of the first field of 'select'",
            )
        find_twice(
            tree,
            spec,
            [
                (at + ("value",), row["value"], row["value"])
                for at, row in items(spec, *here, "rows")
                if "value" in row and not _is_named(group)
            ],
            "VWR-C072",
            "value",
        )
    seen: dict[tuple[Any, ...], NodePath] = {}
    for row in rows:
        if "value" not in row.row and (places or _is_named(spec.at(row.path[:-2]))):
            why = (
                "each message needs a value for the field in 'select'"
                if places
                else "each row of a named group needs a value"
            )
            tree.error(spec, row.path, f"missing 'value' ({why})", "VWR-C072")
        elif not places and "value" in row.row and not _is_named(entry):
            tree.error(
                spec,
                row.path + ("value",),
                "'value' requires 'select'",
                "VWR-C072",
                "add select: with the field that contains the value",
            )
        elif not places:
            key = (row.sender, *(bool(listed) for listed in row.parts.values()))
            if key in seen:
                tree.error(
                    spec,
                    row.path,
                    f"'{row.row['name']}' cannot be distinguished from '{spec.at(seen[key])['name']}'",
                    "VWR-C072",
                    "add select: with the field that identifies the message",
                    [spec.note(seen[key], "the other message")],
                )
            seen.setdefault(key, row.path)


def _socket(tree: Tree, spec: SpecFile, row: _Row, names: list[str]) -> None:
    """
    Keys of messages through a socket, which devices lack: required features, order, and file
    descriptors.
    """
    for key in ("needs", "files", "after", "while"):
        if key in row.row and spec.kind == "device":
            tree.error(
                spec,
                row.path + (key,),
                f"'{key}' of a message of a device's queue",
                "VWR-C112",
                "only a message through a socket can have it; a feature of the device is in if:",
            )
    if "needs" in row.row:
        _needs(tree, spec, row.path + ("needs",), row.row["needs"])
    _order(tree, spec, row, names)
    for side in ("R", "W"):
        said = at(row.row, "files", side) or {"max": 0}
        if said.get("min", 0) > said["max"]:
            tree.error(
                spec, row.path + ("files", side, "min"), f"'min' is more than 'max' {said['max']}", "VWR-C112"
            )


def _order(tree: Tree, spec: SpecFile, row: _Row, names: list[str]) -> None:
    """Checks that the preceding message exists, and that a message about one ring begins with its number."""
    others = [name for name in names if name != row.row["name"]]
    if "after" in row.row and row.row["after"] not in others:
        tree.error(
            spec,
            row.path + ("after",),
            f"no other message '{row.row['after']}'",
            "VWR-C112",
            did_you_mean(row.row["after"], others, "messages"),
        )
    if row.row.get("while") == "stopped" and not row.row.get("R"):
        tree.error(
            spec,
            row.path + ("while",),
            "the message has no number of a ring",
            "VWR-C112",
            "write all-stopped, or add the part that begins with the number",
        )


def _needs(tree: Tree, spec: SpecFile, path: NodePath, name: str) -> None:
    """A protocol feature is a value of an enum, and the number of a bit."""
    known = {
        f"{group['prefix']}_{value['name']}": value["value"]
        for _, group in items(spec, "enums")
        for value in group["values"]
        if "prefix" in group
    }
    if name not in known:
        tree.error(
            spec, path, f"unknown value '{name}'", "VWR-C078", did_you_mean(name, known, "known values")
        )
    elif known[name] >= _PROTOCOL_BITS:
        tree.error(
            spec,
            path,
            f"'{name}' is {known[name]}, no number of a bit",
            "VWR-C112",
            f"the protocol features are a number of {_PROTOCOL_BITS} bits",
        )


def _is_named(group: Row) -> bool:
    """Whether the rows are values too, which another check covers."""
    return "name" in group


def _places(
    tree: Tree, spec: SpecFile, path: NodePath, entry: Row, rows: list[_Row], key: str, known: Known
) -> None:
    """
    The fields that `select` and `status` name exist in every message that has them. The first one has the
    same place in all.
    """
    listed = (
        [
            (path + (key, index) if isinstance(entry[key], list) else path + (key,), name)
            for index, name in enumerate(names_of(entry[key]))
        ]
        if key in entry
        else []
    )
    for row in rows:
        own = key in row.row
        side = "W" if key == "status" or row.sender == "device" else "R"
        if key == "status" and (row.sender == "device" or not row.parts["W"]):
            continue
        for here, said in [(row.path + (key,), row.row[key])] if own else listed:
            spot = next(
                (
                    spot
                    for index, (_, part) in enumerate(row.parts[side])
                    for spot in [_spot(known, index, part, said, side)]
                    if spot
                ),
                None,
            )
            if spot is None:
                tree.error(
                    spec,
                    here,
                    f"no part of {row.row['name']} contains '{said}'",
                    "VWR-C085",
                    "write STRUCT.FIELD, where a part of the message is STRUCT or begins with STRUCT",
                    [spec.note(row.path, "the message")],
                )
                return
            if key == "select" and spot.part:
                tree.error(
                    spec,
                    here,
                    f"'{said}' is not in the first part of {row.row['name']}",
                    "VWR-C085",
                    "'select' must name a field of the first part",
                    [spec.note(row.path, "the message")],
                )
                return
    if key == "select":
        _same_place(tree, spec, listed, rows, known)


def _same_place(
    tree: Tree, spec: SpecFile, listed: list[tuple[NodePath, str]], rows: list[_Row], known: Known
) -> None:
    """A field that identifies the message has the same offset in all messages."""
    for here, said in listed:
        for sender in ("driver", "device"):
            side = "W" if sender == "device" else "R"
            spots = [
                (row, _spot(known, 0, row.parts[side][0][1], said, side))
                for row in rows
                if row.sender == sender
            ]
            for row, spot in spots[1:]:
                if spot != spots[0][1]:
                    tree.error(
                        spec,
                        here,
                        f"'{said}' has different offsets in {spots[0][0].row['name']} and {row.row['name']}",
                        "VWR-C085",
                        "the field that identifies the message must have the same offset in all messages",
                    )
                    return


def _spot(known: Known, index: int, part: Row, said: str, side: str) -> _Spot | None:
    """Its place in a part; None if the part does not contain it."""
    name, dot, path = said.partition(".")
    kind = part.get("type", "")
    own, back = parts(known.structs[kind][1]["fields"]) if kind in known.structs else ([], [])
    fields = back if side == "W" and back else own
    if not dot:
        return _Spot(index, 0) if name == part["part"] and kind in WIDTHS else _at(known, index, fields, name)
    if name in (part["part"], kind):
        return _at(known, index, fields, path)
    for place, field in enumerate(
        fields
    ):  # the first one, and separate fields after an array of variable length
        if (
            "type" in field
            and "count" not in field
            and (not place or any(isinstance(one.get("count"), str) for one in fields[:place]))
        ):
            if found := _spot(known, index, {"part": "", "type": field["type"]}, said, side):
                return found
    return None


def _at(known: Known, index: int, fields: list[Row], path: str) -> _Spot | None:
    """The offset of a field; if the last name is a bit, of the field that contains it."""
    first, _, rest = path.partition(".")
    offset = 0
    for field in fields:
        if field["name"] == first:
            inner = known.structs.get(field.get("type", ""))
            if rest and inner:
                found = _at(known, 0, inner[1]["fields"], rest)
                return _Spot(index, offset + found.offset) if found else None
            return _Spot(index, offset) if field.get("type") in WIDTHS else None
        offset += known.size(field) * length(field)
    return None

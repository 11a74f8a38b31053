# SPDX-License-Identifier: MIT
"""Unions, and bytes that contain structs: one selector chooses each member, and no value chooses two."""

from collections.abc import Iterator

from vwr.check.common import fields
from vwr.check.fields import before, field_by_path, group_values
from vwr.spec.condition import VALUE, Fact
from vwr.spec.condition import said as condition_of
from vwr.spec.load import NodePath, Row, SpecFile, Tree
from vwr.spec.problems import did_you_mean
from vwr.spec.shapes import Known, by_of, inside, items, names_of, structs

MEMBERS = ("union", "contains")


def unions(tree: Tree, spec: SpecFile) -> None:
    """The values of one field with an enum select the members of a union, or the structs in bytes."""
    for path, field in fields(spec):
        for index, fact in enumerate(condition_of(field).all_facts()):
            if fact.kind == "value" and path[-2] not in MEMBERS:
                tree.error(
                    spec,
                    path + ("if", index),
                    f"'{fact}' is allowed only in a union",
                    "VWR-C064",
                    "remove it, or make the field a member of a union",
                )
            elif fact.kind == "value":
                _check_member(tree, spec, path, index, fact)
        if "document" in field and "type" in field and "bits" not in field:
            tree.error(
                spec,
                path + ("document",),
                "a field with a type and no bits cannot have 'document'",
                "VWR-C064",
                "only unions, anonymous structs and bit-fields can have it",
            )
        for key in MEMBERS:
            if key in field:
                _check_choice(tree, spec, path, key, field[key])
        if "contains" in field:
            _check_bytes(tree, spec, path, field)


def selects(spec: SpecFile) -> dict[str, None]:
    """The fields STRUCT.FIELD by which messages are distinguished."""
    return {name: None for _, entry in items(spec, "messages") for name in names_of(entry.get("select", []))}


def _check_member(tree: Tree, spec: SpecFile, path: NodePath, index: int, fact: Fact) -> None:
    names = before(spec, path[:-2])
    if path[-2] == "contains":
        names = {item["name"]: item for item in spec.at(path[:-3])}
    teller = field_by_path(spec, names, fact.name)
    if teller is None and fact.name in selects(spec):
        known = {name: {"type": name} for name in structs(spec)}
        teller = field_by_path(spec, known, fact.name)
    values = [
        value["name"]
        for name in names_of((teller or {}).get("enum", []))
        for value in group_values(spec, "enum").get(name, [])
    ]
    by, here = by_of(spec.at(path[:-2])), path + ("if", index)
    if not values:
        tree.error(
            spec,
            here,
            f"'{fact.name}' must name {'another' if path[-2] == 'contains' else 'an earlier'} field that has an enum",
            "VWR-C064",
            did_you_mean(
                fact.name if "." in fact.name else "",
                [name for name, item in names.items() if "enum" in item] + list(selects(spec)),
                "fields that have an enum",
            ),
        )
    elif fact.name != by:
        tree.error(
            spec,
            here,
            f"'{by}' and '{fact.name}' both select members of this union",
            "VWR-C064",
            "use only one of these fields",
        )
    elif fact.value not in values:
        tree.error(
            spec,
            (*here, VALUE),
            f"'{fact.name}' has no value '{fact.value}'",
            "VWR-C064",
            did_you_mean(fact.value, values, "known values"),
        )


def _check_choice(tree: Tree, spec: SpecFile, path: NodePath, key: str, listed: list[Row]) -> None:
    """No value selects two members, and at most one is for all other values."""
    by = by_of(spec.at(path))
    taken: dict[str, NodePath] = {}
    rest: NodePath | None = None
    for index, member in enumerate(listed):
        here = path + (key, index)
        values = [str(fact.value) for fact in condition_of(member).facts("value")]
        if by and not values and not condition_of(member) and not member.get("reserved"):
            if rest:
                tree.error(
                    spec,
                    here,
                    f"no value of '{by}' selects '{member['name']}' rather than '{spec.at(rest)['name']}'",
                    "VWR-C067",
                    f"add if: {by} == VALUE to one of the two",
                    [spec.note(rest, "the other member without a value")],
                )
            rest = rest or here
        for value in values:
            if value in taken:
                tree.error(
                    spec,
                    here + ("if",),
                    f"'{by} == {value}' selects both '{spec.at(taken[value])['name']}' and '{member['name']}'",
                    "VWR-C067",
                    "remove it from one of the two",
                    [spec.note(taken[value], "the other member")],
                )
            taken.setdefault(value, here)


def _check_bytes(tree: Tree, spec: SpecFile, path: NodePath, field: Row) -> None:
    """Bytes have room for each struct that they may contain."""
    count = field.get("count")
    if field.get("type") != "u8" or not isinstance(count, int) or path[0] == "config":
        tree.error(
            spec,
            path + ("contains",),
            "'contains' is allowed only for an array of u8 with a number of elements, in a struct",
            "VWR-C066",
            "use union: if the specification has one, or type: of a struct",
        )
        return
    known = structs(spec)
    for index, one in enumerate(field["contains"]):
        if one["type"] not in known:
            continue  # an unknown type
        layouts = Known(spec)
        if not layouts.fixed[one["type"]] or layouts.bytes[one["type"]] > count:
            size = f"{layouts.bytes[one['type']]} bytes" if layouts.fixed[one["type"]] else "no fixed size"
            tree.error(
                spec,
                path + ("contains", index, "type"),
                f"'{one['type']}' has {size}, and does not fit in the {count} of '{field['name']}'",
                "VWR-C066",
                "name a struct that fits",
                [spec.note(known[one["type"]][0], "the struct")],
            )


def of_parts(tree: Tree, spec: SpecFile, entry: Row, parts: list[tuple[NodePath, Row]]) -> None:
    """A struct whose members a message selects is only in messages that have this selector."""
    chosen = names_of(entry.get("select", []))
    for path, part in parts:
        for by, place in _asked(spec, part.get("type", ""), ()):
            if by not in chosen:
                tree.error(
                    spec,
                    path,
                    f"'{by}' selects a member of '{part['type']}', and 'select' does not name it",
                    "VWR-C067",
                    "add it to select:, or use a struct without such a member",
                    [spec.note(place, "the union")],
                )


def _asked(spec: SpecFile, name: str, outer: tuple[str, ...]) -> Iterator[tuple[str, NodePath]]:
    """(STRUCT.FIELD, place) of the unions in a struct whose members messages select."""
    path, struct = structs(spec).get(name, ((), {"fields": []}))
    for here, field in inside(path + ("fields",), struct["fields"]):
        by = by_of(field)
        if "." in by and field_by_path(spec, before(spec, here), by) is None:
            yield by, here
        if field.get("type") not in (None, name, *outer):
            yield from _asked(spec, field["type"], (*outer, name))

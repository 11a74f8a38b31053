# SPDX-License-Identifier: MIT
"""Fields: their values and bits, the lengths of arrays, members of unions, directions."""

import itertools
from collections.abc import Iterator

from vwr.check.common import field_lists, fields, find_twice, value_groups
from vwr.spec.exchanges import named_groups
from vwr.spec.condition import said as condition_of
from vwr.spec.load import NodePath, Row, SpecFile, Tree
from vwr.spec.problems import did_you_mean
from vwr.spec.shapes import OPEN_COUNTS, WIDTHS, counted, inside, items, names_of, structs, values_of


def groups(tree: Tree, spec: SpecFile) -> None:
    """Enums and flags: unique values, references to existing groups, and values that fit."""
    for path, _ in value_groups(spec):
        listed = items(spec, *path, "values") + items(spec, *path, "rows")
        numbers = [(at + ("value",), item["value"], item["value"]) for at, item in listed if "value" in item]
        find_twice(tree, spec, numbers, "VWR-C057", "value")
    for path, field in fields(spec):
        width = 8 * WIDTHS[field["type"]] if field.get("type") in WIDTHS else None
        _check_reference(tree, spec, path, field, width)
        for bit_path, bit in items(spec, *path, "bits"):
            _check_reference(tree, spec, bit_path, bit, bit["width"])
    for path, _ in items(spec, "registers"):
        for bit_path, bit in items(spec, *path, "bits"):
            _check_reference(tree, spec, bit_path, bit, bit["width"])
    _check_bit_names(tree, spec)


def group_values(spec: SpecFile, key: str) -> dict[str, list[Row]]:
    """name -> values of the groups that `enum`, `mask-of` or `flags` may name."""
    kinds = ("flags",) if key == "flags" else ("enums",)
    found = {item["name"]: item["values"] for kind in kinds for _, item in items(spec, kind)}
    if key == "enum":
        found.update({group["name"]: values_of(group) for _, group in named_groups(spec)})
    return found


def _check_reference(tree: Tree, spec: SpecFile, path: NodePath, item: Row, width: int | None) -> None:
    for key in ("enum", "flags", "mask-of"):
        if key not in item:
            continue
        known = group_values(spec, key)
        said = item[key] if isinstance(item[key], list) else [item[key]]
        gone = next((name for name in said if name not in known), None)
        if gone is not None:
            tree.error(
                spec,
                path + (key,),
                f"unknown enum '{gone}' in 'mask-of'" if key == "mask-of" else f"unknown {key} '{gone}'",
                "VWR-C056",
                did_you_mean(gone, known, "known flags" if key == "flags" else "known enums"),
            )
            continue
        bits_of = (lambda value: 1 << value["value"]) if key == "mask-of" else lambda value: value["value"]
        wide = next(
            (value for name in said for value in known[name] if width and bits_of(value) >> width), None
        )
        if wide:
            number = spec.written(_place_of(spec, wide), wide["value"])
            what = f"bit {number}" if key == "mask-of" else number
            tree.error(
                spec, path + (key,), f"{wide['name']} is {what}, but the field has {width} bits", "VWR-C058"
            )


def _place_of(spec: SpecFile, value: Row) -> NodePath:
    """The path of the number of a value in a group of the file."""
    rows = [
        row for path, _ in value_groups(spec) for key in ("values", "rows") for row in items(spec, *path, key)
    ]
    return next((path + ("value",) for path, one in rows if one is value), ())


def _check_bit_names(tree: Tree, spec: SpecFile) -> None:
    """
    Bit numbers in the flags of a message have names that end in _BIT, because readers would otherwise take
    them for masks. Exempt are groups that some field holds as a number, and groups that only the
    configuration uses.
    """
    said = {
        key: {
            name
            for path, field in fields(spec)
            if path[0] != "config" or key == "enum"
            for name in names_of(field.get(key, []))
        }
        for key in ("enum", "mask-of")
    }
    for path, group in items(spec, "enums"):
        if group["name"] not in said["mask-of"] - said["enum"] or f"_{group.get('prefix', '')}".endswith(
            "_F"
        ):
            continue
        for value_path, value in items(spec, *path, "values"):
            if not value["name"].endswith("_BIT"):
                tree.error(
                    spec,
                    value_path + ("name",),
                    f"'{value['name']}' is a bit number, but its name suggests a mask",
                    "VWR-C059",
                    f"use the name {value['name']}_BIT and add document: with the specification's name, or use a prefix ending in _F",
                )


def lengths(tree: Tree, spec: SpecFile) -> None:
    """An array's length is in an earlier field of its struct, or in the configuration."""
    config = spec.data.get("config", {}).get("fields", [])
    for path, field in fields(spec):
        count = field.get("count")
        if not isinstance(count, str) or count in OPEN_COUNTS:
            continue
        count = counted(count)[0]
        if count.startswith("config."):
            names, what = {item["name"]: item for item in config}, "a numeric config field"
            found = names.get(count.removeprefix("config."))
        else:
            names, what = before(spec, path), "an earlier numeric field"
            found = field_by_path(spec, names, count)
        if found is None or found.get("type") not in WIDTHS:
            tree.error(
                spec,
                path + ("count",),
                f"'count' must name {what}, not '{count}'",
                "VWR-C063",
                did_you_mean(count.removeprefix("config."), names, "known fields"),
            )


def before(spec: SpecFile, path: NodePath) -> dict[str, Row]:
    """The fields before this one, by name."""
    listed: list[Row] = spec.at(path[:-1])
    return {
        item["name"]: item for item in itertools.takewhile(lambda item: item is not spec.at(path), listed)
    }


def field_by_path(spec: SpecFile, names: dict[str, Row], path: str) -> Row | None:
    """The field at a path with dots, from a list of fields by name, or None."""
    known = structs(spec)
    first, _, rest = path.partition(".")
    field = names.get(first)
    if not rest or field is None:
        return field
    inner = known[field["type"]][1]["fields"] if field.get("type") in known else field.get("fields", [])
    return field_by_path(spec, {item["name"]: item for item in inner}, rest)


def directions(tree: Tree, spec: SpecFile) -> None:
    """
    R, W and RW only in registers and configuration; `in` only in requests, at the end; `absent` only in the
    configuration.
    """
    for path, listed in field_lists(spec):
        registers = path[0] == "config" or spec.at(path[:-1]).get("registers", False)
        seen = ""
        for here, field in inside(path, listed):
            said, condition = field.get("dir"), condition_of(field)
            if said is not None and (said == "in") == registers:
                allowed = "R, W, RW" if registers else "in"
                tree.error(
                    spec,
                    here + ("dir",),
                    f"direction '{said}' is not allowed here",
                    "VWR-C062",
                    f"allowed: {allowed}",
                )
            if seen and said != "in" and len(here) == len(path) + 1 and not registers:
                tree.error(
                    spec,
                    here,
                    f"the driver writes '{field['name']}', but it follows '{seen}', which the device writes",
                    "VWR-C062",
                    "add dir: in, or move the field before all fields that the device writes",
                )
            seen = field["name"] if said == "in" and len(here) == len(path) + 1 else seen
            _check_inside(tree, spec, here, field)
            for key in _ONLY_IN_CONFIGURATION:
                if key in field and path[0] != "config" and not (key in ("absent", "range") and registers):
                    tree.error(
                        spec,
                        here + (key,),
                        f"'{key}' is allowed only in the configuration",
                        "VWR-C062",
                        _ONLY_IN_CONFIGURATION[key],
                    )
            for index, fact in enumerate(condition.all_facts() if path[0] != "config" else ()):
                if fact in condition.facts("name", so=False):
                    tree.error(
                        spec,
                        here + ("if", index),
                        f"'not {fact.name}' is allowed only in the configuration",
                        "VWR-C062",
                        "only fields of `config` may depend on the absence of a feature",
                    )
            if path[0] == "config":
                _check_range(tree, spec, here, field)
                if "readable" in field and not condition.choice:
                    tree.error(
                        spec,
                        here + ("readable",),
                        "'readable' is allowed only for a field that depends on a feature",
                        "VWR-C105",
                        "add if: FEATURE, or remove readable:",
                    )
                if "for-device" in field and field.get("dir") != "RW":
                    tree.error(
                        spec,
                        here + ("for-device",),
                        "'for-device' is allowed only for a field that a driver may read and write",
                        "VWR-C062",
                        "use dir: RW, or remove for-device:",
                    )
            if (
                said := next(
                    (
                        key
                        for key, row in (("writable", field), ("legacy", field.get("legacy", {})))
                        if row.get("writable") == "offered"
                    ),
                    "",
                )
            ) and (not condition.choice or "W" not in field.get("dir", "")):
                tree.error(
                    spec,
                    here + (said,),
                    "'writable: offered' is allowed only for a writable field that depends on a feature",
                    "VWR-C062",
                    "use dir: W or RW and add if: FEATURE, or remove 'writable: offered'",
                )


def _check_range(tree: Tree, spec: SpecFile, path: NodePath, field: Row) -> None:
    """The limits of a number in the configuration fit its type."""
    said = field.get("range", {})
    shown = lambda key: spec.written(path + ("range", key), said[key])
    if said.get("min", 0) > said.get("max", said.get("min", 0)):
        tree.error(
            spec,
            path + ("range", "min"),
            f"min {shown('min')} is greater than max {shown('max')}",
            "VWR-C058",
        )
    width = 8 * WIDTHS.get(field.get("type", ""), 8)
    for key in ("min", "max"):
        if said.get(key, 0) >> width:
            tree.error(spec, path + ("range", key), f"{shown(key)} does not fit in {width} bits", "VWR-C058")
    known = group_values(spec, "enum").get(field["enum"]) if isinstance(field.get("enum"), str) else None
    if said and known and not any(_is_within(said, value["value"]) for value in known):
        what = f"no value of '{field['enum']}' is in this range"
        tree.error(
            spec, path + ("range",), what, "VWR-C058", "remove the range, because the enum lists the values"
        )
    for place, value in _absent_values(field):
        number = spec.written(path + place, value)
        if value >> width:
            tree.error(spec, path + place, f"{number} does not fit in {width} bits", "VWR-C058")
        elif not _is_within(said, value):
            limits = " ".join(f"{key} {shown(key)}" for key in ("min", "max") if key in said)
            tree.error(
                spec, path + place, f"{number} is outside the range of the field: {limits}", "VWR-C058"
            )
        elif known and all(value != one["value"] for one in known):
            listed = ", ".join(f"{one['name']} {one['value']}" for one in known)
            tree.error(
                spec,
                path + place,
                f"{number} is not a value of '{field['enum']}'",
                "VWR-C058",
                f"known values: {listed}",
            )


def _is_within(said: Row, value: int) -> bool:
    return said.get("min", value) <= value <= said.get("max", value)


def _absent_values(field: Row) -> Iterator[tuple[NodePath, int]]:
    """What a driver reads if the field does not exist: (place, number) of each."""
    absent = field.get("absent")
    if isinstance(absent, int):
        yield ("absent",), absent
    for index, row in enumerate(absent if isinstance(absent, list) else ()):
        yield ("absent", index, "value"), row["value"]


def _check_inside(tree: Tree, spec: SpecFile, path: NodePath, field: Row) -> None:
    """Keys that name fields inside the struct that a field is."""
    if not {"absent", "writable"} & field.keys():
        return
    names = {
        item["name"]: None
        for item in structs(spec).get(field.get("type", ""), ((), {"fields": []}))[1]["fields"]
    }
    absent = field.get("absent")
    if isinstance(absent, list) and [bool(condition_of(row)) for row in absent] != [True, False]:
        tree.error(
            spec,
            path + ("absent",),
            "'absent' must have two rows, the first with 'if' and the second without",
            "VWR-C062",
            "the first row applies with a feature, the second in all other cases",
        )
    named: list[tuple[tuple[str | int, ...], str]] = [
        (("absent", name), name) for name in (absent if isinstance(absent, dict) else ())
    ]
    named += [
        (("writable", index), name)
        for index, name in enumerate(field.get("writable", []))
        if isinstance(field["writable"], list)
    ]
    for place, name in named:
        if name not in names:
            tree.error(
                spec,
                path + place,
                f"'{field['name']}' has no field '{name}'",
                "VWR-C062",
                did_you_mean(name, names, "known fields"),
                key=place[0] == "absent",
            )


_ONLY_IN_CONFIGURATION = {
    "range": "only fields of `config` can have a range",
    "readable": "only fields of `config` are read before the features are negotiated",
    "absent": "only fields of `config` have getters that return this value",
    "valid": "only fields of `config` have a value that a driver reads",
    "for-device": "only fields of `config` have a value that a driver reads",
    "legacy": "only fields of `config` can differ between the legacy and the modern interface",
}


def bits(tree: Tree, spec: SpecFile) -> None:
    """Named bits of a field or register lie inside it and do not overlap."""
    holders = [(path, 8 * WIDTHS.get(field.get("type", ""), 0)) for path, field in fields(spec)]
    for path, register in items(spec, "registers"):
        holders.append(
            (path, spec.data["width"] * (len(register["at"]) if isinstance(register["at"], list) else 1))
        )
    for path, width in holders:
        taken: dict[int, NodePath] = {}
        for bit_path, bit in items(spec, *path, "bits"):
            top = bit["shift"] + bit["width"]
            if top > width:
                tree.error(
                    spec,
                    bit_path,
                    (
                        f"bits {bit['shift']} to {top - 1} do not fit in a {width}-bit field"
                        if width
                        else "a field that is a struct cannot have bits"
                    ),
                    "VWR-C061",
                    f"shift + width must be at most {width}" if width else "remove bits:",
                )
                continue
            clash = next((taken[number] for number in range(bit["shift"], top) if number in taken), None)
            if clash:
                tree.error(
                    spec,
                    bit_path,
                    f"'{bit['name']}' overlaps '{spec.at(clash)['name']}'",
                    "VWR-C060",
                    None,
                    [spec.note(clash, "the other bits are defined here")],
                )
            taken.update((number, bit_path) for number in range(bit["shift"], top))

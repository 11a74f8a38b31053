# SPDX-License-Identifier: MIT
"""Features and device ids: unique numbers in their ranges, and names that are defined."""

from vwr.check.common import core, cycles, features, find_twice, value_groups
from vwr.spec.condition import VALUE, Fact, said
from vwr.spec.disk import is_own
from vwr.spec.load import NodePath, Row, SpecFile, Tree
from vwr.spec.problems import did_you_mean
from vwr.spec.shapes import items, structs


def bits(tree: Tree, spec: SpecFile) -> None:
    """Each bit is unique, and in the range that the specification reserves for this kind of feature."""
    find_twice(
        tree,
        spec,
        [(path + ("bit",), item["bit"], item["bit"]) for path, item in features(spec)],
        "VWR-C010",
        "feature bit",
    )
    reserved = core(tree, "features")
    if reserved is None:
        return
    ranges = reserved.data["range"]["device" if spec.kind == "device" else "reserved"]
    if spec.kind == "features":
        # The specification lists bit 41 in the range of device types but assigns it to ADMIN_VQ, so holes
        # between ranges are accepted.
        ranges = [[min(low for low, _ in ranges), max(high for _, high in ranges)]]
    for path, item in features(spec):
        if not any(low <= item["bit"] <= high for low, high in ranges):
            shown = ", ".join(str(low) if low == high else f"{low} to {high}" for low, high in ranges)
            tree.error(
                spec,
                path + ("bit",),
                f"feature bit {spec.written(path + ('bit',), item['bit'])} is out of range for a {spec.kind.rstrip('s')} file",
                "VWR-C011",
                f"allowed bits: {shown}",
                [reserved.note(("range",), "the ranges are defined here", key=True)],
            )


def requires(tree: Tree, spec: SpecFile) -> None:
    """No feature requires itself, directly or in a cycle."""
    edges = {}
    for path, item in features(spec):
        rule = said(item, "requires")
        edges[item["name"]] = [names[0] for names in rule.rules() if len(names) == 1]
        for index, fact in enumerate(rule.all_facts()):
            if fact.name == item["name"]:
                tree.error(
                    spec, path + ("requires", index), f"feature '{fact.name}' requires itself", "VWR-C013"
                )
    paths = {item["name"]: path for path, item in features(spec)}
    for loop in cycles({name: [other for other in after if other != name] for name, after in edges.items()}):
        notes = [
            spec.note(paths[name] + ("requires",), f"'{name}' requires '{after}'")
            for name, after in zip(loop[1:], loop[2:] + loop[:1])
        ]
        tree.error(
            spec,
            paths[loop[0]] + ("requires",),
            f"feature '{loop[0]}' requires itself through {' and '.join(map(repr, loop[1:]))}",
            "VWR-C014",
            None,
            notes,
        )


def conflicts(tree: Tree, spec: SpecFile) -> None:
    """A conflict has at least two terms, and they exist."""
    for path, row in items(spec, "features", "conflicts"):
        if len(said(row).all_facts()) < 2:
            tree.error(
                spec,
                path + ("if",),
                "a conflict needs at least two terms",
                "VWR-C103",
                "write 'A and B' or 'A and FIELD == VALUE'",
            )
        check_values(tree, spec, path, row)


def check_values(tree: Tree, spec: SpecFile, path: NodePath, row: Row) -> None:
    """Each value in the condition of a row is a value of its configuration field."""
    for index, fact in enumerate(said(row).all_facts()):
        if fact.kind == "value":
            _check_value(tree, spec, (*path, "if", index), fact)


def _check_value(tree: Tree, spec: SpecFile, path: NodePath, fact: Fact) -> None:
    """The configuration has the field, and its group has the value."""
    name, _, inner = fact.name.partition(".")
    found = {row["name"]: row for row in spec.data.get("config", {}).get("fields", [])}
    if inner:
        own = structs(spec).get(found.get(name, {}).get("type", ""), ((), {"fields": []}))[1]["fields"]
        name, found = inner, {row["name"]: row for row in own}
    field = found.get(name, {})
    values = [
        value["name"]
        for _, group in value_groups(spec)
        if group["name"] == field.get("enum")
        for value in group.get("values", [])
    ]
    if not values:
        tree.error(
            spec,
            path,
            f"'{fact.name}' is not a config field with named values",
            "VWR-C104",
            did_you_mean(name, found, "known fields"),
        )
    elif fact.value not in values:
        tree.error(
            spec,
            (*path, VALUE),
            f"'{fact.name}' has no value '{fact.value}'",
            "VWR-C104",
            did_you_mean(fact.value, values, "known values"),
        )


def ids(tree: Tree, spec: SpecFile) -> None:
    """A number identifies at most one device."""
    listed = items(spec, "ids")
    find_twice(
        tree,
        spec,
        [(path + ("id",), item["id"], item["id"]) for path, item in listed],
        "VWR-C020",
        "device id",
    )
    find_twice(
        tree,
        spec,
        [
            (path + ("transitional-pci",), item["transitional-pci"], item["transitional-pci"])
            for path, item in listed
            if "transitional-pci" in item
        ],
        "VWR-C024",
        "PCI id",
    )
    taken = {item["id"]: path + ("id",) for path, item in listed}
    for key in ("reserved", "unassigned"):
        for path, number in items(spec, key):
            if number in taken:
                tree.error(
                    spec,
                    path,
                    f"id {spec.written(path, number)} is both {key} and assigned to a device",
                    "VWR-C021",
                    None,
                    [spec.note(taken[number], "the id is assigned here")],
                )
            taken[number] = path


def _id_hint(spec: SpecFile, name: str, known: dict[str, int]) -> str:
    if not is_own(spec.path):
        return did_you_mean(name, known, "known devices")
    return f"{did_you_mean(name, known, None)} for your own device, a number that is not used there".lstrip()


def device_ids(tree: Tree) -> None:
    """Each device file has a unique id: a name of ids.yaml, or a number that is not in use there."""
    known = core(tree, "ids")
    numbers = {item["name"]: item["id"] for _, item in items(known, "ids")} if known else {}
    first: dict[str | int, SpecFile] = {}
    for spec in tree.by_kind("device"):
        if not spec.valid:
            continue
        name = spec.data["id"]
        if known and name in numbers.values():
            given = next(one for one, number in numbers.items() if number == name)
            tree.error(
                spec,
                ("id",),
                f"'id' must be the name {given}, not its number {spec.written(('id',), int(name))}",
                "VWR-C022",
                f"write id: {given}",
            )
        elif known and isinstance(name, str) and name not in numbers:
            tree.error(
                spec,
                ("id",),
                f"{known.path} has no device '{name}'",
                "VWR-C022",
                _id_hint(spec, name, numbers),
            )
        elif name in first:
            tree.error(
                spec,
                ("id",),
                f"another file already describes device '{name}'",
                "VWR-C023",
                None,
                [first[name].note(("id",), "the other description")],
            )
        first.setdefault(name, spec)

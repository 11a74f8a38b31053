# SPDX-License-Identifier: MIT
"""Features and device ids: numbers once and in their ranges, and names that somebody has defined."""

from vwr.check.common import core, cycles, features, find_twice, known_features, value_groups, walk
from vwr.spec.load import NodePath, Row, SpecFile, Tree
from vwr.spec.problems import did_you_mean
from vwr.spec.shapes import items, structs


def bits(tree: Tree, spec: SpecFile) -> None:
    """Each bit once, and in the range that the specification keeps for such a feature."""
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
    ranges = reserved.data["ranges"]["device" if spec.kind == "device" else "reserved"]
    if spec.kind == "features":
        # The specification counts bit 41 among the devices' and yet gives it to ADMIN_VQ: holes between ranges are taken.
        ranges = [[min(low for low, _ in ranges), max(high for _, high in ranges)]]
    for path, item in features(spec):
        if not any(low <= item["bit"] <= high for low, high in ranges):
            shown = ", ".join(str(low) if low == high else f"{low} to {high}" for low, high in ranges)
            tree.error(
                spec,
                path + ("bit",),
                f"bit {item['bit']} is not for a {spec.kind.rstrip('s')} file to give",
                "VWR-C011",
                f"its ranges: {shown}",
                [reserved.note(("ranges",), "ranges", key=True)],
            )


def requires(tree: Tree, spec: SpecFile) -> None:
    """`requires` and `offer-with` name features that are there, and make no circle."""
    known = known_features(tree, spec)
    edges = {}
    for path, item in features(spec):
        edges[item["name"]] = [rule for rule in item.get("requires", []) if isinstance(rule, str)]
        for key in ("requires", "offer-with"):
            _check_rule(tree, spec, path + (key,), item, known)
    for inner, name in walk(spec.data.get("features", {}).get("needs", [])) if spec.kind == "device" else ():
        if isinstance(name, str) and known is not None and name not in known:
            tree.error(
                spec,
                ("features", "needs", *inner),
                f"unknown feature '{name}'",
                "VWR-C012",
                _feature_hint(spec, name, known),
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
            f"requires itself by way of {_listed(loop[1:])}",
            "VWR-C014",
            None,
            notes,
        )


def conflicts(tree: Tree, spec: SpecFile) -> None:
    """What must not be at once is there, and is something."""
    known = known_features(tree, spec)
    for path, row in items(spec, "features", "conflicts"):
        for key in ("features", "without"):
            for index, name in enumerate(row.get(key, [])):
                if known is not None and name not in known:
                    tree.error(
                        spec,
                        (*path, key, index),
                        f"unknown feature '{name}'",
                        "VWR-C012",
                        _feature_hint(spec, name, known),
                    )
        if len(row.get("features", [])) + len(row.get("without", [])) + len(row.get("when", {})) < 2:
            tree.error(
                spec, path, "nothing that it conflicts with", "VWR-C103", "two features, or one and `when`"
            )
        if "when" in row:
            check_condition(tree, spec, (*path, "when"), row["when"])


def check_condition(tree: Tree, spec: SpecFile, path: NodePath, when: Row) -> None:
    """The field is in the configuration, and its group has the value."""
    name, _, inner = when["field"].partition(".")
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
            (*path, "field"),
            f"no config field '{when['field']}' that has a group of values",
            "VWR-C104",
            did_you_mean(name, found, "fields"),
        )
    elif when["value"] not in values:
        tree.error(
            spec,
            (*path, "value"),
            f"'{when['field']}' has no value '{when['value']}'",
            "VWR-C104",
            did_you_mean(when["value"], values, "values"),
        )


def _check_rule(tree: Tree, spec: SpecFile, path: NodePath, item: Row, known: list[str] | None) -> None:
    for inner, name in walk(item.get(str(path[-1]), [])):
        if not isinstance(name, str):
            continue
        if name == item["name"]:
            tree.error(spec, path + inner, f"'{name}' is the feature itself", "VWR-C013")
        elif known is not None and name not in known:
            tree.error(
                spec, path + inner, f"unknown feature '{name}'", "VWR-C012", _feature_hint(spec, name, known)
            )


def gates(tree: Tree, spec: SpecFile) -> None:
    """Each `if`, `also` and `refused-by` names features of this file or reserved ones."""
    known = known_features(tree, spec)
    if known is None:
        return
    for path, name in walk(spec.data):
        gate = (
            "if" in path[-3:] or "if-not" in path[-3:] or path[-1:] == ("also",)
        )  # a name, a list of names, a list of lists
        if isinstance(name, str) and (gate or path[-1:] == ("refused-by",)) and name not in known:
            tree.error(
                spec,
                path,
                f"unknown feature '{name}'",
                "VWR-C015" if gate else "VWR-C016",
                _feature_hint(spec, name, known),
            )


def _feature_hint(spec: SpecFile, name: str, known: list[str]) -> str:
    """The nearest of all features, and a list of the file's own: the reserved ones would fill the line."""
    own = [feature["name"] for _, feature in features(spec)]
    listed = did_you_mean("", own, "features here") if own else "it is no reserved feature"
    also = "; or a reserved one" if own and spec.kind != "features" else ""
    return f"{did_you_mean(name, known, None)} {listed}{also}".lstrip()


def ids(tree: Tree, spec: SpecFile) -> None:
    """A number means one device, or none."""
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
            (path + ("transitional-pci",), item["transitional-pci"], hex(item["transitional-pci"]))
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
                    f"id {number} is {key}, and given to a device",
                    "VWR-C021",
                    None,
                    [spec.note(taken[number], "given here")],
                )
            taken[number] = path


def device_ids(tree: Tree) -> None:
    """Each device file has an id of ids.yaml, or a number that is none of these; and its own."""
    known = core(tree, "ids")
    numbers = {item["name"]: item["id"] for _, item in items(known, "ids")} if known else {}
    first: dict[str | int, SpecFile] = {}
    for spec in tree.by_kind("device"):
        if not spec.valid:
            continue
        name = spec.data["id"]
        if known and name in numbers.values():
            given = next(one for one, number in numbers.items() if number == name)
            tree.error(spec, ("id",), f"{name} is the number of {given}", "VWR-C022", f"id: {given}")
        elif known and isinstance(name, str) and name not in numbers:
            tree.error(
                spec,
                ("id",),
                f"no device '{name}' in {known.path}",
                "VWR-C022",
                did_you_mean(name, numbers, "devices"),
            )
        elif name in first:
            tree.error(
                spec,
                ("id",),
                f"device '{name}' has a file already",
                "VWR-C023",
                None,
                [first[name].note(("id",), "here")],
            )
        first.setdefault(name, spec)


def _listed(names: list[str]) -> str:
    return " and ".join(f"'{name}'" for name in names)

# SPDX-License-Identifier: MIT
"""Queues of a device: each index once, and each count in the configuration."""

from vwr.check.common import find_twice
from vwr.spec.load import NodePath, Row, SpecFile, Tree
from vwr.spec.problems import did_you_mean
from vwr.spec.shapes import at, counted, items, structs

LAST = 0xFFFF  # queues have 16 bits


def queues(tree: Tree, spec: SpecFile) -> None:
    """Each index once; the field that counts queues is in the configuration."""
    listed = items(spec, "queues")
    find_twice(
        tree,
        spec,
        [(path + ("index",), item["index"], item["index"]) for path, item in listed if "index" in item],
        "VWR-C076",
        "queue index",
    )
    for path, item in listed:
        if isinstance(item.get("count"), dict):
            check_config_field(
                tree, spec, path + ("count", "field"), "VWR-C075", counted(item["count"]["field"])[0]
            )
        places = {other["name"]: None for _, other in listed if "index" in other}
        if item.get("behind", next(iter(places), None)) not in places and "behind" in item:
            tree.error(
                spec,
                path + ("behind",),
                f"no queue '{item['behind']}' with an index",
                "VWR-C077",
                did_you_mean(item["behind"], places, "queues"),
            )
    find_twice(
        tree,
        spec,
        [
            (path + ("behind",), item["behind"], f"behind '{item['behind']}'")
            for path, item in listed
            if "behind" in item
        ],
        "VWR-C076",
        "queue",
    )
    if not tree.problems.in_file(spec.path):  # what an unknown name leads to is no mistake of its own
        _apart(tree, spec)


def _apart(tree: Tree, spec: SpecFile) -> None:
    """No queue has a number that another of several has; how many of a kind a field counts is not known."""
    listed = [(path, item) for path, item in items(spec, "queues") if "index" in item]
    for place, (path, item) in enumerate(listed):
        for other_path, other in listed[:place]:
            few, more = sorted((_numbers(item), _numbers(other)), key=len)
            found = next((number for number in few if number in more), None)
            if found is not None and item["index"] != other["index"]:
                _same_number(tree, spec, path + ("index",), found, other_path, other)
    for path, item in items(spec, "queues"):
        before = next((other for _, other in listed if other["name"] == item.get("behind")), None)
        if before is None:
            continue
        counts: list[int | None] = [1, 2, 3] if isinstance(before.get("count"), dict) else [None]
        for many in counts:
            found = _numbers(before, many)[-1] + 1
            fields = lambda row: at(row, "count", "field")
            taken = next(
                (
                    (other_path, other)
                    for other_path, other in listed
                    if found in _numbers(other, many if fields(other) == fields(before) else None)
                ),
                None,
            )
            if taken:
                _same_number(tree, spec, path + ("behind",), found, *taken)
                break


def _numbers(item: Row, many: int | None = None) -> range:
    """Those of a kind: as many as a field counts is up to the last there is, if it is not said how `many`."""
    first, stride = item["index"], item.get("stride", 1)
    count = many or (None if isinstance(item.get("count"), dict) else item.get("count", 1))
    return range(first, first + stride * count if count else LAST + 1, stride)


def _same_number(
    tree: Tree, spec: SpecFile, path: NodePath, number: int, other_path: NodePath, other: Row
) -> None:
    notes = [spec.note(other_path + ("index",), "defined here")]
    tree.error(
        spec,
        path,
        f"queue {number} already belongs to '{other['name']}'",
        "VWR-C076",
        "use another index",
        notes,
    )


def check_config_field(tree: Tree, spec: SpecFile, path: NodePath, check_id: str, said: str) -> None:
    """`said` names a configuration field; with a dot, one of a struct in it (zoned.max_append_sectors)."""
    known = structs(spec)
    fields = spec.data.get("config", {}).get("fields", [])
    for word in said.split("."):
        names = {field["name"]: field.get("type") for field in fields}
        if word not in names:
            tree.error(
                spec, path, f"unknown config field '{said}'", check_id, did_you_mean(word, names, "fields")
            )
            return
        fields = known[names[word]][1]["fields"] if names[word] in known else []

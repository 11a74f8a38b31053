# SPDX-License-Identifier: MIT
"""Queues of a device: unique indices, and counts in the configuration."""

from vwr.check.common import find_twice
from vwr.spec.load import NodePath, Row, SpecFile, Tree
from vwr.spec.problems import did_you_mean
from vwr.spec.queues import between, followed
from vwr.spec.shapes import at, counted, items, structs

LAST = 0xFFFF  # a queue index has 16 bits


def queues(tree: Tree, spec: SpecFile) -> None:
    """Each index is unique, and the field that counts queues is in the configuration."""
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
        if "behind" in item:
            _behind(tree, spec, path, item)
    find_twice(
        tree,
        spec,
        [
            (path + ("behind",), item["behind"], f"'{item['behind']}'")
            for path, item in listed
            if "behind" in item
        ],
        "VWR-C076",
        "queue",
        "another {what} already follows {shown}",
    )
    if not tree.problems.in_file(spec.path):  # a consequence of an unknown name is not reported
        _apart(tree, spec)


def _behind(tree: Tree, spec: SpecFile, path: NodePath, item: Row) -> None:
    """
    A chain of `behind` ends at a queue with an index. Only that queue may have its count in a configuration
    field.
    """
    named = {other["name"]: other for _, other in items(spec, "queues")}
    way, said = followed(named, item), item["behind"]
    if said not in named:
        why, hint = f"unknown queue '{said}'", did_you_mean(said, dict.fromkeys(named), "known queues")
    elif not way:
        why, hint = (
            f"no queue in the 'behind' chain of '{item['name']}' has an index",
            "give one of them an index",
        )
    elif varies := next((row["name"] for row in way[:-1] if isinstance(row.get("count"), dict)), None):
        why, hint = (
            f"another queue cannot follow '{varies}', which has a variable count and no index",
            f"give '{varies}' an index",
        )
    else:
        return
    tree.error(spec, path + ("behind",), why, "VWR-C077", hint)


def _apart(tree: Tree, spec: SpecFile) -> None:
    """
    No queue has the index of one of several others. The count of a kind in a configuration field is not
    known.
    """
    listed = [(path, item) for path, item in items(spec, "queues") if "index" in item]
    for place, (path, item) in enumerate(listed):
        for other_path, other in listed[:place]:
            few, more = sorted((_numbers(item), _numbers(other)), key=len)
            found = next((number for number in few if number in more), None)
            if found is not None and item["index"] != other["index"]:
                _same_number(tree, spec, path + ("index",), found, other_path, other)
    named = {other["name"]: other for _, other in items(spec, "queues")}
    for path, item in items(spec, "queues"):
        if "behind" not in item:
            continue
        way = followed(named, item)
        before = way[-1]
        counts: list[int | None] = [1, 2, 3] if isinstance(before.get("count"), dict) else [None]
        for many in counts:
            found = _numbers(before, many)[-1] + 1 + between(way)
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
    """
    The indices of a kind: `many` of them, or as many as `count` says; if a configuration field counts them,
    up to the last possible index.
    """
    first, stride = item["index"], item.get("stride", 1)
    count = many or (None if isinstance(item.get("count"), dict) else item.get("count", 1))
    return range(first, first + stride * count if count else LAST + 1, stride)


def _same_number(
    tree: Tree, spec: SpecFile, path: NodePath, number: int, other_path: NodePath, other: Row
) -> None:
    notes = [spec.note(other_path + ("index",), "that queue is defined here")]
    tree.error(
        spec,
        path,
        f"queue index {number} already belongs to '{other['name']}'",
        "VWR-C076",
        "use another index",
        notes,
    )


def check_config_field(tree: Tree, spec: SpecFile, path: NodePath, check_id: str, said: str) -> None:
    """
    `said` names a configuration field; with a dot, a field of a struct in it (zoned.max_append_sectors).
    """
    known = structs(spec)
    fields = spec.data.get("config", {}).get("fields", [])
    for word in said.split("."):
        names = {field["name"]: field.get("type") for field in fields}
        if word not in names:
            tree.error(
                spec,
                path,
                f"unknown config field '{said}'",
                check_id,
                did_you_mean(word, names, "known fields"),
            )
            return
        fields = known[names[word]][1]["fields"] if names[word] in known else []

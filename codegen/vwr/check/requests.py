# SPDX-License-Identifier: MIT
"""Queues and requests of a device: each reference names something of this file."""

from typing import Any

from vwr.check.common import find_twice, value_groups
from vwr.spec.load import NodePath, Row, SpecFile, Tree
from vwr.spec.problems import did_you_mean
from vwr.spec.shapes import WIDTHS, items, structs, value_names


def queues(tree: Tree, spec: SpecFile) -> None:
    """Each index once; the field that counts queues is in the configuration."""
    listed = items(spec, "queues")
    find_twice(tree, spec, [(path + ("index",), item["index"], item["index"]) for path, item in listed
                                if "index" in item], "VWR-C076",
               "queue index")
    for path, item in listed:
        if "count-by" in item:
            _check_config_field(tree, spec, path + ("count-by", "field"), "VWR-C075")
        places = {other["name"]: None for _, other in listed if "index" in other}
        if item.get("behind", next(iter(places), None)) not in places and "behind" in item:
            tree.error(spec, path + ("behind",), f"no queue '{item['behind']}' with an index", "VWR-C077",
                       did_you_mean(item["behind"], places, "queues"))


def commands(tree: Tree, spec: SpecFile) -> None:
    """Each command names structs, a queue, a class and an answer that the file has."""
    types: dict[str, Any] = {**structs(spec), **WIDTHS}
    queue_names = {item["name"]: None for _, item in items(spec, "queues")}
    values = value_names(group for _, group in value_groups(spec))
    for path, group in items(spec, "commands"):
        _check_name(tree, spec, path, group, "queue", queue_names)
        _check_name(tree, spec, path, group, "class", values)
        for here, command in items(spec, *path, "values"):
            for key in ("answer", "response"):
                _check_name(tree, spec, here, command, key, values)
            for key in ("out", "in"):
                _check_name(tree, spec, here, command, key, types)
                if f"{key}-many" in command and key not in command:
                    tree.error(spec, here + (f"{key}-many",), f"'{key}-many' without '{key}'", "VWR-C078",
                               f"{key}: what comes any number of times")


def _check_name(tree: Tree, spec: SpecFile, path: NodePath, item: Row, key: str, known: Row) -> None:
    """The name, or the names, of something that is there."""
    said = item.get(key, [])
    listed = [said] if isinstance(said, str) else said
    for index, name in enumerate(listed):
        if name not in known:
            what = {"out": "struct", "in": "struct", "answer": "value", "response": "value", "class": "value"}.get(key, key)
            tree.error(spec, (*path, key) if listed is not said else (*path, key, index), f"unknown {what} '{name}'", "VWR-C078",
                       did_you_mean(name, known, f"{what}s"))


def request(tree: Tree, spec: SpecFile) -> None:
    """Queue, types, status, structs and limits of a request."""
    if "request" not in spec.data:
        return
    names = [item["name"] for _, item in items(spec, "queues")]
    queue = spec.data["request"]["queue"]
    if queue not in names:
        tree.error(spec, ("request", "queue"), f"unknown queue '{queue}'", "VWR-C074",
                   did_you_mean(queue, names, "queues"))
    for key, check_id, what in (("types", "VWR-C072", "request type"), ("status", "VWR-C073", "status")):
        find_twice(tree, spec, [(path + ("value",), item["value"], item["value"])
                                for path, item in items(spec, "request", key)], check_id, what)
    for key in ("max-segments", "max-segment-bytes"):
        if key in spec.data["request"]:
            _check_config_field(tree, spec, ("request", key), "VWR-C070")
    for path, kind in items(spec, "request", "types"):
        _check_type(tree, spec, path, kind)


def _check_type(tree: Tree, spec: SpecFile, path: NodePath, kind: Row) -> None:
    known = structs(spec)
    payload = kind.get("payload", {})
    for name_path, name in ((path + ("payload", "struct"), payload.get("struct")),
                            (path + ("in-struct",), kind.get("in-struct"))):
        if name is not None and name not in known:
            tree.error(spec, name_path, f"unknown struct '{name}'", "VWR-C071", did_you_mean(name, known, "structs"))
    if "max" in payload:
        _check_config_field(tree, spec, path + ("payload", "max"), "VWR-C070")
    for key in ("limits", "hints"):
        for what in kind.get(key, {}):
            _check_config_field(tree, spec, path + (key, what), "VWR-C070")


def _check_config_field(tree: Tree, spec: SpecFile, path: NodePath, check_id: str) -> None:
    """The text at `path` names a configuration field; with a dot, one of a struct in it (zoned.max_append_sectors)."""
    known = structs(spec)
    fields = spec.data.get("config", {}).get("fields", [])
    for word in spec.at(path).split("."):
        names = {field["name"]: field.get("type") for field in fields}
        if word not in names:
            tree.error(spec, path, f"no config field '{spec.at(path)}'", check_id,
                       did_you_mean(word, names, "fields"))
            return
        fields = known[names[word]][1]["fields"] if names[word] in known else []

# SPDX-License-Identifier: MIT
"""Every name that a file's headers declare, as its model has them, so that two that meet are reported before a compiler
sees them."""

from functools import cache, lru_cache
from typing import Any

from vwr import cname
from vwr.model.nodes.files import Model, parts_of
from vwr.model.nodes.values import Bits, IdValue, Node
from vwr.spec.load import NodePath

# Keys of a model that contain the names it declares; the `c` of an item with features to choose from names
# another item.
_NAMES = ("c", "tag", "table", "getter", "setter", "reg")
_ENDS = ("_c", "_tag", "_table")
_REFERENCES = ("by_c",)
_CHOICE = "any"
_ELSEWHERE = (
    "place",
    "nested",  # one of the structs
    "messages",  # only those through a socket declare something
    "ends",  # check/ends.py has their names
)
_PLAIN = (str, int, bool, type(None))


@lru_cache(maxsize=64)  # for the checks, and for the file's share
def c_names(model: Model) -> list[tuple[str, NodePath]]:
    """(C name, path of what it comes from), each once for a path."""
    found: list[tuple[str, NodePath]] = [(f"vwr/gen/{model.stem}.h", ("name",))]
    _walk(model, (), found, set())
    for e in (model.features, *model.enums):
        for row in e.rows if e and e.what == "bit" else ():
            found += [
                (cname.from_document(name), (*(row.place.path if row.place else ()), "aka", index))
                for index, name in enumerate(row.aka)
                if name.startswith("VIRTIO_")
            ]
    found += [
        (f"VWR_TRANSITIONAL_{row.name}", row.place.path if row.place else ())
        for e in model.enums
        for row in e.rows
        if isinstance(row, IdValue) and row.transitional
    ]
    found += [
        (name, one.place.path if one.place else ())
        for one in model.messages
        if one.through_socket
        for name in (one.table, one.count_c)
    ]
    return list(dict.fromkeys(found))


@cache
def _declares(key: str) -> bool:
    return key in _NAMES or key.endswith(_ENDS) and key not in _REFERENCES


def _walk(node: Any, path: NodePath, found: list[tuple[str, NodePath]], seen: set[int]) -> None:
    """Adds the names below a node; a node without its own path gets the path where it is found."""
    if isinstance(node, list):
        for item in node:
            if type(item) in _PLAIN:
                return  # a list has items of one kind
            _walk(item, path, found, seen)
        return
    if isinstance(node, Node) and node.place:
        if id(node) in seen:
            return
        seen.add(id(node))
        path = node.place.path
    parts = parts_of(node)
    for key, value in parts.items():
        kind = type(value)
        if kind is str:
            if value and _declares(key) and _CHOICE not in parts:
                names = (f"{value}_MASK", f"{value}_SHIFT") if isinstance(node, Bits) else (value,)
                found += [(name, path) for name in names]
        elif value and kind not in _PLAIN and key not in _ELSEWHERE:
            _walk(value, path, found, seen)

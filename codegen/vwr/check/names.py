# SPDX-License-Identifier: MIT
"""Names: unique in their lists, not reserved in C, and no two with the same C name."""

from typing import Any

from vwr import cname
from vwr.check.c_names import c_names
from vwr.check.common import fields, find_twice
from vwr.spec.load import NodePath, SpecFile, Tree

# Words that a compiler in GNU mode or a libc header defines as macros: as bad as reserved words.
_MACROS = frozenset(("linux", "unix", "i386", "errno"))
_NO_MEMBERS = cname.RESERVED_WORDS | _MACROS


def names_twice(tree: Tree, spec: SpecFile) -> None:
    """In every list of items with names, each name is unique."""
    left: list[tuple[NodePath, Any]] = [((), spec.data)]
    while left:
        path, node = left.pop()
        steps = [*(node.items() if isinstance(node, dict) else enumerate(node))]
        left += [(path + (step,), child) for step, child in steps if isinstance(child, (dict, list))]
        if isinstance(node, list):
            named = [
                (path + (index, "name"), item["name"], f"'{item['name']}'")
                for index, item in steps
                if isinstance(item, dict) and "name" in item
            ]
            find_twice(tree, spec, named, "VWR-C001", "name")


def reserved_words(tree: Tree, spec: SpecFile) -> None:
    """Fields become struct members with the same names."""
    for path, field in fields(spec):
        if field["name"] in _NO_MEMBERS:
            tree.error(
                spec,
                path + ("name",),
                f"'{field['name']}' is a reserved word in C or C++",
                "VWR-C002",
                f"rename the field to {field['name']}_",
            )


def c_names_twice(tree: Tree) -> None:
    """Over all files: different YAML names may become one name in C."""
    first: dict[str, tuple[SpecFile, NodePath]] = {}
    for spec, model in zip(tree.files, tree.models):
        for name, at in c_names(model):
            if name not in first:
                first[name] = spec, at
                continue
            path, (other, other_at) = _of_name(spec, at), first[name]
            other_path = _of_name(other, other_at)
            if other is spec and (path == other_path or _same_name_in_a_list(spec, path, other_path)):
                continue  # names_twice reports it
            tree.error(
                spec,
                path,
                f"C name {name} is already taken",
                "VWR-C003",
                "rename one of the two items",
                [other.note(other_path, f"taken by {other.path_text(other_path)}")],
            )
            if name.endswith(".h"):
                break  # two files of one name: each of their C names is taken


def _of_name(spec: SpecFile, path: NodePath) -> NodePath:
    """The position of a row's name, if it has one."""
    node = spec.at(path) if path else None
    return (*path, "name") if isinstance(node, dict) and "name" in node else path


def _same_name_in_a_list(spec: SpecFile, path: NodePath, other: NodePath) -> bool:
    """True if both paths come from items with the same name in one list."""
    for length in range(min(len(path), len(other))):
        if path[length] != other[length]:
            return isinstance(path[length], int) and spec.path_text(path) == spec.path_text(other)
    return False

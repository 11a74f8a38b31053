# SPDX-License-Identifier: MIT
"""
Helpers of several checks: the positions of features, structs and fields in a file, and the widths of types.
"""

from collections.abc import Sequence
from typing import Any

from vwr.model.nodes.values import Value
from vwr.spec.exchanges import named_groups
from vwr.spec.load import NodePath, Row, SpecFile, Tree
from vwr.spec.problems import did_you_mean
from vwr.spec.shapes import inside, items, repeated

VERSIONS = ("legacy", "modern")


def find_twice(
    tree: Tree,
    spec: SpecFile,
    found: Sequence[tuple[NodePath, Any, object]],
    check_id: str,
    what: str,
    message: str = "duplicate {what} {shown}",
) -> None:
    """
    Reports each (path, key, shown) whose key occurred before. The path is that of the value to point at.
    """
    for (path, shown), (first, _) in repeated((key, (path, shown)) for path, key, shown in found):
        notes = [spec.note(first, "first occurrence")]
        number = spec.written(path, shown) if isinstance(shown, int) else shown
        tree.error(spec, path, message.format(what=what, shown=number), check_id, None, notes)


def features(spec: SpecFile) -> list[tuple[NodePath, Row]]:
    """(path, feature) of the features that a file defines."""
    return items(spec, "features") if spec.kind == "features" else items(spec, "features", "bits")


def known_features(tree: Tree, spec: SpecFile) -> list[str] | None:
    """
    Names that a gate of this file may use: the file's own, then the reserved ones. None if those are not
    known.
    """
    own = {feature["name"]: None for _, feature in features(spec)}
    reserved = core(tree, "features")
    if reserved is None:
        return None
    return list(own | {feature["name"]: None for _, feature in features(reserved)})


def feature_hint(spec: SpecFile, name: str, known: list[str]) -> str:
    """
    The nearest of all features, and a list of the file's own features. The reserved ones would fill the line.
    """
    own = [feature["name"] for _, feature in features(spec)]
    listed = (
        did_you_mean("", own, "features of this file")
        if own
        else "use a feature from spec/core/features.yaml"
    )
    return f"{did_you_mean(name, known, None)} {listed}".lstrip()


def core(tree: Tree, kind: str) -> SpecFile | None:
    """The only file of a core kind, if it exists and is valid. Names in an invalid file cannot be checked."""
    return next((spec for spec in tree.by_kind(kind) if spec.valid), None)


def status_bits(tree: Tree) -> list[str] | None:
    """Names of the status bits, or None if they are not known."""
    status = core(tree, "status")
    return [bit["name"] for _, bit in items(status, "bits")] if status else None


def field_lists(spec: SpecFile) -> list[tuple[NodePath, list[Row]]]:
    """(path of the list, its fields) of all structs and of the configuration."""
    holders = [path for path, _ in items(spec, "structs")]
    holders += [("config",)] if "config" in spec.data else []
    lists = [path + ("fields",) for path in holders]
    return [(path, spec.at(path)) for path in lists]


def fields(spec: SpecFile) -> list[tuple[NodePath, Row]]:
    """(path, field) of all fields, including those inside unions and structs without a name."""
    return [found for path, listed in field_lists(spec) for found in inside(path, listed)]


def value_groups(spec: SpecFile) -> list[tuple[NodePath, Row]]:
    """(path, group) of all groups of named values of a file."""
    return [found for key in ("enums", "flags") for found in items(spec, key)] + named_groups(spec)


def versions(item: Row) -> set[str]:
    """The versions that contain an item."""
    return {item["only"]} if "only" in item else set(VERSIONS)


def number_of(spec: SpecFile, value: Value, number: int | None = None) -> str:
    """The number of a named value as the file writes it, or another number in the same base."""
    path = (*value.place.path, "value") if value.place else ()
    return spec.written(path, value.value if number is None else number)


def cycles(edges: dict[str, list[str]]) -> list[list[str]]:
    """The cycles of `edges` (name -> names) as lists of names, each list from its first name on."""
    left, found = dict(edges), list[list[str]]()
    while left:
        ends = [name for name, after in left.items() if not any(other in left for other in after)]
        for name in ends:
            del left[name]
        if left and not ends:
            trail, name = list[str](), next(iter(left))
            while name not in trail:
                trail.append(name)
                name = next(other for other in left[name] if other in left)
            loop = trail[trail.index(name) :]
            start = loop.index(next(name for name in left if name in loop))
            found.append(loop[start:] + loop[:start])
            for name in loop:
                del left[name]
    return found

# SPDX-License-Identifier: MIT
"""Matches fields of the header with fields of the specification."""

from collections.abc import Iterator
from typing import Any

from vwr.lint import names
from vwr.lint.book import Layout
from vwr.lint.header import Field, Struct
from vwr.lint.maps import Maps

ENOUGH = (
    2  # the minimum share of the header's or the specification's fields that must match is one in this number
)


def match(theirs: Struct, layout: Layout, maps: Maps) -> dict[str, Field]:
    """{the specification's path: the header's Field}."""
    pairs: dict[str, Field] = {}
    left = lambda: [one for one in theirs.fields if not any(one is taken for taken in pairs.values())]
    open_ = lambda: [(path, field) for path, _, field, _ in layout.leaves if path not in pairs]
    paths = {one.path: one for one in theirs.fields}
    for path, field in open_():
        above = path.removesuffix(path.rpartition(".")[2])
        called = [path, *maps.paths(layout.document, path), *(above + name for name in field.aka)]
        found = next((paths[name] for name in called if name in paths), None)
        if found is not None:
            pairs[path] = found
    for word in (lambda path: names.key(path), lambda path: names.key(path.rpartition(".")[2])):
        ours, others = _unique((word(path), path) for path, _ in open_()), _unique(
            (word(one.path), one) for one in left()
        )
        pairs.update({path: others[key] for key, path in ours.items() if key in others})
    return pairs


def _unique(rows: Iterator[Any]) -> dict[str, Any]:
    """{key: value} of the keys that occur once."""
    found: dict[str, list[Any]] = {}
    for key, value in rows:
        found.setdefault(key, []).append(value)
    return {key: values[0] for key, values in found.items() if len(values) == 1}


def is_own(theirs: Struct, layout: Layout, pairs: dict[str, Field]) -> str:
    """The reason why a struct with a name of the specification is a different one, or ''."""
    if theirs.pointer:
        return f"its field {theirs.pointer} is a pointer"
    if not pairs:
        return "none of its fields has a name of the specification"
    if len(pairs) * ENOUGH < min(len(theirs.fields), len(layout.leaves)):
        have = "has a name" if len(pairs) == 1 else "have names"
        return f"only {', '.join(pairs)} of its fields {have} of the specification"
    return ""

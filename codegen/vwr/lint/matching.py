# SPDX-License-Identifier: MIT
"""Which field of theirs is which of the specification."""

from collections.abc import Iterator
from typing import Any

from vwr.lint import names
from vwr.lint.book import Layout
from vwr.lint.header import Field, Struct
from vwr.lint.maps import Maps

ENOUGH = 2  # of their fields or of the specification's, one in so many has to be recognised


def match(theirs: Struct, layout: Layout, maps: Maps) -> dict[str, Field]:
    """{the specification's path: their Field}."""
    pairs: dict[str, Field] = {}
    left = lambda: [one for one in theirs.fields if not any(one is taken for taken in pairs.values())]
    open_ = lambda: [(path, field) for path, _, field, _ in layout.leaves if path not in pairs]
    paths = {one.path: one for one in theirs.fields}
    for path, field in open_():
        called = [path, *maps.paths(layout.document, path), *(_beside(path, name) for name in field.aka)]
        found = next((paths[name] for name in called if name in paths), None)
        if found is not None:
            pairs[path] = found
    for word in (lambda path: names.key(path), lambda path: names.key(path.rpartition(".")[2])):
        ours, others = _unique((word(path), path) for path, _ in open_()), _unique(
            (word(one.path), one) for one in left()
        )
        pairs.update({path: others[key] for key, path in ours.items() if key in others})
    return pairs


def _beside(path: str, name: str) -> str:
    """Another name of the last part of a path."""
    above, dot, _ = path.rpartition(".")
    return f"{above}{dot}{name}"


def _unique(rows: Iterator[Any]) -> dict[str, Any]:
    """{key: value} of the keys that stand once."""
    found: dict[str, list[Any]] = {}
    for key, value in rows:
        found.setdefault(key, []).append(value)
    return {key: values[0] for key, values in found.items() if len(values) == 1}


def is_own(theirs: Struct, layout: Layout, pairs: dict[str, Field]) -> str:
    """Why a struct that is called like one of the specification is another, or ''."""
    if theirs.pointer:
        return f"its field {theirs.pointer} is a pointer"
    if not pairs:
        return "none of its fields is called like one of the specification's"
    if len(pairs) * ENOUGH < min(len(theirs.fields), len(layout.leaves)):
        return f"only {', '.join(pairs)} of its fields {'is' if len(pairs) == 1 else 'are'} called like the specification's"
    return ""

# SPDX-License-Identifier: MIT
"""
Removes repetitions: offsets and sizes that follow from the fields, and versions and sections that equal the
inherited ones.
"""

from typing import Any

from vwr.convert.text import Text, pair_of, plain, value_of

_OF_A_FILE = (
    "features",
    "config",
    "messages",
    "enums",
    "flags",
    "structs",
)  # inherits the section


def step(text: Text) -> None:
    """Makes the edits."""
    for _, row in text.mappings():
        said = {key.value for key, _ in row.value}
        if "fields" in said and isinstance(plain(value_of(row, "size")), str):
            text.remove(row, "size")
        if "at" in said and said & {"type", "fields", "union"}:
            text.remove(row, "at")
        if "sizes" in said:
            text.rename(row, "sizes", "size")
            for one in value_of(row, "sizes").value:
                text.rename(one, "size", "value")
    if pair_of_root(text, "kind"):
        _inherited(text)


def pair_of_root(text: Text, key: str) -> Any:
    """The nodes of a key of the file, or None; also if it is not a mapping."""
    root: Any = text.root
    return pair_of(root, key) if root and root.tag.endswith(":map") else None


def _inherited(text: Text) -> None:
    """Versions and sections that equal those of the enclosing item."""
    versions: dict[tuple[str | int, ...], str] = {}
    root: Any = text.root
    for path, row in text.mappings():
        around = next(
            (versions[path[:n]] for n in range(len(path) - 1, -1, -1) if path[:n] in versions), "1.0"
        )
        said = value_of(row, "since")
        since = plain(said) if said and said.style else None  # in quotes
        legacy = plain(value_of(row, "only")) == "legacy"
        if path and since == around and not legacy:
            text.remove(row, "since")
        versions[path] = since or ("legacy" if legacy else around)
        if path[:1] and path[0] in _OF_A_FILE and len(path) == 1 + isinstance(path[-1], int):
            if plain(value_of(row, "section")) == plain(value_of(root, "section")):
                text.remove(row, "section")

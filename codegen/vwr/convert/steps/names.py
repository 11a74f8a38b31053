# SPDX-License-Identifier: MIT
"""Gives keys with the same kind of meaning one name, and collects the limits of a number in one `range`."""

from collections.abc import Mapping
from typing import Any

from vwr.convert.text import Text, plain, value_of

# Current names of keys, by the kind of row.
_NAMES: tuple[tuple[frozenset[str], dict[str, str]], ...] = (
    (frozenset({"part"}), {"bytes": "count", "holds": "values"}),
    (frozenset({"name", "type"}), {"holds": "foreign"}),
    (frozenset({"name", "from"}), {"from": "side"}),
    (frozenset({"head", "per-entry"}), {"struct": "type", "writer": "side"}),
    (frozenset({"struct", "type"}), {"type": "name", "struct": "type", "place": "part"}),
    (frozenset({"command"}), {"command": "name", "back": "writable"}),
    (frozenset({"name", "dir"}), {"widths": "width", "window": "size", "writes": "values"}),
    (frozenset({"name", "id"}), {"short": "call"}),
    (frozenset({"device", "reserved"}), {"future": "unassigned"}),
)
# Keys that state a property: the key that now has it in its list, or as its value.
_USED = {
    ("order", "queue"): "in-order",
    ("empty", "true"): "empty-if-unknown",
    ("answer", "optional"): "answer-optional",
    ("used-length", "data"): "length-is-data",
    ("used-length", "modern"): "length-if-modern",
}
_RANGE = {
    "least": "min",
    "min": "min",
    "max": "max",
    "multiple-of": "multiple-of",
    "power-of-two": "power-of-two",
    "never": "except",
    "unlimited": "except",
}
_WITHIN = {"from": "min", "count": "count", "end": "max"}


def step(text: Text) -> None:
    """Makes the edits."""
    for path, row in text.mappings():
        said = {key.value for key, _ in row.value}
        for wanted, names in _NAMES:
            if wanted <= said:
                for old, new in names.items():
                    text.rename(row, old, new)
        _one_key(text, row, said)
        if said & {"part", "type", "dir", "queue"} and "range" not in said:
            _folded(text, row, "range", {key: _RANGE[key] for key in _RANGE if key in said})
        if not path:
            kind = plain(value_of(row, "kind"))
            if kind == "ring" and "legacy" in said:
                legacy = value_of(row, "legacy")
                text.remove(row, "legacy")
                for part in value_of(row, "parts").value:
                    if plain(value_of(part, "name")) == plain(value_of(legacy, "align-before")):
                        text.add(part, "align", "legacy", _flow({"align": plain(value_of(legacy, "align"))}))
            if kind == "features":
                text.rename(row, "ranges", "range")


def _one_key(text: Text, row: Any, said: set[str]) -> None:
    """Keys that are now a value of another key."""
    if "by" in said and "type" not in said:
        text.rename(row, "by", "side")
    if "at-any-time" in said:
        text.rename(row, "at-any-time", "writable")
        text.replace(value_of(row, "at-any-time"), "offered")
    if "anonymous" in said:
        text.rename(row, "anonymous", "document")
        text.replace(value_of(row, "anonymous"), "none")
    if "fields" in said and "legacy" in said:
        text.rename(row, "legacy", "legacy-order")
        text.replace(value_of(row, "legacy"), text.source(value_of(value_of(row, "legacy"), "order")))
    if "head" in said and "per-entry" in said:
        if plain(value_of(row, "head")) == "0":
            text.rename(row, "head", "count")
            text.replace(value_of(row, "head"), "queue-size")
            text.remove(row, "per-entry")
        else:
            text.remove(row, "head", "per-entry")
    if "within" in said:
        inner = {key.value: text.source(value) for key, value in value_of(row, "within").value}
        text.rename(row, "within", "range")
        text.replace(value_of(row, "within"), _flow({_WITHIN[key]: inner[key] for key in inner}))
    if "spans" in said:
        text.rename(row, "spans", "count")
        text.rename(value_of(row, "spans"), "parts", "field")
    if "count-by" in said:
        _count_by(text, row, value_of(row, "count-by"))
    if "plus" in said:
        text.replace(
            value_of(row, "count"), f"{plain(value_of(row, 'count'))} + {plain(value_of(row, 'plus'))}"
        )
        text.remove(row, "plus")
    if "held" in said:
        text.rename(row, "held", "used")
        text.replace(value_of(row, "held"), "[on-event]")
    if "queue" in said:
        now = {key: _USED[key, plain(value_of(row, key))] for key, _ in _USED if key in said}
        for at, key in enumerate(now):
            if at:
                text.remove(row, key)
            else:
                text.rename(row, key, "used")
                text.replace(value_of(row, key), f"[{', '.join(now.values())}]")


def _count_by(text: Text, row: Any, by: Any) -> None:
    text.rename(row, "count-by", "count")
    text.remove(row, "count")
    if less := plain(value_of(by, "less")):
        text.replace(value_of(by, "field"), f"{plain(value_of(by, 'field'))} - {less}")
        text.remove(by, "less")


def _folded(text: Text, row: Any, key: str, names: Mapping[str, str]) -> None:
    """Replaces several keys of a row by one."""
    if not names:
        return
    order = [one.value for one, _ in row.value if one.value in names]
    inner = {names[old]: text.source(value_of(row, old)) for old in order}
    if "unlimited" in order:
        inner["except"] = "0"
    text.rename(row, order[0], key)
    text.replace(value_of(row, order[0]), _flow(inner))
    text.remove(row, *order[1:])


def _flow(row: Mapping[str, str]) -> str:
    """A mapping in one line."""
    return "{" + ", ".join(f"{key}: {value}" for key, value in row.items()) + "}"

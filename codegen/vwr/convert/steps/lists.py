# SPDX-License-Identifier: MIT
"""Collects the effects of a row in one list, and the disk-specific keys in one map of the disk's messages."""

from collections.abc import Iterator
from typing import Any

from vwr.convert.text import Text, plain, value_of

_STEP = ("opens", "legacy", "modern", "closes", "stops", "drains", "suspends", "resumes", "device-may-refuse")
_FLAGS = {
    "kept": "kept",
    "read-clears": "cleared-by-read",
    "write-once": "write-once",
    "first": "first",
    "status": "status",
    "resets": "resets",
}
_VERSIONS = ("legacy", "modern")
_DISK = ("sector", "limits", "hints")


def step(text: Text) -> None:
    """Makes the edits."""
    for _, row in text.mappings():
        said = {key.value for key, _ in row.value}
        if said & {"set", "clear"} and "name" not in said:
            _listed(text, row, "behaviour", {key: [*_does(row, key)] for key in _STEP if key in said})
        elif "dir" in said and "name" in said:
            flags = {key: [_FLAGS[key]] for key in _FLAGS if plain(value_of(row, key)) == "true"}
            _listed(text, row, "behaviour", flags)
        if "bit" in said and "name" in said:
            _feature(text, row, said)
        if "queue" in said and said & {"rows", "groups"}:
            _disk(text, row, said)


def _does(step_row: Any, key: str) -> Iterator[str]:
    """The list items for one key of a step."""
    value = plain(value_of(step_row, key))
    if key == "device-may-refuse":
        yield "may-refuse"
    elif key in _VERSIONS:
        yield from (f"opens {what} in {key}" for what in value["opens"])
    else:
        yield from (f"{key} {what}" for what in value)


def _listed(text: Text, row: Any, name: str, keys: dict[str, list[str]]) -> None:
    """Replaces these keys by one list, at the position of the first."""
    order = [key.value for key, _ in row.value if key.value in keys]
    if order:
        text.rename(row, order[0], name)
        text.replace(value_of(row, order[0]), f"[{', '.join(one for key in order for one in keys[key])}]")
        text.remove(row, *order[1:])


def _feature(text: Text, row: Any, said: set[str]) -> None:
    """The duties of each side for a feature: `may-fail` without it."""
    insist = plain(value_of(row, "insist")) or []
    first = {"driver": "accept", "device": "offer"}
    for side, key in first.items():
        words = [f"{plain(value_of(row, key))}-{key}"] if key in said else []
        words += ["may-fail"] if side in insist else []
        if key in said:
            text.rename(row, key, side)
            text.replace(value_of(row, key), f"[{', '.join(words)}]")
        elif words:
            text.add(row, "bit", side, f"[{', '.join(words)}]")
    text.remove(row, "insist")


def _disk(text: Text, entry: Any, said: set[str]) -> None:
    """The disk map, after the queue."""
    lines = []
    ends = {"count": "max-segments", "max": "max-segment-bytes"}
    if said & set(ends.values()):
        found = [f"{key}: {plain(value_of(entry, old))}" for key, old in ends.items() if old in said]
        lines.append(f"range: {{{', '.join(found)}}}")
        text.remove(entry, *ends.values())
    rows = []
    groups = value_of(entry, "groups")
    for group in groups.value if groups else [entry]:
        for row in value_of(group, "rows").value:
            if keys := [key for key in _DISK if value_of(row, key)]:
                rows.append(f"- {{name: {text.source(value_of(row, 'name'))}{''.join(_of_disk(row))}}}")
                text.remove(row, *keys)
    if not lines and not rows:
        return
    lead = "\n" + " " * (entry.start_mark.column + 2)
    lines += ["rows:" + "".join(f"{lead}  {one}" for one in rows)] if rows else []
    text.add(entry, "queue", "disk", "".join(lead + line for line in lines))


def _of_disk(row: Any) -> Iterator[str]:
    if sector := plain(value_of(row, "sector")):
        yield f", sector: {sector}"
    if limits := plain(value_of(row, "limits")):
        yield f", range: {{max: {next(iter(limits.values()))}}}"
    if hints := plain(value_of(row, "hints")):
        yield f", align: {hints['alignment']}"

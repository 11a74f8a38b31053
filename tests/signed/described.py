# SPDX-License-Identifier: MIT
"""The rows of spec/: a row is a mapping that describes one item, from a file down to a value, and has an id and a hash."""

import dataclasses
import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
IDENTITY = ("name", "queue", "clauses", "sections")  # the first that a row has is its name in an id
STEPS = ("set", "clear")
CONTENT = ("R", "W")  # lists of parts: content of their message
INHERITED = {
    "section": "",
    "since": "1.0",
}  # what a row has from those around it, and what a file has without


@dataclasses.dataclass
class Row:
    """`node` is the mapping, `nested` are the keys with rows inside, `inherited` the section and the version;
    `line` is where it begins, of a mapping under a key the line of the key."""

    id: str
    list: str
    node: yaml.MappingNode
    inherited: dict[str, str]
    line: int
    siblings: "list[Row]"
    nested: set[str] = dataclasses.field(default_factory=set)

    def get(self, key: str) -> yaml.Node | None:
        """The node of one of the row's own keys."""
        return next((value for name, value in self.node.value if name.value == key), None)

    def own(self) -> list[tuple[str, yaml.Node]]:
        """Key and node, without the rows inside."""
        return [(key.value, value) for key, value in self.node.value if key.value not in self.nested]

    def content(self) -> dict[str, Any]:
        """The row's own keys with plain values."""
        return {key: plain(value) for key, value in self.own()}

    def hash(self) -> str:
        """Changes with the content and with what is inherited, not with the order of keys or the breaks of lines."""
        text = json.dumps([self.content(), self.inherited], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def plain(node: yaml.Node) -> Any:
    """The value of a node; numbers stay as they are written."""
    if isinstance(node, yaml.MappingNode):
        return {key.value: plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [plain(item) for item in node.value]
    return node.value


def files() -> list[Path]:
    """The files of the description."""
    return sorted((ROOT / "spec").rglob("*.yaml"))


def composed(text: str) -> yaml.MappingNode:
    """The tree of nodes of a file."""
    return yaml.compose(text, Loader=LOADER)


def rows_of(name: str, top: yaml.MappingNode) -> list[Row]:
    """The rows of a file called `name`, in their order."""
    first = Row(name, "", top, _inherited(top, INHERITED), 0, [])
    found = [first, *_inside(first)]
    _number(found)
    return found


def read(path: Path) -> list[Row]:
    """The rows of a file."""
    return rows_of(path.stem, composed(path.read_text(encoding="utf-8")))


def _inherited(node: yaml.MappingNode, above: dict[str, str]) -> dict[str, str]:
    own = {key.value: value.value for key, value in node.value if key.value in INHERITED}
    return {**above, **own}


def _inside(row: Row) -> Iterator[Row]:
    for key, value in row.node.value:
        if isinstance(value, yaml.MappingNode):
            line = key.start_mark.line
            there = Row(f"{row.id}/{key.value}", "", value, _inherited(value, row.inherited), line, [])
            inner = list(_inside(there))
            if inner or there.get("section"):
                row.nested.add(key.value)
                yield from (there, *inner)
        elif isinstance(value, yaml.SequenceNode) and key.value not in CONTENT:
            items = [item for item in value.value if isinstance(item, yaml.MappingNode)]
            names = [_name(item) for item in items]
            if items and all(names):
                row.nested.add(key.value)
                yield from _listed(row, key.value, list(zip(names, items)))


def _listed(row: Row, key: str, items: list[tuple[str, yaml.MappingNode]]) -> Iterator[Row]:
    siblings: list[Row] = []
    for name, item in items:
        inherited = _inherited(item, row.inherited)
        line = item.start_mark.line
        siblings.append(Row(f"{row.id}/{key}/{name}", key, item, inherited, line, siblings))
    for sibling in siblings:
        yield from (sibling, *_inside(sibling))


def _name(node: yaml.MappingNode) -> str:
    keys = {key.value: plain(value) for key, value in node.value}
    for key in STEPS:
        if key in keys:
            return f"{key}-{keys[key]}"
    value = next((keys[key] for key in IDENTITY if key in keys), "")
    while isinstance(value, (list, dict)):
        value = list(value.values() if isinstance(value, dict) else value)[0]
    return re.sub(r"[^\w.+]+", "-", value).strip("-")


def _number(rows: list[Row]) -> None:
    """The second row of a name is NAME.2, in its own id and in those inside."""
    seen: dict[str, int] = {}
    for row in rows:
        seen[row.id] = seen.get(row.id, 0) + 1
        if seen[row.id] > 1:
            old, row.id = row.id, f"{row.id}.{seen[row.id]}"
            start = rows.index(row) + 1
            for other in rows[start:]:
                if not other.id.startswith(old + "/"):
                    break
                other.id = row.id + other.id[len(old) :]

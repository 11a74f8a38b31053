# SPDX-License-Identifier: MIT
"""Descriptions that are there, cut down to some of their messages; and small mistakes in any description."""

import copy
import random
from collections.abc import Iterator
from typing import Any

Row = dict[str, Any]
Path = tuple[str | int, ...]
KEPT = ("kind", "name", "id", "section", "brief")  # of a file: nothing is learned without them


def grafted(seed: int, name: str, described: list[Row]) -> Row:
    """One of these with a few of its messages, under this name."""
    r = random.Random(seed)
    made = copy.deepcopy(r.choice(described))
    made |= {"name": name, "id": "CAIF"}
    made.pop("prefix", None)
    entries = made.get("messages", [])
    if entries:
        made["messages"] = [entry for entry in entries if r.random() < 0.4] or [r.choice(entries)]
    for entry in made.get("messages", []):
        for group in entry.get("groups", [entry]):
            group["rows"] = r.sample(group["rows"], min(len(group["rows"]), r.choice([1, 2, 3])))
    return made


def spoiled(seed: int, data: Row) -> Row:
    """The same with a mistake or a few: a number off by one, a name that is not there, a key that is too much or gone."""
    r = random.Random(seed)
    made = copy.deepcopy(data)
    for _ in range(r.choice([1, 1, 1, 2, 3])):
        path, node = r.choice(
            [one for one in places(made) if one[0][:1] not in [(key,) for key in KEPT]] or [(("brief",), "")]
        )
        holder = at(made, path[:-1])
        key: Any = path[-1]
        choice = r.random()
        if choice < 0.25:
            del holder[key]
        elif isinstance(node, bool):
            holder[key] = not node
        elif isinstance(node, int):
            holder[key] = r.choice([node + 1, max(0, node - 1), 0, 255, 256, 65536, 1 << 32, (1 << 64) - 1])
        elif isinstance(node, str):
            texts = [text for _, text in places(made) if isinstance(text, str)]
            logic = [
                f"not ({node})",
                f"({node}",
                f"{node} and",
                f"{node} or {r.choice(texts)}",
                f"{node} and NONE",
            ]
            odd = logic if key in ("if", "when", "requires") else [node + "x", node[1:] or "x"]
            holder[key] = r.choice([*odd, r.choice(texts), r.choice(texts), 1, [node]])
        elif isinstance(node, list) and node:
            choice = r.random()
            holder[key] = (
                node + [copy.deepcopy(r.choice(node))]
                if choice < 0.4
                else (node[::-1] if choice < 0.7 else node[0])
            )
        elif isinstance(node, dict):
            other = r.choice([one for _, one in places(made) if isinstance(one, dict)])
            more = r.choice(list(other) or ["name"])
            node[more] = copy.deepcopy(other.get(more, 1))
    return made


def places(node: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """(path, node) of all below a node."""
    steps = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for step, child in steps:
        yield (*path, step), child
        yield from places(child, (*path, step))


def at(node: Any, path: Path) -> Any:
    for step in path:
        node = node[step]
    return node

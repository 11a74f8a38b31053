# SPDX-License-Identifier: MIT
"""
The order of vwr.c: each name is defined before it is used, as far as possible in the order of the library's files. A
cycle keeps one declaration.
"""

from collections.abc import Collection, Iterable, Mapping, Set
from typing import TypeVar

from vwr.embed.mentioned import mentions
from vwr.embed.reach import Entry, held


Node = TypeVar("Node")


class Step:
    """An entry, or only its declaration."""

    def __init__(self, entry: Entry, is_declared: bool = False) -> None:
        self.entry = entry
        self.is_declared = is_declared


def _needs(
    found: list[Entry], defined: Mapping[str, list[Entry]], seen_before: Set[str]
) -> dict[Entry, set[Entry]]:
    """{entry: entries of this file that come before it}."""
    inside = set(found)
    tags: dict[str, frozenset[str]] = {}

    def all_tags(name: str) -> frozenset[str]:
        """The tags that a type mentions, and those of its members."""
        if name not in tags:
            reached, todo = set[str](), [name]
            while todo:
                one = todo.pop()
                if one not in reached:
                    reached.add(one)
                    todo += [
                        ref
                        for entry in defined.get(one, ())
                        for ref in entry.refs
                        if entry.item.kind == "type"
                    ]
            tags[name] = frozenset(reached)
        return tags[name]

    made = {}
    for one in found:
        own = held(one.item.text) & one.refs if one.item.kind == "type" else one.refs
        if one.item.kind == "block":
            own = own | mentions(one.item.text)  # hooks that are only checked, too
        reached, todo = set[str](), list(own)
        while todo:
            name = todo.pop()
            if name in reached:
                continue
            reached.add(name)
            todo += [
                ref
                for entry in defined.get(name, ())
                if entry.item.kind in ("macro", "block")
                for ref in entry.refs
            ]
        if one.item.kind in ("function", "object"):
            reached = set().union(*(all_tags(name) for name in reached)) if reached else reached
        if one.item.kind == "macro":
            reached = set()
        made[one] = {
            other
            for name in reached - seen_before
            for other in defined.get(name, ())
            if other in inside and other is not one
        }
    return made


def _components(nodes: Iterable[Node], needs: Mapping[Node, Collection[Node]]) -> list[list[Node]]:
    """Strongly connected parts, each after those that it needs (Tarjan)."""
    index: dict[Node, int] = {}
    low: dict[Node, int] = {}
    stack: list[Node] = []
    found: list[list[Node]] = []
    for start in nodes:
        if start in index:
            continue
        index[start] = low[start] = len(index)
        stack.append(start)
        work = [(start, iter(needs[start]))]
        while work:
            one, following = work[-1]
            for other in following:
                if other not in index:
                    index[other] = low[other] = len(index)
                    stack.append(other)
                    work.append((other, iter(needs[other])))
                    break
                if other in stack:
                    low[one] = min(low[one], index[other])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[one])
                if low[one] == index[one]:
                    at = stack.index(one)
                    found.append(stack[at:])
                    del stack[at:]
    return found


def _can_be_declared(one: Entry) -> bool:
    text = one.item.text
    return one.item.kind == "function" or one.item.kind == "object" and "[]" not in text.split("=")[0]


class _Queue:
    """Entries that wait for others, file by file."""

    def __init__(self, waiting: list[Entry], needs: dict[Entry, set[Entry]]) -> None:
        self.left = dict.fromkeys(waiting)
        self.needs = needs
        self.users: dict[Entry, list[Entry]] = {}
        for one, before in needs.items():
            for other in before:
                self.users.setdefault(other, []).append(one)
        self.rank = self._ranks(waiting)

    def _ranks(self, waiting: list[Entry]) -> dict[str, tuple[int, int]]:
        """{file: (place of its group, its place)}: files after those that they need; a group needs itself."""
        first = {name: number for number, name in enumerate(dict.fromkeys(one.section for one in waiting))}
        files: dict[str, set[str]] = {name: set() for name in first}
        for one, before in self.needs.items():
            files[one.section] |= {other.section for other in before} - {one.section}
        ordered = {name: sorted(before, key=lambda one: first[one]) for name, before in files.items()}
        groups = _components(first, {name: dict.fromkeys(before).keys() for name, before in ordered.items()})
        return {name: (place, first[name]) for place, group in enumerate(groups) for name in group}

    def done(self, one: Entry) -> None:
        """The entry, or its declaration, is written."""
        for other in self.users.get(one, ()):
            self.needs[other].discard(one)

    def run(self, origin: str) -> list[Entry]:
        """The entries of a file that can follow each other now."""
        found: dict[Entry, None] = {}
        mine = [one for one in self.left if one.section == origin]
        while True:
            one = next(
                (
                    one
                    for one in mine
                    if one not in found and all(other in found for other in self.needs[one])
                ),
                None,
            )
            if one is None:
                return list(found)
            found[one] = None

    def next_run(self) -> list[Entry]:
        """The next entries: all that remain of a file if possible, otherwise as many as possible."""
        files = dict.fromkeys(one.section for one in self.left)
        group = min(self.rank[name][0] for name in files)
        runs = [self.run(name) for name in files if self.rank[name][0] == group]
        counts = {name: sum(one.section == name for one in self.left) for name in files}

        def order(run: list[Entry]) -> tuple[bool, int, int]:
            name = run[0].section
            return len(run) < counts[name], -len(run) if len(run) < counts[name] else 0, self.rank[name][1]

        return min(filter(None, runs), key=order, default=[])

    def declared(self) -> Entry:
        """The entry whose declaration opens a cycle."""
        # In order, because a set's order, and with it the first cycle, differs between runs.
        inside = {
            one: sorted(self.needs[one] & self.left.keys(), key=lambda other: other.number)
            for one in self.left
        }
        cycle = next(group for group in _components(self.left, inside) if len(group) > 1)
        return min(
            filter(_can_be_declared, cycle),
            key=lambda one: (
                one.item.kind != "object",
                -sum(one in self.needs[other] for other in cycle),
                one.number,
            ),
        )


def steps(found: Iterable[Entry], defined: Mapping[str, list[Entry]], seen_before: Set[str]) -> list[Step]:
    """The entries in their order; `seen_before`: names that vwr.h declares."""
    waiting = sorted(found, key=lambda one: one.number)
    queue = _Queue(waiting, _needs(waiting, defined, seen_before))
    out: list[Step] = []
    while queue.left:
        run = queue.next_run()
        if not run:
            one = queue.declared()
            out.append(Step(one, True))
            queue.done(one)
        for one in run:
            out.append(Step(one))
            del queue.left[one]
            queue.done(one)
    return out

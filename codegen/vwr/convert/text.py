# SPDX-License-Identifier: MIT
"""Edits of a YAML text at the marks of its nodes. Comments, order and layout stay as they are."""

import itertools
from collections.abc import Iterator
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

Path = tuple[str | int, ...]
Pair = tuple[Any, Any]  # nodes of a key and its value


class Text:
    """A text and its nodes. Edits refer to the original text; `edited` applies all of them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.root: Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
        self._edits: list[tuple[int, int, str]] = []
        self._removed: dict[int, tuple[MappingNode, set[str]]] = {}

    def mappings(self) -> Iterator[tuple[Path, MappingNode]]:
        """All mappings with their paths, outer mappings before inner ones."""
        yield from _mappings(self.root, ())

    def source(self, node: Node) -> str:
        """The source text of a node."""
        return self.text[node.start_mark.index : self._end(node)]

    def replace(self, node: Node, new: str) -> None:
        """Replaces a node by other text."""
        start = node.start_mark.index
        if isinstance(node, (MappingNode, SequenceNode)) and not node.flow_style and "\n" not in new:
            lead = len(self.text[:start].rstrip())
            if self.text[:lead].endswith(":"):  # a single line follows its key
                start, new = lead, f" {new}"
        self._edits.append((start, self._end(node), new))

    def rename(self, mapping: MappingNode, old: str, new: str) -> None:
        """Renames a key, if the mapping has it."""
        if pair := pair_of(mapping, old):
            self.replace(pair[0], new)

    def add(self, mapping: MappingNode, after: str, key: str, value: str) -> None:
        """Adds a key after the key `after`."""
        pair = pair_of(mapping, after)
        assert pair, after
        lead = ", " if mapping.flow_style else "\n" + " " * mapping.start_mark.column
        self._edits.append(
            (
                self._end(pair[1]),
                self._end(pair[1]),
                f"{lead}{key}:{'' if value[0].isspace() else ' '}{value}",
            )
        )

    def remove(self, mapping: MappingNode, *names: str) -> None:
        """Removes keys and their values, with their commas or lines."""
        self._removed.setdefault(id(mapping), (mapping, set()))[1].update(names)

    def edited(self) -> str:
        """The text with all edits. Edits inside removed or replaced text are ignored."""
        edits = [*self._edits, *(edit for one in self._removed.values() for edit in self._removals(*one))]
        parts, at = list[str](), 0
        for start, end, new in sorted(edits):
            if not any(_within((start, end), (first, last)) for first, last, _ in edits):
                parts += [self.text[at:start], new]
                at = end
        return "".join(parts) + self.text[at:]

    def _removals(self, mapping: MappingNode, names: set[str]) -> Iterator[tuple[int, int, str]]:
        """An edit for each run of removed keys."""
        gone = [key.value in names for key, _ in mapping.value]
        for removed, group in itertools.groupby(range(len(gone)), key=lambda at: gone[at]):
            run = list(group)
            if removed:
                yield *self._run(mapping, run[0], run[-1]), ""

    def _run(self, mapping: MappingNode, first: int, last: int) -> tuple[int, int]:
        """Start and end of a run of keys."""
        pairs = mapping.value
        start, end = pairs[first][0].start_mark.index, self._end(pairs[last][1])
        if first and not mapping.flow_style:  # whole lines
            stop = self.text.find("\n", end)
            return self.text.rindex("\n", 0, start) + 1, len(self.text) if stop < 0 else stop + 1
        following = pairs[last + 1][0].start_mark.index if last + 1 < len(pairs) else end
        if following > end and not (first and "\n" in self.text[end:following]):
            return start, following  # the next key moves to its position in the line
        return (self._end(pairs[first - 1][1]) if first else start), end

    def _end(self, node: Node) -> int:
        """The end of a node. A block ends at the end of its last item, not at the start of the next one."""
        if isinstance(node, (MappingNode, SequenceNode)) and not node.flow_style and node.value:
            last = node.value[-1]
            return self._end(last[1] if isinstance(last, tuple) else last)
        return len(self.text[: node.end_mark.index].rstrip()) if _is_block(node) else node.end_mark.index


def _within(edit: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether an edit is inside another one. An insertion at its start or end is not inside."""
    if edit[0] == edit[1]:
        return other[0] < edit[0] < other[1]
    return edit != other and other[0] <= edit[0] and edit[1] <= other[1]


def pair_of(mapping: MappingNode, key: str) -> Pair | None:
    """The nodes of a key, or None."""
    return next((pair for pair in mapping.value if pair[0].value == key), None)


def value_of(mapping: MappingNode, key: str) -> Any:
    """The node of a key's value, or None."""
    pair = pair_of(mapping, key)
    return pair and pair[1]


def plain(node: Node | None) -> Any:
    """A node as lists, mappings and strings."""
    if isinstance(node, MappingNode):
        return {key.value: plain(value) for key, value in node.value}
    if isinstance(node, SequenceNode):
        return [plain(value) for value in node.value]
    return node.value if node else None


def _mappings(node: Node | None, path: Path) -> Iterator[tuple[Path, MappingNode]]:
    if isinstance(node, MappingNode):
        yield path, node
        for key, value in node.value:
            yield from _mappings(value, path + (str(key.value),))
    if isinstance(node, SequenceNode):
        for at, value in enumerate(node.value):
            yield from _mappings(value, path + (at,))


def _is_block(node: Node) -> bool:
    return isinstance(node, ScalarNode) and node.style in ("|", ">")

# SPDX-License-Identifier: MIT
"""Layouts of virtqueues, and the status machine."""


from vwr.model.nodes import node
from vwr.model.nodes.values import Node


@node(frozen=True)
class Part(Node):
    """An area of a queue: head + per_entry times Queue Size bytes."""

    name: str
    struct: str
    align: int
    align_c: str
    bytes_c: str
    head: int
    per_entry: int
    writer: str
    writer_words: str


@node(frozen=True)
class Area:
    """Total bytes of several parts."""

    head: int
    per_entry: int

    def size(self, num: int) -> int:
        """Bytes for this number of entries."""
        return self.head + self.per_entry * num


@node(frozen=True)
class LegacyRing:
    """One block: the bytes before the aligned part, and those from there on."""

    align: int
    before: Area
    after: Area
    part: str
    offset_c: str
    bytes_c: str
    align_c: str


@node(frozen=True)
class Step(Node):
    """One row of the status table; lists of two are for the legacy and the modern version."""

    name: str
    bit: str
    clears: int
    by: str
    by_c: str
    versions: list[str]
    after: list[str]
    before: list[str]
    after_names: list[list[str]]
    before_names: list[list[str]]
    after_words: str
    before_words: str
    effect: str
    effects: list[str]
    feature: str
    may_refuse: int
    opens_queues: list[str]
    closes_queues: int
    answers: str | None


@node(frozen=True)
class State:
    """A reachable value of the status; for a step without conditions, its bit."""

    name: str
    value: int
    words: str


@node(frozen=True)
class Edge:
    """A step from one state to another."""

    start: str
    end: str
    words: str


@node(frozen=True)
class Diagram:
    """The states of one version, and the steps between them."""

    version: str
    anywhere: list[State]
    states: list[State]
    edges: list[Edge]

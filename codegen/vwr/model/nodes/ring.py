# SPDX-License-Identifier: MIT
"""Layouts of virtqueues, and the status machine."""

from typing import Annotated

from vwr.model.nodes import BOTH, NAME, Shown, key, maybe, node
from vwr.model.nodes.values import Node


@node(frozen=True)
class Part(Node):
    """An area of a virtqueue of head + per_entry times Queue Size bytes."""

    name: Annotated[str, NAME]
    struct: Annotated[str, key("Struct of the area.")]
    align: Annotated[int, key("Alignment in bytes.")]
    head: Annotated[int, key("Bytes independent of the Queue Size.")]
    per_entry: Annotated[int, key("Bytes per entry.")]
    writer: Annotated[str, key("Side that writes it.")]
    align_c: str
    bytes_c: str
    writer_words: str


@node(frozen=True)
class Area(Shown):
    """An area of head + per_entry times Queue Size bytes."""

    head: Annotated[int, key("Bytes.")]
    per_entry: Annotated[int, key("Bytes per entry.")]

    def size(self, num: int) -> int:
        """Bytes for this number of entries."""
        return self.head + self.per_entry * num


@node(frozen=True)
class LegacyRing(Shown):
    """Rings: in the legacy interface one block contains all parts."""

    align: Annotated[int, key("Alignment in bytes.")]
    before: Annotated[Area, key()]
    after: Annotated[Area, key()]
    part: Annotated[str, key("Name of the part with an aligned start.")]
    offset_c: Annotated[str, maybe("C macro of the offset.")]
    bytes_c: Annotated[str, maybe("C macro of the size.")]
    align_c: Annotated[str, maybe("C macro of the alignment.")]


@node(frozen=True)
class Step(Node):
    """
    A change of the device status.

    Lists of two are for the legacy and the modern version.
    """

    name: Annotated[str, key("Name of the bit.")]
    by: Annotated[str, key("Side that changes the bit.")]
    clears: Annotated[int, maybe("1: the step clears the bit.")]
    versions: Annotated[list[str], key("Versions with the step.")]
    after_names: Annotated[list[list[str]], BOTH]
    before_names: Annotated[list[list[str]], BOTH]
    effect: Annotated[str, maybe("Effects of the step.")]
    bit: str
    by_c: str
    after: list[str]
    before: list[str]
    after_words: str
    before_words: str
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

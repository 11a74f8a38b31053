# SPDX-License-Identifier: MIT
"""Queues, and what goes through them."""

from dataclasses import dataclass, field

from vwr.model.nodes.structs import Size, Struct
from vwr.model.nodes.values import Enum, Gate, Item, Node, Value
from vwr.spec.load import Row


@dataclass(frozen=True)
class QueueAt:
    """The function that says a queue's index."""
    c: str
    param: str
    params: str
    text: str
    words: str


@dataclass(frozen=True)
class Queue(Value):
    """A queue, or as many as `count` or the configuration says; `moves`: what else has to be there for its index."""
    index: int | None
    count: int
    count_by: Row | None
    count_words: str
    behind: str | None
    stride: int
    dir: str
    moves: list[list[str]]
    at: QueueAt | None


@dataclass(frozen=True)
class Queues(Enum):
    """The queues with a number, and all of them."""
    all: list[Queue] = field(default_factory=list)


@dataclass(frozen=True)
class Command(Item):
    """What goes and comes with a command at least; `out` and `back` are names of structs or of types."""
    value: int
    text: str
    out: list[str]
    back: list[str]
    out_bytes: int
    in_bytes: int
    out_more: bool
    in_more: bool
    more: str
    sender: str
    sender_c: str
    gate: Gate | None
    any: list[str]
    also: Gate | None
    answer: list[str]
    response: list[str]


@dataclass(frozen=True)
class CommandTable(Node):
    """A group of commands."""
    c: str
    count_c: str
    rows: list[Command]
    queue: str | None
    owner: str | None
    owner_c: str
    title: str
    section: str
    name: str


@dataclass(frozen=True)
class RequestType(Item):
    """A kind of request: its payload, and what allows it."""
    value: int
    shown: str
    payload: str
    dir: str | None
    struct: str | None
    sector: str
    sector_rule: str | None
    versions: list[str]
    gate: Gate | None
    refused_by: Gate | None
    in_bytes: int
    unit: int
    exact: int
    max: str | None
    limits: dict[str, str]
    payload_words: str
    limit_words: str
    hint_words: str


@dataclass(frozen=True)
class Limit:
    """What the configuration limits in a type of request: C names of fields' offsets."""
    type: str
    segments: str
    sectors: str
    alignment: str


@dataclass(frozen=True)
class Request:
    """The requests of a device."""
    structs: list[Struct]
    types: list[RequestType]
    kinds: Enum
    flags: Enum
    status: Enum | None
    sizes: list[Size]
    limits: list[Limit]
    section: str
    queue: str
    max_segments: str | None
    max_segment_bytes: str | None
    table: str
    count_c: str
    limit_table: str
    limit_count_c: str

# SPDX-License-Identifier: MIT
"""What a model is made of, as types: the status machine, rings, register blocks, queues, commands, requests, the
configuration's calls. docs/templates.md has the keys of the rest,
which is still dictionaries."""

from dataclasses import dataclass
from typing import Any

from vwr.spec.load import Place
from vwr.spec.since import AT


@dataclass(frozen=True)
class Gate:
    """The features that open something: any of `names`, in C any of `any`."""
    name: str
    names: list[str]
    c: str
    any: list[str]


@dataclass(frozen=True)
class GatedValue(Gate):
    """A value for what is absent, while these features are there."""
    value: int


@dataclass(frozen=True)
class QueueAt:
    """The function that says a queue's index."""
    c: str
    param: str
    params: str
    text: str
    words: str


@dataclass(frozen=True)
class Command:
    """What goes and comes with a command at least; `out` and `back` are names of structs or of types."""
    place: Place | None
    c: str
    name: str
    value: int
    text: str
    brief: str
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
    since: str | None
    only: str | None


@dataclass(frozen=True)
class CommandTable:
    """A group of commands."""
    place: Place | None
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
class RequestType:
    """A kind of request: its payload, and what allows it."""
    place: Place | None
    name: str
    c: str
    value: int
    shown: str
    brief: str
    since: str | None
    only: str | None
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
class Size:
    """A number of bytes that has a name."""
    place: Place | None
    c: str
    value: int
    remark: str


@dataclass(frozen=True)
class ConfigCall:
    """Getter and setter of a number of the configuration."""
    place: Place | None
    field: str
    name: str
    ctype: str
    width: int
    getter: str | None
    setter: str | None
    legacy_setter: bool
    offset_c: str
    offset: int
    closed: str
    little: str
    absent_text: str
    count: int | None
    index: str
    bytes: int
    remark: str


@dataclass(frozen=True)
class ConfigRow:
    """What the device side's table says of a field; of `access` the first is the legacy interface's."""
    offset: int
    bytes: int
    access: list[str]
    any: list[str]
    early: int


@dataclass(frozen=True)
class Offset:
    """A constant for the place of a field."""
    place: Place | None
    c: str
    offset: int
    field: str
    path: str
    remark: str


@dataclass(frozen=True)
class Step:
    """One row of the status table; lists of two are for the legacy and the modern version."""
    place: Place | None
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


@dataclass(frozen=True)
class State:
    """A value of the status that can be reached; of a step that needs nothing, its bit."""
    name: str
    value: int
    words: str


@dataclass(frozen=True)
class Edge:
    """A step from one state to another."""
    start: str
    end: str
    words: str


@dataclass(frozen=True)
class Diagram:
    """The states of one version, and the steps between them."""
    version: str
    anywhere: list[State]
    states: list[State]
    edges: list[Edge]


@dataclass(frozen=True)
class Part:
    """An area of a queue: head + per_entry times Queue Size bytes."""
    place: Place | None
    name: str
    struct: str
    align: int
    align_c: str
    bytes_c: str
    head: int
    per_entry: int
    writer: str
    writer_words: str


@dataclass(frozen=True)
class Area:
    """Bytes of several parts."""
    head: int
    per_entry: int

    def size(self, num: int) -> int:
        """Bytes with so many entries."""
        return self.head + self.per_entry * num


@dataclass(frozen=True)
class LegacyRing:
    """One block: what comes before the aligned part, and what from there on."""
    align: int
    before: Area
    after: Area
    part: str
    offset_c: str
    bytes_c: str
    align_c: str


@dataclass(frozen=True)
class Register:
    """A register of 32 bits, or a half of one of 64; lists of two are for the legacy and the modern version."""
    place: Place | None
    name: str
    register: str
    c: str
    reg: str
    offset: int
    bytes: int
    access: str
    dir: str
    versions: list[str]
    widths: str
    widths_list: list[int]
    bank: str
    bank_name: str | None
    gate: Gate | None
    must_set: list[str]
    must_clear: list[str]
    set_names: list[list[str]]
    clear_names: list[list[str]]
    idle: list[str]
    idle_names: list[str | None]
    when_words: str
    reset: str
    kept: bool
    value: int | None
    max: int | None
    clears: str | None
    unit: str | None
    since: str | None
    only: str | None
    aka: list[str]
    brief: str
    remark: str
    more_words: str


@dataclass(frozen=True)
class Accessor:
    """A call that reads or writes a register."""
    place: Place | None
    c: str
    verb: str
    register: str
    bank: str | None
    wide: bool
    width: int
    ctype: str
    offset: str
    high: str
    remark: str


@dataclass(frozen=True)
class Named:
    """A number that the specification gives for a register, or where the configuration begins."""
    place: Place | None
    c: str
    text: str
    remark: str


@dataclass(frozen=True)
class Version:
    """What the Version register reads as."""
    c: str
    name: str
    value: int


@dataclass(frozen=True)
class DecodeLine:
    """Words of the block that belong to one register."""
    offset: str
    cells: list[str]


def parts_of(node: Any) -> dict[str, Any]:
    """{key: value} of a mapping or of one of the types above."""
    return node if isinstance(node, dict) else vars(node)


def place_of(node: Any) -> Place | None:
    """Where a node stands in spec/, None if it is no item there."""
    found: Place | None = node.get(AT) if isinstance(node, dict) else getattr(node, "place", None)
    return found

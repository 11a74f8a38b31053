# SPDX-License-Identifier: MIT
"""Queues, and what goes through them."""

import dataclasses
from dataclasses import dataclass

from vwr.model.nodes.structs import Field, Struct
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

    all: list[Queue] = dataclasses.field(default_factory=list)


@dataclass(frozen=True)
class Reference:
    """A number that an earlier part has, or with an empty `part` the configuration: `path` is the name of the field there, with
    dots where that is inside of another; empty if the part is a number itself. `side`: who writes that part, R or W. What counts
    is the number and `plus`, if it is not None."""

    side: str
    part: str
    path: str
    text: str
    plus: int | None = None


Amount = int | Reference | None


@dataclass(frozen=True)
class FieldPlace:
    """A number in what one side writes, or some of its bits; those of `flags` may be set besides. `at` is its offset in the part; `offset` from the beginning of what
    that side writes, None where what is before it has no fixed length. `field` is None if the part is the number.
    """

    side: str
    part: str
    path: str
    at: int
    offset: int | None
    type: str
    shift: int
    width: int
    flags: int | None
    field: Field | None
    text: str


@dataclass(frozen=True)
class Held:
    """A field of a part that has one value in this message."""

    path: str
    field: Field
    value: Value


@dataclass(frozen=True)
class MessagePart(Node):
    """Bytes that follow each other: `count` times a struct or a number of `type`, or without a type `bytes` bytes; None is as
    many as there are. Of a struct `fields` are here, from byte `begin` of it on, `size` bytes. A struct without a fixed length
    is several parts: its fields up to the first array of unknown length, and from there each `field` by itself. `source` is the
    part of the YAML from which this one comes, `said` the type there."""

    name: str
    source: str
    said: str
    struct: Struct | None
    type: str
    fields: list[Field]
    field: Field | None
    begin: int
    size: int
    count: Amount
    bytes: Amount
    stride: Reference | None
    least: Amount
    max: Amount
    multiple_of: Amount
    optional: bool
    reserved: bool
    unlimited: bool
    with_: str
    holds: list[Held]
    gate: Gate | None
    foreign: str
    by_hand: str
    brief: str

    @property
    def fixed(self) -> bool:
        """Whether it always has the same length."""
        sized = self.count if self.type else self.bytes
        return isinstance(sized, int) and not (
            self.optional or self.with_ or self.gate or self.stride or self.struct and self.struct.sizes
        )

    @property
    def words(self) -> str:
        """The part as people write it."""
        kind = self.type or "bytes"
        amount = self.count if self.type else self.bytes
        size = (
            ""
            if amount == 1
            else "[]"
            if amount is None
            else f"[{amount if isinstance(amount, int) else amount.text}]"
        )
        limits = [
            f"{word} {said if isinstance(said, int) else said.text}"
            for word, said in (
                ("at least", self.least),
                ("at most", self.max),
                ("a multiple of", self.multiple_of),
            )
            if said is not None
        ]
        limits += ["0 is no limit"] if self.unlimited else []
        limits += [f"{held.path} is {held.value.name}" for held in self.holds]
        limits += [f"with {self.gate.name}"] if self.gate else []
        limits += ["may be absent"] if self.optional else []
        limits += [f"there with {self.with_}"] if self.with_ else []
        limits += [f"{self.stride.text} bytes apart"] if self.stride else []
        limits += [f"layout: {self.foreign}"] if self.foreign else []
        limits += ["0"] if self.reserved else []
        name = "" if self.name == kind else f"{self.name}: "
        return f"{name}{kind}{size}" + (f" ({', '.join(limits)})" if limits else "")

    @property
    def least_bytes(self) -> int:
        """It has no fewer bytes."""
        if self.optional or self.with_ or self.gate:
            return 0
        if not self.type:
            return (
                self.bytes
                if isinstance(self.bytes, int)
                else self.least
                if isinstance(self.least, int)
                else 0
            )
        one = (
            min(row.size for row in self.struct.sizes.rows)
            if self.struct and self.struct.sizes
            else self.size
        )
        return one * self.count if isinstance(self.count, int) else 0


@dataclass(frozen=True)
class Within:
    """`count` items from `start` on are all below `end`."""

    start: Reference
    count: Amount
    end: Amount


@dataclass(frozen=True)
class Spans:
    """One message may fill several buffers; the first says how many."""

    parts: Reference
    gate: Gate | None


@dataclass(frozen=True)
class ConfigBit:
    """The bit of a field of the configuration whose number is the value."""

    field: str
    value: Value


@dataclass(frozen=True)
class ConfigState:
    """A field of the configuration and the value that it has."""

    field: str
    value: Value


@dataclass(frozen=True)
class Message(Item):
    """What the driver writes (`out`) and what the device writes (`back`) in one chain. `call` is what its functions in C are called. `value` is that of the last field that
    selects it, `values` those of all; without one it differs from others in who writes what. `unless`: features that exclude it, `bit` what the configuration has to have, `when` the value of one of its fields.
    `out_of_range`: the status where a number or a length is out of its limits.
    `refused_by`: the device refuses it if it offers this. `limits` and `hints` name fields of the configuration, `sector` says what
    the field of that name is for. `held`: the device keeps the buffer until something happens. `stream`: R or W, bytes without a form.
    """

    call: str
    value: int | None
    values: list[int]
    group: str
    section: str
    gate: Gate | None
    also: Gate | None
    unless: Gate | None
    bit: ConfigBit | None
    when: ConfigState | None
    sender: str
    out: list[MessagePart]
    back: list[MessagePart]
    select: list[FieldPlace]
    status: FieldPlace | None
    ok: list[Value]
    refuse: Value | None
    out_of_range: Value | None
    within: Within | None
    spans: Spans | None
    held: bool
    stream: str
    sector: str
    refused_by: Gate | None
    limits: dict[str, str]
    hints: dict[str, str]
    by_hand: str

    @property
    def out_bytes(self) -> int:
        """The driver writes no fewer."""
        return sum(part.least_bytes for part in self.out)

    @property
    def in_bytes(self) -> int:
        """The device writes no fewer if it went well."""
        return sum(part.least_bytes for part in self.back)


@dataclass(frozen=True)
class Exchange(Node):
    """What goes through one queue, or through all of a kind. `sender`: whose messages they are; a device's are in buffers that the
    driver has there. `select` has the places as the first message has them: they are the same in all. `empty`: what the device does
    not know it uses with length 0. `answer`: optional, where a driver may leave no room for it. `multiple_of`: what each side writes is filled up to such a length. `max_segments` and
    `max_segment_bytes`: fields of the configuration, where it has them. `used_length`: data, the driver goes by
    it; modern: not in the legacy interface."""

    name: str
    queue: str
    sender: str
    title: str
    section: str
    brief: str
    select: list[FieldPlace]
    refuse: Value | None
    empty: bool
    answer: str
    multiple_of: int | None
    max_segments: Reference | None
    max_segment_bytes: Reference | None
    order: str
    used_length: str
    by_hand: str
    groups: list[str]
    rows: list[Message]


@dataclass(frozen=True)
class RequestType:
    """A row of the table of requests."""

    type: str
    payload: str
    sector: str
    versions: list[str]
    gate: Gate | None
    refused_by: Gate | None
    unit: int
    exact: int


@dataclass(frozen=True)
class Limit:
    """What the configuration limits in a type of request: C names of fields' offsets."""

    type: str
    segments: str
    sectors: str
    alignment: str


@dataclass(frozen=True)
class Request:
    """The requests of a disk, as tables."""

    types: list[RequestType]
    limits: list[Limit]
    table: str
    count_c: str
    limit_table: str
    limit_count_c: str

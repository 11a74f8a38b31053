# SPDX-License-Identifier: MIT
"""Queues, and their messages."""

import dataclasses

from vwr.model.nodes import node
from vwr.model.nodes.structs import Field, Struct
from vwr.model.nodes.values import Enum, Gate, Item, Node, Value
from vwr.spec.load import Row


@node(frozen=True)
class QueueAt:
    """The function that returns a queue's index."""

    c: str
    param: str
    params: str
    text: str
    words: str


@node(frozen=True)
class Queue(Value):
    """
    A queue, or several (`count`, or a number in the configuration); `moves`: features of the optional queues
    before it.
    """

    index: int | None
    count: int
    count_by: Row | None
    count_words: str
    behind: str | None
    stride: int
    dir: str
    moves: list[list[str]]
    at: QueueAt | None


@node(frozen=True)
class Queues(Enum):
    """The queues with a fixed index, and all queues."""

    all: list[Queue] = dataclasses.field(default_factory=list)


@node(frozen=True)
class Reference:
    """
    A number in an earlier part, or with an empty `part` in the configuration. `path` is the name of its
    field, with dots for nested fields; empty if the part itself is a number. `side` is the writer of the
    part, R or W. If `plus` is not None it is added to the number.
    """

    side: str
    part: str
    path: str
    text: str
    plus: int | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """Which number it is, whatever `plus` is."""
        return self.side, self.part, self.path


Amount = int | Reference | None


@node(frozen=True)
class FieldPlace:
    """
    A number in the part of one side, or some of its bits; those of `flags` may also be set. `at` is its
    offset in the part; `offset` is relative to everything that the side writes, None after a part of variable
    length. `field` is None if the part is the number.
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


@node(frozen=True)
class Held:
    """A field of a part with a fixed value in this message."""

    path: str
    field: Field
    value: Value


@node(frozen=True)
class MessagePart(Node):
    """
    Consecutive bytes: `count` times a struct or a number of `type`, or without a type `bytes` bytes; None
    means the rest. `fields` are the fields of the struct in this part, from byte `begin` of it on, `size`
    bytes. A struct of variable length is several parts: its fields up to the first array of variable length,
    and each later `field` separately. `source` is the part of the YAML from which this one comes, `said` its
    type there.
    """

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
        """The part in readable form."""
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
        limits += ["0: no limit"] if self.unlimited else []
        limits += [f"{held.path} is {held.value.name}" for held in self.holds]
        limits += [f"with {self.gate.name}"] if self.gate else []
        limits += ["optional"] if self.optional else []
        limits += [f"present with {self.with_}"] if self.with_ else []
        limits += [f"{self.stride.text} bytes apart"] if self.stride else []
        limits += [f"layout: {self.foreign}"] if self.foreign else []
        limits += ["0"] if self.reserved else []
        name = "" if self.name == kind else f"{self.name}: "
        return f"{name}{kind}{size}" + (f" ({', '.join(limits)})" if limits else "")

    @property
    def least_bytes(self) -> int:
        """The minimum number of its bytes."""
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

    @property
    def most_bytes(self) -> int | None:
        """The maximum number of its bytes; None if nothing limits it."""
        amount = self.count if self.type else self.bytes
        most = amount if isinstance(amount, int) else self.max
        return self.size * most if isinstance(most, int) and not self.stride else None


@node(frozen=True)
class Within:
    """The `count` items from `start` on are all below `end`."""

    start: Reference
    count: Amount
    end: Amount


@node(frozen=True)
class Spans:
    """One message may span several buffers; the first contains their number."""

    parts: Reference
    gate: Gate | None


@node(frozen=True)
class FileRange:
    """The number of files that one side sends beside a message."""

    least: int
    most: int


@node(frozen=True)
class ConfigBit:
    """The bit of a configuration field whose number is the value."""

    field: str
    value: Value


@node(frozen=True)
class ConfigState:
    """A configuration field, and the value that it must have."""

    field: str
    value: Value


@node(frozen=True)
class Message(Item):
    """
    The parts that the driver writes (`out`) and that the device writes (`back`) in one chain. `call` is the
    base of its functions' names in C. `value` is the value of the last field that selects it, `values` those
    of all; without them it differs from others in the sides that write. `unless`: features that exclude it;
    `bit` and `when`: conditions on configuration fields. `out_of_range`: the status for a number or a length
    outside its limits. `refused_by`: features that make a device that offers them reject it. `limits` and
    `hints` name configuration fields, `sector` is the use of the sector field. `held`: the device keeps the
    buffer until an event occurs. `stream`: R or W, bytes without structure. Of a socket: `needs` is the
    protocol feature, whose value is the number of its bit; the driver sends `out_files` beside the message, the
    device `back_files` beside its reply. `after` is the message that comes before it, `rings` the state that its
    ring or every ring has then.
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
    needs: Value | None
    out_files: FileRange | None
    back_files: FileRange | None
    after: str
    rings: str
    by_hand: str

    @property
    def out_bytes(self) -> int:
        """The minimum number of bytes that the driver writes."""
        return sum(part.least_bytes for part in self.out)

    @property
    def through_socket(self) -> bool:
        """Whether only a message through a socket can have what it has."""
        return bool(self.needs or self.out_files or self.back_files or self.after or self.rings)

    @property
    def in_bytes(self) -> int:
        """The minimum number of bytes that the device writes on success."""
        return sum(part.least_bytes for part in self.back)


@node(frozen=True)
class Payload:
    """What follows the header of a message through a socket, in bytes. `most`: None if nothing limits it."""

    least: int
    most: int | None

    @classmethod
    def of(cls, parts: list[MessagePart]) -> "Payload":
        """The payload that consists of these parts."""
        most = [part.most_bytes for part in parts]
        return cls(sum(part.least_bytes for part in parts), None if None in most else sum(filter(None, most)))


@node(frozen=True)
class SocketMessage:
    """A message through a socket. `reply` is None if it has no reply of its own; `after` comes before it."""

    row: Message
    sent: Payload
    reply: Payload | None
    after: Message | None


@node(frozen=True)
class Exchange(Node):
    """
    Messages of one queue, or of all queues of a kind. `sender` is their sender; a device uses buffers that
    the driver has made available. `select` has the places as in the first message, which are the same in all.
    `empty`: the device uses an unknown message with length 0. `answer`: optional, if a driver may omit the
    space for the reply. `multiple_of`: each side pads its part to a multiple of it. `max_segments` and
    `max_segment_bytes`: configuration fields, if it has them. `used_length`: data, the driver relies on it;
    modern, the driver ignores it in the legacy interface. `table` and `count_c` are the C names of the
    table of messages through a socket.
    """

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
    table: str
    count_c: str
    rows: list[Message]

    @property
    def through_socket(self) -> list[SocketMessage]:
        """The messages, if they pass through a socket: each has a header, and then its payload."""
        return (
            [_through_socket(row, self.rows) for row in self.rows]
            if any(row.through_socket for row in self.rows)
            else []
        )

    @property
    def count(self) -> int:
        """Number of entries of a table with the value as index."""
        return 1 + max((row.value or 0 for row in self.rows), default=-1)


def _through_socket(row: Message, rows: list[Message]) -> SocketMessage:
    header = row.select[0].part if row.select else ""
    sent, back = ([part for part in parts if part.name != header] for parts in (row.out, row.back))
    reply = Payload.of(back) if back or row.back_files else None
    after = next((one for one in rows if one.name == row.after), None)
    return SocketMessage(row, Payload.of(sent), reply, after)


@node(frozen=True)
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


@node(frozen=True)
class Limit:
    """The limits of a type of request in the configuration: C names of fields' offsets."""

    type: str
    segments: str
    sectors: str
    alignment: str


@node(frozen=True)
class Request:
    """The requests of a disk, as tables."""

    types: list[RequestType]
    limits: list[Limit]
    table: str
    count_c: str
    limit_table: str
    limit_count_c: str

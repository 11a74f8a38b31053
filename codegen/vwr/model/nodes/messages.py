# SPDX-License-Identifier: MIT
"""Queues, and their messages."""

import dataclasses

from typing import Annotated, Literal

from vwr.grammar.row import Either
from vwr.grammar.words import Side
from vwr.model.nodes import BRIEF, BY_HAND, GATE, NAME, PATH, SECTION, Shown, key, maybe, node
from vwr.model.nodes.structs import Field, Struct
from vwr.model.nodes.values import Enum, Gate, Item, Node, Number, Value
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
class Reference(Shown):
    """
    A number in an earlier part, or without a part in the configuration.

    `part` is empty for a number of the configuration. `path` has dots for nested fields. If `plus` is not
    None it is added to the number.
    """

    side: Annotated[str, maybe("Writer of the part: R is the driver, W the device.", shown=Literal["R", "W"])]
    part: Annotated[str, maybe("Name of the part.")]
    path: Annotated[str, PATH]
    text: str
    plus: Annotated[int | None, maybe("Number to add to the value.")] = None

    @property
    def key(self) -> tuple[str, str, str]:
        """Which number it is, whatever `plus` is."""
        return self.side, self.part, self.path


Amount = int | Reference | None
AMOUNT = Annotated[int | Reference, Either("A number, or the field that contains it.")]


@node(frozen=True)
class FieldPlace(Shown):
    """
    A number in the part of the message that one side writes, or some of its bits.

    The bits of `flags` may also be set. `offset` is None after a part of variable length. `field` is None
    if the part is the number.
    """

    side: Annotated[str, key("R: the driver writes it; W: the device writes it.", shown=Literal["R", "W"])]
    part: Annotated[str, key("Name of the part.")]
    path: Annotated[str, PATH]
    at: Annotated[int, key("Offset in bytes from the start of the part.")]
    offset: Annotated[
        int | None,
        maybe("Offset in bytes from the start of everything that the side writes. Absent if it varies."),
    ]
    type: Annotated[str, key("Number type.")]
    shift: Annotated[int, key("Lowest bit.")]
    width: Annotated[int, key("Number of bits.")]
    flags: Annotated[int | None, maybe("Other bits that may be set, which do not belong to the number.")]
    field: Field | None
    text: str


@node(frozen=True)
class Held(Shown):
    """A field with a fixed value."""

    path: Annotated[str, key("Name of the field.")]
    field: Field
    value: Annotated[Value, key(shown=Number)]


@node(frozen=True)
class MessagePart(Node):
    """
    Consecutive bytes of a message: an array of a struct or of a number type, or plain bytes. Without a
    count or a length it extends to the end.

    Without a type it has `bytes` bytes; None means the rest. `fields` are the fields of the struct in
    this part, from byte `begin` of it on, `size` bytes. A struct of variable length is several parts: its
    fields up to the first array of variable length, and each later `field` separately. `source` is the
    part of the YAML from which this one comes, `said` its type there.
    """

    name: Annotated[str, key("Name of the part, unique among the parts that this side writes.")]
    source: Annotated[
        str, maybe("Part of Virtwright's description from which it comes, if that has another name.")
    ]
    struct: Annotated[
        Struct | None,
        maybe("Struct of the file. The part consists of its fields within size bytes from begin on."),
    ]
    type: Annotated[str, maybe("Number type.")]
    begin: Annotated[int, maybe("Offset in the struct where the part begins. Default: 0.", default=0)]
    size: Annotated[
        int, key("Size of an element in bytes. A struct may have other sizes that depend on features.")
    ]
    count: Annotated[Amount, maybe(shown=AMOUNT)]
    bytes: Annotated[Amount, maybe(shown=AMOUNT)]
    stride: Annotated[Reference | None, maybe()]
    least: Annotated[Amount, maybe(shown=AMOUNT)]
    max: Annotated[Amount, maybe(shown=AMOUNT)]
    multiple_of: Annotated[Amount, maybe(shown=AMOUNT)]
    reserved: Annotated[bool, maybe("Written as 0 and ignored when read.")]
    unlimited: Annotated[bool, maybe("A max of 0 means no limit.")]
    optional: Annotated[bool, maybe("The part may be omitted.")]
    with_: Annotated[str, maybe("The part exists only together with this part.")]
    holds: Annotated[list[Held], maybe("Fields with a fixed value in this message.")]
    gate: Annotated[Gate | None, GATE]
    foreign: Annotated[str, maybe("Name in the other document that defines its layout.")]
    by_hand: Annotated[str, BY_HAND]
    brief: Annotated[str, BRIEF]
    said: str
    fields: list[Field]
    field: Field | None

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
            else ("[]" if amount is None else f"[{amount if isinstance(amount, int) else amount.text}]")
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
                else (self.least if isinstance(self.least, int) else 0)
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
class Within(Shown):
    """The count items from start on are all below end."""

    start: Annotated[Reference, key()]
    count: Annotated[Amount, maybe(shown=AMOUNT)]
    end: Annotated[Amount, key(shown=AMOUNT)]


@node(frozen=True)
class Spans(Shown):
    """With any of the features, one message may span this number of buffers."""

    parts: Annotated[Reference, key()]
    gate: Annotated[Gate | None, maybe("The features.")]


@node(frozen=True)
class FileRange(Shown):
    """Limits on the number of files that one side sends beside a message."""

    least: Annotated[int, key("Minimum number of files.")]
    most: Annotated[int, key("Maximum number of files.")]


@node(frozen=True)
class ConfigBit(Shown):
    """The item exists only if this configuration field has the bit with this number."""

    field: Annotated[str, key("Name of the field.")]
    value: Annotated[Value, key(shown=Number)]


@node(frozen=True)
class ConfigState(Shown):
    """A configuration field, and the value that it must have."""

    field: Annotated[str, key("Name of the field.")]
    value: Annotated[Value, key(shown=Number)]


@node(frozen=True)
class Message(Item):
    """
    The parts of one buffer that the driver and the device write.

    `call` is the base of its functions' names in C. `value` is the value of the last field that selects
    it; without `values` it differs from others in the sides that write. `out_of_range`: the status for a
    number or a length outside its limits; `refuse_if_offered`: the status if the device offers `refused_by`. The value of `needs` is the number of its bit.
    """

    values: Annotated[list[int], maybe("Values of the select fields.")]
    group: Annotated[str, maybe("Group with the message's value.")]
    section: Annotated[str, maybe("Section of the specification, if it differs from the queue's.")]
    gate: Annotated[Gate | None, GATE]
    also: Annotated[Gate | None, maybe("Further features, any of which must also be negotiated.")]
    unless: Annotated[Gate | None, maybe("Features, any of which excludes the message.")]
    bit: Annotated[ConfigBit | None, maybe()]
    when: Annotated[ConfigState | None, maybe()]
    sender: Annotated[str, key("Possible senders.", shown=Literal["driver", "device", "both"])]
    out: Annotated[list[MessagePart], maybe("Parts that the driver writes, in order.")]
    back: Annotated[list[MessagePart], maybe("Parts that the device writes, in order.")]
    select: Annotated[
        list[FieldPlace],
        maybe("Places of the select numbers, if their part or field differs from that of the first message."),
    ]
    status: Annotated[FieldPlace | None, maybe()]
    ok: Annotated[list[Value], maybe("Values of status that mean success.", shown=list[Number])]
    refuse: Annotated[Value | None, maybe(shown=Number)]
    refuse_if_offered: Annotated[Value | None, maybe(shown=Number)]
    out_of_range: Annotated[Value | None, maybe(shown=Number)]
    within: Annotated[Within | None, maybe()]
    stream: Annotated[
        str, maybe("R or W: a stream of bytes that may be split anywhere.", shown=Literal["R", "W"])
    ]
    spans: Annotated[Spans | None, maybe()]
    held: Annotated[bool, maybe("The device keeps the buffer until an event occurs.")]
    refused_by: Annotated[
        Gate | None,
        maybe("The device rejects the message if it offers any of these features, negotiated or not."),
    ]
    sector: Annotated[
        str,
        maybe(
            "Disks: use of the sector field: first sector of the data, zero, or first sector of a zone.",
            shown=Literal["start", "zero", "zone"],
        ),
    ]
    limits: Annotated[
        dict[str, str], maybe("Disks: limits, each with the configuration field that contains it.")
    ]
    hints: Annotated[
        dict[str, str],
        maybe("Disks: preferences, each with the configuration field that contains the preferred value."),
    ]
    needs: Annotated[
        Value | None,
        maybe(
            "Sockets: the protocol feature that both ends have accepted, with the number of its bit.",
            shown=Number,
        ),
    ]
    out_files: Annotated[
        FileRange | None, maybe("Sockets: files that the driver sends beside the message. Default: none.")
    ]
    back_files: Annotated[
        FileRange | None, maybe("Sockets: files that the device sends beside its reply. Default: none.")
    ]
    after: Annotated[str, maybe("Sockets: the message that the sender has sent before.")]
    rings: Annotated[
        str,
        maybe(
            "Sockets: the state that the ring of the message, or every ring, has when it is sent.",
            shown=Literal["stopped", "all-stopped"],
        ),
    ]
    by_hand: Annotated[str, BY_HAND]
    call: str
    value: int | None

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
    Messages of one queue, or of all queues of a kind.

    `select` has the places as in the first message, which are the same in all. `table` and `count_c` are
    the C names of the table of messages through a socket.
    """

    name: Annotated[str, NAME]
    queue: Annotated[str, key("Name of the queue.")]
    sender: Annotated[
        str,
        key(
            "Sender of the messages. A device sends in buffers that the driver has made available.",
            shown=Side,
        ),
    ]
    section: Annotated[str, SECTION]
    brief: Annotated[str, BRIEF]
    select: Annotated[
        list[FieldPlace],
        maybe(
            "Numbers that identify the message, in the order of a message's values. Without them there is one message."
        ),
    ]
    refuse: Annotated[Value | None, maybe(shown=Number)]
    empty: Annotated[bool, maybe("The device uses an unknown message with length 0.")]
    answer: Annotated[
        str, maybe("optional: the driver may omit the space for the reply.", shown=Literal["optional"])
    ]
    multiple_of: Annotated[
        int | None, maybe("Each side pads the part that it writes to a multiple of this number of bytes.")
    ]
    max_segments: Annotated[Reference | None, maybe()]
    max_segment_bytes: Annotated[Reference | None, maybe()]
    used_length: Annotated[
        str,
        maybe(
            "Meaning of the used length. data: the driver relies on it; modern: the driver ignores it in the legacy interface.",
            shown=Literal["data", "modern"],
        ),
    ]
    order: Annotated[
        str, maybe("queue: the device uses the buffers in the order in which they were made available.")
    ]
    by_hand: Annotated[str, BY_HAND]
    groups: Annotated[list[str], maybe("Groups with the values of the messages.")]
    rows: Annotated[list[Message], key("The messages.")]
    title: str
    table: str
    count_c: str

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

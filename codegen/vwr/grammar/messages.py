# SPDX-License-Identifier: MIT
"""What goes through queues: messages, and the parts of them."""

from typing import Annotated, Literal

from vwr.grammar.common import Explained, Said
from vwr.grammar.row import DISTINCT, Either, Flag, Items, Logic, Row, Text, Words, key
from vwr.grammar.structs import AliasedGroup
from vwr.grammar.words import (
    U64,
    Aka,
    Brief,
    Bytes,
    ConfigPath,
    Document,
    Gates,
    Kebab,
    Number,
    Only,
    QueueName,
    Section,
    Since,
    Snake,
    Upper,
    Uppers,
)

Reference = Annotated[
    str,
    Text(
        "Number elsewhere",
        "^[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*$",
        "PART, PART.field or config.field",
        "A number of an earlier part (entries.count; of a part that is a number its name), what the driver writes "
        "first; or of the configuration (config.cdb_size).",
        ("hdr.count", "config.cdb_size"),
    ),
]
Amount = Annotated[Number | Reference, Either("A number, or where it is.")]
FieldPlace = Annotated[
    str,
    Text(
        "Field of a struct",
        "^[a-z][a-z0-9_]*(\\.[a-zA-Z][a-zA-Z0-9_]*)*$",
        "STRUCT.field, with dots for what is inside",
        "STRUCT.field, or STRUCT.field.bit: the struct is a part of the message, or a part begins with it. By itself "
        "a field of that name in any struct, or the name of a part that is a number.",
        ("ctrl_hdr.type", "out_hdr.flags.M_RD"),
    ),
]
FieldPlaces = Annotated[list[FieldPlace], Items(2, distinct=True, meaning="Several fields.")]


class HeldValue(Row):
    """A field with the one value that it has."""

    field: ConfigPath = key("Name of a field of the part's struct; with a dot, of one inside of it.", "Field")
    value: Upper = key("Name of a value of an enum of the file, with its prefix or without.")


class PartRange(Row):
    """How much there may be of a part."""

    min: Amount | None = key("The fewest: of a type so many, else bytes.")
    max: Amount | None = key("The most: of a type so many, else bytes.")
    multiple_of: Amount | None = key("Its length in bytes is a multiple of this.")
    except_: Literal[0] | None = key("0: a `max` of 0 is no limit.")


class Part(Said):
    """Bytes that follow each other."""

    part: Snake = key("Name of the part, by which others refer to it.")
    type: Snake | None = key(
        "A struct of this file, or u8, le16, le32, le64, be16, be32, be64; without it the part is bytes."
    )
    count: Amount | None = key(
        "How many of the type there are, 1 if nothing is said; without a type how many bytes, the rest of the message if "
        "nothing is said. any: the rest. In an answer it may be a number of the answer that comes before."
    )
    stride: Reference | None = key(
        "From one of them to the next, in bytes, where that is not the size of the type."
    )
    range: PartRange | None
    optional: Flag = key("True if it may be left out.")
    reserved: Flag = key("True if it is written as 0 and not looked at.")
    if_: Annotated[
        str,
        Logic(
            "It is there only if this feature, or one of a choice, has been negotiated, and that part is there, which is optional and "
            "before it.",
            choices=1,
            also=frozenset({"part"}),
            example="ask",
        ),
    ] | None
    values: list[HeldValue] | None = key("Fields of it that have one value in this message.")
    foreign: Snake | None = key("What it is called where its layout is, which is not in the specification.")
    by_hand: Brief | None = key("What is left to write by hand about it, and why.")
    since: Since | None


_PartName = Annotated[
    str, Text("Part of a message", "^[a-z][a-z0-9_]*$", "a to z, 0 to 9 and _", examples=("ctrl_hdr", "le32"))
]
_FrameName = Annotated[
    str,
    Text(
        "Part of a message",
        "^(ROW|[a-z][a-z0-9_]*)$",
        "a to z, 0 to 9 and _; or ROW",
        examples=("ctrl_hdr", "ROW"),
    ),
]
_Parts = list[Annotated[_PartName | Part, Either("A part by its type or as a mapping.")]]
_Frame = list[Annotated[_FrameName | Part, Either("A part by its type or as a mapping; or ROW.")]]


class DiskLimit(Row):
    """How much a request of a disk may have."""

    max: ConfigPath = key(
        "The configuration field that says the most sectors: of one struct where structs are the payload, else of the data."
    )


class DiskRequest(Row):
    """What is special to a request of a disk."""

    name: Upper = key("Name of the message.")
    sector: Annotated[Literal["start", "zero", "zone"], Words("Use of the sector field")] | None = key(
        "start: where to begin; zero: it must be 0; zone: first sector of a zone; nothing: the device does not look."
    )
    range: DiskLimit | None
    align: ConfigPath | None = key(
        "The configuration field that says at whose multiples a struct of the payload had best be split; a request without it is "
        "taken too."
    )


class Segments(Row):
    """What segments a request has, by fields of the configuration."""

    count: Reference | None = key("How many at most.")
    max: Reference | None = key("The bytes of one at most.")


class Disk(Row):
    """Of a disk: its segments, and what its requests have to do with sectors."""

    range: Segments | None
    rows: list[DiskRequest] | None = key("Requests that have something to do with sectors.")


class Buffers(Row):
    """One message may fill several buffers, of which each is used by itself."""

    field: Reference = key("The number of buffers, in the first one.")
    if_: Gates | None


class ItemRange(Row):
    """Items that have to be there: `count` of them, from `min` on, are all below `max`."""

    min: Reference = key("The first one.")
    count: Amount | None = key("How many; 1 if nothing is said.")
    max: Amount = key("How many there are in all.")


class Filling(Row):
    """What the length of each side's part is."""

    multiple_of: Bytes = key("What each side writes is filled up to a multiple of so many bytes.")


class Message(Explained):
    """A message: what the driver writes and what the device writes in one chain of descriptors."""

    name: Upper = key(
        "Name of the message; of a group with a name it is a value, and the group's prefix goes before it."
    )
    call: Upper | None = key(
        "What functions for it are called in C, if not by its name: where C or another function has that, or it says "
        "too little."
    )
    value: U64 | None = key("What the field that `select` names holds.")
    since: Since | None
    only: Only | None
    if_: Annotated[
        str,
        Logic(
            "There is such a message only if this holds: a feature or a choice of them has been negotiated, one more beside it, others "
            "have not; `services has HASH`: a field of the configuration has the bit whose number is that value of the file; "
            "`state == LOCKED`: a field of the configuration has that value of its group; "
            "`not offered RO`: the device refuses it if it offers that feature, negotiated or not.",
            all=2,
            choices=1,
            also=frozenset({"not", "bit", "value", "not offered"}),
            example="(BLOB or CONTEXT) and VIRGL and not LEAN",
        ),
    ] | None
    aka: Aka | None
    document: Document | None
    section: Section | None
    side: Annotated[Literal["driver", "device", "both"], Words("Sender")] | None = key(
        "Who sends it. With two queues the driver if nothing is said, and what both send is said once, in R; with one "
        "the device if it alone writes there, and `driver` says that it is asked all the same."
    )
    R: _Parts | None = key("What the driver writes.")
    W: _Parts | None = key(
        "What the device writes. The device's fields of a struct in R need not be named: they come first."
    )
    stream: Annotated[Literal["R", "W"], Words("Stream")] | None = key(
        "The queue carries bytes, and buffers have no meaning: R from the driver, W from the device."
    )
    ok: Annotated[
        Upper | Uppers, Either("A value of an enum of the file, with its prefix or without; or several.")
    ] | None = key("Values of the status that mean that it went well, in place of those of the entry.")
    refuse: Upper | None = key(
        "What the device answers if it has no such message, in place of that of the entry."
    )
    out_of_range: Upper | None = key(
        "What the device answers to a number or a length that is out of its limits, in place of that of the entry."
    )
    status: FieldPlace | None = key("The field that says how it went, in place of that of the entry.")
    used: Annotated[list[Annotated[Literal["on-event"], Words("Use")]], DISTINCT] | None = key(
        "on-event: the device keeps the buffer until something happens."
    )
    count: Buffers | None
    range: ItemRange | None
    by_hand: Brief | None = key("What is left to write by hand about it, and why.")


class MessageGroup(AliasedGroup):
    """Messages whose names become values under one prefix."""

    name: Kebab = key("Name by which fields refer to the group.")
    section: Section
    call: Upper | None = key(
        "What goes before the names of its messages where functions for them are called in C."
    )
    value: Upper | None = key(
        "A value of an enum of the file: what the first field of `select` holds in all of them."
    )
    rows: list[Message] = key("The messages.")


class QueuePair(Row):
    """Where messages go by who sends them."""

    driver: QueueName = key("The queue for what the driver sends.")
    device: QueueName = key("The queue for what the device sends, in buffers of the driver's.")


_Used = Literal["in-order", "empty-if-unknown", "answer-optional", "length-is-data", "length-if-modern"]


class Exchange(AliasedGroup):
    """What goes through one queue, through all of a kind, or through one for each side."""

    ONE_OF = ("rows", "groups")
    queue: QueueName | QueuePair = key(
        "The queue; or the two, by who sends. In a queue where only the device writes messages are the device's."
    )
    name: Kebab | None = key(
        "Name by which fields refer to the values of the rows; without it they make no constants."
    )
    R: _Frame | None = key("What the driver writes in all messages; without it what a row has.")
    W: _Frame | None = key("What the device writes in all messages; without it what a row has.")
    select: FieldPlace | FieldPlaces | None = key(
        "The field that says which message it is, in what the sender writes; or several, of which each row has a value."
    )
    status: FieldPlace | None = key("The field that says how it went, in what the device writes.")
    ok: Upper | Uppers | Number | None = key(
        "Values of the status that mean that it went well: names of values of the file, or a number."
    )
    refuse: Upper | None = key(
        "The status with which the device answers a message that it does not know, or whose feature is not there."
    )
    out_of_range: Upper | None = key(
        "The status with which the device answers a number or a length that is out of the limits of `range`; without it `refuse`."
    )
    disk: Disk | None
    used: Annotated[list[Annotated[_Used, Words("Use")]], DISTINCT] | None = key(
        "How the device uses buffers. in-order: in the order in which they came; empty-if-unknown: with a length of 0, and "
        "nothing written, where it does not know the message; answer-optional: so too where the driver left no space for the "
        "reply; length-is-data: the driver goes by the length, since nothing else says how much the device wrote; "
        "length-if-modern: in the legacy interface a driver does not look at it."
    )
    range: Filling | None
    by_hand: Brief | None = key("What is left to write by hand about them, and why.")
    rows: list[Message] | None = key("The messages.")
    groups: list[MessageGroup] | None = key(
        "In place of rows: messages in groups, each with a name of its own."
    )

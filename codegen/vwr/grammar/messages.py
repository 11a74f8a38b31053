# SPDX-License-Identifier: MIT
"""What goes through queues: messages, and the parts of them."""

from typing import Annotated, Literal

from vwr.grammar.common import Explained, Said
from vwr.grammar.features import FieldValue
from vwr.grammar.row import Either, Flag, Items, Row, Text, Words, key
from vwr.grammar.structs import AliasedGroup
from vwr.grammar.words import (
    U64,
    Aka,
    Brief,
    Bytes,
    ConfigPath,
    Document,
    Gate,
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


class Part(Said):
    """Bytes that follow each other."""

    part: Snake = key("Name of the part, by which others refer to it.")
    type: Snake | None = key(
        "A struct of this file, or u8, le16, le32, le64, be16, be32, be64; without it the part is bytes."
    )
    count: Number | Reference | None = key(
        "With a type: how many of it there are; any: the rest of the message. 1 if nothing is said. In an answer it "
        "may be a number of the answer that comes before."
    )
    stride: Reference | None = key(
        "From one of them to the next, in bytes, where that is not the size of the type."
    )
    bytes: Amount | None = key("Without a type: how many bytes; if nothing is said, the rest of the message.")
    least: Amount | None = key("The least that there may be: of a type so many, else bytes.")
    max: Amount | None = key("The most that there may be: of a type so many, else bytes.")
    multiple_of: Amount | None = key("Its length in bytes is a multiple of this.")
    optional: Flag = key("True if it may be left out.")
    reserved: Flag = key("True if it is written as 0 and not looked at.")
    unlimited: Flag = key("True if a `max` of 0 is no limit.")
    with_: Snake | None = key("It is there if this part, which is optional, is there.")
    if_: Gates | None
    holds: list[HeldValue] | None = key("Fields of it that have one value in this message.")
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


class ConfigBit(Row):
    """There is such a message only if a field of the configuration has the bit whose number is a value of the file."""

    field: Snake = key("Field of the configuration.")
    value: Upper = key("The value, with its prefix or without.")


class Limits(Row):
    """Which configuration field limits what."""

    YAML = {"num_sectors": "num_sectors"}
    num_sectors: ConfigPath | None = key("Most sectors in one struct of the payload.")
    sectors: ConfigPath | None = key("Most sectors in the payload.")


class Hints(Row):
    """Which configuration field says what the device would like; a request without it is taken too."""

    alignment: ConfigPath | None = key(
        "Sectors at whose multiples a struct of the payload had best be split."
    )


class Spans(Row):
    """One message may fill several buffers, of which each is used by itself."""

    parts: Reference = key("The number of buffers, in the first one.")
    if_: Gates | None


class Within(Row):
    """Items that have to be there: `count` of them, from `from` on, are all below `end`."""

    from_: Reference = key("The first one.")
    count: Amount | None = key("How many; 1 if nothing is said.")
    end: Amount = key("How many there are in all.")


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
    if_: Gates | None
    also: Gate | None = key("A feature that is needed besides that of `if`.")
    if_bit: ConfigBit | None
    when: FieldValue | None = key(
        "There is such a message only while this field of the configuration has this value."
    )
    if_not: Gates | None = key(
        "There is no such message if this feature, or one of these, has been negotiated."
    )
    aka: Aka | None
    document: Document | None
    section: Section | None
    from_: Annotated[Literal["driver", "device", "both"], Words("Sender")] | None = key(
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
    sector: Annotated[Literal["start", "zero", "zone"], Words("Use of the sector field")] | None = key(
        "start: where to begin; zero: it must be 0; zone: first sector of a zone; nothing: the device does not look."
    )
    refused_by: Gate | None = key("The device refuses it if it offers this feature, negotiated or not.")
    limits: Limits | None
    hints: Hints | None
    held: Flag = key("True if the device keeps the buffer until something happens.")
    spans: Spans | None
    within: Within | None
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
        "The status with which the device answers a number or a length that is out of the limits of within, least, "
        "max or multiple-of; without it `refuse`."
    )
    max_segments: Reference | None = key("The configuration field that limits the segments of a message.")
    max_segment_bytes: Reference | None = key("The configuration field that limits a segment.")
    empty: Flag = key("True if the device uses what it does not know with a length of 0, and writes nothing.")
    answer: Annotated[Literal["optional"], Words("Answer")] | None = key(
        "optional: a driver may leave no room for it, and has the buffer back with a length of 0."
    )
    multiple_of: Bytes | None = key("What each side writes is filled up to a multiple of so many bytes.")
    order: Annotated[Literal["queue"], Words("Order")] | None = key(
        "queue: the device uses the buffers in the order in which they came."
    )
    used_length: Annotated[Literal["data", "modern"], Words("What the used length says")] | None = key(
        "data: the driver goes by it, since nothing else says how much the device wrote; modern: in the legacy "
        "interface a driver does not look at it."
    )
    by_hand: Brief | None = key("What is left to write by hand about them, and why.")
    rows: list[Message] | None = key("The messages.")
    groups: list[MessageGroup] | None = key(
        "In place of rows: messages in groups, each with a name of its own."
    )

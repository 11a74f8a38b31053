# SPDX-License-Identifier: MIT
"""Messages of queues, and their parts."""

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
        "A number in an earlier part (entries.count, or the name of a part that is a number), where the "
        "driver's parts precede the device's; or in the configuration (config.cdb_size).",
        ("hdr.count", "config.cdb_size"),
    ),
]
Amount = Annotated[Number | Reference, Either("A number, or the field that contains it.")]
Unit = Annotated[Bytes | Reference, Either("A number of bytes, or the field that contains it.")]
FieldPlace = Annotated[
    str,
    Text(
        "Field of a struct",
        "^[a-z][a-z0-9_]*(\\.[a-zA-Z][a-zA-Z0-9_]*)*$",
        "STRUCT.field, with dots for nested fields",
        "STRUCT.field, or STRUCT.field.bit: the struct is a part of the message, or the start of one. A "
        "single name is a field of that name in any struct, or a part that is a number.",
        ("ctrl_hdr.type", "out_hdr.flags.M_RD"),
    ),
]
FieldPlaces = Annotated[list[FieldPlace], Items(2, distinct=True, meaning="Several fields.")]


class HeldValue(Row):
    """A field with a fixed value."""

    field: ConfigPath = key("Name of a field of the part's struct; with a dot, of a nested field.", "Field")
    value: Upper = key("Name of an enum value of the file, with or without its prefix.")


class PartRange(Row):
    """Limits on the size of a part."""

    min: Amount | None = key("Minimum number of elements, or of bytes if the part has no type.")
    max: Amount | None = key("Maximum number of elements, or of bytes if the part has no type.")
    multiple_of: Unit | None = key("The part's length in bytes is a multiple of this.")
    except_: Literal[0] | None = key("0: a `max` of 0 means no limit.")


class Part(Said):
    """Consecutive bytes of a message."""

    part: Snake = key("Name of the part, by which others refer to it.")
    type: Snake | None = key(
        "A struct of this file, or u8, le16, le32, le64, be16, be32, be64; without a type the part "
        "consists of bytes."
    )
    count: Amount | None = key(
        "Number of elements of the type (default: 1), or without a type the number of bytes (default: "
        "the rest of the message). any: the rest. In a reply it may refer to an earlier number of the "
        "same reply."
    )
    stride: Reference | None = key(
        "Distance of two elements in bytes, if it differs from the size of the type."
    )
    range: PartRange | None
    optional: Flag = key("True if the part may be omitted.")
    reserved: Flag = key("True if the part is written as 0 and ignored when read.")
    if_: (
        Annotated[
            str,
            Logic(
                "The part exists only if this feature, or one of several, is negotiated, and this earlier, "
                "optional part is present.",
                choices=1,
                also=frozenset({"part"}),
                example="ask",
            ),
        ]
        | None
    )
    values: list[HeldValue] | None = key("Fields of the part that have a fixed value in this message.")
    foreign: Snake | None = key("Its name in the other document that defines its layout.")
    by_hand: Brief | None = key("What must be written by hand for it, and why.")
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
_Parts = list[Annotated[_PartName | Part, Either("A part, by its type or as a mapping.")]]
_Frame = list[Annotated[_FrameName | Part, Either("A part, by its type or as a mapping; or ROW.")]]


class DiskLimit(Row):
    """Size limit of a disk request."""

    max: ConfigPath = key(
        "Configuration field with the maximum number of sectors: of each struct if the payload consists "
        "of structs, otherwise of the data."
    )


class DiskRequest(Row):
    """Disk-specific properties of a request."""

    name: Upper = key("Name of the message.")
    sector: Annotated[Literal["start", "zero", "zone"], Words("Use of the sector field")] | None = key(
        "start: first sector of the request; zero: it must be 0; zone: first sector of a zone. Without "
        "this key the device ignores the field."
    )
    range: DiskLimit | None
    align: ConfigPath | None = key(
        "Configuration field with the preferred alignment for splitting a struct of the payload. The "
        "device also accepts unaligned requests."
    )


class Segments(Row):
    """Limits on the segments of a request, given by configuration fields."""

    count: Reference | None = key("Maximum number of segments.")
    max: Reference | None = key("Maximum number of bytes in one segment.")


class Disk(Row):
    """Disk-specific properties: limits on segments, and the requests that refer to sectors."""

    range: Segments | None
    rows: list[DiskRequest] | None = key("Requests that refer to sectors.")


class Buffers(Row):
    """One message may span several buffers, each of which the device uses separately."""

    field: Reference = key("Number of buffers, in the first buffer.")
    if_: Gates | None


class ItemRange(Row):
    """Items that must exist: the `count` items from `min` on are all below `max`."""

    min: Reference = key("First item.")
    count: Amount | None = key("Number of items. Default: 1.")
    max: Amount = key("Total number of items.")


class FileRange(Row):
    """Limits on the number of files that one side sends beside a message."""

    min: Number | None = key("Minimum number of files. Default: 0.")
    max: Number = key("Maximum number of files.")


class Files(Row):
    """Files that pass with the message as file descriptors, beside its bytes. Default: none."""

    R: FileRange | None = key("Files that the driver sends.")
    W: FileRange | None = key("Files that the device sends with its reply.")


class Filling(Row):
    """Padding of each side's part."""

    multiple_of: Bytes = key("Each side pads the part that it writes to a multiple of this number of bytes.")


class Message(Explained):
    """
    A message: the parts of one descriptor chain that the driver writes, and those that the device writes.
    """

    name: Upper = key("Name of the message. In a named group it is also a value, with the group's prefix.")
    call: Upper | None = key(
        "Name for its C functions, if its own name is used by C or another function, or is not descriptive."
    )
    value: U64 | None = key("Value of the field that `select` names.")
    since: Since | None
    only: Only | None
    if_: (
        Annotated[
            str,
            Logic(
                "The message exists only if this holds: a feature or one of several is negotiated, a further "
                "one too, others are not; `services has HASH`: a configuration field has the bit whose "
                "number is that value of the file; `state == LOCKED`: a configuration field has that value "
                "of its group; `not offered RO`: the device rejects the message if it offers that feature, "
                "negotiated or not.",
                all=2,
                choices=1,
                also=frozenset({"not", "bit", "value", "not offered"}),
                example="(BLOB or CONTEXT) and VIRGL and not LEAN",
            ),
        ]
        | None
    )
    aka: Aka | None
    document: Document | None
    section: Section | None
    side: Annotated[Literal["driver", "device", "both"], Words("Sender")] | None = key(
        "Sender. With two queues the default is the driver, and a message that both send is written "
        "once, in R. With one queue the default is the device if only it writes there; `driver` then "
        "means that the driver requests the message."
    )
    R: _Parts | None = key("Parts that the driver writes.")
    W: _Parts | None = key(
        "Parts that the device writes. They begin with the device's fields of a struct in R, which need "
        "not be listed."
    )
    stream: Annotated[Literal["R", "W"], Words("Stream")] | None = key(
        "The queue carries bytes, and buffer boundaries have no meaning: R from the driver, W from the "
        "device."
    )
    ok: (
        Annotated[
            Upper | Uppers, Either("An enum value of the file, with or without its prefix; or several.")
        ]
        | None
    ) = key("Status values that mean success. Overrides the values of the entry.")
    refuse: Upper | None = key(
        "Status that the device returns if it does not have the message. Overrides the value of the entry."
    )
    refuse_if_offered: Upper | None = key(
        "Status that the device returns if it offers the feature of `not offered` in `if`. Default: `refuse`."
    )
    out_of_range: Upper | None = key(
        "Status that the device returns for a number or length outside its limits. Overrides the value "
        "of the entry."
    )
    status: FieldPlace | None = key("Field with the status. Overrides the field of the entry.")
    used: Annotated[list[Annotated[Literal["on-event"], Words("Use")]], DISTINCT] | None = key(
        "on-event: the device keeps the buffer until an event occurs."
    )
    count: Buffers | None
    range: ItemRange | None
    needs: Upper | None = key(
        "An enum value of the file, with its prefix: the protocol feature that both ends of a socket must "
        "have accepted before the message may be sent. The value is the number of its bit."
    )
    files: Files | None
    after: Upper | None = key(
        "A message of the entry: the sender has sent it through the same socket before it sends this one."
    )
    while_: Annotated[Literal["stopped", "all-stopped"], Words("State of rings")] | None = key(
        "State of the rings when the message may be sent. stopped: the ring is stopped whose number the "
        "message begins with. all-stopped: every ring is."
    )
    by_hand: Brief | None = key("What must be written by hand for it, and why.")


class MessageGroup(AliasedGroup):
    """Messages whose names become values with one prefix."""

    name: Kebab = key("Name by which fields refer to the group.")
    section: Section
    call: Upper | None = key("Prefix of its messages' names in the names of C functions.")
    value: Upper | None = key(
        "An enum value of the file: the value of the first `select` field in all messages of the group."
    )
    rows: list[Message] = key("The messages.")


class QueuePair(Row):
    """Queues of messages, by sender."""

    driver: QueueName = key("Queue for messages of the driver.")
    device: QueueName = key("Queue for messages of the device, in buffers that the driver provides.")


_Used = Literal["in-order", "empty-if-unknown", "answer-optional", "length-is-data", "length-if-modern"]


class Exchange(AliasedGroup):
    """Messages of one queue, of all queues of a kind, or of one queue for each side."""

    ONE_OF = ("rows", "groups")
    queue: QueueName | QueuePair = key(
        "The queue, or two by sender. In a queue where only the device writes, it sends the messages."
    )
    name: Kebab | None = key(
        "Name by which fields refer to the values of the rows. Without it they generate no constants."
    )
    R: _Frame | None = key("Parts that the driver writes in all messages. Default: those of the row.")
    W: _Frame | None = key("Parts that the device writes in all messages. Default: those of the row.")
    select: FieldPlace | FieldPlaces | None = key(
        "Field that identifies the message, in what the sender writes; or several fields, for each of "
        "which a row has a value."
    )
    status: FieldPlace | None = key("Status field of the device-writable part.")
    ok: Upper | Uppers | Number | None = key(
        "Status values that mean success: names of values of the file, or a number."
    )
    refuse: Upper | None = key(
        "Status that the device returns for an unknown message, or for one whose feature is not negotiated."
    )
    out_of_range: Upper | None = key(
        "Status that the device returns for a number or length outside the limits of `range`. Default: "
        "`refuse`."
    )
    disk: Disk | None
    used: Annotated[list[Annotated[_Used, Words("Use")]], DISTINCT] | None = key(
        "How the device uses buffers. in-order: in the order in which they were made available; "
        "empty-if-unknown: with length 0 and nothing written, if it does not know the message; "
        "answer-optional: likewise if the driver left no space for the reply; length-is-data: the driver "
        "relies on the used length, the only indication of how much the device wrote; length-if-modern: "
        "a driver ignores it in the legacy interface, with two queues only that of its own messages."
    )
    range: Filling | None
    by_hand: Brief | None = key("What must be written by hand for these messages, and why.")
    rows: list[Message] | None = key("The messages.")
    groups: list[MessageGroup] | None = key("In place of rows: messages in named groups.")

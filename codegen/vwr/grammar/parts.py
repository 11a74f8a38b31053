# SPDX-License-Identifier: MIT
"""Rows of the smaller kinds of files: device ids, the status, a queue's layout, channel commands, queues of a device."""

from typing import Annotated, Literal

from vwr.grammar.common import Explained, Said
from vwr.grammar.row import DISTINCT, Flag, Integer, Logic, Row, Text, Words, key
from vwr.grammar.structs import Field
from vwr.grammar.words import (
    U8_MAX,
    U16,
    U16_MAX,
    Aka,
    Brief,
    Broken,
    Clauses,
    Document,
    Fields,
    Gate,
    Gates,
    Kebab,
    Line,
    Only,
    QueueName,
    Section,
    Side,
    Since,
    Snake,
    Upper,
)


class Quirk(Row):
    """A deviation of one program: its versions, its behaviour, and how the other side handles it."""

    name: Annotated[
        str,
        Text(
            "Quirk's name",
            "^[a-z][a-z0-9]*(-[a-z0-9]+)*$",
            "lower-case letters and digits, single dashes between",
        ),
    ] = key("Short name. Comments of programs name it after the file's name: mmio.queue-reset.")
    who: Line = key("Program with the deviation.")
    versions: Line = key("Versions known to be affected: a number, or the first or last version.")
    side: Side = key("Whether the program is a device or a driver.")
    unseen: bool | None = key("Known only from a source or a report, and never seen here. Default: false.")
    about: Line | None = key(
        "Row that it concerns, which must have a comment in C, named as in messages of the checks. "
        "Default: the file."
    )
    breaks: Broken | None
    brief: Brief
    remedy: Line = key("How the other side handles it, in one sentence.")


class DeviceId(Explained):
    """A device type."""

    name: Upper = key("Name of the device in constants.")
    id: Annotated[int, Integer("Device id", 0, U16_MAX)] = key("Device id that the device reports.")
    transitional_pci: Annotated[int, Integer("PCI device id", 0x1000, 0x103F)] | None = key(
        "PCI device id of a transitional device."
    )
    call: Annotated[str, Text("Short name", "^[a-z0-9][a-z0-9-]*$", "a to z, 0 to 9 and -")] | None = key(
        "Common one-word name of the device. Default: the name in lower-case letters."
    )
    since: Since | None
    aka: Aka | None


class StatusBit(Explained):
    """A bit of the status register."""

    name: Upper = key("Name of the bit.")
    value: Annotated[int, Integer("Status bit", 1, 0x80)] = key("Value of the bit: a power of two.")
    side: Side = key("Side that sets the bit.")
    since: Since | None
    if_: Gate | None


_Behaviour = Literal[
    "opens queues",
    "opens queues in legacy",
    "opens queues in modern",
    "closes features",
    "closes queues",
    "stops available-buffers",
    "stops notifications",
    "stops config-writes",
    "drains queues",
    "suspends queues",
    "suspends config-writes",
    "suspends config-changes",
    "resumes queues",
    "resumes config-writes",
    "resumes config-changes",
    "may-refuse",
]


class Step(Row):
    """A step that sets or clears one bit."""

    ONE_OF = ("set", "clear")
    set: Upper | None = key("Bit that the step sets.")
    clear: Upper | None = key("Bit that the step clears.")
    side: Side
    when: (
        Annotated[
            str,
            Logic(
                "Bits that must be set before the step, and bits that must be clear. A bit that a version "
                "lacks is ignored there.",
                names="status bit",
                all=8,
                also=frozenset({"not"}),
                example="ACKNOWLEDGE and DRIVER and not FAILED",
            ),
        ]
        | None
    )
    only: Only | None
    clauses: Clauses | None
    behaviour: Annotated[list[Annotated[_Behaviour, Words("Behaviour")]], DISTINCT] | None = key(
        "opens: active from this step on, in one interface or in both; closes: no longer active; stops: "
        "the driver refrains from it until the device resumes; drains: the device completes it before "
        "the step; suspends: halted with its state kept, writes are ignored and changes are reported on "
        "resume; resumes: active again; may-refuse: the device may leave the bit clear, and the driver "
        "reads it back."
    )
    answers: Upper | None = key(
        "For a step of the device: the last bit that the driver has set, to which this step responds. No "
        "other step comes between."
    )
    otherwise: Upper | None = key(
        "For a step with `answers`: the bit that the device sets instead if it fails."
    )
    notify: (
        Annotated[
            str,
            Logic(
                "The device then sends a configuration change notification if these status bits are set.",
                names="status bit",
                all=8,
                example="DRIVER_OK",
            ),
        ]
        | None
    )


class QueueSize(Row):
    """Valid sizes of a queue."""

    max: Annotated[int, Integer("Largest queue", 1, U16_MAX)] = key(
        "Maximum number of descriptors in a queue."
    )
    clauses: Clauses | None
    power_of_two: bool = key("True if the size must be a power of two.")


class LegacyPart(Row):
    """
    The separately aligned part of the legacy interface's single block, which contains all parts in order.
    """

    align: Annotated[int, Integer("Alignment", 1, 0x10000)] = key(
        "Usual alignment of the block, and of this part within it."
    )


class RingPart(Said):
    """An area of memory with one writer."""

    name: Kebab = key("Name of the part.")
    type: Snake = key("Struct of the part, or of each of its entries.")
    count: Annotated[Literal["queue-size"], Words("Number of structs")] | None = key(
        "queue-size: the part has one entry for each descriptor, and the struct is that of an entry."
    )
    align: Annotated[Literal[1, 2, 4, 8, 16, 32, 64, 4096], Words("Alignment")] = key("Alignment in bytes.")
    legacy: LegacyPart | None
    side: Annotated[Literal["driver", "device", "both"], Words("Writer")] = key(
        "Side that writes the part; the other side only reads it."
    )


class LegacyCommand(Row):
    """Keys with another value in the legacy interface."""

    part: Snake = key("Payload in the legacy interface.")


class Command(Row):
    """Payload of a channel command, and when the driver may send it."""

    name: Upper = key("The command: an enum value of the file.")
    dir: Annotated[Literal["R", "W", "RW", "none"], Words("Direction")] = key(
        "Writer of the payload: W the driver, R the device, RW both; none if there is no payload."
    )
    part: Snake | None = key(
        "Payload: a struct of the file, a type such as u8 or be64, or config for the configuration space."
    )
    legacy: LegacyCommand | None
    writable: Fields | None = key("For RW: the fields that the device writes.")
    revision: Upper | None = key("First revision with the command: an enum value of the file.")
    behaviour: (
        Annotated[
            list[Annotated[Literal["first", "write-once", "status", "resets"], Words("Behaviour")]], DISTINCT
        ]
        | None
    ) = key(
        "first: no other command precedes it; write-once: the driver sends it once, and the device then "
        "rejects another value; status: it carries the device status; resets: it resets the device."
    )
    when: (
        Annotated[
            str,
            Logic(
                "Commands after which the device rejects this one: not SET_IND.",
                names="command",
                all=0,
                also=frozenset({"not"}),
                example="not SET_IND",
            ),
        ]
        | None
    )
    only: Only | None
    since: Since | None
    clauses: Clauses | None


class CountBy(Row):
    """
    Field with the number of queues; with `if` it applies only if that feature, or one of several, is
    negotiated.
    """

    field: Annotated[
        str,
        Text(
            "Config field",
            "^[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*( - [1-9][0-9]?)?$",
            "a name, or names with dots, and a number to subtract: field - 1",
            "Name of a configuration field, and a number to subtract from its value: max_nr_ports - 1.",
            ("max_nr_ports - 1",),
        ),
    ]
    if_: Gates | None


class Queue(Explained):
    """A virtqueue, or several of a kind."""

    ONE_OF = ("index", "behind")
    name: QueueName
    index: U16 | None = key("Index of the queue, or of the first of several.")
    behind: QueueName | None = key("In place of index: the queue after whose last one it follows.")
    stride: Annotated[int, Integer("Distance", 1, 16)] | None = key(
        "Difference of the indices of two successive queues of the kind. Default: 1."
    )
    count: Annotated[int, Integer("Number of queues", 1, U16_MAX)] | CountBy | None = key(
        "Number of queues, or the configuration field that contains it. Default: 1."
    )
    dir: Annotated[Literal["out", "in", "both"], Words("Direction")] | None = key(
        "out: the device reads the driver's buffers; in: it writes them; both."
    )
    since: Since | None
    if_: Gates | None
    numbered: Annotated[Literal["if-there"], Words("Numbering")] | None = key(
        "if-there: without this queue, the indices of the queues behind it are one lower. Default: its "
        "index remains unused."
    )


class SharedMemory(Explained):
    """A shared memory region of the device."""

    name: Upper = key("Name of the region.")
    id: Annotated[int, Integer("Region id", 0, U8_MAX)] = key("Id of the region.")
    since: Since | None
    if_: Gates | None
    document: Document | None
    section: Section | None


class Config(Row):
    """The device's configuration space; in C a struct and a getter for each field."""

    section: Section | None
    packed: Flag = key("True if the specification has no padding between fields.")
    clauses: Clauses | None
    legacy_order: Annotated[Literal["little"], Words("Byte order in the legacy interface")] | None = key(
        "little: the configuration is little-endian in the legacy interface too, instead of guest-endian."
    )
    fields: list[Field] = key("The fields in their order.")

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
    """One of them: who, which versions, what, and how the other side lives with it."""

    name: Annotated[
        str,
        Text(
            "Quirk's name",
            "^[a-z][a-z0-9]*(-[a-z0-9]+)*$",
            "lower case letters and digits, words joined by dashes",
        ),
    ] = key("A word for it: comments of programs name it behind that of the file, mmio.queue-reset.")
    who: Line = key("The program that does it.")
    versions: Line = key("Which of it are known to: a number, or since or until when.")
    side: Side = key("Whether that is a device or a driver.")
    about: Line | None = key(
        "What it concerns: a row that has a comment in C, as messages of the checks call it. Without it the file."
    )
    brief: Brief
    remedy: Line = key("What the other side does about it: one sentence of our own.")


class DeviceId(Explained):
    """A kind of device."""

    name: Upper = key("Name of the device in constants.")
    id: Annotated[int, Integer("Device id", 0, U16_MAX)] = key("The number that a device answers with.")
    transitional_pci: Annotated[int, Integer("PCI device id", 0x1000, 0x103F)] | None = key(
        "PCI device id of a transitional device."
    )
    call: Annotated[str, Text("Short name", "^[a-z0-9][a-z0-9-]*$", "a to z, 0 to 9 and -")] | None = key(
        "What people call the device in one word; where it is missing, the name in small letters."
    )
    since: Since | None
    aka: Aka | None


class StatusBit(Explained):
    """A bit of the status register."""

    name: Upper = key("Name of the bit.")
    value: Annotated[int, Integer("Status bit", 1, 0x80)] = key("Its value: a power of two.")
    side: Side = key("Who sets it.")
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
    """Sets or clears one bit."""

    ONE_OF = ("set", "clear")
    set: Upper | None = key("The bit that the step sets.")
    clear: Upper | None = key("The bit that the step clears.")
    side: Side
    when: Annotated[
        str,
        Logic(
            "Bits that must be set before, and those that must not be; one that a version lacks does not count there.",
            names="status bit",
            all=8,
            also=frozenset({"not"}),
            example="ACKNOWLEDGE and DRIVER and not FAILED",
        ),
    ] | None
    only: Only | None
    clauses: Clauses | None
    behaviour: Annotated[list[Annotated[_Behaviour, Words("Behaviour")]], DISTINCT] | None = key(
        "opens: what is alive from here on, in one interface or in both; closes: what is over; stops: what the driver does "
        "not do until the device resumes; drains: what the device brings to an end before; suspends: what stands still and "
        "keeps its state, writes are ignored and changes are reported on resume; resumes: what goes on again; may-refuse: "
        "the device may leave the bit clear, and the driver reads it back."
    )
    answers: Upper | None = key(
        "Of a step of the device: the bit that the driver has set last, for which this is the answer; nothing else "
        "comes between."
    )
    otherwise: Upper | None = key(
        "Of a step that answers: the bit that the device sets in its place where it fails."
    )
    notify: Annotated[
        str,
        Logic(
            "The device notifies the driver of a change of the configuration then, if these status bits are set.",
            names="status bit",
            all=8,
            example="DRIVER_OK",
        ),
    ] | None


class QueueSize(Row):
    """What sizes a queue may have."""

    max: Annotated[int, Integer("Largest queue", 1, U16_MAX)] = key("Most descriptors of a queue.")
    clauses: Clauses | None
    power_of_two: bool = key("True if the size is a power of two.")


class LegacyPart(Row):
    """Of the one block that the legacy interface has for all parts, in their order: the part that is aligned by itself."""

    align: Annotated[int, Integer("Alignment", 1, 0x10000)] = key(
        "Usual alignment of the block and of this part in it."
    )


class RingPart(Said):
    """An area of memory with one writer."""

    name: Kebab = key("Name of the part.")
    type: Snake = key("Struct of the part, or of each of its entries.")
    count: Annotated[Literal["queue-size"], Words("Number of structs")] | None = key(
        "queue-size: the struct is that of an entry, and there is one for each descriptor."
    )
    align: Annotated[Literal[1, 2, 4, 8, 16, 32, 64, 4096], Words("Alignment")] = key("Alignment in bytes.")
    legacy: LegacyPart | None
    side: Annotated[Literal["driver", "device", "both"], Words("Writer")] = key(
        "Who writes it; the other side only reads."
    )


class LegacyCommand(Row):
    """What counts in the legacy interface in place of the keys here."""

    part: Snake = key("What it carries there.")


class Command(Row):
    """What a channel command carries, and when it may come."""

    name: Upper = key("The command: a value of an enum of the file.")
    dir: Annotated[Literal["R", "W", "RW", "none"], Words("Direction")] = key(
        "Who writes what it carries: W the driver, R the device, RW both; none if it carries nothing."
    )
    part: Snake | None = key(
        "What it carries: a struct of the file, or u8, be64 and so on; config for the configuration space."
    )
    legacy: LegacyCommand | None
    writable: Fields | None = key("Of what both write: the fields that the device fills in.")
    revision: Upper | None = key("The first revision that has it: a value of an enum of the file.")
    behaviour: Annotated[
        list[Annotated[Literal["first", "write-once", "status", "resets"], Words("Behaviour")]], DISTINCT
    ] | None = key(
        "first: no other command comes before it; write-once: it comes once, and the device rejects another value from "
        "then on; status: it carries the device status; resets: it resets the device."
    )
    when: Annotated[
        str,
        Logic(
            "A device rejects it once it has carried out one of these: not SET_IND.",
            names="command",
            all=0,
            also=frozenset({"not"}),
            example="not SET_IND",
        ),
    ] | None
    only: Only | None
    since: Since | None
    clauses: Clauses | None


class CountBy(Row):
    """The field says how many there are; with `if` only where that feature, or one of those, is negotiated."""

    field: Annotated[
        str,
        Text(
            "Config field",
            "^[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*( - [1-9][0-9]?)?$",
            "a name, or names with dots, and how many fewer: field - 1",
            "Name of a configuration field, and how many fewer than it says: max_nr_ports - 1.",
            ("max_nr_ports - 1",),
        ),
    ]
    if_: Gates | None


class Queue(Explained):
    """A virtqueue, or several of a kind."""

    ONE_OF = ("index", "behind")
    name: QueueName
    index: U16 | None = key("Number of the queue; of the first if there are several.")
    behind: QueueName | None = key("In place of index: the queue after whose last one it comes.")
    stride: Annotated[int, Integer("Distance", 1, 16)] | None = key(
        "From one queue of the kind to the next; 1 if nothing is said."
    )
    count: Annotated[int, Integer("Number of queues", 1, U16_MAX)] | CountBy | None = key(
        "How many there are, or the field of the configuration that says how many; 1 if nothing is said."
    )
    dir: Annotated[Literal["out", "in", "both"], Words("Direction")] | None = key(
        "out: the device reads the driver's buffers; in: it writes them; both."
    )
    since: Since | None
    if_: Gates | None
    numbered: Annotated[Literal["if-there"], Words("Numbering")] | None = key(
        "if-there: where the queue is not there, those behind it have one number less; else its number stays free."
    )


class SharedMemory(Explained):
    """A region of memory that the device offers."""

    name: Upper = key("Name of the region.")
    id: Annotated[int, Integer("Region id", 0, U8_MAX)] = key("Number of the region.")
    since: Since | None
    if_: Gates | None
    document: Document | None
    section: Section | None


class Config(Row):
    """The device's configuration space; in C a struct and a getter for each field."""

    section: Section | None
    packed: Flag = key("True if the specification leaves no room for alignment.")
    clauses: Clauses | None
    legacy_order: Annotated[Literal["little"], Words("Byte order in the legacy interface")] | None = key(
        "little if the legacy interface has it in little-endian order too, and not in the guest's."
    )
    fields: list[Field] = key("The fields in their order.")

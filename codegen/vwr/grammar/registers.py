# SPDX-License-Identifier: MIT
"""Registers of a transport, alone and in structs."""

from typing import Annotated, Literal

from vwr.grammar.common import Explained, Reservable
from vwr.grammar.row import DISTINCT, Either, Flag, Integer, Items, Logic, Row, Words, key
from vwr.grammar.structs import Bit, Direction, Elements, NamedStruct, PlainField, Sizes
from vwr.grammar.words import (
    U16_MAX,
    U32,
    U64,
    Aka,
    Bytes,
    Camel,
    Fields,
    Gate,
    Offset,
    Only,
    RegisterName,
    Section,
    Since,
    Snake,
    Unit,
    Upper,
)

_NumberOrName = Annotated[U64 | Upper, Either("A number, or the name of a constant or value of the file.")]


class NumberIf(Row):
    """A number, and the feature with which it holds."""

    value: U32 = key("The number.")
    if_: Gate | None


_ByFeature = Annotated[
    U32 | Annotated[list[NumberIf], Items(2)],
    Either("A number, or several of which the first counts whose feature is offered; the last has no `if`."),
]


_When = Annotated[
    str,
    Logic(
        "What must hold for a write to count; of what is only read, for a read: status bits that are set and that are not, and registers "
        "of the same bank that read 0, at most one in a version. What a version lacks does not count there.",
        names="status bit",
        all=8,
        also=frozenset({"not", "register"}),
        example="DRIVER and not FAILED and QueueReady == 0",
    ),
]


class LegacyRegister(Row):
    """What counts in the legacy interface in place of the keys here."""

    when: _When


class Done(Row):
    """What holds once the device has done what a write asks for: the driver waits for that."""

    value: U64 = key("The value written.")
    when: Annotated[
        str,
        Logic(
            "Registers of the block and what they read as then.",
            all=0,
            also=frozenset({"register"}),
            example="QueueReset == 0",
        ),
    ]


class RegisterRange(Row):
    """What the value of a register may be."""

    max: RegisterName | None = key(
        "The register that holds the largest value to write here; itself: what it holds after a reset is the largest."
    )
    min: RegisterName | None = key("The register that holds the smallest value of this one.")
    except_: _NumberOrName | None = key("A value that it never has.")
    multiple_of: _ByFeature | None = key("Its value is a multiple of so many, or 0.")
    power_of_two: Flag = key("True if its value is a power of 2, or 0.")


class Behaviour(Row):
    """What a register does."""

    bank: RegisterName | None = key("The selector that says whose value this is.")
    value: _NumberOrName | None = key("What it always reads as.")
    reset: _NumberOrName | None = key("What it holds after a reset.")
    absent: _NumberOrName | None = key("What it reads as where there is no such thing.")
    range: RegisterRange | None
    values: Annotated[list[U64], DISTINCT] | None = key("The only values that the driver writes.")
    clears: RegisterName | None = key("The register whose bits a write here clears.")
    behaviour: Annotated[
        list[Annotated[Literal["kept", "cleared-by-read", "write-once", "status"], Words("Behaviour")]],
        DISTINCT,
    ] | None = key(
        "kept: a reset of the device leaves the value as it is; cleared-by-read: a read sets it to 0; write-once: it keeps "
        "what is written first until a reset of the device, or of the queue if it is of a bank; status: it is the device "
        "status register."
    )
    failed: _NumberOrName | None = key(
        "What it reads as after a write that the device could not carry out: the driver reads it back."
    )
    done: Done | None
    width: Annotated[list[Annotated[Literal[8, 16, 32, 64], Words("Access width")]], DISTINCT] | None = key(
        "Access widths in bits; without it the block's width."
    )
    when: _When | None
    legacy: LegacyRegister | None


class Register(Behaviour, Reservable):
    """A register, a pair for a 64-bit value, or a window."""

    name: Camel
    at: Annotated[int, Integer("Offset", 0, U16_MAX)] | Annotated[list[Offset], Items(2, 2)] = key(
        "Offset; or [low, high] for a 64-bit value in two registers."
    )
    dir: Direction = key("What the driver may do: R, W or RW. The device side has the mirror image.")
    only: Only | None
    since: Since | None
    if_: Gate | None
    unit: Unit | None
    aka: Aka | None
    size: Bytes | None = key("Length of a window into something else, in bytes.")
    bits: list[Bit] | None = key("Parts of the number.")


class RegisterField(Behaviour, PlainField):
    """A register of a struct of registers, or a field of an ordinary struct."""

    count: Elements | None = key("Makes it an array: as many elements as it says.")
    dir: Direction | None = key("What the driver may do, where it is a register: R, W or RW.")
    writable: Fields | None = key(
        "Of a struct of registers inside of another that the driver reads: the fields in it that the driver may write."
    )


class RegisterStruct(NamedStruct, Sizes):
    """A block of registers that the specification writes as a struct, or an ordinary struct."""

    registers: Flag = key(
        "True if it lies in device registers: each field is accessed by itself, with its own width, and has a "
        "direction."
    )
    fields: list[RegisterField] = key("The fields in their order.")


class CapabilityRange(Row):
    """How many of a capability there are, and how long it is."""

    min: U32 | None = key("A device has so many of them at least.")
    multiple_of: U32 | None = key("The capability's length is a multiple of so many bytes.")


class Capability(Explained):
    """A capability in PCI's configuration space, and where the structure is that it leads to."""

    name: Upper = key("Its type: a value of an enum of the file.")
    type: Snake = key("The struct that the capability is.")
    part: Snake | None = key(
        "The structure that it leads to: a struct of registers; config for the configuration space of the device."
    )
    align: _ByFeature | None = key("The structure's offset in its BAR is a multiple of so many bytes.")
    range: CapabilityRange | None
    since: Since | None
    only: Only | None
    section: Section | None


class Versions(Row):
    """What the Version register says."""

    legacy: U32 | None = key("The legacy interface.")
    modern: U32 | None = key("The interface of the specification.")

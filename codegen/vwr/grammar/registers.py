# SPDX-License-Identifier: MIT
"""Registers of a transport, alone and in structs."""

from typing import Annotated, Literal

from vwr.grammar.common import Explained, Reservable
from vwr.grammar.row import DISTINCT, Either, Flag, Integer, Items, Logic, Row, Words, key
from vwr.grammar.structs import Bit, Direction, Elements, NamedStruct, PlainField, Sizes
from vwr.grammar.words import (
    U16_MAX,
    U32,
    U32_MAX,
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


_Unit = Annotated[int, Integer("Number", 1, U32_MAX, "A number of at least 1.")]


class NumberIf(Row):
    """A number, and the feature with which it applies."""

    value: _Unit = key("The number.")
    if_: (
        Annotated[
            str,
            Logic(
                "The number applies if the device offers this feature, negotiated or not.",
                all=0,
                also=frozenset({"offered"}),
                example="offered NOTIFICATION_DATA",
            ),
        ]
        | None
    )


_ByFeature = Annotated[
    _Unit | Annotated[list[NumberIf], Items(2)],
    Either("A number, or several: the first one whose feature is offered applies, and the last has no `if`."),
]


_When = Annotated[
    str,
    Logic(
        "Condition for a valid write, or for a valid read of a read-only register: status bits that are "
        "set, status bits that are clear, and registers of the same bank that read 0, at most one in a "
        "version. Bits and registers that a version lacks are ignored there.",
        names="status bit",
        all=8,
        also=frozenset({"not", "register"}),
        example="DRIVER and not FAILED and QueueReady == 0",
    ),
]


class LegacyRegister(Row):
    """Keys with another value in the legacy interface."""

    when: _When


class Done(Row):
    """Condition that holds when the device has completed a write. The driver waits for it."""

    value: U64 = key("The value written.")
    when: Annotated[
        str,
        Logic(
            "Registers of the block, and the values that they then have.",
            all=0,
            also=frozenset({"register"}),
            example="QueueReset == 0",
        ),
    ]


class RegisterRange(Row):
    """Valid values of a register."""

    max: RegisterName | None = key(
        "Register with the maximum value to write here. The register itself: its value after a reset is "
        "the maximum."
    )
    min: RegisterName | None = key("Register with the minimum value of this register.")
    except_: _NumberOrName | None = key("A value that the register never has.")
    multiple_of: _ByFeature | None = key("The value is a multiple of this number, or 0.")
    power_of_two: Flag = key("True if the value is a power of 2, or 0.")


class Behaviour(Row):
    """Behaviour of a register."""

    bank: RegisterName | None = key("Selector register that chooses the instance of this register.")
    value: _NumberOrName | None = key("Constant value of the register.")
    reset: _NumberOrName | None = key("Value after a reset.")
    absent: _NumberOrName | None = key("Value read if the item that the register describes does not exist.")
    range: RegisterRange | None
    values: Annotated[list[U64], DISTINCT] | None = key("The only values that the driver writes.")
    clears: RegisterName | None = key("Register whose bits a write to this register clears.")
    behaviour: (
        Annotated[
            list[Annotated[Literal["kept", "cleared-by-read", "write-once", "status"], Words("Behaviour")]],
            DISTINCT,
        ]
        | None
    ) = key(
        "kept: a device reset preserves the value; cleared-by-read: a read sets it to 0; write-once: the "
        "first value written stays until a reset of the device, or of the queue if the register is "
        "banked; status: it is the device status register."
    )
    failed: _NumberOrName | None = key(
        "Value read after a write that the device could not execute. The driver reads the register back."
    )
    done: Done | None
    width: Annotated[list[Annotated[Literal[8, 16, 32, 64], Words("Access width")]], DISTINCT] | None = key(
        "Access widths in bits. Default: the width of the block."
    )
    when: _When | None
    legacy: LegacyRegister | None


class Register(Behaviour, Reservable):
    """A register, a pair for a 64-bit value, or a window."""

    name: Camel
    at: Annotated[int, Integer("Offset", 0, U16_MAX)] | Annotated[list[Offset], Items(2, 2)] = key(
        "Offset; or [low, high] for a 64-bit value in two registers."
    )
    dir: Direction = key("Access by the driver: R, W or RW. The device side has the opposite.")
    only: Only | None
    since: Since | None
    if_: Gate | None
    unit: Unit | None
    aka: Aka | None
    size: Bytes | None = key("Length in bytes, for a window to other data.")
    bits: list[Bit] | None = key("Bit fields of the register.")


class RegisterField(Behaviour, PlainField):
    """A register of a struct of registers, or a field of an ordinary struct."""

    count: Elements | None = key("Number of elements; makes the field an array.")
    dir: Direction | None = key("Access by the driver if it is a register: R, W or RW.")
    writable: Fields | None = key(
        "For a nested struct of registers that the driver reads: the fields that it may also write."
    )


class RegisterStruct(NamedStruct, Sizes):
    """A block of registers that the specification defines as a struct, or an ordinary struct."""

    registers: Flag = key(
        "True if the struct consists of device registers: each field is accessed separately, with its "
        "own width, and has a direction."
    )
    fields: list[RegisterField] = key("The fields in their order.")


class CapabilityRange(Row):
    """Number of instances of a capability, and its length."""

    min: U32 | None = key("Minimum number of instances in a device.")
    multiple_of: Bytes | None = key("The capability's length is a multiple of this number of bytes.")


class Capability(Explained):
    """A capability in PCI configuration space, and the structure that it locates."""

    name: Upper = key("Its type: an enum value of the file.")
    type: Snake = key("Struct of the capability itself.")
    part: Snake | None = key(
        "Structure that it locates: a struct of registers, or config for the configuration space of the "
        "device."
    )
    align: _ByFeature | None = key("The structure's offset in its BAR is a multiple of this number of bytes.")
    range: CapabilityRange | None
    since: Since | None
    only: Only | None
    section: Section | None


class Versions(Row):
    """Values of the Version register."""

    legacy: U32 | None = key("The legacy interface.")
    modern: U32 | None = key("The interface of the specification.")

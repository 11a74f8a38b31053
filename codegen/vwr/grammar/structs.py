# SPDX-License-Identifier: MIT
"""Data in memory: values, structs and their fields."""

from typing import Annotated, Literal

from vwr.grammar.common import Explained, Reservable, Said
from vwr.grammar.row import Flag, Integer, Items, Logic, Row, Text, Words, key
from vwr.grammar.words import (
    U16_MAX,
    U32,
    U64,
    Aka,
    AllOf,
    Bytes,
    Document,
    Gate,
    Gates,
    Kebab,
    Kebabs,
    Line,
    Only,
    Section,
    Since,
    Snake,
    Unit,
    Upper,
)

WIDEST = 64
Elements = Annotated[int, Integer("Number of elements", 1, U16_MAX, "Elements of the array.")]
Direction = Annotated[Literal["R", "W", "RW"], Words("Direction")]


class Constant(Explained):
    """A single number: a limit or a size."""

    name: Upper = key("Name without VIRTIO_<DEVICE>_.")
    value: U64 = key("The number.")
    since: Since | None
    only: Only | None
    if_: Gates | None
    unit: Unit | None
    aka: Aka | None
    document: Document | None
    section: Section | None


class RingValue(Reservable):
    """A named value."""

    name: Upper = key("Name of the value; the prefix of its group goes before it.")
    value: U32 = key("The number.")
    since: Since | None
    only: Only | None
    if_: Gate | None
    aka: Aka | None


class Value(Reservable):
    """A named value."""

    name: Upper = key("Name of the value; the prefix of its group goes before it.")
    value: U64 = key("The number.")
    since: Since | None
    only: Only | None
    if_: Gates | None
    aka: Aka | None
    document: Document | None
    section: Section | None


_NAME = key("Name by which fields refer to the group.")
_PREFIX = key(
    "Prefix of the names: prefix Z of blk makes VIRTIO_BLK_Z_HM; without it VIRTIO_BLK_HM; ring files "
    "have whole prefixes."
)


class Prefixed(Said):
    """Names under one prefix."""

    name: Kebab | None = _NAME
    prefix: Upper | None = _PREFIX
    section: Section | None


class RingGroup(Prefixed):
    """Values of one field, under one prefix."""

    name: Kebab = _NAME
    prefix: Upper = _PREFIX
    values: list[RingValue] = key("The values.")


class AliasedGroup(Prefixed):
    """Names under one prefix that have aliases in the header of document names."""

    document: Document | None = key(
        "Prefix of the names in the specification, if it is not VIRTIO_<DEVICE>_<PREFIX>."
    )
    since: Since | None
    scoped: Flag = key(
        "True if the specification uses these names for other numbers too. They then have no alias in "
        "the header of document names."
    )


class Group(AliasedGroup):
    """Values of one field, under one prefix."""

    name: Kebab = _NAME
    values: list[Value] = key("The values.")


class Bit(Reservable):
    """Some bits of a field or register; they generate a mask and a shift."""

    name: Snake = key("Name of the bits.")
    shift: Annotated[int, Integer("Number", 0, WIDEST - 1)] = key("Number of the lowest bit, from 0.")
    width: Annotated[int, Integer("Number", 1, WIDEST)] = key("Number of bits.")
    since: Since | None
    if_: Gates | None
    enum: Kebab | None = key("Name of the enum whose values the bits hold.")


_TYPE = key(
    "u8, le16, le32, le64, be16, be32, be64; u16, u32, u64 in the guest's byte order; or the name of a struct of "
    "this file."
)


class AnyField(Reservable):
    """One field of a struct, or an array of them."""

    name: Snake = key("Name of the field in the specification; with `document: none` a name of our own.")
    type: Snake | None = _TYPE
    since: Since | None
    unit: Unit | None
    aka: Aka | None
    enum: Kebab | Kebabs | None = key(
        "Name of the enum whose values the field holds, or several; `type` and `status` are those of the request."
    )
    flags: Kebab | None = key("Name of the flags group whose values the field holds.")
    bits: list[Bit] | None = key("Bit fields of the number.")


class RingField(AnyField):
    """A field of a struct of a ring."""

    name: Snake = key("Name of the field in the specification.")
    type: Snake = key(
        "u8, le16, le32, le64; u16, u32, u64 in the guest's byte order; or the name of a struct of this file."
    )
    count: Elements | Annotated[Literal["queue-size", "trailing"], Words("Kind of array")] | None = key(
        "Makes the field an array: a number of elements; queue-size (rings); or trailing, of variable "
        "length."
    )
    if_: Gate | None
    enum: Kebab | None = key(
        "Name of the enum whose values the field holds; `type` and `status` are those of the request."
    )


class ConfigRange(Row):
    """Limits of a number in the configuration."""

    min: U64 | None = key("Minimum value.")
    max: U64 | None = key("Maximum value.")


class Counted(Row):
    """A field that may be an array of variable length."""

    count: (
        Elements
        | Annotated[
            str,
            Text(
                "Kind of array",
                "^(queue-size|(config\\.)?[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*( \\+ [1-9][0-9]?)?)$",
                "trailing, open, queue-size, or the name of a field and a number to add: field + 1",
            ),
        ]
        | None
    ) = key(
        "Makes the field an array: a number; trailing or open; the earlier field, or with config. the "
        "configuration field, that contains the number, and a number to add (field + 1); queue-size in "
        "rings."
    )
    only: Only | None
    if_: Gates | None


class PlainField(AnyField, Counted):
    """One field of a struct, or an array of them."""

    type: Snake = _TYPE
    enum: Kebab | None = key("Name of the enum whose values the field holds.")


class LegacyField(Row):
    """Keys with another value in the legacy interface."""

    dir: Annotated[Literal["RW"], Words("Direction")] | None = key(
        "RW for a configuration field that the driver may write there."
    )
    writable: Annotated[Literal["offered"], Words("When it can be written")] | None = key(
        "offered: a configuration field that the driver may write there at any time."
    )


class AbsentIf(Row):
    """A result of the getter, and the feature that it requires."""

    value: U64 = key("Result of the getter.")
    if_: Gate | None


class Contained(Row):
    """A struct at the start of a field of bytes, for some values of another field."""

    name: Snake = key("Name of the struct among those of the field.")
    type: Snake = key("Name of a struct of this file.")
    if_: Annotated[
        str,
        Logic(
            "`type == BYTES or type == TEXT`: these values of another field of the same struct.",
            also=frozenset({"values"}),
            example="type == BYTES or type == TEXT",
        ),
    ]


class Field(AnyField, Counted):
    """A field of a struct, of a union or of the configuration."""

    ONE_OF = ("type", "fields", "union")
    fields: list["Field"] | None = key("In place of type: the fields of a struct without a name.")
    union: list["Field"] | None = key("In place of type: the members of a union.")
    contains: list[Contained] | None = key("Structs of which one is at the start of these bytes.")
    dir: Annotated[Literal["R", "W", "RW", "in"], Words("Direction")] | None = key(
        "In a configuration or a struct of registers the access by the driver: R (the default), W or RW. "
        "In a whole request `in` for a field that the device writes."
    )
    readable: Annotated[Literal["negotiated"], Words("When it can be read")] | None = key(
        "negotiated: a driver must not read the field before FEATURES_OK. It may read other fields as "
        "soon as the feature of `if` is offered."
    )
    writable: Annotated[Literal["offered"], Words("When it can be written")] | None = key(
        "offered: the driver may write the configuration field at any time, as soon as the feature of "
        "`if` is offered."
    )
    valid: (
        Annotated[
            str,
            Logic(
                "The value of the configuration field has a meaning only if this feature, or one of several, is "
                "negotiated. The field exists in any case; a driver does not read it then.",
                choices=1,
                example="MQ or RSS",
            ),
        ]
        | None
    )
    for_device: Flag = key(
        "True if only the device needs the value of the configuration field: a driver writes it, and does not "
        "read it."
    )
    legacy: LegacyField | None
    range: ConfigRange | None
    if_: (
        Annotated[
            str,
            Logic(
                "The field exists only if this feature, or one of several, is negotiated; `not FLUSH`: a "
                "configuration field has no meaning if the feature is negotiated; `type == BYTES or type == "
                "TEXT`: these values of an earlier field select this member of a union; `req.type == STATE`: "
                "those of the field `type` of the struct `req`, by which messages are distinguished.",
                choices=1,
                also=frozenset({"not", "values"}),
                example="MQ or RSS",
            ),
        ]
        | None
    )
    absent: U64 | Annotated[list[AbsentIf], Items(2, 2)] | Annotated[dict[str, U64], Items()] | None = key(
        "Result of the getter if the feature of `if` is not negotiated. Default: 0. Two rows: the result "
        "with another feature, and otherwise. For a struct: field: number."
    )
    mask_of: Kebab | None = key("Name of the enum whose values are bit numbers of the field.")
    foreign: Line | None = key("Contents of these bytes, which another document defines.")
    same: Flag = key("True if a table of records (`record`) refuses another value than the member has.")
    document: Annotated[Literal["none"], Words("Name in the specification")] | None = key(
        "none: the specification gives the struct or union no member name."
    )


class SizeIf(Row):
    """A size, and the features that it requires. The first row whose condition holds applies."""

    value: Bytes = key("Size in bytes.")
    if_: AllOf | None


class AnyStruct(Explained):
    """A struct in memory that driver and device share."""

    name: Snake = key(
        "Name of the struct in the specification; in a device file without virtio_ and the device's name."
    )
    packed: Flag = key("True if the specification has no padding between fields.")
    since: Since | None
    only: Only | None
    section: Section | None


class RingStruct(AnyStruct):
    """A struct in memory that driver and device share."""

    document: Line | None = key("Name in the specification, if it is not the name by rule.")
    fields: list[RingField] = key("The fields in their order.")


class NamedStruct(AnyStruct):
    """A struct that may have another name in the specification."""

    document: Document | None = key(
        "Name in the specification, if it is not the name by rule; a text that is not an identifier if "
        "it has none."
    )


class PlainStruct(NamedStruct):
    """Payload of a channel command."""

    fields: list[PlainField] = key("The fields in their order.")


class Sizes(Row):
    """A struct whose size depends on features."""

    size: list[SizeIf] | None = key(
        "Sizes that depend on features. The first row whose condition holds applies; the last has no `if`."
    )


class Struct(NamedStruct, Sizes):
    """A struct in memory that driver and device share."""

    record: Flag = key(
        "True for a macro <STRUCT>_RECORD: a table for vwr/record.h of a structure whose members have the names of "
        "the fields and flags."
    )
    fields: list[Field] = key("The fields in their order.")

# SPDX-License-Identifier: MIT
"""What lies in memory: values, structs and their fields."""

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


_NAME = key("Name by which fields refer to the group.")
_PREFIX = key(
    "What goes before the names: prefix Z of blk makes VIRTIO_BLK_Z_HM; without it VIRTIO_BLK_HM; "
    "ring files have whole prefixes."
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
        "What goes before the names in the specification, where that is not VIRTIO_<DEVICE>_<PREFIX>."
    )
    since: Since | None
    scoped: Flag = key(
        "True if the specification uses these names for other numbers too: they get no alias in the header of "
        "document names."
    )


class Group(AliasedGroup):
    """Values of one field, under one prefix."""

    name: Kebab = _NAME
    values: list[Value] = key("The values.")


class Bit(Reservable):
    """Some bits of a field or register; they become a mask and a shift."""

    name: Snake = key("Name of the bits.")
    shift: Annotated[int, Integer("Number", 0, WIDEST - 1)] = key("Number of the lowest bit, from 0.")
    width: Annotated[int, Integer("Number", 1, WIDEST)] = key("How many bits.")
    since: Since | None
    if_: Gates | None
    enum: Kebab | None = key("Name of the enum whose values the bits hold.")


_TYPE = key(
    "u8, le16, le32, le64, be16, be32, be64; u16, u32, u64 in the guest's byte order; or the name of a struct of "
    "this file."
)


class AnyField(Reservable):
    """One field of a struct, or an array of them."""

    name: Snake = key("Name of the field as the specification has it; one of ours with `document: none`.")
    type: Snake | None = _TYPE
    since: Since | None
    unit: Unit | None
    aka: Aka | None
    enum: Kebab | Kebabs | None = key(
        "Name of the enum whose values the field holds, or several; `type` and `status` are those of the request."
    )
    flags: Kebab | None = key("Name of the flags group whose values the field holds.")
    bits: list[Bit] | None = key("Parts of the number.")


class RingField(AnyField):
    """A field of a wire struct."""

    name: Snake = key("Name of the field as the specification has it.")
    type: Snake = key(
        "u8, le16, le32, le64; u16, u32, u64 in the guest's byte order; or the name of a struct of this file."
    )
    count: Elements | Annotated[Literal["queue-size", "trailing"], Words("Kind of array")] | None = key(
        "Makes the field an array: so many elements; queue-size of them (rings); or trailing, as many as there are."
    )
    if_: Gate | None
    enum: Kebab | None = key(
        "Name of the enum whose values the field holds; `type` and `status` are those of the request."
    )


class ConfigRange(Row):
    """What a number of the configuration may be."""

    min: U64 | None = key("The smallest.")
    max: U64 | None = key("The largest.")


class Counted(Row):
    """A field that may be an array of open length."""

    count: Elements | Annotated[
        str,
        Text(
            "Kind of array",
            "^(queue-size|(config\\.)?[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*( \\+ [1-9][0-9]?)?)$",
            "trailing, open, queue-size, or the name of a field and how many more: field + 1",
        ),
    ] | None = key(
        "Makes the field an array: a number; trailing or open; the earlier field, or with config. the configuration "
        "field, that holds the number, and how many more (field + 1); queue-size in rings."
    )
    only: Only | None
    if_: Gates | None


class PlainField(AnyField, Counted):
    """One field of a struct, or an array of them."""

    type: Snake = _TYPE
    enum: Kebab | None = key("Name of the enum whose values it holds.")


class LegacyField(Row):
    """What counts in the legacy interface in place of the keys here."""

    dir: Annotated[Literal["RW"], Words("Direction")] | None = key(
        "RW for a field of the configuration that the driver may write there."
    )
    writable: Annotated[Literal["offered"], Words("When it can be written")] | None = key(
        "offered: a field of the configuration that the driver may write there at any time."
    )


class AbsentIf(Row):
    """What the getter answers, and the feature with which it does."""

    value: U64 = key("What the getter answers.")
    if_: Gate | None


class Field(AnyField, Counted):
    """A field of a wire struct, of a union or of the configuration."""

    ONE_OF = ("type", "fields", "union")
    fields: list["Field"] | None = key("In place of type: a struct that has no name of its own.")
    union: list["Field"] | None = key("In place of type: a union of these.")
    dir: Annotated[Literal["R", "W", "RW", "in"], Words("Direction")] | None = key(
        "In a configuration or a struct of registers R (or nothing), W or RW, as the driver sees it; in a whole "
        "request `in` for what the device writes."
    )
    readable: Annotated[Literal["negotiated"], Words("When it can be read")] | None = key(
        "negotiated: a driver does not read it before FEATURES_OK. Others it may read as soon as the feature of `if` "
        "is offered."
    )
    writable: Annotated[Literal["offered"], Words("When it can be written")] | None = key(
        "offered: a field of the configuration that the driver may write at any time: it is enough that the feature "
        "of `if` is offered."
    )
    legacy: LegacyField | None
    range: ConfigRange | None
    if_: Annotated[
        str,
        Logic(
            "There only if this feature, or one of a choice, has been negotiated; `not FLUSH`: a field of the configuration means "
            "nothing with that; `type == BYTES or type == TEXT`: a member of a union is the one for these values of an earlier field.",
            choices=1,
            also=frozenset({"not", "values"}),
            example="MQ or RSS",
        ),
    ] | None
    absent: U64 | Annotated[list[AbsentIf], Items(2, 2)] | Annotated[dict[str, U64], Items()] | None = key(
        "What the getter answers where the feature of `if` is not negotiated; 0 if nothing is said. Two rows: with another feature "
        "that is there, and else. Of a struct: field: number."
    )
    mask_of: Kebab | None = key("Name of the enum whose values are the numbers of the bits.")
    foreign: Line | None = key("What another document says is in these bytes.")
    document: Annotated[Literal["none"], Words("Name in the specification")] | None = key(
        "none: the specification gives a struct or union no member name."
    )


class SizeIf(Row):
    """A size, and the features that it needs; the first row that holds counts."""

    value: Bytes = key("How many bytes it has.")
    if_: AllOf | None


class AnyStruct(Explained):
    """A struct as it stands in memory that both sides see."""

    name: Snake = key(
        "Name of the struct as the specification has it: in a device file without virtio_ and the device's name."
    )
    packed: Flag = key("True if the specification leaves no room for alignment.")
    since: Since | None
    only: Only | None
    section: Section | None


class RingStruct(AnyStruct):
    """A struct as it stands in memory that both sides see."""

    document: Line | None = key("What the specification calls it, where that is not the name by rule.")
    fields: list[RingField] = key("The fields in their order.")


class NamedStruct(AnyStruct):
    """A struct that may have a name of its own in the specification."""

    document: Document | None = key(
        "What the specification calls it, where that is not the name by rule; a text that is no name if it has none."
    )


class PlainStruct(NamedStruct):
    """What a channel command carries."""

    fields: list[PlainField] = key("The fields in their order.")


class Sizes(Row):
    """A struct whose size depends on features."""

    size: list[SizeIf] | None = key(
        "Sizes that depend on features: the first row that holds; the last has no `if`."
    )


class Struct(NamedStruct, Sizes):
    """A struct as it stands in memory that both sides see."""

    fields: list[Field] = key("The fields in their order.")

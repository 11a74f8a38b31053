# SPDX-License-Identifier: MIT
"""Structs, their fields, and the configuration, which is a struct."""

from typing import Any, ClassVar

from vwr.model.nodes import node
from vwr.model.nodes.values import Bits, Gate, GatedValue, Item, Node
from vwr.spec.load import Row

Param = tuple[int, str, bool]  # dependency of an offset: bytes, parameter, whether it counts elements


@node(frozen=True)
class Field(Item):
    """
    A member of a struct. `beside` is a group of flags that may be set in addition to a value of `enum`. A
    field after an array of variable length is not a member in C: the function `c` returns its offset, which
    depends on `after` in addition to `offset`.
    """

    least: int
    type: str
    ctype: str
    element: int
    align: int
    count: int | None
    array: bool
    flexible: bool
    length: int | str | None
    plus: int | None
    bytes: int
    brackets: str
    reserved: bool
    unit: str | None
    gate: Gate | None
    valid: Gate | None
    for_device: bool
    dir: str
    said_dir: str
    legacy_dir: str
    readable: str
    early: bool
    legacy_early: bool
    unless: Gate | None
    min: int | None
    max: int | None
    absent: int
    absent_with: GatedValue | None
    absent_in: dict[str, int]
    writable: list[str]
    enum: str | None
    beside: str | None
    nested: "Struct | None"
    members: list["Field"]
    contains: list["Field"]
    open_members: list["Field"]
    anonymous: bool
    unnamed: bool
    packed: bool
    holds: str
    same: bool
    mask: bool
    by: str
    is_: list[str]
    aka: list[str]
    remark: str
    remark_words: str
    bits: list[Bits]
    raw_bits: list[Row]
    offset: int = 0
    after: tuple[Param, ...] = ()
    offset_text: str = ""
    offset_words: str = ""

    @property
    def declaration(self) -> str:
        """The member in C."""
        return f"{self.ctype} {self.name}{self.brackets};"

    @property
    def fixed(self) -> bool:
        """Whether its length is fixed."""
        return (
            not self.flexible
            and (self.nested is None or self.nested.fixed)
            and all(f.fixed for f in self.members)
        )


@node(frozen=True)
class SizeRow:
    """The size with these features."""

    size: int
    needs: list[Gate]


@node(frozen=True)
class Sizes:
    """Sizes that depend on features; the first row that holds applies."""

    c: str
    rows: list[SizeRow]
    padded: bool


@node(frozen=True)
class Size(Node):
    """A number of bytes that has a name."""

    c: str
    value: int
    remark: str


@node(frozen=True)
class Struct(Item):
    """
    A struct: `fields` have fixed offsets, `behind` are fields after an array of variable length, which have
    functions; `hoisted` are nested structs without a name, `tail` is the device's part if that is a separate
    struct.
    """

    SHOWN: ClassVar[Any] = str
    documents: list[str]
    link: str
    section: str
    packed: bool
    registers: bool
    record_c: str
    hoisted: list["Struct"]
    fields: list[Field]
    behind: list[Field]
    params: list[Param]
    align: int
    size: int
    fixed: bool
    least: int
    bytes_c: str | None
    bytes_text: str
    unplaced: str
    sizes: Sizes | None
    tail: "Struct | None" = None
    out_bytes: Size | None = None
    document: str = ""

    @property
    def all_fields(self) -> list[Field]:
        """All fields, including those after an array."""
        return self.fields + self.behind


@node(frozen=True)
class ConfigCall(Node):
    """
    Getter and setter of a number of the configuration: without one of each of `gates` it says nothing. `closed`
    and `shut` are the conditions under which it cannot be read, and not be written.
    """

    field: str
    name: str
    ctype: str
    width: int
    getter: str | None
    setter: str | None
    legacy_setter: bool
    offset_c: str
    offset: int
    closed: str
    little: str
    absent_text: str
    count: int | None
    index: str
    bytes: int
    min: int | None
    max: int | None
    gates: list[list[str]]
    unless: list[str]
    for_device: bool
    shut: str
    remark: str

    @property
    def opened(self) -> list[str]:
        """Conditions under which the field exists with the features `f`."""
        have = lambda c: f"vwr_features_have(f, {c})"
        return [
            *(
                have(some[0]) if len(some) == 1 else f"({' || '.join(map(have, some))})"
                for some in self.gates
            ),
            *(f"!{have(c)}" for c in self.unless),
        ]

    def ordered(self, value: str) -> str:
        """A number of the processor in the byte order of the configuration."""
        if self.width == 8:
            return value
        return (
            f"vwr_cpu_to_le{self.width}({value})"
            if self.little
            else f"vwr_guest{self.width}(legacy, {value})"
        )


@node(frozen=True)
class ConfigRow:
    """A row of the device side's table of fields; the first of `access` is that of the legacy interface."""

    offset: int
    bytes: int
    access: list[str]
    any: list[str]
    early: int


@node(frozen=True)
class ConfigNeed:
    """The bytes up to the end of the fields that exist with a feature."""

    bytes: int
    feature: str


@node(frozen=True)
class Offset(Node):
    """A constant for the offset of a field."""

    c: str
    offset: int
    field: str
    path: str
    remark: str


@node(frozen=True)
class Window:
    """A struct in registers, and its offsets there."""

    struct: Struct
    offsets: list[Offset]
    tag: str


@node(frozen=True)
class Config(Window):
    """
    The configuration space. `info_tag` is the struct with its numbers; `read_c` and `write_c` convert between
    them.
    """

    legacy_order: str
    section: str
    accessors: list[ConfigCall]
    rows: list[ConfigRow]
    table: str
    count_c: str
    needs: list[ConfigNeed]
    needs_c: str
    info_tag: str
    read_c: str
    write_c: str
    wrong_c: str

    @property
    def read(self) -> list[ConfigCall]:
        """
        The numbers that the driver reads, except those inside unions, whose member another field selects.
        """
        unions = {one.name for one in self.struct.fields if one.members}
        return [
            one
            for one in self.accessors
            if one.getter and not one.for_device and one.field.split(".")[0] not in unions
        ]

    @property
    def written(self) -> list[ConfigCall]:
        """Those of them that are the device's alone."""
        return [one for one in self.read if one.legacy_setter or not one.setter]

    @property
    def limited(self) -> list[ConfigCall]:
        """Numbers that a driver reads and whose values have limits."""
        return [one for one in self.read if one.min is not None or one.max is not None]

    @property
    def has_orders(self) -> bool:
        """Whether any of these has another byte order for a legacy driver."""
        return any(one.width > 8 and not one.little for one in self.written)

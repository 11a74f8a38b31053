# SPDX-License-Identifier: MIT
"""Registers, and the calls that access them."""


from vwr.model.nodes import node
from vwr.model.nodes.structs import Struct
from vwr.model.nodes.values import Bits, Gate, Item, Node, Value


@node(frozen=True)
class Register(Item):
    """
    A register, or one half of a 64-bit register; lists of two are for the legacy and the modern version.
    `reset` is the value in C, `reset_value` only the value that the specification gives; `multiple_of`:
    (number, the feature that it requires), the first whose feature is negotiated applies.
    """

    register: str
    reg: str
    offset: int
    bytes: int
    access: str
    dir: str
    versions: list[str]
    widths: str
    widths_list: list[int]
    bank: str
    bank_name: str | None
    gate: Gate | None
    must_set: list[str]
    must_clear: list[str]
    set_names: list[list[str]]
    clear_names: list[list[str]]
    idle: list[str]
    idle_names: list[str | None]
    when_words: str
    reset: str
    reset_value: int | None
    absent: int | None
    power_of_two: bool
    multiple_of: list[tuple[int, str]]
    kept: bool
    read_clears: bool
    write_once: bool
    value: int | None
    max: str | None
    min: str | None
    writes: list[int]
    never: int | None
    failed: int | None
    done_after: int | None
    done_names: list[str]
    done_values: list[int]
    clears: str | None
    unit: str | None
    aka: list[str]
    remark: str
    more_words: str


@node(frozen=True)
class Accessor(Node):
    """A call that reads or writes a register."""

    c: str
    verb: str
    register: str
    bank: str | None
    wide: bool
    width: int
    ctype: str
    offset: str
    high: str
    remark: str


@node(frozen=True)
class Named(Node):
    """A number that the specification gives for a register, or the offset of the configuration."""

    c: str
    text: str
    remark: str


@node(frozen=True)
class Version:
    """A value of the Version register."""

    c: str
    name: str
    value: int


@node(frozen=True)
class DecodeLine:
    """Words of the block that belong to one register."""

    offset: str
    cells: list[str]


@node(frozen=True)
class Block(Node):
    """
    A block of registers: the file's own, which has no name, or a struct. `length` is its size in C; `in_c` is
    false for a struct in PCI configuration space, of which C has only the struct.
    """

    name: str
    title: str
    brief: str
    section: str
    registers: list[Register]
    accessors: list[Accessor]
    areas: list[Named]
    constants: list[Named]
    bits: list[Bits]
    size: int
    length: str
    count_c: str
    reg_tag: str
    table: str
    decode: list[DecodeLine]
    decode_c: str
    word: int
    struct: Struct | None
    in_c: bool


@node(frozen=True)
class ChannelCommand(Node):
    """A channel command, by its value: its payload, and when the driver may send it."""

    value: Value
    dir: str
    part: str
    legacy_part: str
    back: list[str]
    revision: str
    first: bool
    write_once: bool
    excludes: list[str]
    status: bool
    resets: bool
    only: str | None
    since: str | None
    words: str


@node(frozen=True)
class Capability(Node):
    """A PCI capability, and the structure that it locates: `constant` is its type in C, `align` text."""

    name: str
    constant: str
    struct: str
    place_name: str
    align: str
    least: int
    multiple_of: int
    since: str | None
    only: str | None
    brief: str

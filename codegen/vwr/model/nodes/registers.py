# SPDX-License-Identifier: MIT
"""Registers, and the calls that reach them."""

from dataclasses import dataclass

from vwr.model.nodes.structs import Struct
from vwr.model.nodes.values import Bits, Gate, Item, Node, Value


@dataclass(frozen=True)
class Register(Item):
    """A register, or a half of one of 64 bits; lists of two are for the legacy and the modern version.
    `reset` is what C has, `reset_value` only what the specification says; `multiple_of`: (number, the feature with which), the first
    whose feature is there counts."""

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


@dataclass(frozen=True)
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


@dataclass(frozen=True)
class Named(Node):
    """A number that the specification gives for a register, or where the configuration begins."""

    c: str
    text: str
    remark: str


@dataclass(frozen=True)
class Version:
    """What the Version register reads as."""

    c: str
    name: str
    value: int


@dataclass(frozen=True)
class DecodeLine:
    """Words of the block that belong to one register."""

    offset: str
    cells: list[str]


@dataclass(frozen=True)
class Block(Node):
    """Registers that lie together: the file's own, which has no name, or a struct of them. `length` is its size in C,
    `in_c` is false for what lies in PCI's configuration space: C has the struct alone."""

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


@dataclass(frozen=True)
class ChannelCommand(Node):
    """A channel command, by the value that it is: what it carries, and when it may come."""

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


@dataclass(frozen=True)
class Capability(Node):
    """A capability of PCI, and the structure that it leads to: `constant` is its type in C, `align` text."""

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

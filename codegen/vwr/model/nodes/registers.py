# SPDX-License-Identifier: MIT
"""Registers, and the calls that reach them."""

from dataclasses import dataclass

from vwr.model.nodes.values import Gate, Item, Node


@dataclass(frozen=True)
class Register(Item):
    """A register of 32 bits, or a half of one of 64; lists of two are for the legacy and the modern version."""
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
    kept: bool
    value: int | None
    max: int | None
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

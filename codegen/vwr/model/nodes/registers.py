# SPDX-License-Identifier: MIT
"""Registers, and the calls that access them."""

from typing import Annotated, Any, Literal

from vwr.model.nodes import BOTH, BRIEF, GATE, NAME, ONLY, SINCE, Shown, key, maybe, node
from vwr.model.nodes.structs import Struct
from vwr.model.nodes.values import Bits, Gate, Node, Value


@node(frozen=True)
class Register(Node):
    """
    A register, or one half of a 64-bit register.

    Lists of two are for the legacy and the modern version. `reset` is the value in C, `reset_value` only the
    value that the specification gives; `multiple_of`: (number, the feature that it requires).
    """

    name: Annotated[str, NAME]
    register: Annotated[str, key("Name of the whole register.")]
    offset: Annotated[int, key("Offset in bytes from the start of the block.")]
    bytes: Annotated[int, key("Size in bytes.")]
    dir: Annotated[str, key("Access by the driver.", shown=Literal["R", "W", "RW"])]
    versions: Annotated[list[str], key("Versions with the register.")]
    widths_list: Annotated[list[int], maybe("Access widths in bits.")]
    gate: Annotated[Gate | None, GATE]
    bank_name: Annotated[str | None, maybe("Register that selects the instance of this register.")]
    reset_value: Annotated[
        int | None, maybe("Value after a device reset. Absent if the specification does not define it.")
    ]
    kept: Annotated[bool, maybe("A device reset preserves the value.")]
    absent: Annotated[int | None, maybe("Value read if the item that the register describes does not exist.")]
    unit: Annotated[str | None, maybe("Unit of the value.")]
    power_of_two: Annotated[bool, maybe("The value is 0 or a power of 2.")]
    multiple_of: Annotated[
        list[tuple[int, str]],
        maybe(
            "The value is 0 or a multiple of this. The first row whose feature is negotiated applies.",
            shown=list[list[Any]],
        ),
    ]
    set_names: Annotated[list[list[str]], BOTH]
    clear_names: Annotated[list[list[str]], BOTH]
    idle_names: Annotated[
        list[str | None], maybe("Register that must be 0, for the legacy interface, then for the modern one.")
    ]
    value: Annotated[int | None, maybe("Constant value of the register.")]
    since: Annotated[str | None, SINCE]
    only: Annotated[str | None, ONLY]
    max: Annotated[str | None, maybe("Register with the maximum value, or the maximum.")]
    min: Annotated[str | None, maybe("Register with the minimum value, or the minimum.")]
    writes: Annotated[list[int], maybe("The only values that the driver may write.")]
    never: Annotated[int | None, maybe("Value that the driver never writes.")]
    failed: Annotated[int | None, maybe("Value read after a failed write.")]
    done_after: Annotated[
        int | None,
        maybe(
            "A write of this value takes time: the driver waits until other registers have certain values."
        ),
    ]
    done_names: Annotated[list[str], maybe("Registers that the driver waits for.")]
    done_values: Annotated[list[int], maybe("Values of these registers when the write is complete.")]
    clears: Annotated[str | None, maybe("Register whose bits a write to this register clears.")]
    read_clears: Annotated[bool, maybe("A read clears the register.")]
    write_once: Annotated[bool, maybe("The driver writes the register only once.")]
    aka: Annotated[list[str], maybe("Other names in the specification or in Linux.")]
    brief: Annotated[str, BRIEF]
    reg: str
    access: str
    widths: str
    bank: str
    must_set: list[str]
    must_clear: list[str]
    idle: list[str]
    when_words: str
    reset: str
    remark: str
    more_words: str
    c: str


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
class Version(Shown):
    """A version of the interface."""

    c: str
    name: Annotated[str, key("legacy or modern.")]
    value: Annotated[int, key("Value of the Version register.")]


@node(frozen=True)
class DecodeLine:
    """Words of the block that belong to one register."""

    offset: str
    cells: list[str]


@node(frozen=True)
class Block(Node):
    """
    A struct of registers.

    The file's own block has no name and no struct. `length` is its size in C; `in_c` is false for a
    struct in PCI configuration space, of which C has only the struct.
    """

    name: Annotated[str, key("Name of the struct.")]
    title: str
    brief: str
    section: str
    registers: Annotated[list[Register], key("Registers of the struct.")]
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
    """Payload of a channel command, and when the driver may send it."""

    name: Annotated[str, key("Name of the value.")]
    dir: Annotated[str, key("Writer of the payload: W is the driver.", shown=Literal["R", "W", "RW", "none"])]
    part: Annotated[str, maybe("Payload: a struct, a number type, or config.")]
    legacy_part: Annotated[str, maybe("Payload in the legacy interface.")]
    back: Annotated[list[str], maybe("Fields that the device fills in.")]
    revision: Annotated[str, maybe("First revision with the command.")]
    first: Annotated[bool, maybe("No other command precedes it.")]
    write_once: Annotated[bool, maybe("The driver sends it only once.")]
    excludes: Annotated[list[str], maybe("Commands that the device rejects after this one.")]
    status: Annotated[bool, maybe("It carries the device status.")]
    resets: Annotated[bool, maybe("It resets the device.")]
    only: Annotated[str | None, ONLY]
    value: Value
    since: str | None
    words: str


@node(frozen=True)
class Capability(Node):
    """
    A vendor-specific PCI capability.

    `constant` is its type in C.
    """

    name: Annotated[str, key("Type of the capability.")]
    struct: Annotated[str, key("Struct of the capability itself.")]
    place_name: Annotated[str, maybe("Struct that the capability locates.")]
    align: Annotated[str, maybe("Alignment of that struct in bytes.")]
    least: Annotated[int, maybe("Minimum number of instances in a device.")]
    multiple_of: Annotated[int, maybe("The capability's length is a multiple of this number of bytes.")]
    since: Annotated[str | None, SINCE]
    only: Annotated[str | None, ONLY]
    brief: Annotated[str, BRIEF]
    constant: str

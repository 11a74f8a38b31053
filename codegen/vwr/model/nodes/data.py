# SPDX-License-Identifier: MIT
"""The objects of virtwright.json that are no nodes, or have other keys: a file, and the whole of it."""

from typing import Annotated, Literal

from vwr.grammar.row import Flag, Text, key
from vwr.grammar.words import Side
from vwr.model.nodes import BRIEF, FIRST, GATE, NAME, ONLY, SECTION, SINCE, DataRow, Interface
from vwr.model.nodes.files import Quirk, Said
from vwr.model.nodes.messages import Exchange
from vwr.model.nodes.registers import Block, Capability, ChannelCommand, Register, Version
from vwr.model.nodes.ring import LegacyRing, Part, Step
from vwr.model.nodes.values import Conflict

Direction = Literal["R", "W", "RW"]
Large = int | Annotated[str, Text("Large number", "^0x[0-9a-f]{14,16}$")]

_LATER = key(FIRST, default="1.0")
_AKA = key("Other names in the specification or in Linux.")
_RESERVED = key("Reserved: not used.")
_SHIFT = key("Lowest bit.")
_WIDTH = key("Number of bits.")


class RegisterBits(DataRow):
    """A bit field of a register."""

    register: str = key("Name of the register.")
    name: str = NAME
    shift: int = _SHIFT
    width: int = _WIDTH
    if_: str | None = key("Feature that enables the bits.")
    brief: str | None = BRIEF


class Value(DataRow):
    """A named number."""

    name: str = key("Name of the value: RO.")
    value: Large = key("The number, or from 2^53 on a string with it in hexadecimal, 0x….")
    c: str = key("Virtwright's name in C.")
    document: str | None = key("The specification's name.")
    since: str | None = _LATER
    aka: list[str] | None = _AKA
    only: Interface | None = ONLY
    gate: list[str] | None = GATE
    label: str | None = key("Readable name, if it differs from the name.")
    brief: str | None = BRIEF
    reserved: Flag = _RESERVED
    accept: Literal["must", "should"] | None = key(
        "Features: duty of the driver if the device offers the feature."
    )
    offer: Literal["must", "should", "should-not"] | None = key("Features: duty of the device.")
    insist: list[Side] | None = key("Features: sides that may fail without the feature.")
    transports: list[str] | None = key("Features: the only transports that can have the feature.")
    out: list[str] | None = key("Commands: structs or types that the sender writes, in order.")
    back: list[str] | None = key("Commands: structs or types of the reply.")
    sender: Literal["driver", "device", "both"] | None = key("Commands: sender.")
    quote: str | None = key("The specification's words for the number, if it has no name.")
    section: str | None = key("Section of the specification, if it differs from the group's.")


class Group(DataRow):
    """A group of numbers."""

    name: str = key("Name of the group: features, response.")
    kind: str = key(
        "ids, features, bits (of the status), queues, enums, flags, constants, commands, registers (their offsets), shared-memory, types (of requests), type-flags or status (of requests)."
    )
    section: str = SECTION
    scoped: Flag = key("The specification uses the names for other numbers elsewhere.")
    queue: str | None = key("Messages: queue that carries them.")
    values: list[Value] = key("The numbers.")


class Bits(DataRow):
    """Bits of a field."""

    name: str = key("Name of the bits.")
    shift: int = _SHIFT
    width: int = _WIDTH
    reserved: Flag = _RESERVED
    if_: str | None = key("Feature that enables the bits.")


class AbsentWith(DataRow):
    """The value without the feature, while any of these features is negotiated."""

    gate: list[str] = key("The features.")
    value: int = key("The value.")


class Field(DataRow):
    """A field of a struct."""

    name: str = NAME
    offset: int | None = key(
        "Offset in bytes from the start of the whole struct. Absent after an array of variable length."
    )
    type: str = key("A type in numbers; the name of a struct of the file; or struct or union, with members.")
    count: int | str | None = key(
        "Number of elements: a number, trailing or open (the rest), queue-size, the name of a field, or "
        "config.FIELD. Default: 1.",
        default=1,
    )
    plus: int | None = key("Number of elements in addition to count.", default=0)
    array: Flag = key("The field is an array.")
    size: int | None = key("Size of all elements in bytes. Absent if it is variable.")
    gate: list[str] | None = GATE
    dir: Literal["R", "W", "RW", "in"] | None = key(
        "Configuration and registers: access by the driver, R, W or RW. Others: in means that the device "
        "writes the field."
    )
    legacy_dir: Direction | None = key(
        "Configuration: access by the driver in the legacy interface, if it differs."
    )
    readable: Literal["negotiated"] | None = key(
        "Configuration: the driver must not read the field before FEATURES_OK."
    )
    valid: list[str] | None = key(
        "Configuration: the value has a meaning only with one of these features; the field exists in any case."
    )
    for_device: Flag = key("Configuration: a driver writes the field, and does not read it.")
    at_any_time: Flag = key(
        "Configuration: the driver may write the field as soon as the feature is offered."
    )
    legacy_at_any_time: Flag = key("The same, only in the legacy interface.")
    writable: list[str] | None = key("Configuration: fields of the struct that the driver may write.")
    unless: list[str] | None = key(
        "Configuration: the field has no meaning if any of these features is negotiated."
    )
    min: int | None = key("Configuration: minimum value.")
    max: int | None = key("Configuration: maximum value.")
    absent: int | None = key("Configuration: value without the feature.", default=0)
    absent_with: AbsentWith | None
    absent_inside: dict[str, Large] | None = key(
        "Configuration: values of the struct's fields without the feature."
    )
    reserved: Flag = _RESERVED
    anonymous: Flag = key("The specification gives no name; this name is Virtwright's.")
    members: list["Field"] | None = key("Members of a union or of a struct without a name.")
    values: str | None = key("Group of the field's values; several are joined by 'or'.")
    mask: Flag = key("The values are bit numbers.")
    bits: list[Bits] | None = key("Bit fields of the field.")
    contains: list["Field"] | None = key("Structs of which one is at the start of these bytes.")
    is_: list[str] | None = key("In a union or in bytes: values of the field `by` that select this member.")
    by: str | None = key(
        "Union, or bytes with structs: field that selects the member; STRUCT.FIELD: a field by which messages are "
        "distinguished."
    )
    aka: list[str] | None = _AKA
    since: str | None = _LATER
    only: Interface | None = ONLY
    unit: str | None = key("Unit of the number: bytes, pixels.")
    holds: str | None = key("Struct of another document that defines the bytes.")
    brief: str | None = BRIEF


class Struct(DataRow):
    """A struct in memory that driver and device share."""

    name: str = key("Name of the struct: config.")
    document: str | None = key("The specification's name: virtio_blk_config.")
    c: str = key("Virtwright's name in C.")
    size: int = key("Size in bytes, without arrays of variable length.")
    fixed: Flag = key("The size is fixed.")
    apart: Flag = key("The device's part of another struct, which messages use separately.")
    packed: Flag = key("C would add padding that the specification does not have.")
    since: str | None = SINCE
    only: Interface | None = ONLY
    section: str | None = SECTION
    brief: str | None = BRIEF
    sizes: list[list[int | list[list[str]]]] | None = key(
        "Sizes that depend on features. The first row whose features are negotiated applies."
    )
    fields: list[Field] = key("Fields, in order.")


class Queue(DataRow):
    """A virtqueue, or several of a kind."""

    name: str = NAME
    index: int | None = key("Index of the first queue. Absent if it is behind a queue with a variable index.")
    behind: str | None = key("Queue after whose last one it begins.")
    stride: int | None = key("Difference of the indices of two successive queues. Default: 1.", default=1)
    count: int | None = key("Number of queues. Default: 1.", default=1)
    field: str | None = key("Configuration field with the number of queues.")
    less: int | None = key("Number to subtract from the value of that field.", default=0)
    field_gate: list[str] | None = key("Features, any of which makes the field apply.")
    moves: list[list[str]] | None = key(
        "Features of the optional queues before it. The index is one lower for each such queue that does "
        "not exist."
    )
    gate: list[str] | None = GATE
    dir: str | None = key("Use of its buffers: in (the device writes), out or both.")
    since: str | None = _LATER
    brief: str | None = BRIEF


class Rule(DataRow):
    """A feature that requires one of several others."""

    feature: str = key("Name of the feature.")
    any: list[str] = key("Features, of which one is sufficient.")


class File(DataRow):
    """A file of spec/: a device type, a transport, a ring, or what is common to all devices."""

    name: str = key("Name of the file: blk.")
    kind: Literal["ids", "features", "status", "ring", "registers", "channel", "structs", "device"] = key(
        "Subject of the file."
    )
    path: str = key("Path in Virtwright.")
    section: str = SECTION
    brief: str = BRIEF
    since: str = SINCE
    id: int | None = key("Device id of the device type.")
    groups: list[Group] | None = key("Named numbers.")
    structs: list[Struct] | None = key(
        "Struct layouts. The configuration of a device is the struct named config."
    )
    queues: list[Queue] | None = key("Virtqueues.")
    rules: list[Rule] | None = key("Features that a feature requires. All rules of a feature must hold.")
    offers: list[Rule] | None = key("Features without which a device does not offer a feature.")
    legacy_order: str | None = key(
        "Byte order of the configuration in the legacy interface, if it is not guest-endian."
    )
    needs: list[list[str]] | None = key("Features that must be negotiated: one of each list.")
    request_queues: list[str] | None = key(
        "Queues in which the driver sends requests and the device replies."
    )
    statuses: dict[str, str] | None = key("Group with the values of the device's reply status, by queue.")
    messages: list[Exchange] | None = key(
        "Messages of the queues: one entry for each kind of queue and each sender."
    )
    edition: str | None = key("Ids: the specification's version and stage.")
    reserved: list[int] | None = key("Ids: reserved numbers.")
    unassigned: list[int] | None = key("Ids: unassigned numbers.")
    transitional: dict[str, int] | None = key(
        "Ids: PCI device ids of transitional devices, by the name of the type."
    )
    ranges: dict[str, list[list[int]]] | None = key("Features: ranges of bits, by owner.")
    reset: int | None = key("Status: value after a reset.")
    owners: dict[str, str] | None = key("Status: side that sets each bit.")
    steps: list[Step] | None = key("Status: possible changes, in the order of initialization.")
    if_: str | None = key("Rings: feature that enables the layout.")
    size_max: int | None = key("Rings: maximum Queue Size.")
    power_of_two: Flag = key("Rings: Queue Size is a power of 2.")
    parts: list[Part] | None = key("Rings: areas of a queue.")
    legacy: LegacyRing | None
    size: int | None = key("Registers: size of the block in bytes.")
    word: int | None = key("Registers: size of a register in bytes.")
    document: str | None = key(
        "Structs: document that describes the contents, if it is not the VIRTIO specification."
    )
    compatible: str | None = key("Registers: compatible string in a device tree.")
    versions: list[Version] | None = key("Registers: versions of the interface.")
    registers: list[Register] | None = key("Registers.")
    blocks: list[Block] | None = key("Registers: blocks that are structs.")
    capabilities: list[Capability] | None = key("PCI: capabilities that locate structs of registers.")
    channel: list[ChannelCommand] | None = key("Channel commands, by the name of the value.")
    clauses: list[Said] | None = key("Normative clauses that rows express.")
    by_hand: list[str] | None = key("Rules that no row expresses.")
    readable: Literal["offered"] | None = key(
        "Features: a configuration field that depends on a feature can be read as soon as the device "
        "offers the feature."
    )
    struct_order: Literal["guest", "little"] | None = key(
        "Byte order of numbers in structs in the legacy interface; legacy_order is that of the "
        "configuration."
    )
    conflicts: list[Conflict] | None = key("Combinations that must not occur.")
    quirks: list[Quirk] | None = key("Known devices and drivers that deviate from the specification.")
    bits: list[RegisterBits] | None = key("Registers: bit fields.")


class Data(DataRow):
    """
    VirtIO as data. An absent key means false, empty or unknown. Read the file only if you know this value of
    format.
    """

    format: Literal[2] = key(
        "Version of this layout. It changes if a reader of the previous layout would misread the file."
    )
    document: str = key("The specification and its version.")
    versions: list[str] = key("Versions of the specification that since may name, oldest first.")
    numbers: dict[str, Literal[1, 2, 4, 8]] = key(
        "Size in bytes of each number type: le and be are byte orders, u is guest-endian."
    )
    files: list[File] = key("All files of the description.")

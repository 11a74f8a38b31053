# SPDX-License-Identifier: MIT
"""The meaning of each key of virtwright.json."""

from typing import Annotated, Any, Literal

from vwr.grammar.row import Either, Flag, Row, Text, key
from vwr.grammar.words import Side

Interface = Literal["legacy", "modern"]
Direction = Literal["R", "W", "RW"]
Large = int | Annotated[str, Text("Large number", "^0x[0-9a-f]{14,16}$")]

_BRIEF = key("Description, in one sentence.")
_FIRST = "First version of the specification with the item. Default: 1.0."
_SINCE, _LATER = key(_FIRST), key(_FIRST, default="1.0")
_ONLY = key("The only version of the interface with the item.")
_GATE = key("Features, any of which enables the item. Default: it always exists.")
_AKA = key("Other names in the specification or in Linux.")
_NAME = key("Name of the item.")
_SECTION = key("Section of the specification.")
_BY_HAND = key("What the description does not cover, and why.")
_RESERVED = key("Reserved: not used.")
_PATH = key("Field in the part, with dots. Absent if the part itself is a number.")
_BOTH = key("For the legacy interface, then for the modern one.")
_SHIFT = key("Lowest bit.")
_WIDTH = key("Number of bits.")


class DataRow(Row):
    """An object in the JSON file."""

    LEAST = 0
    DASHES = False


class Versions(DataRow):
    """A version of the interface."""

    name: str = key("legacy or modern.")
    value: int = key("Value of the Version register.")


class RegisterBits(DataRow):
    """A bit field of a register."""

    register: str = key("Name of the register.")
    name: str = _NAME
    shift: int = _SHIFT
    width: int = _WIDTH
    if_: str | None = key("Feature that enables the bits.")
    brief: str | None = _BRIEF


class Value(DataRow):
    """A named number."""

    name: str = key("Name of the value: RO.")
    value: Large = key("The number, or from 2^53 on a string with it in hexadecimal, 0x….")
    c: str = key("Virtwright's name in C.")
    document: str | None = key("The specification's name.")
    since: str | None = _LATER
    aka: list[str] | None = _AKA
    only: Interface | None = _ONLY
    gate: list[str] | None = _GATE
    label: str | None = key("Readable name, if it differs from the name.")
    brief: str | None = _BRIEF
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


class Group(DataRow):
    """A group of numbers."""

    name: str = key("Name of the group: features, response.")
    kind: str = key(
        "ids, features, bits (of the status), queues, enums, flags, constants, commands, registers (their offsets), shared-memory, types (of requests), type-flags or status (of requests)."
    )
    section: str = _SECTION
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

    name: str = _NAME
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
    gate: list[str] | None = _GATE
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
    is_: list[str] | None = key("In a union: values of the field `by` that select this member.")
    by: str | None = key("Union: field that selects the member.")
    aka: list[str] | None = _AKA
    since: str | None = _LATER
    only: Interface | None = _ONLY
    unit: str | None = key("Unit of the number: bytes, pixels.")
    holds: str | None = key("Struct of another document that defines the bytes.")
    brief: str | None = _BRIEF


class Struct(DataRow):
    """A struct in memory that driver and device share."""

    name: str = key("Name of the struct: config.")
    document: str | None = key("The specification's name: virtio_blk_config.")
    c: str = key("Virtwright's name in C.")
    size: int = key("Size in bytes, without arrays of variable length.")
    fixed: Flag = key("The size is fixed.")
    apart: Flag = key("The device's part of another struct, which messages use separately.")
    packed: Flag = key("C would add padding that the specification does not have.")
    since: str | None = _SINCE
    only: Interface | None = _ONLY
    section: str | None = _SECTION
    brief: str | None = _BRIEF
    sizes: list[list[int | list[list[str]]]] | None = key(
        "Sizes that depend on features. The first row whose features are negotiated applies."
    )
    fields: list[Field] = key("Fields, in order.")


class Queue(DataRow):
    """A virtqueue, or several of a kind."""

    name: str = _NAME
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
    gate: list[str] | None = _GATE
    dir: str | None = key("Use of its buffers: in (the device writes), out or both.")
    since: str | None = _LATER
    brief: str | None = _BRIEF


class Number(DataRow):
    """A named number."""

    name: str = _NAME
    value: int = key("The number.")


class Bit(DataRow):
    """The item exists only if this configuration field has the bit with this number."""

    field: str = key("Name of the field.")
    value: Number


class Reference(DataRow):
    """A number in an earlier part, or without a part in the configuration."""

    side: Literal["R", "W"] | None = key("Writer of the part: R is the driver, W the device.")
    part: str | None = key("Name of the part.")
    plus: int | None = key("Number to add to the value.")
    path: str | None = _PATH


Amount = Annotated[int | Reference, Either("A number, or the field that contains it.")]


class Spans(DataRow):
    """With any of the features, one message may span this number of buffers."""

    parts: Reference
    gate: list[str] | None = key("The features.")


class FileRange(DataRow):
    """Limits on the number of files that one side sends beside a message."""

    least: int = key("Minimum number of files.")
    most: int = key("Maximum number of files.")


class Holds(DataRow):
    """A field with a fixed value."""

    path: str = key("Name of the field.")
    value: Number


class State(DataRow):
    """A configuration field, and the value that it must have."""

    field: str = key("Name of the field.")
    value: Number


class Part(DataRow):
    """
    Consecutive bytes of a message: an array of a struct or of a number type, or plain bytes. Without a count
    or a length it extends to the end.
    """

    name: str = key("Name of the part, unique among the parts that this side writes.")
    source: str | None = key(
        "Part of Virtwright's description from which it comes, if that has another name."
    )
    struct: str | None = key(
        "Struct of the file. The part consists of its fields within size bytes from begin on."
    )
    type: str | None = key("Number type.")
    begin: int | None = key("Offset in the struct where the part begins. Default: 0.", default=0)
    size: int = key("Size of an element in bytes. A struct may have other sizes that depend on features.")
    count: Amount | None
    bytes: Amount | None
    stride: Reference | None
    least: Amount | None
    max: Amount | None
    multiple_of: Amount | None
    reserved: Flag = key("Written as 0 and ignored when read.")
    unlimited: Flag = key("A max of 0 means no limit.")
    optional: Flag = key("The part may be omitted.")
    with_: str | None = key("The part exists only together with this part.")
    holds: list[Holds] | None = key("Fields with a fixed value in this message.")
    gate: list[str] | None = _GATE
    foreign: str | None = key("Name in the other document that defines its layout.")
    by_hand: str | None = _BY_HAND
    brief: str | None = _BRIEF


class Place(DataRow):
    """A number in the part of the message that one side writes, or some of its bits."""

    side: Literal["R", "W"] = key("R: the driver writes it; W: the device writes it.")
    part: str = key("Name of the part.")
    path: str | None = _PATH
    at: int = key("Offset in bytes from the start of the part.")
    offset: int | None = key(
        "Offset in bytes from the start of everything that the side writes. Absent if it varies."
    )
    type: str = key("Number type.")
    shift: int = _SHIFT
    width: int = _WIDTH
    flags: int | None = key("Other bits that may be set, which do not belong to the number.")


class Within(DataRow):
    """The count items from start on are all below end."""

    start: Reference
    count: Amount | None
    end: Amount


class Message(DataRow):
    """The parts of one buffer that the driver and the device write."""

    name: str = _NAME
    brief: str | None = _BRIEF
    since: str | None = _SINCE
    only: Interface | None = _ONLY
    values: list[int] | None = key("Values of the select fields.")
    group: str | None = key("Group with the message's value.")
    section: str | None = key("Section of the specification, if it differs from the queue's.")
    gate: list[str] | None = _GATE
    also: list[str] | None = key("Further features, any of which must also be negotiated.")
    unless: list[str] | None = key("Features, any of which excludes the message.")
    bit: Bit | None
    when: State | None
    sender: Literal["driver", "device", "both"] = key("Possible senders.")
    out: list[Part] | None = key("Parts that the driver writes, in order.")
    back: list[Part] | None = key("Parts that the device writes, in order.")
    select: list[Place] | None = key(
        "Places of the select numbers, if their part or field differs from that of the first message."
    )
    status: Place | None
    ok: list[Number] | None = key("Values of status that mean success.")
    refuse: Number | None
    out_of_range: Number | None
    within: Within | None
    stream: Literal["R", "W"] | None = key("R or W: a stream of bytes that may be split anywhere.")
    spans: Spans | None
    held: Flag = key("The device keeps the buffer until an event occurs.")
    refused_by: list[str] | None = key(
        "The device rejects the message if it offers any of these features, negotiated or not."
    )
    sector: Literal["start", "zero", "zone"] | None = key(
        "Disks: use of the sector field: first sector of the data, zero, or first sector of a zone."
    )
    limits: dict[str, str] | None = key("Disks: limits, each with the configuration field that contains it.")
    hints: dict[str, str] | None = key(
        "Disks: preferences, each with the configuration field that contains the preferred value."
    )
    needs: Number | None = key(
        "Sockets: the protocol feature that both ends have accepted, with the number of its bit."
    )
    out_files: FileRange | None = key(
        "Sockets: files that the driver sends beside the message. Default: none."
    )
    back_files: FileRange | None = key(
        "Sockets: files that the device sends beside its reply. Default: none."
    )
    after: str | None = key("Sockets: the message that the sender has sent before.")
    rings: Literal["stopped", "all-stopped"] | None = key(
        "Sockets: the state that the ring of the message, or every ring, has when it is sent."
    )
    by_hand: str | None = _BY_HAND


class Exchange(DataRow):
    """Messages of one queue, or of all queues of a kind."""

    name: str = _NAME
    queue: str = key("Name of the queue.")
    sender: Side = key(
        "Sender of the messages. A device sends in buffers that the driver has made available."
    )
    section: str | None = _SECTION
    brief: str | None = _BRIEF
    select: list[Place] | None = key(
        "Numbers that identify the message, in the order of a message's values. Without them there is "
        "one message."
    )
    refuse: Number | None
    empty: Flag = key("The device uses an unknown message with length 0.")
    answer: Literal["optional"] | None = key("optional: the driver may omit the space for the reply.")
    multiple_of: int | None = key(
        "Each side pads the part that it writes to a multiple of this number of bytes."
    )
    max_segments: Reference | None
    max_segment_bytes: Reference | None
    used_length: Literal["data", "modern"] | None = key(
        "Meaning of the used length. data: the driver relies on it; modern: the driver ignores it in the "
        "legacy interface."
    )
    order: str | None = key(
        "queue: the device uses the buffers in the order in which they were made available."
    )
    by_hand: str | None = _BY_HAND
    groups: list[str] | None = key("Groups with the values of the messages.")
    rows: list[Message] = key("The messages.")


class Rule(DataRow):
    """A feature that requires one of several others."""

    feature: str = key("Name of the feature.")
    any: list[str] = key("Features, of which one is sufficient.")


class Step(DataRow):
    """A change of the device status."""

    name: str = key("Name of the bit.")
    by: str = key("Side that changes the bit.")
    clears: int | None = key("1: the step clears the bit.")
    versions: list[str] = key("Versions with the step.")
    after_names: list[list[str]] | None = _BOTH
    before_names: list[list[str]] | None = _BOTH
    effect: str | None = key("Effects of the step.")


class RingPart(DataRow):
    """An area of a virtqueue of head + per_entry times Queue Size bytes."""

    name: str = _NAME
    struct: str = key("Struct of the area.")
    align: int = key("Alignment in bytes.")
    head: int = key("Bytes independent of the Queue Size.")
    per_entry: int = key("Bytes per entry.")
    writer: str = key("Side that writes it.")


class Area(DataRow):
    """An area of head + per_entry times Queue Size bytes."""

    head: int = key("Bytes.")
    per_entry: int = key("Bytes per entry.")


class Legacy(DataRow):
    """Rings: in the legacy interface one block contains all parts."""

    align: int = key("Alignment in bytes.")
    before: Area
    after: Area
    part: str = key("Name of the part with an aligned start.")
    offset_c: str | None = key("C macro of the offset.")
    bytes_c: str | None = key("C macro of the size.")
    align_c: str | None = key("C macro of the alignment.")


class Register(DataRow):
    """A register, or one half of a 64-bit register."""

    name: str = _NAME
    register: str = key("Name of the whole register.")
    offset: int = key("Offset in bytes from the start of the block.")
    bytes: int = key("Size in bytes.")
    dir: Direction = key("Access by the driver.")
    versions: list[str] = key("Versions with the register.")
    widths_list: list[int] | None = key("Access widths in bits.")
    gate: list[str] | None = _GATE
    bank_name: str | None = key("Register that selects the instance of this register.")
    reset_value: int | None = key(
        "Value after a device reset. Absent if the specification does not define it."
    )
    kept: Flag = key("A device reset preserves the value.")
    absent: int | None = key("Value read if the item that the register describes does not exist.")
    unit: str | None = key("Unit of the value.")
    power_of_two: Flag = key("The value is 0 or a power of 2.")
    multiple_of: list[list[Any]] | None = key(
        "The value is 0 or a multiple of this. The first row whose feature is negotiated applies."
    )
    set_names: list[list[str]] | None = _BOTH
    clear_names: list[list[str]] | None = _BOTH
    idle_names: list[str | None] | None = key(
        "Register that must be 0, for the legacy interface, then for the modern one."
    )
    value: int | None = key("Constant value of the register.")
    since: str | None = _SINCE
    only: Interface | None = _ONLY
    max: str | None = key("Register with the maximum value, or the maximum.")
    min: str | None = key("Register with the minimum value, or the minimum.")
    writes: list[int] | None = key("The only values that the driver may write.")
    never: int | None = key("Value that the driver never writes.")
    failed: int | None = key("Value read after a failed write.")
    done_after: int | None = key(
        "A write of this value takes time: the driver waits until other registers have certain values."
    )
    done_names: list[str] | None = key("Registers that the driver waits for.")
    done_values: list[int] | None = key("Values of these registers when the write is complete.")
    clears: str | None = key("Register whose bits a write to this register clears.")
    read_clears: Flag = key("A read clears the register.")
    write_once: Flag = key("The driver writes the register only once.")
    aka: list[str] | None = _AKA
    brief: str | None = _BRIEF


class Block(DataRow):
    """A struct of registers."""

    name: str = key("Name of the struct.")
    registers: list[Register] = key("Registers of the struct.")


class ChannelCommand(DataRow):
    """Payload of a channel command, and when the driver may send it."""

    name: str = key("Name of the value.")
    dir: Literal["R", "W", "RW", "none"] = key("Writer of the payload: W is the driver.")
    part: str | None = key("Payload: a struct, a number type, or config.")
    legacy_part: str | None = key("Payload in the legacy interface.")
    back: list[str] | None = key("Fields that the device fills in.")
    revision: str | None = key("First revision with the command.")
    first: bool | None = key("No other command precedes it.")
    write_once: bool | None = key("The driver sends it only once.")
    excludes: list[str] | None = key("Commands that the device rejects after this one.")
    status: bool | None = key("It carries the device status.")
    resets: bool | None = key("It resets the device.")
    only: Interface | None = _ONLY


class Capability(DataRow):
    """A vendor-specific PCI capability."""

    name: str = key("Type of the capability.")
    struct: str = key("Struct of the capability itself.")
    place_name: str | None = key("Struct that the capability locates.")
    align: str | None = key("Alignment of that struct in bytes.")
    least: int | None = key("Minimum number of instances in a device.")
    multiple_of: int | None = key("The capability's length is a multiple of this number of bytes.")
    since: str | None = _SINCE
    only: Interface | None = _ONLY
    brief: str | None = _BRIEF


class Conflict(DataRow):
    """A combination that must not occur."""

    name: str = key("Short name.")
    features: list[str] | None = key("Features that are present.")
    without: list[str] | None = key("Features that are absent.")
    field: str | None = key("A configuration field.")
    value: Number | None = key("Value of that field.")
    side: Side = key(
        "Side that prevents the combination: a driver does not accept it; a device does not offer it, or "
        "rejects FEATURES_OK."
    )
    brief: str = _BRIEF


class Quirk(DataRow):
    """
    A known device or driver that deviates from the specification, or its behaviour where the specification
    says nothing.
    """

    name: str = key("Short name.")
    who: str = key("Program with the deviation.")
    versions: str = key("Versions known to be affected.")
    side: Side = key("Whether the program is a device or a driver.")
    about: str | None = key("Row that it concerns, registers.QueueReset. Absent: the whole file.")
    brief: str = key("Behaviour of the program, in one sentence.")
    remedy: str = key("How the other side handles it, in one sentence.")


class Clause(DataRow):
    """A normative clause that a row expresses."""

    id: str = key("Id of the clause: blk.drv.init.1.")
    level: str = key("Keyword of the clause: MUST, SHOULD.")
    row: str = key("Path of the row.")


class File(DataRow):
    """A file of spec/: a device type, a transport, a ring, or what is common to all devices."""

    name: str = key("Name of the file: blk.")
    kind: Literal["ids", "features", "status", "ring", "registers", "channel", "structs", "device"] = key(
        "Subject of the file."
    )
    path: str = key("Path in Virtwright.")
    section: str = _SECTION
    brief: str = _BRIEF
    since: str = _SINCE
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
    parts: list[RingPart] | None = key("Rings: areas of a queue.")
    legacy: Legacy | None
    size: int | None = key("Registers: size of the block in bytes.")
    word: int | None = key("Registers: size of a register in bytes.")
    compatible: str | None = key("Registers: compatible string in a device tree.")
    versions: list[Versions] | None = key("Registers: versions of the interface.")
    registers: list[Register] | None = key("Registers.")
    blocks: list[Block] | None = key("Registers: blocks that are structs.")
    capabilities: list[Capability] | None = key("PCI: capabilities that locate structs of registers.")
    channel: list[ChannelCommand] | None = key("Channel commands, by the name of the value.")
    clauses: list[Clause] | None = key("Normative clauses that rows express.")
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

# SPDX-License-Identifier: MIT
"""virtwright.json: what each key of it means."""

from typing import Annotated, Any, Literal

from vwr.grammar.row import Either, Flag, Row, Text, key
from vwr.grammar.words import Side

Interface = Literal["legacy", "modern"]
Direction = Literal["R", "W", "RW"]

_BRIEF = key("What it is, in a sentence.")
_SINCE = key("Version of the specification that had it first; 1.0 where it is not said.")
_ONLY = key("The one version of the interface that has it.")
_GATE = key("Features of which any opens it; always open where it is not said.")
_AKA = key("Other names of it, of the specification or of Linux.")
_NAME = key("Its name.")
_SECTION = key("Section of the specification.")
_BY_HAND = key("What is not described, and why.")
_RESERVED = key("Not to be used.")
_PATH = key("The field there, with dots; not there if the part is a number itself.")
_BOTH = key("For the legacy interface, then for the modern one.")
_SHIFT = key("Lowest bit.")
_WIDTH = key("Number of bits.")


class DataRow(Row):
    """An object of the JSON."""

    LEAST = 0
    DASHES = False


class Versions(DataRow):
    """A version of the interface."""

    name: str = key("legacy or modern.")
    value: int = key("What the Version register reads as.")


class RegisterBits(DataRow):
    """A part of a register."""

    register: str = key("Which register.")
    name: str = _NAME
    shift: int = _SHIFT
    width: int = _WIDTH
    if_: str | None = key("The feature that opens it.")
    brief: str | None = _BRIEF


class Value(DataRow):
    """A named number."""

    name: str = key("Its name: RO.")
    value: int | Annotated[str, Text("Large number", "^0x[0-9a-f]{14,16}$")] = key(
        "The number; a text in hexadecimal, 0x…, where it is 2^53 or more."
    )
    c: str = key("Virtwright's name in C.")
    document: str | None = key("The specification's name.")
    since: str | None = _SINCE
    aka: list[str] | None = _AKA
    only: Interface | None = _ONLY
    gate: list[str] | None = _GATE
    label: str | None = key("Word for people, if it is not the name.")
    brief: str | None = _BRIEF
    reserved: Flag = _RESERVED
    accept: Literal["must", "should"] | None = key("Features: what a driver does if it is offered.")
    offer: Literal["must", "should", "should-not"] | None = key("Features: what a device does.")
    insist: list[Side] | None = key("Features: sides that may fail without it.")
    out: list[str] | None = key("Commands: structs or types that are sent, in order.")
    back: list[str] | None = key("Commands: what comes back.")
    sender: Literal["driver", "device", "both"] | None = key("Commands: who sends them.")


class Group(DataRow):
    """Numbers of one kind."""

    name: str = key("Its name: features, response.")
    kind: str = key(
        "ids, features, bits (of the status), queues, enums, flags, constants, commands, registers (their offsets), shared-memory, types (of requests), type-flags or status (of requests)."
    )
    section: str = _SECTION
    scoped: Flag = key("The specification uses the names for other numbers elsewhere.")
    queue: str | None = key("Messages: the queue that takes them.")
    values: list[Value] = key("The numbers.")


class Bits(DataRow):
    """Bits of the field."""

    name: str = key("Their name.")
    shift: int = _SHIFT
    width: int = _WIDTH
    reserved: Flag = _RESERVED


class Field(DataRow):
    """A field of a struct."""

    name: str = _NAME
    offset: int | None = key(
        "Bytes from the beginning of the whole struct; not there behind an array whose length is not fixed."
    )
    type: str = key(
        "One of the types in numbers; a struct of the file by its name; struct or union with members."
    )
    count: int | str | None = key(
        "Number of elements, 1 where it is not said: a number, trailing or open (the rest), queue-size, the name of a field, or config.FIELD."
    )
    plus: int | None = key("So many more elements than count says.")
    array: Flag = key("It is an array.")
    size: int | None = key("Bytes of all elements; not there if they are not fixed.")
    gate: list[str] | None = _GATE
    dir: Literal["R", "W", "RW", "in"] | None = key(
        "Configuration and registers: what the driver may do, R, W, RW. Others: in is what the device writes."
    )
    legacy_dir: Direction | None = key("Configuration: the same in the legacy interface, where it differs.")
    readable: Literal["negotiated"] | None = key(
        "Configuration: a driver does not read it before FEATURES_OK."
    )
    at_any_time: Flag = key("Configuration: may be written as soon as the feature is offered.")
    unless: list[str] | None = key("Configuration: it means nothing with any of these features.")
    min: int | None = key("Configuration: the least that it may be.")
    max: int | None = key("Configuration: the most that it may be.")
    absent: int | None = key("Configuration: its value without the feature.")
    reserved: Flag = _RESERVED
    anonymous: Flag = key("The specification gives no name; this one is Virtwright's.")
    members: list["Field"] | None = key("Of a union or of a struct without a name.")
    values: str | None = key("Group that the values come from; several with 'or' between.")
    mask: Flag = key("The values are numbers of bits.")
    bits: list[Bits] | None = key("Parts of the field.")
    is_: list[str] | None = key("In a union: values of the field `by` with which it is this member.")
    by: str | None = key("Union: the field that says which member it is.")
    aka: list[str] | None = _AKA
    since: str | None = _SINCE
    only: Interface | None = _ONLY
    unit: str | None = key("What it counts: bytes, pixels.")
    holds: str | None = key("Struct of another document that the bytes are.")
    brief: str | None = _BRIEF


class Struct(DataRow):
    """A struct as it stands in memory that both sides see."""

    name: str = key("Its name: config.")
    document: str | None = key("The specification's name: virtio_blk_config.")
    c: str = key("Virtwright's name in C.")
    size: int = key("Bytes; arrays without a fixed length are not counted.")
    fixed: Flag = key("That is all.")
    apart: Flag = key("It is the device's part of another struct, which messages have by itself.")
    packed: Flag = key("C would pad it, and the specification does not.")
    since: str | None = _SINCE
    only: Interface | None = _ONLY
    section: str | None = _SECTION
    brief: str | None = _BRIEF
    sizes: list[list[int | list[list[str]]]] | None = key(
        "Sizes by features; the first whose features are there counts."
    )
    fields: list[Field] = key("Its fields, in order.")


class Queue(DataRow):
    """A virtqueue, or several of a kind."""

    name: str = _NAME
    index: int | None = key("The number of the first; not there if it is behind a queue whose number varies.")
    behind: str | None = key("The queue behind whose last it begins.")
    stride: int | None = key("From one to the next; 1 where it is not said.")
    count: int | None = key("How many; 1 where it is not said.")
    field: str | None = key("Field of the configuration that says how many.")
    less: int | None = key("That, minus this.")
    field_gate: list[str] | None = key("Features of which any makes the field count.")
    moves: list[list[str]] | None = key(
        "Features whose queues are before it: it is one lower for each that is not there."
    )
    gate: list[str] | None = _GATE
    dir: str | None = key("Who uses its buffers for what: in (the device writes), out or both.")
    since: str | None = _SINCE
    brief: str | None = _BRIEF


class Number(DataRow):
    """A named number."""

    name: str = _NAME
    value: int = key("The number.")


class Bit(DataRow):
    """There only if this field of the configuration has the bit with this number."""

    field: str = key("Which field.")
    value: Number


class Reference(DataRow):
    """A number in an earlier part, or without a part in the configuration."""

    side: Literal["R", "W"] | None = key("Who writes that part: R is the driver, W the device.")
    part: str | None = key("The part.")
    plus: int | None = key("What counts is the number and so many more.")
    path: str | None = _PATH


Amount = Annotated[int | Reference, Either("A number, or where it stands.")]


class Spans(DataRow):
    """One message may fill so many buffers, with any of the features."""

    parts: Reference
    gate: list[str] | None = key("The features.")


class Holds(DataRow):
    """A field with one value."""

    path: str = key("Which field.")
    value: Number


class State(DataRow):
    """A field of the configuration and the value that it has."""

    field: str = key("Which field.")
    value: Number


class Part(DataRow):
    """Bytes that follow each other: count times a struct or a number, or else some bytes. A length that is not there is as many as there are."""

    name: str = key("Its name: no other part of what this side writes has it.")
    source: str | None = key(
        "The part of Virtwright's description that it comes from, if that has another name."
    )
    struct: str | None = key("Struct of the file; the fields of it that are from begin on in size bytes.")
    type: str | None = key("Type of number.")
    begin: int | None = key("Where in the struct it begins; 0 where it is not said.")
    size: int = key("Bytes of one; a struct may have other sizes by features.")
    count: Amount | None
    bytes: Amount | None
    stride: Reference | None
    least: Amount | None
    max: Amount | None
    multiple_of: Amount | None
    reserved: Flag = key("Written as 0 and not looked at.")
    unlimited: Flag = key("A max of 0 is no limit.")
    optional: Flag = key("It may be left out.")
    with_: str | None = key("There if that part is.")
    holds: list[Holds] | None = key("Fields with one value in this message.")
    gate: list[str] | None = _GATE
    foreign: str | None = key("Another document has its layout.")
    by_hand: str | None = _BY_HAND
    brief: str | None = _BRIEF


class Place(DataRow):
    """A number in what one side writes, or some of its bits."""

    side: Literal["R", "W"] = key("R: what the driver writes; W: what the device writes.")
    part: str = key("The part.")
    path: str | None = _PATH
    at: int = key("Bytes from the beginning of the part.")
    offset: int | None = key("Bytes from the beginning of what that side writes; not there if that varies.")
    type: str = key("Type of number.")
    shift: int = _SHIFT
    width: int = _WIDTH
    flags: int | None = key("Bits that may be set besides; they are no part of the number.")


class Within(DataRow):
    """count items from start on are all below end."""

    start: Reference
    count: Amount | None
    end: Amount


class Message(DataRow):
    """What the driver writes and what the device writes in one buffer."""

    name: str = _NAME
    brief: str | None = _BRIEF
    since: str | None = _SINCE
    only: Interface | None = _ONLY
    values: list[int] | None = key("What the numbers of select are.")
    group: str | None = key("Group that has the value.")
    section: str | None = key("Section of the specification, if it is another than the queue's.")
    gate: list[str] | None = _GATE
    also: list[str] | None = key("And any of these features.")
    unless: list[str] | None = key("Not there with any of these features.")
    bit: Bit | None
    when: State | None
    sender: Literal["driver", "device", "both"] = key("Who may send it.")
    out: list[Part] | None = key("What the driver writes, in order.")
    back: list[Part] | None = key("What the device writes, in order.")
    select: list[Place] | None = key(
        "Where the numbers of select are, if they are not in the same part and field as those of the first message."
    )
    status: Place | None
    ok: list[Number] | None = key("What status may be if it went well.")
    refuse: Number | None
    out_of_range: Number | None
    within: Within | None
    stream: Literal["R", "W"] | None = key("R or W: bytes that may be cut anywhere.")
    spans: Spans | None
    held: Flag = key("The device keeps the buffer until something happens.")
    refused_by: list[str] | None = key(
        "The device refuses it if it offers any of these features, negotiated or not."
    )
    sector: Literal["start", "zero", "zone"] | None = key(
        "Disks: what the field of that name is; start of the data, zero, first of a zone."
    )
    limits: dict[str, str] | None = key("Disks: what is limited by which field of the configuration.")
    hints: dict[str, str] | None = key("Disks: what had best be as which field of the configuration says.")
    by_hand: str | None = _BY_HAND


class Exchange(DataRow):
    """What goes through a queue, or through all of a kind."""

    name: str = _NAME
    queue: str = key("Which queue.")
    sender: Side = key("Whose messages they are. A device's are in buffers that the driver has put there.")
    section: str | None = _SECTION
    brief: str | None = _BRIEF
    select: list[Place] | None = key(
        "The numbers that say which message it is, in the order of a message's values; without them there is one message."
    )
    refuse: Number | None
    empty: Flag = key("The device uses what it does not know with length 0.")
    answer: Literal["optional"] | None = key("optional: a driver may leave no room for it.")
    multiple_of: int | None = key("What each side writes is filled up to a multiple of so many bytes.")
    max_segments: Reference | None
    max_segment_bytes: Reference | None
    used_length: Literal["data", "modern"] | None = key(
        "What the used length says: data, the driver goes by it; modern, not in the legacy interface."
    )
    order: str | None = key("queue: used in the order in which they were made available.")
    by_hand: str | None = _BY_HAND
    groups: list[str] | None = key("Groups of numbers that are the messages' values.")
    rows: list[Message] = key("The messages.")


class Rule(DataRow):
    """A feature that needs one of others."""

    feature: str = key("The feature.")
    any: list[str] = key("One of these is enough.")


class Step(DataRow):
    """A change of the device status."""

    name: str = key("The bit.")
    by: str = key("Who does it.")
    clears: int | None = key("1: the bit is cleared.")
    versions: list[str] = key("Versions that have it.")
    after_names: list[list[str]] | None = _BOTH
    before_names: list[list[str]] | None = _BOTH
    effect: str | None = key("What follows.")


class RingPart(DataRow):
    """An area of a virtqueue: head + per_entry times Queue Size bytes."""

    name: str = _NAME
    struct: str = key("What is in it.")
    align: int = key("Alignment in bytes.")
    head: int = key("Bytes whatever the Queue Size.")
    per_entry: int = key("Bytes for each entry.")
    writer: str = key("Who writes it.")


class Area(DataRow):
    """head + per_entry times Queue Size bytes."""

    head: int = key("Bytes.")
    per_entry: int = key("Bytes for each entry.")


class Legacy(DataRow):
    """Rings: the legacy interface has all parts in one block."""

    align: int = key("Alignment in bytes.")
    before: Area
    after: Area
    part: str = key("The part that begins aligned.")
    offset_c: str | None = key("Macro in C.")
    bytes_c: str | None = key("Macro in C.")
    align_c: str | None = key("Macro in C.")


class Register(DataRow):
    """A register, or a half of one of 64 bits."""

    name: str = _NAME
    register: str = key("The whole register.")
    offset: int = key("Bytes from the beginning of the block.")
    bytes: int = key("How long.")
    dir: Direction = key("What the driver may do.")
    versions: list[str] = key("Versions that have it.")
    widths_list: list[int] | None = key("Widths of an access, in bits.")
    bank_name: str | None = key("The register that selects which of several it is.")
    reset_value: int | None = key(
        "What it holds after a reset of the device; not there: the specification does not say."
    )
    kept: Flag = key("A reset of the device leaves it.")
    absent: int | None = key("What it reads as where there is nothing that it speaks of.")
    unit: str | None = key("What it counts.")
    power_of_two: Flag = key("It is 0 or a power of 2.")
    multiple_of: list[list[Any]] | None = key(
        "It is 0 or a multiple of this: the first row counts whose feature is there."
    )
    set_names: list[list[str]] | None = _BOTH
    clear_names: list[list[str]] | None = _BOTH
    idle_names: list[str | None] | None = key("For legacy, then modern: the register that has to be 0.")
    value: int | None = key("What it always reads as.")
    since: str | None = _SINCE
    only: Interface | None = _ONLY
    max: str | None = key("The register, or the number, that is its largest value.")
    min: str | None = key("The register, or the number, that is its smallest value.")
    writes: list[int] | None = key("All that a driver may write.")
    never: int | None = key("What a driver does not write.")
    failed: int | None = key("What it reads as if a write did not go well.")
    done_after: int | None = key("A write of this takes time: a driver waits until registers have values.")
    done_names: list[str] | None = key("Registers that it waits for.")
    done_values: list[int] | None = key("Their values then.")
    clears: str | None = key("The register in which it clears bits.")
    read_clears: Flag = key("Reading clears it.")
    write_once: Flag = key("A driver writes it once.")
    aka: list[str] | None = _AKA
    brief: str | None = _BRIEF


class Block(DataRow):
    """A struct of registers."""

    name: str = key("The struct.")
    registers: list[Register] = key("Its registers.")


class ChannelCommand(DataRow):
    """What a channel command carries, and when it may come."""

    name: str = key("Which value it is.")
    dir: Literal["R", "W", "RW", "none"] = key("Who writes what it carries: W the driver.")
    part: str | None = key("A struct, a type of number, or config.")
    legacy_part: str | None = key("In its place in the legacy interface.")
    back: list[str] | None = key("Fields that the device fills in.")
    revision: str | None = key("The first revision that has it.")
    first: bool | None = key("No other command comes before it.")
    write_once: bool | None = key("It comes once.")
    excludes: list[str] | None = key("Commands that are rejected from then on.")
    status: bool | None = key("It carries the device status.")
    resets: bool | None = key("It resets the device.")
    only: Interface | None = _ONLY


class Capability(DataRow):
    """A PCI capability of the vendor."""

    name: str = key("Its type.")
    struct: str = key("Layout of the capability.")
    place_name: str | None = key("The struct that it leads to.")
    align: str | None = key("Alignment of that, in bytes.")
    least: int | None = key("A device has so many of them at least.")
    multiple_of: int | None = key("The capability's length is a multiple of so many bytes.")
    since: str | None = _SINCE
    only: Interface | None = _ONLY
    brief: str | None = _BRIEF


class Conflict(DataRow):
    """All of this at once must not be."""

    name: str = key("A word for it.")
    features: list[str] | None = key("Features that are there.")
    without: list[str] | None = key("Features that are not.")
    field: str | None = key("A field of the configuration.")
    value: Number | None = key("What the field says.")
    side: Side = key("A driver does not accept it; a device does not offer it, or fails FEATURES_OK.")
    brief: str = _BRIEF


class Quirk(DataRow):
    """What a known device or driver does otherwise, or where the specification says nothing."""

    name: str = key("A word for it.")
    who: str = key("The program that does it.")
    versions: str = key("Which of it are known to.")
    side: Side = key("Whether that is a device or a driver.")
    about: str | None = key("The row that it concerns, registers.QueueReset; not there: all of the file.")
    brief: str = key("What it does, in a sentence.")
    remedy: str = key("What the other side does about it, in a sentence.")


class Clause(DataRow):
    """A normative clause that a row says."""

    id: str = key("Its id: blk.drv.init.1.")
    level: str = key("Its keyword: MUST, SHOULD.")
    row: str = key("The row.")


class File(DataRow):
    """A file of spec/: a device type, a transport, a ring, or what belongs to all."""

    name: str = key("Its name: blk.")
    kind: Literal["ids", "features", "status", "ring", "registers", "channel", "structs", "device"] = key(
        "What it describes."
    )
    path: str = key("Where it stands in Virtwright.")
    section: str = _SECTION
    brief: str = _BRIEF
    since: str = _SINCE
    id: int | None = key("Number of the device type.")
    groups: list[Group] | None = key("Named numbers.")
    structs: list[Struct] | None = key("Layouts; the configuration of a device is the one named config.")
    queues: list[Queue] | None = key("Virtqueues.")
    rules: list[Rule] | None = key("Which feature needs which: all rules of a feature have to hold.")
    offers: list[Rule] | None = key("Which feature a device offers only with which.")
    legacy_order: str | None = key(
        "Byte order of the configuration in the legacy interface, where it is not the guest's."
    )
    needs: list[list[str]] | None = key("Features that have to be negotiated: one of each list.")
    request_queues: list[str] | None = key("Queues in which the driver asks and the device answers.")
    statuses: dict[str, str] | None = key(
        "Queue: group that has the values of the status with which the device answers."
    )
    messages: list[Exchange] | None = key(
        "What goes through queues: one for each kind of queue and each side whose messages they are."
    )
    reserved: list[int] | None = key("Ids: numbers that are kept free.")
    unassigned: list[int] | None = key("Ids: numbers that nobody has.")
    transitional: dict[str, int] | None = key(
        "Ids: PCI device id of a transitional device, by the name of the type."
    )
    ranges: dict[str, list[list[int]]] | None = key("Features: which bits are whose.")
    reset: int | None = key("Status: its value after a reset.")
    owners: dict[str, str] | None = key("Status: who sets each bit.")
    steps: list[Step] | None = key("Status: what may follow what, in the order of a start-up.")
    size_max: int | None = key("Rings: largest Queue Size.")
    power_of_two: Flag = key("Rings: Queue Size is a power of 2.")
    parts: list[RingPart] | None = key("Rings: areas of a queue.")
    legacy: Legacy | None
    size: int | None = key("Registers: bytes of the block.")
    word: int | None = key("Registers: bytes of one.")
    compatible: str | None = key("Registers: name in a device tree.")
    versions: list[Versions] | None = key("Registers: versions.")
    registers: list[Register] | None = key("Registers.")
    blocks: list[Block] | None = key("Registers: structs of them.")
    capabilities: list[Capability] | None = key("PCI: where structs of registers are.")
    channel: list[ChannelCommand] | None = key("Channel commands, by the names of values.")
    clauses: list[Clause] | None = key("Normative clauses that rows say.")
    by_hand: list[str] | None = key("What no row says.")
    readable: Literal["offered"] | None = key(
        "Features: a field of a configuration that needs a feature can be read as soon as that is offered."
    )
    struct_order: Literal["guest", "little"] | None = key(
        "Byte order of the numbers of structs in the legacy interface; legacy_order is that of the configuration."
    )
    conflicts: list[Conflict] | None = key("What must not be at once.")
    quirks: list[Quirk] | None = key("What known devices and drivers do otherwise than the specification.")
    bits: list[RegisterBits] | None = key("Registers: parts of them.")


class Data(DataRow):
    """VirtIO as data. A key that is not there is false, empty or unknown. Read it only if format is the number that you know."""

    format: Literal[2] = key("Version of this layout: another one where a reader of this would go wrong.")
    document: str = key("The specification and its version.")
    versions: list[str] = key(
        "The versions of the specification that rows may say since which, the oldest first."
    )
    numbers: dict[str, Literal[1, 2, 4, 8]] = key(
        "Bytes of each type of number: le and be have their byte order, u the guest's."
    )
    files: list[File] = key("All files of the description.")

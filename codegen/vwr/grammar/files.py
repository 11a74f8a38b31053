# SPDX-License-Identifier: MIT
"""The kinds of files in spec/, and the folder of each kind."""

from typing import Annotated, ClassVar, Literal

from vwr.grammar.features import Feature, OwnFeatures, Ranges
from vwr.grammar.messages import Exchange
from vwr.grammar.parts import (
    Command,
    Config,
    DeviceId,
    Queue,
    QueueSize,
    Quirk,
    RingPart,
    SharedMemory,
    StatusBit,
    Step,
)
from vwr.grammar.registers import Capability, Register, RegisterStruct, Versions
from vwr.grammar.row import Either, Integer, Items, Row, Text, Words, key
from vwr.grammar.structs import Constant, Group, PlainStruct, RingGroup, RingStruct, Struct
from vwr.grammar.words import (
    U8_MAX,
    U16,
    Brief,
    Bytes,
    Clauses,
    FileName,
    Gate,
    Kebab,
    Line,
    Section,
    Since,
    Upper,
)

_KIND = key("Kind of the file. It selects the schema.")
_NAME = key("Name of the file without .yaml, also used for the generated files.")


class File(Row):
    """A file of spec/."""

    ORDER = -1
    folder: ClassVar[str]
    kind: str = _KIND
    name: str = _NAME
    section: Section
    clauses: Clauses | None
    quirks: list[Quirk] | None = key(
        "Known devices and drivers that deviate from the specification, or their behaviour where it says "
        "nothing."
    )
    brief: Brief


class _ByHand(Row):
    ORDER = 1
    by_hand: list[Brief] | None = key(
        "Rules that no row expresses and that must be implemented by hand, one line each."
    )


class _Dated(Row):
    ORDER = 1
    since: Since | None


class _Values(Row):
    ORDER = 1
    constants: list[Constant] | None = key("Single numbers: limits and sizes.")
    enums: list[Group] | None = key("Groups of values.")
    flags: list[Group] | None = key("Groups of flags.")


class _Ordered(Row):
    ORDER = 1
    legacy_order: (
        Annotated[Literal["guest", "little"], Words("Byte order in the legacy interface")] | None
    ) = key(
        "Byte order of numbers in structs in the legacy interface: guest-endian, or little-endian as in "
        "the modern interface. Without this key the structs have no such numbers. The configuration has "
        "a separate key."
    )


_Numbers = Annotated[list[U16], Items(0, distinct=True)]


class Ids(File):
    """Device ids."""

    folder = "core"
    kind: Literal["ids"] = _KIND
    name: Literal["ids"] = _NAME
    edition: (
        Annotated[
            str,
            Text(
                "Edition of the specification",
                "^1\\.4-(csd|cs|os)([0-9]{2})?$",
                "1.4 and its stage: 1.4-cs01, 1.4-csd02 or 1.4-os",
                examples=("1.4-cs01",),
            ),
        ]
        | None
    ) = key(
        "Edition of the specification that spec/ describes: its version, the newest that `since` "
        "accepts, and its stage. Default: that version."
    )
    reserved: _Numbers | None = key("Reserved numbers, which no device has.")
    unassigned: _Numbers | None = key("Numbers that are not assigned yet, or no longer assigned.")
    ids: list[DeviceId] = key("The device types.")


class Features(File, _ByHand):
    """Feature bits common to all devices."""

    folder = "core"
    kind: Literal["features"] = _KIND
    name: Literal["features"] = _NAME
    readable: Annotated[Literal["offered"], Words("When fields can be read")] | None = key(
        "offered: a configuration field that depends on a feature can be read as soon as the device "
        "offers the feature, even before FEATURES_OK."
    )
    range: Ranges
    features: list[Feature] = key("The features.")


class Status(File, _ByHand):
    """The status register as a state machine: its bits, and the steps that set and clear them."""

    folder = "core"
    kind: Literal["status"] = _KIND
    name: Literal["status"] = _NAME
    bits: list[StatusBit] = key("The bits of the register.")
    reset: Annotated[int, Integer("Reset value", 0, U8_MAX)] = key(
        "Value that the driver writes to reset the device, and that it reads when the reset is complete."
    )
    steps: list[Step] = key("Steps that set or clear a bit, in the order of initialization.")


class Ring(File, _ByHand, _Dated, _Ordered):
    """Parts of a queue in memory, their structs and flags."""

    folder = "core"
    kind: Literal["ring"] = _KIND
    name: Kebab = _NAME
    if_: Gate | None
    queue_size: QueueSize
    parts: list[RingPart] = key("The parts of a queue.")
    flags: list[RingGroup] | None = key("Groups of flags.")
    enums: list[RingGroup] | None = key("Groups of values.")
    structs: list[RingStruct] = key("The structs.")


class _Traffic(_Dated, _Ordered, _Values):
    ORDER = 1
    prefix: FileName | None = key(
        "Replaces the file's name in C names and in names of the specification: snd for sound."
    )
    messages: list[Exchange] | None = key("Messages of the queues, and the parts of each message.")
    structs: list[Struct] | None = key("Structs of the configuration and of requests.")


class _Documented(Row):
    document: Line | None = key(
        "Document that describes the contents, if it is not the VIRTIO specification: its sections are not "
        "checked, and `./vwr oracle` does not look for the contents there."
    )


class Structs(File, _ByHand, _Documented, _Traffic):
    """Structs, values and commands of a transport or of all devices, independent of a device type."""

    folder = "core or transport"
    kind: Literal["structs"] = _KIND
    name: FileName = _NAME


class Registers(File, _ByHand, _Dated, _Values):
    """Registers of a transport: one block, or several that the specification defines as structs."""

    folder = "transport"
    UNLESS = ("structs", ("width", "registers"))
    kind: Literal["registers"] = _KIND
    name: Kebab = _NAME
    compatible: Line | None = key("Its `compatible` string in a device tree.")
    versions: Versions | None
    width: Annotated[Literal[8, 16, 32], Words("Register width")] | None = key("Width of a register in bits.")
    size: Bytes | None = key("Length of the block in bytes. Default: up to the end of the last register.")
    registers: list[Register] | None = key(
        "Registers of the file's own block, in the order of their offsets."
    )
    structs: list[RegisterStruct] | None = key(
        "Blocks of registers that the specification defines as structs, and other structs."
    )
    capabilities: list[Capability] | None = key("PCI capabilities, and the structures that they locate.")


class Channel(File, _ByHand, _Dated, _Values):
    """A transport that the driver operates by channel commands."""

    folder = "transport"
    kind: Literal["channel"] = _KIND
    name: Kebab = _NAME
    channel: list[Command] = key("The channel commands.")
    structs: list[PlainStruct] | None = key("Payloads of the commands.")


class Device(File, _ByHand, _Documented, _Traffic):
    """A device: its features, queues, configuration space, values, commands, structs and requests."""

    folder = "device"
    kind: Literal["device"] = _KIND
    name: FileName = _NAME
    id: Annotated[
        Upper | U16,
        Either(
            "A name from spec/core/ids.yaml; for your own device, a number that is not used there; on PCI at most 63."
        ),
    ]
    queues: list[Queue] | None = key("The virtqueues.")
    shared_memory: list[SharedMemory] | None = key("Shared memory regions.")
    features: OwnFeatures | None
    config: Config | None


KINDS: dict[str, type[File]] = {
    "ids": Ids,
    "features": Features,
    "status": Status,
    "ring": Ring,
    "structs": Structs,
    "registers": Registers,
    "channel": Channel,
    "device": Device,
}

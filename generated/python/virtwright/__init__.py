# SPDX-License-Identifier: MIT
# Generated from codegen/templates/python_init.py.j2 by ./vwr generate: do not edit.
"""VIRTIO 1.4 as constants and struct layouts: `virtwright.spec()` gives all of it."""

import importlib
from typing import NamedTuple

DOCUMENT = "VIRTIO 1.4"
VERSIONS = ("legacy", "1.0", "1.1", "1.2", "1.3", "1.4")
NAMES = (
    "admin",
    "features",
    "ids",
    "packed-ring",
    "split-ring",
    "status",
    "ccw",
    "mmio",
    "pci",
    "9p",
    "balloon",
    "blk",
    "can",
    "console",
    "crypto",
    "entropy",
    "fs",
    "gpio",
    "gpu",
    "i2c",
    "input",
    "iommu",
    "media",
    "mem",
    "net",
    "pmem",
    "rpmb",
    "rtc",
    "scmi",
    "scsi",
    "sound",
    "spi",
    "vsock",
)
# Bytes of each type of number.
NUMBERS = {
    "u8": 1,
    "u16": 2,
    "u32": 4,
    "u64": 8,
    "le16": 2,
    "le32": 4,
    "le64": 8,
    "be16": 2,
    "be32": 4,
    "be64": 8,
}


class Value(NamedTuple):
    """A named number."""

    name: str  # RO
    value: int
    c: str  # VWR_BLK_F_RO
    document: str  # VIRTIO_BLK_F_RO; "" if the specification has no such name
    since: str = "1.0"
    aka: tuple = ()  # other names of the specification or the kernel
    only: str = ""  # legacy or modern
    gate: tuple = ()  # there with any of these features; () always
    label: str = ""  # word for people, if it is not the name
    brief: str = ""
    reserved: bool = False
    accept: str = ""  # features: a driver must take it if it is offered, or should
    offer: str = ""  # features: a device must offer it, should, or should-not
    insist: tuple = ()  # features: sides that may fail without it
    out: tuple = ()  # messages: structs or types that are sent, in order; of bytes u8
    back: tuple = ()  # messages: what comes back
    sender: str = ""  # messages: driver, device, both


class Group(NamedTuple):
    """Numbers of one kind: `kind` is ids, features, bits (of the status), queues, enums, flags, constants, messages,
    registers (their offsets), shared-memory."""

    name: str
    kind: str
    section: str
    values: tuple
    scoped: bool = False  # the specification uses the names for other numbers elsewhere
    queue: str = ""  # messages: the queue that takes them

    def named(self, name):
        """The value of that name, or None."""
        return next((value for value in self.values if value.name == name), None)

    def numbered(self, number):
        """The value with that number, or None."""
        return next((value for value in self.values if value.value == number), None)


class Field(NamedTuple):
    """A field of a struct."""

    name: str
    offset: object  # bytes; None behind an array whose length is not fixed
    type: str  # u8, le16 …; a struct of the file by its name; "struct" or "union" with `members`
    count: object = (
        1  # number of elements; "trailing", "open", "queue-size", a field's name or "config.FIELD"
    )
    array: bool = False
    size: object = None  # bytes of all elements; None if not fixed
    gate: tuple = ()
    dir: str = ""  # configuration and registers: R, W, RW; whole requests: in (the device writes it)
    legacy_dir: str = ""  # configuration: RW where the driver may write it in the legacy interface alone
    at_any_time: bool = False  # configuration: may be written as soon as the feature is offered
    readable: str = ""  # configuration: negotiated where a driver does not read it before FEATURES_OK
    plus: int = 0  # so many elements more than `count` says
    unless: tuple = ()  # configuration: means nothing with any of these features
    min: object = None  # configuration: what it may be
    max: object = None
    absent: int = 0  # configuration: what the getter answers without the feature
    reserved: bool = False
    anonymous: bool = False  # the specification gives no name; `name` is ours
    members: tuple = ()  # of a struct without a name or a union; offsets count from the whole struct's beginning
    values: str = ""  # group that the values come from
    bits: tuple = ()  # (name, shift, width, reserved)
    is_: tuple = ()  # in a union: values of the field `by` with which it is this member
    by: str = ""
    aka: tuple = ()
    since: str = "1.0"
    only: str = ""
    unit: str = ""
    mask: bool = False  # `values` are numbers of bits
    holds: str = ""  # struct of another document that the bytes are
    brief: str = ""


class Struct(NamedTuple):
    """A struct as it stands in memory that both sides see."""

    name: str
    document: str  # virtio_blk_config; "" if the specification has no such name
    c: str  # vwr_blk_config
    size: int  # bytes; arrays without a fixed length not counted
    fixed: bool  # whether that is all
    packed: bool
    since: str
    only: str
    section: str
    fields: tuple
    sizes: tuple = ()  # (size, ((feature, …), …)): sizes by features, first row that holds
    brief: str = ""


class Queue(NamedTuple):
    """A virtqueue or several of a kind."""

    name: str
    index: object  # None if it is behind a queue whose number varies
    behind: str = ""
    stride: int = 1
    count: int = 1
    field: str = ""  # configuration field that says how many
    less: int = 0  # … minus this
    field_gate: tuple = ()
    gate: tuple = ()
    dir: str = ""
    since: str = "1.0"
    brief: str = ""


class Rule(NamedTuple):
    """A feature that needs one of others."""

    feature: str
    any: tuple


class Spec(NamedTuple):
    """One file of the description."""

    name: str  # blk
    kind: str  # device, structs, ids, features, status, ring, registers
    path: str  # spec/device/blk.yaml
    section: str
    brief: str
    since: str
    id: object  # number of a device
    groups: tuple
    structs: tuple  # the configuration is the one named "config"
    queues: tuple
    rules: tuple
    offers: tuple  # features that a device offers only with others
    more: dict  # what only some kinds have: registers, steps, parts, ranges …

    def group(self, name):
        """The group of that name, or None."""
        return next((group for group in self.groups if group.name == name), None)

    def struct(self, name):
        """The struct of that name, or None."""
        return next((struct for struct in self.structs if struct.name == name), None)


def spec(names=NAMES):
    """{name: Spec} of all files, or of those named."""
    return {name: importlib.import_module(f"{__name__}.{module(name)}").SPEC for name in names}


def module(name):
    """Name of the module of a file: split_ring, _9p."""
    stem = name.replace("-", "_")
    return stem if stem.isidentifier() else f"_{stem}"


def constants(specs):
    """{document's name: (Value, Group, Spec)}, other names of theirs included; scoped names are left out."""
    return {
        name: (value, group, one)
        for one in specs.values()
        for group in one.groups
        if not group.scoped
        for value in group.values
        for name in (value.document, *value.aka)
        if name
    }


def structs(specs):
    """{document's name: (Struct, Spec)}."""
    return {
        struct.document: (struct, one) for one in specs.values() for struct in one.structs if struct.document
    }


def element(one, field):
    """Bytes of one element of a field, None if elements have no fixed length."""
    if field.size is not None:
        return field.size // field.count if field.array else field.size
    inside = one.struct(field.type)
    return NUMBERS.get(field.type) or (inside.size if inside and inside.fixed else None)


def leaves(one, struct, path="", base=0):
    """(path, offset, Field) of every field of a struct and of those inside it; a name that the specification does not give
    is not in the path; elements of arrays are not told apart."""
    return list(_leaves(one, struct.fields, path, base))


def _leaves(one, fields, path, base):
    for field in fields:
        here = path if field.anonymous else f"{path}{field.name}"
        at = None if field.offset is None or base is None else base + field.offset
        if not field.anonymous:
            yield here, at, field
        inside = one.struct(field.type)
        prefix = here if field.anonymous else here + "."
        if (
            field.members and not field.array
        ):  # their offsets count from the same beginning as the field's own
            yield from _leaves(one, field.members, prefix, base)
        elif inside and not field.array:
            yield from _leaves(one, inside.fields, prefix, at)

# SPDX-License-Identifier: MIT
# Copied from codegen/templates/virtwright.py by ./vwr generate: change it there.
"""VirtIO as constants and struct layouts: `virtwright.spec()` returns the contents of virtwright.json, two folders up."""

import functools
import json
import re
from pathlib import Path
from typing import NamedTuple

_FORMAT = 2
_TEXT = (Path(__file__).resolve().parents[2] / "virtwright.json").read_text(encoding="utf-8")
DATA = json.loads(re.sub(r'"(0x[0-9a-f]{14,16})"', lambda large: str(int(large[1], 16)), _TEXT))
if DATA["format"] != _FORMAT:
    raise ImportError(f"virtwright.json has format {DATA['format']}, this package reads {_FORMAT}")
_FILES = {file["name"]: file for file in DATA["files"]}

DOCUMENT = DATA["document"]
VERSIONS = tuple(DATA["versions"])
NUMBERS = DATA["numbers"]  # size in bytes of each type of number
NAMES = tuple(_FILES)


class Value(NamedTuple):
    """A named number."""

    name: str  # RO
    value: int
    c: str  # VWR_BLK_F_RO
    document: str = ""  # VIRTIO_BLK_F_RO; "" if the specification has no such name
    since: str = "1.0"
    aka: tuple = ()  # other names of the specification or the kernel
    only: str = ""  # legacy or modern
    gate: tuple = ()  # present with any of these features; (): always
    label: str = ""  # displayed name, if it differs from the name
    brief: str = ""
    reserved: bool = False
    accept: str = ""  # features: a driver must accept it if it is offered, or should
    offer: str = ""  # features: a device must offer it, should, or should-not
    insist: tuple = ()  # features: sides that may fail without it
    out: tuple = ()  # messages: structs or types that are sent, in order; u8 for bytes
    back: tuple = ()  # messages: structs or types of the answer
    sender: str = ""  # messages: driver, device, both
    quote: str = ""  # the specification's words for the number, if it has no name
    section: str = ""  # if it differs from the group's


class Group(NamedTuple):
    """Numbers of one kind: `kind` is ids, features, bits (of the status), queues, enums, flags, constants, messages,
    registers (their offsets), shared-memory."""

    name: str
    kind: str
    section: str
    values: tuple
    scoped: bool = False  # the specification also uses the names for other numbers elsewhere
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
    offset: object = None  # bytes; None after an array whose length is not fixed
    type: str = ""  # u8, le16 …; a struct of the file by its name; "struct" or "union" with `members`
    count: object = (
        1  # number of elements; "trailing", "open", "queue-size", a field's name or "config.FIELD"
    )
    array: bool = False
    size: object = None  # bytes of all elements; None if not fixed
    gate: tuple = ()
    dir: str = ""  # configuration and registers: R, W, RW; whole requests: in (the device writes it)
    legacy_dir: str = ""  # configuration: RW if the driver may write it only in the legacy interface
    at_any_time: bool = False  # configuration: may be written as soon as the feature is offered
    readable: str = ""  # configuration: negotiated if a driver does not read it before FEATURES_OK
    valid: tuple = ()  # configuration: the value has a meaning only with one of these features
    for_device: bool = False  # configuration: a driver writes it, and does not read it
    plus: int = 0  # number of elements in addition to `count`
    unless: tuple = ()  # configuration: has no meaning with any of these features
    min: object = None  # configuration: its limits
    max: object = None
    absent: int = 0  # configuration: value that the getter returns without the feature
    reserved: bool = False
    anonymous: bool = False  # the specification gives no name; `name` is ours
    members: tuple = ()  # of an unnamed struct or a union; offsets from the beginning of the whole struct
    values: str = ""  # group of its values
    bits: tuple = ()  # (name, shift, width, reserved)
    is_: tuple = ()  # in a union: values of the field `by` that select this member
    by: str = ""
    aka: tuple = ()
    since: str = "1.0"
    only: str = ""
    unit: str = ""
    mask: bool = False  # `values` are numbers of bits
    holds: str = ""  # struct of another document whose layout the bytes have
    brief: str = ""


class Struct(NamedTuple):
    """A struct in memory that both sides access."""

    name: str
    document: str = ""  # virtio_blk_config; "" if the specification has no such name
    c: str = ""  # vwr_blk_config
    size: int = 0  # bytes, without arrays that have no fixed length
    fixed: bool = False  # whether `size` is the whole size
    packed: bool = False
    since: str = "1.0"
    only: str = ""
    section: str = ""
    fields: tuple = ()
    sizes: tuple = ()  # (size, ((feature, …), …)): sizes by features, first row that applies
    brief: str = ""


class Queue(NamedTuple):
    """A virtqueue, or several virtqueues of a kind."""

    name: str
    index: object = None  # None if it follows queues whose number varies
    behind: str = ""
    stride: int = 1
    count: int = 1
    field: str = ""  # configuration field that holds their number
    less: int = 0  # … minus this
    field_gate: tuple = ()
    gate: tuple = ()
    dir: str = ""
    since: str = "1.0"
    brief: str = ""


class Rule(NamedTuple):
    """A feature that requires one of several others."""

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
    more: dict  # keys of some kinds only: registers, steps, parts, ranges …

    def group(self, name):
        """The group of that name, or None."""
        return next((group for group in self.groups if group.name == name), None)

    def struct(self, name):
        """The struct of that name, or None."""
        return next((struct for struct in self.structs if struct.name == name), None)


def _frozen(value):
    """A value of the JSON with tuples for lists."""
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def _made(kind, row, **more):
    """A tuple of a row, which omits default values; `is` is a keyword of Python."""
    row = {"is_" if key == "is" else key: _frozen(value) for key, value in row.items()}
    return kind(**{key: value for key, value in row.items() if key in kind._fields}, **more)


def _field(row):
    lists = {"members": tuple(map(_field, row.get("members", ())))}
    lists["bits"] = tuple(
        (one["name"], one["shift"], one["width"], one.get("reserved", False)) for one in row.get("bits", ())
    )
    return _made(Field, {key: value for key, value in row.items() if key not in lists}, **lists)


def _group(row):
    values = tuple(_made(Value, one) for one in row["values"])
    return _made(Group, {key: value for key, value in row.items() if key != "values"}, values=values)


def _struct(row):
    return _made(
        Struct,
        {key: value for key, value in row.items() if key != "fields"},
        fields=tuple(map(_field, row["fields"])),
    )


# Defaults of the rows of `more`.
_REGISTER = {
    "bank_name": None,
    "set_names": [[], []],
    "clear_names": [[], []],
    "idle_names": [None, None],
    "value": None,
    "reset_value": None,
    "kept": False,
    "absent": None,
    "unit": None,
    "power_of_two": False,
    "multiple_of": [],
    "only": None,
    "max": None,
    "min": None,
    "writes": [],
    "never": None,
    "failed": None,
    "done_after": None,
    "done_names": [],
    "done_values": [],
    "clears": None,
    "read_clears": False,
    "write_once": False,
    "aka": [],
}
_TABLES = {
    "registers": _REGISTER,
    "bits": {"if": None},
    "steps": {"after_names": [[], []], "before_names": [[], []], "effect": ""},
    "channel": {
        "part": "",
        "legacy_part": "",
        "back": [],
        "revision": "",
        "excludes": [],
        "status": False,
        "resets": False,
        "first": False,
        "write_once": False,
        "only": None,
    },
    "capabilities": {"only": None, "align": "", "place_name": ""},
}


def _more(row):
    more = {key: value for key, value in row.items() if key not in Spec._fields}
    for key, usual in _TABLES.items():
        if key in more:
            more[key] = [{**usual, **one} for one in more[key]]
    if "blocks" in more:
        more["blocks"] = {
            one["name"]: [{**_REGISTER, **each} for each in one["registers"]] for one in more["blocks"]
        }
    return more


@functools.cache
def _spec(name):
    row = _FILES[name]
    structs_ = [one for one in row.get("structs", ()) if not one.get("apart")]
    lists = {
        "groups": tuple(map(_group, row.get("groups", ()))),
        "structs": tuple(map(_struct, structs_)),
        "queues": tuple(_made(Queue, one) for one in row.get("queues", ())),
        **{key: tuple(_made(Rule, one) for one in row.get(key, ())) for key in ("rules", "offers")},
    }
    head = {key: value for key, value in row.items() if key in Spec._fields and key not in lists}
    return Spec(**{"id": None, **head}, **lists, more=_more(row))


def spec(names=NAMES):
    """{name: Spec} of all files, or of those named."""
    return {name: _spec(name) for name in names}


def constants(specs):
    """{document's name: (Value, Group, Spec)}, with their other names; without scoped names."""
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
    """(path, offset, Field) of every field of a struct and of the structs inside it. The path omits names that the
    specification does not give; the elements of an array have one entry."""
    return list(_leaves(one, struct.fields, path, base))


def _leaves(one, fields, path, base):
    for field in fields:
        here = path if field.anonymous else f"{path}{field.name}"
        at = None if field.offset is None or base is None else base + field.offset
        if not field.anonymous:
            yield here, at, field
        inside = one.struct(field.type)
        prefix = here if field.anonymous else here + "."
        if field.members and not field.array:  # their offsets have the same base as that of the field
            yield from _leaves(one, field.members, prefix, base)
        elif inside and not field.array:
            yield from _leaves(one, inside.fields, prefix, at)

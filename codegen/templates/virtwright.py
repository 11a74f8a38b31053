# SPDX-License-Identifier: MIT
# Copied from codegen/templates/virtwright.py by ./vwr generate: change it there.
"""VirtIO as constants and struct layouts: `virtwright.spec()` gives all that virtwright.json has, which lies two folders up."""

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
NUMBERS = DATA["numbers"]  # bytes of each type of number
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
    offset: object = None  # bytes; None behind an array whose length is not fixed
    type: str = ""  # u8, le16 …; a struct of the file by its name; "struct" or "union" with `members`
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
    document: str = ""  # virtio_blk_config; "" if the specification has no such name
    c: str = ""  # vwr_blk_config
    size: int = 0  # bytes; arrays without a fixed length not counted
    fixed: bool = False  # whether that is all
    packed: bool = False
    since: str = "1.0"
    only: str = ""
    section: str = ""
    fields: tuple = ()
    sizes: tuple = ()  # (size, ((feature, …), …)): sizes by features, first row that holds
    brief: str = ""


class Queue(NamedTuple):
    """A virtqueue or several of a kind."""

    name: str
    index: object = None  # None if it is behind a queue whose number varies
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


def _frozen(value):
    """A value of the JSON with tuples for lists."""
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def _made(kind, row, **more):
    """A tuple of a row, in which what says nothing is left out; `is` is a word of Python."""
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


# What the rows of `more` have where nothing is said.
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

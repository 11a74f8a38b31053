# SPDX-License-Identifier: MIT
"""A file of spec/ as a list of items with the specification's names. A comparison of two revisions compares these."""

from itertools import count
from typing import Any, NamedTuple

from vwr.check.c_names import c_names
from vwr.grammar.row import Row, keys
from vwr.model.data import Data, data_of
from vwr.model.nodes import data as objects
from vwr.model.nodes.files import Model
from vwr.model.nodes.messages import Exchange, Message, MessagePart
from vwr.model.nodes.registers import ChannelCommand
from vwr.model.nodes.ring import Part
from vwr.model.nodes.structs import Struct
from vwr.model.nodes.values import Number, Value

# Keys whose value is the name in C, or follows from other keys.
NAMES = ("name", "c", "document", "offset_c", "bytes_c", "align_c", "apart", "path")
WORDS: dict[type[Row], str] = {
    Exchange: "messages of",
    Part: "part",
    objects.RegisterBits: "bits",
    ChannelCommand: "channel command",
}  # instead of the name of the class
GROUPS = {
    "features": "feature",
    "ids": "device",
    "constants": "constant",
    "bits": "status bit",
}  # instead of the name of the group
LISTED = ("messages", "queues")  # kinds of groups whose values are items of their own


class Fact(NamedTuple):
    """An item, and the values of its keys; `outer` is the item that contains it."""

    outer: str
    has_name: bool  # in C
    values: dict[str, Any]


def facts(m: Model) -> dict[str, Fact]:
    """The items of a model by name, in the model's order."""
    found: dict[str, Fact] = {}
    data = data_of(m)
    _item(objects.File, data, "file", "", found)
    for key, word in (("rules", "requires"), ("offers", "offered with")):
        for rule in data.get(key, ()):
            values = found[f"feature {rule['feature']}"].values
            values[word] = [*values.get(word, ()), " or ".join(rule["any"])]
    return found


def _item(kind: type[Row], row: Data, what: str, outer: str, found: dict[str, Fact]) -> None:
    """Adds an item, and those inside it: rows that have a name."""
    found[what] = fact = Fact(outer, "c" in row or kind is objects.Group, {})
    for key, one in keys(kind).items():
        value = row.get(key)
        inner = one.inner
        if value is None or key in NAMES or inner is objects.Rule:
            continue
        if inner is objects.Value and row["kind"] == "registers":
            continue  # offsets of registers, which are items
        if inner is objects.Value and row["kind"] in LISTED:
            continue
        if isinstance(value, dict) and not inner:
            fact.values.update({f"{key} {name}": part for name, part in value.items()})
        elif key == "contains":
            fact.values[key] = [f"{part['type']} if {' or '.join(part.get('is', ()))}" for part in value]
        elif not isinstance(value, list) or not inner or "name" not in keys(inner) or inner is Number:
            fact.values[key] = value
        else:
            for part in value:
                _item(inner, part, _called(inner, key, row, part, what, found), what, found)


def _called(kind: type[Row], key: str, row: Data, part: Data, outer: str, found: dict[str, Fact]) -> str:
    """The name of an item inside another one."""
    word, name = WORDS.get(kind, kind.__name__.lower()), part["name"]
    if kind is objects.Value:
        outer, word = "file", GROUPS.get(row["name"], row["name"])
    elif kind is MessagePart:
        word = f"{key} part"
    elif kind is Exchange:
        name = f"{part['queue']} from the device" if part["sender"] == "device" else part["queue"]
    elif kind is Message:
        outer, name = "file", f"{name} of {outer}"
    elif kind is objects.Struct and name == "config":
        word = ""
    what = " ".join(filter(None, ("" if outer == "file" else outer, word, name)))
    again = (f"{what} ({number})" for number in count(2))
    return what if what not in found else next(one for one in again if one not in found)


def names(m: Model) -> dict[str, str]:
    """{name: its type, or an empty text} of all that the file declares."""
    found = {name: "" for name, _ in c_names(m)}
    enums = [e for e in (m.features, *m.enums) if e]
    rows: list[Value | Struct] = [*m.numbers, *(row for e in enums for row in e.rows), *m.structs]
    found |= {name: "" for row in rows for name in row.documents}
    for call in m.config.accessors if m.config else ():
        found |= {name: call.ctype for name in (call.getter, call.setter) if name}
    return found

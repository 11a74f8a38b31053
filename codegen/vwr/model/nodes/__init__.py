# SPDX-License-Identifier: MIT
"""
The types of the models, all frozen: mypy rejects a change. A test at run time would take a tenth of a run.

An attribute with key(…) or maybe(…) in its annotation is a key of virtwright.json, of which nodes/data.py has
the objects that differ from a node.
"""

import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeVar

from vwr.grammar.row import Row, key, maybe

Made = TypeVar("Made")

if TYPE_CHECKING:
    from dataclasses import dataclass as node
else:

    def node(frozen: bool, **more: bool) -> Callable[[type[Made]], type[Made]]:
        """A type of nodes, without methods that none needs."""
        return dataclasses.dataclass(repr=False, **more)


__all__ = ["changed", "key", "maybe", "node"]


def changed(one: Made, **values: Any) -> Made:
    """The node with other values, in a fraction of the time of dataclasses.replace."""
    made = object.__new__(type(one))
    made.__dict__ = vars(one) | values
    return made


Interface = Literal["legacy", "modern"]
FIRST = "First version of the specification with the item. Default: 1.0."

NAME = key("Name of the item.")
BRIEF = maybe("Description, in one sentence.")
SINCE = maybe(FIRST)
ONLY = maybe("The only version of the interface with the item.", shown=Interface)
GATE = maybe("Features, any of which enables the item. Default: it always exists.")
SECTION = maybe("Section of the specification.")
BY_HAND = maybe("What the description does not cover, and why.")
PATH = maybe("Field in the part, with dots. Absent if the part itself is a number.")
BOTH = maybe("For the legacy interface, then for the modern one.")


class DataRow(Row):
    """An object in virtwright.json."""

    LEAST = 0
    DASHES = False


class Shown(DataRow):
    """A node that is one. The first paragraph of its description is that of the object."""

    ALL: ClassVar[bool] = False

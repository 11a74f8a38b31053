# SPDX-License-Identifier: MIT
"""Keys that many kinds of rows share."""

from vwr.grammar.row import Flag, Row, key
from vwr.grammar.words import Brief, Clauses


class Said(Row):
    """A row with an optional brief, and the clauses that it expresses."""

    ORDER = 1
    clauses: Clauses | None
    brief: Brief | None


class Explained(Said):
    """A row that requires a brief."""

    ORDER = 1
    brief: Brief


class Reservable(Said):
    """A row that requires a brief, unless the specification reserves the item."""

    ORDER = 1
    UNLESS = ("reserved", ("brief",))
    reserved: Flag = key(
        "True if the specification reserves the item: it is written as 0 and ignored when read. It gets "
        "no accessor, and needs no brief."
    )

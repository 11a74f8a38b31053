# SPDX-License-Identifier: MIT
"""Keys that rows of many kinds have."""

from vwr.grammar.row import Flag, Row, key
from vwr.grammar.words import Brief, Clauses


class Said(Row):
    """The sentence of a row, and the clauses that it says."""

    ORDER = 1
    clauses: Clauses | None
    brief: Brief | None


class Explained(Said):
    """A row with a sentence."""

    ORDER = 1
    brief: Brief


class Reservable(Said):
    """A row with a sentence, unless the specification reserves what it is."""

    ORDER = 1
    UNLESS = ("reserved", ("brief",))
    reserved: Flag = key(
        "True for what the specification reserves: 0 where it is written, and not looked at where it is read; "
        "no accessor is made, and it needs no brief."
    )

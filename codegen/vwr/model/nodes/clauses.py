# SPDX-License-Identifier: MIT
"""Which clauses of the specification rows say."""

from dataclasses import dataclass

from vwr.model.nodes.values import Node


@dataclass(frozen=True)
class Said(Node):
    """A normative clause that a row says: its id, its keyword, whose duty it is, and the row as people call it."""

    id: str
    level: str
    side: str
    section: str
    row: str

# SPDX-License-Identifier: MIT
"""The clauses of the specification that rows express."""

from dataclasses import dataclass

from vwr.model.nodes.values import Node


@dataclass(frozen=True)
class Said(Node):
    """
    A normative clause that a row expresses: its id, its keyword, the side that it binds, and the path of the
    row.
    """

    id: str
    level: str
    side: str
    section: str
    row: str

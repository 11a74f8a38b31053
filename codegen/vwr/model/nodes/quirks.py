# SPDX-License-Identifier: MIT
"""Known devices and drivers that deviate from the specification."""

from dataclasses import dataclass

from vwr.model.nodes.values import Node


@dataclass(frozen=True)
class Quirk(Node):
    """
    A deviation of one program; `about` is the row, empty for the whole file; `remedy`: how the other side
    handles it.
    """

    name: str
    who: str
    versions: str
    side: str
    about: str
    brief: str
    remedy: str
    words: str

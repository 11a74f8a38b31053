# SPDX-License-Identifier: MIT
"""What known devices and drivers do otherwise than the specification."""

from dataclasses import dataclass

from vwr.model.nodes.values import Node


@dataclass(frozen=True)
class Quirk(Node):
    """Who does what; `about` is the row, empty for the whole file; `remedy`: how the other side lives with it."""

    name: str
    who: str
    versions: str
    side: str
    about: str
    brief: str
    remedy: str
    words: str

# SPDX-License-Identifier: MIT
"""Text that goes into a copy, several templates in an archive. The calling module defines the placeholders."""

import functools
from pathlib import Path

from vwr import txtar


@functools.cache
def _templates() -> dict[str, bytes]:
    return txtar.read_all(Path(__file__).parent)


def template(name: str) -> str:
    """The text of one template."""
    return _templates()[name].decode("utf-8")

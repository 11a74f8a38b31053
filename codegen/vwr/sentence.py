# SPDX-License-Identifier: MIT
"""Parts of sentences that messages of several verbs have."""

from collections.abc import Iterable


def joined(names: Iterable[str], last: str = "and") -> str:
    """a, b and c."""
    *first, end = [*names] or [""]
    return f"{', '.join(first)} {last} {end}" if first else end


def plural(count: int, word: str) -> str:
    """1 buffer, 2 buffers."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"

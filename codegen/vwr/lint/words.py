# SPDX-License-Identifier: MIT
"""Numbers and lists in a sentence."""

from collections.abc import Iterable

from vwr import sentence

MOST = 6  # names that are listed


def number(value: int, kind: str = "") -> str:
    """Offsets of registers and large numbers in a readable form."""
    return (
        f"0x{value:03x}" if kind == "registers" else f"{value} (0x{value:x})" if value >= 256 else str(value)
    )


def joined(rows: Iterable[str], last: str = "and") -> str:
    """a, b and c; at most a few of them."""
    items = list(rows)
    if len(items) > MOST:
        return f"{', '.join(items[:MOST])} and {len(items) - MOST} more"
    return sentence.joined(items, last)


def shift(amount: int, more: str = "") -> str:
    """The distance: 38 bytes late, 38 or more bytes late."""
    what = "byte" if abs(amount) == 1 and not more else "bytes"
    return f"{abs(amount)} {more}{what} {'late' if amount > 0 else 'early'}"

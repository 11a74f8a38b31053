# SPDX-License-Identifier: MIT
"""
Fields of a struct in the specification's order, each with the header's field, and the differences in order
and offset.
"""

from itertools import takewhile

from vwr.description import version
from vwr.lint.book import Leaf
from vwr.lint.findings import Settings
from vwr.lint.header import Field


class Item:
    """A field of the specification with the header's field, or None; `wanted`: it must not be missing."""

    def __init__(self, row: Leaf, theirs: Field | None, settings: Settings) -> None:
        self.path, self.offset, self.field, since = row
        self.size, self.theirs = self.field.size, theirs
        self.newer = version(since) > version(settings.version)
        self.wanted = not (
            self.field.reserved or self.newer or self.size is None or self.field.only == "legacy"
        )

    @property
    def there(self) -> Field:
        """The header's field, which must exist."""
        assert self.theirs is not None
        return self.theirs

    @property
    def off(self) -> int:
        """The distance of the header's field from its offset in the specification."""
        return self.there.offset - self.offset

    @property
    def resized(self) -> bool:
        """Whether the sizes differ."""
        return None not in (self.size, self.there.size) and self.size != self.there.size


def exchanged(items: list[Item]) -> tuple[list[list[Item]], list[Item]]:
    """Groups of fields at wrong offsets that together fill the right bytes: (groups, the other items)."""
    found: list[list[Item]] = []
    block: list[Item] = []
    for item in [one for one in items if one.theirs]:
        if item.off or block:
            block.append(item)
        if is_whole(block):
            found.append(block)
            block = []
    moved = [item for block in found for item in block]
    return found, [item for item in items if item not in moved]


def inverted(items: list[Item]) -> tuple[list[list[Item]], list[Item]]:
    """
    A group of fields in another order that does not fill the same bytes, so that later fields have wrong
    offsets too: ([the group], the items before it).
    """
    there = [item for item in items if item.theirs]
    for place in range(len(there)):
        row = list(takewhile(lambda one: one.off, there[place:]))
        # The items that are in the opposite order in the header.
        wrong = [
            one
            for one in row
            if any((one.offset - other.offset) * (one.there.offset - other.there.offset) < 0 for other in row)
        ]
        if wrong:
            return [row[row.index(wrong[0]) : row.index(wrong[-1]) + 1]], items[: items.index(row[0])]
    return [], items


def run_of(items: list[Item]) -> list[Item]:
    """
    The first item and those after it that are off by the same amount, or by more because of the compiler's
    alignment.
    """
    run = items[:1]
    for item in items[1:]:
        if item.off != run[-1].off and not _is_padding(run[-1], item):
            break
        run.append(item)
    return run


def is_whole(block: list[Item]) -> bool:
    """Whether these fields, at wrong offsets, fill the same bytes as in the specification."""
    sized = [item for item in block if item.size is not None and not item.resized]
    if len(block) < 2 or len(sized) < len(block):
        return False
    here = sorted((item.there.offset, item.size) for item in block)
    there = sorted((item.offset, item.size) for item in block)
    end = lambda rows: max(offset + size for offset, size in rows)
    start, behind = here[0][0], end(here)
    return (start, behind) == (there[0][0], end(there)) and sum(size for _, size in here) == behind - start


def _is_padding(before: Item, item: Item) -> bool:
    """Whether a field is further off only because of the compiler's alignment."""
    gap = item.there.offset - before.there.offset - (before.there.size or 0)
    return item.off > before.off and 0 < gap < (item.size or 0)

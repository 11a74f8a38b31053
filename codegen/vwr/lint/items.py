# SPDX-License-Identifier: MIT
"""Fields of a struct in the specification's order, each with theirs, and how the two orders and distances differ."""

from vwr.description import version


class Item:
    """A field of the specification with theirs, or None; `wanted`: it must not be missing."""

    def __init__(self, row, theirs, settings):
        self.path, self.offset, self.field, since = row
        self.size, self.theirs = self.field.size, theirs
        self.newer = version(since) > version(settings.version)
        self.wanted = not (self.field.reserved or self.newer or self.size is None or self.field.only == "legacy")

    @property
    def off(self):
        """How far theirs is behind its place."""
        return self.theirs.offset - self.offset

    @property
    def resized(self):
        """Whether theirs has another size."""
        return None not in (self.size, self.theirs.size) and self.size != self.theirs.size


def exchanged(items):
    """Rows of fields that are out of their places and fill the same bytes together: (rows, the other items)."""
    found, block = [], []
    for item in [one for one in items if one.theirs]:
        if item.off or block:
            block.append(item)
        if is_whole(block):
            found.append(block)
            block = []
    moved = [item for block in found for item in block]
    return found, [item for item in items if item not in moved]


def inverted(items):
    """A row of fields in another order that do not fill the same bytes, so that what follows is out of place too:
    ([the row], the items before it)."""
    there = [item for item in items if item.theirs]
    for place in range(len(there)):
        row = _until(lambda one: one.off == 0, there[place:])
        wrong = [one for one in row if any(_is_inverted(one, other) for other in row)]
        if wrong:
            return [row[row.index(wrong[0]):row.index(wrong[-1]) + 1]], items[:items.index(row[0])]
    return [], items


def run_of(items):
    """The first and those behind it that are off by as much, or by more where the compiler aligns them."""
    run = items[:1]
    for item in items[1:]:
        if item.off != run[-1].off and not _is_padding(run[-1], item):
            break
        run.append(item)
    return run


def last(items):
    """The last that they have."""
    return [item for item in items if item.theirs][-1]


def is_whole(block):
    """Whether these fields, out of their places, fill the same bytes as in the specification."""
    sized = [item for item in block if item.size is not None and not item.resized]
    if len(block) < 2 or len(sized) < len(block):
        return False
    here = sorted((item.theirs.offset, item.size) for item in block)
    there = sorted((item.offset, item.size) for item in block)
    end = lambda rows: max(offset + size for offset, size in rows)
    start, behind = here[0][0], end(here)
    return (start, behind) == (there[0][0], end(there)) and sum(size for _, size in here) == behind - start


def _is_inverted(one, other):
    """Whether two fields stand in theirs the other way."""
    return (one.offset - other.offset) * (one.theirs.offset - other.theirs.offset) < 0


def _until(ends, rows):
    """The rows before the first of which `ends` holds."""
    return rows[:next((place for place, row in enumerate(rows) if ends(row)), len(rows))]


def _is_padding(before, item):
    """Whether a field is further off only because the compiler aligns it."""
    gap = item.theirs.offset - before.theirs.offset - (before.theirs.size or 0)
    return item.off > before.off and 0 < gap < (item.size or 0)

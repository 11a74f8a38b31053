# SPDX-License-Identifier: MIT
"""Where the queues of a device that follow others are."""

from collections.abc import Mapping

from vwr.spec.load import Row


def followed(listed: Mapping[str, Row], row: Row) -> list[Row]:
    """The queues before one, from the one that it is behind to the one with an index; empty if there is no such way."""
    found = list[Row]()
    while "index" not in row:
        before = listed.get(row.get("behind", ""))
        if before is None or before in found:
            return []
        found.append(before)
        row = before
    return found


def between(way: list[Row]) -> int:
    """How many numbers lie between the last queue of the kind with an index and the queue whose way this is."""
    return sum(row.get("stride", 1) * (row.get("count", 1) - 1) + 1 for row in way[:-1])

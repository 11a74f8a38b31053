# SPDX-License-Identifier: MIT
"""The indices of queues that follow others."""

from collections.abc import Mapping

from vwr.spec.load import Row


def followed(listed: Mapping[str, Row], row: Row) -> list[Row]:
    """
    The queues before one, from its direct predecessor to the one with an index; empty if the chain is broken.
    """
    found = list[Row]()
    while "index" not in row:
        before = listed.get(row.get("behind", ""))
        if before is None or before in found:
            return []
        found.append(before)
        row = before
    return found


def between(way: list[Row]) -> int:
    """
    The number of indices between the last queue of the kind with an index and the queue with this chain.
    """
    return sum(row.get("stride", 1) * (row.get("count", 1) - 1) + 1 for row in way[:-1])

# SPDX-License-Identifier: MIT
"""Fewer tests than the product of all axes, such that any two values of two axes still occur together."""

import itertools
from collections.abc import Sequence


def pairs(*axes: Sequence[str]) -> list[tuple[str, ...]]:
    """Rows with a value of each axis, in which any two values of two axes meet. The next row is always the first one of the
    product that has most pairs which did not meet yet."""
    left = {
        (i, a, j, b) for i, j in itertools.combinations(range(len(axes)), 2) for a in axes[i] for b in axes[j]
    }
    product = list(itertools.product(*axes))
    found = []
    while left:
        row = max(product, key=lambda row: len(left & met(row)))
        left -= met(row)
        found.append(row)
    return found


def met(row: Sequence[str]) -> set[tuple[int, str, int, str]]:
    """The pairs of a row."""
    return {(i, row[i], j, row[j]) for i, j in itertools.combinations(range(len(row)), 2)}

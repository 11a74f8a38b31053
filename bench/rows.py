# SPDX-License-Identifier: MIT
"""Rows of the benchmark: what one is, whether it keeps its limit, and how it is printed."""

import json
import math


def row(
    group,
    name,
    unit,
    value=None,
    limit=None,
    exact=None,
    ratio=None,
    of="",
    reason="",
    where=None,
):
    """One figure: `limit` is the most it may be, `exact` the only thing; without a value `reason` says why.

    `where`: the run that says which functions the figure is made of.
    """
    return {
        "group": group,
        "name": name,
        "value": value,
        "unit": unit,
        "limit": exact if limit is None else limit,
        "ratio": ratio,
        "of": of,
        "reason": reason,
        "exact": exact is not None,
        "where": where,
    }


def holds(one):
    """Whether a row keeps its limit; one that was not measured breaks none."""
    if one["value"] is None or one["limit"] is None:
        return True
    return math.isclose(one["value"], one["limit"]) if one["exact"] else one["value"] <= one["limit"]


def _number(value):
    if value is None:
        return ""
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def _cells(one):
    limit = "" if one["limit"] is None else ("= " if one["exact"] else "<= ") + _number(one["limit"])
    ratio = "" if one["ratio"] is None else f"{one['ratio']:.2f} x {one['of']}"
    value = _number(one["value"]) if one["value"] is not None else "-"
    note = one["reason"] if one["value"] is None else "" if holds(one) else "LIMIT BROKEN"
    return [one["group"], one["name"], value, one["unit"], limit, ratio, note]


def table(rows):
    """The rows as lines of text, columns as wide as they need to be."""
    lines = [["group", "name", "value", "unit", "limit", "ratio", ""]] + [_cells(one) for one in rows]
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    right = (2, 4)
    return [
        "  ".join(
            cell.rjust(width) if i in right else cell.ljust(width)
            for i, (cell, width) in enumerate(zip(line, widths))
        ).rstrip()
        for line in lines
    ]


def write_json(path, rows):
    """The rows for a machine; a row that was not measured has the value null and a reason."""
    keys = ("group", "name", "value", "unit", "limit", "ratio", "of")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(
            [
                {key: one[key] for key in keys} | ({"reason": one["reason"]} if one["reason"] else {})
                for one in rows
            ],
            file,
            indent=1,
        )
        file.write("\n")

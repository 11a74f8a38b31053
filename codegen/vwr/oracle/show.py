# SPDX-License-Identifier: MIT
"""The findings as text and as JSON."""

import json

from vwr.oracle.compare import AGREED, DIFFERING, OURS, THEIRS, counts
from vwr.oracle.document import KINDS

TITLE = {
    "device-id": "device ids",
    "status": "status bits",
    "requires": "needs of features",
    "clause": "sections of clauses",
    "": "in all",
}


def head(document, version, left_out):
    """The edition of the specification, and that of the description."""
    lines = [f"oracle: the specification in {document.folder} is {document.revision}"]
    if version and version != document.version:
        lines.append(
            f"oracle: the description is of {version}: {left_out} things of ours are newer and left out"
        )
    return lines


def _value(fact):
    if isinstance(fact.value, int):
        return f"{fact.value} ({fact.value:#x})" if fact.value > 9 else str(fact.value)
    return f"'{fact.value}'" if fact.value else "there"


def line(one):
    """A finding in one line."""
    what = f"{one.what}: {one.kind} {one.name}"
    if one.what == AGREED:
        return f"{what} = {_value(one.theirs)}"
    if one.what == DIFFERING:
        return (
            f"{what}: {_value(one.theirs)} in the specification ({one.theirs.place}), "
            f"{_value(one.ours)} here ({one.ours.place})"
        )
    fact = one.theirs or one.ours
    return f"{what}: {_value(fact)} ({fact.place})"


def table(found):
    """A line for each kind, and one for all."""
    rows = counts(found, KINDS)
    for kind, row in rows.items():
        if not sum(total for total, _ in row.values()):
            continue
        parts = [f"agreed {row[AGREED][0]}"]
        parts += [f"{what} {row[what][0]} (explained {row[what][1]})" for what in (DIFFERING, THEIRS, OURS)]
        yield f"{TITLE.get(kind, kind + 's')}: {', '.join(parts)}"


def text(found, wrong, verbose, slips):
    """The findings as text."""
    lines = [f"oracle: {slips} known slips in its sentences"] if slips else []
    if verbose:
        lines += [line(one) for one in found if one.what == AGREED]
        lines += [f"{line(one)}: {one.erratum.reason}" for one in found if one.erratum]
    lines += [line(one) for one in found if one.what != AGREED and not one.erratum]
    lines += wrong
    lines += table(found)
    return lines


def as_json(document, found, wrong):
    """The findings as JSON."""
    rows = [
        {
            "what": one.what,
            "kind": one.kind,
            "name": one.name,
            "document": one.theirs and one.theirs.value,
            "place": one.theirs and one.theirs.place,
            "ours": one.ours and one.ours.value,
            "spec": one.ours and one.ours.place,
            "explained": one.erratum is not None,
            "reason": one.erratum.reason if one.erratum else None,
        }
        for one in found
        if one.what != AGREED
    ]
    counted = {
        kind
        or "all": {what: {"count": total, "explained": explained} for what, (total, explained) in row.items()}
        for kind, row in counts(found, KINDS).items()
    }
    return (
        json.dumps(
            {
                "document": {
                    "folder": str(document.folder),
                    "revision": document.revision,
                    "version": document.version,
                },
                "counts": counted,
                "findings": rows,
                "errors": wrong,
            },
            indent=1,
        )
        + "\n"
    )

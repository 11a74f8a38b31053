# SPDX-License-Identifier: MIT
"""Compares two lists of facts."""

import re
from collections import defaultdict, namedtuple

_LENGTH = re.compile(r"\[[A-Za-z_]\w*\]")
AGREED, DIFFERING, THEIRS, OURS = "agreed", "differing", "only in the specification", "only here"

# theirs, ours: Fact or None; erratum: the entry that explains the difference, or None.
Finding = namedtuple("Finding", "what kind name theirs ours erratum")


def compare(theirs, ours, errata):
    """
    Findings; items of the specification come first, in its order. A name may have several values on either
    side.
    """
    there, here = _by_name(theirs), _by_name(ours)
    found = []
    for key, facts in there.items():
        found += _one(facts, here.get(key, {}), errata)
    for key, facts in here.items():
        if key not in there:
            found += [
                Finding(OURS, fact.kind, fact.name, None, fact, errata.only("ours", fact.kind, fact.name))
                for fact in facts.values()
            ]
    return _without_parts(found)


def _by_name(facts):
    found = defaultdict(dict)
    for fact in facts:
        found[fact.kind, fact.name].setdefault(fact.value, fact)
    return found


def _same(theirs, ours):
    """
    `[]` in the specification matches any variable length; the description may name the field with the length.
    """
    return theirs == ours or (isinstance(ours, str) and _LENGTH.sub("[]", ours, count=1) == theirs)


def _one(theirs, ours, errata):
    ours = {
        next((value for value in theirs if _same(value, mine)), mine): fact for mine, fact in ours.items()
    }
    for value, fact in theirs.items():
        if value in ours:
            yield Finding(AGREED, fact.kind, fact.name, fact, ours[value], None)
        elif len(ours) > len(set(ours) & set(theirs)):
            mine = next(other for value, other in ours.items() if value not in theirs)
            erratum = errata.differing(fact.kind, fact.name, mine.value, value)
            yield Finding(DIFFERING, fact.kind, fact.name, fact, mine, erratum)
        else:
            yield Finding(
                THEIRS, fact.kind, fact.name, fact, None, errata.only("theirs", fact.kind, fact.name)
            )


def _without_parts(found):
    """Fields and size of a struct that only one side has are not reported."""
    alone = {(one.what, one.name) for one in found if one.kind == "struct" and one.what in (THEIRS, OURS)}
    return [
        one
        for one in found
        if one.kind not in ("field", "size") or (one.what, one.name.split(".")[0]) not in alone
    ]


def counts(found, kinds):
    """{kind: {what: (all, explained)}} with "" for all kinds."""
    table = {kind: {what: [0, 0] for what in (AGREED, DIFFERING, THEIRS, OURS)} for kind in (*kinds, "")}
    for one in found:
        for kind in (one.kind, ""):
            table[kind][one.what][0] += 1
            table[kind][one.what][1] += one.erratum is not None
    return table

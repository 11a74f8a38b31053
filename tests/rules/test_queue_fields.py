# SPDX-License-Identifier: MIT
"""How many fields a driver's queue has: for each layout those in common, and one member of the union.

Not counted is `none`: a whole chain that is zero for ever, for the places of slot[] where there is none.
"""

import re

import pytest

from processes import output
from tree import ROOT

INCLUDE = [f"-I{ROOT}/runtime/include", f"-I{ROOT}/generated/include"]

# Two of those in common are there for whoever gives a device up: `runs` and `beside`. Packed has the ring's end, which
# a post compares with the next descriptor.
MOST = {"split": 29, "packed": 35}
HEADER = ROOT / "runtime" / "include" / "vwr" / "queue.h"


def structures():
    """Fields of each structure, as (type, name), out of the preprocessed header."""
    port = [f"-I{ROOT}/runtime/port/host", "-D_POSIX_C_SOURCE=200809L"]
    said = output(["gcc", "-E", "-P", *port, *INCLUDE, HEADER])
    return dict(re.findall(r"struct (vwr_\w+)\s*\{((?:[^{}]|\{[^{}]*\})*)\};", said))


def leaves(found, body):
    """Fields of a structure, and of those inside of it; those of a union apart: {member: leaves}."""
    union = re.search(r"union\s*\{([^{}]*)\};", body)
    count = 0
    for field in (body.replace(union.group(0), "") if union else body).split(";"):
        match = re.match(r"\s*(?:const )?(?:struct (\w+) \w+$)?", field.strip())
        inner = match.group(1) if field.strip() else None
        if field.strip():
            count += leaves(found, found[inner])[0] if inner else 1
    members = {}
    for inner, name in re.findall(r"struct (\w+) (\w+);", union.group(1)) if union else ():
        members[name] = leaves(found, found[inner])[0]
    return count, members


@pytest.mark.parametrize("layout", MOST)
def test_a_driver_of_one_layout_has_few_fields(layout):
    found = structures()
    common, members = leaves(found, found["vwr_queue"].replace("struct vwr_chain none;", ""))
    assert common > 10 and set(members) == set(MOST), "the header reads otherwise than this test does"
    assert (
        common + members[layout] <= MOST[layout]
    ), f"{layout}: {common} in common and {members[layout]} of its own"

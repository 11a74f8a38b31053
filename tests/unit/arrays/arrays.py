#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""
Lists the arrays of the setup structures in the public headers as a C header: arrays.py HEADER... > arrays.h

A setup structure is one that a caller fills in: its name ends in options, setup, memory, host, zones or model.
Each of its pointers is an array, whose size is the next member, or one of the kinds of pointers in ONE. A
pointer that is neither stops the list, and so does a size that does not have the name of its array.
"""

import re
import sys
from pathlib import Path

SETUP = re.compile(r"^struct (vwr_\w+_(?:options|setup|memory|host|zones|model)) \{\n(.*?)^\};", re.M | re.S)
MEMBER = re.compile(r"^    (?:const )?((?:struct |volatile )*\w+) \**(?:const \*)?(\w+)(\[\w+\])?;", re.M)
# Structures of the library itself, which no caller fills in, and rows that a plan writes.
OWN = re.compile(r"vwr_(vblk_memory|vfiles_memory|vplan_\w+|crypto_setup|find_host|crypto_options_\w+)$")
# A pointer to one object: a context of the caller, a text, functions, or a structure of which there is one.
ONE = re.compile(
    r"void (context|space|block)|char \w+|struct (\w+_(ops|access|waiter|own|shared|control|files|backend|model|info|iommu|class|away|vm|vdev|zones|name|table)|vwr_vm|vwr_vdev|vwr_vfiles|"
    r"vwr_state_\w+) \w+|vwr_\w+_(run|report|transfer) \w+"
)


def arrays(text):
    """Yields (structure, array, size, unit, whether NULL is accepted) of each array."""
    for structure, body in SETUP.findall(text):
        if OWN.match(structure):
            continue
        doc = re.search(rf"^ \* struct {structure} - .*?\*/", text, re.M | re.S)
        lines = [line.strip() for line in body.splitlines()]
        members = [line for line in lines if line.endswith(";") and "(" not in line]
        for line, after in zip(members, [*members[1:], ""]):
            found = re.match(
                r"(?:const )?(?:volatile )?((?:struct )?\w+) (?:\*|const \*)+(?:const \*)?(\w+);", line
            )
            if not found:
                continue
            kind, name = found.groups()
            size = re.match(
                rf"\w+ ((?:{name}|{name.removesuffix('s')}|{name.removesuffix('es')})_(count|bytes));", after
            )
            if size:
                about = re.search(rf"^ \* @{name}: (.*?)(?=^ \* @|^ \*$|\*/)", doc[0], re.M | re.S)
                yield structure, name, size[1], bool(about and "NULL" in about[1])
            elif not ONE.fullmatch(f"{kind} {name}"):
                raise SystemExit(
                    f"{structure}: the size of `{name}` is not the member behind it: {line} {after}; for a pointer to one"
                    " object or a function, add its type to ONE, or write the function's type in the member"
                )


def main():
    found = []
    for path in map(Path, sys.argv[1:]):
        of_path = list(arrays(path.read_text()))
        found += of_path if path.parent.name == "vwr" else []  # the others are only checked
    print("/* Made from the headers by arrays.py. */\n#define EACH_ARRAY(X)", end="")
    for structure, name, size, optional in found:
        print(f" \\\n    X({structure.removeprefix('vwr_')}, {name}, {size}, {int(optional)})", end="")
    print()


if __name__ == "__main__":
    main()

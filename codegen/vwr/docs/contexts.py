# SPDX-License-Identifier: MIT
"""The table of contexts by function, which tests/ports/freestanding/stack.py measures and checks."""

import re
from pathlib import Path
from typing import NamedTuple

from vwr import ROOT

PAGE = ROOT / "generated" / "docs" / "contexts.md"


class Row(NamedTuple):
    interrupt: str
    waits: str
    aarch64: str
    x86_64: str
    loops: str


def rows(page: Path = PAGE) -> dict[str, Row]:
    """{function: its row}."""
    found = {}
    for line in page.read_text(encoding="utf-8").splitlines():
        if match := re.match(r"\| `(\w+)` \| (.*) \|$", line):
            found[match[1]] = Row(*match[2].split(" | "))
    return found

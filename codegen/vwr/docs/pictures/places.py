# SPDX-License-Identifier: MIT
"""The position of each picture."""

import functools
import json
import re
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any

from vwr import ROOT
from vwr.docs.pictures import bars, life, registers, rooms, status, structs

REFERENCE = PurePosixPath("generated/docs")


@functools.cache
def files() -> dict[str, Any]:
    """The description, by name of the page."""
    data = json.loads((ROOT / "generated" / "virtwright.json").read_text(encoding="utf-8"))
    return {file["name"].replace("_", "-"): file for file in data["files"]}


# (page, heading): the picture directly below the heading.
BELOW: dict[tuple[str, str], Callable[[], list[str]]] = {
    ("docs/README.md", "## Inside the library"): rooms.picture,
    ("generated/docs/split-ring.md", "## Parts"): life.picture,
    ("generated/docs/mmio.md", "## Registers"): lambda: registers.picture(files()["mmio"]),
    ("bench/README.md", "### Like with like"): bars.pictures,
}
STRUCT = re.compile(r"^### struct (\w+)$")


def placed(page: PurePosixPath, lines: list[str]) -> list[str]:
    """The lines of a page, with its pictures."""
    file = files().get(page.stem, {}) if page.parent == REFERENCE else {}
    known = {struct.get("document"): struct for struct in file.get("structs", [])}
    out: list[str] = []
    waiting: list[str] = []  # goes before the next table
    block: list[str] | None = None
    for line in lines:
        if line.startswith("```mermaid"):
            block = []
        elif block is not None:
            if line.startswith("```"):
                out += status.picture(block)
                block = None
            else:
                block.append(line)
        else:
            if match := STRUCT.match(line):
                waiting = structs.picture(known.get(match[1], {}))
            if line.startswith(("|", "#")) and waiting and not STRUCT.match(line):
                out += waiting
                waiting = []
            out.append(line)
            if below := BELOW.get((page.as_posix(), line)):
                out += below()
    return out

# SPDX-License-Identifier: MIT
"""Tables of generated pages that other pages contain too, between two comments that name the generated page."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from vwr import ROOT

DEVICES = "docs/devices.md"  # of the back end of options
QUIRKS = "docs/quirks.md"


class Copy(NamedTuple):
    """A page, the generated page that it copies from, the part that it copies, and what the part is."""

    page: Path
    of: str
    part: re.Pattern[str]
    what: str
    source: str


COPIES = (
    Copy(
        ROOT / "README.md",
        DEVICES,
        re.compile(r"(?:^\|.*\n)+", re.M),
        "table of devices",
        "runtime/options.yaml",
    ),
    Copy(
        ROOT / "docs" / "interop.md",
        QUIRKS,
        re.compile(r"^### .*\Z", re.M | re.S),
        "table of quirks",
        "spec/",
    ),
)


def made(copy: Copy, text: str, files: dict[str, bytes]) -> str:
    """The page with the part of these files."""
    part = copy.part.search(files[copy.of].decode("utf-8"))
    block = re.compile(
        rf"(<!-- generated/{copy.of} begin -->\n).*?(<!-- generated/{copy.of} end -->\n)", re.DOTALL
    )
    return block.sub(lambda found: found[1] + (part[0] if part else "") + found[2], text)


def stale(files: dict[str, bytes]) -> Iterator[Copy]:
    """The pages that are not current. A partial copy of the tree may lack a page."""
    for copy in COPIES:
        if copy.page.is_file() and copy.of in files:
            text = copy.page.read_text(encoding="utf-8")
            if made(copy, text, files) != text:
                yield copy


def write(files: dict[str, bytes]) -> None:
    for copy in stale(files):
        text = copy.page.read_text(encoding="utf-8")
        copy.page.write_text(made(copy, text, files), encoding="utf-8")
        print(f"changed  ../{copy.page.relative_to(ROOT)}")

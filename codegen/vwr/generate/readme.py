# SPDX-License-Identifier: MIT
"""The table of devices in README.md, a copy of the first one in generated/docs/devices.md."""

import re

from vwr import ROOT

DEVICES = "docs/devices.md"  # of the back end of options
PATH = ROOT / "README.md"
BLOCK = re.compile(
    rf"(<!-- generated/{DEVICES} begin -->\n).*?(<!-- generated/{DEVICES} end -->\n)", re.DOTALL
)


def made(text: str, files: dict[str, bytes]) -> str:
    """The page with the table of these files."""
    table = re.search(r"(?:^\|.*\n)+", files[DEVICES].decode("utf-8"), re.MULTILINE)
    return BLOCK.sub(lambda block: block[1] + (table[0] if table else "") + block[2], text)


def is_stale(files: dict[str, bytes]) -> bool:
    """Whether the table is current. Also False without such a page, as in a partial copy of the tree."""
    if not PATH.is_file() or DEVICES not in files:
        return False
    text = PATH.read_text(encoding="utf-8")
    return made(text, files) != text


def write(files: dict[str, bytes]) -> None:
    if is_stale(files):
        PATH.write_text(made(PATH.read_text(encoding="utf-8"), files), encoding="utf-8")
        print("changed  ../README.md")

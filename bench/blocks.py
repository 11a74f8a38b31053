# SPDX-License-Identifier: MIT
"""Blocks of a page that the bench writes: the text between the two marks of each block.

The first mark contains a digest of the block, so that test_bench.py detects a block that was edited by hand.
"""

import hashlib
import re
from pathlib import Path

PAGE = Path(__file__).with_name("README.md")
BEGIN = re.compile(r"<!-- bench ([\w-]+): begin(?: (\w+))? -->\n")
END = "<!-- bench {}: end -->\n"


def digest(text):
    """The digest of a block, for its first mark."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def parts(page):
    """{name: (digest of the mark, text)} of each block."""
    found = {}
    for mark in BEGIN.finditer(page):
        text, end, _ = page[mark.end() :].partition(END.format(mark[1]))
        if not end or mark[1] in found:
            raise ValueError(f"{PAGE.name}: the block {mark[1]} has no end, or is there twice")
        found[mark[1]] = mark[2], text
    return found


def written(page, made):
    """The text of the page with these blocks replaced: {name: text}."""
    for name, text in made.items():
        text = f"\n{text.strip()}\n\n"
        mark = next((one for one in BEGIN.finditer(page) if one[1] == name), None)
        if mark is None:
            raise ValueError(f"{PAGE.name} has no block {name}")
        rest = page[mark.end() :].partition(END.format(name))[2]
        begin = f"<!-- bench {name}: begin {digest(text)} -->\n"
        page = page[: mark.start()] + begin + text + END.format(name) + rest
    return page


def write(made, path=PAGE):
    """Writes these blocks into the page."""
    path.write_text(written(path.read_text(encoding="utf-8"), made), encoding="utf-8")


def names(page):
    """The blocks of a page."""
    return list(parts(page))


def part(page, name):
    """The text of a block."""
    return parts(page)[name][1]

# SPDX-License-Identifier: MIT
"""
The navigation tree of the site. The sections and rows of docs/README.md are the navigation; a page that it
does not name is below the README of the nearest folder above it.
"""

import os
import re
from pathlib import PurePosixPath

INDEX = PurePosixPath("docs/README.md")
TARGET = re.compile(r"^\| \[.*?\]\(([^)#]+)(?:#[^)]*)?\)")


def sections(lines: list[str]) -> dict[str, list[str]]:
    """
    {section: targets of the links in the first column of its rows}, from docs/README.md in the site's form.
    """
    found: dict[str, list[str]] = {}
    rows: list[str] = []
    for line in lines:
        if line.startswith("## "):
            rows = found.setdefault(line[3:].strip(), [])
        elif match := TARGET.match(line):
            rows.append(match[1])
    return found


def below(pages: list[PurePosixPath], named: set[PurePosixPath]) -> dict[PurePosixPath, list[PurePosixPath]]:
    """
    {README: the pages below it}, for pages that docs/README.md does not name. A page without a README is not
    in the tree.
    """
    known, found = set(pages), dict[PurePosixPath, list[PurePosixPath]]()
    for page in pages:
        if page in named:
            continue
        folder = page.parent.parent if page.name == "README.md" else page.parent
        parents = [folder, *folder.parents]
        above = next((one / "README.md" for one in parents if one / "README.md" in known and one.parts), None)
        if above is not None and above != page:
            found.setdefault(above, []).append(page)
    return found


def ordered(entries: list[PurePosixPath], page: PurePosixPath, lines: list[str]) -> list[PurePosixPath]:
    """The pages below a README, in the order of its links; pages without a link follow."""
    text = "\n".join(lines)
    place = {entry: text.find(f"]({os.path.relpath(entry, page.parent)})") for entry in entries}
    return sorted(entries, key=lambda entry: (place[entry] < 0, place[entry]))


def toctree(entries: list[str], caption: str = "") -> list[str]:
    """A navigation list in Markdown, hidden on the page."""
    head = ["", "```{toctree}", ":hidden:", *([f':caption: "{caption}"'] if caption else []), ""]
    return [*head, *entries, "```"]

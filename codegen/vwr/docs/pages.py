# SPDX-License-Identifier: MIT
"""
The tree's Markdown pages as sources of the site: the same paths, links and places, except for pages that the
site generates.
"""

import html
import os
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from vwr import ROOT
from vwr.dist.command import MADE, belongs
from vwr.docs.copies import Copies

HEADERS = PurePosixPath("runtime/include/vwr")
MONITOR = PurePosixPath("monitor/include/vwr")
HELP = PurePosixPath("docs/help.txtar")
HOME = PurePosixPath("README.md")
FENCE = re.compile(r"^ *(```+|~~~+)")
# A link or a picture (!) whose target is a path: no scheme, not only a place on the same page.
LINK = re.compile(r"!?\[((?:[^\[\]`]|`[^`]*`|\[[^\[\]]*\])*)\]\(([^)#:\s]+)(#[^)\s]*)?\)")
CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)")


def tree_pages(root: Path = ROOT) -> list[PurePosixPath]:
    """Every Markdown page of the tree, except in build folders, in dot folders, and of the pairs in a source archive."""
    found = []
    for folder, folders, names in os.walk(root):
        folders[:] = [
            name for name in folders if not name.startswith((".", "build")) and name != "__pycache__"
        ]
        here = Path(folder).relative_to(root)
        if here == Path():
            folders[:] = [name for name in folders if name not in MADE]
        found += [PurePosixPath(here, name) for name in names if name.endswith(".md")]
    return sorted(found)


def source_name(page: PurePosixPath) -> PurePosixPath:
    """The site's path of a page of the tree. The README of the tree is the first page."""
    return PurePosixPath("index.md") if page == HOME else page


def normal(folder: PurePosixPath, target: str) -> PurePosixPath:
    """The target of a link as a path from the root of the tree."""
    return PurePosixPath(os.path.normpath(folder / target))


def away(folder: PurePosixPath, target: PurePosixPath) -> str:
    """The relative path from a folder of the site to a file of it."""
    return PurePosixPath(os.path.relpath(target, folder)).as_posix()


class Pages:
    """All pages. `copies` collects the linked files that are not pages."""

    def __init__(self, copies: Copies, root: Path = ROOT) -> None:
        self.root, self.copies = root, copies
        self.all = tree_pages(root)
        self.known = set(self.all)

    def linked(self, page: PurePosixPath, match: re.Match[str]) -> str:
        """A link or a picture of a page, in the site's form."""
        text, target, place = match[1], match[2], match[3] or ""
        folder = page.parent
        goal = normal(folder, target)
        if not belongs(goal.as_posix()) and not (self.root / goal).exists():
            return text  # this is a source archive
        if match[0].startswith("!"):
            return f'<img src="{away(folder, self.copies.add(goal))}" alt="{html.escape(text)}">'
        if goal in self.known:
            return f"[{text}]({away(folder, source_name(goal))}{place})"
        if goal / "README.md" in self.known:
            return f"[{text}]({away(folder, source_name(goal / 'README.md'))}{place})"
        if goal == HEADERS:
            return f"[{text}]({away(folder, PurePosixPath('api/index.rst'))})"
        if goal.parent in (HEADERS, MONITOR):
            return f"[{text}]({away(folder, PurePosixPath('api', goal.stem + '.rst'))})"
        if goal == HELP:
            return f"[{text}]({away(folder, PurePosixPath('manuals/index.rst'))})"
        # MyST would make it a download.
        return f'<a href="{away(folder, self.copies.add(goal))}">{text}</a>'

    def line(self, page: PurePosixPath, line: str) -> str:
        """A line of prose with its links; code is unchanged."""
        spans = [match.span() for match in CODE.finditer(line)]

        def one(match: re.Match[str]) -> str:
            inside = any(start < match.start() < end for start, end in spans)
            return match[0] if inside else self.linked(page, match)

        return LINK.sub(one, line)

    def lines(self, page: PurePosixPath) -> Iterator[str]:
        """The page, line by line; text between fences is unchanged."""
        fence = ""
        for line in (self.root / page).read_text(encoding="utf-8").splitlines():
            mark = FENCE.match(line)
            if mark and not fence:
                fence = mark[1]
                yield fenced(line)
                continue
            if mark and line.strip() == fence:
                fence = ""
            yield line if fence or mark else self.line(page, line)


def fenced(line: str) -> str:
    """The opening fence with only the language. Other words there are for our tests."""
    match = re.match(r"^( *(?:```+|~~~+)) *(\w*)", line)
    assert match
    return match[1] + (match[2] or "text")

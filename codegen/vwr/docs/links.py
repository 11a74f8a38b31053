# SPDX-License-Identifier: MIT
"""Checks every link of the built site: its file exists, and contains the place."""

import os
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.places: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if not value:
                continue
            if name == "id" or (tag == "a" and name == "name"):
                self.places.add(value)
            elif name in ("href", "src"):
                self.links.append(value)


def _read(path: Path) -> _Reader:
    reader = _Reader()
    reader.feed(path.read_text(encoding="utf-8"))
    return reader


@cache
def places(path: Path) -> set[str]:
    """What a link to a page may name behind `#`."""
    return _read(path).places


def outside(link: str) -> bool:
    """A link to another site, or without a target."""
    parts = urlsplit(link)
    return bool(parts.scheme or parts.netloc)


def check(site: Path) -> tuple[int, list[str]]:
    """The number of links inside the site, and `page: link` for each link without a target."""
    pages = {path: _read(path) for path in sorted(site.rglob("*.html"))}
    count, dead = 0, []
    for page, reader in pages.items():
        for link in dict.fromkeys(reader.links):
            if outside(link):
                continue
            count += 1
            path, _, place = link.partition("#")
            path = unquote(path.partition("?")[0])
            target = Path(os.path.normpath(page.parent / path)) if path else page
            there = pages.get(target)
            if not (target.is_file() and (site == target or site in target.parents)):
                dead.append(f"{page.relative_to(site)}: {link}")
            elif place and there is not None and unquote(place) not in there.places:
                dead.append(f"{page.relative_to(site)}: {link}")
    return count, dead

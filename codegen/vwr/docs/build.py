# SPDX-License-Identifier: MIT
"""Writes the sources of the site from the tree, runs Sphinx, then checks every link."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path, PurePosixPath

from vwr.docs import api, links, manuals, names, navigation
from vwr.docs.copies import Copies
from vwr.docs.pages import HOME, Pages, source_name
from vwr.docs.pictures import places
from vwr.docs.terms import TERMS
from vwr.live import command as live
from vwr.stop import Stop
from vwr.version import version

SITE = Path(__file__).parent / "site"
LIVE = PurePosixPath("codegen/vwr/live/README.md")  # beside it the site has the page itself
LIVE_LINK = ["", "```{raw} html", '<p><a href="live.html">Open the page.</a></p>', "```"]
LIMIT_BYTES = 40 << 20  # 35 MiB with 24 devices, of which twenty have drivers and devices of their own


def put(path: Path, text: str) -> None:
    """Writes a file only if it differs, so that Sphinx reads only changed files again."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


class Sources:
    """Writes the sources into a folder, and removes files that no longer belong to them."""

    def __init__(self, folder: Path, has_live: bool = False) -> None:
        self.folder, self.written, self.has_live = folder, set[Path](), has_live
        self.copies = Copies()
        self.pages = Pages(self.copies)

    def put(self, name: PurePosixPath | str, text: str) -> None:
        self.written.add(self.folder / name)
        put(self.folder / name, text)

    def markdown(self) -> None:
        texts = {page: list(self.pages.lines(page)) for page in self.pages.all}
        sections = navigation.sections(texts[navigation.INDEX])
        folder = navigation.INDEX.parent
        named = {
            PurePosixPath(os.path.normpath(folder / target)) for rows in sections.values() for target in rows
        }
        children = navigation.below(self.pages.all, named | {HOME, navigation.INDEX})
        for page, lines in texts.items():
            lines = places.placed(page, lines)
            if page == LIVE and self.has_live:
                lines += LIVE_LINK
            if page in children:
                below = navigation.ordered(children[page], page, lines)
                entries = [os.path.relpath(one, page.parent) for one in below]
                lines += navigation.toctree(entries)
            if page == HOME:
                lines += navigation.toctree([navigation.INDEX.as_posix()])
                for caption, rows in sections.items():
                    lines += navigation.toctree([os.path.normpath(folder / row) for row in rows], caption)
            self.put(source_name(page), "\n".join(lines) + "\n")

    def reference(self) -> None:
        headers = api.headers()
        pages = {str(page): str(source_name(page).with_suffix("")) for page in self.pages.all}
        for header in headers:
            pages[header.title] = pages[f"{header.name}.h"] = f"api/{header.name}"
        for name, text in api.written(headers, pages):
            self.put(f"api/{name}", text)
        for name, text in manuals.written():
            self.put(f"manuals/{name}", text)

    def settings(self) -> None:
        plain = sorted(names.PLAIN | names.private(api.HEADERS) | names.private(api.MONITOR))
        known: dict[str, object] = {"version": version(), "plain": plain, "generated": names.generated()}
        known["terms"] = TERMS
        self.put("names.json", json.dumps(known))
        for path in sorted(SITE.iterdir()):
            if path.is_file():
                self.put(path.name, path.read_text(encoding="utf-8"))

    def write(self) -> None:
        self.markdown()
        self.reference()
        self.settings()
        for path in sorted(self.folder.rglob("*")):
            if path.is_file() and path not in self.written:
                path.unlink()


def sphinx(sources: Path, out: Path, state: Path) -> None:
    """Runs Sphinx. Warnings are errors."""
    command = [sys.executable, "-B", "-m", "sphinx", "-q", "-W", "--keep-going", "-n", "-b", "html"]
    command += ["-j", str(min(os.cpu_count() or 1, 4)), "-d", str(state), str(sources), str(out)]
    if subprocess.run(command, check=False).returncode != 0:
        raise Stop("Sphinx has warnings, see above", "./vwr docs   (after the fix)")


def size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def live_page(folder: Path) -> str | None:
    """The page of ./vwr live; None where no clang compiles for WebAssembly."""
    try:
        return live.made(folder, None)
    except Stop as stop:
        print(f"the site has no live page: {stop}")
        return None


def build(folder: Path) -> str:
    """Builds the site in folder/html. Returns a sentence with the result."""
    page = live_page(folder.parent / "live")
    sources, out = Sources(folder / "source", page is not None), folder / "html"
    sources.write()
    shutil.rmtree(out, ignore_errors=True)
    sphinx(sources.folder, out, folder / "doctrees")
    (out / ".buildinfo").unlink(missing_ok=True)
    sources.copies.write(out)
    if page is not None:
        put(out / LIVE.with_name("live.html"), page)
    count, dead = links.check(out)
    if dead:
        raise Stop(f"{len(dead)} dead links:\n" + "\n".join(dead), "the pages that have them")
    total = size(out)
    if total > LIMIT_BYTES:
        raise Stop(f"the site has {total} bytes, its limit is {LIMIT_BYTES}", "codegen/vwr/docs/README.md")
    pages = sum(1 for _ in out.rglob("*.html"))
    return f"{pages} pages, {total / (1 << 20):.1f} MiB, {count} links; open {out / 'index.html'}"

# SPDX-License-Identifier: MIT
"""
Files of the tree that a page links to and that are not pages themselves. The site shows each as a page of
plain text, or as the picture that it is.
"""

import html
import shutil
from pathlib import Path, PurePosixPath

from vwr import ROOT

FOLDER = PurePosixPath("source")
PICTURES = (".png",)  # copied as they are
PAGE = """<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ margin: 1.5rem; font-family: system-ui, sans-serif; }}
pre {{ font: .85rem/1.45 ui-monospace, monospace; overflow-x: auto; tab-size: 8; }}
</style>
<p><a href="{home}">Virtwright</a> / {title}</p>
<pre>{text}</pre>
</html>
"""


class Copies:
    """The set of copied files, which grows while the pages are read."""

    def __init__(self, root: Path = ROOT) -> None:
        self.root = root
        self.paths: set[PurePosixPath] = set()

    def add(self, path: PurePosixPath) -> PurePosixPath:
        """The site's path of the copy of a file, or of the list of a folder."""
        self.paths.add(path)
        if path.suffix in PICTURES:
            return FOLDER / path
        name = path / "index.html" if (self.root / path).is_dir() else path.with_name(path.name + ".html")
        return FOLDER / name

    def page(self, path: PurePosixPath) -> str:
        """A file, or the names in a folder, as HTML."""
        depth = len(self.add(path).parts) - 1
        place = self.root / path
        if place.is_dir():
            text = "\n".join(self.row(path, one) for one in sorted(place.iterdir()) if shown(one))
        else:
            text = html.escape(place.read_text(encoding="utf-8", errors="replace"))
        return PAGE.format(title=html.escape(path.as_posix()), home="../" * depth + "index.html", text=text)

    def row(self, folder: PurePosixPath, place: Path) -> str:
        """A name in a folder, with a link if the site has that file."""
        name = html.escape(place.name + ("/" if place.is_dir() else ""))
        if folder / place.name not in self.paths:
            return name
        return f'<a href="{self.add(folder / place.name).name}">{name}</a>' if place.is_file() else name

    def write(self, out: Path) -> None:
        for path in sorted(self.paths):
            place = out / self.add(path)
            place.parent.mkdir(parents=True, exist_ok=True)
            if path.suffix in PICTURES:
                shutil.copyfile(self.root / path, place)
            else:
                place.write_text(self.page(path), encoding="utf-8")


def shown(place: Path) -> bool:
    return not place.name.startswith(".") and place.name != "__pycache__"

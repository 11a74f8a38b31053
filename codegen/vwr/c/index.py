# SPDX-License-Identifier: MIT
"""
The items of files, kept in the build folder: a file is read once, and again when its text or the reader has changed.

The index is one file. Whoever ends last keeps what it has read; two at a time cost the other's entries, which are
read again. Without a folder to write to, nothing is kept.
"""

import atexit
import functools
import hashlib
import marshal
import os
import tempfile
from pathlib import Path
from typing import Any

from vwr import ROOT
from vwr.c.items import Item, items, without_guard

_Rows = list[tuple[Any, ...]]


def folder() -> Path:
    """The build folder."""
    return Path(os.environ.get("VWR_BUILD_DIR") or os.environ.get("VWR_BUILD") or ROOT / "build")


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


@functools.cache
def _file() -> Path:
    """The index of this version of the reader."""
    own = "".join(path.read_text(encoding="utf-8") for path in sorted(Path(__file__).parent.glob("*.py")))
    return folder() / f"c-{_digest(own + marshal.__name__ + str(marshal.version)).hex()}.index"


class Index:
    """{path: (digest of the text, its items)}."""

    def __init__(self) -> None:
        self.rows: dict[str, tuple[bytes, _Rows]] = {}
        self.fresh = False
        try:
            self.rows = marshal.loads(_file().read_bytes())
        except (OSError, EOFError, ValueError, TypeError):  # there is none, or not a whole one
            pass

    def items(self, path: Path) -> list[Item]:
        """The items of a file, without its guard if it is a header. The caller may modify them."""
        text = path.read_text(encoding="utf-8")
        key, digest = str(path), _digest(text)
        known, rows = self.rows.get(key, (b"", []))
        if known != digest:
            found = items(without_guard(text))
            rows = [
                (i.kind, i.text, i.name, i.static, i.paragraph, tuple(i.refs), i.at, i.tag) for i in found
            ]
            self.rows[key], self.fresh = (digest, rows), True
        return [
            Item(kind, part, name, path.name, static, paragraph, frozenset(refs), at, tag)
            for kind, part, name, static, paragraph, refs, at, tag in rows
        ]

    def keep(self) -> None:
        """Writes the index, if it has grown."""
        if not self.fresh:
            return
        try:
            with tempfile.NamedTemporaryFile(dir=folder(), prefix="c-", suffix=".new", delete=False) as out:
                out.write(marshal.dumps(self.rows))
            os.replace(out.name, _file())
        except OSError:
            pass


@functools.cache
def _opened() -> Index:
    index = Index()
    atexit.register(index.keep)
    return index


def read(path: Path) -> list[Item]:
    """The items of a file of the library, from the index. The caller may modify them."""
    return _opened().items(path)

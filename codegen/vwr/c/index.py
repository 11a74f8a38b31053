# SPDX-License-Identifier: MIT
"""
The items of the tree's files, kept in the build folder: a file is read once, and again when its text or the reader has
changed.

The index is one file, which a program that has read more replaces when it ends. Of two at a time the last one stays;
what the other has read is read again. Without a folder to write to, nothing is kept.
"""

import atexit
import functools
import hashlib
import marshal
import os
import sys
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


def _file() -> Path:
    return folder() / "c.index"


@functools.cache
def _reader() -> bytes:
    """What the items depend on beside a file's text."""
    own = "".join(path.read_text(encoding="utf-8") for path in sorted(Path(__file__).parent.glob("*.py")))
    return _digest(f"{own}{sys.hexversion}")


def _rows(text: str) -> _Rows:
    return [
        (one.kind, one.text, one.name, one.static, one.paragraph, tuple(one.refs), one.at, one.tag)
        for one in items(without_guard(text))
    ]


def _of(path: Path, row: tuple[Any, ...]) -> Item:
    kind, text, name, static, paragraph, refs, at, tag = row
    return Item(kind, text, name, path.name, static, paragraph, frozenset(refs), at, tag)


class Index:
    """{path in the tree: (digest of the text, its items)}."""

    def __init__(self) -> None:
        self.rows: dict[str, tuple[bytes, _Rows]] = {}
        self.fresh = False
        try:
            reader, rows = marshal.loads(_file().read_bytes())
            self.rows = rows if reader == _reader() else {}
        except (OSError, EOFError, ValueError, TypeError):  # there is none, or not a whole one
            pass

    def items(self, path: Path) -> list[Item]:
        """The items of a file, without its guard if it is a header. The caller may modify them."""
        text = path.read_text(encoding="utf-8")
        if not path.is_relative_to(ROOT):  # of the user's own description: generated anew each time
            return [_of(path, row) for row in _rows(text)]
        key, digest = path.relative_to(ROOT).as_posix(), _digest(text)
        known, rows = self.rows.get(key, (b"", []))
        if known != digest:
            rows = _rows(text)
            self.rows[key], self.fresh = (digest, rows), True
        return [_of(path, row) for row in rows]

    def keep(self) -> None:
        """Writes the index, if it has grown."""
        if not self.fresh:
            return
        try:
            with tempfile.NamedTemporaryFile(dir=folder(), prefix="c-", suffix=".new", delete=False) as out:
                out.write(marshal.dumps((_reader(), self.rows)))
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

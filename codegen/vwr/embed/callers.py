# SPDX-License-Identifier: MIT
"""The sources that use a copy: if they are known, the copy contains only the calls that they make."""

import functools
import os
import re
from pathlib import Path
from typing import Any

from vwr.embed import record
from vwr.stop import Failed, Stop

SUFFIXES = (".c", ".h", ".cc", ".cpp", ".hpp")
WRITTEN = re.compile(
    r"^ \* Written by \./vwr embed\b", re.MULTILINE
)  # in the first comment of a pair's files
FIRST = 1000  # characters, in which that comment begins
PORT = re.compile(  # defines the hooks
    r"^[^(#;{}\n]*\bvwr_port_mb\s*\(\s*void\s*\)|^\s*#\s*define\s+vwr_port_mb\b", re.MULTILINE
)


class CallersError(Stop):
    """The reason why the callers cannot be read, in one sentence."""


@functools.cache
def names(texts: tuple[str, ...]) -> frozenset[str]:
    """The names of the library in these texts."""
    return frozenset(re.findall(r"\b(?:vwr|VWR)_\w+", "\n".join(texts)))


def _sources(path: Path) -> list[Path]:
    """A file, or the sources and headers of a folder."""
    if path.is_dir():
        return sorted(one for one in path.iterdir() if one.suffix in SUFFIXES)
    return [path]


def _is_in_copy(path: Path) -> bool:
    """Whether the manifest of a copy around it names this file."""
    for folder in path.parents:
        try:
            if path.relative_to(folder).as_posix() in record.names(record.read(folder)):
                return True
        except Failed:  # not a manifest of ours: the file's own words count
            pass
    return False


def _is_a_caller(path: Path, text: str) -> bool:
    """
    Whether a source calls the library: neither part of a copy, whatever its folder, name or version, nor a
    port, which the library calls.
    """
    if WRITTEN.search(text[:FIRST]) or PORT.search(text):
        return False
    return not any(_is_in_copy(one) for one in {Path(os.path.abspath(path)), path.resolve()})


def read(said: str, folder: Path) -> tuple[str, ...]:
    """The contents of the callers that a profile in this folder names."""
    root = os.path.abspath(folder)  # which may not exist yet
    paths = [
        Path(os.path.normpath(os.path.join(root, one.strip()))) for one in said.split(",") if one.strip()
    ]
    found = [source for path in paths for source in _sources(path)]
    try:
        every = [(path, path.read_text(encoding="utf-8", errors="replace")) for path in found]
    except OSError as error:
        raise CallersError(f"callers: {error.filename}: {error.strerror}") from None
    texts = tuple(text for path, text in every if _is_a_caller(path, text))
    if paths and not names(texts):
        raise CallersError(
            f"callers: nothing in {said} mentions a name of Virtwright"
            + (", apart from the copy and its port" if len(texts) < len(every) else "")
        )
    return texts


def given(request: dict[str, Any], said: str | None, start: Path | None, folder: Path) -> None:
    """
    Adds the callers from the command line, or else from the initial profile, to a request for this
    folder.
    """
    if said is not None:
        paths = [Path(one.strip()) for one in said.split(",") if one.strip()]
    elif start is not None:
        paths = [start.parent / one.strip() for one in str(request["callers"]).split(",") if one.strip()]
    else:
        return
    relative = [Path(os.path.relpath(path, folder)).as_posix() for path in paths]
    request["callers"] = ",".join(relative)
    request["caller_texts"] = read(request["callers"], folder)

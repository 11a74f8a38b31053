# SPDX-License-Identifier: MIT
"""The sources that use a copy: if they are known, the copy contains only the calls that they make."""

import functools
import os
import re
from pathlib import Path
from typing import Any, NamedTuple

from vwr.embed import record
from vwr.stop import Failed, Stop

SUFFIXES = (".c", ".h", ".cc", ".cpp", ".hpp")
WRITTEN = re.compile(
    r"^ \* Written by \./vwr embed\b", re.MULTILINE
)  # in the first comment of a pair's files
OTHERS = "--callers FILE,... with the files that call the library, or their folders; --callers '' for all of its calls"
FIRST = 1000  # characters, in which that comment begins
PORT = re.compile(  # defines the hooks
    r"^[^(#;{}\n]*\bvwr_port_mb\s*\(\s*void\s*\)|^\s*#\s*define\s+vwr_port_mb\b", re.MULTILINE
)


class CallersError(Stop):
    """The reason why the callers cannot be read, in one sentence."""


class Source(NamedTuple):
    """A file of the user."""

    path: Path
    text: str


class Sources(NamedTuple):
    """The files that a profile names, without those of copies."""

    callers: list[Source]
    ports: list[Source]
    of_copies: int


@functools.cache
def names(texts: tuple[str, ...]) -> frozenset[str]:
    """The names of the library in these texts."""
    return frozenset(re.findall(r"\b(?:vwr|VWR)_\w+", "\n".join(texts)))


def _files(path: Path) -> list[Path]:
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


def source(path: Path) -> Source:
    """A file and its text."""
    return Source(path, path.read_text(encoding="utf-8", errors="replace"))


def is_of_copy(one: Source) -> bool:
    """Whether a file is part of a copy, whatever its folder, name or version."""
    paths = {Path(os.path.abspath(one.path)), one.path.resolve()}
    return bool(WRITTEN.search(one.text[:FIRST])) or any(map(_is_in_copy, paths))


def sources(said: str, folder: Path) -> Sources:
    """The callers that a profile in this folder names, and ports among them, which the library calls."""
    root = os.path.abspath(folder)  # which may not exist yet
    paths = [
        Path(os.path.normpath(os.path.join(root, one.strip()))) for one in said.split(",") if one.strip()
    ]
    try:
        every = [source(one) for path in paths for one in _files(path)]
    except OSError as error:
        raise CallersError(f"callers: {error.filename}: {error.strerror}", OTHERS) from None
    own = [one for one in every if not is_of_copy(one)]
    ports = [one for one in own if PORT.search(one.text)]
    return Sources([one for one in own if one not in ports], ports, len(every) - len(own))


def read(said: str, folder: Path) -> tuple[str, ...]:
    """The contents of the callers that a profile in this folder names."""
    found = sources(said, folder)
    texts = tuple(one.text for one in found.callers)
    if said.strip(" ,") and not names(texts):
        raise CallersError(
            f"callers: nothing in {said} mentions a name of Virtwright"
            + (", apart from the copy and its port" if found.ports or found.of_copies else ""),
            OTHERS,
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

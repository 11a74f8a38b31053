# SPDX-License-Identifier: MIT
"""Clang's syntax trees of the C: each node with the places in the files at which it is spelled."""

import json
import posixpath
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from vwr.stop import Stop

# The host port with every part of the library. A file of an adapter may need more system headers.
OPTIONS = (
    *(
        "-std=c11",
        "-D_GNU_SOURCE",
        "-DVWR_HOST_EXTERNAL_BUS",
        "-I.",
        "-Iruntime/include",
        "-Imonitor/include",
    ),
    *("-Igenerated/include", "-Iruntime/port/host", "-w", "-ferror-limit=0"),
)
TOGETHER = 20  # sources of a folder that are parsed at a time, because their headers take most of the time
INVOCATION = re.compile(rb"\w+\s*")


class Place(NamedTuple):
    """A token: its place in the text, and the macro whose expansion contains it."""

    file: str
    at: int
    length: int
    expanded: tuple[str, int] | None = None  # file and offset of the macro's name
    is_argument: bool = False  # of that macro

    @property
    def end(self) -> int:
        return self.at + self.length


class Node(NamedTuple):
    """A node of the tree; `json` is clang's."""

    kind: str
    begin: Place | None
    end: Place | None
    kids: list["Node"]
    json: dict[str, Any]


def balanced(text: bytes, at: int) -> int:
    """The offset after the parenthesis that closes the one here; 0 if none does."""
    depth = 0
    for index in range(at, len(text)):
        depth += {40: 1, 41: -1}.get(text[index], 0)
        if depth == 0:
            return index + 1
    return 0


def invocation_end(text: bytes, at: int) -> int:
    """The offset after a macro's name, and after its arguments if it has some."""
    name = INVOCATION.match(text, at)
    if name is None:
        return at
    end = name.end()
    return balanced(text, end) if text[end : end + 1] == b"(" else at + len(name[0].rstrip())


class Reader:
    """Reads one tree. Clang prints file and line only where they differ from the previous place."""

    def __init__(self) -> None:
        self.file = ""

    def bare(self, where: dict[str, Any]) -> tuple[str, int, int] | None:
        if "file" in where:
            self.file = posixpath.normpath(where["file"])
        return (self.file, where["offset"], where.get("tokLen", 0)) if "offset" in where else None

    def place(self, where: dict[str, Any]) -> Place | None:
        if "spellingLoc" not in where:
            plain = self.bare(where)
            return Place(*plain) if plain else None
        spelled, expanded = self.bare(where["spellingLoc"]), self.bare(where["expansionLoc"])
        argument = bool(where["expansionLoc"].get("isMacroArgExpansion"))
        return Place(*spelled, expanded[:2], argument) if spelled and expanded else None

    def node(self, json_node: dict[str, Any]) -> Node:
        self.place(json_node.get("loc", {}))
        limits = json_node.get("range", {})
        begin, end = self.place(limits.get("begin", {})), self.place(limits.get("end", {}))
        kids = [self.node(kid) for kid in json_node.get("inner", ())]
        return Node(json_node.get("kind", ""), begin, end, kids, json_node)


def parsed(root: Path, text: str) -> Iterator[Node]:
    """The declarations of a translation unit, of which errors remove no more than the statement."""
    done = subprocess.run(
        ["clang", *OPTIONS, "-x", "c", "-fsyntax-only", "-Xclang", "-ast-dump=json", "-"],
        cwd=root,
        input=text.encode(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    try:
        unit = json.loads(done.stdout)
    except ValueError:
        raise Stop("clang wrote no syntax tree", "clang --version") from None
    reader = Reader()
    for declaration in unit.get("inner", ()):
        yield reader.node(declaration)


def units(files: Sequence[str]) -> Iterator[list[str]]:
    """
    Files that one translation unit includes: sources of a folder, because private names are unique there.
    Adapters and ports define the same names, and a header may depend on what its user defines: each is alone.
    """
    folders: dict[str, list[str]] = {}
    for file in files:
        alone = file.endswith(".h") or file.startswith(("hosted/", "integrations/", "runtime/port/"))
        folders.setdefault(file if alone else "/".join(file.split("/")[:2]), []).append(file)
    for group in folders.values():
        for at in range(0, len(group), TOGETHER):
            yield group[at : at + TOGETHER]


def trees(root: Path, files: Sequence[str]) -> Iterator[list[Node]]:
    """The trees of all files. A header is in the tree of the source that includes it."""
    if shutil.which("clang") is None:
        raise Stop("clang is missing", "apt install clang")
    seen: set[str] = set()
    for sources in ([file for file in files if file.endswith(".c")], [f for f in files if f.endswith(".h")]):
        for group in units(sources):
            if group[0].endswith(".h") and group[0] in seen:
                continue
            found = list(parsed(root, "".join(f'#include "{file}"\n' for file in group)))
            seen |= {node.begin.file for node in found if node.begin and node.kind == "FunctionDecl"}
            yield found

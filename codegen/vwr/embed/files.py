# SPDX-License-Identifier: MIT
"""The library as the sources that a profile needs, with source lists for make and CMake."""

import functools
import re
from collections.abc import Iterator, Set
from pathlib import Path

from vwr.back_end import BackEnd, Output
from vwr.c import index
from vwr.embed import banner, tree
from vwr.embed.choice import Choice
from vwr.embed.templates import filled


@functools.cache
def _includes(path: Path) -> list[str]:
    return re.findall(
        r'^\s*#\s*include\s+"([^"]+)"', tree.flat(path.read_text(encoding="utf-8")), re.MULTILINE
    )


def _defines(path: Path) -> set[str]:
    """Functions and objects of a source with external linkage."""
    return {item.name for item in index.read(path) if item.kind in ("function", "object") and not item.static}


def _sources(choice: Choice) -> list[Path]:
    """
    Sources that define the calls, and all sources that these refer to. A compiler at -O0 does not drop unused
    references.
    """
    paths = tree.sources_of(choice)
    where = {name: path for path in paths for name in _defines(path)}
    texts = set[Path]()
    inline = tree.graph(tree.load(choice))
    todo = [where[name] for name in tree.closure(choice.calls, inline) if name in where]
    while todo:
        path = todo.pop()
        if path in texts:
            continue
        texts.add(path)
        refs = set[str]().union(*(item.refs for item in tree.read(path, choice)))
        edges: dict[str, Set[str]] = {}
        for name in _headers(choice, [path]):
            edges.update(_edges(name, choice))
        refs = refs.union(*(edges[name] for name in tree.closure(refs, edges)))
        todo += [where[name] for name in refs if name in where]
    return tree.by_name(texts)


@functools.cache
def _edges(name: str, choice: Choice) -> dict[str, Set[str]]:
    """{inline function or macro of a header: the names that it refers to}"""
    found = tree.read(tree.find(name), choice)
    return {item.name: item.refs for item in found if item.kind in ("function", "macro")}


def _headers(choice: Choice, sources: list[Path]) -> list[str]:
    """Names of all headers that these sources, and the profile's calls, include."""
    found, todo = set(), [*choice.headers, "vwr/profile.h"]
    for path in sources:
        todo += _includes(path)
    while todo:
        name = todo.pop()
        if name in found or name == "vwr_port.h":
            continue
        found.add(name)
        todo += _includes(tree.find(name))
    return sorted(found)


def profile_header(choice: Choice) -> str:
    """vwr/profile.h for this profile only."""
    rows = [f"#define {name} {value}" for name, value in choice.macros.items()]
    rows += [f"#define {name} {value}" for name, value in choice.names.items()]
    if "trace" in choice.parts:
        rows += [
            "#ifndef vwr_port_trace",
            '#error "this profile has the trace: vwr_port.h must define its destination, vwr_port_trace"',
            "#endif",
        ]
    else:
        rows.append("#undef vwr_port_trace /* this profile has no trace */")
    return "\n".join(
        [
            banner.comment(choice, "Contents of this copy."),
            "#ifndef VWR_PROFILE_H\n#define VWR_PROFILE_H\n",
            *rows,
            "",
            banner.left_out(choice) + "\n#endif\n",
        ]
    )


def _outputs(choice: Choice) -> Iterator[Output]:
    """The sources and the lists."""
    sources = _sources(choice)
    for name in _headers(choice, sources):
        folder = "src" if name.endswith("_common.h") else "include"
        if name != "vwr/profile.h":
            yield Output(f"{folder}/{name}", tree.flat(tree.find(name).read_text(encoding="utf-8")))
    yield Output("include/vwr/profile.h", profile_header(choice))
    for path in sources:
        yield Output(f"src/{path.name}", tree.flat(path.read_text(encoding="utf-8")))
    for name, row, end in (
        ("vwr.mk", "\t$(VWR_DIR)src/%s", " \\\n"),
        ("vwr.cmake", '    "${CMAKE_CURRENT_LIST_DIR}/src/%s"', "\n"),
    ):
        listed = end.join(row % path.name for path in sources)
        yield Output(name, filled(name, title=banner.title(), sources=listed))


BACK_END = BackEnd(
    "files",
    "the profile: parts, calls, headers",
    ("include/vwr/*.h", "src/*", "vwr.mk", "vwr.cmake"),
    _outputs,
)

# SPDX-License-Identifier: MIT
"""The names of the library that callers use: those that do not exist, and those that their copy lacks."""

import functools
import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from vwr import ROOT, description
from vwr.c.tokens import ATTRIBUTE, code
from vwr.embed import callers, generated
from vwr.embed.callers import CallersError, Source
from vwr.embed.choice import Choice, not_of_this_profile
from vwr.embed.classes import header_of
from vwr.meant import nearest

NAME = r"\b(?:vwr|VWR)_\w+"
# A name that is used: no member, and no part of a name that a macro makes.
USED = re.compile(rf"(?<![\w.])(?<!->){NAME}\b(?!\s*##)")
PASTED = re.compile(r"##\s*\w+")
INCLUDE = re.compile(r"^[ \t]*#[ \t]*include\b.*", re.MULTILINE)
INCLUDED = re.compile(r'^[ \t]*#[ \t]*include[ \t]*"([^"\n]+)"', re.MULTILINE)
DIRECTIVE = re.compile(r"^[ \t]*#(?:\\\n|.)*", re.MULTILINE)
CONDITION = re.compile(r"^[ \t]*#[ \t]*(?:if|ifdef|ifndef|elif|undef)\b(?:\\\n|.)*", re.MULTILINE)
MACRO = re.compile(r"^[ \t]*#[ \t]*define[ \t]+(\w+(?:\([^)]*\))?)", re.MULTILINE)
END = re.compile(r"_v?(?:client|service)(?:_|$)", re.IGNORECASE)
STATEMENT = {"return", "else", "case", "goto", "sizeof", "do", "new", "throw"}
WORDS = r"((?:\w+[\s*&]+)+)"
# Declarations, in code without directives and attributes. The first group is the words of a type, the last one names.
DECLARED = (
    re.compile(rf'(?:\A|[;{{}}]\s*(?:extern "\s*"\s*)?|^(?=\w)){WORDS}({NAME})\s*(?=\()', re.MULTILINE),
    re.compile(rf"(?:\A|[;{{}}(,]\s*|^(?=\w)){WORDS}(\bvwr_\w+)\s*(?=[;,=\[):{{])", re.MULTILINE),
    re.compile(r"[;{}]\s*((?:\w+[\s*&]+)+)(\w+(?:\s*,[\s*]*\w+)+)\s*(?=;)"),
    re.compile(rf"()\b(?:struct|union|enum|class|namespace|using)\s+({NAME})\s*(?=[:{{;=])"),
    re.compile(r"()\benum\b[^;{}()]*\{([^{}]*)\}"),
    re.compile(rf"()\}}[\s*]*({NAME})\s*(?=[;,=\[])"),
    re.compile(rf"()\(\s*\*+\s*({NAME})\s*(?=[)\[])"),
    re.compile(rf"()[;{{}}]\s*({NAME})\s*(?=:(?!:))"),
    re.compile(r"()^(?:static\s+)?(?!VWR_)[A-Z][A-Z0-9_]*\(([^;{}]*)\)", re.MULTILINE),
)


class Use(NamedTuple):
    """The first use of a name."""

    path: Path
    line: int
    name: str

    @property
    def place(self) -> str:
        """The file, as seen from the current folder, and the line."""
        return f"{Path(os.path.relpath(self.path)).as_posix()}:{self.line}"


def _names(text: str) -> set[str]:
    return set(re.findall(NAME, text))


def declared(text: str) -> set[str]:
    """The names that a source defines, declares, or tests with #if: these may be options of its build."""
    plain = code(text)
    found = _names(" ".join([*MACRO.findall(plain), *CONDITION.findall(plain)]))
    plain = ATTRIBUTE.sub(" ", DIRECTIVE.sub("", plain))
    for pattern in DECLARED:
        for words, names in pattern.findall(plain):
            if STATEMENT.isdisjoint(words.split()[:1]):
                found |= _names(names)
    return found


def uses(source: Source) -> Iterator[Use]:
    """The first use of each name in a source, except in comments, quotes and #include."""
    plain = PASTED.sub("##", INCLUDE.sub("", code(source.text)))  # on the lines that they were on
    seen = set[str]()
    for m in USED.finditer(plain):
        if m[0] not in seen:
            seen.add(m[0])
            yield Use(source.path, plain.count("\n", 0, m.start()) + 1, m[0])


def of_library() -> frozenset[str]:
    """The names in the public headers, also of generated clients and services and of sources to compile beside a copy."""
    return _of_library(generated.folders())


@functools.cache
def _of_library(folders: tuple[Path, ...]) -> frozenset[str]:
    places = [
        ROOT / "runtime" / "include",
        ROOT / "monitor" / "include",
        *(one / "include" for one in folders),
    ]
    return _of_files(path for place in places for path in place.rglob("*.h"))


@functools.cache
def _beside() -> frozenset[str]:
    """The names of the sources that are compiled beside a copy."""
    return _of_files(path for room in ("hosted", "integrations") for path in (ROOT / room).rglob("*.h"))


def _of_files(paths: Iterable[Path]) -> frozenset[str]:
    texts = (code(path.read_text(encoding="utf-8")) for path in paths)
    return frozenset[str]().union(*map(_names, texts))


def _own(sources: callers.Sources, folder: Path) -> set[str]:
    """The names that the callers, the ports among them, and the headers that they include declare."""
    places = {source.path.parent for source in sources.callers} | {folder, folder / "include"}
    todo, seen, found = [*sources.callers, *sources.ports], set[Path](), set[str]()
    while todo:
        path, text = todo.pop()
        found |= declared(text)
        for name in INCLUDED.findall(text):
            for one in {Path(os.path.normpath(place / name)) for place in {path.parent, *places}} - seen:
                seen.add(one)
                header = callers.source(one) if one.is_file() else None
                todo += [header] if header and not callers.is_of_copy(header) else []
    return found


def _absence(choice: Choice, name: str) -> str:
    """The reason why this copy does not have a name of the library."""
    owners = choice.owners(name)
    if owners or name in choice.nameable:
        return f"this profile leaves {name} out: --with {owners[0] if owners else name} adds it"
    where = header_of(name)
    return not_of_this_profile(name, where) if where else f"this profile does not have {name}"


def _ids() -> dict[str, str]:
    """{name of an id that a device would have by the name of its description: the name that it has}: VWR_ID_RTC."""
    package = description.package()
    specs = package.spec(package.NAMES)
    have = {value.value: value.c for value in specs["ids"].groups[0].values}
    return {f"VWR_ID_{name.upper()}": have[one.id] for name, one in specs.items() if one.id in have}


def _unknown(every: list[Use]) -> str:
    """The refusal for names that do not exist."""
    rows, public = [], sorted(name for name in of_library() if not name.endswith("_"))
    ids = _ids()
    for use in every:
        near = ids.get(use.name) or nearest(
            use.name, (name for name in public if name[:3] == use.name[:3]), 0.8
        )
        rows.append(f"{use.place}: there is no {use.name}" + (f" (did you mean {near}?)" if near else ""))
    return (
        "callers use names that neither Virtwright nor they define:\n"
        + "\n".join(rows)
        + "\nNothing was written. Next: correct them, or name the file that declares them in --callers too"
    )


def check(choice: Choice, folder: Path, port: str, made: dict[str, str]) -> None:
    """
    Refuses names that do not exist, and warns of those that the copy lacks: they may be in a part of a source that
    is not compiled. `made` is the copy, `port` the port next to it.
    """
    if not choice.callers:
        return
    sources = callers.sources(choice.callers, folder)
    have = _own(sources, Path(os.path.abspath(folder))) | declared(port) | _beside()
    have = have.union(
        *(_names(code(text)) for name, text in made.items() if choice.files or name.endswith(".h"))
    )
    lacking = [use for source in sources.callers for use in uses(source) if use.name not in have]
    unknown = [use for use in lacking if use.name not in of_library()]
    if any(END.search(use.name) for use in unknown):
        unknown = [use for use in unknown if use.name not in _of_files(generated.left_out("*.h"))]
    if unknown:
        raise CallersError(_unknown(unknown))
    for use in lacking:
        if not use.name.lower().startswith("vwr_port_"):
            print(f"vwr embed: warning: {use.place}: {_absence(choice, use.name)}", file=sys.stderr)

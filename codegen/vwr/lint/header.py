# SPDX-License-Identifier: MIT
"""One header, as seen by its compiler: the numbers and structs that are also in the specification."""

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from vwr.lint import names, source
from vwr.lint.book import Entry, Layout
from vwr.lint.compiler import PROBE, Compiler, Refused, first_error
from vwr.lint.maps import Maps
from vwr.lint.source import Body, Place, Source


CAPITALS = re.compile(r"[A-Z][A-Z0-9_]+")  # enumerators, as most headers spell them


class Constant(NamedTuple):
    """
    A number in the header. If there are no entries, only its name belongs to a family in the
    specification.
    """

    name: str
    value: int
    place: source.Place
    entries: tuple[Entry, ...]


class Field(NamedTuple):
    """A field of the header; `whole`: nested fields are listed too."""

    path: str
    offset: int
    size: int | None  # None for a flexible array without a size
    place: source.Place
    whole: bool
    type: str  # its name, if that is one word

    @property
    def bytes(self) -> int:
        """Its size; 0 if it is None."""
        return self.size or 0


class Struct(NamedTuple):
    """A struct of the header that corresponds to a layout of the specification."""

    name: str
    layout: Layout
    size: int
    place: source.Place
    fields: tuple[Field, ...]
    pointer: str  # a field that is one


class Header(NamedTuple):
    """
    The contents of a header; `others` relates to VirtIO, but has no name of the specification: (name, place). `own` are
    the constants and structs of the header itself whose names do not relate to VirtIO.
    """

    constants: list[Constant]
    structs: list[Struct]
    others: list[tuple[str, Place]]
    own: list[tuple[str, Place]]


class Unusable(Exception):
    """A header that cannot be compiled; `hint` is the next thing to try."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def include_line(name: str) -> str:
    """#include of an existing file, or of one that the compiler searches for."""
    if name.startswith("<"):
        return f"#include {name}\n"
    path = Path(name)
    return f'#include "{path.resolve() if path.is_file() else name}"\n'


def look(compiler: Compiler, maps: Maps, path: Path, includes: list[str]) -> Header:
    """All results for one header."""
    text = "".join(map(include_line, [*includes, str(path)]))
    try:
        found = source.Source(compiler.read(text))
        numbers = _numbers(found, maps)
        types = [Type(found, body, layout) for body, layout in _bodies(found, maps)]
        asked = [name for name, _, _ in numbers] + [text for one in types for text in one.asked()]
        # A text that ends within a declaration makes errors in the questions behind it.
        values = compiler.values(text, asked) or compiler.values(text, [])
        strange = _strange(found, path, set(asked))
        own = [(name, strange[name]) for name in compiler.values(text, list(strange))]
    except Refused as refused:
        raise Unusable(_at_end(first_error(str(refused))), _hint(path, str(refused))) from None
    constants = _prefixed(
        [Constant(name, values[name], place, entries) for name, place, entries in numbers if name in values],
        maps,
    )
    structs = [one.struct(values) for one in types if one.size in values]
    known = {one.members for one, _ in _bodies(found, maps)}  # a struct may have a tag and typedef names
    others = [(one.name, one.place) for one in constants if not one.entries]
    bodies = {name: body for name, body in found.bodies.items() if body.members not in known}
    others += [(body.c, body.place) for name, body in bodies.items() if names.may_be_theirs(name)]
    here = str(path.resolve())
    own += [
        (body.c, body.place)
        for name, body in bodies.items()
        if not names.is_virtio(name) and os.path.realpath(body.place.file) == here
    ]
    return Header(constants, [one for one in structs if one.fields], others, own)


def _strange(found: Source, path: Path, asked: set[str]) -> dict[str, Place]:
    """{name: place} of what may be a constant of this header, and relates to VirtIO only by its meaning."""
    places = {name: place for name, place in found.names.items() if CAPITALS.fullmatch(name)}
    places.update({name: place for name, (body, place) in found.macros.items() if _is_value(body)})
    return {
        name: place
        for name, place in places.items()
        if name not in asked and not names.is_virtio(name) and Path(place.file).resolve() == path.resolve()
    }


def _prefixed(constants: list[Constant], maps: Maps) -> list[Constant]:
    """
    Registers with another prefix are accepted if most of them have the right numbers; otherwise they may be
    another transport's.
    """
    rows = {
        one.name: tuple(maps.book.prefixed[one.name])
        for one in constants
        if not one.entries and one.name in maps.book.prefixed
    }
    fits = sum(
        any(one.value == entry.value.value for entry in rows[one.name])
        for one in constants
        if one.name in rows
    )
    return [
        one._replace(entries=rows[one.name]) if one.name in rows and 2 * fits > len(rows) else one
        for one in constants
    ]


def _numbers(found: Source, maps: Maps) -> list[tuple[str, Place, tuple[Entry, ...]]]:
    """(expression, place, entries) of candidates for a number of the specification."""
    places = dict(found.names)
    places.update({name: place for name, (body, place) in found.macros.items() if _is_value(body)})
    rows = [(theirs, _place_of(theirs, places), entries) for theirs, entries in maps.expressions]
    mapped = {theirs for theirs, _, _ in rows}
    for name, place in places.items():
        entries = tuple(maps.book.constants(name))
        if name not in mapped and (
            entries or not maps.is_spoken_of(name) and (maps.book.family(name) or names.may_be_theirs(name))
        ):
            rows.append((name, place, entries))
    return rows


def _bodies(found: Source, maps: Maps) -> Iterable[tuple[Body, Layout]]:
    """
    (body, layout) of candidates for a struct of the specification; once for a struct with a tag and a
    typedef.
    """
    rows: dict[Any, tuple[Body, Layout]] = {}
    for name, body in found.bodies.items():
        layout = maps.layout(name)
        if layout is not None:
            rows.setdefault(body.members, (body, layout))
    return rows.values()


def _is_value(body: str) -> bool:
    """Whether a macro's text can be used in an expression without ending the enclosing one."""
    return bool(body.strip()) and not re.search(r'[;{}"#]', body) and body.count("(") == body.count(")")


def _place_of(expression: str, places: dict[str, Place]) -> Place:
    """The place where the last name of an expression is defined."""
    words = [word for word in re.findall(r"[A-Za-z_]\w*", expression) if word in places]
    return places[words[-1]] if words else source.Place("", 0)


class Type:
    """A type of the header, and the questions to the compiler about it."""

    def __init__(self, found: Source, body: Body, layout: Layout) -> None:
        self.body, self.layout = body, layout
        self.leaves = list(source.leaves(found, body.members))
        self.size = f"sizeof({body.c})"

    def _of(self, path: str) -> tuple[str, str]:
        return f"__builtin_offsetof({self.body.c}, {path})", f"sizeof((({self.body.c} *)0)->{path})"

    def asked(self) -> list[str]:
        """C expressions of the struct and its fields."""
        return [self.size, *(text for path, _, _ in self.leaves for text in self._of(path))]

    def struct(self, values: dict[str, int]) -> Struct:
        """The compiler's answers."""
        fields = []
        for path, member, whole in self.leaves:
            offset, size = (values.get(text) for text in self._of(path))
            if offset is not None:
                fields.append(Field(path, offset, size, member.place, whole, member.type))
        pointer = next((path for path, member, _ in self.leaves if member.pointer), "")
        return Struct(self.body.c, self.layout, values[self.size], self.body.place, tuple(fields), pointer)


def _at_end(said: str) -> str:
    """An error of the compiler, without the name of our own file, in which there are only #include lines."""
    here = re.match(rf"\S*\b{PROBE}\.c:[\d:]* ", said)
    return said if not here else ("" if "fatal error" in said else "at its end: ") + said[here.end() :]


def _hint(path: Path, said: str) -> str:
    """The next thing to try for a header that does not compile."""
    missing = re.search(r"fatal error: ['\"]?([^'\":]+?)['\"]?(?: file not found|: No such file)", said)
    if missing:
        return f"-I {_folder(path, missing.group(1)) or 'THE-FOLDER-THAT-HAS-' + missing.group(1)}"
    unknown = re.search(r"unknown type name ['‘]?(\w+)|['‘](\w+)['’] does not name a type", said)
    if unknown:
        return f"--include THE-HEADER-THAT-DEFINES-{unknown.group(1) or unknown.group(2)}"
    return "add --include, -I and -D as for its users; --cc for the compiler that it is written for"


def _folder(path: Path, name: str) -> Path | None:
    """A folder near the header for which `#include <name>` finds a file, or None."""
    for above in list(path.resolve().parents)[:6]:
        for folder in (above, above / "include"):
            if (folder / name).is_file():
                return folder
    return None

# SPDX-License-Identifier: MIT
"""One header as its compiler sees it: the numbers and structs in it that the specification has too."""

import re
from pathlib import Path
from typing import NamedTuple

from vwr.lint import source
from vwr.lint.compiler import Refused, first_error


class Constant(NamedTuple):
    """A number of theirs; no entries if it is only called like a family of the specification."""
    name: str
    value: int
    place: source.Place
    entries: tuple


class Field(NamedTuple):
    """A field of theirs; `whole`: fields inside of it are listed too."""
    path: str
    offset: int
    size: object  # None where a flexible array has none
    place: source.Place
    whole: bool
    type: str     # its name, where that is one word


class Struct(NamedTuple):
    """A struct of theirs that is a layout of the specification."""
    name: str
    layout: object
    size: int
    place: source.Place
    fields: tuple
    pointer: str  # a field that is one


class Header(NamedTuple):
    """What was found in a header."""
    constants: list
    structs: list


class Unusable(Exception):
    """A header that cannot be compiled; `hint` is the next thing to try."""

    def __init__(self, message, hint):
        super().__init__(message)
        self.hint = hint


def include_line(name):
    """#include of a file that is there, or of one that the compiler has to find."""
    if name.startswith("<"):
        return f"#include {name}\n"
    path = Path(name)
    return f'#include "{path.resolve() if path.is_file() else name}"\n'


def look(compiler, maps, path, includes):
    """All that one header has."""
    text = "".join(map(include_line, [*includes, str(path)]))
    try:
        found = source.Source(compiler.read(text))
    except Refused as refused:
        raise Unusable(first_error(str(refused)), _hint(path, str(refused))) from None
    numbers = _numbers(found, maps)
    types = [Type(found, body, layout) for body, layout in _bodies(found, maps)]
    values = compiler.values(text, [name for name, _, _ in numbers] + [text for one in types for text in one.asked()])
    constants = [Constant(name, values[name], place, entries) for name, place, entries in numbers if name in values]
    structs = [one.struct(values) for one in types if one.size in values]
    return Header(constants, [one for one in structs if one.fields])


def _numbers(found, maps):
    """(expression, place, entries) of what may be a number of the specification."""
    places = dict(found.names)
    places.update({name: place for name, (body, place) in found.macros.items() if _is_value(body)})
    rows = [(theirs, _place_of(theirs, places), entries) for theirs, entries in maps.expressions]
    mapped = {theirs for theirs, _, _ in rows}
    for name, place in places.items():
        entries = tuple(maps.book.constants(name))
        if name not in mapped and (entries or maps.book.family(name) and not maps.is_spoken_of(name)):
            rows.append((name, place, entries))
    return rows


def _bodies(found, maps):
    """(body, layout) of what may be a struct of the specification; once where it has a tag and is a typedef too."""
    rows = {}
    for name, body in found.bodies.items():
        layout = maps.layout(name)
        if layout is not None:
            rows.setdefault(body.members, (body, layout))
    return rows.values()


def _is_value(body):
    """Whether a macro's text can stand in an expression, and does not end the one it stands in."""
    return bool(body.strip()) and not re.search(r'[;{}"#]', body) and body.count("(") == body.count(")")


def _place_of(expression, places):
    """Where the last name of an expression is defined."""
    words = [word for word in re.findall(r"[A-Za-z_]\w*", expression) if word in places]
    return places[words[-1]] if words else source.Place("", 0)


class Type:
    """A type of theirs and what is asked of it."""

    def __init__(self, found, body, layout):
        self.body, self.layout = body, layout
        self.leaves = list(source.leaves(found, body.members))
        self.size = f"sizeof({body.c})"

    def _of(self, path):
        return f"__builtin_offsetof({self.body.c}, {path})", f"sizeof((({self.body.c} *)0)->{path})"

    def asked(self):
        """C expressions of the struct and its fields."""
        return [self.size, *(text for path, _, _ in self.leaves for text in self._of(path))]

    def struct(self, values):
        """What the compiler knows of it."""
        fields = []
        for path, member, whole in self.leaves:
            offset, size = (values.get(text) for text in self._of(path))
            if offset is not None:
                fields.append(Field(path, offset, size, member.place, whole, member.type))
        pointer = next((path for path, member, _ in self.leaves if member.pointer), "")
        return Struct(self.body.c, self.layout, values[self.size], self.body.place, tuple(fields), pointer)


def _hint(path, said):
    """The next thing to try for a header that does not compile."""
    missing = re.search(r"fatal error: ['\"]?([^'\":]+?)['\"]?(?: file not found|: No such file)", said)
    if missing:
        return f"-I {_folder(path, missing.group(1)) or 'THE-FOLDER-THAT-HAS-' + missing.group(1)}"
    unknown = re.search(r"unknown type name ['‘]?(\w+)|['‘](\w+)['’] does not name a type", said)
    if unknown:
        return f"--include THE-HEADER-THAT-DEFINES-{unknown.group(1) or unknown.group(2)}"
    return "--include, -I and -D what its own users have before it; --cc the compiler it is written for"


def _folder(path, name):
    """A folder near the header from which `#include <name>` finds a file, or None."""
    for above in list(path.resolve().parents)[:6]:
        for folder in (above, above / "include"):
            if (folder / name).is_file():
                return folder
    return None

# SPDX-License-Identifier: MIT
"""
The contents of preprocessed text: macros, names and struct bodies, each with its place in the user's files.

This module only finds names to ask for. The compiler decides whether they exist and what they are.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from vwr.c.tokens import NAME, tokens

_MARKER = re.compile(r'#\s*(?:line\s+)?(\d+)\s+"((?:\\.|[^"\\])*)"')
_MACRO = re.compile(r"#\s*define\s+(\w+)(?:\s+(.*))?$")
_GONE = re.compile(r"#\s*undef\s+(\w+)")
_WORD = re.compile(NAME)

AGGREGATES = ("struct", "union", "class")
ATTRIBUTES = (
    "__attribute__",
    "__attribute",
    "__declspec",
    "_Alignas",
    "alignas",
    "__extension__",
    "__aligned",
    "const",
    "volatile",
    "__const",
    "static",
    "inline",
    "constexpr",
    "mutable",
    "_Atomic",
)
KEYWORDS = {
    "char",
    "short",
    "int",
    "long",
    "signed",
    "unsigned",
    "float",
    "double",
    "_Bool",
    "bool",
    "void",
    "auto",
}
ACCESS = ("public", "private", "protected")
DEEPEST = 40  # structs in structs; deeper ones are ignored
PAIRS = {"(": ")", "[": "]", "{": "}"}


class Place(NamedTuple):
    """A line of a file."""

    file: str
    line: int


class Token(NamedTuple):
    """A word of the text."""

    text: str
    place: Place


class Member(NamedTuple):
    """A field: the name of its type if that is one word; `members` of a struct that is defined in place."""

    name: str
    type: str
    members: "tuple[Member, ...] | None"
    array: bool
    pointer: bool
    place: Place


class Body(NamedTuple):
    """A struct or union: `c` is its name in C."""

    c: str
    members: tuple[Member, ...]
    place: Place


class Source:
    """macros: {name: (text, place)}; names: {identifier: place}; bodies: {tag or typedef: Body}."""

    def __init__(self, text: str) -> None:
        self.macros: dict[str, tuple[str, Place]] = {}
        self.tokens: list[Token] = []
        self._split(text)
        self.names: dict[str, Place] = {}
        for token in self.tokens:
            if _WORD.match(token.text):
                self.names.setdefault(token.text, token.place)
        self.bodies = Bodies(self.tokens).found

    def _split(self, text: str) -> None:
        file, line, done = "", 0, 0
        for one in tokens(text):
            line, done = line + text.count("\n", done, one.at), one.at
            marker = _MARKER.match(one.text.lstrip())
            if one.kind == "directive" and marker:
                file, line = re.sub(r"\\(.)", r"\1", marker.group(2)), int(marker.group(1)) - 1
            elif one.kind == "directive":
                self._directive(one.text.strip(), Place(file, line))
            elif one.text == ":" and text.startswith("::", one.at - 1) and self.tokens[-1].text == ":":
                self.tokens[-1] = Token("::", self.tokens[-1].place)  # of C++
            elif one.kind != "comment":
                self.tokens.append(Token(one.text, Place(file, line)))

    def _directive(self, row: str, place: Place) -> None:
        macro, gone = _MACRO.match(row), _GONE.match(row)
        if gone:
            self.macros.pop(gone.group(1), None)
        elif macro and not place.file.startswith("<"):  # <built-in>, <command-line>
            self.macros[macro.group(1)] = (macro.group(2) or "", place)


class Bodies:
    """Finds the bodies of structs and unions."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens, self.at = tokens, 0
        self.found: dict[str, Body] = {}
        while self.at < len(tokens):
            if self._text() == "typedef":
                self._typedef()
            elif self._text() in AGGREGATES and not self._is_name():
                self._aggregate(0)
            else:
                self.at += 1

    def _text(self) -> str:
        return self.tokens[self.at].text if self.at < len(self.tokens) else ""

    def _skip(self) -> list[Token]:
        """Skips one token, or everything between two brackets; returns the tokens."""
        first, deep = self.at, 0
        while self.at < len(self.tokens):
            deep += (self._text() in PAIRS) - (self._text() in PAIRS.values())
            self.at += 1
            if deep <= 0:
                break
        return self.tokens[first : self.at]

    def _attributes(self) -> None:
        while self._text() in ATTRIBUTES:
            self.at += 1
            if self._text() == "(":
                self._skip()

    def _typedef(self) -> None:
        """typedef struct TAG {…} NAME; and typedef struct TAG NAME;"""
        self.at += 1
        self._attributes()
        if self._text() not in AGGREGATES:
            return
        tag, members, place = self._aggregate(0)
        self._attributes()
        name = self._text()
        if _WORD.match(name):
            known = self.found.get(tag)
            members = members if members is not None else known.members if known else None
            if members is not None:
                self.found.setdefault(name, Body(name, members, place))

    def _aggregate(self, deep: int) -> tuple[str, tuple[Member, ...] | None, Place]:
        """At `struct`: (tag, members or None, place)."""
        word, place = self.tokens[self.at]
        self.at += 1
        self._attributes()
        tag = ""
        if _WORD.match(self._text()):
            tag, place = self.tokens[self.at]
            self.at += 1
        self._attributes()
        if self._text() in ("final", ":") and tag:  # C++: its base classes
            while self._text() not in ("{", ";", ""):
                self.at += 1
        if self._text() != "{":
            return tag, None, place
        if deep >= DEEPEST:
            self._skip()
            return tag, (), place
        members = self._members(deep)
        if tag:
            self.found.setdefault(tag, Body(f"{word} {tag}" if word != "class" else tag, members, place))
        return tag, members, place

    def _is_name(self) -> bool:
        """`class` is a name in C."""
        behind = self.tokens[self.at + 1].text if self.at + 1 < len(self.tokens) else ""
        return self._text() == "class" and not (_WORD.match(behind) or behind in ("{", ":"))

    def _members(self, deep: int) -> tuple[Member, ...]:
        self.at += 1
        found = []
        while self._text() not in ("}", ""):
            found += self._declaration(deep)
        self.at += 1
        return tuple(found)

    def _declaration(self, deep: int) -> list[Member]:
        """The fields of one declaration, up to its semicolon."""
        chunks: list[list[Token]] = [[]]
        kind, inner = "", None
        while self._text() not in ("}", ""):
            self._attributes()
            text, chunk = self._text(), chunks[-1]
            if text in AGGREGATES and not self._is_name():
                kind, inner, place = self._aggregate(deep + 1)
                chunk.append(Token("struct", place))
            elif text == ";":
                self.at += 1
                break
            elif text == ",":
                self.at += 1
                chunks.append([])
            elif text in PAIRS:
                group = self._skip()
                if text == "{" and any(token.text.startswith("(") for token in chunk):
                    return (
                        []
                    )  # a function body of C++; otherwise an initial value, or the enumerators of an enum
                chunk.append(Token("".join(token.text for token in group), group[0].place))
            elif text in ACCESS:
                self.at += 2
            elif text in (")", "]"):  # unmatched
                self.at += 1
            elif text not in ("}", ""):
                chunk.append(self.tokens[self.at])
                self.at += 1
        first = next((token.text for token in chunks[0] if _WORD.match(token.text)), "")
        return [field for chunk in chunks for field in _field(chunk, kind or first, inner)]


def _field(chunk: list[Token], kind: str, inner: tuple[Member, ...] | None) -> Iterator[Member]:
    """The field that a declarator declares, if it has a name or fields of its own."""
    texts = [token.text for token in chunk]
    cut = min([texts.index(end) for end in ("=", ":") if end in texts], default=len(texts))
    chunk, texts = chunk[:cut], texts[:cut]
    if texts == ["struct"]:
        if inner is not None:
            yield Member("", kind, inner, False, False, chunk[0].place)
        return
    group = next((token for token in chunk if token.text.startswith("(")), None)
    if group:  # a pointer to a function is a field; a function is not
        pointer = re.match(r"\(\*(\w+)\)", group.text)
        if pointer:
            yield Member(pointer.group(1), "", None, False, True, group.place)
        return
    names = [token for token in chunk if _WORD.match(token.text) and token.text not in KEYWORDS]
    if names and names[-1].text != "struct":
        array = any(text.startswith("[") for text in texts)
        yield Member(names[-1].text, kind, inner, array, "*" in texts, names[-1].place)


def leaves(
    source: Source, members: tuple[Member, ...], path: str = "", deep: int = 0
) -> Iterator[tuple[str, Member, bool]]:
    """(path, Member, whether it has nested fields that are listed too) of all fields that can be named."""
    for member in members:
        here = f"{path}{member.name}"
        inner = member.members
        if inner is None and member.type in source.bodies:
            inner = source.bodies[member.type].members
        enters = bool(inner) and not member.array and not member.pointer and deep < 6
        if member.name:
            yield here, member, enters
        if enters and inner:
            yield from leaves(source, inner, f"{here}." if member.name else path, deep + 1)

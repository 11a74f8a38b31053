# SPDX-License-Identifier: MIT
"""
The C in a listing: #define, enum, struct. It is written for readers, so text that no compiler accepts is read
as intended.
"""

import re
from collections import namedtuple

Define = namedtuple("Define", "line name arguments text")
# Of a type: u8, le16 …, "struct NAME", "struct" or "union" with members; counts: texts between brackets;
# bits: (name, width); gap: a part is omitted before it.
Member = namedtuple("Member", "line name type counts members bits gap")
Struct = namedtuple("Struct", "line name members")

_DEFINE = re.compile(r"^[ \t]*#define[ \t]+(\w+)(\([^)\n]*\))?[ \t]*((?:[^\n]*\\\n)*[^\n]*)", re.MULTILINE)
_TOKEN = re.compile(r"\[[^\]]*\]|\$[^$\n]*\$|[A-Za-z_][\w-]*|\d\w*|\S")
_SCALAR = re.compile(r"(?:[lb]e|u)(?:8|16|32|64)$|char$")
_SAME = {"char": "u8", "le8": "u8"}


class Unread(Exception):
    """A line of a struct that cannot be parsed."""


def _blank(match):
    return re.sub(r"[^\n]", " ", match.group(0))


def without_comments(text):
    """Removes comments, and keeps line numbers. An unterminated comment ends with its line."""
    text = re.sub(r"/\*.*?\*/|//[^\n]*", _blank, text, flags=re.DOTALL)
    return re.sub(r"/\*[^\n]*", _blank, text)


class Code:
    """The declarations of one listing."""

    def __init__(self, first_line, text):
        self.defines, self.enums, self.structs, self.unread = [], [], [], []
        self._first = first_line
        text = without_comments(text)
        for match in _DEFINE.finditer(text):
            line = first_line + text.count("\n", 0, match.start(1))
            value = " ".join(match.group(3).replace("\\\n", " ").split())
            self.defines.append(Define(line, match.group(1), match.group(2), value))
        text = _DEFINE.sub(_blank, text)
        self._tokens = [
            (match.group(0), first_line + text.count("\n", 0, match.start()))
            for match in _TOKEN.finditer(text)
        ]
        self._at = 0
        while self._at < len(self._tokens):
            self._declaration()

    def _peek(self, ahead=0):
        place = self._at + ahead
        return self._tokens[place][0] if place < len(self._tokens) else ""

    def _take(self):
        self._at += 1
        return self._tokens[self._at - 1][0] if self._at <= len(self._tokens) else ""

    def _line(self):
        return self._tokens[min(self._at, len(self._tokens) - 1)][1]

    def _declaration(self):
        word, line = self._peek(), self._line()
        named = self._peek(1) != "{"
        if word not in ("struct", "enum") or self._peek(2 if named else 1) != "{":
            self._take()
            return
        self._at += 3 if named else 2
        if word == "enum":
            self.enums.append(self._enumerators())
            return
        name = self._tokens[self._at - 2][0]
        try:
            members = self._members()
        except Unread as error:
            self.unread.append((self._line(), f"struct {name}: {error}"))
        else:
            if named:
                self.structs.append(Struct(line, name, members))

    def _enumerators(self):
        """[(line, name, text of the value or '')]."""
        found = []
        while self._peek() not in ("}", ""):
            line, name, value = self._line(), self._take(), []
            while self._peek() not in ("}", "") and (
                self._peek() != "," or value.count("(") > value.count(")")
            ):
                value.append(self._take())
            found.append((line, name, " ".join(value[1:])))
            if self._peek() == ",":
                self._take()
        self._take()
        return found

    def _members(self):
        found, gap = [], False
        while self._peek() != "}":
            if self._at >= len(self._tokens):
                raise Unread("it has no end")
            if self._peek().startswith("$") or self._peek() in (";", "("):
                gap = gap or self._peek().startswith("$")
                self._skip()
                continue
            found.append(self._member()._replace(gap=gap))
            gap = False
            while self._peek() == ",":  # `le32 x, y;`
                self._take()
                last = found[-1]
                found.append(self._named(last.line, last.type, last.members, ()))
        self._take()
        return _packed_bits(found)

    def _skip(self):
        if self._take() == "(":  # words in brackets after a field
            while self._take() not in (")", ""):
                pass

    def _member(self):
        line, word = self._line(), self._take()
        name = self._take() if word == "struct" and self._peek() != "{" else ""
        if self._peek() == "{" and (word in ("struct", "union") or _SCALAR.match(word)):
            return self._nested(line, word, name)
        if word != "struct" and not _SCALAR.match(word):
            raise Unread(f"'{word} {self._peek()}'")
        kind = f"struct {name}" if word == "struct" else _SAME.get(word, word)
        return self._named(line, kind, (), ())

    def _nested(self, line, word, name):
        self._take()
        if word not in ("struct", "union"):
            return self._named(line, word, (), self._bits())
        members = self._members()
        if name:
            self.structs.append(Struct(line, name, members))
            return self._named(line, f"struct {name}", (), ())
        if (
            len(members) == 1 and members[0].bits and not members[0].name
        ):  # a struct around the bits of one word
            return self._named(line, members[0].type, (), members[0].bits)
        return self._named(line, word, members, ())

    def _bits(self):
        """((name, width), …) of `le16 { a : 15; b : 1; }`."""
        found = []
        while self._peek() != "}":
            if self._peek() in (";", ","):
                self._take()
                continue
            name = self._take()
            if self._take() != ":" or not self._peek().isdigit():
                raise Unread(f"bits of '{name}'")
            found.append((name, int(self._take())))
        self._take()
        return tuple(found)

    def _named(self, line, kind, members, bits):
        name = "" if self._peek() in (";", "}") else self._take().replace("-", "_")
        counts = []
        while self._peek().startswith("["):
            counts.append(self._take()[1:-1].strip())
        if self._peek() == ":":
            self._take()
            bits = ((name, int(self._take())),)
            name = ":"
        if self._peek() not in (";", "(", "}", ",") and not (members and self._peek() == "$"):
            raise Unread(f"'{kind} {name} {self._peek()}'")
        return Member(line, name, kind, tuple(counts), members, bits, False)


def _packed_bits(members):
    """`le32 a : 1; le32 b : 31;` are the bits of one word without a name."""
    found = []
    for member in members:
        last = found[-1] if found else None
        if member.name == ":" and last and last.name == "" and last.bits and last.type == member.type:
            found[-1] = last._replace(bits=last.bits + member.bits)
        else:
            found.append(member._replace(name="") if member.name == ":" else member)
    return tuple(found)

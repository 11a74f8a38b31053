# SPDX-License-Identifier: MIT
"""The header's names of items of the specification: --map THEIRS=DOCUMENT_NAME, and the kernel's names."""

import re
from typing import TYPE_CHECKING, Any

from vwr.lint import names
from vwr.lint.book import Book, Entry, Layout
from vwr.meant import nearest
from vwr.stop import Stop

if TYPE_CHECKING:
    from vwr.lint.header import Header

MEMBER = re.compile(r"(?:(?:struct|union) +)?(\w+)\.([\w.]+)")
OFFSET = re.compile(r"offsetof\(struct (\w+), ([\w.]+)\)")
WORD = re.compile(r"[A-Za-z_]\w*")
TYPE = re.compile(r"(?:(?:struct|union) +)?(\w+)")


def _tag(name: str) -> str:
    """The name of a type without struct or union."""
    found = TYPE.fullmatch(name)
    return found[1] if found else name


class Maps:
    """
    expressions: [(C expression, entries)]; types: {type of the header: Layout}; fields: {(document's struct,
    path): [path in the header]}.
    """

    def __init__(self, book: Book) -> None:
        self.book = book
        self.expressions: list[tuple[str, tuple[Entry, ...]]] = []
        self.types: dict[str, Layout] = {}
        self.fields: dict[tuple[str, str], list[str]] = {}
        self.known: set[str] = set()  # names that are part of an expression of the header
        self._given: dict[str, str] = {}  # the user's text, to check that some header contains it

    def add(self, text: str) -> None:
        """One --map."""
        theirs, _, ours = (part.strip() for part in text.rpartition("="))
        if not theirs or not ours:
            raise Stop(f"--map {text}: the form is THEIRS=DOCUMENT_NAME")
        if not self._take(theirs, ours):
            near = nearest(ours, self.book.all_names(), 0.8)
            raise Stop(
                f"--map {text}: the specification has no {ours}" + (f"; did you mean {near}?" if near else "")
            )
        self._given[theirs] = text

    def _take(self, theirs: str, ours: str) -> bool:
        struct, dot, path = ours.partition(".")
        if dot:
            return self._take_field(theirs, self.book.layout(struct), path)
        if layout := self.types.get(ours) or self.book.layout(ours):
            self.types[_tag(theirs)] = layout
        elif entries := self.book.constants(ours) or self.book.registers.get(ours):
            self.expressions.append((theirs, tuple(entries)))
        else:
            return False
        return True

    def _take_field(self, theirs: str, layout: Layout | None, path: str) -> bool:
        """A field of the header, or an expression for its offset."""
        if layout is None or path not in [one for one, _, _, _ in layout.leaves]:
            return False
        member = MEMBER.fullmatch(theirs)
        if member:
            self.types.setdefault(member.group(1), layout)
            self.add_field(layout, path, member.group(2))
        elif offset := self.book.offset(layout, path):
            self.expressions.append((theirs, (offset,)))
        else:
            return False
        return True

    def add_field(self, layout: Layout, path: str, theirs: str) -> None:
        """The header's name of a field."""
        self.fields.setdefault((layout.document, path), []).append(theirs)

    def add_names(self, listed: dict[str, Any]) -> None:
        """The kernel's names, from names.yaml of the oracle; names excluded by --only are ignored."""
        for ours, theirs in [*listed.get("constants", {}).items(), *listed.get("structs", {}).items()]:
            for name in _each(theirs):
                if not self._take(name, ours):
                    self.known |= set(WORD.findall(name))
        for ours, theirs in listed.get("fields", {}).items():
            struct, _, path = ours.partition(".")
            for name in _each(theirs):
                if layout := self.book.layout(struct):
                    self.add_field(layout, path, name)
        for row in listed.get("expressions", ()):
            offset = OFFSET.fullmatch(row["ours"])
            if not offset or not self._take_field(
                row["theirs"], self.book.layout(offset.group(1)), offset.group(2)
            ):
                self.known |= set(WORD.findall(row["theirs"]))

    def layout(self, name: str) -> Layout | None:
        """The specification's struct for a type of the header, or None."""
        if name in self.types:
            return self.types[name]
        return self.book.layout(name) if names.is_virtio(name) else None  # in_addr has other uses too

    def paths(self, document: str, path: str) -> list[str]:
        """Possible names of a field in the header."""
        return self.fields.get((document, path), [])

    def is_spoken_of(self, name: str) -> bool:
        """Whether a name that the specification lacks is a part of a mapping."""
        return name in self.known or any(name in WORD.findall(theirs) for theirs, _ in self.expressions)

    def unused(self, headers: list["Header"]) -> list[str]:
        """The --map options whose left side is in no header."""
        there = {constant.name for header in headers for constant in header.constants}
        there |= {_tag(struct.name) for header in headers for struct in header.structs}
        there |= {
            f"{_tag(struct.name)}.{field.path}"
            for header in headers
            for struct in header.structs
            for field in struct.fields
        }
        return [
            text
            for theirs, text in self._given.items()
            if re.sub(r"^(struct|union) +", "", theirs) not in there
        ]


def _each(names_of_theirs: Any) -> list[str]:
    """One name or several; none if the header has the fields of a struct directly in the enclosing struct."""
    return [
        str(name)
        for name in (names_of_theirs if isinstance(names_of_theirs, list) else [names_of_theirs])
        if name
    ]

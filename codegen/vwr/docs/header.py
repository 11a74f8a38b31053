# SPDX-License-Identifier: MIT
"""
A public header as a list of its declarations, each with the comment above it.

A group is the text between two blank lines of the header: consecutive declarations without a comment of their
own share the comment above the first.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby

from vwr.c import items as c
from vwr.c.bodies import Member, bare, members, signature, values
from vwr.c.tokens import HIDDEN

__all__ = ["Item", "Member", "read"]
_MACRO = re.compile(r"#\s*define\s+(\w+)(\([^)]*\))?\s*(.*)", re.DOTALL)
_BODY = re.compile(r"(struct|union|enum)\b[^{;]*\{")
# Words before the declaration of an object or of a type that do not belong to its type.
_QUALIFIERS = re.compile(r"\b(?:typedef|static|extern|VWR_[A-Z_]+(?= ))\s+")


@dataclass
class Item:
    """One declaration."""

    kind: str  # function, macro, struct, union, enum, type, variable, or text: a separate comment
    name: str
    text: str  # the declaration: for a function its prototype, for a macro its name and parameters
    comment: str = ""
    members: list[Member] = field(
        default_factory=list
    )  # of a structure its public ones, of an enumeration its values
    private: bool = False  # some members are private
    value: str = ""  # of a macro
    group: int = 0

    @property
    def key(self) -> tuple[bool, str]:
        """Tags have a separate namespace in C."""
        return self.kind in ("struct", "union", "enum"), self.name


def _public(found: Iterable[Member]) -> list[Member]:
    return [replace(one, members=_public(one.members)) for one in found if not one.private]


def _type(one: c.Item) -> Item | None:
    """A type; None: a structure that is defined elsewhere."""
    body = _BODY.match(one.text)
    if body and body[1] == "enum":
        return Item("enum", one.name, f"enum {one.name}".strip(), members=values(one.text))
    if body:
        found = members(one.text)
        private = any(member.private for member in found)
        return Item(body[1], one.name, f"{body[1]} {one.name}", members=_public(found), private=private)
    plain = bare(one.text)
    return Item("type", one.name, _QUALIFIERS.sub("", plain.rstrip(";"))) if "typedef" in plain else None


def _declared(one: c.Item) -> Item | None:
    """The item that a declaration declares; None for one that a page does not show."""
    if one.kind == "type":
        return _type(one)
    if one.kind in ("function", "prototype"):
        return Item("function", one.name, signature(one.text))
    if one.kind == "object":
        head = re.split(r"\s*\{|\s*=\s", bare(one.text).rstrip(";"), maxsplit=1)[0]
        return Item("variable", one.name, _QUALIFIERS.sub("", head))
    m = _MACRO.match(bare(one.text).replace("\\ ", ""))
    if one.kind != "macro" or m is None or (one.name.endswith("_H") and not m[3]):
        return None
    return Item("macro", one.name, one.name + (m[2] or ""), value=m[3])


def _behind(text: str) -> str:
    """The comment at the end of a declaration."""
    last = [m for m in HIDDEN.finditer(text) if m.end() == len(text.rstrip())]
    return last[0][0] if last and last[0][0].startswith("/") else ""


def _group(found: Iterable[c.Item], number: int) -> Iterator[Item]:
    comment, shared = "", False  # whether a declaration has the comment
    for one in found:
        if one.kind == "comment":
            if "SPDX-" not in one.text:
                comment, shared = one.text.strip(), False
        elif item := _declared(one):
            item.comment, item.group = ("" if shared else comment) or _behind(one.text), number
            shared = True
            yield item
        else:
            shared = shared or one.kind in ("type", "assertion", "call")
    if comment and not shared:
        yield Item("text", "", "", comment, group=number)


def read(text: str) -> list[Item]:
    """All declarations of a header, in its order."""
    found: dict[tuple[bool, str] | int, Item] = {}
    for number, group in groupby(c.items(text, flat=True), key=lambda one: one.paragraph):
        for item in _group(group, number):
            found.setdefault(item.key if item.name else len(found), item)
    return list(found.values())

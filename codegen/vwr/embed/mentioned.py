# SPDX-License-Identifier: MIT
"""The names that an item mentions: those in its text, and those that macros make for it."""

import functools
import re
from collections.abc import Iterable

from vwr.c.items import Item
from vwr.c.tokens import code, split, uses

# Names of structures, unions and enumerations have this prefix here: a function may have the same name.
TAG = "#"


@functools.cache
def mentions(text: str) -> frozenset[str]:
    """The names in a part of code; tags with TAG."""
    used = uses(text)
    return used.plain | {TAG + name for name in used.tags}


def _arguments(text: str, at: int) -> list[str]:
    """The arguments of a macro whose bracket is at this place."""
    depth = 0
    for end in range(at, len(text)):
        depth += (text[end] in "([{") - (text[end] in ")]}")
        if depth == 0:
            return [one.strip() for one in split(text[at + 1 : end])]
    return []


class Paster:
    """Macros that build names from their arguments, and macros that use these."""

    def __init__(self, found: Iterable[Item]) -> None:
        self.macros: dict[str, tuple[list[str], str]] = {}
        texts = [one.text for one in found if one.kind in ("macro", "block") and "#define" in one.text]
        while True:
            before = len(self.macros)
            for text in texts:
                self._add(text)
            if len(self.macros) == before:
                return

    def _add(self, text: str) -> None:
        for m in re.finditer(r"^#define (\w+)\(([^)]*)\)((?:.*\\\n)*.*)", text, re.MULTILINE):
            body = code(m[3]).replace("\\\n", " ")
            parameters = [one.strip() for one in m[2].split(",")]
            tags = set(re.findall(r"\b(?:struct|union|enum)\s+(\w+)", body))
            if "##" in body or tags & set(parameters) or self.macros.keys() & set(re.findall(r"\w+", body)):
                self.macros[m[1]] = parameters, body

    def names(self, text: str, depth: int = 0) -> frozenset[str]:
        """The names that the macros in a text make."""
        if mentions(text).isdisjoint(self.macros) or depth > 4:
            return frozenset()
        plain, found = code(text), set[str]()
        for m in re.finditer(r"\b(\w+)\(", plain):
            if m[1] not in self.macros or plain[: m.start()].endswith("#define "):
                continue
            parameters, body = self.macros[m[1]]
            given = dict(zip(parameters, _arguments(plain, m.end() - 1)))
            made = re.sub(
                r"\b\w+\b", lambda word: given.get(word[0], word[0]), re.sub(r"\s*##\s*", "\1", body)
            )
            made = made.replace("\1", "")
            found |= mentions(made) | self.names(made, depth + 1)
        return frozenset(found)

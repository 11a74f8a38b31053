# SPDX-License-Identifier: MIT
"""Which structure a member in the code belongs to: several have a member of the same name."""

import functools
import re
from collections.abc import Hashable, Iterable, Sequence

from vwr.c.bodies import declarations
from vwr.c.items import Item
from vwr.c.tokens import code as code_of
from vwr.c.nested import Token, Word, flat

_STRUCT = re.compile(r"\s*struct (\w+) \{")
_VARIABLE = re.compile(r"\b(struct|union) (\w+) ((?:\*|const |volatile )*)(\w+)\b(?!\()")
_VALUE = re.compile(r"\bstruct (\w+) \**(?:const )?(\w+)\b")


def _is_name(token: Token) -> bool:
    return isinstance(token, Word) and bool(re.match(r"[A-Za-z_]", token))


def begin(tokens: Sequence[Token], at: int) -> int:
    """The place where the expression begins that ends with the member here; -1: this is an initialiser."""
    while at > 0 and tokens[at - 1] in (".", "->"):
        at -= 2
        while at > 0 and isinstance(tokens[at], tuple) and tokens[at][0] in ("[", "("):
            if tokens[at][0] == "(" and not _is_name(tokens[at - 1]):
                return at  # an expression in brackets
            at -= 1
        if at < 0 or isinstance(tokens[at], Word) and not _is_name(tokens[at]):
            return -1
    return at


_found: dict[Hashable, dict[str, tuple[tuple[str, str, str], ...]]] = {}  # for each state of the structures


class Owners:
    """The structures of a copy, and the types of what its code names."""

    def __init__(self, items: Iterable[Item]) -> None:
        self.members: dict[str, dict[str, str]] = {}  # {structure: {member: its structure, or ''}}
        self.returned: dict[str, str] = {}
        self.outside: dict[str, str] = {}
        for item in items:
            found = _STRUCT.match(item.text) if item.kind == "type" else None
            if found:
                self.members[found[1]] = _members(item.text)
            elif item.kind in ("function", "prototype", "object"):
                tag = _of_value(item.text, item.name)
                table = self.outside if item.kind == "object" else self.returned
                table |= {item.name: tag} if tag else {}
        tables = (*self.members.items(), ("", self.returned), ("", self.outside))
        key = frozenset((tag, frozenset(table.items())) for tag, table in tables)
        self.found = _found.setdefault(key, {})

    def variables(self, text: str) -> dict[str, str]:
        """{variable or parameter of a function: its structure}; '' where two of one name differ."""
        return {**self.outside, **_variables(text)}

    def of(self, tokens: Sequence[Token], at: int, variables: dict[str, str]) -> str:
        """The structure of the member here; '' if that is not known."""
        start = begin(tokens, at)
        if start < 0:
            return ""
        tag, place = self._base(tokens[start:at], variables), start + 1
        if _is_name(tokens[start]) and isinstance(tokens[place], tuple) and tokens[place][0] == "(":
            place += 1
        while tag and place < at:
            token = tokens[place]
            if token in (".", "->") and place + 1 < at:
                tag, place = self.members.get(tag, {}).get(str(tokens[place + 1]), ""), place + 1
            place += 1
        return tag

    def _base(self, tokens: Sequence[Token], variables: dict[str, str]) -> str:
        first = tokens[0]
        if isinstance(first, Word):
            is_call = len(tokens) > 1 and isinstance(tokens[1], tuple) and tokens[1][0] == "("
            return (self.returned if is_call else variables).get(str(first), "")
        inside = first[1:-1]
        cast = inside[0] if len(inside) > 1 and isinstance(inside[0], tuple) else ()
        words = [*map(str, flat(cast))]
        if "struct" in words:  # a cast, which binds less than a member
            return words[words.index("struct") + 1]
        if inside[:1] in (("&",), ("*",)):
            inside = inside[1:]
        if len(inside) == 1 and isinstance(inside[0], Word):
            return variables.get(str(inside[0]), "")
        if len(inside) > 2 and inside[-2] in (".", "->") and begin(inside, len(inside) - 1) == 0:
            return self.members.get(self.of(inside, len(inside) - 1, variables), {}).get(str(inside[-1]), "")
        return ""


@functools.lru_cache(maxsize=1 << 14)
def _variables(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for kind, tag, _, name in _VARIABLE.findall(code_of(text)):
        tag = tag if kind == "struct" else f"union {tag}"
        found[name] = tag if found.setdefault(name, tag) == tag else ""
    return found


@functools.lru_cache(maxsize=1 << 14)
def _of_value(text: str, name: str) -> str:
    """The structure of an object, or to which a function returns a pointer."""
    for m in _VALUE.finditer(code_of(text[: text.find(name) + len(name) + 1])):
        if m[2] == name:
            return m[1]
    return ""


@functools.lru_cache(maxsize=1 << 14)
def _members(text: str) -> dict[str, str]:
    return _typed(code_of(text).partition("{")[2].rpartition("}")[0])


def _typed(body: str) -> dict[str, str]:
    """{member: its structure, or ''} of a structure's body."""
    found: dict[str, str] = {}
    for declaration, names in declarations(body):
        inside = re.match(r"\s*(?:struct|union) \{(.*)\}", declaration, re.DOTALL)
        if inside:
            found |= _typed(inside[1])
        tag = re.match(r"\s*(?:const |volatile )*struct (\w+)", declaration)
        found |= {name: tag[1] if tag else "" for name in names if name not in found}
    return found

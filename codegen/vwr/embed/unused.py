# SPDX-License-Identifier: MIT
"""
What nothing in a copy uses because a part is left out: parameters of static functions, and statements that only mark
a name as used.
"""

import functools
import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from vwr.c.items import Item
from vwr.c.nested import (
    Token,
    cached,
    Word,
    flat,
    is_harmless,
    joined,
    led,
    mapped,
    new_word,
    split,
    text_of,
)
from vwr.c.tokens import code as code_of
from vwr.embed import fold, tree, unread
from vwr.embed.reach import Reach

_MARK = r"^ +\(void\){};[^\n]*\n"


def _body(tokens: tuple[Token, ...]) -> int:
    """The place of a function's body."""
    return next(at for at, token in enumerate(tokens) if token[0] == "{")


class Call(NamedTuple):
    """A call in a function."""

    caller: str
    arguments: list[list[Token]]


def _replace(item: Item, text: str) -> bool:
    """Replaces the text of an item. Returns whether it differs."""
    if text == item.text:
        return False
    item.changed(text)
    return True


def _arguments(part: Token) -> list[list[Token]]:
    """What stands between the commas of a part in brackets."""
    return split(part[1:-1], ",") if len(part) > 2 else []


def _words(tokens: Sequence[Token]) -> Iterator[tuple[str, Token | None]]:
    """(name, what is in the brackets behind it, if any) of all names but members."""
    before: Token = ""
    for place, token in enumerate(tokens):
        if isinstance(token, tuple):
            yield from _words(token[1:-1])
        elif before not in (".", "->") and (token[:1].isalpha() or token[:1] == "_"):
            behind = tokens[place + 1] if place + 1 < len(tokens) else None
            yield str(token), behind if isinstance(behind, tuple) and behind[0] == "(" else None
        before = token


@functools.lru_cache(maxsize=1 << 14)
def _uses(text: str, is_function: bool) -> tuple[tuple[str, Token | None], ...]:
    """The same of a text, or of the body of a function."""
    tokens = cached(text)
    return tuple(_words(tokens[_body(tokens) :] if is_function else tokens))


def _parameter(tokens: list[Token]) -> str:
    """The name of a parameter."""
    pointer = next((token for token in tokens if isinstance(token, tuple) and token[1:2] == ("*",)), None)
    words = [
        one
        for one in (pointer[1:-1] if pointer else tokens)
        if isinstance(one, Word) and re.match(r"\w", one)
    ]
    return str(words[-1]) if len(words) > 1 or pointer else ""


@functools.lru_cache(maxsize=1 << 14)
def _parameters(text: str, name: str) -> tuple[int, list[list[Token]]]:
    """(place of the brackets, declarations of the parameters) of a function."""
    tokens = cached(text)
    at = next(at for at, one in enumerate(tokens, 1) if one == name and isinstance(tokens[at], tuple))
    found = _arguments(tokens[at])
    return at, [] if [*map(str, flat(found[0] if found else []))] == ["void"] else found


class Function:
    """A static function that is only called: its parameters may change."""

    def __init__(self, item: Item) -> None:
        self.item = item

    @property
    def parameters(self) -> list[list[Token]]:
        """The declarations of the parameters."""
        return [*_parameters(self.item.text, self.item.name)[1]]

    @property
    def body(self) -> str:
        """The text from the opening bracket on."""
        return self.item.text.partition("\n{\n")[2]

    def without(self, number: int) -> str:
        """The text without a parameter."""
        name, left = _parameter(self.parameters[number]), self.parameters
        del left[number]
        tokens, at = list(cached(self.item.text)), _parameters(self.item.text, self.item.name)[0]
        inside = led(joined(left, ","), "") if left else [new_word("void", "")]
        tokens[at] = (tokens[at][0], *inside, tokens[at][-1])
        return re.sub(_MARK.format(name), "", text_of(tokens), flags=re.MULTILINE)


class Copy:
    """The functions of a copy, and their calls."""

    def __init__(self, reach: Reach) -> None:
        self.rows = [one for one in reach.header | reach.code if one.item.text.strip()]
        self.rows.sort(key=lambda one: one.number)
        own = [one for one in self.rows if one.item.kind == "function"]
        self.items = [one.item for one in own]
        names = [item.name for item in self.items]
        inside = {
            one.item.name: Function(one.item)
            for one in own
            if one not in reach.header
            and one.item.name not in reach.extern
            and names.count(one.item.name) == 1
        }
        self.functions, self.calls = inside, dict[str, list[Call]]()
        self._find_calls()
        self.plain = self._plain()

    def _find_calls(self) -> None:
        names = self.functions.keys()
        for one in self.rows:
            item = one.item
            if item.kind in ("prototype", "include", "comment") or names.isdisjoint(item.refs | {item.name}):
                continue
            for name, brackets in _uses(item.text, item.kind == "function"):
                if name not in names:
                    continue
                if brackets is None or item.kind != "function":
                    self.functions = {key: one for key, one in self.functions.items() if key != name}
                else:
                    self.calls.setdefault(name, []).append(Call(item.name, _arguments(brackets)))

    def _plain(self) -> set[str]:
        """The functions without side effects."""
        found = {"sizeof"}
        macros = [one.item for one in self.rows if one.item.kind == "macro"]
        while True:
            more = {item.name for item in self.items if fold.harmless(item.text, found, True)}
            more |= {item.name for item in macros if _is_value(item.text, found)}
            if more <= found:
                return found
            found |= more


_VALUE = re.compile(r"#define \w+\([^)]*\)((?:.*\\\n)*.*)")


def _is_value(text: str, plain: Collection[str]) -> bool:
    """Whether a macro with parameters only computes something."""
    m = _VALUE.match(text)
    return m is not None and "#" not in m[1] and is_harmless(cached(code_of(m[1])), plain)


def _without_argument(text: str, name: str, number: int) -> str:
    """A text in whose calls of a function an argument is absent."""

    def change(tokens: list[Token]) -> list[Token]:
        out: list[Token] = []
        for token in tokens:
            if out and out[-1] == name and isinstance(token, tuple) and token[0] == "(":
                left = _arguments(token)
                del left[number]
                token = (token[0], *(led(joined(left, ","), "") if left else []), token[-1])
            out.append(token)
        return out

    tokens = cached(text)
    at = _body(tokens)
    return text_of([*tokens[:at], *mapped(tokens[at:], change)])


def _is_unused(one: Function, name: str) -> bool:
    count = fold.words(one.body).count(name)
    return count == 0 or count == len(re.findall(_MARK.format(name), one.body, re.MULTILINE))


def _drop_parameters(copy: Copy) -> bool:
    """Parameters that nothing uses, if no argument for them has a side effect."""
    changed = False
    for name, one in copy.functions.items():
        number = 0
        while number < len(one.parameters):
            parameter = _parameter(one.parameters[number])
            calls = copy.calls.get(name, [])
            if (
                parameter
                and _is_unused(one, parameter)
                and all(is_harmless(call.arguments[number], copy.plain) for call in calls)
            ):
                _replace(one.item, one.without(number))
                for item in copy.items:
                    if name in item.refs or item is one.item:
                        made = _without_argument(item.text, name, number)
                        _replace(item, made if made == item.text else fold.quiet(item.text, made, copy.plain))
                for call in calls:
                    del call.arguments[number]
                changed = True
            else:
                number += 1
    return changed


def _drop_marks(copy: Copy) -> bool:
    """`(void)name;` of what is used."""
    changed = False
    for item in copy.items:
        changed |= _replace(item, re.sub(r"\n    return;\n\}\s*\Z", "\n}\n", item.text))
        if "(void)" not in item.text or "\n#" in item.text:
            continue
        text = re.sub(r"^ +\(void\)(?:0u?|false|true|NULL);\n", "", item.text, flags=re.MULTILINE)
        for name in re.findall(_MARK.format(r"(\w+)"), text, re.MULTILINE):
            inside = text.partition("\n{\n")[2]
            marks = re.findall(_MARK.format(name), inside, re.MULTILINE)
            sets = re.findall(rf"^ +{name} = ", inside, re.MULTILINE)
            if fold.words(inside).count(name) > len(marks) + len(sets) + (
                name not in item.text[: -len(inside)]
            ):
                text = re.sub(_MARK.format(name) + r"\n?", "", text, flags=re.MULTILINE)
        changed |= _replace(item, text)
    return changed


def _write_out(copy: Copy) -> bool:
    """A macro that stands for `static inline`, where it is not for the compiler to decide."""
    names = [
        item.name
        for item in (one.item for one in copy.rows)
        if item.kind == "macro" and re.fullmatch(r"#define \w+ static inline\s*", item.text)
    ]
    changed = False
    for name in names:
        for item in copy.items:
            changed |= _replace(item, re.sub(rf"\b{name}\b", "static inline", item.text))
    return changed


def sweep(reach: Reach) -> bool:
    """Removes it from the functions of a copy. Returns whether there was any."""
    changed = False
    while True:
        copy = Copy(reach)
        found = _drop_parameters(copy) | _drop_marks(copy) | _write_out(copy)
        for item, text in unread.drop(reach, copy.rows, copy.plain):
            found |= _replace(item, text)
        for item in copy.items:
            if re.search(r"^ *;$", item.text, re.MULTILINE):
                found |= _replace(item, fold.resolved(item.text, copy.plain))
        if not found:
            return changed
        while tree.settle(copy.items, {}):
            pass
        changed = True

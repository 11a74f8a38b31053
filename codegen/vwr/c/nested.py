# SPDX-License-Identifier: MIT
"""The text of a function as tokens, with the blanks and comments between them: what is not changed stays as it is."""

import functools
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any

# A token is a Word, or a tuple: a part in brackets, with its brackets.
Token = Any

_TOKEN = re.compile(
    r"((?:\s|/\*.*?\*/)*)"
    r"(#\s*\w+|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|\w+|->|\+\+|--|&&|\|\||<<=?|>>=?|[-+*/%&|^=!<>]=|.|\Z)"
    r"([ \t]*/\*(?:(?!\*/).)*\*/(?=\n))?",
    re.DOTALL,
)
_CHANGES = re.compile(r"=|[-+*/%&|^]=|<<=|>>=|\+\+|--|;|\{")


class Word(str):
    """A token of C, with the blanks and comments before it, and a comment behind it that ends the line."""

    before = behind = ""


def new_word(text: str, before: str, behind: str = "") -> Word:
    """A word with these blanks."""
    made = Word(text)
    made.before, made.behind = before, behind
    return made


def nested(text: str) -> list[Token]:
    """The tokens of a text. A part in brackets is one token: a tuple with its brackets."""
    parts: list[list[Token]] = [[]]
    for before, one, behind in _TOKEN.findall(text):
        if one in ("(", "[", "{"):
            parts.append([])
        parts[-1].append(new_word(one, before, behind))
        if one in (")", "]", "}"):
            part = tuple(parts.pop())
            parts[-1].append(part)
    return parts[0]


@functools.lru_cache(maxsize=1 << 14)
def cached(text: str) -> tuple[Token, ...]:
    """The same, for who only reads them."""
    return tuple(nested(text))


def flat(tokens: Iterable[Token]) -> Iterator[Word]:
    """All words."""
    for token in tokens:
        if isinstance(token, tuple):
            yield from flat(token)
        else:
            yield token


def text_of(tokens: Iterable[Token]) -> str:
    """The text again."""
    return "".join(one.before + one + one.behind for one in flat(tokens))


def led(tokens: Sequence[Token], before: str) -> list[Token]:
    """The tokens, with these blanks before the first."""
    first, *rest = tokens or [Word()]
    if isinstance(first, tuple):
        return [tuple(led(first, before)), *rest]
    return [new_word(first, before, first.behind), *rest]


def split(tokens: Iterable[Token], operator: str) -> list[list[Token]]:
    """Parts between the occurrences of an operator."""
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token == operator:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def joined(parts: Iterable[Iterable[Token]], operator: str, before: str = "") -> list[Token]:
    """Parts with the operator between them."""
    return [token for part in parts for token in (new_word(operator, before), *part)][1:]


def mapped(tokens: Iterable[Token], change: Callable[[list[Token]], list[Token]]) -> list[Token]:
    """Each level of brackets, the inner ones first, with a change."""
    return change(
        [
            (token[0], *mapped(token[1:-1], change), token[-1]) if isinstance(token, tuple) else token
            for token in tokens
        ]
    )


def is_harmless(tokens: Iterable[Token], harmless: Collection[str]) -> bool:
    """
    Whether an expression has no side effect: it has no call except of names in `harmless`, and no assignment.
    """
    words = [*flat(tokens)]
    called = {name for name, behind in zip(words, words[1:]) if behind == "(" and re.match(r"\w", name)}
    return called <= set(harmless) and not any(_CHANGES.fullmatch(one) for one in words)

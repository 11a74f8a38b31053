# SPDX-License-Identifier: MIT
"""C text as tokens, and the names that it uses."""

import functools
import re
from collections.abc import Mapping
from typing import NamedTuple

NAME = r"[A-Za-z_]\w*"
ATTRIBUTE = re.compile(
    r"\s*\b(?:__attribute__|_Alignas|alignas|VWR_ALIGNED|aligned_data)\s*\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)"
)
_COMMENT = r"/\*.*?\*/|//[^\n]*"
_QUOTED = r"\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'"
_TOKEN = re.compile(
    rf"(?P<comment>{_COMMENT})"
    rf"|(?P<directive>^[ \t]*\#(?:{_COMMENT}|{_QUOTED}|\\\n|[^\n])*)"
    rf"|(?P<quoted>{_QUOTED})"
    rf"|(?P<name>{NAME})"
    r"|(?P<number>\.?\d(?:[eEpP][+-]|[\w.])*)"
    r"|(?P<mark>->|\+\+|--|&&|\|\||\#\#|\.\.\.|<<=?|>>=?|[-+*/%&|^!=<>]=|[^\s\w])",
    re.DOTALL | re.MULTILINE,
)
HIDDEN = re.compile(rf"{_COMMENT}|{_QUOTED}", re.DOTALL)
# (operator of a member access, tag, name)
_WORD = re.compile(rf"(?:(\.|->)\s*|(?<![\w.])(?:(struct|union|enum)\s+)?)\b({NAME})")
_REPLACED = re.compile(HIDDEN.pattern + rf"|(?<![\w.])(?<!->)((?:(?:struct|union|enum) )?{NAME})", re.DOTALL)


class Token(NamedTuple):
    """A token and its offset in the text."""

    kind: str  # comment, directive (a whole line of the preprocessor), quoted, name, number, mark
    text: str
    at: int

    @property
    def end(self) -> int:
        """The offset after it."""
        return self.at + len(self.text)


def tokens(text: str) -> list[Token]:
    """The tokens of a text, comments included."""
    return [Token(m.lastgroup or "", m[0], m.start()) for m in _TOKEN.finditer(text)]


def _blank(m: re.Match[str]) -> str:
    word = m[0]
    if word[0] == "/":
        return re.sub(r"[^\n]", " ", word) if "\n" in word else " " * len(word)
    return word[0] + " " * (len(word) - 2) + word[-1]


@functools.cache
def code(text: str) -> str:
    """The text with comments and what is between quotes blanked out: every other character stays in its place."""
    return HIDDEN.sub(_blank, text)


def comments_in(text: str) -> list[str]:
    """The comments in a text."""
    return [m[0] for m in HIDDEN.finditer(text) if m[0].startswith("/")]


class Uses(NamedTuple):
    """The names in a text, outside of comments and quotes."""

    names: frozenset[str]  # all but members
    tags: frozenset[str]  # after struct, union or enum: a function may have the name of a structure
    plain: frozenset[str]  # without such a word
    members: frozenset[str]  # after . or ->


@functools.cache
def uses(text: str) -> Uses:
    """The names that a text uses."""
    words = set(_WORD.findall(code(text)))
    tags = frozenset(name for access, tag, name in words if tag)
    plain = frozenset(name for access, tag, name in words if not access and not tag)
    members = frozenset(name for access, _, name in words if access)
    return Uses(tags | plain, tags, plain, members)


def replace_names(text: str, names: Mapping[str, str]) -> str:
    """The text with names replaced ("struct x" for tags alone), except for members, quoted text and comments."""

    def new(m: re.Match[str]) -> str:
        word = m[1]
        if not word or word in names:
            return names[word] if word else m[0]
        tag, space, name = word.rpartition(" ")
        return f"{tag}{space}{names.get(name, name)}"

    return _REPLACED.sub(new, text) if names else text


def split(text: str, separator: str = ",") -> list[str]:
    """The parts of a text without comments between the separators that are in no brackets."""
    found, depth = [""], 0
    for letter in text:
        depth += (letter in "([{") - (letter in ")]}")
        if letter == separator and depth == 0:
            found.append("")
        else:
            found[-1] += letter
    return found

# SPDX-License-Identifier: MIT
"""
Members of structures that do nothing in a copy: those that nothing reads, and those that are 0 whenever they are read.
The first lose their assignments, and with these the structures lose them (members.py); the others are 0 in the code.

Only the library's own members: a caller, a device or a guest may read or set the others. Members are told apart by their
names alone, so one of several structures with the same name stays if another is used.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from vwr.embed import csource, fold, members, tables
from vwr.embed.csource import Item
from vwr.embed.reach import TAG, Entry, Reach, without_private
from vwr.embed.tokens import Token, Word, flat, is_harmless, mapped, nested, new_word, text_of

ZERO = fold.UNSIGNED_ZERO
_ZEROES = ("0", "0u", "NULL", "false")
_ASSIGNS = ("=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>=")


class Use(NamedTuple):
    """A member in a row of tokens."""

    begin: int  # of the expression that it ends
    end: int  # behind it or, if it is assigned as a statement, behind that
    kind: str  # read, zero, write: of a statement; other


def _begin(tokens: Sequence[Token], at: int) -> int:
    """The place where the expression begins whose last word, a member, is here; -1: this is an initialiser."""
    while at > 0 and tokens[at - 1] in (".", "->"):
        at -= 2
        while at > 0 and isinstance(tokens[at], tuple) and tokens[at][0] in ("[", "("):
            at -= 1
            if not (
                isinstance(tokens[at], tuple) or isinstance(tokens[at], Word) and re.match(r"\w", tokens[at])
            ):
                return at + 1
        if at < 0 or not re.match(r"\w", str(tokens[at])):
            return at + 1 if at >= 0 and isinstance(tokens[at], tuple) else -1
    return at


def _use(tokens: Sequence[Token], at: int) -> Use:
    begin = _begin(tokens, at)
    before = tokens[begin - 1] if begin > 0 else ""
    behind = tokens[at + 1] if at + 1 < len(tokens) else ""
    is_address = before == "&" and begin >= 0 and next(flat(tokens[begin : begin + 1])).before == ""
    if begin < 0 or is_address or before in ("++", "--") or isinstance(behind, tuple) and behind[0] == "[":
        return Use(begin, at + 1, "other")
    if isinstance(behind, tuple) and behind[0] == "(" or behind in (".", "->"):
        return Use(begin, at + 1, "other")
    if behind not in (*_ASSIGNS, "++", "--"):
        return Use(begin, at + 1, "read")
    starts = begin == 0 or before in (";", "else", ":") or isinstance(before, tuple)
    if not starts or ";" not in tokens[at:]:
        return Use(begin, at + 1, "other")
    end = tokens.index(";", at)
    value = tokens[at + 2 : end]
    is_zero = behind == "=" and len(value) == 1 and value[0] in _ZEROES
    return Use(begin, end + 1, "zero" if is_zero else "write")


def _uses(tokens: Sequence[Token], names: Collection[str]) -> Iterator[tuple[str, Use, Sequence[Token]]]:
    for at, token in enumerate(tokens):
        if isinstance(token, tuple):
            yield from _uses(token[1:-1], names)
        elif token in names and at > 0 and tokens[at - 1] in (".", "->"):
            yield str(token), _use(tokens, at), tokens


def _names(body: str) -> set[str]:
    """The members that are declared in a text."""
    return {name for row in members.declarations(body) for name in members.names_of(row)}


def _inside(text: str) -> str:
    """What is between the brackets of a structure."""
    return text.partition("{")[2].rpartition("}")[0]


def _own(reach: Reach, rows: list[Entry]) -> dict[str, str]:
    """{member of the library's own structures: what 0 is for it}."""
    found: dict[str, str] = {}
    others = set[str]()
    whole = members.whole(rows, reach.texts)
    for one in rows:
        item = one.item
        if item.kind != "type" or not re.match(r"(?:struct|union) \w+ \{", item.text):
            continue
        plain, every = tables.members_of(item.text), _names(_inside(item.text))
        is_fixed = item.origin.startswith(("vwr/gen/", "vwr/messages/")) or members.tag_of(item) in whole
        if is_fixed or re.search(r"\bunion\b|VWR_PACKED|#", item.text):
            others |= every
        if TAG + members.tag_of(item) in reach.public:
            others |= _names(_inside(without_private(item.text)))
        others |= every - plain.keys()
        for name, value in plain.items():
            others |= {name} if found.setdefault(name, value) != value else set()
    return {name: value for name, value in found.items() if name not in others}


def _kinds(rows: list[Entry], names: Collection[str], extra: Iterable[str]) -> dict[str, set[str]]:
    """{member: how it is used}."""
    found: dict[str, set[str]] = {}
    for one in rows:
        item = one.item
        if item.kind == "type":
            continue
        if item.kind == "function":
            for name, use, _ in _uses(nested(item.text), names):
                found.setdefault(name, set()).add(use.kind)
        else:
            for name in members.used([item.text]) & set(names):
                found.setdefault(name, set()).add("other")
            for name in re.findall(r"\.(\w+) =", item.text):
                found.setdefault(name, set()).add("other")
        for inside in re.findall(
            r"offsetof\([^,()]*,\s*([\w.\[\]]+)|\b[A-Z]\w*\(([^;]*)", csource.code(item.text)
        ):
            for name in re.findall(r"(?<![.>\w])[a-z]\w*", " ".join(inside)):
                if item.kind != "function" or "offsetof" in item.text:
                    found.setdefault(name, set()).add("other")
    for name in members.used(extra):
        found.setdefault(name, set()).add("other")
    return found


def _without(tokens: list[Token], names: Collection[str], plain: Collection[str]) -> list[Token]:
    """Tokens without the statements that set these members, if what they are set to has no effect."""
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        ahead = next((place for place in range(at, len(tokens)) if tokens[place] == ";"), at)
        last = next((place for place in range(at, ahead) if tokens[place] in (*_ASSIGNS, "++", "--")), at) - 1
        use = (
            _use(tokens, last)
            if last > at and tokens[last] in names and tokens[last - 1] in (".", "->")
            else None
        )
        if (
            use
            and use.begin == at
            and use.kind in ("zero", "write")
            and is_harmless([one for one in tokens[at:ahead] if one not in (*_ASSIGNS, "++", "--")], plain)
        ):
            alone = out and (out[-1] in ("else", "do") or isinstance(out[-1], tuple) and out[-1][0] == "(")
            out += [new_word(";", "")] if alone else []
            at = ahead + 1
            continue
        out.append(tokens[at])
        at += 1
    return out


def _zeroed(tokens: list[Token], names: Collection[str], plain: Collection[str]) -> list[Token]:
    """Tokens in which ZERO stands for the members that are read."""
    out: list[Token] = list(tokens)
    for at in range(len(tokens) - 1, 0, -1):
        if tokens[at] in names and tokens[at - 1] in (".", "->"):
            use = _use(tokens, at)
            if use.kind == "read" and is_harmless(tokens[use.begin : at], plain):
                first = next(flat(tokens[use.begin : use.begin + 1]))
                out[use.begin : at + 1] = [new_word(ZERO, first.before, tokens[at].behind)]
    return out


def drop(reach: Reach, rows: list[Entry], plain: Collection[str]) -> list[tuple[Item, str]]:
    """[(function, its text without what idle members do)]."""
    own = _own(reach, rows)
    kinds = _kinds(rows, own, reach.texts)
    unread = {name for name in own if kinds.get(name) and kinds[name] <= {"zero", "write"}}
    zero = {name: value for name, value in own.items() if kinds.get(name) in ({"read"}, {"read", "zero"})}
    made = []
    for one in rows:
        text = one.item.text
        if one.item.kind != "function" or not re.search(
            rf"(?:\.|->)(?:{'|'.join([*unread, *zero]) or '-'})\b", text
        ):
            continue
        text = text_of(mapped(nested(text), lambda tokens: _without(tokens, unread, plain)))
        for value in sorted({*zero.values()}):
            mine = {name for name, other in zero.items() if other == value}
            text = text_of(mapped(nested(text), lambda tokens, mine=mine: _zeroed(tokens, mine, plain)))
            text = fold.given(text, ZERO, value) if ZERO in text else text
        if text != one.item.text:
            made.append((one.item, fold.quiet(one.item.text, fold.resolved(text, {}, plain), plain)))
    return made

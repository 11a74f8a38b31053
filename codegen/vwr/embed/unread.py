# SPDX-License-Identifier: MIT
"""
Members of structures that nothing in a copy reads: the assignments to them are removed, and then the members
(members.py).

Only the library's own members: a caller, a device or a guest may read or set the others.
"""

import functools
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from vwr.c.bodies import declarations
from vwr.c.items import Item
from vwr.embed import fold, members, owners
from vwr.embed.owners import Owners
from vwr.embed.mentioned import TAG
from vwr.embed.reach import Entry, Reach, without_private
from vwr.c.nested import Token, cached, flat, is_harmless, mapped, new_word, text_of

_ASSIGNS = ("=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>=")


Key = tuple[str, str]  # a structure, '' if it is not known, or PUBLIC; and a member
PUBLIC = "*"  # a structure that a caller may know
_FOR_CALLERS = re.compile(r"@(\w+): .*?\b[Ff]or (?:the (?:caller|VMM|file system)|whoever)\b")


class Use(NamedTuple):
    """A member in a row of tokens."""

    begin: int  # of the expression that it ends
    end: int  # behind it or, if it is assigned as a statement, behind that
    kind: str  # read, write: of a statement; other


def _use(tokens: Sequence[Token], at: int) -> Use:
    begin = owners.begin(tokens, at)
    before = tokens[begin - 1] if begin > 0 else ""
    behind = tokens[at + 1] if at + 1 < len(tokens) else ""
    is_address = before == "&" and begin >= 0 and next(flat(tokens[begin : begin + 1])).before == ""
    is_target = (
        before == "*" and begin >= 0 and next(flat(tokens[begin : begin + 1])).before == ""
    )  # of a pointer
    if (
        begin < 0
        or is_address
        or is_target
        or before in ("++", "--")
        or isinstance(behind, tuple)
        and behind[0] == "["
    ):
        return Use(begin, at + 1, "other")
    if isinstance(behind, tuple) and behind[0] == "(" or behind in (".", "->"):
        return Use(begin, at + 1, "other")
    if behind not in (*_ASSIGNS, "++", "--"):
        return Use(begin, at + 1, "read")
    starts = begin == 0 or before in (";", "else", ":") or isinstance(before, tuple)
    if not starts or ";" not in tokens[at:]:
        return Use(begin, at + 1, "other")
    end = tokens.index(";", at)
    return Use(begin, end + 1, "write")


def _members(tokens: Sequence[Token]) -> Iterator[tuple[Sequence[Token], int, Use]]:
    """(tokens around it, its place in these, use) of members."""
    for at, token in enumerate(tokens):
        if isinstance(token, tuple):
            yield from _members(token[1:-1])
        elif at > 0 and tokens[at - 1] in (".", "->"):
            yield tokens, at, _use(tokens, at)


@functools.lru_cache(maxsize=1 << 14)
def _members_in(text: str) -> tuple[tuple[Sequence[Token], int, Use], ...]:
    return tuple(_members(cached(text)))


def _uses(text: str, types: Owners) -> tuple[tuple[str, str, str], ...]:
    """(structure, member, kind of use) of its members."""
    made = types.found.get(text)
    if made is None:
        where = Code(types, types.variables(text))
        made = tuple((where.owner(row, at), str(row[at]), use.kind) for row, at, use in _members_in(text))
        types.found[text] = made
    return made


class Code(NamedTuple):
    """A function in a copy."""

    owners: Owners
    variables: dict[str, str]

    def owner(self, tokens: Sequence[Token], at: int) -> str:
        """The structure of the member here."""
        return self.owners.of(tokens, at, self.variables)

    def is_one(self, tokens: Sequence[Token], at: int, keys: Collection[Key]) -> bool:
        """Whether one of these members is here."""
        names = {name for _, name in keys}
        return (
            tokens[at] in names
            and tokens[at - 1] in (".", "->")
            and (self.owner(tokens, at), str(tokens[at])) in keys
        )


@functools.lru_cache(maxsize=1 << 14)
def _names(body: str) -> frozenset[str]:
    """The members that are declared in a text."""
    return frozenset(name for _, row in declarations(body) for name in row)


def _inside(text: str) -> str:
    """What is between the brackets of a structure."""
    return text.partition("{")[2].rpartition("}")[0]


def _own(reach: Reach, rows: list[Entry]) -> set[Key]:
    """The members of the library's own structures."""
    found = set[Key]()
    whole = members.whole(rows, reach.texts, reach.choice.macros.get("VWR_WITH_SPEED") != 0)
    beside = members.neighbours(rows)
    for one in rows:
        item, tag = one.item, members.tag_of(one.item)
        if item.kind != "type" or not re.match(r"struct \w+ \{", item.text) or tag in whole:
            continue
        if item.origin.startswith(("vwr/gen/", "vwr/messages/")) or re.search("VWR_PACKED|#", item.text):
            continue
        public = _shown(one) if TAG + tag in reach.public else set[str]()
        public |= _names("".join(re.findall(r"\bunion \{.*?\n    \}", item.text, re.DOTALL)))
        public |= beside.get(tag, set())
        found |= {(tag, name) for name in _names(_inside(item.text)) - public}
    return found


def kinds(rows: list[Entry], callers: Iterable[str], names: Collection[str]) -> dict[Key, set[str]]:
    """{member: how it is used}; without a structure where it is not known."""
    found: dict[Key, set[str]] = {}
    types = Owners(one.item for one in rows)
    macros = members.macros_of(one.item.text for one in rows if "#define" in one.item.text)
    for one in rows:
        item = one.item
        if item.kind == "type":
            continue
        if item.kind == "function":
            for tag, name, kind in _uses(item.text, types):
                if name in names:
                    found.setdefault((tag, name), set()).add(kind if tag else "other")
        else:
            tag, how = members.table_of(item), "set" if members.table_of(item) else "other"
            for name in re.findall(r"\.(\w+) =", item.text):
                found.setdefault((tag, name), set()).add(how)
            for name in members.mentioned(item.text):
                found.setdefault(("", name), set()).add("other")
        for whose, name in members.in_arguments(item.text, macros):
            variables = types.variables(item.text) if item.kind == "function" else {}
            tag = whose.removeprefix("struct ") if whose.startswith("struct ") else variables.get(whose, "")
            found.setdefault((tag, name), set()).add("other")
    for text in callers:
        for tag, name, _ in _uses(text, types):
            if name in names:
                found.setdefault((tag or PUBLIC, name), set()).add("other")
    return found


def _without(tokens: list[Token], keys: Collection[Key], plain: Collection[str], code: Code) -> list[Token]:
    """Tokens without the statements that set these members, if what they are set to has no effect."""
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        ahead = next((place for place in range(at, len(tokens)) if tokens[place] == ";"), at)
        last = next((place for place in range(at, ahead) if tokens[place] in (*_ASSIGNS, "++", "--")), at) - 1
        use = _use(tokens, last) if last > at and code.is_one(tokens, last, keys) else None
        parts = (tokens[at:last], tokens[last + 2 : ahead])
        if use and use.begin == at and use.kind == "write" and all(is_harmless(one, plain) for one in parts):
            alone = out and (out[-1] in ("else", "do") or isinstance(out[-1], tuple) and out[-1][0] == "(")
            out += [new_word(";", "")] if alone else []
            at = ahead + 1
            continue
        out.append(tokens[at])
        at += 1
    return out


def drop(reach: Reach, rows: list[Entry], plain: Collection[str]) -> list[tuple[Item, str]]:
    """[(function, its text without the assignments to members that nothing reads)]."""
    own = _own(reach, rows)
    found = kinds(rows, (), {name for _, name in own})  # what is private is not for callers
    how = {key: found.get(key, set()) | found.get(("", key[1]), set()) for key in own}
    unread = {key for key in own if how[key] and how[key] <= {"write", "set"} and how[key] != {"set"}}
    names = {name for _, name in unread}
    types, made = Owners(one.item for one in rows), []
    for one in rows:
        text = one.item.text
        if one.item.kind != "function" or names.isdisjoint(re.findall(r"(?:\.|->)(\w+)", text)):
            continue
        code = Code(types, types.variables(text))
        change = functools.partial(_without, keys=unread, plain=plain, code=code)
        text = text_of(mapped(cached(text), change))
        if text != one.item.text:
            made.append((one.item, fold.quiet(one.item.text, fold.resolved(text, plain), plain)))
    return made


def prune(reach: Reach, callers: list[str]) -> bool:
    """Removes the members that nothing in a copy uses. Returns whether there were any."""
    rows = list(reach.header | reach.code)
    every = {name for one in rows if one.item.kind == "type" for name in re.findall(r"\w+", one.item.text)}
    found = kinds(rows, callers, every)
    by_tag: dict[str, set[str]] = {"": set(), PUBLIC: set()}
    for tag, name in (key for key, how in found.items() if how != {"set"} or not key[0]):
        by_tag.setdefault(tag, set()).add(name)
    has_lines = reach.choice.macros.get("VWR_WITH_SPEED") != 0
    for one in rows:
        if one.item.kind == "assertion" and "cache line" in one.item.text and not has_lines:
            one.item.text = ""
    beside = members.neighbours(rows)
    shown = {
        _tag(one): _shown(one) & {*by_tag[PUBLIC], *_FOR_CALLERS.findall(one.comment)}
        for one in rows
        if TAG + _tag(one) in reach.public
    }

    def used_in(tag: str) -> set[str]:
        return shown.get(tag, set()) | by_tag[""] | by_tag.get(tag, set()) | beside.get(tag, set())

    measures = members.complete(rows, callers) - by_tag.keys()
    return members.prune(rows, callers, members.whole(rows, callers, has_lines) | measures, used_in)


def _shown(one: Entry) -> set[str]:
    """The members that a caller may read."""
    return {*_names(_inside(without_private(one.item.text)))}


def _tag(one: Entry) -> str:
    """The name of a structure; '' for other items. One of which no member is named may say how much memory there is."""
    return members.tag_of(one.item) if one.item.kind == "type" and one.item.text.startswith("struct ") else ""

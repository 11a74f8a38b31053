# SPDX-License-Identifier: MIT
"""What is inside an item: the members of a structure, the values of an enumeration, the parameters of a function."""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from vwr.c.tokens import ATTRIBUTE, HIDDEN, NAME, Token, code, split, tokens

_ATTRIBUTE = re.compile(ATTRIBUTE.pattern + r"|(?<![:\s])\s*\bVWR_[A-Z_]+\Z")
_ASSERT = re.compile(r"(?:_Static_assert|static_assert|VWR_STATIC_ASSERT)\b")
_PRIVATE = re.compile(r"/\*+\s*private\b", re.IGNORECASE)
_PUBLIC = re.compile(r"/\*+\s*public\b", re.IGNORECASE)
# Words before a declaration that do not belong to its type.
_QUALIFIERS = re.compile(r"\b(?:static|inline|extern|VWR_[A-Z_]+(?=\s+[\w*])|__extension__)\s+")

_QUALIFIER = re.compile(r"\b(?:const|volatile|restrict|__restrict|register)\b")
_TYPES = ("char", "short", "int", "long", "signed", "unsigned", "float", "double")


@dataclass
class Member:
    """A member of a structure or union, or a value of an enumeration."""

    text: str  # as declared, without its terminator, on one line
    name: str  # "" for a structure or union without one
    comment: str = ""
    members: list["Member"] = field(default_factory=list)  # of a structure or union that is defined in place
    private: bool = False
    at: int = 0  # what its declaration takes of the text, with the comment behind it and the end of the line
    end: int = 0


def bare(text: str) -> str:
    """A text without comments, in one line."""
    return " ".join(HIDDEN.sub(lambda m: " " if m[0][0] == "/" else m[0], text).split())


def declared(text: str) -> str:
    """The name that a declaration without initializer declares; it may be the parameter of a function."""
    text = re.sub(r"\[[^\]]*\]|:\s*\w+\s*$", "", _ATTRIBUTE.sub("", code(text)))
    m = re.match(rf"[^(]*?(?:\b({NAME})\s*\((?!\s*\*)|\(\s*\*\s*(?:const\s+)?({NAME})?\s*\))", text)
    if m:
        return m[1] or m[2] or ""
    words = re.findall(NAME, text)
    return words[-1] if words else ""


def head(text: str) -> str:
    """A function without its body, as it is laid out."""
    return text.split("\n{\n", 1)[0]


def signature(text: str) -> str:
    """A function's declaration on one line: without storage class, attributes, body and semicolon."""
    words = ATTRIBUTE.sub("", bare(text).partition("{")[0].rstrip("; "))
    words = re.sub(r"(?<=\))(?:\s*VWR_[A-Z_]+)+$", "", words)
    return _QUALIFIERS.sub("", words).strip().replace("( ", "(")


def parameters(text: str) -> list[str]:
    """The parameters of a function, each as declared; none for (void)."""
    words = signature(text)
    m = re.search(rf"\b{NAME}\s*\((?!\s*\*)", words)
    if m is None:
        return []
    depth = 0
    for at in range(m.end() - 1, len(words)):
        depth += (words[at] == "(") - (words[at] == ")")
        if depth == 0:
            found = [one.strip() for one in split(words[m.end() : at])]
            return [] if found in ([""], ["void"]) else found
    return []


def parameter_name(text: str) -> str:
    """The name of a parameter as declared; "" if it has none."""
    if "(" in text:
        return declared(text)
    plain = re.sub(r"\[[^\]]*\]", "", bare(text)).rstrip()
    words = re.findall(NAME, re.sub(rf"\b(?:struct|union|enum)\s+{NAME}", "int", _QUALIFIER.sub("", plain)))
    named = len(words) > 1 and plain.endswith(words[-1]) and words[-1] not in _TYPES
    return words[-1] if named else ""


def _inside(text: str) -> tuple[list[Token], int]:
    """The tokens between the outer braces, and the offset of what follows the first."""
    found, depth, first = tokens(text), 0, None
    for place, one in enumerate(found):
        if one.kind == "mark":
            depth += (one.text == "{") - (one.text == "}")
            if one.text == "{" and first is None:
                first = place + 1
            elif one.text == "}" and depth == 0 and first is not None:
                return found[first:place], found[first - 1].end
    return [], 0


def _several(text: str) -> list[str]:
    """`int *a, b[2]` as `int *a` and `int b[2]`."""
    parts = [one.strip() for one in split(text)]
    if len(parts) == 1:
        return parts
    m = re.match(rf"(.*\W)({NAME}(?:\[[^\]]*\])*(?:\s*:\s*\w+)?)$", parts[0])
    return [parts[0], *(m[1].rstrip("*") + one for one in parts[1:])] if m else [text]


def _declared_in(text: str, comment: str) -> list[Member]:
    """The members of one declaration."""
    inner = re.findall(r"/\*.*?\*/", text, re.DOTALL)
    comment = comment or (inner[0] if inner and "{" not in text else "")
    plain = bare(text).rstrip("; ")
    m = re.match(rf"(struct|union)\s*({NAME})?\s*\{{", plain)
    if m:
        behind = _ATTRIBUTE.sub("", plain[plain.rindex("}") :]).strip("} ")
        return [Member(f"{m[1]} {m[2] or ''}".strip(), declared(behind), comment, members(text))]
    plain = _ATTRIBUTE.sub("", plain).strip()
    if not plain or _ASSERT.match(plain):
        return []
    return [Member(one, declared(one), comment) for one in _several(plain)]


def _declarations(found: list[Token]) -> Iterator[list[Token]]:
    """The tokens of each declaration, and each comment between them."""
    part: list[Token] = []
    depth = 0
    for one in found:
        if not part and one.kind in ("comment", "directive"):
            yield [one]
            continue
        part.append(one)
        if one.kind == "mark":
            depth += (one.text in "([{") - (one.text in ")]}")
            if one.text == ";" and depth == 0:
                yield part
                part = []
    if part:
        yield part


_BEHIND = re.compile(r"[ \t]*(?:/\*.*?\*/)?[ \t]*\n?", re.DOTALL)


def _names(found: list[Member]) -> Iterator[str]:
    """Their names; of a union without a name, those in it."""
    for one in found:
        if one.name:
            yield one.name
        else:
            yield from _names(one.members)


@functools.lru_cache(maxsize=1 << 14)
def declarations(body: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """
    (text, names) of each declaration in the body of a structure, with the comments before and behind it; and of what
    follows the last, without a name.
    """
    found: list[tuple[str, tuple[str, ...]]] = []
    begin = 0
    for part in _declarations(tokens(body)):
        if part[-1].text != ";":
            continue
        behind = _BEHIND.match(body, part[-1].end)
        end = behind.end() if behind else part[-1].end
        found.append((body[begin:end], tuple(_names(_declared_in(body[part[0].at : part[-1].end], "")))))
        begin = end
    return (*found, (body[begin:], ())) if begin < len(body) else tuple(found)


def members(text: str) -> list[Member]:
    """The members of a structure or union, those that are private too; comments of several stay with the first."""
    found: list[Member] = []
    inside, done = _inside(text)
    above, hidden, fresh = "", False, list[Member]()
    for part in _declarations(inside):
        first, last = part[0], part[-1]
        newline = "\n" in text[done : first.at]
        if first.kind == "comment":
            done = last.end
            if newline and (_PRIVATE.match(first.text) or _PUBLIC.match(first.text)):
                hidden, fresh, above = bool(_PRIVATE.match(first.text)), [], ""
            elif not newline and fresh:
                for one in fresh:
                    one.comment, one.end = one.comment or first.text, _line_end(text, last.end)
                    one.private = one.private or bool(_PRIVATE.match(first.text))
            else:
                above, fresh = first.text, []
        elif first.kind != "directive":
            fresh = _declared_in(text[first.at : last.end], above)
            for one in fresh:
                one.private, one.at, one.end = hidden, first.at, _line_end(text, last.end)
            found += fresh
            above, done = "", last.end
    return found


def _line_end(text: str, at: int) -> int:
    """The offset after the line feed, if only blanks are before it."""
    m = re.compile(r"[ \t]*\n").match(text, at)
    return m.end() if m else at


def values(text: str) -> list[Member]:
    """The values of an enumeration; `comment` is the one above a value, or else behind it."""
    found: list[Member] = []
    inside, done = _inside(text)
    above, part, depth = "", list[Token](), 0

    def take(end: int) -> None:
        if part:
            found.append(Member(bare(text[part[0].at : end]), part[0].text, above, at=part[0].at, end=end))

    for one in inside:
        newline = "\n" in text[done : one.at]
        if one.kind == "comment":
            if newline and not part:
                above = one.text
            elif not newline and (part or found):
                if part and depth == 0:
                    take(done)
                    part = []
                if found:
                    found[-1].comment = found[-1].comment or one.text
                    found[-1].end = _line_end(text, one.end)
        elif one.kind == "mark" and one.text == "," and depth == 0:
            take(one.at)
            if part:
                found[-1].end = _line_end(text, one.end)
            part, above = [], ""
        elif one.kind != "directive":
            depth += (one.text in ("(", "[", "{")) - (one.text in (")", "]", "}"))
            part.append(one)
        done = one.end
    if part:
        take(done)
        found[-1].end = _line_end(text, done)
    return found

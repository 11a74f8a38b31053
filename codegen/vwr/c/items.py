# SPDX-License-Identifier: MIT
"""A file of C as a list of items."""

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass, field, replace

from vwr.c.tokens import ATTRIBUTE, NAME, Token, code, split, tokens, uses

_ASSERTS = ("VWR_STATIC_ASSERT", "VWR_HOOK", "_Static_assert", "static_assert")
_FRAME = ("VWR_BEGIN_C", "VWR_END_C", "}")  # make a header valid C++
_BEHIND = re.compile(r"(?:\s*\bVWR_[A-Z_]+|\s*__attribute__\s*\(\(.*\)\))+\Z", re.DOTALL)  # a declaration
_INLINE = re.compile(r"\bstatic\b|\bVWR_(?:ALWAYS|FAST|SWAP)_INLINE\b")
_KINDS = {"define": "macro", "include": "include"}
_OPENS, _CLOSES = frozenset("([{"), frozenset(")]}")


class SourceError(Exception):
    """Text with an unexpected layout: a bug of the reader or of the text."""


@dataclass
class Item:
    """A part of a file at its outer level, with a comment that begins on its last line."""

    kind: str  # comment, include, macro, block, directive, type, assertion, call, prototype, function, object
    text: str
    name: str = ""
    origin: str = ""  # the file
    static: bool = False
    paragraph: int = 0  # no empty line before the next item
    refs: Set[str] = frozenset()  # the names that it uses, without its own
    at: int = 0  # its offset
    tag: str = ""  # of a structure that the declaration of an object or of a type defines
    also: list[str] = field(default_factory=list)  # further objects of the same declaration

    def changed(self, text: str) -> None:
        """Takes another text for the same name."""
        self.text = text
        self.refs = uses(text).names - {self.name}


def _end_of_line(text: str, at: int, found: list[Token], place: int) -> tuple[int, int]:
    """(offset after the end of the line, and after a comment that begins on it; the first token behind it)."""
    end = text.find("\n", at)
    end = len(text) if end < 0 else end + 1
    while place < len(found) and found[place].kind == "comment" and found[place].at < end:
        after = found[place].end
        if after >= end:
            end = text.find("\n", after)
            end = len(text) if end < 0 else end + 1
        place += 1
    return end, place


def word_of(directive: str) -> str:
    """What a line of the preprocessor says: define, include, ifdef…"""
    m = re.match(r"\s*#\s*(\w*)", directive)
    return m[1] if m else ""


def _block_end(found: list[Token], place: int) -> int:
    """The place after the #endif of the #if here."""
    depth = 0
    for number in range(place, len(found)):
        if found[number].kind == "directive":
            word = word_of(found[number].text)
            depth += word.startswith("if") - (word == "endif")
            if depth == 0:
                return number + 1
    raise SourceError("#if without #endif")


def _named(directive: str) -> str:
    """The macro that a line defines, or the file that it includes."""
    m = re.match(r"\s*#\s*(?:define\s+(\w+)|include\s+\"([^\"]+)\")", directive)
    return (m[1] or m[2]) if m else ""


def _declaration(text: str, found: list[Token], place: int) -> tuple[str, int, bool]:
    """(text before the body or the end, place after the last token, whether it is a function with a body)."""
    at, depth, head, before = found[place].at, 0, "", ""
    if found[place].text in _FRAME:
        return found[place].text, place + 1, False
    if [one.text for one in found[place : place + 2]] == ["extern", '"C"']:
        opens = found[place + 2].text == "{"
        return (_FRAME[0], place + 3, False) if opens else _declaration(text, found, place + 2)
    for number in range(place, len(found)):
        one = found[number]
        if one.kind == "mark" and len(one.text) == 1:
            if one.text in _OPENS:
                if one.text == "{" and depth == 0 and not head:
                    head, before = text[at : one.at], code(text[at : one.at]).rstrip()
                depth += 1
            elif one.text in _CLOSES:
                depth -= 1
                if depth == 0 and one.text == "}" and _is_head(before):
                    return head, number + 1, True
            elif one.text == ";" and depth == 0:
                return head or text[at : one.at], number + 1, False
            if one.text == ")" and depth == 0 and _is_call(text[at : one.end], found, number):
                return text[at : one.end], number + 1, False
    raise SourceError(f"no end: {text[at : at + 60]!r}")


def _is_call(text: str, found: list[Token], place: int) -> bool:
    """Whether a macro is called at the outer level, without a semicolon: another declaration begins below it."""
    if not re.match(r"[A-Z][A-Z0-9_]+\(", text):
        return False
    place += 1
    while place < len(found) and found[place].kind == "comment":
        place += 1
    return place == len(found) or found[place].kind in ("name", "directive")


def _is_head(before: str) -> bool:
    """Whether what stands before a body is the head of a function."""
    return _BEHIND.sub("", before).endswith(")") and "=" not in before and bool(before)


def _function_name(head: str) -> str:
    """The name before the parameters."""
    m = re.search(rf"\b(?!__typeof__)({NAME})\s*\(", ATTRIBUTE.sub("", head))
    return m[1] if m else ""


_OF_FUNCTION = re.compile(
    rf"[^()]*?(?:\(\s*\*\s*({NAME})\s*\)|({NAME})\s*(?=\((?!\s*\*)))\s*\(.*\)\s*;\s*\Z", re.DOTALL
)
_BODY_OF_OBJECT = re.compile(rf"\b(?:struct|union|enum)(?:\s+(?:VWR_\w+\s+)?({NAME}))?\Z")
_TAG = re.compile(rf"(?:VWR_\w+\s+)?(struct|union|enum)(?:\s+(?:VWR_\w+\s+)?({NAME}))?\s*\Z")


def _typedef_name(whole: str) -> str:
    """The name that a typedef declares."""
    of_function = _OF_FUNCTION.match(whole) if "{" not in whole else None
    if of_function:
        return of_function[1] or of_function[2] or ""
    return _last_name(_BEHIND.sub("", whole.rstrip(" ;\n")))


def _last_name(text: str) -> str:
    """The name at the end, before the sizes of an array; "" if there is none."""
    m = re.search(rf"({NAME})\s*(?:\[[^\]]*\]\s*)*\Z", text)
    return m[1] if m else ""


def _behind_body(text: str) -> str:
    """What follows the first part in braces."""
    depth = 0
    for m in re.finditer("[{}]", text):
        depth += 1 if m[0] == "{" else -1
        if depth == 0:
            return text[m.end() :]
    return ""


def _object_name(whole: str, head: str) -> str:
    """The name of an object, or of the first of several."""
    before = head.split("=")[0].rstrip()
    if _BODY_OF_OBJECT.search(before) and "{" in whole and "=" not in head:  # the name follows the structure
        behind = re.split("[=,]", _behind_body(whole).rstrip("; \n"), maxsplit=1)[0]
        return _last_name(_BEHIND.sub("", ATTRIBUTE.sub("", behind)))
    pointer = re.search(rf"\(\s*\*\s*(?:const\s+)?({NAME})[^()]*\)\s*\(", before)
    if pointer:
        return pointer[1]
    if re.search(rf"\b(?:struct|union|enum)\s+{NAME}\Z", before):  # what follows its type is its name
        before = whole.partition("=")[0].rstrip("; \n")
    return _last_name(before)


def _classified(head: str, text: str, has_body: bool) -> tuple[str, str]:
    """(kind, name) of a declaration; `head` is the code before its body."""
    if head in _FRAME:
        return "call", head
    whole, head = code(text), _BEHIND.sub("", code(head).strip())
    first = (head.removeprefix("__extension__ ").split(None, 1) or [""])[0]
    if first.startswith(_ASSERTS):
        return "assertion", ""
    if first == "typedef":
        return "type", _typedef_name(whole)
    tag = _TAG.match(head)
    if tag and ("{" not in whole or not _object_name(whole, head)):
        return "type", tag[2] or ""
    if has_body:
        return "function", _function_name(head)
    if re.match(r"(?:[A-Z][A-Z0-9_]+|__asm__)\(", head):
        return "call", head.partition("(")[0]
    of_pointer = re.search(r"\(\s*\*[^()]*\)\s*\([^()]*\)\Z", head)
    if head.endswith(")") and "=" not in head and not of_pointer:
        return "prototype", _function_name(head)
    name = _object_name(whole, head)
    if not name:
        raise SourceError(f"no name: {text[:60]!r}")
    return "object", name


def _objects(text: str, name: str) -> list[str]:
    """The names of one declaration, of which one is known."""
    parts = split(code(text).rpartition(";")[0])
    return [_last_name(one.split("=")[0].rstrip()) for one in parts] if len(parts) > 1 else [name]


def _tag_of(head: str) -> str:
    """The tag of a structure that stands before the name of an object."""
    m = _BODY_OF_OBJECT.search(code(head).rstrip())
    return (m[1] or "") if m else ""


def items(text: str, origin: str = "", flat: bool = False) -> list[Item]:
    """
    The items of a text. A conditional is one item of kind block; `flat`: each of its lines is one of kind directive,
    and what is inside is at the outer level.
    """
    return list(_items(text, origin, flat))


def _items(text: str, origin: str, flat: bool) -> Iterator[Item]:
    found, place, paragraph, done = tokens(text), 0, 0, 0
    while place < len(found):
        one = found[place]
        begin = text.rfind("\n", 0, one.at) + 1 if one.kind == "directive" else one.at
        paragraph += max(0, text.count("\n", done, begin) - (0 if done == 0 or text[done - 1] == "\n" else 1))
        name, head, static, last = "", "", False, place
        if one.kind == "comment":
            kind, last = "comment", place + 1
        elif one.kind == "directive":
            word = word_of(one.text)
            is_if = word.startswith("if")
            kind = _KINDS.get(word, "directive" if flat else "block")
            last = _block_end(found, place) if is_if and not flat else place + 1
            name = _named(one.text)
        else:
            head, last, has_body = _declaration(text, found, place)
            end = found[last - 1].end
            kind, name = _classified(head, text[begin:end], has_body)
            static = bool(_INLINE.search(code(head)))
        done, place = _end_of_line(text, found[last - 1].end, found, last)
        while place < len(found) and found[place].at < done and kind != "comment":  # a second one on the line
            done = found[place].at
        item = Item(kind, text[begin:done], name, origin, static, paragraph, at=begin)
        if kind == "object":
            item.name, *item.also = _objects(item.text, name)
        if kind == "object" or head.startswith("typedef"):
            item.tag = _tag_of(head)
        if kind not in ("comment", "include"):
            item.refs = uses(item.text).names - {name}
        yield item


def copied(found: list[Item]) -> list[Item]:
    """The same items, which the caller may modify."""
    return [replace(one) for one in found]


_CPP = re.compile(r'#if(?:def __cplusplus| defined\(__cplusplus\))\n(?:extern "C" \{|\})\n#endif\n')


def without_guard(text: str) -> str:
    """A header without its include guard and its extern "C"."""
    m = re.search(r"^#ifndef (VWR_\w+_H)\n#define \1\n", text, re.MULTILINE)
    if m:
        end = text.rstrip().rfind("#endif")
        text = text[: m.start()] + text[m.end() : end]
    text = re.sub(r"^VWR_(BEGIN|END)_C\n", "", text, flags=re.MULTILINE)
    return _CPP.sub("", text)

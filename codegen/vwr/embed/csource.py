# SPDX-License-Identifier: MIT
"""
C text of this project as a list of items: only as much of C as is necessary to take a file apart and
reassemble it.

It relies on rules of tests/rules: clang-format's layout, and no conditional inside an item unless it is
resolved here.
"""

import functools
import re
from collections.abc import Set
from dataclasses import dataclass

# Comments and quoted text, which may contain text that looks like code.
_HIDDEN = re.compile(r"/\*.*?\*/|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'", re.DOTALL)
_NAME = r"[A-Za-z_]\w*"
_WORD = re.compile(
    _HIDDEN.pattern + rf"|(?<![\w.])(?<!->)((?:(?:struct|union|enum) )?{_NAME})", re.DOTALL
)  # not a member; with its tag
_BEHIND = ("VWR_MUST_CHECK",)  # attributes after a declaration
_NOT_A_NAME = ("__attribute__", "_Alignas", "__typeof__")


class SourceError(Exception):
    """Text with an unexpected layout: a bug of this package or of the text."""


@dataclass
class Item:
    """A part of a file at its outer level, including the comments before it."""

    kind: str  # comment, include, macro, block, type, assertion, prototype, function, object
    text: str
    name: str = ""
    origin: str = ""  # the file
    static: bool = False
    paragraph: int = 0  # no empty line before the next item
    refs: Set[str] = frozenset()


@functools.cache
def code(text: str) -> str:
    """The text without comments and quoted text."""
    return _HIDDEN.sub(lambda m: " " if m.group(0).startswith("/*") else '""', text)


@functools.cache
def references(text: str) -> frozenset[str]:
    """The names in a part of code, without members."""
    return frozenset(re.findall(rf"(?<![.\w])(?<!->){_NAME}", code(text)))


@functools.cache
def tags(text: str) -> frozenset[str]:
    """The names that are only tags in a part of code: a function may have the name of a structure."""
    words = re.findall(rf"(?<![.\w])(?<!->)(struct\s+|union\s+|enum\s+)?({_NAME})", code(text))
    return frozenset(name for tag, name in words if tag) - {name for tag, name in words if not tag}


def replace_names(text: str, names: dict[str, str]) -> str:
    """The text with names replaced, except for members, quoted text and comments."""

    def new(m: re.Match[str]) -> str:
        word = m[1]
        if not word or word in names:
            return names[word] if word else m[0]
        tag, space, name = word.rpartition(" ")
        return f"{tag}{space}{names.get(name, name)}"

    return _WORD.sub(new, text) if names else text


@functools.cache
def replaced(text: str, names: tuple[tuple[str, str], ...]) -> str:
    """
    The same with only the names that the text contains: profiles read the same sources, and each reads
    them twice.
    """
    return replace_names(text, dict(names))


def resolve(text: str, known: dict[str, bool]) -> str:
    """The text with #ifdef and #ifndef of names in `known` resolved (name: whether it is defined)."""
    out, stack = [], []  # on the stack: [resolved, whether this branch is kept]
    for line in text.splitlines(keepends=True):
        m = re.match(r"#\s*(ifdef|ifndef|if|else|elif|endif)\b\s*(\w*)", line)
        if m and m.group(1).startswith("if"):
            decided = m.group(1) != "if" and m.group(2) in known
            stack.append([decided, not decided or known[m.group(2)] == (m.group(1) == "ifdef")])
            if decided:
                continue
        elif m and not stack:
            raise SourceError(f"{line.strip()} without an #if")
        elif m and stack[-1][0]:
            if m.group(1) == "endif":
                stack.pop()
            else:
                stack[-1][1] = not stack[-1][1]
            continue
        keep = all(kept for _, kept in stack)
        if m and m.group(1) == "endif":
            stack.pop()
        if keep:
            out.append(line)
    return "".join(out)


def without_guard(text: str) -> str:
    """A header without its include guard and its extern "C"."""
    m = re.search(r"^#ifndef (VWR_\w+_H)\n#define \1\n", text, re.MULTILINE)
    if m:
        end = text.rstrip().rfind("#endif")
        text = text[: m.start()] + text[m.end() : end]
    text = re.sub(r"^VWR_(BEGIN|END)_C\n", "", text, flags=re.MULTILINE)
    opening = r'#if(?:def __cplusplus| defined\(__cplusplus\))\n(?:extern "C" \{|\})\n#endif\n'
    return re.sub(opening, "", text)


def _end_of_line(text: str, at: int) -> int:
    """The position after the end of the line, and after a comment that begins on it."""
    while True:
        end = text.find("\n", at)
        if end < 0:
            return len(text)
        opened = text.find("/*", at, end)
        if opened < 0:
            return end + 1
        at = text.index("*/", opened) + 2


def _directive(text: str, at: int) -> tuple[str, int]:
    """(kind, end) of a directive."""
    word = re.findall(r"#\s*(\w+)", text[at : at + 20])[0]
    if not word.startswith("if"):
        end = _end_of_line(text, at)
        while text[at:end].endswith("\\\n"):
            end = _end_of_line(text, end)
        return {"define": "macro", "include": "include"}.get(word, "block"), end
    depth = 0
    for m in re.compile(r"^#\s*(if|endif)[a-z]*.*\n?", re.MULTILINE).finditer(text, at):
        depth += 1 if m.group(1) == "if" else -1
        if depth == 0:
            return "block", m.end()
    raise SourceError("#if without #endif")


def _declaration(text: str, at: int) -> tuple[str, int]:
    """(text up to the body or the end, end) of an item that is not a directive."""
    depth, head, place = 0, None, at
    scan = re.compile(_HIDDEN.pattern + r"|[(){}\[\];]", re.DOTALL)
    for m in scan.finditer(text, at):
        found = m.group(0)
        if found in "([{" and len(found) == 1:
            if found == "{" and depth == 0 and head is None:
                head = text[at : m.start()]
            depth += 1
        elif found in ")]}" and len(found) == 1:
            depth -= 1
            if found == "}" and depth == 0 and head and code(head).rstrip().endswith(")"):
                return head, _end_of_line(text, m.end())
        elif found == ";" and depth == 0:
            return (head if head is not None else text[at : m.start()]), _end_of_line(text, m.end())
        place = m.end()
    raise SourceError(f"no end: {text[at:at + 60]!r} … {text[place - 20:place]!r}")


def _function_name(head: str) -> str:
    """The name before the parameters."""
    for m in re.finditer(rf"({_NAME})\s*\(", head):
        if m.group(1) not in _NOT_A_NAME:
            return m.group(1)
    return ""


def _classify(head: str, text: str) -> tuple[str, str]:
    """(kind, name) of a declaration; `head` is the text before its body."""
    head, whole = code(head).strip(), code(text)
    for attribute in _BEHIND:
        head = head.removesuffix(attribute).rstrip()
    first = head.split(None, 1)[0] if head else ""
    if first.startswith(("VWR_STATIC_ASSERT", "VWR_HOOK", "_Static_assert")):
        return "assertion", ""
    before = head.split("=")[0]
    if first == "typedef":
        of_function = re.match(
            rf"[^()]*?(?:\(\s*\*\s*({_NAME})\s*\)|({_NAME})\s*(?=\((?!\s*\*)))\s*\(.*\)\s*;\s*$",
            whole,
            re.DOTALL,
        )
        return "type", of_function[1] or of_function[2] if of_function else re.findall(_NAME, whole)[-1]
    tag = re.match(rf"(struct|union|enum)(?:\s+({_NAME}))?\s*$", head)
    if tag:
        return "type", tag.group(2) or ""
    if (
        re.search(rf"\b(?:struct|union|enum)\s+{_NAME}$", before)
        and "{" in whole
        and first in ("static", "const")
    ):
        raise SourceError(f"{before}: a type and an object in one declaration, which would have two names")
    unnamed = (
        re.search(rf"\}}\s*({_NAME})\s*(?:\[[^\]]*\]\s*)*=", whole)
        if re.search(r"\b(?:struct|union)$", before)
        else None
    )
    if unnamed:  # the name of a structure without a tag follows it
        return "object", unnamed[1]
    if "=" not in head and head.endswith(")") or re.search(r"\)\s*(__attribute__.*)?$", before):
        return ("function" if whole.rstrip().endswith("}") else "prototype"), _function_name(before)
    return "object", re.findall(rf"({_NAME})\s*(?:\[[^\]]*\]\s*)*$", before.strip())[0]


def items(text: str, origin: str) -> list[Item]:
    """The items of a file. The caller may modify them."""
    return [
        Item(one.kind, one.text, one.name, one.origin, one.static, one.paragraph, one.refs)
        for one in _items(text, origin)
    ]


@functools.cache
def _items(text: str, origin: str) -> list[Item]:
    found, at, paragraph = [], 0, 0
    while at < len(text):
        if text[at] == "\n":
            at, paragraph = at + 1, paragraph + 1
            continue
        head = ""
        if text.startswith("/*", at):
            kind, name, end = "comment", "", _end_of_line(text, text.index("*/", at) + 2)
        elif text[at] == "#":
            kind, end = _directive(text, at)
            m = re.match(r"#\s*(?:define\s+(\w+)|include\s+\"([^\"]+)\")", text[at:end])
            name = (m.group(1) or m.group(2)) if m else ""
        else:
            head, end = _declaration(text, at)
            kind, name = _classify(head, text[at:end])
        item = Item(
            kind,
            text[at:end],
            name,
            origin,
            bool(re.search(r"\bstatic\b|VWR_(?:ALWAYS|FAST|SWAP)_INLINE", code(head))),
            paragraph,
        )
        if kind not in ("comment", "include"):
            item.refs = references(item.text) - {name}
        found.append(item)
        at = end
    return found

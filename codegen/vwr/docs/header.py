# SPDX-License-Identifier: MIT
"""
A public header as a list of its declarations, each with the comment above it.

A group is the text between two blank lines of the header: consecutive declarations without a comment of their
own share the comment above the first. The rule on results (tests/rules/results.py) needs only `groups`; the
API pages use `read`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
# With a comment inside it, but without one at its end.
DIRECTIVE = re.compile(r"#(?:[^\n\\/]|\\.|/(?!\*)|/\*[^\n]*?\*/(?=[ \t]*\S))*", re.DOTALL)
QUOTED = re.compile(r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'')
# Words before a declaration that do not belong to its type.
QUALIFIERS = re.compile(r"^(?:(?:static|inline|extern|VWR_[A-Z_]+)\s+|__attribute__\(\(.*?\)\)\s*)+")
ATTRIBUTE_END = re.compile(r"(?:__attribute__|_Alignas|VWR_ALIGNED)\s*\(.*\)\s*$", re.DOTALL)
# The part of a header that makes it valid C++.
FRAME = re.compile(r'VWR_(?:BEGIN|END)_C\b|extern\s*"C"\s*\{?|\}')
MACRO = re.compile(r"#\s*define\s+(\w+)(\([^)]*\))?[ \t]*(.*)", re.DOTALL)
ASSERT = re.compile(r"(?:_Static_assert|VWR_STATIC_ASSERT)\b")
PRIVATE = re.compile(r"private\b", re.IGNORECASE)
PUBLIC = re.compile(r"public\b", re.IGNORECASE)


@dataclass
class Member:
    """A member of a structure or union, or an enumerator."""

    text: str  # as declared, without its terminator
    name: str
    comment: str = ""
    members: list["Member"] = field(default_factory=list)  # of a structure or union without a name


@dataclass
class Item:
    """One declaration."""

    kind: str  # function, macro, struct, union, enum, type, variable, or text: a separate comment
    name: str
    text: str  # the declaration: for a function its prototype, for a macro its name and parameters
    comment: str = ""
    members: list[Member] = field(default_factory=list)
    private: bool = False  # some members are private
    value: str = ""  # of a macro
    group: int = 0

    @property
    def key(self) -> tuple[bool, str]:
        """Tags have a separate namespace in C."""
        return self.kind in ("struct", "union", "enum"), self.name


@dataclass
class _Token:
    kind: str  # comment, directive, code, blank
    text: str
    newline: bool = False  # the first of its line


def _code_end(text: str, at: int) -> int:
    """The end of a declaration that begins at `at`: after its semicolon, or after the body of a function."""
    start, depth, function = at, 0, False
    while at < len(text):
        if match := COMMENT.match(text, at) or QUOTED.match(text, at):
            at = match.end()
            continue
        char = text[at]
        if char == "{" and depth == 0:
            function = ATTRIBUTE_END.sub("", text[start:at]).rstrip().endswith(")")
        depth += (char in "{([") - (char in "})]")
        at += 1
        if depth == 0 and (char == ";" or (char == "}" and function)):
            break
    return at


def _tokens(text: str) -> Iterator[_Token]:
    at, newline = 0, True
    while at < len(text):
        if match := re.compile(r"\s+").match(text, at):
            at = match.end()
            newline = newline or "\n" in match[0]
            if match[0].count("\n") > 1:
                yield _Token("blank", "")
            continue
        if match := COMMENT.match(text, at):
            yield _Token("comment", match[0], newline)
            at = match.end()
        elif text[at] == "#" and (match := DIRECTIVE.match(text, at)):
            yield _Token("directive", match[0].rstrip(), newline)
            at = match.end()
        elif match := FRAME.match(text, at):
            at = match.end()
        else:
            end = _code_end(text, at)
            yield _Token("code", text[at:end], newline)
            at = end
        newline = False


def bare(text: str) -> str:
    """C without comments, in one line."""
    return re.sub(r"\s+", " ", COMMENT.sub(" ", text)).strip()


def groups(text: str) -> Iterator[tuple[list[str], list[str]]]:
    """The text between blank lines: its declarations, and its comments with those inside declarations."""
    code: list[str] = []
    comments: list[str] = []
    for token in [*_tokens(text), _Token("blank", "")]:
        if token.kind == "code":
            code.append(token.text)
            comments += COMMENT.findall(token.text)
        elif token.kind == "comment":
            comments.append(token.text)
        elif token.kind == "blank":
            if code:
                yield code, comments
            code, comments = [], []


def _declarator(text: str) -> str:
    """The name that a declaration without initializer declares."""
    text = re.sub(r"\[[^\]]*\]|:\s*\w+\s*$", "", text)
    if match := re.match(r"[^(]*?(?:\b(\w+)\s*\((?!\s*\*)|\(\s*\*\s*(?:const\s+)?(\w+)\s*\))", text):
        return match[1] or match[2]
    words = re.findall(r"\w+", text)
    return words[-1] if words else ""


def _split(text: str) -> list[str]:
    """`int *a, b[2]` as `int *a` and `int b[2]`."""
    if "(" in text or "," not in text:
        return [text]
    first, *others = text.split(",")
    match = re.match(r"(.*\W)(\w+(?:\[[^\]]*\])*(?:\s*:\s*\w+)?)$", first.strip())
    return [first.strip(), *(match[1].rstrip("*") + one.strip() for one in others)] if match else [text]


def _body(text: str) -> str:
    """The text between the outer braces."""
    return text[text.index("{") + 1 : text.rindex("}")]


def _members(body: str) -> tuple[list[Member], bool]:
    """The public members of a structure, and whether it has private ones."""
    found: list[Member] = []
    above, hidden, private = "", False, False
    fresh = 0  # members that share the comment after them
    for token in _tokens(body):
        if token.kind == "comment":
            words = re.sub(r"^/\*+|\*/$", "", token.text).strip()
            if PRIVATE.match(words) and not token.newline and fresh:  # only this member
                private, found[-fresh:], fresh = True, [], 0
            elif token.newline and (PRIVATE.match(words) or PUBLIC.match(words)):
                hidden = bool(PRIVATE.match(words))
                private, fresh, above = private or hidden, 0, ""
            elif not token.newline and fresh and not hidden:
                for member in found[-fresh:]:
                    member.comment = member.comment or token.text
            else:
                above = token.text
        elif token.kind == "code" and not hidden:
            made = _member(token.text, above)
            found += made
            above, fresh = "", len(made)
    return found, private


def _member(text: str, comment: str) -> list[Member]:
    inner = COMMENT.findall(text)
    comment = comment or (inner[0] if inner and "{" not in text else "")
    if match := re.match(r"(struct|union)\s*\{", text):
        name = bare(text[text.rindex("}") + 1 :]).rstrip("; ")
        return [Member(match[1], name, comment, _members(_body(text))[0])]
    plain = ATTRIBUTE_END.sub("", bare(text).rstrip("; ")).strip()
    if not plain or ASSERT.match(plain):
        return []
    return [Member(one, _declarator(one), comment) for one in _split(plain)]


def _enumerators(body: str) -> list[Member]:
    found: list[Member] = []
    above = ""
    for part in re.findall(
        r"/\*.*?\*/|//[^\n]*|(?:[^,/()]|/(?![*/])|\((?:[^()]|\([^()]*\))*\))+,?", body, re.DOTALL
    ):
        word = part.strip().rstrip(",").strip()
        if word.startswith(("/*", "//")):
            before = body[: body.index(part)].rstrip(" ")
            if found and not before.endswith("\n"):
                found[-1].comment = found[-1].comment or word
            else:
                above = word
        elif match := re.match(r"\w+", word):
            found.append(Member(bare(word), match[0], above))
            above = ""
    return found


def _declared(text: str) -> Item | None:
    """The item that a declaration declares; None for one that a page does not show."""
    plain = bare(text)
    if not plain.strip("; ") or ASSERT.match(plain) or re.fullmatch(r"(?:struct|union|enum) \w+;", plain):
        return None
    if match := re.match(r"(struct|union)\s+(?:[A-Z_]+\s+)?(\w+)\s*\{", plain):
        members, private = _members(_body(text))
        return Item(match[1], match[2], f"{match[1]} {match[2]}", members=members, private=private)
    if match := re.match(r"enum\s*(\w*)\s*\{", plain):
        return Item("enum", match[1], f"enum {match[1]}".strip(), members=_enumerators(_body(text)))
    if plain.startswith("typedef"):
        plain = re.sub(r"\bVWR_[A-Z_]+ ", "", plain.removeprefix("typedef")).strip().rstrip(";")
        return Item("type", _declarator(plain), plain)
    head = re.split(r"\s*\{|\s*=\s", plain.rstrip(";"), maxsplit=1)[0].strip()
    head = re.sub(r"\s*__attribute__\(\(.*\)\)$|(?<=\))\s*VWR_[A-Z_]+$", "", QUALIFIERS.sub("", head))
    kind = "function" if re.search(r"\w\s*\(", head) else "variable"
    return Item(kind, _declarator(head), head)


def _macro(text: str) -> Item | None:
    match = MACRO.match(text)
    if not match or (match[1].endswith("_H") and not match[3]):
        return None
    value = re.sub(r"\s+", " ", match[3].replace("\\\n", " ")).strip()
    return Item("macro", match[1], match[1] + (match[2] or ""), value=value)


def read(text: str) -> list[Item]:
    """All declarations of a header, in its order."""
    items: list[Item] = []
    known: set[tuple[bool, str]] = set()
    comment, group = "", 0
    last: Item | None = None
    for token in [*_tokens(text), _Token("blank", "")]:
        if token.kind == "blank":
            if comment and last is None and "SPDX-" not in comment:
                items.append(Item("text", "", "", comment, group=group))
            comment, last, group = "", None, group + 1
        elif token.kind == "comment":
            if not token.newline and last is not None:
                last.comment = last.comment or token.text
            elif "SPDX-" not in token.text:
                comment, last = token.text, None
        else:
            item = _declared(token.text) if token.kind == "code" else _macro(token.text)
            if item and (not item.name or item.key not in known):
                known.add(item.key)
                item.comment, item.group = ("" if last else comment), group
                items.append(item)
                last = item
            elif token.kind == "code":
                last = last or Item("text", "", "")
    return items

# SPDX-License-Identifier: MIT
"""
Operators on clang's syntax tree: each place to which one applies, with a name that contains no line number.

Places are those of the spelling: an operator in a macro's argument is changed in the argument, one in a macro's
body in its definition, and a function of a header in the header.
"""

import hashlib
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from vwr.mutate.syntax import Node, Place, balanced, invocation_end, trees

COMMENT = re.compile(rb"/\*.*?\*/|//[^\n]*", re.DOTALL)
NUMBER = re.compile(rb"(0[xX][0-9a-fA-F]+|\d+)([uUlL]*)")
CONSTANT = re.compile(rb"(?!NULL\b)[A-Z][A-Z0-9_]{2,}\b(?!\s*\()")
DEFINITION = re.compile(rb"[ \t]*#[ \t]*define[ \t]+(\w+)(\()?")
KEYWORD = {"IfStmt": b"if", "WhileStmt": b"while"}
BODIES = {"IfStmt": 1, "ForStmt": -1, "WhileStmt": -1, "CaseStmt": -1, "DefaultStmt": -1, "LabelStmt": -1}
EFFECTS = ("CallExpr", "CompoundAssignOperator")
NAMES = {
    "relation": "< <= > >= == !=",
    "sum": "+ - * / %",
    "bits": "& | ^",
    "shift": "<< >>",
    "logic": "&& ||",
}
SWAPS = {
    **{
        "<": ("<=", ">="),
        "<=": ("<", ">"),
        ">": (">=", "<="),
        ">=": (">", "<"),
        "==": ("!=",),
        "!=": ("==",),
    },
    **{"+": ("-",), "-": ("+",), "*": ("/",), "/": ("*",), "%": ("*",)},
    **{"&": ("|",), "|": ("&",), "^": ("|",), "<<": (">>",), ">>": ("<<",), "&&": ("||",), "||": ("&&",)},
}
OPERATOR = {sign: name for name, signs in NAMES.items() for sign in signs.split()}


class Mutant(NamedTuple):
    """The parts that identify a mutant in other revisions of the file, then its position in this one."""

    file: str
    function: str
    text: str  # of the line, without surrounding space
    nth: int  # among the equal lines of the function
    operator: str
    at: int  # among the operator's changes of the line
    line: int
    start: int  # in bytes
    end: int
    before: str
    after: str
    uses: tuple[tuple[str, int], ...] = ()  # of the macro: file and line

    def key(self) -> str:
        return "\0".join(map(str, self[:6]))

    def rank(self, seed: int) -> bytes:
        return hashlib.sha256(f"{seed}\0{self.key()}".encode()).digest()


class Change(NamedTuple):
    """The change made by an operator, before it has a name."""

    file: str
    start: int
    end: int
    operator: str
    after: bytes


class Text:
    """A file's bytes, with the lines of its offsets."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.starts = [0, *(match.end() for match in re.finditer(rb"\n", data))]

    def line(self, at: int) -> int:
        return bisect_right(self.starts, at)

    def line_text(self, at: int) -> bytes:
        first = self.starts[self.line(at) - 1]
        return self.data[first : (self.data.find(b"\n", at) + 1 or len(self.data) + 1) - 1]

    def definition(self, at: int) -> re.Match[bytes] | None:
        """The macro's place, if this place is in a macro."""
        line = self.line(at)
        while line > 1 and self.data[self.starts[line - 1] - 2 : self.starts[line - 1] - 1] == b"\\":
            line -= 1
        return DEFINITION.match(self.data, self.starts[line - 1])


class Finder:
    """Finds possible changes in the syntax trees of some files."""

    def __init__(self, texts: dict[str, Text]) -> None:
        self.texts = texts
        self.found: dict[Change, tuple[str, set[tuple[str, int]]]] = {}
        self.function = ""

    def add(
        self, file: str, start: int, end: int, operator: str, after: bytes, by: Place | None = None
    ) -> None:
        """A change of the text. `by` is a token of the changed node; it identifies the use of a macro."""
        text = self.texts.get(file)
        if text is None or start > end:
            return
        after += b"\n" * (
            text.data.count(b"\n", start, end) - after.count(b"\n")
        )  # lines stay where they are
        macro = text.definition(start)
        if macro and macro[2] is None:  # a constant, which is changed where it is used
            return
        function = macro[1].decode() if macro else self.function
        uses = self.found.setdefault(Change(file, start, end, operator, after), (function, set()))[1]
        if macro and by and by.expanded and by.expanded[0] in self.texts:
            uses.add((by.expanded[0], self.texts[by.expanded[0]].line(by.expanded[1])))

    def start(self, place: Place | None) -> tuple[str, int] | None:
        """The start of a node's text, outside the macros with which it begins."""
        if place is None:
            return None
        return (place.file, place.at) if place.expanded is None or place.is_argument else place.expanded

    def finish(self, place: Place | None) -> tuple[str, int] | None:
        if place is None:
            return None
        if place.expanded is None or place.is_argument:
            return place.file, place.end
        text = self.texts.get(place.expanded[0])
        return (place.expanded[0], invocation_end(text.data, place.expanded[1])) if text else None

    def extent(self, node: Node) -> tuple[str, int, int] | None:
        """The text of a node; None if it begins and ends in different files."""
        start, end = self.start(node.begin), self.finish(node.end)
        if start is None or end is None or start[0] != end[0] or start[0] not in self.texts:
            return None
        text = self.texts[start[0]].data[start[1] : end[1]]
        return (*start, end[1]) if text and text.count(b"(") == text.count(b")") else None

    def sign(self, node: Node, sign: str) -> tuple[str, int, int] | None:
        """The operator between the two operands."""
        left, right = node.kids[0].end, node.kids[1].begin
        if left is None or right is None:
            return None
        if left.expanded is not None and left.expanded == right.expanded:
            begin, end = (left.file, left.end), (right.file, right.at)
        else:
            begin, end = self.finish(left) or ("", 0), self.start(right) or ("", 0)
        if begin[0] != end[0] or begin[0] not in self.texts or not begin[1] < end[1]:
            return None
        between = self.texts[begin[0]].data[begin[1] : end[1]]
        code = COMMENT.sub(lambda match: b" " * len(match[0]), between).replace(b"\\\n", b"  ")
        if code.strip() != sign.encode():
            return None
        at = begin[1] + code.index(sign.encode())
        return begin[0], at, at + len(sign)

    def walk(self, node: Node, evaluated: bool = True) -> None:
        if node.kind == "FunctionDecl":
            self.function = (
                node.json.get("name", "") if node.kids and node.kids[-1].kind == "CompoundStmt" else ""
            )
        evaluated = evaluated and node.kind not in ("UnaryExprOrTypeTraitExpr", "StaticAssertDecl")
        if self.function and evaluated:
            handler = getattr(self, node.kind, None)
            if handler:
                handler(node)
            self.bodies(node)
        for kid in node.kids:
            self.walk(kid, evaluated)
        if node.kind == "FunctionDecl":
            self.function = ""

    def BinaryOperator(self, node: Node) -> None:
        sign = node.json["opcode"]
        if sign not in SWAPS or (where := self.sign(node, sign)) is None:
            return
        for other in SWAPS[sign]:
            self.add(*where, OPERATOR[sign], other.encode(), node.kids[0].end)
        whole = self.extent(node) if sign in ("&&", "||") else None
        if whole and whole[0] == where[0] and whole[1] < where[1] < whole[2]:
            self.add(whole[0], whole[1], where[2], "operand", b"", node.kids[0].end)
            self.add(whole[0], where[1], whole[2], "operand", b"", node.kids[0].end)

    def CompoundAssignOperator(self, node: Node) -> None:
        sign = node.json["opcode"]
        if where := self.sign(node, sign):
            for other in SWAPS[sign[:-1]]:
                self.add(*where, OPERATOR[sign[:-1]], other.encode() + b"=", node.kids[0].end)

    def UnaryOperator(self, node: Node) -> None:
        sign = node.json["opcode"].encode()
        token = node.end if node.json.get("isPostfix") else node.begin
        if token is None or token.file not in self.texts:
            return
        if self.texts[token.file].data[token.at : token.at + len(sign)] != sign:
            return
        if sign in (b"++", b"--"):
            self.add(token.file, token.at, token.at + 2, "step", b"--" if sign == b"++" else b"++", token)
        elif sign in (b"!", b"-", b"~"):
            self.add(token.file, token.at, token.at + 1, "sign", b"", token)

    def IntegerLiteral(self, node: Node) -> None:
        token = node.begin
        if token is None:
            return
        if token.expanded and not token.is_argument:
            if self.named(token.expanded):
                return
            text = self.texts.get(token.file)
            macro = text.definition(token.at) if text else None
            if macro is None or macro[2] is None:  # a constant inside of another macro's argument
                return
        text = self.texts.get(token.file)
        number = NUMBER.fullmatch(text.data, token.at, token.end) if text else None
        if number is None:
            return
        digits = number[1].lower()
        base = 16 if digits.startswith(b"0x") else 8 if digits.startswith(b"0") else 10
        value = int(digits, base)
        for other in dict.fromkeys((value + 1, max(value - 1, 0), 0)):
            if other != value:
                shown = (f"{other:#0{len(digits)}x}" if base == 16 else str(other)).encode()
                self.add(token.file, token.at, token.end, "number", shown + number[2], token)

    def named(self, expanded: tuple[str, int]) -> bool:
        """A constant by its name; False if this is a macro with arguments."""
        text = self.texts.get(expanded[0])
        if text is None:
            return True
        for name, other in ((b"true", b"false"), (b"false", b"true")):
            if text.data.startswith(name, expanded[1]):
                self.add(expanded[0], expanded[1], expanded[1] + len(name), "truth", other)
                return True
        constant = CONSTANT.match(text.data, expanded[1])
        if constant:
            self.add(expanded[0], expanded[1], constant.end(), "constant", b"(" + constant[0] + b" + 1)")
        return constant is not None

    def DeclRefExpr(self, node: Node) -> None:
        declared, token = node.json.get("referencedDecl", {}), node.begin
        if declared.get("kind") != "EnumConstantDecl" or token is None or token.file not in self.texts:
            return
        name = declared["name"].encode()
        if self.texts[token.file].data[token.at : token.end] == name:
            self.add(token.file, token.at, token.end, "constant", b"(" + name + b" + 1)", token)

    def IfStmt(self, node: Node) -> None:
        token = node.begin
        if token is None or token.file not in self.texts:
            return
        text = self.texts[token.file].data
        opening = re.compile(re.escape(KEYWORD[node.kind]) + rb"\s*\(").match(text, token.at)
        closing = balanced(text, opening.end() - 1) if opening else 0
        if opening and closing:
            condition = text[opening.end() : closing - 1]
            self.add(token.file, opening.end(), closing - 1, "condition", b"!(" + condition + b")", token)

    WhileStmt = IfStmt

    def negate(self, condition: Node, within: Node) -> None:
        begin, end = condition.begin, condition.end
        where = self.extent(condition)
        if begin and end and within.begin and within.end and begin.expanded:
            if within.begin.expanded == within.end.expanded == begin.expanded == end.expanded:
                where = (begin.file, begin.at, end.end)  # all of it is in a macro
        if where and where[0] in self.texts and where[1] < where[2]:
            text = self.texts[where[0]].data[where[1] : where[2]]
            self.add(*where, "condition", b"!(" + text + b")", condition.begin)

    def ForStmt(self, node: Node) -> None:
        condition = node.kids[2]
        if condition.kind:
            self.negate(condition, node)
        if condition.json.get("opcode") in ("<", "<=", ">", ">=") and (
            where := self.extent(condition.kids[1])
        ):
            self.add(where[0], where[2], where[2], "bound", b" - 1", condition.kids[1].end)

    def ConditionalOperator(self, node: Node) -> None:
        self.negate(node.kids[0], node)

    def BreakStmt(self, node: Node) -> None:
        if node.begin and not node.begin.expanded:
            other = b"continue" if node.kind == "BreakStmt" else b"break"
            self.add(node.begin.file, node.begin.at, node.begin.end, "jump", other)

    ContinueStmt = BreakStmt

    def ReturnStmt(self, node: Node) -> None:
        """Success instead of an error, zero instead of nonzero, and the reverse."""
        value = self.extent(node.kids[0]) if node.kids else None
        if value is None or (node.begin and node.begin.expanded):
            return
        text = self.texts[value[0]].data[value[1] : value[2]]
        kind = node.kids[0].json.get("type", {})
        kind = kind.get("desugaredQualType", kind.get("qualType", ""))
        if kind in ("_Bool", "bool"):
            if text not in (b"true", b"false"):
                self.add(*value, "return", b"!(" + text + b")")
        elif not kind.startswith(("struct", "union")):
            nothing = text in (b"0", b"VWR_OK", b"NULL")
            if not (nothing and kind.endswith("*")):
                self.add(*value, "return", (b"-1" if kind == "int" else b"1") if nothing else b"0")

    def bodies(self, node: Node) -> None:
        """Statements without which the function still compiles: calls, assignments, barriers."""
        first = 0 if node.kind == "CompoundStmt" else BODIES.get(node.kind)
        for kid in node.kids[first:] if first is not None else ():
            effect = (
                kid.kind in EFFECTS
                or (kid.kind == "BinaryOperator" and kid.json["opcode"] == "=")
                or (kid.kind == "UnaryOperator" and kid.json["opcode"] in ("++", "--"))
                or (kid.kind == "CStyleCastExpr" and bool(kid.kids) and kid.kids[-1].kind == "CallExpr")
                or (kid.begin is not None and kid.begin.expanded is not None and not kid.begin.is_argument)
            )
            where = self.extent(kid) if effect else None
            if where and re.compile(rb"\s*;").match(self.texts[where[0]].data, where[2]):
                self.add(*where, "statement", b"", kid.begin)


def named(texts: dict[str, Text], found: dict[Change, tuple[str, set[tuple[str, int]]]]) -> Iterator[Mutant]:
    """The changes with their names, in the order of the files."""
    lines: dict[tuple[str, str, bytes], list[int]] = {}
    sites: Counter[tuple[str, int, str]] = Counter()
    for change in sorted(found):
        text, (function, uses) = texts[change.file], found[change]
        line, whole = text.line(change.start), text.line_text(change.start).strip()
        same = lines.setdefault((change.file, function, whole), [])
        if line not in same:
            same.append(line)
        site = (change.file, line, change.operator)
        before = text.data[change.start : change.end]
        parts = (function, whole.decode(), same.index(line), change.operator, sites[site], line)
        yield Mutant(
            change.file,
            *parts,
            change.start,
            change.end,
            before.decode(),
            change.after.decode(),
            tuple(sorted(uses)),
        )
        sites[site] += 1


def mutants(root: Path, sources: dict[str, bytes], files: Sequence[str]) -> list[Mutant]:
    """All mutants of these files, a subset of the sources."""
    texts = {file: Text(data) for file, data in sources.items()}
    finder = Finder(texts)
    for tree in trees(root, files):
        for node in tree:
            finder.walk(node)
    chosen = set(files)
    return list(named(texts, {change: row for change, row in finder.found.items() if change.file in chosen}))

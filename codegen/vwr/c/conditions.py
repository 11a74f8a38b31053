# SPDX-License-Identifier: MIT
"""
Resolves the preprocessor conditionals in a text that the profile decides. Conditionals that depend on the
port or the
compiler are kept.
"""

import re
from collections.abc import Mapping

# The value of a macro: a number; None: it is not defined.
Values = Mapping[str, int | None]

_DIRECTIVE = re.compile(r"#\s*(ifdef|ifndef|if|elif|else|endif)\b[ \t]*(.*)")
_TOKEN = re.compile(
    r"\s*(defined\s*\(\s*\w+\s*\)|defined\s+\w+|&&|\|\||[!=<>]=|\d+\w*|\w+(?:\s*\([^()]*\))?|.)"
)
_COMPARED = {
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    ">=": lambda a, b: a >= b,
    "<=": lambda a, b: a <= b,
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
}


def _split(words: list[str], operator: str) -> list[list[str]]:
    """Operands at the outer level."""
    parts: list[list[str]] = [[]]
    depth = 0
    for word in words:
        depth += (word == "(") - (word == ")")
        if word == operator and depth == 0:
            parts.append([])
        else:
            parts[-1].append(word)
    return parts


def _asks(word: str) -> str:
    """The macro that `defined` asks for."""
    found = re.fullmatch(r"defined\s*\(?\s*(\w+)\s*\)?", word)
    return found[1] if found else ""


def _operand(words: list[str], known: Values) -> tuple[int | None, str]:
    """(value or None, text) of an expression without && and || at its outer level."""
    text = " ".join(words).replace("( ", "(").replace(" )", ")").replace("! ", "!")
    if words[0] == "!":
        value, inside = _operand(words[1:], known)
        return (None if value is None else int(not value)), f"!{inside}"
    if words[0] == "(" and words[-1] == ")":
        value, inside = _expression(words[1:-1], known)
        return value, f"({inside})"
    for operator, compare in _COMPARED.items():
        sides = _split(words, operator)
        if len(sides) == 2:
            (a, _), (b, _) = (_operand(side, known) for side in sides)
            return (None if a is None or b is None else int(compare(a, b))), text
    if len(words) != 1:
        return None, text
    asked = _asks(words[0])
    if asked:
        return (int(known[asked] is not None) if asked in known else None), text
    if words[0] in known:
        return known[words[0]] or 0, text
    number = re.fullmatch(r"(\d+)[uUlL]*", words[0])
    return (int(number[1]) if number else None), text


def _expression(words: list[str], known: Values) -> tuple[int | None, str]:
    """(value or None, text without the operands that are decided)."""
    for operator, ends in (("||", 1), ("&&", 0)):
        parts = _split(words, operator)
        if len(parts) == 1:
            continue
        kept = []
        for part in parts:
            value, text = _expression(part, known)
            if value is None:
                kept.append(text)
            elif bool(value) == bool(ends):
                return ends, ""
        return (None, f" {operator} ".join(kept)) if kept else (1 - ends, "")
    return _operand(words, known)


def value(expression: str, known: Values) -> tuple[int | None, str]:
    """(value of an expression of #if, or None; the part of it that decides)."""
    return _expression(_TOKEN.findall(re.sub(r"/\*.*?\*/", "", expression).strip()), known)


def _asked(word: str, expression: str, known: Values) -> tuple[int | None, str]:
    """(value, line) of a directive that begins a branch."""
    if word in ("ifdef", "ifndef"):
        name = re.findall(r"\w+", expression)[0]
        is_defined = int(known[name] is not None) if name in known else None
        same = is_defined is None or word == "ifdef"
        return (is_defined if same else int(not is_defined)), f"#{word} {expression}\n"
    found, left = value(expression, known)
    return found, f"#{word} {left}\n"


class _Branches:
    """An #if, while its lines are read."""

    def __init__(self, found: int | None, begins: int) -> None:
        self.begins = begins  # the number of lines before it
        self.decided = found is not None  # no directive of it was kept
        self.taken = found == 1  # a branch before this line is the one
        self.kept = found != 0


def _drop_comment(out: list[str]) -> None:
    """Removes the comment that ends here, whose subject is absent."""
    if not out or not out[-1].rstrip().endswith("*/"):
        return
    begin = len(out) - 1
    while not out[begin].lstrip().startswith("/*"):
        begin -= 1
    if not out[begin][0].isspace():
        del out[begin:]


def resolve(text: str, known: Values) -> str:
    """The text with its conditionals resolved; a condition that is kept has no decided operands."""
    out: list[str] = []
    stack: list[_Branches] = []
    lines = text.splitlines(keepends=True)
    while lines:
        line = lines.pop(0)
        m = _DIRECTIVE.match(line)
        if m is None:
            if all(one.kept for one in stack):
                out.append(line)
            continue
        while line.endswith("\\\n"):
            line = line[:-2].rstrip() + " " + lines.pop(0).lstrip()
        m = _DIRECTIVE.match(line)
        assert m is not None
        word, expression = m[1], m[2].strip()
        if word.startswith("if"):
            found, line = _asked(word, expression, known)
            inside = all(one.kept for one in stack)
            stack.append(_Branches(found, len(out)))
            if found is None and inside:
                out.append(line)
            continue
        last = stack[-1]
        outside = all(one.kept for one in stack[:-1])
        if word == "endif":
            stack.pop()
            if not last.decided and outside:
                out.append("#endif\n")
            elif last.decided and len(out) == last.begins and not (lines and lines[0].strip(" };\n")):
                _drop_comment(out)
            continue
        found, line = (1, "#else\n") if word == "else" else _asked(word, expression, known)
        if last.taken or found == 0:
            last.kept = False
        elif last.decided:  # the branches before it are absent
            last.kept = True
            last.taken = found == 1
            if found is None:
                last.decided = False
                if outside:
                    out.append(line.replace("#elif", "#if", 1))
        else:
            last.kept = True
            last.taken = found == 1
            if outside:
                out.append("#else\n" if found == 1 else line)
    return "".join(out)

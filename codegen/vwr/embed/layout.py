# SPDX-License-Identifier: MIT
"""
Lines of a copy: a line whose length differs from the library's is laid out again, as .clang-format
does.
"""

import re

from vwr.c.tokens import code, split

WIDTH = 110
RENAMED = re.compile(r"\b(?:vwr|VWR)_")  # a name of one file is longer here than in the library


def joined(text: str) -> str:
    """A macro on one line. The comment after it is kept."""
    return re.sub(r"[ \t]*\\\n[ \t]*", " ", text)


def macro(text: str) -> str:
    """A macro that fits the width."""
    text = re.sub(r"\(0u\) \| | \| \(0u\)(?!\w)", "", text)  # features that are left out
    text = re.sub(r"^(#define \w+(?:\(\w+\))?) \(\(?(\w+)\)?\)$", r"\1 \2", text.rstrip("\n")) + "\n"
    if len(text) <= WIDTH + 1 or "/*" in text:
        return text
    m = re.match(r"#define \w+(\([^)]*\))? ", text)
    assert m is not None
    lines, line = [m[0].rstrip()], "   "
    for word in text[m.end() :].split():
        if len(line) + 1 + len(word) > WIDTH - 2:
            lines.append(line)
            line = "       "
        line += " " + word
    lines.append(line)
    width = max(map(len, lines[:-1])) + 1
    return "".join(f"{one:<{width}}\\\n" for one in lines[:-1]) + lines[-1] + "\n"


def _parts(text: str) -> list[str]:
    """The parts of a list, each on one line."""
    return [" ".join(one.split()) for one in split(text)]


def head(text: str) -> str:
    """The head of a function, with its parameters below the first one if they do not fit on a line."""
    opening = re.search(r"(\w+)\((?!\()", without_attributes(text))
    if opening is None:
        return text
    at = text.index(opening[1] + "(") + len(opening[1]) + 1
    depth, end = 1, at
    while depth > 0:
        depth += (text[end] == "(") - (text[end] == ")")
        end += 1
    before, behind = " ".join(text[:at].split()), text[end:]
    before = before.replace("* ", "*") if before.endswith("* (") else before
    lines, line = [], before
    indent = " " * len(before)
    parameters = _parts(text[at : end - 1])
    for number, one in enumerate(parameters):
        last = number + 1 == len(parameters)
        word = one + (")" if last else ",")
        ends = 1 if last and behind.startswith(";") else 0
        if line != before and len(line) + 1 + len(word) + ends > WIDTH:
            lines.append(line)
            line = indent + word
        else:
            line += word if line == before else " " + word
    return "\n".join([*lines, line]) + behind


def without_attributes(text: str) -> str:
    """The text with attributes blanked out, of the same length."""
    return re.sub(r"__attribute__\s*\(\(.*?\)\)", lambda m: " " * len(m[0]), code(text))


def function(text: str) -> str:
    """A definition whose name or storage class has a different length than in the library."""
    before, opening, inside = text.partition("\n{\n")
    return head(before) + opening + body(inside) if opening else text


_TABLE = re.compile(r"\A(?:[\w ]+ )?(\w+)\[[^\n]*\] = \{\n")


def _filled(words: list[str], indent: str) -> list[str]:
    """Lines of parts that are separated by commas."""
    lines, line = [], indent
    for word in words:
        if line != indent and len(line) + len(word) + 2 > WIDTH:
            lines.append(line.rstrip())
            line = indent
        line += ("" if line == indent else " ") + word
    return [*lines, line.rstrip()]


def _row(row: str) -> list[str]:
    """A row of a table, without the members that are 0."""
    members = [one for one in _parts(row.strip()[1:-1]) if one and not re.search(r"= (?:0|\{0, 0\})$", one)]
    lines = _filled([f"{one}," for one in members], "     ")
    lines[0] = "    {" + lines[0].strip()
    lines[-1] = lines[-1].removesuffix(",") + "},"
    return lines


def table(text: str) -> str:
    """A table with as many members on a line as fit, and without those that are 0."""
    opening = _TABLE.match(text)
    inside = re.sub(r"/\* \w+ \*/", "", text[opening.end() : -len("};\n")] if opening else "")
    if opening is None or not text.endswith("};\n") or "/*" in inside or re.search('[#"]', code(inside)):
        return text
    rows = [one for one in _parts(inside) if one]
    if all(re.fullmatch(r"\{.*\}", row) for row in rows):
        lines = [line for row in rows for line in _row(row)]
    elif all(re.fullmatch(r"\w+", row) for row in rows):
        lines = _filled([f"{row}," for row in rows], "    ")
    else:
        return text
    return opening[0] + "\n".join(lines) + "\n};\n"


def _blanked(line: str) -> str:
    """A line whose quoted text and comments are blank, of the same length."""
    return re.sub(r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|/\*.*?\*/", lambda m: "_" * len(m[0]), line)


def _open_brackets(line: str, before: list[int]) -> list[int]:
    """The columns after the brackets that are open at the end of a line."""
    found = list(before)
    for column, letter in enumerate(_blanked(line)):
        if letter in "([":
            found.append(column + 1)
        elif letter in ")]" and found:
            found.pop()
    return found


def _broken(line: str) -> list[str]:
    """A statement in lines that fit."""
    out: list[str] = []
    indent = len(line) - len(line.lstrip())
    first = indent + (7 if line.lstrip().startswith("return ") else 4)
    while len(line) > WIDTH:
        blank, depth, best = _blanked(line), 0, (1 << 30, 0)
        start = len(line) - len(line.lstrip())
        for column, letter in enumerate(blank[:WIDTH]):
            depth += (letter in "([") - (letter in ")]")
            after = (
                blank[: column + 1]
                .rstrip()
                .endswith((",", "&&", "||", " |", " +", " -", " &", " =", " <<", ";"))
            )
            ahead = blank[column + 1 :].startswith(("? ", ": "))
            if letter == " " and column > start and (after or ahead):
                best = min(best, (depth - (0 if after and blank[column - 1] != "=" else -1), -column))
        at = -best[1]
        if not at:
            break
        brackets = _open_brackets(line[:at], [])
        out.append(line[:at].rstrip())
        line = " " * (brackets[-1] if brackets else first) + line[at:].strip()
    return [*out, line]


def _is_aligned(group: list[str]) -> bool:
    """Whether each line begins below what the bracket around it contains."""
    brackets: list[int] = []
    for number, line in enumerate(group):
        if number > 0 and brackets and len(line) - len(line.lstrip()) != brackets[-1]:
            return False
        if len(line) > WIDTH:
            return False
        brackets = _open_brackets(line, brackets)
    return True


def body(text: str) -> str:
    """A function whose statements fit the width, with their parts below each other."""
    out: list[str] = []
    lines = text.split("\n")
    while lines:
        group = [lines.pop(0)]
        if re.match(r"\s*(?:/\*|\*|#|$)", group[0]) or not group[0].startswith(" "):
            out += group
            continue
        while lines and (_open_brackets("\n".join(group), []) or re.search(r"[=+|&?:,]$", group[-1])):
            if group[-1].endswith(("{", ":")) or re.match(r"\s*(?:#|/\*)", lines[0]):
                break
            group.append(lines.pop(0))
        if (
            len(group) == 1
            and len(group[0]) <= WIDTH
            or any("/*" in line or "{" in line[:-1] for line in group)
        ):
            out += group
            continue
        one = group[0]
        for before, line in zip(group, group[1:]):
            one += ("" if before.endswith(("(", "[")) else " ") + line.strip()
        is_longer = RENAMED.search(one) and not _is_aligned(group)
        if len(one) > WIDTH and not is_longer and max(map(len, group)) <= WIDTH:
            out += group
            continue
        out += _broken(one)
    return "\n".join(out)

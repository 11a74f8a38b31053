# SPDX-License-Identifier: MIT
"""
Text operators on C: every place of a file to which one applies, with a name that contains no line number.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

BLANKED = re.compile(
    r"""/\*.*?\*/ | //[^\n]* | "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*'""", re.DOTALL | re.VERBOSE
)
DIRECTIVE = re.compile(r"^[ \t]*\#(?:\\\n|[^\n])*", re.MULTILINE)
NAMED = re.compile(
    r"[A-Za-z_].*?\b(\w+)(?:\(|(?:\[.*\])? = \{)"
)  # a function or a table, at the first column
CALL = re.compile(r"(\w+)(?:(?:->|\.)\w+)*\(.*\);")
ASSIGNMENT = re.compile(r"[*(]*\w[^\s=]* (?:[-+*/|&^]|<<|>>)?= .*;")
NO_CALL = {"return", "if", "for", "while", "switch", "sizeof", "_Static_assert"}
CONDITION = re.compile(r"\bif \(")
NUMBER = re.compile(r"(?<![\w.])(0[xX][0-9a-fA-F]+|\d+)([uUlL]*)\b(?!\.)")
# By name: where the operator applies, and the replacement. clang-format puts spaces around binary operators.
SWAPS = {
    "relation": (
        r"(?<= )(<=?|>=?|==|!=)(?= |$)",
        {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "=="},
    ),
    "logic": (r"(?<= )(&&|\|\|)(?= |$)", {"&&": "||", "||": "&&"}),
    "sum": (r"(?<=[\w)\]] )([-+])(?= |$)", {"+": "-", "-": "+"}),
    "shift": (r"(?<= )(<<|>>)(?= |$)", {"<<": ">>", ">>": "<<"}),
    "bits": (r"(?<=[\w)\]] )([|&])(?= |$)", {"|": "&", "&": "|"}),
    "truth": (r"\b(true|false)\b", {"true": "false", "false": "true"}),
    "jump": (r"\b(break|continue)(?=;)", {"break": "continue", "continue": "break"}),
    "step": (r"(\+\+|--)", {"++": "--", "--": "++"}),
    "error": (r"(?<=\breturn )(VWR_E\w+)(?=;)", None),
}


class Mutant(NamedTuple):
    """The parts that identify a mutant in other revisions of the file, then its position in this one."""

    file: str
    function: str
    text: str  # of the line, without surrounding space
    nth: int  # among the equal lines of the function
    operator: str
    at: int  # among the operator's places in the line
    line: int
    before: str  # the whole line
    after: str

    def key(self) -> str:
        return "\0".join(map(str, self[:6]))

    def rank(self, seed: int) -> bytes:
        return hashlib.sha256(f"{seed}\0{self.key()}".encode()).digest()


def code_of(text: str) -> str:
    """The text, with comments, strings and directives replaced by spaces. Columns stay the same."""

    def blank(match: re.Match[str]) -> str:
        return re.sub(r"[^\n]", " ", match[0])

    return DIRECTIVE.sub(blank, BLANKED.sub(blank, text))


def balanced(code: str) -> int:
    """
    The index after the parenthesis that closes the one at the first column; 0 if it is not on this line.
    """
    depth = 0
    for at, character in enumerate(code):
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth == 0:
            return at + 1
    return 0


def is_statement(code: str) -> bool:
    """A call or an assignment that fills its line."""
    call = CALL.fullmatch(code)
    return code.count("(") == code.count(")") and bool(
        (call and call[1] not in NO_CALL) or (not call and ASSIGNMENT.fullmatch(code))
    )


def next_number(match: re.Match[str]) -> str:
    value = int(match[1], 16 if match[1][:2] in ("0x", "0X") else 8 if match[1][0] == "0" else 10) + 1
    return (f"{value:#0{len(match[1])}x}" if match[1][:2] in ("0x", "0X") else str(value)) + match[2]


def changes(code: str) -> Iterator[tuple[str, int, int, str]]:
    """Operator, start, end, replacement; for one line without comments and strings."""
    for name, (pattern, swap) in SWAPS.items():
        for match in re.finditer(pattern, code):
            yield name, match.start(1), match.end(1), swap[match[1]] if swap else "VWR_OK"
    for match in NUMBER.finditer(code):
        yield "number", match.start(), match.end(), next_number(match)
    for match in CONDITION.finditer(code):
        length = balanced(code[match.end() - 1 :])
        if length:
            yield "condition", match.end(), match.end(), "!("
    start = len(code) - len(code.lstrip())
    if is_statement(code.strip()):
        yield "statement", start, len(code.rstrip()), ";"


def mutants(file: str, text: str) -> Iterator[Mutant]:
    """All mutants of a file, in the order of its lines."""
    function = ""
    same: Counter[tuple[str, str]] = Counter()
    for number, (line, code) in enumerate(zip(text.split("\n"), code_of(text).split("\n"), strict=True), 1):
        if (named := NAMED.match(code)) and not code.rstrip().endswith(";"):
            function = named[1]
        elif code.startswith("}"):
            function = ""
        sites: Counter[str] = Counter()
        for operator, start, end, instead in changes(code):
            after = line[:start] + instead + line[end:]
            if operator == "condition":
                closing = start - 1 + balanced(code[start - 1 :])
                after = line[:start] + "!(" + line[start : closing - 1] + ")" + line[closing - 1 :]
            place = (file, function, line.strip(), same[function, line.strip()], operator, sites[operator])
            yield Mutant(*place, number, line, after)
            sites[operator] += 1
        same[function, line.strip()] += bool(sites)

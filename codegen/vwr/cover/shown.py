# SPDX-License-Identifier: MIT
"""
Lines, branches and conditions from the text of llvm-cov show. A header has as many instances as files include it; their
counters and vectors are one here.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from vwr.c.tokens import tokens

NAMED = re.compile(
    r"[A-Za-z_].*?\b(\w+)(?:\(|(?:\[.*\])? = \{)"
)  # a function or a table, at the first column
LINE = re.compile(r" *(\d+)\| *([^|]*)\|")
BRANCH = re.compile(r"  \|  Branch \((\d+):(\d+)\): \[True: (\S+), False: (\S+)\]")  # a constant is Folded
DECISION = re.compile(r"  \|---> MC/DC Decision Region \((\d+):(\d+)\) to \((\d+):(\d+)\)")
CONDITION = re.compile(r"  \|     Condition C\d+ --> \((\d+):(\d+)\)")
VECTOR = re.compile(r"  \|  \d+ \{ ([TFC, -]+?)\s*= ([TF]) ")
FOLDED = re.compile(r"  \|  C(\d+)-Pair: constant folded")
SWITCH = re.compile(r"(case|default)\b|.*\bswitch \($")  # a branch, but no condition
PART = re.compile(r"((?:(?!&&|\|\|).)+)(?:&&|\|\||$)", re.DOTALL)  # of a decision, and the operator behind it
ENDS = re.compile(r"&&|\|\||[(),;?{]")
Place = tuple[int, int]  # line and column


class Condition(NamedTuple):
    """A condition of the source, and whether tests show that it decides."""

    file: str
    line: int
    function: str
    text: str
    decision: str
    decided: bool

    def key(self) -> str:
        return f"{self.file} {self.function}: {self.text}"


@dataclass
class Decision:
    """
    Conditions joined by && and ||, and the combinations that tests executed: T, F, or - for not
    evaluated.
    """

    end: Place
    places: list[Place] = field(default_factory=list)
    vectors: set[tuple[str, ...]] = field(default_factory=set)
    constant: set[int] = field(default_factory=set)  # in every instance

    def joined(self, other: "Decision | None") -> "Decision":
        """
        Merges another instance. A macro may have fewer conditions in some builds, whose vectors do not
        count.
        """
        if other is None or len(other.places) < len(self.places):
            return self
        if len(other.places) == len(self.places):
            order = self.order(other.places)
            other.vectors |= {(*(vector[at] for at in order), vector[-1]) for vector in self.vectors}
            other.constant &= {at for at, mine in enumerate(order) if mine in self.constant}
        return other

    def order(self, places: Sequence[Place]) -> list[int]:
        """
        Maps each of these to one of our conditions. A macro defined on the command line has a separate
        position.
        """
        left = list(range(len(self.places)))

        def taken(at: int) -> int:
            left.remove(at)
            return at

        same = [
            (
                taken(next(at for at in left if self.places[at] == place))
                if any(self.places[at] == place for at in left)
                else None
            )
            for place in places
        ]
        return [left.pop(0) if at is None else at for at in same]

    def decided(self, at: int) -> bool:
        """
        Two vectors that differ in this condition and in the result, and in no other condition that both
        evaluate.
        """

        def independent(one: Sequence[str], other: Sequence[str]) -> bool:
            return (
                {one[at], other[at]} == {"T", "F"}
                and one[-1] != other[-1]
                and all(
                    a == b or "-" in (a, b)
                    for number, (a, b) in enumerate(zip(one[:-1], other[:-1], strict=True))
                    if number != at
                )
            )

        return any(independent(*pair) for pair in combinations(self.vectors, 2))

    def counts(self, at: int) -> bool:
        """Whether it can be evaluated: neither constant in all builds, nor after a condition that is."""
        behind = bool(self.constant and self.vectors) and all(vector[at] == "-" for vector in self.vectors)
        return at not in self.constant and not behind


@dataclass
class File:
    """What is known of a source."""

    lines: dict[int, bool] = field(default_factory=dict)
    branches: dict[Place, list[bool]] = field(default_factory=dict)
    decisions: dict[Place, Decision] = field(default_factory=dict)


def read(text: str, root: Path) -> dict[str, File]:
    """The files by their names in the tree."""
    files: dict[str, File] = {}
    file, decision, folded, start = File(), Decision((0, 0)), set[int](), (0, 0)
    for row in text.splitlines():
        if row.startswith(str(root)) and row.endswith(":"):
            file = files.setdefault(Path(row[:-1]).relative_to(root).as_posix(), File())
        elif found := BRANCH.match(row):
            both = file.branches.setdefault((int(found[1]), int(found[2])), [False, False])
            both[0] |= found[3] != "0"
            both[1] |= found[4] != "0"
        elif found := DECISION.match(row):
            start, end = (int(found[1]), int(found[2])), (int(found[3]), int(found[4]))
            decision, folded = Decision(end), set()
        elif found := CONDITION.match(row):
            decision.places.append((int(found[1]), int(found[2])))
        elif found := VECTOR.match(row):
            decision.vectors.add((*found[1].replace(" ", "").split(","), found[2]))
        elif found := FOLDED.match(row):
            folded.add(int(found[1]) - 1)
        elif row.startswith("  |  MC/DC Coverage for Decision"):
            decision.constant = folded
            file.decisions[start] = decision.joined(file.decisions.get(start))
        elif (found := LINE.match(row)) and found[2].strip():
            number = int(found[1])
            file.lines[number] = file.lines.get(number, False) or found[2].strip() != "0"
    return files


def code_of(text: str) -> str:
    """The text, with comments, strings and directives replaced by spaces. Columns stay the same."""
    parts, done = list[str](), 0
    for one in tokens(text):
        if one.kind in ("comment", "quoted", "directive"):
            parts += [text[done : one.at], re.sub(r"[^\n]", " ", one.text)]
            done = one.end
    return "".join(parts) + text[done:]


def conditions(name: str, text: str, file: File) -> Iterator[Condition]:
    """Of decisions with several conditions and of those with one."""
    code = code_of(text).split("\n")
    functions = list(named(code))
    parts: set[Place] = set()
    for start, decision in sorted(file.decisions.items()):
        whole = between(code, start, decision.end)
        words = of_macros(whole, start, decision.places)
        parts.update(decision.places)
        for at, place in enumerate(decision.places):
            inside = start <= place <= decision.end
            shown = from_here(code, place) if inside else next(words, f"C{at + 1}")
            if decision.counts(at):
                yield Condition(
                    name,
                    (place if inside else start)[0],
                    functions[start[0] - 1],
                    shown,
                    squeezed(whole),
                    decision.decided(at),
                )
    for place, both in sorted(file.branches.items()):
        line, column = code[place[0] - 1], place[1] - 1
        if place not in parts and not SWITCH.match(line[column:]) and not SWITCH.match(line[:column]):
            shown = from_here(code, place)
            yield Condition(name, place[0], functions[place[0] - 1], shown, shown, all(both))


def of_macros(whole: str, start: Place, places: Sequence[Place]) -> Iterator[str]:
    """The parts of a decision in which no condition begins: those are where a macro is defined."""

    def place(offset: int) -> Place:
        lines = whole[:offset].count("\n")
        return start[0] + lines, offset - whole.rfind("\n", 0, offset) + (0 if lines else start[1] - 1)

    for part in PART.finditer(whole):
        if not any(place(part.start()) <= each < place(part.end()) for each in places):
            yield part[1].strip("() \n")


def named(code: Sequence[str]) -> Iterator[str]:
    """The function of each line."""
    function = ""
    for line in code:
        if (found := NAMED.match(line)) and not line.rstrip().endswith(";"):
            function = found[1]
        yield function


def squeezed(text: str) -> str:
    return " ".join(text.split())


def between(code: Sequence[str], start: Place, end: Place) -> str:
    lines = list(code[start[0] - 1 : end[0]])
    lines[-1] = lines[-1][: end[1] - 1]
    lines[0] = lines[0][start[1] - 1 :]
    return "\n".join(lines)


def from_here(code: Sequence[str], place: Place) -> str:
    """The condition that begins here: up to an operator or a parenthesis that was not opened in it."""
    text = between(code, place, (min(place[0] + 3, len(code)), 200))
    depth = 0
    for found in ENDS.finditer(text):
        if found[0] == "(":
            depth += 1
        elif found[0] == ")" and depth:
            depth -= 1
        elif depth == 0:
            return squeezed(text[: found.start()])
    return squeezed(text)

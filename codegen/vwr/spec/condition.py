# SPDX-License-Identifier: MIT
"""Conditions: `if: "A and (B or C) and not D"` as a text with its parsed form."""

import functools
import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple, get_args, get_origin

from vwr.grammar.row import Logic, Row, is_row, keys, kinds

_TOKEN = re.compile(r"\s*(?:(==|[()])|(0x[0-9a-fA-F]+|[0-9]+|[A-Za-z][A-Za-z0-9_.]*)(?![A-Za-z0-9_.])|(\S))")
_WORDS = ("and", "or", "not", "offered", "has")
VALUE = 0  # after the path of a fact: the position of its value
_MOST = 64  # maximum number of choices after `or` is distributed over `and`
_DEEPEST = 16  # maximum number of parentheses and of `not` around a fact


class Wrong(Exception):
    """A text that is not a condition; `at` is the position of the error."""

    def __init__(self, at: int, message: str, hint: str) -> None:
        super().__init__(message)
        self.at, self.hint = at, hint


@dataclass(frozen=True)
class Fact:
    """
    A fact. `how` is empty for a name; `offered` for a feature that the device offers; `has` for a field and
    the number of its bit, `==` for a field or register and its value.
    """

    name: str
    how: str = ""
    value: str | int = ""
    at: int = field(default=0, compare=False)  # its position in the text, and that of its value
    value_at: int = field(default=0, compare=False)

    @property
    def kind(self) -> str:
        """Its kind: name, offered, bit, value, register or part."""
        if self.how == "==":
            return "register" if isinstance(self.value, int) else "value"
        return {"offered": "offered", "has": "bit"}.get(self.how) or (
            "part" if self.name.islower() else "name"
        )

    def __str__(self) -> str:
        if self.how == "offered":
            return f"offered {self.name}"
        return f"{self.name} {self.how} {self.value}" if self.how else self.name


class Literal(NamedTuple):
    """A fact, or its negation."""

    fact: Fact
    so: bool = True

    def __str__(self) -> str:
        return f"{'' if self.so else 'not '}{self.fact}"


Clause = tuple[Literal, ...]  # a choice: any of them


class Condition(str):
    """The text of a condition, and its meaning: all of its clauses must hold, and any literal of each."""

    clauses: tuple[Clause, ...]
    logic: Logic

    def __new__(cls, text: str, clauses: Iterable[Clause] = (), logic: Logic = Logic("")) -> "Condition":
        made = super().__new__(cls, text)
        made.clauses, made.logic = tuple(clauses), logic
        return made

    def all_facts(self) -> list[Fact]:
        """All facts that it names."""
        return [literal.fact for clause in self.clauses for literal in clause]

    def facts(self, kind: str, so: bool = True) -> list[Fact]:
        """Facts of a kind, positive or negated."""
        return [
            fact
            for clause in self.clauses
            for fact, positive in clause
            if fact.kind == kind and positive == so
        ]

    def named(self, so: bool = True) -> list[str]:
        """Names without an operator: features, or status bits."""
        return [fact.name for fact in self.facts("name", so)]

    def rules(self, kind: str = "name") -> list[list[str]]:
        """The choices of positive facts of a kind, all of which must hold."""
        found = [[fact.name for fact, so in clause if so and fact.kind == kind] for clause in self.clauses]
        return [names for names in found if names]

    @functools.cached_property
    def choice(self) -> list[str]:
        """The features of which any must be negotiated."""
        return max(self.rules(), key=len, default=[])

    @functools.cached_property
    def beside(self) -> list[str]:
        """The feature that must also be negotiated."""
        rules = self.rules()
        if rules:
            rules.remove(self.choice)
        return rules[0] if rules else []

    def renamed(self, change: Callable[[Fact], Fact]) -> "Condition":
        """The other facts of that form."""
        clauses = [tuple(Literal(change(fact), so) for fact, so in clause) for clause in self.clauses]
        return Condition(text_of(clauses), clauses, self.logic)

    def kept(self, known: Callable[[Fact], bool]) -> "Condition | None":
        """The rest of the condition with only the known facts; None if nothing remains."""
        left = [tuple(one for one in clause if known(one.fact)) for clause in self.clauses]
        clauses = [clause for clause in left if clause]
        return Condition(text_of(clauses), clauses, self.logic) if clauses else None

    def can(self, known: Callable[[Fact], bool]) -> bool:
        """Whether it can hold if only known facts can be true."""
        return all(any(not so or known(fact) for fact, so in clause) for clause in self.clauses)


ALWAYS = Condition("")


def said(row: Row | dict[str, Any], key: str = "if") -> Condition:
    """The condition of a row."""
    found = row.get(key, ALWAYS) if isinstance(row, dict) else ALWAYS
    return found if isinstance(found, Condition) else ALWAYS


def text_of(clauses: Iterable[Clause]) -> str:
    """Clauses as a text."""
    words = [" or ".join(map(str, clause)) for clause in clauses]
    several = len(words) > 1
    return " and ".join(f"({word})" if several and " or " in word else word for word in words)


# Reading -----------------------------------------------------------------------------------------------------------


def read(text: str, logic: Logic) -> Condition:
    """The condition that a text is, or Wrong."""
    reader = _Reader(text)
    clauses = reader.any_of()
    if reader.token:
        raise Wrong(
            reader.at,
            "unexpected ')'" if reader.token == ")" else f"unexpected '{reader.token}' after a condition",
            "expected 'and', 'or' or the end of the condition",
        )
    return Condition(text, clauses, logic)


class _Reader:
    """Reads from left to right, one token ahead. Results are clauses, all of which must hold."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.token, self.at, self.end, self.depth = "", 0, 0, 0
        self.next()

    def next(self) -> str:
        """Moves to the next token; returns the previous one."""
        before, match = self.token, _TOKEN.match(self.text, self.end)
        if match and match[3]:
            raise Wrong(
                match.start(3),
                f"unexpected '{match[3]}' in a condition",
                "allowed: names, numbers, parentheses, '==', 'and', 'or', 'not', 'offered', 'has'",
            )
        self.token = (match[1] or match[2]) if match else ""
        self.at = match.end() - len(self.token) if match else len(self.text)
        self.end = match.end() if match else len(self.text)
        return before

    def any_of(self) -> list[Clause]:
        found = self.all_of()
        while self.token == "or":
            self.next()
            found = self._small([_joined(one, two) for one, two in itertools.product(found, self.all_of())])
        return found

    def all_of(self) -> list[Clause]:
        found = self.one()
        while self.token == "and":
            self.next()
            found = self._small(found + self.one())
        return found

    def one(self) -> list[Clause]:
        """A fact, a term in parentheses, or the negation of one."""
        if self.token not in ("not", "("):
            return [(Literal(self._fact()),)]
        if self.depth == _DEEPEST:
            what = f"the condition has a fact within more than {_DEEPEST} parentheses or 'not'"
            raise Wrong(self.at, what, "simplify the condition")
        self.depth += 1
        found = self._term()
        self.depth -= 1
        return found

    def _term(self) -> list[Clause]:
        if self.token == "not":
            self.next()
            found: list[Clause] = [()]
            for clause in self.one():
                turned = [Literal(fact, not so) for fact, so in clause]
                found = [_joined(one, (literal,)) for one, literal in itertools.product(found, turned)]
            return self._small(found)
        start = self.at
        self.next()
        found = self.any_of()
        if self.token != ")":
            raise Wrong(start, "missing ')'", "close this parenthesis")
        self.next()
        return found

    def _fact(self) -> Fact:
        how = self.next() if self.token == "offered" else ""
        at, name = self.at, self._word("a name", str.isidentifier)
        if how or self.token not in ("==", "has"):
            if "." in name:
                raise Wrong(at, f"'{name}' needs a value", "write FIELD == VALUE or FIELD has BIT")
            return Fact(name, how, at=at)
        how, value_at = self.next(), self.at
        value = self._word("a value", lambda _: True)
        return Fact(name, how, int(value, 0) if value[0].isdigit() else value, at, value_at)

    def _word(self, what: str, fits: Callable[[str], bool]) -> str:
        if self.token in ("", "(", ")", "==", *_WORDS) or not fits(self.token.replace(".", "_")):
            shown = f"'{self.token}'" if self.token else "the end of the condition"
            raise Wrong(self.at, f"expected {what}, not {shown}", "example: A and (B or C) and not D")
        return self.next()

    def _small(self, clauses: list[Clause]) -> list[Clause]:
        """The clauses without those that others imply."""
        left = list(dict.fromkeys(clauses))
        if len(left) > _MOST:
            raise Wrong(self.at, f"the condition has more than {_MOST} choices", "simplify the condition")
        return [one for one in left if not any(set(two) < set(one) for two in left)]


def _joined(one: Clause, two: Clause) -> Clause:
    return tuple(dict.fromkeys((*one, *two)))


# Places of conditions
# -----------------------------------------------------------------------------------------


Found = tuple[dict[str, Any], tuple[str | int, ...], Logic]


class _Below(NamedTuple):
    """A kind of value that a condition may be in: a mapping of this kind, or else a list of these."""

    row: Any  # a kind of row, or None
    items: tuple["_Below", ...]


class _Way(NamedTuple):
    """A key that leads to conditions: it has one, or its value has some."""

    logic: Logic | None
    below: tuple[_Below, ...]


def places(row: type[Row], data: Any) -> Iterator[Found]:
    """(mapping, path of the value, allowed facts) of each condition in a mapping of that kind."""
    found: list[Found] = []
    _of_row(row, data, (), found)
    return iter(found)


def _of_row(row: Any, data: Any, path: tuple[str | int, ...], found: list[Found]) -> None:
    if not isinstance(data, dict):
        return
    ways = _ways(row)
    for name, value in data.items():
        way = ways.get(name)
        if way and way.logic:
            if isinstance(value, str):
                found.append((data, (*path, name), way.logic))
        elif way and isinstance(value, (dict, list)):
            _of_value(way.below, value, (*path, name), found)


def _of_value(below: tuple[_Below, ...], value: Any, path: tuple[str | int, ...], found: list[Found]) -> None:
    for one in below:
        if one.row:
            _of_row(one.row, value, path, found)
        elif isinstance(value, list):
            for index, item in enumerate(value):
                _of_value(one.items, item, (*path, index), found)


@functools.cache
def _ways(row: Any) -> dict[str, _Way]:
    """The keys of a kind of row that are conditions, or may have some below."""
    return {
        name: _Way(
            next((kind for kind in kinds(key.hint) if isinstance(kind, Logic)), None),
            tuple(_below(key.hint)),
        )
        for name, key in keys(row).items()
        if key.inner or any(isinstance(kind, Logic) for kind in kinds(key.hint))
    }


def _below(hint: Any) -> Iterator[_Below]:
    if is_row(hint):
        yield _Below(hint, ())
    elif get_origin(hint) is list:
        yield _Below(None, tuple(_below(get_args(hint)[0])))
    else:
        for inner in get_args(hint):
            yield from _below(inner)

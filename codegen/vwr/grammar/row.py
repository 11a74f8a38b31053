# SPDX-License-Identifier: MIT
"""
What the grammar is written in: a class for each kind of row, an annotation for each key of it.

    class Queue(Row):
        name: QueueName
        count: Annotated[int, Integer("Number of queues", 1, U16_MAX)] | None = key("How many there are; 1 ...")

A key is required unless None is one of its types or it is a Flag. An attribute is called after its key, with `_` for each
dash; a word of Python has a `_` behind it. Schemas, the page of keys and the reader of rows are made from these classes.
"""

import keyword
import types
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, NamedTuple, Union, get_args, get_origin, get_type_hints


@dataclass(frozen=True)
class Text:
    """A text; `form` says in a message what the pattern is."""

    title: str
    pattern: str | None = None
    form: str | None = None
    meaning: str | None = None
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Integer:
    """A whole number from `low` to `high`."""

    title: str
    low: int
    high: int
    meaning: str | None = None


@dataclass(frozen=True)
class Words:
    """The values are those of the Literal; this is what a message calls one of them."""

    title: str
    meaning: str | None = None


@dataclass(frozen=True)
class Items:
    """How many a list has."""

    least: int = 1
    most: int | None = None
    distinct: bool = False
    meaning: str | None = None


@dataclass(frozen=True)
class Either:
    """One of several types."""

    meaning: str


@dataclass(frozen=True)
class Logic:
    """
    A condition: facts joined by `and`, `or`, `not` and parentheses. `names`: what a word in capitals is. It is an `and` of `all` names
    or choices (A or B) at most, of which `choices` are choices of `most` names at most; and of the kinds of facts in `also`.
    """

    meaning: str
    names: str = "feature"
    all: int = 1
    choices: int = 0
    most: int = 8
    also: frozenset[str] = frozenset()
    example: str = "VIRGL and (BLOB or CONTEXT)"


class True_:  # pylint: disable=invalid-name
    """A key that says `true` or is not there."""


Flag = Annotated[bool, True_()]
DISTINCT = Items(distinct=True)


@dataclass(frozen=True)
class _Said:
    meaning: str
    title: str | None


def key(meaning: str, title: str | None = None) -> Any:
    """What a key means, in place of what its type says of itself."""
    return _Said(meaning, title)


class Key(NamedTuple):
    """A key of a row, as it is declared."""

    name: str  # in YAML
    attribute: str
    hint: Any  # its type, without None
    required: bool
    meaning: str | None  # None: what the type says
    title: str | None

    def said(self) -> str:
        """What it means, in the words of the key or of its type."""
        return self.meaning or meaning(self.hint)


class Row:
    """A mapping of the YAML. `ONE_OF`: of these keys there is just one. `UNLESS`: the keys that are needed without the first."""

    ONE_OF: ClassVar[tuple[str, ...]] = ()
    UNLESS: ClassVar[tuple[str, tuple[str, ...]] | None] = None
    ORDER: ClassVar[int] = 0  # of its keys among those of other classes: before them, or behind
    LEAST: ClassVar[int] = 1  # how many a list has that says nothing of it
    DASHES: ClassVar[bool] = True  # in the names of keys, for each _ of an attribute
    YAML: ClassVar[dict[str, str]] = {}  # attributes that are not called after their key


def _classes(row: type[Row]) -> list[type[Row]]:
    """From the base on, by their ORDER."""
    found = [one for one in reversed(row.__mro__) if issubclass(one, Row) and one is not Row]
    return sorted(found, key=lambda one: one.__dict__.get("ORDER", 0))


_known = dict[Any, dict[str, Key]]()


def keys(row: type[Row]) -> dict[str, Key]:
    """The keys of a kind of row by their names, in the order in which a page tells them."""
    if row not in _known:
        _known[row] = _keys(row)
    return _known[row]


def _keys(row: type[Row]) -> dict[str, Key]:
    hints = get_type_hints(row, include_extras=True)
    found = dict[str, Key]()
    for one in _classes(row):
        for attribute in one.__dict__.get("__annotations__", {}):
            if get_origin(hints[attribute]) is not ClassVar:
                made = _key(row, attribute, hints[attribute])
                found[made.name] = made
    return found


def _key(row: type[Row], attribute: str, hint: Any) -> Key:
    plain = attribute[:-1] if attribute.endswith("_") and keyword.iskeyword(attribute[:-1]) else attribute
    name = row.YAML.get(attribute, plain.replace("_", "-") if row.DASHES else plain)
    said = getattr(row, attribute, None)
    meaning, title = (said.meaning, said.title) if isinstance(said, _Said) else (None, None)
    left = without_none(hint)
    return Key(name, attribute, left, left is hint and not is_flag(hint), meaning, title)


def without_none(hint: Any) -> Any:
    """A type without None among its choices; itself if None is none of them."""
    choices = get_args(hint)
    if get_origin(hint) not in (Union, types.UnionType) or type(None) not in choices:
        return hint
    return Union[tuple(choice for choice in choices if choice is not type(None))]


def is_flag(hint: Any) -> bool:
    """Whether the key is `true` or not there."""
    return any(isinstance(kind, True_) for kind in kinds(hint))


def kinds(hint: Any) -> tuple[Any, ...]:
    """What is annotated to a type."""
    return getattr(hint, "__metadata__", ())


def is_row(hint: Any) -> bool:
    """Whether a type is a kind of row."""
    return isinstance(hint, type) and issubclass(hint, Row)


def meaning(hint: Any) -> str:
    """What a type says of itself."""
    if is_row(hint):
        return " ".join((hint.__doc__ or "").split())
    return next((kind.meaning for kind in kinds(hint) if getattr(kind, "meaning", None)), "")


def rows_of(files: Iterable[type[Row]]) -> list[type[Row]]:
    """These kinds of rows and all that stand inside of them, each once."""
    found, left = list[type[Row]](), list(files)
    while left:
        one = left.pop(0)
        if one not in found:
            found.append(one)
            left += [inner for key_ in keys(one).values() for inner in inside(key_.hint)]
    return found


def inside(hint: Any) -> Iterator[type[Row]]:
    """The kinds of rows that a type speaks of."""
    if is_row(hint):
        yield hint
    for one in get_args(hint):
        yield from inside(one)

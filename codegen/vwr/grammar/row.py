# SPDX-License-Identifier: MIT
"""
The elements of a grammar: a class for each kind of row, with an annotation for each of its keys.

    class Queue(Row):
        name: QueueName
        count: Annotated[int, Integer("Number of queues", 1, U16_MAX)] | None = key("Number of queues ...")

A key is required unless None is one of its types or it is a Flag. An attribute has the name of its key, with
`_` for each dash; a Python keyword gets a trailing `_`. Schemas, the page of keys and the reader of rows are
derived from these classes.
"""

import functools
import keyword
import types
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, NamedTuple, Union, get_args, get_origin, get_type_hints


@dataclass(frozen=True)
class Text:
    """A text. `form` describes the pattern in messages."""

    title: str
    pattern: str | None = None
    form: str | None = None
    meaning: str | None = None
    examples: tuple[str, ...] = ()
    most: int | None = None  # characters


@dataclass(frozen=True)
class Integer:
    """An integer from `low` to `high`."""

    title: str
    low: int
    high: int
    meaning: str | None = None


@dataclass(frozen=True)
class Words:
    """The values of the Literal. `title` is the name of a value in messages."""

    title: str
    meaning: str | None = None


@dataclass(frozen=True)
class Items:
    """Number of elements of a list."""

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
    A condition: facts joined by `and`, `or`, `not` and parentheses. `names` is the meaning of a name in
    capitals. A condition is an `and` of at most `all` names or choices (A or B), of which at most `choices`
    are choices, each of at most `most` names; and of the kinds of facts in `also`.
    """

    meaning: str
    names: str = "feature"
    all: int = 1
    choices: int = 0
    most: int = 8
    also: frozenset[str] = frozenset()
    example: str = "VIRGL and (BLOB or CONTEXT)"


class True_:  # pylint: disable=invalid-name
    """A key that is `true` or absent."""


Flag = Annotated[bool, True_()]
DISTINCT = Items(distinct=True)


@dataclass(frozen=True)
class _Said:
    meaning: str | None = None
    title: str | None = None
    default: Any = None
    shown: Any = None
    absent: bool = False


def key(meaning: str | None = None, title: str | None = None, default: Any = None, shown: Any = None) -> Any:
    """
    The meaning of a key, which overrides that of its type; the value that an absent key stands for; its type
    in a file, if that of the attribute is another.
    """
    return _Said(meaning, title, default, shown)


def maybe(meaning: str | None = None, default: Any = None, shown: Any = None) -> Any:
    """The same in the annotation of an attribute: of a key that may be absent."""
    return _Said(meaning, None, default, shown, absent=True)


class Key(NamedTuple):
    """A key of a row, as declared."""

    name: str  # in YAML
    attribute: str
    hint: Any  # its type, without None
    inner: "type[Row] | None"  # the first kind of row inside it
    required: bool
    meaning: str | None  # None: that of the type
    title: str | None
    default: Any

    def said(self) -> str:
        """The meaning of the key, or of its type."""
        return self.meaning or meaning(self.hint)


class Row:
    """
    A mapping in the YAML. `ONE_OF`: exactly one of these keys is present. `UNLESS`: the keys that are
    required without the first.
    """

    ONE_OF: ClassVar[tuple[str, ...]] = ()
    UNLESS: ClassVar[tuple[str, tuple[str, ...]] | None] = None
    ORDER: ClassVar[int] = 0  # position of its keys relative to those of other classes
    LEAST: ClassVar[int] = 1  # default minimum length of a list
    DASHES: ClassVar[bool] = True  # whether names of keys have a dash for each _ of an attribute
    YAML: ClassVar[dict[str, str]] = {}  # attributes with a name other than their key's
    ALL: ClassVar[bool] = True  # whether an attribute whose annotation has no meaning is a key too
    SHOWN: ClassVar[Any] = None  # the type in a file, if it is no mapping


def _classes(row: type[Row]) -> list[type[Row]]:
    """The classes of a row, from the base on, sorted by ORDER."""
    found = [one for one in reversed(row.__mro__) if issubclass(one, Row) and one is not Row]
    return sorted(found, key=lambda one: one.__dict__.get("ORDER", 0))


_known = dict[Any, dict[str, Key]]()


def keys(row: type[Row]) -> dict[str, Key]:
    """The keys of a kind of row by name, in the order of the page of keys."""
    if row not in _known:
        _known[row] = _keys(row)
    return _known[row]


def _keys(row: type[Row]) -> dict[str, Key]:
    hints = get_type_hints(row, include_extras=True)
    found = dict[str, Key]()
    for one in _classes(row):
        for attribute in one.__dict__.get("__annotations__", {}):
            is_key = get_origin(hints[attribute]) is not ClassVar and (row.ALL or _said(hints[attribute]))
            if is_key:
                made = _key(row, attribute, hints[attribute])
                found[made.name] = made
    return found


def _said(hint: Any) -> _Said | None:
    return next((kind for kind in kinds(hint) if isinstance(kind, _Said)), None)


def _key(row: type[Row], attribute: str, hint: Any) -> Key:
    plain = attribute[:-1] if attribute.endswith("_") and keyword.iskeyword(attribute[:-1]) else attribute
    name = row.YAML.get(attribute, plain.replace("_", "-") if row.DASHES else plain)
    said = _said(hint)
    if said:
        left = _in_file(said.shown or without_none(hint.__origin__))
        required = not said.absent and not is_flag(left)
    else:
        found = getattr(row, attribute, None)
        said = found if isinstance(found, _Said) else _Said()
        left = without_none(hint)
        required = left is hint and not is_flag(hint)
    inner = next(iter(inside(left)), None)
    return Key(name, attribute, left, inner, required, said.meaning, said.title, said.default)


def _in_file(hint: Any) -> Any:
    """The type of an attribute of a node as a file has it."""
    return Flag if hint is bool else getattr(hint, "SHOWN", None) or hint


def without_none(hint: Any) -> Any:
    """A type without None among its choices; the type itself if None is not one of them."""
    choices = get_args(hint)
    if get_origin(hint) not in (Union, types.UnionType) or type(None) not in choices:
        return hint
    return Union[tuple(choice for choice in choices if choice is not type(None))]


def is_flag(hint: Any) -> bool:
    """Whether the key is `true` or absent."""
    return any(isinstance(kind, True_) for kind in kinds(hint))


def kinds(hint: Any) -> tuple[Any, ...]:
    """The annotations of a type."""
    return getattr(hint, "__metadata__", ())


def is_row(hint: Any) -> bool:
    """Whether a type is a kind of row."""
    return isinstance(hint, type) and issubclass(hint, Row)


def meaning(hint: Any) -> str:
    """The meaning of a type."""
    if is_row(hint):
        return " ".join((hint.__doc__ or "").partition("\n\n")[0].split())
    return next((kind.meaning for kind in kinds(hint) if getattr(kind, "meaning", None)), "")


def rows_of(files: Iterable[type[Row]]) -> list[type[Row]]:
    """These kinds of rows and all kinds of rows inside them, each once."""
    found, left = list[type[Row]](), list(files)
    while left:
        one = left.pop(0)
        if one not in found:
            found.append(one)
            left += [inner for key_ in keys(one).values() for inner in inside(key_.hint)]
    return found


@functools.cache  # kinds of files have many types in common
def inside(hint: Any) -> list[type[Row]]:
    """The kinds of rows inside a type."""
    own = [hint] if is_row(hint) else []
    return own + [inner for one in get_args(hint) for inner in inside(one)]

# SPDX-License-Identifier: MIT
"""One condition, `if: "A and (B or C) and not D"`, replaces lists, and separate keys for each form."""

from collections.abc import Iterator
from typing import Any

from yaml.nodes import MappingNode, SequenceNode

from vwr.convert.text import Path, Text, plain, value_of

_PRESENCE = ("if", "also", "if-not", "if-bit", "refused-by", "with")


def step(text: Text) -> None:
    """Converts all conditions of a text."""
    for path, row in text.mappings():
        try:
            _row(text, path, row)
        except (AttributeError, KeyError, TypeError):
            continue  # a fact that the older grammar lacks too: ./vwr check reports it
    if isinstance(text.root, MappingNode) and isinstance(value_of(text.root, "channel"), SequenceNode):
        _channel(text, value_of(text.root, "channel").value)


def _row(text: Text, path: Path, row: MappingNode) -> None:
    if _has(row, "side") and (_has(row, "features") or _has(row, "without")):
        _set(text, row, "if", list(_conflict(plain(row))), "features", "without", "when")
    elif _has(row, "union"):
        _union(text, row)
    if path[-2:-1] == ("sizes",) and isinstance(value_of(row, "if"), SequenceNode):
        _set(text, row, "if", _rule(plain(value_of(row, "if"))))
    elif path[-2:-1] != ("union",):
        _presence(text, row)
    _absent(text, row)
    _requires(text, row)
    _registers(text, row)
    if _has(row, "set") or _has(row, "clear"):
        _status(text, row)


def _has(row: MappingNode, *names: str) -> bool:
    return any(key.value in names for key, _ in row.value)


def _names(said: Any) -> list[Any]:
    """One name, or several."""
    return said if isinstance(said, list) else [said]


def _rule(said: Any) -> list[str]:
    """An `and` of names and choices."""
    return [" or ".join(_names(one)) for one in _names(said)]


def _joined(terms: list[str]) -> str:
    """The conjunction of these; a choice next to others is in parentheses."""
    several = len(terms) > 1
    return " and ".join(f"({one})" if several and " or " in one else one for one in terms)


def _set(text: Text, row: MappingNode, key: str, terms: list[str], *old: str) -> None:
    """
    A condition under `key`, at the position of the first key that it replaces. The other keys are removed.
    """
    there = [name.value for name, _ in row.value if name.value in (key, *old)]
    if there:
        text.rename(row, there[0], key)
        text.replace(value_of(row, there[0]), _joined(terms))
        text.remove(row, *there[1:])


def _conflict(row: Any) -> Iterator[str]:
    yield from _names(row.get("features", []))
    if "when" in row:
        yield f"{row['when']['field']} == {row['when']['value']}"
    yield from (f"not {name}" for name in _names(row.get("without", [])))


def _presence(text: Text, row: MappingNode) -> None:
    """Conditions of items that exist only with or without another item."""
    listed = isinstance(value_of(row, "if"), SequenceNode)
    if listed or _has(row, *_PRESENCE[1:5]) or _has(row, "with") and _has(row, "part"):
        _set(text, row, "if", list(_terms(plain(row))), *_PRESENCE[1:])


def _terms(row: Any) -> Iterator[str]:
    if "if" in row:
        yield " or ".join(_names(row["if"]))
    for key in ("also", "with"):
        yield from [row[key]] if key in row else []
    if "if-bit" in row:
        yield f"{row['if-bit']['field']} has {row['if-bit']['value']}"
    yield from (f"not {name}" for name in _names(row.get("if-not", [])))
    yield from [f"not offered {row['refused-by']}"] if "refused-by" in row else []


def _union(text: Text, row: MappingNode) -> None:
    """A member of a union, selected by the value of an earlier field."""
    by = plain(value_of(row, "by"))
    for member in value_of(row, "union").value if by else ():
        if values := plain(value_of(member, "is")):
            terms = [" or ".join(_names(plain(value_of(member, "if"))))] if _has(member, "if") else []
            terms += [" or ".join(f"{by} == {value}" for value in _names(values))]
            _set(text, member, "if", terms, "is")
    if by:
        text.remove(row, "by")


def _absent(text: Text, row: MappingNode) -> None:
    """The result of a getter for an absent field: with another feature, or inside a struct."""
    if isinstance(inside := value_of(row, "absent-in"), SequenceNode):
        fields = [
            f"{plain(value_of(one, 'field'))}: {text.source(value_of(one, 'value'))}" for one in inside.value
        ]
        text.rename(row, "absent-in", "absent")
        text.replace(inside, "{" + ", ".join(fields) + "}")
    if isinstance(other := value_of(row, "absent-with"), MappingNode):
        old = value_of(row, "absent")
        rows = f"[{{value: {text.source(value_of(other, 'value'))}, if: {plain(value_of(other, 'if'))}}}, "
        rows += f"{{value: {text.source(old) if old else 0}}}]"
        text.replace(old or other, rows)
        if old:
            text.remove(row, "absent-with")
        else:
            text.rename(row, "absent-with", "absent")


def _requires(text: Text, row: MappingNode) -> None:
    """
    The features that a feature requires, those with which a device offers it, and those that a device type
    requires.
    """
    old = ("requires", "offer-with", "needs")
    listed = any(isinstance(value_of(row, key), SequenceNode) for key in old)
    if listed:
        said = plain(row)
        terms = [one for key in ("requires", "needs") if key in said for one in _rule(said[key])]
        terms += [
            " or ".join(f"offered {name}" for name in _names(one))
            for one in _names(said.get("offer-with", []))
        ]
        _set(text, row, "requires", terms, *old[1:])


def _registers(text: Text, row: MappingNode) -> None:
    """Conditions for an access to a register, and the condition that a driver waits for."""
    when, done = value_of(row, "when"), value_of(row, "done")
    if isinstance(when, MappingNode) and _has(when, "status-set", "status-clear", "registers"):
        said = plain(when)
        legacy = said.get("legacy", {}).get("status-set")
        if legacy:
            text.add(row, "when", "legacy", "{when: " + _joined(_when({**said, "status-set": legacy})) + "}")
        text.replace(when, _joined(_when(said)))
    if isinstance(done, MappingNode) and _has(done, "after"):
        text.rename(done, "after", "value")
        _set(
            text,
            done,
            "when",
            [f"{name} == {value}" for name, value in plain(value_of(done, "reads")).items()],
            "reads",
        )


def _when(said: Any) -> list[str]:
    return [
        *said.get("status-set", []),
        *(f"not {name}" for name in said.get("status-clear", [])),
        *(f"{name} == {value}" for name, value in said.get("registers", {}).items()),
    ]


def _status(text: Text, row: MappingNode) -> None:
    """Conditions before and after a step, and the condition of the device's notification."""
    said = plain(row)
    if _has(row, "after", "before"):
        terms = [*said.get("after", []), *(f"not {name}" for name in said.get("before", []))]
        _set(text, row, "when", terms, "after", "before")
    if _has(row, "notify-after"):
        _set(text, row, "notify", said["notify-after"], "notify-after")


def _channel(text: Text, rows: list[Any]) -> None:
    """A command is rejected after the commands that exclude it."""
    by_name: dict[str, list[str]] = {plain(value_of(row, "command")): [] for row in rows}
    excluded = [name for row in rows for name in _names(plain(value_of(row, "excludes")) or [])]
    if not set(excluded) <= set(by_name):
        return  # a name that is not a command stays in place
    for row in rows:
        for name in _names(plain(value_of(row, "excludes")) or []):
            by_name[name].append(plain(value_of(row, "command")))
    for row in rows:
        if terms := [f"not {name}" for name in by_name[plain(value_of(row, "command"))]]:
            if _has(row, "excludes"):
                _set(text, row, "when", terms, "excludes")
            else:
                text.add(row, "command", "when", _joined(terms))
        elif _has(row, "excludes"):
            text.remove(row, "excludes")

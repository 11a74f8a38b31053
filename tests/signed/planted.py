# SPDX-License-Identifier: MIT
"""Errors planted in a reader's copy: what share of them a reader finds says how much a signature is worth."""

import dataclasses
import functools
import json
import random
import re
from collections.abc import Callable, Iterator

import yaml

from described import ROOT, Row

PROSE = ("brief", "text", "by-hand", "because")
CONDITIONS = ("if", "requires", "when", "notify")
LIMITS = ("range", "absent", "queue-size")
VERSIONS = ("1.0", "1.1", "1.2", "1.3", "1.4")
FACT = re.compile(r"\b[A-Z][A-Z0-9_]+\b")
NUMBER = re.compile(r"(?<![\w.^-])(?<!power of )\d+(?!\w|[.^-]\w)")
VERB = r" (?:(?!address|status|always)\w+s|\w+ed|can|may|must|wrote|did|set|read|had|made|has|is)\b"
SIDE = re.compile(rf"\b([Tt]he) (driver|device)(?={VERB}|[.,;:]|$)")
WAY = re.compile(r"\b(transmi(?:t|ts|tted|tting|ssion)|recei(?:ve|ves|ved|ving|ption))\b", re.IGNORECASE)
WAYS = (
    ("transmit", "receive"),
    ("transmits", "receives"),
    ("transmitted", "received"),
    ("transmitting", "receiving"),
    ("transmission", "reception"),
)
EXTREMES = (("maximum", "minimum"), ("largest", "smallest"), ("most", "least"), ("highest", "lowest"))
ORDER = (("before", "after"), ("first", "last"), ("earlier", "later"), ("preceding", "following"))
TIMES = ("nanoseconds", "microseconds", "milliseconds", "seconds")
SIZES = ("bytes", "512-byte sectors", "4096-byte pages", "KiB")
UNIT_GROUPS = (
    TIMES,
    SIZES,
    ("pixels", "bytes"),
    ("logical blocks", "512-byte sectors"),
    ("packets", "bytes"),
)
WORD_GROUPS = (TIMES, ("bits", "bytes"), ("KiB", "MiB"), ("sectors", "blocks"))


@dataclasses.dataclass
class Plant:
    """An error: its rows (two if their texts are exchanged), kind, what is there and what it becomes."""

    rows: list[Row]
    kind: str
    old: str
    new: str
    write: Callable[[], None]


Kind = Callable[[Row, list[Row], random.Random], Iterator[Plant]]


def _scalars(row: Row, keys: tuple[str, ...]) -> list[tuple[str, yaml.ScalarNode]]:
    """Keys and texts of a row, those in a list one by one."""
    found = [(key, node) for key, node in row.own() if key in keys]
    return [
        (key, item)
        for key, node in found
        for item in (node.value if isinstance(node, yaml.SequenceNode) else [node])
        if isinstance(item, yaml.ScalarNode)
    ]


def _changed(row: Row, kind: str, key: str, node: yaml.ScalarNode, new: str) -> Plant:
    """The error that one text is another."""
    return Plant(
        [row], kind, f"{key}: {node.value}", f"{key}: {new}", functools.partial(setattr, node, "value", new)
    )


def _like(word: str, new: str) -> str:
    return new.capitalize() if word[0].isupper() else new


def _swapped(text: str, pairs: tuple[tuple[str, str], ...]) -> str:
    """The text with each word of a pair replaced by the other."""
    other = {**dict(pairs), **{second: first for first, second in pairs}}
    words = re.compile(r"\b(" + "|".join(other) + r")\b", re.IGNORECASE)
    return words.sub(lambda found: _like(found[0], other[found[0].lower()]), text)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


def _similar(one: str, two: str) -> bool:
    """Two sentences of one form that do not say the same."""
    first, second = _words(one), _words(two)
    return first != second and 2 * len(first & second) >= max(len(first), len(second))


def exchanged(row: Row, _rows: list[Row], chance: random.Random) -> Iterator[Plant]:
    """The brief is that of a sibling, and the sibling's is this one's."""
    for key in ("brief", "text"):
        mine = row.get(key)
        for other in chance.sample(row.siblings, len(row.siblings)):
            theirs = other.get(key)
            if mine and theirs and _similar(mine.value, theirs.value):
                old = f"{key}: {mine.value} | {theirs.value}"
                new = f"{key}: {theirs.value} | {mine.value}"
                yield Plant([row, other], "exchanged", old, new, functools.partial(_exchange, mine, theirs))


def _exchange(one: yaml.ScalarNode, two: yaml.ScalarNode) -> None:
    one.value, two.value = two.value, one.value


def side(row: Row, _rows: list[Row], _chance: random.Random) -> Iterator[Plant]:
    """Driver and device, or transmitting and receiving, are exchanged."""
    other = {"driver": "device", "device": "driver"}
    for key, node in _scalars(row, PROSE):
        if SIDE.search(node.value):
            new = SIDE.sub(lambda found: f"{found[1]} {other[found[2]]}", node.value)
            yield _changed(row, "side", key, node, new)
        elif WAY.search(node.value):
            yield _changed(row, "side", key, node, _swapped(node.value, WAYS))


def unit(row: Row, _rows: list[Row], chance: random.Random) -> Iterator[Plant]:
    """The unit is another."""
    for key, node in _scalars(row, ("unit",)):
        others = [new for group in UNIT_GROUPS if node.value in group for new in group if new != node.value]
        if others:
            yield _changed(row, "unit", key, node, chance.choice(others))
    for key, node in _scalars(row, PROSE):
        for word in (
            word for group in WORD_GROUPS for word in group if re.search(rf"\b{word}\b", node.value)
        ):
            group = next(group for group in WORD_GROUPS if word in group)
            new = chance.choice([other for other in group if other != word])
            yield _changed(row, "unit", key, node, re.sub(rf"\b{word}\b", new, node.value))


def condition(row: Row, rows: list[Row], chance: random.Random) -> Iterator[Plant]:
    """Another feature, a `not` too many, or no condition."""
    features = [_name(other) for other in rows if re.search(r"/(bits|features)$", _list(other))]
    for key, node in _scalars(row, CONDITIONS):
        facts = [fact for fact in FACT.findall(node.value) if fact in features]
        others = sorted(set(features) - set(FACT.findall(node.value)) - {_name(row)})
        found = []
        if facts and others:
            new = re.sub(rf"\b{facts[0]}\b", chance.choice(others), node.value)
            found.append(_changed(row, "condition", key, node, new))
        if FACT.fullmatch(node.value):
            found.append(_changed(row, "condition", key, node, f"not {node.value}"))
        if key == "if" and FACT.match(node.value) and "==" not in node.value:
            gone = functools.partial(_remove, row, key)
            found.append(Plant([row], "condition", f"{key}: {node.value}", "", gone))
        yield from chance.sample(found, len(found))


def _name(row: Row) -> str:
    """The end of the id."""
    return row.id.rpartition("/")[2]


def _list(row: Row) -> str:
    """The id without the name: the list that has the row."""
    return row.id.rpartition("/")[0]


def _remove(row: Row, key: str) -> None:
    row.node.value[:] = [pair for pair in row.node.value if pair[0].value != key]


def section(row: Row, rows: list[Row], chance: random.Random) -> Iterator[Plant]:
    """Another section of the file."""
    there = sorted({node.value for other in rows for _, node in _scalars(other, ("section",))})
    for key, node in _scalars(row, ("section",)):
        others = [new for new in there if not new.startswith(node.value) and not node.value.startswith(new)]
        if others:
            yield _changed(row, "section", key, node, chance.choice(others))


@functools.cache
def _clause_counts() -> dict[str, int]:
    table = json.loads((ROOT / "spec/clauses.json").read_text(encoding="utf-8"))
    return {row["id"]: len(row["levels"]) for row in table["sections"]}


def clause(row: Row, _rows: list[Row], chance: random.Random) -> Iterator[Plant]:
    """The clause before or behind."""
    named = [node.value for _, node in _scalars(row, ("clauses",))]
    for key, node in _scalars(row, ("clauses",)):
        group, _, number = node.value.rpartition(".")
        near = [int(number) + step for step in (-1, 1)] if number.isdigit() else []
        others = [f"{group}.{at}" for at in near if 1 <= at <= _clause_counts().get(group, 0)]
        others = [other for other in others if other not in named]
        if others:
            yield _changed(row, "clause", key, node, chance.choice(others))


def limit(row: Row, _rows: list[Row], chance: random.Random) -> Iterator[Plant]:
    """Another number."""
    for key, node in row.own():
        inner = node.value if key in LIMITS and isinstance(node, yaml.MappingNode) else []
        pairs = [(f"{key}.{name.value}", value) for name, value in inner]
        for place, value in pairs or ([(key, node)] if key in LIMITS else []):
            if isinstance(value, yaml.ScalarNode) and value.value.isdigit():
                yield _changed(row, "limit", place, value, _other_number(value.value, chance))
    if row.list == "constants" and "MAX" in row.id and (node := row.get("value")) and node.value.isdigit():
        yield _changed(row, "limit", "value", node, _other_number(node.value, chance))
    for key, node in _scalars(row, PROSE):
        numbers = [found for found in NUMBER.finditer(node.value) if int(found[0]) > 1]
        if numbers:
            at = chance.choice(numbers)
            new = node.value[: at.start()] + _other_number(at[0], chance) + node.value[at.end() :]
            yield _changed(row, "limit", key, node, new)


def _other_number(text: str, chance: random.Random) -> str:
    number = int(text)
    others = {number + 1, number - 1} if number & (number - 1) or number < 4 else {number * 2, number // 2}
    return str(chance.choice(sorted(other for other in others if other >= 0)))


def _word_kind(kind: str, pairs: tuple[tuple[str, str], ...]) -> Kind:
    def planted(row: Row, _rows: list[Row], _chance: random.Random) -> Iterator[Plant]:
        for key, node in _scalars(row, PROSE):
            if (new := _swapped(node.value, pairs)) != node.value:
                yield _changed(row, kind, key, node, new)

    return planted


def bound(row: Row, _rows: list[Row], _chance: random.Random) -> Iterator[Plant]:
    """A range has a minimum in place of its maximum."""
    node = row.get("range")
    keys = [name for name, _ in node.value] if isinstance(node, yaml.MappingNode) else []
    ends = [key for key in keys if key.value in ("min", "max")]
    if len(ends) == 1:
        new = "max" if ends[0].value == "min" else "min"
        yield _changed(row, "extreme", "range", ends[0], new)


def since(row: Row, _rows: list[Row], chance: random.Random) -> Iterator[Plant]:
    """Another version."""
    for key, node in _scalars(row, ("since",)):
        yield _changed(row, "since", key, node, chance.choice([v for v in VERSIONS if v != node.value]))


def duty(row: Row, _rows: list[Row], _chance: random.Random) -> Iterator[Plant]:
    """Should for must, or the other side's."""
    pairs = (("should", "must"), ("driver", "device"))
    for key, node in _scalars(row, ("driver", "device", "side")):
        if re.match("should-|must-|(driver|device)$", node.value):
            yield _changed(row, "duty", key, node, _swapped(node.value, pairs))


KINDS: tuple[Kind, ...] = (
    exchanged,
    side,
    unit,
    condition,
    section,
    clause,
    limit,
    _word_kind("extreme", EXTREMES),
    bound,
    _word_kind("order", ORDER),
    since,
    duty,
)


def plant(files: list[list[Row]], seed: str, count: int) -> list[Plant]:
    """Writes `count` errors into the nodes of the files' rows, each kind in turn, no row twice."""
    chance = random.Random(seed)
    rows = [(row, of_file) for of_file in files for row in of_file if "/quirks/" not in row.id]
    chance.shuffle(rows)
    kinds = [_of_kind(kind, rows, chance) for kind in chance.sample(KINDS, len(KINDS))]
    taken: set[str] = set()
    found: list[Plant] = []
    while kinds and len(found) < count:
        one = next((plant for plant in kinds[0] if not taken & {row.id for row in plant.rows}), None)
        if one is None:
            del kinds[0]
            continue
        one.write()
        taken |= {row.id for row in one.rows}
        found.append(one)
        kinds.append(kinds.pop(0))
    return found


def _of_kind(kind: Kind, rows: list[tuple[Row, list[Row]]], chance: random.Random) -> Iterator[Plant]:
    for row, of_file in rows:
        yield from kind(row, of_file, chance)

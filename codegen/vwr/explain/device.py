# SPDX-License-Identifier: MIT
"""The description of one device type: features, configuration fields, queues."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from vwr import description

OPEN = 1 << 16  # elements of an array of variable length: more than any configuration has


class ConfigField(NamedTuple):
    """A number in the configuration, or an array of numbers."""

    name: str  # zoned.model
    offset: int
    bytes: int  # of one element
    length: int | None = None  # elements of an array
    writable: bool = False
    legacy_writable: bool = False
    gates: tuple[tuple[str, ...], ...] = ()  # one feature of each list must be negotiated
    cases: tuple[Any, ...] = ()  # (field, values): the field exists if that field has one of the values
    named: tuple[tuple[int, str], ...] = ()  # (value, its name)
    masks: bool = False  # several of them may apply
    least: int | None = None  # limits of the value
    most: int | None = None
    meaning: str = ""

    @property
    def end(self) -> int:
        """The offset after the last byte."""
        return self.offset + self.bytes * (self.length or 1)

    def names_of(self, value: int) -> list[Any]:
        """The specification's name of the value."""
        return [name for number, name in self.named if (number & value if self.masks else number == value)]

    def excluded(self, known: dict[str, int]) -> bool:
        """Whether another member of its union is active; `known`: values of fields."""
        return any(name in known and known[name] not in values for name, values in self.cases)


class Device:
    """The description of one device type of spec/device."""

    def __init__(self, one: Any, room: int) -> None:
        self.one, self.room = one, room  # the maximum size of the configuration in bytes
        self.name, self.section = one.name, one.section
        features, config = one.group("features"), one.struct("config")
        regions = next((group for group in one.groups if group.kind == "shared-memory"), None)
        self.features = {row.value: row for row in features.values} if features else {}
        self.feature_section = features.section if features else one.section
        self.rules, self.offers = one.rules, one.offers
        self.fields = list(self._numbers(config.fields, ConfigField("", 0, 0))) if config else []
        self.config_bytes = (config.size if config.fixed else room) if config else 0
        self.config_section = config.section if config else one.section
        self.queues = one.queues
        self.regions = {row.value: row.name for row in regions.values} if regions else {}  # of shared memory
        self.request_queues = set(one.more.get("request_queues", ()))
        self.statuses = {
            queue: one.group(group).values
            for queue, group in one.more.get("statuses", {}).items()
            if one.group(group)
        }

    def fields_at(self, offset: int, known: dict[str, int]) -> list[ConfigField]:
        """
        The configuration fields that contain this byte: several if the active member of a union is not known.
        """
        return [
            field for field in self.fields if field.offset <= offset < field.end and not field.excluded(known)
        ]

    def queue(self, index: int, has: Callable[..., Any], known: dict[str, int]) -> Any:
        """
        The kind of queue with this index; None if no kind has it, or if several may. `has`: whether a feature
        was accepted, None if that is not known; `known`: values of configuration fields.
        """
        rows = [
            row for row in self.queues if not row.gate or any(has(name) is not False for name in row.gate)
        ]
        rows = [row for row in rows if self._may_be(row, index, has, known)]
        return rows[0] if len(rows) == 1 else None

    def _followed(self, row: Any) -> tuple[Any, int]:
        """(the queue with an index that a queue follows, number of indices between them)."""
        steps = 0
        while True:
            row = next(other for other in self.queues if other.name == row.behind)
            if not row.behind:
                return row, steps
            steps += row.stride * (row.count - 1) + 1

    def _first(self, row: Any, has: Callable[..., Any], known: dict[str, int]) -> tuple[int, int]:
        """
        (lowest possible index of the first queue of a kind, distance of the possible indices; 0: only one is
        possible).
        """
        if not row.behind:
            return row.index, 0
        before, steps = self._followed(row)
        first, many = before.index + 1 + steps, _count(before, has, known)
        return (first, before.stride) if many is None else (first + before.stride * (many - 1), 0)

    def _may_be(self, row: Any, index: int, has: Callable[..., Any], known: dict[str, int]) -> bool:
        """Whether a queue of that kind may have this index."""
        first, step = self._first(row, has, known)
        count = _count(row, has, known)
        if not step:
            place, rest = divmod(index - first, row.stride)
            return rest == 0 and place >= 0 and (count is None or place < count)
        places = step if count is None else min(count, step)  # further ones have the same remainders
        lead = (index - first - row.stride * place for place in range(places))
        return any(one >= 0 and one % step == 0 for one in lead)

    # --- the numbers in the configuration, including those inside structs and unions ---

    def _numbers(self, fields: tuple[Any, ...], outer: ConfigField) -> Iterator[ConfigField]:
        """`outer` is the enclosing struct: its name and a dot, its offset, its gates and cases."""
        for field in fields:
            size = description.package().element(self.one, field)
            if field.reserved or field.offset is None or not size:
                continue
            here = outer._replace(
                name=outer.name if field.anonymous else f"{outer.name}{field.name}",
                offset=outer.offset + field.offset,
                bytes=size,
                length=None if not field.array else field.count if isinstance(field.count, int) else OPEN,
                writable="W" in field.dir or not field.dir and outer.writable,
                legacy_writable="W" in field.legacy_dir or not field.dir and outer.legacy_writable,
                gates=(*outer.gates, field.gate) if field.gate else outer.gates,
                named=self._names(field),
                least=field.min if isinstance(field.min, int) else None,
                most=field.max if isinstance(field.max, int) else None,
                masks=field.mask or any(group.kind == "flags" for group in self._groups(field)),
                meaning=_meaning(field),
            )
            if field.members or self.one.struct(field.type):
                yield from self._inside(fields, field, here, outer)
            else:
                yield here

    def _inside(
        self, fields: tuple[Any, ...], field: Any, here: ConfigField, outer: ConfigField
    ) -> Iterator[ConfigField]:
        """The numbers in a struct or union, for each element of an array."""
        named = self.one.struct(field.type)
        for index in range(min(here.length or 1, max(0, self.room - here.offset) // here.bytes)):
            dot = "" if field.anonymous else f"[{index}]." if field.array else "."
            # Offsets of members of a struct without a name are relative to the enclosing struct.
            inner = here._replace(
                name=here.name + dot, offset=(here if named else outer).offset + index * here.bytes
            )
            for members, cases in self._choices(fields, field, named, outer.name):
                yield from self._numbers(members, inner._replace(cases=outer.cases + cases))

    def _choices(
        self, fields: tuple[Any, ...], field: Any, named: Any, path: str
    ) -> list[tuple[tuple[Any, ...], tuple[tuple[str, Any], ...]]]:
        """(fields, condition) of a struct, or of each member of a union."""
        if field.type != "union":
            return [(named.fields if named else field.members, ())]
        groups = self._tellers(fields, field.by) if field.by else []
        values = [
            {group.named(name).value for group in groups for name in member.is_ if group.named(name)}
            for member in field.members
        ]
        return [
            ((member,), ((path + field.by, frozenset(value)),) if value else ())
            for member, value in zip(field.members, values)
        ]

    def _tellers(self, fields: tuple[Any, ...], path: str) -> list[Any]:
        """The groups of values of the field that selects the member of a union."""
        first, _, rest = path.partition(".")
        field = next(field for field in fields if field.name == first)
        if rest:
            return self._tellers(field.members or self.one.struct(field.type).fields, rest)
        return self._groups(field)

    def _groups(self, field: Any) -> list[Any]:
        """The groups of a field's values."""
        return [group for group in map(self.one.group, field.values.split(" or ")) if group]

    def _names(self, field: Any) -> tuple[tuple[int, str], ...]:
        """The values of a field by name; for a mask of numbers the bits."""
        return tuple(
            (1 << row.value if field.mask else row.value, row.name)
            for group in self._groups(field)
            for row in group.values
        )


def _count(row: Any, has: Callable[..., Any], known: dict[str, int]) -> int | None:
    """The number of queues of a kind, None if it is not known."""
    states = [has(name) for name in row.field_gate]
    if not row.field or states and not any(state is not False for state in states):
        return row.count
    if row.field not in known or states and True not in states:
        return None
    return known[row.field] - row.less


def _meaning(field: Any) -> str:
    """The text after the name of its value."""
    parts = [
        field.brief.rstrip("."),
        f"in {field.unit}" if field.unit else "",
        f"{field.only} only" if field.only else "",
    ]
    return "; ".join(part for part in parts if part)

# SPDX-License-Identifier: MIT
"""What the test of both ends of a device sends and expects, as plain numbers: worked out from the messages of the description,
not from what client and service are made of. Of them it has only the names in C."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, combinations, takewhile

from vwr.cname import const_name
from vwr.model.ends import features_of
from vwr.model.leaves import member_of, path_in_c
from vwr.model.nodes import changed
from vwr.model.nodes.ends import Area, Counted, EndMessage, EndQueue, Ends, Leaf, Side
from vwr.model.nodes.ends_test import (
    Data,
    EndsTest,
    Half,
    ItemsTest,
    Lane,
    Limit,
    Member,
    Trial,
    Unfit,
    Wrong,
)
from vwr.model.nodes.files import Device
from vwr.model.nodes.messages import (
    Amount,
    ConfigState,
    Exchange,
    FieldPlace,
    Message,
    MessagePart,
    Reference,
)
from vwr.model.nodes.structs import Field
from vwr.model.nodes.values import Value
from vwr.model.structs import SCALARS
from vwr.spec.condition import said as condition_of
from vwr.spec.shapes import names_of

CONFIG = 5  # of every number of the configuration that is no count of queues
FAMILY = 2  # queues of a kind of which the configuration has a number
COUNT = 2  # of what a number in a message counts
BYTES = 6
MOST = 3584  # a test has memory for so many
UNFITS = 4
ALWAYS = frozenset(
    const_name("F", name) for name in ("VERSION_1", "RING_RESET")
)  # the reserved ones that are offered


def ends_test(device: Device) -> EndsTest | None:
    """Of a device with both ends, if there is one."""
    return _Maker(device, device.ends).made() if device.ends else None


def _bytes(number: int, width: int, order: str) -> list[int]:
    return list(number.to_bytes(width, "big" if order == "be" else "little"))


class _Maker:
    def __init__(self, device: Device, ends: Ends) -> None:
        self.device, self.ends = device, ends
        self.bits = {row.c: row for row in device.features.rows} if device.features else {}
        self.by_name = {row.name: row for row in self.bits.values()}
        self.numbers: dict[str, int] = {}
        self.calls = {call.field: call for call in (device.config.accessors if device.config else [])}
        self.counts = {
            queue.count_by["field"]: self._fitting(
                queue.count_by["field"],
                FAMILY + queue.count_by.get("less", 0),
                queue.count_by.get("less", 0) + 1,
            )
            for queue in (device.queues.all if device.queues else [])
            if queue.count_by
        }
        rows = [row for one in device.messages for row in one.rows]
        self.counts |= {row.bit.field: 0xFFFFFFFF for row in rows if row.bit}
        self.whens: dict[str, dict[int, None]] = {}  # field: values that messages need
        for row in rows:
            if row.when:
                self.whens.setdefault(row.when.field, {})[row.when.value.value] = None
        self.counts |= {field: next(iter(values)) for field, values in self.whens.items()}
        self.states: list[dict[str, int]] = []  # of each set, where it has other values than these

    def made(self) -> EndsTest | None:
        """All of it; None if the device needs a reserved feature that is not offered."""
        asked = [one for one in self.device.messages if one.rows]
        pairs = list(zip(asked, self.ends.queues, strict=True))
        possible = self._sets(pairs)
        if not possible:
            return None
        sets = self._with_states(possible)
        return EndsTest(
            [self._lane(one, end, sets) for one, end in pairs],
            [sorted(one) for one in sets],
            [
                [
                    (self.calls[field].offset, self.calls[field].width // 8, value)
                    for field, value in one.items()
                ]
                for one in self.states
            ],
            self._rules(),
            self._config(),
            self._limits(sets),
        )

    # features

    def _rules(self) -> list[tuple[int, list[int]]]:
        """What each feature of the device needs of the device's others."""
        return [
            (row.value, [self.by_name[name].value for name in names_of(need)])
            for row in self.bits.values()
            for need in row.requires
            if row.only != "legacy" and all(name in self.by_name for name in names_of(need))
        ]

    def _sets(self, pairs: list[tuple[Exchange, EndQueue]]) -> list[frozenset[int]]:
        """Each set of the features that open or close some message, as far as they can be there without others; and all."""
        found: dict[frozenset[int], None] = {}
        for one, end in pairs:
            for message in list[EndMessage | None](end.messages) or [None]:
                gates = {
                    c
                    for some in [
                        end.gate,
                        *(message.gates + [message.unless, message.refused_by] if message else []),
                    ]
                    for c in some
                    if c in self.bits
                }
                for count in range(len(gates) + 1):
                    for some in combinations(sorted(gates), count):
                        closed = self._closed(some, gates - set(some))
                        found.update({closed: None} if closed is not None else {})
        everything = self._closed([row.c for row in self.bits.values() if row.only != "legacy"], set())
        return list(found) + ([everything] if everything is not None and everything not in found else [])

    def _with_states(self, sets: list[frozenset[int]]) -> list[frozenset[int]]:
        """The same, and the largest once more with each other value that a field has on which messages depend: those that they need,
        and one that none does."""
        others = [
            {field: value}
            for field, values in self.whens.items()
            for value in [*values, *self._another(field, values)]
            if value != self.counts[field]
        ]
        self.states = [dict[str, int]() for _ in sets] + others
        return sets + [max(sets, key=len)] * len(others)

    def _another(self, field: str, values: dict[int, None]) -> list[int]:
        """A value that the field may have, and no message needs."""
        call = self.calls.get(field)
        top = (1 << min(call.width, 8)) - 1 if call else 0
        least, most = (call.min or 0, top if call.max is None else call.max) if call else (0, 0)
        return [n for n in range(least, min(most, least + top) + 1) if n not in values][:1]

    def _closed(self, some: Iterable[str], not_these: set[str]) -> frozenset[int] | None:
        """With what these need; None if that is among those that are not to be there, or is of the legacy interface alone."""
        have = set(some)
        wanted = [gate.any for gate in self.device.needs]
        while True:
            needs = wanted + [
                [
                    self.by_name[name].c if name in self.by_name else const_name("F", name)
                    for name in names_of(need)
                ]
                for c in have
                for need in self.bits[c].requires
            ]
            lacks = next((need for need in needs if not (have | ALWAYS) & set(need)), None)
            if lacks is None:
                break
            allowed = [c for c in lacks if c in self.bits and c not in not_these]
            if not allowed:
                return None
            have.add(allowed[0])
        if any(self.bits[c].only == "legacy" for c in have):
            return None
        return frozenset(self.bits[c].value for c in have)

    def _open(
        self,
        sets: list[frozenset[int]],
        gates: list[list[str]],
        unless: list[str],
        when: ConfigState | None = None,
    ) -> int:
        there = lambda some, one: any(
            c in ALWAYS or c in self.bits and self.bits[c].value in one for c in some
        )
        return sum(
            1 << i
            for i, one in enumerate(sets)
            if all(there(some, one) for some in gates if some)
            and not there(unless, one)
            and (
                when is None
                or self.states[i].get(when.field, self._number_of_config(when.field)) == when.value.value
            )
        )

    # configuration

    def _config(self) -> list[int]:
        config = self.device.config
        if not config:
            return []
        made = [0] * config.struct.size
        for call in self.calls.values():
            width = call.width // 8
            for i in range(call.count or 1):
                at = call.offset + i * width
                made[at : at + width] = _bytes(self._number_of_config(call.field), width, "le")
        return made

    def _number_of_config(self, field: str) -> int:
        if field not in self.numbers:
            self.numbers[field] = self.counts[field] if field in self.counts else self._fitting(field)
        return self.numbers[field]

    def _fitting(self, field: str, first: int = CONFIG, lowest: int = 0) -> int:
        """The first number that this field may have, and that right messages need of it; then those from `lowest` on."""
        call = self.calls.get(field)
        least, most = (call.min or 0, call.max) if call else (0, None)
        wants = [
            want
            for one in self.device.messages
            for row in one.rows
            for part in (*row.out, *row.back)
            for want in _wants(part, field)
        ]
        ends = [row.within.end for one in self.device.messages for row in one.rows if row.within]
        if any(isinstance(end, Reference) and not end.part and end.path == field for end in ends):
            wants.append(lambda n: n > 0)
        tried = [*range(first, 64), *range(lowest, first), least, most or 0]
        own = [n for n in tried if n >= least and (most is None or n <= most)]
        return next((n for n in own if all(want(n) for want in wants)), own[0])

    def _limits(self, sets: list[frozenset[int]]) -> list[Limit]:
        """Of each field of the configuration that has limits, a value beyond each."""
        config = self.device.config
        wrong = (
            (call, value)
            for call in (config.limited if config else [])
            for value in ((call.min or 0) - 1, call.max + 1 if call.max is not None else -1)
        )
        return [
            Limit(call.name, call.offset, call.width // 8, value, self._open(sets, call.gates, call.unless))
            for call, value in wrong
            if 0 <= value < 1 << call.width
        ]

    # queues

    def _lane(self, one: Exchange, end: EndQueue, sets: list[frozenset[int]]) -> Lane:
        queue_open = self._open(sets, [end.gate], [])
        rows = [
            row
            for row in one.rows
            if not row.stream and all(place.offset is not None for place in row.select)
        ]
        trials = (
            [
                self._trial(
                    one,
                    row,
                    message,
                    (0 if row.only == "legacy" else queue_open)
                    & self._open(sets, message.gates, message.unless + message.refused_by, row.when),
                    sets,
                )
                for row, message in zip(rows, end.messages, strict=True)
            ]
            if end.messages
            else []
        )
        return Lane(
            end,
            trials,
            queue_open,
            list(self._unknown(one, rows)) if trials else [],
            (
                max(((place.offset or 0) + SCALARS[place.type][0] for place in one.select), default=0)
                if trials
                else 0
            ),
            _place(trials),
            max(1, min((sum(part.least_bytes for part in row.back) for row in one.rows), default=1)),
            queue_open & self._second(one, sets),
        )

    def _second(self, one: Exchange, sets: list[frozenset[int]]) -> int:
        """Where the configuration says that there are two queues of this kind."""
        row = next(
            row for row in (self.device.queues.all if self.device.queues else []) if row.name == one.queue
        )
        by = row.count_by
        if by and self._number_of_config(by["field"]) - by.get("less", 0) < FAMILY:
            return 0
        return self._open(sets, [features_of(self.device, condition_of(by).choice) if by else []], [])

    def _unknown(self, one: Exchange, rows: list[Message]) -> Iterator[tuple[int, int, int, int, int, bool]]:
        """For each selector a value that no message has, whatever the others say."""
        for i, place in enumerate(one.select):
            known = {row.values[i] for row in rows}
            mask = (1 << place.width) - 1
            free = next(
                (
                    value
                    for value in chain((mask - 1,), range(min(mask, 0xFFFF), -1, -1))
                    if value not in known
                ),
                None,
            )
            if free is not None:
                yield place.offset or 0, SCALARS[place.type][
                    0
                ], place.shift, mask, free, place.type.startswith("be")

    def _trial(
        self, one: Exchange, row: Message, end: EndMessage, is_open: int, sets: list[frozenset[int]]
    ) -> Trial:
        values = _Values(self, row)
        out, back = values.half(end.out, row.out), values.half(end.back, row.back, end.counted)
        status = (
            row.status
            if row.status and not any(area.name == member_of(row.status.part) for area in end.back.areas)
            else None
        )
        home = max((i for i in range(len(sets)) if is_open >> i & 1), key=lambda i: len(sets[i]), default=-1)
        status_bytes = SCALARS[status.type][0] if status else 0
        at = values.status_at(status) if status else 0
        if status and row.ok:
            ok = _bytes(row.ok[0].value, status_bytes, status.type[:2])
            back = changed(back, form=back.form[:at] + ok + back.form[at + status_bytes :])
        items = values.items(end)
        return Trial(
            end,
            out,
            changed(back, over=items.data) if items else back,
            list(values.wrong(out, back, end)),
            values.unfit(end),
            is_open,
            home,
            at,
            status_bytes,
            [value.value for value in row.ok] if status else [],
            _number(row.refuse),
            self._barred(end, sets),
            _number(row.refuse_if_offered or row.refuse) or 0,
            _number(row.out_of_range or row.refuse),
            _number(one.refuse) if status else None,
            self.calls[row.bit.field].offset if row.bit else 0,
            1 << row.bit.value.value if row.bit else 0,
            items,
        )

    def _barred(self, end: EndMessage, sets: list[frozenset[int]]) -> int:
        """The sets in which the device offers a feature that refuses the message, and nothing else does."""
        if not end.refused_by:
            return 0
        return self._open(sets, end.gates, end.unless) & self._open(sets, [end.refused_by], [])


def _wants(part: MessagePart, field: str) -> Iterator[Callable[[int], bool]]:
    """What a part asks of a field of the configuration that says how many of it there are, or at most."""
    number = lambda said: isinstance(said, Reference) and not said.part and said.path == field
    least, most, unit = (
        one if isinstance(one, int) else None for one in (part.least, part.max, part.multiple_of)
    )
    if number(part.count):
        yield lambda n: (least or 0) <= n and (most is None or n <= most) and n % (unit or 1) == 0
    if number(part.max):
        yield lambda n: n >= (least or 1) and n * part.size % (unit or 1) == 0


def _is_form(part: MessagePart) -> bool:
    return part.fixed and not part.foreign


def _place(trials: list[Trial]) -> str:
    """Where all have their status."""
    having = [trial for trial in trials if trial.status_bytes]
    if len({trial.status_at for trial in having}) <= 1 and all(
        trial.status_at < trial.back.first for trial in having
    ):
        return "front"
    ends = {(trial.back.first + trial.back.last - trial.status_at, trial.status_bytes) for trial in having}
    return "back" if len(ends) <= 1 else "alike"


def _own(part: MessagePart) -> Amount:
    """How many of it there are, or bytes, where the message says so."""
    return part.bytes if isinstance(part.bytes, Reference) and part.bytes.side == "W" else part.count


def _number(value: Value | None) -> int | None:
    return value.value if value else None


class _Values:
    """The values of one message: of those that others depend on, small numbers."""

    def __init__(self, maker: _Maker, row: Message) -> None:
        self.maker, self.row = maker, row
        self.chosen: dict[tuple[str, str, str], int] = {}
        self.selectors: dict[
            str, int
        ] = {}  # by their path in C: of a message whose own numbers select members
        if row.within:
            self._choose(row.within.end, CONFIG)
            end = self._worth(row.within.end)
            self._choose(row.within.count, min(COUNT, end))
            many = self._worth(row.within.count) if row.within.count is not None else 1
            self._choose(row.within.start, max(0, min(1, end - many)))
        for part in row.out + row.back:
            for said, number in (
                (part.count, COUNT),
                (part.bytes, BYTES),
                (part.max, COUNT if part.type else BYTES),
                (part.stride, part.size),
            ):
                self._choose(said, number)

    def _choose(self, said: Amount, number: int) -> None:
        """The number, or the next that the message may have there."""
        if isinstance(said, Reference) and said.part and said.key not in self.chosen:
            tried = (*range(number, number + 64), *range(number))
            self.chosen[said.key] = next((n for n in tried if self._may_be(said.key, n)), number)

    def _may_be(self, key: tuple[str, str, str], number: int) -> bool:
        """Whether this number is within the limits of what it counts, as far as others are known."""
        self.chosen[key] = number
        within = self.row.within
        known = lambda said: not isinstance(said, Reference) or not said.part or said.key in self.chosen
        if within and all(known(one) for one in (within.start, within.count, within.end)):
            many = self._worth(within.count) if within.count is not None else 1
            if self._worth(within.start) + many > self._worth(within.end):
                return False
        counted = [part for part in self.row.out + self.row.back if isinstance(_own(part), Reference)]
        return all(
            (
                part.least is None
                or not known(part.least)
                or self._worth(_own(part)) >= self._worth(part.least)
            )
            and (part.max is None or not known(part.max) or self._worth(_own(part)) <= self._worth(part.max))
            and (not isinstance(part.multiple_of, int) or self._worth(_own(part)) % part.multiple_of == 0)
            for part in counted
            if known(_own(part))
        )

    def _worth(self, said: Amount) -> int:
        """What an amount comes to in this message."""
        if isinstance(said, int):
            return said
        assert said
        number = self.chosen[said.key] if said.part else self.maker._number_of_config(said.path)
        return number + (said.plus or 0)

    def half(self, side: Side, parts: list[MessagePart], counted: Counted | None = None) -> Half:
        """What one side writes; `counted`: the service writes there how much data there are."""
        writes = "R" if parts is self.row.out else "W"
        form = [0] * side.size
        members = []
        self._select(side)
        for leaf in side.leaves:
            given, seen = self._leaf(writes, leaf)
            if not self._there(leaf):  # the sender's value is ignored
                members.append(
                    Member(leaf, given if leaf.kind == "number" else [0] * len(given), [0] * len(given), 0)
                )
                continue
            for i, number in enumerate(seen):
                at = leaf.at + i * leaf.width
                form[at : at + leaf.width] = _bytes(number, leaf.width, leaf.order)
            if leaf.given:
                is_count = counted is not None and leaf.at == counted.at
                blank = seen[0] if is_count else self._fixed(writes, leaf) if leaf.fixed else 0
                members.append(Member(leaf, [0] if is_count else given, seen, blank))
        by_name = {member_of(part.name): part for part in parts}
        data, exact = [], True
        for area in side.areas:
            part = by_name[area.name]
            many = area.unit * (2 if area.unit <= 64 else 1)
            known = (
                self._area(part)
                if area.client or counted
                else max(many, -(-area.least // area.unit) * area.unit)
            )
            exact = exact and bool(area.client)
            most = self._most(area, part)
            right = min(known, most // area.unit * area.unit) if most else known
            data.append(Data(area.name, right, bool(area.client)))
        alone = side.areas[0] if len(side.areas) == 1 and not exact else None
        least = alone.least if alone else 0 if exact else sum(area.bytes for area in data if area.known)
        return Half(
            form,
            side.first,
            side.last,
            members,
            data,
            exact,
            least,
            alone.unit if alone else 1,
            self._most(alone, by_name[alone.name]) if alone else 0,
            *self._over(writes, side.first),
            counted is not None,
        )

    def items(self, end: EndMessage) -> ItemsTest | None:
        """What the service's function fills in for each item, and what travels."""
        within, side = self.row.within, end.items.side if end.items else None
        if not within or not side:
            return None
        each, data = [], []
        self._select(side)
        for i in range(self._worth(within.count)):
            form = [0] * side.size
            given = [
                [
                    number if self._there(leaf) else 0
                    for number in self._leaf("W", changed(leaf, at=leaf.at + i * side.size))[0]
                ]
                for leaf in side.values
            ]
            for leaf, numbers in zip(side.values, given):
                if not self._there(leaf):
                    continue
                written = [byte for one in numbers for byte in _bytes(one, leaf.width, leaf.order)]
                form[leaf.at : leaf.at + leaf.bytes] = written
            each.append([Member(leaf, some, some, 0) for leaf, some in zip(side.values, given)])
            data += form
        return ItemsTest(self._worth(within.start), each, side.size, data)

    def _over(self, writes: str, first: int) -> tuple[list[int], int]:
        """(bytes, where): what selects the message, if it is behind the fixed form."""
        for place, value in zip(self.row.select, self.row.values):
            if place.side == writes and place.offset is not None and place.offset >= first:
                return (
                    _bytes(value << place.shift, SCALARS[place.type][0], place.type[:2]),
                    place.offset - first,
                )
        return [], 0

    def _most(self, area: Area, part: MessagePart) -> int:
        """Bytes of data that there may be; 0: any, as many as a number says that stands in data, or more than a test has."""
        most = self._worth(part.max) * (part.size if part.type else 1) if area.most["service"] else 0
        return most if most <= MOST else 0

    def _area(self, part: MessagePart) -> int:
        """Bytes of data that a number says."""
        if not part.type:
            return self._worth(part.bytes)
        return self._worth(part.count) * (self._worth(part.stride) if part.stride else part.size)

    def _select(self, side: Side) -> None:
        """A value of each number that selects members: that of the last, which may have a selector of its own."""
        for leaf in side.leaves:
            for one in leaf.when:
                if not one.others:
                    self.selectors[one.path] = one.values[0].value

    def _there(self, leaf: Leaf) -> bool:
        """Whether the numbers select it."""
        return all(one.holds(self.selectors.get(one.path, 0)) for one in leaf.when)

    def _leaf(self, writes: str, leaf: Leaf) -> tuple[list[int], list[int]]:
        """(what a caller gives, what travels), each number of an array."""
        raw = [(0x21 + 7 * (leaf.at + i)) & 0xFF for i in range(leaf.bytes)]
        given = [
            int.from_bytes(raw[i : i + leaf.width], "big" if leaf.order == "be" else "little")
            for i in range(0, leaf.bytes, leaf.width)
        ]
        chosen = next(
            (
                number
                for (side, name, inside), number in self.chosen.items()
                if side == writes and path_in_c(name, inside) == leaf.path
            ),
            None,
        )
        chosen = self.selectors.get(leaf.path, chosen)
        if chosen is not None:
            given = [chosen]
        if not leaf.fixed:
            return given, given
        fixed = self._fixed(writes, leaf)
        return given, [(given[0] & ~leaf.mask if leaf.mask else 0) | fixed]

    def _fixed(self, writes: str, leaf: Leaf) -> int:
        """What selects the message, or what a field holds."""
        here = leaf.path
        number = 0
        for place, value in zip(self.row.select, self.row.values):
            if place.side == writes and here == path_in_c(place.part, place.path):
                number |= value << place.shift
        for part in self.row.out + self.row.back:
            for held in part.holds:
                if here == path_in_c(part.name, held.path):
                    number = held.value.value
        return number

    def status_at(self, status: FieldPlace) -> int:
        """In the fixed form of the answer."""
        back = self.row.back
        first = [*takewhile(_is_form, back)]
        last = [*takewhile(_is_form, reversed(back[len(first) :]))]
        at = 0
        for part in (*first, *reversed(last)):
            if part.name == status.part:
                return at + status.at
            at += part.least_bytes
        return 0

    def wrong(self, out: Half, back: Half, end: EndMessage) -> Iterator[Wrong]:
        """Forms of the driver that the description forbids; data are as many as they say."""
        row = self.row
        for part in row.back if end.items else []:
            if part.stride:
                for one in self._with(out, part.stride, part.size + 1, "another size"):
                    yield changed(one, out_data=0, in_data=back.data_bytes + self._worth(part.count))
        for part in row.out + row.back:
            if not isinstance(part.count, Reference) or not part.count.part or part.count.side == "W":
                continue
            for limit, more, what in ((part.max, 1, "too many"), (part.least, -1, "too few")):
                if limit is not None:
                    count = self._worth(limit) + more
                    if count * part.size > MOST:
                        continue
                    for one in self._with(out, part.count, count, what):
                        is_out = any(part is some for some in row.out)
                        yield changed(
                            one,
                            out_data=count * part.size if is_out else out.data_bytes,
                            in_data=back.data_bytes if is_out else count * part.size,
                        )
        for part in row.out:
            for held in part.holds:
                for one in self._with(
                    out, Reference("R", part.name, held.path, ""), held.value.value ^ 1, "another value"
                ):
                    yield changed(one, out_data=out.data_bytes, in_data=back.data_bytes, beyond=False)
        if row.within and (row.within.end is not None):
            count = self._worth(row.within.count) if row.within.count is not None else 1
            for one in self._with(
                out, row.within.start, self._worth(row.within.end) - count + 1, "beyond the last"
            ):
                yield changed(one, out_data=out.data_bytes, in_data=back.data_bytes)

    def unfit(self, end: EndMessage) -> list[Unfit]:
        """The same of what a caller gives, where the client can see it: as many as a test has places for."""
        widths = {leaf.name: leaf.width for leaf in end.out.values}
        found = [one for one in self._unfit(end) if 0 <= one.number < 1 << 8 * widths.get(one.member, 4)]
        return found[:UNFITS]

    def _unfit(self, end: EndMessage) -> Iterator[Unfit]:
        row = self.row
        for part in row.out + row.back:
            for limit, more, what in ((part.max, 1, "too many"), (part.least, -1, "too few")):
                if limit is not None and (name := self._member_of(end, part.count)):
                    yield Unfit(what, name, "", self._worth(limit) + more)
        if row.within and row.within.end is not None and (name := self._member_of(end, row.within.start)):
            count = self._worth(row.within.count) if row.within.count is not None else 1
            yield Unfit("beyond the last", name, "", self._worth(row.within.end) - count + 1)
        yield from self._unfit_areas("", end.out.areas, row.out)
        yield from self._unfit_areas("in_", end.back.areas, row.back)

    def _unfit_areas(self, lead: str, areas: list[Area], parts: list[MessagePart]) -> Iterator[Unfit]:
        """Lengths of data that cannot be."""
        by_name = {member_of(part.name): part for part in parts}
        for area in areas:
            if area.client:
                continue
            part, name = by_name[area.name], lead + area.name
            unit = self._worth(part.multiple_of) if part.multiple_of else part.size if part.type else 1
            what = "room " if lead else ""
            if len(areas) == 1 and part.least:
                yield Unfit(f"{what}too short", "", name, 0)
            if len(areas) == 1 and unit > 1:
                yield Unfit(f"{what}no multiple", "", name, unit + 1)
            if most := self._most(area, part):
                yield Unfit(f"{what}too long", "", name, most + unit)

    @staticmethod
    def _member_of(end: EndMessage, said: Amount) -> str:
        """The member in C that has this number; '' where the caller has none."""
        if not isinstance(said, Reference) or not said.part or said.side == "W":
            return ""
        path = path_in_c(said.part, said.path)
        return next((leaf.name for leaf in end.out.values if leaf.kind == "number" and leaf.path == path), "")

    def _with(self, out: Half, said: Reference, number: int, what: str) -> Iterator[Wrong]:
        at = 0
        for part in self.row.out:
            if not part.fixed:
                return
            if part.name == said.part:
                field = next((one for one in _places(part.fields, "", 0) if one[0] == said.path), None)
                width = field[2] if field else part.size
                if not 0 <= number < 1 << 8 * width:
                    return
                begin = at + (field[1] - part.begin if field else 0)
                order = field[3] if field else part.type[:2]
                changed = out.form[:begin] + _bytes(number, width, order) + out.form[begin + width :]
                yield Wrong(what, changed, 0, 0)
            at += part.least_bytes


def _places(fields: list[Field], lead: str, base: int) -> Iterator[tuple[str, int, int, str]]:
    """(path, offset, bytes, order) of numbers."""
    for one in fields:
        yield lead + one.name, base + one.offset, one.element, one.type[:2]
        if one.nested and not one.array:
            yield from _places(one.nested.all_fields, f"{lead}{one.name}.", base + one.offset)

# SPDX-License-Identifier: MIT
"""Both ends of a device's messages in C: a client of the driver, a service of the device."""

from collections import Counter
from collections.abc import Iterator

from vwr.cname import const_name, ident, snake
from vwr.model.leaves import Leaves, member_of, path_in_c
from vwr.model.nodes import changed
from vwr.model.nodes.ends import (
    Area,
    Counted,
    EndMessage,
    EndQueue,
    Ends,
    Items,
    Leaf,
    Select,
    Side,
    Wire,
    beyond,
)
from vwr.model.nodes.files import Device
from vwr.model.nodes.messages import Amount, Exchange, FieldPlace, Message, MessagePart, Queue, Reference
from vwr.model.structs import SCALARS
from vwr.spec.condition import said
from vwr.spec.load import Place
from vwr.spec.shapes import names_of

ENDS = ("client", "service")
COUNTED = 4  # maximum bytes of a number with the length of a reply


def ends(device: Device) -> Ends | None:
    """The ends of a device, if it has messages."""
    if not device.messages:
        return None
    return Ends([_queue(device, one) for one in device.messages if one.rows], *_queue_count(device))


# Queues ----------------------------------------------------------------------------------------------------------


def _queue(device: Device, one: Exchange) -> EndQueue:
    row = next(queue for queue in device.queues.all if queue.name == one.queue) if device.queues else None
    assert row
    stream = one.rows[0].stream
    kind = {"R": "take", "W": "put"}[stream] if stream else "event" if one.sender == "device" else "request"
    listed = [row for row in one.rows if all(place.offset is not None for place in row.select)]
    rows = [] if stream else [_Maker(device, message).made() for message in listed]
    gate = features_of(device, row.gate)
    family = row.count_by is not None  # of several queues of a fixed number, messages use the first
    rows = [
        changed(message, queue_gate=[] if implied(device, message.gates, gate) else gate, of_queue=gate)
        for message in rows
    ]
    known = next((message for message in rows if message.oks), rows[0] if rows else None)
    status = next((message.status for message in one.rows if message.status), None)
    return EndQueue(
        place=row.place,
        name=member_of(one.queue),
        kind=kind,
        family=family,
        stride=row.stride,
        messages=rows,
        client_number=_number(device, row, "client"),
        service_number=_number(device, row, "service"),
        client_index=_index(device, row, "client", "n" if family else "0"),
        service_index=_index(device, row, "service", "n" if family else "0"),
        service_first=_index(device, row, "service", "0"),
        gate=gate,
        select=[_select(place) for place in one.select if rows],
        select_end=max(
            [(place.offset or 0) + SCALARS[place.type][0] for place in one.select if rows], default=0
        ),
        alike=status is not None
        and len({_status_end(row) for row in one.rows if row.status}) > 1
        and not _status_first(one.rows, status),
        answer=one.answer,
        status_bytes=SCALARS[status.type][0] if status else 0,
        status_big=status is not None and status.type.startswith("be"),
        first=_status_first(one.rows, status),
        last=_status_last(one.rows, status),
        status_at=(
            known.status_at if known and _status_first(one.rows, status) else _tail_at(one.rows, status)
        ),
        refuse=one.refuse.c if one.refuse else "",
        least=max(1, min((row.in_bytes for row in one.rows), default=1)),
    )


def _queue_count(device: Device) -> tuple[str, list[list[str]]]:
    """
    How many queues a device has, and the features of those that it may lack; as many as its setup, if a number of
    them is open. An index that no queue has remains unused if there is a queue behind it. A device has one at least.
    """
    rows = device.queues.all if device.queues else []
    if any(row.count_by is not None for row in rows):
        return "setup->queue_count", []
    last = max(rows, key=lambda row: row.index or 0)
    # Those of the transport are not known at the start.
    own = {row.name for row in device.features.rows} if device.features else set()
    gates = [*last.moves, *([names_of(last.gate)] if last.gate else [])]
    count = (last.index or 0) + (last.count - 1) * last.stride + 1
    optional = [gate for gate in gates if own.issuperset(gate)][: count - 1]
    return str(count - len(optional)), [features_of(device, gate) for gate in optional]


def implied(device: Device, gates: list[list[str]], queue: list[str]) -> bool:
    """
    Whether a message can exist only if its queue does: each feature of one of its gates requires a feature of
    the queue.
    """
    return not queue or any(all(_needs(device, {one}) & set(queue) for one in some) for some in gates)


def _needs(device: Device, have: set[str]) -> set[str]:
    """These features, and those that they require."""
    rows = {row.c: row for row in device.features.rows} if device.features else {}
    needed = {
        c
        for one in have
        if one in rows
        for said in rows[one].requires
        if len(c_names := features_of(device, said)) == 1
        for c in c_names
    }
    return have if needed <= have else _needs(device, have | needed)


def _select(place: FieldPlace) -> Select:
    return Select(
        place.offset or 0,
        SCALARS[place.type][0],
        place.shift,
        f"0x{(1 << place.width) - 1:x}u",
        place.type.startswith("be"),
    )


def _index(device: Device, row: Queue, end: str, n: str) -> str:
    """The index of queue `n` of a kind."""
    if not row.at:
        own = const_name(device.prefix, "QUEUE", row.name)
        return f"{own} + {n}" if row.count_by and n != "0" else own
    named = {one.name: one for one in device.queues.all} if device.queues else {}
    before = row
    while before.behind:
        before = named[before.behind]
    said = {
        "const struct vwr_features *f": {"client": "&d->config.features", "service": "&v->accepted"}[end],
        "unsigned i": n,
        "unsigned n": _number(device, before, end),
    }
    return f"{row.at.c}({', '.join(said[one] for one in row.at.params.split(', '))})"


def _number(device: Device, row: Queue, end: str) -> str:
    """The number of queues of a kind, if the device has them."""
    if row.count_by is None:
        return f"{row.count}u"
    text, less = config_number(device, row.count_by["field"], end), row.count_by.get("less", 0)
    if less:
        text = f"({text} > {less}u ? {text} - {less}u : 0u)"
    has = {"client": "vwr_dev_has(d, ", "service": "vwr_vdev_has(v, "}[end]
    gates = " || ".join(f"{has}{one})" for one in features_of(device, said(row.count_by).choice))
    return f"({gates} ? {text} : {row.count}u)" if gates else text


def config_number(device: Device, path: str, end: str) -> str:
    """A number of the configuration in C; empty if this end cannot read it."""
    config = device.config
    call = next(
        (one for one in (config.accessors if config else []) if one.field == path and not one.count), None
    )
    if not call or not call.getter:
        return ""
    if end == "client" and call.for_device:
        return ""
    if end == "client":
        return f"c->info.{call.name}"
    if config and not config.struct.fixed:
        return ""  # the struct is bytes in C
    return f"s->config.{path}" if call.width == 8 else f"vwr_guest{call.width}(v->legacy, s->config.{path})"


def features_of(device: Device, said: str | list[str]) -> list[str]:
    own = {row.name: row.c for row in device.features.rows} if device.features else {}
    return [own.get(name, const_name("F", name)) for name in names_of(said)]


def _status_first(rows: list[Message], status: FieldPlace | None) -> int:
    """Size of the fixed start of a reply that has only a status; 0 if the status is at its end."""
    sizes = [_sizes(row.back) for row in rows if row.status and row.status.offset is not None]
    least = min((first for first, _ in sizes if first), default=0)
    at = status.offset if status and status.offset is not None else None
    if at is None or not status or not all(row.status and row.status.offset == at for row in rows):
        return 0
    return least if least >= at + SCALARS[status.type][0] else 0


def _status_last(rows: list[Message], status: FieldPlace | None) -> int:
    """Size of the fixed end of such a reply; 0 if the status is at its start."""
    if status is None or _status_first(rows, status):
        return 0
    return min(_last_with_status(row, row.status) for row in rows if row.status)


def _status_end(row: Message) -> tuple[int, int]:
    """(bytes from the status to the end, bytes of the status)."""
    assert row.status
    return _last_with_status(row, row.status) - row.status.at, SCALARS[row.status.type][0]


def _last_with_status(row: Message, status: FieldPlace) -> int:
    """Bytes from the part with the status to the end."""
    index = [part.name for part in row.back].index(status.part)
    return sum(part.least_bytes for part in row.back[index:])


def _tail_at(rows: list[Message], status: FieldPlace | None) -> int:
    """
    Offset of the status in the fixed part after all data. It has the same distance from the end in all
    messages, for any size of its part.
    """
    ends_at = {_status_end(row)[0] for row in rows if row.status}
    last = _status_last(rows, status)
    return last - ends_at.pop() if len(ends_at) == 1 and last else status.at if status else 0


# Messages --------------------------------------------------------------------------------------------------------


def _fixed(part: MessagePart) -> bool:
    """The part belongs to a fixed layout, and is not an array of the caller."""
    return part.fixed and not part.foreign


def _runs(parts: list[MessagePart]) -> tuple[int, int]:
    """The numbers of parts in the first and in the last fixed layout."""
    first = next((i for i, part in enumerate(parts) if not _fixed(part)), len(parts))
    last = (
        next((i for i, part in enumerate(reversed(parts)) if not _fixed(part)), 0)
        if first < len(parts)
        else 0
    )
    return first, last


def _is_loose(part: MessagePart, at: int) -> bool:
    return part.struct is not None and at % part.struct.align != 0


def _sizes(parts: list[MessagePart]) -> tuple[int, int]:
    first, last = _runs(parts)
    return sum(part.least_bytes for part in parts[:first]), sum(
        part.least_bytes for part in parts[len(parts) - last :]
    )


class _Maker:
    """Makes one message."""

    def __init__(self, device: Device, message: Message) -> None:
        self.device, self.message, self.name = device, message, snake(message.call)
        self.leaves = Leaves(device, message)
        self.sides: dict[str, Side] = {}

    def made(self) -> EndMessage:
        """The complete message."""
        row = self.message
        self.sides["R"] = self._side("R", row.out)
        self.sides["W"] = self._side("W", row.back)
        items = self._items()
        gates = [gate.any for gate in (row.gate, row.also) if gate]
        return EndMessage(
            place=row.place,
            name=self.name,
            c=ident(self.device.prefix, self.name),
            brief=row.brief or row.name,
            out=self.sides["R"],
            back=self.sides["W"],
            back_whole=all(area.service for area in self.sides["W"].areas),
            gates=gates,
            unless=row.unless.any if row.unless else [],
            closed={end: list(self._closed(end)) for end in ENDS},
            counted=self._counted(),
            beyond=row.out_of_range.c if row.out_of_range else "VWR_EUNSUPP",
            values=row.values,
            refused_by=row.refused_by.any if row.refused_by else [],
            refused=row.refuse_if_offered.c if row.refuse_if_offered else "VWR_EUNSUPP",
            status_at=self._status_at() or 0,
            status_bytes=SCALARS[row.status.type][0] if row.status and self._status_at() is not None else 0,
            oks=[one.c for one in row.ok][:3] if self._status_at() is not None else [],
            refuse=row.refuse.c if row.refuse else "",
            forms=list(self._forms()),
            checks={
                "client": list(self._numbers("client")),
                "service": [*self._numbers("service"), *_unlike(items)],
            },
            items=items,
            unkept=list(self._unkept()),
            unanswered=[] if self._counted() else self._lengths_unknown(),
        )

    def _closed(self, end: str) -> Iterator[str]:
        """Conditions under which the interface or the configuration excludes the message."""
        bit, when = self.message.bit, self.message.when
        if self.message.only:
            legacy = {"client": "vwr_dev_is_legacy(c->bringup.dev)", "service": "v->legacy"}[end]
            yield f"{'!' if self.message.only == 'legacy' else ''}{legacy}"
        if bit:
            yield f"({config_number(self.device, bit.field, end)} >> {bit.value.c} & 1u) == 0"
        if when:
            yield f"{config_number(self.device, when.field, end)} != {when.value.c}"

    def _own_lengths(self) -> list[tuple[MessagePart, Reference]]:
        """Parts of the reply whose length is in the reply, with the reference to it."""
        said = [
            (part, part.count if part.type else part.bytes)
            for part in (self.message.back if self.message.sender == "driver" else [])
        ]
        return [
            (part, amount) for part, amount in said if isinstance(amount, Reference) and amount.side == "W"
        ]

    def _counted(self) -> Counted | None:
        """
        The number with the amount of data in a reply; None: there is none, or it is not in the fixed layout
        before all data.
        """
        found, back = self._own_lengths(), self.sides["W"]
        if len(found) != 1 or len(back.areas) != 1:
            return None
        part, said = found[0]
        leaf = next((leaf for leaf in back.leaves if leaf.path == path_in_c(said.part, said.path)), None)
        plain = not (said.plus or part.stride or part.optional or part.with_ or part.gate)
        if not leaf or leaf.kind != "number" or leaf.width > COUNTED or not leaf.given or not plain:
            return None
        if leaf.at + leaf.width > back.first:
            return None
        return Counted(leaf.at, leaf.width, leaf.order == "be", part.size if part.type else 1)

    def _status_at(self) -> int | None:
        """Offset of the status in the fixed layout; None if it is elsewhere."""
        status = self.message.status
        wire = next(
            (one for one in self.sides["W"].wire if status and one.name == member_of(status.part)), None
        )
        return wire.begin + status.at if wire and status else None

    # parts of one side

    def _side(self, side: str, parts: list[MessagePart]) -> Side:
        first, last = _runs(parts)
        if side == "R" or self.message.sender == "device" or first == len(parts):
            last = 0
        tail = parts[len(parts) - last :] if last else []
        wire, leaves, at = [], [], 0
        for part in parts[:first] + tail:
            wire.append(self._wire(part, at))
            loose = _is_loose(part, at)
            leaves += [
                changed(leaf, loose=leaf.loose or loose) for leaf in self.leaves.of_part(side, part, at)
            ]
            at += part.least_bytes
        sizes = [sum(part.least_bytes for part in some) for some in (parts[:first], tail)]
        self.sides[side] = made = Side(
            wire, sizes[0], sizes[1], _named(leaves), []
        )  # an area's length may be in it
        return changed(made, areas=[self._area(part) for part in parts[first : len(parts) - last]])

    def _wire(self, part: MessagePart, at: int) -> Wire:
        struct = part.struct
        if _is_loose(part, at):
            return Wire(member_of(part.name), "uint8_t", [], at, part.least_bytes)
        if struct and struct.fixed and part.begin == 0 and part.size == struct.size:
            ctype = f"struct {struct.c}"
        elif struct:
            ctype = ""
        else:
            ctype = SCALARS[part.type][1] if part.type in SCALARS else "uint8_t"
        count = (
            0
            if not ctype or struct and part.count == 1 or part.type and part.count == 1
            else part.least_bytes
            // (struct.size if struct else SCALARS[part.type][0] if part.type in SCALARS else 1)
        )
        return Wire(member_of(part.name), ctype, [] if ctype else part.fields, at, count)

    # data

    def _area(self, part: MessagePart) -> Area:
        each = part.size if part.type else 1
        ctype = (
            f"struct {part.struct.c}"
            if part.struct and part.begin == 0 and part.size == part.struct.size
            else (SCALARS[part.type][1] if part.type in SCALARS and not part.struct else "void")
        )
        amount = part.count if part.type else part.bytes
        if part.optional or part.with_ or part.gate or (part.struct and part.struct.sizes):
            amount = None
        stride = self._number(part.stride, "client"), self._number(part.stride, "service")
        texts = [
            self._bytes(amount, each, stride[i] if part.stride else "", end) for i, end in enumerate(ENDS)
        ]
        if not all(texts):
            texts = ["", ""]
        return Area(
            member_of(part.name),
            ctype,
            texts[0],
            texts[1],
            part.least if isinstance(part.least, int) else 0,
            part.multiple_of if isinstance(part.multiple_of, int) else each,
            {end: self._bytes(part.max, each, "", end) for end in ENDS},
            part.unlimited,
        )

    def _bytes(self, amount: Amount, each: int, stride: str, end: str) -> str:
        if amount is None:
            return ""
        count = self._number(amount, end)
        return f"(uint64_t){count} * {stride or f'{each}u'}" if count else ""

    def _number(self, said: Amount, end: str) -> str:
        """A number in C, at one end; empty if it is part of the data."""
        if isinstance(said, int):
            return f"{said}u"
        if said is None:
            return ""
        if not said.part:
            return config_number(self.device, said.path, end)
        if said.side == "W" and self.message.sender == "driver":
            return ""  # the reply itself contains it
        leaf = self._leaf_of(said)
        if not leaf:
            return ""
        text = f"m{'->' if end == 'client' else '.'}{leaf.name}"
        return f"((uint64_t){text} + {said.plus}u)" if said.plus else text

    def _leaf_of(self, said: Reference) -> Leaf | None:
        """The member with this number, which the sender sets."""
        side, path = self.sides.get(said.side), path_in_c(said.part, said.path)
        leaf = next((leaf for leaf in (side.leaves if side else []) if leaf.path == path), None)
        return leaf if leaf and leaf.given and leaf.kind == "number" else None

    def _items(self) -> Items | None:
        """The items of a reply that has nothing else, if the message only selects a range of them."""
        within, out, back = self.message.within, self.sides["R"], self.sides["W"]
        part = next((part for part in self.message.back if not _fixed(part)), None)
        if not within or not part or part.count != within.count or len(back.areas) != 1:
            return None
        said = [one for one in (within.start, within.count, part.stride) if isinstance(one, Reference)]
        leaves = [leaf for leaf in map(self._leaf_of, said) if leaf]
        area = back.areas[0]
        values = _named(self.leaves.of_item(part))
        item = Side([], part.size, 0, values, [])
        if sorted(leaves, key=out.leaves.index) != out.values or len(leaves) != (3 if part.stride else 2):
            return None
        if out.areas or back.values or not values or not area.service or not area.ctype.startswith("struct "):
            return None
        brief = part.struct.brief if part.struct else part.brief
        return Items(area.ctype, brief, item, *leaves, *([] if part.stride else [None]))

    # checks of an end

    def _forms(self) -> Iterator[str]:
        """Conditions under which fixed values in the driver's fixed layout are wrong."""
        selects = {path_in_c(place.part, place.path) for place in self.message.select}
        for leaf in self.sides["R"].leaves:
            if leaf.fixed and not leaf.mask and leaf.path not in selects:
                yield f"{_read(leaf)} != {leaf.fixed}"

    def _lengths_unknown(self) -> list[tuple[Place | None, str, str]]:
        """
        (place, key, reference) of parts of the reply whose length is in the reply, in a form that neither end
        supports.
        """
        lengths = self._own_lengths()
        return [(part.place, "count" if part.type else "bytes", said.text) for part, said in lengths]

    def _numbers(self, end: str) -> Iterator[str]:
        """Conditions under which a number of the message is wrong."""
        for part in self.message.out + self.message.back:
            count, most = self._number(part.count, end), self._number(part.max, end)
            if isinstance(part.count, Reference) and count and most not in ("", count):
                yield beyond(count, most, part.unlimited)
            if isinstance(part.count, Reference) and count and isinstance(part.least, int) and part.least:
                yield f"{count} < {part.least}u"
            if isinstance(part.count, Reference) and count and isinstance(part.multiple_of, int):
                yield f"vwr_remainder({count}, {part.multiple_of}u) != 0"
        if within := self.message.within:
            start, count, last = (self._number(one, end) for one in (within.start, within.count, within.end))
            if start and count and last:
                yield f"(uint64_t){start} + {count} > {last}"

    def _unkept(self) -> Iterator[tuple[Place | None, tuple[str, ...], str]]:
        """Limits of the description that one of the ends does not check."""
        row = self.message
        if row.when and not all(config_number(self.device, row.when.field, end) for end in ENDS):
            yield row.place, ("if",), row.name
        for side, part in [("R", part) for part in row.out] + [("W", part) for part in row.back]:
            for key, limit in (("min", part.least), ("max", part.max), ("multiple-of", part.multiple_of)):
                if limit is not None and not all(self._keeps(end, side, part, key, limit) for end in ENDS):
                    yield part.place, (key,), part.name
        numbers = [row.within.start, row.within.count, row.within.end] if row.within else []
        if (
            not all(self._number(one, end) for one in numbers for end in ENDS)
            or numbers
            and row.sender == "device"
        ):
            yield row.place, (), row.name

    def _keeps(self, end: str, side: str, part: MessagePart, key: str, said: Amount) -> bool:
        """Whether this end checks the limit: by _numbers, or for data by the limits of an area."""
        if self.message.sender == "device" or key != "max" and not isinstance(said, int):
            return False
        if isinstance(part.count, Reference) and self._number(part.count, end):
            return bool(self._number(said, end))
        areas = [area for area in self.sides[side].areas if not area.client]
        own = next((area for area in areas if area.name == member_of(part.name)), None)
        if own is None:
            return False
        if key != "max":
            return self.sides[side].free == own
        return bool(own.most[end]) and (end == "client" or len(areas) == 1)


def _unlike(items: Items | None) -> list[str]:
    """The condition under which the driver asks for items of another size."""
    return [f"m.{items.stride.name} != sizeof({items.ctype})"] if items and items.stride else []


def _read(leaf: Leaf) -> str:
    """An expression in C for a number in the fixed layout."""
    if leaf.order == "be":
        return f"vwr_be{leaf.width * 8}_to_cpu(w->{leaf.path})"
    return f"vwr_guest{leaf.width * 8}(v->legacy, w->{leaf.path})" if leaf.width > 1 else f"w->{leaf.path}"


def _named(leaves: list[Leaf]) -> list[Leaf]:
    """The leaves with unique names: the name of the field, or the path with the enclosing fields."""
    count = Counter(leaf.name for leaf in leaves if leaf.given)
    return [
        changed(leaf, name=leaf.path.replace(".", "_") if count[leaf.name] > 1 else leaf.name)
        for leaf in leaves
    ]

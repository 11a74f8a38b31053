# SPDX-License-Identifier: MIT
"""The types for both ends of a device's messages."""

from dataclasses import field
from itertools import groupby

from vwr.model.nodes import changed, node
from vwr.model.nodes.structs import Field
from vwr.model.nodes.values import NO_FEATURE, Value, cells
from vwr.spec.load import Place


def beyond(number: str, most: str, unlimited: bool) -> str:
    """
    The C condition under which a number is above the maximum; with `unlimited` a maximum of 0 means no limit.
    """
    return f"{most} != 0 && {number} > {most}" if unlimited else f"{number} > {most}"


@node(frozen=True)
class Chosen:
    """
    A choice that a number of the same layout makes, `path` in C: it has one of these values, or with `others`
    none of them.
    """

    path: str
    values: list[Value]
    others: bool

    def holds(self, number: int) -> bool:
        """Whether the number makes this choice."""
        return (number in [one.value for one in self.values]) != self.others

    def text(self, number: str) -> str:
        """The condition in C."""
        how, word = ("!=", " && ") if self.others else ("==", " || ")
        return word.join(f"{number} {how} {one.c}" for one in self.values)


@node(frozen=True)
class Run:
    """Leaves that follow each other and exist under the same condition in C, which may be empty."""

    condition: str
    leaves: list["Leaf"]


@node(frozen=True)
class Leaf:
    """
    A number, an array or bytes in a fixed layout: `path` is its place in C there, `at` the number of bytes
    before it. `kind` is number, numbers or bytes; `loose`: its struct is not aligned there, and is bytes in
    C; `fixed` is its value in this message, `mask` the bits that select the message. It exists while all of
    `when` hold, and is 0 otherwise. `views` are the members of a union that nothing in the message selects.
    """

    name: str
    path: str
    at: int
    bytes: int
    kind: str
    width: int
    order: str
    count: int
    ctype: str
    brief: str
    fixed: str = ""
    mask: int = 0
    loose: bool = False
    when: tuple[Chosen, ...] = ()
    views: tuple["View", ...] = ()

    @property
    def given(self) -> bool:
        """Whether the caller sets it."""
        return not self.fixed or bool(self.mask)


@node(frozen=True)
class Wire:
    """A part of a fixed layout: `ctype` is its struct or type in C; without it `fields` are listed."""

    name: str
    ctype: str
    fields: list[Field]
    begin: int
    count: int = 0


@node(frozen=True)
class Area:
    """
    Data of a message: in C an array of `ctype`. `client` and `service` are the number of bytes in C, if an
    earlier number contains it; `most` is the maximum in C at each end, where with `unlimited` a maximum of 0
    means no limit.
    """

    name: str
    ctype: str
    client: str
    service: str
    least: int
    unit: int
    most: dict[str, str]
    unlimited: bool

    def unfit(self, length: str) -> list[str]:
        """C conditions under which a length in bytes is too small, or not a multiple of the unit."""
        return [f"{length} < {self.least}u"] * bool(self.least) + [
            f"vwr_remainder({length}, {self.unit}u) != 0"
        ] * (self.unit > 1)

    def too_long(self, end: str, length: str) -> str:
        """The C condition under which a length in bytes is too large; empty without a limit."""
        return beyond(length, self.most[end], self.unlimited) if self.most[end] else ""


@node(frozen=True)
class Counted:
    """A number in the fixed layout of a reply with the amount of its data: this number times `each` bytes."""

    at: int
    bytes: int
    big: bool
    each: int


@node(frozen=True)
class Side:
    """The parts of one side: a fixed layout, data, and another fixed layout."""

    wire: list[Wire]
    first: int
    last: int
    leaves: list[Leaf]
    areas: list[Area]

    @property
    def values(self) -> list[Leaf]:
        """The leaves that the caller sets."""
        return [leaf for leaf in self.leaves if leaf.given]

    @property
    def views(self) -> list["View"]:
        """The members of unions that nothing in the message selects."""
        return [view for leaf in self.leaves for view in leaf.views]

    @property
    def has_choices(self) -> bool:
        """Whether numbers in it select others."""
        return any(leaf.when for leaf in self.leaves)

    @property
    def runs(self) -> list[Run]:
        """All leaves, each after the numbers that select it."""
        names = {leaf.path: leaf.name for leaf in self.leaves}
        inner = sorted(self.leaves, key=lambda leaf: len(leaf.when))
        return [Run(_all(when, names), list(some)) for when, some in groupby(inner, lambda leaf: leaf.when)]

    @property
    def free(self) -> Area | None:
        """All data, if it is one area whose length no number contains."""
        return self.areas[0] if len(self.areas) == 1 and not self.areas[0].client else None

    @property
    def size(self) -> int:
        """Bytes of the fixed layouts."""
        return self.first + self.last

    @property
    def has_gaps(self) -> bool:
        """Whether some of it is reserved, and therefore zero."""
        always = [leaf for leaf in self.leaves if not leaf.when]
        return sum(leaf.bytes for leaf in always if leaf.given or not leaf.loose) < self.size


def _all(when: tuple[Chosen, ...], names: dict[str, str]) -> str:
    """The condition in C under which all of these choices are made."""
    texts = [one.text(f"m->{names[one.path]}") for one in when]
    return " && ".join(f"({text})" if len(texts) > 1 and " || " in text else text for text in texts)


@node(frozen=True)
class View:
    """A member of a union whose bytes a message has: `c` is its structure of numbers in C, `brief` its comment."""

    c: str
    brief: str
    side: Side


@node(frozen=True)
class Items:
    """
    A reply of `count` items from `start` on, each `ctype` in memory. The numbers are members of the message;
    `stride`, if it has one, is the size of an item.
    """

    ctype: str
    brief: str
    side: Side
    start: Leaf
    count: Leaf
    stride: Leaf | None

    @property
    def form(self) -> str:
        """The tag of its struct."""
        return self.ctype.removeprefix("struct ")


@node(frozen=True)
class EndMessage:
    """
    A message in C. `closed`: for each end the conditions under which the configuration or the interface excludes it; `beyond`:
    the service's result for a number or a length outside its limits, `refused` if it offers a feature of
    `refused_by`; `items`: the service's function fills one
    item, and is called for each.
    """

    place: Place | None
    name: str
    c: str
    brief: str
    out: Side
    back: Side
    back_whole: bool
    gates: list[list[str]]
    unless: list[str]
    closed: dict[str, list[str]]
    counted: Counted | None
    beyond: str
    values: list[int]
    status_at: int
    status_bytes: int
    oks: list[str]
    refuse: str
    forms: list[str]
    checks: dict[str, list[str]]
    items: Items | None = None
    refused_by: list[str] = field(default_factory=list)
    refused: str = "VWR_EUNSUPP"
    unkept: list[tuple[Place | None, tuple[str, ...], str]] = field(
        default_factory=list
    )  # (place, key, limited item) that an end cannot check
    unanswered: list[tuple[Place | None, str, str]] = field(
        default_factory=list
    )  # (place, key, reference) of a reply's length that an end does not support
    queue_gate: list[str] = field(default_factory=list)
    of_queue: list[str] = field(default_factory=list)

    @property
    def sides(self) -> list[Side]:
        """What it has in C."""
        return [self.out, self.back, *([self.items.side] if self.items else [])]

    @property
    def asked(self) -> list[list[str]]:
        """The features that a sender checks: any feature of each list."""
        return ([self.queue_gate] if self.queue_gate else []) + self.gates

    @property
    def parameters(self) -> str:
        """The parameters of the VMM's function behind the service."""
        if self.items:
            return f"{self.items.start.ctype} id, struct {self.c}_item *item"
        message = f", const struct {self.c}_msg *m" if self.out.values else ""
        answer = f", struct {self.c}_answer *a" if self.back.values else ""
        return f"struct vwr_vmessage *x{message}{answer}"

    @property
    def selected(self) -> list[str]:
        """C conditions for the numbers that identify the message."""
        return [f"select{i} == {value}u" for i, value in enumerate(self.values)]

    def there(self, known: list[str]) -> list[str]:
        """C conditions for the features, except those that are `known`."""
        have = [
            [f"vwr_features_have(features, {one})" for one in some] for some in self.gates if some != known
        ]
        return [f"({' || '.join(some)})" if len(some) > 1 else some[0] for some in have] + [
            f"!vwr_features_have(features, {one})" for one in self.unless
        ]

    @property
    def cells(self) -> tuple[list[str], str, list[str]]:
        """(any, also, unless) of a row."""
        gates = [gate for gate in self.gates if gate != self.of_queue]  # the queue is not served without it
        some = gates[0] if gates else []
        also = gates[1][0] if len(gates) > 1 else NO_FEATURE
        return cells(some), also, cells(self.unless)


@node(frozen=True)
class Select:
    """Bits of the fixed layout that identify the message: in `bytes` bytes from `at` on."""

    at: int
    bytes: int
    shift: int
    mask: str
    big: bool


@node(frozen=True)
class EndQueue:
    """
    A queue: `kind` is request, event, take (bytes of the driver) or put (bytes of the device). A `family` has
    a number of queues from the configuration; the index is that of queue `n`, and `client_number` and
    `service_number` are the number of queues.
    """

    place: Place | None
    name: str
    kind: str
    family: bool
    stride: int
    client_number: str
    service_number: str
    client_index: str
    service_index: str
    service_first: str
    gate: list[str]
    messages: list[EndMessage]
    select: list[Select]
    select_end: int
    alike: bool
    answer: str
    status_bytes: int
    status_big: bool
    first: int
    last: int
    status_at: int
    refuse: str
    least: int

    @property
    def header(self) -> Side | None:
        """
        The struct that is the fixed layout of each message, with the numbers that identify a message among those
        that the caller sets; None: the messages differ in more.
        """
        sides = [one.back if self.kind == "event" else one.out for one in self.messages]
        if len(sides) < 2 or any(side.wire != sides[0].wire for side in sides) or len(sides[0].wire) != 1:
            return None
        wire = sides[0].wire[0]
        if not wire.ctype.startswith("struct ") or wire.count:
            return None
        selects = [select.at for select in self.select]
        leaves = [
            changed(
                leaf,
                path=leaf.path.removeprefix(f"{wire.name}."),
                fixed="" if leaf.at in selects else leaf.fixed,
            )
            for leaf in sides[0].leaves
        ]
        return Side(sides[0].wire, sides[0].first, 0, leaves, [])


@node(frozen=True)
class Ends:
    """
    Both ends of a device. `queue_count`: the queues that the device has in any case, in C; `queue_gates`: the features
    of the others.
    """

    queues: list[EndQueue]
    queue_count: str
    queue_gates: list[list[str]]

    @property
    def views(self) -> list["View"]:
        """Of all messages, each once."""
        sides = [side for queue in self.of("request", "event") for x in queue.messages for side in x.sides]
        return list({view.c: view for side in sides for view in side.views}.values())

    @property
    def headers(self) -> dict[str, Side]:
        """{struct in C: its numbers}: the headers of all messages in both directions."""
        sent, received = (
            {queue.header.wire[0].ctype: queue.header for queue in self.of(kind) if queue.header}
            for kind in ("request", "event")
        )
        return {name.removeprefix("struct "): side for name, side in sent.items() if name in received}

    def of(self, *kinds: str) -> list[EndQueue]:
        """The queues of these kinds."""
        return [queue for queue in self.queues if queue.kind in kinds]

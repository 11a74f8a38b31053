# SPDX-License-Identifier: MIT
"""What both ends of a device's messages are made of."""

from dataclasses import dataclass, field

from vwr.model.nodes.structs import Field
from vwr.model.nodes.values import NO_FEATURE, cells
from vwr.spec.load import Place


def beyond(number: str, most: str, unlimited: bool) -> str:
    """The condition in C under which a number is more than the most, of which 0 is none if it is `unlimited`."""
    return f"{most} != 0 && {number} > {most}" if unlimited else f"{number} > {most}"


@dataclass(frozen=True)
class Leaf:
    """A number, an array or bytes of a fixed form: `path` is its place in C there, `at` the number of bytes before it. `kind` is
    number, numbers or bytes; `loose`: its struct is not aligned there, and is bytes in C; `fixed` the value that it has in this message, `mask` the bits that select it.
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

    @property
    def given(self) -> bool:
        """Whether a caller has it."""
        return not self.fixed or bool(self.mask)


@dataclass(frozen=True)
class Wire:
    """A part of a fixed form: `ctype` is its struct or type in C, or else `fields` are listed."""

    name: str
    ctype: str
    fields: list[Field]
    begin: int
    size: int
    count: int = 0


@dataclass(frozen=True)
class Area:
    """Data of a message: in C an array of `ctype`, `each` bytes; `client` and `service` say how many bytes there are, if an
    earlier number does; `most` how many there may be, in C at each end, where a most of 0 is none if it is `unlimited`.
    """

    name: str
    ctype: str
    client: str
    service: str
    least: int
    unit: int
    most: dict[str, str]
    unlimited: bool
    brief: str

    def unfit(self, length: str) -> list[str]:
        """Conditions in C under which so many bytes are too few, or no whole number of units."""
        return [f"{length} < {self.least}u"] * bool(self.least) + [
            f"vwr_remainder({length}, {self.unit}u) != 0"
        ] * (self.unit > 1)

    def too_long(self, end: str, length: str) -> str:
        """The condition in C under which so many bytes are too many; empty if none are."""
        return beyond(length, self.most[end], self.unlimited) if self.most[end] else ""


@dataclass(frozen=True)
class Counted:
    """A number in the fixed form of an answer, which says how much data it has: so many times `each` bytes."""

    at: int
    bytes: int
    big: bool
    each: int


@dataclass(frozen=True)
class Side:
    """What one side writes: a fixed form, data, and once more a fixed form."""

    wire: list[Wire]
    first: int
    last: int
    leaves: list[Leaf]
    areas: list[Area]

    @property
    def values(self) -> list[Leaf]:
        """Those that a caller has."""
        return [leaf for leaf in self.leaves if leaf.given]

    @property
    def free(self) -> Area | None:
        """All of its data, if they are one area of which no number says how long it is."""
        return self.areas[0] if len(self.areas) == 1 and not self.areas[0].client else None

    @property
    def size(self) -> int:
        """Bytes of the fixed form."""
        return self.first + self.last

    @property
    def has_gaps(self) -> bool:
        """Whether some of it is reserved, and zero."""
        return sum(leaf.bytes for leaf in self.leaves if leaf.given or not leaf.loose) < self.size


@dataclass(frozen=True)
class EndMessage:
    """A message in C. `closed`: at each end the conditions under which the configuration forbids it; `beyond`: what a service answers
    where a number or a length is out of its limits."""

    place: Place | None
    name: str
    c: str
    brief: str
    out: Side
    back: Side
    out_whole: bool
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
    refused_by: list[str] = field(default_factory=list)
    unkept: list[tuple[Place | None, tuple[str, ...], str]] = field(
        default_factory=list
    )  # (place, key, what it limits) that an end cannot check
    unanswered: list[tuple[Place | None, str, str]] = field(
        default_factory=list
    )  # (place, key, reference) of a length of the answer that an end cannot keep
    queue_gate: list[str] = field(default_factory=list)
    of_queue: list[str] = field(default_factory=list)

    @property
    def asked(self) -> list[list[str]]:
        """What a sender asks for: any feature of each."""
        return ([self.queue_gate] if self.queue_gate else []) + self.gates

    @property
    def selected(self) -> list[str]:
        """What is asked, in C, of the numbers that tell messages apart."""
        return [f"select{i} == {value}u" for i, value in enumerate(self.values)]

    def there(self, known: list[str]) -> list[str]:
        """What is asked, in C, of the features, beyond those that are `known`."""
        have = [
            [f"vwr_features_have(features, {one})" for one in some] for some in self.gates if some != known
        ]
        return [f"({' || '.join(some)})" if len(some) > 1 else some[0] for some in have] + [
            f"!vwr_features_have(features, {one})" for one in self.unless
        ]

    @property
    def cells(self) -> tuple[list[str], str, list[str]]:
        """(any, also, unless) of a row."""
        gates = [gate for gate in self.gates if gate != self.of_queue]  # the queue is not served without that
        some = gates[0] if gates else []
        also = gates[1][0] if len(gates) > 1 else NO_FEATURE
        return cells(some), also, cells(self.unless)


@dataclass(frozen=True)
class Select:
    """Bits of the fixed form that tell messages apart: in `bytes` bytes from `at` on."""

    at: int
    bytes: int
    shift: int
    mask: str
    big: bool


@dataclass(frozen=True)
class EndQueue:
    """A queue: `kind` is request, event, take (bytes of the driver) or put (bytes of the device). Of a family, as many as the
    configuration says, the index is that of number `n`; `client_number` and `service_number` are how many there are.
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
    brief: str
    least: int


@dataclass(frozen=True)
class Ends:
    """Both ends of a device."""

    queues: list[EndQueue]

    def of(self, *kinds: str) -> list[EndQueue]:
        """The queues of these kinds."""
        return [queue for queue in self.queues if queue.kind in kinds]

# SPDX-License-Identifier: MIT
"""What the test of both ends of a device sends and expects: nodes of plain numbers."""

from dataclasses import dataclass

from vwr.model.nodes.ends import EndMessage, EndQueue, Leaf


@dataclass(frozen=True)
class Member:
    """A value of a message in C: what the sender gives, and what comes to the other side."""

    leaf: Leaf
    given: list[int]
    seen: list[int]


@dataclass(frozen=True)
class Data:
    """An area of data: how many bytes of it the right message has; `known`: the caller does not say."""

    name: str
    bytes: int
    known: bool


@dataclass(frozen=True)
class Half:
    """What one side writes in a right message. `exact`: a number says how many data there are; else at least `least`, a multiple
    of `unit`, at most `most` if that is not 0. `over`: what selects the message, where that stands in data.
    """

    form: list[int]
    first: int
    last: int
    members: list[Member]
    data: list[Data]
    exact: bool
    least: int
    unit: int
    most: int
    over: list[int]
    over_at: int
    counted: bool = False  # the form says how much data there are

    @property
    def data_bytes(self) -> int:
        """All areas."""
        return sum(area.bytes for area in self.data)


@dataclass(frozen=True)
class Wrong:
    """The form of a message with a value that cannot be."""

    what: str
    form: list[int]
    out_data: int
    in_data: int
    beyond: bool = True  # a limit is not kept


@dataclass(frozen=True)
class Unfit:
    """What a caller gives and the client refuses: another `number` in a member of the message, or so many bytes of an area, as the
    parameter in C is called."""

    what: str
    member: str
    area: str
    number: int


@dataclass(frozen=True)
class Trial:
    """A message; `bit` of the number at `bit_at` of the configuration has to be there, if it is not 0."""

    end: EndMessage
    out: Half
    back: Half
    wrong: list[Wrong]
    unfit: list[Unfit]
    open: int
    home: int
    status_at: int
    status_bytes: int
    oks: list[int]
    refuse: int | None
    beyond: int | None
    unknown: int | None
    bit_at: int
    bit: int


@dataclass(frozen=True)
class Lane:
    """A queue; `unknown` are values of its selectors that no message has: (offset, bytes, shift, mask, value, whether it is big-endian). They
    stand in `select_end` bytes. `place`: where a message
    that is not known has its status: at the front, at the back, or as one whose answer is as long."""

    end: EndQueue
    trials: list[Trial]
    open: int
    unknown: list[tuple[int, int, int, int, int, bool]]
    select_end: int
    place: str
    big: bool


@dataclass(frozen=True)
class Limit:
    """A field of the configuration and a value that is out of its limits; it is there in the sets of `open`."""

    field: str
    at: int
    bytes: int
    value: int
    open: int


@dataclass(frozen=True)
class EndsTest:
    """All that a device's test has; each of `sets` are bits of features that are offered, and each of `states` numbers of the
    configuration there, (offset, bytes, value), that are others than in `config`. `rules`: a feature, and those of which it needs one.
    """

    lanes: list[Lane]
    sets: list[list[int]]
    states: list[list[tuple[int, int, int]]]
    rules: list[tuple[int, list[int]]]
    config: list[int]
    limits: list[Limit]

    @property
    def messages(self) -> int:
        """Streams too."""
        return sum(len(lane.trials) or 1 for lane in self.lanes)

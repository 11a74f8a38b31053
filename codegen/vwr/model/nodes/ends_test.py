# SPDX-License-Identifier: MIT
"""
The nodes of the test of both ends of a device, which contain plain numbers: data to send, and the expected
results.
"""

from vwr.model.nodes import node
from vwr.model.nodes.ends import EndMessage, EndQueue, Leaf


@node(frozen=True)
class Member:
    """A value of a message in C: the sender's value, and the value on the other side; `blank`: the value there of a number
    for which the sender gives 0."""

    leaf: Leaf
    given: list[int]
    seen: list[int]
    blank: int


@node(frozen=True)
class Data:
    """An area of data: its size in a valid message; `known`: the caller does not pass the size."""

    name: str
    bytes: int
    known: bool


@node(frozen=True)
class ItemsTest:
    """The items of a reply: the id of the first, the values of each, and `size` bytes of each."""

    first: int
    each: list[list[Member]]
    size: int
    data: list[int]


@node(frozen=True)
class Half:
    """
    The part of one side in a valid message. `exact`: a number contains the amount of data; otherwise the data
    has at least `least` bytes, a multiple of `unit`, and at most `most` if that is not 0. `over`: the bytes
    that select the message, if they are in data.
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
    counted: bool = False  # the fixed layout contains the amount of data

    @property
    def data_bytes(self) -> int:
        """All areas."""
        return sum(area.bytes for area in self.data)


@node(frozen=True)
class Wrong:
    """The fixed layout of a message with an invalid value."""

    what: str
    form: list[int]
    out_data: int
    in_data: int
    beyond: bool = True  # a value exceeds a limit


@node(frozen=True)
class Unfit:
    """
    An argument that the client rejects: another `number` in a member of the message, or as the length of an
    area, by the name of the parameter in C.
    """

    what: str
    member: str
    area: str
    number: int


@node(frozen=True)
class Trial:
    """
    A message. It requires `bit` of the number at `bit_at` of the configuration, if `bit` is not 0. In the sets of
    `barred` the service refuses it with `refuse_barred`.
    """

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
    barred: int
    refuse_barred: int
    beyond: int | None
    unknown: int | None
    bit_at: int
    bit: int
    items: ItemsTest | None = None


@node(frozen=True)
class Lane:
    """
    A queue. `unknown` are values of its selectors that no message has: (offset, bytes, shift, mask, value,
    whether it is big-endian). They are within `select_end` bytes. `place` is the status of an unknown
    message: at the front, at the back, or as in a message with a reply of the same length. `least` is the size of
    the smallest buffer for the device's bytes. `second`: the sets in which a family has a second queue.
    """

    end: EndQueue
    trials: list[Trial]
    open: int
    unknown: list[tuple[int, int, int, int, int, bool]]
    select_end: int
    place: str
    least: int
    second: int


@node(frozen=True)
class Limit:
    """A configuration field and a value outside its limits; it exists in the sets of `open`."""

    field: str
    at: int
    bytes: int
    value: int
    open: int


@node(frozen=True)
class EndsTest:
    """
    The test of a device. Each of `sets` are bits of offered features. Each of `states` are numbers of the
    configuration, (offset, bytes, value), that differ from `config`. `rules`: a feature, and those of which
    it requires one.
    """

    lanes: list[Lane]
    sets: list[list[int]]
    states: list[list[tuple[int, int, int]]]
    rules: list[tuple[int, list[int]]]
    config: list[int]
    limits: list[Limit]

    @property
    def rows(self) -> list[tuple[Lane, int]]:
        """Each queue, and the second of each family behind them."""
        return [(lane, 0) for lane in self.lanes] + [(lane, 1) for lane in self.lanes if lane.end.family]

    @property
    def messages(self) -> int:
        """Number of messages, including streams."""
        return sum(len(lane.trials) or 1 for lane in self.lanes)

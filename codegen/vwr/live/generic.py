# SPDX-License-Identifier: MIT
"""The scene of a device that has no hand-written class: its generated client and service."""

from collections.abc import Iterator
from typing import NamedTuple

from vwr.generate.fill import filled, ours
from vwr.model.ends_test import FAMILY, ends_test
from vwr.model.nodes import ends
from vwr.model.nodes.ends_test import Half, Lane, Member, Trial
from vwr.model.nodes.files import Device

NUMBERS = 16  # of an action, as in struct live_arguments
QUEUES = 8  # LIVE_QUEUES
BYTES = 16  # of data of any length
DATA = 448  # bytes of an event, in addition to its fixed layout
ANY = 1  # of a number that may be anything: unlike 0, it can be seen in memory


class Number(NamedTuple):
    """A number of an action: its name in the form, where it goes in C, and its value at first."""

    name: str
    target: str
    ctype: str
    default: int


class Area(NamedTuple):
    """An area of data: its name in C, and its size in C. `bytes` is a right size of it."""

    name: str
    size: str
    bytes: int


class Inputs(NamedTuple):
    """
    What an action takes. `arrays` and `areas` get the bytes of its data, one after another; `constants` are numbers for
    which the form has no place.
    """

    numbers: list[Number]
    arrays: list[str]
    constants: list[Number]
    areas: list[Area]

    @property
    def has_data(self) -> bool:
        return bool(self.arrays or self.areas)

    @property
    def form(self) -> str:
        """Arrays are rarely text."""
        data = "data:hex" if self.arrays else "data:text"
        return " ".join([*(f"{one.name}={one.default}" for one in self.numbers), *[data] * self.has_data])


class Row(NamedTuple):
    """A message: what the driver sends, and what the device does."""

    trial: Trial
    sends: Inputs
    answers: Inputs


def scene(device: Device) -> str | None:
    """The C file of the scene; None: the device does not have both ends, or too many queues."""
    test = ends_test(device)
    if test is None or _queues(device) > QUEUES:
        return None
    rows = {lane.end.name: [_row(lane, one) for one in lane.trials] for lane in test.lanes}
    template = ours(of_models=True).get_template("live.c.j2")
    return filled(
        template,
        m=device,
        test=test,
        rows=rows,
        queues=_queues(device),
        features=_words(max(test.sets, key=len)),
        config=_config(device, test.config),
        buffer_bytes=_buffer(test.lanes),
    )


def _queues(device: Device) -> int:
    """As many as there are with two of each kind of which the configuration has a number."""
    rows = device.queues.all if device.queues else []
    if any(row.count_by for row in rows):
        return sum(FAMILY if row.count_by else row.count for row in rows)
    return max(((row.index or 0) + (row.count - 1) * row.stride + 1 for row in rows), default=1)


def _buffer(lanes: list[Lane]) -> int:
    """Bytes of a buffer for an event, or for a part of a stream."""
    fixed = [
        row.back.first + row.back.last for lane in lanes if lane.end.kind == "event" for row in lane.trials
    ]
    return DATA + max(fixed, default=0) // 64 * 64 + 64


def _words(bits: list[int]) -> list[int]:
    """Of struct vwr_features."""
    return [sum(1 << bit % 32 for bit in bits if bit // 32 == word) for word in range(4)]


def _row(lane: Lane, trial: Trial) -> Row:
    family = [Number("queue", "", "", 0)] * lane.end.family
    if lane.end.kind == "event":
        sends = _inputs(family, trial.back.members, list(_areas(trial.end.back.areas, trial.back, "")))
        return Row(trial, sends, Inputs([], [], [], []))
    areas = list(_areas(trial.end.out.areas, trial.out, ""))
    room = list(_areas(trial.end.back.areas, trial.back, "in_"))
    asked = [Number(f"{one.name}_bytes", "", "", one.bytes) for one in room if not one.size]
    sends = _inputs(family, trial.out.members, areas, asked)
    at = len(sends.numbers) - len(asked)
    sizes = (f"in->number[{i}]" for i in range(at, at + len(asked)))
    room = [one._replace(size=one.size or next(sizes)) for one in room]
    status = [Number("status", "", "", 0)] * bool(trial.status_bytes)
    counted = trial.end.counted  # a number that the service fills in
    members = [one for one in trial.back.members if not (counted and one.leaf.at == counted.at)]
    return Row(trial, sends, _inputs(status, members, room))


def _areas(areas: list[ends.Area], half: Half, lead: str) -> Iterator[Area]:
    """Bytes of any number are more than the test has, so that a text of the user's fits."""
    for area, known in zip(areas, half.data, strict=True):
        is_free = not area.client and area.unit == 1
        wanted = min(BYTES, half.most or BYTES) if is_free else 0
        yield Area(lead + area.name, area.client, max(wanted, known.bytes))


def _inputs(
    first: list[Number], members: list[Member], areas: list[Area], last: list[Number] | None = None
) -> Inputs:
    """The size of the only area whose size no number says is that of the data."""
    numbers = [
        Number(one.leaf.name, one.leaf.name, one.leaf.ctype, _default(one))
        for one in members
        if one.leaf.kind == "number"
    ]
    free = [one for one in areas if not one.size]
    more = [Number(f"{one.name}_bytes", "", "", one.bytes) for one in free] if len(free) > 1 else []
    room = NUMBERS - len(first) - len(more) - len(last or [])
    at = len(first) + len(numbers[:room])
    sizes = (f"in->number[{i}]" for i in range(at, at + len(more)))
    placed = [
        one._replace(size=one.size or next(sizes, f"(from.left != 0 ? from.left : {one.bytes}u)"))
        for one in areas
    ]
    arrays = [one.leaf.name for one in members if one.leaf.kind != "number"]
    return Inputs(
        [*first, *numbers[:room], *more, *(last or [])],
        arrays,
        numbers[room:],
        placed,
    )


def _default(one: Member) -> int:
    """What others depend on has the value of the test; of the rest the test has a pattern."""
    at, width = one.leaf.at, one.leaf.width
    raw = bytes((0x21 + 7 * (at + i)) & 0xFF for i in range(width))
    pattern = int.from_bytes(raw, "big" if one.leaf.order == "be" else "little")
    return ANY if one.given[0] == pattern else one.given[0]


def _config(device: Device, config: list[int]) -> list[tuple[int, Number]]:
    """Numbers of the configuration, each with its offset; of arrays none."""
    found = []
    for call in device.config.accessors if device.config else []:
        if not call.count:
            raw = bytes(config[call.offset : call.offset + call.width // 8])
            value = int.from_bytes(raw, "little")
            found.append((call.offset, Number(call.field, "", str(call.width // 8), value)))
    return found[:NUMBERS]

# SPDX-License-Identifier: MIT
"""Converts traces to the lines that vwr-monitor replays; see hosted/programs/monitor/README.md."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from vwr import description
from vwr.explain.book import Book
from vwr.explain.lines import Event
from vwr.explain.pci import ROOM
from vwr.explain.places import PAGE
from vwr.explain.walk import Walk
from vwr.stop import Stop

RECORDED = re.compile(r"^(?:[rw] 0x[0-9a-f]+ \d 0x[0-9a-f]+|ram 0x[0-9a-f]+ 0x[0-9a-f]+)$", re.MULTILINE)
SPACE = "space"  # an access to the configuration space of PCI
BY_QUEUE = ("QueueSize", "QueueAlign", "QueuePFN")


class NotJudged(Exception):
    """The trace of a device that the monitor cannot use. The text contains the reason."""


def of_walk(walk: Walk) -> Iterator[str]:
    """A device in a trace that `./vwr explain` can read."""
    if walk.blind or walk.base is None:
        raise NotJudged("the trace does not have its start-up")
    if any(event.region == "legacy" for event in walk.events):
        raise NotJudged("it has the legacy interface of PCI, which the monitor does not observe")
    yield f"version {_version(walk)}"
    yield f"device {walk.type or 0}"
    for event in walk.events:
        if event.is_access and event.region in ("", SPACE, *ROOM):
            yield _access(event, walk.base)
        elif event.verb == "answer":
            yield "i"


def _version(walk: Walk) -> int:
    """The value of the Version register for the interface; on PCI, always the modern one."""
    return next(value for value, name in walk.book.versions.items() if name == walk.version)


def _access(event: Event, base: int) -> str:
    if event.region == SPACE:
        return f"{event.verb[0]} 0x{event.address % PAGE:x} {event.width} 0x{event.value:x} {SPACE}"
    offset = event.address - base - (ROOM[event.region] if event.region else 0)
    line = f"{event.verb[0]} 0x{offset:x} {event.width} 0x{event.value:x}"
    return f"{line} {event.region}" if event.region else line


class Recorded:
    """
    A file from tests/qemu/replay, which contains memory at each notification. It follows only the registers
    that contain ring addresses, for the lines of used buffers.
    """

    def __init__(self, book: Book, text: str) -> None:
        self.book, self.text = book, text
        self.names = {row["offset"]: row["name"] for row in book.registers.values()}
        self.select = self.word = self.page = 0
        self.accepted: dict[int, int] = {}
        self.queues: dict[int, dict[str, int]] = {}
        specs = description.specs()
        self.layouts = {
            one.name: one for name in ("split-ring", "packed-ring") for one in specs[name].structs
        }

    def lines(self) -> Iterator[str]:
        """The lines that vwr-monitor replays. The driver has already identified the device."""
        offset = self.book.offset("DeviceID")
        device = re.search(rf"^r {offset:#05x} 4 (0x[0-9a-f]+)$", self.text, re.MULTILINE)
        if device:
            yield f"device {device[1]}"
        for number, line in enumerate(self.text.splitlines(), 1):
            words = line.split()
            try:
                yield from self._line(words)
            except (ValueError, IndexError, KeyError) as error:
                raise Stop(f"line {number}: {line[:60]!r} is no line of a recording") from error

    def _line(self, words: list[str]) -> Iterable[str]:
        what = words[0] if words else ""
        if what in ("r", "ram", "version", "i"):
            return [" ".join(words)]
        if what == "w":
            self._follow(self.names.get(int(words[1], 0), ""), int(words[3], 0))
            return [" ".join(words)]
        if what in ("m", "d"):
            return _content(what, int(words[1], 0), words[2:])
        if what == "u":
            queue, position, head, length = map(int, words[1:5])
            return self._used(queue, position, head, length, words[5:])
        if what == "n":
            return [f"d {words[2]} x {words[3]}"]
        if what == "v":
            raise Stop("it has vectors: machines that are switched on anew, which are no trace of one device")
        return []  # of the disk, and comments

    def _follow(self, name: str, value: int) -> None:
        queue = self.queues.setdefault(self.select, {})
        if name == "QueueSel":
            self.select = value
        elif name == "GuestPageSize":
            self.page = value
        elif name == "DriverFeaturesSel":
            self.word = value
        elif name == "DriverFeatures":
            self.accepted[self.word] = value
        elif name in BY_QUEUE or name.startswith("QueueDe"):
            queue[name] = value

    def _used(self, queue: int, position: int, head: int, length: int, flags: list[str]) -> Iterator[str]:
        one = self.queues[queue]
        low = lambda name: one[f"{name}Low"] | one.get(f"{name}High", 0) << self.book.word_bits
        if flags:
            desc = self.layouts["pvirtq_desc"]
            at = low("QueueDesc") + desc.size * position
            for name, value in (("len", length), ("id", head), ("flags", int(flags[0], 0))):
                yield _field("d", desc, name, at, value)
            return
        used, element = self.layouts["virtq_used"], self.layouts["virtq_used_elem"]
        at = low("QueueDevice") if "QueueDeviceLow" in one else self._legacy(one)
        place = at + _offset(used, "ring") + element.size * (position % one["QueueSize"])
        yield _field("d", element, "id", place, head)
        yield _field("d", element, "len", place, length)
        yield _field("d", used, "idx", at, position + 1 & 0xFFFF)

    def _legacy(self, one: dict[str, int]) -> int:
        """The used ring of a legacy queue. Without GuestPageSize, QueuePFN is an address."""
        before = self.book.ring["legacy"]["before"]
        align = one.get("QueueAlign") or self.book.ring["legacy"]["align"]
        first = before["head"] + before["per_entry"] * one["QueueSize"]
        return one["QueuePFN"] * (self.page or 1) + -(-first // align) * align


def _offset(struct: Any, name: str) -> int:
    offset: int = next(field.offset for field in struct.fields if field.name == name)
    return offset


def _field(side: str, struct: Any, name: str, at: int, value: int) -> str:
    field = next(field for field in struct.fields if field.name == name)
    return f"{side} 0x{at + field.offset:x} x {value.to_bytes(field.size, 'little').hex()}"


def _content(side: str, address: int, content: list[str]) -> Iterator[str]:
    """The data that a side wrote. The contents of a disk (`p`) are data that no rule reads."""
    kind, *rest = content
    if kind in ("x", "z"):
        yield f"{side} 0x{address:x} {kind} {rest[0]}"
    elif kind == "n":
        first, count, stride = map(int, rest)
        for index in range(count):
            value = first + index & 0xFFFF
            yield f"{side} 0x{address + stride * index:x} x {value.to_bytes(2, 'little').hex()}"
    elif kind != "p":
        raise ValueError

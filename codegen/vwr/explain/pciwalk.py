# SPDX-License-Identifier: MIT
"""A device on PCI: the differences from MMIO."""

from collections.abc import Callable
from typing import Any

from vwr.explain import answers, mmiowalk, queues, running, space, status
from vwr.explain.book import Book, Row
from vwr.explain.device import Device
from vwr.explain.lines import Event
from vwr.explain.pci import NOTIFY, PciBook
from vwr.explain.report import line_of
from vwr.explain.space import Space
from vwr.explain.mmiowalk import MmioWalk

QEMU_TYPES = {"rng": "entropy", "serial": "console"}  # QEMU's names of device types, where they differ
QUEUE_VECTOR, CONFIG_VECTOR = "queue_msix_vector", "config_msix_vector"


class PciWalk(MmioWalk):
    """The walk of one function."""

    def __init__(self, book: Book, base: int, events: list[Event], chosen: Device | None = None) -> None:
        self.space = Space(events)
        self.registers = self.space.registers
        legacy = any(event.region == "legacy" for event in self.registers)
        vectors = legacy and any(
            event.verb == "write" and event.width == 2 and event.address - base >= 20
            for event in self.registers
        )
        self.multiplier = self.space.multiplier
        self.vector, self.no_vector = self.space.vector, self.space.no_vector
        pci = PciBook(book, "legacy" if legacy else "modern", vectors)
        super().__init__(pci, base, events, chosen)
        self.writes = sum(event.verb == "write" for event in self.registers)
        if legacy:
            self.guest_page = self.book.ring["legacy"]["align"]

    def reads(self, name: str) -> list[int]:
        """Registers that identify the device do not exist here."""
        return super().reads(name) if name in self.book.registers else []

    def row(self, event: Event) -> Row | None:
        return super().row(event) if event.region not in ("space", "messages", "place") else None

    def _type(self, chosen: Device | None) -> tuple[int | None, int | None]:
        named = next((event.kind for event in self.registers if event.kind), "")
        named = QEMU_TYPES.get(named, named)
        placed = next(
            (
                event.numbers[2]
                for event in self.events
                if event.verb == "place" and event.numbers[1] in (0, 1)
            ),
            None,
        )
        by_name = self.book.by_name.get(named) or chosen
        ids = [number for number, device in self.book.devices.items() if device is by_name]
        return None, next((one for one in (self.space.type, placed, *ids) if one is not None), None)

    def _start_is_missing(self) -> bool:
        return super()._start_is_missing() if self.registers else not self.space.seen

    def handler(self, event: Event, row: Row) -> Callable[[Any, Event, Row], None] | None:
        return HANDLERS.get((event.verb, row["register"])) or super().handler(event, row)

    def access(self, event: Event) -> None:
        if event.region == "space":
            space.access(self, self.space, event)
        elif event.region == "messages":
            space.message(self, self.space, event)
        else:
            super().access(event)

    def happening(self, event: Event) -> None:
        if event.verb == "place":
            place(self, event)
            return
        super().happening(event)

    def heard(self, index: int, line: int) -> None:
        super().heard(index, line)
        space.notified(self, self.space, line)

    def ended(self) -> None:
        super().ended()
        space.end(self, self.space)
        if not (self.reached and self.space.uses_messages):
            return
        for queue in self.session.queues.values():
            if queue.in_use and self.vector.get(f"queue {queue.index}", self.no_vector) == self.no_vector:
                self.find(
                    "vector-none",
                    f"MSI-X is enabled, but queue {queue.index} has no vector ({QUEUE_VECTOR} was never written, or reads"
                    f" 0x{self.no_vector:x}): it never interrupts",
                    None,
                    queue.index,
                )

    @property
    def by_messages(self) -> bool:
        """Interrupts that are messages set no register."""
        return self.space.uses_messages or any(vector != self.no_vector for vector in self.vector.values())


def _status(one: PciWalk, event: Event, row: Row) -> None:
    """All bits are 1: no device responds."""
    if event.value == (1 << 8 * event.width) - 1:
        one.find(
            "gone",
            "All bits of device_status read as 1: nothing answers there; the device was removed, or COMMAND does not"
            " decode its BAR",
            event.line,
            "",
        )
        return
    status.read(one, event, row)


def _largest(one: PciWalk, event: Event, row: Row) -> None:
    """The size of the queue before the driver writes one; that of a legacy queue is fixed."""
    queue = queues.of(one, event, row)
    if queue.largest is None or row["register"] == "QueueSizeMax":
        queue.largest = event.value
        answers.queue_max(one, event, queue.index)
    if row["register"] == "QueueSizeMax":
        queue.size, queue.align = event.value, one.book.ring["legacy"]["align"]


def _ready(one: PciWalk, event: Event, row: Row) -> None:
    """The queue is enabled with its current size, and stays enabled until a reset."""
    queue = queues.of(one, event, row)
    if event.value not in row["writes"]:
        one.find(
            "register-value",
            f"queue_enable of queue {queue.index} was written as {event.value}, but a driver writes only {row['writes'][0]}: only a reset disables a queue",
            event.line,
            queue.index,
        )
        return
    if queue.size is None and queue.largest:
        queue.size = queue.largest
    queues.ready(one, event, row)


def _notify_off(one: PciWalk, event: Event, row: Row) -> None:
    queues.of(one, event, row).notify_off = event.value


def _notify(one: PciWalk, event: Event, row: Row) -> None:
    """The address selects the queue, and the value must agree."""
    running.notify(one, event, row)
    space.notified(one, one.space, event.line)
    queue = one.session.queue(running.notified(one, event.value))
    at = event.address - (one.base or 0) - NOTIFY
    if (
        one.is_modern
        and one.multiplier is not None
        and queue.notify_off is not None
        and at != queue.notify_off * one.multiplier
    ):
        one.find(
            "notify-place",
            f"Queue {queue.index} was notified at offset 0x{at:x} of the notification structure, but its offset "
            f"is queue_notify_off {queue.notify_off} times notify_off_multiplier {one.multiplier}, 0x{queue.notify_off * one.multiplier:x}: "
            "the offset selects the queue",
            event.line,
            queue.index,
        )


def _vector(one: PciWalk, event: Event, row: Row) -> None:
    """A write of a vector, or the device's response to it."""
    what = "the configuration" if row["register"] == CONFIG_VECTOR else f"queue {one.selected('QueueSel')}"
    wanted = one.vector.get(what)
    if event.verb == "write":
        one.vector[what] = event.value
    elif event.value == one.no_vector and wanted not in (None, event.value):
        one.vector[what] = event.value
        one.find(
            "vector-refused",
            f"{row['register']} of {what} was written as {wanted} and reads 0x{event.value:x}: the device does not accept "
            "the vector",
            event.line,
            what,
        )


def place(one: PciWalk, event: Event) -> None:
    """The runtime's probe reports the address of a structure."""
    address, kind, more, length = event.numbers
    name = {0: "legacy_header", 1: "common_cfg", 2: "notify", 3: "isr_cfg", 4: "device configuration"}.get(
        kind, f"structure {kind}"
    )
    if kind == 2:
        one.multiplier = more
    one.report.add(mmiowalk.PROBE, line_of(event, name, f"0x{address:x}", f"{length} bytes"), event.line)


HANDLERS: dict[tuple[str, str], Callable[[Any, Event, Row], None]] = {
    ("read", "Status"): _status,
    ("read", "QueueSize"): _largest,
    ("read", "QueueSizeMax"): _largest,
    ("write", "QueueReady"): _ready,
    ("read", "queue_notify_off"): _notify_off,
    ("write", "QueueNotify"): _notify,
    **{(verb, name): _vector for verb in ("read", "write") for name in (QUEUE_VECTOR, CONFIG_VECTOR)},
}

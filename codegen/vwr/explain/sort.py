# SPDX-License-Identifier: MIT
"""Assigns events to devices."""

import bisect
from collections.abc import Iterator

from vwr import description
from vwr.explain import lines, places
from vwr.explain.book import Book
from vwr.explain.lines import Event, Input


class NotFound(Exception):
    """The input contains no device. The text suggests a remedy."""


def devices(book: Book, found: Input, bases: list[int]) -> dict[int | None, list[Event]]:
    """{base: events in chronological order}; base None for events without any address."""
    places.of_qemu(found.events)
    places.of_own(found.own)
    # Both traces contain the same accesses. QEMU's is complete; the runtime's has the runtime's own events.
    both = found.own and found.events and not bases
    events = found.events if both or not found.own else found.own
    by_base = _by_address(book, sorted(events + found.complaints, key=lambda event: event.line), bases)
    more = [lines.Event(line, "gap", value=count) for line, count in found.gaps]
    if found.first is not None and found.first > 1:
        more.append(lines.Event(found.own[0].line, "gap", value=found.first - 1))
    if both and len(by_base) == 1:
        more += [event for event in found.own if not event.is_access]
    for here in by_base.values():
        here += more
        here.sort(key=lambda event: (event.line, event.verb != "gap"))
    return dict(sorted(by_base.items(), key=lambda item: -1 if item[0] is None else item[0]))


def unplaced(book: Book, by_base: dict[int | None, list[Event]]) -> Event | None:
    """
    An access that shows that the trace is from a PCI device, without the locations of its structures:
    registers of virtio-mmio have 32 bits, and a probe reads MagicValue. None: there is no such access, or the
    trace contains the locations.
    """
    own = {base: [event for event in events if event.is_access] for base, events in by_base.items()}
    if any(event.region or event.value == book.magic for events in own.values() for event in events):
        return None
    config = book.offset("Config")
    return next(
        (
            event
            for base, events in own.items()
            for event in events
            if base is not None and event.width != book.word and event.address - base < config
        ),
        None,
    )


def _by_address(book: Book, events: list[Event], bases: list[int]) -> dict[int | None, list[Event]]:
    heads = [
        event.address
        for event in events
        if (event.verb, event.region, event.width, event.value) == ("read", "", book.word, book.magic)
    ]
    known = sorted(bases or set(heads))
    by_base: dict[int | None, list[Event]] = {}
    owners = Owners(book)
    for event in events:
        if not (event.is_access or event.region):
            owners.happening(event)
            continue
        base = event.base if event.region else _base(book, known, event.address, bool(bases))
        if base is not None and (not event.region or not bases or base in bases):
            by_base.setdefault(base, []).append(event)
            owners.access(event, base)
    for event, base in owners.resolved(by_base):
        by_base.setdefault(base, []).append(event)
    return by_base


class Owners:
    """
    The device of each event without an address. The write to QueueNotify before it identifies QEMU's pointer
    of a device (`vdev`). A pointer with notifications but no access (ioeventfd) belongs to a device without a
    known notification.
    """

    def __init__(self, book: Book) -> None:
        header = description.specs()["pci"].more["blocks"]["legacy_header"]
        self.notify_at = {
            "": book.offset("QueueNotify"),
            "legacy": next(row["offset"] for row in header if row["name"] == "queue_notify"),
        }
        self.notify_bits = (1 << book.bits("QueueNotify")[0]["width"]) - 1
        self.last: int | None = None  # base of the last access
        self.spoken: int | None = None  # base of the last notified one
        self.seen: dict[int, int] = {}  # base: line of its last access
        self.notifying: dict[int, int] = {}  # base: the notified queue, if that was the last access there
        self.notified: set[int] = set()  # bases with a write to QueueNotify
        self.devices: dict[str | None, int] = {}  # vdev: base
        self.queues: dict[str | None, tuple[int, str | None]] = {}  # vq: number, vdev
        # vdev whose device is not known yet: line of its first event
        self.strangers: dict[str, dict[int, int]] = {}
        self.held: list[tuple[Event, int | None]] = []  # event, base of the last access before it

    def access(self, event: Event, base: int) -> None:
        """An access to a register, or to configuration space."""
        if event.region == "space":
            return
        self.last, self.seen[base] = base, event.line
        self.notifying.pop(base, None)
        at_register = event.address - base == self.notify_at.get(event.region)
        if event.verb == "write" and (at_register or event.region == "notify"):
            self.notifying[base] = event.value & self.notify_bits
            self.spoken = base
            self.notified.add(base)

    def happening(self, event: Event) -> None:
        """An event without an address."""
        device = event.device
        if event.verb == "notified":
            self.queues[event.queue] = event.value, device
            here = [base for base in reversed(self.notifying) if self.notifying[base] == event.value]
            if device not in self.devices and here:
                self.devices[device] = here[0]
            if device in self.devices:
                self.spoken = self.devices[device]
                self.notifying.pop(self.spoken, None)
        elif event.verb in ("popped", "filled"):  # the event of a notified queue identifies the device
            if event.queue not in self.queues:
                return
            event.value, event.device = self.queues[event.queue]
        elif event.verb == "answer":
            event.value = self.queues.get(event.queue, (-1, None))[0]
        if event.device is not None and event.device not in self.devices:
            self.strangers.setdefault(event.device, dict(self.seen))
        self.held.append((event, self.last if event.verb != "said" or self.spoken is None else self.spoken))

    def resolved(self, by_base: dict[int | None, list[Event]]) -> Iterator[tuple[Event, int | None]]:
        """
        Each of these events with its base, except events of devices that are not in the trace. Events before
        any access belong to the first device.
        """
        for device, seen in self.strangers.items():
            free = [base for base in seen if base not in self.notified and base not in self.devices.values()]
            if device not in self.devices and free:
                self.devices[device] = max(free, key=lambda base: seen[base])
        first = next(iter(by_base), None)
        for event, last in self.held:
            base = last if event.device is None or len(by_base) < 2 else self.devices.get(event.device)
            if base is not None or len(by_base) < 2:
                yield event, base if base is not None else first


def _base(book: Book, known: list[int], address: int, strict: bool) -> int | None:
    """
    The base of the register block that contains an address, or None if the address is in none of the selected
    blocks.
    """
    place = bisect.bisect_right(known, address) - 1
    if place >= 0 and address < known[place] + book.size:
        return known[place]
    return None if strict else address - address % book.size

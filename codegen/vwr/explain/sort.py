# SPDX-License-Identifier: MIT
"""Which event is of which device."""

import bisect

from vwr.explain import lines, places
from vwr.explain.book import Book
from vwr.explain.lines import Event, Input


class NotFound(Exception):
    """No device in what was given; says what would help."""


def devices(book: Book, found: Input, bases: list[int]) -> dict[int | None, list[Event]]:
    """{base: events in the order of time}, base None for events without any address."""
    places.of_qemu(found.events)
    places.of_own(found.own)
    by_base = _by_address(book, found.own or found.events, bases)
    if found.own and found.events and not bases:
        # Both tell of the same accesses: QEMU's are whole, the runtime's know what it made of them.
        by_base = _by_address(book, found.events, bases)
        for base, events in by_base.items():
            events += [event for event in found.own if not event.is_access] if len(by_base) == 1 else []
            events.sort(key=lambda event: event.line)
    gaps = found.gaps + ([(found.own[0].line, found.first - 1)] if found.first is not None and found.first > 1 else [])
    for base, events in by_base.items():
        events += [lines.Event(line, "gap", value=count) for line, count in gaps]
        events.sort(key=lambda event: (event.line, event.verb != "gap"))
    return dict(sorted(by_base.items(), key=lambda item: -1 if item[0] is None else item[0]))


def _by_address(book: Book, events: list[Event], bases: list[int]) -> dict[int | None, list[Event]]:
    known = sorted(bases) or sorted({event.address for event in events if event.verb == "read" and not event.region and
                                     event.width == book.word and event.value == book.magic})
    by_base: dict[int | None, list[Event]] = {}
    last: int | None = None
    pointers: dict[str | None, int] = {}
    numbers: dict[str | None, int] = {}
    early: list[Event] = []
    for event in events:
        if event.is_access or event.region:
            base = _base(book, known, event.address, bool(bases)) if not event.region else \
                event.base if not bases or event.base in bases else None
            if base is None:
                continue
            last = base if event.region != "space" else last
            by_base.setdefault(base, []).append(event)
            continue
        if event.verb == "notified" and last is not None:
            pointers[event.device], numbers[event.queue] = last, event.value
        if event.verb == "answer":
            event.value = numbers.get(event.queue, -1)
        base = pointers.get(event.device, last) if event.device else last
        (by_base.setdefault(base, []) if base is not None else early).append(event)
    if early:  # before any access: of the first device that there is
        first = next(iter(by_base), None)
        by_base.setdefault(first, [])[:0] = early
    return by_base


def _base(book: Book, known: list[int], address: int, strict: bool) -> int | None:
    """Where the register block of an address begins; None if it is in no block that was asked for."""
    place = bisect.bisect_right(known, address) - 1
    if place >= 0 and address < known[place] + book.size:
        return known[place]
    return None if strict else address - address % book.size

# SPDX-License-Identifier: MIT
"""
Assigns each access on PCI to a device: by QEMU's names of memory regions, or by the structures in the
runtime's trace.
"""

import bisect
from dataclasses import dataclass, field

from vwr import description
from vwr.explain.lines import Event
from vwr.explain.pci import LARGEST, ROOM

PAGE = 0x1000  # QEMU maps each structure to one page; ECAM has one page for each function
LEGACY_ALIGN = 0x20  # an I/O BAR is at least as large as the header
BAR_FIRST, BAR_END = 0x10, 0x28  # offsets that PCI defines: base address registers
IO, IO_FLAGS, FLAGS, WIDE = 0x1, 0x3, 0xF, 0x4
ONES = 0xFFFFFFFF
SPACE = 1 << 28  # bytes of ECAM, aligned to their size; an access by ports has the same offset in it
# Structures by their number in the runtime's trace: cfg_type of the capability, 0 for the legacy header.
OWN = {0: "legacy", 1: "common", 2: "notify", 3: "isr", 4: "device"}


@dataclass
class Function:
    """The configuration space of a function, as far as the trace shows it."""

    page: int
    word: dict[int, int] = field(default_factory=dict)  # offset: the last 32 bits read or written there
    kind: dict[int, int] = field(
        default_factory=dict
    )  # offset of a BAR: its low bits, which a write does not change

    @property
    def bars(self) -> list[tuple[int, bool]]:
        """(address or 0, whether it is an I/O port) of each BAR."""
        out, at = [], BAR_FIRST
        while at < BAR_END:
            low = self.word.get(at, 0)
            kind = self.kind.get(at, low)
            value = low & ~(IO_FLAGS if kind & IO else FLAGS)
            wide = not kind & IO and kind & WIDE
            if wide:
                value |= self.word.get(at + 4, 0) << 32
            out += [(value, False), (0, False)] if wide else [(value, bool(kind & IO))]
            at += 8 if wide else 4
        return out


def put(function: Function, event: Event) -> None:
    """Records an access to a function."""
    at = event.address % PAGE
    whole, shift = at & ~3, 8 * (at & 3)
    if event.verb == "read" and BAR_FIRST <= at < BAR_END and at == whole and event.value:
        function.kind[at] = event.value & FLAGS
    if BAR_FIRST <= whole < BAR_END:  # a driver that asks for its size, and the size as the reply
        known = function.word.get(whole, event.value)
        if event.value == ONES or event.verb == "read" and event.value != known:
            return
    mask = ((1 << 8 * event.width) - 1) << shift
    function.word[whole] = function.word.get(whole, 0) & ~mask | event.value << shift & mask


def of_qemu(events: list[Event]) -> None:
    """
    Sets the base of each PCI access. Configuration space has the base of the function's registers, or its own
    page.
    """
    functions: dict[int, Function] = {}
    lowest: dict[str, int] = {}
    _by_ports(events)
    for event in events:
        if event.region == "space":
            event.address &= SPACE - 1
            page = event.address & -PAGE
            put(functions.setdefault(page, Function(page)), event)
        elif event.region == "legacy":
            lowest[event.memory] = min(lowest.get(event.memory, event.address), event.address)
    for event in events:
        if event.region in ("common", "isr", "device"):
            event.base = (event.address & -PAGE) - ROOM[event.region]
        elif event.region == "legacy":
            event.base = lowest[event.memory] & -LEGACY_ALIGN
    bases = {event.base: event.region == "legacy" for event in events if event.base is not None}
    starts = sorted(bases)
    for event in events:
        if event.region == "notify":
            place = bisect.bisect_right(starts, event.address) - 1
            event.base = starts[place] if place >= 0 else (event.address & -PAGE) - ROOM["notify"]
            bases.setdefault(event.base, False)
    owners = _owners(functions, bases)
    tables = {
        bar: owners[page] for page, one in functions.items() if page in owners for bar, _ in one.bars if bar
    }
    for event in events:
        if event.region in ("space", "messages"):
            event.base = (owners if event.region == "space" else tables).get(event.address & -PAGE)


def _by_ports(events: list[Event]) -> None:
    """x86's two ports: a write to the first selects function and register for accesses to the second."""
    index = 0
    for event in events:
        if event.region == "index" and event.verb == "write":
            index = event.value
        elif event.region == "data":
            event.region, event.address = (
                "space",
                (index >> 8 & 0xFFFF) * PAGE + (index & 0xFC) + event.address % 4,
            )


def _owners(functions: dict[int, Function], bases: dict[int, bool]) -> dict[int, int]:
    """
    {page of configuration space: base of the function's registers, or its own page if no register was used}; `bases`:
    whether it is a legacy header, in I/O ports.
    """
    vendor = next(row.value for row in description.specs()["pci"].groups[0].values if row.name == "VENDOR_ID")
    virtio = {page: one for page, one in functions.items() if one.word.get(0, 0) & 0xFFFF == vendor}
    bars = [(bar, is_port, page) for page, one in virtio.items() for bar, is_port in one.bars if bar]
    window = _window(
        {bar for bar, is_port, _ in bars if is_port}, [base for base, ports in bases.items() if ports]
    )
    owners = {page: page for page in virtio}
    for base, ports in sorted(bases.items()):
        place = base - window if ports else base
        near = [(bar, page) for bar, is_port, page in bars if bar <= place and is_port == ports]
        if near:
            owners[max(near)[1]] = base
    return owners


def _window(ports: set[int], legacy: list[int]) -> int:
    """
    The address at which the host bridge maps I/O ports to memory, 0 if the processor has ports: there BARs
    and legacy headers match.
    """
    windows = {base - bar for base in legacy for bar in ports if base >= bar and (base - bar) % PAGE == 0}
    return max(sorted(windows), key=lambda window: sum(base - window in ports for base in legacy), default=0)


def of_own(events: list[Event]) -> None:
    """
    Sets the base of accesses in the runtime's trace, from its `place` lines: each structure of a device, the
    common one (or legacy header) first.
    """
    starts: list[tuple[int, int, int, str]] = []  # (address, bytes, base, structure)
    base = None
    for event in events:
        if event.verb == "place":
            address, kind, _, length = event.numbers
            region, event.region = OWN.get(kind), "place"
            if region in ("common", "legacy"):
                base = address
                starts = [row for row in starts if row[2] != base]
            if region is not None and base is not None:
                bisect.insort(starts, (address, length, base, region))
                event.base = base
        elif event.is_access:
            _find(event, starts)


def _find(event: Event, starts: list[tuple[int, int, int, str]]) -> None:
    place = bisect.bisect_right(starts, (event.address, 1 << 64, 0, "")) - 1
    if place < 0:
        return
    address, length, base, region = starts[place]
    inside = event.address - address
    if inside < min(length, LARGEST[region]):
        event.region, event.base, event.address = region, base, base + ROOM[region] + inside

# SPDX-License-Identifier: MIT
"""Of which device on PCI an access is: by QEMU's names of memory regions, or by what the runtime's trace says of structures."""

import bisect
from dataclasses import dataclass, field

from vwr import description
from vwr.explain.lines import Event
from vwr.explain.pci import LARGEST, ROOM

PAGE = 0x1000  # of QEMU: a structure has one; of ECAM: a function has one
LEGACY_ALIGN = 0x20  # an I/O BAR is at least as large as the header
BAR_FIRST, BAR_END = 0x10, 0x28  # PCI's own: base address registers
IO, IO_FLAGS, FLAGS, WIDE = 0x1, 0x3, 0xF, 0x4
ONES = 0xFFFFFFFF
SPACE = (
    1 << 28
)  # bytes of ECAM, which begins at a multiple of it: by ports a function has the same place in it
# What the runtime's trace calls a structure: cfg_type of its capability, 0 the legacy header.
OWN = {0: "legacy", 1: "common", 2: "notify", 3: "isr", 4: "device"}


@dataclass
class Function:
    """What configuration space of a function has shown."""

    page: int
    word: dict[int, int] = field(
        default_factory=dict
    )  # offset: the last 32 bits of it that were read or written
    kind: dict[int, int] = field(
        default_factory=dict
    )  # offset of a BAR: its low bits, which a write does not change

    @property
    def bars(self) -> list[int]:
        """Addresses of its BARs, 0 where it has none."""
        return [value for value, _ in self._bars()]

    def bars_of(self, ports: bool) -> list[int]:
        """Those of one kind, I/O ports or memory, that have a place."""
        return [value for value, is_port in self._bars() if value and is_port == ports]

    def _bars(self) -> list[tuple[int, bool]]:
        """(address, whether it counts I/O ports) of each BAR."""
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
    """Takes an access into what is known of a function."""
    at = event.address % PAGE
    whole, shift = at & ~3, 8 * (at & 3)
    if event.verb == "read" and BAR_FIRST <= at < BAR_END and at == whole and event.value:
        function.kind[at] = event.value & FLAGS
    if BAR_FIRST <= whole < BAR_END and event.value == ONES:
        return  # its size is asked for
    if (
        event.verb == "read"
        and whole in function.word
        and BAR_FIRST <= whole < BAR_END
        and event.value != function.word[whole]
    ):
        return  # and answered
    mask = ((1 << 8 * event.width) - 1) << shift
    function.word[whole] = function.word.get(whole, 0) & ~mask | event.value << shift & mask


def _is_virtio(function: Function, vendor: int) -> bool:
    return function.word.get(0, vendor) & 0xFFFF == vendor


def of_qemu(events: list[Event]) -> None:
    """Gives each access of PCI its base; configuration space has that of the function's registers, or its own page."""
    bases: list[int] = []
    known: set[int] = set()
    functions: dict[int, Function] = {}
    lowest: dict[str, int] = {}
    _by_ports(events)
    for event in events:
        if event.region == "space":
            event.address &= SPACE - 1
        if event.region == "legacy":
            lowest[event.memory] = min(lowest.get(event.memory, event.address), event.address)
    for event in events:
        if event.region in ("common", "isr", "device"):
            event.base = event.address - event.address % PAGE - ROOM[event.region]
        elif event.region == "legacy":
            event.base = lowest[event.memory] - lowest[event.memory] % LEGACY_ALIGN
        elif event.region == "notify":
            place = bisect.bisect_right(bases, event.address) - 1
            event.base = bases[place] if place >= 0 else event.address - event.address % PAGE - ROOM["notify"]
        elif event.region == "space":
            page = event.address - event.address % PAGE
            put(functions.setdefault(page, Function(page)), event)
        if event.base is not None and event.base not in known:
            known.add(event.base)
            bisect.insort(bases, event.base)
    owners = _owners(
        functions,
        bases,
        {event.base for event in events if event.region == "legacy" and event.base is not None},
    )
    tables = {
        bar: owners[page] for page, one in functions.items() if page in owners for bar in one.bars if bar
    }
    for event in events:
        page = event.address - event.address % PAGE
        if event.region in ("space", "messages"):
            event.base = owners.get(page) if event.region == "space" else tables.get(page)


def _by_ports(events: list[Event]) -> None:
    """x86's two ports: the first says of which register of which function the second is."""
    index = 0
    for event in events:
        if event.region == "index" and event.verb == "write":
            index = event.value
        elif event.region == "data":
            event.region, event.address = (
                "space",
                (index >> 8 & 0xFFFF) * PAGE + (index & 0xFC) + event.address % 4,
            )


def _owners(functions: dict[int, Function], bases: list[int], legacy: set[int]) -> dict[int, int]:
    """{page of configuration space: base of the function's registers, or its own page where no register was used}."""
    vendor = next(row.value for row in description.specs()["pci"].groups[0].values if row.name == "VENDOR_ID")
    virtio = {
        page: one
        for page, one in functions.items()
        if _is_virtio(one, vendor) and one.word.get(0) is not None
    }
    owners = {page: page for page in virtio}
    window = _window(virtio, legacy)
    for base in bases:
        ports = base in legacy
        place = base - window if ports else base
        near = [(bar, page) for page, one in virtio.items() for bar in one.bars_of(ports) if bar <= place]
        if near:
            owners[max(near)[1]] = base
    return owners


def _window(virtio: dict[int, Function], legacy: set[int]) -> int:
    """Where the host bridge has I/O ports in memory, 0 where the processor has ports: there BARs and legacy headers fit each other."""
    ports = {bar for one in virtio.values() for bar in one.bars_of(True)}
    windows = {base - bar for base in legacy for bar in ports if base >= bar and (base - bar) % PAGE == 0}
    return max(sorted(windows), key=lambda window: sum(base - window in ports for base in legacy), default=0)


def of_own(events: list[Event]) -> None:
    """The same of the runtime's trace, by its lines `place`: each structure of a device, its common one (or legacy header) first."""
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

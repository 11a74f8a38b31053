# SPDX-License-Identifier: MIT
"""Input to events: QEMU's trace, the runtime's trace, register dumps. Other lines are skipped."""

import re
from dataclasses import dataclass, field
from typing import Any

from vwr.explain import complaints

LONGEST = 4096  # longer than any known line
MOST_SAID = 5
MOST_WORDS = 1 << 16  # of a dump: one register block is much smaller
NUMBER = r"0x[0-9a-fA-F]{1,16}"

ACCESS = re.compile(
    rf"memory_region_ops_(read|write) cpu -?\d{{1,9}} mr ({NUMBER}) addr ({NUMBER}) value ({NUMBER})"
    r" size (\d{1,2})(?: name '([^']*)')?"
)
# QEMU's other events, by the verbs that this program uses for them.
EVENTS = {
    "notified": re.compile(
        rf"virtio_queue_notify vdev (?P<device>{NUMBER}) n (?P<value>\d{{1,9}}) vq (?P<queue>{NUMBER})"
    ),
    "answer": re.compile(rf"virtio_notify vdev (?P<device>{NUMBER}) vq (?P<queue>{NUMBER})"),
    "popped": re.compile(rf"virtqueue_pop vq (?P<queue>{NUMBER}) elem {NUMBER} in_num \d{{1,9}} out_num \d"),
    "completed": re.compile(
        rf"virtio_blk_req_complete vdev (?P<device>{NUMBER}) req {NUMBER} status (?P<value>\d{{1,3}})(?P<queue>)"
    ),
    "filled": re.compile(rf"virtqueue_fill vq (?P<queue>{NUMBER}) elem {NUMBER} len \d"),
}
NO_VALUES = re.compile(r"virtio_mmio_(read|write_offset|write)\b.* offset 0x")
OWN = re.compile(r"vwr-trace (\d{1,19}) (\d{1,19}) ([a-z]{1,8}) ([-0-9a-fx ]{1,80})\s*$")
COMPLAINT = re.compile(r"qemu-system-\w+: (?!.*warning: |terminating on signal)(.{1,200})$")
DUMP = re.compile(r"^\s*(?:0x)?([0-9a-fA-F]{2,16})(?:\s*<[^<>]{1,80}>)?:\s+(.*)$")
WORD = re.compile(r"(?:0x)?([0-9a-fA-F]{8})(?![0-9a-zA-Z])")
PAIR = re.compile(r"^\s*(0x[0-9a-fA-F]{1,16})[\s:=]+(0x[0-9a-fA-F]{1,8})\s*$")

REGION = "virtio-mmio"
# PCI: the structures of a device by the suffix after the device's name, the legacy header, configuration
# space, messages.
STRUCTURE = re.compile(r"virtio-pci-(common|isr|device|notify)(?:-pio)?(?:-virtio-([a-z0-9]{1,16}))?$")
OTHER_REGIONS = {
    "virtio-pci": "legacy",
    "pcie-mmcfg-mmio": "space",
    "msix-table": "messages",
    "pci-conf-idx": "index",
    "pci-conf-data": "data",
}
# Number of numbers after the name of an event in the runtime's trace.
FIELDS = {
    "read": 3,
    "write": 3,
    "place": 4,
    "add": 3,
    "kick": 3,
    "take": 3,
    "irq": 1,
    "arm": 2,
    "stop": 2,
    "out": 3,
    "in": 3,
}


@dataclass(slots=True)
class Event:
    """
    One line of a trace. Only an access has an address and a width. The value of a completion is its queue, -1
    if it is not known.
    """

    line: int
    verb: str
    address: int = 0
    width: int = 0
    value: int = 0
    numbers: tuple[int, ...] = ()
    device: str | None = None  # QEMU's pointer
    queue: str | None = None  # likewise
    region: str = ""  # for a device on PCI: the name of the structure, or "space"
    kind: str = ""  # QEMU's name of the device type, if it is shown
    memory: str = ""  # QEMU's pointer of the region
    base: int | None = None  # for a device on PCI, determined by `places`; the address is then relative to it
    text: str = ""  # QEMU's message

    @property
    def is_access(self) -> bool:
        """Whether it is a register access."""
        return self.verb in ("read", "write")


@dataclass
class Input:
    """The recognised parts of one file."""

    events: list[Event] = field(default_factory=list)  # of QEMU
    own: list[Event] = field(default_factory=list)  # of the runtime's trace
    dump: dict[int, tuple[int, int]] = field(default_factory=dict)  # address: (word, line)
    pairs: dict[int, tuple[int, int]] = field(default_factory=dict)  # the same from `offset value` lines
    repeated: dict[int, tuple[int, int]] = field(
        default_factory=dict
    )  # an address of these: its first two lines
    other_regions: set[str] = field(default_factory=set)
    without_values: int = 0
    said: list[tuple[int, str]] = field(default_factory=list)  # (line, QEMU's message, not about a driver)
    complaints: list[Event] = field(default_factory=list)  # about a driver
    first: int | None = None  # number of the first line of the runtime's trace
    gaps: list[tuple[int, int]] = field(default_factory=list)  # (line, numbers that are missing)


def read(stream: Any) -> Input:
    """The events in a stream of bytes."""
    found, last = Input(), None
    number = 0
    while raw := stream.readline(LONGEST):
        whole = raw.endswith(b"\n")
        number += 1
        if not whole and len(raw) == LONGEST:  # longer than any known line: skipped
            while raw and not raw.endswith(b"\n"):
                raw = stream.readline(1 << 16)
            continue
        text = raw.decode("latin-1")
        if "vwr-trace" in text:
            last = _own(found, text, number, last)
        elif any(word in text for word in ("memory_region_ops", "virtio_", "virtqueue_")) and _qemu(
            found, text, number
        ):
            pass
        elif match := COMPLAINT.match(text):
            _said(found, match[1].strip(), number)
        else:
            _dump(found, text, number)
    return found


def _said(found: Input, text: str, number: int) -> None:
    """A line that QEMU itself prints."""
    if not text.isprintable():
        return
    if complaints.meaning(text) is not None and (found.events or found.own):
        found.complaints += [Event(number, "said", text=text)] * (len(found.complaints) < MOST_SAID)
    else:
        found.said += [(number, text)] * (len(found.said) < MOST_SAID)


def _qemu(found: Input, text: str, number: int) -> bool:
    """One event of QEMU. Returns whether it was one."""
    if access := ACCESS.search(text):
        return _access(found, access, number)
    for verb, pattern in EVENTS.items():
        if match := pattern.search(text):
            row = match.groupdict()
            value, device = int(row.get("value", 0)), row.get("device")
            found.events.append(Event(number, verb, value=value, device=device, queue=row["queue"]))
            return True
    lacks = bool(NO_VALUES.search(text))
    found.without_values += lacks
    return lacks


def _access(found: Input, match: re.Match[str], number: int) -> bool:
    """A register access in QEMU's trace. Returns whether its width is one."""
    verb, memory, address, value, size, name = match.groups()
    structure, width = STRUCTURE.match(name or ""), int(size)
    region, kind = structure.groups("") if structure else (OTHER_REGIONS.get(name, ""), "")
    if name not in (None, REGION) and not region:
        found.other_regions.add(name[:40])
    elif 1 <= width <= 8:
        # QEMU prints the device model's result, of which the processor receives only `size` bytes.
        number_read = int(value, 16) & (1 << 8 * width) - 1
        event = Event(
            number, verb, int(address, 16), width, number_read, region=region, memory=memory, kind=kind
        )
        found.events.append(event)
    else:
        return False
    return True


def _own(found: Input, text: str, number: int, last: int | None) -> int | None:
    """One line of the runtime's trace. Returns its number, by which gaps are detected."""
    match = OWN.search(text)
    if not match or match[3] not in FIELDS:
        return last
    try:
        numbers = tuple(int(word, 0) for word in match[4].split())
    except ValueError:
        return last
    verb = match[3]
    if len(numbers) != FIELDS[verb] or any(number.bit_length() > 64 for number in numbers):
        return last
    if verb in ("read", "write"):
        address, width, value = numbers
        if not 1 <= width <= 8 or min(address, value) < 0:
            return last
        event = Event(number, verb, address, width, value & (1 << 8 * width) - 1)
    else:
        event = Event(number, verb, numbers[0] if verb == "place" else 0, numbers=numbers)
    count = int(match[1])
    if last is None:
        found.first = count
    elif count > last + 1:
        found.gaps.append((number, count - last - 1))
    found.own.append(event)
    return count


def _word(found: Input, rows: dict[int, tuple[int, int]], address: int, value: int, number: int) -> None:
    if address in rows:
        found.repeated.setdefault(address, (rows[address][1], number))
    rows[address] = (value, number)


def _dump(found: Input, text: str, number: int) -> None:
    if len(found.dump) + len(found.pairs) > MOST_WORDS:
        return
    if match := PAIR.match(text):
        _word(found, found.pairs, int(match[1], 16), int(match[2], 16), number)
        return
    match = DUMP.match(text)
    if not match:
        return
    address, rest = int(match[1], 16), match[2]
    at = 0
    while word := WORD.match(rest, at):
        _word(found, found.dump, address, int(word[1], 16), number)
        address += 4
        space = re.match(r"[ \t]{1,2}(?=\S)", rest[word.end() :])  # longer output contains characters
        if not space:
            break
        at = word.end() + space.end()

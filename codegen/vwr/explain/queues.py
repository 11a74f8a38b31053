# SPDX-License-Identifier: MIT
"""Rules for the set-up of a queue."""

from itertools import islice

from vwr.explain import answers
from vwr.explain.book import Row
from vwr.explain.lines import Event
from vwr.explain.session import Queue
from vwr.explain.walk import Walk
from vwr.sentence import joined

# A QueuePFN of at least this value that is a multiple of the page size is an address, not a page number.
FAR = 1 << 40
FAR_IF_UNKNOWN = 1 << 32
# Limits for addresses of areas: no physical address is higher, and no driver has a queue at so low an address
# without its other areas.
BEYOND, LOWEST, NEAR, PAGE = 1 << 56, 1 << 16, 1 << 24, 4096
MOST_COMPARED = 64  # queues of a device, with the areas of another one


def power_of_two(value: int) -> bool:
    """1, 2, 4 and so on."""
    return value > 0 and value & value - 1 == 0


def of(walk: Walk, event: Event, row: Row) -> Queue:
    """The queue that a banked register refers to."""
    walk.check_selected(event, row)
    return walk.session.queue(walk.selected("QueueSel"))


def size_max(walk: Walk, event: Event, row: Row) -> None:
    """QueueSizeMax was read."""
    queue = of(walk, event, row)
    queue.largest = event.value
    answers.queue_max(walk, event, queue.index)


def address(walk: Walk, event: Event, row: Row) -> None:
    """One half of an address was written."""
    of(walk, event, row).halves[row["name"]] = (event.value, event.line)


def size(walk: Walk, event: Event, row: Row) -> None:
    """QueueSize was written."""
    queue = of(walk, event, row)
    value, line, index = event.value, event.line, queue.index
    queue.size = value
    if queue.largest is None:
        walk.find(
            "queue-max-unread",
            f"QueueSizeMax of queue {index} was never read: the driver does not know the "
            "maximum queue size",
            line,
            index,
        )
    elif value > queue.largest and queue.largest:
        walk.breaks("queue-too-large", line, index, queue=index, a=value, b=queue.largest)
    packed = walk.session.accepts(walk.book.feature_bit["RING_PACKED"])
    if value == 0 or not packed and not power_of_two(value):
        walk.breaks("queue-size-shape", line, index, queue=index, a=value)


def align(walk: Walk, event: Event, row: Row) -> None:
    """QueueAlign was written."""
    queue = of(walk, event, row)
    queue.align = event.value
    if not power_of_two(event.value):
        walk.find(
            "align-shape",
            f"QueueAlign {event.value} of queue {queue.index} is not a power of 2",
            event.line,
            queue.index,
        )


def page_size(walk: Walk, event: Event, _: Row) -> None:
    """GuestPageSize was written."""
    walk.guest_page = event.value
    if not power_of_two(event.value):
        walk.find("page-size-shape", f"GuestPageSize {event.value} is not a power of 2", event.line, "")


def page(walk: Walk, event: Event, row: Row) -> None:
    """QueuePFN was written."""
    queue = of(walk, event, row)
    queue.page = event.value
    if event.value == 0:
        queue.in_use = False
        return
    usual = walk.book.ring["legacy"]["align"]
    written = walk.guest_page
    unit = written or usual
    at = event.value * unit
    if event.value % unit == 0 and at >= (FAR if written else FAR_IF_UNKNOWN):
        said = f"QueuePFN 0x{event.value:x} of queue {queue.index} looks like an address, but it counts pages"
        if written:
            walk.find(
                "pfn-is-address",
                f"{said} of {unit} bytes, so the queue would be at 0x{at:x}",
                event.line,
                queue.index,
            )
        else:
            walk.find(
                "pfn-without-page-size",
                f"{said}, but GuestPageSize was never written: a device other than "
                f"QEMU's expects the queue at 0x{at:x} or nowhere",
                event.line,
                queue.index,
            )
    elif written is None:
        walk.find(
            "page-size-never",
            "QueuePFN was written, but GuestPageSize never: the device does not know the page size",
            event.line,
            "",
        )
    if queue.align is None:
        walk.find(
            "align-never", f"QueueAlign of queue {queue.index} was never written", event.line, queue.index
        )
    in_use(walk, event, queue)
    if queue.size and queue.align and power_of_two(queue.align):
        show_legacy(walk, event, queue, at)


def show_legacy(walk: Walk, event: Event, queue: Queue, at: int) -> None:
    """The addresses at which a legacy device expects the parts of the queue."""
    before = walk.book.ring["legacy"]["before"]
    first = before["head"] + before["per_entry"] * queue.size
    used = at + -(-first // queue.align) * queue.align
    first_part = walk.book.ring["parts"][0]
    avail = at + first_part["head"] + first_part["per_entry"] * (queue.size or 0)
    walk.report.add(
        None,
        f"      descriptors at 0x{at:x}, available ring at 0x{avail:x}, used ring at 0x{used:x}",
        event.line,
    )


def ready(walk: Walk, event: Event, row: Row) -> None:
    """QueueReady was written."""
    queue = of(walk, event, row)
    if not event.value:
        queue.stopped = event.line if queue.in_use else queue.stopped
        queue.in_use = False
        return
    areas = walk.book.addresses()
    known = {name: queue.address(name, walk.book.word_bits) for name, _, _ in areas}
    missing = [name for name, address in known.items() if not address]
    if len(missing) == len(areas):
        walk.breaks(
            "ready-before-address", event.line, queue.index, queue=queue.index, more=f": {joined(missing)}"
        )
    elif missing:
        walk.breaks(
            "address-missing", event.line, queue.index, queue=queue.index, more=f": {joined(missing)}"
        )
    halves = [
        name + half for name, _, _ in areas for half in ("Low", "High") if name + half not in queue.halves
    ]
    if not missing and halves:
        walk.find(
            "address-half",
            f"QueueReady of queue {queue.index} was written, but {joined(halves)} never: "
            "the other half of the address is unknown",
            event.line,
            queue.index,
        )
    if queue.size is None:
        walk.breaks("queue-size-never", event.line, queue.index, queue=queue.index, more=": QueueSize")
    for name in known if not missing else ():
        far(walk, event, queue, name)
    if not missing and queue.size:
        places(walk, event, queue, areas, known)
    in_use(walk, event, queue)


def far(walk: Walk, event: Event, queue: Queue, name: str) -> None:
    """An area whose address is not in memory, or is far from the others."""
    bits = walk.book.word_bits
    here = queue.address(name, bits) or 0
    others = [queue.address(other, bits) or 0 for other, _, _ in walk.book.addresses() if other != name]
    said, high, low = f"{name} of queue {queue.index} is 0x{here:x}", here >> bits, here & (1 << bits) - 1
    if any(abs(high - other) < NEAR for other in others) and low == 0:
        said += f": its halves are swapped, {name}Low has 0x{low:x} and {name}High 0x{high:x}"
    elif here >= BEYOND:
        said += ", which is not a physical address: it is a kernel pointer, or its halves are wrong"
    elif any(abs(here * PAGE - other) < NEAR for other in others):
        said += f", a page number: the address would be 0x{here * PAGE:x}"
    elif not high and all(other >> bits for other in others):
        said += f", and the other areas are at {joined([f'0x{other:x}' for other in others])}: {name}High is missing"
    elif (
        high and abs(low - others[0] % (1 << bits)) < NEAR and all(other >> bits != high for other in others)
    ):
        said += (
            f", and the other areas are at {joined([f'0x{other:x}' for other in others])}: {name}High is wrong, or it is no"
            " physical address"
        )
    elif here < LOWEST and all(other >= NEAR for other in others):
        said += f", and the other areas are at {joined([f'0x{other:x}' for other in others])}: it seems to be truncated"
    else:
        return
    walk.find("address-far", said, event.line, (queue.index, name))


def places(
    walk: Walk, event: Event, queue: Queue, areas: list[tuple[str, Row, Row]], known: dict[str, int | None]
) -> None:
    """Alignment and overlap of the three areas."""
    packed = walk.session.accepts(walk.book.feature_bit["RING_PACKED"])
    section = walk.book.sections["packed" if packed else "ring"]
    rows, texts = [], []
    for name, split, pack in areas:
        part, address = pack if packed else split, known[name] or 0
        length = part["head"] + part["per_entry"] * (queue.size or 0)
        rows.append((address, address + length, name))
        texts.append(f"{part['name']} 0x{address:x} ({length} bytes)")
        if address % part["align"]:
            walk.breaks(
                "packed-misaligned" if packed else "queue-misaligned",
                event.line,
                (queue.index, name),
                queue=queue.index,
                a=address,
                b=part["align"],
                more=f": {name}",
                section=section,
            )
    walk.report.add(None, f"      {', '.join(texts)}", event.line)
    _beside(walk, event, queue, rows, section)
    queue.areas = list(rows)
    rows.sort()
    for (_, end, first), (start, _, second) in zip(rows, rows[1:]):
        if start < end:
            walk.find(
                "queue-overlap",
                f"{first} and {second} of queue {queue.index} overlap: {first} ends at 0x{end:x}, and {second} begins at"
                f" 0x{start:x}",
                event.line,
                queue.index,
                section,
            )


def _beside(walk: Walk, event: Event, queue: Queue, rows: list[tuple[int, int, str]], section: str) -> None:
    """Areas that another queue has."""
    known = islice(walk.session.queues.values(), MOST_COMPARED)
    others = [other for other in known if other.in_use and other is not queue]
    for start, end, name in rows:
        for other, first, last, area in ((one, *area) for one in others for area in one.areas):
            if start < last and first < end:
                walk.find(
                    "queue-overlap",
                    f"{name} of queue {queue.index} and {area} of queue {other.index} overlap: they begin at 0x{start:x}"
                    f" and 0x{first:x}",
                    event.line,
                    (queue.index, other.index),
                    section,
                )


def in_use(walk: Walk, event: Event, queue: Queue) -> None:
    """From here on the device may use the queue."""
    index = queue.index
    if queue.largest == 0:
        walk.find(
            "queue-absent",
            f"Queue {index} was set up, but its QueueSizeMax reads 0: the device has no such" " queue",
            event.line,
            index,
        )
    if queue.size is None and not walk.is_modern:
        walk.breaks("queue-size-never", event.line, index, queue=index, more=": QueueSize")
    again = walk.session.accepts(walk.book.feature_bit["RING_RESET"])
    if walk.has_status("DRIVER_OK") and not again and not walk.blind:
        walk.breaks("queue-late", event.line, index, queue=index)
    queue.in_use = True


def where(walk: Walk, queue: Queue) -> str:
    """The addresses at which the device expects a queue, as text; '' if the trace does not show them."""
    known = [(name, queue.address(name, walk.book.word_bits)) for name, _, _ in walk.book.addresses()]
    set_up = [f"{name} 0x{address:x}" for name, address in known if address]
    if set_up:
        return ", ".join(set_up)
    if queue.page:
        return f"QueuePFN 0x{queue.page:x}" + (
            f" (address 0x{queue.page * walk.guest_page:x})" if walk.guest_page else ""
        )
    return ""


HANDLERS = {
    ("read", "QueueSizeMax"): size_max,
    ("write", "QueueSize"): size,
    ("write", "QueueAlign"): align,
    ("write", "GuestPageSize"): page_size,
    ("write", "QueuePFN"): page,
    ("write", "QueueReady"): ready,
    ("write", "QueueDesc"): address,
    ("write", "QueueDriver"): address,
    ("write", "QueueDevice"): address,
}

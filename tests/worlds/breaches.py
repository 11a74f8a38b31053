# SPDX-License-Identifier: MIT
"""What a guest may not do: each breach is named as the rule of spec/rules.yaml that it breaks.

A breach has a hook, a point of guest.py, and a function that gets what the guest is about to do there, and returns what
it does instead; None: not now. The device has to survive, to serve the guest after a reset, and where it cannot go on,
to say so by DEVICE_NEEDS_RESET; the monitor has to name the rule.
"""

import dataclasses
from collections.abc import Callable
from typing import Any

import described
from rings import AVAIL, INDIRECT, NEXT, USED
from wire import MEMORY_BYTES

World = dict[str, Any]
Change = Callable[[Any, Any, Any], Any]
ACKNOWLEDGE, DRIVER, DRIVER_OK, FEATURES_OK, FAILED = (
    described.status(name) for name in ("ACKNOWLEDGE", "DRIVER", "DRIVER_OK", "FEATURES_OK", "FAILED")
)
OUTSIDE = 1 << 52  # no memory
# A device with the switch qemu reads tables that it offered (TABLE in spec/rules.yaml: split.drv.indirect.1,
# packed.drv.indirect.1), so it need not break.
TABLES = ("INDIRECT_REFUSED", "PACKED_INDIRECT_REFUSED")


@dataclasses.dataclass
class Breach:
    """A rule, how a guest breaks it, and what the device has to do then."""

    name: str
    bases: tuple[
        str, ...
    ]  # the clauses, or sections where no clause states it, one of which the monitor names
    hook: str
    applies: Callable[[World], bool]
    needs: tuple[str, ...]  # features that the guest accepts, and those that it does not accept
    refuses: tuple[str, ...]
    change: Change
    reaction: str  # "fault": DEVICE_NEEDS_RESET; "refusal": FEATURES_OK is not kept; "": any

    def can_be_of(self, world: World) -> bool:
        """Whether the guests of a world can break this rule."""
        return self.applies(world) and set(self.needs) <= set(world["offered"])

    @property
    def moments(self) -> int:
        """At which a breach may happen, of those that nearly all guests come to."""
        return 5 if self.hook in ("parts", "list", "packed list", "head", "index", "idle", "sector") else 0

    def judge(self, said: str, reactions: set[str], world: World) -> str:
        """What is wrong with the monitor's text, or with the reactions of the device."""
        may_go_on = bool(world.get("qemu")) and self.name in TABLES and "INDIRECT_DESC" in world["offered"]
        if not said.startswith("driver") or not any(basis in said for basis in self.bases):
            return f"{self.name}: the monitor does not name {self.bases}: {said!r}"
        if self.reaction and self.reaction not in reactions and not may_go_on:
            return f"{self.name}: the device goes on"
        return ""


BREACHES: list[Breach] = []


def breach(
    name: str,
    hook: str,
    applies: Callable[[World], bool],
    needs: str = "",
    refuses: str = "",
    reaction: str = "",
    also: str = "",
) -> Callable[[Change], Change]:
    """Adds a breach. `also`: another rule, which an observer cannot tell from this one."""

    def add(change: Change) -> Change:
        bases = tuple(described.basis(rule) for rule in (name, also) if rule)
        features = tuple(needs.split()), tuple(refuses.split())
        BREACHES.append(Breach(name, bases, hook, applies, *features, change, reaction))
        return change

    return add


def always(world: World) -> bool:
    """Each guest."""
    return bool(world)


def modern(world: World) -> bool:
    """A guest of the modern interface."""
    return not world["legacy"]


def on_mmio(world: World) -> bool:
    """On virtio-mmio."""
    return not world["pci"]


def on_modern_mmio(world: World) -> bool:
    """On virtio-mmio of version 2."""
    return on_mmio(world) and modern(world)


def on_pci(world: World) -> bool:
    """On virtio-pci."""
    return bool(world["pci"])


def a_disk(world: World) -> bool:
    """With a disk."""
    return bool(world["disk"])


def is_split(guest: Any) -> bool:
    """Whether the rings are split."""
    return "RING_PACKED" not in guest.features


# ---- initialisation ----


@breach("STATUS_NO_RESET", "reset", always)
def _(guest: Any, _value: Any, _queue: Any) -> Any:
    return False if guest.moments == 0 else None


@breach("STATUS_ORDER", "statuses", always)
def _(guest: Any, _value: Any, _queue: Any) -> Any:
    return guest.rng.choice(([DRIVER], [DRIVER, ACKNOWLEDGE | DRIVER]))


@breach("FEATURE_NOT_OFFERED", "accepted", modern, reaction="refusal")
def _(guest: Any, value: Any, offered: Any) -> Any:
    return value | next(1 << bit for bit in sorted(described.reserved().values()) if not offered >> bit & 1)


@breach("FEATURE_VERSION_1", "accepted", modern)
def _(_guest: Any, value: Any, _offered: Any) -> Any:
    return value & ~(1 << described.reserved()["VERSION_1"])


@breach("STATUS_NO_FEATURES_OK", "features ok", modern)
def _(_guest: Any, _value: Any, _queue: Any) -> Any:
    return False


@breach("FEATURES_OK_UNREAD", "features ok read", modern)
def _(_guest: Any, _value: Any, _queue: Any) -> Any:
    return False


@breach("FEATURES_LATE", "negotiated", modern)
def _(guest: Any, _value: Any, _queue: Any) -> Any:
    guest.transport.accept(0, 0)
    return True


@breach("QUEUE_LATE", "before queues", always)
def _(guest: Any, status: Any, _queue: Any) -> Any:
    guest.transport.set_status(status | DRIVER_OK)
    return True


@breach("NOTIFY_EARLY", "driver ok", modern)
def _(_guest: Any, _value: Any, _queue: Any) -> Any:
    return False


# ---- queues ----


@breach("QUEUE_SHAPE", "size", on_modern_mmio, refuses="RING_PACKED")
@breach("PCI_QUEUE_SHAPE", "size", on_pci, refuses="RING_PACKED")
def _(guest: Any, _size: Any, most: Any) -> Any:
    return most - 1 if most > 3 else None


@breach("QUEUE_SIZE", "size", on_modern_mmio)
@breach("PCI_QUEUE_MAX", "size", on_pci)
def _(guest: Any, _size: Any, most: Any) -> Any:
    return 2 * most if is_split(guest) else guest.rng.choice((most + 1, 32768))


@breach("PCI_QUEUE_EMPTY", "size", on_pci, needs="RING_PACKED")
def _(_guest: Any, _size: Any, _most: Any) -> Any:
    return 0


@breach("SPLIT_ALIGN", "areas", modern, refuses="RING_PACKED")
@breach("PACKED_ALIGN", "areas", modern, needs="RING_PACKED")
def _(guest: Any, areas: Any, queue: Any) -> Any:
    which = guest.rng.randrange(3)
    other = guest.place(16 * queue.size + 16, 16) + 1
    return [other if number == which else at for number, at in enumerate(areas)]


@breach("QUEUE_MEMORY", "areas", modern)
def _(guest: Any, areas: Any, queue: Any) -> Any:
    which = guest.rng.randrange(3)
    return [OUTSIDE if number == which else at for number, at in enumerate(areas)]


@breach("QUEUE_OVERLAP", "areas", modern)
def _(guest: Any, areas: Any, queue: Any) -> Any:
    return [areas[0], areas[1], areas[0]]


# ---- lists of descriptors ----


@breach("CHAIN_ORDER", "parts", modern, refuses="RING_PACKED")
@breach("PACKED_ORDER", "parts", modern, needs="RING_PACKED")
def _(guest: Any, parts: Any, queue: Any) -> Any:
    if parts[0][2] or not parts[-1][2]:
        return None
    return parts[::-1]


@breach("BUFFER_MEMORY", "parts", always, reaction="fault")
def _(guest: Any, parts: Any, queue: Any) -> Any:
    which = guest.rng.randrange(len(parts))
    at = guest.rng.choice((OUTSIDE, guest.base + MEMORY_BYTES - parts[which][1] + 1, guest.base - 1))
    return [(at if number == which else a, n, w) for number, (a, n, w) in enumerate(parts)]


@breach("CHAIN_LOOP", "list", always, refuses="RING_PACKED IN_ORDER", reaction="fault")
def _(guest: Any, rows: Any, queue: Any) -> Any:
    places = list(rows)
    if rows[places[0]][2] & INDIRECT:
        return None
    rows[places[-1]][2] |= NEXT
    rows[places[-1]][3] = guest.rng.choice(places)
    return rows


@breach("NEXT", "list", always, refuses="RING_PACKED", reaction="fault")
def _(guest: Any, rows: Any, queue: Any) -> Any:
    last = rows[list(rows)[-1]]
    if last[2] & INDIRECT:
        return None
    last[2] |= NEXT
    last[3] = guest.rng.choice((queue.size, 0x8000, 0xFFFF))
    return rows


@breach("INDIRECT_REFUSED", "list", always, refuses="RING_PACKED INDIRECT_DESC", reaction="fault")
@breach("INDIRECT_NEXT", "list", always, needs="INDIRECT_DESC", refuses="RING_PACKED", reaction="fault")
def _(guest: Any, rows: Any, queue: Any) -> Any:
    row = rows[list(rows)[0]]
    if guest.rule.name == "INDIRECT_NEXT":
        if not row[2] & INDIRECT:
            return None
        row[2] |= NEXT
    else:
        row[2:] = [INDIRECT, 0]
    return rows


@breach("INDIRECT_SIZE", "list", always, needs="INDIRECT_DESC", refuses="RING_PACKED", reaction="fault")
def _(guest: Any, rows: Any, queue: Any) -> Any:
    row = rows[list(rows)[0]]
    if not row[2] & INDIRECT:
        return None
    row[1] += guest.rng.choice((-1, 1, 8))
    return rows


@breach("INDIRECT_NESTED", "table", always, needs="INDIRECT_DESC", refuses="RING_PACKED", reaction="fault")
def _(guest: Any, rows: Any, queue: Any) -> Any:
    row = rows[list(rows)[-1]]
    row[2] |= INDIRECT
    return rows


@breach("INDIRECT_ORDER", "table", modern, needs="INDIRECT_DESC IN_ORDER", refuses="RING_PACKED")
def _(guest: Any, rows: Any, queue: Any) -> Any:
    if len(rows) < 3:
        return None
    last = len(rows) - 1
    swapped = {0: rows[0], 1: rows[2], 2: rows[1]} | {place: rows[place] for place in range(3, last + 1)}
    following = rows[2][3]
    swapped[0][3], swapped[2][3] = 2, 1
    swapped[1][3] = following
    swapped[2][2] |= NEXT
    return swapped


@breach("CHAIN_PLACE", "list", modern, needs="IN_ORDER", refuses="RING_PACKED")
def _(guest: Any, rows: Any, queue: Any) -> Any:
    places = list(rows)
    if not queue.free or len(places) < 2:
        return None
    other = queue.free[0]  # the one whose turn comes last
    rows[other] = rows.pop(places[1])
    rows[places[0]][3] = other
    return rows


@breach("AVAIL_HEAD", "head", always, refuses="RING_PACKED", reaction="fault")
def _(guest: Any, _head: Any, queue: Any) -> Any:
    return guest.rng.choice((queue.size, 0x8000, 0xFFFF))


@breach("IN_FLIGHT", "head", always, refuses="RING_PACKED", also="AVAIL_BEFORE_ENTRY")
def _(guest: Any, _head: Any, queue: Any) -> Any:
    return queue.order[-1] if queue.added and queue.order else None


@breach("AVAIL_AHEAD", "index", always, refuses="RING_PACKED", reaction="fault")
def _(guest: Any, index: Any, queue: Any) -> Any:
    # A device that stops in between may take and return chains before it and the monitor look at the index again.
    stops = guest.world["deferred"] or guest.world["budget"]
    taken = index if stops else guest.u16(queue.areas[2] + 2)
    return taken + queue.size + 1 + guest.rng.choice((0, 1, 1000))


@breach("AVAIL_BACK", "index", always, refuses="RING_PACKED")
def _(guest: Any, index: Any, queue: Any) -> Any:
    return index - 1 if queue.avail and not queue.added else None


@breach("AVAIL_FLAGS", "flags", always, refuses="RING_PACKED EVENT_IDX")
def _(guest: Any, _flags: Any, queue: Any) -> Any:
    return guest.rng.choice((2, 3, 0x8000)) if queue.added else None


@breach("AVAIL_FLAGS_EVENT", "flags", always, needs="EVENT_IDX", refuses="RING_PACKED")
def _(guest: Any, _flags: Any, queue: Any) -> Any:
    return 1 if queue.added else None


@breach("KICK_MISSING", "must", always, refuses="RING_PACKED EVENT_IDX")
@breach("KICK_MISSING_EVENT", "must", always, needs="EVENT_IDX", refuses="RING_PACKED")
@breach("PACKED_KICK_MISSING", "must", modern, needs="RING_PACKED")
def _(guest: Any, must: Any, queue: Any) -> Any:
    return False if must and queue.added else None


# ---- packed rings ----


@breach("PACKED_WRAP", "packed list", modern, needs="RING_PACKED")
def _(guest: Any, rows: Any, queue: Any) -> Any:
    if len(rows) < 2:
        return None
    rows[-1][3] ^= AVAIL | USED
    return rows


@breach("PACKED_LONG", "packed list", modern, needs="RING_PACKED", refuses="INDIRECT_DESC", reaction="fault")
def _(guest: Any, rows: Any, queue: Any) -> Any:
    if len(rows) != queue.size:
        return None
    rows[-1][3] |= NEXT
    return rows


@breach(
    "PACKED_INDIRECT_REFUSED",
    "packed list",
    modern,
    needs="RING_PACKED",
    refuses="INDIRECT_DESC",
    reaction="fault",
)
def _(guest: Any, rows: Any, queue: Any) -> Any:
    if len(rows) > 1:
        return None
    rows[0][3] |= INDIRECT
    return rows


@breach("PACKED_INDIRECT_LISTED", "packed list", modern, needs="RING_PACKED INDIRECT_DESC", reaction="fault")
def _(guest: Any, rows: Any, queue: Any) -> Any:
    if len(rows) < 2:
        return None
    rows[0][3] |= INDIRECT
    return rows


@breach("PACKED_INDIRECT_FLAGS", "packed table", modern, needs="RING_PACKED INDIRECT_DESC")
def _(guest: Any, rows: Any, queue: Any) -> Any:
    rows[0][3] |= guest.rng.choice((NEXT, INDIRECT, AVAIL))
    return rows


@breach("PACKED_ID", "packed list", modern, needs="RING_PACKED")
def _(guest: Any, rows: Any, queue: Any) -> Any:
    if not (queue.added and queue.order):
        return None
    for row in rows:
        row[2] = queue.order[-1]
    return rows


@breach("PACKED_EVENT_FLAGS", "packed flags", modern, needs="RING_PACKED")
def _(guest: Any, _flags: Any, queue: Any) -> Any:
    if not queue.added:
        return None
    return 3 if "EVENT_IDX" in guest.features else guest.rng.choice((2, 3))


@breach("PACKED_NEXT_OFFSET", "notification", modern, needs="RING_PACKED NOTIFICATION_DATA")
def _(guest: Any, data: Any, queue: Any) -> Any:
    return data ^ described.register_bit("QueueNotify", "next_wrap") if queue.added else None


# ---- registers ----


@breach("NOTIFY_QUEUE", "notification", on_mmio)
@breach("PCI_NOTIFY_QUEUE", "notification", on_pci)
def _(guest: Any, data: Any, queue: Any) -> Any:
    return data | 0x1000


@breach("STATUS_CLEARED", "idle", modern)
def _(guest: Any, _value: Any, _queue: Any) -> Any:
    guest.transport.set_status(guest.transport.status() & ~guest.rng.choice((ACKNOWLEDGE, DRIVER, DRIVER_OK)))
    return True


@breach("STATUS_AFTER_FAILED", "idle", always)
def _(guest: Any, _value: Any, _queue: Any) -> Any:
    status = guest.transport.status()
    guest.transport.set_status(status | FAILED)
    guest.transport.set_status(status)
    return True


@breach("REGISTER_READ_ONLY", "idle", on_mmio)
def _(guest: Any, _value: Any, _queue: Any) -> Any:
    guest.transport.write(
        guest.rng.choice(("MagicValue", "Version", "DeviceID", "VendorID", "InterruptStatus")), 1
    )
    return True


@breach("REGISTER_WRITE_ONLY", "idle", on_mmio)
def _(guest: Any, _value: Any, _queue: Any) -> Any:
    guest.transport.read(guest.rng.choice(("QueueSel", "QueueNotify", "InterruptACK", "DriverFeatures")))
    return True


@breach("REGISTER_WIDTH", "idle", on_mmio)
def _(guest: Any, _value: Any, _queue: Any) -> Any:
    guest.transport.read("Status", guest.rng.choice((1, 2, 8)))
    return True


@breach("ACK_UNDEFINED", "idle", on_mmio)
def _(guest: Any, _value: Any, _queue: Any) -> Any:
    guest.transport.write("InterruptACK", guest.rng.choice((4, 0xFFFFFFFF)))
    return True


@breach("QUEUE_FROZEN", "idle", on_modern_mmio)
def _(guest: Any, _value: Any, _queue: Any) -> Any:
    guest.transport.select(0)
    guest.transport.write(guest.rng.choice(("QueueSize", "QueueDesc", "QueueDeviceHigh")), 4)
    return True


@breach("REGISTER_FEATURE", "idle", on_modern_mmio, refuses="RING_RESET")
def _(guest: Any, _value: Any, _queue: Any) -> Any:
    guest.transport.select(0)
    guest.transport.write("QueueReset", 1)
    return True


@breach("PCI_QUEUE_FROZEN", "idle", on_pci)
def _(guest: Any, _value: Any, _queue: Any) -> Any:
    guest.transport.select(0)
    guest.transport.field(guest.rng.choice(("queue_size", "queue_desc", "queue_device")), 4)
    return True


@breach("PCI_DISABLED", "idle", on_pci)
def _(guest: Any, _value: Any, _queue: Any) -> Any:
    guest.transport.select(0)
    guest.transport.field("queue_enable", 0)
    return True


@breach("PCI_READ_ONLY", "idle", on_pci)
def _(guest: Any, _value: Any, _queue: Any) -> Any:
    guest.transport.field(guest.rng.choice(("num_queues", "config_generation", "device_feature")), 1)
    return True


@breach("PCI_WIDTH", "idle", on_pci)
def _(guest: Any, _value: Any, _queue: Any) -> Any:
    guest.transport.field("num_queues", None, size=guest.rng.choice((1, 4)))
    return True


@breach("PCI_FEATURE", "idle", on_pci, refuses="RING_RESET")
def _(guest: Any, _value: Any, _queue: Any) -> Any:
    guest.transport.select(0)
    guest.transport.field("queue_reset", 1)
    return True


@breach("PCI_CAPABILITY_WRITTEN", "idle", on_pci)
def _(guest: Any, _value: Any, _queue: Any) -> Any:
    guest.transport.set_cfg(guest.transport.capability + 4, 1)
    return True


@breach("PCI_VECTOR_BEYOND", "idle", on_pci)
def _(guest: Any, _value: Any, _queue: Any) -> Any:
    if not guest.world["vectors"]:
        return None
    guest.transport.field("config_msix_vector", guest.rng.choice((guest.world["vectors"], 0x7FF, 0xFFFE)))
    return True


# ---- requests of a disk ----


@breach("BLK_CAPACITY", "sector", a_disk)
def _(guest: Any, _sector: Any, _queue: Any) -> Any:
    return guest.rng.choice((2048, 1 << 32, (1 << 55) - 1, (1 << 64) - 1))


@breach("BLK_UNIT", "parts", a_disk)
def _(guest: Any, parts: Any, queue: Any) -> Any:
    address, size, writes = parts[-1]
    if sum(n for _, n, w in parts if w) == 1:  # a write
        return None
    return [*parts[:-1], (address, size + 1, writes)]


@breach("BLK_STATUS", "parts", a_disk)
def _(guest: Any, parts: Any, queue: Any) -> Any:
    return [part for part in parts if not part[2]]


@breach("BLK_HEADER", "parts", a_disk)
def _(guest: Any, parts: Any, queue: Any) -> Any:
    address = parts[0][0]
    return [(address, guest.rng.choice((1, 15)), False), *[part for part in parts if part[2]]]


BY_NAME = {row.name: row for row in BREACHES}

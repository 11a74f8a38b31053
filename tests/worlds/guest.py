# SPDX-License-Identifier: MIT
"""A guest that is unlike Linux, for the device of host.c.

It follows the specification, and chooses whatever that leaves open: the order of registers and areas, the size of
accesses, features, shapes of chains, tables, when it notifies, when it asks for interrupts, when it resets. A guest that
has a habit of habits.py, or breaks a rule. It breaks a rule once, at a hook: `bend()` passes what the guest is about to do to the rule. Afterwards it resets the
device and is a legal guest again, which the device has to serve.
"""

import random
import struct
from typing import Any

import breaches
import described
import habits
from rings import AVAIL, INDIRECT, NEXT, USED
from rings import WRITE as WRITE_ONLY
from wire import MEMORY_BYTES, TEXT_AT, Ended, Machine

QUESTION = struct.Struct("<IIQQIIII")
ANSWER = struct.Struct("<QIIII")
ORDER = struct.Struct("<QQIIIIIIIIII")
READ, WRITE, BEGIN, SERVE, END = 1, 2, 6, 7, 8
BASE, ECAM, WINDOW, IO = 0x0A000000, 0x30000000, 0x10000000, 0x3EFF0000
RINGS_AT, DATA_AT = 0x10000, 0x100000
REG = described.registers()
COMMON = described.fields("transport/pci", "common_cfg")
LEGACY = described.fields("transport/pci", "legacy_header")
BITS = {row["name"]: row["bit"] for row in described.file("core/features")["features"]}
RING_FEATURES = (
    "INDIRECT_DESC",
    "EVENT_IDX",
    "RING_PACKED",
    "IN_ORDER",
    "NOTIFICATION_DATA",
    "RING_RESET",
    "SUSPEND",
)
ACKNOWLEDGE, DRIVER, DRIVER_OK, FEATURES_OK, SUSPEND = (
    described.status(name) for name in ("ACKNOWLEDGE", "DRIVER", "DRIVER_OK", "FEATURES_OK", "SUSPEND")
)
SECTORS = 2048
NEVER = 1 << 60  # when the content of a sector is known


class Wrong(Exception):
    """The device did something that the specification does not allow, or nothing."""


class Link:
    """The process of host.c."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.line, self.messages, self.broken, self.again = 0, 0, 0, 0

    def ask(
        self, what: int, size: int = 0, at: int = 0, value: int = 0, place: tuple[int, int, int] = (0, 0, 0)
    ) -> int:
        """A question, and its answer."""
        self.machine.ours.sendall(QUESTION.pack(what, size, at, value, *place, 0))
        data = b""
        while len(data) < ANSWER.size:
            part = self.machine.receive(ANSWER.size - len(data))
            data += part
        value, self.line, messages, self.broken, self.again = ANSWER.unpack(data)
        self.messages |= messages
        return value


class Transport:
    """Registers by the names of virtio-mmio and common_cfg; both transports have the same calls."""

    def __init__(self, link: Link, world: dict[str, Any], rng: random.Random) -> None:
        self.link, self.world, self.rng = link, world, rng
        self.queue_now = -1

    def select(self, queue: int) -> None:
        """Selects a queue, sometimes although it is selected."""
        if queue != self.queue_now or self.rng.random() < 0.2:
            self._select(queue)
            self.queue_now = queue

    def _select(self, queue: int) -> None:
        raise NotImplementedError


class Mmio(Transport):
    """Registers of 32 bits."""

    def __init__(self, link: Link, world: dict[str, Any], rng: random.Random) -> None:
        super().__init__(link, world, rng)
        for name in ("MagicValue", "Version", "DeviceID"):
            self.read(name)

    def read(self, name: str, size: int = 4) -> int:
        """A register."""
        return self.link.ask(READ, size, BASE + REG[name], place=(1, 0, REG[name]))

    def write(self, name: str, value: int) -> None:
        """A register."""
        self.link.ask(WRITE, 4, BASE + REG[name], value, (1, 0, REG[name]))

    def _select(self, queue: int) -> None:
        self.write("QueueSel", queue)

    def status(self) -> int:
        """The device status."""
        return self.read("Status")

    def set_status(self, value: int) -> None:
        """The device status."""
        self.write("Status", value)

    def offered(self, word: int) -> int:
        """32 bits of the features."""
        self.write("DeviceFeaturesSel", word)
        return self.read("DeviceFeatures")

    def accept(self, word: int, value: int) -> None:
        """32 bits of the features."""
        self.write("DriverFeaturesSel", word)
        self.write("DriverFeatures", value)

    def size_max(self) -> int:
        """Of the selected queue."""
        return self.read("QueueSizeMax")

    def enable(self, size: int, areas: list[int]) -> None:
        """The selected queue, its areas in any order."""
        steps = [("QueueSize", size)]
        for name, at in zip(("QueueDesc", "QueueDriver", "QueueDevice"), areas):
            steps += [(name, at & 0xFFFFFFFF), (name + "High", at >> 32)]
        self.rng.shuffle(steps)
        for name, value in steps:
            self.write(name, value)
        self.write("QueueReady", 1)

    def reset_queue(self) -> bool:
        """The selected queue; whether it is off."""
        self.write("QueueReset", 1)
        return self.read("QueueReset") == 0 and self.read("QueueReady") == 0

    def enable_legacy(self, size: int, at: int, align: int) -> None:
        """The selected queue of the legacy interface."""
        self.write("QueueSize", size)
        self.write("QueueAlign", align)
        self.write("QueuePFN", at // self.page)

    def enable_unplaced(self, size: int, at: int) -> None:
        """The same without a page size, and without an alignment or with 0."""
        self.write("QueueSize", size)
        if self.rng.random() < 0.5:
            self.write("QueueAlign", 0)
        self.write("QueuePFN", at)

    page = 4096

    def begin_legacy(self) -> None:
        """The unit of QueuePFN."""
        self.page = self.rng.choice((4096, 8192, 65536))
        self.write("GuestPageSize", self.page)

    def notify(self, queue: int, data: int) -> None:
        """data: the value of NOTIFICATION_DATA, or the queue."""
        self.write("QueueNotify", data)

    def config(self, offset: int, size: int) -> int:
        """A field of the configuration."""
        at = REG["Config"] + offset
        return self.link.ask(READ, size, BASE + at, place=(1, 0, at))

    def reasons(self) -> int:
        """Reads and acknowledges the reasons of an interrupt."""
        got = self.read("InterruptStatus")
        if got:
            self.write("InterruptACK", got)
        return got


class Pci(Transport):
    """The structures of virtio-pci, where the capabilities say."""

    def __init__(self, link: Link, world: dict[str, Any], rng: random.Random) -> None:
        super().__init__(link, world, rng)
        self.space = ECAM + (1 << 15)
        self.places: dict[int, tuple[int, int, int]] = {}
        self.multiplier, self.msix, self.capability = 0, 0, 0
        self._find()

    def cfg(self, offset: int, size: int = 4) -> int:
        """Configuration space."""
        return self.link.ask(READ, size, self.space + offset, place=(2, 0, offset))

    def set_cfg(self, offset: int, value: int, size: int = 4) -> None:
        """Configuration space."""
        self.link.ask(WRITE, size, self.space + offset, value, (2, 0, offset))

    def _find(self) -> None:
        bars = self._size_bars()
        at = self.cfg(0x34, 1)
        while at:
            kind, following = self.cfg(at, 1), self.cfg(at + 1, 1)
            if kind == 9:
                self._structure(at, bars)
            elif kind == 0x11:
                self.msix = at
                self.table = bars[self.cfg(at + 4) & 7] + (self.cfg(at + 4) & ~7)
            at = following
        self.set_cfg(4, 0x7, 2)
        if self.world["vectors"]:
            self._use_vectors()

    def _size_bars(self) -> dict[int, int]:
        """Places the BARs one after the other."""
        next_at, bars, index = WINDOW, {}, 0
        while index < 6:
            offset = 0x10 + 4 * index
            self.set_cfg(offset, 0xFFFFFFFF)
            mask = self.cfg(offset)
            if mask == 0:
                index += 1
                continue
            if mask & 1:
                self.set_cfg(offset, 0x100)
                bars[index] = IO + 0x100
            else:
                size = -(mask & ~15) & 0xFFFFFFFF
                at = (next_at + size - 1) // size * size
                next_at = at + size
                self.set_cfg(offset, at)
                bars[index] = at
                if mask & 4:
                    self.set_cfg(offset + 4, 0)
            index += 2 if mask & 4 and not mask & 1 else 1
        self.bars = bars
        return bars

    def _structure(self, at: int, bars: dict[int, int]) -> None:
        kind = self.cfg(at + 3, 1)
        self.capability = at if kind == 1 else self.capability
        bar, offset, length = self.cfg(at + 4, 1), self.cfg(at + 8), self.cfg(at + 12)
        if kind in (1, 2, 3, 4) and kind not in self.places and bar in bars:
            self.places[kind] = (bars[bar] + offset, length, kind)
            if kind == 2:
                self.multiplier = self.cfg(at + 16)

    def _use_vectors(self) -> None:
        for vector in range(self.world["vectors"]):
            for offset, value in ((0, 0xFEE00000), (4, 0), (8, vector), (12, 0)):
                self.link.ask(WRITE, 4, self.table + 16 * vector + offset, value)
        self.set_cfg(self.msix + 2, self.cfg(self.msix + 2, 2) & 0x3FFF | 0x8000, 2)

    def field(self, name: str, value: int | None = None, half: int = 0, size: int = 0) -> int:
        """A field of common_cfg, or half of one with 64 bits."""
        offset, size = COMMON[name][0] + 4 * half, size or COMMON[name][1]
        at = self.places[1][0] + offset
        what = READ if value is None else WRITE
        return self.link.ask(what, min(size, 4), at, value or 0, (3, 1, offset))

    def _select(self, queue: int) -> None:
        self.field("queue_select", queue)

    def status(self) -> int:
        """The device status."""
        return self.field("device_status")

    def set_status(self, value: int) -> None:
        """The device status."""
        self.field("device_status", value)

    def offered(self, word: int) -> int:
        """32 bits of the features."""
        self.field("device_feature_select", word)
        return self.field("device_feature")

    def accept(self, word: int, value: int) -> None:
        """32 bits of the features."""
        self.field("driver_feature_select", word)
        self.field("driver_feature", value)

    def size_max(self) -> int:
        """Of the selected queue."""
        return self.field("queue_size")

    def enable(self, size: int, areas: list[int]) -> None:
        """The selected queue, its areas in any order."""
        steps: list[tuple[str, int, int]] = [("queue_size", size, 0)]
        for name, at in zip(("queue_desc", "queue_driver", "queue_device"), areas):
            steps += [(name, at & 0xFFFFFFFF, 0), (name, at >> 32, 1)]
        self.rng.shuffle(steps)
        for name, value, half in steps:
            self.field(name, value, half)
        if self.world["vectors"]:
            vector = self.rng.randrange(self.world["vectors"] > 1, self.world["vectors"])
            self.field("queue_msix_vector", vector)
            if self.field("queue_msix_vector") != vector:
                raise Wrong(f"vector {vector} is refused")
        self.field("queue_enable", 1)

    def reset_queue(self) -> bool:
        """The selected queue; whether it is off."""
        self.field("queue_reset", 1)
        return self.field("queue_reset") == 0 and self.field("queue_enable") == 0

    def notify(self, queue: int, data: int) -> None:
        """At the address of the queue."""
        self.select(queue)
        offset = self.field("queue_notify_off") * self.multiplier
        size = 4 if self.world["notification_data"] else 2
        self.link.ask(WRITE, size, self.places[2][0] + offset, data, (3, 2, offset))

    def config(self, offset: int, size: int) -> int:
        """A field of the configuration."""
        return self.link.ask(READ, size, self.places[4][0] + offset, place=(3, 4, offset))

    def reasons(self) -> int:
        """The ISR status."""
        return self.link.ask(READ, 1, self.places[3][0], place=(3, 3, 0))


class Queue:
    """The driver's end of a queue; subclasses write and read the ring."""

    def __init__(self, guest: "Guest", index: int, size: int, areas: list[int]) -> None:
        self.guest, self.index, self.size, self.areas = guest, index, size, areas
        self.free = list(range(size))
        if "IN_ORDER" in guest.features:  # descriptors are used in the order of the ring: 2.7.9, 2.8.11
            self.free.reverse()
        else:
            guest.rng.shuffle(self.free)
        self.flying: dict[int, Any] = {}  # by id
        self.order: list[int] = []
        self.added = 0  # since the last notification


class Split(Queue):
    """A split virtqueue."""

    def __init__(self, guest: "Guest", index: int, size: int, areas: list[int]) -> None:
        super().__init__(guest, index, size, areas)
        self.avail, self.used = 0, 0

    def room(self) -> int:
        """Descriptors that are free."""
        return len(self.free)

    def add(self, parts: list[tuple[int, int, bool]], table: bool, what: Any) -> None:
        """Makes a chain available: address, bytes, whether the device writes."""
        memory = self.guest
        if table:
            places = [self.free.pop()]
            at = memory.alloc(16 * (len(parts) + 1), 16)
            order = list(range(1, len(parts)))
            if "IN_ORDER" not in memory.features:
                memory.rng.shuffle(order)
            self._write(at, memory.bend("table", self._rows(parts, [0] + order), self))
            rows = {places[0]: [at, 16 * len(parts), INDIRECT, 0]}
        else:
            places = [self.free.pop() for _ in parts]
            rows = self._rows(parts, places)
        self._write(self.areas[0], memory.bend("list", rows, self))
        head = memory.bend("head", places[0], self)
        memory.put(self.areas[1] + 4 + 2 * (self.avail % self.size), struct.pack("<H", head))
        self.avail = (self.avail + 1) & 0xFFFF
        self.flying[places[0]] = (places, what)
        self.order.append(places[0])
        self.added += 1

    def _rows(self, parts: list[tuple[int, int, bool]], places: list[int]) -> dict[int, list[int]]:
        """Descriptors that are linked in this order, by their places."""
        rows = {}
        for number, (address, size, writes) in enumerate(parts):
            last = number == len(parts) - 1
            flags = (WRITE_ONLY if writes else 0) | (0 if last else NEXT)
            rows[places[number]] = [address, size, flags, 0 if last else places[number + 1]]
        return rows

    def _write(self, at: int, rows: dict[int, list[int]]) -> None:
        for place, row in rows.items():
            self.guest.put(at + 16 * place, struct.pack("<QIHH", *row))

    def publish(self, wants: bool) -> None:
        """Shows the device the chains, and whether the next use shall interrupt."""
        memory = self.guest
        if "EVENT_IDX" in memory.features:
            event = self.used if wants else (self.used - 1) & 0xFFFF
            memory.put(self.areas[1] + 4 + 2 * self.size, struct.pack("<H", event))
        flags = int(not wants and "EVENT_IDX" not in memory.features)
        memory.put(self.areas[1], struct.pack("<H", memory.bend("flags", flags, self)))
        memory.put(self.areas[1] + 2, struct.pack("<H", memory.bend("index", self.avail, self) & 0xFFFF))

    def must_notify(self) -> bool:
        """Whether the device wants to know of the chains since the last notification."""
        memory = self.guest
        if "EVENT_IDX" in memory.features:
            event = memory.u16(self.areas[2] + 4 + 8 * self.size)
            return ((self.avail - event - 1) & 0xFFFF) < self.added
        return not memory.u16(self.areas[2]) & 1

    def notification(self) -> int:
        """The value with NOTIFICATION_DATA."""
        return self.index | self.avail << 16

    def reap(self) -> list[tuple[Any, int]]:
        """The chains that the device has used."""
        memory, done = self.guest, []
        while self.used != memory.u16(self.areas[2] + 2):
            at = self.areas[2] + 4 + 8 * (self.used % self.size)
            buffer, length = struct.unpack("<II", memory.get(at, 8))
            self.used = (self.used + 1) & 0xFFFF
            done += self._done(buffer, length)
        return done

    def _done(self, buffer: int, length: int) -> list[tuple[Any, int]]:
        found = []
        while True:
            if buffer not in self.flying:
                raise Wrong(f"queue {self.index}: the device used {buffer}, which is not in flight")
            first = self.order[0]
            if "IN_ORDER" in self.guest.features and first != buffer:
                head, size = first, 0  # a batch: the length of the earlier ones is not told
            else:
                head, size = buffer, length
            places, what = self.flying.pop(head)
            self.order.remove(head)
            self.free[:0] = reversed(places)
            found.append((what, size if head == buffer else -1))
            if head == buffer:
                return found


class Packed(Queue):
    """A packed virtqueue."""

    def __init__(self, guest: "Guest", index: int, size: int, areas: list[int]) -> None:
        super().__init__(guest, index, size, areas)
        self.at, self.wrap, self.used_at, self.used_wrap = 0, 1, 0, 1
        self.left = size
        self.first: tuple[int, bytes] | None = None

    def room(self) -> int:
        """Descriptors that are free."""
        return min(self.left, len(self.free))

    def add(self, parts: list[tuple[int, int, bool]], table: bool, what: Any) -> None:
        """Makes a chain available; the flags of its first descriptor come last."""
        memory = self.guest
        buffer = self.free.pop()
        if table:
            at = memory.alloc(16 * len(parts), 16)
            inner = [[a, n, 0, WRITE_ONLY if w else 0] for a, n, w in parts]
            inner = memory.bend("packed table", inner, self)
            memory.put(at, b"".join(struct.pack("<QIHH", *row) for row in inner))
            parts = [(at, 16 * len(parts), False)]
        begin = self.at, self.wrap
        rows, places = [], []
        for number, (address, size, writes) in enumerate(parts):
            last = number == len(parts) - 1
            flags = (WRITE_ONLY if writes else 0) | (INDIRECT if table else 0) | (0 if last else NEXT)
            flags |= AVAIL if self.wrap else USED
            rows.append([address, size, buffer, flags])
            places.append(self.at)
            self.at += 1
            if self.at == self.size:
                self.at, self.wrap = 0, 1 - self.wrap
        rows = memory.bend("packed list", rows, self)
        for at, row in reversed(list(zip(places, rows))):
            memory.put(self.areas[0] + 16 * at, struct.pack("<QIH", *row[:3]))
            memory.put(self.areas[0] + 16 * at + 14, struct.pack("<H", row[3]))
        self.left -= len(parts)
        self.flying[buffer] = (len(parts), begin, what)
        self.order.append(buffer)
        self.added += len(parts)

    def publish(self, wants: bool) -> None:
        """Whether the next use shall interrupt."""
        memory = self.guest
        if wants and "EVENT_IDX" in memory.features and memory.rng.random() < 0.5:
            event = self.used_at | self.used_wrap << 15
            memory.put(self.areas[1], struct.pack("<HH", event, memory.bend("packed flags", 2, self)))
        else:
            flags = memory.bend("packed flags", 0 if wants else 1, self)
            memory.put(self.areas[1] + 2, struct.pack("<H", flags))

    def must_notify(self) -> bool:
        """Whether the device wants to know of the descriptors since the last notification."""
        event, flags = struct.unpack("<HH", self.guest.get(self.areas[2], 4))
        if flags != 2:
            return flags == 0
        place = event & 0x7FFF
        if event >> 15 != self.wrap:
            place -= self.size
        return ((self.at - place - 1) & 0xFFFF) < self.added

    def notification(self) -> int:
        """The value with NOTIFICATION_DATA."""
        return self.index | self.at << 16 | self.wrap << 31

    def reap(self) -> list[tuple[Any, int]]:
        """The chains that the device has used."""
        memory, done = self.guest, []
        while self.flying:
            at = self.areas[0] + 16 * self.used_at
            length, buffer, flags = struct.unpack("<IHH", memory.get(at + 8, 8))
            if (flags & AVAIL != 0) != (self.used_wrap == 1) or (flags & USED != 0) != (self.used_wrap == 1):
                break
            done += self._done(buffer, length if flags & WRITE_ONLY else 0)
        return done

    def _done(self, buffer: int, length: int) -> list[tuple[Any, int]]:
        found = []
        while True:
            if buffer not in self.flying:
                raise Wrong(f"queue {self.index}: the device used {buffer}, which is not in flight")
            head = self.order[0] if "IN_ORDER" in self.guest.features else buffer
            count, _, what = self.flying.pop(head)
            self.order.remove(head)
            self.free.append(head)
            self.left += count
            self.used_at += count
            if self.used_at >= self.size:
                self.used_at, self.used_wrap = self.used_at - self.size, 1 - self.used_wrap
            found.append((what, length if head == buffer else -1))
            if head == buffer:
                return found


class Guest:
    """A guest with one device."""

    def __init__(self, machine: Machine, world: dict[str, Any]) -> None:
        self.machine, self.world = machine, world
        self.rng = random.Random(world["seed"])
        self.link = Link(machine)
        self.base = world["dma"]
        self.features: set[str] = set()
        self.queues: list[Any] = []
        self.end = DATA_AT
        self.returned = 0
        self.now = 0  # counts what happens to sectors
        self.sectors: dict[int, tuple[int, bytes]] = {}  # when they were written, and with what
        self.writing: dict[int, int] = {}  # writes in flight
        self.contested: set[int] = set()  # sectors with two writes in flight: either may be the last
        self.rule = breaches.BY_NAME.get(world.get("broken", ""))
        self.breached = False
        self.reactions: set[str] = set()  # of the device to it
        self.moments = 0  # at which the rule could have been broken
        self.habit = habits.BY_NAME.get(world.get("habit", ""))
        self.started = False
        self.tables = 0  # that were used
        self.status_set = 0  # the bits that were written since the reset

    def has(self, *names: str) -> bool:
        """Whether the guest has one of these habits."""
        return self.habit is not None and self.habit.name in names

    def bend(self, hook: str, value: Any, queue: Any = None) -> Any:
        """What the guest does: `value`, or once what the rule makes of it."""
        rule = self.rule
        if rule is None or self.breached or hook != rule.hook:
            return value
        bent = rule.change(self, value, queue) if self.moments >= self.world["moment"] else None
        self.moments += 1
        self.world["breached"] = self.breached = bent is not None
        return bent if self.breached else value

    # ---- memory ----

    def put(self, address: int, data: bytes) -> None:
        """Writes memory."""
        at = address - self.base
        self.machine.memory[at : at + len(data)] = data

    def get(self, address: int, size: int) -> bytes:
        """Reads memory."""
        at = address - self.base
        return bytes(self.machine.memory[at : at + size])

    def u16(self, address: int) -> int:
        """A word of 16 bits."""
        return struct.unpack("<H", self.get(address, 2))[0]

    def alloc(self, size: int, align: int = 1) -> int:
        """Memory for data, which is not used again soon."""
        if self.end + size + align > MEMORY_BYTES:
            self.end = DATA_AT
        at = (self.end + align - 1) // align * align
        self.end = at + size + self.rng.choice((0, 1, 7))
        return self.base + at

    # ---- initialisation ----

    def begin(self) -> None:
        """Powers the device on."""
        world = self.world
        self.machine.memory[:] = bytes(MEMORY_BYTES)
        offered = sum(1 << BITS[name] for name in world["offered"])
        self.machine.memory[: ORDER.size] = ORDER.pack(
            self.base,
            offered,
            world["pci"],
            world["legacy"],
            world["disk"],
            world["queues"],
            world["size"],
            world["vectors"],
            world["deferred"],
            world["budget"],
            world.get("qemu", 0),
            0,
        )
        self.link.ask(BEGIN)
        self.transport: Any = (Pci if world["pci"] else Mmio)(self.link, world, self.rng)

    def initialise(self) -> None:
        """From the reset to DRIVER_OK."""
        transport, rng = self.transport, self.rng
        self.queues = []
        again = self.started and self.has("NO_RESET")
        if again:
            self._forget()
        elif self.bend("reset", True):
            transport.set_status(0)
            self._forget()
            if transport.status() != 0:
                raise Wrong("the device does not reset")
        if self.world["legacy"] and not again and not self.has("NO_PAGE_SIZE"):
            transport.begin_legacy()
        for value in self.bend("statuses", [ACKNOWLEDGE, ACKNOWLEDGE | DRIVER]):
            self._set_status(value)
        self._negotiate()
        status = ACKNOWLEDGE | DRIVER
        if self.has("EARLY_REGISTER"):
            self._add_queues(status)
        if not self.world["legacy"]:
            if self.bend("features ok", True):
                status |= FEATURES_OK
                self._set_status(status)
            if self.bend("features ok read", True) and status & ~transport.status():
                self.reactions.add("refusal")
                raise Wrong(f"the features {sorted(self.features)} are refused")
            self.bend("negotiated", True)
        elif self.has("LEGACY_FEATURES_OK"):
            status |= FEATURES_OK
            self._set_status(status)
            if status & ~transport.status():
                raise Wrong("FEATURES_OK does not stay")
        self._read_config()
        if not self.has("EARLY_REGISTER"):
            self._add_queues(status)
        if rng.random() < 0.3 and not self.breached:
            transport.status()
        if self.has("EARLY_NOTIFICATION", "EARLY_REQUEST"):
            self._ask_early(status)
        if self.bend("driver ok", True):
            self._set_status(status | DRIVER_OK)
        if self.has("LATE_FEATURES"):
            for word in range(2):
                transport.accept(word, self.accepted >> 32 * word & rng.choice((0, 0xFFFFFFFF)))
        self.started = True

    def _add_queues(self, status: int) -> None:
        """In any order."""
        places = list(range(self.world["queues"]))
        self.rng.shuffle(places)
        self.queues = [None] * len(places)
        self.ring_end = RINGS_AT
        if self.world["vectors"]:
            self.transport.field("config_msix_vector", 0)
            self.transport.field("config_msix_vector")
        self.bend("before queues", status)
        for index in places:
            self._add_queue(index)

    def _set_status(self, value: int) -> None:
        """All bits that are set, or with the habit only the new ones."""
        self.transport.set_status(value & ~self.status_set if self.has("STATUS_BITS") else value)
        self.status_set = value

    def _ask_early(self, status: int) -> None:
        """A chain before DRIVER_OK. The device returns it at DRIVER_OK, or at once to a driver that waits for it."""
        queue = self.rng.choice(self.queues)
        self._send(queue)
        queue.publish(False)
        self.notify(queue)
        if self.has("EARLY_NOTIFICATION"):
            self._reap(queue)
            if queue.order and not queue.flying:
                raise Wrong("the device uses a buffer before DRIVER_OK")
            self._set_status(status | DRIVER_OK)
        self._serve()
        self._reap(queue)
        if queue.flying:
            raise Wrong(f"queue {queue.index}: the chain before DRIVER_OK does not come back")

    def _forget(self) -> None:
        """A reset ends all requests: whether a write has happened is unknown."""
        for sector, count in self.writing.items():
            if count:
                self.sectors[sector] = (NEVER, b"")
        self.writing = {}
        self.contested = set()
        self.status_set = 0
        self.transport.queue_now = -1

    def _forget_requests(self, queue: Any) -> None:
        """The same for one queue, whose other writes go on."""
        for flight in queue.flying.values():
            out = flight[-1][0]
            if not self.world["disk"] or struct.unpack("<I", out[:4])[0] != 1:
                continue
            sector = struct.unpack("<Q", out[8:16])[0]
            for at in range(sector, sector + (len(out) - 16) // 512):
                self.sectors[at] = (NEVER, b"")
                self.writing[at] -= 1
                self.contested.add(at)
                if not self.writing[at]:
                    self.contested.discard(at)

    def _negotiate(self) -> None:
        words = [0] if self.world["legacy"] else [0, 1]
        self.rng.shuffle(words)
        unselected = self.transport.read("DeviceFeatures") if self.has("NO_SELECTOR") else 0
        offered = {word: self.transport.offered(word) for word in words}
        everything = offered[0] | offered.get(1, 0) << 32
        if self.has("NO_SELECTOR") and unselected != offered[0]:
            raise Wrong(f"the features read as {unselected:#x} before they are selected")
        wanted = set(self.world["accepted"]) if "accepted" in self.world else None
        names = {name for name, bit in BITS.items() if everything >> bit & 1}
        chosen = {name for name in RING_FEATURES if name in names and self.rng.random() < 0.6}
        chosen = chosen if wanted is None else names & wanted
        if not self.world["legacy"]:
            chosen.add("VERSION_1")
        if self.world["vectors"] or not self.world["pci"]:
            chosen.discard("NOTIF_CONFIG_DATA")
        if self.has("NO_VERSION_1"):
            chosen = {name for name in chosen if BITS[name] < 32}
        if self.has("TABLE"):
            chosen.discard("INDIRECT_DESC")
        self.features = chosen
        self.world["notification_data"] = "NOTIFICATION_DATA" in chosen
        accepted = self.bend("accepted", sum(1 << BITS[name] for name in chosen), everything)
        self.accepted = accepted
        self.rng.shuffle(words)
        for word in words:
            self.transport.accept(word, accepted >> 32 * word & 0xFFFFFFFF)

    def _read_config(self) -> None:
        if self.has("CONFIG_WIDTH"):
            wanted = SECTORS.to_bytes(8, "little") if self.world["disk"] else bytes(range(1, 9))
            for at, size in ((0, 8), (1, 4), (3, 2)):
                if self.transport.config(at, size).to_bytes(size, "little") != wanted[at : at + size]:
                    raise Wrong(f"{size} bytes of the configuration at {at} are wrong")
        if self.world["disk"]:
            low, high = self.transport.config(0, 4), self.transport.config(4, 4)
            if low | high << 32 != SECTORS:
                raise Wrong(f"the capacity is {low | high << 32}, not {SECTORS}")
            return
        for size in (1, 2, 4):
            got = self.transport.config(0, size)
            if got != int.from_bytes(bytes(range(1, size + 1)), "little"):
                raise Wrong(f"{size} bytes of the configuration are {got:#x}")

    def place(self, size: int, align: int) -> int:
        """Memory for an area of a ring."""
        at = (self.ring_end + align - 1) // align * align
        self.ring_end = at + size + self.rng.choice((0, 2, 64, 500))
        self.put(self.base + at, bytes(size))
        return self.base + at

    def _add_queue(self, index: int) -> None:
        transport, rng = self.transport, self.rng
        transport.select(index)
        most = transport.size_max()
        if most == 0:
            raise Wrong(f"queue {index} does not exist")
        packed = "RING_PACKED" in self.features
        size = rng.randrange(1, most + 1) if packed else 1 << rng.randrange(most.bit_length())
        size = max(size, min(most, 4))
        if self.world["legacy"]:
            self.queues[index] = self._add_legacy(index, size)
            return
        if packed:
            areas = [self.place(16 * size, 16), self.place(4, 4), self.place(4, 4)]
        else:
            areas = [self.place(16 * size, 16), self.place(6 + 2 * size, 2), self.place(6 + 8 * size, 4)]
        self.queues[index] = (Packed if packed else Split)(self, index, size, areas)
        transport.enable(self.bend("size", size, most), self.bend("areas", areas, self.queues[index]))

    def _add_legacy(self, index: int, size: int) -> Any:
        align = 4096 if self.has("NO_PAGE_SIZE") else self.rng.choice((4, 64, 4096))
        page = self.transport.page
        bytes_of = 16 * size + 6 + 2 * size
        used = (bytes_of + align - 1) // align * align
        at = self.place(used + 6 + 8 * size, page)
        if self.has("NO_PAGE_SIZE"):
            self.transport.enable_unplaced(size, at)
        else:
            self.transport.enable_legacy(size, at, align)
        return Split(self, index, size, [at, at + 16 * size, at + used])

    # ---- work ----

    def run(self) -> None:
        """Works, with a rule broken in its midst or without."""
        self.begin()
        try:
            self._work()
        except (
            Wrong,
            IndexError,
            KeyError,
            struct.error,
        ):  # the guest's own tables are as broken as its rings
            if not self.breached:
                raise
        buffers = self.link.ask(END)
        data = bytes(self.machine.memory[TEXT_AT : TEXT_AT + 0x1000]).split(b"\0")[0].decode(errors="replace")
        if self.breached:
            self.reactions |= {"fault"} if self.link.broken else set()
            wrong = self.rule.judge(data, self.reactions, self.world)
            if wrong:
                raise Wrong(wrong)
            self._recover()
            return
        habit = self.habit if self.tables or not self.has("TABLE") else None
        wrong = habit.judge(data) if habit else data
        if wrong:
            raise Wrong(wrong)
        if self.link.broken:
            raise Wrong(f"the device needs a reset: fault {self.link.broken}")
        # It does not follow a guest whose status it does not know.
        if buffers == 0 and self.returned and not self.has("NO_RESET"):
            raise Wrong("the monitor has followed no buffer")

    def _work(self) -> None:
        """Sends chains and gets them back, with a reset now and then."""
        for _ in range(1 + self.rng.choice((0, 0, 1, 2)) + self.has("NO_RESET")):
            self.initialise()
            for _ in range(self.world["rounds"]):
                self._round(self.rng.choice(self.queues))
                self._now_and_then()
            if self.rng.random() < 0.5:
                self._finish()
        self._finish()

    def _recover(self) -> None:
        """A reset, after which the device serves a legal guest. Chains of the broken one may have written any sector."""
        self.sectors = {sector: (NEVER, b"") for sector in range(SECTORS)}
        self.end = DATA_AT
        self.initialise()
        for _ in range(5):
            self._round(self.rng.choice(self.queues))
        self._finish()

    def _now_and_then(self) -> None:
        """Resets a queue, or suspends the device and resumes it."""
        self.bend("idle", True)
        chance = self.rng.random()
        if "RING_RESET" in self.features and chance < 0.05:
            index = self.rng.randrange(len(self.queues))
            self.transport.select(index)
            if not self.transport.reset_queue():
                raise Wrong(f"queue {index} does not reset")
            self._forget_requests(self.queues[index])
            self._add_queue(index)
        elif "SUSPEND" in self.features and chance > 0.95:
            self._suspend()

    def _suspend(self) -> None:
        """Until the device has both bits as written; it may return what it has, and takes nothing."""
        live = ACKNOWLEDGE | DRIVER | FEATURES_OK
        self.transport.set_status(live | DRIVER_OK | SUSPEND)
        for _ in range(100):
            status = self.transport.status()
            if status & SUSPEND and not status & DRIVER_OK:
                break
            self._serve()
        else:
            raise Wrong("the device does not suspend")
        self._interrupted()
        self.transport.set_status(live | SUSPEND | DRIVER_OK)
        for _ in range(100):
            status = self.transport.status()
            if status & DRIVER_OK and not status & SUSPEND:
                return
            self._serve()
        raise Wrong("the device does not resume")

    def _round(self, queue: Any) -> None:
        rng = self.rng
        was_legal = not self.breached
        for _ in range(rng.choice((1, 1, 2, 5))):
            self._send(queue)
        wants = rng.random() < 0.5
        queue.publish(wants)
        self.link.messages = 0
        must = self.bend("must", queue.must_notify(), queue)
        now = self.breached and was_legal
        if now and self.rule.hook == "must":
            raise Wrong("the guest stops here")
        if now:
            self.link.ask(SERVE)  # the monitor looks, and then the device
        if must or now or rng.random() < 0.1:  # a superfluous one is allowed
            self.notify(queue)
        if now or (self.world["deferred"] and rng.random() < 0.7):
            self._serve()
        if rng.random() < 0.7:
            self._reap(queue)
        self._interrupted()

    def notify(self, queue: Any) -> None:
        """An available buffer notification."""
        data = queue.notification() if self.world["notification_data"] else queue.index
        self.transport.notify(queue.index, self.bend("notification", data, queue))
        queue.added = 0

    def _serve(self) -> None:
        for _ in range(1000):
            self.link.ask(SERVE)
            if not self.link.again:
                return
        raise Wrong("the device never comes to an end")

    def _send(self, queue: Any) -> None:
        """A chain of any legal shape."""
        rng, was_legal = self.rng, not self.breached
        out, room = self._content()
        parts = self._cut(out, False) + self._cut(bytes(room), True)
        tables = "INDIRECT_DESC" in self.features or self.has("TABLE")
        table = tables and rng.random() < 0.5 and len(parts) <= queue.size
        need = 1 if table else len(parts)
        if need > queue.room():
            self._reap(queue)
            if need > queue.room():
                self.world["breached"] = self.breached = (
                    self.breached and not was_legal
                )  # the request is not sent
                return
        parts = self.bend("parts", parts, queue)
        self.tables += table
        queue.add(parts, table, (out, [(a, n) for a, n, w in parts if w], self._begun(out)))

    def _begun(self, out: bytes) -> int:
        """Notes the sectors of a write; when the request began."""
        self.now += 1
        if self.world["disk"]:
            kind, _, sector = struct.unpack("<IIQ", out[:16])
            for number in range((len(out) - 16) // 512 if kind == 1 else 0):
                at = sector + number
                self.writing[at] = self.writing.get(at, 0) + 1
                if self.writing[at] > 1:
                    self.contested.add(at)
        return self.now

    def _content(self) -> tuple[bytes, int]:
        """What the device reads, and how much it may write."""
        rng = self.rng
        if not self.world["disk"]:
            return rng.randbytes(rng.choice((0, 1, 16, 100))), rng.choice((1, 1, 20, 200))
        sector, count = self.bend("sector", rng.randrange(2000)), rng.choice((1, 2, 8))
        if rng.random() < 0.5:
            return struct.pack("<IIQ", 0, 0, sector), 512 * count + 1
        return struct.pack("<IIQ", 1, 0, sector) + rng.randbytes(512 * count), 1

    def _cut(self, data: bytes, writes: bool) -> list[tuple[int, int, bool]]:
        """Buffers of any size; a disk of the legacy interface without ANY_LAYOUT has header and status apart."""
        rng, parts = self.rng, []
        ends = {len(data)}
        for _ in range(rng.choice((0, 0, 1, 3))):
            ends.add(rng.randrange(1, len(data) + 1) if data else 0)
        if self.world["legacy"] and self.world["disk"]:
            ends = {16, len(data)} if not writes else {len(data) - 1, len(data)}
        begin = 0
        for end in sorted(ends - {0}):
            at = self.alloc(end - begin)
            self.put(at, data[begin:end])
            parts.append((at, end - begin, writes))
            begin = end
        return parts

    def _reap(self, queue: Any) -> None:
        for (out, places, begun), length in queue.reap():
            self._check(queue, out, places, length, begun)
        self._interrupted()

    def _interrupted(self) -> None:
        """Reads the reasons of an interrupt, and sometimes without one."""
        if self.world["vectors"] or not (self.link.line or self.rng.random() < 0.1):
            return
        for _ in range(1000):  # the device goes on with its work, which may be a reason for another one
            self.transport.reasons()
            if not self.link.line:
                return
        raise Wrong("the interrupt line stays up after the reasons were acknowledged")

    def _check(self, queue: Any, out: bytes, places: list[tuple[int, int]], length: int, begun: int) -> None:
        got = b"".join(self.get(at, size) for at, size in places)
        self.returned += 1
        if self.world["disk"]:
            if got[-1] != 0:
                raise Wrong(f"queue {queue.index}: status {got[-1]}")
            self._check_disk(out, got, begun)
            return
        wanted = bytes((byte + 1) & 0xFF for byte in out)[: len(got)]
        if length >= 0 and length != len(wanted):
            raise Wrong(f"queue {queue.index}: {length} bytes were written, not {len(wanted)}")
        if got[: len(wanted)] != wanted or any(got[len(wanted) :]):
            raise Wrong(f"queue {queue.index}: the device wrote other bytes")

    def _check_disk(self, out: bytes, got: bytes, begun: int) -> None:
        """A sector has the data of the last write, unless one was in flight with the read."""
        kind, _, sector = struct.unpack("<IIQ", out[:16])
        self.now += 1
        if kind == 1:
            for number in range((len(out) - 16) // 512):
                at = sector + number
                unknown = at in self.contested
                self.sectors[at] = (
                    NEVER if unknown else self.now,
                    out[16 + 512 * number : 528 + 512 * number],
                )
                self.writing[at] -= 1
                if not self.writing[at]:
                    self.contested.discard(at)
            return
        for number in range(len(got) // 512):
            at, data = self.sectors.get(sector + number, (0, _factory_sector(sector + number)))
            if at > begun or self.writing.get(sector + number):
                continue
            if got[512 * number : 512 * (number + 1)] != data:
                raise Wrong(f"sector {sector + number} has other data")

    def _finish(self) -> None:
        """Everything comes back."""
        for queue in self.queues:
            if queue.flying:
                queue.publish(False)
                self.notify(queue)
        self._serve()
        for queue in self.queues:
            self._reap(queue)
            if queue.flying:
                raise Wrong(f"queue {queue.index}: {len(queue.flying)} buffers do not come back")


def choose(seed: int) -> dict[str, Any]:
    """A guest, legal or with one rule broken, and the device before it."""
    rng = random.Random(seed ^ 0x5EED)
    pci = int(rng.random() < 0.5)
    legacy = int(not pci and rng.random() < 0.25)
    disk = int(rng.random() < 0.4)
    offered = [name for name in RING_FEATURES if rng.random() < 0.7 and not (legacy and BITS[name] >= 32)]
    world = {
        "seed": seed,
        "pci": pci,
        "legacy": legacy,
        "disk": disk,
        "offered": offered,
        "queues": rng.choice((1, 1, 2, 8)),
        "size": rng.choice((8, 64, 256) if disk else (1, 2, 8, 64, 256)),
        "vectors": rng.choice((0, 1, 2, 9)) if pci else 0,
        "deferred": int(rng.random() < 0.4),
        "budget": rng.choice((0, 1, 3)),
        "dma": rng.choice((0x100000, 0x40000000, 0x7F0000000000)) if not legacy else 0x40000000,
        "rounds": rng.choice((5, 20, 60)),
        "broken": "",
        "qemu": int(seed % 3 == 0),
    }
    if rng.random() < 0.5:
        rule = rng.choice([rule for rule in breaches.BREACHES if rule.can_be_of(world)])
        accepted = [name for name in offered if name in rule.needs or rng.random() < 0.6]
        world |= {"broken": rule.name, "moment": rng.choice((0, 0, 0, 1, rule.moments))}
        world["accepted"] = [name for name in accepted if name not in rule.refuses]
    elif rng.random() < 0.5:
        habit = rng.choice([habit for habit in habits.HABITS if habit.applies(world)])
        world["habit"] = habit.name
        world["qemu"] = int(habit.switch == "qemu" or world["qemu"])
    return world


def judge(machine: Machine, world: dict[str, Any]) -> str:
    """What is wrong with the device."""
    try:
        if machine.process is None:
            machine.start(asks=False)
        Guest(machine, world).run()
    except Wrong as what:
        return str(what)
    except (Ended, BrokenPipeError, ConnectionResetError) as what:
        return f"{what}: {machine.stop()[-1000:]}"
    return ""


def _factory_sector(sector: int) -> bytes:
    """What host.c puts into a new disk."""
    return bytes(((512 * sector + i) * 7 + sector) & 0xFF for i in range(512))

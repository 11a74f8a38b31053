# SPDX-License-Identifier: MIT
"""A device without a transport: features, status, queues, configuration. A world says what it is like."""

import dataclasses
import struct
from typing import Any

import classes
import described
import sessions
from rings import Broken, Memory, Packed, Ring, Split, fill

DRIVER_OK, FEATURES_OK = (described.status(name) for name in ("DRIVER_OK", "FEATURES_OK"))
QUEUE, CONFIG = 1, 2  # interrupt reasons
PAGE = 4096


@dataclasses.dataclass
class Queue:
    """The registers of a queue, and its ring once it is enabled."""

    max: int
    size: int = 0
    areas: list[int] = dataclasses.field(default_factory=lambda: [0, 0, 0])
    enabled: int = 0
    pfn: int = 0
    align: int = 0
    vector: int = 0xFFFF
    ring: Ring | None = None
    reset: int = 0


class Device:
    """What is behind the registers of either transport."""

    def __init__(self, world: dict[str, Any], memory: Memory) -> None:
        self.world, self.memory = world, memory
        self.legacy = bool(world.get("legacy"))
        self.known = described.features(world["class"], self.legacy, world["transport"])
        self.offered = sum(1 << self.known[name][0] for name in world["offered"])
        self.generation = 0
        self.behaviour = (classes.CLASSES | sessions.CLASSES)[world["class"]](self)
        self.config = bytearray(self.behaviour.config())
        self.config += bytes(max(0, world.get("config_bytes", 0) - len(self.config)))
        self.reasons = 0  # of InterruptStatus or the ISR status
        self.added = 0  # reasons that the monitor has not been told of
        self.broken = ""
        self.told = 0  # reasons that the driver has read
        self.acknowledged = 0
        self.notified = False
        self._start()
        self._inherit(world.get("left", {}))

    def _start(self) -> None:
        self.status, self.accepted = 0, 0
        self.resets = 0  # readings until a reset has ended
        self.config_vector = 0xFFFF
        self.page = PAGE
        sizes = self.world["queues"]
        stays = int(bool(self.world.get("queue_stays")))  # a queue that a reset does not stop
        self.queues = [Queue(size, size, enabled=stays, pfn=stays) for size in sizes]
        self.moves = self.world.get("generation_moves", 0)
        self.reasons = 0

    def _inherit(self, left: dict[str, Any]) -> None:
        """What a previous owner left: the driver resets the device before it relies on anything."""
        self.status = left.get("status", 0)
        self.accepted = left.get("accepted", 0)
        self.reasons = left.get("reasons", 0)
        for queue in self.queues:
            queue.enabled = left.get("enabled", 0)
            queue.areas = [left.get("areas", 0)] * 3

    # ---- features and status ----

    def names(self) -> set[str]:
        """The features that the driver has accepted."""
        return {name for name, (bit, _) in self.known.items() if self.accepted >> bit & 1}

    def feature_word(self, select: int) -> int:
        """32 bits of the offered features."""
        return self.offered >> 32 * select & 0xFFFFFFFF if select < 4 else 0

    def accept(self, select: int, value: int) -> None:
        """32 bits of the accepted features."""
        if select < 4:
            self.accepted = self.accepted & ~(0xFFFFFFFF << 32 * select) | value << 32 * select

    def read_status(self) -> int:
        """During a slow reset the old value remains."""
        if self.resets > 0:
            self.resets -= 1
            if self.resets == 0:
                self._start()
        return self.status

    def write_status(self, value: int) -> None:
        """Status bits, or 0 for a reset."""
        if value == 0:
            polls = self.world.get("reset_polls", 0)
            self.resets = polls if self.status != 0 else 0  # a status of 0 would say that the reset is over
            if self.resets == 0:
                self._start()
            return
        if value & FEATURES_OK and not self.status & FEATURES_OK and not self._agrees():
            value &= ~FEATURES_OK
        self.status = value

    def _agrees(self) -> bool:
        if self.accepted & ~self.offered:
            self.broke("the driver accepts features that were not offered (feat.drv.1)")
        names = self.names()
        for name in names:
            if not described.holds(self.known[name][1], names):
                self.broke(f"the driver accepts {name} without what it requires (feat.drv.2)")
        return not self.world.get("refuses_features")

    # ---- queues ----

    def enable(self, index: int) -> None:
        """A queue of the modern interface is ready."""
        queue = self.queues[index]
        kind = Packed if "RING_PACKED" in self.names() else Split
        if not self.status & FEATURES_OK:
            self.broke(f"queue {index} is enabled before FEATURES_OK (init.drv.1)")
        if queue.size == 0 or queue.size > queue.max or (kind is Split and queue.size & (queue.size - 1)):
            self.broke(f"queue {index} has {queue.size} descriptors, its maximum is {queue.max}")
        queue.enabled = 1
        queue.ring = kind(self.memory, queue.size, queue.areas, self.names())

    def place_legacy(self, index: int, pfn: int, align: int) -> None:
        """A queue of the legacy interface has an address, or none."""
        queue = self.queues[index]
        queue.pfn = pfn
        if pfn == 0:
            queue.ring = None
            return
        desc = pfn * self.page
        avail = desc + 16 * queue.size
        used = (avail + 6 + 2 * queue.size + align - 1) // align * align
        queue.ring = Split(self.memory, queue.size, [desc, avail, used], self.names())

    def notify(self, index: int, data: int = -1) -> None:
        """An available buffer notification; -1: without NOTIFICATION_DATA."""
        if index >= len(self.queues) or self.queues[index].ring is None:
            self.broke(f"a notification of queue {index}, which is not in use")
            return
        if not self.status & DRIVER_OK and not self.legacy:
            self.broke(f"a notification of queue {index} before DRIVER_OK (init.drv.1)")
        if (data >= 0) != ("NOTIFICATION_DATA" in self.names()):
            self.broke("NOTIFICATION_DATA does not fit the notification")
        self.serve(index)
        if not self.notified and self.world.get("changes"):
            self.interrupt(CONFIG)
        self.notified = True

    def serve(self, index: int) -> None:
        """Handles the buffers of a queue; the class may use those of others."""
        ring = self.queues[index].ring
        try:
            for chain in ring.chains() if ring else ():
                self.behaviour.handle(index, chain)
            self.behaviour.work()
        except Broken as what:
            self.broke(f"queue {index}: {what}")

    def use(self, index: int, chain: Any, data: bytes, length: int = -1) -> None:
        """Returns a buffer with data in it."""
        ring = self.queues[index].ring
        assert ring is not None
        written = fill(self.memory, chain, data)
        if ring.use(chain, written if length < 0 else length):
            self.interrupt(QUEUE)

    def interrupt(self, reason: int) -> None:
        """Adds a reason."""
        if not self.world.get("messages"):
            self.reasons |= reason
        self.added |= reason

    def read_reasons(self) -> int:
        """The driver reads the reasons."""
        self.told |= self.reasons
        return self.reasons

    def acknowledge(self, reasons: int) -> None:
        """The driver acknowledges reasons."""
        self.acknowledged |= self.reasons & reasons
        self.reasons &= ~reasons

    def broke(self, what: str) -> None:
        """The first rule that the driver has broken."""
        self.broken = self.broken or what

    # ---- configuration ----

    def read_config(self, offset: int, size: int) -> int:
        """Bytes of the configuration; those behind its end are zero."""
        self.behaviour.before_read()
        return int.from_bytes((bytes(self.config[offset : offset + size]) + bytes(size))[:size], "little")

    def write_config(self, offset: int, size: int, value: int) -> None:
        """A field that the driver may write."""
        self.config[offset : offset + size] = struct.pack("<Q", value)[:size]
        self.behaviour.written(offset)

    def read_generation(self) -> int:
        """A configuration that changes while it is read, a few times."""
        if self.moves > 0:
            self.moves -= 1
            self.generation = (self.generation + 1) & 0xFF
        return self.generation
